"""Find the pixels of a raster in an extent, which may have any CRS and turn of longitude."""

from __future__ import annotations

import math
from typing import List, Optional, Sequence, Tuple

import numpy as np
import numpy.typing as npt
from rasterio.crs import CRS
from rasterio.transform import Affine
from rasterio.windows import Window

from ..errors import RasterError
from ..moon import lunar_crs
from ..moon.longitude import turns_that_meet
from .raster_info import RasterInfo

Bounds = Tuple[float, float, float, float]

#: Nodes along each side of an extent in another CRS; such sides are curved on the raster.
_NODES = 129

#: An extent that ends on a pixel's edge does not include the next pixel. Rounding may be this share
#: of a pixel, in the raster's own CRS and from another one.
_ROUNDING, _ROUNDING_TRANSFORMED = 1e-6, 1e-3

_Floats = npt.NDArray[np.float64]


def extent_window(info: RasterInfo, bounds: Bounds, wkt: str = "") -> Window:
    """Pixels of a raster that an extent touches.

    Parameters
    ----------
    info : RasterInfo
    bounds : (xmin, ymin, xmax, ymax)
        Where x is a longitude, of any turn; `xmin` above `xmax` reaches across the seam of its
        CRS, e.g. 178 to -175 degrees.
    wkt : str
        CRS of the bounds; empty for the raster's own.

    Returns
    -------
    Window

    Raises
    ------
    RasterError
        If they do not overlap, or overlap in two places that are not one window.
    """
    lunar_crs.require_moon(wkt, "The extent")
    placed = _Placed(info)
    same = not wkt or not info.crs_wkt or CRS.from_wkt(wkt) == CRS.from_wkt(info.crs_wkt)
    if same:
        xmin, ymin, xmax, ymax = _eastwards(bounds, placed.turn)
        corners = [(x, y) for x in (xmin, xmax) for y in (ymin, ymax)]
        columns, rows = placed.pixels(*(np.array(values) for values in zip(*corners)))
        spans, rounding = (_span(columns), _span(rows)), _ROUNDING
    else:
        found = placed.spans_of(bounds, wkt)
        if found is None:
            raise _apart(info, bounds)
        spans, rounding = found, _ROUNDING_TRANSFORMED
    (left, right), (top, bottom) = spans
    first, last = _pixels(top, bottom, info.height, rounding)
    pieces = placed.pieces(left, right, rounding)
    if not pieces or first >= last:
        raise _apart(info, bounds)
    if len(pieces) > 1:
        raise placed.torn(pieces, (first, last))
    return Window(pieces[0][0], first, pieces[0][1] - pieces[0][0], last - first)


