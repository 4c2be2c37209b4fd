"""The records, one per sensor. A new sensor is one more record in `SENSORS`."""

from __future__ import annotations

import math
from typing import Mapping, Optional, Tuple

import numpy as np

from .record import DigitalNumbers, Filter, Plausible, Sensor

#: Relative difference of two scales that are the same, written with fewer digits.
SAME_SCALE = 1e-3

#: Factor by which a scene may be darker or brighter than every sampled soil without a doubt.
KNOWN_LEVEL_MARGIN = 1.15
#: Factors for possible scenes: fresh craters reach about twice the brightest soil, half shadow a
#: fraction of the darkest.
POSSIBLE_BRIGHTER = 2.5
POSSIBLE_DARKER = 5.0
#: Margins of a ratio, in units of the width of the soils' range, because ratios of fresh rock lie
#: outside it.
KNOWN_RATIO_MARGIN = 0.25
POSSIBLE_RATIO_MARGIN = 2.0


def level(darkest: float, brightest: float) -> Plausible:
    """Plausible median reflectance of a scene, from the darkest and the brightest measured soil."""
    return Plausible(
        darkest / KNOWN_LEVEL_MARGIN,
        brightest * KNOWN_LEVEL_MARGIN,
        darkest / POSSIBLE_DARKER,
        brightest * POSSIBLE_BRIGHTER,
    )


def ratio(lowest: float, highest: float) -> Plausible:
    """Plausible median ratio of a scene, from the lowest and the highest of measured soils."""
    width = highest - lowest
    return Plausible(
        lowest - KNOWN_RATIO_MARGIN * width,
        highest + KNOWN_RATIO_MARGIN * width,
        lowest - POSSIBLE_RATIO_MARGIN * width,
        highest + POSSIBLE_RATIO_MARGIN * width,
    )


MI_NUMBERS = DigitalNumbers(
    dtype="int16",
    scale=2e-5,
    invalid=frozenset({-20000, -21000, -22000, -23000, -30000}),
    saturated=frozenset({-20000}),
    outside=-30000,
    shadow_up_to={"02": 327, "03": 500},
)

#: Levels and ratios are those of the 56 stations in resources/sample_sites.csv.
MI = Sensor(
    key="MI",
    title="SELENE/Kaguya Multiband Imager",
    # MV is the visible, MN the near-infrared detector. The formulas use the visible 1001 nm.
    filters=(
        Filter("MV1", 414.0, 20.0, "415"),
        Filter("MV2", 749.0, 12.0, "750"),
        Filter("MV3", 901.0, 21.0, "900"),
        Filter("MV4", 950.0, 30.0, "950"),
        Filter("MV5", 1001.0, 42.0, "1000"),
        Filter("MN1", 1000.0, 27.0, ""),
        Filter("MN2", 1049.0, 28.0, "1050"),
        Filter("MN3", 1248.0, 33.0, "1250"),
        Filter("MN4", 1548.0, 48.0, "1550"),
    ),
    numbers=MI_NUMBERS,
    product="MI_MAP",
    station_columns=("r414", "r749", "r901", "r950", "r1001", "r1049", "r1248", "r1548"),
    file_names=(
        r"MI_MAP_(?P<version>\d\d)_[NS]\d\dE\d{3}[NS]\d\dE\d{3}SC",
        r"MI_MAP_(?P<version>\d\d)",
        r"MI[AN]?_3C5_(?P<version>\d\d)",
    ),
    label_names=(r"multiband.?imager", r"\bMI_MAP\b", r"SLN-L-MI-"),
    levels={
        "415": level(0.02976, 0.11438),
        "750": level(0.05102, 0.17998),
        "1550": level(0.0942, 0.27424),
    },
    ratios={
        "415": ratio(0.519, 0.636),
        "900": ratio(1.033, 1.150),
        "950": ratio(1.034, 1.195),
        "1000": ratio(1.064, 1.254),
        "1050": ratio(1.090, 1.284),
        "1250": ratio(1.318, 1.525),
        "1550": ratio(1.524, 1.911),
    },
    formulas=(
        "feo_lemelin2015",
        "tio2_otake2012",
        "omat_mi",
        "depth_950",
        "depth_1050",
        "depth_1250",
        "ratio_750_415",
        "ratio_750_950",
        "ratio_415_750",
    ),
    legends={
        "ratio_750_415": (1.50, 2.00),
        "ratio_750_950": (0.80, 1.00),
        "ratio_415_750": (0.50, 0.67),
    },
    advice="take a model or formula for MI; whole MI_MAP tiles have all nine bands",
    citations=(
        "Ohtake et al. (2008), Earth Planets Space 60, 257-264, doi 10.1186/BF03352789",
        "filters, scale and codes: MI_MAP product labels, versions 2 and 3 (JAXA)",
        "station spectra: Yang et al. (2023), Nat. Commun. 14, 7554, "
        "doi 10.1038/s41467-023-43358-0",
    ),
)

