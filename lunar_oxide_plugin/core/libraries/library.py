"""Spectra with names and wavelengths, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Tuple

import numpy as np
import numpy.typing as npt

from ..errors import LibraryError
from ..rasters.bands import LIGHT_NM

_Floats = npt.NDArray[np.float64]

#: Limits of a library, so that a hostile file cannot fill the memory.
MOST_SPECTRA = 50_000
MOST_SAMPLES = 50_000
MOST_VALUES = 10_000_000

#: Numbers below this are codes for "no value": no measured reflectance is so negative.
LEAST_REFLECTANCE = -0.5
#: Largest median of a spectrum in fractions, and range of medians of spectra in percent. The
#: brightest lunar soils reflect 0.5, the darkest 3 percent; Spectralon reflects 1.
MOST_FRACTION = 1.2
PERCENT_MEDIANS = (1.8, 100.0)


@dataclass(frozen=True)
class Spectrum:
    """One spectrum.

    Attributes
    ----------
    name : str
    wavelengths_nm : float64 array, shape (n,)
        Ascending, each once.
    reflectance : float64 array, shape (n,)
        Fraction; NaN where there is no value.
    longitude_deg, latitude_deg : float
        Place on the Moon; NaN where there is none.
    """

    name: str
    wavelengths_nm: _Floats
    reflectance: _Floats
    longitude_deg: float = float("nan")
    latitude_deg: float = float("nan")

    def __post_init__(self) -> None:
        if self.wavelengths_nm.shape != self.reflectance.shape or self.wavelengths_nm.ndim != 1:
            raise ValueError("a spectrum has one reflectance for each wavelength")

    @property
    def has_place(self) -> bool:
        """Whether the place on the Moon is known."""
        return bool(np.isfinite([self.longitude_deg, self.latitude_deg]).all())


@dataclass(frozen=True)
class SpectralLibrary:
    """Spectra of one file.

    Attributes
    ----------
    where : str
        The file's name, for messages.
    spectra : tuple of Spectrum
        At least one.
    notes : tuple of str
        How the file was read: format, units, what was left out; one sentence each.
    """

    where: str
    spectra: Tuple[Spectrum, ...]
    notes: Tuple[str, ...] = ()


def spectrum_of(
    name: str,
    wavelengths_nm: _Floats,
    reflectance: _Floats,
    longitude_deg: float = float("nan"),
    latitude_deg: float = float("nan"),
) -> Spectrum:
    """A spectrum from samples in any order; samples of one wavelength are averaged.

    Parameters
    ----------
    name : str
    wavelengths_nm, reflectance : float64 array, shape (n,)
        Samples without a wavelength are left out.
    longitude_deg, latitude_deg : float

    Returns
    -------
    Spectrum
    """
    given = np.isfinite(wavelengths_nm)
    waves, values = wavelengths_nm[given], np.where(np.isfinite(reflectance), reflectance, np.nan)
    values = values[given]
    unique, place, counts = np.unique(waves, return_inverse=True, return_counts=True)
    if unique.size < waves.size:
        sums = np.zeros(unique.size)
        np.add.at(sums, place, values)
        values = sums / counts
    else:
        values = values[np.argsort(waves, kind="stable")]
    return Spectrum(name, unique, values, longitude_deg, latitude_deg)


def require_size(spectra: int, samples: int, where: str) -> None:
    """Refuse a library that is too large.

    Parameters
    ----------
    spectra, samples : int
        Number of spectra, and of samples of each.
    where : str

    Raises
    ------
    LibraryError
    """
    if spectra > MOST_SPECTRA or samples > MOST_SAMPLES or spectra * samples > MOST_VALUES:
        raise LibraryError(
            f"{where} holds {spectra} spectra of {samples} samples, more than a spectral library "
            f"may have here ({MOST_SPECTRA} spectra, {MOST_SAMPLES} samples, {MOST_VALUES} "
            "values): choose another file, or divide it."
        )


def require_wavelengths(wavelengths_nm: _Floats, where: str) -> None:
    """Refuse wavelengths that are not light.

    Parameters
    ----------
    wavelengths_nm : float64 array
    where : str

    Raises
    ------
    LibraryError
    """
    low, high = LIGHT_NM
    if not np.isfinite(wavelengths_nm).all():
        raise LibraryError(f"{where} has a wavelength that is no number: correct the file.")
    if wavelengths_nm.size == 0 or wavelengths_nm.min() < low or wavelengths_nm.max() > high:
        span = "none"
        if wavelengths_nm.size:
            span = f"{wavelengths_nm.min():g} to {wavelengths_nm.max():g} nm"
        raise LibraryError(
            f"{where} has wavelengths that are not of reflected light ({span}): state their unit, "
            "nm or \u00b5m, in the header."
        )


def fractions(
    values: _Floats, where: str, scale: float = float("nan"), is_percent: bool = False
) -> Tuple[_Floats, str]:
    """Reflectance as fractions, and a sentence about the unit if it was recognised.

    Parameters
    ----------
    values : float64 array, shape (spectra, samples)
    where : str
    scale : float
        Reflectance for one step of the numbers, by the user or the file; NaN to recognise the
        unit from the numbers.
    is_percent : bool
        Whether the file says percent.

    Returns
    -------
    float64 array
        Codes for "no value" become NaN.
    str
        Empty where the numbers are fractions.

    Raises
    ------
    LibraryError
        If the numbers are neither fractions nor percent.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        if np.isfinite(scale):
            scaled = values * scale
            return np.where(scaled > LEAST_REFLECTANCE, scaled, np.nan), ""
        given = np.where(values > 100.0 * LEAST_REFLECTANCE, values, np.nan)
    medians = _medians(given)
    if not medians.size:
        raise LibraryError(f"{where} holds no numbers of reflectance: choose another file.")
    low, high = float(medians.min()), float(medians.max())
    least, most = PERCENT_MEDIANS
    if (is_percent or low >= least) and high <= most:
        why = "the file says" if is_percent else "their size says"
        return (
            _without_codes(given / 100.0),
            f"{where}: numbers taken as percent, as {why} (medians {low:.3g} to {high:.3g})",
        )
    if not is_percent and high <= MOST_FRACTION:
        return _without_codes(given), ""
    raise LibraryError(
        f"{where} has spectra with medians from {low:.4g} to {high:.4g}, which are neither "
        "reflectance from 0 to 1 nor percent throughout: give SCALE, the reflectance for one step "
        "of the numbers, or divide the file by unit."
    )


def _without_codes(values: _Floats) -> _Floats:
    return np.where(values > LEAST_REFLECTANCE, values, np.nan)


def _medians(values: _Floats) -> _Floats:
    """Median of each spectrum that has any value."""
    filled = values[np.isfinite(values).any(axis=1)]
    return np.nanmedian(filled, axis=1) if filled.size else np.empty(0)
