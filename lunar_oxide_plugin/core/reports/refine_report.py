"""The report of a refinement as one self-contained HTML page."""

from __future__ import annotations

import math
from html import escape
from pathlib import Path
from typing import Dict, Iterable, List, Union

from ..chemistry.oxides import UNIT
from ..files import write_text
from ..refine.model_refinement import RefineResult
from ..refine.refined_description import METHOD
from ..refine.verdict import BETTER, MIN_PLACES, UNTESTABLE, WORSE, Comparison
from .html_page import page, table

TITLE = "Refining a model with new samples"


def render_refine_report(result: RefineResult) -> str:
    """Render a refinement as an HTML page; all text that came with data is escaped."""
    return page(
        TITLE,
        [
            _header(result),
            _doubts(result),
            _verdicts(result),
            _samples(result),
            _rest(result),
            _skipped(result),
            _lineage(result),
            _definitions(),
        ],
    )


def write_refine_report(result: RefineResult, path: Union[str, Path]) -> None:
    """Write the report.

    Raises
    ------
    OutputError
    """
    write_text(path, render_refine_report(result), "report")


def headline(result: RefineResult) -> str:
    """One sentence: for which oxides the refined model is better, and for which that is open."""
    better = [o.name for o, v in zip(result.oxides, result.verdicts) if v == BETTER]
    worse = [o.name for o, v in zip(result.oxides, result.verdicts) if v == WORSE]
    places = result.evidence.new_places
    if places < MIN_PLACES:
        text = (
            f"With {places} new place{'s' if places > 1 else ''} it cannot be told whether the "
            f"refined model is better: {MIN_PLACES} or more are needed to leave each out in turn. "
            "The smaller residual at the new samples is fitted, not validated."
        )
    elif better:
        text = f"Better at new places by cross-validation: {', '.join(better)}."
    else:
        text = "Cross-validation does not show the refined model to be better for any oxide."
    if worse:
        text += f" Worse, and therefore left as the parent gives it: {', '.join(worse)}."
    return text


def _header(result: RefineResult) -> str:
    origin = ""
    if result.data_origin:
        origin = f"<p><b>Origin of the reflectance: {escape(result.data_origin)}.</b></p>"
    known = ""
    if not result.stations_known:
        known = (
            "<p>The parent does not list training stations that are known here: all stations of "
            "the bundled table pin the correction, whether it saw them or not.</p>"
        )
    return (
        f"<header><h1>{TITLE}</h1><p>{escape(result.parent_title)} &rarr; "
        f"{escape(result.title)}</p><p><b>{escape(headline(result))}</b></p>{origin}{known}</header>"
    )


def _doubts(result: RefineResult) -> str:
    if not result.doubts:
        return ""
    items = "".join(
        f"<li>{'<b>Looks wrong.</b> ' if d.looks_wrong else ''}{escape(d.text)}</li>"
        for d in result.doubts
    )
    return f"<section><h2>Samples to look at again</h2><ul>{items}</ul></section>"


def _number(value: float, digits: int = 2) -> str:
    return f"{value:.{digits}f}" if math.isfinite(value) else "-"


def _change(comparison: Comparison | None, oxide: int) -> List[str]:
    if comparison is None:
        return ["-", "-"]
    return [_number(float(comparison.before[oxide])), _number(float(comparison.after[oxide]))]


def _verdicts(result: RefineResult) -> str:
    evidence = result.evidence
    rows = []
    for i, oxide in enumerate(result.oxides):
        rows.append(
            [
                oxide.pretty,
                *_change(evidence.new, i),
                *_change(evidence.old, i),
                *_change(evidence.rehearsal, i),
                result.verdicts[i],
            ]
        )
    head = [
        "oxide",
        "new places left out: parent",
        "refined",
        "old stations: parent",
        "refined",
        "rehearsal: parent",
        "refined",
        "verdict at new places",
    ]
    old = (
        "The parent's file carries no held-out predictions: its sigma stands for its errors at the "
        "old stations, and the figures bound the harm from above."
        if evidence.old_is_bound
        else "At the old stations parent and correction are fitted without the station "
        "(cross-validated)."
    )
    one = (
        " With one new place there is nothing to leave out."
        if evidence.new is None
        else f" {evidence.new_places} new places were left out one at a time."
    )
    return (
        f"<section><h2>Does it help? RMSE in {UNIT}</h2>{table(head, rows)}"
        f"<p>{old}{one} Rehearsal: the same refinement on the missions that the parent knows, each "
        "taken as new; it tells how such refinements fare, not how this one does.</p></section>"
    )


