"""Whether the raster fits the model: a badge with reasons, and the table of bands."""

from __future__ import annotations

import math
from typing import Any, Dict, List, Optional, Tuple

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ..core.probe.suitability import BandRow, FitLevel, RasterFit
from ..core.rasters.bands import RasterBand
from ..core.translation import tr, tr_message
from .appearance import DOUBTFUL, GOOD, UNFIT

COLOURS: Dict[FitLevel, str] = {
    FitLevel.GOOD: GOOD,
    FitLevel.DOUBTFUL: DOUBTFUL,
    FitLevel.UNFIT: UNFIT,
}


def headline(level: FitLevel) -> str:
    """The result as text, so that colour is not the only sign."""
    if level is FitLevel.GOOD:
        return tr("\u2713 The raster fits the model")
    if level is FitLevel.DOUBTFUL:
        return tr("! The raster fits, with doubts")
    return tr("\u2717 The raster does not fit the model")


class FitBadge(QFrame):
    """A coloured edge, the result of the check, and its reasons."""

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.level: Optional[FitLevel] = None
        self._title = QLabel(self)
        font = self._title.font()
        font.setBold(True)
        self._title.setFont(font)
        self._title.setWordWrap(True)
        self._reasons = QLabel(self)
        self._reasons.setWordWrap(True)
        self._reasons.setTextFormat(Qt.TextFormat.PlainText)
        self._reasons.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._edge = QWidget(self)
        self._edge.setFixedWidth(6)
        self._edge.setAutoFillBackground(True)
        words = QVBoxLayout()
        words.setContentsMargins(6, 4, 4, 4)
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._reasons)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._edge)
        layout.addLayout(words, 1)
        self.say(tr("Choose a raster"), "")

    def show_fit(self, fit: RasterFit) -> None:
        """Show the result of a check."""
        self.level = fit.level
        reasons = [tr_message(reason) for reason in fit.reasons]
        if len(reasons) > 1:
            reasons = [f"\u2022 {reason}" for reason in reasons]
        self._write(headline(fit.level), "\n".join(reasons), COLOURS[fit.level])

    def say(self, title: str, text: str) -> None:
        """Show that there is no result (yet)."""
        self.level = None
        self._write(title, text, "#888888")

    def text(self) -> str:
        """The whole text."""
        return "\n".join(part for part in (self._title.text(), self._reasons.text()) if part)

    def _write(self, title: str, reasons: str, colour: str) -> None:
        self._title.setText(title)
        self._reasons.setText(reasons)
        self._reasons.setVisible(bool(reasons))
        self.colour = colour
        # A style sheet is used because themes override palettes.
        self._edge.setStyleSheet(f"background-color: {colour};")


class BandTable(QTableWidget):
    """One row per band of the model, with a choice of the raster's band.

    Signals
    -------
    chosen(tuple)
        Raster band numbers in the model's order, after the user changed one.
    """

    chosen = pyqtSignal(tuple)

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(0, 3, parent)
        self.setHorizontalHeaderLabels([tr("Model band"), tr("Raster band"), tr("Off by")])
        self.horizontalHeaderItem(2).setToolTip(
            tr("Distance between the two wavelengths, and how the band was found")
        )
        self.verticalHeader().hide()
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        header = self.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.ResizeToContents)
        header.setMinimumSectionSize(24)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._boxes: List[QComboBox] = []
        self.show_fit(None)

    def show_fit(self, fit: Optional[RasterFit]) -> None:
        """Fill the table."""
        rows: Tuple[BandRow, ...] = () if fit is None else fit.rows
        self._boxes = []
        self.setRowCount(0)
        self.setRowCount(len(rows))
        for place, row in enumerate(rows):
            wanted = QTableWidgetItem(row.wanted.name)
            if math.isfinite(row.wanted.width_nm):
                text = tr("{centre:g} nm, {width:g} nm wide")
                wanted.setToolTip(
                    text.format(centre=row.wanted.wavelength_nm, width=row.wanted.width_nm)
                )
            self.setItem(place, 0, wanted)
            box = self._box(row, () if fit is None else fit.raster_bands)
            self.setCellWidget(place, 1, box)
            self._boxes.append(box)
            distance = QTableWidgetItem(distance_text(row))
            distance.setToolTip(basis_text(row))
            self.setItem(place, 2, distance)
        self.setVisible(bool(rows))
        self._fit_height()

    def changeEvent(self, event: Any) -> None:  # noqa: N802 - Qt's name
        """Fit the height to a new font."""
        super().changeEvent(event)
        self._fit_height()

    def _box(self, row: BandRow, bands: Tuple[RasterBand, ...]) -> QComboBox:
        box = QComboBox(self)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(5)
        box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        if row.number is None:
            box.addItem("\u2013", None)
        for band in bands:
            box.addItem(band_text(band), band.number)
        box.setCurrentIndex(max(0, box.findData(row.number)))
        box.setToolTip(box.currentText())
        box.setAccessibleName(tr("Raster band for {band}").format(band=row.wanted.name))
        # The mouse wheel scrolls the dock and does not change a band by accident.
        box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        box.wheelEvent = lambda event: event.ignore()
        box.activated.connect(self._choose)
        return box

    def _choose(self, *_: int) -> None:
        numbers = tuple(box.currentData() for box in self._boxes)
        if all(number is not None for number in numbers):
            self.chosen.emit(numbers)

    def _fit_height(self) -> None:
        self.resizeRowsToContents()
        height = self.horizontalHeader().sizeHint().height() + 2 * self.frameWidth()
        for row in range(self.rowCount()):
            box = self.cellWidget(row, 1)
            if box is not None:
                self.setRowHeight(row, max(self.rowHeight(row), box.sizeHint().height()))
            height += self.rowHeight(row)
        self.setFixedHeight(height)


def band_text(band: RasterBand) -> str:
    """A raster band in a list."""
    name = f"{band.number}"
    if band.description:
        name += f": {band.description}"
    if band.wavelength_nm is not None and f"{band.wavelength_nm:g}" not in band.description:
        name += f" ({band.wavelength_nm:g} nm)"
    return name


def distance_text(row: BandRow) -> str:
    """Distance of the band in nm."""
    if row.distance_nm is None or math.isnan(row.distance_nm):
        return "?"
    return f"{row.distance_nm:g} nm"


def basis_text(row: BandRow) -> str:
    """How the band was found."""
    if row.basis == "wavelength":
        return tr("found by wavelength")
    if row.basis == "name":
        return tr("found by name")
    if row.basis == "product order":
        return tr("assumed: the band order of the sensor's product")
    if row.basis == "choice":
        return tr("your choice")
    return tr("nearest band, does not fit")
