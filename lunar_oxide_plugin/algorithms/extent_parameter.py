"""Read an extent with the user's own numbers and CRS, which core transforms to the raster.

`parameterAsExtent` with a CRS transforms only the corners, and fails across 180 degrees.
"""

from __future__ import annotations

import math
import re
from typing import Any, Dict, Optional, Tuple

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsRectangle,
    QgsReferencedRectangle,
)

from ..core.translation import tr

Bounds = Tuple[float, float, float, float]

_NUMBERS = re.compile(r"([^,\[]+),([^,\[]+),([^,\[]+),([^,\[]+?)\s*(\[(.*)\])?\s*")


def read_extent(
    algorithm: QgsProcessingAlgorithm,
    parameters: Dict[str, Any],
    name: str,
    context: QgsProcessingContext,
) -> Tuple[Optional[Bounds], str]:
    """Bounds (xmin, ymin, xmax, ymax) and the WKT of their CRS.

    Returns
    -------
    bounds : tuple of float, or None
        None if no extent is given. In numbers, xmin may exceed xmax for an extent across the seam.
    wkt : str
        Empty if no CRS is given, which means that of the raster.

    Raises
    ------
    QgsProcessingException
        If the extent is not valid, or its CRS is not known.
    """
    raw = parameters.get(name)
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return None, ""
    match = _NUMBERS.fullmatch(raw) if isinstance(raw, str) else None
    if match:
        xmin, xmax, ymin, ymax = (_number(raw, match[place]) for place in (1, 2, 3, 4))
        return (xmin, ymin, xmax, ymax), _named_crs(match[5], match[6], raw, context)
    rectangle = algorithm.parameterAsExtent(parameters, name, context)
    if rectangle.isNull():
        raise QgsProcessingException(
            tr("{name}: {extent!r} is no extent: give xmin,xmax,ymin,ymax [CRS].").format(
                name=name, extent=str(raw)
            )
        )
    crs = QgsCoordinateReferenceSystem()
    if isinstance(raw, QgsReferencedRectangle):
        crs = raw.crs()
    elif not isinstance(raw, QgsRectangle):
        crs = algorithm.parameterAsExtentCrs(parameters, name, context)
    bounds = (
        rectangle.xMinimum(),
        rectangle.yMinimum(),
        rectangle.xMaximum(),
        rectangle.yMaximum(),
    )
    return bounds, _wkt(crs)


def _number(extent: str, text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise QgsProcessingException(
            tr("The extent {extent!r} holds {text!r}, which is no number.").format(
                extent=extent, text=text.strip()
            )
        )
    return value


def _named_crs(
    brackets: Optional[str], text: Optional[str], extent: str, context: QgsProcessingContext
) -> str:
    if not brackets:
        return ""
    if not (text or "").strip():
        # In texts of QGIS, a CRS without an authority's code leaves the brackets empty.
        project = context.project()
        return _wkt(project.crs()) if project is not None else ""
    crs = QgsCoordinateReferenceSystem((text or "").strip())
    if not crs.isValid():
        raise QgsProcessingException(
            tr(
                "The extent {extent!r} names a CRS that QGIS does not know: give one such as "
                "IAU_2015:30100."
            ).format(extent=extent)
        )
    return _wkt(crs)


def _wkt(crs: QgsCoordinateReferenceSystem) -> str:
    if not crs.isValid():
        return ""
    return str(crs.toWkt(QgsCoordinateReferenceSystem.WktVariant.WKT_PREFERRED))
