"""One compact network from each teacher, in closed form.

The hidden neurons are drawn once and for all: directions from one synthetic spectrum to another or
at random, thresholds at synthetic spectra, so that each bends where there are spectra. Only the
output is learnt, by ridge regression on the teacher's answers (random features: Rahimi and Recht
2008, NIPS 21; Huang et al. 2006, Neurocomputing 70, 489). There is no descent and so no chaos: a
rounding on another processor stays a rounding, where a network trained by gradient descent becomes
another network.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from .features import Scaler
from .stations import FloatArray, Stations
from .synthetic import synthetic_spectra
from .teacher import Teacher

#: Synthetic spectra for each teacher, and further ones on which the two are compared.
SPECTRA = 16384
CHECK_SPECTRA = 512

#: Neurons on reciprocal reflectance with the two angles, and on whitened log reflectance. The
#: latter see the weak features that go with SiO2. More neurons follow the teacher more closely
#: (0.12 instead of 0.14 wt% TiO2 with 1900) and cost time in proportion.
PLAIN_NEURONS = 700
WHITENED_NEURONS = 300

#: Least distance between two spectra that gives a direction, standard deviations.
LEAST_DISTANCE = 1e-6

#: Ridge penalty on the output's weights, relative to neurons of unit mean square.
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
class Student:
    """A network with its normalisation.

    Attributes
    ----------
    scaler : Scaler
    plain, whitened : Neurons
        On reciprocal reflectance with angles, and on whitened log reflectance.
    from_plain, from_whitened : float array, shape (neurons, 6)
        Weights of the output on the neurons, wt%.
    linear_plain, linear_whitened : float array, shape (features, 6)
        Weights of the output on the features themselves, wt%.
    offset : float array, shape (6,)
        wt%.
    departure : float array, shape (6,)
        Root mean square by which it departs from its teacher, whose left-out residuals calibrate
        sigma, on spectra it did not learn from, wt%.
    """

    scaler: Scaler
    plain: Neurons
    whitened: Neurons
    from_plain: FloatArray
    from_whitened: FloatArray
    linear_plain: FloatArray
    linear_whitened: FloatArray
    offset: FloatArray
    departure: FloatArray

    def predict(self, spectra: FloatArray) -> FloatArray:
        """Oxides in wt%, shape (n, 6), of spectra of shape (n, 8), before zero bounds them."""
        plain, whitened = self.scaler.plain(spectra), self.scaler.whiten(spectra)
        predicted: FloatArray = (
            self.plain(plain) @ self.from_plain
            + self.whitened(whitened) @ self.from_whitened
            + plain @ self.linear_plain
            + whitened @ self.linear_whitened
            + self.offset
        )
        return predicted


def teach(stations: Stations, teacher: Teacher, seed: int) -> Student:
    """Fit a student to the teacher's answers on synthetic spectra.

    Parameters
    ----------
    stations : Stations
        What the teacher was fitted on; the synthetic spectra come from nothing else.
    teacher : Teacher
    seed : int
        Of the synthetic spectra and of the neurons: the same shares, noise and directions in
        each fold.
    """
    generator = np.random.default_rng(seed)
    spectra = synthetic_spectra(stations, SPECTRA, generator)
    check = synthetic_spectra(stations, CHECK_SPECTRA, generator)
    scaler = Scaler.fit(stations.reflectance, stations.instrument)
    plain, whitened = scaler.plain(spectra), scaler.whiten(spectra)
    first = Neurons.draw(plain, PLAIN_NEURONS, generator)
    second = Neurons.draw(whitened, WHITENED_NEURONS, generator)
    parts = [first(plain), second(whitened), plain, whitened]
    ends = np.cumsum([part.shape[1] for part in parts])
    weights, offset = _ridge(np.concatenate(parts, axis=1), teacher.predict(spectra))
    student = Student(
        scaler,
        first,
        second,
        *np.split(weights, ends[:-1]),
        offset,
        departure=np.zeros(weights.shape[1]),
    )
    error = student.predict(check) - teacher.predict(check)
    return replace(student, departure=np.sqrt((error**2).mean(0)))


def _ridge(design: FloatArray, target: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Weights and offset of a ridge regression whose offset is not penalised."""
    mean, level = design.mean(0), target.mean(0)
    centred = design - mean
    gram = centred.T @ centred / len(design) + PENALTY * np.eye(design.shape[1])
    weights = np.linalg.solve(gram, centred.T @ (target - level) / len(design))
    return weights, level - mean @ weights
