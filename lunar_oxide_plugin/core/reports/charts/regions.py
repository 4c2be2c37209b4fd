"""Box plots of a quantity in several regions."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import List, Sequence, Tuple

from ...chemistry.oxides import Z90
from ...chemistry.quantities import Quantity
from ...regions.region_statistics import QuantityStatistics
from ..numbers import number
from .names import cut, letters
from .svg import WIDE_FRAME, Axis, Markup, Plane, axis_over, drawing, element, short

#: Height of a row, and half the height of a box.
_ROW = 30.0
_HALF_BOX = 0.24
_LONGEST_NAME = 26


def box_plot_svg(quantity: Quantity, rows: Sequence[Tuple[str, QuantityStatistics]]) -> Markup:
    """Rows from the top down: quartiles, 5 % and 95 %, median, and the mean with its interval.

    Parameters
    ----------
    quantity : Quantity
    rows : sequence of (name, QuantityStatistics)
        With known values.
    """
    ends: List[float] = []
    for _, item in rows:
        ends += [item.quantiles[0], item.quantiles[-1], *_interval(item)]
    smallest = 4.0 * 10.0**-quantity.decimals
    axis = axis_over(ends, quantity.axis, smallest=smallest)
    left = min(190.0, 20.0 + 5.9 * max(letters(cut(name, _LONGEST_NAME)) for name, _ in rows))
    bottom = WIDE_FRAME.top + _ROW * max(2, len(rows))
    frame = replace(WIDE_FRAME, left=left, bottom=bottom, height=bottom + 42.0)
    plane = Plane(frame, axis, Axis(0.0, float(max(2, len(rows))), (), 0))
    parts = plane.axes()
    words = []
    for place, (name, item) in enumerate(rows):
        middle = plane.y.high - place - 0.5
        tip = f"{name}: {_words(item)}"
        words.append(tip)
        parts.append(element("g", *_row(plane, item, middle), element("title", tip)))
        parts.append(plane.row_name(cut(name, _LONGEST_NAME), plane.at(axis.low, middle)[1]))
    return drawing(f"box-{quantity.key}", f"{quantity.name} by region", "; ".join(words),
                   frame, parts)  # fmt: skip


def _interval(item: QuantityStatistics) -> Tuple[float, float]:
    """The 90 % interval of the mean; the mean itself where its error is not known."""
    reach = Z90 * item.error if math.isfinite(item.error) else 0.0
    return item.mean - reach, item.mean + reach


def _row(plane: Plane, item: QuantityStatistics, middle: float) -> List[Markup]:
    least, first, median, third, most = item.quantiles
    low, high = middle - _HALF_BOX, middle + _HALF_BOX
    parts = [
        plane.line(least, middle, first, middle, "whisker"),
        plane.line(third, middle, most, middle, "whisker"),
        plane.box(first, low, third, high, "box"),
        plane.line(median, low, median, high, "median"),
    ]
    if math.isfinite(item.error):
        start, stop = _interval(item)
        parts.append(plane.line(start, middle, stop, middle, "bar unseen wide"))
    x, y = plane.at(item.mean, middle)
    d = "4.4"
    shape = f"M{short(x)} {short(y - 4.4)}l{d} {d}l-{d} {d}l-{d} -{d}z"
    parts.append(element("path", d=shape, class_="point unseen"))
    return parts


def _words(item: QuantityStatistics) -> str:
    decimals, unit = item.quantity.decimals, item.quantity.unit
    mean, error, median, first, third = (
        number(value, decimals)
        for value in (item.mean, item.error, item.median, item.quantiles[1], item.quantiles[3])
    )
    return f"mean {mean} \u00b1 {error} {unit}, median {median}, quartiles {first} and {third}"
