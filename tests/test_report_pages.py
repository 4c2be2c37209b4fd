"""Rules for every page: frame, escaping, colours, network, Jinja2."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from dataclasses import replace

import numpy as np
import pytest
import rasterio
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsGeometry,
    QgsPointXY,
    QgsVectorLayer,
)

from lunar_oxide_plugin.core.chemistry.oxides import FEO, OXIDES, TIO2
from lunar_oxide_plugin.core.models.bundled_models import bundled_model_path
from lunar_oxide_plugin.core.models.oxide_model import OxideModel
from lunar_oxide_plugin.core.progress import SilentProgress
from lunar_oxide_plugin.core.rasters.bands import ModelBand
from lunar_oxide_plugin.core.refine.model_refinement import RefineRequest, refine_model
from lunar_oxide_plugin.core.reports import rendering
from lunar_oxide_plugin.core.reports.charts.attribution import attribution_svg
from lunar_oxide_plugin.core.reports.charts.svg import Axis, Markup, element, short
from lunar_oxide_plugin.core.reports.check_report import render_report
from lunar_oxide_plugin.core.reports.model_card import model_card
from lunar_oxide_plugin.core.reports.model_card_page import render_html
from lunar_oxide_plugin.core.reports.numbers import compass, number, percent, place_deg, signed
from lunar_oxide_plugin.core.reports.refinement_report import render_refine_report
from lunar_oxide_plugin.core.reports.rendering import Cell, Column, Group, Table
from lunar_oxide_plugin.core.sites.sample_sites import load_sites
from tests.models import description, write_linear_model
from tests.rasters import random_dn, write_mi_geotiff
from tests.reports import Page, make_result
from tests.test_result_groups import write_spectra
from tools.package import ROOT, build

CSS = (rendering.TEMPLATES / "style.css").read_text(encoding="utf-8")
NAN = float("nan")


def line_on(raster):
    """A layer with one line from corner to corner of a raster."""
    with rasterio.open(raster) as dataset:
        west, south, east, north = dataset.bounds
        wkt = dataset.crs.to_wkt()
    layer = QgsVectorLayer("LineString", "line", "memory")
    layer.setCrs(QgsCoordinateReferenceSystem.fromWkt(wkt))
    feature = QgsFeature()
    ends = QgsPointXY(west, south), QgsPointXY(east, north)
    feature.setGeometry(QgsGeometry.fromPolylineXY(ends))
    layer.dataProvider().addFeatures([feature])
    return layer


@pytest.fixture(scope="module")
def pages(run, tmp_path_factory):
    """One page of every kind, made by the algorithms, and the check with all its sections."""
    folder = tmp_path_factory.mktemp("pages")
    raster = write_mi_geotiff(folder / "mi.tif", random_dn(20, 20))
    run("explainprediction", INPUT=str(raster), MODEL="kaguya_mi", MAX_SAMPLES=9,
        OUTPUT="memory:", REPORT=str(folder / "explanation.html"))  # fmt: skip
    oxides = [str(folder / f"{model}.tif") for model in ("kaguya_mi", "kaguya_mi_before_ce6")]
    for path, model in zip(oxides, ("kaguya_mi", "kaguya_mi_before_ce6")):
        run("predictoxides", INPUT=str(raster), MODEL=model, OUTPUT=path)
    run("comparerasters", PREDICTION=oxides[0], OXIDE=0, REFERENCE=oxides[1],
        OUTPUT=str(folder / "d.tif"), REPORT=str(folder / "comparison.html"))  # fmt: skip
    cells = "min_lat,max_lat,min_lon,max_lon,FeO,SiO2\n20.18,20.21,30.74,30.77,15,44\n"
    (folder / "cells.csv").write_text(cells, encoding="utf-8")
    run("checkregions", INPUT=oxides[0], GAMMA_RAYS=str(folder / "cells.csv"), OUTPUT="memory:",
        REPORT=str(folder / "regions.html"))  # fmt: skip
    stations = ROOT / "resources" / "demo" / "stations_all_missions.tif"
    run("refinemodel", MODEL="kaguya_mi_before_ce6", INPUT=str(stations), WINDOW=1,
        OUTPUT=str(folder / "r.onnx"), REPORT=str(folder / "refinement.html"))  # fmt: skip
    run("describemodel", MODEL_FILE=str(folder / "r.onnx"), OUTPUT=str(folder / "card.html"))
    run("summarizeregions", INPUT=oxides[0], PIXELS=2, OUTPUT="memory:",
        REPORT=str(folder / "region_statistics.html"))  # fmt: skip
    run("transect", INPUT=oxides[0], LINES=line_on(oxides[0]), OUTPUT="memory:",
        REPORT=str(folder / "transect.html"))  # fmt: skip
    write_spectra(folder / "spectra.csv")
    run("predictspectra", INPUT=str(folder / "spectra.csv"), OUTPUT="memory:",
        REPORT=str(folder / "spectra.html"))  # fmt: skip
    made = {path.stem: path.read_text(encoding="utf-8") for path in folder.glob("*.html")}
    return {**made, "check": render_report(make_result())}


KINDS = (
    "check", "comparison", "regions", "refinement", "explanation", "card", "region_statistics",
    "transect", "spectra",
)  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_has_the_one_frame(pages, kind):
    html = pages[kind]
    assert html.startswith("<!DOCTYPE html>")
    assert CSS.strip() in html
    assert html.count("<style>") == 1
    assert "style=" not in html
    assert "default-src 'none'" in html
    root = Page(html).root
    assert root.all("html")[0].attributes["lang"] == "en"
    metas = {
        meta.attributes.get("name"): meta.attributes.get("content") for meta in root.all("meta")
    }
    assert metas["color-scheme"] == "light dark"
    assert metas["viewport"] == "width=device-width, initial-scale=1"
    assert [h1.text for h1 in root.all("h1")] == [title.text for title in root.all("title")[:1]]
    sections = root.all("section")
    assert len(sections) >= 3
    assert all(section.children[0].tag == "h2" for section in sections)
    contents = [(a.attributes["href"], a.text) for a in root.all("nav")[0].all("a")]
    assert contents == [(f"#{s.attributes['id']}", s.children[0].text) for s in sections]


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_loads_nothing_and_runs_nothing(pages, kind):
    html = pages[kind]
    root = Page(html).root
    for tag in (
        "script",
        "link",
        "img",
        "iframe",
        "object",
        "embed",
        "form",
        "base",
        "image",
        "use",
    ):
        assert not root.all(tag), tag
    assert not re.search(r"@import|url\((?!#)", html)
    links = [a.attributes["href"] for a in root.all("a")]
    assert all(link.startswith(("#", "https://doi.org/10.")) for link in links)


@pytest.mark.parametrize("kind", KINDS)
def test_every_table_and_chart_speaks_to_those_who_hear_the_page(pages, kind):
    root = Page(pages[kind]).root
    for table in root.all("table"):
        assert table.attributes["aria-label"]
        assert all("scope" in th.attributes for th in table.all("th"))
        widths = {
            sum(int(cell.attributes.get("colspan", 1)) for cell in row.children)
            for body in table.all("tbody")
            for row in body.all("tr")
        }
        assert len(widths) == 1
        head = [th for th in table.all("thead")[0].all("tr")[0].children]
        assert sum(int(cell.attributes.get("colspan", 1)) for cell in head) in widths
    charts = [svg for svg in root.all("svg") if "swatch" not in svg.css]
    assert bool(charts) == (kind not in ("card", "refinement"))
    idents = [svg.attributes["id"] for svg in charts]
    assert len(idents) == len(set(idents))
    for svg in charts:
        title, desc = svg.children[:2]
        assert (title.tag, desc.tag) == ("title", "desc")
        assert min(len(title.text), len(desc.text)) > 8


@pytest.mark.parametrize("kind", KINDS)
def test_every_class_of_a_drawing_has_a_rule_and_no_colour_of_its_own(pages, kind):
    """Elements without a rule would be black, and unreadable in dark mode."""
    for svg in Page(pages[kind]).root.all("svg"):
        for tag in ("rect", "circle", "path", "line", "text", "g"):
            for node in svg.all(tag):
                assert not {"fill", "stroke", "style"} & set(node.attributes)
                drawn = node.css or (node.parent.css if node.parent.tag == "g" else [])
                if tag == "g" or node.parent.tag == "clippath" or tag == "text":
                    continue
                assert any(f".plot .{css}" in CSS or f".{css}" in CSS for css in drawn), (
                    node.attributes
                )


@pytest.mark.parametrize("kind", KINDS)
def test_numbers_are_written_in_one_way(pages, kind):
    root = Page(pages[kind]).root
    cells = [cell.text for table in root.all("table") for cell in table.all("td", "num")]
    ticks = [text.text for svg in root.all("svg") for text in svg.all("text", "tick")]
    assert not [text for text in cells + ticks if re.fullmatch(r"-[\d.]*|nan|inf", text)]
    assert not [text for text in cells if re.fullmatch("[+\u2212]0[.0]*", text)]


def test_number_forms():
    assert number(-0.004) == "0.00"
    assert signed(0.004) == "0.00"
    assert signed(-1.005) == "\u22121.00"
    assert signed(2.5) == "+2.50"
    assert number(NAN) == number(float("inf")) == percent(NAN) == "\u2013"
    assert number(12.3456, 3) == "12.346"
    assert percent(0.955) == "96\u00a0%"
    assert place_deg(-56.7, -20.25) == "20.2500\u00b0S, 56.7000\u00b0W"
    assert place_deg(200.0, 0.0, 1) == "0.0\u00b0, 160.0\u00b0W"
    assert compass(30.0, "E", "W") == "30\u00b0E"
    axis = Axis(-180.0, 180.0, (), 0, letters="EW")
    assert [axis.text(v) for v in (-180.0, -60.0, 0.0, 190.0)] == [
        "180\u00b0", "60\u00b0W", "0\u00b0", "170\u00b0W",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", '" onload="x', "{{ 7 * 7 }}", "{% raise %}", "\u202e<b>&amp;"],
)
def test_an_element_escapes_text_and_attributes(text):
    drawn = element("g", element("text", text, class_=text), d=text)
    group = Page(drawn).root.children[0]
    assert [child.tag for child in group.children] == ["text"]
    assert set(group.attributes) == {"d"}
    assert (group.text, group.attributes["d"], group.children[0].attributes) == (
        text, text, {"class": text},
    )  # fmt: skip
    assert element("g", drawn) == f"<g>{drawn}</g>"
    assert isinstance(drawn, Markup)


def test_coordinates_are_short():
    assert [short(v) for v in (1.0, -0.001, 2.505, 100.0, 0.1)] == ["1", "0", "2.5", "100", "0.1"]


def test_templates_of_names_stay_text():
    """Jinja2's syntax in a name is not executed, at any place."""
    hostile = "{{ contents.append(1) }}{% for x in y %}"
    result = make_result()
    site = replace(result.pairs[0].site, station_id=hostile, name=hostile, mission=hostile)
    pairs = (replace(result.pairs[0], site=site), *result.pairs[1:])
    html = render_report(replace(result, pairs=pairs, provenance={hostile: hostile}))
    assert Page(html).root.text.count(hostile) >= 4


