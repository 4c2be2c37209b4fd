"""Write a check against a gamma-ray table: terranes as CSV, everything as JSON."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any, Dict, Optional, Tuple, Union

from ..chemistry.oxides import UNIT
from ..files import write_text
from ..tabular import csv_number, csv_text, finite_or_none
from ..version import SOFTWARE
from .basin_claim import CLAIM, ClaimPart
from .region_check import RegionCheck, TerraneResult

SCHEMA_VERSION = 1
KIND = "lunar-oxide-region-check"

COLUMNS: Tuple[str, ...] = (
    "oxide",
    "kind",
    "terrane",
    "n_cells",
    "area_km2",
    "share_compared",
    "map_wt",
    "gamma_ray_wt",
    "difference_wt",
    "map_sigma_wt",
    "gamma_ray_sigma_wt",
    "rmse_wt",
    "pearson_r",
)


def region_document(result: RegionCheck) -> Dict[str, Any]:
    """The check as plain dicts, lists, numbers and text; missing values are None."""
    return {
        "kind": KIND,
        "schema_version": SCHEMA_VERSION,
        "software": SOFTWARE,
        "unit": UNIT,
        "difference": "map minus gamma-ray table",
        "claim": {
            "text": CLAIM,
            "answer": result.answer.value,
            "parts": {name: _part(part) for name, part in result.claim.items()},
        },
        "oxides": [
            {
                "oxide": found.oxide.name,
                "band": found.band,
                "cells_left_out": found.left_out,
                "map_sigma": found.sigma_words,
                "terranes": [_terrane(terrane) for terrane in found.terranes],
            }
            for found in result.oxides
        ],
        "terranes": {terrane.name: terrane.definition for terrane in result.terranes},
        "warnings": list(result.warnings),
        "provenance": dict(result.facts),
    }


def _part(part: Optional[ClaimPart]) -> Optional[Dict[str, Any]]:
    if part is None:
        return None
    return {
        "south_pole_aitken_has": "more" if part.more else "less",
        "answer": part.verdict.value,
        "reason": part.reason,
        "difference": finite_or_none(part.difference_wt),
        "half_width_90": finite_or_none(part.half_width_wt),
        "gamma_ray_answer": part.reference_verdict.value,
        "gamma_ray_difference": finite_or_none(part.reference_wt),
        "gamma_ray_half_width_90": finite_or_none(part.reference_half_width_wt),
    }


def _terrane(terrane: TerraneResult) -> Dict[str, Any]:
    m = terrane.metrics
    return {
        "kind": terrane.kind,
        "name": terrane.name,
        "n_cells": m.n,
        **{name: finite_or_none(value) for name, value in zip(COLUMNS[4:], _numbers(terrane))},
    }


def _numbers(terrane: TerraneResult) -> Tuple[float, ...]:
    """Values of the columns from the area on."""
    m = terrane.metrics
    return (
        m.area_km2,
        terrane.share,
        m.mean_prediction,
        m.mean_reference,
        m.bias,
        terrane.map_sigma_wt,
        terrane.reference_sigma_wt,
        m.rmse,
        m.pearson_r,
    )


def render_terranes(result: RegionCheck) -> str:
    """The terranes as CSV, one row for each oxide and terrane."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for found in result.oxides:
        for terrane in found.terranes:
            writer.writerow(
                [
                    found.oxide.name,
                    terrane.kind,
                    csv_text(terrane.name),
                    str(terrane.metrics.n),
                    *map(csv_number, _numbers(terrane)),
                ]
            )
    return buffer.getvalue()


def write_region_json(result: RegionCheck, path: Union[str, Path]) -> None:
    """Write the JSON document.

    Parameters
    ----------
    result : RegionCheck
    path : str or Path
        File to write.

    Raises
    ------
    OutputError
    """
    text = json.dumps(region_document(result), indent=1, ensure_ascii=False, allow_nan=False)
    write_text(path, text + "\n", "JSON document")


def write_terranes(result: RegionCheck, path: Union[str, Path]) -> None:
    """Write the terranes as CSV.

    Parameters
    ----------
    result : RegionCheck
    path : str or Path
        CSV file to write.

    Raises
    ------
    OutputError
    """
    write_text(path, render_terranes(result), "table of terranes")
