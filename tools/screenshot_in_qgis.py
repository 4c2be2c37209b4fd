"""Runs inside QGIS (`qgis --code`): loads the demo like a user and takes a picture.

Environment: ``LUNAR_OXIDE_ROOT`` the repository, ``LUNAR_OXIDE_SHOT`` the PNG to write.
"""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path

import processing
from qgis.core import QgsApplication, QgsProject
from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtWidgets import QDockWidget, QLineEdit, QTreeView
from qgis.utils import iface

ROOT = Path(os.environ["LUNAR_OXIDE_ROOT"])
SHOT = os.environ["LUNAR_OXIDE_SHOT"]
SCENE = ROOT / "resources" / "demo" / "taurus_littrow_interpolated_between_stations.tif"
OUTPUT = ROOT / "build" / "screenshot"


def load() -> None:
    """Predict the scene and add the sites through Processing, results loaded and styled."""
    OUTPUT.mkdir(parents=True, exist_ok=True)
    processing.runAndLoadResults(
        "lunaroxide:predictoxides",
        {"INPUT": str(SCENE), "OUTPUT": str(OUTPUT / "taurus-littrow-oxides.tif")},
    )
    processing.runAndLoadResults(
        "lunaroxide:addsamplesites", {"OUTPUT": str(OUTPUT / "sample-sites.gpkg")}
    )


def arrange() -> None:
    """Show the toolbox with the provider and zoom to the maps."""
    window = iface.mainWindow()
    window.resize(1400, 880)
    for dock in window.findChildren(QDockWidget):
        if dock.objectName() in ("Browser", "Browser2"):
            dock.hide()
    toolbox = window.findChild(QDockWidget, "ProcessingToolbox")
    toolbox.show()
    for search in toolbox.findChildren(QLineEdit):
        search.setText("lunar")
    for tree in toolbox.findChildren(QTreeView):
        tree.expandAll()
    root = QgsProject.instance().layerTreeRoot()
    maps = [layer for layer in root.findLayers() if "wt%" in layer.name()]
    iface.mapCanvas().setDestinationCrs(maps[0].layer().crs())
    iface.mapCanvas().setExtent(maps[0].layer().extent())
    iface.mapCanvas().zoomByFactor(1.05)
    window.resizeDocks(
        [window.findChild(QDockWidget, "Layers"), toolbox], [420, 260], Qt.Orientation.Horizontal
    )


def shoot() -> None:
    """Grab the window and leave."""
    # QGIS itself warns that it has no transformation from the Moon to Earth's WGS 84.
    iface.messageBar().clearWidgets()
    QgsApplication.processEvents()
    iface.mainWindow().grab().save(SHOT)
    os._exit(0)


def guarded(step, then=None, wait_ms: int = 0) -> None:  # type: ignore[no-untyped-def]
    """Run a step; on an error print it and end QGIS, so that the caller does not wait forever."""
    try:
        step()
    except Exception:
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)
    if then is not None:
        QTimer.singleShot(wait_ms, then)


def start() -> None:
    """The steps, each after QGIS has had time to draw."""
    guarded(load, lambda: guarded(arrange, lambda: guarded(shoot), 6000), 1500)


QgsApplication.processEvents()
QTimer.singleShot(3000, start)
