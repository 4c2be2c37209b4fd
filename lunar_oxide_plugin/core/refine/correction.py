"""A smooth, local correction of a model from a few new samples: Gaussian-process regression.

The model's error is taken as a smooth random function of the spectrum with a known standard
deviation per oxide. Its covariance falls with the distance of whitened log reflectance
(`nearest_stations.StationSpace`) and is exactly zero beyond a distance called the reach (the
compactly supported kernel of Wendland 1995, Adv. Comput. Math. 4, 389, doi 10.1007/BF02123482, of
smoothness 2: (1 - r)^7 (7 r + 1), positive definite in up to nine dimensions). The error is known
at the new samples. At the model's training stations it is set to zero ("pinned"), because the model
was fitted to them. The correction is the best linear estimate between these points (Rasmussen &
Williams 2006, Gaussian Processes for Machine Learning, eq. 2.25). It is nearly zero near the
training stations, and exactly zero farther than the reach from every sample and station.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Iterator, Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

#: Reaches that are tried, longest first, in units of the domain threshold. The first that does not
#: increase the old stations' error is used. In tests on the missions of the bundled models, a reach
#: of 2 improved most with few samples, and 1 still improved (docs/guide/refine.md).
REACHES = (2.0, 1.5, 1.0)


@dataclass(frozen=True)
class Correction:
    """Kernel weights on anchors.

    Attributes
    ----------
    pinned, added : float array, shape (m, bands), (k, bands)
        Scaled coordinates (whitened log reflectance over the domain threshold) of the training
        stations and of the new samples.
    weights : float array, shape (oxides, m + k)
        wt% for a kernel value of 1; zeros for an oxide that is not corrected.
    reach : float
        In units of the domain threshold.
    """

    pinned: Floats
    added: Floats
    weights: Floats
    reach: float

    @property
    def anchors(self) -> Floats:
        """Pinned stations, then added samples, shape (m + k, bands)."""
        return np.concatenate([self.pinned, self.added])

    def at(self, points: Floats) -> Floats:
        """Correction in wt%, to be added, shape (oxides, n), at scaled coordinates (n, bands)."""
        return np.asarray(self.weights @ kernel(self.anchors, points, self.reach))

    def presence(self, points: Floats) -> Floats:
        """Nearness of the nearest new sample, shape (n,): 1 at it, 0 beyond the reach."""
        return np.asarray(kernel(self.added, points, self.reach).max(axis=0))

    def without(self, dropped: Sequence[int]) -> Correction:
        """Copy without correction of some oxides (rows)."""
        weights = self.weights.copy()
        weights[list(dropped)] = 0.0
        return replace(self, weights=weights)

    def in_rows(self, order: Sequence[int]) -> Correction:
        """Copy with the oxides (rows) in another order."""
        return replace(self, weights=self.weights[list(order)])


def kernel(anchors: Floats, points: Floats, reach: float) -> Floats:
    """Correlation of errors, shape (anchors, points), between 0 and 1."""
    squares = ((anchors[:, None] - points[None]) ** 2).sum(axis=-1)
    ratio = np.sqrt(squares) / reach
    return np.asarray(np.maximum(1.0 - ratio, 0.0) ** 7 * (7.0 * ratio + 1.0))


def fit(
    pinned: Floats,
    added: Floats,
    residual_wt: Floats,
    noise_wt: Floats,
    pin_noise_wt: Floats,
    error_wt: Floats,
    reach: float,
) -> Correction:
    """Fit a correction.

    Parameters
    ----------
    pinned, added : float array, shape (m, bands), (k, bands)
        Scaled coordinates.
    residual_wt : float array, shape (k, oxides)
        Measured minus predicted at the new samples; NaN where an oxide was not measured.
    noise_wt : float array, shape (k, oxides)
        Standard uncertainty of each measurement as a label of its spectrum, positive.
    pin_noise_wt : float array, shape (oxides,)
        Likewise for the training stations.
    error_wt : float array, shape (oxides,)
        Standard deviation of the model's error at places that are not in its training.
    reach : float
        In units of the domain threshold.
    """
    count = len(pinned)
    weights = np.zeros((len(error_wt), count + len(added)))
    for system in _systems(pinned, added, residual_wt, noise_wt, pin_noise_wt, error_wt, reach):
        solved = np.linalg.solve(system.covariance, system.target)
        weights[system.oxide, system.rows] = error_wt[system.oxide] ** 2 * solved
    return Correction(pinned, added, weights, reach)


def at_stations_without_their_pin(
    pinned: Floats,
    added: Floats,
    residual_wt: Floats,
    noise_wt: Floats,
    pin_noise_wt: Floats,
    error_wt: Floats,
    reach: float,
) -> Floats:
    """The correction at each station when it is fitted without that station's pin.

    Parameters as of `fit`. In closed form (Rasmussen & Williams 2006, eq. 5.12), shape (m, oxides).
    """
    count = len(pinned)
    change = np.zeros((count, len(error_wt)))
    for system in _systems(pinned, added, residual_wt, noise_wt, pin_noise_wt, error_wt, reach):
        inverse = np.linalg.inv(system.covariance)
        left_out = system.target - inverse @ system.target / np.diag(inverse)
        change[:, system.oxide] = left_out[:count]
    return change


@dataclass(frozen=True)
class _System:
    """The linear system of one oxide: its anchors (rows), their covariance and their targets."""

    oxide: int
    rows: npt.NDArray[np.int64]
    covariance: Floats
    target: Floats


def _systems(
    pinned: Floats,
    added: Floats,
    residual_wt: Floats,
    noise_wt: Floats,
    pin_noise_wt: Floats,
    error_wt: Floats,
    reach: float,
) -> Iterator[_System]:
    count = len(pinned)
    anchors = np.concatenate([pinned, added])
    correlation = kernel(anchors, anchors, reach)
    for oxide in range(len(error_wt)):
        known = np.flatnonzero(np.isfinite(residual_wt[:, oxide]))
        if known.size == 0:
            continue
        rows = np.concatenate([np.arange(count), count + known])
        variance = np.concatenate(
            [np.full(count, pin_noise_wt[oxide] ** 2), noise_wt[known, oxide] ** 2]
        )
        target = np.concatenate([np.zeros(count), residual_wt[known, oxide]])
        covariance = error_wt[oxide] ** 2 * correlation[np.ix_(rows, rows)] + np.diag(variance)
        yield _System(oxide, rows, covariance, target)
