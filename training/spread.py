"""How far a kind of place that nobody has sampled lies from what the sampled ones say.

Residuals of stations left out say how well the model does near sampled geology: most stations
have neighbours of their own mission. At a new place the whole mission is missing, and what it is
wrong by there is many times larger than chance. Inside each training set every mission is left out
in turn and the teacher is fitted to the others. What these residuals exceed sigma by goes to it in
quadrature.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .calibrate import Z90, nearest_distances, weighted_quantile
from .folds import leave_one_mission_out
from .inversion import Domain, SigmaModel, SpreadModel
from .stations import FloatArray, Stations
from .teacher import fit_teacher

IndexArray = npt.NDArray[np.int64]
Rows = npt.NDArray[np.bool_]

#: Least abundance that relative residuals are divided by, wt%.
LEAST_LEVEL = 0.3

#: Least share of the mean squared residual that counts as spread, whatever sigma explains.
LEAST_SHARE = 0.05

#: Share of the residuals, of the missions left out, that the interval is scaled to hold.
COVERAGE = 0.9


@dataclass(frozen=True)
class LeftOut:
    """What stations are wrong by without their mission, and sigma there.

    Attributes
    ----------
    mission : int array, shape (n,)
        Which mission each station is of, from 0.
    residual : float array, shape (n, oxides)
        Predicted less measured, wt%.
    residual_of_mean : float array, shape (n, oxides)
        The same of the mean of the other missions' stations, wt%.
    sigma : float array, shape (n, oxides)
        Near sampled geology, at the distance that the station is then away from it, wt%.
    level : float array, shape (n, oxides)
        What spread is a share of, wt%; 1 where it is no share.
    without_skill : bool array, shape (oxides,)
        Oxides whose spread is at least that of saying the mean.
    """

    mission: IndexArray
    residual: FloatArray
    residual_of_mean: FloatArray
    sigma: FloatArray
    level: FloatArray
    without_skill: Rows

    @property
    def missions(self) -> int:
        """How many missions there are."""
        return int(self.mission.max()) + 1

    def mean_squares(self, values: FloatArray) -> FloatArray:
        """Of values (n, oxides) over their level, the mean square of each mission."""
        squares = (values / self.level) ** 2
        return np.array([squares[self.mission == each].mean(0) for each in range(self.missions)])


def left_out_by_mission(stations: Stations) -> FloatArray:
    """Oxides of each station by the teacher without its mission, wt%, shape (n, oxides).

    Like the shipped graph's, answers below zero become zero: a teacher of few missions says less
    than nothing of an iron-poor one.
    """
    predicted = np.empty_like(stations.oxides)
    for fold in leave_one_mission_out(stations):
        teacher = fit_teacher(fold.training)
        predicted[fold.held_out] = teacher.predict(stations.reflectance[fold.held_out])
    return np.maximum(predicted, 0.0)


def leave_missions_out(stations: Stations, domain: Domain, sigma: SigmaModel) -> LeftOut:
    """Leave each mission of a training set out; `domain` and `sigma` are of the whole of it."""
    predicted = left_out_by_mission(stations)
    of_mean = np.empty_like(predicted)
    for fold in leave_one_mission_out(stations):
        of_mean[fold.held_out] = fold.training.oxides.mean(0)
    mission = np.unique(np.array(stations.missions), return_inverse=True)[1].astype(np.int64)
    distance = nearest_distances(domain.references, mission) / domain.threshold
    instrument, names = stations.instrument, stations.oxide_names
    relative = np.isin(names, instrument.relative)
    return LeftOut(
        mission,
        predicted - stations.oxides,
        of_mean - stations.oxides,
        sigma.sigma(predicted, distance),
        np.where(relative, np.maximum(predicted, LEAST_LEVEL), 1.0),
        np.isin(names, instrument.without_skill),
    )


def fit_spread(stations: Stations, domain: Domain, sigma: SigmaModel) -> SpreadModel:
    """Spread between missions, scaled so that 1.645 of both together hold 90 % of the residuals.

    Every mission counts the same, however many stations it has: a new place is one more mission.

    Parameters
    ----------
    stations : Stations
        Training stations.
    domain : Domain
        Of the same stations.
    sigma : SigmaModel
        Near sampled geology, of the same stations.
    """
    left_out = leave_missions_out(stations, domain, sigma)
    variance = between(left_out, np.arange(left_out.missions), scale(left_out))
    relative = np.isin(stations.oxide_names, stations.instrument.relative)
    spread = np.sqrt(variance)
    return SpreadModel(np.where(relative, 0.0, spread), np.where(relative, spread, 0.0))


def between(left_out: LeftOut, missions: IndexArray, factor: float = 1.0) -> FloatArray:
    """Variance that missions have beyond sigma, shape (oxides,), in squares of the level.

    Parameters
    ----------
    left_out : LeftOut
    missions : int array
        Those that are looked at.
    factor : float
        By which all deviations are enlarged first.
    """
    total = left_out.mean_squares(left_out.residual)[missions].mean(0)
    of_mean = left_out.mean_squares(left_out.residual_of_mean)[missions].mean(0)
    total = factor**2 * np.where(left_out.without_skill, np.maximum(total, of_mean), total)
    explained = left_out.mean_squares(left_out.sigma)[missions].mean(0)
    variance: FloatArray = np.maximum(total - explained, LEAST_SHARE * total)
    return variance


def scale(left_out: LeftOut) -> float:
    """Factor with which the interval of the other missions holds 90 % of a mission's residuals.

    One factor for all oxides: eight or nine missions alone say little of a 90 % quantile, which is
    then their largest residual. Each mission and oxide counts the same.
    """
    scores = np.empty_like(left_out.residual)
    weights = np.empty_like(scores)
    every = np.arange(left_out.missions)
    for each in every:
        rows = left_out.mission == each
        variance = between(left_out, every[every != each])
        sigma = np.sqrt(left_out.sigma[rows] ** 2 + variance * left_out.level[rows] ** 2)
        scores[rows] = np.abs(left_out.residual[rows]) / sigma
        weights[rows] = 1.0 / rows.sum()
    return weighted_quantile(scores.ravel(), weights.ravel(), COVERAGE) / Z90
