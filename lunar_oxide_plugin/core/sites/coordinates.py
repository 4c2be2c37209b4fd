"""Find columns of latitude and longitude, also in several parts and with letters."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple

from ..errors import SitesError
from ..moon.wkt import MOON_RADIUS_M
from .cells import decimals, read_angle, read_number

#: Words that may stand beside "latitude" or "longitude" in a header without changing its meaning.
_BESIDE = ("deg", "degree", "degrees", "decimal", "dd", "n", "north", "e", "east", "of", "me",
           "planetocentric", "selenographic", "lunar", "y", "x", "dms")  # fmt: skip
_LATITUDE = ("lat", "latitude", "lats")
_LONGITUDE = ("lon", "long", "longitude", "lng", "lons")
_MINUTES = ("min", "minute", "minutes")
_SECONDS = ("sec", "second", "seconds")
_HEMISPHERE = ("ns", "ew", "dir", "direction", "hem", "hemi", "hemisphere")

#: Positive and negative words of each axis.
_SIDES = {"latitude": (("n", "north"), ("s", "south")), "longitude": (("e", "east"), ("w", "west"))}


@dataclass(frozen=True)
class CoordinateColumn:
    """A column of latitudes or longitudes.

    Attributes
    ----------
    name : str
    sign : float
        -1 where the header says south or west.
    axis : str
        ``"latitude"`` or ``"longitude"``.
    minutes, seconds, side : str or None
        Columns of the angle's minutes and seconds, and of the letter of its hemisphere.
    """

    name: str
    sign: float = 1.0
    axis: str = ""
    minutes: Optional[str] = None
    seconds: Optional[str] = None
    side: Optional[str] = None

    def describe_parts(self) -> List[str]:
        """The columns of the other parts of the angle, one line each."""
        parts = ((self.minutes, "minutes"), (self.seconds, "seconds"), (self.side, "letter"))
        return [f"{part!r} taken as the {what} of {self.name!r}" for part, what in parts if part]

    def written(self, row: Mapping[str, Any]) -> str:
        """The number of a row as in its table, without a letter."""
        return " ".join(str(row[n]) for n in (self.name, self.minutes, self.seconds) if n)

    def read(self, row: Mapping[str, Any]) -> float:
        """Degrees of a row, north and east positive; NaN where the row gives none.

        Raises
        ------
        SitesError
            If the cells are not an angle, or an angle that can be read in two ways.
        """
        if self.minutes is None and self.side is None:
            return read_angle(row[self.name], self.name, self.axis, self.sign)
        parts = [
            str(row[name]).strip() if row[name] is not None else ""
            for name in (self.name, self.minutes, self.seconds)
            if name is not None
        ]
        side = "" if self.side is None else str(row[self.side] or "").strip()[:1]
        if self.minutes is None:
            return read_angle(f"{parts[0]} {side}".strip(), self.name, self.axis, self.sign)
        degrees, *rest = (read_number(part, self.name) for part in parts)
        if math.isnan(degrees):
            return math.nan
        numbers = [0.0 if math.isnan(number) else number for number in rest]
        if any(not 0.0 <= number < 60.0 for number in numbers) or degrees % 1.0:
            raise SitesError(
                f"{' '.join(parts)!r} in columns {self.name} and {self.minutes} is no angle: "
                "minutes and seconds go from 0 to 60"
            )
        total = abs(degrees) + sum(n / 60.0 ** (i + 1) for i, n in enumerate(numbers))
        minus = "-" if parts[0].startswith(("-", "\u2212")) else ""
        return read_angle(f"{minus}{total!r} {side}".strip(), self.name, self.axis, self.sign)


def coordinate_axis(name: str) -> Optional[Tuple[str, float]]:
    """``("latitude", 1.0)`` for headers such as ``Latitude (°N)``, ``lat_deg``; None for others.

    The number is -1 for south and west: ``lon_w`` is positive to the west. With ``(E/W)`` the cells
    decide.

    Parameters
    ----------
    name : str

    Returns
    -------
    (str, float) or None
    """
    axis, rest = _axis_and_rest(name)
    if not axis:
        return None
    positive, negative = _SIDES[axis]
    if any(word not in (*_BESIDE, *negative) for word in rest):
        return None
    is_negative = any(word in negative for word in rest)
    return axis, -1.0 if is_negative and not any(word in positive for word in rest) else 1.0


def find_coordinates(
    names: Sequence[str], chosen: Mapping[str, CoordinateColumn]
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
            found[meaning[0]].append(CoordinateColumn(name, meaning[1], meaning[0]))
    answer: List[Optional[CoordinateColumn]] = []
    for axis, columns in found.items():
        if axis in chosen:
            columns = [chosen[axis]]
        if len(columns) > 1:
            raise SitesError(
                f"The columns {' and '.join(c.name for c in columns)} could both be the {axis}: "
                f"keep one of them, or say which with COLUMNS, e.g. {axis}={columns[0].name}."
            )
        answer.append(_with_parts(columns[0], names) if columns else None)
    return answer[0], answer[1]


def chosen_coordinate(wanted: str, name: str) -> CoordinateColumn:
    """The column that the user named; ``longitude east=...`` also gives its positive direction."""
    axis, sign = coordinate_axis(wanted) or ("", 1.0)
    by_header = coordinate_axis(name)
    says_side = any(word in sum(_SIDES[axis], ()) for word in _axis_and_rest(wanted)[1])
    if not says_side and by_header is not None and by_header[0] == axis:
        sign = by_header[1]
    return CoordinateColumn(name, sign, axis)


def with_side(
    column: Optional[CoordinateColumn], rows: Sequence[Mapping[str, Any]]
) -> Optional[CoordinateColumn]:
    """The column, with the column of the letters N and S or E and W, if there is one."""
    if column is None or not rows:
        return column
    names = list(rows[0])
    letters = sum(_SIDES[column.axis], ())
    last = column.seconds or column.minutes or column.name
    right = names[names.index(last) + 1 : names.index(last) + 2]
    for name in names:
        cells = {str(row[name]).strip().lower() for row in rows if row[name] not in (None, "")}
        axis, rest = _axis_and_rest(name)
        words = rest if axis in ("", column.axis) else ["other"]
        called_so = bool(words) and all(word in _HEMISPHERE for word in words)
        if cells and cells <= set(letters) and (called_so or name in right):
            return replace(column, side=name)
    return column


def rounding_m(cells: Sequence[Any]) -> float:
    """Largest error of a position from rounding of coordinates: half of the last digit."""
    places = [place for place in map(decimals, cells) if place is not None]
    if not places:
        return 0.0
    # Numbers lose trailing zeros, so the longest one shows how the table was rounded.
    return 0.5 * math.pow(10.0, -max(places)) * math.radians(1.0) * MOON_RADIUS_M * math.sqrt(2.0)


def _with_parts(column: CoordinateColumn, names: Sequence[str]) -> CoordinateColumn:
    """The column with those of minutes and seconds; ``LATITUDE MIN`` beside ``MAX`` is neither."""
    parts: Dict[str, str] = {}
    place = names.index(column.name)
    for at, name in enumerate(names):
        axis, rest = _axis_and_rest(name)
        if axis == column.axis and any(word in ("max", "maximum") for word in rest):
            return column
        beside = not axis and place < at <= place + 2
        if axis == column.axis or beside:
            for part, words in (("minutes", _MINUTES), ("seconds", _SECONDS)):
                if rest and all(word in words for word in rest):
                    parts.setdefault(part, name)
    if "minutes" not in parts:
        return column
    return replace(column, minutes=parts["minutes"], seconds=parts.get("seconds"))


def _axis_and_rest(name: str) -> Tuple[str, List[str]]:
    """The axis in a header (empty for none or both), and the header's other words."""
    words = [word for word in re.split(r"[^a-z]+", name.strip().lower()) if word]
    axes = {
        axis
        for axis, spellings in (("latitude", _LATITUDE), ("longitude", _LONGITUDE))
        if any(word in spellings for word in words)
    }
    rest = [word for word in words if word not in (*_LATITUDE, *_LONGITUDE)]
    return (axes.pop() if len(axes) == 1 else ""), rest
