"""`lunaroxide:comparerasters`: a prediction against another map of the same oxide or element."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Callable, Dict, List, Tuple

from qgis.core import (
    QgsColorRampLegendNodeSettings,
    QgsColorRampShader,
    QgsProcessingOutputNumber,
    QgsProcessingParameterEnum,
    QgsProcessingParameterRasterDestination,
    QgsProcessingParameterRasterLayer,
    QgsRasterLayer,
)
from qgis.PyQt.QtGui import QColor

from ..core.chemistry.oxides import OXIDE_NAMES, OXIDES, UNIT, Oxide
from ..core.chemistry.rock_classes import MARE_FEO_WT
from ..core.errors import LunarOxideError
from ..core.rasters.raster_input import RasterInput
from ..core.translation import tr
from .layer_metadata import summarise
from .oxide_map_parameters import OxideMapAlgorithm, chosen_quantity
from .provenance import run_facts
from .raster_layer import raster_input
from .result_groups import (
    GroupLoader,
    StyledLayer,
    layer_file,
    load_on_completion,
    shown_name,
    with_origin,
)
from .result_layers import BLUE_WHITE_RED, set_renderer, style_oxide
from .run import Run

#: The difference has its full colour where 95 % of the area ends, and at least at this (wt%).
MOST_OF_IT = (0.025, 0.975)
LEAST_REACH_WT = 0.05


class CompareRasters(OxideMapAlgorithm):
    """Compares two maps of one oxide on the coarser one's grid."""

    NAME = "comparerasters"
    GROUP = "Check"
    DISPLAY_NAME = "Compare rasters"
    SUMMARY = (
        "Compares predicted oxides with another map of the same oxide or its element: another "
        "model's, Lunar Prospector's, a published GeoTIFF. The finer map is averaged by area over "
        "the cells of the coarser one. Gives the difference as a raster, and a report with "
        "metrics, density plot and bias by latitude and by terrane. Units, scale, nodata, CRS and "
        "longitudes 0..360 or -180..180 may differ."
    )
    PREDICTION = "PREDICTION"
    OXIDE = "OXIDE"
    PREDICTION_BAND = "PREDICTION_BAND"
    PREDICTION_QUANTITY = "PREDICTION_QUANTITY"
    REFERENCE = "REFERENCE"
    REFERENCE_BAND = "REFERENCE_BAND"
    REFERENCE_QUANTITY = "REFERENCE_QUANTITY"
    REFERENCE_SCALE = "REFERENCE_SCALE"
    MIN_COVERAGE = "MIN_COVERAGE"
    MARE_FEO = "MARE_FEO"
    OUTPUT = "OUTPUT"
    REPORT = "REPORT"
    TABLE = "TABLE"
    JSON = "JSON"
    N_CELLS = "N_CELLS"
    HELP = {
        PREDICTION: "A raster made by 'Predict oxides', or any other map of the oxide.",
        OXIDE: "The oxide to compare.",
        PREDICTION_BAND: "Its band; leave empty to find it by its description.",
        PREDICTION_QUANTITY: "What the prediction's numbers are.",
        REFERENCE: "The map to compare with. Its grid is used if it is the coarser one.",
        REFERENCE_BAND: "Its band; leave empty to find it by its description.",
        REFERENCE_QUANTITY: (
            "What the reference's numbers are. Elements are converted by molar mass (Fe x 1.2865 = "
            "FeO). Nothing is guessed: a band that does not say is refused until you do."
        ),
        REFERENCE_SCALE: "Multiplies the reference's numbers, after the band's own scale.",
        MIN_COVERAGE: (
            "Share of a cell that the finer map must cover with valid pixels, in percent; other "
            "cells are left out."
        ),
        MARE_FEO: (
            "FeO in wt% from which on ground outside South Pole-Aitken counts as mare in the "
            "report: a criterion of composition, halfway between the averages of highlands (6) "
            "and maria (16) of Bhatt et al. (2015)."
        ),
        OUTPUT: (
            "GeoTIFF on the coarser grid: difference (prediction minus reference), prediction, "
            "reference, all in wt% of the oxide."
        ),
        REPORT: "Self-contained HTML report.",
        TABLE: "The metrics of all parts as CSV.",
        JSON: "The same as JSON; docs/report_schema.md describes both.",
    }
    OUTPUT_HELP = {
        N_CELLS: "Cells compared.",
        "BIAS, RMSE, MAE, PEARSON_R, CONCORDANCE": (
            "Over all cells, weighted by area; wt% but for the last two."
        ),
    }
    MEASURES = ("bias", "rmse", "mae", "pearson_r", "concordance")

    def __init__(self) -> None:
        super().__init__()
        self._prediction = RasterInput("")
        self._reference = RasterInput("")
        self._names = ("", "")

    def declare(self) -> None:
        """Declare parameters and outputs."""
        self.add(QgsProcessingParameterRasterLayer(self.PREDICTION, self.tr("Prediction")))
        self.add(
            QgsProcessingParameterEnum(
                self.OXIDE, self.tr("Oxide"), options=list(OXIDE_NAMES), defaultValue=1
            )
        )
        self.add(QgsProcessingParameterRasterLayer(self.REFERENCE, self.tr("Reference map")))
        self.add_quantity(self.REFERENCE_QUANTITY, "Numbers of the reference", advanced=False)
        self.add_map_band(self.REFERENCE_BAND, "Band of the reference", self.REFERENCE)
        self.add_limit(self.REFERENCE_SCALE, "Scale of the reference", 1.0)
        self.add_map_band(self.PREDICTION_BAND, "Band of the prediction", self.PREDICTION)
        self.add_quantity(self.PREDICTION_QUANTITY, "Numbers of the prediction", advanced=True)
        self.add_limit(self.MIN_COVERAGE, "Least coverage of a cell (%)", 50.0, 0.1, 100.0)
        self.add_limit(self.MARE_FEO, "Least FeO of maria (wt%)", MARE_FEO_WT, 0.0, 100.0)
        self.add(QgsProcessingParameterRasterDestination(self.OUTPUT, self.tr("Difference")))
        self.add_files(
            (self.REPORT, "Report", "HTML files (*.html)"),
            (self.TABLE, "Table of metrics", "CSV files (*.csv)"),
            (self.JSON, "JSON document", "JSON files (*.json)"),
        )
        self.add_numbers((self.N_CELLS, "Cells"))
        for measure in self.MEASURES:
            self.addOutput(QgsProcessingOutputNumber(measure.upper(), measure))

    def prepare(self, run: Run) -> None:
        """Read the rasters' paths, on the thread that owns their layers."""
        layers = [run.raster(name) for name in (self.PREDICTION, self.REFERENCE)]
        self._prediction, self._reference = (raster_input(layer) for layer in layers)
        self._names = _told_apart(*layers)

    def execute(self, run: Run) -> Dict[str, Any]:
        """Compare, write raster and files, and load the raster as styled layers."""
        from ..core.compare.comparison_files import write_comparison_json, write_parts
        from ..core.compare.map_comparison import ComparisonRequest, MapSource, compare_maps
        from ..core.reports.comparison_report import write_comparison_report

        oxide = OXIDES[run.choice(self.OXIDE)]
        output = run.output(self.OUTPUT)

        def source(raster: RasterInput, band: str, quantity: str, scale: float) -> MapSource:
            meaning = chosen_quantity(run, quantity, oxide)
            return MapSource(raster, run.whole(band) or None, meaning, scale)

        request = ComparisonRequest(
            oxide=oxide,
            prediction=source(
                self._prediction, self.PREDICTION_BAND, self.PREDICTION_QUANTITY, 1.0
            ),
            reference=source(
                self._reference,
                self.REFERENCE_BAND,
                self.REFERENCE_QUANTITY,
                run.number(self.REFERENCE_SCALE),
            ),
            output=output,
            min_coverage=run.number(self.MIN_COVERAGE) / 100.0,
            mare_feo_wt=run.number(self.MARE_FEO),
        )
        result = compare_maps(request, run.progress)
        facts = {**result.facts, **run_facts(run)}
        result = replace(result, facts=facts)
        try:
            writers: Dict[str, Callable[..., None]] = {
                self.REPORT: lambda done, path: write_comparison_report(done, output, path),
                self.TABLE: write_parts,
                self.JSON: write_comparison_json,
            }
            outputs = {self.OUTPUT: output, **run.write_files(result, writers)}
        except LunarOxideError:
            Path(output).unlink(missing_ok=True)
            raise
        low, high = (result.sums.difference_quantile(share) for share in MOST_OF_IT)
        for warning in result.warnings:
            run.warn(warning)
        metrics = result.groups[0].metrics
        run.info(
            tr(
                "{n} cells of about {cell_km:.3g} km compared, {cells_skipped} left out "
                "for too little coverage: bias {bias:+.2f}, RMSE {rmse:.2f} {unit}."
            ).format(
                n=metrics.n,
                cell_km=result.cell_km,
                cells_skipped=result.cells_skipped,
                bias=metrics.bias,
                rmse=metrics.rmse,
                unit=UNIT,
            )
        )
        name = f"{oxide.pretty}: {self._names[0]} minus {self._names[1]}"
        name = with_origin(name, result.facts.get("Origin of the data", ""))
        reach = max(abs(low), abs(high), LEAST_REACH_WT)
        load_on_completion(
            run.context, output, GroupLoader(output, name, difference_layers(oxide, reach))
        )
        outputs[self.N_CELLS] = metrics.n
        for measure in self.MEASURES:
            outputs[measure.upper()] = getattr(metrics, measure)
        return outputs


