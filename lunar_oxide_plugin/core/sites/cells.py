"""Read numbers and angles in the spellings that users' tables contain."""

from __future__ import annotations

import math
import re
from enum import Enum
from typing import Any, Optional

from ..errors import SitesError

#: Cells that say "not measured", and laboratory shorthand for "below the detection limit".
_EMPTY_CELLS = ("", "null", "none", "nan", "-", "--", "n/a", "#n/a", "na", "nd", "n.d.", "bdl",
                "b.d.l.", "b.d.", "tr", "tr.", "trace")  # fmt: skip

#: Minus signs and spaces of typographers: U+2212, hyphens and dashes; no-break and thin spaces.
_MINUS = str.maketrans(dict.fromkeys("\u2212\u2010\u2011\u2012\u2013\ufe63\uff0d", "-"))
_SPACES = re.compile("[\u00a0\u2007\u2009\u202f]")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?: \d{3})+(?:[.,]\d+)?")
_DEGREE = "\u00b0\u00ba\u02da\ufffd"  # the last: a degree sign that was read in another encoding
_ANGLE = re.compile(
    rf"""(?P<before>[NSEW])?\s*(?P<sign>[+-])?
    (?P<degrees>\d+(?:\.\d+)?)\s*(?:[{_DEGREE}]|deg|d|:|\s)?\s*
    (?:(?P<minutes>\d+(?:\.\d+)?)\s*(?:['\u2032\u2019\u02b9]|min|m|:|\s)?\s*
    (?:(?P<seconds>\d+(?:\.\d+)?)\s*(?:["\u2033\u201d\u02ba]|''|sec|s(?=\s|$))?\s*)?)?
    (?P<after>[NSEW])?""",
    re.VERBOSE | re.IGNORECASE,
)


class Comma(Enum):
    """Meaning of a comma between digits in a column."""

    DECIMAL = "decimal"
    UNKNOWN = "unknown"  # thousands and decimals are both possible


def read_number(value: Any, column: str, comma: Comma = Comma.DECIMAL) -> float:
    """A cell's number; NaN where the cell says that nothing was measured.

    Decimal comma, spaces between thousands and typographers' minus signs are read.

    Parameters
    ----------
    value : any
        A number, a text, or None.
    column : str
        For the message.
    comma : Comma
        `Comma.UNKNOWN` refuses ``50,300``, which may be fifty or fifty thousand.

    Returns
    -------
    float

    Raises
    ------
    SitesError
        If the cell is no number, an infinite one, or one that can be read in two ways.
    """
    text = _plain(value)
    # "<0.3" says that the amount was below the detection limit; the amount itself is not known.
    if text.lower() in _EMPTY_CELLS or text.startswith("<"):
        return math.nan
    if _GROUPED.fullmatch(text):
        text = text.replace(" ", "")
    if comma is Comma.UNKNOWN and re.fullmatch(r"[+-]?\d{1,3},\d{3}", text):
        raise SitesError(
            f"{text!r} in column {column} can be {text.replace(',', '.')} or "
            f"{text.replace(',', '')}: write it without a comma"
        )
    if "," in text and "." in text:  # the last of the two is the decimal sign
        text = text.replace("." if text.rfind(",") > text.rfind(".") else ",", "")
    if text.count(",") == 1:
        text = text.replace(",", ".")
    try:
        number = float(text)
    except ValueError:
        raise SitesError(
            f"{str(value).strip()!r} in column {column} is no number: correct or empty it"
        ) from None
    if math.isinf(number):
        raise SitesError(f"column {column} holds an infinite number")
    return number


def read_angle(value: Any, column: str) -> float:
    """A latitude or longitude in degrees; NaN for an empty cell.

    Understands numbers, ``20.19 N``, ``20°11'26"N``, ``20 11 26 S`` and ``W 23.4``; south and
    west are negative.

    Raises
    ------
    SitesError
        If the cell is no angle.
    """
    text = _plain(value)
    angle = re.sub(r"(?<=\d),(?=\d)", ".", text)
    match = _ANGLE.fullmatch(angle)
    letters = "" if match is None else (match["before"] or "") + (match["after"] or "")
    if match is None or not (letters or match["minutes"] or re.search(rf"[{_DEGREE}a-z]", angle)):
        return read_number(text, column)
    minutes, seconds = float(match["minutes"] or 0.0), float(match["seconds"] or 0.0)
    if len(letters) > 1 or minutes >= 60.0 or seconds >= 60.0:
        raise SitesError(f"{text!r} in column {column} is no angle: write degrees, e.g. 20.1911")
    negative = (match["sign"] == "-") != (letters.upper() in ("S", "W"))
    degrees = float(match["degrees"]) + minutes / 60.0 + seconds / 3600.0
    return -degrees if negative else degrees


def decimals(value: Any) -> Optional[int]:
    """Number of decimal places of degrees in a cell; None where it cannot be told.

    Minutes count as two places and seconds as four.
    """
    text = _plain(value)
    if re.search(rf"[{_DEGREE}'\u2032:]|\d\s+\d", text):
        return 4 if re.search(r"[\"\u2033]|''|\d\D+\d+\D+\d", text) else 2
    match = re.search(r"\d+(?:[.,](\d+))?", text)
    return None if match is None else len(match.group(1) or "")


def _plain(value: Any) -> str:
    text = "" if value is None else str(value)
    return _SPACES.sub(" ", text.translate(_MINUS)).strip()
