"""``gamma-rays``: a map against elements measured from orbit, by terrane."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..chemistry.oxides import OXIDES
from ..errors import LunarOxideError
from ..progress import Progress
from ..tabular import finite_or_none
from .arguments import add_quantity, add_raster, raster_input
from .results import Result


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_raster(parser, "input", "IN", "map of oxides, ours or published")
    parser.add_argument(
        "reference",
        metavar="TABLE",
        help="Lunar Prospector's archived table (.tab or .lbl), or a CSV of cells with a header",
    )
    parser.add_argument(
        "--oxide",
        choices=[oxide.name for oxide in OXIDES],
        help="which oxide (default: all that bands and table have in common)",
    )
    parser.add_argument("--band", type=int, help="the oxide's band, if no description tells")
    add_quantity(parser, "--quantity", "the band")
    parser.add_argument(
        "--footprint", type=float, default=0.0, help="what the spectrometer sees at a time, km (0)"
    )
    parser.add_argument(
        "--coverage", type=float, default=50.0, help="percent of a cell that must be mapped (50)"
    )
    parser.add_argument("--report", metavar="HTML", help="report to write")
    parser.add_argument("--table", metavar="CSV", help="table of terranes to write")
    parser.add_argument("--document", metavar="JSON", help="JSON document to write")


def execute(options: argparse.Namespace, progress: Progress) -> Result:
    """Check a map, write the requested files, and return the answer with the means of all cells."""
    from ..compare.basin_claim import CLAIM
    from ..compare.gamma_ray_table import read_gamma_ray_table
    from ..compare.region_check import RegionCheckRequest, check_regions
    from ..compare.region_files import write_region_json, write_terranes
    from ..rasters.map_band import stated_quantity
    from ..reports.region_report import write_region_report

    oxide = next((oxide for oxide in OXIDES if oxide.name == options.oxide), None)
    if oxide is None and (options.band or options.quantity):
        raise LunarOxideError("--band and --quantity need --oxide: say which oxide the band holds.")
    request = RegionCheckRequest(
        raster=raster_input(options, "input"),
        table=read_gamma_ray_table(Path(options.reference)),
        oxides=() if oxide is None else (oxide,),
        band=options.band,
        quantity=(stated_quantity(options.quantity, oxide) if oxide and options.quantity else None),
        min_coverage=options.coverage / 100.0,
        footprint_km=options.footprint,
    )
    result = check_regions(request, progress)
    for warning in result.warnings:
        progress.warn(warning)
    for path, write in (
        (options.report, write_region_report),
        (options.table, write_terranes),
        (options.document, write_region_json),
    ):
        if path:
            write(result, Path(path))
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
