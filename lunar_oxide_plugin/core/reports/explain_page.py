"""The explanation as one self-contained HTML page: bars for each oxide, nearest stations."""

from __future__ import annotations

import math
from html import escape
from pathlib import Path
from typing import List, Sequence, Union

import numpy as np
import numpy.typing as npt

from ..chemistry.oxides import OXIDES, UNIT, Oxide
from ..explain.attribution import Method, Reference
from ..explain.raster_attribution import ExplainResult
from ..files import write_text
from ..rasters.bands import ModelBand
from ..rasters.quality import describe
from .html_page import page, table

#: Places shown one by one; the summary counts all.
SHOWN = 12

DASH = "\u2013"

WIDTH, ROW, LEFT, RIGHT, TOP = 360.0, 19.0, 64.0, 318.0, 8.0

STYLE = """
.bars text { font-size: 11px; } .bars .up { fill: #c2583b; } .bars .down { fill: #3f78a8; }
.bars .zero { stroke: #6b747c; stroke-width: 1; } .bars .label { text-anchor: end; fill: #1c2126; }
h3 { font-size: 16px; margin: 30px 0 8px; } .place { break-inside: avoid; }
.place .scroll { margin-top: 14px; }
"""

METHOD_WORDS = {
    Method.SHAPLEY: (
        "Each bar is a Shapley value: the mean change that learning this band's reflectance makes "
        "to the prediction, over all orders in which the bands can become known, bands not yet "
        "known being filled in with what the known ones let expect. The bars of an oxide add up to "
        "its prediction less that of the reference (Aas et al. 2021, Artificial Intelligence 298, "
        "103502)."
    ),
    Method.OCCLUSION: (
        "Each bar is the change of the prediction when this band is forgotten and filled in with "
        "what the other bands let expect: what only this band knows. Neighbouring bands know much "
        "the same, so bars are small and do not add up to the prediction less the reference's."
    ),
    Method.INTEGRATED: (
        "Each bar is an integrated gradient (Sundararajan et al. 2017, arXiv:1703.01365) by finite "
        "differences along the line from the reference in log reflectance. The bars add up to the "
        "prediction less the reference's, within the error of the differences. Neighbouring bands "
        "are almost alike, so large bars of opposite sign cancel: read groups of bands, not one."
    ),
}

REFERENCE_WORDS = {
    Reference.NEAREST: (
        "The reference of each place is the mean spectrum of its three nearest stations: bars say "
        "what makes this place other than the sampled soils most like it."
    ),
    Reference.ALL: (
        "The reference is the mean spectrum of all training stations: bars say what makes this "
        "place other than the average sampled soil."
    ),
    Reference.LAYER: (
        "The reference is the median spectrum of the raster: bars say what makes this place other "
        "than its surroundings."
    ),
}


def render_explanation(result: ExplainResult) -> str:
    """Render the page; all text that came with data or model is escaped."""
    count = len(result.places.labels)
    title = "Which bands carry the predicted oxides"
    lead = (
        f"{count} place{'' if count == 1 else 's'} of "
        f"{escape(result.provenance['Raster'])}, model {escape(result.provenance['Model'])}."
    )
    notes = "".join(
        f'<div class="warning" role="note"><p>{escape(_sentence(note))}</p></div>'
        for note in result.notes
    )
    header = (
        f'<header><h1>{title}</h1><p class="lead">{lead}</p>'
        f"<p>{escape(METHOD_WORDS[result.explanation.method])}</p>"
        f"<p>{escape(REFERENCE_WORDS[result.reference])}</p>"
        "<p>Bars are scaled within each chart; their numbers are wt%. "
        "An attribution tells how the model uses reflectance, not that a mineral causes it: "
        "MgO and SiO\u2082 above all are inferred from their company in returned soils.</p>"
        f"{notes}</header>"
    )
    sections = [header, _summary(result) if count > 1 else ""]
    # Spread over all of them: neighbours on a grid look alike.
    shown = sorted({round(index) for index in np.linspace(0, count - 1, min(SHOWN, count))})
    sections += [_place(result, index) for index in shown]
    if count > SHOWN:
        sections.append(
            f'<p class="small">{SHOWN} of {count} places are shown one by one; the point layer '
            "holds all.</p>"
        )
    sections += [_skipped(result), _provenance(result)]
    return page(title, sections, STYLE)


def write_explanation(result: ExplainResult, path: Union[str, Path]) -> None:
    """Write the page.

    Raises
    ------
    OutputError
        If the file cannot be written; an earlier one is then untouched.
    """
    write_text(path, render_explanation(result), "report")


def _summary(result: ExplainResult) -> str:
    mean = np.abs(result.explanation.attribution).mean(axis=2)
    return (
        "<section><h2>Over all places</h2><p>Mean absolute attribution of each band "
        f"({UNIT}): how much a band moves the prediction, whichever way.</p>"
        f"{_charts(result, mean, 'all')}</section>"
    )


