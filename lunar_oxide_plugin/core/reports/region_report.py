"""A check against a gamma-ray table as a page: the claim's answer first, then the terranes."""

from __future__ import annotations

import math
from pathlib import Path
from typing import List, Optional, Union

from ..chemistry.oxides import OXIDES, UNIT, Z90
from ..compare.basin_claim import LEAST_SHARE, ClaimPart, Verdict, in_words
from ..compare.region_check import OxideResult, RegionCheck, TerraneResult
from ..files import write_text
from .charts.comparison import DENSITY_STEPS, density_svg
from .numbers import number, percent, signed
from .rendering import Cell, Column, Figure, Group, Table, plain_table, render

TITLE = "The map against elements measured from orbit"
_ANSWERS = {
    Verdict.YES: "By this map: yes.",
    Verdict.NO: "By this map: no.",
    Verdict.UNTOLD: "By this map it cannot be told.",
}
_PLUS_MINUS = "\u00a0\u00b1\u00a0"


def render_region_report(result: RegionCheck) -> str:
    """Render a check as an HTML page; amounts in wt%.

    Raises
    ------
    OutputError
        If Jinja2 cannot be imported.
    """
    whole = [found.terranes[0].metrics for found in result.oxides]
    return render(
        "regions.html",
        title=TITLE,
        answer=_ANSWERS[result.answer],
        parts=_claim_table(result),
        reasons=_reasons(result),
        least_share=percent(LEAST_SHARE),
        cells=max(metrics.n for metrics in whole),
        left_out=max(found.left_out for found in result.oxides),
        height=f"{result.table.height_deg:g}",
        source=result.table.source,
        warnings=result.warnings,
        origin=result.facts.get("Origin of the data", ""),
        terranes=_terrane_table(result),
        sigma_words=list(dict.fromkeys(found.sigma_words for found in result.oxides)),
        definitions=[(terrane.name, terrane.definition) for terrane in result.terranes],
        steps=DENSITY_STEPS,
        charts=[
            Figure(found.oxide.pretty, density_svg(found.sums), ("cells by both values",))
            for found in result.oxides
        ],
        provenance=list(result.facts.items()),
    )


def write_region_report(result: RegionCheck, path: Union[str, Path]) -> None:
    """Write the page.

    Parameters
    ----------
    result : RegionCheck
    path : str or Path
        File to write.

    Raises
    ------
    OutputError
        If the file cannot be written; an earlier file at `path` is then untouched.
    """
    write_text(path, render_region_report(result), "report")


def _claim_table(result: RegionCheck) -> Table:
    head = ("South Pole-Aitken has", f"Map ({UNIT})", "The map says", f"Gamma rays ({UNIT})",
            "Gamma rays say")  # fmt: skip
    rows: List[List[Union[str, Cell]]] = []
    for name, part in result.claim.items():
        if part is None:
            more = "more" if name == "SiO2" else "less"
            rows.append([f"{more} {_pretty(name)}", "", "not compared", "", ""])
        else:
            rows.append(_claim_row(part))
    return plain_table("The claim, oxide by oxide", head, rows)


def _claim_row(part: ClaimPart) -> List[Union[str, Cell]]:
    return [
        in_words(part).replace(part.oxide.name, part.oxide.pretty),
        _interval(part.difference_wt, part.half_width_wt),
        part.verdict.value,
        _interval(part.reference_wt, part.reference_half_width_wt),
        part.reference_verdict.value,
    ]


def _reasons(result: RegionCheck) -> List[str]:
    return [
        f"{part.oxide.pretty}: {part.reason}."
        for part in result.claim.values()
        if part is not None and part.reason
    ]


def _pretty(name: str) -> str:
    return next(oxide.pretty for oxide in OXIDES if oxide.name == name)


def _interval(value: float, half_width: float) -> str:
    if not math.isfinite(half_width):
        return signed(value)
    return f"{signed(value)}{_PLUS_MINUS}{number(half_width)}"


def _terrane_table(result: RegionCheck) -> Table:
    names = ("Cells", "Compared", "Map", "Gamma rays", "Difference", "RMSE", "Pearson r")
    return Table(
        "Means by terrane",
        [Column("Terrane"), *(Column(name, "num") for name in names)],
        [
            Group([_terrane_row(terrane) for terrane in found.terranes], _group_title(found))
            for found in result.oxides
        ],
        "metrics",
    )


def _group_title(found: OxideResult) -> str:
    return f"{found.oxide.pretty} ({UNIT})"


def _terrane_row(terrane: TerraneResult) -> List[str]:
    m = terrane.metrics
    return [
        terrane.name,
        str(m.n),
        percent(terrane.share),
        _mean(m.mean_prediction, terrane.map_sigma_wt),
        _mean(m.mean_reference, terrane.reference_sigma_wt),
        _interval(m.bias, Z90 * terrane.sigma_wt),
        number(m.rmse),
        number(m.pearson_r),
    ]


def _mean(value: float, sigma: Optional[float]) -> str:
    if sigma is None or not math.isfinite(sigma):
        return number(value)
    return f"{number(value)}{_PLUS_MINUS}{number(Z90 * sigma)}"
