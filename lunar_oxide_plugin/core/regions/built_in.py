"""Regions to summarise where no polygons are given."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum

import numpy as np

from ..moon.terranes import FAR_SIDE, NEAR_SIDE, SOUTH_POLE_AITKEN
from ..moon.wkt import MOON_GEOGRAPHIC_WKT
from ..polygons.shapes import MapRegion, RegionLayer, Ring, region_of, ring_of
from ..rasters.opening import open_raster
from ..rasters.raster_info import describe
from ..rasters.raster_input import RasterInput
from ..translation import tr


class BuiltIn(Enum):
    """Divisions of a map; the value is the word for the command line."""

    WHOLE = "whole raster"
    SOUTH_POLE_AITKEN = "south pole-aitken"
    SIDES = "sides"


def built_in_regions(division: BuiltIn) -> RegionLayer:
    """The regions of a division.

    Parameters
    ----------
    division : BuiltIn

    Returns
    -------
    RegionLayer
        Names are in the user's language.
    """
    if division is BuiltIn.WHOLE:
        return RegionLayer((MapRegion(tr("Whole raster"), whole=True),))
    if division is BuiltIn.SOUTH_POLE_AITKEN:
        basin = region_of(SOUTH_POLE_AITKEN)
        outside = replace(basin, name=tr("Outside South Pole-Aitken"), outside=True)
        return RegionLayer((basin, outside), source=SOUTH_POLE_AITKEN.source)
    return RegionLayer(tuple(map(region_of, (NEAR_SIDE, FAR_SIDE))))


def drawn(layer: RegionLayer, raster: RasterInput) -> RegionLayer:
    """Built-in regions with polygons that can be drawn.

    Parameters
    ----------
    layer : RegionLayer
        Of `built_in_regions`.
    raster : RasterInput
        The map that they divide.

    Returns
    -------
    RegionLayer
        The whole raster has the corners of the raster, in its CRS.
    """
    if any(region.whole for region in layer.regions):
        with open_raster(raster) as dataset:
            info = describe(dataset, raster.path)
        a, b, c, d, e, f = info.transform
        corners = [(0, 0), (0, info.height), (info.width, info.height), (info.width, 0)]
        frame = ring_of([(a * x + b * y + c, d * x + e * y + f) for x, y in corners])
        regions = tuple(
            replace(region, polygons=((frame,),), whole=False) for region in layer.regions
        )
        return replace(layer, regions=regions, crs_wkt=info.crs_wkt or MOON_GEOGRAPHIC_WKT)
    regions = tuple(
        replace(region, polygons=((_north_of(region.polygons[0][0]),),), outside=False)
        if region.outside
        else region
        for region in layer.regions
    )
    return replace(layer, regions=regions)


def _north_of(ring: Ring) -> Ring:
    """What lies north of a polygon around the south pole that fills the map below its shore."""
    seam = ring[np.abs(ring[:, 0]) == 180.0, 1].max()
    shore = [(x, y) for x, y in ring if (abs(x) < 180.0 and y > -90.0) or y == seam]
    shore.sort()
    return ring_of([*shore, (180.0, 90.0), (-180.0, 90.0)])
