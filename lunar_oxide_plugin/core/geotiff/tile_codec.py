"""Encode tiles of a TIFF file: compressed by GDAL in memory, or plain samples."""

from __future__ import annotations

from enum import Enum
from typing import Dict, List

import numpy as np
import numpy.typing as npt
import rasterio.errors
from rasterio.io import MemoryFile
from rasterio.transform import Affine

from ..errors import OutputError
from .tiff_layout import TILE_BYTE_COUNTS, TILE_OFFSETS, read_directory, read_integers

Tile = npt.NDArray[np.uint8]


class Compression(Enum):
    """Compression of the samples of a prediction raster.

    The float32 samples of a prediction are hard to compress, and compression takes longer than
    reading and writing together (`make bench` prints time and size of each).
    """

    NONE = "none"
    ZSTD = "zstd"
    DEFLATE = "deflate"

    @property
    def options(self) -> Dict[str, object]:
        """GDAL's creation options."""
        if self is Compression.ZSTD:
            # No predictor: that for floating-point numbers makes files 10 % smaller and takes more
            # than twice as long.
            return {"compress": "zstd", "zstd_level": 1}
        if self is Compression.DEFLATE:
            return {"compress": "deflate", "zlevel": 1, "predictor": 3}
        return {}

    def require(self) -> None:
        """Refuse a compression that this GDAL lacks.

        Raises
        ------
        OutputError
        """
        try:
            TileCodec(self, 16, 16).encode(np.zeros((1, 16, 16), dtype=np.float32))
        except rasterio.errors.RasterioError as error:
            raise OutputError(
                f"This GDAL cannot write {self.value.upper()} compression: choose another "
                f"({', '.join(item.value.upper() for item in Compression if item is not self)})."
            ) from error


class TileCodec:
    """Turns blocks into the tiles of a band-interleaved float32 GeoTIFF.

    Parameters
    ----------
    compression : Compression
    rows, columns : int
        Of a tile; multiples of 16.
    """

    def __init__(self, compression: Compression, rows: int, columns: int) -> None:
        self.compression = compression
        self.rows = rows
        self.columns = columns

    @property
    def file_options(self) -> Dict[str, object]:
        """GDAL's creation options, the same for the tiles and the file."""
        return {
            "tiled": True,
            "blockxsize": self.columns,
            "blockysize": self.rows,
            "interleave": "band",
            "endianness": "little",
            **self.compression.options,
        }

    def encode(self, values: npt.NDArray[np.float32]) -> List[Tile]:
        """One tile per band of a block.

        Parameters
        ----------
        values : float32 array, shape (bands, rows, columns)
            At most one tile large; what is missing to a whole tile is filled with NaN.

        Returns
        -------
        list of uint8 arrays
            Views of `values` where nothing had to be compressed or filled.
        """
        whole = self._whole(values)
        if self.compression is Compression.NONE:
            little = np.ascontiguousarray(whole, dtype="<f4")
            return list(little.reshape(len(little), -1).view(np.uint8))
        return self._compressed(whole)

    def _whole(self, values: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        bands, rows, columns = values.shape
        if (rows, columns) == (self.rows, self.columns):
            return values
        whole = np.full((bands, self.rows, self.columns), np.nan, dtype=np.float32)
        whole[:, :rows, :columns] = values
        return whole

    def _compressed(self, whole: npt.NDArray[np.float32]) -> List[Tile]:
        with MemoryFile() as memory:
            with memory.open(
                driver="GTiff",
                width=self.columns,
                height=self.rows,
                count=len(whole),
                dtype="float32",
                # Any transform: without one rasterio warns of a missing georeference.
                transform=Affine.scale(2.0, -2.0),
                **self.file_options,
            ) as dataset:
                dataset.write(whole)
            return _tiles(memory, len(whole))


def _tiles(memory: MemoryFile, bands: int) -> List[Tile]:
    memory.seek(0)
    fields = read_directory(memory).fields
    offsets = read_integers(memory, fields[TILE_OFFSETS]).tolist()
    lengths = read_integers(memory, fields[TILE_BYTE_COUNTS]).tolist()
    content = np.frombuffer(memory.getbuffer(), dtype=np.uint8)
    return [content[o : o + n].copy() for o, n in zip(offsets[:bands], lengths[:bands])]
