"""Reading users' ground truth: which column is which oxide, and where the site lies."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any, Mapping, Optional, Sequence, Tuple

from .errors import SitesError
from .oxides import OXIDES
from .sites import SampleSite

ID_COLUMNS = ("station_id", "site_id", "sample_id", "id", "station", "site", "name")
MISSION_COLUMNS = ("mission", "programme", "program", "source")
LATITUDE_COLUMNS = ("latitude_deg", "latitude", "lat")
LONGITUDE_COLUMNS = ("longitude_deg", "longitude", "lon", "long", "lng")
ERROR_COLUMNS = ("position_error_m", "coord_err_m")


@dataclass(frozen=True)
class SiteColumns:
    """Names of the columns that hold what a site needs; None where a table has none."""

    station_id: Optional[str]
    mission: Optional[str]
    latitude: Optional[str]
    longitude: Optional[str]
    position_error: Optional[str]
    oxides: Tuple[Optional[str], ...]


def recognise(names: Sequence[str]) -> SiteColumns:
    """Find the columns by their usual names, whatever their case.

    Oxide columns are called like ``FeO``, ``FeO_wt``, ``feo (wt%)``.

    Raises
    ------
    SitesError
        If no oxide column is there, or two columns could be the same oxide.
    """
    oxides = tuple(_oxide_column(names, oxide.key) for oxide in OXIDES)
    if not any(oxides):
        raise SitesError(
            f"The sites have no oxide column among {', '.join(names) or 'no columns'}: name them "
            "TiO2, FeO, Al2O3, MgO, CaO, SiO2 (wt%)."
        )
    return SiteColumns(
        station_id=_first(names, ID_COLUMNS),
        mission=_first(names, MISSION_COLUMNS),
        latitude=_first(names, LATITUDE_COLUMNS),
        longitude=_first(names, LONGITUDE_COLUMNS),
        position_error=_first(names, ERROR_COLUMNS),
        oxides=oxides,
    )


def site_from_row(
    row: Mapping[str, Any],
    columns: SiteColumns,
    number: int,
    lonlat: Optional[Tuple[float, float]] = None,
) -> SampleSite:
    """A site from one row of a user's table.

    Parameters
    ----------
    row : mapping of column name to value
    number : int
        Row number, from 1, for messages and for rows without identifier.
    lonlat : (longitude, latitude) in degrees, optional
        From the row's geometry; otherwise the coordinate columns are read.

    Raises
    ------
    SitesError
        Naming the row and what is wrong.
    """
    station_id = str(row[columns.station_id]) if columns.station_id else f"site {number}"
    if lonlat is None:
        if columns.latitude is None or columns.longitude is None:
            raise SitesError(
                "The sites have neither point geometry nor columns latitude and longitude: add "
                "one of them (degrees, planetocentric latitude, east longitude)."
            )
        lonlat = (
            _number(row[columns.longitude], station_id, columns.longitude),
            _number(row[columns.latitude], station_id, columns.latitude),
        )
        if any(math.isnan(value) for value in lonlat):
            raise SitesError(f"Site {station_id!r} has no coordinates: fill them in.")
    error = math.nan
    if columns.position_error:
        error = _number(row[columns.position_error], station_id, columns.position_error)
    return SampleSite(
        station_id=station_id,
        name=station_id,
        mission=str(row[columns.mission]) if columns.mission else "",
        latitude_deg=lonlat[1],
        longitude_deg=lonlat[0],
        position_error_m=error,
        oxides_wt=tuple(
            math.nan if column is None else _number(row[column], station_id, column)
            for column in columns.oxides
        ),
    )


def _oxide_column(names: Sequence[str], key: str) -> Optional[str]:
    pattern = re.compile(rf"{key}([\s_(\[-]*(wt|wt[.\s_]*%|%|wtpct|wt_pct)[)\]]*)?$", re.IGNORECASE)
    found = [name for name in names if pattern.match(name.strip())]
    if len(found) > 1:
        raise SitesError(
            f"The columns {' and '.join(found)} could both be {key}: keep only one of them."
        )
    return found[0] if found else None


def _first(names: Sequence[str], wanted: Sequence[str]) -> Optional[str]:
    by_lower = {name.strip().lower(): name for name in names}
    for candidate in wanted:
        if candidate in by_lower:
            return by_lower[candidate]
    return None


def _number(value: Any, station_id: str, column: str) -> float:
    text = "" if value is None else str(value).strip()
    if text.lower() in ("", "null", "nan", "-", "n/a", "na"):
        return math.nan
    try:
        number = float(text)
    except ValueError:
        raise SitesError(
            f"Site {station_id!r} has {text!r} in column {column}, which is no number: correct "
            "or empty it."
        ) from None
    if math.isinf(number):
        raise SitesError(f"Site {station_id!r} has an infinite number in column {column}.")
    return number
