"""Check a map against elements measured from orbit, by terrane."""

from __future__ import annotations

import math
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Dict, List, Mapping, Optional, Tuple

import numpy as np
import numpy.typing as npt

from ..chemistry.oxides import OXIDES, UNIT, Oxide
from ..chemistry.rock_classes import MARE_FEO_WT
from ..errors import NoOverlapError, RasterError
from ..moon.terranes import Region
from ..progress import Progress
from ..rasters.map_band import MapBand, Quantity, described_oxides
from ..rasters.opening import open_raster
from ..rasters.prediction_bands import find_bands
from ..rasters.raster_input import RasterInput
from .basin_claim import (
    BASIN,
    NEAR_MARIA,
    PARTS,
    ClaimPart,
    Side,
    Verdict,
    claim_part,
    whole_answer,
)
from .cell_means import CellMeans, average_over_cells, seen_through
from .difference_moments import Accumulator, MapMetrics, Moments
from .gamma_ray_table import GammaRayTable
from .table_terranes import Terrane, terranes_of

_Floats = npt.NDArray[np.float64]
_Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class RegionCheckRequest:
    """The request for a check.

    Attributes
    ----------
    raster : RasterInput
    table : GammaRayTable
    oxides : tuple of Oxide
        Empty: all that the raster's bands and the table's columns have in common.
    band : int, or None
        The raster's band, for one oxide; None: found by its description.
    quantity : Quantity, or None
        Meaning of the band's numbers; None: read from the description.
    min_coverage : float
        Share of a cell that the map must cover with valid pixels, above 0, at most 1.
    footprint_km : float
        Full width at half maximum of the instrument's view; 0 compares each cell for itself.
    mare_feo_wt : float
        Least FeO of the gamma-ray table that counts as mare, wt%.
    regions : tuple of Region
        Further parts of the Moon.
    """

    raster: RasterInput
    table: GammaRayTable
    oxides: Tuple[Oxide, ...] = ()
    band: Optional[int] = None
    quantity: Optional[Quantity] = None
    min_coverage: float = 0.5
    footprint_km: float = 0.0
    mare_feo_wt: float = MARE_FEO_WT
    regions: Tuple[Region, ...] = ()


@dataclass(frozen=True)
class TerraneResult:
    """Map and gamma-ray table over the cells of a terrane.

    Attributes
    ----------
    kind, name : str
    metrics : MapMetrics
        ``mean_prediction`` is the map's mean, ``mean_reference`` the table's.
    share : float
        Share of the terrane's area that is compared.
    map_sigma_wt : float
        Standard error of the map's mean: its mean sigma, because pixels of one place share most
        of their error. NaN where unknown.
    reference_sigma_wt : float
        Standard error of the table's mean by its own variances. NaN where unknown.
    """

    kind: str
    name: str
    metrics: MapMetrics
    share: float
    map_sigma_wt: float
    reference_sigma_wt: float

    @property
    def sigma_wt(self) -> float:
        """Standard error of the difference of both means."""
        return math.hypot(self.map_sigma_wt, self.reference_sigma_wt)


@dataclass(frozen=True)
class OxideResult:
    """The check of one oxide.

    Attributes
    ----------
    oxide : Oxide
    band : str
        The map's band and what its numbers were taken as.
    terranes : tuple of TerraneResult
        All cells first.
    sums : Accumulator
        Histograms behind the charts.
    map_wt, map_sigma_wt : float64 array, shape (cells,)
        The map over the compared cells; NaN elsewhere.
    left_out : int
        Cells with some valid pixels that are covered too little.
    sigma_words : str
        The origin of `map_sigma_wt`.
    """

    oxide: Oxide
    band: str
    terranes: Tuple[TerraneResult, ...]
    sums: Accumulator
    map_wt: _Floats
    map_sigma_wt: _Floats
    left_out: int
    sigma_words: str

    def terrane(self, name: str) -> Optional[TerraneResult]:
        """The result of a terrane; None if none of its cells is compared.

        Parameters
        ----------
        name : str

        Returns
        -------
        TerraneResult or None
        """
        return next((t for t in self.terranes if t.name == name), None)


@dataclass(frozen=True)
class RegionCheck:
    """Outcome of a check.

    Attributes
    ----------
    table : GammaRayTable
    terranes : tuple of Terrane
    oxides : tuple of OxideResult
    claim : mapping of oxide name to ClaimPart or None
        The claim's oxides in order; None for those that are not compared.
    answer : Verdict
    facts : dict
        For the report's provenance.
    warnings : tuple of str
    """

    table: GammaRayTable
    terranes: Tuple[Terrane, ...]
    oxides: Tuple[OxideResult, ...]
    claim: Mapping[str, Optional[ClaimPart]]
    answer: Verdict
    facts: Dict[str, str] = field(default_factory=dict)
    warnings: Tuple[str, ...] = ()


