"""Open the plugin's rasters styled: by an action, when a file is dropped or a layer added."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, List

from qgis.core import Qgis, QgsMapLayer, QgsProject, QgsRasterLayer, QgsSettings
from qgis.gui import QgsCustomDropHandler
from qgis.PyQt.QtCore import QObject, QTimer
from qgis.PyQt.QtWidgets import QFileDialog, QPushButton

from ..algorithms.open_result import (
    PLAIN,
    is_unstyled,
    open_result,
    result_loader,
    show_result,
)
from ..algorithms.result_groups import GroupLoader
from ..core.errors import LunarOxideError
from ..core.translation import tr, tr_message

#: Files that are looked into when they are dropped on the map.
ENDINGS = (".tif", ".tiff", ".vrt")
#: Setting of the folder that was used last.
FOLDER = "lunar_oxide/prediction_folder"
#: Seconds for which the message stands.
SECONDS = 12


class PredictionDrop(QgsCustomDropHandler):
    """Takes dropped files of the plugin; QGIS opens all others as ever."""

    def __init__(self, opener: PredictionOpener) -> None:
        super().__init__()
        self._opener = opener

    def handleFileDrop(self, file: str) -> bool:  # noqa: N802 - QGIS's name
        """Open the file if it is a raster of the plugin."""
        if not file.lower().endswith(ENDINGS):
            return False
        layer = QgsRasterLayer(file, Path(file).stem, "gdal")
        return result_loader(layer) is not None and self._opener.open_file(file)


class PredictionOpener(QObject):
    """Shows predictions and what is derived from them as groups of maps.

    Parameters
    ----------
    iface : QgisInterface
    parent : QObject
    """

    def __init__(self, iface: Any, parent: QObject) -> None:
        super().__init__(parent)
        self._iface = iface
        self._drop = PredictionDrop(self)
        iface.registerCustomDropHandler(self._drop)
        # Layers that results add themselves do not go through the legend.
        QgsProject.instance().legendLayersAdded.connect(self._on_added)

    def close(self) -> None:
        """Take no further files and layers."""
        QgsProject.instance().legendLayersAdded.disconnect(self._on_added)
        self._iface.unregisterCustomDropHandler(self._drop)

    def ask(self) -> None:
        """Ask for files, and open them."""
        settings = QgsSettings()
        paths, _ = QFileDialog.getOpenFileNames(
            self._iface.mainWindow(),
            tr("Open prediction"),
            str(settings.value(FOLDER, str(Path.home()))),
            tr("Prediction rasters (*.tif *.tiff *.vrt)"),
        )
        for path in paths:
            settings.setValue(FOLDER, str(Path(path).parent))
            self.open_file(path)

    def open_file(self, path: str) -> bool:
        """Open a raster of the plugin, or say why it cannot be opened."""
        is_first = not QgsProject.instance().mapLayers()
        try:
            group = open_result(QgsProject.instance(), path)
        except LunarOxideError as error:
            self._iface.messageBar().pushWarning(tr("Lunar Oxide"), tr_message(str(error)))
            return False
        self._zoom(group, is_first)
        if QgsProject.instance().layerTreeRoot().findGroup(group) is not None:
            text = tr("The maps of {file} are in the group '{group}'.")
            self._iface.messageBar().pushSuccess(
                tr("Lunar Oxide"), text.format(file=Path(path).name, group=group)
            )
        return True

    def _on_added(self, layers: List[QgsMapLayer]) -> None:
        """Look at layers that the user added, once QGIS has finished adding them."""
        if not QgsProject.instance().layerTreeRegistryBridge().isEnabled():
            return  # a project is being read
        for layer in layers:
            if is_unstyled(layer) and result_loader(layer) is not None:
                QTimer.singleShot(0, partial(self._show, layer.id()))

    def _show(self, identifier: str) -> None:
        project = QgsProject.instance()
        layer = project.mapLayer(identifier)
        if layer is None or not is_unstyled(layer):
            return
        loader = result_loader(layer)
        if loader is None:
            return
        source, name = layer.source(), layer.name()
        group = show_result(project, layer, loader)
        if not isinstance(loader, GroupLoader):
            return
        bar = self._iface.messageBar()
        message = bar.createMessage(
            tr("Lunar Oxide"),
            tr("{layer} was made by Lunar Oxide: its maps are in the group '{group}'.").format(
                layer=name, group=group
            ),
        )
        button = QPushButton(tr("Keep one plain layer"))
        button.clicked.connect(lambda *_: self._undo(group, source, name, message))
        message.layout().addWidget(button)
        bar.pushWidget(message, Qgis.MessageLevel.Info, SECONDS)

    def _undo(self, group: str, source: str, name: str, message: Any) -> None:
        """Put the plain layer in the place of the group."""
        project = QgsProject.instance()
        layer = QgsRasterLayer(source, name, "gdal")
        layer.setCustomProperty(PLAIN, True)
        if project.addMapLayer(layer, False) is None:
            return
        root = project.layerTreeRoot()
        node = root.findGroup(group)
        home = root if node is None else node.parent()
        home.insertLayer(0 if node is None else home.children().index(node), layer)
        if node is not None:
            home.removeChildNode(node)
        with suppress(RuntimeError):  # the message may have gone by itself
            self._iface.messageBar().popWidget(message)

    def _zoom(self, group: str, is_first: bool) -> None:
        """Go to the maps where they are all that the project has."""
        node = QgsProject.instance().layerTreeRoot().findGroup(group)
        if not is_first or node is None:
            return
        canvas = self._iface.mapCanvas()
        canvas.setDestinationCrs(QgsProject.instance().crs())
        layer = node.findLayers()[0].layer()
        canvas.setExtent(canvas.mapSettings().layerExtentToOutputExtent(layer, layer.extent()))
        canvas.refresh()
