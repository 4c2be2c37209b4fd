"""Two uncertainties, at a new place and near sampled geology: in models, maps and their readers."""

from __future__ import annotations

import json

import numpy as np
import pytest
import rasterio

from lunar_oxide_plugin.algorithms.layer_metadata import tooltip_of
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
        model = write_part_of_bundled(tmp_path / "old.onnx", NAMES, new_place=False)
    heard = _Heard()
    plan = plan_prediction(request(SCENE, tmp_path / "o.tif", model), heard)
    assert any(said in text for text in heard.said)
    assert plan.layout.sigma_kind in (NEAR, STATED)


# --- layers -----------------------------------------------------------------------------


def layer_tree(algorithm, output, **parameters):
    """Nodes of a result's group, by the name of the layer."""
    from qgis.core import QgsProcessingContext, QgsProcessingFeedback, QgsProject, QgsRasterLayer

    project = QgsProject.instance()
    project.clear()
    context = QgsProcessingContext()
    context.setProject(project)
    details = QgsProcessingContext.LayerDetails("result", project, "OUTPUT")
    context.addLayerToLoadOnCompletion(str(output), details)
    algorithm(context=context, OUTPUT=str(output), **parameters)
    layer = QgsRasterLayer(str(output), "result")
    project.addMapLayer(layer)
    processor = context.layersToLoadOnCompletion()[str(output)].postProcessor()
    processor.postProcessLayer(layer, context, QgsProcessingFeedback())
    return {node.name(): node for node in project.layerTreeRoot().findLayers()}


def predicted(run, **parameters):
    from functools import partial

    return partial(run, "predictoxides", INPUT=str(SCENE), **parameters)


def test_layers_say_what_they_tell_at_a_new_place(run, two, tmp_path):
    nodes = layer_tree(predicted(run, MODEL_FILE=str(two)), tmp_path / "o.tif")
    assert list(nodes) == [
        "Quality flags",
        "TiO₂ (wt%), ±3.1 at a new place",
        "FeO (wt%), ±2.8 at a new place",
        "Al₂O₃ (wt%), ±3.4 at a new place",
        "MgO (wt%), tells little at a new place (±3.2)",
        "CaO (wt%), ±1.8 at a new place",
        "SiO₂ (wt%), tells little at a new place (±4.1)",
    ]
    checked = [name for name, node in nodes.items() if node.itemVisibilityChecked()]
    assert checked == ["Quality flags", "TiO₂ (wt%), ±3.1 at a new place"]
    layer = nodes["MgO (wt%), tells little at a new place (±3.2)"].layer()
    for text in (tooltip_of(layer).abstract(), layer.metadata().abstract()):
        assert "tells little at a new place" in text
        assert "within ±2.6 wt% of their mean" in text
        assert "calibrated on missions that were left out" in text
    assert "tells little" not in nodes["FeO (wt%), ±2.8 at a new place"].layer().customProperty(
        "lunar_oxide/summary"
    )


def test_the_first_layer_shown_is_one_that_tells_something(run, tmp_path):
    part = write_part_of_bundled(tmp_path / "part.onnx", ("SiO2", "MgO", "CaO"))
    two = write_two_sigmas(tmp_path / "two.onnx", part)
    nodes = layer_tree(predicted(run, MODEL_FILE=str(two)), tmp_path / "o.tif")
    checked = [name for name, node in nodes.items() if node.itemVisibilityChecked()]
    assert checked == ["Quality flags", "CaO (wt%), ±1.8 at a new place"]
    assert [name.split(" ")[0] for name in nodes] == ["Quality", "MgO", "CaO", "SiO₂"]


@pytest.mark.parametrize("sigma", [True, False])
def test_layers_of_an_older_model_say_that_new_places_are_not_known(run, tmp_path, sigma):
    old = write_part_of_bundled(tmp_path / "old.onnx", ("FeO", "MgO"), sigma, new_place=False)
    nodes = layer_tree(predicted(run, MODEL_FILE=str(old)), tmp_path / "o.tif")
    words = "uncertainty at a new place not known" if sigma else "uncertainty not known"
    assert list(nodes)[1:] == [f"FeO (wt%), {words}", f"MgO (wt%), {words}"]
    text = nodes[f"MgO (wt%), {words}"].layer().customProperty("lunar_oxide/summary")
    assert "at a new place is not known" in text
    assert ("At a new place it is too narrow" in text) == sigma


