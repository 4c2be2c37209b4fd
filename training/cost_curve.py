"""How close networks of several sizes come to their teacher, and their cost: ``make cost-curve``.

For each form of the network for Kaguya MI: multiply-adds a pixel, nanoseconds a pixel and thread of
ONNX Runtime, the root mean square differences from the teacher and from the wide dense network
(`dense`; the form of version 3.0) inside the domain, and R2 with missions left out, the protocol in
which forms differ most. The shipped form has a star. The last row is the dense network, which is
not exported. Takes some minutes, and writes what it prints to ``training/results/cost_curve.txt``.
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
from .fast_form import fast_form
from .folds import Fold, leave_one_mission_out
from .instrument import FloatArray
from .inversion import Inversion
from .recipe import SEED, fit_inversion
from .reproducible import make_reproducible
from .results import RESULTS
from .stations import Stations, read_stations
from .student import FORM, Form, Student, learn, prepare
from .synthetic import synthetic_spectra
from .teacher import Teacher, fit_teacher
from .validate import fit_in_parallel

#: From few kernels to many at two places; then kernels that are narrower and look at three, and
#: kernels that see everything at one place.
FORMS = (
    Form(48, 16, plain_places=2, whitened_places=2),
    FORM,
    Form(144, 48, plain_places=2, whitened_places=2),
    Form(64, 32, plain_places=3, whitened_places=3),
    Form(144, 48, plain_places=1, whitened_places=1),
)

#: Where the curve is kept.
CURVE = RESULTS.parent / "cost_curve.txt"

#: Synthetic spectra on which networks are compared, and runs whose median is the time.
SPECTRA = 4096
RUNS = 300

#: Outputs that a map holds unless asked otherwise.
OUTPUTS = ("oxides", "sigma_new_place", "domain_distance")


def main() -> None:
    """Print the curve, and keep it."""
    make_reproducible()
    text = "\n".join(curve(read_stations()))
    print(text)
    CURVE.write_text(text + "\n", encoding="utf-8")


def curve(stations: Stations) -> list[str]:
    """The curve's lines."""
    inversion = fit_inversion(stations)
    spectra = synthetic_spectra(stations, SPECTRA, np.random.default_rng(SEED + 1))
    whitened = inversion.student.scaler.whiten(spectra)
    inside = spectra[inversion.domain.distance(whitened) <= 1.0]
    students, dense, teacher = networks(stations)
    references = [bounded(network, inside) for network in (teacher, dense)]
    costs = [cost(replace(inversion, student=student), stations) for student in students]
    answers = held_out_answers(stations, leave_one_mission_out(stations))
    lines = [
        f"Root mean square difference from the teacher and from the dense network, wt%, at "
        f"{len(inside)} synthetic spectra inside the domain;",
        "nanoseconds a pixel and thread of ONNX Runtime; R2 with missions left out.",
        "TiO2 is computed beside the networks; the dense one learns it, and differs there most.",
        "",
        f"{'kernels x places':24}{'products':>9}{'ns':>6}{'teacher':>9}{'dense':>7}"
        + "".join(f"{oxide:>8}" for oxide in stations.oxide_names),
    ]
    for row, network in enumerate((*students, dense)):
        found = bounded(network, inside)
        departures = [np.sqrt(((found - reference) ** 2).mean()) for reference in references]
        name, costing = (words(FORMS[row]), costs[row]) if network is not dense else ("dense", "")
        lines.append(
            f"{name:24}{costing:15}{departures[0]:9.3f}{departures[1]:7.3f}"
            + "".join(f"{figure:8.3f}" for figure in metrics.r2(answers[row], stations.oxides))
        )
    return lines


def networks(stations: Stations) -> tuple[list[Student], Dense, Teacher]:
    """A network of each form, the dense one, and their teacher, of one training set."""
    teacher = fit_teacher(stations)
    lesson = prepare(stations, teacher, SEED)
    return [learn(lesson, form) for form in FORMS], lesson.dense, teacher


def bounded(network: Student | Dense | Teacher, spectra: FloatArray) -> FloatArray:
    """Answers of a network, wt%, none below zero."""
    return np.maximum(network.predict(spectra), 0.0)


def held_out_answers(stations: Stations, folds: Sequence[Fold]) -> FloatArray:
    """Answers for stations held out, shape (forms + 1, stations, oxides), wt%."""
    answers = np.full((len(FORMS) + 1, *stations.oxides.shape), np.nan)
    fitted = fit_in_parallel([fold.training for fold in folds], networks)
    for fold, (students, dense, _) in zip(folds, fitted):
        for row, network in enumerate((*students, dense)):
            answers[row, fold.held_out] = bounded(network, stations.reflectance[fold.held_out])
    return answers


def words(form: Form) -> str:
    """A form in a few words."""
    kernels = f"{form.plain} x {form.plain_places}, {form.whitened} x {form.whitened_places}"
    return kernels + " *" * (form == FORM)


def cost(inversion: Inversion, stations: Stations) -> str:
    """Multiply-adds a pixel, and nanoseconds a pixel and thread, of the file."""
    model = graph.build(inversion)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        fast_form(model).SerializeToString(), options, providers=["CPUExecutionProvider"]
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
