"""Find the pixels of a raster for a click or a dragged box."""

from __future__ import annotations

import math
from typing import List, Optional, Sequence, Tuple

import numpy as np
import numpy.typing as npt
import rasterio.features
from rasterio.transform import Affine
from rasterio.windows import Window

from ..rasters.grid import moves_onto
from ..rasters.pixel_windows import sample_windows
from ..rasters.raster_info import RasterInfo

#: Largest number of pixels of a box that is read whole; of a larger box, evenly spread samples are
#: read.
MAX_BOX_PIXELS = 65536
SAMPLE_SIDE = 32
SAMPLES_PER_AXIS = 8

#: Corners of an area in the raster's CRS, in order; the last need not repeat the first.
Ring = Sequence[Tuple[float, float]]


def pixel_at(
    info: RasterInfo, x: float, y: float, turn: Optional[float]
) -> Optional[Tuple[int, int]]:
    """Row and column of the pixel at a point in the raster's CRS; None off the raster.

    Parameters
    ----------
    turn : float or None
        Length of one turn around the Moon in the CRS's x units (`lunar_crs.turn_length`): where the
        raster's longitudes are of another turn, the point is moved by whole turns.
    """
    transform = Affine(*info.transform)
    for move in moves_onto(transform, info.width, info.height, (x, x), turn):
        column, row = ~transform * (x + move, y)
        if 0 <= column < info.width and 0 <= row < info.height:
            return int(row), int(column)
    return None


def onto_raster(info: RasterInfo, ring: Ring, turn: Optional[float]) -> Optional[Ring]:
    """The ring, moved by whole turns if it does not meet the raster otherwise; None if never."""
    xs = [x for x, _ in ring]
    transform = Affine(*info.transform)
    for move in moves_onto(transform, info.width, info.height, (min(xs), max(xs)), turn):
        moved = [(x + move, y) for x, y in ring]
        if ring_window(info, moved) is not None:
            return moved
    return None


def ring_window(info: RasterInfo, ring: Ring) -> Optional[Window]:
    """Pixels that the ring's envelope touches, cut at the raster's edge; None without any."""
    inverse = ~Affine(*info.transform)
    corners = [inverse * point for point in ring]
    if not all(math.isfinite(value) for corner in corners for value in corner):
        return None
    columns, rows = zip(*corners)
    left, right = max(0, math.floor(min(columns))), min(info.width, math.ceil(max(columns)))
    top, bottom = max(0, math.floor(min(rows))), min(info.height, math.ceil(max(rows)))
    if left >= right or top >= bottom:
        return None
    return Window(left, top, right - left, bottom - top)


def inside(info: RasterInfo, ring: Ring, window: Window) -> npt.NDArray[np.bool_]:
    """Pixels of a window whose centres lie inside the ring."""
    transform = Affine(*info.transform) * Affine.translation(window.col_off, window.row_off)
    closed = [*ring, ring[0]]
    mask: npt.NDArray[np.bool_] = rasterio.features.geometry_mask(
        [{"type": "Polygon", "coordinates": [closed]}],
        out_shape=(int(window.height), int(window.width)),
        transform=transform,
        invert=True,
    )
    return mask


def is_small(area: Window) -> bool:
    """Whether an area is read whole."""
    return bool(area.width * area.height <= MAX_BOX_PIXELS)


def windows_to_read(area: Window) -> List[Window]:
    """The pixels of the area, or evenly spread samples of it if it is large."""
    if is_small(area):
        return [area]
    return [
        Window(
            area.col_off + window.col_off,
            area.row_off + window.row_off,
            window.width,
            window.height,
        )
        for window in sample_windows(
            int(area.width), int(area.height), SAMPLE_SIDE, SAMPLES_PER_AXIS
        )
    ]
