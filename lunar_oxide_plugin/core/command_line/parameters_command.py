"""``parameters``: classical FeO, TiO2, maturity, band depths and ratios of reflectance."""

from __future__ import annotations

import argparse

from ..progress import Progress
from ..rasters.sensors.known import sensors_with_formulas
from .arguments import add_extent, add_raster, add_reflectance, reflectance_input
from .results import Result


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_raster(parser, "input", "IN", "reflectance raster: tile, mosaic, VRT")
    parser.add_argument("output", metavar="OUT", help="GeoTIFF to make (.tif)")
    keys = " or ".join(sensor.key for sensor in sensors_with_formulas())
    parser.add_argument(
        "--sensor", default="", help=f"whose formulas to use: {keys} (default: recognised)"
    )
    add_reflectance(parser, "the formulas' order, e.g. 1,2,4,7,8,9")
    add_extent(parser)


def execute(options: argparse.Namespace, progress: Progress) -> Result:
    """Compute, and return the parameters with their numbers of pixels."""
    from ..api.maps import parameters

    summary = parameters(
        reflectance_input(options),
        options.output,
        sensor=options.sensor,
        extent=options.extent,
        extent_crs=options.extent_crs,
        progress=progress,
    )
    counts = list(zip(summary.parameters, summary.valid_pixels))
    lines = [
        f"{parameter.band_description}: {count} pixels; {parameter.formula} [{parameter.citation}]"
        for parameter, count in counts
    ]
    return Result(
        {
            "output": summary.output,
            "sensor": summary.sensor.key,
            "reflectance_pixels": summary.reflectance_pixels,
            "total_pixels": summary.total_pixels,
            "parameters": [
                {
                    "key": parameter.key,
                    "band": number,
                    "title": parameter.title,
                    "unit": parameter.unit,
                    "valid_pixels": count,
                }
                for number, (parameter, count) in enumerate(counts, start=1)
            ],
        },
        "\n".join(
            (
                f"{summary.output}: {len(counts)} parameters of {summary.sensor.title} at up to "
                f"{max(summary.valid_pixels, default=0)} of {summary.total_pixels} pixels.",
                *lines,
            )
        ),
    )
