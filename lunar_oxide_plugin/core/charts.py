"""Measured-against-predicted plots as inline SVG, written by hand: no plotting library."""

from __future__ import annotations

import math
from dataclasses import dataclass
from html import escape
from typing import List, Optional, Sequence, Tuple

from .check import Seen
from .oxides import UNIT, Z90, Oxide

WIDTH, HEIGHT = 360.0, 344.0
LEFT, RIGHT, TOP, BOTTOM = 46.0, 350.0, 8.0, 302.0
FONT_PX = 10.5

#: At most this many outliers are named in one plot (always-named sites come on top).
MAX_NAMED_OUTLIERS = 6
#: So many of the largest residuals are named even where all lie inside their intervals.
LARGEST_NAMED = 3

SEEN_CLASS = {Seen.SEEN: "seen", Seen.UNSEEN: "unseen", Seen.UNKNOWN: "unknown"}
_DRAWN_LAST = {Seen.SEEN: 0, Seen.UNKNOWN: 1, Seen.UNSEEN: 2}
_NICE = (1.0, 2.0, 2.5, 5.0, 10.0)
_BAR_REACH = 0.15

Box = Tuple[float, float, float, float]


@dataclass(frozen=True)
class ChartPoint:
    """One site in one plot.

    Attributes
    ----------
    label : str
        Plain text; escaped when drawn.
    measured, predicted : float
        wt%, finite.
    sigma : float
        wt%; NaN where the model gives none.
    seen : Seen
    always_named : bool
        Named whatever its residual.
    """

    label: str
    measured: float
    predicted: float
    sigma: float
    seen: Seen
    always_named: bool = False

    @property
    def residual(self) -> float:
        """Predicted minus measured, wt%."""
        return self.predicted - self.measured

    @property
    def half_width(self) -> float:
        """Half the 90 % interval, wt%; NaN where the model gives no sigma."""
        return Z90 * self.sigma

    @property
    def outside(self) -> bool:
        """Whether the measured value lies outside predicted +- 1.645 sigma."""
        return abs(self.residual) > self.half_width


@dataclass(frozen=True)
class Scale:
    """Linear scale shared by both axes, from wt% to the plot's square, and its ticks."""

    low: float
    high: float
    ticks: Tuple[float, ...]
    decimals: int

    def x(self, value: float) -> float:
        """Horizontal position of `value` (wt%) in SVG units."""
        return LEFT + (value - self.low) / (self.high - self.low) * (RIGHT - LEFT)

    def y(self, value: float) -> float:
        """Vertical position of `value` (wt%) in SVG units, growing downwards."""
        return BOTTOM - (value - self.low) / (self.high - self.low) * (BOTTOM - TOP)


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


def make_scale(points: Sequence[ChartPoint]) -> Scale:
    """Scale that shows every point, and each error bar as far as room allows."""
    values = [v for point in points for v in (point.measured, point.predicted)] or [0.0, 1.0]
    low, high = min(values), max(values)
    span = max(high - low, 0.1)
    reach = _BAR_REACH * span
    bars = [p for p in points if math.isfinite(p.half_width)]
    bar_low = max(low - reach, min([p.predicted - p.half_width for p in bars] or [low]))
    bar_high = min(high + reach, max([p.predicted + p.half_width for p in bars] or [high]))
    margin = 0.06 * span
    padded_low, padded_high = min(low, bar_low) - margin, max(high, bar_high) + margin
    if low >= 0.0:
        padded_low = max(padded_low, 0.0)
    step = nice_step(padded_high - padded_low)
    first, last = math.ceil(padded_low / step - 1e-9), math.floor(padded_high / step + 1e-9)
    ticks = tuple(i * step for i in range(first, last + 1))
    return Scale(padded_low, padded_high, ticks, _decimals(step))


def named_points(points: Sequence[ChartPoint]) -> List[ChartPoint]:
    """Points to name: always-named ones, then outliers by falling |residual|, up to a limit."""
    rest = sorted((p for p in points if not p.always_named), key=lambda p: -abs(p.residual))
    outliers = [p for rank, p in enumerate(rest) if rank < LARGEST_NAMED or p.outside]
    return [p for p in points if p.always_named] + outliers[:MAX_NAMED_OUTLIERS]


def scatter_svg(oxide: Oxide, points: Sequence[ChartPoint]) -> str:
    """One plot: measured (x) against predicted (y) in wt%, 1:1 line, 90 % error bars.

    Both axes have the same scale. Sites seen in training are round, sites not seen are
    diamonds, unknown ones hollow squares. Error bars end at the plot's edge.
    """
    scale = make_scale(points)
    ident = f"plot-{oxide.key}"
    ordered = sorted(points, key=lambda p: _DRAWN_LAST[p.seen])
    return "\n".join(
        [
            f'<svg class="plot" id="{ident}" role="img" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" '
            f'aria-labelledby="{ident}-title {ident}-desc">',
            f'<title id="{ident}-title">{oxide.pretty}: measured against predicted</title>',
            f'<desc id="{ident}-desc">{_description(oxide, points)}</desc>',
            f'<clipPath id="{ident}-clip"><rect x="{LEFT:g}" y="{TOP:g}" '
            f'width="{RIGHT - LEFT:g}" height="{BOTTOM - TOP:g}"/></clipPath>',
            *_axes(oxide, scale),
            f'<g clip-path="url(#{ident}-clip)">',
            f'<line class="one-to-one" x1="{LEFT:g}" y1="{BOTTOM:g}" x2="{RIGHT:g}" y2="{TOP:g}"/>',
            *(_bar(point, scale) for point in ordered if math.isfinite(point.half_width)),
            "</g>",
            *(_marker(oxide, point, scale) for point in ordered),
            *_labels(named_points(points), points, scale),
            "</svg>",
        ]
    )


