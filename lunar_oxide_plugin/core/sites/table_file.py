"""Read a table of sites from a text file in the encodings and separators of spreadsheets."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path
from typing import Dict, List, Tuple

from ..errors import SitesError
from ..tabular import decode_table
from .headers import is_header, unique_names, with_true_headers
from .site_columns import GroundTruth, read_sites, recognise

SEPARATORS = (";", "\t", ",", "|")

#: Largest size of a table of sites, in bytes.
MOST_BYTES = 50_000_000


def read_site_table(path: Path, chosen: str = "") -> GroundTruth:
    """Measured compositions from a file of separated values.

    Parameters
    ----------
    path : Path
        UTF-8, UTF-16 or Windows-1252; separated by semicolons, tabs, commas or bars.
    chosen : str
        The user's choice of columns, see `site_columns.recognise`.

    Returns
    -------
    GroundTruth

    Raises
    ------
    SitesError
        If the file cannot be read, or holds no sites.
    """
    text, encoding = table_text(path)
    try:
        header, rows, separator = _rows(text, path)
    except csv.Error as error:
        raise SitesError(
            f"{path.name} is no table of separated values ({error}): check its quotation marks."
        ) from error
    names, table, notes = with_true_headers(header, rows)
    truth = read_sites(table, recognise(names, chosen))
    first = f"{path.name} read as {encoding}, separated by {separator!r}"
    return replace(truth, notes=(first, *notes, *truth.notes))


def require_whole_rows(path: Path) -> None:
    """Refuse a text file if another reader would drop the last values of rows.

    Parameters
    ----------
    path : Path
        Files that `read_site_table` cannot read are left to the other reader.

    Raises
    ------
    SitesError
        If a row has more values than the header has columns.
    """
    try:
        text, _ = table_text(path)
        records, separator = _records(text, path)
    except (SitesError, csv.Error):
        return
    _require_width(records, separator, path)


def table_text(path: Path, what: str = "table of sites") -> Tuple[str, str]:
    """The text of a file and its encoding.

    Parameters
    ----------
    path : Path
        UTF-8, UTF-16 or Windows-1252.
    what : str
        The kind of file, for messages.

    Returns
    -------
    str
    str

    Raises
    ------
    SitesError
        If the file cannot be read, is too large or no text.
    """
    try:
        with open(path, "rb") as file:
            content = file.read(MOST_BYTES + 1)  # a device or a pipe does not tell its size
        if len(content) > MOST_BYTES:
            raise SitesError(f"{path.name} is too large for a {what}: choose another file.")
    except OSError as error:
        raise SitesError(
            f"The {what} {path} cannot be read ({error.strerror or error}): check the path."
        ) from error
    try:
        return decode_table(content)
    except ValueError:
        raise SitesError(f"{path.name} is no text: save the table as CSV (UTF-8).") from None


def _rows(text: str, path: Path) -> Tuple[List[str], List[Dict[str, str]], str]:
    records, separator = _records(text, path)
    _require_width(records, separator, path)
    width = max(len(record) for record in records)
    header = [*records[0], *[""] * (width - len(records[0]))]
    names = unique_names([name.strip() or f"column {i}" for i, name in enumerate(header, start=1)])
    return (
        names,
        [dict(zip(names, [*record, *[""] * (width - len(record))])) for record in records[1:]],
        separator,
    )


def _records(text: str, path: Path) -> Tuple[List[List[str]], str]:
    """The cells of each line that is not empty, and the separator."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    while lines and (lines[0].startswith("#") or not lines[0].strip()):
        del lines[0]
    separator = ""
    if lines and lines[0].lower().startswith("sep=") and len(lines[0].strip('" \n')) == 5:
        separator = lines.pop(0).strip('" ')[4]
    separator = separator or _separator(lines)
    records = [
        record
        for record in csv.reader("\n".join(lines).splitlines(keepends=True), delimiter=separator)
        if any(cell.strip() for cell in record)
    ]
    if not records:
        raise SitesError(f"{path.name} is empty: choose a table of sites.")
    return records, separator


def _separator(lines: List[str]) -> str:
    """The separator that gives the most known headers."""
    first = [line for line in lines[:5] if line.strip()]

    def known(sign: str) -> int:
        return max(
            (_known_headers(next(csv.reader([ln], delimiter=sign))) for ln in first), default=0
        )

    best = max(SEPARATORS, key=known)
    return best if known(best) else ","


def _known_headers(cells: List[str]) -> int:
    return sum(is_header(cell) for cell in cells)


def _require_width(records: List[List[str]], separator: str, path: Path) -> None:
    """Refuse rows with more values than the header has columns: they may be shifted."""
    header = next((i for i, r in enumerate(records[:4]) if _known_headers(r) > 1), 0)
    columns = len(records[header])
    for number, record in enumerate(records[header + 1 :], start=1):
        if any(cell.strip() for cell in record[columns:]):
            raise SitesError(
                f"Row {number} of {path.name} has {len(record)} values, its header {columns} "
                f"columns, separated by {separator!r}: put texts and numbers that hold this sign "
                "in quotation marks, or save the table with another separator."
            )
