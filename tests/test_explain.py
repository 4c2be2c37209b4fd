from __future__ import annotations

import json
import math
from itertools import permutations

import numpy as np
import pytest
import rasterio

from lunar_oxide_plugin.core.chemistry.oxides import OXIDES
from lunar_oxide_plugin.core.errors import BandMappingError, Cancelled
from lunar_oxide_plugin.core.explain.attribution import (
    Background,
    Method,
    covariance_of,
    explain_spectra,
    filling,
    reference_from_stations,
    shapley_weights,
)
from lunar_oxide_plugin.core.explain.places import Grid
from lunar_oxide_plugin.core.explain.raster_attribution import attribution_descriptions
from lunar_oxide_plugin.core.models.bundled_models import bundled_model_path
from lunar_oxide_plugin.core.models.oxide_model import OxideModel
from lunar_oxide_plugin.core.paths import RESOURCES
from lunar_oxide_plugin.core.rasters.bands import map_bands
from lunar_oxide_plugin.core.rasters.raster_info import read_info
from lunar_oxide_plugin.core.sites.nearest_stations import model_stations
from lunar_oxide_plugin.core.sites.sample_sites import load_sites
from tests.models import WEIGHTS, description, write_foreign_model, write_linear_model
from tests.rasters import random_dn, write_mi_geotiff
from tests.requests import raster as raster_input

SCENE = RESOURCES / "demo" / "taurus_littrow_interpolated_between_stations.tif"
SITES = [site for site in load_sites() if site.reflectance is not None]
STATION_SPECTRA = np.array([site.reflectance for site in SITES]).T


@pytest.fixture(scope="module")
def bundled():
    return OxideModel(bundled_model_path("kaguya_mi"))


def independent(reference):
    """A background with independent bands."""
    return Background(reference, np.eye(reference.shape[0]))


def nearest_background(model, spectra):
    space = model_stations(model.description).space
    return Background(reference_from_stations(space.nearest(spectra, 3)), space.covariance)


@pytest.mark.parametrize("bands", [1, 2, 3, 8])
def test_shapley_weights_are_the_mean_over_all_orders(bands):
    """Compare with the definition, for a game with known values and all orders."""
    rng = np.random.default_rng(bands)
    values = rng.normal(size=2**bands)
    weights = shapley_weights(bands)
    answer = sum(weights[mask] * values[mask] for mask in weights)
    assert answer.sum() == pytest.approx(values[-1] - values[0])
    if bands > 3:
        return
    orders = list(permutations(range(bands)))
    expected = np.zeros(bands)
    for order in orders:
        mask = 0
        for band in order:
            expected[band] += values[mask | 1 << band] - values[mask]
            mask |= 1 << band
    np.testing.assert_allclose(answer, expected / len(orders))


def test_drawn_orders_still_add_up_and_are_repeatable():
    weights = shapley_weights(12)
    rng = np.random.default_rng(0)
    values = {mask: rng.normal() for mask in weights}
    total = sum((weights[mask] * values[mask]).sum() for mask in weights)
    assert total == pytest.approx(values[2**12 - 1] - values[0])
    again = shapley_weights(12)
    assert weights.keys() == again.keys()
    # For additive games every set of orders gives the same result.
    share = np.arange(12.0)
    additive = sum(
        weights[mask] * sum(share[b] for b in range(12) if mask >> b & 1) for mask in weights
    )
    np.testing.assert_allclose(additive, share, atol=1e-9)


def test_filling_is_the_gaussian_expectation():
    rng = np.random.default_rng(1)
    root = rng.normal(size=(4, 4))
    covariance = root @ root.T + 0.1 * np.eye(4)
    deviation = np.array([0.3, -0.2, 0.5, 0.1])
    known, unknown = [0, 2], [1, 3]
    filled = filling(0b0101, covariance) @ deviation
    expected = covariance[np.ix_(unknown, known)] @ np.linalg.inv(covariance[np.ix_(known, known)])
    np.testing.assert_allclose(filled[known], deviation[known])
    np.testing.assert_allclose(filled[unknown], expected @ deviation[known])
    np.testing.assert_array_equal(filling(0, covariance), np.zeros((4, 4)))
    np.testing.assert_array_equal(filling(15, covariance), np.eye(4))


