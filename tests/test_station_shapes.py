"""Reflectance of another instrument with a known shape is noticed; that of the imager never is."""

from __future__ import annotations

import numpy as np
import pytest
import rasterio

from lunar_oxide_plugin.core.libraries.convolution import FilterShape
from lunar_oxide_plugin.core.libraries.library import SpectralLibrary, Spectrum
from lunar_oxide_plugin.core.libraries.spectra_prediction import predict_spectra
from lunar_oxide_plugin.core.models.oxide_model import OxideModel
from lunar_oxide_plugin.core.prediction.plan import plan_prediction
from lunar_oxide_plugin.core.probe.raster_probe import Probe, examine
from lunar_oxide_plugin.core.probe.reading import ProbeSource
from lunar_oxide_plugin.core.progress import SilentProgress
from lunar_oxide_plugin.core.rasters.raster_input import RasterInput
from lunar_oxide_plugin.core.sites import station_shapes
from lunar_oxide_plugin.core.sites.sample_sites import load_sites
from lunar_oxide_plugin.core.sites.station_shapes import doubt_of_shape, shape_twin
from lunar_oxide_plugin.gui.reading_text import state_text
from tests.models import BUNDLED, write_foreign_model
from tests.rasters import write_mi_geotiff
from tests.requests import prediction

STATIONS = [site for site in load_sites() if site.reflectance]
REFLECTANCE = np.array([site.reflectance for site in STATIONS])
BANDS = OxideModel(BUNDLED).description.bands
APOLLO_16 = [row for row, site in enumerate(STATIONS) if site.mission == "Apollo 16"]


@pytest.mark.parametrize("row", APOLLO_16)
def test_soil_in_the_laboratory_is_noticed_at_every_apollo_16_station(row):
    """Soil 62231 is 27 to 36 % brighter in the laboratory than for the Multiband Imager."""
    twin = shape_twin(1.36 * REFLECTANCE[row], BANDS)
    assert twin is not None
    assert (twin.site, twin.gain) == (STATIONS[row], pytest.approx(1.36))


def test_most_of_a_smaller_difference_is_noticed_too():
    noticed = [shape_twin(1.3 * REFLECTANCE[row], BANDS) is not None for row in APOLLO_16]
    assert sum(noticed) >= 9


def test_such_spectra_are_known_ones_by_the_domain_distance():
    """The reason for this check: level alone hardly moves a spectrum out of the domain."""
    mean = REFLECTANCE[APOLLO_16].mean(axis=0)
    answer = OxideModel(BUNDLED).predict((1.36 * mean)[:, None].astype("f4"))
    assert answer.domain_distance[0] < 1.0


def test_another_extraction_of_a_station_is_never_doubted():
    """Two published extractions differ by 3.1 % common to all bands and 0.9 % in each band."""
    rng = np.random.default_rng(7)
    for spectrum in REFLECTANCE:
        common = rng.normal(0.0, 0.031, (40, 1))
        bands = rng.normal(0.0, 0.009, (40, 8))
        for noise in np.exp(common + bands):
            assert shape_twin(noise * spectrum, BANDS) is None


def test_no_station_is_doubted_by_the_others(monkeypatch):
    """Each station in turn as new ground, unknown to the check."""
    reference = station_shapes._reference
    for row, spectrum in enumerate(REFLECTANCE):

        def without(columns, row=row):
            stations, known = reference(columns)
            return stations[:row] + stations[row + 1 :], np.delete(known, row, axis=0)

        monkeypatch.setattr(station_shapes, "_reference", without)
        assert shape_twin(spectrum, BANDS) is None, STATIONS[row].station_id


@pytest.mark.parametrize(("gain", "least"), [(0.5, 50), (0.7, 38), (1.5, 38), (1.76, 50)])
def test_other_calibrations_are_noticed(gain, least):
    """Darker and brighter instruments; the others are like another station, and stay known."""
    noticed = [shape_twin(gain * spectrum, BANDS) for spectrum in REFLECTANCE]
    assert sum(twin is not None for twin in noticed) >= least


def test_other_bands_are_not_judged(tmp_path):
    spectrum = 1.36 * REFLECTANCE[APOLLO_16[0]]
    assert shape_twin(spectrum[:5], BANDS[:5]) is None
    foreign = OxideModel(write_foreign_model(tmp_path / "f.onnx", 2)).description.bands
    assert shape_twin(spectrum, foreign) is None


def test_a_sentence_needs_many_spectra():
    bright = 1.36 * REFLECTANCE[APOLLO_16[0]]
    plain = REFLECTANCE[APOLLO_16[0]]
    few = np.stack([bright] * 2 + [plain] * 6, axis=1)
    most = np.stack([bright] * 3 + [plain] * 5, axis=1)
    assert doubt_of_shape(few, BANDS, "x.tif") == ""
    text = doubt_of_shape(most, BANDS, "x.tif")
    assert "x.tif has spectra of the shape of the soil at A16_" in text
    assert "1.36 times" in text
    assert doubt_of_shape(np.empty((8, 0)), BANDS, "x.tif") == ""


def scene(path, gain):
    """A raster of Apollo 16's soils, each in a column, at a place without stations."""
    columns = REFLECTANCE[APOLLO_16]
    nine = np.concatenate([columns[:, :5], columns[:, 4:5], columns[:, 5:]], axis=1)
    numbers = np.rint(gain * nine.T / 2e-5).astype(np.int16)
    return write_mi_geotiff(path, np.repeat(numbers[:, None, :], 12, axis=1))


class _Heard(SilentProgress):
    def __init__(self):
        self.said = []

    def warn(self, text):
        self.said.append(text)


@pytest.mark.parametrize("bright", [False, True])
def test_rasters_and_readings_say_so(bright, tmp_path):
    raster = scene(tmp_path / "scene.tif", 1.36 if bright else 1.0)
    heard = _Heard()
    plan_prediction(prediction(raster, tmp_path / "o.tif", BUNDLED), heard)
    source = ProbeSource(RasterInput(str(raster)), str(BUNDLED))
    reasons = examine(source).reasons
    for texts in (heard.said, reasons):
        assert any("has spectra of the shape of the soil" in text for text in texts) == bright
    with Probe(source) as probe, rasterio.open(raster) as dataset:
        for column in range(dataset.width):
            reading = probe.at(*dataset.xy(5, column))
            assert bool(reading.doubt) == bright
            assert ("1.36 times its reflectance" in state_text(reading)) == bright


@pytest.mark.parametrize("gain", [1.0, 1.36])
def test_spectra_of_a_library_are_judged_too(gain):
    waves = np.array([band.wavelength_nm for band in BANDS])
    soils = tuple(
        Spectrum(STATIONS[row].station_id, waves, gain * REFLECTANCE[row]) for row in APOLLO_16
    )
    library = SpectralLibrary("soils.csv", soils)
    result = predict_spectra(library, OxideModel(BUNDLED), FilterShape.GAUSSIAN, SilentProgress())
    said = [text for text in result.doubts if "soils.csv has spectra of the shape" in text]
    assert len(said) == (gain > 1.0)
