"""Parameter to choose a bundled or user's model by name."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Optional

from qgis.core import QgsProcessingParameterEnum

from ..core.models.model_library import find_model, model_names
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
        The model that a dialog offers first, instead of the preferred one.
    """
    parameter = _model_parameter(name, label)
    if first in model_names():
        parameter.setGuiDefaultValueOverride(first)
    return parameter


def _model_parameter(name: str, label: str) -> QgsProcessingParameterEnum:
    return QgsProcessingParameterEnum(
        name,
        label,
        options=list(model_names()),
        defaultValue=default_model(),
        usesStaticStrings=True,
    )


def model_name(value: Any) -> Optional[str]:
    """Name of a model from its name or its index in the list; the preferred one for None."""
    if value is None or value == "":
        return default_model()
    names = model_names()
    text = str(value)
    if text in names:
        return text
    if text.isdigit() and int(text) < len(names):
        return names[int(text)]
    return None


def model_path(value: Any) -> Optional[Path]:
    """File of the model of a parameter's value, or None."""
    name = model_name(value)
    entry = None if name is None else find_model(name)
    return None if entry is None else entry.path
