"""Write a comparison of two maps: metrics of the regions as CSV, everything as JSON."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any, Dict, Tuple, Union

from ..chemistry.oxides import UNIT
from ..files import write_text
from ..tabular import csv_number, csv_text, finite_or_none
from ..version import SOFTWARE
from .difference_moments import MapMetrics, RasterComparison

SCHEMA_VERSION = 1
KIND = "lunar-oxide-raster-comparison"

_MEASURES = (
    "mean_prediction",
    "mean_reference",
    "bias",
    "rmse",
    "mae",
    "spread",
    "pearson_r",
    "concordance",
)
_UNITLESS = ("pearson_r", "concordance")
COLUMNS: Tuple[str, ...] = (
    "kind",
    "name",
    "oxide",
    "n_cells",
    "area_km2",
    *(name if name in _UNITLESS else f"{name}_wt" for name in _MEASURES),
)
_QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


def comparison_document(result: RasterComparison) -> Dict[str, Any]:
    """The comparison as plain dicts, lists, numbers and text; missing values are None."""
    return {
        "kind": KIND,
        "schema_version": SCHEMA_VERSION,
        "software": SOFTWARE,
        "unit": UNIT,
        "oxide": result.oxide.name,
        "difference": "prediction minus reference",
        "cell_km": finite_or_none(result.cell_km),
        "cells_skipped": result.cells_skipped,
        "difference_quantiles": {
            f"{share:g}": finite_or_none(result.sums.difference_quantile(share))
            for share in _QUANTILES
        },
        "parts": [
            {
                "kind": group.kind,
                "name": group.name,
                "n_cells": group.metrics.n,
                "area_km2": finite_or_none(group.metrics.area_km2),
                **{name: finite_or_none(_measure(group.metrics, name)) for name in _MEASURES},
            }
            for group in result.groups
        ],
        "warnings": list(result.warnings),
        "provenance": dict(result.facts),
    }


def _measure(metrics: MapMetrics, name: str) -> float:
    return float(getattr(metrics, name))


def render_parts(result: RasterComparison) -> str:
    """The metrics as CSV, one row per region of the Moon."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for group in result.groups:
        m = group.metrics
        writer.writerow(
            [
                group.kind,
                csv_text(group.name),
                result.oxide.name,
                str(m.n),
                csv_number(m.area_km2),
                *(csv_number(_measure(m, name)) for name in _MEASURES),
            ]
        )
    return buffer.getvalue()


def write_comparison_json(result: RasterComparison, path: Union[str, Path]) -> None:
    """Write the JSON document.

    Parameters
    ----------
    result : RasterComparison
    path : str or Path
        File to write.

    Raises
    ------
    OutputError
    """
    text = json.dumps(comparison_document(result), indent=1, ensure_ascii=False, allow_nan=False)
    write_text(path, text + "\n", "JSON document")


def write_parts(result: RasterComparison, path: Union[str, Path]) -> None:
    """Write the metrics as CSV.

    Parameters
    ----------
    result : RasterComparison
    path : str or Path
        CSV file to write.

    Raises
    ------
    OutputError
    """
    write_text(path, render_parts(result), "table of metrics")
