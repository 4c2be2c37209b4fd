"""The table of pinned readings: colour, name, composition."""

from __future__ import annotations

import math
from typing import Any, Optional, Tuple

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor, QIcon, QKeySequence, QPixmap
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QColorDialog,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from ..core.chemistry.oxides import OXIDES
from ..core.chemistry.quantities import BY_KEY, MG_NUMBER
from ..core.translation import tr
from .pins import PinBoard

VISIBLE_ROWS = 5

#: Columns: the oxides, and Mg#.
SHOWN = (*(BY_KEY[oxide.key] for oxide in OXIDES), MG_NUMBER)


class PinTable(QTableWidget):
    """Shows a `PinBoard`: select a pin to see it, edit its name, double-click its colour.

    Signals
    -------
    picked(int)
        A pin was chosen by the user.
    """

    picked = pyqtSignal(int)

    def __init__(self, board: PinBoard, parent: Optional[QWidget] = None) -> None:
        headers = [tr("Pinned"), *(quantity.label for quantity in SHOWN)]
        super().__init__(0, len(headers), parent)
        self._board = board
        self._filling = False
        self.setHorizontalHeaderLabels(headers)
        for column, quantity in enumerate(SHOWN, start=1):
            self.horizontalHeaderItem(column).setToolTip(quantity.unit or quantity.rule)
        self.verticalHeader().hide()
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.SelectedClicked
        )
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.itemSelectionChanged.connect(self._select)
        self.itemChanged.connect(self._renamed)
        self.cellDoubleClicked.connect(self._choose_colour)
        board.changed.connect(self.fill)
        self.fill()

    def chosen(self) -> Tuple[int, ...]:
        """Indices of the selected pins."""
        return tuple(sorted({index.row() for index in self.selectedIndexes()}))

    def fill(self) -> None:
        """Write the board's pins into the table, and select the shown one."""
        self._filling = True
        chosen = self.chosen()
        pins = self._board.pins
        self.setRowCount(len(pins))
        for row, pin in enumerate(pins):
            name = QTableWidgetItem(pin.name)
            name.setIcon(_swatch(pin.colour))
            name.setToolTip(
                tr(
                    "Double-click to choose a colour, F2 to rename, Delete to remove, Ctrl+Z to "
                    "bring back"
                )
            )
            self.setItem(row, 0, name)
            for column, quantity in enumerate(SHOWN, start=1):
                value = pin.reading.value(quantity)
                text = f"{value:.{quantity.decimals}f}" if math.isfinite(value) else "\u2013"
                item = QTableWidgetItem(text)
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.setItem(row, column, item)
        if len(chosen) <= 1:
            self.clearSelection()
            if self._board.shown_index is not None:
                self.selectRow(self._board.shown_index)
        self._fit_height()
        self._filling = False

    def keyPressEvent(self, event: Any) -> None:  # noqa: N802 - Qt's name
        """Delete removes the selected pins, or the shown one; Ctrl+Z brings back the last."""
        chosen, shown = self.chosen(), self._board.shown_index
        if not chosen and shown is not None:
            chosen = (shown,)
        if event.matches(QKeySequence.StandardKey.Delete) and chosen:
            self._board.remove(chosen)
        elif event.matches(QKeySequence.StandardKey.Undo):
            self._board.restore()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: Any) -> None:  # noqa: N802 - Qt's name
        """Fit the height to a new font."""
        super().changeEvent(event)
        self._fit_height()

    def _fit_height(self) -> None:
        rows = min(VISIBLE_ROWS, max(1, self.rowCount()))
        row = self.rowHeight(0) if self.rowCount() else self.verticalHeader().defaultSectionSize()
        bar = self.horizontalScrollBar().sizeHint().height()
        header = self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(header + rows * row + bar + 2 * self.frameWidth())

    def _select(self) -> None:
        chosen = self.chosen()
        if not self._filling and len(chosen) == 1:
            self.picked.emit(chosen[0])

    def _renamed(self, item: QTableWidgetItem) -> None:
        if not self._filling and item.column() == 0:
            self._board.rename(item.row(), item.text())

    def _choose_colour(self, row: int, column: int) -> None:
        if column != 0:
            return
        colour = QColorDialog.getColor(QColor(self._board.pins[row].colour), self)
        if colour.isValid():
            self._board.recolour(row, colour.name())


def _swatch(colour: str) -> QIcon:
    pixmap = QPixmap(14, 14)
    pixmap.fill(QColor(colour))
    return QIcon(pixmap)
