"""The teachers: a bank of kernel regressions, weighted by how they do on stations left out.

Fifty-odd stations are too few to choose one kernel, one length scale and one set of
features: the best of many is the luckiest of many. Each member of the bank is a Gaussian
process mean (kernel ridge regression) on one view of the spectrum, and its leave-one-out
residuals inside a training set come in closed form from one matrix inverse (Rasmussen and
Williams 2006, section 5.4.2). Every oxide takes a weighted mean of the members that do best
on those residuals. Nothing here sees a station outside the training set.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

import numpy as np

from .features import Scaler, angles, logarithm
from .stations import WAVELENGTHS_NM, FloatArray, Stations

#: Prior variance of a constant offset: large, so that the mean is learnt and not assumed.
OFFSET_VARIANCE = 10.0

#: Members that share an oxide's weight, and how fast the weight falls with the squared error:
#: a member whose error is `TEMPERATURE` (relative) above the best one's has 1/e of its weight.
MAX_MEMBERS = 40
TEMPERATURE = 0.2


def _log_reflectance(reflectance: FloatArray) -> FloatArray:
    return logarithm(reflectance)


def _log_ratios(reflectance: FloatArray) -> FloatArray:
    """Log reflectance at 749 nm, and of the other bands relative to it."""
    log = logarithm(reflectance)
    return np.concatenate([log[:, 1:2], np.delete(log, 1, axis=1) - log[:, 1:2]], axis=1)


def _band_depths(reflectance: FloatArray) -> FloatArray:
    """Brightness, colour, continuum slope and log depths below the 749-1548 nm continuum."""
    log = logarithm(reflectance)
    blue, slope = log[:, 0:1] - log[:, 1:2], log[:, 7:8] - log[:, 1:2]
    place = (np.array(WAVELENGTHS_NM[2:7]) - 749.0) / (1548.0 - 749.0)
    depths = log[:, 2:7] - (log[:, 1:2] + place * slope)
    return np.concatenate([log[:, 1:2], blue, depths, slope], axis=1)


#: Views of a spectrum, each with and without the two angles.
VIEWS: dict[str, Callable[[FloatArray], FloatArray]] = {
    "log": _log_reflectance,
    "ratios": _log_ratios,
    "depths": _band_depths,
}


def _squared_exponential(squares: FloatArray, length: float) -> FloatArray:
    return np.exp(-squares / (2.0 * length**2))


def _matern32(squares: FloatArray, length: float) -> FloatArray:
    scaled = np.sqrt(3.0 * squares) / length
    return (1.0 + scaled) * np.exp(-scaled)


KERNELS: dict[str, Callable[[FloatArray, float], FloatArray]] = {
    "squared exponential": _squared_exponential,
    "Matern 3/2": _matern32,
}


@dataclass(frozen=True)
class Expert:
    """One kernel regression.

    Attributes
    ----------
    view : str
        Key of `VIEWS`, or ``"whitened"``.
    angles : bool
        Whether theta_Fe and theta_Ti join the view.
    kernel : str
        Key of `KERNELS`.
    length : float
        Length scale, in root mean squared standard deviations of the features.
    linear : float
        Variance of an added linear kernel.
    noise : float
        Variance of the residual noise, standardised oxides.
    """

    view: str
    angles: bool
    kernel: str
    length: float
    linear: float
    noise: float


BANK = tuple(
    Expert(*choice)
    for choice in product(
        (*VIEWS, "whitened"),
        (False, True),
        KERNELS,
        (0.5, 1.0, 2.0, 4.0),
        (0.0, 1.0),
        (1e-3, 1e-2, 1e-1),
    )
)


@dataclass(frozen=True)
class View:
    """One view of spectra, standardised by a training set."""

    name: str
    with_angles: bool
    scaler: Scaler
    mean: FloatArray
    std: FloatArray

    @classmethod
    def fit(cls, name: str, with_angles: bool, scaler: Scaler, spectra: FloatArray) -> View:
        """Learn mean and standard deviation from training spectra, shape (n, 8)."""
        raw = cls._raw(name, with_angles, scaler, spectra)
        return cls(name, with_angles, scaler, raw.mean(0), raw.std(0))

    def __call__(self, spectra: FloatArray) -> FloatArray:
        """Standardised features, shape (n, features)."""
        raw = self._raw(self.name, self.with_angles, self.scaler, spectra)
        return (raw - self.mean) / self.std

    @staticmethod
    def _raw(name: str, with_angles: bool, scaler: Scaler, spectra: FloatArray) -> FloatArray:
        features = scaler.whiten(spectra) if name == "whitened" else VIEWS[name](spectra)
        if with_angles:
            features = np.concatenate([features, angles(spectra)], axis=1)
        return features


def _gram(expert: Expert, first: FloatArray, second: FloatArray, squares: FloatArray) -> FloatArray:
    size = first.shape[1]
    gram = KERNELS[expert.kernel](squares / size, expert.length) + OFFSET_VARIANCE
    if expert.linear:
        gram += expert.linear * (first @ second.T) / size
    return gram


def _squares(first: FloatArray, second: FloatArray) -> FloatArray:
    cross = (first**2).sum(1)[:, None] + (second**2).sum(1)[None] - 2.0 * first @ second.T
    return np.maximum(cross, 0.0)


@dataclass(frozen=True)
class Teacher:
    """A weighted bank fitted to one training set.

    Attributes
    ----------
    views : dict
        Fitted views by (name, with angles).
    features : dict
        The training stations in each view.
    coefficients : dict
        For each expert with weight: shape (n, 6), in wt%, its weights multiplied in.
    oxide_mean : float array, shape (6,)
    left_out : float array, shape (n, 6)
        What the weighted bank predicts for each training station without it, wt%.
    """

    views: dict[tuple[str, bool], View]
    features: dict[tuple[str, bool], FloatArray]
    coefficients: dict[Expert, FloatArray]
    oxide_mean: FloatArray
    left_out: FloatArray

    def predict(self, spectra: FloatArray) -> FloatArray:
        """Oxides in wt%, shape (m, 6), of spectra of shape (m, 8)."""
        predicted = np.tile(self.oxide_mean, (len(spectra), 1))
        for key, view in self.views.items():
            members = [
                expert for expert in self.coefficients if (expert.view, expert.angles) == key
            ]
            if not members:
                continue
            features = view(spectra)
            squares = _squares(features, self.features[key])
            for expert in members:
                gram = _gram(expert, features, self.features[key], squares)
                predicted += gram @ self.coefficients[expert]
        return predicted


def fit_teacher(stations: Stations, bank: tuple[Expert, ...] = BANK) -> Teacher:
    """Fit and weight the bank on one training set."""
    scaler = Scaler.fit(stations.reflectance)
    mean, std = stations.oxides.mean(0), stations.oxides.std(0)
    target = (stations.oxides - mean) / std
    views, features, squares = {}, {}, {}
    for key in dict.fromkeys((expert.view, expert.angles) for expert in bank):
        views[key] = View.fit(*key, scaler, stations.reflectance)
        features[key] = views[key](stations.reflectance)
        squares[key] = _squares(features[key], features[key])

    coefficients = np.empty((len(bank), *target.shape))
    left_out = np.empty_like(coefficients)
    for index, expert in enumerate(bank):
        key = (expert.view, expert.angles)
        gram = _gram(expert, features[key], features[key], squares[key])
        inverse = np.linalg.inv(gram + expert.noise * np.eye(len(stations)))
        coefficients[index] = inverse @ target
        left_out[index] = target - coefficients[index] / np.diag(inverse)[:, None]

    weights = _weights(((left_out - target) ** 2).mean(1))
    used = np.flatnonzero(weights.any(1))
    return Teacher(
        views,
        features,
        {bank[index]: coefficients[index] * weights[index] * std for index in used},
        mean,
        np.einsum("eno,eo->no", left_out, weights) * std + mean,
    )


def _weights(errors: FloatArray) -> FloatArray:
    """Weights, shape (experts, 6), columns summing to 1, from leave-one-out mean squares."""
    best = errors.min(0)
    weights = np.exp(-(errors / best - 1.0) / TEMPERATURE)
    cutoff = np.sort(errors, axis=0)[min(MAX_MEMBERS, len(errors)) - 1]
    weights[errors > cutoff] = 0.0
    return weights / weights.sum(0)
