"""Find codes among a raster's numbers: by its label, its format and its product."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Iterable, List, Mapping, Optional, Tuple

import numpy as np

from ..errors import RasterError
from . import pds_label
from .pds_label import LabelCodes
from .quality import BRIGHTEST_SOIL, SHADOW_REFLECTANCE
from .sensors import known
from .wavelengths import product_names

if TYPE_CHECKING:
    import rasterio

#: ISIS special pixels by pixel type: those without data or too low (Null, LRS, LIS), and those too
#: high (HIS, HRS). ISIS documentation, "Special Pixels"; SpecialPixel.h.
ISIS_LOW: Mapping[str, Tuple[Any, ...]] = {
    "uint8": (0,),
    "uint16": (0, 1, 2),
    "int16": (-32768, -32767, -32766),
    "int32": (-8388613, -8388612, -8388611),
    "uint32": (0, 1, 2),
    "float32": tuple(np.array([0xFF7FFFFB, 0xFF7FFFFC, 0xFF7FFFFD], "u4").view("f4").tolist()),
    "float64": tuple(
        np.array([0xFFEFFFFFFFFFFFFB, 0xFFEFFFFFFFFFFFFC, 0xFFEFFFFFFFFFFFFD], "u8")
        .view("f8")
        .tolist()
    ),
}
ISIS_HIGH: Mapping[str, Tuple[Any, ...]] = {
    "uint8": (255,),
    "uint16": (65534, 65535),
    "int16": (-32765, -32764),
    "int32": (-8388610, -8388609),
    "uint32": (4294967294, 4294967295),
    "float32": tuple(np.array([0xFF7FFFFE, 0xFF7FFFFF], "u4").view("f4").tolist()),
    "float64": tuple(np.array([0xFFEFFFFFFFFFFFFE, 0xFFEFFFFFFFFFFFFF], "u8").view("f8").tolist()),
}

_ISIS_DRIVERS = ("ISIS2", "ISIS3")

#: A PDS4 label's special constants that GDAL does not pass on.
_PDS4_CONSTANT = re.compile(rb"<(?:\w+:)?(\w+)_constant>\s*([-+\w.]+)\s*</")
_PDS4_SATURATED = ("saturated", "high_instrument_saturation", "high_representation_saturation")


@dataclass(frozen=True)
class BandCodes:
    """Codes of one band in the raster's own type; `saturated` are among `invalid`."""

    invalid: Tuple[Any, ...]
    saturated: Tuple[Any, ...]


@dataclass(frozen=True)
class FileCodes:
    """Codes that apply to all bands of a file.

    Attributes
    ----------
    label : LabelCodes
    isis : bool
        Whether ISIS's special pixels apply.
    shadow_reflectance : float
        Highest reflectance that is shadow in its product.
    """

    label: LabelCodes
    isis: bool
    shadow_reflectance: float


def read_file_codes(dataset: rasterio.DatasetReader, path: str) -> FileCodes:
    """Codes of an open raster, from its label, format and name."""
    label = LabelCodes()
    if dataset.driver == "PDS":
        label = pds_label.read_codes(Path(path))
    elif dataset.driver == "PDS4":
        label = _pds4_codes(Path(path))
    isis = dataset.driver in _ISIS_DRIVERS or "json:ISIS3" in dataset.tag_namespaces()
    return FileCodes(label, isis, _shadow_reflectance(dataset, path, label))


