"""Choices of dialogs: texts in the user's language, keys for scripts."""

from __future__ import annotations

import gc
from types import SimpleNamespace

import pytest
from qgis.core import (
    QgsApplication,
    QgsProcessingContext,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildParameterSource,
    QgsProcessingParameterEnum,
)
from qgis.gui import QgsProcessingModelerParameterWidget

from lunar_oxide_plugin.algorithms import choice_parameter as module
from lunar_oxide_plugin.algorithms.choice_parameter import choice_parameter, texts_of
from lunar_oxide_plugin.core import translation

KEYS, TEXTS = ("x", "why", "z"), ("\u7532", "\u4e59", "\u4e19")


@pytest.fixture
def wrapped(run):
    """What Processing shows for a parameter in a dialog of a class."""
    from processing.gui.wrappers import WidgetWrapperFactory
    from qgis.PyQt.QtWidgets import QDialog

    kept = []

    def make(kind, texts=TEXTS):
        parameter = choice_parameter("A", "a", KEYS, "why", texts)
        dialog = type(kind, (QDialog,), {})()
        dialog.model, dialog.childId = QgsProcessingModelAlgorithm(), "child"
        dialog.context = QgsProcessingContext()
        kept.append(SimpleNamespace(parameter=parameter, dialog=dialog))
        return WidgetWrapperFactory.create_wrapper(parameter, dialog)

    yield make
    kept.clear()


@pytest.mark.parametrize("kind", ["AlgorithmDialog", "BatchPanel"])
def test_a_list_shows_texts_and_gives_keys(wrapped, kind):
    wrapper = wrapped(kind)
    box = wrapper.widget
    assert [box.itemText(n) for n in range(box.count())] == list(TEXTS)
    assert (box.currentText(), wrapper.parameterValue()) == ("\u4e59", "why")
    changes = []
    wrapper.widgetValueHasChanged.connect(lambda *_: changes.append(wrapper.parameterValue()))
    context = QgsProcessingContext()
    gc.collect()
    for value, key in (("x", "x"), (2, "z"), ("1", "why"), ("unknown", "why")):
        wrapper.setParameterValue(value, context)
        assert wrapper.parameterValue() == key
    box.setCurrentIndex(0)
    assert changes == ["x", "z", "why", "x"]


def test_a_model_keeps_the_key_and_offers_its_inputs(wrapped):
    widget = wrapped("ModelerParametersDialog")
    assert isinstance(widget, QgsProcessingModelerParameterWidget)
    widget.setWidgetValue(QgsProcessingModelChildParameterSource.fromStaticValue("z"))
    assert widget.value().staticValue() == "z"


def test_lists_without_texts_of_their_own_are_those_of_qgis(wrapped, monkeypatch):
    assert type(wrapped("AlgorithmDialog", KEYS)).__name__ != "ChoiceWrapper"
    assert type(wrapped("AlgorithmDialog")).__name__ == "ChoiceWrapper"
    monkeypatch.setattr(module, "BEFORE_QGIS", 0)
    assert type(wrapped("AlgorithmDialog")).__name__ != "ChoiceWrapper"


@pytest.fixture
def speaking(monkeypatch):
    """Every text in another language."""
    monkeypatch.setattr(translation, "_translate", lambda text: f"<{text}>")


def enums(algorithm):
    return [
        definition
        for definition in algorithm.parameterDefinitions()
        if isinstance(definition, QgsProcessingParameterEnum)
    ]


def test_keys_are_the_same_in_every_language(run, speaking):
    """Every algorithm: texts follow the language, values that scripts give do not."""
    provider = QgsApplication.processingRegistry().providerById("lunaroxide")
    spoken = set()
    for algorithm in provider.algorithms():
        english = {d.name(): d for d in enums(algorithm)}
        own = algorithm.create()
        for definition in enums(own):
            before, texts = english[definition.name()], texts_of(definition)
            assert len(texts) == len(before.options())
            assert definition.defaultValue() == before.defaultValue()
            if definition.usesStaticStrings():
                assert definition.options() == before.options()
            if any(text.startswith("<") for text in texts):
                spoken.add(f"{algorithm.name()}.{definition.name()}")
            else:
                # Names, which have no translation.
                assert definition.name() in ("OXIDE", "OXIDES", "MISSIONS", "DEVICE")
    assert {"predictoxides.UNCERTAINTY", "predictoxides.MODEL", "liveoxides.SHOWN"} <= spoken
    assert {"colourcomposite.STRETCH", "comparerasters.REFERENCE_QUANTITY"} <= spoken
