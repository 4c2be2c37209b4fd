"""Two uncertainties, at a new place and near sampled geology: in models, maps and their readers."""

from __future__ import annotations

import json

import numpy as np
import pytest
import rasterio

from lunar_oxide_plugin.core.chemistry.layout import (
    LARGEST,
    PredictionLayout,
    SigmaKind,
    Uncertainty,
)
from lunar_oxide_plugin.core.chemistry.new_place import NewPlaceSkill, skill_tag, skills_of_tag
from lunar_oxide_plugin.core.chemistry.oxides import FEO, MGO, OXIDES
from lunar_oxide_plugin.core.errors import ModelError
from lunar_oxide_plugin.core.models.model_description import ModelDescription
from lunar_oxide_plugin.core.models.oxide_model import OxideModel
from lunar_oxide_plugin.core.prediction.plan import plan_prediction, predict_raster
from lunar_oxide_plugin.core.progress import SilentProgress
from lunar_oxide_plugin.core.rasters.prediction_bands import find_bands
from tests.models import (
    BUNDLED,
    NEW_PLACE,
    SKILL,
    description,
    write_linear_model,
    write_part_of_bundled,
    write_two_sigmas,
)
from tests.models import OXIDES as NAMES
from tests.requests import prediction as request

NEAR, NEW, STATED = SigmaKind.NEAR_SAMPLES, SigmaKind.NEW_PLACE, SigmaKind.AS_STATED
SCENE = BUNDLED.parent.parent / "demo" / "taurus_littrow_interpolated_between_stations.tif"


def spectra(count=37):
    rng = np.random.default_rng(3)
    low, high = np.array([[0.04], [0.09]]) * np.linspace(1.0, 2.3, 8)
    return rng.uniform(low[:, None], high[:, None], (8, count)).astype("f4")


# --- layout ----------------------------------------------------------------------------


def test_rows_and_bands_of_both_kinds():
    layout = PredictionLayout((FEO, MGO), (NEW, NEAR), has_domain=True)
    assert layout.descriptions == (
        "FeO (wt%)", "MgO (wt%)",
        "FeO sigma new place (wt%)", "MgO sigma new place (wt%)",
        "FeO sigma near samples (wt%)", "MgO sigma near samples (wt%)",
        "domain distance", "quality",
    )  # fmt: skip
    assert (layout.sigma_kind, layout.sigma_rows) == (NEW, slice(2, 4))
    assert layout.rows_of(NEAR) == slice(4, 6)
    assert layout.rows_of(STATED) is None
    assert (layout.domain_row, layout.quality_row, layout.count) == (6, 7, 8)
    assert layout.units == ("wt%",) * 6 + ("", "")
    assert LARGEST.count == 20
    with pytest.raises(ValueError, match="each kind"):
        PredictionLayout((FEO,), (NEW, NEW), has_domain=False)


@pytest.mark.parametrize(
    ("wanted", "given", "chosen"),
    [
        (Uncertainty.NEW_PLACE, (NEW, NEAR), (NEW,)),
        (Uncertainty.NEAR_SAMPLES, (NEW, NEAR), (NEAR,)),
        (Uncertainty.BOTH, (NEW, NEAR), (NEW, NEAR)),
        (Uncertainty.NEW_PLACE, (NEAR,), (NEAR,)),
        (Uncertainty.BOTH, (STATED,), (STATED,)),
        (Uncertainty.NEAR_SAMPLES, (NEW,), (NEW,)),
        (Uncertainty.BOTH, (), ()),
    ],
)
def test_what_is_computed_of_what_a_model_gives(wanted, given, chosen):
    assert wanted.chosen_of(given) == chosen


def test_bands_of_old_and_new_maps_are_found_in_any_order():
    old = find_bands(["quality", "FeO sigma (wt%)", "FeO (wt%)", "CaO (wt%)"], "old.tif")
    assert (old.sigma_kind, old.sigma) == (NEAR, {"FeO": 2})
    layout = PredictionLayout((FEO, MGO), (NEW, NEAR), has_domain=True)
    names = list(reversed(layout.descriptions))
    new = find_bands(names, "new.tif")
    assert new.sigma_kind is NEW
    assert {k: [names[b - 1] for b in v.values()] for k, v in new.sigmas.items()} == {
        NEW: ["FeO sigma new place (wt%)", "MgO sigma new place (wt%)"],
        NEAR: ["FeO sigma near samples (wt%)", "MgO sigma near samples (wt%)"],
    }
    bare = find_bands(["FeO (wt%)"], "bare.tif")
    assert (bare.sigma_kind, bare.sigma) == (None, {})


