"""Every output of every algorithm: inputs are safe, full disks reported, wrong places refused."""

from __future__ import annotations

import hashlib
import json
import os
import resource
import shutil
import sqlite3
import subprocess
import warnings
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np
import pytest
import rasterio
import rasterio.shutil
from qgis.core import (
    QgsApplication,
    QgsFeatureSource,
    QgsProcessingException,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterMapLayer,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterVectorLayer,
    QgsVectorLayer,
)

from lunar_oxide_plugin.algorithms import feature_output
from lunar_oxide_plugin.algorithms.database_table import DatabaseTable
from lunar_oxide_plugin.core.models.bundled_models import bundled_model_path
from lunar_oxide_plugin.core.moon.geopackage_crs import name_lunar_crs
from lunar_oxide_plugin.core.paths import RESOURCES
from tests.models import write_linear_model

TILE = RESOURCES / "demo" / "taurus_littrow_interpolated_between_stations.tif"
SITES = (
    "station_id,lon,lat,position_error_m,FeO,TiO2,Al2O3,MgO,CaO,SiO2\n"
    "x1,30.5791,20.2783,20,16.5,8.5,11.5,9.8,10.7,40.1\n"
    "x2,30.9365,20.2178,20,17.5,9.5,11.0,9.5,10.6,39.5\n"
)

#: Cells of a table from orbit that the scene fills.
CELLS = "min_lat,max_lat,min_lon,max_lon,FeO,SiO2\n20.15,20.2,30.7,30.75,16,43\n"
SPECTRA = (
    "name,lon,lat,r414,r749,r901,r950,r1001,r1049,r1248,r1548\n"
    "x1,30.5,20.2,0.0498,0.0883,0.0953,0.0962,0.0989,0.1024,0.1235,0.1487\n"
    "x2,30.9,20.1,0.0539,0.0957,0.1030,0.1044,0.1075,0.1112,0.1335,0.1601\n"
)

#: Each algorithm with its input files, and the names of all its outputs.
ALGORITHMS = {
    "addsamplesites": ({}, {"OUTPUT": "o.gpkg"}),
    "checkpredictions": (
        {"INPUT": "p.tif", "SITES": "s.gpkg", "REFLECTANCE": "r.tif"},
        {"OUTPUT": "o.gpkg", "REPORT": "o.html", "TABLE": "o1.csv", "METRICS": "o2.csv",
         "JSON": "o.json"},
    ),
    "checkregions": (
        {"INPUT": "p.tif", "GAMMA_RAYS": "g.csv", "REGIONS": "c.gpkg"},
        {"OUTPUT": "o.gpkg", "REPORT": "o.html", "TABLE": "o.csv", "JSON": "o.json"},
    ),
    "colourcomposite": ({"INPUT": "r.tif"}, {"OUTPUT": "o.tif"}),
    "comparerasters": (
        {"PREDICTION": "p.tif", "REFERENCE": "q.tif", "OXIDE": 1},
        {"OUTPUT": "o.tif", "REPORT": "o.html", "TABLE": "o.csv", "JSON": "o.json"},
    ),
    "derivedproducts": ({"INPUT": "p.tif"}, {"OUTPUT": "o.tif"}),
    "describemodel": ({"MODEL_FILE": "m.onnx"}, {"OUTPUT": "o.html"}),
    "explainprediction": (
        {"INPUT": "r.tif", "MODEL_FILE": "b.onnx", "POINTS": "s.gpkg", "MAX_SAMPLES": 30},
        {"OUTPUT": "o.gpkg", "REPORT": "o.html", "ATTRIBUTIONS": "o.tif"},
    ),
    "liveoxides": ({"INPUT": "r.tif", "MODEL_FILE": "m.onnx"}, {}),
    "mosaictiles": ({"TILES": ["r.tif"]}, {"OUTPUT": "o.vrt"}),
    "predictoxides": (
        {"INPUT": "r.tif", "MODEL_FILE": "m.onnx", "MASK": "u.gpkg"}, {"OUTPUT": "o.tif"},
    ),
    "predictspectra": (
        {"INPUT": "x.csv", "MODEL_FILE": "b.onnx"},
        {"OUTPUT": "o.gpkg", "TABLE": "o.csv", "REPORT": "o.html"},
    ),
    "printmap": (
        {"INPUT": "p.tif", "SITES": "s.gpkg", "OXIDES": 1, "DPI": 50},
        {"PDF": "o.pdf", "PNG": "o.png"},
    ),
    "refinemodel": (
        {"INPUT": "r.tif", "MODEL_FILE": "b.onnx", "SITES": "s.gpkg"},
        {"OUTPUT": "o.onnx", "REPORT": "o.html"},
    ),
    "spectralparameters": ({"INPUT": "r.tif"}, {"OUTPUT": "o.tif"}),
    "summarizeregions": (
        {"INPUT": "p.tif", "REGIONS": "u.gpkg"},
        {"OUTPUT": "o.gpkg", "REPORT": "o.html", "TABLE": "o1.csv", "DIFFERENCES": "o2.csv"},
    ),
    "transect": (
        {"INPUT": "p.tif", "LINES": "l.gpkg"},
        {"OUTPUT": "o.gpkg", "REPORT": "o.html", "TABLE": "o.csv"},
    ),
}  # fmt: skip

