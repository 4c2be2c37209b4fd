"""The compared cells of a gamma-ray table as a layer of polygons."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Iterator, List

from qgis.core import (
    QgsFeature,
    QgsFields,
    QgsFillSymbol,
    QgsGeometry,
    QgsGraduatedSymbolRenderer,
    QgsPointXY,
    QgsRendererRange,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QVariant

from ..core.chemistry.oxides import UNIT, Oxide
from .layer_metadata import summarise
from .result_layers import BLUE_WHITE_RED
from .site_layers import fields, html_field, name_crs, null_if_nan

if TYPE_CHECKING:
    from ..core.compare.region_check import RegionCheck

#: Vertices along a cell's parallels are at most this far apart, degrees.
_STEP_DEG = 2.0


def cell_fields(result: RegionCheck) -> QgsFields:
    """Fields of the layer: map, gamma rays and difference of each oxide."""
    number = QVariant.Double
    definitions: List[Any] = [("terrane", QVariant.String), ("area_km2", number)]
    for found in result.oxides:
        key = found.oxide.key
        definitions += [
            (f"{key}_predicted_wt", number),
            (f"{key}_sigma_wt", number),
            (f"{key}_gamma_ray_wt", number),
            (f"{key}_gamma_ray_sigma_wt", number),
            (f"{key}_difference_wt", number),
        ]
    return fields(definitions)


def cell_features(result: RegionCheck, layer_fields: QgsFields) -> Iterator[QgsFeature]:
    """The cells that are compared for at least one oxide."""
    table = result.table
    ground = [terrane for terrane in result.terranes if terrane.kind == "ground"]
    areas = table.areas_km2
    for index, bounds in enumerate(table.bounds_deg.tolist()):
        values: List[Any] = [
            next((terrane.name for terrane in ground if terrane.cells[index]), ""),
            float(areas[index]),
        ]
        compared = False
        for found in result.oxides:
            name = found.oxide.name
            mapped = float(found.map_wt[index])
            measured = float(table.amounts_wt[name][index])
            sigma = float(table.sigma_wt[name][index]) if name in table.sigma_wt else math.nan
            row = (mapped, float(found.map_sigma_wt[index]), measured, sigma, mapped - measured)
            values += [null_if_nan(value) for value in row]
            compared = compared or math.isfinite(mapped)
        if not compared:
            continue
        feature = QgsFeature(layer_fields)
        feature.setGeometry(_cell(*bounds))
        feature.setAttributes(values)
        yield feature


def _cell(south: float, north: float, west: float, east: float) -> QgsGeometry:
    """A cell with longitudes from -180 on; vertices along parallels follow their curve."""
    turns = 360.0 * math.floor(((west + east) / 2.0 + 180.0) / 360.0)
    west, east = west - turns, east - turns
    steps = max(1, math.ceil((east - west) / _STEP_DEG))
    lons = [west + (east - west) * step / steps for step in range(steps + 1)]
    ring = [QgsPointXY(lon, south) for lon in lons] + [QgsPointXY(lon, north) for lon in lons[::-1]]
    return QgsGeometry.fromPolygonXY([[*ring, ring[0]]])


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
