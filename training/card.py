"""The model card, written from measured results and never by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from . import protocols
from .calibrate import Z90
from .catalogue import ShippedModel
from .description import CITATION, at_new_places
from .stations import OXIDES, Stations

INTENDED_USE = (
    "For maps of soil composition from MI MAP reflectance, with sigma and quality shown. Not for "
    "single rocks, not for pixels outside the domain."
)


def render(
    model: ShippedModel,
    stations: Stations,
    validation: Mapping[str, Any],
    comparison: Mapping[str, Any] | None,
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
    validation : mapping
        From `training.results`, by protocol.
    comparison : mapping, or None
        R2 of other methods, by protocol; None if they were not run on these stations.
    fitted : mapping
        Validation entry of the training stations themselves.
    blind : mapping, or None
        Validation entry of the blind station.
    cost : int
        Multiply-adds a pixel.
    """
    sections = [
        f"# {model.title}\n\n{model.summary}",
        _new_place(stations, validation[protocols.LOMO]),
        _near_samples(validation[protocols.NESTED_LOO]),
        _singles(validation, [station in stations.ids for station in protocols.SINGLE_STATIONS]),
    ]
    if blind is not None:
        sections.append(_blind(blind))
    sections.append(_obstacles(validation))
    if comparison is not None:
        sections.append(_compared(validation, comparison))
    if protocols.PUBLISHED_LABELS in validation:
        sections.append(_published_labels(validation[protocols.PUBLISHED_LABELS]))
    sections.append(_repeatability(validation[protocols.REPEATABILITY]))
    if protocols.SEEDS in validation:
        sections.append(_seeds(validation[protocols.SEEDS]))
    sections += [_fitted(fitted), _identity(model, stations, cost), _trust(), _use()]
    return "\n\n".join(sections) + "\n"


def _identity(model: ShippedModel, stations: Stations, cost: int) -> str:
    missions = ", ".join(
        f"{mission} ({stations.missions.count(mission)})"
        for mission in dict.fromkeys(stations.missions)
    )
    return (
        "## What it is\n\n"
        f"- File: `{model.path.name}`, version {model.version}, licence MIT\n"
        "- Input: Multiband Imager reflectance (fraction, i=30, e=0, g=30 degrees) in eight "
        "bands; output: six oxides (wt%), two sigmas of each (wt%), domain distance\n"
        f"- Trained on {len(stations)} stations: {missions}\n"
        "- Labels: bulk soil. Apollo 12's eight rows were published as fines below 37 micrometres, "
        "which are poorer in FeO and richer in Al2O3; five have a bulk analysis in the Lunar "
        "Sample Compendium (Meyer 2011), three are moved by the mean difference of these five. "
        "`sample_sites.csv` holds both, with sources and uncertainties\n"
        "- Taught by a bank of kernel regressions on reciprocal reflectance (MgO and CaO, half of "
        "Al2O3 and SiO2 on principal components of composition, TiO2 on what a power law of "
        "theta_Ti leaves) and by mixtures of two stations, all in closed form\n"
        "- The network has one layer of random neurons, whose output alone is learnt, by ridge "
        "regression on the teacher's answers; normalisation, theta_Fe and theta_Ti are in the "
        "graph\n"
        f"- Cost: {cost:,} multiply-adds a pixel, both sigmas and domain included"
    )


def _table(rows: Mapping[str, Mapping[str, float]], digits: int = 2) -> str:
    lines = ["| | " + " | ".join(OXIDES) + " |", "|---" * (len(OXIDES) + 1) + "|"]
    for name, values in rows.items():
        cells = " | ".join(f"{values[oxide]:.{digits}f}" for oxide in OXIDES)
        lines.append(f"| {name} | {cells} |")
    return "\n".join(lines)


def _metric(document: Mapping[str, Mapping[str, float]], name: str) -> dict[str, float]:
    return {oxide: document[oxide][name] for oxide in OXIDES}


def _new_place(stations: Stations, document: Mapping[str, Any]) -> str:
    told = dict(zip(OXIDES, at_new_places(stations, document["half_width_90_new_place"])))
    little = [oxide for oxide in OXIDES if told[oxide]["tells_little"]]
    missions = document["missions"]
    rows = {f"{mission} ({part['n']})": part["rmse"] for mission, part in missions.items()}
    intervals = {
        "R2 over all stations": _metric(document["oxides"], "r2"),
        "RMSE over all stations (wt%)": _metric(document["oxides"], "rmse"),
        "bias (wt%)": _metric(document["oxides"], "bias"),
        "share inside the 90 % interval of a new place": document["coverage_90_new_place"],
        "half of that interval, mean (wt%)": document["half_width_90_new_place"],
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
        + f"{document['inside_domain']:.0%} of these stations are inside the domain: being inside "
        "says that the spectrum is like a sampled one, not that the geology is."
    )


