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
from .encoding import FLOATS, Encoding, Samples, Stored
from .tiff_layout import TILE_BYTE_COUNTS, TILE_OFFSETS, read_directory, read_integers

Tile = npt.NDArray[np.uint8]


class Compression(Enum):
    """Compression of the samples of a prediction raster.

    The float32 samples of a prediction are hard to compress, and compression takes longer than
    reading and writing together. Compact integers are compressed in a fraction of that time (`make
    bench` prints time and size of each).
    """

    NONE = "none"
    ZSTD = "zstd"
    DEFLATE = "deflate"

    @staticmethod
    def usual(encoding: Encoding) -> Compression:
        """The compression of an encoding if the user chooses none.

        Parameters
        ----------
        encoding : Encoding

        Returns
        -------
        Compression
        """
        return Compression.NONE if encoding is Encoding.FLOAT32 else Compression.best()

    @staticmethod
    def best() -> Compression:
        """ZSTD if this GDAL has it (measured three times faster than DEFLATE), else DEFLATE.

        Returns
        -------
        Compression
        """
        try:
            Compression.ZSTD.require()
        except OutputError:
            return Compression.DEFLATE
        return Compression.ZSTD

    def options(self, samples: Samples) -> Dict[str, object]:
        """GDAL's creation options.

        Parameters
        ----------
        samples : Samples

        Returns
        -------
        dict
        """
        if self is Compression.NONE:
            return {}
        if samples.scales:
            predictor = 2 if samples.smooth else 1
        else:
            # With ZSTD the predictor of floats makes files 10 % smaller and takes more than twice
            # as long.
            predictor = 3 if self is Compression.DEFLATE else 1
        level = "zstd_level" if self is Compression.ZSTD else "zlevel"
        return {"compress": self.value, level: 1, "predictor": predictor}

    def require(self) -> None:
        """Refuse a compression that this GDAL lacks.

        Raises
        ------
        OutputError
        """
        try:
            TileCodec(self, 16, 16).encode(np.zeros((1, 16, 16), dtype=np.float32))
        except (rasterio.errors.RasterioError, OSError) as error:
            raise OutputError(
                f"This GDAL cannot write {self.value.upper()} compression: choose another "
                f"({', '.join(item.value.upper() for item in Compression if item is not self)})."
            ) from error


class TileCodec:
    """Turns blocks into the tiles of a band-interleaved GeoTIFF.

    Parameters
    ----------
    compression : Compression
    rows, columns : int
        Of a tile; multiples of 16.
    samples : Samples
    """

    def __init__(
        self, compression: Compression, rows: int, columns: int, samples: Samples = FLOATS
    ) -> None:
        self.compression = compression
        self.samples = samples
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
            "dtype": self.samples.dtype,
            "nodata": self.samples.nodata,
            **self.compression.options(self.samples),
        }

    def encode(self, values: Stored) -> List[Tile]:
        """One tile per band of a block.

        Parameters
        ----------
        values : array of stored samples, shape (bands, rows, columns)
            At most one tile large; what is missing to a whole tile is filled with nodata.

        Returns
        -------
        list of uint8 arrays
            Views of `values` where nothing had to be compressed or filled.
        """
        whole = self._whole(values)
        if self.compression is Compression.NONE:
            little = np.ascontiguousarray(whole, dtype=whole.dtype.newbyteorder("<"))
            return list(little.reshape(len(little), -1).view(np.uint8))
        return self._compressed(whole)

    def encode_present(self, values: Stored) -> List[Tile]:
        """One tile per band of a block; an empty one for a band without any number.

        Parameters
        ----------
        values : array of stored samples, shape (bands, rows, columns)

        Returns
        -------
        list of uint8 arrays
        """
        present = [self.samples.present(plane) for plane in values]
        if all(present):
            return self.encode(values)
        tiles = iter(self.encode(values[present]) if any(present) else [])
        return [next(tiles) if there else np.empty(0, dtype=np.uint8) for there in present]

    def _whole(self, values: Stored) -> Stored:
        bands, rows, columns = values.shape
        if (rows, columns) == (self.rows, self.columns):
            return values
        whole = np.full((bands, self.rows, self.columns), self.samples.nodata, values.dtype)
        whole[:, :rows, :columns] = values
        return whole

    def _compressed(self, whole: Stored) -> List[Tile]:
        with MemoryFile() as memory:
            with memory.open(
                driver="GTiff",
                width=self.columns,
                height=self.rows,
                count=len(whole),
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
