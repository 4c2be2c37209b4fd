"""Validate the recipe on every sensor: ``make validate-model``.

Prints the tables and writes ``training/results/validation.json``, which the model cards and
the models' descriptions quote. Nested leave-one-out, leave-one-mission-out, repeatability, other
seeds, the labels of earlier versions, oxides that are not shipped, and the methods of the
literature in the same folds.

``python -m training.validate --reuse`` takes over stored parts whose source, sensor and stations
have not changed: a change of the recipe does not change the methods that it is compared with.
"""

from __future__ import annotations

import argparse
import multiprocessing
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

import numpy as np

from . import metrics, protocols, results
from .catalogue import ALL_STATIONS, CLEMENTINE, SHIPPED, ShippedModel
from .comparison import compare, formula_figures
from .folds import Fold, leave_one_mission_out, leave_one_out
from .instrument import INSTRUMENTS, Instrument
from .inversion import Inversion
from .recipe import SEED, Answer, answer, fit_inversion
from .reproducible import PROCESSES, make_reproducible
from .skill import RULE, judge
from .stations import Stations, read_stations
from .summary import of_oxides, print_table, summarise
from .synthetic import extraction_noise

#: Perturbed spectra of each held-out station in the repeatability protocol.
REPEATS = 200

#: Seeds beside `SEED`, to show how little the figures depend on it.
OTHER_SEEDS = (1, 2)

#: Models whose dependence on the seed is measured.
SEEDED = (ALL_STATIONS, CLEMENTINE)

Fitted = TypeVar("Fitted")


@dataclass(frozen=True)
class Part:
    """One part of the results: where it is stored, what it depends on, how it is measured."""

    section: str
    name: str
    digest: str
    measure: Callable[[], dict[str, Any]]

    def run(self, reuse: bool) -> None:
        """Measure and store, or keep what is stored if `reuse` and nothing has changed."""
        if reuse:
            try:
                results.load_part(self.section, self.name, self.digest)
            except results.StaleResultsError:
                pass
            else:
                print(f"{self.section}, {self.name}: taken over, nothing has changed")
                return
        started = time.perf_counter()
        results.save_part(self.section, self.name, self.digest, self.measure())
        print(f"{self.section}, {self.name}: {time.perf_counter() - started:.0f} s", flush=True)


def main() -> None:
    """Run every protocol on every shipped model's stations, and the comparisons."""
    parser = argparse.ArgumentParser(prog="training.validate", description=__doc__)
    parser.add_argument(
        "--reuse", action="store_true", help="keep stored parts that nothing has changed"
    )
    options = parser.parse_args()
    make_reproducible()
    started = time.perf_counter()
    for part in parts():
        part.run(options.reuse)
    print(f"everything: {time.perf_counter() - started:.0f} s")


def parts() -> list[Part]:
    """All parts of the results, in the order of their measurement."""
    found = []
    for model in SHIPPED:
        digest = results.recipe_digest(model.stations(), SEED)
        found.append(Part(results.MODELS, model.name, digest, partial(validate, model)))
        if model in SEEDED:
            found.append(Part(results.SEEDS, model.name, digest, partial(other_seeds, model)))
        if model is ALL_STATIONS:
            part = Part(results.PUBLISHED_LABELS, model.name, digest, on_published_labels)
            found.append(part)
    for instrument in INSTRUMENTS:
        stations = read_stations(instrument=instrument)
        digest = results.recipe_digest(stations, SEED)
        measure = partial(candidates, instrument)
        found.append(Part(results.CANDIDATES, instrument.key, digest, measure))
        digest = results.comparison_digest(stations)
        measure = partial(compare_methods, instrument)
        found.append(Part(results.COMPARISON, instrument.key, digest, measure))
    return found


def validate(model: ShippedModel) -> dict[str, Any]:
    """Figures of one model's recipe under each protocol."""
    stations = model.stations()
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


