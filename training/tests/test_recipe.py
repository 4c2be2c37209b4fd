"""The recipe: nothing leaks from a held-out station, closed forms hold, the graph is the maths."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
from sklearn.linear_model import Ridge, RidgeCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from training import dense, student
from training.calibrate import (
    Z90,
    conformal_quantile,
    coverage_90,
    fit_domain,
    nearest_distances,
    weighted_quantile,
)
from training.experts import TEMPERATURE, Expert, TitaniumLaw, fit_bank
from training.features import Scaler, View, angles
from training.folds import leave_one_mission_out, leave_one_out
from training.instrument import BAND_NOISE, COMMON_NOISE, KAGUYA_MI
from training.inversion import SigmaModel
from training.linear import PENALTIES, fit_linear
from training.literature import published, residual
from training.mixing import fit_mixtures
from training.recipe import answer, fit_inversion
from training.spread import LeftOut, between, fit_spread, leave_missions_out, scale
from training.stations import Stations, read_stations
from training.teacher import fit_teacher
from training.validate import fit_in_parallel

STATIONS = read_stations()
FEW = (
    Expert(False, "squared exponential", 1.4, 4.0, 0.0, 1e-2),
    Expert(True, "Matern 3/2", 2.0, 1.0, 1.0, 3e-2),
)


@pytest.fixture
def quick(monkeypatch):
    """The recipe with few kernels, neurons and spectra."""
    monkeypatch.setattr(student, "SPECTRA", 512)
    monkeypatch.setattr(student, "FORM", student.Form(16, 8))
    monkeypatch.setattr(dense, "PLAIN_NEURONS", 60)
    monkeypatch.setattr(dense, "WHITENED_NEURONS", 40)


def with_other_labels(row):
    """The stations, one of them with another composition and spectrum."""
    oxides, reflectance = STATIONS.oxides.copy(), STATIONS.reflectance.copy()
    oxides[row] = oxides[row][::-1]
    reflectance[row] *= np.linspace(0.5, 2.0, 8)
    return replace(STATIONS, oxides=oxides, reflectance=reflectance)


def test_a_held_out_station_changes_nothing_in_its_fold(quick):
    row = STATIONS.index("CE5")
    folds = [leave_one_out(table)[row] for table in (STATIONS, with_other_labels(row))]
    spectrum = STATIONS.reflectance[row][None]
    first, second = (answer(fit_inversion(fold.training), spectrum) for fold in folds)
    for name in ("oxides", "sigma", "sigma_new_place", "distance"):
        np.testing.assert_array_equal(getattr(first, name), getattr(second, name))


def size_and_first(stations):
    """Stands in for training, in the processes that it is shared out to."""
    return stations.ids[0], len(stations)


def test_shared_out_folds_come_back_in_order():
    sets = [STATIONS.without(*STATIONS.ids[:count]) for count in range(5)]
    assert fit_in_parallel(sets, size_and_first) == [size_and_first(each) for each in sets]


def test_apollo_12_trains_as_bulk_soil_and_is_kept_as_published():
    bulk, fines = read_stations(), read_stations(published=True)
    apollo = np.array(bulk.missions) == "Apollo 12"
    assert apollo.sum() == 8
    np.testing.assert_array_equal(bulk.oxides[~apollo], fines.oxides[~apollo])
    row = bulk.index("A12_3")
    np.testing.assert_allclose(fines.oxides[row], [2.9, 14.1, 15.2, 9.4, 10.7, 46.5])
    np.testing.assert_allclose(bulk.oxides[row], [2.56, 15.11, 13.59, 9.89, 10.53, 46.58])
    change = (bulk.oxides - fines.oxides)[apollo]
    # Fines are poorer in FeO and richer in Al2O3 than the bulk soil.
    assert (change[:, 1] > 0.9).all() and (change[:, 2] < -1.5).all()


def test_folds_hold_out_each_station_once_and_whole_missions():
    for folds in (leave_one_out(STATIONS), leave_one_mission_out(STATIONS)):
        assert sorted(np.concatenate([fold.held_out for fold in folds])) == list(range(56))
    for fold in leave_one_mission_out(STATIONS):
        out = {STATIONS.missions[row] for row in fold.held_out}
        assert len(out) == 1
        assert out.isdisjoint(fold.training.missions)


def written_mean(expert, view, stations, column, spectra):
    """One expert's mean as in Rasmussen and Williams 2006, equation 2.25, for one column."""
    new, old = view(spectra), view(stations.reflectance)
    size = old.shape[1]

    def gram(first, second):
        squares = ((first[:, None] - second[None]) ** 2).sum(-1) / size
        if expert.kernel == "Matern 3/2":
            scaled = np.sqrt(3 * squares) / expert.length
            kernel = (1 + scaled) * np.exp(-scaled)
        else:
            kernel = np.exp(-squares / (2 * expert.length**2))
        return expert.amplitude * kernel + expert.linear * first @ second.T / size + 1.0

    mean, std = column.mean(0), column.std(0)
    inner = gram(old, old) + expert.noise * np.eye(len(stations))
    return gram(new, old) @ np.linalg.solve(inner, (column - mean) / std) * std + mean


