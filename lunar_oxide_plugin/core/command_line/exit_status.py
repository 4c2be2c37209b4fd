"""How a command ends: numbers for scripts, by the classes of errors."""

from __future__ import annotations

import signal
from enum import IntEnum
from typing import Dict, Tuple, Type

from ..errors import (
    Cancelled,
    ClusterError,
    DependencyError,
    DiskError,
    LunarOxideError,
    NoOverlapError,
    NotWrittenError,
    OutputInUseError,
    PackageMissingError,
    SourceChangedError,
    kept_in,
)


class ExitStatus(IntEnum):
    """The exit status of a command; its name in lower case stands in what ``--json`` prints."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    REFUSED = 3
    UNFINISHED = 4
    UNAVAILABLE = 5
    DISAGREES = 6
    NO_OVERLAP = 7
    INTERRUPTED = 130
    TERMINATED = 143

    @property
    def word(self) -> str:
        """Its name as scripts read it, e.g. ``"no overlap"``."""
        return self.name.lower().replace("_", " ")


#: What each status says, for ``--help`` and the guide.
MEANINGS: Dict[ExitStatus, str] = {
    ExitStatus.DONE: "every file is complete",
    ExitStatus.FAILED: "a fault of this program; report what --traceback prints",
    ExitStatus.USAGE: "the command line is not understood",
    ExitStatus.REFUSED: "an input or an option does not suit; the same will be refused again",
    ExitStatus.UNFINISHED: "stopped half-way, what is done is kept; the same command continues it",
    ExitStatus.UNAVAILABLE: "disk, permission, memory, package, cluster, or an output in use; "
    "mend it and run again",
    ExitStatus.DISAGREES: "all is written, but --fail-outside or --tolerance is exceeded",
    ExitStatus.NO_OVERLAP: "the map and what it is compared with have no place in common",
    ExitStatus.INTERRUPTED: "stopped by SIGINT (Ctrl-C)",
    ExitStatus.TERMINATED: "stopped by SIGTERM",
}

#: Status of each class of errors; the first one that fits is taken.
_BY_CLASS: Tuple[Tuple[Type[BaseException], ExitStatus], ...] = (
    (NoOverlapError, ExitStatus.NO_OVERLAP),
    (NotWrittenError, ExitStatus.UNAVAILABLE),
    (OutputInUseError, ExitStatus.UNAVAILABLE),
    (PackageMissingError, ExitStatus.UNAVAILABLE),
    (DependencyError, ExitStatus.UNAVAILABLE),
    (ClusterError, ExitStatus.UNAVAILABLE),
    (DiskError, ExitStatus.UNAVAILABLE),
    (SourceChangedError, ExitStatus.UNAVAILABLE),
    (LunarOxideError, ExitStatus.REFUSED),
    (UnicodeError, ExitStatus.REFUSED),
    (ImportError, ExitStatus.UNAVAILABLE),
    (MemoryError, ExitStatus.UNAVAILABLE),
    (OSError, ExitStatus.UNAVAILABLE),
)


def status_of(error: BaseException, received: int = signal.SIGINT) -> ExitStatus:
    """The exit status of a command that an error ended.

    Parameters
    ----------
    error : BaseException
    received : int
        Number of the signal that stopped the command, if one did.

    Returns
    -------
    ExitStatus
    """
    if isinstance(error, Cancelled):
        is_terminated = received == signal.SIGTERM
        return ExitStatus.TERMINATED if is_terminated else ExitStatus.INTERRUPTED
    if kept_in(error):
        return ExitStatus.UNFINISHED
    return next(
        (status for kind, status in _BY_CLASS if isinstance(error, kind)), ExitStatus.FAILED
    )


def help_text() -> str:
    """The statuses and their meanings, one line each."""
    lines = [f"  {status:>3}  {meaning}" for status, meaning in MEANINGS.items()]
    return "\n".join(("exit status:", *lines))
