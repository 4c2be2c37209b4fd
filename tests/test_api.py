"""The functions of `lunar_oxide_plugin.api`: paths in, arrays and frozen results out."""

from __future__ import annotations

import argparse
import csv
import dataclasses
import html
import json
import logging

import numpy as np
import pytest
import rasterio
from rasterio.windows import Window

from lunar_oxide_plugin import api
from lunar_oxide_plugin.core.command_line.main import COMMANDS, main
from lunar_oxide_plugin.core.models.bundled_models import bundled_model_path
from lunar_oxide_plugin.core.models.oxide_model import OxideModel
from lunar_oxide_plugin.core.paths import RESOURCES
from lunar_oxide_plugin.core.sites.sample_sites import load_sites
from tests.models import expected_oxides, write_linear_model
from tests.rasters import random_dn, reflectance, write_mi_geotiff

OXIDES = ("TiO2", "FeO", "Al2O3", "MgO", "CaO", "SiO2")


@pytest.fixture(scope="module")
def scene(tmp_path_factory):
    """A raster, whose first columns have no data, and its prediction by the linear model."""
    folder = tmp_path_factory.mktemp("api")
    dn = random_dn(12, 17)
    dn[:, :, :3] = -30000
    raster = write_mi_geotiff(folder / "in.tif", dn)
    model = write_linear_model(folder / "model.onnx")
    output = folder / "out.tif"
    summary = api.predict(raster, output, model=model, threads=1)
    return dn, raster, output, summary


@pytest.fixture(scope="module")
def map_file(scene):
    """A prediction by the bundled model."""
    raster = scene[1]
    output = raster.with_name("bundled.tif")
    api.predict(raster, output, threads=1)
    return output


def as_compact(path, target):
    """The same map as int16 with declared scale, offset and nodata."""
    with rasterio.open(path) as source:
        values = source.read(masked=True)
        scales = [1.0 if text == "quality" else 0.01 for text in source.descriptions]
        profile = {**source.profile, "dtype": "int16", "nodata": -32768}
        tags, names = source.tags(), source.descriptions
    with rasterio.open(target, "w", **profile) as dataset:
        for number, (band, scale, name) in enumerate(zip(values, scales, names), start=1):
            dataset.write(np.round(band / scale).filled(-32768).astype(np.int16), number)
            dataset.set_band_description(number, name)
        dataset.scales = scales
        dataset.update_tags(**tags)
    return target


def test_a_prediction_is_read_as_arrays_with_masks_names_and_units(scene):
    dn, _, output, summary = scene
    assert (summary.valid_pixels, summary.total_pixels) == (12 * 14, 12 * 17)
    found = api.read_prediction(output)
    assert tuple(found.oxides) == OXIDES
    assert found.shape == (12, 17)
    expected = expected_oxides(reflectance(dn[:, :, 3:]).astype("f4").reshape(8, -1))
    for place, oxide in enumerate(OXIDES):
        values = found.oxides[oxide]
        assert values.mask[:, :3].all()
        assert not values.mask[:, 3:].any()
        np.testing.assert_allclose(values[:, 3:].data, expected[place].reshape(12, 14), rtol=1e-5)
    assert found.units["FeO"] == "wt%"
    assert found.tags["MODEL_TITLE"] == "Linear test model"
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.path = "other"
    with pytest.raises(TypeError):
        found.oxides["FeO"] = None


def test_sigmas_distance_and_quality_have_their_names(map_file):
    found = api.read_prediction(map_file)
    assert found.sigma_kind == "new place"
    assert list(found.bands) == [
        *OXIDES, *(f"{oxide} sigma new place" for oxide in OXIDES), "domain distance", "quality",
    ]  # fmt: skip
    assert list(found.units.values()) == ["wt%"] * 12 + ["", ""]
    assert found.quality.dtype == np.uint8
    with rasterio.open(map_file) as dataset:
        for number, (values, text) in enumerate(
            zip(found.bands.values(), dataset.descriptions), start=1
        ):
            assert text.startswith(list(found.bands)[number - 1])
            raw = dataset.read(number, masked=True)
            np.testing.assert_array_equal(values.filled(0), raw.filled(0).astype(values.dtype))
        assert found.crs_wkt == dataset.crs.to_wkt()
        assert found.transform == tuple(dataset.transform)[:6]


