"""What is held out together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .stations import Stations

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
