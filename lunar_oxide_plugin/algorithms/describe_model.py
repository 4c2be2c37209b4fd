"""`lunaroxide:describemodel`: the card of any model file."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Dict, Optional

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterFileDestination,
)

from .base import user_errors
from .model_algorithm import ModelAlgorithm


class DescribeModel(ModelAlgorithm):
    """Says what a model is, was trained on, and how well it predicts."""

    NAME = "describemodel"
    DISPLAY_NAME = "Describe model"
    SUMMARY = (
        "Writes the card of a model: sensor and bands, training stations, validated figures beside "
        "fitted and published ones, uncertainty and its coverage, domain, known failures, licence, "
        "citation, digest. A file that does not describe itself gets a card that says what is "
        "unknown. The card is in the log as well, so that no output file is needed."
    )
    OUTPUT = "OUTPUT"
    SHA256 = "SHA256"
    TITLE = "TITLE"
    N_STATIONS = "N_STATIONS"
    HELP = {
        **ModelAlgorithm.MODEL_HELP,
        OUTPUT: "Self-contained HTML page.",
    }
    OUTPUT_HELP = {
        SHA256: "Digest of the file; prediction rasters carry it, so that maps can be traced.",
        TITLE: "The model's title.",
        N_STATIONS: "Training stations; -1 if the file does not say.",
    }

    def initAlgorithm(self, config: Optional[Dict[str, Any]] = None) -> None:  # noqa: N802
        """Declare parameters and outputs."""
        self.add_model_parameters()
        self.add(
            QgsProcessingParameterFileDestination(
                self.OUTPUT, self.tr("Model card"), self.tr("HTML files (*.html)"), optional=True
            )
        )
        self.addOutput(QgsProcessingOutputString(self.TITLE, self.tr("Title")))
        self.addOutput(QgsProcessingOutputString(self.SHA256, self.tr("SHA-256")))
        self.addOutput(QgsProcessingOutputNumber(self.N_STATIONS, self.tr("Training stations")))

    def processAlgorithm(  # noqa: N802 - QGIS's name
        self,
        parameters: Dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> Dict[str, Any]:
        """Open the model, write the page and the log."""
        path = self.chosen_model(parameters, context)
        with user_errors():
            from ..core.models.oxide_model import OxideModel
            from ..core.models.speed import measure_speed
            from ..core.reports.model_card import model_card
            from ..core.reports.model_card_page import render_text, write_card

            model = OxideModel(path)
            card = model_card(model, measure_speed(model))
            for line in render_text(card).splitlines():
                feedback.pushInfo(line)
            for warning in card.warnings:
                feedback.pushWarning(warning)
            outputs: Dict[str, Any] = {
                self.TITLE: model.description.title,
                self.SHA256: model.identity.sha256,
                self.N_STATIONS: -1
                if model.description.training_stations is None
                else len(model.description.training_stations),
            }
            destination = self.parameterAsFileOutput(parameters, self.OUTPUT, context)
            if destination:
                write_card(card, Path(destination))
                outputs[self.OUTPUT] = destination
        return outputs