#: Those that write files.
WRITERS = sorted(name for name, (_, outputs) in ALGORITHMS.items() if outputs)

#: Parameters that name files; a folder of tiles is no input by itself.
_FILES = (
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
    QgsProcessingParameterMapLayer,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterVectorLayer,
)


@pytest.fixture(scope="module")
def scene(run, tmp_path_factory):
    """Inputs of all kinds, which no test may change."""
    folder = tmp_path_factory.mktemp("scene")
    shutil.copy(TILE, folder / "r.tif")
    write_linear_model(folder / "m.onnx")
    shutil.copy(bundled_model_path("kaguya_mi_before_ce6"), folder / "b.onnx")
    model = str(folder / "b.onnx")
    run("predictoxides", INPUT=str(folder / "r.tif"), MODEL_FILE=model, OUTPUT=f"{folder}/p.tif")
    shutil.copy(folder / "p.tif", folder / "q.tif")
    (folder / "s.csv").write_text(SITES)
    (folder / "x.csv").write_text(SPECTRA)
    import processing

    processing.run(
        "native:createpointslayerfromtable",
        {"INPUT": str(folder / "s.csv"), "XFIELD": "lon", "YFIELD": "lat",
         "TARGET_CRS": "IAU_2015:30100", "OUTPUT": str(folder / "s.gpkg")},
    )  # fmt: skip
    name_lunar_crs(folder / "s.gpkg")
    (folder / "g.csv").write_text(CELLS)
    processing.run(
        "native:buffer",
        {"INPUT": str(folder / "s.gpkg"), "DISTANCE": 0.1, "OUTPUT": str(folder / "c.gpkg")},
    )
    name_lunar_crs(folder / "c.gpkg")
    processing.run(
        "native:buffer",
        {"INPUT": str(folder / "s.gpkg"), "DISTANCE": 0.02, "OUTPUT": str(folder / "u.gpkg")},
    )
    processing.run(
        "native:pointstopath",
        {"INPUT": str(folder / "s.gpkg"), "ORDER_FIELD": "station_id",
         "OUTPUT": str(folder / "l.gpkg")},
    )  # fmt: skip
    for name in ("u.gpkg", "l.gpkg"):
        name_lunar_crs(folder / name)
    return folder


def inputs_of(name, folder):
    parameters, _ = ALGORITHMS[name]
    return {key: _placed(value, folder) for key, value in parameters.items()}


def _placed(value, folder):
    if isinstance(value, list):
        return [_placed(item, folder) for item in value]
    return str(folder / value) if isinstance(value, str) else value


def outputs_of(name, folder):
    return {key: str(folder / value) for key, value in ALGORITHMS[name][1].items()}


