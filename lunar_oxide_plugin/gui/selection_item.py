"""Selected pixels painted over the map, without a layer in the project."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Optional

import numpy as np
from qgis.core import QgsPointXY
from qgis.gui import QgsMapCanvas, QgsMapCanvasItem
from qgis.PyQt.QtCore import QRectF
from qgis.PyQt.QtGui import QColor, QImage, QPainter, QTransform

if TYPE_CHECKING:
    from ..core.probe.selection_image import Highlight

#: Magenta, which no colour ramp of the plugin's maps contains.
HIGHLIGHT_COLOUR = "#ff2fb3"

#: Opacity of 255, so that the map and its labels remain visible.
OPACITY = 130


class HighlightItem(QgsMapCanvasItem):
    """Paints a `Highlight` at its position on the map after zoom, pan and rotation.

    Parameters
    ----------
    canvas : QgsMapCanvas
    """

    def __init__(self, canvas: QgsMapCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._image: Optional[QImage] = None
        self._highlight: Optional[Highlight] = None
        self.setZValue(50)

    @property
    def highlight(self) -> Optional[Highlight]:
        """The selection that is shown; None for none."""
        return self._highlight

    def show_highlight(self, highlight: Optional[Highlight]) -> None:
        """Show another selection."""
        self._highlight = highlight
        self._image = None if highlight is None else _image(highlight)
        self.update()

    def updatePosition(self) -> None:  # noqa: N802 - QGIS's name
        """Follow the map."""
        self.prepareGeometryChange()
        self.update()

    def boundingRect(self) -> QRectF:  # noqa: N802 - Qt's name
        """The whole canvas, because the picture may be anywhere on it."""
        return QRectF(0, 0, self._canvas.width(), self._canvas.height())

    def paint(self, painter: QPainter, option: Any = None, widget: Any = None) -> None:
        """Paint the picture without smoothing its pixels."""
        if self._image is None or self._highlight is None:
            return
        rows, columns = self._highlight.mask.shape
        a, b, c, d, e, f = self._highlight.transform
        origin = self.toCanvasCoordinates(QgsPointXY(c, f))
        right = self.toCanvasCoordinates(QgsPointXY(a * columns + c, d * columns + f))
        below = self.toCanvasCoordinates(QgsPointXY(b * rows + c, e * rows + f))
        along = (right - origin) / columns
        down = (below - origin) / rows
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        painter.setTransform(
            QTransform(along.x(), along.y(), down.x(), down.y(), origin.x(), origin.y()), True
        )
        painter.drawImage(0, 0, self._image)
        painter.restore()


def _image(highlight: Highlight) -> QImage:
    colour = QColor(HIGHLIGHT_COLOUR)
    colour.setAlpha(OPACITY)
    # Premultiplied ARGB in the machine's own byte order, as Qt wants it.
    alpha = colour.alpha()
    red, green, blue = (part * alpha // 255 for part in colour.getRgb()[:3])
    value = (alpha << 24) | (red << 16) | (green << 8) | blue
    pixels = np.where(highlight.mask, np.uint32(value), np.uint32(0)).astype(np.uint32)
    rows, columns = pixels.shape
    image = QImage(
        pixels.tobytes(), columns, rows, 4 * columns, QImage.Format.Format_ARGB32_Premultiplied
    )
    return image.copy()  # Qt does not hold a reference to the buffer
