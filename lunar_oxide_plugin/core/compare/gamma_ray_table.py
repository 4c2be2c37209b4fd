"""Read tables of elements measured from orbit: cells with bounds, amounts and uncertainties.

The archived tables of Lunar Prospector's gamma-ray spectrometer (PDS data set
LP-L-GRS-5-ELEM-ABUNDANCE-V1.0, files ``lpgrs_high1_elem_abundance_2deg.tab`` and those of 5 and 20
degrees; Prettyman et al. 2006, doi 10.1029/2005JE002656) hold 61 numbers a row, without a header:
the pixel's number, its least and greatest latitude and longitude, mean atomic mass and neutron
density, the weight fractions of MgO, Al2O3, SiO2, CaO, TiO2 and FeO, K, Th and U in ppm, and the
upper triangle of the covariance of these nine. Any other table needs a header.
"""

from __future__ import annotations

import csv
import math
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Dict, List, Mapping, Optional, Sequence, Tuple

import numpy as np
import numpy.typing as npt

from ..chemistry.column_names import ColumnMeaning, read_name
from ..chemistry.oxides import OXIDE_NAMES
from ..errors import SitesError
from ..moon import sphere
from ..sites.cells import read_number
from ..sites.table_file import table_text

ARCHIVE = "Lunar Prospector gamma-ray spectrometer, PDS data set LP-L-GRS-5-ELEM-ABUNDANCE-V1.0"
ARCHIVE_SOURCE = (
    "Prettyman et al. (2006), Elemental composition of the lunar surface: Analysis of gamma ray "
    "spectroscopy data from Lunar Prospector, J. Geophys. Res. 111, E12007, "
    "doi 10.1029/2005JE002656"
)

#: The nine amounts of an archived row, in order, from the eighth number on.
_ARCHIVED = ("MgO", "Al2O3", "SiO2", "CaO", "TiO2", "FeO", "K", "Th", "U")
_FIRST_AMOUNT = 7
_TRIANGLE = len(_ARCHIVED) * (len(_ARCHIVED) + 1) // 2
ARCHIVED_COLUMNS = _FIRST_AMOUNT + len(_ARCHIVED) + _TRIANGLE

#: Characters of an archived row's columns; numbers without a space between them are possible.
_WIDTHS = (10, *(7,) * 4, *(15,) * (ARCHIVED_COLUMNS - 5))

#: Weight fractions of SiO2 between which the median of an archived table lies.
_SILICA_FRACTION = (0.2, 0.7)

_BOUNDS = {
    "south": ("minlat", "latmin", "south", "southlat", "lat1", "minlatitude", "latitudemin"),
    "north": ("maxlat", "latmax", "north", "northlat", "lat2", "maxlatitude", "latitudemax"),
    "west": ("minlon", "lonmin", "west", "westlon", "lon1", "minlongitude", "longitudemin"),
    "east": ("maxlon", "lonmax", "east", "eastlon", "lon2", "maxlongitude", "longitudemax"),
}
_THORIUM = re.compile(r"(?:w_)?th(?:orium)?[\s_(\[]*(?:ppm|[uµ]g\s*/\s*g)?[)\]]*$", re.IGNORECASE)

_Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class GammaRayTable:
    """Amounts by cells between parallels and meridians.

    Attributes
    ----------
    name : str
        Of the file.
    source : str
        The data set with its publication, where the format tells; else the columns.
    bounds_deg : float64 array, shape (cells, 4)
        Least and greatest latitude, least and greatest longitude; longitudes as in the file.
    amounts_wt, sigma_wt : mapping of oxide name to float64 array
        wt%; NaN where there is none. A sigma is one standard deviation, and NaN where the table's
        variance is negative.
    thorium_ppm : float64 array, or None
    notes : tuple of str
        Remarks on what was read.
    """

    name: str
    source: str
    bounds_deg: _Floats
    amounts_wt: Mapping[str, _Floats]
    sigma_wt: Mapping[str, _Floats]
    thorium_ppm: Optional[_Floats] = None
    notes: Tuple[str, ...] = ()

    def __post_init__(self) -> None:
        what = f"The gamma-ray table {self.name}"
        for row, (south, north, west, east) in enumerate(self.bounds_deg.tolist(), start=1):
            if not (-90.0 <= south < north <= 90.0 and west < east <= west + 360.0 + 1e-6):
                raise SitesError(
                    f"{what} has a cell in row {row} between latitudes {south:g} and {north:g} and "
                    f"longitudes {west:g} and {east:g}: give its least and greatest latitude and "
                    "longitude in degrees."
                )
        whole = 4.0 * math.pi * sphere.RADIUS_KM**2
        times = float(self.areas_km2.sum()) / whole
        if times > 1.01:
            raise SitesError(
                f"{what} has cells that overlap: together they are {times:.2f} times as large as "
                "the Moon. Give each place once."
            )

    @property
    def areas_km2(self) -> _Floats:
        """Area of each cell on the sphere."""
        south, north, west, east = np.radians(self.bounds_deg).T
        areas: _Floats = sphere.RADIUS_KM**2 * (np.sin(north) - np.sin(south)) * (east - west)
        return areas

    @property
    def centres(self) -> Tuple[_Floats, _Floats]:
        """East longitude and latitude of the middle of each cell's area, degrees."""
        south, north, west, east = np.radians(self.bounds_deg).T
        latitudes = np.arcsin((np.sin(south) + np.sin(north)) / 2.0)
        return np.degrees((west + east) / 2.0), np.degrees(latitudes)

    @property
    def height_deg(self) -> float:
        """Usual height of a cell."""
        return float(np.median(self.bounds_deg[:, 1] - self.bounds_deg[:, 0]))


