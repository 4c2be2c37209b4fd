"""Styles of derived rasters: fixed ranges, classes and colour composites."""

from __future__ import annotations

from typing import Sequence, Tuple

from qgis.core import (
    QgsContrastEnhancement,
    QgsMultiBandColorRenderer,
    QgsPalettedRasterRenderer,
    QgsRasterLayer,
)
from qgis.PyQt.QtGui import QColor

from .layer_metadata import summarise

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
    summarise(layer, abstract)


def style_classes(
    layer: QgsRasterLayer, band: int, classes: Sequence[Tuple[int, str, str]], abstract: str
) -> None:
    """Show a band of class numbers: (number, label, colour) each."""
    items = [
        QgsPalettedRasterRenderer.Class(number, QColor(colour), label)
        for number, label, colour in classes
    ]
    layer.setRenderer(QgsPalettedRasterRenderer(layer.dataProvider(), band, items))
    summarise(layer, abstract)
