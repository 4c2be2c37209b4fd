"""The shipped models place unusual spectra outside of their domain."""

from __future__ import annotations

import numpy as np
import pytest

from lunar_oxide_plugin.core.models.bundled_models import BUNDLED_MODELS, bundled_model_path
from lunar_oxide_plugin.core.models.oxide_model import OxideModel
from lunar_oxide_plugin.core.sites.nearest_stations import model_stations


def absorption(nm, centre_nm, width_nm, depth):
    return 1.0 - depth * np.exp(-0.5 * ((nm - centre_nm) / width_nm) ** 2)


def red_slope(nm, reflectance_749, per_micrometre):
    return reflectance_749 * (1.0 + per_micrometre * (nm - 749.0) / 1000.0)


def vegetation(nm):
    known = (414, 749, 901, 950, 1001, 1049, 1248, 1548)
    return np.interp(nm, known, (0.04, 0.35, 0.45, 0.46, 0.46, 0.45, 0.42, 0.25))


#: Simulated at wavelengths in nm, by band positions of the minerals: olivine's triple band about
#: 1050 nm, spinel's 2000 nm band that darkens the longest wavelengths and nothing at 1000 nm,
#: orthopyroxene at 920 nm, ilmenite dark and blue (Burns 1993, Mineralogical Applications of
#: Crystal Field Theory, chapters 5 and 10; Pieters et al. 2011, doi 10.1029/2010JE003727).
SIMULATED = {
    "olivine-rich": lambda nm: red_slope(nm, 0.25, 0.5) * absorption(nm, 1050, 160, 0.45),
    "spinel-rich": lambda nm: red_slope(nm, 0.22, 0.2) * absorption(nm, 2000, 420, 0.6),
    "orthopyroxene-rich": lambda nm: red_slope(nm, 0.2, 0.6) * absorption(nm, 920, 80, 0.35),
    "ilmenite-rich": lambda nm: 0.05 * (1.0 + 0.05 * (nm - 749.0) / 800.0),
    "shadow": lambda nm: np.full_like(nm, 0.004),
    "saturated": lambda nm: np.full_like(nm, 32767 * 2e-5),
    "vegetation-like": vegetation,
    "grey": lambda nm: np.full_like(nm, 0.1),
}


def simulated(name, model):
    nm = np.array([band.wavelength_nm for band in model.description.bands], dtype=float)
    return SIMULATED[name](nm)


def stations(model):
    """Spectra of the training stations, shape (bands, stations)."""
    return model_stations(model.description).space.reflectance.T


@pytest.fixture(scope="module", params=BUNDLED_MODELS)
def model(request):
    return OxideModel(bundled_model_path(request.param))


@pytest.mark.parametrize("name", SIMULATED)
def test_strange_spectra_are_outside(model, name):
    prediction = model.predict(simulated(name, model).astype(np.float32)[:, None])
    assert prediction.domain_distance[0] > 1.5
    assert np.isfinite(prediction.oxides).all()
    assert np.isfinite(prediction.sigma).all()


def test_training_stations_are_inside_even_when_extracted_anew(model):
    spectra = stations(model)
    rng = np.random.default_rng(11)
    # Two extractions of one station differ by 2-5 %, mostly in all bands alike.
    noisy = spectra * np.exp(
        0.03 * rng.standard_normal((1, spectra.shape[1]))
        + 0.005 * rng.standard_normal(spectra.shape)
    )
    assert model.predict(spectra.astype(np.float32)).domain_distance.max() < 0.05
    assert (model.predict(noisy.astype(np.float32)).domain_distance < 1.0).mean() >= 0.95


def test_sigma_grows_with_strangeness(model):
    ordinary = np.median(stations(model), axis=1)
    strange = simulated("olivine-rich", model)
    steps = np.linspace(0.0, 1.0, 5)[None] * (strange - ordinary)[:, None] + ordinary[:, None]
    prediction = model.predict(steps.astype(np.float32))
    assert (np.diff(prediction.domain_distance[1:]) > 0).all()
    # CaO: its sigma depends least on the abundance.
    names = [oxide.name for oxide in model.description.oxides]
    relative = prediction.sigma[names.index("CaO") if "CaO" in names else -1]
    assert relative[-1] > 1.5 * relative[0]
