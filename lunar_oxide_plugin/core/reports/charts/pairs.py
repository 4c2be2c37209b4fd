"""Charts of two values per site: two oxides, measured and predicted; model and formula."""

from __future__ import annotations

import math
from typing import Sequence, Tuple

from ...check.metric_groups import is_singular
from ...check.site_check import SitePrediction
from ...chemistry.oxides import OXIDES, UNIT, Oxide
from ...sites.sample_sites import SampleSite
from ..numbers import number, signed
from .names import place_names
from .svg import (
    DRAWN_LAST,
    SEEN_CLASS,
    WIDE_FRAME,
    Markup,
    Plane,
    axis_over,
    clipped,
    count_by_seen,
    drawing,
    element,
    short,
    site_mark,
)

#: Number of the largest differences that are named.
_NAMED = 6


def short_label(site: SampleSite) -> str:
    """A name short enough for a chart."""
    if 0 < len(site.name) <= 10:
        return site.name
    return site.mission if is_singular(site) else site.station_id


def oxide_pair_svg(x_oxide: Oxide, y_oxide: Oxide, pairs: Sequence[SitePrediction]) -> Markup:
    """Sites in the plane of two oxides: hollow where measured, filled where predicted.

    A thin line joins both. Pairs without all four values are left out.
    """
    i, j = OXIDES.index(x_oxide), OXIDES.index(y_oxide)
    usable = [
        p for p in pairs if math.isfinite(p.residual_wt[i]) and math.isfinite(p.residual_wt[j])
    ]
    x, y = (
        axis_over(
            [v for p in usable for v in (p.site.oxides_wt[place], p.predicted_wt[place])],
            f"{oxide.pretty} ({UNIT})",
            floor=0.0,
        )
        for place, oxide in ((i, x_oxide), (j, y_oxide))
    )
    plane = Plane(WIDE_FRAME, x, y)
    moves, measured, predicted, named, places = [], [], [], [], []
    for pair in usable:
        here = (pair.site.oxides_wt[i], pair.site.oxides_wt[j])
        there = (pair.predicted_wt[i], pair.predicted_wt[j])
        a, b = plane.at(*here), plane.at(*there)
        label, css = short_label(pair.site), SEEN_CLASS[pair.seen]
        tip = (
            f"{label}: measured {x_oxide.pretty} {number(here[0])}, {y_oxide.pretty} "
            f"{number(here[1])}; predicted {number(there[0])}, {number(there[1])} {UNIT}"
        )
        path = f"M{short(a[0])} {short(a[1])}L{short(b[0])} {short(b[1])}"
        moves.append(element("path", class_=f"move {css}", d=path))
        measured.append(site_mark(a, tip, pair.seen, 0.9, "measured"))
        predicted.append(site_mark(b, tip, pair.seen, 0.9))
        places += [a, b]
        named.append((not is_singular(pair.site), -math.dist(a, b), label, css, b))
    named.sort(key=lambda item: item[:2])
    names = place_names(plane.frame, [item[2:] for item in named[:_NAMED]], places)
    return drawing(
        f"pair-{x_oxide.key}-{y_oxide.key}",
        f"{y_oxide.pretty} against {x_oxide.pretty}, measured and predicted",
        _pair_description(x_oxide, y_oxide, usable),
        plane.frame,
        [*plane.axes(), *moves, *measured, *predicted, *names],
    )


def opinion_svg(
    oxide: Oxide, formula: str, usable: Sequence[Tuple[SitePrediction, float]]
) -> Markup:
    """The model's prediction (x) against the value of a formula (y), wt%.

    Parameters
    ----------
    formula : str
        Its title.
    usable : sequence of (SitePrediction, float)
        Sites with the formula's value, wt%; both values are finite.
    """
    index = OXIDES.index(oxide)
    values = [v for pair, value in usable for v in (pair.predicted_wt[index], value)]
    x, y = (
        axis_over(values, f"{name} ({UNIT})", floor=0.0)
        for name in (f"predicted {oxide.pretty}", formula)
    )
    plane = Plane(WIDE_FRAME, x, y)
    marks, named, places, tips = [], [], [], []
    ordered = sorted(usable, key=lambda item: -abs(item[1] - item[0].predicted_wt[index]))
    for rank, (pair, value) in enumerate(ordered):
        at, label = plane.at(pair.predicted_wt[index], value), short_label(pair.site)
        tips.append(
            f"{label}: model {number(pair.predicted_wt[index])}, formula {number(value)}, "
            f"measured {number(pair.site.oxides_wt[index])} {UNIT}"
        )
        marks.append((DRAWN_LAST[pair.seen], site_mark(at, tips[-1], pair.seen)))
        places.append(at)
        if rank < 4 or is_singular(pair.site):
            named.append((label, SEEN_CLASS[pair.seen], at))
    counts = count_by_seen([pair.seen for pair, _ in usable])
    words = f"Scatter plot of {len(usable)} sites ({counts}) with the 1:1 line."
    ident = f"opinion-{oxide.key}"
    one_to_one = plane.line(x.low, x.low, x.high, x.high, "one-to-one")
    return drawing(
        ident,
        f"{oxide.pretty}: the model against {formula}",
        f"{words} They disagree most at {tips[0]}." if tips else words,
        plane.frame,
        [
            *plane.axes(),
            clipped(ident, [one_to_one]),
            *(mark for _, mark in sorted(marks, key=lambda item: item[0])),
            *place_names(plane.frame, named, places),
        ],
    )


def _pair_description(x: Oxide, y: Oxide, pairs: Sequence[SitePrediction]) -> str:
    if not pairs:
        return f"No site has {x.pretty} and {y.pretty} both measured and predicted."
    counts = count_by_seen([pair.seen for pair in pairs])
    i, j = OXIDES.index(x), OXIDES.index(y)
    farthest = max(pairs, key=lambda p: math.hypot(p.residual_wt[i], p.residual_wt[j]))
    return (
        f"{len(pairs)} sites ({counts}). The prediction moves {short_label(farthest.site)} "
        f"farthest: {x.pretty} {signed(farthest.residual_wt[i])}, {y.pretty} "
        f"{signed(farthest.residual_wt[j])} {UNIT}."
    )
