"""``mosaic``: many tiles as one virtual raster."""

from __future__ import annotations

import argparse

from ..progress import Progress
from .results import Result


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("places", metavar="TILES", nargs="+", help="tiles, or folders of them")
    parser.add_argument("output", metavar="OUT", help="virtual raster to make (.vrt)")


def execute(options: argparse.Namespace, progress: Progress) -> Result:
    """Join the tiles, and return the size of the mosaic."""
    from ..api.maps import mosaic

    found = mosaic(options.places, options.output, progress=progress)
    return Result(
        {
            "output": options.output,
            "tiles": len(found.tiles),
            "width": found.width,
            "height": found.height,
        },
        f"{options.output}: {len(found.tiles)} tiles, {found.width} x {found.height} pixels.",
    )
