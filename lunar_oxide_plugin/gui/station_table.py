"""The stations with the nearest spectra, with their measured composition."""

from __future__ import annotations

import math
from typing import Any, Optional

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from ..core.chemistry.oxides import OXIDES, UNIT
from ..core.probe.reading import SpectrumReading
from ..core.translation import tr


class StationTable(QTableWidget):
    """One column per station; rows: distance, then the six measured oxides."""

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(len(OXIDES) + 1, 1, parent)
        self.verticalHeader().hide()
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setShowGrid(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().setMinimumSectionSize(24)
        self.show_reading(None)

    def show_reading(self, reading: Optional[SpectrumReading]) -> None:
        """Fill the table, or hide it where there is no station to compare with."""
        near = () if reading is None else reading.nearest
        self.setColumnCount(1 + len(near))
        self.setHorizontalHeaderLabels(
            [tr("Nearest"), *(station.site.station_id for station in near)]
        )
        self._set(0, 0, tr("distance"), tr("In units of the domain threshold: above 1, not near"))
        for row, oxide in enumerate(OXIDES, start=1):
            self._set(row, 0, oxide.pretty, UNIT)
        for column, station in enumerate(near, start=1):
            site = station.site
            tip = f"{site.name} ({site.mission}), {site.sample_kind}\n{site.citation}"
            self.horizontalHeaderItem(column).setToolTip(tip)
            self._set(0, column, f"{station.distance:.2f}", tip)
            for row, value in enumerate(site.oxides_wt, start=1):
                self._set(row, column, f"{value:.2f}" if math.isfinite(value) else "\u2013", tip)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.setVisible(bool(near))
        self._fit_height()

    def changeEvent(self, event: Any) -> None:  # noqa: N802 - Qt's name
        """Keep all rows visible when the font changes."""
        super().changeEvent(event)
        self._fit_height()

    def _fit_height(self) -> None:
        self.resizeRowsToContents()
        height = self.horizontalHeader().sizeHint().height() + 2 * self.frameWidth()
        height += sum(self.rowHeight(row) for row in range(self.rowCount()))
        self.setFixedHeight(height)

    def _set(self, row: int, column: int, text: str, tip: str) -> None:
        item = QTableWidgetItem(text)
        item.setToolTip(tip)
        if column:
            item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setItem(row, column, item)
