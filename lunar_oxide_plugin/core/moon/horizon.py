"""Decide by formulas which points a projection shows, because PROJ is slow for single points.

Formulas of the sphere: Snyder (1987), Map Projections - A Working Manual, USGS Professional
Paper 1395. For other projections PROJ transforms point by point.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Dict, Optional, Union

import numpy as np
import numpy.typing as npt
from rasterio.crs import CRS

from .wkt import MOON_RADIUS_M

_Floats = npt.NDArray[np.float64]
_Mask = npt.NDArray[np.bool_]

#: Points nearer to an edge than this share of a radius count as outside.
_EDGE = 1e-9


def shows_places(wkt: str, longitudes_deg: _Floats, latitudes_deg: _Floats) -> Optional[_Mask]:
    """Whether a projection shows places; None where there is no formula."""
    facts = projection_facts(wkt)
    name = facts.get("proj")
    if name in ("ortho", "gnom"):
        least = 0.0
    elif name in ("nsper", "tpers"):
        least = 1.0 / _perspective(facts)
    elif name in ("laea", "aeqd"):
        least = -1.0  # all points except the antipode
    else:
        return None
    lat_0, lon_0 = (math.radians(float(facts.get(key, 0.0))) for key in ("lat_0", "lon_0"))
    phi, lam = np.radians(latitudes_deg), np.radians(longitudes_deg) - lon_0
    cosine = math.sin(lat_0) * np.sin(phi) + math.cos(lat_0) * np.cos(phi) * np.cos(lam)
    return np.asarray(cosine > least + _EDGE)


def shows_points(wkt: str, xs: _Floats, ys: _Floats) -> Optional[_Mask]:
    """Whether points of a projection's plane lie on its map; None where there is no formula."""
    facts = projection_facts(wkt)
    name = facts.get("proj")
    radius = float(facts.get("R", facts.get("a", MOON_RADIUS_M)))
    unit = {"m": 1.0, "km": 1000.0}.get(str(facts.get("units", "m")))
    if unit is None or "to_meter" in facts:
        return None
    x, y = (
        (values - float(facts.get(key, 0.0)) / unit) * unit / radius
        for values, key in ((xs, "x_0"), (ys, "y_0"))
    )
    if name == "sinu":
        return np.asarray(np.abs(y) <= math.pi / 2.0)
    if name == "moll":
        return np.asarray(x**2 / 8.0 + y**2 / 2.0 < 1.0 - _EDGE)
    if name == "nsper":
        distance = _perspective(facts)
        reach = (distance - 1.0) / (distance + 1.0)
    elif name in ("ortho", "laea", "aeqd"):
        reach = {"ortho": 1.0, "laea": 4.0, "aeqd": math.pi**2}[name]
    else:
        return None
    return np.asarray(x**2 + y**2 < reach * (1.0 - _EDGE))


def _perspective(facts: Dict[str, Union[str, float]]) -> float:
    """Distance of the viewpoint from the centre in radii."""
    radius = float(facts.get("R", facts.get("a", MOON_RADIUS_M)))
    return 1.0 + float(facts.get("h", 0.0)) / radius


@lru_cache(maxsize=64)
def projection_facts(wkt: str) -> Dict[str, Union[str, float]]:
    """Parameters of a projection by their names in PROJ, e.g. ``proj`` and ``lon_0``.

    Parameters
    ----------
    wkt : str

    Returns
    -------
    dict of str to str or float
    """
    return dict(CRS.from_wkt(wkt).to_dict())
