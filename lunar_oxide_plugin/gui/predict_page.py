"""The page to choose raster and model, which shows before a run whether they fit."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, Dict, List, Optional, Tuple

from qgis.core import (
    QgsMapLayerProxyModel,
    QgsProcessingException,
    QgsProject,
    QgsProviderRegistry,
    QgsRasterLayer,
)
from qgis.gui import QgsCollapsibleGroupBox, QgsMapLayerComboBox
from qgis.PyQt.QtCore import QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ..algorithms.model_parameter import default_model
from ..algorithms.open_prediction import is_prediction
from ..algorithms.raster_layer import raster_input
from ..core.errors import LunarOxideError
from ..core.models.model_choice import ModelChoice, better_model
from ..core.models.model_library import model_entries
from ..core.moon.rasterio_loading import load_rasterio
from ..core.probe.reading import ProbeSource
from ..core.probe.suitability import FitLevel, RasterFit
from ..core.rasters.raster_input import RasterInput
from ..core.rasters.sensors.known import usual_scales
from ..core.translation import tr, tr_message
from .model_chooser import ModelChooser
from .suitability_view import BandTable, FitBadge

#: Milliseconds to wait, so that quick changes are checked once.
SETTLE_MS = 150


class PredictPage(QWidget):
    """Chooses the raster and the model; other pages read them from `source`.

    Signals
    -------
    source_changed()
        Raster, model, bands or scale have changed; `source` holds them.
    predict_wanted(dict)
        Parameters for `lunaroxide:predictoxides`.
    open_wanted()
        A finished prediction is to be opened.
    """

    source_changed = pyqtSignal()
    predict_wanted = pyqtSignal(dict)
    open_wanted = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._bands: Optional[Tuple[int, ...]] = None
        self._fit: Optional[RasterFit] = None
        self._watched: Optional[QgsRasterLayer] = None
        self._judged: Optional[ProbeSource] = None
        #: Whether the user chose the model; else it follows the raster's sensor.
        self._model_named = False
        self._better: Optional[ModelChoice] = None
        self.rasters = QgsMapLayerComboBox(self)
        self.rasters.setFilters(QgsMapLayerProxyModel.Filter.RasterLayer)
        self.rasters.setAllowEmptyLayer(False)
        self.rasters.setMinimumContentsLength(12)
        self.rasters.setExcludedProviders(
            [name for name in QgsProviderRegistry.instance().providerList() if name != "gdal"]
        )
        self.models = ModelChooser(self)
        self.badge = FitBadge(self)
        self.taken = QLabel(self)
        self.taken.setWordWrap(True)
        self.taken.hide()
        self.take = QPushButton(self)
        self.take.hide()
        self.table = BandTable(self)
        self.automatic = QPushButton(tr("Find the bands again"), self)
        self.automatic.setToolTip(tr("Forget your choice of bands and find them by wavelength"))
        self.automatic.hide()
        self.scale, self.offset = self._number_box(), self._number_box()
        self.scale.setToolTip(
            tr("Reflectance for one step of the raster's numbers ({scales})").format(
                scales=usual_scales()
            )
        )
        self.offset.setToolTip(tr("Reflectance where the raster's number is zero"))
        self.predict = QPushButton(tr("Predict \u2026"), self)
        self.predict.setToolTip(tr("Open 'Predict oxides' with this raster and model filled in"))
        self.open = QPushButton(tr("Open prediction \u2026"), self)
        self.open.setToolTip(
            tr("Load a prediction from the command line, a cluster or a colleague as styled maps")
        )
        self._lay_out()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SETTLE_MS)
        self._timer.timeout.connect(self.source_changed)
        self._connect()
        self._watch(self.layer())
        self._leave_out_predictions()
        self._choices_changed()

    def layer(self) -> Optional[QgsRasterLayer]:
        """The chosen raster layer."""
        layer = self.rasters.currentLayer()
        return layer if isinstance(layer, QgsRasterLayer) else None

    def source(self) -> Optional[ProbeSource]:
        """The chosen raster and model; None without a raster that GDAL reads."""
        layer = self.layer()
        if layer is None or self._unread_number():
            return None
        try:
            raster = raster_input(layer)
        except QgsProcessingException:
            return None
        raster = replace(
            raster, bands=self._bands, scale=_number(self.scale), offset=_number(self.offset)
        )
        return ProbeSource(raster, self.models.path())

    def model_for(self, raster: RasterInput) -> str:
        """File of the model for a raster: the one shown, or one that fits where it follows."""
        own = self.models.path()
        if self._model_named:
            return own
        try:
            load_rasterio()
            from ..core.rasters.raster_info import read_info

            info = read_info(raster)
        except (LunarOxideError, ImportError):
            return own
        better = better_model(Path(own), info.sensor, info.name, len(info.bands), default_model())
        return own if better is None else str(better.entry.path)

    def show_fit(self, source: ProbeSource, fit: RasterFit) -> None:
        """Show the result of a check; one of an earlier choice is ignored."""
        if source != self.source():
            return
        self._fit = fit
        self.badge.show_fit(fit)
        self._offer(fit)
        self.table.show_fit(fit)
        # If bands, scale or CRS do not fit, the user can set them in the dialog.
        self.predict.setEnabled(True)

    def _offer(self, fit: RasterFit) -> None:
        """Take the model that fits the raster, or offer it where the user chose another."""
        layer = self.layer()
        self._better = None
        if layer is not None and fit.level is FitLevel.UNFIT:
            self._better = better_model(
                Path(self.models.path()),
                fit.sensor,
                layer.name(),
                len(fit.raster_bands),
                default_model(),
            )
        self.take.setVisible(self._better is not None and self._model_named)
        if self._better is None:
            return
        name = self._better.entry.name
        self.take.setText(tr("Take the model {name}").format(name=name))
        if not self._model_named:
            self.taken.setText(tr_message(self._better.reason))
            self._take_better()
            self.taken.show()

    def _take_better(self, *_: Any) -> None:
        if self._better is not None:
            self.models.set_path(str(self._better.entry.path))

    def _named_model(self, *_: Any) -> None:
        self._model_named = True
        self.taken.hide()

    def judge_again(self) -> None:
        """Compare raster and model again, e.g. after a missing package was installed."""
        self._choices_changed()

    def parameters(self) -> Dict[str, Any]:
        """Parameters of `lunaroxide:predictoxides` for the current choice."""
        layer, source = self.layer(), self.source()
        if layer is None or source is None:
            return {}
        parameters: Dict[str, Any] = {"INPUT": layer.id()}
        names = {str(entry.path): entry.name for entry in model_entries()}
        if source.model in names:
            parameters["MODEL"] = names[source.model]
        else:
            parameters["MODEL_FILE"] = source.model
        if source.raster.bands is not None:
            parameters["BANDS"] = list(source.raster.bands)
        if source.raster.scale is not None:
            parameters["SCALE"] = source.raster.scale
        if source.raster.offset is not None:
            parameters["OFFSET"] = source.raster.offset
        return parameters

    def disconnect_project(self) -> None:
        """Disconnect from the project's signals."""
        self._timer.stop()
        self._watch(None)
        project = QgsProject.instance()
        project.layersAdded.disconnect(self._leave_out_predictions)
        project.layersRemoved.disconnect(self._leave_out_predictions)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.addRow(tr("Raster"), self.rasters)
        form.addRow(tr("Model"), self.models)
        more = QgsCollapsibleGroupBox(tr("Scale and offset"), self)
        more.setObjectName("LunarOxideScale")
        numbers = QFormLayout(more)
        numbers.addRow(tr("Scale"), self.scale)
        numbers.addRow(tr("Offset"), self.offset)
        more.setCollapsed(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 6, 4, 6)
        layout.addLayout(form)
        layout.addWidget(self.badge)
        layout.addWidget(self.taken)
        layout.addWidget(self.take)
        buttons = QHBoxLayout()
        buttons.addWidget(self.predict)
        buttons.addWidget(self.open)
        layout.addLayout(buttons)
        layout.addWidget(self.table)
        layout.addWidget(self.automatic)
        layout.addWidget(more)
        layout.addStretch(1)

    def _connect(self) -> None:
        self.rasters.layerChanged.connect(self._raster_changed)
        self.models.model_changed.connect(self._find_bands)
        self.models.activated.connect(self._named_model)
        self.take.clicked.connect(self._take_better)
        self.table.chosen.connect(self._bands_chosen)
        self.automatic.clicked.connect(self._find_bands)
        self.scale.editingFinished.connect(self._choices_changed)
        self.offset.editingFinished.connect(self._choices_changed)
        self.predict.clicked.connect(lambda *_: self.predict_wanted.emit(self.parameters()))
        self.open.clicked.connect(lambda *_: self.open_wanted.emit())
        project = QgsProject.instance()
        project.layersAdded.connect(self._leave_out_predictions)
        project.layersRemoved.connect(self._leave_out_predictions)

    def _number_box(self) -> QLineEdit:
        box = QLineEdit(self)
        box.setPlaceholderText(tr("as in the file"))
        return box

    def _unread_number(self) -> str:
        """What stands in a field of a number and is none; empty where all are numbers."""
        texts = [box.text().strip() for box in (self.scale, self.offset) if _number(box) is None]
        return next(filter(None, texts), "")

    def _raster_changed(self, *_: Any) -> None:
        self.taken.hide()
        # Scale and offset belonged to the previous raster.
        self.scale.clear()
        self.offset.clear()
        self._watch(self.layer())
        self._find_bands()

    def _watch(self, layer: Optional[QgsRasterLayer]) -> None:
        """React to changes of the layer's properties: its CRS, its no data."""
        if self._watched is not None:
            with suppress(TypeError, RuntimeError):  # deleted meanwhile
                self._watched.crsChanged.disconnect(self._properties_changed)
                self._watched.styleChanged.disconnect(self._properties_changed)
        self._watched = layer
        if layer is not None:
            layer.crsChanged.connect(self._properties_changed)
            layer.styleChanged.connect(self._properties_changed)

    def _properties_changed(self) -> None:
        # Most changes of style do not affect the pixels that are read.
        if self.source() != self._judged:
            self._choices_changed()

    def _find_bands(self, *_: Any) -> None:
        self._bands = None
        self._choices_changed()

    def _bands_chosen(self, numbers: Tuple[int, ...]) -> None:
        self._bands = numbers
        self._choices_changed()

    def _choices_changed(self) -> None:
        self.automatic.setVisible(self._bands is not None)
        self.take.hide()
        source = self._judged = self.source()
        self._fit = None
        self.predict.setEnabled(source is not None)
        if self.layer() is None:
            self.badge.say(tr("No raster yet"), tr("Add a reflectance raster to the project."))
            self.table.show_fit(None)
        elif self._unread_number():
            text = tr("{text} is no number: correct it, or leave the field empty.")
            self.badge.say(tr("Not a number"), text.format(text=repr(self._unread_number())))
            self.table.show_fit(None)
        elif source is None:
            text = tr("This layer is not a raster file: save it as one first.")
            self.badge.say(tr("Not readable"), text)
            self.table.show_fit(None)
        else:
            self.badge.say(tr("Comparing raster and model \u2026"), "")
        self._timer.start()

    def _leave_out_predictions(self, *_: Any) -> None:
        layers: List[QgsRasterLayer] = [
            layer for layer in QgsProject.instance().mapLayers().values() if is_prediction(layer)
        ]
        self.rasters.setExceptedLayerList(layers)


def _number(box: QLineEdit) -> Optional[float]:
    value, valid = box.locale().toDouble(box.text())
    return float(value) if valid else None
