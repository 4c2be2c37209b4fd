"""What the network sees of a spectrum: standardised and whitened logarithms, two angles.

The same arithmetic stands in the exported graph (`training.graph`), in float32.

Two sets of features:

- plain: the reciprocal reflectances and theta_Fe and theta_Ti, standardised;
- whitened: the log reflectances, whitened (ZCA).

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

from .instrument import Angle, FloatArray, Instrument

#: Reflectance is clipped to this range before the logarithm, so that a shadow (zero, negative)
#: or an unscaled number gives a finite answer. Stations lie between 0.03 and 0.28.
MIN_REFLECTANCE = 1e-3
MAX_REFLECTANCE = 10.0

#: Least denominator of an angle: R750 less its origin is 0.014 at the darkest station of Kaguya MI
#: and 0.012 at that of Clementine, and has a pole just below. Dark pixels saturate there instead of
#: flipping sign.
MIN_THETA_DENOMINATOR = 1e-3


def theta(angle: Angle, reflectance: FloatArray, instrument: Instrument) -> FloatArray:
    """An angle in radians, shape (...), of reflectance (fraction), shape (..., bands)."""
    reference = reflectance[..., instrument.place(angle.reference)]
    ratio = reflectance[..., instrument.place(angle.band)] / reference
    below = np.maximum(reference - angle.origin_reflectance, MIN_THETA_DENOMINATOR)
    tangent: FloatArray = np.arctan((ratio - angle.origin_ratio) / below)
    return -tangent if angle.falling else tangent


@dataclass(frozen=True)
class View:
    """One representation of spectra, standardised by a training set.

    Attributes
    ----------
    representation : str
        Key of `REPRESENTATIONS`.
    with_angles : bool
        Whether theta_Fe and theta_Ti join it.
    mean, std : float array, shape (features,)
    instrument : Instrument
    """

    representation: str
    with_angles: bool
    mean: FloatArray
    std: FloatArray
    instrument: Instrument

    @classmethod
    def fit(
        cls, representation: str, with_angles: bool, spectra: FloatArray, instrument: Instrument
    ) -> View:
        """Learn mean and standard deviation from training spectra, shape (n, bands)."""
        raw = _represented(representation, with_angles, spectra, instrument)
        return cls(representation, with_angles, raw.mean(0), raw.std(0), instrument)

    def __call__(self, spectra: FloatArray) -> FloatArray:
        """Standardised features, shape (n, features)."""
        raw = _represented(self.representation, self.with_angles, spectra, self.instrument)
        return (raw - self.mean) / self.std


@dataclass(frozen=True)
class Scaler:
    """Normalisation learned from training stations.

    Attributes
    ----------
    reciprocal_mean, reciprocal_std : float array, shape (bands,)
        Of one over reflectance.
    log_mean : float array, shape (bands,)
        Of the natural logarithm of reflectance.
    theta_mean, theta_std : float array, shape (2,)
        Of theta_Fe and theta_Ti, radians.
    whitening : float array, shape (bands, bands)
        Symmetric; acts on log reflectance less its mean. The noise of extraction keeps it from
        blowing up directions in which the stations hardly vary.
    instrument : Instrument
    """

    reciprocal_mean: FloatArray
    reciprocal_std: FloatArray
    log_mean: FloatArray
    theta_mean: FloatArray
    theta_std: FloatArray
    whitening: FloatArray
    instrument: Instrument

    @classmethod
    def fit(cls, reflectance: FloatArray, instrument: Instrument) -> Scaler:
        """Learn from training spectra, shape (n, bands)."""
        log, thetas = logarithm(reflectance), angles(reflectance, instrument)
        inverse = reciprocal(reflectance)
        values, vectors = np.linalg.eigh(np.cov(log.T) + instrument.noise_covariance())
        return cls(
            inverse.mean(0),
            inverse.std(0),
            log.mean(0),
            thetas.mean(0),
            thetas.std(0),
            (vectors / np.sqrt(values)) @ vectors.T,
            instrument,
        )

    def whiten(self, reflectance: FloatArray) -> FloatArray:
        """Whitened log reflectance, shape (n, bands), of spectra of that shape."""
        return (logarithm(reflectance) - self.log_mean) @ self.whitening

    def plain(self, reflectance: FloatArray) -> FloatArray:
        """Standardised reciprocal reflectance and angles, shape (n, bands + 2)."""
        return np.concatenate(
            [self.standard_reciprocal(reflectance), self.standard_angles(reflectance)], axis=-1
        )

    def standard_reciprocal(self, reflectance: FloatArray) -> FloatArray:
        """Standardised reciprocal reflectance, shape (n, bands), of spectra of that shape."""
        return (reciprocal(reflectance) - self.reciprocal_mean) / self.reciprocal_std

    def standard_angles(self, reflectance: FloatArray) -> FloatArray:
        """Standardised theta_Fe and theta_Ti, shape (n, 2), of spectra of shape (n, bands)."""
        return (angles(reflectance, self.instrument) - self.theta_mean) / self.theta_std


def clipped(reflectance: FloatArray) -> FloatArray:
    """Reflectance within the range that the logarithm takes, shape unchanged."""
    return np.clip(reflectance, MIN_REFLECTANCE, MAX_REFLECTANCE)


def logarithm(reflectance: FloatArray) -> FloatArray:
    """Natural logarithm of the clipped reflectance, shape unchanged."""
    return np.log(clipped(reflectance))


def reciprocal(reflectance: FloatArray) -> FloatArray:
    """One over the clipped reflectance, shape unchanged."""
    return 1.0 / clipped(reflectance)


def angles(reflectance: FloatArray, instrument: Instrument) -> FloatArray:
    """theta_Fe and theta_Ti in radians, shape (n, 2), of spectra of shape (n, bands)."""
    safe = clipped(reflectance)
    both = (instrument.iron, instrument.titanium)
    return np.stack([theta(angle, safe, instrument) for angle in both], axis=-1)


#: Ways to write the same numbers; what is linear in one is curved in the others.
REPRESENTATIONS: dict[str, Callable[[FloatArray], FloatArray]] = {
    "reciprocal": reciprocal,
    "logarithm": logarithm,
    "reflectance": clipped,
}


def _represented(
    representation: str, with_angles: bool, spectra: FloatArray, instrument: Instrument
) -> FloatArray:
    features = REPRESENTATIONS[representation](spectra)
    if not with_angles:
        return features
    return np.concatenate([features, angles(spectra, instrument)], axis=1)
