"""``compare``: a prediction against another map of the same oxide."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path

from ..chemistry.oxides import OXIDES
from ..errors import LunarOxideError
from ..files import unlink_if_there
from ..progress import Progress
from ..tabular import finite_or_none
from .arguments import add_quantity, add_raster, raster_input
from .results import Result

MEASURES = ("bias", "rmse", "pearson_r")


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_raster(parser, "input", "PREDICTION", "prediction raster")
    add_raster(
        parser, "reference", "REFERENCE", "another map of the oxide or its element", "reference-"
    )
    parser.add_argument("output", metavar="OUT", help="GeoTIFF of the difference to make (.tif)")
    parser.add_argument(
        "--oxide", choices=[oxide.name for oxide in OXIDES], required=True, help="which oxide"
    )
    parser.add_argument("--prediction-band", type=int, help="where descriptions do not tell")
    parser.add_argument("--reference-band", type=int, help="where descriptions do not tell")
    add_quantity(parser, "--reference-quantity", "the reference")
    parser.add_argument("--reference-scale", type=float, default=1.0, help="factor to its unit (1)")
    parser.add_argument(
        "--coverage", type=float, default=50.0, help="percent of a cell that must be mapped (50)"
    )
    parser.add_argument("--report", metavar="HTML", help="report to write")
    parser.add_argument("--table", metavar="CSV", help="table of regions to write")
    parser.add_argument("--document", metavar="JSON", help="JSON document to write")


def execute(options: argparse.Namespace, progress: Progress) -> Result:
    """Compare two maps, write the requested files, and return a summary of the agreement."""
    from ..compare.comparison_files import write_comparison_json, write_parts
    from ..compare.map_comparison import ComparisonRequest, MapSource, compare_maps
    from ..rasters.map_band import stated_quantity
    from ..reports.comparison_report import write_comparison_report

    oxide = next(oxide for oxide in OXIDES if oxide.name == options.oxide)
    chosen = options.reference_quantity
    request = ComparisonRequest(
        oxide=oxide,
        prediction=MapSource(raster_input(options, "input"), options.prediction_band),
        reference=MapSource(
            raster_input(options, "reference", "reference-"),
            options.reference_band,
            stated_quantity(chosen, oxide) if chosen else None,
            options.reference_scale,
        ),
        output=options.output,
        min_coverage=options.coverage / 100.0,
    )
    result = compare_maps(request, progress)
    for warning in result.warnings:
        progress.warn(warning)
    try:
        for path, write in (
            (options.report, partial(write_comparison_report, raster=options.output)),
            (options.table, write_parts),
            (options.document, write_comparison_json),
        ):
            if path:
                write(result, path=Path(path))
    except LunarOxideError:
        unlink_if_there(Path(options.output))
        raise
    metrics = result.groups[0].metrics
    return Result(
        {
            "output": options.output,
            "oxide": oxide.name,
            "cells": metrics.n,
            "cells_left_out": result.cells_skipped,
            **{name: finite_or_none(getattr(metrics, name)) for name in MEASURES},
        },
        f"{options.output}: {metrics.n} cells of about {result.cell_km:.3g} km compared, "
        f"{result.cells_skipped} left out for too little coverage: bias {metrics.bias:+.2f}, RMSE "
        f"{metrics.rmse:.2f} wt% {oxide.name}.",
    )