def test_a_wide_interval_never_hides_another_flag(run, two, tmp_path):
    nodes = layer_tree(predicted(run, MODEL_FILE=str(two)), tmp_path / "o.tif")
    node = nodes["Quality flags"]
    shader = node.layer().renderer().shader().rasterShaderFunction()
    colours = {}
    for value in (0, 2, 4, 8, 16, 32, 64, 66, 68, 72, 80, 96, 74, 127):
        ok, *rgba = shader.shade(float(value))
        assert ok
        colours[value] = tuple(rgba)
    for value in (2, 4, 8, 16, 32):
        assert colours[64 + value] == colours[value]
    assert colours[74] == colours[8] and colours[127] == colours[32]
    assert len({colours[v] for v in (0, 2, 4, 8, 16, 32, 64)}) == 7
    assert 0 < colours[64][3] < 255
    items = [item.label for item in shader.colorRampItemList()]
    order = node.customProperty("legend/node-order")
    shown = [items[int(place) - 1] for place in str(order).split(",") if int(place) > 0]
    assert shown == [
        "good", "shadow", "saturated", "unlike sampled spectra", "outside physical range",
        "implausible oxide sum", "interval wider than all soils",
    ]  # fmt: skip


# --- products ---------------------------------------------------------------------------


def test_products_propagate_and_name_the_shown_uncertainty(run, maps, tmp_path):
    from functools import partial

    found = {}
    for wanted, word in (
        (Uncertainty.BOTH, "new place"),
        (Uncertainty.NEAR_SAMPLES, "near samples"),
    ):
        output = tmp_path / f"{wanted.name}.tif"
        nodes = layer_tree(partial(run, "derivedproducts", INPUT=str(maps[wanted])), output)
        found[wanted], tags = read(output)
        assert [name for name in found[wanted] if " sigma " in name and word not in name] == []
        assert f"FeO/TiO2 sigma {word}" in found[wanted]
        assert tags["LUNAR_OXIDE_SIGMA_KINDS"] == word
        assert "Mg#, tells little at a new place (needs MgO)" in nodes
        assert "FeO/TiO2" in nodes
        assert not nodes[
            "Highland rock type, tells little at a new place (needs MgO)"
        ].itemVisibilityChecked()
        assert nodes["Basalt class"].itemVisibilityChecked()
    both, _ = read(maps[Uncertainty.BOTH])
    for wanted, values in found.items():
        word = "near samples" if wanted is Uncertainty.NEAR_SAMPLES else "new place"
        density = values[f"Grain density sigma {word} (g/cm3)"]
        expected = np.hypot(
            0.0273 * both[f"FeO sigma {word} (wt%)"], 0.011 * both[f"TiO2 sigma {word} (wt%)"]
        )
        known = np.isfinite(density)
        np.testing.assert_allclose(density[known], expected[known], rtol=1e-4)
        assert known.any()


# --- readings ---------------------------------------------------------------------------


def test_a_reading_says_where_its_intervals_hold(qgis_app, two, tmp_path):
    from lunar_oxide_plugin.core.probe.raster_probe import Probe
    from lunar_oxide_plugin.core.probe.reading import ProbeSource
    from lunar_oxide_plugin.core.probe.reading_table import columns, row
    from lunar_oxide_plugin.core.rasters.raster_input import RasterInput
    from lunar_oxide_plugin.gui.composition_table import CompositionTable

    old = write_part_of_bundled(tmp_path / "old.onnx", NAMES, new_place=False)
    table = CompositionTable()
    widths = {}
    for model, kind, header, little in (
        (two, NEW, "90 % interval\nat a new place", {"MgO", "SiO₂", "Mg#", "Sum, wt%"}),
        (old, NEAR, "90 % interval\nnear sampled geology", set()),
    ):
        with Probe(ProbeSource(RasterInput(str(SCENE)), str(model))) as probe:
            with rasterio.open(SCENE) as dataset:
                reading = probe.at(*dataset.xy(93, 131))
        assert reading.sigma_kind is kind
        assert dict(zip(columns(reading), row("here", reading)))["sigma_kind"] == kind.value
        widths[kind] = reading.sigma_wt
        table.show_reading(reading)
        assert table.horizontalHeaderItem(2).text() == header
        marked = {
            table.item(place, 0).text()[: -len(": tells little")]
            for place in range(table.rowCount())
            if table.item(place, 0).text().endswith(": tells little")
        }
        assert marked == {name.replace("Sum, wt%", "Sum") for name in little}
        for place in range(table.rowCount()):
            is_marked = table.item(place, 0).text().endswith(": tells little")
            assert table.item(place, 1).font().italic() == is_marked
    assert "tells little at a new place" in table_tip(table, two, "MgO")
    np.testing.assert_allclose(
        widths[NEW], widths[NEAR] * NEW_PLACE[:, 0] + NEW_PLACE[:, 1], rtol=1e-4
    )
    table.show_reading(None)
    assert table.horizontalHeaderItem(2).text() == "90 % interval"


