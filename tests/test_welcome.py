"""The first run: one click to maps, sites and report."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import rasterio
from qgis.core import QgsProject, QgsRasterLayer, QgsVectorLayer
from qgis.PyQt.QtGui import QDesktopServices

from lunar_oxide_plugin.algorithms.preferences import load_preferences, save_preferences
from lunar_oxide_plugin.gui.demo import SCENE
from lunar_oxide_plugin.gui.welcome import Welcome
from lunar_oxide_plugin.gui.window import LunarOxideWindow
from lunar_oxide_plugin.gui.window_parts import WindowParts
from tests.window import WindowInterface, wait_until


@pytest.fixture
def iface(run, monkeypatch):
    # Newer QGIS asks the window for its layer tree; pytest-qgis's stand-in has none.
    monkeypatch.setattr("processing.gui.Postprocessing.iface", None, raising=False)
    before = load_preferences()
    save_preferences(replace(before, welcome_closed=False))
    QgsProject.instance().clear()
    iface = WindowInterface()
    yield iface
    iface.close()
    QgsProject.instance().clear()
    save_preferences(before)


@pytest.fixture
def opened(monkeypatch):
    urls = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: urls.append(url.toLocalFile()))
    return urls


def test_one_click_gives_maps_sites_and_report(iface, opened, user_profile):
    welcome = Welcome(iface)
    welcome.demo_button.click()
    assert welcome.stop_button.isVisibleTo(welcome)
    wait_until(lambda: welcome._run is None)
    assert "validates nothing" in welcome.message.text()
    project = QgsProject.instance()
    assert project.crs().authid() == "IAU_2015:30110"
    assert project.ellipsoid() == "IAU_2015:30100"
    top = [node.name() for node in project.layerTreeRoot().children()]
    assert top[0] == "Lunar sample sites"
    rasters = [x for x in project.mapLayers().values() if isinstance(x, QgsRasterLayer)]
    assert {layer.name().split(",")[0] for layer in rasters} >= {
        "TiO₂ (wt%)",
        "SiO₂ (wt%)",
        "Quality flags",
    }
    sites = next(x for x in project.mapLayers().values() if isinstance(x, QgsVectorLayer))
    assert sites.featureCount() > 50
    report = Path(opened[0])
    assert "Apollo 17" in report.read_text(encoding="utf-8")
    with rasterio.open(report.parent / "taurus-littrow-oxides.tif") as made:
        with rasterio.open(SCENE) as scene:
            assert (made.shape, made.bounds) == (scene.shape, scene.bounds)
    extent = iface.mapCanvas().extent()
    assert extent.contains(rasters[0].extent().center())


def test_the_demo_can_be_stopped(iface, opened, user_profile):
    welcome = Welcome(iface)
    welcome.demo_button.click()
    welcome.stop_button.click()
    wait_until(lambda: welcome._run is None)
    assert welcome.message.text() == "The demo was stopped."
    assert opened == []
    assert welcome.demo_button.isVisibleTo(welcome)


def test_without_onnxruntime_the_demo_says_what_is_missing(iface, opened, bare):
    welcome = Welcome(iface)
    welcome.demo_button.click()
    assert "onnxruntime" in welcome.message.text()
    assert QgsProject.instance().mapLayers() == {}


def test_dismissed_once_it_stays_away_until_called(iface, user_profile):
    window = LunarOxideWindow(iface)
    window_parts = WindowParts(iface, window, None)
    welcome = window.dock.findChild(Welcome)
    welcome.close_button.click()
    assert load_preferences().welcome_closed
    window_parts.unload()
    window.unload()
    window = LunarOxideWindow(iface)
    window_parts = WindowParts(iface, window, None)
    assert window.dock.findChild(Welcome) is None
    next(action for action in window_parts.actions if "demo" in action.text()).trigger()
    assert window.dock.findChild(Welcome) is not None
    window_parts.unload()
    window.unload()
    assert iface.options_factories == []
