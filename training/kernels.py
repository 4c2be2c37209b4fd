"""Rectified kernels that slide along a spectrum."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from .instrument import FloatArray
from .selection import IndexArray


@dataclass(frozen=True)
class Kernels:
    """Rectified kernels that slide along one kind of features.

    Attributes
    ----------
    weight : float array, shape (kernels, width)
        Unit length each.
    bias : float array, shape (kernels,)
    """

    weight: FloatArray
    bias: FloatArray

    @classmethod
    def draw(
        cls, features: FloatArray, count: int, places: int, generator: np.random.Generator
    ) -> Kernels:
        """Random directions, each with its threshold at one place of one of the spectra."""
        width = features.shape[1] - places + 1
        weight = generator.standard_normal((count, width))
        weight /= np.linalg.norm(weight, axis=1, keepdims=True)
        rows = generator.integers(len(features), size=count)
        starts = generator.integers(places, size=count)
        threshold = sliding_window_view(features, width, axis=1)[rows, starts]
        return cls(weight, -(weight * threshold).sum(1))

    def __call__(self, features: FloatArray) -> FloatArray:
        """Activations, shape (n, kernels, places), of features of shape (n, features)."""
        windows = sliding_window_view(features, self.weight.shape[1], axis=1)
        sums = np.tensordot(self.weight, windows, axes=(1, 2)) + self.bias[:, None, None]
        active: FloatArray = np.maximum(sums, 0.0).transpose(1, 0, 2)
        return active

    def only(self, rows: IndexArray) -> Kernels:
        """Some of the kernels."""
        return Kernels(self.weight[rows], self.bias[rows])
