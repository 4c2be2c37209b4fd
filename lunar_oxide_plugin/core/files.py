"""Write files safely: a temporary file is written, verified, then renamed to the target.

Every output of the package is opened with `open_output` and written under a temporary name. An
existing file of the output's name is kept until the new file is complete, on the disk and verified.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import uuid
from contextvars import ContextVar
from pathlib import Path
from typing import Callable, Dict, Iterable, Iterator, Optional, Set, Tuple, Union

from .closing import Closing
from .errors import OutputError
from .file_lock import OutputLock, temporary_stem

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

_inputs_of_run: ContextVar[Callable[[], Iterable[Path]]] = ContextVar(
    "inputs_of_run", default=tuple
)


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
        raise OutputError(_cannot_reach(target, error)) from error
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


@contextlib.contextmanager
def inputs_of_run(files: Callable[[], Iterable[Path]]) -> Iterator[None]:
    """Protect the inputs of a run: no output that is opened within may be one of them.

    Parameters
    ----------
    files : callable
        Gives every file that the run reads; asked only when an output exists already.
    """
    token = _inputs_of_run.set(files)
    try:
        yield
    finally:
        _inputs_of_run.reset(token)


def require_other_file(target: AnyPath, inputs: Iterable[Path] = ()) -> None:
    """Refuse an output that is an input, or a file that an input is read from.

    Links, hard links and other spellings of a file's name are recognised.

    Parameters
    ----------
    target : path of the output
    inputs : iterable of paths
        Every file behind every input (of rasters: `rasters.source_files.files_behind`). It is read
        only if the output exists already. A folder means all files in it.

    Raises
    ------
    OutputError
    """
    final = final_path(target)
    replaced: Set[str] = set()
    for path in (final, *companions(final)):
        with contextlib.suppress(OSError):
            replaced.add(_identity(path))
    if not replaced:
        return
    folders = {parent.resolve() for parent in final.absolute().parents}
    for source in (*_inputs_of_run.get()(), *inputs):
        try:
            is_same = _identity(source) in replaced or (
                is_folder(source) and source.resolve() in folders
            )
        except (OSError, ValueError):
            continue
        if is_same:
            raise OutputError(
                f"The output {Path(target).name} is an input of the same run, or belongs to one "
                f"({source}): choose another output file."
            )


class OutputFile(Closing):
    """An output under construction, as `open_output` gives it.

    Attributes
    ----------
    target : Path
        The output as requested.
    path : Path
        The temporary file to write. It has the target's own name, in a folder of its own beside
        the target, so that drivers and layer names use the final name.
    """

    def __init__(
        self, target: Path, final: Path, lock: OutputLock, beside: bool, what: str
    ) -> None:
        self.target = target
        self._what = what
        self._final, self._lock = final, lock
        stem = temporary_stem(final)
        _remove_leftovers(final.parent, stem + "-")
        scratch = final.with_name(f"{stem}-{uuid.uuid4().hex[:12]}")
        if beside:
            self._scratch = scratch.with_name(scratch.name + final.suffix)
            self.path = self._scratch
            os.close(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
        else:
            self._scratch = scratch
            self.path = scratch / final.name
            scratch.mkdir()

    def close(self) -> None:
        """Remove what was not committed and release the lock; may be called again."""
        _remove(self._scratch)
        self._lock.close()

    def commit(self, verify: Optional[Callable[[Path], object]] = None) -> None:
        """Write the file through to the disk, verify it, and give it the output's name.

        Companion files of the replaced file are removed with it. If anything fails, all files are
        as before.

        Parameters
        ----------
        verify : callable
            Takes the temporary path; raises `OutputError` or OSError if the file is not whole.

        Raises
        ------
        OutputError
        """
        try:
            parts = [self.path] if self.path == self._scratch else sorted(self._scratch.iterdir())
            for part in parts:
                _sync(part)
            if verify is not None:
                verify(self.path)
            with contextlib.suppress(OSError):
                shutil.copymode(self._final, self.path)
            put_in_place(self.path, self._final, parts)
        except OSError as error:
            raise self.failed(error) from error

    def failed(self, error: Exception) -> OutputError:
        """The error to raise when a write to `path` has failed.

        Parameters
        ----------
        error : Exception

        Returns
        -------
        OutputError
        """
        return OutputError(cannot_write(self.target, error, self._what))


def put_in_place(path: Path, final: Path, parts: Iterable[Path] = ()) -> None:
    """Give a finished file its name and remove the companion files of the replaced file.

    If one step fails, all files are as before.

    Parameters
    ----------
    path : path of the finished file, on the same file system
    final : path of the output, links followed (`final_path`), whose lock is held
    parts : paths of further files beside `path` that are moved with it, under their own names

    Raises
    ------
    OSError
    """
    moves = {final.with_name(part.name): part for part in parts if part != path}
    replaced = (set(companions(final)) | set(moves)) - {final}
    aside = final.with_name(f"{temporary_stem(final)}-{uuid.uuid4().hex[:12]}")
    kept: Dict[Path, Path] = {}
    placed: Set[Path] = set()
    try:
        for number, old in enumerate(sorted(replaced)):
            with contextlib.suppress(FileNotFoundError):
                away = aside.with_name(f"{aside.name}-{number}")
                os.replace(old, away)
                kept[old] = away
        for new, part in moves.items():
            os.replace(part, new)
            placed.add(new)
        os.replace(path, final)
    except OSError:
        for new in placed:
            _remove(new)
        for old, away in kept.items():
            with contextlib.suppress(OSError):
                os.replace(away, old)
        raise
    for away in kept.values():
        _remove(away)
    _sync_folder(final.parent)


def open_output(
    target: AnyPath,
    inputs: Iterable[Path] = (),
    *,
    beside: bool = False,
    what: str = "output",
) -> OutputFile:
    """Begin an output; use it in a ``with`` block and call `OutputFile.commit` at its end.

    Parameters
    ----------
    target : path of the output
        Links are followed.
    inputs : iterable of paths
        As for `require_other_file`; those of `inputs_of_run` count as well.
    beside : bool
        Whether the temporary file must lie in the target's own folder, because it refers to other
        files by relative paths.
    what : str
        What the file is, for messages, e.g. ``"report"``.

    Returns
    -------
    OutputFile

    Raises
    ------
    OutputError
        If the output is an input or not an ordinary file, if another run is writing it, or if it
        cannot be written.
    """
    path = Path(target)
    final = final_path(path)
    require_other_file(path, inputs)
    lock: Optional[OutputLock] = None
    try:
        lock = OutputLock(final)
        return OutputFile(path, final, lock, beside, what)
    except (OSError, ValueError) as error:
        if lock is not None:
            lock.close()
        raise OutputError(_cannot_reach(path, error, what)) from error


def write_bytes(
    target: AnyPath,
    content: bytes,
    inputs: Iterable[Path] = (),
    *,
    beside: bool = False,
    what: str = "output",
    verify: Optional[Callable[[Path], object]] = None,
) -> None:
    """Write a whole file at once: the target is either complete or unchanged.

    Parameters
    ----------
    target, inputs, beside, what
        As for `open_output`.
    content : bytes
    verify : callable
        As for `OutputFile.commit`; that the content is on the disk is verified anyway.

    Raises
    ------
    OutputError
    """

    def is_whole(path: Path) -> None:
        if path.read_bytes() != content:
            raise OutputError(not_complete(Path(target)))
        if verify is not None:
            verify(path)

    with open_output(target, inputs, beside=beside, what=what) as output:
        try:
            with open(output.path, "wb") as handle:
                handle.write(content)
        except OSError as error:
            raise output.failed(error) from error
        output.commit(is_whole)


def write_text(
    target: AnyPath, text: str, what: str = "output", inputs: Iterable[Path] = ()
) -> None:
    """Write a whole text file as UTF-8, with line ends unchanged.

    A character that UTF-8 cannot hold becomes "?". Parameters are those of `write_bytes`.

    Parameters
    ----------
    target : str or Path
    text : str
    what : str, optional
    inputs : iterable of Path, optional

    Raises
    ------
    OutputError
    """
    write_bytes(target, text.encode("utf-8", "replace"), inputs, what=what)


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


def _cannot_reach(target: AnyPath, error: Exception, what: str = "output") -> str:
    """The message for a name that the file system does not accept."""
    if isinstance(error, ValueError):
        return f"The output {str(target)!r} is no name of a file: choose another."
    return cannot_write(Path(target), error, what)


def _identity(path: Path) -> str:
    """A key that is equal for all names of one file, and only for these."""
    status = path.stat()
    # Some network file systems do not number files.
    own = f"{status.st_dev}:{status.st_ino}"
    return own if status.st_ino else os.path.normcase(os.path.realpath(path))


def _sync(path: Path) -> None:
    """Write a file through to the disk."""
    if path.is_dir():
        return
    with open(path, "r+b") as handle:
        os.fsync(handle.fileno())


def _sync_folder(folder: Path) -> None:
    """Make renames durable against a power loss, where the system supports it."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _remove_leftovers(folder: Path, prefix: str) -> None:
    """Remove files left by killed runs of the same output; its lock is held, so none is in use."""
    with os.scandir(folder) as entries:
        names = [entry.name for entry in entries if entry.name.startswith(prefix)]
    for name in names:
        _remove(folder / name)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
        return
    with contextlib.suppress(OSError):
        path.unlink()
