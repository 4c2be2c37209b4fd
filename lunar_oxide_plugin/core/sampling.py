"""Values of a prediction raster at sample sites, and the check built from them."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from typing import Dict, List, Optional, Sequence, Tuple

import numpy as np
import numpy.typing as npt
import rasterio
import rasterio.errors
from rasterio.windows import Window

from . import moon
from .check import CheckResult, Seen, SitePrediction, SkippedSite, seen_in_training
from .errors import Cancelled, RasterError
from .prediction_raster import TAG_PREFIX, PredictionBands, find_bands
from .progress import Progress
from .raster import open_raster
from .sites import MOON_RADIUS_M, SampleSite
from .version import SOFTWARE

METRES_PER_DEGREE = math.radians(1.0) * MOON_RADIUS_M


def check_raster(
    path: str,
    sites: Sequence[SampleSite],
    known_sites: Sequence[SampleSite],
    window: int,
    progress: Progress,
) -> CheckResult:
    """Compare a prediction raster with measured oxides at sites.

    Parameters
    ----------
    path : str
        A prediction raster; its bands are found by description.
    sites : sequence of SampleSite
        The ground truth.
    known_sites : sequence of SampleSite
        The table that training lists refer to.
    window : int
        Odd side in pixels of the square whose valid pixels' median is compared.
    progress : Progress

    Raises
    ------
    RasterError
        If the raster is no prediction raster, has no lunar CRS, or cannot be read.
    Cancelled
    """
    if window < 1 or window % 2 == 0:
        raise RasterError(f"The window of {window} pixels must be odd and positive, e.g. 3.")
    name = Path(path).name or path
    with open_raster(path) as dataset:
        bands = find_bands([text or "" for text in dataset.descriptions], name)
        wkt = dataset.crs.to_wkt() if dataset.crs else ""
        if not wkt:
            raise RasterError(
                f"{name} has no CRS, so sites cannot be placed on it: assign the lunar CRS that "
                "its coordinates are in, e.g. IAU_2015:30110."
            )
        moon.require_moon(wkt, f"The raster {name}")
        tags = {
            key[len(TAG_PREFIX) :]: value
            for key, value in dataset.tags().items()
            if key.startswith(TAG_PREFIX)
        }
        stations = tags.get("TRAINING_STATIONS")
        training = None if stations is None else stations.split(",")
        pixels = _site_pixels(dataset, wkt, sites)
        half_window_m = window / 2 * _pixel_size_m(dataset)
        pairs: List[SitePrediction] = []
        skipped: List[SkippedSite] = []
        for index, (site, pixel) in enumerate(zip(sites, pixels)):
            if progress.is_cancelled():
                raise Cancelled("The check was cancelled.")
            progress.report(index / len(sites))
            if pixel is None:
                skipped.append(SkippedSite(site, "outside the raster"))
                continue
            values = _read_window(dataset, pixel, window, name)
            pair = _compare(site, values, bands, half_window_m)
            if pair is None:
                reason = f"no valid prediction within {window} x {window} pixels (no data)"
                skipped.append(SkippedSite(site, reason))
                continue
            seen, note = seen_in_training(site, training, known_sites)
            notes = "; ".join(part for part in (pair.note, note) if part)
            pairs.append(replace(pair, seen=seen, note=notes))
    progress.report(1.0)
    return CheckResult(tuple(pairs), tuple(skipped), window, _provenance(name, wkt, tags))


def _compare(
    site: SampleSite,
    values: npt.NDArray[np.float32],
    bands: PredictionBands,
    half_window_m: float,
) -> Optional[SitePrediction]:
    """The pair for one site, its `seen` still open; None without a valid pixel."""
    oxides = values[[number - 1 for number in bands.oxides]]
    valid = np.isfinite(oxides).all(axis=0)
    if not valid.any():
        return None

    def median(number: Optional[int]) -> float:
        if number is None:
            return math.nan
        sample = values[number - 1][valid]
        sample = sample[np.isfinite(sample)]
        return float(np.median(sample)) if sample.size else math.nan

    quality = 0
    if bands.quality is not None:
        flags = values[bands.quality - 1][valid]
        for flag in flags[np.isfinite(flags)].astype(int):
            quality |= int(flag)
    note = ""
    if site.position_error_m > half_window_m:
        note = (
            f"position known to {site.position_error_m:.0f} m, window reaches {half_window_m:.0f} m"
        )
    return SitePrediction(
        site=site,
        predicted_wt=tuple(median(number) for number in bands.oxides),
        sigma_wt=tuple(median(number) for number in bands.sigma),
        domain_distance=median(bands.domain_distance),
        quality=quality,
        n_pixels=int(np.count_nonzero(valid)),
        seen=Seen.UNKNOWN,
        note=note,
    )


def _site_pixels(
    dataset: rasterio.DatasetReader, wkt: str, sites: Sequence[SampleSite]
) -> List[Optional[Tuple[int, int]]]:
    """Row and column of each site, None outside; tries one turn of longitude either way."""
    xs, ys = moon.from_lunar_lonlat(
        wkt, [site.longitude_deg for site in sites], [site.latitude_deg for site in sites]
    )
    turn = moon.turn_length(dataset.crs)
    inverse = ~dataset.transform
    pixels: List[Optional[Tuple[int, int]]] = []
    for x, y in zip(xs, ys):
        found = None
        for shift in (0.0,) if turn is None else (0.0, turn, -turn):
            if not (math.isfinite(x) and math.isfinite(y)):
                break
            column, row = inverse * (x + shift, y)
            if 0 <= column < dataset.width and 0 <= row < dataset.height:
                found = (int(row), int(column))
                break
        pixels.append(found)
    return pixels


def _read_window(
    dataset: rasterio.DatasetReader, pixel: Tuple[int, int], window: int, name: str
) -> npt.NDArray[np.float32]:
    """All bands of a square around a pixel, cut at the raster's edge, nodata as NaN."""
    row, column = pixel
    half = window // 2
    top, left = max(0, row - half), max(0, column - half)
    bottom, right = min(dataset.height, row + half + 1), min(dataset.width, column + half + 1)
    try:
        values = dataset.read(
            window=Window(left, top, right - left, bottom - top),
            masked=True,
            out_dtype="float32",
        )
    except (rasterio.errors.RasterioError, OSError) as error:
        raise RasterError(f"{name} cannot be read at row {row}: {error}.") from error
    filled: npt.NDArray[np.float32] = values.filled(np.nan)
    return filled


def _pixel_size_m(dataset: rasterio.DatasetReader) -> float:
    """The longer side of a pixel in metres (at the equator for geographic rasters)."""
    t = dataset.transform
    side = max(math.hypot(t.a, t.d), math.hypot(t.b, t.e))
    if dataset.crs.is_geographic:
        return side * METRES_PER_DEGREE
    return side * float(dataset.crs.linear_units_factor[1])


def _provenance(name: str, wkt: str, tags: Dict[str, str]) -> Dict[str, str]:
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
    if "DATA_ORIGIN" in tags:
        facts["Origin of the data"] = tags["DATA_ORIGIN"]
    return facts
