"""``mosaic``: many tiles as one virtual raster."""

from __future__ import annotations

import argparse

from ..progress import Progress
from .results import Result


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("places", metavar="TILES", nargs="+", help="tiles, or folders of them")
    parser.add_argument("output", metavar="OUT", help="virtual raster to make (.vrt)")
    parser.add_argument(
        "--strict",
        action="store_true",
        help="refuse the mosaic if a tile cannot be read (default: leave it out with a warning)",
    )


def execute(options: argparse.Namespace, progress: Progress) -> Result:
    """Join the tiles, and return the size of the mosaic."""
    from ..api.maps import mosaic

    found = mosaic(options.places, options.output, strict=options.strict, progress=progress)
    return Result(
        {
            "output": options.output,
            "tiles": len(found.tiles),
            "left_out": [str(path) for path in found.left_out],
            "width": found.width,
            "height": found.height,
        },
        f"{options.output}: {len(found.tiles)} tiles, {found.width} x {found.height} pixels.",
    )
