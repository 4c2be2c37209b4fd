"""Sums over the pixels of one region, from which its statistics follow."""

from __future__ import annotations

import math
from typing import Dict, List, Optional, Sequence, Tuple

import numpy as np
import numpy.typing as npt

from ..chemistry.quantities import Quantity
from ..rasters.quality import FLAGS

#: Bins of a histogram in one unit of a quantity's last shown digit.
_BINS_PER_DIGIT = 2
#: Values farther from the display range than this many times its width share the outermost bins.
_REACH = 10.0

_Floats = npt.NDArray[np.float64]


class Histogram:
    """Area by value, in bins of fixed width; only the bins between the extremes are kept.

    Parameters
    ----------
    quantity : Quantity
        Gives the width of bins, half of its last shown digit, and the range.
    """

    def __init__(self, quantity: Quantity) -> None:
        self.step = 10.0**-quantity.decimals / _BINS_PER_DIGIT
        span = quantity.display_max - quantity.display_min
        self._low = math.floor((quantity.display_min - _REACH * span) / self.step)
        self._high = math.ceil((quantity.display_max + _REACH * span) / self.step)
        self._first = 0
        self._areas: _Floats = np.empty(0)

    def add(self, values: _Floats, areas: _Floats) -> None:
        """Add finite values with their areas."""
        bins = np.clip(np.floor(values / self.step), self._low, self._high).astype(np.int64)
        first, last = int(bins.min()), int(bins.max())
        self._cover(first, last)
        self._areas[first - self._first : last + 1 - self._first] += np.bincount(
            bins - first, weights=areas, minlength=last + 1 - first
        )

    def _cover(self, first: int, last: int) -> None:
        if not self._areas.size:
            self._first, self._areas = first, np.zeros(last + 1 - first)
            return
        before = max(0, self._first - first)
        after = max(0, last + 1 - self._first - self._areas.size)
        if before or after:
            self._areas = np.pad(self._areas, (before, after))
            self._first -= before

    def quantile(self, share: float, low: float, high: float) -> float:
        """The value below which this share of the area lies, to one bin.

        Parameters
        ----------
        share : float
            0 to 1.
        low, high : float
            Least and largest value, which no quantile passes.

        Returns
        -------
        float
        """
        total = np.cumsum(self._areas)
        wanted = share * total[-1]
        place = int(min(np.searchsorted(total, wanted), total.size - 1))
        before = float(total[place - 1]) if place else 0.0
        inside = (wanted - before) / max(float(self._areas[place]), 1e-300)
        value = float((self._first + place + min(max(inside, 0.0), 1.0)) * self.step)
        return min(max(value, low), high)


class QuantitySums:
    """Moments, histogram and errors of one quantity in one region.

    Parameters
    ----------
    quantity : Quantity
    """

    def __init__(self, quantity: Quantity) -> None:
        self.quantity = quantity
        self.n = 0
        self.area = 0.0
        self.low, self.high = math.inf, -math.inf
        self.histogram = Histogram(quantity)
        self._origin: Optional[float] = None
        self._first = self._second = 0.0
        self.sigma_area = self._sigma = self.sigma_squares = 0.0

    def add(self, values: _Floats, sigma: _Floats, areas: _Floats) -> None:
        """Add pixels; values and sigmas are NaN where there are none."""
        known = np.isfinite(values)
        if not known.all():
            values, sigma, areas = values[known], sigma[known], areas[known]
        if not values.size:
            return
        if self._origin is None:
            # Sums of differences from a value of the region keep their digits.
            self._origin = float(values[0])
        self.n += int(values.size)
        self.area += float(areas.sum())
        self.low, self.high = (
            min(self.low, float(values.min())),
            max(self.high, float(values.max())),
        )
        off = values - self._origin
        weighted = areas * off
        self._first += float(weighted.sum())
        # No product of vectors: BLAS would start threads of its own for it.
        self._second += float((weighted * off).sum())
        self.histogram.add(values, areas)
        known = np.isfinite(sigma)
        if not known.all():
            sigma, areas = sigma[known], areas[known]
        weighted = areas * sigma
        self.sigma_area += float(areas.sum())
        self._sigma += float(weighted.sum())
        self.sigma_squares += float((weighted * weighted).sum())

    @property
    def mean(self) -> float:
        """Mean, weighted by area."""
        return (self._origin or 0.0) + self._first / self.area if self.area > 0.0 else math.nan

    @property
    def spread(self) -> float:
        """Standard deviation of the pixels, weighted by area."""
        if self.area <= 0.0:
            return math.nan
        mean = self._first / self.area
        return math.sqrt(max(0.0, self._second / self.area - mean**2))

    @property
    def mean_sigma(self) -> float:
        """Mean of the pixels' sigmas, weighted by area; NaN where none is known."""
        return self._sigma / self.sigma_area if self.sigma_area > 0.0 else math.nan

    def quantile(self, share: float) -> float:
        """The value below which a share of the area lies."""
        if self.area <= 0.0:
            return math.nan
        return self.histogram.quantile(share, self.low, self.high)


class RegionSums:
    """Everything that is added up for one region.

    Parameters
    ----------
    quantities : sequence of Quantity
    """

    def __init__(self, quantities: Sequence[Quantity]) -> None:
        self.quantities: Tuple[QuantitySums, ...] = tuple(map(QuantitySums, quantities))
        #: Area on the raster; of it, without prediction; with one but left out for its flags; used.
        self.on_raster = self.masked = self.left_out = self.used = 0.0
        self.pixels = 0
        self.flagged: Dict[int, float] = {flag.bit: 0.0 for flag in FLAGS}

    def add_flags(
        self,
        areas: _Floats,
        there: npt.NDArray[np.bool_],
        used: npt.NDArray[np.bool_],
        flags: npt.NDArray[np.uint8],
    ) -> None:
        """Add the areas of pixels: with a prediction, of them used, and by flag."""
        self.on_raster += float(areas.sum())
        self.masked += float(areas[~there].sum())
        self.used += float(areas[used].sum())
        self.left_out += float(areas[there & ~used].sum())
        self.pixels += int(np.count_nonzero(used))
        by_value = np.bincount(flags, weights=areas, minlength=256)
        values = np.arange(256)
        for bit in self.flagged:
            self.flagged[bit] += float(by_value[(values & bit) != 0].sum())

    def add_values(
        self, values: Sequence[_Floats], sigmas: Sequence[_Floats], areas: _Floats
    ) -> None:
        """Add used pixels: values and sigmas of each quantity, and areas."""
        for sums, value, sigma in zip(self.quantities, values, sigmas):
            sums.add(value, sigma, areas)


def flag_labels(bits: Dict[int, float]) -> List[Tuple[str, float]]:
    """Labels of flags with what is given for their bits, without those that have none.

    Parameters
    ----------
    bits : dict of int to float

    Returns
    -------
    list of (str, float)
    """
    return [(flag.label, bits[flag.bit]) for flag in FLAGS if bits.get(flag.bit)]
