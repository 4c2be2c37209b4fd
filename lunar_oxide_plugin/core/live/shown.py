"""What a live map can show of a prediction: oxides, uncertainty, quality, derived quantities."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Dict, List, Mapping, Optional, Tuple

import numpy as np
import numpy.typing as npt

from ..chemistry.layout import DOMAIN_DISTANCE, QUALITY, PredictionLayout
from ..chemistry.oxides import FEO, Oxide
from ..chemistry.quantities import BY_KEY, DERIVED, Quantity
from ..chemistry.rock_classes import CLASSIFICATIONS, Classification
from ..rasters.spectra import Prediction
from .tile_cache import LiveTile

_Floats = npt.NDArray[np.float32]

#: Upper end of the legend of a sigma, as a share of the oxide's own range.
SIGMA_SHARE = 0.25

#: Legend range of the domain distance: 1 is the limit of the training domain.
DOMAIN_RANGE = (0.0, 2.0)

#: What is shown first.
FIRST = FEO.key


class Kind(Enum):
    """How values are coloured."""

    RAMP = "ramp"
    CLASSES = "classes"
    FLAGS = "flags"


@dataclass(frozen=True)
class Shown:
    """One thing that a live map can show.

    Attributes
    ----------
    key : str
        Stable name for projects and settings, e.g. ``"feo"``, ``"feo_sigma"``, ``"mg_number"``.
    title : str
        Without unit, in English.
    unit : str
        May be empty.
    kind : Kind
    low, high : float
        Legend range unless the user sets another; without meaning for classes and flags.
    decimals : int
    is_sigma : bool
        Whether it is an uncertainty, so that its kind must be named.
    """

    key: str
    title: str
    unit: str
    kind: Kind
    low: float = 0.0
    high: float = 1.0
    decimals: int = 2
    is_sigma: bool = False


def choices(layout: PredictionLayout) -> Tuple[Shown, ...]:
    """Everything that a live map can show of a model's predictions.

    Parameters
    ----------
    layout : PredictionLayout

    Returns
    -------
    tuple of Shown
    """
    found = [_quantity(BY_KEY[oxide.key]) for oxide in layout.oxides]
    if layout.sigma_rows is not None:
        found += [_sigma(oxide) for oxide in layout.oxides]
    if layout.domain_row is not None:
        found.append(Shown(DOMAIN_DISTANCE, "Domain distance", "", Kind.RAMP, *DOMAIN_RANGE))
    if layout.quality_row is not None:
        found.append(Shown(QUALITY, "Quality flags", "", Kind.FLAGS))
    found += [_quantity(own) for own in DERIVED if own.is_given_by(layout.names)]
    for rule in CLASSIFICATIONS:
        if rule.is_given_by(layout.names):
            found.append(Shown(rule.key, rule.title, "", Kind.CLASSES, decimals=0))
    return tuple(found)


def find_shown(layout: PredictionLayout, key: str) -> Shown:
    """What a key stands for; the first choice if the model does not give it.

    Parameters
    ----------
    layout : PredictionLayout
    key : str

    Returns
    -------
    Shown
    """
    known = choices(layout)
    return next((shown for shown in known if shown.key == key), known[0])


def values_of(shown: Shown, tile: LiveTile, layout: PredictionLayout) -> Optional[_Floats]:
    """The values of a tile's pixels; None where the tile has none.

    Parameters
    ----------
    shown : Shown
    tile : LiveTile
    layout : PredictionLayout

    Returns
    -------
    float32 array, shape (rows, columns), or None
        As a prediction stores them; flags as numbers, NaN for "no data".
    """
    if tile.bands is None:
        return None
    rows: List[_Floats] = list(tile.bands)
    if shown.key == QUALITY and layout.quality_row is not None:
        return rows[layout.quality_row]
    if shown.key == DOMAIN_DISTANCE and layout.domain_row is not None:
        return rows[layout.domain_row]
    prediction = Prediction.of_rows(tile.bands, layout)
    oxides: Dict[str, _Floats] = dict(
        zip((oxide.key for oxide in layout.oxides), prediction.oxides)
    )
    if shown.key in oxides:
        return oxides[shown.key]
    sigmas: Dict[str, _Floats] = dict(zip(map(_sigma_key, layout.oxides), prediction.sigma))
    if shown.key in sigmas:
        return sigmas[shown.key]
    composition = dict(zip(layout.names, prediction.oxides))
    return _derived(shown.key, composition, dict(zip(layout.names, prediction.sigma)))


def classification(shown: Shown) -> Optional[Classification]:
    """The rule of classes that is shown; None for anything else.

    Parameters
    ----------
    shown : Shown

    Returns
    -------
    Classification or None
    """
    return next((rule for rule in CLASSIFICATIONS if rule.key == shown.key), None)


def _derived(key: str, composition: Mapping[str, _Floats], sigma: Dict[str, _Floats]) -> _Floats:
    for rule in CLASSIFICATIONS:
        if rule.key == key:
            return rule.assign(composition, sigma).number.astype(np.float32)
    return BY_KEY[key].evaluate(composition, sigma).value.astype(np.float32)


def _quantity(own: Quantity) -> Shown:
    return Shown(
        own.key, own.title, own.unit, Kind.RAMP, own.display_min, own.display_max, own.decimals
    )


def _sigma_key(oxide: Oxide) -> str:
    return f"{oxide.key}_sigma"


def _sigma(oxide: Oxide) -> Shown:
    high = SIGMA_SHARE * (oxide.display_max - oxide.display_min)
    unit = BY_KEY[oxide.key].unit
    key = _sigma_key(oxide)
    return Shown(key, f"{oxide.name} sigma", unit, Kind.RAMP, 0.0, high, is_sigma=True)
