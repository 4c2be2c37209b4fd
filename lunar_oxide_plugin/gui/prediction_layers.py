"""Which of the project's layers show predictions of this plugin."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsRasterLayer

from ..core.oxides import OXIDES, UNIT

#: Description of the first band of every prediction.
FIRST_BAND = f"{OXIDES[0].name} ({UNIT})"


def is_prediction(layer: Any) -> bool:
    """Whether a layer shows a raster made by 'Predict oxides'."""
    if not isinstance(layer, QgsRasterLayer) or not layer.isValid():
        return False
    if layer.providerType() != "gdal" or layer.bandCount() < len(OXIDES):
        return False
    # QGIS writes "Band 1: " in the user's language before a band's description.
    return str(layer.bandName(1)).endswith(FIRST_BAND)