def test_one_expert_is_its_mean_on_oxides_and_on_their_components():
    spectra = STATIONS.reflectance[::7] * np.linspace(0.8, 1.3, 8)
    expert = FEW[1]
    bank = fit_bank(STATIONS, (expert,))
    view, oxides = bank.views[True], STATIONS.oxides
    law = TitaniumLaw.fit(STATIONS)
    mean, std = oxides.mean(0), oxides.std(0)
    standard = (oxides - mean) / std
    axes = np.linalg.eigh(np.cov(standard.T))[1]
    components = written_mean(expert, view, STATIONS, standard @ axes, spectra)
    common = components @ axes.T * std + mean
    own = written_mean(expert, view, STATIONS, oxides, spectra)
    left = oxides[:, :1] - law(STATIONS.reflectance)[:, None]
    own[:, 0] = written_mean(expert, view, STATIONS, left, spectra)[:, 0] + law(spectra)
    share = np.array([0.0, 0.0, 0.5, 1.0, 1.0, 0.5])  # of MI's record
    expected = (1 - share) * own + share * common
    np.testing.assert_allclose(bank.predict(spectra), expected, rtol=1e-8)


def test_titanium_law_is_a_power_of_the_angle():
    law = TitaniumLaw(-1.0, 8.0, KAGUYA_MI)
    theta = angles(STATIONS.reflectance, KAGUYA_MI)[:, 1]
    np.testing.assert_allclose(law(STATIONS.reflectance), np.exp(-1.0) * theta**8, rtol=1e-12)
    oxides = STATIONS.oxides.copy()
    oxides[:, 0] = law(STATIONS.reflectance)
    found = TitaniumLaw.fit(replace(STATIONS, oxides=oxides))
    assert (found.intercept, found.exponent) == pytest.approx((-1.0, 8.0))
    blue = np.array([[0.09, 0.06, 0.06, 0.06, 0.06, 0.06, 0.07, 0.08]])
    assert TitaniumLaw.fit(STATIONS)(blue)[0] == 15.0


def test_closed_form_leave_one_out_is_refitting():
    # Without reweighting or restandardising, deleting a station is a refit on the others.
    expert = FEW[0]
    bank = fit_bank(STATIONS, (expert,))
    row = 23
    keep = np.arange(56) != row
    features = bank.features[False]
    squares = ((features[:, None] - features[None]) ** 2).sum(-1)
    gram = expert.amplitude * np.exp(-squares / 8 / (2 * expert.length**2)) + 1.0
    inner = gram[np.ix_(keep, keep)] + expert.noise * np.eye(55)

    def refitted(column):
        target = (column - column.mean(0)) / column.std(0)
        found = gram[row, keep] @ np.linalg.solve(inner, target[keep])
        return found * column.std(0) + column.mean(0)

    law = TitaniumLaw.fit(STATIONS)(STATIONS.reflectance)
    assert bank.left_out[row, 0] == pytest.approx(
        refitted(STATIONS.oxides[:, 0] - law) + law[row], rel=1e-6
    )
    assert bank.left_out[row, 1] == pytest.approx(refitted(STATIONS.oxides[:, 1]), rel=1e-6)


