"""Devices that can run a model: the CPU, and GPUs that the installed ONNX Runtime lists."""

from __future__ import annotations

import contextlib
import importlib.util
import io
import re
import sys
from pathlib import Path
from typing import Any, Dict, List, Mapping, Sequence, Tuple, Union

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

#: Options of providers. CUDA: float32 as on the CPU. By default ONNX Runtime multiplies with ten of
#: float32's 23 binary digits (TF32), and oxides of the bundled model then differ by up to 0.09 wt%,
#: more or less by the number of pixels in a call. And convolutions by cuDNN's heuristics, because
#: the default tries all algorithms out and took half as long again with large chunks.
_OPTIONS: Mapping[str, Mapping[str, str]] = {
    "cuda": {"use_tf32": "0", "cudnn_conv_algo_search": "HEURISTIC"},
}

#: Devices whose sessions take one call at a time (ONNX Runtime's page on DirectML).
ONE_CALL_AT_A_TIME = frozenset({"directml"})

#: Pixels per call of ONNX Runtime on a GPU: with a CPU's 2064 it waits for the calls (a twelfth of
#: the rate, measured on an NVIDIA H200), and larger chunks gain little.
GPU_CHUNK_PIXELS = 65536

#: Largest difference of a GPU's predictions from the CPU's (wt%): a tenth of the resolution of the
#: maps' legends. If they differ more, the GPU computes with reduced precision or is faulty.
TOLERANCE_WT = 0.01

#: An execution provider to request, with its options.
Provider = Union[str, Tuple[str, Dict[str, str]]]


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


def providers(device: str) -> List[Provider]:
    """Execution providers to request, the device's first.

    Parameters
    ----------
    device : str

    Returns
    -------
    list of str or (str, dict)

    Raises
    ------
    ModelError
        If ONNX Runtime does not list the device.
    """
    if device == CPU:
        return ["CPUExecutionProvider"]
    listed = onnxruntime().get_available_providers()
    provider = GPU_PROVIDERS.get(device)
    if provider is None or provider not in listed:
        known = [name for name, wanted in GPU_PROVIDERS.items() if wanted in listed]
        raise ModelError(
            f"The installed ONNX Runtime does not offer the device {device!r}: choose "
            f"{', '.join([CPU, *known])}, or install the ONNX Runtime made for it."
        )
    return [(provider, dict(_OPTIONS.get(device, {}))), "CPUExecutionProvider"]


def open_session(content: bytes, options: Any, device: str) -> Any:
    """An ONNX Runtime session on a device; it never changes over to the CPU.

    Parameters
    ----------
    content : bytes
        The model file.
    options : onnxruntime.SessionOptions
    device : str

    Returns
    -------
    onnxruntime.InferenceSession

    Raises
    ------
    ModelError
        If the device is not offered or cannot be started.
    Exception
        What ONNX Runtime says of the model.
    """
    ort = onnxruntime()
    wanted = providers(device)
    if device == CPU:
        return ort.InferenceSession(content, options, providers=wanted)
    if device == "directml":
        options.enable_mem_pattern = False  # it cannot (ONNX Runtime's page on DirectML)
    said = io.StringIO()
    # ONNX Runtime prints why a library cannot be loaded, and goes on.
    with contextlib.redirect_stdout(said):
        if device == "cuda" and hasattr(ort, "preload_dlls"):  # since 1.21
            # CUDA's libraries may come as Python packages, where the loader does not look.
            ort.preload_dlls()
        try:
            session = ort.InferenceSession(
                content, options, providers=wanted, enable_fallback=False
            )
        except Exception as error:  # onnxruntime raises its own unrelated classes
            # What is wrong with the model itself is said of the CPU too.
            ort.InferenceSession(content, options, providers=providers(CPU))
            raise _cannot_be_started(device, f"{said.getvalue()}\n{error}") from error
    # An error while it runs would otherwise be printed and all further chunks go to the CPU.
    session.disable_fallback()
    if session.get_providers()[0] != GPU_PROVIDERS[device]:
        raise _cannot_be_started(device, said.getvalue())
    return session


def _cannot_be_started(device: str, said: str) -> ModelError:
    missing = sorted(set(re.findall(r"Failed to load (\S+?):", said)))
    if missing:
        reason = f"the libraries {', '.join(missing)} are missing or do not fit"
    else:
        reason = "driver or libraries are missing or do not fit"
    return ModelError(
        f"The device {device!r} cannot be started ({reason}): choose the CPU, or see 'A GPU' in "
        "the guide's page on large rasters."
    )


def require_agreement(
    gpu: Sequence[npt.NDArray[np.float32]], cpu: Sequence[npt.NDArray[np.float32]], device: str
) -> None:
    """Refuse a device whose answers differ from the CPU's on the same spectra.

    Parameters
    ----------
    gpu, cpu : sequence of float32 arrays
        Oxides and sigmas (wt%), domain distances; NaN in both where the model gives none.
    device : str

    Raises
    ------
    ModelError
    """
    differences = (
        np.where(np.isnan(a) & np.isnan(b), np.float32(0.0), np.abs(a - b))
        for a, b in zip(gpu, cpu)
    )
    difference = float(np.max([d.max() for d in differences]))
    if not difference < TOLERANCE_WT:  # also refuses NaN
        raise ModelError(
            f"The device {device!r} answers otherwise than the CPU (by up to {difference:.3g} wt% "
            "on test spectra): choose the CPU."
        )
