"""A trained inversion: everything that the exported graph holds, as plain arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .stations import FloatArray
from .student import Student


@dataclass(frozen=True)
class Domain:
    """Distance to the training spectra.

    Attributes
    ----------
    references : float array, shape (n, bands)
        Whitened log reflectance of the training spectra (`Scaler.whiten`).
    threshold : float
        Distance in whitened units that counts as 1.
    """

    references: FloatArray
    threshold: float

    def distance(self, whitened: FloatArray) -> FloatArray:
        """Distance to the nearest reference in units of the threshold, shape (n,)."""
        gaps = whitened[:, None, :] - self.references[None, :, :]
        return np.sqrt((gaps**2).sum(-1).min(1)) / self.threshold


@dataclass(frozen=True)
class SigmaModel:
    """Calibrated standard uncertainty: (base + rise * oxide) * (1 + growth * distance).

    Attributes
    ----------
    base : float array, shape (oxides,)
        wt%.
    rise : float array, shape (oxides,)
        Share of the predicted abundance.
    growth : float
        Increase per unit of domain distance.
    max_distance : float
        Domain distance beyond which sigma grows no more.
    """

    base: FloatArray
    rise: FloatArray
    growth: float
    max_distance: float

    def sigma(self, oxides: FloatArray, distance: FloatArray) -> FloatArray:
        """Standard uncertainty in wt%, shape (n, oxides)."""
        factor = 1.0 + self.growth * np.minimum(distance, self.max_distance)
        return (self.base + self.rise * oxides) * factor[:, None]


@dataclass(frozen=True)
class SpreadModel:
    """What a place of a kind that nobody has sampled adds to sigma, in quadrature.

    Attributes
    ----------
    base : float array, shape (oxides,)
        wt%.
    rise : float array, shape (oxides,)
        Share of the predicted abundance.
    """

    base: FloatArray
    rise: FloatArray

    def sigma_new_place(self, oxides: FloatArray, sigma: FloatArray) -> FloatArray:
        """Standard uncertainty, wt%, shape (n, oxides), from abundance and sigma so shaped."""
        total: FloatArray = np.sqrt(sigma**2 + (self.base + self.rise * oxides) ** 2)
        return total


@dataclass(frozen=True)
class Inversion:
    """From reflectance to oxides, both sigmas and domain distance.

    Attributes
    ----------
    student : Student
    domain : Domain
    sigma : SigmaModel
        Near sampled geology.
    spread : SpreadModel
        What is added at a new place.
    """

    student: Student
    domain: Domain
    sigma: SigmaModel
    spread: SpreadModel
