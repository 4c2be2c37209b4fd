"""The grid of a raster: size, position and CRS of its pixels."""

from __future__ import annotations

import math
from dataclasses import dataclass

import rasterio
from rasterio.crs import CRS
from rasterio.transform import Affine

from ..errors import RasterError
from ..moon import lunar_crs
from ..moon.wkt import MOON_RADIUS_M

METRES_PER_DEGREE = math.radians(1.0) * MOON_RADIUS_M


@dataclass(frozen=True)
class Grid:
    """Size, position and CRS of a raster's pixels.

    Attributes
    ----------
    width, height : int
    transform : Affine
    crs : rasterio CRS
        As the file gives it, never re-parsed.
    """

    width: int
    height: int
    transform: Affine
    crs: CRS

    @classmethod
    def of(cls, dataset: rasterio.DatasetReader, name: str) -> Grid:
        """The grid of an open dataset.

        Raises
        ------
        RasterError
            If it has no CRS or that of another body.
        """
        if not dataset.crs:
            raise RasterError(
                f"{name} has no CRS, so nothing can be placed on it: assign the lunar CRS that "
                "its coordinates are in, e.g. IAU_2015:30110."
            )
        lunar_crs.require_moon(dataset.crs.to_wkt(), f"The raster {name}")
        return cls(dataset.width, dataset.height, dataset.transform, dataset.crs)

    @property
    def wkt(self) -> str:
        """WKT of the CRS."""
        return str(self.crs.to_wkt())

    @property
    def pixel_size_m(self) -> float:
        """The longer side of a pixel in metres (at the equator for geographic grids)."""
        t = self.transform
        side = max(math.hypot(t.a, t.d), math.hypot(t.b, t.e))
        if self.crs.is_geographic:
            return side * METRES_PER_DEGREE
        return side * float(self.crs.linear_units_factor[1])
