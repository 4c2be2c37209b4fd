"""The map tool: click for a pixel, drag for a box."""

from __future__ import annotations

from typing import Any, Optional, Tuple

from qgis.core import QgsGeometry, QgsPointXY
from qgis.gui import QgsMapCanvas, QgsMapTool, QgsRubberBand
from qgis.PyQt.QtCore import QPoint, Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtWidgets import QApplication

from .appearance import CURRENT_COLOUR
from .reading_markers import Points

#: Points per side of a box; a side that is straight on the map may be curved on the raster.
POINTS_PER_SIDE = 8


class SpectrumTool(QgsMapTool):
    """Reports where the user clicks or drags a box.

    Signals
    -------
    pointed(tuple)
        Points in the map's CRS, one for a click, a ring's corners for a box; the second
        argument says whether Shift was held.
    """

    pointed = pyqtSignal(tuple, bool)

    def __init__(self, canvas: QgsMapCanvas) -> None:
        super().__init__(canvas)
        self._start: Optional[QPoint] = None
        self._band: Optional[QgsRubberBand] = None
        self.setCursor(Qt.CursorShape.CrossCursor)

    def canvasPressEvent(self, event: Any) -> None:  # noqa: N802 - QGIS's name
        """Store the first corner of a box."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._start = event.pos()

    def canvasMoveEvent(self, event: Any) -> None:  # noqa: N802 - QGIS's name
        """Draw the box."""
        if self._start is None or not self._is_drag(event.pos()):
            return
        if self._band is None:
            self._band = QgsRubberBand(self.canvas())
            self._band.setColor(QColor(CURRENT_COLOUR))
            self._band.setFillColor(QColor(224, 123, 0, 40))
            self._band.setWidth(2)
        ring = [QgsPointXY(*point) for point in self._ring(event.pos(), 1)]
        self._band.setToGeometry(QgsGeometry.fromPolygonXY([ring]), None)

    def canvasReleaseEvent(self, event: Any) -> None:  # noqa: N802 - QGIS's name
        """Report the point or the box."""
        if event.button() != Qt.MouseButton.LeftButton or self._start is None:
            return
        if self._is_drag(event.pos()):
            points = self._ring(event.pos(), POINTS_PER_SIDE)
        else:
            point = self.toMapCoordinates(event.pos())
            points = ((point.x(), point.y()),)
        pin = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._drop()
        self.pointed.emit(points, pin)

    def keyPressEvent(self, event: Any) -> None:  # noqa: N802 - QGIS's name
        """Cancel a box that is being dragged with Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self._drop()

    def deactivate(self) -> None:
        """Remove the box from the map."""
        self._drop()
        super().deactivate()

    def _is_drag(self, position: QPoint) -> bool:
        if self._start is None:
            return False
        moved = (position - self._start).manhattanLength()
        return bool(moved >= QApplication.startDragDistance())

    def _ring(self, position: QPoint, per_side: int) -> Points:
        """The box on the screen as a ring on the map, which may be rotated."""
        if self._start is None:
            return ()
        left, top = self._start.x(), self._start.y()
        right, bottom = position.x(), position.y()
        corners: Tuple[Tuple[int, int], ...] = (
            (left, top), (right, top), (right, bottom), (left, bottom)
        )  # fmt: skip
        ring = []
        for (x0, y0), (x1, y1) in zip(corners, (*corners[1:], corners[0])):
            a = self.toMapCoordinates(QPoint(x0, y0))
            b = self.toMapCoordinates(QPoint(x1, y1))
            for step in range(per_side):
                share = step / per_side
                ring.append((a.x() + share * (b.x() - a.x()), a.y() + share * (b.y() - a.y())))
        return tuple(ring)

    def _drop(self) -> None:
        self._start = None
        if self._band is not None:
            self.canvas().scene().removeItem(self._band)
            self._band = None
