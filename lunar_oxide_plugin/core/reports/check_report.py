"""The prediction check as a page: its charts and sentences."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any, Callable, Dict, List, Sequence, Tuple, Union

from ..check.metric_groups import GROUP_TITLES, is_singular, metric_groups
from ..check.metrics import (
    BOOTSTRAP_RESAMPLES,
    FEW_PAIRS,
    check_metrics,
    oxide_metrics,
)
from ..check.site_check import CheckResult, SitePrediction, by_seen
from ..chemistry.layout import SigmaKind
from ..chemistry.oxides import AL2O3, FEO, MGO, OXIDES, SIO2, UNIT, Oxide
from ..files import write_text
from ..rasters.quality import FLAGS
from ..sites.training_stations import Seen
from .chart_files import address, write_charts
from .charts.check import (
    ChartPoint,
    FittedLine,
    domain_svg,
    mission_svg,
    qq_svg,
    residual_svg,
    scatter_svg,
)
from .charts.histogram import residuals_svg, values_svg
from .charts.pairs import opinion_svg, oxide_pair_svg, short_label
from .charts.site_map import residual_map_svg
from .charts.svg import SEEN_CLASS, Markup
from .check_report_tables import (
    PRETTY,
    SEEN_SHORT,
    in_situ_table,
    metrics_table,
    pairs_table,
    singular_table,
    skipped_table,
)
from .numbers import count, number, signed
from .rendering import Column, Figure, Group, Table, render

TITLE = "Prediction check at lunar sample sites"


def render_report(result: CheckResult, files: Sequence[Tuple[str, str]] = ()) -> str:
    """Render the check as an HTML page, oxides in wt%.

    Parameters
    ----------
    result : CheckResult
    files : sequence of (str, str)
        Name and address of each file that belongs to the report.

    Returns
    -------
    str

    Raises
    ------
    OutputError
        If Jinja2 cannot be imported.
    """
    pairs = result.pairs
    oxides = {oxide: OXIDES.index(oxide) for oxide in result.oxides}
    unseen = [pair for pair in pairs if pair.seen is Seen.UNSEEN]
    trained = {pair.site.mission for pair in pairs if pair.seen is Seen.SEEN}
    return render(
        "check.html",
        title=TITLE,
        checked=len(pairs),
        total=len(pairs) + len(result.skipped),
        left_out=len(result.skipped),
        places=len({pair.place or str(place) for place, pair in enumerate(pairs)}),
        seen=sum(pair.seen is Seen.SEEN for pair in pairs),
        unknown=sum(pair.seen is Seen.UNKNOWN for pair in pairs),
        unseen=len(unseen),
        blind=_blind_sentences(unseen),
        near=sum(pair.site.mission in trained for pair in unseen),
        files=list(files),
        origin=result.provenance.get("Origin of the data", ""),
        few=FEW_PAIRS,
        intervals=_interval_sentences(result),
        metrics=metrics_table(metric_groups(pairs), result.new_place),
        charts=_charts(pairs, oxides, result.in_situ) if pairs else None,
        opinion=_opinion(result),
        singular=singular_table(pairs, oxides),
        pairs=pairs_table(pairs, oxides),
        skipped=skipped_table(result),
        in_situ=in_situ_table(result, oxides),
        in_situ_skipped=[f"{item.site.name} ({item.reason})" for item in result.in_situ_skipped],
        in_situ_sources=list(dict.fromkeys(p.site.citation for p in result.in_situ)),
        provenance=list(provenance_facts(result).items()),
        resamples=BOOTSTRAP_RESAMPLES,
        flags=FLAGS,
    )


def write_report(
    result: CheckResult,
    path: Union[str, Path],
    tables: Sequence[Tuple[str, Union[str, Path]]] = (),
    figures: Union[str, Path, None] = None,
) -> None:
    """Write the check as an HTML file.

    Parameters
    ----------
    result : CheckResult
    path : str or Path
        File to write.
    tables : sequence of (str, path)
        Files of the same check, to which the report links: what each is, and where.
    figures : str or Path, optional
        Folder for every chart as an SVG file.

    Raises
    ------
    OutputError
        If a file cannot be written; an earlier file at `path` is then untouched.
    """
    files = [(name, address(table, path)) for name, table in tables]
    page = render_report(result, files)
    if figures is not None:
        files += [
            (f"chart {chart.stem}", address(chart, path)) for chart in write_charts(page, figures)
        ]
        page = render_report(result, files)
    write_text(path, page, "report")


def chart_points(pairs: Sequence[SitePrediction], index: int) -> List[ChartPoint]:
    """Points of the charts of oxide number `index`; pairs without both values are left out."""
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


def provenance_facts(result: CheckResult) -> Dict[str, str]:
    """Everything that is needed to repeat the check, by name."""
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


def _interval_sentences(result: CheckResult) -> List[str]:
    """Which intervals the sites were judged with, and of which oxides the map tells little."""
    sentences = []
    counts: Dict[Tuple[SigmaKind, bool], int] = {}
    for pair in result.pairs:
        if pair.sigma_kind is not None:
            key = (pair.sigma_kind, pair.seen is Seen.SEEN)
            counts[key] = counts.get(key, 0) + 1
    for (kind, seen), n in counts.items():
        where = "training sites, where no interval is tested" if seen else "sites not in training"
        sentences.append(f"{count(n, 'site')} ({where}): 90\u00a0% interval {kind.title}.")
    if result.pairs and counts and not result.new_place:
        sentences.append("The map does not say how uncertain it is at a new place.")
    for name, skill in result.new_place.items():
        if skill.tells_little and name in {oxide.name for oxide in result.oxides}:
            sentences.append(
                f"{PRETTY[name]}: the map tells little at a new place (90\u00a0% interval "
                f"\u00b1{number(skill.half_width_wt)} {UNIT} on average; all training soils "
                f"\u00b1{number(skill.soil_half_range_wt)})."
            )
    return sentences


def _blind_sentences(unseen: Sequence[SitePrediction]) -> List[str]:
    """Results at the sites not seen in training: one by one if they are few, or all together."""
    if len(unseen) >= FEW_PAIRS:
        known = [m for m in check_metrics(unseen, resamples=1) if m.n]
        listed = ", ".join(f"{PRETTY[m.oxide]} {number(m.rmse)}" for m in known)
        return [f"RMSE at the sites not seen ({UNIT}): {listed}."]
    sentences = []
    for pair in unseen:
        listed = ", ".join(
            f"{oxide.pretty} {signed(residual)}"
            for oxide, residual, predicted in zip(OXIDES, pair.residual_wt, pair.predicted_wt)
            if math.isfinite(predicted)
        )
        name = pair.site.name or pair.site.station_id
        sentences.append(f"{name}, predicted blind, minus measured ({UNIT}): {listed}.")
    return sentences


def _charts(
    pairs: Sequence[SitePrediction], oxides: Dict[Oxide, int], in_situ: Sequence[SitePrediction]
) -> Dict[str, Any]:
    points = {oxide: chart_points(pairs, place) for oxide, place in oxides.items()}
    measured = [oxide for oxide in oxides if points[oxide]]
    sites = [(SEEN_CLASS[seen], GROUP_TITLES[seen].lower()) for seen in by_seen(pairs)]
    has_sigma = any(math.isfinite(sigma) for pair in pairs for sigma in pair.sigma_wt)
    has_domain = any(math.isfinite(pair.domain_distance) for pair in pairs)

    def each(draw: Callable[[Oxide, Sequence[ChartPoint]], Markup]) -> List[Figure]:
        return [Figure(oxide.pretty, draw(oxide, points[oxide])) for oxide in measured]

    return {
        "sites": sites,
        "key": [
            *sites,
            ("line", "predicted = measured"),
            *([("dashes", "fitted line")] if any(_fits(pairs).values()) else []),
            *([("bar", "90\u00a0% interval")] if has_sigma else []),
        ],
        "measured": _scatters(pairs, points),
        "residuals": each(residual_svg),
        "values": each(values_svg),
        "errors": each(residuals_svg),
        "domain": each(domain_svg) if has_domain else [],
        "map": [
            Figure(oxide.pretty, residual_map_svg(oxide, pairs, in_situ)) for oxide in measured
        ],
        "has_in_situ": bool(in_situ),
        "missions": each(mission_svg),
        "calibration": each(qq_svg) if has_sigma else [],
        "composition": [
            Figure(f"{y.pretty} against {x.pretty}", oxide_pair_svg(x, y, pairs))
            for x, y in ((FEO, AL2O3), (MGO, SIO2))
            if x in measured and y in measured
        ],
    }


def _scatters(
    pairs: Sequence[SitePrediction], points: Dict[Oxide, List[ChartPoint]]
) -> List[Figure]:
    errors: Dict[str, List[str]] = {oxide.name: [] for oxide in points}
    fits = _fits(pairs)
    for seen, group in by_seen(pairs).items():
        for m in check_metrics(group, resamples=1):
            text = f"{SEEN_SHORT[seen]}: RMSE {number(m.rmse)} {UNIT}, n\u00a0=\u00a0{m.n}"
            line = [fit.equation for fit in fits.get(m.oxide, []) if fit.seen is seen]
            errors[m.oxide].append(", ".join([text, *line]))
    return [
        Figure(
            oxide.pretty,
            scatter_svg(oxide, shown, fits.get(oxide.name, [])),
            tuple(errors[oxide.name]),
        )
        for oxide, shown in points.items()
    ]


def _fits(pairs: Sequence[SitePrediction]) -> Dict[str, List[FittedLine]]:
    """Fitted lines by oxide, of groups with enough sites for one."""
    fits: Dict[str, List[FittedLine]] = {}
    for seen, group in by_seen(pairs).items():
        for m in check_metrics(group, resamples=1):
            if m.n >= FEW_PAIRS and math.isfinite(m.slope):
                fits.setdefault(m.oxide, []).append(FittedLine(seen, m.slope, m.intercept))
    return fits


def _opinion(result: CheckResult) -> Dict[str, Any]:
    """The model compared with the classical formulas; empty where no comparison is possible."""
    opinion = result.second_opinion
    if opinion is None:
        return {}
    groups, figures = [], []
    for place, (oxide, formula) in enumerate(opinion.formulas):
        if oxide not in result.oxides:
            continue
        index = OXIDES.index(oxide)
        usable = [
            (pair, values[place])
            for pair, values in zip(result.pairs, opinion.values_wt)
            if math.isfinite(values[place]) and math.isfinite(pair.residual_wt[index])
        ]
        measured = [pair.site.oxides_wt[index] for pair, _ in usable]
        keys = [pair.place or f"pair {n}" for n, (pair, _) in enumerate(usable)]
        rows = []
        for title, values in (
            ("the model", [pair.predicted_wt[index] for pair, _ in usable]),
            (formula.title, [value for _, value in usable]),
        ):
            m = oxide_metrics(measured, values, None, oxide.name, places=keys)
            figures_of = (m.r2, m.rmse, m.mae)
            rows.append(
                [title, str(m.n), *map(number, figures_of), signed(m.bias), number(m.pearson_r)]
            )
        groups.append(Group(rows, oxide.pretty))
        figures.append(Figure(oxide.pretty, opinion_svg(oxide, formula.title, usable),
                              (formula.title,)))  # fmt: skip
    if not groups:
        return {}
    names = ("n", "R\u00b2", "RMSE", "MAE", "Bias", "Pearson r")
    return {
        "raster": opinion.raster,
        "sources": "; ".join(f"{f.title}: {f.formula} ({f.citation})" for _, f in opinion.formulas),
        "bands": "; ".join(opinion.bands),
        "table": Table(
            "Second opinion: classical formulas",
            [Column("By"), *(Column(name, "num") for name in names)],
            groups,
            "opinion",
        ),
        "figures": figures,
    }
