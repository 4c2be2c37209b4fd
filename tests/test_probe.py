"""The reading of a pixel or box equals the prediction, or says why there is none."""

from __future__ import annotations

import csv
import io
import math
import re
from dataclasses import replace

import numpy as np
import pytest
import rasterio
from rasterio.transform import Affine

from lunar_oxide_plugin.core.chemistry.quantities import BY_KEY, MG_NUMBER, SUM
from lunar_oxide_plugin.core.errors import NoSpectrumError, RasterError
from lunar_oxide_plugin.core.models.bundled_models import bundled_model_path
from lunar_oxide_plugin.core.paths import RESOURCES
from lunar_oxide_plugin.core.prediction.plan import PredictionRequest, predict_raster
from lunar_oxide_plugin.core.probe import reading_table
from lunar_oxide_plugin.core.probe.probe_area import MAX_BOX_PIXELS
from lunar_oxide_plugin.core.probe.raster_probe import Probe, examine
from lunar_oxide_plugin.core.probe.reading import ProbeSource
from lunar_oxide_plugin.core.probe.suitability import FitLevel
from lunar_oxide_plugin.core.progress import SilentProgress
from lunar_oxide_plugin.core.sites.sample_sites import load_sites
from tests.models import expected_oxides, write_foreign_model, write_linear_model
from tests.rasters import (
    MOON_GEOGRAPHIC,
    PRODUCT_WAVELENGTHS,
    TAURUS_LITTROW,
    random_dn,
    reflectance,
    write_mi_geotiff,
)
from tests.requests import raster as raster_input

STATIONS = RESOURCES / "demo" / "stations_all_missions.tif"
ROWS, COLUMNS = 30, 41


def centre(row, column, transform=TAURUS_LITTROW):
    return transform * (column + 0.5, row + 0.5)


def box(top, left, bottom, right, transform=TAURUS_LITTROW):
    corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
    return [transform * corner for corner in corners]


@pytest.fixture
def dn():
    values = random_dn(ROWS, COLUMNS)
    values[:, 3, 4] = -30000
    values[2, 3, 5] = -20000
    values[:, 3, 6] = 200
    return values


@pytest.fixture
def source(tmp_path, dn):
    return ProbeSource(
        raster_input(write_mi_geotiff(tmp_path / "mi.tif", dn)),
        str(write_linear_model(tmp_path / "linear.onnx")),
    )


def test_a_pixel_reads_as_its_own_spectrum_and_the_models_answer(source, dn):
    with Probe(source) as probe:
        reading = probe.at(*centre(17, 29))
    spectrum = reflectance(dn)[:, 17, 29]
    assert [s.median for s in reading.reflectance] == pytest.approx(spectrum, rel=1e-6)
    expected = expected_oxides(spectrum[:, None].astype(np.float32))[:, 0]
    assert list(reading.composition_wt.values()) == pytest.approx(expected, rel=1e-5)
    assert reading.sigma_wt == pytest.approx([0.1, 0.2, 0.3, 0.4, 0.5, 0.6], rel=1e-6)
    assert reading.interval(BY_KEY["feo"]) == pytest.approx(
        (expected[1] - 1.6448536 * 0.2, expected[1] + 1.6448536 * 0.2), rel=1e-5
    )
    assert reading.domain_distance == pytest.approx(10 * spectrum[0], rel=1e-5)
    assert (reading.area.row, reading.area.column) == (17, 29)
    assert reading.value(SUM) == pytest.approx(expected.sum(), rel=1e-5)
    mgo, feo = expected[3] / 40.304, expected[1] / 71.844
    assert reading.value(MG_NUMBER) == pytest.approx(100 * mgo / (mgo + feo), rel=1e-4)
    assert reading.training_range == ((0.03, 0.28),) * 8
    assert reading.wavelengths_nm == (414, 749, 901, 950, 1001, 1049, 1248, 1548)


