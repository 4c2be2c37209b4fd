"""Statistics of regions and their differences as CSV, and regions as features."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any, List, Sequence, Tuple, Union

from ..chemistry.oxides import UNIT
from ..chemistry.quantities import Quantity
from ..files import write_text
from ..polygons.feature_table import (
    Column,
    FeatureTable,
    Kind,
    Row,
    Shape,
    columns_of,
    known,
    parts_of,
    with_own_columns,
)
from ..polygons.shapes import RegionLayer
from ..rasters.quality import FLAGS
from ..tabular import csv_number, csv_text
from .region_statistics import QUANTILES, RegionStatistics, RegionSummary

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


#: Names of a quantity's columns after its key.
STATISTICS = ("mean", "standard_error", "median", "spread", "p05", "p25", "p75", "p95")


def statistics_column(quantity: Quantity, statistic: str) -> str:
    """The name of a column of features, e.g. ``feo_mean_wt``.

    Parameters
    ----------
    quantity : Quantity
    statistic : str
        One of `STATISTICS`.

    Returns
    -------
    str
    """
    return f"{quantity.key}_{statistic}{'_wt' if quantity.unit == UNIT else ''}"


def feature_columns(quantities: Sequence[Quantity]) -> Tuple[Column, ...]:
    """Columns of regions as features.

    Parameters
    ----------
    quantities : sequence of Quantity

    Returns
    -------
    tuple of Column
    """
    areas = ("area_km2", "on_raster_km2", "used_km2", "masked_percent", "left_out_percent")
    means = [statistics_column(q, statistic) for q in quantities for statistic in STATISTICS]
    return (
        Column("region", Kind.TEXT),
        Column("n_pixels", Kind.LARGE),
        *columns_of(Kind.NUMBER, (*areas, *means)),
        Column("note", Kind.TEXT),
    )


def feature_values(region: RegionStatistics) -> Tuple[Any, ...]:
    """Values of a region in the order of `feature_columns`.

    Parameters
    ----------
    region : RegionStatistics

    Returns
    -------
    tuple
    """
    numbers = [region.area_km2, region.on_raster_km2, region.used_km2]
    numbers += [100.0 * region.masked, 100.0 * region.left_out]
    for item in region.quantities:
        low, first, median, third, high = item.quantiles
        numbers += [item.mean, item.error, median, item.spread, low, first, third, high]
    return (region.name, region.pixels, *map(known, numbers), region.note or None)


def region_features(
    summary: RegionSummary,
    layer: RegionLayer,
    own_columns: Sequence[Column] = (),
    own_values: Sequence[Sequence[Any]] = (),
) -> FeatureTable:
    """Regions with their statistics, and the columns that their polygons had.

    Parameters
    ----------
    summary : RegionSummary
    layer : RegionLayer
        The regions' polygons, in the order of the summary.
    own_columns : sequence of Column
    own_values : sequence of sequence
        Of each region; none for columns of none.

    Returns
    -------
    FeatureTable
        Polygons in the CRS of the layer.
    """
    columns, kept = with_own_columns(feature_columns(summary.quantities), own_columns)
    rows = []
    for place, (statistics, region) in enumerate(zip(summary.regions, layer.regions)):
        own = [own_values[place][index] for index in kept]
        rows.append(Row((*feature_values(statistics), *own), parts_of(region.polygons)))
    return FeatureTable(columns, tuple(rows), Shape.POLYGON, layer.crs_wkt)
