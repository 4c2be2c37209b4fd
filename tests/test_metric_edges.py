"""Special cases of metrics: one resample, equal values, places drawn together, exact bounds."""

from __future__ import annotations

import math

import numpy as np
import pytest

import lunar_oxide_plugin.core.check.metrics as metrics_module
from lunar_oxide_plugin.core.check.metrics import check_metrics, oxide_metrics
from lunar_oxide_plugin.core.check.site_check import SitePrediction
from lunar_oxide_plugin.core.chemistry.oxides import Z90
from lunar_oxide_plugin.core.sites.sample_sites import SampleSite
from lunar_oxide_plugin.core.sites.training_stations import Seen


def plain_figures(m, p, distinct=2):
    """R2, RMSE, MAE, bias and Lin's concordance of one sample, from the definitions.

    A sample that repeats one pair (`distinct` 1) has no concordance.
    """
    residual = p - m
    sse, sst = float((residual**2).sum()), float(((m - m.mean()) ** 2).sum())
    varies = m.max() > m.min()
    r2 = 1 - sse / sst if varies else math.nan
    shared = float(((m - m.mean()) * (p - p.mean())).mean())
    spread = float(m.var() + p.var() + residual.mean() ** 2)
    defined = distinct > 1 and (varies or sse > 0) and spread > 0
    concordance = 2 * shared / spread if defined else math.nan
    return r2, math.sqrt(sse / len(m)), np.abs(residual).mean(), residual.mean(), concordance


def intervals(metrics):
    found = (
        metrics.r2_interval,
        metrics.rmse_interval,
        metrics.mae_interval,
        metrics.bias_interval,
        metrics.concordance_interval,
    )
    return [(interval.low, interval.high) for interval in found]


def looped(m, p, places, seed, resamples, rows):
    """Bootstrap by a plain loop over the same draws, block by block."""
    keys = list(dict.fromkeys(places))
    members = [[i for i, place in enumerate(places) if place == key] for key in keys]
    rng = np.random.default_rng(seed)
    figures = []
    for start in range(0, resamples, rows):
        count = min(rows, resamples - start)
        for draw in rng.integers(0, len(keys), size=(count, len(keys))):
            taken = [i for number in draw for i in members[number]]
            figures.append(plain_figures(m[taken], p[taken], len(set(taken))))
    columns = np.array(figures).T
    return [tuple(np.nanpercentile(column, [5, 95])) for column in columns]


@pytest.mark.parametrize("rows", [1, 7, 1000])
@pytest.mark.parametrize("places", [list("abcdef"), list("aabbcd"), list("aaaaab")])
def test_bootstrap_draws_places_whatever_the_blocks(monkeypatch, rows, places):
    m = np.array([1.0, 1.0, 4.0, 7.0, 7.0, 16.0])
    p = np.array([1.5, 1.0, 5.0, 6.5, 7.0, 15.0])
    monkeypatch.setattr(metrics_module, "_BLOCK_VALUES", 6 * rows)
    result = oxide_metrics(m, p, None, "FeO", 5, 100, places)
    for found, expected in zip(intervals(result), looped(m, p, places, 5, 100, rows)):
        assert found == pytest.approx(expected)
    assert result.n_places == len(set(places))


def test_draws_of_equal_values_say_nothing_of_r2_and_agreement_is_no_concordance():
    m, p = np.array([2.0, 2.0, 9.0]), np.array([2.0, 2.0, 9.5])
    result = oxide_metrics(m, p, None, "FeO", 3, 200)
    for found, expected in zip(intervals(result), looped(m, p, "abc", 3, 200, 200)):
        assert found == pytest.approx(expected)


def test_tiny_spreads_are_spreads():
    m = np.array([1.0, 1.0 + 1e-7, 1.0 + 3e-7])
    p = m + np.array([1e-8, -1e-8, 2e-8])
    result = oxide_metrics(m, p, None, "FeO", 3, 50)
    r2, _, _, _, concordance = plain_figures(m, p)
    assert result.r2 == pytest.approx(r2, abs=1e-6)
    assert result.concordance == pytest.approx(concordance, abs=1e-6)


def test_a_spread_below_what_doubles_can_square_gives_no_r2():
    assert math.isnan(oxide_metrics([0.0, 1e-170], [0.0, 1.0], None, "FeO", 1).r2)


def test_constant_measurements_off_the_prediction_have_zero_concordance():
    result = oxide_metrics([3.0, 3.0, 3.0], [4.0, 5.0, 3.0], None, "FeO", 1)
    assert math.isnan(result.r2)
    assert result.concordance == pytest.approx(0.0, abs=1e-12)


