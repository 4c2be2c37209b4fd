"""Results in a project: separate groups, different names, no old pixels."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import rasterio
from qgis.core import (
    QgsApplication,
    QgsFeature,
    QgsGeometry,
    QgsLayerTree,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputLayerDefinition,
    QgsProject,
    QgsRasterLayer,
    QgsVectorLayer,
)

from lunar_oxide_plugin.algorithms.site_layers import moon_geographic_crs
from lunar_oxide_plugin.gui.demo import SCENE
from tests.window import wait_until


@pytest.fixture
def project(run):
    project = QgsProject.instance()
    project.clear()
    yield project
    insert_at(project, project.layerTreeRoot())
    project.clear()


def insert_at(project, group):
    """Have new layers inserted into a group, as if it were the active one."""
    bridge = project.layerTreeRegistryBridge()
    bridge.setLayerInsertionPoint(bridge.InsertionPoint(group, 0))


def run_and_load(name, **parameters):
    """Run an algorithm and load its results, as the dialog does."""
    from processing.gui.Postprocessing import handleAlgorithmResults

    project = QgsProject.instance()
    algorithm = QgsApplication.processingRegistry().createAlgorithmById(f"lunaroxide:{name}")
    for key in ("OUTPUT", "ATTRIBUTIONS"):
        if key in parameters:
            parameters[key] = QgsProcessingOutputLayerDefinition(parameters[key], project)
    context = QgsProcessingContext()
    context.setProject(project)
    feedback = QgsProcessingFeedback()
    results, ok = algorithm.run(parameters, context, feedback)
    assert ok, feedback.textLog()
    assert handleAlgorithmResults(algorithm, context, feedback), feedback.textLog()
    return results


def mean(layer, band=1):
    block = layer.dataProvider().block(band, layer.extent(), layer.width(), layer.height())
    rows, columns = block.height(), block.width()
    values = [
        block.value(r, c) for r in range(rows) for c in range(columns) if not block.isNoData(r, c)
    ]
    return float(np.mean(values))


def file_mean(path, band=1):
    with rasterio.open(path) as dataset:
        return float(dataset.read(band, masked=True).mean())


def groups(project):
    return [n for n in project.layerTreeRoot().children() if QgsLayerTree.isGroup(n)]


def tree(node):
    """Names of a tree's layers and groups, without their identifiers."""
    return [
        (child.name(), tree(child)) if QgsLayerTree.isGroup(child) else child.name()
        for child in node.children()
    ]


@pytest.fixture
def two_scenes(tmp_path):
    """The demo's scene, and a smaller and darker part of it."""
    bright, dark = tmp_path / "bright.tif", tmp_path / "dark.tif"
    shutil.copy(SCENE, bright)
    with rasterio.open(SCENE) as source:
        window = rasterio.windows.Window(20, 30, 90, 70)
        profile = {**source.profile, "width": 90, "height": 70}
        profile["transform"] = source.window_transform(window)
        with rasterio.open(dark, "w", **profile) as target:
            target.write((source.read(window=window) * 0.7).astype(profile["dtype"]))
            target.descriptions = source.descriptions
            target.scales, target.offsets = source.scales, source.offsets
            for band in source.indexes:
                target.update_tags(band, **source.tags(band))
    return bright, dark


@pytest.fixture
def oxides(scene_oxides, tmp_path):
    """A prediction of the demo's scene in a place of its own."""
    return shutil.copy(scene_oxides, tmp_path / "oxides.tif")


@pytest.fixture(scope="module")
def scene_oxides(run, tmp_path_factory):
    path = tmp_path_factory.mktemp("oxides") / "scene.tif"
    run("predictoxides", INPUT=str(SCENE), OUTPUT=str(path))
    return path


def write_cells(path):
    """A table from orbit of one cell within the demo's scene."""
    Path(path).write_text("min_lat,max_lat,min_lon,max_lon,FeO\n20.15,20.2,30.7,30.75,16\n")
    return path


def write_spectra(path):
    """A table of one spectrum with its place in the demo's scene."""
    bands = "r414,r749,r901,r950,r1001,r1049,r1248,r1548"
    spectrum = "0.0498,0.0883,0.0953,0.0962,0.0989,0.1024,0.1235,0.1487"
    Path(path).write_text(f"name,lon,lat,{bands}\nx1,30.7,20.2,{spectrum}\n")
    return path


