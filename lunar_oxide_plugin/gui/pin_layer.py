"""Pinned readings as features of a layer in the project."""

from __future__ import annotations

from typing import Any, List, Optional, Sequence, Union

from qgis.core import (
    QgsFeature,
    QgsFillSymbol,
    QgsGeometry,
    QgsMarkerSymbol,
    QgsPointXY,
    QgsProject,
    QgsProperty,
    QgsSingleSymbolRenderer,
    QgsSymbolLayer,
    QgsVectorLayer,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QVariant

from ..algorithms.field_names import name_fields
from ..algorithms.site_layers import label, layer_field, moon_geographic_crs
from ..core.moon.longitude import contiguous
from ..core.probe.reading_table import Cell, columns, row
from ..core.translation import tr
from .pins import Pin
from .reading_markers import transform_points

#: Points between the corners of a box.
SIDE_POINTS = 15

#: Property of the layer that pins were added to, so that later pins are added to it too.
PROPERTY = "lunar_oxide/spectra"

TEXT_COLUMNS = ("name", "raster", "model", "sigma_kind", "nearest_stations")
WHOLE_COLUMNS = (
    "pixel_column", "pixel_row", "pixel_columns", "pixel_rows", "n_valid", "n_read", "quality",
)  # fmt: skip
COLOUR = "colour"


def add_to_layer(pins: Sequence[Pin]) -> Optional[QgsVectorLayer]:
    """Add pins to the project's layers of spectra: pixels as points, boxes as polygons.

    A layer is made if none has their columns.

    Pins of a raster without CRS have no lunar position and are left out.

    Returns
    -------
    QgsVectorLayer or None
        None if no pin has a position.
    """
    placed = [pin for pin in pins if pin.reading.area.longitude_deg is not None]
    layer: Optional[QgsVectorLayer] = None
    for pin in placed:
        names = [*columns(pin.reading), COLOUR]
        kind = "Polygon" if len(pin.points) > 2 else "Point"
        layer = _layer_with(names, kind) or _new_layer(names, kind)
        _append(layer, pin)
    return layer


def _layer_with(names: Sequence[str], kind: str) -> Optional[QgsVectorLayer]:
    for layer in QgsProject.instance().mapLayers().values():
        if (
            isinstance(layer, QgsVectorLayer)
            and layer.customProperty(PROPERTY)
            and layer.isValid()
            and QgsWkbTypes.displayString(layer.wkbType()) == kind
            and [field.name() for field in layer.fields()] == list(names)
        ):
            return layer
    return None


def _new_layer(names: Sequence[str], kind: str) -> QgsVectorLayer:
    is_area = kind == "Polygon"
    name = tr("Lunar Oxide spectra of areas") if is_area else tr("Lunar Oxide spectra")
    layer = QgsVectorLayer(kind, name, "memory")
    layer.setCrs(moon_geographic_crs())
    layer.dataProvider().addAttributes([layer_field(name, _kind(name)) for name in names])
    layer.updateFields()
    name_fields(layer)
    layer.setCustomProperty(PROPERTY, True)
    if is_area:
        symbol = QgsFillSymbol.createSimple({"style": "no", "outline_width": "0.6"})
        coloured = QgsSymbolLayer.Property.PropertyStrokeColor
    else:
        symbol = QgsMarkerSymbol.createSimple(
            {"name": "circle", "size": "3", "outline_color": "#ffffff", "outline_width": "0.4"}
        )
        coloured = QgsSymbolLayer.Property.PropertyFillColor
    symbol.symbolLayer(0).setDataDefinedProperty(coloured, QgsProperty.fromField(COLOUR))
    layer.setRenderer(QgsSingleSymbolRenderer(symbol))
    label(layer, "name")
    if QgsProject.instance().addMapLayer(layer, False) is None:
        raise RuntimeError("QGIS refused a memory layer")
    # Not beside the active layer, which may be in the group of a result and be deleted with it.
    QgsProject.instance().layerTreeRoot().insertLayer(0, layer)
    return layer


def _append(layer: QgsVectorLayer, pin: Pin) -> None:
    area = pin.reading.area
    if area.longitude_deg is None or area.latitude_deg is None:
        return
    feature = QgsFeature(layer.fields())
    feature.setGeometry(_geometry(pin, QgsPointXY(area.longitude_deg, area.latitude_deg)))
    values: List[Union[Cell, str]] = [*row(pin.name, pin.reading), pin.colour]
    feature.setAttributes(values)
    layer.dataProvider().addFeatures([feature])
    layer.updateExtents()
    layer.triggerRepaint()


def _geometry(pin: Pin, centre: QgsPointXY) -> QgsGeometry:
    """A box as polygon in lunar longitude and latitude, a pixel as point."""
    if len(pin.points) < 3:
        return QgsGeometry.fromPointXY(centre)
    outline = QgsGeometry.fromPolygonXY([[QgsPointXY(*point) for point in pin.points]])
    # Straight sides in the raster's CRS are curved in longitude and latitude.
    outline = outline.densifyByCount(SIDE_POINTS)
    ring = tuple((vertex.x(), vertex.y()) for vertex in outline.vertices())
    moved = transform_points(ring, pin.crs, moon_geographic_crs())
    longitudes = contiguous([x for x, _ in moved])
    return QgsGeometry.fromPolygonXY([[QgsPointXY(x, y) for x, (_, y) in zip(longitudes, moved)]])


def _kind(name: str) -> Any:
    if name in TEXT_COLUMNS or name == COLOUR:
        return QVariant.String
    return QVariant.Int if name in WHOLE_COLUMNS else QVariant.Double
