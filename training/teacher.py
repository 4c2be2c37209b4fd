"""The teacher: kernel bank, mixtures and a line through the same stations, all in closed form.

Where the instrument's record says so, TiO2 has a law with corrections instead (`titanium`).

Up to version 2.1 networks trained on the stations took part. They added chaos (another processor,
another rounding, another network), cost most of the time, and made FeO worse: R2 0.959 instead of
0.966 with stations left out, mean RMSE of the missions left out 1.26 instead of 1.12 wt%.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from .experts import fit_bank
from .instrument import FloatArray
from .linear import fit_linear
from .mixing import fit_mixtures
from .stations import Stations
from .titanium import COLUMN, Titanium, fit_titanium


class Predictor(Protocol):
    """What the teacher is put together from."""

    def predict(self, spectra: FloatArray) -> FloatArray:
        """Oxides in wt%, shape (m, oxides), of spectra of shape (m, bands)."""


@dataclass(frozen=True)
class Teacher:
    """Several answers to one training set, each with its share in each oxide.

    Attributes
    ----------
    parts : tuple of Predictor
        The kernel bank, both mixtures, and the ridge regression if it has a share.
    shares : tuple of float array, shape (oxides,)
        Of each part; they sum to 1.
    left_out : float array, shape (n, oxides)
        Prediction for each training station without it, wt%.
    titanium : Titanium, or None
        Answers TiO2 alone, where the sensor's record says so.
    """

    parts: tuple[Predictor, ...]
    shares: tuple[FloatArray, ...]
    left_out: FloatArray
    titanium: Titanium | None = None

    def predict(self, spectra: FloatArray) -> FloatArray:
        """Oxides in wt%, shape (m, oxides), of spectra of shape (m, bands)."""
        predicted = _together(self.shares, [part.predict(spectra) for part in self.parts])
        if self.titanium is not None:
            predicted[:, COLUMN] = self.titanium.predict(spectra)
        return predicted


def fit_teacher(stations: Stations) -> Teacher:
    """Fit the teacher to one training set; it sees nothing else."""
    share_of, names = stations.instrument.share_of, stations.oxide_names
    linear_share = share_of(lambda shares: shares.linear, names)
    noise_share = share_of(lambda shares: shares.by_noise, names)
    stations_share = share_of(lambda shares: shares.by_stations, names)
    bank = fit_bank(stations)
    by_noise, by_stations = fit_mixtures(stations)
    shares = [1.0 - noise_share - stations_share - linear_share, noise_share, stations_share]
    parts: list[Predictor] = [bank, by_noise, by_stations]
    left_out = [bank.left_out, by_noise.left_out(stations), by_stations.left_out(stations)]
    if linear_share.any():
        line = fit_linear(stations)
        shares.append(linear_share)
        parts.append(line)
        left_out.append(line.left_out)
    together = _together(shares, left_out)
    titanium = fit_titanium(stations)
    if titanium is not None:
        together[:, COLUMN] = titanium.left_out(stations)
    return Teacher(tuple(parts), tuple(shares), together, titanium)


def _together(shares: Sequence[FloatArray], answers: Sequence[FloatArray]) -> FloatArray:
    together = shares[0] * answers[0]
    for share, answer in zip(shares[1:], answers[1:]):
        together = together + share * answer
    return together
