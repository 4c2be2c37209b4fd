"""Headers of users' tables: coordinates, identifiers, and rows of headers among the data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple

from ..chemistry.column_names import is_unit, read_name
from ..errors import SitesError

ID_COLUMNS = ("station_id", "site_id", "sample_id", "id", "station", "site", "sample", "name")
NAME_COLUMNS = ("name", "site_name", "station_name", "site", "location")
STATION_COLUMNS = ("station", "stop", "sampling_site", "sample", "sample_id", "samples")
MISSION_COLUMNS = ("mission", "programme", "program", "source")
ERROR_COLUMNS = ("position_error_m", "coord_err_m")

#: Words that may stand beside "latitude" or "longitude" in a header without changing its meaning.
_BESIDE = ("deg", "degree", "degrees", "decimal", "dd", "n", "north", "e", "east", "of", "me",
           "planetocentric", "selenographic", "lunar", "y", "x", "dms")  # fmt: skip
_LATITUDE = ("lat", "latitude", "lats")
_LONGITUDE = ("lon", "long", "longitude", "lng", "lons")

#: Rows that may stand above the header: a title and a remark.
_DEEPEST_HEADER = 3
_NUMBERED = re.compile(r"(?:field|column|unnamed)[\s_:.]*\d*", re.IGNORECASE)


@dataclass(frozen=True)
class CoordinateColumn:
    """A column of latitudes or longitudes.

    Attributes
    ----------
    name : str
    sign : float
        -1 where the header says south or west.
    """

    name: str
    sign: float = 1.0


def coordinate_axis(name: str) -> Optional[Tuple[str, float]]:
    """``("latitude", 1.0)`` for headers such as ``Latitude (°N)``, ``lat_deg``; None for others.

    The number is -1 for south and west: ``lon_w`` is positive to the west.
    """
    words = [word for word in re.split(r"[^a-z]+", name.strip().lower()) if word]
    axes = {
        axis
        for axis, spellings in (("latitude", _LATITUDE), ("longitude", _LONGITUDE))
        if any(word in spellings for word in words)
    }
    if len(axes) != 1:
        return None
    axis = axes.pop()
    negative = ("s", "south") if axis == "latitude" else ("w", "west")
    rest = [word for word in words if word not in (*_LATITUDE, *_LONGITUDE)]
    if any(word not in (*_BESIDE, *negative) for word in rest):
        return None
    return axis, -1.0 if any(word in negative for word in rest) else 1.0


def find_coordinates(
    names: Sequence[str], chosen: Mapping[str, str]
) -> Tuple[Optional[CoordinateColumn], Optional[CoordinateColumn]]:
    """Columns of latitude and longitude, by choice or by header.

    Parameters
    ----------
    names : sequence of str
    chosen : mapping
        ``"latitude"`` and ``"longitude"`` to the columns that the user named.

    Returns
    -------
    CoordinateColumn or None
        Latitude.
    CoordinateColumn or None
        Longitude.

    Raises
    ------
    SitesError
        If two columns could be the same coordinate.
    """
    found: Dict[str, List[CoordinateColumn]] = {"latitude": [], "longitude": []}
    for name in names:
        meaning = coordinate_axis(name)
        if meaning is not None:
            found[meaning[0]].append(CoordinateColumn(name, meaning[1]))
    answer: List[Optional[CoordinateColumn]] = []
    for axis, columns in found.items():
        if axis in chosen:
            by_header = coordinate_axis(chosen[axis])
            same = by_header is not None and by_header[0] == axis
            sign = by_header[1] if same and by_header else 1.0
            answer.append(CoordinateColumn(chosen[axis], sign))
            continue
        if len(columns) > 1:
            raise SitesError(
                f"The columns {' and '.join(c.name for c in columns)} could both be the {axis}: "
                f"keep one of them, or say which with COLUMNS, e.g. {axis}={columns[0].name}."
            )
        answer.append(columns[0] if columns else None)
    return answer[0], answer[1]


def first_column(names: Sequence[str], wanted: Sequence[str]) -> Optional[str]:
    """The column with the first of the wanted names, upper and lower case alike; None if none."""
    by_lower = {name.strip().lower(): name for name in names}
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
    if not any(_is_header(name) for name in names):
        for number, row in enumerate(table[:_DEEPEST_HEADER]):
            texts = [_text(row[name]) for name in names]
            if sum(_is_header(text) for text in texts) < 2:
                continue
            new = unique_names([text or name for text, name in zip(texts, names)])
            table = [dict(zip(new, (r[name] for name in names))) for r in table[number + 1 :]]
            names = new
            notes.append(f"row {number + 1} taken as the header")
            break
    if table and _is_row_of_units(names, table[0]):
        units = [_text(table[0][name]) for name in names]
        new = [
            f"{name} ({unit})" if unit and read_name(name) is not None else name
            for name, unit in zip(names, units)
        ]
        table = [dict(zip(new, (r[name] for name in names))) for r in table[1:]]
        names = new
        notes.append("the row below the header taken as units")
    return tuple(names), table, notes


def _is_header(text: str) -> bool:
    if not text or _NUMBERED.fullmatch(text.strip()):
        return False
    if coordinate_axis(text) is not None or text.strip().lower() in (*ID_COLUMNS, *MISSION_COLUMNS):
        return True
    try:
        return read_name(text) is not None
    except SitesError:
        return True  # it names an oxide, although in a form that can be read in two ways


def _is_row_of_units(names: Sequence[str], row: Mapping[str, Any]) -> bool:
    texts = [_text(row[name]) for name in names if _text(row[name])]
    return bool(texts) and all(is_unit(text) for text in texts)


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
