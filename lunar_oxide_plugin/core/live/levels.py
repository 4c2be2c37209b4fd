"""How much of a raster to read for a view: levels of detail, by how the file is stored."""

from __future__ import annotations

import math
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import List, Sequence, Tuple

import numpy as np
import numpy.typing as npt
import rasterio
import rasterio.errors
from rasterio.enums import Interleaving

from ..files import is_there

#: Side in pixels of a tile, a compromise: smaller ones cost more calls, larger ones more pixels
#: beyond the view's edge and a longer wait for the first.
TILE_SIDE = 128

#: Most bytes that are decoded for one tile, so that no single read holds up a change of the view.
TILE_BYTES = 24_000_000

#: Most bytes that are decoded for the first picture of a view, and for the whole of it.
FIRST_BYTES = 140_000_000
WHOLE_BYTES = 20_000_000_000

#: How much coarser than the last picture the first one is, at least, along a side.
FIRST_RATIO = 8

#: A level is up to this much coarser than the view's pixels (two to the quarter), so that a view
#: costs at most 1.4 times its own pixels.
COARSER = 2.0**0.25

#: Virtual rasters of virtual rasters that are followed to a file with pixels.
_MAX_DEPTH = 4

#: A virtual raster's files that are looked at.
_MOST_FILES = 8


class Detail(Enum):
    """Where the spectra of a level come from."""

    FULL = "full"
    OVERVIEWS = "overviews"
    SAMPLED = "sampled"


@dataclass(frozen=True)
class Storage:
    """How a raster's pixels are stored.

    Attributes
    ----------
    rows, columns : int
        Of a block, which is decoded as a whole.
    bytes_a_pixel : int
        Of all bands that are decoded together with the wanted ones.
    overviews : tuple of int
        Factors of the overviews, ascending.
    """

    rows: int
    columns: int
    bytes_a_pixel: int
    overviews: Tuple[int, ...]

    def finer_overview(self, factor: int) -> int:
        """Factor of the overview that a reading at `factor` uses; 1 for the raster itself.

        Parameters
        ----------
        factor : int

        Returns
        -------
        int
        """
        return max((own for own in self.overviews if own <= 1.01 * factor), default=1)


@dataclass(frozen=True)
class Level:
    """A level of detail.

    Attributes
    ----------
    factor : int
        Raster pixels along the side of one of its pixels, a power of two.
    side : int
        Pixels of its tiles along a side.
    detail : Detail
    """

    factor: int
    side: int
    detail: Detail

    @property
    def span(self) -> int:
        """Raster pixels along a tile's side."""
        return self.factor * self.side


def storage_of(dataset: rasterio.DatasetReader, numbers: Sequence[int]) -> Storage:
    """How a raster stores the wanted bands; of a mosaic, how its first file does.

    Parameters
    ----------
    dataset : rasterio.DatasetReader
    numbers : sequence of int
        Bands, from 1.

    Returns
    -------
    Storage
    """
    return _storage(dataset, numbers, 0)


def _storage(dataset: rasterio.DatasetReader, numbers: Sequence[int], depth: int) -> Storage:
    own = tuple(sorted(int(factor) for factor in dataset.overviews(numbers[0])))
    if dataset.driver == "VRT" and depth < _MAX_DEPTH:
        for name in dataset.files[1 : 1 + _MOST_FILES]:
            if not is_there(name) or Path(name).suffix.lower() in (".ovr", ".xml", ".aux"):
                continue
            with suppress(rasterio.errors.RasterioError, OSError, ValueError):
                with rasterio.open(name) as inner:
                    known = [number for number in numbers if number <= inner.count] or [1]
                    below = _storage(inner, known, depth + 1)
                    # Each file may hold one band.
                    share = len(numbers) / len(known)
                    return Storage(
                        below.rows,
                        below.columns,
                        round(share * below.bytes_a_pixel),
                        own or below.overviews,
                    )
    rows, columns = dataset.block_shapes[numbers[0] - 1]
    together = dataset.interleaving is Interleaving.pixel
    wanted = dataset.indexes if together else numbers
    sizes = (np.dtype(_kind(dataset.dtypes[number - 1])).itemsize for number in wanted)
    return Storage(int(rows), int(columns), sum(sizes), own)


