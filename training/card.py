"""The model card, written from measured results and never by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from . import protocols
from .agreement import compare_models
from .calibrate import Z90
from .card_texts import TEXTS, Texts
from .catalogue import ShippedModel
from .comparison import LEAKING
from .description import at_new_places
from .skill import RULE
from .stations import Stations

#: Differences of R2 that mean nothing with some fifty stations.
NO_DIFFERENCE = 0.02

#: The network, in one sentence without a full stop.
NETWORK = (
    "The network is convolutional: kernels drawn at random slide along the spectrum and are "
    "rectified; which of them stay, where they move to, and what they add to the output, is learnt "
    "by least squares on the answers of the teacher and of a wide network that follows it"
)


@dataclass(frozen=True)
class Evidence:
    """What validation has measured.

    Attributes
    ----------
    validation : mapping
        Of the model, by protocol (`results.of_model`).
    comparison : mapping, or None
        Figures of other methods, by protocol; None if they were not run on these stations.
    candidates : mapping
        What the rule of `skill` says of each oxide of the sensor.
    other, other_validation : ShippedModel and mapping, or None
        A model of another sensor, which is asked about the same stations.
    """

    validation: Mapping[str, Any]
    comparison: Mapping[str, Any] | None
    candidates: Mapping[str, Any]
    other: ShippedModel | None = None
    other_validation: Mapping[str, Any] | None = None


def render(
    model: ShippedModel,
    stations: Stations,
    measured: Evidence,
    fitted: Mapping[str, Any],
    blind: Mapping[str, Any] | None,
    cost: int,
) -> str:
    """The card as markdown.

    Parameters
    ----------
    model : ShippedModel
    stations : Stations
        Its training stations.
    measured : Evidence
    fitted : mapping
        Validation entry of the training stations themselves.
    blind : mapping, or None
        Validation entry of the blind station.
    cost : int
        Multiply-adds a pixel.
    """
    validation, texts = measured.validation, TEXTS[model.instrument.key]
    singles = [station for station in protocols.SINGLE_STATIONS if station in stations.ids]
    sections = [
        f"# {model.title}\n\n{model.summary}",
        _new_place(stations, validation[protocols.LOMO], validation[protocols.NESTED_LOO]),
        _near_samples(validation[protocols.NESTED_LOO]),
    ]
    if singles:
        sections.append(_singles(validation, singles, texts))
    if blind is not None:
        sections.append(_blind(blind))
    sections.append(_obstacles(validation, texts))
    sections.append(_skill(model, measured.candidates))
    if measured.comparison is not None:
        sections.append(_compared(validation, measured.comparison, texts))
    if measured.other is not None and measured.other_validation is not None:
        sections.append(_agreement(model, validation, measured.other, measured.other_validation))
    if protocols.PUBLISHED_LABELS in validation:
        sections.append(_published_labels(validation[protocols.PUBLISHED_LABELS]))
    sections.append(_repeatability(validation[protocols.REPEATABILITY]))
    if protocols.SEEDS in validation:
        sections.append(_seeds(validation[protocols.SEEDS]))
    sections += [_fitted(fitted), _identity(model, stations, texts, cost)]
    sections += [
        _trust(stations),
        f"## Use and citation\n\n{texts.intended_use}\n\n{texts.citation}",
    ]
    return "\n\n".join(sections) + "\n"


def _identity(model: ShippedModel, stations: Stations, texts: Texts, cost: int) -> str:
    missions = ", ".join(
        f"{mission} ({stations.missions.count(mission)})"
        for mission in dict.fromkeys(stations.missions)
    )
    numbers = {5: "five", 6: "six", 8: "eight"}
    bands, oxides = model.instrument.bands, len(model.oxides)
    return (
        "## What it is\n\n"
        f"- File: `{model.path.name}`, version {model.version}, licence MIT\n"
        f"- Input: {texts.reflectance} (fraction, i=30, e=0, g=30 degrees) in "
        f"{numbers.get(bands, bands)} bands; output: {numbers.get(oxides, oxides)} oxides (wt%), "
        "two sigmas of each (wt%), domain distance\n"
        f"- Trained on {len(stations)} stations: {missions}\n"
        f"- Labels: {texts.labels}\n"
        f"- Taught by {texts.taught}\n"
        f"- {NETWORK}; normalisation, theta_Fe and theta_Ti are in the graph\n"
        f"- Cost: {cost:,} multiply-adds a pixel, both sigmas and domain included"
        + (f"\n- {model.changes}" if model.changes else "")
    )


def _table(rows: Mapping[str, Mapping[str, float]], digits: int = 2) -> str:
    """Rows of numbers by oxide; the first row says which oxides, others may lack some."""
    oxides = list(next(iter(rows.values())))
    lines = ["| | " + " | ".join(oxides) + " |", "|---" * (len(oxides) + 1) + "|"]
    for name, values in rows.items():
        cells = [f"{values[o]:.{digits}f}" if o in values else "-" for o in oxides]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _metric(
    document: Mapping[str, Mapping[str, float]], name: str, oxides: Sequence[str] = ()
) -> dict[str, float]:
    """One figure of each oxide, of all or of some."""
    return {o: part[name] for o, part in document.items() if not oxides or o in oxides}


def _new_place(stations: Stations, document: Mapping[str, Any], whole: Mapping[str, Any]) -> str:
    places = at_new_places(stations, whole["half_width_90_new_place"])
    told = dict(zip(stations.oxide_names, places))
    little = [oxide for oxide, part in told.items() if part["tells_little"]]
    missions = document["missions"]
    rows = {f"{mission} ({part['n']})": part["rmse"] for mission, part in missions.items()}
    intervals = {
        "R2 over all stations": _metric(document["oxides"], "r2"),
        "RMSE over all stations (wt%)": _metric(document["oxides"], "rmse"),
        "bias (wt%)": _metric(document["oxides"], "bias"),
        "share inside the 90 % interval of a new place": document["coverage_90_new_place"],
        "half of that interval, mean (wt%)": document["half_width_90_new_place"],
        "the same where a single station is left out, as in this file": whole[
            "half_width_90_new_place"
        ],
        "half of the range of all soils (wt%)": _metric(told, "soil_half_range"),
        "share inside the interval near samples": document["coverage_90"],
    }
    words = (
        f"For {' and '.join(little)} the interval at a new place is wider than that of all soils "
        "together (1.645 standard deviations): there the map tells little.\n\n"
        if little
        else ""
    )
    return (
        "## At a new place: whole missions left out\n\n"
        "Every pixel away from the landing sites is such a place. Each mission is predicted by the "
        "recipe trained on the others. Command: `make validate-model`.\n\n"
        "**RMSE by mission (wt%)**, number of stations in brackets\n\n"
        + _table({**rows, "**mean of the missions**": document["mean_over_missions_rmse"]})
        + f"\n\n**All {document['n']} stations**; "
        f"{document['coverage_90_new_place_overall']:.0%} of all intervals of a new place hold the "
        f"measurement, {document['coverage_90_overall']:.0%} of those near samples.\n\n"
        + _table(intervals)
        + "\n\n"
        + words
        + _widths(document)
        + f"{document['inside_domain']:.0%} of these stations are inside the domain: being inside "
        "says that the spectrum is like a sampled one, not that the geology is."
    )


def _widths(document: Mapping[str, Any]) -> str:
    """How far the interval differs between folds, and that it is narrower in the file."""
    missions, iron = document["missions"], "FeO"
    largest = max(missions, key=lambda mission: missions[mission]["n"])
    widths = {mission: part["half_width_90_new_place"][iron] for mission, part in missions.items()}
    low, high = (choose(widths, key=lambda each: widths[each]) for choose in (min, max))
    return (
        f"Half of the interval of {iron} is {widths[low]:.1f} wt% in the fold without {low} and "
        f"{widths[high]:.1f} in that without {high}: it depends on which missions are known. The "
        f"fold without {largest} lacks {missions[largest]['n']} of {document['n']} stations. This "
        "file has seen them all, and the row on single stations says how wide its intervals "
        "are.\n\n"
    )


def _near_samples(document: Mapping[str, Any]) -> str:
    rows = {
        "R2": _metric(document["oxides"], "r2"),
        **(
            {"R2 without Chang'e-5 and Chang'e-6": _metric(document["without_singles"], "r2")}
            if "without_singles" in document
            else {}
        ),
        "RMSE (wt%)": _metric(document["oxides"], "rmse"),
        "MAE (wt%)": _metric(document["oxides"], "mae"),
        "bias (wt%)": _metric(document["oxides"], "bias"),
        "share inside the 90 % interval near samples": document["coverage_90"],
        "half of that interval, mean (wt%)": document["half_width_90"],
    }
    return (
        "## Near sampled geology: single stations left out\n\n"
        f"Nested leave-one-out, n = {document['n']}: most stations keep neighbours of their own "
        f"mission in training, so that this holds near the landing sites and nowhere else. "
        f"{document['coverage_90_overall']:.0%} of all intervals near samples hold the "
        "measurement. Command: `make validate-model`.\n\n" + _table(rows)
    )


def _singles(validation: Mapping[str, Any], singles: Sequence[str], texts: Texts) -> str:
    document = validation[protocols.LOMO]["stations"]
    rows: dict[str, dict[str, float]] = {}
    for station in singles:
        held_out = document[station]
        rows[f"{station}, predicted less measured"] = held_out["residual"]
        for kind, words in (("sigma_new_place", "new place"), ("sigma", "near samples")):
            rows[f"{station}, half of the 90 % interval, {words}"] = {
                oxide: Z90 * value for oxide, value in held_out[kind].items()
            }
    return (
        "## Chang'e-5 and Chang'e-6, each left out (wt%)\n\n"
        f"Each by the recipe trained on every other station. {texts.singles} Command: "
        "`make validate-model`.\n\n" + _table(rows)
    )


def _repeatability(document: Mapping[str, Any]) -> str:
    rows = {"RMS change (wt%)": document["rms_change"], "R2": document["r2"]}
    return (
        "## Repeatability: the same stations, extracted again\n\n"
        "Held-out stations predicted from spectra perturbed as two published extractions of one "
        f"place differ: {document['noise']}. Simulated noise, real spectra. Command: "
        "`make validate-model`.\n\n" + _table(rows)
    )


def _seeds(document: Mapping[str, Any]) -> str:
    rows = {
        f"{protocol}, seed {seed}": values
        for protocol in (protocols.NESTED_LOO, protocols.LOMO)
        for seed, values in ((seed, of_seed[protocol]) for seed, of_seed in document.items())
    }
    return (
        "## Other seeds: R2\n\n"
        "The seed draws the synthetic spectra and the kernels; the teacher has none. Command: "
        "`make validate-model`.\n\n" + _table(rows, 3)
    )


def _published_labels(document: Mapping[str, Any]) -> str:
    loo, lomo = document[protocols.NESTED_LOO], document[protocols.LOMO]
    rows = {
        "R2, nested leave-one-out": _metric(loo["oxides"], "r2"),
        "R2, leave-one-mission-out": _metric(lomo["oxides"], "r2"),
        "RMSE, mean of the missions (wt%)": lomo["mean_over_missions_rmse"],
        "share inside the interval of a new place, missions out": lomo["coverage_90_new_place"],
        "half of that interval, mean (wt%)": lomo["half_width_90_new_place"],
    }
    return (
        "## On the labels of versions up to 2.1\n\n"
        "The same recipe, trained and scored with Apollo 12's fines as published, so that versions "
        "compare. Version 2.1.0 had R2 0.89 0.97 0.97 0.87 0.92 0.83 with stations left out and "
        "0.32 0.87 0.77 -0.33 0.74 0.35 with missions left out, where 67 % of its intervals held. "
        "Command: `make validate-model`.\n\n" + _table(rows)
    )


def _compared(validation: Mapping[str, Any], comparison: Mapping[str, Any], texts: Texts) -> str:
    parts = [
        f"## Compared: other methods in the same folds (R2)\n\n{texts.others} Command: "
        "`make validate-model`."
    ]
    for protocol, methods in comparison.items():
        if protocol in validation:
            own = {"**this model**": _metric(validation[protocol]["oxides"], "r2")}
            rows = {name: _metric(figures, "r2") for name, figures in methods.items()}
            title = f"**{protocol[0].upper()}{protocol[1:]}**"
            parts.append(f"{title}\n\n" + _table({**own, **rows}))
            parts.append(_better(validation[protocol]["oxides"], methods))
    parts.append(_formulas(validation, comparison[protocols.AS_PUBLISHED]))
    count = validation[protocols.NESTED_LOO]["n"]
    parts.append(
        f"Differences of {NO_DIFFERENCE} and less mean nothing with {count} stations. Kernels and "
        "their weights, the power law, normalisation, network, domain and both sigmas are fitted "
        "inside each fold without what is held out. The recipe itself was not chosen so: "
        + texts.chosen
    )
    return "\n\n".join(parts)


def _better(own: Mapping[str, Any], methods: Mapping[str, Any]) -> str:
    """Where an honest method has a higher R2, by more than means nothing."""
    found = []
    for oxide, figures in own.items():
        others = {
            name: part[oxide]["r2"]
            for name, part in methods.items()
            if oxide in part and LEAKING not in name
        }
        name = max(others, key=lambda each: others[each])
        if others[name] > figures["r2"] + NO_DIFFERENCE:
            found.append(f"{oxide} by {name}")
    return f"Better than this model here: {', '.join(found) or 'none'}."


def _formulas(validation: Mapping[str, Any], methods: Mapping[str, Any]) -> str:
    lines = [
        "| formula, as published (fitted, not validated) | stations | R2 | RMSE (wt%) | bias (wt%) "
        "| this model's RMSE, stations left out | missions left out |",
        "|---" * 7 + "|",
    ]
    for name, figures in methods.items():
        for oxide, found in figures.items():
            own = [
                validation[protocol]["oxides"][oxide]["rmse"]
                for protocol in (protocols.NESTED_LOO, protocols.LOMO)
            ]
            lines.append(
                f"| {name} | {found['n']} | {found['r2']:.2f} | {found['rmse']:.2f} | "
                f"{found['bias']:.2f} | {own[0]:.2f} | {own[1]:.2f} |"
            )
    return "\n".join(lines)


def _skill(model: ShippedModel, candidates: Mapping[str, Any]) -> str:
    rows = {
        "R2, single stations left out": _metric(candidates, "near_r2"),
        "R2, missions left out": _metric(candidates, "new_place_r2"),
        "RMSE, mean of the missions left out (wt%)": _metric(candidates, "missions_rmse"),
        "the same of the training stations' mean (wt%)": _metric(candidates, "mean_rmse"),
    }
    failed = [oxide for oxide, figures in candidates.items() if not figures["shipped"]]
    left = [oxide for oxide in failed if oxide not in model.oxides]
    kept = [oxide for oxide in failed if oxide in model.oxides]
    words = []
    if left:
        words.append(f"{' and '.join(left)} fails it and is not among the answers.")
    if kept:
        words.append(
            f"{' and '.join(kept)} fails it. The model was there before the rule and still answers "
            "it, for places near the stations; its interval at a new place says how little it "
            "tells elsewhere."
        )
    return (
        "## Which oxides have skill\n\n"
        f"The rule for sensors that join: {RULE}. It was set before a model for Clementine was "
        "trained, with the figures of a ridge regression known. "
        f"{' '.join(words) or 'All oxides pass.'} Command: `make validate-model`.\n\n"
        + _table(rows)
    )


def _agreement(
    model: ShippedModel,
    validation: Mapping[str, Any],
    other: ShippedModel,
    other_validation: Mapping[str, Any],
) -> str:
    parts = []
    for protocol, words in (
        (protocols.NESTED_LOO, "Each station by the folds that left it out, near samples"),
        (protocols.LOMO, "Each station by the folds that left its mission out, new place"),
    ):
        found = compare_models(validation, other_validation, protocol)
        rows = {
            "mean difference (wt%)": found["mean"],
            "RMS difference (wt%)": found["rms"],
            "half of the combined 90 % interval, mean (wt%)": found["half_width"],
            "share inside it": found["within"],
        }
        outside = "; ".join(
            f"{station} "
            + ", ".join(f"{oxide} {value:+.1f}" for oxide, value in differences.items())
            for station, differences in found["outside"].items()
        )
        parts.append(
            f"**{words}** (n = {found['n']})\n\n{_table(rows)}\n\n"
            f"Outside (wt%): {outside or 'none'}."
        )
    return (
        f"## One place, two sensors: this model less `{other.name}` (wt%)\n\n"
        "Held-out predictions at the stations that both sensors have seen. The combined interval "
        "is 1.645 times both sigmas in quadrature. Both models learn the same labels, so that "
        "errors of labels cancel and agreement is no validation; disagreement beyond the interval "
        "says that one of the sigmas is too small there. Command: `make validate-model`.\n\n"
        + "\n\n".join(parts)
    )


def _blind(blind: Mapping[str, Any]) -> str:
    rows = {name: _metric(blind["oxides"], name) for name in ("measured", "predicted", "residual")}
    return (
        "## Chang'e-6, predicted blind (wt%)\n\n"
        "By this very file, which never saw the station. Command: `make train`.\n\n" + _table(rows)
    )


def _fitted(fitted: Mapping[str, Any]) -> str:
    rows = {
        "R2": _metric(fitted["oxides"], "r2"),
        "RMSE (wt%)": _metric(fitted["oxides"], "rmse"),
    }
    return (
        "## Fitted: the training stations themselves\n\n"
        "This says how closely the model follows what it has seen, **not** how well it "
        "predicts. Command: `make train`.\n\n" + _table(rows)
    )


def _trust(stations: Stations) -> str:
    instrument = stations.instrument
    relative = [oxide for oxide in instrument.relative if oxide in stations.oxide_names]
    scale = f" For {' and '.join(relative)} it is relative to the abundance." if relative else ""
    unable = [oxide for oxide in instrument.without_skill if oxide in stations.oxide_names]
    if unable:
        scale += (
            f" For {' and '.join(unable)}, without skill at a new place, it is at least that of "
            "saying the mean of the other missions' stations."
        )
    missions = len(set(stations.missions))
    return (
        "## Two sigmas, and the domain\n\n"
        "The prediction plus and minus 1.645 sigma is a 90 % interval, for either sigma. In each "
        "fold of the tables above both were calibrated without what is held out. The spread over "
        "random seeds is not used: it is many times smaller than the error.\n\n"
        "**Near sampled geology** (`sigma`): calibrated on the teacher's residuals at stations "
        "left out one by one (conformal, 90 %), with the network's root mean square distance from "
        "its teacher added in quadrature. It grows with the domain distance and, where residuals "
        "say so, with the abundance.\n\n"
        "**New place** (`sigma_new_place`): sigma and, in quadrature, the spread between missions. "
        "Inside the training set each mission is left out, and the teacher is fitted to the "
        "others. The spread is what the mean square of these residuals, each mission counting the "
        f"same, exceeds that of sigma by.{scale} One factor for all oxides is then set so that the "
        "interval made without a mission holds 90 % of this mission's residuals. In the tables "
        "above this is nested: a mission that is left out is in neither the spread nor the factor "
        f"that is applied to it, because both come from the other {missions - 1} alone. So few "
        "missions make this coarse, as the widths of the folds show, and a mission unlike all "
        "others is wrong by more than the others tell.\n\n"
        "The domain distance is the distance to the nearest training spectrum in whitened log "
        "reflectance over a threshold set by the distances among the stations. Above 1 the "
        "spectrum is unlike all of them and the oxides are extrapolation. Below 1 the spectrum is "
        "like a sampled one, which says nothing of the geology: other soils, and other sensors, "
        "can have such a spectrum."
    )


def _obstacles(validation: Mapping[str, Any], texts: Texts) -> str:
    return "## Known failures, and what stands in the way\n\n" + "\n".join(
        f"- {sentence}" for sentence in texts.known_failures(validation)
    )
