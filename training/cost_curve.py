"""How close networks of several sizes come to their teacher, and their cost: ``make cost-curve``.

For each form of the network for Kaguya MI: multiply-adds a pixel, nanoseconds a pixel and thread of
ONNX Runtime, the root mean square differences from the teacher and from the wide dense network
(`dense`; the form of version 3.0) inside the domain, and R2 with stations and with missions left
out. The shipped form has a star. The last row is the dense network, which is not exported.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import onnxruntime

from lunar_oxide_plugin.core.models.oxide_model import CHUNK_PIXELS

from . import graph, metrics
from .dense import Dense
from .folds import Fold, leave_one_mission_out, leave_one_out
from .instrument import FloatArray
from .inversion import Inversion
from .recipe import SEED, fit_inversion
from .reproducible import make_reproducible
from .stations import Stations, read_stations
from .student import FORM, Form, Student, learn, prepare
from .synthetic import synthetic_spectra
from .teacher import Teacher, fit_teacher
from .validate import fit_in_parallel

#: From few kernels to many; then narrow kernels, and kernels that see everything at one place.
FORMS = (
    Form(48, 16),
    Form(96, 32),
    FORM,
    Form(192, 64),
    Form(80, 32, plain_places=6),
    Form(432, 144, plain_places=1, whitened_places=1),
)

#: Synthetic spectra on which networks are compared, and runs whose median is the time.
SPECTRA = 4096
RUNS = 300

#: Outputs that a map holds unless asked otherwise.
OUTPUTS = ("oxides", "sigma_new_place", "domain_distance")


def main() -> None:
    """Print the curve."""
    make_reproducible()
    stations = read_stations()
    inversion = fit_inversion(stations)
    spectra = synthetic_spectra(stations, SPECTRA, np.random.default_rng(SEED + 1))
    whitened = inversion.student.scaler.whiten(spectra)
    inside = spectra[inversion.domain.distance(whitened) <= 1.0]
    students, dense = networks(stations)
    references = [bounded(network, inside) for network in (fit_teacher(stations), dense)]
    answers = [
        held_out_answers(stations, folds)
        for folds in (leave_one_out(stations), leave_one_mission_out(stations))
    ]
    print(
        f"Root mean square difference from the teacher and from the dense network, wt%, at "
        f"{len(inside)} synthetic spectra inside the domain;\nR2 with stations left out, and with "
        f"missions left out\n\n{'kernels x places':24}{'products':>9}{'ns':>6}{'teacher':>9}"
        f"{'dense':>7}" + "".join(f"{oxide:>15}" for oxide in stations.oxide_names)
    )
    costs = [cost(replace(inversion, student=student), stations) for student in students]
    for row, network in enumerate((*students, dense)):
        found = bounded(network, inside)
        departures = [np.sqrt(((found - reference) ** 2).mean()) for reference in references]
        figures = [metrics.r2(predicted[row], stations.oxides) for predicted in answers]
        name, costing = (words(FORMS[row]), costs[row]) if network is not dense else ("dense", "")
        print(
            f"{name:24}{costing:15}{departures[0]:9.3f}{departures[1]:7.3f}"
            + "".join(f"{first:8.3f}{second:7.3f}" for first, second in zip(*figures))
        )


def networks(stations: Stations) -> tuple[list[Student], Dense]:
    """A network of each form, and the dense one, of one training set."""
    lesson = prepare(stations, fit_teacher(stations), SEED)
    return [learn(lesson, form) for form in FORMS], lesson.dense


def bounded(network: Student | Dense | Teacher, spectra: FloatArray) -> FloatArray:
    """Answers of a network, wt%, none below zero."""
    return np.maximum(network.predict(spectra), 0.0)


def held_out_answers(stations: Stations, folds: Sequence[Fold]) -> FloatArray:
    """Answers for stations held out, shape (forms + 1, stations, oxides), wt%."""
    answers = np.empty((len(FORMS) + 1, *stations.oxides.shape))
    fitted = fit_in_parallel([fold.training for fold in folds], networks)
    for fold, (students, dense) in zip(folds, fitted):
        for row, network in enumerate((*students, dense)):
            answers[row, fold.held_out] = bounded(network, stations.reflectance[fold.held_out])
    return answers


def words(form: Form) -> str:
    """A form in a few words."""
    kernels = f"{form.plain} x {form.plain_places}, {form.whitened} x {form.whitened_places}"
    return kernels + " *" * (form == FORM)


def cost(inversion: Inversion, stations: Stations) -> str:
    """Multiply-adds a pixel, and nanoseconds a pixel and thread, of the exported graph."""
    model = graph.build(inversion)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )
    spectra = np.resize(stations.reflectance, (CHUNK_PIXELS, stations.reflectance.shape[1]))
    feed = {"reflectance": np.ascontiguousarray(spectra.T[None, None], dtype=np.float32)}
    seconds = []
    for _ in range(RUNS):
        started = time.perf_counter()
        session.run(OUTPUTS, feed)
        seconds.append(time.perf_counter() - started)
    nanoseconds = 1e9 * np.median(seconds) / CHUNK_PIXELS
    return f"{graph.graph_multiply_adds(model):9}{nanoseconds:6.0f}"


if __name__ == "__main__":
    main()
