"""``compare``: a prediction against another map of the same oxide."""

from __future__ import annotations

import argparse

from ..progress import Progress
from ..tabular import finite_or_none
from .arguments import add_limit, add_mare_feo, add_oxide, add_quantity, add_raster, raster_input
from .exit_status import ExitStatus
from .results import Result

MEASURES = ("bias", "rmse", "pearson_r")


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_raster(parser, "input", "PREDICTION", "prediction raster")
    add_raster(
        parser, "reference", "REFERENCE", "another map of the oxide or its element", "reference-"
    )
    parser.add_argument("output", metavar="OUT", help="GeoTIFF of the difference to make (.tif)")
    add_oxide(parser, "which oxide", required=True)
    parser.add_argument("--prediction-band", type=int, help="where descriptions do not tell")
    parser.add_argument("--reference-band", type=int, help="where descriptions do not tell")
    add_quantity(parser, "--prediction-quantity", "the prediction")
    add_quantity(parser, "--reference-quantity", "the reference")
    parser.add_argument("--reference-scale", type=float, default=1.0, help="factor to its unit (1)")
    parser.add_argument(
        "--coverage", type=float, default=50.0, help="percent of a cell that must be mapped (50)"
    )
    add_mare_feo(parser)
    add_limit(parser, "--tolerance", "WT", "largest RMSE that is allowed, wt%%")
    parser.add_argument("--report", metavar="HTML", help="report to write")
    parser.add_argument("--table", metavar="CSV", help="table of regions to write")
    parser.add_argument("--document", metavar="JSON", help="JSON document to write")


def execute(options: argparse.Namespace, progress: Progress) -> Result:
    """Compare two maps, and return a summary of the agreement."""
    from ..api.agreement import compare

    result = compare(
        raster_input(options, "input"),
        raster_input(options, "reference", "reference-"),
        options.output,
        oxide=options.oxide,
        prediction_band=options.prediction_band,
        prediction_quantity=options.prediction_quantity,
        reference_band=options.reference_band,
        reference_quantity=options.reference_quantity,
        reference_scale=options.reference_scale,
        coverage=options.coverage,
        mare_feo=options.mare_feo,
        report=options.report,
        table=options.table,
        document=options.document,
        progress=progress,
    )
    metrics = result.groups[0].metrics
    finding = ""
    if options.tolerance is not None and not metrics.rmse <= options.tolerance:
        finding = (
            f"The RMSE is {metrics.rmse:.3g} wt% {options.oxide}, more than the "
            f"{options.tolerance:g} wt% allowed."
        )
    return Result(
        {
            "output": options.output,
            "oxide": options.oxide,
            "cells": metrics.n,
            "cells_left_out": result.cells_skipped,
            **{name: finite_or_none(getattr(metrics, name)) for name in MEASURES},
        },
        f"{options.output}: {metrics.n} cells of about {result.cell_km:.3g} km compared, "
        f"{result.cells_skipped} left out for too little coverage: bias {metrics.bias:+.2f}, RMSE "
        f"{metrics.rmse:.2f} wt% {options.oxide}.",
        ExitStatus.DISAGREES if finding else ExitStatus.DONE,
        finding,
    )
