"""Users' tables of ground truth: find the meaning of each column, make a site of each row."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field, replace
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple

from ..chemistry.column_names import ColumnMeaning, read_name, starts_like_oxide
from ..chemistry.oxides import OXIDE_NAMES, UNIT
from ..errors import SitesError
from ..rasters.sensors.known import MI, SENSORS
from .cells import Comma, read_number
from .coordinates import (
    CoordinateColumn,
    chosen_coordinate,
    coordinate_axis,
    find_coordinates,
    rounding_m,
    with_side,
)
from .headers import (
    ERROR_COLUMNS,
    ID_COLUMNS,
    MISSION_COLUMNS,
    NAME_COLUMNS,
    SAMPLE_COLUMNS,
    STATION_COLUMNS,
    first_column,
    plain_name,
)
from .sample_sites import SampleSite
from .site_area import SiteArea
from .wt_limits import require_sum, require_wt, with_units_by_range

#: Columns that hold no amounts and no coordinates, with their usual names.
_TEXT_COLUMNS = {
    "station_id": ID_COLUMNS,
    "name": NAME_COLUMNS,
    "station": STATION_COLUMNS,
    "samples": SAMPLE_COLUMNS,
    "mission": MISSION_COLUMNS,
    "position_error": ERROR_COLUMNS,
}

#: Identifiers of rows that tables put below their sites.
_SPREADS = ("sd", "std", "stdev", "std dev", "std. dev.", "standard deviation", "1s", "1sd",
            "2sd", "sigma", "\u03c3", "1\u03c3", "2\u03c3", "rsd", "rsd%", "rsd (%)")  # fmt: skip


@dataclass(frozen=True)
class OxideColumn:
    """A column of oxide or element amounts, or of their uncertainties."""

    name: str
    meaning: ColumnMeaning


@dataclass(frozen=True)
class SiteColumns:
    """Names of the columns that a site is made from; None where a table has none.

    Attributes
    ----------
    station_id, name, station, mission, position_error, samples : str
    latitude, longitude : CoordinateColumn
    oxides, sigmas : tuple of OxideColumn or None
        One for each oxide, in the order of `OXIDES`.
    spectra : mapping of str to tuple of str
        Key of a sensor to the columns of its reflectance, which are called as in the bundled table
        or plainly after the wavelength (``r415``). A sensor with a missing column is left out.
    left_out : tuple of str
        Columns whose names begin like an oxide but have parts that are not known.
    """

    station_id: Optional[str]
    mission: Optional[str]
    latitude: Optional[CoordinateColumn]
    longitude: Optional[CoordinateColumn]
    position_error: Optional[str]
    oxides: Tuple[Optional[OxideColumn], ...]
    sigmas: Tuple[Optional[OxideColumn], ...] = (None,) * len(OXIDE_NAMES)
    left_out: Tuple[str, ...] = ()
    name: Optional[str] = None
    station: Optional[str] = None
    spectra: Mapping[str, Tuple[str, ...]] = field(default_factory=dict, hash=False)
    samples: Optional[str] = None

    def describe(self) -> List[str]:
        """The meaning found for each column, one line each, for the log and the report."""
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
        for axis, column in (("latitude", self.latitude), ("longitude", self.longitude)):
            if column is not None and column.sign < 0.0:
                side = "south" if axis == "latitude" else "west"
                lines.append(f"{column.name!r} taken as {axis}, positive to the {side}")
            lines += [] if column is None else column.describe_parts()
        if self.position_error:
            lines.append(f"{self.position_error!r} taken as the position error in metres")
        lines += [f"{name!r} left out: its name is not understood" for name in self.left_out]
        return lines


@dataclass(frozen=True)
class RejectedRow:
    """A row of ground truth that could not be used, and the reason."""

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
        The meaning found for each column, and the source of the positions.
    """

    sites: Tuple[SampleSite, ...]
    rejected: Tuple[RejectedRow, ...] = ()
    notes: Tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class SitePosition:
    """Position of a row's geometry in degrees, and the area of a polygon."""

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
        The user's choice for names that are not recognised: ``"FeO=iron; latitude=Y"``, the meaning
        (spelled as a column name) before the column's own name.
    has_geometry : bool
        Whether positions come from the layer, so that coordinate columns are not needed.

    Returns
    -------
    SiteColumns

    Raises
    ------
    SitesError
        If there is no oxide column, or two columns could be the same oxide.
    """
    values: Dict[str, OxideColumn] = {}
    sigmas: Dict[str, OxideColumn] = {}
    by_choice, coordinates, texts = _chosen_columns(names, chosen)
    fixed = {(c.meaning.oxide, c.meaning.is_sigma) for c in by_choice}
    taken = {column.name for column in by_choice}
    left_out: List[str] = []
    found: List[OxideColumn] = list(by_choice)
    has_feo = ("FeO", False) in fixed or any(_is_feo(name) for name in names)
    for name in names:
        if name in taken:
            continue
        if has_feo and name.strip().lower().startswith("fe2o3"):
            left_out.append(name)  # beside FeO, iron would be counted twice
            continue
        # Programs that read tables rename the second of two equal headers to "FeO_1".
        repeated = re.fullmatch(r"(.+)_\d", name)
        meaning = read_name(repeated[1] if repeated and repeated[1] in names else name)
        if meaning is None:
            if starts_like_oxide(name):
                left_out.append(name)
        elif (meaning.oxide, meaning.is_sigma) not in fixed:
            found.append(OxideColumn(name, meaning))
    for column in found:
        kind = sigmas if column.meaning.is_sigma else values
        other = kind.setdefault(column.meaning.oxide, column)
        if other is not column:
            oxide = column.meaning.oxide
            what = f"the uncertainty of {oxide}" if column.meaning.is_sigma else oxide
            raise SitesError(
                f"The columns {other.name} and {column.name} could both be {what}: keep one of "
                f"them, or say which with COLUMNS, e.g. {oxide}={other.name}."
            )
    if not values:
        raise SitesError(
            f"The sites have no oxide column among {', '.join(names) or 'no columns'}: name them "
            f"TiO2, FeO, Al2O3, MgO, CaO, SiO2 ({UNIT}), or say which they are with COLUMNS, e.g. "
            "FeO=iron; remove remarks that stand above the header."
        )
    latitude, longitude = (None, None) if has_geometry else find_coordinates(names, coordinates)
    return SiteColumns(
        **{
            role: texts.get(role) or first_column(names, usual)
            for role, usual in _TEXT_COLUMNS.items()
        },
        latitude=latitude,
        longitude=longitude,
        oxides=tuple(values.get(name) for name in OXIDE_NAMES),
        sigmas=tuple(_sigma_of(sigmas.get(name), values.get(name)) for name in OXIDE_NAMES),
        spectra=_spectra(names),
        left_out=tuple(left_out),
    )


def _spectra(names: Sequence[str]) -> Dict[str, Tuple[str, ...]]:
    """Columns of each sensor's reflectance, where all of them are there."""
    by_lower = {name.strip().lower(): name for name in names}
    found: Dict[str, Tuple[str, ...]] = {}
    for sensor in SENSORS:
        plain = [f"r{centre:g}" for centre in sensor.station_wavelengths_nm]
        for called in (sensor.station_columns, plain):
            if called and all(name in by_lower for name in called):
                found.setdefault(sensor.key, tuple(by_lower[name] for name in called))
    return found


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

    Returns
    -------
    GroundTruth

    Raises
    ------
    SitesError
        If there is no row, no position at all, or no row can be used.
    """
    if not rows:
        raise SitesError("The layer of sample sites is empty: choose one with sites.")
    if positions is None and (columns.latitude is None or columns.longitude is None):
        raise SitesError(
            "The sites have neither geometry nor columns latitude and longitude: name them so "
            "(degrees, planetocentric latitude, east longitude), or say which they are with "
            "COLUMNS, e.g. latitude=Y; longitude=X."
        )
    columns, by_range = with_units_by_range(columns, rows)
    if positions is None:
        latitude, longitude = (with_side(c, rows) for c in (columns.latitude, columns.longitude))
        columns = replace(columns, latitude=latitude, longitude=longitude)
    rounding = _rounding_m(rows, columns, positions)
    sites: List[SampleSite] = []
    rejected: List[RejectedRow] = []
    first: Dict[str, int] = {}
    for number, row in enumerate(rows, start=1):
        name = row.get(columns.station_id) if columns.station_id else None
        station_id = str(name).strip() if name not in (None, "") else f"site {number}"
        if station_id.lower() in _SPREADS:
            rejected.append(RejectedRow(number, station_id, "it is no site but a deviation"))
            continue
        try:
            position = _position(row, columns, None if positions is None else positions[number - 1])
            if position is None:
                rejected.append(RejectedRow(number, station_id, "it has no position"))
                continue
            site = _site(row, columns, station_id, position, rounding)
        except SitesError as error:
            rejected.append(RejectedRow(number, station_id, str(error).rstrip(".")))
            continue
        if all(math.isnan(value) for value in site.oxides_wt):
            rejected.append(RejectedRow(number, station_id, "no oxide is given"))
            continue
        earlier = first.setdefault(repr(site), number)
        if earlier != number:
            rejected.append(RejectedRow(number, station_id, f"it repeats row {earlier}"))
            continue
        sites.append(site)
    if not sites:
        raise SitesError(
            f"None of the {len(rows)} rows of sample sites can be used; the first: "
            f"{rejected[0].station_id}, {rejected[0].reason}."
        )
    where = (
        f"positions from the columns {columns.longitude.name!r} and {columns.latitude.name!r} "
        "(degrees)"
        if positions is None and columns.longitude and columns.latitude
        else "positions from the layer's geometry"
    )
    return GroundTruth(tuple(sites), tuple(rejected), (*columns.describe(), *by_range, where))


def _site(
    row: Mapping[str, Any],
    columns: SiteColumns,
    station_id: str,
    position: SitePosition,
    rounding_m: float,
) -> SampleSite:
    error = math.nan
    if columns.position_error:
        name = columns.position_error
        error = read_number(row[name], name, Comma.UNKNOWN)
        if error < 0.0:
            raise SitesError(f"{error:g} in column {name} is negative: correct or empty it")
    oxides = tuple(_amount(row, column) for column in columns.oxides)
    for column, value in zip(columns.oxides, oxides):
        if column is not None:
            require_wt(column, row[column.name], value)
    require_sum(oxides)
    sigmas = tuple(_amount(row, column) for column in columns.sigmas)
    if any(sigma < 0.0 for sigma in sigmas):
        raise SitesError("an uncertainty is negative")

    def text(column: Optional[str]) -> str:
        value = None if column is None else row[column]
        return "" if value is None else str(value).strip()

    spectra = {
        sensor: tuple(_reflectance(row[column]) for column in own)
        for sensor, own in columns.spectra.items()
    }
    return SampleSite(
        station_id=station_id,
        name=text(columns.name) or station_id,
        mission=text(columns.mission),
        station=text(columns.station),
        samples=text(columns.samples),
        latitude_deg=position.latitude_deg,
        longitude_deg=_wrapped(position.longitude_deg),
        position_error_m=error or math.nan,  # no position is known to the millimetre
        position_rounding_m=rounding_m,
        oxides_wt=oxides,
        measured_sigma_wt=sigmas,
        area=position.area,
        reflectance=spectra.pop(MI.key, None),
        other_spectra=spectra,
    )


def _reflectance(value: Any) -> float:
    """A cell's reflectance; NaN where there is none, so that the site is left out later."""
    try:
        return read_number(value, "")
    except SitesError:
        return math.nan


