"""Read ONNX Runtime's error messages, as it has no error classes."""

from __future__ import annotations

import re

from ..errors import ModelError
from .onnx_file import GraphFacts

#: Longest reason; a longer one contains text of the model file, and its middle is removed.
MOST_LETTERS = 1600

#: Prefix of ONNX Runtime's messages, and places in its sources, which do not help users.
_PREFIX = re.compile(r"^\s*\[ONNXRuntimeError\] : \d+ : \w+ : ")
_SOURCE = re.compile(
    r"(?:\S*/)?onnxruntime(?:_src)?/\S+\.(?:cc|h|hpp|cpp):\d+ "
    r"(?:[^()]*?onnxruntime::[^()]*\([^()]*\)(?: const)? )?"
)


def reason_of(error: BaseException) -> str:
    """The whole message of an error on one line, without a full stop."""
    text = "".join(c if c.isprintable() else " " for c in _PREFIX.sub("", str(error)))
    text = " ".join(text.split()).rstrip(".")
    if len(text) > MOST_LETTERS:
        half = MOST_LETTERS // 2
        text = f"{text[:half]} ... {text[-half:]}"
    text = _SOURCE.sub("", text)
    return text or type(error).__name__


def is_out_of_memory(error: BaseException) -> bool:
    """Whether an error of ONNX Runtime or numpy means that memory is short."""
    text = str(error).lower()
    return isinstance(error, MemoryError) or "alloc" in text or "available memory" in text


def cannot_be_opened(
    error: BaseException, facts: GraphFacts, where: str, runtime: str
) -> ModelError:
    """The error for a file that ONNX Runtime does not open.

    Parameters
    ----------
    error : Exception
        ONNX Runtime's.
    facts : GraphFacts
        Of the file.
    where : str
        The file's name.
    runtime : str
        ONNX Runtime's version.
    """
    reason = reason_of(error)
    if re.search(r"IR version|[Oo]pset \d+|opset version", reason):
        sets = ", ".join(f"{name} {version}" for name, version in facts.opsets)
        return ModelError(
            f"{where} is of ONNX's IR version {facts.ir_version} with operator set {sets}, which "
            f"ONNX Runtime {runtime} does not run ({reason}): update the Python package "
            "onnxruntime, or ask the model's author to export it for an older version."
        )
    return ModelError(f"{where} is not a usable ONNX model: {reason}.")
