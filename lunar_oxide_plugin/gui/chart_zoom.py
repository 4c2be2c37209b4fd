"""Zoom of a chart: wheel, box, middle button, keys, double click to see all."""

from __future__ import annotations

from typing import Any, Optional, Tuple

from qgis.PyQt.QtCore import QObject, QPoint, QRect, QSize, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QApplication, QRubberBand

#: Factor of one step of the wheel, and share of the width of one step of an arrow key.
WHEEL_FACTOR = 1.25
ARROW_SHARE = 0.1

Limits = Tuple[Tuple[float, float], Tuple[float, float]]

ARROWS = {"left": (-1, 0), "right": (1, 0), "down": (0, -1), "up": (0, 1)}


class ChartZoom(QObject):
    """Keeps the limits of a chart's axes while it is drawn anew.

    Parameters
    ----------
    parent : QObject
    box : bool
        Whether dragging with the left button zooms into a box.

    Signals
    -------
    changed(bool)
        Whether the chart is zoomed.
    """

    changed = pyqtSignal(bool)

    def __init__(self, parent: QObject, box: bool) -> None:
        super().__init__(parent)
        self.limits: Optional[Limits] = None
        self._with_box = box
        self._canvas: Optional[Any] = None
        self._all: Optional[Limits] = None
        self._start: Optional[Any] = None
        self._band: Optional[QRubberBand] = None

    def connect_canvas(self, canvas: Any) -> None:
        """Connect to a new canvas."""
        self._canvas = canvas
        canvas.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        canvas.mpl_connect("scroll_event", self._scrolled)
        canvas.mpl_connect("button_press_event", self._pressed)
        canvas.mpl_connect("motion_notify_event", self._moved)
        canvas.mpl_connect("button_release_event", self._released)
        canvas.mpl_connect("key_press_event", self._key)

    def apply(self, axes: Any) -> None:
        """Take the limits of freshly drawn axes as "all", and zoom them as before."""
        self._all = (axes.get_xlim(), axes.get_ylim())
        if self.limits is not None:
            axes.set_xlim(self.limits[0])
            axes.set_ylim(self.limits[1])

    def reset(self) -> None:
        """Show all again."""
        if self.limits is not None and self._all is not None:
            self._set(None)

    def forget(self) -> None:
        """Drop the limits, because the axes show something else; the chart is drawn afterwards."""
        if self.limits is not None:
            self.limits = None
            self.changed.emit(False)

    def scale(self, factor: float, x: Optional[float] = None, y: Optional[float] = None) -> None:
        """Zoom about a point, by default the middle; a factor below 1 shows less."""
        axes = self._axes()
        if axes is None:
            return
        limits = []
        for (low, high), fixed in ((axes.get_xlim(), x), (axes.get_ylim(), y)):
            middle = (low + high) / 2 if fixed is None else fixed
            limits.append((middle - factor * (middle - low), middle + factor * (high - middle)))
        self._set((limits[0], limits[1]))

    def _axes(self) -> Optional[Any]:
        if self._canvas is None or not self._canvas.figure.axes:
            return None
        return self._canvas.figure.axes[0]

    def _set(self, limits: Optional[Limits]) -> None:
        axes, shown = self._axes(), limits or self._all
        if axes is None or shown is None or self._canvas is None:
            return
        self.limits = limits
        axes.set_xlim(shown[0])
        axes.set_ylim(shown[1])
        self._canvas.draw_idle()
        self.changed.emit(limits is not None)

    def _scrolled(self, event: Any) -> None:
        if event.inaxes is not None and event.inaxes is self._axes():
            self.scale(WHEEL_FACTOR**-event.step, event.xdata, event.ydata)

    def _pressed(self, event: Any) -> None:
        if event.inaxes is None or event.inaxes is not self._axes():
            return
        if event.dblclick and event.button == 1:
            self.drop()
            self.reset()
        elif event.button == 2 or (event.button == 1 and self._with_box):
            self._start = event

    def _moved(self, event: Any) -> None:
        start = self._start
        if start is None or self._canvas is None:
            return
        if start.button == 2:
            self._pan(start, event)
        elif self._is_drag(start, event):
            if self._band is None:
                self._band = QRubberBand(QRubberBand.Shape.Rectangle, self._canvas)
            self._band.setGeometry(QRect(self._place(start), self._place(event)).normalized())
            self._band.show()

    def _released(self, event: Any) -> None:
        start = self._start
        self.drop()
        axes = self._axes()
        if start is None or axes is None or start.button != 1 or not self._is_drag(start, event):
            return
        back = axes.transData.inverted()
        (x0, y0), (x1, y1) = back.transform([(start.x, start.y), (event.x, event.y)])
        (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
        xs = sorted(min(max(x, left), right) for x in (x0, x1))
        ys = sorted(min(max(y, bottom), top) for y in (y0, y1))
        if xs[0] < xs[1] and ys[0] < ys[1]:
            self._set(((xs[0], xs[1]), (ys[0], ys[1])))

    def _pan(self, start: Any, event: Any) -> None:
        axes = self._axes()
        if axes is None:
            return
        back = axes.transData.inverted()
        (x0, y0), (x1, y1) = back.transform([(start.x, start.y), (event.x, event.y)])
        self._start = event
        event.button = 2
        self._shift(x0 - x1, y0 - y1)

    def _shift(self, x: float, y: float) -> None:
        axes = self._axes()
        if axes is not None:
            (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
            self._set(((left + x, right + x), (bottom + y, top + y)))

    def _key(self, event: Any) -> None:
        axes = self._axes()
        if axes is None or not event.key:
            return
        if event.key in ARROWS:
            (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
            across, up = ARROWS[event.key]
            self._shift(ARROW_SHARE * across * (right - left), ARROW_SHARE * up * (top - bottom))
        elif event.key in ("+", "="):
            self.scale(1.0 / WHEEL_FACTOR)
        elif event.key == "-":
            self.scale(WHEEL_FACTOR)
        elif event.key in ("0", "home"):
            self.reset()
        elif event.key == "escape":
            self.drop()

    def _is_drag(self, start: Any, event: Any) -> bool:
        reach = QApplication.startDragDistance() * self._ratio()
        return bool(abs(event.x - start.x) > reach and abs(event.y - start.y) > reach)

    def _place(self, event: Any) -> QPoint:
        """A place of the figure, whose y runs upwards in device pixels, on the widget."""
        height = QSize(self._canvas.size()).height() if self._canvas is not None else 0
        ratio = self._ratio()
        return QPoint(round(event.x / ratio), round(height - event.y / ratio))

    def _ratio(self) -> float:
        return float(getattr(self._canvas, "device_pixel_ratio", 1.0) or 1.0)

    def drop(self) -> None:
        """End a drag."""
        self._start = None
        if self._band is not None:
            self._band.hide()
            self._band.deleteLater()
            self._band = None
