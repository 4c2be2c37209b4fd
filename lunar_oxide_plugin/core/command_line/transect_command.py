"""``transect``: the composition of a prediction along lines."""

from __future__ import annotations

import argparse

from ..progress import Progress
from ..tabular import finite_or_none
from .arguments import add_layer, add_raster, add_vectors, raster_input
from .results import Result


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_raster(parser, "input", "IN", "prediction raster")
    add_vectors(parser, "--lines", "lines", "lines")
    parser.add_argument(
        "--vertex",
        type=float,
        nargs=2,
        action="append",
        default=[],
        metavar=("LON", "LAT"),
        help="a vertex of a line in degrees, instead of a file; give two or more",
    )
    parser.add_argument(
        "--width", type=float, default=0.0, help="km over which values are averaged (0)"
    )
    parser.add_argument(
        "--sites-km", type=float, default=5.0, help="sites up to this far are named (5)"
    )
    parser.add_argument("--max-points", type=int, default=1000, help="most points of a line (1000)")
    parser.add_argument("--report", metavar="HTML", help="report to write")
    parser.add_argument("--table", metavar="CSV", help="table of points to write")
    add_layer(parser, "points along the lines")


def execute(options: argparse.Namespace, progress: Progress) -> Result:
    """Read the profiles, and return their lengths and numbers of points."""
    from ..api.areas import transect

    profiles = transect(
        raster_input(options, "input"),
        options.lines,
        vertices=[(x, y) for x, y in options.vertex],
        name_field=options.name_field,
        lines_crs=options.lines_crs,
        width_km=options.width,
        sites_km=options.sites_km,
        max_points=options.max_points,
        report=options.report,
        table=options.table,
        layer=options.layer,
        progress=progress,
    )
    return Result(
        {
            "input": options.input,
            "lines": [
                {
                    "name": each.name,
                    "length_km": finite_or_none(each.length_km),
                    "points": int(each.distances_km.size),
                    "sites": [item.site.station_id for item in each.sites],
                    "distance_km": [finite_or_none(v) for v in each.distances_km.tolist()],
                    "oxides_wt": {
                        name: [finite_or_none(v) for v in values.tolist()]
                        for name, values in each.values_wt.items()
                    },
                }
                for each in profiles
            ],
        },
        "\n".join(
            f"{each.name}: {each.distances_km.size} points along {each.length_km:.4g} km; sites "
            f"near the line: {', '.join(i.site.station_id for i in each.sites) or 'none'}."
            for each in profiles
        ),
    )
