"""The button 'Colour composite', and the contrast of reflectance that is added to the project."""

from __future__ import annotations

from functools import partial
from typing import Any, Callable, List, Optional

from qgis.core import (
    QgsApplication,
    QgsMapLayer,
    QgsProcessing,
    QgsProcessingOutputLayerDefinition,
    QgsProject,
    QgsRasterLayer,
)
from qgis.PyQt.QtCore import QObject, QTimer
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QAction, QMenu, QToolBar, QToolButton

from ..algorithms.colour_composite import ColourComposite
from ..algorithms.open_prediction import is_prediction
from ..algorithms.open_result import is_unstyled, result_loader
from ..algorithms.reflectance_style import style_reflectance
from ..core.products.sensor_parameters import COLOUR_COMPOSITES
from ..core.translation import tr
from .algorithm_run import AlgorithmRun


class CompositeMenu(QObject):
    """The menu 'Colour composite' for the plugin's menu and toolbar.

    Parameters
    ----------
    iface : QgisInterface
    menu : QMenu
    toolbar : QToolBar
    chosen : function
        Returns the chosen reflectance layer, or None.
    """

    def __init__(
        self,
        iface: Any,
        menu: QMenu,
        toolbar: QToolBar,
        chosen: Callable[[], Optional[QgsRasterLayer]],
    ) -> None:
        super().__init__(menu)
        self._iface, self._chosen = iface, chosen
        self._runs: List[AlgorithmRun] = []
        icon = QIcon(QgsApplication.getThemeIcon("/mIconRasterLayer.svg"))
        self.menu = QMenu(tr("Colour composite"), menu)
        self.menu.setObjectName("LunarOxideCompositeMenu")
        self.menu.setIcon(icon)
        self.menu.setToolTipsVisible(True)
        self.actions: List[QAction] = []
        for place, composite in enumerate(COLOUR_COMPOSITES):
            self._add(tr(composite.title), tr(composite.reading), partial(self.make, place))
        self._add(
            tr("Reflectance at 750 nm in grey"),
            tr("Show the chosen raster in grey, stretched from the 2nd to the 98th percentile"),
            self.grey,
        )
        menu.addMenu(self.menu)
        self.button = QToolButton(toolbar)
        self.button.setText(tr("Colour composite"))
        self.button.setToolTip(
            tr("Colour composite: colour ratios or natural-like colours of the chosen raster")
        )
        self.button.setIcon(icon)
        self.button.setMenu(self.menu)
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        toolbar.addWidget(self.button)
        # Layers that results add themselves do not go through the legend.
        QgsProject.instance().legendLayersAdded.connect(self._on_added)

    def close(self) -> None:
        """Look at no further layers, and stop what runs."""
        QgsProject.instance().legendLayersAdded.disconnect(self._on_added)
        for run in self._runs:
            run.cancel()

    def make(self, composite: int) -> None:
        """Compute a composite of the chosen raster in the background, and load it."""
        layer = self._layer()
        if layer is None:
            return
        target = QgsProcessingOutputLayerDefinition(
            QgsProcessing.TEMPORARY_OUTPUT, QgsProject.instance()
        )
        parameters = {"INPUT": layer.id(), "COMPOSITE": composite, "OUTPUT": target}
        run = AlgorithmRun(f"lunaroxide:{ColourComposite.NAME}", parameters, self)
        run.failed.connect(partial(self._on_failed, run))
        run.done.connect(partial(self._forget, run))
        self._runs.append(run)
        run.start()

    def grey(self) -> None:
        """Show the chosen raster in grey."""
        layer = self._layer()
        if layer is None:
            return
        if not style_reflectance(layer):
            self._warn(
                tr(
                    "The sensor of {layer} is not recognised: set its contrast in the layer's "
                    "properties."
                ).format(layer=layer.name())
            )
            return
        layer.triggerRepaint()

    def _layer(self) -> Optional[QgsRasterLayer]:
        """The active layer if it is reflectance, else the raster chosen on the page Predict."""
        active = self._iface.activeLayer()
        usable = isinstance(active, QgsRasterLayer) and active.providerType() == "gdal"
        if usable and active.bandCount() > 1 and not is_prediction(active):
            return active
        layer = self._chosen()
        if layer is None:
            self._warn(
                tr("There is no reflectance raster: add one, or choose it on the page 'Predict'.")
            )
        return layer

    def _on_added(self, layers: List[QgsMapLayer]) -> None:
        """Give added reflectance a contrast, once QGIS has finished adding it."""
        if not QgsProject.instance().layerTreeRegistryBridge().isEnabled():
            return  # a project is being read
        for layer in layers:
            if is_unstyled(layer) and result_loader(layer) is None:
                QTimer.singleShot(0, partial(self._stretch, layer.id()))

    def _stretch(self, identifier: str) -> None:
        layer = QgsProject.instance().mapLayer(identifier)
        if layer is not None and is_unstyled(layer) and style_reflectance(layer):
            layer.triggerRepaint()
            layer.emitStyleChanged()

    def _on_failed(self, run: AlgorithmRun, text: str) -> None:
        self._forget(run)
        self._warn(text)

    def _forget(self, run: AlgorithmRun) -> None:
        self._runs.remove(run)
        run.deleteLater()

    def _warn(self, text: str) -> None:
        self._iface.messageBar().pushWarning(tr("Colour composite"), text)

    def _add(self, text: str, tip: str, run: Callable[[], None]) -> None:
        action = QAction(text, self.menu)
        action.setObjectName(f"LunarOxideComposite{len(self.actions)}")
        action.setToolTip(tip)
        action.triggered.connect(lambda *_: run())
        self.menu.addAction(action)
        self.actions.append(action)
