"""Writing a raster of float32 bands under a temporary name, renamed when it is complete."""

from __future__ import annotations

import os
from pathlib import Path
from types import TracebackType
from typing import Dict, List, Mapping, Optional, Sequence, Tuple, Type

import numpy as np
import numpy.typing as npt
import rasterio
import rasterio.errors
import rasterio.shutil
from rasterio.crs import CRS
from rasterio.enums import Resampling
from rasterio.io import MemoryFile
from rasterio.transform import Affine
from rasterio.windows import Window

from ..chemistry.oxides import UNIT
from ..errors import OutputError
from ..files import cannot_write, require_geotiff_name, unlink_if_there
from ..version import TAG_PREFIX

TILE = 512


class PredictionWriter:
    """Writes a raster of float32 bands under a temporary name and renames it when complete.

    Use as a context manager: leaving it with an error, or without `finish`, leaves no file.

    Parameters
    ----------
    target : path of the GeoTIFF to make
    width, height : int
    crs : rasterio CRS of the source, or None
    transform : Affine
    tags : mapping of tag names (without the prefix) to text
    descriptions : sequence of str
        Band descriptions. A unit in parentheses at the end becomes the band's unit.

    Raises
    ------
    OutputError
        If the file cannot be made.
    """

    def __init__(
        self,
        target: Path,
        width: int,
        height: int,
        crs: Optional[CRS],
        transform: Affine,
        tags: Mapping[str, str],
        descriptions: Sequence[str],
    ) -> None:
        require_geotiff_name(target)
        self.target = target
        self._part = target.with_name(f"{target.stem}.{os.getpid()}.part.tif")
        self._size = (width, height)
        compression = _compression()
        try:
            self._dataset = rasterio.open(
                self._part,
                "w",
                driver="GTiff",
                width=width,
                height=height,
                count=len(descriptions),
                dtype="float32",
                nodata=float("nan"),
                crs=crs,
                transform=transform,
                tiled=True,
                blockxsize=_tile_side(width),
                blockysize=_tile_side(height),
                interleave="band",
                bigtiff="if_safer",
                sparse_ok=True,
                **compression,
            )
        except (rasterio.errors.RasterioError, OSError) as error:
            self._remove_part()
            raise OutputError(cannot_write(target, error)) from error
        self._dataset.descriptions = tuple(descriptions)
        self._dataset.units = tuple(_unit(description) for description in descriptions)
        self._dataset.update_tags(**{TAG_PREFIX + key: value for key, value in tags.items()})

    def __enter__(self) -> PredictionWriter:
        return self

    def __exit__(
        self,
        kind: Optional[Type[BaseException]],
        error: Optional[BaseException],
        trace: Optional[TracebackType],
    ) -> None:
        self._dataset.close()
        self._remove_part()

    def write_values(self, values: npt.NDArray[np.float32], window: Window) -> None:
        """Write all bands of a window, shape (bands, rows, columns), NaN where there is no value.

        Raises
        ------
        OutputError
        """
        try:
            self._dataset.write(values, window=window)
        except (rasterio.errors.RasterioError, OSError) as error:
            raise OutputError(cannot_write(self.target, error)) from error

    def finish(self) -> None:
        """Add overviews, close, and give the file its name.

        Raises
        ------
        OutputError
        """
        try:
            self._dataset.close()
            _add_overviews(self._part, self._size)
            os.replace(self._part, self.target)
        except (rasterio.errors.RasterioError, OSError) as error:
            raise OutputError(cannot_write(self.target, error)) from error
        # A statistics file of an earlier raster of this name would describe other pixels.
        unlink_if_there(self.target.with_name(self.target.name + ".aux.xml"))

    def _remove_part(self) -> None:
        unlink_if_there(self._part)
        unlink_if_there(self._part.with_name(self._part.name + ".aux.xml"))


def _unit(description: str) -> str:
    """Unit in parentheses at the end of a band description, or empty."""
    return UNIT if description.endswith(f"({UNIT})") else ""


def _tile_side(length: int) -> int:
    """TIFF tiles are multiples of 16; small rasters need no large tile."""
    return min(TILE, max(16, -(-length // 16) * 16))


def _compression() -> Dict[str, object]:
    """ZSTD where this GDAL has it (measured three times faster than DEFLATE), else DEFLATE."""
    try:
        with (
            MemoryFile() as memory,
            memory.open(
                driver="GTiff",
                width=16,
                height=16,
                count=1,
                dtype="float32",
                compress="zstd",
                transform=Affine.scale(2.0, -2.0),
            ),
        ):
            return {"compress": "zstd", "zstd_level": 1, "predictor": 3}
    except rasterio.errors.RasterioError:
        return {"compress": "deflate", "zlevel": 1, "predictor": 3}


def _add_overviews(path: Path, size: Tuple[int, int]) -> None:
    factors: List[int] = []
    while max(size) / 2 ** (len(factors)) > 1024:
        factors.append(2 ** (len(factors) + 1))
    if not factors:
        return
    method = str(_compression()["compress"]).upper()
    # Nearest neighbour: every overview value is a real pixel's, flags included.
    with (
        rasterio.Env(
            COMPRESS_OVERVIEW=method,
            PREDICTOR_OVERVIEW=3,
            ZSTD_LEVEL_OVERVIEW=1,
            SPARSE_OK_OVERVIEW="ON",
            BIGTIFF_OVERVIEW="IF_SAFER",
        ),
        rasterio.open(path, "r+") as dataset,
    ):
        dataset.build_overviews(factors, Resampling.nearest)
