"""One compact convolutional network from each teacher, in closed form but for a few steps.

Kernels slide along the spectrum and are rectified; what they say at each place along it goes into
the output. The kernels are drawn at random, with thresholds at synthetic spectra, so that each
bends where there are spectra; those that say most are chosen one after another (`selection`) and
moved by a few steps of least squares (`refinement`), and the output is learnt by ridge regression
on the teacher's answers (random features: Rahimi and Recht 2008, NIPS 21; Huang et al. 2006,
Neurocomputing 70, 489). There is no long descent and so no chaos: a rounding on another processor
stays a rounding, where a network trained by thousands of gradient steps becomes another network.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, replace

import numpy as np

from .dense import Dense, fit_dense
from .features import Scaler
from .instrument import FloatArray
from .kernels import Kernels
from .refinement import refine
from .regression import ridge
from .selection import select
from .stations import Stations
from .synthetic import synthetic_spectra
from .teacher import Teacher
from .titanium import COLUMN, Titanium

#: Synthetic spectra for each teacher, and further ones on which the two are compared. Kernels are
#: chosen on every fourth of the former.
SPECTRA = 16384
CHECK_SPECTRA = 512
CHOICE_STEP = 4

#: Candidates that are drawn for each kernel that is chosen.
CANDIDATES = 5

#: Share of the dense network's answers (`dense`) in what the network learns; the teacher's are the
#: rest. They are smoother, and the answers stay near those of version 3.0, which was this network.
DENSE_SHARE = 0.5

#: Ridge penalty on the output's weights.
PENALTY = 1e-5


@dataclass(frozen=True)
class Form:
    """How many kernels a network has, and at how many places along the spectrum each looks.

    ONNX Runtime computes kernels by sixteen, so that another number saves no time.

    Attributes
    ----------
    plain, whitened : int
        Kernels on reciprocal reflectance with the two angles, and on whitened log reflectance.
        The latter see the weak features that go with SiO2.
    plain_places, whitened_places : int
        Places of each of them. The kernels' widths follow: all features but `places` - 1.
    """

    plain: int
    whitened: int
    plain_places: int = 2
    whitened_places: int = 2


#: The shipped form (``make cost-curve`` gives others).
FORM = Form(96, 32)


@dataclass(frozen=True)
class Student:
    """A network with its normalisation.

    Attributes
    ----------
    scaler : Scaler
    plain, whitened : Kernels
        On reciprocal reflectance with angles, and on whitened log reflectance.
    from_plain, from_whitened : float array, shape (oxides, kernels, places)
        Weights of the output on the activations, wt%.
    offset : float array, shape (oxides,)
        wt%.
    departure : float array, shape (oxides,)
        Root mean square by which it departs from its teacher, whose left-out residuals calibrate
        sigma, on spectra it did not learn from, wt%.
    titanium : Titanium, or None
        The teacher's own answer for TiO2, where it has one: exact, and nothing of it is learnt.
    """

    scaler: Scaler
    plain: Kernels
    whitened: Kernels
    from_plain: FloatArray
    from_whitened: FloatArray
    offset: FloatArray
    departure: FloatArray
    titanium: Titanium | None = None

    def predict(self, spectra: FloatArray) -> FloatArray:
        """Oxides in wt%, shape (n, oxides), of shape (n, bands), before zero bounds them."""
        plain = self.plain(self.scaler.plain(spectra))
        whitened = self.whitened(self.scaler.whiten(spectra))
        predicted: FloatArray = (
            np.tensordot(plain, self.from_plain, axes=((1, 2), (1, 2)))
            + np.tensordot(whitened, self.from_whitened, axes=((1, 2), (1, 2)))
            + self.offset
        )
        if self.titanium is not None:
            predicted[:, COLUMN] = self.titanium.predict(spectra)
        return predicted


@dataclass(frozen=True)
class Lesson:
    """What networks of any form learn from one teacher.

    Attributes
    ----------
    scaler : Scaler
    spectra : float array, shape (n, bands)
        Synthetic.
    dense : Dense
        The wide network.
    target : float array, shape (n, oxides)
        wt%: `DENSE_SHARE` of the wide network's answers, the rest the teacher's.
    check, check_answers : float array, shape (m, bands) and (m, oxides)
        Further spectra, and the teacher's answers to them in wt%.
    generator : numpy.random.Generator
        Draws the kernels; copied, so that each form starts at the same place.
    titanium : Titanium, or None
        The teacher's own answer for TiO2, which a student takes over instead of learning it.
    """

    scaler: Scaler
    spectra: FloatArray
    dense: Dense
    target: FloatArray
    check: FloatArray
    check_answers: FloatArray
    generator: np.random.Generator
    titanium: Titanium | None = None


def teach(stations: Stations, teacher: Teacher, seed: int) -> Student:
    """Fit a student of the shipped form to the teacher's answers on synthetic spectra.

    Parameters
    ----------
    stations : Stations
        What the teacher was fitted on; the synthetic spectra come from nothing else.
    teacher : Teacher
    seed : int
        Of the synthetic spectra and of the kernels: the same shares, noise and directions in
        each fold.
    """
    return learn(prepare(stations, teacher, seed), FORM)


def prepare(stations: Stations, teacher: Teacher, seed: int) -> Lesson:
    """Draw the spectra, ask the teacher, and fit the wide network; parameters as of `teach`."""
    generator = np.random.default_rng(seed)
    spectra = synthetic_spectra(stations, SPECTRA, generator)
    check = synthetic_spectra(stations, CHECK_SPECTRA, generator)
    scaler = Scaler.fit(stations.reflectance, stations.instrument)
    answers = teacher.predict(spectra)
    dense = fit_dense(scaler, spectra, answers, generator)
    target = DENSE_SHARE * dense.predict(spectra) + (1.0 - DENSE_SHARE) * answers
    checked = teacher.predict(check)
    return Lesson(scaler, spectra, dense, target, check, checked, generator, teacher.titanium)


def learn(lesson: Lesson, form: Form) -> Student:
    """Draw, choose and refine the kernels of a network of this form, and learn its output."""
    generator, rows = deepcopy(lesson.generator), slice(None, None, CHOICE_STEP)
    target = lesson.target.copy()
    if lesson.titanium is not None:
        target[:, COLUMN] = 0.0
    features = lesson.scaler.plain(lesson.spectra), lesson.scaler.whiten(lesson.spectra)
    counts, places = (form.plain, form.whitened), (form.plain_places, form.whitened_places)
    candidates = [
        Kernels.draw(part, CANDIDATES * count, along, generator)
        for part, count, along in zip(features, counts, places)
    ]
    chosen = select(
        [kernels(part[rows]) for kernels, part in zip(candidates, features)],
        target[rows],
        counts,
        PENALTY,
    )
    plain, whitened = refine(
        [kernels.only(kept) for kernels, kept in zip(candidates, chosen)],
        features,
        target,
        PENALTY,
    )
    activations = [kernels(part) for kernels, part in zip((plain, whitened), features)]
    design = np.concatenate([part.reshape(len(part), -1) for part in activations], axis=1)
    weights, offset = ridge(design, target, PENALTY)
    from_plain, from_whitened = (
        part.T.reshape(-1, *active.shape[1:])
        for part, active in zip(np.split(weights, [activations[0][0].size]), activations)
    )
    none = np.zeros(len(offset))
    student = Student(
        lesson.scaler,
        plain,
        whitened,
        from_plain,
        from_whitened,
        offset,
        none,
        lesson.titanium,
    )
    error = student.predict(lesson.check) - lesson.check_answers
    return replace(student, departure=np.sqrt((error**2).mean(0)))
