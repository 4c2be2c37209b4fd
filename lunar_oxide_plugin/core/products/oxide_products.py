"""What geologists derive from six oxides: Mg#, ratios, plagioclase, basalt class, rock type.

Oxides in wt%, uncertainties propagated to first order with the errors of the oxides taken as
independent: they are not quite (Al2O3 falls where FeO rises), and models do not give the
correlation, so that the sigma of a sum is too large or too small by up to some tens of percent.
A product is NaN where an oxide it needs is missing or not positive.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Mapping, Sequence, Tuple

import numpy as np
import numpy.typing as npt

from ..chemistry.oxides import UNIT
from ..chemistry.stoichiometry import molar_mass, oxide_per_element
from ..moon.terranes import MARE_FEO_SOURCE, MARE_FEO_WT

Floats = npt.NDArray[np.float64]

#: Rows of the oxides, in the order of `oxides.OXIDES`.
TIO2, FEO, AL2O3, MGO, CAO, SIO2 = range(6)

#: Al2O3 of pure anorthite, CaAl2Si2O8, as a share of its mass: 0.3665.
ANORTHITE_AL2O3 = molar_mass("Al2O3") / (
    molar_mass("CaO") + molar_mass("Al2O3") + 2.0 * molar_mass("SiO2")
)

INDEPENDENCE = "errors of the oxides taken as independent, first order"
NEAL_TAYLOR_1992 = (
    "Neal & Taylor (1992), Petrogenesis of mare basalts, Geochim. Cosmochim. Acta 56, 2177-2211"
)
STOEFFLER_1980 = (
    "Stoeffler et al. (1980), Recommended classification and nomenclature of lunar highland rocks, "
    "Proc. Conf. Lunar Highlands Crust, 51-70"
)
WARREN_1993 = (
    "Warren (1993), A concise compilation of petrologic information on possibly pristine nonmare "
    "Moon rocks, Am. Mineral. 78, 360-376"
)
HUANG_WIECZOREK_2012 = (
    "Huang & Wieczorek (2012), J. Geophys. Res. 117, E05003, doi 10.1029/2012JE004062"
)


@dataclass(frozen=True)
class Product:
    """A continuous product.

    Attributes
    ----------
    key, title, unit, rule, source : str
    display_min, display_max : float
        Fixed legend range.
    """

    key: str
    title: str
    unit: str
    rule: str
    source: str
    display_min: float
    display_max: float


PRODUCTS: Tuple[Product, ...] = (
    Product(
        "mg_number",
        "Mg#",
        "mol/mol",
        "molar MgO/(MgO + FeO)",
        "definition; molar masses from IUPAC 2021 atomic weights, doi 10.1515/pac-2019-0603",
        0.30,
        0.80,
    ),
    Product("feo_tio2", "FeO/TiO2", "", "mass ratio of the oxides", "definition", 0.0, 30.0),
    Product("fe_ti", "Fe/Ti", "", "mass ratio of the elements", "definition", 0.0, 40.0),
    Product("al2o3_cao", "Al2O3/CaO", "", "mass ratio of the oxides", "definition", 0.8, 1.8),
    Product(
        "sum",
        "Sum of six oxides",
        UNIT,
        "TiO2 + FeO + Al2O3 + MgO + CaO + SiO2; the training soils have 97.5-100.2",
        "definition",
        94.0,
        102.0,
    ),
    Product(
        "plagioclase",
        "Normative plagioclase, upper bound",
        UNIT,
        f"Al2O3 / {ANORTHITE_AL2O3:.4f}: all aluminium in pure anorthite, none in pyroxene, spinel "
        "or glass",
        "stoichiometry of CaAl2Si2O8",
        20.0,
        100.0,
    ),
    Product(
        "grain_density",
        "Grain density",
        "g/cm3",
        "0.0273 FeO + 0.011 TiO2 + 2.773",
        HUANG_WIECZOREK_2012,
        2.80,
        3.45,
    ),
)


@dataclass(frozen=True)
class RockClass:
    """A class of a rule: its number in the raster, label and legend colour."""

    number: int
    label: str
    colour: str


#: Upper limits of very low-Ti and low-Ti basalt, and of low-Al basalt, wt%.
TI_LIMITS = (1.0, 6.0)
AL_LIMIT = 11.0

BASALT_RULE = (
    f"where FeO >= {MARE_FEO_WT:g} wt% ({MARE_FEO_SOURCE}): very low-Ti below 1 wt% TiO2, low-Ti 1 "
    "to 6, high-Ti above 6; low-Al below 11 wt% Al2O3, high-Al from 11. The limits are those of "
    "rocks; soils hold highland debris, which lowers TiO2 and raises Al2O3"
)
_TI_NAMES = ("very low-Ti", "low-Ti", "high-Ti")
_BASALT_COLOURS = (("#b2df8a", "#33a02c"), ("#a6cee3", "#1f78b4"), ("#fdbf6f", "#e31a1c"))
BASALT_CLASSES: Tuple[RockClass, ...] = tuple(
    RockClass(
        10 * (ti + 1) + al + 1,
        f"{_TI_NAMES[ti]}, {('low-Al', 'high-Al')[al]} basalt",
        _BASALT_COLOURS[ti][al],
    )
    for ti in range(3)
    for al in range(2)
)

#: Lower limits of the plagioclase content of anorthositic norite, noritic anorthosite and
#: anorthosite, percent.
PLAGIOCLASE_LIMITS = (60.0, 77.5, 90.0)
#: Between the fields of ferroan anorthosites and Mg-suite rocks; they overlap in between.
MG_LIMITS = (0.60, 0.70)

HIGHLAND_RULE = (
    f"where FeO < {MARE_FEO_WT:g} wt%: by normative plagioclase (upper bound, from Al2O3) mafic "
    "rock below 60 percent, anorthositic norite 60 to 77.5, noritic anorthosite 77.5 to 90, "
    f"anorthosite from 90 (names and limits, there in vol%: {STOEFFLER_1980}); by Mg# ferroan "
    "below 0.60, magnesian from 0.70, where the fields of ferroan anorthosites and Mg-suite rocks "
    f"overlap between (diagram: {WARREN_1993}; these two limits are this plugin's). Norite stands "
    "for norite, troctolite and gabbro alike: oxides do not tell them apart. Soils are mixtures"
)
_ROCK_NAMES = ("mafic rock", "anorthositic norite", "noritic anorthosite", "anorthosite")
_MG_NAMES = ("ferroan", "overlap", "magnesian")
_ROCK_COLOURS = (
    ("#8c510a", "#6b6b6b", "#01665e"),
    ("#bf812d", "#969696", "#35978f"),
    ("#dfc27d", "#bdbdbd", "#80cdc1"),
    ("#f6e8c3", "#e0e0e0", "#c7eae5"),
)
HIGHLAND_CLASSES: Tuple[RockClass, ...] = tuple(
    RockClass(
        10 * (rock + 1) + mg + 1,
        f"{_ROCK_NAMES[rock]}, {_MG_NAMES[mg]}",
        _ROCK_COLOURS[rock][mg],
    )
    for rock in range(4)
    for mg in range(3)
)

#: Bands of a product raster: each product and its sigma, then each class and its probability.
BASALT_BAND = "Basalt class"
HIGHLAND_BAND = "Highland rock type"


def _with_unit(title: str, unit: str) -> str:
    return f"{title} ({unit})" if unit else title


BAND_DESCRIPTIONS: Tuple[str, ...] = (
    *(
        _with_unit(title, product.unit)
        for product in PRODUCTS
        for title in (product.title, f"{product.title} sigma")
    ),
    BASALT_BAND,
    f"{BASALT_BAND} probability",
    HIGHLAND_BAND,
    f"{HIGHLAND_BAND} probability",
)


def derive(oxides: Floats, sigma: Floats) -> Floats:
    """All products.

    Parameters
    ----------
    oxides, sigma : float array, shape (6, n), wt%
        In the order of `oxides.OXIDES`; NaN where not known.

    Returns
    -------
    float array, shape (len(BAND_DESCRIPTIONS), n)
        Class numbers as floats; NaN where there is no value.
    """
    oxides = np.where(oxides > 0.0, oxides, np.nan)
    with np.errstate(all="ignore"):
        mg, mg_sigma = mg_number(oxides, sigma)
        plagioclase = oxides[AL2O3] / ANORTHITE_AL2O3
        plagioclase_sigma = sigma[AL2O3] / ANORTHITE_AL2O3
        rows = [mg, mg_sigma]
        rows += _ratio(oxides, sigma, FEO, TIO2)
        per_element = oxide_per_element("TiO2") / oxide_per_element("FeO")
        rows += [row * per_element for row in _ratio(oxides, sigma, FEO, TIO2)]
        rows += _ratio(oxides, sigma, AL2O3, CAO)
        rows += [oxides.sum(axis=0), np.sqrt((sigma**2).sum(axis=0))]
        rows += [plagioclase, plagioclase_sigma]
        rows += [
            0.0273 * oxides[FEO] + 0.011 * oxides[TIO2] + 2.773,
            np.hypot(0.0273 * sigma[FEO], 0.011 * sigma[TIO2]),
        ]
        rows += basalt_class(oxides, sigma)
        rows += highland_class(oxides, plagioclase, plagioclase_sigma, mg, mg_sigma)
    return np.stack(rows)


def mg_number(oxides: Floats, sigma: Floats) -> Tuple[Floats, Floats]:
    """Molar MgO/(MgO + FeO) and its standard uncertainty, each of shape (n,)."""
    mgo, feo = oxides[MGO] / molar_mass("MgO"), oxides[FEO] / molar_mass("FeO")
    value = mgo / (mgo + feo)
    # d ln(Mg#/(1 - Mg#)) = d ln MgO - d ln FeO
    spread = np.hypot(sigma[MGO] / oxides[MGO], sigma[FEO] / oxides[FEO])
    return value, value * (1.0 - value) * spread


def basalt_class(oxides: Floats, sigma: Floats) -> Tuple[Floats, Floats]:
    """Class number and the probability that the pixel belongs to it, given that it is mare."""
    ti = np.digitize(oxides[TIO2], TI_LIMITS)
    al = np.digitize(oxides[AL2O3], [AL_LIMIT])
    number = 10.0 * (ti + 1) + al + 1
    probability = _within(oxides[TIO2], sigma[TIO2], TI_LIMITS, ti) * _within(
        oxides[AL2O3], sigma[AL2O3], (AL_LIMIT,), al
    )
    applies = (oxides[FEO] >= MARE_FEO_WT) & np.isfinite(oxides[[TIO2, AL2O3]]).all(axis=0)
    return np.where(applies, number, np.nan), np.where(applies, probability, np.nan)


def highland_class(
    oxides: Floats,
    plagioclase: Floats,
    plagioclase_sigma: Floats,
    mg: Floats,
    mg_sigma: Floats,
) -> Tuple[Floats, Floats]:
    """Rock type number and the probability of it, given that the pixel is highland."""
    rock = np.digitize(plagioclase, PLAGIOCLASE_LIMITS)
    suite = np.digitize(mg, MG_LIMITS)
    number = 10.0 * (rock + 1) + suite + 1
    probability = _within(plagioclase, plagioclase_sigma, PLAGIOCLASE_LIMITS, rock) * _within(
        mg, mg_sigma, MG_LIMITS, suite
    )
    applies = (oxides[FEO] < MARE_FEO_WT) & np.isfinite(plagioclase) & np.isfinite(mg)
    return np.where(applies, number, np.nan), np.where(applies, probability, np.nan)


def _ratio(oxides: Floats, sigma: Floats, above: int, below: int) -> Tuple[Floats, Floats]:
    """Mass ratio and sigma; none where the denominator is not above its own uncertainty."""
    denominator = np.where(oxides[below] <= sigma[below], np.nan, oxides[below])
    value = oxides[above] / denominator
    spread = np.hypot(sigma[above] / oxides[above], sigma[below] / denominator)
    return value, value * spread


def _within(
    value: Floats, sigma: Floats, limits: Sequence[float], place: npt.NDArray[np.int64]
) -> Floats:
    """Probability that a normal variable lies between the limits around `place`."""
    edges = np.array([-math.inf, *limits, math.inf])
    return _normal_cdf((edges[place + 1] - value) / sigma) - _normal_cdf(
        (edges[place] - value) / sigma
    )


def _normal_cdf(z: Floats) -> Floats:
    """Normal distribution function to 8e-8 (Abramowitz & Stegun 1964, 26.2.17)."""
    t = 1.0 / (1.0 + 0.2316419 * np.abs(z))
    series = t * (
        0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429)))
    )
    tail = np.exp(-0.5 * z**2) / math.sqrt(2.0 * math.pi) * series
    return np.where(np.isnan(z), np.nan, np.where(z > 0, 1.0 - tail, tail))


def rules() -> Mapping[str, str]:
    """Every rule with its source, for tags, legends and help."""
    texts = {
        product.key: f"{product.title}: {product.rule} [{product.source}]" for product in PRODUCTS
    }
    texts["basalt_class"] = f"{BASALT_BAND}: {BASALT_RULE} [{NEAL_TAYLOR_1992}]"
    texts["highland_rock_type"] = f"{HIGHLAND_BAND}: {HIGHLAND_RULE}"
    texts["sigma"] = f"Uncertainties: {INDEPENDENCE}"
    return texts


def class_table(classes: Sequence[RockClass]) -> str:
    """``number = label`` of each class, one line."""
    return "; ".join(f"{rock.number} = {rock.label}" for rock in classes)
