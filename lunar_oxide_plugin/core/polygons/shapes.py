"""Polygons to summarise, as plain arrays: rings of vertices in the CRS of their layer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterable, List, Sequence, Tuple

import numpy as np
import numpy.typing as npt

from ..moon.terranes import Region
from ..moon.wkt import MOON_GEOGRAPHIC_WKT

_Floats = npt.NDArray[np.float64]

#: A ring: vertices (n, 2), x and y in the CRS of the layer; the last one repeats the first.
Ring = _Floats


@dataclass(frozen=True)
class MapRegion:
    """One or several polygons that are summarised together.

    Attributes
    ----------
    name : str
    polygons : tuple of tuple of Ring
        Each polygon has its outer ring first, then its holes; none for a region that is the whole
        raster.
    whole : bool
        Whether the region is the whole raster, without any polygon.
    outside : bool
        Whether it is what lies outside the polygons.
    """

    name: str
    polygons: Tuple[Tuple[Ring, ...], ...] = ()
    whole: bool = False
    outside: bool = False


@dataclass(frozen=True)
class RegionLayer:
    """Regions in one CRS.

    Attributes
    ----------
    regions : tuple of MapRegion
    crs_wkt : str
        A lunar CRS; edges of polygons are straight in it.
    source : str
        Where the regions come from, for the report.
    """

    regions: Tuple[MapRegion, ...]
    crs_wkt: str = MOON_GEOGRAPHIC_WKT
    source: str = ""


def ring_of(vertices: Iterable[Sequence[float]]) -> Ring:
    """A closed ring of vertices.

    Parameters
    ----------
    vertices : iterable of (x, y)

    Returns
    -------
    Ring
        Empty where fewer than three different vertices are given.
    """
    points = np.array([(float(v[0]), float(v[1])) for v in vertices], dtype=np.float64)
    if len(points) < 3:
        return np.empty((0, 2))
    if not np.array_equal(points[0], points[-1]):
        points = np.vstack([points, points[:1]])
    return points if len(points) > 3 else np.empty((0, 2))


def oriented(polygon: Sequence[Ring]) -> List[Ring]:
    """Rings of a polygon with its outer one counterclockwise and its holes clockwise.

    Parameters
    ----------
    polygon : sequence of Ring

    Returns
    -------
    list of Ring
    """
    rings = []
    for place, ring in enumerate(polygon):
        if not len(ring):
            if place == 0:
                return []
            continue
        is_left = _signed_area(ring) > 0.0
        rings.append(ring if is_left == (place == 0) else ring[::-1])
    return rings


def _signed_area(ring: Ring) -> float:
    """Area in the layer's plane, positive for a counterclockwise ring."""
    x, y = (ring - ring[0]).T
    return float((x[:-1] * y[1:] - x[1:] * y[:-1]).sum()) / 2.0


def winding(edges: npt.NDArray[np.float64], xs: _Floats, ys: _Floats) -> npt.NDArray[np.int64]:
    """Winding numbers of closed curves around points.

    Parameters
    ----------
    edges : float64 array, shape (n, 4)
        x and y of the start, x and y of the end of each edge.
    xs, ys : float64 array, shape (points,)

    Returns
    -------
    int64 array, shape (points,)
        Counts edges left of a point: positive where they run to larger y.
    """
    numbers = np.zeros(xs.shape, dtype=np.int64)
    if not len(edges):
        return numbers
    y0, y1 = edges[:, 1], edges[:, 3]
    for place, (x, y) in enumerate(zip(xs.tolist(), ys.tolist())):
        up = (y0 <= y) & (y1 > y)
        down = (y1 <= y) & (y0 > y)
        crossing = np.flatnonzero(up | down)
        a, b = edges[crossing, :2], edges[crossing, 2:]
        at = a[:, 0] + (y - a[:, 1]) * (b[:, 0] - a[:, 0]) / (b[:, 1] - a[:, 1])
        left = crossing[at < x]
        numbers[place] = int(np.count_nonzero(up[left])) - int(np.count_nonzero(down[left]))
    return numbers


def edges_of(rings: Iterable[Ring]) -> _Floats:
    """Edges of closed rings, shape (n, 4).

    Parameters
    ----------
    rings : iterable of Ring

    Returns
    -------
    float64 array
    """
    parts = [np.hstack([ring[:-1], ring[1:]]) for ring in rings if len(ring) > 1]
    return np.vstack(parts) if parts else np.empty((0, 4))


def region_of(part: Region) -> MapRegion:
    """A part of the Moon with a fixed outline, as a region to summarise.

    Parameters
    ----------
    part : Region

    Returns
    -------
    MapRegion
    """
    return MapRegion(
        part.name, tuple(tuple(ring_of(ring) for ring in polygon) for polygon in part.polygons)
    )