def _near_samples(document: Mapping[str, Any]) -> str:
    rows = {
        "R2": _metric(document["oxides"], "r2"),
        "R2 without Chang'e-5 and Chang'e-6": _metric(document["without_singles"], "r2"),
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


def _singles(validation: Mapping[str, Any], known: Sequence[bool]) -> str:
    document = validation[protocols.LOMO]["stations"]
    rows: dict[str, dict[str, float]] = {}
    for station, is_known in zip(protocols.SINGLE_STATIONS, known):
        if not is_known:
            continue
        held_out = document[station]
        rows[f"{station}, predicted less measured"] = held_out["residual"]
        for kind, words in (("sigma_new_place", "new place"), ("sigma", "near samples")):
            rows[f"{station}, half of the 90 % interval, {words}"] = {
                oxide: Z90 * value for oxide, value in held_out[kind].items()
            }
    return (
        "## Chang'e-5 and Chang'e-6, each left out (wt%)\n\n"
        "Each by the recipe trained on every other station. These two decide much of the "
        "squared error. Command: `make validate-model`.\n\n" + _table(rows)
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
        "The seed draws the synthetic spectra and the neurons; the teacher has none. Command: "
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


def _compared(validation: Mapping[str, Any], comparison: Mapping[str, Any]) -> str:
    parts = [
        "## Compared: other methods in the same folds (R2)\n\n"
        "Ridge, PLS (four components) and Gaussian process on log reflectance; the published "
        "OneDCNN of Yang et al. 2023 and its residual variant as they were trained there, one "
        "seed, on the same labels. "
        "Rows marked *leaking* choose, in each fold, the epoch that is best on the held-out "
        "station, as in the literature: no figure to expect anywhere. Command: "
        "`make validate-model`."
    ]
    for protocol, methods in comparison.items():
        rows = {"**this model**": _metric(validation[protocol]["oxides"], "r2")}
        rows.update({name: _metric(figures, "r2") for name, figures in methods.items()})
        parts.append(f"**{protocol[0].upper()}{protocol[1:]}**\n\n" + _table(rows))
    parts.append(
        "Differences of 0.02 and less mean nothing with 56 stations. Kernels and their weights, "
        "the power law, normalisation, neurons, domain and both sigmas are fitted inside each fold "
        "without what is held out. The recipe itself was not chosen so: which oxides use principal "
        "components, the shares of the mixtures, and the form of the interval at a new place were "
        "chosen among some hundred variants with the figures of both protocols in view, and are "
        "younger than the data."
    )
    return "\n\n".join(parts)


def _blind(blind: Mapping[str, Any]) -> str:
    rows = {
        name: {oxide: blind["oxides"][oxide][name] for oxide in OXIDES}
        for name in ("measured", "predicted", "residual")
    }
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


def _trust() -> str:
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
        "Inside the training set each mission is left out; the variance of the missions' mean "
        "residuals, less what the scatter of single stations explains, is enlarged for one more "
        "mission and by Student's quantile with as many degrees of freedom as there are missions "
        "of several stations. For TiO2 it is relative to the abundance.\n\n"
        "The domain distance is the distance to the nearest training spectrum in whitened log "
        "reflectance over a threshold set by the distances among the stations. Above 1 the "
        "spectrum is unlike all of them and the oxides are extrapolation. Below 1 the spectrum is "
        "like a sampled one, which says nothing of the geology: other soils, and other sensors, "
        "can have such a spectrum."
    )


def known_failures(validation: Mapping[str, Any]) -> list[str]:
    """What the model is known to do badly and what stands in the way, a sentence each."""
    return [
        "A mission never seen: the figures with missions left out are what to expect at a new kind "
        "of place" + _without_skill(validation),
        "Two corners of composition: TiO2 above 5.1 wt% is known from Apollo 17 alone, Al2O3 above "
        "23 wt% from Apollo 16 alone; left out, each is extrapolated from the others.",
        "Spectral twins: beside a common gain the bands of Luna 16 and Chang'e-6 differ by 0.9 %, "
        "as two extractions of one place do, and their SiO2 by 4.3 wt%; Apollo 14 Station G and "
        "Apollo 15 Station 2 differ by 1.4 % and 1.8 wt% SiO2. No function of these spectra is "
        "right at both.",
        "Chang'e-5 and Chang'e-6 are the only soils of their kind.",
        "MgO and SiO2 have no absorption of their own in these bands: the model infers them from "
        "the company that oxides keep in returned soils.",
        "Labels: independent compilations of the same sites differ by 0.3-0.5 wt% TiO2 at high-Ti "
        "sites, 0.5-1 FeO and about 1 Al2O3. The errors with stations left out are near these "
        "differences; the errors at new places are larger and come from too few sampled kinds of "
        "place.",
        "Shadow, steep slopes, latitudes above 60-65 degrees and fresh rock change reflectance "
        "without changing chemistry; other sensors' reflectance differs even where bands agree.",
    ]


def _obstacles(validation: Mapping[str, Any]) -> str:
    return "## Known failures, and what stands in the way\n\n" + "\n".join(
        f"- {sentence}" for sentence in known_failures(validation)
    )


def _without_skill(validation: Mapping[str, Any]) -> str:
    """Oxides that leave-one-mission-out predicts no better than half of the variance."""
    figures = _metric(validation[protocols.LOMO]["oxides"], "r2")
    none = [oxide for oxide, value in figures.items() if value < 0.0]
    little = [oxide for oxide, value in figures.items() if 0.0 <= value < 0.5]
    parts = []
    if none:
        parts.append(f"{', '.join(none)} then has no skill")
    if little:
        parts.append(f"{', '.join(little)} little")
    return "; " + ", ".join(parts) + "." if parts else "."


def _use() -> str:
    return f"## Use and citation\n\n{INTENDED_USE}\n\n{CITATION}"