def check_regions(request: RegionCheckRequest, progress: Progress) -> RegionCheck:
    """Average a map over a gamma-ray table's cells and compare both by terrane.

    Parameters
    ----------
    request : RegionCheckRequest
    progress : Progress
        Hears how far the work is, and says whether to stop.

    Returns
    -------
    RegionCheck

    Raises
    ------
    LunarOxideError
        One sentence about what is wrong.
    Cancelled
    """
    for note in request.table.notes:
        progress.info(f"{note}.")
    oxides = _oxides(request)
    sigma_bands, where = _sigma_bands(request.raster)
    terranes = terranes_of(request.table, request.mare_feo_wt, request.regions)
    results, warnings, origins = [], [], []
    for number, oxide in enumerate(oxides):

        def done(share: float, number: int = number) -> None:
            progress.report((number + share) / len(oxides))

        with ExitStack() as stack:
            band = stack.enter_context(
                MapBand(request.raster, oxide, request.band, request.quantity)
            )
            progress.info(f"{band.description}.")
            if band.placement_note:
                progress.warn(band.placement_note)
            means = _seen(request, average_over_cells(request.table, band, progress, done))
            sigma: Optional[CellMeans] = None
            if oxide.name in sigma_bands and request.band is None:
                sigma_band = stack.enter_context(
                    MapBand(request.raster, oxide, sigma_bands[oxide.name], Quantity("sigma", 1.0))
                )
                sigma = average_over_cells(request.table, sigma_band, progress, lambda _: None)
                sigma = _seen(request, sigma)
            results.append(_result(request, band, terranes, means, sigma, where))
            origins.append(band.data_origin)
            if band.implausible:
                warnings.append(
                    f"{band.implausible} of {band.numbers} pixels of {band.name} hold numbers that "
                    f"are no amounts of {oxide.name} in {UNIT} and were left out: undeclared "
                    "nodata, or another unit."
                )
    progress.report(1.0)
    claim = {oxide.name: _claim(oxide, more, results) for oxide, more in PARTS}
    return RegionCheck(
        table=request.table,
        terranes=terranes,
        oxides=tuple(results),
        claim=claim,
        answer=whole_answer(claim),
        facts=_facts(request, results, next(filter(None, origins), "")),
        warnings=tuple(warnings),
    )


def _oxides(request: RegionCheckRequest) -> Tuple[Oxide, ...]:
    """The oxides to check."""
    there = [oxide for oxide in OXIDES if oxide.name in request.table.amounts_wt]
    if request.oxides:
        missing = [oxide.name for oxide in request.oxides if oxide not in there]
        if missing:
            raise RasterError(
                f"{request.table.name} has no column of {missing[0]}: choose one of "
                f"{', '.join(oxide.name for oxide in there)}."
            )
        return request.oxides
    with open_raster(request.raster) as dataset:
        described = [text or "" for text in dataset.descriptions]
    common = tuple(oxide for oxide in there if oxide.name in described_oxides(described))
    if not common:
        raise RasterError(
            f"No band of {request.raster.name} is described as an oxide or element of "
            f"{request.table.name}: choose the oxide and what the band's numbers are."
        )
    return common


def _sigma_bands(raster: RasterInput) -> Tuple[Mapping[str, int], str]:
    """Bands of the uncertainty that the map shows, by oxide, and where it holds."""
    with open_raster(raster) as dataset:
        descriptions = [text or "" for text in dataset.descriptions]
    try:
        bands = find_bands(descriptions, raster.name)
    except RasterError:
        return {}, ""
    return bands.sigma, "" if bands.sigma_kind is None else bands.sigma_kind.title


def _seen(request: RegionCheckRequest, means: CellMeans) -> CellMeans:
    if request.footprint_km <= 0.0:
        return means
    return seen_through(request.table, means, request.footprint_km)


def _result(
    request: RegionCheckRequest,
    band: MapBand,
    terranes: Tuple[Terrane, ...],
    means: CellMeans,
    sigma: Optional[CellMeans],
    where: str,
) -> OxideResult:
    oxide, table = band.oxide, request.table
    reference = table.amounts_wt[oxide.name]
    known = np.isfinite(means.mean) & np.isfinite(reference)
    used = known & (means.coverage >= request.min_coverage - 1e-6)
    if not used.any():
        _explain_nothing(request, band, means)
    lons, lats = table.centres
    sums = Accumulator(oxide, request.mare_feo_wt)
    sums.add(means.mean[used], reference[used], None, lons[used], lats[used], table.areas_km2[used])
    map_sigma = np.full(means.mean.shape, np.nan)
    if sigma is not None:
        map_sigma[used] = sigma.mean[used]
        words = f"the map's own, {where}"
    else:
        # What the map misses of the gamma-ray table, that table's noise included.
        map_sigma[used] = sums.whole.metrics().rmse
        words = "the map gives none; taken as its RMSE against the gamma-ray table over all cells"
    results = [
        _terrane_result(table, oxide, terrane, used, means.mean, map_sigma) for terrane in terranes
    ]
    return OxideResult(
        oxide=oxide,
        band=band.description,
        terranes=tuple(result for result in results if result.metrics.n),
        sums=sums,
        map_wt=np.where(used, means.mean, np.nan),
        map_sigma_wt=map_sigma,
        left_out=int(np.count_nonzero(known & ~used)),
        sigma_words=words,
    )


