"""The pixels of a raster that polygons touch."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from typing import List, Tuple

import numpy as np
import numpy.typing as npt

from ..errors import RasterError
from ..rasters.grid import Grid
from ..rasters.pixel_plane import PixelPlane
from .outline import Outline
from .placing import Placing
from .shapes import RegionLayer


@dataclass(frozen=True)
class PolygonMask:
    """Polygons on the pixels of one raster.

    Attributes
    ----------
    outlines : tuple of Outline
        Those that lie on the raster.
    parts : int
        Parts of a pixel along its side in which the outlines count.
    bounds : (top, left, bottom, right)
        The pixels that they reach.
    digest : str
        Identifies the polygons.
    """

    outlines: Tuple[Outline, ...]
    parts: int
    bounds: Tuple[int, int, int, int]
    digest: str

    def inside(self, top: int, left: int, rows: int, columns: int) -> npt.NDArray[np.bool_]:
        """Whether polygons touch the pixels of a window.

        Parameters
        ----------
        top, left, rows, columns : int

        Returns
        -------
        bool array, shape (rows, columns)
        """
        found = np.zeros((rows, columns), dtype=np.bool_)
        k = self.parts
        for outline in self.outlines:
            west, east, north, south = outline.bounds
            whole = outline.constant > 0
            if not whole and (
                east < left * k
                or west > (left + columns) * k
                or south < top * k
                or north > (top + rows) * k
            ):
                continue
            shares = outline.coverage(top * k, left * k, rows * k, columns * k)
            found |= (shares > 0.0).reshape(rows, k, columns, k).any(axis=(1, 3))
        return found


def polygon_mask(layer: RegionLayer, grid: Grid, name: str) -> PolygonMask:
    """Lay polygons onto a raster.

    Parameters
    ----------
    layer : RegionLayer
    grid : Grid
    name : str
        Of the raster, for the message.

    Returns
    -------
    PolygonMask

    Raises
    ------
    RasterError
        If no polygon touches the raster.
    """
    plane = PixelPlane(grid)
    placing = Placing(plane, layer.crs_wkt)
    placed = [placing.place(region) for region in layer.regions]
    outlines: List[Outline] = [outline for outline in placed if outline is not None]
    if not outlines:
        raise RasterError(
            f"No polygon of the mask lies on {name}: check that both show the same part of the "
            "Moon and have the right CRS."
        )
    k = plane.parts
    if any(outline.constant > 0 for outline in outlines):
        bounds = (0, 0, grid.height, plane.width)
    else:
        spans = np.array([outline.bounds for outline in outlines]) / k
        bounds = (
            max(0, math.floor(spans[:, 2].min())),
            max(0, math.floor(spans[:, 0].min())),
            min(grid.height, math.ceil(spans[:, 3].max())),
            min(plane.width, math.ceil(spans[:, 1].max())),
        )
    digest = hashlib.sha256(layer.crs_wkt.encode())
    for region in layer.regions:
        for ring in (ring for polygon in region.polygons for ring in polygon):
            digest.update(np.ascontiguousarray(ring).tobytes())
    return PolygonMask(tuple(outlines), k, bounds, digest.hexdigest())
