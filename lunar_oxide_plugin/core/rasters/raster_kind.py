"""Kinds of rasters that are derived here, as their tag PRODUCT says."""

from __future__ import annotations

from enum import Enum


class RasterKind(Enum):
    """What a raster of this plugin holds; predictions have no such tag."""

    PRODUCTS = "derived from predicted oxides"
    PARAMETERS = "classical spectral parameters"
    DIFFERENCE = "difference of two oxide maps, prediction minus reference"
    ATTRIBUTIONS = "attributions"
    SELECTION = "selection in a scatter plot"
