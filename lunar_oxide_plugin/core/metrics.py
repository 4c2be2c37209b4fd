"""How well predictions agree with measurements, per oxide, with bootstrap intervals."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Optional, Sequence, Tuple

import numpy as np
import numpy.typing as npt

from .check import SitePrediction
from .oxides import OXIDE_NAMES, Z90

#: Resamples of the bootstrap; the 5 % and 95 % points are stable to about 2 % of the interval.
BOOTSTRAP_RESAMPLES = 2000

#: Fixed so that the same check gives the same report.
BOOTSTRAP_SEED = 20240625

#: With fewer pairs a bootstrap interval says little: too few different resamples exist.
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

    A figure that the pairs cannot give is NaN, never zero.

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
    pearson_r : float
        Linear correlation; NaN where either side has no variance.
    concordance : float
        Lin's concordance correlation coefficient [1]_, with moments over n; NaN for fewer than
        two pairs or where neither side varies and both agree.
    coverage_90 : float
        Share of pairs within predicted +- 1.645 sigma, of those with a sigma; NaN without any.
    r2_interval, rmse_interval, bias_interval : Interval
        Percentile bootstrap [2]_ over pairs, 90 %; NaN for fewer than two pairs. Resamples
        whose measured values do not vary have no R2 and are left out of its interval.

    References
    ----------
    .. [1] Lin (1989), Biometrics 45, 255-268, doi:10.2307/2532051.
    .. [2] Efron & Tibshirani (1993), An Introduction to the Bootstrap, chapter 13.
    """

    oxide: str
    n: int
    r2: float
    rmse: float
    mae: float
    bias: float
    pearson_r: float
    concordance: float
    coverage_90: float
    r2_interval: Interval
    rmse_interval: Interval
    bias_interval: Interval


def oxide_metrics(
    measured: Sequence[float],
    predicted: Sequence[float],
    sigma: Optional[Sequence[float]],
    oxide: str,
    seed: int = BOOTSTRAP_SEED,
    resamples: int = BOOTSTRAP_RESAMPLES,
) -> OxideMetrics:
    """Metrics of one oxide.

    Parameters
    ----------
    measured, predicted : sequence of float, shape (n,), wt%
        Pairs in which either value is not finite are left out.
    sigma : sequence of float, shape (n,), wt%, or None
        Predicted standard deviations; NaN where there is none.
    oxide : str
        Name to carry along.
    seed : int
        Seed of the bootstrap.
    resamples : int
        Number of bootstrap resamples, at least 1.

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
    usable = np.isfinite(m) & np.isfinite(p)
    m, p, s = m[usable], p[usable], s[usable]
    residual = p - m
    r2, rmse, bias = (float(value[0]) for value in _figures(m[None], p[None]))
    r2_interval, rmse_interval, bias_interval = _bootstrap(m, p, seed, resamples)
    return OxideMetrics(
        oxide=oxide,
        n=int(m.size),
        r2=r2,
        rmse=rmse,
        mae=float(np.abs(residual).mean()) if m.size else math.nan,
        bias=bias,
        pearson_r=_pearson(m, p),
        concordance=_concordance(m, p),
        coverage_90=_coverage(residual, s),
        r2_interval=r2_interval,
        rmse_interval=rmse_interval,
        bias_interval=bias_interval,
    )


def check_metrics(
    pairs: Sequence[SitePrediction],
    seed: int = BOOTSTRAP_SEED,
    resamples: int = BOOTSTRAP_RESAMPLES,
) -> Tuple[OxideMetrics, ...]:
    """Metrics of all six oxides, in the order of `OXIDES`.

    A site at which an oxide was not measured (NaN) is left out for that oxide only.
    """
    return tuple(
        oxide_metrics(
            [pair.site.oxides_wt[i] for pair in pairs],
            [pair.predicted_wt[i] for pair in pairs],
            [pair.sigma_wt[i] for pair in pairs],
            name,
            seed,
            resamples,
        )
        for i, name in enumerate(OXIDE_NAMES)
    )


def _figures(m: _Floats, p: _Floats) -> Tuple[_Floats, _Floats, _Floats]:
    """R2, RMSE and bias of each row; `m` and `p` have shape (rows, n)."""
    rows, n = m.shape
    nan = np.full(rows, np.nan)
    if n == 0:
        return nan, nan, nan
    residual = p - m
    sse = np.square(residual).sum(axis=1)
    sst = np.square(m - m.mean(axis=1, keepdims=True)).sum(axis=1)
    # Equal values leave a rounding error in SST: look at the values themselves.
    varies = m.max(axis=1) > m.min(axis=1)
    r2 = nan.copy()
    np.divide(sse, sst, out=r2, where=varies & (sst > 0.0))
    return 1.0 - r2, np.sqrt(sse / n), residual.mean(axis=1)


def _bootstrap(
    m: _Floats, p: _Floats, seed: int, resamples: int
) -> Tuple[Interval, Interval, Interval]:
    if m.size < 2:
        nothing = Interval(math.nan, math.nan)
        return nothing, nothing, nothing
    rng = np.random.default_rng(seed)
    rows = max(1, _BLOCK_VALUES // m.size)
    blocks = []
    for start in range(0, resamples, rows):
        drawn = rng.integers(0, m.size, size=(min(rows, resamples - start), m.size))
        blocks.append(np.stack(_figures(m[drawn], p[drawn])))
    r2, rmse, bias = np.concatenate(blocks, axis=1)
    return _interval(r2), _interval(rmse), _interval(bias)


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


def _concordance(m: _Floats, p: _Floats) -> float:
    if m.size < 2:
        return math.nan
    dm, dp = m - m.mean(), p - p.mean()
    shift = float(p.mean() - m.mean())
    spread = float((dm * dm).mean() + (dp * dp).mean()) + shift * shift
    if spread == 0.0 or (m.max() == m.min() and (p == m).all()):
        return math.nan
    return 2.0 * float((dm * dp).mean()) / spread


def _coverage(residual: _Floats, sigma: _Floats) -> float:
    known = np.isfinite(sigma)
    if not known.any():
        return math.nan
    return float((np.abs(residual[known]) <= Z90 * sigma[known]).mean())
