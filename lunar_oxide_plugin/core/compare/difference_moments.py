"""The sums of a comparison of two maps: moments by terrane and latitude, histograms."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Dict, List, Optional, Tuple

import numpy as np
import numpy.typing as npt

from ..chemistry.oxides import Oxide
from ..chemistry.rock_classes import MARE_FEO_WT
from ..moon.terranes import in_south_pole_aitken

#: Height of a latitude band in degrees.
BAND_DEG = 15

#: Cells of the joint histogram along each axis, over `HISTOGRAM_WT`.
HISTOGRAM_BINS = 240

#: Range of each oxide's joint histogram, wt%: more than lunar soils hold (Lunar Sourcebook 1991).
HISTOGRAM_WT: Dict[str, Tuple[float, float]] = {
    "TiO2": (-2.0, 18.0),
    "FeO": (-2.0, 30.0),
    "Al2O3": (0.0, 40.0),
    "MgO": (-2.0, 40.0),
    "CaO": (0.0, 24.0),
    "SiO2": (30.0, 60.0),
}

#: Bins of the histogram of differences, over +- this many wt%.
DIFFERENCE_WT = 25.0
DIFFERENCE_BINS = 2500

TERRANES = ("maria", "highlands", "South Pole-Aitken")

_Floats = npt.NDArray[np.float64]


@dataclass
class Moments:
    """Area-weighted sums over cells, from which every metric follows.

    `first` is the prediction p, `second` the reference m; difference is p - m, in wt%.
    """

    n: int = 0
    area_km2: float = 0.0
    p: float = 0.0
    m: float = 0.0
    pp: float = 0.0
    mm: float = 0.0
    pm: float = 0.0
    absolute: float = 0.0

    def add(self, p: _Floats, m: _Floats, areas_km2: _Floats) -> None:
        """Add cells: one-dimensional arrays of equal length, all finite."""
        self.n += int(p.size)
        self.area_km2 += float(areas_km2.sum())
        self.p += float(areas_km2 @ p)
        self.m += float(areas_km2 @ m)
        self.pp += float(areas_km2 @ (p * p))
        self.mm += float(areas_km2 @ (m * m))
        self.pm += float(areas_km2 @ (p * m))
        self.absolute += float(areas_km2 @ np.abs(p - m))

    def metrics(self) -> MapMetrics:
        """The metrics of the cells added so far; NaN where they do not exist."""
        nan = math.nan
        if self.n == 0 or self.area_km2 <= 0.0:
            return MapMetrics(self.n, self.area_km2, nan, nan, nan, nan, nan, nan, nan, nan)
        a = self.area_km2
        mean_p, mean_m = self.p / a, self.m / a
        bias = mean_p - mean_m
        mse = max(0.0, (self.pp - 2.0 * self.pm + self.mm) / a)
        var_p = max(0.0, self.pp / a - mean_p**2)
        var_m = max(0.0, self.mm / a - mean_m**2)
        cov = self.pm / a - mean_p * mean_m
        # Variances below this come from rounding of equal values.
        tiny = 1e-10 * max(1.0, mean_p**2, mean_m**2)
        both = self.n > 1 and var_p > tiny and var_m > tiny
        return MapMetrics(
            n=self.n,
            area_km2=a,
            mean_prediction=mean_p,
            mean_reference=mean_m,
            bias=bias,
            rmse=math.sqrt(mse),
            mae=self.absolute / a,
            spread=math.sqrt(max(0.0, mse - bias**2)),
            pearson_r=cov / math.sqrt(var_p * var_m) if both else nan,
            concordance=2.0 * cov / (var_p + var_m + bias**2) if both else nan,
        )


@dataclass(frozen=True)
class MapMetrics:
    """Agreement of two maps over some cells, each weighted by its area; wt%.

    Attributes
    ----------
    n : int
        Cells.
    area_km2 : float
    mean_prediction, mean_reference : float
    bias : float
        Mean of prediction minus reference.
    rmse, mae : float
        Root mean square and mean absolute difference.
    spread : float
        Standard deviation of the difference.
    pearson_r, concordance : float
        NaN where either map does not vary. Concordance: Lin (1989), Biometrics 45, 255-268.
    """

    n: int
    area_km2: float
    mean_prediction: float
    mean_reference: float
    bias: float
    rmse: float
    mae: float
    spread: float
    pearson_r: float
    concordance: float


@dataclass
class Accumulator:
    """All sums of a comparison, added window by window.

    Attributes
    ----------
    whole : Moments
    terranes : dict of Moments
        By `TERRANES`; cells of unknown FeO are in none.
    bands : dict of Moments
        By the southern edge of their latitude band, in degrees.
    joint : int64 array, shape (bins, bins)
        Cells by reference (rows) and prediction (columns).
    differences : float64 array, shape (bins,)
        Area by difference, km2.
    beyond : int
        Cells outside the joint histogram's range.
    """

    oxide: Oxide
    mare_feo_wt: float = MARE_FEO_WT
    whole: Moments = field(default_factory=Moments)
    terranes: Dict[str, Moments] = field(default_factory=lambda: {t: Moments() for t in TERRANES})
    bands: Dict[int, Moments] = field(
        default_factory=lambda: {south: Moments() for south in range(-90, 90, BAND_DEG)}
    )
    joint: npt.NDArray[np.int64] = field(
        default_factory=lambda: np.zeros((HISTOGRAM_BINS, HISTOGRAM_BINS), dtype=np.int64)
    )
    differences: _Floats = field(default_factory=lambda: np.zeros(DIFFERENCE_BINS))
    beyond: int = 0

    def add(
        self,
        p: _Floats,
        m: _Floats,
        feo: Optional[_Floats],
        longitudes_deg: _Floats,
        latitudes_deg: _Floats,
        areas_km2: _Floats,
    ) -> None:
        """Add cells; one-dimensional arrays of equal length.

        Parameters
        ----------
        p, m : array, wt%
            Prediction and reference, finite.
        feo : array, wt%, or None
            FeO that distinguishes maria from highlands; NaN or None where not known.
        longitudes_deg : float array
            East longitude.
        latitudes_deg : float array
        areas_km2 : float array
            Area of each cell.
        """
        self.whole.add(p, m, areas_km2)
        basin = in_south_pole_aitken(longitudes_deg, latitudes_deg)
        members = {"South Pole-Aitken": basin}
        if feo is not None:
            with np.errstate(invalid="ignore"):
                members["maria"] = ~basin & (feo >= self.mare_feo_wt)
                members["highlands"] = ~basin & (feo < self.mare_feo_wt)
        for name, inside in members.items():
            self.terranes[name].add(p[inside], m[inside], areas_km2[inside])
        souths = np.clip(np.floor((latitudes_deg + 90.0) / BAND_DEG), 0, 180 // BAND_DEG - 1)
        for index in np.unique(souths):
            inside = souths == index
            south = int(index) * BAND_DEG - 90
            self.bands[south].add(p[inside], m[inside], areas_km2[inside])
        low, high = HISTOGRAM_WT[self.oxide.name]
        width = (high - low) / HISTOGRAM_BINS
        rows, columns = np.floor((m - low) / width), np.floor((p - low) / width)
        fits = (rows >= 0) & (rows < HISTOGRAM_BINS) & (columns >= 0) & (columns < HISTOGRAM_BINS)
        self.beyond += int(np.count_nonzero(~fits))
        np.add.at(self.joint, (rows[fits].astype(int), columns[fits].astype(int)), 1)
        step = 2.0 * DIFFERENCE_WT / DIFFERENCE_BINS
        places = np.clip(np.floor((p - m + DIFFERENCE_WT) / step), 0, DIFFERENCE_BINS - 1)
        self.differences += np.bincount(
            places.astype(int), weights=areas_km2, minlength=DIFFERENCE_BINS
        )

    def difference_quantile(self, share: float) -> float:
        """The difference below which this share of the area lies, to 0.02 wt%.

        Parameters
        ----------
        share : float
            0 to 1.

        Returns
        -------
        float
        """
        total = self.differences.sum()
        if total <= 0.0:
            return math.nan
        place = int(np.searchsorted(np.cumsum(self.differences), share * total))
        step = 2.0 * DIFFERENCE_WT / DIFFERENCE_BINS
        return (min(place, DIFFERENCE_BINS - 1) + 0.5) * step - DIFFERENCE_WT


@dataclass(frozen=True)
class GroupMetrics:
    """Metrics of a named part of the Moon."""

    kind: str
    name: str
    metrics: MapMetrics


@dataclass(frozen=True)
class RasterComparison:
    """Outcome of comparing two maps.

    Attributes
    ----------
    oxide : Oxide
    groups : tuple of GroupMetrics
        ``kind`` is ``"all"``, ``"terrane"`` or ``"latitude"``; parts without cells left out.
    sums : Accumulator
        Histograms behind the plots.
    cells_skipped : int
        Cells where one map covers less than was asked for.
    cell_km : float
        Side of a cell of the common grid.
    facts : dict
        Names and texts for the report's provenance.
    warnings : tuple of str
    """

    oxide: Oxide
    groups: Tuple[GroupMetrics, ...]
    sums: Accumulator
    cells_skipped: int
    cell_km: float
    facts: Dict[str, str]
    warnings: Tuple[str, ...] = ()


def group_metrics(sums: Accumulator) -> Tuple[GroupMetrics, ...]:
    """The parts that contain cells, the whole first."""
    groups: List[GroupMetrics] = [GroupMetrics("all", "all cells", sums.whole.metrics())]
    groups += [
        GroupMetrics("terrane", name, moments.metrics())
        for name, moments in sums.terranes.items()
        if moments.n
    ]
    groups += [
        GroupMetrics("latitude", latitude_name(south), moments.metrics())
        for south, moments in sorted(sums.bands.items(), reverse=True)
        if moments.n
    ]
    return tuple(groups)


def latitude_name(south: int) -> str:
    """E.g. ``"15 S to 0"``, from the southern edge in degrees.

    Parameters
    ----------
    south : int
        Degrees.

    Returns
    -------
    str
    """

    def edge(value: int) -> str:
        return "0" if value == 0 else f"{abs(value)} {'N' if value > 0 else 'S'}"

    return f"{edge(south)} to {edge(south + BAND_DEG)}"
