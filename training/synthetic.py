"""Spectra between and around the stations, on which a network learns from its teacher."""

from __future__ import annotations

import numpy as np

from .features import logarithm
from .instrument import FloatArray, Instrument
from .stations import Stations


def extraction_noise(
    instrument: Instrument, count: int, generator: np.random.Generator
) -> FloatArray:
    """Factors on reflectance, shape (count, bands), by which extractions of one place differ."""
    gain = instrument.common_noise * generator.standard_normal((count, 1))
    band = instrument.band_noise * generator.standard_normal((count, instrument.bands))
    return np.exp(gain + band)


#: Share of the covariance of the stations added as a random offset, so that the spectra fill
#: the space around the stations and not only the lines between them.
SPREAD = 0.6

#: A mixing weight runs this far beyond the two stations that are mixed.
OVERSHOOT = 0.25


def synthetic_spectra(stations: Stations, count: int, generator: np.random.Generator) -> FloatArray:
    """Mixtures of two stations with noise.

    Parameters
    ----------
    stations : Stations
        Training stations.
    count : int
    generator : numpy.random.Generator

    Returns
    -------
    float array, shape (count, bands)
        A quarter are stations with noise alone.
    """
    log = logarithm(stations.reflectance)
    first, second = generator.integers(len(log), size=(2, count))
    share = generator.uniform(-OVERSHOOT, 1.0 + OVERSHOOT, size=(count, 1))
    share[: count // 4] = 0.0
    mixed = log[first] + share * (log[second] - log[first])
    spread = np.linalg.cholesky(np.cov(log.T) + 1e-8 * np.eye(log.shape[1]))
    offset = np.sqrt(SPREAD) * generator.standard_normal(mixed.shape) @ spread.T
    offset[: count // 4] = 0.0
    return np.exp(mixed + offset) * extraction_noise(stations.instrument, count, generator)
