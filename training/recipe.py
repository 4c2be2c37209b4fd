"""The whole recipe, from training stations to an inversion: the same in each fold and shipped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import onnxruntime

from . import graph
from .calibrate import fit_domain, fit_sigma
from .distil import distil
from .inversion import Inversion
from .stations import FloatArray, Stations
from .teacher import fit_teachers

SEED = 2023


def fit_inversions(training_sets: Sequence[Stations], seed: int = SEED) -> list[Inversion]:
    """Train one inversion on each training set.

    Everything that is chosen (kernels and their weights, normalisation, network, domain,
    sigma) is chosen on the training set itself, so that a station outside of it is unseen.
    """
    teachers = fit_teachers(training_sets, seed)
    students = distil(training_sets, teachers, seed)
    inversions = []
    for stations, teacher, student in zip(training_sets, teachers, students):
        domain = fit_domain(stations, student.scaler)
        inversions.append(
            Inversion(
                student.scaler,
                student.layers,
                student.oxide_mean,
                student.oxide_std,
                domain,
                fit_sigma(stations, teacher.bank.left_out, student.departure, domain),
            )
        )
    return inversions


@dataclass(frozen=True)
class Answer:
    """What an exported graph says of n spectra.

    Attributes
    ----------
    oxides, sigma : float array, shape (n, 6)
        wt%.
    distance : float array, shape (n,)
    """

    oxides: FloatArray
    sigma: FloatArray
    distance: FloatArray


def run_graph(serialised: bytes, reflectance: FloatArray) -> Answer:
    """Run an ONNX model on spectra of shape (n, 8)."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(serialised, options, providers=["CPUExecutionProvider"])
    feed = np.ascontiguousarray(reflectance.T[None, None], dtype=np.float32)
    oxides, sigma, distance = session.run(
        ["oxides", "sigma", "domain_distance"], {"reflectance": feed}
    )
    return Answer(oxides.T.astype(float), sigma.T.astype(float), distance.astype(float))


def answer(inversion: Inversion, reflectance: FloatArray) -> Answer:
    """What the graph of an inversion says: validation runs the thing that is shipped."""
    return run_graph(graph.build(inversion).SerializeToString(), reflectance)
