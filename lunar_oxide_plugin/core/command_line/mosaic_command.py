"""``mosaic``: many tiles as one virtual raster."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..progress import Progress
from .results import Result


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("places", metavar="TILES", nargs="+", help="tiles, or folders of them")
    parser.add_argument("output", metavar="OUT", help="virtual raster to make (.vrt)")


def execute(options: argparse.Namespace, progress: Progress) -> Result:
    """Join the tiles, and return the size of the mosaic."""
    from ..rasters.mosaic import find_rasters, plan_mosaic
    from ..rasters.mosaic_vrt import write_mosaic

    mosaic = plan_mosaic(find_rasters(options.places, progress), progress)
    progress.report(1.0)
    write_mosaic(mosaic, Path(options.output))
    return Result(
        {
            "output": options.output,
            "tiles": len(mosaic.tiles),
            "width": mosaic.width,
            "height": mosaic.height,
        },
        f"{options.output}: {len(mosaic.tiles)} tiles, {mosaic.width} x {mosaic.height} pixels.",
    )