def line_layer():
    """A line across the demo's scene, in a layer that is no layer of the project."""
    layer = QgsVectorLayer("LineString", "line", "memory")
    layer.setCrs(moon_geographic_crs())
    feature = QgsFeature()
    feature.setGeometry(QgsGeometry.fromWkt("LineString (30.5 20.1, 30.9 20.3)"))
    layer.dataProvider().addFeatures([feature])
    return layer


#: Every algorithm that loads results: its name and parameters for an output.
LOADING = {
    "predictoxides": lambda files, out: {"INPUT": str(SCENE), "OUTPUT": f"{out}.tif"},
    "derivedproducts": lambda files, out: {"INPUT": files["oxides"], "OUTPUT": f"{out}.tif"},
    "spectralparameters": lambda files, out: {"INPUT": str(SCENE), "OUTPUT": f"{out}.tif"},
    "explainprediction": lambda files, out: {
        "INPUT": str(SCENE),
        "MAX_SAMPLES": 20,
        "OUTPUT": f"{out}.gpkg",
        "ATTRIBUTIONS": f"{out}.tif",
    },
    "comparerasters": lambda files, out: {
        "PREDICTION": files["oxides"],
        "REFERENCE": files["other"],
        "OUTPUT": f"{out}.tif",
    },
    "checkregions": lambda files, out: {
        "INPUT": files["oxides"],
        "GAMMA_RAYS": write_cells(f"{out}_cells.csv"),
        "OUTPUT": f"{out}.gpkg",
    },
    "checkpredictions": lambda files, out: {
        "INPUT": files["oxides"],
        "WINDOW": 1,
        "OUTPUT": f"{out}.gpkg",
    },
    "addsamplesites": lambda files, out: {"OUTPUT": f"{out}.gpkg"},
    "colourcomposite": lambda files, out: {"INPUT": str(SCENE), "OUTPUT": f"{out}.tif"},
    "mosaictiles": lambda files, out: {"TILES": [str(SCENE)], "OUTPUT": f"{out}.vrt"},
    "transect": lambda files, out: {
        "INPUT": files["oxides"],
        "LINES": line_layer(),
        "OUTPUT": f"{out}.gpkg",
    },
    "predictspectra": lambda files, out: {
        "INPUT": write_spectra(f"{out}_spectra.csv"),
        "OUTPUT": f"{out}.gpkg",
    },
    "summarizeregions": lambda files, out: {"INPUT": files["oxides"], "OUTPUT": f"{out}.gpkg"},
}


def test_every_algorithm_that_gives_layers_is_tried_here(run):
    provider = QgsApplication.processingRegistry().providerById("lunaroxide")
    giving = {
        algorithm.name()
        for algorithm in provider.algorithms()
        if any(
            output.type() in ("outputRaster", "outputVector")
            for output in algorithm.outputDefinitions()
        )
    }
    assert giving == set(LOADING)


@pytest.mark.parametrize("name", LOADING)
def test_results_stand_alone_whatever_is_active_and_run_again_in_place(
    project, name, oxides, tmp_path
):
    files = {"oxides": str(oxides), "other": str(shutil.copy(oxides, tmp_path / "other.tif"))}
    root = project.layerTreeRoot()
    users = root.insertGroup(0, "mine")
    inner = users.insertGroup(0, "inner")
    insert_at(project, inner)
    make = partial(LOADING[name], files)
    run_and_load(name, **make(tmp_path / "first"))
    assert tree(inner) == []
    assert tree(users) == [("inner", [])]
    once = tree(root)
    count = len(project.mapLayers())
    assert count >= 1 and len(once) >= 2

    run_and_load(name, **make(tmp_path / "first"))
    assert tree(root) == once
    assert len(project.mapLayers()) == count

    run_and_load(name, **make(tmp_path / "second"))
    assert len(project.mapLayers()) == 2 * count
    names = [child.name() for child in root.children()]
    assert len(set(names)) == len(names)
    assert all(QgsLayerTree.isLayer(c) for g in groups(project) if g != users for c in g.children())
    assert tree(users) == [("inner", [])]


