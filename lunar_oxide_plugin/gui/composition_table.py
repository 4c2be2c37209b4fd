"""The oxides of a reading with their 90 % intervals, as numbers and as bars."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Optional, Tuple

from qgis.PyQt.QtCore import QPointF, QRectF, QSize, Qt
from qgis.PyQt.QtGui import QColor, QPainter, QPalette, QPen
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from ..core.chemistry.new_place import (
    Skills,
    interval_meaning,
    kind_words,
    skill_words,
    weakened_by,
)
from ..core.chemistry.oxides import OXIDES, UNIT
from ..core.chemistry.quantities import BY_KEY, DERIVED, Quantity
from ..core.probe.reading import SpectrumReading
from ..core.translation import tr
from .appearance import CURRENT_COLOUR, blend

DASH = "\u2013"

#: Least width of the bars' column; a narrower one is useless.
MIN_BAR_PX = 30

BAR_ROLE = int(Qt.ItemDataRole.UserRole) + 1


@dataclass(frozen=True)
class Bar:
    """One oxide's bar on a fixed scale, all in wt%; `low` and `high` NaN without sigma.

    `stations` are the values measured at the nearest stations.
    """

    value: float
    low: float
    high: float
    scale_min: float
    scale_max: float
    stations: Tuple[float, ...]
    colour: str

    def place(self, wt: float) -> float:
        """Position on the scale, 0 to 1, cut at its ends."""
        share = (wt - self.scale_min) / (self.scale_max - self.scale_min)
        return min(1.0, max(0.0, share))


class BarDelegate(QStyledItemDelegate):
    """Paints a bar, the interval as a whisker, and the stations' values as ticks."""

    def paint(self, painter: QPainter, option: Any, index: Any) -> None:
        """Paint one cell."""
        bar = index.data(BAR_ROLE)
        if not isinstance(bar, Bar):
            super().paint(painter, option, index)
            return
        palette = option.palette
        text = palette.color(QPalette.ColorRole.Text)
        ground = palette.color(QPalette.ColorRole.Base)
        area = QRectF(option.rect).adjusted(4, 0, -4, 0)
        middle = area.center().y()
        half = min(5.0, 0.22 * area.height())

        def x(wt: float) -> float:
            return float(area.left() + bar.place(wt) * area.width())

        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(blend(ground, text, 0.10))
        painter.drawRect(QRectF(area.left(), middle - half, area.width(), 2 * half))
        painter.setBrush(QColor(bar.colour))
        painter.drawRect(QRectF(area.left(), middle - half, x(bar.value) - area.left(), 2 * half))
        painter.setPen(QPen(blend(ground, text, 0.65), 1.2))
        for wt in bar.stations:
            if math.isfinite(wt):
                painter.drawLine(
                    QPointF(x(wt), middle - 2.0 * half), QPointF(x(wt), middle - 0.8 * half)
                )
        if math.isfinite(bar.low) and math.isfinite(bar.high):
            painter.setPen(QPen(text, 1.4))
            painter.drawLine(QPointF(x(bar.low), middle), QPointF(x(bar.high), middle))
            for wt in (bar.low, bar.high):
                painter.drawLine(QPointF(x(wt), middle - half), QPointF(x(wt), middle + half))
        painter.restore()

    def sizeHint(self, option: Any, index: Any) -> QSize:  # noqa: N802 - Qt's name
        """Give a small width: a bar can be short."""
        return QSize(60, super().sizeHint(option, index).height())


