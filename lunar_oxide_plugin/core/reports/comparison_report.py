"""The report of a comparison of two maps: one self-contained page, CSV and JSON beside it."""

from __future__ import annotations

import csv
import io
import json
from html import escape
from pathlib import Path
from typing import Any, Dict, Optional, Tuple, Union

import numpy as np
from rasterio.crs import CRS
from rasterio.enums import Resampling
from rasterio.transform import Affine
from rasterio.warp import reproject, transform_bounds

from ..chemistry.oxides import UNIT
from ..compare.difference_moments import GroupMetrics, MapMetrics, RasterComparison
from ..compare.map_band import cylinder_of
from ..files import write_text
from ..moon.wkt import MOON_GEOGRAPHIC_WKT
from ..rasters.grid import Grid
from ..rasters.raster_input import RasterInput
from ..rasters.raster_source import open_raster
from ..tabular import csv_number, csv_text, finite_or_none
from ..version import SOFTWARE
from .comparison_charts import (
    DENSITY_STEPS,
    DifferenceMap,
    density_svg,
    difference_map_svg,
    drawn_shape,
    histogram_svg,
    latitude_svg,
    terrane_svg,
)
from .report_page import facts_section, figure, figures_section, html_page
from .report_tables import section
from .report_text import number

SCHEMA_VERSION = 1
KIND = "lunar-oxide-raster-comparison"

_MEASURES = (
    "mean_prediction",
    "mean_reference",
    "bias",
    "rmse",
    "mae",
    "spread",
    "pearson_r",
    "concordance",
)
_UNITLESS = ("pearson_r", "concordance")
COLUMNS: Tuple[str, ...] = (
    "kind",
    "name",
    "oxide",
    "n_cells",
    "area_km2",
    *(name if name in _UNITLESS else f"{name}_wt" for name in _MEASURES),
)
_QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


def render_comparison(result: RasterComparison, picture: Optional[DifferenceMap]) -> str:
    """Render the comparison as an HTML page; amounts in wt%."""
    oxide = result.oxide
    whole = result.groups[0].metrics
    lead = (
        f"{oxide.pretty} of two maps is compared on {whole.n} cells of about "
        f"{result.cell_km:.3g} km. On average the prediction lies {abs(whole.bias):.2f} {UNIT} "
        f"{'above' if whole.bias >= 0 else 'below'} the reference; the root mean square difference "
        f"is {whole.rmse:.2f} {UNIT}."
    )
    if result.cells_skipped:
        lead += (
            f" {result.cells_skipped} further cells were left out, because the finer map covers "
            "too little of them."
        )
    warnings = "".join(
        f'<div class="warning" role="note"><p><strong>Check this first.</strong>{escape(text)}</p>'
        "</div>"
        for text in result.warnings
    )
    origins = result.facts.get("Origin of the data", "")
    if origins:
        warnings += (
            '<div class="warning" role="note"><p><strong>Not plain observations.</strong>'
            f"{escape(origins)}</p></div>"
        )
    note = (
        '<p class="small">A reference map has errors of its own: this tells how far two maps '
        "agree, not which one is right.</p>"
    )
    sums = result.sums
    plots = figures_section(
        "How they agree",
        "agreement",
        f'<ul class="key">{_density_key()}<li><span class="glyph line"></span>equal values</li>'
        "</ul>",
        [
            figure(f"<b>{oxide.pretty}</b>cells by both values", density_svg(sums)),
            figure(f"<b>{oxide.pretty}</b>share of the area by difference", histogram_svg(sums)),
            figure(
                f"<b>{oxide.pretty}</b>bias by latitude; line: one standard deviation of the "
                "difference to each side",
                latitude_svg(sums),
            ),
            figure(
                f"<b>{oxide.pretty}</b>bias by terrane; line: one standard deviation of the "
                "difference to each side",
                terrane_svg(sums),
            ),
        ],
        wide=True,
    )
    return html_page(
        f"Comparison of two maps of {oxide.name}",
        f'<p class="lead">{lead}</p>{warnings}{note}',
        [
            _metrics_section(result),
            _map_section(result, picture),
            plots,
            facts_section("Provenance", "provenance", result.facts),
            f'<section id="definitions" class="small"><h2>How the figures are defined</h2>'
            f"{_definitions()}</section>",
        ],
    )


