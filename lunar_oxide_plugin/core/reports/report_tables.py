"""Tables of the prediction-check report: metrics, checked sites, skipped sites."""

from __future__ import annotations

import math
from html import escape
from typing import Sequence

from ..check.metric_groups import MetricGroup, is_singular
from ..check.metrics import FEW_PAIRS, Interval, OxideMetrics
from ..check.site_check import SitePrediction, SkippedSite, predicted_oxides
from ..chemistry.oxides import OXIDES, UNIT, Oxide
from ..rasters.quality import describe
from ..sites.sample_sites import missions
from ..sites.site_columns import RejectedRow
from .plot import SEEN_CLASS
from .report_text import DASH, SEEN_SHORT, count, glyph, number


def metrics_section(groups: Sequence[MetricGroup]) -> str:
    """Metrics per oxide, one block of rows for each group of sites."""
    if not groups:
        return ""
    head = "".join(
        f'<th scope="col" class="num">{name}</th>'
        for name in ("n", "R\u00b2", "RMSE", "MAE", "Bias", "Concordance", "Pearson r",
                     "In 90\u00a0% interval")
    )  # fmt: skip
    bodies = []
    for group in groups:
        rows = "".join(_metrics_row(metrics) for metrics in group.metrics)
        bodies.append(
            f'<tbody><tr class="group"><th colspan="9" scope="rowgroup">{escape(group.title)}, '
            f"{count(len(group.pairs), 'site')}</th></tr>{rows}</tbody>"
        )
    words = (
        f"RMSE, MAE and bias (predicted minus measured) in {UNIT}. Below the figures: their "
        f"90\u00a0% intervals; with fewer than {FEW_PAIRS} sites they say nothing."
    )
    return section(
        "Agreement by oxide",
        "metrics",
        words,
        f'<tr><th scope="col">Oxide</th>{head}</tr>',
        "".join(bodies),
    )


def _metrics_row(m: OxideMetrics) -> str:
    pretty = {oxide.name: oxide.pretty for oxide in OXIDES}[m.oxide]
    cells = [f'<td class="num">{m.n}</td>']
    for value, interval, signed in (
        (m.r2, m.r2_interval, False),
        (m.rmse, m.rmse_interval, False),
        (m.mae, m.mae_interval, False),
        (m.bias, m.bias_interval, True),
        (m.concordance, m.concordance_interval, False),
    ):
        cells.append(
            f'<td class="num">{number(value, signed)}{_range(interval, m.n_places, signed)}</td>'
        )
    cells.append(f'<td class="num">{number(m.pearson_r)}</td>')
    coverage = DASH
    if m.n_sigma:
        low, high = m.coverage_interval.low, m.coverage_interval.high
        within = f"<small>{100 * low:.0f} to {100 * high:.0f}\u00a0%</small>"
        coverage = f"{100 * m.coverage_90:.0f}\u00a0%" + (within if m.n_sigma >= FEW_PAIRS else "")
    cells.append(f'<td class="num">{coverage}</td>')
    return f'<tr><th scope="row">{pretty}</th>{"".join(cells)}</tr>'


def _range(interval: Interval, places: int, signed: bool) -> str:
    if places < FEW_PAIRS or math.isnan(interval.low):
        return ""
    return f"<small>{number(interval.low, signed)} to {number(interval.high, signed)}</small>"


def singular_section(pairs: Sequence[SitePrediction]) -> str:
    """Chang'e-5 and Chang'e-6 by name: what each was measured and predicted to be."""
    oxides = predicted_oxides(pairs)
    named = [pair for pair in pairs if is_singular(pair.site)]
    if not named:
        return ""
    head = '<tr><th scope="col">Site</th><th scope="col">Value</th>' + "".join(
        f'<th scope="col" class="num">{oxide.pretty}</th>' for oxide in oxides
    )
    rows = []
    for pair in named:
        site = pair.site
        lines = (
            ("measured", site.oxides_wt, False),
            ("predicted", pair.predicted_wt, False),
            ("difference", pair.residual_wt, True),
            ("difference / sigma", pair.standardised_residual, True),
        )
        for place, (title, values, signed) in enumerate(lines):
            first = (
                f'<th scope="rowgroup" rowspan="4" class="site">{escape(site.name)}'
                f"<small>{glyph(pair.seen)}{SEEN_SHORT[pair.seen]}</small></th>"
                if place == 0
                else ""
            )
            cells = "".join(
                f'<td class="num">{number(values[OXIDES.index(oxide)], signed)}</td>'
                for oxide in oxides
            )
            rows.append(f'<tr>{first}<th scope="row">{title}</th>{cells}</tr>')
    words = (
        f"Single, unusual points that decide much of the squared error, in {UNIT} (the last line "
        "without unit)."
    )
    body = f"<tbody>{''.join(rows)}</tbody>"
    return section("Chang\u2019e-5 and Chang\u2019e-6", "singular", words, f"{head}</tr>", body)


