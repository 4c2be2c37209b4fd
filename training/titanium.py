"""TiO2 as a law of one angle, corrected where the spectrum could be one of a station.

A power law of theta_Ti says more of a mission that was left out than kernels and mixtures, which
carry the residuals of the sampled places to places of another kind; near the stations it says less.
So a spectrum is either another extraction of a station, or shows a new place. Two extractions of
one place differ by noise of a known covariance: the squared distance between them, in units of
twice this covariance, has a chi-square distribution with as many degrees of freedom as there are
bands. Each station has the likelihood of its distance; a new place has that of a station at the
median distance. A spectrum that lies just there from one station, and far from all others, is as
likely one as the other. TiO2 is the posterior mean: the law, and the mean of the stations'
residuals, in which the residual of a new place is zero. Nothing is fitted but the law.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import chi2

from .experts import TITANIUM, TitaniumLaw
from .features import logarithm
from .instrument import OXIDES, FloatArray
from .stations import Stations

#: TiO2 is the first of the oxides wherever it is one of them.
COLUMN = OXIDES.index(TITANIUM)


@dataclass(frozen=True)
class Titanium:
    """The law, and the stations that correct it.

    Attributes
    ----------
    law : TitaniumLaw
    center : float array, shape (bands,)
        Mean log reflectance of the stations.
    root : float array, shape (bands, bands)
        Log reflectance less `center`, times this: twice the noise of extraction has variance 1.
    references : float array, shape (n, bands)
        The stations in these units.
    residuals : float array, shape (n,)
        Measured TiO2 less the law's, wt%.
    new_place : float
        Likelihood of a new place, where a station at no distance has 1.
    """

    law: TitaniumLaw
    center: FloatArray
    root: FloatArray
    references: FloatArray
    residuals: FloatArray
    new_place: float

    @classmethod
    def fit(cls, stations: Stations) -> Titanium:
        """Fit to training stations."""
        law = TitaniumLaw.fit(stations)
        log = logarithm(stations.reflectance)
        root = np.linalg.inv(np.linalg.cholesky(2.0 * stations.instrument.noise_covariance())).T
        residuals = stations.oxides[:, COLUMN] - law(stations.reflectance)
        median = float(chi2.median(stations.instrument.bands))
        center = log.mean(0)
        references = (log - center) @ root
        return cls(law, center, root, references, residuals, float(np.exp(-median / 2.0)))

    def predict(self, spectra: FloatArray) -> FloatArray:
        """TiO2 in wt%, shape (m,), of spectra of shape (m, bands), before zero bounds it."""
        corrected: FloatArray = self.law(spectra) + self._correction(self._likelihoods(spectra))
        return corrected

    def left_out(self, stations: Stations) -> FloatArray:
        """TiO2 in wt% of each training station without it, shape (n,).

        The law is fitted to the others; what corrects it are the others' residuals from the law of
        all.
        """
        likelihoods = self._likelihoods(stations.reflectance)
        np.fill_diagonal(likelihoods, 0.0)
        rows = np.arange(len(stations))
        law = [
            TitaniumLaw.fit(stations.select(rows != row))(stations.reflectance[row : row + 1])[0]
            for row in rows
        ]
        predicted: FloatArray = np.array(law) + self._correction(likelihoods)
        return predicted

    def _likelihoods(self, spectra: FloatArray) -> FloatArray:
        """That of each station, shape (m, n)."""
        scaled = (logarithm(spectra) - self.center) @ self.root
        squares = (
            (scaled**2).sum(1)[:, None]
            - 2.0 * scaled @ self.references.T
            + (self.references**2).sum(1)
        )
        likelihoods: FloatArray = np.exp(-np.maximum(squares, 0.0) / 2.0)
        return likelihoods

    def _correction(self, likelihoods: FloatArray) -> FloatArray:
        correction: FloatArray = likelihoods @ self.residuals
        return correction / (likelihoods.sum(1) + self.new_place)


def fit_titanium(stations: Stations) -> Titanium | None:
    """That of a sensor whose record says so, or None."""
    there = stations.instrument.law_of_titanium and TITANIUM in stations.oxide_names
    return Titanium.fit(stations) if there else None
