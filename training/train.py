"""Train and write the shipped models and their cards: ``make train``.

Validation figures come from ``training/results/validation.json``; the command refuses when
that file is of another recipe.
"""

from __future__ import annotations

from typing import Any

from . import graph, metrics, protocols, results
from .card import INTENDED_USE, known_failures, render
from .catalogue import ALL_STATIONS, SHIPPED, ShippedModel
from .description import describe, write_model
from .inversion import Inversion
from .recipe import SEED, Answer, fit_inversion, run_graph
from .reproducible import make_reproducible
from .stations import OXIDES, Stations, read_stations

BLIND_CE6 = "blind Chang'e-6"

#: Multiply-adds a pixel that a shipped graph may cost.
BUDGET = 34_975


def main() -> None:
    """Train every shipped model."""
    make_reproducible()
    everything = read_stations()
    measured = results.load()
    for model in SHIPPED:
        inversion = fit_inversion(model.stations(everything))
        comparison = measured["comparison"] if model is ALL_STATIONS else None
        write(model, everything, inversion, measured["models"][model.name], comparison)


def write(
    model: ShippedModel,
    everything: Stations,
    inversion: Inversion,
    validation: dict[str, Any],
    comparison: dict[str, Any] | None,
) -> None:
    """Write one model and its card, and print what it costs and how it fits."""
    stations = model.stations(everything)
    onnx_model = graph.build(inversion)
    cost = graph.graph_multiply_adds(onnx_model)
    if cost > BUDGET:
        raise ValueError(f"{model.name} costs {cost} multiply-adds a pixel, more than {BUDGET}")
    answer = run_graph(onnx_model.SerializeToString(), everything.reflectance)
    trained = [everything.index(station) for station in stations.ids]
    fitted = metrics.entry(
        protocols.FITTED, answer.oxides[trained], stations.oxides, stations.oxide_names
    )
    blind = blind_entry(everything, answer, model.excluded[0]) if model.excluded else None

    loo, lomo = validation[protocols.NESTED_LOO], validation[protocols.LOMO]
    entries = [described(document) for document in (loo, lomo)]
    entries += [fitted] + ([blind] if blind else [])
    description = describe(
        name=model.name,
        title=model.title,
        version=model.version,
        summary=model.summary,
        stations=stations,
        seed=SEED,
        sigma={
            "available": True,
            "method": "conformal: residuals of stations left out, scaled by "
            "domain distance and abundance; coverage measured in nested leave-one-out",
            "coverage_90": loo["coverage_90"],
        },
        new_place={
            "available": True,
            "calibration": "missions left out inside the training set: the spread between the "
            "missions' mean residuals, in quadrature to sigma; coverage measured with missions "
            "left out",
            "coverage_90": lomo["coverage_90_new_place"],
            "coverage_90_overall": lomo["coverage_90_new_place_overall"],
            "half_width_90": lomo["half_width_90_new_place"],
        },
        domain={
            "available": True,
            "method": "distance to the nearest training spectrum in whitened log reflectance, "
            "over a threshold from the distances among training stations",
            "threshold": 1.0,
        },
        validation=entries,
        comparison=comparison,
        extra={
            "intended_use": INTENDED_USE,
            "known_failures": known_failures(validation),
            "cost": cost,
        },
    )
    write_model(onnx_model, description, model.path)
    model.card.write_text(
        render(model, stations, validation, comparison, fitted, blind, cost), encoding="utf-8"
    )
    fit = "  ".join(f"{oxide} {fitted['oxides'][oxide]['r2']:.3f}" for oxide in OXIDES)
    print(f"{model.path.name}: {cost} multiply-adds a pixel; fitted (not validated) R2 {fit}")


def described(document: dict[str, Any]) -> dict[str, Any]:
    """What a description tells of one protocol."""
    kept = ("protocol", "n", "oxides", "missions", "mean_over_missions_rmse")
    return {
        **{key: document[key] for key in kept},
        # What refining needs to judge itself at stations that the model was trained on.
        "stations": {
            station: {"predicted": held_out["predicted"]}
            for station, held_out in document["stations"].items()
        },
    }


def blind_entry(everything: Stations, answer: Answer, station: str) -> dict[str, Any]:
    """Measured, predicted and residual of a station that training never saw, wt%."""
    row = everything.index(station)
    measured, predicted = everything.oxides[row], answer.oxides[row]
    return {
        "protocol": BLIND_CE6,
        "n": 1,
        "oxides": {
            oxide: {
                "measured": round(float(measured[index]), 4),
                "predicted": round(float(predicted[index]), 4),
                "residual": round(float(predicted[index] - measured[index]), 4),
            }
            for index, oxide in enumerate(OXIDES)
        },
    }


if __name__ == "__main__":
    main()
