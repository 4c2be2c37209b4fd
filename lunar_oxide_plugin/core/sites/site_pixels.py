"""The pixels of a raster that belong to a site."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Dict, List, Sequence, Tuple, Union

import numpy as np
import numpy.typing as npt
from rasterio.features import rasterize
from rasterio.windows import Window
from rasterio.windows import transform as window_transform

from ..errors import RasterError
from ..moon import lunar_crs
from ..moon.longitude import contiguous, turns_that_meet
from ..rasters.grid import Grid
from .sample_sites import SampleSite
from .site_area import SiteArea

#: Most pixels of an area, which is read whole; a larger one cannot be a sample site.
MAX_AREA_PIXELS = 1_000_000

#: Why a site has no pixels where the raster's projection does not show its part of the Moon.
OUTSIDE_PROJECTION = "outside the raster's projection"


@dataclass(frozen=True)
class SitePixels:
    """Pixels of a grid that belong to a site.

    Attributes
    ----------
    window : Window
        Inside the grid.
    mask : bool array, shape (rows, columns) of the window
        True for the pixels that count.
    centre : (row, column)
        The pixel that contains the site's point; sites in the same pixel are not independent
        checks.
    """

    window: Window
    mask: npt.NDArray[np.bool_]
    centre: Tuple[int, int]


def site_pixels(
    grid: Grid, sites: Sequence[SampleSite], window: int
) -> List[Union[SitePixels, str]]:
    """Pixels of each site, or the reason why it has none.

    A point gets the square of `window` pixels around it, cut at the grid's edge. An area gets
    the pixels whose centre lies inside it; if no centre does, the pixels that it touches.

    Parameters
    ----------
    grid : Grid
    sites : sequence of SampleSite
    window : int
        Odd side in pixels.

    Returns
    -------
    list of SitePixels or str

    Raises
    ------
    RasterError
        If `window` is not odd and positive, or positions cannot be projected.
    """
    if window < 1 or window % 2 == 0:
        raise RasterError(f"The window of {window} pixels must be odd and positive, e.g. 3.")
    points = _positions(grid, [(s.longitude_deg, s.latitude_deg) for s in sites])
    return [
        _area_pixels(grid, site.area)
        if site.area is not None
        else _point_pixels(grid, point, window)
        for site, point in zip(sites, points)
    ]


def _positions(grid: Grid, lonlats: Sequence[Tuple[float, float]]) -> List[Tuple[float, float]]:
    xs, ys = lunar_crs.from_lunar_lonlat(grid.wkt, [p[0] for p in lonlats], [p[1] for p in lonlats])
    return list(zip(xs, ys))


def _point_pixels(grid: Grid, point: Tuple[float, float], window: int) -> Union[SitePixels, str]:
    if not all(map(math.isfinite, point)):
        return OUTSIDE_PROJECTION
    pixel = grid.pixel(*point)
    if pixel is None:
        return "outside the raster"
    half = window // 2
    top, left = max(0, pixel[0] - half), max(0, pixel[1] - half)
    bottom, right = min(grid.height, pixel[0] + half + 1), min(grid.width, pixel[1] + half + 1)
    shape = (bottom - top, right - left)
    return SitePixels(Window(left, top, shape[1], shape[0]), np.ones(shape, bool), pixel)


def _area_pixels(grid: Grid, area: SiteArea) -> Union[SitePixels, str]:
    points = _positions(grid, area.vertices)
    if not all(math.isfinite(value) for point in points for value in point):
        return OUTSIDE_PROJECTION
    xs = np.array([x for x, _ in points])
    turn = lunar_crs.turn_length(grid.crs)
    if turn is not None:
        xs = np.array(contiguous(xs.tolist(), turn))
    ys = np.array([y for _, y in points])
    columns, rows = ~grid.transform * (xs, ys)
    low, high = float(columns.min()), float(columns.max())
    top, bottom = max(0, math.floor(rows.min())), min(grid.height, math.ceil(rows.max()))
    turns = turns_that_meet(low, high, 0, grid.width, grid.turn_columns)
    if top >= bottom or not turns:
        return "outside the raster"
    moves = [n * (grid.turn_columns or 0.0) for n in turns]
    # Across the seam of a raster around the Moon the area has a part at either end.
    left = max(0, math.floor(min(low + move for move in moves)))
    right = min(grid.width, math.ceil(max(high + move for move in moves)))
    if (right - left) * (bottom - top) > MAX_AREA_PIXELS:
        return (
            f"its area spans {right - left} x {bottom - top} pixels, too many for a sample "
            "site: give a smaller polygon"
            + (", or one on either side of the raster's edge" if len(moves) > 1 else "")
        )
    box = Window(left, top, right - left, bottom - top)
    mask = np.zeros((bottom - top, right - left), dtype=np.bool_)
    for n in turns:
        mask |= _mask(grid, area, xs + n * (turn or 0.0), ys, box)
    if not mask.any():
        return "outside the raster"
    middle = np.argwhere(mask).mean(axis=0)
    return SitePixels(box, mask, (top + int(middle[0]), left + int(middle[1])))


def _mask(
    grid: Grid,
    area: SiteArea,
    xs: npt.NDArray[np.float64],
    ys: npt.NDArray[np.float64],
    box: Window,
) -> npt.NDArray[np.bool_]:
    shape = _geojson(area, list(zip(xs.tolist(), ys.tolist())))
    for all_touched in (False, True):
        burnt = rasterize(
            [(shape, 1)],
            out_shape=(int(box.height), int(box.width)),
            transform=window_transform(box, grid.transform),
            all_touched=all_touched,
            dtype="uint8",
        )
        if burnt.any():
            break
    return np.asarray(burnt, dtype=np.bool_)


def _geojson(area: SiteArea, points: Sequence[Tuple[float, float]]) -> Dict[str, object]:
    """The area as GeoJSON with its vertices replaced by `points`, in the same order."""
    rest = iter(points)
    polygons = []
    for polygon in area.polygons:
        rings = []
        for ring in polygon:
            line = [next(rest) for _ in ring]
            rings.append(line if line[0] == line[-1] else [*line, line[0]])
        polygons.append(rings)
    return {"type": "MultiPolygon", "coordinates": polygons}
