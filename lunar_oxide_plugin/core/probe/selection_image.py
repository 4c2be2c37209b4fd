"""A selection of pixels as a picture on the map's grid, for a raster in any CRS."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Tuple

import numpy as np
import numpy.typing as npt
import rasterio.errors
import rasterio.warp
from rasterio.crs import CRS
from rasterio.enums import Resampling
from rasterio.transform import Affine, array_bounds

from ..errors import RasterError
from ..translation import tr

#: Longest side of the picture in pixels, about that of a screen.
MAX_SIDE = 4096


@dataclass(frozen=True)
class Highlight:
    """Selected pixels on the map.

    Attributes
    ----------
    mask : bool array, shape (rows, columns)
    transform : tuple of float
        Affine coefficients from columns and rows to the map's CRS.
    """

    mask: npt.NDArray[np.bool_]
    transform: Tuple[float, ...]


def on_map(
    mask: npt.NDArray[np.bool_], transform: Tuple[float, ...], wkt: str, map_wkt: str
) -> Highlight:
    """Bring a selection from the raster's grid to the map's CRS.

    Parameters
    ----------
    mask : bool array, shape (rows, columns)
    transform : tuple of float
        Affine coefficients of the mask's grid.
    wkt, map_wkt : str
        CRS of raster and map; where one is empty, both are taken to be the same.

    Returns
    -------
    Highlight

    Raises
    ------
    RasterError
        If there is no transformation from one to the other.
    """
    if not wkt or not map_wkt or wkt == map_wkt:
        return Highlight(mask, transform)
    rows, columns = mask.shape
    affine = Affine(*transform)
    try:
        source, target = CRS.from_wkt(wkt), CRS.from_wkt(map_wkt)
        grid, width, height = rasterio.warp.calculate_default_transform(
            source, target, columns, rows, *array_bounds(rows, columns, affine)
        )
        shrink = max(1.0, max(width, height) / MAX_SIDE)
        width, height = max(1, int(width / shrink)), max(1, int(height / shrink))
        grid = grid * Affine.scale(shrink, shrink)
        warped = np.zeros((height, width), dtype=np.uint8)
        rasterio.warp.reproject(
            mask.astype(np.uint8),
            warped,
            src_transform=affine,
            src_crs=source,
            dst_transform=grid,
            dst_crs=target,
            resampling=Resampling.nearest,
        )
    except (rasterio.errors.RasterioError, ValueError) as error:
        text = tr("The selection cannot be placed on the map's CRS ({reason}).")
        raise RasterError(text.format(reason=error)) from error
    return Highlight(warped.astype(np.bool_), tuple(grid)[:6])
