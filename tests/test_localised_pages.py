"""Reports in another language: every text of a page is recognised, whatever made it."""

from __future__ import annotations

import json
import re

import pytest

from lunar_oxide_plugin.core import translation
from lunar_oxide_plugin.core.chemistry.oxides import OXIDES
from lunar_oxide_plugin.core.reports.check_report import render_report
from lunar_oxide_plugin.core.reports.localised import in_language, localised
from lunar_oxide_plugin.core.reports.rendering import TEMPLATES
from tests.reports import Page, make_result
from tools.page_texts import page_texts
from tools.translations import messages


@pytest.fixture(scope="module")
def collected():
    return page_texts()


@pytest.fixture
def foreign(collected, tmp_path, monkeypatch):
    """A language in which each known text is itself, in brackets."""
    known = collected | messages()
    pages = tmp_path / "pages.json"
    filled = [text for text in collected if "{0}" in text]
    pages.write_text(json.dumps(filled, ensure_ascii=False), encoding="utf-8")
    monkeypatch.setattr(translation, "PAGES", pages)
    translation._patterns.cache_clear()
    translation.use_translator(lambda text: f"\u300a{text}\u300b" if text in known else text)
    yield
    translation.use_translator(None)
    translation._patterns.cache_clear()


def texts_of(page):
    """Pieces of text of a page that hold words, outside of styles and citations."""
    found = []

    def walk(node):
        for piece in node.pieces:
            if isinstance(piece, str):
                found.append(" ".join(piece.split()))
            elif piece.tag not in ("style", "code", "a"):
                walk(piece)

    walk(Page(page).root)
    return [text for text in found if re.search(r"[A-Za-z][a-z]{2,}", text)]


def test_without_a_translator_a_page_is_as_it_is():
    page = '<html lang="en"><p>Agreement by oxide</p></html>'
    assert localised(page) == page


def test_nearly_every_sentence_of_the_check_is_recognised(foreign):
    page = render_report(make_result())
    assert '<html lang="zh-CN">' in page
    sentences = [text for text in texts_of(page) if len(re.findall(r"[a-z]{3,}", text)) >= 5]
    left = [text for text in sentences if "\u300a" not in text]
    assert len(sentences) > 60
    # What is left are citations and facts about the run.
    assert len(left) < 0.1 * len(sentences), left[:20]


def test_heads_axes_and_captions_are_recognised(foreign):
    page = Page(render_report(make_result())).root
    heads = [node.text for node in page.all("h2")]
    assert all(text.startswith("\u300a") for text in heads), heads
    axes = {node.text for node in page.all("text", "axis")}
    for oxide in OXIDES:
        assert any(text.startswith("\u300a") and oxide.pretty in text for text in axes), axes
    # Values stay as they are.
    ticks = [node.text for node in page.all("text", "tick x")]
    assert all("\u300a" not in text for text in ticks)


def test_names_and_numbers_inside_texts_stay(foreign):
    text = "Predicted and measured oxides are compared at 3 of 12 sample sites."
    assert text in {t.replace("{0}", "3").replace("{1}", "12") for t in page_texts()}
    assert "3" in in_language(text)
    assert in_language(text).startswith("\u300aPredicted and measured oxides")
    assert in_language("Apollo 17, LRV 8 (A17_LRV8)") == "Apollo 17, LRV 8 (A17_LRV8)"
    group = in_language("Not seen in training, 1 site")
    assert group == "\u300aNot seen in training\u300b, \u300a1 site\u300b"
    mixed = "Named: Chang\u2019e-5. Quite unknown words follow here."
    assert in_language(mixed).endswith("Quite unknown words follow here.")


def test_markup_of_pages_survives(foreign):
    page = render_report(make_result())
    assert page.count("<section") == page.count("</section>")
    assert "<style>" in page
    style = (TEMPLATES / "style.css").read_text(encoding="utf-8")
    assert style[:200] in page
    text = localised('<html lang="en"><p title="x">Agreement by oxide &amp; more</p></html>')
    assert "&amp; more" in text


def test_counts_hold_numbers_only(foreign):
    assert in_language("1,234 new places") == "\u300a1,234 new places\u300b"
    for prose in ("Errors at a new place", "0.66 km from the line", "at high-Ti sites"):
        assert not re.search(r"\u300a[^\u300b]* (place|line|sites)\u300b", in_language(prose)), (
            prose
        )


def test_lists_and_remarks_are_translated_one_by_one(foreign):
    text = in_language("12 sites (11 seen in training, 1 not seen in training)")
    assert "\u300a11 seen in training, 1 not seen in training\u300b" in text
    one = "Apollo 12 (seen in training, n = 9): mean residual +0.08 wt%"
    other = one.replace("12", "17").replace("9", "21")
    text = in_language(f"{one}; {other}")
    assert text.count("; ") == 1
    assert text.count("mean residual") == 2
    assert all(part.startswith("\u300a") for part in text.split("; "))


def test_names_are_cut_by_their_width():
    from lunar_oxide_plugin.core.reports.charts.names import cut, letters

    assert cut("Apollo 17", 9) == "Apollo 17"
    assert cut("Apollo 17 LM", 9) == "Apollo 1\u2026"
    assert letters("\u6708\u6d77 A") == 6
    assert cut("\u6708\u6d77\u9ad8\u5730", 8) == "\u6708\u6d77\u9ad8\u5730"
    assert letters(cut("\u6708\u6d77\u9ad8\u5730", 6)) <= 6
