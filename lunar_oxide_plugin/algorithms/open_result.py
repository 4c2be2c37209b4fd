"""Open a finished raster of the plugin, wherever it was made, as a run in QGIS shows it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any, Callable, Dict, Mapping, Optional

from qgis.core import (
    QgsMapLayer,
    QgsMultiBandColorRenderer,
    QgsProject,
    QgsRasterLayer,
    QgsSingleBandGrayRenderer,
)

from ..core.chemistry.layout import SigmaKind
from ..core.chemistry.new_place import skills_of_tag
from ..core.chemistry.oxides import OXIDE_NAMES, OXIDES, UNIT
from ..core.errors import RasterError
from ..core.prediction.style_file import STYLE_FILE
from ..core.products.oxide_products import ProductBand, product_bands
from ..core.products.sensor_parameters import COLOUR_COMPOSITES, channels, parameters_of
from ..core.rasters.raster_kind import RasterKind
from ..core.rasters.sensors.known import sensors_with_formulas
from .attribution_layers import strongest_layers
from .colour_composite import style_picture
from .compare_rasters import LEAST_REACH_WT, MOST_OF_IT, difference_layers
from .derived_products import product_layers
from .layer_metadata import band_descriptions, raster_tags
from .open_prediction import prediction_loader
from .reflectance_style import percentiles
from .result_groups import (
    ROLE,
    GroupLoader,
    LayerLoader,
    ResultLoader,
    go_to_the_moon,
    with_origin,
)
from .spectral_parameters import parameter_layers

Tags = Mapping[str, str]

#: Property of a layer that the user wants to keep as one plain layer.
PLAIN = "lunar_oxide/plain"


def is_unstyled(layer: QgsMapLayer) -> bool:
    """Whether a layer looks as QGIS opens a raster by itself, and is no layer of a result."""
    if not isinstance(layer, QgsRasterLayer) or layer.customProperty(ROLE):
        return False
    if layer.customProperty(PLAIN):
        return False
    if layer.customProperty(STYLE_FILE):
        return True
    if layer.bandCount() == 1 and isinstance(layer.renderer(), QgsSingleBandGrayRenderer):
        # QGIS opens one band in grey, as a user may show any raster, but not a result.
        return layer.renderer().usesBands() == [1] and bool(raster_tags(layer))
    return isinstance(layer.renderer(), QgsMultiBandColorRenderer)


def result_loader(layer: Any) -> Optional[ResultLoader]:
    """What shows a layer's raster as the algorithm that made it does; None for other rasters.

    A prediction is told by the descriptions of its bands, the others by the plugin's tags.

    Parameters
    ----------
    layer : QgsMapLayer
    """
    if not isinstance(layer, QgsRasterLayer) or not layer.isValid():
        return None
    if layer.providerType() != "gdal":
        return None
    tags = raster_tags(layer)
    make = _LOADERS.get(tags.get("PRODUCT", ""), prediction_loader)
    return make(layer, tags)


def open_result(project: QgsProject, path: str) -> str:
    """Load a raster of the plugin as a run in QGIS does.

    Parameters
    ----------
    project : QgsProject
    path : str
        A GeoTIFF or virtual raster.

    Returns
    -------
    str
        Name of its group, or of its one layer.

    Raises
    ------
    RasterError
        If the file is no raster of the plugin, or cannot be opened.
    """
    name = Path(path).stem
    layer = QgsRasterLayer(path, name, "gdal")
    if not layer.isValid():
        raise RasterError(
            f"{path} cannot be opened: choose the raster (.tif, .vrt) that 'Predict oxides' made."
        )
    loader = result_loader(layer)
    if loader is None:
        raise RasterError(
            f"{path} is no prediction: it has no band described as an oxide, like FeO (wt%). "
            "Choose a raster made by 'Predict oxides'."
        )
    if project.addMapLayer(layer, False) is None:
        raise RasterError(f"QGIS does not take {path} into the project.")
    return show_result(project, layer, loader)


def show_result(project: QgsProject, layer: QgsRasterLayer, loader: ResultLoader) -> str:
    """Replace a plain layer by what its loader makes.

    Returns
    -------
    str
        Name of the group, or of the one layer.
    """
    go_to_the_moon(project, layer)
    loader.load(project, layer, layer)
    return loader.shown_as


def _products(layer: QgsRasterLayer, tags: Tags) -> Optional[ResultLoader]:
    known: Dict[str, ProductBand] = {}
    for kind in (None, *SigmaKind):
        known.update((b.description, b) for b in product_bands(OXIDE_NAMES, OXIDE_NAMES, kind))
    bands = _by_number(layer, known)
    shown = next((k for k in SigmaKind if k.value == tags.get("SIGMA_KINDS")), None)
    layers = product_layers(bands, shown, skills_of_tag(tags.get("NEW_PLACE", "")))
    return _group(layer, tags, "Derived products", layers)


def _parameters(layer: QgsRasterLayer, tags: Tags) -> Optional[ResultLoader]:
    sensor = next((s for s in sensors_with_formulas() if s.title == tags.get("SENSOR")), None)
    if sensor is None:
        return None
    for composite in COLOUR_COMPOSITES:
        parts = channels(composite, sensor)
        if band_descriptions(layer) == [part.band_description for part in parts]:
            name = f"{composite.title.split(' (')[0]} - {layer.name()}"
            style = partial(style_picture, composite=composite, parameters=parts, fixed=False)
            name = with_origin(name, tags.get("DATA_ORIGIN", ""))
            return LayerLoader(layer.source(), name, style)
    known = {parameter.band_description: parameter for parameter in parameters_of(sensor)}
    layers = parameter_layers(_by_number(layer, known))
    return _group(layer, tags, f"Spectral parameters ({sensor.key})", layers)


def _difference(layer: QgsRasterLayer, tags: Tags) -> Optional[ResultLoader]:
    found = band_descriptions(layer)
    for oxide in OXIDES:
        parts = ("difference", "prediction", "reference")
        if found == [f"{oxide.name} {part} ({UNIT})" for part in parts]:
            reach = max(LEAST_REACH_WT, *map(abs, percentiles(layer, 1, *MOST_OF_IT)))
            return _group(layer, tags, oxide.pretty, difference_layers(oxide, reach))
    return None


def _attributions(layer: QgsRasterLayer, tags: Tags) -> Optional[ResultLoader]:
    words = " strongest band (number)"
    texts = band_descriptions(layer)
    by_name = {oxide.name: oxide for oxide in OXIDES}
    strongest = [text[: -len(words)] for text in texts if text.endswith(words)]
    if not strongest or not set(strongest) <= set(by_name) or not texts[0].endswith(words):
        return None
    bands = [each.split(": ", 1)[-1] for each in tags.get("MODEL_BANDS", "").split("; ")]
    layers = strongest_layers([by_name[name] for name in strongest], bands)
    return _group(layer, tags, "Attributions", layers)


def _by_number(layer: QgsRasterLayer, known: Mapping[str, Any]) -> Dict[int, Any]:
    """What the bands of a layer hold, by their numbers, in their order."""
    described = enumerate(band_descriptions(layer), start=1)
    return {number: known[text] for number, text in described if text in known}


def _group(layer: QgsRasterLayer, tags: Tags, what: str, layers: Any) -> Optional[ResultLoader]:
    if not layers:
        return None
    name = with_origin(f"{what} - {layer.name()}", tags.get("DATA_ORIGIN", ""))
    return GroupLoader(layer.source(), name, layers)


_LOADERS: Mapping[str, Callable[[QgsRasterLayer, Tags], Optional[ResultLoader]]] = {
    RasterKind.PRODUCTS.value: _products,
    RasterKind.PARAMETERS.value: _parameters,
    RasterKind.DIFFERENCE.value: _difference,
    RasterKind.ATTRIBUTIONS.value: _attributions,
}
