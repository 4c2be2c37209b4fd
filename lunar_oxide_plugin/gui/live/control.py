"""Connects live maps, their panel, and the map's tools."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Callable, Dict, Optional

from qgis.core import (
    QgsPluginLayer,
    QgsProcessingException,
    QgsProject,
    QgsRasterLayer,
)
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QAction, QFileDialog, QMessageBox

from ...algorithms.live_layers import live_map, new_live_layer
from ...algorithms.raster_layer import raster_input
from ...core.errors import LunarOxideError
from ...core.live.settings import LiveMap, LiveStyle
from ...core.paths import RESOURCES
from ...core.probe.reading import ProbeSource, SpectrumReading
from ...core.progress import Progress
from ...core.translation import tr
from ..background import BackgroundTask
from ..predict_page import PredictPage
from ..probe_worker import PlaceRequest, ProbeWorker
from ..reading_markers import MapMarks, Mark, Points, transform_points
from ..spectrum_tool import SpectrumTool
from .engine import engine
from .layer import LiveLayer, register
from .page import LivePage
from .swipe import Swipe

#: Milliseconds between two pictures of a map that is being drawn, while it shows a live map. QGIS's
#: own 250 would hide that the first picture is there earlier.
UPDATE_MS = 80

#: Colour of the mark where the user pointed.
MARK_COLOUR = "#e07b00"


class LiveControl(QObject):
    """Adds live maps, and does what their panel asks for.

    Parameters
    ----------
    canvas : QgsMapCanvas
    predict_page : PredictPage
        Gives raster and model of a new live map.
    open_predict : callable
        Opens the dialog of 'Predict oxides' with parameters.
    show_page : callable
        Brings the panel to the front.
    parent : QObject
    """

    def __init__(
        self,
        canvas: QgsMapCanvas,
        predict_page: PredictPage,
        open_predict: Callable[[Dict[str, Any]], None],
        show_page: Callable[[], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._predict_page = predict_page
        self._open_predict = open_predict
        self._show_page = show_page
        self._count = 0
        self._clicked: Optional[Mark] = None
        self._worker: Optional[ProbeWorker] = None
        self._swipe: Optional[Swipe] = None
        self._building: Optional[BackgroundTask] = None
        self._usual_ms = canvas.mapUpdateInterval()
        self.type = register()
        self.type.show_properties = self.show_layer
        self.page = LivePage()
        self.action = QAction(QIcon(str(RESOURCES / "icon.svg")), tr("Live oxides"), self)
        self.action.setObjectName("LunarOxideLive")
        self.action.setToolTip(tr("Show oxides of the chosen raster wherever the map looks"))
        self.marks = MapMarks(canvas)
        self.tool = SpectrumTool(canvas)
        self._connect()
        self._layers_changed()

    def close(self) -> None:
        """Restore the canvas, and end the thread."""
        project = QgsProject.instance()
        project.layersAdded.disconnect(self._layers_changed)
        project.layersRemoved.disconnect(self._layers_changed)
        project.layersWillBeRemoved.disconnect(self._end_swipe)
        self.type.show_properties = None
        self._end_swipe()
        self._canvas.setMapUpdateInterval(self._usual_ms)
        if self._canvas.mapTool() is self.tool:
            self._canvas.unsetMapTool(self.tool)
        self.tool.deactivate()
        self.marks.close()
        self.page.disconnect_project()
        if self._worker is not None:
            self._worker.stop()
        if self._building is not None:
            self._building.cancel()
        self.action.deleteLater()
        self.tool.deleteLater()
        self.deleteLater()

    def add(self) -> Optional[QgsPluginLayer]:
        """Add a live map of the raster and model on the page 'Predict'."""
        raster, source = self._predict_page.layer(), self._predict_page.source()
        if raster is None or source is None:
            self._show_page()
            self.page.say(tr("Choose a reflectance raster on the page 'Predict' first."))
            return None
        return self.add_over(raster, source)

    def add_over(
        self, raster: QgsRasterLayer, source: Optional[ProbeSource] = None
    ) -> Optional[QgsPluginLayer]:
        """Add a live map over a raster layer, above it in the map.

        Parameters
        ----------
        raster : QgsRasterLayer
        source : ProbeSource, optional
            By default the layer's raster with the model on the page 'Predict'.
        """
        try:
            if source is None:
                own = raster_input(raster)
                source = ProbeSource(own, self._predict_page.model_for(own))
            layer = new_live_layer(raster, live_map(source.raster, source.model), LiveStyle())
        except QgsProcessingException as error:
            self._show_page()
            self.page.say(str(error))
            return None
        project = QgsProject.instance()
        if project.addMapLayer(layer, False) is None:
            return None
        node = project.layerTreeRoot().findLayer(raster.id())
        home = project.layerTreeRoot() if node is None else node.parent()
        place = 0 if node is None else home.children().index(node)
        entry = home.insertLayer(place, layer)
        # QGIS's tree shows it folded, although it is unfolded, and hears only of changes.
        entry.setExpanded(False)
        entry.setExpanded(True)
        self.show_layer(layer)
        return layer

    def show_layer(self, layer: QgsPluginLayer) -> None:
        """Show a live map's properties in the panel."""
        if isinstance(layer, LiveLayer):
            self.page.show_layer(layer)
        self._show_page()

    def permanent_parameters(self) -> Dict[str, Any]:
        """Parameters of 'Predict oxides' for what the map shows of the chosen live map."""
        layer = self.page.layer()
        live = None if layer is None else layer.live
        if layer is None or live is None:
            return {}
        raster = _raster_layer_of(live)
        parameters: Dict[str, Any] = {"INPUT": live.raster.path if raster is None else raster.id()}
        if live.model_name:
            parameters["MODEL"] = live.model_name
        else:
            parameters["MODEL_FILE"] = live.model
        for name in ("bands", "scale", "offset"):
            value = getattr(live.raster, name)
            if value is not None:
                parameters[name.upper()] = list(value) if name == "bands" else value
        settings = self._canvas.mapSettings()
        extent = settings.visibleExtent()
        crs = settings.destinationCrs()
        authority = crs.authid() if crs.isValid() else ""
        parameters["EXTENT"] = (
            f"{extent.xMinimum()!r},{extent.xMaximum()!r},{extent.yMinimum()!r},"
            f"{extent.yMaximum()!r} [{authority}]"
        )
        return parameters

    def identify(self, points: Points, pin: bool = False) -> None:
        """Read the pixel or box where the user pointed, and show its numbers.

        Parameters
        ----------
        points : tuple of (x, y)
            In the map's CRS.
        pin : bool
            Not used here.
        """
        layer = self.page.layer()
        live = None if layer is None else layer.live
        if layer is None or live is None:
            return
        map_crs = self._canvas.mapSettings().destinationCrs()
        try:
            on_raster = transform_points(points, map_crs, layer.crs())
        except ValueError as error:
            text = tr(
                "QGIS knows no way from the map's CRS to that of {layer} ({reason}): set a lunar "
                "CRS for the project."
            )
            self.page.say(text.format(layer=layer.name(), reason=error))
            return
        self._count += 1
        self._clicked = Mark(points, map_crs, MARK_COLOUR, layer.name(), True)
        request = PlaceRequest(
            self._count, ProbeSource(live.raster, live.model), _as_drawn(layer, on_raster)
        )
        self._reader().ask_place(request)

    def build_overviews(self) -> None:
        """Ask, and write overviews beside the chosen live map's raster."""
        layer = self.page.layer()
        live = None if layer is None else layer.live
        if live is None or self._building is not None:
            return
        # Imported here, because it needs rasterio, which the map has loaded by now.
        from ...core.live.reflectance_overviews import (
            build_overviews,
            overview_bytes,
            overview_file,
        )

        try:
            target, size = overview_file(live.raster), overview_bytes(live.raster)
        except LunarOxideError as error:
            self.page.say(str(error))
            return
        text = tr(
            "Write averages of the spectra into {path}, beside the raster? They take up to {size} "
            "MB; the raster itself is not changed. QGIS draws far views from them as well."
        )
        answer = QMessageBox.question(
            self.page, tr("Build overviews"), text.format(path=target, size=-(-size // 1_000_000))
        )
        if answer != QMessageBox.StandardButton.Yes:
            return
        sources, _ = engine().parts()

        def work(progress: Progress) -> str:
            return str(build_overviews(sources.get(live.raster, live.model), progress))

        task = BackgroundTask(
            tr("Overviews of {raster}").format(raster=live.raster.name),
            work,
            self._overviews_built,
            self._overviews_failed,
        )
        self._building = task
        task.start()

    def _overviews_built(self, path: str) -> None:
        self._building = None
        engine().let_go()
        self.page.say(tr("Overviews were written: {path}").format(path=path), is_refusal=False)
        layer = self.page.layer()
        if layer is not None:
            layer.triggerRepaint()

    def _overviews_failed(self, text: str) -> None:
        self._building = None
        self.page.say(text)

    def _connect(self) -> None:
        self.action.triggered.connect(lambda *_: self.add())
        self.tool.pointed.connect(self.identify)
        self.tool.activated.connect(lambda: self.page.identify.setChecked(True))
        self.tool.deactivated.connect(lambda: self.page.identify.setChecked(False))
        self.page.add_wanted.connect(self.add)
        self.page.layer_changed.connect(self._end_swipe)
        self.page.layer_changed.connect(lambda: self.marks.show([]))
        self.page.model_wanted.connect(self._set_model)
        self.page.identify_wanted.connect(self._use_tool)
        self.page.swipe_wanted.connect(self._set_swipe)
        self.page.other.model_changed.connect(self._other_changed)
        self.page.permanent_wanted.connect(lambda: self._open_predict(self.permanent_parameters()))
        self.page.raster_wanted.connect(self._ask_raster)
        self.page.overviews_wanted.connect(self.build_overviews)
        project = QgsProject.instance()
        project.layersAdded.connect(self._layers_changed)
        project.layersRemoved.connect(self._layers_changed)
        project.layersWillBeRemoved.connect(self._end_swipe)

    def _reader(self) -> ProbeWorker:
        if self._worker is None:
            self._worker = ProbeWorker(self)
            self._worker.reading_ready.connect(self._reading_ready)
            self._worker.reading_failed.connect(self._reading_failed)
        return self._worker

    def _reading_ready(self, request: PlaceRequest, reading: SpectrumReading) -> None:
        if request.number == self._count:
            self.marks.show([self._clicked] if self._clicked is not None else [])
            self.page.show_reading(reading)

    def _reading_failed(self, request: PlaceRequest, text: str) -> None:
        if request.number == self._count:
            self.marks.show([])
            self.page.say(text)

    def _layers_changed(self, *_: Any) -> None:
        layers = QgsProject.instance().mapLayers().values()
        has_live = any(isinstance(layer, LiveLayer) for layer in layers)
        interval = min(UPDATE_MS, self._usual_ms) if has_live else self._usual_ms
        self._canvas.setMapUpdateInterval(interval)
        if self._worker is not None:
            self._worker.let_go()

    def _use_tool(self, wanted: bool) -> None:
        is_used = self._canvas.mapTool() is self.tool
        if wanted and not is_used:
            self._canvas.setMapTool(self.tool)
        elif not wanted and is_used:
            self._canvas.unsetMapTool(self.tool)

    def _set_model(self, path: str) -> None:
        layer = self.page.layer()
        if layer is not None and layer.live is not None and layer.live.model != path:
            layer.set_live(live_map(layer.live.raster, path))

    def _set_swipe(self, wanted: bool) -> None:
        self._end_swipe()
        layer = self.page.layer()
        if not wanted or layer is None or layer.live is None:
            return
        other = LiveLayer(live_map(layer.live.raster, self.page.other.path()), layer.live_style)
        other.place(layer.crs(), layer.extent())
        self._swipe = Swipe(self._canvas, layer, other, self)
        self._swipe.ended.connect(self._end_swipe)
        self.page.swipe.blockSignals(True)
        self.page.swipe.setChecked(True)
        self.page.swipe.blockSignals(False)

    def _other_changed(self) -> None:
        if self._swipe is not None:
            self._set_swipe(True)

    def _end_swipe(self, *_: Any) -> None:
        swipe, self._swipe = self._swipe, None
        if swipe is not None:
            swipe.close()
        self.page.swipe.blockSignals(True)
        self.page.swipe.setChecked(False)
        self.page.swipe.blockSignals(False)

    def _ask_raster(self) -> None:
        layer = self.page.layer()
        if layer is None or layer.live is None:
            return
        path, _ = QFileDialog.getOpenFileName(
            self.page, tr("Choose the raster of this live map"), layer.live.raster.path
        )
        if path:
            raster = replace(layer.live.raster, path=str(path))
            layer.set_live(replace(layer.live, raster=raster))


def _raster_layer_of(live: LiveMap) -> Optional[QgsRasterLayer]:
    """The project's layer of a live map's raster, with the same properties."""
    wanted = replace(live.raster, bands=None, scale=None, offset=None)
    for layer in QgsProject.instance().mapLayers().values():
        if isinstance(layer, QgsRasterLayer) and layer.providerType() == "gdal":
            try:
                if raster_input(layer) == wanted:
                    return layer
            except QgsProcessingException:
                continue
    return None


def _as_drawn(layer: LiveLayer, points: Points) -> Points:
    """Points where QGIS draws the raster, for points at its true position."""
    true, drawn = layer.report.transform, layer.report.drawn_transform
    if true is None or drawn is None or true == drawn:
        return points
    a, b, c, d, e, f = true
    size = a * e - b * d
    moved = []
    for x, y in points:
        column = (e * (x - c) - b * (y - f)) / size
        row = (a * (y - f) - d * (x - c)) / size
        moved.append(
            (
                drawn[0] * column + drawn[1] * row + drawn[2],
                drawn[3] * column + drawn[4] * row + drawn[5],
            )
        )
    return tuple(moved)
