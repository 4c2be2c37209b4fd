"""Measured spectra with their reflectance in a model's bands."""

from __future__ import annotations

from typing import List, Sequence, Tuple

import numpy as np

from ...libraries.spectra_prediction import SpectraPrediction
from ..numbers import number
from .svg import (
    Frame,
    Markup,
    Plane,
    axis_between,
    axis_over,
    clipped,
    drawing,
    element,
    short,
)

#: All spectra in one chart, and one spectrum.
_WIDE = Frame(width=720.0, height=340.0, left=56.0, right=710.0, bottom=298.0)
_SMALL = Frame(width=360.0, height=220.0, left=56.0, bottom=178.0)

#: Samples of a spectrum that a chart shows at most: it has fewer points across.
MOST_SAMPLES = 400


def all_spectra_svg(result: SpectraPrediction, places: Sequence[int], ident: str) -> Markup:
    """Several spectra in the model's bands, those with a doubtful prediction in another colour.

    Parameters
    ----------
    result : SpectraPrediction
    places : sequence of int
        Spectra with a prediction, from 0; at least one.
    ident : str
        Unique on the page.
    """
    plane = _plane(result, places, _WIDE, ())
    shapes = []
    for place in places:
        css = "unseen" if result.is_doubtful(place) else "seen"
        line = element(
            "path", element("title", result.spectra[place].name), d=_bands(plane, result, place)
        )
        shapes.append(element("g", line, class_=f"spectrum {css}"))
    low, high = _range(result, places)
    words = (
        f"{len(places)} spectra in {len(result.bands)} bands: reflectance from {number(low, 3)} to "
        f"{number(high, 3)}."
    )
    return drawing(
        ident, "Spectra in the model's bands", words, _WIDE, [*plane.axes(), clipped(ident, shapes)]
    )


def spectrum_svg(result: SpectraPrediction, place: int, ident: str) -> Markup:
    """One spectrum as measured, and its reflectance in the model's bands.

    Parameters
    ----------
    result : SpectraPrediction
    place : int
        A spectrum with a prediction, from 0.
    ident : str
        Unique on the page.
    """
    measured = _measured(result, place)
    plane = _plane(result, [place], _SMALL, [value for _, value in measured])
    css = "unseen" if result.is_doubtful(place) else "seen"
    shapes = [element("g", element("path", d=_path(plane, measured)), class_=f"spectrum {css}")]
    for band, value in zip(result.bands, result.reflectance[:, place].tolist()):
        x, y = plane.at(band.wavelength_nm, value)
        tip = f"{band.wavelength_nm:g} nm: {number(value, 4)}"
        point = element("circle", cx=x, cy=y, r=2.6)
        shapes.append(element("g", point, element("title", tip), class_=f"point {css}"))
    low, high = _range(result, [place])
    words = f"Reflectance in the model's bands from {number(low, 4)} to {number(high, 4)}."
    title = f"Spectrum of {result.spectra[place].name}"
    return drawing(ident, title, words, _SMALL, [*plane.axes(), clipped(ident, shapes)])


def _plane(
    result: SpectraPrediction, places: Sequence[int], frame: Frame, others: Sequence[float]
) -> Plane:
    first, last = _ends(result)
    values = [*result.reflectance[:, list(places)].ravel().tolist(), *others]
    return Plane(
        frame,
        axis_between(first, last, "wavelength (nm)"),
        axis_over(values, "reflectance", floor=0.0, smallest=0.01),
    )


def _ends(result: SpectraPrediction) -> Tuple[float, float]:
    """Wavelengths (nm) around the model's bands."""
    centres = [band.wavelength_nm for band in result.bands]
    margin = 0.04 * (max(centres) - min(centres)) + 10.0
    return min(centres) - margin, max(centres) + margin


def _range(result: SpectraPrediction, places: Sequence[int]) -> Tuple[float, float]:
    values = result.reflectance[:, list(places)]
    return float(values.min()), float(values.max())


def _measured(result: SpectraPrediction, place: int) -> List[Tuple[float, float]]:
    """Samples between the ends of the chart, thinned to what it can show."""
    spectrum = result.spectra[place]
    first, last = _ends(result)
    waves, values = spectrum.wavelengths_nm, spectrum.reflectance
    inside = np.isfinite(values) & (waves >= first) & (waves <= last)
    step = max(1, -(-int(inside.sum()) // MOST_SAMPLES))
    return list(zip(waves[inside][::step].tolist(), values[inside][::step].tolist()))


def _bands(plane: Plane, result: SpectraPrediction, place: int) -> str:
    centres = [band.wavelength_nm for band in result.bands]
    pairs = sorted(zip(centres, result.reflectance[:, place].tolist()))
    return _path(plane, pairs)


def _path(plane: Plane, points: Sequence[Tuple[float, float]]) -> str:
    places = [plane.at(x, y) for x, y in points]
    return "M" + "L".join(f"{short(x)} {short(y)}" for x, y in places)
