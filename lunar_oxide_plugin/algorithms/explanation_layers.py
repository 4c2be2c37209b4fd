"""Explanations as layers: fields and features of points, styles of points and rasters."""

from __future__ import annotations

from typing import Sequence

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsMarkerSymbol,
    QgsRendererCategory,
    QgsVectorLayer,
)

from ..core.chemistry.oxides import FEO, UNIT, Oxide
from ..core.rasters.bands import ModelBand
from .attribution_layers import band_colours
from .site_layers import html_field

#: The oxide whose strongest band is shown first if the model gives it; it is the best determined
#: one.
SHOWN_OXIDE = FEO


def shown_oxide(oxides: Sequence[Oxide]) -> Oxide:
    """The oxide by which points are coloured at first."""
    return SHOWN_OXIDE if SHOWN_OXIDE in oxides else oxides[0]


def style_explanation(
    layer: QgsVectorLayer, bands: Sequence[ModelBand], oxides: Sequence[Oxide]
) -> None:
    """Colour points by the strongest band of an oxide; the user can choose another field."""
    categories = [
        QgsRendererCategory(band.name, _symbol(colour), band.name)
        for band, colour in zip(bands, band_colours(len(bands)))
    ]
    field = f"{shown_oxide(oxides).key}_strongest"
    layer.setRenderer(QgsCategorizedSymbolRenderer(field, categories))
    layer.setMapTipTemplate(_map_tip(oxides))


def _symbol(colour: str) -> QgsMarkerSymbol:
    return QgsMarkerSymbol.createSimple(
        {"name": "circle", "color": colour, "size": "3", "outline_color": "#202020"}
    )


def _map_tip(oxides: Sequence[Oxide]) -> str:
    rows = "".join(
        f"<tr><td>{oxide.pretty}</td><td>[% round({oxide.key}_predicted_wt, 2) %]</td>"
        f"<td>[% round({oxide.key}_reference_wt, 2) %]</td>"
        f"<td>{html_field(f'{oxide.key}_strongest')}</td></tr>"
        for oxide in oxides
    )
    return (
        f"<b>{html_field('label')}</b><table><tr><th>{UNIT}</th><th>predicted</th><th>reference</th>"
        f"<th>strongest band</th></tr>{rows}</table>"
    )
