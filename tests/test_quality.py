"""Quality flags at their thresholds."""

from __future__ import annotations

import numpy as np
import pytest

from lunar_oxide_plugin.core.chemistry.layout import FULL, PredictionLayout
from lunar_oxide_plugin.core.chemistry.oxides import FEO, OXIDES, SIO2
from lunar_oxide_plugin.core.rasters.quality import (
    FLAGS,
    IMPLAUSIBLE_SUM,
    OUTSIDE_DOMAIN,
    OUTSIDE_RANGE,
    describe,
    flag_predictions,
)
from lunar_oxide_plugin.core.rasters.spectra import Prediction

MIN = np.array([0.0, 1.0, 2.0, 3.0, 4.0, 30.0], dtype=np.float32)
MAX = np.array([20.0, 30.0, 40.0, 35.0, 25.0, 60.0], dtype=np.float32)
ORDINARY = (3.0, 15.0, 14.0, 10.0, 11.0, 45.0)  # adds up to 98


def flags(oxides, distance=0.5):
    column = np.array(oxides, dtype=np.float32)[:, None]
    return int(judged(column, np.array([distance], dtype=np.float32))[0])


def judged(oxides, distance, layout=FULL):
    prediction = Prediction(oxides, np.full_like(oxides, np.nan), distance)
    rows = [OXIDES.index(oxide) for oxide in layout.oxides]
    return flag_predictions(prediction, layout, MIN[rows], MAX[rows])


def test_an_ordinary_soil_is_good():
    assert flags(ORDINARY) == 0
    assert describe(0) == []


@pytest.mark.parametrize(
    ("distance", "flagged"),
    [(0.0, False), (1.0, False), (np.nextafter(np.float32(1), np.float32(2)), True), (9.0, True)],
)
def test_the_domain_ends_above_one(distance, flagged):
    assert flags(ORDINARY, distance) == (OUTSIDE_DOMAIN.bit if flagged else 0)


def test_an_unknown_domain_is_not_outside():
    assert flags(ORDINARY, np.nan) == 0


@pytest.mark.parametrize("place", range(6))
@pytest.mark.parametrize(("limits", "side"), [(MIN, -1.0), (MAX, 1.0)])
def test_the_range_includes_its_ends(place, limits, side):
    for value, outside in ((limits[place], False), (limits[place] + side * 0.01, True)):
        oxides = list(ORDINARY)
        oxides[place] = value
        assert bool(flags(oxides) & OUTSIDE_RANGE.bit) == outside


@pytest.mark.parametrize(
    ("total", "flagged"), [(93.9, True), (94.0, False), (102.0, False), (102.1, True)]
)
def test_sums_from_94_to_102_are_plausible(total, flagged):
    oxides = [*ORDINARY[:5], total - sum(ORDINARY[:5])]
    assert flags(oxides) == (IMPLAUSIBLE_SUM.bit if flagged else 0)


def test_every_bit_has_its_word_and_they_add_up():
    assert [flag.bit for flag in FLAGS] == [1, 2, 4, 8, 16, 32]
    for flag in FLAGS:
        assert describe(flag.bit) == [flag.label]
    assert describe(2 | 16) == ["shadow", "outside physical range"]
    assert describe(64) == []


def test_each_pixel_gets_its_own_flags():
    oxides = np.array([ORDINARY, (3.0, 15.0, 14.0, 10.0, 11.0, 59.0), ORDINARY], dtype="f4").T
    distance = np.array([0.1, 0.2, 3.0], dtype="f4")
    assert judged(oxides, distance).tolist() == [0, 32, 8]


def test_the_sum_is_judged_only_where_all_six_are_given():
    layout = PredictionLayout((FEO, SIO2), has_sigma=False, has_domain=True)
    oxides = np.array([(15.0, 45.0), (15.0, 61.0)], dtype="f4").T
    assert judged(oxides, np.zeros(2, dtype="f4"), layout).tolist() == [0, OUTSIDE_RANGE.bit]
