"""The installed wheel gives what the source tree gives; `make test-wheel` runs this file.

WHEEL_VENV is an environment without the system's packages, in which the wheel of ``dist/`` is
installed; BUILDER is one with hatchling. Every command runs outside of the repository.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import tarfile
import zipfile
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
import rasterio
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsPointXY,
    QgsProject,
    QgsVectorLayer,
)

from lunar_oxide_plugin import api
from lunar_oxide_plugin.core.version import VERSION
from tests.rasters import random_dn, write_mi_geotiff, write_pds3_tile

ROOT = Path(__file__).resolve().parent.parent
VENV, BUILDER = Path(os.environ["WHEEL_VENV"]), Path(os.environ["BUILDER"])
DEMO = ROOT / "resources" / "demo" / "taurus_littrow_interpolated_between_stations.tif"
#: Of two versions of numpy and ONNX Runtime, wt%.
TOLERANCE_WT = 1e-3


def installed(folder, *words, status=0, python=False):
    """Run the installed command (or Python) in a folder; its standard output."""
    program = VENV / "bin" / ("python" if python else "lunar-oxide")
    result = subprocess.run(
        [program, *map(str, words)],
        cwd=folder,
        env={"PATH": f"{VENV}/bin:/usr/bin:/bin", "HOME": str(folder)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert result.returncode == status, result.stderr
    assert "Traceback" not in result.stderr
    return result.stdout or result.stderr


@pytest.fixture(scope="module")
def scene(tmp_path_factory):
    """The demo scene, and predictions of it by the wheel (compact and not) and by the tree."""
    folder = tmp_path_factory.mktemp("wheel")
    (folder / "scene.tif").write_bytes(DEMO.read_bytes())
    said = json.loads(installed(folder, "predict", "scene.tif", "oxides.tif", "--json"))
    installed(folder, "predict", "scene.tif", "compact.tif", "--encoding", "compact", "--quiet")
    summary = api.predict(DEMO, folder / "tree.tif")
    assert said["valid_pixels"] == summary.valid_pixels > 20_000
    assert said["model"] == summary.model_title
    return folder


def wheel():
    (found,) = (ROOT / "dist").glob("lunar_oxide-*.whl")
    return found


def test_the_wheel_holds_what_core_needs_and_nothing_else():
    with zipfile.ZipFile(wheel()) as archive:
        names = set(archive.namelist())
        links = [item for item in archive.infolist() if item.external_attr >> 28 == 0o12]
    assert wheel().name == f"lunar_oxide-{VERSION}-py3-none-any.whl"
    assert not links
    core = ROOT / "lunar_oxide_plugin" / "core"
    kept = {
        f"lunar_oxide_plugin/core/{path.relative_to(core).as_posix()}"
        for path in core.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    models = {f"lunar_oxide_plugin/resources/models/{path.name}"
              for path in (ROOT / "resources" / "models").iterdir()}  # fmt: skip
    others = {
        f"lunar_oxide_plugin/{name}"
        for name in (
            "__init__.py", "__main__.py", "api.py", "py.typed", "metadata.txt",
            "resources/sample_sites.csv", "resources/in_situ_sites.csv",
        )
    }  # fmt: skip
    inside = {name for name in names if ".dist-info/" not in name}
    assert inside == kept | models | others


def test_the_source_archive_makes_the_same_wheel(tmp_path):
    (archive,) = (ROOT / "dist").glob("lunar_oxide-*.tar.gz")
    with tarfile.open(archive) as opened:
        assert not [item for item in opened.getmembers() if item.issym() or item.islnk()]
        opened.extractall(tmp_path)
    (sources,) = tmp_path.iterdir()
    subprocess.run(
        [BUILDER / "bin" / "python", "-m", "hatchling", "build", "-t", "wheel"],
        cwd=sources, check=True, capture_output=True,
    )  # fmt: skip
    (again,) = (sources / "dist").glob("*.whl")
    assert again.read_bytes() == wheel().read_bytes()


def test_nothing_comes_from_the_repository_or_from_qgis(tmp_path):
    script = (
        "import importlib.util, lunar_oxide_plugin.api as a, numpy, rasterio, sys\n"
        "print(a.__file__, importlib.util.find_spec('qgis'), numpy.__version__,\n"
        "      rasterio.__version__, a.VERSION)"
    )
    file, qgis, numpy, rasterio_version, version = installed(
        tmp_path, "-c", script, python=True
    ).split()
    assert Path(file).is_relative_to(VENV)
    assert (qgis, version) == ("None", VERSION)
    assert int(numpy.split(".")[0]) >= 2
    assert tuple(map(int, rasterio_version.split(".")[:2])) >= (1, 4)
    assert installed(tmp_path, "--version").strip() == f"Lunar Oxide {VERSION}"


def test_predictions_are_those_of_the_tree(scene):
    tree = api.read_prediction(scene / "tree.tif")
    for name, tolerance in (("oxides", TOLERANCE_WT), ("compact", 0.005 + TOLERANCE_WT)):
        ours = api.read_prediction(scene / f"{name}.tif")
        assert list(ours.bands) == list(tree.bands)
        for band, values in tree.bands.items():
            np.testing.assert_array_equal(ours.bands[band].mask, values.mask)
            if band == "quality":
                np.testing.assert_array_equal(ours.bands[band].filled(), values.filled())
            else:
                np.testing.assert_allclose(
                    ours.bands[band].filled(0), values.filled(0), atol=tolerance, rtol=0
                )
    assert (scene / "compact.tif").stat().st_size < 0.5 * (scene / "oxides.tif").stat().st_size


def test_a_generated_raster_is_predicted_too(tmp_path):
    dn = random_dn(40, 60)
    dn[:, :, :7] = -30000
    write_mi_geotiff(tmp_path / "in.tif", dn)
    said = json.loads(installed(tmp_path, "predict", "in.tif", "out.tif", "--json"))
    assert said["valid_pixels"] == 40 * 53
    api.predict(tmp_path / "in.tif", tmp_path / "tree.tif")
    with rasterio.open(tmp_path / "out.tif") as a, rasterio.open(tmp_path / "tree.tif") as b:
        np.testing.assert_allclose(a.read(list(range(1, 7))), b.read(list(range(1, 7))), atol=1e-3)


def test_commands_give_the_numbers_of_the_tree(scene):
    said = json.loads(installed(scene, "check", "oxides.tif", "--json", "--report", "c.html"))
    found = api.check(scene / "tree.tif")
    rmse = {each.oxide: each.rmse for each in found.groups[0].metrics}
    assert said["sites"] == len(found.result.pairs) == 21
    for metrics in said["metrics"]:
        assert metrics["rmse_wt"] == pytest.approx(rmse[metrics["oxide"]], abs=1e-4)
    page = (scene / "c.html").read_text("utf-8")
    assert "lunar-oxide check oxides.tif --json --report c.html" in page

    said = json.loads(installed(scene, "products", "oxides.tif", "products.tif", "--json"))
    theirs = api.products(scene / "tree.tif", scene / "tree_products.tif")
    assert said["bands"] == [band.description for band in theirs.bands]
    assert said["valid_pixels"] == theirs.valid_pixels
    said = json.loads(installed(scene, "parameters", "scene.tif", "parameters.tif", "--json"))
    ours = api.parameters(DEMO, scene / "tree_parameters.tif")
    assert [each["valid_pixels"] for each in said["parameters"]] == list(ours.valid_pixels)
    for name in ("products", "parameters"):
        with rasterio.open(scene / f"{name}.tif") as a:
            with rasterio.open(scene / f"tree_{name}.tif") as b:
                assert a.descriptions == b.descriptions
                np.testing.assert_allclose(
                    a.read(masked=True).filled(0), b.read(masked=True).filled(0), atol=0.05
                )


def test_describe_tells_the_model_and_the_map(scene):
    model = json.loads(installed(scene, "describe", "kaguya_mi", "--json"))
    tree = api.describe_model("kaguya_mi")
    assert model["sha256"] == tree.identity.sha256
    assert model["bands_nm"] == [band.wavelength_nm for band in tree.description.bands]
    raster = json.loads(installed(scene, "describe", "compact.tif", "--json"))
    assert raster["oxides"] == ["TiO2", "FeO", "Al2O3", "MgO", "CaO", "SiO2"]
    assert raster["bands"][1]["scale"] == pytest.approx(0.01)
    assert raster["tags"]["MODEL_SHA256"] == model["sha256"]


def test_regions_of_a_geopackage_and_of_geojson_are_the_same(scene):
    from osgeo import ogr, osr

    (west, south), (east, north) = (30.65, 20.12), (30.85, 20.25)
    middle = 30.74
    squares = {"west": (west, middle), "east": (middle, east)}
    features = [
        {
            "type": "Feature",
            "properties": {"unit": name},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[a, south], [b, south], [b, north], [a, north], [a, south]]],
            },
        }
        for name, (a, b) in squares.items()
    ]
    document = {"type": "FeatureCollection", "features": features}
    (scene / "units.geojson").write_text(json.dumps(document))
    moon = osr.SpatialReference()
    assert moon.SetFromUserInput("IAU_2015:30100") == 0
    moon.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    for name, driver in (("units.gpkg", "GPKG"), ("units.shp", "ESRI Shapefile")):
        source = ogr.GetDriverByName(driver).CreateDataSource(str(scene / name))
        layer = source.CreateLayer("units", moon, ogr.wkbPolygon)
        layer.CreateField(ogr.FieldDefn("unit", ogr.OFTString))
        for each in features:
            feature = ogr.Feature(layer.GetLayerDefn())
            feature["unit"] = each["properties"]["unit"]
            feature.SetGeometry(ogr.CreateGeometryFromJson(json.dumps(each["geometry"])))
            layer.CreateFeature(feature)
        feature = layer = source = None
    answers = [
        json.loads(
            installed(
                scene, "regions", "oxides.tif", "--regions", name, "--name-field", "unit", "--json"
            )
        )["regions"]
        for name in ("units.geojson", "units.gpkg", "units.shp", "units.gpkg|layername=units")
    ]
    assert answers[0] == answers[1] == answers[2] == answers[3]
    tree = api.regions(scene / "tree.tif", scene / "units.geojson", name_field="unit")
    for theirs, ours in zip(answers[0], tree.regions):
        assert (theirs["name"], theirs["pixels"]) == (ours.name, ours.pixels)
        assert theirs["pixels"] > 1000
        for key in ("feo", "tio2", "mg_number"):
            mean = theirs["quantities"][key]["mean"]
            assert mean == pytest.approx(ours.of(key).mean, abs=0.01)


def rows_of_layer(path):
    """Fields, values, geometries and the CRS of a layer."""
    from osgeo import ogr

    source = ogr.Open(str(path))
    layer = source.GetLayer(0)
    names = [field.name for field in layer.schema]
    rows = [([feature[name] for name in names], feature.GetGeometryRef().ExportToWkt())
            for feature in layer]  # fmt: skip
    return names, rows, layer.GetSpatialRef().ExportToProj4()


@pytest.mark.parametrize(
    "words",
    [
        ("check", "oxides.tif"),
        ("regions", "oxides.tif", "--built-in", "sides"),
        ("transect", "oxides.tif", "--vertex", "30.7", "20.15", "--vertex", "30.8", "20.2"),
    ],
)
def test_geopackages_hold_what_geojson_holds(scene, words):
    for _ in range(2):  # its own layer is replaced
        for ending in ("geojson", "gpkg"):
            installed(scene, *words, "--quiet", "--layer", f"layer.{ending}")
    names, rows, crs = rows_of_layer(scene / "layer.geojson")
    others, again, other_crs = rows_of_layer(scene / "layer.gpkg")
    assert (names, len(rows), crs) == (others, len(again), other_crs)
    assert "+R=1737400" in crs and "+proj=longlat" in crs
    for (values, place), (more, there) in zip(rows, again):
        assert place == there
        for value, other in zip(values, more):
            assert other == (pytest.approx(value) if isinstance(value, float) else value)
    for ending in ("geojson", "gpkg"):
        layer = QgsVectorLayer(str(scene / f"layer.{ending}"), "x", "ogr")
        equirectangular = QgsCoordinateReferenceSystem("IAU_2015:30110")
        way = QgsCoordinateTransform(layer.crs(), equirectangular, QgsProject.instance())
        placed = way.transform(QgsPointXY(30.0, -20.0))
        assert layer.crs().isValid()
        metres = np.radians([30.0, -20.0]) * 1737400.0
        assert [placed.x(), placed.y()] == pytest.approx(metres, abs=0.01)
        del layer
    with closing(sqlite3.connect(scene / "layer.gpkg")) as connection:
        connection.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, description) "
            "VALUES ('more', 'attributes', 'more', 'mine')"
        )
        connection.commit()
    before = (scene / "layer.gpkg").read_bytes()
    refused = installed(scene, *words, "--layer", "layer.gpkg", status=3)
    assert "was not made by this command" in refused
    assert (scene / "layer.gpkg").read_bytes() == before
    (scene / "layer.gpkg").unlink()


def test_sites_of_a_geopackage_are_those_of_its_geojson(scene):
    for ending in ("geojson", "gpkg"):
        installed(scene, "check", "oxides.tif", "--layer", f"found.{ending}", "--quiet")
    columns = "; ".join(f"{name}={name.lower()}_measured_wt" for name in ("FeO", "TiO2"))
    answers = [
        json.loads(installed(scene, "check", "oxides.tif", "--sites", f"found.{ending}", "--json",
                             "--columns", columns, "--quiet"))
        for ending in ("geojson", "gpkg")
    ]  # fmt: skip
    assert answers[0] == answers[1]
    assert answers[0]["sites"] == 21


def test_python_reads_arrays_and_xarray(scene):
    script = """
