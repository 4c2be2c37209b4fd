"""Validate the recipe: ``make validate-model``.

Prints the tables and writes ``training/results/validation.json``, which the model cards and
the models' descriptions quote. Nested leave-one-out, leave-one-mission-out, repeatability, other
seeds, the labels of earlier versions, and the methods of the literature in the same folds.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from typing import Any, TypeVar

import numpy as np

from . import metrics, protocols, results
from .catalogue import ALL_STATIONS, SHIPPED, ShippedModel
from .comparison import LEAKING, compare
from .folds import Fold, leave_one_mission_out, leave_one_out
from .inversion import Inversion
from .recipe import SEED, Answer, answer, fit_inversion
from .reproducible import PROCESSES, make_reproducible
from .stations import OXIDES, FloatArray, Stations, read_stations
from .summary import print_table, rounded, summarise
from .synthetic import extraction_noise

#: Perturbed spectra of each held-out station in the repeatability protocol.
REPEATS = 200

#: Seeds beside `SEED`, to show how little the figures depend on it.
OTHER_SEEDS = (1, 2)

Fitted = TypeVar("Fitted")


def main() -> None:
    """Run every protocol on every shipped model's stations, and the comparison."""
    make_reproducible()
    everything = read_stations()
    document: dict[str, Any] = {"models": {}}
    for model in SHIPPED:
        started = time.perf_counter()
        document["models"][model.name] = validate(model, everything)
        print(f"{model.name}: {time.perf_counter() - started:.0f} s", flush=True)
    started = time.perf_counter()
    own = document["models"][ALL_STATIONS.name]
    own[protocols.SEEDS] = other_seeds(everything, own)
    own[protocols.PUBLISHED_LABELS] = on_published_labels()
    print(f"other seeds, labels of earlier versions: {time.perf_counter() - started:.0f} s")
    started = time.perf_counter()
    document["comparison"] = compare_methods(everything, own)
    print(f"comparison: {time.perf_counter() - started:.0f} s")
    results.save(document)


def validate(model: ShippedModel, everything: Stations) -> dict[str, Any]:
    """Figures of one model's recipe under each protocol."""
    stations = model.stations(everything)
    document: dict[str, Any] = {}
    for protocol, folds, inversions, held_out in held_out_answers(stations, SEED):
        document[protocol] = summarise(protocol, stations, held_out)
        print_table(f"{model.name}, {protocol}", document[protocol])
        if protocol == protocols.NESTED_LOO:
            document[protocols.REPEATABILITY] = repeatability(stations, folds, inversions)
            print_repeatability(document[protocols.REPEATABILITY])
    return document


def held_out_answers(
    stations: Stations, seed: int
) -> list[tuple[str, list[Fold], list[Inversion], Answer]]:
    """Folds, inversions and held-out answers of both protocols."""
    groups = {
        protocols.NESTED_LOO: leave_one_out(stations),
        protocols.LOMO: leave_one_mission_out(stations),
    }
    inversions = fit_in_parallel(
        [fold.training for folds in groups.values() for fold in folds],
        partial(fit_inversion, seed=seed),
    )
    found = []
    for protocol, folds in groups.items():
        part, inversions = inversions[: len(folds)], inversions[len(folds) :]
        found.append((protocol, folds, part, protocols.held_out_answers(stations, folds, part)))
    return found


def fit_in_parallel(
    training_sets: Sequence[Stations], fit: Callable[[Stations], Fitted]
) -> list[Fitted]:
    """What `fit` gives for each training set, in their order, from several processes."""
    # Spawned, since a fork of a process in which PyTorch has run threads may hang.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(PROCESSES, context, initializer=make_reproducible) as pool:
        return list(pool.map(fit, training_sets))


