"""Models that give some of the oxides, in any order, work in every part of the plugin.

The models select rows of the bundled model's output, so that each number is known to the last bit.
"""

from __future__ import annotations

import csv
import json
import math
import subprocess
import sys
from pathlib import Path

import jsonschema
import numpy as np
import pytest
import rasterio
from qgis.core import (
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProject,
    QgsRasterLayer,
    QgsVectorLayer,
)

from lunar_oxide_plugin.core.chemistry.layout import sigma_band
from lunar_oxide_plugin.core.chemistry.oxides import OXIDE_NAMES, OXIDES
from lunar_oxide_plugin.core.chemistry.quantities import BY_KEY, DERIVED, MG_NUMBER
from lunar_oxide_plugin.core.errors import RasterError
from lunar_oxide_plugin.core.models.oxide_model import OxideModel
from lunar_oxide_plugin.core.paths import RESOURCES
from lunar_oxide_plugin.core.probe import reading_table
from lunar_oxide_plugin.core.probe.axes import of_quantity
from lunar_oxide_plugin.core.probe.raster_probe import Probe
from lunar_oxide_plugin.core.probe.reading import ProbeSource
from lunar_oxide_plugin.core.probe.scatter import read_sample
from lunar_oxide_plugin.core.progress import SilentProgress
from lunar_oxide_plugin.core.rasters.quality import IMPLAUSIBLE_SUM
from lunar_oxide_plugin.core.rasters.raster_input import RasterInput
from tests.models import BUNDLED, write_part_of_bundled

SCENE = RESOURCES / "demo" / "taurus_littrow_interpolated_between_stations.tif"
STATIONS = RESOURCES / "demo" / "stations_all_missions.tif"
ROOT = Path(__file__).resolve().parent.parent

#: Oxides in the graph's order, sigma, domain distance.
PARTS = {
    "two": (("FeO", "TiO2"), True, True),
    "two, bare": (("FeO", "TiO2"), False, False),
    "one, no sigma": (("MgO",), False, True),
    "four, no domain": (("SiO2", "MgO", "Al2O3", "FeO"), True, False),
    "six, in another order": (("SiO2", "FeO", "CaO", "TiO2", "MgO", "Al2O3"), True, True),
}


#: The kind of sigma that the bundled models' maps show.
KIND = OxideModel(BUNDLED).description.outputs.sigma_kind


def sigma_name(oxide):
    """Description of the band of an oxide's sigma."""
    return sigma_band(next(known for known in OXIDES if known.name == oxide), KIND)


class Part:
    """A model that gives a part, and its prediction of the demo scene."""

    def __init__(self, folder, run, key):
        self.order, self.sigma, self.domain = PARTS[key]
        self.oxides = tuple(name for name in OXIDE_NAMES if name in self.order)
        self.others = tuple(name for name in OXIDE_NAMES if name not in self.order)
        self.model = write_part_of_bundled(
            folder / "part.onnx", self.order, self.sigma, self.domain
        )
        self.raster = folder / "part.tif"
        run("predictoxides", INPUT=str(SCENE), MODEL_FILE=str(self.model), OUTPUT=str(self.raster))

    @property
    def bands(self):
        """Band descriptions that its raster must have."""
        return (
            *(f"{name} (wt%)" for name in self.oxides),
            *(sigma_name(name) for name in self.oxides if self.sigma),
            *(("domain distance",) if self.domain else ()),
            "quality",
        )


@pytest.fixture(scope="module", params=PARTS)
def part(request, run, tmp_path_factory):
    return Part(tmp_path_factory.mktemp("part"), run, request.param)


@pytest.fixture(scope="module")
def whole(run, tmp_path_factory):
    """The bundled model's prediction of the scene: bands by description."""
    path = tmp_path_factory.mktemp("whole") / "whole.tif"
    run("predictoxides", INPUT=str(SCENE), OUTPUT=str(path))
    return by_description(path)


def by_description(path):
    with rasterio.open(path) as dataset:
        return dict(zip(dataset.descriptions, dataset.read()))


def mentioned(text, names):
    """Which columns or keys of a table belong to these oxides."""
    return [word for word in text for name in names if word.lower().startswith(name.lower())]


