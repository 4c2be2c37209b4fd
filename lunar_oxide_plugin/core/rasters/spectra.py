"""Spectra, predictions and their masks, as passed between reading, inference and writing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional, Tuple

import numpy as np
import numpy.typing as npt

from ..chemistry.layout import PredictionLayout, SigmaKind


@dataclass(frozen=True)
class SpectraBlock:
    """Reflectance of a rectangle of pixels, ready for a model.

    Attributes
    ----------
    reflectance : float32 array, shape (bands, rows, columns)
        Fraction (not percent), bands in the model's order; undefined outside `valid`.
    valid : bool array, shape (rows, columns)
        True where every band has a finite positive reflectance.
    flags : uint8 array, shape (rows, columns)
        Quality bits known before prediction (no data, shadow, saturated).
    unscaled : bool array, shape (rows, columns), or None
        True where a spectrum is too bright for reflectance but may be unscaled numbers. These are
        not `valid`; they only serve to detect a raster without its scale.
    """

    reflectance: npt.NDArray[np.float32]
    valid: npt.NDArray[np.bool_]
    flags: npt.NDArray[np.uint8]
    unscaled: Optional[npt.NDArray[np.bool_]] = None

    def __post_init__(self) -> None:
        if self.reflectance.ndim != 3 or self.reflectance.shape[1:] != self.valid.shape:
            raise ValueError("reflectance must be (bands, rows, columns) on the mask's grid")
        if self.flags.shape != self.valid.shape:
            raise ValueError("flags must be on the mask's grid")

    @property
    def valid_spectra(self) -> npt.NDArray[np.float32]:
        """Spectra of the valid pixels, shape (bands, n), in row-major pixel order."""
        return self.reflectance[:, self.valid]

    def within(self, mask: npt.NDArray[np.bool_]) -> SpectraBlock:
        """The block with spectra inside a mask only.

        Parameters
        ----------
        mask : bool array

        Returns
        -------
        SpectraBlock
        """
        unscaled = None if self.unscaled is None else self.unscaled & mask
        return SpectraBlock(self.reflectance, self.valid & mask, self.flags, unscaled)

    @property
    def unscaled_spectra(self) -> npt.NDArray[np.float32]:
        """Spectra too bright for reflectance that may be unscaled, shape (bands, n)."""
        if self.unscaled is None:
            return np.empty((self.reflectance.shape[0], 0), dtype=np.float32)
        return self.reflectance[:, self.unscaled]


@dataclass(frozen=True)
class Prediction:
    """A model's prediction for n spectra, or for a rectangle of pixels.

    Attributes
    ----------
    oxides : float32 array, shape (oxides, n), wt%
        Those that the model gives, in the order of its `PredictionLayout`.
    sigma : float32 array, shape (oxides, n), wt%
        Calibrated standard uncertainty of the layout's first kind; NaN where there is none.
    domain_distance : float32 array, shape (n,)
        In units of the model's threshold (above 1: outside); NaN where the model gives none.
    other_sigmas : tuple of float32 array, shape (oxides, n), wt%
        Those of the layout's further kinds, in its order.
    """

    oxides: npt.NDArray[np.float32]
    sigma: npt.NDArray[np.float32]
    domain_distance: npt.NDArray[np.float32]
    other_sigmas: Tuple[npt.NDArray[np.float32], ...] = ()

    def __post_init__(self) -> None:
        if self.oxides.shape[1:] != self.domain_distance.shape:
            raise ValueError("oxides must be (oxides, n) with n distances")
        if any(s.shape != self.oxides.shape for s in (self.sigma, *self.other_sigmas)):
            raise ValueError("there must be one sigma for each oxide")

    @classmethod
    def of_rows(cls, values: npt.NDArray[np.float32], layout: PredictionLayout) -> Prediction:
        """A prediction whose arrays are views of the rows of an array.

        Parameters
        ----------
        values : float32 array, shape (rows, n)
            In `layout`, with or without the quality row.
        layout : PredictionLayout
            Missing rows become read-only NaN.

        Returns
        -------
        Prediction
        """
        oxides = values[layout.oxide_rows]
        nothing = np.float32(np.nan)
        return cls(
            oxides,
            np.broadcast_to(nothing, oxides.shape)
            if layout.sigma_rows is None
            else values[layout.sigma_rows],
            np.broadcast_to(nothing, oxides.shape[1:])
            if layout.domain_row is None
            else values[layout.domain_row],
            tuple(values[layout.rows_of(kind)] for kind in layout.sigmas[1:]),
        )

    def sigma_of(
        self, kind: SigmaKind, layout: PredictionLayout
    ) -> Optional[npt.NDArray[np.float32]]:
        """The sigma of one kind, shape (oxides, n), wt%.

        Parameters
        ----------
        kind : SigmaKind
        layout : PredictionLayout
            Of this prediction.

        Returns
        -------
        float32 array or None
            None where the layout has none of this kind.
        """
        if kind not in layout.sigmas:
            return None
        return (self.sigma, *self.other_sigmas)[layout.sigmas.index(kind)]


@dataclass(frozen=True)
class OxideBlock:
    """Predictions on a rectangle of pixels.

    Attributes
    ----------
    bands : float32 array, shape (bands, rows, columns)
        As stored, in `layout`; NaN where not predicted; in the quality band NaN for "no data".
        Without a quality band, NaN also where a flag makes the prediction doubtful.
    flags : uint8 array, shape (rows, columns)
        Quality bits, defined everywhere.
    layout : PredictionLayout
    """

    bands: npt.NDArray[np.float32]
    flags: npt.NDArray[np.uint8]
    layout: PredictionLayout

    @property
    def prediction(self) -> Prediction:
        """Oxides, sigmas and domain distance on the rectangle."""
        return Prediction.of_rows(self.bands, self.layout)
