"""Train and write the shipped models and their cards: ``make train``.

Validation figures come from ``training/results/validation.json``; the command refuses when
that file is of another recipe.
"""

from __future__ import annotations

from typing import Any

from . import graph, metrics, protocols, results
from .card import Evidence, render
from .card_texts import TEXTS
from .catalogue import SHIPPED, ShippedModel
from .description import describe, write_model
from .fast_form import fast_form
from .inversion import Inversion
from .recipe import SEED, Answer, fit_inversion, run_graph
from .reproducible import make_reproducible
from .stations import Stations

BLIND_CE6 = "blind Chang'e-6"

#: Multiply-adds a pixel that a shipped graph may cost.
BUDGET = 12_000


def main() -> None:
    """Train every shipped model."""
    make_reproducible()
    for model in SHIPPED:
        write(model, fit_inversion(model.stations()), evidence(model))


def evidence(model: ShippedModel) -> Evidence:
    """What validation has measured of a model and beside it."""
    whole = not model.excluded
    other = next((each for each in SHIPPED if whole and each.instrument != model.instrument), None)
    return Evidence(
        results.of_model(model, SEED),
        results.of_comparison(model.instrument) if whole else None,
        results.of_candidates(model.instrument, SEED),
        other,
        results.of_model(other, SEED) if other is not None else None,
    )


def write(model: ShippedModel, inversion: Inversion, measured: Evidence) -> None:
    """Write one model and its card, and print what it costs and how it fits."""
    stations, everything = model.stations(), model.everything()
    validation, texts = measured.validation, TEXTS[model.instrument.key]
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
            "calibration": "missions left out inside the training set: what their residuals exceed "
            "sigma by, in quadrature to it, scaled so that the interval made without a mission "
            "holds 90 % of its residuals; coverage measured with missions left out",
            "coverage_90": lomo["coverage_90_new_place"],
            "coverage_90_overall": lomo["coverage_90_new_place_overall"],
            # With every mission known, as in the file; a fold without one has wider intervals.
            "half_width_90": loo["half_width_90_new_place"],
        },
        domain={
            "available": True,
            "method": "distance to the nearest training spectrum in whitened log reflectance, "
            "over a threshold from the distances among training stations",
            "threshold": 1.0,
        },
        validation=entries,
        comparison=measured.comparison,
        extra={
            "intended_use": texts.intended_use,
            "known_failures": texts.known_failures(validation),
            "cost": cost,
        },
    )
    # What validation ran, in the form that runs fastest.
    write_model(fast_form(onnx_model), description, model.path)
    model.card.write_text(render(model, stations, measured, fitted, blind, cost), encoding="utf-8")
    fit = "  ".join(f"{oxide} {fitted['oxides'][oxide]['r2']:.3f}" for oxide in model.oxides)
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
            for index, oxide in enumerate(everything.oxide_names)
        },
    }


if __name__ == "__main__":
    main()
