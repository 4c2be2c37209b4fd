"""A second opinion at the checked sites: classical formulas, which do not depend on the model."""

from __future__ import annotations

import math
from typing import Dict, List, Optional, Sequence, Tuple

import numpy as np
from rasterio.transform import Affine

from ..errors import Cancelled
from ..products.sensor_parameters import opinions_of
from ..products.spectral_parameters import MAX_LATITUDE_DEG
from ..products.spectral_raster import choose_sensor, map_sensor_bands
from ..progress import Progress
from ..rasters.grid import Grid, require_georeference
from ..rasters.quality import SHADOW
from ..rasters.raster_input import RasterInput
from ..rasters.raster_source import RasterSource
from ..rasters.reflectance_check import judge_blocks
from ..rasters.spectra import SpectraBlock
from ..sites.site_pixels import SitePixels, site_pixels
from .site_check import Formulas, SecondOpinion, SitePrediction


def second_opinion_at(
    raster: RasterInput, pairs: Sequence[SitePrediction], window: int, progress: Progress
) -> SecondOpinion:
    """FeO and TiO2 by the formulas of a raster's sensor at the checked sites.

    The median spectrum of a site's valid pixels is taken, over the same window or area as the
    prediction but on the reflectance raster's own grid.

    Parameters
    ----------
    raster : RasterInput
        Reflectance of a sensor that has formulas for both, with their bands, found by wavelength
        or name.
    pairs : sequence of SitePrediction
    window : int
        Odd side in pixels of the square around a site.
    progress : Progress
        Hears how far the work is, and says whether to stop.

    Returns
    -------
    SecondOpinion

    Raises
    ------
    BandMappingError, RasterError, ReflectanceRangeError
        If the raster's sensor has no such formulas or is not recognised, the raster has no lunar
        CRS, or its numbers are unscaled.
    Cancelled
    """
    with RasterSource(raster) as source:
        info = source.info
        require_georeference(info.crs_wkt, info.transform, info.name)
        for note in info.notes:
            progress.warn(note)
        sensor = choose_sensor(info, None)
        formulas = opinions_of(sensor)
        names, mapping = map_sensor_bands(sensor, info, None)
        grid = Grid(info.width, info.height, Affine(*info.transform), source.crs)
        places = site_pixels(grid, [pair.site for pair in pairs], window)
        blocks: List[Optional[SpectraBlock]] = []
        for place in places:
            if progress.is_cancelled():
                raise Cancelled("The check was cancelled.")
            if isinstance(place, SitePixels):
                blocks.append(source.read(mapping, place.window).within(place.mask))
            else:
                blocks.append(None)
        there = [block for block in blocks if block is not None]
        if there:
            for doubt in judge_blocks(there, mapping, info, sensor).doubts:
                progress.warn(doubt)
    spectra = [_median_spectrum(block, names) for block in blocks]
    _warn_of_latitude(pairs, progress)
    values = tuple(_values(spectrum, formulas) for spectrum in spectra)
    needed = {band for _, parameter in formulas for band in parameter.needs}
    bands = tuple(str(m) for band, m in zip(names, mapping.matches) if band in needed)
    return SecondOpinion(info.name, bands, values, formulas)


def _median_spectrum(block: Optional[SpectraBlock], names: Sequence[str]) -> Dict[str, float]:
    """Median reflectance by nominal band; empty where no pixel is valid and lit."""
    if block is None:
        return {}
    usable = block.valid & ((block.flags & SHADOW.bit) == 0)
    if not usable.any():
        return {}
    medians = np.median(block.reflectance[:, usable].astype(np.float64), axis=1)
    return dict(zip(names, medians.tolist()))


def _values(spectrum: Dict[str, float], formulas: Formulas) -> Tuple[float, float]:
    values = []
    for _, parameter in formulas:
        if all(band in spectrum for band in parameter.needs):
            one = {band: np.array([spectrum[band]]) for band in parameter.needs}
            values.append(float(parameter.compute(one)[0]))
        else:
            values.append(math.nan)
    return values[0], values[1]


def _warn_of_latitude(pairs: Sequence[SitePrediction], progress: Progress) -> None:
    high = [p.site.station_id for p in pairs if abs(p.site.latitude_deg) > MAX_LATITUDE_DEG]
    if high:
        progress.warn(
            f"The classical formulas do not hold above {MAX_LATITUDE_DEG:g} degrees latitude "
            f"({', '.join(high[:5])}): read their values there with care."
        )