def test_a_compact_map_gives_the_same_values_to_half_a_step(map_file, tmp_path):
    compact = api.read_prediction(as_compact(map_file, tmp_path / "compact.tif"))
    for name, values in api.read_prediction(map_file).bands.items():
        again = compact.bands[name]
        np.testing.assert_array_equal(again.mask, values.mask)
        limit = 0 if name == "quality" else 0.005 + 1e-5
        assert float(np.abs(again.astype(float) - values.astype(float)).max()) <= limit
    assert compact.bands["FeO"].dtype == np.float32


def test_a_part_of_a_map_is_read_with_its_place(map_file):
    whole = api.read_prediction(map_file)
    a, _, c, _, e, f = whole.transform
    # From the third column and the second row on, four columns and five rows.
    extent = (c + 3 * a + 1.0, f + 6 * e + 1.0, c + 7 * a - 1.0, f + e - 1.0)
    part = api.read_prediction(map_file, oxides=["feo"], extent=extent)
    assert list(part.oxides) == ["FeO"]
    assert part.shape == (5, 4)
    np.testing.assert_array_equal(
        part.oxides["FeO"].filled(0), whole.oxides["FeO"][1:6, 3:7].filled(0)
    )
    assert part.transform == pytest.approx((a, 0.0, c + 3 * a, 0.0, e, f + e))
    with pytest.raises(api.LunarOxideError, match="'K2O' is no oxide"):
        api.read_prediction(map_file, oxides=["K2O"])


def test_xarray_is_asked_for_where_it_is_missing(map_file, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "xarray", None)
    with pytest.raises(api.LunarOxideError, match="pip install xarray"):
        api.read_prediction(map_file).to_xarray()


def test_words_that_are_not_known_are_one_sentence(scene, tmp_path):
    raster, output = scene[1], tmp_path / "o.tif"
    for wrong, sentence in (
        ({"uncertainty": "small"}, "uncertainty is 'small': give one of 'new place'"),
        ({"compression": "zip"}, "compression is 'zip': give one of 'none'"),
        ({"model": "nobody"}, "There is no model 'nobody'"),
        ({"crs": "nowhere"}, "'nowhere' names no CRS"),
    ):
        with pytest.raises(api.LunarOxideError, match=sentence):
            api.predict(raster, output, **wrong)
    with pytest.raises(api.LunarOxideError, match="give 0 to 100"):
        api.regions(raster, shared=200.0)
    with pytest.raises(api.LunarOxideError, match="no formulas here: give one of MI, Clementine"):
        api.parameters(raster, output, sensor="M3")
    assert not output.exists()


def test_an_input_is_never_written_over(scene, tmp_path):
    before = scene[1].read_bytes()
    with pytest.raises(api.LunarOxideError, match="choose another"):
        api.predict(scene[1], scene[1])
    with pytest.raises(api.LunarOxideError, match="choose another"):
        api.regions(scene[2], table=scene[2])
    with pytest.raises(api.LunarOxideError, match="Two outputs have the name"):
        api.regions(scene[2], table=tmp_path / "t", differences=tmp_path / "t")
    assert scene[1].read_bytes() == before


def test_warnings_go_to_the_log_or_to_the_caller(scene, tmp_path, caplog):
    class Record(api.Progress):
        def __init__(self):
            self.warnings = []

        def warn(self, message):
            self.warnings.append(message)

        def is_cancelled(self):
            return False

    raster = write_mi_geotiff(tmp_path / "in.tif", random_dn(4, 5), wavelengths=None)
    record = Record()
    with caplog.at_level(logging.INFO, logger="lunar_oxide"):
        api.predict(raster, tmp_path / "a.tif", progress=record)
        assert not caplog.records
        api.predict(raster, tmp_path / "b.tif")
    warned = [each.getMessage() for each in caplog.records if each.levelname == "WARNING"]
    assert warned == record.warnings
    assert any("tells no wavelengths" in text for text in warned)


