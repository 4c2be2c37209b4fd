"""Agreement of predictions with measurements per oxide, with bootstrap intervals."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Dict, Optional, Sequence, Tuple

import numpy as np
import numpy.typing as npt

from ..chemistry.oxides import OXIDES, Z90
from .site_check import SitePrediction, predicted_oxides

#: Resamples of the bootstrap; the 5 % and 95 % points are stable to about 2 % of the interval.
BOOTSTRAP_RESAMPLES = 2000

#: The seed is fixed, so that the same check gives the same report.
BOOTSTRAP_SEED = 20240625

#: Least number of pairs for a bootstrap interval: with fewer, too few different resamples exist.
FEW_PAIRS = 5

_INTERVAL_PERCENT = (5.0, 95.0)
_BLOCK_VALUES = 1_000_000

_Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Interval:
    """A 90 % interval; both ends NaN where it cannot be computed."""

    low: float
    high: float


@dataclass(frozen=True)
class OxideMetrics:
    """Agreement between predicted and measured values of one oxide.

    A figure that cannot be computed from the pairs is NaN, never zero.

    Attributes
    ----------
    oxide : str
        Name, e.g. ``"TiO2"``.
    n : int
        Pairs used: those with a finite measured and a finite predicted value.
    r2 : float
        Coefficient of determination 1 - SSE / SST, with SST about the mean of the measured
        values of these pairs; NaN for fewer than two pairs or measured values without variance.
    rmse, mae, bias : float
        Root mean square, mean absolute and mean residual (predicted minus measured), wt%.
    medae : float
        Median absolute residual, wt%.
    rpd : float
        Ratio of performance to deviation [4]_: standard deviation of the measured values (over
        n - 1) divided by the RMSE; NaN for fewer than two pairs, without variance or without error.
    slope, intercept : float
        Of the least-squares line predicted = intercept + slope x measured; the intercept in wt%.
        NaN where the measured values do not vary.
    pearson_r : float
        Linear correlation; NaN where either side has no variance.
    concordance : float
        Lin's concordance correlation coefficient [1]_, with moments over n; NaN for fewer than
        two pairs or where neither side varies and both agree.
    coverage_90 : float
        Share of pairs whose measured value lies within predicted +- 1.645 sigma, of those with
        a sigma; NaN without any.
    n_sigma : int
        Pairs with a sigma.
    coverage_interval : Interval
        Wilson's 90 % interval [3]_ of the share; NaN without any pair with a sigma.
    r2_interval, rmse_interval, mae_interval, bias_interval, concordance_interval, medae_interval, \
