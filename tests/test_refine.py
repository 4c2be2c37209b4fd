"""Refinement: the wire-level editor, the correction, its verdicts, and Chang'e-6."""

from __future__ import annotations

import contextlib
import csv
import json
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from onnx import TensorProto, helper, numpy_helper
from qgis.core import QgsProcessingException, QgsProcessingFeedback

from lunar_oxide_plugin.core.chemistry.oxides import OXIDE_NAMES
from lunar_oxide_plugin.core.errors import ModelError
from lunar_oxide_plugin.core.models.model_library import find_model
from lunar_oxide_plugin.core.models.onnx_edit import GraphEditor
from lunar_oxide_plugin.core.models.oxide_model import OxideModel
from lunar_oxide_plugin.core.models.protobuf_wire import (
    bytes_field,
    join,
    number_field,
    read_varint,
    split,
    varint,
)
from lunar_oxide_plugin.core.paths import RESOURCES
from lunar_oxide_plugin.core.progress import SilentProgress
from lunar_oxide_plugin.core.refine.correction import (
    REACHES,
    at_stations_without_their_pin,
    fit,
    kernel,
)
from lunar_oxide_plugin.core.refine.model_refinement import RefineRequest, refine_model
from lunar_oxide_plugin.core.refine.verdict import BETTER, UNTESTABLE
from lunar_oxide_plugin.core.sites.sample_sites import REFLECTANCE_COLUMNS, load_sites
from tests.models import WEIGHTS, description, write_foreign_model, write_linear_model
from tests.requests import raster as raster_input

STATIONS = RESOURCES / "demo" / "stations_all_missions.tif"
PARENT = find_model("kaguya_mi_before_ce6").path
SITES = tuple(load_sites())
BY_ID = {site.station_id: site for site in SITES}


# --- wire level --------------------------------------------------------------------------


@given(st.integers(0, 2**63 - 1))
def test_varints_survive(number):
    assert read_varint(varint(number), 0) == (number, len(varint(number)))


@given(st.lists(st.tuples(st.integers(1, 3000), st.integers(0, 2**40) | st.binary(max_size=300))))
def test_messages_survive_being_taken_apart(parts):
    message = b"".join(
        number_field(n, v) if isinstance(v, int) else bytes_field(n, v) for n, v in parts
    )
    fields = split(message)
    assert [field.number for field in fields] == [number for number, _ in parts]
    assert join(fields) == message


@given(st.binary(max_size=60))
def test_any_bytes_are_taken_apart_or_refused(content):
    with contextlib.suppress(ValueError):
        assert join(split(content)) == content


def test_an_edited_file_is_valid_to_onnx_and_otherwise_unchanged(tmp_path):
    path = write_linear_model(tmp_path / "m.onnx")
    editor = GraphEditor(path.read_bytes(), "m")
    assert (editor.inputs, editor.opset) == (("reflectance",), 17)
    assert editor.outputs == ("oxides", "sigma", "domain_distance")
    editor.rename({"oxides": "raw"})
    two = editor.add_constant("two", np.float32(2.0))
    editor.add_node("Mul", ["raw", two], "oxides")
    model = onnx.load_model_from_string(editor.content({"note": "grün", "other": "x"}))
    onnx.checker.check_model(model, full_check=True)
    before = onnx.load(str(path))
    assert [n.op_type for n in model.graph.node] == [n.op_type for n in before.graph.node] + ["Mul"]
    assert list(model.graph.initializer)[:-1] == list(before.graph.initializer)
    assert list(model.graph.output) == list(before.graph.output)
    props = {p.key: p.value for p in model.metadata_props}
    assert props["note"] == "grün"
    assert json.loads(props["lunar_oxide_model"]) == description()
    (tmp_path / "e.onnx").write_bytes(model.SerializeToString())
    x = np.full((8, 3), 0.1, dtype=np.float32)
    np.testing.assert_allclose(
        OxideModel(tmp_path / "e.onnx").predict(x).oxides,
        2 * OxideModel(path).predict(x).oxides,
        rtol=1e-6,
    )


