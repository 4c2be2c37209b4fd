"""``check``: a prediction raster against measured oxides at sample sites."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from ..errors import RasterError
from ..progress import Progress
from ..tabular import finite_or_none
from .arguments import (
    add_layer,
    add_limit,
    add_oxide,
    add_quantity,
    add_raster,
    add_sites,
    raster_input,
)
from .exit_status import ExitStatus
from .results import Result

if TYPE_CHECKING:
    from ..api.agreement import Check


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_raster(parser, "input", "IN", "prediction raster")
    add_sites(parser, "measured sites")
    parser.add_argument(
        "--reflectance",
        metavar="RASTER",
        help="the raster that was predicted, for classical formulas at the same sites",
    )
    add_oxide(parser, "which oxide IN holds, if its bands do not say")
    parser.add_argument("--band", type=int, help="the oxide's band, if no description tells")
    add_quantity(parser, "--quantity", "the band")
    parser.add_argument("--window", type=int, default=3, help="odd side in pixels (3)")
    add_limit(
        parser,
        "--fail-outside",
        "PERCENT",
        "largest share of the measured oxides that may lie outside the prediction's 90 %% "
        "intervals (10 are expected)",
    )
    parser.add_argument("--report", metavar="HTML", help="report to write")
    parser.add_argument("--figures", metavar="DIR", help="folder for each chart as an SVG file")
    parser.add_argument("--table", metavar="CSV", help="table of sites to write")
    parser.add_argument("--metrics", metavar="CSV", help="table of metrics to write")
    parser.add_argument("--document", metavar="JSON", help="JSON document to write")
    add_layer(parser, "compared sites")


def execute(options: argparse.Namespace, progress: Progress) -> Result:
    """Check a prediction, and return a summary of the agreement."""
    from ..api.agreement import check

    found = check(
        raster_input(options, "input"),
        sites=options.sites,
        sites_crs=options.sites_crs,
        reflectance=options.reflectance,
        columns=options.columns,
        oxide=options.oxide,
        band=options.band,
        quantity=options.quantity,
        window=options.window,
        report=options.report,
        figures=options.figures,
        table=options.table,
        metrics=options.metrics,
        document=options.document,
        layer=options.layer,
        progress=progress,
    )
    result = found.result
    lines = [
        f"{group.title}, {metrics.oxide}: n {metrics.n}, RMSE {metrics.rmse:.2f} wt%, "
        f"bias {metrics.bias:+.2f} wt%, R2 {metrics.r2:.2f}"
        for group in found.groups
        for metrics in group.metrics
        if metrics.n
    ]
    finding = _finding(found, options)
    return Result(
        {
            "input": options.input,
            "sites": len(result.pairs),
            "unseen": found.unseen,
            "compared_values": found.compared_values,
            "outside_values": found.outside_values,
            "skipped": [
                {"station_id": item.site.station_id, "reason": item.reason}
                for item in result.skipped
            ],
            "metrics": [
                {
                    "group": group.key,
                    "without": list(group.without),
                    "oxide": metrics.oxide,
                    "n": metrics.n,
                    "rmse_wt": finite_or_none(metrics.rmse),
                    "bias_wt": finite_or_none(metrics.bias),
                    "r2": finite_or_none(metrics.r2),
                }
                for group in found.groups
                for metrics in group.metrics
            ],
        },
        "\n".join(
            (
                f"{options.input}: {len(result.pairs)} sites compared, {found.unseen} of them not "
                f"seen in training, {len(result.skipped)} skipped.",
                *lines,
            )
        ),
        ExitStatus.DISAGREES if finding else ExitStatus.DONE,
        finding,
    )


def _finding(found: Check, options: argparse.Namespace) -> str:
    """How far the agreement is beyond what is allowed; empty where it is not."""
    if options.fail_outside is None:
        return ""
    values = found.compared_values
    if not values:
        raise RasterError(
            f"{options.input} gives no uncertainty at the sites, so that --fail-outside cannot be "
            "judged: leave it out, or check a map with uncertainties."
        )
    share = 100.0 * found.outside_values / values
    if share <= options.fail_outside:
        return ""
    return (
        f"{found.outside_values} of {values} measured oxides ({share:.0f} %) lie outside the 90 % "
        f"intervals of {options.input}, more than the {options.fail_outside:g} % allowed."
    )
