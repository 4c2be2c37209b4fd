"""Reflectance against wavelength: readings, training range, nearest stations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Optional, Sequence, Tuple

from qgis.PyQt.QtWidgets import QWidget

from ..core.probe.reading import SpectrumReading
from ..core.translation import tr
from .appearance import ChartStyle
from .chart import Chart, dress_axes, fit_margins


@dataclass(frozen=True)
class ChartedReading:
    """One reading in the chart; the `shown` one is drawn bold, with its range and stations."""

    name: str
    colour: str
    reading: SpectrumReading
    shown: bool


class SpectrumChart(Chart):
    """Draws all readings, and the training range and nearest stations of the shown one."""

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._items: Tuple[ChartedReading, ...] = ()

    def set_items(self, items: Sequence[ChartedReading]) -> None:
        """Replace the readings."""
        self._items = tuple(items)
        self.refresh()

    def draw(self, figure: Any, style: ChartStyle) -> None:
        """Draw into an empty figure."""
        axes = figure.add_subplot()
        fit_margins(figure, style, left=5.2, bottom=3.4)
        dress_axes(axes, style)
        axes.set_ylabel(tr("reflectance"))
        shown = next((item for item in self._items if item.shown), None)
        has_wavelengths = shown is None or shown.reading.has_wavelengths
        axes.set_xlabel(tr("wavelength (nm)") if has_wavelengths else tr("input of the model"))
        if shown is None:
            axes.set_xlim(350, 1600)
            axes.set_ylim(0.0, 0.3)
            axes.text(
                0.5, 0.5, tr("Click on the map"), transform=axes.transAxes,
                ha="center", va="center", color=style.faint, fontsize=style.font_pt,
            )  # fmt: skip
            return
        _draw_range(axes, shown.reading, style)
        _draw_stations(axes, shown.reading, style)
        for item in self._items:
            if not item.shown and item.reading.has_wavelengths == has_wavelengths:
                _draw_reading(axes, item, style)
        _draw_reading(axes, shown, style)
        axes.set_ylim(0.0, _top(self._items))
        legend = axes.legend(
            loc="upper left", fontsize=0.85 * style.font_pt, frameon=False, handlelength=1.4,
            borderaxespad=0.2, labelspacing=0.25,
        )  # fmt: skip
        for text in legend.get_texts():
            text.set_color(style.text)


def _top(items: Sequence[ChartedReading]) -> float:
    """Upper end of the axis, which leaves space for the legend above the curves."""
    highs = [spread.high for item in items for spread in item.reading.reflectance]
    for item in items:
        if item.shown:
            highs += [value for near in item.reading.nearest for value in near.reflectance]
    return (1.25 + 0.04 * len(items)) * max(highs)


def _draw_range(axes: Any, reading: SpectrumReading, style: ChartStyle) -> None:
    span = reading.training_range
    if span is None:
        return
    axes.fill_between(
        reading.wavelengths_nm,
        [low for low, _ in span],
        [high for _, high in span],
        color=style.shade,
        linewidth=0.0,
        label=tr("training range"),
        zorder=1,
    )


def _draw_stations(axes: Any, reading: SpectrumReading, style: ChartStyle) -> None:
    dashes = ("--", "-.", ":")
    for near, dash in zip(reading.nearest, dashes):
        axes.plot(
            reading.wavelengths_nm, near.reflectance, dash, color=style.faint, linewidth=0.9,
            label=near.site.station_id, zorder=2,
        )  # fmt: skip


def _draw_reading(axes: Any, item: ChartedReading, style: ChartStyle) -> None:
    reading = item.reading
    centres = reading.wavelengths_nm
    if reading.n_valid > 1:
        axes.fill_between(
            centres,
            [spread.low for spread in reading.reflectance],
            [spread.high for spread in reading.reflectance],
            color=item.colour,
            alpha=0.25,
            linewidth=0.0,
            zorder=3,
        )
    axes.plot(
        centres,
        [spread.median for spread in reading.reflectance],
        color=item.colour,
        linewidth=2.0 if item.shown else 1.2,
        marker="o",
        markersize=4.5 if item.shown else 3.0,
        markeredgecolor=style.ground,
        markeredgewidth=0.6,
        label=item.name,
        zorder=4,
    )