def table_tip(table, model, oxide):
    """Tooltip of an oxide's name in a reading with a model."""
    from lunar_oxide_plugin.core.probe.raster_probe import Probe
    from lunar_oxide_plugin.core.probe.reading import ProbeSource
    from lunar_oxide_plugin.core.rasters.raster_input import RasterInput

    with Probe(ProbeSource(RasterInput(str(SCENE)), str(model))) as probe:
        with rasterio.open(SCENE) as dataset:
            table.show_reading(probe.at(*dataset.xy(93, 131)))
    return table.item(NAMES.index(oxide), 0).toolTip()


# --- check ------------------------------------------------------------------------------


def test_the_check_takes_the_interval_that_fits_each_site(run, maps, tmp_path):
    """Sites: a training station, and one a few kilometres from it."""
    import csv

    from lunar_oxide_plugin.core.sites.sample_sites import load_sites

    station = next(site for site in load_sites() if site.station_id == "A17_LM")
    sites = tmp_path / "sites.csv"
    lines = ["station_id,mission,latitude,longitude,position_error_m,FeO,MgO"]
    from lunar_oxide_plugin.core.moon.lunar_crs import to_lunar_lonlat

    bands, _ = read(maps[Uncertainty.BOTH])
    row, column = np.argwhere(bands["domain distance"] > 0.1)[7]  # no station's own spectrum
    with rasterio.open(SCENE) as dataset:
        x, y = dataset.xy(row, column)
        (lon,), (lat,) = to_lunar_lonlat(dataset.crs.to_wkt(), [x], [y])
    lines.append(f"A17_LM,Apollo 17,{station.latitude_deg},{station.longitude_deg},10,16,9.8")
    lines.append(f"near,somewhere,{lat},{lon},5,12,9")
    sites.write_text("\n".join(lines) + "\n")
    found = {}
    for wanted, path in maps.items():
        table, document = tmp_path / "t.csv", tmp_path / "j.json"
        report = tmp_path / "r.html"
        run("checkpredictions", INPUT=str(path), SITES=str(sites), WINDOW=1, OUTPUT="memory:",
            TABLE=str(table), JSON=str(document), REPORT=str(report))  # fmt: skip
        rows = {row["station_id"]: row for row in csv.DictReader(table.open(encoding="utf-8"))}
        found[wanted] = rows
        said = json.loads(document.read_text(encoding="utf-8"))
        assert said["schema_version"] == 3
        assert said["new_place"]["MgO"] == {
            "half_width": 3.2, "soil_half_range": 2.6, "tells_little": True,
        }  # fmt: skip
        for entry in said["sites"]:
            row = rows[entry["station_id"]]
            assert (row["sigma_kind"], row["sigma_basis"]) == (
                entry["sigma_kind"],
                entry["sigma_basis"],
            )
        page = report.read_text(encoding="utf-8")
        assert "MgO: the map tells little at a new place" in page
        assert "no interval is tested" in page
    both = found[Uncertainty.BOTH]
    assert both["A17_LM"]["sigma_kind"] == both["near"]["sigma_kind"] == "near samples"
    assert "fitted, no interval is tested" in both["A17_LM"]["sigma_basis"]
    assert "km from training station A17_" in both["near"]["sigma_basis"]
    new = found[Uncertainty.NEW_PLACE]["near"]
    assert new["sigma_kind"] == "new place"
    assert "the map has only the interval at a new place" in new["sigma_basis"]
    factor, addition = NEW_PLACE[NAMES.index("FeO")]
    near = float(both["near"]["feo_sigma_wt"])
    assert float(new["feo_sigma_wt"]) == pytest.approx(near * factor + addition, rel=1e-4)


def test_far_from_every_station_the_interval_is_that_of_a_new_place():
    from dataclasses import replace

    from lunar_oxide_plugin.core.check.sampling import NEAR_SAMPLED_M, _fitting_kind
    from lunar_oxide_plugin.core.sites.sample_sites import load_sites
    from lunar_oxide_plugin.core.sites.training_stations import Seen

    known = load_sites()
    station = next(site for site in known if site.station_id == "L24")
    degree = 30_323.0  # metres of one degree of latitude
    for metres, kind in ((0.9, NEAR), (1.1, NEW)):
        moved = station.latitude_deg + metres * NEAR_SAMPLED_M / degree
        site = replace(station, station_id="mine", latitude_deg=moved)
        found, basis = _fitting_kind(site, Seen.UNSEEN, ["L24", "A17_LM"], known)
        assert found is kind
        assert "L24" in basis
    assert _fitting_kind(station, Seen.UNKNOWN, None, known)[0] is NEW


# --- refinement -------------------------------------------------------------------------


