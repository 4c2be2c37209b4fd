"""The recipe: nothing leaks from a held-out station, closed forms hold, the graph is the maths."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from training import distil, graph, station_networks
from training.calibrate import conformal_quantile, coverage_90, fit_domain
from training.experts import TEMPERATURE, Expert, fit_bank
from training.features import Scaler, View
from training.literature import published, residual
from training.network import Descent
from training.protocols import leave_one_mission_out, leave_one_out
from training.recipe import answer, fit_inversions
from training.station_networks import mixtures
from training.stations import Stations, read_stations
from training.validate import fit_in_parallel

STATIONS = read_stations()
FEW = (
    Expert(False, "squared exponential", 1.4, 4.0, 0.0, 1e-2),
    Expert(True, "Matern 3/2", 2.0, 1.0, 1.0, 3e-2),
)


@pytest.fixture
def quick(monkeypatch):
    """The recipe with few and short descents."""
    monkeypatch.setattr(
        station_networks, "MEMBERS", (("reciprocal", 0.5), ("logarithm", 0.0), ("reflectance", 0.5))
    )
    monkeypatch.setattr(distil, "SPECTRA", 512)
    monkeypatch.setattr(station_networks, "DESCENT", Descent(steps=30, batch=32, rate=3e-3))
    monkeypatch.setattr(distil, "DESCENT", Descent(steps=30, batch=64, rate=4e-3))


def with_other_labels(row):
    """The stations, one of them with another composition and spectrum."""
    oxides, reflectance = STATIONS.oxides.copy(), STATIONS.reflectance.copy()
    oxides[row] = oxides[row][::-1]
    reflectance[row] *= np.linspace(0.5, 2.0, 8)
    return replace(STATIONS, oxides=oxides, reflectance=reflectance)


def test_a_held_out_station_changes_nothing_in_its_fold(quick):
    row = STATIONS.index("CE5")
    folds = [leave_one_out(table)[row] for table in (STATIONS, with_other_labels(row))]
    # A second fold beside it: stacked networks must not see each other's stations either.
    sets = [[fold.training, STATIONS.without(f"A16_S{1 + i}")] for i, fold in enumerate(folds)]
    spectrum = STATIONS.reflectance[row][None]
    first, second = (answer(fit_inversions(pair)[0], spectrum) for pair in sets)
    np.testing.assert_array_equal(first.oxides, second.oxides)
    np.testing.assert_array_equal(first.sigma, second.sigma)
    np.testing.assert_array_equal(first.distance, second.distance)


def first_stations(training_sets):
    """Stands in for training, in the processes that it is shared out to."""
    return [(stations.ids[0], len(stations)) for stations in training_sets]


def test_shared_out_folds_come_back_in_order():
    sets = [STATIONS.without(*STATIONS.ids[:count]) for count in range(5)]
    assert fit_in_parallel(sets, first_stations) == first_stations(sets)


def test_folds_hold_out_each_station_once_and_whole_missions():
    for folds in (leave_one_out(STATIONS), leave_one_mission_out(STATIONS)):
        assert sorted(np.concatenate([fold.held_out for fold in folds])) == list(range(56))
    for fold in leave_one_mission_out(STATIONS):
        out = {STATIONS.missions[row] for row in fold.held_out}
        assert len(out) == 1
        assert out.isdisjoint(fold.training.missions)


def test_closed_form_leave_one_out_is_refitting(monkeypatch):
    # Without reweighting or restandardising, deleting a station is a refit on the others.
    fixed = FEW[:1]
    bank = fit_bank(STATIONS, fixed)
    row = 23
    keep = np.arange(56) != row
    expert, features = fixed[0], bank.features[False]
    squares = ((features[:, None] - features[None]) ** 2).sum(-1)
    gram = expert.amplitude * np.exp(-squares / 8 / (2 * expert.length**2)) + 1.0
    mean, std = STATIONS.oxides.mean(0), STATIONS.oxides.std(0)
    target = (STATIONS.oxides - mean) / std
    inner = gram[np.ix_(keep, keep)] + expert.noise * np.eye(55)
    refitted = gram[row, keep] @ np.linalg.solve(inner, target[keep]) * std + mean
    np.testing.assert_allclose(bank.left_out[row], refitted, rtol=1e-6)


def test_bank_follows_its_stations_and_weights_sum_to_one():
    bank = fit_bank(STATIONS, FEW)
    error = np.sqrt(((bank.predict(STATIONS.reflectance) - STATIONS.oxides) ** 2).mean(0))
    left_out = np.sqrt(((bank.left_out - STATIONS.oxides) ** 2).mean(0))
    assert (error < left_out).all()
    assert (left_out < STATIONS.oxides.std(0)).all()


def test_experts_that_share_a_kernel_predict_the_weighted_sum_of_their_means():
    bank = (
        FEW[0],
        replace(FEW[0], amplitude=1.0, noise=3e-2),
        FEW[1],
        replace(FEW[1], amplitude=3.0, linear=0.5),
    )
    joint = fit_bank(STATIONS, bank)
    spectra = STATIONS.reflectance[::7] * np.linspace(0.8, 1.3, 8)
    mean, std = STATIONS.oxides.mean(0), STATIONS.oxides.std(0)
    alone = [fit_bank(STATIONS, (expert,)) for expert in bank]
    errors = np.array([((b.left_out - STATIONS.oxides) ** 2).mean(0) for b in alone]) / std**2
    weights = np.exp(-(errors / errors.min(0) - 1.0) / TEMPERATURE)
    weights /= weights.sum(0)
    expected = sum(w * b.predict(spectra) for w, b in zip(weights, alone))
    np.testing.assert_allclose(joint.predict(spectra), expected, rtol=1e-9)
    # One expert's mean, written out as in Rasmussen and Williams 2006, equation 2.25.
    view = joint.views[True]
    new, old = view(spectra), view(STATIONS.reflectance)

    def gram(first, second):
        gap = np.sqrt(((first[:, None] - second[None]) ** 2).sum(-1) / 10)
        scaled = np.sqrt(3) * gap / FEW[1].length
        return (1 + scaled) * np.exp(-scaled) + first @ second.T / 10 + 1.0

    inner = gram(old, old) + FEW[1].noise * np.eye(56)
    written = gram(new, old) @ np.linalg.solve(inner, (STATIONS.oxides - mean) / std) * std + mean
    np.testing.assert_allclose(alone[2].predict(spectra), written, rtol=1e-9)


def test_views_are_standardised_representations():
    for name, function in (("reflectance", lambda r: r), ("logarithm", np.log)):
        view = View.fit(name, True, STATIONS.reflectance)
        rows = view(STATIONS.reflectance)
        np.testing.assert_allclose(rows.mean(0), 0.0, atol=1e-12)
        np.testing.assert_allclose(rows.std(0), 1.0, rtol=1e-9)
        raw = function(STATIONS.reflectance[:, 4])
        np.testing.assert_allclose(rows[:, 4], (raw - raw.mean()) / raw.std(), rtol=1e-9)


def test_mixtures_have_the_mixed_composition():
    pure = Stations(
        ("a", "b"),
        ("m", "m"),
        np.array([np.full(8, 0.05), np.full(8, 0.2)]),
        np.array([[8.0, 18, 11, 10, 11, 41], [0.5, 5, 27, 6, 15, 45]]),
    )
    spectra, oxides = mixtures(pure, 1.0, 4000, np.random.default_rng(5))
    share = (oxides[:, 1] - 5) / 13
    np.testing.assert_allclose(oxides[:, 2], 27 - 16 * share, atol=1e-9)
    expected = 0.2 - 0.15 * share
    ratio = spectra / expected[:, None]
    assert abs(np.log(ratio).mean()) < 2e-3
    assert np.log(ratio).std() == pytest.approx(np.hypot(0.03, 0.005), rel=0.05)
    alone, _ = mixtures(pure, 0.0, 500, np.random.default_rng(5))
    assert ((np.abs(np.log(alone / 0.05)) < 0.2) | (np.abs(np.log(alone / 0.2)) < 0.2)).all()


def test_conformal_quantile_and_coverage():
    scores = np.arange(1.0, 20.0)[::-1]
    assert conformal_quantile(scores) == 18.0  # rank ceil(20 * 0.9) of 19
    assert conformal_quantile(scores[:5]) == 19.0
    residual = np.array([[1.0, -2.0], [3.0, 0.1], [-0.5, 4.0], [0.2, 0.2]])
    np.testing.assert_allclose(coverage_90(residual, np.full((4, 2), 1.5)), [0.75, 0.75])


def test_graph_computes_what_the_arrays_say(quick):
    inversion = fit_inversions([STATIONS.without("CE6")])[0]
    generator = np.random.default_rng(3)
    spectra = STATIONS.reflectance * np.exp(0.02 * generator.standard_normal((56, 8)))
    hidden = inversion.scaler.transform(spectra).transpose(0, 2, 1)
    layers = inversion.layers
    for index, layer in enumerate(layers):
        padded = np.pad(hidden, ((0, 0), (0, 0), (layer.padding, layer.padding)))
        size = layer.weight.shape[2]
        windows = np.lib.stride_tricks.sliding_window_view(padded, size, axis=2)
        hidden = np.einsum("ncpk,ock->nop", windows[:, :, :: layer.stride], layer.weight)
        hidden += layer.bias[None, :, None]
        if index < len(layers) - 1:
            hidden = np.maximum(hidden, 0.0)
    oxides = np.maximum(hidden[:, :, 0] * inversion.oxide_std + inversion.oxide_mean, 0.0)
    whitened = inversion.scaler.whiten(spectra)
    distance = inversion.domain.distance(whitened)
    given = answer(inversion, spectra)
    np.testing.assert_allclose(given.oxides, oxides, rtol=2e-5, atol=2e-4)
    np.testing.assert_allclose(given.distance, distance, rtol=1e-3, atol=5e-3)
    np.testing.assert_allclose(given.sigma, inversion.sigma.sigma(oxides, distance), rtol=5e-3)
    assert graph.graph_multiply_adds(graph.build(inversion)) <= 50_000


def test_domain_keeps_most_stations_inside_when_left_out():
    inside = []
    for fold in leave_one_out(STATIONS):
        scaler = Scaler.fit(fold.training.reflectance)
        spectra = scaler.whiten(STATIONS.reflectance[fold.held_out])
        inside.append(fit_domain(fold.training, scaler).distance(spectra)[0] <= 1.0)
    assert np.mean(inside) > 0.9


def test_the_published_network_costs_what_is_published():
    """About six million multiply-adds a pixel for six oxides (five convolutions)."""
    convolutions = [m for m in published().modules() if isinstance(m, torch.nn.Conv1d)]
    positions, total = 10, 0
    for layer in convolutions:
        positions = -(-positions // layer.stride[0])
        total += positions * layer.weight.numel()
    assert len(convolutions) == 5
    assert 6 * total == pytest.approx(6e6, rel=0.1)
    assert published().eval()(torch.zeros(3, 1, 10)).shape == (3, 1)
    assert residual().eval()(torch.zeros(3, 1, 10)).shape == (3, 1)
