"""How far another processor moves the model: ``python -m training.processors``.

Trains a model of each sensor again as processors of other kinds would, each in its own process:
OpenBLAS is told to use the kernels of another family, and numpy to leave out newer instructions.
Prints the largest differences from the shipped file, at the stations and on synthetic spectra
between and around them.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import onnx

from . import graph
from .catalogue import ALL_STATIONS, CLEMENTINE, ShippedModel
from .fast_form import fast_form
from .recipe import SEED, fit_inversion, run_graph
from .reproducible import make_reproducible
from .synthetic import synthetic_spectra

#: Instructions beyond those of the first x86-64 processors that numpy's loops choose from.
NEW_INSTRUCTIONS = "AVX2 FMA3 AVX512F AVX512CD AVX512_SKX AVX512_CLX AVX512_CNL AVX512_ICL"

#: Environment of each kind. OpenBLAS: Prescott has SSE3 alone, Haswell AVX2, SkylakeX AVX-512.
PROCESSORS = {
    "as this one": {},
    "Prescott, numpy without AVX2": {
        "OPENBLAS_CORETYPE": "Prescott",
        "NPY_DISABLE_CPU_FEATURES": NEW_INSTRUCTIONS,
    },
    "Haswell": {"OPENBLAS_CORETYPE": "Haswell"},
    "SkylakeX": {"OPENBLAS_CORETYPE": "SkylakeX"},
    "Zen": {"OPENBLAS_CORETYPE": "Zen"},
}

#: One model of each sensor.
MODELS = (ALL_STATIONS, CLEMENTINE)

#: Synthetic spectra on which files are compared beside the stations.
SPECTRA = 4096


def main() -> None:
    """Train as each processor and compare, or write one file if told which and where."""
    if len(sys.argv) > 1:
        train(_called(sys.argv[1]), Path(sys.argv[2]))
        return
    for model in MODELS:
        compare(model)


def compare(model: ShippedModel) -> None:
    """Print how far the processors move one model."""
    stations = model.stations()
    between = synthetic_spectra(stations, SPECTRA, np.random.default_rng(SEED + 1))
    shipped = onnx.load(model.path).SerializeToString()
    print(f"Largest difference from {model.path.name}, wt%")
    print(f"{'':44}" + "".join(f"{oxide:>9}" for oxide in model.oxides))
    with tempfile.TemporaryDirectory() as folder:
        for name, environment in PROCESSORS.items():
            path = Path(folder) / "trained.onnx"
            subprocess.run(
                [sys.executable, "-m", "training.processors", model.name, str(path)],
                env={**os.environ, **environment},
                check=True,
                # Names of instructions that this processor lacks are reported, and harmless.
                stderr=subprocess.DEVNULL,
            )
            for words, spectra in (("stations", stations.reflectance), ("between", between)):
                answers = [run_graph(m, spectra).oxides for m in (shipped, path.read_bytes())]
                change = np.abs(answers[1] - answers[0]).max(0)
                row = "".join(f"{value:9.5f}" for value in change)
                print(f"{f'{name}, {words}':44}{row}", flush=True)


def train(model: ShippedModel, path: Path) -> None:
    """Train a model in this process and write its graph."""
    make_reproducible()
    built = graph.build(fit_inversion(model.stations()))
    path.write_bytes(fast_form(built).SerializeToString())


def _called(name: str) -> ShippedModel:
    return next(model for model in MODELS if model.name == name)


if __name__ == "__main__":
    main()
