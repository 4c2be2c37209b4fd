"""Plots of a comparison of two maps: density, histogram, latitude, and the difference itself."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Sequence, Tuple

import numpy as np
import numpy.typing as npt

from ..chemistry.oxides import UNIT
from ..compare.difference_moments import (
    DIFFERENCE_BINS,
    DIFFERENCE_WT,
    HISTOGRAM_BINS,
    HISTOGRAM_WT,
    Accumulator,
    MapMetrics,
    latitude_name,
)
from .plot import (
    WIDE_FRAME,
    Axis,
    Frame,
    Line,
    axis_between,
    draw_axes,
    draw_line,
    open_svg,
    symmetric_axis,
)

#: Steps of the density plot: each darker one holds about the square root of the next one's cells.
DENSITY_STEPS = 6
#: Cells of the drawn density plot and map along their longer side, at most.
_DRAWN_BINS = 60
_DRAWN_CELLS = 96

_Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class DifferenceMap:
    """A small picture of the difference, in degrees.

    Attributes
    ----------
    values : float64 array, shape (rows, columns), wt%
        North up, west left; NaN where there is none.
    west, east, south, north : float
        Degrees; east may exceed 180.
    """

    values: _Floats
    west: float
    east: float
    south: float
    north: float


def density_svg(sums: Accumulator) -> str:
    """Reference (x) against prediction (y): how many cells lie where, and the 1:1 line."""
    low, high = HISTOGRAM_WT[sums.oxide.name]
    width = (high - low) / HISTOGRAM_BINS
    rows, columns = np.nonzero(sums.joint)
    if rows.size == 0:
        return ""
    first = int(min(rows.min(), columns.min()))
    last = int(max(rows.max(), columns.max())) + 1
    join = max(1, -(-(last - first) // _DRAWN_BINS))
    first = max(0, first - join)
    count = -(-(last + join - first) // join)
    padded = np.zeros((first + count * join,) * 2, dtype=np.int64)
    size = min(HISTOGRAM_BINS, padded.shape[0])
    padded[:size, :size] = sums.joint[:size, :size]
    cut = padded[first:, first:].reshape(count, join, count, join).sum(axis=(1, 3))
    name = sums.oxide.pretty
    start, step = low + first * width, join * width
    x = axis_between(start, start + count * step, f"reference {name} ({UNIT})")
    y = axis_between(start, start + count * step, f"prediction {name} ({UNIT})")
    frame = WIDE_FRAME
    most = int(cut.max())
    parts = [
        *open_svg(
            "density",
            f"{name}: prediction against reference",
            f"Density plot of {int(cut.sum())} cells with the 1:1 line; the fullest square holds "
            f"{most} of them. {sums.beyond} cells lie outside the plot's range.",
            frame,
        ),
        *draw_axes(frame, x, y),
    ]
    side_x = step / (x.high - x.low) * (frame.right - frame.left)
    side_y = step / (y.high - y.low) * (frame.bottom - frame.top)
    for row, column in zip(*np.nonzero(cut)):
        share = math.log1p(int(cut[row, column])) / math.log1p(most)
        level = max(1, math.ceil(share * DENSITY_STEPS))
        left = frame.x(x, start + row * step)
        top = frame.y(y, start + (column + 1) * step)
        parts.append(
            f'<rect class="dense d{level}" x="{left:.2f}" y="{top:.2f}" width="{side_x:.2f}" '
            f'height="{side_y:.2f}"/>'
        )
    line = Line(x.low, y.low, x.high, y.high, "one-to-one")
    return "\n".join([*parts, draw_line(frame, (x, y), line), "</svg>"])


def histogram_svg(sums: Accumulator) -> str:
    """Share of the area by difference."""
    step = 2.0 * DIFFERENCE_WT / DIFFERENCE_BINS
    filled = np.nonzero(sums.differences)[0]
    if filled.size == 0:
        return ""
    low, high = (sums.difference_quantile(share) for share in (0.002, 0.998))
    reach = max(abs(low), abs(high), 0.5) * 1.15
    x = axis_between(-reach, reach, f"prediction \u2212 reference ({UNIT})")
    bins = 40
    centres = (np.arange(DIFFERENCE_BINS) + 0.5) * step - DIFFERENCE_WT
    shares, edges = np.histogram(
        centres, bins=bins, range=(-reach, reach), weights=sums.differences
    )
    shares = 100.0 * shares / sums.differences.sum()
    y = axis_between(0.0, 1.08 * float(shares.max()), "share of the area (%)")
    frame = WIDE_FRAME
    median = sums.difference_quantile(0.5)
    parts = [
        *open_svg(
            "histogram",
            f"{sums.oxide.pretty}: histogram of the difference",
            f"Half of the area lies below {median:+.2f} {UNIT}, 90 % of it between "
            f"{sums.difference_quantile(0.05):+.2f} and {sums.difference_quantile(0.95):+.2f}.",
            frame,
        ),
        *draw_axes(frame, x, y),
    ]
    width = (frame.right - frame.left) / bins
    for share, edge in zip(shares, edges):
        if share > 0.0:
            top = frame.y(y, float(share))
            parts.append(
                f'<rect class="dense d4" x="{frame.x(x, float(edge)):.2f}" y="{top:.2f}" '
                f'width="{width:.2f}" height="{frame.bottom - top:.2f}"/>'
            )
    return "\n".join([*parts, draw_line(frame, (x, y), Line(0, 0, 0, y.high, "zero")), "</svg>"])


def latitude_svg(sums: Accumulator) -> str:
    """Bias of each latitude band, with one standard deviation of the difference to each side."""
    rows = [(latitude_name(s), m.metrics()) for s, m in sorted(sums.bands.items()) if m.n]
    return _bias_svg("latitude", f"{sums.oxide.pretty}: bias by latitude", rows)


def terrane_svg(sums: Accumulator) -> str:
    """Bias of each terrane, with one standard deviation of the difference to each side."""
    rows = [(name, m.metrics()) for name, m in reversed(sums.terranes.items()) if m.n]
    rows.append(("all cells", sums.whole.metrics()))
    return _bias_svg("terranes", f"{sums.oxide.pretty}: bias by terrane", rows)


def _bias_svg(ident: str, title: str, rows: Sequence[Tuple[str, MapMetrics]]) -> str:
    """Rows from below, each with bias and spread."""
    x = symmetric_axis(
        [abs(m.bias) + m.spread for _, m in rows], f"prediction \u2212 reference ({UNIT})"
    )
    y = Axis(0.0, float(len(rows)), (), 0)
    frame = replace(WIDE_FRAME, left=112.0)
    parts = [
        *open_svg(
            ident,
            title,
            "; ".join(f"{name}: {m.bias:+.2f} {UNIT}, n = {m.n}" for name, m in rows),
            frame,
        ),
        *draw_axes(frame, x, y),
        draw_line(frame, (x, y), Line(0.0, y.low, 0.0, y.high, "zero")),
    ]
    for place, (name, m) in enumerate(rows):
        middle = place + 0.5
        bar = Line(m.bias - m.spread, middle, m.bias + m.spread, middle, "bar seen wide")
        at_x, at_y = frame.x(x, m.bias), frame.y(y, middle)
        parts += [
            draw_line(frame, (x, y), bar),
            f'<g class="point seen"><circle cx="{at_x:.2f}" cy="{at_y:.2f}" r="4"/>'
            f"<title>{name}: {m.bias:+.2f} {UNIT}, n = {m.n}</title></g>",
            f'<text class="tick y" x="{frame.left - 6:g}" y="{at_y + 3.6:.2f}">{name}</text>',
        ]
    return "\n".join([*parts, "</svg>"])


def difference_map_svg(picture: DifferenceMap, oxide_name: str, reach_wt: float) -> str:
    """The difference on a graticule: red where the prediction is higher, blue where lower."""
    values = picture.values
    rows, columns = values.shape
    width, height = picture.east - picture.west, picture.north - picture.south
    ratio = height / width
    inner = 640.0
    frame = Frame(
        width=inner + 62.0, height=inner * ratio + 42.0, left=50.0, right=50.0 + inner, top=8.0,
        bottom=8.0 + inner * ratio,
    )  # fmt: skip
    x = _degree_axis(picture.west, picture.east)
    y = _degree_axis(picture.south, picture.north)
    known = values[np.isfinite(values)]
    over = float((known > 0).mean()) if known.size else math.nan
    parts = [
        *open_svg(
            "difference-map",
            f"{oxide_name}: difference map",
            f"Map of prediction minus reference, from {picture.west:.4g} to {picture.east:.4g} "
            f"degrees east and {picture.south:.4g} to {picture.north:.4g} degrees north. The "
            f"prediction is higher on {over:.0%} of the picture.",
            frame,
            "map",
        ),
        *draw_axes(frame, x, y),
    ]
    side_x, side_y = inner / columns, inner * ratio / rows
    for row in range(rows):
        parts += _runs(values[row], row, frame, side_x, side_y, reach_wt)
    return "\n".join([*parts, "</svg>"])


def _degree_axis(low: float, high: float) -> Axis:
    """Ticks at 30 or 10 degrees on large maps, at round decimals on small ones."""
    span = high - low
    if span <= 25.0:
        return axis_between(low, high, intervals=5)
    step = 30.0 if span > 100.0 else 10.0
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return Axis(low, high, tuple(i * step for i in range(first, last + 1)), 0)


def _runs(
    line: _Floats, row: int, frame: Frame, side_x: float, side_y: float, reach_wt: float
) -> Sequence[str]:
    """One row of the map; neighbours of one colour are one rectangle."""
    classes = [_colour_class(value, reach_wt) for value in line.tolist()]
    parts = []
    start = 0
    for column in range(1, len(classes) + 1):
        if column < len(classes) and classes[column] == classes[start]:
            continue
        if classes[start]:
            parts.append(
                f'<rect class="{classes[start]}" x="{frame.left + start * side_x:.2f}" '
                f'y="{frame.top + row * side_y:.2f}" width="{(column - start) * side_x + 0.3:.2f}" '
                f'height="{side_y + 0.3:.2f}"/>'
            )
        start = column
    return parts


def _colour_class(value: float, reach_wt: float) -> str:
    """``up1`` ... ``up4`` and ``down1`` ... ``down4``; empty for nothing."""
    if not math.isfinite(value):
        return ""
    level = min(4, math.ceil(4.0 * abs(value) / reach_wt)) if reach_wt > 0.0 else 1
    return f"cell {'up' if value >= 0 else 'down'}{max(1, level)}"


def drawn_shape(rows: int, columns: int) -> Tuple[int, int]:
    """Rows and columns of the picture of a grid."""
    factor = max(1.0, max(rows, columns) / _DRAWN_CELLS)
    return max(1, round(rows / factor)), max(1, round(columns / factor))
