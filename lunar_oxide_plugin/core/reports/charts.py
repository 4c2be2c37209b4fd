"""Plots of the prediction check against measured values: scatter, residuals, Q-Q, missions."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from html import escape
from statistics import NormalDist
from typing import List, Sequence, Tuple

from ..chemistry.oxides import UNIT, Z90, Oxide
from ..sites.training_stations import Seen
from .plot import (
    SEEN_CLASS,
    Axis,
    Frame,
    Line,
    Mark,
    axis_between,
    axis_over,
    count_by_seen,
    draw_axes,
    draw_line,
    draw_mark,
    open_svg,
    symmetric_axis,
    xy_plot,
)

#: At most this many outliers are named in one plot (always-named sites come on top).
MAX_NAMED_OUTLIERS = 6
#: So many of the largest residuals are named even where all lie inside their intervals.
LARGEST_NAMED = 3

_BAR_REACH = 0.15
RESIDUAL = "predicted \u2212 measured"


@dataclass(frozen=True)
class ChartPoint:
    """One site in the plots of one oxide.

    Attributes
    ----------
    label : str
        Plain text; escaped when drawn.
    measured, predicted : float
        wt%, finite.
    sigma : float
        Of the prediction, wt%; NaN where the model gives none.
    seen : Seen
    always_named : bool
        Named whatever its residual.
    measured_sigma : float
        wt%; NaN where not given.
    domain_distance : float
        NaN where not known.
    mission : str
    """

    label: str
    measured: float
    predicted: float
    sigma: float
    seen: Seen
    always_named: bool = False
    measured_sigma: float = math.nan
    domain_distance: float = math.nan
    mission: str = ""

    @property
    def residual(self) -> float:
        """Predicted minus measured, wt%."""
        return self.predicted - self.measured

    @property
    def half_width(self) -> float:
        """Half the 90 % interval of the prediction, wt%; NaN where the model gives no sigma."""
        return Z90 * self.sigma

    @property
    def combined_sigma(self) -> float:
        """Of prediction and measurement, wt%; NaN where the model gives none."""
        measured = 0.0 if math.isnan(self.measured_sigma) else self.measured_sigma
        return math.hypot(self.sigma, measured)

    @property
    def outside(self) -> bool:
        """Whether |residual| exceeds 1.645 combined sigma."""
        return abs(self.residual) > Z90 * self.combined_sigma


def equal_axis(points: Sequence[ChartPoint]) -> Axis:
    """Axis for both values that shows every point, and each error bar as far as room allows."""
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
    return axis_between(padded_low, padded_high)


def named_points(points: Sequence[ChartPoint]) -> List[ChartPoint]:
    """Points to name: always-named ones, then outliers by falling |residual|, up to a limit."""
    rest = sorted((p for p in points if not p.always_named), key=lambda p: -abs(p.residual))
    outliers = [p for rank, p in enumerate(rest) if rank < LARGEST_NAMED or p.outside]
    return [p for p in points if p.always_named] + outliers[:MAX_NAMED_OUTLIERS]


def scatter_svg(oxide: Oxide, points: Sequence[ChartPoint]) -> str:
    """Measured (x) against predicted (y) in wt% on equal axes, with 1:1 line and 90 % bars."""
    axis = equal_axis(points)
    x = replace(axis, label=f"measured {oxide.pretty} ({UNIT})")
    y = replace(axis, label=f"predicted {oxide.pretty} ({UNIT})")
    marks = [
        _mark(oxide, p, named, p.measured, p.predicted, p.half_width, Z90 * p.measured_sigma)
        for p, named in _named_first(points)
    ]
    one_to_one = Line(axis.low, axis.low, axis.high, axis.high, "one-to-one")
    return xy_plot(
        f"plot-{oxide.key}",
        f"{oxide.pretty}: measured against predicted",
        _description(oxide, points, "Scatter plot of {sites} with the 1:1 line."),
        (x, y),
        marks,
        [one_to_one],
    )


def residual_svg(oxide: Oxide, points: Sequence[ChartPoint]) -> str:
    """Residual (y) against the measured value (x), with 90 % bars."""
    x = axis_over([p.measured for p in points], f"measured {oxide.pretty} ({UNIT})", floor=0.0)
    y = symmetric_axis([p.residual for p in points], f"{RESIDUAL} ({UNIT})")
    marks = [
        _mark(oxide, p, named, p.measured, p.residual, Z90 * p.combined_sigma)
        for p, named in _named_first(points)
    ]
    return xy_plot(
        f"residual-{oxide.key}",
        f"{oxide.pretty}: residual against measured value",
        _description(oxide, points, f"Residuals of {{sites}}. {_slope_words(points)}"),
        (x, y),
        marks,
        [Line(x.low, 0.0, x.high, 0.0, "zero")],
    )


def domain_svg(oxide: Oxide, points: Sequence[ChartPoint]) -> str:
    """Residual (y) against the distance from the training spectra (x; 1 is the limit)."""
    known = [p for p in points if math.isfinite(p.domain_distance)]
    x = axis_over([0.0, 1.1, *(p.domain_distance for p in known)], "domain distance", floor=0.0)
    y = symmetric_axis([p.residual for p in known], f"{RESIDUAL} ({UNIT})")
    marks = [
        _mark(oxide, p, named, p.domain_distance, p.residual, Z90 * p.combined_sigma)
        for p, named in _named_first(known)
    ]
    beyond = sum(p.domain_distance > 1.0 for p in known)
    words = f"Residuals of {{sites}}; {beyond} lie beyond the limit of 1."
    return xy_plot(
        f"domain-{oxide.key}",
        f"{oxide.pretty}: residual against domain distance",
        _description(oxide, known, words),
        (x, y),
        marks,
        [Line(x.low, 0.0, x.high, 0.0, "zero"), Line(1.0, y.low, 1.0, y.high, "limit")],
    )


def normal_quantiles(n: int) -> List[float]:
    """Expected standard normal order statistics, Blom's plotting positions.

    Blom (1958), Statistical Estimates and Transformed Beta-Variables: (i - 3/8) / (n + 1/4).
    """
    normal = NormalDist()
    return [normal.inv_cdf((rank - 0.375) / (n + 0.25)) for rank in range(1, n + 1)]


def qq_svg(oxide: Oxide, points: Sequence[ChartPoint]) -> str:
    """Standardised residuals (y) against normal quantiles (x): on the line if well calibrated."""
    known = sorted(
        (p for p in points if p.combined_sigma > 0.0), key=lambda p: p.residual / p.combined_sigma
    )
    z = [p.residual / p.combined_sigma for p in known]
    quantiles = normal_quantiles(len(known))
    axis = symmetric_axis([*z, *quantiles, 2.0], "")
    marks = [
        _mark(oxide, p, p.always_named or rank in (0, len(z) - 1), q, value)
        for rank, (p, q, value) in enumerate(zip(known, quantiles, z))
    ]
    spread = math.sqrt(sum(v * v for v in z) / len(z)) if z else math.nan
    words = (
        f"Standardised residuals of {{sites}} against a normal distribution. Their root mean "
        f"square is {spread:.2f}; well calibrated, about 1."
    )
    return xy_plot(
        f"qq-{oxide.key}",
        f"{oxide.pretty}: Q-Q plot of standardised residuals",
        _description(oxide, known, words) if z else f"No sigma is known for {oxide.pretty}.",
        (replace(axis, label="normal quantile"), replace(axis, label="residual / sigma")),
        marks,
        [Line(axis.low, axis.low, axis.high, axis.high, "one-to-one")],
    )


def mission_svg(oxide: Oxide, points: Sequence[ChartPoint]) -> str:
    """Mean residual of each mission, with the range of its sites; seen and unseen apart."""
    rows = mission_rows(points)
    frame = Frame(height=52.0 + 20.0 * len(rows), left=92.0, bottom=14.0 + 20.0 * len(rows))
    x = symmetric_axis([p.residual for p in points], f"{RESIDUAL} ({UNIT})")
    y = Axis(0.0, float(len(rows)), (), 0)
    parts = [
        *open_svg(
            f"missions-{oxide.key}",
            f"{oxide.pretty}: bias by mission",
            "; ".join(
                f"{name} ({seen.value.split(' (')[0]}, n = {len(group)}): mean residual "
                f"{_mean(group):+.2f} {UNIT}"
                for name, seen, group in rows
            ),
            frame,
        ),
        *draw_axes(frame, x, y),
        draw_line(frame, (x, y), Line(0.0, 0.0, 0.0, y.high, "zero")),
    ]
    for number, (name, seen, group) in enumerate(rows):
        height = len(rows) - number - 0.5
        residuals = [p.residual for p in group]
        at = frame.y(y, height)
        span = Line(min(residuals), height, max(residuals), height, f"bar {SEEN_CLASS[seen]} wide")
        tip = (
            f"{name}: mean {_mean(group):+.2f}, from {min(residuals):+.2f} to "
            f"{max(residuals):+.2f} {UNIT}, n = {len(group)}, {seen.value}"
        )
        mean = Mark(_mean(group), height, name, tip, seen)
        parts += [
            draw_line(frame, (x, y), span),
            draw_mark(frame.x(x, mean.x), at, mean),
            f'<text class="tick y" x="{frame.left - 6:g}" y="{at + 3.6:.2f}">'
            f"{_cut(name)} ({len(group)})</text>",
        ]
    return "\n".join([*parts, "</svg>"])


def mission_rows(
    points: Sequence[ChartPoint],
) -> List[Tuple[str, Seen, List[ChartPoint]]]:
    """Points by mission and by whether the model saw them, in the order of appearance."""
    groups: List[Tuple[str, Seen, List[ChartPoint]]] = []
    for mission in dict.fromkeys(p.mission for p in points):
        for seen in Seen:
            group = [p for p in points if p.mission == mission and p.seen is seen]
            if group:
                groups.append((mission or "no mission", seen, group))
    return groups


def _cut(text: str) -> str:
    return escape(text if len(text) <= 11 else text[:10] + "\u2026")


def _mean(group: Sequence[ChartPoint]) -> float:
    return sum(p.residual for p in group) / len(group)


def _named_first(points: Sequence[ChartPoint]) -> List[Tuple[ChartPoint, bool]]:
    """All points with whether to name them, those to name first, by importance."""
    named = named_points(points)
    rest = [p for p in points if not any(p is other for other in named)]
    return [(p, True) for p in named] + [(p, False) for p in rest]


def _mark(
    oxide: Oxide,
    point: ChartPoint,
    named: bool,
    x: float,
    y: float,
    y_reach: float = math.nan,
    x_reach: float = math.nan,
) -> Mark:
    return Mark(
        x=x,
        y=y,
        label=point.label,
        tip=_values(oxide, point),
        seen=point.seen,
        x_reach=x_reach,
        y_reach=y_reach,
        named=named,
    )


def _values(oxide: Oxide, point: ChartPoint) -> str:
    bar = f" \u00b1 {point.half_width:.2f}" if math.isfinite(point.half_width) else ""
    return (
        f"{point.label}: {oxide.pretty} measured {point.measured:.2f}, "
        f"predicted {point.predicted:.2f}{bar} {UNIT}"
    )


def _description(oxide: Oxide, points: Sequence[ChartPoint], words: str) -> str:
    if not points:
        return f"No site has the values of {oxide.pretty} that this plot needs."
    counts = count_by_seen([p.seen for p in points])
    farthest = max(points, key=lambda p: abs(p.residual))
    sites = f"{len(points)} sites ({counts})"
    return f"{words.format(sites=sites)} Largest residual: {_values(oxide, farthest)}."


def _slope_words(points: Sequence[ChartPoint]) -> str:
    n = len(points)
    if n < 3:
        return ""
    x_mean = sum(p.measured for p in points) / n
    spread = sum((p.measured - x_mean) ** 2 for p in points)
    if spread == 0.0:
        return ""
    slope = sum((p.measured - x_mean) * p.residual for p in points) / spread
    return f"They change by {slope:+.2f} {UNIT} for each {UNIT} measured."
