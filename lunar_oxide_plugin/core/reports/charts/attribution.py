"""Contribution of each band to a prediction, as horizontal bars."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import List, Sequence

from ...chemistry.oxides import UNIT, Oxide
from ...rasters.bands import ModelBand
from ..numbers import number, signed
from .names import cut
from .svg import Axis, Frame, Markup, Plane, drawing, element

_ROW = 19.0
_FRAME = Frame(left=64.0, right=350.0)
#: Room for a number beyond the longest bar, as a share of the bar's length.
_ROOM = 0.34


def attribution_svg(
    oxide: Oxide,
    bands: Sequence[ModelBand],
    values: Sequence[float],
    ident: str,
    largest: float,
    negative: bool,
) -> Markup:
    """One bar per band, red to the right of zero and blue to the left.

    Parameters
    ----------
    values : sequence of float
        wt%, one per band.
    ident : str
        Unique on the page.
    largest : float
        wt% of a bar of full length, one for all charts that are compared.
    negative : bool
        Whether there is room for bars to the left of zero.
    """
    reach = max(largest, 1e-6) * (1.0 + _ROOM)
    bottom = _FRAME.top * 2 + _ROW * len(bands)
    plane = Plane(
        replace(_FRAME, height=bottom + 4.0, bottom=bottom),
        Axis(-reach if negative else 0.0, reach, (), 0),
        Axis(0.0, bottom - _FRAME.top, (), 0),
    )
    write = signed if negative else number
    parts: List[Markup] = []
    for row, (band, value) in enumerate(zip(bands, values)):
        middle = plane.y.high - _FRAME.top / 2 - (row + 0.5) * _ROW
        x, y = plane.at(value, middle)
        low = value < 0.0
        side, anchor, css = (-4.0, "end", "cell down4") if low else (4.0, "start", "cell up4")
        parts += [
            plane.row_name(_band_name(band), y),
            plane.box(0.0, middle - 6.5, value, middle + 6.5, css),
            element("text", write(value), class_=f"value {anchor}", x=x + side, y=y + 3.6),
        ]
    parts.append(plane.line(0.0, 0.0, 0.0, plane.y.high, "zero"))
    words = "; ".join(f"{_band_name(band)} {write(value)}" for band, value in zip(bands, values))
    title = f"{oxide.pretty}: attribution by band ({UNIT})"
    return drawing(ident, title, words, plane.frame, parts, "bars")


def _band_name(band: ModelBand) -> str:
    if math.isfinite(band.wavelength_nm):
        return f"{band.wavelength_nm:g} nm"
    return cut(band.name, 10)
