"""The page of the scatter view, to choose a prediction, two quantities and a region."""

from __future__ import annotations

from typing import Any, Optional

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QMenu,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ..core.probe.axes import PlotAxis
from ..core.translation import tr
from .prediction_layers import PredictionChooser, given_oxides, has_flags
from .scatter_axes import AxisBox, groups_for
from .scatter_chart import ScatterChart

CHART_LINES = 18


class ScatterPage(QWidget):
    """Chooses the prediction and the axes; a `ScatterControl` reads them.

    Signals
    -------
    choice_changed()
        Another prediction, axis or selection of pixels was chosen.
    cleared()
        The user asks to remove the brushed region.
    seen()
        The page is now visible.
    mask_wanted(bool)
        The user switched the masking of flagged pixels on the map.
    """

    choice_changed = pyqtSignal()
    cleared = pyqtSignal()
    seen = pyqtSignal()
    mask_wanted = pyqtSignal(bool)

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.predictions = PredictionChooser(self)
        self.x_box, self.y_box = AxisBox("feo", self), AxisBox("tio2", self)
        tip = tr(
            "Oxides, derived quantities, uncertainties, quality; and bands of rasters in the "
            "project with the same pixels, such as spectral parameters"
        )
        for box, name in ((self.x_box, tr("Horizontal axis")), (self.y_box, tr("Vertical axis"))):
            box.setAccessibleName(name)
            box.setToolTip(tip)
        self.unflagged = QCheckBox(tr("Only pixels without quality flag"), self)
        self.unflagged.setChecked(True)
        self.masked = QCheckBox(tr("Mask flagged pixels on the map"), self)
        self.masked.setToolTip(
            tr("Hide pixels with a quality flag in all maps of this prediction; the file is kept")
        )
        self.chart = ScatterChart(self)
        self.rectangle = self._brush(tr("Rectangle"), "mActionSelectRectangle.svg")
        self.lasso = self._brush(tr("Free line"), "mActionSelectFreehand.svg")
        self.clear = self._button(tr("Clear"), tr("Remove the region and its pixels on the map"))
        self.region = self._button(
            tr("Region"), tr("Polygons, statistics, mask and pixels of the brushed region")
        )
        self.menu = QMenu(self.region)
        self.region.setMenu(self.menu)
        self.region.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.region.setEnabled(False)
        self.picture = self._icon(
            tr("Picture"), "mActionSaveMapAsImage.svg",
            tr("Save the plot as it is shown as a picture (PNG or SVG)"),
        )  # fmt: skip
        self.whole = self._icon(
            tr("Whole chart"), "mActionZoomFullExtent.svg",
            tr("Show the whole chart. Zoom: wheel; move: arrow keys"),
        )  # fmt: skip
        self.whole.setEnabled(False)
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
        self.offer_axes()

    @property
    def x(self) -> PlotAxis:
        """What the horizontal axis shows."""
        return self.x_box.axis

    @property
    def y(self) -> PlotAxis:
        """What the vertical axis shows."""
        return self.y_box.axis

    @property
    def only_unflagged(self) -> bool:
        """Whether pixels with a quality flag are left out of the plot."""
        return bool(self.unflagged.isChecked() and self.unflagged.isEnabled())

    def say(self, text: str) -> None:
        """Write the line below the plot."""
        self.count.setText(text)

    def showEvent(self, event: Any) -> None:  # noqa: N802 - Qt's name
        """Emit `seen`, so that the plot is read."""
        super().showEvent(event)
        self.offer_axes()
        self.seen.emit()

    def changeEvent(self, event: Any) -> None:  # noqa: N802 - Qt's name
        """Keep the chart's height in lines of text."""
        super().changeEvent(event)
        if hasattr(self, "chart"):
            self.chart.setMinimumHeight(CHART_LINES * self.fontMetrics().height())

    def offer_axes(self) -> None:
        """Offer what the prediction and the project's other rasters have.

        Until the page is seen only the values of compositions are listed, because the rest needs
        rasterio.
        """
        layer = self.predictions.layer()
        if layer is None:
            return
        given = given_oxides(layer)
        known = has_flags(layer)
        self.unflagged.setEnabled(known)
        self.unflagged.setToolTip("" if known else tr("This map has no quality flags"))
        groups = groups_for(layer) if self.isVisible() else None
        for box in (self.x_box, self.y_box):
            if groups is not None:
                box.offer(groups)
            box.allow(given)

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
        for button in (self.rectangle, self.lasso, self.clear, self.region):
            brushes.addWidget(button)
        brushes.addStretch(1)
        brushes.addWidget(self.picture)
        brushes.addWidget(self.whole)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 6, 4, 6)
        layout.setSpacing(4)
        layout.addLayout(form)
        layout.addWidget(self.masked)
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
        self.masked.clicked.connect(self.mask_wanted)
        self.lasso.toggled.connect(self.chart.use_lasso)
        self.clear.clicked.connect(lambda *_: self.cleared.emit())
        self.whole.clicked.connect(lambda *_: self.chart.zoom.reset())
        self.chart.zoom.changed.connect(self.whole.setEnabled)

    def _prediction_changed(self) -> None:
        self.offer_axes()
        self.choice_changed.emit()

    def _brush(self, tip: str, icon: str) -> QToolButton:
        button = self._icon(tip, icon, tip)
        button.setCheckable(True)
        if not hasattr(self, "_brushes"):
            self._brushes = QButtonGroup(self)
            button.setChecked(True)
        self._brushes.addButton(button)
        return button

    def _icon(self, name: str, icon: str, tip: str) -> QToolButton:
        button = self._button(name, tip)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        button.setIcon(QIcon(QgsApplication.getThemeIcon(f"/{icon}")))
        button.setIconSize(QSize(16, 16))
        return button

    def _button(self, name: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(name)
        button.setAccessibleName(name)
        button.setToolTip(tip)
        return button

    def _label(self) -> QLabel:
        label = QLabel(self)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.RichText)
        label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        return label
