"""A small plotting kit: inline SVG without a plotting library, styled by the page's sheet.

Every plot carries a title and a description for readers who cannot see it, and draws seen,
unseen and unknown sites with different shapes, so that colour is never the only sign.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from html import escape
from typing import List, Optional, Sequence, Tuple

from ..sites.training_stations import Seen

FONT_PX = 10.5

SEEN_CLASS = {Seen.SEEN: "seen", Seen.UNSEEN: "unseen", Seen.UNKNOWN: "unknown"}
DRAWN_LAST = {Seen.SEEN: 0, Seen.UNKNOWN: 1, Seen.UNSEEN: 2}
_NICE = (1.0, 2.0, 2.5, 5.0, 10.0)

Box = Tuple[float, float, float, float]


@dataclass(frozen=True)
class Axis:
    """Linear axis with its ticks; `label` names quantity and unit."""

    low: float
    high: float
    ticks: Tuple[float, ...]
    decimals: int
    label: str = ""

    def share(self, value: float) -> float:
        """Place of `value` between the ends, 0 to 1."""
        return (value - self.low) / (self.high - self.low)

    def text(self, value: float) -> str:
        """A tick's label, with a true minus sign."""
        return f"{value:.{self.decimals}f}".replace("-", "\u2212")


@dataclass(frozen=True)
class Frame:
    """Where a plot's square lies in its drawing, in SVG units."""

    width: float = 360.0
    height: float = 344.0
    left: float = 46.0
    right: float = 350.0
    top: float = 8.0
    bottom: float = 302.0

    def x(self, axis: Axis, value: float) -> float:
        """Horizontal position of `value`."""
        return self.left + axis.share(value) * (self.right - self.left)

    def y(self, axis: Axis, value: float) -> float:
        """Vertical position of `value`, growing downwards."""
        return self.bottom - axis.share(value) * (self.bottom - self.top)


#: For plots of which two stand beside each other, so that all lettering has one size.
WIDE_FRAME = Frame(width=440.0, height=352.0, right=430.0, bottom=310.0)


@dataclass(frozen=True)
class Mark:
    """One site in a plot.

    Attributes
    ----------
    x, y : float
        Finite, in the axes' units.
    label : str
        Plain text; escaped when drawn.
    tip : str
        What the reader learns on pointing at it; plain text.
    seen : Seen
    x_reach, y_reach : float
        Half-lengths of the error bars; NaN for none.
    named : bool
        Whether the label is drawn beside it.
    css : str
        Further classes.
    """

    x: float
    y: float
    label: str
    tip: str
    seen: Seen
    x_reach: float = math.nan
    y_reach: float = math.nan
    named: bool = False
    css: str = ""


@dataclass(frozen=True)
class Line:
    """A straight line in the axes' units, cut at the frame."""

    x1: float
    y1: float
    x2: float
    y2: float
    css: str


def nice_step(span: float, intervals: int = 5) -> float:
    """Step of 1, 2, 2.5 or 5 times a power of ten that cuts `span` into about `intervals`.

    Raises
    ------
    ValueError
        If `span` is not a positive finite number.
    """
    if not (math.isfinite(span) and span > 0.0):
        raise ValueError(f"no axis over a span of {span}")
    raw = span / intervals
    magnitude = 10.0 ** math.floor(math.log10(raw))
    return min(_NICE, key=lambda nice: abs(math.log(nice * magnitude / raw))) * magnitude


def axis_between(low: float, high: float, label: str = "", intervals: int = 5) -> Axis:
    """An axis with exactly these ends and ticks at round numbers."""
    step = nice_step(high - low, intervals)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    ticks = tuple(i * step for i in range(first, last + 1))
    return Axis(low, high, ticks, _decimals(step), label)


def axis_over(
    values: Sequence[float], label: str, floor: Optional[float] = None, smallest: float = 0.1
) -> Axis:
    """An axis that holds all values with some margin; `floor` is never gone below."""
    finite = [value for value in values if math.isfinite(value)] or [0.0, 1.0]
    low, high = min(finite), max(finite)
    if high - low < smallest:
        middle = (low + high) / 2
        low, high = middle - smallest / 2, middle + smallest / 2
    margin = 0.06 * (high - low)
    padded = low - margin if floor is None else max(floor, low - margin)
    return axis_between(padded, high + margin, label)


def symmetric_axis(values: Sequence[float], label: str, smallest: float = 0.1) -> Axis:
    """An axis with zero in its middle that holds all values."""
    reach = max([abs(value) for value in values if math.isfinite(value)] or [1.0])
    reach = 1.08 * max(reach, smallest)
    return axis_between(-reach, reach, label)


