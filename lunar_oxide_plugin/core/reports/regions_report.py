"""Statistics of regions as a page: tables, box plots, differences with their significance."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Dict, List, Sequence, Tuple, Union

from ..chemistry.quantities import Quantity
from ..files import write_text
from ..rasters.quality import FLAGS
from ..regions.region_statistics import (
    FAMILY_LEVEL,
    Difference,
    QuantityStatistics,
    RegionStatistics,
    RegionSummary,
)
from .charts.regions import box_plot_svg
from .numbers import DASH, number, percent
from .rendering import Cell, Column, Figure, Group, Table, render

#: Most regions in tables and box plots, and between which differences are shown; the largest.
SHOWN = 30
COMPARED = 8


def render_regions(summary: RegionSummary) -> str:
    """Render the page.

    Parameters
    ----------
    summary : RegionSummary

    Raises
    ------
    OutputError
        If Jinja2 cannot be imported.
    """
    known = [region for region in summary.regions if region.pixels]
    shown = _largest(known or summary.regions, SHOWN)
    compared = _largest(known, COMPARED)
    kind = summary.sigma_kind
    significant = sum(item.is_significant for item in summary.differences)
    return render(
        "region_statistics.html",
        title="Composition of regions",
        regions=len(known),
        prediction=summary.facts.get("Prediction", ""),
        pixels=sum(region.pixels for region in known),
        tested=len(summary.differences),
        significant=significant,
        warnings=summary.warnings,
        origin=summary.facts.get("Origin of the data", ""),
        kind="" if kind is None else kind.title,
        common=percent(summary.errors.common),
        averaged=percent(1.0 - summary.errors.common),
        shared=percent(summary.errors.shared),
        level=percent(FAMILY_LEVEL),
        left_out=max(0, len(known) - len(shown)),
        cover=_cover_table(shown),
        means=_means_table(summary.quantities, shown),
        boxes=_boxes(summary.quantities, shown),
        differences=_difference_table(summary, compared),
        compared=len(compared),
        all_regions=len(known),
        provenance=list(summary.facts.items()),
    )


def write_regions_report(summary: RegionSummary, path: Union[str, Path]) -> None:
    """Write the page.

    Parameters
    ----------
    summary : RegionSummary
    path : str or Path
        File to write.

    Raises
    ------
    OutputError
        If the file cannot be written; an earlier one is then untouched.
    """
    write_text(path, render_regions(summary), "report")


def _largest(regions: Sequence[RegionStatistics], most: int) -> List[RegionStatistics]:
    """The regions with the largest used areas, in their own order."""
    chosen = {id(r) for r in sorted(regions, key=lambda region: -region.used_km2)[:most]}
    return [region for region in regions if id(region) in chosen]


def _area(km2: float) -> str:
    if not math.isfinite(km2):
        return DASH
    return f"{km2:,.0f}".replace(",", "\u202f") if km2 >= 100.0 else f"{km2:.3g}"


def _cover_table(regions: Sequence[RegionStatistics]) -> Table:
    flags = [flag for flag in FLAGS if any(region.flagged[flag.bit] > 0.0 for region in regions)]
    names = ("Pixels", "Region (km\u00b2)", "On the raster", "Used (km\u00b2)", "No prediction",
             "Left out")  # fmt: skip
    rows = [
        [
            region.name,
            str(region.pixels),
            _area(region.area_km2),
            percent(region.on_raster_km2 / region.area_km2 if region.area_km2 else math.nan),
            _area(region.used_km2),
            percent(region.masked),
            percent(region.left_out),
            *(percent(region.flagged[flag.bit]) for flag in flags),
        ]
        for region in regions
    ]
    return Table(
        "Area and quality",
        [
            Column("Region"),
            *(Column(name, "num") for name in names),
            *(Column(flag.label.capitalize(), "num") for flag in flags),
        ],
        [Group(rows)],
        spans=[("Share with flag", len(flags))] if flags else (),
    )


def _means_table(quantities: Sequence[Quantity], regions: Sequence[RegionStatistics]) -> Table:
    names = ("Mean", "Standard error", "Median", "Quartiles", "5 to 95 %", "Std. dev.", "Pixels")
    groups = [
        Group(
            [_means_row(region.name, region.of(quantity.key)) for region in regions], quantity.axis
        )
        for quantity in quantities
    ]
    return Table(
        "Statistics",
        [Column("Region"), *(Column(name, "num") for name in names)],
        groups,
        "metrics",
    )


def _means_row(name: str, item: QuantityStatistics) -> List[Union[str, Cell]]:
    def text(value: float) -> str:
        return number(value, item.quantity.decimals)

    least, first, _, third, most = item.quantiles
    return [
        name,
        text(item.mean),
        text(item.error),
        text(item.median),
        f"{text(first)} \u2026 {text(third)}" if item.n else DASH,
        f"{text(least)} \u2026 {text(most)}" if item.n else DASH,
        text(item.spread),
        str(item.n),
    ]


def _boxes(quantities: Sequence[Quantity], regions: Sequence[RegionStatistics]) -> List[Figure]:
    figures = []
    for quantity in quantities:
        rows = [(region.name, region.of(quantity.key)) for region in regions]
        rows = [(name, item) for name, item in rows if item.n]
        if rows:
            figures.append(Figure(quantity.name, box_plot_svg(quantity, rows)))
    return figures


def _difference_table(summary: RegionSummary, compared: Sequence[RegionStatistics]) -> Table:
    names = {region.name for region in compared}
    by_pair: Dict[Tuple[str, str], Dict[str, Difference]] = {}
    for item in summary.differences:
        if item.first in names and item.second in names:
            by_pair.setdefault((item.first, item.second), {})[item.quantity.key] = item
    quantities = [
        quantity
        for quantity in summary.quantities
        if any(quantity.key in pair for pair in by_pair.values())
    ]
    rows: List[List[Union[str, Cell]]] = []
    for (first, second), found in by_pair.items():
        row: List[Union[str, Cell]] = [f"{first} \u2212 {second}"]
        row += [_difference_cell(found.get(quantity.key), quantity) for quantity in quantities]
        rows.append(row)
    return Table(
        "Differences between regions",
        [Column("Regions"), *(Column(quantity.label, "num") for quantity in quantities)],
        [Group(rows)],
        "pairs",
    )


def _difference_cell(item: Union[Difference, None], quantity: Quantity) -> Union[str, Cell]:
    if item is None:
        return DASH
    value = number(item.value, quantity.decimals, signed=True)
    error = number(item.error, quantity.decimals)
    p = "p < 0.001" if item.adjusted_p < 0.001 else f"p = {item.adjusted_p:.2g}"
    return Cell(value, (f"\u00b1 {error}", p), "out" if item.is_significant else "")
