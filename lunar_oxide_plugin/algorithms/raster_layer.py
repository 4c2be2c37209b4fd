"""Describe the raster of a QGIS layer for core."""

from __future__ import annotations

import math
import re
from typing import List, Tuple

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProcessingException,
    QgsProviderRegistry,
    QgsRasterDataProvider,
    QgsRasterLayer,
    QgsRasterRange,
)

from ..core.rasters.flag_mask import unmasked_path
from ..core.rasters.raster_input import BandNodata, RasterInput
from ..core.translation import tr


def raster_input(layer: QgsRasterLayer) -> RasterInput:
    """The raster of a layer, with the properties that the layer overrides.

    Raises
    ------
    QgsProcessingException
        For layers that GDAL cannot read (WMS, memory, virtual providers), or only with credentials.
    """
    if layer.providerType() != "gdal":
        raise QgsProcessingException(
            tr(
                "The layer {name} comes from the provider {providertype!r}: save it as a "
                "raster file first."
            ).format(name=layer.name(), providertype=layer.providerType())
        )
    if re.search(r"\bauthcfg=|\|credential:", layer.source()):
        raise QgsProcessingException(
            tr(
                "The layer {name} is opened with credentials that only QGIS has: save it as a "
                "raster file first."
            ).format(name=layer.name())
        )
    path, options = _gdal_name(layer)
    return RasterInput(
        path=path,
        open_options=options,
        crs_wkt=_assigned_crs(layer),
        nodata=_nodata(layer.dataProvider()),
    )


def plain_path(layer: QgsRasterLayer) -> str:
    """The file of a layer, for outputs that can only store names.

    Raises
    ------
    QgsProcessingException
        If the layer's properties override those of the file.
    """
    described = raster_input(layer)
    if described != RasterInput(described.path):
        raise QgsProcessingException(
            tr(
                "The layer {name} has a CRS, nodata or open options of its own, which a mosaic of "
                "files cannot keep: set them on the mosaic, and give the file itself here."
            ).format(name=layer.name())
        )
    return described.path


def _gdal_name(layer: QgsRasterLayer) -> Tuple[str, Tuple[str, ...]]:
    """The name that GDAL opens, and the open options, from the layer's source."""
    source = str(layer.source())
    parts = QgsProviderRegistry.instance().decodeUri("gdal", source)
    options = tuple(map(str, parts.get("openOptions") or ()))
    path = str(parts.get("path") or "")
    if not path or "layerName" in parts:
        # Subdatasets and other GDAL names are not paths; the source itself is the name.
        path = source.split("|option:")[0]
    # Maps whose flagged pixels are masked show a virtual raster of the prediction.
    return unmasked_path(path), options


def _assigned_crs(layer: QgsRasterLayer) -> str:
    """WKT of the CRS that the user gave the layer; empty if it is the file's."""
    crs = layer.crs()
    if not crs.isValid() or crs == layer.dataProvider().crs():
        return ""
    return str(crs.toWkt(QgsCoordinateReferenceSystem.WktVariant.WKT_PREFERRED))


def _nodata(provider: QgsRasterDataProvider) -> Tuple[BandNodata, ...]:
    """Additional nodata values of the layer, and whether the file's nodata is disabled."""
    found: List[BandNodata] = []
    for band in range(1, provider.bandCount() + 1):
        ranges = tuple(_ends(one) for one in provider.userNoDataValues(band))
        use_own = not provider.sourceHasNoDataValue(band) or provider.useSourceNoDataValue(band)
        if ranges or not use_own:
            found.append(BandNodata(band, ranges, bool(use_own)))
    return tuple(found)


def _ends(one: QgsRasterRange) -> Tuple[float, float]:
    """Both ends of a range, inclusive; a missing end is infinite."""
    low = -math.inf if math.isnan(one.min()) else float(one.min())
    high = math.inf if math.isnan(one.max()) else float(one.max())
    bounds = one.bounds()
    kinds = QgsRasterRange.BoundsType
    if bounds in (kinds.IncludeMax, kinds.Exclusive):
        low = math.nextafter(low, math.inf)
    if bounds in (kinds.IncludeMin, kinds.Exclusive):
        high = math.nextafter(high, -math.inf)
    return low, high
