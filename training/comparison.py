"""The methods to compare with, in the same folds: nothing is chosen on a held-out station.

Linear and Gaussian process regression on log reflectance, the forms of the sensor's published
formulas fitted anew, and, for Kaguya MI, the networks of the literature as they were trained
there. For the networks a second figure repeats how the literature scores leave-one-out: at the
epoch that is best on the held-out station itself. That leaks, and is labelled so wherever it
appears.
"""

from __future__ import annotations

import multiprocessing
import warnings
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial

import numpy as np
import torch
from sklearn.cross_decomposition import PLSRegression
from sklearn.exceptions import ConvergenceWarning
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import RBF, ConstantKernel, WhiteKernel
from sklearn.linear_model import RidgeCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from lunar_oxide_plugin.core.products.spectral_parameters import FORMULAS

from . import metrics
from .experts import TitaniumLaw
from .features import angles, logarithm
from .folds import Fold
from .instrument import FloatArray
from .literature import ARCHITECTURES, EPOCHS, LEARNING_RATE, WEIGHT_DECAY
from .reproducible import PROCESSES, make_reproducible
from .stations import Stations

#: What marks the figures that are scored at the epoch best on the held-out station.
LEAKING = "leaking: epoch best on the held-out station"

#: The method that knows TiO2 and FeO only.
ANGLE_LAWS = "FeO and TiO2 from their angles, fitted anew"

PLS_COMPONENTS = 4
RIDGE_PENALTIES = np.logspace(-4, 2, 25)

Regression = Callable[[Stations, FloatArray], FloatArray]


def ridge(training: Stations, spectra: FloatArray) -> FloatArray:
    """Ridge regression; the penalty by leave-one-out inside the training set."""
    return _each_oxide(training, spectra, lambda: RidgeCV(RIDGE_PENALTIES))


def partial_least_squares(training: Stations, spectra: FloatArray) -> FloatArray:
    """PLS with four components."""
    return _each_oxide(training, spectra, lambda: PLSRegression(PLS_COMPONENTS))


def gaussian_process(training: Stations, spectra: FloatArray) -> FloatArray:
    """Gaussian process with a squared exponential kernel; marginal likelihood sets it."""

    def process() -> GaussianProcessRegressor:
        kernel = ConstantKernel(1.0, (1e-2, 1e3)) * RBF(3.0, (1e-1, 1e2)) + WhiteKernel(
            1e-2, (1e-5, 1.0)
        )
        return GaussianProcessRegressor(kernel, normalize_y=True, random_state=0)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # a length at its bound is an answer
        return _each_oxide(training, spectra, process)


REGRESSIONS: dict[str, Regression] = {
    "ridge": ridge,
    "PLS": partial_least_squares,
    "Gaussian process": gaussian_process,
}


def _each_oxide(training: Stations, spectra: FloatArray, make: Callable[[], object]) -> FloatArray:
    columns = []
    for measured in training.oxides.T:
        method = make_pipeline(StandardScaler(), make())
        method.fit(logarithm(training.reflectance), measured)
        columns.append(np.ravel(method.predict(logarithm(spectra))))
    return np.array(columns).T


def angle_laws(training: Stations, spectra: FloatArray) -> FloatArray:
    """FeO linear in theta_Fe (Lucey et al. 1995) and TiO2 a power of theta_Ti, fitted anew."""
    instrument = training.instrument
    iron = training.oxides[:, training.places(["FeO"])[0]]
    line = np.polyfit(angles(training.reflectance, instrument)[:, 0], iron, 1)
    feo = np.polyval(line, angles(spectra, instrument)[:, 0])
    return np.stack([TitaniumLaw.fit(training)(spectra), feo], axis=1)


def formulas(stations: Stations) -> dict[str, tuple[str, FloatArray]]:
    """The sensor's published formulas for abundances, as they are.

    Returns
    -------
    dict
        By title: oxide, and its abundance at each station in wt%, shape (n,); NaN where a formula
        has no value.
    """
    instrument = stations.instrument
    bands = dict(zip(instrument.nominal, stations.reflectance.T))
    names = {f"{oxide.lower()}_": oxide for oxide in stations.oxide_names}
    found = {}
    for key in instrument.sensor.formulas:
        oxide = next((name for start, name in names.items() if key.startswith(start)), None)
        if oxide is not None:
            found[FORMULAS[key].title] = (oxide, FORMULAS[key].compute(bands))
    return found


