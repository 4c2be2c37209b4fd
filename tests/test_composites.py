"""Colour composites and the contrast of reflectance."""

from __future__ import annotations

import gc
import weakref

import numpy as np
import pytest
import rasterio
from qgis.core import (
    QgsProcessingException,
    QgsProject,
    QgsRasterLayer,
    QgsSingleBandGrayRenderer,
)
from rasterio.transform import Affine
from rasterio.windows import Window

from lunar_oxide_plugin.algorithms.reflectance_style import percentiles, style_reflectance
from lunar_oxide_plugin.core.moon.lunar_crs import to_lunar_lonlat
from lunar_oxide_plugin.gui import algorithm_run
from lunar_oxide_plugin.gui.composites import CompositeMenu
from lunar_oxide_plugin.gui.demo import SCENE
from tests.rasters import write_mi_geotiff
from tests.test_result_groups import project, run_and_load  # noqa: F401 - fixture
from tests.window import WindowInterface, wait_until


@pytest.fixture
def scene(tmp_path):
    """MI numbers (int16 with scale) without symmetry; each band has another level."""
    rows, columns = np.mgrid[0:30, 0:40]
    factors = (2100, 4000, 4100, 4300, 4500, 4450, 4700, 5600, 6900)
    dn = [factor + 11 * columns + 3 * rows * (band + 1) for band, factor in enumerate(factors)]
    path = tmp_path / "tile.tif"
    write_mi_geotiff(path, np.asarray(dn, dtype=np.int16))
    return path


def reflectance(path):
    with rasterio.open(path) as source:
        return source.read().astype(np.float64) * 2e-5


def test_colour_ratios_are_the_ratios(run, scene, tmp_path):
    run("colourcomposite", INPUT=str(scene), OUTPUT=str(tmp_path / "o.tif"))
    r415, r750, _, r950 = reflectance(scene)[:4]
    with rasterio.open(tmp_path / "o.tif") as made:
        assert made.count == 3
        for band, wanted in enumerate((r750 / r415, r750 / r950, r415 / r750), start=1):
            np.testing.assert_allclose(made.read(band), wanted, rtol=1e-5)


def test_natural_colours_lie_on_the_line_between_415_and_750(run, scene, tmp_path):
    run("colourcomposite", INPUT=str(scene), COMPOSITE=1, OUTPUT=str(tmp_path / "o.tif"))
    r415, r750 = reflectance(scene)[:2]
    with rasterio.open(tmp_path / "o.tif") as made:
        for band, nm in enumerate((640, 550, 460), start=1):
            wanted = r415 + (r750 - r415) * (nm - 415) / 335
            np.testing.assert_allclose(made.read(band), wanted, rtol=1e-5)


@pytest.mark.parametrize("name", ["colourcomposite", "spectralparameters"])
@pytest.mark.parametrize("in_degrees", [False, True])
def test_an_extent_gives_that_part_of_the_whole(run, scene, tmp_path, name, in_degrees):
    run(name, INPUT=str(scene), OUTPUT=str(tmp_path / "whole.tif"))
    with rasterio.open(tmp_path / "whole.tif") as whole:
        corners = [whole.transform * place for place in ((7.25, 20.75), (29.75, 4.25))]
        if in_degrees:
            lons, lats = to_lunar_lonlat(whole.crs.to_wkt(), *zip(*corners))
            corners = list(zip(lons, lats))
        (west, south), (east, north) = corners
        part = whole.read(window=Window(7, 4, 23, 17))
        assert np.unique(part[0]).size > 100
    crs = " [IAU_2015:30100]" if in_degrees else ""
    extent = f"{west!r},{east!r},{south!r},{north!r}{crs}"
    run(name, INPUT=str(scene), EXTENT=extent, OUTPUT=str(tmp_path / "part.tif"))
    with rasterio.open(tmp_path / "part.tif") as made:
        assert made.shape == (17, 23)
        assert made.transform.almost_equals(whole.transform * Affine.translation(7, 4))
        np.testing.assert_array_equal(made.read(), part)


@pytest.mark.parametrize("name", ["colourcomposite", "spectralparameters"])
def test_an_extent_beside_the_raster_is_refused(run, scene, tmp_path, name):
    with pytest.raises(QgsProcessingException, match="does not meet"):
        run(name, INPUT=str(scene), EXTENT="0,1,0,1", OUTPUT=str(tmp_path / "o.tif"))
    assert not (tmp_path / "o.tif").exists()


def test_what_a_task_uses_is_kept_until_it_has_ended(run, scene, tmp_path):
    """Also when the part of the window that began the run is gone."""
    parameters = {"INPUT": str(scene), "OUTPUT": str(tmp_path / "o.tif")}
    made = algorithm_run.AlgorithmRun("lunaroxide:colourcomposite", parameters)
    made.start()
    used = [weakref.ref(one) for one in made._kept]
    del made
    gc.collect()
    assert all(one() is not None for one in used)  # the task ends in Qt's loop, which has not run
    wait_until(lambda: not algorithm_run._running)


