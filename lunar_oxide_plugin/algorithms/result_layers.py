"""What happens to results in a project: styled layers with legends, groups and units."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from functools import partial
from typing import Callable, Deque, List, Optional, Sequence, Tuple

from qgis.core import (
    QgsColorRampLegendNodeSettings,
    QgsColorRampShader,
    QgsGradientColorRamp,
    QgsGradientStop,
    QgsMapLayer,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingLayerPostProcessorInterface,
    QgsProject,
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
    QualityFlag,
)
from ..core.translation import tr

#: Viridis at ten even steps: perceptually uniform and safe for colour-blind readers
#: (van der Walt & Smith 2015, released under CC0).
VIRIDIS: Tuple[str, ...] = (
    "#440154", "#482878", "#3e4989", "#31688e", "#26828e",
    "#1f9e89", "#35b779", "#6ece58", "#b5de2b", "#fde725",
)  # fmt: skip

#: Fill of each flag; a pixel with several takes the colour of the gravest (highest bit).
FLAG_COLOURS: Tuple[Tuple[QualityFlag, str], ...] = (
    (SHADOW, "#332288"),
    (SATURATED, "#88ccee"),
    (OUTSIDE_DOMAIN, "#cc6677"),
    (OUTSIDE_RANGE, "#aa4499"),
    (IMPLAUSIBLE_SUM, "#ddcc77"),
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
    """Show one oxide in its fixed range, so that maps of different places compare."""
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
    """Show flagged pixels in the colour of their gravest flag; good ones are transparent."""
    shader_function = QgsColorRampShader(0, 2 * IMPLAUSIBLE_SUM.bit)
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


@dataclass(frozen=True)
class BandLayer:
    """A layer to make of one band of a prediction raster; `oxide` is None for quality."""

    band: int
    name: str
    oxide: Optional[Oxide]


def band_layers(layout: PredictionLayout) -> List[BandLayer]:
    """The layers of a prediction, topmost first."""
    quality = BandLayer(layout.band(QUALITY), tr("Quality flags"), None)
    oxides = [
        BandLayer(layout.band(oxide_band(oxide)), oxide_title(oxide), oxide)
        for oxide in layout.oxides
    ]
    return [quality, *oxides]


def oxide_title(oxide: Oxide) -> str:
    """Name of an oxide's layer, e.g. ``"TiO₂ (wt%)"``."""
    return f"{oxide.pretty} ({UNIT})"


class PredictionLayers(QgsProcessingLayerPostProcessorInterface):
    """Puts a prediction into the project: a group with one styled layer for each oxide.

    Parameters
    ----------
    path : str
        The prediction raster.
    layout : PredictionLayout
        Of its bands.
    model_title, raster_name : str
        They name the group.
    data_origin : str
        Put into the group's name when the source says its values are no plain observation.
    """

    def __init__(
        self,
        path: str,
        layout: PredictionLayout,
        model_title: str,
        raster_name: str,
        data_origin: str,
    ) -> None:
        super().__init__()
        self._path = path
        self._layout = layout
        origin = f" [{data_origin}]" if data_origin else ""
        self._group_name = f"{model_title} - {raster_name}{origin}"

    def postProcessLayer(  # noqa: N802 - QGIS's name
        self, layer: QgsMapLayer, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> None:
        """Turn the loaded layer into the group; it becomes the group's first oxide map."""
        if isinstance(layer, QgsRasterLayer):
            insert_group(
                context.project(), layer, self._path, self._group_name, _styled_bands(self._layout)
            )


@dataclass(frozen=True)
class StyledLayer:
    """A layer of a group: its name, how it is styled, and whether it is shown at first.

    The first one that is `main` is the layer that Processing loaded; its legend is unfolded.
    """

    name: str
    style: Callable[[QgsRasterLayer], None]
    shown: bool = False
    main: bool = True


def _styled_bands(layout: PredictionLayout) -> List[StyledLayer]:
    layers = []
    for place, spec in enumerate(band_layers(layout)):
        if spec.oxide is None:
            style = partial(style_quality, band=spec.band)
        else:
            style = partial(style_oxide, band=spec.band, oxide=spec.oxide)
        # One map can be seen at a time; the quality overlay lets it shine through.
        layers.append(StyledLayer(spec.name, style, place <= 1, spec.oxide is not None))
    return layers


def insert_group(
    project: Optional[QgsProject],
    layer: QgsRasterLayer,
    path: str,
    group_name: str,
    layers: Sequence[StyledLayer],
) -> None:
    """Replace a loaded raster layer by a group of styled layers of the same file."""
    if project is None:
        return
    go_to_the_moon(project, layer)
    root = project.layerTreeRoot()
    node = root.findLayer(layer.id())
    parent = root if node is None else node.parent()
    position = 0 if node is None else parent.children().index(node)
    group = parent.insertGroup(position, group_name)
    reusable: Optional[QgsRasterLayer] = layer
    for spec in layers:
        if spec.main and reusable is not None:
            band_layer, reusable = reusable, None
            band_layer.setName(spec.name)
        else:
            band_layer = QgsRasterLayer(path, spec.name, "gdal")
            band_layer.setCrs(layer.crs())
            if project.addMapLayer(band_layer, False) is None:
                continue
        spec.style(band_layer)
        tree_layer = group.addLayer(band_layer)
        tree_layer.setItemVisibilityChecked(spec.shown)
        tree_layer.setExpanded(band_layer is layer)
    if node is not None:
        parent.removeChildNode(node)


def go_to_the_moon(project: QgsProject, layer: QgsMapLayer) -> None:
    """Give a project on Earth the layer's lunar CRS, if nothing in it belongs to Earth.

    QGIS knows no transformation from Moon to Earth and would draw nothing.
    """
    others = [
        other
        for other in project.mapLayers().values()
        if other.crs().isValid() and other.crs().celestialBodyName() != "Moon"
    ]
    if (
        not others
        and layer.crs().isValid()
        and layer.crs().celestialBodyName() == "Moon"
        and project.crs().celestialBodyName() != "Moon"
    ):
        # With its ellipsoid: measured lengths would be those of the Earth otherwise.
        project.setCrs(layer.crs(), True)


#: Processing holds no Python reference to post-processors, and the algorithm is gone before
#: its results are loaded: without this, nothing would happen. Bounded, as results of headless
#: runs are never loaded.
_waiting: Deque[QgsProcessingLayerPostProcessorInterface] = deque(maxlen=256)


def load_on_completion(
    context: QgsProcessingContext,
    layer: str,
    post_processor: QgsProcessingLayerPostProcessorInterface,
) -> None:
    """Attach a post-processor of its own to an output that Processing will load."""
    if context.willLoadLayerOnCompletion(layer):
        context.layerToLoadOnCompletionDetails(layer).setPostProcessor(post_processor)
        _waiting.append(post_processor)
