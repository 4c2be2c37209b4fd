"""What the recipe needs to know of a sensor: one record each, and no other code knows a sensor.

Filters come from the plugin's record of the sensor, so that centres and widths stand in one place.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from lunar_oxide_plugin.core.rasters.sensors.known import CLEMENTINE, MI
from lunar_oxide_plugin.core.rasters.sensors.record import Sensor
from lunar_oxide_plugin.core.sites.sample_sites import SPECTRUM_COLUMNS

FloatArray = npt.NDArray[np.float64]

#: Oxides in the order of the station table and of every array, unless a set of stations says less.
OXIDES = ("TiO2", "FeO", "Al2O3", "MgO", "CaO", "SiO2")

#: Standard deviations of log reflectance between two published extractions of one station: common
#: to all bands, and in each band (3.1 % and 0.9 % for the stations of Kaguya MI).
COMMON_NOISE = 0.03
BAND_NOISE = 0.009


@dataclass(frozen=True)
class Angle:
    """An angle around an origin in the plane of reflectance and a ratio (Lucey et al. 1995).

    Its tangent is (R[band] / R[reference] - origin_ratio) / (R[reference] - origin_reflectance).

    Attributes
    ----------
    band, reference : str
        Nominal bands.
    origin_reflectance, origin_ratio : float
    falling : bool
        Whether the angle has a minus in front, as that of iron.
    source : str
    """

    band: str
    reference: str
    origin_reflectance: float
    origin_ratio: float
    falling: bool
    source: str


@dataclass(frozen=True)
class Shares:
    """How one oxide's answer is put together; the kernel bank has what the others leave.

    Attributes
    ----------
    linear : float
        Of the ridge regression on log reflectance.
    by_noise, by_stations : float
        Of the mixtures in the metric of extraction noise, and of the whitened spectrum.
    components : float
        Of the principal components of composition within the kernel bank.
    """

    by_noise: float = 0.0
    by_stations: float = 0.0
    components: float = 0.0
    linear: float = 0.0


@dataclass(frozen=True)
class Instrument:
    """One sensor as the recipe sees it.

    Attributes
    ----------
    sensor : Sensor
        The plugin's record.
    nominal : tuple of str
        The filters that are used, by their nominal wavelengths, in the order of every array.
    columns : tuple of str
        Columns of the station table that hold their reflectance.
    iron, titanium : Angle
    shares : mapping of str to Shares
        By oxide: what the recipe may learn. Chosen with the figures of both protocols in view.
    common_noise, band_noise : float
        Standard deviations of log reflectance between two extractions of one place.
    law_of_titanium : bool
        Whether TiO2 is a power law of theta_Ti that the stations correct where the spectrum could
        be one of theirs (`titanium`); its shares then count for nothing.
    relative : tuple of str
        Oxides whose spread between missions is a share of the abundance (`spread`).
    without_skill : tuple of str
        Oxides that fail the rule of `skill`: their interval at a new place is at least as wide as
        that of saying the mean of all stations.
    networks : bool
        Whether the networks of the literature take its spectra.
    spectra_source, data_source : str
        Citation of the station spectra, and credit of the mission's data.
    """

    sensor: Sensor
    nominal: tuple[str, ...]
    columns: tuple[str, ...]
    iron: Angle
    titanium: Angle
    shares: Mapping[str, Shares] = field(default_factory=dict, hash=False)
    common_noise: float = COMMON_NOISE
    band_noise: float = BAND_NOISE
    law_of_titanium: bool = False
    relative: tuple[str, ...] = ()
    without_skill: tuple[str, ...] = ()
    networks: bool = False
    spectra_source: str = ""
    data_source: str = ""

    @property
    def key(self) -> str:
        """Key of the sensor."""
        return self.sensor.key

    @property
    def bands(self) -> int:
        """How many bands a spectrum has."""
        return len(self.nominal)

    @property
    def wavelengths_nm(self) -> tuple[float, ...]:
        """Centre of each band."""
        return tuple(self.sensor.nominal_filter(name).wavelength_nm for name in self.nominal)

    @property
    def widths_nm(self) -> tuple[float, ...]:
        """Width of each band."""
        return tuple(self.sensor.nominal_filter(name).width_nm for name in self.nominal)

    @property
    def oxides(self) -> tuple[str, ...]:
        """Oxides that the recipe may learn, in the order of `OXIDES`."""
        return tuple(oxide for oxide in OXIDES if oxide in self.shares)

    def place(self, nominal: str) -> int:
        """Index of a band by its nominal wavelength."""
        return self.nominal.index(nominal)

    def share_of(self, kind: Callable[[Shares], float], oxides: Sequence[str]) -> FloatArray:
        """One share of each of some oxides, shape (oxides,)."""
        return np.array([kind(self.shares[oxide]) for oxide in oxides])

    def noise_covariance(self) -> FloatArray:
        """Covariance of log reflectance between two extractions, shape (bands, bands)."""
        return self.band_noise**2 * np.eye(self.bands) + self.common_noise**2


KAGUYA_MI = Instrument(
    sensor=MI,
    # 1000 is the visible detector's filter at 1001 nm.
    nominal=("415", "750", "900", "950", "1000", "1050", "1250", "1550"),
    columns=SPECTRUM_COLUMNS[MI.key],
    iron=Angle("950", "750", 0.037, 1.250, True, "Yang et al. 2023, Nat Commun 14:7554"),
    titanium=Angle(
        "415", "750", -0.108, 0.208, False, "Otake et al. 2012, LPSC 43, 1905; Yang et al. 2023"
    ),
    shares={
        "TiO2": Shares(),
        "FeO": Shares(by_noise=0.2),
        "Al2O3": Shares(by_noise=0.2, components=0.5),
        "MgO": Shares(components=1.0),
        "CaO": Shares(by_noise=1.0 / 3.0, components=1.0),
        "SiO2": Shares(by_noise=1.0 / 3.0, by_stations=1.0 / 3.0, components=0.5),
    },
    # With missions left out R2 of TiO2 is 0.63, with kernels and mixtures (a share of 0.4) 0.44.
    law_of_titanium=True,
    # TiO2 runs from 0.3 to 10 wt%, and errors of 3 wt% occur at high-Ti sites alone.
    relative=("TiO2",),
    # Where the answer is no better than the mean, its interval is not narrower either.
    without_skill=("MgO",),
    networks=True,
    spectra_source="Yang et al. 2023, Nat Commun 14:7554, doi 10.1038/s41467-023-43358-0",
    data_source="Multiband Imager data: JAXA/SELENE",
)

#: The origins are those of Lucey et al. 2000; no second extraction of the stations is published,
#: so that the noise is taken to be that of the stations of Kaguya MI. Six of nine missions are one
#: station, and kernels follow the missions: with half a straight line FeO, Al2O3 and CaO lose
#: little near the stations and gain much where a mission is left out.
CLEMENTINE_UVVIS = Instrument(
    sensor=CLEMENTINE,
    nominal=("415", "750", "900", "950", "1000"),
    columns=SPECTRUM_COLUMNS[CLEMENTINE.key],
    iron=Angle(
        "950", "750", 0.08, 1.19, True, "Lucey et al. 2000, J. Geophys. Res. 105(E8), 20297"
    ),
    titanium=Angle(
        "415", "750", 0.0, 0.42, False, "Lucey et al. 2000, J. Geophys. Res. 105(E8), 20297"
    ),
    shares={
        "TiO2": Shares(by_noise=0.2),
        "FeO": Shares(linear=0.5, components=1.0),
        "Al2O3": Shares(linear=0.5),
        "MgO": Shares(),
        "CaO": Shares(linear=0.5, components=1.0),
        "SiO2": Shares(by_noise=0.4, by_stations=0.2, components=1.0),
    },
    without_skill=("MgO",),
    spectra_source=(
        "Wilcox, Lucey & Gillis 2005, J. Geophys. Res. 110, E11001, doi 10.1029/2005JE002512"
    ),
    data_source="Clementine UVVIS data: NASA/USGS",
)

INSTRUMENTS = (KAGUYA_MI, CLEMENTINE_UVVIS)
