"""The recipe for any sensor: a toy camera, Clementine, the rule of skill, stored parts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from lunar_oxide_plugin.core.rasters.sensors.record import Filter, Sensor
from training import graph, protocols, results, student
from training.agreement import compare_models
from training.calibrate import Z90, fit_domain
from training.catalogue import ALL_STATIONS, BEFORE_CE6, CLEMENTINE
from training.comparison import ANGLE_LAWS, angle_laws, compare, formula_figures, formulas
from training.description import bands
from training.features import Scaler, angles
from training.folds import leave_one_mission_out
from training.instrument import CLEMENTINE_UVVIS, KAGUYA_MI, OXIDES, Angle, Instrument, Shares
from training.inversion import SigmaModel
from training.recipe import answer, fit_inversion, run_graph
from training.skill import Skill, judge, rmse_of_the_mean
from training.spread import fit_spread
from training.stations import Stations, read_stations
from training.synthetic import extraction_noise
from training.teacher import fit_teacher

CLEMENTINE_STATIONS = read_stations(instrument=CLEMENTINE_UVVIS)

TOY = Instrument(
    sensor=Sensor(
        key="Toy",
        title="Toy camera",
        filters=(
            Filter("a", 420.0, 40.0, "415"),
            Filter("b", 640.0, 10.0, "640"),
            Filter("c", 755.0, 12.5, "750"),
            Filter("d", 945.0, 30.0, "950"),
        ),
    ),
    nominal=("415", "640", "750", "950"),
    columns=("t420", "t640", "t755", "t945"),
    iron=Angle("950", "750", 0.02, 1.3, True, "made up"),
    titanium=Angle("415", "750", -0.1, 0.2, False, "made up"),
    shares={"TiO2": Shares(by_noise=0.3), "FeO": Shares(linear=0.5, by_stations=0.25)},
)


def toy_stations():
    """Thirty soils of five missions: dark ones have FeO, blue ones TiO2."""
    generator = np.random.default_rng(6)
    feo = generator.uniform(4.0, 20.0, 30)
    tio2 = np.exp(generator.uniform(np.log(0.4), np.log(9.0), 30))
    log = np.outer(feo, [-0.05, -0.052, -0.055, -0.06]) + np.outer(tio2, [0.0, -0.02, -0.03, -0.03])
    log += [-2.0, -1.7, -1.5, -1.45] + 0.004 * generator.standard_normal((30, 4))
    return Stations(
        tuple(f"s{row}" for row in range(30)),
        tuple(f"m{row % 5}" for row in range(30)),
        np.exp(log),
        np.stack([tio2, feo], axis=1),
        TOY,
        TOY.oxides,
    )


@pytest.fixture
def quick(monkeypatch):
    """The recipe with few synthetic spectra."""
    monkeypatch.setattr(student, "SPECTRA", 512)


def test_the_recipe_runs_for_a_camera_of_four_bands_and_two_oxides(quick):
    stations = toy_stations()
    assert TOY.oxides == ("TiO2", "FeO")
    unseen = np.arange(30) == 11
    inversion = fit_inversion(stations.select(~unseen))
    model = graph.build(inversion)
    found = run_graph(model.SerializeToString(), stations.reflectance)
    assert found.oxides.shape == found.sigma.shape == found.sigma_new_place.shape == (30, 2)
    assert found.distance.shape == (30,)
    np.testing.assert_allclose(
        found.oxides,
        np.maximum(inversion.student.predict(stations.reflectance), 0.0),
        rtol=1e-4,
        atol=2e-3,
    )
    error = np.abs(found.oxides - stations.oxides)
    # Composition is a smooth function of these spectra, so that the recipe finds it.
    assert error[unseen].max() < 1.5
    assert (error.mean(0) < 0.25 * stations.oxides.std(0)).all()
    assert (found.sigma_new_place > found.sigma).all()
    described = bands(stations)
    assert [band["name"] for band in described] == [
        "Toy 420 nm", "Toy 640 nm", "Toy 755 nm", "Toy 945 nm",
    ]  # fmt: skip
    assert described[2]["width_nm"] == 12.5 and described[2]["wavelength_nm"] == 755


def test_the_angles_are_those_of_the_record():
    spectrum = np.array([[0.05, 0.09, 0.10, 0.11]])
    fe, ti = angles(spectrum, TOY)[0]
    assert fe == pytest.approx(-np.arctan((1.1 - 1.3) / (0.10 - 0.02)))
    assert ti == pytest.approx(np.arctan((0.5 - 0.2) / (0.10 + 0.1)))
    # Kaguya MI and Clementine, by hand at one soil each, with origins of the literature.
    mi = np.array([[0.04, 0.07, 0.075, 0.077, 0.08, 0.083, 0.1, 0.12]])
    np.testing.assert_allclose(
        angles(mi, KAGUYA_MI)[0],
        [
            -np.arctan((0.077 / 0.07 - 1.250) / (0.07 - 0.037)),
            np.arctan((0.04 / 0.07 - 0.208) / (0.07 + 0.108)),
        ],
    )
    uvvis = np.array([[0.07, 0.11, 0.113, 0.115, 0.118]])
    np.testing.assert_allclose(
        angles(uvvis, CLEMENTINE_UVVIS)[0],
        [-np.arctan((0.115 / 0.11 - 1.19) / (0.11 - 0.08)), np.arctan((0.07 / 0.11 - 0.42) / 0.11)],
    )
    # Darker than the origin the iron angle stays at its end instead of changing sign.
    assert angles(uvvis / 2, CLEMENTINE_UVVIS)[0, 0] == pytest.approx(np.pi / 2, abs=0.01)


def test_clementine_has_the_stations_of_wilcox_with_our_labels():
    stations = CLEMENTINE_STATIONS
    assert len(stations) == 46 and stations.reflectance.shape == (46, 5)
    assert stations.instrument.wavelengths_nm == (415.0, 750.0, 900.0, 950.0, 1000.0)
    row = stations.index("A11_LM")
    np.testing.assert_allclose(stations.reflectance[row], [0.0607, 0.0918, 0.0957, 0.0971, 0.0996])
    np.testing.assert_allclose(stations.oxides[row], [7.54, 15.81, 13.55, 7.88, 11.96, 42.0])
    mi = read_stations()
    common = [station for station in stations.ids if station in mi.ids]
    assert len(common) == 44
    for station in common:
        first, second = stations.oxides[stations.index(station)], mi.oxides[mi.index(station)]
        np.testing.assert_array_equal(first, second)
    chosen = stations.of_oxides(["SiO2", "FeO"])
    np.testing.assert_array_equal(chosen.oxides[row], [42.0, 15.81])
    assert chosen.select(np.arange(46) == row).oxide_names == ("SiO2", "FeO")


def test_leaving_an_oxide_out_of_the_answers_keeps_the_others_near():
    # Principal components change with it; TiO2, which has none, only by members of least weight.
    fold = leave_one_mission_out(CLEMENTINE_STATIONS)[3]
    spectra = CLEMENTINE_STATIONS.reflectance[fold.held_out]
    six = fit_teacher(fold.training).predict(spectra)
    five = fit_teacher(fold.training.of_oxides(CLEMENTINE.oxides)).predict(spectra)
    kept = six[:, CLEMENTINE_STATIONS.places(CLEMENTINE.oxides)]
    np.testing.assert_allclose(five[:, 0], kept[:, 0], rtol=2e-3)
    assert np.abs(five - kept).max() < 1.0


def test_shares_leave_the_bank_what_is_over():
    teacher = fit_teacher(CLEMENTINE_STATIONS)
    assert len(teacher.parts) == 4
    np.testing.assert_allclose(sum(teacher.shares), np.ones(6))
    np.testing.assert_allclose(teacher.shares[3], [0.0, 0.5, 0.5, 0.0, 0.5, 0.0])
    spectra = CLEMENTINE_STATIONS.reflectance[::9]
    answers = [part.predict(spectra) for part in teacher.parts]
    expected = sum(share * each for share, each in zip(teacher.shares, answers))
    np.testing.assert_allclose(teacher.predict(spectra), expected)
    # No line for Kaguya MI, and no share for TiO2, which has a law.
    mi = fit_teacher(read_stations())
    assert len(mi.parts) == 3
    np.testing.assert_allclose(mi.shares[1], [0.0, 0.2, 0.2, 0.0, 1 / 3, 1 / 3])
    np.testing.assert_allclose(mi.shares[2], [0.0, 0.0, 0.0, 0.0, 0.0, 1 / 3])


def test_noise_has_the_standard_deviations_of_the_record():
    noisy = replace(TOY, common_noise=0.2, band_noise=0.05)
    log = np.log(extraction_noise(noisy, 20000, np.random.default_rng(0)))
    assert log.shape == (20000, 4)
    np.testing.assert_allclose(np.cov(log.T), noisy.noise_covariance(), rtol=0.05, atol=5e-4)


def test_the_record_says_what_spread_is_relative_and_what_has_no_skill():
    record = replace(CLEMENTINE_UVVIS, relative=("FeO",), without_skill=("CaO",))
    scaler = Scaler.fit(CLEMENTINE_STATIONS.reflectance, CLEMENTINE_UVVIS)
    domain = fit_domain(CLEMENTINE_STATIONS, scaler)
    sigma = SigmaModel(np.full(6, 0.3), np.zeros(6), 0.5, 10.0)
    as_shipped = fit_spread(CLEMENTINE_STATIONS, domain, sigma)
    assert not as_shipped.rise.any()
    other = fit_spread(replace(CLEMENTINE_STATIONS, instrument=record), domain, sigma)
    np.testing.assert_array_equal(other.rise > 0.0, [False, True, False, False, False, False])
    assert other.base[1] == 0.0
    # CaO has skill: its own residuals are smaller than those of the mean.
    assert other.base[4] > 1.3 * as_shipped.base[4]
    assert other.base[3] < as_shipped.base[3]


def validation_of(near, far, missions):
    return {
        protocols.NESTED_LOO: {"oxides": {o: {"r2": v} for o, v in near.items()}},
        protocols.LOMO: {
            "oxides": {o: {"r2": v} for o, v in far.items()},
            "mean_over_missions_rmse": missions,
        },
    }


def test_the_rule_of_skill():
    stations = toy_stations()
    means = rmse_of_the_mean(stations)
    errors = []
    for mission in range(5):
        rows = np.arange(30) % 5 == mission
        mean = stations.oxides[~rows].mean(0)
        errors.append(np.sqrt(((stations.oxides[rows] - mean) ** 2).mean(0)))
    np.testing.assert_allclose(means, np.mean(errors, axis=0))
    found = judge(
        stations,
        validation_of(
            {"TiO2": 0.8, "FeO": 0.9}, {"TiO2": 0.2, "FeO": -0.1}, {"TiO2": 0.1, "FeO": 0.1}
        ),
    )
    assert found["TiO2"].shipped and not found["FeO"].shipped
    assert not Skill(0.69, 0.5, 1.0, 2.0).shipped
    assert not Skill(0.9, 0.5, 2.1, 2.0).shipped
    assert Skill(0.7, 0.01, 1.9, 2.0).document()["shipped"] is True


def test_agreement_takes_both_intervals_in_quadrature():
    def document(offset, sigma, stations):
        rows = {
            station: {
                "predicted": {"FeO": 10.0 + row + offset, "TiO2": 2.0},
                "sigma": {"FeO": sigma, "TiO2": 0.1},
            }
            for row, station in enumerate(stations)
        }
        return {protocols.NESTED_LOO: {"stations": rows, "oxides": {"FeO": 0, "TiO2": 0}}}

    first, second = document(2.0, 0.6, "abc"), document(0.0, 0.8, "abd")
    found = compare_models(first, second, protocols.NESTED_LOO)
    assert found["n"] == 2
    assert found["mean"] == {"FeO": 2.0, "TiO2": 0.0}
    assert found["half_width"]["FeO"] == pytest.approx(Z90, abs=1e-4)  # 0.6 and 0.8: 1 together
    assert found["within"] == {"FeO": 0.0, "TiO2": 1.0}
    assert found["outside"] == {"a": {"FeO": 2.0}, "b": {"FeO": 2.0}}


def test_formulas_of_the_sensor_as_published_and_fitted_anew():
    stations = CLEMENTINE_STATIONS
    found = formulas(stations)
    titles = ["FeO after Lucey 2000", "TiO2 after Lucey 2000", "FeO of maria after Wilcox 2005"]
    assert list(found) == titles
    row = stations.index("A17_LM")
    r415, r750, _, r950, _ = stations.reflectance[row]
    theta = -np.arctan((r950 / r750 - 1.19) / (r750 - 0.08))
    assert found["FeO after Lucey 2000"][1][row] == pytest.approx(17.427 * theta - 7.565)
    theta = np.arctan((r415 / r750 - 0.42) / r750)
    assert found["TiO2 after Lucey 2000"][1][row] == pytest.approx(3.708 * theta**5.979)
    figures = formula_figures(stations)
    oxide, values = found["TiO2 after Lucey 2000"]
    residual = values - stations.oxides[:, 0]
    assert figures["TiO2 after Lucey 2000"][oxide]["rmse"] == pytest.approx(
        np.sqrt((residual**2).mean()), abs=1e-4
    )
    again = angle_laws(stations, stations.reflectance)
    iron = angles(stations.reflectance, CLEMENTINE_UVVIS)[:, 0]
    assert np.corrcoef(again[:, 1], iron)[0, 1] == pytest.approx(1.0)
    assert (again[:, 1] - stations.oxides[:, 1]).mean() == pytest.approx(0.0, abs=1e-9)


def test_a_comparison_holds_out_what_the_folds_hold_out():
    stations = toy_stations()
    folds = leave_one_mission_out(stations)
    figures = compare(stations, folds, 3)
    assert set(figures) == {"ridge", "PLS", "Gaussian process", ANGLE_LAWS}  # no networks
    predicted = np.empty_like(stations.oxides)
    for fold in folds:
        predicted[fold.held_out] = angle_laws(fold.training, stations.reflectance[fold.held_out])
    expected = np.sqrt(((predicted - stations.oxides) ** 2).mean(0))
    assert figures[ANGLE_LAWS]["TiO2"]["rmse"] == pytest.approx(expected[0], abs=1e-4)
    assert figures[ANGLE_LAWS]["FeO"]["rmse"] == pytest.approx(expected[1], abs=1e-4)


def test_parts_of_the_results_are_valid_alone(tmp_path):
    path = tmp_path / "results.json"
    with pytest.raises(results.StaleResultsError, match="models, toy"):
        results.load_part("models", "toy", "1", path)
    results.save_part("models", "toy", "1", {"a": 1}, path)
    results.save_part("comparison", "Toy", "2", {"b": 2}, path)
    results.save_part("models", "toy", "3", {"a": 4}, path)
    assert results.load_part("models", "toy", "3", path) == {"a": 4}
    assert results.load_part("comparison", "Toy", "2", path) == {"b": 2}
    with pytest.raises(results.StaleResultsError):
        results.load_part("models", "toy", "1", path)


def test_digests_depend_on_what_changes_numbers():
    stations = CLEMENTINE.stations()
    own = results.recipe_digest(stations, 1)
    assert own == results.recipe_digest(CLEMENTINE.stations(), 1)
    brighter = replace(stations, reflectance=stations.reflectance * 1.01)
    other = replace(CLEMENTINE_UVVIS, shares={**CLEMENTINE_UVVIS.shares, "FeO": Shares()})
    changed = {
        results.recipe_digest(stations, 2),
        results.recipe_digest(brighter, 1),
        results.recipe_digest(replace(stations, instrument=other), 1),
        results.recipe_digest(stations.of_oxides(["FeO"]), 1),
    }
    assert len(changed | {own}) == 5
    # Other methods know no shares.
    assert results.comparison_digest(stations) == results.comparison_digest(
        replace(stations, instrument=other)
    )
    assert results.comparison_digest(stations) != results.comparison_digest(brighter)


def test_models_answer_oxides_of_their_sensor():
    for model in (ALL_STATIONS, BEFORE_CE6, CLEMENTINE):
        assert model.stations().oxide_names == model.oxides
        assert [oxide for oxide in OXIDES if oxide in model.oxides] == list(model.oxides)
        assert set(model.oxides) <= set(model.instrument.oxides)
    assert "CE6" not in BEFORE_CE6.stations().ids and "CE6" in BEFORE_CE6.everything().ids


def test_both_sensors_answer_their_own_spectra(quick):
    stations = CLEMENTINE.stations().without("A17_S5")
    inversion = fit_inversion(stations)
    spectrum = CLEMENTINE_STATIONS.reflectance[[CLEMENTINE_STATIONS.index("A17_S5")]]
    found = answer(inversion, spectrum)
    assert found.oxides.shape == (1, 5)
    # Measured: 9.9 TiO2, 17.7 FeO, 10.9 Al2O3, 10.8 CaO, 39.8 SiO2.
    measured = CLEMENTINE_STATIONS.of_oxides(CLEMENTINE.oxides).oxides[
        CLEMENTINE_STATIONS.index("A17_S5")
    ]
    assert (np.abs(found.oxides[0] - measured) < 3 * Z90 * found.sigma_new_place[0]).all()