def test_every_pixel_reads_as_the_prediction_raster_has_it(source, tmp_path):
    output = tmp_path / "oxides.tif"
    predict_raster(PredictionRequest(source.raster, str(output), source.model), SilentProgress())
    with rasterio.open(output) as dataset:
        predicted = dataset.read()
    with Probe(source) as probe:
        for row, column in ((0, 0), (3, 6), (29, 40), (11, 7)):
            reading = probe.at(*centre(row, column))
            values = [*reading.composition_wt.values(), *reading.sigma_wt, reading.domain_distance]
            assert np.array_equal(np.float32(values), predicted[:13, row, column])
            quality = sum(share.flag.bit for share in reading.flags)
            assert quality == predicted[13, row, column]


def test_the_bundled_model_reads_a_station_of_the_demo_raster_as_that_station():
    site = next(site for site in load_sites() if site.station_id == "CE5")
    with rasterio.open(STATIONS) as dataset:
        x, y = math.radians(site.longitude_deg) * 1737400, math.radians(site.latitude_deg) * 1737400
        assert dataset.crs.to_wkt().startswith("PROJCS")
    with Probe(ProbeSource(raster_input(STATIONS), str(bundled_model_path("kaguya_mi")))) as probe:
        reading = probe.at(x, y)
    assert [s.median for s in reading.reflectance] == pytest.approx(site.reflectance, abs=2e-5)
    assert reading.nearest[0].site.station_id == "CE5"
    assert reading.nearest[0].distance < 0.05
    assert reading.nearest[0].site.oxides_wt == site.oxides_wt
    assert reading.area.longitude_deg == pytest.approx(site.longitude_deg, abs=0.01)
    assert reading.area.latitude_deg == pytest.approx(site.latitude_deg, abs=0.01)


def test_a_box_gives_median_and_spread_of_its_valid_pixels(source, dn):
    with Probe(source) as probe:
        reading = probe.within(box(2, 3, 9, 12))
    spectra = reflectance(dn)[:, 2:9, 3:12].reshape(8, -1)
    valid = (dn[[*range(5), 6, 7, 8], 2:9, 3:12] > 0).all(axis=0).ravel()
    spectra = spectra[:, valid].astype(np.float32)
    assert (reading.n_valid, reading.n_read) == (61, 63)
    assert [s.median for s in reading.reflectance] == pytest.approx(
        np.median(spectra, axis=1), rel=1e-5
    )
    oxides = expected_oxides(spectra)
    for place, spread in enumerate(reading.oxides_wt):
        low, high = np.quantile(oxides[place], (0.05, 0.95))
        assert (spread.low, spread.median, spread.high) == pytest.approx(
            (low, np.median(oxides[place]), high), rel=1e-4
        )
    shares = {share.flag.label: share.share for share in reading.flags}
    assert shares["no data"] == pytest.approx(1 / 63)
    assert shares["saturated"] == pytest.approx(1 / 63)
    assert shares["shadow"] == pytest.approx(1 / 63)


def test_a_slanted_ring_takes_the_pixels_whose_centres_lie_inside(source):
    ring = [TAURUS_LITTROW * corner for corner in ((10, 5), (19.8, 5), (10, 14.8))]
    with Probe(source) as probe:
        reading = probe.within(ring)
    # Centres in a triangle with legs of 9.8 pixels: rows of 9, 8 ... 1.
    assert reading.n_read == 45
    assert (reading.area.columns, reading.area.rows) == (10, 10)


def test_a_box_smaller_than_a_pixel_reads_the_pixel_it_lies_in(source):
    with Probe(source) as probe:
        reading = probe.within(box(8.1, 5.1, 8.3, 5.4))
        assert reading == probe.at(*centre(8, 5))
    assert reading.area.is_pixel


def test_a_large_box_is_sampled_and_says_so(tmp_path):
    side = 300
    path = write_mi_geotiff(tmp_path / "large.tif", random_dn(side, side))
    model = write_linear_model(tmp_path / "linear.onnx")
    with Probe(ProbeSource(raster_input(path), str(model))) as probe:
        reading = probe.within(box(0, 0, side, side))
    assert reading.area.sampled
    assert 0 < reading.n_read <= MAX_BOX_PIXELS < side * side


