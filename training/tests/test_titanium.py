"""TiO2 of Kaguya MI: the law far from the stations, their residuals where a spectrum is theirs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import chi2, multivariate_normal

from training.experts import TitaniumLaw
from training.instrument import CLEMENTINE_UVVIS, KAGUYA_MI
from training.stations import read_stations
from training.student import FORM, learn, prepare
from training.teacher import fit_teacher
from training.titanium import COLUMN, Titanium, fit_titanium

STATIONS = read_stations()
TITANIUM = Titanium.fit(STATIONS)
LAW = TitaniumLaw.fit(STATIONS)


def test_it_is_the_posterior_mean_of_what_the_law_leaves():
    spectra = STATIONS.reflectance[::5] * np.linspace(0.99, 1.01, 8)
    covariance = 2.0 * KAGUYA_MI.noise_covariance()
    residuals = STATIONS.oxides[:, 0] - LAW(STATIONS.reflectance)
    at_station = multivariate_normal(np.zeros(8), covariance).pdf
    nowhere = at_station(np.zeros(8)) * np.exp(-chi2.median(8) / 2)
    for spectrum, found in zip(spectra, TITANIUM.predict(spectra)):
        likelihoods = at_station(np.log(spectrum) - np.log(STATIONS.reflectance))
        weights = likelihoods / (likelihoods.sum() + nowhere)
        assert found == pytest.approx(LAW(spectrum[None])[0] + weights @ residuals, rel=1e-9)


def test_half_of_the_correction_is_left_at_the_median_distance_from_a_lonely_station():
    row = STATIONS.index("A16_S11")
    # Along one band's noise, to a distance of which half of all extractions of the place are.
    direction = np.linalg.cholesky(2.0 * KAGUYA_MI.noise_covariance())[:, 7]
    spectra = STATIONS.reflectance[row] * np.exp(
        np.array([[0.0], [np.sqrt(chi2.median(8))], [12.0]]) * direction
    )
    alone = replace(TITANIUM, references=TITANIUM.references[[row]], residuals=np.array([-2.0]))
    correction = alone.predict(spectra) - LAW(spectra)
    whole = -2.0 / (1.0 + np.exp(-chi2.median(8) / 2))
    np.testing.assert_allclose(correction, [whole, -1.0, 0.0], atol=1e-9)


def test_without_a_station_the_law_and_the_corrections_are_those_of_the_others():
    found = TITANIUM.left_out(STATIONS)
    for row in (STATIONS.index("CE6"), STATIONS.index("A17_S5")):
        others = np.arange(56) != row
        spectrum = STATIONS.reflectance[row : row + 1]
        again = replace(
            TITANIUM,
            law=TitaniumLaw.fit(STATIONS.select(others)),
            references=TITANIUM.references[others],
            residuals=TITANIUM.residuals[others],
        )
        assert found[row] == pytest.approx(again.predict(spectrum)[0], rel=1e-9)
    assert np.isfinite(found).all()


def test_a_spectrum_like_no_station_has_the_law_alone_and_shadow_has_a_number():
    spectra = STATIONS.reflectance[:3] * np.linspace(0.7, 1.4, 8)
    np.testing.assert_allclose(TITANIUM.predict(spectra), LAW(spectra), rtol=1e-12)
    assert np.isfinite(TITANIUM.predict(np.array([np.zeros(8), np.full(8, 1e4)]))).all()


def test_teacher_and_student_take_it_over_where_the_record_says_so():
    teacher = fit_teacher(STATIONS)
    follower = learn(prepare(STATIONS, teacher, 3), FORM)
    spectra = STATIONS.reflectance * np.linspace(0.98, 1.03, 8)
    expected = TITANIUM.predict(spectra)
    np.testing.assert_allclose(teacher.predict(spectra)[:, COLUMN], expected, rtol=1e-12)
    np.testing.assert_allclose(follower.predict(spectra)[:, COLUMN], expected, rtol=1e-12)
    np.testing.assert_allclose(teacher.left_out[:, COLUMN], TITANIUM.left_out(STATIONS))
    # Its network has nothing to say of TiO2, and no distance from the teacher there.
    assert not follower.from_plain[COLUMN].any() and not follower.from_whitened[COLUMN].any()
    assert follower.departure[COLUMN] == 0.0 and (follower.departure[1:] > 0.0).all()
    assert fit_titanium(STATIONS.of_oxides(("FeO", "SiO2"))) is None


def test_clementine_keeps_kernels_and_mixtures():
    stations = read_stations(instrument=CLEMENTINE_UVVIS)
    assert fit_titanium(stations) is None
    assert fit_teacher(stations).titanium is None
