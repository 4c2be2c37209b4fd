"""Values that travel between reading, inference and writing, with their masks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True)
class SpectraBlock:
    """Reflectance of a rectangle of pixels, ready for a model.

    Attributes
    ----------
    reflectance : float32 array, shape (bands, rows, columns)
        Fraction (not percent), bands in the model's order; undefined where not `valid`.
    valid : bool array, shape (rows, columns)
        True where every band has a finite positive reflectance.
    flags : uint8 array, shape (rows, columns)
        Quality bits known before prediction (no data, shadow, saturated).
    """

    reflectance: npt.NDArray[np.float32]
    valid: npt.NDArray[np.bool_]
    flags: npt.NDArray[np.uint8]

    def __post_init__(self) -> None:
        if self.reflectance.ndim != 3 or self.reflectance.shape[1:] != self.valid.shape:
            raise ValueError("reflectance must be (bands, rows, columns) on the mask's grid")
        if self.flags.shape != self.valid.shape:
            raise ValueError("flags must be on the mask's grid")

    @property
    def valid_spectra(self) -> npt.NDArray[np.float32]:
        """Spectra of the valid pixels, shape (bands, n), in row-major pixel order."""
        return self.reflectance[:, self.valid]


@dataclass(frozen=True)
class Prediction:
    """A model's answer for n spectra.

    Attributes
    ----------
    oxides : float32 array, shape (6, n), wt%
    sigma : float32 array, shape (6, n), wt%
        Calibrated standard uncertainty; NaN where the model gives none.
    domain_distance : float32 array, shape (n,)
        In units of the model's threshold (above 1: outside); NaN where the model gives none.
    """

    oxides: npt.NDArray[np.float32]
    sigma: npt.NDArray[np.float32]
    domain_distance: npt.NDArray[np.float32]

    def __post_init__(self) -> None:
        n = self.domain_distance.shape[0]
        if self.oxides.shape != (6, n) or self.sigma.shape != (6, n):
            raise ValueError("oxides and sigma must be (6, n) with n distances")


@dataclass(frozen=True)
class OxideBlock:
    """Predictions on a rectangle of pixels.

    Attributes
    ----------
    values : float32 array, shape (13, rows, columns)
        Six oxides (wt%), their six sigmas (wt%), domain distance; NaN where not predicted.
    flags : uint8 array, shape (rows, columns)
        Quality bits, defined everywhere.
    bands : float32 array, shape (14, rows, columns)
        As stored: `values` and, as the last band, the flags; NaN where they say "no data".
    """

    values: npt.NDArray[np.float32]
    flags: npt.NDArray[np.uint8]
    bands: npt.NDArray[np.float32]