def band_codes(
    dtype: np.dtype[Any], scale: float, offset: float, nodata: Optional[float], of: FileCodes
) -> BandCodes:
    """Codes of a band.

    Parameters
    ----------
    dtype : numpy dtype
        The raster's own.
    scale, offset : float
        Reflectance = number * scale + offset.
    nodata : float, or None
        As declared.
    of : FileCodes
    """
    saturated = list(of.label.saturated)
    invalid = [] if nodata is None else [nodata]
    invalid += of.label.invalid
    if dtype.kind in "iu":
        full = float(np.iinfo(dtype).max)
        # A full-scale number may be any brighter value, or a fill.
        if dtype == np.int16 or (dtype.itemsize <= 2 and full * scale + offset > BRIGHTEST_SOIL):
            saturated.append(full)
    for numbers in known.numbers_like(dtype.name, scale):
        invalid += numbers.invalid
        saturated += numbers.saturated
    # Converted cubes keep the meaning of their codes, if these cannot be reflectance.
    null = ISIS_LOW.get(dtype.name, (None,))[0]
    isis = of.isis or (dtype.kind == "f" and nodata == null)
    if isis or dtype.kind == "f" or (dtype == np.int16 and offset == 0.0):
        invalid += ISIS_LOW.get(dtype.name, ())
        saturated += ISIS_HIGH.get(dtype.name, ())
        if dtype == np.float64:
            invalid += ISIS_LOW["float32"]
            saturated += ISIS_HIGH["float32"]
    high = set(_typed(saturated, dtype))
    if nodata is not None:
        high -= set(_typed([nodata], dtype))
    if dtype.kind == "f" and not isis:
        high.discard(np.finfo(dtype).min)  # a common fill, and ISIS's HRS
    return BandCodes(_typed([*invalid, *saturated], dtype), tuple(sorted(high)))


def _typed(codes: Iterable[float], dtype: np.dtype[Any]) -> Tuple[Any, ...]:
    """Codes in the raster's own type: -3.4e38 changes when it is cast to double."""
    fitting = {np.asarray(code).astype(dtype)[()] for code in codes if _fits(float(code), dtype)}
    return tuple(sorted(fitting))


def _fits(code: float, dtype: np.dtype[Any]) -> bool:
    """Whether a pixel can have this value; a cast would wrap -9999 to 241 in a byte."""
    if math.isnan(code):
        return False  # the test for finite numbers finds it
    if dtype.kind in "iu":
        limits = np.iinfo(dtype)
        return code.is_integer() and int(limits.min) <= code <= int(limits.max)
    return True


def _shadow_reflectance(dataset: rasterio.DatasetReader, path: str, label: LabelCodes) -> float:
    if label.shadow_up_to is not None:
        return label.shadow_up_to * float(dataset.scales[0])
    names = product_names(dataset, path)
    ends = [
        sensor.numbers.shadow_up_to[version] * sensor.numbers.scale
        for sensor in known.SENSORS
        if sensor.numbers is not None
        for version in {sensor.version_in(name) or "" for name in names}
        if version in sensor.numbers.shadow_up_to
    ]
    return max(ends, default=SHADOW_REFLECTANCE)


def _pds4_codes(path: Path) -> LabelCodes:
    try:
        with open(path, "rb") as file:
            text = file.read(pds_label.MAX_LABEL_BYTES)
    except (OSError, ValueError):
        return LabelCodes()
    invalid: List[float] = []
    saturated: List[float] = []
    for name, value in _PDS4_CONSTANT.findall(text):
        number = _number(value.decode("ascii", "replace"))
        if number is not None:
            (saturated if name.decode("ascii", "replace") in _PDS4_SATURATED else invalid).append(
                number
            )
    return LabelCodes(tuple(invalid), tuple(saturated))


def _number(text: str) -> Optional[float]:
    try:
        return float(text)
    except ValueError:
        return None


def reflectance_factor(dataset: rasterio.DatasetReader, name: str) -> Optional[float]:
    """Reflectance per step from an ENVI header's ``reflectance scale factor``; None if missing.

    Raises
    ------
    RasterError
        If the factor is no positive number, or contradicts the bands' gains.
    """
    tags = {key.lower().replace(" ", "_"): v for key, v in dataset.tags(ns="ENVI").items()}
    text = tags.get("reflectance_scale_factor", "")
    if not text:
        return None
    factor = _number(text.strip("{} "))
    if factor is None or not 0.0 < factor < math.inf:
        raise RasterError(
            f"{name} has the reflectance scale factor {text!r} in its header, which is no positive "
            "number: correct the header, or set SCALE."
        )
    scales = set(dataset.scales)
    if scales != {1.0} and not all(math.isclose(s * factor, 1.0, rel_tol=1e-6) for s in scales):
        raise RasterError(
            f"{name} has both a reflectance scale factor ({factor:g}) and data gain values in its "
            "header, and they contradict each other: set SCALE and OFFSET."
        )
    return 1.0 / factor
