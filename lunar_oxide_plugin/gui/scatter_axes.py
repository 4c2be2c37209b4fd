"""Lists of what an axis of the scatter view can show."""

from __future__ import annotations

from typing import List, Optional, Sequence, Tuple

from qgis.core import QgsProcessingException, QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QComboBox, QWidget

from ..algorithms.raster_layer import raster_input
from ..core.chemistry.quantities import QUANTITIES
from ..core.errors import LunarOxideError
from ..core.moon.rasterio_loading import load_rasterio
from ..core.probe.axes import AxisPart, PlotAxis, of_quantity
from .prediction_layers import given_oxides, is_prediction

#: Values of compositions, which are always listed; those that a prediction lacks are disabled.
VALUES: Tuple[PlotAxis, ...] = tuple(map(of_quantity, QUANTITIES))


class AxisBox(QComboBox):
    """Chooses what an axis shows.

    Parameters
    ----------
    key : str
        The axis that is chosen at first.
    parent : QWidget, optional
    """

    def __init__(self, key: str, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)
        self.setMaxVisibleItems(24)
        self._axes: List[Optional[PlotAxis]] = []
        self.offer((VALUES,))
        self.setCurrentIndex(self.findData(key))

    @property
    def axis(self) -> PlotAxis:
        """What is chosen."""
        place = self.currentIndex()
        axis = self._axes[place] if 0 <= place < len(self._axes) else None
        return axis or VALUES[0]

    def offer(self, groups: Sequence[Sequence[PlotAxis]]) -> None:
        """List groups of axes with lines between them, and keep the choice where it is there."""
        chosen = self.currentData()
        blocked = self.blockSignals(True)
        self.clear()
        self._axes = []
        for group in groups:
            if group and self._axes:
                self.insertSeparator(self.count())
                self._axes.append(None)
            for axis in group:
                self.addItem(axis.title, axis.key)
                place, role = self.count() - 1, Qt.ItemDataRole.ToolTipRole
                self.setItemData(place, axis.raster.name if axis.raster else axis.axis, role)
                self._axes.append(axis)
        self.setCurrentIndex(max(0, self.findData(chosen)))
        self.blockSignals(blocked)

    def allow(self, oxides: Sequence[str]) -> None:
        """Disable values that need other oxides; choose another where the chosen is one."""
        first = -1
        for place, axis in enumerate(self._axes):
            if axis is None or axis.part is not AxisPart.VALUE or axis.quantity is None:
                continue
            allowed = axis.quantity.is_given_by(oxides)
            self.model().item(place).setEnabled(allowed)
            first = place if allowed and first < 0 else first
        if first >= 0 and not self.model().item(self.currentIndex()).isEnabled():
            blocked = self.blockSignals(True)
            self.setCurrentIndex(first)
            self.blockSignals(blocked)


def groups_for(layer: QgsRasterLayer) -> List[Sequence[PlotAxis]]:
    """What can be plotted of a prediction: its own numbers, and rasters with the same pixels."""
    groups: List[Sequence[PlotAxis]] = [VALUES]
    own = _own_axes(layer)
    groups.append([axis for axis in own if axis.part is AxisPart.SIGMA])
    groups.append([axis for axis in own if axis.part in (AxisPart.DOMAIN, AxisPart.FLAGS)])
    return [*groups, *_other_rasters(layer)]


def _own_axes(layer: QgsRasterLayer) -> Tuple[PlotAxis, ...]:
    load_rasterio()
    try:
        from ..core.probe.axes import axes_of
        from ..core.rasters.prediction_bands import find_bands

        # QGIS writes "Band 1: " in the user's language before a band's description.
        names = [str(layer.bandName(band)) for band in range(1, layer.bandCount() + 1)]
        return axes_of(find_bands([name.split(": ", 1)[-1] for name in names], layer.name()))
    except (LunarOxideError, ImportError):
        return ()


def _other_rasters(layer: QgsRasterLayer) -> List[Sequence[PlotAxis]]:
    """The bands of the project's other rasters on the same grid, each raster once."""
    groups: List[Sequence[PlotAxis]] = []
    seen = set()
    for other in QgsProject.instance().mapLayers().values():
        if not isinstance(other, QgsRasterLayer) or is_prediction(other):
            continue
        if not _same_grid(layer, other):
            continue
        try:
            raster = raster_input(other)
        except QgsProcessingException:
            continue
        if raster.path in seen:
            continue
        seen.add(raster.path)
        groups.append(
            [
                PlotAxis(
                    AxisPart.BAND,
                    raster=raster,
                    band=band,
                    label=str(other.bandName(band)).split(": ", 1)[-1],
                )
                for band in range(1, other.bandCount() + 1)
            ]
        )
    return groups


def _same_grid(layer: QgsRasterLayer, other: QgsRasterLayer) -> bool:
    """Whether a raster seems to have a prediction's pixels; the reader checks it exactly."""
    if not other.isValid() or other.providerType() != "gdal" or other.crs() != layer.crs():
        return False
    for own, its in (
        (layer.rasterUnitsPerPixelX(), other.rasterUnitsPerPixelX()),
        (layer.rasterUnitsPerPixelY(), other.rasterUnitsPerPixelY()),
    ):
        if abs(own - its) > 1e-4 * own:
            return False
    grown = other.extent()
    grown.grow(0.01 * layer.rasterUnitsPerPixelX())
    return bool(grown.contains(layer.extent())) and bool(given_oxides(layer))
