"""The models that come with the plugin."""

from __future__ import annotations

from pathlib import Path
from typing import Tuple

from ..paths import RESOURCES

#: The model that was trained without Chang'e-6.
BEFORE_CE6 = "kaguya_mi_before_ce6"
#: Names of the bundled models; the first is the usual one, and the first for its sensor is the one
#: that is offered for it.
BUNDLED_MODELS: Tuple[str, ...] = ("kaguya_mi", BEFORE_CE6, "clementine_uvvis")

#: How many of them scripts know by number; models that are added later get the last numbers.
FIRST_BUNDLED = 2


def bundled_model_path(name: str) -> Path:
    """File of a bundled model."""
    return RESOURCES / "models" / f"{name}.onnx"
