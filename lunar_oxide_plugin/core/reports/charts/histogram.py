"""Histograms of the prediction check: measured and predicted values, and residuals."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import List, Sequence, Tuple

import numpy as np
import numpy.typing as npt

from ...chemistry.oxides import UNIT, Oxide
from ..numbers import number, signed
from .check import RESIDUAL, ChartPoint
from .svg import (
    DRAWN_LAST,
    SEEN_CLASS,
    Axis,
    Frame,
    Markup,
    Plane,
    axis_between,
    drawing,
    element,
    nice_step,
    plain,
    short,
)

#: About this many bins over the values' range.
BINS = 10

_FRAME = Frame(height=244.0, bottom=202.0)

_Floats = npt.NDArray[np.float64]


def values_svg(oxide: Oxide, points: Sequence[ChartPoint]) -> Markup:
    """Sites by value: predicted as filled bars, measured as an outline over them."""
    measured = np.array([p.measured for p in points])
    predicted = np.array([p.predicted for p in points])
    edges = bin_edges(np.concatenate([measured, predicted]))
    tops, over = np.histogram(predicted, edges)[0], np.histogram(measured, edges)[0]
    plane = _plane(edges, f"{oxide.pretty} ({UNIT})", int(max(tops.max(), over.max())))
    parts = [
        *plane.axes(),
        *_bars(plane, edges, np.zeros(tops.size), tops, "bin predicted"),
        _outline(plane, edges, over),
    ]
    words = (
        f"{len(points)} sites. Measured: mean {number(float(measured.mean()))}, standard deviation "
        f"{number(_sd(measured))} {UNIT}; predicted: mean {number(float(predicted.mean()))}, "
        f"standard deviation {number(_sd(predicted))} {UNIT}."
    )
    title = f"{oxide.pretty}: histograms of measured and predicted values"
    return drawing(f"values-{oxide.key}", title, words, plane.frame, parts)


def residuals_svg(oxide: Oxide, points: Sequence[ChartPoint]) -> Markup:
    """Sites by residual, those seen in training below the others in each bar."""
    residuals = np.array([p.residual for p in points])
    edges = bin_edges(np.concatenate([residuals, -residuals]))
    total = np.histogram(residuals, edges)[0]
    plane = _plane(edges, f"{RESIDUAL} ({UNIT})", int(total.max()))
    bars: List[Markup] = []
    below: _Floats = np.zeros(total.size)
    words = []
    for seen in sorted({p.seen for p in points}, key=lambda kind: DRAWN_LAST[kind]):
        own = np.array([p.residual for p in points if p.seen is seen])
        counts = np.histogram(own, edges)[0]
        bars += _bars(plane, edges, below, counts, f"bin {SEEN_CLASS[seen]}")
        below = below + counts
        words.append(
            f"{plain(seen)}: n = {own.size}, mean {signed(float(own.mean()))}, median "
            f"{signed(float(np.median(own)))} {UNIT}"
        )
    zero = plane.line(0.0, 0.0, 0.0, plane.y.high, "zero")
    title = f"{oxide.pretty}: histogram of residuals"
    parts = [*plane.axes(), *bars, zero]
    return drawing(f"errors-{oxide.key}", title, "; ".join(words) + ".", plane.frame, parts)


def bin_edges(values: _Floats) -> _Floats:
    """Edges of bins of one round width that hold all values.

    Parameters
    ----------
    values : array, shape (n,)
        Finite; at least one.

    Returns
    -------
    array, shape (bins + 1,)
    """
    low, high = float(values.min()), float(values.max())
    step = nice_step(max(high - low, 0.1), BINS)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return np.arange(first, max(last, first + 1) + 1) * step


def _sd(values: _Floats) -> float:
    return float(values.std(ddof=1)) if values.size > 1 else math.nan


def _plane(edges: _Floats, label: str, most: int) -> Plane:
    step = max(1, round(nice_step(max(most, 1), 4)))
    ticks = tuple(float(tick) for tick in range(0, most + 1, step))
    up = Axis(0.0, 1.1 * max(most, 1), ticks, 0, "sites")
    margin = 0.03 * float(edges[-1] - edges[0])
    across = axis_between(float(edges[0]) - margin, float(edges[-1]) + margin)
    return Plane(_FRAME, replace(across, label=label), up)


def _bars(
    plane: Plane, edges: _Floats, below: _Floats, counts: npt.NDArray[np.int64], css: str
) -> List[Markup]:
    places: List[Tuple[float, float, float, float]] = [
        (float(left), float(low), float(right), float(low + count))
        for left, right, low, count in zip(edges, edges[1:], below, counts)
        if count
    ]
    return [plane.box(*place, css) for place in places]


def _outline(plane: Plane, edges: _Floats, counts: npt.NDArray[np.int64]) -> Markup:
    x, y = plane.at(float(edges[0]), 0.0)
    path = [f"M{short(x)} {short(y)}"]
    for right, count in zip(edges[1:], counts):
        across, up = plane.at(float(right), float(count))
        path.append(f"V{short(up)}H{short(across)}")
    path.append(f"V{short(y)}")
    return element("path", class_="steps", d="".join(path))
