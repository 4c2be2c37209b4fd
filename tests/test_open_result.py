"""Rasters derived from predictions and reflectance open as the algorithm that made them shows."""

from __future__ import annotations

import shutil

import numpy as np
import pytest
import rasterio
from qgis.core import (
    QgsApplication,
    QgsMultiBandColorRenderer,
    QgsProject,
    QgsRasterLayer,
    QgsSingleBandGrayRenderer,
)

from lunar_oxide_plugin.algorithms.open_result import is_unstyled, open_result, result_loader
from lunar_oxide_plugin.gui.demo import SCENE
from tests.test_open_prediction import look, permuted, window  # noqa: F401 - fixture
from tests.test_result_groups import (  # noqa: F401 - fixtures
    LOADING,
    groups,
    oxides,
    project,
    run_and_load,
    scene_oxides,
)
from tests.window import wait_until


def test_every_algorithm_that_makes_maps_is_tried_here(run):
    provider = QgsApplication.processingRegistry().providerById("lunaroxide")
    making = {
        algorithm.name()
        for algorithm in provider.algorithms()
        if any(output.type() == "outputRaster" for output in algorithm.outputDefinitions())
    }
    # A mosaic is reflectance, and a prediction is opened in test_open_prediction.
    assert making - {"mosaictiles", "predictoxides"} == {*RASTERS}


RASTERS = (
    "colourcomposite",
    "comparerasters",
    "derivedproducts",
    "explainprediction",
    "spectralparameters",
)


@pytest.fixture
def made(project, oxides, tmp_path):  # noqa: F811
    """Runs an algorithm, and returns a copy of its raster and what the project shows."""
    files = {"oxides": str(oxides), "other": str(tmp_path / "other.tif")}
    shutil.copy(oxides, tmp_path / "other.tif")

    def make(name, **parameters):
        out = tmp_path / "made"
        run_and_load(name, **{**LOADING[name](files, out), **parameters})
        shown = look(project.layerTreeRoot())
        project.clear()
        return str(shutil.copy(f"{out}.tif", tmp_path / "theirs.tif")), shown

    return make


@pytest.mark.parametrize("name", RASTERS)
def test_an_added_raster_looks_like_one_made_here(window, made, name):  # noqa: F811
    path, wanted = made(name)
    project = QgsProject.instance()  # noqa: F811
    layer = QgsRasterLayer(path, "theirs")
    assert is_unstyled(layer)
    project.addMapLayer(layer)
    wait_until(lambda: not any(is_unstyled(x) for x in project.mapLayers().values()))
    found = look(project.layerTreeRoot())
    if name == "colourcomposite":  # one layer, which has the name of its result
        wanted, found = ([row[1:] for row in rows] for rows in (wanted, found))
    if name == "comparerasters":  # its contrast is estimated from a sample of the pixels
        wanted, found = ([row[:3] for row in rows] for rows in (wanted, found))
    assert found == wanted and len(wanted) == {"colourcomposite": 1, "comparerasters": 3}.get(
        name, len(wanted)
    )


def test_natural_colours_are_told_from_ratios(made, project):  # noqa: F811
    path, wanted = made("colourcomposite", COMPOSITE=1)
    assert open_result(project, path).startswith("Natural-like colours - theirs")
    assert [row[1:] for row in look(project.layerTreeRoot())] == [row[1:] for row in wanted]


def test_a_difference_has_its_contrast(made, project):  # noqa: F811
    path, _ = made("comparerasters")
    with rasterio.open(path, "r+") as dataset:
        values = dataset.read(1)
        steps = np.linspace(-3.0, 1.0, values.size, dtype=np.float32).reshape(values.shape)
        dataset.write(steps, 1)
    open_result(project, path)
    (group,) = groups(project)
    function = group.findLayers()[0].layer().renderer().shader().rasterShaderFunction()
    assert function.maximumValue() == pytest.approx(2.9, abs=0.01)
    assert function.minimumValue() == -function.maximumValue()


@pytest.mark.parametrize(
    ("name", "numbers"),
    [("derivedproducts", [18, 3, 4, 1]), ("derivedproducts", [1]), ("spectralparameters", [3, 2])],
)
def test_bands_of_a_part_are_found_by_description(window, made, tmp_path, name, numbers):  # noqa: F811
    path, wanted = made(name)
    part = permuted(path, tmp_path / "part.tif", numbers)
    project = QgsProject.instance()  # noqa: F811
    layer = QgsRasterLayer(part, "part")
    assert isinstance(layer.renderer(), QgsSingleBandGrayRenderer) == (len(numbers) == 1)
    project.addMapLayer(layer)
    wait_until(lambda: groups(project))
    (group,) = groups(project)
    by_band = {row[2][0]: row for row in wanted if len(row[2]) == 1}
    shown = [n for n in numbers if n in by_band]
    found = {numbers[row[2][0] - 1]: row for row in look(group)}
    assert set(found) == set(shown) and shown
    for number, row in found.items():
        assert row[3] == by_band[number][3]
        assert row[0] == by_band[number][0]


def test_a_grey_layer_of_a_user_stays(made, project, tmp_path):  # noqa: F811
    """One band opens in grey, so reflectance in grey may be styled by the user."""
    part = permuted(str(SCENE), tmp_path / "part.tif", [2])
    layer = QgsRasterLayer(part, "part")
    assert isinstance(layer.renderer(), QgsSingleBandGrayRenderer)
    assert not is_unstyled(layer) and result_loader(layer) is None
    path, _ = made("derivedproducts")
    coloured = QgsRasterLayer(path, "x")
    assert isinstance(coloured.renderer(), QgsMultiBandColorRenderer) and is_unstyled(coloured)
