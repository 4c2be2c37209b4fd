"""Bases of algorithms with common parameters, which are declared, described and read here."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Dict, Optional, Tuple

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingParameterBand,
    QgsProcessingParameterExtent,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
)

from ..core.products.sensor_parameters import Composite
from ..core.rasters.raster_input import RasterInput
from ..core.rasters.sensors.known import sensors_with_formulas
from ..core.translation import tr
from .base import LunarOxideAlgorithm
from .default_layers import first_raster
from .extent_parameter import Bounds, read_extent
from .ground_truth import LayerRows, read_layer
from .layer_metadata import raster_tags
from .open_prediction import is_prediction
from .raster_layer import raster_input
from .result_groups import shown_name
from .run import Run

if TYPE_CHECKING:
    from ..core.products.spectral_raster import SpectralSummary


class RasterAlgorithm(LunarOxideAlgorithm):
    """An algorithm that reads a raster, INPUT."""

    INPUT = "INPUT"
    #: Whether the raster is a prediction; else it is reflectance.
    READS_PREDICTION = True

    def __init__(self) -> None:
        super().__init__()
        self._source = RasterInput("")
        self._raster_name = ""

    def add_input(self, label: str) -> None:
        """Declare the raster."""
        parameter = QgsProcessingParameterRasterLayer(self.INPUT, self.tr(label))
        first = first_raster(self.READS_PREDICTION)
        if first is not None:
            parameter.setGuiDefaultValueOverride(first)
        self.add(parameter)

    def prepare(self, run: Run) -> None:
        """Read the raster's description and name from the layer."""
        super().prepare(run)
        layer = run.raster(self.INPUT)
        self._source = raster_input(layer)
        self._raster_name = shown_name(layer)


class ReflectanceAlgorithm(RasterAlgorithm):
    """An algorithm that reads reflectance from INPUT, with BANDS, SCALE and OFFSET.

    Subclasses put `REFLECTANCE_HELP` into their `HELP`.
    """

    READS_PREDICTION = False
    BANDS = "BANDS"
    SCALE = "SCALE"
    OFFSET = "OFFSET"
    REFLECTANCE_HELP = {
        SCALE: (
            "Reflectance for one step of the raster's numbers, replacing the bands' own scale "
            "({scales}). Leave empty to use what the file says."
        ),
        OFFSET: "Reflectance where the raster's number is zero, replacing the bands' own offset.",
    }

    def checkParameterValues(  # noqa: N802 - QGIS's name
        self, parameters: Dict[str, Any], context: QgsProcessingContext
    ) -> Tuple[bool, str]:
        """Refuse a prediction, which has no reflectance."""
        accepted: Tuple[bool, str] = super().checkParameterValues(parameters, context)
        layer = self.parameterAsRasterLayer(parameters, self.INPUT, context)
        if accepted[0] and layer is not None and is_prediction(layer):
            made_from = raster_tags(layer).get("SOURCE_RASTER", "")
            text = tr("{layer} is a prediction, not reflectance: choose a reflectance raster.")
            if made_from:
                text = tr(
                    "{layer} is a prediction, not reflectance: choose the reflectance raster that "
                    "it was made from ({raster})."
                )
            return False, text.format(layer=layer.name(), raster=made_from)
        return accepted

    def add_bands(self, label: str) -> None:
        """Declare the choice of bands."""
        self.add(
            QgsProcessingParameterBand(
                self.BANDS,
                self.tr(label),
                parentLayerParameterName=self.INPUT,
                optional=True,
                allowMultiple=True,
            )
        )

    def add_scale_and_offset(self) -> None:
        """Declare the conversion of numbers to reflectance."""
        for name, label in ((self.SCALE, "Reflectance scale"), (self.OFFSET, "Reflectance offset")):
            self.add(
                QgsProcessingParameterNumber(
                    name, self.tr(label), QgsProcessingParameterNumber.Type.Double, optional=True
                ),
                advanced=True,
            )

    def prepare(self, run: Run) -> None:
        """Read the raster's layer, bands, scale and offset."""
        super().prepare(run)
        self._source = replace(
            self._source,
            bands=run.bands(self.BANDS) or None,
            scale=run.optional(self.SCALE),
            offset=run.optional(self.OFFSET),
        )


class FormulaAlgorithm(ReflectanceAlgorithm):
    """An algorithm that computes formulas on EXTENT of a reflectance raster, by its SENSOR.

    Subclasses put `EXTENT_HELP` into their `HELP`.
    """

    SENSOR = "SENSOR"
    EXTENT = "EXTENT"
    EXTENT_HELP = {
        EXTENT: (
            "Part of the raster to map, in any lunar CRS and any turn of longitude; across 180 "
            "degrees write 178,185,-1,1 or 178,-175,-1,1. Leave empty for all of it."
        ),
    }

    def __init__(self) -> None:
        super().__init__()
        self._extent: Optional[Bounds] = None
        self._extent_wkt = ""

    def add_extent(self) -> None:
        """Declare the part to map."""
        self.add(QgsProcessingParameterExtent(self.EXTENT, self.tr("Extent"), optional=True))

    def prepare(self, run: Run) -> None:
        """Read the extent too."""
        super().prepare(run)
        self._extent, self._extent_wkt = read_extent(self, run.parameters, self.EXTENT, run.context)

    def compute(
        self, run: Run, output: str, composite: Optional[Composite] = None
    ) -> SpectralSummary:
        """Write the parameters of the chosen sensor, or those of a composite."""
        from ..core.products.spectral_raster import SpectralRequest, write_spectral_parameters

        request = SpectralRequest(
            raster=self._source,
            output=output,
            sensor=(None, *sensors_with_formulas())[run.choice(self.SENSOR)],
            composite=composite,
            extent=self._extent,
            extent_wkt=self._extent_wkt,
        )
        return write_spectral_parameters(request, run.progress)


class SitesAlgorithm(LunarOxideAlgorithm):
    """An algorithm with measured sites; subclasses put `COLUMNS_HELP` into their `HELP`."""

    SITES = "SITES"
    COLUMNS = "COLUMNS"
    WINDOW = "WINDOW"
    COLUMNS_HELP = {
        COLUMNS: (
            "Only where column names do not tell, or two could be the same: what a column holds = "
            "its name, separated by semicolons, e.g. FeO=iron oxide; Ti (ppm)=XRF titanium."
        ),
    }

    def __init__(self) -> None:
        super().__init__()
        self._layer: Optional[LayerRows] = None

    def add_sites(self, sites: str, columns: str) -> None:
        """Declare the sites, the meaning of their columns, and the window around each."""
        self.add(
            QgsProcessingParameterFeatureSource(
                self.SITES,
                self.tr(sites),
                [QgsProcessing.SourceType.TypeVector],
                optional=True,
            )
        )
        self.add(
            QgsProcessingParameterString(self.COLUMNS, self.tr(columns), optional=True),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterNumber(
                self.WINDOW,
                self.tr("Window (pixels, odd)"),
                QgsProcessingParameterNumber.Type.Integer,
                defaultValue=3,
                minValue=1,
                maxValue=101,
            )
        )

    def prepare(self, run: Run) -> None:
        """Read all rows of the layer of sites."""
        super().prepare(run)
        source = run.optional_features(self.SITES)
        if source is not None:
            layer = self.parameterAsVectorLayer(run.parameters, self.SITES, run.context)
            self._layer = read_layer(source, layer)