def test_off_the_raster_and_on_nodata_it_says_so(source):
    with Probe(source) as probe:
        with pytest.raises(NoSpectrumError, match=r"outside mi\.tif"):
            probe.at(0.0, 0.0)
        with pytest.raises(NoSpectrumError, match=r"outside mi\.tif"):
            probe.within(box(-9, -9, -2, -2))
        with pytest.raises(NoSpectrumError, match=r"no usable reflectance here \(no data\)"):
            probe.at(*centre(3, 4))
        with pytest.raises(NoSpectrumError, match=r"no usable reflectance here \(saturated\)"):
            probe.at(*centre(3, 5))


def test_a_raster_that_counts_longitude_to_360_is_found_from_the_west(tmp_path):
    transform = Affine(0.01, 0, 337.0, 0, -0.01, -3.0)
    dn = random_dn(20, 30)
    path = write_mi_geotiff(tmp_path / "w.tif", dn, crs=MOON_GEOGRAPHIC, transform=transform)
    model = write_linear_model(tmp_path / "linear.onnx")
    with Probe(ProbeSource(raster_input(path), str(model))) as probe:
        reading = probe.at(337.125 - 360.0, -3.105)
        assert (reading.area.row, reading.area.column) == (10, 12)
        ring = [(x - 360.0, y) for x, y in box(4, 6, 8, 9, transform)]
        assert probe.within(ring).n_read == 12


def test_what_prediction_refuses_is_not_read_either(tmp_path):
    path = write_mi_geotiff(tmp_path / "dn.tif", random_dn(9, 9), scale=None)
    model = write_linear_model(tmp_path / "linear.onnx")
    with Probe(ProbeSource(raster_input(path), str(model))) as probe:
        with pytest.raises(RasterError, match="unscaled digital numbers"):
            probe.at(*centre(4, 4))
    with Probe(ProbeSource(raster_input(path, scale=2e-5), str(model))) as probe:
        assert probe.fit().level is FitLevel.GOOD
        assert probe.at(*centre(4, 4)).n_valid == 1


def test_a_model_without_description_reads_with_bands_as_running_numbers(tmp_path):
    path = write_mi_geotiff(tmp_path / "mi.tif", random_dn(9, 9))
    model = write_foreign_model(tmp_path / "foreign.onnx", 2)
    assert examine(ProbeSource(raster_input(path), str(model))).level is FitLevel.UNFIT
    with Probe(
        ProbeSource(raster_input(path, bands=(1, 2, 3, 4, 5, 7, 8, 9)), str(model))
    ) as probe:
        assert probe.fit().level is FitLevel.DOUBTFUL
        reading = probe.at(*centre(2, 2))
    assert reading.wavelengths_nm == (1, 2, 3, 4, 5, 6, 7, 8)
    assert not reading.has_wavelengths
    assert reading.training_range is None
    assert math.isnan(reading.domain_distance)
    assert all(map(math.isnan, reading.sigma_wt))


def test_the_table_holds_the_readings_with_units_in_its_column_names(source):
    with Probe(source) as probe:
        pixel, area = probe.at(*centre(17, 29)), probe.within(box(2, 3, 9, 12))
    text = reading_table.render([("crater, rim", pixel), ("=1+1", area)])
    first, second = csv.DictReader(io.StringIO(text))
    assert first["name"] == "crater, rim"
    assert second["name"] == "'=1+1"
    assert float(first["feo_wt"]) == pytest.approx(pixel.composition_wt["FeO"], rel=1e-6)
    assert float(first["feo_sigma_wt"]) == pytest.approx(0.2)
    assert float(first["r1548"]) == pytest.approx(pixel.reflectance[7].median, rel=1e-6)
    assert float(second["sio2_p95_wt"]) == pytest.approx(area.oxides_wt[5].high, rel=1e-6)
    assert int(second["n_read"]) == 63
    assert int(second["quality"]) == 1 + 2 + 4 + sum(
        share.flag.bit for share in area.flags if share.flag.bit > 4
    )


