"""Choose the model for a raster that is given by its file."""

from __future__ import annotations

from ..models.model_choice import ModelChoice, choose_model
from ..rasters.raster_info import read_info
from ..rasters.raster_input import RasterInput


def model_for_raster(raster: RasterInput, preferred: str = "") -> ModelChoice:
    """The model that fits a raster's sensor; see `choose_model`.

    Parameters
    ----------
    raster : RasterInput
        The number of its `bands`, or else that of the file, helps where its sensor is not known.
    preferred : str
        Name of the model to take if it fits.

    Returns
    -------
    ModelChoice

    Raises
    ------
    RasterError
        If the raster cannot be opened.
    """
    info = read_info(raster)
    count = len(raster.bands or info.bands)
    return choose_model(info.sensor, info.name, count, preferred)
