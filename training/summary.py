"""Held-out predictions as figures: by oxide, by mission, with both intervals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from . import metrics, protocols
from .calibrate import Z90, coverage_90
from .instrument import FloatArray
from .recipe import Answer
from .stations import Stations

Rows = npt.NDArray[np.bool_]


def summarise(protocol: str, stations: Stations, held_out: Answer) -> dict[str, Any]:
    """Figures of one protocol, and predictions, both sigmas and residuals of each station."""
    names = stations.oxide_names
    residual = held_out.oxides - stations.oxides
    everything = np.ones(len(stations), dtype=bool)
    ordinary = ~np.isin(stations.ids, protocols.SINGLE_STATIONS)
    missions = np.array(stations.missions)
    document = metrics.entry(protocol, held_out.oxides, stations.oxides, names)
    if not ordinary.all():
        document["without_singles"] = metrics.by_oxide(
            held_out.oxides[ordinary], stations.oxides[ordinary], names
        )
    document.update(_intervals(names, residual, held_out, everything))
    document["missions"] = {
        mission: _of_mission(names, residual, held_out, missions == mission)
        for mission in dict.fromkeys(stations.missions)
    }
    document["mean_over_missions_rmse"] = of_oxides(
        names,
        np.mean([list(part["rmse"].values()) for part in document["missions"].values()], axis=0),
    )
    document["inside_domain"] = round(float((held_out.distance <= 1.0).mean()), 4)
    document["stations"] = {
        station: {
            "measured": of_oxides(names, stations.oxides[row]),
            "predicted": of_oxides(names, held_out.oxides[row]),
            "sigma": of_oxides(names, held_out.sigma[row]),
            "sigma_new_place": of_oxides(names, held_out.sigma_new_place[row]),
            "residual": of_oxides(names, residual[row]),
            "domain_distance": round(float(held_out.distance[row]), 3),
        }
        for row, station in enumerate(stations.ids)
    }
    return document


def _of_mission(
    names: Sequence[str], residual: FloatArray, held_out: Answer, rows: Rows
) -> dict[str, Any]:
    return {
        "n": int(rows.sum()),
        "rmse": of_oxides(names, np.sqrt((residual[rows] ** 2).mean(0))),
        "bias": of_oxides(names, residual[rows].mean(0)),
        **_intervals(names, residual, held_out, rows),
    }


def _intervals(
    names: Sequence[str], residual: FloatArray, held_out: Answer, rows: Rows
) -> dict[str, Any]:
    """Coverage and mean half-width (wt%) of the 90 % intervals, near samples and new place."""
    found: dict[str, Any] = {}
    for kind, sigma in (("", held_out.sigma), ("_new_place", held_out.sigma_new_place)):
        covered = coverage_90(residual[rows], sigma[rows])
        found[f"coverage_90{kind}"] = of_oxides(names, covered)
        found[f"coverage_90{kind}_overall"] = round(float(covered.mean()), 4)
        found[f"half_width_90{kind}"] = of_oxides(names, Z90 * sigma[rows].mean(0))
    return found


def of_oxides(names: Sequence[str], values: FloatArray) -> dict[str, float]:
    """One number of each oxide, to four decimals."""
    return rounded(dict(zip(names, values)))


def rounded(values: Mapping[str, Any]) -> dict[str, float]:
    """Numbers to four decimals."""
    return {name: round(float(value), 4) for name, value in values.items()}


def print_table(title: str, document: Mapping[str, Any]) -> None:
    """Print the figures of one protocol."""
    names = list(document["oxides"])
    print(f"\n{title} (n = {document['n']}, {document['inside_domain']:.0%} inside the domain)")
    print(f"{'':22}" + "".join(f"{oxide:>8}" for oxide in names))
    for name in ("r2", "rmse", "mae", "bias"):
        _print_row(name, {oxide: document["oxides"][oxide][name] for oxide in names})
    if "without_singles" in document:
        singles = document["without_singles"]
        _print_row("r2 without CE5, CE6", {oxide: singles[oxide]["r2"] for oxide in names})
    _print_row("mean RMSE of missions", document["mean_over_missions_rmse"])
    for kind, words in (("", "near samples"), ("_new_place", "new place")):
        overall = document[f"coverage_90{kind}_overall"]
        _print_row(f"coverage {words}", document[f"coverage_90{kind}"], f"   all {overall:.2f}")
        _print_row(f"width {words}", document[f"half_width_90{kind}"])
    if document["protocol"] == protocols.LOMO:
        for mission, part in document["missions"].items():
            _print_row(f"RMSE {mission} ({part['n']})", part["rmse"])


def _print_row(name: str, values: Mapping[str, float], more: str = "") -> None:
    print(f"{name:22}" + "".join(f"{value:8.2f}" for value in values.values()) + more)
