"""Connects map, line and chart: reads profiles in the background, shows places on the map."""

from __future__ import annotations

from typing import Any, Callable, Optional

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsGeometry,
    QgsProject,
    QgsVectorLayer,
    QgsWkbTypes,
)
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtWidgets import QAction, QFileDialog

from ..algorithms.raster_layer import raster_input
from ..algorithms.site_layers import moon_geographic_crs
from ..core.errors import LunarOxideError
from ..core.files import inputs_of_run
from ..core.moon.rasterio_loading import load_rasterio
from ..core.progress import Progress
from ..core.sites.sample_sites import load_sites
from ..core.translation import tr, tr_message
from .appearance import CURRENT_COLOUR
from .background import BackgroundTask
from .reading_markers import MapMarks, Mark, Points
from .spectrum_page import rasters_shown
from .transect_chart import interval_words
from .transect_page import TransectPage
from .transect_tool import LineOnMap, TransectTool

#: Sites up to this share of a line's length from it are shown, and at least up to this many km.
SITES_SHARE = 0.05
SITES_KM = 2.0


class TransectControl(QObject):
    """Fills the chart of a `TransectPage`.

    Parameters
    ----------
    canvas : QgsMapCanvas
    page : TransectPage
    action : QAction
        Switches the tool on and off; checkable.
    active_layer : callable
        Gives the layer that is active in the window.
    parent : QObject
    """

    def __init__(
        self,
        canvas: QgsMapCanvas,
        page: TransectPage,
        action: QAction,
        active_layer: Callable[[], Any],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._canvas, self.page, self._active_layer = canvas, page, active_layer
        self.transect: Optional[Any] = None
        self._points: Points = ()
        self._crs = QgsCoordinateReferenceSystem()
        self._generation = 0
        self._task: Optional[BackgroundTask] = None
        self.line = LineOnMap(canvas)
        self.marks = MapMarks(canvas)
        self.tool = TransectTool(canvas)
        self.tool.setAction(action)
        self.tool.drawn.connect(self._drawn)
        action.toggled.connect(page.draw.setChecked)
        page.tool_wanted.connect(self.use_tool)
        page.selection_wanted.connect(self.take_selection)
        page.choice_changed.connect(self._read)
        page.table_wanted.connect(self._ask_table)
        page.picture_wanted.connect(self._ask_picture)
        page.chart.pointed.connect(self._pointed)
        project = QgsProject.instance()
        project.layersAdded.connect(self._layers_changed)
        project.layersRemoved.connect(self._layers_changed)
        self._ask_for_line()

    def close(self) -> None:
        """Stop reading, and remove everything from the canvas."""
        self._generation += 1
        if self._task is not None:
            self._task.cancel()
        project = QgsProject.instance()
        project.layersAdded.disconnect(self._layers_changed)
        project.layersRemoved.disconnect(self._layers_changed)
        if self._canvas.mapTool() is self.tool:
            self._canvas.unsetMapTool(self.tool)
        self.tool.deactivate()
        self.line.close()
        self.marks.close()
        self.tool.deleteLater()

    def use_tool(self, wanted: bool) -> None:
        """Switch the tool on or off."""
        is_used = self._canvas.mapTool() is self.tool
        if wanted and not is_used:
            self._canvas.setMapTool(self.tool)
        elif not wanted and is_used:
            self._canvas.unsetMapTool(self.tool)

    def set_line(self, points: Points, crs: QgsCoordinateReferenceSystem) -> None:
        """Read the profile along a line.

        Parameters
        ----------
        points : tuple of (x, y)
        crs : QgsCoordinateReferenceSystem
        """
        self._points, self._crs = points, crs
        self.line.show(points, crs)
        self._read()

    def take_selection(self) -> None:
        """Read the profile along the line that is selected in the active layer."""
        layer = self._active_layer()
        if not isinstance(layer, QgsVectorLayer) or (
            layer.geometryType() != QgsWkbTypes.GeometryType.LineGeometry
        ):
            self.page.say(tr("Activate a layer of lines and select one of them first."))
            return
        chosen = list(layer.selectedFeatures())
        if not chosen and layer.featureCount() == 1:
            chosen = list(layer.getFeatures())
        if len(chosen) != 1:
            self.page.say(
                tr("{count} lines are selected in {layer}: select one.").format(
                    count=len(chosen), layer=layer.name()
                )
            )
            return
        geometry = chosen[0].geometry()
        if QgsWkbTypes.isCurvedType(geometry.wkbType()):
            geometry = QgsGeometry(geometry.constGet().segmentize())
        parts = geometry.asMultiPolyline() if geometry.isMultipart() else [geometry.asPolyline()]
        if len(parts) != 1:
            self.page.say(tr("The selected line has several parts: select a line of one part."))
            return
        self.set_line(tuple((point.x(), point.y()) for point in parts[0]), layer.crs())

    def write_table(self, path: str) -> None:
        """Save the profile as CSV."""
        transect = self.transect
        if transect is None:
            return
        from ..core.regions.transect_files import write_transects

        self._write(lambda: write_transects([transect], path), path)

    def write_picture(self, path: str) -> None:
        """Save the chart as PNG or SVG."""
        self._write(lambda: self.page.chart.save_picture(path), path)

    def _write(self, write: Callable[[], None], path: str) -> None:
        try:
            with inputs_of_run(rasters_shown):
                write()
        except (LunarOxideError, ImportError) as error:
            self.page.say(tr_message(str(error)))
        else:
            self.page.say(tr("Saved: {path}").format(path=path))

    def _ask_table(self) -> None:
        path, _ = QFileDialog.getSaveFileName(
            self.page, tr("Save the table"), "transect.csv", tr("CSV files (*.csv)")
        )
        if path:
            self.write_table(path if path.lower().endswith(".csv") else path + ".csv")

    def _ask_picture(self) -> None:
        kinds = (tr("Pictures (*.png)"), tr("Vector graphics (*.svg)"))
        path, chosen = QFileDialog.getSaveFileName(
            self.page, tr("Save the chart"), "transect.png", ";;".join(kinds)
        )
        if path:
            ending = ".svg" if chosen == kinds[1] else ".png"
            self.write_picture(path if path.lower().endswith((".png", ".svg")) else path + ending)

    def _drawn(self, points: Points) -> None:
        self.set_line(points, self._canvas.mapSettings().destinationCrs())

    def _layers_changed(self, *_: Any) -> None:
        self.page.predictions.refresh()
        if self.transect is None:
            self._ask_for_line()

    def _ask_for_line(self) -> None:
        if self.page.predictions.layer() is None:
            self.page.say(tr("Run 'Predict oxides' or add a prediction to the project first."))
        elif not self._points:
            self.page.say(tr("Draw a line on the map, or take the selected one."))

    def _read(self) -> None:
        """Read the profile in the background; an earlier reading is dropped."""
        self._generation += 1
        if self._task is not None:
            self._task.cancel()
            self._task = None
        layer = self.page.predictions.layer()
        self._show(None)
        if layer is None or not self._points:
            self._ask_for_line()
            return
        if not self._crs.isValid():
            self.page.say(tr("The map has no CRS: set a lunar CRS for the project."))
            return
        generation, source = self._generation, raster_input(layer)
        points, wkt = self._points, self._crs.toWkt()
        width = self.page.width_km.value()

        def work(progress: Progress) -> Any:
            from ..core.moon import lunar_crs
            from ..core.regions.transect import TransectRequest, line_km, read_transect

            lunar_crs.require_moon(wkt, "The line")
            reach = max(SITES_KM, SITES_SHARE * line_km(points, wkt), width / 2.0)
            request = TransectRequest(
                source, points, wkt, tuple(load_sites()), reach, width, name="line"
            )
            return read_transect(request, progress)

        def done(transect: Any) -> None:
            if generation == self._generation:
                self._show(transect)

        def failed(text: str) -> None:
            if generation == self._generation:
                self.page.say(tr_message(text))

        load_rasterio()
        self.page.say(tr("Reading ..."))
        self._task = BackgroundTask(tr("Transect"), work, done, failed)
        self._task.start()

    def _show(self, transect: Optional[Any]) -> None:
        self.transect = transect
        self.marks.show([])
        self.page.chart.set_transect(transect)
        self.page.allow_saving(transect is not None)
        if transect is not None:
            self.page.say(self._summary())

    def _summary(self) -> str:
        transect = self.transect
        if transect is None:
            return ""
        text = tr("{length:.4g} km, a value every {step:.3g} km; {sites} sites near the line.")
        text = text.format(
            length=transect.length_km, step=transect.step_km, sites=len(transect.sites)
        )
        words = interval_words(transect)
        return f"{text} {words[:1].upper()}{words[1:]}." if words else text

    def _pointed(self, distance_km: Optional[float]) -> None:
        """Show the place below the chart's pointer on the map, and its values."""
        transect = self.transect
        if transect is None:
            return
        if distance_km is None:
            self.marks.show([])
            self.page.say(self._summary())
            return
        place = transect.place_at(distance_km)
        where = (float(transect.longitudes_deg[place]), float(transect.latitudes_deg[place]))
        name = tr("{distance:.4g} km along the line").format(distance=distance_km)
        self.marks.show([Mark((where,), moon_geographic_crs(), CURRENT_COLOUR, name, True)])
        values = ", ".join(
            f"{oxide.pretty} {transect.values_wt[oxide.name][place]:.2f}"
            for oxide in transect.oxides
            if transect.values_wt[oxide.name][place] == transect.values_wt[oxide.name][place]
        )
        self.page.say(f"{name}: {values or tr('no prediction here')}")
