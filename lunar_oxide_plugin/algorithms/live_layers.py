"""Make live maps through QGIS's registry of layer types, which knows the plugin's."""

from __future__ import annotations

from pathlib import Path

from qgis.core import (
    QgsApplication,
    QgsPluginLayer,
    QgsProcessingException,
    QgsRasterLayer,
)

from ..core.live.settings import LiveMap, LiveStyle
from ..core.models.model_library import model_entries
from ..core.rasters.raster_input import RasterInput
from ..core.translation import tr
from .result_groups import shown_name

#: Name of the layer type in projects; never changes.
LIVE_TYPE = "lunar_oxide_live"


def live_map(raster: RasterInput, model: str) -> LiveMap:
    """A raster and a model, which is named where it is one of the library."""
    names = {str(entry.path): entry.name for entry in model_entries()}
    return LiveMap(raster, model, names.get(model, ""))


def new_live_layer(raster_layer: QgsRasterLayer, live: LiveMap, style: LiveStyle) -> QgsPluginLayer:
    """A live map over a raster layer; not yet in a project.

    Raises
    ------
    QgsProcessingException
        If the plugin's layers are not registered.
    """
    name = tr("Live oxides - {raster} - {model}").format(
        raster=shown_name(raster_layer), model=live.model_name or Path(live.model).stem
    )
    # Not through the registry's own function: what it returns to Python is a plain layer, cut off
    # from the Python part that draws it.
    kind = QgsApplication.pluginLayerRegistry().pluginLayerType(LIVE_TYPE)
    if not hasattr(kind, "make"):
        raise QgsProcessingException(
            tr("QGIS does not know live maps: enable the plugin Lunar Oxide, and try again.")
        )
    layer: QgsPluginLayer = kind.make(live, style, name)
    layer.setCrs(raster_layer.crs())
    layer.setExtent(raster_layer.extent())
    return layer
