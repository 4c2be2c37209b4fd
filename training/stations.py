"""The sampling stations: reflectance seen from orbit, oxides measured in the laboratory."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from .instrument import KAGUYA_MI, OXIDES, FloatArray, Instrument

#: The project's own table, the only input of the training.
STATION_TABLE = Path(__file__).resolve().parent.parent / "resources" / "sample_sites.csv"

#: Columns of the composition that was published with the spectrum, where it was not of the bulk
#: soil: Apollo 12's rows are fines below 37 micrometres.
PUBLISHED_COLUMNS = tuple(f"fines_{oxide.lower()}_wt" for oxide in OXIDES)

OXIDE_COLUMNS = tuple(f"{oxide.lower()}_wt" for oxide in OXIDES)


@dataclass(frozen=True)
class Stations:
    """Stations with spectrum and composition, row by row.

    Attributes
    ----------
    ids : tuple of str, length n
    missions : tuple of str, length n
    reflectance : float array, shape (n, bands)
        Fraction at i=30, e=0, g=30 (degrees), bands as in the instrument's `nominal`.
    oxides : float array, shape (n, oxides)
        Measured composition in wt%, columns as in `oxide_names`.
    instrument : Instrument
        That has seen the spectra.
    oxide_names : tuple of str
    """

    ids: tuple[str, ...]
    missions: tuple[str, ...]
    reflectance: FloatArray
    oxides: FloatArray
    instrument: Instrument = KAGUYA_MI
    oxide_names: tuple[str, ...] = OXIDES

    def __len__(self) -> int:
        return len(self.ids)

    def select(self, keep: npt.NDArray[np.bool_]) -> Stations:
        """The stations for which `keep`, shape (n,), is true."""
        rows = np.flatnonzero(keep)
        return replace(
            self,
            ids=tuple(self.ids[row] for row in rows),
            missions=tuple(self.missions[row] for row in rows),
            reflectance=self.reflectance[rows],
            oxides=self.oxides[rows],
        )

    def of_oxides(self, names: Sequence[str]) -> Stations:
        """The same stations with the composition in these oxides alone."""
        return replace(self, oxides=self.oxides[:, self.places(names)], oxide_names=tuple(names))

    def places(self, names: Sequence[str]) -> list[int]:
        """Columns of `oxides` that hold these oxides."""
        return [self.oxide_names.index(name) for name in names]

    def without(self, *station_ids: str) -> Stations:
        """All stations but the named ones."""
        return self.select(~np.isin(self.ids, station_ids))

    def index(self, station_id: str) -> int:
        """Row of a station."""
        return self.ids.index(station_id)


def read_stations(
    path: Path = STATION_TABLE, published: bool = False, instrument: Instrument = KAGUYA_MI
) -> Stations:
    """Read the stations that an instrument has a spectrum of.

    Parameters
    ----------
    path : Path
        CSV with a name column (``station_id`` or ``site_id``), ``mission``, the instrument's
        `columns` and ``tio2_wt`` ... ``sio2_wt``.
    published : bool
        Whether Apollo 12 has the composition of its fines, as published with the spectra and as
        models up to version 2.1 were trained; otherwise that of the bulk soil, which the
        satellite sees.
    instrument : Instrument

    Returns
    -------
    Stations
        In the order of the table; rows without reflectance are left out.
    """
    with path.open(newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row[instrument.columns[0]].strip()]
    if not rows:
        raise ValueError(f"{path} has no row with reflectance")
    id_column = "station_id" if "station_id" in rows[0] else "site_id"
    return Stations(
        tuple(row[id_column] for row in rows),
        tuple(row["mission"] for row in rows),
        np.array([[float(row[name]) for name in instrument.columns] for row in rows]),
        np.array([composition(row, published) for row in rows]),
        instrument,
    ).of_oxides(instrument.oxides)


def composition(row: Mapping[str, str], published: bool) -> list[float]:
    """Six oxides in wt% of a row of the table, bulk soil or as published."""
    columns = zip(OXIDE_COLUMNS, PUBLISHED_COLUMNS)
    return [float((published and row.get(other, "")) or row[name]) for name, other in columns]
