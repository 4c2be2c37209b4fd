"""Scale and span of a printed map, and steps of its grid, as plain values."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Iterator, Tuple

#: Steps of a selenographic grid in degrees; finer ones are 0.5, 0.2, 0.1 and so on.
_STEPS = (90.0, 45.0, 30.0, 20.0, 10.0, 5.0, 2.0, 1.0)


@dataclass(frozen=True)
class MapFrame:
    """Scale in the middle of a map, and the part of the Moon that it shows.

    Attributes
    ----------
    units_per_km : float
        Length in the map's units (degrees or metres) of a kilometre to the east or west side.
    latitude_deg : float
        Of the middle, where the scale holds.
    longitudes_deg, latitudes_deg : (float, float)
        What the map shows; longitudes eastwards from the first to the second, which may exceed
        180.
    has_pole : bool
        Whether a pole lies inside the map and meridians meet there.
    """

    units_per_km: float
    latitude_deg: float
    longitudes_deg: Tuple[float, float]
    latitudes_deg: Tuple[float, float]
    has_pole: bool


def grid_step(low_deg: float, high_deg: float, least: int) -> float:
    """The largest usual step of which some multiples lie in a range.

    Parameters
    ----------
    low_deg, high_deg : float
    least : int
        Number of multiples, at least 1.

    Returns
    -------
    float
        Degrees.
    """
    tiny = 1e-9
    span = max(high_deg - low_deg, tiny)
    step = 0.0
    for step in (*_STEPS, *_finer(span)):
        lines = math.floor(high_deg / step + tiny) - math.ceil(low_deg / step - tiny) + 1
        if lines >= least and step <= max(span, _STEPS[0]):
            break
    return step


def _finer(span_deg: float) -> Iterator[float]:
    """Steps below a degree, down to a hundredth of a span."""
    power = 0.1
    while power * 10.0 > span_deg / 100.0:
        yield from (5.0 * power, 2.0 * power, power)
        power /= 10.0


def round_length(most: float) -> float:
    """The largest of 1, 2, 5, times a power of ten, that is not above a positive number.

    Parameters
    ----------
    most : float

    Returns
    -------
    float
    """
    power = 10.0 ** math.floor(math.log10(most))
    return next(power * step for step in (5.0, 2.0, 1.0) if power * step <= most * (1.0 + 1e-9))
