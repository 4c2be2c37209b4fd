"""Read bands, codes and position from a PDS3 label; GDAL gives only a small part of them."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from pathlib import Path
from typing import List, Optional, Tuple

from .archives import read_head
from .bands import to_nanometres

#: Bytes at the start of an image file in which an attached label lies.
MAX_LABEL_BYTES = 1 << 20

#: Largest plausible upper end of shadow: reflectance 0.02 in MI_MAP products.
MAX_SHADOW_DN = 1000

#: The statement that ends a label: on a line of its own, or followed directly by the image, as in
#: MI_MAP version 2. ``End_Object`` and ``END`` within a sentence do not match.
_END = re.compile(r"^[ \t]*END(?=[ \t]*(?:\r?\n|\r|\Z)|[^ -~\t\r\n])", re.MULTILINE)

#: Right side of a statement: one value, or a list in parentheses (which may contain lists) over
#: several lines. A unit after a list applies to all its values (MI_MAP version 2).
_VALUE = r"(?:\(((?:[^()]|\([^()]*\))*)\)[ \t]*(<[^<>\r\n]*>)?|([^(\r\n][^\r\n]*))"

#: Comments count as white space in PDS3; they end within the line and are not nested.
_COMMENT = re.compile(r"/\*(?:(?!/\*|\*/)[^\r\n])*\*/")

#: A number with an optional unit: ``414.0 <nm>``.
_QUANTITY = re.compile(r"(\d+(?:\.\d*)?(?:[eE][-+]?\d{1,3})?)\s*(?:<\s*([^<>]*?)\s*>)?")


@dataclass(frozen=True)
class LabelBand:
    """A band's filter name, centre wavelength and width (nm; width 0 if the label has none)."""

    name: str
    wavelength_nm: float
    width_nm: float


@dataclass(frozen=True)
class LabelCodes:
    """Numbers that a label declares as codes, not measurements.

    Attributes
    ----------
    invalid, saturated : tuple of float
        In the image's own numbers.
    shadow_up_to : int, or None
        Highest digital number that is shadow in the product.
    """

    invalid: Tuple[float, ...] = ()
    saturated: Tuple[float, ...] = ()
    shadow_up_to: Optional[int] = None


def read_band_definitions(path: Path) -> Tuple[LabelBand, ...]:
    """Bands that a PDS3 label defines, in the image's order.

    Parameters
    ----------
    path : path of a detached label (``.lbl``) or of an image with an attached one

    Returns
    -------
    tuple of LabelBand
        Empty if the file is not a PDS3 label or gives no wavelengths.
    """
    label = _label_text(path)
    centres = _wavelengths(_values(label, "CENTER_FILTER_WAVELENGTH"))
    if not centres:
        return ()
    widths = _wavelengths(_values(label, "BANDWIDTH"))
    names = [name.strip("\"'") for name in _values(label, "FILTER_NAME")]
    if len(widths) != len(centres):
        widths = [0.0] * len(centres)
    if len(names) != len(centres):
        names = [""] * len(centres)
    return tuple(LabelBand(*fields) for fields in zip(names, centres, widths))


def read_codes(path: Path) -> LabelCodes:
    """Digital numbers that a PDS3 label declares as codes, not measurements.

    These are its INVALID_VALUE (in MI_MAP products: saturation, minus, defect, other; INVALID_TYPE
    gives the meaning of each) and its OUT_OF_IMAGE_BOUNDS_VALUE, and the end of shadow,
    SHADOWED_AREA_MAXIMUM. GDAL does not read these keywords.

    Parameters
    ----------
    path : path of a detached label (``.lbl``) or of an image with an attached one

    Returns
    -------
    LabelCodes
        Empty if the file is no PDS3 label or declares none.
    """
    label = _label_text(path)
    invalid = _integers(_values(label, "INVALID_VALUE"))
    kinds = [kind.strip("\"'").upper() for kind in _values(label, "INVALID_TYPE")]
    saturated = [
        code for kind, code in zip(kinds, invalid) if kind.startswith("SATUR") and code is not None
    ]
    outside = _integers(_values(label, "OUT_OF_IMAGE_BOUNDS_VALUE"))
    shadow = [code for code in _integers(_values(label, "SHADOWED_AREA_MAXIMUM")) if code]
    return LabelCodes(
        invalid=tuple(float(code) for code in (*invalid, *outside) if code is not None),
        saturated=tuple(map(float, saturated)),
        shadow_up_to=max(shadow) if shadow and 0 < max(shadow) <= MAX_SHADOW_DN else None,
    )


