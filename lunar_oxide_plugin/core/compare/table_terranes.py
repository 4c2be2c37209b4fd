"""The terranes that the cells of a gamma-ray table belong to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Tuple

import numpy as np
import numpy.typing as npt

from ..chemistry.oxides import FEO, UNIT
from ..chemistry.rock_classes import MARE_FEO_SOURCE
from ..moon.terranes import (
    PKT_THORIUM_PPM,
    SPA_SOURCE,
    TERRANES_SOURCE,
    Region,
    in_polygons,
    in_south_pole_aitken,
)
from .basin_claim import BASIN, NEAR_MARIA
from .gamma_ray_table import GammaRayTable

FAR_MARIA = "Maria of the far side"
HIGHLANDS = "Highlands"
PKT = "Procellarum KREEP Terrane"
FHT = "Feldspathic Highlands Terrane"

_Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Terrane:
    """Cells of a part of the Moon.

    Attributes
    ----------
    kind : str
        ``"all"``, ``"ground"``, ``"terrane"`` or ``"region"``.
    name, definition : str
    cells : bool array, shape (cells,)
    """

    kind: str
    name: str
    definition: str
    cells: _Mask


def terranes_of(
    table: GammaRayTable, mare_feo_wt: float, regions: Tuple[Region, ...] = ()
) -> Tuple[Terrane, ...]:
    """The cells of each terrane, by the middle of the cell.

    Maria and highlands, and the terranes of Jolliff et al. (2000), follow from the table's own
    FeO and Th, not from the map that is checked.

    Parameters
    ----------
    table : GammaRayTable
    mare_feo_wt : float
    regions : tuple of Region
        Further parts of the Moon.

    Returns
    -------
    tuple of Terrane
        All cells first.
    """
    lons, lats = table.centres
    whole = np.ones(lons.shape, dtype=np.bool_)
    basin = in_south_pole_aitken(lons, lats)
    ellipse = f"ellipse of {SPA_SOURCE}"
    found = [
        Terrane("all", "All cells", "every cell that is compared", whole),
        Terrane("ground", BASIN, ellipse, basin),
    ]
    feo = table.amounts_wt.get(FEO.name)
    if feo is not None:
        near = np.cos(np.radians(lons)) > 0.0
        with np.errstate(invalid="ignore"):
            mare, highland = ~basin & (feo >= mare_feo_wt), ~basin & (feo < mare_feo_wt)
        rule = f"the gamma-ray table's FeO is at least {mare_feo_wt:g} {UNIT}, {MARE_FEO_SOURCE}"
        found += [
            Terrane("ground", NEAR_MARIA, f"outside the ellipse, {rule}", mare & near),
            Terrane("ground", FAR_MARIA, "the same beyond 90 degrees of longitude", mare & ~near),
            Terrane("ground", HIGHLANDS, "outside the ellipse, less FeO", highland),
        ]
    if table.thorium_ppm is not None:
        with np.errstate(invalid="ignore"):
            rich = ~basin & (table.thorium_ppm >= PKT_THORIUM_PPM)
            poor = ~basin & (table.thorium_ppm < PKT_THORIUM_PPM)
        found += [
            Terrane(
                "terrane",
                PKT,
                f"the gamma-ray table's Th is at least {PKT_THORIUM_PPM:g} ppm ({TERRANES_SOURCE})",
                rich,
            ),
            Terrane(
                "terrane",
                FHT,
                "less thorium, outside the ellipse, which stands for the South Pole-Aitken Terrane",
                poor,
            ),
        ]
    for region in regions:
        inside = in_polygons(region.polygons, lons, lats)
        found.append(Terrane("region", region.name, region.source, inside))
    return tuple(found)
