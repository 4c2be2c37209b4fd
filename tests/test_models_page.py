from __future__ import annotations

from dataclasses import replace

import pytest
from qgis.PyQt.QtWidgets import QMessageBox

from lunar_oxide_plugin.algorithms.preferences import load_preferences, save_preferences
from lunar_oxide_plugin.core.models.bundled_models import BUNDLED_MODELS
from lunar_oxide_plugin.core.models.model_library import check_model, find_model, model_names
from lunar_oxide_plugin.gui.model_summary import model_html
from lunar_oxide_plugin.gui.models_page import ModelsPage
from lunar_oxide_plugin.gui.options_page import OptionsFactory
from tests.models import description, write_foreign_model, write_linear_model
from tests.window import wait_until


@pytest.fixture
def page(qgis_app, user_profile):
    before = load_preferences()
    save_preferences(replace(before, default_model="kaguya_mi"))
    page = ModelsPage()
    page.show()
    yield page
    page.deleteLater()
    save_preferences(before)


def shown(page):
    return [
        [page.tree.topLevelItem(row).text(column) for column in range(3)]
        for row in range(page.tree.topLevelItemCount())
    ]


def choose(page, name):
    for row in range(page.tree.topLevelItemCount()):
        if page.tree.topLevelItem(row).text(0) == name:
            page.tree.setCurrentItem(page.tree.topLevelItem(row))


def test_bundled_models_with_their_figures_and_file(page):
    first, *others = BUNDLED_MODELS
    assert shown(page) == [[first, "bundled", "✓"], *([name, "bundled", ""] for name in others)]
    text = page.details.toPlainText()
    model = check_model(find_model("kaguya_mi"))
    assert model.description.title in text
    assert model.description.sensor in text
    assert str(model.entry.path) in text
    assert "Fitted, not validated" in text
    assert "Validated on stations not seen" in text
    assert text.index("Validated on") < text.index("Fitted, not validated")
    for entry in model.description.validation:
        assert f"{entry['oxides']['MgO']['rmse']:.2f}" in text
    assert not page.remove_button.isEnabled()
    assert not page.default_button.isEnabled()
    assert page.card_button.isEnabled()


def test_adding_a_file_choosing_it_as_default_and_removing_it(page, tmp_path, monkeypatch):
    heard = []
    page.changed.connect(lambda: heard.append(model_names()))
    page.add_file(write_linear_model(tmp_path / "mine.onnx"))
    wait_until(lambda: page._task is None)
    assert page.message.text() == "mine was checked and added."
    assert page.selected().name == "mine"
    assert "Linear test model 9.9" in page.details.toPlainText()
    assert "treat it as not validated" in page.details.toPlainText()
    page.default_button.click()
    assert shown(page)[len(BUNDLED_MODELS)] == ["mine", "your own", "✓"]
    assert load_preferences().default_model == "mine"
    answers = iter([QMessageBox.StandardButton.No, QMessageBox.StandardButton.Yes])
    monkeypatch.setattr(QMessageBox, "question", lambda *args: next(answers))
    page.remove_button.click()
    assert "mine" in model_names()
    page.remove_button.click()
    assert [row[2] for row in shown(page)] == ["✓", *[""] * (len(BUNDLED_MODELS) - 1)]
    assert [names[len(BUNDLED_MODELS) :] for names in heard] == [("mine",), ("mine",), ()]


def test_a_bad_file_is_told_and_not_taken(page, tmp_path):
    path = tmp_path / "bad.onnx"
    path.write_bytes(b"nothing")
    page.add_file(path)
    wait_until(lambda: page._task is None)
    assert "not a usable ONNX model" in page.message.text()
    assert len(shown(page)) == len(BUNDLED_MODELS)


def test_a_file_that_went_bad_in_the_profile_is_shown_with_its_reason(page, user_profile):
    (user_profile / "models").mkdir(parents=True)
    (user_profile / "models" / "broken.onnx").write_bytes(b"x")
    page.refresh()
    choose(page, "broken")
    assert "not a usable ONNX model" in page.details.toPlainText()
    assert page.remove_button.isEnabled()


def test_a_page_that_nobody_sees_opens_no_model(qgis_app, user_profile, monkeypatch):
    from lunar_oxide_plugin.gui import models_page

    opened = []
    monkeypatch.setattr(models_page, "check_model", lambda entry: opened.append(entry))
    page = ModelsPage()
    page.refresh()
    assert opened == []


def test_without_onnxruntime_the_page_says_what_to_do(qgis_app, bare):
    page = ModelsPage()
    page.show()
    assert "Packages" in page.details.toPlainText()
    assert len(shown(page)) == len(BUNDLED_MODELS)


def test_what_a_file_does_not_tell_is_said(page, tmp_path):
    from lunar_oxide_plugin.core.models.model_library import ModelEntry

    path = write_foreign_model(tmp_path / "plain.onnx", 3)
    html = model_html(check_model(ModelEntry("plain", path, False)))
    assert "has no description" in html
    assert "treat it as not validated" in html


def test_texts_of_a_model_are_no_markup(page, tmp_path):
    from lunar_oxide_plugin.core.models.model_library import ModelEntry

    evil = "<img src='http://evil.invalid/x'>"
    document = description(title=evil, summary=evil, citation=evil)
    document["validation"] = [{"protocol": evil, "n": evil, "oxides": {"TiO2": {"r2": evil}}}]
    path = write_linear_model(tmp_path / "evil.onnx", document)
    html = model_html(check_model(ModelEntry("evil", path, False)))
    assert "<img" not in html
    assert html.count("&lt;img") == 5


def test_the_settings_page_stores_what_is_chosen(qgis_app, user_profile):
    before = load_preferences()
    try:
        save_preferences(replace(before, default_model="gone", threads=0))
        page = OptionsFactory().createWidget()
        assert page.model.currentText() == "kaguya_mi"
        assert page.threads.text() == "automatic"
        page.model.setCurrentText("kaguya_mi_before_ce6")
        page.threads.setValue(3)
        page.memory.setValue(512)
        page.index.setText("  https://mirror.example/simple ")
        page.apply()
        stored = load_preferences()
        assert (stored.default_model, stored.threads, stored.memory_mb, stored.package_index) == (
            "kaguya_mi_before_ce6",
            3,
            512,
            "https://mirror.example/simple",
        )
    finally:
        save_preferences(before)
