"""Import ONNX Runtime, only when a model is run."""

from __future__ import annotations

import contextlib
import importlib
import os
import sys
import threading
from types import ModuleType
from typing import Iterator

from ..errors import RuntimeMissingError
from ..installer.packages import activate, is_importable
from ..profile import packages_folder
from ..translation import tr


def onnxruntime() -> ModuleType:
    """The onnxruntime module, from QGIS's Python or from the user's profile.

    Returns
    -------
    ModuleType

    Raises
    ------
    RuntimeMissingError
        If it cannot be imported; also for an OSError, which a conflicting DLL causes on Windows.
    """
    activate()
    try:
        with _telemetry_off():
            module = importlib.import_module("onnxruntime")
    except (ImportError, OSError) as error:
        raise RuntimeMissingError(_what_to_do(str(error))) from error
    if not hasattr(module, "InferenceSession"):
        # An empty folder of that name remains of a partly removed installation.
        reason = tr("{path} is no complete installation").format(path=list(module.__path__))
        raise RuntimeMissingError(_what_to_do(reason))
    return module


#: Official builds since 1.29 send reports to Microsoft unless this variable is set while they are
#: loaded; its value then applies to the process (onnxruntime's Privacy.md, "Disabling Telemetry").
TELEMETRY_OFF = "ORT_DISABLE_TELEMETRY"

#: Threads share the environment, so only one at a time may set and restore it.
_loading = threading.RLock()


@contextlib.contextmanager
def _telemetry_off() -> Iterator[None]:
    """Set the variable while onnxruntime is loaded, and then restore the environment."""
    with _loading:
        before = os.environ.get(TELEMETRY_OFF)
        os.environ[TELEMETRY_OFF] = "1" if before is None else before
        try:
            yield
        finally:
            if before is None:
                del os.environ[TELEMETRY_OFF]


def missing_runtime_message() -> str:
    """What to do if onnxruntime is not installed; empty if it is. Does not import it.

    Returns
    -------
    str
    """
    activate()
    if is_importable("onnxruntime"):
        return ""
    return _what_to_do(tr("it is not installed"))


def _what_to_do(reason: str) -> str:
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    if packages_folder() is None:
        return tr(
            "Prediction needs the Python package onnxruntime, which Python {version} cannot import "
            "({reason}): install it with '{python} -m pip install onnxruntime', and try again."
        ).format(version=version, reason=reason, python=sys.executable or "python3")
    return tr(
        "Prediction needs the Python package onnxruntime, which QGIS's Python {version} cannot "
        "import ({reason}): install it with Lunar Oxide > Packages in QGIS's menu, or with "
        "'python3 -m pip install --no-deps onnxruntime' for that Python, and try again."
    ).format(version=version, reason=reason)
