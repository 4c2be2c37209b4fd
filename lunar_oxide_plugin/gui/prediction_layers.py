"""Find the project's layers that show predictions of this plugin."""

from __future__ import annotations

from typing import Dict, List, Optional, Tuple

from qgis.core import QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QWidget

from ..algorithms.open_prediction import is_prediction, prediction_bands
from ..algorithms.raster_layer import raster_input
from ..algorithms.result_groups import shown_name


def given_oxides(layer: QgsRasterLayer) -> Tuple[str, ...]:
    """Names of the oxides for which a prediction has bands."""
    bands = prediction_bands(layer)
    return () if bands is None else tuple(bands.oxides)


def has_flags(layer: QgsRasterLayer) -> bool:
    """Whether a prediction has a band of quality flags."""
    bands = prediction_bands(layer)
    return bands is not None and bands.quality is not None


def predictions() -> Dict[str, List[QgsRasterLayer]]:
    """Layers of the project's predictions by raster, in the project's order."""
    found: Dict[str, List[QgsRasterLayer]] = {}
    for layer in QgsProject.instance().mapLayers().values():
        if is_prediction(layer):
            found.setdefault(raster_input(layer).path, []).append(layer)
    return found


class PredictionChooser(QComboBox):
    """Lists each prediction once, also if several of its bands are layers.

    Signals
    -------
    prediction_changed()
    """

    prediction_changed = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        self.currentIndexChanged.connect(lambda *_: self._changed())
        self.refresh()

    def path(self) -> str:
        """Raster of the chosen prediction; empty without one."""
        return str(self.currentData() or "")

    def layer(self) -> Optional[QgsRasterLayer]:
        """A layer of the chosen prediction."""
        layers = predictions().get(self.path(), [])
        return layers[0] if layers else None

    def refresh(self) -> None:
        """List the project's predictions; a new one is chosen."""
        before = {self.itemData(place) for place in range(self.count())}
        chosen = self.path()
        found = predictions()
        new = [path for path in found if path not in before]
        self.blockSignals(True)
        self.clear()
        for path, layers in found.items():
            self.addItem(shown_name(layers[0]), path)
        wanted = new[-1] if new else chosen
        self.setCurrentIndex(max(0, self.findData(wanted)) if found else -1)
        self.blockSignals(False)
        self.setToolTip(self.currentText())
        if self.path() != chosen:
            self.prediction_changed.emit()

    def _changed(self) -> None:
        self.setToolTip(self.currentText())
        self.prediction_changed.emit()
