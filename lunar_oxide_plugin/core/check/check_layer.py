"""The prediction check as features: one point for each compared site."""

from __future__ import annotations

import math
from typing import Any, List, Sequence, Tuple

from ..chemistry.oxides import OXIDES, Oxide
from ..polygons.feature_table import (
    Column,
    FeatureTable,
    Kind,
    Parts,
    Row,
    columns_of,
    known,
    point,
)
from ..rasters.quality import quality_words
from ..sites.sample_sites import SampleSite
from ..sites.training_stations import Seen
from .check_table import OXIDE_QUANTITIES, pair_quantities
from .site_check import CheckResult, SitePrediction

SEEN_VALUES = {Seen.SEEN: True, Seen.UNSEEN: False, Seen.UNKNOWN: None}


def check_features(result: CheckResult) -> FeatureTable:
    """Compared sites with measured, predicted, sigma and residual of each oxide in wt%.

    Parameters
    ----------
    result : CheckResult

    Returns
    -------
    FeatureTable
        Points in lunar degrees.
    """
    pairs = (*result.pairs, *result.in_situ)
    return FeatureTable(
        columns=_columns(result.oxides),
        rows=tuple(
            Row(
                _values(pair, result.oxides), point(pair.site.longitude_deg, pair.site.latitude_deg)
            )
            for pair in pairs
        ),
    )


def _place(site: SampleSite) -> Parts:
    return point(site.longitude_deg, site.latitude_deg)


def _columns(oxides: Sequence[Oxide]) -> Tuple[Column, ...]:
    columns = columns_of(Kind.TEXT, ("station_id", "name", "mission"))
    for oxide in oxides:
        names = [f"{oxide.key}_{quantity}_wt" for quantity in OXIDE_QUANTITIES]
        columns += columns_of(Kind.NUMBER, (*names, f"{oxide.key}_z"))
        columns.append(Column(f"{oxide.key}_outside_90", Kind.FLAG))
    return (
        *columns,
        Column("seen_in_training", Kind.FLAG),
        Column("domain_distance"),
        *columns_of(Kind.TEXT, ("sigma_kind", "sigma_basis")),
        Column("quality", Kind.WHOLE),
        Column("quality_text", Kind.TEXT),
        Column("n_pixels", Kind.WHOLE),
        Column("position_error_m"),
        *columns_of(Kind.TEXT, ("sample_kind", "note")),
    )


def _values(pair: SitePrediction, oxides: Sequence[Oxide]) -> Tuple[Any, ...]:
    site = pair.site
    values: List[Any] = [site.station_id, site.name, site.mission]
    for oxide, row in zip(oxides, pair_quantities(pair, oxides)):
        place = OXIDES.index(oxide)
        z = pair.standardised_residual[place]
        values += [*map(known, row), known(z)]
        values.append(None if math.isnan(z) else pair.outside_interval[place])
    return (
        *values,
        SEEN_VALUES[pair.seen],
        known(pair.domain_distance),
        pair.sigma_kind.value if pair.sigma_kind else None,
        pair.sigma_basis,
        pair.quality,
        quality_words(pair.quality),
        pair.n_pixels,
        known(site.position_error_m),
        site.sample_kind,
        pair.note,
    )
