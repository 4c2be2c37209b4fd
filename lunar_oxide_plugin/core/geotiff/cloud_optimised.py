"""Arrange a finished GeoTIFF so that programs can read parts of it over a network.

A cloud-optimised GeoTIFF (OGC 21-026) holds all directories first, then the tiles of the smallest
overview, and those of the full image last. GDAL's COG driver is not used: it decodes and compresses
every pixel again with all bands of a pixel together, which took five times as long as the
prediction, cannot be stopped, and makes a viewer that shows one band load all. Here the tiles
are copied as they are, band by band.
"""

from __future__ import annotations

import errno
import io
import os
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Callable, List, Sequence

import numpy as np
import numpy.typing as npt
import rasterio

from . import tiff_layout
from .tiff_layout import TILE_BYTE_COUNTS, TILE_OFFSETS, Contents, Flavour

#: What GDAL reads between header and first directory, and shows as LAYOUT=COG (GDAL's
#: documentation of the COG driver, "Header ghost area"): a tile's size stands before it, and its
#: last four bytes again after it. The last line ends in a blank, so that GDAL can write YES there
#: if a program changes the file.
_STRUCTURE = b"""\
LAYOUT=IFDS_BEFORE_DATA
BLOCK_ORDER=ROW_MAJOR
BLOCK_LEADER=SIZE_AS_UINT4
BLOCK_TRAILER=LAST_4_BYTES_REPEATED
KNOWN_INCOMPATIBLE_EDITION=NO
\x20"""

#: Bytes before a tile, and after it.
_LEADER, _TRAILER = 4, 4

#: Bytes between two reports of progress.
_TELL_BYTES = 1 << 23

Integers = npt.NDArray[np.uint64]


@dataclass(frozen=True)
class _Image:
    """The full image or an overview: its directory, and where its tiles are in the source."""

    contents: Contents
    offsets: Integers
    sizes: Integers


def write_cloud_optimised(source: Path, target: Path, advance: Callable[[float], None]) -> None:
    """Copy a tiled GeoTIFF with its overviews as a cloud-optimised one.

    Every tile, and all that directories say, stays as it is.

    Parameters
    ----------
    source : path of a file made with `TileCodec.file_options`
    target : path of the file to make; replaced if it exists
    advance : callable
        Takes the share of the bytes that is copied; may raise to stop.

    Raises
    ------
    TiffLayoutError
        If the source is no such file, or the target would be too large for a TIFF of its kind.
    OSError
    """
    with open(source, "rb") as file:
        flavour, images = _read(file)
        starts = [np.zeros_like(image.offsets) for image in images]
        place = len(_directories(flavour, images, starts))
        for number, image in reversed(list(enumerate(images))):
            sizes = image.sizes.astype(np.int64)
            room = np.where(sizes > 0, _LEADER + sizes + _TRAILER, 0)
            positions = place + np.cumsum(room) - room + _LEADER
            starts[number] = np.where(sizes > 0, positions, 0).astype(np.uint64)
            place += int(room.sum())
        with open(target, "wb") as copy:
            copy.write(_directories(flavour, images, starts))
            total = sum(int(image.sizes.sum()) for image in images)
            done = told = 0
            for image in reversed(images):
                for offset, size in zip(image.offsets.tolist(), image.sizes.tolist()):
                    if not size:
                        continue
                    if done >= told:
                        advance(done / total)
                        told = done + _TELL_BYTES
                    tile = _tile(file, offset, size)
                    copy.write(struct.pack("<I", size) + tile + tile[-_TRAILER:])
                    done += size
            copy.flush()
            os.fsync(copy.fileno())
    _require_same(source, target, place)
    advance(1.0)


def _read(file: BinaryIO) -> tuple[Flavour, List[_Image]]:
    images = []
    directories = tiff_layout.read_directories(file)
    for directory in directories:
        contents = tiff_layout.contents(file, directory)
        fields = directory.fields
        if TILE_OFFSETS not in fields or TILE_BYTE_COUNTS not in fields:
            raise tiff_layout.TiffLayoutError("an image without tiles")
        images.append(
            _Image(
                [item for item in contents if item[0] not in (TILE_OFFSETS, TILE_BYTE_COUNTS)],
                tiff_layout.read_integers(file, fields[TILE_OFFSETS]),
                tiff_layout.read_integers(file, fields[TILE_BYTE_COUNTS]),
            )
        )
    return directories[0].flavour, images


def _directories(flavour: Flavour, images: Sequence[_Image], starts: Sequence[Integers]) -> bytes:
    """Header, structure and all directories, up to the first tile."""
    file = io.BytesIO()
    file.write(tiff_layout.header(flavour))
    link = file.tell() - (8 if flavour.big else 4)
    file.write(b"GDAL_STRUCTURAL_METADATA_SIZE=%06d bytes\n" % len(_STRUCTURE) + _STRUCTURE)
    for image, tiles in zip(images, starts):
        tables = tiff_layout.table_entries(flavour, tiles, image.sizes)
        link = tiff_layout.append_directory(file, flavour, link, [*image.contents, *tables])
    return file.getvalue()


def _tile(file: BinaryIO, offset: int, size: int) -> bytes:
    file.seek(offset)
    tile = file.read(size)
    if len(tile) != size:
        raise tiff_layout.TiffLayoutError("the file ends too early")
    return tile


def _require_same(source: Path, target: Path, size: int) -> None:
    """Refuse a copy that is not complete, or that GDAL takes for another raster."""

    def shape(path: Path) -> tuple[object, ...]:
        with rasterio.open(path) as dataset:
            return dataset.shape, dataset.dtypes, dataset.descriptions, dataset.overviews(1)

    if target.stat().st_size != size or shape(source) != shape(target):
        raise OSError(errno.EIO, "the file was not written completely")
