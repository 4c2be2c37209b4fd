"""Curves of readings against wavelength: training range, nearest stations, toggles, zoom."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Dict, List, Optional, Sequence, Set, Tuple

from qgis.PyQt.QtCore import QPoint, pyqtSignal
from qgis.PyQt.QtWidgets import QToolTip, QWidget

from ..core.probe.curves import Curve, CurveKind, CurveView, curve_of, curve_of_spectrum
from ..core.probe.reading import SpectrumReading
from ..core.translation import tr
from .appearance import ChartStyle
from .chart import Chart, dress_axes, fit_margins
from .chart_zoom import ChartZoom

#: Keys of the entries that are not readings.
TRAINING_RANGE, STATIONS = "training-range", "stations"

#: Distance in screen pixels within which the pointer finds a point of a curve.
REACH_PX = 8.0

#: Entries of the legend above which it has two columns.
ONE_COLUMN = 4


@dataclass(frozen=True)
class ChartedReading:
    """One reading in the chart; the `shown` one is drawn bold, with its range and stations."""

    name: str
    colour: str
    reading: SpectrumReading
    shown: bool

    @property
    def key(self) -> str:
        """Identity of the reading, which stays the same when it is pinned or renamed."""
        return f"reading-{id(self.reading)}"


@dataclass(frozen=True)
class _Point:
    """A drawn point, for the pointer."""

    x: float
    y: float
    text: str


class SpectrumChart(Chart):
    """Draws readings in a view, and the training range and nearest stations of the shown one.

    Signals
    -------
    toggled()
        A curve was hidden or shown in the legend.
    """

    toggled = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._items: Tuple[ChartedReading, ...] = ()
        self._curves: Dict[str, Optional[Curve]] = {}
        self._hidden: Set[str] = set()
        self._view = CurveView()
        self._with_spread = True
        self._points: List[_Point] = []
        self._entries: Dict[Any, str] = {}
        self._press = ""
        self.zoom = ChartZoom(self, box=True)
        self.setAccessibleName(tr("Chart of spectra"))

    @property
    def view(self) -> CurveView:
        """What the vertical axis shows."""
        return self._view

    @property
    def with_spread(self) -> bool:
        """Whether the range of the pixels of a box is drawn."""
        return self._with_spread

    def set_items(self, items: Sequence[ChartedReading]) -> None:
        """Replace the readings."""
        self._items = tuple(items)
        self._compute()

    def set_view(self, view: CurveView) -> None:
        """Choose the vertical axis."""
        if view != self._view:
            self._view = view
            self.zoom.forget()
            self._compute()

    def set_spread(self, wanted: bool) -> None:
        """Draw the range of the pixels of a box, or the line alone."""
        self._with_spread = wanted
        self.refresh()

    def entries(self) -> List[Tuple[str, str]]:
        """Key and name of everything that can be hidden."""
        found = [(item.key, item.name) for item in self._items]
        shown = self._shown()
        if shown is not None and shown.reading.nearest:
            found.append((STATIONS, tr("nearest stations")))
        if self._has_range():
            found.append((TRAINING_RANGE, tr("training range")))
        return found

    def is_visible(self, key: str) -> bool:
        """Whether a curve is drawn."""
        return key not in self._hidden

    def set_visible(self, key: str, visible: bool) -> None:
        """Hide or show a curve."""
        if visible:
            self._hidden.discard(key)
        else:
            self._hidden.add(key)
        self.refresh()
        self.toggled.emit()

    def visible_readings(self) -> List[Tuple[str, SpectrumReading]]:
        """Name and reading of the curves that are drawn."""
        return [(item.name, item.reading) for item in self._drawn()]

    def drawn_curves(self) -> List[Tuple[str, str, Curve]]:
        """Name, kind and values of the curves that are drawn, for a table."""
        curves = []
        for item in self._drawn():
            curve = self._curves[item.key]
            if curve is not None:
                curves.append((item.name, "reading", curve))
        if self.is_visible(STATIONS):
            curves += [(name, "station", curve) for name, curve in self._station_curves()]
        return curves

    def canvas_made(self, canvas: Any) -> None:
        """Connect to the pointer's events."""
        canvas.setAccessibleName(tr("Chart of spectra"))
        canvas.mpl_connect("button_press_event", self._pressed)
        canvas.mpl_connect("button_release_event", self._released)
        canvas.mpl_connect("motion_notify_event", self._moved)
        self.zoom.connect_canvas(canvas)

    def draw(self, figure: Any, style: ChartStyle) -> None:
        """Draw into an empty figure."""
        self._points = []
        axes = figure.add_subplot()
        fit_margins(figure, style, left=5.2, bottom=3.4)
        dress_axes(axes, style)
        axes.set_ylabel(axis_title(self._view))
        axes.set_xlabel(
            tr("wavelength (nm)") if self._has_wavelengths() else tr("input of the model")
        )
        if not self._items:
            axes.set_xlim(350, 1600)
            axes.set_ylim(0.0, 0.3)
            _say(axes, tr("Click on the map"), style)
            return
        drawn = self._draw_all(axes, style)
        if not drawn:
            _say(axes, tr("No curve can be shown so: see the list of curves"), style)
        self._set_height(axes, drawn)
        self.zoom.apply(axes)
        self._draw_legend(axes, style)

    def _compute(self) -> None:
        self._hidden &= {STATIONS, TRAINING_RANGE, *(item.key for item in self._items)}
        self._curves = {item.key: curve_of(item.reading, self._view) for item in self._items}
        self.refresh()

    def _shown(self) -> Optional[ChartedReading]:
        return next((item for item in self._items if item.shown), None)

    def _has_wavelengths(self) -> bool:
        leader = self._shown() or (self._items[0] if self._items else None)
        return leader is None or leader.reading.has_wavelengths

    def _has_range(self) -> bool:
        shown = self._shown()
        return (
            shown is not None
            and shown.reading.training_range is not None
            and self._view.kind is CurveKind.REFLECTANCE
        )

    def _drawn(self) -> List[ChartedReading]:
        """Readings that are drawn: not hidden, on the axis of the leading one, with a curve."""
        return [
            item
            for item in self._items
            if self.is_visible(item.key)
            and item.reading.has_wavelengths == self._has_wavelengths()
            and self._curves.get(item.key) is not None
        ]

    def _station_curves(self) -> List[Tuple[str, Curve]]:
        shown = self._shown()
        if shown is None:
            return []
        centres = shown.reading.wavelengths_nm
        found = [
            (near.site.station_id, curve_of_spectrum(centres, near.reflectance, self._view))
            for near in shown.reading.nearest
        ]
        return [(name, curve) for name, curve in found if curve is not None]

    def _draw_all(self, axes: Any, style: ChartStyle) -> List[Curve]:
        """Draw what is visible; returns the curves."""
        shown = self._shown()
        if shown is not None and self._has_range():
            _draw_range(axes, shown.reading, style, self.is_visible(TRAINING_RANGE))
        drawn: List[Curve] = []
        stations = self._station_curves()
        if self.is_visible(STATIONS):
            for (name, curve), dash in zip(stations, ("--", "-.", ":")):
                axes.plot(
                    curve.wavelengths_nm, curve.value, dash, color=style.faint, linewidth=0.9,
                    label=name, zorder=2, gid=STATIONS,
                )  # fmt: skip
                drawn.append(curve)
                self._remember(name, curve)
        elif stations:
            axes.plot([], [], "--", color=style.faint, label=tr("nearest stations"), gid=STATIONS)
        visible = self._drawn()
        for item in sorted(self._items, key=lambda item: item.shown):
            own = self._curves.get(item.key)
            if item in visible and own is not None:
                _draw_reading(axes, item, own, style, self._with_spread)
                drawn.append(own)
                self._remember(item.name, own)
            elif not self.is_visible(item.key):
                axes.plot([], [], color=item.colour, label=item.name, gid=item.key)
        return drawn

    def _set_height(self, axes: Any, drawn: Sequence[Curve]) -> None:
        """Limits that hold all curves, with space for the legend above them."""
        values = [
            float(number)
            for curve in drawn
            for part in (curve.value, curve.low, curve.high)
            for number in part
            if math.isfinite(number)
        ]
        if not values:
            axes.set_ylim(0.0, 1.0)
            return
        low, high = min(values), max(values)
        if self._view.kind is CurveKind.REFLECTANCE:
            low = min(0.0, low)
        space = 0.3 + 0.04 * min(8, len(self._items))
        height = max(high - low, 1e-3)
        axes.set_ylim(low - (0.05 * height if low > 0.0 else 0.0), high + space * height)

    def _draw_legend(self, axes: Any, style: ChartStyle) -> None:
        handles, names = axes.get_legend_handles_labels()
        if self.exporting:
            seen = [self.is_visible(str(handle.get_gid())) for handle in handles]
            handles = [handle for handle, is_seen in zip(handles, seen) if is_seen]
            names = [name for name, is_seen in zip(names, seen) if is_seen]
        if not handles:
            return
        legend = axes.legend(
            handles, names, loc="upper left", fontsize=0.85 * style.font_pt, frameon=False,
            handlelength=1.4, borderaxespad=0.2, labelspacing=0.25, columnspacing=1.2,
            ncol=1 if len(names) <= ONE_COLUMN else 2,
        )  # fmt: skip
        if not self.exporting:
            self._entries = {}
        for text, handle in zip(legend.get_texts(), handles):
            key = str(handle.get_gid())
            text.set_color(style.text if self.is_visible(key) else style.faint)
            if not self.exporting:
                self._entries[text] = key
        for mark, handle in zip(_marks(legend), handles):
            if not self.is_visible(str(handle.get_gid())):
                mark.set_alpha(0.25)
        if self.exporting:
            for artist in (*axes.lines, *axes.collections):
                artist.set_gid(None)  # keys of this session mean nothing in a file

    def _remember(self, name: str, curve: Curve) -> None:
        if self.exporting:
            return
        for x, y, low, high in zip(curve.wavelengths_nm, curve.value, curve.low, curve.high):
            if math.isfinite(y):
                text = (
                    f"{name}\n{x:g} nm: {y:.4g}" if self._has_wavelengths() else f"{name}: {y:.4g}"
                )
                if high > low:
                    text += f" ({low:.4g} \u2013 {high:.4g})"
                self._points.append(_Point(float(x), float(y), text))

    def _pressed(self, event: Any) -> None:
        self._press = self._entry_at(event) if event.button == 1 and not event.dblclick else ""

    def _released(self, event: Any) -> None:
        """Hide or show the curve whose entry of the legend was clicked."""
        key, self._press = self._press, ""
        if key and key == self._entry_at(event):
            self.zoom.drop()
            self.set_visible(key, not self.is_visible(key))

    def _entry_at(self, event: Any) -> str:
        """Key of the legend's entry under the pointer; empty for none."""
        for text, key in self._entries.items():
            box = text.get_window_extent()
            # The line beside the name belongs to the entry.
            left = box.x0 - 2.4 * text.get_fontsize() * text.figure.dpi / 72.0
            if left <= event.x <= box.x1 and box.y0 - 2 <= event.y <= box.y1 + 2:
                return key
        return ""

    def _moved(self, event: Any) -> None:
        """Tell the value of the point under the pointer."""
        nearest, text = REACH_PX, ""
        if event.inaxes is not None and self.canvas is not None:
            for point in self._points:
                x, y = event.inaxes.transData.transform((point.x, point.y))
                distance = math.hypot(x - event.x, y - event.y)
                if distance < nearest:
                    nearest, text = distance, point.text
        if self.canvas is None:
            return
        if text:
            ratio = float(getattr(self.canvas, "device_pixel_ratio", 1.0) or 1.0)
            place = QPoint(
                round(event.x / ratio) + 12, round(self.canvas.height() - event.y / ratio) + 4
            )
            QToolTip.showText(self.canvas.mapToGlobal(place), text, self.canvas)
        elif QToolTip.isVisible():
            QToolTip.hideText()