def contents(folder):
    """Digests of all files except GDAL's statistics."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.iterdir()
        if path.is_file() and not path.name.endswith((".aux.xml", "-wal", "-shm"))
    }


def refusal(run, name, parameters):
    """The one sentence of a run that is refused."""
    with pytest.raises(QgsProcessingException) as caught:
        run(name, **parameters)
    message = str(caught.value).strip()
    assert "\n" not in message, message
    assert "that should not" not in message, message  # an unexpected error
    return message


def algorithm(name):
    return QgsApplication.processingRegistry().algorithmById(f"lunaroxide:{name}")


def test_the_table_has_every_algorithm_input_and_output(run):
    provider = QgsApplication.processingRegistry().providerById("lunaroxide")
    assert sorted(ALGORITHMS) == sorted(a.name() for a in provider.algorithms())
    for name, (inputs, outputs) in ALGORITHMS.items():
        definitions = algorithm(name).parameterDefinitions()
        # Files in a folder of charts go through the same door as every output.
        written = {
            d.name()
            for d in definitions
            if d.isDestination() and not isinstance(d, QgsProcessingParameterFolderDestination)
        }
        read = {d.name() for d in definitions if isinstance(d, _FILES)} - {"FOLDER"}
        assert set(outputs) == written, name
        assert {key for key, value in inputs.items() if not isinstance(value, int)} == read, name


# --- inputs ---------------------------------------------------------------------------


def _aliases(path, scratch):
    """Ways to read one file and write another name of it: (what to read, what to write)."""
    yield path, path
    soft, hard = scratch / f"soft{path.suffix}", scratch / f"hard{path.suffix}"
    soft.symlink_to(path)
    os.link(path, hard)
    yield path, soft
    yield soft, path
    yield path, hard
    yield path, scratch / ".." / path.parent.name / path.name
    if path.suffix == ".tif":
        vrt, outer = scratch / "inner.vrt", scratch / "outer.vrt"
        rasterio.shutil.copy(path, vrt, driver="VRT")
        outer.write_text(vrt.read_text().replace(str(path), str(vrt)))
        yield vrt, path
        yield outer, path
        yield outer, soft
        yield outer, vrt
    if path.suffix == ".gpkg":
        yield f"{path}|layername={path.stem}", path


@pytest.mark.parametrize("name", WRITERS)
def test_no_output_is_an_input(run, scene, name, tmp_path_factory):
    before = contents(scene)
    tried = 0
    for key in [key for key, value in ALGORITHMS[name][0].items() if not isinstance(value, int)]:
        value = ALGORITHMS[name][0][key]
        path = scene / (value[0] if isinstance(value, list) else value)
        for output in ALGORITHMS[name][1]:
            scratch = scene.parent / f"{scene.name}-{name}-{key}-{output}"
            scratch.mkdir()
            aliases = list(_aliases(path, scratch))
            # One output sees all names of the input, the others the plain and the deepest one.
            some = aliases if output == "OUTPUT" else [aliases[0], aliases[-1]]
            for read, written in some:
                parameters = {
                    **inputs_of(name, scene),
                    **outputs_of(name, tmp_path_factory.mktemp("other")),
                    key: [str(read)] if isinstance(value, list) else str(read),
                    output: str(written),
                }
                beside = contents(scratch)
                refusal(run, name, parameters)
                assert contents(scene) == before, (key, output, read, written)
                assert contents(scratch) == beside
                tried += 1
            shutil.rmtree(scratch)
    assert tried or name == "addsamplesites"


def test_what_a_project_layer_shows_is_an_input_too(run, scene, tmp_path):
    from qgis.core import QgsProject, QgsRasterLayer

    layer = QgsRasterLayer(str(scene / "p.tif"), "a map in the project", "gdal")
    sites = QgsVectorLayer(f"{scene / 's.gpkg'}|layername=s", "sites in the project", "ogr")
    project = QgsProject.instance()
    project.addMapLayers([layer, sites])
    before = contents(scene)
    try:
        for given in (layer.id(), layer.name(), layer):
            message = refusal(
                run, "derivedproducts", {"INPUT": given, "OUTPUT": str(scene / "p.tif")}
            )
            assert "is an input" in message
        query = QgsVectorLayer(
            "?query=select%20*%20from%20%22sites%20in%20the%20project%22", "joined", "virtual"
        )
        assert query.isValid()
        parameters = {"INPUT": layer.id(), "SITES": query, "OUTPUT": str(scene / "s.gpkg")}
        assert "is an input" in refusal(run, "checkpredictions", parameters)
    finally:
        project.removeAllMapLayers()
    assert contents(scene) == before


@pytest.mark.parametrize("spelled", ["o.csv", "O.CSV", "sub/../o.csv", "link.csv"])
def test_two_outputs_are_two_files(run, scene, tmp_path, spelled):
    (tmp_path / "sub").mkdir()
    (tmp_path / "link.csv").symlink_to(tmp_path / "o.csv")
    parameters = {
        **inputs_of("checkpredictions", scene),
        **outputs_of("checkpredictions", tmp_path),
        "TABLE": str(tmp_path / "o.csv"),
        "METRICS": str(tmp_path / spelled),
    }
    assert "TABLE and METRICS" in refusal(run, "checkpredictions", parameters)
    assert contents(tmp_path) == {}


# --- other people's layers ------------------------------------------------------------


def layers_of(path):
    layer = QgsVectorLayer(str(path), "x", "ogr")
    names = [item.split("!!::!!")[1] for item in layer.dataProvider().subLayers()]
    counts = {}
    for name in names:
        counts[name] = QgsVectorLayer(f"{path}|layername={name}", "x", "ogr").featureCount()
    return counts


def test_layers_of_the_user_in_a_geopackage_stay(run, scene, tmp_path):
    mine = tmp_path / "mine.gpkg"
    shutil.copy(scene / "s.gpkg", mine)
    before = layers_of(mine)
    assert before == {"s": 2}
    message = refusal(run, "addsamplesites", {"OUTPUT": str(mine)})
    assert "holds other layers (s)" in message
    assert layers_of(mine) == before
    # The way that the message names works, and again into the same table.
    table = f"ogr:dbname='{mine}' table=\"sites\" (geom)"
    for _ in range(2):
        run("addsamplesites", OUTPUT=table)
        after = layers_of(mine)
        assert after.pop("sites") > 50
        assert after == before


def test_a_table_that_is_read_is_not_replaced(run, scene, tmp_path):
    mine = tmp_path / "mine.gpkg"
    shutil.copy(scene / "s.gpkg", mine)
    before = contents(tmp_path)
    parameters = {"INPUT": str(scene / "p.tif"), "SITES": f"{mine}|layername=s"}
    table = "ogr:dbname='{}' table=\"{}\" (geom)"
    parameters["OUTPUT"] = table.format(mine, "s")
    assert "is an input" in refusal(run, "checkpredictions", parameters)
    assert contents(tmp_path) == before
    parameters["OUTPUT"] = table.format(mine, "checked")
    run("checkpredictions", **parameters)
    assert layers_of(mine) == {"s": 2, "checked": 2}


def test_a_table_that_cannot_be_completed_is_removed(run, scene, tmp_path):
    from qgis.core import QgsProcessingFeedback

    mine = tmp_path / "mine.gpkg"
    shutil.copy(scene / "s.gpkg", mine)
    table = f"ogr:dbname='{mine}' table=\"sites\" (geom)"

    class CancelLater(QgsProcessingFeedback):
        asked = 0

        def isCanceled(self):
            self.asked += 1
            return self.asked > 20

    assert run("addsamplesites", feedback=CancelLater(), OUTPUT=table) == {}
    assert layers_of(mine) == {"s": 2}
    refused = 0
    for more in (1_000, 4_000, 8_000, 12_000, 16_000, 24_000, 32_000):
        shutil.copy(scene / "s.gpkg", mine)
        with longest_file(mine.stat().st_size + more):
            try:
                run("addsamplesites", OUTPUT=table)
                succeeded = True
            except QgsProcessingException:
                succeeded = False
        assert (layers_of(mine).get("sites", 0) > 50) == succeeded, more
        assert set(layers_of(mine)) == ({"s", "sites"} if succeeded else {"s"}), more
        refused += not succeeded
    assert refused


def rows_of(database):
    """Every row of every table, also of GeoPackage's own tables of layers and CRS."""
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("PRAGMA quick_check").fetchone() == ("ok",)
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {
            name: connection.execute(f'SELECT * FROM "{name}"').fetchall()
            for (name,) in sorted(names)
        }


