"""Load each result into the project as a group or a layer of its own, with its new content.

Processing searches the project's layers for a result's file before it opens the file, so it may
pass a layer of the user, in any group and style. Such a layer keeps its position, name and style;
it is only reloaded.
"""

from __future__ import annotations

import os
from collections import deque
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, Callable, Deque, Dict, Iterable, List, Optional, Sequence, Set, Tuple

from qgis.core import (
    QgsLayerTree,
    QgsLayerTreeGroup,
    QgsLayerTreeLayer,
    QgsLayerTreeNode,
    QgsMapLayer,
    QgsMapLayerLegendUtils,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingLayerPostProcessorInterface,
    QgsProject,
    QgsProviderRegistry,
    QgsRasterLayer,
    QgsSettings,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QThread

from ..core.chemistry.oxides import UNIT
from ..core.rasters.flag_mask import unmasked_path
from .field_names import fields_tip, name_fields
from .layer_metadata import About, describe_layer

#: Property of a group: the identifiers of the layers that a result put into it.
LAYERS = "lunar_oxide/layers"
#: Properties of a layer: the name of its result, and its role among the result's layers.
RESULT = "lunar_oxide/result"
ROLE = "lunar_oxide/role"


@dataclass(frozen=True)
class StyledLayer:
    """A layer of a group: its name, its style, and whether it is visible at first.

    The legend of the first layer that is `main` is expanded. `legend_entries` above 0 keeps only
    the first entries of the legend.
    """

    name: str
    style: Callable[[QgsRasterLayer], None]
    shown: bool = False
    main: bool = True
    legend_entries: int = 0


def layer_file(layer: QgsMapLayer) -> str:
    """The file of a layer, links followed; empty for layers without a single file."""
    provider = layer.dataProvider()
    if provider is None or layer.providerType() not in ("gdal", "ogr"):
        return ""
    parts = QgsProviderRegistry.instance().decodeUri(layer.providerType(), layer.source())
    path = str(parts.get("path") or "")
    return _file(path) if path else ""


def _file(path: str) -> str:
    # Maps whose flagged pixels are masked show a virtual raster of the result.
    return os.path.normcase(os.path.realpath(unmasked_path(path.split("|")[0])))


def shown_name(layer: QgsMapLayer) -> str:
    """Name of a layer's content, for the names of results made from it.

    A layer of a result has the name of its band, so the result's name is used.
    """
    result = _group_name(layer) or str(layer.customProperty(RESULT) or "")
    if result:
        return result
    name = str(layer.name())
    path = layer_file(layer)
    if f"({UNIT})" in name and path:
        return Path(path).stem
    return name


def _group_name(layer: QgsMapLayer) -> str:
    """Current name of the group that a result put a layer into."""
    project = layer.project()
    if project is None or QThread.currentThread() != project.thread():
        return ""
    node = project.layerTreeRoot().findLayer(layer.id())
    group = None if node is None else node.parent()
    if group is None or layer.id() not in str(group.customProperty(LAYERS) or "").split("\n"):
        return ""
    return str(group.name())


def with_origin(name: str, data_origin: str) -> str:
    """A result's name, with the origin of its data if that is not an observation."""
    if not data_origin or f"[{data_origin}]" in name:
        return name
    return f"{name} [{data_origin}]"


def reload_layers(project: QgsProject, paths: Iterable[str]) -> List[QgsMapLayer]:
    """Reload every layer of overwritten files, and keep its style.

    Returns
    -------
    list of QgsMapLayer
        The layers of these files.
    """
    files = {_file(path) for path in paths}
    layers = [layer for layer in project.mapLayers().values() if layer_file(layer) in files]
    for layer in layers:
        _reload(layer)
    return layers


def _reload(layer: QgsMapLayer) -> None:
    """Open a layer's file again, because size, fields, statistics and extent may have changed."""
    assigned = layer.crs() if layer.crs() != layer.dataProvider().crs() else None
    # A new result may have another size than the virtual raster that masks its flagged pixels.
    layer.setDataSource(unmasked_path(layer.source()), layer.name(), layer.providerType(), False)
    if assigned is not None and assigned.isValid():
        layer.setCrs(assigned)
    layer.triggerRepaint()


class ResultLoader(QgsProcessingLayerPostProcessorInterface):
    """Puts a finished result into the project.

    Parameters
    ----------
    path : str
        The result's file, or its source.
    name : str
        Identifies the result: its kind, scene and model.
    """

    def __init__(self, path: str, name: str) -> None:
        super().__init__()
        self.path = path
        self.name = name
        #: Name in the project, which differs where another result has the same.
        self.shown_as = name
        #: Text for the metadata of its layers; set when the algorithm has finished.
        self.about = About()
        #: Layers of the file before Processing loaded it, with their names.
        self.known: Optional[Dict[str, str]] = None

    def remember(self, layers: Sequence[QgsMapLayer]) -> None:
        """Record the layers of the file before it is loaded."""
        self.known = {layer.id(): layer.name() for layer in layers}

    def postProcessLayer(  # noqa: N802 - QGIS's name
        self, layer: QgsMapLayer, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> None:
        """Use the loaded layer for the result, or leave it to the user."""
        project = context.project()
        if project is None or not layer.isValid():
            return
        if self.known is None:
            # In a model that runs in the background, layers could not be reloaded on its thread.
            owned = bool(layer.customProperty(ROLE))
            self.known = {layer.id(): layer.name()} if owned else {}
            reload_layers(project, [self.path])
        known = self.known.get(layer.id())
        if known is not None and layer.name() != known:
            layer.setName(known)
        go_to_the_moon(project, layer)
        self.load(project, layer, None if known is not None else layer)

    def load(self, project: QgsProject, layer: QgsMapLayer, fresh: Optional[QgsMapLayer]) -> None:
        """Put the result into the project.

        Parameters
        ----------
        project
        layer : QgsMapLayer
            A layer of the result's file.
        fresh : QgsMapLayer or None
            The same layer if it is new, so that it may be used.
        """
        raise NotImplementedError


class GroupLoader(ResultLoader):
    """A raster result: a group of styled layers of one file.

    A new run with the same file replaces the previous result: in the same group, with the name,
    layers and styles of the new result.

    Parameters
    ----------
    path, name
    layers : sequence of StyledLayer, or a function that makes it from a layer of the file
    """

    def __init__(self, path: str, name: str, layers: Any) -> None:
        super().__init__(path, name)
        self._layers = layers

    def load(self, project: QgsProject, layer: QgsMapLayer, fresh: Optional[QgsMapLayer]) -> None:
        """Fill the group."""
        if not isinstance(layer, QgsRasterLayer):
            return
        specs = self._layers(layer) if callable(self._layers) else self._layers
        home = _home(project, fresh)
        group, own = _group_of(project, self.path)
        if group is None:
            group = home.insertGroup(place_for_rasters(home), self.name)
        name = _told_apart(project, self.name, group)
        group.setName(name)
        self.shown_as = name
        unused = fresh
        ids = []
        main = True
        for place, spec in enumerate(specs):
            band_layer = own.pop(spec.name, None)
            if band_layer is None and spec.main and unused is not None:
                band_layer, unused = unused, None
            if band_layer is None:
                band_layer = QgsRasterLayer(layer.source(), spec.name, "gdal")
                band_layer.setCrs(layer.crs())
                if project.addMapLayer(band_layer, False) is None:
                    continue
            band_layer.setName(spec.name)
            spec.style(band_layer)
            band_layer.setCustomProperty(RESULT, name)
            band_layer.setCustomProperty(ROLE, spec.name)
            describe_layer(band_layer, name, self.about)
            band_layer.triggerRepaint()
            ids.append(band_layer.id())
            if group.findLayer(band_layer.id()) is None:
                node = QgsLayerTreeLayer(band_layer)
                if spec.legend_entries:
                    # Before the tree's model makes the legend. Its first entry is the band's name.
                    kept = list(range(spec.legend_entries + 1))
                    QgsMapLayerLegendUtils.setLegendNodeOrder(node, kept)
                group.insertChildNode(place, node)
                node.setItemVisibilityChecked(spec.shown)
                node.setExpanded(spec.main and main)
            main = main and not spec.main
        group.setCustomProperty(LAYERS, "\n".join(ids))
        if fresh is not None:
            _drop_nodes_outside(project, fresh, group)
        stale = [old.id() for old in own.values()]
        if fresh is not None and unused is not None:
            stale.append(fresh.id())
        project.removeMapLayers(stale)


class LayerLoader(ResultLoader):
    """A result of one layer, such as points, on top of the layer tree and in no group.

    Parameters
    ----------
    path, name
    style : function of the layer, optional
    """

    def __init__(
        self, path: str, name: str, style: Optional[Callable[[Any], object]] = None
    ) -> None:
        super().__init__(path, name)
        self._style = style

    def load(self, project: QgsProject, layer: QgsMapLayer, fresh: Optional[QgsMapLayer]) -> None:
        """Style and name the layer; a new one is placed on top."""
        own = _own_layer(project, self.path)
        if own is None:
            own = self._add(project, layer, fresh)
        elif fresh is not None:
            project.removeMapLayer(fresh.id())
        node = project.layerTreeRoot().findLayer(own.id())
        own.setName(_told_apart(project, self.name, node))
        own.setCustomProperty(RESULT, own.name())
        own.setCustomProperty(ROLE, own.id())
        if isinstance(own, QgsVectorLayer):
            name_fields(own)  # first, because a named style contains the aliases
        if self._style is not None:
            self._style(own)
        if isinstance(own, QgsVectorLayer) and not own.mapTipTemplate():
            own.setMapTipTemplate(fields_tip(own))
        describe_layer(own, own.name(), self.about)
        own.triggerRepaint()

    @staticmethod
    def _add(project: QgsProject, layer: QgsMapLayer, fresh: Optional[QgsMapLayer]) -> QgsMapLayer:
        """Return the result's layer: the new one, or a copy beside the user's."""
        own = fresh
        if own is None:
            own = layer.clone()
            if project.addMapLayer(own, False) is None:
                raise RuntimeError("QGIS refused a copy of its own layer")
        home = _home(project, fresh)
        is_raster = isinstance(own, QgsRasterLayer)
        node = home.insertLayer(place_for_rasters(home) if is_raster else 0, own)
        _drop_nodes_outside(project, own, node)
        return own


def _group_of(
    project: QgsProject, path: str
) -> Tuple[Optional[QgsLayerTreeGroup], Dict[str, QgsRasterLayer]]:
    """The group of a result in this file, and its layers by role."""
    for group in project.layerTreeRoot().findGroups(True):
        ids = str(group.customProperty(LAYERS) or "").split("\n")
        own = {
            str(node.layer().customProperty(ROLE)): node.layer()
            for node in group.findLayers()
            if node.layerId() in ids and isinstance(node.layer(), QgsRasterLayer)
        }
        if own and all(layer_file(layer) == _file(path) for layer in own.values()):
            return group, own
    return None, {}


def _own_layer(project: QgsProject, path: str) -> Optional[QgsMapLayer]:
    """The layer of this file from an earlier run."""
    for node in project.layerTreeRoot().findLayers():
        layer = node.layer()
        # A copy made by the user has the same properties and another identifier.
        if layer is None or layer.customProperty(ROLE) != layer.id():
            continue
        if layer_file(layer) == _file(path):
            return layer
    return None


def _told_apart(project: QgsProject, name: str, own: Optional[QgsLayerTreeNode]) -> str:
    """A result's name, with a number if another result (e.g. of another extent) has it."""
    root = project.layerTreeRoot()
    taken = {
        node.name()
        for node in (*root.findGroups(True), *root.findLayers())
        if own is None or node is not own
    }
    numbered = (f"{name} ({number})" for number in count(2))
    return name if name not in taken else next(each for each in numbered if each not in taken)


def _home(project: QgsProject, fresh: Optional[QgsMapLayer]) -> QgsLayerTreeGroup:
    """Destination of results: the top of the tree, or the group in Processing's options."""
    root: QgsLayerTree = project.layerTreeRoot()
    chosen = QgsSettings().value("Processing/Configuration/RESULTS_GROUP_NAME", "")
    node = None if fresh is None else root.findLayer(fresh.id())
    if chosen and node is not None and node.parent().name() == chosen:
        return node.parent()
    return root


def place_for_rasters(home: QgsLayerTreeGroup) -> int:
    """Insert on top of a group, below its layers of points."""
    for place, node in enumerate(home.children()):
        if not (QgsLayerTree.isLayer(node) and isinstance(node.layer(), QgsVectorLayer)):
            return place
    return len(home.children())


def _drop_nodes_outside(project: QgsProject, layer: QgsMapLayer, kept: QgsLayerTreeNode) -> None:
    """Remove a layer from the position where Processing put it, if its result has another."""
    for node in project.layerTreeRoot().findLayers():
        if node.layerId() == layer.id() and node is not kept and node.parent() is not kept:
            node.parent().removeChildNode(node)


def go_to_the_moon(project: QgsProject, layer: QgsMapLayer) -> None:
    """Give a project with a CRS of Earth the layer's lunar CRS, if it has no data on Earth.

    QGIS has no transformation from Moon to Earth and would draw nothing.
    """
    others = [
        other
        for other in project.mapLayers().values()
        if other.crs().isValid() and other.crs().celestialBodyName() != "Moon"
    ]
    if (
        not others
        and layer.crs().isValid()
        and layer.crs().celestialBodyName() == "Moon"
        and project.crs().celestialBodyName() != "Moon"
    ):
        # Also set the ellipsoid: otherwise measured lengths would be those on Earth.
        project.setCrs(layer.crs(), True)


#: References to post-processors. Processing keeps no Python reference to them, and the algorithm is
#: deleted before its results are loaded. The number is limited, because results of headless runs
#: are never loaded.
_waiting: Deque[ResultLoader] = deque(maxlen=256)


def load_on_completion(context: QgsProcessingContext, layer: str, loader: ResultLoader) -> None:
    """Attach a separate loader to an output that Processing will load."""
    if context.willLoadLayerOnCompletion(layer):
        context.layerToLoadOnCompletionDetails(layer).setPostProcessor(loader)
        _waiting.append(loader)


def describe_results(results: Dict[str, Any], about: About) -> None:
    """Give the loaders of an algorithm's results what the algorithm says about them."""
    files = {_file(value) for value in results.values() if isinstance(value, str) and value}
    for loader in _waiting:
        if loader.about == About() and _file(loader.path) in files:
            loader.about = about


def results_written(project: Optional[QgsProject], results: Dict[str, Any]) -> None:
    """Called after an algorithm has written its files and before Processing loads them."""
    if project is None or QThread.currentThread() != project.thread():
        return
    paths: Set[str] = {
        value
        for value in results.values()
        if isinstance(value, str) and Path(value.split("|")[0]).is_file()
    }
    layers = reload_layers(project, paths)
    files = {_file(path) for path in paths}
    for loader in _waiting:
        if loader.known is None and _file(loader.path) in files:
            loader.remember([x for x in layers if layer_file(x) == _file(loader.path)])
