"""Profiles of oxides along a line: value, 90 % interval, sites."""

from __future__ import annotations

import math
from typing import List, Sequence, Tuple

import numpy as np
import numpy.typing as npt

from ...chemistry.oxides import OXIDES, UNIT, Z90, Oxide
from ...regions.transect import Transect
from ...sites.training_stations import Seen
from ..numbers import number
from .svg import (
    Frame,
    Markup,
    Plane,
    axis_between,
    axis_over,
    clipped,
    drawing,
    element,
    short,
    site_mark,
)

_FRAME = Frame(width=440.0, height=250.0, left=46.0, right=430.0, top=8.0, bottom=208.0)


def profile_svg(transect: Transect, oxide: Oxide, ident: str) -> Markup:
    """One oxide against distance.

    Parameters
    ----------
    transect : Transect
    oxide : Oxide
    ident : str
        Unique on the page.
    """
    values = transect.values_wt[oxide.name]
    sigma = transect.sigma_wt.get(oxide.name, np.full(values.shape, math.nan))
    reach = np.where(np.isfinite(sigma), Z90 * sigma, 0.0)
    marks = [
        (item, value)
        for item, value in (
            (item, item.site.oxides_wt[OXIDES.index(oxide)]) for item in transect.sites
        )
        if math.isfinite(value)
    ]
    ends = [*(values - reach).tolist(), *(values + reach).tolist(), *(v for _, v in marks)]
    x = axis_between(0.0, transect.length_km, "distance (km)")
    plane = Plane(_FRAME, x, axis_over(ends, f"{oxide.pretty} ({UNIT})", smallest=0.5))
    parts = plane.axes()
    shapes: List[Markup] = []
    for run in _runs(values):
        along = transect.distances_km[run]
        upper = list(zip(along, values[run] + reach[run]))
        lower = list(zip(along, values[run] - reach[run]))
        shapes.append(
            element("path", class_="band", d=_line(plane, [*upper, *reversed(lower)]) + "Z")
        )
        line = list(zip(along, values[run]))
        if len(line) == 1:
            cx, cy = plane.at(*line[0])
            shapes.append(element("circle", class_="dense d5", cx=cx, cy=cy, r=1.6))
        shapes.append(element("path", class_="profile", d=_line(plane, line)))
    parts.append(clipped(ident, shapes))
    for item, value in marks:
        tip = (
            f"{item.site.station_id}: {number(value)} {UNIT}, {item.aside_km:.2g} km from the line"
        )
        parts.append(site_mark(plane.at(item.along_km, value), tip, Seen.UNKNOWN, 1.2))
    known = values[np.isfinite(values)]
    words = (
        f"{oxide.name} along {transect.length_km:.4g} km: from {number(float(known.min()))} to "
        f"{number(float(known.max()))} {UNIT}; {len(marks)} sites near the line."
    )
    return drawing(ident, f"{oxide.pretty} along the line", words, _FRAME, parts)


def _runs(values: npt.NDArray[np.float64]) -> List[slice]:
    """Parts without a gap."""
    known = np.concatenate([[False], np.isfinite(values), [False]])
    edges = np.flatnonzero(known[1:] != known[:-1])
    return [slice(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2])]


def _line(plane: Plane, points: Sequence[Tuple[float, float]]) -> str:
    places = [plane.at(float(x), float(y)) for x, y in points]
    return "M" + "L".join(f"{short(x)} {short(y)}" for x, y in places)
