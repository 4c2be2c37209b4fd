"""Validate the recipe: ``python -m training.validate``.

Prints the tables and writes ``training/results/validation.json``, which the model cards and
the models' descriptions quote.
"""

from __future__ import annotations

import time
from typing import Any

import numpy as np

from . import metrics, protocols, results
from .calibrate import coverage_90
from .catalogue import SHIPPED, ShippedModel
from .recipe import Answer, fit_inversions
from .reproducible import make_reproducible
from .stations import OXIDES, Stations, read_stations

#: Stations that decide much of the squared error; metrics are also given without them.
SINGLE_STATIONS = ("CE5", "CE6")


def main() -> None:
    """Run every protocol on every shipped model's stations."""
    make_reproducible()
    everything = read_stations()
    document = {"models": {}}
    for model in SHIPPED:
        started = time.perf_counter()
        document["models"][model.name] = validate(model, everything)
        print(f"{model.name}: {time.perf_counter() - started:.0f} s")
    results.save(document)


def validate(model: ShippedModel, everything: Stations) -> dict[str, Any]:
    """Metrics of one model's recipe under each protocol."""
    stations = model.stations(everything)
    folds = {
        protocols.NESTED_LOO: protocols.leave_one_out(stations),
        protocols.LOMO: protocols.leave_one_mission_out(stations),
    }
    # One call for all protocols: folds train side by side in one stack.
    flat = [fold for group in folds.values() for fold in group]
    inversions = fit_inversions([fold.training for fold in flat])
    document: dict[str, Any] = {}
    for protocol, group in folds.items():
        part, inversions = inversions[: len(group)], inversions[len(group) :]
        answer = protocols.held_out_answers(stations, group, part)
        document[protocol] = summarise(protocol, stations, answer)
        print_table(f"{model.name}, {protocol}", document[protocol])
    return document


def summarise(protocol: str, stations: Stations, answer: Answer) -> dict[str, Any]:
    """Metrics, coverage, share inside the domain, and the residuals of each station."""
    residual = answer.oxides - stations.oxides
    ordinary = ~np.isin(stations.ids, SINGLE_STATIONS)
    covered = coverage_90(residual, answer.sigma)
    document = metrics.entry(protocol, answer.oxides, stations.oxides)
    document["without_singles"] = metrics.by_oxide(
        answer.oxides[ordinary], stations.oxides[ordinary]
    )
    document["coverage_90"] = rounded(dict(zip(OXIDES, covered)))
    document["coverage_90_overall"] = round(float(covered.mean()), 4)
    document["inside_domain"] = round(float((answer.distance <= 1.0).mean()), 4)
    document["stations"] = {
        station: {
            "predicted": rounded(dict(zip(OXIDES, answer.oxides[row]))),
            "sigma": rounded(dict(zip(OXIDES, answer.sigma[row]))),
            "residual": rounded(dict(zip(OXIDES, residual[row]))),
            "domain_distance": round(float(answer.distance[row]), 3),
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
