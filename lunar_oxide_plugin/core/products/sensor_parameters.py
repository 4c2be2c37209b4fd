"""Spectral parameters of a sensor: its formulas with their bands, legends and composites."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Dict, Sequence, Tuple

import numpy as np

from ..chemistry.oxides import FEO, TIO2, Oxide
from ..errors import BandMappingError
from ..rasters.bands import ModelBand
from ..rasters.sensors.known import MI
from ..rasters.sensors.record import Sensor
from .spectral_parameters import FEO_LEMELIN, FORMULAS, TIO2_OTAKE, FloatArray, SpectralParameter


def formula_bands(sensor: Sensor) -> Dict[str, ModelBand]:
    """Bands that a sensor's formulas use: nominal name -> band to look for in a raster.

    They are in the order of the sensor's filters and have no training range, because formulas are
    not trained.
    """
    needed = {band for parameter in parameters_of(sensor) for band in parameter.needs}
    return {
        own.nominal: ModelBand(
            f"{sensor.key} {own.wavelength_nm:g} nm",
            own.wavelength_nm,
            own.width_nm,
            math.nan,
            math.nan,
        )
        for own in sensor.filters
        if own.nominal in needed
    }


def parameters_of(sensor: Sensor) -> Tuple[SpectralParameter, ...]:
    """All parameters that hold for a sensor, in the order of their raster bands.

    Parameters
    ----------
    sensor : Sensor

    Returns
    -------
    tuple of SpectralParameter
        With the sensor's legends.
    """
    return _of_sensor(sensor.formulas, sensor)


def _of_sensor(keys: Sequence[str], sensor: Sensor) -> Tuple[SpectralParameter, ...]:
    """Formulas by their keys, with the legends of a sensor."""
    found = []
    for key in keys:
        formula = FORMULAS[key]
        low, high = sensor.legends.get(key, (formula.display_min, formula.display_max))
        found.append(replace(formula, sensor=sensor, display_min=low, display_max=high))
    return tuple(found)


def computable(sensor: Sensor, bands: Sequence[str]) -> Tuple[SpectralParameter, ...]:
    """The parameters of a sensor that can be computed from these nominal bands."""
    return tuple(p for p in parameters_of(sensor) if set(p.needs) <= set(bands))


def opinions_of(sensor: Sensor) -> Tuple[Tuple[Oxide, SpectralParameter], ...]:
    """The first formulas of FeO and of TiO2 that hold for a sensor.

    Parameters
    ----------
    sensor : Sensor

    Returns
    -------
    tuple of (Oxide, SpectralParameter)
        Empty if one is missing.
    """
    found = [
        (oxide, parameter)
        for oxide in (FEO, TIO2)
        for parameter in parameters_of(sensor)
        if parameter.key.startswith(f"{oxide.key}_")
    ]
    first = {oxide: parameter for oxide, parameter in reversed(found)}
    return tuple((oxide, first[oxide]) for oxide in (FEO, TIO2)) if len(first) == 2 else ()


def second_opinion(spectra: FloatArray, wavelengths_nm: Sequence[float]) -> Dict[str, FloatArray]:
    """FeO and TiO2 after Lemelin et al. (2015) and Otake et al. (2012), for MI spectra.

    Parameters
    ----------
    spectra : array, shape (bands, n)
        MI reflectance.
    wavelengths_nm : sequence of float
        Centre of each band.

    Returns
    -------
    dict of oxide name to array, shape (n,), wt%
        ``"FeO"`` and ``"TiO2"``; NaN where a formula has no value.

    Raises
    ------
    BandMappingError
        If 414, 749 or 950 nm are not among the bands.
    """
    found: Dict[str, FloatArray] = {}
    for nominal in ("415", "750", "950"):
        wanted = MI.nominal_filter(nominal).wavelength_nm
        places = [i for i, centre in enumerate(wavelengths_nm) if abs(centre - wanted) <= 0.5]
        if not places:
            raise BandMappingError(f"The spectra have no band at {wanted:g} nm.")
        found[nominal] = np.asarray(spectra[places[0]], dtype=np.float64)
    return {
        FEO.name: FEO_LEMELIN.compute(found),
        TIO2.name: TIO2_OTAKE.compute(found),
    }


@dataclass(frozen=True)
class Composite:
    """Three parameters shown as red, green and blue, for each sensor that has them."""

    title: str
    keys: Tuple[str, str, str]
    reading: str


COMPOSITES: Tuple[Composite, ...] = (
    Composite(
        "Band depths (R 950, G 1050, B 1250 nm)",
        ("depth_950", "depth_1050", "depth_1250"),
        "red: pyroxene, green: olivine, blue: plagioclase (approximately)",
    ),
    Composite(
        "Colour ratios (R 750/415, G 750/950, B 415/750)",
        ("ratio_750_415", "ratio_750_950", "ratio_415_750"),
        "red: mature highlands and low-Ti maria, green: fresh iron-bearing soil, "
        "blue: high-Ti maria and fresh highlands",
    ),
)

#: Composites of light and colour, made by an algorithm of their own.
RATIO_COLOURS = COMPOSITES[1]

NATURAL_COLOURS = Composite(
    "Natural-like colours (R 640, G 550, B 460 nm, interpolated)",
    ("natural_640", "natural_550", "natural_460"),
    "interpolated between 415 and 750 nm and stretched together, so that hues are as faint as on "
    "the Moon",
)

COLOUR_COMPOSITES: Tuple[Composite, ...] = (RATIO_COLOURS, NATURAL_COLOURS)


def channels(composite: Composite, sensor: Sensor) -> Tuple[SpectralParameter, ...]:
    """The parameters of a composite's red, green and blue, with the sensor's legends.

    Parameters
    ----------
    composite : Composite
    sensor : Sensor

    Returns
    -------
    tuple of SpectralParameter
    """
    return _of_sensor(composite.keys, sensor)
