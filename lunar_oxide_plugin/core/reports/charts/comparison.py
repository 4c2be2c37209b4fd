"""Charts of a comparison of two maps: density, histogram, latitude, and the difference itself."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import List, Sequence, Tuple

import numpy as np
import numpy.typing as npt

from ...chemistry.oxides import UNIT
from ...compare.difference_moments import (
    DIFFERENCE_BINS,
    DIFFERENCE_WT,
    HISTOGRAM_BINS,
    HISTOGRAM_WT,
    Accumulator,
    MapMetrics,
    latitude_name,
)
from ...compare.difference_picture import DifferencePicture
from ...sites.training_stations import Seen
from ..numbers import number, percent, signed
from .svg import (
    WIDE_FRAME,
    Axis,
    Frame,
    Markup,
    Plane,
    axis_between,
    drawing,
    site_mark,
    symmetric_axis,
)

#: Number of colours of the density chart, at equal steps of the logarithm of the cells.
DENSITY_STEPS = 6
#: Cells of the drawn density chart along one side, at most.
_DRAWN_BINS = 60
_HISTOGRAM_BARS = 40
DIFFERENCE = f"prediction \u2212 reference ({UNIT})"

_Floats = npt.NDArray[np.float64]


def density_svg(sums: Accumulator) -> Markup:
    """Reference (x) against prediction (y): density of cells, and the 1:1 line."""
    low, high = HISTOGRAM_WT[sums.oxide.name]
    width = (high - low) / HISTOGRAM_BINS
    rows, columns = np.nonzero(sums.joint)
    if rows.size == 0:
        return Markup()
    first = int(min(rows.min(), columns.min()))
    last = int(max(rows.max(), columns.max())) + 1
    join = max(1, -(-(last - first) // _DRAWN_BINS))
    first = max(0, first - join)
    count = -(-(last + join - first) // join)
    padded = np.zeros((first + count * join,) * 2, dtype=np.int64)
    size = min(HISTOGRAM_BINS, padded.shape[0])
    padded[:size, :size] = sums.joint[:size, :size]
    cells = padded[first:, first:].reshape(count, join, count, join).sum(axis=(1, 3))
    name = sums.oxide.pretty
    start, step = low + first * width, join * width
    x, y = (
        axis_between(start, start + count * step, f"{which} {name} ({UNIT})")
        for which in ("reference", "prediction")
    )
    plane = Plane(WIDE_FRAME, x, y)
    most = int(cells.max())
    parts = plane.axes()
    for row, column in zip(*np.nonzero(cells)):
        share = math.log1p(int(cells[row, column])) / math.log1p(most)
        level = max(1, math.ceil(share * DENSITY_STEPS))
        left, below = start + row * step, start + column * step
        parts.append(plane.box(left, below, left + step, below + step, f"dense d{level}"))
    parts.append(plane.line(x.low, y.low, x.high, y.high, "one-to-one"))
    words = (
        f"Density chart of {int(cells.sum())} cells with the 1:1 line; the fullest square holds "
        f"{most} of them. {sums.beyond} cells lie outside the chart's range."
    )
    return drawing(
        f"density-{sums.oxide.key}",
        f"{name}: prediction against reference",
        words,
        plane.frame,
        parts,
    )


def histogram_svg(sums: Accumulator) -> Markup:
    """Share of the area by difference."""
    if not sums.differences.any():
        return Markup()
    step = 2.0 * DIFFERENCE_WT / DIFFERENCE_BINS
    low, high = (sums.difference_quantile(share) for share in (0.002, 0.998))
    reach = max(abs(low), abs(high), 0.5) * 1.15
    centres = (np.arange(DIFFERENCE_BINS) + 0.5) * step - DIFFERENCE_WT
    shares, edges = np.histogram(
        centres, bins=_HISTOGRAM_BARS, range=(-reach, reach), weights=sums.differences
    )
    shares = 100.0 * shares / sums.differences.sum()
    y = axis_between(0.0, 1.08 * float(shares.max()), "share of the area (%)")
    plane = Plane(WIDE_FRAME, axis_between(-reach, reach, DIFFERENCE), y)
    bars = [
        plane.box(float(left), 0.0, float(right), float(share), "dense d4")
        for share, left, right in zip(shares, edges, edges[1:])
        if share > 0.0
    ]
    median, least, most = (sums.difference_quantile(share) for share in (0.5, 0.05, 0.95))
    words = (
        f"Half of the area lies below {signed(median)} {UNIT}, 90 % of it between "
        f"{signed(least)} and {signed(most)}."
    )
    zero = plane.line(0.0, 0.0, 0.0, y.high, "zero")
    title = f"{sums.oxide.pretty}: histogram of the difference"
    return drawing("histogram", title, words, plane.frame, [*plane.axes(), *bars, zero])


def latitude_svg(sums: Accumulator) -> Markup:
    """Bias of each latitude band, with one standard deviation of the difference to each side."""
    rows = [(latitude_name(s), m.metrics()) for s, m in sorted(sums.bands.items()) if m.n]
    return _bias_svg("latitude", f"{sums.oxide.pretty}: bias by latitude", rows)


def terrane_svg(sums: Accumulator) -> Markup:
    """Bias of each terrane, with one standard deviation of the difference to each side."""
    rows = [(name, m.metrics()) for name, m in reversed(sums.terranes.items()) if m.n]
    rows.append(("all cells", sums.whole.metrics()))
    return _bias_svg("terranes", f"{sums.oxide.pretty}: bias by terrane", rows)


def _bias_svg(ident: str, title: str, rows: Sequence[Tuple[str, MapMetrics]]) -> Markup:
    """Rows from the bottom upwards, each with bias and spread."""
    x = symmetric_axis([abs(m.bias) + m.spread for _, m in rows], DIFFERENCE)
    bottom = WIDE_FRAME.top + 26.0 * max(2, len(rows))
    frame = replace(WIDE_FRAME, left=112.0, bottom=bottom, height=bottom + 42.0)
    plane = Plane(frame, x, Axis(0.0, float(len(rows)), (), 0))
    parts = [*plane.axes(), plane.line(0.0, plane.y.low, 0.0, plane.y.high, "zero")]
    words = [f"{name}: {signed(m.bias)} {UNIT}, n = {m.n}" for name, m in rows]
    for place, ((name, m), tip) in enumerate(zip(rows, words)):
        middle = place + 0.5
        at = plane.at(m.bias, middle)
        parts += [
            plane.line(m.bias - m.spread, middle, m.bias + m.spread, middle, "bar seen wide"),
            site_mark(at, tip, Seen.SEEN, 1.2),
            plane.row_name(name, at[1]),
        ]
    return drawing(ident, title, "; ".join(words), plane.frame, parts)


def difference_map_svg(picture: DifferencePicture, oxide_name: str, reach_wt: float) -> Markup:
    """The difference on a graticule: red where the prediction is higher, blue where lower."""
    inner = 640.0
    height = inner * (picture.north - picture.south) / (picture.east - picture.west)
    # The left margin leaves room for the larger letters on small screens.
    frame = Frame(inner + 84.0, height + 42.0, 72.0, inner + 72.0, 8.0, height + 8.0)
    plane = Plane(
        frame,
        _degree_axis(picture.west, picture.east, "EW"),
        _degree_axis(picture.south, picture.north, "NS"),
    )
    known = picture.values[np.isfinite(picture.values)]
    over = float((known > 0).mean()) if known.size else math.nan
    parts = plane.axes()
    rows = picture.values.shape[0]
    step = (picture.south - picture.north) / rows
    for row, line in enumerate(picture.values):
        top = picture.north + row * step
        parts += _row(plane, line, (top, top + step), reach_wt)
    fine = [replace(axis, decimals=2) for axis in (plane.x, plane.y)]
    corners = [f"{axis.text(axis.low)} to {axis.text(axis.high)}" for axis in fine]
    return drawing(
        "difference-map",
        f"{oxide_name}: difference map",
        f"Map of prediction minus reference, from {' and from '.join(corners)}. The prediction is "
        f"higher on {percent(over)} of the picture, up to "
        f"{number(float(np.abs(known).max()) if known.size else math.nan)} {UNIT} apart.",
        frame,
        parts,
        "map",
    )


def _degree_axis(low: float, high: float, letters: str) -> Axis:
    """Ticks at 30 or 10 degrees on large maps, at round decimals on small ones."""
    span = high - low
    if span <= 25.0:
        return axis_between(low, high, letters=letters)
    step = 30.0 if span > 100.0 else 10.0
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return Axis(low, high, tuple(i * step for i in range(first, last + 1)), 0, letters=letters)


def _row(
    plane: Plane, line: _Floats, latitudes: Tuple[float, float], reach_wt: float
) -> List[Markup]:
    """One row of the map; neighbours of equal colour form one rectangle."""
    classes = [_colour_class(value, reach_wt) for value in line.tolist()]
    step = (plane.x.high - plane.x.low) / len(classes)
    parts = []
    start = 0
    for column in range(1, len(classes) + 1):
        if column < len(classes) and classes[column] == classes[start]:
            continue
        if classes[start]:
            west, east = plane.x.low + start * step, plane.x.low + column * step
            parts.append(plane.box(west, latitudes[0], east, latitudes[1], classes[start]))
        start = column
    return parts


def _colour_class(value: float, reach_wt: float) -> str:
    """``up1`` ... ``up4`` and ``down1`` ... ``down4``; empty for a cell without value."""
    if not math.isfinite(value):
        return ""
    level = min(4, math.ceil(4.0 * abs(value) / reach_wt)) if reach_wt > 0.0 else 1
    return f"cell {'up' if value >= 0 else 'down'}{max(1, level)}"
