"""Base of algorithms that open a model, which is chosen by name or file."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Dict, Tuple

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingParameterFile,
)

from ..core.models.model_library import model_names
from ..core.models.onnxruntime_import import missing_runtime_message
from .base import LunarOxideAlgorithm
from .model_parameter import model_name, model_parameter, model_path
from .run import Run


class ModelAlgorithm(LunarOxideAlgorithm):
    """An algorithm with a model; subclasses put `MODEL_HELP` into their `HELP`."""

    MODEL = "MODEL"
    MODEL_FILE = "MODEL_FILE"
    #: The model that the dialog offers first; empty for the user's preferred one.
    FIRST_MODEL = ""
    MODEL_HELP = {
        MODEL: "A bundled model or one of your own from the models page.",
        MODEL_FILE: "A model file (.onnx) from anywhere; used instead of the model above.",
    }

    def __init__(self) -> None:
        super().__init__()
        self._model = Path()

    def add_model_parameters(self) -> None:
        """Declare the choice by name and the optional file."""
        self.add(model_parameter(self.MODEL, self.tr("Model"), self.FIRST_MODEL))
        self.add(
            QgsProcessingParameterFile(
                self.MODEL_FILE,
                self.tr("Model file"),
                optional=True,
                fileFilter=self.tr("ONNX models (*.onnx)"),
            )
        )

    def prepare(self, run: Run) -> None:
        """Find the chosen model's file.

        Raises
        ------
        QgsProcessingException
            If the named model no longer exists.
        """
        super().prepare(run)
        own_file = run.file(self.MODEL_FILE)
        path = Path(own_file) if own_file else model_path(run.parameters.get(self.MODEL))
        if path is None:
            raise QgsProcessingException(self.tr("The chosen model is gone: choose another."))
        self._model = path

    def canExecute(self) -> Tuple[bool, str]:  # noqa: N802 - QGIS's name
        """Whether onnxruntime is installed; if not, the toolbox shows the message."""
        message = missing_runtime_message()
        return not message, message

    def checkParameterValues(  # noqa: N802 - QGIS's name
        self, parameters: Dict[str, Any], context: QgsProcessingContext
    ) -> Tuple[bool, str]:
        """Accept a model by its index in the list as well as by its name."""
        accepted = dict(parameters)
        named = model_name(parameters.get(self.MODEL))
        if named is None:
            return False, self.tr("There is no model {name}: choose one of {all}.").format(
                name=repr(parameters[self.MODEL]), all=", ".join(model_names())
            )
        accepted[self.MODEL] = named
        result: Tuple[bool, str] = super().checkParameterValues(accepted, context)
        return result