class CompositionTable(QTableWidget):
    """Rows: the oxides that the model gives, then quantities computed from them."""

    COLUMNS = 4

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(0, self.COLUMNS, parent)
        self.setItemDelegateForColumn(3, BarDelegate(self))
        self.setHorizontalHeaderLabels([tr("Oxide"), UNIT, tr("90 % interval"), tr("map range")])
        self.horizontalHeaderItem(3).setToolTip(
            tr(
                "Bar: prediction on the fixed range of the maps' legends. Whisker: its 90 % "
                "interval. Ticks above: measured at the nearest stations."
            )
        )
        self.verticalHeader().hide()
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setShowGrid(False)
        header = self.horizontalHeader()
        for column in range(3):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(24)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.show_reading(None)

    def show_reading(
        self, reading: Optional[SpectrumReading], colour: str = CURRENT_COLOUR
    ) -> None:
        """Fill the table; None clears everything except the names."""
        oxides = OXIDES if reading is None else reading.oxides
        self._name_interval(reading)
        derived = [q for q in DERIVED if q.is_given_by([oxide.name for oxide in oxides])]
        self.setRowCount(len(oxides) + len(derived))
        for row, oxide in enumerate(oxides):
            bar: Optional[Bar] = None
            tip = ""
            quantity = BY_KEY[oxide.key]
            if reading is not None:
                spread = reading.oxides_wt[row]
                low, high = reading.interval(quantity)
                if reading.n_valid > 1:
                    text = tr("The middle 90 % of the pixels: {low:.2f} to {high:.2f} {unit}")
                    tip = text.format(low=spread.low, high=spread.high, unit=UNIT)
                tip = f"{tip}\n{skill_words(oxide, reading.new_place)}".strip()
                place = OXIDES.index(oxide)
                measured = tuple(near.site.oxides_wt[place] for near in reading.nearest)
                bar = Bar(
                    spread.median, low, high, oxide.display_min, oxide.display_max, measured, colour
                )
            self._set_quantity(row, quantity, reading, tip)
            self._set(row, 3, "", bar=bar, tip=tip)
        for row, quantity in enumerate(derived, start=len(oxides)):
            tip = "\n".join(map(tr, (quantity.name, quantity.rule, quantity.validity)))
            self._set_quantity(row, quantity, reading, tip)
            self._set(row, 3, "")
        self._fit_height()

    def _name_interval(self, reading: Optional[SpectrumReading]) -> None:
        """Say in the header where the intervals hold."""
        kind = None if reading is None else reading.sigma_kind
        header = self.horizontalHeaderItem(2)
        header.setText("\n".join(filter(None, (tr("90 % interval"), kind_words(kind)))))
        header.setToolTip(interval_meaning(kind))

    def _set_quantity(
        self, row: int, quantity: Quantity, reading: Optional[SpectrumReading], tip: str
    ) -> None:
        """Name, value and interval of one quantity; a dash where it has none."""
        own = quantity.unit not in ("", UNIT)
        name = tr(quantity.label)
        skills: Skills = {} if reading is None else reading.new_place
        weak = weakened_by(quantity.oxides, skills)
        if weak and len(quantity.oxides) > 1:
            text = tr("Tells little at a new place: it needs {oxides}.")
            tip = f"{tip}\n{text.format(oxides=', '.join(weak))}".strip()
        name = f"{name}, {quantity.unit}" if own else name
        name = tr("{quantity}: tells little").format(quantity=name) if weak else name
        self._set(row, 0, name, tip=tip, weak=bool(weak))
        value = interval = ""
        if reading is not None:
            number = reading.value(quantity)
            low, high = reading.interval(quantity)
            digits = max(1, quantity.decimals - 1)
            value = f"{number:.{quantity.decimals}f}" if math.isfinite(number) else DASH
            interval = f"{low:.{digits}f} {DASH} {high:.{digits}f}" if math.isfinite(low) else DASH
        self._set(row, 1, value, right=True, tip=tip, weak=bool(weak))
        self._set(row, 2, interval, right=True, tip=tip, weak=bool(weak))

    def changeEvent(self, event: Any) -> None:  # noqa: N802 - Qt's name
        """Keep all rows visible when the font changes."""
        super().changeEvent(event)
        self._fit_height()

    def resizeEvent(self, event: Any) -> None:  # noqa: N802 - Qt's name
        """Hide the bars, not the numbers, where the dock is narrow."""
        super().resizeEvent(event)
        numbers = sum(self.sizeHintForColumn(column) for column in range(3))
        self.setColumnHidden(3, self.viewport().width() - numbers < MIN_BAR_PX)

    def _fit_height(self) -> None:
        self.resizeRowsToContents()
        height = self.horizontalHeader().sizeHint().height() + 2 * self.frameWidth()
        height += sum(self.rowHeight(row) for row in range(self.rowCount()))
        self.setFixedHeight(height)

    def _set(
        self,
        row: int,
        column: int,
        text: str,
        right: bool = False,
        bar: Optional[Bar] = None,
        tip: str = "",
        weak: bool = False,
    ) -> None:
        item = QTableWidgetItem(text)
        if weak:
            font = item.font()
            font.setItalic(True)
            item.setFont(font)
        if right:
            item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        item.setToolTip(tip)
        item.setData(BAR_ROLE, bar)
        self.setItem(row, column, item)
