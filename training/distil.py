"""One compact network from each teacher, all of them at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch

from .experts import Teacher
from .features import Scaler
from .network import Layer, StackedNetwork
from .stations import FloatArray, Stations
from .synthetic import synthetic_spectra

#: Synthetic spectra for each teacher, and the spectra and steps of the descent. The loss has
#: levelled off by then; nothing is stopped early.
SPECTRA = 4096
BATCH = 256
STEPS = 1200
LEARNING_RATE = 4e-3

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
    """

    scaler: Scaler
    layers: tuple[Layer, ...]
    oxide_mean: FloatArray
    oxide_std: FloatArray


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
    features, targets = [], []
    for index, stations in enumerate(training_sets):
        # Common random numbers: every fold draws the same mixing shares and noise.
        generator = np.random.default_rng(seed)
        spectra = synthetic_spectra(stations.reflectance, SPECTRA, generator)
        features.append(scalers[index].transform(spectra))
        targets.append((teachers[index].predict(spectra) - means[index]) / stds[index])
    network = _descend(
        torch.tensor(np.array(features), dtype=torch.float32),
        torch.tensor(np.array(targets), dtype=torch.float32),
        seed,
    )
    return [
        Student(scalers[index], network.layers_of(index), means[index], stds[index])
        for index in range(len(training_sets))
    ]


def _descend(features: torch.Tensor, targets: torch.Tensor, seed: int) -> StackedNetwork:
    """Adam with a one-cycle rate on the mean squared error of each copy."""
    copies, spectra = features.shape[:2]
    network = StackedNetwork(copies, seed)
    optimiser = torch.optim.Adam(network.parameters(), LEARNING_RATE)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, LEARNING_RATE, total_steps=STEPS)
    generator = torch.Generator().manual_seed(seed)
    for _ in range(STEPS):
        rows = torch.randint(spectra, (BATCH,), generator=generator)
        # Copies share no weight, so that the sum of their losses trains each by itself.
        error = (network(features[:, rows]) - targets[:, rows]) ** 2
        loss = error.mean(dim=(1, 2)).sum()
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        optimiser.step()
        schedule.step()
    return network
