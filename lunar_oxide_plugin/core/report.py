"""The prediction check as one self-contained HTML page: no network, no scripts."""

from __future__ import annotations

import math
from html import escape
from pathlib import Path
from typing import Dict, List, Sequence, Union

from .charts import ChartPoint, scatter_svg
from .check import CheckResult, SitePrediction, by_seen
from .metrics import check_metrics
from .oxides import OXIDES, UNIT
from .report_style import CSS
from .report_tables import metrics_section, pairs_section, skipped_section
from .report_text import (
    GROUP_TITLES,
    SEEN_SHORT,
    definitions,
    glyph,
    is_singular,
    number,
    summary,
    warning,
)
from .sites import SampleSite
from .textfile import write_text

TITLE = "Prediction check at lunar sample sites"


def render_report(result: CheckResult) -> str:
    """Render the check as an HTML page.

    The page loads nothing from elsewhere, runs no script, and escapes all text that came
    with the data. Oxides are in wt%.
    """
    pairs = result.pairs
    sections = [
        f"<header><h1>{TITLE}</h1>{summary(result)}{warning(pairs)}</header>",
        _plots(pairs),
        metrics_section(pairs),
        pairs_section(pairs),
        skipped_section(result.skipped),
        _provenance(result),
        f'<section class="small"><h2>How the figures are defined</h2>{definitions()}</section>',
    ]
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{TITLE}</title>\n<style>{CSS}</style>\n</head>\n<body>\n<main>\n"
        + "\n".join(section for section in sections if section)
        + "\n</main>\n</body>\n</html>\n"
    )


def write_report(result: CheckResult, path: Union[str, Path]) -> None:
    """Write the check as an HTML file.

    Raises
    ------
    OutputError
        If the file cannot be written; an earlier file at `path` is then untouched.
    """
    write_text(path, render_report(result), "report")


def _short_label(site: SampleSite) -> str:
    if 0 < len(site.name) <= 10:
        return site.name
    return site.mission if is_singular(site) else site.station_id


def chart_points(pairs: Sequence[SitePrediction], index: int) -> List[ChartPoint]:
    """Points of the plot of oxide number `index`; pairs without both values are left out."""
    return [
        ChartPoint(
            label=_short_label(pair.site),
            measured=pair.site.oxides_wt[index],
            predicted=pair.predicted_wt[index],
            sigma=pair.sigma_wt[index],
            seen=pair.seen,
            always_named=is_singular(pair.site),
        )
        for pair in pairs
        if math.isfinite(pair.residual_wt[index])
    ]


def _plots(pairs: Sequence[SitePrediction]) -> str:
    if not pairs:
        return ""
    groups = by_seen(pairs)
    metrics = {seen: check_metrics(group, resamples=1) for seen, group in groups.items()}
    figures = []
    for i, oxide in enumerate(OXIDES):
        errors = "<br>".join(
            f"{SEEN_SHORT[seen]}: RMSE {number(metrics[seen][i].rmse)} {UNIT}, "
            f"n\u00a0=\u00a0{metrics[seen][i].n}"
            for seen in groups
        )
        figures.append(
            f"<figure><figcaption><b>{oxide.pretty}</b>{errors}</figcaption>"
            f"{scatter_svg(oxide, chart_points(pairs, i))}</figure>"
        )
    key = [f"<li>{glyph(seen)}{GROUP_TITLES[seen].lower()}</li>" for seen in groups]
    key.append('<li><span class="glyph line"></span>predicted = measured</li>')
    if any(math.isfinite(sigma) for pair in pairs for sigma in pair.sigma_wt):
        key.append('<li><span class="glyph bar"></span>90\u00a0% interval of the prediction</li>')
    return (
        '<section class="measured"><h2>Measured and predicted</h2>'
        f'<ul class="key">{"".join(key)}</ul><div class="plots">{"".join(figures)}</div>'
        '<p class="small">Named: Chang\u2019e-5 and Chang\u2019e-6, the largest residuals and '
        "sites outside their 90\u00a0% interval, as far as there is room. The table of all sites "
        "marks every site outside.</p></section>"
    )


def _provenance(result: CheckResult) -> str:
    facts: Dict[str, str] = {
        **result.provenance,
        "Window": f"{result.window} \u00d7 {result.window} pixels, median of the valid ones",
    }
    sources = dict.fromkeys(p.site.citation for p in result.pairs if p.site.citation)
    if sources:
        facts["Measured compositions"] = "; ".join(sources)
    items = "".join(
        f"<dt>{escape(name)}</dt><dd>{escape(str(value))}</dd>" for name, value in facts.items()
    )
    return f"<section><h2>Provenance</h2><dl>{items}</dl></section>"