def test_constants_that_agree_have_no_concordance():
    assert math.isnan(oxide_metrics([3.0] * 3, [3.0] * 3, None, "FeO", 1).concordance)
    assert math.isnan(oxide_metrics([3.0], [4.0], None, "FeO", 1).concordance)


@pytest.mark.parametrize(
    ("m", "p"),
    [
        ([1.0, 2.0, 3.0], [5.0, 5.0, 5.0]),
        ([5.0, 5.0, 5.0], [1.0, 2.0, 3.0]),
        ([1.0], [2.0]),
        ([0.0, 1e-170], [0.0, 1e-170]),
    ],
)
def test_no_correlation_without_spread(m, p):
    assert math.isnan(oxide_metrics(m, p, None, "FeO", 1).pearson_r)


def test_correlation_stays_within_one():
    # These round to 1.0000000000000002.
    m, p = [16.27, 18.26, 12.13], [37.421, 41.998, 27.899]
    assert oxide_metrics(m, p, None, "FeO", 1).pearson_r == 1.0
    assert oxide_metrics(m, [-value for value in p], None, "FeO", 1).pearson_r == -1.0
    weak = oxide_metrics([1.0, 2.0, 3.0], [1.0, 5.0, 2.0], None, "FeO", 1)
    assert weak.pearson_r == pytest.approx(np.corrcoef([1, 2, 3], [1, 5, 2])[0, 1])


def test_a_measurement_on_the_edge_of_the_interval_is_inside():
    assert oxide_metrics([0.0], [Z90], [1.0], "FeO", 1).coverage_90 == 1.0
    assert oxide_metrics([0.0], [np.nextafter(Z90, 2)], [1.0], "FeO", 1).coverage_90 == 0.0


@pytest.mark.parametrize(("inside", "n"), [(0, 5), (5, 5), (3, 10), (9, 10), (1, 1), (50, 56)])
def test_interval_of_the_coverage_is_wilsons(inside, n):
    predicted = [0.0] * inside + [9.0] * (n - inside)
    result = oxide_metrics([0.0] * n, predicted, [1.0] * n, "FeO", 1)
    assert result.n_sigma == n
    share = inside / n
    low, high = result.coverage_interval.low, result.coverage_interval.high
    # Both ends solve (share - p)^2 = z^2 p (1 - p) / n: Wilson 1927, JASA 22, 209.
    for end in (low, high):
        assert (share - end) ** 2 == pytest.approx(Z90**2 * end * (1 - end) / n, abs=1e-12)
    assert 0.0 <= low <= share + 1e-12
    assert share - 1e-12 <= high <= 1.0
    assert low < high
    if inside == 0:
        assert low == pytest.approx(0.0, abs=1e-15)
    if inside == n:
        assert high == pytest.approx(1.0)


def test_no_sigma_no_interval():
    result = oxide_metrics([1.0, 2.0], [1.0, 2.0], None, "FeO", 1)
    assert result.n_sigma == 0
    assert math.isnan(result.coverage_interval.low)
    assert math.isnan(result.coverage_interval.high)


def test_resamples_and_lengths():
    assert oxide_metrics([1.0, 2.0], [1.0, 3.0], None, "FeO", 1, resamples=1).n == 2
    with pytest.raises(ValueError, match="FeO: 0 resamples"):
        oxide_metrics([1.0, 2.0], [1.0, 3.0], None, "FeO", 1, resamples=0)
    with pytest.raises(ValueError, match="2 pairs at 1 places"):
        oxide_metrics([1.0, 2.0], [1.0, 3.0], None, "FeO", 1, places=["a"])
    with pytest.raises(ValueError, match="measured"):
        oxide_metrics([[1.0]], [[1.0]], None, "FeO", 1)


def pair(measured, predicted, place):
    site = SampleSite("S", "S", "Test", 1.0, 2.0, 15.0, tuple(measured))
    return SitePrediction(site, tuple(predicted), (1.0,) * 6, 0.5, 0, 9, Seen.SEEN, place=place)


def test_pairs_at_one_place_count_as_one_place_and_others_each_for_itself():
    rows = [((1, 2, 3, 4, 5, 6), (2, 2, 3, 4, 5, 6)), ((2, 3, 4, 5, 6, 7), (2, 2, 3, 4, 5, 6))]
    for places, count in ((("a", "a"), 1), (("a", "b"), 2), (("", ""), 2)):
        pairs = [pair(*row, place) for row, place in zip(rows, places)]
        assert {metrics.n_places for metrics in check_metrics(pairs, resamples=5)} == {count}
    assert oxide_metrics([], [], None, "FeO", 1).n_places == 0
    assert oxide_metrics([math.nan, 1.0], [1.0, 1.0], None, "FeO", 1, 5, ["a", "b"]).n_places == 1
