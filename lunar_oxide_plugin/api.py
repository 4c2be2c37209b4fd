"""Lunar Oxide without QGIS, as functions: paths in, files and frozen results out.

Every function takes plain values and raises `LunarOxideError`, whose text is one sentence for the
user. Warnings and log lines go to the logger ``lunar_oxide``, or to a `Progress` of the caller.
Each function is a command of ``lunar-oxide``, too.
"""

from __future__ import annotations

from .core.api.agreement import Check, check, compare, gamma_rays
from .core.api.areas import regions, transect
from .core.api.arrays import PredictionArrays, read_prediction
from .core.api.description import (
    DescribedBand,
    DescribedModel,
    DescribedRaster,
    describe_model,
    describe_raster,
)
from .core.api.maps import mosaic, parameters, products
from .core.api.models import explain, refine
from .core.api.prediction import predict, predict_spectra
from .core.errors import Cancelled, LunarOxideError
from .core.progress import Progress
from .core.rasters.raster_input import BandNodata, RasterInput
from .core.version import VERSION

__all__ = [
    "VERSION",
    "BandNodata",
    "Cancelled",
    "Check",
    "DescribedBand",
    "DescribedModel",
    "DescribedRaster",
    "LunarOxideError",
    "PredictionArrays",
    "Progress",
    "RasterInput",
    "check",
    "compare",
    "describe_model",
    "describe_raster",
    "explain",
    "gamma_rays",
    "mosaic",
    "parameters",
    "predict",
    "predict_spectra",
    "products",
    "read_prediction",
    "refine",
    "regions",
    "transect",
]