def test_hostile_samples_and_titles_are_text_in_a_refinement(tmp_path):
    hostile = "<script>alert('{{ 7 * 7 }}')</script>\""
    known = tuple(load_sites())
    ce6 = next(site for site in known if site.station_id == "CE6")
    sites = (
        replace(ce6, station_id=hostile, name=hostile, mission=hostile),
        replace(ce6, station_id=f"{hostile} 2", reflectance=(NAN,) * len(ce6.reflectance)),
    )
    request = RefineRequest(
        model=str(bundled_model_path("kaguya_mi_before_ce6")), output=str(tmp_path / "r.onnx"),
        sites=sites, known_sites=known, title=hostile,
    )  # fmt: skip
    result = refine_model(request, SilentProgress())
    assert len(result.added) == len(result.skipped) == 1
    html = render_refine_report(replace(result, data_origin=hostile))
    root = Page(html).root
    assert "<script" not in html
    assert "49" not in "".join(node.text for node in root.all("p", "lead"))
    assert root.text.count("<script>alert('{{ 7 * 7 }}')</script>") >= 5


def test_a_name_that_is_missing_is_an_error():
    from jinja2 import UndefinedError

    with pytest.raises(UndefinedError, match="summary"):
        rendering.render("model_card.html", title="T", warnings=[], sections=[])


