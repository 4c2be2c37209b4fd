"""Sample sites: the places where soil was collected, and its composition from laboratories."""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Dict, List, Mapping, Optional, Sequence, Tuple

from ..chemistry.oxides import MAJOR_OXIDES, OXIDES, Oxide
from ..errors import SitesError
from ..moon.wkt import MOON_RADIUS_M
from ..paths import RESOURCES
from ..rasters.sensors.known import MI, SENSORS
from .site_area import SiteArea

BUNDLED_SITES = RESOURCES / "sample_sites.csv"


def _comparable(value: object) -> object:
    """A value of a site, with one object for every NaN."""
    if isinstance(value, tuple):
        return tuple(_comparable(part) for part in value)
    return None if isinstance(value, float) and math.isnan(value) else value


@dataclass(frozen=True, eq=False)
class SampleSite:
    """One sampling site with its measured soil composition.

    Sites with the same values are equal; what is NaN (not known) in both counts as the same. A
    dataclass's own comparison would differ between versions of Python there.

    Attributes
    ----------
    station_id : str
        Identifier, unique in its table; training lists in model files use it.
    name, mission : str
    latitude_deg, longitude_deg : float
        Planetocentric latitude, east longitude in -180..180, Mean Earth frame.
    position_error_m : float
        Error of the position; NaN where unknown.
    position_rounding_m : float
        Largest error of the position from rounding of the table's numbers.
    oxides_wt : tuple of float
        TiO2, FeO, Al2O3, MgO, CaO, SiO2 in wt%; NaN where not measured.
    sample_kind, samples, citation : str
        Kind of sample that was analysed (bulk soil, fines below 37 um ...), sample numbers, and the
        publication.
    reflectance : tuple of float, or None
        Kaguya MI reflectance at 414 ... 1548 nm, where published.
    measured_sigma_wt : tuple of float
        Standard uncertainty of each oxide in wt%; NaN where not given.
    area : SiteArea, or None
        The area that the sample represents, where it is given as a polygon.
    station : str
        Station name from the table; empty where it has no such column.
    footprint_m : float
        Extent of the ground that an analysis made on the Moon stands for; NaN for other samples.
    other_spectra : mapping of str to tuple of float
        Reflectance that sensors other than Kaguya MI have seen there, by the sensor's key; columns
        as in `SPECTRUM_COLUMNS`.
    """

    station_id: str
    name: str
    mission: str
    latitude_deg: float
    longitude_deg: float
    position_error_m: float
    oxides_wt: Tuple[float, ...]
    sample_kind: str = ""
    samples: str = ""
    citation: str = ""
    position_source: str = ""
    reflectance: Optional[Tuple[float, ...]] = None
    measured_sigma_wt: Tuple[float, ...] = (math.nan,) * len(OXIDES)
    area: Optional[SiteArea] = None
    station: str = ""
    position_rounding_m: float = 0.0
    footprint_m: float = math.nan
    other_spectra: Mapping[str, Tuple[float, ...]] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        where = f"Sample site {self.station_id!r}"
        if not -90.0 <= self.latitude_deg <= 90.0:
            raise SitesError(
                f"{where} has latitude {self.latitude_deg}: give degrees between -90 and 90."
            )
        if not -360.0 <= self.longitude_deg <= 360.0:
            raise SitesError(
                f"{where} has longitude {self.longitude_deg}: give east longitude in degrees."
            )
        for oxide, value in zip(OXIDES, self.oxides_wt):
            if not math.isnan(value) and not 0.0 <= value <= 100.0:
                raise SitesError(f"{where} has {value} wt% {oxide.name}: give 0 to 100 wt%.")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SampleSite) and self._values() == other._values()

    def __hash__(self) -> int:
        return hash(self.station_id)

    def _values(self) -> Tuple[object, ...]:
        return tuple(_comparable(getattr(self, own.name)) for own in fields(self))

    def spectrum(self, sensor: str) -> Optional[Tuple[float, ...]]:
        """Reflectance of the site as a sensor has seen it.

        Parameters
        ----------
        sensor : str
            Key of the sensor's record, such as ``"MI"`` or ``"Clementine"``.

        Returns
        -------
        tuple of float, or None
            Fractions, in the order of `SPECTRUM_COLUMNS`; None where none is published.
        """
        return self.reflectance if sensor == MI.key else self.other_spectra.get(sensor)


