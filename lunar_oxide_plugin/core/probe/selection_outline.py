"""Outlines of what a brushed region selects, as polygons on the map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import List, Tuple

import numpy as np
import numpy.typing as npt
import rasterio.features
from rasterio.transform import Affine
from rasterio.windows import Window

from ..errors import RasterError
from ..moon.sphere import quadrangle_areas_km2, unit_vectors
from ..progress import Progress
from ..translation import tr
from .axis_reader import AxisReader
from .selection import AxisStatistics, Brush, Gathered, blocks, lonlat_of

#: Most patches of an outline; more are noise rather than regions.
MAX_PATCHES = 50_000

#: Most pixels of a prediction whose mask is held in memory for outlines.
MAX_MASK_PIXELS = 400_000_000


@dataclass(frozen=True)
class Outline:
    """The selected pixels as polygons.

    Attributes
    ----------
    polygons : tuple of tuple of tuple of (x, y)
        Each polygon is its outer ring and then its holes, closed, in the raster's CRS as drawn.
    pixels : int
    area_km2 : float
        Of the pixels, on the Moon's sphere; NaN for a raster without CRS.
    statistics : tuple of AxisStatistics
        Of the two axes.
    """

    polygons: Tuple[Tuple[Tuple[Tuple[float, float], ...], ...], ...]
    pixels: int
    area_km2: float
    statistics: Tuple[AxisStatistics, ...]


def outline(brush: Brush, progress: Progress) -> Outline:
    """The selected pixels as polygons along the pixels' edges.

    Parameters
    ----------
    brush : Brush
    progress : Progress

    Returns
    -------
    Outline

    Raises
    ------
    RasterError
        If the raster is too large, or the pixels form too many patches.
    Cancelled
    """
    gathered = (Gathered(), Gathered())
    with AxisReader(brush.raster, (brush.x, brush.y)) as reader:
        dataset = reader.dataset
        if dataset.width * dataset.height > MAX_MASK_PIXELS:
            text = tr("{name} is too large for polygons: save a mask raster instead.")
            raise RasterError(text.format(name=brush.raster.name))
        wkt, area = dataset.crs.to_wkt() if dataset.crs else "", 0.0
        whole = np.zeros((dataset.height, dataset.width), dtype=np.uint8)
        for window, mask, values, _ in blocks(reader, brush, progress):
            rows, columns = window.toslices()
            whole[rows, columns] = mask
            if mask.any():
                area += float(_areas_km2(wkt, dataset.transform, window)[mask].sum())
            for one, numbers in zip(gathered, values):
                one.add(numbers[mask])
        transform: Affine = dataset.drawn_transform
    polygons: List[Tuple[Tuple[Tuple[float, float], ...], ...]] = []
    for shape, _ in rasterio.features.shapes(whole, mask=whole.view(np.bool_), transform=transform):
        if len(polygons) >= MAX_PATCHES:
            text = tr(
                "The region's pixels form more than {most} patches: brush a larger region, or save "
                "a mask raster."
            )
            raise RasterError(text.format(most=f"{MAX_PATCHES:,}"))
        polygons.append(tuple(tuple((x, y) for x, y in ring) for ring in shape["coordinates"]))
    results = tuple(one.result(axis) for one, axis in zip(gathered, (brush.x, brush.y)))
    return Outline(tuple(polygons), int(np.count_nonzero(whole)), area, results)


def _areas_km2(wkt: str, transform: Affine, window: Window) -> npt.NDArray[np.float64]:
    """Area of each pixel of a window on the Moon's sphere; NaN without a lunar CRS."""
    rows, columns = np.indices((int(window.height) + 1, int(window.width) + 1))
    xs, ys = transform * (columns + window.col_off, rows + window.row_off)
    longitudes, latitudes = lonlat_of(wkt, xs.ravel(), ys.ravel())
    corners = unit_vectors(np.reshape(longitudes, rows.shape), np.reshape(latitudes, rows.shape))
    areas = quadrangle_areas_km2(corners)
    return areas if wkt else np.full(areas.shape, np.nan)