def test_bank_follows_its_stations():
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
    alone = [fit_bank(STATIONS, (expert,)) for expert in bank]
    # FeO has no prior and no components: its weights are those of its own column.
    measured = STATIONS.oxides[:, 1]
    errors = np.array([((b.left_out[:, 1] - measured) ** 2).mean() for b in alone])
    weights = np.exp(-(errors / errors.min() - 1.0) / TEMPERATURE)
    weights /= weights.sum()
    expected = sum(w * b.predict(spectra)[:, 1] for w, b in zip(weights, alone))
    np.testing.assert_allclose(joint.predict(spectra)[:, 1], expected, rtol=1e-9)


def test_views_are_standardised_representations():
    for name, function in (("reflectance", lambda r: r), ("logarithm", np.log)):
        view = View.fit(name, True, STATIONS.reflectance, KAGUYA_MI)
        rows = view(STATIONS.reflectance)
        np.testing.assert_allclose(rows.mean(0), 0.0, atol=1e-12)
        np.testing.assert_allclose(rows.std(0), 1.0, rtol=1e-9)
        raw = function(STATIONS.reflectance[:, 4])
        np.testing.assert_allclose(rows[:, 4], (raw - raw.mean()) / raw.std(), rtol=1e-9)


def two_soils():
    return Stations(
        ("a", "b"),
        ("m", "n"),
        np.array([np.full(8, 0.05), np.full(8, 0.2)]) * np.linspace(0.8, 1.4, 8),
        np.array([[8.0, 18, 11, 10, 11, 41], [0.5, 5, 27, 6, 15, 45]]),
    )


@pytest.mark.parametrize("metric", (0, 1))
def test_a_mixture_in_reflectance_has_the_mixed_composition(metric):
    # Three soils, so that whitening has a covariance; the third is far from the mixtures.
    soils = two_soils()
    third = soils.reflectance[:1] * np.linspace(1.0, 3.0, 8)
    three = Stations(
        ("a", "b", "c"),
        ("m", "n", "o"),
        np.concatenate([soils.reflectance, third]),
        np.concatenate([soils.oxides, [[2.0, 9, 20, 8, 13, 47]]]),
    )
    posterior = fit_mixtures(three)[metric]
    assert posterior.oxides.shape == (3 + 3 * 7, 6)
    for share in (0.25, 0.5, 0.75):
        spectrum = share * soils.reflectance[:1] + (1 - share) * soils.reflectance[1:]
        mixed = share * soils.oxides[0] + (1 - share) * soils.oxides[1]
        found = posterior.predict(spectrum)[0]
        # Neighbouring steps of an eighth are as likely as noise allows.
        assert abs(found - mixed).max() < 0.06 * abs(soils.oxides[0] - soils.oxides[1]).max()


def test_mixtures_weigh_by_the_noise_of_extraction():
    posterior = fit_mixtures(STATIONS)[0]
    spectrum = STATIONS.reflectance[:1] * 1.01
    pairs = posterior.spectra @ np.linalg.inv(posterior.root)
    difference = np.log(spectrum) - pairs
    covariance = BAND_NOISE**2 * np.eye(8) + COMMON_NOISE**2
    distance = np.einsum("mi,ij,mj->m", difference, np.linalg.inv(covariance), difference)
    weights = np.exp(-(distance - distance.min()) / 2)
    expected = weights @ posterior.oxides / weights.sum()
    np.testing.assert_allclose(posterior.predict(spectrum)[0], expected, rtol=1e-6)


