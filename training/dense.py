"""A wide network of one dense layer, half of what the shipped network learns from.

A thousand random neurons look at the whole spectrum, and the output is learnt by ridge regression.
Up to version 3.0 this was the network that was shipped: no closer to the teacher than the
convolutional one (`student`), with twice the multiply-adds.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .features import Scaler
from .instrument import FloatArray
from .regression import ridge

#: Neurons on reciprocal reflectance with the two angles, and on whitened log reflectance.
PLAIN_NEURONS = 700
WHITENED_NEURONS = 300

#: Least distance between two spectra that gives a direction, standard deviations.
LEAST_DISTANCE = 1e-6

#: Ridge penalty on the output's weights.
PENALTY = 1e-5


@dataclass(frozen=True)
class Neurons:
    """Rectified linear neurons on one kind of features.

    Attributes
    ----------
    weight : float array, shape (neurons, features)
        Unit length each.
    bias : float array, shape (neurons,)
    """

    weight: FloatArray
    bias: FloatArray

    @classmethod
    def draw(cls, features: FloatArray, count: int, generator: np.random.Generator) -> Neurons:
        """Directions, each with its threshold at one of the spectra.

        Half of them run from this spectrum to another one, half are random.
        """
        rows, others = generator.integers(len(features), size=(2, count))
        weight = generator.standard_normal((count, features.shape[1]))
        between = features[others] - features[rows]
        far = np.linalg.norm(between, axis=1) > LEAST_DISTANCE
        weight = np.where((far & (np.arange(count) < count // 2))[:, None], between, weight)
        weight /= np.linalg.norm(weight, axis=1, keepdims=True)
        return cls(weight, -(weight * features[rows]).sum(1))

    def __call__(self, features: FloatArray) -> FloatArray:
        """Activations, shape (n, neurons), of features of shape (n, features)."""
        active: FloatArray = np.maximum(features @ self.weight.T + self.bias, 0.0)
        return active


@dataclass(frozen=True)
class Dense:
    """The wide network.

    Attributes
    ----------
    scaler : Scaler
    plain, whitened : Neurons
        On reciprocal reflectance with angles, and on whitened log reflectance.
    weights : float array, shape (neurons + features, oxides)
        Of the output on all neurons and on the features themselves, wt%.
    offset : float array, shape (oxides,)
        wt%.
    """

    scaler: Scaler
    plain: Neurons
    whitened: Neurons
    weights: FloatArray
    offset: FloatArray

    def predict(self, spectra: FloatArray) -> FloatArray:
        """Oxides in wt%, shape (n, oxides), of shape (n, bands), before zero bounds them."""
        predicted: FloatArray = (
            _design(self.scaler, self.plain, self.whitened, spectra) @ self.weights + self.offset
        )
        return predicted


def fit_dense(
    scaler: Scaler, spectra: FloatArray, answers: FloatArray, generator: np.random.Generator
) -> Dense:
    """Draw the neurons and learn the output from a teacher's answers to spectra."""
    plain = Neurons.draw(scaler.plain(spectra), PLAIN_NEURONS, generator)
    whitened = Neurons.draw(scaler.whiten(spectra), WHITENED_NEURONS, generator)
    weights, offset = ridge(_design(scaler, plain, whitened, spectra), answers, PENALTY)
    return Dense(scaler, plain, whitened, weights, offset)


def _design(scaler: Scaler, first: Neurons, second: Neurons, spectra: FloatArray) -> FloatArray:
    plain, whitened = scaler.plain(spectra), scaler.whiten(spectra)
    return np.concatenate([first(plain), second(whitened), plain, whitened], axis=1)
