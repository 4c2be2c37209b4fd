"""The teacher: kernel bank and mixtures of the same stations, all in closed form.

Up to version 2.1 networks trained on the stations took part. They added chaos (another processor,
another rounding, another network), cost most of the time, and made FeO worse: R2 0.959 instead of
0.966 with stations left out, mean RMSE of the missions left out 1.26 instead of 1.12 wt%.
"""

from __future__ import annotations

from dataclasses import dataclass

from .experts import KernelBank, fit_bank
from .mixing import MixturePosterior, fit_mixtures
from .stations import FloatArray, Stations


@dataclass(frozen=True)
class Teacher:
    """Kernel bank and mixtures of one training set.

    Attributes
    ----------
    bank : KernelBank
    by_noise, by_stations : MixturePosterior
    by_noise_share, by_stations_share : float array, shape (oxides,)
        Of the mixtures in each oxide; the kernel bank has the rest.
    left_out : float array, shape (n, oxides)
        Prediction for each training station without it, wt%.
    """

    bank: KernelBank
    by_noise: MixturePosterior
    by_stations: MixturePosterior
    by_noise_share: FloatArray
    by_stations_share: FloatArray
    left_out: FloatArray

    def predict(self, spectra: FloatArray) -> FloatArray:
        """Oxides in wt%, shape (m, oxides), of spectra of shape (m, bands)."""
        parts = (part.predict(spectra) for part in (self.bank, self.by_noise, self.by_stations))
        return _together(*parts, self.by_noise_share, self.by_stations_share)


def fit_teacher(stations: Stations) -> Teacher:
    """Fit the teacher to one training set; it sees nothing else."""
    bank = fit_bank(stations)
    by_noise, by_stations = fit_mixtures(stations)
    share_of, names = stations.instrument.share_of, stations.oxide_names
    shares = (
        share_of(lambda shares: shares.by_noise, names),
        share_of(lambda shares: shares.by_stations, names),
    )
    left_out = _together(
        bank.left_out, by_noise.left_out(stations), by_stations.left_out(stations), *shares
    )
    return Teacher(bank, by_noise, by_stations, *shares, left_out)


def _together(
    bank: FloatArray,
    by_noise: FloatArray,
    by_stations: FloatArray,
    noise_share: FloatArray,
    stations_share: FloatArray,
) -> FloatArray:
    share = 1.0 - noise_share - stations_share
    together: FloatArray = share * bank + noise_share * by_noise + stations_share * by_stations
    return together
