"""A stand-in for QGIS's window with a real canvas, menu bar, toolbars and dock areas."""

from __future__ import annotations

import time

from qgis.core import QgsProject
from qgis.gui import QgsMapCanvas, QgsMessageBar
from qgis.PyQt.QtCore import QCoreApplication, QObject
from qgis.PyQt.QtWidgets import QMainWindow


class WindowInterface(QObject):
    """The part of QgisInterface that the plugin uses, on a QMainWindow of its own."""

    def __init__(self):
        super().__init__()
        self._window = QMainWindow()
        self._canvas = QgsMapCanvas(self._window)
        self._window.setCentralWidget(self._canvas)
        self._bar = QgsMessageBar(self._canvas)
        self._raster_menu = self._window.menuBar().addMenu("Raster")
        self.options_factories = []
        self.layer_actions = []
        self.active_layer = None
        self.layouts = []
        self.drop_handlers = []
        self._window.resize(1100, 700)
        self._window.show()

    def mainWindow(self):
        return self._window

    def mapCanvas(self):
        return self._canvas

    def activeLayer(self):
        return self.active_layer

    def openLayoutDesigner(self, layout):
        self.layouts.append(layout)

    def messageBar(self):
        return self._bar

    def rasterMenu(self):
        return self._raster_menu

    def addToolBar(self, title):
        return self._window.addToolBar(title)

    def addDockWidget(self, area, dock):
        self._window.addDockWidget(area, dock)
        dock.show()

    def removeDockWidget(self, dock):
        self._window.removeDockWidget(dock)

    def addCustomActionForLayerType(self, action, menu, kind, all_layers):
        self.layer_actions.append(action)

    def removeCustomActionForLayerType(self, action):
        self.layer_actions.remove(action)

    def newProject(self, ask):
        QgsProject.instance().clear()
        return True

    def registerCustomDropHandler(self, handler):
        self.drop_handlers.append(handler)

    def unregisterCustomDropHandler(self, handler):
        self.drop_handlers.remove(handler)

    def registerMainWindowAction(self, action, shortcut):
        action.setShortcut(shortcut)
        return True

    def unregisterMainWindowAction(self, action):
        return True

    def registerOptionsWidgetFactory(self, factory):
        self.options_factories.append(factory)

    def unregisterOptionsWidgetFactory(self, factory):
        self.options_factories.remove(factory)

    def close(self):
        self._window.close()
        self._window.deleteLater()


def wait_until(condition, seconds=120.0):
    """Let Qt work until `condition()` holds."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise AssertionError("waited in vain")
        QCoreApplication.processEvents()
        time.sleep(0.01)