def test_another_scene_in_the_same_file_shows_new_pixels_everywhere(project, two_scenes, tmp_path):
    bright, dark = map(str, two_scenes)
    output = str(tmp_path / "oxides.tif")
    run_and_load("predictoxides", INPUT=bright, OUTPUT=output)
    (group,) = groups(project)
    assert "bright" in group.name()
    own = [node.layerId() for node in group.findLayers()]
    # Copies as users make them: one in a group of theirs, one in the result's own group.
    first = project.mapLayer(own[1])
    elsewhere, beside = first.clone(), first.clone()
    elsewhere.setName("my TiO2")
    beside.setName("beside")
    project.addMapLayers([elsewhere, beside], False)
    theirs = project.layerTreeRoot().insertGroup(0, "mine")
    theirs.addLayer(elsewhere)
    group.insertLayer(0, beside)
    elsewhere.renderer().setClassificationMax(99.0)
    before = file_mean(output)

    run_and_load("predictoxides", INPUT=dark, OUTPUT=output)
    after = file_mean(output)
    assert abs(after - before) > 0.05
    layers = [x for x in project.mapLayers().values() if x.source() == output]
    assert len(layers) == len(own) + 2
    for layer in layers:
        assert (layer.width(), layer.height()) == (90, 70)
        assert mean(layer) == pytest.approx(after, abs=1e-5)
        assert layer.extent() == elsewhere.extent()
    assert [n.layerId() for n in group.findLayers()] == [beside.id(), *own]
    assert "dark" in group.name() and "bright" not in group.name()
    assert (elsewhere.name(), beside.name()) == ("my TiO2", "beside")
    assert elsewhere.renderer().classificationMax() == 99.0
    # Deleting the result's group deletes nothing of the user's.
    project.layerTreeRoot().removeChildNode(group)
    QgsApplication.processEvents()
    assert elsewhere.id() in project.mapLayers()
    assert own[0] not in project.mapLayers()


def test_a_users_own_layer_of_the_file_is_neither_taken_nor_renamed(project, two_scenes, tmp_path):
    bright, dark = map(str, two_scenes)
    output = str(tmp_path / "oxides.tif")
    run_and_load("predictoxides", INPUT=bright, OUTPUT=output)
    project.clear()
    mine = QgsRasterLayer(output, "mine", "gdal")
    project.addMapLayer(mine, False)
    project.layerTreeRoot().insertGroup(0, "group").addLayer(mine)
    run_and_load("predictoxides", INPUT=dark, OUTPUT=output)
    assert mine.name() == "mine"
    result, users = groups(project)
    assert tree(users) == ["mine"]
    assert len(result.findLayers()) == 7
    assert mean(mine) == pytest.approx(file_mean(output), abs=1e-5)


def test_points_are_read_anew_with_the_users_copy(project, oxides, tmp_path):
    output = str(tmp_path / "sites.gpkg")
    run_and_load("addsamplesites", OUTPUT=output)
    (layer,) = project.mapLayers().values()
    mine = QgsVectorLayer(layer.source(), "mine", "ogr")
    project.addMapLayer(mine)
    assert layer.featureCount() == mine.featureCount() == 58
    run_and_load("addsamplesites", MISSIONS=[5], OUTPUT=output)
    assert len(project.mapLayers()) == 2
    for each in (layer, mine):
        assert each.featureCount() == 21
        assert {f["mission"] for f in each.getFeatures()} == {"Apollo 17"}
        assert not each.extent().contains(-153.98, -41.6)
    assert mine.name() == "mine"
    assert layer.name() == "Lunar sample sites: Apollo 17"


def test_a_file_written_without_loading_is_read_anew_too(project, run, two_scenes, tmp_path):
    bright, dark = map(str, two_scenes)
    output = str(tmp_path / "oxides.tif")
    run("predictoxides", INPUT=bright, OUTPUT=output)
    layer = QgsRasterLayer(output, "mine", "gdal")
    project.addMapLayer(layer)
    context = QgsProcessingContext()
    context.setProject(project)
    run("predictoxides", context=context, INPUT=dark, OUTPUT=output)
    assert mean(layer) == pytest.approx(file_mean(output), abs=1e-5)
    assert layer.name() == "mine"


