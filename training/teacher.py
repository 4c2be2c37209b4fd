"""The teacher: the mean of a kernel bank and of networks, both fitted to the same stations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .experts import KernelBank, fit_bank
from .station_networks import StationNetworks, fit_networks
from .stations import FloatArray, Stations

#: Share of the networks. Equal shares: weights fitted on left-out stations did no better.
NETWORK_SHARE = 0.5


@dataclass(frozen=True)
class Teacher:
    """Two kinds of regression on one training set."""

    bank: KernelBank
    networks: StationNetworks

    def predict(self, spectra: FloatArray) -> FloatArray:
        """Oxides in wt%, shape (m, 6), of spectra of shape (m, 8)."""
        kernels, networks = self.bank.predict(spectra), self.networks.predict(spectra)
        return (1.0 - NETWORK_SHARE) * kernels + NETWORK_SHARE * networks


def fit_teachers(training_sets: Sequence[Stations], seed: int) -> list[Teacher]:
    """Fit one teacher to each training set; it sees nothing else."""
    networks = fit_networks(training_sets, seed)
    return [
        Teacher(fit_bank(stations), members) for stations, members in zip(training_sets, networks)
    ]
