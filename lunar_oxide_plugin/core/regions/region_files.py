"""Write statistics of regions and their differences as CSV."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import List, Sequence, Tuple, Union

from ..files import write_text
from ..rasters.quality import FLAGS
from ..tabular import csv_number, csv_text
from .region_statistics import QUANTILES, RegionSummary

#: Names of the quantiles in columns, e.g. ``"p05"``.
QUANTILE_NAMES: Tuple[str, ...] = tuple(f"p{round(100.0 * share):02d}" for share in QUANTILES)

COLUMNS: Tuple[str, ...] = (
    "region",
    "quantity",
    "unit",
    "n",
    "area_km2",
    "mean",
    "standard_error",
    "standard_error_common",
    "standard_error_averaged",
    "mean_sigma",
    "spread",
    "min",
    *QUANTILE_NAMES,
    "max",
    "region_area_km2",
    "region_on_raster_km2",
    "region_used_km2",
    "region_masked_percent",
    "region_left_out_percent",
    *(f"region_{flag.label.replace(' ', '_')}_percent" for flag in FLAGS),
    "note",
)
DIFFERENCE_COLUMNS: Tuple[str, ...] = (
    "region",
    "other_region",
    "quantity",
    "unit",
    "difference",
    "standard_error",
    "z",
    "p",
    "p_holm",
    "significant",
)


def render_statistics(summary: RegionSummary) -> str:
    """The statistics as CSV, one row for each quantity of each region.

    Parameters
    ----------
    summary : RegionSummary

    Returns
    -------
    str
    """
    rows: List[Sequence[str]] = []
    for region in summary.regions:
        tail = [
            csv_number(region.area_km2),
            csv_number(region.on_raster_km2),
            csv_number(region.used_km2),
            csv_number(100.0 * region.masked),
            csv_number(100.0 * region.left_out),
            *(csv_number(100.0 * region.flagged[flag.bit]) for flag in FLAGS),
            csv_text(region.note),
        ]
        for item in region.quantities:
            numbers = (
                item.area_km2, item.mean, item.error, item.common, item.averaged, item.mean_sigma,
                item.spread, item.low, *item.quantiles, item.high,
            )  # fmt: skip
            head = [csv_text(region.name), item.quantity.title, item.quantity.unit, str(item.n)]
            rows.append([*head, *map(csv_number, numbers), *tail])
    return _csv(COLUMNS, rows)


def render_differences(summary: RegionSummary) -> str:
    """The differences between regions as CSV, one row for each quantity of each pair.

    Parameters
    ----------
    summary : RegionSummary

    Returns
    -------
    str
    """
    rows = [
        [
            csv_text(item.first),
            csv_text(item.second),
            item.quantity.title,
            item.quantity.unit,
            csv_number(item.value),
            csv_number(item.error),
            csv_number(item.value / item.error),
            csv_number(item.p),
            csv_number(item.adjusted_p),
            "yes" if item.is_significant else "no",
        ]
        for item in summary.differences
    ]
    return _csv(DIFFERENCE_COLUMNS, rows)


def _csv(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return buffer.getvalue()


def write_statistics(summary: RegionSummary, path: Union[str, Path]) -> None:
    """Write the statistics as CSV.

    Parameters
    ----------
    summary : RegionSummary
    path : str or Path
        File to write.

    Raises
    ------
    OutputError
    """
    write_text(path, render_statistics(summary), "table of regions")


def write_differences(summary: RegionSummary, path: Union[str, Path]) -> None:
    """Write the differences between regions as CSV.

    Parameters
    ----------
    summary : RegionSummary
    path : str or Path
        File to write.

    Raises
    ------
    OutputError
    """
    write_text(path, render_differences(summary), "table of differences")
