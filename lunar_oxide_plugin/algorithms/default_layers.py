"""The layer that a dialog offers first: a prediction where one is read, reflectance elsewhere."""

from __future__ import annotations

from typing import Optional

from qgis.core import QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import QThread

from .open_prediction import is_prediction
from .result_groups import ROLE


def first_raster(wants_prediction: bool) -> Optional[str]:
    """Id of the first fitting raster in the order of the panel Layers; None without any.

    Parameters
    ----------
    wants_prediction : bool
        Otherwise a raster of several bands that no algorithm of this plugin made.
    """
    project = QgsProject.instance()
    if QThread.currentThread() != project.thread():
        return None
    for node in project.layerTreeRoot().findLayers():
        layer = node.layer()
        if not isinstance(layer, QgsRasterLayer) or layer.providerType() != "gdal":
            continue
        if is_prediction(layer):
            if wants_prediction:
                return str(layer.id())
        elif not wants_prediction and not _is_result(layer):
            return str(layer.id())
    return None


def _is_result(layer: QgsRasterLayer) -> bool:
    """Whether a run made the layer, other than a mosaic, which is reflectance too."""
    return bool(layer.customProperty(ROLE)) and not layer.source().lower().endswith(".vrt")
