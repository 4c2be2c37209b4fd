"""Fill *Layer properties > Metadata* of results: what they are, by which rules, from what.

A raster says it in its own tags, so that one which comes from the command line or a colleague is
described like one made here. A vector layer is described by the algorithm that made it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Dict, List, Tuple

from osgeo import gdal
from qgis.core import QgsLayerMetadata, QgsMapLayer, QgsRasterLayer

from ..core.rasters.prediction_bands import own_tags
from ..core.translation import tr

#: Property of a layer: what it shows, in the user's language.
SUMMARY = "lunar_oxide/summary"
#: Beginnings of tags that state how numbers were computed.
RULES = ("FORMULA_", "RULE_", "CLASSES_")


@dataclass(frozen=True)
class About:
    """What an algorithm says about its results.

    Attributes
    ----------
    abstract, citation : str
    history : tuple of str
        What was done, one line each.
    """

    abstract: str = ""
    citation: str = ""
    history: Tuple[str, ...] = ()


def raster_tags(layer: QgsRasterLayer) -> Dict[str, str]:
    """The plugin's own tags of a layer's raster, without their prefix; empty for other rasters."""
    gdal.PushErrorHandler("CPLQuietErrorHandler")
    try:
        dataset = gdal.Open(layer.source().split("|option:")[0])
        tags = {} if dataset is None else dataset.GetMetadata()
    except RuntimeError:  # where GDAL raises its errors
        tags = {}
    finally:
        gdal.PopErrorHandler()
    return own_tags(tags)


def band_descriptions(layer: QgsRasterLayer) -> List[str]:
    """Descriptions of a layer's bands; "Band 1" for one without, in the user's language."""
    names = [str(layer.bandName(band)) for band in range(1, layer.bandCount() + 1)]
    # QGIS writes "Band 1: " in the user's language before a description.
    return [name.split(": ", 1)[-1] for name in names]


def tooltip_of(layer: QgsMapLayer) -> Any:
    """What holds the abstract that the layer panel shows as a tooltip.

    QGIS 3.38 moved it from the layer to the layer's properties for a server.
    """
    properties = layer.serverProperties()
    return properties if hasattr(properties, "setAbstract") else layer


def summarise(layer: QgsMapLayer, text: str) -> None:
    """Say what a layer shows; `describe_layer` adds rules and sources.

    Parameters
    ----------
    layer : QgsMapLayer
    text : str
    """
    layer.setCustomProperty(SUMMARY, text)
    tooltip_of(layer).setAbstract(text)
    metadata = QgsLayerMetadata(layer.metadata())
    metadata.setAbstract(text)
    layer.setMetadata(metadata)


def describe_layer(layer: QgsMapLayer, result: str, about: About) -> None:
    """Fill the metadata of a result's layer.

    Parameters
    ----------
    layer : QgsMapLayer
        Styled, named, and summarised.
    result : str
        Name of the result that the layer belongs to.
    about : About
        Said by the algorithm; empty for a file that was opened.
    """
    tags = raster_tags(layer) if isinstance(layer, QgsRasterLayer) else {}
    rules = [value for key, value in tags.items() if key.startswith(RULES)]
    summary = str(layer.customProperty(SUMMARY) or "")
    metadata = QgsLayerMetadata(layer.metadata())
    metadata.setType("dataset")
    metadata.setLanguage("ENG")
    metadata.setTitle(result if layer.name() == result else f"{layer.name()}, {result}")
    metadata.setAbstract("\n\n".join(filter(None, (summary, about.abstract, *rules))))
    metadata.setIdentifier(tags.get("MODEL_SHA256", "") and f"sha256:{tags['MODEL_SHA256']}")
    metadata.setCategories([tr("Geoscientific information")])
    metadata.setKeywords({"gmd:topicCategory": ["Moon", "composition"]})
    metadata.setRights(_unique(tags.get("MODEL_CITATION", ""), about.citation))
    metadata.setLicenses(_unique(tags.get("MODEL_LICENSE", "")) or [_licence_note()])
    metadata.setHistory([*_history(tags), *about.history])
    metadata.setCrs(layer.crs())
    layer.setMetadata(metadata)


def _history(tags: Dict[str, str]) -> List[str]:
    """What the tags say beyond rules and citation, one line each."""
    told = ("MODEL_CITATION", "MODEL_LICENSE")
    return [
        f"{key.replace('_', ' ').capitalize()}: {value}"
        for key, value in tags.items()
        if key not in told and not key.startswith(RULES)
    ]


def _licence_note() -> str:
    return tr("No licence is stated; cite the sources.")


def _unique(*texts: str) -> List[str]:
    return list(dict.fromkeys(filter(None, texts)))
