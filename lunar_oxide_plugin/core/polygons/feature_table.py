"""Results at places as features: columns, values and geometries, for layers of any program."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, Iterable, List, Mapping, Optional, Sequence, Tuple

from ..moon.wkt import MOON_GEOGRAPHIC_WKT

if TYPE_CHECKING:
    from .shapes import Ring

#: Vertices as (x, y).
Vertices = Tuple[Tuple[float, float], ...]
#: Parts of a geometry: a polygon's has its outer ring, then its holes; a line's and a point's has
#: one list of vertices. None for a feature without place.
Parts = Tuple[Tuple[Vertices, ...], ...]


class Shape(Enum):
    """Kind of geometry; the value is its name in GeoJSON."""

    POINT = "Point"
    LINE = "LineString"
    POLYGON = "Polygon"

    @property
    def words(self) -> str:
        """Its name in messages."""
        return {"LineString": "line"}.get(self.value, self.value.lower())


class Kind(Enum):
    """Kind of a column's values; the value is their type in GeoPackages."""

    TEXT = "TEXT"
    NUMBER = "REAL"
    WHOLE = "MEDIUMINT"
    LARGE = "INTEGER"
    FLAG = "BOOLEAN"


@dataclass(frozen=True)
class Column:
    """Name and kind of a column."""

    name: str
    kind: Kind = Kind.NUMBER


@dataclass(frozen=True)
class Row:
    """Values of a feature, in the order of the columns, and its place.

    Attributes
    ----------
    values : tuple
        None where there is no value.
    parts : Parts
        In the CRS of the table.
    """

    values: Tuple[Any, ...]
    parts: Parts


@dataclass(frozen=True)
class FeatureTable:
    """Features of one kind in one CRS.

    Attributes
    ----------
    columns : tuple of Column
    rows : tuple of Row
    shape : Shape
    crs_wkt : str
    """

    columns: Tuple[Column, ...]
    rows: Tuple[Row, ...]
    shape: Shape = Shape.POINT
    crs_wkt: str = MOON_GEOGRAPHIC_WKT

    @property
    def is_multi(self) -> bool:
        """Whether a feature has several parts."""
        return any(len(row.parts) > 1 for row in self.rows)

    @property
    def has_places(self) -> bool:
        """Whether any feature has a place."""
        return any(row.parts for row in self.rows)


def columns_of(kind: Kind, names: Iterable[str]) -> List[Column]:
    """Columns of one kind.

    Parameters
    ----------
    kind : Kind
    names : iterable of str

    Returns
    -------
    list of Column
    """
    return [Column(name, kind) for name in names]


def point(longitude_deg: float, latitude_deg: float) -> Parts:
    """The parts of a point; none where a coordinate is not known.

    Parameters
    ----------
    longitude_deg, latitude_deg : float

    Returns
    -------
    Parts
    """
    if not (math.isfinite(longitude_deg) and math.isfinite(latitude_deg)):
        return ()
    return ((((float(longitude_deg), float(latitude_deg)),),),)


def parts_of(polygons: Sequence[Sequence[Ring]]) -> Parts:
    """Polygons of arrays as the parts of a geometry; rings without area are left out.

    Parameters
    ----------
    polygons : sequence of sequence of Ring

    Returns
    -------
    Parts
    """
    return tuple(
        tuple(tuple((float(x), float(y)) for x, y in ring) for ring in polygon if len(ring))
        for polygon in polygons
        if len(polygon) and len(polygon[0])
    )


def known(value: Optional[float]) -> Optional[float]:
    """The number, or None where it is not known.

    Parameters
    ----------
    value : float or None

    Returns
    -------
    float or None
    """
    return None if value is None or math.isnan(value) else float(value)


def with_own_columns(
    columns: Sequence[Column], own: Sequence[Column]
) -> Tuple[Tuple[Column, ...], Tuple[int, ...]]:
    """Columns of results, then those that features had before.

    Parameters
    ----------
    columns, own : sequence of Column
        An own column whose name is taken gets a number, as in QGIS: ``note_2``.

    Returns
    -------
    tuple of Column
    tuple of int
        Places in `own` of those that are kept: a file numbers its features itself.
    """
    found = list(columns)
    kept = []
    for place, column in enumerate(own):
        if column.name.lower() == "fid":
            continue
        name, number = column.name, 2
        taken = {each.name.lower() for each in found}
        while name.lower() in taken:
            name, number = f"{column.name}_{number}", number + 1
        found.append(Column(name, column.kind))
        kept.append(place)
    return tuple(found), tuple(kept)


def columns_of_fields(
    fields: Sequence[Mapping[str, Any]],
) -> Tuple[Tuple[Column, ...], Tuple[Tuple[Any, ...], ...]]:
    """Columns for the fields of features of a file, and their values.

    Parameters
    ----------
    fields : sequence of mapping of str to any
        Of each feature.

    Returns
    -------
    tuple of Column
    tuple of tuple
        Values of each feature; None where it has none.
    """
    names = list(dict.fromkeys(name for each in fields for name in each))
    table = [[_plain(each.get(name)) for name in names] for each in fields]
    columns = []
    for place, name in enumerate(names):
        there = [row[place] for row in table if row[place] is not None]
        kind = next((kind for kind, types in _TYPES if all(type(v) in types for v in there)), None)
        columns.append(Column(name, kind or Kind.TEXT))
        if kind is None:
            for row in table:
                row[place] = None if row[place] is None else str(row[place])
    return tuple(columns), tuple(map(tuple, table))


#: Kinds of columns that hold only values of these types.
_TYPES = ((Kind.FLAG, (bool,)), (Kind.LARGE, (int,)), (Kind.NUMBER, (int, float)))


def _plain(value: Any) -> Any:
    """A value as Python's own type; None where there is none."""
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
