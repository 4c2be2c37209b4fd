"""Areas of polygons and of their parts in pixels, on the Moon's sphere."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Optional, Tuple

import numpy as np
import numpy.typing as npt
from rasterio.crs import CRS
from rasterio.transform import Affine

from ..moon.wkt import MOON_GEOGRAPHIC_WKT
from ..rasters.grid import Grid
from ..rasters.pixel_plane import PixelPlane
from .outline import Outline
from .placing import Placing
from .shapes import MapRegion

_Floats = npt.NDArray[np.float64]


def areas_in(
    outline: Outline, plane: PixelPlane, top: int, left: int, rows: int, columns: int
) -> Optional[Tuple[int, int, _Floats]]:
    """Areas of a region's parts of a window's pixels.

    Parameters
    ----------
    outline : Outline
    plane : PixelPlane
    top, left, rows, columns : int
        The window, in pixels.

    Returns
    -------
    (int, int, float64 array) or None
        First row and column that the region may reach, and the areas from there on in km2; None
        where it does not reach the window.
    """
    parts = plane.parts
    bottom, right = top + rows, left + columns
    if outline.constant <= 0:
        west, east, north, south = (value / parts for value in outline.bounds)
        left, right = max(left, math.floor(west)), min(right, math.ceil(east))
        top, bottom = max(top, math.floor(north)), min(bottom, math.ceil(south))
        if left >= right or top >= bottom:
            return None
    rows, columns = bottom - top, right - left
    areas = plane.part_areas_km2(top, left, rows, columns)
    if len(outline.edges):
        areas = areas * outline.coverage(top * parts, left * parts, rows * parts, columns * parts)
    if parts > 1:
        areas = areas.reshape(rows, parts, columns, parts).sum(axis=(1, 3))
    return top, left, areas


def area_km2(region: MapRegion, crs_wkt: str) -> float:
    """Area of a region on the Moon's sphere.

    Parameters
    ----------
    region : MapRegion
        Not the whole raster.
    crs_wkt : str
        CRS of its vertices.

    Returns
    -------
    float

    Raises
    ------
    RasterError
        If a vertex lies off the map of this CRS.
    """
    plane, placing = _whole_moon(crs_wkt)
    outline = placing.place(region)
    if outline is None:
        return 0.0
    found = areas_in(outline, plane, 0, 0, plane.grid.height, plane.width)
    return 0.0 if found is None else float(found[2].sum())


@lru_cache(maxsize=8)
def _whole_moon(crs_wkt: str) -> Tuple[PixelPlane, Placing]:
    grid = Grid(
        360, 180, Affine(1.0, 0.0, -180.0, 0.0, -1.0, 90.0), CRS.from_wkt(MOON_GEOGRAPHIC_WKT)
    )
    plane = PixelPlane(grid)
    return plane, Placing(plane, crs_wkt)
