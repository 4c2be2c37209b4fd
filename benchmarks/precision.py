"""Accuracy and speed of the model with smaller numbers than float32.

Quantises the shipped model (ONNX Runtime's static quantisation, calibrated on simulated spectra)
and compares it with float32 on other simulated spectra.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Any, Dict, Iterator, Optional

import numpy as np
import numpy.typing as npt
import onnx
import onnxruntime
from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_static

from benchmarks.simulate import simulated_dn
from lunar_oxide_plugin.core.models.bundled_models import BUNDLED_MODELS, bundled_model_path
from lunar_oxide_plugin.core.models.oxide_model import CHUNK_PIXELS
from lunar_oxide_plugin.core.rasters.sensors.known import MI_NUMBERS

MODEL = bundled_model_path(BUNDLED_MODELS[0])
MODEL_BANDS = [0, 1, 2, 3, 4, 6, 7, 8]
Feed = Dict[str, npt.NDArray[np.float32]]

#: Largest acceptable difference, wt%.
WANTED_WT = 0.01


class Spectra(CalibrationDataReader):
    """Chunks of simulated spectra in the graph's layout."""

    def __init__(self, seed: int, chunks: int) -> None:
        side = int(np.ceil((CHUNK_PIXELS * chunks) ** 0.5))
        dn = simulated_dn(side, side, seed)[MODEL_BANDS].reshape(8, -1)
        reflectance = (dn * MI_NUMBERS.scale).astype(np.float32)
        self.feeds = [
            {"reflectance": np.ascontiguousarray(part)[None, None]}
            for part in np.split(reflectance[:, : CHUNK_PIXELS * chunks], chunks, axis=1)
        ]
        self._rest: Iterator[Feed] = iter(self.feeds)

    def get_next(self) -> Optional[Feed]:
        """The next chunk; None at the end."""
        return next(self._rest, None)


def main() -> None:
    """Print the table."""
    sample = Spectra(seed=7, chunks=10).feeds
    reference = _answers(str(MODEL), sample)
    print(f"{MODEL.name}, ONNX Runtime {onnxruntime.__version__}, simulated spectra")
    print(f"{'arithmetic':28s} {'ns/pixel':>9s} {'largest':>9s} {'median':>9s}  difference, wt%")
    with tempfile.TemporaryDirectory() as folder:
        candidates = {"float32": str(MODEL)}
        for label, convolutions in (("int8, all convolutions", None), ("int8, inner ones", 2)):
            path = str(Path(folder) / f"{len(candidates)}.onnx")
            _quantise(path, convolutions)
            candidates[label] = path
        for label, path in candidates.items():
            difference = np.abs(_answers(path, sample) - reference)
            worst = float(difference.max())
            verdict = "" if worst <= WANTED_WT else f"  more than {WANTED_WT} wt%"
            print(
                f"{label:28s} {_nanoseconds(path, sample):9.0f} {worst:9.4f} "
                f"{float(np.median(difference)):9.4f}{verdict}"
            )


def _quantise(path: str, inner: Optional[int]) -> None:
    """Write the model with int8 convolutions: all, or the `inner` ones, which are the slowest."""
    nodes = [node for node in onnx.load(str(MODEL)).graph.node if node.op_type == "Conv"]
    chosen = None
    if inner is not None:
        network = [
            node.name or node.output[0] for node in nodes if node.output[0].startswith("conv")
        ]
        chosen = network[1 : 1 + inner]
    named = onnx.load(str(MODEL))
    for node in named.graph.node:
        node.name = node.name or node.output[0]
    quantize_static(
        named,
        path,
        Spectra(seed=3, chunks=8),
        quant_format=QuantFormat.QDQ,
        per_channel=True,
        activation_type=QuantType.QUInt8,
        weight_type=QuantType.QInt8,
        op_types_to_quantize=["Conv"],
        nodes_to_quantize=chosen,
    )


def _session(path: str) -> Any:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


def _answers(path: str, feeds: Any) -> npt.NDArray[np.float32]:
    session = _session(path)
    return np.concatenate([session.run(["oxides"], feed)[0] for feed in feeds], axis=1)


def _nanoseconds(path: str, feeds: Any) -> float:
    """Processor time per pixel, the best of three rounds."""
    session = _session(path)
    times = []
    for _ in range(3):
        start = time.process_time()
        for feed in feeds:
            session.run(None, feed)
        times.append(time.process_time() - start)
    return min(times) / len(feeds) / CHUNK_PIXELS * 1e9


if __name__ == "__main__":
    main()
