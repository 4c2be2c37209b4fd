"""Colours and sizes of charts and badges, taken from the window's palette and font."""

from __future__ import annotations

from dataclasses import dataclass

from qgis.PyQt.QtGui import QColor, QPalette
from qgis.PyQt.QtWidgets import QWidget

#: Colours of pinned spectra, apart for colour-blind readers (Paul Tol's "bright" set) and
#: readable on light and dark grounds.
PIN_COLOURS = ("#4477aa", "#ee6677", "#228833", "#ccbb44", "#66ccee", "#aa3377")

#: The reading under the last click, before it is pinned.
CURRENT_COLOUR = "#e07b00"

GOOD, DOUBTFUL, UNFIT = "#2e9e5b", "#d98c00", "#d43f3a"


@dataclass(frozen=True)
class ChartStyle:
    """How a chart looks: colours as ``#rrggbb``, font size in points."""

    ground: str
    text: str
    grid: str
    faint: str
    shade: str
    font_pt: float
    dark: bool


def style_of(widget: QWidget) -> ChartStyle:
    """The style that fits a widget in its window, whatever the theme."""
    palette = widget.palette()
    ground = palette.color(QPalette.ColorRole.Base)
    text = palette.color(QPalette.ColorRole.Text)
    font = widget.font()
    points = font.pointSizeF()
    if points <= 0.0:
        points = font.pixelSize() * 72.0 / max(1, widget.logicalDpiY())
    return _style(ground, text, points)


def print_style(font_pt: float) -> ChartStyle:
    """Dark on white, for exported pictures."""
    return _style(QColor("#ffffff"), QColor("#202020"), font_pt)


def _style(ground: QColor, text: QColor, font_pt: float) -> ChartStyle:
    return ChartStyle(
        ground=ground.name(),
        text=text.name(),
        grid=blend(ground, text, 0.15).name(),
        faint=blend(ground, text, 0.45).name(),
        shade=blend(ground, text, 0.12).name(),
        font_pt=font_pt,
        dark=ground.lightness() < text.lightness(),
    )


def blend(ground: QColor, ink: QColor, share: float) -> QColor:
    """`share` of the ink on the ground."""
    return QColor(
        *(round(g + (i - g) * share) for g, i in zip(ground.getRgb()[:3], ink.getRgb()[:3]))
    )