def test_skills_survive_their_tag():
    skills = {name: NewPlaceSkill(*values, values[0] > values[1]) for name, values in SKILL.items()}
    assert skills_of_tag(skill_tag(skills)) == skills
    assert (
        skills_of_tag("") == skills_of_tag("Xx half-width 1, soils 2; FeO half-width .., x") == {}
    )


# --- description ------------------------------------------------------------------------


def test_a_model_says_what_it_gives_and_where_it_tells_little(tmp_path):
    model = OxideModel(write_two_sigmas(tmp_path / "two.onnx"))
    described = model.description
    assert described.sigmas == (NEW, NEAR)
    assert [oxide.name for oxide in described.tells_little] == ["MgO", "SiO2"]
    assert described.new_place["FeO"] == NewPlaceSkill(2.8, 8.1, False)
    assert model.outputs.sigmas == described.outputs.sigmas == (NEW,)


@pytest.mark.parametrize(
    ("sigma", "kind"),
    [
        ({"available": True, "method": "conformal: residuals of stations left out"}, NEAR),
        ({"available": True, "calibration": "nested leave-one-out"}, NEAR),
        ({"available": True, "method": "constant"}, STATED),
        ({"available": True}, STATED),
    ],
)
def test_the_kind_of_an_older_sigma_is_what_its_file_says(sigma, kind):
    found = ModelDescription.from_json(json.dumps(description(sigma=sigma)), "m.onnx")
    assert found.sigmas == (kind,)
    assert found.new_place == {}


@pytest.mark.parametrize(
    "skill",
    [
        {"half_width": 1.0, "soil_half_range": 2.0},
        {"half_width": -1.0, "soil_half_range": 2.0, "tells_little": False},
        {"half_width": 1.0, "soil_half_range": "2", "tells_little": False},
        {"half_width": 1.0, "soil_half_range": 2.0, "tells_little": "no"},
        "wide",
    ],
)
def test_a_damaged_skill_is_refused(skill):
    document = description()
    document["outputs"][2]["new_place"] = skill
    with pytest.raises(ModelError, match="damaged description"):
        ModelDescription.from_json(json.dumps(document), "m.onnx")


# --- session ----------------------------------------------------------------------------


@pytest.mark.parametrize("oxides", [NAMES, ("SiO2", "TiO2", "MgO")])
@pytest.mark.parametrize("wanted", list(Uncertainty))
def test_values_of_each_kind(tmp_path, oxides, wanted):
    part = write_part_of_bundled(tmp_path / "part.onnx", oxides)
    two = write_two_sigmas(tmp_path / "two.onnx", part)
    sample = spectra(4001)  # whole chunks, and a rest
    before = OxideModel(part, uncertainty=Uncertainty.NEAR_SAMPLES).predict(sample)
    model = OxideModel(two, uncertainty=wanted)
    answer = model.predict(sample)
    np.testing.assert_array_equal(answer.oxides, before.oxides)
    np.testing.assert_array_equal(answer.domain_distance, before.domain_distance)
    rows = [NAMES.index(oxide.name) for oxide in model.outputs.oxides]
    wider = before.sigma * NEW_PLACE[rows, :1] + NEW_PLACE[rows, 1:]
    expected = {NEW: wider, NEAR: before.sigma}
    assert set(model.outputs.sigmas) <= set(expected)
    for kind in expected:
        found = answer.sigma_of(kind, model.outputs)
        assert (found is None) == (kind not in model.outputs.sigmas)
        if found is not None:
            np.testing.assert_allclose(found, expected[kind], rtol=1e-6)
    np.testing.assert_allclose(answer.sigma, expected[model.outputs.sigmas[0]], rtol=1e-6)


def test_only_what_is_asked_for_is_computed(tmp_path):
    two = write_two_sigmas(tmp_path / "two.onnx")
    counts = {}
    for wanted in Uncertainty:
        session = OxideModel(two, uncertainty=wanted)._session
        counts[wanted] = [output.name for output in session.get_outputs()]
    assert counts == {
        Uncertainty.NEW_PLACE: ["oxides", "sigma_new_place", "domain_distance"],
        Uncertainty.NEAR_SAMPLES: ["oxides", "sigma", "domain_distance"],
        Uncertainty.BOTH: ["oxides", "sigma", "sigma_new_place", "domain_distance"],
    }


