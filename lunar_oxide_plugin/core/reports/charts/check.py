"""Charts of the prediction check against measured values: scatter, residuals, Q-Q, missions."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from statistics import NormalDist
from typing import List, Sequence, Tuple

from ...chemistry.oxides import UNIT, Z90, Oxide
from ...sites.training_stations import Seen
from ..numbers import MINUS, number, signed
from .names import cut, place_names
from .svg import (
    DRAWN_LAST,
    SEEN_CLASS,
    Axis,
    Frame,
    Markup,
    Plane,
    axis_between,
    axis_over,
    clipped,
    count_by_seen,
    drawing,
    element,
    plain,
    short,
    site_mark,
    symmetric_axis,
)

#: At most this many outliers are named in one chart (always-named sites come on top).
MAX_NAMED_OUTLIERS = 6
#: Number of the largest residuals that are named even if all lie inside their intervals.
LARGEST_NAMED = 3

_BAR_REACH = 0.15
RESIDUAL = "predicted \u2212 measured"


@dataclass(frozen=True)
class ChartPoint:
    """One site in the charts of one oxide.

    Attributes
    ----------
    label : str
    measured, predicted : float
        wt%, finite.
    sigma : float
        Of the prediction, wt%; NaN where the model gives none.
    seen : Seen
    always_named : bool
        Whether it is named even with a small residual.
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


@dataclass(frozen=True)
class Mark:
    """A site in a chart: its position and the half-lengths of its bars (NaN for none)."""

    point: ChartPoint
    x: float
    y: float
    named: bool
    y_reach: float = math.nan
    x_reach: float = math.nan


@dataclass(frozen=True)
class FittedLine:
    """The least-squares line predicted = intercept + slope x measured of a group of sites."""

    seen: Seen
    slope: float
    intercept: float

    @property
    def equation(self) -> str:
        """E.g. ``"y = 0.94 x + 0.35"``, with x measured and y predicted."""
        sign = "+" if self.intercept >= 0.0 else MINUS
        return f"y = {number(self.slope)} x {sign} {number(abs(self.intercept))}"


def scatter_svg(
    oxide: Oxide, points: Sequence[ChartPoint], fits: Sequence[FittedLine] = ()
) -> Markup:
    """Measured (x) against predicted (y) in wt% on equal axes, with 1:1 line and 90 % bars.

    Fitted lines reach over the measured values of their group.
    """
    axis = equal_axis(points)
    plane = Plane(
        Frame(),
        replace(axis, label=f"measured {oxide.pretty} ({UNIT})"),
        replace(axis, label=f"predicted {oxide.pretty} ({UNIT})"),
    )
    marks = [
        Mark(p, p.measured, p.predicted, named, p.half_width, Z90 * p.measured_sigma)
        for p, named in _named_first(points)
    ]
    return _sites_svg(
        oxide,
        ("plot", "measured against predicted"),
        _description(oxide, points, "Scatter plot of {sites} with the 1:1 line.")
        + "".join(f" Fitted line, {plain(fit.seen)}: {fit.equation}." for fit in fits),
        plane,
        marks,
        [
            plane.line(axis.low, axis.low, axis.high, axis.high, "one-to-one"),
            *(line for fit in fits for line in _fitted(plane, points, fit)),
        ],
    )


def _fitted(plane: Plane, points: Sequence[ChartPoint], fit: FittedLine) -> List[Markup]:
    """The line between the smallest and largest measured value of its group."""
    xs = [p.measured for p in points if p.seen is fit.seen]
    if not xs:
        return []
    (low, high), at = (min(xs), max(xs)), (fit.intercept, fit.slope)
    ends = (at[0] + at[1] * low, at[0] + at[1] * high)
    return [plane.line(low, ends[0], high, ends[1], f"fit {SEEN_CLASS[fit.seen]}")]


def residual_svg(oxide: Oxide, points: Sequence[ChartPoint]) -> Markup:
    """Residual (y) against the measured value (x), with 90 % bars."""
    plane = Plane(
        Frame(),
        axis_over([p.measured for p in points], f"measured {oxide.pretty} ({UNIT})", floor=0.0),
        symmetric_axis([p.residual for p in points], f"{RESIDUAL} ({UNIT})"),
    )
    marks = [
        Mark(p, p.measured, p.residual, named, Z90 * p.combined_sigma)
        for p, named in _named_first(points)
    ]
    return _sites_svg(
        oxide,
        ("residual", "residual against measured value"),
        _description(oxide, points, f"Residuals of {{sites}}. {_slope_words(points)}"),
        plane,
        marks,
        [plane.line(plane.x.low, 0.0, plane.x.high, 0.0, "zero")],
    )


