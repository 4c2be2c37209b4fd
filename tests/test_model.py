from __future__ import annotations

import json

import numpy as np
import pytest

from lunar_oxide_plugin.core.errors import ModelError
from lunar_oxide_plugin.core.models.bundled_models import BUNDLED_MODELS, bundled_model_path
from lunar_oxide_plugin.core.models.model_description import ModelDescription
from lunar_oxide_plugin.core.models.oxide_model import CHUNK_PIXELS, OxideModel
from tests.models import (
    OXIDES,
    description,
    expected_oxides,
    write_foreign_model,
    write_linear_model,
)


def spectra(count, seed=5, bands=8):
    rng = np.random.default_rng(seed)
    return rng.uniform(0.03, 0.2, (bands, count)).astype(np.float32)


@pytest.mark.parametrize("count", [1, 2, CHUNK_PIXELS - 1, CHUNK_PIXELS, CHUNK_PIXELS + 1, 20001])
def test_values_do_not_depend_on_how_many_pixels_come_together(tmp_path, count):
    model = OxideModel(write_linear_model(tmp_path / "m.onnx"))
    sample = spectra(count)
    answer = model.predict(sample)
    np.testing.assert_allclose(answer.oxides, expected_oxides(sample), rtol=1e-5)
    np.testing.assert_allclose(answer.sigma[:, -1], [0.1, 0.2, 0.3, 0.4, 0.5, 0.6], rtol=1e-6)
    np.testing.assert_allclose(answer.domain_distance, 10 * sample[0], rtol=1e-6)


@pytest.mark.parametrize("rank", [2, 3])
def test_foreign_layouts_give_the_same_values_without_sigma_and_domain(tmp_path, rank):
    model = OxideModel(write_foreign_model(tmp_path / "f.onnx", rank))
    sample = spectra(7)
    answer = model.predict(sample)
    np.testing.assert_allclose(answer.oxides, expected_oxides(sample), rtol=1e-5)
    assert np.isnan(answer.sigma).all()
    assert np.isnan(answer.domain_distance).all()
    assert model.description.is_foreign
    assert model.description.training_stations is None


def test_identity_and_description(tmp_path):
    model = OxideModel(write_linear_model(tmp_path / "m.onnx"))
    assert model.identity.title == "Linear test model"
    assert len(model.identity.sha256) == 64
    assert model.description.bands[3].wavelength_nm == 950
    assert model.description.training_stations == ("A17_LM", "CE5")


def test_text_file_is_no_model(tmp_path):
    path = tmp_path / "text.onnx"
    path.write_text("FeO 17 wt%")
    with pytest.raises(ModelError, match=r"^text\.onnx is not a usable ONNX model"):
        OxideModel(path)


def test_missing_file(tmp_path):
    with pytest.raises(ModelError, match="cannot be read: No such file"):
        OxideModel(tmp_path / "none.onnx")


def test_description_with_other_band_count_than_the_graph(tmp_path):
    document = description()
    document["input"]["bands"] = document["input"]["bands"][:7]
    with pytest.raises(ModelError, match="describes 7 bands but its graph takes 8"):
        OxideModel(write_linear_model(tmp_path / "m.onnx", document))


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ("not json", "damaged description"),
        ("[]", "damaged description"),
        ("{}", "damaged description"),
        (json.dumps(description(schema_version=2)), "schema 2"),
        (json.dumps(description(outputs=[])), "predicts nothing; this plugin knows TiO2, FeO"),
        ('"' + "x" * 1_100_000 + '"', "no model description"),
    ],
)
def test_damaged_descriptions_are_refused_in_one_sentence(tmp_path, document, message):
    with pytest.raises(ModelError, match=message) as caught:
        OxideModel(write_linear_model(tmp_path / "m.onnx", document))
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith("m.onnx ")


def test_an_oxide_that_stands_twice_is_refused():
    document = description()
    document["outputs"][0] = document["outputs"][1]
    with pytest.raises(ModelError, match=r"predicts FeO, FeO, .* each once"):
        ModelDescription.from_json(json.dumps(document), "m.onnx")


def test_sigma_promised_but_not_given(tmp_path):
    path = write_foreign_model(tmp_path / "f.onnx", 2)
    import onnx

    model = onnx.load(str(path))
    entry = model.metadata_props.add()
    entry.key, entry.value = "lunar_oxide_model", json.dumps(description())
    onnx.save(model, str(path))
    with pytest.raises(ModelError, match=r"output\(s\) oxides, sigma, domain_distance but"):
        OxideModel(path)


def test_six_oxides_in_order():
    assert OXIDES == ("TiO2", "FeO", "Al2O3", "MgO", "CaO", "SiO2")


@pytest.mark.parametrize("name", BUNDLED_MODELS)
def test_bundled_models_answer_alike_in_any_chunk_and_place(name):
    model = OxideModel(bundled_model_path(name))
    sample = spectra(1230, bands=len(model.description.bands))
    whole = model.predict(sample)

    def chunked(part, chunk):
        answer = model.predict(part)
        answer.oxides.fill(0.0)
        for _ in model.predict_into(part, answer, chunk):
            continue
        return answer

    for start, chunk in ((0, 16), (0, 528), (7, 1008), (1000, 4112), (1229, 16)):
        part = chunked(sample[:, start:], chunk)
        np.testing.assert_array_equal(part.oxides, whole.oxides[:, start:])
        np.testing.assert_array_equal(part.sigma, whole.sigma[:, start:])
        np.testing.assert_array_equal(part.domain_distance, whole.domain_distance[start:])
