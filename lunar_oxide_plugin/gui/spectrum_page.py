"""The page of the spectrum tool: curve, composition, nearest stations, pins."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any, Callable, Iterator, Optional

from qgis.core import QgsApplication, QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QGuiApplication, QIcon
from qgis.PyQt.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ..core.errors import LunarOxideError
from ..core.files import inputs_of_run
from ..core.probe import curves, reading_table
from ..core.probe.reading_table import write as write_readings
from ..core.translation import tr, tr_message
from .composition_table import CompositionTable
from .curve_bar import CurveBar
from .pin_layer import add_to_layer
from .pin_library import PinLibrary
from .pin_table import PinTable
from .pins import Pin, PinBoard
from .reading_text import place_text, refusal_text, state_text
from .spectrum_chart import ChartedReading, SpectrumChart
from .station_table import StationTable

#: Height of the chart in lines of text.
CHART_LINES = 14


class SpectrumPage(QWidget):
    """Shows one reading in full and lists the pinned ones.

    Signals
    -------
    tool_wanted(bool)
        The user switched the map tool on or off here.
    """

    tool_wanted = pyqtSignal(bool)

    def __init__(self, board: PinBoard, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._board = board
        self.point = self._button(
            tr("Point on the map"), "mActionIdentify.svg", tr("Click a pixel or drag a box"), None
        )
        self.point.setCheckable(True)
        self.point.toggled.connect(self.tool_wanted)
        self.pin = self._button(
            tr("Pin"), "mActionAdd.svg", tr("Keep this reading (Shift+click pins at once)"),
            self.pin_current,
        )  # fmt: skip
        self.place = self._label()
        self.state = self._label()
        self.chart = SpectrumChart(self)
        self.curve_bar = CurveBar(self.chart, board, self)
        self.composition = CompositionTable(self)
        self.stations = StationTable(self)
        self.note = self._label()
        self.pins = PinTable(board, self)
        self.pins.picked.connect(board.show)
        icon = Qt.ToolButtonStyle.ToolButtonIconOnly
        self.actions_row = [
            self._button(tr("Remove"), "mActionDeleteSelected.svg",
                         tr("Remove the selected pins"), self.remove_pins, icon),
            self._button(tr("Copy"), "mActionEditCopy.svg",
                         tr("Copy as a table, to paste into a spreadsheet"), self.copy, icon),
            self._button(tr("CSV"), "mActionFileSave.svg",
                         tr("Save the visible readings with their compositions as a CSV file"),
                         self.ask_csv, icon),
            self._button(tr("Curves as CSV"), "mActionCalculateField.svg",
                         tr("Save the curves as the chart shows them as a CSV file"),
                         self.ask_curves, icon),
            self._button(tr("Picture"), "mActionSaveMapAsImage.svg",
                         tr("Save the chart as it is shown as a picture (PNG or SVG)"),
                         self.ask_picture, icon),
            self._button(tr("Layer"), "mActionNewVectorLayer.svg",
                         tr("Add as features to a layer: points for pixels, polygons for boxes"),
                         self.add_features, icon),
        ]  # fmt: skip
        self.library = PinLibrary(board, self)
        self.library.said.connect(lambda text: self._say(escape(text)))
        self._lay_out()
        board.changed.connect(self.show_board)
        self.show_board()

    def show_board(self) -> None:
        """Show the board's readings."""
        shown = self._board.shown
        entries = self._board.everything()
        self.curve_bar.show_board()
        self.chart.set_items(
            [ChartedReading(p.name, p.colour, p.reading, p.reading is _reading(shown))
             for p in entries]
        )  # fmt: skip
        reading = _reading(shown)
        if shown is None:
            self.composition.show_reading(None)
        else:
            self.composition.show_reading(shown.reading, shown.colour)
        self.stations.show_reading(reading)
        self.pin.setEnabled(shown is not None and self._board.shown_index is None)
        for button in self.actions_row[1:]:
            button.setEnabled(bool(entries))
        self.actions_row[0].setEnabled(bool(self._board.pins))
        if shown is not None:
            self._say(f"<b>{escape(shown.name)}</b> {place_text(shown.reading)}")
            self.state.setText(state_text(shown.reading))
            self.note.setText(_sentence(tr_message(shown.reading.nearest_note)))
        self.state.setVisible(shown is not None)
        self.note.setVisible(bool(reading is not None and reading.nearest_note))

    def waiting(self) -> None:
        """Show that a reading is being made."""
        self._say(tr("Reading \u2026"))

    def refuse(self, text: str) -> None:
        """Show why there is no reading."""
        self._board.drop_current()
        self._say(refusal_text(text))

    def hint(self) -> None:
        """Show what to do first."""
        self._say(tr("Click on the map, or drag a box, to read a spectrum."))

    def pin_current(self) -> None:
        """Pin the current reading."""
        self._board.pin_current(tr("Point {number}"))

    def remove_pins(self) -> None:
        """Remove the selected pins, or the shown one."""
        chosen = self.pins.chosen()
        if not chosen and self._board.shown_index is not None:
            chosen = (self._board.shown_index,)
        self._board.remove(chosen)

    def copy(self) -> None:
        """Copy the readings to the clipboard as tab-separated text."""
        readings = self.chart.visible_readings()
        QGuiApplication.clipboard().setText(reading_table.render(readings, "\t"))

    def write_csv(self, path: str) -> None:
        """Save the visible readings as a CSV file."""
        self._write(lambda: write_readings(self.chart.visible_readings(), path), path)

    def write_curves(self, path: str) -> None:
        """Save the curves of the chart as a CSV file."""
        self._write(lambda: curves.write(self.chart.drawn_curves(), self.chart.view, path), path)

    def write_picture(self, path: str) -> None:
        """Save the chart as a picture."""
        self._write(lambda: self.chart.save_picture(path), path)

    def _write(self, write: Callable[[], None], path: str) -> None:
        try:
            with inputs_of_run(rasters_shown):
                write()
        except LunarOxideError as error:
            self._say(refusal_text(str(error)))
        except ImportError as error:
            text = tr("The picture {path} cannot be written ({reason}): choose another place.")
            self._say(refusal_text(text.format(path=path, reason=error)))

    def add_features(self) -> None:
        """Add the readings to a layer of the project."""
        if add_to_layer(self._board.pins or self._board.everything()) is None:
            self._say(tr("The raster has no CRS, so its points have no place on the Moon."))

    def ask_csv(self) -> None:
        """Ask where to save the readings."""
        path, _ = QFileDialog.getSaveFileName(
            self, tr("Save readings"), "spectra.csv", tr("Tables (*.csv)")
        )
        if path:
            self.write_csv(path if path.lower().endswith(".csv") else path + ".csv")

    def ask_curves(self) -> None:
        """Ask where to save the curves."""
        path, _ = QFileDialog.getSaveFileName(
            self, tr("Save the curves"), "curves.csv", tr("Tables (*.csv)")
        )
        if path:
            self.write_curves(path if path.lower().endswith(".csv") else path + ".csv")

    def ask_picture(self) -> None:
        """Ask where to save a picture."""
        kinds = (tr("Pictures (*.png)"), tr("Vector graphics (*.svg)"))
        path, chosen = QFileDialog.getSaveFileName(
            self, tr("Save the chart"), "spectra.png", ";;".join(kinds)
        )
        if path:
            ending = ".svg" if chosen == kinds[1] else ".png"
            self.write_picture(path if path.lower().endswith((".png", ".svg")) else path + ending)

    def changeEvent(self, event: Any) -> None:  # noqa: N802 - Qt's name
        """Keep the chart's height in letters."""
        super().changeEvent(event)
        self._size_chart()

    def _size_chart(self) -> None:
        if hasattr(self, "chart"):
            self.chart.setMinimumHeight(CHART_LINES * self.fontMetrics().height())

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.point)
        top.addWidget(self.pin)
        top.addStretch(1)
        tools = QHBoxLayout()
        for button in self.actions_row:
            tools.addWidget(button)
        tools.addWidget(self.library)
        tools.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 6, 4, 6)
        layout.setSpacing(4)
        layout.addLayout(top)
        layout.addWidget(self.place)
        layout.addWidget(self.curve_bar)
        layout.addWidget(self.chart, 1)
        layout.addWidget(self.state)
        layout.addWidget(self.composition)
        layout.addWidget(self.stations)
        layout.addWidget(self.note)
        layout.addWidget(self.pins)
        layout.addLayout(tools)
        self._size_chart()
        self.hint()

    def _label(self) -> QLabel:
        label = QLabel(self)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.RichText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        return label

    def _button(
        self,
        text: str,
        icon: str,
        tip: str,
        run: Optional[Callable[[], None]],
        style: Qt.ToolButtonStyle = Qt.ToolButtonStyle.ToolButtonTextBesideIcon,
    ) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setAccessibleName(text)
        button.setToolTip(tip)
        button.setIcon(QIcon(QgsApplication.getThemeIcon(f"/{icon}")))
        button.setIconSize(QSize(16, 16))
        button.setToolButtonStyle(style)
        if run is not None:
            button.clicked.connect(lambda *_: run())
        return button

    def _say(self, html: str) -> None:
        self.place.setText(html)


def _reading(pin: Optional[Pin]) -> Any:
    return None if pin is None else pin.reading


def _sentence(text: str) -> str:
    if not text:
        return ""
    return f"<small>{escape(text[0].upper() + text[1:].rstrip('.'))}.</small>"


def rasters_shown() -> Iterator[Path]:
    """Files of the project's rasters, which no table or picture may replace."""
    from ..core.rasters.source_files import files_behind

    layers = QgsProject.instance().mapLayers().values()
    return files_behind(*(str(x.source()) for x in layers if isinstance(x, QgsRasterLayer)))
