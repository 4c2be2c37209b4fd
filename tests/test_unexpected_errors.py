"""The user's message for unexpected errors."""

from __future__ import annotations

import gc
import weakref

import pytest
from qgis.core import (
    QgsApplication,
    QgsFeature,
    QgsFields,
    QgsGeometry,
    QgsPointXY,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsVectorLayer,
)

from lunar_oxide_plugin.algorithms.base import (
    LOG_TAG,
    LunarOxideAlgorithm,
    user_errors,
)
from lunar_oxide_plugin.algorithms.feature_output import add_feature
from lunar_oxide_plugin.core.errors import OutputError


@pytest.fixture
def logged(qgis_app):
    messages = []

    def remember(text, tag, level):
        messages.append((tag, text))

    log = QgsApplication.messageLog()
    log.messageReceived.connect(remember)
    yield messages
    log.messageReceived.disconnect(remember)


def one_sentence(error):
    text = str(error)
    assert "Traceback" not in text
    assert "\n" not in text.strip()
    return text


def test_a_fault_of_the_plugin_is_one_sentence_and_a_traceback_in_the_log(logged):
    with pytest.raises(QgsProcessingException) as caught, user_errors():
        {}["no such\nkey"]
    text = one_sentence(caught.value)
    assert "KeyError" in text
    assert "please report it" in text
    tracebacks = [message for tag, message in logged if tag == LOG_TAG]
    assert len(tracebacks) == 1
    assert "test_unexpected_errors.py" in tracebacks[0]


def test_expected_errors_are_not_logged(logged):
    with pytest.raises(QgsProcessingException, match=r"^no room$"), user_errors():
        raise OutputError("no room")
    with pytest.raises(QgsProcessingException, match=r"^told$"), user_errors():
        raise QgsProcessingException("told")
    assert not [message for tag, message in logged if tag == LOG_TAG]


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (MemoryError(), "memory does not suffice"),
        (ImportError("no module", name="rasterio"), "needs the Python package rasterio"),
        (ImportError("no module", name="nonsense"), "should not"),
    ],
)
def test_errors_of_the_environment(error, message):
    with pytest.raises(QgsProcessingException, match=message) as caught, user_errors():
        raise error
    one_sentence(caught.value)


def test_no_algorithm_can_forget_the_guard():
    class Careless(LunarOxideAlgorithm):
        def prepare(self, run):
            raise ZeroDivisionError("first")

        def execute(self, run):
            raise ZeroDivisionError("second")

    for method, word in (("prepareAlgorithm", "first"), ("processAlgorithm", "second")):
        with pytest.raises(QgsProcessingException, match=word):
            getattr(Careless(), method)({}, None, None)


def test_a_feature_that_cannot_be_written_is_an_error(qgis_app):
    layer = QgsVectorLayer("Point?crs=IAU_2015:30100", "sites", "memory")
    feature = QgsFeature(QgsFields())
    feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(1.0, 2.0)))
    add_feature(layer.dataProvider(), feature)
    assert layer.featureCount() == 1

    class Full:
        def addFeature(self, feature, flags):
            return False

        def lastError(self):
            return "no space left"

    with pytest.raises(QgsProcessingException, match="cannot be written to the output: no space"):
        add_feature(Full(), feature)


class Held:
    """An object that a computation holds, such as an array."""


@pytest.mark.parametrize("step", ["prepare", "execute"])
@pytest.mark.parametrize("error", [OutputError("no room"), KeyError("odd"), MemoryError()])
def test_a_failed_run_lets_go_of_what_it_held(qgis_app, step, error):
    held = []

    class Failing(LunarOxideAlgorithm):
        NAME, DISPLAY_NAME, SUMMARY = "failing", "Failing", "Fails."

        def declare(self):
            pass

    def fail(self, run):
        array = Held()
        held.append(weakref.ref(array))
        # A new one, since pytest keeps the parameter.
        raise type(error)(*error.args)

    setattr(Failing, step, fail)
    # As QGIS's window runs it.
    _, succeeded = Failing().create().run({}, QgsProcessingContext(), QgsProcessingFeedback())
    assert not succeeded
    gc.collect()
    assert [reference() for reference in held] == [None]