def _density_key() -> str:
    swatches = "".join(
        f'<svg class="plot swatch" viewBox="0 0 10 10" role="presentation">'
        f'<rect class="dense d{level}" width="10" height="10"/></svg>'
        for level in range(1, DENSITY_STEPS + 1)
    )
    return f"<li>few {swatches} many cells (logarithmic)</li>"


def _reach(result: RasterComparison) -> float:
    """Full colour of the difference map, wt%: what 95 % of the area stays below."""
    low, high = (result.sums.difference_quantile(share) for share in (0.025, 0.975))
    return max(abs(low), abs(high), 0.04)


def _map_section(result: RasterComparison, picture: Optional[DifferenceMap]) -> str:
    if picture is None:
        return ""
    reach = _reach(result)
    steps = "".join(
        f'<li><svg class="plot swatch" viewBox="0 0 10 10" role="presentation">'
        f'<rect class="cell {kind}" width="10" height="10"/></svg> {text}</li>'
        for kind, text in (
            ("down4", f"\u2212{reach:.2f} {UNIT} and below"),
            ("down2", f"\u2212{reach / 2:.2f}"),
            ("up2", f"+{reach / 2:.2f}"),
            ("up4", f"+{reach:.2f} {UNIT} and above"),
        )
    )
    return (
        '<section id="difference" class="figures big"><h2>Where they differ</h2>'
        f'<ul class="key">{steps}</ul><p class="small">Prediction minus reference, in degrees east '
        "and north; a small picture of the difference raster.</p>"
        f"{figure('', difference_map_svg(picture, result.oxide.pretty, reach))}</section>"
    )


def _metrics_section(result: RasterComparison) -> str:
    large = result.groups[0].metrics.area_km2 >= 1e5
    area = "Area (million km\u00b2)" if large else "Area (km\u00b2)"
    names = ("Cells", area, "Prediction", "Reference", "Bias", "RMSE", "MAE",
             "Std. dev.", "Pearson r", "Concordance")  # fmt: skip
    head = '<tr><th scope="col">Part</th>' + "".join(
        f'<th scope="col" class="num">{name}</th>' for name in names
    )
    bodies = []
    titles = {"all": "All", "terrane": "By terrane", "latitude": "By latitude"}
    for kind, title in titles.items():
        rows = "".join(_row(group, large) for group in result.groups if group.kind == kind)
        if rows:
            bodies.append(
                f'<tbody><tr class="group"><th colspan="11" scope="rowgroup">{title}</th></tr>'
                f"{rows}</tbody>"
            )
    words = (
        f"Means, bias (prediction minus reference), RMSE, MAE and standard deviation of the "
        f"difference in {UNIT}, each cell weighted by its area. "
        f"{escape(result.facts.get('Terranes', ''))}."
    )
    return section("Agreement", "metrics", words, f"{head}</tr>", "".join(bodies))


def _row(group: GroupMetrics, large: bool) -> str:
    m = group.metrics
    figures = (
        number(m.mean_prediction), number(m.mean_reference), number(m.bias, signed=True),
        number(m.rmse), number(m.mae), number(m.spread), number(m.pearson_r),
        number(m.concordance),
    )  # fmt: skip
    cells = [str(m.n), f"{m.area_km2 / 1e6:.2f}" if large else f"{m.area_km2:.3g}", *figures]
    columns = "".join(f'<td class="num">{text}</td>' for text in cells)
    return f'<tr><th scope="row">{escape(group.name)}</th>{columns}</tr>'


def _definitions() -> str:
    paragraphs = (
        "The common grid is that of the coarser map. Its values are taken as they are; each cell "
        "of it gets the mean of the finer map\u2019s valid pixels, each with the part of it that "
        "lies in the cell.",
        "Elements become oxides by molar mass (standard atomic weights, Prohaska et al. 2022, "
        '<a href="https://doi.org/10.1515/pac-2019-0603">doi:10.1515/pac-2019-0603</a>).',
        "Pearson r measures linear correlation only. Concordance is Lin\u2019s coefficient, which "
        "also falls with bias and with a wrong slope: Lin 1989, "
        '<a href="https://doi.org/10.2307/2532051">doi:10.2307/2532051</a>.',
        "Neighbouring cells share their geology and, with gamma-ray maps, their signal: n cells "
        "are fewer than n independent checks.",
    )
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


