"""How far a kind of place that nobody has sampled lies from what the sampled ones say.

Residuals of stations left out say how well the model does near sampled geology: most stations
have neighbours of their own mission. At a new place the whole mission is missing, and the mean
residual of a mission is many times larger than chance. Inside each training set every mission is
left out in turn and the teacher is fitted to the others. The variance between the missions' mean
residuals, less what the scatter of single stations adds to it, goes to sigma in quadrature.
"""

from __future__ import annotations

import numpy as np
from scipy import stats

from .calibrate import Z90
from .folds import leave_one_mission_out
from .inversion import SpreadModel
from .stations import FloatArray, Stations
from .teacher import fit_teacher

#: Least mean abundance of a mission that relative residuals are divided by, wt%.
LEAST_LEVEL = 0.3

#: Least share of the mean squared residual that counts as spread, whatever chance explains.
LEAST_SHARE = 0.05


def left_out_by_mission(stations: Stations) -> FloatArray:
    """Oxides of each station by the teacher without its mission, wt%, shape (n, oxides)."""
    predicted = np.empty_like(stations.oxides)
    for fold in leave_one_mission_out(stations):
        teacher = fit_teacher(fold.training)
        predicted[fold.held_out] = teacher.predict(stations.reflectance[fold.held_out])
    return predicted


def fit_spread(stations: Stations, sigma: FloatArray) -> SpreadModel:
    """Spread between missions, scaled so that 1.645 of it is the half-width of a 90 % interval.

    The quantile is Student's, with as many degrees of freedom as there are missions of enough
    stations (`Instrument.least_mission`).

    Parameters
    ----------
    stations : Stations
        Training stations, n of them.
    sigma : float array, shape (n, oxides)
        Near sampled geology, for each of them when left out alone, wt%.
    """
    predicted = left_out_by_mission(stations)
    missions = np.array(stations.missions)
    groups = [missions == mission for mission in dict.fromkeys(stations.missions)]
    counts = np.array([group.sum() for group in groups])
    residual = _means(predicted - stations.oxides, groups)
    chance = _means(sigma**2, groups) / counts[:, None]
    relative = np.isin(stations.oxide_names, stations.instrument.relative)
    level = np.where(relative, np.maximum(_means(predicted, groups), LEAST_LEVEL), 1.0)
    variance = between(residual / level, chance / level**2)
    quantile = (
        stats.t.ppf(0.95, max(int((counts >= stations.instrument.least_mission).sum()), 1)) / Z90
    )
    spread = quantile * np.sqrt(variance)
    return SpreadModel(np.where(relative, 0.0, spread), np.where(relative, spread, 0.0))


def between(residual: FloatArray, chance: FloatArray) -> FloatArray:
    """Variance of a further mission's mean residual, shape (oxides,).

    Parameters
    ----------
    residual : float array, shape (missions, oxides)
        Mean residual of each mission left out.
    chance : float array, shape (missions, oxides)
        Variance of it from the scatter of single stations.
    """
    squares = (residual**2).mean(0)
    spread = np.maximum(squares - chance.mean(0), LEAST_SHARE * squares)
    variance: FloatArray = spread * (1.0 + 1.0 / len(residual))
    return variance


def _means(values: FloatArray, groups: list[np.ndarray]) -> FloatArray:
    return np.array([values[group].mean(0) for group in groups])