def other_seeds(model: ShippedModel) -> dict[str, Any]:
    """R2 by seed and protocol: the shipped seed's, and that of others."""
    stations = model.stations()
    own = results.load_part(
        results.MODELS, model.name, results.recipe_digest(stations, SEED)
    )  # measured just before
    document: dict[str, Any] = {str(SEED): {}}
    for protocol in (protocols.NESTED_LOO, protocols.LOMO):
        figures = own[protocol]["oxides"]
        document[str(SEED)][protocol] = {oxide: part["r2"] for oxide, part in figures.items()}
    for seed in OTHER_SEEDS:
        document[str(seed)] = {
            protocol: of_oxides(stations.oxide_names, metrics.r2(held_out.oxides, stations.oxides))
            for protocol, _, _, held_out in held_out_answers(stations, seed)
        }
    for seed, of_seed in document.items():
        for protocol, values in of_seed.items():
            row = "".join(f"{value:8.3f}" for value in values.values())
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


def candidates(instrument: Instrument) -> dict[str, Any]:
    """What the rule of `skill` says of every oxide that the recipe may learn."""
    stations = read_stations(instrument=instrument)
    model = next(model for model in SHIPPED if model.instrument == instrument)
    if model.oxides == stations.oxide_names and not model.excluded:
        digest = results.recipe_digest(stations, SEED)
        measured = results.load_part(results.MODELS, model.name, digest)
    else:
        measured = {
            protocol: summarise(protocol, stations, held_out)
            for protocol, _, _, held_out in held_out_answers(stations, SEED)
        }
    document = {oxide: skill.document() for oxide, skill in judge(stations, measured).items()}
    print(f"\n{instrument.sensor.title}: {RULE}")
    for oxide, figures in document.items():
        words = "".join(f"{name} {value}  " for name, value in figures.items())
        print(f"{oxide:8}{words}")
    return document


def repeatability(
    stations: Stations, folds: Sequence[Fold], inversions: Sequence[Inversion]
) -> dict[str, Any]:
    """How much answers move, and how well they still do, when spectra are extracted again.

    Each held-out station is predicted from `REPEATS` perturbed spectra by the inversion that
    never saw it.
    """
    generator = np.random.default_rng(SEED)
    instrument, names = stations.instrument, stations.oxide_names
    moved = np.zeros(len(names))
    error = np.zeros(len(names))
    for fold, inversion in zip(folds, inversions):
        spectrum = stations.reflectance[fold.held_out]
        perturbed = spectrum * extraction_noise(instrument, REPEATS, generator)
        noisy = answer(inversion, perturbed).oxides
        moved += ((noisy - answer(inversion, spectrum).oxides) ** 2).mean(0)
        error += ((noisy - stations.oxides[fold.held_out]) ** 2).mean(0)
    deviation = ((stations.oxides - stations.oxides.mean(0)) ** 2).sum(0)
    return {
        "noise": f"{instrument.common_noise:.1%} common to all bands, "
        f"{instrument.band_noise:.1%} in each band (standard deviations), "
        f"{REPEATS} spectra a station",
        "rms_change": of_oxides(names, np.sqrt(moved / len(stations))),
        "r2": of_oxides(names, 1.0 - error / deviation),
    }


def print_repeatability(document: Mapping[str, Any]) -> None:
    """Print what perturbed spectra do."""
    print(f"repeatability: {document['noise']}")
    for name in ("rms_change", "r2"):
        print(f"{name:22}" + "".join(f"{value:8.2f}" for value in document[name].values()))


def compare_methods(instrument: Instrument) -> dict[str, Any]:
    """Figures of every other method in the folds of both protocols, and of published formulas."""
    stations = read_stations(instrument=instrument)
    document: dict[str, Any] = {
        protocols.NESTED_LOO: compare(stations, leave_one_out(stations), SEED),
        protocols.LOMO: compare(stations, leave_one_mission_out(stations), SEED),
        protocols.AS_PUBLISHED: formula_figures(stations),
    }
    for protocol, methods in document.items():
        print(f"\nR2 on the stations of {instrument.sensor.title}, {protocol}")
        print(f"{'':66}" + "".join(f"{oxide:>8}" for oxide in stations.oxide_names))
        for name, figures in methods.items():
            cells = (figures.get(oxide, {}).get("r2", np.nan) for oxide in stations.oxide_names)
            print(f"{name:66}" + "".join(f"{value:8.2f}" for value in cells))
    return document


if __name__ == "__main__":
    main()
