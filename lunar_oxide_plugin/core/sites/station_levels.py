"""Compare a raster's reflectance at the stations with what the model's sensor saw there."""

from __future__ import annotations

from typing import List

import numpy as np
from rasterio.transform import Affine

from ..errors import RasterError
from ..rasters.bands import BandMapping
from ..rasters.grid import Grid
from ..rasters.raster_source import RasterSource
from ..rasters.sensors.plausibility import REFERENCE
from ..rasters.sensors.recognition import model_sensor
from .sample_sites import load_sites
from .site_pixels import SitePixels, site_pixels

#: Two extractions of one station differ by 3 %, and positions by some hundred metres; a larger
#: factor than this means another calibration. The laboratory reflectance of soil 62231 is 1.27 to
#: 1.76 times that of Apollo 16 from the Multiband Imager.
LEVEL_FACTOR = 1.25

#: Side in pixels of the square whose median is compared.
WINDOW = 3


def doubt_at_stations(source: RasterSource, mapping: BandMapping) -> str:
    """A sentence if a raster is much brighter or darker than the stations that it covers.

    Reflectance from a laboratory or another sensor has another level, but its values occur
    somewhere on the Moon. The difference can only be seen at a place with a known reflectance.

    Parameters
    ----------
    source : RasterSource
    mapping : BandMapping
        Of bands of a sensor that has spectra of the stations; nothing is said of others.

    Returns
    -------
    str
        Empty where the levels agree, no station is covered, or the raster's position is not known.
    """
    sensor = model_sensor([m.wanted.wavelength_nm for m in mapping.matches])
    if sensor is None or not sensor.station_columns:
        return ""
    reference_nm = sensor.nominal_filter(REFERENCE).wavelength_nm
    reference = [m for m in mapping.matches if m.wanted.wavelength_nm == reference_nm]
    if not reference:
        return ""
    info = source.info
    if source.crs is None:
        return ""
    grid = Grid(info.width, info.height, Affine(*info.transform), source.crs)
    column = sensor.station_wavelengths_nm.index(reference_nm)
    stations = [site for site in load_sites() if site.spectrum(sensor.key)]
    try:
        places = site_pixels(grid, stations, WINDOW)
    except RasterError:
        return ""
    ratios: List[float] = []
    names: List[str] = []
    for site, place in zip(stations, places):
        known = site.spectrum(sensor.key)
        if isinstance(place, SitePixels) and known:
            spectra = source.read(BandMapping((reference[0],)), place.window).valid_spectra
            if spectra.shape[1]:
                ratios.append(float(np.median(spectra)) / known[column])
                names.append(site.station_id)
    if not ratios or 1.0 / LEVEL_FACTOR <= float(np.median(ratios)) <= LEVEL_FACTOR:
        return ""
    return (
        f"{info.name} has {float(np.median(ratios)):.2f} times the reflectance at "
        f"{reference_nm:g} nm that {sensor.title} has at the station(s) {', '.join(names[:5])}: "
        "this is another calibration, another sensor, or reflectance measured in the laboratory, "
        "and what a model for this sensor makes of it is wrong. Check the product before trusting "
        "numbers."
    )
