"""Connects the map, the reading thread and the pages: a click leads to a reading."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsCoordinateReferenceSystem, QgsProject
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtWidgets import QAction

from ..core.probe.reading import ProbeSource, SpectrumReading
from ..core.probe.suitability import RasterFit
from ..core.translation import tr
from .pin_store import PinStore
from .pins import PinBoard
from .predict_page import PredictPage
from .probe_worker import PlaceRequest, ProbeWorker
from .reading_markers import MapMarks, Mark, Points, transform_points
from .spectrum_page import SpectrumPage
from .spectrum_tool import SpectrumTool


class SpectrumControl(QObject):
    """Requests readings where the user clicks, and shows them.

    Parameters
    ----------
    canvas : QgsMapCanvas
    predict_page : PredictPage
        Gives raster and model.
    action : QAction
        Switches the tool on and off; checkable.
    parent : QObject
    """

    def __init__(
        self, canvas: QgsMapCanvas, predict_page: PredictPage, action: QAction, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._predict_page = predict_page
        self._count = 0
        self._pin_next = False
        self._crs = QgsCoordinateReferenceSystem()
        self.board = PinBoard(self)
        self.page = SpectrumPage(self.board)
        self.page.library.model = predict_page.models.path
        self.store = PinStore(self.board, self)
        self.worker = ProbeWorker(self)
        self.marks = MapMarks(canvas)
        self.tool = SpectrumTool(canvas)
        self.tool.setAction(action)
        self.tool.pointed.connect(self.ask)
        self.board.changed.connect(self._show_marks)
        self.page.tool_wanted.connect(self.use_tool)
        action.toggled.connect(self.page.point.setChecked)
        predict_page.source_changed.connect(self._source_changed)
        self.worker.fit_ready.connect(self._fit_ready)
        self.worker.reading_ready.connect(self._reading_ready)
        self.worker.reading_failed.connect(self._reading_failed)
        QgsProject.instance().layersWillBeRemoved.connect(self._let_go)

    def close(self) -> None:
        """Restore the canvas, and end the thread."""
        QgsProject.instance().layersWillBeRemoved.disconnect(self._let_go)
        if self._canvas.mapTool() is self.tool:
            self._canvas.unsetMapTool(self.tool)
        self.tool.deactivate()
        self.store.close()
        self.marks.close()
        self.worker.stop()
        self.tool.deleteLater()

    def use_tool(self, wanted: bool) -> None:
        """Switch the tool on or off."""
        is_used = self._canvas.mapTool() is self.tool
        if wanted and not is_used:
            self._canvas.setMapTool(self.tool)
        elif not wanted and is_used:
            self._canvas.unsetMapTool(self.tool)

    def ask(self, points: Points, pin: bool) -> None:
        """Request a reading at a point or inside a ring on the map.

        Parameters
        ----------
        points : tuple of (x, y)
            In the map's CRS.
        pin : bool
            Whether to pin the reading.
        """
        layer, source = self._predict_page.layer(), self._predict_page.source()
        if layer is None or source is None:
            self.page.refuse(tr("Choose a reflectance raster on the page 'Predict' first."))
            return
        map_crs = self._canvas.mapSettings().destinationCrs()
        try:
            on_raster = transform_points(points, map_crs, layer.crs())
        except ValueError as error:
            text = tr(
                "QGIS knows no way from the map's CRS to that of {layer} ({reason}): set a lunar "
                "CRS for the project."
            )
            self.page.refuse(text.format(layer=layer.name(), reason=error))
            return
        self._count += 1
        self._pin_next = pin
        self._crs = layer.crs()
        self.page.waiting()
        self.worker.ask_place(PlaceRequest(self._count, source, on_raster))

    def _source_changed(self) -> None:
        source = self._predict_page.source()
        if source is None:
            self.worker.let_go()
        else:
            self.worker.ask_fit(source)

    def _fit_ready(self, source: ProbeSource, fit: RasterFit) -> None:
        self._predict_page.show_fit(source, fit)

    def _reading_ready(self, request: PlaceRequest, reading: SpectrumReading) -> None:
        if request.number != self._count:
            return
        self.board.set_current(tr("Here"), reading, request.points, self._crs)
        if self._pin_next:
            self.page.pin_current()

    def _reading_failed(self, request: PlaceRequest, text: str) -> None:
        if request.number == self._count:
            self.page.refuse(text)

    def _show_marks(self) -> None:
        shown = self.board.shown
        strong = None if shown is None else shown.reading
        self.marks.show(
            [
                Mark(pin.points, pin.crs, pin.colour, pin.name, pin.reading is strong)
                for pin in self.board.everything()
            ]
        )

    def _let_go(self, *_: Any) -> None:
        self.worker.let_go()
