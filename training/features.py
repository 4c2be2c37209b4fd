"""What the network sees of a spectrum: standardised and whitened logarithms, two angles.

The same arithmetic stands in the exported graph (`training.graph`), in float32.

Two sets of features:

- plain: the eight reciprocal reflectances and theta_Fe and theta_Ti, standardised;
- whitened: the eight log reflectances, whitened (ZCA).

In reciprocal reflectance abundances of absorbers come close to being linear (`experts`); in
its logarithm a common gain (slope, calibration) is a shift.

Neighbouring bands correlate to 0.99 and more, so that the depth of the 1 micrometre band,
which carries composition, is a thousandth of the variance of the plain features; whitening shows
it to the network at the scale of everything else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .stations import FloatArray

BANDS = 8

#: Reflectance is clipped to this range before the logarithm, so that a shadow (zero, negative)
#: or an unscaled number gives a finite answer. Stations lie between 0.03 and 0.28.
MIN_REFLECTANCE = 1e-3
MAX_REFLECTANCE = 10.0

#: Least denominator of theta_Fe: R749 - 0.037 is 0.014 at the darkest station and has a pole
#: just below. Dark pixels saturate there instead of flipping sign.
MIN_THETA_DENOMINATOR = 1e-3

#: Variances of log reflectance that are noise, not composition: 3 % common to all bands and
#: 0.9 % in each band, what two published extractions of one station differ by. They keep
#: whitening from blowing up directions in which the stations hardly vary.
COMMON_NOISE = 0.03
BAND_NOISE = 0.009


def theta_fe(reflectance: FloatArray) -> FloatArray:
    """Iron angle in radians, shape (...): -atan((R950/R749 - 1.250) / (R749 - 0.037)).

    Origin as in Yang et al. 2023 (Nat Commun 14:7554). `reflectance` is (..., 8), fraction.
    """
    r749, r950 = reflectance[..., 1], reflectance[..., 3]
    return -np.arctan((r950 / r749 - 1.250) / np.maximum(r749 - 0.037, MIN_THETA_DENOMINATOR))


def theta_ti(reflectance: FloatArray) -> FloatArray:
    """Titanium angle in radians, shape (...): atan((R414/R749 - 0.208) / (R749 + 0.108)).

    Origin as in Otake et al. 2012 and Yang et al. 2023. `reflectance` is (..., 8), fraction.
    """
    r414, r749 = reflectance[..., 0], reflectance[..., 1]
    return np.arctan((r414 / r749 - 0.208) / (r749 + 0.108))


@dataclass(frozen=True)
class View:
    """One representation of spectra, standardised by a training set.

    Attributes
    ----------
    representation : str
        Key of `REPRESENTATIONS`.
    with_angles : bool
        Whether theta_Fe and theta_Ti join it.
    mean, std : float array, shape (8,) or (10,)
    """

    representation: str
    with_angles: bool
    mean: FloatArray
    std: FloatArray

    @classmethod
    def fit(cls, representation: str, with_angles: bool, spectra: FloatArray) -> View:
        """Learn mean and standard deviation from training spectra, shape (n, 8)."""
        raw = _represented(representation, with_angles, spectra)
        return cls(representation, with_angles, raw.mean(0), raw.std(0))

    def __call__(self, spectra: FloatArray) -> FloatArray:
        """Standardised features, shape (n, features)."""
        raw = _represented(self.representation, self.with_angles, spectra)
        return (raw - self.mean) / self.std


@dataclass(frozen=True)
class Scaler:
    """Normalisation learned from training stations.

    Attributes
    ----------
    reciprocal_mean, reciprocal_std : float array, shape (8,)
        Of one over reflectance.
    log_mean : float array, shape (8,)
        Of the natural logarithm of reflectance.
    theta_mean, theta_std : float array, shape (2,)
        Of theta_Fe and theta_Ti, radians.
    whitening : float array, shape (8, 8)
        Symmetric; acts on log reflectance less its mean.
    """

    reciprocal_mean: FloatArray
    reciprocal_std: FloatArray
    log_mean: FloatArray
    theta_mean: FloatArray
    theta_std: FloatArray
    whitening: FloatArray

    @classmethod
    def fit(cls, reflectance: FloatArray) -> Scaler:
        """Learn from training spectra, shape (n, 8)."""
        log, thetas = logarithm(reflectance), angles(reflectance)
        inverse = reciprocal(reflectance)
        noise = BAND_NOISE**2 * np.eye(BANDS) + COMMON_NOISE**2
        values, vectors = np.linalg.eigh(np.cov(log.T) + noise)
        return cls(
            inverse.mean(0),
            inverse.std(0),
            log.mean(0),
            thetas.mean(0),
            thetas.std(0),
            (vectors / np.sqrt(values)) @ vectors.T,
        )

    def whiten(self, reflectance: FloatArray) -> FloatArray:
        """Whitened log reflectance, shape (n, 8), of spectra of shape (n, 8)."""
        return (logarithm(reflectance) - self.log_mean) @ self.whitening

    def plain(self, reflectance: FloatArray) -> FloatArray:
        """Standardised reciprocal reflectance and angles, shape (n, 10), of shape (n, 8)."""
        return np.concatenate(
            [self.standard_reciprocal(reflectance), self.standard_angles(reflectance)], axis=-1
        )

    def standard_reciprocal(self, reflectance: FloatArray) -> FloatArray:
        """Standardised reciprocal reflectance, shape (n, 8), of spectra of shape (n, 8)."""
        return (reciprocal(reflectance) - self.reciprocal_mean) / self.reciprocal_std

    def standard_angles(self, reflectance: FloatArray) -> FloatArray:
        """Standardised theta_Fe and theta_Ti, shape (n, 2), of spectra of shape (n, 8)."""
        return (angles(reflectance) - self.theta_mean) / self.theta_std


def clipped(reflectance: FloatArray) -> FloatArray:
    """Reflectance within the range that the logarithm takes, shape unchanged."""
    return np.clip(reflectance, MIN_REFLECTANCE, MAX_REFLECTANCE)


def logarithm(reflectance: FloatArray) -> FloatArray:
    """Natural logarithm of the clipped reflectance, shape unchanged."""
    return np.log(clipped(reflectance))


def reciprocal(reflectance: FloatArray) -> FloatArray:
    """One over the clipped reflectance, shape unchanged."""
    return 1.0 / clipped(reflectance)


def angles(reflectance: FloatArray) -> FloatArray:
    """theta_Fe and theta_Ti in radians, shape (n, 2), of spectra of shape (n, 8)."""
    safe = clipped(reflectance)
    return np.stack([theta_fe(safe), theta_ti(safe)], axis=-1)


#: Ways to write the same eight numbers; what is linear in one is curved in the others.
REPRESENTATIONS: dict[str, Callable[[FloatArray], FloatArray]] = {
    "reciprocal": reciprocal,
    "logarithm": logarithm,
    "reflectance": clipped,
}


def _represented(representation: str, with_angles: bool, spectra: FloatArray) -> FloatArray:
    features = REPRESENTATIONS[representation](spectra)
    return np.concatenate([features, angles(spectra)], axis=1) if with_angles else features
