"""Connects plot and map: reads predictions in the background, highlights brushed pixels."""

from __future__ import annotations

from html import escape
from typing import Any, Optional

from qgis.core import (
    QgsCoordinateTransform,
    QgsCsException,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
)
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QObject, QTimer
from qgis.PyQt.QtWidgets import QFileDialog

from ..algorithms.raster_layer import raster_input
from ..core.errors import LunarOxideError
from ..core.files import inputs_of_run
from ..core.moon.rasterio_loading import load_rasterio
from ..core.progress import Progress
from ..core.sites.sample_sites import load_sites
from ..core.translation import tr, tr_message
from .background import BackgroundTask
from .flag_mask import FlagMask
from .scatter_chart import Ring, ScatterData
from .scatter_page import ScatterPage
from .scatter_region import RegionActions
from .spectrum_page import rasters_shown

#: Milliseconds after the last change of the map before the selection is read again.
SETTLE_MS = 400

#: Milliseconds after the last step of zooming before the pixels are counted in finer bins.
ZOOM_MS = 150

#: Most pixels read for the part of the raster on the map, about those of a screen.
MAP_PIXELS = 500_000


class ScatterControl(QObject):
    """Fills the plot of a `ScatterPage` and paints the brushed pixels on a canvas.

    Parameters
    ----------
    canvas : QgsMapCanvas
    page : ScatterPage
    parent : QObject
    """

    def __init__(self, canvas: QgsMapCanvas, page: ScatterPage, parent: QObject) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self.page = page
        self.sample: Optional[Any] = None
        self._data: Optional[ScatterData] = None
        self.item: Optional[Any] = None
        self._ring: Ring = ()
        self._generation = 0
        self._is_stale = True
        self._task: Optional[BackgroundTask] = None
        self._light_task: Optional[BackgroundTask] = None
        self._counted = ""
        self.flag_mask = FlagMask(page, self)
        self.actions = RegionActions(page, self.current_brush, self)
        self._zoomed = QTimer(self)
        self._zoomed.setSingleShot(True)
        self._zoomed.setInterval(ZOOM_MS)
        self._zoomed.timeout.connect(self._count_again)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SETTLE_MS)
        self._timer.timeout.connect(self._light_up)
        page.choice_changed.connect(self._choice_changed)
        page.seen.connect(self._read_if_stale)
        page.cleared.connect(self.clear)
        page.chart.brushed.connect(self.brush)
        page.chart.pointed.connect(self._pointed)
        page.chart.zoom.changed.connect(lambda *_: self._zoomed.start())
        page.picture.clicked.connect(lambda *_: self.ask_picture())
        canvas.extentsChanged.connect(self._map_moved)
        canvas.destinationCrsChanged.connect(self._map_moved)
        project = QgsProject.instance()
        project.layersAdded.connect(self._layers_changed)
        project.layersRemoved.connect(self._layers_changed)
        self._choice_changed()

    def close(self) -> None:
        """Stop reading, and remove everything from the canvas."""
        self._generation += 1
        self._timer.stop()
        self._zoomed.stop()
        self.actions.close()
        for task in (self._task, self._light_task):
            if task is not None:
                task.cancel()
        self._canvas.extentsChanged.disconnect(self._map_moved)
        self._canvas.destinationCrsChanged.disconnect(self._map_moved)
        project = QgsProject.instance()
        project.layersAdded.disconnect(self._layers_changed)
        project.layersRemoved.disconnect(self._layers_changed)
        self._remove_item()

    def brush(self, ring: Ring) -> None:
        """Select the pixels inside a region of the plot and highlight them on the map."""
        if self.sample is None:
            return
        from ..core.probe.scatter import select

        self._ring = ring
        self.page.chart.set_ring(ring)
        self.page.region.setEnabled(True)
        selected = int(select(self.sample, ring).sum())
        share = selected / max(1, self.sample.count)
        text = tr("<b>{selected}</b> of {count} pixels ({share:.1%}) lie in the region.").format(
            selected=f"{selected:,}", count=f"{self.sample.count:,}", share=share
        )
        self._counted = f"{text} {self._thinning()}"
        self.page.say(self._counted)
        self._light_up()

    def clear(self) -> None:
        """Remove the region."""
        self._ring = ()
        self._timer.stop()
        self._remove_item()
        self.page.chart.set_ring(())
        self.page.region.setEnabled(False)
        self._say_counts()

    def current_brush(self) -> Optional[Any]:
        """The brushed region, for `core.probe.selection`; None without one."""
        layer = self.page.predictions.layer()
        if layer is None or not self._ring:
            return None
        load_rasterio()
        from ..core.probe.selection import Brush

        return Brush(
            raster_input(layer), self.page.x, self.page.y, self._ring,
            self.page.only_unflagged,
        )  # fmt: skip

    def ask_picture(self) -> None:
        """Ask where to save the plot as a picture."""
        kinds = (tr("Pictures (*.png)"), tr("Vector graphics (*.svg)"))
        path, chosen = QFileDialog.getSaveFileName(
            self.page, tr("Save the chart"), "scatter.png", ";;".join(kinds)
        )
        if path:
            ending = ".svg" if chosen == kinds[1] else ".png"
            self.write_picture(path if path.lower().endswith((".png", ".svg")) else path + ending)

    def write_picture(self, path: str) -> None:
        """Save the plot as a picture."""
        try:
            with inputs_of_run(rasters_shown):
                self.page.chart.save_picture(path)
        except (LunarOxideError, ImportError) as error:
            self.page.say(escape(tr_message(str(error))))

    def _layers_changed(self, *_: Any) -> None:
        self.page.predictions.refresh()
        self.page.offer_axes()
        self.flag_mask.look()

    def _count_again(self) -> None:
        """Count the pixels in bins of the part of the plot that is shown."""
        if self.sample is None or self._data is None:
            return
        from ..core.probe.scatter import density

        ranges = self.page.chart.zoom.limits or self._data.ranges
        self.page.chart.set_density(density(self.sample, *ranges))

    def _choice_changed(self) -> None:
        self._generation += 1
        self._is_stale = True
        self.sample = None
        self._data = None
        self._ring = ()
        self.page.region.setEnabled(False)
        self._remove_item()
        if self._task is not None:
            self._task.cancel()
        if self.page.isVisible():
            self._read_if_stale()

    def _read_if_stale(self) -> None:
        if not self._is_stale:
            return
        self._is_stale = False
        layer = self.page.predictions.layer()
        if layer is None:
            self.page.chart.set_data(None)
            self.page.say(tr("Predict a raster, or add a prediction to the project."))
            return
        raster = raster_input(layer)
        self.page.say(tr("Reading \u2026"))
        x, y, only_unflagged = self.page.x, self.page.y, self.page.only_unflagged
        generation = self._generation

        def work(progress: Progress) -> Any:
            load_rasterio()
            from ..core.probe.scatter import axis_ranges, density, read_sample, station_points

            sample = read_sample(raster, x, y, progress, only_unflagged=only_unflagged)
            stations = station_points(load_sites(), x, y)
            ranges = axis_ranges(sample, [(point.x, point.y) for point in stations])
            return sample, ScatterData(x, y, ranges, density(sample, *ranges), stations)

        def done(result: Any) -> None:
            if generation == self._generation:
                self._task = None
                self.sample, self._data = result
                self.page.chart.set_data(self._data)
                self._say_counts()

        def failed(text: str) -> None:
            if generation == self._generation:
                self._task = None
                self.page.chart.set_data(None)
                self.page.say(escape(text))

        self._task = BackgroundTask(tr("Reading the scatter view"), work, done, failed)
        self._task.start()

    def _say_counts(self) -> None:
        if self.sample is None:
            return
        text = tr("{count} pixels.").format(count=f"{self.sample.count:,}")
        self._counted = f"{text} {self._thinning()}"
        self.page.say(self._counted)

    def _thinning(self) -> str:
        if self.sample is None or self.sample.step <= 1.0:
            return ""
        return tr("Read: every {step:.1f}th pixel each way of {total}.").format(
            step=self.sample.step, total=f"{self.sample.raster_pixels:,}"
        )

    def _pointed(self, name: str) -> None:
        self.page.say(escape(name) or self._counted)

    def _map_moved(self) -> None:
        if self._ring:
            self._timer.start()

    def _light_up(self) -> None:
        """Read the part on the map at the map's resolution, and highlight the selected pixels."""
        layer = self.page.predictions.layer()
        if layer is None or not self._ring:
            return
        bounds = self._bounds_on(layer)
        if bounds is None:
            self._remove_item()
            return
        ring, x, y = self._ring, self.page.x, self.page.y
        only_unflagged = self.page.only_unflagged
        raster, wkt = raster_input(layer), layer.crs().toWkt()
        map_wkt = self._canvas.mapSettings().destinationCrs().toWkt()
        generation = self._generation

        def work(progress: Progress) -> Any:
            load_rasterio()
            from ..core.probe.scatter import read_sample, select
            from ..core.probe.selection_image import on_map

            shown = read_sample(raster, x, y, progress, bounds, MAP_PIXELS, only_unflagged)
            return on_map(select(shown, ring), shown.transform, wkt, map_wkt)

        def done(highlight: Any) -> None:
            if generation == self._generation and ring == self._ring:
                self._light_task = None
                self._item().show_highlight(highlight)

        def failed(text: str) -> None:
            if generation == self._generation and ring == self._ring and self._light_task is task:
                self._light_task = None
                self._remove_item()

        if self._light_task is not None:
            self._light_task.cancel()
        task = BackgroundTask(tr("Lighting up brushed pixels"), work, done, failed)
        self._light_task = task
        task.start()

    def _bounds_on(self, layer: QgsRasterLayer) -> Optional[tuple]:
        """Bounds of the part of a layer on the map, in the layer's CRS; None if there is none."""
        settings = self._canvas.mapSettings()
        area = settings.visibleExtent()
        source, target = settings.destinationCrs(), layer.crs()
        if source.isValid() and target.isValid() and source != target:
            transform = QgsCoordinateTransform(source, target, QgsProject.instance())
            if not transform.isValid():
                return None
            try:
                area = transform.transformBoundingBox(area)
            except QgsCsException:
                # The map is wider than the projection: read the whole layer.
                area = layer.extent()
        area = QgsRectangle(area).intersect(layer.extent())
        if area.isEmpty():
            return None
        return (area.xMinimum(), area.yMinimum(), area.xMaximum(), area.yMaximum())

    def _item(self) -> Any:
        if self.item is None:
            from .selection_item import HighlightItem

            self.item = HighlightItem(self._canvas)
        return self.item

    def _remove_item(self) -> None:
        if self.item is not None:
            self._canvas.scene().removeItem(self.item)
            self.item = None
