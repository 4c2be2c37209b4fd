"""What can be done with a brushed region: polygons, statistics, mask raster, table of pixels."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any, Callable, List, Optional

from qgis.core import QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtGui import QGuiApplication
from qgis.PyQt.QtWidgets import (
    QAction,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ..core.errors import LunarOxideError
from ..core.files import inputs_of_run
from ..core.moon.rasterio_loading import load_rasterio
from ..core.progress import Progress
from ..core.translation import tr, tr_message
from .background import BackgroundTask
from .region_layer import add_region
from .scatter_page import ScatterPage
from .spectrum_page import rasters_shown


class RegionActions(QObject):
    """Fills the menu *Region* of a `ScatterPage` and does what is chosen there.

    Parameters
    ----------
    page : ScatterPage
    brush : callable
        The present region as a `core.probe.selection.Brush`; None without one.
    parent : QObject
    """

    def __init__(
        self, page: ScatterPage, brush: Callable[[], Optional[Any]], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._page = page
        self._brush = brush
        self._tasks: List[BackgroundTask] = []
        self.dialog: Optional[StatisticsDialog] = None
        for text, run in (
            (tr("Add as polygons"), self.add_polygons),
            (tr("Statistics ..."), self.show_statistics),
            (tr("Save as mask raster ..."), self.ask_mask),
            (tr("Save pixels as table ..."), self.ask_pixels),
        ):
            action = QAction(text, page.menu)
            action.triggered.connect(lambda *_, run=run: run())
            page.menu.addAction(action)

    def close(self) -> None:
        """Stop all work and close the dialog."""
        for task in self._tasks:
            task.cancel()
        self._tasks = []
        if self.dialog is not None:
            self.dialog.close()
            self.dialog.deleteLater()
            self.dialog = None

    def add_polygons(self) -> None:
        """Add the region's pixels as polygons to the layer of regions."""
        brush, layer = self._brush(), self._page.predictions.layer()
        if brush is None or layer is None:
            return

        def work(progress: Progress) -> Any:
            from ..core.probe.selection_outline import outline

            return outline(brush, progress)

        def done(result: Any) -> None:
            if not result.pixels:
                self._page.say(tr("The region holds no pixel."))
                return
            corners = "; ".join(f"{x:.6g} {y:.6g}" for x, y in brush.ring)
            regions = add_region(result, corners, layer)
            text = tr("Added to the layer {name}: {count} pixels in {patches} patches.")
            self._page.say(
                escape(
                    text.format(
                        name=regions.name(),
                        count=f"{result.pixels:,}",
                        patches=f"{len(result.polygons):,}",
                    )
                )
            )

        self._start(tr("Outlining the region"), work, done)

    def show_statistics(self) -> None:
        """Show statistics of the region's pixels, of every number of the prediction."""
        brush = self._brush()
        if brush is None:
            return

        def work(progress: Progress) -> Any:
            from ..core.probe.selection import statistics

            return statistics(brush, progress)

        def done(result: Any) -> None:
            if self.dialog is not None:
                self.dialog.close()
                self.dialog.deleteLater()
            self.dialog = StatisticsDialog(brush, result, self._page.window())
            self.dialog.show()

        self._start(tr("Statistics of the region"), work, done)

    def ask_mask(self) -> None:
        """Ask where to save the mask raster."""
        path, _ = QFileDialog.getSaveFileName(
            self._page, tr("Save the mask raster"), "region.tif", tr("GeoTIFF (*.tif)")
        )
        if path:
            self.write_mask(path if path.lower().endswith((".tif", ".tiff")) else path + ".tif")

    def write_mask(self, path: str) -> None:
        """Save the region as a raster of 0 and 1, and add it to the project."""
        brush = self._brush()
        if brush is None:
            return

        def work(progress: Progress) -> Any:
            from ..core.probe.selection_files import write_mask

            return write_mask(brush, path, progress)

        def done(count: Any) -> None:
            layer = QgsRasterLayer(path, Path(path).stem, "gdal")
            if layer.isValid():
                project = QgsProject.instance()
                # Not beside the active layer, which may be in the group of a result.
                if project.addMapLayer(layer, False) is not None:
                    project.layerTreeRoot().insertLayer(0, layer)
            text = tr("Saved {name}: {count} pixels are 1, others 0.")
            self._page.say(escape(text.format(name=Path(path).name, count=f"{count:,}")))

        self._start(tr("Writing the mask raster"), work, done)

    def ask_pixels(self) -> None:
        """Ask where to save the table of pixels."""
        path, _ = QFileDialog.getSaveFileName(
            self._page, tr("Save the pixels"), "region.csv", tr("Tables (*.csv)")
        )
        if path:
            self.write_pixels(path if path.lower().endswith(".csv") else path + ".csv")

    def write_pixels(self, path: str) -> None:
        """Save every pixel of the region with its place and numbers."""
        brush = self._brush()
        if brush is None:
            return
        inputs = tuple(rasters_shown())

        def work(progress: Progress) -> Any:
            from ..core.probe.selection_files import write_pixels

            with inputs_of_run(lambda: inputs):
                return write_pixels(brush, path, progress)

        def done(count: Any) -> None:
            text = tr("Saved {name}: {count} pixels.")
            self._page.say(escape(text.format(name=Path(path).name, count=f"{count:,}")))

        self._start(tr("Writing the table of pixels"), work, done)

    def _start(
        self, title: str, work: Callable[[Progress], Any], done: Callable[[Any], None]
    ) -> None:
        self._page.say(tr("Reading \u2026"))

        def all_work(progress: Progress) -> Any:
            load_rasterio()
            return work(progress)

        def finished(result: Any) -> None:
            self._forget(task)
            done(result)

        def failed(text: str) -> None:
            self._forget(task)
            self._page.say(escape(tr_message(text)))

        task = BackgroundTask(title, all_work, finished, failed)
        self._tasks.append(task)
        task.start()

    def _forget(self, task: BackgroundTask) -> None:
        if task in self._tasks:
            self._tasks.remove(task)


