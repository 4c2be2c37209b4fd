"""``products``: Mg#, ratios, plagioclase, density, basalt and rock classes from oxides."""

from __future__ import annotations

import argparse

from ..progress import Progress
from .arguments import add_raster, raster_input
from .results import Result


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_raster(parser, "input", "IN", "prediction raster")
    parser.add_argument("output", metavar="OUT", help="GeoTIFF to make (.tif)")


def execute(options: argparse.Namespace, progress: Progress) -> Result:
    """Derive, and return the bands with the pixels of each class."""
    from ..api.maps import products

    summary = products(raster_input(options, "input"), options.output, progress=progress)
    lines = [
        f"{label}: {count} pixels"
        for group in summary.classes.values()
        for label, count in group.items()
        if count
    ]
    return Result(
        {
            "output": summary.output,
            "valid_pixels": summary.valid_pixels,
            "total_pixels": summary.total_pixels,
            "bands": [band.description for band in summary.bands],
            "classes": {key: dict(group) for key, group in summary.classes.items()},
            "sigma": None if summary.sigma_kind is None else summary.sigma_kind.value,
        },
        "\n".join(
            (
                f"{summary.output}: {len(summary.bands)} bands, {summary.valid_pixels} of "
                f"{summary.total_pixels} pixels with products.",
                *lines,
            )
        ),
    )