def _rounding_m(
    rows: Sequence[Mapping[str, Any]],
    columns: SiteColumns,
    positions: Optional[Sequence[Optional[SitePosition]]],
) -> float:
    """Largest error of a position from the table's rounding: half of its last digit, metres."""
    if positions is not None:
        cells: List[Any] = [
            round(value, 9)
            for position in positions
            if position is not None and position.area is None
            for value in (position.longitude_deg, position.latitude_deg)
        ]
    else:
        axes = [c for c in (columns.latitude, columns.longitude) if c is not None]
        cells = [axis.written(row) for row in rows for axis in axes]
    return rounding_m(cells)


def _wrapped(longitude: float) -> float:
    """The meridian in -180 to 180; impossible longitudes are returned as they are."""
    if not -360.0 <= longitude <= 360.0 or -180.0 <= longitude <= 180.0:
        return longitude
    return longitude - math.copysign(360.0, longitude)


def _position(
    row: Mapping[str, Any], columns: SiteColumns, given: Optional[SitePosition]
) -> Optional[SitePosition]:
    if given is not None or columns.latitude is None or columns.longitude is None:
        return given
    longitude, latitude = columns.longitude.read(row), columns.latitude.read(row)
    if math.isnan(longitude) or math.isnan(latitude):
        return None
    return SitePosition(longitude, latitude)