def test_every_command_has_the_name_of_an_algorithm(run):
    from qgis.core import QgsApplication

    provider = QgsApplication.processingRegistry().providerById("lunaroxide")
    names = {algorithm.name() for algorithm in provider.algorithms()}
    assert {command.algorithm for command in COMMANDS.values()} <= names


def test_the_commands_give_what_the_algorithms_give(run, scene, map_file, tmp_path, capsys):
    raster = scene[1]
    theirs = run("derivedproducts", INPUT=str(map_file), OUTPUT=str(tmp_path / "a.tif"))
    assert main(["products", str(map_file), str(tmp_path / "b.tif"), "--json"]) == 0
    ours = json.loads(capsys.readouterr().out)
    assert ours["valid_pixels"] == theirs["VALID_PIXELS"] > 0
    assert sum(ours["classes"]["basalt_class"].values()) == theirs["MARE_PIXELS"]
    theirs_p = run("spectralparameters", INPUT=str(raster), OUTPUT=str(tmp_path / "c.tif"))
    assert main(["spectralparameters", str(raster), str(tmp_path / "d.tif"), "--json"]) == 0
    ours = json.loads(capsys.readouterr().out)
    assert ours["parameters"][0]["valid_pixels"] == theirs_p["FEO_PIXELS"] > 0
    with rasterio.open(raster) as dataset:
        west, south, east, north = dataset.bounds
    extent = (west, south, west + 0.6 * (east - west), south + 0.4 * (north - south))
    text = ",".join(f"{extent[place]:.17g}" for place in (0, 2, 1, 3))
    run("spectralparameters", INPUT=str(raster), EXTENT=text, OUTPUT=str(tmp_path / "e.tif"))
    part = ["--extent", *(f"{value:.17g}" for value in extent)]
    assert main(["parameters", str(raster), str(tmp_path / "f.tif"), *part]) == 0
    with rasterio.open(tmp_path / "f.tif") as dataset:
        assert dataset.bounds.right < east and dataset.bounds.top < north
    for one, other in (("a", "b"), ("c", "d"), ("e", "f")):
        with (
            rasterio.open(tmp_path / f"{one}.tif") as a,
            rasterio.open(tmp_path / f"{other}.tif") as b,
        ):
            assert a.descriptions == b.descriptions
            np.testing.assert_array_equal(a.read(), b.read())


def ask(capsys, *words):
    """The result of a command as JSON."""
    assert main([*map(str, words), "--json", "--quiet"]) == 0
    return json.loads(capsys.readouterr().out)


#: A triangle and a rectangle of the scene, in lunar degrees.
TRIANGLE = [[30.737, 20.214], [30.752, 20.214], [30.745, 20.207], [30.737, 20.214]]
RECTANGLE = [[30.756, 20.216], [30.766, 20.216], [30.766, 20.205], [30.756, 20.205],
             [30.756, 20.216]]  # fmt: skip


@pytest.fixture(scope="module")
def shapes(scene):
    """GeoJSON files of polygons, a line and points on the scene."""
    folder = scene[1].parent

    def write(name, *geometries):
        features = [
            {"type": "Feature", "properties": {"name": f"{name} {letter}"}, "geometry": geometry}
            for letter, geometry in zip("abc", geometries)
        ]
        path = folder / f"{name}.geojson"
        path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
        return path

    return {
        "units": write(
            "units",
            {"type": "Polygon", "coordinates": [TRIANGLE]},
            {"type": "Polygon", "coordinates": [RECTANGLE]},
        ),
        "line": write("line", {"type": "LineString", "coordinates": [TRIANGLE[2], RECTANGLE[1]]}),
        "points": write(
            "points",
            {"type": "Point", "coordinates": [30.744, 20.211]},
            {"type": "Point", "coordinates": [30.761, 20.209]},
            {"type": "Point", "coordinates": [0.0, 0.0]},
        ),
    }


