"""Pinned readings as features of a layer in the project."""

from __future__ import annotations

from typing import Any, List, Optional, Sequence, Union

from qgis.core import (
    QgsFeature,
    QgsField,
    QgsGeometry,
    QgsMarkerSymbol,
    QgsPointXY,
    QgsProject,
    QgsProperty,
    QgsSingleSymbolRenderer,
    QgsSymbolLayer,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QVariant

from ..algorithms.field_names import name_fields
from ..algorithms.site_layers import label, moon_geographic_crs
from ..core.probe.reading_table import Cell, columns, row
from ..core.translation import tr
from .pins import Pin

#: Property of the layer that pins were added to, so that later pins are added to it too.
PROPERTY = "lunar_oxide/spectra"

TEXT_COLUMNS = ("name", "raster", "model", "nearest_stations")
WHOLE_COLUMNS = (
    "pixel_column", "pixel_row", "pixel_columns", "pixel_rows", "n_valid", "n_read", "quality",
)  # fmt: skip
COLOUR = "colour"


def add_to_layer(pins: Sequence[Pin]) -> Optional[QgsVectorLayer]:
    """Add pins to the project's layer of spectra; make one if none has their columns.

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
        layer = _layer_with(names) or _new_layer(names)
        _append(layer, pin)
    return layer


def _layer_with(names: Sequence[str]) -> Optional[QgsVectorLayer]:
    for layer in QgsProject.instance().mapLayers().values():
        if (
            isinstance(layer, QgsVectorLayer)
            and layer.customProperty(PROPERTY)
            and layer.isValid()
            and [field.name() for field in layer.fields()] == list(names)
        ):
            return layer
    return None


def _new_layer(names: Sequence[str]) -> QgsVectorLayer:
    layer = QgsVectorLayer("Point", tr("Lunar Oxide spectra"), "memory")
    layer.setCrs(moon_geographic_crs())
    layer.dataProvider().addAttributes([QgsField(name, _kind(name)) for name in names])
    layer.updateFields()
    name_fields(layer)
    layer.setCustomProperty(PROPERTY, True)
    symbol = QgsMarkerSymbol.createSimple(
        {"name": "circle", "size": "3", "outline_color": "#ffffff", "outline_width": "0.4"}
    )
    symbol.symbolLayer(0).setDataDefinedProperty(
        QgsSymbolLayer.Property.PropertyFillColor, QgsProperty.fromField(COLOUR)
    )
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
    feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(area.longitude_deg, area.latitude_deg)))
    values: List[Union[Cell, str]] = [*row(pin.name, pin.reading), pin.colour]
    feature.setAttributes(values)
    layer.dataProvider().addFeatures([feature])
    layer.updateExtents()
    layer.triggerRepaint()


def _kind(name: str) -> Any:
    if name in TEXT_COLUMNS or name == COLOUR:
        return QVariant.String
    return QVariant.Int if name in WHOLE_COLUMNS else QVariant.Double
