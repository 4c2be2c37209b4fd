"""Choose the model for the spectra of a library."""

from __future__ import annotations

from typing import Optional, Set, Tuple

from ..models.model_choice import ModelChoice, choose_model
from ..rasters.sensors.recognition import model_sensor
from ..rasters.sensors.record import Sensor
from .library import SpectralLibrary


def library_sensor(library: SpectralLibrary) -> Optional[Sensor]:
    """The sensor whose filters the wavelengths of all spectra are, or None.

    Parameters
    ----------
    library : SpectralLibrary

    Returns
    -------
    Sensor or None
    """
    sensors = {model_sensor(list(waves)) for waves in _wavelengths(library)}
    return sensors.pop() if len(sensors) == 1 else None


def model_for_library(library: SpectralLibrary, preferred: str = "") -> ModelChoice:
    """The model that fits the spectra of a library; see `choose_model`.

    Parameters
    ----------
    library : SpectralLibrary
    preferred : str
        Name of the model to take if it fits.

    Returns
    -------
    ModelChoice
    """
    return choose_model(library_sensor(library), library.where, preferred=preferred)


def _wavelengths(library: SpectralLibrary) -> Set[Tuple[float, ...]]:
    return {tuple(spectrum.wavelengths_nm.tolist()) for spectrum in library.spectra}
