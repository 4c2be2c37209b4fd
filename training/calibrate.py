"""How far to trust a prediction: domain distance and sigma, from stations left out."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from .features import Scaler
from .inversion import Domain, SigmaModel
from .stations import FloatArray, Stations

IndexArray = npt.NDArray[np.int64]

#: Half-width of the central 90 % interval of a normal distribution, in standard deviations.
Z90 = 1.6448536269514722

#: The threshold of the domain is this quantile of the distances from each training station to
#: the nearest other one, times this factor: unlike the stations, whose sites were chosen to be
#: different, the Moon between them is sampled densely.
DOMAIN_QUANTILE = 0.975
DOMAIN_FACTOR = 1.25

#: Domain distance at which sigma grows no more: beyond, the number only says "do not use".
MAX_DISTANCE = 10.0

#: Candidates for how sigma varies: share of it proportional to the abundance, and increase per
#: unit of domain distance. The least interval score on left-out residuals decides.
RISES = (0.0, 0.25, 0.5, 0.75)
GROWTHS = (0.5, 1.0, 2.0)


def nearest_distances(whitened: FloatArray, group: IndexArray | None = None) -> FloatArray:
    """Distance from each of n whitened spectra, shape (n, bands), to the nearest other one.

    With `group`, shape (n,), to the nearest one of another group.
    """
    gaps = np.sqrt(((whitened[:, None] - whitened[None]) ** 2).sum(-1))
    group = np.arange(len(whitened)) if group is None else group
    nearest: FloatArray = np.where(group[:, None] == group, np.inf, gaps).min(1)
    return nearest


def fit_domain(stations: Stations, scaler: Scaler) -> Domain:
    """References and threshold from training stations."""
    whitened = scaler.whiten(stations.reflectance)
    threshold = DOMAIN_FACTOR * np.quantile(nearest_distances(whitened), DOMAIN_QUANTILE)
    return Domain(whitened, float(threshold))


def fit_sigma(
    stations: Stations, left_out: FloatArray, departure: FloatArray, domain: Domain
) -> SigmaModel:
    """Calibrate sigma on what left-out predictions missed.

    Conformal (Lei et al. 2018, J Am Stat Assoc 113, 1094): sigma is a shape times a factor,
    and the factor puts 90 % of the residuals, corrected for their finite number, inside
    1.645 sigma. The spread of an ensemble plays no part: it is several times too small.

    Parameters
    ----------
    stations : Stations
        Training stations, n of them.
    left_out : float array, shape (n, oxides)
        Prediction for each of them without it, wt%: the teacher's, which has it in closed form.
    departure : float array, shape (oxides,)
        How far the shipped network lies from its teacher (root mean square, wt%): an error of
        its own, added in quadrature.
    domain : Domain
        Of the same stations.
    """
    residual = np.sqrt((left_out - stations.oxides) ** 2 + departure**2)
    distance = nearest_distances(domain.references) / domain.threshold
    level = np.maximum(left_out, 0.0)
    mean = stations.oxides.mean(0)
    best = None
    for growth in GROWTHS:
        factor = 1.0 + growth * np.minimum(distance, MAX_DISTANCE)[:, None]
        base, rise, score = _fit_shape(residual, level, mean, factor)
        if best is None or score < best[0]:
            best = (score, SigmaModel(base, rise, growth, MAX_DISTANCE))
    return best[1]


def _fit_shape(
    residual: FloatArray, level: FloatArray, mean: FloatArray, factor: FloatArray
) -> tuple[FloatArray, FloatArray, float]:
    """Best base and rise for one growth, and the summed relative interval score."""
    base, rise, total = np.empty_like(mean), np.empty_like(mean), 0.0
    for oxide in range(residual.shape[1]):
        scores = []
        for share in RISES:
            shape = ((1.0 - share) + share * level[:, oxide] / mean[oxide]) * factor[:, 0]
            scale = conformal_quantile(residual[:, oxide] / shape)
            scores.append((interval_score(residual[:, oxide], scale * shape), share, scale))
        score, share, scale = min(scores)
        base[oxide] = scale / Z90 * (1.0 - share)
        rise[oxide] = scale / Z90 * share / mean[oxide]
        total += score / residual[:, oxide].mean()
    return base, rise, total


def conformal_quantile(scores: FloatArray, coverage: float = 0.9) -> float:
    """The value that `coverage` of n + 1 exchangeable scores do not exceed."""
    rank = int(np.ceil((len(scores) + 1) * coverage))
    return float(np.sort(scores)[min(rank, len(scores)) - 1])


def weighted_quantile(values: FloatArray, weights: FloatArray, share: float) -> float:
    """The least of the values that `share` of the weight does not exceed."""
    order = np.argsort(values)
    reached = np.cumsum(weights[order]) / weights.sum()
    # A sum that rounding left below the share has reached it.
    return float(values[order][np.searchsorted(reached, share - 1e-9)])


def interval_score(residual: FloatArray, half_width: FloatArray, miss: float = 0.1) -> float:
    """Mean interval score of Gneiting and Raftery 2007, eq. 43: width plus penalty for misses."""
    outside = np.maximum(residual - half_width, 0.0)
    return float((2.0 * half_width + 2.0 / miss * outside).mean())


def coverage_90(residual: FloatArray, sigma: FloatArray) -> FloatArray:
    """Share of residuals inside 1.645 sigma, shape (oxides,), of shape (n, oxides)."""
    return (np.abs(residual) <= Z90 * sigma).mean(0)
