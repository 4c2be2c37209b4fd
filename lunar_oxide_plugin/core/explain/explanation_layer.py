"""An explanation as features: one point for each place."""

from __future__ import annotations

import math
from typing import Any, List, Sequence, Tuple

from ..chemistry.oxides import OXIDES
from ..polygons.feature_table import Column, FeatureTable, Kind, Row, columns_of, known, point
from ..rasters.bands import ModelBand
from ..rasters.quality import quality_words
from .raster_attribution import NEAREST, ExplainResult


def explanation_features(result: ExplainResult) -> FeatureTable:
    """Places with their prediction, the contributions of the bands, and the nearest stations.

    Parameters
    ----------
    result : ExplainResult

    Returns
    -------
    FeatureTable
        Points in lunar degrees.
    """
    columns = _columns(result)
    return FeatureTable(
        columns=columns,
        rows=tuple(
            Row(
                _values(result, place, len(columns)),
                point(result.longitudes_deg[place], result.latitudes_deg[place]),
            )
            for place in range(len(result.places.labels))
        ),
    )


def band_keys(bands: Sequence[ModelBand]) -> List[str]:
    """A short name per band, for column names: ``414nm``, or ``band3`` without wavelength.

    Parameters
    ----------
    bands : sequence of ModelBand

    Returns
    -------
    list of str
    """
    keys = [
        f"{band.wavelength_nm:g}nm".replace(".", "_")
        if math.isfinite(band.wavelength_nm)
        else f"band{number}"
        for number, band in enumerate(bands, start=1)
    ]
    if len(set(keys)) == len(keys):
        return keys
    return [f"band{number}" for number in range(1, len(bands) + 1)]


def _columns(result: ExplainResult) -> Tuple[Column, ...]:
    columns = [
        Column("label", Kind.TEXT),
        *columns_of(Kind.NUMBER, ("longitude_deg", "latitude_deg")),
        Column("quality", Kind.WHOLE),
        Column("quality_text", Kind.TEXT),
        Column("domain_distance"),
        Column("sigma_kind", Kind.TEXT),
    ]
    for oxide in result.explanation.oxides:
        names = (f"{oxide.key}_{what}_wt" for what in ("predicted", "sigma", "reference"))
        columns += columns_of(Kind.NUMBER, names)
        columns.append(Column(f"{oxide.key}_strongest", Kind.TEXT))
        parts = [f"{oxide.key}_from_{key}_wt" for key in band_keys(result.bands)]
        columns += columns_of(Kind.NUMBER, (*parts, f"{oxide.key}_not_explained_wt"))
    for rank in range(1, NEAREST + 1) if result.near is not None else ():
        columns += columns_of(Kind.TEXT, (f"near{rank}_station", f"near{rank}_mission"))
        amounts = (f"near{rank}_{oxide.key}_wt" for oxide in OXIDES)
        columns += columns_of(Kind.NUMBER, (f"near{rank}_distance", *amounts))
    return tuple(columns)


def _values(result: ExplainResult, index: int, width: int) -> Tuple[Any, ...]:
    explanation, prediction = result.explanation, result.prediction
    quality = int(result.quality[index])
    values: List[Any] = [
        result.places.labels[index],
        known(result.longitudes_deg[index]),
        known(result.latitudes_deg[index]),
        quality,
        quality_words(quality),
        known(float(prediction.domain_distance[index])),
        result.sigma_kind.value if result.sigma_kind else None,
    ]
    for place in range(len(explanation.oxides)):
        values += [
            known(explanation.prediction[place, index]),
            known(prediction.sigma[place, index]),
            known(explanation.reference_prediction[place, index]),
            result.bands[int(explanation.strongest_band[place, index])].name,
            *map(known, explanation.attribution[place, :, index]),
            known(explanation.remainder[place, index]),
        ]
    for station in result.near[index] if result.near is not None else ():
        values += [station.site.station_id, station.site.mission, float(station.distance)]
        values += map(known, station.site.oxides_wt)
    return (*values, *[None] * (width - len(values)))