def test_bars_end_where_their_values_say():
    bands = tuple(ModelBand(f"B{n}", 400.0 + n, 10.0, NAN, NAN) for n in range(3))
    values = [0.5, -1.0, 0.25]
    svg = Page(attribution_svg(FEO, bands, values, "bars", 1.0, True)).root.all("svg")[0]
    zero = float(svg.all("line", "zero")[0].attributes["x1"])
    drawn = []
    for bar in svg.all("rect", "cell"):
        left, width = (float(bar.attributes[key]) for key in ("x", "width"))
        assert ("down4" in bar.css) == (left < zero - 0.01)
        drawn.append(-width if "down4" in bar.css else width)
    assert np.allclose(np.array(drawn) / drawn[0], np.array(values) / values[0], atol=0.01)
    tops = [float(bar.attributes["y"]) for bar in svg.all("rect", "cell")]
    assert tops == sorted(tops)
    assert [text.text for text in svg.all("text", "value")] == ["+0.50", "\u22121.00", "+0.25"]
    assert [text.text for text in svg.all("text", "tick")] == ["400 nm", "401 nm", "402 nm"]


def test_a_prediction_of_two_oxides_shows_two():
    result = make_result()
    kept = [OXIDES.index(oxide) for oxide in (TIO2, FEO)]
    pairs = tuple(
        replace(
            pair,
            predicted_wt=tuple(v if i in kept else NAN for i, v in enumerate(pair.predicted_wt)),
            sigma_wt=tuple(v if i in kept else NAN for i, v in enumerate(pair.sigma_wt)),
        )
        for pair in result.pairs
    )
    root = Page(render_report(replace(result, pairs=pairs))).root
    spans = [th.text for th in root.all("table", "pairs")[0].all("th", "span")]
    assert spans == [TIO2.pretty, FEO.pretty]
    assert all(len(row.children) == 12 for row in root.all("table", "pairs")[0].all("tr", "seen"))
    measured = next(s for s in root.all("section") if s.attributes["id"] == "measured")
    assert [b.text for b in measured.all("b")] == [TIO2.pretty, FEO.pretty]
    assert {th.text for tr in root.all("table", "metrics")[0].all("tr") for th in tr.all("th")} & {
        oxide.pretty for oxide in OXIDES
    } == {TIO2.pretty, FEO.pretty}
    assert not re.search(r"\bnan\b", root.text)


