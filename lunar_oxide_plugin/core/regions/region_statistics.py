"""Statistics of regions, and differences between them with their significance."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import combinations
from typing import Dict, List, Mapping, Optional, Sequence, Tuple

from ..chemistry.layout import SigmaKind
from ..chemistry.quantities import Quantity
from .common_error import ErrorModel
from .region_sums import QuantitySums, RegionSums

#: Shares of the area whose quantiles are given.
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
#: Probability of any false difference among all that are tested together.
FAMILY_LEVEL = 0.05


@dataclass(frozen=True)
class QuantityStatistics:
    """One quantity in one region, weighted by area; NaN where there is none.

    Attributes
    ----------
    quantity : Quantity
    n : int
        Pixels that lie in the region at least in part and have a value.
    area_km2 : float
        Area of the region on these pixels.
    mean, spread : float
        Mean, and standard deviation of the pixels.
    quantiles : tuple of float
        For `QUANTILES`, to half of the last shown digit.
    low, high : float
        Least and largest value.
    mean_sigma : float
        Mean of the pixels' sigmas.
    common, averaged : float
        The two parts of the standard error of the mean.
    """

    quantity: Quantity
    n: int
    area_km2: float
    mean: float
    spread: float
    quantiles: Tuple[float, ...]
    low: float
    high: float
    mean_sigma: float
    common: float
    averaged: float

    @property
    def error(self) -> float:
        """Standard error of the mean."""
        return math.hypot(self.common, self.averaged)

    @property
    def median(self) -> float:
        """The value that half of the area lies below."""
        return self.quantiles[QUANTILES.index(0.5)]


@dataclass(frozen=True)
class RegionStatistics:
    """One region.

    Attributes
    ----------
    name : str
    area_km2 : float
        Of the whole region, on the raster or not.
    on_raster_km2, used_km2 : float
        Of the part on the raster; of the pixels whose values are used.
    masked, left_out : float
        Shares of the part on the raster without prediction, and left out for their flags.
    flagged : mapping of int to float
        Share of the part on the raster that has each bit of the quality band.
    pixels : int
        Pixels whose values are used, those cut by the border included.
    quantities : tuple of QuantityStatistics
    note : str
        Why there are no values; empty where there are.
    """

    name: str
    area_km2: float
    on_raster_km2: float
    used_km2: float
    masked: float
    left_out: float
    flagged: Mapping[int, float]
    pixels: int
    quantities: Tuple[QuantityStatistics, ...]
    note: str = ""

    def of(self, key: str) -> QuantityStatistics:
        """Statistics of a quantity.

        Parameters
        ----------
        key : str
            Of the quantity.

        Returns
        -------
        QuantityStatistics
        """
        return next(item for item in self.quantities if item.quantity.key == key)


@dataclass(frozen=True)
class Difference:
    """The difference of a quantity's means in two regions.

    Attributes
    ----------
    first, second : str
        Names of the regions.
    quantity : Quantity
    value : float
        First minus second.
    error : float
        Its standard error.
    p : float
        Probability of a difference as large without any true one (two-sided, normal).
    adjusted_p : float
        The same, adjusted for all differences that are tested together (Holm 1979).
    """

    first: str
    second: str
    quantity: Quantity
    value: float
    error: float
    p: float
    adjusted_p: float

    @property
    def is_significant(self) -> bool:
        """Whether it is significant among all that are tested together."""
        return self.adjusted_p <= FAMILY_LEVEL


@dataclass(frozen=True)
class RegionSummary:
    """Statistics of all regions.

    Attributes
    ----------
    regions : tuple of RegionStatistics
    quantities : tuple of Quantity
    sigma_kind : SigmaKind or None
    errors : ErrorModel
    differences : tuple of Difference
    facts : dict
        Names and texts for the report's provenance.
    warnings : tuple of str
    """

    regions: Tuple[RegionStatistics, ...]
    quantities: Tuple[Quantity, ...]
    sigma_kind: Optional[SigmaKind]
    errors: ErrorModel
    differences: Tuple[Difference, ...]
    facts: Dict[str, str]
    warnings: Tuple[str, ...] = ()


def statistics_of(
    name: str, area_km2: float, sums: RegionSums, errors: ErrorModel, note: str = ""
) -> RegionStatistics:
    """Statistics from the sums of a region.

    Parameters
    ----------
    name : str
    area_km2 : float
    sums : RegionSums
    errors : ErrorModel
    note : str

    Returns
    -------
    RegionStatistics
    """
    there = sums.on_raster

    def share(area: float) -> float:
        return area / there if there > 0.0 else math.nan

    return RegionStatistics(
        name=name,
        area_km2=area_km2,
        on_raster_km2=there,
        used_km2=sums.used,
        masked=share(sums.masked),
        left_out=share(sums.left_out),
        flagged={bit: share(area) for bit, area in sums.flagged.items()},
        pixels=sums.pixels,
        quantities=tuple(_quantity(item, errors) for item in sums.quantities),
        note=note,
    )


def _quantity(sums: QuantitySums, errors: ErrorModel) -> QuantityStatistics:
    sigma = sums.mean_sigma
    averaged = (
        errors.averaged_part(sums.sigma_squares, sums.sigma_area)
        if sums.sigma_area > 0.0
        else math.nan
    )
    return QuantityStatistics(
        quantity=sums.quantity,
        n=sums.n,
        area_km2=sums.area,
        mean=sums.mean,
        spread=sums.spread,
        quantiles=tuple(map(sums.quantile, QUANTILES)),
        low=sums.low if sums.n else math.nan,
        high=sums.high if sums.n else math.nan,
        mean_sigma=sigma,
        common=errors.common_part(sigma),
        averaged=averaged,
    )


def differences_of(
    regions: Sequence[RegionStatistics], errors: ErrorModel
) -> Tuple[Difference, ...]:
    """Differences between all pairs of regions, adjusted for their number.

    Parameters
    ----------
    regions : sequence of RegionStatistics
    errors : ErrorModel

    Returns
    -------
    tuple of Difference
        Those whose means and errors are known.
    """
    found: List[Tuple[str, str, Quantity, float, float, float]] = []
    for first, second in combinations(regions, 2):
        for a, b in zip(first.quantities, second.quantities):
            value = a.mean - b.mean
            error = errors.of_difference(a.common, b.common, a.averaged, b.averaged)
            if math.isfinite(value) and math.isfinite(error) and error > 0.0:
                p = math.erfc(abs(value) / error / math.sqrt(2.0))
                found.append((first.name, second.name, a.quantity, value, error, p))
    adjusted = holm([item[-1] for item in found])
    return tuple(Difference(*item, adjusted_p=p) for item, p in zip(found, adjusted))


def holm(probabilities: Sequence[float]) -> List[float]:
    """Probabilities adjusted for several tests.

    Holm (1979), Scandinavian Journal of Statistics 6, 65-70.

    Parameters
    ----------
    probabilities : sequence of float

    Returns
    -------
    list of float
        In the same order, at most 1.
    """
    order = sorted(range(len(probabilities)), key=probabilities.__getitem__)
    adjusted = [0.0] * len(order)
    most = 0.0
    for place, index in enumerate(order):
        most = max(most, min(1.0, (len(order) - place) * probabilities[index]))
        adjusted[index] = most
    return adjusted
