"""Read and write spectra as tables of text: one spectrum a column, or one a row.

Columns are the form of RELAB and of the Lunar Soil Characterization Consortium: wavelengths in the
first column, then spectra, some with a column of deviations. Rows are the form of this plugin's own
tables: columns named after wavelengths (``r414``, ``414 nm``, ``R0.95um``).
"""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Dict, Iterable, List, Optional, Sequence, Tuple, Union

import numpy as np
import numpy.typing as npt

from ..errors import LibraryError, SitesError
from ..files import write_text
from ..rasters.bands import to_nanometres
from ..sites.cells import EMPTY_CELLS, read_angle, read_number
from ..sites.coordinates import coordinate_axis
from ..sites.headers import ID_COLUMNS, NAME_COLUMNS, first_column, plain_name
from ..tabular import csv_text, decode_table
from .library import (
    SpectralLibrary,
    Spectrum,
    fractions,
    require_size,
    require_wavelengths,
    spectrum_of,
)

_Floats = npt.NDArray[np.float64]

#: Largest table, in bytes.
MOST_BYTES = 20_000_000
#: Lines above the numbers that may be title, remarks, names and units.
_MOST_HEADER_LINES = 200
#: Least number of columns named after wavelengths, to read one spectrum a row.
_LEAST_BANDS = 3
#: Wavelengths in nm after which columns are named; larger numbers are those of samples (10084).
_NAMED_NM = (200.0, 5000.0)
_SEPARATORS = ("\t", ";", "|", ",", " ")
_UNIT = r"(?:nm|nanomet\w*|um|\u00b5m|\u03bcm|micron\w*|micromet\w*)"
_BAND = re.compile(
    rf"(?:r|refl|reflectance|wavelength|band|wl|w|b|x)?[\s_:(\[-]*(\d+(?:[.,]\d+)?)\s*({_UNIT})?[)\]]?",
    re.IGNORECASE,
)
_WAVELENGTH = re.compile(rf"wave|lambda|\u03bb|^{_UNIT}$", re.IGNORECASE)
_WAVENUMBER = re.compile(r"wave\s*numbers?\b|cm\^?-1|1/cm", re.IGNORECASE)
_DEVIATION = re.compile(
    r"st\.?\s*d|std|stdev|deviation|\bsd\b|sigma|err|uncert|\u03c3|\u00b1", re.IGNORECASE
)
_PERCENT = re.compile(r"%|percent|per cent|\bpct\b", re.IGNORECASE)
#: A nameless third column that is this small beside the second holds its deviations.
_DEVIATION_SHARE = 0.2


def read_table(path: Path, scale: float = float("nan")) -> SpectralLibrary:
    """Read spectra from a table.

    Parameters
    ----------
    path : Path
        UTF-8, UTF-16 or Windows-1252; separated by tabs, semicolons, bars, commas or spaces.
    scale : float
        Reflectance for one step of the numbers; NaN for what the header or the numbers say.

    Returns
    -------
    SpectralLibrary

    Raises
    ------
    LibraryError
    """
    text, where = _text(path), path.name
    records = _records(text, where)
    header = _band_header(records)
    try:
        if header is not None:
            return _rows(records, header, where, scale)
        return _columns(records, where, path.stem, scale)
    except SitesError as error:
        raise LibraryError(f"{where}: {error}.") from error


def write_table(spectra: Sequence[Spectrum], path: Union[str, Path]) -> None:
    """Write spectra as a CSV file, one a row, in reflectance from 0 to 1.

    Parameters
    ----------
    spectra : sequence of Spectrum
    path : str or Path

    Raises
    ------
    OutputError
        If the file cannot be written; an earlier file is then untouched.
    """
    waves = sorted({float(wave) for one in spectra for wave in one.wavelengths_nm})
    placed = any(one.has_place for one in spectra)
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    places = ["longitude_deg", "latitude_deg"] if placed else []
    writer.writerow(["name", *places, *(f"r{wave:.10g}" for wave in waves)])
    for one in spectra:
        cells = dict(zip(one.wavelengths_nm.tolist(), one.reflectance.tolist()))
        place = [_cell(one.longitude_deg), _cell(one.latitude_deg)] if placed else []
        writer.writerow(
            [
                csv_text(" ".join(one.name.split())),
                *place,
                *(_cell(cells.get(wave, np.nan)) for wave in waves),
            ]
        )
    write_text(path, buffer.getvalue(), "table")


def _cell(value: float) -> str:
    return format(value, ".7g") if np.isfinite(value) else ""


def _text(path: Path) -> str:
    try:
        with open(path, "rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise LibraryError(
            f"The spectra {path} cannot be read ({error.strerror or error}): check the path."
        ) from error
    if len(content) > MOST_BYTES:
        raise LibraryError(f"{path.name} is too large for a table of spectra: divide it.")
    try:
        return decode_table(content)[0]
    except ValueError:
        raise LibraryError(
            f"{path.name} is no text: choose a table (CSV), or an ENVI spectral library (.sli)."
        ) from None