def test_the_raster_has_what_the_model_gives_under_the_right_names(part, whole):
    with rasterio.open(part.raster) as dataset:
        assert dataset.descriptions == part.bands
        units = dict(zip(dataset.descriptions, dataset.units))
        assert {units[f"{name} (wt%)"] for name in part.oxides} == {"wt%"}
        assert units["quality"] in (None, "")
    found = by_description(part.raster)
    for description in part.bands:
        if description != "quality":
            np.testing.assert_array_equal(found[description], whole[description], description)
    flags = found["quality"][np.isfinite(found["quality"])].astype(int)
    if part.others:
        assert not (flags & IMPLAUSIBLE_SUM.bit).any()
    else:
        np.testing.assert_array_equal(found["quality"], whole["quality"])


def loaded(run, algorithm, output, **parameters):
    """The group of layers that an algorithm's output becomes in a project."""
    project = QgsProject.instance()
    project.clear()
    context = QgsProcessingContext()
    context.setProject(project)
    context.addLayerToLoadOnCompletion(
        output, QgsProcessingContext.LayerDetails("out", project, "OUTPUT")
    )
    run(algorithm, context=context, OUTPUT=output, **parameters)
    layer = QgsRasterLayer(output, "out")
    project.addMapLayer(layer)
    details = context.layersToLoadOnCompletion()[output]
    details.postProcessor().postProcessLayer(layer, context, QgsProcessingFeedback())
    return {node.name(): node.layer() for node in project.layerTreeRoot().children()[0].children()}


def shown_band(layer):
    """Description of the one band that a layer shows."""
    (band,) = layer.renderer().usesBands()
    return layer.bandName(band).split(": ", 1)[1]


def test_layers_show_their_own_band(run, part, tmp_path):
    layers = loaded(
        run, "predictoxides", str(tmp_path / "o.tif"), INPUT=str(SCENE), MODEL_FILE=str(part.model)
    )
    pretty = {f"{oxide.pretty} (wt%)": f"{oxide.name} (wt%)" for oxide in OXIDES}
    bands = {name.split(",")[0]: shown_band(layer) for name, layer in layers.items()}
    assert bands.pop("Quality flags") == "quality"
    assert bands == {p: name for p, name in pretty.items() if name in part.bands}
    QgsProject.instance().clear()


