"""Headers of users' tables: identifiers, and rows of headers and units among the data."""

from __future__ import annotations

import re
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple

from ..chemistry.column_names import is_unit, read_name
from ..errors import SitesError
from .cells import EMPTY_CELLS
from .coordinates import coordinate_axis

ID_COLUMNS = ("station_id", "site_id", "sample_id", "id", "station", "site", "sample", "name",
              "sample_name", "sample_number", "sample_no")  # fmt: skip
NAME_COLUMNS = ("name", "site_name", "station_name", "site", "location")
STATION_COLUMNS = ("station", "stop", "sampling_site", "station_number", "station_no")
SAMPLE_COLUMNS = ("sample", "sample_id", "samples", "sample_name", "sample_number", "sample_no")
MISSION_COLUMNS = ("mission", "programme", "program", "source")
#: Length to which shapefiles truncate names.
ERROR_COLUMNS = ("position_error_m", "position_error", "position_e", "coord_err_m", "coord_err")

#: Rows that may stand above the header: a title and a remark.
_DEEPEST_HEADER = 3
_NUMBERED = re.compile(r"(?:field|column|unnamed)[\s_:.]*\d*", re.IGNORECASE)


def first_column(names: Sequence[str], wanted: Sequence[str]) -> Optional[str]:
    """The column with the first of the wanted names; None if none has it.

    Case, spaces and brackets are ignored: ``SAMPLE ID`` is ``sample_id``.

    Parameters
    ----------
    names, wanted : sequence of str

    Returns
    -------
    str or None
    """
    by_lower = {plain_name(name): name for name in reversed(names)}
    return next((by_lower[candidate] for candidate in wanted if candidate in by_lower), None)


def with_true_headers(
    names: Sequence[str], rows: Sequence[Mapping[str, Any]]
) -> Tuple[Tuple[str, ...], List[Dict[str, Any]], List[str]]:
    """Find headers that were read as a row of data, and units in a row of their own.

    Where a title stands above the table, programs read it as the header or number the columns. A
    second line of headers often holds units.

    Parameters
    ----------
    names : sequence of str
        Column names as they were read.
    rows : sequence of mapping

    Returns
    -------
    tuple of str
        The names to use.
    list of dict
        The rows below them.
    list of str
        The changes made, for the log.
    """
    table = [dict(row) for row in rows]
    notes: List[str] = []
    if not any(is_header(name) for name in names):
        for number, row in enumerate(table[:_DEEPEST_HEADER]):
            texts = [_text(row[name]) for name in names]
            if sum(is_header(text) for text in texts) < 2:
                continue
            new = unique_names([text or name for text, name in zip(texts, names)])
            table = [dict(zip(new, (r[name] for name in names))) for r in table[number + 1 :]]
            names = new
            notes.append(f"row {number + 1} taken as the header")
            break
    units = _units(names, table[0]) if table else {}
    if units:
        new = [f"{name} ({units[name]})" if name in units else name for name in names]
        table = [dict(zip(new, (r[name] for name in names))) for r in table[1:]]
        names = new
        notes.append("the row below the header taken as units")
    return tuple(names), table, notes


def is_header(text: str) -> bool:
    """Whether a text is a known header."""
    if not text or _NUMBERED.fullmatch(text.strip()):
        return False
    if coordinate_axis(text) is not None or plain_name(text) in (*ID_COLUMNS, *MISSION_COLUMNS):
        return True
    try:
        return read_name(text) is not None
    except SitesError:
        return True  # it names an oxide, although in a form that can be read in two ways


def plain_name(name: str) -> str:
    """A header in lower case, its words joined by underscores.

    Parameters
    ----------
    name : str

    Returns
    -------
    str
    """
    return re.sub(r"[\W_]+", "_", name.strip().lower()).strip("_")


def _units(names: Sequence[str], row: Mapping[str, Any]) -> Dict[str, str]:
    """The units of known columns in a row of units; empty for a row of data."""
    texts = {
        name: _text(row[name]).strip("()[] ")
        for name in names
        if _text(row[name]).lower() not in EMPTY_CELLS and (_is_amount(name) or _is_axis(name))
    }
    told = [text for text in texts.values() if is_unit(text) or re.search("[%\u2030]", text)]
    if not told or any(re.match(r"[+-]?\d", text) for text in texts.values()):
        return {}
    for name, text in texts.items():
        if not is_unit(text) or (_is_axis(name) and coordinate_axis(f"{name} ({text})") is None):
            raise SitesError(
                f"The row below the header gives {text!r} as the unit of {name}, which is not "
                "understood: write wt%, ppm, g/kg or fraction, for coordinates degrees, and "
                "convert the numbers if they are in another."
            )
    return texts


def _is_axis(name: str) -> bool:
    return coordinate_axis(name) is not None


def _is_amount(name: str) -> bool:
    try:
        return read_name(name) is not None
    except SitesError:
        return True


def unique_names(names: Sequence[str]) -> List[str]:
    """Make names unique: a repeated name gets its position appended.

    Parameters
    ----------
    names : sequence of str

    Returns
    -------
    list of str
    """
    return [
        f"{name}_{place}" if name in names[:place] else name for place, name in enumerate(names)
    ]


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""
