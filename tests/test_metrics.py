"""Metrics against values worked out by hand or by an independent formula."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lunar_oxide_plugin.core.check.metrics import (
    _weighted_median,
    check_metrics,
    oxide_metrics,
)
from lunar_oxide_plugin.core.check.site_check import SitePrediction
from lunar_oxide_plugin.core.chemistry.oxides import OXIDE_NAMES
from lunar_oxide_plugin.core.sites.sample_sites import SampleSite
from lunar_oxide_plugin.core.sites.training_stations import Seen

NAN = math.nan
WT = st.floats(0.0, 100.0, allow_nan=False).map(lambda value: round(value, 3))


def pair(measured, predicted, sigma=(NAN,) * 6, station="S1"):
    site = SampleSite(station, station, "Test", 1.0, 2.0, 15.0, tuple(measured))
    return SitePrediction(site, tuple(predicted), tuple(sigma), 0.5, 0, 9, Seen.SEEN)


def test_figures_by_hand():
    # residuals 1, -1, 2, 0; measured mean 4, SST = 9 + 1 + 1 + 9 = 20, SSE = 6
    m = oxide_metrics([1, 3, 5, 7], [2, 2, 7, 7], [1.0, 0.5, 1.3, 0.1], "FeO", 1)
    assert (m.oxide, m.n) == ("FeO", 4)
    assert m.r2 == pytest.approx(1 - 6 / 20)
    assert m.rmse == pytest.approx(math.sqrt(6 / 4))
    assert m.mae == pytest.approx(1.0)
    assert m.bias == pytest.approx(0.5)
    assert m.medae == pytest.approx(1.0)
    assert m.rpd == pytest.approx(math.sqrt(20 / 3) / math.sqrt(6 / 4))
    assert (m.slope, m.intercept) == pytest.approx((20 / 20, 4.5 - 4.0))
    # dm = -3 -1 1 3, dp = -2.5 -2.5 2.5 2.5: sum(dm dp) = 20, sum(dp^2) = 25
    assert m.pearson_r == pytest.approx(20 / math.sqrt(20 * 25))
    assert m.concordance == pytest.approx(2 * 5 / (5 + 6.25 + 0.25))
    # half widths 1.645, 0.822, 2.138, 0.164 against |residual| 1, 1, 2, 0
    assert m.coverage_90 == pytest.approx(3 / 4)


def test_r2_is_not_symmetric():
    measured, predicted = [1.0, 2.0, 4.0, 9.0], [2.0, 2.5, 3.0, 5.0]
    forth = oxide_metrics(measured, predicted, None, "TiO2", 1)
    back = oxide_metrics(predicted, measured, None, "TiO2", 1)
    assert forth.r2 == pytest.approx(1 - 18.25 / 38.0)
    assert back.r2 == pytest.approx(1 - 18.25 / 5.1875)
    assert forth.bias == -back.bias == pytest.approx(-0.875)


@pytest.mark.parametrize(
    ("measured", "predicted", "n"),
    [([], [], 0), ([3.0], [4.0], 1), ([0.1] * 3, [0.1, 0.2, 0.3], 3), ([NAN, 2.0], [1.0, 2.5], 1)],
)
def test_figures_that_do_not_exist_are_nan(measured, predicted, n):
    m = oxide_metrics(measured, predicted, None, "MgO", 1)
    assert m.n == n
    assert math.isnan(m.r2)
    assert math.isnan(m.r2_interval.low)
    assert math.isnan(m.rpd)
    assert math.isnan(m.slope)
    assert math.isnan(m.intercept_interval.high)
    assert math.isnan(m.medae) == (n == 0)
    assert math.isnan(m.pearson_r)
    assert math.isnan(m.coverage_90)
    assert math.isnan(m.rmse) == (n == 0)


def test_a_line_and_rpd_of_asymmetric_values():
    measured, predicted = np.array([1.0, 2.0, 4.0, 9.0]), np.array([2.0, 2.5, 3.0, 5.0])
    m = oxide_metrics(measured, predicted, None, "TiO2", 1)
    slope, intercept = np.polyfit(measured, predicted, 1)
    assert (m.slope, m.intercept) == pytest.approx((slope, intercept))
    assert m.rpd == pytest.approx(measured.std(ddof=1) / m.rmse)
    assert m.medae == pytest.approx(1.0)  # of 1, 0.5, 1, 4
    perfect = oxide_metrics(measured, measured, None, "TiO2", 1)
    assert (perfect.slope, perfect.rmse) == pytest.approx((1.0, 0.0))
    assert math.isnan(perfect.rpd)


@settings(max_examples=30)
@given(st.lists(st.tuples(WT, st.integers(0, 4)), min_size=1, max_size=12))
def test_a_weighted_median_is_that_of_the_repeated_values(drawn):
    values, weights = (np.array(column, float) for column in zip(*drawn))
    assume(weights.sum() > 0)
    repeated = np.repeat(values, weights.astype(int))
    found = _weighted_median(values, np.stack([weights, np.ones_like(weights)]))
    assert found == pytest.approx([np.median(repeated), np.median(values)])


def test_lengths_must_agree():
    with pytest.raises(ValueError, match="CaO"):
        oxide_metrics([1, 2], [1, 2, 3], None, "CaO", 1)


def test_sites_without_sigma_are_left_out_of_coverage_only():
    m = oxide_metrics([1, 2, 3], [1, 2, 9], [0.1, NAN, 0.1], "SiO2", 1)
    assert m.n == 3
    assert m.coverage_90 == 0.5


def test_bootstrap_agrees_with_a_plain_loop_over_the_same_draws():
    measured = np.array([1.0, 2.0, 4.0, 7.0, 11.0, 16.0])
    predicted = np.array([1.5, 1.0, 5.0, 6.5, 13.0, 15.0])
    m = oxide_metrics(measured, predicted, None, "FeO", seed=5, resamples=300)
    draws = np.random.default_rng(5).integers(0, 6, size=(300, 6))
    r2, rmse, bias = [], [], []
    for draw in draws:
        mm, residual = measured[draw], predicted[draw] - measured[draw]
        rmse.append(math.sqrt(np.mean(residual**2)))
        bias.append(np.mean(residual))
        if len(set(mm)) > 1:
            r2.append(1 - np.sum(residual**2) / np.sum((mm - mm.mean()) ** 2))
    for interval, values in (
        (m.r2_interval, r2),
        (m.rmse_interval, rmse),
        (m.bias_interval, bias),
    ):
        assert (interval.low, interval.high) == pytest.approx(np.percentile(values, [5, 95]))


def test_bootstrap_interval_of_the_bias_has_the_width_that_theory_gives():
    rng = np.random.default_rng(3)
    measured = rng.uniform(5, 20, 400)
    m = oxide_metrics(measured, measured + rng.normal(0.4, 1.0, 400), None, "FeO", seed=1)
    assert m.bias_interval.high - m.bias_interval.low == pytest.approx(2 * 1.645 / 20, rel=0.12)
    assert m.bias_interval.low < 0.4 < m.bias_interval.high


def test_seed_fixes_the_intervals():
    args = ([1, 2, 4, 8, 9], [1, 3, 4, 7, 11], None, "FeO")
    first, again, other = (oxide_metrics(*args, seed).rmse_interval for seed in (1, 1, 2))
    assert first == again != other


@given(st.lists(WT, min_size=2, max_size=20))
@settings(max_examples=60, deadline=None)
def test_perfect_prediction(values):
    assume(max(values) - min(values) > 0.01)
    m = oxide_metrics(values, values, [0.1] * len(values), "FeO", 1, resamples=20)
    assert (m.rmse, m.mae, m.bias, m.r2, m.coverage_90) == (0.0, 0.0, 0.0, 1.0, 1.0)
    assert m.concordance == pytest.approx(1.0, abs=1e-12)
    assert m.pearson_r == pytest.approx(1.0, abs=1e-12)


@given(st.lists(WT, min_size=2, max_size=20), st.floats(-10, 10))
@settings(max_examples=60, deadline=None)
def test_a_shift_is_bias_and_lowers_concordance_but_not_correlation(values, shift):
    assume(max(values) - min(values) > 0.1 and abs(shift) > 0.01)
    m = oxide_metrics(values, [v + shift for v in values], None, "FeO", 1, resamples=20)
    assert m.bias == pytest.approx(shift, abs=1e-9)
    assert m.rmse == pytest.approx(abs(shift), abs=1e-9)
    assert m.pearson_r == pytest.approx(1.0, abs=1e-6)
    variance = float(np.var(values))
    assert m.concordance == pytest.approx(2 * variance / (2 * variance + shift**2), rel=1e-6)


@given(st.lists(st.tuples(WT, WT), min_size=1, max_size=20))
@settings(max_examples=60, deadline=None)
def test_rmse_holds_bias_and_mae(values):
    m = oxide_metrics(*zip(*values), None, "FeO", 1, resamples=20)
    assert abs(m.bias) <= m.mae + 1e-9 <= m.rmse + 2e-9
    assert m.rmse_interval.low <= m.rmse_interval.high or m.n == 1


def test_each_oxide_gets_its_own_values():
    pairs = [
        pair((1, 11, 21, 31, 41, 51), (1.1, 11.2, 21.3, 31.4, 41.5, 51.6)),
        pair((2, 14, 26, 38, 40, 42), (2.1, 14.2, 26.3, 38.4, 40.5, 42.6)),
    ]
    metrics = check_metrics(pairs)
    assert tuple(m.oxide for m in metrics) == OXIDE_NAMES
    assert [m.bias for m in metrics] == pytest.approx([0.1, 0.2, 0.3, 0.4, 0.5, 0.6])


def test_swapped_oxides_show():
    rows = [(1, 11, 21, 31, 41, 51), (2, 14, 26, 38, 40, 42), (4, 9, 29, 33, 45, 47)]
    swapped = [pair(row, (row[1], row[0], *row[2:])) for row in rows]
    by_name = {m.oxide: m for m in check_metrics(swapped)}
    assert by_name["TiO2"].bias == pytest.approx(9.0)
    assert by_name["FeO"].bias == pytest.approx(-9.0)
    assert by_name["Al2O3"].rmse == 0.0


def test_missing_measurement_leaves_out_one_oxide_of_one_site():
    pairs = [
        pair((1, NAN, 21, 31, 41, 51), (2, 11, 21, 31, 41, 51)),
        pair((2, 14, 26, 38, 40, 42), (4, 17, 26, 38, 40, 42)),
    ]
    metrics = {m.oxide: m for m in check_metrics(pairs)}
    assert (metrics["TiO2"].n, metrics["TiO2"].bias) == (2, 1.5)
    assert (metrics["FeO"].n, metrics["FeO"].bias) == (1, 3.0)
