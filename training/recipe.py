"""The whole recipe, from training stations to an inversion: the same in each fold and shipped."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import onnxruntime

from . import graph
from .calibrate import fit_domain, fit_sigma
from .inversion import Inversion
from .spread import fit_spread
from .stations import FloatArray, Stations
from .student import teach
from .teacher import fit_teacher

SEED = 2023


def fit_inversion(stations: Stations, seed: int = SEED) -> Inversion:
    """Train one inversion.

    Everything that is chosen (kernels and their weights, normalisation, network, domain, both
    sigmas) is chosen on the training set itself, so that a station outside of it is unseen.
    """
    teacher = fit_teacher(stations)
    student = teach(stations, teacher, seed)
    domain = fit_domain(stations, student.scaler)
    sigma = fit_sigma(stations, teacher.left_out, student.departure, domain)
    return Inversion(student, domain, sigma, fit_spread(stations, domain, sigma))


@dataclass(frozen=True)
class Answer:
    """What an exported graph says of n spectra.

    Attributes
    ----------
    oxides, sigma, sigma_new_place : float array, shape (n, oxides)
        wt%.
    distance : float array, shape (n,)
    """

    oxides: FloatArray
    sigma: FloatArray
    sigma_new_place: FloatArray
    distance: FloatArray


def run_graph(serialised: bytes, reflectance: FloatArray) -> Answer:
    """Run an ONNX model on spectra of shape (n, bands)."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(serialised, options, providers=["CPUExecutionProvider"])
    feed = np.ascontiguousarray(reflectance.T[None, None], dtype=np.float32)
    *rows, distance = session.run(
        ["oxides", "sigma", "sigma_new_place", "domain_distance"], {"reflectance": feed}
    )
    oxides, sigma, sigma_new_place = (values.T.astype(float) for values in rows)
    return Answer(oxides, sigma, sigma_new_place, distance.astype(float))


def answer(inversion: Inversion, reflectance: FloatArray) -> Answer:
    """What the graph of an inversion says: validation runs the thing that is shipped."""
    return run_graph(graph.build(inversion).SerializeToString(), reflectance)
