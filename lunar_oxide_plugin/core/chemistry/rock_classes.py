"""Classes of mare basalts and highland rocks by composition, with the probability of each."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Callable, Collection, NamedTuple, Optional, Sequence, Tuple

import numpy as np
import numpy.typing as npt

from .oxides import AL2O3, FEO, MGO, TIO2
from .quantities import BY_KEY, MG_NUMBER, PLAGIOCLASE, Composition, Estimate, FloatArray

#: Least FeO in wt% of ground that is counted as mare: halfway between the averages of highlands
#: (about 6) and maria (about 16) of Bhatt et al. (2015), "A comparative study of iron abundance
#: estimation methods", Icarus 248. This is a criterion of composition, not a geological boundary.
MARE_FEO_SOURCE = (
    "halfway between the averages of highlands (about 6 wt% FeO) and maria (about 16) in Bhatt et "
    "al. (2015), A comparative study of iron abundance estimation methods, Icarus 248"
)
MARE_FEO_WT = 11.0

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


@dataclass(frozen=True)
class RockClass:
    """A class of a rule: its number in the raster, label and legend colour."""

    number: int
    label: str
    colour: str


class Assignment(NamedTuple):
    """Class numbers and the probability of each, arrays of one shape; NaN where none applies.

    The probability is that of the class given that the rule applies (mare or highland).
    """

    number: FloatArray
    probability: FloatArray


@dataclass(frozen=True)
class Classification:
    """A rule that assigns a class to a composition.

    Attributes
    ----------
    key, title : str
    rule, source : str
    oxides : tuple of str
        Names of the oxides it needs.
    classes : tuple of RockClass
    """

    key: str
    title: str
    rule: str
    source: str
    oxides: Tuple[str, ...]
    classes: Tuple[RockClass, ...]
    _applies: Callable[[FloatArray], npt.NDArray[np.bool_]]
    _scales: Tuple[Tuple[str, Tuple[float, ...]], ...]

    def is_given_by(self, names: Collection[str]) -> bool:
        """Whether all the oxides that it needs are among `names`.

        Parameters
        ----------
        names : collection of str
            Formulas, e.g. ``"FeO"``.

        Returns
        -------
        bool
        """
        return set(self.oxides) <= set(names)

    def assign(self, composition: Composition, sigma: Optional[Composition] = None) -> Assignment:
        """Class and probability.

        Parameters
        ----------
        composition, sigma : mapping of oxide name to array of wt%
            As in `Quantity.evaluate`; without sigma there is no probability.

        Returns
        -------
        Assignment
        """
        feo = np.asarray(composition.get(FEO.name, np.nan), dtype=np.float64)
        with np.errstate(invalid="ignore"):
            applies = self._applies(feo) & (feo >= 0.0)
        number: FloatArray = np.zeros(feo.shape)
        probability: FloatArray = np.ones(feo.shape)
        for key, limits in self._scales:
            estimate = BY_KEY[key].evaluate(composition, sigma)
            place = np.digitize(estimate.value, limits)
            number = 10.0 * number + place + 1
            probability = probability * _within(estimate, limits, place)
            applies = applies & (estimate.value >= 0.0)
        return Assignment(np.where(applies, number, np.nan), np.where(applies, probability, np.nan))


def _numbered(
    first: Sequence[str], second: Sequence[str], colours: Sequence[Sequence[str]], end: str = ""
) -> Tuple[RockClass, ...]:
    """Classes of two scales: tens count the first, units the second, both from 1."""
    return tuple(
        RockClass(10 * (i + 1) + j + 1, f"{one}, {other}{end}", colours[i][j])
        for i, one in enumerate(first)
        for j, other in enumerate(second)
    )


#: Upper limits of very low-Ti and low-Ti basalt, and of low-Al basalt, wt%.
TI_LIMITS = (1.0, 6.0)
AL_LIMIT = 11.0

#: Lower limits of the plagioclase content of anorthositic norite, noritic anorthosite and
#: anorthosite, percent.
PLAGIOCLASE_LIMITS = (60.0, 77.5, 90.0)
#: Mg# between the fields of ferroan anorthosites and Mg-suite rocks, which overlap in between.
MG_LIMITS = (60.0, 70.0)

BASALT = Classification(
    key="basalt_class",
    title="Basalt class",
    rule=(
        f"where FeO >= {MARE_FEO_WT:g} wt% ({MARE_FEO_SOURCE}): very low-Ti below 1 wt% TiO2, "
        "low-Ti 1 to 6, high-Ti from 6 on; low-Al below 11 wt% Al2O3, high-Al from 11. The limits "
        "are those of rocks; soils hold highland debris, which lowers TiO2 and raises Al2O3"
    ),
    source=NEAL_TAYLOR_1992,
    oxides=(FEO.name, TIO2.name, AL2O3.name),
    classes=_numbered(
        ("very low-Ti", "low-Ti", "high-Ti"),
        ("low-Al", "high-Al"),
        (("#b2df8a", "#33a02c"), ("#a6cee3", "#1f78b4"), ("#fdbf6f", "#e31a1c")),
        " basalt",
    ),
    _applies=lambda feo: feo >= MARE_FEO_WT,
    _scales=((TIO2.key, TI_LIMITS), (AL2O3.key, (AL_LIMIT,))),
)

HIGHLAND = Classification(
    key="highland_rock_type",
    title="Highland rock type",
    rule=(
        f"where FeO < {MARE_FEO_WT:g} wt%: by normative plagioclase (upper bound, from Al2O3) "
        "mafic rock below 60 percent, anorthositic norite 60 to 77.5, noritic anorthosite 77.5 to "
        "90, anorthosite from 90 (names and limits, there in vol%); by Mg# ferroan below 60, "
        "magnesian from 70, where the fields of ferroan anorthosites and Mg-suite rocks overlap "
        "between (these two limits are this plugin's). Norite stands for norite, troctolite and "
        "gabbro alike: oxides do not tell them apart. Soils are mixtures"
    ),
    source=f"names and limits: {STOEFFLER_1980}; diagram of Mg#: {WARREN_1993}",
    oxides=(FEO.name, AL2O3.name, MGO.name),
    classes=_numbered(
        ("mafic rock", "anorthositic norite", "noritic anorthosite", "anorthosite"),
        ("ferroan", "overlap", "magnesian"),
        (
            ("#8c510a", "#6b6b6b", "#01665e"),
            ("#bf812d", "#969696", "#35978f"),
            ("#dfc27d", "#bdbdbd", "#80cdc1"),
            ("#f6e8c3", "#e0e0e0", "#c7eae5"),
        ),
    ),
    _applies=lambda feo: feo < MARE_FEO_WT,
    _scales=((PLAGIOCLASE.key, PLAGIOCLASE_LIMITS), (MG_NUMBER.key, MG_LIMITS)),
)

CLASSIFICATIONS: Tuple[Classification, ...] = (BASALT, HIGHLAND)


def class_table(classes: Sequence[RockClass]) -> str:
    """``number = label`` of each class, one line.

    Parameters
    ----------
    classes : sequence of RockClass

    Returns
    -------
    str
    """
    return "; ".join(f"{rock.number} = {rock.label}" for rock in classes)


def _within(estimate: Estimate, limits: Sequence[float], place: npt.NDArray[np.intp]) -> FloatArray:
    """Probability that a normal variable lies between the limits around `place`."""
    edges = np.array([-math.inf, *limits, math.inf])
    with np.errstate(all="ignore"):
        upper = _normal_cdf((edges[place + 1] - estimate.value) / estimate.sigma)
        return upper - _normal_cdf((edges[place] - estimate.value) / estimate.sigma)


def _normal_cdf(z: FloatArray) -> FloatArray:
    """Normal distribution function to 8e-8 (Abramowitz & Stegun 1964, 26.2.17)."""
    t = 1.0 / (1.0 + 0.2316419 * np.abs(z))
    series = t * (
        0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429)))
    )
    tail = np.exp(-0.5 * z**2) / math.sqrt(2.0 * math.pi) * series
    return np.where(np.isnan(z), np.nan, np.where(z > 0, 1.0 - tail, tail))
