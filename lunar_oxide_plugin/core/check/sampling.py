"""Values of a prediction raster at sample sites, and the check built from them."""

from __future__ import annotations

import math
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import Callable, Dict, List, Mapping, Optional, Sequence, Tuple

import numpy as np
import numpy.typing as npt
import rasterio

from ..chemistry.layout import SigmaKind, oxide_band
from ..chemistry.new_place import skills_of_tag
from ..chemistry.oxides import FEO, OXIDE_NAMES, OXIDES, Oxide
from ..errors import Cancelled, RasterError
from ..progress import Progress
from ..rasters.grid import Grid
from ..rasters.map_band import MapBand, Quantity, described_oxides
from ..rasters.opening import open_raster
from ..rasters.prediction_bands import PredictionBands, own_tags
from ..rasters.prediction_map import PredictionMap
from ..rasters.raster_input import RasterInput
from ..sites.sample_sites import SampleSite
from ..sites.site_pixels import SitePixels, site_pixels
from ..sites.training_stations import Seen, nearest_training_station, seen_in_training
from ..version import SOFTWARE
from .site_check import CheckResult, SitePrediction, SkippedSite, note_shared_places

#: A site within this distance (metres) of a training station lies on the geology that was sampled:
#: the longest Apollo traverse reached 8 km from its lander.
NEAR_SAMPLED_M = 15_000.0


@dataclass(frozen=True)
class OxideChoice:
    """The oxide that a raster's band holds, where descriptions do not tell.

    Attributes
    ----------
    oxide : Oxide
    band : int, or None
        From 1; None: the only band, or the one described as the oxide.
    quantity : Quantity, or None
        Meaning of the numbers; None: read from the band's description.
    """

    oxide: Oxide
    band: Optional[int] = None
    quantity: Optional[Quantity] = None


_ReadPlace = Callable[[SitePixels], npt.NDArray[np.float32]]


def check_raster(
    raster: RasterInput,
    sites: Sequence[SampleSite],
    known_sites: Sequence[SampleSite],
    window: int,
    progress: Progress,
    choice: Optional[OxideChoice] = None,
) -> CheckResult:
    """Compare a raster of oxides with measured oxides at sites.

    Parameters
    ----------
    raster : RasterInput
        A prediction, or any raster of oxides or elements; bands are found by their descriptions.
    sites : sequence of SampleSite
        The ground truth.
    known_sites : sequence of SampleSite
        The table that training lists refer to.
    window : int
        Odd side in pixels of the square whose valid pixels' median is compared.
    progress : Progress
    choice : OxideChoice, optional
        For a raster whose bands do not say what they hold.

    Returns
    -------
    CheckResult

    Raises
    ------
    RasterError
        If no band is known to hold an oxide, or the raster has no lunar CRS or cannot be read.
    Cancelled
    """
    if window < 1 or window % 2 == 0:
        raise RasterError(f"The window of {window} pixels must be odd and positive, e.g. 3.")
    name = raster.name
    with ExitStack() as stack:
        dataset = stack.enter_context(open_raster(raster))
        bands, read, facts = _pixels(stack, raster, dataset, choice)
        grid = Grid.of(dataset, name)
        tags = own_tags(dataset.tags())
        good = 0 if "LEFT_OUT" in tags else None
        stations = tags.get("TRAINING_STATIONS")
        training = None if stations is None else stations.split(",")
        places = site_pixels(grid, sites, window)
        half_window_m = window / 2 * grid.pixel_size_m
        pairs: List[SitePrediction] = []
        skipped: List[SkippedSite] = []
        for index, (site, place) in enumerate(zip(sites, places)):
            if progress.is_cancelled():
                raise Cancelled("The check was cancelled.")
            progress.report(index / len(sites))
            if isinstance(place, str):
                skipped.append(SkippedSite(site, place))
                continue
            values = read(place)
            pair = _compare(site, values, bands, half_window_m, good)
            if pair is None:
                reason = "no valid prediction within its area (no data)"
                if site.area is None:
                    reason = f"no valid prediction within {window} x {window} pixels (no data)"
                skipped.append(SkippedSite(site, reason))
                continue
            nearest = _least(values, bands.domain_distance)
            seen, note = seen_in_training(site, training, known_sites, nearest)
            notes = "; ".join(part for part in (pair.note, note) if part)
            wanted, basis = _fitting_kind(site, seen, training, known_sites)
            kind = wanted if wanted in bands.sigmas else bands.sigma_kind
            if kind is not None and kind is not wanted:
                basis = f"{basis}; the map has only the interval {kind.title}"
            pairs.append(
                replace(
                    pair,
                    seen=seen,
                    note=notes,
                    place=_place_key(site, place),
                    sigma_wt=_sigmas(values, bands, kind),
                    sigma_kind=kind,
                    sigma_basis=basis if kind is not None else "",
                )
            )
    progress.report(1.0)
    return CheckResult(
        tuple(note_shared_places(pairs)),
        tuple(skipped),
        window,
        {**_provenance(name, grid.wkt, tags, bands), **facts},
        new_place=skills_of_tag(tags.get("NEW_PLACE", "")),
    )


