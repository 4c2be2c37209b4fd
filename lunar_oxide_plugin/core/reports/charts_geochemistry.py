"""Two oxides against each other: measured compositions and where the predictions put them."""

from __future__ import annotations

import math
from typing import Sequence

from ..check.site_check import SitePrediction
from ..chemistry.oxides import OXIDES, UNIT, Oxide
from .plot import (
    SEEN_CLASS,
    WIDE_FRAME,
    Mark,
    axis_over,
    count_by_seen,
    draw_axes,
    draw_labels,
    draw_mark,
    open_svg,
)
from .report_text import is_singular, short_label


def oxide_pair_svg(x_oxide: Oxide, y_oxide: Oxide, pairs: Sequence[SitePrediction]) -> str:
    """Sites in the plane of two oxides: hollow where measured, filled where predicted.

    A thin line joins both. Pairs without all four values are left out.
    """
    i, j = OXIDES.index(x_oxide), OXIDES.index(y_oxide)
    usable = [
        p for p in pairs if math.isfinite(p.residual_wt[i]) and math.isfinite(p.residual_wt[j])
    ]
    frame = WIDE_FRAME
    x = axis_over(
        [v for p in usable for v in (p.site.oxides_wt[i], p.predicted_wt[i])],
        f"{x_oxide.pretty} ({UNIT})",
        floor=0.0,
    )
    y = axis_over(
        [v for p in usable for v in (p.site.oxides_wt[j], p.predicted_wt[j])],
        f"{y_oxide.pretty} ({UNIT})",
        floor=0.0,
    )
    ident = f"pair-{x_oxide.key}-{y_oxide.key}"
    parts = [
        *open_svg(
            ident,
            f"{y_oxide.pretty} against {x_oxide.pretty}, measured and predicted",
            _description(x_oxide, y_oxide, usable),
            frame,
        ),
        *draw_axes(frame, x, y),
    ]
    measured, predicted, named, places = [], [], [], []
    for pair in usable:
        here = (pair.site.oxides_wt[i], pair.site.oxides_wt[j])
        there = (pair.predicted_wt[i], pair.predicted_wt[j])
        a = (frame.x(x, here[0]), frame.y(y, here[1]))
        b = (frame.x(x, there[0]), frame.y(y, there[1]))
        tip = (
            f"{short_label(pair.site)}: measured {x_oxide.pretty} {here[0]:.2f}, {y_oxide.pretty} "
            f"{here[1]:.2f}; predicted {there[0]:.2f}, {there[1]:.2f} {UNIT}"
        )
        css = SEEN_CLASS[pair.seen]
        parts.append(f'<path class="move {css}" d="M{a[0]:.2f} {a[1]:.2f}L{b[0]:.2f} {b[1]:.2f}"/>')
        measured.append(draw_mark(*a, Mark(*here, "", tip, pair.seen, css="measured"), 0.9))
        predicted.append(draw_mark(*b, Mark(*there, "", tip, pair.seen), 0.9))
        places += [a, b]
        named.append((math.dist(a, b), is_singular(pair.site), short_label(pair.site), css, b))
    named.sort(key=lambda item: (not item[1], -item[0]))
    shown = [(label, css, *at) for _, _, label, css, at in named[:6]]
    return "\n".join([*parts, *measured, *predicted, *draw_labels(frame, shown, places), "</svg>"])


def _description(x: Oxide, y: Oxide, pairs: Sequence[SitePrediction]) -> str:
    if not pairs:
        return f"No site has {x.pretty} and {y.pretty} both measured and predicted."
    counts = count_by_seen([pair.seen for pair in pairs])
    i, j = OXIDES.index(x), OXIDES.index(y)
    farthest = max(pairs, key=lambda p: math.hypot(p.residual_wt[i], p.residual_wt[j]))
    return (
        f"{len(pairs)} sites ({counts}). The prediction moves {short_label(farthest.site)} "
        f"farthest: {x.pretty} {farthest.residual_wt[i]:+.2f}, {y.pretty} "
        f"{farthest.residual_wt[j]:+.2f} {UNIT}."
    )