class StatisticsDialog(QDialog):
    """A table of statistics, to read, copy and save.

    Parameters
    ----------
    brush : core.probe.selection.Brush
    rows : sequence of core.probe.selection.AxisStatistics
    parent : QWidget, optional
    """

    def __init__(self, brush: Any, rows: Any, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._brush, self._rows = brush, rows
        count = max((row.count for row in rows), default=0)
        self.setWindowTitle(tr("Region: {count} pixels").format(count=f"{count:,}"))
        heads = [
            tr("Quantity"), tr("Pixels"), tr("Mean"), tr("Standard deviation"), tr("Minimum"),
            tr("5 %"), tr("Median"), tr("95 %"), tr("Maximum"),
        ]  # fmt: skip
        self.table = QTableWidget(len(rows), len(heads), self)
        self.table.setHorizontalHeaderLabels(heads)
        self.table.verticalHeader().hide()
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        for place, row in enumerate(rows):
            numbers = (row.mean, row.sd, row.minimum, *row.percentiles, row.maximum)
            cells = [row.axis.axis, f"{row.count:,}", *(_number(number) for number in numbers)]
            for column, text in enumerate(cells):
                self.table.setItem(place, column, QTableWidgetItem(text))
        mode = QHeaderView.ResizeMode.ResizeToContents
        self.table.horizontalHeader().setSectionResizeMode(mode)
        self.table.resizeRowsToContents()
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Save | kinds.Close, self)
        copy = buttons.addButton(tr("Copy"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(lambda *_: self.copy())
        buttons.button(kinds.Save).clicked.connect(lambda *_: self.ask())
        buttons.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        layout.addWidget(self.table)
        layout.addWidget(buttons)
        self.resize(900, 480)

    def copy(self) -> None:
        """Copy the table to the clipboard, separated by tabs."""
        from ..core.probe.selection_files import statistics_table

        text = statistics_table(self._rows, self._brush, "\t")
        QGuiApplication.clipboard().setText(text)

    def ask(self) -> None:
        """Ask where to save the table."""
        path, _ = QFileDialog.getSaveFileName(
            self, tr("Save statistics"), "statistics.csv", tr("Tables (*.csv)")
        )
        if path:
            self.write_table(path if path.lower().endswith(".csv") else path + ".csv")

    def write_table(self, path: str) -> None:
        """Save the table as a CSV file; what is wrong is shown in the title."""
        from ..core.probe.selection_files import write_statistics

        try:
            with inputs_of_run(rasters_shown):
                write_statistics(self._rows, self._brush, path)
        except LunarOxideError as error:
            self.setWindowTitle(tr_message(str(error)))


def _number(value: float) -> str:
    return f"{value:.4g}" if value == value else "\u2013"
