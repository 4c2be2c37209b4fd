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

What the bank learns are two columns for each oxide, with weights of their own. One is the oxide; of
TiO2 only what a power law of theta_Ti leaves (`TitaniumLaw`), because a kernel falls back to the
mean away from its stations and the law does not. The other is a principal component of composition.
Al2O3, MgO, CaO and SiO2 have no absorption of their own here, and follow from the soils' common
trends: the instrument's record says which share of an oxide the components say.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

import numpy as np

from .features import View, angles
from .instrument import FloatArray, Instrument
from .stations import Stations

#: Prior variance of a constant offset, standardised oxides: large, so that the mean is learnt.
OFFSET_VARIANCE = 1.0

#: How fast a member's weight falls with its squared error: one whose error is `TEMPERATURE`
#: (relative) above the best one's has 1/e of its weight.
TEMPERATURE = 0.15

#: Members below this weight for every column are dropped.
LEAST_WEIGHT = 1e-3

#: The oxide that has a law of its own.
TITANIUM = "TiO2"

#: Least theta_Ti, radians, whose logarithm is taken; stations lie between 0.6 and 1.2.
LEAST_ANGLE = 0.05

#: Most TiO2 in wt% that the law gives: beyond the stations it rises steeply, and no mare basalt
#: has more (Lunar Sourcebook 1991, chapter 6).
MOST_TITANIUM = 15.0


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
class TitaniumLaw:
    """TiO2 in wt% as exp(intercept) times theta_Ti to the power of `exponent`.

    The form is that of Otake et al. 2012 (LPSC 43, 1905), fitted to the training stations by
    least squares in logarithms.
    """

    intercept: float
    exponent: float
    instrument: Instrument

    @classmethod
    def fit(cls, stations: Stations) -> TitaniumLaw:
        """Fit to training stations."""
        (column,) = stations.places([TITANIUM])
        exponent, intercept = np.polyfit(
            _log_angle(stations.reflectance, stations.instrument),
            np.log(stations.oxides[:, column]),
            1,
        )
        return cls(float(intercept), float(exponent), stations.instrument)

    def __call__(self, spectra: FloatArray) -> FloatArray:
        """TiO2 in wt%, shape (m,), of spectra of shape (m, bands)."""
        law = np.exp(self.intercept + self.exponent * _log_angle(spectra, self.instrument))
        bounded: FloatArray = np.minimum(law, MOST_TITANIUM)
        return bounded


def _log_angle(spectra: FloatArray, instrument: Instrument) -> FloatArray:
    log: FloatArray = np.log(np.maximum(angles(spectra, instrument)[:, 1], LEAST_ANGLE))
    return log


@dataclass(frozen=True)
class Prior:
    """What each oxide is before the kernels: the law for TiO2, nothing for others.

    Attributes
    ----------
    oxide_names : tuple of str
    law : TitaniumLaw, or None
        None where there is no TiO2.
    """

    oxide_names: tuple[str, ...]
    law: TitaniumLaw | None

    @classmethod
    def fit(cls, stations: Stations) -> Prior:
        """Fit to training stations."""
        there = TITANIUM in stations.oxide_names
        return cls(stations.oxide_names, TitaniumLaw.fit(stations) if there else None)

    def __call__(self, spectra: FloatArray) -> FloatArray:
        """wt%, shape (m, oxides), of spectra of shape (m, bands)."""
        prior = np.zeros((len(spectra), len(self.oxide_names)))
        if self.law is not None:
            prior[:, self.oxide_names.index(TITANIUM)] = self.law(spectra)
        return prior


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
        By angles, kernel and length: shape (n, oxides), in wt%, of all experts that share
        them, their amplitudes and weights multiplied in.
    slopes : dict
        By angles: of the linear kernels of all experts, shape (features, oxides), wt%.
    offset : float array, shape (oxides,)
        Of means and constants in all experts, wt%.
    prior : Prior
    left_out : float array, shape (n, oxides)
        What the weighted bank predicts for each training station without it, wt%.
    """

    views: dict[bool, View]
    features: dict[bool, FloatArray]
    coefficients: dict[tuple[bool, str, float], FloatArray]
    slopes: dict[bool, FloatArray]
    offset: FloatArray
    prior: Prior
    left_out: FloatArray

    def predict(self, spectra: FloatArray) -> FloatArray:
        """Oxides in wt%, shape (m, oxides), of spectra of shape (m, bands)."""
        predicted = self.offset + self.prior(spectra)
        for with_angles, view in self.views.items():
            features, stations = view(spectra), self.features[with_angles]
            predicted += features @ self.slopes[with_angles]
            squares = _squares(features, stations) / stations.shape[1]
            for (angles_in, kernel, length), coefficients in self.coefficients.items():
                if angles_in == with_angles:
                    predicted += KERNELS[kernel](squares, length) @ coefficients
        return predicted


def fit_bank(stations: Stations, bank: tuple[Expert, ...] = BANK) -> KernelBank:
    """Fit and weight the bank on one training set."""
    prior_of = Prior.fit(stations)
    prior = prior_of(stations.reflectance)
    columns, to_oxides, base = _columns(stations, prior)
    mean, std = columns.mean(0), columns.std(0)
    target = (columns - mean) / std
    back = std[:, None] * to_oxides
    views = {
        kind: View.fit("reciprocal", kind, stations.reflectance, stations.instrument)
        for kind in (False, True)
    }
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
    slopes = {
        kind: np.zeros((rows.shape[1], stations.oxides.shape[1])) for kind, rows in features.items()
    }
    for index in np.flatnonzero(weights.any(1)):
        expert, own = bank[index], coefficients[index] * weights[index] @ back
        key = (expert.angles, expert.kernel, expert.length)
        shared[key] = shared.get(key, 0.0) + expert.amplitude * own
        rows = features[expert.angles]
        slopes[expert.angles] += expert.linear * rows.T @ own / rows.shape[1]
    constant = base + mean @ to_oxides
    return KernelBank(
        views,
        features,
        shared,
        slopes,
        constant + OFFSET_VARIANCE * np.einsum("enc,ec->c", coefficients, weights) @ back,
        prior_of,
        np.einsum("enc,ec->nc", left_out, weights) @ back + constant + prior,
    )


def _columns(stations: Stations, prior: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """What the kernels learn, and the way back.

    Returns
    -------
    columns : float array, shape (n, columns)
        Oxides less their prior, then the principal components of standardised composition.
    to_oxides : float array, shape (columns, oxides)
    base : float array, shape (oxides,)
        Oxides in wt% are columns @ to_oxides + base, plus the prior.
    """
    mean, std = stations.oxides.mean(0), stations.oxides.std(0)
    standard = (stations.oxides - mean) / std
    _, _, axes = np.linalg.svd(standard, full_matrices=False)
    share = stations.instrument.share_of(lambda shares: shares.components, stations.oxide_names)
    own = np.diag(1.0 - share)
    common = axes * std * share
    return (
        np.concatenate([stations.oxides - prior, standard @ axes.T], axis=1),
        np.concatenate([own, common]),
        mean * share,
    )


def _weights(errors: FloatArray) -> FloatArray:
    """Weights, shape (experts, columns), each column summing to 1, from left-out squares."""
    weights = np.exp(-(errors / errors.min(0) - 1.0) / TEMPERATURE)
    weights /= weights.sum(0)
    weights[(weights < LEAST_WEIGHT).all(1)] = 0.0
    return weights / weights.sum(0)
