"""`lunaroxide:liveoxides`: a layer of oxides that is computed for what the map shows."""

from __future__ import annotations

from typing import Any, Dict, Optional

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingException,
    QgsProcessingOutputString,
    QgsRasterLayer,
)

from ..core.chemistry.layout import FULL
from ..core.live.settings import LiveStyle
from ..core.live.shown import FIRST, choices
from ..core.translation import tr
from .choice_parameter import choice_parameter
from .input_algorithms import ReflectanceAlgorithm
from .live_layers import live_map, new_live_layer
from .model_algorithm import ModelAlgorithm
from .run import Run


class LiveOxides(ReflectanceAlgorithm, ModelAlgorithm):
    """Adds a live map to the project."""

    NAME = "liveoxides"
    GROUP = "Map"
    DISPLAY_NAME = "Live oxides"
    SUMMARY = (
        "Adds a layer that shows oxides of a reflectance raster wherever one looks, without a run "
        "and without a file: what the map shows is read and predicted in the background, first "
        "coarse, then sharp. At full resolution its numbers are those of 'Predict oxides'. Where "
        "the map shows many pixels in one, spectra come from the raster's overviews, or single "
        "pixels are read; the legend says which. Needs a project, so a window of QGIS."
    )
    SHOWN = "SHOWN"
    LAYER = "LAYER"
    HELP = {
        "INPUT": (
            "Reflectance raster: an MI_MAP tile, a mosaic of any size, or any raster with "
            "wavelengths in its metadata or band names, as in 'Predict oxides'."
        ),
        **ModelAlgorithm.MODEL_HELP,
        "BANDS": (
            "Raster band numbers in the model's order. Leave empty to find them by wavelength or "
            "name."
        ),
        **ReflectanceAlgorithm.REFLECTANCE_HELP,
        SHOWN: (
            "What the layer shows at first: an oxide, its sigma, the domain distance, quality "
            "flags, or a quantity derived from the oxides. The panel 'Live' changes it."
        ),
    }
    OUTPUT_HELP = {LAYER: "Identifier of the layer in the project."}

    def __init__(self) -> None:
        super().__init__()
        self._raster_layer: Optional[QgsRasterLayer] = None

    def flags(self) -> Any:
        """Run on the thread that owns the project's layers."""
        return super().flags() | QgsProcessingAlgorithm.Flag.FlagNoThreading

    def declare(self) -> None:
        """Declare parameters and outputs."""
        self.add_input("Reflectance raster")
        self.add_model_parameters()
        self.add_bands("Bands, in the model's order")
        self.add_scale_and_offset()
        offered = choices(FULL)
        self.add(
            choice_parameter(
                self.SHOWN,
                self.tr("Shown"),
                [shown.key for shown in offered],
                FIRST,
                [tr(shown.title) for shown in offered],
            )
        )
        if not self.addOutput(QgsProcessingOutputString(self.LAYER, self.tr("Layer"))):
            raise RuntimeError("the output LAYER is declared twice")

    def prepare(self, run: Run) -> None:
        """Take the raster's layer, on the thread that owns it."""
        super().prepare(run)
        self._raster_layer = run.raster(self.INPUT)

    def execute(self, run: Run) -> Dict[str, Any]:
        """Add the layer to the project."""
        project = run.context.project()
        if project is None or self._raster_layer is None:
            raise QgsProcessingException(
                tr(
                    "A live map needs a project to lie in, and there is none: open QGIS's window, "
                    "or run 'Predict oxides'."
                )
            )
        layer = new_live_layer(
            self._raster_layer,
            live_map(self._source, str(self.model_for(self._source, run))),
            LiveStyle(shown=run.word(self.SHOWN)),
        )
        if project.addMapLayer(layer) is None:
            raise QgsProcessingException(tr("QGIS refused the layer: see its log."))
        return {self.LAYER: layer.id()}
