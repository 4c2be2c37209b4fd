from __future__ import annotations

import json

import pytest

from lunar_oxide_plugin.algorithms.model_parameter import model_name
from lunar_oxide_plugin.core import profile
from lunar_oxide_plugin.core.errors import ModelError
from lunar_oxide_plugin.core.models.bundled_models import BUNDLED_MODELS, FIRST_BUNDLED
from lunar_oxide_plugin.core.models.model_choice import AUTOMATIC
from lunar_oxide_plugin.core.models.model_library import (
    add_model,
    check_model,
    find_model,
    model_entries,
    model_names,
    remove_model,
)
from lunar_oxide_plugin.core.rasters.prediction_bands import read_tags
from tests.models import description, write_foreign_model, write_linear_model
from tests.rasters import random_dn, write_mi_geotiff


@pytest.fixture
def library(user_profile):
    return user_profile / "models"


def test_a_file_added_can_be_chosen_and_removed(library, tmp_path):
    source = write_linear_model(tmp_path / "my model (2).onnx")
    source.with_suffix(".md").write_text("# Card", encoding="utf-8")
    added = add_model(source)
    assert (added.entry.name, added.entry.is_bundled) == ("my_model_2", False)
    assert added.description.title == "Linear test model"
    assert added.entry.path == library / "my_model_2.onnx"
    assert added.entry.path.read_bytes() == source.read_bytes()
    assert added.entry.card.read_text(encoding="utf-8") == "# Card"
    assert model_names() == (*BUNDLED_MODELS, "my_model_2")
    assert check_model(find_model("my_model_2")).identity.sha256 == added.identity.sha256
    remove_model("my_model_2")
    assert model_names() == BUNDLED_MODELS
    assert list(library.iterdir()) == []
    assert source.is_file()


def test_models_without_description_are_taken_and_say_so(library, tmp_path):
    added = add_model(write_foreign_model(tmp_path / "plain.onnx", 2))
    assert added.description.is_foreign
    assert added.description.training_stations is None


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"not a model", "not a usable ONNX model"),
        (None, "cannot be read"),
    ],
)
def test_what_is_no_model_is_refused_and_nothing_copied(library, tmp_path, content, message):
    path = tmp_path / "bad.onnx"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ModelError, match=message):
        add_model(path)
    assert not library.exists()


def test_a_model_that_lies_about_its_bands_is_refused(library, tmp_path):
    document = description()
    document["input"]["bands"] = document["input"]["bands"][:7]
    path = write_linear_model(tmp_path / "liar.onnx", json.dumps(document))
    with pytest.raises(ModelError, match="describes 7 bands but its graph takes 8"):
        add_model(path)
    assert not library.exists()


def test_names_are_never_taken_over(library, tmp_path):
    for name in ("Kaguya_MI", "mine"):
        path = write_linear_model(tmp_path / f"{name}.onnx")
        if name == "mine":
            add_model(path)
        with pytest.raises(ModelError, match="already a model named"):
            add_model(path)
    # A file put there by hand under a bundled name does not replace the bundled model.
    write_linear_model(library / "kaguya_mi.onnx")
    assert [e.is_bundled for e in model_entries() if e.name == "kaguya_mi"] == [True]


def test_a_file_called_like_the_choice_gets_another_name(library, tmp_path):
    added = add_model(write_linear_model(tmp_path / f"{AUTOMATIC}.onnx"))
    assert added.entry.name == f"{AUTOMATIC}_model"
    assert model_name(AUTOMATIC) == AUTOMATIC


def test_bundled_models_stay(library):
    with pytest.raises(ModelError, match="came with the plugin"):
        remove_model("kaguya_mi")
    with pytest.raises(ModelError, match="no model named"):
        remove_model("nobody")
    assert find_model("kaguya_mi").card.is_file()


