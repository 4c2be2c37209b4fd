"""Brushed regions as polygons of a layer in the project."""

from __future__ import annotations

from typing import Any, Optional

from qgis.core import (
    QgsFeature,
    QgsFillSymbol,
    QgsGeometry,
    QgsPointXY,
    QgsProject,
    QgsRasterLayer,
    QgsSingleSymbolRenderer,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QVariant

from ..algorithms.field_names import name_fields
from ..algorithms.result_groups import shown_name
from ..algorithms.site_layers import label, layer_field
from ..core.translation import tr
from .selection_item import HIGHLIGHT_COLOUR

#: Property of the layer that regions were added to, so that later ones are added to it too.
PROPERTY = "lunar_oxide/regions"

FIELDS = (
    ("name", QVariant.String),
    ("prediction", QVariant.String),
    ("pixels", QVariant.Int),
    ("area_km2", QVariant.Double),
    ("horizontal_axis", QVariant.String),
    ("horizontal_mean", QVariant.Double),
    ("horizontal_sd", QVariant.Double),
    ("vertical_axis", QVariant.String),
    ("vertical_mean", QVariant.Double),
    ("vertical_sd", QVariant.Double),
    ("corners", QVariant.String),
)


def add_region(outline: Any, corners: str, layer: QgsRasterLayer) -> QgsVectorLayer:
    """Add a region to the project's layer of regions in a prediction's CRS; make one if needed.

    Parameters
    ----------
    outline : core.probe.selection_outline.Outline
    corners : str
        The region's corners in the plot.
    layer : QgsRasterLayer
        A layer of the prediction.

    Returns
    -------
    QgsVectorLayer
    """
    regions = _layer_in(layer) or _new_layer(layer)
    geometry = QgsGeometry.fromMultiPolygonXY(
        [[[QgsPointXY(x, y) for x, y in ring] for ring in polygon] for polygon in outline.polygons]
    )
    feature = QgsFeature(regions.fields())
    feature.setGeometry(geometry)
    number = regions.featureCount() + 1
    values = [
        tr("Region {number}").format(number=number), shown_name(layer), outline.pixels,
        outline.area_km2,
    ]  # fmt: skip
    for one in outline.statistics:
        values += [one.axis.axis, one.mean, one.sd]
    values.append(corners)
    feature.setAttributes([None if value != value else value for value in values])
    regions.dataProvider().addFeatures([feature])
    regions.updateExtents()
    regions.triggerRepaint()
    return regions


def _layer_in(layer: QgsRasterLayer) -> Optional[QgsVectorLayer]:
    for other in QgsProject.instance().mapLayers().values():
        if (
            isinstance(other, QgsVectorLayer)
            and other.customProperty(PROPERTY)
            and other.isValid()
            and other.crs() == layer.crs()
            and [field.name() for field in other.fields()] == [name for name, _ in FIELDS]
        ):
            return other
    return None


def _new_layer(layer: QgsRasterLayer) -> QgsVectorLayer:
    regions = QgsVectorLayer("MultiPolygon", tr("Lunar Oxide regions"), "memory")
    regions.setCrs(layer.crs())
    regions.dataProvider().addAttributes([layer_field(name, kind) for name, kind in FIELDS])
    regions.updateFields()
    name_fields(regions)
    regions.setCustomProperty(PROPERTY, True)
    symbol = QgsFillSymbol.createSimple(
        {"color": "255,47,179,60", "outline_color": HIGHLIGHT_COLOUR, "outline_width": "0.4"}
    )
    regions.setRenderer(QgsSingleSymbolRenderer(symbol))
    label(regions, "name")
    if QgsProject.instance().addMapLayer(regions, False) is None:
        raise RuntimeError("QGIS refused a memory layer")
    QgsProject.instance().layerTreeRoot().insertLayer(0, regions)
    return regions
