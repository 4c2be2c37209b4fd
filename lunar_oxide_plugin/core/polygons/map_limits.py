"""Keep outlines on the map of a projection that does not show the whole Moon in one piece.

A point off the map is moved to the map's edge: around a projection's centre along the great circle,
on maps with a seam along the parallel. Closed curves then still wind around each point of the map
as they did on the Moon, plus the same number everywhere.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Tuple

import numpy as np
import numpy.typing as npt

from ..errors import RasterError
from ..moon import sphere
from ..moon.horizon import projection_facts
from ..rasters.pixel_plane import PixelPlane

_Floats = npt.NDArray[np.float64]

#: Farthest point that a projection around a centre shows, in degrees from it (less a margin).
_AZIMUTHAL_DEG = {
    "ortho": 89.99, "gnom": 89.0, "laea": 178.0, "aeqd": 179.0, "stere": 179.0, "ups": 179.0,
}  # fmt: skip
_PERSPECTIVE = ("nsper", "tpers")
#: Projections whose maps show a strip of longitudes around a meridian, with a seam opposite to it.
_STRIPS = frozenset(
    {
        "sinu", "moll", "eck1", "eck2", "eck3", "eck4", "eck5", "eck6", "robin", "hammer", "aitoff",
        "wintri", "wag1", "wag2", "wag3", "wag4", "wag5", "wag6", "wag7", "natearth", "natearth2",
        "eqearth", "kav5", "kav7", "vandg", "goode", "crast", "putp1", "putp2", "putp3", "lcc",
        "aea", "eqdc", "leac", "bonne", "poly", "wink1", "wink2", "eqc", "merc", "cea", "mill",
    }
)  # fmt: skip
#: Margin around the raster, in degrees.
_MARGIN_DEG = 0.5
#: Farthest from the raster's middle that other projections are relied on, in degrees.
_ELSEWHERE_DEG = 80.0
_SEAM_DEG = 1e-7
#: 3 cm on the Moon.
_BESIDE_DEG = 1e-6
_NODES = 41


@dataclass(frozen=True)
class MapLimits:
    """Projects places onto a raster's plane, those off the map to its edge.

    Attributes
    ----------
    plane : PixelPlane
    centre : (float, float)
        East longitude and latitude in degrees.
    radius_deg : float
        Places farther from the centre are moved to this distance; 0 for a strip of longitudes.
    """

    plane: PixelPlane
    centre: Tuple[float, float]
    radius_deg: float = 0.0

    def pixel(self, lons: _Floats, lats: _Floats) -> Tuple[_Floats, _Floats]:
        """Pixel coordinates of places.

        Parameters
        ----------
        lons, lats : float array, shape (n,)
            Degrees, latitudes short of the poles; on a strip, longitudes that are continuous along
            the curve.

        Returns
        -------
        columns, rows : float arrays
        """
        if self.radius_deg:
            lons, lats = self._in_cap(lons, lats)
        else:
            reach = 180.0 - _SEAM_DEG
            lons = self.centre[0] + np.clip(lons - self.centre[0], -reach, reach)
        columns, rows = self.plane.pixel(lons, lats)
        off = ~(np.isfinite(columns) & np.isfinite(rows))
        if off.any():
            # PROJ returns another place for some points of a few great circles, not beside them.
            columns[off], rows[off] = self.plane.pixel(
                lons[off] + _BESIDE_DEG, lats[off] - np.copysign(_BESIDE_DEG, lats[off])
            )
        if not (np.isfinite(columns).all() and np.isfinite(rows).all()):
            raise RasterError(
                "A polygon cannot be laid onto the raster's projection: choose polygons near the "
                "raster, or reproject the raster to a plain projection such as IAU_2015:30110."
            )
        return columns, rows

    def _in_cap(self, lons: _Floats, lats: _Floats) -> Tuple[_Floats, _Floats]:
        places = sphere.unit_vectors(lons, lats)
        middle = sphere.unit_vectors(*(np.array([value]) for value in self.centre))
        cosine = (places * middle).sum(axis=0)
        limit = math.radians(self.radius_deg)
        off = cosine < math.cos(limit)
        if not off.any():
            return lons, lats
        aside = places[:, off] - cosine[off] * middle
        aside /= np.linalg.norm(aside, axis=0)
        edge = math.cos(limit) * middle + math.sin(limit) * aside
        lons, lats = lons.copy(), lats.copy()
        lons[off], lats[off] = sphere.places_of(edge)
        return lons, lats


def limits_of(plane: PixelPlane) -> MapLimits:
    """The part of the Moon around a raster on which its projection is continuous.

    Parameters
    ----------
    plane : PixelPlane
        Whose columns are no longitudes.

    Returns
    -------
    MapLimits
    """
    facts = projection_facts(plane.grid.wkt)
    name = str(facts.get("proj", ""))
    lon_0, lat_0 = (float(facts.get(key, 0.0)) for key in ("lon_0", "lat_0"))
    if name in _STRIPS:
        return MapLimits(plane, (lon_0, 0.0))
    lons, lats = _lattice(plane)
    if name in _AZIMUTHAL_DEG:
        centre, farthest = (lon_0, lat_0), _AZIMUTHAL_DEG[name]
    elif name in _PERSPECTIVE:
        radius = float(facts.get("R", facts.get("a", sphere.RADIUS_KM * 1000.0)))
        height = float(facts.get("h", 0.0))
        centre = (lon_0, lat_0)
        farthest = math.degrees(math.acos(radius / (radius + height))) - 0.01
    else:
        middle = sphere.unit_vectors(lons, lats).mean(axis=1)
        west, north = sphere.places_of(middle)
        centre, farthest = (float(west), float(north)), _ELSEWHERE_DEG
    reach = _reach_deg(centre, lons, lats)
    return MapLimits(plane, centre, min(farthest, 1.1 * reach + _MARGIN_DEG))


def _lattice(plane: PixelPlane) -> Tuple[_Floats, _Floats]:
    columns, rows = np.meshgrid(
        np.linspace(0.0, plane.grid.width, _NODES), np.linspace(0.0, plane.grid.height, _NODES)
    )
    lons, lats = plane.lonlat(columns, rows)
    known = np.isfinite(lons)
    if not known.any():
        raise RasterError("The raster lies off the map of its own projection: check its CRS.")
    return lons[known], lats[known]


def _reach_deg(centre: Tuple[float, float], lons: _Floats, lats: _Floats) -> float:
    middle = sphere.unit_vectors(*(np.array([value]) for value in centre))
    cosine = (sphere.unit_vectors(lons, lats) * middle).sum(axis=0)
    return float(np.degrees(np.arccos(np.clip(cosine.min(), -1.0, 1.0))))
