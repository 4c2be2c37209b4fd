"""One switch that hides flagged pixels in all maps of a prediction.

The layers then show a virtual raster beside the prediction, whose last band is the opacity. It is
a part of their style and source, so projects keep it and other programs show it.
"""

from __future__ import annotations

from html import escape
from typing import Any, List

from qgis.core import QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtWidgets import QAction

from ..algorithms.raster_layer import raster_input
from ..core.chemistry.layout import QUALITY
from ..core.errors import LunarOxideError
from ..core.moon.rasterio_loading import load_rasterio
from ..core.rasters.flag_mask import masked_path, unmasked_path, write_masked
from ..core.translation import tr, tr_message
from .prediction_layers import has_flags, predictions
from .scatter_page import ScatterPage

#: Properties of a layer: its name before it was masked; whether the quality layer was visible.
NAME = "lunar_oxide/name_unmasked"
VISIBLE = "lunar_oxide/visible_unmasked"


class FlagMask(QObject):
    """Masks the maps of the prediction that a `ScatterPage` has chosen.

    Parameters
    ----------
    page : ScatterPage
    parent : QObject
    """

    def __init__(self, page: ScatterPage, parent: QObject) -> None:
        super().__init__(parent)
        self._page = page
        #: The switch for a menu.
        self.action = QAction(tr("Mask flagged pixels"), self)
        self.action.setObjectName("LunarOxideMaskFlagged")
        self.action.setCheckable(True)
        self.action.setToolTip(page.masked.toolTip())
        self.action.triggered.connect(self.use)
        page.mask_wanted.connect(self.use)
        page.predictions.prediction_changed.connect(self.look)
        self.look()

    def look(self) -> None:
        """Show the state of the chosen prediction."""
        layers = predictions().get(self._page.predictions.path(), [])
        masked = any(is_masked(layer) for layer in layers)
        for switch in (self._page.masked, self.action):
            switch.setEnabled(bool(layers) and has_flags(layers[0]))
            switch.setChecked(masked)

    def use(self, wanted: bool) -> None:
        """Mask or unmask all maps of the chosen prediction."""
        layers = predictions().get(self._page.predictions.path(), [])
        try:
            if wanted:
                mask(layers)
            else:
                unmask(layers)
        except LunarOxideError as error:
            self._page.say(escape(tr_message(str(error))))
        self.look()


def is_masked(layer: QgsRasterLayer) -> bool:
    """Whether flagged pixels of a layer are hidden."""
    renderer = layer.renderer()
    path = raster_input_source(layer)
    return renderer is not None and renderer.alphaBand() > 0 and path != unmasked_path(path)


def mask(layers: List[QgsRasterLayer]) -> None:
    """Hide flagged pixels in the maps of one prediction; the layer of flags is switched off.

    Raises
    ------
    LunarOxideError
        If the virtual raster cannot be written; the layers are then unchanged.
    """
    if not layers:
        return
    load_rasterio()
    _, opacity = write_masked(raster_input(layers[0]).path)
    for layer in layers:
        if _shows_quality(layer):
            _set_visible(layer, False)
            continue
        path = raster_input_source(layer)
        if path == unmasked_path(path):
            _change_source(layer, masked_path(path))
        layer.renderer().setAlphaBand(opacity)
        if not layer.customProperty(NAME):
            layer.setCustomProperty(NAME, layer.name())
            layer.setName(_masked_name(layer.name()))
        layer.triggerRepaint()


def unmask(layers: List[QgsRasterLayer]) -> None:
    """Show flagged pixels again."""
    for layer in layers:
        if _shows_quality(layer):
            _set_visible(layer, True)
            continue
        path = raster_input_source(layer)
        if path != unmasked_path(path):
            layer.renderer().setAlphaBand(-1)
            _change_source(layer, unmasked_path(path))
        name = str(layer.customProperty(NAME) or "")
        # A name that the user has given meanwhile is kept.
        if name and layer.name() == _masked_name(name):
            layer.setName(name)
        layer.removeCustomProperty(NAME)
        layer.triggerRepaint()


def raster_input_source(layer: QgsRasterLayer) -> str:
    """The path of the file that a layer shows, be it virtual."""
    return str(layer.source()).split("|option:")[0]


def _masked_name(name: str) -> str:
    return tr("{name}, flagged pixels masked").format(name=name)


def _shows_quality(layer: QgsRasterLayer) -> bool:
    renderer = layer.renderer()
    if renderer is None:
        return False
    names = [str(layer.bandName(band)).split(": ", 1)[-1] for band in renderer.usesBands()[:1]]
    return names == [QUALITY]


def _set_visible(layer: QgsRasterLayer, visible: bool) -> None:
    """Switch the layer of flags off, and on again if it was on."""
    node = QgsProject.instance().layerTreeRoot().findLayer(layer.id())
    if node is None:
        return
    if not visible:
        layer.setCustomProperty(VISIBLE, node.itemVisibilityChecked())
        node.setItemVisibilityChecked(False)
    elif layer.customProperty(VISIBLE) is not None:
        if layer.customProperty(VISIBLE) in (True, "true", 1):
            node.setItemVisibilityChecked(True)
        layer.removeCustomProperty(VISIBLE)


def _change_source(layer: QgsRasterLayer, path: str) -> None:
    """Show another file in the same style, with the CRS and no data that the user gave."""
    assigned = layer.crs() if layer.crs() != layer.dataProvider().crs() else None
    old = layer.dataProvider()
    bands = range(1, old.bandCount() + 1)
    given: Any = {band: old.userNoDataValues(band) for band in bands}
    used = {band: old.useSourceNoDataValue(band) for band in bands}
    options = str(layer.source())[len(raster_input_source(layer)) :]
    layer.setDataSource(path + options, layer.name(), "gdal", False)
    new = layer.dataProvider()
    for band in range(1, new.bandCount() + 1):
        if given.get(band):
            new.setUserNoDataValue(band, given[band])
        if band in used and new.sourceHasNoDataValue(band):
            new.setUseSourceNoDataValue(band, used[band])
    if assigned is not None and assigned.isValid():
        layer.setCrs(assigned)
