"""Six oxides against distance along a line, with intervals and sites."""

from __future__ import annotations

from typing import Any, List, Optional

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QWidget

from ..core.chemistry.oxides import OXIDES, UNIT, Z90
from ..core.translation import tr
from .appearance import CURRENT_COLOUR, PIN_COLOURS, ChartStyle
from .chart import Chart, dress_axes

#: Opacity of the intervals.
_BAND = 0.25


class TransectChart(Chart):
    """Draws a `core.regions.transect.Transect`.

    Signals
    -------
    pointed(object)
        Distance in km along the line below the pointer; None beside the chart.
    """

    pointed = pyqtSignal(object)
    export_inches = (6.0, 8.0)

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._transect: Optional[Any] = None
        self._cursors: List[Any] = []

    def set_transect(self, transect: Optional[Any]) -> None:
        """Show a profile; None for an empty chart."""
        self._transect = transect
        self.refresh()

    def canvas_made(self, canvas: Any) -> None:
        """Follow the pointer."""
        canvas.mpl_connect("motion_notify_event", self._moved)
        canvas.mpl_connect("axes_leave_event", lambda *_: self.point(None))
        canvas.mpl_connect("figure_leave_event", lambda *_: self.point(None))

    def point(self, distance_km: Optional[float]) -> None:
        """Mark a place on all curves, and tell it."""
        for cursor in self._cursors:
            cursor.set_visible(distance_km is not None)
            if distance_km is not None:
                cursor.set_xdata([distance_km, distance_km])
        if self.canvas is not None:
            self.canvas.draw_idle()
        self.pointed.emit(distance_km)

    def draw(self, figure: Any, style: ChartStyle) -> None:
        """Draw into an empty figure."""
        if not self.exporting:
            self._cursors = []
        transect = self._transect
        if transect is None:
            axes = figure.add_subplot()
            axes.set_axis_off()
            axes.text(
                0.5, 0.5, tr("Draw a line on the map"), transform=axes.transAxes,
                ha="center", va="center", color=style.faint, fontsize=style.font_pt,
            )  # fmt: skip
            return
        rows = figure.subplots(len(transect.oxides), 1, sharex=True, squeeze=False)[:, 0]
        _margins(figure, style)
        for axes, oxide in zip(rows, transect.oxides):
            dress_axes(axes, style)
            axes.set_ylabel(oxide.pretty, color=style.text, fontsize=style.font_pt)
            _draw_oxide(axes, transect, oxide, style)
            if not self.exporting:
                self._cursors.append(axes.axvline(0.0, color=CURRENT_COLOUR, linewidth=1.2))
                self._cursors[-1].set_visible(False)
        words = interval_words(transect)
        rows[0].set_title(
            f"{UNIT}; {words}" if self.exporting and words else UNIT, loc="left",
            color=style.text, fontsize=0.9 * style.font_pt,
        )  # fmt: skip
        rows[-1].set_xlabel(tr("distance along the line (km)"))
        rows[-1].xaxis.label.set_color(style.text)
        rows[-1].set_xlim(0.0, transect.length_km)

    def _moved(self, event: Any) -> None:
        if self._transect is None or event.inaxes is None or event.xdata is None:
            return
        self.point(min(max(float(event.xdata), 0.0), self._transect.length_km))


def interval_words(transect: Any) -> str:
    """What the bands around the curves say; empty without any."""
    if transect.sigma_kind is None:
        return ""
    return tr("band: 90 % interval {kind}").format(kind=tr(transect.sigma_kind.title))


def _draw_oxide(axes: Any, transect: Any, oxide: Any, style: ChartStyle) -> None:
    values = transect.values_wt[oxide.name]
    sigma = transect.sigma_wt.get(oxide.name)
    if sigma is not None:
        axes.fill_between(
            transect.distances_km, values - Z90 * sigma, values + Z90 * sigma,
            color=PIN_COLOURS[0], alpha=_BAND, linewidth=0.0, zorder=2,
        )  # fmt: skip
    axes.plot(transect.distances_km, values, color=PIN_COLOURS[0], linewidth=1.4, zorder=3)
    bad = transect.flagged > 0.5
    if bad.any():
        axes.plot(
            transect.distances_km[bad], values[bad], linestyle="none", marker="x", markersize=3.0,
            color=PIN_COLOURS[1], zorder=4,
        )  # fmt: skip
    place = OXIDES.index(oxide)
    sites = [item for item in transect.sites if item.site.oxides_wt[place] >= 0.0]
    axes.plot(
        [item.along_km for item in sites], [item.site.oxides_wt[place] for item in sites],
        linestyle="none", marker="D", markersize=4.0, color=style.ground,
        markeredgecolor=style.text, markeredgewidth=0.9, zorder=5,
    )  # fmt: skip


def _margins(figure: Any, style: ChartStyle) -> None:
    width, height = figure.get_size_inches()
    letter = style.font_pt / 72.0
    figure.subplots_adjust(
        left=min(0.4, 5.0 * letter / width),
        right=max(0.6, 1.0 - 1.2 * letter / width),
        bottom=min(0.3, 3.4 * letter / height),
        top=max(0.7, 1.0 - 2.0 * letter / height),
        hspace=0.18,
    )
    figure.align_ylabels()