def test_a_second_demo_takes_the_place_of_the_first(project, run):
    from lunar_oxide_plugin.gui.demo import DemoRun

    said, layers = [], []
    for _ in range(2):
        demo = DemoRun()
        demo.done.connect(said.append)
        demo.failed.connect(said.append)
        demo.start()
        wait_until(lambda: len(said) > len(layers))
        layers.append(sorted(project.mapLayers()))
        (group,) = groups(project)
        assert "Taurus-Littrow" in group.name() and "Kaguya MI" in group.name()
        # As if a map of the demo were active when it is opened again.
        insert_at(project, group)
    assert layers[0] == layers[1]
    assert len(project.layerTreeRoot().children()) == 3
    assert all(Path(report).is_file() for report in said)


def test_results_of_results_are_called_after_scene_and_model(project, two_scenes, tmp_path):
    bright, dark = map(str, two_scenes)
    for scene in (bright, dark):
        output = str(tmp_path / f"oxides-{Path(scene).stem}.tif")
        run_and_load("predictoxides", INPUT=scene, OUTPUT=output)
    a, b = (
        next(x.id() for x in project.mapLayers().values() if stem in x.source())
        for stem in ("oxides-bright", "oxides-dark")
    )
    run_and_load(
        "comparerasters",
        PREDICTION=a,
        REFERENCE=b,
        OUTPUT=str(tmp_path / "difference.tif"),
    )
    run_and_load("derivedproducts", INPUT=a, OUTPUT=str(tmp_path / "derived.tif"))
    renamed = project.layerTreeRoot().findLayer(b).parent()
    kept, _ = renamed.name(), renamed.setName("my dark map")
    run_and_load("derivedproducts", INPUT=b, OUTPUT=str(tmp_path / "derived-dark.tif"))
    theirs = groups(project)[0]
    assert theirs.name().startswith("Derived products - my dark map")
    project.layerTreeRoot().removeChildNode(theirs)
    renamed.setName(kept)
    names = [group.name() for group in groups(project)]
    assert len(set(names)) == 4
    derived, difference = names[:2]
    assert "bright" in derived and "Kaguya MI" in derived and "wt%" not in derived
    first, second = difference.split(" minus ")
    assert "bright" in first and "dark" in second and "wt%" not in difference
    # The origin of the data is given once per map.
    assert derived.count("[") <= 1


def test_maps_of_one_name_are_told_apart_by_their_files(project, oxides, tmp_path):
    other = shutil.copy(oxides, tmp_path / "other.tif")
    layers = [QgsRasterLayer(str(path), "map", "gdal") for path in (oxides, other)]
    project.addMapLayers(layers)
    run_and_load(
        "comparerasters",
        PREDICTION=layers[0].id(),
        REFERENCE=layers[1].id(),
        OUTPUT=str(tmp_path / "difference.tif"),
    )
    name = groups(project)[0].name()
    assert "map (oxides.tif) minus map (other.tif)" in name


def test_a_saved_project_knows_its_results_again(project, two_scenes, tmp_path):
    bright, dark = map(str, two_scenes)
    output, points = str(tmp_path / "oxides.tif"), str(tmp_path / "sites.gpkg")
    run_and_load("predictoxides", INPUT=bright, OUTPUT=output)
    run_and_load("addsamplesites", OUTPUT=points)
    assert project.write(str(tmp_path / "project.qgz"))
    before = tree(project.layerTreeRoot())
    project.clear()
    assert project.read(str(tmp_path / "project.qgz"))
    run_and_load("predictoxides", INPUT=dark, OUTPUT=output)
    run_and_load("addsamplesites", OUTPUT=points)
    after = tree(project.layerTreeRoot())
    assert after[0] == before[0] and after[1][1] == before[1][1]
    assert "dark" in after[1][0] and len(after) == len(before) == 2
    assert len(project.mapLayers()) == 8


def test_an_assigned_crs_survives(project, two_scenes, tmp_path):
    bright, dark = map(str, two_scenes)
    output = str(tmp_path / "oxides.tif")
    run_and_load("predictoxides", INPUT=bright, OUTPUT=output)
    layer = next(iter(project.mapLayers().values()))
    layer.setCrs(QgsRasterLayer(bright).crs().fromOgcWmsCrs("IAU_2015:30115"))
    assigned = layer.crs()
    run_and_load("predictoxides", INPUT=dark, OUTPUT=output)
    assert layer.crs() == assigned