def test_a_table_survives_the_failure_of_its_replacement(run, scene, tmp_path, monkeypatch):
    from qgis.core import QgsProcessingFeedback

    class CancelLater(QgsProcessingFeedback):
        asked = 0

        def isCanceled(self):
            self.asked += 1
            return self.asked > 20

    mine = tmp_path / "mine.gpkg"
    shutil.copy(scene / "s.gpkg", mine)
    before = rows_of(mine)
    assert len(before["s"]) == 2
    output = f"ogr:dbname='{mine}' table=\"s\" (geom)"

    assert run("addsamplesites", feedback=CancelLater(), OUTPUT=output) == {}
    assert rows_of(mine) == before

    features = iter([True] * 30 + [False])
    with monkeypatch.context() as patch:
        original = feature_output.add_feature
        patch.setattr(
            feature_output, "add_feature",
            lambda sink, feature: original(sink if next(features) else None, feature),
        )  # fmt: skip
        with pytest.raises(QgsProcessingException, match="A feature cannot be written"):
            run("addsamplesites", OUTPUT=output)
    assert rows_of(mine) == before

    with closing(sqlite3.connect(mine)) as other, monkeypatch.context() as patch:
        patch.setenv("SQLITE_BUSY_TIMEOUT", "1")
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(QgsProcessingException, match="stays as it was") as caught:
            run("addsamplesites", OUTPUT=output)
        assert "locked" in str(caught.value)
    assert rows_of(mine) == before

    # The temporary file has room, the user's has not.
    room, size = [], []
    replace = DatabaseTable.replace

    def replace_without_room(*arguments):
        with longest_file(size[-1]):
            replace(*arguments)

    monkeypatch.setattr(DatabaseTable, "replace", replace_without_room)
    for more in (0, 4_000, 16_000, 32_000, 60_000, 90_000, 400_000):
        shutil.copy(scene / "s.gpkg", mine)
        size.append(mine.stat().st_size + more)
        try:
            run("addsamplesites", OUTPUT=output)
        except QgsProcessingException as error:
            assert "stays as it was" in str(error)
            assert rows_of(mine) == before
            room.append(False)
        else:
            room.append(True)
    assert room[0] is False
    assert room[-1] is True
    layer = QgsVectorLayer(f"{mine}|layername=s")
    assert layer.featureCount() > 50
    assert layer.hasSpatialIndex() == QgsFeatureSource.SpatialIndexPresence.SpatialIndexPresent


