"""Parts of a printed map: graticule, colour ramp, legend, scale bar, texts."""

from __future__ import annotations

import math
from typing import Any, Optional, Tuple

from qgis.core import (
    QgsColorRampLegendNodeSettings,
    QgsLayoutItemLabel,
    QgsLayoutItemLegend,
    QgsLayoutItemMap,
    QgsLayoutItemMapGrid,
    QgsLayoutItemScaleBar,
    QgsLayoutMeasurement,
    QgsLayoutPoint,
    QgsLegendStyle,
    QgsMapLayerLegendUtils,
    QgsPrintLayout,
    QgsRasterLayer,
    QgsTextFormat,
    QgsUnitTypes,
)
from qgis.PyQt.QtCore import QRectF, QSizeF, Qt
from qgis.PyQt.QtGui import QColor, QFont

from ..core.moon.map_grid import MapFrame, grid_step, round_length
from ..core.translation import tr
from .site_layers import moon_geographic_crs

#: A typographic point in millimetres.
POINT_MM = 25.4 / 72.0


def add_grid(item: QgsLayoutItemMap, frame: MapFrame, points: float) -> None:
    """Meridians and parallels with labels such as 30.5 degrees E."""
    grid = QgsLayoutItemMapGrid(tr("Selenographic grid"), item)
    grid.setCrs(moon_geographic_crs())
    grid.setUnits(QgsLayoutItemMapGrid.GridUnit.MapUnit)
    steps = (
        grid_step(*frame.longitudes_deg, _lines(item.rect().width())),
        grid_step(*frame.latitudes_deg, _lines(item.rect().height())),
    )
    grid.setIntervalX(steps[0])
    grid.setIntervalY(steps[1])
    grid.setStyle(QgsLayoutItemMapGrid.GridStyle.Solid)
    grid.setGridLineWidth(0.1)
    grid.setGridLineColor(QColor(255, 255, 255, 150))
    grid.setAnnotationEnabled(True)
    grid.setAnnotationFormat(QgsLayoutItemMapGrid.AnnotationFormat.DecimalWithSuffix)
    grid.setAnnotationPrecision(max(0, -math.floor(math.log10(min(steps)) + 1e-9)))
    grid.setAnnotationTextFormat(_text_format(points))
    grid.setAnnotationFrameDistance(0.8)
    sides = QgsLayoutItemMapGrid.BorderSide
    modes = QgsLayoutItemMapGrid.DisplayMode
    for side in (sides.Top, sides.Right):
        grid.setAnnotationDisplay(modes.HideAll, side)
    # Labels of both on one side would hide each other where the lines are oblique.
    for side, mode in ((sides.Left, modes.LatitudeOnly), (sides.Bottom, modes.LongitudeOnly)):
        grid.setAnnotationDisplay(mode, side)
        grid.setAnnotationPosition(QgsLayoutItemMapGrid.AnnotationPosition.OutsideMapFrame, side)
    grid.setAnnotationDirection(QgsLayoutItemMapGrid.AnnotationDirection.Vertical, sides.Left)
    item.grids().addGrid(grid)


def _lines(length_mm: float) -> int:
    """Least number of grid lines along a side of a map."""
    return 3 if length_mm >= 36.0 else 2 if length_mm >= 24.0 else 1


def add_ramp(
    layout: QgsPrintLayout, layer: QgsRasterLayer, corner: Tuple[float, float], width: float
) -> None:
    """The colours of a layer as a horizontal bar, below its map."""
    legend = new_legend(layout)
    root = legend.model().rootGroup()
    node = root.addLayer(layer)
    names = legend.model().layerOriginalLegendNodes(node)
    # The first node repeats the band's name.
    bar = len(names) - 1
    function = _settings(layer)
    function.setOrientation(Qt.Orientation.Horizontal)
    QgsMapLayerLegendUtils.setLegendNodeColorRampSettings(node, bar, function)
    QgsMapLayerLegendUtils.setLegendNodeSymbolSize(node, bar, QSizeF(min(width, 90.0) - 4.0, 2.6))
    QgsMapLayerLegendUtils.setLegendNodeOrder(node, [bar])
    legend.model().refreshLayerLegend(node)
    node.setCustomProperty("legend/title-style", "hidden")
    place_item(layout, legend, corner)


def _settings(layer: QgsRasterLayer) -> QgsColorRampLegendNodeSettings:
    """A copy of the settings of a layer's colour bar; the layer's own stay as they are."""
    renderer = layer.renderer()
    shader = renderer.shader() if hasattr(renderer, "shader") else None
    function = shader.rasterShaderFunction() if shader is not None else None
    if function is None or not hasattr(function, "legendSettings"):
        return QgsColorRampLegendNodeSettings()
    return QgsColorRampLegendNodeSettings(function.legendSettings())


