"""The explanation as a page: bars per oxide, nearest stations."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any, Dict, List, Optional, Union

import numpy as np
import numpy.typing as npt

from ..chemistry.oxides import OXIDES, UNIT
from ..explain.raster_attribution import ExplainResult
from ..files import write_text
from ..rasters.quality import quality_words
from .charts.attribution import attribution_svg
from .numbers import count, number, place_deg, signed
from .rendering import Figure, Table, plain_table, render

#: Largest number of places shown one by one; the summary includes all.
SHOWN = 12


def render_explanation(result: ExplainResult) -> str:
    """Render the page.

    Raises
    ------
    OutputError
        If Jinja2 cannot be imported.
    """
    places = len(result.places.labels)
    mean = np.abs(result.explanation.attribution).mean(axis=2)
    # Take places spread over all of them, because neighbours on a grid look alike.
    shown = sorted({round(index) for index in np.linspace(0, places - 1, min(SHOWN, places))})
    largest = float(np.abs(result.explanation.attribution[:, :, shown]).max())
    return render(
        "explanation.html",
        title="Which bands carry the predicted oxides",
        lead=(
            f"{count(places, 'place')} of {result.provenance['Raster']}, model "
            f"{result.provenance['Model']}."
        ),
        notes=[_sentence(note) for note in result.notes],
        method=result.explanation.method.name,
        reference=result.reference.name,
        summary=_figures(result, mean, "all", float(mean.max())) if places > 1 else [],
        places=[_place(result, index, largest) for index in shown],
        count=places,
        skipped=plain_table("Places left out", ("Place", "Reason"), result.skipped, None),
        provenance=list(result.provenance.items()),
    )


def write_explanation(result: ExplainResult, path: Union[str, Path]) -> None:
    """Write the page.

    Parameters
    ----------
    result : ExplainResult
    path : str or Path
        File to write.

    Raises
    ------
    OutputError
        If the file cannot be written; an earlier one is then untouched.
    """
    write_text(path, render_explanation(result), "report")


def _place(result: ExplainResult, index: int, largest: float) -> Dict[str, Any]:
    distance = float(result.prediction.domain_distance[index])
    return {
        "ident": f"place-{index + 1}",
        "label": result.places.labels[index] or f"Place {index + 1}",
        "where": place_deg(result.longitudes_deg[index], result.latitudes_deg[index]),
        "quality": quality_words(int(result.quality[index])),
        "domain": number(distance) if math.isfinite(distance) else "",
        "figures": _figures(
            result, result.explanation.attribution[:, :, index], f"p{index}", largest
        ),
        "table": _oxide_table(result, index),
        "stations": _stations_table(result, index),
    }


def _figures(
    result: ExplainResult, values: npt.NDArray[np.float64], ident: str, largest: float
) -> List[Figure]:
    """One chart per oxide; `largest` is the wt% of a bar of full length."""
    negative = bool(values.min() < 0.0)
    return [
        Figure(
            oxide.pretty,
            attribution_svg(
                oxide, result.bands, row.tolist(), f"{ident}-{oxide.key}", largest, negative
            ),
        )
        for oxide, row in zip(result.explanation.oxides, values)
    ]


def _oxide_table(result: ExplainResult, index: int) -> Table:
    explanation = result.explanation
    head = (
        f"Oxide ({UNIT})",
        "Predicted",
        "Sigma" if result.sigma_kind is None else f"Sigma, {result.sigma_kind.title}",
        "Reference",
        "Difference",
        "Not explained",
        "Strongest band",
    )
    rows = []
    for place, oxide in enumerate(explanation.oxides):
        predicted = float(explanation.prediction[place, index])
        reference = float(explanation.reference_prediction[place, index])
        rows.append(
            [
                oxide.pretty,
                number(predicted),
                number(float(result.prediction.sigma[place, index])),
                number(reference),
                signed(predicted - reference),
                signed(float(explanation.remainder[place, index])),
                result.bands[int(explanation.strongest_band[place, index])].name,
            ]
        )
    return plain_table("Prediction and reference", head, rows)


def _stations_table(result: ExplainResult, index: int) -> Optional[Table]:
    if result.near is None:
        return None
    head = ("Nearest station", "Mission", "Distance", *(oxide.pretty for oxide in OXIDES))
    rows = [
        [
            station.site.name,
            station.site.mission,
            number(station.distance),
            *map(number, station.site.oxides_wt),
        ]
        for station in result.near[index]
    ]
    return plain_table("", head, rows, 2, f"Nearest stations, measured ({UNIT})")


def _sentence(text: str) -> str:
    text = text[:1].upper() + text[1:]
    return text if text.endswith(".") else text + "."
