"""The shipped models place unusual spectra outside of their domain."""

from __future__ import annotations

import numpy as np
import pytest

from lunar_oxide_plugin.core.models.bundled_models import BUNDLED_MODELS, bundled_model_path
from lunar_oxide_plugin.core.models.oxide_model import OxideModel
from lunar_oxide_plugin.core.sites.sample_sites import load_sites

WAVELENGTHS_NM = np.array([414, 749, 901, 950, 1001, 1049, 1248, 1548], dtype=float)
STATIONS = [site for site in load_sites() if site.reflectance is not None]


def absorption(centre_nm, width_nm, depth):
    return 1.0 - depth * np.exp(-0.5 * ((WAVELENGTHS_NM - centre_nm) / width_nm) ** 2)


def red_slope(reflectance_749, per_micrometre):
    return reflectance_749 * (1.0 + per_micrometre * (WAVELENGTHS_NM - 749.0) / 1000.0)


#: Simulated, by band positions of the minerals: olivine's triple band about 1050 nm, spinel's
#: 2000 nm band that darkens the longest wavelengths and nothing at 1000 nm, orthopyroxene at
#: 920 nm, ilmenite dark and blue (Burns 1993, Mineralogical Applications of Crystal Field
#: Theory, chapters 5 and 10; Pieters et al. 2011, doi 10.1029/2010JE003727).
SIMULATED = {
    "olivine-rich": red_slope(0.25, 0.5) * absorption(1050, 160, 0.45),
    "spinel-rich": red_slope(0.22, 0.2) * absorption(2000, 420, 0.6),
    "orthopyroxene-rich": red_slope(0.2, 0.6) * absorption(920, 80, 0.35),
    "ilmenite-rich": np.full(8, 0.05) * (1.0 + 0.05 * (WAVELENGTHS_NM - 749.0) / 800.0),
    "shadow": np.full(8, 0.004),
    "saturated": np.full(8, 32767 * 2e-5),
    "vegetation-like": np.array([0.04, 0.35, 0.45, 0.46, 0.46, 0.45, 0.42, 0.25]),
    "grey": np.full(8, 0.1),
}


@pytest.fixture(scope="module", params=BUNDLED_MODELS)
def model(request):
    return OxideModel(bundled_model_path(request.param))


@pytest.mark.parametrize("name", SIMULATED)
def test_strange_spectra_are_outside(model, name):
    prediction = model.predict(SIMULATED[name].astype(np.float32)[:, None])
    assert prediction.domain_distance[0] > 1.5
    assert np.isfinite(prediction.oxides).all()
    assert np.isfinite(prediction.sigma).all()


def test_training_stations_are_inside_even_when_extracted_anew(model):
    known = model.description.training_stations
    spectra = np.array([s.reflectance for s in STATIONS if s.station_id in known]).T
    rng = np.random.default_rng(11)
    # Two extractions of one station differ by 2-5 %, mostly in all bands alike.
    noisy = spectra * np.exp(
        0.03 * rng.standard_normal((1, spectra.shape[1]))
        + 0.005 * rng.standard_normal(spectra.shape)
    )
    assert model.predict(spectra.astype(np.float32)).domain_distance.max() < 0.05
    assert (model.predict(noisy.astype(np.float32)).domain_distance < 1.0).mean() >= 0.95


def test_sigma_grows_with_strangeness(model):
    ordinary = np.median([s.reflectance for s in STATIONS], axis=0)
    strange = SIMULATED["olivine-rich"]
    steps = np.linspace(0.0, 1.0, 5)[None] * (strange - ordinary)[:, None] + ordinary[:, None]
    prediction = model.predict(steps.astype(np.float32))
    assert (np.diff(prediction.domain_distance[1:]) > 0).all()
    relative = prediction.sigma[4]  # CaO: its sigma depends least on the abundance
    assert relative[-1] > 1.5 * relative[0]