def test_without_a_profile_there_are_the_bundled_models(tmp_path, monkeypatch):
    monkeypatch.setattr(profile, "_folder", None)
    assert model_names() == BUNDLED_MODELS
    with pytest.raises(ModelError, match="there is none"):
        add_model(write_linear_model(tmp_path / "x.onnx"))


def test_predict_offers_own_models_and_takes_the_preferred_by_itself(run, library, tmp_path):
    from dataclasses import replace

    from qgis.core import QgsApplication

    from lunar_oxide_plugin.algorithms.preferences import load_preferences, save_preferences

    add_model(write_linear_model(tmp_path / "mine.onnx"))
    before = load_preferences()
    try:
        save_preferences(replace(before, default_model="mine"))
        algorithm = QgsApplication.processingRegistry().createAlgorithmById(
            "lunaroxide:predictoxides"
        )
        parameter = algorithm.parameterDefinition("MODEL")
        # Numbers that scripts give keep their meaning: what came later stands last.
        first, later = BUNDLED_MODELS[:FIRST_BUNDLED], BUNDLED_MODELS[FIRST_BUNDLED:]
        assert parameter.options() == [*first, "mine", *later, AUTOMATIC]
        assert [model_name(number) for number in (0, "1", 2)] == [*first, "mine"]
        assert model_name("9") is None
        assert parameter.defaultValue() == AUTOMATIC
        raster = write_mi_geotiff(tmp_path / "scene.tif", random_dn(6, 5, seed=4))

        def title():
            output = tmp_path / "oxides.tif"
            run("predictoxides", INPUT=str(raster), OUTPUT=str(output))
            return read_tags(str(output))["MODEL_TITLE"]

        assert title() == "Linear test model"
        # The preferred model was removed meanwhile: back to the first.
        remove_model("mine")
        assert title() == "Kaguya MI, all stations"
    finally:
        save_preferences(before)


def test_predicting_with_an_own_model_gives_its_numbers(run, library, tmp_path):
    import numpy as np
    import rasterio

    from tests.models import expected_oxides
    from tests.rasters import reflectance

    add_model(write_linear_model(tmp_path / "mine.onnx"))
    dn = random_dn(6, 5, seed=4)
    raster = write_mi_geotiff(tmp_path / "scene.tif", dn)
    output = tmp_path / "oxides.tif"
    run("predictoxides", INPUT=str(raster), MODEL="mine", OUTPUT=str(output))
    with rasterio.open(output) as source:
        oxides = source.read(range(1, 7))
    spectra = reflectance(dn).astype(np.float32)
    expected = expected_oxides(spectra.reshape(8, -1)).reshape(6, 6, 5)
    assert np.isfinite(oxides).all()
    np.testing.assert_allclose(oxides, expected, rtol=1e-5)


def test_predictions_follow_the_preferred_threads_and_memory(run, user_profile, monkeypatch):
    from dataclasses import replace

    from lunar_oxide_plugin.algorithms.preferences import load_preferences, save_preferences
    from lunar_oxide_plugin.core.errors import Cancelled
    from lunar_oxide_plugin.core.paths import RESOURCES
    from lunar_oxide_plugin.core.prediction import plan
    from lunar_oxide_plugin.core.prediction.threads_and_memory import LEAST_MEMORY_MB

    requests = []

    def note(request, progress):
        requests.append((request.threads, request.memory_mb))
        raise Cancelled("noted")

    monkeypatch.setattr(plan, "predict_raster", note)
    scene = str(RESOURCES / "demo" / "stations_all_missions.tif")
    before = load_preferences()
    try:
        for threads, memory in ((0, 0), (3, 700), (2, 1)):
            save_preferences(replace(before, threads=threads, memory_mb=memory))
            run("predictoxides", INPUT=scene, OUTPUT="TEMPORARY_OUTPUT")
        run("predictoxides", INPUT=scene, THREADS=5, MEMORY=90, OUTPUT="TEMPORARY_OUTPUT")
    finally:
        save_preferences(before)
    assert requests == [(None, None), (3, 700), (2, LEAST_MEMORY_MB), (5, 90)]
