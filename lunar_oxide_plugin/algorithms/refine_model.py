"""`lunaroxide:refinemodel`: a model file corrected by new samples, with honest verdicts."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Dict, Optional, Tuple

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
)

from ..core.errors import Cancelled, SitesError
from ..core.rasters.raster_input import RasterInput
from ..core.sites.sample_sites import REFLECTANCE_COLUMNS, SampleSite, load_sites
from .base import FeedbackProgress, user_errors
from .ground_truth import LayerRows, ground_truth_of, read_layer
from .model_algorithm import ModelAlgorithm
from .raster_layer import raster_input


class RefineModel(ModelAlgorithm):
    """Corrects a model near new samples."""

    NAME = "refinemodel"
    DISPLAY_NAME = "Refine model"
    SUMMARY = (
        "Makes a new model file from a model and new samples whose spectra are read from a raster. "
        "The correction is smooth and local: spectra unlike the new samples keep the model's own "
        "answer. By leaving new places out in turn, and old stations too, it says for each oxide "
        "whether the refined model is better, and does not claim it where that is not shown; with "
        "fewer than three new places it cannot be told. A sample that contradicts the model and "
        "its neighbours beyond their uncertainty is warned of. The new file carries its lineage."
    )
    INPUT = "INPUT"
    SITES = "SITES"
    COLUMNS = "COLUMNS"
    WINDOW = "WINDOW"
    TITLE = "TITLE"
    OUTPUT = "OUTPUT"
    REPORT = "REPORT"
    N_ADDED = "N_ADDED"
    N_DOUBTS = "N_DOUBTS"
    VERDICT = "VERDICT"
    HELP = {
        **ModelAlgorithm.MODEL_HELP,
        INPUT: (
            "Reflectance raster that the spectra are read from: the sensor and product that the "
            "model was trained for. Leave empty where the sites carry columns r414, r749, r901, "
            "r950, r1001, r1049, r1248, r1548 (reflectance as a fraction)."
        ),
        SITES: (
            "New samples: points, polygons or a table with coordinates, and columns named after "
            "the oxides (FeO or FeO_wt ..., wt%). Leave empty for the bundled sites. Sites that "
            "the model was trained on are left out."
        ),
        COLUMNS: (
            "Only where column names do not tell, or two could be the same: what a column holds = "
            "its name, separated by semicolons, e.g. FeO=iron oxide; Ti (ppm)=XRF titanium."
        ),
        WINDOW: "Odd side of the square of pixels around each site; the median spectrum is taken.",
        TITLE: "Title of the refined model; empty for one made from the parent's and the samples.",
        OUTPUT: "The refined model file (.onnx); use it like any other.",
        REPORT: "Self-contained HTML report: verdicts, samples, doubts, lineage.",
    }
    OUTPUT_HELP = {
        N_ADDED: "Samples that the model was refined with.",
        N_DOUBTS: "Reasons to look at a sample again.",
        VERDICT: "One sentence: for which oxides the refined model is better by cross-validation.",
    }

    def __init__(self) -> None:
        super().__init__()
        self._model = Path()
        self._raster: Optional[RasterInput] = None
        self._layer: Optional[LayerRows] = None

    def initAlgorithm(self, config: Optional[Dict[str, Any]] = None) -> None:  # noqa: N802
        """Declare parameters and outputs."""
        self.add_model_parameters()
        self.add(
            QgsProcessingParameterRasterLayer(
                self.INPUT, self.tr("Reflectance raster"), optional=True
            )
        )
        self.add(
            QgsProcessingParameterFeatureSource(
                self.SITES,
                self.tr("New samples (bundled sites if empty)"),
                [QgsProcessing.SourceType.TypeVector],
                optional=True,
            )
        )
        self.add(
            QgsProcessingParameterString(
                self.COLUMNS, self.tr("Columns of the samples"), optional=True
            ),
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
        self.add(
            QgsProcessingParameterString(
                self.TITLE, self.tr("Title of the refined model"), optional=True
            ),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterFileDestination(
                self.OUTPUT, self.tr("Refined model"), self.tr("ONNX models (*.onnx)")
            )
        )
        self.add(
            QgsProcessingParameterFileDestination(
                self.REPORT, self.tr("Report"), self.tr("HTML files (*.html)"), optional=True
            )
        )
        self.addOutput(QgsProcessingOutputNumber(self.N_ADDED, self.tr("Samples added")))
        self.addOutput(QgsProcessingOutputNumber(self.N_DOUBTS, self.tr("Doubts")))
        self.addOutput(QgsProcessingOutputString(self.VERDICT, self.tr("Verdict")))

    def prepareAlgorithm(  # noqa: N802 - QGIS's name
        self,
        parameters: Dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> bool:
        """Take what is needed of the layers, on the thread they live on."""
        self._model = self.chosen_model(parameters, context)
        layer = self.parameterAsRasterLayer(parameters, self.INPUT, context)
        if layer is not None:
            self._raster = raster_input(layer)
        elif parameters.get(self.INPUT):
            raise QgsProcessingException(self.invalidRasterError(parameters, self.INPUT))
        source = self.parameterAsSource(parameters, self.SITES, context)
        if source is not None:
            self._layer = read_layer(source)
        elif parameters.get(self.SITES):
            raise QgsProcessingException(self.invalidSourceError(parameters, self.SITES))
        return True

    def processAlgorithm(  # noqa: N802 - QGIS's name
        self,
        parameters: Dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> Dict[str, Any]:
        """Refine, write file and report, and say what can be said of it."""
        with user_errors():
            from ..core.refine.model_refinement import RefineRequest, refine_model
            from ..core.reports.refinement_report import headline, write_refine_report

            known = tuple(load_sites())
            columns = self.parameterAsString(parameters, self.COLUMNS, context)
            sites = known if self._layer is None else self._sites(columns, feedback)
            output = self.parameterAsFileOutput(parameters, self.OUTPUT, context)
            request = RefineRequest(
                model=str(self._model),
                output=output,
                sites=sites,
                known_sites=known,
                raster=self._raster,
                window=self.parameterAsInt(parameters, self.WINDOW, context),
                title=self.parameterAsString(parameters, self.TITLE, context),
            )
            try:
                result = refine_model(request, FeedbackProgress(feedback))
            except Cancelled:
                feedback.pushInfo(self.tr("Cancelled: no file was left."))
                return {}
            results: Dict[str, Any] = {self.OUTPUT: output}
            report = self.parameterAsFileOutput(parameters, self.REPORT, context)
            if report:
                write_refine_report(result, report)
                results[self.REPORT] = report
            verdict = headline(result)
        for site, reason in result.skipped:
            feedback.pushInfo(
                self.tr("Not used: {site}: {reason}.").format(site=site.station_id, reason=reason)
            )
        for doubt in result.doubts:
            feedback.pushWarning(doubt.text)
        feedback.pushInfo(self.tr("{count} samples added.").format(count=len(result.added)))
        feedback.pushInfo(verdict)
        results.update(
            {
                self.N_ADDED: len(result.added),
                self.N_DOUBTS: len(result.doubts),
                self.VERDICT: verdict,
            }
        )
        return results

    def _sites(self, columns: str, feedback: QgsProcessingFeedback) -> Tuple[SampleSite, ...]:
        """The user's samples, with their own spectra where the layer has them."""
        if self._layer is None:
            return ()
        truth = ground_truth_of(self._layer, columns)
        for note in truth.notes:
            feedback.pushInfo(note)
        for rejected in truth.rejected:
            feedback.pushWarning(
                self.tr("Row {number} not used: {reason}.").format(
                    number=rejected.number, reason=rejected.reason
                )
            )
        if self._raster is None and all(site.reflectance is None for site in truth.sites):
            raise SitesError(
                "The samples have no spectra: give INPUT, a reflectance raster, or the columns "
                f"{', '.join(REFLECTANCE_COLUMNS)}."
            )
        return truth.sites