def _fitting_kind(
    site: SampleSite,
    seen: Seen,
    training: Optional[Sequence[str]],
    known_sites: Sequence[SampleSite],
) -> Tuple[SigmaKind, str]:
    """The kind of interval that should hold at a site, and why."""
    if seen is Seen.SEEN:
        return SigmaKind.NEAR_SAMPLES, "training station: fitted, no interval is tested here"
    near = nearest_training_station(site, training, known_sites)
    if near is None:
        return SigmaKind.NEW_PLACE, "training stations not known"
    distance, station = near
    if distance <= NEAR_SAMPLED_M:
        reason = f"{distance / 1000.0:.1f} km from training station {station.station_id}"
        return SigmaKind.NEAR_SAMPLES, reason
    return (
        SigmaKind.NEW_PLACE,
        f"no training station within {NEAR_SAMPLED_M / 1000.0:.0f} km (nearest: "
        f"{station.station_id}, {distance / 1000.0:.0f} km)",
    )


def with_in_situ(
    result: CheckResult,
    raster: RasterInput,
    sites: Sequence[SampleSite],
    known_sites: Sequence[SampleSite],
    progress: Progress,
    choice: Optional[OxideChoice] = None,
) -> CheckResult:
    """The check with analyses made on the Moon beside it; they enter no metric.

    Parameters
    ----------
    result : CheckResult
    raster : RasterInput
        As in `check_raster`.
    sites : sequence of SampleSite
        The analyses made on the Moon.
    known_sites : sequence of SampleSite
    progress : Progress
    choice : OxideChoice, optional

    Returns
    -------
    CheckResult

    Raises
    ------
    RasterError
    Cancelled
    """
    found = check_raster(raster, sites, known_sites, result.window, progress, choice)
    return replace(result, in_situ=found.pairs, in_situ_skipped=found.skipped)


def _pixels(
    stack: ExitStack,
    raster: RasterInput,
    dataset: rasterio.DatasetReader,
    choice: Optional[OxideChoice],
) -> Tuple[PredictionBands, _ReadPlace, Dict[str, str]]:
    """The bands, how to read a place of them, and facts on their meaning.

    Of a prediction all bands are read. Of any other raster each oxide is read in wt%: its element,
    unit, scale and offset are converted.
    """
    name = raster.name
    descriptions = [text or "" for text in dataset.descriptions]
    if choice is None and _is_prediction(descriptions):
        source = stack.enter_context(PredictionMap(raster))
        return source.bands, lambda place: _read_pixels(source, place), {}
    if choice is not None:
        maps = [MapBand(raster, choice.oxide, choice.band, choice.quantity)]
    else:
        described = described_oxides(descriptions)
        maps = [
            MapBand(raster, oxide) for oxide in OXIDES if len(described.get(oxide.name, ())) == 1
        ]
    if not maps:
        raise RasterError(
            f"{name} has no band described as an oxide, like {oxide_band(FEO)}: choose a raster "
            "made by 'Predict oxides', or say which oxide its band holds and what the numbers are."
        )
    for band in maps:
        stack.enter_context(band)

    def read(place: SitePixels) -> npt.NDArray[np.float32]:
        box = tuple(int(n) for n in (place.window.row_off, place.window.col_off,
                                     place.window.height, place.window.width))  # fmt: skip
        values = np.stack([band.read(*box) for band in maps]).astype(np.float32)
        values[:, ~place.mask] = np.nan
        return values

    numbers = {band.oxide.name: number for number, band in enumerate(maps, start=1)}
    facts = {"Bands": "\n".join(band.description for band in maps)}
    return PredictionBands(numbers, None, None), read, facts


def _is_prediction(descriptions: Sequence[str]) -> bool:
    """Whether the bands are named as those of predictions are."""
    ours = [n for n, text in enumerate(descriptions) if text in map(oxide_band, OXIDES)]
    return len(ours) == sum(map(len, described_oxides(descriptions).values())) > 0


