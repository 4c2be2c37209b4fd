"""The algorithms through `processing.run`, on layers and on paths."""

from __future__ import annotations

import csv
import math
import sys

import numpy as np
import pytest
import rasterio
from qgis.core import (
    QgsApplication,
    QgsFeature,
    QgsGeometry,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProject,
    QgsRasterLayer,
    QgsVectorLayer,
)

from lunar_oxide_plugin.algorithms.site_layers import moon_geographic_crs
from lunar_oxide_plugin.core.chemistry.oxides import OXIDES
from lunar_oxide_plugin.core.models.bundled_models import bundled_model_path
from lunar_oxide_plugin.core.models.oxide_model import OxideModel
from lunar_oxide_plugin.core.paths import RESOURCES
from lunar_oxide_plugin.core.sites.sample_sites import load_sites
from tests.models import write_linear_model
from tests.rasters import EARTH, random_dn, write_mi_geotiff

STATIONS = RESOURCES / "demo" / "stations_all_missions.tif"
SCENE = RESOURCES / "demo" / "taurus_littrow_interpolated_between_stations.tif"


@pytest.fixture(scope="module")
def scene_prediction(run, tmp_path_factory):
    output = tmp_path_factory.mktemp("scene") / "oxides.tif"
    return run("predictoxides", INPUT=str(SCENE), OUTPUT=str(output))


def model_predictions(name, sites):
    spectra = np.array([site.reflectance for site in sites], dtype=np.float32).T
    return OxideModel(bundled_model_path(name)).predict(spectra)


@pytest.mark.parametrize("name", ["kaguya_mi", "kaguya_mi_before_ce6"])
def test_bundled_models_at_the_stations_equal_onnxruntime(run, tmp_path, name):
    apollo_17 = [site for site in load_sites() if site.mission == "Apollo 17"]
    output = tmp_path / "oxides.tif"
    run("predictoxides", INPUT=str(SCENE), MODEL=name, OUTPUT=str(output))
    check = run(
        "checkpredictions",
        INPUT=str(output),
        WINDOW=1,
        OUTPUT=str(tmp_path / "check.gpkg"),
        REPORT=str(tmp_path / "report.html"),
        TABLE=str(tmp_path / "check.csv"),
    )
    direct = model_predictions(name, apollo_17)
    layer = QgsVectorLayer(check["OUTPUT"])
    rows = {feature["station_id"]: feature for feature in layer.getFeatures()}
    assert len(rows) == check["N_SITES"] == 21
    for column, site in enumerate(apollo_17):
        for row, oxide in enumerate(OXIDES):
            feature = rows[site.station_id]
            predicted = feature[f"{oxide.key}_predicted_wt"]
            assert predicted == pytest.approx(float(direct.oxides[row, column]), abs=1e-5)
            assert feature[f"{oxide.key}_measured_wt"] == site.oxides_wt[row]
            residual = feature[f"{oxide.key}_residual_wt"]
            assert residual == pytest.approx(predicted - site.oxides_wt[row], abs=1e-9)
            sigma = feature[f"{oxide.key}_sigma_wt"]
            assert sigma == pytest.approx(float(direct.sigma[row, column]), abs=1e-5)
    assert "Apollo 17" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_metrics_can_be_recomputed_from_the_table(run, tmp_path, scene_prediction):
    results = run(
        "checkpredictions",
        INPUT=scene_prediction["OUTPUT"],
        OUTPUT=str(tmp_path / "check.gpkg"),
        TABLE=str(tmp_path / "check.csv"),
    )
    with open(tmp_path / "check.csv", newline="", encoding="utf-8") as handle:
        rows = [row for row in csv.DictReader(handle) if row["status"] == "checked"]
    for oxide in OXIDES:
        measured = np.array([float(row[f"{oxide.key}_measured_wt"]) for row in rows])
        predicted = np.array([float(row[f"{oxide.key}_predicted_wt"]) for row in rows])
        error = predicted - measured
        name = oxide.name.upper()
        assert results[f"RMSE_{name}"] == pytest.approx(math.sqrt((error**2).mean()), abs=1e-3)
        assert results[f"BIAS_{name}"] == pytest.approx(error.mean(), abs=1e-3)
        r2 = 1 - (error**2).sum() / ((measured - measured.mean()) ** 2).sum()
        assert results[f"R2_{name}"] == pytest.approx(r2, abs=1e-3)


