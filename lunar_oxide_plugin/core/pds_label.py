"""What a PDS3 label says of an image's bands; GDAL does not pass it on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import List, Tuple

from .bands import to_nanometres

#: An attached label stands at the start of the image file, well within this many bytes.
MAX_LABEL_BYTES = 1 << 20


@dataclass(frozen=True)
class LabelBand:
    """A band's filter name, centre wavelength and width (nm; width 0 if the label has none)."""

    name: str
    wavelength_nm: float
    width_nm: float


def read_band_definitions(path: Path) -> Tuple[LabelBand, ...]:
    """Bands that a PDS3 label defines, in the image's order.

    Parameters
    ----------
    path : path of a detached label (``.lbl``) or of an image with an attached one

    Returns
    -------
    tuple of LabelBand
        Empty if the file is no PDS3 label or says nothing of wavelengths.
    """
    label = _label_text(path)
    centres = _wavelengths(_values(label, "CENTER_FILTER_WAVELENGTH"))
    if not centres:
        return ()
    widths = _wavelengths(_values(label, "BANDWIDTH"))
    names = _values(label, "FILTER_NAME")
    if len(widths) != len(centres):
        widths = [0.0] * len(centres)
    if len(names) != len(centres):
        names = [""] * len(centres)
    return tuple(LabelBand(*fields) for fields in zip(names, centres, widths))


def _label_text(path: Path) -> str:
    """The label as text; empty if the file is none or cannot be read."""
    try:
        with open(path, "rb") as handle:
            content = handle.read(MAX_LABEL_BYTES)
    except (OSError, ValueError):
        return ""
    text = content.decode("latin-1")
    if "PDS_VERSION_ID" not in text[:1024]:
        return ""
    return re.split(r"^[ \t]*END[ \t]*\r?$", text, maxsplit=1, flags=re.MULTILINE)[0]


def _values(label: str, keyword: str) -> List[str]:
    """Values of a keyword whose right side is a list in parentheses, over any lines."""
    match = re.search(rf"^[ \t]*{keyword}[ \t]*=[ \t]*\(([^()]*)\)", label, re.MULTILINE)
    if match is None:
        return []
    return [" ".join(part.split()).strip("\"'") for part in match.group(1).split(",")]


def _wavelengths(values: List[str]) -> List[float]:
    """Numbers with an optional unit in angle brackets, as nm; empty if one is malformed."""
    found = []
    for value in values:
        match = re.fullmatch(r"(\d+(?:\.\d*)?(?:[eE][-+]?\d+)?)\s*(?:<\s*([^<>]*?)\s*>)?", value)
        if match is None:
            return []
        found.append(to_nanometres(float(match.group(1)), match.group(2) or ""))
    return found