def other_seeds(stations: Stations, own: Mapping[str, Any]) -> dict[str, Any]:
    """R2 by seed and protocol: the shipped seed's, and that of others."""
    document: dict[str, Any] = {str(SEED): {}}
    for protocol in (protocols.NESTED_LOO, protocols.LOMO):
        document[str(SEED)][protocol] = {o: own[protocol]["oxides"][o]["r2"] for o in OXIDES}
    for seed in OTHER_SEEDS:
        document[str(seed)] = {
            protocol: rounded(dict(zip(OXIDES, metrics.r2(held_out.oxides, stations.oxides))))
            for protocol, _, _, held_out in held_out_answers(stations, seed)
        }
    for seed, of_seed in document.items():
        for protocol, values in of_seed.items():
            row = "".join(f"{values[oxide]:8.3f}" for oxide in OXIDES)
            print(f"{f'R2 of seed {seed}, {protocol}':44}" + row)
    return document


def on_published_labels() -> dict[str, Any]:
    """The recipe trained and scored with Apollo 12's fines, as versions up to 2.1 were."""
    stations = read_stations(published=True)
    document = {}
    for protocol, _, _, held_out in held_out_answers(stations, SEED):
        document[protocol] = summarise(protocol, stations, held_out)
        print_table(f"{ALL_STATIONS.name} on the published labels, {protocol}", document[protocol])
    return document


def repeatability(
    stations: Stations, folds: Sequence[Fold], inversions: Sequence[Inversion]
) -> dict[str, Any]:
    """How much answers move, and how well they still do, when spectra are extracted again.

    Each held-out station is predicted from `REPEATS` perturbed spectra by the inversion that
    never saw it.
    """
    generator = np.random.default_rng(SEED)
    moved = np.zeros(len(OXIDES))
    error = np.zeros(len(OXIDES))
    for fold, inversion in zip(folds, inversions):
        spectrum = stations.reflectance[fold.held_out]
        noisy = answer(
            inversion, spectrum * extraction_noise(stations.instrument, REPEATS, generator)
        ).oxides
        moved += ((noisy - answer(inversion, spectrum).oxides) ** 2).mean(0)
        error += ((noisy - stations.oxides[fold.held_out]) ** 2).mean(0)
    deviation = ((stations.oxides - stations.oxides.mean(0)) ** 2).sum(0)
    return {
        "noise": f"{stations.instrument.common_noise:.1%} common to all bands, "
        f"{stations.instrument.band_noise:.1%} in each band "
        f"(standard deviations), {REPEATS} spectra a station",
        "rms_change": rounded(dict(zip(OXIDES, np.sqrt(moved / len(stations))))),
        "r2": rounded(dict(zip(OXIDES, 1.0 - error / deviation))),
    }


def print_repeatability(document: Mapping[str, Any]) -> None:
    """Print what perturbed spectra do."""
    print(f"repeatability: {document['noise']}")
    for name in ("rms_change", "r2"):
        print(f"{name:22}" + "".join(f"{document[name][oxide]:8.2f}" for oxide in OXIDES))


def compare_methods(stations: Stations, own: Mapping[str, Any]) -> dict[str, Any]:
    """R2 of every other method in the folds of both protocols, printed beside our own."""
    document: dict[str, Any] = {}
    for protocol, folds in (
        (protocols.NESTED_LOO, leave_one_out(stations)),
        (protocols.LOMO, leave_one_mission_out(stations)),
    ):
        answers = compare(stations, folds, SEED)
        document[protocol] = {
            name: metrics.by_oxide(predicted, stations.oxides, stations.oxide_names)
            for name, predicted in answers.items()
        }
        print(f"\nR2, {protocol}")
        rows: dict[str, FloatArray] = {
            name: np.array([figures[oxide]["r2"] for oxide in OXIDES])
            for name, figures in document[protocol].items()
        }
        rows["this model"] = np.array([own[protocol]["oxides"][oxide]["r2"] for oxide in OXIDES])
        honest = [row for name, row in rows.items() if LEAKING not in name and name != "this model"]
        rows["best of the others"] = np.max(honest, axis=0)
        for name, row in rows.items():
            print(f"{name:66}" + "".join(f"{value:8.2f}" for value in row))
    return document


if __name__ == "__main__":
    main()