def formula_figures(stations: Stations) -> dict[str, dict[str, dict[str, float]]]:
    """r2, rmse, mae and bias of each formula at the stations where it has a value, with their n."""
    figures = {}
    for title, (oxide, values) in formulas(stations).items():
        there = np.isfinite(values)
        measured = stations.oxides[there][:, stations.places([oxide])]
        found = metrics.by_oxide(values[there][:, None], measured, [oxide])[oxide]
        figures[title] = {oxide: {**found, "n": int(there.sum())}}
    return figures


def compare(
    stations: Stations, folds: Sequence[Fold], seed: int
) -> dict[str, dict[str, dict[str, float]]]:
    """Figures of every method on what the folds hold out.

    Parameters
    ----------
    stations : Stations
        All n of them, each held out by one fold.
    folds : sequence of Fold
    seed : int
        Of the networks.

    Returns
    -------
    dict
        By method and oxide: r2, rmse, mae and bias.
    """
    names = stations.oxide_names
    # Spawned, since a fork of a process in which PyTorch has run threads may hang.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(PROCESSES, context, initializer=make_reproducible) as pool:
        waiting = {
            name: list(pool.map(partial(_regression_fold, name, stations), folds))
            for name in (*REGRESSIONS, ANGLE_LAWS)
        }
        networks = {
            name: list(pool.map(partial(_network_fold, name, stations, seed), folds))
            for name in (ARCHITECTURES if stations.instrument.networks else ())
        }
    figures = {}
    for name, parts in waiting.items():
        oxides = ("TiO2", "FeO") if name == ANGLE_LAWS else names
        figures[name] = _scored(stations, folds, parts, oxides)
    for name, both in networks.items():
        last, leaking = zip(*both)
        figures[name] = _scored(stations, folds, last, names)
        figures[f"{name} ({LEAKING})"] = _scored(stations, folds, leaking, names)
    return figures


def _scored(
    stations: Stations, folds: Sequence[Fold], parts: Sequence[FloatArray], oxides: Sequence[str]
) -> dict[str, dict[str, float]]:
    predicted = np.empty((len(stations), len(oxides)))
    for fold, part in zip(folds, parts):
        predicted[fold.held_out] = part
    return metrics.by_oxide(predicted, stations.oxides[:, stations.places(oxides)], oxides)


def _regression_fold(name: str, stations: Stations, fold: Fold) -> FloatArray:
    """Predictions for a fold's stations by one regression."""
    method = angle_laws if name == ANGLE_LAWS else REGRESSIONS[name]
    return method(fold.training, stations.reflectance[fold.held_out])


def _network_fold(
    name: str, stations: Stations, seed: int, fold: Fold
) -> tuple[FloatArray, FloatArray]:
    """Predictions for a fold's stations at the last epoch, and at the leaking one."""
    raw = _network_features(fold.training)
    mean, std = raw.mean(0), raw.std(0)
    features, held_out = (
        torch.tensor((rows - mean) / std, dtype=torch.float32)[:, None]
        for rows in (raw, _network_features(stations)[fold.held_out])
    )
    last, leaking = [], []
    for oxide in range(stations.oxides.shape[1]):
        measured = fold.training.oxides[:, oxide]
        level, spread = measured.mean(), measured.std()
        target = torch.tensor((measured - level) / spread, dtype=torch.float32)[:, None]
        history = _train(name, seed, features, target, held_out) * spread + level
        error = ((history - stations.oxides[fold.held_out, oxide]) ** 2).mean(1)
        last.append(history[-1])
        leaking.append(history[error.argmin()])
    return np.array(last).T, np.array(leaking).T


def _network_features(stations: Stations) -> FloatArray:
    """Reflectances, theta_Fe and theta_Ti, as the published networks take them."""
    thetas = angles(stations.reflectance, stations.instrument)
    return np.concatenate([stations.reflectance, thetas], axis=1)


def _train(
    name: str,
    seed: int,
    features: torch.Tensor,
    target: torch.Tensor,
    held_out: torch.Tensor,
) -> FloatArray:
    """What the network says of held-out spectra after each epoch, shape (epochs, n)."""
    torch.manual_seed(seed)
    network = ARCHITECTURES[name]()
    optimiser = torch.optim.Adam(network.parameters(), LEARNING_RATE, weight_decay=WEIGHT_DECAY)
    history = []
    for _ in range(EPOCHS):
        network.train()
        loss = ((network(features) - target) ** 2).mean()
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        optimiser.step()
        network.eval()
        with torch.no_grad():
            history.append(network(held_out)[:, 0].double().numpy())
    return np.array(history)
