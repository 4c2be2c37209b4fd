"""Find the unit of a table's amounts from their range; refuse impossible compositions."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any, List, Mapping, Optional, Sequence, Tuple

from ..chemistry.column_names import WT_PER_UNIT
from ..chemistry.oxides import OXIDE_NAMES, OXIDES, UNIT
from ..errors import SitesError
from .cells import read_number

if TYPE_CHECKING:
    from .site_columns import OxideColumn, SiteColumns

#: Least wt% that a column without a unit must give to be taken as ppm.
_LEAST_BY_RANGE = {**{oxide.name: oxide.rock_min for oxide in OXIDES}, "FeO": 0.2, "MgO": 0.2}

#: Largest sum of the six oxides of a lunar soil; above it, one of them is counted twice or has
#: another unit.
HIGHEST_SUM_WT = 105.0

#: Below these, a whole column of the oxide is not wt% of lunar soils (SiO2 45, Al2O3 10 to 30,
#: CaO 9 to 17 wt%); FeO and MgO reach below 1 wt% in anorthosite, TiO2 nearly everywhere.
_NEVER_BELOW_1 = ("SiO2", "Al2O3", "CaO")
_DOUBTFUL_BELOW_1 = ("FeO", "MgO")


def require_wt(column: OxideColumn, cell: Any, value: float) -> None:
    """Refuse an amount that cannot be wt% of a lunar soil or rock.

    Parameters
    ----------
    column : OxideColumn
    cell : any
        As the table has it.
    value : float
        The cell in wt% of the column's oxide; NaN where not measured.

    Raises
    ------
    SitesError
    """
    meaning = column.meaning
    oxide = OXIDES[OXIDE_NAMES.index(meaning.oxide)]
    name, low, high = oxide.name, oxide.rock_min, oxide.rock_max
    if math.isnan(value) or low <= value <= high:
        return
    text = str(cell).strip()
    if value < 0.0 or is_missing_code(read_number(cell, column.name)):
        raise SitesError(
            f"{text!r} in column {column.name} is no amount: empty the cell if it means that "
            "nothing was measured"
        )
    reason = f"{value:g} {UNIT} {name} is in no lunar soil or rock ({low:g} to {high:g})"
    if meaning.unit_stated or meaning.species != name:
        reason = (
            f"{text!r} in column {column.name} means {meaning.species} in {meaning.unit}, and "
            f"{reason}"
        )
    raise SitesError(
        f"{reason}: correct the number, or say with COLUMNS in which unit it is, e.g. "
        f"{meaning.species} (ppm)={column.name}, {meaning.species} (g/kg)={column.name} or "
        f"{meaning.species} (fraction)={column.name}"
    )


def is_missing_code(number: float) -> bool:
    """Whether a number is a code for "not measured": 99, 999, -9999 ..."""
    return abs(number) >= 99.0 and set(f"{abs(number):g}") == {"9"}


def require_sum(oxides_wt: Sequence[float]) -> None:
    """Refuse oxides that are together more than a soil.

    Parameters
    ----------
    oxides_wt : sequence of float
        In the order of `OXIDES`; NaN where not measured.

    Raises
    ------
    SitesError
    """
    total = sum(value for value in oxides_wt if not math.isnan(value))
    if total > HIGHEST_SUM_WT:
        raise SitesError(f"its oxides sum to {total:.1f} {UNIT}: check values and units")


def with_units_by_range(
    columns: SiteColumns, rows: Sequence[Mapping[str, Any]]
) -> Tuple[SiteColumns, List[str]]:
    """The columns, with the unit found from their numbers where the header gives none.

    Returns
    -------
    SiteColumns
    list of str
        The units found, for the log.

    Raises
    ------
    SitesError
        If the numbers can be in two units.
    """
    open_columns = [c for c in columns.oxides if c is not None and not c.meaning.unit_stated]
    highest = {c.name: max(_values(rows, c), default=math.nan) for c in open_columns}
    fraction = False
    known = [highest[c.name] for c in open_columns if not math.isnan(highest[c.name])]
    if known and max(known) <= 1.0:
        below = [c.meaning.oxide for c in open_columns if not math.isnan(highest[c.name])]
        fraction = any(oxide in _NEVER_BELOW_1 for oxide in below)
        doubtful = [oxide for oxide in below if oxide in _DOUBTFUL_BELOW_1]
        if doubtful and not fraction:
            name = next(c.name for c in open_columns if c.meaning.oxide == doubtful[0])
            raise SitesError(
                f"The column {name} has no number above 1, which can be mass fractions or {UNIT}: "
                f"say which with COLUMNS, {doubtful[0]} (fraction)={name} or {doubtful[0]} "
                f"({UNIT})={name}."
            )
    units = {
        c.name: "fraction" if fraction else "ppm" if _is_ppm(rows, c) else UNIT
        for c in open_columns
    }
    oxides = tuple(_in_unit(column, units) for column in columns.oxides)
    sigmas = tuple(
        sigma
        if sigma is None or value is None
        else replace(sigma, meaning=sigma.meaning.in_unit_of(value.meaning))
        for sigma, value in zip(columns.sigmas, oxides)
    )
    notes = [f"{name!r} is in {unit}, by its numbers" for name, unit in units.items()
             if unit != UNIT]  # fmt: skip
    return replace(columns, oxides=oxides, sigmas=sigmas), notes


def _in_unit(column: Optional[OxideColumn], units: Mapping[str, str]) -> Optional[OxideColumn]:
    if column is None or units.get(column.name, UNIT) == UNIT:
        return column
    return replace(column, meaning=replace(column.meaning, unit=units[column.name]))


def _is_ppm(rows: Sequence[Mapping[str, Any]], column: OxideColumn) -> bool:
    """Whether all numbers of a column are too large for wt% and possible in ppm."""
    values = _values(rows, column)
    if not values or min(values) <= 100.0:
        return False
    scale = column.meaning.factor * WT_PER_UNIT["ppm"]
    low, high = (
        _LEAST_BY_RANGE[column.meaning.oxide],
        OXIDES[OXIDE_NAMES.index(column.meaning.oxide)].rock_max,
    )
    return all(low <= value * scale <= high for value in values)


def _values(rows: Sequence[Mapping[str, Any]], column: OxideColumn) -> List[float]:
    """The positive numbers of a column."""
    found = []
    for row in rows:
        try:
            value = read_number(row[column.name], column.name)
        except SitesError:
            continue  # the row is refused later, with its reason
        if value > 0.0 and not is_missing_code(value):
            found.append(value)
    return found
