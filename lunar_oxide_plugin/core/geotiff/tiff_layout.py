"""Read and complete the image directories of a TIFF file, which locate its tiles.

GDAL makes the file and its metadata; this module only finds, fills and adds the arrays of tile
offsets and sizes (TIFF 6.0, Adobe 1992; BigTIFF, AWare Systems 2007). It reads little-endian files
only, which GDAL is told to make.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import BinaryIO, Dict, List, Mapping, Sequence, Tuple

import numpy as np
import numpy.typing as npt

NEW_SUBFILE_TYPE = 254
IMAGE_WIDTH = 256
IMAGE_LENGTH = 257
TILE_WIDTH = 322
TILE_LENGTH = 323
TILE_OFFSETS = 324
TILE_BYTE_COUNTS = 325

#: Tags of samples and codec, which are the same for every resolution of an image: bits,
#: compression, photometric, samples per pixel, planar configuration, predictor, extra samples,
#: sample format, GDAL's metadata with the bands' scales, GDAL's nodata, parameters of LERC.
_SHARED_TAGS = (258, 259, 262, 277, 284, 317, 338, 339, 42112, 42113, 50674)

_SHORT, _LONG, _LONG8 = 3, 4, 16
_NUMPY_TYPES: Mapping[int, str] = {_SHORT: "<u2", _LONG: "<u4", _LONG8: "<u8"}
_TYPE_SIZES: Mapping[int, int] = {
    1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8,
    18: 8,
}  # fmt: skip


#: TIFF 6.0: the sides of a tile are multiples of this.
TILE_STEP = 16


def tile_side(length: int, largest: int) -> int:
    """Side of the tiles for an image of `length` pixels: small images need no large tile.

    Parameters
    ----------
    length : int
    largest : int

    Returns
    -------
    int
    """
    return min(largest, max(TILE_STEP, -(-length // TILE_STEP) * TILE_STEP))


class TiffLayoutError(ValueError):
    """The file is not a TIFF of the requested kind."""


#: Entries of a directory: tag, type and the values' bytes.
Contents = List[Tuple[int, int, bytes]]


@dataclass(frozen=True)
class Field:
    """One entry of a directory; `position` is that of its `count` values in the file."""

    type: int
    count: int
    position: int

    @property
    def size(self) -> int:
        """Bytes of all values."""
        return _TYPE_SIZES.get(self.type, 1) * self.count


@dataclass(frozen=True)
class Flavour:
    """Classic TIFF or BigTIFF: formats of counts and offsets, and size of a directory entry."""

    big: bool

    @property
    def offset_type(self) -> int:
        """TIFF type of file offsets."""
        return _LONG8 if self.big else _LONG

    @property
    def offset(self) -> str:
        """Struct format of file offsets."""
        return "<Q" if self.big else "<I"

    @property
    def entries(self) -> str:
        """Struct format of the number of entries."""
        return "<Q" if self.big else "<H"

    @property
    def inline(self) -> int:
        """Bytes available for values in the entry itself."""
        return 8 if self.big else 4

    @property
    def entry_size(self) -> int:
        """Bytes of one directory entry."""
        return 20 if self.big else 12


@dataclass(frozen=True)
class Directory:
    """An image directory: its fields, and the position of the next directory's offset."""

    flavour: Flavour
    fields: Mapping[int, Field]
    next_position: int


def read_directory(file: BinaryIO) -> Directory:
    """The first directory of a TIFF.

    Raises
    ------
    TiffLayoutError
    """
    flavour, start = _read_header(file)
    return _directory_at(file, flavour, start)


def read_directories(file: BinaryIO) -> List[Directory]:
    """All directories of a TIFF: of the full image, then of its overviews.

    Parameters
    ----------
    file : BinaryIO

    Returns
    -------
    list of Directory

    Raises
    ------
    TiffLayoutError
    """
    flavour, start = _read_header(file)
    found: List[Directory] = []
    while start:
        if len(found) > 64:
            raise TiffLayoutError("more than 64 images")
        found.append(_directory_at(file, flavour, start))
        raw = _read(file, found[-1].next_position, struct.calcsize(flavour.offset))
        (start,) = struct.unpack(flavour.offset, raw)
    return found