def read_gamma_ray_table(path: Path) -> GammaRayTable:
    """Read an archived table of Lunar Prospector, or any table with a header.

    Parameters
    ----------
    path : Path
        The archived ``.tab`` or its label ``.lbl``; or a table separated by commas, semicolons,
        tabs or spaces whose header names the bounds (``min_lat``, ``max_lat``, ``min_lon``,
        ``max_lon``) and oxides or elements with their units (``FeO``, ``Ti_ppm``, ``FeO_sigma``).

    Returns
    -------
    GammaRayTable

    Raises
    ------
    SitesError
        One sentence on what is wrong with the file.
    """
    path = _table_beside(path) if path.suffix.lower() == ".lbl" else path
    text, _ = table_text(path, "gamma-ray table")
    lines = [(n, line) for n, line in enumerate(text.splitlines(), start=1) if line.strip()]
    if not lines:
        raise SitesError(f"{path.name} is empty: choose a table of elements measured from orbit.")
    if _is_archived(lines[0][1]):
        return _archived(path, lines)
    return _with_header(path, [(n, line) for n, line in lines if not line.lstrip().startswith("#")])


def _is_archived(line: str) -> bool:
    tokens = _tokens(line)
    return len(tokens) > 1 and all(math.isfinite(_number(token)) for token in tokens)


def _tokens(line: str) -> List[str]:
    if len(line) != sum(_WIDTHS):
        return line.split()
    ends = np.cumsum(_WIDTHS).tolist()
    return [line[end - width : end] for end, width in zip(ends, _WIDTHS)]


def _archived(path: Path, lines: Sequence[Tuple[int, str]]) -> GammaRayTable:
    rows = []
    for number, line in lines:
        values = [_number(token) for token in _tokens(line)]
        if len(values) != ARCHIVED_COLUMNS or not all(map(math.isfinite, values)):
            raise SitesError(
                f"Line {number} of {path.name} has {len(values)} numbers, and Lunar Prospector's "
                f"archived tables have {ARCHIVED_COLUMNS}: download the file again, or give a "
                "header with the names of the columns."
            )
        rows.append(values)
    table = np.array(rows)
    _require_all_rows(path, len(rows))
    silica = float(np.median(table[:, _FIRST_AMOUNT + _ARCHIVED.index("SiO2")]))
    if not _SILICA_FRACTION[0] <= silica <= _SILICA_FRACTION[1]:
        raise SitesError(
            f"{path.name} has no header, and its tenth column ({silica:g} in the middle) is no "
            "weight fraction of SiO2 as in Lunar Prospector's archived tables: give a header with "
            "the names of the columns."
        )
    amounts, sigma, negative = {}, {}, 0
    for name in OXIDE_NAMES:
        place = _ARCHIVED.index(name)
        variance = table[:, _variance_column(place)]
        amounts[name] = 100.0 * table[:, _FIRST_AMOUNT + place]
        sigma[name] = 100.0 * np.sqrt(np.where(variance >= 0.0, variance, np.nan))
        negative += int(np.count_nonzero(variance < 0.0))
    notes = [f"{path.name} read as archived: {len(rows)} cells, weight fractions, covariance"]
    if negative:
        notes.append(f"{negative} variances are negative in the file and count as unknown")
    return GammaRayTable(
        path.name,
        f"{ARCHIVE} ({ARCHIVE_SOURCE})",
        table[:, 1:5].copy(),
        amounts,
        sigma,
        table[:, _FIRST_AMOUNT + _ARCHIVED.index("Th")].copy(),
        tuple(notes),
    )


def _number(token: str) -> float:
    try:
        return float(token)
    except ValueError:
        return math.nan


def _variance_column(place: int) -> int:
    """Column of the variance of an amount: the diagonal of the upper triangle, row by row."""
    before = sum(len(_ARCHIVED) - row for row in range(place))
    return _FIRST_AMOUNT + len(_ARCHIVED) + before


def _require_all_rows(path: Path, rows: int) -> None:
    """Compare with the number of rows in the label beside the file, if there is one."""
    label = _sibling(path, f"{path.stem}.lbl")
    if label is None:
        return
    match = re.search(r"^\s*(?:FILE_RECORDS|ROWS)\s*=\s*(\d+)", _label(label), re.MULTILINE)
    if match and int(match.group(1)) != rows:
        raise SitesError(
            f"{path.name} has {rows} rows, and its label {label.name} says {match.group(1)}: "
            "download the file again."
        )


