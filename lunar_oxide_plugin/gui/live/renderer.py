"""Draws one picture of a live map, on the thread on which QGIS renders."""

from __future__ import annotations

import traceback
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Optional, Tuple

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsFeedback,
    QgsMapLayerRenderer,
    QgsMessageLog,
    QgsRenderContext,
)
from qgis.PyQt.QtCore import QPointF, QRectF, Qt
from qgis.PyQt.QtGui import QColor, QFont, QImage, QPainter

from ...core.errors import LunarOxideError
from ...core.live.settings import LiveMap, LiveStyle
from ...core.live.shown import Shown, find_shown
from ...core.translation import tr
from .engine import LiveReport, engine
from .painting import as_image, coloured

if TYPE_CHECKING:
    from ...core.live.live_source import LiveSource
    from ...core.live.view import MapView

#: Height of the letters of a message on the map, in millimetres.
LETTERS_MM = 3.0

#: Share of the map's width that a message may take.
MESSAGE_SHARE = 0.6

_Transform = Tuple[float, float, float, float, float, float]


class LiveRenderer(QgsMapLayerRenderer):
    """Draws what a live map showed when QGIS asked for it; knows nothing of the layer.

    Parameters
    ----------
    layer_id : str
    context : QgsRenderContext
    live : LiveMap, or None
        None where the project's description of it was unreadable.
    style : LiveStyle
    name : str
        The layer's, for messages on the map.
    """

    def __init__(
        self,
        layer_id: str,
        context: QgsRenderContext,
        live: Optional[LiveMap],
        style: LiveStyle,
        name: str,
    ) -> None:
        super().__init__(layer_id, context)
        self._id = layer_id
        self._live = live
        self._style = style
        self._name = name
        self._feedback = QgsFeedback()
        self._ratio = float(context.devicePixelRatio())
        self._size = _size(context, self._ratio)
        self._transform = _transform(context, self._ratio)
        self._crs_wkt = _other_crs(context)
        self._no_way = _no_way(context)
        self._report = LiveReport()

    def feedback(self) -> QgsFeedback:
        """By which QGIS cancels the drawing."""
        return self._feedback

    def forceRasterRender(self) -> bool:  # noqa: N802 - QGIS's name
        """Draw into a picture of the layer's own, in which fine pixels replace coarse ones."""
        return True

    def render(self) -> bool:
        """Draw the picture; called by QGIS on another thread, or on the window's for prints."""
        with engine().drawing():
            return self._render()

    def _render(self) -> bool:
        painter = self.renderContext().painter()
        if painter is None:
            return False
        if self.renderContext().flags() & QgsRenderContext.Flag.RenderPreviewJob:
            return True  # parts of the map beside the window, which few look at
        try:
            self._draw(painter)
        except LunarOxideError as error:
            self._say(painter, str(error))
        except ImportError as error:
            package = (error.name or "").split(".")[0] or str(error)
            text = tr(
                "Lunar Oxide needs the Python package {package}, which QGIS's Python cannot "
                "import: install it and restart QGIS."
            )
            self._say(painter, text.format(package=package))
        except MemoryError:
            text = tr(
                "The memory does not suffice for this: close other programs or map a "
                "smaller extent."
            )
            self._say(painter, text)
        except Exception as error:  # an exception that reaches QGIS would end it
            QgsMessageLog.logMessage(
                traceback.format_exc(), "Lunar Oxide", Qgis.MessageLevel.Critical
            )
            text = tr(
                "Something unforeseen went wrong ({error}); the log 'Lunar Oxide' has the details."
            )
            self._say(painter, text.format(error=f"{type(error).__name__}: {error}"))
        if not self._is_cancelled():
            engine().relay.reported.emit(self._id, self._report)
        return True

    def _is_cancelled(self) -> bool:
        return bool(self._feedback.isCanceled() or self.renderContext().renderingStopped())

    def _draw(self, painter: QPainter) -> None:
        if self._live is None:
            text = tr("The project does not say which raster this live map shows: add a new one.")
            raise LunarOxideError(text)
        if self._no_way:
            # QGIS itself would draw the raster at the same numbers, so at a wrong place.
            text = tr(
                "QGIS knows no way from the map's CRS to that of {layer} ({reason}): set a lunar "
                "CRS for the project."
            )
            raise LunarOxideError(text.format(layer=self._name, reason=self._no_way))
        flags = self.renderContext().flags()
        sources, workers = engine().parts()
        source = sources.get(self._live.raster, self._live.model)
        self._report = _report_on(source)
        if self._is_cancelled():
            return
        from ...core.live.view import MapView
        from ...core.live.view_reading import read_view

        width, height = self._size
        view: MapView = MapView(width, height, self._transform, self._crs_wkt)
        shown = find_shown(source.layout, self._style.shown)
        own_picture = isinstance(painter.device(), QImage)
        partial = own_picture and bool(flags & QgsRenderContext.Flag.RenderPartialOutput)
        painter.save()
        try:
            painter.scale(1.0 / self._ratio, 1.0 / self._ratio)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
            if own_picture:
                painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
            for patch in read_view(source, view, shown, workers, self._is_cancelled, partial):
                self._paint(painter, patch, shown)
        finally:
            painter.restore()

    def _paint(self, painter: QPainter, patch: Any, shown: Shown) -> None:
        image = as_image(coloured(patch, shown, self._style))
        painter.drawImage(QPointF(patch.column, patch.row), image)
        if patch.is_final:
            level = patch.level
            self._report = replace(
                self._report, factor=level.factor, detail=str(level.detail.value)
            )

    def _say(self, painter: QPainter, text: str) -> None:
        """Write a sentence on the map, where the picture would be."""
        self._report = replace(self._report, problem=text)
        unit = float(self.renderContext().scaleFactor())  # dots per millimetre
        width, height = (side / self._ratio for side in self._size)
        font = QFont()
        font.setPixelSize(max(8, round(LETTERS_MM * unit)))
        margin = 1.5 * unit
        painter.save()
        try:
            painter.setFont(font)
            wrap = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft)
            room = QRectF(2 * margin, 2 * margin, MESSAGE_SHARE * width, height)
            line = f"{self._name}: {text}"
            box = painter.boundingRect(room, wrap, line)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(255, 255, 255, 225))
            painter.drawRect(box.adjusted(-margin, -margin, margin, margin))
            painter.setPen(QColor("#7a1f1f"))
            painter.drawText(box, wrap, line)
        finally:
            painter.restore()


