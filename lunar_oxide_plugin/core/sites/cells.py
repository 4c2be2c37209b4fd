"""Read numbers and angles in the spellings that users' tables contain."""

from __future__ import annotations

import math
import re
from enum import Enum
from typing import Any, Optional

from ..errors import SitesError

#: Cells that say "not measured", and laboratory shorthand for "below the detection limit".
EMPTY_CELLS = ("", "null", "none", "nan", "-", "--", "n/a", "n.a.", "#n/a", "na", "nd", "n.d.",
               "n. d.", "bdl", "b.d.l.", "b.d.l", "b.d.", "tr", "tr.", "trace", "...", "\u2026",
               "not measured", "not determined", "not analysed", "not analyzed")  # fmt: skip

#: Minus signs and spaces of typographers: U+2212, hyphens and dashes; no-break and thin spaces.
_MINUS = str.maketrans(dict.fromkeys("\u2212\u2010\u2011\u2012\u2013\u2014\ufe63\uff0d", "-"))
_SPACES = re.compile("[\u00a0\u2007\u2009\u202f]")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?: \d{3})+(?:[.,]\d+)?")
_DEGREE = "\u00b0\u00ba\u02da\ufffd"  # the last: a degree sign that was read in another encoding
_ANGLE = re.compile(
    rf"""(?P<before>[NSEW])?\s*(?P<sign>[+-])?
    (?P<degrees>\d+(?:\.\d+)?)(?!\d)\s*(?P<joint>[{_DEGREE}]|degrees?|deg|d|:|(?<=\s))?\s*
    (?:(?P<minutes>(?(joint)|(?!))\d+(?:\.\d+)?)(?!\d)\s*
    (?P<joint2>['\u2032\u2019\u02b9]|minutes?|min|m|:|(?<=\s))?\s*
    (?:(?P<seconds>(?(joint2)|(?!))\d+(?:\.\d+)?)\s*
    (?:["\u2033\u201d\u02ba]|''|seconds?|sec|s(?=\s|$))?\s*)?)?
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
    if text.lower() in EMPTY_CELLS or text.startswith("<"):
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


def read_angle(value: Any, column: str, axis: str = "", sign: float = 1.0) -> float:
    """A latitude or longitude in degrees; NaN for an empty cell.

    Understands numbers, ``20.19 N``, ``20°11'26"N``, ``20 11 26 S`` and ``W 23.4``; south and
    west are negative.

    Parameters
    ----------
    value : any
    column : str
        For the message.
    axis : str
        ``"latitude"`` or ``"longitude"``; a letter of the other axis is then refused.
    sign : float
        -1 where the header says south or west; a letter in the cell outweighs it.

    Returns
    -------
    float

    Raises
    ------
    SitesError
        If the cell is no angle, or one that can be read in two ways.
    """
    text = _plain(value)
    angle = re.sub(r"(?<=\d),(?=\d)", ".", text)
    match = _ANGLE.fullmatch(angle)
    letters = "" if match is None else (match["before"] or "") + (match["after"] or "")
    if match is None or not (letters or match["minutes"] or re.search(rf"[{_DEGREE}a-z]", angle)):
        return _signed(read_number(text, column), text, column, axis, sign)
    minutes, seconds = float(match["minutes"] or 0.0), float(match["seconds"] or 0.0)
    is_split = bool(match["minutes"]) and "." in match["degrees"]
    if len(letters) > 1 or minutes >= 60.0 or seconds >= 60.0 or is_split:
        raise SitesError(f"{text!r} in column {column} is no angle: write degrees, e.g. 20.1911")
    if axis and letters and (letters.upper() in "NS") != (axis == "latitude"):
        raise SitesError(f"{text!r} in column {column} is no {axis}: are two columns exchanged?")
    degrees = float(match["degrees"]) + minutes / 60.0 + seconds / 3600.0
    if not letters:
        return _signed(-degrees if match["sign"] == "-" else degrees, text, column, axis, sign)
    if match["sign"] == "-":
        raise SitesError(
            f"{text!r} in column {column} has a minus sign and a letter: write one of them"
        )
    return -degrees if letters.upper() in ("S", "W") else degrees


def _signed(degrees: float, text: str, column: str, axis: str, sign: float) -> float:
    """The angle as its header counts it; a negative one below "west" could be meant twice."""
    if sign < 0.0 and degrees < 0.0:
        side, other = ("south", "north") if axis == "latitude" else ("west", "east")
        raise SitesError(
            f"{text!r} in column {column}, which counts to the {side}, has a minus sign too: write "
            f"the number without it, or, if minus means {side}, say with COLUMNS "
            f"{axis} {other}={column}"
        )
    return sign * degrees


def decimals(value: Any) -> Optional[float]:
    """Number of decimal places of degrees in a cell; None where it cannot be told.

    Minutes count as log10(60) places and seconds as log10(3600).
    """
    text = _plain(value)
    if re.fullmatch(r"[+-]?[\d.,]+e[+-]?\d+", text, re.IGNORECASE):
        text = repr(float(text.replace(",", ".")))
    numbers = re.findall(r"\d+(?:[.,]\d+)?", text)[:3]
    if not numbers:
        return None
    places = len(re.sub(r"^\d+[.,]?", "", numbers[-1]))
    return places + math.log10(60.0) * (len(numbers) - 1)


def _plain(value: Any) -> str:
    text = "" if value is None else str(value)
    return _SPACES.sub(" ", text.translate(_MINUS)).strip()
