"""Networks that learn from the stations themselves, to be averaged with the kernel bank.

Kernels and networks fail at different stations, and the mean of both misses by less than
either. So do networks that see the spectrum in different representations: two each take it as
reciprocal reflectance, as its logarithm and as it is, all with theta_Fe and theta_Ti. A network
learns from the stations' spectra under the noise of their extraction, and one of each two also
from mixtures of two stations: soils mix by impacts, and at these wavelengths intimate mixtures of
similar dark powders are near to linear in reflectance. A mixture has the mixed composition;
nothing else about it is made up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import torch

from .features import REPRESENTATIONS, View
from .network import Descent, StackedNetwork, descend
from .stations import FloatArray, Stations
from .synthetic import extraction_noise

#: Each network's representation of the spectrum, and the share of mixtures among its spectra.
MEMBERS = tuple(product(REPRESENTATIONS, (0.5, 0.0)))

#: Mixing shares are drawn from a symmetric beta distribution: most mixtures lie near a station.
MIXING_BETA = 0.4

SPECTRA = 4096
DESCENT = Descent(steps=800, batch=64, rate=3e-3)

#: Networks trained in one stack: bounds memory.
STACK = 70


@dataclass(frozen=True)
class StationNetworks:
    """The networks of one training set: each a view, and a copy in a stack of many."""

    members: tuple[tuple[View, StackedNetwork, int], ...]
    oxide_mean: FloatArray
    oxide_std: FloatArray

    def predict(self, spectra: FloatArray) -> FloatArray:
        """Mean of the members, oxides in wt%, shape (m, 6), of spectra of shape (m, 8)."""
        with torch.no_grad():
            answers = [
                network.answer(_positions(view(spectra)), copy)
                for view, network, copy in self.members
            ]
        mean: FloatArray = torch.stack(answers).mean(0).double().numpy()
        return mean * self.oxide_std + self.oxide_mean


def fit_networks(training_sets: Sequence[Stations], seed: int) -> list[StationNetworks]:
    """Train the ensembles of many training sets side by side.

    Each depends on its own training set and the seed alone.
    """
    fitted: list[StationNetworks] = []
    for start in range(0, len(training_sets), STACK):
        fitted += _fit_stack(training_sets[start : start + STACK], seed)
    return fitted


def _fit_stack(training_sets: Sequence[Stations], seed: int) -> list[StationNetworks]:
    means = [stations.oxides.mean(0) for stations in training_sets]
    stds = [stations.oxides.std(0) for stations in training_sets]
    members: list[list[tuple[View, StackedNetwork, int]]] = [[] for _ in training_sets]
    for member, (representation, mixed) in enumerate(MEMBERS):
        network = StackedNetwork(len(training_sets), seed + member, channels=1)
        features, targets = [], []
        for index, stations in enumerate(training_sets):
            # Common random numbers: every fold draws the same shares and noise.
            generator = np.random.default_rng([seed, member])
            spectra, oxides = mixtures(stations, mixed, SPECTRA, generator)
            view = View.fit(representation, True, stations.reflectance)
            features.append(_positions(view(spectra)))
            targets.append((oxides - means[index]) / stds[index])
            members[index].append((view, network, index))
        descend(
            network,
            torch.stack(features),
            torch.tensor(np.array(targets), dtype=torch.float32),
            DESCENT,
            seed + member,
        )
    return [
        StationNetworks(tuple(of_set), means[index], stds[index])
        for index, of_set in enumerate(members)
    ]


def _positions(features: FloatArray) -> torch.Tensor:
    """Standardised features as a network takes them: shape (n, 10 positions, 1 channel)."""
    return torch.tensor(features, dtype=torch.float32)[..., None]


def mixtures(
    stations: Stations, mixed: float, count: int, generator: np.random.Generator
) -> tuple[FloatArray, FloatArray]:
    """Noisy spectra of stations and of two-station mixtures, with their composition.

    Parameters
    ----------
    mixed : float
        Share of mixtures, 0 to 1.
    count : int

    Returns
    -------
    reflectance : float array, shape (count, 8)
    oxides : float array, shape (count, 6), wt%
    """
    first, second = generator.integers(len(stations), size=(2, count))
    share = generator.beta(MIXING_BETA, MIXING_BETA, size=count)
    share = np.where(generator.random(count) < mixed, share, 1.0)[:, None]
    reflectance, oxides = (
        share * values[first] + (1.0 - share) * values[second]
        for values in (stations.reflectance, stations.oxides)
    )
    return reflectance * extraction_noise(count, generator), oxides
