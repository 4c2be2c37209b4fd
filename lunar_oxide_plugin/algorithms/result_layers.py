"""Styles of results: fixed ranges, legends with units, colours of quality flags."""

from __future__ import annotations

from functools import partial
from typing import List, Mapping, Optional, Tuple

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

from ..core.chemistry.layout import QUALITY, PredictionLayout, SigmaKind, oxide_band
from ..core.chemistry.new_place import Skills, interval_meaning, skill_words, weakened_by
from ..core.chemistry.oxides import UNIT, Oxide
from ..core.prediction.style_file import VIRIDIS
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
from .layer_metadata import summarise
from .result_groups import StyledLayer

#: Colour of each flag; a pixel with several has the colour of the most serious (highest bit). A
#: wide interval comes last and is a veil: it is no fault of the pixel, and the map stays visible.
FLAG_COLOURS: Tuple[Tuple[QualityFlag, str], ...] = (
    (SHADOW, "#332288"),
    (SATURATED, "#88ccee"),
    (OUTSIDE_DOMAIN, "#cc6677"),
    (OUTSIDE_RANGE, "#aa4499"),
    (IMPLAUSIBLE_SUM, "#ddcc77"),
)

#: Colour of a wide interval, and how opaque it is (0 to 255).
WIDE_COLOUR = "#bbbbbb"
WIDE_ALPHA = 150

#: Nine steps from blue over white to red (ColorBrewer's RdBu, Apache licence), which readers with
#: any colour vision can distinguish.
BLUE_WHITE_RED = (
    "#2166ac", "#4393c3", "#92c5de", "#d1e5f0", "#f7f7f7", "#fddbc7", "#f4a582", "#d6604d",
    "#b2182b",
)  # fmt: skip


def viridis_ramp() -> QgsGradientColorRamp:
    """The colour ramp of all oxide maps."""
    last = len(VIRIDIS) - 1
    stops = [
        QgsGradientStop(index / last, QColor(colour))
        for index, colour in enumerate(VIRIDIS)
        if 0 < index < last
    ]
    return QgsGradientColorRamp(QColor(VIRIDIS[0]), QColor(VIRIDIS[-1]), False, stops)


def style_oxide(layer: QgsRasterLayer, band: int, oxide: Oxide, about: str = "") -> None:
    """Show one oxide in its fixed range, so that maps of different places can be compared."""
    low, high = oxide.display_min, oxide.display_max
    style_range(layer, band, low, high, UNIT)
    text = f"{oxide.name} in {UNIT}, legend from {low:g} to {high:g}."
    summarise(layer, f"{text} {about}".rstrip())


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
    last = WIDE_INTERVAL.bit
    shader_function = QgsColorRampShader(0, 2 * last)
    shader_function.setColorRampType(QgsColorRampShader.Type.Discrete)
    items = [QgsColorRampShader.ColorRampItem(1, QColor(0, 0, 0, 0), tr("good"))]
    for beside in (0, last):  # without and with the bit that never hides another
        if beside:
            veil = QColor(WIDE_COLOUR)
            veil.setAlpha(WIDE_ALPHA)
            items.append(QgsColorRampShader.ColorRampItem(last + 1, veil, tr(WIDE_INTERVAL.label)))
        for flag, colour in FLAG_COLOURS:
            value = beside + 2 * flag.bit - 1
            items.append(QgsColorRampShader.ColorRampItem(value, QColor(colour), tr(flag.label)))
    shader_function.setColorRampItemList(items)
    set_renderer(layer, band, shader_function)
    summarise(
        layer,
        tr(
            "Quality flags: bits that add up; the colour is that of the most serious. "
            "'{wide}': {meaning}. '{unlike}': {unlike_meaning}."
        ).format(
            wide=tr(WIDE_INTERVAL.label),
            meaning=tr(WIDE_INTERVAL.meaning),
            unlike=tr(OUTSIDE_DOMAIN.label),
            unlike_meaning=tr(OUTSIDE_DOMAIN.meaning),
        ),
    )


#: Legend entries of the quality layer: good, and each flag once. Further items repeat the flags
#: for pixels that have a wide interval too.
QUALITY_ENTRIES = 2 + len(FLAG_COLOURS)


def set_renderer(layer: QgsRasterLayer, band: int, function: QgsColorRampShader) -> None:
    """Show one band in the colours of a ramp."""
    shader = QgsRasterShader()
    shader.setRasterShaderFunction(function)
    renderer = QgsSingleBandPseudoColorRenderer(layer.dataProvider(), band, shader)
    renderer.setClassificationMin(function.minimumValue())
    renderer.setClassificationMax(function.maximumValue())
    layer.setRenderer(renderer)


def prediction_layers(layout: PredictionLayout, skills: Skills) -> List[StyledLayer]:
    """The layers of a prediction, topmost first."""
    bands = {oxide: layout.band(oxide_band(oxide)) for oxide in layout.oxides}
    quality = layout.band(QUALITY) if layout.has_quality else None
    return band_layers(bands, quality, layout.sigma_kind, skills)


def band_layers(
    oxides: Mapping[Oxide, int],
    quality: Optional[int],
    kind: Optional[SigmaKind],
    skills: Skills,
) -> List[StyledLayer]:
    """The layers of a prediction raster's bands, topmost first.

    One map is visible at a time, below the transparent quality layer: the first oxide that tells
    something at a new place.
    """
    layers = []
    if quality is not None:
        flags = partial(style_quality, band=quality)
        layers.append(
            StyledLayer(
                tr("Quality flags"), flags, shown=True, main=False, legend_entries=QUALITY_ENTRIES
            )
        )
    little = weakened_by([oxide.name for oxide in oxides], skills)
    telling = [oxide for oxide in oxides if oxide.name not in little] or list(oxides)
    for oxide, band in oxides.items():
        about = f"{interval_meaning(kind)} {skill_words(oxide, skills)}".lstrip()
        style = partial(style_oxide, band=band, oxide=oxide, about=about)
        name = oxide_title(oxide, kind, skills)
        layers.append(StyledLayer(name, style, shown=oxide == telling[0]))
    return layers


def oxide_title(oxide: Oxide, kind: Optional[SigmaKind], skills: Skills) -> str:
    """Name of an oxide's layer, which says what the map tells at a new place.

    E.g. ``"FeO (wt%), ±2.8 at a new place"``; `kind` is that of the map's sigma.
    """
    name = f"{oxide.pretty} ({UNIT})"
    skill = skills.get(oxide.name)
    if skill is None:
        if kind is None:
            return tr("{name}, uncertainty not known").format(name=name)
        return tr("{name}, uncertainty at a new place not known").format(name=name)
    text = (
        tr("{name}, tells little at a new place (\u00b1{width:.1f})")
        if skill.tells_little
        else tr("{name}, \u00b1{width:.1f} at a new place")
    )
    return text.format(name=name, width=skill.half_width_wt)