def read_instrument(path: Path) -> str:
    """Instrument, data set and product of a PDS3 label, in one line.

    Parameters
    ----------
    path : path of a detached label (``.lbl``) or of an image with an attached one

    Returns
    -------
    str
        Empty if the file is not a PDS3 label or gives none of them.
    """
    label = _label_text(path)
    keywords = ("INSTRUMENT_NAME", "INSTRUMENT_ID", "DATA_SET_ID", "PRODUCT_SET_ID", "PRODUCT_ID")
    return " ".join(value for word in keywords for value in _values(label, word))


@dataclass(frozen=True)
class LabelledExtent:
    """The position of an image according to its label.

    Attributes
    ----------
    west, east : float
        East longitudes in degrees, of any turn; `east` is at most a turn greater.
    south, north : float
        Latitudes in degrees.
    pixels_per_degree : float, or None
    """

    west: float
    east: float
    south: float
    north: float
    pixels_per_degree: Optional[float]


def read_extent(path: Path) -> Optional[LabelledExtent]:
    """The extent of an image in its PDS3 label; None if it is missing or impossible.

    Parameters
    ----------
    path : path of a detached label (``.lbl``) or of an image with an attached one
    """
    label = _label_text(path)
    west, east, south, north = (
        _degrees(label, keyword)
        for keyword in (
            "WESTERNMOST_LONGITUDE",
            "EASTERNMOST_LONGITUDE",
            "MINIMUM_LATITUDE",
            "MAXIMUM_LATITUDE",
        )
    )
    if west is None or east is None or south is None or north is None or not south < north:
        return None
    if any("WEST" in value.upper() for value in _values(label, "POSITIVE_LONGITUDE_DIRECTION")):
        west, east = -west, -east
    span = (east - west) % 360.0 or 360.0
    resolution = _degrees(label, "MAP_RESOLUTION")
    return LabelledExtent(west, west + span, south, north, resolution or None)


def _degrees(label: str, keyword: str) -> Optional[float]:
    """A number with an optional unit; None if there is none."""
    for value in _values(label, keyword):
        match = re.match(r"[-+]?\d+(?:\.\d*)?(?:[eE][-+]?\d{1,3})?(?=\s*(?:<|$))", value)
        if match:
            return float(match.group())
    return None


def read_image_start(path: Path) -> int:
    """Bytes before the image in its file, according to the label's pointer.

    Parameters
    ----------
    path : path of a detached label (``.lbl``) or of an image with an attached one

    Returns
    -------
    int
        0 where the label has no pointer in bytes.
    """
    for value in _values(_label_text(path), r"\^IMAGE"):
        match = re.fullmatch(r"(\d{1,12})\s*<\s*BYTES\s*>", value)
        if match:
            return int(match.group(1)) - 1
    return 0


def _integers(values: List[str]) -> List[Optional[int]]:
    """Whole numbers without their units; None for other values."""
    matches = [re.fullmatch(r"([-+]?\d{1,10})\s*(<[^<>]*>)?", value) for value in values]
    return [int(match.group(1)) if match else None for match in matches]  # 32 bits at most


def is_label(path: Path) -> bool:
    """Whether a file starts like a PDS3 label."""
    return b"PDS_VERSION_ID" in read_head(path, 1024)


def _label_text(path: Path) -> str:
    """The label as text; empty if the file is not a label or cannot be read."""
    text = read_head(path, MAX_LABEL_BYTES).decode("latin-1")
    if "PDS_VERSION_ID" not in text[:1024]:
        return ""
    return _COMMENT.sub(" ", _END.split(text, maxsplit=1)[0])


def _values(label: str, keyword: str) -> List[str]:
    """Values of a keyword, each with its unit; one if the right side is no list."""
    match = re.search(rf"^[ \t]*{keyword}[ \t]*=\s*{_VALUE}", label, re.MULTILINE)
    if match is None:
        return []
    listed, unit, single = match.groups()
    if single is not None:
        return [single.strip()]
    values = [" ".join(part.split()) for part in re.split(r"[(),]", listed)]
    return [f"{value} {unit}" if unit and "<" not in value else value for value in values if value]


def _wavelengths(values: List[str]) -> List[float]:
    """Numbers with an optional unit in angle brackets, as nm; empty if one is not a wavelength."""
    found = []
    for value in values:
        match = _QUANTITY.fullmatch(value)
        if match is None:
            return []
        wavelength = to_nanometres(float(match.group(1)), match.group(2) or "")
        if not math.isfinite(wavelength):
            return []
        found.append(wavelength)
    return found