@pytest.mark.parametrize("method", list(Method))
def test_a_linear_model_with_unrelated_bands_by_hand(tmp_path, method):
    """The linear test model is a sum over bands, so each band's share is its term."""
    model = OxideModel(write_linear_model(tmp_path / "m.onnx"))
    rng = np.random.default_rng(7)
    spectra, reference = rng.uniform(0.05, 0.2, (2, 8, 5))
    result = explain_spectra(model, spectra, independent(reference), method)
    expected = WEIGHTS[:, :, None] * (spectra - reference)
    tolerance = 0.02 if method is Method.INTEGRATED else 1e-5
    np.testing.assert_allclose(result.attribution, expected, atol=tolerance)
    np.testing.assert_allclose(result.remainder, 0.0, atol=8 * tolerance)
    np.testing.assert_array_equal(result.strongest_band, np.abs(expected).argmax(axis=1))


def test_attributions_add_up_on_the_bundled_model(bundled):
    spectra = STATION_SPECTRA * 1.03
    background = nearest_background(bundled, spectra)
    shapley = explain_spectra(bundled, spectra, background, Method.SHAPLEY)
    difference = shapley.prediction - shapley.reference_prediction
    assert np.abs(difference).max() > 1.0
    np.testing.assert_allclose(shapley.attribution.sum(axis=1), difference, atol=1e-9)
    # Finite differences along the line only approximate the sum.
    gradients = explain_spectra(bundled, spectra, background, Method.INTEGRATED)
    assert np.median(np.abs(gradients.remainder)) < 0.05
    direct = bundled.predict(spectra.astype(np.float32)).oxides
    np.testing.assert_allclose(shapley.prediction, direct, atol=1e-5)


def test_shapley_values_stay_within_what_differs(bundled):
    """For plausible spectra shares are a few wt%; plain gradients give tens of wt%."""
    background = nearest_background(bundled, STATION_SPECTRA * 1.03)
    shapley = explain_spectra(bundled, STATION_SPECTRA, background, Method.SHAPLEY)
    gradients = explain_spectra(bundled, STATION_SPECTRA, background, Method.INTEGRATED)
    assert np.abs(shapley.attribution).max() < 0.5 * np.abs(gradients.attribution).max()


@pytest.mark.parametrize("method", list(Method))
def test_nothing_to_explain_at_the_reference(bundled, method):
    spectra = STATION_SPECTRA[:, :4]
    result = explain_spectra(bundled, spectra, independent(spectra), method)
    np.testing.assert_allclose(result.attribution, 0.0, atol=1e-4)


def test_occlusion_is_what_the_other_bands_do_not_know(tmp_path):
    """With two equal bands, removing either changes nothing."""
    model = OxideModel(write_linear_model(tmp_path / "m.onnx"))
    covariance = np.eye(8)
    covariance[0, 1] = covariance[1, 0] = 0.999999
    reference = np.full((8, 1), 0.1)
    spectra = reference.copy()
    spectra[:2] *= 1.2
    spectra[5] *= 1.1
    result = explain_spectra(model, spectra, Background(reference, covariance), Method.OCCLUSION)
    np.testing.assert_allclose(result.attribution[:, :2, 0], 0.0, atol=1e-4)
    np.testing.assert_allclose(result.attribution[:, 5, 0], WEIGHTS[:, 5] * 0.01, rtol=1e-3)


@pytest.mark.parametrize("rank", [2, 3])
def test_foreign_layouts(tmp_path, rank):
    model = OxideModel(write_foreign_model(tmp_path / "f.onnx", rank))
    rng = np.random.default_rng(2)
    spectra, reference = rng.uniform(0.05, 0.2, (2, 8, 3))
    result = explain_spectra(model, spectra, independent(reference))
    expected = WEIGHTS[:, :, None] * (spectra - reference)
    np.testing.assert_allclose(result.attribution, expected, atol=1e-4)


def test_no_spectrum_at_all(bundled):
    result = explain_spectra(bundled, np.empty((8, 0)), independent(np.empty((8, 0))))
    assert result.attribution.shape == (6, 8, 0)


class StopAtOnce:
    def report(self, fraction):
        pass

    def info(self, message):
        pass

    def warn(self, message):
        pass

    def is_cancelled(self):
        return True


@pytest.mark.parametrize("method", list(Method))
def test_cancelling(bundled, method):
    spectra = STATION_SPECTRA[:, :4]
    background = nearest_background(bundled, spectra)
    with pytest.raises(Cancelled):
        explain_spectra(bundled, spectra, background, method, progress=StopAtOnce())


def test_covariance_with_noise():
    spectra = np.exp(np.array([[0.0, 0.2, 0.4], [0.1, 0.1, 0.4]]))
    expected = np.cov(np.log(spectra)) + 0.03**2 + 0.005**2 * np.eye(2)
    np.testing.assert_allclose(covariance_of(spectra, (0.03, 0.005)), expected)
    single = covariance_of(spectra[:, :1], (0.03, 0.005))
    assert np.linalg.eigvalsh(single).min() > 0.0