def axis_title(view: CurveView) -> str:
    """Title of the vertical axis."""
    if view.kind is CurveKind.NORMALISED:
        text = tr("reflectance / reflectance at {wavelength} nm")
        return text.format(wavelength=f"{view.wavelength_nm or 0.0:g}")
    if view.kind is CurveKind.HULL:
        return tr("reflectance / convex hull")
    if view.kind is CurveKind.LINE:
        return tr("reflectance / line 750\u20131550 nm")
    if view.kind is CurveKind.RATIO:
        return tr("reflectance / that of {name}").format(name=view.reference_name)
    return tr("reflectance")


def _marks(legend: Any) -> Any:
    """Lines and patches of a legend; matplotlib renamed the list in 3.7."""
    return getattr(legend, "legend_handles", None) or legend.legendHandles


def _say(axes: Any, text: str, style: ChartStyle) -> None:
    axes.text(
        0.5, 0.5, text, transform=axes.transAxes, wrap=True,
        ha="center", va="center", color=style.faint, fontsize=style.font_pt,
    )  # fmt: skip


def _draw_range(axes: Any, reading: SpectrumReading, style: ChartStyle, visible: bool) -> None:
    span = reading.training_range
    if span is None:
        return
    lows, highs = zip(*span)
    nothing: Tuple[float, ...] = ()
    axes.fill_between(
        reading.wavelengths_nm if visible else nothing,
        lows if visible else nothing,
        highs if visible else nothing,
        color=style.shade,
        linewidth=0.0,
        label=tr("training range"),
        zorder=1,
        gid=TRAINING_RANGE,
    )


def _draw_reading(
    axes: Any, item: ChartedReading, curve: Curve, style: ChartStyle, with_spread: bool
) -> None:
    if with_spread and curve.has_spread:
        axes.fill_between(
            curve.wavelengths_nm, curve.low, curve.high, color=item.colour, alpha=0.25,
            linewidth=0.0, zorder=3,
        )  # fmt: skip
    axes.plot(
        curve.wavelengths_nm,
        curve.value,
        color=item.colour,
        linewidth=2.0 if item.shown else 1.2,
        marker="o",
        markersize=4.5 if item.shown else 3.0,
        markeredgecolor=style.ground,
        markeredgewidth=0.6,
        label=item.name,
        zorder=4,
        gid=item.key,
    )
