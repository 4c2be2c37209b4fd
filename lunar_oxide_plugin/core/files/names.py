"""Names of outputs: what stands there, what belongs to it, and why it cannot be written."""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path
from typing import Optional, Tuple, Union

from ..errors import NotWrittenError, OutputError

AnyPath = Union[str, Path]

#: Suffixes of the files that GDAL and QGIS keep beside a raster.
RASTER_COMPANIONS = (".aux.xml", ".ovr", ".ovr.aux.xml", ".msk", ".msk.aux.xml", ".msk.ovr")

#: Suffixes of the files that SQLite keeps beside a database while it is open or after a crash.
DATABASE_COMPANIONS = ("-wal", "-shm", "-journal")

#: Suffixes of the parts and indices of a shapefile, which share its stem.
SHAPEFILE_PARTS = (
    ".shx", ".dbf", ".prj", ".cpg", ".qix", ".sbn", ".sbx", ".fbn", ".fbx", ".ain", ".aih", ".atx",
    ".ixs", ".mxs", ".qpj",
)  # fmt: skip


def require_geotiff_name(target: Path) -> None:
    """Refuse names of other formats.

    Parameters
    ----------
    target : Path

    Raises
    ------
    OutputError
    """
    if target.suffix.lower() not in (".tif", ".tiff"):
        raise OutputError(
            f"The output {target.name} must be a GeoTIFF: give a name that ends in .tif."
        )


def cannot_write(target: Path, error: Exception, what: str = "output") -> str:
    """The message for a file that cannot be written; `what` says what it is.

    Parameters
    ----------
    target : Path
    error : Exception
    what : str, optional

    Returns
    -------
    str
    """
    if not is_folder(target.parent):
        return f"The output folder {target.parent} does not exist: create it or choose another."
    reason = getattr(error, "strerror", None) or str(error)
    return (
        f"The {what} {target} cannot be written ({reason}): check that the folder is writable, "
        "the disk has space, and neither another program nor a layer of an open project holds the "
        "file (remove the layer, or give another name)."
    )


def is_there(path: AnyPath) -> bool:
    """Whether a file or folder exists; not where its name is impossible or may not be seen.

    Parameters
    ----------
    path : str or Path

    Returns
    -------
    bool
    """
    with contextlib.suppress(OSError, ValueError):
        Path(path).stat()
        return True
    return False


def file_state(path: AnyPath) -> Optional[Tuple[int, int]]:
    """Time of change and size of a file, to notice that it was replaced.

    Parameters
    ----------
    path : path or str
        Any name; those that are not files have no state.

    Returns
    -------
    (int, int) or None
        Nanoseconds and bytes.
    """
    try:
        status = Path(path).stat()
    except (OSError, ValueError):
        return None
    return status.st_mtime_ns, status.st_size


def is_folder(path: AnyPath) -> bool:
    """Whether a name is a folder's; not where it is impossible or may not be seen.

    Parameters
    ----------
    path : str or Path

    Returns
    -------
    bool
    """
    with contextlib.suppress(OSError, ValueError):
        return stat.S_ISDIR(Path(path).stat().st_mode)
    return False


def unlink_if_there(path: Path) -> None:
    """Remove a file if it exists.

    Parameters
    ----------
    path : Path
    """
    try:
        path.unlink()
    except FileNotFoundError:
        return


def final_path(target: AnyPath) -> Path:
    """The final path of an output: a link is kept, and the file that it refers to is replaced.

    Parameters
    ----------
    target : str or Path

    Returns
    -------
    Path

    Raises
    ------
    OutputError
        If the path is a folder, a device or a pipe, or a file that is protected against writing.
    """
    path = Path(target)
    try:
        str(target).encode()  # GDAL and QGIS take Unicode alone
        for _ in range(40):
            if not path.is_symlink():
                break
            path = path.parent / path.readlink()
        status = path.lstat()
    except FileNotFoundError:
        return path
    except (OSError, ValueError) as error:
        raise NotWrittenError(cannot_reach(target, error)) from error
    if stat.S_ISDIR(status.st_mode):
        raise OutputError(f"The output {target} is a folder: give the name of a file.")
    if stat.S_ISLNK(status.st_mode):
        raise OutputError(f"The output {target} is a link that leads nowhere: choose another.")
    if not stat.S_ISREG(status.st_mode):
        raise OutputError(
            f"The output {target} is no ordinary file (a device or a pipe): choose another name."
        )
    if not os.access(path, os.W_OK):
        raise OutputError(
            f"The output {target} exists and is protected against writing: choose another name."
        )
    return path


def companions(target: Path) -> Tuple[Path, ...]:
    """Existing files beside a file that describe it or belong to it.

    If they remained, programs would apply those of the old file to the new one: overviews and masks
    of other pixels, statistics of other values, a journal of another database.

    Parameters
    ----------
    target : Path

    Returns
    -------
    tuple of Path
    """
    suffix = target.suffix.lower()
    names = [target.name + ending for ending in RASTER_COMPANIONS]
    names += [target.name + ending for ending in DATABASE_COMPANIONS]
    if suffix == ".shp":
        names += [target.stem + ending for ending in SHAPEFILE_PARTS] + [target.name + ".xml"]
    found = []
    for name in names:
        path = target.with_name(name)
        # A name may become too long for the file system.
        with contextlib.suppress(OSError):
            if stat.S_ISREG(path.stat().st_mode):
                found.append(path)
    return tuple(found)


def not_complete(target: Path) -> str:
    """The message for an output that is incomplete although no write failed.

    Parameters
    ----------
    target : Path

    Returns
    -------
    str
    """
    return (
        f"The output {target} was not written completely: make room on the disk, or choose "
        "another folder, and run it again."
    )


def cannot_reach(target: AnyPath, error: Exception, what: str = "output") -> str:
    """The message for a name that the file system does not accept; `what` says what it is.

    Parameters
    ----------
    target : str or Path
    error : Exception
    what : str, optional

    Returns
    -------
    str
    """
    if isinstance(error, ValueError):
        return f"The output {str(target)!r} is no name of a file: choose another."
    return cannot_write(Path(target), error, what)