def as_layer(path, kind):
    """The features of a GeoJSON file as a layer of QGIS in lunar degrees."""
    from qgis.core import QgsCoordinateReferenceSystem, QgsFeature, QgsJsonUtils, QgsVectorLayer

    layer = QgsVectorLayer(f"{kind}?field=name:string", path.stem, "memory")
    layer.setCrs(QgsCoordinateReferenceSystem("IAU_2015:30100"))
    text = path.read_text()
    fields = QgsJsonUtils.stringToFields(text)
    features = QgsJsonUtils.stringToFeatureList(text, fields)
    copies = []
    for feature in features:
        copy = QgsFeature(layer.fields())
        copy.setGeometry(feature.geometry())
        copy.setAttributes([feature["name"]])
        copies.append(copy)
    layer.dataProvider().addFeatures(copies)
    return layer


def rows_of(path):
    with open(path, newline="", encoding="utf-8") as handle:
        return list(csv.reader(handle))


def test_regions_are_those_of_the_algorithm(run, map_file, shapes, tmp_path, capsys):
    theirs = run(
        "summarizeregions", INPUT=str(map_file), REGIONS=as_layer(shapes["units"], "Polygon"),
        NAME_FIELD="name", OUTPUT="TEMPORARY_OUTPUT", TABLE=str(tmp_path / "a.csv"), PIXELS=2,
        DIFFERENCES=str(tmp_path / "c.csv"),
    )  # fmt: skip
    ours = ask(
        capsys, "regions", map_file, "--regions", shapes["units"], "--table", tmp_path / "b.csv",
        "--differences", tmp_path / "d.csv", "--pixels", "all", "--report", tmp_path / "r.html",
    )  # fmt: skip
    assert rows_of(tmp_path / "a.csv") == rows_of(tmp_path / "b.csv")
    assert rows_of(tmp_path / "c.csv") == rows_of(tmp_path / "d.csv")
    assert [each["name"] for each in ours["regions"]] == ["units a", "units b"]
    assert all(each["pixels"] > 10 for each in ours["regions"])
    assert theirs["N_REGIONS"] == 2
    assert ours["significant_differences"] == theirs["N_DIFFERENT"]
    table = {(row[0], row[1]): row for row in rows_of(tmp_path / "b.csv")}
    mean = ours["regions"][1]["quantities"]["feo"]["mean"]
    assert float(table["units b", "FeO"][5]) == pytest.approx(mean, rel=1e-5)
    assert f"regions {map_file} --regions {shapes['units']}" in " ".join(
        (tmp_path / "r.html").read_text("utf-8").split()
    )


def test_without_polygons_the_map_is_divided_as_by_the_algorithm(run, map_file, tmp_path, capsys):
    for place, word in enumerate(("whole-raster", "south-pole-aitken", "sides")):
        run(
            "summarizeregions", INPUT=str(map_file), BUILT_IN=place, OUTPUT="TEMPORARY_OUTPUT",
            TABLE=str(tmp_path / "a.csv"),
        )  # fmt: skip
        ask(capsys, "regions", map_file, "--built-in", word, "--table", tmp_path / "b.csv")
        assert rows_of(tmp_path / "a.csv") == rows_of(tmp_path / "b.csv")


def test_transects_are_those_of_the_algorithm(run, map_file, shapes, tmp_path, capsys):
    theirs = run(
        "transect", INPUT=str(map_file), LINES=as_layer(shapes["line"], "LineString"),
        NAME_FIELD="name", OUTPUT="TEMPORARY_OUTPUT", TABLE=str(tmp_path / "a.csv"),
    )  # fmt: skip
    ours = ask(
        capsys, "transect", map_file, "--lines", shapes["line"], "--table", tmp_path / "b.csv",
        "--report", tmp_path / "t.html",
    )  # fmt: skip
    assert rows_of(tmp_path / "a.csv") == rows_of(tmp_path / "b.csv")
    (line,) = ours["lines"]
    assert line["length_km"] == pytest.approx(theirs["LENGTH_KM"], rel=1e-6)
    assert line["points"] == theirs["N_POINTS"] > 5
    start, stop = TRIANGLE[2], RECTANGLE[1]
    (again,) = ask(
        capsys, "transect", map_file, "--vertex", *start, "--vertex", *stop
    )["lines"]  # fmt: skip
    assert again["oxides_wt"] == line["oxides_wt"]