def test_blind_chang_e_6_is_the_one_unseen_site(run, tmp_path):
    # A cut around the landing site: the whole raster spans the Moon.
    output = tmp_path / "oxides.tif"
    with rasterio.open(STATIONS) as dataset:
        wkt = dataset.crs.to_wkt()
    centre = (-153.9852 * 30323.35, -41.6385 * 30323.35)
    extent = f"{centre[0] - 3e4},{centre[0] + 3e4},{centre[1] - 3e4},{centre[1] + 3e4}"
    assert "Moon" in wkt
    run(
        "predictoxides",
        INPUT=str(STATIONS),
        MODEL="kaguya_mi_before_ce6",
        EXTENT=extent,
        OUTPUT=str(output),
    )
    feedback = QgsProcessingFeedback()
    results = run(
        "checkpredictions", feedback, INPUT=str(output), OUTPUT=str(tmp_path / "check.gpkg")
    )
    assert (results["N_SITES"], results["N_UNSEEN"]) == (1, 1)
    feature = next(QgsVectorLayer(results["OUTPUT"]).getFeatures())
    assert feature["station_id"] == "CE6"
    assert feature["seen_in_training"] in (False, 0)
    assert "57 left out, outside the raster: A11_LM, A12_LM," in feedback.textLog()
    ce6 = [site for site in load_sites() if site.station_id == "CE6"]
    direct = model_predictions("kaguya_mi_before_ce6", ce6)
    assert feature["feo_predicted_wt"] == pytest.approx(float(direct.oxides[1, 0]), abs=1e-5)


def test_model_may_be_given_by_place(run, tmp_path):
    by_place = run("predictoxides", INPUT=str(SCENE), MODEL=1, OUTPUT=str(tmp_path / "a.tif"))
    by_name = run(
        "predictoxides",
        INPUT=str(SCENE),
        MODEL="kaguya_mi_before_ce6",
        OUTPUT=str(tmp_path / "b.tif"),
    )
    assert by_place["VALID_PIXELS"] == by_name["VALID_PIXELS"] > 0
    with rasterio.open(tmp_path / "a.tif") as a, rasterio.open(tmp_path / "b.tif") as b:
        np.testing.assert_array_equal(a.read(), b.read())


def test_results_load_as_a_group_of_styled_layers(run, tmp_path):
    project = QgsProject.instance()
    project.clear()
    context = QgsProcessingContext()
    context.setProject(project)
    output = str(tmp_path / "oxides.tif")
    context.addLayerToLoadOnCompletion(
        output, QgsProcessingContext.LayerDetails("oxides", project, "OUTPUT")
    )
    run("predictoxides", context=context, INPUT=str(SCENE), OUTPUT=output)
    layer = QgsRasterLayer(output, "oxides")
    project.addMapLayer(layer)
    details = context.layersToLoadOnCompletion()[output]
    details.postProcessor().postProcessLayer(layer, context, QgsProcessingFeedback())
    group = project.layerTreeRoot().children()[0]
    assert "Kaguya MI" in group.name()
    assert "taurus_littrow" in group.name()
    assert "interpolated between published station spectra" in group.name()
    # After the comma a name says what the map tells at a new place (tests/test_uncertainties.py).
    names = [node.name().split(",")[0] for node in group.children()]
    assert names == ["Quality flags"] + [f"{oxide.pretty} (wt%)" for oxide in OXIDES]
    for number, (node, oxide) in enumerate(zip(group.children()[1:], OXIDES), start=1):
        renderer = node.layer().renderer()
        assert renderer.usesBands() == [number]
        assert renderer.classificationMin() == oxide.display_min
        assert renderer.classificationMax() == oxide.display_max
    assert project.crs().celestialBodyName() == "Moon"
    project.clear()


def test_sample_sites(run):
    layer = run("addsamplesites", OUTPUT="memory:")["OUTPUT"]
    assert layer.crs().authid() == "IAU_2015:30100"
    assert layer.featureCount() == 58
    ce6 = next(f for f in layer.getFeatures() if f["station_id"] == "CE6")
    assert ce6.geometry().asPoint().x() == pytest.approx(-153.9852)
    assert ce6["feo_wt"] == 17.2
    assert "Li et al. 2024" in ce6["citation"]


def test_sample_sites_of_one_mission_in_a_geopackage(run, tmp_path):
    path = run("addsamplesites", MISSIONS=[5], OUTPUT=str(tmp_path / "sites.gpkg"))["OUTPUT"]
    layer = QgsVectorLayer(path)
    assert {feature["mission"] for feature in layer.getFeatures()} == {"Apollo 17"}
    assert layer.featureCount() == 21
    assert layer.crs().authid() == "IAU_2015:30100"


