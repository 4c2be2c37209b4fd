"""Classical spectral parameters: FeO, TiO2 and maturity from two or three bands.

They do not depend on the networks and so give a second opinion. Each formula holds only for the
sensor that it was fitted on: the reflectance of Kaguya's Multiband Imager (MI) and that of
Clementine differ by far more than their band centres suggest.

Throughout, R is reflectance (fraction) at i=30, e=0, g=30 degrees, angles are in radians and
abundances in wt%. Where a formula has no meaning the value is NaN, never a number.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable, Mapping, Tuple

import numpy as np
import numpy.typing as npt

from ..chemistry.oxides import FEO, TIO2, UNIT
from ..errors import BandMappingError
from ..rasters.sensors.known import MI
from ..rasters.sensors.record import Sensor

FloatArray = npt.NDArray[np.float64]

#: Reflectance by nominal band, see `sensor_parameters.formula_bands`.
Reflectance = Mapping[str, FloatArray]


LEMELIN_2015 = (
    "Lemelin et al. (2015), J. Geophys. Res. Planets 120, 869-887, doi 10.1002/2014JE004778"
)
OTAKE_2012 = "Otake, Ohtake & Hirata (2012), Lunar Planet. Sci. Conf. 43, abstract 1905"
LUCEY_2000_FE_TI = (
    "Lucey, Blewett & Jolliff (2000), J. Geophys. Res. 105(E8), 20297-20305, "
    "doi 10.1029/1999JE001117"
)
LUCEY_2000_OMAT = (
    "Lucey, Blewett, Taylor & Hawke (2000), J. Geophys. Res. 105(E8), 20377-20386, "
    "doi 10.1029/1999JE001110"
)
WILCOX_2005 = (
    "Wilcox, Lucey & Gillis (2005), J. Geophys. Res. 110, E11001, doi 10.1029/2005JE002512"
)
UEMOTO_2010 = "Uemoto et al. (2010), Lunar Planet. Sci. Conf. 41, abstract 1635"
PIETERS_1994 = "Pieters et al. (1994), Science 266, 1844-1848, doi 10.1126/science.266.5192.1844"

#: Where the angle methods are valid; slopes after Robinson & Jolliff (2002).
ANGLE_VALIDITY = (
    "not in shadow, not above about 60 degrees latitude, and not on steep slopes (30 degrees: up "
    "to 5 wt% FeO and 4 wt% TiO2 off; Robinson & Jolliff 2002, doi 10.1029/2001JE001614)"
)
#: Latitude in degrees beyond which a warning with `ANGLE_VALIDITY` is given.
MAX_LATITUDE_DEG = 60.0


@dataclass(frozen=True)
class SpectralParameter:
    """One parameter: its formula and the sensor whose reflectance it uses.

    Attributes
    ----------
    key : str
        Identifier, e.g. ``"feo_lemelin2015"``; each sensor's record lists the valid ones.
    title : str
        For legends, without the unit.
    unit : str
        ``"wt%"`` or empty for numbers without unit.
    needs : tuple of str
        Nominal bands, keys of `sensor_parameters.formula_bands`.
    formula : str
        Formula as text.
    citation, validity : str
    display_min, display_max : float
        Fixed legend range.
    sensor : Sensor
        Sensor for whose values the legend range is.
    """

    key: str
    title: str
    unit: str
    needs: Tuple[str, ...]
    formula: str
    citation: str
    validity: str
    display_min: float
    display_max: float
    _function: Callable[[Reflectance], FloatArray]
    sensor: Sensor = MI

    @property
    def band_description(self) -> str:
        """Name of its raster band, with the unit."""
        return f"{self.title} ({self.unit})" if self.unit else self.title

    def compute(self, reflectance: Reflectance) -> FloatArray:
        """The parameter for spectra.

        Parameters
        ----------
        reflectance : mapping of nominal band ("415", "750", ...) to array
            Fractions; arrays of one shape.

        Returns
        -------
        array of float64, same shape
            NaN where a needed reflectance is not finite and positive, the formula has no meaning
            (negative angle), or an abundance would be negative.

        Raises
        ------
        BandMappingError
            If a needed band is not given.
        """
        missing = [band for band in self.needs if band not in reflectance]
        if missing:
            raise BandMappingError(
                f"{self.title} needs reflectance at {', '.join(self.needs)} nm and got none at "
                f"{', '.join(missing)} nm."
            )
        bands = {name: np.asarray(reflectance[name], dtype=np.float64) for name in self.needs}
        usable = np.all([np.isfinite(band) & (band > 0.0) for band in bands.values()], axis=0)
        with np.errstate(all="ignore"):
            values = self._function(bands)
            meaningful = usable & np.isfinite(values)
            if self.unit == UNIT:
                meaningful &= values >= 0.0
        return np.where(meaningful, values, np.nan)


def _iron_angle(r: Reflectance, origin_r750: float, origin_ratio: float) -> FloatArray:
    """Angle around the hypothetical dark, red, iron-rich origin; NaN where it has no meaning.

    The one-argument arctangent of the literature jumps by pi at R750 = origin: a pixel that is
    darker than the origin gets a negative angle, and no value.
    """
    theta = -np.arctan((r["950"] / r["750"] - origin_ratio) / (r["750"] - origin_r750))
    return np.where(theta >= 0.0, theta, np.nan)


def _titanium_angle(r: Reflectance, origin_r750: float, origin_ratio: float) -> FloatArray:
    theta = np.arctan((r["415"] / r["750"] - origin_ratio) / (r["750"] - origin_r750))
    return np.where(theta >= 0.0, theta, np.nan)


def _feo_lemelin(r: Reflectance) -> FloatArray:
    return np.asarray(1.0708 * 0.0656 * np.exp(3.6681 * _iron_angle(r, 0.04, 1.39)) - 0.3986)


def _tio2_otake(r: Reflectance) -> FloatArray:
    return np.asarray(0.72 * _titanium_angle(r, -0.108, 0.208) ** 14.964)


def _feo_lucey(r: Reflectance) -> FloatArray:
    return np.asarray(17.427 * _iron_angle(r, 0.08, 1.19) - 7.565)


def _tio2_lucey(r: Reflectance) -> FloatArray:
    return np.asarray(3.708 * _titanium_angle(r, 0.0, 0.42) ** 5.979)


def _feo_wilcox(r: Reflectance) -> FloatArray:
    return -137.97 * (0.9834 * r["750"] + 0.1813 * r["950"] / r["750"]) + 57.46


def _omat(origin_r750: float, origin_ratio: float) -> Callable[[Reflectance], FloatArray]:
    def distance(r: Reflectance) -> FloatArray:
        ratio = r["950"] / r["750"]
        return np.asarray(np.hypot(r["750"] - origin_r750, ratio - origin_ratio))

    return distance


def _omat_wilcox(r: Reflectance) -> FloatArray:
    return 0.1813 * r["750"] - 0.9834 * r["950"] / r["750"]


def _ratio(above: str, below: str) -> Callable[[Reflectance], FloatArray]:
    def quotient(r: Reflectance) -> FloatArray:
        return np.asarray(r[above] / r[below])

    return quotient


def _depth(band: str) -> Callable[[Reflectance], FloatArray]:
    """Depth below the straight line from 749 to 1548 nm, as a share of the line."""
    left, centre, right = (MI.nominal_filter(b).wavelength_nm for b in ("750", band, "1550"))
    share = (centre - left) / (right - left)

    def depth(r: Reflectance) -> FloatArray:
        continuum = (1.0 - share) * r["750"] + share * r["1550"]
        return np.asarray(1.0 - r[band] / continuum)

    return depth


#: Wavelengths (nm) of red, green and blue in natural-like pictures: near the primaries of sRGB.
NATURAL_NM = (640, 550, 460)


def _between_415_and_750(wavelength_nm: float) -> Callable[[Reflectance], FloatArray]:
    """Reflectance on the straight line between the filters at 415 and 750 nm."""
    share = (wavelength_nm - 415.0) / (750.0 - 415.0)

    def reflectance(r: Reflectance) -> FloatArray:
        return np.asarray(r["415"] + share * (r["750"] - r["415"]))

    return reflectance


FEO_LEMELIN = SpectralParameter(
    key="feo_lemelin2015",
    title="FeO after Lemelin 2015",
    unit=UNIT,
    needs=("750", "950"),
    formula=(
        "theta = -atan((R950/R750 - 1.39)/(R750 - 0.04)); FeO = 1.0708 x 0.0656 exp(3.6681 theta) "
        "- 0.3986 (the outer terms tie it to gamma-ray data); no value where theta < 0"
    ),
    citation=LEMELIN_2015,
    validity=ANGLE_VALIDITY,
    display_min=FEO.display_min,
    display_max=FEO.display_max,
    _function=_feo_lemelin,
)
TIO2_OTAKE = SpectralParameter(
    key="tio2_otake2012",
    title="TiO2 after Otake 2012",
    unit=UNIT,
    needs=("415", "750"),
    formula=(
        "theta = atan((R415/R750 - 0.208)/(R750 + 0.108)); TiO2 = 0.72 theta^14.964; no value "
        "where theta < 0"
    ),
    citation=OTAKE_2012,
    validity=ANGLE_VALIDITY,
    display_min=TIO2.display_min,
    display_max=TIO2.display_max,
    _function=_tio2_otake,
)
_ALL: Tuple[SpectralParameter, ...] = (
    FEO_LEMELIN,
    TIO2_OTAKE,
    SpectralParameter(
        key="omat_mi",
        title="Optical maturity (OMAT)",
        unit="",
        needs=("750", "950"),
        formula="sqrt((R750 - 0.037)^2 + (R950/R750 - 1.250)^2); high is immature",
        citation=f"form: {LUCEY_2000_OMAT}; constants for MI: {OTAKE_2012}, and {LEMELIN_2015}",
        validity=ANGLE_VALIDITY,
        display_min=0.05,
        display_max=0.30,
        _function=_omat(0.037, 1.250),
    ),
    *(
        SpectralParameter(
            key=f"depth_{band}",
            title=f"Band depth {band} nm",
            unit="",
            needs=("750", band, "1550"),
            formula=f"1 - R{band}/Rc, Rc on the straight line from 749 to 1548 nm",
            citation=UEMOTO_2010,
            validity=f"about the strength of {mineral} absorption; weak in mature soil",
            display_min=0.0,
            display_max=high,
            _function=_depth(band),
        )
        for band, mineral, high in (
            ("950", "pyroxene", 0.16),
            ("1050", "olivine", 0.16),
            ("1250", "plagioclase", 0.10),
        )
    ),
    *(
        SpectralParameter(
            key=f"ratio_{above}_{below}",
            title=f"Ratio {above}/{below} nm",
            unit="",
            needs=(above, below),
            formula=f"R{above}/R{below}",
            citation=PIETERS_1994,
            validity="topography cancels to first order; compare within one sensor only",
            # Ratios have the same meaning for every sensor, but other values: see the sensor's
            # `legends`.
            display_min=0.5,
            display_max=2.0,
            _function=_ratio(above, below),
        )
        for above, below in (("750", "415"), ("750", "950"), ("415", "750"))
    ),
    *(
        SpectralParameter(
            key=f"natural_{nm}",
            title=f"Reflectance at {nm} nm, interpolated",
            unit="",
            needs=("415", "750"),
            formula=f"R415 + (R750 - R415) ({nm} - 415)/335",
            citation="straight line between two filters, for the eye only",
            validity="pictures; no band was measured at this wavelength",
            display_min=0.0,
            display_max=0.25,
            _function=_between_415_and_750(nm),
        )
        for nm in NATURAL_NM
    ),
    SpectralParameter(
        key="feo_lucey2000",
        title="FeO after Lucey 2000",
        unit=UNIT,
        needs=("750", "950"),
        formula=(
            "theta = -atan((R950/R750 - 1.19)/(R750 - 0.08)); FeO = 17.427 theta - 7.565; no value "
            "where theta < 0"
        ),
        citation=LUCEY_2000_FE_TI,
        validity=ANGLE_VALIDITY,
        display_min=FEO.display_min,
        display_max=FEO.display_max,
        _function=_feo_lucey,
    ),
    SpectralParameter(
        key="tio2_lucey2000",
        title="TiO2 after Lucey 2000",
        unit=UNIT,
        needs=("415", "750"),
        formula=(
            "theta = atan((R415/R750 - 0.42)/R750); TiO2 = 3.708 theta^5.979; no value where "
            "theta < 0"
        ),
        citation=LUCEY_2000_FE_TI,
        validity=ANGLE_VALIDITY,
        display_min=TIO2.display_min,
        display_max=TIO2.display_max,
        _function=_tio2_lucey,
    ),
    SpectralParameter(
        key="omat_lucey2000",
        title="Optical maturity (OMAT) after Lucey 2000",
        unit="",
        needs=("750", "950"),
        formula="sqrt((R750 - 0.08)^2 + (R950/R750 - 1.19)^2); high is immature",
        citation=LUCEY_2000_OMAT,
        validity=ANGLE_VALIDITY,
        display_min=0.05,
        display_max=0.35,
        _function=_omat(0.08, 1.19),
    ),
    SpectralParameter(
        key="feo_wilcox2005",
        title="FeO of maria after Wilcox 2005",
        unit=UNIT,
        needs=("750", "950"),
        formula="-137.97 (0.9834 R750 + 0.1813 R950/R750) + 57.46",
        citation=WILCOX_2005,
        validity="maria only; the highlands get numbers without meaning",
        display_min=FEO.display_min,
        display_max=FEO.display_max,
        _function=_feo_wilcox,
    ),
    SpectralParameter(
        key="omat_wilcox2005",
        title="Maturity of maria after Wilcox 2005",
        unit="",
        needs=("750", "950"),
        formula="0.1813 R750 - 0.9834 R950/R750; high is immature",
        citation=WILCOX_2005,
        validity="maria only",
        display_min=-1.05,
        display_max=-0.85,
        _function=_omat_wilcox,
    ),
)

#: Every formula by its key.
FORMULAS: Mapping[str, SpectralParameter] = {formula.key: formula for formula in _ALL}