def open_svg(ident: str, title: str, description: str, frame: Frame, css: str = "") -> List[str]:
    """The opening of a drawing with its text alternative; `close_svg` ends it."""
    return [
        f'<svg class="{("plot " + css).strip()}" id="{ident}" role="img" '
        f'viewBox="0 0 {frame.width:g} {frame.height:g}" '
        f'aria-labelledby="{ident}-title {ident}-desc">',
        f'<title id="{ident}-title">{escape(title)}</title>',
        f'<desc id="{ident}-desc">{escape(description)}</desc>',
        f'<clipPath id="{ident}-clip"><rect x="{frame.left:g}" y="{frame.top:g}" '
        f'width="{frame.right - frame.left:g}" height="{frame.bottom - frame.top:g}"/></clipPath>',
    ]


def xy_plot(
    ident: str,
    title: str,
    description: str,
    axes: Tuple[Axis, Axis],
    marks: Sequence[Mark],
    lines: Sequence[Line] = (),
    frame: Optional[Frame] = None,
) -> str:
    """A scatter plot.

    Sites seen in training are round, sites not seen are diamonds, unknown ones hollow squares.
    Error bars and lines end at the frame.

    Parameters
    ----------
    ident : str
        Unique on the page.
    title, description : str
        Plain text alternatives.
    axes : (Axis, Axis)
        Horizontal and vertical.
    """
    frame = frame or Frame()
    x, y = axes
    ordered = sorted(marks, key=lambda mark: DRAWN_LAST[mark.seen])
    return "\n".join(
        [
            *open_svg(ident, title, description, frame),
            *draw_axes(frame, x, y),
            f'<g clip-path="url(#{ident}-clip)">',
            *(draw_line(frame, axes, line) for line in lines),
            *(bar for mark in ordered for bar in _bars(frame, axes, mark)),
            "</g>",
            *(draw_mark(frame.x(x, m.x), frame.y(y, m.y), m) for m in ordered),
            *_labels(frame, axes, marks),
            "</svg>",
        ]
    )


def draw_axes(frame: Frame, x: Axis, y: Axis) -> List[str]:
    """Frame, grid, tick labels and axis titles."""
    parts = [
        f'<rect class="frame" x="{frame.left:g}" y="{frame.top:g}" '
        f'width="{frame.right - frame.left:g}" height="{frame.bottom - frame.top:g}"/>'
    ]
    for tick in x.ticks:
        at = frame.x(x, tick)
        parts += [
            f'<path class="grid" d="M{at:.2f} {frame.top:g}V{frame.bottom:g}"/>',
            f'<text class="tick x" x="{at:.2f}" y="{frame.bottom + 14:g}">{x.text(tick)}</text>',
        ]
    for tick in y.ticks:
        at = frame.y(y, tick)
        parts += [
            f'<path class="grid" d="M{frame.left:g} {at:.2f}H{frame.right:g}"/>',
            f'<text class="tick y" x="{frame.left - 6:g}" y="{at + 3.6:.2f}">{y.text(tick)}</text>',
        ]
    middle_x, middle_y = (frame.left + frame.right) / 2, (frame.top + frame.bottom) / 2
    if x.label:
        parts.append(
            f'<text class="axis" x="{middle_x:g}" y="{frame.height - 8:g}">{escape(x.label)}</text>'
        )
    if y.label:
        parts.append(
            f'<text class="axis" transform="translate(12 {middle_y:g}) rotate(-90)">'
            f"{escape(y.label)}</text>"
        )
    return parts


def draw_line(frame: Frame, axes: Tuple[Axis, Axis], line: Line) -> str:
    """A line; put it into a group that is clipped to the frame."""
    x, y = axes
    return (
        f'<line class="{line.css}" x1="{frame.x(x, line.x1):.2f}" y1="{frame.y(y, line.y1):.2f}" '
        f'x2="{frame.x(x, line.x2):.2f}" y2="{frame.y(y, line.y2):.2f}"/>'
    )


def draw_mark(x: float, y: float, mark: Mark, size: float = 1.0) -> str:
    """A site's shape at a position in SVG units."""
    if mark.seen is Seen.SEEN:
        shape = f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{3.4 * size:g}"/>'
    elif mark.seen is Seen.UNSEEN:
        d = 6 * size
        shape = f'<path d="M{x:.2f} {y - d:.2f}l{d:g} {d:g}l-{d:g} {d:g}l-{d:g} -{d:g}z"/>'
    else:
        d = 3.2 * size
        shape = f'<rect x="{x - d:.2f}" y="{y - d:.2f}" width="{2 * d:.2f}" height="{2 * d:.2f}"/>'
    css = f"point {SEEN_CLASS[mark.seen]} {mark.css}".strip()
    return f'<g class="{css}">{shape}<title>{escape(mark.tip)}</title></g>'


