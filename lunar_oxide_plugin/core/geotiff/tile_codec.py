"""Encode tiles of a TIFF file: compressed by zstd or by GDAL in memory, or plain samples."""

from __future__ import annotations

import io
from enum import Enum
from functools import lru_cache
from typing import Dict, List, Optional

import numpy as np
import numpy.typing as npt
import rasterio.errors
import rasterio.shutil
from rasterio._err import CPLE_BaseError
from rasterio.io import MemoryFile
from rasterio.transform import Affine

from ..errors import OutputError
from .encoding import FLOATS, Encoding, Samples, Stored
from .reading_program import is_readable
from .tiff_layout import (
    TILE_BYTE_COUNTS,
    TILE_OFFSETS,
    read_directory,
    read_integers,
    write_integers,
)
from .zstd_library import ZstdLibrary, find_zstd

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
    #: Packs squares of 8 x 8 integers into the bits that they need, then ZSTD. The smallest, but
    #: fewer programs read it.
    LERC = "lerc_zstd"

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
        """ZSTD if this GDAL and the program that shows the map have it, else DEFLATE.

        ZSTD was measured four times faster.

        Returns
        -------
        Compression
        """
        zstd = Compression.ZSTD
        return zstd if is_readable(zstd.value) and zstd.is_available else Compression.DEFLATE

    @property
    def is_available(self) -> bool:
        """Whether this GDAL has it."""
        try:
            self.require()
        except OutputError:
            return False
        return True

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
        if self is Compression.LERC:
            return {"compress": self.value, "max_z_error": 0, "zstd_level": 1}
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
        whole = np.ascontiguousarray(whole, dtype=whole.dtype.newbyteorder("<"))
        if self.compression is Compression.NONE:
            return list(whole.reshape(len(whole), -1).view(np.uint8))
        if self.compression is Compression.ZSTD:
            library = _readable_zstd()
            if library is not None:
                return _with_zstd(library, whole, self.file_options.get("predictor") == 2)
        return self._with_gdal(whole)

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

    def _with_gdal(self, whole: Stored) -> List[Tile]:
        """Copy the samples as an uncompressed file, because rasterio lets other threads run then.

        It does not when it closes a file that was written, and only then GDAL compresses.
        """
        plain = _plain_header(len(whole), self.rows, self.columns, self.samples.dtype)
        options = {k: v for k, v in self.file_options.items() if k not in ("dtype", "nodata")}
        content = b"".join((plain, whole.data))
        with MemoryFile(content) as source, MemoryFile() as target:
            try:
                rasterio.shutil.copy(source.name, target.name, driver="GTiff", **options)
            except CPLE_BaseError as error:  # of no class of rasterio.errors
                raise rasterio.errors.RasterioIOError(str(error)) from error
            return _tiles(target, len(whole))


def _with_zstd(library: ZstdLibrary, whole: Stored, differences: bool) -> List[Tile]:
    if differences:
        # TIFF's predictor 2: a sample minus its left neighbour, modulo the type's range.
        stored = whole
        whole = stored.copy()
        np.subtract(stored[..., 1:], stored[..., :-1], out=whole[..., 1:])
    return library.compress(list(whole))


@lru_cache(maxsize=1)
def _readable_zstd() -> Optional[ZstdLibrary]:
    """The library, if GDAL reads what it writes."""
    library = find_zstd()
    if library is None:
        return None
    side = 64
    rng = np.random.default_rng(1)
    wanted = np.ascontiguousarray(rng.normal(scale=900.0, size=(1, side, side)).astype("<i2"))
    wanted[0, 7:9] = -32768
    samples = Samples("int16", -32768.0, (1.0,), smooth=True)
    codec = TileCodec(Compression.ZSTD, side, side, samples)
    try:
        (tile,) = _with_zstd(library, wanted, differences=True)
        content = _file_of([tile], side, side, codec.file_options)
        with MemoryFile(content) as memory, memory.open() as dataset:
            return library if np.array_equal(dataset.read(), wanted) else None
    except (rasterio.errors.RasterioError, OSError, MemoryError):
        return None


@lru_cache(maxsize=64)
def _plain_header(bands: int, rows: int, columns: int, dtype: str) -> bytes:
    """What stands before the samples in an uncompressed file of one tile per band."""
    size = rows * columns * np.dtype(dtype).itemsize
    nothing = np.empty(0, dtype=np.uint8)
    options = {"tiled": True, "blockxsize": columns, "blockysize": rows, "interleave": "band"}
    return _file_of([nothing] * bands, rows, columns, {**options, "dtype": dtype}, size)


def _file_of(
    tiles: List[Tile], rows: int, columns: int, options: Dict[str, object], room: int = 0
) -> bytes:
    """A file of one tile per band; every tile has `room` bytes, or those that it needs."""
    with MemoryFile() as memory:
        with memory.open(
            driver="GTiff",
            width=columns,
            height=rows,
            count=len(tiles),
            # Any transform: without one rasterio warns of a missing georeference.
            transform=Affine.scale(2.0, -2.0),
            sparse_ok=True,
            **{"endianness": "little", **options},
        ):
            pass
        file = io.BytesIO(memory.read())
    sizes = np.array([room or tile.size for tile in tiles], dtype=np.uint64)
    start = np.uint64(file.seek(0, 2))
    fields = read_directory(file).fields
    write_integers(file, fields[TILE_OFFSETS], start + np.cumsum(sizes) - sizes)
    write_integers(file, fields[TILE_BYTE_COUNTS], sizes)
    return file.getvalue() + b"".join(tile.tobytes() for tile in tiles)


def _tiles(memory: MemoryFile, bands: int) -> List[Tile]:
    memory.seek(0)
    fields = read_directory(memory).fields
    offsets = read_integers(memory, fields[TILE_OFFSETS]).tolist()
    lengths = read_integers(memory, fields[TILE_BYTE_COUNTS]).tolist()
    content = np.frombuffer(memory.getbuffer(), dtype=np.uint8)
    return [content[o : o + n].copy() for o, n in zip(offsets[:bands], lengths[:bands])]
