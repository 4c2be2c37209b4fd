"""Write the prediction check as one JSON document and as a CSV table of metrics.

Their schema is described in docs/report_schema.md; raise `SCHEMA_VERSION` with every change of the
document's content.
"""

from __future__ import annotations

import csv
import io
import json
import math
from pathlib import Path
from typing import Any, Dict, List, Optional, Sequence, Tuple, Union

from ..chemistry.oxides import OXIDES, UNIT, Oxide
from ..files import write_text
from ..rasters.quality import describe
from ..sites.sample_sites import SampleSite
from ..sites.training_stations import Seen
from ..tabular import csv_number, csv_text, finite_or_none
from ..version import SOFTWARE
from .metric_groups import MetricGroup, metric_groups
from .metrics import Interval, OxideMetrics
from .site_check import CheckResult, SitePrediction

SCHEMA_VERSION = 3
KIND = "lunar-oxide-prediction-check"

_SEEN: Dict[Seen, Optional[bool]] = {Seen.SEEN: True, Seen.UNSEEN: False, Seen.UNKNOWN: None}

METRIC_COLUMNS: Tuple[str, ...] = (
    "group",
    "without",
    "oxide",
    "n",
    "n_places",
    *(
        f"{name}{end}"
        for name in (
            "r2",
            "rmse_wt",
            "mae_wt",
            "medae_wt",
            "bias_wt",
            "rpd",
            "slope",
            "intercept_wt",
            "concordance",
            "coverage_90",
        )
        for end in ("", "_low", "_high")
    ),
    "pearson_r",
    "n_sigma",
)


def check_document(result: CheckResult) -> Dict[str, Any]:
    """The check as plain dicts, lists, numbers and text; missing values are None."""
    opinion = result.second_opinion
    return {
        "kind": KIND,
        "schema_version": SCHEMA_VERSION,
        "software": SOFTWARE,
        "unit": UNIT,
        "residual": "predicted minus measured",
        "window_pixels": result.window,
        "provenance": dict(result.provenance),
        "ground_truth": list(result.truth_notes),
        "new_place": {
            name: {
                "half_width": skill.half_width_wt,
                "soil_half_range": skill.soil_half_range_wt,
                "tells_little": skill.tells_little,
            }
            for name, skill in result.new_place.items()
        },
        "metrics": [
            _metrics_entry(group, metrics)
            for group in metric_groups(result.pairs)
            for metrics in group.metrics
        ],
        "sites": [_site_entry(result, number) for number in range(len(result.pairs))],
        "in_situ": [_pair_entry(pair, result.oxides) for pair in result.in_situ],
        "in_situ_skipped": [
            {**_place_entry(item.site), "reason": item.reason} for item in result.in_situ_skipped
        ],
        "skipped": [{**_place_entry(item.site), "reason": item.reason} for item in result.skipped],
        "rejected": [
            {"row": row.number, "station_id": row.station_id, "reason": row.reason}
            for row in result.rejected
        ],
        "second_opinion": None
        if opinion is None
        else {
            "raster": opinion.raster,
            "bands": list(opinion.bands),
            "formulas": [
                {
                    "oxide": oxide.name,
                    "title": parameter.title,
                    "formula": parameter.formula,
                    "citation": parameter.citation,
                    "validity": parameter.validity,
                }
                for oxide, parameter in opinion.formulas
            ],
        },
    }


