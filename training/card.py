"""The model card, written from measured results and never by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from . import protocols
from .catalogue import ShippedModel
from .description import CITATION
from .stations import OXIDES, Stations

SINGLE_STATIONS = ("CE5", "CE6")


def render(
    model: ShippedModel,
    stations: Stations,
    validation: Mapping[str, Any],
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
        _singles(validation),
    ]
    if blind is not None:
        sections.append(_blind(blind))
    sections += [_fitted(fitted), _trust(validation), _limits(), _use()]
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
        "- One convolutional network along the spectrum, taught by a weighted bank of kernel "
        "regressions on mixtures of station spectra; normalisation, theta_Fe and theta_Ti are "
        "in the graph\n"
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
    parts.append("Command: `python -m training.validate`.")
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


def _singles(validation: Mapping[str, Any]) -> str:
    document = validation[protocols.NESTED_LOO]["stations"]
    rows = {
        f"{station}, predicted less measured": document[station]["residual"]
        for station in SINGLE_STATIONS
        if station in document
    }
    return (
        "## Chang'e-5 and Chang'e-6, held out (wt%)\n\n"
        "These two decide much of the squared error. Command: `python -m training.validate`.\n\n"
        + _table(rows)
    )


def _blind(blind: Mapping[str, Any]) -> str:
    rows = {
        name: {oxide: blind["oxides"][oxide][name] for oxide in OXIDES}
        for name in ("measured", "predicted", "residual")
    }
    return (
        "## Chang'e-6, predicted blind (wt%)\n\n"
        "By this very file, which never saw the station. Command: `python -m training.train`.\n\n"
        + _table(rows)
    )


def _fitted(fitted: Mapping[str, Any]) -> str:
    rows = {
        "R2": _metric(fitted["oxides"], "r2"),
        "RMSE (wt%)": _metric(fitted["oxides"], "rmse"),
    }
    return (
        "## Fitted: the training stations themselves\n\n"
        "This says how closely the model follows what it has seen, **not** how well it "
        "predicts. Command: `python -m training.train`.\n\n" + _table(rows)
    )


def _trust(validation: Mapping[str, Any]) -> str:
    return (
        "## Sigma and domain\n\n"
        "Sigma is calibrated on residuals of stations left out (conformal, 90 %), grows with "
        "the domain distance and, where residuals say so, with the abundance. The prediction "
        "plus and minus 1.645 sigma is the 90 % interval. In each fold of the tables above, "
        "sigma was calibrated without the held-out stations. The spread of an ensemble is not "
        "used: it is several times smaller than the error.\n\n"
        "The domain distance is the distance to the nearest training spectrum in whitened log "
        "reflectance over a threshold set by the distances among the stations. Above 1 the "
        "spectrum is unlike all of them and the oxides are extrapolation."
    )


def _limits() -> str:
    return (
        "## Known failures\n\n"
        "- A mission never seen: leave-one-mission-out above is what to expect at a new kind "
        "of site. MgO then has no skill, and TiO2 little.\n"
        "- Chang'e-5 and Chang'e-6 are the only soils of their kind; held out, their MgO, TiO2 "
        "and SiO2 miss by more than at any Apollo site.\n"
        "- MgO and SiO2 have no absorption of their own in these bands: the model infers them "
        "from their company in returned soils.\n"
        "- The Apollo 12 rows are fines below 37 micrometres, richer in Al2O3 and poorer in "
        "FeO than bulk soil.\n"
        "- Labels of different compilations differ by 0.3-0.5 wt% TiO2, 0.5-1 FeO and about 1 "
        "Al2O3; no model can be better.\n"
        "- Shadow, steep slopes, latitudes above 60-65 degrees, fresh rock and other sensors' "
        "reflectance are outside of what was learnt."
    )


def _use() -> str:
    return (
        "## Use and citation\n\n"
        "For maps of soil composition from MI MAP reflectance, with sigma and quality shown. "
        "Not for single rocks, not for pixels outside the domain.\n\n" + CITATION
    )
