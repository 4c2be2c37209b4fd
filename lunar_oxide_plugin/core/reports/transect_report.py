"""Profiles along lines as a page."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Dict, List, Sequence, Tuple, Union

from ..chemistry.oxides import OXIDES, UNIT
from ..files import write_text
from ..regions.transect import Transect
from .charts.transect import profile_svg
from .numbers import number, place_deg
from .rendering import Figure, Table, plain_table, render

#: Most lines on a page.
SHOWN = 20


def render_transect(transects: Sequence[Transect], facts: Sequence[Tuple[str, str]]) -> str:
    """Render the page.

    Parameters
    ----------
    transects : sequence of Transect
        At least one.
    facts : sequence of (name, text)
        Provenance of the run.

    Raises
    ------
    OutputError
        If Jinja2 cannot be imported.
    """
    first = transects[0]
    kind = first.sigma_kind
    return render(
        "transect.html",
        title="Composition along a line" if len(transects) == 1 else "Composition along lines",
        prediction=first.facts.get("Prediction", ""),
        origin=first.facts.get("Origin of the data", ""),
        kind="" if kind is None else kind.title,
        lines=[_line(transect, place) for place, transect in enumerate(transects[:SHOWN])],
        left_out=max(0, len(transects) - SHOWN),
        provenance=[*((k, v) for k, v in first.facts.items() if k != "Line"), *facts],
    )


def write_transect_report(
    transects: Sequence[Transect], facts: Sequence[Tuple[str, str]], path: Union[str, Path]
) -> None:
    """Write the page.

    Parameters
    ----------
    transects : sequence of Transect
        At least one.
    facts : sequence of (name, text)
        Provenance of the run.
    path : str or Path
        File to write.

    Raises
    ------
    OutputError
        If the file cannot be written; an earlier one is then untouched.
    """
    write_text(path, render_transect(transects, facts), "report")


def _line(transect: Transect, place: int) -> Dict[str, Any]:
    start, stop = (
        place_deg(float(transect.longitudes_deg[at]), float(transect.latitudes_deg[at]))
        for at in (0, -1)
    )
    return {
        "ident": f"line-{place + 1}",
        "name": transect.name or f"Line {place + 1}",
        "where": f"From {start} to {stop}.",
        "what": transect.facts["Line"],
        "figures": [
            Figure(oxide.pretty, profile_svg(transect, oxide, f"line-{place + 1}-{oxide.key}"))
            for oxide in transect.oxides
        ],
        "sites": _sites(transect),
    }


def _sites(transect: Transect) -> Table:
    head = ("Site", "Mission", "Along (km)", "Aside (km)", *(oxide.pretty for oxide in OXIDES))
    rows: List[List[str]] = [
        [
            item.site.name or item.site.station_id,
            item.site.mission,
            number(item.along_km),
            number(item.aside_km),
            *map(number, item.site.oxides_wt),
        ]
        for item in transect.sites
    ]
    return plain_table("", head, rows, 2, f"Sites near the line, measured ({UNIT})")