#: Beginning of the `sample_kind` of analyses made on the Moon.
IN_SITU = "in situ"

#: Columns of the bundled table that hold reflectance, by the key of the sensor that saw it; a name
#: ends in the wavelength in nm.
SPECTRUM_COLUMNS: Mapping[str, Tuple[str, ...]] = {
    sensor.key: sensor.station_columns for sensor in SENSORS if sensor.station_columns
}

#: Those of Kaguya MI, which users' tables may have too.
REFLECTANCE_COLUMNS = SPECTRUM_COLUMNS[MI.key]


def load_sites(path: Path = BUNDLED_SITES) -> List[SampleSite]:
    """Read a table of sample sites in the layout of the bundled ``sample_sites.csv``.

    The labels' uncertainties (``tio2_sigma_wt`` ...) stay in the table: the models' sigmas are
    calibrated against these very labels and contain their errors already.

    Parameters
    ----------
    path : Path
        The bundled table unless another is given.

    Returns
    -------
    list of SampleSite

    Raises
    ------
    SitesError
        If the file is missing, a column is missing, or a value is impossible.
    """
    try:
        with open(path, newline="", encoding="utf-8") as handle:
            rows = list(csv.DictReader(handle))
    except OSError as error:
        raise SitesError(f"The sample site table {path} cannot be read: {error}.") from error
    try:
        return [_site(row) for row in rows]
    except KeyError as error:
        raise SitesError(f"The sample site table {path} has no column {error}.") from error
    except ValueError as error:
        raise SitesError(f"The sample site table {path} holds a bad number: {error}.") from error


def _site(row: Dict[str, str]) -> SampleSite:
    spectra = {
        sensor: tuple(float(row[column]) for column in columns)
        for sensor, columns in SPECTRUM_COLUMNS.items()
        if all(row.get(column) for column in columns)
    }
    return SampleSite(
        station_id=row["station_id"],
        name=row["name"],
        mission=row["mission"],
        station=row["station"],
        latitude_deg=float(row["latitude_deg"]),
        longitude_deg=float(row["longitude_deg"]),
        position_error_m=float(row["position_error_m"]),
        oxides_wt=tuple(_amount(row, oxide) for oxide in OXIDES),
        sample_kind=row["sample_kind"],
        samples=row["samples"],
        citation=row["composition_source"],
        position_source=row["position_source"],
        reflectance=spectra.pop(MI.key, None),
        other_spectra=spectra,
    )


def _amount(row: Dict[str, str], oxide: Oxide) -> float:
    """Measured wt%; NaN for a minor oxide without a column."""
    column = f"{oxide.key}_wt"
    if oxide not in MAJOR_OXIDES and column not in row:
        return math.nan
    return float(row[column])


def sensors_seen(site: SampleSite) -> Tuple[str, ...]:
    """Keys of the sensors of which a site has a spectrum.

    Parameters
    ----------
    site : SampleSite

    Returns
    -------
    tuple of str
    """
    return tuple(key for key in SPECTRUM_COLUMNS if site.spectrum(key) is not None)


def missions(sites: Sequence[SampleSite]) -> List[str]:
    """Missions of `sites`, each once, in the order of first appearance.

    Parameters
    ----------
    sites : sequence of SampleSite

    Returns
    -------
    list of str
    """
    return list(dict.fromkeys(site.mission for site in sites))


def separation_m(a: SampleSite, b: SampleSite) -> float:
    """Great-circle distance between two sites in metres, on the IAU 2015 sphere (haversine).

    Parameters
    ----------
    a, b : SampleSite

    Returns
    -------
    float
        Metres.
    """
    lat_a, lat_b = math.radians(a.latitude_deg), math.radians(b.latitude_deg)
    half_lat = (lat_b - lat_a) / 2
    half_lon = math.radians(b.longitude_deg - a.longitude_deg) / 2
    h = math.sin(half_lat) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin(half_lon) ** 2
    return 2 * MOON_RADIUS_M * math.asin(min(1.0, math.sqrt(h)))
