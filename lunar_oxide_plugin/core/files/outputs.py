"""Write files safely: a temporary file is written, verified, then renamed to the target.

Every output of the package is opened with `open_output` and written under a temporary name. An
existing file of the output's name is kept until the new file is complete, on the disk and verified.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import uuid
from contextvars import ContextVar
from pathlib import Path
from typing import Callable, Dict, Iterable, Iterator, Optional, Set

from ..closing import Closing
from ..errors import NotWrittenError, OutputError
from ..file_lock import OutputLock, temporary_stem
from .names import (
    AnyPath,
    cannot_reach,
    cannot_write,
    companions,
    final_path,
    is_folder,
    not_complete,
)

_inputs_of_run: ContextVar[Callable[[], Iterable[Path]]] = ContextVar(
    "inputs_of_run", default=tuple
)


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
        return NotWrittenError(cannot_write(self.target, error, self._what))


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
        raise NotWrittenError(cannot_reach(path, error, what)) from error


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
            raise NotWrittenError(not_complete(Path(target)))
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
