"""Impossible lunar reflectance is refused with the likely cause; possible one is accepted."""

from __future__ import annotations

import math

import numpy as np
import pytest

from lunar_oxide_plugin.core.errors import ReflectanceRangeError
from lunar_oxide_plugin.core.rasters.bands import ModelBand
from lunar_oxide_plugin.core.rasters.reflectance_check import check_reflectance_range

BANDS = (
    ModelBand("first", 414.0, 20.0, 0.04, 0.1),
    ModelBand("second", 749.0, 12.0, 0.06, 0.2),
)


def judge(first, second=0.1, count=5):
    spectra = np.full((2, count), 0.1, dtype=np.float32)
    spectra[0], spectra[1] = first, second
    check_reflectance_range(spectra, BANDS, "map.tif")


@pytest.mark.parametrize("value", [0.0041, 0.05, 0.1, 0.499])
def test_dark_mare_and_bright_craters_pass(value):
    judge(value)


@pytest.mark.parametrize(
    ("value", "cause"),
    [
        (0.0039, "scale may have been applied twice"),
        (0.501, "no reflectance at i=30"),
        (0.99, "no reflectance at i=30"),
        (1.0, "percent; set SCALE to 0.01"),
        (199.0, "percent"),
        (200.0, "unscaled digital numbers"),
        (4000.0, "unscaled digital numbers; set SCALE .*0.00002"),
    ],
)
def test_other_quantities_are_refused_with_their_likely_cause(value, cause):
    with pytest.raises(
        ReflectanceRangeError, match=rf"^map.tif has a median of .* in first.*{cause}"
    ):
        judge(value)


def test_the_scale_that_fits_is_named_before_those_of_products():
    """Followed, the hint leads to reflectance that the model knows."""
    with pytest.raises(ReflectanceRangeError, match=r"0\.0001 fits; MI_MAP: 0\.00002"):
        judge(0.07 / 1e-4, 0.1 / 1e-4)
    judge(0.07, 0.1)
    with pytest.raises(ReflectanceRangeError) as caught:
        judge(0.07 / 2e-5, 0.1 / 2e-5)
    assert "fits" not in str(caught.value)


def test_every_band_is_judged_by_its_own_range():
    judge(0.1, 0.99)
    with pytest.raises(ReflectanceRangeError, match=r"in second where .* 0\.060 to 0\.200"):
        judge(0.1, 1.01)
    with pytest.raises(ReflectanceRangeError, match="in second"):
        judge(0.1, 0.0059)


def test_a_tolerable_cause_is_told_only_above_the_brightest_soil():
    bands = (ModelBand("only", 414.0, 20.0, 0.001, 0.05),)
    with pytest.raises(ReflectanceRangeError, match="check SCALE"):
        check_reflectance_range(np.full((1, 3), 0.29, dtype=np.float32), bands, "a")
    with pytest.raises(ReflectanceRangeError, match="check the product"):
        check_reflectance_range(np.full((1, 3), 0.31, dtype=np.float32), bands, "a")


def test_the_limits_themselves_pass():
    judge(0.5)
    bands = (ModelBand("only", 414.0, 20.0, 0.625, 1.0),)
    check_reflectance_range(np.full((1, 3), 0.0625, dtype=np.float32), bands, "a")


def test_one_pixel_is_judged_too():
    with pytest.raises(ReflectanceRangeError):
        judge(4000.0, count=1)


def test_half_of_the_pixels_decide():
    judge([0.05, 0.05, 0.05, 4000.0, 4000.0])
    with pytest.raises(ReflectanceRangeError):
        judge([0.05, 0.05, 4000.0, 4000.0, 4000.0])


def test_nothing_is_said_of_no_pixels_or_without_a_range():
    check_reflectance_range(np.empty((2, 0), dtype=np.float32), BANDS, "map.tif")
    unknown = (ModelBand("x", math.nan, math.nan, math.nan, math.nan),)
    check_reflectance_range(np.full((1, 3), 4000.0, dtype=np.float32), unknown, "map.tif")
