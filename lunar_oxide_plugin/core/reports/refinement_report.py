"""A refinement as a page: its effect at new places, at the samples, and everywhere else."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Dict, List, Optional, Tuple, Union

from ..chemistry.oxides import UNIT
from ..files import write_text
from ..refine.model_refinement import RefineResult
from ..refine.refined_description import METHOD
from ..refine.verdict import BETTER, MIN_PLACES, UNTESTABLE, WORSE, Comparison
from .numbers import DASH, count, number, signed
from .rendering import Column, Group, Table, plain_table, render

TITLE = "Refining a model with new samples"

#: Least change of an oxide at a training station that is counted, wt%.
NOTICEABLE_WT = 0.05


def render_refine_report(result: RefineResult) -> str:
    """Render a refinement as an HTML page.

    Raises
    ------
    OutputError
        If Jinja2 cannot be imported.
    """
    change = abs(result.fitted_change)
    evidence = result.evidence
    kind = result.sigma_kind
    return render(
        "refinement.html",
        title=TITLE,
        parent=result.parent_title,
        refined=result.title,
        headline=headline(result),
        shown_better=BETTER in result.verdicts and WORSE not in result.verdicts,
        origin=result.data_origin,
        stations_known=result.stations_known,
        doubts=result.doubts,
        verdicts=_verdicts_table(result),
        old_is_bound=evidence.old_is_bound,
        none_left_out=evidence.new is None,
        new_places=evidence.new_places,
        samples=_samples_table(result),
        reach=f"{evidence.reach:g}",
        touched=int((change.max(axis=1) > NOTICEABLE_WT).sum()),
        stations=len(change),
        noticeable=NOTICEABLE_WT,
        elsewhere=plain_table(
            "Everywhere else",
            ("Oxide", f"Largest change at a training station ({UNIT})"),
            [[o.pretty, number(float(change[:, i].max()), 3)] for i, o in enumerate(result.oxides)],
        ),
        skipped=_skipped_table(result),
        at_new_places=_new_places_table(result),
        missions_known=evidence.missions is not None,
        sigma_words="" if kind is None else f"90 % interval {kind.title}",
        lineage=_lineage(result),
        how=METHOD,
        min_places=MIN_PLACES,
        untestable=UNTESTABLE,
    )


def write_refine_report(result: RefineResult, path: Union[str, Path]) -> None:
    """Write the report.

    Parameters
    ----------
    result : RefineResult
    path : str or Path
        File to write.

    Raises
    ------
    OutputError
        If the file cannot be written; an earlier one is then untouched.
    """
    write_text(path, render_refine_report(result), "report")


def headline(result: RefineResult) -> str:
    """A text that names the oxides for which the refined model is better, worse or not shown.

    Parameters
    ----------
    result : RefineResult

    Returns
    -------
    str
    """
    better = [o.name for o, v in zip(result.oxides, result.verdicts) if v == BETTER]
    worse = [o.name for o, v in zip(result.oxides, result.verdicts) if v == WORSE]
    places = result.evidence.new_places
    if places < MIN_PLACES:
        text = (
            f"With {count(places, 'new place')} it cannot be told whether the refined model is "
            f"better: {MIN_PLACES} or more are needed to leave each out in turn. "
            "The smaller residual at the new samples is fitted, not validated."
        )
    elif better:
        text = f"Better at the new samples' places by cross-validation: {', '.join(better)}."
    else:
        text = "Cross-validation does not show the refined model to be better for any oxide."
    if worse:
        text += f" Worse, and therefore left as the parent gives it: {', '.join(worse)}."
    return text


def _verdicts_table(result: RefineResult) -> Table:
    evidence = result.evidence
    compared = (evidence.new, evidence.old, evidence.rehearsal)
    return Table(
        "Does it help?",
        [
            Column("Oxide"),
            Column("Verdict at new places"),
            *(Column(name, css) for _ in compared
              for name, css in (("parent", "num first"), ("refined", "num"))),
        ],
        [
            Group(
                [
                    [oxide.pretty, verdict, *(text for c in compared for text in _rmse(c, i))]
                    for i, (oxide, verdict) in enumerate(zip(result.oxides, result.verdicts))
                ]
            )
        ],
        "verdicts",
        [("New places left out", 2), ("Old stations", 2), ("Rehearsal", 2)],
    )  # fmt: skip


def _rmse(comparison: Optional[Comparison], oxide: int) -> Tuple[str, str]:
    if comparison is None:
        return DASH, DASH
    return number(float(comparison.before[oxide])), number(float(comparison.after[oxide]))


def _samples_table(result: RefineResult) -> Table:
    samples, left_out = result.samples, result.evidence.new_errors
    groups = []
    for row, item in enumerate(result.added):
        rows = []
        for i, oxide in enumerate(result.oxides):
            measured, predicted = (
                float(values[row, i]) for values in (samples.measured, samples.predicted)
            )
            if math.isfinite(measured):
                rows.append(
                    [
                        oxide.pretty,
                        number(measured),
                        number(predicted),
                        signed(predicted - measured),
                        signed(float(result.refined[row, i]) - measured),
                        signed(math.nan if left_out is None else float(left_out[row, i])),
                        number(float(samples.sigma[row, i])),
                        number(float(result.refined_sigma[row, i])),
                    ]
                )
        name = item.site.name
        ident = item.site.station_id
        groups.append(Group(rows, ident if name in ("", ident) else f"{name} ({ident})"))
    head = (
        "Measured",
        "Parent predicts (blind)",
        "Its error",
        "Error after refinement (fitted)",
        "Error when left out",
        "Sigma before",
        "Sigma after",
    )
    columns = [Column("Oxide"), *(Column(text, "num") for text in head)]
    return Table("At the new samples", columns, groups, "samples")


def _new_places_table(result: RefineResult) -> Table:
    """What the samples change where no mission has been, by oxide."""
    evidence = result.evidence
    rows = [
        [oxide.pretty, number(float(evidence.elsewhere[i])), *_rmse(evidence.missions, i)]
        for i, oxide in enumerate(result.oxides)
    ]
    head = (f"Mean change ({UNIT})", "RMSE of the parent", "RMSE refined")
    columns = [Column("Oxide"), *(Column(text, "num") for text in head)]
    return Table("At places that no mission has sampled", columns, [Group(rows)], "new-places")


def _skipped_table(result: RefineResult) -> Table:
    by_reason: Dict[str, List[str]] = {}
    for site, reason in result.skipped:
        by_reason.setdefault(reason, []).append(site.station_id)
    rows = [[reason, ", ".join(ids)] for reason, ids in by_reason.items()]
    return Table("Sites not used", [Column("Why", "text"), Column("Sites")], [Group(rows)])


def _lineage(result: RefineResult) -> List[Tuple[str, str]]:
    lineage = result.description["lineage"]
    parent = lineage["parent"]
    return [
        ("Parent", f"{parent['title']} {parent['version']}"),
        ("Parent SHA-256", parent["sha256"]),
        ("Samples added", ", ".join(site["id"] for site in lineage["sites"])),
        ("Spectra from", lineage["raster"] or "the sites' own reflectance columns"),
        ("Made", lineage["created"]),
        ("With", lineage["software"]),
    ]
