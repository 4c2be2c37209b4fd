"""Reflectance of a raster at sample sites: the median spectrum of each site's valid pixels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import List, Optional, Sequence, Tuple

import numpy as np
import numpy.typing as npt

from ..errors import Cancelled
from ..models.oxide_model import OxideModel
from ..prediction.plan import choose_bands
from ..progress import Progress
from ..rasters.bands import BandMapping
from ..rasters.grid import Grid
from ..rasters.opening import open_raster
from ..rasters.raster_input import RasterInput
from ..rasters.raster_source import RasterSource
from ..rasters.reflectance_check import judge_blocks
from ..rasters.spectra import SpectraBlock
from ..sites.nearest_stations import StationBands
from ..sites.sample_sites import SampleSite
from ..sites.site_pixels import site_pixels


@dataclass(frozen=True)
class SiteSpectrum:
    """A site's spectrum, float array of shape (bands,) in the model's order, and its pixels."""

    site: SampleSite
    reflectance: npt.NDArray[np.float64]
    n_pixels: int


@dataclass(frozen=True)
class SiteSpectra:
    """Spectra read at sites, and the sites left out with the reason."""

    found: Tuple[SiteSpectrum, ...]
    skipped: Tuple[Tuple[SampleSite, str], ...]
    mapping: Optional[BandMapping] = None
    data_origin: str = ""


def read_site_spectra(
    raster: RasterInput,
    model: OxideModel,
    sites: Sequence[SampleSite],
    window: int,
    progress: Progress,
) -> SiteSpectra:
    """Read the spectrum at each site in a model's bands.

    Parameters
    ----------
    window : int
        Odd side in pixels of the square whose valid pixels' median is taken.

    Raises
    ------
    RasterError, BandMappingError, ReflectanceRangeError
    Cancelled
    """
    with open_raster(raster) as dataset:
        grid = Grid.of(dataset, raster.name)
    found: List[SiteSpectrum] = []
    skipped: List[Tuple[SampleSite, str]] = []
    blocks: List[SpectraBlock] = []
    with RasterSource(raster) as source:
        for note in source.info.notes:
            progress.warn(note)
        mapping = choose_bands(model, source.info, raster.bands)
        mapping.report(progress)
        for site, place in zip(sites, site_pixels(grid, sites, window)):
            if progress.is_cancelled():
                raise Cancelled("The refinement was cancelled.")
            if isinstance(place, str):
                skipped.append((site, place))
                continue
            block = source.read(mapping, place.window).within(place.mask)
            blocks.append(block)
            spectra = block.valid_spectra
            if spectra.shape[1] == 0:
                skipped.append((site, "no valid reflectance there (no data or shadow)"))
                continue
            median = np.median(spectra.astype(np.float64), axis=1)
            found.append(SiteSpectrum(site, median, spectra.shape[1]))
        if blocks:
            for doubt in judge_blocks(blocks, mapping, source.info).doubts:
                progress.warn(doubt)
        return SiteSpectra(tuple(found), tuple(skipped), mapping, source.info.data_origin)


def own_spectra(sites: Sequence[SampleSite], bands: StationBands) -> SiteSpectra:
    """Spectra from the sites' own reflectance columns, in a model's bands.

    Parameters
    ----------
    bands : StationBands
        The model's sensor, and the place of its bands in the sites' spectra.
    """
    columns = ", ".join(bands.sensor.station_columns[place] for place in bands.columns)
    missing = f"it has no spectrum: give a raster, or the reflectance columns {columns}"
    found: List[SiteSpectrum] = []
    skipped: List[Tuple[SampleSite, str]] = []
    for site in sites:
        own = site.spectrum(bands.sensor.key)
        if own is None:
            skipped.append((site, missing))
            continue
        spectrum = np.array([own[place] for place in bands.columns], dtype=np.float64)
        if not (np.isfinite(spectrum) & (spectrum > 0.0)).all():
            skipped.append((site, "its reflectance is not positive in every band"))
            continue
        found.append(SiteSpectrum(site, spectrum, 1))
    return SiteSpectra(tuple(found), tuple(skipped))
