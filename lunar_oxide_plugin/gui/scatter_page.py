"""The page of the scatter view, to choose a prediction, two quantities and a region."""

from __future__ import annotations

from typing import Any, Optional

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ..core.chemistry.quantities import QUANTITIES, Quantity
from ..core.translation import tr
from .prediction_layers import PredictionChooser, given_oxides
from .scatter_chart import ScatterChart

CHART_LINES = 18


class ScatterPage(QWidget):
    """Chooses the prediction and the quantities; a `ScatterControl` reads them.

    Signals
    -------
    choice_changed()
        Another prediction, quantity or selection of pixels was chosen.
    cleared()
        The user asks to remove the brushed region.
    seen()
        The page is now visible.
    """

    choice_changed = pyqtSignal()
    cleared = pyqtSignal()
    seen = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.predictions = PredictionChooser(self)
        self.x_box, self.y_box = self._quantities("feo"), self._quantities("tio2")
        self.unflagged = QCheckBox(tr("Only pixels without quality flag"), self)
        self.unflagged.setChecked(True)
        self.chart = ScatterChart(self)
        self.rectangle = self._brush(tr("Rectangle"), "mActionSelectRectangle.svg")
        self.lasso = self._brush(tr("Free line"), "mActionSelectFreehand.svg")
        self.clear = QToolButton(self)
        self.clear.setText(tr("Clear"))
        self.clear.setToolTip(tr("Remove the region and its pixels on the map"))
        self.count = self._label()
        self.legend = self._label()
        self.legend.setText(
            "<small>" + tr(
                "Colour: pixels. Marks: soils measured at the stations (circle Apollo, square "
                "Luna, star Chang'e); point at one for its name. Drag a region: its pixels light "
                "up on the map."
            ) + "</small>"
        )  # fmt: skip
        self._lay_out()
        self._connect()
        self._offer()

    @property
    def x(self) -> Quantity:
        """Quantity of the horizontal axis."""
        quantity: Quantity = QUANTITIES[self.x_box.currentIndex()]
        return quantity

    @property
    def y(self) -> Quantity:
        """Quantity of the vertical axis."""
        quantity: Quantity = QUANTITIES[self.y_box.currentIndex()]
        return quantity

    def say(self, text: str) -> None:
        """Write the line below the plot."""
        self.count.setText(text)

    def showEvent(self, event: Any) -> None:  # noqa: N802 - Qt's name
        """Emit `seen`, so that the plot is read."""
        super().showEvent(event)
        self.seen.emit()

    def changeEvent(self, event: Any) -> None:  # noqa: N802 - Qt's name
        """Keep the chart's height in lines of text."""
        super().changeEvent(event)
        if hasattr(self, "chart"):
            self.chart.setMinimumHeight(CHART_LINES * self.fontMetrics().height())

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.addRow(tr("Prediction"), self.predictions)
        axes = QHBoxLayout()
        axes.addWidget(self.x_box, 1)
        axes.addWidget(QLabel("\u00d7", self))
        axes.addWidget(self.y_box, 1)
        form.addRow(tr("Axes"), axes)
        brushes = QHBoxLayout()
        for button in (self.rectangle, self.lasso, self.clear):
            brushes.addWidget(button)
        brushes.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 6, 4, 6)
        layout.setSpacing(4)
        layout.addLayout(form)
        layout.addWidget(self.unflagged)
        layout.addLayout(brushes)
        layout.addWidget(self.chart, 1)
        layout.addWidget(self.count)
        layout.addWidget(self.legend)
        self.chart.setMinimumHeight(CHART_LINES * self.fontMetrics().height())

    def _connect(self) -> None:
        for box in (self.x_box, self.y_box):
            box.currentIndexChanged.connect(lambda *_: self.choice_changed.emit())
        self.predictions.prediction_changed.connect(self._prediction_changed)
        self.unflagged.toggled.connect(lambda *_: self.choice_changed.emit())
        self.lasso.toggled.connect(self.chart.use_lasso)
        self.clear.clicked.connect(lambda *_: self.cleared.emit())

    def _prediction_changed(self) -> None:
        self._offer()
        self.choice_changed.emit()

    def _offer(self) -> None:
        """Offer only quantities whose oxides the prediction has."""
        layer = self.predictions.layer()
        if layer is None:
            return
        given = given_oxides(layer)
        allowed = [quantity.is_given_by(given) for quantity in QUANTITIES]
        for box in (self.x_box, self.y_box):
            box.blockSignals(True)
            for place, is_allowed in enumerate(allowed):
                box.model().item(place).setEnabled(is_allowed)
            if not allowed[box.currentIndex()]:
                box.setCurrentIndex(allowed.index(True))
            box.blockSignals(False)

    def _quantities(self, key: str) -> QComboBox:
        box = QComboBox(self)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(4)
        for quantity in QUANTITIES:
            box.addItem(tr(quantity.name), quantity.key)
        box.setCurrentIndex(box.findData(key))
        return box

    def _brush(self, tip: str, icon: str) -> QToolButton:
        button = QToolButton(self)
        button.setCheckable(True)
        button.setToolTip(tip)
        button.setIcon(QIcon(QgsApplication.getThemeIcon(f"/{icon}")))
        button.setIconSize(QSize(16, 16))
        if not hasattr(self, "_brushes"):
            self._brushes = QButtonGroup(self)
            button.setChecked(True)
        self._brushes.addButton(button)
        return button

    def _label(self) -> QLabel:
        label = QLabel(self)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.RichText)
        label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        return label
