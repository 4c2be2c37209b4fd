"""Longitude as a circle: equal meridians with other numbers, and turns that reach a range.

Longitudes of rasters may start at -180, at 0, or anywhere else, and may span more than a turn. All
code that looks up a place on a raster uses these functions.
"""

from __future__ import annotations

import math
from typing import List, Optional, Sequence, Tuple, Union, overload

import numpy as np
import numpy.typing as npt

_Floats = npt.NDArray[np.float64]


@overload
def wrap_longitude(longitude_deg: float) -> float: ...
@overload
def wrap_longitude(longitude_deg: _Floats) -> _Floats: ...
def wrap_longitude(longitude_deg: Union[float, _Floats]) -> Union[float, _Floats]:
    """The same meridian in -180 <= longitude < 180.

    Parameters
    ----------
    longitude_deg : float or float array

    Returns
    -------
    float or float array
    """
    return (longitude_deg + 180.0) % 360.0 - 180.0


def contiguous(positions: Sequence[float], turn: float = 360.0) -> Tuple[float, ...]:
    """The same meridians along a line, each within half a turn of the previous one.

    Parameters
    ----------
    positions : sequence of float
        Longitudes, or positions along x or columns; all finite.
    turn : float
        Length of a turn in the same unit.

    Returns
    -------
    tuple of float
    """
    return tuple(np.unwrap(np.asarray(positions, dtype=np.float64), period=turn).tolist())


def near(positions: _Floats, middle: float, turn: float) -> _Floats:
    """The same meridians within half a turn of a middle.

    Parameters
    ----------
    positions : float array
    middle : float
    turn : float

    Returns
    -------
    float array
    """
    return middle + (positions - middle + turn / 2.0) % turn - turn / 2.0


def turns_that_meet(
    low: float, high: float, start: float, stop: float, turn: Optional[float]
) -> List[int]:
    """Whole turns by which a span must be moved to overlap a range, the fewest turns first.

    Parameters
    ----------
    low, high : float
        The span; a point where they are equal.
    start, stop : float
        The range, e.g. 0 and a raster's width in columns; it includes `start`, not `stop`.
    turn : float or None
        Length of a turn in the same unit; None where there is none.

    Returns
    -------
    list of int
    """
    if not all(map(math.isfinite, (low, high, start, stop))):
        return []
    if turn is None:
        turns = [0]
    else:
        first = math.floor((start - high) / turn)
        turns = sorted(range(first, math.ceil((stop - low) / turn) + 1), key=lambda n: (abs(n), -n))
    length = 0.0 if turn is None else turn
    point = low == high
    return [
        n
        for n in turns
        if low + n * length < stop
        and (high + n * length >= start if point else high + n * length > start)
    ]
