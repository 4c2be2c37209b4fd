"""A comparison of two maps as a page: content of its tables, charts and sentences."""

from __future__ import annotations

from pathlib import Path
from typing import List, Optional, Union

from ..chemistry.oxides import UNIT
from ..compare.difference_moments import GroupMetrics, RasterComparison
from ..compare.difference_picture import DifferencePicture, difference_picture
from ..files import write_text
from .charts.comparison import (
    DENSITY_STEPS,
    density_svg,
    difference_map_svg,
    histogram_svg,
    latitude_svg,
    terrane_svg,
)
from .numbers import MINUS, number, signed
from .rendering import Column, Figure, Group, Table, render

_PARTS = {"all": "All", "terrane": "By terrane", "latitude": "By latitude"}
#: Least area in km2 that the table gives in million square kilometres.
_LARGE_KM2 = 1e5
_SPREAD = "line: one standard deviation of the difference to each side"


def render_comparison(result: RasterComparison, picture: Optional[DifferencePicture]) -> str:
    """Render the comparison as an HTML page; amounts in wt%.

    Raises
    ------
    OutputError
        If Jinja2 cannot be imported.
    """
    oxide, sums = result.oxide, result.sums
    whole, reach = result.groups[0].metrics, _reach(result)
    return render(
        "comparison.html",
        title=f"Comparison of two maps of {oxide.name}",
        oxide=oxide.pretty,
        cells=whole.n,
        cell_km=f"{result.cell_km:.3g}",
        bias=number(abs(whole.bias)),
        above=whole.bias >= 0.0,
        rmse=number(whole.rmse),
        left_out=result.cells_skipped,
        warnings=result.warnings,
        origin=result.facts.get("Origin of the data", ""),
        terranes=result.facts.get("Terranes", ""),
        metrics=_metrics_table(result),
        map=[] if picture is None
        else [Figure("", difference_map_svg(picture, oxide.pretty, reach))],
        colours=[
            ("down4", f"{MINUS}{number(reach)} {UNIT} and below"),
            ("down2", f"{MINUS}{number(reach / 2)}"),
            ("up2", f"+{number(reach / 2)}"),
            ("up4", f"+{number(reach)} {UNIT} and above"),
        ],
        steps=DENSITY_STEPS,
        charts=[
            Figure(oxide.pretty, svg, (words,))
            for svg, words in (
                (density_svg(sums), "cells by both values"),
                (histogram_svg(sums), "share of the area by difference"),
                (latitude_svg(sums), f"bias by latitude; {_SPREAD}"),
                (terrane_svg(sums), f"bias by terrane; {_SPREAD}"),
            )
        ],
        provenance=list(result.facts.items()),
    )  # fmt: skip


def write_comparison_report(result: RasterComparison, raster: str, path: Union[str, Path]) -> None:
    """Write the page; `raster` is the difference raster, for the picture.

    Parameters
    ----------
    result : RasterComparison
    raster : str
    path : str or Path
        File to write.

    Raises
    ------
    OutputError
        If the file cannot be written; an earlier file at `path` is then untouched.
    """
    write_text(path, render_comparison(result, difference_picture(raster)), "report")


def _reach(result: RasterComparison) -> float:
    """Difference with full colour on the map, wt%: 95 % of the area has a smaller one."""
    low, high = (result.sums.difference_quantile(share) for share in (0.025, 0.975))
    return max(abs(low), abs(high), 0.04)


def _metrics_table(result: RasterComparison) -> Table:
    large = result.groups[0].metrics.area_km2 >= _LARGE_KM2
    area = "Area (million km\u00b2)" if large else "Area (km\u00b2)"
    names = ("Cells", area, "Prediction", "Reference", "Bias", "RMSE", "MAE",
             "Std. dev.", "Pearson r", "Concordance")  # fmt: skip
    return Table(
        "Agreement",
        [Column("Part"), *(Column(name, "num") for name in names)],
        [
            Group([_row(group, large) for group in result.groups if group.kind == kind], title)
            for kind, title in _PARTS.items()
        ],
        "metrics",
    )


def _row(group: GroupMetrics, large: bool) -> List[str]:
    m = group.metrics
    return [
        group.name,
        str(m.n),
        number(m.area_km2 / 1e6) if large else f"{m.area_km2:.3g}",
        number(m.mean_prediction),
        number(m.mean_reference),
        signed(m.bias),
        *map(number, (m.rmse, m.mae, m.spread, m.pearson_r, m.concordance)),
    ]