def test_a_table_with_a_line_of_titles_above():
    table = Table(
        "T",
        [Column("A", "site"), Column("B", "num"), Column("", "num first")],
        [Group([[Cell("x", ("below", ""), "row"), "1", Cell("2", css="out", glyph="seen")]], "G")],
        spans=[("over", 2)],
    )
    source = '{% import "macros.html" as m with context %}{{ m.table(t) }}'
    html = rendering._environment().from_string(source).render(t=table, contents=[])
    node = Page(html).root.all("table")[0]
    first, second = node.all("thead")[0].all("tr")
    assert [(th.text, th.attributes.get("rowspan")) for th in first.all("th")] == [
        ("A", "2"), ("over", None),
    ]  # fmt: skip
    assert [cell.tag for cell in second.children] == ["th", "td"]
    group, row = node.all("tbody")[0].all("tr")
    assert (group.text, group.children[0].attributes["colspan"]) == ("G", "3")
    assert (row.css, [cell.css for cell in row.children]) == (
        ["row"], [["site"], ["num"], ["num", "first", "out"]],
    )  # fmt: skip
    assert [small.text for small in row.all("small")] == ["below"]
    assert row.all("span", "glyph seen")


# Jinja2 and the templates' files

WITHOUT_JINJA2 = """
import sys
sys.modules["jinja2"] = None
from lunar_oxide_plugin.core.errors import LunarOxideError
from lunar_oxide_plugin.core.models.bundled_models import bundled_model_path
from lunar_oxide_plugin.core.models.bundled_models import bundled_model_path
from lunar_oxide_plugin.core.models.oxide_model import OxideModel
from lunar_oxide_plugin.core.progress import SilentProgress
from lunar_oxide_plugin.core.reports.check_report import write_report
from lunar_oxide_plugin.core.reports.model_card import model_card
from lunar_oxide_plugin.core.reports.model_card_page import render_text
from tests.reports import make_result
print(len(render_text(model_card(OxideModel(bundled_model_path("kaguya_mi"))))) > 1000)
try:
    write_report(make_result(), sys.argv[1])
except LunarOxideError as error:
    print(error)
"""