def test_names_in_sub_graphs_are_renamed_too():
    body = helper.make_graph(
        [helper.make_node("Identity", ["oxides"], ["inner"])],
        "then",
        [],
        [helper.make_tensor_value_info("inner", TensorProto.FLOAT, None)],
    )
    graph = helper.make_graph(
        [
            helper.make_node("Identity", ["x"], ["oxides"]),
            helper.make_node("If", ["flag"], ["y"], then_branch=body, else_branch=body),
        ],
        "g",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, [1])],
        [numpy_helper.from_array(np.array(True), "flag")],
    )
    editor = GraphEditor(helper.make_model(graph).SerializeToString(), "m")
    editor.rename({"oxides": "raw"})
    model = onnx.load_model_from_string(editor.content({}))
    branch = model.graph.node[1].attribute[0].g
    assert branch.node[0].input[0] == "raw"


def test_what_is_no_model_is_refused():
    with pytest.raises(ModelError, match="not a usable ONNX model"):
        GraphEditor(b"FeO, TiO2", "text.onnx")


# --- the correction ----------------------------------------------------------------------


def a_fit(residual=2.0, reach=1.5):
    rng = np.random.default_rng(4)
    pinned = rng.normal(size=(20, 8))
    added = np.full((1, 8), 0.2)
    values = np.full((1, 6), residual)
    values[0, 4] = math.nan
    return fit(pinned, added, values, np.full((1, 6), 0.3), np.full(6, 0.3), np.full(6, 1.5), reach)


def test_the_kernel_is_one_at_home_zero_beyond_the_reach_and_positive_definite():
    rng = np.random.default_rng(3)
    points = rng.normal(size=(60, 8))
    for reach in REACHES:
        values = kernel(points, points, reach)
        np.testing.assert_allclose(np.diag(values), 1.0)
        assert np.linalg.eigvalsh(values).min() > 0
        far = points + reach / math.sqrt(8) * 1.0001
        assert np.diag(kernel(points, far, reach)).max() == 0.0
        half = points + reach / 2 / math.sqrt(8)
        np.testing.assert_allclose(np.diag(kernel(points, half, reach)), 0.5**7 * 4.5)


def test_the_correction_moves_towards_the_sample_and_no_further():
    correction = a_fit()
    at_sample = correction.at(correction.added)[:, 0]
    assert at_sample[4] == 0.0  # not measured
    moved = np.delete(at_sample, 4)
    assert (moved > 1.5).all()
    assert (moved < 2.0).all()
    assert correction.at(np.full((1, 8), 50.0)).max() == 0.0
    assert correction.presence(correction.added) == pytest.approx(1.0)
    assert np.abs(correction.at(correction.pinned)).max() < 0.4


def test_leaving_a_pin_out_in_closed_form_equals_fitting_without_it():
    rng = np.random.default_rng(5)
    pinned, added = 0.3 * rng.normal(size=(12, 8)), 0.3 * rng.normal(size=(3, 8))
    given = (rng.normal(size=(3, 6)), rng.uniform(0.2, 0.6, (3, 6)))
    rest = (rng.uniform(0.2, 0.6, 6), rng.uniform(1, 2, 6), 1.5)
    change = at_stations_without_their_pin(pinned, added, *given, *rest)
    assert np.abs(change).max() > 0.1
    for row in range(12):
        without = fit(np.delete(pinned, row, axis=0), added, *given, *rest)
        np.testing.assert_allclose(change[row], without.at(pinned[[row]])[:, 0], atol=1e-9)


def test_a_sample_without_residual_changes_nothing():
    assert np.abs(a_fit(residual=0.0).weights).max() < 1e-12


# --- Chang'e-6 ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def parent():
    """The shipped model from before Chang'e-6, which carries its held-out predictions."""
    return PARENT


@pytest.mark.parametrize("name", ["kaguya_mi", "kaguya_mi_before_ce6"])
def test_shipped_models_carry_the_held_out_predictions_behind_their_figures(name):
    measured = {site.station_id: site.oxides_wt for site in SITES}
    described = OxideModel(find_model(name).path).description
    for protocol in ("nested leave-one-out", "leave-one-mission-out"):
        entry = next(e for e in described.validation if e["protocol"] == protocol)
        assert set(entry["stations"]) == set(described.training_stations)
        for row, oxide in enumerate(OXIDE_NAMES):
            errors = [
                held_out["predicted"][oxide] - measured[station][row]
                for station, held_out in entry["stations"].items()
            ]
            rmse = math.sqrt(np.mean(np.square(errors)))
            assert rmse == pytest.approx(entry["oxides"][oxide]["rmse"], abs=2e-4)


