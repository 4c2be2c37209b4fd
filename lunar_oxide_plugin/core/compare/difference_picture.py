"""A small picture of a difference raster, in degrees, for the report of a comparison."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional, Tuple

import numpy as np
import numpy.typing as npt
from rasterio.crs import CRS
from rasterio.enums import Resampling
from rasterio.transform import Affine
from rasterio.warp import reproject

from ..moon import lunar_crs, sphere
from ..moon.longitude import near
from ..moon.wkt import MOON_GEOGRAPHIC_WKT
from ..rasters.grid import Grid
from ..rasters.opening import open_raster
from ..rasters.pixel_plane import cylinder_of
from ..rasters.raster_input import RasterInput

#: Cells of the picture along its longer side, at most.
_LONGER_SIDE = 96


@dataclass(frozen=True)
class DifferencePicture:
    """A difference on a small grid of degrees.

    Attributes
    ----------
    values : float64 array, shape (rows, columns), wt%
        North up, west left; NaN where there is none.
    west, east, south, north : float
        Degrees; east may exceed 180.
    """

    values: npt.NDArray[np.float64]
    west: float
    east: float
    south: float
    north: float


def difference_picture(raster: str) -> Optional[DifferencePicture]:
    """The first band of a raster as a small picture in degrees; None near the poles.

    Parameters
    ----------
    raster : str

    Returns
    -------
    DifferencePicture or None
    """
    with open_raster(RasterInput(raster)) as dataset:
        shape = _shape(dataset.height, dataset.width)
        values = dataset.read(
            1, out_shape=shape, resampling=Resampling.average, masked=True
        ).astype(np.float64)
        grid = Grid.of(dataset, raster)
    array = values.filled(np.nan)
    if not np.isfinite(array).any():
        return None
    step_x, step_y = grid.width / shape[1], grid.height / shape[0]
    cylinder = cylinder_of(grid)
    if cylinder is not None:
        rows, columns = np.nonzero(np.isfinite(array))
        top, bottom = int(rows.min()), int(rows.max()) + 1
        left, right = int(columns.min()), int(columns.max()) + 1
        west, east = (
            cylinder.first_longitude + edge * step_x * cylinder.degrees_per_column
            for edge in (left, right)
        )
        north, south = (
            cylinder.first_latitude + edge * step_y * cylinder.degrees_per_row
            for edge in (top, bottom)
        )
        return DifferencePicture(array[top:bottom, left:right], west, east, south, north)
    moon = CRS.from_wkt(MOON_GEOGRAPHIC_WKT)
    columns, rows = np.meshgrid(np.linspace(0, grid.width, 41), np.linspace(0, grid.height, 41))
    lons, lats = lunar_crs.unproject(grid.wkt, *(grid.transform * (columns, rows)))
    known = np.isfinite(lons)
    if not known.any() or np.abs(lats[known]).max() > 89.0:
        return None
    middle, _ = sphere.places_of(sphere.unit_vectors(lons[known], lats[known]).mean(axis=1))
    lons = near(lons[known], float(middle), 360.0)
    west, east = float(lons.min()), float(lons.max())
    south, north = float(lats[known].min()), float(lats[known].max())
    target = Affine((east - west) / shape[1], 0.0, west, 0.0, (south - north) / shape[0], north)
    drawn = np.full(shape, np.nan)
    reproject(
        source=array,
        destination=drawn,
        src_transform=grid.transform * Affine.scale(step_x, step_y),
        src_crs=grid.crs,
        src_nodata=np.nan,
        dst_transform=target,
        dst_crs=moon,
        dst_nodata=np.nan,
        resampling=Resampling.nearest,
    )
    return DifferencePicture(drawn, west, east, south, north)


def _shape(rows: int, columns: int) -> Tuple[int, int]:
    """Rows and columns of the picture of a grid."""
    factor = max(1.0, max(rows, columns) / _LONGER_SIDE)
    return max(1, round(rows / factor)), max(1, round(columns / factor))
