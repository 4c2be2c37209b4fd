"""Write a raster of float32 bands window by window, and verify it before it gets its name."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Iterable, Iterator, Mapping, Optional, Sequence, Type

import numpy as np
import numpy.typing as npt
import rasterio
import rasterio.errors
from rasterio.crs import CRS
from rasterio.transform import Affine
from rasterio.windows import Window

from ..chemistry.oxides import UNIT
from ..errors import NotWrittenError
from ..files import not_complete, open_output, require_geotiff_name
from ..version import TAG_PREFIX
from .overviews import append_overviews
from .tiff_layout import TiffLayoutError, tile_side
from .tile_codec import Compression, TileCodec

TILE = 512

#: Most values that are read at once when a finished file is verified.
READ_VALUES = 8 << 20

_Sums = npt.NDArray[np.uint64]


class PredictionWriter:
    """Writes a raster of float32 bands under a temporary name and renames it when complete.

    Use as a context manager: after an error, or without `finish`, the target is unchanged.

    Parameters
    ----------
    target : path of the GeoTIFF to make
    width, height : int
    crs : rasterio CRS of the source, or None
    transform : Affine
    tags : mapping of tag names (without the prefix) to text
    descriptions : sequence of str
        Band descriptions. A unit in parentheses at the end becomes the band's unit.
    inputs : iterable of paths
        Every file that the values are read from; none of them may be the target.

    Raises
    ------
    OutputError
        If the file cannot be made, or is an input.
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
        inputs: Iterable[Path] = (),
    ) -> None:
        require_geotiff_name(target)
        self._sums = np.zeros((len(descriptions), height), dtype=np.uint64)
        self._output = open_output(target, inputs)
        self._codec = TileCodec(Compression.best(), tile_side(height, TILE), tile_side(width, TILE))
        try:
            self._dataset = rasterio.open(
                self._output.path,
                "w",
                driver="GTiff",
                width=width,
                height=height,
                count=len(descriptions),
                crs=crs,
                transform=transform,
                bigtiff="if_safer",
                sparse_ok=True,
                **self._codec.file_options,
            )
            self._dataset.descriptions = tuple(descriptions)
            self._dataset.units = tuple(_unit(description) for description in descriptions)
            self._dataset.update_tags(**{TAG_PREFIX + key: value for key, value in tags.items()})
        except BaseException as error:
            self._output.close()
            if isinstance(error, (rasterio.errors.RasterioError, OSError, ValueError)):
                raise self._output.failed(error) from error
            raise

    def __enter__(self) -> PredictionWriter:
        return self

    def __exit__(
        self,
        kind: Optional[Type[BaseException]],
        error: Optional[BaseException],
        trace: Optional[TracebackType],
    ) -> None:
        try:
            self._dataset.close()
        except (rasterio.errors.RasterioError, OSError):
            if kind is None:
                raise
        finally:
            self._output.close()

    def write_values(self, values: npt.NDArray[np.float32], window: Window) -> None:
        """Write all bands of a window, shape (bands, rows, columns), NaN where there is no value.

        Windows must not overlap.

        Parameters
        ----------
        values : float32 array
        window : Window
            Odd side in pixels of the square around a site.

        Raises
        ------
        OutputError
        """
        try:
            self._dataset.write(values, window=window)
        except (rasterio.errors.RasterioError, OSError) as error:
            # rasterio itself only says that a write has failed.
            reason = error.__cause__ if isinstance(error.__cause__, Exception) else error
            raise self._output.failed(reason) from error
        rows = slice(int(window.row_off), int(window.row_off) + int(window.height))
        self._sums[:, rows] += _row_sums(values, int(window.col_off))

    def finish(self) -> None:
        """Close, add overviews, verify every value, and give the file its name.

        Raises
        ------
        OutputError
        """
        try:
            self._dataset.close()
            append_overviews(self._output.path, self._codec)
        except (rasterio.errors.RasterioError, TiffLayoutError, OSError) as error:
            raise self._output.failed(error) from error
        self._output.commit(self._verify)

    def _verify(self, path: Path) -> None:
        """Read the file back, because GDAL does not report failed writes while it closes a file."""
        try:
            found = _sums_of(path)
        except (rasterio.errors.RasterioError, OSError) as error:
            raise NotWrittenError(not_complete(self._output.target)) from error
        if not np.array_equal(found, self._sums):
            raise NotWrittenError(not_complete(self._output.target))


def _row_sums(values: npt.NDArray[np.float32], column: int) -> _Sums:
    """The sum of the values' bits, weighted by column, per band and row.

    The sums of adjacent windows add up to that of the whole row; NaN adds nothing.
    """
    weights = 2 * np.arange(column, column + values.shape[2], dtype=np.uint64) + 1
    sums = np.empty(values.shape[:2], dtype=np.uint64)
    for band, out in zip(values, sums):
        bits = np.ascontiguousarray(band, dtype=np.float32).view(np.uint32).astype(np.uint64) + 1
        bits[np.isnan(band)] = 0
        # Sums are modulo 2**64, because unsigned integers of numpy wrap around.
        np.dot(bits, weights, out=out)
    return sums


def _sums_of(path: Path) -> _Sums:
    """`_row_sums` of a whole file; also reads every overview."""
    with rasterio.open(path) as dataset:
        sums = np.zeros((dataset.count, dataset.height), dtype=np.uint64)
        for window in _windows(dataset):
            rows = slice(int(window.row_off), int(window.row_off) + int(window.height))
            sums[:, rows] += _row_sums(dataset.read(window=window), int(window.col_off))
        levels = len(dataset.overviews(1))
    for level in range(levels):
        with rasterio.open(path, overview_level=level) as overview:
            for window in _windows(overview):
                overview.read(window=window)
    return sums


def _windows(dataset: rasterio.DatasetReader) -> Iterator[Window]:
    """Windows of whole tiles that cover a dataset, as large as `READ_VALUES` allows."""
    rows, columns = dataset.block_shapes[0]
    across = max(1, READ_VALUES // (dataset.count * rows * columns)) * columns
    for row in range(0, dataset.height, rows):
        for column in range(0, dataset.width, across):
            yield Window(
                column, row, min(across, dataset.width - column), min(rows, dataset.height - row)
            )


def _unit(description: str) -> str:
    """Unit in parentheses at the end of a band description, or empty."""
    return UNIT if description.endswith(f"({UNIT})") else ""