def count_by_seen(seen: Sequence[Seen]) -> str:
    """E.g. ``"3 seen in training, 1 not seen in training"``."""
    return ", ".join(
        f"{sum(s is kind for s in seen)} {kind.value.split(' (')[0]}"
        for kind in Seen
        if any(s is kind for s in seen)
    )


def _decimals(step: float) -> int:
    for decimals in range(6):
        if abs(round(step, decimals) - step) < 1e-9 * step:
            return decimals
    return 6


def _bars(frame: Frame, axes: Tuple[Axis, Axis], mark: Mark) -> List[str]:
    x_axis, y_axis = axes
    css = f"bar {SEEN_CLASS[mark.seen]}"
    x, y = frame.x(x_axis, mark.x), frame.y(y_axis, mark.y)
    bars = []
    if math.isfinite(mark.y_reach):
        top = frame.y(y_axis, min(mark.y + mark.y_reach, y_axis.high + 1.0))
        bottom = frame.y(y_axis, max(mark.y - mark.y_reach, y_axis.low - 1.0))
        bars.append(f'<path class="{css}" d="M{x:.2f} {top:.2f}V{bottom:.2f}"/>')
    if math.isfinite(mark.x_reach):
        left = frame.x(x_axis, max(mark.x - mark.x_reach, x_axis.low - 1.0))
        right = frame.x(x_axis, min(mark.x + mark.x_reach, x_axis.high + 1.0))
        bars.append(f'<path class="{css}" d="M{left:.2f} {y:.2f}H{right:.2f}"/>')
    return bars


def _labels(frame: Frame, axes: Tuple[Axis, Axis], marks: Sequence[Mark]) -> List[str]:
    x_axis, y_axis = axes
    places = [(frame.x(x_axis, m.x), frame.y(y_axis, m.y)) for m in marks]
    named = [(m, place) for m, place in zip(marks, places) if m.named]
    return draw_labels(frame, [(m.label, SEEN_CLASS[m.seen], x, y) for m, (x, y) in named], places)


def draw_labels(
    frame: Frame,
    named: Sequence[Tuple[str, str, float, float]],
    markers: Sequence[Tuple[float, float]],
) -> List[str]:
    """Names beside their points: each takes the candidate place that hides the least.

    Parameters
    ----------
    named : sequence of (text, class, x, y)
        The most important first: one that finds no room is left out.
    markers : sequence of (x, y)
        All points drawn.
    """
    around = [_around(x, y, 4.0) for x, y in markers]
    placed: List[Box] = []
    parts: List[str] = []
    for label, css, x, y in named:
        text = label if len(label) <= 18 else label[:17] + "\u2026"
        box = _place(frame, x, y, 0.58 * FONT_PX * len(text), placed, around)
        if box is None:
            continue
        placed.append(box)
        near_x, near_y = min(max(x, box[0]), box[2]), min(max(y, box[1]), box[3])
        if math.hypot(near_x - x, near_y - y) > 11.0:
            parts.append(f'<path class="leader" d="M{x:.1f} {y:.1f}L{near_x:.1f} {near_y:.1f}"/>')
        parts.append(
            f'<text class="{("name " + css).strip()}" x="{box[0]:.1f}" '
            f'y="{box[3] - 2.5:.1f}">{escape(text)}</text>'
        )
    return parts


def _place(
    frame: Frame,
    x: float,
    y: float,
    width: float,
    placed: Sequence[Box],
    markers: Sequence[Box],
) -> Optional[Box]:
    height = FONT_PX + 2.0
    best: Optional[Box] = None
    best_cost = math.inf
    for distance in (8.0, 18.0, 30.0, 44.0, 60.0):
        for ax, ay in ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (-1, 1), (-1, -1), (1, 1)):
            reach = distance if ax == 0 or ay == 0 else 0.75 * distance
            left = x + ax * reach - (0.0 if ax > 0 else width if ax < 0 else width / 2)
            middle = y + ay * (reach + height / 2 * (ax == 0))
            box = (left, middle - height / 2, left + width, middle + height / 2)
            if box[0] < frame.left + 2 or box[2] > frame.right - 2:
                continue
            if box[1] < frame.top or box[3] > frame.bottom:
                continue
            if any(_overlap(box, other) for other in placed):
                continue
            cost = 6.0 * sum(_overlap(box, other) for other in markers) + distance / 8.0
            if cost < best_cost:
                best, best_cost = box, cost
    return best


def _around(x: float, y: float, reach: float) -> Box:
    return (x - reach, y - reach, x + reach, y + reach)


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