def _told_apart(prediction: QgsRasterLayer, reference: QgsRasterLayer) -> Tuple[str, str]:
    """Names of the two maps, with their files' names if they would be equal."""
    first, second = shown_name(prediction), shown_name(reference)
    if first == second:
        first += f" ({Path(layer_file(prediction)).name})"
        second += f" ({Path(layer_file(reference)).name})"
    return first, second


def difference_layers(oxide: Oxide, reach_wt: float) -> List[StyledLayer]:
    """The difference, then both maps in the oxide's fixed range."""
    return [
        StyledLayer(
            f"{oxide.pretty} difference ({UNIT})",
            partial(style_difference, band=1, reach_wt=reach_wt),
            shown=True,
        ),
        *(
            StyledLayer(
                f"{oxide.pretty} {what} ({UNIT})", partial(style_oxide, band=band, oxide=oxide)
            )
            for band, what in ((2, "prediction"), (3, "reference"))
        ),
    ]


def style_difference(layer: QgsRasterLayer, band: int, reach_wt: float) -> None:
    """Show a difference from blue (lower) over white (equal) to red (higher), symmetrically."""
    function = QgsColorRampShader(-reach_wt, reach_wt)
    function.setColorRampType(QgsColorRampShader.Type.Interpolated)
    last = len(BLUE_WHITE_RED) - 1
    function.setColorRampItemList(
        [
            QgsColorRampShader.ColorRampItem(value, QColor(colour), f"{value:+.2f} {UNIT}")
            for value, colour in (
                (reach_wt * (2.0 * step / last - 1.0), colour)
                for step, colour in enumerate(BLUE_WHITE_RED)
            )
        ]
    )
    settings = QgsColorRampLegendNodeSettings()
    settings.setSuffix(f" {UNIT}")
    function.setLegendSettings(settings)
    set_renderer(layer, band, function)
    summarise(
        layer,
        f"Prediction minus reference in {UNIT}; full colour at {reach_wt:.2f} {UNIT}, which 95 % "
        "of the area stays below.",
    )
