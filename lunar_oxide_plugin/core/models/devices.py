"""Devices that can run a model: the CPU, and GPUs that the installed ONNX Runtime lists."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any, Dict, List, Mapping, Tuple

import numpy as np
import numpy.typing as npt

from ..errors import ModelError
from .onnxruntime_import import onnxruntime

CPU = "cpu"

#: ONNX Runtime's names of execution providers that run on a GPU.
GPU_PROVIDERS: Dict[str, str] = {
    "cuda": "CUDAExecutionProvider",
    "rocm": "ROCMExecutionProvider",
    "directml": "DmlExecutionProvider",
    "coreml": "CoreMLExecutionProvider",
}

#: Library of each provider in the ``capi`` folder of its wheel.
_LIBRARIES: Mapping[str, str] = {
    "cuda": "*onnxruntime_providers_cuda*",
    "rocm": "*onnxruntime_providers_rocm*",
    "directml": "DirectML.dll",
}

#: Largest difference of a GPU's predictions from the CPU's (wt%): a tenth of the resolution of the
#: maps' legends. If they differ more, the GPU computes with reduced precision or is faulty.
TOLERANCE_WT = 0.01


def installed_devices() -> Tuple[str, ...]:
    """Devices that the installed ONNX Runtime has libraries for; does not import it.

    Returns
    -------
    tuple of str
    """
    devices = [CPU]
    spec = importlib.util.find_spec("onnxruntime")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        for device, pattern in _LIBRARIES.items():
            if any((Path(folder) / "capi").glob(pattern)):
                devices.append(device)
        if sys.platform == "darwin":
            devices.append("coreml")  # part of the main library
    return tuple(devices)


def providers(device: str) -> List[str]:
    """Execution providers to request, the device's first.

    Raises
    ------
    ModelError
        If ONNX Runtime does not list the device.
    """
    if device == CPU:
        return ["CPUExecutionProvider"]
    listed = onnxruntime().get_available_providers()
    provider = GPU_PROVIDERS.get(device)
    if provider not in listed:
        known = [name for name, wanted in GPU_PROVIDERS.items() if wanted in listed]
        raise ModelError(
            f"The installed ONNX Runtime does not offer the device {device!r}: choose "
            f"{', '.join([CPU, *known])}, or install the ONNX Runtime made for it."
        )
    return [str(provider), "CPUExecutionProvider"]


def require_device(session: Any, device: str) -> None:
    """Refuse a session that silently uses the CPU instead of the device.

    Raises
    ------
    ModelError
    """
    if device != CPU and session.get_providers()[0] != GPU_PROVIDERS[device]:
        raise ModelError(
            f"The device {device!r} cannot be started (driver or libraries are missing or do not "
            "fit): choose the CPU."
        )


def require_agreement(
    gpu: npt.NDArray[np.float32], cpu: npt.NDArray[np.float32], device: str
) -> None:
    """Refuse a device whose oxides (wt%) differ from the CPU's on the same spectra.

    Raises
    ------
    ModelError
    """
    difference = float(np.abs(gpu - cpu).max())
    if not difference < TOLERANCE_WT:  # also refuses NaN
        raise ModelError(
            f"The device {device!r} answers otherwise than the CPU (by up to {difference:.3g} wt% "
            "on test spectra): choose the CPU."
        )
