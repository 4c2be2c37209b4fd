"""Further parts of the window: welcome, models page, packages, options, guide."""

from __future__ import annotations

from typing import Any, List, Optional

from qgis.core import Qgis
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QAction, QPushButton

from ..algorithms.preferences import load_preferences
from ..core.installer.packages import Package, missing_packages
from ..core.translation import tr
from ..provider import LunarOxideProvider
from .guide import guide_url
from .keyboard import Shortcuts
from .models_page import ModelsPage
from .options_page import PAGE, OptionsFactory
from .packages_dialog import PackagesDialog
from .welcome import Welcome
from .window import LunarOxideWindow

#: Milliseconds after QGIS's start, so that its own messages are shown first.
MESSAGE_DELAY_MS = 1500


class WindowParts:
    """Adds pages and actions to the plugin's window, and removes those outside it.

    Parameters
    ----------
    iface : QgisInterface
    window : LunarOxideWindow
        Its dock receives the pages, its menu the actions.
    provider : LunarOxideProvider or None
        Informed when models are added or removed.
    """

    def __init__(
        self, iface: Any, window: LunarOxideWindow, provider: Optional[LunarOxideProvider]
    ) -> None:
        self.iface = iface
        self.window = window
        self.provider = provider
        self.dialog: Optional[PackagesDialog] = None
        self._message: Optional[Any] = None
        self.models = ModelsPage()
        self.models.changed.connect(self._on_models_changed)
        self._dock().add_page(self.models, tr("Models"))
        self.factory = OptionsFactory()
        iface.registerOptionsWidgetFactory(self.factory)
        self.actions: List[QAction] = []
        self._add_action(tr("Welcome and demo"), self.show_welcome, "Welcome")
        self._add_action(tr("Models"), self.show_models, "Models")
        self._add_action(tr("Packages ..."), self.show_packages, "Packages")
        self._add_action(tr("Settings ..."), self.show_options, "Settings")
        self._add_action(tr("User guide"), lambda: QDesktopServices.openUrl(guide_url()), "Guide")
        self.shortcuts = Shortcuts(iface, window.menu)
        if not load_preferences().welcome_closed:
            self._dock().set_welcome(self._welcome())
        self._timer = QTimer()
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.offer_packages)
        self._timer.start(MESSAGE_DELAY_MS)

    def unload(self) -> None:
        """Remove the parts that the window does not own."""
        self._timer.stop()
        self.shortcuts.close()
        self._close_message()
        if self.dialog is not None:
            self.dialog.reject()
            self.dialog.deleteLater()
            self.dialog = None
        self.iface.unregisterOptionsWidgetFactory(self.factory)
        for action in self.actions:
            self.window.menu.removeAction(action)
            action.deleteLater()
        self.actions = []

    def show_welcome(self) -> None:
        """Show the welcome again."""
        self._dock().set_welcome(self._welcome())
        self._dock().show()
        self._dock().raise_()

    def show_models(self) -> None:
        """Show the models page."""
        self._dock().show_page(self.models)

    def show_options(self) -> None:
        """Open QGIS's options at the plugin's page."""
        self.iface.showOptionsDialog(self.iface.mainWindow(), PAGE)

    def show_packages(self) -> None:
        """Open the dialog of packages."""
        if self.dialog is None:
            self.dialog = PackagesDialog(self.iface.mainWindow())
            self.dialog.changed.connect(self._on_packages_changed)
        self.dialog.show()
        self.dialog.raise_()

    def offer_packages(self) -> None:
        """Name missing packages in the message bar, with a button to install them."""
        missing: List[Package] = missing_packages()
        if not missing or self._message is not None:
            return
        names = ", ".join(package.name for package in missing)
        bar = self.iface.messageBar()
        message = bar.createMessage(
            tr("Lunar Oxide"),
            tr("prediction needs {packages}.").format(packages=names),
        )
        button = QPushButton(tr("Install ..."))
        button.clicked.connect(self.show_packages)
        message.layout().addWidget(button)
        self._message = bar.pushWidget(message, Qgis.MessageLevel.Warning)
        self._message.destroyed.connect(self._on_message_gone)

    def _welcome(self) -> Welcome:
        welcome = Welcome(self.iface)
        welcome.closed.connect(lambda: self._dock().set_welcome(None))
        return welcome

    def _dock(self) -> Any:
        return self.window.dock

    def _add_action(self, text: str, run: Any, name: str) -> None:
        action = QAction(text, self.iface.mainWindow())
        action.setObjectName(f"LunarOxide{name}")
        action.triggered.connect(lambda *_: run())
        self.window.menu.addAction(action)
        self.actions.append(action)

    def _on_models_changed(self) -> None:
        # The registry's algorithms list the models that existed when the algorithms were made.
        self._refresh_algorithms()
        self.window.predict_page.models.refresh()

    def _on_packages_changed(self) -> None:
        if not missing_packages():
            self._close_message()
        self.models.refresh()
        self.window.predict_page.judge_again()
        self._refresh_algorithms()

    def _refresh_algorithms(self) -> None:
        if self.provider is not None:
            self.provider.refreshAlgorithms()

    def _on_message_gone(self) -> None:
        self._message = None

    def _close_message(self) -> None:
        message, self._message = self._message, None
        if message is not None:
            self.iface.messageBar().popWidget(message)
