"""Write numbers and text as cells that a spreadsheet does not misread."""

from __future__ import annotations

import codecs
import math
from typing import Optional, Tuple

#: First characters that make a spreadsheet evaluate a cell (OWASP, "CSV Injection"), with the
#: full-width forms that some of them fold to ASCII.
_FORMULA_START = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")


_CONTROL_START = ("\t", "\r", "\n")


def csv_number(value: float) -> str:
    """A number as a cell; empty where it does not exist.

    Parameters
    ----------
    value : float

    Returns
    -------
    str
        Six significant digits.
    """
    return format(value, ".6g") if math.isfinite(value) else ""


def csv_text(value: str) -> str:
    """Text as a cell that no spreadsheet evaluates as a formula.

    Parameters
    ----------
    value : str

    Returns
    -------
    str
        With a leading apostrophe where a spreadsheet would evaluate it.
    """
    if value.startswith(_CONTROL_START) or value.lstrip().startswith(_FORMULA_START):
        return "'" + value
    return value


def finite_or_none(value: float) -> Optional[float]:
    """A number with seven significant digits, None where it does not exist.

    Parameters
    ----------
    value : float

    Returns
    -------
    float or None
    """
    return float(f"{value:.7g}") if math.isfinite(value) else None


_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode_table(content: bytes) -> Tuple[str, str]:
    """Text of a table in the encodings of spreadsheets, and the encoding's name.

    Parameters
    ----------
    content : bytes

    Returns
    -------
    str
    str

    Raises
    ------
    ValueError
        If it is no text.
    """
    encoding = next((name for mark, name in _MARKS if content.startswith(mark)), None)
    for name in (encoding,) if encoding else ("utf-8", "cp1252"):
        try:
            text = content.decode(str(name))
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text, str(name)
    raise ValueError("no text")