def test_explanations_are_those_of_the_algorithm(run, scene, shapes, tmp_path, capsys):
    theirs = run(
        "explainprediction", INPUT=str(scene[1]), POINTS=as_layer(shapes["points"], "Point"),
        LABEL="name", OUTPUT="TEMPORARY_OUTPUT",
    )  # fmt: skip
    features = {feature["label"]: feature for feature in theirs["OUTPUT"].getFeatures()}
    ours = ask(
        capsys, "explain", scene[1], "--points", shapes["points"], "--report", tmp_path / "e.html",
    )  # fmt: skip
    assert theirs["N_PLACES"] == len(ours["places"]) == 2
    assert [item["label"] for item in ours["skipped"]] == ["points c"]
    for place in ours["places"]:
        feature = features[place["label"]]
        for oxide, said in place["oxides"].items():
            assert said["predicted_wt"] == pytest.approx(
                feature[f"{oxide.lower()}_predicted_wt"], abs=1e-4
            )
            parts = sum(said["from_bands_wt"]) + said["reference_wt"]
            assert parts == pytest.approx(said["predicted_wt"], abs=1e-3)
        assert place["nearest_stations"][0]["station_id"] == feature["near1_station"]
    grid = tmp_path / "grid.tif"
    ask(capsys, "explain", scene[1], "--attributions", grid, "--max-samples", 9)
    with rasterio.open(grid) as dataset:
        assert dataset.width * dataset.height <= 9


def test_a_mask_of_polygons_limits_a_prediction(run, scene, map_file, shapes, tmp_path, capsys):
    run(
        "predictoxides", INPUT=str(scene[1]), MASK=as_layer(shapes["units"], "Polygon"),
        OUTPUT=str(tmp_path / "a.tif"),
    )  # fmt: skip
    said = ask(capsys, "predict", scene[1], tmp_path / "b.tif", "--mask", shapes["units"])
    whole = api.read_prediction(map_file)
    assert 0 < said["valid_pixels"] < whole.oxides["FeO"].count()
    with rasterio.open(tmp_path / "a.tif") as a, rasterio.open(tmp_path / "b.tif") as b:
        assert a.transform == b.transform
        np.testing.assert_array_equal(a.read(), b.read())


def test_describe_tells_models_and_rasters(run, scene, map_file, tmp_path, capsys):
    theirs = run("describemodel", MODEL="kaguya_mi_before_ce6")
    ours = ask(capsys, "describe", "kaguya_mi_before_ce6", "--report", tmp_path / "card.html")
    assert ours["sha256"] == theirs["SHA256"]
    assert len(ours["training_stations"]) == theirs["N_STATIONS"]
    assert "CE6" not in ours["training_stations"]
    assert ours["title"] in html.unescape((tmp_path / "card.html").read_text("utf-8"))
    raster = ask(capsys, "describe", scene[1])
    assert (raster["width"], raster["height"], raster["oxides"]) == (17, 12, [])
    assert [band["wavelength_nm"] for band in raster["bands"][:2]] == [414.0, 749.0]
    assert raster["bands"][0]["scale"] == pytest.approx(2e-5)
    known = ask(capsys, "describe", map_file)
    assert (known["oxides"], known["sigmas"]) == (list(OXIDES), ["new place"])
    assert known["tags"]["SOURCE_RASTER"] == "in.tif"
    assert main(["describe", str(map_file), "--report", str(tmp_path / "x.html")]) == 3
    assert "writes the card of a model" in capsys.readouterr().err


