"""Provenance of a report: versions, and the command that repeats the run."""

from __future__ import annotations

import platform
import shlex
from typing import Any, Dict, List, Mapping

from qgis.core import (
    Qgis,
    QgsMapLayer,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingOutputLayerDefinition,
    QgsProcessingUtils,
    QgsProperty,
)
from qgis.PyQt.QtCore import QDateTime, Qt

from ..core.version import SOFTWARE
from .run import Run


def run_facts(run: Run) -> Dict[str, str]:
    """Date, versions and command of a run, for a report's provenance."""
    return {
        "Date": QDateTime.currentDateTimeUtc().toString(Qt.DateFormat.ISODate),
        "Versions": versions(),
        "Command to repeat": repeat_command(run.algorithm, run.parameters, run.context),
    }


def versions() -> str:
    """The software used, with versions."""
    import numpy
    import rasterio

    return ", ".join(
        (
            SOFTWARE,
            f"QGIS {Qgis.QGIS_VERSION}",
            f"rasterio {rasterio.__version__} (GDAL {rasterio.__gdal_version__})",
            f"numpy {numpy.__version__}",
            f"Python {platform.python_version()}",
        )
    )


def repeat_command(
    algorithm: QgsProcessingAlgorithm,
    parameters: Mapping[str, Any],
    context: QgsProcessingContext,
) -> str:
    """The `qgis_process` command that runs an algorithm with these parameters again.

    Parameters at their default are left out. A layer without a file is named by its title; the user
    must save it before repeating.
    """
    words = ["qgis_process", "run", f"lunaroxide:{algorithm.name()}"]
    lines = [" ".join(words)]
    for definition in algorithm.parameterDefinitions():
        name = definition.name()
        value = parameters.get(name)
        if value is None or value == "" or value == definition.defaultValue():
            continue
        for text in _texts(value, context):
            lines.append(f"  --{name}={shlex.quote(text)}")
    return " \\\n".join(lines)


def _texts(value: Any, context: QgsProcessingContext) -> List[str]:
    if isinstance(value, (list, tuple)):
        return [text for item in value for text in _texts(item, context)]
    if isinstance(value, QgsProcessingOutputLayerDefinition):
        return _texts(value.sink, context)
    if isinstance(value, QgsProcessingFeatureSourceDefinition):
        return _texts(value.source, context)
    if isinstance(value, QgsProperty):
        return [str(value.staticValue() if value.propertyType() == QgsProperty.Type.StaticProperty
                    else value.asExpression())]  # fmt: skip
    layer = value if isinstance(value, QgsMapLayer) else None
    if layer is None and isinstance(value, str):
        # A layer's id is only valid in its project.
        project = context.project()
        layer = project.mapLayer(value) if project is not None else None
    if layer is not None:
        in_memory = layer.dataProvider() is not None and layer.dataProvider().name() == "memory"
        return [
            layer.name() if in_memory else QgsProcessingUtils.normalizeLayerSource(layer.source())
        ]
    return [str(value)]
