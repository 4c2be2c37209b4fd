"""What mixtures of two stations explain a spectrum, and the composition that they have.

Soils mix by impacts, and at these wavelengths intimate mixtures of similar dark powders are near
to linear in reflectance. The prior holds every station and every pair of stations in fixed steps,
all equally likely; the likelihood is a normal distribution of the difference between two log
reflectances. The posterior mean composition follows in closed form. It never leaves the range of
the stations, and follows them where a kernel, which knows smooth functions only, does not.

Two metrics serve: the noise by which two extractions of one place differ, and the whitened
spectrum, to which the weak features that go with SiO2 count as much as brightness.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from .features import Scaler, logarithm
from .stations import FloatArray, Stations

#: Steps in which one station of a pair gives way to the other.
STEPS = 8

#: Standard deviation of the likelihood in whitened units.
WHITENED_WIDTH = 0.35

#: Spectra that are compared with all mixtures at once: few, so that their weights stay in a
#: processor's cache, which is three times faster than a thousand.
CHUNK = 32

#: Least logarithm of a weight relative to the largest one. Below it the exponential has no normal
#: number, and arithmetic takes a hundred times longer.
LEAST_LOG_WEIGHT = -700.0


@dataclass(frozen=True)
class MixturePosterior:
    """All mixtures of one training set in one metric.

    Attributes
    ----------
    root : float array, shape (bands, bands)
        Log reflectance times this has a likelihood of variance 1 in each direction.
    spectra : float array, shape (mixtures, bands)
        Log reflectance of the mixtures times `root`.
    oxides : float array, shape (mixtures, oxides)
        wt%.
    parts : int array, shape (mixtures, 2)
        Rows of the two stations that are mixed; a station alone has its own row twice.
    """

    root: FloatArray
    spectra: FloatArray
    oxides: FloatArray
    parts: npt.NDArray[np.int64]

    def predict(self, spectra: FloatArray) -> FloatArray:
        """Oxides in wt%, shape (m, oxides), of spectra of shape (m, bands)."""
        scaled = logarithm(spectra) @ self.root
        rows = [
            _posterior_mean(scaled[start : start + CHUNK], self.spectra, self.oxides)
            for start in range(0, len(scaled), CHUNK)
        ]
        return np.concatenate(rows)

    def left_out(self, stations: Stations) -> FloatArray:
        """Oxides of each training station by the mixtures without it, wt%, shape (n, oxides)."""
        predicted = np.empty_like(stations.oxides)
        scaled = logarithm(stations.reflectance) @ self.root
        for row in range(len(stations)):
            others = (self.parts != row).all(1)
            spectrum = scaled[row : row + 1]
            predicted[row] = _posterior_mean(spectrum, self.spectra[others], self.oxides[others])[0]
        return predicted


def fit_mixtures(stations: Stations) -> tuple[MixturePosterior, MixturePosterior]:
    """Every station and every pair of stations in `STEPS` steps, in both metrics.

    Returns
    -------
    tuple of MixturePosterior
        In the metric of extraction noise, and in that of the whitened spectrum.
    """
    pairs = np.array(list(combinations(range(len(stations)), 2)))
    first, second = pairs.T
    alone = np.arange(len(stations))
    reflectance, oxides = [stations.reflectance], [stations.oxides]
    parts = [np.stack([alone, alone], axis=1)]
    for step in range(1, STEPS):
        share = step / STEPS
        for mixed, values in ((reflectance, stations.reflectance), (oxides, stations.oxides)):
            mixed.append(share * values[first] + (1.0 - share) * values[second])
        parts.append(pairs)
    log = logarithm(np.concatenate(reflectance))
    composition, rows = np.concatenate(oxides), np.concatenate(parts)
    noise = stations.instrument.noise_covariance()
    of_noise = np.linalg.inv(np.linalg.cholesky(noise)).T
    of_stations = Scaler.fit(stations.reflectance, stations.instrument).whitening / WHITENED_WIDTH
    by_noise, by_stations = (
        MixturePosterior(root, log @ root, composition, rows) for root in (of_noise, of_stations)
    )
    return by_noise, by_stations


def _posterior_mean(scaled: FloatArray, mixtures: FloatArray, oxides: FloatArray) -> FloatArray:
    """Mean of the oxides by the posterior probability of each mixture, shape (m, oxides)."""
    # The square of the spectrum itself is common to all mixtures and cancels.
    weights = scaled @ mixtures.T
    weights -= np.einsum("mf,mf->m", mixtures, mixtures) / 2.0
    weights -= weights.max(1, keepdims=True)
    np.maximum(weights, LEAST_LOG_WEIGHT, out=weights)
    np.exp(weights, out=weights)
    mean: FloatArray = weights @ oxides / weights.sum(1, keepdims=True)
    return mean