def _compare(
    site: SampleSite,
    values: npt.NDArray[np.float32],
    bands: PredictionBands,
    half_window_m: float,
    good: Optional[int],
) -> Optional[SitePrediction]:
    """The pair for one site, with `seen` not yet decided; None without a valid pixel.

    `good` is the quality of pixels of a map without quality flags.
    """
    oxides = values[[number - 1 for number in bands.oxides.values()]]
    valid = np.isfinite(oxides).all(axis=0)
    if not valid.any():
        return None

    def median(number: Optional[int]) -> float:
        return _median(values, number, valid)

    quality = good
    if bands.quality is not None:
        flags = values[bands.quality - 1][valid]
        quality = int(np.bitwise_or.reduce(flags[np.isfinite(flags)].astype(int), initial=0))
    note = ""
    if site.area is None and site.position_error_m > half_window_m:
        note = (
            f"position known to {site.position_error_m:.0f} m, window reaches {half_window_m:.0f} m"
        )
    return SitePrediction(
        site=site,
        predicted_wt=tuple(median(bands.oxides.get(name)) for name in OXIDE_NAMES),
        sigma_wt=_sigmas(values, bands, bands.sigma_kind),
        domain_distance=median(bands.domain_distance),
        quality=quality,
        n_pixels=int(np.count_nonzero(valid)),
        seen=Seen.UNKNOWN,
        note=note,
    )


def _median(
    values: npt.NDArray[np.float32], number: Optional[int], valid: npt.NDArray[np.bool_]
) -> float:
    """Median of a band's finite values where `valid`; NaN where there is none."""
    if number is None:
        return math.nan
    sample = values[number - 1][valid]
    sample = sample[np.isfinite(sample)]
    return float(np.median(sample)) if sample.size else math.nan


def _sigmas(
    values: npt.NDArray[np.float32], bands: PredictionBands, kind: Optional[SigmaKind]
) -> Tuple[float, ...]:
    """Median sigma of each oxide, in the order of OXIDES; NaN where the raster has none."""
    oxides = values[[number - 1 for number in bands.oxides.values()]]
    valid = np.isfinite(oxides).all(axis=0)
    numbers: Mapping[str, int] = {} if kind is None else bands.sigmas[kind]
    return tuple(_median(values, numbers.get(name), valid) for name in OXIDE_NAMES)


def _least(values: npt.NDArray[np.float32], number: Optional[int]) -> float:
    """The smallest value of a band; NaN where there is none."""
    found = values[:0] if number is None else values[number - 1]
    found = found[np.isfinite(found)]
    return float(found.min()) if found.size else math.nan


def _place_key(site: SampleSite, place: SitePixels) -> str:
    """A key that is equal for sites that are compared with the same pixels."""
    if site.area is None:
        return f"row {place.centre[0]}, column {place.centre[1]}"
    corner = f"row {int(place.window.row_off)}, column {int(place.window.col_off)}"
    return f"area from {corner}, {int(place.mask.sum())} pixels"


def _read_pixels(source: PredictionMap, place: SitePixels) -> npt.NDArray[np.float32]:
    """All bands of a site's window, nodata and pixels that do not belong to it as NaN."""
    bands = source.read(range(1, source.dataset.count + 1), place.window)
    values = np.stack(list(bands.values())).astype(np.float32)
    values[:, ~place.mask] = np.nan
    return values


def _provenance(
    name: str, wkt: str, tags: Dict[str, str], bands: PredictionBands
) -> Dict[str, str]:
    facts = {
        "Prediction raster": name,
        "CRS": wkt.split('"')[1] if '"' in wkt else wkt,
        "Made from": tags.get("SOURCE_RASTER", "unknown"),
        "Model": tags.get("MODEL_TITLE", "unknown"),
        "Model version": tags.get("MODEL_VERSION", "unknown"),
        "Model file": tags.get("MODEL_FILE", "unknown"),
        "Model SHA-256": tags.get("MODEL_SHA256", "unknown"),
        "Band mapping": tags.get("BAND_MAPPING", "unknown"),
        "Predicted with": tags.get("SOFTWARE", "unknown"),
        "Checked with": SOFTWARE,
    }
    if bands.sigmas:
        facts["Intervals of the map"] = " and ".join(kind.title for kind in bands.sigmas)
    little = [n for n, s in skills_of_tag(tags.get("NEW_PLACE", "")).items() if s.tells_little]
    if little:
        facts["Tells little at a new place"] = ", ".join(little)
    if "DATA_ORIGIN" in tags:
        facts["Origin of the data"] = tags["DATA_ORIGIN"]
    return facts
