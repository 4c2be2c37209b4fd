"""`lunaroxide:refinemodel`: a model file corrected by new samples, with verdicts."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Dict, Optional, Tuple

from qgis.core import (
    QgsProcessingOutputString,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
)

from ..core.errors import SitesError
from ..core.models.bundled_models import BEFORE_CE6
from ..core.models.model_choice import choose_model
from ..core.rasters.raster_input import RasterInput
from ..core.rasters.sensors.known import sensor_called
from ..core.reports.localised import in_language
from ..core.sites.sample_sites import (
    SPECTRUM_COLUMNS,
    SampleSite,
    load_sites,
    sensors_seen,
)
from ..core.translation import tr_message
from .ground_truth import ground_truth_of
from .input_algorithms import SitesAlgorithm
from .model_algorithm import ModelAlgorithm
from .raster_layer import raster_input
from .run import Run


class RefineModel(SitesAlgorithm, ModelAlgorithm):
    """Corrects a model near new samples."""

    NAME = "refinemodel"
    GROUP = "Model"
    DISPLAY_NAME = "Refine model"
    SUMMARY = (
        "Makes a new model file from a model and new samples whose spectra are read from a raster. "
        "The correction is smooth and local: spectra unlike the new samples keep the model's own "
        "answer. By leaving new places out in turn, and old stations too, it says for each oxide "
        "whether the refined model is better, and does not claim it where that is not shown; with "
        "fewer than three new places it cannot be told. A sample that contradicts the model and "
        "its neighbours beyond their uncertainty is warned of. The new file carries its lineage."
    )
    #: With the bundled sites, Chang'e-6 is new to this model, so that the dialog runs as it opens.
    FIRST_MODEL = BEFORE_CE6
    INPUT = "INPUT"
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
            "model was trained for. Leave empty where the sites carry columns of reflectance (as a "
            "fraction) in its bands, called after the wavelengths: r414, r749 ... for Kaguya MI, "
            "r415, r750 ... for Clementine UVVIS."
        ),
        "SITES": (
            "New samples: points, polygons or a table with coordinates, and columns named after "
            "the oxides (FeO or FeO_wt ..., wt%). Leave empty for the bundled sites. Sites that "
            "the model was trained on are left out."
        ),
        **SitesAlgorithm.COLUMNS_HELP,
        "WINDOW": (
            "Odd side of the square of pixels around each site; the median spectrum is taken."
        ),
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
        self._raster: Optional[RasterInput] = None

    def declare(self) -> None:
        """Declare parameters and outputs."""
        self.add_model_parameters()
        self.add(
            QgsProcessingParameterRasterLayer(
                self.INPUT, self.tr("Reflectance raster"), optional=True
            )
        )
        self.add_sites("New samples (bundled sites if empty)", "Columns of the samples")
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
        self.add_files((self.REPORT, "Report", "HTML files (*.html)"))
        self.add_numbers((self.N_ADDED, "Samples added"), (self.N_DOUBTS, "Doubts"))
        self.addOutput(QgsProcessingOutputString(self.VERDICT, self.tr("Verdict")))

    def prepare(self, run: Run) -> None:
        """Read the properties of the layers, on the thread that owns them."""
        super().prepare(run)
        layer = run.optional_raster(self.INPUT)
        self._raster = None if layer is None else raster_input(layer)

    def execute(self, run: Run) -> Dict[str, Any]:
        """Refine, write file and report, and log the verdict."""
        from ..core.refine.model_refinement import RefineRequest, refine_model
        from ..core.reports.refinement_report import headline, write_refine_report

        known = tuple(load_sites())
        columns = run.text(self.COLUMNS)
        sites = known if self._layer is None else self._sites(columns, run)
        output = run.output_file(self.OUTPUT)
        request = RefineRequest(
            model=str(self._model_for_samples(sites, run)),
            output=output,
            sites=sites,
            known_sites=known,
            raster=self._raster,
            window=run.whole(self.WINDOW),
            title=run.text(self.TITLE),
        )
        result = refine_model(request, run.progress)
        results: Dict[str, Any] = {self.OUTPUT: output}
        report = run.output_file(self.REPORT)
        if report:
            write_refine_report(result, report)
            results[self.REPORT] = report
        verdict = headline(result)
        run.left_out((site.station_id, reason) for site, reason in result.skipped)
        for doubt in result.doubts:
            run.warn(doubt.text)
        run.info(self.tr("{count} samples added.").format(count=len(result.added)))
        run.info(in_language(verdict))
        results.update(
            {
                self.N_ADDED: len(result.added),
                self.N_DOUBTS: len(result.doubts),
                self.VERDICT: verdict,
            }
        )
        return results

    def _sites(self, columns: str, run: Run) -> Tuple[SampleSite, ...]:
        """The user's samples, with their spectra if the layer has them."""
        if self._layer is None:
            return ()
        truth = ground_truth_of(self._layer, columns)
        for note in truth.notes:
            run.info(note)
        for rejected in truth.rejected:
            run.warn(
                self.tr("Row {number} not used: {reason}.").format(
                    number=rejected.number, reason=tr_message(rejected.reason)
                )
            )
        if self._raster is None and not any(map(sensors_seen, truth.sites)):
            raise SitesError(
                "The samples have no spectra: give INPUT, a reflectance raster, or columns of "
                f"reflectance ({self._columns_of_spectra()})."
            )
        return truth.sites

    def _model_for_samples(self, sites: Tuple[SampleSite, ...], run: Run) -> Path:
        """The chosen model, or the one for the raster's sensor or that of the samples' spectra."""
        if self._named is not None or self._raster is not None:
            return self.model_for(self._raster, run)
        sensors = [set(sensors_seen(site)) for site in sites if sensors_seen(site)]
        common = set.intersection(*sensors) if sensors else set()
        if len(common) != 1:
            return self.model_for(None, run)
        choice = choose_model(sensor_called(common.pop()), "SITES", preferred=self._preferred)
        return self.taken(choice, run)

    @staticmethod
    def _columns_of_spectra() -> str:
        return "; ".join(f"{key}: {', '.join(c)}" for key, c in SPECTRUM_COLUMNS.items())