class _Placed:
    """A raster's grid and the length of its turn of longitude."""

    def __init__(self, info: RasterInfo) -> None:
        self.info = info
        self.transform = Affine(*info.transform)
        slants = bool(self.transform.b or self.transform.d)
        known = bool(info.crs_wkt) and not slants
        self.turn = lunar_crs.turn_length(CRS.from_wkt(info.crs_wkt)) if known else None

    def pixels(self, xs: _Floats, ys: _Floats) -> Tuple[_Floats, _Floats]:
        """Columns and rows of points in the raster's CRS."""
        columns, rows = ~self.transform * (xs, ys)
        return np.asarray(columns), np.asarray(rows)

    def pieces(self, left: float, right: float, rounding: float) -> List[Tuple[int, int]]:
        """Columns that the span covers, also after whole turns; several pieces across the edge."""
        width = self.info.width
        turn = None if self.turn is None else self.turn / abs(self.transform.a)
        turns = turns_that_meet(left, max(right, left + rounding), 0, width, turn)
        found = []
        for n in turns:
            move = n * (turn or 0.0)
            first, last = _pixels(left + move, right + move, width, rounding)
            if first >= last:
                continue
            if left + move >= -rounding and right + move <= width + rounding:
                return [(first, last)]  # the span lies in one piece here
            found.append((first, last))
        joined: List[Tuple[int, int]] = []
        for first, last in sorted(found):
            if joined and first <= joined[-1][1]:
                joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
            else:
                joined.append((first, last))
        return joined

    def spans_of(
        self, bounds: Bounds, wkt: str
    ) -> Optional[Tuple[Tuple[float, float], Tuple[float, float]]]:
        """Columns and rows that an extent in another CRS spans; None where they do not overlap."""
        lattice = _Lattice(bounds, wkt)
        if not lattice.known.any():
            return None
        if self.turn is not None:
            return self._on_cylinder(lattice)
        xs, ys = lunar_crs.project(self.info.crs_wkt, lattice.longitudes, lattice.latitudes)
        columns, rows = self.pixels(xs, ys)
        if not np.isfinite(columns).any():
            return None
        self._require_whole(columns, rows)
        return _span(columns), _span(rows)

    def _on_cylinder(self, lattice: _Lattice) -> Tuple[Tuple[float, float], Tuple[float, float]]:
        west, east = lattice.longitude_span()
        wkt, middle = self.info.crs_wkt, (west + east) / 2.0
        south, north = _span(lattice.latitudes)
        # Mercator does not show the poles; its rasters end far below this latitude.
        latitudes = np.clip(np.array([south, north]), -89.999999, 89.999999)
        if not np.isfinite(lunar_crs.project(wkt, np.zeros(1), np.array([90.0]))[1]).any():
            south, north = latitudes
        xs, ys = lunar_crs.project(wkt, np.full(3, middle), np.array([0.0, south, north]))
        near_x, _ = lunar_crs.project(wkt, np.array([middle, middle + 1e-3]), np.zeros(2))
        turn = self.turn or 0.0
        step = (near_x[1] - near_x[0] + turn / 2) % turn - turn / 2
        half = (east - west) / 2.0 * turn / 360.0 * math.copysign(1.0, step)
        columns, rows = self.pixels(
            np.array([xs[0] - half, xs[0] + half]), np.array([ys[1], ys[2]])
        )
        return _span(columns), _span(rows)

    def _require_whole(self, columns: _Floats, rows: _Floats) -> None:
        """Refuse an extent that a map's edge divides, e.g. a sinusoidal one at 180 degrees."""
        for axis in (0, 1):
            steps = np.hypot(np.diff(columns, axis=axis), np.diff(rows, axis=axis))
            steps = steps[np.isfinite(steps)]
            if (
                steps.size
                and steps.max() > 0.5 * self.info.width
                and (steps.max() > 20.0 * np.median(steps))
            ):
                raise RasterError(
                    f"The extent reaches across the edge of {self.info.name}'s projection, where "
                    "the map is torn: give one extent on either side of the edge, and map them "
                    "one by one."
                )

    def torn(self, pieces: Sequence[Tuple[int, int]], rows: Tuple[int, int]) -> RasterError:
        """The error for an extent that lies at both ends of a raster."""
        parts = " and ".join(
            ", ".join(f"{value:.10g}" for value in self._bounds(piece, rows)) for piece in pieces
        )
        return RasterError(
            f"The extent reaches across the edge of {self.info.name}, to both of its ends: one "
            "map cannot hold them. Map the parts one by one; in the raster's CRS they are "
            f"(xmin, ymin, xmax, ymax) {parts}."
        )

    def _bounds(self, columns: Tuple[int, int], rows: Tuple[int, int]) -> Bounds:
        corners = [self.transform * (column, row) for column in columns for row in rows]
        xs, ys = zip(*corners)
        return min(xs), min(ys), max(xs), max(ys)


