"""Explanations as layers: fields and features of points, styles of points and rasters."""

from __future__ import annotations

import math
from typing import Any, List, Sequence, Tuple

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsFeature,
    QgsFields,
    QgsGeometry,
    QgsMarkerSymbol,
    QgsPointXY,
    QgsRendererCategory,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QVariant

from ..core.chemistry.oxides import FEO, OXIDES, UNIT, Oxide
from ..core.explain.raster_attribution import NEAREST, ExplainResult
from ..core.rasters.bands import ModelBand
from ..core.rasters.quality import quality_words
from .attribution_layers import band_colours
from .site_layers import fields, html_field, null_if_nan

#: The oxide whose strongest band is shown first if the model gives it; it is the best determined
#: one.
SHOWN_OXIDE = FEO


def band_keys(bands: Sequence[ModelBand]) -> List[str]:
    """A short name per band, for column names: ``414nm``, or ``band3`` without wavelength."""
    keys = [
        f"{band.wavelength_nm:g}nm".replace(".", "_")
        if math.isfinite(band.wavelength_nm)
        else f"band{number}"
        for number, band in enumerate(bands, start=1)
    ]
    if len(set(keys)) == len(keys):
        return keys
    return [f"band{number}" for number in range(1, len(bands) + 1)]


def explanation_fields(
    oxides: Sequence[Oxide], bands: Sequence[ModelBand], with_stations: bool
) -> QgsFields:
    """Fields of the point layer."""
    text, number, whole = QVariant.String, QVariant.Double, QVariant.Int
    definitions: List[Tuple[str, Any]] = [
        ("label", text),
        ("longitude_deg", number),
        ("latitude_deg", number),
        ("quality", whole),
        ("quality_text", text),
        ("domain_distance", number),
        ("sigma_kind", text),
    ]
    for oxide in oxides:
        definitions += [
            (f"{oxide.key}_predicted_wt", number),
            (f"{oxide.key}_sigma_wt", number),
            (f"{oxide.key}_reference_wt", number),
            (f"{oxide.key}_strongest", text),
        ]
        definitions += [(f"{oxide.key}_from_{key}_wt", number) for key in band_keys(bands)]
        definitions.append((f"{oxide.key}_not_explained_wt", number))
    for rank in range(1, NEAREST + 1) if with_stations else ():
        definitions += [
            (f"near{rank}_station", text),
            (f"near{rank}_mission", text),
            (f"near{rank}_distance", number),
            *((f"near{rank}_{oxide.key}_wt", number) for oxide in OXIDES),
        ]
    return fields(definitions)


def explanation_feature(result: ExplainResult, index: int, layer_fields: QgsFields) -> QgsFeature:
    """One place as a point in lunar degrees."""
    explanation, prediction = result.explanation, result.prediction
    longitude, latitude = result.longitudes_deg[index], result.latitudes_deg[index]
    quality = int(result.quality[index])
    values: List[Any] = [
        result.places.labels[index],
        longitude,
        latitude,
        quality,
        quality_words(quality),
        null_if_nan(float(prediction.domain_distance[index])),
        result.sigma_kind.value if result.sigma_kind else None,
    ]
    for place in range(len(explanation.oxides)):
        values += [
            float(explanation.prediction[place, index]),
            null_if_nan(float(prediction.sigma[place, index])),
            float(explanation.reference_prediction[place, index]),
            result.bands[int(explanation.strongest_band[place, index])].name,
            *map(float, explanation.attribution[place, :, index]),
            float(explanation.remainder[place, index]),
        ]
    near = result.near[index] if result.near is not None else ()
    for station in near:
        values += [station.site.station_id, station.site.mission, station.distance]
        values += [null_if_nan(value) for value in station.site.oxides_wt]
    values += [None] * (layer_fields.count() - len(values))
    feature = QgsFeature(layer_fields)
    feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(longitude, latitude)))
    feature.setAttributes(values)
    return feature


def shown_oxide(oxides: Sequence[Oxide]) -> Oxide:
    """The oxide by which points are coloured at first."""
    return SHOWN_OXIDE if SHOWN_OXIDE in oxides else oxides[0]


def style_explanation(
    layer: QgsVectorLayer, bands: Sequence[ModelBand], oxides: Sequence[Oxide]
) -> None:
    """Colour points by the strongest band of an oxide; the user can choose another field."""
    categories = [
        QgsRendererCategory(band.name, _symbol(colour), band.name)
        for band, colour in zip(bands, band_colours(len(bands)))
    ]
    field = f"{shown_oxide(oxides).key}_strongest"
    layer.setRenderer(QgsCategorizedSymbolRenderer(field, categories))
    layer.setMapTipTemplate(_map_tip(oxides))


def _symbol(colour: str) -> QgsMarkerSymbol:
    return QgsMarkerSymbol.createSimple(
        {"name": "circle", "color": colour, "size": "3", "outline_color": "#202020"}
    )


def _map_tip(oxides: Sequence[Oxide]) -> str:
    rows = "".join(
        f"<tr><td>{oxide.pretty}</td><td>[% round({oxide.key}_predicted_wt, 2) %]</td>"
        f"<td>[% round({oxide.key}_reference_wt, 2) %]</td>"
        f"<td>{html_field(f'{oxide.key}_strongest')}</td></tr>"
        for oxide in oxides
    )
    return (
        f"<b>{html_field('label')}</b><table><tr><th>{UNIT}</th><th>predicted</th><th>reference</th>"
        f"<th>strongest band</th></tr>{rows}</table>"
    )