#: Codes are ISIS's special pixels (Null, LRS, LIS, HIS, HRS; valid numbers begin at -32752); 0 is
#: the fill of mosaics that were converted without them, and no surface reflects so little.
CLEMENTINE_NUMBERS = DigitalNumbers(
    dtype="int16",
    scale=1.3500004e-4,
    offset=6.3422227e-8,
    invalid=frozenset({-32768, -32767, -32766, -32765, -32764, 0}),
    saturated=frozenset({-32765, -32764}),
    outside=-32768,
)

#: Levels and ratios are those of the stations in resources/sample_sites.csv.
CLEMENTINE = Sensor(
    key="Clementine",
    title="Clementine UVVIS",
    filters=(
        Filter("A", 415.0, 40.0, "415"),
        Filter("B", 750.0, 10.0, "750"),
        Filter("C", 900.0, 30.0, "900"),
        Filter("D", 950.0, 30.0, "950"),
        Filter("E", 1000.0, 30.0, "1000"),
    ),
    numbers=CLEMENTINE_NUMBERS,
    product="Clementine UVVIS mosaic",
    station_columns=("uvvis_r415", "uvvis_r750", "uvvis_r900", "uvvis_r950", "uvvis_r1000"),
    # Quadrangles of the mosaic are called after the latitude and longitude of their middle.
    file_names=(
        r"clem(entine)?[_-]?uvvis",
        r"uvvis",
        r"(?<![A-Za-z0-9])ui\d\d[ns]\d{3}(?![A-Za-z0-9])",
    ),
    label_names=(r"ultraviolet/visible", r"CLEM1-L-U", r"\bUVVIS\b"),
    levels={"750": level(0.0918, 0.2626), "415": level(0.0607, 0.1779)},
    ratios={
        "415": ratio(0.573, 0.677),
        "900": ratio(0.936, 1.061),
        "950": ratio(0.927, 1.086),
        "1000": ratio(0.954, 1.116),
    },
    formulas=(
        "feo_lucey2000",
        "tio2_lucey2000",
        "omat_lucey2000",
        "feo_wilcox2005",
        "omat_wilcox2005",
        "ratio_750_415",
        "ratio_750_950",
        "ratio_415_750",
    ),
    legends={
        "ratio_750_415": (1.45, 1.90),
        "ratio_750_950": (0.90, 1.10),
        "ratio_415_750": (0.53, 0.69),
    },
    advice="take a model or formula for Clementine UVVIS; whole mosaics have all five bands",
    citations=(
        "Nozette et al. (1994), Science 266, 1835-1839, doi 10.1126/science.266.5192.1835",
        "mosaic: Eliason et al. (1999), Lunar Planet. Sci. 30, 1933, PDS volumes CL_4001-4078: "
        "sinusoidal, 100 m, 16-bit signed integers",
        "the same on the control network ULCN2005: USGS (2008), longitude and latitude, 200 m, "
        "with scale and offset",
        "station spectra: Wilcox, Lucey & Gillis (2005), J. Geophys. Res. 110, E11001, "
        "doi 10.1029/2005JE002512",
    ),
)

