"""A user's first ten minutes: what dialogs offer, what keys do, what screen readers say."""

from __future__ import annotations

import re

import pytest
from qgis.core import (
    QgsApplication,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProject,
    QgsRasterLayer,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QTabBar

from lunar_oxide_plugin import classFactory
from lunar_oxide_plugin.core.sites.reasons import MOST_NAMES, by_reason, name_list
from lunar_oxide_plugin.gui.dock import PREFERRED_SIZE, WELCOME_SHARE
from lunar_oxide_plugin.gui.keyboard import actions_of, controls
from lunar_oxide_plugin.gui.window import AREA_KEY, VISIBLE_KEY, WIDTH_KEY
from lunar_oxide_plugin.plugin import LunarOxidePlugin
from tests.test_result_groups import SCENE, project, scene_oxides  # noqa: F401 - fixtures
from tests.test_spectrum_tool import User, pinned, pointing, user  # noqa: F401 - fixtures
from tests.window import WindowInterface, wait_until


def algorithm(name):
    return QgsApplication.processingRegistry().createAlgorithmById(f"lunaroxide:{name}")


def offered(name, parameter="INPUT"):
    made = algorithm(name)  # which owns its parameters
    return made.parameterDefinition(parameter).defaultValueForGui()


def test_dialogs_offer_reflectance_or_a_prediction_first(project, scene_oxides):  # noqa: F811
    assert not offered("predictoxides")
    prediction = QgsRasterLayer(str(scene_oxides), "prediction")
    project.addMapLayer(prediction)
    assert not offered("predictoxides") and offered("checkpredictions") == prediction.id()
    scene = QgsRasterLayer(str(SCENE), "scene")
    project.addMapLayer(scene, False)
    project.layerTreeRoot().addLayer(scene)  # below the prediction
    for name in ("predictoxides", "explainprediction", "spectralparameters", "colourcomposite"):
        assert offered(name) == scene.id(), name
    for name in ("checkpredictions", "derivedproducts"):
        assert offered(name) == prediction.id(), name
    # Scripts must still say what they want.
    made = algorithm("predictoxides")
    assert made.parameterDefinition("INPUT").defaultValue() is None


@pytest.mark.parametrize("name", ["predictoxides", "explainprediction", "spectralparameters"])
def test_a_prediction_as_reflectance_is_told(project, scene_oxides, name):  # noqa: F811
    context = QgsProcessingContext()
    context.setProject(project)
    parameters = {"INPUT": str(scene_oxides), "OUTPUT": "TEMPORARY_OUTPUT"}
    accepted, text = algorithm(name).checkParameterValues(parameters, context)
    assert not accepted
    assert "is a prediction, not reflectance" in text and SCENE.name in text
    parameters["INPUT"] = str(SCENE)
    assert algorithm(name).checkParameterValues(parameters, context)[0]


def test_the_dialog_of_refine_opens_with_what_works(run, tmp_path):
    model = offered("refinemodel", "MODEL")
    feedback = QgsProcessingFeedback()
    results = run(
        "refinemodel", feedback, MODEL=model, OUTPUT=str(tmp_path / "refined.onnx")
    )  # fmt: skip
    assert results["N_ADDED"] >= 1
    lines = feedback.textLog().splitlines()
    left_out = [line for line in lines if "left out" in line]
    assert len(left_out) == 2  # and not one line for each of 57 sites
    assert left_out[0].startswith("2 left out, it has no spectrum")
    assert re.match(r"55 left out, the model was trained on it: \w+, .* \+47\.$", left_out[1])


def test_refine_says_that_the_model_knows_all(run, tmp_path):
    with pytest.raises(Exception, match=r"trained on it \(56: .*give samples of your"):
        run("refinemodel", MODEL="kaguya_mi", OUTPUT=str(tmp_path / "refined.onnx"))


def test_what_is_left_out_is_grouped_by_reason():
    pairs = [("a", "dark"), ("b", "outside"), ("c", "dark")]
    assert by_reason(pairs) == [("dark", ["a", "c"]), ("outside", ["b"])]
    names = [f"s{number}" for number in range(MOST_NAMES + 3)]
    assert name_list(names) == ", ".join(names[:MOST_NAMES]) + " +3"
    assert name_list(names[:MOST_NAMES]) == ", ".join(names[:MOST_NAMES])


def test_the_toolbox_has_four_groups(run):
    provider = QgsApplication.processingRegistry().providerById("lunaroxide")
    groups = {}
    for each in provider.algorithms():
        groups.setdefault(each.group(), set()).add(each.name())
        assert each.groupId() == each.GROUP.lower()
    assert set(groups) == {"Map", "Check", "Explore", "Model"}
    assert {"predictoxides", "mosaictiles", "colourcomposite"} <= groups["Map"]
    assert {"checkpredictions", "comparerasters", "addsamplesites"} <= groups["Check"]
    assert {"refinemodel", "describemodel"} <= groups["Model"]


@pytest.fixture
def plugin(qgis_app, monkeypatch, user_profile):
    # The session's provider is already registered, and QGIS does not accept a second one.
    monkeypatch.setattr(LunarOxidePlugin, "initProcessing", lambda plugin: None)
    from qgis.core import QgsSettings

    for key in (AREA_KEY, VISIBLE_KEY, WIDTH_KEY):
        QgsSettings().remove(key)
    QgsProject.instance().clear()
    iface = WindowInterface()
    made = classFactory(iface)
    made.initGui()
    yield made
    made.unload()
    iface.close()


def test_the_dock_opens_400_wide_and_remembers_another_width(plugin):
    dock, main = plugin.window.dock, plugin.iface.mainWindow()
    wait_until(lambda: dock.width() == PREFERRED_SIZE.width() == 400)
    main.resizeDocks([dock], [460], Qt.Orientation.Horizontal)
    wait_until(lambda: dock.width() == 460)
    plugin.unload()
    plugin.initGui()
    wait_until(lambda: plugin.window.dock.width() == 460)


def test_tabs_are_readable_and_reachable_in_a_narrow_dock(plugin):
    tabs = plugin.window.dock.tabs
    bar = tabs.tabBar()
    assert bar.elideMode() == Qt.TextElideMode.ElideNone and tabs.usesScrollButtons()
    for place in range(tabs.count()):
        text = bar.fontMetrics().boundingRect(tabs.tabText(place)).width()
        assert bar.tabRect(place).width() >= text
    bar.setFocus()
    tabs.setCurrentIndex(0)
    for _ in range(tabs.count() - 1):
        QTest.keyClick(bar, Qt.Key.Key_Right)
    assert tabs.currentIndex() == tabs.count() - 1


def test_the_welcome_scrolls_where_there_is_no_room(plugin):
    dock = plugin.window.dock
    plugin.window_parts.show_welcome()
    dock.setFloating(True)
    dock.resize(400, 420)
    wait_until(lambda: dock.height() <= 460)
    QApplication.processEvents()
    assert dock._welcome_scroll.height() <= round(WELCOME_SHARE * dock.height())
    assert dock._welcome_scroll.verticalScrollBar().maximum() > 0
    dock.resize(400, 1600)
    wait_until(lambda: dock._welcome_scroll.verticalScrollBar().maximum() == 0)


def test_every_control_has_a_name_for_screen_readers(plugin):
    plugin.window_parts.show_welcome()
    found = list(controls(plugin.window.dock.widget()))
    assert len(found) > 25
    for widget in found:
        assert widget.accessibleName(), (type(widget).__name__, widget.objectName())
    names = {widget.accessibleName() for widget in found}
    assert {"Raster", "Model", "Scale", "Offset"} <= names
    assert not any("&" in name for name in names)
    assert plugin.window.dock.tabs.tabBar().accessibleName()
    assert not any(isinstance(widget, QTabBar) for widget in found)


def test_every_action_has_a_key_of_its_own(plugin):
    actions = list(actions_of(plugin.window.menu))
    keys = [action.shortcut().toString() for action in actions]
    names = [action.objectName() for action in actions]
    assert len(actions) >= 12 and all(keys) and all(names)
    assert len(set(keys)) == len(keys) and len(set(names)) == len(names)
    assert all(action.toolTip() for action in actions)


def test_tab_leaves_the_table_of_bands(user):  # noqa: F811
    user.open(SCENE)
    wait_until(lambda: user.predict.table.rowCount() == 8)
    table = user.predict.table
    user.window.dock.show_page(user.predict)
    table.setFocus()
    visited = []
    for _ in range(30):
        QTest.keyClick(QApplication.focusWidget() or table, Qt.Key.Key_Tab)
        visited.append(QApplication.focusWidget())
        if visited[-1] is not None and not table.isAncestorOf(visited[-1]):
            break
    assert visited[-1] is not None and visited[-1] is not table
    assert not table.isAncestorOf(visited[-1])
    names = [table.cellWidget(row, 1).accessibleName() for row in range(8)]
    assert len(set(names)) == 8 and all("nm" in name for name in names)


def test_delete_removes_a_pin_and_undo_brings_it_back(pinned):  # noqa: F811
    board, table = pinned.board, pinned.page.pins
    before = board.pins
    board.show(0)
    QTest.keyClick(table, Qt.Key.Key_Delete)
    assert board.pins == before[1:] and table.rowCount() == 1
    QTest.keyClick(table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert board.pins == before and table.rowCount() == 2
    for place in (1, 0):
        board.show(place)
        QTest.keyClick(table, Qt.Key.Key_Delete)
    assert not board.pins
    QTest.keyClick(table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert board.pins == before


def test_points_keep_their_names_in_explanations(run, tmp_path):
    sites = run("addsamplesites", MISSIONS=[5], OUTPUT=str(tmp_path / "sites.gpkg"))["OUTPUT"]
    report = tmp_path / "report.html"
    result = run(
        "explainprediction",
        INPUT=str(SCENE),
        POINTS=sites,
        OUTPUT=str(tmp_path / "o.gpkg"),
        REPORT=str(report),
    )
    labels = {feature["label"] for feature in QgsVectorLayer(result["OUTPUT"]).getFeatures()}
    assert labels and all(label.startswith("A17_") for label in labels)
    assert sorted(labels)[0] in report.read_text(encoding="utf-8")