def _terrane_result(
    table: GammaRayTable,
    oxide: Oxide,
    terrane: Terrane,
    used: _Mask,
    values: _Floats,
    map_sigma: _Floats,
) -> TerraneResult:
    here = used & terrane.cells
    areas = table.areas_km2
    moments = Moments()
    moments.add(values[here], table.amounts_wt[oxide.name][here], areas[here])
    whole = float(areas[terrane.cells].sum())
    sigmas = table.sigma_wt.get(oxide.name, np.full(areas.shape, np.nan))[here]
    return TerraneResult(
        kind=terrane.kind,
        name=terrane.name,
        metrics=moments.metrics(),
        share=float(areas[here].sum()) / whole if whole > 0.0 else 0.0,
        map_sigma_wt=_weighted_mean(map_sigma[here], areas[here]),
        reference_sigma_wt=_standard_error(np.square(sigmas), areas[here]),
    )


def _weighted_mean(values: _Floats, weights: _Floats) -> float:
    known = np.isfinite(values)
    if not known.any():
        return math.nan
    return float(np.average(values[known], weights=weights[known]))


def _standard_error(variances: _Floats, weights: _Floats) -> float:
    """Of a weighted mean of independent values; those of unknown variance count as the others."""
    known = np.isfinite(variances)
    if not known.any():
        return math.nan
    filled = np.where(known, variances, np.average(variances[known], weights=weights[known]))
    return float(math.sqrt(weights**2 @ filled) / weights.sum())


def _explain_nothing(request: RegionCheckRequest, band: MapBand, means: CellMeans) -> None:
    """Say why no cell can be compared."""
    best = float(means.coverage.max()) if means.coverage.size else 0.0
    if band.numbers and band.implausible > 0.5 * band.numbers:
        raise RasterError(
            f"{band.name} holds numbers that are no amounts in {UNIT} of {band.oxide.name} when "
            f"taken as {band.quantity.words}: choose what they are."
        )
    if best > 0.0:
        wide = request.footprint_km > 0.0
        what = "what the instrument sees around a cell" if wide else "a cell"
        less = "the coverage or the footprint" if wide else "the coverage"
        raise RasterError(
            f"{band.name} covers at most {best:.1%} of {what} of {request.table.name}, and "
            f"{request.min_coverage:.0%} are asked for: lower {less}, or check a larger map."
        )
    raise NoOverlapError(
        f"{band.name} has no valid pixel in the cells of {request.table.name}: check that it shows "
        "the Moon and has the right CRS."
    )


def _claim(oxide: Oxide, more: bool, results: List[OxideResult]) -> Optional[ClaimPart]:
    result = next((r for r in results if r.oxide is oxide), None)
    if result is None:
        return None
    sides = [result.terrane(name) for name in (BASIN, NEAR_MARIA)]
    nothing = Side(math.nan, math.nan)
    maps = [
        nothing if s is None else Side(s.metrics.mean_prediction, s.map_sigma_wt) for s in sides
    ]
    tables = [
        nothing if s is None else Side(s.metrics.mean_reference, s.reference_sigma_wt)
        for s in sides
    ]
    shares = [0.0 if s is None else s.share for s in sides]
    return claim_part(
        oxide, more, (maps[0], maps[1]), (tables[0], tables[1]), (shares[0], shares[1])
    )


def _facts(request: RegionCheckRequest, results: List[OxideResult], origin: str) -> Dict[str, str]:
    footprint = (
        f"{request.footprint_km:g} km (full width at half maximum of a Gaussian)"
        if request.footprint_km > 0.0
        else "none: each cell for itself"
    )
    return {
        **({"Origin of the data": origin} if origin else {}),
        "Map": request.raster.name,
        "Bands": "\n".join(result.band for result in results),
        "Gamma-ray table": request.table.source,
        "Cells": (
            f"{len(request.table.bounds_deg)}, usually {request.table.height_deg:g} degrees high"
        ),
        "Coverage asked for": f"{request.min_coverage:.0%} of a cell",
        "Footprint": footprint,
        "Uncertainty of the map": "\n".join(
            f"{result.oxide.name}: {result.sigma_words}" for result in results
        ),
    }