def test_own_sites_are_compared_and_known_places_count_as_seen(run, tmp_path, scene_prediction):
    sites = QgsVectorLayer("Point?field=id:string&field=FeO:double", "mine", "memory")
    sites.setCrs(moon_geographic_crs())
    features = []
    for name, lon, lat, feo in (("near LM", 30.7723, 20.1911, 16.0), ("far", 120.0, 3.0, 9.0)):
        feature = QgsFeature(sites.fields())
        feature.setGeometry(QgsGeometry.fromWkt(f"POINT({lon} {lat})"))
        feature.setAttributes([name, feo])
        features.append(feature)
    sites.dataProvider().addFeatures(features)
    results = run(
        "checkpredictions",
        INPUT=scene_prediction["OUTPUT"],
        SITES=sites,
        OUTPUT=str(tmp_path / "check.gpkg"),
        TABLE=str(tmp_path / "check.csv"),
    )
    assert (results["N_SITES"], results["N_UNSEEN"]) == (1, 0)
    with open(tmp_path / "check.csv", newline="", encoding="utf-8") as handle:
        rows = {row["station_id"]: row for row in csv.DictReader(handle)}
    assert rows["near LM"]["seen_in_training"] == "yes"
    assert "same place as training station" in rows["near LM"]["note"]
    assert rows["near LM"]["tio2_measured_wt"] == ""
    assert rows["far"]["status"] == "skipped"
    assert rows["far"]["reason"] == "outside the raster"


def test_cancel_returns_nothing_and_leaves_nothing(run, tmp_path):
    feedback = QgsProcessingFeedback()
    feedback.cancel()
    assert run("predictoxides", feedback, INPUT=str(SCENE), OUTPUT=str(tmp_path / "o.tif")) == {}
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("case", "message"),
    [
        ("earth", "CRS of Earth"),
        ("few bands", r"has 3 band\(s\) but the model needs 8"),
        ("no wavelengths", "give BANDS"),
        ("unscaled", "unscaled digital numbers"),
        ("text model", "not a usable ONNX model"),
        ("missing model", "cannot be read"),
        ("no folder", "does not exist"),
    ],
)
def test_bad_input_is_one_sentence_and_leaves_nothing(run, tmp_path, case, message):
    dn = random_dn(40, 30)
    options, parameters = {}, {}
    if case == "earth":
        options["crs"] = EARTH
    elif case == "few bands":
        dn, options["wavelengths"] = dn[:3], (414, 749, 901)
    elif case == "no wavelengths":
        options.update(wavelengths=None, scale=2.1e-5)  # not the scale of MI_MAP
    elif case == "unscaled":
        options["scale"] = None
    elif case == "text model":
        (tmp_path / "text.onnx").write_text("FeO")
        parameters["MODEL_FILE"] = str(tmp_path / "text.onnx")
    elif case == "missing model":
        parameters["MODEL_FILE"] = str(tmp_path / "none.onnx")
    raster = write_mi_geotiff(tmp_path / "in.tif", dn, **options)
    output = tmp_path / ("none/out.tif" if case == "no folder" else "out.tif")
    with pytest.raises(QgsProcessingException, match=message) as caught:
        run("predictoxides", INPUT=str(raster), OUTPUT=str(output), **parameters)
    assert "Traceback" not in str(caught.value)
    assert len(str(caught.value).strip().splitlines()) == 1
    left = {path.name for path in tmp_path.rglob("*") if path.suffix != ".xml"}
    assert left <= {"in.tif", "text.onnx", "none"}


def test_unknown_model(run, tmp_path):
    with pytest.raises(QgsProcessingException, match="no model 'mars': choose one of"):
        run("predictoxides", INPUT=str(SCENE), MODEL="mars", OUTPUT=str(tmp_path / "o.tif"))


def test_own_model_wins_over_the_bundled_one(run, tmp_path):
    model = write_linear_model(tmp_path / "linear.onnx")
    raster = write_mi_geotiff(tmp_path / "in.tif", random_dn(4, 4))
    output = tmp_path / "out.tif"
    run("predictoxides", INPUT=str(raster), MODEL_FILE=str(model), OUTPUT=str(output))
    with rasterio.open(output) as dataset:
        assert dataset.tags()["LUNAR_OXIDE_MODEL_NAME"] == "linear_test"


def test_without_onnxruntime_prediction_says_what_to_do(run, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(QgsProcessingException, match=r"install it with .*onnxruntime"):
        run("predictoxides", INPUT=str(SCENE), OUTPUT=str(tmp_path / "out.tif"))


def test_a_raster_of_other_bands_cannot_be_checked(run, tmp_path):
    with pytest.raises(QgsProcessingException, match=r"no band described as an oxide"):
        run("checkpredictions", INPUT=str(SCENE), OUTPUT=str(tmp_path / "check.gpkg"))


def test_every_parameter_has_help(run):
    provider = QgsApplication.processingRegistry().providerById("lunaroxide")
    for algorithm in provider.algorithms():
        assert algorithm.shortDescription()
        for parameter in algorithm.parameterDefinitions():
            assert parameter.help(), (algorithm.id(), parameter.name())
            assert parameter.name() in algorithm.shortHelpString()
