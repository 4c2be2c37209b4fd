"""A view of the map, and where each of its pixels lies on a raster."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Iterator, Optional, Tuple

import numpy as np
import numpy.typing as npt
from rasterio.crs import CRS
from rasterio.transform import Affine

from ..moon import lunar_crs
from ..rasters.raster_info import RasterInfo

_Floats = npt.NDArray[np.float64]

#: Most pixels whose positions are held at a time; a larger view is divided into strips.
STRIP_PIXELS = 2_000_000

#: Spacings in pixels of the lattices that positions in another CRS are interpolated on. The second
#: is used where the first is not close enough, and single pixels where neither is.
SPACINGS = (32, 8)

#: Largest error of an interpolated position, in pixels of the view.
TOLERANCE = 0.25

#: Pixels for which positions are computed one by one at a time.
_PART = 16384


@dataclass(frozen=True)
class MapView:
    """A rectangle of map pixels.

    Attributes
    ----------
    width, height : int
        Pixels.
    transform : (a, b, c, d, e, f)
        From columns and rows, counted from the corner of the first pixel, to the map's CRS.
    crs_wkt : str
        The map's CRS; empty if it is the raster's.
    """

    width: int
    height: int
    transform: Tuple[float, float, float, float, float, float]
    crs_wkt: str = ""

    def strips(self) -> Iterator[Tuple[int, MapView]]:
        """Parts of full width that together are the view.

        Yields
        ------
        (int, MapView)
            The first row in the view, and the part.
        """
        rows = max(1, STRIP_PIXELS // max(1, self.width))
        for top in range(0, self.height, rows):
            moved = Affine(*self.transform) * Affine.translation(0, top)
            a, b, c, d, e, f = tuple(moved)[:6]
            height = min(rows, self.height - top)
            yield top, MapView(self.width, height, (a, b, c, d, e, f), self.crs_wkt)


@dataclass(frozen=True)
class Positions:
    """Where the centres of a view's pixels lie on a raster, in the raster's pixels.

    Attributes
    ----------
    columns, rows : float64 arrays that broadcast to (height, width)
        Counted from the raster's corner; NaN off the map. Columns may lie outside the raster.
    scale : float
        Raster pixels per pixel of the view, along a side, in the middle of the view.
    """

    columns: _Floats
    rows: _Floats
    scale: float


def positions(view: MapView, info: RasterInfo) -> Positions:
    """Where a view's pixels lie on a raster.

    Parameters
    ----------
    view : MapView
    info : RasterInfo
        With a CRS.

    Returns
    -------
    Positions

    Raises
    ------
    RasterError
        If the raster's or the map's CRS cannot be used.
    """
    placed = _Placed(view, info)
    return placed.by_affinity() if placed.is_same else placed.by_lattice()


class _Placed:
    """A view and the raster below it."""

    def __init__(self, view: MapView, info: RasterInfo) -> None:
        self._view = view
        self._info = info
        self._to_map = Affine(*view.transform)
        self._to_pixels = ~Affine(*info.transform)
        self.is_same = not view.crs_wkt or view.crs_wkt == info.crs_wkt
        slants = bool(info.transform[1] or info.transform[3])
        turn = None if slants else lunar_crs.turn_length(CRS.from_wkt(info.crs_wkt))
        #: Columns of one turn around the Moon.
        self._turn = None if turn is None else turn / abs(info.transform[0])

    def by_affinity(self) -> Positions:
        """For a map in the raster's own CRS."""
        view, whole = self._view, self._to_pixels * self._to_map
        across = np.arange(view.width, dtype=np.float64)[None, :] + 0.5
        down = np.arange(view.height, dtype=np.float64)[:, None] + 0.5
        scale = math.sqrt(abs(whole.determinant))
        straight = abs(whole.b) * view.height < 1e-6 and abs(whole.d) * view.width < 1e-6
        if straight:
            columns, rows = whole.a * across + whole.c, whole.e * down + whole.f
        else:
            columns = whole.a * across + whole.b * down + whole.c
            rows = whole.d * across + whole.e * down + whole.f
        return Positions(self._onto(columns), rows, scale)

    def by_lattice(self) -> Positions:
        """For a map in another CRS: exact on lattices, interpolated between their nodes."""
        view = self._view
        columns = np.full((view.height, view.width), np.nan)
        rows = np.full_like(columns, np.nan)
        waiting = np.ones(columns.shape, dtype=np.bool_)
        scale = self._scale()
        for spacing in SPACINGS:
            self._interpolate(spacing, TOLERANCE * scale, columns, rows, waiting)
        for part in _parts(np.flatnonzero(waiting)):
            y, x = np.divmod(part, view.width)
            found = self._exact(x + 0.5, y + 0.5)
            columns.ravel()[part], rows.ravel()[part] = found
        return Positions(self._onto(columns), rows, scale)

    def _scale(self) -> float:
        """Raster pixels per pixel of the view: the median over nodes in the view."""
        view = self._view
        x, y = np.meshgrid(np.linspace(0, view.width, 9), np.linspace(0, view.height, 9))
        x, y = x.ravel(), y.ravel()
        here = self._exact(x, y)
        sides = [self._exact(x + 1.0, y), self._exact(x, y + 1.0)]
        across = [[self._nearer(s[0] - here[0]), s[1] - here[1]] for s in sides]
        area = np.abs(across[0][0] * across[1][1] - across[0][1] * across[1][0])
        area = area[np.isfinite(area)]
        return math.sqrt(float(np.median(area))) if area.size else 1.0

    def _interpolate(
        self,
        spacing: int,
        tolerance: float,
        columns: _Floats,
        rows: _Floats,
        waiting: npt.NDArray[np.bool_],
    ) -> None:
        """Fill waiting pixels in the cells of a lattice that bilinear interpolation fits."""
        if not waiting.any():
            return
        view = self._view
        xs = np.arange(0, view.width + spacing, spacing, dtype=np.float64)
        ys = np.arange(0, view.height + spacing, spacing, dtype=np.float64)
        nodes = self._exact(*np.meshgrid(xs, ys))
        middles = self._exact(*np.meshgrid(xs[:-1] + spacing / 2, ys[:-1] + spacing / 2))
        corners = [
            (slice(None, -1), slice(None, -1)),
            (slice(None, -1), slice(1, None)),
            (slice(1, None), slice(None, -1)),
            (slice(1, None), slice(1, None)),
        ]
        c = [nodes[0][corner] for corner in corners]
        c = [c[0], *(c[0] + self._nearer(other - c[0]) for other in c[1:])]
        r = [nodes[1][corner] for corner in corners]
        off_column = self._nearer(middles[0] - sum(c) / 4.0)
        off = np.hypot(off_column, middles[1] - sum(r) / 4.0)
        with np.errstate(invalid="ignore"):
            fits = off <= tolerance
        # A cell with all its corners and its middle off the map is off the map.
        empty = np.isnan(middles[0]) & np.all([np.isnan(corner) for corner in c], axis=0)
        weight = (np.arange(spacing) + 0.5) / spacing
        u, v = weight[None, :], weight[:, None]
        for j, i in np.argwhere(fits | empty):
            top, left = j * spacing, i * spacing
            part = (slice(top, top + spacing), slice(left, left + spacing))
            missing = waiting[part]
            if not missing.any():
                continue
            if fits[j, i]:
                height, width = missing.shape
                uu, vv = u[:, :width], v[:height]
                for target, k in ((columns, c), (rows, r)):
                    value = (1 - vv) * ((1 - uu) * k[0][j, i] + uu * k[1][j, i]) + vv * (
                        (1 - uu) * k[2][j, i] + uu * k[3][j, i]
                    )
                    target[part][missing] = value[missing]
            missing[...] = False

    def _exact(self, x: _Floats, y: _Floats) -> Tuple[_Floats, _Floats]:
        """Columns and rows on the raster of points of the view."""
        map_x, map_y = self._to_map * (x, y)
        lons, lats = lunar_crs.unproject(self._view.crs_wkt, map_x, map_y)
        raster_x, raster_y = lunar_crs.project(self._info.crs_wkt, lons, lats)
        columns, rows = self._to_pixels * (raster_x, raster_y)
        return np.asarray(columns), np.asarray(rows)

    def _nearer(self, difference: _Floats) -> _Floats:
        """A difference of columns, without whole turns."""
        if self._turn is None:
            return difference
        turns: _Floats = difference - np.round(difference / self._turn) * self._turn
        return turns

    def _onto(self, columns: _Floats) -> _Floats:
        """Columns moved by whole turns so that they lie on the raster, if they can."""
        if self._turn is None:
            return columns
        # The first turn from the raster's left edge; the raster may be narrower or wider.
        moved: _Floats = np.where(
            (columns >= 0.0) & (columns < self._info.width),
            columns,
            columns - np.floor(columns / self._turn) * self._turn,
        )
        return moved


def _parts(pixels: npt.NDArray[np.intp]) -> Iterator[npt.NDArray[np.intp]]:
    for start in range(0, pixels.size, _PART):
        yield pixels[start : start + _PART]


def on_raster(
    found: Positions, info: RasterInfo
) -> Optional[Tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]]:
    """Columns and rows of the raster's pixels under a view's; -1 off the raster.

    Parameters
    ----------
    found : Positions
    info : RasterInfo

    Returns
    -------
    tuple of int32 arrays that broadcast to the view's shape, or None
        None where the view shows nothing of the raster.
    """
    columns = _whole(found.columns, info.width)
    rows = _whole(found.rows, info.height)
    if not (np.any(columns >= 0) and np.any(rows >= 0)):
        return None
    return columns, rows


def _whole(values: _Floats, length: int) -> npt.NDArray[np.int32]:
    with np.errstate(invalid="ignore"):
        inside = (values >= 0.0) & (values < length)
    return np.where(inside, np.floor(np.where(inside, values, 0.0)), -1.0).astype(np.int32)
