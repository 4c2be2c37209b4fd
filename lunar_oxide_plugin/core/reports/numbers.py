"""Number formats of all pages, charts and cards."""

from __future__ import annotations

import math

DASH = "\u2013"
MINUS = "\u2212"


def number(value: float, decimals: int = 2, signed: bool = False) -> str:
    """Write `value` with the minus sign U+2212, or a dash where it does not exist.

    Parameters
    ----------
    value : float
        NaN and infinities give a dash; a value that rounds to zero has no sign.
    signed : bool
        Whether a plus sign stands before positive values.
    """
    if not math.isfinite(value):
        return DASH
    rounded = f"{value:.{decimals}f}"
    if float(rounded) == 0.0:
        return f"{0.0:.{decimals}f}"
    return f"{'+' if signed and value > 0 else ''}{rounded}".replace("-", MINUS)


def signed(value: float) -> str:
    """`value` with two decimals and its sign, e.g. a difference."""
    return number(value, signed=True)


def percent(share: float) -> str:
    """A share (0 to 1) as whole percent, e.g. ``"95 %"`` with a space that does not break."""
    return f"{100.0 * share:.0f}\u00a0%" if math.isfinite(share) else DASH


def place_deg(longitude: float, latitude: float, decimals: int = 4) -> str:
    """A place on the Moon, e.g. ``"20.1911°N, 30.7723°E"``."""
    return (
        f"{compass(latitude, 'N', 'S', decimals)}, "
        f"{compass((longitude + 180.0) % 360.0 - 180.0, 'E', 'W', decimals)}"
    )


def compass(degrees: float, positive: str, negative: str, decimals: int = 0) -> str:
    """An angle with a compass letter instead of a sign, e.g. ``"30°W"``."""
    letter = "" if degrees == 0.0 else positive if degrees > 0.0 else negative
    return f"{abs(degrees):.{decimals}f}\u00b0{letter}"


def count(n: int, noun: str) -> str:
    """`n` with `noun` in singular or plural, e.g. "1 site", "3 sites"."""
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"
