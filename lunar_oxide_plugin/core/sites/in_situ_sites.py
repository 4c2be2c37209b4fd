"""Soils analysed on the Moon by instruments of landers and rovers: a kind of truth of its own.

They lie where no sample was taken, and are less precise than laboratory analyses. Elements were
turned into oxides by molar mass; a range of values stands as its middle with half its width. A map
is compared over a circle in which the instrument certainly stood.
"""

from __future__ import annotations

import csv
import math
from pathlib import Path
from typing import Dict, List

from ..chemistry.oxides import OXIDES
from ..errors import SitesError
from ..moon.wkt import MOON_RADIUS_M
from ..paths import RESOURCES
from .sample_sites import SampleSite
from .site_area import SiteArea

#: Corners of the circle.
_CORNERS = 32

IN_SITU_SITES = RESOURCES / "in_situ_sites.csv"


def load_in_situ_sites(path: Path = IN_SITU_SITES) -> List[SampleSite]:
    """Read the table of analyses made on the Moon.

    Parameters
    ----------
    path : Path
        The bundled table unless another is given.

    Returns
    -------
    list of SampleSite
        With `footprint_m`, and NaN for oxides that were not measured.

    Raises
    ------
    SitesError
        If the file cannot be read, or a value is missing or wrong.
    """
    try:
        with open(path, newline="", encoding="utf-8") as handle:
            return [_site(row) for row in csv.DictReader(handle)]
    except (OSError, KeyError, ValueError) as error:
        raise SitesError(f"The table of in-situ sites {path} cannot be read: {error}.") from error


def _site(row: Dict[str, str]) -> SampleSite:
    longitude, latitude = float(row["longitude_deg"]), float(row["latitude_deg"])
    error, footprint = float(row["position_error_m"]), _number(row["footprint_m"])
    reach = math.degrees(max(error, footprint / 2.0) / MOON_RADIUS_M)
    shrink = math.cos(math.radians(latitude))
    angles = [2.0 * math.pi * corner / _CORNERS for corner in range(_CORNERS)]
    circle = tuple(
        (longitude + reach * math.sin(a) / shrink, latitude + reach * math.cos(a)) for a in angles
    )
    return SampleSite(
        station_id=row["station_id"],
        name=row["name"],
        mission=row["mission"],
        station=row["station"],
        latitude_deg=latitude,
        longitude_deg=longitude,
        position_error_m=error,
        position_source=row["position_source"],
        sample_kind=row["sample_kind"],
        samples=row["samples"],
        citation=row["composition_source"],
        oxides_wt=tuple(_number(row[f"{oxide.key}_wt"]) for oxide in OXIDES),
        measured_sigma_wt=tuple(_number(row[f"{oxide.key}_sigma_wt"]) for oxide in OXIDES),
        footprint_m=footprint,
        area=SiteArea(((circle,),)),
    )


def _number(cell: str) -> float:
    return float(cell) if cell else math.nan