def test_a_refined_model_carries_both_uncertainties(run, tmp_path):
    from lunar_oxide_plugin.core.sites.sample_sites import load_sites

    parent = write_two_sigmas(
        tmp_path / "parent.onnx", BUNDLED.with_name("kaguya_mi_before_ce6.onnx")
    )
    output, report = tmp_path / "refined.onnx", tmp_path / "refined.html"
    stations = BUNDLED.parent.parent / "demo" / "stations_all_missions.tif"
    result = run("refinemodel", MODEL_FILE=str(parent), INPUT=str(stations), WINDOW=1,
                 OUTPUT=str(output), REPORT=str(report))  # fmt: skip
    assert result["N_ADDED"] == 1
    before = OxideModel(parent, uncertainty=Uncertainty.BOTH)
    after = OxideModel(output, uncertainty=Uncertainty.BOTH)
    assert after.description.sigmas == (NEW, NEAR)
    sites = [site for site in load_sites() if site.reflectance]
    sample = np.array([site.reflectance for site in sites], dtype="f4").T
    old, new = before.predict(sample), after.predict(sample)
    place = [site.station_id for site in sites].index("CE6")
    document = after.description.document
    label = np.array([oxide.analysis_sigma_wt for oxide in OXIDES])
    for kind in (NEW, NEAR):
        was, now = (p.sigma_of(kind, m.outputs) for p, m in ((old, before), (new, after)))
        assert (now >= was * (1 - 1e-5)).all()
        factor = (now / was).min(axis=1)
        far = np.argmin(np.abs(now / was - factor[:, None]).max(axis=0))
        np.testing.assert_allclose(now[:, far], factor * was[:, far], rtol=1e-3)
        # At the sample itself its own uncertainty is added in quadrature.
        expected = np.hypot(factor * was[:, place], label)
        np.testing.assert_allclose(now[:, place], expected, rtol=2e-3)
        if kind is NEW:
            for row, name in enumerate(NAMES):
                skill = after.description.new_place[name]
                width, soils = SKILL[name]
                assert skill.half_width_wt == pytest.approx(width * factor[row], rel=2e-3)
                assert skill.tells_little == (skill.half_width_wt > soils)
    evidence = document["lineage"]["evidence"]
    change = evidence["mean_change_at_new_places"]
    assert all(change[name] >= 0.0 for name in NAMES)
    assert max(change.values()) > 0.0
    assert set(evidence["missions_left_out"]["rmse_before"]) == set(NAMES)
    # One sample proves nothing: every verdict is open, and the report says what is fitted.
    assert set(document["lineage"]["verdict"].values()) <= {"cannot be told", "worse"}
    page = report.read_text(encoding="utf-8")
    assert "90 % interval at a new place" in page
    assert "At places that no mission has sampled" in page


def test_stations_move_less_where_their_mission_is_pinned():
    from lunar_oxide_plugin.core.refine import verdict

    points = np.array([[0.0], [0.3], [5.0]])
    ones = np.ones((3, 1))
    stations = verdict.Stations(
        ("a", "b", "c"), ("M", "M", "N"), np.array([0.1]), points, 10 * ones, 0.5 * ones
    )
    samples = verdict.Samples(
        np.array([[0.15]]), np.array([[12.0]]), np.array([[10.0]]), np.array([[0.5]]),
        np.array([[0.1]]), (0,),
    )  # fmt: skip
    left_out = verdict.at_left_out_missions(stations, samples, np.array([1.0]), 2.0)
    pinned = verdict.correct(stations, samples, np.array([1.0]), 2.0).at(points).T
    assert left_out[0, 0] > 5 * abs(pinned[0, 0])
    assert left_out[2, 0] == 0.0
    evidence = verdict.examine(stations, samples, np.array([1.0]))
    chosen = verdict.at_left_out_missions(stations, samples, np.array([1.0]), evidence.reach)
    np.testing.assert_allclose(evidence.elsewhere, np.abs(chosen).mean(axis=0))
    assert evidence.missions is None


def test_no_improvement_is_claimed_where_training_is_not_known(run, tmp_path):
    """Without a list of training stations no sample is known to be new."""
    import onnx

    model = onnx.load(str(BUNDLED.with_name("kaguya_mi_before_ce6.onnx")))
    for entry in model.metadata_props:
        document = json.loads(entry.value)
        document["training"].pop("stations")
        entry.value = json.dumps(document)
    parent, output = tmp_path / "parent.onnx", tmp_path / "refined.onnx"
    parent.write_bytes(model.SerializeToString())
    stations = BUNDLED.parent.parent / "demo" / "stations_all_missions.tif"
    run("refinemodel", MODEL_FILE=str(parent), INPUT=str(stations), WINDOW=1, OUTPUT=str(output))
    verdicts = OxideModel(output).description.document["lineage"]["verdict"]
    assert "better" not in verdicts.values()
