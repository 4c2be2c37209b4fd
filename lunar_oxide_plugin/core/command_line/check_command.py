"""``check``: a prediction raster against measured oxides at sample sites."""

from __future__ import annotations

import argparse
from dataclasses import replace
from functools import partial
from pathlib import Path

from ..chemistry.oxides import OXIDES
from ..errors import LunarOxideError
from ..progress import Progress
from ..tabular import finite_or_none
from .arguments import add_quantity, add_raster, raster_input
from .results import Result


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_raster(parser, "input", "IN", "prediction raster")
    parser.add_argument(
        "--sites", metavar="CSV", help="table of sites with coordinates (default: bundled sites)"
    )
    parser.add_argument(
        "--columns",
        default="",
        help='what columns hold where names do not tell, e.g. "FeO=iron; latitude=Y; longitude=X"',
    )
    parser.add_argument(
        "--oxide",
        choices=[oxide.name for oxide in OXIDES],
        help="which oxide IN holds, if its bands do not say",
    )
    parser.add_argument("--band", type=int, help="the oxide's band, if no description tells")
    add_quantity(parser, "--quantity", "the band")
    parser.add_argument("--window", type=int, default=3, help="odd side in pixels (3)")
    parser.add_argument("--report", metavar="HTML", help="report to write")
    parser.add_argument("--figures", metavar="DIR", help="folder for each chart as an SVG file")
    parser.add_argument("--table", metavar="CSV", help="table of sites to write")
    parser.add_argument("--metrics", metavar="CSV", help="table of metrics to write")
    parser.add_argument("--document", metavar="JSON", help="JSON document to write")


def execute(options: argparse.Namespace, progress: Progress) -> Result:
    """Check a prediction, write the requested files, and return a summary of the agreement."""
    from ..check.check_json import write_json, write_metrics
    from ..check.check_table import write_table
    from ..check.metric_groups import metric_groups
    from ..check.sampling import OxideChoice, check_raster, with_in_situ
    from ..rasters.map_band import stated_quantity
    from ..reports.chart_files import write_charts
    from ..reports.check_report import render_report, write_report
    from ..sites.in_situ_sites import load_in_situ_sites
    from ..sites.sample_sites import load_sites
    from ..sites.site_columns import GroundTruth
    from ..sites.table_file import read_site_table
    from ..sites.training_stations import Seen

    known = load_sites()
    if options.sites:
        truth = read_site_table(Path(options.sites), options.columns)
    else:
        truth = GroundTruth(tuple(known))
    for note in truth.notes:
        progress.info(f"Sites: {note}.")
    for row in truth.rejected:
        progress.warn(f"Row {row.number} ({row.station_id}) left out: {row.reason}.")
    raster = raster_input(options, "input")
    oxide = next((oxide for oxide in OXIDES if oxide.name == options.oxide), None)
    choice = None
    if oxide is not None:
        stated = stated_quantity(options.quantity, oxide) if options.quantity else None
        choice = OxideChoice(oxide, options.band, stated)
    elif options.band or options.quantity:
        raise LunarOxideError("--band and --quantity need --oxide: say which oxide the band holds.")
    result = check_raster(raster, truth.sites, known, options.window, progress, choice)
    if not options.sites:
        result = with_in_situ(result, raster, load_in_situ_sites(), known, progress, choice)
    result = replace(result, rejected=truth.rejected, truth_notes=truth.notes)
    if not (result.pairs or result.in_situ):
        raise LunarOxideError(
            f"None of the {len(truth.sites)} sites lies on valid pixels of the raster: check its "
            "CRS and that it covers a sampling site."
        )
    tables = [
        (text, path)
        for text, path in (
            ("Table of sites (CSV)", options.table),
            ("Table of metrics (CSV)", options.metrics),
            ("JSON document", options.document),
        )
        if path
    ]
    if options.figures and not options.report:
        write_charts(render_report(result), options.figures)
    for path, write in (
        (options.report, partial(write_report, tables=tables, figures=options.figures)),
        (options.table, write_table),
        (options.metrics, write_metrics),
        (options.document, write_json),
    ):
        if path:
            write(result, Path(path))
    unseen = sum(pair.seen is Seen.UNSEEN for pair in result.pairs)
    if unseen == 0:
        progress.warn(
            "The model has seen every compared site in training, or its training is unknown: "
            "these figures show the fit and validate nothing."
        )
    groups = metric_groups(result.pairs)
    lines = [
        f"{group.title}, {metrics.oxide}: n {metrics.n}, RMSE {metrics.rmse:.2f} wt%, "
        f"bias {metrics.bias:+.2f} wt%, R2 {metrics.r2:.2f}"
        for group in groups
        for metrics in group.metrics
        if metrics.n
    ]
    return Result(
        {
            "input": options.input,
            "sites": len(result.pairs),
            "unseen": unseen,
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
                for group in groups
                for metrics in group.metrics
            ],
        },
        "\n".join(
            (
                f"{options.input}: {len(result.pairs)} sites compared, {unseen} of them not seen "
                f"in training, {len(result.skipped)} skipped.",
                *lines,
            )
        ),
    )
