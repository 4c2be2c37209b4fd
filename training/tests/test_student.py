"""The network slides along the spectrum, takes the kernels that say most, follows its teacher."""

from __future__ import annotations

import numpy as np
import pytest

from training import dense, refinement, student
from training.features import Scaler
from training.graph import build, graph_multiply_adds
from training.instrument import INSTRUMENTS
from training.kernels import Kernels
from training.recipe import fit_inversion, run_graph
from training.regression import ridge
from training.selection import select
from training.stations import read_stations
from training.student import DENSE_SHARE, FORM, Form, learn, prepare, teach
from training.synthetic import synthetic_spectra
from training.teacher import fit_teacher

STATIONS = read_stations()


def test_a_kernel_says_the_same_of_a_pattern_wherever_it_lies():
    kernels = Kernels(np.array([[1.0, -2.0, 0.5], [0.0, 3.0, 1.0]]), np.array([0.25, -4.0]))
    spectrum = np.array([[3.0, 1.0, 2.0, 5.0, 1.0, 2.0]])
    said = kernels(spectrum)
    assert said.shape == (1, 2, 4)
    np.testing.assert_allclose(said[0, 0], [2.25, 0.0, 0.0, 4.25])
    np.testing.assert_allclose(said[0, 1], [1.0, 7.0, 12.0, 1.0])
    # One place further along, a kernel says the same one place further.
    shifted = kernels(np.roll(spectrum, 1, axis=1))
    np.testing.assert_array_equal(shifted[0, :, 1:], said[0, :, :-1])


def test_kernels_bend_where_there_are_spectra():
    features = Scaler.fit(STATIONS.reflectance, STATIONS.instrument).plain(STATIONS.reflectance)
    kernels = Kernels.draw(features, 40, 4, np.random.default_rng(3))
    assert kernels.weight.shape == (40, features.shape[1] - 3)
    np.testing.assert_allclose(np.linalg.norm(kernels.weight, axis=1), 1.0)
    said = kernels(features)
    for kernel in range(40):
        windows = np.lib.stride_tricks.sliding_window_view(features, 7, axis=1)
        sums = windows @ kernels.weight[kernel] + kernels.bias[kernel]
        assert abs(sums).min() < 1e-12
        np.testing.assert_allclose(said[:, kernel], np.maximum(sums, 0.0), atol=1e-12)


def explained(columns, target, penalty):
    """What a ridge regression leaves of the target, penalty included."""
    weights, offset = ridge(columns, target, penalty)
    error = target - columns @ weights - offset
    return (error**2).sum(1).mean() + penalty * (weights**2).sum()


def test_each_chosen_kernel_is_the_one_that_explains_most():
    generator, penalty = np.random.default_rng(5), 1e-3
    parts = [generator.standard_normal((80, 9, 3)), generator.standard_normal((80, 6, 2))]
    target = parts[0][:, 4] @ [[1.0, 0.5], [0.2, -1.0], [0.0, 2.0]]
    target = target + parts[1][:, 2] @ [[3.0, 0.0], [0.0, 1.0]]
    target += 0.3 * generator.standard_normal(target.shape) + [5.0, -7.0]
    chosen = select(parts, target, (3, 2), penalty)
    assert [len(kernels) for kernels in chosen] == [3, 2]
    assert chosen[0][0] == 4 and chosen[1][0] == 2
    # Taken one by one, with a regression for each candidate, the same are the best.
    kept, taken = np.empty((80, 0)), [[], []]
    for _ in range(5):
        before, found = explained(kept, target, penalty) if kept.size else None, []
        for kind, part in enumerate(parts):
            for kernel in range(part.shape[1]):
                if kernel in taken[kind] or len(taken[kind]) == (3, 2)[kind]:
                    continue
                after = explained(np.hstack([kept, part[:, kernel]]), target, penalty)
                found.append((after if before is None else 0.0, kind, kernel, after))
        level = before if before is not None else ((target - target.mean(0)) ** 2).sum(1).mean()
        gains = [(level - after) / parts[kind].shape[2] for _, kind, _, after in found]
        _, kind, kernel, _ = found[int(np.argmax(gains))]
        taken[kind].append(kernel)
        kept = np.hstack([kept, parts[kind][:, kernel]])
    assert [list(kernels) for kernels in chosen] == taken


def test_of_equal_kernels_the_first_is_taken():
    generator = np.random.default_rng(7)
    part = generator.standard_normal((50, 4, 2))
    twins = np.concatenate([part[:, :1] * 0.1, part[:, 2:], part[:, 2:] * (1 + 1e-14)], axis=1)
    target = part[:, 2] @ [[1.0], [2.0]]
    assert select([twins], target, (1,), 1e-6)[0][0] == 1