def _decimals(step: float) -> int:
    for decimals in range(6):
        if abs(round(step, decimals) - step) < 1e-9 * step:
            return decimals
    return 6


def _axes(oxide: Oxide, scale: Scale) -> List[str]:
    parts = [
        f'<rect class="frame" x="{LEFT:g}" y="{TOP:g}" width="{RIGHT - LEFT:g}" '
        f'height="{BOTTOM - TOP:g}"/>'
    ]
    for tick in scale.ticks:
        x, y = scale.x(tick), scale.y(tick)
        text = f"{tick:.{scale.decimals}f}".replace("-", "\u2212")
        parts += [
            f'<path class="grid" d="M{x:.2f} {TOP:g}V{BOTTOM:g}M{LEFT:g} {y:.2f}H{RIGHT:g}"/>',
            f'<text class="tick x" x="{x:.2f}" y="{BOTTOM + 14:g}">{text}</text>',
            f'<text class="tick y" x="{LEFT - 6:g}" y="{y + 3.6:.2f}">{text}</text>',
        ]
    middle_x, middle_y = (LEFT + RIGHT) / 2, (TOP + BOTTOM) / 2
    return [
        *parts,
        f'<text class="axis" x="{middle_x:g}" y="{HEIGHT - 8:g}">'
        f"measured {oxide.pretty} ({UNIT})</text>",
        f'<text class="axis" transform="translate(12 {middle_y:g}) rotate(-90)">'
        f"predicted {oxide.pretty} ({UNIT})</text>",
    ]


def _bar(point: ChartPoint, scale: Scale) -> str:
    x = scale.x(point.measured)
    top = scale.y(min(point.predicted + point.half_width, scale.high + 1.0))
    bottom = scale.y(max(point.predicted - point.half_width, scale.low - 1.0))
    return f'<path class="bar {SEEN_CLASS[point.seen]}" d="M{x:.2f} {top:.2f}V{bottom:.2f}"/>'


def _marker(oxide: Oxide, point: ChartPoint, scale: Scale) -> str:
    x, y = scale.x(point.measured), scale.y(point.predicted)
    if point.seen is Seen.SEEN:
        shape = f'<circle cx="{x:.2f}" cy="{y:.2f}" r="3.4"/>'
    elif point.seen is Seen.UNSEEN:
        shape = f'<path d="M{x:.2f} {y - 6:.2f}l6 6l-6 6l-6 -6z"/>'
    else:
        shape = f'<rect x="{x - 3.2:.2f}" y="{y - 3.2:.2f}" width="6.4" height="6.4"/>'
    return (
        f'<g class="point {SEEN_CLASS[point.seen]}">{shape}'
        f"<title>{escape(_values(oxide, point))}</title></g>"
    )


def _values(oxide: Oxide, point: ChartPoint) -> str:
    bar = f" \u00b1 {point.half_width:.2f}" if math.isfinite(point.half_width) else ""
    return (
        f"{point.label}: {oxide.pretty} measured {point.measured:.2f}, "
        f"predicted {point.predicted:.2f}{bar} {UNIT}"
    )


def _description(oxide: Oxide, points: Sequence[ChartPoint]) -> str:
    if not points:
        return f"No site has a measured and a predicted {oxide.pretty} value."
    counts = [
        f"{sum(p.seen is seen for p in points)} {seen.value.split(' (')[0]}"
        for seen in Seen
        if any(p.seen is seen for p in points)
    ]
    farthest = max(points, key=lambda p: abs(p.residual))
    return escape(
        f"Scatter plot of {len(points)} sites ({', '.join(counts)}) with the 1:1 line. "
        f"Farthest from it is {_values(oxide, farthest)}."
    )


def _labels(named: Sequence[ChartPoint], points: Sequence[ChartPoint], scale: Scale) -> List[str]:
    """Names beside their points: each takes the candidate place that hides the least."""
    markers = [_around(scale.x(p.measured), scale.y(p.predicted), 4.0) for p in points]
    placed: List[Box] = []
    parts: List[str] = []
    for point in named:
        x, y = scale.x(point.measured), scale.y(point.predicted)
        text = point.label if len(point.label) <= 18 else point.label[:17] + "\u2026"
        box = _place(x, y, 0.58 * FONT_PX * len(text), placed, markers)
        if box is None:
            continue
        placed.append(box)
        near_x, near_y = min(max(x, box[0]), box[2]), min(max(y, box[1]), box[3])
        if math.hypot(near_x - x, near_y - y) > 11.0:
            parts.append(f'<path class="leader" d="M{x:.1f} {y:.1f}L{near_x:.1f} {near_y:.1f}"/>')
        parts.append(
            f'<text class="name {SEEN_CLASS[point.seen]}" x="{box[0]:.1f}" '
            f'y="{box[3] - 2.5:.1f}">{escape(text)}</text>'
        )
    return parts


def _place(
    x: float, y: float, width: float, placed: Sequence[Box], markers: Sequence[Box]
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
            if box[0] < LEFT + 2 or box[2] > RIGHT - 2 or box[1] < TOP or box[3] > BOTTOM:
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
