"""Runs inside QGIS (`qgis --code`): pans and zooms a live map like a user, and times it.

Prints for each view the milliseconds until the first pixels are drawn and until all are, and the
longest time in which the window did not react; saves a picture of the last state of each.

Environment: ``LUNAR_OXIDE_RASTER`` the reflectance raster, ``LUNAR_OXIDE_SHOTS`` the folder for
the PNGs.
"""

from __future__ import annotations

import os
import sys
import time
import traceback
from pathlib import Path

from qgis.core import QgsApplication, QgsProject, QgsRasterLayer, QgsRectangle
from qgis.PyQt.QtCore import QElapsedTimer, Qt, QTimer
from qgis.PyQt.QtWidgets import QDockWidget
from qgis.utils import iface, plugins

from lunar_oxide_plugin.gui.live.renderer import LiveRenderer

RASTER = os.environ["LUNAR_OXIDE_RASTER"]
SHOTS = Path(os.environ["LUNAR_OXIDE_SHOTS"])

#: Milliseconds to wait for a view at most.
PATIENCE_MS = 180_000


class Clock:
    """When pixels are drawn, and how long the window does not react."""

    def __init__(self):
        self.first = None
        self.stall = 0.0
        self._last = time.perf_counter()
        paint = LiveRenderer._paint

        def timed(renderer, painter, patch, shown):
            if self.first is None:
                self.first = time.perf_counter()
            paint(renderer, painter, patch, shown)

        LiveRenderer._paint = timed
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(2)

    def start(self):
        """Begin a new measurement."""
        self.first, self.stall = None, 0.0
        self._last = time.perf_counter()

    def _beat(self):
        now = time.perf_counter()
        self.stall = max(self.stall, now - self._last)
        self._last = now


def settle(ms):
    """Let QGIS work."""
    timer = QElapsedTimer()
    timer.start()
    while timer.elapsed() < ms:
        QgsApplication.processEvents()


def wait(condition):
    """Let QGIS work until a condition holds."""
    timer = QElapsedTimer()
    timer.start()
    while not condition() and timer.elapsed() < PATIENCE_MS:
        QgsApplication.processEvents()


def shoot(name):
    """Take a picture of the window."""
    iface.messageBar().clearWidgets()
    settle(100)
    iface.mainWindow().grab().save(str(SHOTS / f"live-{name.replace(' ', '-')}.png"))


def view(clock, name, extent):
    """Show an extent, wait until it is drawn, print the times and take a picture."""
    canvas = iface.mapCanvas()
    settle(300)
    clock.start()
    begin = time.perf_counter()
    canvas.setExtent(extent)
    canvas.refresh()
    settle(20)
    wait(lambda: not canvas.isDrawing())
    end = time.perf_counter()
    first = (clock.first or end) - begin
    print(
        f"{name:28} first {first * 1000:7.0f} ms, all {(end - begin) * 1000:7.0f} ms, "
        f"window stalled {clock.stall * 1000:5.0f} ms",
        flush=True,
    )
    shoot(name)


def around(x, y, pixel, canvas):
    """An extent with its middle, and the size of a map pixel."""
    width, height = pixel * canvas.width(), pixel * canvas.height()
    return QgsRectangle(x - width / 2, y - height / 2, x + width / 2, y + height / 2)


def tour():
    """Add a live map, and look at several places and scales."""
    main = iface.mainWindow()
    main.resize(1400, 880)
    for dock in main.findChildren(QDockWidget):
        if dock.objectName() in ("Browser", "Browser2", "ProcessingToolbox"):
            dock.hide()
    window = plugins["lunar_oxide_plugin"].window
    window.dock.set_welcome(None)
    main.resizeDocks([window.dock], [390], Qt.Orientation.Horizontal)
    raster = QgsRasterLayer(RASTER, Path(RASTER).stem, "gdal")
    QgsProject.instance().setCrs(raster.crs())
    QgsProject.instance().addMapLayer(raster)
    node = QgsProject.instance().layerTreeRoot().findLayer(raster.id())
    node.setItemVisibilityChecked(False)
    window.predict_page.rasters.setLayer(raster)
    settle(3000)
    canvas = iface.mapCanvas()
    canvas.setExtent(
        around(raster.extent().center().x(), raster.extent().center().y(), 0.01, canvas)
    )
    clock = Clock()
    clock.start()
    layer = window.live.add()
    settle(2000)
    wait(lambda: not canvas.isDrawing())
    print(f"{canvas.width()} x {canvas.height()} pixels; adding the layer and loading "
          f"onnxruntime stalled {clock.stall * 1000:.0f} ms", flush=True)  # fmt: skip
    middle, size = raster.extent().center(), raster.rasterUnitsPerPixelX()
    step = 0.6 * canvas.width() * size
    view(clock, "full resolution", around(middle.x(), middle.y(), size, canvas))
    for number in range(1, 4):
        place = around(middle.x() + number * step, middle.y(), size, canvas)
        view(clock, f"pan {number}", place)
    view(clock, "pan back", around(middle.x() + 2 * step, middle.y(), size, canvas))
    view(clock, "1 in 4", around(middle.x(), middle.y(), 4 * size, canvas))
    view(clock, "1 in 16", around(middle.x(), middle.y(), 16 * size, canvas))
    view(clock, "whole", raster.extent())
    page = window.live.page
    page.other.set_path(page.other.itemData(1))
    view(clock, "full resolution again", around(middle.x(), middle.y(), size, canvas))
    page.swipe.setChecked(True)
    wait(lambda: window.live._swipe._job is None)
    shoot("swipe")
    page.swipe.setChecked(False)
    window.live.identify(((middle.x() + 99 * size, middle.y() + 99 * size),))
    wait(page.composition.isVisible)
    shoot("identify")
    print(layer.report.factor, layer.report.problem or "no problem", flush=True)


def run():
    """Run the tour, and exit with a status of success or failure."""
    try:
        tour()
    except Exception:
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)
    sys.stdout.flush()
    os._exit(0)


QgsApplication.processEvents()
QTimer.singleShot(3000, run)