def domain_svg(oxide: Oxide, points: Sequence[ChartPoint]) -> Markup:
    """Residual (y) against the distance from the training spectra (x; 1 is the limit)."""
    known = [p for p in points if math.isfinite(p.domain_distance)]
    plane = Plane(
        Frame(),
        axis_over([0.0, 1.1, *(p.domain_distance for p in known)], "domain distance", floor=0.0),
        symmetric_axis([p.residual for p in known], f"{RESIDUAL} ({UNIT})"),
    )
    marks = [
        Mark(p, p.domain_distance, p.residual, named, Z90 * p.combined_sigma)
        for p, named in _named_first(known)
    ]
    beyond = sum(p.domain_distance > 1.0 for p in known)
    return _sites_svg(
        oxide,
        ("domain", "residual against domain distance"),
        _description(oxide, known, f"Residuals of {{sites}}; {beyond} lie beyond the limit of 1."),
        plane,
        marks,
        [
            plane.line(plane.x.low, 0.0, plane.x.high, 0.0, "zero"),
            plane.line(1.0, plane.y.low, 1.0, plane.y.high, "limit"),
        ],
    )


def qq_svg(oxide: Oxide, points: Sequence[ChartPoint]) -> Markup:
    """Standardised residuals (y) against normal quantiles (x): on the line if well calibrated."""
    known = sorted(
        (p for p in points if p.combined_sigma > 0.0), key=lambda p: p.residual / p.combined_sigma
    )
    z = [p.residual / p.combined_sigma for p in known]
    quantiles = normal_quantiles(len(known))
    axis = symmetric_axis([*z, *quantiles, 2.0], "")
    plane = Plane(
        Frame(), replace(axis, label="normal quantile"), replace(axis, label="residual / sigma")
    )
    marks = [
        Mark(p, q, value, p.always_named or rank in (0, len(z) - 1))
        for rank, (p, q, value) in enumerate(zip(known, quantiles, z))
    ]
    words = f"No sigma is known for {oxide.pretty}."
    if z:
        spread = math.sqrt(sum(v * v for v in z) / len(z))
        words = _description(
            oxide,
            known,
            "Standardised residuals of {sites} against a normal distribution. Their root mean "
            f"square is {number(spread)}; well calibrated, about 1.",
        )
    return _sites_svg(
        oxide,
        ("qq", "Q-Q plot of standardised residuals"),
        words,
        plane,
        marks,
        [plane.line(axis.low, axis.low, axis.high, axis.high, "one-to-one")],
    )


def mission_svg(oxide: Oxide, points: Sequence[ChartPoint]) -> Markup:
    """Mean residual of each mission, with the range of its sites; seen and unseen apart."""
    rows = mission_rows(points)
    plane = Plane(
        Frame(height=52.0 + 20.0 * len(rows), left=92.0, bottom=14.0 + 20.0 * len(rows)),
        symmetric_axis([p.residual for p in points], f"{RESIDUAL} ({UNIT})"),
        Axis(0.0, float(len(rows)), (), 0),
    )
    parts = [*plane.axes(), plane.line(0.0, 0.0, 0.0, plane.y.high, "zero")]
    words = []
    for place, (name, seen, group) in enumerate(rows):
        height = len(rows) - place - 0.5
        residuals = [p.residual for p in group]
        low, high, mean = min(residuals), max(residuals), sum(residuals) / len(group)
        words.append(
            f"{name} ({plain(seen)}, n = {len(group)}): mean residual {signed(mean)} {UNIT}"
        )
        tip = (
            f"{name}: mean {signed(mean)}, from {signed(low)} to {signed(high)} {UNIT}, "
            f"n = {len(group)}, {seen.value}"
        )
        at = plane.at(mean, height)
        parts += [
            plane.line(low, height, high, height, f"bar {SEEN_CLASS[seen]} wide"),
            site_mark(at, tip, seen),
            plane.row_name(f"{cut(name, 11)} ({len(group)})", at[1]),
        ]
    title = f"{oxide.pretty}: bias by mission"
    return drawing(f"missions-{oxide.key}", title, "; ".join(words), plane.frame, parts)


