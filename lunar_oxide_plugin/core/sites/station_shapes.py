"""Notice reflectance that has a sampled soil's shape at another level: not the model's sensor.

A common gain is the direction in which the domain distance is least sensitive, because soils differ
most in brightness: soil 62231 in the laboratory, 1.3 times as bright as Apollo 16 for the Multiband
Imager, is called a known spectrum. But no two sampled soils have one shape and a level that differs
by a fifth: their shape follows from iron, titanium and maturity, which also set the level.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import List, Optional, Sequence, Tuple

import numpy as np
import numpy.typing as npt

from ..errors import SitesError
from ..rasters.bands import ModelBand
from ..rasters.sensors.recognition import model_sensor
from .nearest_stations import MAX_REFLECTANCE, MIN_REFLECTANCE, StationBands, station_bands
from .sample_sites import SampleSite, load_sites

#: Standard deviations of log reflectance between two published extractions of the stations from
#: Multiband Imager data: in each band, and common to all.
BAND_NOISE = 0.009
COMMON_NOISE = 0.031

#: A spectrum within this distance of a station, in units of these standard deviations, may be the
#: same soil extracted anew. None of 224,000 simulated extractions of the stations met all three
#: conditions.
SAME_SOIL = 5.5
#: A spectrum whose shape, each band less the mean of all, lies within this distance of a station's
#: has that station's shape.
SAME_SHAPE = 3.5
#: Factor between the level of a spectrum and that of the station with its shape. The largest among
#: the 56 stations that meet the other two conditions is 1.21 (Chang'e-5 and Apollo 12).
OTHER_LEVEL = 1.22

#: With fewer bands a shape says too little: in the five of Clementine UVVIS, mare at Apollo 11 and
#: highland at Apollo 16 have one shape at levels that differ by a factor of 2.9.
MIN_BANDS = 6
#: Share of the spectra above which a raster is doubted. Single places may be new ground.
DOUBTFUL_SHARE = 0.25
#: Most spectra of a raster that are compared.
MOST_SPECTRA = 400


@dataclass(frozen=True)
class ShapeTwin:
    """A station whose shape a spectrum has at another level.

    Attributes
    ----------
    site : SampleSite
    gain : float
        Level of the spectrum over that of the station.
    """

    site: SampleSite
    gain: float


def shape_twin(spectrum: npt.ArrayLike, bands: Sequence[ModelBand]) -> Optional[ShapeTwin]:
    """The station whose shape a spectrum has at another level, if it is like no station.

    Parameters
    ----------
    spectrum : array, shape (bands,)
        Reflectance (fraction).
    bands : sequence of ModelBand
        At least `MIN_BANDS` of a sensor that has spectra of the stations; for others nothing is
        found.

    Returns
    -------
    ShapeTwin or None
    """
    return _shape_twins(np.asarray(spectrum)[:, None], bands)[0]


def _shape_twins(
    spectra: npt.NDArray[np.floating], bands: Sequence[ModelBand]
) -> List[Optional[ShapeTwin]]:
    """`shape_twin` of each spectrum, shape (bands, n)."""
    place = _place_of(tuple(bands))
    if place is None:
        return [None] * spectra.shape[1]
    stations, known = _reference(place)
    own = np.log(np.clip(spectra.T.astype(np.float64), MIN_REFLECTANCE, MAX_REFLECTANCE))
    gap = own[:, None, :] - known
    level = gap.mean(axis=2)
    shape = (((gap - level[..., None]) / BAND_NOISE) ** 2).sum(axis=2)
    # The mean of n bands varies by the common noise and by a share of each band's.
    variance = COMMON_NOISE**2 + BAND_NOISE**2 / len(bands)
    is_known = np.sqrt(shape + level**2 / variance).min(axis=1) <= SAME_SOIL
    twins: List[Optional[ShapeTwin]] = []
    for number, nearest in enumerate(shape.argmin(axis=1).tolist()):
        gain = float(np.exp(level[number, nearest]))
        is_twin = (
            not is_known[number]
            and shape[number, nearest] <= SAME_SHAPE**2
            and not 1.0 / OTHER_LEVEL <= gain <= OTHER_LEVEL
        )
        twins.append(ShapeTwin(stations[nearest], gain) if is_twin else None)
    return twins


@lru_cache(maxsize=16)
def _place_of(bands: Tuple[ModelBand, ...]) -> Optional[StationBands]:
    """A model's bands in the stations' spectra; all spectra of a raster share the answer."""
    if len(bands) < MIN_BANDS or model_sensor([band.wavelength_nm for band in bands]) is None:
        return None
    try:
        return station_bands(bands)
    except SitesError:
        return None


@lru_cache(maxsize=4)
def _reference(
    bands: StationBands,
) -> Tuple[Tuple[SampleSite, ...], npt.NDArray[np.float64]]:
    """The stations with a spectrum of the sensor, and their log reflectance in these bands."""
    key = bands.sensor.key
    stations = tuple(site for site in load_sites() if site.spectrum(key) is not None)
    spectra = np.array([site.spectrum(key) for site in stations], dtype=np.float64)
    return stations, np.log(spectra[:, list(bands.columns)])


def doubt_of_shape(
    spectra: npt.NDArray[np.floating], bands: Sequence[ModelBand], where: str
) -> str:
    """A sentence if many spectra have a station's shape at another level.

    Parameters
    ----------
    spectra : array, shape (bands, n)
        Reflectance (fraction); of many, evenly chosen ones are compared.
    bands : sequence of ModelBand
    where : str
        The raster's name, for the message.

    Returns
    -------
    str
        Empty where there is no doubt.
    """
    count = spectra.shape[1]
    if count == 0:
        return ""
    chosen = np.unique(np.linspace(0, count - 1, min(count, MOST_SPECTRA)).round().astype(int))
    twins = _shape_twins(spectra[:, chosen], bands)
    found = sorted((twin for twin in twins if twin is not None), key=lambda twin: twin.gain)
    if len(found) <= DOUBTFUL_SHARE * len(chosen):
        return ""
    twin = found[len(found) // 2]
    return (
        f"{where} has spectra of the shape of the soil at {twin.site.station_id} with "
        f"{twin.gain:.2f} times its reflectance; no two sampled soils differ so in the data of "
        f"{_title(bands)}. Ground of this kind may exist, but reflectance of a laboratory, of "
        "another sensor or of another calibration looks like this, and the domain distance does "
        "not notice it: check the product before trusting numbers."
    )


def _title(bands: Sequence[ModelBand]) -> str:
    sensor = model_sensor([band.wavelength_nm for band in bands])
    return "this sensor" if sensor is None else sensor.title
