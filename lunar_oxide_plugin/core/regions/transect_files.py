"""Profiles along lines as CSV and as features."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import List, Sequence, Union

from ..chemistry.oxides import UNIT
from ..files import write_text
from ..polygons.feature_table import Column, FeatureTable, Kind, Row, columns_of, known, point
from ..tabular import csv_number, csv_text
from .transect import Transect


def render_transects(transects: Sequence[Transect]) -> str:
    """Profiles as CSV, one row for each place.

    Parameters
    ----------
    transects : sequence of Transect
        Of one raster.

    Returns
    -------
    str
    """
    oxides = transects[0].oxides
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(
        [
            "transect", "distance_km", "longitude_deg", "latitude_deg",
            *(f"{oxide.name} ({UNIT})" for oxide in oxides),
            *(f"{oxide.name} sigma ({UNIT})" for oxide in oxides),
            "samples", "flagged_percent",
        ]
    )  # fmt: skip
    for transect in transects:
        columns = [
            transect.distances_km,
            transect.longitudes_deg,
            transect.latitudes_deg,
            *(transect.values_wt[oxide.name] for oxide in oxides),
            *(transect.sigma_wt.get(oxide.name) for oxide in oxides),
        ]
        for place in range(transect.distances_km.size):
            numbers = [
                "" if column is None else csv_number(float(column[place])) for column in columns
            ]
            flagged = csv_number(100.0 * float(transect.flagged[place]))
            writer.writerow(
                [csv_text(transect.name), *numbers, str(int(transect.pixels[place])), flagged]
            )
    return buffer.getvalue()


def write_transects(transects: Sequence[Transect], path: Union[str, Path]) -> None:
    """Write profiles as CSV.

    Parameters
    ----------
    transects : sequence of Transect
    path : str or Path
        File to write.

    Raises
    ------
    OutputError
    """
    write_text(path, render_transects(transects), "table of the profile")


def transect_features(transects: Sequence[Transect]) -> FeatureTable:
    """Profiles as points along the lines, in lunar degrees.

    Parameters
    ----------
    transects : sequence of Transect
        Of one raster.

    Returns
    -------
    FeatureTable
    """
    oxides = transects[0].oxides
    names = [f"{oxide.key}_wt" for oxide in oxides] + [f"{oxide.key}_sigma_wt" for oxide in oxides]
    rows: List[Row] = []
    for transect in transects:
        axes = [transect.distances_km, transect.longitudes_deg, transect.latitudes_deg]
        values = [transect.values_wt[oxide.name] for oxide in oxides]
        sigmas = [transect.sigma_wt.get(oxide.name) for oxide in oxides]
        for place in range(transect.distances_km.size):
            distance, lon, lat = (float(axis[place]) for axis in axes)
            amounts = [None if each is None else known(each[place]) for each in (*values, *sigmas)]
            seen = int(transect.pixels[place]), known(100.0 * float(transect.flagged[place]))
            rows.append(Row((transect.name, distance, lon, lat, *amounts, *seen), point(lon, lat)))
    return FeatureTable(
        columns=(
            Column("transect", Kind.TEXT),
            *columns_of(Kind.NUMBER, ("distance_km", "longitude_deg", "latitude_deg", *names)),
            Column("n_pixels", Kind.LARGE),
            Column("flagged_percent"),
        ),
        rows=tuple(rows),
    )
