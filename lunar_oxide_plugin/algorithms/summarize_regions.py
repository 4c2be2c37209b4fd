"""`lunaroxide:summarizeregions`: the composition of polygons, with errors and differences."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Callable, Dict, List, Optional, Sequence, Tuple

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFields,
    QgsGeometry,
    QgsProcessing,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterNumber,
    QgsRectangle,
    QgsWkbTypes,
)

from ..core.translation import tr
from .input_algorithms import RasterAlgorithm
from .provenance import run_facts
from .region_layers import (
    RegionSource,
    geometry_of,
    lunar_crs_or,
    multi_part,
    read_regions,
    region_features,
    region_fields,
    region_layer,
    style_regions,
)
from .result_groups import LayerLoader, load_on_completion, with_origin
from .run import Run

if TYPE_CHECKING:
    from ..core.polygons.shapes import RegionLayer

#: Divisions of the map where no polygons are given.
BUILT_IN = (
    "The whole raster",
    "South Pole-Aitken, and what lies outside",
    "Near side and far side",
)
#: Options for `Pixels`, in its order.
PIXELS = (
    "Good quality only",
    "Good quality, and spectra unlike the training",
    "All with a prediction",
)


class SummarizeRegions(RasterAlgorithm):
    """Computes statistics of regions."""

    NAME = "summarizeregions"
    DISPLAY_NAME = "Summarize regions"
    SUMMARY = (
        "Tells the composition of regions of a prediction: geologic units, craters, any polygons, "
        "or none (the whole raster, South Pole-Aitken, near and far side). For every oxide and "
        "derived quantity: mean with standard error, median, percentiles and spread, weighted by "
        "area on the sphere; pixels at borders count with the part that lies inside. Gives the "
        "polygons with fields, tables, and a report with box plots and the differences between "
        "regions with their significance. A mean of a million pixels is not a thousand times "
        "better than one: most of a prediction's error is common to all pixels, and the standard "
        "error honours this."
    )
    REGIONS = "REGIONS"
    NAME_FIELD = "NAME_FIELD"
    BUILT_IN = "BUILT_IN"
    PIXELS = "PIXELS"
    SHARED = "SHARED"
    OUTPUT = "OUTPUT"
    REPORT = "REPORT"
    TABLE = "TABLE"
    DIFFERENCES = "DIFFERENCES"
    N_REGIONS = "N_REGIONS"
    N_DIFFERENT = "N_DIFFERENT"
    HELP = {
        "INPUT": "A raster made by 'Predict oxides'; its bands are found by their descriptions.",
        REGIONS: (
            "Polygons in any lunar CRS; with several parts, holes, across the 180 degree meridian "
            "or around a pole. They may overlap, and may be smaller than a pixel."
        ),
        NAME_FIELD: (
            "Field with the names of regions, e.g. geologic units: polygons of one name form one "
            "region. Empty: each polygon is a region of its own."
        ),
        BUILT_IN: "Used where no polygons are given.",
        PIXELS: (
            "Which pixels count. The table and the report say how much of each region is left out."
        ),
        SHARED: (
            "How much of the common error of two regions cancels in their difference, in percent "
            "(the correlation of their errors). 0: nothing is known to cancel, because the model "
            "errs in both directions on ground that it has not seen. Two regions of one kind of "
            "soil share more; stations of one mission share 40 to 90 %."
        ),
        OUTPUT: (
            "The polygons with mean, standard error, median, spread and percentiles of each "
            "quantity."
        ),
        REPORT: "Self-contained HTML report.",
        TABLE: "All statistics as CSV, one row for each quantity of each region.",
        DIFFERENCES: (
            "Differences between all pairs of regions as CSV, with standard error and probability, "
            "adjusted for their number (Holm 1979)."
        ),
    }
    OUTPUT_HELP = {
        N_REGIONS: "Regions with values.",
        N_DIFFERENT: "Differences that are significant at 5 %, all of them tested together.",
        "Standard error": (
            "98 % of the variance of sigma at a new place (90 % near sampled geology) is common "
            "to all pixels of a region, the rest averages out: noise of spectra makes 7 to 28 % "
            "(25 to 76 %) of the squared errors of the shipped model where missions (stations) are "
            "left out, and less than the least of it is taken."
        ),
    }

    def __init__(self) -> None:
        super().__init__()
        self._regions: Optional[RegionSource] = None
        self._extent = QgsRectangle()
        self._crs = QgsCoordinateReferenceSystem()

    def declare(self) -> None:
        """Declare parameters and outputs."""
        self.add_input("Predicted oxides")
        polygons = [QgsProcessing.SourceType.TypeVectorPolygon]
        self.add(
            QgsProcessingParameterFeatureSource(
                self.REGIONS, self.tr("Regions"), polygons, optional=True
            )
        )
        self.add(
            QgsProcessingParameterField(
                self.NAME_FIELD,
                self.tr("Names of regions"),
                parentLayerParameterName=self.REGIONS,
                optional=True,
            )
        )
        self._add_choice(self.BUILT_IN, "Without polygons", BUILT_IN)
        self._add_choice(self.PIXELS, "Pixels", PIXELS)
        self.add(
            QgsProcessingParameterNumber(
                self.SHARED,
                self.tr("Shared error of two regions (%)"),
                QgsProcessingParameterNumber.Type.Double,
                defaultValue=0.0,
                minValue=0.0,
                maxValue=100.0,
            ),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterFeatureSink(
                self.OUTPUT,
                self.tr("Regions with statistics"),
                QgsProcessing.SourceType.TypeVectorPolygon,
            )
        )
        self.add_files(
            (self.REPORT, "Report", "HTML files (*.html)"),
            (self.TABLE, "Table of statistics", "CSV files (*.csv)"),
            (self.DIFFERENCES, "Table of differences", "CSV files (*.csv)"),
        )
        self.add_numbers((self.N_REGIONS, "Regions"), (self.N_DIFFERENT, "Significant differences"))

    def _add_choice(self, name: str, text: str, options: Sequence[str]) -> None:
        self.add(
            QgsProcessingParameterEnum(
                name, self.tr(text), options=[self.tr(each) for each in options], defaultValue=0
            )
        )

    def prepare(self, run: Run) -> None:
        """Read the polygons and the raster's extent, on the thread that owns their layers."""
        super().prepare(run)
        layer = run.raster(self.INPUT)
        self._extent, self._crs = layer.extent(), layer.crs()
        source = run.optional_features(self.REGIONS)
        if source is not None:
            names = run.fields(self.NAME_FIELD)
            self._regions = read_regions(source, names[0] if names else "")

    def execute(self, run: Run) -> Dict[str, Any]:
        """Compute, and write polygons, tables and report."""
        from ..core.regions.region_files import write_differences, write_statistics
        from ..core.regions.summarize import Pixels, SummaryRequest, summarize
        from ..core.reports.regions_report import write_regions_report

        layer, geometries, crs = self._layer(run)
        request = SummaryRequest(
            self._source,
            layer,
            list(Pixels)[run.choice(self.PIXELS)],
            run.number(self.SHARED) / 100.0,
        )
        summary = summarize(request, run.progress)
        summary = replace(summary, facts={**summary.facts, **run_facts(run)})
        for warning in summary.warnings:
            run.progress.warn(warning)
        writers: Dict[str, Callable[..., None]] = {
            self.REPORT: write_regions_report,
            self.TABLE: write_statistics,
            self.DIFFERENCES: write_differences,
        }
        outputs = run.write_files(summary, writers)
        source = self._regions
        own = QgsFields() if source is None else source.fields
        attributes: List[List[Any]] = (
            [[] for _ in geometries] if source is None else source.attributes
        )
        layer_fields = region_fields(summary.quantities, own)
        features = region_features(summary.regions, geometries, attributes, layer_fields)
        kind = QgsWkbTypes.Type.MultiPolygon
        outputs[self.OUTPUT] = run.write_features(self.OUTPUT, layer_fields, features, kind, crs)
        name = with_origin(
            f"Regions - {self._raster_name}", summary.facts.get("Origin of the data", "")
        )
        loader = LayerLoader(outputs[self.OUTPUT], name, style_regions)
        load_on_completion(run.context, outputs[self.OUTPUT], loader)
        outputs[self.N_REGIONS] = sum(region.pixels > 0 for region in summary.regions)
        outputs[self.N_DIFFERENT] = sum(item.is_significant for item in summary.differences)
        run.info(
            tr(
                "{n} regions summarised; {different} of {tested} differences are significant."
            ).format(
                n=outputs[self.N_REGIONS],
                different=outputs[self.N_DIFFERENT],
                tested=len(summary.differences),
            )
        )
        return outputs

    def _layer(
        self, run: Run
    ) -> Tuple[RegionLayer, List[QgsGeometry], QgsCoordinateReferenceSystem]:
        """The regions for core, their geometries for the output, and the CRS of both."""
        source = self._regions
        if source is None:
            return self._built_in(run.choice(self.BUILT_IN))
        return region_layer(source, run), source.geometries, source.crs

    def _built_in(
        self, chosen: int
    ) -> Tuple[RegionLayer, List[QgsGeometry], QgsCoordinateReferenceSystem]:
        from ..core.moon.terranes import FAR_SIDE, NEAR_SIDE, SOUTH_POLE_AITKEN, WHOLE_MOON
        from ..core.regions.built_in import BuiltIn, built_in_regions

        division = list(BuiltIn)[chosen]
        layer = built_in_regions(division)
        if division is BuiltIn.WHOLE:
            geometry = multi_part(QgsGeometry.fromRect(self._extent))
            return layer, [geometry], lunar_crs_or(self._crs)
        crs = lunar_crs_or(QgsCoordinateReferenceSystem())
        if division is BuiltIn.SOUTH_POLE_AITKEN:
            inner = geometry_of(SOUTH_POLE_AITKEN.polygons)
            outer = multi_part(geometry_of(WHOLE_MOON.polygons).difference(inner))
            return layer, [inner, outer], crs
        return layer, [geometry_of(side.polygons) for side in (NEAR_SIDE, FAR_SIDE)], crs