def _table_beside(label: Path) -> Path:
    match = re.search(r'^\s*\^TABLE\s*=\s*\(?\s*"([^"]+)"', _label(label), re.MULTILINE)
    if match is None:
        raise SitesError(f"{label.name} names no table: choose the table itself (.tab).")
    table = _sibling(label, match.group(1))
    if table is None:
        raise SitesError(
            f"{label.name} describes {match.group(1)}, which is not beside it: put both into one "
            "folder."
        )
    return table


def _label(path: Path) -> str:
    return table_text(path, "label")[0]


def _sibling(path: Path, name: str) -> Optional[Path]:
    """The file of this name in the same folder, in small or capital letters."""
    try:
        found = [p for p in path.absolute().parent.iterdir() if p.name.lower() == name.lower()]
    except OSError:
        return None
    return found[0] if found and found[0].is_file() else None


def _with_header(path: Path, lines: Sequence[Tuple[int, str]]) -> GammaRayTable:
    cells = _split([line for _, line in lines])
    names = [name.strip().strip('"') for name in cells[0]]
    bounds = {
        side: next((i for i, name in enumerate(names) if _letters(name) in known), None)
        for side, known in _BOUNDS.items()
    }
    missing = [side for side, place in bounds.items() if place is None]
    if missing:
        raise SitesError(
            f"{path.name} has no column with the {missing[0]}ern bound of its cells: name the "
            "columns min_lat, max_lat, min_lon and max_lon (degrees), and the oxides like FeO or "
            "Ti_ppm."
        )
    values, sigmas = _columns(path, names)
    thorium = next((i for i, name in enumerate(names) if _THORIUM.match(name)), None)
    used = [*(int(p) for p in bounds.values() if p is not None)]
    used += [place for place, _ in (*values.values(), *sigmas.values())]
    used += [] if thorium is None else [thorium]
    table = np.full((len(cells) - 1, len(names)), np.nan)
    for row, (record, (number, _)) in enumerate(zip(cells[1:], lines[1:])):
        if len(record) != len(names):
            raise SitesError(
                f"Line {number} of {path.name} has {len(record)} cells, its header {len(names)}: "
                "correct the line."
            )
        for place in used:
            try:
                table[row, place] = read_number(record[place], names[place])
            except SitesError as error:
                raise SitesError(f"Line {number} of {path.name}: {error}") from error
    if not len(table):
        raise SitesError(f"{path.name} has a header and no cells: choose another table.")
    return GammaRayTable(
        path.name,
        f"{path.name}: " + ", ".join(str(meaning) for _, meaning in values.values()),
        table[:, [int(place) for place in bounds.values() if place is not None]],
        {name: table[:, place] * meaning.factor for name, (place, meaning) in values.items()},
        {
            name: np.abs(table[:, place]) * meaning.factor * meaning.sigma_factor
            for name, (place, meaning) in sigmas.items()
        },
        None if thorium is None else table[:, thorium],
        (f"{path.name}: {len(table)} cells",),
    )


def _columns(
    path: Path, names: Sequence[str]
) -> Tuple[Dict[str, Tuple[int, ColumnMeaning]], Dict[str, Tuple[int, ColumnMeaning]]]:
    """Columns of amounts and of their sigmas, by oxide."""
    values: Dict[str, Tuple[int, ColumnMeaning]] = {}
    sigmas: Dict[str, Tuple[int, ColumnMeaning]] = {}
    for place, name in enumerate(names):
        # Headers made from the archive's names: W_FEO is a weight fraction.
        known = name.upper().startswith("W_")
        meaning = read_name(f"{name[2:]} fraction" if known else name)
        if meaning is None:
            continue
        kind = sigmas if meaning.is_sigma else values
        if meaning.oxide in kind:
            other = names[kind[meaning.oxide][0]]
            raise SitesError(
                f"{path.name} has two columns for {meaning.oxide} ({other!r} and {name!r}): keep "
                "one."
            )
        kind[meaning.oxide] = place, meaning
    if not values:
        raise SitesError(
            f"{path.name} has no column named after an oxide or element: name them like FeO or "
            "Ti_ppm."
        )
    for oxide, (place, meaning) in sigmas.items():
        if oxide in values:
            sigmas[oxide] = place, meaning.in_unit_of(values[oxide][1])
    return values, {name: found for name, found in sigmas.items() if name in values}


def _split(lines: Sequence[str]) -> List[List[str]]:
    separator = max(";\t,", key=lambda sign: lines[0].count(sign)) if lines else ","
    if not lines or separator not in lines[0]:
        return [line.split() for line in lines]
    return list(csv.reader(lines, delimiter=separator, skipinitialspace=True))


def _letters(name: str) -> str:
    return re.sub(r"[\s_\-.]|\(?deg(?:rees?)?\)?", "", name.lower())
