"""The live map as a layer of QGIS: drawn anew for every view, kept in projects and styles."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any, Dict, List, Mapping, Optional, Tuple

from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsMapLayerRenderer,
    QgsPluginLayer,
    QgsPluginLayerType,
    QgsProject,
    QgsReadWriteContext,
    QgsRectangle,
    QgsRenderContext,
)
from qgis.PyQt import sip
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtGui import QPainter
from qgis.PyQt.QtXml import QDomDocument, QDomElement, QDomNode

from ...algorithms.live_layers import LIVE_TYPE
from ...core.chemistry.layout import FULL, PredictionLayout
from ...core.live.settings import LiveMap, LiveStyle
from ...core.live.shown import Shown, find_shown
from ...core.models.model_library import find_model
from ...core.translation import tr
from .engine import LiveReport, engine
from .legend import LiveLegend
from .renderer import LiveRenderer

#: Names of elements in projects and styles.
MAP_ELEMENT = "lunar-oxide-live-map"
STYLE_ELEMENT = "lunar-oxide-live-style"

#: QGIS owns renderers and layers that it asked for, but Python's part of them must live as long:
#: without it, the layer of a project is a plain `QgsPluginLayer`, and QGIS crashes.
_renderers: List[LiveRenderer] = []
_layers: List[LiveLayer] = []


class LiveLayer(QgsPluginLayer):
    """Oxides of a raster as a model predicts them, computed for what the map shows.

    Parameters
    ----------
    live : LiveMap, optional
        None until the project's description is read.
    style : LiveStyle
    name : str

    Signals
    -------
    reported()
        A drawing has ended; `report` holds what it found.
    """

    reported = pyqtSignal()

    def __init__(
        self,
        live: Optional[LiveMap] = None,
        style: Optional[LiveStyle] = None,
        name: str = "",
    ) -> None:
        super().__init__(LIVE_TYPE, name or tr("Live oxides"))
        self.report = LiveReport()
        self._live: Optional[LiveMap] = None
        self._style = style or LiveStyle()
        self.setValid(True)
        self.setLegend(LiveLegend(self))
        if live is not None:
            self.set_live(live)
        engine().relay.reported.connect(self._heard)

    @property
    def live(self) -> Optional[LiveMap]:
        """Raster and model."""
        return self._live

    def set_live(self, live: LiveMap) -> None:
        """Show another raster or model."""
        self._live = live
        self.setSource(live.raster.path)
        self.report = LiveReport()
        self._changed()

    @property
    def live_style(self) -> LiveStyle:
        """How the map is drawn."""
        return self._style

    def set_live_style(self, style: LiveStyle) -> None:
        """Draw the map differently."""
        if style != self._style:
            self._style = style
            self._changed()

    @property
    def layout(self) -> PredictionLayout:
        """Layout of the predictions; that of the bundled models until the map was drawn."""
        return self.report.layout or FULL

    @property
    def shown(self) -> Shown:
        """What the map shows."""
        return find_shown(self.layout, self._style.shown)

    def place(self, crs: QgsCoordinateReferenceSystem, extent: QgsRectangle) -> None:
        """Set the raster's CRS and extent."""
        self.setCrs(crs)
        self.setExtent(extent)

    def createMapRenderer(  # noqa: N802 - QGIS's name
        self,
        rendererContext: QgsRenderContext,  # noqa: N803 - QGIS's name
    ) -> QgsMapLayerRenderer:
        """A drawing of the present state, for one picture."""
        _renderers[:] = [kept for kept in _renderers if not sip.isdeleted(kept)]
        renderer = LiveRenderer(
            self.id(), rendererContext, self._live, self._style, str(self.name())
        )
        _renderers.append(renderer)
        return renderer

    def setTransformContext(self, context: Any) -> None:  # noqa: N802 - QGIS's name
        """Nothing to do: positions are computed with lunar CRSs alone."""

    def clone(self) -> LiveLayer:
        """A copy of the layer."""
        copy = _kept(LiveLayer(self._live, self._style, str(self.name())))
        copy.place(self.crs(), self.extent())
        copy.report = self.report
        copy.setOpacity(self.opacity())
        copy.setBlendMode(self.blendMode())
        for key in self.customPropertyKeys():
            copy.setCustomProperty(key, self.customProperty(key))
        return copy

    def readXml(self, node: QDomNode, context: QgsReadWriteContext) -> bool:  # noqa: N802
        """Read the layer from a project; one that is unreadable says so on the map."""
        document = _read(node, MAP_ELEMENT)
        resolver = context.pathResolver()
        with suppress(ValueError):
            live = _found(LiveMap.from_document(document, resolver.readPath))
            self._live = live
            self.setSource(live.raster.path)
        wkt, extent = str(document.get("crs") or ""), document.get("extent")
        if wkt:
            self.setCrs(QgsCoordinateReferenceSystem.fromWkt(wkt))
        if isinstance(extent, list) and len(extent) == 4:
            self.setExtent(QgsRectangle(*map(float, extent)))
        self._read_style(node)
        return True

    def writeXml(  # noqa: N802 - QGIS's name
        self, node: QDomNode, doc: QDomDocument, context: QgsReadWriteContext
    ) -> bool:
        """Write the layer into a project."""
        element = node.toElement()
        element.setAttribute("type", "plugin")
        element.setAttribute("name", LIVE_TYPE)
        resolver = context.pathResolver()
        extent = self.extent()
        document: Dict[str, Any] = {
            "crs": self.crs().toWkt(QgsCoordinateReferenceSystem.WktVariant.WKT_PREFERRED),
            "extent": [
                extent.xMinimum(), extent.yMinimum(), extent.xMaximum(), extent.yMaximum(),
            ],
        }  # fmt: skip
        if self._live is not None:
            document.update(self._live.as_document(lambda path: str(resolver.writePath(path))))
        _write(element, doc, MAP_ELEMENT, document)
        self._write_style(element, doc)
        return True

    def readSymbology(  # noqa: N802 - QGIS's name
        self,
        node: QDomNode,
        errorMessage: str,  # noqa: N803 - QGIS's name
        context: Any,
        categories: Any = None,
    ) -> bool:
        """Read a style, e.g. of a map theme."""
        self._read_style(node)
        return True

    def writeSymbology(  # noqa: N802 - QGIS's name
        self,
        node: QDomNode,
        doc: QDomDocument,
        errorMessage: str,  # noqa: N803 - QGIS's name
        context: Any,
        categories: Any = None,
    ) -> bool:
        """Write the style, e.g. for a map theme."""
        self._write_style(node.toElement(), doc)
        return True

    def _read_style(self, node: QDomNode) -> None:
        document = _read(node, STYLE_ELEMENT)
        if not document:
            return
        self._style = LiveStyle.from_document(document)
        with suppress(TypeError, ValueError):
            self.setOpacity(float(document.get("opacity", 1.0)))
            mode = int(document.get("blend", 0))
            self.setBlendMode(QPainter.CompositionMode(mode))
        self._changed()

    def _write_style(self, element: QDomElement, doc: QDomDocument) -> None:
        mode = self.blendMode()
        document = {
            **self._style.as_document(),
            "opacity": float(self.opacity()),
            "blend": int(getattr(mode, "value", mode)),
        }
        _write(element, doc, STYLE_ELEMENT, document)

    def _changed(self) -> None:
        self.emitStyleChanged()
        self._renew_legend()
        self.triggerRepaint()

    def _renew_legend(self) -> None:
        """Replace the legend's entries; QGIS folds a legend of ten entries whenever it does so."""
        node = QgsProject.instance().layerTreeRoot().findLayer(self.id())
        was_expanded = node is not None and node.isExpanded()
        self.legendChanged.emit()
        if was_expanded:
            node.setExpanded(True)

    def _heard(self, layer_id: str, report: LiveReport) -> None:
        if sip.isdeleted(self) or layer_id != self.id():
            return
        legend_before = _of_legend(self.report)
        self.report = report
        if report.bounds is not None:
            extent = QgsRectangle(*report.bounds)
            if extent != self.extent():
                self.setExtent(extent)
            if not self.crs().isValid():
                self.setCrs(QgsCoordinateReferenceSystem.fromWkt(report.crs_wkt))
        if _of_legend(report) != legend_before:
            self._renew_legend()
        self.reported.emit()


