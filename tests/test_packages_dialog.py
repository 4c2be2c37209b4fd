"""From the message bar to a working package, with a user's clicks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from qgis.PyQt.QtWidgets import QApplication, QPushButton

from lunar_oxide_plugin.algorithms.preferences import load_preferences, save_preferences
from lunar_oxide_plugin.core.installer.packages import missing_packages
from lunar_oxide_plugin.gui.packages_dialog import PackagesDialog
from lunar_oxide_plugin.gui.window import LunarOxideWindow
from lunar_oxide_plugin.gui.window_parts import WindowParts
from tests.wheels import index_server, write_wheel
from tests.window import WindowInterface, wait_until


@pytest.fixture
def preferences(qgis_app):
    before = load_preferences()
    yield lambda **changes: save_preferences(replace(load_preferences(), **changes))
    save_preferences(before)


@pytest.fixture
def window_parts(qgis_app, bare):
    iface = WindowInterface()
    window = LunarOxideWindow(iface)
    window_parts = WindowParts(iface, window, None)
    window_parts.iface = iface
    yield window_parts
    window_parts.unload()
    window.unload()
    iface.close()


@pytest.fixture
def dialog(bare, preferences):
    dialogs = []

    def open_dialog(index):
        preferences(package_index=index)
        dialogs.append(PackagesDialog())
        wait_until(lambda: dialogs[-1]._task is None)
        return dialogs[-1]

    yield open_dialog
    for opened in dialogs:
        opened.reject()
        opened.deleteLater()


def test_the_message_bar_leads_to_a_working_package(window_parts, preferences, bare, tmp_path):
    wheel = write_wheel(tmp_path / "index")
    with index_server(tmp_path / "index") as index:
        preferences(package_index=index)
        window_parts.offer_packages()
        bar = window_parts.iface.messageBar()
        assert "onnxruntime" in bar.currentItem().text()
        window_parts.offer_packages()  # a second time says nothing more
        bar.currentItem().findChild(QPushButton).click()
        dialog = window_parts.dialog
        wait_until(lambda: dialog._task is None)
        assert dialog.what.text() == wheel.name
        assert dialog.size.text() == f"{wheel.stat().st_size / 1e6:.1f} MB"
        assert dialog.where.text().startswith(str(bare / "python3."))
        assert not bare.exists()  # nothing before the user's consent
        dialog.install_button.click()
        assert dialog.cancel_button.isVisibleTo(dialog)
        assert not dialog.install_button.isEnabled()
        wait_until(lambda: dialog._task is None)
    assert dialog.message.text() == "onnxruntime 1.30.0 works and is ready."
    assert missing_packages() == []
    wait_until(lambda: bar.currentItem() is None)
    # Removing it brings the old state back.
    assert dialog.remove_button.isVisibleTo(dialog)
    dialog.remove_button.click()
    assert [package.name for package in missing_packages()] == ["onnxruntime"]


def test_offline_a_wheel_file_does(dialog, bare, tmp_path):
    opened = dialog("http://127.0.0.1:9/simple")
    assert "cannot be fetched" in opened.message.text()
    assert opened.what.text() == "-"
    opened.plan_with_file(write_wheel(tmp_path, tags="cp27-cp27m-any"))
    assert "not made for this QGIS" in opened.message.text()
    wheel = write_wheel(tmp_path)
    opened.plan_with_file(wheel)
    assert opened.what.text() == wheel.name
    assert opened.source.text() == str(wheel)
    opened.install_button.click()
    wait_until(lambda: opened._task is None)
    assert "works and is ready" in opened.message.text()
    assert missing_packages() == []


def test_stopping_an_installation_leaves_nothing(dialog, bare, tmp_path):
    wheel = write_wheel(tmp_path, code="import time\ntime.sleep(60)\n")
    opened = dialog("http://127.0.0.1:9/simple")
    opened.plan_with_file(wheel)
    opened.install_button.click()
    wait_until(lambda: "Trying" in opened.message.text())
    opened.cancel_button.click()
    wait_until(lambda: opened._task is None)
    assert "ancelled" in opened.message.text()
    wait_until(lambda: not bare.exists())


def test_a_failure_can_be_reported(dialog, bare, tmp_path):
    opened = dialog("http://127.0.0.1:9/simple")
    opened.plan_with_file(write_wheel(tmp_path, code="raise OSError('DLL load failed')\n"))
    opened.install_button.click()
    wait_until(lambda: opened._task is None)
    assert "DLL load failed" in opened.message.text()
    opened.copy_button.click()
    text = QApplication.clipboard().text()
    for needed in ("QGIS ", "GDAL ", "PROJ ", "Last error: onnxruntime does not work", "sys.path"):
        assert needed in text


def test_what_qgis_has_needs_no_installation(dialog):
    opened = dialog("http://127.0.0.1:9/simple")
    opened.choice.setCurrentIndex(1)
    assert opened.package().name == "rasterio"
    assert opened.state.text().startswith("there:")
    assert not opened.install_button.isEnabled()