def comparison_document(result: RasterComparison) -> Dict[str, Any]:
    """The comparison as plain dicts, lists, numbers and text; what does not exist is None."""
    return {
        "kind": KIND,
        "schema_version": SCHEMA_VERSION,
        "software": SOFTWARE,
        "unit": UNIT,
        "oxide": result.oxide.name,
        "difference": "prediction minus reference",
        "cell_km": finite_or_none(result.cell_km),
        "cells_skipped": result.cells_skipped,
        "difference_quantiles": {
            f"{share:g}": finite_or_none(result.sums.difference_quantile(share))
            for share in _QUANTILES
        },
        "parts": [
            {
                "kind": group.kind,
                "name": group.name,
                "n_cells": group.metrics.n,
                "area_km2": finite_or_none(group.metrics.area_km2),
                **{name: finite_or_none(_measure(group.metrics, name)) for name in _MEASURES},
            }
            for group in result.groups
        ],
        "warnings": list(result.warnings),
        "provenance": dict(result.facts),
    }


def _measure(metrics: MapMetrics, name: str) -> float:
    return float(getattr(metrics, name))


def render_parts(result: RasterComparison) -> str:
    """The metrics as CSV, one row for each part of the Moon."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for group in result.groups:
        m = group.metrics
        writer.writerow(
            [
                group.kind,
                csv_text(group.name),
                result.oxide.name,
                str(m.n),
                csv_number(m.area_km2),
                *(csv_number(_measure(m, name)) for name in _MEASURES),
            ]
        )
    return buffer.getvalue()


def write_comparison_report(result: RasterComparison, raster: str, path: Union[str, Path]) -> None:
    """Write the page; `raster` is the difference raster, for the picture.

    Raises
    ------
    OutputError
    """
    write_text(path, render_comparison(result, difference_picture(raster)), "report")


def write_comparison_json(result: RasterComparison, path: Union[str, Path]) -> None:
    """Write the JSON document.

    Raises
    ------
    OutputError
    """
    text = json.dumps(comparison_document(result), indent=1, ensure_ascii=False, allow_nan=False)
    write_text(path, text + "\n", "JSON document")


def write_parts(result: RasterComparison, path: Union[str, Path]) -> None:
    """Write the metrics as CSV.

    Raises
    ------
    OutputError
    """
    write_text(path, render_parts(result), "table of metrics")


def difference_picture(raster: str) -> Optional[DifferenceMap]:
    """The first band of a raster as a small picture in degrees; None near the poles."""
    with open_raster(RasterInput(raster)) as dataset:
        shape = drawn_shape(dataset.height, dataset.width)
        values = dataset.read(
            1, out_shape=shape, resampling=Resampling.average, masked=True
        ).astype(np.float64)
        grid = Grid.of(dataset, raster)
        bounds = dataset.bounds
    array = values.filled(np.nan)
    if not np.isfinite(array).any():
        return None
    step_x, step_y = grid.width / shape[1], grid.height / shape[0]
    cylinder = cylinder_of(grid)
    if cylinder is not None:
        rows, columns = np.nonzero(np.isfinite(array))
        top, bottom = int(rows.min()), int(rows.max()) + 1
        left, right = int(columns.min()), int(columns.max()) + 1
        west, east = (
            cylinder.first_longitude + edge * step_x * cylinder.degrees_per_column
            for edge in (left, right)
        )
        north, south = (
            cylinder.first_latitude + edge * step_y * cylinder.degrees_per_row
            for edge in (top, bottom)
        )
        return DifferenceMap(array[top:bottom, left:right], west, east, south, north)
    moon = CRS.from_wkt(MOON_GEOGRAPHIC_WKT)
    west, south, east, north = transform_bounds(grid.crs, moon, *bounds, densify_pts=21)
    if max(abs(south), abs(north)) > 89.0:
        return None
    if not east > west:
        east += 360.0
    target = Affine((east - west) / shape[1], 0.0, west, 0.0, (south - north) / shape[0], north)
    drawn = np.full(shape, np.nan)
    reproject(
        source=array,
        destination=drawn,
        src_transform=grid.transform * Affine.scale(step_x, step_y),
        src_crs=grid.crs,
        src_nodata=np.nan,
        dst_transform=target,
        dst_crs=moon,
        dst_nodata=np.nan,
        resampling=Resampling.nearest,
    )
    return DifferenceMap(drawn, west, east, south, north)
