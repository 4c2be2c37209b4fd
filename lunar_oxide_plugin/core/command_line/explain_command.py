"""``explain``: contributions of the bands to predicted oxides, and the most similar soils."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any, Dict

from ..progress import Progress
from ..tabular import finite_or_none
from .arguments import (
    add_layer,
    add_model,
    add_raster,
    add_reflectance,
    add_vectors,
    reflectance_input,
)
from .results import Result

if TYPE_CHECKING:
    from ..explain.raster_attribution import ExplainResult

#: Values of `attribution.Method` and `attribution.Reference` by words of the command line.
METHODS = {
    "shapley": "Shapley values",
    "occlusion": "occlusion",
    "integrated": "integrated gradients",
}
REFERENCES = {
    "nearest": "mean of the nearest stations",
    "all": "mean of all training stations",
    "raster": "median of the raster",
}
#: Most places that are printed as text.
SHOWN = 20


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_raster(parser, "input", "IN", "reflectance raster: tile, mosaic, VRT")
    add_vectors(parser, "--points", "points", "places to explain (default: the whole raster)")
    add_model(parser)
    add_reflectance(parser)
    parser.add_argument(
        "--method", choices=tuple(METHODS), default="shapley", help="of attribution (shapley)"
    )
    parser.add_argument(
        "--reference",
        dest="compared",
        choices=tuple(REFERENCES),
        default="nearest",
        help="spectrum to compare with: of the nearest stations (default), of all stations, or of "
        "the raster",
    )
    parser.add_argument(
        "--max-samples", type=int, default=2500, help="most samples of the whole raster (2500)"
    )
    parser.add_argument("--attributions", metavar="TIF", help="GeoTIFF of attributions to write")
    parser.add_argument("--report", metavar="HTML", help="report to write")
    add_layer(parser, "explained places")


def execute(options: argparse.Namespace, progress: Progress) -> Result:
    """Explain, and return the attributions at each place."""
    from ..api.models import explain

    result = explain(
        reflectance_input(options),
        options.points,
        name_field=options.name_field,
        points_crs=options.points_crs,
        model=options.model,
        method=METHODS[options.method],
        reference=REFERENCES[options.compared],
        max_samples=options.max_samples,
        attributions=options.attributions,
        report=options.report,
        layer=options.layer,
        progress=progress,
    )
    count = len(result.places.labels)
    lines = [
        f"{options.input}: {count} places explained, relative to the {result.reference.value}."
    ]
    for place in range(min(count, SHOWN)):
        strongest = ", ".join(
            f"{oxide.name} {result.explanation.prediction[row, place]:.2f} wt% by "
            f"{result.bands[int(result.explanation.strongest_band[row, place])].name}"
            for row, oxide in enumerate(result.explanation.oxides)
        )
        lines.append(f"{result.places.labels[place]}: {strongest}")
    lines += [f"... and {count - SHOWN} more (--json prints all)"] if count > SHOWN else []
    return Result(
        {
            "input": options.input,
            "method": result.explanation.method.value,
            "reference": result.reference.value,
            "bands": [band.name for band in result.bands],
            "places": [_place(result, place) for place in range(count)],
            "skipped": [{"label": label, "reason": why} for label, why in result.skipped],
        },
        "\n".join(lines),
    )


def _place(result: ExplainResult, place: int) -> Dict[str, Any]:
    explanation = result.explanation
    near = () if result.near is None else result.near[place]
    return {
        "label": result.places.labels[place],
        "longitude_deg": finite_or_none(result.longitudes_deg[place]),
        "latitude_deg": finite_or_none(result.latitudes_deg[place]),
        "quality": int(result.quality[place]),
        "oxides": {
            oxide.name: {
                "predicted_wt": finite_or_none(float(explanation.prediction[row, place])),
                "reference_wt": finite_or_none(float(explanation.reference_prediction[row, place])),
                "from_bands_wt": [
                    finite_or_none(value)
                    for value in explanation.attribution[row, :, place].tolist()
                ],
            }
            for row, oxide in enumerate(explanation.oxides)
        },
        "nearest_stations": [
            {"station_id": each.site.station_id, "distance": finite_or_none(each.distance)}
            for each in near
        ],
    }