def _samples(result: RefineResult) -> str:
    samples = result.samples
    rows = []
    for row, item in enumerate(result.added):
        for i, oxide in enumerate(result.oxides):
            measured = float(samples.measured[row, i])
            if not math.isfinite(measured):
                continue
            left_out = "-"
            if result.evidence.new_errors is not None:
                left_out = _number(float(result.evidence.new_errors[row, i]))
            rows.append(
                [
                    item.site.station_id,
                    oxide.pretty,
                    _number(measured),
                    _number(float(samples.predicted[row, i])),
                    _number(float(samples.predicted[row, i]) - measured),
                    _number(float(result.refined[row, i]) - measured),
                    left_out,
                    _number(float(samples.sigma[row, i])),
                    _number(float(result.refined_sigma[row, i])),
                ]
            )
    head = [
        "sample",
        "oxide",
        "measured",
        "parent predicts (blind)",
        "its error",
        "error after refinement (fitted)",
        "error when left out",
        "sigma before",
        "sigma after",
    ]
    return f"<section><h2>At the new samples, {UNIT}</h2>{table(head, rows, 2)}</section>"


def _rest(result: RefineResult) -> str:
    change = abs(result.fitted_change)
    touched = int((change.max(axis=1) > 0.05).sum())
    rows = [
        [oxide.pretty, _number(float(change[:, i].max()), 3)]
        for i, oxide in enumerate(result.oxides)
    ]
    return (
        "<section><h2>Everywhere else</h2>"
        f"<p>Reach of the correction: {result.evidence.reach:g} domain units. "
        f"At {touched} of {len(change)} training stations an oxide changes by more than 0.05 "
        f"{UNIT}. Farther than the reach from every sample and station the parent's answer stays "
        f"as it is.</p>{table(['oxide', f'largest change at a training station ({UNIT})'], rows)}"
        "</section>"
    )


def _skipped(result: RefineResult) -> str:
    if not result.skipped:
        return ""
    by_reason: Dict[str, List[str]] = {}
    for site, reason in result.skipped:
        by_reason.setdefault(reason, []).append(site.station_id)
    rows = [[reason, ", ".join(ids)] for reason, ids in by_reason.items()]
    return f"<section><h2>Sites not used</h2>{table(['why', 'sites'], rows, 9)}</section>"


def _lineage(result: RefineResult) -> str:
    lineage = result.description["lineage"]
    parent = lineage["parent"]
    facts = {
        "Parent": f"{parent['title']} {parent['version']}",
        "Parent SHA-256": parent["sha256"],
        "Samples added": ", ".join(site["id"] for site in lineage["sites"]),
        "Spectra from": lineage["raster"] or "the sites' own reflectance columns",
        "Made": lineage["created"],
        "With": lineage["software"],
    }
    return f"<section><h2>Lineage</h2><dl>{_items(facts.items())}</dl></section>"


def _items(pairs: Iterable[tuple[str, object]]) -> str:
    return "".join(f"<dt>{escape(k)}</dt><dd>{escape(str(v))}</dd>" for k, v in pairs)


def _definitions() -> str:
    return (
        '<section class="small"><h2>How it works</h2>'
        f"<p>{escape(METHOD)}. Sigma is nowhere below the parent's. The domain distance takes the "
        "new spectra in. Verdicts: <i>better</i> and <i>worse</i> need 95 percent of resamples of "
        f"at least {MIN_PLACES} new places, worse also follows when the cross-validated error at "
        f"the old stations grows by more than 2 percent; <i>{UNTESTABLE}</i> where there are fewer "
        "places.</p></section>"
    )
