"""`lunaroxide:predictspectra`: oxides of the spectra of a library or table."""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING, Any, Callable, Dict, Sequence

from qgis.core import (
    QgsProcessing,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFile,
    QgsProcessingParameterNumber,
    QgsVectorLayer,
)

from ..core.chemistry.layout import Uncertainty
from ..core.libraries.convolution import FilterShape
from ..core.translation import tr, tr_message
from .choice_parameter import choice_parameter
from .layer_metadata import summarise
from .model_algorithm import ModelAlgorithm
from .predict_oxides import UNCERTAINTIES
from .provenance import run_facts
from .result_groups import LayerLoader, load_on_completion
from .run import Run
from .site_layers import label

if TYPE_CHECKING:
    from ..core.libraries.spectra_prediction import SpectraPrediction

SHAPES = tuple(shape.value for shape in FilterShape)


class PredictSpectra(ModelAlgorithm):
    """Predicts oxides of spectra."""

    NAME = "predictspectra"
    DISPLAY_NAME = "Predict spectra"
    SUMMARY = (
        "Predicts oxides (wt%) with their uncertainty, domain distance and quality flags from the "
        "spectra of an ENVI spectral library (.sli) or a table (CSV, text): spectra in columns, as "
        "from RELAB and the Lunar Soil Characterization Consortium, or in rows, as the dock's page "
        "'Spectrum' saves them. Spectra that are sampled finely enough are convolved to the "
        "model's bands; spectra measured in the bands themselves are taken as they are; others are "
        "refused with the reason. The models know reflectance of one sensor: spectra of a "
        "laboratory or another sensor get a warning, and their numbers can be wrong."
    )
    INPUT = "INPUT"
    SCALE = "SCALE"
    FILTER = "FILTER"
    UNCERTAINTY = "UNCERTAINTY"
    OUTPUT = "OUTPUT"
    TABLE = "TABLE"
    REPORT = "REPORT"
    N_SPECTRA = "N_SPECTRA"
    N_PREDICTED = "N_PREDICTED"
    HELP = {
        INPUT: (
            "A spectral library (.sli with its .hdr), or a table: a first column of wavelengths "
            "(nm or \u00b5m) and one spectrum a column, or columns named after wavelengths (r414, "
            "414 nm) and one spectrum a row. Columns of deviations are left out. Reflectance from "
            "0 to 1 or percent; the log says what was recognised."
        ),
        **ModelAlgorithm.MODEL_HELP,
        SCALE: (
            "Reflectance for one step of the numbers, e.g. 0.0001; leave empty for what the header "
            "or the numbers say."
        ),
        FILTER: (
            "Shape of the model's filters, which have a centre and a full width at half maximum. "
            "A band needs samples no farther apart than its width, to one width (gaussian) or half "
            "a width (boxcar) on both sides."
        ),
        UNCERTAINTY: (
            "What the sigmas say. New place: the 90 % interval holds where no mission has sampled. "
            "Near samples: it holds on the geology around the sampled sites. Both: both."
        ),
        OUTPUT: (
            "Table with one row a spectrum; points where the table of spectra gives lunar "
            "longitude and latitude."
        ),
        TABLE: "The same as CSV.",
        REPORT: (
            "Self-contained HTML report: the spectra, their oxides with intervals and quality in "
            "words, and what is known of the model."
        ),
    }
    OUTPUT_HELP = {N_SPECTRA: "Spectra read.", N_PREDICTED: "Of these, spectra with a prediction."}

    def declare(self) -> None:
        """Declare parameters and outputs."""
        self.add(
            QgsProcessingParameterFile(
                self.INPUT,
                self.tr("Spectra"),
                fileFilter=self.tr(
                    "Spectra (*.sli *.hdr *.csv *.txt *.tab *.tsv *.asc *.dat);;All files (*)"
                ),
            )
        )
        self.add_model_parameters()
        self.add(
            choice_parameter(
                self.UNCERTAINTY,
                self.tr("Uncertainty"),
                UNCERTAINTIES,
                UNCERTAINTIES[0],
                [self.tr(each) for each in UNCERTAINTIES],
            )
        )
        self.add(
            choice_parameter(
                self.FILTER,
                self.tr("Shape of the filters"),
                SHAPES,
                SHAPES[0],
                [self.tr(each) for each in SHAPES],
            ),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterNumber(
                self.SCALE,
                self.tr("Reflectance scale"),
                QgsProcessingParameterNumber.Type.Double,
                optional=True,
            ),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterFeatureSink(
                self.OUTPUT, self.tr("Predicted spectra"), QgsProcessing.SourceType.TypeVector
            )
        )
        self.add_files(
            (self.TABLE, "Table", "CSV files (*.csv)"),
            (self.REPORT, "Report", "HTML files (*.html)"),
        )
        self.add_numbers((self.N_SPECTRA, "Spectra"), (self.N_PREDICTED, "Predicted spectra"))

    def execute(self, run: Run) -> Dict[str, Any]:
        """Read, predict, and write the tables."""
        # Imported here, because rasterio and onnxruntime are only needed to run a model.
        from ..core.libraries.model_for_library import model_for_library
        from ..core.libraries.prediction_table import write
        from ..core.libraries.reading import read_library
        from ..core.libraries.spectra_prediction import predict_spectra
        from ..core.models.oxide_model import OxideModel
        from ..core.reports.spectra_report import write_spectra_report

        scale = run.optional(self.SCALE)
        library = read_library(run.file(self.INPUT), math.nan if scale is None else scale)
        for note in library.notes:
            run.progress.info(f"{note}.")
        wanted = Uncertainty(run.word(self.UNCERTAINTY))
        if self._named is None:
            file = self.taken(model_for_library(library, self._preferred), run)
        else:
            file = self._named
        model = OxideModel(file, uncertainty=wanted)
        shape = FilterShape(run.word(self.FILTER))
        result = predict_spectra(library, model, shape, run.progress, wanted)
        for doubt in result.doubts:
            run.progress.warn(doubt)
        for spectrum, reason in zip(result.spectra, result.reasons):
            if reason:
                text = tr("{name} has no prediction: {reason}.")
                run.warn(text.format(name=spectrum.name, reason=tr_message(reason)))
        run.info(
            tr("{valid} of {total} spectra predicted with {model}.").format(
                valid=result.count, total=len(result.spectra), model=result.model_title
            )
        )
        facts = list(run_facts(run).items())
        writers: Dict[str, Callable[..., None]] = {
            self.TABLE: write,
            self.REPORT: lambda done, path: write_spectra_report(done, facts, path),
        }
        outputs = run.write_files(result, writers)
        return {
            **outputs,
            self.OUTPUT: self._write_layer(run, result),
            self.N_SPECTRA: len(result.spectra),
            self.N_PREDICTED: result.count,
        }

    def _write_layer(self, run: Run, result: SpectraPrediction) -> str:
        from ..core.libraries.prediction_table import features

        placed = any(spectrum.has_place for spectrum in result.spectra)
        destination = run.write_table(self.OUTPUT, features(result))
        name = tr("{spectra} predicted with {model}").format(
            spectra=result.where, model=result.model_title
        )
        style = partial(_style, placed=placed, doubts=result.doubts)
        loader = LayerLoader(destination, name, style)
        load_on_completion(run.context, destination, loader)
        return destination


def _style(layer: QgsVectorLayer, placed: bool, doubts: Sequence[str]) -> None:
    if placed:
        label(layer, "name")
    summarise(layer, "\n".join([tr("Oxides predicted from measured spectra."), *doubts]))
