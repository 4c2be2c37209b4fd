"""Measure a printed map: kilometres on the Moon's sphere, and the places that it shows."""

from __future__ import annotations

import math
from typing import Optional, Tuple

import numpy as np
from rasterio.crs import CRS

from .lunar_crs import project, turn_length, unproject
from .map_grid import MapFrame
from .sphere import RADIUS_KM, unit_vectors

Bounds = Tuple[float, float, float, float]

#: Share of the map's width over which its scale is measured.
_NEAR_MIDDLE = 0.01
#: Points along a side of the lattice by which a map's span is found.
_LATTICE = 41


def map_frame(wkt: str, bounds: Bounds) -> Optional[MapFrame]:
    """Scale and span of a map.

    The scale is measured on the sphere along the map's x axis: in longitude and latitude, and in
    cylindrical projections, a kilometre is longer on the map the nearer to a pole it lies.

    Parameters
    ----------
    wkt : str
        Lunar CRS of the map.
    bounds : (xmin, ymin, xmax, ymax)
        In the CRS's units.

    Returns
    -------
    MapFrame or None
        None where the middle of the map shows no place on the Moon.

    Raises
    ------
    RasterError
        If the CRS cannot be used.
    """
    left, bottom, right, top = bounds
    x, y = (left + right) / 2.0, (bottom + top) / 2.0
    half = _NEAR_MIDDLE / 2.0 * (right - left)
    lons, lats = unproject(wkt, np.array([x - half, x, x + half]), np.array([y, y, y]))
    if not (np.isfinite(lons).all() and np.isfinite(lats).all()):
        return None
    ends = unit_vectors(lons, lats)
    chord = float(np.linalg.norm(ends[:, 2] - ends[:, 0]))
    kilometres = 2.0 * RADIUS_KM * math.asin(min(1.0, chord / 2.0))
    if kilometres <= 0.0:
        return None
    longitudes, latitudes = _spans(wkt, bounds)
    return MapFrame(
        units_per_km=2.0 * half / kilometres,
        latitude_deg=float(lats[1]),
        longitudes_deg=longitudes,
        latitudes_deg=latitudes,
        has_pole=turn_length(CRS.from_wkt(wkt)) is None and _shows_pole(wkt, bounds),
    )


def _spans(wkt: str, bounds: Bounds) -> Tuple[Tuple[float, float], Tuple[float, float]]:
    """Longitudes and latitudes that a map shows."""
    left, bottom, right, top = bounds
    xs, ys = np.meshgrid(np.linspace(left, right, _LATTICE), np.linspace(bottom, top, _LATTICE))
    lons, lats = unproject(wkt, xs, ys)
    lons, lats = lons[np.isfinite(lons)], lats[np.isfinite(lats)]
    # The largest gap between meridians is the part that the map does not show.
    turn = np.unique(np.round(lons % 360.0, 9))
    gaps = np.diff(np.append(turn, turn[0] + 360.0))
    place = int(gaps.argmax())
    first = float(turn[(place + 1) % turn.size])
    span = 360.0 - float(gaps[place])
    first = first - 360.0 if first >= 180.0 else first
    return (first, first + span), (float(lats.min()), float(lats.max()))


def _shows_pole(wkt: str, bounds: Bounds) -> bool:
    left, bottom, right, top = bounds
    xs, ys = project(wkt, np.array([0.0, 0.0]), np.array([-90.0, 90.0]))
    inside = (xs > left) & (xs < right) & (ys > bottom) & (ys < top)
    return bool(inside.any())