def test_a_model_with_new_places_alone_runs(tmp_path):
    model = OxideModel(write_two_sigmas(tmp_path / "new.onnx", near=False))
    assert model.description.sigmas == model.outputs.sigmas == (NEW,)


def test_an_output_that_is_only_described_is_refused(tmp_path):
    document = description(sigma_new_place={"available": True})
    with pytest.raises(ModelError, match=r"describes the output\(s\) sigma_new_place but"):
        OxideModel(write_linear_model(tmp_path / "m.onnx", document))


# --- maps -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    return write_two_sigmas(tmp_path_factory.mktemp("two") / "two.onnx")


@pytest.fixture(scope="module")
def maps(two, tmp_path_factory):
    folder = tmp_path_factory.mktemp("maps")
    found = {}
    for wanted in Uncertainty:
        path = folder / f"{wanted.value.replace(' ', '_')}.tif"
        predict_raster(request(SCENE, path, two, uncertainty=wanted), SilentProgress())
        found[wanted] = path
    return found


def read(path):
    with rasterio.open(path) as dataset:
        return dict(zip(dataset.descriptions, dataset.read())), dataset.tags()


def test_maps_carry_what_was_asked_for(maps):
    both, tags = read(maps[Uncertainty.BOTH])
    assert list(both) == list(LARGEST.descriptions)
    assert tags["LUNAR_OXIDE_SIGMA_KINDS"] == "new place, near samples"
    skills = skills_of_tag(tags["LUNAR_OXIDE_NEW_PLACE"])
    assert [name for name, skill in skills.items() if skill.tells_little] == ["MgO", "SiO2"]
    for wanted in (Uncertainty.NEW_PLACE, Uncertainty.NEAR_SAMPLES):
        bands, tags = read(maps[wanted])
        assert len(bands) == 14
        assert tags["LUNAR_OXIDE_SIGMA_KINDS"] == wanted.value
        for name in bands:
            if name != "quality":
                np.testing.assert_array_equal(bands[name], both[name])
    for oxide, (factor, addition) in zip(OXIDES, NEW_PLACE):
        near = both[f"{oxide.name} sigma near samples (wt%)"]
        np.testing.assert_allclose(
            both[f"{oxide.name} sigma new place (wt%)"], near * factor + addition, rtol=1e-5
        )


def test_the_wide_interval_is_marked_where_the_map_has_it(maps):
    both, _ = read(maps[Uncertainty.BOTH])
    wide = np.zeros(both["quality"].shape, dtype=bool)
    for name in ("TiO2", "FeO", "Al2O3", "CaO"):
        wide |= 1.6448536 * both[f"{name} sigma new place (wt%)"] > SKILL[name][1]
    known = np.isfinite(both["TiO2 (wt%)"])
    marked = np.nan_to_num(both["quality"]).astype(int) & 64 > 0
    np.testing.assert_array_equal(marked[known], wide[known])
    near, _ = read(maps[Uncertainty.NEAR_SAMPLES])
    assert not (np.nan_to_num(near["quality"]).astype(int) & 64).any()


class _Heard(SilentProgress):
    def __init__(self):
        self.said = []

    def warn(self, text):
        self.said.append(text)


def test_a_run_is_continued_only_with_the_same_uncertainty(two, tmp_path):
    plans = {
        wanted: json.dumps(
            plan_prediction(
                request(SCENE, tmp_path / "o.tif", two, uncertainty=wanted), SilentProgress()
            ).identity,
            sort_keys=True,
        )
        for wanted in Uncertainty
    }
    assert len(set(plans.values())) == 3


@pytest.mark.parametrize(
    ("model", "said"),
    [
        (BUNDLED, "hold near sampled geology, and are too narrow elsewhere"),
        ("linear", "as the model's author states them"),
    ],
)
def test_older_models_run_and_are_called_what_they_are(model, said, tmp_path):
    if model == "linear":
        model = write_linear_model(tmp_path / "m.onnx")
    if OxideModel(model).description.new_place:
        model = write_part_of_bundled(tmp_path / "old.onnx", NAMES)
    heard = _Heard()
    plan = plan_prediction(request(SCENE, tmp_path / "o.tif", model), heard)
    assert any(said in text for text in heard.said)
    assert plan.layout.sigma_kind in (NEAR, STATED)
