"""``regions``: the composition of polygons, with errors and differences."""

from __future__ import annotations

import argparse

from ..progress import Progress
from ..tabular import finite_or_none
from .arguments import add_layer, add_raster, add_vectors, raster_input
from .results import Result

#: Values of `built_in.BuiltIn` as words of the command line.
BUILT_IN = ("whole-raster", "south-pole-aitken", "sides")
#: Keys of `areas.PIXELS`.
PIXELS = ("good", "good-or-extrapolated", "all")


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_raster(parser, "input", "IN", "prediction raster")
    add_vectors(parser, "--regions", "regions", "polygons")
    parser.add_argument(
        "--built-in",
        choices=BUILT_IN,
        default=BUILT_IN[0],
        help="used where no polygons are given: the whole raster (default), South Pole-Aitken and "
        "what lies outside, or near side and far side",
    )
    parser.add_argument(
        "--pixels",
        choices=PIXELS,
        default=PIXELS[0],
        help="pixels that count: of good quality (default), also those with spectra unlike the "
        "training, or all with a prediction",
    )
    parser.add_argument(
        "--shared",
        type=float,
        default=0.0,
        metavar="PERCENT",
        help="how much of the common error of two regions cancels in their difference (0)",
    )
    parser.add_argument("--report", metavar="HTML", help="report to write")
    parser.add_argument("--table", metavar="CSV", help="table of statistics to write")
    parser.add_argument("--differences", metavar="CSV", help="table of differences to write")
    add_layer(parser, "regions with statistics")


def execute(options: argparse.Namespace, progress: Progress) -> Result:
    """Summarise, and return the means of each region."""
    from ..api.areas import regions

    summary = regions(
        raster_input(options, "input"),
        options.regions,
        name_field=options.name_field,
        polygons_crs=options.regions_crs,
        built_in=options.built_in,
        pixels=options.pixels,
        shared=options.shared,
        report=options.report,
        table=options.table,
        differences=options.differences,
        layer=options.layer,
        progress=progress,
    )
    lines = []
    for region in summary.regions:
        means = ", ".join(
            f"{item.quantity.title} {item.mean:.{item.quantity.decimals}f} -+ "
            f"{item.error:.{item.quantity.decimals}f} {item.quantity.unit}".rstrip()
            for item in region.quantities
            if item.n
        )
        lines.append(f"{region.name}: {region.pixels} pixels; {means or region.note}")
    significant = [item for item in summary.differences if item.is_significant]
    return Result(
        {
            "input": options.input,
            "regions": [
                {
                    "name": region.name,
                    "pixels": region.pixels,
                    "area_km2": finite_or_none(region.area_km2),
                    "used_km2": finite_or_none(region.used_km2),
                    "note": region.note,
                    "quantities": {
                        item.quantity.key: {
                            "unit": item.quantity.unit,
                            "n": item.n,
                            "mean": finite_or_none(item.mean),
                            "standard_error": finite_or_none(item.error),
                            "median": finite_or_none(item.median),
                            "spread": finite_or_none(item.spread),
                        }
                        for item in region.quantities
                    },
                }
                for region in summary.regions
            ],
            "tested_differences": len(summary.differences),
            "significant_differences": len(significant),
        },
        "\n".join(
            (
                *lines,
                f"{len(significant)} of {len(summary.differences)} differences are significant.",
            )
        ),
    )
