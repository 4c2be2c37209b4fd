"""The model card, written from measured results and never by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from . import protocols
from .calibrate import Z90
from .catalogue import ShippedModel
from .description import CITATION
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
        _identity(model, stations, cost),
        _validated(validation),
        _singles(validation, [station in stations.ids for station in protocols.SINGLE_STATIONS]),
        _repeatability(validation[protocols.REPEATABILITY]),
    ]
    if comparison is not None:
        sections.insert(3, _compared(validation, comparison))
    if blind is not None:
        sections.append(_blind(blind))
    sections += [_fitted(fitted), _trust(validation), _limits(validation), _use()]
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
        "bands; output: six oxides (wt%), their sigmas (wt%), domain distance\n"
        f"- Trained on {len(stations)} stations: {missions}\n"
        "- One convolutional network along the spectrum, taught by the mean of a bank of kernel "
        "regressions and six station-trained networks (two each on reciprocal, logarithmic and "
        "plain reflectance), on mixtures of station spectra; normalisation, theta_Fe and theta_Ti "
        "are in the graph\n"
        f"- Cost: {cost:,} multiply-adds a pixel, sigma and domain included"
    )


def _table(rows: Mapping[str, Mapping[str, float]], digits: int = 2) -> str:
    lines = ["| | " + " | ".join(OXIDES) + " |", "|---" * (len(OXIDES) + 1) + "|"]
    for name, values in rows.items():
        cells = " | ".join(f"{values[oxide]:.{digits}f}" for oxide in OXIDES)
        lines.append(f"| {name} | {cells} |")
    return "\n".join(lines)


def _metric(document: Mapping[str, Mapping[str, float]], name: str) -> dict[str, float]:
    return {oxide: document[oxide][name] for oxide in OXIDES}


def _validated(validation: Mapping[str, Any]) -> str:
    parts = ["## Validated: stations that the model did not see"]
    parts.append("Command: `make validate-model`.")
    for protocol in (protocols.NESTED_LOO, protocols.LOMO):
        document = validation[protocol]
        rows = {
            "R2": _metric(document["oxides"], "r2"),
            "R2 without Chang'e-5 and Chang'e-6": _metric(document["without_singles"], "r2"),
            "RMSE (wt%)": _metric(document["oxides"], "rmse"),
            "MAE (wt%)": _metric(document["oxides"], "mae"),
            "bias (wt%)": _metric(document["oxides"], "bias"),
            "share inside the 90 % interval": document["coverage_90"],
        }
        parts.append(
            f"**{protocol[0].upper()}{protocol[1:]}**, n = {document['n']}; "
            f"{document['inside_domain']:.0%} of the held-out stations are inside the domain, "
            f"{document['coverage_90_overall']:.0%} of all intervals hold the measurement.\n\n"
            + _table(rows)
        )
    return "\n\n".join(parts)


def _singles(validation: Mapping[str, Any], known: Sequence[bool]) -> str:
    document = validation[protocols.NESTED_LOO]["stations"]
    rows: dict[str, dict[str, float]] = {}
    for station, is_known in zip(protocols.SINGLE_STATIONS, known):
        if not is_known:
            continue
        residual, sigma = document[station]["residual"], document[station]["sigma"]
        rows[f"{station}, predicted less measured"] = residual
        rows[f"{station}, half of the 90 % interval"] = {
            oxide: Z90 * value for oxide, value in sigma.items()
        }
    return (
        "## Chang'e-5 and Chang'e-6, predicted blind (wt%)\n\n"
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


def _compared(validation: Mapping[str, Any], comparison: Mapping[str, Any]) -> str:
    parts = [
        "## Compared: other methods in the same folds (R2)\n\n"
        "Ridge, PLS (four components) and Gaussian process on log reflectance; the published "
        "OneDCNN of Yang et al. 2023 and its residual variant as they were trained there, one "
        "seed, as far as they stand below. "
        "Rows marked *leaking* choose, in each fold, the epoch that is best on the held-out "
        "station, as in the literature: no figure to expect anywhere. Command: "
        "`make validate-model`."
    ]
    for protocol, methods in comparison.items():
        rows = {"**this model**": _metric(validation[protocol]["oxides"], "r2")}
        rows.update({name: _metric(figures, "r2") for name, figures in methods.items()})
        parts.append(f"**{protocol[0].upper()}{protocol[1:]}**\n\n" + _table(rows))
    parts.append(
        "Differences of 0.02 and less mean nothing with 56 stations. The recipe was chosen among "
        "some fifty, with leave-one-out figures in view; inside each fold every choice is made "
        "without the held-out station, but the recipe itself is younger than the data."
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


def _trust(validation: Mapping[str, Any]) -> str:
    return (
        "## Sigma and domain\n\n"
        "Sigma is calibrated on residuals of stations left out (conformal, 90 %): those of the "
        "kernel regressions, with the network's root mean square distance from them added in "
        "quadrature. It grows with the domain distance and, where residuals say so, with the "
        "abundance. The prediction plus and minus 1.645 sigma is the 90 % interval. In each fold "
        "of the tables above, sigma was calibrated without the held-out stations. The spread over "
        "random seeds is not used: it is several times smaller than the error.\n\n"
        "The domain distance is the distance to the nearest training spectrum in whitened log "
        "reflectance over a threshold set by the distances among the stations. Above 1 the "
        "spectrum is unlike all of them and the oxides are extrapolation."
    )


def known_failures(validation: Mapping[str, Any]) -> list[str]:
    """What the model is known to do badly, a sentence each."""
    return [
        "A mission never seen: leave-one-mission-out is what to expect at a new kind of site"
        + _without_skill(validation),
        "Chang'e-5 and Chang'e-6 are the only soils of their kind; the blind predictions show by "
        "how much they are missed.",
        "MgO and SiO2 have no absorption of their own in these bands: the model infers them from "
        "their company in returned soils.",
        "The Apollo 12 rows are fines below 37 micrometres, richer in Al2O3 and poorer in FeO than "
        "bulk soil.",
        "Labels of different compilations differ by 0.3-0.5 wt% TiO2, 0.5-1 FeO and about 1 Al2O3; "
        "no model can be better.",
        "Shadow, steep slopes, latitudes above 60-65 degrees, fresh rock and other sensors' "
        "reflectance are outside of what was learnt.",
    ]


def _limits(validation: Mapping[str, Any]) -> str:
    return "## Known failures\n\n" + "\n".join(
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
