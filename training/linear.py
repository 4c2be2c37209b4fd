"""Ridge regression on log reflectance: what it says far from the stations is a straight line.

A kernel falls back to the mean away from its stations, and it follows what neighbours of one
mission have in common. Where a sensor's stations say more with a line, the instrument's record
gives the line a share.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .features import logarithm
from .instrument import FloatArray
from .stations import Stations

#: Candidates of the penalty on standardised log reflectance.
PENALTIES = np.logspace(-4, 2, 25)


@dataclass(frozen=True)
class LogRidge:
    """A ridge regression of each oxide, its penalty by the stations left out.

    Attributes
    ----------
    weights : float array, shape (bands, oxides)
        wt% for each unit of log reflectance.
    offset : float array, shape (oxides,)
        wt%.
    left_out : float array, shape (n, oxides)
        Prediction for each training station without it, wt%, in closed form.
    """

    weights: FloatArray
    offset: FloatArray
    left_out: FloatArray

    def predict(self, spectra: FloatArray) -> FloatArray:
        """Oxides in wt%, shape (m, oxides), of spectra of shape (m, bands)."""
        predicted: FloatArray = logarithm(spectra) @ self.weights + self.offset
        return predicted


def fit_linear(stations: Stations) -> LogRidge:
    """Fit to one training set; each oxide has the penalty of the least left-out squares."""
    log = logarithm(stations.reflectance)
    mean, std = log.mean(0), log.std(0)
    left, singular, right = np.linalg.svd((log - mean) / std, full_matrices=False)
    level = stations.oxides.mean(0)
    target = stations.oxides - level
    weights, left_out = [], []
    for penalty in PENALTIES:
        shrink = singular**2 / (singular**2 + penalty)
        fitted = (left * shrink) @ (left.T @ target)
        leverage = (left**2 * shrink).sum(1) + 1.0 / len(stations)
        weights.append((right.T * (shrink / singular)) @ (left.T @ target) / std[:, None])
        left_out.append(stations.oxides - (target - fitted) / (1.0 - leverage)[:, None])
    errors = ((np.array(left_out) - stations.oxides) ** 2).sum(1)
    best, columns = errors.argmin(0), np.arange(target.shape[1])
    chosen = np.array(weights)[best, :, columns].T
    return LogRidge(chosen, level - mean @ chosen, np.array(left_out)[best, :, columns].T)