@pytest.mark.parametrize("ending", ["gpkg", "shp", "geojson", "csv", "fgb", "", "kml"])
def test_points_are_written_in_any_format_and_again(run, tmp_path, ending):
    output = tmp_path / (f"sites.{ending}" if ending else "sites")
    for _ in range(2):
        written = run("addsamplesites", OUTPUT=str(output))["OUTPUT"]
        layer = QgsVectorLayer(written, "x", "ogr")
        assert layer.isValid(), written
        assert sum(1 for _ in layer.getFeatures()) > 50
        assert Path(written).parent == tmp_path
        del layer
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


# --- a disk that becomes full ---------------------------------------------------------


@pytest.fixture(scope="module")
def whole(run, scene, tmp_path_factory):
    """Every algorithm's outputs with enough disk space."""
    folders = {}
    for name in WRITERS:
        folders[name] = tmp_path_factory.mktemp(name)
        run(name, **inputs_of(name, scene), **outputs_of(name, folders[name]))
    return folders


def require_complete(path, reference):
    """An output under its final name is complete."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if path.suffix in (".tif", ".vrt"):
            with rasterio.open(path) as found, rasterio.open(reference) as wanted:
                np.testing.assert_array_equal(found.read(), wanted.read())
                assert found.overviews(1) == wanted.overviews(1)
                assert found.tags() == wanted.tags()
            return
    if path.suffix == ".gpkg":
        found, wanted = (QgsVectorLayer(str(p), "x", "ogr") for p in (path, reference))
        assert found.isValid()
        values = [[f.attributes()[1:] for f in layer.getFeatures()] for layer in (found, wanted)]
        assert values[0] == values[1]
        assert found.crs() == wanted.crs()
    elif path.suffix == ".json":
        assert json.loads(path.read_text()).keys() == json.loads(reference.read_text()).keys()
    elif path.suffix == ".html":
        assert path.read_text().rstrip().endswith("</html>")
    else:
        assert path.stat().st_size == reference.stat().st_size


@contextmanager
def longest_file(size):
    """Limit the size of files, which has the effect of a full disk and needs no rights."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def run_without_room(run, name, scene, folder, whole):
    """True if the run succeeded; checks that existing outputs are complete."""
    for key, earlier in outputs_of(name, folder).items():
        assert not Path(earlier).exists(), key
    try:
        run(name, **inputs_of(name, scene), **outputs_of(name, folder))
        succeeded = True
    except QgsProcessingException as error:
        succeeded = False
        assert "\n" not in str(error).strip()
        assert "that should not" not in str(error)
    left = {path.name for path in folder.iterdir()}
    wanted = set(ALGORITHMS[name][1].values())
    if succeeded:
        assert wanted <= left
        left -= {"o.qml"} if name == "predictoxides" else set()
    unfinished = {"o.tif.part", "o.tif.part.journal"} if name == "predictoxides" else set()
    assert {item for item in left if not item.endswith(".aux.xml")} <= wanted | unfinished
    for output in wanted & left:
        require_complete(folder / output, whole[name] / output)
    return succeeded


