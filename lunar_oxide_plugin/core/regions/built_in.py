"""Regions to summarise where no polygons are given."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum

from ..moon.terranes import FAR_SIDE, NEAR_SIDE, SOUTH_POLE_AITKEN
from ..polygons.shapes import MapRegion, RegionLayer, region_of
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
