"""Open a finished prediction, wherever it was made, as the layers that a run in QGIS gives."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Optional

from qgis.core import QgsMapLayer, QgsMultiBandColorRenderer, QgsProject, QgsRasterLayer

from ..core.chemistry.new_place import skills_of_tag
from ..core.errors import RasterError
from ..core.prediction.style_file import STYLE_FILE
from ..core.rasters.prediction_bands import PredictionBands, find_bands
from ..core.translation import tr
from .layer_metadata import raster_tags
from .result_groups import ROLE, GroupLoader, go_to_the_moon, with_origin
from .result_layers import band_layers

#: Property of a layer that the user wants to keep as one plain layer.
PLAIN = "lunar_oxide/plain"


def prediction_bands(layer: Any) -> Optional[PredictionBands]:
    """The bands of a layer whose raster has oxides as 'Predict oxides' writes them, else None."""
    if not isinstance(layer, QgsRasterLayer) or not layer.isValid():
        return None
    if layer.providerType() != "gdal":
        return None
    # QGIS writes "Band 1: " in the user's language before a band's description.
    names = [str(layer.bandName(band)) for band in range(1, layer.bandCount() + 1)]
    try:
        found = find_bands([name.split(": ", 1)[-1] for name in names], layer.name())
    except RasterError:
        return None
    # A table of measured oxides may have bands called FeO; ours have the unit.
    return found if any("(wt%)" in names[number - 1] for number in found.oxides.values()) else None


def is_prediction(layer: Any) -> bool:
    """Whether a layer's raster has a band of an oxide as 'Predict oxides' writes it."""
    return prediction_bands(layer) is not None


def is_unstyled(layer: QgsMapLayer) -> bool:
    """Whether a layer looks as QGIS opens a raster by itself, and is no layer of a result."""
    if not isinstance(layer, QgsRasterLayer) or layer.customProperty(ROLE):
        return False
    if layer.customProperty(PLAIN):
        return False
    is_default = isinstance(layer.renderer(), QgsMultiBandColorRenderer)
    return is_default or bool(layer.customProperty(STYLE_FILE))


def open_prediction(project: QgsProject, path: str) -> str:
    """Load a prediction raster as a group of styled layers.

    Parameters
    ----------
    project : QgsProject
    path : str
        A GeoTIFF or virtual raster.

    Returns
    -------
    str
        Name of the group.

    Raises
    ------
    RasterError
        If the file is no prediction raster, or cannot be opened.
    """
    name = Path(path).stem
    layer = QgsRasterLayer(path, name, "gdal")
    if not layer.isValid():
        raise RasterError(
            f"{path} cannot be opened: choose the raster (.tif, .vrt) that 'Predict oxides' made."
        )
    if not is_prediction(layer):
        raise RasterError(
            f"{path} is no prediction: it has no band described as an oxide, like FeO (wt%). "
            "Choose a raster made by 'Predict oxides'."
        )
    if project.addMapLayer(layer, False) is None:
        raise RasterError(f"QGIS does not take {path} into the project.")
    return show_as_maps(project, layer)


def show_as_maps(project: QgsProject, layer: QgsRasterLayer) -> str:
    """Replace a plain layer of a prediction by the group of its styled layers.

    Returns
    -------
    str
        Name of the group.
    """
    bands = prediction_bands(layer)
    if bands is None:
        raise ValueError("the layer is no prediction")
    tags = raster_tags(layer)
    title = tags.get("MODEL_TITLE") or tr("Predicted oxides")
    name = with_origin(f"{title} - {layer.name()}", tags.get("DATA_ORIGIN", ""))
    numbers = {oxide: bands.oxides[oxide.name] for oxide in bands.present}
    skills = skills_of_tag(tags.get("NEW_PLACE", ""))
    layers = band_layers(numbers, bands.quality, bands.sigma_kind, skills)
    loader = GroupLoader(layer.source(), name, layers)
    go_to_the_moon(project, layer)
    loader.load(project, layer, layer)
    return loader.shown_as
