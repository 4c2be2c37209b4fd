"""The prediction check as one self-contained HTML page: no network, no scripts."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Dict, List, Sequence, Union

from ..check.metric_groups import GROUP_TITLES, is_singular, metric_groups
from ..check.metrics import check_metrics
from ..check.site_check import CheckResult, SitePrediction, by_seen, predicted_oxides
from ..chemistry.oxides import AL2O3, FEO, MGO, OXIDES, SIO2, UNIT, Oxide
from ..files import write_text
from .charts import ChartPoint, domain_svg, mission_svg, qq_svg, residual_svg, scatter_svg
from .charts_geochemistry import oxide_pair_svg
from .charts_map import residual_map_svg
from .report_opinion import opinion_section
from .report_page import facts_section, figure, figures_section, html_page
from .report_tables import metrics_section, pairs_section, singular_section, skipped_section
from .report_text import (
    SEEN_SHORT,
    definitions,
    glyph,
    number,
    origin_box,
    short_label,
    summary,
    warning,
)

TITLE = "Prediction check at lunar sample sites"


def render_report(result: CheckResult) -> str:
    """Render the check as an HTML page.

    The page loads nothing from elsewhere, runs no script, and escapes all text that came
    with the data. Oxides are in wt%.
    """
    pairs = result.pairs
    return html_page(
        TITLE,
        summary(result) + warning(pairs) + origin_box(result),
        [
            metrics_section(metric_groups(pairs)),
            *(_figures(pairs) if pairs else []),
            opinion_section(result),
            singular_section(pairs),
            pairs_section(pairs),
            skipped_section(result.skipped, result.rejected),
            facts_section("Provenance", "provenance", provenance_facts(result)),
            '<section id="definitions" class="small"><h2>How the figures are defined</h2>'
            f"{definitions()}</section>",
        ],
    )


def write_report(result: CheckResult, path: Union[str, Path]) -> None:
    """Write the check as an HTML file.

    Raises
    ------
    OutputError
        If the file cannot be written; an earlier file at `path` is then untouched.
    """
    write_text(path, render_report(result), "report")


def chart_points(pairs: Sequence[SitePrediction], index: int) -> List[ChartPoint]:
    """Points of the plots of oxide number `index`; pairs without both values are left out."""
    return [
        ChartPoint(
            label=short_label(pair.site),
            measured=pair.site.oxides_wt[index],
            predicted=pair.predicted_wt[index],
            sigma=pair.sigma_wt[index],
            seen=pair.seen,
            always_named=is_singular(pair.site),
            measured_sigma=pair.site.measured_sigma_wt[index],
            domain_distance=pair.domain_distance,
            mission=pair.site.mission,
        )
        for pair in pairs
        if math.isfinite(pair.residual_wt[index])
    ]


def _figures(pairs: Sequence[SitePrediction]) -> List[str]:
    points = {oxide: chart_points(pairs, i) for i, oxide in enumerate(OXIDES)}
    measured = [oxide for oxide in OXIDES if points[oxide]]
    key = _key(pairs)
    caption = "<b>{}</b>"
    sections = [
        figures_section(
            "Measured and predicted",
            "measured",
            key
            + _small(
                "Named: Chang\u2019e-5 and Chang\u2019e-6, the largest residuals and sites "
                "outside their 90\u00a0% interval, as far as there is room. The table of all "
                "sites marks every site outside."
            ),
            _scatters(pairs, points),
        ),
        figures_section(
            "Residual against measured value",
            "residuals",
            key
            + _small(
                "A slope says that high values are predicted too low or low ones too high. Bars: "
                "90\u00a0% interval of the difference."
            ),
            [figure(caption.format(o.pretty), residual_svg(o, points[o])) for o in measured],
        ),
    ]
    if any(math.isfinite(pair.domain_distance) for pair in pairs):
        sections.append(
            figures_section(
                "Residual against domain distance",
                "domain",
                key
                + _small(
                    "Distance from the training spectra; beyond the dashed line at 1 the model "
                    "extrapolates."
                ),
                [figure(caption.format(o.pretty), domain_svg(o, points[o])) for o in measured],
            )
        )
    sections += [
        figures_section(
            "Where the residuals lie",
            "map",
            _map_key()
            + _small(
                "Equirectangular, degrees east and north. Dashed: South Pole\u2013Aitken basin "
                "(ellipse of Garrick-Bethell &amp; Zuber 2009). Shapes as in the other plots; "
                "larger marks are larger differences."
            ),
            [figure(caption.format(o.pretty), residual_map_svg(o, pairs)) for o in measured],
            wide=True,
        ),
        figures_section(
            "Bias by mission",
            "missions",
            _key(pairs, bare=True)
            + _small(
                "Mark: mean difference of a mission\u2019s sites, their number in brackets; line: "
                "from the smallest to the largest."
            ),
            [figure(caption.format(o.pretty), mission_svg(o, points[o])) for o in measured],
        ),
    ]
    if any(math.isfinite(sigma) for pair in pairs for sigma in pair.sigma_wt):
        sections.append(
            figures_section(
                "Are the intervals right?",
                "calibration",
                _key(pairs, bare=True)
                + _small(
                    "Q\u2013Q plot: standardised residuals against a normal distribution. On the "
                    "line: sigma is right; flatter: sigma is too wide; steeper: too narrow; "
                    "shifted: bias. Sigma is meant for sites that the model has not seen."
                ),
                [figure(caption.format(o.pretty), qq_svg(o, points[o])) for o in measured],
            )
        )
    wanted = ((FEO, AL2O3), (MGO, SIO2))
    shown = [(x, y) for x, y in wanted if x in measured and y in measured]
    if shown:
        sections.append(
            figures_section(
                "Composition",
                "composition",
                _key(pairs, bare=True)
                + _small(
                    "Hollow: measured; filled: predicted; the line joins both. Predictions that "
                    "leave the trend of the measured soils are suspect even where each oxide "
                    "alone looks plausible."
                ),
                [
                    figure(f"<b>{y.pretty} against {x.pretty}</b>", oxide_pair_svg(x, y, pairs))
                    for x, y in shown
                ],
                wide=True,
            )
        )
    return sections


def _scatters(pairs: Sequence[SitePrediction], points: Dict[Oxide, List[ChartPoint]]) -> List[str]:
    groups = by_seen(pairs)
    metrics = {seen: check_metrics(group, resamples=1) for seen, group in groups.items()}
    figures = []
    for i, oxide in enumerate(predicted_oxides(pairs)):
        errors = "<br>".join(
            f"{SEEN_SHORT[seen]}: RMSE {number(metrics[seen][i].rmse)} {UNIT}, "
            f"n\u00a0=\u00a0{metrics[seen][i].n}"
            for seen in groups
        )
        figures.append(figure(f"<b>{oxide.pretty}</b>{errors}", scatter_svg(oxide, points[oxide])))
    return figures


def _key(pairs: Sequence[SitePrediction], bare: bool = False) -> str:
    """What the marks mean; `bare` for plots without line and bars."""
    key = [f"<li>{glyph(seen)}{GROUP_TITLES[seen].lower()}</li>" for seen in by_seen(pairs)]
    if not bare:
        key.append('<li><span class="glyph line"></span>predicted = measured</li>')
        if any(math.isfinite(sigma) for pair in pairs for sigma in pair.sigma_wt):
            key.append('<li><span class="glyph bar"></span>90\u00a0% interval</li>')
    return f'<ul class="key">{"".join(key)}</ul>'


def _map_key() -> str:
    return (
        '<ul class="key"><li><span class="glyph over"></span>+ predicted too high</li>'
        '<li><span class="glyph under"></span>\u2212 predicted too low</li></ul>'
    )


def _small(words: str) -> str:
    return f'<p class="small">{words}</p>'


def provenance_facts(result: CheckResult) -> Dict[str, str]:
    """Everything that another reader needs to repeat the check, by name."""
    facts = {
        **result.provenance,
        "Window": (
            f"{result.window} \u00d7 {result.window} pixels, median of the valid ones (areas: "
            "median of the pixels they cover)"
        ),
    }
    if result.truth_notes:
        facts["Ground truth"] = "\n".join(result.truth_notes)
    sources = dict.fromkeys(p.site.citation for p in result.pairs if p.site.citation)
    if sources:
        facts["Measured compositions"] = "; ".join(sources)
    return facts
