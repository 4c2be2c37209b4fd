"""Find an algorithm's inputs and outputs, and refuse outputs that are inputs."""

from __future__ import annotations

import os
import re
from itertools import combinations
from pathlib import Path
from typing import Any, Dict, Iterator, List, Mapping, Tuple

from qgis.core import (
    QgsMapLayer,
    QgsProcessing,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingOutputLayerDefinition,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
    QgsProcessingParameterMapLayer,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterVectorLayer,
    QgsProcessingUtils,
    QgsProperty,
    QgsVirtualLayerDefinition,
)
from qgis.PyQt.QtCore import QUrl

from ..core.errors import OutputError
from ..core.files import cannot_write, is_folder, require_other_file
from ..core.translation import tr
from .model_parameter import model_files

#: Parameters whose values are layers, names of layers, or files of layers.
_LAYERS = (
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterMapLayer,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterVectorLayer,
)

_SEPARATORS = tuple(filter(None, (os.sep, os.altsep)))

#: Destinations in a database or in memory: ``memory:``, ``ogr:dbname=...``, ``postgres://``.
_NO_FILE = re.compile(r"[A-Za-z]{2,}:")


def names_read(
    algorithm: QgsProcessingAlgorithm, parameters: Mapping[str, Any], context: QgsProcessingContext
) -> Tuple[str, ...]:
    """Names of all inputs of an algorithm, for `source_files.files_behind`.

    Call it on the thread that owns the project's layers.
    """
    names: List[str] = []
    for definition in algorithm.parameterDefinitions():
        value = parameters.get(definition.name())
        if definition.name() == "MODEL":
            names += model_files(value)
        elif isinstance(definition, _LAYERS):
            for item in value if isinstance(value, (list, tuple)) else [value]:
                names += _layer_names(item, context)
        elif isinstance(definition, QgsProcessingParameterFile):
            # A folder is searched for rasters; the writer checks those that are found.
            names.append(QgsProcessingAlgorithm.parameterAsFile(
                algorithm, dict(parameters), definition.name(), context
            ))  # fmt: skip
    return tuple(name for name in names if name and not is_folder(name))


def _layer_names(value: Any, context: QgsProcessingContext) -> List[str]:
    if isinstance(value, QgsProcessingFeatureSourceDefinition):
        value = value.source
    if isinstance(value, QgsProperty):
        value = value.valueAsString(context.expressionContext(), "")[0]
    if isinstance(value, QgsMapLayer):
        return _sources(value, context)
    if not value:
        return []
    layer = QgsProcessingUtils.mapLayerFromString(str(value), context, False)
    return [str(value), *(_sources(layer, context) if layer else [])]


def _sources(layer: QgsMapLayer, context: QgsProcessingContext) -> List[str]:
    """A layer's source; for a virtual layer also those of the layers that it joins."""
    names = [str(layer.source())]
    project = context.project()
    if layer.providerType() == "virtual" and project is not None:
        url = QUrl.fromEncoded(layer.source().encode())
        definition = QgsVirtualLayerDefinition.fromUrl(url)
        query = definition.query()
        used = {part.reference() for part in definition.sourceLayers() if part.isReferenced()}
        names += [str(part.source()) for part in definition.sourceLayers()]
        for other in project.mapLayers().values():
            # A query may name layers of the project without declaring them.
            if other.id() in used or other.id() in query or other.name() in query:
                names.append(str(other.source()))
    return names


def destination_text(
    definition: QgsProcessingParameterDefinition,
    parameters: Mapping[str, Any],
    context: QgsProcessingContext,
) -> str:
    """Destination of an output parameter; empty for none and for temporary ones."""
    value = parameters.get(definition.name())
    if value is None:
        value = definition.defaultValue()
    if isinstance(value, QgsProcessingOutputLayerDefinition):
        value = value.sink
    if isinstance(value, QgsProperty):
        value = value.valueAsString(context.expressionContext(), "")[0]
    text = "" if value is None else str(value)
    return "" if text == QgsProcessing.TEMPORARY_OUTPUT else text


def is_file_name(destination: str) -> bool:
    """Whether a destination is a file, not a table in a database or a layer in memory."""
    return bool(destination) and not _NO_FILE.match(destination)


def require_outputs(
    algorithm: QgsProcessingAlgorithm, parameters: Mapping[str, Any], context: QgsProcessingContext
) -> None:
    """Refuse destinations that are inputs, not ordinary files, or equal.

    Raises
    ------
    OutputError
    QgsProcessingException
    """
    files: Dict[str, str] = {}
    for name, text in _destinations(algorithm, parameters, context):
        if not text.strip() or text.endswith(_SEPARATORS):
            raise QgsProcessingException(
                tr("{name} is no name of a file ({path}): give one, or leave it out.").format(
                    name=name, path=repr(text)
                )
            )
        if not is_folder(Path(text).parent):
            raise OutputError(cannot_write(Path(text), FileNotFoundError()))
        require_other_file(text)
        files[name] = text
    for (one, first), (other, second) in combinations(files.items(), 2):
        # On some systems, names that differ only in case are one file.
        if _place(first) == _place(second):
            raise QgsProcessingException(
                tr(
                    "{one} and {other} would be the same file ({path}): give each its own name."
                ).format(one=one, other=other, path=second)
            )


def _destinations(
    algorithm: QgsProcessingAlgorithm, parameters: Mapping[str, Any], context: QgsProcessingContext
) -> Iterator[Tuple[str, str]]:
    for definition in algorithm.destinationParameterDefinitions():
        text = destination_text(definition, parameters, context)
        if is_file_name(text):
            yield definition.name(), text


def _place(name: str) -> str:
    return os.path.realpath(name).casefold()
