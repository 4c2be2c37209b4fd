"""``gamma-rays``: a map against elements measured from orbit, by terrane."""

from __future__ import annotations

import argparse

from ..progress import Progress
from ..tabular import finite_or_none
from .arguments import (
    add_layer,
    add_mare_feo,
    add_oxide,
    add_quantity,
    add_raster,
    add_vectors,
    raster_input,
)
from .results import Result


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_raster(parser, "input", "IN", "map of oxides, ours or published")
    parser.add_argument(
        "reference",
        metavar="TABLE",
        help="Lunar Prospector's archived table (.tab or .lbl), or a CSV of cells with a header",
    )
    add_oxide(parser, "which oxide (default: all that bands and table have in common)")
    parser.add_argument("--band", type=int, help="the oxide's band, if no description tells")
    add_quantity(parser, "--quantity", "the band")
    parser.add_argument(
        "--footprint", type=float, default=0.0, help="what the spectrometer sees at a time, km (0)"
    )
    parser.add_argument(
        "--coverage", type=float, default=50.0, help="percent of a cell that must be mapped (50)"
    )
    add_mare_feo(parser)
    add_vectors(parser, "--regions", "regions", "polygons of your own, beside the terranes", False)
    parser.add_argument(
        "--region-name", default="", metavar="FIELD", help="field with the names of the regions"
    )
    parser.add_argument("--report", metavar="HTML", help="report to write")
    parser.add_argument("--table", metavar="CSV", help="table of terranes to write")
    parser.add_argument("--document", metavar="JSON", help="JSON document to write")
    add_layer(parser, "compared cells")


def execute(options: argparse.Namespace, progress: Progress) -> Result:
    """Check a map, and return the answer with the means of all cells."""
    from ..api.agreement import gamma_rays
    from ..compare.basin_claim import CLAIM

    result = gamma_rays(
        raster_input(options, "input"),
        options.reference,
        oxide=options.oxide,
        band=options.band,
        quantity=options.quantity,
        footprint_km=options.footprint,
        coverage=options.coverage,
        mare_feo=options.mare_feo,
        regions=options.regions,
        region_name=options.region_name,
        regions_crs=options.regions_crs,
        report=options.report,
        table=options.table,
        document=options.document,
        layer=options.layer,
        progress=progress,
    )
    wholes = [(found.oxide.name, found.terranes[0].metrics) for found in result.oxides]
    lines = [
        f"{name}: map {m.mean_prediction:.2f}, gamma rays {m.mean_reference:.2f}, RMSE "
        f"{m.rmse:.2f} wt% over {m.n} cells"
        for name, m in wholes
    ]
    return Result(
        {
            "input": options.input,
            "answer": result.answer.value,
            "oxides": {
                name: {"cells": m.n, "bias": finite_or_none(m.bias), "rmse": finite_or_none(m.rmse)}
                for name, m in wholes
            },
        },
        "\n".join((*lines, f"{CLAIM}: {result.answer.value}.")),
    )
