"""Readings as a table for the clipboard, a CSV file, and the attributes of features."""

from __future__ import annotations

import csv
import io
import math
from pathlib import Path
from typing import List, Sequence, Tuple, Union

from ..chemistry.oxides import UNIT
from ..chemistry.quantities import DERIVED, Quantity
from ..files import write_text
from ..rasters.bands import ModelBand
from ..tabular import csv_text
from .reading import SpectrumReading

Cell = Union[str, int, float, None]

#: The user's name of a reading, and the reading.
NamedReading = Tuple[str, SpectrumReading]


def render(readings: Sequence[NamedReading], delimiter: str = ",") -> str:
    """Readings as delimited text with a header: oxides in wt%, reflectance as a fraction.

    Readings of models with different bands or oxides fill different columns.
    """
    header: List[str] = []
    for _, reading in readings:
        header += [name for name in columns(reading) if name not in header]
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(header)
    for name, reading in readings:
        cells = dict(zip(columns(reading), row(name, reading)))
        writer.writerow([_cell(cells.get(column)) for column in header])
    return buffer.getvalue()


def write(readings: Sequence[NamedReading], path: Union[str, Path]) -> None:
    """Write readings as a CSV file (UTF-8).

    Parameters
    ----------
    readings : sequence of NamedReading
    path : str or Path
        File to write.

    Raises
    ------
    OutputError
        If the file cannot be written; an earlier file at `path` is then untouched.
    """
    write_text(path, render(readings), "table")


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return format(value, ".7g")
    return csv_text(value) if isinstance(value, str) else str(value)


def columns(reading: SpectrumReading) -> List[str]:
    """Column names of `row`.

    Parameters
    ----------
    reading : SpectrumReading

    Returns
    -------
    list of str
    """
    names = ["name", "raster", "model", "longitude_deg", "latitude_deg", "x", "y"]
    names += ["pixel_column", "pixel_row", "pixel_columns", "pixel_rows", "n_valid", "n_read"]
    for oxide in reading.oxides:
        names += [f"{oxide.key}_wt", f"{oxide.key}_sigma_wt"]
        names += [f"{oxide.key}_p05_wt", f"{oxide.key}_p95_wt"]
    for quantity in _derived(reading):
        unit = "_wt" if quantity.unit == UNIT else ""
        names += [f"{quantity.key}{unit}", f"{quantity.key}_sigma{unit}"]
    names += ["sigma_kind", "domain_distance", "quality", "nearest_stations"]
    for band in reading.bands:
        key = _band_key(band)
        names += [key, f"{key}_p05", f"{key}_p95"]
    return names


def row(name: str, reading: SpectrumReading) -> List[Cell]:
    """One reading as a row of plain values in the order of `columns`; NaN becomes None.

    Parameters
    ----------
    name : str
    reading : SpectrumReading

    Returns
    -------
    list of Cell
    """
    area = reading.area
    cells: List[Cell] = [
        name, reading.raster_name, reading.model_title, area.longitude_deg, area.latitude_deg,
        area.x, area.y, area.column, area.row, area.columns, area.rows,
        reading.n_valid, reading.n_read,
    ]  # fmt: skip
    for spread, sigma in zip(reading.oxides_wt, reading.sigma_wt):
        cells += [spread.median, sigma, spread.low, spread.high]
    for quantity in _derived(reading):
        cells += map(float, reading.estimate(quantity))
    cells.append(reading.sigma_kind.value if reading.sigma_kind else None)
    cells += [reading.domain_distance, sum(share.flag.bit for share in reading.flags)]
    cells.append(" ".join(near.site.station_id for near in reading.nearest))
    for spread in reading.reflectance:
        cells += [spread.median, spread.low, spread.high]
    return [None if isinstance(v, float) and math.isnan(v) else v for v in cells]


def _derived(reading: SpectrumReading) -> List[Quantity]:
    """The quantities that can be computed from the reading's oxides."""
    return [quantity for quantity in DERIVED if quantity.is_given_by(reading.composition_wt)]


def _band_key(band: ModelBand) -> str:
    if math.isnan(band.wavelength_nm):
        return "r_" + "_".join(band.name.split())
    return f"r{band.wavelength_nm:g}"
