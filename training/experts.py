"""Kernel regressions, weighted by how they do on stations left out.

Fifty-odd stations are too few to choose one kernel and one length scale: the best of many is
the luckiest of many. Each member of the bank is a Gaussian process mean (kernel ridge
regression) on one view of the spectrum, and its leave-one-out residuals inside a training set
come in closed form from one matrix inverse (Rasmussen and Williams 2006, section 5.4.2). Every
oxide takes a weighted mean of the members that do best on those residuals. Nothing here sees
a station outside the training set.

The spectrum enters as reciprocal reflectance, with and without theta_Fe and theta_Ti: in dark
powders absorption goes with 1/R (as K/S does in Kubelka and Munk 1931, Z Tech Phys 12, 593),
so that abundances of absorbers come close to being linear in it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

import numpy as np

from .features import View
from .stations import FloatArray, Stations

#: Prior variance of a constant offset, standardised oxides: large, so that the mean is learnt.
OFFSET_VARIANCE = 1.0

#: How fast a member's weight falls with its squared error: one whose error is `TEMPERATURE`
#: (relative) above the best one's has 1/e of its weight.
TEMPERATURE = 0.15

#: Members below this weight for every oxide are dropped.
LEAST_WEIGHT = 1e-3


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
    angles : bool
        Whether theta_Fe and theta_Ti join the reciprocal reflectance.
    kernel : str
        Key of `KERNELS`.
    length : float
        Length scale, in root mean squared standard deviations of the features.
    amplitude : float
        Variance of the kernel, standardised oxides.
    linear : float
        Variance of an added linear kernel.
    noise : float
        Variance of the residual noise, standardised oxides.
    """

    angles: bool
    kernel: str
    length: float
    amplitude: float
    linear: float
    noise: float


BANK = tuple(
    Expert(*choice)
    for choice in product(
        (False, True),
        KERNELS,
        (0.5, 0.7, 1.0, 1.4, 2.0, 2.8, 4.0),
        (1.0, 4.0, 16.0),
        (0.0, 1.0),
        (3e-3, 1e-2, 3e-2, 1e-1),
    )
)


def _gram(expert: Expert, first: FloatArray, second: FloatArray, squares: FloatArray) -> FloatArray:
    size = first.shape[1]
    gram = expert.amplitude * KERNELS[expert.kernel](squares / size, expert.length)
    if expert.linear:
        gram += expert.linear * (first @ second.T) / size
    return gram + OFFSET_VARIANCE


def _squares(first: FloatArray, second: FloatArray) -> FloatArray:
    cross = (first**2).sum(1)[:, None] + (second**2).sum(1)[None] - 2.0 * first @ second.T
    return np.maximum(cross, 0.0)


@dataclass(frozen=True)
class KernelBank:
    """A weighted bank fitted to one training set.

    Attributes
    ----------
    views : dict
        Fitted views, by whether they have angles.
    features : dict
        The training stations in each view.
    coefficients : dict
        By angles, kernel and length: shape (n, 6), in wt%, of all experts that share them, their
        amplitudes and weights multiplied in.
    slopes : dict
        By angles: of the linear kernels of all experts, shape (features, 6), wt%.
    offset : float array, shape (6,)
        Of the constant in all experts, wt%.
    oxide_mean : float array, shape (6,)
    left_out : float array, shape (n, 6)
        What the weighted bank predicts for each training station without it, wt%.
    """

    views: dict[bool, View]
    features: dict[bool, FloatArray]
    coefficients: dict[tuple[bool, str, float], FloatArray]
    slopes: dict[bool, FloatArray]
    offset: FloatArray
    oxide_mean: FloatArray
    left_out: FloatArray

    def predict(self, spectra: FloatArray) -> FloatArray:
        """Oxides in wt%, shape (m, 6), of spectra of shape (m, 8)."""
        predicted = np.tile(self.oxide_mean + self.offset, (len(spectra), 1))
        for with_angles, view in self.views.items():
            features, stations = view(spectra), self.features[with_angles]
            predicted += features @ self.slopes[with_angles]
            squares = _squares(features, stations) / stations.shape[1]
            for (angles, kernel, length), coefficients in self.coefficients.items():
                if angles == with_angles:
                    predicted += KERNELS[kernel](squares, length) @ coefficients
        return predicted


def fit_bank(stations: Stations, bank: tuple[Expert, ...] = BANK) -> KernelBank:
    """Fit and weight the bank on one training set."""
    mean, std = stations.oxides.mean(0), stations.oxides.std(0)
    target = (stations.oxides - mean) / std
    views = {kind: View.fit("reciprocal", kind, stations.reflectance) for kind in (False, True)}
    features = {kind: view(stations.reflectance) for kind, view in views.items()}
    squares = {kind: _squares(rows, rows) for kind, rows in features.items()}

    coefficients = np.empty((len(bank), *target.shape))
    left_out = np.empty_like(coefficients)
    for index, expert in enumerate(bank):
        rows = features[expert.angles]
        gram = _gram(expert, rows, rows, squares[expert.angles])
        inverse = np.linalg.inv(gram + expert.noise * np.eye(len(stations)))
        coefficients[index] = inverse @ target
        left_out[index] = target - coefficients[index] / np.diag(inverse)[:, None]

    weights = _weights(((left_out - target) ** 2).mean(1))
    # A sum of kernel means is one kernel mean: experts that share a kernel share its values.
    shared: dict[tuple[bool, str, float], FloatArray] = {}
    slopes = {kind: np.zeros((rows.shape[1], target.shape[1])) for kind, rows in features.items()}
    for index in np.flatnonzero(weights.any(1)):
        expert, own = bank[index], coefficients[index] * weights[index] * std
        key = (expert.angles, expert.kernel, expert.length)
        shared[key] = shared.get(key, 0.0) + expert.amplitude * own
        rows = features[expert.angles]
        slopes[expert.angles] += expert.linear * rows.T @ own / rows.shape[1]
    return KernelBank(
        views,
        features,
        shared,
        slopes,
        OFFSET_VARIANCE * np.einsum("eno,eo->o", coefficients, weights) * std,
        mean,
        np.einsum("eno,eo->no", left_out, weights) * std + mean,
    )


def _weights(errors: FloatArray) -> FloatArray:
    """Weights, shape (experts, 6), columns summing to 1, from leave-one-out mean squares."""
    weights = np.exp(-(errors / errors.min(0) - 1.0) / TEMPERATURE)
    weights /= weights.sum(0)
    weights[(weights < LEAST_WEIGHT).all(1)] = 0.0
    return weights / weights.sum(0)
