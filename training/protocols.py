"""Predictions for what is held out, by models that never saw it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .folds import Fold
from .inversion import Inversion
from .recipe import Answer, answer
from .stations import Stations

NESTED_LOO = "nested leave-one-out"
LOMO = "leave-one-mission-out"
REPEATABILITY = "repeatability"
SEEDS = "seeds"
PUBLISHED_LABELS = "published labels"
AS_PUBLISHED = "formulas as published (calibrated on landing sites, not validated)"
FITTED = "fitted (training stations, not validation)"

#: Single, unusual points that decide much of the squared error: shown by name, and figures also
#: given without them.
SINGLE_STATIONS = ("CE5", "CE6")


def held_out_answers(
    stations: Stations, folds: Sequence[Fold], inversions: Sequence[Inversion]
) -> Answer:
    """The answer for each station by the inversion of the fold that holds it out."""
    oxides = np.empty_like(stations.oxides)
    sigma, sigma_new_place = np.empty_like(stations.oxides), np.empty_like(stations.oxides)
    distance = np.empty(len(stations))
    for fold, inversion in zip(folds, inversions):
        part = answer(inversion, stations.reflectance[fold.held_out])
        oxides[fold.held_out] = part.oxides
        sigma[fold.held_out] = part.sigma
        sigma_new_place[fold.held_out] = part.sigma_new_place
        distance[fold.held_out] = part.distance
    return Answer(oxides, sigma, sigma_new_place, distance)