def test_mixtures_leave_a_station_out_in_every_pair():
    posterior, row = fit_mixtures(STATIONS)[0], 7
    alone = fit_mixtures(STATIONS.select(np.arange(56) != row))[0]
    expected = alone.predict(STATIONS.reflectance[row][None])[0]
    np.testing.assert_allclose(posterior.left_out(STATIONS)[row], expected, rtol=1e-6)


def test_the_line_is_the_ridge_of_scikit_learn_and_leaves_out_in_closed_form():
    line = fit_linear(STATIONS)
    spectra = STATIONS.reflectance[::7] * np.linspace(0.8, 1.3, 8)
    for column in (0, 3):
        method = make_pipeline(StandardScaler(), RidgeCV(PENALTIES))
        method.fit(np.log(STATIONS.reflectance), STATIONS.oxides[:, column])
        np.testing.assert_allclose(
            line.predict(spectra)[:, column], method.predict(np.log(spectra)), rtol=1e-6
        )
        residual = np.log(STATIONS.reflectance)
        standard = (residual - residual.mean(0)) / residual.std(0)
        keep = np.arange(56) != 9
        again = Ridge(method[-1].alpha_).fit(standard[keep], STATIONS.oxides[keep, column])
        expected = again.predict(standard[9:10])[0]
        assert line.left_out[9, column] == pytest.approx(expected, rel=1e-6)


def made_up(residual, mission, sigma=0.0, level=1.0, of_mean=0.0, without_skill=(False, False)):
    """What missions left out would give: residuals of two oxides, wt%."""
    like = np.zeros_like(residual)
    return LeftOut(
        np.asarray(mission),
        residual,
        like + of_mean,
        like + sigma,
        like + level,
        np.array(without_skill),
    )


def test_the_spread_between_missions_is_what_sigma_leaves():
    generator = np.random.default_rng(11)
    tau, sigma = np.array([2.0, 0.5]), 0.5
    mission = np.repeat(np.arange(9), [1, 1, 1, 1, 2, 3, 8, 9, 20])
    found = []
    for _ in range(2000):
        shared = tau * generator.standard_normal((9, 2))
        residual = shared[mission] + sigma * generator.standard_normal((len(mission), 2))
        found.append(between(made_up(residual, mission, sigma), np.arange(9)))
    # The floor of a twentieth lifts the smaller one a little.
    np.testing.assert_allclose(np.mean(found, axis=0), tau**2, rtol=0.08)
    ones = made_up(np.ones((4, 2)), range(4), sigma=2.0)
    # Where sigma explains everything, a twentieth of what was seen remains.
    np.testing.assert_allclose(between(ones, np.arange(4)), [0.05, 0.05])
    np.testing.assert_allclose(between(ones, np.arange(4), 3.0), [5.0, 5.0])


def test_a_mission_of_many_stations_counts_as_one():
    residual = np.array([[4.0, 1.0]] * 10 + [[2.0, -3.0]])
    few = made_up(residual[[0, 10]], [0, 1])
    many = made_up(residual, [0] * 10 + [1])
    np.testing.assert_allclose(between(many, np.arange(2)), [10.0, 5.0])
    np.testing.assert_allclose(between(few, np.arange(2)), [10.0, 5.0])
    assert scale(few) == pytest.approx(scale(many))
    np.testing.assert_allclose(between(many, np.array([1])), [4.0, 9.0])


def test_an_oxide_without_skill_is_as_uncertain_as_the_mean():
    residual = np.array([[1.0, 1.0], [-1.0, 1.0]])
    left_out = made_up(residual, [0, 1], of_mean=[3.0, 3.0], without_skill=(False, True))
    np.testing.assert_allclose(between(left_out, np.arange(2)), [1.0, 9.0])
    # A mean that is better than the model makes nothing narrower.
    better = made_up(residual, [0, 1], of_mean=[0.5, 0.5], without_skill=(True, True))
    np.testing.assert_allclose(between(better, np.arange(2)), [1.0, 1.0])