def _amount(row: Mapping[str, Any], column: Optional[OxideColumn]) -> float:
    """The cell in wt% of the oxide; NaN where not given."""
    if column is None:
        return math.nan
    scale = column.meaning.factor * (column.meaning.sigma_factor or 1.0)
    # A number above 100 has no decimal comma in wt%; in ppm, "50,300" may be either.
    comma = Comma.UNKNOWN if column.meaning.unit == "ppm" else Comma.DECIMAL
    return read_number(row[column.name], column.name, comma) * scale


def _sigma_of(sigma: Optional[OxideColumn], value: Optional[OxideColumn]) -> Optional[OxideColumn]:
    if sigma is None or value is None:
        return None
    if sigma.meaning.species != value.meaning.species:
        raise SitesError(
            f"The column {sigma.name} gives the uncertainty of {sigma.meaning.species} but "
            f"{value.name} holds {value.meaning.species}: give both as the same."
        )
    return OxideColumn(sigma.name, sigma.meaning.in_unit_of(value.meaning))


def _chosen_columns(
    names: Sequence[str], chosen: str
) -> Tuple[List[OxideColumn], Dict[str, CoordinateColumn], Dict[str, str]]:
    """Columns of oxides that the user named, those of coordinates by axis, and the others."""
    columns: List[OxideColumn] = []
    coordinates: Dict[str, CoordinateColumn] = {}
    texts: Dict[str, str] = {}
    for part in filter(None, (text.strip() for text in chosen.split(";"))):
        wanted, equals, name = (text.strip() for text in part.partition("="))
        axis = coordinate_axis(wanted) if equals else None
        role = plain_name(wanted).replace("position_error_m", "position_error") if equals else ""
        role = role if role in _TEXT_COLUMNS else ""
        meaning = read_name(wanted) if equals and axis is None and not role else None
        if meaning is None and axis is None and not role:
            raise SitesError(
                f"COLUMNS has {part!r}, which is not understood: write what a column holds and "
                "its name, e.g. FeO=iron; Ti (ppm)=XRF titanium; latitude=Y; longitude=X; "
                "position_error_m=error; mission=landing site; station=stop."
            )
        if name not in names:
            raise SitesError(
                f"COLUMNS names the column {name!r} but the sites have {', '.join(names)}; "
                "put semicolons between two choices."
            )
        if role:
            texts[role] = name
        elif axis is not None:
            coordinates[axis[0]] = chosen_coordinate(wanted, name)
        elif meaning is not None:
            columns.append(OxideColumn(name, meaning))
    return columns, coordinates, texts


def _is_feo(name: str) -> bool:
    if not name.strip().lower().startswith("feo"):
        return False
    meaning = read_name(name)
    return meaning is not None and not meaning.is_sigma
