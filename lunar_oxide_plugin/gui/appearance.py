"""Colours and sizes of charts and badges, from the window's palette and font."""

from __future__ import annotations

from dataclasses import dataclass

from qgis.PyQt.QtGui import QColor, QPalette
from qgis.PyQt.QtWidgets import QWidget

#: Colours of pinned spectra: Paul Tol's "bright" set, which colour-blind readers can distinguish,
#: and which is readable on light and dark backgrounds.
PIN_COLOURS = ("#4477aa", "#ee6677", "#228833", "#ccbb44", "#66ccee", "#aa3377")

#: Colour of the last reading before it is pinned.
CURRENT_COLOUR = "#e07b00"

GOOD, DOUBTFUL, UNFIT = "#2e9e5b", "#d98c00", "#d43f3a"


@dataclass(frozen=True)
class ChartStyle:
    """Style of a chart: colours as ``#rrggbb``, font size in points."""

    ground: str
    text: str
    grid: str
    faint: str
    shade: str
    font_pt: float
    dark: bool


def style_of(widget: QWidget) -> ChartStyle:
    """The style that matches the theme of a widget's window."""
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
    """Mix of a foreground and a background colour, with `share` of the foreground."""
    return QColor(
        *(round(g + (i - g) * share) for g, i in zip(ground.getRgb()[:3], ink.getRgb()[:3]))
    )