def test_the_check_reports_these_oxides_only(run, part, whole, tmp_path):
    outputs = {
        "REPORT": str(tmp_path / "r.html"),
        "TABLE": str(tmp_path / "t.csv"),
        "METRICS": str(tmp_path / "m.csv"),
        "JSON": str(tmp_path / "j.json"),
    }
    results = run(
        "checkpredictions",
        INPUT=str(part.raster),
        REFLECTANCE=str(SCENE),
        WINDOW=1,
        OUTPUT=str(tmp_path / "check.gpkg"),
        **outputs,
    )
    for name in OXIDE_NAMES:
        assert (f"RMSE_{name.upper()}" in results) == (name in part.oxides)
    layer = QgsVectorLayer(results["OUTPUT"])
    names = [field.name() for field in layer.fields()]
    assert not mentioned(names, part.others)
    for feature in layer.getFeatures():
        for name in part.oxides:
            predicted = feature[f"{name.lower()}_predicted_wt"]
            assert np.isclose(whole[f"{name} (wt%)"], predicted, atol=1e-6).any()
    with open(outputs["TABLE"], newline="", encoding="utf-8") as handle:
        columns = next(csv.reader(handle))
    assert not [c for c in mentioned(columns, part.others) if "classical" not in c]
    assert len(mentioned(columns, part.oxides)) >= 6 * len(part.oxides)
    with open(outputs["METRICS"], newline="", encoding="utf-8") as handle:
        rows = list(csv.DictReader(handle))
    assert {row["oxide"] for row in rows} == set(part.oxides)
    document = json.loads(Path(outputs["JSON"]).read_text(encoding="utf-8"))
    schema = json.loads((ROOT / "docs" / "report_schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(document, schema)
    assert {site_oxides for site in document["sites"] for site_oxides in site["oxides"]} == set(
        part.oxides
    )
    report = Path(outputs["REPORT"]).read_text(encoding="utf-8")
    for oxide in OXIDES:
        assert (f"{oxide.pretty}: residuals on the Moon" in report) == (oxide.name in part.oxides)
        assert (f">{oxide.pretty}</t" in report) == (oxide.name in part.oxides)


def test_a_reading_holds_these_oxides_and_what_follows(part, whole):
    with Probe(ProbeSource(RasterInput(str(SCENE)), str(part.model))) as probe:
        with rasterio.open(SCENE) as dataset:
            x, y = dataset.xy(93, 131)
        reading = probe.at(x, y)
    assert [oxide.name for oxide in reading.oxides] == list(part.oxides)
    row, column = reading.area.row, reading.area.column
    for name, value in reading.composition_wt.items():
        assert value == pytest.approx(whole[f"{name} (wt%)"][row, column], rel=1e-6)
    assert math.isnan(reading.domain_distance) == (not part.domain)
    for quantity in DERIVED:
        assert math.isfinite(reading.value(quantity)) == quantity.is_given_by(part.oxides)
    columns = reading_table.columns(reading)
    assert len(columns) == len(reading_table.row("here", reading))
    assert not mentioned(
        columns, [*part.others, *(q.key for q in DERIVED if q.oxides[0] in part.others)]
    )
    text = reading_table.render([("here", reading)])
    assert f"{reading.composition_wt[part.oxides[-1]]:.7g}" in text


def test_readings_of_different_models_share_one_table(part):
    with rasterio.open(SCENE) as dataset:
        x, y = dataset.xy(93, 131)
    readings = []
    for model in (part.model, BUNDLED):
        with Probe(ProbeSource(RasterInput(str(SCENE)), str(model))) as probe:
            readings.append((Path(model).stem, probe.at(x, y)))
    rows = list(csv.DictReader(reading_table.render(readings).splitlines()))
    for name in OXIDE_NAMES:
        first, second = (row[f"{name.lower()}_wt"] for row in rows)
        assert first == (second if name in part.oxides else "")


def test_quantities_of_a_scatter_need_their_oxides(part, whole):
    first = BY_KEY[part.oxides[0].lower()]
    raster = RasterInput(str(part.raster))
    for quantity in (*DERIVED, *(BY_KEY[name.lower()] for name in OXIDE_NAMES)):
        if not quantity.is_given_by(part.oxides):
            with pytest.raises(RasterError, match=r"part.tif has no .*choose another quantity"):
                read_sample(raster, of_quantity(first), of_quantity(quantity), SilentProgress())
            continue
        sample = read_sample(raster, of_quantity(first), of_quantity(quantity), SilentProgress())
        np.testing.assert_array_equal(sample.x, whole[f"{part.oxides[0]} (wt%)"])
        assert sample.count > 0


def test_products_are_those_whose_oxides_are_there(run, part, whole, tmp_path):
    output = str(tmp_path / "products.tif")
    wanted = [quantity for quantity in DERIVED if quantity.is_given_by(part.oxides)]
    if not wanted:
        with pytest.raises(QgsProcessingException, match="from which no product follows"):
            run("derivedproducts", INPUT=str(part.raster), OUTPUT=output)
        assert list(tmp_path.iterdir()) == []
        return
    layers = loaded(run, "derivedproducts", output, INPUT=str(part.raster))
    found = by_description(output)
    for quantity in wanted:
        title = quantity.with_unit(quantity.title)
        value, sigma = quantity.evaluate(
            {name: whole[f"{name} (wt%)"] for name in part.oxides},
            {name: whole[sigma_name(name)] for name in part.oxides} if part.sigma else None,
        )
        np.testing.assert_allclose(found[title], value, rtol=1e-6, equal_nan=True)
        uncertainty = quantity.with_unit(f"{quantity.title} sigma {KIND.value}")
        assert (uncertainty in found) == part.sigma
        if part.sigma:
            np.testing.assert_allclose(found[uncertainty], sigma, rtol=1e-6, equal_nan=True)
        # Where an oxide tells little at a new place, the layer's name goes on to say so.
        named = [name for name in layers if name == title or name.startswith(f"{title}, ")]
        assert [shown_band(layers[name]) for name in named] == [title]
    rules = {
        "Basalt class": ("FeO", "TiO2", "Al2O3"),
        "Highland rock type": ("FeO", "Al2O3", "MgO"),
    }
    for title, needs in rules.items():
        assert (title in found) == (set(needs) <= set(part.oxides))
        assert (f"{title} probability" in found) == (title in found and part.sigma)
    assert len(layers) == len([d for d in found if "sigma" not in d and "probability" not in d])
    QgsProject.instance().clear()


def test_an_explanation_tells_of_these_oxides_only(run, part, tmp_path):
    results = run(
        "explainprediction",
        INPUT=str(SCENE),
        MODEL_FILE=str(part.model),
        MAX_SAMPLES=9,
        OUTPUT=str(tmp_path / "points.gpkg"),
        REPORT=str(tmp_path / "page.html"),
        ATTRIBUTIONS=str(tmp_path / "why.tif"),
    )
    layer = QgsVectorLayer(results["OUTPUT"])
    names = [field.name() for field in layer.fields()]
    assert not mentioned(names, part.others)
    bands = OxideModel(part.model).description.bands
    for feature in layer.getFeatures():
        for name in part.oxides:
            key = name.lower()
            shares = [feature[n] for n in names if n.startswith(f"{key}_from_")]
            assert len(shares) == len(bands)
            difference = feature[f"{key}_predicted_wt"] - feature[f"{key}_reference_wt"]
            rest = feature[f"{key}_not_explained_wt"]
            assert sum(shares) + rest == pytest.approx(difference, abs=1e-3)
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    for oxide in OXIDES:
        assert (f"{oxide.pretty}: attribution by band" in page) == (oxide.name in part.oxides)


def test_a_comparison_finds_the_band_or_says_that_it_is_missing(run, part, tmp_path):
    reference = tmp_path / "feo.tif"
    with rasterio.open(SCENE) as dataset:
        profile = {**dataset.profile, "count": 1, "dtype": "float32", "nodata": None}
    with rasterio.open(reference, "w", **profile) as dataset:
        dataset.write(np.full((1, profile["height"], profile["width"]), 12.5, dtype="f4"))
        dataset.descriptions = ("FeO (wt%)",)
    parameters = {
        "PREDICTION": str(part.raster),
        "REFERENCE": str(reference),
        "OXIDE": 1,
        "OUTPUT": str(tmp_path / "difference.tif"),
    }
    if "FeO" not in part.oxides:
        with pytest.raises(QgsProcessingException, match="FeO"):
            run("comparerasters", **parameters)
        return
    run("comparerasters", **parameters)
    difference = next(iter(by_description(parameters["OUTPUT"]).values()))
    feo = by_description(part.raster)["FeO (wt%)"]
    expected = np.nanmean(feo) - 12.5
    assert np.nanmean(difference) == pytest.approx(expected, abs=0.2)


def test_a_refinement_keeps_the_order_and_corrects_the_right_oxide(run, part, tmp_path):
    parent, output = tmp_path / "parent.onnx", tmp_path / "refined.onnx"
    whole = BUNDLED.with_name("kaguya_mi_before_ce6.onnx")
    write_part_of_bundled(parent, part.order, part.sigma, part.domain, whole)
    # The reference is the whole model, refined with the same sample.
    reference = tmp_path / "whole.onnx"
    for model, target in ((parent, output), (whole, reference)):
        results = run(
            "refinemodel",
            MODEL_FILE=str(model),
            INPUT=str(STATIONS),
            WINDOW=1,
            OUTPUT=str(target),
            REPORT=str(target.with_suffix(".html")),
        )
        assert results["N_ADDED"] == 1
    refined = OxideModel(output)
    assert refined.description.graph_oxides == part.order
    lineage = refined.description.document["lineage"]
    assert list(lineage["verdict"]) == list(lineage["sites"][0]["oxides"]) == list(part.oxides)
    spectra = np.array([lineage["sites"][0]["reflectance"]], dtype="f4").T * np.float32([1, 1.03])
    rows = [OXIDE_NAMES.index(name) for name in part.oxides]
    answer, expected = refined.predict(spectra), OxideModel(reference).predict(spectra)
    change = expected.oxides - OxideModel(whole).predict(spectra).oxides
    assert np.abs(change[rows, 0]).max() > 0.1
    # The reach is chosen by all oxides together, so that a part may be corrected farther out.
    np.testing.assert_allclose(answer.oxides[:, 0], expected.oxides[rows, 0], atol=0.1)
    if part.sigma:
        assert np.isfinite(answer.sigma).all()
    page = output.with_suffix(".html").read_text(encoding="utf-8")
    for oxide in OXIDES:
        assert (f">{oxide.pretty}</t" in page) == (oxide.name in part.oxides)


def test_the_card_and_the_command_line_name_these_oxides(run, part, tmp_path):
    results = run("describemodel", MODEL_FILE=str(part.model), OUTPUT=str(tmp_path / "card.html"))
    card = (tmp_path / "card.html").read_text(encoding="utf-8")
    head = ", ".join(part.oxides) + " (wt%)"
    assert head in card
    assert results
    answer = subprocess.run(
        [sys.executable, "-m", "lunar_oxide_plugin", "predict", str(SCENE),
         str(tmp_path / "cli.tif"), "--model", str(part.model), "--json"],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    result = json.loads(answer.stdout)
    assert result["model"] == "Part of the bundled model"
    assert result["outside_domain"] == (0 if part.domain else None)
    with rasterio.open(tmp_path / "cli.tif") as dataset, rasterio.open(part.raster) as other:
        assert dataset.descriptions == other.descriptions
        np.testing.assert_array_equal(dataset.read(), other.read())


def test_layout_of_the_bundled_models_is_as_it_was():
    layout = OxideModel(BUNDLED).description.outputs
    assert layout.count == 14
    wanted = ("TiO2 (wt%)", sigma_name("SiO2"), "quality")
    assert [layout.band(description) for description in wanted] == [1, 12, 14]
    assert MG_NUMBER.display_max == 80.0


# --- in the window ---------------------------------------------------------------------


def test_the_table_of_a_reading_has_rows_for_what_the_model_gives(qgis_app, part):
    from lunar_oxide_plugin.gui.composition_table import CompositionTable

    table = CompositionTable()
    with Probe(ProbeSource(RasterInput(str(SCENE)), str(part.model))) as probe:
        with rasterio.open(SCENE) as dataset:
            reading = probe.at(*dataset.xy(93, 131))
    for _ in range(2):  # from the names of all oxides, and from an earlier reading
        table.show_reading(reading)
        rows = [
            [table.item(row, column).text() for column in range(3)]
            for row in range(table.rowCount())
        ]
        wanted = [oxide.pretty for oxide in OXIDES if oxide.name in part.oxides]
        derived = [q for q in DERIVED if q.is_given_by(part.oxides)]
        # Oxides and quantities that tell little are marked after a colon.
        assert [row[0].split(":")[0] for row in rows[: len(wanted)]] == wanted
        assert len(rows) == len(wanted) + len(derived)
        for name, row in zip(part.oxides, rows):
            assert row[1] == f"{reading.composition_wt[name]:.2f}"
            assert (row[2] == "\u2013") == (not part.sigma)
        for quantity, row in zip(derived, rows[len(wanted) :]):
            assert row[1] == f"{reading.value(quantity):.{quantity.decimals}f}"
    table.show_reading(None)
    assert table.rowCount() == len(OXIDES) + len(DERIVED)


def test_the_scatter_page_offers_what_the_prediction_has(qgis_app, part):
    from lunar_oxide_plugin.gui.prediction_layers import given_oxides, is_prediction
    from lunar_oxide_plugin.gui.scatter_page import ScatterPage

    QgsProject.instance().clear()
    layer = QgsRasterLayer(str(part.raster), "part", "gdal")
    assert is_prediction(layer)
    assert given_oxides(layer) == part.oxides
    QgsProject.instance().addMapLayer(layer)
    page = ScatterPage()
    page.predictions.refresh()
    for quantity, place in ((q, page.x_box.findData(q.key)) for q in BY_KEY.values()):
        assert page.x_box.model().item(place).isEnabled() == quantity.is_given_by(part.oxides)
    assert page.x.quantity.is_given_by(part.oxides)
    assert page.y.quantity.is_given_by(part.oxides)
    QgsProject.instance().clear()


def test_other_rasters_are_no_predictions(qgis_app):
    from lunar_oxide_plugin.gui.prediction_layers import is_prediction

    assert not is_prediction(QgsRasterLayer(str(SCENE), "scene", "gdal"))
