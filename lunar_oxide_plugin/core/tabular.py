"""Write numbers and text as cells that a spreadsheet does not misread."""

from __future__ import annotations

import math
from typing import Optional

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
