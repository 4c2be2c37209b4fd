"""Reflectance of spectra in a model's bands: convolved with filters, or taken where it is given."""

from __future__ import annotations

import math
from enum import Enum
from typing import Optional, Sequence, Tuple

import numpy as np
import numpy.typing as npt

from ..rasters.bands import ModelBand
from ..rasters.sensors.record import CENTRE_TOLERANCE_NM, Sensor
from .library import Spectrum

_Floats = npt.NDArray[np.float64]

#: Points of the integration across a filter's width at half maximum.
_POINTS = 40
#: A Gaussian is cut at this many widths from its centre, where it has fallen to 0.2 %.
_GAUSSIAN_REACH = 1.5
#: A spectrum must reach to this many widths from the centre; the Gaussian has fallen to 6 % there.
_GAUSSIAN_NEED = 1.0


class FilterShape(Enum):
    """Transmission of a filter by its centre and full width at half maximum.

    The value is the word for the user.
    """

    GAUSSIAN = "gaussian"
    BOXCAR = "boxcar"


def at_bands(
    spectrum: Spectrum, bands: Sequence[ModelBand], shape: FilterShape, sensor: Optional[Sensor]
) -> Tuple[_Floats, str]:
    """Reflectance of a spectrum in a model's bands.

    A band is the mean of the spectrum, interpolated linearly, weighted by the filter. This needs
    samples no farther apart than the filter is wide. A spectrum that was measured in the band
    itself (its wavelength is the filter's centre or nominal wavelength) is taken as it is.

    Parameters
    ----------
    spectrum : Spectrum
    bands : sequence of ModelBand
        With wavelengths and widths.
    shape : FilterShape
    sensor : Sensor or None
        The model's, which knows nominal wavelengths.

    Returns
    -------
    float64 array, shape (bands,)
        NaN if a band cannot be had.
    str
        The reason, for the first such band; empty if there is none.
    """
    known = np.isfinite(spectrum.reflectance)
    waves, values = spectrum.wavelengths_nm[known], spectrum.reflectance[known]
    result = np.full(len(bands), np.nan)
    if not waves.size:
        return result, "the spectrum holds no numbers"
    for place, band in enumerate(bands):
        why = _why_not(waves, band, shape)
        if not why:
            result[place] = _mean(waves, values, band, shape)
            continue
        own = _own_sample(waves, band, sensor)
        if own is None:
            return np.full(len(bands), np.nan), why
        result[place] = values[own]
    return result, ""


def is_sampled(spectrum: Spectrum, bands: Sequence[ModelBand], shape: FilterShape) -> bool:
    """Whether a spectrum was sampled finely enough for every band, as in a laboratory.

    Parameters
    ----------
    spectrum : Spectrum
    bands : sequence of ModelBand
    shape : FilterShape

    Returns
    -------
    bool
    """
    waves = spectrum.wavelengths_nm[np.isfinite(spectrum.reflectance)]
    return bool(waves.size) and not any(_why_not(waves, band, shape) for band in bands)


def _reach(band: ModelBand, shape: FilterShape) -> Tuple[float, float]:
    """Half widths in nm within which a filter is used, and must be covered."""
    if shape is FilterShape.BOXCAR:
        return band.width_nm / 2.0, band.width_nm / 2.0
    return _GAUSSIAN_REACH * band.width_nm, _GAUSSIAN_NEED * band.width_nm


def _why_not(waves: _Floats, band: ModelBand, shape: FilterShape) -> str:
    """Why a band cannot be had from samples; empty if it can."""
    centre = band.wavelength_nm
    _, need = _reach(band, shape)
    if waves[0] > centre - need or waves[-1] < centre + need:
        return (
            f"it reaches from {waves[0]:g} to {waves[-1]:g} nm, and the band at {centre:g} nm "
            f"needs {centre - need:g} to {centre + need:g} nm"
        )
    half = band.width_nm / 2.0
    first = int(np.searchsorted(waves, centre - half, side="right")) - 1
    last = int(np.searchsorted(waves, centre + half, side="left"))
    gap = float(np.diff(waves[max(first, 0) : last + 1]).max())
    if gap > band.width_nm:
        return (
            f"it is sampled every {gap:g} nm around {centre:g} nm, more coarsely than the band is "
            f"wide ({band.width_nm:g} nm)"
        )
    return ""


def _mean(waves: _Floats, values: _Floats, band: ModelBand, shape: FilterShape) -> float:
    reach, _ = _reach(band, shape)
    low = max(float(waves[0]), band.wavelength_nm - reach)
    high = min(float(waves[-1]), band.wavelength_nm + reach)
    count = max(3, math.ceil((high - low) / band.width_nm * _POINTS) + 1)
    grid = np.linspace(low, high, count)
    weights = np.ones(count)
    if shape is FilterShape.GAUSSIAN:
        weights = np.exp(-4.0 * math.log(2.0) * ((grid - band.wavelength_nm) / band.width_nm) ** 2)
    weights[[0, -1]] *= 0.5  # the trapezoidal rule
    return float(np.average(np.interp(grid, waves, values), weights=weights))


def _own_sample(waves: _Floats, band: ModelBand, sensor: Optional[Sensor]) -> Optional[int]:
    """The sample that was measured in the band itself, or None."""
    nearest = int(np.abs(waves - band.wavelength_nm).argmin())
    if abs(float(waves[nearest]) - band.wavelength_nm) <= CENTRE_TOLERANCE_NM:
        return nearest
    own = None if sensor is None else sensor.filter_at(band.wavelength_nm)
    if sensor is None or own is None:
        return None
    named = [place for place, wave in enumerate(waves.tolist()) if f"{wave:g}" == own.nominal]
    return named[0] if len(named) == 1 else None
