"""The report's second opinion: the model beside the classical formulas, at the same sites."""

from __future__ import annotations

import math
from dataclasses import replace
from html import escape
from typing import List, Tuple

from ..check.formula_check import OPINIONS
from ..check.metric_groups import is_singular
from ..check.metrics import OxideMetrics, oxide_metrics
from ..check.site_check import CheckResult, SitePrediction
from ..chemistry.oxides import OXIDES, UNIT, Oxide
from .plot import WIDE_FRAME, Line, Mark, axis_between, axis_over, count_by_seen, xy_plot
from .report_page import figure
from .report_tables import section
from .report_text import number, short_label


def opinion_metrics(result: CheckResult) -> List[Tuple[Oxide, OxideMetrics, OxideMetrics]]:
    """For FeO and TiO2, if predicted: metrics of model and formula, over sites that have both."""
    rows = []
    for place in _shown(result):
        oxide = OPINIONS[place][0]
        usable = _usable(result, place)
        measured = [pair.site.oxides_wt[OXIDES.index(oxide)] for pair, _ in usable]
        predicted = [pair.predicted_wt[OXIDES.index(oxide)] for pair, _ in usable]
        formula = [value for _, value in usable]
        keys = [pair.place or f"pair {n}" for n, (pair, _) in enumerate(usable)]
        rows.append(
            (
                oxide,
                oxide_metrics(measured, predicted, None, oxide.name, places=keys),
                oxide_metrics(measured, formula, None, oxide.name, places=keys),
            )
        )
    return rows


def opinion_section(result: CheckResult) -> str:
    """Metrics and plots of the classical formulas; empty where no reflectance was given."""
    opinion = result.second_opinion
    shown = _shown(result)
    if opinion is None or not shown:
        return ""
    head = '<tr><th scope="col">Oxide</th><th scope="col">By</th>' + "".join(
        f'<th scope="col" class="num">{name}</th>'
        for name in ("n", "R\u00b2", "RMSE", "MAE", "Bias", "Pearson r")
    )
    rows = []
    for (oxide, model, formula), shown_place in zip(opinion_metrics(result), shown):
        parameter = OPINIONS[shown_place][1]
        for place, (title, m) in enumerate((("the model", model), (parameter.title, formula))):
            first = f'<th scope="rowgroup" rowspan="2">{oxide.pretty}</th>' if place == 0 else ""
            cells = "".join(
                f'<td class="num">{text}</td>'
                for text in (str(m.n), number(m.r2), number(m.rmse), number(m.mae),
                             number(m.bias, signed=True), number(m.pearson_r))
            )  # fmt: skip
            rows.append(f'<tr>{first}<th scope="row">{escape(title)}</th>{cells}</tr>')
    sources = "; ".join(
        f"{escape(p.title)}: {escape(p.formula)} ({escape(p.citation)})" for _, p in OPINIONS
    )
    words = (
        "Formulas that know nothing of the model, on the reflectance at the same sites "
        f"({escape(opinion.raster)}); only sites where both have a value, in {UNIT}. The formulas "
        "were fitted partly on these very sites, so that their agreement is no validation either; "
        f"where the two disagree, look closer. {sources}. "
        f"Bands: {escape('; '.join(opinion.bands))}."
    )
    table = section(
        "Second opinion: classical formulas",
        "opinion",
        words,
        f"{head}</tr>",
        f"<tbody>{''.join(rows)}</tbody>",
    )
    plots = "".join(
        figure(f"<b>{oxide.pretty}</b>{escape(parameter.title)}", _plot(result, place))
        for place, (oxide, parameter) in enumerate(OPINIONS)
        if place in shown
    )
    return table.replace("</section>", f'<div class="plots wide">{plots}</div></section>')


def _shown(result: CheckResult) -> List[int]:
    """Places in `OPINIONS` of the oxides that the raster predicts."""
    return [place for place, (oxide, _) in enumerate(OPINIONS) if oxide in result.oxides]


def _usable(result: CheckResult, place: int) -> List[Tuple[SitePrediction, float]]:
    if result.second_opinion is None:
        return []
    index = OXIDES.index(OPINIONS[place][0])
    return [
        (pair, values[place])
        for pair, values in zip(result.pairs, result.second_opinion.values_wt)
        if math.isfinite(values[place]) and math.isfinite(pair.residual_wt[index])
    ]


def _plot(result: CheckResult, place: int) -> str:
    """The model's prediction (x) against the formula's value (y)."""
    oxide, parameter = OPINIONS[place]
    index = OXIDES.index(oxide)
    usable = _usable(result, place)
    values = [v for pair, formula in usable for v in (pair.predicted_wt[index], formula)]
    both = axis_over(values, "", floor=0.0)
    axis = axis_between(both.low, both.high)
    usable.sort(key=lambda item: -abs(item[1] - item[0].predicted_wt[index]))
    marks = [
        Mark(
            x=pair.predicted_wt[index],
            y=formula,
            label=short_label(pair.site),
            tip=(
                f"{short_label(pair.site)}: model {pair.predicted_wt[index]:.2f}, formula "
                f"{formula:.2f}, measured {pair.site.oxides_wt[index]:.2f} {UNIT}"
            ),
            seen=pair.seen,
            named=rank < 4 or is_singular(pair.site),
        )
        for rank, (pair, formula) in enumerate(usable)
    ]
    counts = count_by_seen([pair.seen for pair, _ in usable])
    words = f"Scatter plot of {len(usable)} sites ({counts}) with the 1:1 line. "
    if marks:
        words += f"They disagree most at {marks[0].tip}."
    return xy_plot(
        f"opinion-{oxide.key}",
        f"{oxide.pretty}: the model against {parameter.title}",
        words,
        (
            replace(axis, label=f"predicted {oxide.pretty} ({UNIT})"),
            replace(axis, label=f"{parameter.title} ({UNIT})"),
        ),
        marks,
        [Line(axis.low, axis.low, axis.high, axis.high, "one-to-one")],
        WIDE_FRAME,
    )
