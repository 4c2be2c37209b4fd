"""Find the stations whose spectra are nearest to a spectrum, with their measured composition.

The metric is that of the bundled models' domain distance (docs/model_file.md). It is Euclidean in
the natural logarithm of reflectance (a common gain is then a shift), whitened by the covariance of
the stations plus the noise of extraction, so that the depth of the 1 micrometre band, which is weak
but diagnostic, has as much weight as brightness. Its unit is the distance at which a spectrum
leaves the domain of those stations: above 1, no station is near.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import List, Optional, Sequence, Tuple

import numpy as np
import numpy.typing as npt

from ..errors import SitesError
from ..models.model_description import ModelDescription
from ..rasters.bands import ModelBand, wavelength_from_name
from ..rasters.sensors.known import MI, SENSORS
from ..rasters.sensors.recognition import model_sensor
from ..rasters.sensors.record import Sensor
from .sample_sites import SampleSite, load_sites

#: Largest distance in nm between a model's band and a station's. The near-infrared detector's 1000
#: nm is accepted for the visible detector's 1001 nm; a band 30 nm away is not.
BAND_TOLERANCE_NM = 5.0

#: Reflectance is cut to these bounds before the logarithm, so that shadow and unscaled numbers give
#: finite results. The stations have 0.03-0.28.
MIN_REFLECTANCE = 1e-3
MAX_REFLECTANCE = 10.0

#: Standard deviations of log reflectance between two extractions of one station: common to all
#: bands, and per band. They keep whitening finite where stations hardly vary.
COMMON_NOISE = 0.03
BAND_NOISE = 0.009

#: Distance 1 is this quantile of the distances from each station to its nearest neighbour,
#: times this factor (stations were chosen to differ; the ground between them varies gradually).
THRESHOLD_QUANTILE = 0.975
THRESHOLD_FACTOR = 1.25

#: Least number of stations that distances can be computed from.
MIN_STATIONS = 3

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True)
class NearStation:
    """A station near a spectrum.

    Attributes
    ----------
    site : SampleSite
        With `oxides_wt` (measured, wt%, NaN where not) and `reflectance`.
    distance : float
        From the spectrum, in units of the domain threshold (above 1: not near); at least 0.
    reflectance : tuple of float
        Of the station (fraction), in the order of the model's bands.
    """

    site: SampleSite
    distance: float
    reflectance: Tuple[float, ...]


class StationSpace:
    """Whitened log reflectance of stations, in a model's bands.

    Parameters
    ----------
    sites : sequence of SampleSite
        Those with reflectance are used.
    columns : sequence of int, optional
        For each of the model's bands, its place in the stations' spectra; by default all.
    sensor : Sensor
        The one whose spectra of the stations are used.

    Attributes
    ----------
    sites : tuple of SampleSite
    reflectance : float array, shape (stations, bands)
    covariance : float array, shape (bands, bands)
        Of the stations' log reflectance, the noise of extraction included.
    centre : float array, shape (bands,)
        Mean log reflectance.
    whitening : float array, shape (bands, bands)
        Symmetric; acts on log reflectance less `centre`.
    references : float array, shape (stations, bands)
        The stations so whitened.
    threshold : float
        Distance there that counts as 1.

    Raises
    ------
    SitesError
        If fewer than three stations have a spectrum.
    """

    def __init__(
        self,
        sites: Sequence[SampleSite],
        columns: Optional[Sequence[int]] = None,
        sensor: Sensor = MI,
    ) -> None:
        self.sites = tuple(site for site in sites if site.spectrum(sensor.key) is not None)
        if len(self.sites) < MIN_STATIONS:
            raise SitesError(
                f"{len(self.sites)} of the {len(sites)} stations have a spectrum; at least "
                f"{MIN_STATIONS} are needed to say which are near."
            )
        chosen = list(range(len(sensor.station_columns))) if columns is None else list(columns)
        self.reflectance: FloatArray = np.array(
            [site.spectrum(sensor.key) for site in self.sites], dtype=np.float64
        )[:, chosen]
        logs = _logarithm(self.reflectance)
        self.centre: FloatArray = logs.mean(axis=0)
        noise = BAND_NOISE**2 * np.eye(len(chosen)) + COMMON_NOISE**2
        self.covariance: FloatArray = np.atleast_2d(np.cov(logs.T)) + noise
        values, vectors = np.linalg.eigh(self.covariance)
        self.whitening: FloatArray = (vectors / np.sqrt(values)) @ vectors.T
        self.references = self._whiten(self.reflectance)
        gaps = _gaps(self.references, self.references)
        np.fill_diagonal(gaps, np.inf)
        threshold = THRESHOLD_FACTOR * float(np.quantile(gaps.min(axis=1), THRESHOLD_QUANTILE))
        if not threshold > 0.0:
            raise SitesError("The stations' spectra are all alike, so none is nearer than another.")
        self.threshold = threshold

    def distances(self, spectra: npt.ArrayLike) -> FloatArray:
        """Distance from each station to each spectrum.

        Parameters
        ----------
        spectra : array, shape (bands, n)
            Reflectance (fraction), bands in the model's order.

        Returns
        -------
        float array, shape (n, stations)
            In units of the domain threshold.

        Raises
        ------
        ValueError
            If the spectra have another number of bands.
        """
        rows = np.asarray(spectra, dtype=np.float64).T
        if rows.ndim != 2 or rows.shape[1] != self.reflectance.shape[1]:
            raise ValueError(f"spectra must be ({self.reflectance.shape[1]}, n)")
        return _gaps(self._whiten(rows), self.references) / self.threshold

    def nearest(self, spectra: npt.ArrayLike, k: int = 3) -> List[Tuple[NearStation, ...]]:
        """The `k` nearest stations of each spectrum, nearest first.

        Parameters
        ----------
        spectra : array, shape (bands, n)
            Reflectance (fraction), bands in the model's order.
        k : int
            At most as many as there are stations are returned.

        Returns
        -------
        list of tuple of NearStation, length n
        """
        answer = []
        for row in self.distances(spectra):
            order = np.argsort(row, kind="stable")[:k]
            answer.append(
                tuple(
                    NearStation(
                        self.sites[i], float(row[i]), tuple(map(float, self.reflectance[i]))
                    )
                    for i in order
                )
            )
        return answer

    def _whiten(self, reflectance: FloatArray) -> FloatArray:
        whitened: FloatArray = (_logarithm(reflectance) - self.centre) @ self.whitening
        return whitened


@dataclass(frozen=True)
class ModelStations:
    """The stations that a model's input is compared with, and why these.

    Attributes
    ----------
    space : StationSpace
    trained_on : bool
        True if these are the model's training stations; False if the file lists none that the table
        contains, so that all stations of the table are used.
    bands_assumed : bool
        True if the file gives no wavelengths and its inputs are assumed to be the bands of the
        stations' spectra of a sensor, in order.
    sensor : Sensor
        The one whose spectra of the stations are used.
    """

    space: StationSpace
    trained_on: bool
    bands_assumed: bool
    sensor: Sensor = MI

    @property
    def note(self) -> str:
        """Text for the user about what was assumed; empty if nothing was."""
        parts = []
        if not self.trained_on:
            parts.append(
                "the model file lists no training station of the bundled table, so that all "
                "stations are compared, seen in training or not"
            )
        if self.bands_assumed:
            centres = self.sensor.station_wavelengths_nm
            parts.append(
                f"the model file tells no wavelengths: its inputs are taken for the {len(centres)} "
                f"bands of {self.sensor.title}, {centres[0]:g} to {centres[-1]:g} nm"
            )
        return "; ".join(parts)


def model_stations(
    description: ModelDescription, sites: Optional[Sequence[SampleSite]] = None
) -> ModelStations:
    """The stations a model was trained on, in its bands.

    Parameters
    ----------
    description : ModelDescription
    sites : sequence of SampleSite, optional
        Default: the bundled table.

    Returns
    -------
    ModelStations

    Raises
    ------
    SitesError
        If the model's bands are not among those the stations were measured in.
    """
    table = load_sites() if sites is None else sites
    listed = set(description.training_stations or ())
    found = station_bands(description.bands)
    key = found.sensor.key
    known = [site for site in table if site.station_id in listed and site.spectrum(key)]
    trained_on = len(known) >= MIN_STATIONS
    space = StationSpace(known if trained_on else table, found.columns, found.sensor)
    return ModelStations(space, trained_on, found.assumed, found.sensor)


@dataclass(frozen=True)
class StationBands:
    """The bands of a model in the stations' spectra.

    Attributes
    ----------
    sensor : Sensor
        The one whose spectra of the stations have these bands.
    columns : tuple of int
        For each of the model's bands, its place in `SampleSite.spectrum`.
    assumed : bool
        Whether no band has a wavelength, so that the sensor and its usual order were assumed.
    """

    sensor: Sensor
    columns: Tuple[int, ...]
    assumed: bool = False


def station_bands(bands: Sequence[ModelBand]) -> StationBands:
    """The sensor that saw the stations in a model's bands, and the place of each band.

    Parameters
    ----------
    bands : sequence of ModelBand

    Returns
    -------
    StationBands

    Raises
    ------
    SitesError
        If no sensor has spectra of the stations in all bands.
    """
    centres = [_centre_nm(band) for band in bands]
    seen = [sensor for sensor in SENSORS if sensor.station_columns]
    if all(math.isnan(centre) for centre in centres):
        for sensor in seen:
            if len(bands) == len(sensor.station_columns):
                return StationBands(sensor, tuple(range(len(bands))), True)
    gaps = {
        sensor.key: np.abs(np.subtract.outer(centres, sensor.station_wavelengths_nm))
        for sensor in seen
    }
    own = model_sensor(centres)
    total = {key: np.nan_to_num(gap.min(axis=1), nan=1e9).sum() for key, gap in gaps.items()}
    likely = min(seen, key=lambda sensor: (sensor != own, total[sensor.key]))
    nearest = gaps[likely.key]
    for band, row in zip(bands, nearest):
        if not row.min() <= BAND_TOLERANCE_NM:
            known = ", ".join(f"{nm:g}" for nm in likely.station_wavelengths_nm)
            raise SitesError(
                f"The stations' spectra do not have the model's band {band.name}: they know "
                f"{known} nm, so nearest stations cannot be given for this model."
            )
    return StationBands(likely, tuple(int(place) for place in nearest.argmin(axis=1)))


def _centre_nm(band: ModelBand) -> float:
    if not math.isnan(band.wavelength_nm):
        return band.wavelength_nm
    named = wavelength_from_name(band.name)
    return math.nan if named is None else named


def _logarithm(reflectance: FloatArray) -> FloatArray:
    logs: FloatArray = np.log(np.clip(reflectance, MIN_REFLECTANCE, MAX_REFLECTANCE))
    return logs


def _gaps(a: FloatArray, b: FloatArray) -> FloatArray:
    """Euclidean distances, shape (len(a), len(b)), summed band by band to save memory."""
    squares = np.zeros((a.shape[0], b.shape[0]))
    for band in range(a.shape[1]):
        squares += (a[:, band, None] - b[None, :, band]) ** 2
    return np.sqrt(squares)