def render_json(result: CheckResult) -> str:
    """The document as text: UTF-8, indented, without NaN."""
    document = check_document(result)
    return json.dumps(document, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def render_metrics(result: CheckResult) -> str:
    """The metrics as CSV: one row for each group of sites and oxide."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(METRIC_COLUMNS)
    for group in metric_groups(result.pairs):
        for m in group.metrics:
            cells: List[str] = [
                group.key,
                csv_text(" and ".join(group.without)),
                m.oxide,
                str(m.n),
                str(m.n_places),
            ]
            for value, interval in _with_intervals(m).values():
                cells += [csv_number(v) for v in (value, interval.low, interval.high)]
            writer.writerow([*cells, csv_number(m.pearson_r), str(m.n_sigma)])
    return buffer.getvalue()


def write_json(result: CheckResult, path: Union[str, Path]) -> None:
    """Write the document.

    Parameters
    ----------
    result : CheckResult
    path : str or Path
        File to write.

    Raises
    ------
    OutputError
        If the file cannot be written; an earlier file at `path` is then untouched.
    """
    write_text(path, render_json(result), "JSON document")


def write_metrics(result: CheckResult, path: Union[str, Path]) -> None:
    """Write the metrics as CSV.

    Parameters
    ----------
    result : CheckResult
    path : str or Path
        CSV file to write.

    Raises
    ------
    OutputError
        If the file cannot be written; an earlier file at `path` is then untouched.
    """
    write_text(path, render_metrics(result), "table of metrics")


def _with_intervals(m: OxideMetrics) -> Dict[str, Tuple[float, Interval]]:
    return {
        "r2": (m.r2, m.r2_interval),
        "rmse": (m.rmse, m.rmse_interval),
        "mae": (m.mae, m.mae_interval),
        "medae": (m.medae, m.medae_interval),
        "bias": (m.bias, m.bias_interval),
        "rpd": (m.rpd, m.rpd_interval),
        "slope": (m.slope, m.slope_interval),
        "intercept": (m.intercept, m.intercept_interval),
        "concordance": (m.concordance, m.concordance_interval),
        "coverage_90": (m.coverage_90, m.coverage_interval),
    }


def _metrics_entry(group: MetricGroup, m: OxideMetrics) -> Dict[str, Any]:
    return {
        "group": group.key,
        "without": list(group.without),
        "stations": [pair.site.station_id for pair in group.pairs],
        "oxide": m.oxide,
        "n": m.n,
        "n_places": m.n_places,
        "n_sigma": m.n_sigma,
        "pearson_r": finite_or_none(m.pearson_r),
        **{
            name: {
                "value": finite_or_none(value),
                "low": finite_or_none(interval.low),
                "high": finite_or_none(interval.high),
            }
            for name, (value, interval) in _with_intervals(m).items()
        },
    }


def _place_entry(site: SampleSite) -> Dict[str, Any]:
    return {
        "station_id": site.station_id,
        "name": site.name,
        "mission": site.mission,
        "longitude_deg": finite_or_none(site.longitude_deg),
        "latitude_deg": finite_or_none(site.latitude_deg),
        "position_error_m": finite_or_none(site.position_error_m),
    }


def _site_entry(result: CheckResult, number: int) -> Dict[str, Any]:
    entry = _pair_entry(result.pairs[number], result.oxides)
    if result.second_opinion is not None:
        opinion = result.second_opinion
        entry["second_opinion"] = {
            oxide.name: finite_or_none(value)
            for (oxide, _), value in zip(opinion.formulas, opinion.values_wt[number])
        }
    return entry


def _pair_entry(pair: SitePrediction, oxides: Sequence[Oxide]) -> Dict[str, Any]:
    return {
        **_place_entry(pair.site),
        "is_area": pair.site.area is not None,
        "seen_in_training": _SEEN[pair.seen],
        "place": pair.place,
        "n_pixels": pair.n_pixels,
        "domain_distance": finite_or_none(pair.domain_distance),
        "quality": pair.quality,
        "quality_flags": None if pair.quality is None else describe(pair.quality),
        "sigma_kind": pair.sigma_kind.value if pair.sigma_kind else None,
        "sigma_basis": pair.sigma_basis,
        "oxides": _oxide_entries(pair, oxides),
        "note": pair.note,
        "citation": pair.site.citation,
    }


def _oxide_entries(pair: SitePrediction, oxides: Sequence[Oxide]) -> Dict[str, Dict[str, Any]]:
    return {
        oxide.name: {
            "measured": finite_or_none(pair.site.oxides_wt[i]),
            "measured_sigma": finite_or_none(pair.site.measured_sigma_wt[i]),
            "predicted": finite_or_none(pair.predicted_wt[i]),
            "sigma": finite_or_none(pair.sigma_wt[i]),
            "residual": finite_or_none(pair.residual_wt[i]),
            "z": finite_or_none(pair.standardised_residual[i]),
            "outside_90": None
            if math.isnan(pair.standardised_residual[i])
            else pair.outside_interval[i],
        }
        for i, oxide in enumerate(OXIDES)
        if oxide in oxides
    }
