"""Station tables as others write them: columns found by wavelength and oxide."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from .instrument import KAGUYA_MI, OXIDES
from .stations import PUBLISHED_COLUMNS, Stations

#: Farthest in nm that a column's wavelength may be off: 415 for 414, not 1000 for 1049. Where
#: 1000 and 1001 are both there, the nearer one counts.
TOLERANCE_NM = 2

ID_COLUMNS = ("station_id", "site_id", "station", "site", "point", "id", "name")


class StationTableError(Exception):
    """A station table cannot be used; the message is one sentence for the user."""


def read_table(path: Path) -> Stations:
    """Read stations with eight reflectances and six oxides.

    Parameters
    ----------
    path : Path
        CSV whose reflectance columns tell a wavelength (``r414``, ``414nm``) and whose oxide
        columns tell an oxide (``tio2_wt``, ``Measured TiO2 (wt.%)``), in any order. A value in a
        column of `PUBLISHED_COLUMNS` counts instead: it is what networks were published with.

    Raises
    ------
    StationTableError
        Naming the column or the row.
    """
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            rows = list(csv.reader(file))
    except (OSError, UnicodeDecodeError) as error:
        raise StationTableError(f"The station table {path} cannot be read: {error}.") from error
    header, body = (rows[0], rows[1:]) if rows else ([], [])
    lowered = [name.strip().lower() for name in header]
    bands = [_band_column(header, nm, path) for nm in KAGUYA_MI.wavelengths_nm]
    oxides = [_oxide_column(header, oxide, path) for oxide in OXIDES]
    published = [lowered.index(name) if name in lowered else None for name in PUBLISHED_COLUMNS]
    identity = next((lowered.index(name) for name in ID_COLUMNS if name in lowered), None)
    mission = lowered.index("mission") if "mission" in lowered else None

    def columns(row: Sequence[str]) -> list[int]:
        return [
            own if other is None or not row[other].strip() else other
            for own, other in zip(oxides, published)
        ]

    kept = [
        (number, row)
        for number, row in enumerate(body, start=2)
        if len(row) == len(header) and row[bands[0]].strip()
    ]
    if len(kept) < 3:
        raise StationTableError(
            f"The station table {path} has {len(kept)} row(s) with reflectance; scalers need more."
        )
    return Stations(
        tuple(f"station {n}" if identity is None else row[identity] for n, row in kept),
        tuple("" if mission is None else row[mission] for _, row in kept),
        np.array([[_number(row, column, n, path) for column in bands] for n, row in kept]),
        np.array([[_number(row, column, n, path) for column in columns(row)] for n, row in kept]),
    )


def _band_column(header: Sequence[str], wavelength: float, path: Path) -> int:
    def distance(name: str) -> float:
        found = re.fullmatch(r"(?:r|mi|mv|mn|refl\w*)?[\s_]*(\d{3,4})[\s_]*(?:nm)?", name)
        return abs(int(found.group(1)) - wavelength) if found else np.inf

    best = _nearest(header, distance)
    if best is None or distance(header[best].strip().lower()) > TOLERANCE_NM:
        raise StationTableError(
            f"The station table {path} has no column for {wavelength:g} nm: name it "
            f"r{wavelength:g}."
        )
    return best


def _nearest(header: Sequence[str], distance: Callable[[str], float]) -> int | None:
    distances = [distance(name.strip().lower()) for name in header]
    return int(np.argmin(distances)) if distances else None


def _oxide_column(header: Sequence[str], oxide: str, path: Path) -> int:
    pattern = re.compile(rf"(measured\s+)?{oxide}[\s_(]*(wt\W*)?$", re.IGNORECASE)
    found = [index for index, name in enumerate(header) if pattern.match(name.strip())]
    if len(found) != 1:
        raise StationTableError(
            f"The station table {path} has {len(found)} columns for {oxide}: name one of them "
            f"{oxide.lower()}_wt."
        )
    return found[0]


def _number(row: Sequence[str], column: int, number: int, path: Path) -> float:
    try:
        value = float(row[column])
    except ValueError:
        value = np.nan
    if not np.isfinite(value):
        raise StationTableError(
            f"The station table {path} has {row[column]!r} in row {number}, column {column + 1}, "
            "where a number is needed."
        )
    return value
