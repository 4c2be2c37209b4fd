"""Compare two live maps: one to the left of a line that the user drags, one to the right."""

from __future__ import annotations

from typing import Any, Optional

from qgis.core import QgsMapRendererParallelJob, QgsMapSettings
from qgis.gui import QgsMapCanvas, QgsMapCanvasItem, QgsMapTool
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, QRectF, Qt, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QColor, QImage, QPainter, QPen

from .layer import LiveLayer

#: Milliseconds between two pictures while the other map is drawn.
UPDATE_MS = 100

#: Width in pixels of the line, and margin of the labels.
LINE_PX = 2
MARGIN_PX = 6


class SwipeItem(QgsMapCanvasItem):
    """The other map, to the right of the line.

    Parameters
    ----------
    canvas : QgsMapCanvas
    """

    def __init__(self, canvas: QgsMapCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._image: Optional[QImage] = None
        self.share = 0.5
        self.left = ""
        self.right = ""
        self.setZValue(40)

    def show_image(self, image: Optional[QImage]) -> None:
        """Show another picture, of the canvas's present view."""
        self._image = image
        self.update()

    def move_line(self, share: float) -> None:
        """Move the line to a share of the canvas's width."""
        self.share = min(1.0, max(0.0, share))
        self.update()

    def updatePosition(self) -> None:  # noqa: N802 - QGIS's name
        """Follow the map."""
        self.prepareGeometryChange()
        self.update()

    def boundingRect(self) -> QRectF:  # noqa: N802 - Qt's name
        """The whole canvas."""
        return QRectF(0, 0, self._canvas.width(), self._canvas.height())

    def paint(self, painter: QPainter, option: Any = None, widget: Any = None) -> None:
        """Paint the picture, the line, and what stands on either side of it."""
        whole = self.boundingRect()
        line = round(self.share * whole.width())
        painter.save()
        if self._image is not None:
            painter.setClipRect(QRectF(line, 0, whole.width() - line, whole.height()))
            painter.drawImage(whole, self._image)
            painter.setClipping(False)
        painter.setPen(QPen(QColor("#202020"), LINE_PX + 2))
        painter.drawLine(line, 0, line, round(whole.height()))
        painter.setPen(QPen(QColor("#ffffff"), LINE_PX))
        painter.drawLine(line, 0, line, round(whole.height()))
        self._label(painter, self.left, QRectF(0, 0, line, whole.height()), False)
        self._label(
            painter, self.right, QRectF(line, 0, whole.width() - line, whole.height()), True
        )
        painter.restore()

    @staticmethod
    def _label(painter: QPainter, text: str, side: QRectF, is_right: bool) -> None:
        width = painter.fontMetrics().boundingRect(text).width() + 2 * MARGIN_PX
        height = painter.fontMetrics().height() + MARGIN_PX
        x = side.left() + MARGIN_PX if is_right else side.right() - MARGIN_PX - width
        box = QRectF(x, MARGIN_PX, width, height)
        painter.setClipRect(side)
        painter.fillRect(box, QColor(255, 255, 255, 220))
        painter.setPen(QColor("#202020"))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)
        painter.setClipping(False)


class SwipeTool(QgsMapTool):
    """Moves the line where the user drags.

    Signals
    -------
    moved(float)
        Share of the canvas's width.
    """

    moved = pyqtSignal(float)

    def __init__(self, canvas: QgsMapCanvas) -> None:
        super().__init__(canvas)
        self._is_dragged = False
        self.setCursor(Qt.CursorShape.SplitHCursor)

    def canvasPressEvent(self, event: Any) -> None:  # noqa: N802 - QGIS's name
        """Begin to drag."""
        self._is_dragged = event.button() == Qt.MouseButton.LeftButton
        self.canvasMoveEvent(event)

    def canvasMoveEvent(self, event: Any) -> None:  # noqa: N802 - QGIS's name
        """Move the line."""
        if self._is_dragged:
            self.moved.emit(event.pos().x() / max(1, self.canvas().width()))

    def canvasReleaseEvent(self, event: Any) -> None:  # noqa: N802 - QGIS's name
        """End dragging."""
        self._is_dragged = False


class Swipe(QObject):
    """Draws the map with another live layer in the place of one, and shows it beside a line.

    Parameters
    ----------
    canvas : QgsMapCanvas
    here : LiveLayer
        Shown by the canvas.
    other : LiveLayer
        Of no project; shown in its place to the right of the line.
    parent : QObject

    Signals
    -------
    ended()
        The user took up another tool.
    """

    ended = pyqtSignal()

    def __init__(
        self, canvas: QgsMapCanvas, here: LiveLayer, other: LiveLayer, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._here_id = here.id()
        self._other = other
        self._job: Optional[QgsMapRendererParallelJob] = None
        self._before = canvas.mapTool()
        self.item = SwipeItem(canvas)
        self.tool = SwipeTool(canvas)
        self.tool.moved.connect(self.item.move_line)
        self._timer = QTimer(self)
        self._timer.setInterval(UPDATE_MS)
        self._timer.timeout.connect(self._update)
        canvas.extentsChanged.connect(self.draw)
        canvas.layersChanged.connect(self.draw)
        here.repaintRequested.connect(self._here_changed)
        self._here = here
        canvas.setMapTool(self.tool)
        self.tool.deactivated.connect(self.ended)
        self._label()
        self.draw()

    def close(self) -> None:
        """Remove the picture and give the tool back."""
        self._canvas.extentsChanged.disconnect(self.draw)
        self._canvas.layersChanged.disconnect(self.draw)
        self.tool.deactivated.disconnect(self.ended)
        self._cancel()
        if self._canvas.mapTool() is self.tool:
            self._canvas.unsetMapTool(self.tool)
            if self._before is not None:
                self._canvas.setMapTool(self._before)
        self._canvas.scene().removeItem(self.item)
        self.tool.deleteLater()
        self.deleteLater()

    def draw(self) -> None:
        """Draw the other map for the canvas's view."""
        self._cancel()
        self.item.show_image(None)
        settings = QgsMapSettings(self._canvas.mapSettings())
        layers = [
            self._other if layer.id() == self._here_id else layer for layer in settings.layers()
        ]
        settings.setLayers(layers if self._other in layers else [self._other, *layers])
        job = QgsMapRendererParallelJob(settings)
        # Qt deletes the job once it has ended. Python would delete it, on any thread, as soon as
        # nothing refers to it, although its threads still draw; a lambda that holds it makes a
        # circle, which Python collects as well.
        sip.transferto(job, None)
        job.finished.connect(job.deleteLater)
        job.finished.connect(self._finished)
        self._job = job
        job.start()
        self._timer.start()

    def _here_changed(self, *_: Any) -> None:
        """Show in the other map what the first one shows."""
        if self._other.live_style != self._here.live_style:
            self._other.set_live_style(self._here.live_style)
            self._label()
            self.draw()

    def _label(self) -> None:
        self.item.left, self.item.right = _model(self._here), _model(self._other)

    def _update(self) -> None:
        if self._job is not None:
            self.item.show_image(self._job.renderedImage())

    def _finished(self) -> None:
        job, self._job = self._job, None
        self._timer.stop()
        if job is not None:
            self.item.show_image(job.renderedImage())

    def _cancel(self) -> None:
        self._timer.stop()
        job, self._job = self._job, None
        if job is not None:
            job.finished.disconnect(self._finished)
            job.cancelWithoutBlocking()


def _model(layer: LiveLayer) -> str:
    live = layer.live
    if layer.report.model_title:
        return layer.report.model_title
    return "" if live is None else live.model_name or live.model.replace("\\", "/").split("/")[-1]