@pytest.mark.parametrize("stretch", [0, 1])
@pytest.mark.parametrize("composite", [0, 1])
def test_the_stretch_is_of_the_scene_or_fixed(project, scene, tmp_path, composite, stretch):  # noqa: F811
    output = str(tmp_path / "o.tif")
    run_and_load(
        "colourcomposite", INPUT=str(scene), COMPOSITE=composite, STRETCH=stretch, OUTPUT=output
    )
    (layer,) = project.mapLayers().values()
    renderer = layer.renderer()
    parts = (
        renderer.redContrastEnhancement(),
        renderer.greenContrastEnhancement(),
        renderer.blueContrastEnhancement(),
    )
    found = [(part.minimumValue(), part.maximumValue()) for part in parts]
    with rasterio.open(output) as made:
        values = made.read()
    if stretch == 1:
        wanted = [(1.5, 2.0), (0.8, 1.0), (0.5, 0.67)] if composite == 0 else [(0.0, 0.25)] * 3
    elif composite == 0:
        wanted = [tuple(np.quantile(band, (0.02, 0.98))) for band in values]
    else:
        wanted = [(0.0, np.quantile(values[0], 0.99))] * 3
    np.testing.assert_allclose(found, wanted, rtol=1e-4)


def test_a_raster_without_the_bands_is_refused(run, scene, tmp_path):
    with rasterio.open(scene) as source:
        part = tmp_path / "part.tif"
        profile = {**source.profile, "count": 3}
        with rasterio.open(part, "w", **profile) as target:
            for number, band in enumerate((1, 2, 9), start=1):
                target.write(source.read(band), number)
                target.set_band_description(number, source.descriptions[band - 1])
                target.update_tags(number, **source.tags(band))
            target.scales, target.offsets = (2e-5,) * 3, (0.0,) * 3
    with pytest.raises(QgsProcessingException, match="has no band at 950 nm"):
        run("colourcomposite", INPUT=str(part), OUTPUT=str(tmp_path / "o.tif"))
    assert not (tmp_path / "o.tif").exists()
    run("colourcomposite", INPUT=str(part), COMPOSITE=1, OUTPUT=str(tmp_path / "o.tif"))


def test_reflectance_is_shown_at_750_nm_between_its_percentiles(qgis_app, scene):
    layer = QgsRasterLayer(str(scene), "x")
    assert style_reflectance(layer)
    renderer = layer.renderer()
    assert renderer.type() == "singlebandgray" and renderer.usesBands() == [2]
    low, high = np.quantile(reflectance(scene)[1], (0.02, 0.98))
    enhancement = renderer.contrastEnhancement()
    assert enhancement.minimumValue() == pytest.approx(low, rel=1e-5)
    assert enhancement.maximumValue() == pytest.approx(high, rel=1e-5)
    assert enhancement.enhanceContrast(high) >= 254 and enhancement.enhanceContrast(low) <= 1


def test_no_data_is_no_part_of_the_stretch(qgis_app, tmp_path):
    path = tmp_path / "x.tif"
    values = np.linspace(1.0, 2.0, 400, dtype=np.float32).reshape(20, 20)
    values[:9], values[9, :5] = -9999.0, np.nan
    profile = {"driver": "GTiff", "width": 20, "height": 20, "count": 1, "dtype": "float32"}
    with rasterio.open(path, "w", nodata=-9999.0, **profile) as target:
        target.write(values, 1)
    used = values[(values > 0.0)]
    found = percentiles(QgsRasterLayer(str(path), "x"), 1, 0.1, 0.9)
    np.testing.assert_allclose(found, np.quantile(used, (0.1, 0.9)), rtol=1e-6)
    path2 = tmp_path / "empty.tif"
    with rasterio.open(path2, "w", nodata=-9999.0, **profile) as target:
        target.write(np.full((20, 20), -9999.0, np.float32), 1)
    assert percentiles(QgsRasterLayer(str(path2), "x"), 1, 0.1, 0.9) == (0.0, 1.0)


@pytest.fixture
def menu(project):  # noqa: F811
    iface = WindowInterface()
    main = iface.mainWindow()
    chosen = []
    made = CompositeMenu(
        iface,
        main.menuBar().addMenu("Lunar Oxide"),
        main.addToolBar("x"),
        lambda: chosen[0] if chosen else None,
    )
    yield made, iface, chosen
    made.close()
    iface.close()


def test_added_reflectance_is_stretched_and_other_rasters_stay(menu, scene, tmp_path):
    project = QgsProject.instance()  # noqa: F811
    own = QgsRasterLayer(str(scene), "own")
    own.setRenderer(QgsSingleBandGrayRenderer(own.dataProvider(), 5))
    other = tmp_path / "other.tif"
    profile = {"driver": "GTiff", "width": 9, "height": 9, "count": 3, "dtype": "uint8"}
    with rasterio.open(other, "w", **profile) as target:
        target.write(np.zeros((3, 9, 9), np.uint8))
    plain = QgsRasterLayer(str(other), "picture")
    project.addMapLayers([own, plain])
    added = QgsRasterLayer(str(scene), "tile")
    project.addMapLayer(added)
    wait_until(lambda: added.renderer().type() == "singlebandgray")
    assert added.renderer().usesBands() == [2] and own.renderer().usesBands() == [5]
    assert plain.renderer().type() == "multibandcolor"


def test_the_button_makes_a_composite_of_the_chosen_raster(menu, scene):
    made, iface, chosen = menu
    made.actions[0].trigger()
    assert "no reflectance raster" in iface.messageBar().currentItem().text()
    layer = QgsRasterLayer(str(scene), "tile")
    QgsProject.instance().addMapLayer(layer, False)
    chosen.append(layer)
    made.actions[1].trigger()
    wait_until(lambda: len(QgsProject.instance().mapLayers()) == 2, 60.0)
    names = [node.name() for node in QgsProject.instance().layerTreeRoot().findLayers()]
    assert "Natural-like colours - tile" in names
    made.actions[2].trigger()
    assert layer.renderer().type() == "singlebandgray"


def test_the_demo_scene_has_a_contrast(qgis_app):
    layer = QgsRasterLayer(str(SCENE), "scene")
    assert style_reflectance(layer) and layer.renderer().usesBands() == [2]
