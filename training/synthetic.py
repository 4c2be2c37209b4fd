"""Spectra between and around the stations, on which a network learns from its teacher."""

from __future__ import annotations

import numpy as np

from .features import BANDS, logarithm
from .stations import FloatArray

#: Standard deviation of the gain common to all bands, and of each band's own error: what two
#: published extractions of the stations differ by (3.1 % and 0.9 %).
GAIN_NOISE = 0.03
BAND_NOISE = 0.009


def extraction_noise(count: int, generator: np.random.Generator) -> FloatArray:
    """Factors on reflectance, shape (count, 8), by which extractions of one place differ."""
    gain = GAIN_NOISE * generator.standard_normal((count, 1))
    band = BAND_NOISE * generator.standard_normal((count, BANDS))
    return np.exp(gain + band)


#: Share of the covariance of the stations added as a random offset, so that the spectra fill
#: the space around the stations and not only the lines between them.
SPREAD = 0.3

#: A mixing weight runs this far beyond the two stations that are mixed.
OVERSHOOT = 0.25


def synthetic_spectra(
    reflectance: FloatArray, count: int, generator: np.random.Generator
) -> FloatArray:
    """Mixtures of two stations with noise.

    Parameters
    ----------
    reflectance : float array, shape (n, 8)
        Training stations.
    count : int
    generator : numpy.random.Generator

    Returns
    -------
    float array, shape (count, 8)
        A quarter are stations with noise alone.
    """
    log = logarithm(reflectance)
    first, second = generator.integers(len(log), size=(2, count))
    share = generator.uniform(-OVERSHOOT, 1.0 + OVERSHOOT, size=(count, 1))
    share[: count // 4] = 0.0
    mixed = log[first] + share * (log[second] - log[first])
    spread = np.linalg.cholesky(np.cov(log.T) + 1e-8 * np.eye(log.shape[1]))
    offset = np.sqrt(SPREAD) * generator.standard_normal(mixed.shape) @ spread.T
    offset[: count // 4] = 0.0
    return np.exp(mixed + offset) * extraction_noise(count, generator)