def _place(result: ExplainResult, index: int) -> str:
    explanation, prediction = result.explanation, result.prediction
    where = f"{result.longitudes_deg[index]:.4f}\u00b0 E, {result.latitudes_deg[index]:.4f}\u00b0 N"
    flags = ", ".join(describe(int(result.quality[index]))) or "good"
    distance = float(prediction.domain_distance[index])
    domain = f"; domain distance {distance:.2f}" if math.isfinite(distance) else ""
    rows = []
    for place, oxide in enumerate(explanation.oxides):
        sigma = float(prediction.sigma[place, index])
        rows.append(
            [
                oxide.pretty,
                _number(explanation.prediction[place, index]),
                _number(sigma),
                _number(explanation.reference_prediction[place, index]),
                _signed(
                    explanation.prediction[place, index]
                    - explanation.reference_prediction[place, index]
                ),
                _signed(explanation.remainder[place, index]),
                result.bands[int(explanation.strongest_band[place, index])].name,
            ]
        )
    head = [
        f"Oxide ({UNIT})",
        "Predicted",
        "Sigma",
        "Reference",
        "Difference",
        "Not explained",
        "Strongest band",
    ]
    charts = _charts(result, explanation.attribution[:, :, index], f"p{index}")
    return (
        f'<section class="place"><h2>{escape(result.places.labels[index])}</h2>'
        f"<p>{where}. Quality: {escape(flags)}{domain}.</p>{charts}"
        f"{table(head, rows)}{_stations(result, index)}</section>"
    )


def _stations(result: ExplainResult, index: int) -> str:
    if result.near is None:
        return ""
    head = ["Nearest station", "Mission", "Distance", *(oxide.pretty for oxide in OXIDES)]
    rows = [
        [
            station.site.name,
            station.site.mission,
            f"{station.distance:.2f}",
            *(_number(value) for value in station.site.oxides_wt),
        ]
        for station in result.near[index]
    ]
    return (
        f"<h3>Nearest stations, measured ({UNIT})</h3>"
        "<p>Distance in whitened log reflectance; above 1 the station is not near.</p>"
        f"{table(head, rows, numeric_from=2)}"
    )


def _charts(result: ExplainResult, values: npt.NDArray[np.float64], ident: str) -> str:
    figures = "".join(
        f"<figure><figcaption><b>{oxide.pretty}</b></figcaption>"
        f"{bars_svg(oxide, result.bands, values[place], f'{ident}-{oxide.key}')}</figure>"
        for place, oxide in enumerate(result.explanation.oxides)
    )
    return f'<div class="plots">{figures}</div>'


def bars_svg(
    oxide: Oxide, bands: Sequence[ModelBand], values: npt.NDArray[np.float64], ident: str
) -> str:
    """Horizontal bars, one a band, red to the right of zero and blue to the left (wt%)."""
    largest = max(float(np.abs(values).max()), 1e-6)
    negative = bool((values < 0.0).any())
    zero = (LEFT + RIGHT) / 2 if negative else LEFT
    reach = RIGHT - zero - 34.0 if not negative else (RIGHT - LEFT) / 2 - 34.0
    height = TOP * 2 + ROW * len(bands)
    parts: List[str] = [
        f'<svg class="plot bars" role="img" viewBox="0 0 {WIDTH:g} {height:g}" '
        f'aria-labelledby="{ident}"><title id="{ident}">{oxide.pretty}: attribution by band '
        f"({UNIT})</title>"
    ]
    for row, (band, value) in enumerate(zip(bands, values.tolist())):
        y = TOP + row * ROW
        length = abs(value) / largest * reach
        left = zero - length if value < 0.0 else zero
        end = left - 4.0 if value < 0.0 else left + length + 4.0
        anchor = "end" if value < 0.0 else "start"
        parts.append(
            f'<text class="label" x="{LEFT - 6:g}" y="{y + 13:g}">{escape(_short(band))}</text>'
            f'<rect class="{"down" if value < 0.0 else "up"}" x="{left:.1f}" y="{y + 3:g}" '
            f'width="{length:.1f}" height="{ROW - 6:g}"/>'
            f'<text style="text-anchor:{anchor}" x="{end:.1f}" y="{y + 13:g}">'
            f"{_signed(value) if negative else _number(value)}</text>"
        )
    parts.append(f'<path class="zero" d="M{zero:g} {TOP:g}V{height - TOP:g}"/></svg>')
    return "".join(parts)


def _short(band: ModelBand) -> str:
    if math.isfinite(band.wavelength_nm):
        return f"{band.wavelength_nm:g} nm"
    return band.name if len(band.name) <= 10 else band.name[:9] + "\u2026"


def _skipped(result: ExplainResult) -> str:
    if not result.skipped:
        return ""
    return (
        "<section><h2>Places left out</h2>"
        + table(["Place", "Reason"], [list(row) for row in result.skipped], numeric_from=2)
        + "</section>"
    )


def _provenance(result: ExplainResult) -> str:
    items = "".join(
        f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>"
        for name, value in result.provenance.items()
    )
    return f"<section><h2>Provenance</h2><dl>{items}</dl></section>"


def _sentence(text: str) -> str:
    text = text[:1].upper() + text[1:]
    return text if text.endswith(".") else text + "."


def _number(value: float) -> str:
    return f"{value:.2f}".replace("-", "\u2212") if math.isfinite(value) else DASH


def _signed(value: float) -> str:
    text = f"{value:+.2f}"
    return ("0.00" if float(text) == 0.0 else text).replace("-", "\u2212")