def test_a_model_is_refined_with_the_samples_that_it_has_not_seen(tmp_path, capsys):
    ours = ask(
        capsys, "refine", tmp_path / "refined.onnx", "--model", "kaguya_mi_before_ce6",
        "--report", tmp_path / "r.html",
    )  # fmt: skip
    assert (ours["added"], set(ours["verdicts"])) == (["CE6"], set(OXIDES))
    assert "CE6" in (tmp_path / "r.html").read_text("utf-8")
    (site,) = [site for site in load_sites() if site.station_id == "CE6"]
    spectrum = np.array(site.reflectance, dtype=np.float32)[:, None]
    parent = OxideModel(bundled_model_path("kaguya_mi_before_ce6")).predict(spectrum).oxides
    refined = OxideModel(tmp_path / "refined.onnx").predict(spectrum).oxides
    measured = np.array(site.oxides_wt)[:, None]
    assert np.abs(refined - measured).sum() < 0.7 * np.abs(parent - measured).sum()


@pytest.mark.parametrize("before", [True, False])
def test_quiet_and_json_may_stand_before_or_after_the_command(map_file, capsys, before):
    style = ["--quiet", "--json"]
    words = ["regions", str(map_file), "--pixels", "all"]
    assert main([*style, *words] if before else [*words, *style]) == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out)["regions"][0]["pixels"] > 0
    assert not [line for line in printed.err.splitlines() if not line.startswith("Warning")]


#: Parameters of algorithms and options of commands whose names differ, and why.
NAMED_OTHERWISE = {
    "MODEL_FILE": "model", "RESUME": "no_resume", "JSON": "document", "MIN_COVERAGE": "coverage",
    "PREDICTION": "input", "GAMMA_RAYS": "reference", "FOLDER": "places", "TILES": "places",
    "LABEL": "name_field",
}  # fmt: skip
#: Layers of QGIS, which commands write with another option, and parameters that they have no need
#: of: a command names a model and a raster in one argument.
ONLY_IN_QGIS = {
    ("predict-spectra", "TABLE"), ("describe", "MODEL"), ("describe", "MODEL_FILE"),
    ("describe", "OUTPUT"), ("explain", "REFERENCE"),
}  # fmt: skip
#: Commands whose algorithm gives a vector layer.
WITH_LAYER = ("check", "gamma-rays", "regions", "transect", "explain", "predict-spectra")


def test_commands_have_an_option_for_each_parameter_of_their_algorithms(run):
    from qgis.core import QgsApplication

    registry = QgsApplication.processingRegistry()
    for name, command in COMMANDS.items():
        algorithm = registry.algorithmById(f"lunaroxide:{command.algorithm}")
        parser = argparse.ArgumentParser()
        command.module.declare(parser)
        options = {action.dest for action in parser._actions}
        for parameter in algorithm.parameterDefinitions():
            if (name, parameter.name()) not in ONLY_IN_QGIS:
                own = parameter.name()
                if name in WITH_LAYER and own == "OUTPUT":
                    own = "layer"
                assert NAMED_OTHERWISE.get(own, own.lower()) in options, f"{name}: {own}"


def test_a_map_of_oxides_alone_is_read_without_what_it_lacks(tmp_path):
    scene = RESOURCES / "demo" / "taurus_littrow_interpolated_between_stations.tif"
    with rasterio.open(scene) as dataset:
        part = rasterio.windows.bounds(Window(100, 80, 40, 30), dataset.transform)
    alone = api.predict(
        scene, tmp_path / "o.tif", extent=part, content="oxides", encoding="compact"
    )
    api.predict(scene, tmp_path / "whole.tif", extent=part)
    assert alone.layout.descriptions == tuple(f"{oxide} (wt%)" for oxide in OXIDES)
    found, whole = (api.read_prediction(tmp_path / f"{name}.tif") for name in ("o", "whole"))
    assert (found.sigma_kind, dict(found.sigma)) == ("", {})
    assert (found.domain_distance, found.quality) == (None, None)
    assert list(found.bands) == list(OXIDES)
    assert found.shape == whole.shape == (30, 40)
    for oxide, values in found.oxides.items():
        known = ~values.mask
        assert known.any() and not (known & whole.oxides[oxide].mask).any()
        difference = values[known].data - whole.oxides[oxide][known].data
        assert np.abs(difference).max() <= 0.005 + 1e-5
