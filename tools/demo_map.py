"""A printed map of a prediction: FeO and TiO2 side by side, with legends, scale and sites."""

from __future__ import annotations

from pathlib import Path
from typing import List

from qgis.core import (
    QgsColorRampLegendNodeSettings,
    QgsLayoutExporter,
    QgsLayoutItemLabel,
    QgsLayoutItemLegend,
    QgsLayoutItemMap,
    QgsLayoutItemScaleBar,
    QgsLayoutPoint,
    QgsLayoutSize,
    QgsLegendStyle,
    QgsMapLayer,
    QgsMapLayerLegendUtils,
    QgsPrintLayout,
    QgsProject,
    QgsRasterLayer,
    QgsTextFormat,
    QgsUnitTypes,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QRectF, Qt
from qgis.PyQt.QtGui import QColor, QFont

from lunar_oxide_plugin.algorithms.result_layers import style_oxide
from lunar_oxide_plugin.algorithms.site_layers import moon_geographic_crs, style_sites
from lunar_oxide_plugin.core.chemistry.layout import FULL, oxide_band
from lunar_oxide_plugin.core.chemistry.oxides import FEO, TIO2
from lunar_oxide_plugin.core.rasters.prediction_bands import read_tags

PAGE_WIDTH_MM, PAGE_HEIGHT_MM = 250.0, 122.0
MAP_WIDTH_MM, MAP_HEIGHT_MM = 118.0, 76.0


def draw_map(prediction: str, sites: str, target: Path) -> None:
    """Draw FeO and TiO2 of a prediction raster with the sample sites into a PNG.

    Parameters
    ----------
    prediction, sites : path of a prediction raster and of a sample site layer
    target : path of the PNG
    """
    project = QgsProject.instance()
    site_layer = QgsVectorLayer(sites, "Sample sites", "ogr")
    site_layer.setCrs(moon_geographic_crs())
    style_sites(site_layer)
    layers: List[QgsRasterLayer] = []
    for oxide in (FEO, TIO2):
        layer = QgsRasterLayer(prediction, f"{oxide.pretty} (wt%)")
        style_oxide(layer, FULL.band(oxide_band(oxide)), oxide)
        _lie_down(layer, " wt%")
        layers.append(layer)
    project.addMapLayers([site_layer, *layers], False)

    layout = QgsPrintLayout(project)
    layout.initializeDefaults()
    page = layout.pageCollection().page(0)
    page.setPageSize(QgsLayoutSize(PAGE_WIDTH_MM, PAGE_HEIGHT_MM))
    tags = read_tags(prediction)
    _label(layout, "Taurus-Littrow (Apollo 17): predicted oxides", 5, 3, 240, 14, bold=True)
    for index, layer in enumerate(layers):
        left = 5 + index * (MAP_WIDTH_MM + 4)
        _map(layout, [site_layer, layer], layer, left)
    origin = tags.get("DATA_ORIGIN", "")
    _label(
        layout,
        f"Model: {tags.get('MODEL_TITLE', '?')} {tags.get('MODEL_VERSION', '')}. "
        f"Data: {origin or tags.get('SOURCE_RASTER', '?')}. "
        "Pixels at the sites were seen in training: fitted there, not validated.",
        5,
        PAGE_HEIGHT_MM - 10,
        240,
        7.5,
    )
    settings = QgsLayoutExporter.ImageExportSettings()
    settings.dpi = 150
    outcome = QgsLayoutExporter(layout).exportToImage(str(target), settings)
    if outcome != QgsLayoutExporter.ExportResult.Success:
        raise OSError(f"The map {target} could not be written (QGIS export error {outcome}).")


def _map(
    layout: QgsPrintLayout, layers: List[QgsMapLayer], raster: QgsRasterLayer, left: float
) -> None:
    """One map with its legend and scale bar."""
    item = QgsLayoutItemMap(layout)
    item.setRect(QRectF(0, 0, MAP_WIDTH_MM, MAP_HEIGHT_MM))
    layout.addLayoutItem(item)
    item.attemptMove(QgsLayoutPoint(left, 12))
    item.attemptResize(QgsLayoutSize(MAP_WIDTH_MM, MAP_HEIGHT_MM))
    item.setCrs(raster.crs())
    item.setLayers(layers)
    extent = raster.extent()
    extent.scale(1.03)
    item.zoomToExtent(extent)
    item.setFrameEnabled(True)
    item.setBackgroundColor(QColor("#f4f4f2"))

    legend = QgsLayoutItemLegend(layout)
    legend.setAutoUpdateModel(False)
    entries = legend.model().rootGroup()
    entries.clear()
    node = entries.addLayer(raster)
    # Remove the node that repeats the band's name.
    QgsMapLayerLegendUtils.setLegendNodeOrder(node, [1])
    legend.model().refreshLayerLegend(node)
    for part in (
        QgsLegendStyle.Style.Title,
        QgsLegendStyle.Style.Subgroup,
        QgsLegendStyle.Style.SymbolLabel,
    ):
        legend.rstyle(part).setFont(_font(8))
    legend.setSymbolWidth(60)
    legend.setSymbolHeight(3)
    layout.addLayoutItem(legend)
    legend.attemptMove(QgsLayoutPoint(left, 12 + MAP_HEIGHT_MM + 1))

    bar = QgsLayoutItemScaleBar(layout)
    bar.setStyle("Single Box")
    bar.setLinkedMap(item)
    # In map units (metres): QGIS would measure with an ellipsoid, and has none for the Moon.
    bar.setUnits(QgsUnitTypes.DistanceUnit.DistanceUnknownUnit)
    bar.setMapUnitsPerScaleBarUnit(1000)
    bar.setUnitLabel("km")
    bar.setNumberOfSegments(2)
    bar.setNumberOfSegmentsLeft(0)
    bar.setUnitsPerSegment(2000)
    text = QgsTextFormat()
    text.setFont(_font(8))
    text.setSize(8)
    bar.setTextFormat(text)
    bar.setHeight(1.5)
    layout.addLayoutItem(bar)
    bar.attemptMove(QgsLayoutPoint(left + MAP_WIDTH_MM - 42, 12 + MAP_HEIGHT_MM + 3))


def _font(size: float, bold: bool = False) -> QFont:
    font = QFont("DejaVu Sans")
    font.setPointSizeF(size)
    font.setBold(bold)
    return font


def _lie_down(raster: QgsRasterLayer, suffix: str) -> None:
    """Make the layer's colour bar horizontal, which fits the page."""
    function = raster.renderer().shader().rasterShaderFunction()
    settings = QgsColorRampLegendNodeSettings()
    settings.setOrientation(Qt.Orientation.Horizontal)
    settings.setSuffix(suffix)
    function.setLegendSettings(settings)


def _label(
    layout: QgsPrintLayout,
    text: str,
    left: float,
    top: float,
    width: float,
    size: float,
    bold: bool = False,
) -> None:
    label = QgsLayoutItemLabel(layout)
    label.setFont(_font(size, bold))
    label.setText(text)
    label.setVAlign(Qt.AlignmentFlag.AlignTop)
    layout.addLayoutItem(label)
    label.attemptMove(QgsLayoutPoint(left, top))
    label.attemptResize(QgsLayoutSize(width, 9))