@pytest.mark.parametrize("name", WRITERS)
def test_a_file_that_cannot_grow_is_an_error(run, scene, whole, name, tmp_path_factory):
    sizes = sorted(
        {(whole[name] / output).stat().st_size for output in ALGORITHMS[name][1].values()}
    )
    outcomes = set()
    for size in sizes:
        for share in (0.05, 0.6, 0.99):
            folder = tmp_path_factory.mktemp("limited")
            with longest_file(max(1, int(size * share))):
                outcomes.add(run_without_room(run, name, scene, folder, whole))
    assert False in outcomes


@pytest.fixture
def disk(tmp_path):
    """Mounts a file system of so many kB; for root only, others have the test before."""
    folder = tmp_path / "disk"
    folder.mkdir()

    def mount(kilobytes):
        subprocess.run(["umount", "-l", str(folder)], capture_output=True, check=False)
        command = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "lunar_oxide_test"]
        if subprocess.run([*command, str(folder)], capture_output=True, check=False).returncode:
            pytest.skip("mounting a file system needs root")
        return folder

    yield mount
    subprocess.run(["umount", "-l", str(folder)], capture_output=True, check=False)


@pytest.mark.parametrize("name", WRITERS)
def test_a_full_disk_is_an_error(run, scene, whole, name, disk):
    total = sum(path.stat().st_size for path in whole[name].iterdir())
    outcomes = []
    for share in (0.05, 0.5, 0.9, 1.0, 3.0):
        folder = disk(max(4, int(total * share / 1024)))
        outcomes.append(run_without_room(run, name, scene, folder, whole))
    assert not outcomes[0]
    assert outcomes[-1]


# --- odd places -----------------------------------------------------------------------


def _each_output():
    return [(name, key) for name in sorted(ALGORITHMS) for key in ALGORITHMS[name][1]]


@pytest.mark.parametrize(("name", "key"), _each_output())
def test_what_is_no_file_is_refused(run, scene, tmp_path, name, key):
    ending = Path(ALGORITHMS[name][1][key]).suffix
    (tmp_path / f"folder{ending}").mkdir()
    os.mkfifo(tmp_path / f"pipe{ending}")
    (tmp_path / f"device{ending}").symlink_to("/dev/full")
    (tmp_path / "out").mkdir()
    before = sorted(path.name for path in tmp_path.iterdir())
    for odd in (f"folder{ending}", f"pipe{ending}", f"device{ending}", f"none/o{ending}"):
        outputs = {**outputs_of(name, tmp_path / "out"), key: str(tmp_path / odd)}
        message = refusal(run, name, {**inputs_of(name, scene), **outputs})
        assert "folder" in message or "no ordinary file" in message, message
    assert sorted(path.name for path in tmp_path.iterdir()) == before


