"""Predictions made elsewhere become the same maps as those of a run in QGIS."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
import rasterio
from osgeo import gdal
from qgis.core import (
    QgsMultiBandColorRenderer,
    QgsProject,
    QgsRasterLayer,
    QgsSingleBandGrayRenderer,
)
from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtWidgets import QFileDialog, QPushButton

from lunar_oxide_plugin.algorithms.layer_metadata import SUMMARY
from lunar_oxide_plugin.algorithms.open_prediction import is_prediction
from lunar_oxide_plugin.algorithms.open_result import open_result
from lunar_oxide_plugin.core.errors import RasterError
from lunar_oxide_plugin.core.prediction.style_file import STYLE_FILE, style_path
from lunar_oxide_plugin.gui.demo import SCENE
from lunar_oxide_plugin.gui.open_prediction import PredictionOpener
from tests.test_result_groups import groups, project, run_and_load, tree  # noqa: F401 - fixtures
from tests.window import WindowInterface, wait_until


@pytest.fixture(scope="module")
def colleague(tmp_path_factory):
    """A prediction from the command line, and what was written beside it."""
    from lunar_oxide_plugin.core.command_line.main import main

    folder = tmp_path_factory.mktemp("colleague")
    assert main(["predict", str(SCENE), str(folder / "theirs.tif")]) == 0
    assert sorted(path.name for path in folder.iterdir()) == ["theirs.qml", "theirs.tif"]
    return folder / "theirs.tif"


@pytest.fixture
def theirs(colleague, tmp_path):
    """The raster alone, as sent by mail."""
    return shutil.copy(colleague, tmp_path / "theirs.tif")


@pytest.fixture
def window(project):  # noqa: F811
    iface = WindowInterface()
    parent = QObject()
    opener = PredictionOpener(iface, parent)
    yield opener, iface
    opener.close()
    parent.deleteLater()
    iface.close()


def look(group):
    """Everything that the rasters of a group show, but for names of files."""
    return [
        (
            node.name(),
            node.itemVisibilityChecked(),
            node.layer().renderer().usesBands(),
            node.layer().renderer().legendSymbologyItems(),
            node.layer().crs(),
            node.layer().customProperty(SUMMARY),
        )
        for node in group.findLayers()
        if isinstance(node.layer(), QgsRasterLayer)
    ]


def test_a_prediction_from_elsewhere_looks_like_one_made_here(project, theirs, tmp_path):  # noqa: F811
    run_and_load("predictoxides", INPUT=str(SCENE), OUTPUT=str(tmp_path / "here.tif"))
    name = open_result(project, str(theirs))
    ours, made = groups(project)
    if ours.name() != name:
        ours, made = made, ours
    assert look(ours) == look(made) and len(look(made)) == 7
    assert (
        name == "Kaguya MI, all stations - theirs [interpolated between published station spectra]"
    )
    metadata = ours.findLayers()[1].layer().metadata()
    assert metadata.identifier().startswith("sha256:") and metadata.rights()
    assert any(SCENE.name in line for line in metadata.history())
    assert project.crs().celestialBodyName() == "Moon"
    open_result(project, str(theirs))
    assert len(groups(project)) == 2 and len(project.mapLayers()) == 14


def permuted(path, target, numbers):
    gdal.Translate(str(target), str(path), bandList=numbers)
    return str(target)


@pytest.mark.parametrize(
    "numbers",
    [[14, 13, 6, 5, 2, 1], [2], list(range(14, 0, -1))],
    ids=["some", "one", "reversed"],
)
@pytest.mark.parametrize("ending", ["tif", "vrt"])
def test_bands_are_found_by_description(project, theirs, tmp_path, numbers, ending):  # noqa: F811
    path = permuted(theirs, tmp_path / f"part.{ending}", numbers)
    open_result(project, path)
    (group,) = groups(project)
    with rasterio.open(theirs) as source:
        texts = source.descriptions
    for node in group.findLayers():
        layer = node.layer()
        (band,) = layer.renderer().usesBands()
        plain = layer.name().translate(str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789"))
        wanted = {"Quality flags": "quality"}.get(plain, plain.split(",")[0])
        assert texts[numbers[band - 1] - 1] == wanted
    shown = sum(number <= 6 for number in numbers) + (14 in numbers)
    assert len(group.findLayers()) == shown


def test_other_rasters_are_refused_in_a_sentence(project, tmp_path):  # noqa: F811
    with pytest.raises(RasterError, match=r"is no prediction: .*like FeO \(wt%\)"):
        open_result(project, str(SCENE))
    with pytest.raises(RasterError, match="cannot be opened"):
        open_result(project, str(tmp_path / "missing.tif"))
    assert not project.mapLayers() and not is_prediction(QgsRasterLayer(str(SCENE)))


def test_a_dropped_file_opens_as_maps_and_others_are_left_to_qgis(window, theirs, tmp_path):
    iface = window[1]
    (handler,) = iface.drop_handlers
    assert not handler.handleFileDrop(str(SCENE))
    assert not handler.handleFileDrop(str(tmp_path / "missing.tif"))
    assert not handler.handleFileDrop(str(theirs)[:-4] + ".gpkg")
    assert not QgsProject.instance().mapLayers()
    assert handler.handleFileDrop(str(theirs))
    (group,) = groups(QgsProject.instance())
    assert len(group.findLayers()) == 7
    assert "theirs.tif" in iface.messageBar().currentItem().text()


def test_an_added_layer_becomes_maps_and_can_stay_plain(window, theirs):
    iface = window[1]
    project = QgsProject.instance()  # noqa: F811
    layer = QgsRasterLayer(str(theirs), "mine")
    project.addMapLayer(layer)
    wait_until(lambda: groups(project))
    (group,) = groups(project)
    assert len(group.findLayers()) == len(project.mapLayers()) == 7
    iface.messageBar().currentItem().findChild(QPushButton).click()
    wait_until(lambda: not groups(project))
    wait_until(lambda: len(project.mapLayers()) == 1)
    assert tree(project.layerTreeRoot()) == ["mine"]
    (plain,) = project.mapLayers().values()
    assert isinstance(plain.renderer(), QgsMultiBandColorRenderer)


def test_a_layer_with_a_style_of_the_user_and_a_saved_one_stay(window, theirs, tmp_path):
    project = QgsProject.instance()  # noqa: F811
    styled = QgsRasterLayer(str(theirs), "grey")
    styled.setRenderer(QgsSingleBandGrayRenderer(styled.dataProvider(), 3))
    project.addMapLayer(styled)
    plain = QgsRasterLayer(str(theirs), "plain")
    project.addMapLayer(plain, False)
    project.layerTreeRoot().addLayer(plain)
    assert project.write(str(tmp_path / "saved.qgz"))
    project.clear()
    assert project.read(str(tmp_path / "saved.qgz"))
    scene = QgsRasterLayer(str(SCENE), "last")
    project.addMapLayer(scene)
    # A prediction added last is shown when all before it have been looked at.
    project.addMapLayer(QgsRasterLayer(str(theirs), "theirs"))
    wait_until(lambda: groups(project))
    assert sorted(map(str, tree(project.layerTreeRoot())[-3:])) == ["grey", "last", "plain"]


def test_the_action_opens_what_is_chosen_and_tells_what_is_none(window, theirs, monkeypatch):
    opener, iface = window
    chosen = [str(SCENE), str(theirs)]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *a, **k: (chosen, ""))
    opener.ask()
    texts = [item.text() for item in iface.messageBar().items()]
    assert any("is no prediction" in text for text in texts)
    assert len(groups(QgsProject.instance())) == 1


def test_without_the_plugin_the_style_file_shows_the_first_oxide(colleague, project, tmp_path):  # noqa: F811
    layer = QgsRasterLayer(str(colleague), "x")
    renderer = layer.renderer()
    assert renderer.type() == "singlebandpseudocolor" and renderer.usesBands() == [1]
    open_result(project, str(colleague))
    (group,) = groups(project)
    ours = next(n.layer() for n in group.findLayers() if n.name().startswith("TiO"))
    theirs = renderer.shader().rasterShaderFunction()
    made = ours.renderer().shader().rasterShaderFunction()
    for value in np.linspace(-1.0, 11.0, 25):
        assert theirs.shade(value)[1:4] == pytest.approx(made.shade(value)[1:4], abs=1)
    assert (theirs.minimumValue(), theirs.maximumValue()) == (0.0, 10.0)
    assert theirs.colorRampItemList()[-1].label == "TiO2 10.0 wt%"


def test_a_style_of_the_user_is_never_replaced(run, tmp_path):
    output = tmp_path / "map.tif"
    style_path(output).write_text("<qgis>mine</qgis>", encoding="utf-8")
    run("predictoxides", INPUT=str(SCENE), OUTPUT=str(output))
    assert style_path(output).read_text(encoding="utf-8") == "<qgis>mine</qgis>"
    style_path(output).write_text(f"<qgis>{STYLE_FILE}</qgis>", encoding="utf-8")
    run("predictoxides", INPUT=str(SCENE), OUTPUT=str(output))
    assert "singlebandpseudocolor" in style_path(output).read_text(encoding="utf-8")


def test_temporary_maps_leave_no_style_file(run):
    result = run("predictoxides", INPUT=str(SCENE), OUTPUT="TEMPORARY_OUTPUT")
    assert not style_path(Path(result["OUTPUT"])).exists()