def refine(parent, output, sites=SITES, **options):
    request = RefineRequest(str(parent), str(output), tuple(sites), SITES, **options)
    return refine_model(request, SilentProgress())


@pytest.fixture(scope="module")
def story(parent, tmp_path_factory):
    output = tmp_path_factory.mktemp("story") / "refined.onnx"
    return refine(parent, output, raster=raster_input(STATIONS), window=1)


def test_change6_shrinks_and_the_others_do_not_grow(story, parent):
    assert [item.site.station_id for item in story.added] == ["CE6"]
    measured = np.array(BY_ID["CE6"].oxides_wt)
    blind = story.samples.predicted[0] - measured
    fitted = story.refined[0] - measured
    assert (np.abs(fitted) < 0.35 * np.abs(blind)).all()
    old = story.evidence.old
    assert not story.evidence.old_is_bound
    assert (old.after <= 1.02 * old.before).all()
    assert old.n == (55,) * 6
    assert (story.evidence.rehearsal.after < story.evidence.rehearsal.before).all()
    assert story.verdicts == (UNTESTABLE,) * 6


def test_the_file_answers_as_computed_and_elsewhere_as_its_parent(story, parent):
    old, new = OxideModel(parent), OxideModel(Path(story.output))
    spectra = np.array([s.reflectance for s in SITES if s.reflectance], dtype=np.float32).T
    names = [s.station_id for s in SITES if s.reflectance]
    before, after = old.predict(spectra), new.predict(spectra)
    place = names.index("CE6")
    np.testing.assert_allclose(after.oxides[:, place], story.refined[0], atol=2e-3)
    np.testing.assert_allclose(after.sigma[:, place], story.refined_sigma[0], rtol=1e-3)
    assert (after.sigma >= before.sigma * (1 - 1e-6)).all()
    assert after.domain_distance[place] < 0.05 < before.domain_distance[place]
    assert (after.domain_distance <= before.domain_distance).all()
    highland = spectra[:, [names.index("A16_LM")]] * 1.1
    change = new.predict(highland).oxides - old.predict(highland).oxides
    assert np.abs(change).max() < 1e-3
    far = spectra[::-1, [place]] * 3
    np.testing.assert_array_equal(new.predict(far).oxides, old.predict(far).oxides)


def test_the_file_is_valid_and_tells_its_lineage(story, parent):
    model = onnx.load(story.output)
    onnx.checker.check_model(model, full_check=True)
    refined = OxideModel(Path(story.output)).description
    lineage = refined.document["lineage"]
    assert lineage["parent"]["sha256"] == OxideModel(parent).identity.sha256
    assert [site["id"] for site in lineage["sites"]] == ["CE6"]
    assert lineage["sites"][0]["oxides"]["FeO"] == 17.2
    assert set(lineage["verdict"].values()) == {UNTESTABLE}
    assert refined.training_stations[-1] == "CE6"
    assert len(refined.training_stations) == 56
    assert all("leave" not in entry["protocol"] for entry in refined.validation)
    assert any("fitted" in entry["protocol"] for entry in refined.validation)


def test_a_refined_model_has_seen_its_samples_and_can_be_refined_again(story, tmp_path):
    with pytest.raises(Exception, match="No site is left"):
        refine(story.output, tmp_path / "again.onnx")
    new = replace(
        BY_ID["CE6"],
        station_id="CE7",
        latitude_deg=-88.8,
        reflectance=tuple(1.02 * r for r in BY_ID["CE6"].reflectance),
    )
    second = refine(story.output, tmp_path / "second.onnx", [new])
    lineage = second.description["lineage"]
    assert lineage["parent"]["lineage"]["sites"][0]["id"] == "CE6"
    onnx.checker.check_model(onnx.load(second.output), full_check=True)
    # Chang'e-6 is pinned now, so its correction is kept.
    spectrum = np.array([BY_ID["CE6"].reflectance], dtype=np.float32).T
    change = (
        OxideModel(Path(second.output)).predict(spectrum).oxides
        - OxideModel(Path(story.output)).predict(spectrum).oxides
    )
    assert np.abs(change).max() < 0.5


