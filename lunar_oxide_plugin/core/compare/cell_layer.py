"""The compared cells of a gamma-ray table as features."""

from __future__ import annotations

import math
from typing import Any, List

from ..polygons.feature_table import (
    Column,
    FeatureTable,
    Kind,
    Parts,
    Row,
    Shape,
    columns_of,
    known,
)
from .region_check import RegionCheck

#: Vertices along a cell's parallels are at most this far apart, degrees.
_STEP_DEG = 2.0


def cell_features(result: RegionCheck) -> FeatureTable:
    """The cells that are compared for at least one oxide: map, gamma rays and difference in wt%.

    Parameters
    ----------
    result : RegionCheck

    Returns
    -------
    FeatureTable
        Polygons in lunar degrees.
    """
    columns = [Column("terrane", Kind.TEXT), Column("area_km2")]
    for found in result.oxides:
        names = ("predicted", "sigma", "gamma_ray", "gamma_ray_sigma", "difference")
        columns += columns_of(Kind.NUMBER, (f"{found.oxide.key}_{name}_wt" for name in names))
    table = result.table
    ground = [terrane for terrane in result.terranes if terrane.kind == "ground"]
    areas = table.areas_km2
    rows: List[Row] = []
    for index, bounds in enumerate(table.bounds_deg.tolist()):
        values: List[Any] = [
            next((terrane.name for terrane in ground if terrane.cells[index]), ""),
            float(areas[index]),
        ]
        compared = False
        for found in result.oxides:
            name = found.oxide.name
            mapped = float(found.map_wt[index])
            measured = float(table.amounts_wt[name][index])
            sigma = float(table.sigma_wt[name][index]) if name in table.sigma_wt else math.nan
            row = (mapped, float(found.map_sigma_wt[index]), measured, sigma, mapped - measured)
            values += map(known, row)
            compared = compared or math.isfinite(mapped)
        if compared:
            rows.append(Row(tuple(values), _cell(*bounds)))
    return FeatureTable(tuple(columns), tuple(rows), Shape.POLYGON)


def _cell(south: float, north: float, west: float, east: float) -> Parts:
    """A cell with longitudes from -180 on; vertices along parallels follow their curve."""
    turns = 360.0 * math.floor(((west + east) / 2.0 + 180.0) / 360.0)
    west, east = west - turns, east - turns
    steps = max(1, math.ceil((east - west) / _STEP_DEG))
    lons = [west + (east - west) * step / steps for step in range(steps + 1)]
    ring = [(lon, south) for lon in lons] + [(lon, north) for lon in lons[::-1]]
    return (((*ring, ring[0]),),)
