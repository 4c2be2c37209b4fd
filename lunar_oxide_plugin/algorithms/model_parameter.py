"""Parameter to choose a model by name, or the one that fits the raster."""

from __future__ import annotations

from typing import Any, Optional, Tuple

from qgis.core import QgsProcessingParameterEnum

from ..core.models.bundled_models import BUNDLED_MODELS, FIRST_BUNDLED
from ..core.models.model_choice import AUTOMATIC
from ..core.models.model_library import model_entries, model_names
from ..core.translation import tr
from .choice_parameter import choice_parameter
from .preferences import load_preferences


def default_model() -> str:
    """Name of the user's preferred model, or of the first one if that does not exist."""
    names = model_names()
    preferred = load_preferences().default_model
    return preferred if preferred in names else names[0]


def model_parameter(name: str, label: str, first: str = "") -> QgsProcessingParameterEnum:
    """A parameter that offers all available models by name.

    Parameters
    ----------
    name, label : str
    first : str, optional
        The model that a dialog offers first, instead of the one that fits.
    """
    names = _numbered()
    texts = [tr("automatic") if each == AUTOMATIC else each for each in names]
    parameter = choice_parameter(name, label, names, AUTOMATIC, texts)
    if first in model_names():
        parameter.setGuiDefaultValueOverride(first)
    return parameter


def model_name(value: Any) -> Optional[str]:
    """Name of a model from its name or its number in the list; `AUTOMATIC` for None."""
    if value is None or value in ("", AUTOMATIC):
        return AUTOMATIC
    text = str(value)
    if text in model_names():
        return text
    numbered = _numbered()
    if text.isdigit() and int(text) < len(numbered):
        return numbered[int(text)]
    return None


def model_files(value: Any) -> Tuple[str, ...]:
    """Files of the models that a parameter's value may lead to."""
    name = model_name(value)
    return tuple(str(e.path) for e in model_entries() if name in (e.name, AUTOMATIC))


def _numbered() -> Tuple[str, ...]:
    """The choices by their numbers, which scripts may give: what came later has the last ones."""
    first, later = BUNDLED_MODELS[:FIRST_BUNDLED], BUNDLED_MODELS[FIRST_BUNDLED:]
    own = [name for name in model_names() if name not in BUNDLED_MODELS]
    return (*first, *own, *later, AUTOMATIC)
