"""`lunaroxide:checkpredictions`: predictions against measured oxides at sample sites."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any, Callable, Dict, List, Optional, Tuple

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterRasterLayer,
)

from ..core.check.check_layer import check_features
from ..core.check.site_check import CheckResult
from ..core.chemistry.oxides import OXIDES
from ..core.rasters.raster_input import RasterInput
from ..core.sites.in_situ_sites import load_in_situ_sites
from ..core.sites.sample_sites import load_sites
from ..core.sites.site_columns import GroundTruth
from ..core.sites.training_stations import Seen
from ..core.translation import tr, tr_message
from .check_layer import style_check
from .ground_truth import ground_truth_of
from .input_algorithms import RasterAlgorithm, SitesAlgorithm
from .oxide_map_parameters import OxideMapAlgorithm, chosen_quantity
from .provenance import run_facts
from .raster_layer import raster_input
from .result_groups import LayerLoader, load_on_completion
from .run import Run


class CheckPredictions(RasterAlgorithm, SitesAlgorithm, OxideMapAlgorithm):
    """Compares a prediction raster with soil measured in the laboratory."""

    NAME = "checkpredictions"
    GROUP = "Check"
    DISPLAY_NAME = "Check predictions"
    SUMMARY = (
        "Compares predicted oxides with those measured at sample sites: points with residuals, a "
        "report with plots and metrics, and a table. For each site it says whether the model was "
        "trained on it: agreement there is fitted, and only unseen sites validate. Sites outside "
        "the raster or on nodata are listed, never dropped silently."
    )
    REFLECTANCE = "REFLECTANCE"
    AS_DESCRIBED = "As the bands' descriptions say"
    OUTPUT = "OUTPUT"
    REPORT = "REPORT"
    TABLE = "TABLE"
    METRICS = "METRICS"
    JSON = "JSON"
    FIGURES = "FIGURES"
    N_SITES = "N_SITES"
    N_UNSEEN = "N_UNSEEN"
    HELP = {
        "INPUT": (
            "A raster made by 'Predict oxides', or any map of oxides or elements, ours or "
            "published; bands are found by their descriptions, e.g. FeO (wt%)."
        ),
        "SITES": (
            "Ground truth of your own: points or polygons in a lunar CRS, or a table with latitude "
            "and longitude in degrees, with columns named after the oxides (FeO, FeO_wt, FeOT ...; "
            "wt%) or elements (Fe, Ti_ppm ...), and their uncertainties (FeO_sigma, FeO_err) where "
            "known. The log says which column was taken as what. In a polygon the median of its "
            "pixels is compared. Leave empty for the bundled Apollo, Luna and Chang'e sites; "
            "analyses made on the Moon by rovers are then listed beside them, in no metric."
        ),
        **SitesAlgorithm.COLUMNS_HELP,
        "WINDOW": (
            "Odd side of the square of pixels around each site; the median of its valid pixels is "
            "compared. The report says where a position is known less well than the window reaches."
        ),
        REFLECTANCE: (
            "Optional second opinion: reflectance of the same place. FeO and TiO2 are computed at "
            "the sites by the published formulas of its sensor and reported beside the model: "
            "Lemelin et al. (2015) and Otake et al. (2012) for Kaguya MI, Lucey et al. (2000) for "
            "Clementine UVVIS. They were fitted partly on the same sites."
        ),
        OxideMapAlgorithm.OXIDE: "The oxide of a raster whose bands do not say what they hold.",
        OxideMapAlgorithm.QUANTITY: (
            "What the numbers of that raster are. Elements are converted by molar mass (Fe x "
            "1.2865 = FeO). Nothing is guessed."
        ),
        OxideMapAlgorithm.BAND: "Its band; leave empty to find it by its description.",
        OUTPUT: (
            "Points with measured, predicted, sigma and residual (predicted minus measured) of "
            "each oxide in wt%, residual over sigma (z), seen_in_training, quality and n_pixels."
        ),
        REPORT: (
            "Self-contained HTML report: metrics with intervals, plots, map, all sites, skipped "
            "ones and why, and the command to repeat it. Prints, and reads on a phone."
        ),
        TABLE: "One row a site as CSV, skipped sites with their reason included.",
        METRICS: "The metrics as CSV, one row for each group of sites and oxide.",
        JSON: "All of it as JSON; docs/report_schema.md describes the three files.",
        FIGURES: (
            "Optional folder: every chart of the report as an SVG file, for papers and slides. The "
            "report links to them and to the tables."
        ),
    }
    OUTPUT_HELP = {
        N_SITES: "Sites compared.",
        N_UNSEEN: "Of these, sites that the model was not trained on.",
        "RMSE_*, BIAS_*, R2_*": (
            "For each oxide (e.g. RMSE_TIO2), over all compared sites, in wt% (R2 without unit). "
            "The report gives them for seen and unseen sites apart."
        ),
    }

    def __init__(self) -> None:
        super().__init__()
        self._reflectance: Optional[RasterInput] = None

    def declare(self) -> None:
        """Declare parameters and outputs."""
        self.add_input("Predicted oxides")
        self.add_sites("Sample sites (bundled sites if empty)", "Columns of the sites")
        self.add(
            QgsProcessingParameterRasterLayer(
                self.REFLECTANCE, self.tr("Reflectance for a second opinion"), optional=True
            )
        )
        self.add_oxide(self.AS_DESCRIBED, self.INPUT)
        self.add(
            QgsProcessingParameterFeatureSink(
                self.OUTPUT, self.tr("Checked sites"), QgsProcessing.SourceType.TypeVectorPoint
            )
        )
        self.add_files(
            (self.REPORT, "Report", "HTML files (*.html)"),
            (self.TABLE, "Table of sites", "CSV files (*.csv)"),
            (self.METRICS, "Table of metrics", "CSV files (*.csv)"),
            (self.JSON, "JSON document", "JSON files (*.json)"),
        )
        self.add(
            QgsProcessingParameterFolderDestination(
                self.FIGURES, self.tr("Folder of charts"), optional=True, createByDefault=False
            )
        )
        self.add_numbers((self.N_SITES, "Sites"), (self.N_UNSEEN, "Unseen sites"))
        for measure in ("RMSE", "BIAS", "R2"):
            for oxide in OXIDES:
                self.addOutput(
                    QgsProcessingOutputNumber(
                        f"{measure}_{oxide.name.upper()}", f"{measure} {oxide.name}"
                    )
                )

    def prepare(self, run: Run) -> None:
        """Read the raster's path and the sites, on the thread that owns their layers."""
        super().prepare(run)
        reflectance = run.optional_raster(self.REFLECTANCE)
        self._reflectance = None if reflectance is None else raster_input(reflectance)

    def execute(self, run: Run) -> Dict[str, Any]:
        """Compare, and write points, report and table."""
        window = run.whole(self.WINDOW)
        from ..core.check.check_json import write_json, write_metrics
        from ..core.check.check_table import write_table
        from ..core.check.formula_check import second_opinion_at
        from ..core.check.metrics import check_metrics
        from ..core.check.sampling import OxideChoice, check_raster, with_in_situ
        from ..core.reports.chart_files import write_charts
        from ..core.reports.check_report import render_report, write_report

        progress = run.progress
        truth = self._ground_truth(run.parameters, run.context)
        for note in truth.notes:
            run.info(tr("Sites: {note}.").format(note=note))
        for row in truth.rejected:
            run.warn(
                tr("Row {number} ({station_id}) left out: {reason}.").format(
                    number=row.number, station_id=row.station_id, reason=tr_message(row.reason)
                )
            )
        oxide = self.chosen_oxide(run)
        choice = None
        if oxide is not None:
            quantity = chosen_quantity(run, self.QUANTITY, oxide)
            choice = OxideChoice(oxide, run.whole(self.BAND) or None, quantity)
        known = load_sites()
        result = check_raster(self._source, truth.sites, known, window, progress, choice)
        if self._layer is None:
            result = with_in_situ(
                result, self._source, load_in_situ_sites(), known, progress, choice
            )
        opinion = (
            second_opinion_at(self._reflectance, result.pairs, window, progress)
            if self._reflectance is not None and result.pairs
            else None
        )
        result = replace(
            result,
            rejected=truth.rejected,
            truth_notes=truth.notes,
            second_opinion=opinion,
            provenance={**result.provenance, **run_facts(run)},
        )
        run.left_out((skipped.site.station_id, skipped.reason) for skipped in result.skipped)
        if not (result.pairs or result.in_situ):
            raise QgsProcessingException(
                tr(
                    "None of the {sites} sites lies on valid pixels of the raster: check its "
                    "CRS and that it covers a sampling site."
                ).format(sites=len(truth.sites))
            )
        figures = run.output_file(self.FIGURES)
        report = partial(write_report, tables=self._tables(run), figures=figures or None)
        if figures and not run.output_file(self.REPORT):
            write_charts(render_report(result), figures)
        writers: Dict[str, Callable[..., None]] = {
            self.REPORT: report,
            self.TABLE: write_table,
            self.METRICS: write_metrics,
            self.JSON: write_json,
        }
        outputs = run.write_files(result, writers)
        if figures:
            outputs[self.FIGURES] = figures
        outputs[self.OUTPUT] = self._write_points(run, result)
        unseen = sum(pair.seen is Seen.UNSEEN for pair in result.pairs)
        outputs[self.N_SITES] = len(result.pairs)
        outputs[self.N_UNSEEN] = unseen
        for metrics in check_metrics(result.pairs):
            name = metrics.oxide.upper()
            outputs[f"RMSE_{name}"] = metrics.rmse
            outputs[f"BIAS_{name}"] = metrics.bias
            outputs[f"R2_{name}"] = metrics.r2
        run.info(
            tr(
                "{pairs} sites compared, {unseen} of them not seen in training, {skipped} skipped."
            ).format(pairs=len(result.pairs), unseen=unseen, skipped=len(result.skipped))
        )
        if unseen == 0:
            run.warn(
                self.tr(
                    "The model has seen every compared site in training, or its training is "
                    "unknown: these figures show the fit and validate nothing."
                )
            )
        return outputs

    def _tables(self, run: Run) -> List[Tuple[str, str]]:
        """What each file of the same run is, and where, for the report's links."""
        named = (
            (self.TABLE, "Table of sites (CSV)"),
            (self.METRICS, "Table of metrics (CSV)"),
            (self.JSON, "JSON document"),
        )
        paths = [(text, run.output_file(name)) for name, text in named]
        return [(text, path) for text, path in paths if path]

    def _ground_truth(
        self, parameters: Dict[str, Any], context: QgsProcessingContext
    ) -> GroundTruth:
        if self._layer is None:
            return GroundTruth(tuple(load_sites()))
        chosen = self.parameterAsString(parameters, self.COLUMNS, context)
        return ground_truth_of(self._layer, chosen)

    def _write_points(self, run: Run, result: CheckResult) -> str:
        destination = run.write_table(self.OUTPUT, check_features(result))
        name = f"{tr('Prediction check')} - {self._raster_name}"
        load_on_completion(run.context, destination, LayerLoader(destination, name, style_check))
        return destination
