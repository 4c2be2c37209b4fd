"""Overviews of a tiled file: the first is made from its blocks, the others from the first."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO, Callable, List, Tuple

import numpy as np
import numpy.typing as npt
import rasterio
from rasterio.windows import Window

from . import tiff_layout
from .tile_codec import TileCodec

#: Factor of the first overview. A factor of two would make files a quarter larger and the run
#: slower, and save a viewer little time.
FIRST_FACTOR = 4

#: Rasters up to this side need no overview, and the last overview is not longer than this.
OVERVIEW_SIDE = 1024

#: Largest side of the tiles of further overviews.
TILE = 512

Tables = Tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint64]]


def reduced(length: int) -> int:
    """Pixels of the first overview along a side."""
    return -(-length // FIRST_FACTOR)


def add_overviews(
    path: Path,
    file: BinaryIO,
    main: tiff_layout.Directory,
    codec: TileCodec,
    size: Tuple[int, int],
    tables: Tables,
    advance: Callable[[float], None],
) -> None:
    """Append the first overview's directory, then halve it until it fits on a screen.

    Parameters
    ----------
    path : path of the file
    file : the same, open for reading and writing
    main : Directory
        Of the full image, with its tile tables filled.
    codec : TileCodec
        Of the first overview.
    size : (width, height) of the full image
    tables : offsets and sizes of the first overview's tiles, shape (bands, tiles)
    advance : callable
        Takes the share that is done; may raise to stop.
    """
    width, height = reduced(size[0]), reduced(size[1])
    link = tiff_layout.append_reduced_directory(
        file, main, main.next_position, (width, height), (codec.columns, codec.rows), *_flat(tables)
    )
    _halve_on(path, file, main, codec, link, 0, (width, height), advance)


def append_overviews(path: Path, codec: TileCodec) -> None:
    """Add all overviews to a complete file, each half the size of the previous one.

    Parameters
    ----------
    path : Path
    codec : TileCodec
        Of the file.

    Raises
    ------
    TiffLayoutError
        If the file was not made with `TileCodec.file_options`.
    OSError
    """
    with open(path, "r+b") as file, rasterio.open(path) as dataset:
        size = (dataset.width, dataset.height)
        main = tiff_layout.read_directory(file)
        link = main.next_position
        _halve_on(path, file, main, codec, link, -1, size, lambda share: None)


def _halve_on(
    path: Path,
    file: BinaryIO,
    main: tiff_layout.Directory,
    own: TileCodec,
    link: int,
    level: int,
    size: Tuple[int, int],
    advance: Callable[[float], None],
) -> None:
    """Append overviews after the one numbered `level` (-1: the image) of the given size."""
    width, height = size
    while max(width, height) > OVERVIEW_SIDE:
        file.flush()
        width, height = -(-width // 2), -(-height // 2)
        codec = TileCodec(
            own.compression,
            tiff_layout.tile_side(height, TILE),
            tiff_layout.tile_side(width, TILE),
            own.samples,
        )
        tables = _halved(path, file, level, codec, advance)
        link = tiff_layout.append_reduced_directory(
            file, main, link, (width, height), (codec.columns, codec.rows), *_flat(tables)
        )
        level += 1


def _halved(
    path: Path, file: BinaryIO, level: int, codec: TileCodec, advance: Callable[[float], None]
) -> Tables:
    """Append the tiles of the overview after `level`; return their offsets and sizes."""
    offsets: List[int] = []
    sizes: List[int] = []
    rows, columns = 2 * codec.rows, 2 * codec.columns
    overview = {} if level < 0 else {"overview_level": level}
    with rasterio.open(path, **overview) as finer:
        corners = [
            (band, row, column)
            for band in range(1, finer.count + 1)
            for row in range(0, finer.height, rows)
            for column in range(0, finer.width, columns)
        ]
        for done, (band, row, column) in enumerate(corners):
            advance(done / len(corners))
            window = Window(
                column, row, min(columns, finer.width - column), min(rows, finer.height - row)
            )
            # Nearest neighbour: every overview value, also of flags, is that of a pixel.
            values = np.ascontiguousarray(finer.read(band, window=window)[::2, ::2])
            tile = codec.encode_present(values[None])[0].tobytes()
            offsets.append(tiff_layout.append_aligned(file, tile) if tile else 0)
            sizes.append(len(tile))
    return np.array(offsets, dtype=np.uint64), np.array(sizes, dtype=np.uint64)


def _flat(tables: Tables) -> Tables:
    return tables[0].ravel(), tables[1].ravel()
