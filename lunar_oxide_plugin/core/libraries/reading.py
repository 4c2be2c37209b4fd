"""Read a spectral library or a table of spectra, by its content; write by the name's ending."""

from __future__ import annotations

from pathlib import Path
from typing import Sequence, Union

from ..errors import LibraryError
from .envi_library import files_of, read_envi, write_envi
from .library import SpectralLibrary, Spectrum
from .table_library import read_table, write_table

__all__ = ["files_of", "read_library", "write_library"]

#: Endings of text files that a table of spectra has; other files beside an .hdr are ENVI's.
_TEXT_ENDINGS = (".csv", ".txt", ".tab", ".tsv", ".asc", ".dat")


def read_library(path: Union[str, Path], scale: float = float("nan")) -> SpectralLibrary:
    """Read spectra from an ENVI spectral library or a table.

    Parameters
    ----------
    path : str or Path
    scale : float
        Reflectance for one step of the numbers; NaN to recognise the unit.

    Returns
    -------
    SpectralLibrary

    Raises
    ------
    LibraryError
        If it cannot be read, or its numbers are not reflectance.
    """
    file = Path(path)
    if not file.is_file():
        raise LibraryError(f"There is no file {file}: check the path of the spectra.")
    ending = file.suffix.lower()
    if ending in (".sli", ".hdr", ".slb"):
        return read_envi(file, scale)
    if ending not in _TEXT_ENDINGS and len(files_of(file)) > 1:
        return read_envi(file, scale)
    return read_table(file, scale)


def write_library(spectra: Sequence[Spectrum], path: Union[str, Path], description: str) -> None:
    """Write spectra as an ENVI spectral library (.sli) or a table (any other ending).

    Parameters
    ----------
    spectra : sequence of Spectrum
    path : str or Path
    description : str
        For the header of a library.

    Raises
    ------
    LibraryError
        If the format cannot hold these spectra.
    OutputError
        If a file cannot be written.
    """
    if Path(path).suffix.lower() in (".sli", ".hdr"):
        write_envi(spectra, path, description)
    else:
        write_table(spectra, path)