def test_without_held_out_predictions_sigma_bounds_the_harm(tmp_path):
    document = dict(OxideModel(PARENT).description.document)
    document["validation"] = []
    bare = tmp_path / "bare.onnx"
    bare.write_bytes(
        GraphEditor(PARENT.read_bytes(), "p").content({"lunar_oxide_model": json.dumps(document)})
    )
    result = refine(bare, tmp_path / "out.onnx")
    assert result.evidence.old_is_bound
    assert result.evidence.rehearsal is None
    assert (result.evidence.old.after >= result.evidence.old.before).all()


# --- verdicts -----------------------------------------------------------------------------


def near_change6(parent, error, count=8, noise=0.0):
    """Samples at spectra near Chang'e-6's, whose soil differs from the prediction by `error`."""
    rng = np.random.default_rng(8)
    base = np.array(BY_ID["CE6"].reflectance)
    sites = []
    for number in range(count):
        spectrum = base * (1 + 0.01 * rng.normal()) * (1 + 0.002 * rng.normal(size=8))
        answer = OxideModel(parent).predict(spectrum.astype(np.float32)[:, None]).oxides[:, 0]
        oxides = answer + np.array(error) + noise * rng.normal(size=6)
        sites.append(
            replace(
                BY_ID["CE6"],
                station_id=f"new {number}",
                latitude_deg=-40.0 - number,
                oxides_wt=tuple(float(v) for v in oxides),
                reflectance=tuple(float(v) for v in spectrum),
            )
        )
    return sites


def test_a_common_error_is_learned_and_called_better(parent, tmp_path):
    sites = near_change6(parent, (-1.5, 0.0, 1.5, -1.0, 0.8, 1.5), noise=0.2)
    result = refine(parent, tmp_path / "o.onnx", sites)
    verdicts = dict(zip(OXIDE_NAMES, result.verdicts))
    assert all(verdicts[name] == BETTER for name in ("TiO2", "Al2O3", "MgO", "CaO", "SiO2"))
    assert verdicts["FeO"] != BETTER
    new = result.evidence.new
    assert new.after[0] < 0.5 * new.before[0]


def test_noise_is_not_called_better(parent, tmp_path):
    result = refine(parent, tmp_path / "o.onnx", near_change6(parent, (0,) * 6, noise=0.8))
    assert BETTER not in result.verdicts
    assert "Better by cross-validation: for no oxide" in result.description["summary"]


def test_samples_of_one_place_are_left_out_together(parent, tmp_path):
    sites = [replace(s, latitude_deg=-41.0) for s in near_change6(parent, (-1.5,) * 6, noise=0.2)]
    result = refine(parent, tmp_path / "o.onnx", sites)
    assert result.evidence.new_places == 1
    assert result.verdicts == (UNTESTABLE,) * 6


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda o: (*o[:2], o[5], *o[3:5], o[2]), "Al2O3 and SiO2 are exchanged"),
        (lambda o: BY_ID["A16_LM"].oxides_wt, "looks like a wrong sample"),
        (lambda o: tuple(v * 0.7 for v in o), "add up to"),
    ],
)
def test_a_wrong_sample_is_warned_of(parent, tmp_path, change, message):
    site = near_change6(parent, (0,) * 6, count=1)[0]
    good = refine(parent, tmp_path / "good.onnx", [site])
    assert good.doubts == ()
    wrong = replace(site, oxides_wt=change(site.oxides_wt))
    result = refine(parent, tmp_path / "wrong.onnx", [wrong])
    assert any(message in doubt.text and doubt.looks_wrong for doubt in result.doubts)


# --- as users run it ----------------------------------------------------------------------


def test_processing_refines_reports_and_the_file_predicts(run, tmp_path):
    feedback = QgsProcessingFeedback()
    results = run(
        "refinemodel",
        feedback,
        MODEL="kaguya_mi_before_ce6",
        INPUT=str(STATIONS),
        WINDOW=1,
        OUTPUT=str(tmp_path / "refined.onnx"),
        REPORT=str(tmp_path / "report.html"),
    )
    assert results["N_ADDED"] == 1
    assert "cannot be told" in results["VERDICT"]
    assert "left out, the model was trained on it: " in feedback.textLog()
    report = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "fitted, not validated" in report
    assert "CE6" in report
    assert "<script" not in report
    assert {p.name for p in tmp_path.iterdir()} == {"refined.onnx", "report.html"}
    predicted = run(
        "predictoxides",
        INPUT=str(STATIONS),
        MODEL_FILE=results["OUTPUT"],
        OUTPUT=str(tmp_path / "oxides.tif"),
    )
    assert predicted["VALID_PIXELS"] > 0


