"""The six published networks with random weights, to measure their speed.

Architecture of Yang et al. 2023 (Nat Commun 14:7554, doi 10.1038/s41467-023-43358-0): for each
oxide five convolutions of three positions with 64, 64, 128 (stride 2), 128 and 256 filters on ten
standardised features, batch norm (folded into the weights, as an export does) and ReLU, global
average pooling, one linear output. They need about six million multiply-adds per pixel.
"""

from __future__ import annotations

from typing import Any, List

import numpy as np
import numpy.typing as npt
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

LAYERS = ((1, 64, 1), (64, 64, 1), (64, 128, 2), (128, 128, 1), (128, 256, 1))
FEATURES = 10


def build_network(seed: int, pixels_along_width: bool = False) -> bytes:
    """One network as ONNX.

    Parameters
    ----------
    seed : int
        Of the weights.
    pixels_along_width : bool
        Input [1, 1, 10, n] and output [1, 1, 1, n], the layout that runs fastest on a CPU,
        instead of the published [n, 1, 10] and [n, 1].
    """
    rng = np.random.default_rng(seed)
    nodes: List[Any] = []
    constants: List[Any] = []
    trailing = (1,) if pixels_along_width else ()

    def constant(name: str, *shape: int) -> str:
        value = (rng.normal(size=shape) / np.sqrt(np.prod(shape[1:]) or 1)).astype(np.float32)
        constants.append(numpy_helper.from_array(value, name))
        return name

    def convolve(source: str, name: str, inputs: int, outputs: int, size: int, stride: int) -> str:
        pad = size // 2
        nodes.append(
            helper.make_node(
                "Conv",
                [
                    source,
                    constant(f"{name}_w", outputs, inputs, size, *trailing),
                    constant(f"{name}_b", outputs),
                ],
                [name],
                kernel_shape=[size, *trailing],
                strides=[stride, *trailing],
                pads=[pad, *([0] * len(trailing))] * 2,
            )
        )
        return name

    source = "features"
    for index, (inputs, outputs, stride) in enumerate(LAYERS):
        convolved = convolve(source, f"conv{index}", inputs, outputs, 3, stride)
        source = f"relu{index}"
        nodes.append(helper.make_node("Relu", [convolved], [source]))
    nodes.append(helper.make_node("ReduceMean", [source], ["pooled"], axes=[2], keepdims=1))
    convolve("pooled", "oxide", LAYERS[-1][1], 1, 1, 1)
    shape_in = [1, 1, FEATURES, "n"] if pixels_along_width else ["n", 1, FEATURES]
    shape_out = [1, 1, 1, "n"] if pixels_along_width else ["n", 1, 1]
    graph = helper.make_graph(
        nodes,
        "published_architecture_random_weights",
        [helper.make_tensor_value_info("features", TensorProto.FLOAT, shape_in)],
        [helper.make_tensor_value_info("oxide", TensorProto.FLOAT, shape_out)],
        constants,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    content: bytes = model.SerializeToString()
    return content


class PublishedPipeline:
    """Features in numpy, then six networks on each batch, as in the published code.

    Parameters
    ----------
    threads : int
        Intra-op threads of ONNX Runtime.
    pixels_along_width : bool
        Whether to run the same networks in the fastest layout instead.
    """

    def __init__(self, threads: int, pixels_along_width: bool = False) -> None:
        self._turned = pixels_along_width
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self._sessions = [
            onnxruntime.InferenceSession(
                build_network(seed, pixels_along_width), options, providers=["CPUExecutionProvider"]
            )
            for seed in range(6)
        ]

    def predict(self, spectra: npt.NDArray[np.float32], batch: int) -> npt.NDArray[np.float32]:
        """Six numbers for spectra of shape (8, n): shape (n, 6)."""
        answers = []
        for start in range(0, spectra.shape[1], batch):
            part = spectra[:, start : start + batch]
            features = _features(part)
            if self._turned:
                features = np.ascontiguousarray(features[:, 0].T)[None, None]
            columns = [session.run(None, {"features": features})[0] for session in self._sessions]
            answers.append(np.stack([column.reshape(-1) for column in columns], axis=1))
        return np.concatenate(answers)


def _features(spectra: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    r414, r749, r950 = spectra[0], spectra[1], spectra[3]
    iron = -np.arctan((r950 / r749 - 1.250) / (r749 - 0.037))
    titanium = np.arctan((r414 / r749 - 0.208) / (r749 + 0.108))
    rows = np.stack([*spectra, iron, titanium], axis=1)
    standardised = (rows - rows.mean(axis=0)) / rows.std(axis=0)
    features: npt.NDArray[np.float32] = standardised.astype(np.float32)[:, None, :]
    return features
