"""`lunaroxide:describemodel`: the card of any model file."""

from __future__ import annotations

from typing import Any, Dict

from qgis.core import (
    QgsProcessingOutputString,
)

from .model_algorithm import ModelAlgorithm
from .run import Run


class DescribeModel(ModelAlgorithm):
    """Describes a model: its identity, training and validation."""

    NAME = "describemodel"
    GROUP = "Model"
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

    def declare(self) -> None:
        """Declare parameters and outputs."""
        self.add_model_parameters()
        self.add_files((self.OUTPUT, "Model card", "HTML files (*.html)"))
        self.addOutput(QgsProcessingOutputString(self.TITLE, self.tr("Title")))
        self.addOutput(QgsProcessingOutputString(self.SHA256, self.tr("SHA-256")))
        self.add_numbers((self.N_STATIONS, "Training stations"))

    def execute(self, run: Run) -> Dict[str, Any]:
        """Open the model, and write the page and the log."""
        from ..core.models.oxide_model import OxideModel
        from ..core.models.speed import measure_speed
        from ..core.reports.model_card import model_card
        from ..core.reports.model_card_page import render_text, write_card

        model = OxideModel(self.model_for(None, run))
        card = model_card(model, measure_speed(model))
        for line in render_text(card).splitlines():
            run.info(line)
        for warning in card.warnings:
            run.warn(warning)
        outputs: Dict[str, Any] = {
            self.TITLE: model.description.title,
            self.SHA256: model.identity.sha256,
            self.N_STATIONS: -1
            if model.description.training_stations is None
            else len(model.description.training_stations),
        }
        return {**outputs, **run.write_files(card, {self.OUTPUT: write_card})}
