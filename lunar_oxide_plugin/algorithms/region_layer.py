"""The compared cells of a gamma-ray table as a layer of polygons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import (
    QgsFillSymbol,
    QgsGraduatedSymbolRenderer,
    QgsRendererRange,
    QgsVectorLayer,
)

from ..core.chemistry.oxides import UNIT, Oxide
from .layer_metadata import summarise
from .result_layers import BLUE_WHITE_RED
from .site_layers import html_field, name_crs

if TYPE_CHECKING:
    pass


def style_cells(layer: QgsVectorLayer, oxide: Oxide, reach_wt: float) -> None:
    """Colour the difference from blue over white to red, symmetrically."""
    edges = [
        reach_wt * (2.0 * step / len(BLUE_WHITE_RED) - 1.0)
        for step in range(len(BLUE_WHITE_RED) + 1)
    ]
    outer = (-1e3, *edges[1:-1], 1e3)
    ranges = []
    for place, colour in enumerate(BLUE_WHITE_RED):
        symbol = QgsFillSymbol.createSimple(
            {"color": colour, "outline_color": "#808080", "outline_width": "0.05"}
        )
        symbol.setOpacity(0.75)
        text = f"{edges[place]:+.2f} to {edges[place + 1]:+.2f} {UNIT}"
        if place in (0, len(BLUE_WHITE_RED) - 1):
            text = f"beyond {edges[1 if place == 0 else -2]:+.2f} {UNIT}"
        ranges.append(QgsRendererRange(outer[place], outer[place + 1], symbol, text))
    layer.setRenderer(QgsGraduatedSymbolRenderer(f"{oxide.key}_difference_wt", ranges))
    layer.setMapTipTemplate(
        f"<b>{html_field('terrane')}</b><br>{oxide.pretty} ({UNIT}): "
        + ", ".join(
            f"{label} [% coalesce(format_number(\"{oxide.key}_{what}_wt\", 2), '-') %]"
            for label, what in (
                ("map", "predicted"), ("gamma rays", "gamma_ray"), ("difference", "difference"),
            )
        )
    )  # fmt: skip
    summarise(
        layer,
        f"Map minus gamma-ray table, {oxide.pretty} in {UNIT}, averaged over the table's cells; "
        f"full colour at {reach_wt:.2f} {UNIT}.",
    )
    name_crs(layer)