NONE_HOLDS = (
    "no model or formula here holds for it; use MI_MAP tiles or a Clementine UVVIS mosaic of the "
    "same place"
)

M3 = Sensor(
    key="M3",
    title="Chandrayaan-1 Moon Mineralogy Mapper (M3)",
    # Cubes of the global mode have 85 bands, 83 without the first two; of the target mode 260,
    # or 256 without the first four.
    band_counts=frozenset({83, 85, 86, 256, 260}),
    range_nm=(400.0, 3000.0),
    # Target mode samples every 9.981 nm from 446.02 nm on; global mode averages two or four.
    grid_nm=(446.02, 9.981 / 2),
    file_names=(r"\bM3[GTC]\d{8}",),
    label_names=(r"moon.?mineralogy.?mapper", r"CH1-ORB-L-M3"),
    advice=NONE_HOLDS,
    citations=(
        "Pieters et al. (2009), Current Science 96, 500-505",
        "Green et al. (2011), J. Geophys. Res. 116, E00G19, doi 10.1029/2011JE003797",
    ),
)

IIRS = Sensor(
    key="IIRS",
    title="Chandrayaan-2 Imaging Infrared Spectrometer (IIRS)",
    band_counts=frozenset({250, 256}),
    range_nm=(700.0, 5100.0),
    file_names=(r"ch2_iir",),
    label_names=(r"imaging.?infra.?red.?spectrometer",),
    advice=NONE_HOLDS,
    citations=(
        "Chowdhury et al. (2020), Current Science 118, 368-375, doi 10.18520/cs/v118/i3/368-375",
    ),
)

#: All known sensors, in the order of the choice.
SENSORS: Tuple[Sensor, ...] = (MI, CLEMENTINE, M3, IIRS)


def sensors_with_formulas() -> Tuple[Sensor, ...]:
    """The sensors that have spectral parameters of their own.

    Returns
    -------
    tuple of Sensor
    """
    return tuple(sensor for sensor in SENSORS if sensor.formulas)


def numbers_like(dtype: str, scale: float) -> Tuple[DigitalNumbers, ...]:
    """Numbers of products that have this pixel type and scale.

    Parameters
    ----------
    dtype : str
        Name of the numpy type.
    scale : float
        Reflectance for one step.

    Returns
    -------
    tuple of DigitalNumbers
    """
    found = (sensor.numbers for sensor in SENSORS if sensor.numbers is not None)
    return tuple(
        own
        for own in found
        if own.dtype == dtype and math.isclose(scale, own.scale, rel_tol=SAME_SCALE)
    )


def scale_of(sensor: Sensor) -> str:
    """Name and scale of a sensor's product, for messages; empty if it has none.

    Parameters
    ----------
    sensor : Sensor

    Returns
    -------
    str
    """
    if sensor.numbers is None:
        return ""
    return f"{sensor.product}: {np.format_float_positional(sensor.numbers.scale)}"


def usual_scales() -> str:
    """Names and scales of all sensors' products, for messages.

    Returns
    -------
    str
    """
    return ", ".join(filter(None, map(scale_of, SENSORS)))


def filter_wavelengths() -> Mapping[str, float]:
    """Filter names of more than one letter, and their centres in nm."""
    return {
        own.name: own.wavelength_nm
        for sensor in SENSORS
        for own in sensor.filters
        if len(own.name) > 1
    }


def sensor_called(title: str) -> Optional[Sensor]:
    """The sensor with this key or title, or None.

    Parameters
    ----------
    title : str

    Returns
    -------
    Sensor or None
    """
    text = title.strip().casefold()
    return next((s for s in SENSORS if text in (s.key.casefold(), s.title.casefold())), None)
