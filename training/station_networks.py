"""Networks that learn from the stations themselves, to be averaged with the kernel bank.

Kernels and networks fail at different stations, and the mean of both misses by less than
either. A network learns from the stations' spectra under the noise of their extraction, and
half of the networks also from mixtures of two stations: soils mix by impacts, and at these
wavelengths intimate mixtures of similar dark powders are near to linear in reflectance. A
mixture has the mixed composition; nothing else about it is made up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch

from .features import Scaler
from .network import Descent, StackedNetwork, descend
from .stations import FloatArray, Stations
from .synthetic import extraction_noise

#: Share of mixtures among the spectra of each member of the ensemble; one network each.
MEMBERS = (0.5, 0.0, 0.5, 0.0)

#: Mixing shares are drawn from a symmetric beta distribution: most mixtures lie near a station.
MIXING_BETA = 0.4

SPECTRA = 4096
DESCENT = Descent(steps=800, batch=64, rate=3e-3)

#: Networks trained in one stack: bounds memory.
STACK = 70


def station_features(scaler: Scaler, reflectance: FloatArray) -> FloatArray:
    """Reciprocal reflectance and the two angles, standardised, shape (n, 10 positions, 1)."""
    parts = [scaler.standard_reciprocal(reflectance), scaler.standard_angles(reflectance)]
    return np.concatenate(parts, axis=-1)[..., None]


@dataclass(frozen=True)
class StationNetworks:
    """The networks of one training set; `members` are copies in stacks of many."""

    scaler: Scaler
    members: tuple[tuple[StackedNetwork, int], ...]
    oxide_mean: FloatArray
    oxide_std: FloatArray

    def predict(self, spectra: FloatArray) -> FloatArray:
        """Mean of the members, oxides in wt%, shape (m, 6), of spectra of shape (m, 8)."""
        features = torch.tensor(station_features(self.scaler, spectra), dtype=torch.float32)
        with torch.no_grad():
            answers = [network.answer(features, copy) for network, copy in self.members]
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
    scalers = [Scaler.fit(stations.reflectance) for stations in training_sets]
    means = [stations.oxides.mean(0) for stations in training_sets]
    stds = [stations.oxides.std(0) for stations in training_sets]
    networks = []
    for member, mixed in enumerate(MEMBERS):
        features, targets = [], []
        for index, stations in enumerate(training_sets):
            # Common random numbers: every fold draws the same shares and noise.
            generator = np.random.default_rng([seed, member])
            spectra, oxides = mixtures(stations, mixed, SPECTRA, generator)
            features.append(station_features(scalers[index], spectra))
            targets.append((oxides - means[index]) / stds[index])
        network = StackedNetwork(len(training_sets), seed + member, channels=1)
        descend(
            network,
            torch.tensor(np.array(features), dtype=torch.float32),
            torch.tensor(np.array(targets), dtype=torch.float32),
            DESCENT,
            seed + member,
        )
        networks.append(network)
    return [
        StationNetworks(
            scalers[index],
            tuple((network, index) for network in networks),
            means[index],
            stds[index],
        )
        for index in range(len(training_sets))
    ]


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
