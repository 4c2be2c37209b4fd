"""Read and write ENVI spectral libraries: numbers in an .sli file, a text header in an .hdr file.

Format: L3Harris, "ENVI Header Files" and "Spectral Libraries" in the ENVI documentation.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Dict, List, Mapping, Sequence, Tuple, Union

import numpy as np
import numpy.typing as npt

from ..errors import LibraryError
from ..files import open_output
from ..rasters.bands import to_nanometres
from .library import (
    SpectralLibrary,
    Spectrum,
    fractions,
    require_size,
    require_wavelengths,
    spectrum_of,
)

_Floats = npt.NDArray[np.float64]

#: Largest header, in bytes: 50 thousand names of 100 letters.
MOST_HEADER_BYTES = 5_000_000
#: Numpy types by ENVI's numbers of data types.
_DTYPES = {1: "u1", 2: "i2", 3: "i4", 4: "f4", 5: "f8", 12: "u2", 13: "u4", 14: "i8", 15: "u8"}
_FIRST_LINE = "ENVI"
#: Units that ENVI allows in place of wavelengths.
_NO_WAVELENGTHS = ("wavenumber", "ghz", "mhz", "index")
_LIBRARY = "envi spectral library"
#: Endings of the numbers' file, for a library that is chosen by its header.
_ENDINGS = ("", ".sli", ".SLI", ".slb", ".img", ".dat", ".lib")


def header_of(path: Path) -> Path:
    """The header of a library, which is chosen by either of its two files.

    Parameters
    ----------
    path : Path

    Returns
    -------
    Path

    Raises
    ------
    LibraryError
        If there is none.
    """
    if path.suffix.lower() == ".hdr":
        return path
    for name in (path.name + ".hdr", path.stem + ".hdr", path.name + ".HDR", path.stem + ".HDR"):
        if path.with_name(name).is_file():
            return path.with_name(name)
    raise LibraryError(
        f"{path.name} has no header beside it ({path.stem}.hdr): an ENVI spectral library consists "
        "of both files."
    )


def read_envi(path: Path, scale: float = float("nan")) -> SpectralLibrary:
    """Read an ENVI spectral library.

    Parameters
    ----------
    path : Path
        The .sli or the .hdr file.
    scale : float
        Reflectance for one step of the numbers; NaN for what the header or the numbers say.

    Returns
    -------
    SpectralLibrary

    Raises
    ------
    LibraryError
    """
    header_path = header_of(path)
    header = read_header(header_path)
    where = path.name
    if header.get("file type", "").strip().lower() != _LIBRARY:
        raise LibraryError(
            f"{where} is no spectral library by its header (file type: "
            f"{_short(header.get('file type', '')) or 'none'}): for an image use 'Predict oxides'."
        )
    samples, lines = _whole(header, "samples", where), _whole(header, "lines", where)
    if _whole(header, "bands", where, 1) != 1:
        raise LibraryError(f"{where} has several bands by its header; a spectral library has one.")
    require_size(lines, samples, where)
    listed = _numbers(header.get("wavelength", ""), where)
    if len(listed) != samples:
        raise LibraryError(
            f"{where} lists {len(listed)} wavelengths for {samples} samples: correct the header."
        )
    unit = header.get("wavelength units", "")
    given = np.array(listed)
    if unit.strip().lower() in _NO_WAVELENGTHS:
        raise LibraryError(
            f"{where} gives {_short(unit)} instead of wavelengths (wavelength units): write them "
            "in nanometres or micrometres."
        )
    if unit.strip().lower() in ("", "unknown"):
        unit = "um" if given.max(initial=0.0) < 30.0 else "nm"
    waves = np.array([to_nanometres(value, unit) for value in listed])
    require_wavelengths(waves, where)
    numbers = _data(path, header_path, header, lines, samples)
    ignored = header.get("data ignore value", "")
    for value in _numbers(ignored, where)[:1]:
        numbers = np.where(numbers == value, np.nan, numbers)
    factor = header.get("reflectance scale factor", "")
    for stated in _numbers(factor, where)[:1]:
        if stated > 0.0 and stated != 1.0 and not np.isfinite(scale):
            scale = 1.0 / stated
    bad = _numbers(header.get("bbl", ""), where)
    notes = []
    if len(bad) == samples and 0.0 in bad:
        numbers = np.where(np.array(bad) == 0.0, np.nan, numbers)
        notes.append(f"{where}: {bad.count(0.0)} bad bands of the header left out")
    values, note = fractions(numbers, where, scale)
    names = _names(header, lines)
    return SpectralLibrary(
        where,
        tuple(spectrum_of(name, waves, row) for name, row in zip(names, values)),
        (
            f"{where} read as ENVI spectral library: {lines} spectra, {waves.min():g} to "
            f"{waves.max():g} nm",
            *notes,
            *([note] if note else []),
        ),
    )


def write_envi(spectra: Sequence[Spectrum], path: Union[str, Path], description: str = "") -> None:
    """Write spectra as an ENVI spectral library: the named file, and its header beside it.

    Parameters
    ----------
    spectra : sequence of Spectrum
        All with the same wavelengths.
    path : str or Path
        Of the numbers; its ending is usually .sli.
    description : str

    Raises
    ------
    LibraryError
        If there is no spectrum, or the wavelengths differ.
    OutputError
        If a file cannot be written; earlier files are then untouched.
    """
    target = Path(path)
    if not spectra:
        raise LibraryError("There is no spectrum to write: make or choose one first.")
    waves = spectra[0].wavelengths_nm
    if any(not np.array_equal(one.wavelengths_nm, waves) for one in spectra):
        raise LibraryError(
            "The spectra have different wavelengths, and an ENVI spectral library has one list for "
            "all: write a table (.csv), or spectra of one model or sensor at a time."
        )
    if target.suffix.lower() == ".hdr":
        raise LibraryError(
            f"{target.name} would be the header of the library: give the name of its numbers, "
            f"{target.stem}.sli."
        )
    content = np.stack([one.reflectance for one in spectra]).astype("<f8").tobytes()
    lines = [
        _FIRST_LINE,
        f"description = {{{_word(description) or 'Reflectance spectra'}}}",
        f"samples = {waves.size}",
        f"lines = {len(spectra)}",
        "bands = 1",
        "header offset = 0",
        "file type = ENVI Spectral Library",
        "data type = 5",
        "interleave = bsq",
        "byte order = 0",
        "reflectance scale factor = 1.0",
        "wavelength units = Nanometers",
        "z plot titles = {Wavelength (nm), Reflectance}",
        f"spectra names = {{{', '.join(_word(one.name) or 'spectrum' for one in spectra)}}}",
        f"wavelength = {{{', '.join(format(value, '.10g') for value in waves)}}}",
    ]
    header = ("\n".join(lines) + "\n").encode("utf-8", "replace")
    with open_output(target, what="spectral library") as output:
        try:
            output.path.write_bytes(content)
            output.path.with_suffix(".hdr").write_bytes(header)
        except OSError as error:
            raise output.failed(error) from error
        output.commit()


def read_header(path: Path) -> Dict[str, str]:
    """Fields of an ENVI header by their names in lower case.

    Parameters
    ----------
    path : Path

    Returns
    -------
    dict of str to str

    Raises
    ------
    LibraryError
        If the file is no ENVI header.
    """
    try:
        with open(path, "rb") as file:
            content = file.read(MOST_HEADER_BYTES + 1)
    except OSError as error:
        raise LibraryError(
            f"The header {path} cannot be read ({error.strerror or error}): check the path."
        ) from error
    if len(content) > MOST_HEADER_BYTES:
        raise LibraryError(f"{path.name} is too large for a header: choose another file.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("latin-1")
    first, _, rest = text.lstrip().partition("\n")
    if first.strip() != _FIRST_LINE:
        raise LibraryError(f"{path.name} does not begin with the line ENVI: it is no ENVI header.")
    fields: Dict[str, str] = {}
    name, parts = "", [""]
    is_open = False
    for line in rest.splitlines():
        if is_open:
            parts.append(line)
        elif "=" in line and not line.lstrip().startswith(";"):
            name, _, value = line.partition("=")
            name, parts = " ".join(name.lower().split()), [value.strip()]
            is_open = parts[0].startswith("{")
        else:
            continue
        if is_open and parts[-1].rstrip().endswith("}"):
            is_open = False
        if not is_open:
            fields[name] = "\n".join(parts).strip()
    if is_open:
        raise LibraryError(f"{path.name} ends inside the braces of {_short(name)!r}: it is cut.")
    return fields


def _data(
    path: Path, header_path: Path, header: Mapping[str, str], lines: int, samples: int
) -> _Floats:
    """Numbers of a library, shape (lines, samples)."""
    where = path.name
    kind = _DTYPES.get(_whole(header, "data type", where))
    if kind is None:
        raise LibraryError(
            f"{where} has data type {_short(header['data type'])}, which is no real number: save "
            "the library as floating point."
        )
    order = "<" if _whole(header, "byte order", where, 0) == 0 else ">"
    dtype = np.dtype(order + kind)
    offset = _whole(header, "header offset", where, 0)
    count = lines * samples
    try:
        file = _numbers_file(path, header_path)
        with open(file, "rb") as handle:
            handle.seek(offset)
            content = handle.read(count * dtype.itemsize)
    except (OSError, OverflowError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise LibraryError(f"The library {path} cannot be read ({reason}): check it.") from error
    if len(content) < count * dtype.itemsize:
        raise LibraryError(
            f"{where} holds {len(content)} bytes where its header tells {count * dtype.itemsize}: "
            "it is cut, or the header is of another file."
        )
    values: _Floats = np.frombuffer(content, dtype).astype(np.float64).reshape(lines, samples)
    return values


def _numbers_file(path: Path, header_path: Path) -> Path:
    """The file of the numbers, for a library that is chosen by its header too."""
    if path != header_path:
        return path
    for ending in _ENDINGS:
        candidate = path.with_name(path.stem + ending)
        if candidate != path and candidate.is_file():
            return candidate
    raise LibraryError(
        f"{path.name} has no numbers beside it ({path.stem}.sli): an ENVI spectral library "
        "consists of both files."
    )


def files_of(path: Path) -> Tuple[Path, ...]:
    """Both files of a library, as far as they exist.

    Parameters
    ----------
    path : Path

    Returns
    -------
    tuple of Path
    """
    try:
        header = header_of(path)
        return (_numbers_file(path, header), header)
    except LibraryError:
        return (path,)


def _whole(
    header: Mapping[str, str], name: str, where: str, default: Union[int, None] = None
) -> int:
    text = header.get(name, "")
    if not text and default is not None:
        return default
    if not re.fullmatch(r"\d{1,12}", text.strip()):
        raise LibraryError(
            f"{where} has no whole number as {name!r} in its header ({_short(text) or 'nothing'}): "
            "correct the header."
        )
    return int(text)


def _numbers(text: str, where: str) -> List[float]:
    parts = text.strip().strip("{}").replace("\n", " ").split(",")
    try:
        return [float(part) for part in parts if part.strip()]
    except ValueError:
        raise LibraryError(
            f"{where} has a list in its header that is not of numbers ({_short(text)}): correct "
            "the header."
        ) from None


def _names(header: Mapping[str, str], count: int) -> List[str]:
    """Names of the spectra; numbers where the header has none."""
    text = header.get("spectra names", "").strip().strip("{}")
    names = [" ".join(part.split())[:200] for part in text.split(",")]
    if len(names) != count:
        names = [""] * count
    return [name or f"spectrum {number}" for number, name in enumerate(names, start=1)]


def _word(text: str) -> str:
    """A text without the signs that divide a header."""
    return " ".join(re.sub(r"[,{}=\x00-\x1f]", " ", text).split())


def _short(text: str) -> str:
    return " ".join(text.split())[:60]