rpd_interval, slope_interval, intercept_interval : Interval
        Percentile bootstrap [2]_, 90 %, over places: pairs at one place are drawn together.
        NaN for fewer than two places. Resamples whose measured values do not vary have no R2,
        no RPD and no line, and are left out of their intervals.
    n_places : int
        Number of places of these pairs.

    References
    ----------
    .. [1] Lin (1989), Biometrics 45, 255-268, doi:10.2307/2532051.
    .. [2] Efron & Tibshirani (1993), An Introduction to the Bootstrap, chapter 13.
    .. [3] Wilson (1927), J. Am. Stat. Assoc. 22, 209-212, doi:10.1080/01621459.1927.10502953.
    .. [4] Chang et al. (2001), Soil Sci. Soc. Am. J. 65, 480-490, doi:10.2136/sssaj2001.652480x.
    """

    oxide: str
    n: int
    r2: float
    rmse: float
    mae: float
    medae: float
    bias: float
    rpd: float
    slope: float
    intercept: float
    pearson_r: float
    concordance: float
    coverage_90: float
    n_sigma: int
    coverage_interval: Interval
    r2_interval: Interval
    rmse_interval: Interval
    mae_interval: Interval
    medae_interval: Interval
    bias_interval: Interval
    rpd_interval: Interval
    slope_interval: Interval
    intercept_interval: Interval
    concordance_interval: Interval
    n_places: int


def oxide_metrics(
    measured: Sequence[float],
    predicted: Sequence[float],
    sigma: Optional[Sequence[float]],
    oxide: str,
    seed: int = BOOTSTRAP_SEED,
    resamples: int = BOOTSTRAP_RESAMPLES,
    places: Optional[Sequence[str]] = None,
) -> OxideMetrics:
    """Metrics of one oxide.

    Parameters
    ----------
    measured, predicted : sequence of float, shape (n,), wt%
        Pairs in which either value is not finite are left out.
    sigma : sequence of float, shape (n,), wt%, or None
        Standard deviations of the residuals; NaN where there is none.
    oxide : str
        Name to carry along.
    seed : int
        Seed of the bootstrap.
    resamples : int
        Number of bootstrap resamples, at least 1.
    places : sequence of str, optional
        The place of each pair. Pairs at one place are not independent, so the bootstrap draws them
        together. By default each pair is a place of its own.

    Returns
    -------
    OxideMetrics

    Raises
    ------
    ValueError
        If the sequences differ in length or `resamples` is below 1.
    """
    m = np.asarray(measured, dtype=np.float64)
    p = np.asarray(predicted, dtype=np.float64)
    s = np.full(m.shape, np.nan) if sigma is None else np.asarray(sigma, dtype=np.float64)
    if not (m.ndim == 1 and m.shape == p.shape == s.shape):
        raise ValueError(f"{oxide}: measured {m.shape}, predicted {p.shape}, sigma {s.shape}")
    if resamples < 1:
        raise ValueError(f"{oxide}: {resamples} resamples")
    if places is not None and len(places) != m.size:
        raise ValueError(f"{oxide}: {m.size} pairs at {len(places)} places")
    usable = np.isfinite(m) & np.isfinite(p)
    keys = list(range(m.size)) if places is None else list(places)
    m, p, s = m[usable], p[usable], s[usable]
    at = _numbered([key for key, used in zip(keys, usable) if used])
    residual = p - m
    figures: Dict[str, Any] = {
        name: float(value[0]) for name, value in _figures(m, p, np.ones((1, m.size))).items()
    }
    between: Dict[str, Any] = {
        f"{name}_interval": interval
        for name, interval in _bootstrap(m, p, at, seed, resamples).items()
    }
    n_sigma = int(np.isfinite(s).sum())
    coverage = _coverage(residual, s)
    return OxideMetrics(
        oxide=oxide,
        n=int(m.size),
        **figures,
        pearson_r=_pearson(m, p),
        coverage_90=coverage,
        n_sigma=n_sigma,
        coverage_interval=_wilson(coverage, n_sigma),
        **between,
        n_places=int(at.max()) + 1 if m.size else 0,
    )


def check_metrics(
    pairs: Sequence[SitePrediction],
    seed: int = BOOTSTRAP_SEED,
    resamples: int = BOOTSTRAP_RESAMPLES,
) -> Tuple[OxideMetrics, ...]:
    """Metrics of each oxide that is predicted, in the order of `OXIDES`.

    The interval of a prediction is judged with the combined sigma of prediction and measurement.
    A site at which an oxide was not measured (NaN) is left out for that oxide only.

    Parameters
    ----------
    pairs : sequence of SitePrediction
    seed : int, optional
        Of the bootstrap.
    resamples : int, optional
        Number of bootstrap resamples, at least 1.

    Returns
    -------
    tuple of OxideMetrics
    """
    predicted = [(OXIDES.index(oxide), oxide.name) for oxide in predicted_oxides(pairs)]
    return tuple(
        oxide_metrics(
            [pair.site.oxides_wt[i] for pair in pairs],
            [pair.predicted_wt[i] for pair in pairs],
            [pair.combined_sigma_wt[i] for pair in pairs],
            name,
            seed,
            resamples,
            [pair.place or f"pair {number}" for number, pair in enumerate(pairs)],
        )
        for i, name in predicted
    )


def _numbered(keys: Sequence[object]) -> npt.NDArray[np.int64]:
    """Number the keys from 0 in the order of first appearance; equal keys get equal numbers."""
    numbers = {key: number for number, key in enumerate(dict.fromkeys(keys))}
    return np.array([numbers[key] for key in keys], dtype=np.int64)


#: What `_figures` gives; each has a bootstrap interval.
_NAMES = (
    "r2", "rmse", "mae", "medae", "bias", "rpd", "slope", "intercept", "concordance",
)  # fmt: skip


def _figures(m: _Floats, p: _Floats, weights: _Floats) -> Dict[str, _Floats]:
    """The figures of `_NAMES` for each row of weights (whole numbers), shape (rows, n)."""
    rows = weights.shape[0]
    if m.size == 0:
        return dict.fromkeys(_NAMES, np.full(rows, np.nan))
    n = weights.sum(axis=1)
    residual = p - m
    sse = weights @ np.square(residual)
    bias = weights @ residual / n
    mean = weights @ m / n
    deviation = m - mean[:, None]
    sst = (weights * np.square(deviation)).sum(axis=1)
    # Equal values leave a rounding error in SST, so the values themselves are compared.
    drawn = weights > 0.0
    varies = np.where(drawn, m, -np.inf).max(axis=1) > np.where(drawn, m, np.inf).min(axis=1)
    varies &= sst > 0.0
    nan = np.full(rows, np.nan)
    r2 = 1.0 - np.divide(sse, sst, out=nan.copy(), where=varies)
    other = p - (weights @ p / n)[:, None]
    shared = (weights * deviation * other).sum(axis=1)
    spread = (sst + (weights * np.square(other)).sum(axis=1)) / n + np.square(bias)
    # Concordance is undefined for a single value, and for equal values that agree.
    defined = (spread > 0.0) & (drawn.sum(axis=1) > 1) & (varies | (sse > 0.0))
    slope = np.divide(shared, sst, out=nan.copy(), where=varies)
    rmse = np.sqrt(sse / n)
    # Variance over n - 1; n is at least 2 where the values vary.
    deviations = np.sqrt(sst / np.maximum(n - 1.0, 1.0))
    return {
        "r2": r2,
        "rmse": rmse,
        "mae": weights @ np.abs(residual) / n,
        "medae": _weighted_median(np.abs(residual), weights),
        "bias": bias,
        "rpd": np.divide(deviations, rmse, out=nan.copy(), where=varies & (rmse > 0.0)),
        "slope": slope,
        "intercept": mean + bias - slope * mean,
        "concordance": np.divide(2.0 * shared / n, spread, out=nan.copy(), where=defined),
    }


def _weighted_median(values: _Floats, weights: _Floats) -> _Floats:
    """Median of values that occur `weights` times (whole numbers), for each row of weights."""
    order = np.argsort(values, kind="stable")
    ordered, reached = values[order], np.cumsum(weights[:, order], axis=1)
    half = reached[:, -1:] / 2.0
    low = np.argmax(reached >= half, axis=1)
    high = np.argmax(reached > half, axis=1)
    median: _Floats = (ordered[low] + ordered[high]) / 2.0
    return median


def _bootstrap(
    m: _Floats, p: _Floats, at: npt.NDArray[np.int64], seed: int, resamples: int
) -> Dict[str, Interval]:
    places = int(at.max()) + 1 if at.size else 0
    if places < 2:
        return dict.fromkeys(_NAMES, Interval(math.nan, math.nan))
    rng = np.random.default_rng(seed)
    rows = max(1, _BLOCK_VALUES // m.size)
    blocks = []
    for start in range(0, resamples, rows):
        count = min(rows, resamples - start)
        drawn = rng.integers(0, places, size=(count, places))
        times = np.zeros((count, places))
        np.add.at(times, (np.arange(count)[:, None], drawn), 1.0)
        figures = _figures(m, p, times[:, at])
        blocks.append(np.stack([figures[name] for name in _NAMES]))
    whole = np.concatenate(blocks, axis=1)
    return {name: _interval(values) for name, values in zip(_NAMES, whole)}


def _interval(values: _Floats) -> Interval:
    finite = values[np.isfinite(values)]
    if finite.size == 0:
        return Interval(math.nan, math.nan)
    low, high = np.percentile(finite, _INTERVAL_PERCENT)
    return Interval(float(low), float(high))


def _pearson(m: _Floats, p: _Floats) -> float:
    if m.size < 2 or m.max() == m.min() or p.max() == p.min():
        return math.nan
    dm, dp = m - m.mean(), p - p.mean()
    norm = math.sqrt(float((dm * dm).sum())) * math.sqrt(float((dp * dp).sum()))
    if norm == 0.0:
        return math.nan
    return min(1.0, max(-1.0, float((dm * dp).sum()) / norm))


def _coverage(residual: _Floats, sigma: _Floats) -> float:
    known = np.isfinite(sigma)
    if not known.any():
        return math.nan
    return float((np.abs(residual[known]) <= Z90 * sigma[known]).mean())


def _wilson(share: float, n: int) -> Interval:
    """Wilson's score interval of a share out of n, 90 %."""
    if n == 0:
        return Interval(math.nan, math.nan)
    z2 = Z90 * Z90
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = Z90 / (1 + z2 / n) * math.sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    return Interval(max(0.0, middle - half), min(1.0, middle + half))
