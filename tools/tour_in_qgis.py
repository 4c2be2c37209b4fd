"""Runs inside QGIS (`qgis --code`): takes pictures of a user's first steps.

From a profile without onnxruntime: the message bar, the packages dialog with a wheel file, its
installation, the demo, the models page, the options. Ends QGIS with status 1 if a step fails.

Environment: ``LUNAR_OXIDE_SHOTS`` the folder for the PNGs, ``LUNAR_OXIDE_WHEEL`` a wheel of
onnxruntime for this Python.
"""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path
from typing import Any, Callable

from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QApplication, QDockWidget, QPushButton
from qgis.utils import iface, plugins

SHOTS = Path(os.environ["LUNAR_OXIDE_SHOTS"])
WHEEL = Path(os.environ["LUNAR_OXIDE_WHEEL"])

#: Number of tries of a step, ten per second, before it counts as failed.
PATIENCE = 1200


def shoot(name: str, widget: Any = None) -> None:
    """Save a picture of a window."""
    QApplication.processEvents()
    (widget or iface.mainWindow()).grab().save(str(SHOTS / f"{name}.png"))


def later(milliseconds: int, step: Callable[[], None]) -> None:
    """Run a step when QGIS has had time to draw; end QGIS if it fails."""

    def guarded() -> None:
        try:
            step()
        except Exception:
            traceback.print_exc()
            sys.stderr.flush()
            os._exit(1)

    QTimer.singleShot(milliseconds, guarded)


def when(condition: Callable[[], bool], step: Callable[[], None], patience: int = PATIENCE) -> None:
    """Run a step once a condition holds."""
    if condition():
        later(300, step)
    elif patience == 0:
        raise TimeoutError(f"waited in vain before {step.__name__}")
    else:
        later(100, lambda: when(condition, step, patience - 1))


class Tour:
    """The steps, each calling the next."""

    def __init__(self) -> None:
        self.window_parts = plugins["lunar_oxide_plugin"].window_parts
        self.dock = self.window_parts.window.dock
        # The report would open a browser over QGIS.
        QDesktopServices.openUrl = lambda url: True

    def start(self) -> None:
        """Enlarge the window, and follow the message bar."""
        window = iface.mainWindow()
        window.resize(1240, 760)
        for dock in window.findChildren(QDockWidget):
            if dock.objectName() in ("Browser", "Browser2"):
                dock.hide()
        width = int(os.environ.get("LUNAR_OXIDE_DOCK_WIDTH", "400"))
        window.resizeDocks([self.dock], [width], Qt.Orientation.Horizontal)
        later(500, self.missing)

    def missing(self) -> None:
        """The message bar says that onnxruntime is missing; click its button."""
        self.window_parts.offer_packages()
        shoot("first_run")
        message = iface.messageBar().currentItem()
        message.findChild(QPushButton).click()
        later(500, self.dialog)

    def dialog(self) -> None:
        """Choose the wheel file, as on a machine without network."""
        dialog = self.window_parts.dialog
        dialog.stop()
        when(lambda: dialog._task is None, self.choose)

    def choose(self) -> None:
        """The dialog shows what would be installed."""
        dialog = self.window_parts.dialog
        dialog._say("")
        dialog.plan_with_file(WHEEL)
        shoot("packages", dialog)
        dialog.install_button.click()
        when(lambda: dialog._task is None, self.installed)

    def installed(self) -> None:
        """The package works; continue with the demo."""
        dialog = self.window_parts.dialog
        shoot("packages_done", dialog)
        if "onnxruntime" not in dialog.message.text() or dialog.state.text().startswith("missing"):
            raise RuntimeError(dialog.message.text())
        dialog.accept()
        self.window_parts.show_welcome()
        self.welcome.demo_button.click()
        when(lambda: self.welcome._run is None, self.demo)

    @property
    def welcome(self) -> Any:
        """The welcome in the dock."""
        return self.dock._welcome

    def demo(self) -> None:
        """Maps and sites are in the project."""
        if not self.welcome.report_button.isVisibleTo(self.welcome):
            raise RuntimeError(self.welcome.message.text())
        later(3000, self.demo_drawn)

    def demo_drawn(self) -> None:
        """Take a picture of the map without QGIS's own messages on WGS 84."""
        iface.messageBar().clearWidgets()
        shoot("demo")
        self.dock.set_welcome(None)
        self.window_parts.show_models()
        later(800, self.models)

    def models(self) -> None:
        """The models page, large enough to read."""
        shoot("models", self.dock)
        later(1500, self.options)
        self.window_parts.show_options()

    def options(self) -> None:
        """The page in QGIS's options."""
        dialog = QApplication.activeModalWidget()
        dialog.resize(820, 520)
        QApplication.processEvents()
        shoot("settings", dialog)
        sys.stdout.flush()
        os._exit(0)


later(5000, lambda: Tour().start())
