"""Curves of readings: normalised, continuum removed, ratio; with the spread of their pixels."""

from __future__ import annotations

import csv
import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lunar_oxide_plugin.core.probe.curves import (
    CurveKind,
    CurveView,
    convex_hull,
    curve_of,
    curve_of_spectrum,
    render,
)
from lunar_oxide_plugin.core.probe.reading import PixelArea, SpectrumReading, Spread
from lunar_oxide_plugin.core.rasters.bands import ModelBand

CENTRES = (414.0, 749.0, 901.0, 950.0, 1001.0, 1049.0, 1248.0, 1548.0)
SOIL = (0.04, 0.08, 0.082, 0.081, 0.083, 0.086, 0.1, 0.13)
HULL, LINE = CurveView(CurveKind.HULL), CurveView(CurveKind.LINE)
AT_749 = CurveView(CurveKind.NORMALISED, wavelength_nm=749.0)

spectra = st.lists(st.floats(0.01, 0.6), min_size=8, max_size=8).map(np.array)


def reading(pixels, centres=CENTRES, keep=True):
    """A reading of spectra, shape (bands, n), or of one spectrum."""
    pixels = np.asarray(pixels, dtype=np.float64).reshape(len(centres), -1)
    low, median, high = np.quantile(pixels, (0.05, 0.5, 0.95), axis=1)
    return SpectrumReading(
        raster_name="r", model_title="m", area=PixelArea(0, 0, 1, 1, 0.0, 0.0, None, None),
        n_valid=pixels.shape[1], n_read=pixels.shape[1],
        bands=tuple(ModelBand(f"b{nm}", nm, 20.0, 0.0, 1.0) for nm in centres),
        reflectance=tuple(Spread(*map(float, row)) for row in zip(median, low, high)),
        oxides=(), oxides_wt=(), sigma_wt=(), domain_distance=0.1, flags=(), nearest=(),
        nearest_note="", data_origin="", pixels=pixels.astype(np.float32) if keep else None,
    )  # fmt: skip


def box(n=400, seed=3):
    """Pixels that differ in brightness by a factor and in the 950 nm band on their own."""
    rng = np.random.default_rng(seed)
    pixels = np.outer(SOIL, rng.uniform(0.7, 1.3, n))
    pixels[3] *= rng.uniform(0.95, 1.0, n)
    return pixels


def test_values_by_hand():
    soil = reading(SOIL)
    assert curve_of(soil, CurveView()).value == pytest.approx(SOIL)
    normalised = curve_of(soil, AT_749).value
    assert normalised[[0, 1, 7]] == pytest.approx([0.5, 1.0, 1.625])
    line = curve_of(soil, LINE).value
    assert np.isnan(line[0])
    share = (950.0 - 749.0) / (1548.0 - 749.0)
    assert line[3] == pytest.approx(0.081 / (0.08 + share * 0.05))
    assert line[[1, 7]] == pytest.approx([1.0, 1.0])
    # The hull runs from 414 to 749 and from there straight to 1548 nm.
    hull = curve_of(soil, HULL).value
    assert hull[1:] == pytest.approx(line[1:])
    assert hull[0] == 1.0
    ratio = curve_of(soil, CurveView(CurveKind.RATIO, reference=reading(np.multiply(SOIL, 2.0))))
    assert ratio.value == pytest.approx([0.5] * 8)


def test_the_range_is_that_of_the_pixels_own_curves():
    pixels = box()
    kept = reading(pixels)
    normalised = curve_of(kept, AT_749)
    expected = np.quantile((pixels / pixels[1]).astype(np.float32), (0.05, 0.95), axis=1)
    assert normalised.low == pytest.approx(expected[0], rel=1e-5)
    assert normalised.high == pytest.approx(expected[1], rel=1e-5)
    # Brightness cancels: only the band that varies on its own has a range.
    width = normalised.high - normalised.low
    assert width[3] > 0.03
    assert np.delete(width, 3) == pytest.approx(0.0, abs=1e-5)
    assert curve_of(kept, CurveView()).high[0] / SOIL[0] > 1.2
    ratio = curve_of(kept, CurveView(CurveKind.RATIO, reference=reading(SOIL)))
    assert ratio.high == pytest.approx(np.quantile(pixels, 0.95, axis=1) / SOIL, rel=1e-5)


def test_a_range_that_is_not_known_is_not_drawn():
    saved = reading(box(), keep=False)
    assert not curve_of(saved, AT_749).has_spread
    assert np.isnan(curve_of(saved, HULL).high).all()
    assert curve_of(saved, CurveView()).has_spread
    assert not curve_of(reading(SOIL), HULL).has_spread


def test_a_view_that_does_not_apply_gives_no_curve():
    without = reading(SOIL, centres=tuple([float("nan")] * 8))
    assert curve_of(without, AT_749) is None
    assert curve_of(without, HULL) is None
    assert curve_of(without, CurveView()) is not None
    assert curve_of(reading(SOIL), CurveView(CurveKind.NORMALISED, wavelength_nm=700.0)) is None
    clementine = reading(SOIL[:5], centres=(415.0, 750.0, 900.0, 950.0, 1000.0))
    assert curve_of(clementine, LINE) is None
    assert curve_of(clementine, CurveView(CurveKind.RATIO, reference=reading(SOIL))) is None
    assert curve_of(reading(SOIL), CurveView(CurveKind.RATIO)) is None


@settings(max_examples=25)
@given(spectra)
def test_the_hull_lies_on_or_above_the_spectrum_and_bends_nowhere_up(spectrum):
    centres = np.array(CENTRES)
    hull = convex_hull(centres, spectrum)
    assert np.all(hull >= spectrum)
    assert hull[[0, -1]] == pytest.approx(spectrum[[0, -1]])
    slopes = np.diff(hull) / np.diff(centres)
    assert np.all(np.diff(slopes) <= 1e-12)
    # It is the lowest such line: each of its corners lies on the spectrum.
    corners = np.flatnonzero(np.diff(slopes) < -1e-9) + 1
    assert hull[corners] == pytest.approx(spectrum[corners])
    turned = np.array([5, 2, 7, 0, 3, 6, 1, 4])
    assert convex_hull(centres[turned], spectrum[turned]) == pytest.approx(hull[turned])


@settings(max_examples=15)
@given(spectra, st.floats(0.1, 5.0))
def test_shapes_do_not_depend_on_brightness(spectrum, factor):
    for view in (AT_749, HULL, LINE):
        one = curve_of_spectrum(CENTRES, spectrum, view)
        other = curve_of_spectrum(CENTRES, factor * spectrum, view)
        assert other.value == pytest.approx(one.value, rel=1e-9, nan_ok=True)


def test_the_table_holds_every_point_with_what_it_is():
    curve = curve_of(reading(box()), LINE)
    station = curve_of_spectrum(CENTRES, SOIL, LINE)
    text = render([("=soil", "reading", curve), ("A17_S1", "station", station)], LINE)
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 16
    assert rows[0]["curve"] == "'=soil"
    assert rows[0]["value"] == ""
    assert float(rows[3]["value"]) == pytest.approx(curve.value[3], rel=1e-6)
    assert float(rows[3]["p95"]) == pytest.approx(curve.high[3], rel=1e-6)
    assert rows[11]["p05"] == ""
    assert rows[11]["quantity"] == "continuum removed (straight line 749-1548 nm)"
