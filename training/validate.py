"""Validate the recipe: ``make validate-model``.

Prints the tables and writes ``training/results/validation.json``, which the model cards and
the models' descriptions quote. Nested leave-one-out, leave-one-mission-out, repeatability, and
the methods of the literature in the same folds.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any

import numpy as np

from . import metrics, protocols, results
from .calibrate import coverage_90
from .catalogue import ALL_STATIONS, SHIPPED, ShippedModel
from .comparison import LEAKING, compare
from .inversion import Inversion
from .recipe import SEED, Answer, answer, fit_inversions
from .reproducible import PROCESSES, make_reproducible
from .stations import OXIDES, FloatArray, Stations, read_stations
from .synthetic import BAND_NOISE, GAIN_NOISE, extraction_noise

#: Perturbed spectra of each held-out station in the repeatability protocol.
REPEATS = 200


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
    document["comparison"] = compare_methods(everything, document["models"][ALL_STATIONS.name])
    print(f"comparison: {time.perf_counter() - started:.0f} s")
    results.save(document)


def validate(model: ShippedModel, everything: Stations) -> dict[str, Any]:
    """Metrics of one model's recipe under each protocol."""
    stations = model.stations(everything)
    folds = {
        protocols.NESTED_LOO: protocols.leave_one_out(stations),
        protocols.LOMO: protocols.leave_one_mission_out(stations),
    }
    # All protocols at once: folds train side by side in one stack.
    inversions = fit_in_parallel([fold.training for group in folds.values() for fold in group])
    document: dict[str, Any] = {}
    for protocol, group in folds.items():
        part, inversions = inversions[: len(group)], inversions[len(group) :]
        held_out = protocols.held_out_answers(stations, group, part)
        document[protocol] = summarise(protocol, stations, held_out)
        print_table(f"{model.name}, {protocol}", document[protocol])
        if protocol == protocols.NESTED_LOO:
            document[protocols.REPEATABILITY] = repeatability(stations, group, part)
            print_repeatability(document[protocols.REPEATABILITY])
    return document


def fit_in_parallel(
    training_sets: Sequence[Stations],
    fit: Callable[[Sequence[Stations]], list[Inversion]] = fit_inversions,
) -> list[Inversion]:
    """What `fit` gives, in the order of the training sets, half of it from a second process."""
    shares = [training_sets[start::PROCESSES] for start in range(PROCESSES)]
    # Spawned, since a fork of a process in which PyTorch has run threads may hang.
    context = multiprocessing.get_context("spawn")
    inversions: list[Inversion] = [None] * len(training_sets)  # type: ignore[list-item]
    with ProcessPoolExecutor(PROCESSES, context, initializer=make_reproducible) as pool:
        for start, share in enumerate(pool.map(fit, shares)):
            inversions[start::PROCESSES] = share
    return inversions


def repeatability(
    stations: Stations, folds: Sequence[protocols.Fold], inversions: Sequence[Inversion]
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
        noisy = answer(inversion, spectrum * extraction_noise(REPEATS, generator)).oxides
        moved += ((noisy - answer(inversion, spectrum).oxides) ** 2).mean(0)
        error += ((noisy - stations.oxides[fold.held_out]) ** 2).mean(0)
    deviation = ((stations.oxides - stations.oxides.mean(0)) ** 2).sum(0)
    return {
        "noise": f"{GAIN_NOISE:.1%} common to all bands, {BAND_NOISE:.1%} in each band "
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
        (protocols.NESTED_LOO, protocols.leave_one_out(stations)),
        (protocols.LOMO, protocols.leave_one_mission_out(stations)),
    ):
        answers = compare(stations, folds, SEED)
        document[protocol] = {
            name: metrics.by_oxide(predicted, stations.oxides)
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


def summarise(protocol: str, stations: Stations, held_out: Answer) -> dict[str, Any]:
    """Metrics, coverage, share inside the domain, and the residuals of each station."""
    residual = held_out.oxides - stations.oxides
    ordinary = ~np.isin(stations.ids, protocols.SINGLE_STATIONS)
    covered = coverage_90(residual, held_out.sigma)
    document = metrics.entry(protocol, held_out.oxides, stations.oxides)
    document["without_singles"] = metrics.by_oxide(
        held_out.oxides[ordinary], stations.oxides[ordinary]
    )
    document["coverage_90"] = rounded(dict(zip(OXIDES, covered)))
    document["coverage_90_overall"] = round(float(covered.mean()), 4)
    document["inside_domain"] = round(float((held_out.distance <= 1.0).mean()), 4)
    document["stations"] = {
        station: {
            "predicted": rounded(dict(zip(OXIDES, held_out.oxides[row]))),
            "sigma": rounded(dict(zip(OXIDES, held_out.sigma[row]))),
            "residual": rounded(dict(zip(OXIDES, residual[row]))),
            "domain_distance": round(float(held_out.distance[row]), 3),
        }
        for row, station in enumerate(stations.ids)
    }
    return document


def rounded(values: dict[str, Any]) -> dict[str, float]:
    """Numbers to four decimals."""
    return {name: round(float(value), 4) for name, value in values.items()}


def print_table(title: str, document: dict[str, Any]) -> None:
    """Print the metrics of one protocol."""
    print(f"\n{title} (n = {document['n']}, {document['inside_domain']:.0%} inside the domain)")
    print(f"{'':22}" + "".join(f"{oxide:>8}" for oxide in OXIDES))
    for name in ("r2", "rmse", "mae", "bias"):
        row = "".join(f"{document['oxides'][oxide][name]:8.2f}" for oxide in OXIDES)
        print(f"{name:22}" + row)
    row = "".join(f"{document['without_singles'][oxide]['r2']:8.2f}" for oxide in OXIDES)
    print(f"{'r2 without CE5, CE6':22}" + row)
    row = "".join(f"{document['coverage_90'][oxide]:8.2f}" for oxide in OXIDES)
    print(f"{'90 % coverage':22}" + row + f"   overall {document['coverage_90_overall']:.2f}")


if __name__ == "__main__":
    main()