@pytest.mark.parametrize(
    ("width", "height", "most"), [(100, 50, 20), (3, 2000, 10), (7, 7, 49), (5, 5, 1), (1, 1, 9)]
)
def test_grids_keep_to_their_size_and_the_raster(width, height, most):
    grid = Grid.over(width, height, most)
    assert 1 <= grid.rows * grid.columns <= most
    start = grid.step // 2
    assert min(start, height - 1) + (grid.rows - 1) * grid.step < height
    if width * height <= most:
        assert grid.step == 1


# --- as users run it -------------------------------------------------------------------


def features(path):
    from qgis.core import QgsVectorLayer

    layer = QgsVectorLayer(str(path))
    assert layer.isValid()
    return list(layer.getFeatures())


def station_points(missions=("Apollo 17",)):
    """A memory layer of the stations of some missions, and one point off every scene."""
    from qgis.core import QgsFeature, QgsGeometry, QgsPointXY, QgsVectorLayer

    from lunar_oxide_plugin.algorithms.site_layers import moon_geographic_crs

    layer = QgsVectorLayer("Point?field=code:string", "points", "memory")
    layer.setCrs(moon_geographic_crs())
    rows = [(s.station_id, s.longitude_deg, s.latitude_deg) for s in SITES if s.mission in missions]
    for code, longitude, latitude in [*rows, ("nowhere", 100.0, -60.0)]:
        feature = QgsFeature(layer.fields())
        feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(longitude, latitude)))
        feature.setAttributes([code])
        layer.dataProvider().addFeature(feature)
    return layer


def test_stations_on_the_demo_scene(run, tmp_path, bundled):
    result = run(
        "explainprediction",
        INPUT=str(SCENE),
        POINTS=station_points(),
        LABEL="code",
        OUTPUT=str(tmp_path / "points.gpkg"),
        REPORT=str(tmp_path / "report.html"),
    )
    assert (result["N_PLACES"], result["N_SKIPPED"]) == (21, 1)
    rows = {feature["label"]: feature for feature in features(tmp_path / "points.gpkg")}
    site = next(site for site in SITES if site.station_id == "A17_S5")
    row = rows["A17_S5"]
    assert row["near1_station"] == "A17_S5"
    assert row["near1_distance"] == pytest.approx(0.0, abs=0.05)
    assert row["near1_tio2_wt"] == site.oxides_wt[0]
    assert row["near1_sio2_wt"] == site.oxides_wt[5]
    assert row["near2_distance"] <= row["near3_distance"]
    spectrum = np.array(site.reflectance, dtype=np.float32)[:, None]
    direct = bundled.predict(spectrum)
    for index, oxide in enumerate(OXIDES):
        predicted = row[f"{oxide.key}_predicted_wt"]
        assert predicted == pytest.approx(float(direct.oxides[index, 0]), abs=1e-3)
        shares = [row[f"{oxide.key}_from_{nm}nm_wt"] for nm in (414, 749, 901, 950, 1001, 1049)]
        shares += [row[f"{oxide.key}_from_{nm}nm_wt"] for nm in (1248, 1548)]
        difference = predicted - row[f"{oxide.key}_reference_wt"]
        assert sum(shares) == pytest.approx(difference, abs=1e-6)
        assert row[f"{oxide.key}_not_explained_wt"] == pytest.approx(0.0, abs=1e-6)
        strongest = row[f"{oxide.key}_strongest"]
        names = [f"MI {nm} nm" for nm in (414, 749, 901, 950, 1001, 1049, 1248, 1548)]
        assert strongest == names[int(np.argmax(np.abs(shares)))]
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    for words in ("nowhere", "outside the raster", "Shapley", site.name, "Over all places"):
        assert words in page
    assert "<script" not in page
    assert "http" not in page.replace("http-equiv", "").replace("http://www.w3.org", "")


