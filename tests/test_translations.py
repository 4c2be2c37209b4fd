"""Every text that a user sees exists in Simplified Chinese, and the compiled file is current."""

from __future__ import annotations

import ast
import json
import re

import pytest
from qgis.core import QgsApplication, QgsProcessingException, QgsSettings

from lunar_oxide_plugin.core.errors import BandMappingError, ModelError
from lunar_oxide_plugin.core.translation import _patterns, tr, tr_message, use_translator
from lunar_oxide_plugin.language import Language, catalogue
from tools import translations

SCENE = str(translations.ROOT / "resources" / "demo" / "stations_all_missions.tif")


@pytest.fixture(scope="module")
def texts(run):
    return translations.all_texts()


@pytest.fixture
def chinese(run):
    settings = QgsSettings()
    settings.setValue("locale/overrideFlag", True)
    settings.setValue("locale/userLocale", "zh_CN")
    language = Language()
    yield
    language.remove()
    settings.remove("locale/overrideFlag")
    settings.remove("locale/userLocale")


def test_every_text_is_translated(texts):
    missing = sorted(texts - set(translations.read_ts()))
    assert not missing, "run `make translations` and translate: " + "\n".join(missing)


def test_every_composed_message_is_recognised():
    stored = json.loads(translations.MESSAGES.read_text(encoding="utf-8"))
    missing = {text for text in translations.messages() if "{0}" in text} - set(stored)
    assert not missing, "run `make translations`"


def test_every_composed_message_is_taken_for_itself():
    patterns = _patterns()
    assert len(patterns) > 100
    for _, template in patterns:
        filled = re.sub(r"\{(\d+)\}", r"a value, of (\1): some/where.tif", template)
        assert next(t for pattern, t in patterns if pattern.fullmatch(filled)) == template


def test_values_inside_messages_stay_values(chinese):
    assert tr("Bands") != "Bands"
    message = tr_message("Bands has no raster bands: choose another file.")
    assert message.startswith("Bands ")


def test_translations_are_chinese_and_keep_the_placeholders():
    for source, translation in translations.read_ts().items():
        holes = sorted(re.findall(r"\{\w+(?:![rsa])?(?::[^}]*)?\}", source))
        assert sorted(re.findall(r"\{\w+(?:![rsa])?(?::[^}]*)?\}", translation)) == holes, source
        words = re.findall(r"[a-z]{4,}", re.sub(r"\{\w+\}", "", source))
        if len(words) > 2:
            assert re.search(r"[\u4e00-\u9fff]", translation), source


def test_the_compiled_file_is_current(chinese):
    for source, translation in translations.read_ts().items():
        assert tr(source) == translation, "run `make translations`"


def test_terms_are_those_of_the_field():
    known = translations.read_ts()
    everything = "\n".join(known.values())
    for term in ("反射率", "氧化物", "采样点", "波长", "不确定度", "训练", "月壤", "验证"):
        assert term in everything, term
    # Formulas stay formulas.
    for source, translation in known.items():
        for formula in ("TiO2", "Al2O3", "SiO2", "FeO"):
            assert (formula in source) == (formula in translation), source


@pytest.mark.parametrize(
    ("locale", "found"),
    [("zh_CN", True), ("zh-Hans", True), ("zh", True), ("zh_TW", False), ("zh-Hant", False),
     ("en_US", False), ("de", False), ("C", False)],
)  # fmt: skip
def test_which_locales_have_a_file(locale, found):
    assert (catalogue(locale) is not None) == found


def test_algorithms_speak_chinese_in_a_chinese_qgis(chinese):
    algorithm = QgsApplication.processingRegistry().createAlgorithmById("lunaroxide:predictoxides")
    assert algorithm.displayName() == translations.read_ts()["Predict oxides"]
    assert algorithm.parameterDefinition("INPUT").description() == "反射率栅格"
    text = algorithm.shortHelpString()
    assert not re.search(r"[a-z]{3,} [a-z]{3,} [a-z]{3,} [a-z]{3,}", re.sub(r"<[^>]*>", "", text))