def contents(file: BinaryIO, directory: Directory) -> Contents:
    """Tags of a directory with their types and values, as `append_directory` takes them.

    Parameters
    ----------
    file : BinaryIO
    directory : Directory

    Returns
    -------
    list of (tag, type, bytes)
    """
    return [
        (tag, field.type, _read(file, field.position, field.size))
        for tag, field in directory.fields.items()
    ]


def header(flavour: Flavour) -> bytes:
    """First bytes of a TIFF; the offset of the first directory, at their end, is 0.

    Parameters
    ----------
    flavour : Flavour

    Returns
    -------
    bytes
    """
    return b"II" + (struct.pack("<HHHQ", 43, 8, 0, 0) if flavour.big else struct.pack("<HI", 42, 0))


def table_entries(
    flavour: Flavour, offsets: npt.NDArray[np.uint64], byte_counts: npt.NDArray[np.uint64]
) -> Contents:
    """Entries of a directory that locate its tiles.

    Parameters
    ----------
    flavour : Flavour
    offsets, byte_counts : arrays, one value per tile and band

    Returns
    -------
    list of (tag, type, bytes)

    Raises
    ------
    TiffLayoutError
        If the file is too large for its flavour.
    """
    return [
        (TILE_OFFSETS, flavour.offset_type, _pack(offsets, flavour.offset_type)),
        (TILE_BYTE_COUNTS, _LONG, _pack(byte_counts, _LONG)),
    ]


def _read_header(file: BinaryIO) -> Tuple[Flavour, int]:
    """The flavour, and the position of the first directory."""
    header = _read(file, 0, 16)
    if header[:2] != b"II" or header[2] not in (42, 43):
        raise TiffLayoutError("not a little-endian TIFF")
    flavour = Flavour(header[2] == 43)
    (start,) = struct.unpack_from(flavour.offset, header, 8 if flavour.big else 4)
    return flavour, start


def _directory_at(file: BinaryIO, flavour: Flavour, start: int) -> Directory:
    length = struct.calcsize(flavour.entries)
    (count,) = struct.unpack(flavour.entries, _read(file, start, length))
    if count > 4096:
        raise TiffLayoutError("a directory of more than 4096 entries")
    table = _read(file, start + length, count * flavour.entry_size)
    fields: Dict[int, Field] = {}
    for index in range(count):
        at = index * flavour.entry_size
        tag, kind = struct.unpack_from("<HH", table, at)
        (values,) = struct.unpack_from(flavour.offset, table, at + 4)
        value_at = at + flavour.entry_size - flavour.inline
        field = Field(kind, values, start + length + value_at)
        if field.size > flavour.inline:
            field = Field(kind, values, struct.unpack_from(flavour.offset, table, value_at)[0])
        fields[tag] = field
    return Directory(flavour, fields, start + length + len(table))


def read_integers(file: BinaryIO, field: Field) -> npt.NDArray[np.uint64]:
    """Values of an integer field.

    Raises
    ------
    TiffLayoutError
    """
    if field.type not in _NUMPY_TYPES:
        raise TiffLayoutError(f"a field of type {field.type} where integers are needed")
    raw = _read(file, field.position, field.size)
    return np.frombuffer(raw, dtype=_NUMPY_TYPES[field.type]).astype(np.uint64)


def write_integers(file: BinaryIO, field: Field, values: npt.NDArray[np.uint64]) -> None:
    """Replace the values of an integer field.

    Raises
    ------
    TiffLayoutError
        If their number differs or one does not fit the field's type.
    """
    kind = np.dtype(_NUMPY_TYPES.get(field.type, "V"))
    if kind.kind != "u" or values.size != field.count:
        raise TiffLayoutError(f"{values.size} values for a field of {field.count}")
    if values.size and int(values.max()) > np.iinfo(kind).max:
        raise TiffLayoutError("the file is too large for a TIFF of its kind")
    file.seek(field.position)
    file.write(values.astype(kind).tobytes())


