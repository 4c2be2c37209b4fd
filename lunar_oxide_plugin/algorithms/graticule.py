"""A selenographic grid around a pole, as a layer that the project stores.

QGIS's own grid of a layout divides a parallel into 20 pieces, and writes its labels where these
end: around a pole its circles have corners, and labels lie inside the map.
"""

from __future__ import annotations

from typing import Sequence, Tuple

from qgis.core import (
    QgsAnnotationLayer,
    QgsAnnotationLineItem,
    QgsAnnotationPointTextItem,
    QgsLineString,
    QgsLineSymbol,
    QgsPoint,
    QgsPointXY,
    QgsProject,
    QgsTextBufferSettings,
    QgsTextFormat,
    QgsUnitTypes,
)
from qgis.PyQt.QtGui import QColor, QFont

from ..core.moon.map_grid import MapFrame, grid_step
from ..core.translation import tr
from .site_layers import moon_geographic_crs

MERIDIAN_STEP_DEG = 30
#: Step along a parallel: the sides of a circle of 180 points are not visible.
ARC_DEG = 2
#: Least number of parallels between the pole and the map's edge.
PARALLELS = 2
#: Share of the distance from the pole to a corner within which names are visible.
INNER = 0.6
POINTS = 6.0


def add_graticule(project: QgsProject, frame: MapFrame) -> QgsAnnotationLayer:
    """Add a grid around the pole that a map shows to a project, without an entry in its tree.

    Parameters
    ----------
    project : QgsProject
    frame : MapFrame
        Its latitudes end at a pole.

    Returns
    -------
    QgsAnnotationLayer
    """
    layer = QgsAnnotationLayer(
        tr("Selenographic grid"), QgsAnnotationLayer.LayerOptions(project.transformContext())
    )
    layer.setCrs(moon_geographic_crs())
    side = -1.0 if frame.latitude_deg < 0.0 else 1.0
    # The parallel through the corners is the outermost that the map shows.
    outermost = min(abs(latitude) for latitude in frame.latitudes_deg)
    step = grid_step(outermost, 90.0 - 1e-6, PARALLELS + 1)
    first = step * -(-outermost // step)
    parallels = []
    while first < 90.0 - 1e-6:
        parallels.append(first)
        first += step
    for latitude in parallels:
        _line(layer, [(lon, side * latitude) for lon in range(-180, 181, ARC_DEG)])
        decimals = 0 if step >= 1.0 else 1
        letter = tr("N") if side > 0.0 else tr("S")
        _text(layer, 45.0, side * latitude, f"{latitude:.{decimals}f}\u00b0{letter}")
    # Circles near the corners do not meet the edges' middles: names of meridians lie further in.
    visible = 90.0 - INNER * (90.0 - outermost)
    between = [latitude + step / 2.0 for latitude in parallels]
    named = next((latitude for latitude in between if latitude >= visible), visible)
    for longitude in range(-180, 180, MERIDIAN_STEP_DEG):
        ends = (outermost, 90.0 - step / 2.0)
        _line(layer, [(longitude, side * latitude) for latitude in ends])
        _text(layer, longitude, side * named, longitude_text(longitude))
    if project.addMapLayer(layer, False) is None:
        raise RuntimeError("QGIS refused a layer of annotations")
    return layer


def longitude_text(longitude_deg: int) -> str:
    """A longitude with its side, e.g. 30 degrees W.

    Parameters
    ----------
    longitude_deg : int
        -180..180.

    Returns
    -------
    str
    """
    if longitude_deg in (0, 180, -180):
        return f"{abs(longitude_deg)}\u00b0"
    return f"{abs(longitude_deg)}\u00b0{tr('E') if longitude_deg > 0 else tr('W')}"


def _line(layer: QgsAnnotationLayer, places: Sequence[Tuple[float, float]]) -> None:
    item = QgsAnnotationLineItem(QgsLineString([QgsPoint(*place) for place in places]))
    item.setSymbol(QgsLineSymbol.createSimple({"color": "255,255,255,150", "width": "0.12"}))
    layer.addItem(item)


def _text(layer: QgsAnnotationLayer, longitude: float, latitude: float, text: str) -> None:
    item = QgsAnnotationPointTextItem(text, QgsPointXY(longitude, latitude))
    style = QgsTextFormat()
    style.setFont(QFont())
    style.setSize(POINTS)
    style.setSizeUnit(QgsUnitTypes.RenderUnit.RenderPoints)
    style.setColor(QColor("#202020"))
    buffer = QgsTextBufferSettings()
    buffer.setEnabled(True)
    buffer.setSize(0.5)
    buffer.setColor(QColor(255, 255, 255, 200))
    style.setBuffer(buffer)
    item.setFormat(style)
    layer.addItem(item)
