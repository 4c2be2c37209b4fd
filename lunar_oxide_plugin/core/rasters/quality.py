"""Quality flags: one bit per reason why a pixel's prediction is doubtful or missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import List, Optional, Tuple

import numpy as np
import numpy.typing as npt

from ..chemistry.layout import PredictionLayout, SigmaKind
from ..chemistry.new_place import Skills
from ..chemistry.oxides import MAJOR_OXIDES, Z90
from .sensors.known import MI_NUMBERS
from .spectra import Prediction


@dataclass(frozen=True)
class QualityFlag:
    """One bit of the quality band.

    Attributes
    ----------
    bit : int
        Value of the bit (1, 2, 4 ...).
    label : str
        Short name for legends.
    meaning : str
        Meaning of the flag and source of its threshold.
    """

    bit: int
    label: str
    meaning: str


NO_DATA = QualityFlag(
    1,
    "no data",
    "the raster has no usable reflectance here: no data, a code, or a number that no surface on "
    "the Moon reflects (below -0.05, 1 or more); no prediction",
)
SHADOW = QualityFlag(
    2,
    "shadow",
    "a band is darker than the upper end of the product's shadow range, as its label says "
    "(MI_MAP version 3: digital number 500, reflectance 0.01; else 327, 0.00654); where "
    "reflectance is zero or negative there is no prediction",
)
SATURATED = QualityFlag(
    4,
    "saturated",
    "a band carries a saturation code (MI -20000, ISIS HIS and HRS), a full-scale value, or "
    "reflectance from 0.65 to 1, more than any soil or rock on the Moon has",
)
OUTSIDE_DOMAIN = QualityFlag(
    8,
    "unlike sampled spectra",
    "the spectrum is unlike every training spectrum (domain distance above 1): extrapolation; a "
    "spectrum without this flag is like a sampled one, which says nothing of the geology",
)
OUTSIDE_RANGE = QualityFlag(
    16, "outside physical range", "a predicted oxide lies outside the model's valid range"
)
IMPLAUSIBLE_SUM = QualityFlag(
    32,
    "implausible oxide sum",
    "the six oxides do not add up to 94-102 wt% (the training soils: 97.5-100.2 wt%)",
)

WIDE_INTERVAL = QualityFlag(
    64,
    "interval wider than all soils",
    "the 90 % interval at a new place of an oxide that tells something at most places is wider "
    "here than the spread of all training soils (1.645 standard deviations to either side)",
)

FLAGS: Tuple[QualityFlag, ...] = (
    NO_DATA,
    SHADOW,
    SATURATED,
    OUTSIDE_DOMAIN,
    OUTSIDE_RANGE,
    IMPLAUSIBLE_SUM,
    WIDE_INTERVAL,
)

#: The bits of pixels whose numbers are doubtful. A wide interval is no fault of the pixel: the
#: prediction is as good as it says. Bits that a later version may add count as faults.
FAULTS = 0xFF ^ WIDE_INTERVAL.bit

#: Upper end of shadow where the version of the product is not known.
SHADOW_REFLECTANCE = min(MI_NUMBERS.shadow_up_to.values()) * MI_NUMBERS.scale
#: Sunlit fresh anorthosite reaches about 0.5 at 1548 nm; full scale of MI_MAP is 0.65534.
MAX_REFLECTANCE = 0.65
#: Most negative noise in shadow; lower numbers are fills and codes.
MIN_REFLECTANCE = -0.05
#: Reflectance up to this is zero, also where the offset of a product turns its number 0 into
#: 6e-8; a step of the products' numbers is 20 times as large or more.
NO_SIGNAL = 1e-6
#: No measured station is brighter in any band (0.274 at 1548 nm).
BRIGHTEST_SOIL = 0.3
#: Decoded numbers above this cannot be 16-bit digital numbers: they are fills.
MAX_UNSCALED = 1e5

SUM_MIN_WT = 94.0
SUM_MAX_WT = 102.0


def describe(value: int) -> List[str]:
    """Labels of the bits that are set in `value`; an empty list means "good".

    Parameters
    ----------
    value : int

    Returns
    -------
    list of str
    """
    return [flag.label for flag in FLAGS if value & flag.bit]


def quality_words(value: Optional[int]) -> str:
    """Labels of the bits that are set, for a table.

    Parameters
    ----------
    value : int, or None
        None where a map has no quality flags.

    Returns
    -------
    str
        E.g. ``"shadow, implausible oxide sum"``, ``"good"`` or ``"not known"``.
    """
    return "not known" if value is None else ", ".join(describe(value)) or "good"


def flag_predictions(
    prediction: Prediction,
    layout: PredictionLayout,
    valid_min: npt.NDArray[np.float32],
    valid_max: npt.NDArray[np.float32],
    new_place: Skills,
) -> npt.NDArray[np.uint8]:
    """Flags that follow from the model's output.

    Parameters
    ----------
    prediction : Prediction
        For n spectra.
    layout : PredictionLayout
        Gives the oxides. The sum is checked where all major oxides are among them.
    valid_min, valid_max : array, shape (oxides,), wt%
    new_place : mapping of oxide name to NewPlaceSkill
        Gives the spread of the soils; without it, or without sigma at a new place, no interval is
        called wide.

    Returns
    -------
    array of uint8, shape (n,)
    """
    oxides = prediction.oxides
    flags = np.zeros(oxides.shape[1], dtype=np.uint8)
    if not flags.size:
        return flags
    _set(flags, prediction.domain_distance > 1.0, OUTSIDE_DOMAIN)
    for oxide, low, high in zip(oxides, valid_min, valid_max):
        # The extremes show that most blocks lie inside as a whole. NaN fails these comparisons, so
        # that it counts as outside.
        if not (oxide.min() >= low and oxide.max() <= high):
            _set(flags, ~((oxide >= low) & (oxide <= high)), OUTSIDE_RANGE)
    if set(MAJOR_OXIDES) <= set(layout.oxides):
        if layout.oxides != MAJOR_OXIDES:
            oxides = oxides[[layout.oxides.index(oxide) for oxide in MAJOR_OXIDES]]
        total = oxides.sum(axis=0)
        _set(flags, (total < SUM_MIN_WT) | (total > SUM_MAX_WT), IMPLAUSIBLE_SUM)
    sigmas = prediction.sigma_of(SigmaKind.NEW_PLACE, layout)
    for name, sigma in zip(layout.names, () if sigmas is None else sigmas):
        skill = new_place.get(name)
        # Oxides that tell little everywhere would set the flag everywhere.
        if skill is not None and not skill.tells_little:
            widest = np.float32(skill.soil_half_range_wt / Z90)
            if not sigma.max() <= widest:
                _set(flags, ~(sigma <= widest), WIDE_INTERVAL)
    return flags


def _set(flags: npt.NDArray[np.uint8], where: npt.NDArray[np.bool_], flag: QualityFlag) -> None:
    """Set a flag's bit; without an index, which takes longer than all comparisons."""
    flags |= where.view(np.uint8) * np.uint8(flag.bit)