def append_reduced_directory(
    file: BinaryIO,
    main: Directory,
    link_position: int,
    size: Tuple[int, int],
    tile: Tuple[int, int],
    offsets: npt.NDArray[np.uint64],
    byte_counts: npt.NDArray[np.uint64],
) -> int:
    """Append the directory of a smaller version (overview) of the main image.

    Parameters
    ----------
    file : open for reading and writing
    main : Directory
        Of the full image, whose description of samples is repeated.
    link_position : int
        Position at which the offset of this directory is entered.
    size, tile : (width, height)
    offsets, byte_counts : arrays, one value per tile and band

    Returns
    -------
    int
        The `link_position` for the next one.
    """
    flavour = main.flavour
    described: Contents = [
        (NEW_SUBFILE_TYPE, _LONG, struct.pack("<I", 1)),
        (IMAGE_WIDTH, _LONG, struct.pack("<I", size[0])),
        (IMAGE_LENGTH, _LONG, struct.pack("<I", size[1])),
        (TILE_WIDTH, _LONG, struct.pack("<I", tile[0])),
        (TILE_LENGTH, _LONG, struct.pack("<I", tile[1])),
        *table_entries(flavour, offsets, byte_counts),
    ]
    described += [item for item in contents(file, main) if item[0] in _SHARED_TAGS]
    return append_directory(file, flavour, link_position, described)


def append_directory(
    file: BinaryIO, flavour: Flavour, link_position: int, described: Contents
) -> int:
    """Append a directory at the file's end.

    Parameters
    ----------
    file : open for reading and writing
    flavour : Flavour
    link_position : int
        Position at which the offset of this directory is entered.
    described : list of (tag, type, bytes)

    Returns
    -------
    int
        The `link_position` for the next one.
    """
    start = append_aligned(file, b"")
    _write_directory(file, flavour, start, sorted(described))
    end_of_entries = start + struct.calcsize(flavour.entries) + len(described) * flavour.entry_size
    file.seek(link_position)
    file.write(struct.pack(flavour.offset, start))
    return end_of_entries


def append_aligned(file: BinaryIO, content: bytes) -> int:
    """Append bytes at the next multiple of 16 after the file's end; return the position."""
    end = file.seek(0, 2)
    padding = -end % 16
    file.write(b"\0" * padding + content)
    return end + padding


def _write_directory(
    file: BinaryIO, flavour: Flavour, start: int, contents: Sequence[Tuple[int, int, bytes]]
) -> None:
    """Write entries at the file's end, followed by values that do not fit into an entry."""
    table = struct.pack(flavour.entries, len(contents))
    tail = b""
    tail_start = start + len(table) + len(contents) * flavour.entry_size + flavour.inline
    tail_start += -tail_start % 16
    for tag, kind, raw in contents:
        table += struct.pack("<HH", tag, kind)
        table += struct.pack(flavour.offset, len(raw) // _TYPE_SIZES[kind])
        if len(raw) <= flavour.inline:
            table += raw.ljust(flavour.inline, b"\0")
        else:
            table += struct.pack(flavour.offset, tail_start + len(tail))
            tail += raw + b"\0" * (-len(raw) % 16)
    table += struct.pack(flavour.offset, 0)
    file.seek(start)
    file.write(table.ljust(tail_start - start, b"\0") + tail)


def _pack(values: npt.NDArray[np.uint64], kind: int) -> bytes:
    dtype = np.dtype(_NUMPY_TYPES[kind])
    if values.size and int(values.max()) > np.iinfo(dtype).max:
        raise TiffLayoutError("the file is too large for a TIFF of its kind")
    return values.astype(dtype).tobytes()


def _read(file: BinaryIO, position: int, length: int) -> bytes:
    file.seek(position)
    content = file.read(length)
    if len(content) != length:
        raise TiffLayoutError("the file ends too early")
    return content
