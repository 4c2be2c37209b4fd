"""Names of the files of an unfinished run, and the check that they belong to this plugin.

They are beside the output, under names that other programs may use too (browsers call a download
NAME.part). Only files with the mark of a run are continued, overwritten or removed. Other files are
not changed, and the run uses other names.
"""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Tuple

from ..errors import OutputError
from .run_journal import EARLIER_MARK, OWN_MARK, speaks_of

#: Bytes at the start of a data file in which its mark is searched; the tables of a file of 100,000
#: x 100,000 pixels take a tenth of it.
_LOOK_INTO = 1 << 26

#: Number of names that are tried.
_NAMES = 20


def part_paths(target: Path, number: int = 1) -> Tuple[Path, Path]:
    """The unfinished file and the journal of a target, by the first or a further choice."""
    name = f"{target.name}.part" if number == 1 else f"{target.name}.{number}.part"
    part = target.with_name(name)
    return part, part.with_name(part.name + ".journal")


def own_paths(target: Path, header: bytes) -> Tuple[Path, Path]:
    """The first names that are free, or are those of an earlier run's files.

    Parameters
    ----------
    target : path of the output, whose lock is held
    header : bytes
        First bytes of the data file of this run.

    Raises
    ------
    OutputError
        If other programs' files have all of these names.
    OSError
    """
    for number in range(1, _NAMES + 1):
        part, journal = part_paths(target, number)
        kinds = {_kind(part), _kind(journal)}
        if kinds == {""}:
            return part, journal
        if kinds <= {"", "file"} and _is_ours(part, journal, header):
            return part, journal
    raise OutputError(
        f"The names {target.name}.part to {target.name}.{_NAMES}.part beside the output are taken "
        "by other files: move them or choose another output folder."
    )


def _is_ours(part: Path, journal: Path, header: bytes) -> bool:
    if _kind(part) and _bears(part, OWN_MARK):
        return True
    if not _kind(journal):
        return False
    if _bears(journal, EARLIER_MARK):
        return True
    # A part without mark may be another program's file beside an old journal of this plugin.
    return _bears(journal, OWN_MARK) and (not _kind(part) or speaks_of(journal, part, header))


def _kind(path: Path) -> str:
    """Empty if the path does not exist, ``"file"`` for an ordinary file, else ``"other"``."""
    try:
        return "file" if stat.S_ISREG(path.lstat().st_mode) else "other"
    except FileNotFoundError:
        return ""


def _bears(path: Path, mark: bytes) -> bool:
    with open(path, "rb") as file:
        return mark in file.read(_LOOK_INTO)
