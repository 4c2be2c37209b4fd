"""ONNX Runtime, imported only when a model is run."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from types import ModuleType

from .errors import RuntimeMissingError


def onnxruntime() -> ModuleType:
    """The onnxruntime module.

    Raises
    ------
    RuntimeMissingError
        If it cannot be imported. OSError counts too: on Windows a conflicting DLL ends so.
    """
    try:
        return importlib.import_module("onnxruntime")
    except (ImportError, OSError) as error:
        raise RuntimeMissingError(_what_to_do(str(error))) from error


def missing_runtime_message() -> str:
    """What to do if onnxruntime is not installed; empty if it is. Imports nothing."""
    if importlib.util.find_spec("onnxruntime") is not None:
        return ""
    return _what_to_do("it is not installed")


def _what_to_do(reason: str) -> str:
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    return (
        f"Prediction needs the Python package onnxruntime, which QGIS's Python {version} cannot "
        f"import ({reason}): install it with 'python3 -m pip install --no-deps onnxruntime' for "
        "that Python and restart QGIS."
    )
