"""Lay polygons of any lunar CRS onto the plane of a raster's pixels.

A polygon's edges are straight in the CRS of its layer. They are divided until they are straight on
the raster to `TOLERANCE` of a pixel. Three things make outlines on the Moon difficult: the seam of
longitudes, poles inside a polygon, and projections that show only a part of the Moon. In all of
them a closed curve on the raster's plane winds around every visible point as often as it should,
plus a number that is the same everywhere; this number is found at points whose place inside or
outside is known in the CRS of the layer.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Iterator, Optional, Sequence, Tuple

import numpy as np
import numpy.typing as npt

from ..errors import RasterError
from ..moon import lunar_crs
from ..moon.longitude import near, turns_that_meet, wrap_longitude
from ..rasters.pixel_plane import PixelPlane
from .map_limits import MapLimits, limits_of
from .outline import Outline
from .shapes import MapRegion, Ring, edges_of, oriented, winding

#: Largest distance of an outline's edges from the true outline, in pixels.
TOLERANCE = 0.001
#: The same as a share of a region's size, for regions smaller than a pixel.
TOLERANCE_OF_SIZE = 1e-4
#: Edges are first divided so often that none spans more than this, in degrees.
LONGEST_DEG = 5.0
_MOST_DIVISIONS = 24
_MOST_VERTICES = 5_000_000
#: Latitudes are kept this far from the poles, so that a longitude keeps its meaning (3 mm).
_POLE_DEG = 1e-7

_Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class _Known:
    """Points of a raster whose place in the CRS of a layer is known.

    Attributes
    ----------
    columns, rows : float64 array
        On the raster's plane, rows warped.
    xs, ys : float64 array
        In the layer's CRS.
    signs : int array
        Whether the layer's plane turns the same way as the raster's there (1) or not (-1).
    """

    columns: _Floats
    rows: _Floats
    xs: _Floats
    ys: _Floats
    signs: npt.NDArray[np.int64]


class Placing:
    """Lays the polygons of one layer onto one raster.

    Parameters
    ----------
    plane : PixelPlane
    crs_wkt : str
        CRS of the layer.
    """

    def __init__(self, plane: PixelPlane, crs_wkt: str) -> None:
        self.plane = plane
        self.crs_wkt = crs_wkt
        self.parts = plane.parts
        self.turn = lunar_crs.turn_of(crs_wkt)
        self.limits: Optional[MapLimits] = None if plane.turn_columns else limits_of(plane)

    def warp(self, rows: _Floats) -> _Floats:
        """Rows with equal steps of area inside each row, on a cylinder; unchanged elsewhere.

        Parameters
        ----------
        rows : float array
            In parts of pixels.

        Returns
        -------
        float array
        """
        cylinder = self.plane.cylinder
        if cylinder is None:
            return rows
        first: _Floats = np.floor(rows)

        def sine(at: _Floats) -> _Floats:
            return np.asarray(np.sin(np.radians(cylinder.latitudes(at / self.parts))))

        above, below = sine(first), sine(first + 1.0)
        step = below - above
        known = np.abs(step) > 1e-15
        inside = np.where(known, (sine(rows) - above) / np.where(known, step, 1.0), rows - first)
        warped: _Floats = first + np.clip(inside, 0.0, 1.0)
        return warped

    def place(self, region: MapRegion) -> Optional[Outline]:
        """A region on the raster; None where it lies elsewhere.

        Parameters
        ----------
        region : MapRegion

        Returns
        -------
        Outline or None

        Raises
        ------
        RasterError
            If a vertex lies off the map of the layer's own CRS.
        """
        if region.whole:
            return Outline(np.empty((0, 4)), constant=1)
        rings = [ring for polygon in region.polygons for ring in oriented(polygon)]
        edges = edges_of(piece for ring in rings for piece in self._pieces(ring, region.name))
        known = self._known
        if not len(known.columns):
            return None
        here = winding(edges, known.columns, known.rows)
        there = self._contains(rings, known)
        constants = there - known.signs * here
        constant = int(np.bincount(constants - constants.min()).argmax() + constants.min())
        sign = int(known.signs[constants == constant][0])
        if region.outside:
            sign, constant = -sign, 1 - constant
        outline = Outline(edges, sign, constant)
        return None if constant <= 0 and not self._meets(outline) else outline

    def _meets(self, outline: Outline) -> bool:
        if not len(outline.edges):
            return False
        west, east, north, south = outline.bounds
        parts = self.parts
        wide = east > 0.0 and west < self.plane.width * parts
        return wide and south > 0.0 and north < self.plane.grid.height * parts

    @cached_property
    def _known(self) -> _Known:
        """A few points of the raster, away from its middle lines."""
        grid = self.plane.grid
        shares = (np.arange(7, dtype=np.float64) + 0.5137) / 7.0
        lattice = np.meshgrid(shares * self.plane.width, shares * float(grid.height))
        columns, rows = (np.ravel(values) for values in lattice)
        at_rows: _Floats = rows * float(self.parts)
        size = 0.25 * min(1.0, self.plane.width / 16.0)
        here, aside, below = (
            self._layer_points(columns + a * size, rows + b * size)
            for a, b in ((0.0, 0.0), (1.0, 0.0), (0.0, 1.0))
        )
        right, down = aside - here, below - here
        if self.turn is not None:
            right[0], down[0] = near(right[0], 0.0, self.turn), near(down[0], 0.0, self.turn)
        area = right[0] * down[1] - right[1] * down[0]
        usable = np.isfinite(area) & (area != 0.0)
        return _Known(
            columns[usable] * self.parts,
            self.warp(at_rows)[usable],
            here[0][usable],
            here[1][usable],
            # Signed areas of both planes have equal signs where both count y the same way.
            np.sign(area[usable]).astype(np.int64) * -1,
        )

    def _layer_points(self, columns: _Floats, rows: _Floats) -> _Floats:
        lons, lats = self.plane.lonlat(columns, rows)
        known = np.isfinite(lons) & np.isfinite(lats) & (np.abs(lats) < 90.0 - 1e-6)
        xs, ys = lunar_crs.project(
            self.crs_wkt, np.where(known, lons, np.nan), np.where(known, lats, np.nan)
        )
        return np.stack([xs, ys])

    def _contains(self, rings: Sequence[Ring], known: _Known) -> npt.NDArray[np.int64]:
        """How often the points lie inside the polygons, in the CRS of the layer."""
        edges = edges_of(rings)
        total = np.zeros(known.xs.shape, dtype=np.int64)
        if not len(edges):
            return total
        low, high = float(edges[:, ::2].min()), float(edges[:, ::2].max())
        turns = [0.0]
        if self.turn is not None:
            first = math.floor((low - float(known.xs.max())) / self.turn)
            last = math.ceil((high - float(known.xs.min())) / self.turn)
            turns = [n * self.turn for n in range(first, last + 1)]
        for move in turns:
            # Counterclockwise rings wind -1 by the sign of `winding` where y grows upwards.
            total -= winding(edges, known.xs + move, known.ys)
        return np.clip(total, 0, 1)

    def _pieces(self, ring: Ring, name: str) -> Iterator[Ring]:
        """A ring on the raster's plane, once for each turn by which it meets the raster."""
        ring = self._divided(ring)
        lonlat = self._lonlat(ring, name)
        lonlat[:, 0] = np.unwrap(lonlat[:, 0], period=360.0)
        for turns in self._turns(lonlat[:, 0]):
            yield self._piece(ring, lonlat + np.array([360.0 * turns, 0.0]), name)

    def _turns(self, lons: _Floats) -> Sequence[int]:
        """Whole turns that move a span of longitudes onto the map."""
        low, high = float(lons.min()), float(lons.max())
        if self.limits is not None:
            if self.limits.radius_deg:
                return (0,)
            start = self.limits.centre[0] - 180.0
            return turns_that_meet(low, high + 1e-9, start, start + 360.0, 360.0)
        first, per_column = self._column_zero
        ends = sorted((first, first + per_column * self.plane.width))
        # One turn more: what closes over a pole covers a whole turn.
        return turns_that_meet(low - 360.0, high + 360.0, ends[0], ends[1], 360.0)

    @cached_property
    def _column_zero(self) -> Tuple[float, float]:
        """Longitude of the raster's left edge, and degrees per column."""
        if self.plane.cylinder is not None:
            return self.plane.cylinder.first_longitude, self.plane.cylinder.degrees_per_column
        row = np.array([self.plane.grid.height / 2.0])
        edge, _ = self.plane.lonlat(np.zeros(1), row)
        middle, _ = self.plane.lonlat(np.full(1, min(1.0, self.plane.width / 2.0)), row)
        per_turn = 360.0 / float(self.plane.turn_columns or 1.0)
        eastwards = float(near(middle - edge, 0.0, 360.0)[0]) > 0.0
        return float(edge[0]), per_turn if eastwards else -per_turn

    def _piece(self, ring: Ring, lonlat: _Floats, name: str) -> Ring:
        """A ring divided until its edges are straight on the raster's plane."""
        points = self._on_plane(lonlat)
        size = float(np.ptp(points, axis=0).max())
        tolerance = min(TOLERANCE * self.parts, max(TOLERANCE_OF_SIZE * size, 1e-9))
        for _ in range(_MOST_DIVISIONS):
            asked = np.flatnonzero(~self._is_aside(points[:-1], points[1:]))
            if not asked.size:
                break
            middles = (ring[asked] + ring[asked + 1]) / 2.0
            places = self._lonlat(middles, name)
            between = (lonlat[asked, 0] + lonlat[asked + 1, 0]) / 2.0
            places[:, 0] = between + near(places[:, 0] - between, 0.0, 360.0)
            true = self._on_plane(places)
            chords = (points[asked] + points[asked + 1]) / 2.0
            bent = np.abs(true - chords).max(axis=1) > tolerance
            if not bent.any() or len(ring) + np.count_nonzero(bent) > _MOST_VERTICES:
                break
            at = asked[bent] + 1
            ring = np.insert(ring, at, middles[bent], axis=0)
            lonlat = np.insert(lonlat, at, places[bent], axis=0)
            points = np.insert(points, at, true[bent], axis=0)
        if self.limits is not None and self.limits.radius_deg:
            return points
        if abs(lonlat[-1, 0] - lonlat[0, 0]) < 180.0:
            return points
        return np.vstack([points, self._on_plane(_over_the_pole(lonlat[-1], lonlat[0]))])

    def _divided(self, ring: Ring) -> Ring:
        """The ring with vertices at most `LONGEST_DEG` apart."""
        length = np.hypot(*np.diff(ring, axis=0).T)
        unit = LONGEST_DEG * lunar_crs.units_per_degree(self.crs_wkt)
        count = np.clip(np.ceil(length / unit), 1, 10_000).astype(np.int64)
        owner = np.repeat(np.arange(len(count)), count)
        step = np.arange(len(owner)) - np.repeat(np.cumsum(count) - count, count)
        share = (step / count[owner])[:, None]
        divided = ring[owner] * (1.0 - share) + ring[owner + 1] * share
        return np.vstack([divided, ring[-1:]])

    def _lonlat(self, points: _Floats, name: str) -> _Floats:
        """Longitudes and latitudes of points in the layer's CRS, shape (n, 2)."""
        lons, lats = lunar_crs.unproject(self.crs_wkt, points[:, 0], points[:, 1])
        if not np.isfinite(lons).all():
            raise RasterError(
                f"The polygon {name} reaches beyond the map of its own CRS, e.g. over the horizon "
                "of a globe or beyond a pole: cut it there, or draw it in another CRS."
            )
        return np.stack([lons, np.clip(lats, -90.0 + _POLE_DEG, 90.0 - _POLE_DEG)], axis=1)

    def _on_plane(self, lonlat: _Floats) -> _Floats:
        """Places on the raster's plane, rows warped; longitudes may lie beyond one turn."""
        lons, lats = lonlat.T
        if self.limits is not None:
            columns, rows = self.limits.pixel(lons, lats)
        else:
            _, rows = self.plane.pixel(wrap_longitude(lons), lats)
            first, per_column = self._column_zero
            columns = (lons - first) / per_column
        return np.stack([columns * self.parts, self.warp(rows * self.parts)], axis=1)

    def _is_aside(self, a: _Floats, b: _Floats) -> npt.NDArray[np.bool_]:
        """Edges that lie wholly beyond one side of the raster: their shape does not matter."""
        aside = np.zeros(len(a), dtype=np.bool_)
        ends = (self.plane.width * self.parts, self.plane.grid.height * self.parts)
        for axis, end in enumerate(ends):
            aside |= np.maximum(a[:, axis], b[:, axis]) < -1.0
            aside |= np.minimum(a[:, axis], b[:, axis]) > end + 1.0
        return aside


def _over_the_pole(end: _Floats, start: _Floats) -> _Floats:
    """The way from one place over the north pole to another, as (longitude, latitude).

    Which pole is taken does not matter: it changes the winding number everywhere by one.
    """
    pole = 90.0 - _POLE_DEG
    up = np.linspace(end[1], pole, 181)
    along = np.linspace(end[0], start[0], 361)
    down = up[::-1]
    return np.vstack(
        [
            np.stack([np.full(up.shape, end[0]), up], axis=1),
            np.stack([along, np.full(along.shape, pole)], axis=1),
            np.stack([np.full(down.shape, start[0]), down], axis=1),
        ]
    )
