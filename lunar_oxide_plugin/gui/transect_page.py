"""The page of the transect: a line on the map, six oxides along it."""

from __future__ import annotations

from typing import Any, Optional

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ..core.translation import tr
from .prediction_layers import PredictionChooser
from .transect_chart import TransectChart

CHART_LINES = 34


class TransectPage(QWidget):
    """Chooses the prediction and shows the chart; a `TransectControl` fills it.

    Signals
    -------
    tool_wanted(bool)
        The user switched drawing on or off.
    selection_wanted()
        The user asks for the line that is selected in the active layer.
    table_wanted(), picture_wanted()
        The user asks to save the profile.
    choice_changed()
        Another prediction or width was chosen.
    """

    tool_wanted = pyqtSignal(bool)
    selection_wanted = pyqtSignal()
    table_wanted = pyqtSignal()
    picture_wanted = pyqtSignal()
    choice_changed = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.predictions = PredictionChooser(self)
        self.predictions.setAccessibleName(tr("Prediction"))
        self.width_km = QDoubleSpinBox(self)
        self.width_km.setRange(0.0, 1000.0)
        self.width_km.setDecimals(2)
        self.width_km.setSuffix(" km")
        self.width_km.setSpecialValueText(tr("pixels on the line"))
        self.width_km.setAccessibleName(tr("Width"))
        self.width_km.setToolTip(tr("Width over which values are averaged"))
        self.width_km.setKeyboardTracking(False)
        self.width_km.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.draw = self._button(
            tr("Draw a line"),
            tr("Click points on the map; end with a right click, a double click or Enter"),
        )
        self.draw.setCheckable(True)
        self.selected = self._button(
            tr("Selected line"), tr("Take the line that is selected in the active layer")
        )
        self.table = self._button("CSV", tr("Save the values along the line as a table"))
        self.picture = self._button(tr("Picture"), tr("Save the chart as a picture (PNG or SVG)"))
        self.chart = TransectChart(self)
        self.note = QLabel(self)
        self.note.setWordWrap(True)
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self._lay_out()
        self.draw.clicked.connect(self.tool_wanted)
        self.selected.clicked.connect(lambda *_: self.selection_wanted.emit())
        self.table.clicked.connect(lambda *_: self.table_wanted.emit())
        self.picture.clicked.connect(lambda *_: self.picture_wanted.emit())
        self.predictions.prediction_changed.connect(self.choice_changed)
        self.width_km.valueChanged.connect(lambda *_: self.choice_changed.emit())
        self.allow_saving(False)

    def say(self, text: str) -> None:
        """Write the line below the buttons."""
        self.note.setText(text)

    def allow_saving(self, allowed: bool) -> None:
        """Enable the buttons that save the profile."""
        self.table.setEnabled(allowed)
        self.picture.setEnabled(allowed)

    def changeEvent(self, event: Any) -> None:  # noqa: N802 - Qt's name
        """Keep the chart's height in lines of text."""
        super().changeEvent(event)
        if hasattr(self, "chart"):
            self.chart.setMinimumHeight(CHART_LINES * self.fontMetrics().height())

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.addRow(tr("Prediction"), self.predictions)
        form.addRow(tr("Width"), self.width_km)
        rows = []
        for row in ((self.draw, self.selected), (self.table, self.picture)):
            rows.append(QHBoxLayout())
            for button in row:
                rows[-1].addWidget(button)
            rows[-1].addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 6, 4, 6)
        layout.setSpacing(4)
        layout.addLayout(form)
        for line in rows:
            layout.addLayout(line)
        layout.addWidget(self.note)
        layout.addWidget(self.chart, 1)
        self.chart.setMinimumHeight(CHART_LINES * self.fontMetrics().height())

    def _button(self, name: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(name)
        button.setAccessibleName(name)
        button.setToolTip(tip)
        return button
