"""Sample sites as vector layers: fields, features, style, labels and map tips."""

from __future__ import annotations

import math
from typing import Any, Optional, Sequence, Tuple

from qgis.core import (
    Qgis,
    QgsCategorizedSymbolRenderer,
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsField,
    QgsFields,
    QgsGeometry,
    QgsMarkerSymbol,
    QgsPalLayerSettings,
    QgsPointXY,
    QgsRendererCategory,
    QgsTextBufferSettings,
    QgsTextFormat,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
)
from qgis.PyQt.QtCore import QMetaType, QVariant
from qgis.PyQt.QtGui import QColor

from ..core.chemistry.oxides import OXIDES, UNIT
from ..core.moon.wkt import MOON_GEOGRAPHIC_ID, MOON_GEOGRAPHIC_WKT
from ..core.polygons.feature_table import Column, Kind, Parts, Shape
from ..core.sites.sample_sites import SampleSite

#: Colours that colour-blind readers can distinguish (Paul Tol's "muted" and "bright" sets), with a
#: shape per programme: circle Apollo, square Luna, star Chang'e, triangle analysed on the Moon.
MISSION_STYLES: Sequence[Tuple[str, str, str]] = (
    ("Apollo 11", "#4477aa", "circle"),
    ("Apollo 12", "#66ccee", "circle"),
    ("Apollo 14", "#228833", "circle"),
    ("Apollo 15", "#ccbb44", "circle"),
    ("Apollo 16", "#bbbbbb", "circle"),
    ("Apollo 17", "#ee6677", "circle"),
    ("Luna 16", "#882255", "square"),
    ("Luna 20", "#cc6677", "square"),
    ("Luna 24", "#ddcc77", "square"),
    ("Chang'e-5", "#ffffff", "star"),
    ("Chang'e-6", "#ff8800", "star"),
    ("Lunokhod 1", "#aa4499", "triangle"),
    ("Lunokhod 2", "#44aa99", "triangle"),
)
OTHER_STYLE = ("#dddddd", "diamond")

#: The first QGIS whose fields take QMetaType, and the names of types there.
FIRST_WITH_META_TYPES = 33800
_META_TYPES = {
    QVariant.String: "QString",
    QVariant.Double: "Double",
    QVariant.Int: "Int",
    QVariant.LongLong: "LongLong",
    QVariant.Bool: "Bool",
}
_KINDS = {
    Kind.TEXT: QVariant.String,
    Kind.NUMBER: QVariant.Double,
    Kind.WHOLE: QVariant.Int,
    Kind.LARGE: QVariant.LongLong,
    Kind.FLAG: QVariant.Bool,
}


def moon_geographic_crs() -> QgsCoordinateReferenceSystem:
    """IAU_2015:30100 from PROJ's database, or from its WKT if the database lacks it."""
    crs = QgsCoordinateReferenceSystem(MOON_GEOGRAPHIC_ID)
    return crs if crs.isValid() else QgsCoordinateReferenceSystem.fromWkt(MOON_GEOGRAPHIC_WKT)


def fields(definitions: Sequence[Tuple[str, Any]]) -> QgsFields:
    """Fields from (name, QVariant type) pairs."""
    result = QgsFields()
    for name, kind in definitions:
        result.append(layer_field(name, kind))
    return result


def layer_field(name: str, kind: Any) -> QgsField:
    """A field from a name and a QVariant type, without a warning in any version of QGIS.

    QGIS 3.22 accepts only QVariant types, and from 3.38 on they are deprecated.
    """
    if Qgis.QGIS_VERSION_INT < FIRST_WITH_META_TYPES:
        return QgsField(name, kind)
    return QgsField(name, getattr(QMetaType.Type, _META_TYPES[kind]))


def column_fields(columns: Sequence[Column]) -> QgsFields:
    """Fields for the columns of a table of features."""
    return fields([(column.name, _KINDS[column.kind]) for column in columns])


def site_fields() -> QgsFields:
    """Fields of the sample site layer."""
    text, number = QVariant.String, QVariant.Double
    return fields(
        [
            ("station_id", text),
            ("name", text),
            ("mission", text),
            ("latitude_deg", number),
            ("longitude_deg", number),
            ("position_error_m", number),
            *((f"{oxide.key}_wt", number) for oxide in OXIDES),
            ("sample_kind", text),
            ("samples", text),
            ("citation", text),
            ("position_source", text),
        ]
    )


