"""Curves of readings as the chart shows them: reflectance, normalised, without continuum, ratio."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import List, Optional, Sequence, Tuple, Union

import numpy as np
import numpy.typing as npt

from ..files import write_text
from ..rasters.sensors.known import MI
from ..tabular import csv_text
from .reading import SpectrumReading

FloatArray = npt.NDArray[np.float64]

#: Ends of the straight-line continuum, nm: the shoulders of the 1000 nm absorption for the
#: Multiband Imager, as in the band depths of `products.spectral_parameters` (Uemoto et al. 2010).
LINE_ENDS_NM = tuple(MI.nominal_filter(name).wavelength_nm for name in ("750", "1550"))

#: Largest distance in nm between a wavelength asked for and the band that is taken for it.
REACH_NM = 15.0


class CurveKind(Enum):
    """What the vertical axis shows."""

    REFLECTANCE = "reflectance"
    NORMALISED = "normalised"
    HULL = "hull"
    LINE = "line"
    RATIO = "ratio"


@dataclass(frozen=True)
class CurveView:
    """A choice of the vertical axis.

    Attributes
    ----------
    kind : CurveKind
    wavelength_nm : float, optional
        Where curves are 1, for `NORMALISED`.
    reference : SpectrumReading, optional
        The reading to divide by, for `RATIO`.
    reference_name : str
        Its name.
    """

    kind: CurveKind = CurveKind.REFLECTANCE
    wavelength_nm: Optional[float] = None
    reference: Optional[SpectrumReading] = None
    reference_name: str = ""

    @property
    def text(self) -> str:
        """What is shown, for tables."""
        if self.kind is CurveKind.NORMALISED:
            return f"reflectance normalised at {self.wavelength_nm or 0.0:g} nm"
        if self.kind is CurveKind.HULL:
            return "continuum removed (convex hull)"
        if self.kind is CurveKind.LINE:
            low, high = LINE_ENDS_NM
            return f"continuum removed (straight line {low:g}-{high:g} nm)"
        if self.kind is CurveKind.RATIO:
            return f"ratio to {self.reference_name}"
        return "reflectance"


@dataclass(frozen=True)
class Curve:
    """A drawn curve: its value at each wavelength, and the range of its pixels.

    Attributes
    ----------
    wavelengths_nm, value : float64 array, shape (bands,)
        `value` is NaN where the view has none.
    low, high : float64 array, shape (bands,)
        Range of the middle 90 % of the pixels; NaN where it is not known.
    """

    wavelengths_nm: FloatArray
    value: FloatArray
    low: FloatArray
    high: FloatArray

    @property
    def has_spread(self) -> bool:
        """Whether there is a range that is wider than the line."""
        return bool(np.any(self.high > self.low))


def curve_of(reading: SpectrumReading, view: CurveView) -> Optional[Curve]:
    """The curve of a reading.

    The value is that of the median spectrum. The range is that of the pixels' own curves, so the
    range of a normalised box is zero where the curves are 1.

    Parameters
    ----------
    reading : SpectrumReading
    view : CurveView

    Returns
    -------
    Curve or None
        None where the view needs a wavelength or bands that the reading lacks.
    """
    centres = np.asarray(reading.wavelengths_nm, dtype=np.float64)
    median = np.array([spread.median for spread in reading.reflectance])
    value = _viewed(centres, median[:, None], reading.has_wavelengths, view)
    if value is None:
        return None
    if view.kind in (CurveKind.REFLECTANCE, CurveKind.RATIO):
        # Dividing by one spectrum keeps the order of the pixels: the range stays exact.
        ends = np.array([[spread.low, spread.high] for spread in reading.reflectance])
        spread = _viewed(centres, ends, reading.has_wavelengths, view)
    elif reading.n_valid == 1:
        spread = np.repeat(value, 2, axis=1)
    elif reading.pixels is None:
        spread = np.full((centres.size, 2), np.nan)
    else:
        pixels = reading.pixels.astype(np.float64)
        curves = _viewed(centres, pixels, reading.has_wavelengths, view)
        spread = None if curves is None else _middle(curves)
    if spread is None:
        return None
    return Curve(centres, value[:, 0], spread[:, 0], spread[:, 1])


def curve_of_spectrum(
    wavelengths_nm: Sequence[float], reflectance: Sequence[float], view: CurveView
) -> Optional[Curve]:
    """The curve of a spectrum without pixels, e.g. of a station.

    Parameters
    ----------
    wavelengths_nm, reflectance : sequence of float
    view : CurveView

    Returns
    -------
    Curve or None
        As for `curve_of`.
    """
    centres = np.asarray(wavelengths_nm, dtype=np.float64)
    values = _viewed(centres, np.asarray(reflectance, dtype=np.float64)[:, None], True, view)
    if values is None:
        return None
    nothing = np.full(centres.size, np.nan)
    return Curve(centres, values[:, 0], nothing, nothing)


def convex_hull(wavelengths_nm: FloatArray, reflectance: FloatArray) -> FloatArray:
    """The upper convex hull of a spectrum: the continuum of Clark & Roush (1984).

    J. Geophys. Res. 89(B7), 6329-6340, doi 10.1029/JB089iB07p06329.

    Parameters
    ----------
    wavelengths_nm, reflectance : array, shape (bands,)
        In any order of wavelengths.

    Returns
    -------
    array, shape (bands,)
        At each band the highest straight line between two bands around it; never below the
        spectrum.
    """
    order = np.argsort(wavelengths_nm, kind="stable")
    x, y = wavelengths_nm[order], reflectance[order]
    corners: List[int] = []
    for place in range(x.size):
        while len(corners) > 1 and _turns_up(x, y, corners[-2], corners[-1], place):
            corners.pop()
        corners.append(place)
    hull = np.empty_like(y)
    hull[order] = np.maximum(np.interp(x, x[corners], y[corners]), y)
    return hull


def _turns_up(x: FloatArray, y: FloatArray, a: int, b: int, c: int) -> bool:
    """Whether the corner b lies on or below the line from a to c."""
    return bool((x[b] - x[a]) * (y[c] - y[a]) >= (y[b] - y[a]) * (x[c] - x[a]))


def _viewed(
    centres: FloatArray, spectra: FloatArray, has_wavelengths: bool, view: CurveView
) -> Optional[FloatArray]:
    """Spectra, shape (bands, n), in a view; None where it does not apply."""
    if view.kind is CurveKind.REFLECTANCE:
        return spectra
    if view.kind is CurveKind.RATIO:
        base = _reference(centres, view)
        return None if base is None else _divided(spectra, base[:, None])
    if not has_wavelengths:
        return None
    if view.kind is CurveKind.NORMALISED:
        place = _nearest(centres, view.wavelength_nm)
        return None if place is None else _divided(spectra, spectra[place][None, :])
    if view.kind is CurveKind.HULL:
        hulls = [convex_hull(centres, spectrum) for spectrum in spectra.T]
        return _divided(spectra, np.stack(hulls, axis=1))
    return _without_line(centres, spectra)


def _without_line(centres: FloatArray, spectra: FloatArray) -> Optional[FloatArray]:
    """Spectra over the straight line between the two ends; NaN beyond them."""
    ends = [_nearest(centres, end) for end in LINE_ENDS_NM]
    left, right = ends
    if left is None or right is None:
        return None
    share = ((centres - centres[left]) / (centres[right] - centres[left]))[:, None]
    line = (1.0 - share) * spectra[left][None, :] + share * spectra[right][None, :]
    return np.where((share >= 0.0) & (share <= 1.0), _divided(spectra, line), np.nan)


def _reference(centres: FloatArray, view: CurveView) -> Optional[FloatArray]:
    """The median spectrum to divide by; None if it has other bands."""
    if view.reference is None or len(view.reference.reflectance) != centres.size:
        return None
    if not np.allclose(view.reference.wavelengths_nm, centres, atol=REACH_NM, rtol=0.0):
        return None
    return np.array([spread.median for spread in view.reference.reflectance])


def _nearest(centres: FloatArray, wanted_nm: Optional[float]) -> Optional[int]:
    if wanted_nm is None:
        return None
    place = int(np.argmin(np.abs(centres - wanted_nm)))
    return place if abs(centres[place] - wanted_nm) <= REACH_NM else None


def _divided(above: FloatArray, below: FloatArray) -> FloatArray:
    """Quotients; NaN where the divisor is not positive."""
    with np.errstate(all="ignore"):
        return np.where(below > 0.0, above / below, np.nan)


def _middle(curves: FloatArray) -> FloatArray:
    """Range of the middle 90 % of the pixels at each band, shape (bands, 2)."""
    known = np.isfinite(curves).all(axis=1)
    spread = np.full((curves.shape[0], 2), np.nan)
    spread[known] = np.quantile(curves[known], (0.05, 0.95), axis=1).T
    return spread


#: Name of a curve, its kind ("reading" or "station"), and the curve.
NamedCurve = Tuple[str, str, Curve]


def render(curves: Sequence[NamedCurve], view: CurveView) -> str:
    """Curves as a table with a row for each point.

    Parameters
    ----------
    curves : sequence of NamedCurve
    view : CurveView

    Returns
    -------
    str
        CSV with the columns curve, kind, quantity, wavelength_nm, value, p05, p95.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(["curve", "kind", "quantity", "wavelength_nm", "value", "p05", "p95"])
    for name, kind, curve in curves:
        points = zip(curve.wavelengths_nm, curve.value, curve.low, curve.high)
        for centre, *numbers in points:
            cells = [format(x, ".7g") if np.isfinite(x) else "" for x in numbers]
            writer.writerow([csv_text(name), kind, view.text, format(centre, "g"), *cells])
    return buffer.getvalue()


def write(curves: Sequence[NamedCurve], view: CurveView, path: Union[str, Path]) -> None:
    """Write curves as a CSV file (UTF-8).

    Parameters
    ----------
    curves : sequence of NamedCurve
    view : CurveView
    path : str or Path

    Raises
    ------
    OutputError
        If the file cannot be written.
    """
    write_text(path, render(curves, view), "table")