import json
import numpy as np
from lunar_oxide_plugin.api import LunarOxideError, read_prediction, transect, explain
maps = read_prediction("compact.tif", oxides=["FeO"])
data = maps.to_xarray()
feo = data["FeO"]
line = transect("compact.tif", vertices=[(30.6, 20.1), (30.9, 20.3)])[0]
try:
    read_prediction("scene.tif")
    refused = ""
except LunarOxideError as error:
    refused = str(error)
print(json.dumps({
    "names": list(data), "units": feo.attrs["units"], "shape": feo.shape,
    "mean": float(feo.mean()), "masked": float(maps.oxides["FeO"].mean()),
    "x": feo.x.values[[0, -1]].tolist(), "y": feo.y.values[[0, -1]].tolist(),
    "crs": data.spatial_ref.attrs["crs_wkt"], "quality": str(data["quality"].dtype),
    "km": line.length_km, "line": float(np.nanmean(line.values_wt["FeO"])), "refused": refused,
}))
"""
    said = json.loads(installed(scene, "-c", script, python=True))
    tree = api.read_prediction(scene / "tree.tif")
    assert said["names"] == ["FeO", "FeO sigma new place", "domain distance", "quality"]
    assert (said["units"], tuple(said["shape"]), said["quality"]) == ("wt%", tree.shape, "uint8")
    assert said["mean"] == pytest.approx(float(tree.oxides["FeO"].mean()), abs=2e-3)
    assert said["masked"] == pytest.approx(said["mean"], abs=1e-4)
    with rasterio.open(scene / "tree.tif") as dataset:
        rows, columns = dataset.shape
        first, last = dataset.xy(0, 0), dataset.xy(rows - 1, columns - 1)
        assert rasterio.crs.CRS.from_wkt(said["crs"]) == dataset.crs
    assert [said["x"], said["y"]] == [
        pytest.approx([first[0], last[0]]), pytest.approx([first[1], last[1]]),
    ]  # fmt: skip
    (line,) = api.transect(scene / "tree.tif", vertices=[(30.6, 20.1), (30.9, 20.3)])
    assert said["km"] == pytest.approx(line.length_km)
    assert said["line"] == pytest.approx(float(np.nanmean(line.values_wt["FeO"])), abs=0.01)
    assert "no band described as an oxide" in said["refused"]


@pytest.mark.parametrize(
    ("words", "status", "sentence"),
    [
        (["predict", "no.tif", "out.tif"], 3, "no.tif does not exist"),
        (["predict", "scene.tif"], 2, "required: OUT"),
        (["regions", "oxides.tif", "--table", "oxides.tif"], 3, "choose another"),
        (["refine", "out.onnx", "--model", "kaguya_mi"], 3, "No site is left to refine with"),
    ],
)
def test_refusals_are_one_sentence_and_a_status(scene, words, status, sentence):
    before = {path: path.stat().st_mtime_ns for path in scene.iterdir()}
    assert sentence in installed(scene, *words, status=status)
    assert {path: path.stat().st_mtime_ns for path in scene.iterdir()} == before


def test_the_night_of_the_guide_runs_as_written(tmp_path):
    text = (ROOT / "docs" / "guide" / "pipelines.md").read_text("utf-8")
    (script,) = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    (tmp_path / "night.sh").write_text(script)
    tiles = tmp_path / "tiles"
    tiles.mkdir()
    for west in (30, 31):
        write_pds3_tile(tiles, random_dn(30, 30, west), west=west, north=21, per_degree=30.0)
    ring = [[30.2, 20.2], [30.8, 20.2], [30.8, 20.8], [30.2, 20.2]]
    unit = {"type": "Feature", "properties": {"unit": "Em1"},
            "geometry": {"type": "Polygon", "coordinates": [ring]}}  # fmt: skip
    (tmp_path / "units.geojson").write_text(json.dumps(unit))

    def night(expected):
        result = subprocess.run(
            ["sh", tmp_path / "night.sh", tmp_path],
            env={"PATH": f"{VENV}/bin:/usr/bin:/bin"},
            capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip
        assert result.returncode == expected, result.stderr
        return result.stderr

    night(0)
    for name in (
        "mosaic.vrt",
        "oxides.tif",
        "products.tif",
        "units.csv",
        "composition.geojson",
        "check.json",
    ):
        assert (tmp_path / name).exists(), name
    maps = api.read_prediction(tmp_path / "oxides.tif")
    assert maps.shape == (30, 60)
    assert (tmp_path / "units.csv").read_text("utf-8").startswith("region,quantity")
    assert "Em1,FeO" in (tmp_path / "units.csv").read_text("utf-8")
    # The first command that fails ends the night with its status and one sentence.
    (tmp_path / "units.geojson").unlink()
    (tmp_path / "check.json").unlink()
    assert "units.geojson does not exist" in night(3)
    assert not (tmp_path / "check.json").exists()


def test_the_python_of_the_guide_runs_as_written(scene):
    text = (ROOT / "docs" / "guide" / "pipelines.md").read_text("utf-8")
    (script,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    folder = scene / "python"
    folder.mkdir()
    installed(folder, "mosaic", "../scene.tif", "mosaic.vrt")
    printed = installed(folder, "-c", script, python=True)
    tree = api.read_prediction(scene / "tree.tif")
    pixels, mean = printed.split()[0], printed.splitlines()[-1].split()
    assert int(pixels) == tree.oxides["FeO"].count()
    assert float(mean[0]) == pytest.approx(float(tree.oxides["FeO"].mean()), abs=0.01)
    assert mean[-1] == "wt%"
