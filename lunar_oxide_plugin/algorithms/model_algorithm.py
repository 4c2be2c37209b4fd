"""Base of algorithms that open a model, which is chosen by name or file."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Dict, Optional, Tuple

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingParameterFile,
)

from ..core.models.model_choice import AUTOMATIC, ModelChoice, choose_model
from ..core.models.model_library import find_model, model_names
from ..core.models.onnxruntime_import import missing_runtime_message
from ..core.rasters.raster_input import RasterInput
from ..core.translation import tr_message
from .base import LunarOxideAlgorithm
from .model_parameter import model_name, model_parameter
from .preferences import load_preferences
from .run import Run


class ModelAlgorithm(LunarOxideAlgorithm):
    """An algorithm with a model; subclasses put `MODEL_HELP` into their `HELP`."""

    MODEL = "MODEL"
    MODEL_FILE = "MODEL_FILE"
    #: The model that the dialog offers first; empty for the user's preferred one.
    FIRST_MODEL = ""
    MODEL_HELP = {
        MODEL: (
            "A bundled model or one of your own from the models page. 'automatic' takes your "
            "preferred model if it is for the sensor of the input, or else the first model that "
            "is; the log says which and why."
        ),
        MODEL_FILE: "A model file (.onnx) from anywhere; used instead of the model above.",
    }

    def __init__(self) -> None:
        super().__init__()
        #: The file of the model that the user named; None for the one that fits.
        self._named: Optional[Path] = None
        self._preferred = ""
        #: Why the model was taken; empty where the user named it.
        self._model_choice = ""

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
        self._preferred = load_preferences().default_model
        own_file = run.file(self.MODEL_FILE)
        name = model_name(run.parameters.get(self.MODEL))
        if own_file:
            self._named = Path(own_file)
        elif name != AUTOMATIC:
            entry = None if name is None else find_model(name)
            if entry is None:
                raise QgsProcessingException(self.tr("The chosen model is gone: choose another."))
            self._named = entry.path

    def model_for(self, raster: Optional[RasterInput], run: Run) -> Path:
        """The file of the chosen model, or of the one that fits a raster, which the log names.

        Parameters
        ----------
        raster : RasterInput, or None
            The raster whose sensor decides; without one, the preferred model is taken.
        run : Run

        Returns
        -------
        Path
        """
        if self._named is not None:
            return self._named
        if raster is None:
            return self.taken(choose_model(None, "", preferred=self._preferred), run, silent=True)
        from ..core.prediction.model_for_raster import model_for_raster

        return self.taken(model_for_raster(raster, self._preferred), run)

    def taken(self, choice: ModelChoice, run: Run, silent: bool = False) -> Path:
        """The file of a model that was chosen; the reason is logged and kept for metadata."""
        if not silent:
            self._model_choice = choice.reason
            run.info(tr_message(choice.reason))
        return choice.entry.path

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
                name=repr(parameters[self.MODEL]), all=", ".join((AUTOMATIC, *model_names()))
            )
        accepted[self.MODEL] = named
        result: Tuple[bool, str] = super().checkParameterValues(accepted, context)
        return result