class LiveLayerType(QgsPluginLayerType):
    """Makes live maps for QGIS, when a project is read or the toolbox asks."""

    def __init__(self) -> None:
        super().__init__(LIVE_TYPE)
        #: Called with a layer whose properties the user wants to see.
        self.show_properties: Any = None

    def createLayer(self, uri: str = "") -> LiveLayer:  # noqa: N802 - QGIS's name
        """An empty layer, which QGIS fills from a project."""
        return _kept(LiveLayer())

    def make(self, live: LiveMap, style: LiveStyle, name: str) -> LiveLayer:
        """A layer that shows a raster, without a place yet."""
        return LiveLayer(live, style, name)

    def showLayerProperties(self, layer: QgsPluginLayer) -> bool:  # noqa: N802 - QGIS's name
        """Show the panel, which holds the layer's properties."""
        if self.show_properties is None:
            return False
        self.show_properties(layer)
        return True


_type: Optional[LiveLayerType] = None


def register() -> LiveLayerType:
    """Make live maps known to QGIS; returns the type."""
    global _type
    engine()  # on the window's thread
    if _type is None:
        _type = LiveLayerType()
        QgsApplication.pluginLayerRegistry().addPluginLayerType(_type)
    return _type


def unregister() -> None:
    """Remove the type, the layers of it, and what they hold open."""
    global _type
    if _type is not None:
        QgsApplication.pluginLayerRegistry().removePluginLayerType(LIVE_TYPE)
        _type = None
    for renderer in _renderers:
        renderer.feedback().cancel()
    engine().close()


def _kept(layer: LiveLayer) -> LiveLayer:
    """A layer for QGIS, whose Python part lives until QGIS deletes it."""
    _layers[:] = [kept for kept in _layers if not sip.isdeleted(kept)]
    _layers.append(layer)
    return layer


def _found(live: LiveMap) -> LiveMap:
    """The map with its model as this computer has it."""
    entry = find_model(live.model_name) if live.model_name else None
    if entry is None:
        return live
    return LiveMap(live.raster, str(entry.path), live.model_name)


def _of_legend(report: LiveReport) -> Tuple[Any, ...]:
    return report.layout, report.factor, report.detail, report.problem, report.tells_little


def _read(node: QDomNode, name: str) -> Mapping[str, Any]:
    """The document in an element; empty if there is none or it is damaged."""
    text = str(node.firstChildElement(name).text())
    with suppress(ValueError, RecursionError):
        document = json.loads(text) if text else {}
        if isinstance(document, dict):
            return document
    return {}


def _write(element: QDomElement, doc: QDomDocument, name: str, document: Any) -> None:
    old = element.firstChildElement(name)
    if not old.isNull():
        element.removeChild(old)
    new = doc.createElement(name)
    new.appendChild(doc.createTextNode(json.dumps(document)))
    element.appendChild(new)
