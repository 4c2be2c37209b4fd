"""The panel of live maps: which one, what it shows, in which range, and what to do with it."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import Any, List, Optional

from qgis.core import QgsMapLayerProxyModel, QgsProject
from qgis.gui import QgsMapLayerComboBox
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ...core.live.colours import FlagStyle
from ...core.live.settings import LiveStyle
from ...core.live.shown import Kind, choices
from ...core.probe.reading import SpectrumReading
from ...core.translation import tr, tr_message
from ..composition_table import CompositionTable
from ..model_chooser import ModelChooser
from ..reading_text import place_text, refusal_text, state_text
from .layer import LiveLayer
from .legend import notes, shown_title


class LivePage(QWidget):
    """Shows and changes the properties of one live map.

    Signals
    -------
    add_wanted()
        A live map of the raster and model of the page 'Predict'.
    layer_changed()
        Another live map was chosen.
    model_wanted(str)
        The chosen map with another model's file.
    identify_wanted(bool), swipe_wanted(bool)
        The map tools.
    permanent_wanted(), overviews_wanted(), raster_wanted()
        The dialog of 'Predict oxides'; overviews of the raster; another file for it.
    """

    add_wanted = pyqtSignal()
    layer_changed = pyqtSignal()
    model_wanted = pyqtSignal(str)
    identify_wanted = pyqtSignal(bool)
    swipe_wanted = pyqtSignal(bool)
    permanent_wanted = pyqtSignal()
    overviews_wanted = pyqtSignal()
    raster_wanted = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._layer: Optional[LiveLayer] = None
        self.add = QPushButton(tr("Add a live map"), self)
        self.add.setToolTip(tr("Of the raster and the model on the page 'Predict'"))
        self.layers = QgsMapLayerComboBox(self)
        self.layers.setFilters(QgsMapLayerProxyModel.Filter.PluginLayer)
        self.layers.setMinimumContentsLength(12)
        self.models = ModelChooser(self)
        self.shown = QComboBox(self)
        self.low, self.high = self._number_box(), self._number_box()
        self.flags = QComboBox(self)
        for box in (self.shown, self.flags):
            # The longest text must not widen the dock.
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.setMinimumContentsLength(12)
        for style, text in (
            (FlagStyle.COLOURED, tr("in the colour of their flag")),
            (FlagStyle.SHOWN, tr("like all others")),
            (FlagStyle.HIDDEN, tr("not at all")),
        ):
            self.flags.addItem(text, style)
        self.state = self._label()
        self.identify = self._button(
            tr("Identify"), tr("Click a pixel: its oxides with their 90 % intervals"), True
        )
        self.permanent = self._button(
            tr("Make permanent \u2026"), tr("Open 'Predict oxides' with what the map shows")
        )
        self.overviews = self._button(
            tr("Build overviews \u2026"),
            tr("Smaller copies of the raster, so that far views are fast"),
        )
        self.raster = self._button(tr("Raster \u2026"), tr("Choose where the raster lies now"))
        self.other = ModelChooser(self)
        self.swipe = self._button(
            tr("Compare"), tr("Drag a line over the map: the other model to its right"), True
        )
        self.place = self._label()
        self.composition = CompositionTable(self)
        self._lay_out()
        self._connect()
        self._leave_out_others()
        self._take_layer()

    def layer(self) -> Optional[LiveLayer]:
        """The chosen live map."""
        return self._layer

    def show_layer(self, layer: LiveLayer) -> None:
        """Choose a live map."""
        self.layers.setLayer(layer)

    def show_reading(self, reading: SpectrumReading) -> None:
        """Show the numbers of a pixel."""
        self.place.setText(f"{place_text(reading)}<br>{state_text(reading)}")
        self.place.show()
        self.composition.show_reading(reading)
        self.composition.show()

    def say(self, text: str, is_refusal: bool = True) -> None:
        """Show a sentence in the place of a reading."""
        self.place.setText(refusal_text(text) if is_refusal else escape(text))
        self.place.show()
        self.composition.hide()

    def disconnect_project(self) -> None:
        """Disconnect from the project's signals and the layer's."""
        self._watch(None)
        project = QgsProject.instance()
        project.layersAdded.disconnect(self._leave_out_others)
        project.layersRemoved.disconnect(self._leave_out_others)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.low)
        row.addWidget(QLabel("\u2013", self))
        row.addWidget(self.high)
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.addRow(tr("Live map"), self.layers)
        form.addRow(tr("Model"), self.models)
        form.addRow(tr("Shown"), self.shown)
        form.addRow(tr("Range"), row)
        form.addRow(tr("Flagged pixels"), self.flags)
        buttons = QGridLayout()
        buttons.addWidget(self.identify, 0, 0)
        buttons.addWidget(self.permanent, 0, 1)
        buttons.addWidget(self.overviews, 1, 0)
        buttons.addWidget(self.raster, 1, 1)
        buttons.addWidget(self.swipe, 2, 0)
        buttons.addWidget(self.other, 2, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 6, 4, 6)
        layout.addWidget(self.add)
        layout.addLayout(form)
        layout.addWidget(self.state)
        layout.addLayout(buttons)
        layout.addWidget(self.place)
        layout.addWidget(self.composition)
        layout.addStretch(1)
        self.place.hide()
        self.composition.hide()

    def _connect(self) -> None:
        self.add.clicked.connect(lambda *_: self.add_wanted.emit())
        self.layers.layerChanged.connect(self._take_layer)
        self.models.model_changed.connect(self._model_chosen)
        self.shown.activated.connect(self._shown_chosen)
        self.low.editingFinished.connect(self._range_chosen)
        self.high.editingFinished.connect(self._range_chosen)
        self.flags.activated.connect(self._flags_chosen)
        self.identify.toggled.connect(self.identify_wanted)
        self.swipe.toggled.connect(self.swipe_wanted)
        self.permanent.clicked.connect(lambda *_: self.permanent_wanted.emit())
        self.overviews.clicked.connect(lambda *_: self.overviews_wanted.emit())
        self.raster.clicked.connect(lambda *_: self.raster_wanted.emit())
        project = QgsProject.instance()
        project.layersAdded.connect(self._leave_out_others)
        project.layersRemoved.connect(self._leave_out_others)

    def _number_box(self) -> QLineEdit:
        box = QLineEdit(self)
        box.setMaximumWidth(90)
        return box

    def _label(self) -> QLabel:
        label = QLabel(self)
        # Qt would take escaped text without tags as plain, and show the escapes.
        label.setTextFormat(Qt.TextFormat.RichText)
        label.setWordWrap(True)
        return label

    def _button(self, text: str, tip: str, checkable: bool = False) -> QPushButton:
        button = QPushButton(text, self)
        button.setToolTip(tip)
        button.setCheckable(checkable)
        return button

    def _leave_out_others(self, *_: Any) -> None:
        """Leave out the plugin layers of other plugins."""
        others: List[Any] = [
            layer
            for layer in QgsProject.instance().mapLayers().values()
            if not isinstance(layer, LiveLayer)
        ]
        self.layers.setExceptedLayerList(others)

    def _take_layer(self, *_: Any) -> None:
        layer = self.layers.currentLayer()
        self._watch(layer if isinstance(layer, LiveLayer) else None)
        self.place.hide()
        self.composition.hide()
        self._show_layer()
        self.layer_changed.emit()

    def _watch(self, layer: Optional[LiveLayer]) -> None:
        if self._layer is not None:
            try:
                self._layer.reported.disconnect(self._show_layer)
                self._layer.styleChanged.disconnect(self._show_layer)
            except (TypeError, RuntimeError):
                pass  # deleted meanwhile
        self._layer = layer
        if layer is not None:
            layer.reported.connect(self._show_layer)
            layer.styleChanged.connect(self._show_layer)

    def _show_layer(self) -> None:
        layer = self._layer
        for widget in (
            self.models, self.shown, self.low, self.high, self.flags, self.identify,
            self.permanent, self.swipe, self.other, self.raster,
        ):  # fmt: skip
            widget.setEnabled(layer is not None)
        self.overviews.setVisible(layer is not None and _needs_overviews(layer))
        if layer is None:
            self.state.setText(
                tr("No live map yet: choose raster and model on the page 'Predict', then add one.")
            )
            return
        if layer.live is not None:
            self.models.blockSignals(True)
            self.models.set_path(layer.live.model)
            self.models.blockSignals(False)
        style, shown = layer.live_style, layer.shown
        self.shown.blockSignals(True)
        self.shown.clear()
        for one in choices(layer.layout):
            self.shown.addItem(shown_title(one, layer.layout), one.key)
        self.shown.setCurrentIndex(self.shown.findData(shown.key))
        self.shown.blockSignals(False)
        self.flags.setCurrentIndex(self.flags.findData(style.flags))
        self.flags.setEnabled(shown.kind is not Kind.FLAGS)
        for box, own, usual in (
            (self.low, style.low, shown.low),
            (self.high, style.high, shown.high),
        ):
            box.setEnabled(shown.kind is Kind.RAMP)
            box.setPlaceholderText(box.locale().toString(usual, "g", 6))
            if not box.hasFocus():
                box.setText("" if own is None else box.locale().toString(own, "g", 6))
        self.state.setText(_state(layer))

    def _model_chosen(self) -> None:
        if self._layer is not None:
            self.model_wanted.emit(self.models.path())

    def _set(self, style: LiveStyle) -> None:
        if self._layer is not None:
            self._layer.set_live_style(style)

    def _shown_chosen(self, *_: Any) -> None:
        if self._layer is not None:
            key = str(self.shown.currentData())
            # A range belongs to what it was set for.
            self._set(replace(self._layer.live_style, shown=key, low=None, high=None))

    def _range_chosen(self) -> None:
        if self._layer is not None:
            low, high = _number(self.low), _number(self.high)
            self._set(replace(self._layer.live_style, low=low, high=high))

    def _flags_chosen(self, *_: Any) -> None:
        if self._layer is not None:
            self._set(replace(self._layer.live_style, flags=self.flags.currentData()))


def _number(box: QLineEdit) -> Optional[float]:
    value, valid = box.locale().toDouble(box.text())
    return float(value) if valid else None


def _needs_overviews(layer: LiveLayer) -> bool:
    report = layer.report
    return report.factor > 1 and report.detail == "sampled" and not report.overviews


def _state(layer: LiveLayer) -> str:
    """What the last drawing found (rich text)."""
    report = layer.report
    lines = []
    if report.problem:
        lines.append(refusal_text(tr_message(report.problem)))
    elif report.factor == 1:
        lines.append(escape(tr("Full resolution: the numbers of 'Predict oxides'")))
    lines += [escape(line) for line in notes(report, layer.shown) if not report.problem]
    lines += [escape(tr_message(doubt)) for doubt in report.doubts]
    return "<br>".join(lines)
