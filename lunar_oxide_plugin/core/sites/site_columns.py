"""Users' ground truth as a table: which column is what, and a site from each row."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple

from ..chemistry.column_names import ColumnMeaning, read_name, starts_like_oxide
from ..chemistry.oxides import OXIDE_NAMES, UNIT
from ..errors import SitesError
from .sample_sites import SampleSite
from .site_area import SiteArea

ID_COLUMNS = ("station_id", "site_id", "sample_id", "id", "station", "site", "sample", "name")
MISSION_COLUMNS = ("mission", "programme", "program", "source")
LATITUDE_COLUMNS = (
    "latitude_deg", "latitude", "lat", "lat_deg", "latitude (deg)", "lat (deg)", "lat_n",
)  # fmt: skip
LONGITUDE_COLUMNS = (
    "longitude_deg", "longitude", "lon", "long", "lng", "lon_deg", "longitude (deg)", "lon (deg)",
    "lon_e", "longitude_e", "east_longitude",
)  # fmt: skip
ERROR_COLUMNS = ("position_error_m", "coord_err_m")

#: Cells that say "not measured", and laboratory shorthand for "below the detection limit".
_EMPTY_CELLS = ("", "null", "none", "nan", "-", "--", "n/a", "na", "nd", "n.d.", "bdl", "b.d.l.",
                "b.d.")  # fmt: skip


@dataclass(frozen=True)
class OxideColumn:
    """A column of oxide or element amounts, or of their uncertainties."""

    name: str
    meaning: ColumnMeaning


@dataclass(frozen=True)
class SiteColumns:
    """Names of the columns that hold what a site needs; None where a table has none.

    Attributes
    ----------
    oxides, sigmas : tuple of OxideColumn or None
        One for each oxide, in the order of `OXIDES`.
    left_out : tuple of str
        Columns that begin like an oxide but say more than is understood.
    """

    station_id: Optional[str]
    mission: Optional[str]
    latitude: Optional[str]
    longitude: Optional[str]
    position_error: Optional[str]
    oxides: Tuple[Optional[OxideColumn], ...]
    sigmas: Tuple[Optional[OxideColumn], ...] = (None,) * len(OXIDE_NAMES)
    left_out: Tuple[str, ...] = ()

    def describe(self) -> List[str]:
        """Which column was taken as what, a line each, for the log and the report."""
        lines = [
            f"{column.name!r} taken as {column.meaning}"
            for column in (*self.oxides, *self.sigmas)
            if column is not None
        ]
        missing = [name for name, column in zip(OXIDE_NAMES, self.oxides) if column is None]
        if missing:
            lines.append(f"no column for {', '.join(missing)}")
        if self.station_id:
            lines.append(f"{self.station_id!r} taken as the site's identifier")
        if self.mission:
            lines.append(f"{self.mission!r} taken as the mission")
        if self.position_error:
            lines.append(f"{self.position_error!r} taken as the position error in metres")
        lines += [f"{name!r} left out: its name is not understood" for name in self.left_out]
        return lines


@dataclass(frozen=True)
class RejectedRow:
    """A row of ground truth that could not be used, and why."""

    number: int
    station_id: str
    reason: str


@dataclass(frozen=True)
class GroundTruth:
    """Measured compositions to check against.

    Attributes
    ----------
    sites : tuple of SampleSite
    rejected : tuple of RejectedRow
    notes : tuple of str
        Which column was taken as what, and where the positions come from.
    """

    sites: Tuple[SampleSite, ...]
    rejected: Tuple[RejectedRow, ...] = ()
    notes: Tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class SitePosition:
    """Where a row's geometry lies: degrees, and the area of a polygon."""

    longitude_deg: float
    latitude_deg: float
    area: Optional[SiteArea] = None


