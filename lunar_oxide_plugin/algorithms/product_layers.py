"""Styles of derived rasters: fixed ranges, classes and colour composites, as one group."""

from __future__ import annotations

from typing import Sequence, Tuple

from qgis.core import (
    QgsContrastEnhancement,
    QgsMapLayer,
    QgsMultiBandColorRenderer,
    QgsPalettedRasterRenderer,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingLayerPostProcessorInterface,
    QgsRasterLayer,
)
from qgis.PyQt.QtGui import QColor

from .result_layers import StyledLayer, insert_group

Range = Tuple[float, float]


def style_composite(
    layer: QgsRasterLayer, bands: Sequence[int], ranges: Sequence[Range], abstract: str
) -> None:
    """Show three bands as red, green and blue, each stretched over its own fixed range."""
    provider = layer.dataProvider()
    renderer = QgsMultiBandColorRenderer(provider, *bands)
    setters = (
        renderer.setRedContrastEnhancement,
        renderer.setGreenContrastEnhancement,
        renderer.setBlueContrastEnhancement,
    )
    for band, (low, high), set_enhancement in zip(bands, ranges, setters):
        enhancement = QgsContrastEnhancement(provider.dataType(band))
        enhancement.setMinimumValue(low)
        enhancement.setMaximumValue(high)
        enhancement.setContrastEnhancementAlgorithm(
            QgsContrastEnhancement.ContrastEnhancementAlgorithm.StretchToMinimumMaximum
        )
        set_enhancement(enhancement)
    layer.setRenderer(renderer)
    layer.setAbstract(abstract)


def style_classes(
    layer: QgsRasterLayer, band: int, classes: Sequence[Tuple[int, str, str]], abstract: str
) -> None:
    """Show a band of class numbers: (number, label, colour) each."""
    items = [
        QgsPalettedRasterRenderer.Class(number, QColor(colour), label)
        for number, label, colour in classes
    ]
    layer.setRenderer(QgsPalettedRasterRenderer(layer.dataProvider(), band, items))
    layer.setAbstract(abstract)


class ProductLayers(QgsProcessingLayerPostProcessorInterface):
    """Puts a derived raster into the project as a group of styled layers."""

    def __init__(self, path: str, group_name: str, layers: Sequence[StyledLayer]) -> None:
        super().__init__()
        self._path = path
        self._group_name = group_name
        self._layers = layers

    def postProcessLayer(  # noqa: N802 - QGIS's name
        self, layer: QgsMapLayer, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> None:
        """Turn the loaded layer into the group."""
        if isinstance(layer, QgsRasterLayer):
            insert_group(context.project(), layer, self._path, self._group_name, self._layers)