@pytest.mark.parametrize(("name", "key"), _each_output())
def test_names_that_no_file_can_have_are_refused(run, scene, tmp_path, name, key):
    ending = Path(ALGORITHMS[name][1][key]).suffix
    (tmp_path / "out").mkdir()
    deep = "/".join(["x" * 200] * 25)
    odd = (
        f"{tmp_path}/{'x' * 300}{ending}",
        f"{tmp_path}/{'x' * 300}/o{ending}",
        f"{tmp_path}/{deep}/o{ending}",
        f"{tmp_path}/a\0b{ending}",
        f"{tmp_path}/a\udcff{ending}",
        f"{tmp_path}/o{ending}/",
        " ",
        f"/vsimem/o{ending}",
        f"/vsizip/{tmp_path}/o.zip/o{ending}",
    )
    for text in odd:
        outputs = {**outputs_of(name, tmp_path / "out"), key: text}
        refusal(run, name, {**inputs_of(name, scene), **outputs})
        assert [path.name for path in tmp_path.iterdir()] == ["out"], text


@pytest.mark.parametrize(("name", "key"), _each_output())
def test_links_are_followed_and_the_user_s_files_stay(run, scene, whole, tmp_path, name, key):
    output = ALGORITHMS[name][1][key]
    real = tmp_path / "elsewhere" / f"real{Path(output).suffix}"
    real.parent.mkdir()
    (tmp_path / output).symlink_to(real)
    mine = [f"{output}.part.txt", f".{output}.part", f"{output}.lock", f"{output}.tmp"]
    if name != "predictoxides":
        mine += [f"{output}.part", f"{output}.part.journal"]
        (tmp_path / f"{Path(output).stem}.part{Path(output).suffix}").mkdir()
    for file in mine:
        (tmp_path / file).write_text("mine")
    others = {k: v for k, v in outputs_of(name, tmp_path / "elsewhere").items() if k != key}
    parameters = {**inputs_of(name, scene), **others, key: str(tmp_path / output)}
    for _ in range(2):
        run(name, **parameters)
        assert (tmp_path / output).is_symlink()
        require_complete(real, whole[name] / output)
        assert {(tmp_path / file).read_text() for file in mine} == {"mine"}


@pytest.mark.parametrize("ending", ["tif", "vrt"])
def test_companions_of_an_overwritten_raster_go_with_it(run, scene, tmp_path, ending):
    name = "derivedproducts" if ending == "tif" else "mosaictiles"
    output = tmp_path / f"o.{ending}"
    stale = [tmp_path / f"o.{ending}{part}" for part in (".ovr", ".msk", ".aux.xml", ".msk.ovr")]
    for path in [output, *stale]:
        path.write_bytes(b"of an earlier raster")
    run(name, **inputs_of(name, scene), OUTPUT=str(output))
    assert not [path.name for path in stale if path.exists()]


@pytest.mark.parametrize("name", WRITERS)
def test_temporary_outputs_work_whatever_endings_qgis_prefers(run, scene, name):
    from qgis.core import QgsRasterFileWriter, QgsSettings, QgsVectorFileWriter

    settings = QgsSettings()
    keys = {
        "Processing/Configuration/DefaultOutputRasterLayerExt": (
            QgsRasterFileWriter.supportedFormatExtensions().index("gpkg")
        ),
        "Processing/Configuration/DefaultOutputVectorLayerExt": (
            QgsVectorFileWriter.supportedFormatExtensions().index("shp")
        ),
    }
    earlier = {key: settings.value(key) for key in keys}
    for key, value in keys.items():
        settings.setValue(key, value)
    try:
        outputs = dict.fromkeys(ALGORITHMS[name][1], "TEMPORARY_OUTPUT")
        results = run(name, **inputs_of(name, scene), **outputs)
        assert set(outputs) <= set(results)
    finally:
        for key, value in earlier.items():
            settings.setValue(key, value) if value is not None else settings.remove(key)