def _records(text: str, where: str) -> List[List[str]]:
    """The cells of each line that is not empty, without the signs of a remark."""
    lines = [line.lstrip("#").strip(" ") for line in text.splitlines() if line.strip("# \t\r")]
    if not lines:
        raise LibraryError(f"{where} is empty: choose a table of spectra.")
    separator = next((sign for sign in _SEPARATORS if _is_separator(sign, lines)), _SEPARATORS[-2])
    try:
        if separator == " ":
            return [line.split() for line in lines]
        # All lines at once, because a text in quotation marks may hold a line break.
        rows = csv.reader((line + "\n" for line in lines), delimiter=separator)
        return [[" ".join(cell.split()) for cell in row] for row in rows]
    except csv.Error as error:
        raise LibraryError(
            f"{where} is no table of separated values ({error}): check its quotation marks."
        ) from error


def _split(line: str, separator: str) -> List[str]:
    if separator == " ":
        return line.split()
    return [cell.strip() for cell in next(csv.reader([line], delimiter=separator))]


def _is_separator(sign: str, lines: Sequence[str]) -> bool:
    """Whether most lines below a header have the same number of cells, at least two."""
    some = lines[-min(len(lines), 200) :]
    try:
        counts = [len(_split(line, sign)) for line in some]
    except csv.Error:
        return False
    usual = max(set(counts), key=counts.count)
    return usual > 1 and counts.count(usual) >= 0.8 * len(counts)


def _number(cell: str, column: str = "") -> float:
    """The number of a cell; NaN where it says that there is none."""
    try:
        number = float(cell)
    except ValueError:
        return read_number(cell, column)
    return number if np.isfinite(number) else float("nan")


def _is_number(cell: str) -> bool:
    try:
        return bool(np.isfinite(_number(cell)))
    except SitesError:
        return False


def band_wavelength(name: str) -> Optional[float]:
    """Wavelength in nm of a column that is named after it, or None.

    Parameters
    ----------
    name : str
        E.g. ``"r414"``, ``"414 nm"``, ``"R0.95um"``; not ``"r414_p05"``.

    Returns
    -------
    float or None
    """
    match = _BAND.fullmatch(name.strip())
    if match is None:
        return None
    wave = to_nanometres(float(match[1].replace(",", ".")), match[2] or "")
    return wave if _NAMED_NM[0] <= wave <= _NAMED_NM[1] else None


def _band_header(records: Sequence[List[str]]) -> Optional[int]:
    """The line whose cells are named after wavelengths; None for spectra in columns."""
    for place, cells in enumerate(records[:20]):
        waves = [wave for wave in map(band_wavelength, cells) if wave is not None]
        if len(waves) < _LEAST_BANDS or len(set(waves)) < len(waves):
            continue
        lone = [float(cell.replace(",", ".")) for cell in cells if _is_number(cell)]
        is_sorted = all(later > wave for wave, later in zip(waves, waves[1:]))
        # A row of data has no texts, and its reflectance is no wavelength.
        if len(lone) < len([cell for cell in cells if cell]) or (is_sorted and min(lone) >= 200.0):
            return place
    return None


def _rows(records: Sequence[List[str]], header: int, where: str, scale: float) -> SpectralLibrary:
    """Spectra of a table with one a row."""
    names = records[header]
    bands = {i: wave for i, name in enumerate(names) if (wave := band_wavelength(name)) is not None}
    table = records[header + 1 :]
    require_size(len(table), len(bands), where)
    if not table:
        raise LibraryError(f"{where} has a header and no spectra below it: choose another file.")
    for number, record in enumerate(table, start=1):
        if len(record) > len(names) and any(record[len(names) :]):
            raise LibraryError(
                f"Row {number} of {where} has {len(record)} values, its header {len(names)} "
                "columns: put texts that hold the separator in quotation marks."
            )
    columns = list(bands)
    waves = np.array([bands[i] for i in columns])
    require_wavelengths(waves, where)
    numbers = np.array([[_number(_at(record, i), names[i]) for i in columns] for record in table])
    is_percent = any(_PERCENT.search(cell) for record in records[: header + 1] for cell in record)
    values, note = fractions(numbers, where, scale, is_percent)
    called = first_column(names, (*NAME_COLUMNS, *ID_COLUMNS, "spectrum"))
    places = _place_columns(names)
    spectra = []
    for number, (record, row) in enumerate(zip(table, values), start=1):
        name = _at(record, names.index(called)) if called is not None else ""
        lon, lat = (
            read_angle(_at(record, places[axis]), axis, axis) if axis in places else np.nan
            for axis in ("longitude", "latitude")
        )
        spectra.append(spectrum_of(name or f"spectrum {number}", waves, row, lon, lat))
    return SpectralLibrary(
        where,
        tuple(spectra),
        (
            f"{where} read as a table with one spectrum a row: {len(spectra)} spectra at "
            f"{_list(waves)} nm",
            *([note] if note else []),
        ),
    )


def _at(record: Sequence[str], place: int) -> str:
    return record[place] if place < len(record) else ""