def pairs_section(pairs: Sequence[SitePrediction]) -> str:
    """Every checked site with its measured and predicted oxides, by mission."""
    if not pairs:
        return ""
    oxides = predicted_oxides(pairs)
    top = "".join(f'<th scope="colgroup" colspan="3" class="span">{o.pretty}</th>' for o in oxides)
    below = (
        '<th scope="col" class="num first">meas.</th><th scope="col" class="num">pred.</th>'
        '<th scope="col" class="num">diff.</th>'
    ) * len(oxides)
    bodies = []
    for mission in missions([pair.site for pair in pairs]):
        rows = [_pair_row(pair, oxides) for pair in pairs if pair.site.mission == mission]
        bodies.append(
            f'<tbody><tr class="group"><th colspan="{5 + 3 * len(oxides)}" scope="rowgroup">'
            f"{escape(mission) or 'No mission given'}</th></tr>{''.join(rows)}</tbody>"
        )
    words = (
        f"Measured, predicted and their difference (predicted minus measured) in {UNIT}. Bold "
        "differences lie outside the 90\u00a0% interval of the prediction. Domain: distance "
        "from the training spectra, 1 is the model\u2019s limit. Pixels: valid ones in the window."
    )
    head = (
        '<tr><th rowspan="2" scope="col" class="site">Site</th>'
        '<th rowspan="2" scope="col">Training</th>'
        '<th rowspan="2" scope="col" class="num">Pixels</th>'
        '<th rowspan="2" scope="col" class="num">Domain</th>'
        f'<th rowspan="2" scope="col" class="quality">Quality</th>{top}</tr><tr>{below}</tr>'
    )
    return section("All checked sites", "pairs", words, head, "".join(bodies))


def _pair_row(pair: SitePrediction, oxides: Sequence[Oxide]) -> str:
    site = pair.site
    cells = []
    for place in (OXIDES.index(oxide) for oxide in oxides):
        out = " out" if pair.outside_interval[place] else ""
        cells.append(
            f'<td class="num first">{number(site.oxides_wt[place])}</td>'
            f'<td class="num">{number(pair.predicted_wt[place])}</td>'
            f'<td class="num{out}">{number(pair.residual_wt[place], signed=True)}</td>'
        )
    out = " out" if pair.domain_distance > 1.0 else ""
    quality = escape(", ".join(describe(pair.quality)) or "good")
    return (
        f'<tr class="{SEEN_CLASS[pair.seen]}"><th scope="row" class="site">'
        f"{escape(site.name or site.station_id)}"
        f"{_small(site.station_id)}{_small(pair.note)}</th>"
        f'<td class="nowrap">{glyph(pair.seen)}{SEEN_SHORT[pair.seen]}</td>'
        f'<td class="num">{pair.n_pixels}</td>'
        f'<td class="num{out}">{number(pair.domain_distance)}</td>'
        f'<td class="quality">{quality}</td>{"".join(cells)}</tr>'
    )


def _small(text: str) -> str:
    return f"<small>{escape(text)}</small>" if text else ""


def skipped_section(skipped: Sequence[SkippedSite], rejected: Sequence[RejectedRow]) -> str:
    """Every site that could not be checked and every row that could not be read, and why."""
    if not skipped and not rejected:
        return (
            '<section id="skipped"><h2>Skipped sites</h2><p>None: every site was checked.</p>'
            "</section>"
        )
    rows = "".join(
        f'<tr><th scope="row" class="site">{escape(item.site.name or item.site.station_id)}'
        f"{_small(item.site.station_id)}</th>"
        f'<td class="reason">{escape(item.reason)}</td><td>{escape(item.site.mission)}</td>'
        f'<td class="num">{_degrees(item.site.latitude_deg)}</td>'
        f'<td class="num">{_degrees(item.site.longitude_deg)}</td></tr>'
        for item in skipped
    )
    rows += "".join(
        f'<tr><th scope="row" class="site">{escape(row.station_id)}{_small(f"row {row.number}")}'
        f'</th><td class="reason">{escape(row.reason)}</td><td></td><td></td><td></td></tr>'
        for row in rejected
    )
    head = (
        '<tr><th scope="col">Site</th><th scope="col">Reason</th><th scope="col">Mission</th>'
        '<th scope="col" class="num">Latitude (\u00b0)</th>'
        '<th scope="col" class="num">East longitude (\u00b0)</th></tr>'
    )
    words = "Sites without a prediction and rows that could not be used; they are in no figure."
    return section("Skipped sites", "skipped", words, head, f"<tbody>{rows}</tbody>")


def section(title: str, name: str, words: str, head: str, bodies: str) -> str:
    """Build a titled table that scrolls sideways within itself on a narrow screen."""
    return (
        f'<section id="{name}"><h2 id="{name}-title">{title}</h2><p class="small">{words}</p>'
        f'<div class="scroll" tabindex="0" role="region" aria-labelledby="{name}-title">'
        f'<table class="{name}" aria-labelledby="{name}-title"><thead>{head}</thead>'
        f"{bodies}</table></div></section>"
    )


def _degrees(value: float) -> str:
    return f"{value:.4f}".replace("-", "\u2212")
