"""Terranes of the Moon: the South Pole-Aitken basin as an ellipse, and regions as polygons.

The basin's outline is the main topographic, iron and thorium ellipse of Garrick-Bethell & Zuber
(2009), Icarus 204, 399-408, doi 10.1016/j.icarus.2009.05.032: axes of 2400 by 2050 km, centred
at 53 degrees south, 191 degrees east, its long axis 19 degrees counterclockwise from the
meridian of 191 degrees east. Distances are measured on the sphere from the centre.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import List, Sequence, Tuple

import numpy as np
import numpy.typing as npt

from .longitude import contiguous
from .wkt import MOON_RADIUS_M

SPA_SOURCE = "Garrick-Bethell & Zuber (2009), Icarus 204, 399-408, doi 10.1016/j.icarus.2009.05.032"
SPA_CENTRE_LONLAT_DEG = (191.0, -53.0)
SPA_SEMI_AXES_KM = (1200.0, 1025.0)
#: Azimuth of the long axis, clockwise from north.
SPA_AZIMUTH_DEG = -19.0

#: Least thorium of the Procellarum KREEP Terrane, ppm.
PKT_THORIUM_PPM = 3.5
TERRANES_SOURCE = (
    "Jolliff et al. (2000), Major lunar crustal terranes, J. Geophys. Res. 105, 4197-4216, "
    "doi 10.1029/1999JE001103"
)

#: Outer ring first, then holes; closed, (east longitude in -180..180, latitude) in degrees.
Polygon = Tuple[Tuple[Tuple[float, float], ...], ...]

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


@dataclass(frozen=True)
class Region:
    """A part of the Moon as polygons, cut at the 180 degree meridian.

    Attributes
    ----------
    key, name : str
    source : str
        The definition, with its publication.
    polygons : tuple of Polygon
    """

    key: str
    name: str
    source: str
    polygons: Tuple[Polygon, ...]


def _polygon(corners: Sequence[Tuple[float, float]]) -> Polygon:
    """A closed ring with vertices at most a degree apart, so that any projection bends it."""
    ring: List[Tuple[float, float]] = []
    for (x1, y1), (x2, y2) in zip(corners, [*corners[1:], corners[0]]):
        steps = max(1, math.ceil(max(abs(x2 - x1), abs(y2 - y1))))
        ring += [(x1 + (x2 - x1) * s / steps, y1 + (y2 - y1) * s / steps) for s in range(steps)]
    return ((*ring, ring[0]),)


def _box(west: float, east: float) -> Polygon:
    """The lune between two meridians."""
    return _polygon([(west, -90.0), (east, -90.0), (east, 90.0), (west, 90.0)])


def _with_south_pole(outline: Sequence[Tuple[float, float]]) -> Polygon:
    """The polygon of an outline around the south pole, which it meets along the edge of the map."""
    lons = contiguous([*(lon for lon, _ in outline), outline[0][0]])
    lats = [*(lat for _, lat in outline), outline[0][1]]
    if lons[-1] < lons[0]:
        lons, lats = lons[::-1], lats[::-1]
    low = math.ceil((lons[0] - 180.0) / 360.0) * 360.0 + 180.0  # the first seam on the way
    at_seam = float(np.interp(low, lons, lats))
    after = [(lon - low - 180.0, lat) for lon, lat in zip(lons[1:], lats[1:]) if lon > low]
    before = [(lon - low + 180.0, lat) for lon, lat in zip(lons[1:], lats[1:]) if lon <= low]
    shore = [(-180.0, at_seam), *after, *before, (180.0, at_seam)]
    return _polygon([(-180.0, -90.0), *shore, (180.0, -90.0)])


#: Regions with outlines that do not depend on any map, for statistics and for checks.
WHOLE_MOON = Region("moon", "Whole Moon", "all longitudes and latitudes", (_box(-180.0, 180.0),))
NEAR_SIDE = Region(
    "near_side", "Near side", "within 90 degrees of longitude 0", (_box(-90.0, 90.0),)
)
FAR_SIDE = Region(
    "far_side",
    "Far side",
    "beyond 90 degrees of longitude 0",
    (_box(-180.0, -90.0), _box(90.0, 180.0)),
)
SOUTH_POLE_AITKEN = Region(
    "south_pole_aitken",
    "South Pole-Aitken",
    f"ellipse of {SPA_SOURCE}",
    (_with_south_pole(south_pole_aitken_outline(360)),),
)
REGIONS: Tuple[Region, ...] = (WHOLE_MOON, NEAR_SIDE, FAR_SIDE, SOUTH_POLE_AITKEN)


def _over_pole(ring: Sequence[Tuple[float, float]]) -> Sequence[Tuple[float, float]]:
    """A ring around a pole as a ring on a map of longitude and latitude; others unchanged."""
    lons = contiguous([*(lon for lon, _ in ring), ring[0][0]])
    turn = lons[-1] - lons[0]
    if abs(turn) < 180.0:
        return ring
    pole = math.copysign(90.0, sum(lat for _, lat in ring))
    line = list(zip(lons, [*(lat for _, lat in ring), ring[0][1]]))
    return [*line, (lons[-1], pole), (lons[0], pole)]


def in_polygons(
    polygons: Sequence[Polygon], longitudes_deg: _Floats, latitudes_deg: _Floats
) -> npt.NDArray[np.bool_]:
    """Whether points lie in polygons whose edges are straight in longitude and latitude.

    Parameters
    ----------
    polygons : sequence of Polygon
        Longitudes of a polygon are continuous; they may exceed 180 degrees. A ring around a pole
        includes the nearer pole.
    longitudes_deg, latitudes_deg : float array
        East longitude of any turn.

    Returns
    -------
    bool array
    """
    found = np.zeros(np.shape(longitudes_deg), dtype=np.bool_)
    for polygon in polygons:
        west = min(lon for lon, _ in _over_pole(polygon[0]))
        lons = west + (np.asarray(longitudes_deg, dtype=np.float64) - west) % 360.0
        inside = np.zeros(found.shape, dtype=np.bool_)
        for ring in map(_over_pole, polygon):
            for (x1, y1), (x2, y2) in zip(ring, (*ring[1:], ring[0])):
                if y1 != y2:
                    crosses = (y1 > latitudes_deg) != (y2 > latitudes_deg)
                    inside ^= crosses & (lons < x1 + (latitudes_deg - y1) / (y2 - y1) * (x2 - x1))
        found |= inside
    return found