def _report_on(source: LiveSource) -> LiveReport:
    info = source.info
    a, b, c, d, e, f = info.transform
    xs = [a * column + b * row + c for column in (0, info.width) for row in (0, info.height)]
    ys = [d * column + e * row + f for column in (0, info.width) for row in (0, info.height)]
    return LiveReport(
        layout=source.layout,
        model_title=source.model.identity.title,
        overviews=source.storage.overviews,
        crs_wkt=info.crs_wkt,
        bounds=(min(xs), min(ys), max(xs), max(ys)),
        transform=info.transform,
        drawn_transform=info.drawn_transform,
        tells_little=tuple(oxide.key for oxide in source.model.description.tells_little),
        doubts=source.doubts,
    )


def _size(context: QgsRenderContext, ratio: float) -> Tuple[int, int]:
    place = context.mapToPixel()
    return round(place.mapWidth() * ratio), round(place.mapHeight() * ratio)


def _transform(context: QgsRenderContext, ratio: float) -> _Transform:
    """From the picture's pixels to the map's CRS, also of a rotated map."""
    place = context.mapToPixel()
    width, height = round(place.mapWidth()), round(place.mapHeight())
    origin = place.toMapCoordinates(0, 0)
    right = place.toMapCoordinates(width, 0)
    below = place.toMapCoordinates(0, height)
    across, down = max(1.0, width * ratio), max(1.0, height * ratio)
    return (
        (right.x() - origin.x()) / across,
        (below.x() - origin.x()) / down,
        origin.x(),
        (right.y() - origin.y()) / across,
        (below.y() - origin.y()) / down,
        origin.y(),
    )


def _no_way(context: QgsRenderContext) -> str:
    """Both CRSs, where QGIS has no transformation between them; empty otherwise."""
    change = context.coordinateTransform()
    source, target = change.sourceCrs(), change.destinationCrs()
    if change.isValid() or not (source.isValid() and target.isValid()):
        return ""
    return f"{source.description()} -> {target.description()}"


def _other_crs(context: QgsRenderContext) -> str:
    """WKT of the map's CRS; empty where it is the layer's, or the map has none."""
    change = context.coordinateTransform()
    target = change.destinationCrs()
    if not change.isValid() or change.isShortCircuited() or not target.isValid():
        return ""
    if target == change.sourceCrs():
        return ""
    return str(target.toWkt(QgsCoordinateReferenceSystem.WktVariant.WKT_PREFERRED))
