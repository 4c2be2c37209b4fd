"""The prediction check as a CSV table: one row per site, checked or skipped."""

from __future__ import annotations

import csv
import io
import math
from pathlib import Path
from typing import List, Sequence, Tuple, Union

from ..chemistry.oxides import OXIDES, Oxide
from ..files import write_text
from ..sites.sample_sites import SampleSite
from ..sites.training_stations import Seen
from ..tabular import csv_number, csv_text
from .site_check import CheckResult, SitePrediction, SkippedSite

OXIDE_QUANTITIES = ("measured", "measured_sigma", "predicted", "sigma", "residual")

_FIRST_COLUMNS = (
    "station_id",
    "name",
    "mission",
    "longitude_deg",
    "latitude_deg",
    "seen_in_training",
    "n_pixels",
    "quality",
    "domain_distance",
    "place",
    "sigma_kind",
    "sigma_basis",
)
_LAST_COLUMNS = ("feo_classical_wt", "tio2_classical_wt", "note", "status", "reason")

SEEN_WORDS = {Seen.SEEN: "yes", Seen.UNSEEN: "no", Seen.UNKNOWN: "unknown"}


def table_columns(oxides: Sequence[Oxide]) -> Tuple[str, ...]:
    """Names of the columns for a raster that predicts these oxides."""
    return (
        *_FIRST_COLUMNS,
        *(
            column
            for oxide in oxides
            for column in (*(f"{oxide.key}_{q}_wt" for q in OXIDE_QUANTITIES), f"{oxide.key}_z")
        ),
        *_LAST_COLUMNS,
    )


def render_table(result: CheckResult) -> str:
    """Render the check as CSV text; only oxides that the raster predicts have columns.

    Oxides and sigmas are in wt%, `residual` is predicted minus measured, coordinates are
    degrees (east longitude), `quality` is the sum of the quality bits. A value that does not
    exist is an empty cell. Text that a spreadsheet would run as a formula gets a leading
    apostrophe.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    oxides = result.oxides
    columns = table_columns(oxides)
    writer.writerow(columns)
    opinion = result.second_opinion
    for number, pair in enumerate(result.pairs):
        classical = (math.nan, math.nan) if opinion is None else opinion.values_wt[number]
        writer.writerow(_checked_row(pair, oxides, classical, "checked"))
    for pair in result.in_situ:
        writer.writerow(_checked_row(pair, oxides, (math.nan, math.nan), "in situ"))
    for skipped in (*result.skipped, *result.in_situ_skipped):
        writer.writerow(_skipped_row(skipped, oxides))
    for rejected in result.rejected:
        cells = {"station_id": csv_text(rejected.station_id), "status": "rejected"}
        cells["reason"] = csv_text(f"row {rejected.number}: {rejected.reason}")
        writer.writerow([cells.get(column, "") for column in columns])
    return buffer.getvalue()


def write_table(result: CheckResult, path: Union[str, Path]) -> None:
    """Write the check as a CSV file (UTF-8).

    Parameters
    ----------
    result : CheckResult
    path : str or Path
        File to write.

    Raises
    ------
    OutputError
        If the file cannot be written; an earlier file at `path` is then untouched.
    """
    write_text(path, render_table(result), "table")


def pair_quantities(pair: SitePrediction, oxides: Sequence[Oxide]) -> Tuple[Tuple[float, ...], ...]:
    """For each oxide its values of `OXIDE_QUANTITIES`, wt%.

    Parameters
    ----------
    pair : SitePrediction
    oxides : sequence of Oxide

    Returns
    -------
    tuple of tuple of float
    """
    site = pair.site
    rows = (
        site.oxides_wt,
        site.measured_sigma_wt,
        pair.predicted_wt,
        pair.sigma_wt,
        pair.residual_wt,
    )
    places = [OXIDES.index(oxide) for oxide in oxides]
    return tuple(tuple(row[place] for row in rows) for place in places)


def _checked_row(
    pair: SitePrediction, oxides: Sequence[Oxide], classical: Tuple[float, float], status: str
) -> List[str]:
    values: List[str] = []
    for oxide, row in zip(oxides, pair_quantities(pair, oxides)):
        z = pair.standardised_residual[OXIDES.index(oxide)]
        values.extend(csv_number(value) for value in (*row, z))
    return [
        *_site_cells(pair.site),
        SEEN_WORDS[pair.seen],
        str(pair.n_pixels),
        "" if pair.quality is None else str(pair.quality),
        csv_number(pair.domain_distance),
        csv_text(pair.place),
        pair.sigma_kind.value if pair.sigma_kind else "",
        csv_text(pair.sigma_basis),
        *values,
        *(csv_number(value) for value in classical),
        csv_text(pair.note),
        status,
        "",
    ]


def _skipped_row(skipped: SkippedSite, oxides: Sequence[Oxide]) -> List[str]:
    values: List[str] = []
    for place in (OXIDES.index(oxide) for oxide in oxides):
        known = (skipped.site.oxides_wt[place], skipped.site.measured_sigma_wt[place])
        values.extend([*map(csv_number, known), "", "", "", ""])
    empty = [""] * 7
    return [
        *_site_cells(skipped.site),
        *empty,
        *values,
        *[""] * 3,
        "skipped",
        csv_text(skipped.reason),
    ]


def _site_cells(site: SampleSite) -> List[str]:
    return [
        csv_text(site.station_id),
        csv_text(site.name),
        csv_text(site.mission),
        format(site.longitude_deg, ".10g"),
        format(site.latitude_deg, ".10g"),
    ]
