"""Read users' ground truth from a QGIS layer: points, polygons, or a table with coordinates."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Dict, List, Optional, Tuple

from qgis.core import (
    QgsFeature,
    QgsFeatureRequest,
    QgsGeometry,
    QgsProcessingFeatureSource,
    QgsProviderRegistry,
    QgsVectorLayer,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QVariant

from ..core.errors import SitesError
from ..core.sites.headers import with_true_headers
from ..core.sites.site_area import SiteArea
from ..core.sites.site_columns import GroundTruth, SitePosition, read_sites, recognise
from ..core.sites.table_file import require_whole_rows

Vertex = Tuple[float, float]


@dataclass(frozen=True)
class LayerRows:
    """Content of a layer of sites, read on the thread that owns it, and not yet checked.

    Attributes
    ----------
    names : tuple of str
        Field names.
    rows : tuple of dict
        Attributes by field name, None for NULL.
    geometries : tuple of QgsGeometry or None
    crs_wkt : str
        Empty where the layer has no CRS.
    text_file : Path or None
        The CSV file that GDAL read the layer from.
    """

    names: Tuple[str, ...]
    rows: Tuple[Dict[str, Any], ...]
    geometries: Tuple[Optional[QgsGeometry], ...]
    crs_wkt: str
    text_file: Optional[Path] = None


def read_layer(
    source: QgsProcessingFeatureSource, layer: Optional[QgsVectorLayer] = None
) -> LayerRows:
    """Read all of a layer of sites.

    Parameters
    ----------
    source : QgsProcessingFeatureSource
    layer : QgsVectorLayer, optional
        The layer behind the source.
    """
    text_file = None
    if layer is not None and layer.providerType() == "ogr":
        parts = QgsProviderRegistry.instance().decodeUri("ogr", layer.source())
        path = Path(str(parts.get("path", "")))
        if path.suffix.lower() in (".csv", ".tsv", ".txt") and path.is_file():
            text_file = path
    names = tuple(field.name() for field in source.fields())
    # QGIS considers a polygon across the 180 degree meridian invalid; it is accepted here.
    unchecked = QgsProcessingFeatureSource.Flag.FlagSkipGeometryValidityChecks
    features = list(source.getFeatures(QgsFeatureRequest(), unchecked))
    crs = source.sourceCrs()
    return LayerRows(
        names=names,
        rows=tuple(
            dict(zip(names, (None if _is_null(v) else v for v in feature.attributes())))
            for feature in features
        ),
        geometries=tuple(_geometry(feature) for feature in features),
        crs_wkt=crs.toWkt() if crs.isValid() else "",
        text_file=text_file,
    )


def ground_truth_of(layer: LayerRows, chosen: str = "") -> GroundTruth:
    """Measured compositions of a layer, in lunar longitude and latitude.

    Parameters
    ----------
    layer : LayerRows
        Points, polygons, or rows without geometry that have coordinate columns.
    chosen : str
        The user's choice of columns, see `site_columns.recognise`.

    Raises
    ------
    SitesError, RasterError
        One sentence on what is wrong with the layer.
    """
    if layer.text_file is not None:
        # GDAL drops what a row holds beyond its header: decimal commas would move its values.
        require_whole_rows(layer.text_file)
    has_geometry = any(geometry is not None for geometry in layer.geometries)
    if has_geometry and layer.geometries[0] is not None:
        columns = recognise(layer.names, chosen, has_geometry)
        return read_sites(layer.rows, columns, _positions(layer))
    names, rows, notes = with_true_headers(layer.names, layer.rows)
    positions = _positions(layer)[len(layer.rows) - len(rows) :] if has_geometry else None
    truth = read_sites(rows, recognise(names, chosen, has_geometry), positions)
    return replace(truth, notes=(*notes, *truth.notes))


def areas_of(layer: LayerRows) -> List[Optional[SiteArea]]:
    """The polygons of a layer in lunar longitude and latitude; None for features without one.

    Raises
    ------
    SitesError, RasterError
        One sentence on what is wrong with the layer.
    """
    return [None if position is None else position.area for position in _positions(layer)]


def _positions(layer: LayerRows) -> List[Optional[SitePosition]]:
    from ..core.moon import lunar_crs
    from ..core.sites.feature_positions import positions_of

    if not layer.crs_wkt:
        raise SitesError(
            "The layer of sample sites has no CRS: assign the lunar CRS of its coordinates, e.g. "
            "IAU_2015:30100."
        )
    lunar_crs.require_moon(layer.crs_wkt, "The layer of sample sites")
    return positions_of(
        layer.crs_wkt, [[] if g is None else _polygons(g) for g in layer.geometries]
    )


def _polygons(geometry: QgsGeometry) -> List[List[List[Vertex]]]:
    """Polygons as rings of vertices; a point is a polygon of one ring with one vertex."""
    kind = geometry.type()
    if kind == QgsWkbTypes.GeometryType.PointGeometry:
        points = geometry.asMultiPoint() if geometry.isMultipart() else [geometry.asPoint()]
        if len(points) != 1:
            raise SitesError(
                f"A sample site has {len(points)} points: turn the layer into single parts first."
            )
        return [[[(points[0].x(), points[0].y())]]]
    if kind == QgsWkbTypes.GeometryType.PolygonGeometry:
        polygons = geometry.asMultiPolygon() if geometry.isMultipart() else [geometry.asPolygon()]
        return [
            [[(vertex.x(), vertex.y()) for vertex in ring] for ring in polygon]
            for polygon in polygons
        ]
    raise SitesError("The sample sites are lines: give points, polygons, or a table.")


def _geometry(feature: QgsFeature) -> Optional[QgsGeometry]:
    if not feature.hasGeometry() or feature.geometry().isEmpty():
        return None
    return QgsGeometry(feature.geometry())


def _is_null(value: Any) -> bool:
    return value is None or (isinstance(value, QVariant) and value.isNull())