def new_legend(layout: QgsPrintLayout) -> QgsLayoutItemLegend:
    """An empty legend in small letters."""
    legend = QgsLayoutItemLegend(layout)
    legend.setAutoUpdateModel(False)
    legend.model().rootGroup().clear()
    for part, points in (
        (QgsLegendStyle.Style.Title, 8.0),
        (QgsLegendStyle.Style.Subgroup, 7.0),
        (QgsLegendStyle.Style.SymbolLabel, 6.5),
    ):
        _set_font(legend.rstyle(part), points)
    legend.setBoxSpace(0.0)
    legend.setBackgroundEnabled(False)
    return legend


def _set_font(style: Any, points: float) -> None:
    if hasattr(style, "setTextFormat"):  # from QGIS 3.30 on
        style.setTextFormat(_text_format(points))
    else:
        style.setFont(_text_font(points))


def add_scale_bar(
    layout: QgsPrintLayout,
    frame: Optional[MapFrame],
    item: QgsLayoutItemMap,
    corner: Tuple[float, float],
) -> None:
    """A bar in kilometres on the Moon.

    Its length is given in the map's own units. QGIS would measure kilometres with the project's
    ellipsoid, which may be Earth's or none, and along the map's lower edge.
    """
    if frame is None:
        return
    bar = QgsLayoutItemScaleBar(layout)
    bar.setStyle("Single Box")
    bar.setLinkedMap(item)
    bar.setUnits(QgsUnitTypes.DistanceUnit.DistanceUnknownUnit)
    bar.setMapUnitsPerScaleBarUnit(frame.units_per_km)
    extent = item.extent()
    # Two segments together take a third of the map, but leave room for their labels.
    width = item.rect().width()
    length = min(60.0, max(26.0, width / 3.0))
    kilometres = round_length(extent.width() / frame.units_per_km * length / width / 2.0)
    bar.setNumberOfSegments(2)
    bar.setNumberOfSegmentsLeft(0)
    bar.setUnitsPerSegment(kilometres * frame.units_per_km)
    bar.setUnitLabel(tr("km at {latitude}").format(latitude=latitude_text(frame.latitude_deg)))
    bar.setTextFormat(_text_format(7.0))
    bar.setHeight(1.6)
    layout.addLayoutItem(bar)
    bar.attemptMove(QgsLayoutPoint(*corner))
    bar.update()


def latitude_text(latitude_deg: float) -> str:
    """A latitude with its side, e.g. 20.2 degrees N.

    Parameters
    ----------
    latitude_deg : float

    Returns
    -------
    str
    """
    if abs(latitude_deg) < 0.05:
        return "0\u00b0"
    side = tr("N") if latitude_deg >= 0.0 else tr("S")
    return f"{abs(latitude_deg):.1f}\u00b0 {side}"


def place_item(layout: QgsPrintLayout, item: Any, corner: Tuple[float, float]) -> None:
    """Add an item at its upper left corner (mm)."""
    layout.addLayoutItem(item)
    item.attemptMove(QgsLayoutPoint(*corner))
    item.adjustBoxSize()


def add_label(
    layout: QgsPrintLayout,
    text: str,
    box: Tuple[float, float, float, float],
    points: float,
    bold: bool = False,
) -> None:
    """Add a text in a box: left, top, width and height (mm)."""
    left, top, width, height = box
    label = QgsLayoutItemLabel(layout)
    label.setText(text)
    if hasattr(label, "setTextFormat"):  # from QGIS 3.24 on
        label.setTextFormat(_text_format(points, bold))
    else:
        label.setFont(_text_font(points, bold))
    label.setHAlign(Qt.AlignmentFlag.AlignLeft)
    label.setVAlign(Qt.AlignmentFlag.AlignTop)
    layout.addLayoutItem(label)
    label.attemptSetSceneRect(QRectF(left, top, width, height))


def _text_format(points: float, bold: bool = False) -> QgsTextFormat:
    text = QgsTextFormat()
    text.setFont(_text_font(points, bold))
    text.setSize(points)
    text.setSizeUnit(QgsUnitTypes.RenderUnit.RenderPoints)
    text.setColor(QColor("#202020"))
    return text


def _text_font(points: float, bold: bool = False) -> QFont:
    font = QFont()
    font.setPointSizeF(points)
    font.setBold(bold)
    return font


def millimetres(value: float) -> QgsLayoutMeasurement:
    """A length on the page."""
    return QgsLayoutMeasurement(value)