def test_a_whole_raster_with_attributions(run, tmp_path):
    output = tmp_path / "attributions.tif"
    result = run(
        "explainprediction",
        INPUT=str(SCENE),
        MAX_SAMPLES=150,
        METHOD=0,
        REFERENCE=1,
        OUTPUT=str(tmp_path / "points.gpkg"),
        ATTRIBUTIONS=str(output),
    )
    rows = features(tmp_path / "points.gpkg")
    assert 50 < len(rows) == result["N_PLACES"] <= 150
    with rasterio.open(output) as dataset, rasterio.open(SCENE) as scene:
        bands = OxideModel(bundled_model_path("kaguya_mi")).description.bands
        assert list(dataset.descriptions) == attribution_descriptions(OXIDES, bands)
        assert dataset.crs == scene.crs
        assert dataset.width * dataset.height <= 150
        left, top = dataset.bounds.left, dataset.bounds.top
        assert (left, top) == pytest.approx((scene.bounds.left, scene.bounds.top))
        values = dataset.read()
        tags = dataset.tags()
    assert np.count_nonzero(np.isfinite(values[0])) == len(rows)
    # The same numbers in points and raster: the strongest band and one share, over all places.
    shares = [row["cao_from_1049nm_wt"] for row in rows]
    band = 6 + 4 * 8 + 5
    np.testing.assert_allclose(np.sort(values[band][np.isfinite(values[band])]), np.sort(shares))
    strongest = values[1][np.isfinite(values[1])].astype(int)
    names = [bands[number - 1].name for number in strongest]
    assert sorted(names) == sorted(row["feo_strongest"] for row in rows)
    assert tags["LUNAR_OXIDE_METHOD"] == "Shapley values"
    assert len(tags["LUNAR_OXIDE_MODEL_SHA_256"]) == 64
    assert tags["LUNAR_OXIDE_MODEL_BANDS"].startswith("1: MI 414 nm; 2: MI 749 nm;")
    with pytest.raises(BandMappingError):  # attributions must not be accepted as reflectance
        map_bands(bands, read_info(raster_input(output)).bands)


def test_a_foreign_model_needs_bands_and_says_what_it_assumed(run, tmp_path):
    from qgis.core import QgsProcessingException, QgsProcessingFeedback

    raster = write_mi_geotiff(tmp_path / "mi.tif", random_dn(12, 9))
    model = write_foreign_model(tmp_path / "theirs.onnx", 2)
    with pytest.raises(QgsProcessingException, match="give BANDS"):
        run("explainprediction", INPUT=str(raster), MODEL_FILE=str(model), OUTPUT="memory:")
    feedback = QgsProcessingFeedback()
    output = tmp_path / "points.gpkg"
    run(
        "explainprediction",
        feedback=feedback,
        INPUT=str(raster),
        MODEL_FILE=str(model),
        BANDS=[1, 2, 3, 4, 5, 7, 8, 9],
        OUTPUT=str(output),
    )
    assert "its inputs are taken for the 8 bands of SELENE/Kaguya Multib" in feedback.textLog()
    row = features(output)[0]
    assert row["near1_station"]
    assert math.isfinite(row["tio2_from_band3_wt"])


def test_a_model_of_other_bands_is_compared_with_the_raster(run, tmp_path):
    from qgis.core import QgsProcessingFeedback

    raster = write_mi_geotiff(tmp_path / "mi.tif", random_dn(12, 9), wavelengths=None)
    document = description()
    for place, band in enumerate(document["input"]["bands"]):
        band["wavelength_nm"] = 500 + 10 * place
    model = write_linear_model(tmp_path / "theirs.onnx", json.dumps(document))
    feedback = QgsProcessingFeedback()
    output = tmp_path / "points.gpkg"
    run(
        "explainprediction",
        feedback=feedback,
        INPUT=str(raster),
        MODEL_FILE=str(model),
        BANDS=[1, 2, 3, 4, 5, 7, 8, 9],
        OUTPUT=str(output),
        REPORT=str(tmp_path / "report.html"),
    )
    assert "The reference is the median of the raster instead" in feedback.textLog()
    row = features(output)[0]
    assert "near1_station" not in [field.name() for field in row.fields()]
    total = sum(row[f"mgo_from_{500 + 10 * place}nm_wt"] for place in range(8))
    assert total == pytest.approx(row["mgo_predicted_wt"] - row["mgo_reference_wt"], abs=1e-4)


def test_points_off_the_raster_alone_are_an_error_without_output(run, tmp_path):
    from qgis.core import QgsProcessingException

    with pytest.raises(QgsProcessingException, match=r"None of the 2 places|None of the 1 places"):
        run(
            "explainprediction",
            INPUT=str(SCENE),
            POINTS=station_points(missions=("Chang'e-6",)),
            OUTPUT=str(tmp_path / "points.gpkg"),
            REPORT=str(tmp_path / "report.html"),
        )
    assert list(tmp_path.iterdir()) == []


def test_hostile_names_are_escaped(run, tmp_path):
    from qgis.core import QgsFeature

    points = station_points()
    first = QgsFeature(next(points.getFeatures()))
    points.dataProvider().changeAttributeValues({first.id(): {0: "<script>alert(1)</script>"}})
    report = tmp_path / "report.html"
    run(
        "explainprediction",
        INPUT=str(SCENE),
        POINTS=points,
        LABEL="code",
        OUTPUT="memory:",
        REPORT=str(report),
    )
    page = report.read_text(encoding="utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;" in page