def test_a_student_follows_its_teacher_between_the_stations():
    teacher = fit_teacher(STATIONS)
    lesson = prepare(STATIONS, teacher, 5)
    follower = learn(lesson, FORM)
    generator = np.random.default_rng(8)
    first, second = generator.integers(56, size=(2, 300))
    spectra = (STATIONS.reflectance[first] + STATIONS.reflectance[second]) / 2
    answers = teacher.predict(spectra)
    departure, wide = (
        np.sqrt(((network.predict(spectra) - answers) ** 2).mean(0))
        for network in (follower, lesson.dense)
    )
    assert (departure < 0.12 * STATIONS.oxides.std(0)).all()
    # TiO2 is the teacher's own answer (`training.titanium`).
    assert departure[0] == follower.departure[0] == 0.0
    assert (departure[1:] < 2.0 * follower.departure[1:]).all()
    # A quarter of the activations, and as close to the teacher as the wide network.
    assert np.sqrt((departure**2).mean()) < 1.05 * np.sqrt((wide**2).mean())
    # The same stations give the same student.
    np.testing.assert_array_equal(learn(lesson, FORM).from_plain, follower.from_plain)


@pytest.mark.parametrize("instrument", INSTRUMENTS, ids=lambda instrument: instrument.key)
def test_the_graph_is_a_cheap_network_that_slides(instrument, monkeypatch):
    monkeypatch.setattr(student, "SPECTRA", 512)
    monkeypatch.setattr(dense, "PLAIN_NEURONS", 60)
    monkeypatch.setattr(dense, "WHITENED_NEURONS", 40)
    stations = read_stations(instrument=instrument)
    inversion = fit_inversion(stations)
    model = build(inversion)
    assert graph_multiply_adds(model) <= 12_000
    weights = {tensor.name: tensor.dims for tensor in model.graph.initializer}
    for name, features in (("plain", instrument.bands + 2), ("whitened", instrument.bands)):
        kernels, _, width, _ = weights[f"{name}_kernels_weight"]
        places = weights[f"from_{name}_weight"][2]
        assert kernels == getattr(FORM, name)
        assert places > 1 and width == features - places + 1
    spectra = synthetic_spectra(stations, 100, np.random.default_rng(2))
    expected = np.maximum(inversion.student.predict(spectra), 0.0)
    found = run_graph(model.SerializeToString(), spectra).oxides
    np.testing.assert_allclose(found, expected, rtol=1e-4, atol=2e-3)


def test_answers_stay_bounded_where_no_spectrum_was():
    """Outliers are flagged by the domain; still no oxide may run away to hundreds of wt%."""
    inversion = teach(STATIONS, fit_teacher(STATIONS), 5)
    spectra = STATIONS.reflectance[::5] * np.linspace(0.6, 1.5, 8)
    assert (np.maximum(inversion.predict(spectra), 0.0) < 80.0).all()


def test_the_target_lies_between_the_teacher_and_the_wide_network():
    teacher = fit_teacher(STATIONS)
    lesson = prepare(STATIONS, teacher, 5)
    rows = slice(0, 50)
    spectra = lesson.spectra[rows]
    expected = DENSE_SHARE * lesson.dense.predict(spectra) + (1.0 - DENSE_SHARE) * teacher.predict(
        spectra
    )
    np.testing.assert_allclose(lesson.target[rows], expected, rtol=1e-9)
    assert Form(16, 16).plain_places == FORM.plain_places


def test_refined_kernels_come_closer_to_what_the_network_learns(monkeypatch):
    lesson = prepare(STATIONS, fit_teacher(STATIONS), 5)
    refined = learn(lesson, Form(32, 16))
    monkeypatch.setattr(refinement, "STEPS", 0)
    drawn = learn(lesson, Form(32, 16))
    errors = [
        np.sqrt(((network.predict(lesson.spectra) - lesson.target) ** 2).mean())
        for network in (refined, drawn)
    ]
    assert errors[0] < 0.85 * errors[1]
    for kind in ("plain", "whitened"):
        first, second = getattr(refined, kind), getattr(drawn, kind)
        assert first.weight.shape == second.weight.shape
        np.testing.assert_allclose(np.linalg.norm(first.weight, axis=1), 1.0)


def test_kernels_find_the_ones_that_made_the_target():
    """From a start nearby, least squares find the kernels of a network of the same form."""
    generator = np.random.default_rng(11)
    features = [generator.standard_normal((4096, 6)), generator.standard_normal((4096, 4))]
    truth = [Kernels.draw(part, count, 2, generator) for part, count in zip(features, (5, 3))]
    design = np.concatenate(
        [kernels(part).reshape(4096, -1) for kernels, part in zip(truth, features)], axis=1
    )
    target = design @ generator.standard_normal((16, 3)) + [3.0, -1.0, 8.0]
    start = [
        Kernels(
            kernels.weight + 0.1 * generator.standard_normal(kernels.weight.shape), kernels.bias
        )
        for kernels in truth
    ]
    found = refinement.refine(start, features, target, 1e-9)
    for kernels, true, before in zip(found, truth, start):
        assert (
            abs(kernels.weight - true.weight).max() < 0.2 * abs(before.weight - true.weight).max()
        )
        assert abs(kernels.bias - true.bias).max() < 0.05
