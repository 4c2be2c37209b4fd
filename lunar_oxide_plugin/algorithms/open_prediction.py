"""Whether a layer is a prediction, and the layers in which a prediction is shown."""

from __future__ import annotations

from typing import Any, Mapping, Optional

from qgis.core import QgsRasterLayer

from ..core.chemistry.new_place import skills_of_tag
from ..core.errors import RasterError
from ..core.rasters.prediction_bands import PredictionBands, find_bands
from ..core.translation import tr
from .layer_metadata import band_descriptions
from .result_groups import GroupLoader, with_origin
from .result_layers import band_layers


def prediction_bands(layer: Any) -> Optional[PredictionBands]:
    """The bands of a layer whose raster has oxides as 'Predict oxides' writes them, else None."""
    if not isinstance(layer, QgsRasterLayer) or not layer.isValid():
        return None
    if layer.providerType() != "gdal":
        return None
    names = band_descriptions(layer)
    try:
        found = find_bands(names, layer.name())
    except RasterError:
        return None
    # A table of measured oxides may have bands called FeO; ours have the unit.
    return found if any("(wt%)" in names[number - 1] for number in found.oxides.values()) else None


def is_prediction(layer: Any) -> bool:
    """Whether a layer's raster has a band of an oxide as 'Predict oxides' writes it."""
    return prediction_bands(layer) is not None


def prediction_loader(layer: QgsRasterLayer, tags: Mapping[str, str]) -> Optional[GroupLoader]:
    """What shows a prediction as the maps of a run in QGIS; None for other layers.

    Parameters
    ----------
    layer : QgsRasterLayer
    tags : mapping of str to str
        The plugin's own tags of its raster.
    """
    bands = prediction_bands(layer)
    if bands is None:
        return None
    title = tags.get("MODEL_TITLE") or tr("Predicted oxides")
    name = with_origin(f"{title} - {layer.name()}", tags.get("DATA_ORIGIN", ""))
    numbers = {oxide: bands.oxides[oxide.name] for oxide in bands.present}
    skills = skills_of_tag(tags.get("NEW_PLACE", ""))
    layers = band_layers(numbers, bands.quality, bands.sigma_kind, skills)
    return GroupLoader(layer.source(), name, layers)
