"""Terranes of the Moon: the South Pole-Aitken basin as an ellipse.

The basin's outline is the main topographic, iron and thorium ellipse of Garrick-Bethell & Zuber
(2009), Icarus 204, 399-408, doi 10.1016/j.icarus.2009.05.032: axes of 2400 by 2050 km, centred
at 53 degrees south, 191 degrees east, its long axis 19 degrees counterclockwise from the
meridian of 191 degrees east. Distances are measured on the sphere from the centre.
"""

from __future__ import annotations

import math
from typing import List, Tuple

import numpy as np
import numpy.typing as npt

from .wkt import MOON_RADIUS_M

SPA_SOURCE = "Garrick-Bethell & Zuber (2009), Icarus 204, 399-408, doi 10.1016/j.icarus.2009.05.032"
SPA_CENTRE_LONLAT_DEG = (191.0, -53.0)
SPA_SEMI_AXES_KM = (1200.0, 1025.0)
#: Azimuth of the long axis, clockwise from north.
SPA_AZIMUTH_DEG = -19.0

_RADIUS_KM = MOON_RADIUS_M / 1000.0
_Floats = npt.NDArray[np.float64]


def in_south_pole_aitken(longitudes_deg: _Floats, latitudes_deg: _Floats) -> npt.NDArray[np.bool_]:
    """Whether points (degrees; east longitude of any turn) lie inside the basin's ellipse.

    Parameters
    ----------
    longitudes_deg : float array
    latitudes_deg : float array

    Returns
    -------
    bool array
    """
    lon0, lat0 = (math.radians(v) for v in SPA_CENTRE_LONLAT_DEG)
    lon, lat = np.radians(longitudes_deg), np.radians(latitudes_deg)
    cosine = np.sin(lat0) * np.sin(lat) + np.cos(lat0) * np.cos(lat) * np.cos(lon - lon0)
    distance = _RADIUS_KM * np.arccos(np.clip(cosine, -1.0, 1.0))
    bearing = np.arctan2(
        np.sin(lon - lon0) * np.cos(lat),
        np.cos(lat0) * np.sin(lat) - np.sin(lat0) * np.cos(lat) * np.cos(lon - lon0),
    )
    turned = bearing - math.radians(SPA_AZIMUTH_DEG)
    along, across = SPA_SEMI_AXES_KM
    inside = (distance * np.cos(turned) / along) ** 2 + (distance * np.sin(turned) / across) ** 2
    return np.asarray(inside <= 1.0)


def south_pole_aitken_outline(vertices: int = 180) -> List[Tuple[float, float]]:
    """The ellipse as (east longitude in -180..180, latitude) in degrees, not closed.

    Parameters
    ----------
    vertices : int, optional

    Returns
    -------
    list of (float, float)
    """
    lon0, lat0 = (math.radians(v) for v in SPA_CENTRE_LONLAT_DEG)
    along, across = SPA_SEMI_AXES_KM
    outline = []
    for step in range(vertices):
        angle = 2.0 * math.pi * step / vertices
        u, v = along * math.cos(angle), across * math.sin(angle)
        distance = math.hypot(u, v) / _RADIUS_KM
        bearing = math.atan2(v, u) + math.radians(SPA_AZIMUTH_DEG)
        lat = math.asin(
            math.sin(lat0) * math.cos(distance)
            + math.cos(lat0) * math.sin(distance) * math.cos(bearing)
        )
        lon = lon0 + math.atan2(
            math.sin(bearing) * math.sin(distance) * math.cos(lat0),
            math.cos(distance) - math.sin(lat0) * math.sin(lat),
        )
        outline.append(((math.degrees(lon) + 180.0) % 360.0 - 180.0, math.degrees(lat)))
    return outline