def recognise(names: Sequence[str], chosen: str = "", has_geometry: bool = False) -> SiteColumns:
    """Find the columns by their usual names.

    Oxide columns are called like ``FeO``, ``FeO_wt``, ``FeOT``, ``feo (wt%)``, element columns
    like ``Fe``, ``Ti (ppm)``, uncertainties like ``FeO_err``, ``FeO_sigma``, ``FeO_2s``.

    Parameters
    ----------
    names : sequence of str
    chosen : str
        The user's word where names do not tell: ``"FeO=iron; Ti (ppm)=XRF 7"``, the meaning
        (spelled as a column name) before the column's own name.
    has_geometry : bool
        Whether positions come from the layer, so that coordinate columns do not matter.

    Raises
    ------
    SitesError
        If no oxide column is there, or two columns could be the same oxide.
    """
    values: Dict[str, OxideColumn] = {}
    sigmas: Dict[str, OxideColumn] = {}
    by_choice = _chosen_columns(names, chosen)
    fixed = {(c.meaning.oxide, c.meaning.is_sigma) for c in by_choice}
    taken = {column.name for column in by_choice}
    left_out: List[str] = []
    found: List[OxideColumn] = list(by_choice)
    has_feo = ("FeO", False) in fixed or any(_is_feo(name) for name in names)
    for name in names:
        if name in taken:
            continue
        if has_feo and name.strip().lower().startswith("fe2o3"):
            left_out.append(name)  # beside FeO it would count iron twice
            continue
        meaning = read_name(name)
        if meaning is None:
            if starts_like_oxide(name):
                left_out.append(name)
        elif (meaning.oxide, meaning.is_sigma) not in fixed:
            found.append(OxideColumn(name, meaning))
    for column in found:
        kind = sigmas if column.meaning.is_sigma else values
        other = kind.setdefault(column.meaning.oxide, column)
        if other is not column:
            what = "the uncertainty of " if column.meaning.is_sigma else ""
            raise SitesError(
                f"The columns {other.name} and {column.name} could both be {what}"
                f"{column.meaning.oxide}: keep one of them, or say which with COLUMNS, e.g. "
                f"{column.meaning.oxide}={other.name}."
            )
    if not values:
        raise SitesError(
            f"The sites have no oxide column among {', '.join(names) or 'no columns'}: name them "
            f"TiO2, FeO, Al2O3, MgO, CaO, SiO2 ({UNIT}), or say which they are with COLUMNS, e.g. "
            "FeO=iron."
        )
    return SiteColumns(
        station_id=_first(names, ID_COLUMNS),
        mission=_first(names, MISSION_COLUMNS),
        latitude=None if has_geometry else _only(names, LATITUDE_COLUMNS, "latitude"),
        longitude=None if has_geometry else _only(names, LONGITUDE_COLUMNS, "longitude"),
        position_error=_first(names, ERROR_COLUMNS),
        oxides=tuple(values.get(name) for name in OXIDE_NAMES),
        sigmas=tuple(_sigma_of(sigmas.get(name), values.get(name)) for name in OXIDE_NAMES),
        left_out=tuple(left_out),
    )


def read_sites(
    rows: Sequence[Mapping[str, Any]],
    columns: SiteColumns,
    positions: Optional[Sequence[Optional[SitePosition]]] = None,
) -> GroundTruth:
    """Sites from the rows of a user's table; rows that cannot be used are kept with the reason.

    Parameters
    ----------
    rows : sequence of mapping of column name to value
    columns : SiteColumns
    positions : sequence of SitePosition or None, optional
        From the rows' geometry (None: a row has none); otherwise the coordinate columns are
        read, in degrees.

    Raises
    ------
    SitesError
        If there is no row, no position at all, or no row can be used.
    """
    if not rows:
        raise SitesError("The layer of sample sites is empty: choose one with sites.")
    if positions is None and (columns.latitude is None or columns.longitude is None):
        raise SitesError(
            "The sites have neither geometry nor columns latitude and longitude: add one of them "
            "(degrees, planetocentric latitude, east longitude)."
        )
    sites: List[SampleSite] = []
    rejected: List[RejectedRow] = []
    for number, row in enumerate(rows, start=1):
        name = row.get(columns.station_id) if columns.station_id else None
        station_id = str(name).strip() if name not in (None, "") else f"site {number}"
        try:
            position = _position(row, columns, None if positions is None else positions[number - 1])
            if position is None:
                rejected.append(RejectedRow(number, station_id, "it has no position"))
                continue
            site = _site(row, columns, station_id, position)
        except SitesError as error:
            rejected.append(RejectedRow(number, station_id, str(error).rstrip(".")))
            continue
        if all(math.isnan(value) for value in site.oxides_wt):
            rejected.append(RejectedRow(number, station_id, "no oxide is given"))
            continue
        sites.append(site)
    if not sites:
        raise SitesError(
            f"None of the {len(rows)} rows of sample sites can be used; the first: "
            f"{rejected[0].station_id}, {rejected[0].reason}."
        )
    where = (
        f"positions from the columns {columns.longitude!r} and {columns.latitude!r} (degrees)"
        if positions is None
        else "positions from the layer's geometry"
    )
    return GroundTruth(tuple(sites), tuple(rejected), (*columns.describe(), where))


