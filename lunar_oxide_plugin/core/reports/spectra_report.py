"""Predictions of spectra as a page: spectra, oxides with intervals, what is known of the model."""

from __future__ import annotations

import math
from pathlib import Path
from typing import List, Optional, Sequence, Tuple, Union

from ..chemistry.new_place import interval_meaning
from ..chemistry.oxides import UNIT, Z90
from ..files import write_text
from ..libraries.spectra_prediction import SpectraPrediction
from ..rasters.quality import FLAGS, quality_words
from ..sites.training_stations import SAME_SPECTRUM
from .charts.spectra import all_spectra_svg, spectrum_svg
from .model_card import figure_table
from .numbers import number
from .rendering import Cell, Column, Figure, Group, Table, plain_table, render

#: Most spectra in the table, in the chart of all, and in charts of their own.
IN_TABLE, IN_ONE, ALONE = 500, 200, 24


def render_spectra(result: SpectraPrediction, facts: Sequence[Tuple[str, str]] = ()) -> str:
    """Render the page.

    Parameters
    ----------
    result : SpectraPrediction
    facts : sequence of (name, text)
        Provenance of the run.

    Returns
    -------
    str
        HTML.

    Raises
    ------
    OutputError
        If Jinja2 cannot be imported.
    """
    good = [place for place, reason in enumerate(result.reasons) if not reason]
    drawn = good[:IN_ONE]
    alone = good[:ALONE]
    kinds = result.layout.sigmas
    used = 0
    for place in good:
        used |= int(result.flags[place])
    return render(
        "spectra.html",
        title="Oxides of spectra",
        total=len(result.spectra),
        predicted=len(good),
        where=result.where,
        model=f"{result.model_title} {result.model_version}".strip(),
        doubts=result.doubts,
        fitted=sum(_is_known(result, place) for place in good),
        doubtful=sum(result.is_doubtful(place) for place in good),
        kinds=[kind.title for kind in kinds],
        meanings=[interval_meaning(kind) for kind in kinds],
        overview=[Figure("", all_spectra_svg(result, drawn, "all-spectra"))] if drawn else [],
        drawn=len(drawn),
        single=[
            Figure(
                result.spectra[place].name,
                spectrum_svg(result, place, f"spectrum-{place + 1}"),
                (_quality(result, place),),
            )
            for place in alone
        ],
        oxides=_oxide_table(result, good[:IN_TABLE]),
        listed=min(len(good), IN_TABLE),
        flags=[(flag.label, flag.meaning) for flag in FLAGS if used & flag.bit],
        left_out=_left_out(result),
        skills=_skill_table(result),
        figures=figure_table(
            result.description, "rmse", f"Root mean square error of the model ({UNIT})"
        ),
        provenance=[*_facts(result), *facts],
    )


def write_spectra_report(
    result: SpectraPrediction, facts: Sequence[Tuple[str, str]], path: Union[str, Path]
) -> None:
    """Write the page.

    Parameters
    ----------
    result : SpectraPrediction
    facts : sequence of (name, text)
        Provenance of the run.
    path : str or Path
        File to write.

    Raises
    ------
    OutputError
        If the file cannot be written; an earlier one is then untouched.
    """
    write_text(path, render_spectra(result, facts), "report")


def _domain(result: SpectraPrediction, place: int) -> float:
    row = result.layout.domain_row
    return math.nan if row is None else float(result.values[row, place])


def _is_known(result: SpectraPrediction, place: int) -> bool:
    """Whether the model was trained on this very spectrum."""
    return _domain(result, place) <= SAME_SPECTRUM


def _quality(result: SpectraPrediction, place: int) -> str:
    return quality_words(int(result.flags[place]))


def _oxide_table(result: SpectraPrediction, places: Sequence[int]) -> Table:
    """Each spectrum's oxides, with half the width of each 90 % interval below."""
    layout = result.layout
    rows_of = [rows for rows in map(layout.rows_of, layout.sigmas) if rows is not None]
    rows: List[List[Union[str, Cell]]] = []
    for place in places:
        values = result.values[:, place].tolist()
        known = _is_known(result, place)
        row: List[Union[str, Cell]] = [
            Cell(
                result.spectra[place].name,
                ("seen in training: fitted, not validated",) if known else (),
            )
        ]
        for at in range(len(layout.oxides)):
            halves = (Z90 * values[rows.start + at] for rows in rows_of)
            small = tuple(f"\u00b1 {number(half)}" for half in halves if math.isfinite(half))
            row.append(Cell(number(values[at]), small))
        row.append(number(_domain(result, place)))
        doubtful = result.is_doubtful(place)
        row.append(Cell(_quality(result, place), css="out" if doubtful else ""))
        rows.append(row)
    columns = [
        Column("Spectrum"),
        *(Column(oxide.pretty, "num") for oxide in layout.oxides),
        Column("Domain distance", "num"),
        Column("Quality"),
    ]
    return Table(f"Predicted oxides ({UNIT})", columns, [Group(rows)])


def _left_out(result: SpectraPrediction) -> Table:
    rows = [
        [spectrum.name, reason]
        for spectrum, reason in zip(result.spectra, result.reasons)
        if reason
    ]
    return plain_table(
        "Spectra without a prediction", ("Spectrum", "Reason"), rows[:IN_TABLE], None
    )


def _skill_table(result: SpectraPrediction) -> Optional[Table]:
    """What each oxide tells at a new place; None where the model does not say."""
    skills = result.description.new_place
    rows = [
        [
            oxide.pretty,
            f"\u00b1 {number(skill.half_width_wt, 1)}",
            f"\u00b1 {number(skill.soil_half_range_wt, 1)}",
            "Little: the mean of all soils is as good a guess"
            if skill.tells_little
            else "More than the mean of all soils",
        ]
        for oxide, skill in ((o, skills.get(o.name)) for o in result.layout.oxides)
        if skill is not None
    ]
    if not rows:
        return None
    head = ("Oxide", "Interval at a new place", "All training soils", "It tells")
    columns = [Column(text, "num" if place in (1, 2) else "") for place, text in enumerate(head)]
    return Table("What each oxide tells at a new place", columns, [Group(rows)])


def _facts(result: SpectraPrediction) -> List[Tuple[str, str]]:
    bands = ", ".join(f"{band.wavelength_nm:g}" for band in result.bands)
    found = [
        ("Spectra", result.where),
        ("Model", result.model_title),
        ("Model version", result.model_version),
        ("Model file", result.model.file_name),
        ("Model SHA-256", result.model.sha256),
        ("Bands of the model (nm)", bands),
        ("Shape of the filters", result.shape.value),
        ("Citation of the model", result.description.citation),
    ]
    return [(name, text) for name, text in found if text]
