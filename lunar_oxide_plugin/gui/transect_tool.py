"""The map tool that draws a line: click points, end with a right or double click, or Enter."""

from __future__ import annotations

from typing import Any, List, Optional

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsGeometry,
    QgsPointXY,
    QgsWkbTypes,
)
from qgis.gui import QgsMapCanvas, QgsMapTool, QgsRubberBand
from qgis.PyQt.QtCore import QPoint, Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtWidgets import QApplication

from .appearance import CURRENT_COLOUR
from .reading_markers import Points, transform_points

_KEYS_THAT_END = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_KEYS_THAT_UNDO = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)


class TransectTool(QgsMapTool):
    """Lets the user draw a line by clicks or by dragging.

    Signals
    -------
    drawn(tuple)
        Points of a finished line in the map's CRS.
    """

    drawn = pyqtSignal(tuple)

    def __init__(self, canvas: QgsMapCanvas) -> None:
        super().__init__(canvas)
        self._points: List[QgsPointXY] = []
        self._press: Optional[QPoint] = None
        self._band: Optional[QgsRubberBand] = None
        self.setCursor(Qt.CursorShape.CrossCursor)

    def canvasPressEvent(self, event: Any) -> None:  # noqa: N802 - QGIS's name
        """Add a point, or end the line with the right button."""
        if event.button() == Qt.MouseButton.RightButton:
            self._end()
        elif event.button() == Qt.MouseButton.LeftButton:
            self._press = event.pos()
            self._add(self.toMapCoordinates(event.pos()))

    def canvasMoveEvent(self, event: Any) -> None:  # noqa: N802 - QGIS's name
        """Show the line up to the pointer."""
        if self._points:
            self._show([*self._points, self.toMapCoordinates(event.pos())])

    def canvasReleaseEvent(self, event: Any) -> None:  # noqa: N802 - QGIS's name
        """End a line that was dragged from one point to another."""
        if event.button() != Qt.MouseButton.LeftButton or self._press is None:
            return
        moved = (event.pos() - self._press).manhattanLength()
        self._press = None
        if len(self._points) == 1 and moved >= QApplication.startDragDistance():
            self._add(self.toMapCoordinates(event.pos()))
            self._end()

    def canvasDoubleClickEvent(self, event: Any) -> None:  # noqa: N802 - QGIS's name
        """End the line."""
        self._press = None
        self._end()

    def keyPressEvent(self, event: Any) -> None:  # noqa: N802 - QGIS's name
        """End the line with Enter, take its last point back with Backspace, drop it with Escape."""
        if event.key() in _KEYS_THAT_END:
            self._end()
        elif event.key() in _KEYS_THAT_UNDO and self._points:
            self._points.pop()
            self._show(self._points)
            event.ignore()  # QGIS would delete selected features otherwise
        elif event.key() == Qt.Key.Key_Escape:
            self._drop()

    def deactivate(self) -> None:
        """Remove an unfinished line from the map."""
        self._drop()
        super().deactivate()

    def _add(self, point: QgsPointXY) -> None:
        if not self._points or point != self._points[-1]:
            self._points.append(point)
        self._show(self._points)

    def _show(self, points: List[QgsPointXY]) -> None:
        if self._band is None:
            self._band = line_band(self.canvas())
        self._band.setToGeometry(QgsGeometry.fromPolylineXY(points), None)

    def _end(self) -> None:
        points = tuple((point.x(), point.y()) for point in self._points)
        self._drop()
        if len(points) > 1:
            self.drawn.emit(points)

    def _drop(self) -> None:
        self._points = []
        self._press = None
        if self._band is not None:
            self.canvas().scene().removeItem(self._band)
            self._band = None


def line_band(canvas: QgsMapCanvas) -> QgsRubberBand:
    """A rubber band for a line, visible on any map."""
    band = QgsRubberBand(canvas, QgsWkbTypes.GeometryType.LineGeometry)
    band.setStrokeColor(QColor(CURRENT_COLOUR))
    band.setSecondaryStrokeColor(QColor("#ffffff"))
    band.setWidth(3)
    return band


class LineOnMap:
    """The line of the chart on a canvas; call `close` before the canvas is deleted.

    Parameters
    ----------
    canvas : QgsMapCanvas
    """

    def __init__(self, canvas: QgsMapCanvas) -> None:
        self._canvas = canvas
        self._band: Optional[QgsRubberBand] = None
        self._points: Points = ()
        self._crs = QgsCoordinateReferenceSystem()
        canvas.destinationCrsChanged.connect(self._redraw)

    def show(self, points: Points, crs: QgsCoordinateReferenceSystem) -> None:
        """Replace the line; no points for none."""
        self._points, self._crs = points, crs
        self._redraw()

    def close(self) -> None:
        """Remove the line and disconnect from the canvas."""
        self._canvas.destinationCrsChanged.disconnect(self._redraw)
        self.show((), self._crs)

    def _redraw(self) -> None:
        if self._band is not None:
            self._canvas.scene().removeItem(self._band)
            self._band = None
        if not self._points:
            return
        try:
            points = transform_points(
                self._points, self._crs, self._canvas.mapSettings().destinationCrs()
            )
        except ValueError:
            return  # not on this map
        self._band = line_band(self._canvas)
        line = QgsGeometry.fromPolylineXY([QgsPointXY(*point) for point in points])
        self._band.setToGeometry(line, None)
