"""The bundled guide: complete, offline, and linked from every algorithm."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from qgis.core import QgsApplication, QgsProcessingParameterDefinition
from qgis.PyQt.QtCore import QUrl

from lunar_oxide_plugin.gui.guide import guide_url
from tools import guide


@pytest.fixture(scope="module")
def rendered(run, tmp_path_factory):
    target = tmp_path_factory.mktemp("guide") / "guide"
    guide.write(target)
    return target


def ids(text):
    return set(re.findall(r' id="([^"]+)"', text))


def test_every_link_and_picture_leads_somewhere(rendered):
    pages = {
        path.relative_to(rendered).as_posix(): path.read_text(encoding="utf-8")
        for path in rendered.rglob("*.html")
    }
    for name, text in pages.items():
        for address in re.findall(r'(?:href|src)="([^"]+)"', text):
            parts = urlsplit(address)
            if parts.scheme in ("http", "https", "mailto"):
                continue
            folder = (rendered / name).parent
            target = (folder / unquote(parts.path) if parts.path else rendered / name).resolve()
            assert target.is_file(), f"{name}: {address}"
            if parts.fragment:
                there = pages[target.relative_to(rendered.resolve()).as_posix()]
                assert unquote(parts.fragment) in ids(there), f"{name}: {address}"


def test_a_chinese_qgis_opens_the_chinese_pages(rendered, monkeypatch):
    monkeypatch.setattr("lunar_oxide_plugin.gui.guide.GUIDE", rendered)
    monkeypatch.setattr("lunar_oxide_plugin.gui.guide.QgsApplication.locale", lambda: "zh_CN")
    assert Path(guide_url("tutorial").toLocalFile()) == rendered / "zh" / "tutorial.html"
    assert Path(guide_url("algorithms").toLocalFile()) == rendered / "algorithms.html"
    for name in ("index", "tutorial", "troubleshooting"):
        text = (rendered / "zh" / f"{name}.html").read_text(encoding="utf-8")
        assert '<html lang="zh-CN">' in text
        assert len(re.findall(r"[\u4e00-\u9fff]", text)) > 300


def test_reading_needs_no_network(rendered):
    for path in rendered.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert "<script" not in text
        assert not re.search(r'(?:src|url\()\s*=?\s*["\']?https?:', text), path.name


def test_the_tutorial_has_its_pictures(rendered):
    text = (rendered / "tutorial.html").read_text(encoding="utf-8")
    assert text.count("<img ") >= 2
    assert guide_url("tutorial").toLocalFile().endswith("resources/guide/tutorial.html")


def test_the_bundled_guide_is_current(rendered):
    """Compares with resources/guide; `make guide` updates it."""
    bundled = {p.relative_to(guide.TARGET): p for p in guide.TARGET.rglob("*") if p.is_file()}
    fresh = {p.relative_to(rendered): p for p in rendered.rglob("*") if p.is_file()}
    assert sorted(bundled) == sorted(fresh), "run `make guide`"
    for name, path in fresh.items():
        assert bundled[name].read_bytes() == path.read_bytes(), f"{name}: run `make guide`"


def algorithms():
    return QgsApplication.processingRegistry().providerById("lunaroxide").algorithms()


def test_each_algorithm_opens_its_own_section(rendered):
    for algorithm in algorithms():
        url = QUrl(algorithm.helpUrl())
        page = Path(url.toLocalFile())
        assert page == Path(guide_url("algorithms").toLocalFile())
        assert url.fragment() == algorithm.name()
        assert algorithm.name() in ids((rendered / page.name).read_text(encoding="utf-8"))


def test_each_parameter_and_output_is_explained(run):
    hidden = QgsProcessingParameterDefinition.Flag.FlagHidden
    for algorithm in algorithms():
        text = algorithm.shortHelpString()
        for parameter in algorithm.parameterDefinitions():
            if parameter.flags() & hidden:
                continue
            assert len(parameter.help()) > 10, f"{algorithm.id()} {parameter.name()}"
            assert f"({parameter.name()})" in text, f"{algorithm.id()} {parameter.name()}"
        assert "doi" in text, algorithm.id()


def test_a_link_that_leads_nowhere_is_an_error(tmp_path):
    page = tmp_path / "a.md"
    page.write_text("# A\n\n[x](gone.md)\n", encoding="utf-8")
    with pytest.raises(SystemExit, match="leads nowhere"):
        guide._page(page)


def test_files_outside_of_the_package_are_named_not_linked(tmp_path):
    (tmp_path / "data.csv").write_text("", encoding="utf-8")
    (tmp_path / "b.md").write_text("# B\n", encoding="utf-8")
    page = tmp_path / "a.md"
    page.write_text("# A\n\n[the data](data.csv), [B](b.md#c)\n", encoding="utf-8")
    rendered, links = guide._page(page)
    assert '<p>the data, <a href="b.html#c">B</a></p>' in rendered.body
    assert links == [tmp_path / "b.md"]


def test_html_in_markdown_is_shown_and_not_run(tmp_path):
    page = tmp_path / "a.md"
    page.write_text("# A\n\n<script>alert(1)</script>\n", encoding="utf-8")
    assert "<script>" not in guide._page(page)[0].body
