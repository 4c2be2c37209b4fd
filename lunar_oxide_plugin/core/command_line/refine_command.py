"""``refine``: a model corrected by new samples, with verdicts."""

from __future__ import annotations

import argparse

from ..progress import Progress
from .arguments import add_model, add_sites
from .results import Result


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("output", metavar="OUT", help="model file to make (.onnx)")
    add_model(parser)
    add_sites(parser, "new samples")
    parser.add_argument(
        "--input",
        metavar="RASTER",
        help="reflectance that the spectra are read from; not needed where the table has them",
    )
    parser.add_argument("--window", type=int, default=3, help="odd side in pixels (3)")
    parser.add_argument("--title", default="", help="of the refined model")
    parser.add_argument("--report", metavar="HTML", help="report to write")


def execute(options: argparse.Namespace, progress: Progress) -> Result:
    """Refine, and return the verdict."""
    from ..api.models import refine
    from ..reports.refinement_report import headline

    result = refine(
        options.output,
        model=options.model,
        sites=options.sites,
        sites_crs=options.sites_crs,
        columns=options.columns,
        raster=options.input,
        window=options.window,
        title=options.title,
        report=options.report,
        progress=progress,
    )
    return Result(
        {
            "output": result.output,
            "title": result.title,
            "parent": result.parent_title,
            "added": [item.site.station_id for item in result.added],
            "verdicts": {
                oxide.name: verdict for oxide, verdict in zip(result.oxides, result.verdicts)
            },
            "doubts": [doubt.text for doubt in result.doubts],
        },
        f"{result.output}: {len(result.added)} samples added. {headline(result)}",
    )
