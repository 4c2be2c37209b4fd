"""Predictions of spectra as rows: columns, values, a CSV file, features."""

from __future__ import annotations

import csv
import io
import math
from pathlib import Path
from typing import Iterator, List, Tuple, Union

from ..files import write_text
from ..polygons.feature_table import Column, FeatureTable, Kind, Row, point
from ..rasters.quality import describe
from ..tabular import csv_number, csv_text
from .spectra_prediction import SpectraPrediction

Cell = Union[str, int, float, None]

#: Columns of text, and of whole numbers; the others are numbers.
TEXT_COLUMNS = ("name", "model", "quality_text", "note")
WHOLE_COLUMNS = ("quality",)


def columns(result: SpectraPrediction) -> Tuple[str, ...]:
    """Names of the columns of `rows`.

    Parameters
    ----------
    result : SpectraPrediction

    Returns
    -------
    tuple of str
    """
    names = ["name", "model", "longitude_deg", "latitude_deg"]
    for oxide in result.layout.oxides:
        names.append(f"{oxide.key}_wt")
        names += [
            f"{oxide.key}_sigma_{kind.value.replace(' ', '_')}_wt" for kind in result.layout.sigmas
        ]
    names += ["domain_distance", "quality", "quality_text", "note"]
    return (*names, *(f"r{band.wavelength_nm:g}" for band in result.bands))


def rows(result: SpectraPrediction) -> Iterator[List[Cell]]:
    """One row a spectrum, in the order of `columns`; None where there is no value.

    Parameters
    ----------
    result : SpectraPrediction

    Returns
    -------
    iterator of list of Cell
    """
    layout = result.layout
    kinds = [layout.rows_of(kind) for kind in layout.sigmas]
    model = f"{result.model_title} {result.model_version}".strip()
    for place, spectrum in enumerate(result.spectra):
        values = result.values[:, place].tolist()
        cells: List[Cell] = [
            spectrum.name, model, spectrum.longitude_deg, spectrum.latitude_deg,
        ]  # fmt: skip
        for number in range(len(layout.oxides)):
            cells.append(values[number])
            cells += [values[kind.start + number] for kind in kinds if kind is not None]
        cells.append(math.nan if layout.domain_row is None else values[layout.domain_row])
        flag = int(result.flags[place])
        cells += [flag, ", ".join(describe(flag)), result.reasons[place]]
        cells += result.reflectance[:, place].tolist()
        yield [None if isinstance(c, float) and not math.isfinite(c) else c for c in cells]


def features(result: SpectraPrediction) -> FeatureTable:
    """The rows as features; points in lunar degrees where the spectra tell their places.

    Parameters
    ----------
    result : SpectraPrediction

    Returns
    -------
    FeatureTable
    """

    def kind(name: str) -> Kind:
        if name in TEXT_COLUMNS:
            return Kind.TEXT
        return Kind.WHOLE if name in WHOLE_COLUMNS else Kind.NUMBER

    return FeatureTable(
        columns=tuple(Column(name, kind(name)) for name in columns(result)),
        rows=tuple(
            Row(tuple(row), point(spectrum.longitude_deg, spectrum.latitude_deg))
            for spectrum, row in zip(result.spectra, rows(result))
        ),
    )


def render(result: SpectraPrediction) -> str:
    """Predictions as CSV text: oxides and sigmas in wt%, reflectance as fraction.

    Parameters
    ----------
    result : SpectraPrediction

    Returns
    -------
    str
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(columns(result))
    for row in rows(result):
        writer.writerow([_cell(value) for value in row])
    return buffer.getvalue()


def write(result: SpectraPrediction, path: Union[str, Path]) -> None:
    """Write predictions as a CSV file (UTF-8).

    Parameters
    ----------
    result : SpectraPrediction
    path : str or Path

    Raises
    ------
    OutputError
        If the file cannot be written; an earlier file is then untouched.
    """
    write_text(path, render(result), "table")


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return csv_number(value)
    return csv_text(value) if isinstance(value, str) else str(value)
