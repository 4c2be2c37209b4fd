"""Requests for core from paths, for tests that do not concern properties of rasters."""

from lunar_oxide_plugin.core.prediction.plan import PredictionRequest
from lunar_oxide_plugin.core.rasters.raster_input import RasterInput

HOW = ("open_options", "crs_wkt", "nodata", "scale", "offset", "bands")


def raster(path, **how):
    """A raster to read."""
    return RasterInput(str(path), **how)


def prediction(path, output, model, **options):
    """A prediction; options of the raster and of the run alike."""
    how = {name: options.pop(name) for name in HOW if name in options}
    return PredictionRequest(raster(path, **how), str(output), str(model), **options)