def test_a_good_raster_fits_with_the_bands_it_was_matched_by(source, dn, tmp_path):
    # Place the raster far from stations, because its level differs from theirs.
    place = rasterio.Affine(59.2, 0, 1_500_000, 0, -59.2, 300_000)
    raster = write_mi_geotiff(tmp_path / "elsewhere.tif", dn, transform=place)
    assert "at the station(s) A17" in " ".join(examine(source).reasons)
    fit = examine(replace(source, raster=raster_input(raster)))
    assert fit.level is FitLevel.GOOD
    assert fit.reasons == ()
    assert [row.number for row in fit.rows] == [1, 2, 3, 4, 5, 7, 8, 9]
    assert {row.distance_nm for row in fit.rows} == {0.0}
    assert {row.basis for row in fit.rows} == {"wavelength"}
    assert [band.number for band in fit.raster_bands] == list(range(1, 10))


@pytest.mark.parametrize(
    ("change", "level", "reason"),
    [
        ({"crs": ""}, FitLevel.DOUBTFUL, "no CRS"),
        ({"crs": "EPSG:32633"}, FitLevel.UNFIT, "CRS of Earth"),
        ({"scale": None}, FitLevel.UNFIT, "unscaled digital numbers"),
        ({"scale": 2e-7}, FitLevel.UNFIT, "scale may have been applied twice"),
        ({"wavelengths": None}, FitLevel.DOUBTFUL, "taken in that product's order"),
        ({"wavelengths": None, "scale": 2.1e-5}, FitLevel.UNFIT, "neither wavelengths nor band n"),
        (
            {"wavelengths": [w + 14 * (w == 950) + 9 for w in PRODUCT_WAVELENGTHS]},
            FitLevel.DOUBTFUL,
            r"Band 4 serves MI 950 nm but lies 23 nm off \(30 nm wide\)",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_raster_is_said_before_any_run(tmp_path, change, level, reason):
    path = write_mi_geotiff(tmp_path / "mi.tif", random_dn(12, 12), **change)
    fit = examine(ProbeSource(raster_input(path), str(write_linear_model(tmp_path / "m.onnx"))))
    assert fit.level is level
    assert any(re.search(reason, text) for text in fit.reasons), fit.reasons
    assert len(fit.rows) == 8


def test_rows_of_an_unfit_raster_name_the_nearest_band_and_how_far_it_is(tmp_path):
    wavelengths = [415, 750, 900, 950, 1000, 1100, 1250, 1300, 2000]
    path = write_mi_geotiff(tmp_path / "x.tif", random_dn(8, 8), wavelengths=wavelengths)
    fit = examine(ProbeSource(raster_input(path), str(write_linear_model(tmp_path / "m.onnx"))))
    assert fit.level is FitLevel.UNFIT
    assert [(row.number, row.distance_nm) for row in fit.rows] == [
        (1, 1.0), (2, 1.0), (3, 1.0), (4, 0.0), (5, 1.0), (5, 49.0), (7, 2.0), (8, 248.0),
    ]  # fmt: skip
    assert {row.basis for row in fit.rows} == {""}


def test_an_empty_raster_and_one_unlike_the_training_are_doubtful(tmp_path):
    model = write_linear_model(tmp_path / "m.onnx")
    empty = np.full((9, 10, 10), -30000, dtype=np.int16)
    fit = examine(
        ProbeSource(raster_input(write_mi_geotiff(tmp_path / "empty.tif", empty)), str(model))
    )
    assert fit.level is FitLevel.DOUBTFUL
    assert "None of 100 sampled pixels" in fit.reasons[0]
    # The linear test model's domain distance is ten times the first band's reflectance.
    bright = random_dn(10, 10) * np.int16(2)
    bright[0] = 6000
    fit = examine(
        ProbeSource(raster_input(write_mi_geotiff(tmp_path / "bright.tif", bright)), str(model))
    )
    assert fit.level is FitLevel.DOUBTFUL
    assert any(
        "100% of 100 pixels that were looked at have spectra unlike" in text for text in fit.reasons
    )


def test_a_missing_raster_or_model_is_said_in_a_sentence(tmp_path, source):
    fit = examine(ProbeSource(raster_input(tmp_path / "gone.tif"), source.model))
    assert fit.level is FitLevel.UNFIT
    assert "does not exist" in fit.reasons[0]
    fit = examine(ProbeSource(source.raster, str(tmp_path / "gone.onnx")))
    assert "cannot be read" in fit.reasons[0]