def site_feature(site: SampleSite, layer_fields: QgsFields) -> QgsFeature:
    """A sample site as a point feature."""
    feature = QgsFeature(layer_fields)
    feature.setGeometry(site_geometry(site))
    feature.setAttributes(
        [
            site.station_id,
            site.name,
            site.mission,
            site.latitude_deg,
            site.longitude_deg,
            null_if_nan(site.position_error_m),
            *(null_if_nan(value) for value in site.oxides_wt),
            site.sample_kind,
            site.samples,
            site.citation,
            site.position_source,
        ]
    )
    return feature


def site_geometry(site: SampleSite) -> QgsGeometry:
    """Point in degrees."""
    return QgsGeometry.fromPointXY(QgsPointXY(site.longitude_deg, site.latitude_deg))


def geometry_of_parts(parts: Parts, shape: Shape) -> QgsGeometry:
    """The geometry of a feature of core: a point, or polygons."""
    if shape is Shape.POINT:
        return QgsGeometry.fromPointXY(QgsPointXY(*parts[0][0][0]))
    polygons = [[[QgsPointXY(x, y) for x, y in ring] for ring in part] for part in parts]
    if len(polygons) == 1:
        return QgsGeometry.fromPolygonXY(polygons[0])
    return QgsGeometry.fromMultiPolygonXY(polygons)


def null_if_nan(value: float) -> Optional[float]:
    """The number, or NULL where it is not known."""
    return None if math.isnan(value) else value


def _symbol(colour: str, shape: str) -> QgsMarkerSymbol:
    size = "3.6" if shape == "star" else "2.8"
    return QgsMarkerSymbol.createSimple(
        {
            "name": shape,
            "color": colour,
            "size": size,
            "outline_color": "#202020",
            "outline_width": "0.3",
        }
    )


def style_by_mission(layer: QgsVectorLayer, label_field: str) -> None:
    """Colour and shape by mission, with labels."""
    present = layer.uniqueValues(layer.fields().indexOf("mission"))
    known = [mission for mission, _, _ in MISSION_STYLES]
    categories = [
        QgsRendererCategory(mission, _symbol(colour, shape), mission)
        for mission, colour, shape in MISSION_STYLES
        if mission in present
    ]
    categories += [
        QgsRendererCategory(mission, _symbol(*OTHER_STYLE), str(mission))
        for mission in sorted(map(str, present))
        if mission not in known
    ]
    layer.setRenderer(QgsCategorizedSymbolRenderer("mission", categories))
    label(layer, label_field)


def label(layer: QgsVectorLayer, expression: str) -> None:
    """Label features, readable on any map."""
    buffer = QgsTextBufferSettings()
    buffer.setEnabled(True)
    buffer.setSize(0.8)
    buffer.setColor(QColor("#ffffff"))
    text = QgsTextFormat()
    text.setSize(8)
    text.setColor(QColor("#202020"))
    text.setBuffer(buffer)
    settings = QgsPalLayerSettings()
    settings.fieldName = expression
    settings.isExpression = False
    settings.setFormat(text)
    layer.setLabeling(QgsVectorLayerSimpleLabeling(settings))
    layer.setLabelsEnabled(True)


def site_map_tip() -> str:
    """HTML of the map tip: oxides in wt% and their publication."""
    rows = "".join(
        f"<tr><td>{oxide.pretty}</td><td align='right'>"
        f"[% coalesce(format_number(\"{oxide.key}_wt\", 2), '-') %]</td></tr>"
        for oxide in OXIDES
    )
    return (
        f"<b>{html_field('station_id')}</b> {html_field('name')}<br>"
        f"{html_field('mission')}, {html_field('sample_kind')}"
        f"<table><tr><th>oxide</th><th>{UNIT}</th></tr>{rows}</table>"
        f"<i>{html_field('citation')}</i>"
    )


def html_field(name: str) -> str:
    """Expression for a field's text, escaped for an HTML template."""
    expression = f"coalesce(to_string(\"{name}\"), '')"
    for character, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        expression = f"replace({expression}, '{character}', '{entity}')"
    return f"[% {expression} %]"


def name_crs(layer: QgsVectorLayer) -> None:
    """Give a layer its CRS by name, because a GeoPackage stores the definition, for which QGIS 3.22
    does not find the name.
    """
    layer.setCrs(moon_geographic_crs())


def style_sites(layer: QgsVectorLayer) -> None:
    """Show sample sites by mission, with labels and map tip."""
    style_by_mission(layer, "station_id")
    layer.setMapTipTemplate(site_map_tip())
    name_crs(layer)
