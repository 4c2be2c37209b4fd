"""Which oxides a model answers: one rule for every sensor that joins.

The rule was set before a model for Clementine was trained, with the figures of a ridge regression
known. The six oxides of Kaguya MI are older than the rule; their card says what it would drop.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from . import protocols
from .folds import leave_one_mission_out
from .instrument import FloatArray
from .stations import Stations

#: Least R2 near sampled geology, nested leave-one-out.
LEAST_NEAR = 0.7

RULE = (
    f"an oxide is answered where R2 is at least {LEAST_NEAR} with single stations left out, above "
    "0 with whole missions left out, and where the mean RMSE of the missions left out is below "
    "that of saying the mean of the other missions' stations"
)


@dataclass(frozen=True)
class Skill:
    """Figures that the rule looks at.

    Attributes
    ----------
    near_r2, new_place_r2 : float
        With single stations left out, and with missions left out.
    missions_rmse, mean_rmse : float
        wt%, mean over the missions left out: of the model, and of the training stations' mean.
    """

    near_r2: float
    new_place_r2: float
    missions_rmse: float
    mean_rmse: float

    @property
    def shipped(self) -> bool:
        """Whether the rule lets the model answer the oxide."""
        return (
            self.near_r2 >= LEAST_NEAR
            and self.new_place_r2 > 0.0
            and self.missions_rmse < self.mean_rmse
        )

    def document(self) -> dict[str, Any]:
        """Figures and verdict for the results."""
        return {
            **{name: round(float(value), 4) for name, value in asdict(self).items()},
            "shipped": self.shipped,
        }


def judge(stations: Stations, validation: Mapping[str, Any]) -> dict[str, Skill]:
    """Skill of each oxide, from the figures of both protocols."""
    near, far = validation[protocols.NESTED_LOO], validation[protocols.LOMO]
    means = rmse_of_the_mean(stations)
    return {
        oxide: Skill(
            near["oxides"][oxide]["r2"],
            far["oxides"][oxide]["r2"],
            far["mean_over_missions_rmse"][oxide],
            float(means[column]),
        )
        for column, oxide in enumerate(stations.oxide_names)
    }


def rmse_of_the_mean(stations: Stations) -> FloatArray:
    """RMSE of each mission by the mean of the others' stations, mean of the missions, (oxides,)."""
    errors = [
        np.sqrt(((stations.oxides[fold.held_out] - fold.training.oxides.mean(0)) ** 2).mean(0))
        for fold in leave_one_mission_out(stations)
    ]
    mean: FloatArray = np.mean(errors, axis=0)
    return mean
