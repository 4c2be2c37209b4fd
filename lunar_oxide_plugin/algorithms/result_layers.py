"""Styles of results: fixed ranges, legends with units, colours of quality flags."""

from __future__ import annotations

from functools import partial
from typing import List, Tuple

from qgis.core import (
    QgsColorRampLegendNodeSettings,
    QgsColorRampShader,
    QgsGradientColorRamp,
    QgsGradientStop,
    QgsRasterLayer,
    QgsRasterShader,
    QgsSingleBandPseudoColorRenderer,
)
from qgis.PyQt.QtGui import QColor

from ..core.chemistry.layout import QUALITY, PredictionLayout, oxide_band
from ..core.chemistry.oxides import UNIT, Oxide
from ..core.rasters.quality import (
    IMPLAUSIBLE_SUM,
    OUTSIDE_DOMAIN,
    OUTSIDE_RANGE,
    SATURATED,
    SHADOW,
    WIDE_INTERVAL,
    QualityFlag,
)
from ..core.translation import tr
from .result_groups import StyledLayer

#: Viridis at ten even steps, perceptually uniform and suitable for colour-blind readers
#: (van der Walt & Smith 2015, released under CC0).
VIRIDIS: Tuple[str, ...] = (
    "#440154", "#482878", "#3e4989", "#31688e", "#26828e",
    "#1f9e89", "#35b779", "#6ece58", "#b5de2b", "#fde725",
)  # fmt: skip

#: Colour of each flag; a pixel with several has the colour of the most serious (highest bit).
FLAG_COLOURS: Tuple[Tuple[QualityFlag, str], ...] = (
    (SHADOW, "#332288"),
    (SATURATED, "#88ccee"),
    (OUTSIDE_DOMAIN, "#cc6677"),
    (OUTSIDE_RANGE, "#aa4499"),
    (IMPLAUSIBLE_SUM, "#ddcc77"),
    (WIDE_INTERVAL, "#80bbbbbb"),
)


def viridis_ramp() -> QgsGradientColorRamp:
    """The colour ramp of all oxide maps."""
    last = len(VIRIDIS) - 1
    stops = [
        QgsGradientStop(index / last, QColor(colour))
        for index, colour in enumerate(VIRIDIS)
        if 0 < index < last
    ]
    return QgsGradientColorRamp(QColor(VIRIDIS[0]), QColor(VIRIDIS[-1]), False, stops)


def style_oxide(layer: QgsRasterLayer, band: int, oxide: Oxide) -> None:
    """Show one oxide in its fixed range, so that maps of different places can be compared."""
    low, high = oxide.display_min, oxide.display_max
    style_range(layer, band, low, high, UNIT)
    layer.setAbstract(f"{oxide.name} in {UNIT}, legend from {low:g} to {high:g}.")


def style_range(layer: QgsRasterLayer, band: int, low: float, high: float, unit: str) -> None:
    """Show one band in a fixed range with a continuous legend; `unit` may be empty."""
    shader_function = QgsColorRampShader(low, high, viridis_ramp())
    shader_function.setColorRampType(QgsColorRampShader.Type.Interpolated)
    steps = len(VIRIDIS) - 1
    values = [low + (high - low) * step / steps for step in range(steps + 1)]
    decimals = 1 if high - low > 5.0 else 3
    suffix = f" {unit}" if unit else ""
    shader_function.setColorRampItemList(
        [
            QgsColorRampShader.ColorRampItem(value, QColor(colour), f"{value:.{decimals}f}{suffix}")
            for value, colour in zip(values, VIRIDIS)
        ]
    )
    settings = QgsColorRampLegendNodeSettings()
    settings.setSuffix(suffix)
    shader_function.setLegendSettings(settings)
    set_renderer(layer, band, shader_function)


def style_quality(layer: QgsRasterLayer, band: int) -> None:
    """Show flagged pixels in the colour of their most serious flag; others are transparent."""
    shader_function = QgsColorRampShader(0, 2 * WIDE_INTERVAL.bit)
    shader_function.setColorRampType(QgsColorRampShader.Type.Discrete)
    items = [QgsColorRampShader.ColorRampItem(1, QColor(0, 0, 0, 0), tr("good"))]
    for flag, colour in FLAG_COLOURS:
        label = tr(flag.label)
        items.append(QgsColorRampShader.ColorRampItem(2 * flag.bit - 1, QColor(colour), label))
    shader_function.setColorRampItemList(items)
    set_renderer(layer, band, shader_function)
    layer.setAbstract(tr("Quality flags: bits that add up; the colour is that of the highest bit."))


def set_renderer(layer: QgsRasterLayer, band: int, function: QgsColorRampShader) -> None:
    """Show one band in the colours of a ramp."""
    shader = QgsRasterShader()
    shader.setRasterShaderFunction(function)
    renderer = QgsSingleBandPseudoColorRenderer(layer.dataProvider(), band, shader)
    renderer.setClassificationMin(function.minimumValue())
    renderer.setClassificationMax(function.maximumValue())
    layer.setRenderer(renderer)


def prediction_layers(layout: PredictionLayout) -> List[StyledLayer]:
    """The layers of a prediction, topmost first."""
    quality = partial(style_quality, band=layout.band(QUALITY))
    layers = [StyledLayer(tr("Quality flags"), quality, shown=True, main=False)]
    for place, oxide in enumerate(layout.oxides):
        style = partial(style_oxide, band=layout.band(oxide_band(oxide)), oxide=oxide)
        # One map is visible at a time, below the transparent quality layer.
        layers.append(StyledLayer(oxide_title(oxide), style, shown=place == 0))
    return layers


def oxide_title(oxide: Oxide) -> str:
    """Name of an oxide's layer, e.g. ``"TiO₂ (wt%)"``."""
    return f"{oxide.pretty} ({UNIT})"
