"""Print the current map: a layout of the visible oxide, or of all oxides of its prediction."""

from __future__ import annotations

from pathlib import Path
from typing import Any, List, Optional, Sequence

from qgis.core import (
    QgsMapLayer,
    QgsPrintLayout,
    QgsProcessingException,
    QgsProject,
    QgsRasterLayer,
    QgsVectorLayer,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QGuiApplication, QIcon
from qgis.PyQt.QtWidgets import QAction, QMenu, QToolBar, QToolButton, QWidget

from ..algorithms.base import user_errors
from ..algorithms.printed_map import PrintRequest, print_map, rectangle_in
from ..core.chemistry.layout import oxide_band
from ..core.chemistry.oxides import OXIDES, Oxide
from ..core.translation import tr
from .prediction_layers import is_prediction

ICON = Path(__file__).resolve().parent.parent / "resources" / "print.svg"


class PrintMapMenu:
    """The menu 'Print map' with its two actions, for the plugin's menu and toolbar.

    Parameters
    ----------
    iface : QgisInterface
    menu : QMenu
        The plugin's.
    toolbar : QToolBar
        The plugin's.
    """

    def __init__(self, iface: Any, menu: QMenu, toolbar: QToolBar) -> None:
        self._iface = iface
        self.menu = QMenu(tr("Print map"), menu)
        self.menu.setObjectName("LunarOxidePrintMenu")
        self.menu.setIcon(QIcon(str(ICON)))
        self.one = self._action(
            tr("Print the visible oxide"), tr("A page with the oxide that the map shows"), self.menu
        )
        self.plate = self._action(
            tr("Print all oxides"), tr("A page with one map for each oxide"), self.menu
        )
        self.one.setObjectName("LunarOxidePrintOne")
        self.plate.setObjectName("LunarOxidePrintPlate")
        self.one.triggered.connect(lambda *_: self.run(whole_plate=False))
        self.plate.triggered.connect(lambda *_: self.run(whole_plate=True))
        menu.addMenu(self.menu)
        self.button = QToolButton(toolbar)
        self.button.setText(tr("Print map"))
        self.button.setToolTip(
            tr("Print map: a page with legends, scale, grid and sites, as PDF or picture")
        )
        self.button.setIcon(QIcon(str(ICON)))
        self.button.setMenu(self.menu)
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        toolbar.addWidget(self.button)

    def run(self, whole_plate: bool) -> Optional[QgsPrintLayout]:
        """Make the layout, and open it; on a fault, say so in the message bar.

        Parameters
        ----------
        whole_plate : bool
            Whether to print all oxides.

        Returns
        -------
        QgsPrintLayout or None
            None if nothing can be printed.
        """
        QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            with user_errors():
                layout = print_map(QgsProject.instance(), self._request(whole_plate))
        except QgsProcessingException as error:
            self._iface.messageBar().pushWarning(tr("Print map"), str(error))
            return None
        finally:
            QGuiApplication.restoreOverrideCursor()
        self._iface.openLayoutDesigner(layout)
        return layout

    def _request(self, whole_plate: bool) -> PrintRequest:
        canvas = self._iface.mapCanvas()
        settings = canvas.mapSettings()
        visible = [layer for layer in settings.layers() if layer.isValid()]
        layer = self._prediction(visible)
        oxide = shown_oxide(layer)
        if not whole_plate and oxide is None:
            raise QgsProcessingException(
                tr("No map of an oxide is visible: switch one on in the panel Layers.")
            )
        crs = settings.destinationCrs()
        if crs.celestialBodyName() != "Moon" and layer.crs().isValid():
            crs = layer.crs()
        extent = None
        if crs == settings.destinationCrs():
            whole = rectangle_in(
                QgsProject.instance(), layer.extent(), layer.crs(), crs, layer.name()
            )
            seen = canvas.extent()
            # A window that shows the whole map is rarely of the map's shape.
            extent = None if seen.contains(whole) or not seen.intersects(whole) else seen
        return PrintRequest(
            layer=layer,
            oxides=() if whole_plate or oxide is None else (oxide,),
            crs=crs,
            extent=extent,
            sites=sites_among(visible),
        )

    def _prediction(self, visible: Sequence[QgsMapLayer]) -> QgsRasterLayer:
        """The active layer, else the topmost visible one, else any layer that is a prediction."""
        active = self._iface.activeLayer()
        others = list(QgsProject.instance().mapLayers().values())
        with_oxide: List[Any] = [x for x in visible if is_prediction(x) and shown_oxide(x)]
        for layer in (active, *with_oxide, *visible, *others):
            if is_prediction(layer):
                # Of a group, the active layer may be that of the quality flags.
                if layer is active and shown_oxide(layer) is None:
                    same = [x for x in with_oxide if x.source() == layer.source()]
                    return same[0] if same else layer
                return layer
        raise QgsProcessingException(
            tr("The project has no predicted map: run 'Predict oxides', or open its result.")
        )

    @staticmethod
    def _action(text: str, tip: str, parent: QWidget) -> QAction:
        action = QAction(QIcon(str(ICON)), text, parent)
        action.setToolTip(tip)
        return action


def shown_oxide(layer: QgsRasterLayer) -> Optional[Oxide]:
    """The oxide whose band a layer shows in colours, or None.

    Parameters
    ----------
    layer : QgsRasterLayer

    Returns
    -------
    Oxide or None
    """
    renderer = layer.renderer()
    bands = renderer.usesBands() if renderer is not None else []
    if len(bands) != 1:
        return None
    # QGIS writes "Band 1: " in the user's language before a band's description.
    name = str(layer.bandName(bands[0])).split(": ", 1)[-1]
    return next((oxide for oxide in OXIDES if oxide_band(oxide) == name), None)


def sites_among(layers: Sequence[QgsMapLayer]) -> Optional[QgsVectorLayer]:
    """The topmost layer of sites among layers: points with a column of stations.

    Parameters
    ----------
    layers : sequence of QgsMapLayer

    Returns
    -------
    QgsVectorLayer or None
    """
    for layer in layers:
        if (
            isinstance(layer, QgsVectorLayer)
            and layer.geometryType() == QgsWkbTypes.GeometryType.PointGeometry
            and layer.fields().indexOf("station_id") >= 0
        ):
            return layer
    return None
