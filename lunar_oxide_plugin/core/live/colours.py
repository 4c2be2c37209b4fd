"""From values to colours, as 32-bit numbers that pictures are made of."""

from __future__ import annotations

from enum import Enum
from typing import Mapping, Sequence, Tuple

import numpy as np
import numpy.typing as npt

Argb = npt.NDArray[np.uint32]

#: Steps of a ramp's table; neighbouring colours differ by less than can be seen.
STEPS = 1024

TRANSPARENT = np.uint32(0)


class FlagStyle(Enum):
    """How pixels with a quality flag are drawn."""

    COLOURED = "coloured"
    SHOWN = "shown"
    HIDDEN = "hidden"


def argb(colour: str) -> int:
    """A colour as a number, its parts multiplied by its opacity as pictures need them.

    Parameters
    ----------
    colour : str
        ``"#rrggbb"``, or ``"#aarrggbb"`` with an opacity.

    Returns
    -------
    int
        0xaarrggbb.
    """
    digits = colour.lstrip("#")
    alpha = int(digits[:2], 16) if len(digits) == 8 else 255
    parts = (int(digits[place : place + 2], 16) for place in range(len(digits) - 6, len(digits), 2))
    red, green, blue = (round(part * alpha / 255) for part in parts)
    return alpha << 24 | red << 16 | green << 8 | blue


def ramp_table(stops: Sequence[str]) -> Argb:
    """Colours at even steps between stops at even distances.

    Parameters
    ----------
    stops : sequence of str
        ``"#rrggbb"``, at least two.

    Returns
    -------
    uint32 array, shape (STEPS,)
    """
    numbers = [argb(stop) for stop in stops]
    place = np.linspace(0, len(stops) - 1, STEPS)
    table = np.full(STEPS, 0xFF000000, dtype=np.uint32)
    for shift in (16, 8, 0):
        parts = [(number >> shift) & 0xFF for number in numbers]
        mixed = np.rint(np.interp(place, range(len(stops)), parts)).astype(np.uint32)
        table |= mixed << np.uint32(shift)
    return table


def ramp_colours(values: npt.NDArray[np.float32], low: float, high: float, table: Argb) -> Argb:
    """Colours of values on a ramp; values beyond its ends have those of the ends.

    Parameters
    ----------
    values : float array
        NaN is transparent.
    low, high : float
        ``low < high``.
    table : uint32 array
        From `ramp_table`.

    Returns
    -------
    uint32 array
    """
    known = np.isfinite(values)
    share = (np.where(known, values, low) - low) * (len(table) / (high - low))
    colours = table[np.clip(share, 0, len(table) - 1).astype(np.int32)]
    return np.where(known, colours, TRANSPARENT)


def class_colours(values: npt.NDArray[np.float32], colours: Mapping[int, str]) -> Argb:
    """Colours of class numbers; others are transparent.

    Parameters
    ----------
    values : float array
        Whole numbers, or NaN.
    colours : mapping of int to str

    Returns
    -------
    uint32 array
    """
    numbers = np.where(np.isfinite(values), values, -1.0).astype(np.int32)
    picture = np.zeros(values.shape, dtype=np.uint32)
    for number, colour in colours.items():
        picture[numbers == number] = argb(colour)
    return picture


def flag_colours(flags: npt.NDArray[np.uint8], colours: Sequence[Tuple[int, str]]) -> Argb:
    """Colour of each pixel's most serious flag; transparent without any.

    Parameters
    ----------
    flags : uint8 array
    colours : sequence of (bit, colour)
        The most serious last.

    Returns
    -------
    uint32 array
    """
    picture = np.zeros(flags.shape, dtype=np.uint32)
    if flags.any():
        for bit, colour in colours:
            picture[(flags & bit) != 0] = argb(colour)
    return picture


def with_flags(
    picture: Argb,
    flags: npt.NDArray[np.uint8],
    style: FlagStyle,
    colours: Sequence[Tuple[int, str]],
) -> Argb:
    """A picture with its flagged pixels drawn as the user wants.

    Parameters
    ----------
    picture : uint32 array
    flags : uint8 array of the same shape
    style : FlagStyle
    colours : sequence of (bit, colour)
        Flags that are drawn over or hidden; others are left as they are.

    Returns
    -------
    uint32 array
    """
    if style is FlagStyle.SHOWN or not flags.any():
        return picture
    over = flag_colours(flags, colours)
    found = over != TRANSPARENT
    if style is FlagStyle.HIDDEN:
        return np.where(found, TRANSPARENT, picture)
    return np.where(found, _laid_over(over, picture), picture)


def _laid_over(over: Argb, below: Argb) -> Argb:
    """Colours over others, of which those with an opacity leave a part."""
    left = 255 - (over >> np.uint32(24))
    if not left.any():
        return over
    mixed = np.zeros(over.shape, dtype=np.uint32)
    for shift in (24, 16, 8, 0):
        place = np.uint32(shift)
        part = ((below >> place) & 0xFF) * left // 255
        mixed |= (((over >> place) & 0xFF) + part).astype(np.uint32) << place
    return mixed
