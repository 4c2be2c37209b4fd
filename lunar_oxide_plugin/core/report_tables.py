"""Tables of the prediction-check report: metrics, checked sites, skipped sites."""

from __future__ import annotations

import math
from html import escape
from typing import List, Sequence, Tuple

from .charts import SEEN_CLASS
from .check import Seen, SitePrediction, SkippedSite, by_seen
from .metrics import FEW_PAIRS, Interval, OxideMetrics, check_metrics
from .oxides import OXIDES, UNIT, Z90
from .quality import describe
from .report_text import DASH, GROUP_TITLES, SEEN_SHORT, count, glyph, is_singular, number
from .sites import missions


def metric_groups(
    pairs: Sequence[SitePrediction],
) -> List[Tuple[str, List[SitePrediction]]]:
    """Return the groups whose metrics are reported, with their titles.

    Seen, unseen and unknown sites are never mixed; a group that holds Chang'e-5 or Chang'e-6
    beside others comes a second time without them.
    """
    groups: List[Tuple[str, List[SitePrediction]]] = []
    order = by_seen(pairs)
    for seen in (Seen.UNSEEN, Seen.UNKNOWN, Seen.SEEN):
        group = order.get(seen, [])
        rest = [pair for pair in group if not is_singular(pair.site)]
        if group:
            groups.append((GROUP_TITLES[seen], group))
        if 0 < len(rest) < len(group):
            left_out = missions([p.site for p in group if is_singular(p.site)])
            groups.append((f"{GROUP_TITLES[seen]}, without {' and '.join(left_out)}", rest))
    return groups


def metrics_section(pairs: Sequence[SitePrediction]) -> str:
    """Metrics per oxide, one block of rows for each group of sites."""
    if not pairs:
        return ""
    head = (
        '<th scope="col">Oxide</th><th scope="col" class="num">n</th>'
        + "".join(
            f'<th scope="col" class="num">{name}</th><th scope="col" class="range">90\u00a0%</th>'
            for name in ("R\u00b2", "RMSE", "Bias")
        )
        + "".join(
            f'<th scope="col" class="num">{name}</th>'
            for name in ("MAE", "Pearson r", "Concordance", "In 90\u00a0% interval")
        )
    )
    bodies = []
    for title, group in metric_groups(pairs):
        rows = "".join(_metrics_row(metrics) for metrics in check_metrics(group))
        bodies.append(
            f'<tbody><tr class="group"><th colspan="12" scope="rowgroup">{escape(title)}, '
            f"{count(len(group), 'site')}</th></tr>{rows}</tbody>"
        )
    words = (
        f"RMSE, bias (predicted minus measured) and MAE in {UNIT}. Beside R\u00b2, RMSE and bias: "
        f"90\u00a0% bootstrap interval over sites; with fewer than {FEW_PAIRS} sites it is not "
        "meaningful and not shown."
    )
    return _section("Agreement by oxide", "metrics", words, f"<tr>{head}</tr>", "".join(bodies))


def _metrics_row(m: OxideMetrics) -> str:
    pretty = {oxide.name: oxide.pretty for oxide in OXIDES}[m.oxide]
    cells = [f'<td class="num">{m.n}</td>']
    for value, interval, signed in (
        (m.r2, m.r2_interval, False),
        (m.rmse, m.rmse_interval, False),
        (m.bias, m.bias_interval, True),
    ):
        cells.append(f'<td class="num">{number(value, signed)}</td>')
        cells.append(f'<td class="range">{_range(interval, m.n, signed)}</td>')
    coverage = DASH if math.isnan(m.coverage_90) else f"{100 * m.coverage_90:.0f} %"
    cells += [
        f'<td class="num">{text}</td>'
        for text in (number(m.mae), number(m.pearson_r), number(m.concordance), coverage)
    ]
    return f'<tr><th scope="row">{pretty}</th>{"".join(cells)}</tr>'


def _range(interval: Interval, n: int, signed: bool) -> str:
    if n < FEW_PAIRS:
        return f"n &lt; {FEW_PAIRS}"
    if math.isnan(interval.low):
        return DASH
    return f"{number(interval.low, signed)} to {number(interval.high, signed)}"


def pairs_section(pairs: Sequence[SitePrediction]) -> str:
    """Every checked site with its six measured and predicted oxides, by mission."""
    if not pairs:
        return ""
    top = "".join(f'<th scope="colgroup" colspan="3" class="span">{o.pretty}</th>' for o in OXIDES)
    below = (
        '<th scope="col" class="num first">meas.</th><th scope="col" class="num">pred.</th>'
        '<th scope="col" class="num">diff.</th>'
    ) * len(OXIDES)
    bodies = []
    for mission in missions([pair.site for pair in pairs]):
        rows = [_pair_row(pair) for pair in pairs if pair.site.mission == mission]
        bodies.append(
            f'<tbody><tr class="group"><th colspan="23" scope="rowgroup">'
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
    return _section("All checked sites", "pairs", words, head, "".join(bodies))


def _pair_row(pair: SitePrediction) -> str:
    site = pair.site
    cells = []
    for measured, predicted, residual, sigma in zip(
        site.oxides_wt, pair.predicted_wt, pair.residual_wt, pair.sigma_wt
    ):
        out = " out" if abs(residual) > Z90 * sigma else ""
        cells.append(
            f'<td class="num first">{number(measured)}</td><td class="num">{number(predicted)}'
            f'</td><td class="num{out}">{number(residual, signed=True)}</td>'
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


def skipped_section(skipped: Sequence[SkippedSite]) -> str:
    """Every site that could not be checked, with the reason."""
    if not skipped:
        return "<section><h2>Skipped sites</h2><p>None: every site was checked.</p></section>"
    rows = "".join(
        f'<tr><th scope="row" class="site">{escape(item.site.name or item.site.station_id)}'
        f"{_small(item.site.station_id)}</th>"
        f'<td class="reason">{escape(item.reason)}</td><td>{escape(item.site.mission)}</td>'
        f'<td class="num">{_degrees(item.site.latitude_deg)}</td>'
        f'<td class="num">{_degrees(item.site.longitude_deg)}</td></tr>'
        for item in skipped
    )
    head = (
        '<tr><th scope="col">Site</th><th scope="col">Reason</th><th scope="col">Mission</th>'
        '<th scope="col" class="num">Latitude (\u00b0)</th>'
        '<th scope="col" class="num">East longitude (\u00b0)</th></tr>'
    )
    words = "Sites without a prediction; they are in no figure above."
    return _section("Skipped sites", "skipped", words, head, f"<tbody>{rows}</tbody>")


def _section(title: str, name: str, words: str, head: str, bodies: str) -> str:
    """Build a titled table that scrolls sideways within itself on a narrow screen."""
    return (
        f'<section><h2 id="{name}-title">{title}</h2><p class="small">{words}</p>'
        f'<div class="scroll" tabindex="0" role="region" aria-labelledby="{name}-title">'
        f'<table class="{name}" aria-labelledby="{name}-title"><thead>{head}</thead>'
        f"{bodies}</table></div></section>"
    )


def _degrees(value: float) -> str:
    return f"{value:.4f}".replace("-", "\u2212")