def _place_columns(names: Sequence[str]) -> Dict[str, int]:
    """Columns of longitude and latitude."""
    found: Dict[str, int] = {}
    for place, name in enumerate(names):
        if band_wavelength(name) is not None or plain_name(name) in ("x", "y"):
            continue
        axis, sign = coordinate_axis(name) or ("", 0.0)
        if sign > 0.0:
            found.setdefault(axis, place)
    return found


def _columns(records: Sequence[List[str]], where: str, stem: str, scale: float) -> SpectralLibrary:
    """Spectra of a table with one a column."""
    first = next(
        (
            place
            for place, cells in enumerate(records[:_MOST_HEADER_LINES])
            if len(cells) > 1 and _is_number(cells[0]) and any(map(_is_number, cells[1:]))
        ),
        None,
    )
    if first is None:
        raise LibraryError(
            f"{where} has neither columns named after wavelengths (r414, 414 nm) nor a first "
            "column of wavelengths: name the columns so, or choose another file."
        )
    table = records[first:]
    width = max(map(len, table))
    require_size(width, len(table), where)
    titles = [cells for cells in records[:first] if len(cells) == len(records[first])]
    names = [" ".join(_told(_at(cells, i) for cells in titles)) for i in range(width)]
    numbers = np.array(
        [[_number(_at(cells, i), names[i] or f"{i + 1}") for i in range(width)] for cells in table]
    )
    said = " ".join(cell for cells in records[:first] for cell in cells)
    spectra: List[Tuple[str, _Floats, _Floats]] = []
    left_out = []
    if _WAVENUMBER.search(said):
        raise LibraryError(
            f"{where} speaks of wavenumbers (cm-1): write wavelengths in nm or \u00b5m instead."
        )
    waves = _in_nanometres(numbers[:, 0], names[0] or said)
    for i in range(1, width):
        if _WAVELENGTH.search(names[i]):
            waves = _in_nanometres(numbers[:, i], names[i])
        elif _is_deviation(names[i], numbers, i):
            left_out.append(names[i] or f"column {i + 1}")
        elif np.isfinite(numbers[:, i]).any():
            spectra.append((names[i], waves, numbers[:, i]))
    if not spectra:
        raise LibraryError(f"{where} has no column of reflectance beside its wavelengths.")
    for _, wave, _ in spectra:
        require_wavelengths(wave[np.isfinite(wave)], where)
    is_percent = bool(_PERCENT.search(said))
    values, note = fractions(np.stack([row for _, _, row in spectra]), where, scale, is_percent)
    notes = [
        f"{where} read as a table with one spectrum a column: {len(spectra)} spectra",
        *(
            [f"{where}: taken as deviations and left out: {', '.join(left_out[:5])}"]
            * bool(left_out)
        ),
        *([note] if note else []),
    ]
    alone = len(spectra) == 1
    return SpectralLibrary(
        where,
        tuple(
            spectrum_of(_spectrum_name(name, stem, number, alone), wave, row)
            for number, ((name, wave, _), row) in enumerate(zip(spectra, values), start=1)
        ),
        tuple(notes),
    )


def _told(cells: Iterable[str]) -> List[str]:
    """Texts of a column's header lines, each once."""
    found: List[str] = []
    for cell in cells:
        if cell and cell.lower() not in EMPTY_CELLS and cell not in found:
            found.append(cell)
    return found


def _spectrum_name(name: str, stem: str, number: int, alone: bool) -> str:
    """A column's name; the file's where the column says no more than its quantity."""
    plain = re.sub(rf"reflectance|refl\.?|percent|%|{_UNIT}|[\W\d_]", "", name, flags=re.IGNORECASE)
    if name and (plain or re.search(r"\d", name)):
        return name[:200]
    return stem if alone else f"{stem} {number}"


def _is_deviation(name: str, numbers: _Floats, column: int) -> bool:
    if name:
        return bool(_DEVIATION.search(name))
    if numbers.shape[1] != 3 or column != 2:
        return False
    both = np.isfinite(numbers[:, 1:]).all(axis=1)
    if not both.any():
        return False
    medians = np.median(numbers[both, 1:], axis=0)
    return bool(0.0 <= medians[1] < _DEVIATION_SHARE * medians[0])


def _in_nanometres(values: _Floats, said: str) -> _Floats:
    """Wavelengths in nm, by the unit in the header or by their size."""
    unit = re.search(rf"(?<![a-z])({_UNIT})(?![a-z])", said, re.IGNORECASE)
    given = values[np.isfinite(values)]
    most = float(given.max()) if given.size else 0.0
    name = unit.group(1) if unit else ("um" if most < 30.0 else "nm")
    # A header may speak of another column's unit.
    if unit and (most < 30.0) != (to_nanometres(1.0, name) > 1.0):
        name = "um" if most < 30.0 else "nm"
    factor = to_nanometres(1.0, name)
    return np.round(values * factor, 6)


def _list(waves: _Floats) -> str:
    shown = [f"{wave:g}" for wave in waves[:10]]
    return ", ".join(shown) + (" ..." if waves.size > len(shown) else "")
