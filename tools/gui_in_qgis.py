"""Runs inside QGIS (`qgis --code`): uses the dock like a user and takes pictures of it.

Environment: ``LUNAR_OXIDE_ROOT`` the repository, ``LUNAR_OXIDE_SHOTS`` the folder to write,
``LUNAR_OXIDE_LOOK`` a key of `screenshots_gui.LOOKS`.
"""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path

from qgis import processing
from qgis.core import QgsApplication, QgsCoordinateTransform, QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import QElapsedTimer, QEvent, QPoint, QPointF, Qt, QTimer
from qgis.PyQt.QtGui import QMouseEvent
from qgis.PyQt.QtWidgets import QDockWidget
from qgis.utils import iface, plugins

from lunar_oxide_plugin.algorithms.site_layers import moon_geographic_crs

ROOT = Path(os.environ["LUNAR_OXIDE_ROOT"])
SHOTS = Path(os.environ["LUNAR_OXIDE_SHOTS"])
LOOK = os.environ["LUNAR_OXIDE_LOOK"]
SCENE = ROOT / "resources" / "demo" / "taurus_littrow_interpolated_between_stations.tif"
OUTPUT = SHOTS / LOOK
DOCK_WIDTH = {"narrow": 250, "font125": 430}.get(LOOK, 400)


def window():
    """The plugin's window."""
    return plugins["lunar_oxide_plugin"].window


def settle(ms=0):
    """Wait until QGIS has drawn and the reading thread has answered."""
    timer = QElapsedTimer()
    timer.start()
    while timer.elapsed() < max(50, ms):
        QgsApplication.processEvents()


def load():
    """Predict the scene and add the sites through Processing, results loaded and styled."""
    OUTPUT.mkdir(parents=True, exist_ok=True)
    scene = QgsRasterLayer(str(SCENE), "Taurus-Littrow (interpolated between stations)", "gdal")
    QgsProject.instance().setCrs(scene.crs())
    QgsProject.instance().addMapLayer(scene)
    processing.runAndLoadResults(
        "lunaroxide:predictoxides",
        {"INPUT": str(SCENE), "OUTPUT": str(OUTPUT / "taurus-littrow-oxides.tif")},
    )
    processing.runAndLoadResults(
        "lunaroxide:addsamplesites", {"OUTPUT": str(OUTPUT / "sample-sites.gpkg")}
    )
    scene_node = QgsProject.instance().layerTreeRoot().findLayer(scene.id())
    scene_node.setItemVisibilityChecked(False)


def arrange():
    """Show map and dock, nothing else."""
    main = iface.mainWindow()
    main.resize(1400, 880)
    for dock in main.findChildren(QDockWidget):
        if dock.objectName() in ("Browser", "Browser2", "ProcessingToolbox"):
            dock.hide()
    layer = next(
        item for item in QgsProject.instance().mapLayers().values() if "FeO" in item.name()
    )
    canvas = iface.mapCanvas()
    transform = QgsCoordinateTransform(
        layer.crs(), canvas.mapSettings().destinationCrs(), QgsProject.instance()
    )
    canvas.setExtent(transform.transformBoundingBox(layer.extent()))
    canvas.zoomByFactor(1.05)
    dock = window().dock
    dock.set_welcome(None)
    dock.show()
    dock.raise_()
    main.resizeDocks([dock], [DOCK_WIDTH], Qt.Orientation.Horizontal)
    iface.messageBar().clearWidgets()


def mouse(kind, position, button, modifiers=Qt.KeyboardModifier.NoModifier):
    """Send a mouse event to the map."""
    viewport = iface.mapCanvas().viewport()
    pressed = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else button
    event = QMouseEvent(kind, QPointF(position), button, pressed, modifiers)
    QgsApplication.sendEvent(viewport, event)


def click(position, modifiers=Qt.KeyboardModifier.NoModifier):
    """Click on the map."""
    left = Qt.MouseButton.LeftButton
    mouse(QEvent.Type.MouseButtonPress, position, left, modifiers)
    mouse(QEvent.Type.MouseButtonRelease, position, left, modifiers)


def drag(start, end):
    """Drag a box on the map."""
    left = Qt.MouseButton.LeftButton
    mouse(QEvent.Type.MouseButtonPress, start, left)
    mouse(QEvent.Type.MouseMove, (start + end) / 2, left)
    mouse(QEvent.Type.MouseMove, end, left)
    mouse(QEvent.Type.MouseButtonRelease, end, left)


def at(longitude, latitude):
    """Pixel of the canvas at a place on the Moon."""
    canvas = iface.mapCanvas()
    transform = QgsCoordinateTransform(
        moon_geographic_crs(), canvas.mapSettings().destinationCrs(), QgsProject.instance()
    )
    point = canvas.getCoordinateTransform().transform(transform.transform(longitude, latitude))
    return QPoint(round(point.x()), round(point.y()))


def shoot(name):
    """Take a picture of the window."""
    settle(400)
    iface.messageBar().clearWidgets()
    settle(100)
    iface.mainWindow().grab().save(str(SHOTS / f"{name}-{LOOK}.png"))


def predict_page():
    """Raster and model compared."""
    window().dock.show_page(window().predict_page)
    settle(1500)
    shoot("predict")


def spectrum_page():
    """Two pinned points and a box."""
    window().spectrum_action.trigger()
    settle(200)
    shift = Qt.KeyboardModifier.ShiftModifier
    for longitude, latitude in ((30.62, 20.10), (30.78, 20.22)):
        click(at(longitude, latitude), shift)
        settle(1200)
    centre = at(30.72, 20.12)
    drag(centre - QPoint(25, 25), centre + QPoint(25, 25))
    settle(1200)
    shoot("spectrum")
    scroll = window().dock.tabs.currentWidget()
    scroll.verticalScrollBar().setValue(scroll.verticalScrollBar().maximum())
    shoot("spectrum-below")


def scatter_page():
    """FeO against TiO2, with the corner of high values brushed."""
    page = window().scatter_page
    window().spectrum_action.setChecked(False)
    window().dock.show_page(page)
    settle(2500)
    window().scatter.brush(((14.5, 6.0), (18.5, 6.0), (18.5, 9.5), (14.5, 9.5)))
    settle(2000)
    shoot("scatter")


def run():
    """Run all steps, and exit with a status of success or failure."""
    try:
        load()
        settle(4000)
        arrange()
        settle(3000)
        predict_page()
        spectrum_page()
        scatter_page()
    except Exception:
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)
    os._exit(0)


QgsApplication.processEvents()
QTimer.singleShot(3000, run)
