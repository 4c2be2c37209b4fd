"""The dock, and the state of QGIS's window after loading and unloading the plugin."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from qgis.core import QgsSettings
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QCoreApplication, QEvent, Qt
from qgis.PyQt.QtWidgets import QAction, QDockWidget, QLabel, QMenu, QToolBar

from lunar_oxide_plugin import classFactory
from lunar_oxide_plugin.gui.dock import LunarOxideDock
from lunar_oxide_plugin.gui.window import AREA_KEY, VISIBLE_KEY, LunarOxideWindow
from lunar_oxide_plugin.plugin import LunarOxidePlugin
from tests.window import WindowInterface


@pytest.fixture
def iface(qgis_app, monkeypatch):
    # The session's provider is already registered, and QGIS does not accept a second one.
    monkeypatch.setattr(LunarOxidePlugin, "initProcessing", lambda plugin: None)
    for key in (AREA_KEY, VISIBLE_KEY):
        QgsSettings().remove(key)
    window = WindowInterface()
    yield window
    window.close()
    flush_deletions()


@pytest.fixture
def make_plugin(iface):
    """Makes plugins that are unloaded before the window goes, also where a test fails."""
    made = []

    def make():
        plugin = classFactory(iface)
        made.append(plugin)
        plugin.initGui()
        return plugin

    yield make
    for plugin in made:
        plugin.unload()


def flush_deletions():
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QCoreApplication.processEvents()


def inventory(iface):
    """Objects in the window, by kind and name, and in the canvas's scene."""
    flush_deletions()
    main = iface.mainWindow()
    found = []
    for kind in (QDockWidget, QToolBar, QMenu, QAction):
        found += [(kind.__name__, child.objectName()) for child in main.findChildren(kind)]
    found += [("menu entry", action.text()) for action in iface.rasterMenu().actions()]
    found += [("map item", type(item).__name__) for item in iface.mapCanvas().scene().items()]
    return sorted(found)


def test_unloading_and_loading_again_leaves_nothing_behind(iface, make_plugin):
    before = inventory(iface)
    plugin = make_plugin()
    loaded = inventory(iface)
    assert ("QDockWidget", "LunarOxideDock") in loaded
    assert ("QToolBar", "LunarOxideToolbar") in loaded
    assert ("menu entry", "Lunar Oxide") in loaded
    plugin.unload()
    assert inventory(iface) == before
    plugin = make_plugin()
    assert inventory(iface) == loaded
    plugin.unload()
    assert inventory(iface) == before


def test_the_toolbar_button_shows_and_hides_the_dock(make_plugin):
    plugin = make_plugin()
    window = plugin.window
    assert window.dock.isVisible()
    assert window.dock_action in window.toolbar.actions()
    assert window.dock_action in window.menu.actions()
    window.dock_action.trigger()
    assert not window.dock.isVisible()
    plugin.unload()


@pytest.mark.parametrize("area", [Qt.DockWidgetArea.LeftDockWidgetArea, None])
def test_the_dock_comes_back_where_it_was(iface, make_plugin, area):
    plugin = make_plugin()
    main = iface.mainWindow()
    assert main.dockWidgetArea(plugin.window.dock) == Qt.DockWidgetArea.RightDockWidgetArea
    if area is not None:
        main.addDockWidget(area, plugin.window.dock)
    plugin.window.dock.hide()
    plugin.unload()
    plugin.initGui()
    wanted = area or Qt.DockWidgetArea.RightDockWidgetArea
    assert main.dockWidgetArea(plugin.window.dock) == wanted
    assert plugin.window.dock.isHidden()
    plugin.unload()


def test_a_timer_that_fires_after_qgis_deleted_the_dock_does_nothing(qgis_app):
    dock = LunarOxideDock()
    sip.delete(dock)
    LunarOxideWindow._set_width(SimpleNamespace(dock=dock))


def test_pages_stand_in_tabs_and_the_welcome_above_them(qgis_app):
    dock = LunarOxideDock()
    first, second = QLabel("one"), QLabel("two")
    dock.add_page(first, "One")
    dock.add_page(second, "Two")
    assert dock.pages() == [first, second]
    dock.show_page(second)
    assert dock.tabs.tabText(dock.tabs.currentIndex()) == "Two"
    dock.set_welcome(QLabel("hello"))
    welcome = QLabel("welcome back")
    dock.set_welcome(welcome)
    flush_deletions()
    labels = [label.text() for label in dock.widget().findChildren(QLabel)]
    assert "hello" not in labels
    assert welcome.mapTo(dock, welcome.rect().topLeft()).y() < dock.tabs.y() + dock.widget().y()
    dock.set_welcome(None)
    flush_deletions()
    assert "welcome back" not in [label.text() for label in dock.widget().findChildren(QLabel)]
