"""The prediction check as a CSV table: one row a site, checked or skipped."""

from __future__ import annotations

import csv
import io
import math
from pathlib import Path
from typing import List, Tuple, Union

from .check import CheckResult, Seen, SitePrediction, SkippedSite
from .oxides import OXIDES
from .sites import SampleSite
from .textfile import write_text

OXIDE_QUANTITIES = ("measured", "predicted", "sigma", "residual")

COLUMNS: Tuple[str, ...] = (
    "station_id",
    "name",
    "mission",
    "longitude_deg",
    "latitude_deg",
    "seen_in_training",
    "n_pixels",
    "quality",
    "domain_distance",
    *(f"{oxide.key}_{quantity}_wt" for oxide in OXIDES for quantity in OXIDE_QUANTITIES),
    "note",
    "status",
    "reason",
)

SEEN_WORDS = {Seen.SEEN: "yes", Seen.UNSEEN: "no", Seen.UNKNOWN: "unknown"}

#: First characters that make a spreadsheet evaluate a cell (OWASP, "CSV Injection"), with the
#: full-width forms that some of them fold to ASCII.
_FORMULA_START = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_CONTROL_START = ("\t", "\r", "\n")


def render_table(result: CheckResult) -> str:
    """Render the check as CSV text.

    Oxides and sigmas are in wt%, `residual` is predicted minus measured, coordinates are
    degrees (east longitude), `quality` is the sum of the quality bits. A value that does not
    exist is an empty cell. Text that a spreadsheet would run as a formula gets a leading
    apostrophe.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for pair in result.pairs:
        writer.writerow(_checked_row(pair))
    for skipped in result.skipped:
        writer.writerow(_skipped_row(skipped))
    return buffer.getvalue()


def write_table(result: CheckResult, path: Union[str, Path]) -> None:
    """Write the check as a CSV file (UTF-8).

    Raises
    ------
    OutputError
        If the file cannot be written; an earlier file at `path` is then untouched.
    """
    write_text(path, render_table(result), "table")


def _checked_row(pair: SitePrediction) -> List[str]:
    values: List[str] = []
    for row in zip(pair.site.oxides_wt, pair.predicted_wt, pair.sigma_wt, pair.residual_wt):
        values.extend(_number(value) for value in row)
    return [
        *_site_cells(pair.site),
        SEEN_WORDS[pair.seen],
        str(pair.n_pixels),
        str(pair.quality),
        _number(pair.domain_distance),
        *values,
        _text(pair.note),
        "checked",
        "",
    ]


def _skipped_row(skipped: SkippedSite) -> List[str]:
    values: List[str] = []
    for measured in skipped.site.oxides_wt:
        values.extend([_number(measured), "", "", ""])
    empty = [""] * 4
    return [*_site_cells(skipped.site), *empty, *values, "", "skipped", _text(skipped.reason)]


def _site_cells(site: SampleSite) -> List[str]:
    return [
        _text(site.station_id),
        _text(site.name),
        _text(site.mission),
        format(site.longitude_deg, ".10g"),
        format(site.latitude_deg, ".10g"),
    ]


def _number(value: float) -> str:
    return format(value, ".6g") if math.isfinite(value) else ""


def _text(value: str) -> str:
    if value.startswith(_CONTROL_START) or value.lstrip().startswith(_FORMULA_START):
        return "'" + value
    return value
