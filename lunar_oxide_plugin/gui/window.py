"""The parts that the plugin adds to QGIS's window, and removes."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any, Dict, Optional

from qgis.core import QgsApplication, QgsMapLayerType, QgsRasterLayer, QgsSettings
from qgis.PyQt import sip
from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QAction, QMenu, QToolBar

from ..core.translation import tr
from .composites import CompositeMenu
from .dock import PREFERRED_SIZE, LunarOxideDock
from .live.control import LiveControl
from .open_prediction import PredictionOpener
from .predict_page import PredictPage
from .print_map import PrintMapMenu
from .scatter_control import ScatterControl
from .scatter_page import ScatterPage
from .spectrum_control import SpectrumControl
from .transect_control import TransectControl
from .transect_page import TransectPage

RESOURCES = Path(__file__).resolve().parent.parent / "resources"

#: Settings of the dock. The plugin stores them itself, because QGIS restores its window before a
#: plugin that is enabled later is loaded.
VISIBLE_KEY = "lunar_oxide/dock_visible"
AREA_KEY = "lunar_oxide/dock_area"
WIDTH_KEY = "lunar_oxide/dock_width"


class LunarOxideWindow:
    """Toolbar, menu and dock.

    Add further pages with `dock.add_page(widget, title)` and further actions to `menu`. Each of
    them must disconnect its own signals of objects outside the dock.

    Parameters
    ----------
    iface : QgisInterface
    """

    def __init__(self, iface: Any) -> None:
        self.iface = iface
        self._dialog: Optional[Any] = None
        main = iface.mainWindow()
        self.dock: Optional[LunarOxideDock] = LunarOxideDock(main)
        self.dock_action: QAction = self.dock.toggleViewAction()
        self.dock_action.setObjectName("LunarOxidePanel")
        self.dock_action.setIcon(QIcon(str(RESOURCES / "icon.svg")))
        self.dock_action.setText(tr("Lunar Oxide"))
        self.dock_action.setToolTip(tr("Show or hide the Lunar Oxide panel"))

        self.menu = QMenu(tr("Lunar Oxide"), main)
        self.menu.setObjectName("LunarOxideMenu")
        self.menu.setIcon(QIcon(str(RESOURCES / "icon.svg")))
        self.menu.addAction(self.dock_action)
        iface.rasterMenu().addMenu(self.menu)

        self.spectrum_action = QAction(
            QIcon(str(RESOURCES / "spectrum.svg")), tr("Spectrum under the pointer"), main
        )
        self.spectrum_action.setObjectName("LunarOxideSpectrum")
        self.spectrum_action.setToolTip(
            tr("Click a pixel or drag a box: its spectrum, the oxides and how sure they are")
        )
        self.spectrum_action.setCheckable(True)
        self.menu.addAction(self.spectrum_action)

        self.opener = PredictionOpener(iface, main)
        self.open_action = QAction(
            QIcon(QgsApplication.getThemeIcon("/mActionFileOpen.svg")),
            tr("Open prediction \u2026"),
            main,
        )
        self.open_action.setObjectName("LunarOxideOpenPrediction")
        self.open_action.setToolTip(
            tr("Load a prediction from the command line, a cluster or a colleague as styled maps")
        )
        self.open_action.triggered.connect(lambda *_: self.opener.ask())
        self.menu.addAction(self.open_action)

        self.toolbar: QToolBar = iface.addToolBar(tr("Lunar Oxide"))
        self.toolbar.setObjectName("LunarOxideToolbar")
        self.toolbar.addAction(self.dock_action)
        self.toolbar.addAction(self.spectrum_action)
        self.transect_action = self._tool_action(
            "transect.svg", "LunarOxideTransect", tr("Transect"),
            tr("Draw a line on the map: the oxides along it, with uncertainty and sites"),
        )  # fmt: skip
        self.print_map = PrintMapMenu(iface, self.menu, self.toolbar)

        self.predict_page = PredictPage()
        self.predict_page.predict_wanted.connect(self.open_predict_dialog)
        self.predict_page.open_wanted.connect(self.opener.ask)
        self.spectrum = SpectrumControl(
            iface.mapCanvas(), self.predict_page, self.spectrum_action, self.dock
        )
        self.spectrum_action.toggled.connect(self._spectrum_toggled)
        self.scatter_page = ScatterPage()
        self.scatter = ScatterControl(iface.mapCanvas(), self.scatter_page, self.dock)
        self.menu.addAction(self.scatter.flag_mask.action)
        self.transect_page = TransectPage()
        self.transect = TransectControl(
            iface.mapCanvas(),
            self.transect_page,
            self.transect_action,
            iface.activeLayer,
            self.dock,
        )
        self.transect_action.toggled.connect(self._transect_toggled)
        self.composites = CompositeMenu(iface, self.menu, self.toolbar, self.predict_page.layer)
        self.dock.add_page(self.predict_page, tr("Predict"))
        self.dock.add_page(self.spectrum.page, tr("Spectrum"))
        self.dock.add_page(self.scatter_page, tr("Scatter"))
        self.dock.add_page(self.transect_page, tr("Transect"))
        self.live = LiveControl(
            iface.mapCanvas(), self.predict_page, self.open_predict_dialog, self._show_live, main
        )
        self.dock.add_page(self.live.page, tr("Live"))
        self.menu.addAction(self.live.action)
        self.live_over_action = QAction(self.live.action.icon(), tr("Live oxides"), main)
        self.live_over_action.triggered.connect(self._live_over_layer)
        iface.addCustomActionForLayerType(
            self.live_over_action, "", QgsMapLayerType.RasterLayer, True
        )

        self._show_dock()

    def unload(self) -> None:
        """Remove everything."""
        if self.dock is None:
            return
        self._remember_dock()
        if hasattr(self.iface, "initializationCompleted"):
            with suppress(TypeError):
                self.iface.initializationCompleted.disconnect(self._set_width)
        self.predict_page.disconnect_project()
        self.opener.close()
        self.composites.close()
        self.opener.deleteLater()
        self.open_action.deleteLater()
        self.spectrum.close()
        self.scatter.close()
        self.transect.close()
        self.iface.removeCustomActionForLayerType(self.live_over_action)
        self.live_over_action.deleteLater()
        self.live.close()
        if self._dialog is not None:
            # QGIS may have deleted a dialog after the user closed it.
            with suppress(RuntimeError):
                self._dialog.close()
            self._dialog = None
        self.spectrum_action.deleteLater()
        self.transect_action.deleteLater()
        self.iface.rasterMenu().removeAction(self.menu.menuAction())
        self.menu.deleteLater()
        self.iface.mainWindow().removeToolBar(self.toolbar)
        self.toolbar.deleteLater()
        self.iface.removeDockWidget(self.dock)
        self.dock.deleteLater()
        self.dock = None

    def open_predict_dialog(self, parameters: Dict[str, Any]) -> None:
        """Open the dialog 'Predict oxides' with parameters filled in, without blocking the map."""
        # Imported here, because Processing is another plugin, which is loaded by now.
        from qgis import processing

        dialog = processing.createAlgorithmDialog("lunaroxide:predictoxides", parameters)
        if dialog is None:
            self.iface.messageBar().pushWarning(
                tr("Lunar Oxide"), tr("Processing does not know 'Predict oxides': enable it.")
            )
            return
        self._dialog = dialog
        dialog.show()

    def _tool_action(self, icon: str, name: str, text: str, tip: str) -> QAction:
        """A checkable action in menu and toolbar."""
        action = QAction(QIcon(str(RESOURCES / icon)), text, self.iface.mainWindow())
        action.setObjectName(name)
        action.setToolTip(tip)
        action.setCheckable(True)
        self.menu.addAction(action)
        self.toolbar.addAction(action)
        return action

    def _transect_toggled(self, on: bool) -> None:
        self.transect.use_tool(on)
        if on and self.dock is not None:
            self.dock.show_page(self.transect_page)

    def _spectrum_toggled(self, on: bool) -> None:
        self.spectrum.use_tool(on)
        if on and self.dock is not None:
            self.dock.show_page(self.spectrum.page)

    def _show_live(self) -> None:
        if self.dock is not None:
            self.dock.show_page(self.live.page)

    def _live_over_layer(self, *_: Any) -> None:
        layer = self.iface.activeLayer()
        if isinstance(layer, QgsRasterLayer):
            self.live.add_over(layer)

    def _show_dock(self) -> None:
        settings = QgsSettings()
        self._width = settings.value(WIDTH_KEY, PREFERRED_SIZE.width(), type=int)
        area = {
            "left": Qt.DockWidgetArea.LeftDockWidgetArea,
        }.get(settings.value(AREA_KEY, "right"), Qt.DockWidgetArea.RightDockWidgetArea)
        self.iface.addDockWidget(area, self.dock)
        if self.dock is not None:
            self.dock.setVisible(settings.value(VISIBLE_KEY, True, type=bool))
            # QGIS lays out its window after plugins are loaded.
            QTimer.singleShot(0, self._set_width)
            if hasattr(self.iface, "initializationCompleted"):
                self.iface.initializationCompleted.connect(self._set_width)

    def _set_width(self) -> None:
        # QGIS may have deleted its window, and the dock with it, before the timer fires.
        if self.dock is None or sip.isdeleted(self.dock):
            return
        if not self.dock.isFloating():
            horizontal = Qt.Orientation.Horizontal
            self.iface.mainWindow().resizeDocks([self.dock], [self._width], horizontal)

    def _remember_dock(self) -> None:
        if self.dock is None:
            return
        settings = QgsSettings()
        left = Qt.DockWidgetArea.LeftDockWidgetArea
        area = self.iface.mainWindow().dockWidgetArea(self.dock)
        settings.setValue(AREA_KEY, "left" if area == left else "right")
        settings.setValue(WIDTH_KEY, self.dock.width())
        settings.setValue(VISIBLE_KEY, not self.dock.isHidden())
