"""What is held out together, and predictions for it by models that never saw it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .inversion import Inversion
from .recipe import Answer, answer
from .stations import Stations

NESTED_LOO = "nested leave-one-out"
LOMO = "leave-one-mission-out"
REPEATABILITY = "repeatability"
FITTED = "fitted (training stations, not validation)"

#: Single, unusual points that decide much of the squared error: shown by name, and figures also
#: given without them.
SINGLE_STATIONS = ("CE5", "CE6")

IndexArray = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Fold:
    """Stations that are predicted, by row, and the stations that train."""

    held_out: IndexArray
    training: Stations


def leave_one_out(stations: Stations) -> list[Fold]:
    """One fold for each station."""
    return [_fold(stations, np.array([row])) for row in range(len(stations))]


def leave_one_mission_out(stations: Stations) -> list[Fold]:
    """One fold for each mission, in the order of the table."""
    missions = np.array(stations.missions)
    return [
        _fold(stations, np.flatnonzero(missions == mission))
        for mission in dict.fromkeys(stations.missions)
    ]


def _fold(stations: Stations, held_out: IndexArray) -> Fold:
    keep = np.ones(len(stations), dtype=bool)
    keep[held_out] = False
    return Fold(held_out, stations.select(keep))


def held_out_answers(
    stations: Stations, folds: Sequence[Fold], inversions: Sequence[Inversion]
) -> Answer:
    """The answer for each station by the inversion of the fold that holds it out."""
    oxides = np.empty_like(stations.oxides)
    sigma = np.empty_like(stations.oxides)
    distance = np.empty(len(stations))
    for fold, inversion in zip(folds, inversions):
        part = answer(inversion, stations.reflectance[fold.held_out])
        oxides[fold.held_out] = part.oxides
        sigma[fold.held_out] = part.sigma
        distance[fold.held_out] = part.distance
    return Answer(oxides, sigma, distance)
