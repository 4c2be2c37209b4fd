"""What the plugin adds to QGIS's window, and takes away again."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Optional

from qgis.core import QgsSettings
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QAction, QMenu, QToolBar

from .dock import LunarOxideDock
from .texts import tr

RESOURCES = Path(__file__).resolve().parent.parent / "resources"

#: QGIS restores the window before it knows a plugin that is switched on later.
VISIBLE_KEY = "lunar_oxide/dock_visible"
AREA_KEY = "lunar_oxide/dock_area"


class LunarOxideWindow:
    """Toolbar, menu and dock.

    Further pages go into `dock` with `dock.add_page(widget, title)`, further actions into
    `menu`; what they connect to outside the dock is theirs to disconnect.

    Parameters
    ----------
    iface : QgisInterface
    """

    def __init__(self, iface: Any) -> None:
        self.iface = iface
        main = iface.mainWindow()
        self.dock: Optional[LunarOxideDock] = LunarOxideDock(main)
        self.dock_action: QAction = self.dock.toggleViewAction()
        self.dock_action.setIcon(QIcon(str(RESOURCES / "icon.svg")))
        self.dock_action.setText(tr("Lunar Oxide"))
        self.dock_action.setToolTip(tr("Show or hide the Lunar Oxide panel"))

        self.menu = QMenu(tr("Lunar Oxide"), main)
        self.menu.setObjectName("LunarOxideMenu")
        self.menu.setIcon(QIcon(str(RESOURCES / "icon.svg")))
        self.menu.addAction(self.dock_action)
        iface.rasterMenu().addMenu(self.menu)

        self.toolbar: QToolBar = iface.addToolBar(tr("Lunar Oxide"))
        self.toolbar.setObjectName("LunarOxideToolbar")
        self.toolbar.addAction(self.dock_action)

        self._show_dock()

    def unload(self) -> None:
        """Remove everything."""
        if self.dock is None:
            return
        self._remember_dock()
        self.iface.rasterMenu().removeAction(self.menu.menuAction())
        self.menu.deleteLater()
        self.iface.mainWindow().removeToolBar(self.toolbar)
        self.toolbar.deleteLater()
        self.iface.removeDockWidget(self.dock)
        self.dock.deleteLater()
        self.dock = None

    def _show_dock(self) -> None:
        settings = QgsSettings()
        area = {
            "left": Qt.DockWidgetArea.LeftDockWidgetArea,
        }.get(settings.value(AREA_KEY, "right"), Qt.DockWidgetArea.RightDockWidgetArea)
        self.iface.addDockWidget(area, self.dock)
        if self.dock is not None:
            self.dock.setVisible(settings.value(VISIBLE_KEY, True, type=bool))

    def _remember_dock(self) -> None:
        if self.dock is None:
            return
        settings = QgsSettings()
        left = Qt.DockWidgetArea.LeftDockWidgetArea
        area = self.iface.mainWindow().dockWidgetArea(self.dock)
        settings.setValue(AREA_KEY, "left" if area == left else "right")
        settings.setValue(VISIBLE_KEY, not self.dock.isHidden())
