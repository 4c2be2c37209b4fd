"""Find the files behind a name that GDAL, OGR or QGIS opens, and the files named in them."""

from __future__ import annotations

import contextlib
import re
from html import escape, unescape
from pathlib import Path
from typing import Iterator, List, Optional, Sequence, Tuple
from urllib.parse import unquote

#: Elements of GDAL's and OGR's virtual formats that name their sources.
_VIRTUAL = (b"<VRTDataset", b"<OGRVRTDataSource", b"<GDALTileIndexDataset")
_NAMING_ELEMENT = re.compile(
    r"<(?:[A-Za-z]*(?:Filename|Dataset|DataSource|File)|Argument|Option)\b[^>]*>([^<]+)</"
)
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)

#: A pointer of a PDS3 label: ``^IMAGE = ("NAME.IMG", 1)`` or ``^IMAGE = "NAME.IMG"``.
_POINTER = re.compile(rb'^\s*\^\w+\s*=\s*\(?\s*"([^"\r\n]+)"', re.MULTILINE)

#: Bytes read to recognise a file's format, and bytes searched of a label.
_HEAD, _LABEL = 4096, 1 << 18

#: Separators in names that contain the name of a file: ``GPKG:a.gpkg:layer``,
#: ``NETCDF:"a.nc":band``, ``a.gpkg|layername=b``, ``file:///a.csv?type=csv``, ``dbname='a.gpkg'``.
_MARKS = re.compile(r"""[:|?&=;,"'{}]|\s|//|(?<=\w)/(?=/)""")

#: Extensions of folders that are one raster or database.
_RASTER_FOLDERS = (".zarr", ".gdb", ".safe")

#: Most pieces that a name is divided into; longer texts do not name a single source.
_MOST_PIECES = 64


def files_named(name: str, folder: Path = Path()) -> Tuple[Path, ...]:
    """The files on disk behind a name; none for other kinds of source.

    Parameters
    ----------
    name : str
        A path, a subdataset, a place in an archive (the archive is the file), ``vrt://``, or a
        data source of QGIS.
    folder : path
        Start of relative names.
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
        # Take the longest piece that is a file, because names may contain the separators.
        for end in reversed([end for end in ends if end > start]):
            path = _existing(name[start:end], folder) or _container(name[start:end], folder)
            if path is not None:
                found.append(path)
                taken = end
                break
    return tuple(dict.fromkeys(found))


def names_within(file: Path) -> Tuple[str, ...]:
    """Files that a file refers to: sources of virtual formats, the image of a label.

    Names are as written in the file: absolute, or relative to its folder.
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
    """Names of sources in the text of a virtual raster or layer."""
    names = _NAMING_ELEMENT.findall(_CDATA.sub(lambda match: escape(match.group(1)), text))
    return tuple(unescape(name).strip() for name in dict.fromkeys(names))


def is_label(head: bytes) -> bool:
    """Whether a file begins like a PDS3 label."""
    return b"PDS_VERSION_ID" in head and b"PDS3" in head


def is_tiff(file: Path) -> bool:
    """Whether a file is a TIFF, which contains its own pixels."""
    try:
        with open(file, "rb") as handle:
            return handle.read(4) in (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
    except OSError:
        return False


def _existing(name: str, folder: Path, any_folder: bool = False) -> Optional[Path]:
    """The file of a name; also a folder, if requested or if its extension is of a raster."""
    if name in ("", ".", ".."):
        return None
    # The source may be beside the virtual raster, or in the working folder.
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
    """Files beside a file that GDAL reads with it: labels, georeference, header, colours."""
    endings = [".tfw", ".tifw", ".tiffw", ".wld", ".hdr", ".prj", ".aux", ".rrd", ".ige", ".csvt"]
    if file.suffix.lower() in (".img", ".lbl", ".lab"):
        endings += [".lbl", ".LBL", ".lab", ".LAB", ".img", ".IMG"]
    names = [file.stem + ending for ending in endings] + [file.name + ".hdr"]
    return [path for path in map(file.with_name, names) if path != file and path.is_file()]
