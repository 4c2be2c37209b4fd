"""Which files a name stands for that GDAL, OGR or QGIS opens, and which files those name."""

from __future__ import annotations

import contextlib
import re
from html import escape, unescape
from pathlib import Path
from typing import Iterator, List, Optional, Sequence, Tuple
from urllib.parse import unquote

#: Elements of GDAL's and OGR's virtual formats that name what is read.
_VIRTUAL = (b"<VRTDataset", b"<OGRVRTDataSource", b"<GDALTileIndexDataset")
_NAMING_ELEMENT = re.compile(
    r"<(?:[A-Za-z]*(?:Filename|Dataset|DataSource|File)|Argument|Option)\b[^>]*>([^<]+)</"
)
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)

#: What a PDS3 label points to: ``^IMAGE = ("NAME.IMG", 1)`` or ``^IMAGE = "NAME.IMG"``.
_POINTER = re.compile(rb'^\s*\^\w+\s*=\s*\(?\s*"([^"\r\n]+)"', re.MULTILINE)

#: Bytes of a file's beginning that say what it is, and of a label that are looked through.
_HEAD, _LABEL = 4096, 1 << 18

#: Marks between which a name may hold the name of a file: ``GPKG:a.gpkg:layer``,
#: ``NETCDF:"a.nc":band``, ``a.gpkg|layername=b``, ``file:///a.csv?type=csv``, ``dbname='a.gpkg'``.
_MARKS = re.compile(r"""[:|?&=;,"'{}]|\s|//|(?<=\w)/(?=/)""")

#: Endings of folders that are one raster or database.
_RASTER_FOLDERS = (".zarr", ".gdb", ".safe")

#: Pieces that a name is taken apart into at most; longer texts name no single source.
_MOST_PIECES = 64


def files_named(name: str, folder: Path = Path()) -> Tuple[Path, ...]:
    """The files on disk that a name leads to; none for what is elsewhere.

    Parameters
    ----------
    name : str
        A path, a subdataset, a place in an archive (the archive is the file), ``vrt://``, or a
        data source of QGIS.
    folder : path
        That relative names start from.
    """
    plain = _existing(name, folder, any_folder=True)
    if plain:
        return (plain,)
    if "%" in name:
        name = unquote(name)
    pieces = [(m.start(), m.end()) for m in _MARKS.finditer(name)][: _MOST_PIECES - 1]
    starts = [0, *(end for _, end in pieces)]
    ends = [*(start for start, _ in pieces), len(name)]
    found: List[Path] = []
    taken = 0
    for start in sorted(set(starts)):
        if start < taken:
            continue
        # The longest piece that is a file: names may hold the marks themselves.
        for end in reversed([end for end in ends if end > start]):
            path = _existing(name[start:end], folder) or _container(name[start:end], folder)
            if path is not None:
                found.append(path)
                taken = end
                break
    return tuple(dict.fromkeys(found))


def names_within(file: Path) -> Tuple[str, ...]:
    """What a file itself says that it is read from: sources of virtual formats, a label's image.

    Names are as the file has them, relative to its folder or not.
    """
    try:
        with open(file, "rb") as handle:
            head = handle.read(_HEAD)
            if any(mark in head for mark in _VIRTUAL):
                return names_in_virtual((head + handle.read()).decode("utf-8", "replace"))
            if is_label(head):
                head += handle.read(_LABEL)
                return tuple(m.decode("latin-1") for m in _POINTER.findall(head))
    except OSError:
        return ()
    return ()


def names_in_virtual(text: str) -> Tuple[str, ...]:
    """Sources that the text of a virtual raster or layer names."""
    names = _NAMING_ELEMENT.findall(_CDATA.sub(lambda match: escape(match.group(1)), text))
    return tuple(unescape(name).strip() for name in dict.fromkeys(names))


def is_label(head: bytes) -> bool:
    """Whether a file begins as a PDS3 label does."""
    return b"PDS_VERSION_ID" in head and b"PDS3" in head


def is_tiff(file: Path) -> bool:
    """Whether a file is a TIFF, which holds its pixels itself."""
    try:
        with open(file, "rb") as handle:
            return handle.read(4) in (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
    except OSError:
        return False


def _existing(name: str, folder: Path, any_folder: bool = False) -> Optional[Path]:
    """The file of a name; folders count where they are asked for or their name says raster."""
    if name in ("", ".", ".."):
        return None
    # A source beside the virtual raster that names it, or in the working folder.
    for path in dict.fromkeys((folder / name, Path(name))):
        with contextlib.suppress(OSError, ValueError):
            is_raster = any_folder or path.suffix.lower() in _RASTER_FOLDERS
            if path.is_file() or (is_raster and path.is_dir()):
                return path
    return None


def _container(name: str, folder: Path) -> Optional[Path]:
    """The archive of a name like ``/vsizip/a.zip/b.tif`` or ``/vsitar//vsigzip/...``."""
    rest = name
    while rest.startswith("/vsi"):
        rest = rest.partition("/")[2].partition("/")[2]
    if rest == name:
        return None
    path = Path(rest)
    for parent in _upwards(path):
        archive = _existing(str(parent), folder)
        if archive is not None and archive.is_file():
            return archive
    return None


def _upwards(path: Path) -> Iterator[Path]:
    yield path
    yield from path.parents


def sidecars(file: Path) -> Sequence[Path]:
    """Labels, georeference, header and colour files that GDAL takes into account beside a file."""
    endings = [".tfw", ".tifw", ".tiffw", ".wld", ".hdr", ".prj", ".aux", ".rrd", ".ige", ".csvt"]
    if file.suffix.lower() in (".img", ".lbl"):
        endings += [".lbl", ".LBL", ".img", ".IMG"]
    names = [file.stem + ending for ending in endings] + [file.name + ".hdr"]
    return [path for path in map(file.with_name, names) if path != file and path.is_file()]
