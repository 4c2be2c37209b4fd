from __future__ import annotations

import json
import math

import numpy as np
import pytest

from lunar_oxide_plugin.core.errors import SitesError
from lunar_oxide_plugin.core.models.bundled_models import BUNDLED_MODELS, bundled_model_path
from lunar_oxide_plugin.core.models.model_description import ModelDescription
from lunar_oxide_plugin.core.models.oxide_model import OxideModel
from lunar_oxide_plugin.core.rasters.sensors.known import MI
from lunar_oxide_plugin.core.sites.nearest_stations import (
    StationBands,
    StationSpace,
    model_stations,
    station_bands,
)
from lunar_oxide_plugin.core.sites.sample_sites import load_sites
from tests.models import description

SITES = [site for site in load_sites() if site.reflectance is not None]


def described(stations, **changes):
    document = description(training={"stations": stations, "n_stations": len(stations)}, **changes)
    return ModelDescription.from_json(json.dumps(document), "m.onnx")


def station_spectra(count=None):
    return np.array([site.reflectance for site in SITES[:count]]).T


def test_a_station_is_its_own_nearest_at_distance_zero():
    space = StationSpace(SITES)
    for site, near in zip(SITES, space.nearest(station_spectra(), k=2)):
        assert near[0].site.station_id == site.station_id
        assert near[0].distance == pytest.approx(0.0, abs=1e-9)
        assert near[0].reflectance == site.reflectance
        assert near[0].site.oxides_wt == site.oxides_wt
        assert near[1].distance > 0.0


def test_distances_ascend_and_k_is_bounded_by_the_stations():
    near = StationSpace(SITES[:4]).nearest(station_spectra(2) * 1.1, k=9)
    assert [len(row) for row in near] == [4, 4]
    for row in near:
        distances = [station.distance for station in row]
        assert distances == sorted(distances)


def test_the_metric_by_hand():
    """Mahalanobis distance of logarithms with the noise added, over the 97.5 % threshold."""
    logs = np.log(station_spectra().T)
    covariance = np.cov(logs.T) + 0.009**2 * np.eye(8) + 0.03**2
    inverse = np.linalg.inv(covariance)

    def raw(a, b):
        return math.sqrt((a - b) @ inverse @ (a - b))

    n = len(logs)
    nearest = [min(raw(logs[i], logs[j]) for j in range(n) if j != i) for i in range(n)]
    threshold = 1.25 * np.quantile(nearest, 0.975)
    spectrum = np.linspace(0.05, 0.21, 8)
    expected = [raw(np.log(spectrum), log) / threshold for log in logs]
    np.testing.assert_allclose(StationSpace(SITES).distances(spectrum[:, None])[0], expected)


@pytest.mark.parametrize("name", BUNDLED_MODELS)
def test_the_nearest_distance_is_the_bundled_models_domain_distance(name):
    """Map and explanation must give the same distance: change `nearest_stations` with training."""
    model = OxideModel(bundled_model_path(name))
    rng = np.random.default_rng(3)
    stations = model_stations(model.description)
    known = stations.space.reflectance.T
    spectra = known * rng.normal(1.0, 0.05, known.shape)
    domain = model.predict(spectra.astype(np.float32)).domain_distance
    assert stations.trained_on
    assert stations.note == ""
    near = stations.space.nearest(spectra, k=1)
    np.testing.assert_allclose([row[0].distance for row in near], domain, rtol=2e-3, atol=2e-3)


def test_only_training_stations_are_offered():
    trained = [site.station_id for site in SITES if site.mission == "Apollo 15"]
    near = model_stations(described(trained)).space.nearest(station_spectra(), 3)
    assert {station.site.mission for row in near for station in row} == {"Apollo 15"}


def test_stations_unknown_to_the_table_fall_back_to_all_and_say_so():
    stations = model_stations(described(["my site 1", "my site 2", "my site 3"]))
    assert not stations.trained_on
    assert len(stations.space.sites) == len(SITES)
    assert "seen in training or not" in stations.note


def test_foreign_files_with_eight_inputs_are_compared_under_a_note():
    stations = model_stations(ModelDescription.foreign("mine", 8))
    assert stations.bands_assumed
    assert "8 bands of SELENE/Kaguya Multiband Imager, 414 to 1548 nm" in stations.note
    five = model_stations(ModelDescription.foreign("mine", 5))
    assert five.space.reflectance.shape == (46, 5)
    assert "5 bands of Clementine UVVIS, 415 to 1000 nm" in five.note


def test_bands_in_another_order_are_found_by_wavelength():
    document = description()
    document["input"]["bands"] = [document["input"]["bands"][i] for i in (7, 3, 0)]
    bands = ModelDescription.from_json(json.dumps(document), "m.onnx").bands
    assert station_bands(bands) == StationBands(MI, (7, 3, 0))
    space = StationSpace(SITES, (7, 3, 0))
    near = space.nearest(station_spectra()[[7, 3, 0]], k=1)
    assert [row[0].site.station_id for row in near] == [site.station_id for site in SITES]


@pytest.mark.parametrize("count", [3, 12])
def test_other_sensors_bands_are_refused_in_one_sentence(count):
    with pytest.raises(SitesError, match="do not have the model's band input 1"):
        model_stations(ModelDescription.foreign("mine", count))


def test_too_few_spectra():
    with pytest.raises(SitesError, match="2 of the 2 stations"):
        StationSpace(SITES[:2])
