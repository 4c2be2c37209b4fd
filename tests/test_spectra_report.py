"""The report of predicted spectra: values, intervals, flags in words, fitted and validated."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from lunar_oxide_plugin.core.chemistry.layout import Uncertainty
from lunar_oxide_plugin.core.chemistry.oxides import OXIDES, Z90
from lunar_oxide_plugin.core.command_line.main import main
from lunar_oxide_plugin.core.libraries.convolution import FilterShape
from lunar_oxide_plugin.core.libraries.reading import read_library
from lunar_oxide_plugin.core.libraries.spectra_prediction import predict_spectra
from lunar_oxide_plugin.core.models.bundled_models import bundled_model_path
from lunar_oxide_plugin.core.models.oxide_model import OxideModel
from lunar_oxide_plugin.core.paths import RESOURCES
from lunar_oxide_plugin.core.progress import SilentProgress
from lunar_oxide_plugin.core.reports import spectra_report
from lunar_oxide_plugin.core.reports.numbers import number
from lunar_oxide_plugin.core.reports.spectra_report import render_spectra
from tests.models import description, write_linear_model
from tests.reports import Page

BANDS = "r414,r749,r901,r950,r1001,r1049,r1248,r1548"
NAMES = ("mare & <b>soil</b>", "odd", "cut")
TABLE = f"""name,{BANDS}
{NAMES[0]},0.0498,0.0883,0.0953,0.0962,0.0989,0.1024,0.1235,0.1487
{NAMES[1]},0.05,0.5,0.05,0.4,0.2,0.3,0.2,0.6
{NAMES[2]},0.0498,0.0883,0.0953,0.0962,0.0989,0.1024,0.1235,
"""


def predicted(path, uncertainty=Uncertainty.BOTH, model=None):
    opened = OxideModel(model or bundled_model_path("kaguya_mi"), uncertainty=uncertainty)
    library = read_library(str(path))
    return predict_spectra(library, opened, FilterShape.GAUSSIAN, SilentProgress(), uncertainty)


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    path = tmp_path_factory.mktemp("spectra") / "soils.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def result(table):
    return predicted(table)


def section(html, ident):
    (found,) = (s for s in Page(html).root.all("section") if s.attributes["id"] == ident)
    return found


def test_each_spectrum_has_its_values_intervals_and_flags(result):
    html = render_spectra(result, [("Date", "2026-01-02")])
    rows = section(html, "oxides").all("tbody")[0].all("tr")
    assert [row.children[0].text for row in rows] == list(NAMES[:2])
    for place, row in enumerate(rows):
        differing = 0
        for at in range(len(OXIDES)):
            cell = row.all("td")[at]
            small = [small.text for small in cell.all("small")]
            kinds = [result.layout.rows_of(kind) for kind in result.layout.sigmas]
            halves = [Z90 * result.values[kind.start + at, place] for kind in kinds]
            assert small == [f"\u00b1 {number(half)}" for half in halves] and len(small) == 2
            # Where leaving missions out widens nothing, both intervals are the same.
            assert halves[0] >= halves[1]
            differing += halves[0] > halves[1]
            assert cell.text == number(result.values[at, place]) + "".join(small)
        assert differing
    qualities = [row.all("td")[-1] for row in rows]
    assert qualities[0].text == "good" and "out" not in qualities[0].css
    assert "unlike sampled spectra" in qualities[1].text and "out" in qualities[1].css
    told = [dt.text for dt in section(html, "oxides").all("dt")]
    assert "unlike sampled spectra" in told and "shadow" not in told
    assert "1 prediction is doubtful." in html
    ((name, reason),) = (
        (row.children[0].text, row.children[1].text)
        for row in section(html, "left-out").all("tbody")[0].all("tr")
    )
    assert name == "cut" and "1548 nm" in reason
    assert "2026-01-02" in section(html, "provenance").text
    assert result.model.sha256 in html and result.model_version in html
    assert "<b>soil" not in html


def test_spectra_are_drawn_where_their_bands_are(result):
    charts = section(render_spectra(result), "spectra").all("svg")
    assert len(charts) == 3
    assert [g.css for g in charts[0].all("g", "spectrum")] == [
        ["spectrum", "seen"],
        ["spectrum", "unseen"],
    ]
    for place, chart in enumerate(charts[1:]):
        points = chart.all("circle")
        heights = [float(point.attributes["cy"]) for point in points]
        order = np.argsort(result.reflectance[:, place])
        assert (np.diff(np.array(heights)[order]) <= 0.0).all()  # brighter is higher
        across = [float(point.attributes["cx"]) for point in points]
        centres = np.array([band.wavelength_nm for band in result.bands])
        spans = np.diff(across) / np.diff(centres)
        np.testing.assert_allclose(spans, spans[0], rtol=0.01)
        (line,) = chart.all("g", "spectrum")[0].all("path")
        drawn = re.findall(r"[\d.]+", line.attributes["d"])
        assert [float(x) for x in drawn[::2]] == pytest.approx(across, abs=0.02)


def test_validated_is_told_from_fitted(result):
    model = section(render_spectra(result), "model")
    skills, errors = model.all("table")
    said = {row.children[0].text: row.children[-1].text for row in skills.all("tbody")[0].all("tr")}
    for oxide in result.layout.oxides:
        little = result.description.new_place[oxide.name].tells_little
        assert said[oxide.pretty].startswith("Little" if little else "More")
    kinds = [row.children[0].text for row in errors.all("tbody")[0].all("tr")]
    assert kinds[0] == "Validated" and kinds[-1] == "Fitted, no validation"


def test_spectra_of_the_training_are_marked_as_fitted():
    stations = predicted(RESOURCES / "sample_sites.csv", Uncertainty.NEW_PLACE)
    html = render_spectra(stations)
    rows = section(html, "oxides").all("tbody")[0].all("tr")
    marked = ["fitted, not validated" in row.children[0].text for row in rows]
    assert sum(marked) == len(marked) == stations.count
    assert f"{stations.count} spectra of the training." in html
    assert all(len(row.all("small")) == 7 for row in rows)


def test_many_spectra_are_cut_and_told(result, monkeypatch):
    for name in ("IN_TABLE", "IN_ONE", "ALONE"):
        monkeypatch.setattr(spectra_report, name, 1)
    html = render_spectra(result)
    assert len(section(html, "oxides").all("tbody")[0].all("tr")) == 1
    assert len(section(html, "spectra").all("svg")) == 2
    assert "the CSV table holds 1 more" in html
    assert html.count("1 of 2 spectra are drawn") == 2


def test_a_model_that_says_little_of_itself_is_shown_so(table, tmp_path):
    document = description()
    document.pop("validation", None)
    path = tmp_path / "m.onnx"
    write_linear_model(path, document)
    bare = predicted(table, model=path)
    html = render_spectra(replace(bare, doubts=("<i>doubt</i>",)))
    assert "holds no figures of its agreement" in html
    assert "does not say how uncertain" in html
    assert "&lt;i&gt;doubt" in html and not re.search(r"\bnan\b", Page(html).root.text)


def test_the_command_writes_the_same_page(table, tmp_path):
    report = tmp_path / "r.html"
    assert (
        main(["predict-spectra", str(table), str(tmp_path / "o.csv"), "--report", str(report)]) == 0
    )
    html = report.read_text(encoding="utf-8")
    names = ("Date", "Versions", "Command to repeat")
    facts = [(n, re.search(f"<dt>{n}</dt><dd>(.*?)</dd>", html).group(1)) for n in names]
    assert facts[-1][1].startswith("lunar-oxide predict-spectra ")
    assert html == render_spectra(predicted(table, Uncertainty.NEW_PLACE), facts)