def _kind(name: str) -> str:
    return "complex64" if name == "complex_int16" else name


def wanted_factor(scale: float) -> int:
    """Factor of the level for a view.

    Parameters
    ----------
    scale : float
        Raster pixels per pixel of the view.

    Returns
    -------
    int
        A power of two, so that a level's pixel is 0.6 to 1.2 times as large as the view's.
    """
    return int(2 ** max(0, math.ceil(math.log2(max(scale, 1.0) / COARSER) - 1e-9)))


def level(storage: Storage, factor: int) -> Level:
    """The level of a factor, with tiles that can be read at once.

    Parameters
    ----------
    storage : Storage
    factor : int

    Returns
    -------
    Level
    """
    side = TILE_SIDE
    # Smaller tiles do not help where one block is too large.
    if _block_bytes(storage) <= TILE_BYTES:
        while side > 1 and _tile_bytes(storage, factor, side) > TILE_BYTES:
            side //= 2
    if factor == 1:
        detail = Detail.FULL
    elif storage.finer_overview(factor) > 1:
        detail = Detail.OVERVIEWS
    else:
        detail = Detail.SAMPLED
    return Level(factor, side, detail)


def levels_for(storage: Storage, scale: float, pixels: float, partial: bool) -> List[Level]:
    """The levels for a view, coarse to fine; the last is the one to end with.

    Parameters
    ----------
    storage : Storage
    scale : float
        Raster pixels per pixel of the view.
    pixels : float
        Raster pixels in the view.
    partial : bool
        Whether coarse pictures are wanted while the last is made.

    Returns
    -------
    list of Level
    """
    last = wanted_factor(scale)
    while last > 1 and view_bytes(storage, last, pixels) > WHOLE_BYTES and last**2 < pixels:
        last *= 2
    levels = [level(storage, last)]
    if not partial:
        return levels
    first = last * FIRST_RATIO
    while view_bytes(storage, first, pixels) > FIRST_BYTES and first**2 < pixels:
        first *= 2
    while first > last:
        levels.insert(-1, level(storage, first))
        first = first // 8 if first // 8 > last else last
    return levels


def level_pixels(
    positions: npt.NDArray[np.int32], own: Level, length: int
) -> npt.NDArray[np.int32]:
    """Pixels of a level that stand for pixels of the raster along an axis.

    Parameters
    ----------
    positions : int32 array
        Columns or rows of the raster, or -1.
    own : Level
    length : int
        Of the raster along the axis.

    Returns
    -------
    int32 array
        -1 where `positions` is.
    """
    if own.factor == 1:
        return positions
    # The last pixel of the level also stands for the raster's few pixels behind it.
    last = max(0, length // own.factor - 1)
    found = np.minimum(positions // own.factor, last)
    return np.where(positions < 0, -1, found).astype(np.int32)


def _block_bytes(storage: Storage) -> int:
    return storage.rows * storage.columns * storage.bytes_a_pixel


def _tile_bytes(storage: Storage, factor: int, side: int) -> int:
    """Bytes that are decoded for a tile: whole blocks, of those rows and columns that it needs."""
    stride = max(1, factor // storage.finer_overview(factor))
    down = min(side, math.ceil(side * stride / storage.rows))
    across = min(side, math.ceil(side * stride / storage.columns))
    return down * across * _block_bytes(storage)


def view_bytes(storage: Storage, factor: int, pixels: float) -> int:
    """Bytes that are decoded for a square view, where its tiles share the blocks of the file.

    Parameters
    ----------
    storage : Storage
    factor : int
        Of the level.
    pixels : float
        Raster pixels in the view.

    Returns
    -------
    int
    """
    return _tile_bytes(storage, factor, max(1, math.ceil(math.sqrt(pixels) / factor)))