def test_the_factor_makes_intervals_of_the_others_hold_nine_tenths():
    # Each mission's spread is what the other is wrong by: scores of 2 / 1 and of 1 / 2.
    residual = np.array([[1.0, 1.0], [2.0, 2.0]])
    assert scale(made_up(residual, [0, 1])) * Z90 == pytest.approx(2.0)
    # Twice as large residuals and sigmas: the same factor.
    generator = np.random.default_rng(2)
    residual = generator.standard_normal((40, 2)) * [3.0, 0.7]
    mission = np.arange(40) // 4
    factor = scale(made_up(residual, mission, sigma=0.2))
    assert scale(made_up(2.0 * residual, mission, sigma=0.4)) == pytest.approx(factor)
    # Normal residuals, each of them as uncertain as the others: nearly no factor.
    residual = generator.standard_normal((4000, 2))
    assert scale(made_up(residual, np.arange(4000) // 100)) == pytest.approx(1.0, abs=0.03)
    # Relative residuals: the level does not change what they say.
    levels = generator.uniform(0.5, 9.0, (4000, 1))
    relative = made_up(residual * levels, np.arange(4000) // 100, level=levels)
    assert scale(relative) == pytest.approx(1.0, abs=0.03)
    np.testing.assert_allclose(between(relative, np.arange(40)), [1.0, 1.0], rtol=0.1)


def test_a_mission_is_left_out_with_its_residual_its_distance_and_its_mean():
    scaler = Scaler.fit(STATIONS.reflectance, KAGUYA_MI)
    domain = fit_domain(STATIONS, scaler)
    sigma = SigmaModel(np.full(6, 0.2), np.full(6, 0.05), 1.0, 10.0)
    found = leave_missions_out(STATIONS, domain, sigma)
    row = STATIONS.index("A14_G")
    others = np.array(STATIONS.missions) != "Apollo 14"
    training = STATIONS.select(others)
    predicted = np.maximum(fit_teacher(training).predict(STATIONS.reflectance[[row]]), 0.0)[0]
    np.testing.assert_allclose(found.residual[row], predicted - STATIONS.oxides[row])
    np.testing.assert_allclose(
        found.residual_of_mean[row], training.oxides.mean(0) - STATIONS.oxides[row]
    )
    far = np.linalg.norm(domain.references[others] - domain.references[row], axis=1).min()
    np.testing.assert_allclose(
        found.sigma[row], (0.2 + 0.05 * predicted) * (1.0 + far / domain.threshold)
    )
    assert found.missions == 10
    np.testing.assert_array_equal(found.without_skill, [False, False, False, True, False, False])
    # TiO2 alone has a spread that is a share of the abundance.
    np.testing.assert_allclose(found.level[row], [max(predicted[0], 0.3), 1, 1, 1, 1, 1])


def test_a_new_place_adds_the_spread_in_quadrature():
    domain = fit_domain(STATIONS, Scaler.fit(STATIONS.reflectance, KAGUYA_MI))
    sigma = SigmaModel(np.full(6, 0.2), np.full(6, 0.01), 1.0, 10.0)
    spread = fit_spread(STATIONS, domain, sigma)
    np.testing.assert_array_equal(spread.base == 0.0, [True] + [False] * 5)
    np.testing.assert_array_equal(spread.rise == 0.0, [False] + [True] * 5)
    oxides = np.array([[8.0, 18, 11, 10, 11, 41]])
    total = spread.sigma_new_place(oxides, np.full((1, 6), 0.4))[0]
    assert total[1] == pytest.approx(np.hypot(0.4, spread.base[1]))
    assert total[0] == pytest.approx(np.hypot(0.4, 8.0 * spread.rise[0]))
    # Both together hold most of the residuals that they were scaled on, with each mission alike.
    left_out = leave_missions_out(STATIONS, domain, sigma)
    half = Z90 * np.hypot(
        left_out.sigma, np.where(spread.rise > 0, spread.rise, spread.base) * left_out.level
    )
    held = np.abs(left_out.residual) <= half
    by_mission = [held[left_out.mission == each].mean() for each in range(10)]
    assert 0.87 <= np.mean(by_mission) <= 0.97


def test_conformal_quantile_and_coverage():
    scores = np.arange(1.0, 20.0)[::-1]
    assert conformal_quantile(scores) == 18.0  # rank ceil(20 * 0.9) of 19
    assert conformal_quantile(scores[:5]) == 19.0
    values, weights = np.array([5.0, 1.0, 3.0]), np.array([1.0, 6.0, 3.0])
    assert [weighted_quantile(values, weights, share) for share in (0.5, 0.6, 0.61, 0.9, 1.0)] == [
        1.0, 1.0, 3.0, 3.0, 5.0,
    ]  # fmt: skip
    ten = np.arange(10.0)
    assert weighted_quantile(ten, np.full(10, 0.1), 0.9) == 8.0
    residual = np.array([[1.0, -2.0], [3.0, 0.1], [-0.5, 4.0], [0.2, 0.2]])
    np.testing.assert_allclose(coverage_90(residual, np.full((4, 2), 1.5)), [0.75, 0.75])


def test_graph_computes_what_the_arrays_say(quick):
    inversion = fit_inversion(STATIONS.without("CE6"))
    generator = np.random.default_rng(3)
    spectra = STATIONS.reflectance * np.exp(0.02 * generator.standard_normal((56, 8)))
    oxides = np.maximum(inversion.student.predict(spectra), 0.0)
    distance = inversion.domain.distance(inversion.student.scaler.whiten(spectra))
    given = answer(inversion, spectra)
    np.testing.assert_allclose(given.oxides, oxides, rtol=2e-5, atol=2e-4)
    np.testing.assert_allclose(given.distance, distance, rtol=1e-3, atol=5e-3)
    sigma = inversion.sigma.sigma(oxides, distance)
    np.testing.assert_allclose(given.sigma, sigma, rtol=5e-3)
    new_place = inversion.spread.sigma_new_place(oxides, sigma)
    np.testing.assert_allclose(given.sigma_new_place, new_place, rtol=5e-3)
    assert (given.sigma_new_place > given.sigma).all()


def test_a_rounding_does_not_grow(quick, monkeypatch):
    # Steps of the kernels need more spectra than kernels, as they have in the shipped recipe.
    monkeypatch.setattr(student, "SPECTRA", 2048)
    # What another processor does to the numbers: the last digits of every sum.
    generator = np.random.default_rng(17)
    rounded = STATIONS.reflectance * (1.0 + 1e-13 * generator.standard_normal((56, 8)))
    first, second = (
        fit_inversion(replace(STATIONS, reflectance=spectra))
        for spectra in (STATIONS.reflectance, rounded)
    )
    spectra = STATIONS.reflectance * np.linspace(0.9, 1.1, 8)
    change = second.student.predict(spectra) - first.student.predict(spectra)
    assert 0.0 < abs(change).max() < 1e-4


def test_distances_to_the_nearest_spectrum_of_another_group():
    whitened = np.array([[0.0, 0.0], [3.0, 4.0], [0.0, 1.0], [3.0, 5.0]])
    np.testing.assert_allclose(nearest_distances(whitened), [1.0, 1.0, 1.0, 1.0])
    found = nearest_distances(whitened, np.array([7, 7, 7, 2]))
    np.testing.assert_allclose(found, [34**0.5, 1.0, 5.0, 1.0])


def test_domain_keeps_most_stations_inside_when_left_out():
    inside = []
    for fold in leave_one_out(STATIONS):
        scaler = Scaler.fit(fold.training.reflectance, KAGUYA_MI)
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
