"""One compact network from each teacher, all of them at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch

from .features import Scaler
from .network import Descent, Layer, StackedNetwork, descend
from .stations import FloatArray, Stations
from .synthetic import synthetic_spectra
from .teacher import Teacher

#: Synthetic spectra for each teacher, and further ones on which the two are compared. With a
#: quarter of them a network learns these spectra rather than its teacher.
SPECTRA = 16384
CHECK_SPECTRA = 512

#: With half as many steps a network answers less like its teacher at stations neither has seen.
DESCENT = Descent(steps=5000, batch=256, rate=4e-3)

#: Networks trained in one stack: bounds memory.
STACK = 70


@dataclass(frozen=True)
class Student:
    """A network with its normalisation.

    Attributes
    ----------
    scaler : Scaler
    layers : tuple of Layer
        Output standardised.
    oxide_mean, oxide_std : float array, shape (6,)
        wt%.
    departure : float array, shape (6,)
        Root mean square by which it departs from its teacher's kernel bank, whose left-out
        residuals calibrate sigma, on spectra it did not learn from, wt%.
    """

    scaler: Scaler
    layers: tuple[Layer, ...]
    oxide_mean: FloatArray
    oxide_std: FloatArray
    departure: FloatArray


def distil(
    training_sets: Sequence[Stations], teachers: Sequence[Teacher], seed: int
) -> list[Student]:
    """Train one network on each teacher's answers to synthetic spectra.

    Parameters
    ----------
    training_sets : sequence of Stations
        What each teacher was fitted on; the synthetic spectra come from nothing else.
    teachers : sequence of Teacher
    seed : int

    Returns
    -------
    list of Student
        In the order of the teachers. Each depends on its own training set and the seed alone.
    """
    students: list[Student] = []
    for start in range(0, len(teachers), STACK):
        stop = start + STACK
        students += _distil_stack(training_sets[start:stop], teachers[start:stop], seed)
    return students


def _distil_stack(
    training_sets: Sequence[Stations], teachers: Sequence[Teacher], seed: int
) -> list[Student]:
    scalers = [Scaler.fit(stations.reflectance) for stations in training_sets]
    means = [stations.oxides.mean(0) for stations in training_sets]
    stds = [stations.oxides.std(0) for stations in training_sets]
    features, targets, banks = [], [], []
    for index, stations in enumerate(training_sets):
        # Common random numbers: every fold draws the same mixing shares and noise.
        generator = np.random.default_rng(seed)
        spectra = synthetic_spectra(stations.reflectance, SPECTRA, generator)
        spectra = np.concatenate(
            [spectra, synthetic_spectra(stations.reflectance, CHECK_SPECTRA, generator)]
        )
        features.append(scalers[index].transform(spectra))
        targets.append((teachers[index].predict(spectra) - means[index]) / stds[index])
        banks.append(teachers[index].bank.predict(spectra[SPECTRA:]))
    inputs = torch.tensor(np.array(features), dtype=torch.float32)
    wanted = torch.tensor(np.array(targets), dtype=torch.float32)
    network = StackedNetwork(len(training_sets), seed)
    descend(network, inputs[:, :SPECTRA], wanted[:, :SPECTRA], DESCENT, seed)
    with torch.no_grad():
        answers = network(inputs[:, SPECTRA:]).double().numpy()
    return [
        Student(
            scalers[index],
            network.layers_of(index),
            means[index],
            stds[index],
            _root_mean_square(answers[index] * stds[index] + means[index] - banks[index]),
        )
        for index in range(len(training_sets))
    ]


def _root_mean_square(error: FloatArray) -> FloatArray:
    """Over spectra, shape (6,)."""
    mean: FloatArray = np.sqrt((error**2).mean(0))
    return mean
