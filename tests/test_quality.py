"""Quality flags at their thresholds."""

from __future__ import annotations

import numpy as np
import pytest

from lunar_oxide_plugin.core.chemistry.layout import FULL, PredictionLayout, SigmaKind
from lunar_oxide_plugin.core.chemistry.new_place import NewPlaceSkill
from lunar_oxide_plugin.core.chemistry.oxides import FEO, OXIDES, SIO2, Z90
from lunar_oxide_plugin.core.rasters.quality import (
    FAULTS,
    FLAGS,
    IMPLAUSIBLE_SUM,
    OUTSIDE_DOMAIN,
    OUTSIDE_RANGE,
    WIDE_INTERVAL,
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


def judged(oxides, distance, layout=FULL, sigma=None, new_place={}):  # noqa: B006 - not changed
    sigma = np.full_like(oxides, np.nan) if sigma is None else sigma
    prediction = Prediction(oxides, sigma, distance)
    rows = [OXIDES.index(oxide) for oxide in layout.oxides]
    return flag_predictions(prediction, layout, MIN[rows], MAX[rows], new_place)


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
    assert [flag.bit for flag in FLAGS] == [1, 2, 4, 8, 16, 32, 64]
    for flag in FLAGS:
        assert describe(flag.bit) == [flag.label]
    assert describe(2 | 16) == ["shadow", "outside physical range"]
    assert describe(128) == []


def test_each_pixel_gets_its_own_flags():
    oxides = np.array([ORDINARY, (3.0, 15.0, 14.0, 10.0, 11.0, 59.0), ORDINARY], dtype="f4").T
    distance = np.array([0.1, 0.2, 3.0], dtype="f4")
    assert judged(oxides, distance).tolist() == [0, 32, 8]


#: TiO2 normally tells something (half range 5.2 wt%), SiO2 does not.
SKILLS = {"FeO": NewPlaceSkill(2.0, 5.2, False), "SiO2": NewPlaceSkill(4.0, 2.9, True)}


@pytest.mark.parametrize(
    ("kind", "feo", "sio2", "flagged"),
    [
        (SigmaKind.NEW_PLACE, 5.1 / Z90, 0.1, False),
        (SigmaKind.NEW_PLACE, 5.3 / Z90, 0.1, True),
        (SigmaKind.NEW_PLACE, 1.0, 9.0, False),
        (SigmaKind.NEW_PLACE, np.nan, 1.0, True),
        (SigmaKind.NEAR_SAMPLES, 9.0, 9.0, False),
    ],
)
def test_an_interval_wider_than_the_soils_is_flagged(kind, feo, sio2, flagged):
    layout = PredictionLayout((FEO, SIO2), (kind,), has_domain=True)
    oxides = np.array([(15.0, 45.0), (15.0, 45.0)], dtype="f4").T
    sigma = np.array([(0.5, 0.5), (feo, sio2)], dtype="f4").T
    found = judged(oxides, np.zeros(2, dtype="f4"), layout, sigma, SKILLS)
    assert found.tolist() == [0, 64 if flagged else 0]
    assert judged(oxides, np.zeros(2, dtype="f4"), layout, sigma).tolist() == [0, 0]


def test_the_sum_is_judged_only_where_all_six_are_given():
    layout = PredictionLayout((FEO, SIO2), (), has_domain=True)
    oxides = np.array([(15.0, 45.0), (15.0, 61.0)], dtype="f4").T
    assert judged(oxides, np.zeros(2, dtype="f4"), layout).tolist() == [0, OUTSIDE_RANGE.bit]


def test_a_wide_interval_makes_no_pixel_doubtful():
    from lunar_oxide_plugin.core.rasters.flag_mask import _table

    assert all(FAULTS & flag.bit for flag in FLAGS if flag is not WIDE_INTERVAL)
    assert not FAULTS & WIDE_INTERVAL.bit
    points = [tuple(map(int, step.split(":"))) for step in _table(1.0, 0.0).split(",")]
    opacity = np.interp(range(256), *zip(*points))
    np.testing.assert_array_equal(opacity, [0 if v & FAULTS else 255 for v in range(256)])
