"""Read the beginning of a file, also of one in an archive, which GDAL reads without unpacking."""

from __future__ import annotations

import gzip
import re
import tarfile
import zipfile
import zlib
from pathlib import Path
from typing import Tuple, Union

_IN_ARCHIVE = re.compile(r"/vsi(zip|gzip|tar)/+(?:/vsigzip/+)?\{?(.+)")

#: Errors that the readers raise for damaged archives.
_DAMAGED = (OSError, EOFError, ValueError, KeyError, RuntimeError, zlib.error)


def read_head(name: Union[str, Path], size: int) -> bytes:
    """The first bytes of a file; empty if it cannot be read.

    Parameters
    ----------
    name : str or path
        A file, or a place in an archive as GDAL calls it: ``/vsizip/a.zip/b.img``,
        ``/vsigzip/b.img.gz``, ``/vsitar/a.tar/b.img``.
    size : int
        Bytes at most.
    """
    try:
        match = _IN_ARCHIVE.fullmatch(str(name))
        if match is None:
            with open(name, "rb") as file:
                return file.read(size)
        archive, member = _divided(match.group(2))
        if match.group(1) == "gzip":
            with gzip.open(archive) as plain:
                return plain.read(size)
        if match.group(1) == "zip":
            with (
                zipfile.ZipFile(archive) as folder,
                folder.open(member or folder.namelist()[0]) as file_in_it,
            ):
                return file_in_it.read(size)
        with tarfile.open(archive) as tar:
            part = tar.extractfile(member or tar.getnames()[0])
            return part.read(size) if part else b""
    except (*_DAMAGED, zipfile.BadZipFile, tarfile.TarError, IndexError):
        return b""


def _divided(text: str) -> Tuple[Path, str]:
    """The archive and the name in it; GDAL's double slash may hide that of an absolute path."""
    for whole in (Path("/" + text.replace("}", "")), Path(text.replace("}", ""))):
        for archive in (whole, *whole.parents):
            if archive.is_file():
                return archive, whole.relative_to(archive).as_posix().lstrip(".")
    raise FileNotFoundError(text)
