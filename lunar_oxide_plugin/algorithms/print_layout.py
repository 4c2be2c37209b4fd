"""Build a print layout: the page, its panels, legends beside them and notes below."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import List, Optional, Sequence, Tuple

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsCoordinateReferenceSystem,
    QgsFeatureRequest,
    QgsLayoutItemMap,
    QgsLayoutItemPage,
    QgsLayoutSize,
    QgsMapLayer,
    QgsMapLayerLegendUtils,
    QgsMapLayerStyle,
    QgsPrintLayout,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QRectF, Qt
from qgis.PyQt.QtGui import QColor

from ..core.moon.map_grid import MapFrame
from .print_items import (
    POINT_MM,
    add_grid,
    add_label,
    add_ramp,
    add_scale_bar,
    millimetres,
    new_legend,
    place_item,
)

#: A4, the short and the long side, and the margin, in millimetres.
SHORT_MM, LONG_MM, MARGIN_MM = 210.0, 297.0, 9.0
TITLE_MM = 15.0
#: Beside a map: labels of the grid. Above: its caption. Below: grid labels and legend.
GRID_MM, CAPTION_MM, LEGEND_MM = 7.0, 6.0, 17.0
GAP_MM = 3.0
BAR_MM = 12.0
#: Width of one of the legends beside the notes.
KEY_MM = 42.0
#: Height of its title, and of a line.
KEY_TITLE_MM, KEY_LINE_MM = 7.0, 5.2
#: Lines of notes are set in this size; a letter is about half as wide as it is high.
NOTE_POINTS = 7.0
_LETTER = 0.5
_LINE = 1.45


@dataclass(frozen=True)
class Panel:
    """One map of a plate.

    Attributes
    ----------
    caption : str
        Above the map.
    layer : QgsRasterLayer
        Its colours are the legend.
    layers : sequence of QgsMapLayer
        What is drawn, topmost first; `layer` is one of them.
    """

    caption: str
    layer: QgsRasterLayer
    layers: Sequence[QgsMapLayer]


@dataclass(frozen=True)
class Plate:
    """Content of a page.

    Attributes
    ----------
    title, subtitle : str
    panels : sequence of Panel
    extent : QgsRectangle
        In `crs`.
    crs : QgsCoordinateReferenceSystem
    frame : MapFrame or None
        None where the map has no place on the Moon: no grid and no scale bar.
    graticule : QgsMapLayer or None
        A layer among `Panel.layers` that shows the grid; without one, the maps have QGIS's.
    keys : sequence of QgsMapLayer
        Layers with a legend of their own, such as sites and quality flags.
    notes : sequence of str
        One paragraph each, below the maps.
    """

    title: str
    subtitle: str
    panels: Sequence[Panel]
    extent: QgsRectangle
    crs: QgsCoordinateReferenceSystem
    frame: Optional[MapFrame]
    graticule: Optional[QgsMapLayer]
    keys: Sequence[QgsMapLayer]
    notes: Sequence[str]


@dataclass(frozen=True)
class Arrangement:
    """Sizes in millimetres of a page with equal panels in rows and columns."""

    page_width: float
    page_height: float
    columns: int
    rows: int
    map_width: float
    map_height: float


def arrange(count: int, aspect: float, notes_mm: float) -> Arrangement:
    """The page and the division of it on which panels of an aspect are largest.

    Parameters
    ----------
    count : int
        Number of panels.
    aspect : float
        Width of a map divided by its height.
    notes_mm : float
        Height of what stands below the panels.

    Returns
    -------
    Arrangement
    """
    choices = []
    for width, height in ((LONG_MM, SHORT_MM), (SHORT_MM, LONG_MM)):
        free = height - 2.0 * MARGIN_MM - TITLE_MM - notes_mm
        for columns in range(1, count + 1):
            rows = math.ceil(count / columns)
            room_x = (width - 2.0 * MARGIN_MM + GAP_MM) / columns - GAP_MM - GRID_MM
            room_y = free / rows - CAPTION_MM - LEGEND_MM
            map_width = min(room_x, room_y * aspect)
            choices.append(Arrangement(width, height, columns, rows, map_width, map_width / aspect))
    return max(choices, key=lambda choice: choice.map_width)


def build(project: QgsProject, name: str, plate: Plate) -> QgsPrintLayout:
    """Make the layout of a plate; it is not yet in the project's list of layouts.

    Parameters
    ----------
    project : QgsProject
        Holds the layers.
    name : str
        Of the layout.
    plate : Plate

    Returns
    -------
    QgsPrintLayout
    """
    layout = QgsPrintLayout(project)
    layout.initializeDefaults()
    layout.setName(name)
    aspect = min(8.0, max(0.125, plate.extent.width() / plate.extent.height()))
    # The notes' height depends on the page's width, which is one of two.
    notes_mm = _notes_height(plate, SHORT_MM)
    placed = arrange(len(plate.panels), aspect, notes_mm)
    notes_mm = _notes_height(plate, placed.page_width)
    placed = arrange(len(plate.panels), aspect, notes_mm)
    page: QgsLayoutItemPage = layout.pageCollection().page(0)
    page.setPageSize(QgsLayoutSize(placed.page_width, placed.page_height))
    inner = placed.page_width - 2.0 * MARGIN_MM
    add_label(layout, plate.title, (MARGIN_MM, MARGIN_MM, inner, 8.0), 14.0, bold=True)
    add_label(layout, plate.subtitle, (MARGIN_MM, MARGIN_MM + 8.0, inner, 5.0), 8.0)
    step_x = placed.map_width + GRID_MM + GAP_MM
    step_y = placed.map_height + CAPTION_MM + LEGEND_MM
    left = MARGIN_MM + max(0.0, inner - placed.columns * step_x + GAP_MM) / 2.0
    maps: List[QgsLayoutItemMap] = []
    for number, panel in enumerate(plate.panels):
        row, column = divmod(number, placed.columns)
        corner = (left + column * step_x, MARGIN_MM + TITLE_MM + row * step_y)
        maps.append(_panel(layout, plate, panel, corner, placed))
    below = MARGIN_MM + TITLE_MM + placed.rows * step_y
    bottom = _footer(layout, plate, maps[0], below, placed)
    # The page ends below the notes, so that the figure has no empty part.
    page.setPageSize(QgsLayoutSize(placed.page_width, bottom + MARGIN_MM))
    return layout


def _panel(
    layout: QgsPrintLayout,
    plate: Plate,
    panel: Panel,
    corner: Tuple[float, float],
    placed: Arrangement,
) -> QgsLayoutItemMap:
    """Caption, map, grid and legend."""
    left, top = corner
    small = placed.columns > 1
    width = placed.map_width
    map_left = left + GRID_MM
    box = (map_left, top, max(width + GAP_MM, 0.0 if small else 60.0), CAPTION_MM)
    points = 10.0 if not small else 8.0 if placed.columns <= 3 else 6.5
    add_label(layout, panel.caption, box, points, True)
    item = QgsLayoutItemMap(layout)
    item.attemptSetSceneRect(QRectF(map_left, top + CAPTION_MM, width, placed.map_height))
    layout.addLayoutItem(item)
    item.setCrs(plate.crs)
    item.setLayers(list(panel.layers))
    item.setKeepLayerSet(True)
    if small:
        _without_labels(item, panel.layers)
    item.zoomToExtent(plate.extent)
    item.setFrameEnabled(True)
    item.setFrameStrokeWidth(millimetres(0.2))
    item.setBackgroundColor(QColor("#f4f4f2"))
    if plate.frame is not None and plate.graticule is None:
        add_grid(item, plate.frame, 5.5 if small else 7.0)
    add_ramp(layout, panel.layer, (map_left, top + CAPTION_MM + placed.map_height + 4.0), width)
    return item


def _without_labels(item: QgsLayoutItemMap, layers: Sequence[QgsMapLayer]) -> None:
    """Draw points without their names, which would hide a small map."""
    styles = {}
    for layer in layers:
        if isinstance(layer, QgsVectorLayer):
            bare = layer.clone()
            bare.setLabelsEnabled(False)
            style = QgsMapLayerStyle()
            style.readFromLayer(bare)
            styles[layer.id()] = style.xmlData()
    item.setLayerStyleOverrides(styles)
    item.setKeepLayerStyles(bool(styles))


def _footer(
    layout: QgsPrintLayout,
    plate: Plate,
    first: QgsLayoutItemMap,
    top: float,
    placed: Arrangement,
) -> float:
    """Scale bar, legends of sites and flags, notes; return the lower end of all in mm."""
    inner = placed.page_width - 2.0 * MARGIN_MM
    if plate.frame is not None:
        add_scale_bar(layout, plate.frame, first, (MARGIN_MM, top))
    add_label(
        layout,
        "\n".join(plate.notes),
        (
            MARGIN_MM,
            top + BAR_MM,
            inner - len(plate.keys) * KEY_MM,
            _notes_height(plate, placed.page_width) - BAR_MM,
        ),
        NOTE_POINTS,
    )
    bottom = top + _notes_height(plate, placed.page_width)
    left = MARGIN_MM + inner - len(plate.keys) * KEY_MM + GAP_MM
    for layer in plate.keys:
        legend = new_legend(layout)
        legend.setColumnCount(1)
        legend.setSymbolHeight(2.5)
        legend.setSymbolWidth(4.0)
        node = legend.model().rootGroup().addLayer(layer)
        if isinstance(layer, QgsVectorLayer):
            legend.setLinkedMap(first)
            legend.setLegendFilterByMapEnabled(True)
            height = KEY_TITLE_MM + KEY_LINE_MM * _classes_shown(layer, plate)
        else:
            # Each flag once: where two are set, the layer has a colour more with the same name.
            # The first two are the band's name, and pixels that are not coloured.
            texts = [
                str(entry.data(Qt.ItemDataRole.DisplayRole))
                for entry in legend.model().layerOriginalLegendNodes(node)
            ]
            once = [i for i, text in enumerate(texts) if i > 1 and text not in texts[:i]]
            QgsMapLayerLegendUtils.setLegendNodeOrder(node, once)
            legend.model().refreshLayerLegend(node)
            height = KEY_TITLE_MM + KEY_LINE_MM * len(once)
        place_item(layout, legend, (left, top))
        bottom = max(bottom, top + height)
        left += KEY_MM
    return bottom


def _classes_shown(layer: QgsVectorLayer, plate: Plate) -> int:
    """Number of a layer's classes on the map; QGIS leaves out the others when it draws."""
    renderer = layer.renderer()
    if not isinstance(renderer, QgsCategorizedSymbolRenderer):
        return 1 if renderer is None else len(renderer.legendSymbolItems())
    request = QgsFeatureRequest()
    request.setDestinationCrs(plate.crs, QgsProject.instance().transformContext())
    request.setFilterRect(plate.extent)
    column = renderer.classAttribute()
    return len({str(feature[column]) for feature in layer.getFeatures(request)})


def _notes_height(plate: Plate, page_width: float) -> float:
    """Height of the scale bar and the notes, by an estimate of the lines."""
    width = page_width - 2.0 * MARGIN_MM - len(plate.keys) * KEY_MM
    letters = width / (NOTE_POINTS * POINT_MM * _LETTER)
    lines = sum(math.ceil(max(1, len(note)) / letters) for note in plate.notes)
    return max(30.0, BAR_MM + lines * NOTE_POINTS * POINT_MM * _LINE)