def _site(
    row: Mapping[str, Any], columns: SiteColumns, station_id: str, position: SitePosition
) -> SampleSite:
    error = math.nan
    if columns.position_error:
        error = _number(row[columns.position_error], columns.position_error)
    sigmas = tuple(_amount(row, column) for column in columns.sigmas)
    if any(sigma < 0.0 for sigma in sigmas):
        raise SitesError("an uncertainty is negative")
    return SampleSite(
        station_id=station_id,
        name=station_id,
        mission=str(row[columns.mission] or "") if columns.mission else "",
        latitude_deg=position.latitude_deg,
        longitude_deg=_wrapped(position.longitude_deg),
        position_error_m=error,
        oxides_wt=tuple(_amount(row, column) for column in columns.oxides),
        measured_sigma_wt=sigmas,
        area=position.area,
    )


def _wrapped(longitude: float) -> float:
    """The same meridian in -180 to 180; what is no longitude stays, to be refused."""
    if not -360.0 <= longitude <= 360.0 or -180.0 <= longitude <= 180.0:
        return longitude
    return longitude - math.copysign(360.0, longitude)


def _position(
    row: Mapping[str, Any], columns: SiteColumns, given: Optional[SitePosition]
) -> Optional[SitePosition]:
    if given is not None or columns.latitude is None or columns.longitude is None:
        return given
    longitude = _number(row[columns.longitude], columns.longitude)
    latitude = _number(row[columns.latitude], columns.latitude)
    if math.isnan(longitude) or math.isnan(latitude):
        return None
    return SitePosition(longitude, latitude)


def _amount(row: Mapping[str, Any], column: Optional[OxideColumn]) -> float:
    """The cell in wt% of the oxide; NaN where not given."""
    if column is None:
        return math.nan
    scale = column.meaning.factor * (column.meaning.sigma_factor or 1.0)
    return _number(row[column.name], column.name) * scale


def _sigma_of(sigma: Optional[OxideColumn], value: Optional[OxideColumn]) -> Optional[OxideColumn]:
    if sigma is None or value is None:
        return None
    if sigma.meaning.species != value.meaning.species:
        raise SitesError(
            f"The column {sigma.name} gives the uncertainty of {sigma.meaning.species} but "
            f"{value.name} holds {value.meaning.species}: give both as the same."
        )
    return OxideColumn(sigma.name, sigma.meaning.in_unit_of(value.meaning))


def _chosen_columns(names: Sequence[str], chosen: str) -> List[OxideColumn]:
    columns: List[OxideColumn] = []
    for part in filter(None, (text.strip() for text in chosen.split(";"))):
        wanted, equals, name = (text.strip() for text in part.partition("="))
        meaning = read_name(wanted) if equals else None
        if meaning is None:
            raise SitesError(
                f"COLUMNS has {part!r}, which is not understood: write what a column holds and "
                "its name, e.g. FeO=iron; Ti (ppm)=XRF titanium."
            )
        if name not in names:
            raise SitesError(
                f"COLUMNS names the column {name!r} but the sites have {', '.join(names)}."
            )
        columns.append(OxideColumn(name, meaning))
    return columns


def _is_feo(name: str) -> bool:
    if not name.strip().lower().startswith("feo"):
        return False
    meaning = read_name(name)
    return meaning is not None and not meaning.is_sigma


def _first(names: Sequence[str], wanted: Sequence[str]) -> Optional[str]:
    by_lower = {name.strip().lower(): name for name in names}
    for candidate in wanted:
        if candidate in by_lower:
            return by_lower[candidate]
    return None


def _only(names: Sequence[str], wanted: Sequence[str], what: str) -> Optional[str]:
    found = [name for name in names if name.strip().lower() in wanted]
    if len(found) > 1:
        raise SitesError(
            f"The columns {' and '.join(found)} could both be the {what}: keep one of them."
        )
    return found[0] if found else None


def _number(value: Any, column: str) -> float:
    text = "" if value is None else str(value).strip()
    # "<0.3" tells that less than the detection limit was there, not how much.
    if text.lower() in _EMPTY_CELLS or text.startswith("<"):
        return math.nan
    try:
        number = float(text)
    except ValueError:
        raise SitesError(
            f"{text!r} in column {column} is no number (with a decimal point): correct or empty it."
        ) from None
    if math.isinf(number):
        raise SitesError(f"column {column} holds an infinite number.")
    return number