class _Lattice:
    """Longitudes and latitudes of nodes in an extent, NaN off the map of its projection."""

    def __init__(self, bounds: Bounds, wkt: str) -> None:
        self.wkt = wkt
        self.turn = lunar_crs.turn_length(CRS.from_wkt(wkt))
        self.bounds = _eastwards(bounds, self.turn)
        xmin, ymin, xmax, ymax = self.bounds
        if self.turn is not None:
            poles = lunar_crs.project(wkt, np.zeros(2), np.array([-90.0, 90.0]))[1]
            if np.isfinite(poles).all():
                ymin, ymax = max(ymin, float(poles.min())), min(ymax, float(poles.max()))
        xs, ys = np.meshgrid(np.linspace(xmin, xmax, _NODES), np.linspace(ymin, ymax, _NODES))
        self.longitudes, self.latitudes = lunar_crs.unproject(wkt, xs, ys)
        if self.turn is None:
            self._add_poles()
        self.known = np.isfinite(self.longitudes)

    def _add_poles(self) -> None:
        """Add a pole inside the extent, which may lie between the nodes."""
        xmin, ymin, xmax, ymax = self.bounds
        xs, ys = lunar_crs.project(self.wkt, np.zeros(2), np.array([-90.0, 90.0]))
        inside = (xs >= xmin) & (xs <= xmax) & (ys >= ymin) & (ys <= ymax)
        self.has_pole = bool(inside.any())
        for latitude in np.array([-90.0, 90.0])[inside]:
            row = np.full((1, _NODES), latitude)
            self.latitudes = np.vstack([self.latitudes, row])
            self.longitudes = np.vstack([self.longitudes, np.zeros_like(row)])

    def longitude_span(self) -> Tuple[float, float]:
        """West and east in degrees as a continuous range of at most a whole turn."""
        if self.turn is not None:
            width = (self.bounds[2] - self.bounds[0]) / self.turn * 360.0
            row = self.longitudes[np.argmax(self.known.any(axis=1))]
            along = np.unwrap(row[np.isfinite(row)], period=360.0)
            west, east = _span(along)
            return (west, east) if width < 360.0 else (west, west + 360.0)
        lons = np.sort(self.longitudes[self.known] % 360.0)
        if self.has_pole:
            return -180.0, 180.0
        gaps = np.diff(np.append(lons, lons[0] + 360.0))
        widest = int(np.argmax(gaps))
        west = float(lons[(widest + 1) % lons.size])
        return west, west + 360.0 - float(gaps[widest])


def _eastwards(bounds: Bounds, turn: Optional[float]) -> Bounds:
    xmin, ymin, xmax, ymax = bounds
    if not all(map(math.isfinite, bounds)) or ymin > ymax or (xmin > xmax and turn is None):
        raise RasterError(
            f"The extent with xmin {xmin:g}, xmax {xmax:g}, ymin {ymin:g}, ymax {ymax:g} is none: "
            "the lower end of each must be the smaller number (QGIS writes xmin,xmax,ymin,ymax, "
            "the command line takes XMIN YMIN XMAX YMAX)."
        )
    return (
        (xmin, ymin, xmax + turn * math.ceil((xmin - xmax) / turn), ymax)
        if (turn is not None and xmin > xmax)
        else bounds
    )


def _span(values: _Floats) -> Tuple[float, float]:
    return float(np.nanmin(values)), float(np.nanmax(values))


def _pixels(low: float, high: float, length: int, rounding: float) -> Tuple[int, int]:
    """First pixel that a span touches and the one after the last, cut at the raster's edges."""
    low, high = min(max(low, -1.0), length + 1.0), min(max(high, -1.0), length + 1.0)
    first = math.floor(low + rounding)
    last = math.ceil(high - rounding)
    return max(0, first), min(length, max(last, first + 1))


def _words(bounds: Bounds) -> str:
    return ", ".join(f"{value:g}" for value in bounds)


def _apart(info: RasterInfo, bounds: Bounds) -> RasterError:
    hint = "check the extent and its CRS"
    if info.notes:
        hint = "QGIS shows the file elsewhere, so give its true longitudes, or no extent"
    return RasterError(f"The extent {_words(bounds)} does not meet {info.name}: {hint}.")