def test_errors_speak_chinese_with_their_values(chinese, run):
    message = str(ModelError("The model file /a/b.onnx cannot be read: No such file."))
    assert "/a/b.onnx" in message
    assert "No such file" in message
    assert re.search(r"[\u4e00-\u9fff]", message)
    with pytest.raises(QgsProcessingException, match=r"[\u4e00-\u9fff]"):
        run("predictoxides", INPUT=SCENE, MODEL="mars", OUTPUT="x.tif")


def test_reasons_inside_messages_are_translated_too(chinese):
    reason = "these look like percent; set SCALE to 0.01"
    sentence = (
        "a.tif has a median of 7 in MI 749 nm where the model knows reflectance 0.030 to "
        f"0.280: {reason}."
    )
    assert tr(reason) != reason
    assert tr(reason) in tr_message(sentence)


def test_parts_of_messages_are_recognised(chinese):
    for text in (
        "x.tif has a median of 0.4 at 749 nm, brighter than all soils that SELENE/Kaguya "
        "Multiband Imager was compared with (0.03 to 0.28 with a margin): fresh craters are as "
        "bright, and so is reflectance measured in the laboratory (soil 62231: 27-76 % above what "
        "the Multiband Imager sees) or by another sensor; check the product before trusting "
        "numbers.",
        "x.tif has a median R900/R749 of 1.900, which SELENE/Kaguya Multiband Imager cannot have "
        "on the Moon (0.80 to 1.50): check BANDS and that the raster is of this sensor.",
        "The raster tells no wavelengths; its name or its history names a product of "
        "SELENE/Kaguya Multiband Imager, so that its bands are taken in that product's order "
        "(BANDS=1,2): give BANDS if they stand in another.",
        "The extent 1, 2, 3, 4 does not meet r.tif: check the extent and its CRS.",
        "None of the 1 rows of sample sites can be used; the first: A, Sample site 'A' has "
        "latitude 103.7: give degrees between -90 and 90.",
        "None of the 1 rows of sample sites can be used; the first: A, '165.0' in column FeO (ppm) "
        "means FeO in ppm, and 0.0165 wt% FeO is in no lunar soil or rock (0.05 to 50).",
        "The columns FeO_err and FeO_sd could both be the uncertainty of FeO: keep one of them, or "
        "say which with COLUMNS, e.g. FeO=FeO_err.",
    ):
        assert not re.search(r"[a-z]{3,} [a-z]{2,} [a-z]{2,}", tr_message(text))


def test_messages_that_are_not_known_stay(chinese):
    assert str(BandMappingError("Something quite new about x.")) == "Something quite new about x."


def test_english_comes_back(chinese):
    use_translator(None)
    assert tr("Predict oxides") == "Predict oxides"


#: What shows its first text argument to the user.
SHOWN = {
    "QLabel", "QPushButton", "QAction", "QCheckBox", "QGroupBox", "QRadioButton", "setText",
    "setWindowTitle", "setToolTip", "setPlaceholderText", "setStatusTip", "setTitle", "pushInfo",
    "pushWarning", "pushMessage", "reportError", "setProgressText", "QgsProcessingException",
    "addTab", "add_page", "setHeaderLabels",
}  # fmt: skip


@pytest.mark.parametrize(
    "path",
    [p for p in translations.modules() if p.parent.name in ("gui", "algorithms")],
    ids=lambda path: path.stem,
)
def test_texts_shown_go_through_tr(path):
    bare = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and translations.called(node) in SHOWN and node.args:
            text = translations.template(node.args[0])
            if text and len(re.findall(r"[A-Za-z]{2,}", re.sub(r"\{\d+\}", "", text))) > 0:
                bare.append(f"{path.name}:{node.lineno}: {text}")
    assert not bare, "\n".join(bare)


def test_charts_have_a_font_for_chinese(chinese):
    pytest.importorskip("matplotlib")
    from matplotlib import font_manager

    from lunar_oxide_plugin.gui.chart import CHINESE_FONTS
    from lunar_oxide_plugin.gui.spectrum_chart import SpectrumChart

    installed = {font.name for font in font_manager.fontManager.ttflist} & set(CHINESE_FONTS)
    if not installed:
        pytest.skip("no font with Chinese letters is installed")
    chart = SpectrumChart()
    chart.show()
    label = chart.canvas.figure.axes[0].yaxis.label
    assert label.get_text() == translations.read_ts()["reflectance"]
    assert set(label.get_fontfamily()) & installed
    chart.close()
