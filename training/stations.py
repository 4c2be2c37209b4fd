"""The sampling stations: reflectance seen from orbit, oxides measured in the laboratory."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

#: The project's own table, the only input of the training.
STATION_TABLE = Path(__file__).resolve().parent.parent / "resources" / "sample_sites.csv"

#: Oxides in the order of every array and every output.
OXIDES = ("TiO2", "FeO", "Al2O3", "MgO", "CaO", "SiO2")

#: Centre wavelength of the eight bands in nm (Kaguya MI; 1001 nm is the visible detector's).
WAVELENGTHS_NM = (414, 749, 901, 950, 1001, 1049, 1248, 1548)

#: Width of the eight bands in nm (Ohtake et al. 2008, Earth Planets Space 60, 257).
BAND_WIDTHS_NM = (20, 12, 21, 30, 42, 28, 33, 48)

#: Columns of the composition that was published with the spectrum, where it was not of the bulk
#: soil: Apollo 12's rows are fines below 37 micrometres.
PUBLISHED_COLUMNS = tuple(f"fines_{oxide.lower()}_wt" for oxide in OXIDES)

REFLECTANCE_COLUMNS = tuple(f"r{nm}" for nm in WAVELENGTHS_NM)
OXIDE_COLUMNS = tuple(f"{oxide.lower()}_wt" for oxide in OXIDES)


@dataclass(frozen=True)
class Stations:
    """Stations with spectrum and composition, row by row.

    Attributes
    ----------
    ids : tuple of str, length n
    missions : tuple of str, length n
    reflectance : float array, shape (n, 8)
        Fraction at i=30, e=0, g=30 (degrees), bands as in `WAVELENGTHS_NM`.
    oxides : float array, shape (n, 6)
        Measured composition in wt%, columns as in `OXIDES`.
    """

    ids: tuple[str, ...]
    missions: tuple[str, ...]
    reflectance: FloatArray
    oxides: FloatArray

    def __len__(self) -> int:
        return len(self.ids)

    def select(self, keep: npt.NDArray[np.bool_]) -> Stations:
        """The stations for which `keep`, shape (n,), is true."""
        rows = np.flatnonzero(keep)
        return Stations(
            tuple(self.ids[row] for row in rows),
            tuple(self.missions[row] for row in rows),
            self.reflectance[rows],
            self.oxides[rows],
        )

    def without(self, *station_ids: str) -> Stations:
        """All stations but the named ones."""
        return self.select(~np.isin(self.ids, station_ids))

    def index(self, station_id: str) -> int:
        """Row of a station."""
        return self.ids.index(station_id)


def read_stations(path: Path = STATION_TABLE, published: bool = False) -> Stations:
    """Read the stations that have a spectrum.

    Parameters
    ----------
    path : Path
        CSV with a name column (``station_id`` or ``site_id``), ``mission``, ``r414`` ...
        ``r1548`` and ``tio2_wt`` ... ``sio2_wt``.
    published : bool
        Whether Apollo 12 has the composition of its fines, as published with the spectra and as
        models up to version 2.1 were trained; otherwise that of the bulk soil, which the
        satellite sees.

    Returns
    -------
    Stations
        In the order of the table; rows without reflectance are left out.
    """
    with path.open(newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row[REFLECTANCE_COLUMNS[0]].strip()]
    if not rows:
        raise ValueError(f"{path} has no row with reflectance")
    id_column = "station_id" if "station_id" in rows[0] else "site_id"
    return Stations(
        tuple(row[id_column] for row in rows),
        tuple(row["mission"] for row in rows),
        np.array([[float(row[name]) for name in REFLECTANCE_COLUMNS] for row in rows]),
        np.array([composition(row, published) for row in rows]),
    )


def composition(row: Mapping[str, str], published: bool) -> list[float]:
    """Six oxides in wt% of a row of the table, bulk soil or as published."""
    columns = zip(OXIDE_COLUMNS, PUBLISHED_COLUMNS)
    return [float((published and row.get(other, "")) or row[name]) for name, other in columns]