def test_samples_of_a_table_bring_their_own_spectra(run, tmp_path):
    path = tmp_path / "mine.csv"
    site = BY_ID["CE6"]
    with open(path, "w", newline="", encoding="utf-8") as handle:
        writer = csv.writer(handle)
        writer.writerow(["sample_id", "lat", "lon", "FeO", "TiO2", *REFLECTANCE_COLUMNS])
        writer.writerow(["mine", -41.6, -153.9, 17.2, 2.7, *site.reflectance])
    output = tmp_path / "refined.onnx"
    results = run("refinemodel", MODEL="kaguya_mi_before_ce6", SITES=str(path), OUTPUT=str(output))
    assert results["N_ADDED"] == 1
    entry = OxideModel(output).description.document["lineage"]["sites"][0]
    assert entry["id"] == "mine"
    assert entry["oxides"]["Al2O3"] is None
    assert entry["reflectance"] == pytest.approx(site.reflectance, abs=1e-6)


@pytest.mark.parametrize(
    ("case", "message"),
    [
        ("foreign", "does not describe itself"),
        ("name", "ends in .onnx"),
        ("seen", "No site is left to refine with"),
        ("folder", "does not exist"),
        ("parent", "is an input"),
    ],
)
def test_bad_input_is_one_sentence_and_leaves_nothing(run, tmp_path, case, message):
    parameters = {"MODEL": "kaguya_mi_before_ce6", "OUTPUT": str(tmp_path / "o.onnx")}
    if case == "foreign":
        parameters["MODEL_FILE"] = str(write_foreign_model(tmp_path / "m.onnx", 2))
    elif case == "name":
        parameters["OUTPUT"] = str(tmp_path / "o.bin")
    elif case == "seen":
        parameters["MODEL"] = "kaguya_mi"
    elif case == "folder":
        parameters["OUTPUT"] = str(tmp_path / "none" / "o.onnx")
    else:
        path = write_linear_model(tmp_path / "m.onnx")
        parameters.update(MODEL_FILE=str(path), OUTPUT=str(path))
    before = {p.name for p in tmp_path.iterdir()}
    with pytest.raises(QgsProcessingException, match=message) as caught:
        run("refinemodel", **parameters)
    assert len(str(caught.value).strip().splitlines()) == 1
    assert {p.name for p in tmp_path.iterdir()} - {"none"} == before


def test_cancel_leaves_nothing(run, tmp_path):
    feedback = QgsProcessingFeedback()
    feedback.cancel()
    output = str(tmp_path / "o.onnx")
    assert run("refinemodel", feedback, MODEL="kaguya_mi_before_ce6", OUTPUT=output) == {}
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("rank", [2, 3])
def test_described_models_of_other_layouts_can_be_refined(tmp_path, rank):
    document = description(
        sigma={"available": False}, domain={"available": False}, training={}, validation=[]
    )
    source = onnx.load(str(write_foreign_model(tmp_path / "f.onnx", rank)))
    for node in source.graph.node:
        node.output[:] = ["oxides" if name == "y" else name for name in node.output]
    source.graph.output[0].name = "oxides"
    entry = source.metadata_props.add()
    entry.key, entry.value = "lunar_oxide_model", json.dumps(document)
    path = tmp_path / "described.onnx"
    path.write_bytes(source.SerializeToString())
    result = refine(path, tmp_path / "o.onnx", [BY_ID["CE6"]])
    assert not result.stations_known
    onnx.checker.check_model(onnx.load(result.output), full_check=True)
    spectrum = np.array([BY_ID["CE6"].reflectance], dtype=np.float32).T
    model = OxideModel(Path(result.output))
    np.testing.assert_allclose(model.predict(spectrum).oxides[:, 0], result.refined[0], atol=2e-3)
    assert WEIGHTS.shape == (6, 8)
    assert not model.description.has_sigma
