"""Regions as vector layers: polygons read from any layer, and written with their statistics."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Dict, Iterator, List, Optional, Sequence, Tuple

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFeatureRequest,
    QgsFields,
    QgsFillSymbol,
    QgsGeometry,
    QgsGraduatedSymbolRenderer,
    QgsPointXY,
    QgsProcessingException,
    QgsProcessingFeatureSource,
    QgsProcessingUtils,
    QgsRendererRange,
    QgsVectorLayer,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QVariant
from qgis.PyQt.QtGui import QColor

from ..core.chemistry.oxides import FEO, UNIT
from ..core.chemistry.quantities import BY_KEY, Quantity
from ..core.regions.region_files import feature_columns, feature_values, statistics_column
from ..core.translation import tr
from .layer_metadata import summarise
from .result_layers import VIRIDIS
from .run import Run
from .site_layers import column_fields, html_field, label, moon_geographic_crs

if TYPE_CHECKING:
    from ..core.polygons.shapes import RegionLayer

#: Opacity of polygons (0 to 1), so that the map below stays visible.
_OPACITY = 0.55

#: Rings of polygons: vertices as (x, y).
Rings = Tuple[Tuple[Tuple[float, float], ...], ...]


@dataclass
class RegionSource:
    """Polygons of a layer, read on the thread that owns it.

    Attributes
    ----------
    names : list of str
        Of the regions; polygons of one name form one region where names were asked for.
    polygons : list of list of Rings
        Polygons of each region.
    geometries : list of QgsGeometry
    attributes : list of list
        Of each region's feature; empty where regions are joined by name.
    fields : QgsFields
        Those of `attributes`.
    crs : QgsCoordinateReferenceSystem
    title : str
        Of the layer, for the report.
    empty : int
        Features without a polygon, which are left out.
    places : dict of str to int
        Places of the names in `names`.
    """

    names: List[str]
    polygons: List[List[Rings]]
    geometries: List[QgsGeometry]
    attributes: List[List[Any]]
    fields: QgsFields
    crs: QgsCoordinateReferenceSystem
    title: str = ""
    empty: int = 0
    places: Dict[str, int] = field(default_factory=dict)


def read_regions(source: QgsProcessingFeatureSource, name_field: str) -> RegionSource:
    """Read the polygons of a layer.

    Parameters
    ----------
    source : QgsProcessingFeatureSource
    name_field : str
        Field with the regions' names; polygons of one name are joined. Empty: each feature is a
        region.
    """
    crs = source.sourceCrs()
    own = QgsFields()
    kept = []
    for place, each in enumerate(source.fields()):
        # A file numbers its features itself.
        if each.name().lower() != "fid" and not name_field:
            own.append(each)
            kept.append(place)
    found = RegionSource([], [], [], [], own, crs, source.sourceName())
    # QGIS considers a polygon across the 180 degree meridian invalid; it is accepted here.
    unchecked = QgsProcessingFeatureSource.Flag.FlagSkipGeometryValidityChecks
    for feature in source.getFeatures(QgsFeatureRequest(), unchecked):
        geometry = _straight(feature)
        if geometry is None:
            found.empty += 1
            continue
        name = _name(feature, name_field)
        polygons = [
            tuple(tuple((v.x(), v.y()) for v in ring) for ring in polygon)
            for polygon in _polygons(geometry)
        ]
        known = found.places.get(name) if name_field else None
        if known is None:
            found.places[name] = len(found.names)
            found.names.append(name)
            found.polygons.append(list(polygons))
            found.geometries.append(geometry)
            values = feature.attributes()
            found.attributes.append([values[index] for index in kept])
        else:
            found.polygons[known] += polygons
            found.geometries[known] = QgsGeometry.collectGeometry(
                [found.geometries[known], geometry]
            )
    return found


def _straight(feature: QgsFeature) -> Optional[QgsGeometry]:
    """The polygons of a feature with straight edges; None where it has none."""
    if not feature.hasGeometry() or feature.geometry().isEmpty():
        return None
    geometry = QgsGeometry(feature.geometry())
    if geometry.type() != QgsWkbTypes.GeometryType.PolygonGeometry:
        return None
    if QgsWkbTypes.isCurvedType(geometry.wkbType()):
        geometry = QgsGeometry(geometry.constGet().segmentize())
    return multi_part(geometry)


def multi_part(geometry: QgsGeometry) -> QgsGeometry:
    """The geometry as one of many parts.

    Parameters
    ----------
    geometry : QgsGeometry
        Not null; converted in place.

    Raises
    ------
    ValueError
        If it is null.
    """
    if not geometry.convertToMultiType():
        raise ValueError("a null geometry has no parts")
    return geometry


def _polygons(geometry: QgsGeometry) -> List[List[List[QgsPointXY]]]:
    polygons: List[List[List[QgsPointXY]]] = geometry.asMultiPolygon()
    return polygons


def _name(feature: QgsFeature, name_field: str) -> str:
    if not name_field:
        for each in feature.fields():
            # The first text that has a name's name serves as the name.
            if each.name().lower() in ("name", "unit", "label", "title"):
                value = feature[each.name()]
                if value not in (None, "") and not _is_null(value):
                    return str(value)
        return tr("polygon {number}").format(number=feature.id())
    value = feature[name_field]
    return tr("(no name)") if value is None or _is_null(value) else str(value)


def _is_null(value: Any) -> bool:
    return isinstance(value, QVariant) and value.isNull()


def region_layer(source: RegionSource, run: Run) -> RegionLayer:
    """The polygons for core; tells which features have none.

    Raises
    ------
    QgsProcessingException, RasterError
        If there is no polygon, no CRS, or not one of the Moon.
    """
    from ..core.moon import lunar_crs
    from ..core.polygons.shapes import MapRegion, RegionLayer, ring_of

    if not source.names:
        raise QgsProcessingException(
            tr("The layer of polygons holds none: choose a layer with polygons, or leave it out.")
        )
    if not source.crs.isValid():
        raise QgsProcessingException(
            tr(
                "The layer of polygons has no CRS: assign the lunar CRS of its coordinates, e.g. "
                "IAU_2015:30100."
            )
        )
    lunar_crs.require_moon(source.crs.toWkt(), tr("The layer of polygons"))
    if source.empty:
        text = tr("{count} features of {layer} have no polygon and are left out.")
        run.warn(text.format(count=source.empty, layer=source.title))
    regions = tuple(
        MapRegion(name, tuple(tuple(ring_of(ring) for ring in polygon) for polygon in polygons))
        for name, polygons in zip(source.names, source.polygons)
    )
    return RegionLayer(regions, source.crs.toWkt(), source.title)


def geometry_of(polygons: Sequence[Rings]) -> QgsGeometry:
    """Polygons as a geometry."""
    return QgsGeometry.fromMultiPolygonXY(
        [[[QgsPointXY(x, y) for x, y in ring] for ring in polygon] for polygon in polygons]
    )


def lunar_crs_or(crs: QgsCoordinateReferenceSystem) -> QgsCoordinateReferenceSystem:
    """A CRS, or lunar longitude and latitude where it is not valid."""
    return crs if crs.isValid() else moon_geographic_crs()


def region_fields(quantities: Sequence[Quantity], own: QgsFields) -> QgsFields:
    """Fields of the layer of regions: statistics, then those that the polygons had."""
    return QgsProcessingUtils.combineFields(column_fields(feature_columns(quantities)), own)


def region_features(
    regions: Sequence[Any],
    geometries: Sequence[QgsGeometry],
    attributes: Sequence[Sequence[Any]],
    layer_fields: QgsFields,
) -> Iterator[QgsFeature]:
    """Features of regions (`RegionStatistics`) with their geometries and former attributes."""
    for region, geometry, own in zip(regions, geometries, attributes):
        feature = QgsFeature(layer_fields)
        feature.setGeometry(geometry)
        feature.setAttributes([*feature_values(region), *own])
        yield feature


def style_regions(layer: QgsVectorLayer) -> None:
    """Colour regions by their mean in the colours of the map, with names and map tips."""
    fields = layer.fields()
    keys = [key for key in BY_KEY if fields.indexOf(f"{key}_mean_wt") >= 0]
    shown = BY_KEY[FEO.key if FEO.key in keys else keys[0]]
    low, high = shown.display_min, shown.display_max
    step = (high - low) / len(VIRIDIS)
    ranges = []
    for place, colour in enumerate(VIRIDIS):
        start, stop = low + place * step, low + (place + 1) * step
        symbol = QgsFillSymbol.createSimple(
            {"color": colour, "outline_color": "#202020", "outline_width": "0.4"}
        )
        fill = QColor(colour)
        fill.setAlphaF(_OPACITY)
        symbol.symbolLayer(0).setFillColor(fill)
        bottom = -1e9 if place == 0 else start
        top = 1e9 if place == len(VIRIDIS) - 1 else stop
        ranges.append(
            QgsRendererRange(bottom, top, symbol, f"{shown.label} {start:.1f} - {stop:.1f} {UNIT}")
        )
    renderer = QgsGraduatedSymbolRenderer(f"{shown.key}_mean_wt", ranges)
    layer.setRenderer(renderer)
    label(layer, "region")
    layer.setMapTipTemplate(_map_tip(fields))
    summarise(
        layer,
        tr(
            "Statistics of a predicted composition in each region, weighted by area; the colour "
            "is the mean of {quantity}. The standard error is that of the mean: most of a "
            "prediction's error is common to all pixels and does not average out."
        ).format(quantity=shown.name),
    )


def _map_tip(fields: QgsFields) -> str:
    rows = ""
    for quantity in BY_KEY.values():
        mean, error = (statistics_column(quantity, name) for name in ("mean", "standard_error"))
        if fields.indexOf(mean) < 0:
            continue
        number = "coalesce(format_number(\"{}\", {}), '-')"
        rows += (
            f"<tr><td>{quantity.axis}</td>"
            f"<td align='right'>[% {number.format(mean, quantity.decimals)} %]</td>"
            f"<td align='right'>&plusmn; [% {number.format(error, quantity.decimals)} %]</td></tr>"
        )
    return f"<b>{html_field('region')}</b><table>{rows}</table>{html_field('note')}"
