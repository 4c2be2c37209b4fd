"""The files of a run that is not finished: their names, and whose they are.

They stand beside the output under names that somebody else may have taken (browsers call a
download NAME.part). Only what a run has marked is taken up, overwritten or removed; whatever
else stands there is left alone, and the run takes other names.
"""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Tuple

from ..errors import OutputError
from .run_journal import EARLIER_MARK, MARK, speaks_of

#: Bytes at the start of a data file in which its mark is looked for; the tables of a file of
#: 100,000 x 100,000 pixels take a tenth of it.
_LOOK_INTO = 1 << 26

#: Names that are tried before giving up.
_NAMES = 20


def part_paths(target: Path, number: int = 1) -> Tuple[Path, Path]:
    """The unfinished file and the journal of a target, by the first or a further choice."""
    name = f"{target.name}.part" if number == 1 else f"{target.name}.{number}.part"
    part = target.with_name(name)
    return part, part.with_name(part.name + ".journal")


def own_paths(target: Path, header: bytes) -> Tuple[Path, Path]:
    """The first names that are free, or hold files of an earlier run.

    Parameters
    ----------
    target : path of the output, whose lock is held
    header : bytes
        How the data file of this run begins.

    Raises
    ------
    OutputError
        If there are too many foreign files.
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
    if _kind(part) and _bears(part, MARK):
        return True
    if not _kind(journal):
        return False
    if _bears(journal, EARLIER_MARK):
        return True
    # A part that has lost its mark may be somebody else's beside a forgotten journal of ours.
    return _bears(journal, MARK) and (not _kind(part) or speaks_of(journal, part, header))


def _kind(path: Path) -> str:
    """Empty if there is nothing, ``"file"`` for an ordinary file, ``"other"`` for the rest."""
    try:
        return "file" if stat.S_ISREG(path.lstat().st_mode) else "other"
    except FileNotFoundError:
        return ""


def _bears(path: Path, mark: bytes) -> bool:
    with open(path, "rb") as file:
        return mark in file.read(_LOOK_INTO)
