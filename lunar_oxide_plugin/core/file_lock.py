"""A lock on an output, so that only one run writes it, also across processes and machines."""

from __future__ import annotations

import errno
import hashlib
import os
import socket
import sys
from pathlib import Path

from .closing import Closing
from .errors import OutputInUseError

#: First characters of every temporary name that this package makes beside an output.
MARK = ".lunar-oxide-"

_NO_LOCKS = (errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL)


def temporary_stem(target: Path) -> str:
    """First part of the names of all temporary files of an output, of fixed length.

    Parameters
    ----------
    target : Path

    Returns
    -------
    str
    """
    # Case is folded, because some file systems ignore it in names.
    digest = hashlib.sha256(target.name.casefold().encode("utf-8", "surrogateescape"))
    return MARK + digest.hexdigest()[:16]


class OutputLock(Closing):
    """Locks an output until `close`, the end of a ``with`` block or the end of the process.

    A small file beside the output is locked; it is removed on release.

    Parameters
    ----------
    target : path of the output, links followed (`files.final_path`)

    Raises
    ------
    OutputInUseError
        If another run holds it.
    OSError
        If no file can be made beside the output.
    """

    def __init__(self, target: Path) -> None:
        self._target = target
        self._path = target.with_name(temporary_stem(target) + ".lock")
        self._descriptor = self._acquire()

    def close(self) -> None:
        """Release the lock; may be called again."""
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor < 0:
            return
        if sys.platform == "win32":
            # Windows cannot remove an open file. If another run has opened it meanwhile, it keeps
            # it.
            os.close(descriptor)
            _unlink(self._path)
        else:
            # Remove it while it is locked: a run that opened it meanwhile sees this, and tries
            # again.
            _unlink(self._path)
            os.close(descriptor)

    def _acquire(self) -> int:
        while True:
            flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
            try:
                descriptor = os.open(self._path, flags, 0o666)
            except PermissionError:
                if sys.platform == "win32" and self._path.exists():
                    raise self._in_use() from None
                raise
            try:
                locked = _lock(descriptor)
            except OSError as error:
                os.close(descriptor)
                if error.errno in _NO_LOCKS:
                    _unlink(self._path)
                    return self._acquire_by_name()
                raise
            if not locked:
                os.close(descriptor)
                raise self._in_use()
            try:
                if _is_still(self._path, descriptor):
                    return descriptor
            except OSError:
                os.close(descriptor)
                raise
            os.close(descriptor)

    def _acquire_by_name(self) -> int:
        """Lock by the file's existence, where the file system has no locks."""
        path = self._path = self._path.with_suffix(".held")
        owner = f"{os.getpid()} {socket.gethostname()}"
        while True:
            try:
                descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o666)
            except FileExistsError:
                if not _is_stale(path):
                    raise self._in_use(
                        f"; if no other run is at work, delete {path.name}"
                    ) from None
                _unlink(path)
                continue
            os.write(descriptor, owner.encode())
            return descriptor

    def _in_use(self, advice: str = "") -> OutputInUseError:
        return OutputInUseError(
            f"Another run is writing the same output ({self._target}): wait for it or choose "
            f"another output file{advice}."
        )


def _lock(descriptor: int) -> bool:
    """Lock an open file until it is closed; False if another has it."""
    if sys.platform == "win32":
        import msvcrt

        try:
            os.lseek(descriptor, 0, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_still(path: Path, descriptor: int) -> bool:
    """Whether a path still refers to an open file: its last owner may have removed it."""
    if sys.platform == "win32":
        return True
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def _is_stale(path: Path) -> bool:
    """Whether a lock was made by a process of this machine that has ended."""
    if sys.platform == "win32":
        return False
    try:
        number, _, host = path.read_text(encoding="utf-8").partition(" ")
        if host != socket.gethostname() or int(number) == os.getpid():
            return False
        os.kill(int(number), 0)
    except (FileNotFoundError, ProcessLookupError):
        return True
    except (OSError, ValueError, OverflowError):
        return False
    return False


def _unlink(path: Path) -> None:
    try:
        path.unlink()
    except OSError:
        return