def test_without_jinja2_one_sentence_says_what_to_do(tmp_path):
    target = tmp_path / "r.html"
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_JINJA2, str(target)],
        capture_output=True, text=True, timeout=120, check=True, cwd=ROOT,
    )  # fmt: skip
    card, sentence = done.stdout.splitlines()
    assert card == "True"
    assert "Jinja2" in sentence
    assert "apt install python3-jinja2" in sentence
    assert "run without the report" in sentence
    assert not list(tmp_path.iterdir())


@pytest.fixture
def no_jinja2(monkeypatch):
    rendering._environment.cache_clear()
    with monkeypatch.context() as patch:
        patch.setitem(sys.modules, "jinja2", None)
        yield
    rendering._environment.cache_clear()


@pytest.mark.parametrize(
    "name", ["checkpredictions", "checkregions", "comparerasters", "explainprediction",
             "refinemodel", "describemodel", "summarizeregions", "transect"]
)  # fmt: skip
def test_an_algorithm_that_cannot_report_does_not_start(qgis_app, no_jinja2, tmp_path, name):
    """The error comes before the inputs are read, not after an hour of computation."""
    from qgis.core import (
        QgsApplication,
        QgsProcessingContext,
        QgsProcessingException,
        QgsProcessingFeedback,
    )

    algorithm = QgsApplication.processingRegistry().algorithmById(f"lunaroxide:{name}").create()
    pages = [d.name() for d in algorithm.parameterDefinitions() if d.name() in ("REPORT", "OUTPUT")
             and "html" in getattr(d, "fileFilter", str)()]  # fmt: skip
    assert len(pages) == 1
    parameters = {pages[0]: str(tmp_path / "page.html")}
    with pytest.raises(QgsProcessingException, match="Jinja2"):
        algorithm.processAlgorithm(parameters, QgsProcessingContext(), QgsProcessingFeedback())
    assert not list(tmp_path.iterdir())


def test_the_command_line_that_cannot_report_does_not_start(no_jinja2, tmp_path, capsys):
    from lunar_oxide_plugin.core.command_line.main import main

    report = tmp_path / "r.html"
    assert main(["check", str(tmp_path / "none.tif"), "--report", str(report)]) != 0
    assert "Jinja2" in capsys.readouterr().err
    assert not report.exists()


def test_reports_are_made_from_an_unpacked_zip(tmp_path):
    with zipfile.ZipFile(build(tmp_path)) as archive:
        names = archive.namelist()
        archive.extractall(tmp_path / "plugins")
    packed = {name.rsplit("/", 1)[1] for name in names if "/core/reports/templates/" in name}
    assert packed == {path.name for path in rendering.TEMPLATES.iterdir()}
    code = (
        "import sys; sys.path[:0] = [sys.argv[1], sys.argv[2]]\n"
        "from tests.reports import make_result\n"
        "from lunar_oxide_plugin.core.reports import rendering\n"
        "from lunar_oxide_plugin.core.reports.check_report import render_report\n"
        "print(rendering.TEMPLATES); print(len(render_report(make_result())))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "plugins"), str(ROOT)],
        capture_output=True, text=True, timeout=120, check=True, cwd=tmp_path,
    )  # fmt: skip
    folder, length = done.stdout.split()
    assert folder.startswith(str(tmp_path / "plugins"))
    assert int(length) > 100_000


def test_templates_hold_no_colour_and_no_style():
    for path in rendering.TEMPLATES.glob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"#[0-9a-f]{3,6}\b|style=|\|\s*safe|autoescape", text), path.name


def test_lineage_of_a_refined_model_reads_as_words(tmp_path):
    lineage = {"parent": {"name": "kaguya", "validation": [{"protocol": "nested", "n": 5}]},
               "sites": [{"id": "CE6", "FeO": 1.0}, {"id": "X"}], "window": 3,
               "deep": json.loads("[" * 500 + "]" * 500)}  # fmt: skip
    path = write_linear_model(tmp_path / "m.onnx", json.dumps(description(lineage=lineage)))
    root = Page(render_html(model_card(OxideModel(path)))).root
    facts = dict(zip((n.text for n in root.all("dt")), (n.text for n in root.all("dd"))))
    assert facts["Lineage: parent"] == "name kaguya; validation nested"
    assert facts["Lineage: sites"] == "CE6, X"
    assert facts["Lineage: window"] == "3"
    assert facts["Lineage: deep"] == "\u2026"
