"""Areas and directions on the Moon's sphere."""

from __future__ import annotations

import math
from typing import Tuple

import numpy as np
import numpy.typing as npt

from .wkt import MOON_RADIUS_M

_Floats = npt.NDArray[np.float64]

RADIUS_KM = MOON_RADIUS_M / 1000.0


def unit_vectors(longitudes_deg: _Floats, latitudes_deg: _Floats) -> _Floats:
    """Unit vectors of places.

    Parameters
    ----------
    longitudes_deg, latitudes_deg : float64 array of one shape

    Returns
    -------
    float64 array, shape (3, ...)
    """
    lam, phi = np.radians(longitudes_deg), np.radians(latitudes_deg)
    return np.stack([np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)])


def places_of(vectors: _Floats) -> Tuple[_Floats, _Floats]:
    """East longitudes (-180..180) and latitudes in degrees of vectors of any length."""
    x, y, z = vectors
    return np.degrees(np.arctan2(y, x)), np.degrees(np.arctan2(z, np.hypot(x, y)))


def band_shares(latitude_edges_deg: _Floats) -> _Floats:
    """Share of the sphere's area between neighbouring parallels: half the difference of their
    sines.

    A parallel beyond a pole counts as the pole.
    """
    sines = np.sin(np.radians(np.clip(latitude_edges_deg, -90.0, 90.0)))
    shares: _Floats = np.abs(np.diff(sines)) / 2.0
    return shares


def parallel_cell_areas_km2(latitude_edges_deg: _Floats, width_deg: float) -> _Floats:
    """Area of cells between neighbouring parallels and meridians this far apart."""
    areas: _Floats = (
        band_shares(latitude_edges_deg) * (4.0 * math.pi * RADIUS_KM**2) * abs(width_deg) / 360.0
    )
    return areas


def quadrangle_areas_km2(corners: _Floats) -> _Floats:
    """Area of the cells of a lattice, each of two triangles of great circles.

    Parameters
    ----------
    corners : float64 array, shape (3, rows + 1, columns + 1)
        Unit vectors; NaN off the map.

    Returns
    -------
    float64 array, shape (rows, columns)
        0 where fewer than three corners are known, one triangle where three are.
    """
    a, b = corners[:, :-1, :-1], corners[:, :-1, 1:]
    c, d = corners[:, 1:, :-1], corners[:, 1:, 1:]
    areas: _Floats = _known(_triangles(a, b, c)) + _known(_triangles(d, c, b))
    # Divide along the other diagonal where a corner of this one is off the map.
    torn = ~(np.isfinite(b[0]) & np.isfinite(c[0]))
    other = _known(_triangles(a, b, d)) + _known(_triangles(a, d, c))
    return np.where(torn, other, areas)


def _known(values: _Floats) -> _Floats:
    return np.where(np.isfinite(values), values, 0.0)


def _triangles(a: _Floats, b: _Floats, c: _Floats) -> _Floats:
    """Areas of triangles (Van Oosterom & Strackee 1983, IEEE Trans. Biomed. Eng. 30, 125-126)."""
    # The triple product of differences is accurate also for small triangles.
    triple = np.abs((a * np.cross(b - a, c - a, axis=0)).sum(axis=0))
    below = 1.0 + (a * b).sum(axis=0) + (b * c).sum(axis=0) + (c * a).sum(axis=0)
    areas: _Floats = 2.0 * np.arctan2(triple, below) * RADIUS_KM**2
    return areas