def mission_rows(points: Sequence[ChartPoint]) -> List[Tuple[str, Seen, List[ChartPoint]]]:
    """Points by mission and by whether they were seen in training, in order of appearance."""
    groups: List[Tuple[str, Seen, List[ChartPoint]]] = []
    for mission in dict.fromkeys(p.mission for p in points):
        for seen in Seen:
            group = [p for p in points if p.mission == mission and p.seen is seen]
            if group:
                groups.append((mission or "no mission", seen, group))
    return groups


def equal_axis(points: Sequence[ChartPoint]) -> Axis:
    """Axis for both values that shows every point, and error bars as far as space allows."""
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


def normal_quantiles(n: int) -> List[float]:
    """Expected standard normal order statistics, Blom's plotting positions.

    Blom (1958), Statistical Estimates and Transformed Beta-Variables: (i - 3/8) / (n + 1/4).
    """
    normal = NormalDist()
    return [normal.inv_cdf((rank - 0.375) / (n + 0.25)) for rank in range(1, n + 1)]


def _named_first(points: Sequence[ChartPoint]) -> List[Tuple[ChartPoint, bool]]:
    """All points with whether to name them, those to name first, by importance."""
    named = named_points(points)
    rest = [p for p in points if not any(p is other for other in named)]
    return [(p, True) for p in named] + [(p, False) for p in rest]


def _sites_svg(
    oxide: Oxide,
    kind: Tuple[str, str],
    description: str,
    plane: Plane,
    marks: Sequence[Mark],
    lines: Sequence[Markup],
) -> Markup:
    """A chart with one mark per site; bars and lines end at the frame."""
    ident = f"{kind[0]}-{oxide.key}"
    ordered = sorted(marks, key=lambda mark: DRAWN_LAST[mark.point.seen])
    places = [plane.at(mark.x, mark.y) for mark in marks]
    named = [
        (mark.point.label, SEEN_CLASS[mark.point.seen], place)
        for mark, place in zip(marks, places)
        if mark.named
    ]
    parts = [
        *plane.axes(),
        clipped(ident, [*lines, *(bar for mark in ordered for bar in _bars(plane, mark))]),
        *(site_mark(plane.at(m.x, m.y), _values(oxide, m.point), m.point.seen) for m in ordered),
        *place_names(plane.frame, named, places),
    ]
    return drawing(ident, f"{oxide.pretty}: {kind[1]}", description, plane.frame, parts)


def _bars(plane: Plane, mark: Mark) -> List[Markup]:
    css = f"bar {SEEN_CLASS[mark.point.seen]}"
    x, y = (short(value) for value in plane.at(mark.x, mark.y))
    bars = []
    if math.isfinite(mark.y_reach):
        # Cut a little beyond the frame: longer bars look the same.
        top = plane.frame.y(plane.y, min(mark.y + mark.y_reach, plane.y.high + 1.0))
        bottom = plane.frame.y(plane.y, max(mark.y - mark.y_reach, plane.y.low - 1.0))
        bars.append(element("path", class_=css, d=f"M{x} {short(top)}V{short(bottom)}"))
    if math.isfinite(mark.x_reach):
        left = plane.frame.x(plane.x, max(mark.x - mark.x_reach, plane.x.low - 1.0))
        right = plane.frame.x(plane.x, min(mark.x + mark.x_reach, plane.x.high + 1.0))
        bars.append(element("path", class_=css, d=f"M{short(left)} {y}H{short(right)}"))
    return bars


def _values(oxide: Oxide, point: ChartPoint) -> str:
    bar = f" \u00b1 {number(point.half_width)}" if math.isfinite(point.half_width) else ""
    return (
        f"{point.label}: {oxide.pretty} measured {number(point.measured)}, "
        f"predicted {number(point.predicted)}{bar} {UNIT}"
    )


def _description(oxide: Oxide, points: Sequence[ChartPoint], words: str) -> str:
    if not points:
        return f"No site has the values of {oxide.pretty} that this chart needs."
    farthest = max(points, key=lambda p: abs(p.residual))
    sites = f"{len(points)} sites ({count_by_seen([p.seen for p in points])})"
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
    return f"They change by {signed(slope)} {UNIT} for each {UNIT} measured."
