"""The welcome in the dock: what the plugin does, and the demo in one click."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, Optional

from qgis.core import QgsCoordinateTransform, QgsProject, QgsRasterLayer, QgsRectangle
from qgis.PyQt.QtCore import QUrl, pyqtSignal
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ..algorithms.preferences import load_preferences, save_preferences
from ..algorithms.site_layers import moon_geographic_crs
from ..core.translation import tr
from .demo import CLEMENTINE, TAURUS_LITTROW, Demo, DemoRun
from .guide import guide_url


class Welcome(QFrame):
    """Shown on the first run; starts the demo, opens the guide, and can be dismissed for good.

    Parameters
    ----------
    iface : QgisInterface
    parent : QWidget, optional
    """

    closed = pyqtSignal()

    def __init__(self, iface: Any, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.iface = iface
        self._run: Optional[DemoRun] = None
        self._demo = TAURUS_LITTROW
        self._report = ""
        self.setFrameShape(QFrame.Shape.StyledPanel)
        title = QLabel("<b>" + tr("Welcome to Lunar Oxide") + "</b>")
        self.intro = QLabel(
            tr(
                "Maps of TiO2, FeO, Al2O3, MgO, CaO and SiO2 from lunar reflectance, with their "
                "uncertainty, checked against returned soil. The demo loads a bundled scene of "
                "Taurus-Littrow (interpolated between published station spectra, not an "
                "observation), predicts it, adds the sample sites and opens the report."
            )
        )
        self.intro.setWordWrap(True)
        self.bars = QLabel(
            "<small>"
            + tr(
                "QGIS itself may show red bars such as 'No transform available between "
                "IAU_2015:30110 and Custom CRS'. They are harmless: parts of QGIS look for the "
                "place on the Earth, and there is none. Close them."
            )
            + "</small>"
        )
        self.bars.setWordWrap(True)
        self.demo_button = QPushButton(tr("Open the demo"))
        self.clementine_button = QPushButton(tr("Demo: Clementine"))
        self.clementine_button.setToolTip(
            tr("Stations seen by Clementine UVVIS, predicted by the model for this sensor")
        )
        self.guide_button = QPushButton(tr("User guide"))
        self.close_button = QPushButton(tr("Close"))
        self.close_button.setToolTip(tr("The menu Raster > Lunar Oxide brings the welcome back"))
        self.stop_button = QPushButton(tr("Stop"))
        self.report_button = QPushButton(tr("Open the report"))
        self.bar = QProgressBar()
        self.message = QLabel()
        self.message.setWordWrap(True)
        buttons = QGridLayout()
        buttons.addWidget(self.demo_button, 0, 0)
        buttons.addWidget(self.stop_button, 0, 0)
        buttons.addWidget(self.clementine_button, 0, 1)
        buttons.addWidget(self.guide_button, 1, 0)
        buttons.addWidget(self.close_button, 1, 1)
        buttons.addWidget(self.report_button, 2, 0)
        layout = QVBoxLayout(self)
        layout.addWidget(title)
        layout.addWidget(self.intro)
        layout.addLayout(buttons)
        layout.addWidget(self.bars)
        layout.addWidget(self.bar)
        layout.addWidget(self.message)
        self._set_running(False)
        self.report_button.setVisible(False)
        self.message.setVisible(False)

        self.demo_button.clicked.connect(lambda *_: self.open_demo())
        self.clementine_button.clicked.connect(lambda *_: self.open_demo(CLEMENTINE))
        self.stop_button.clicked.connect(self.stop)
        self.guide_button.clicked.connect(lambda: QDesktopServices.openUrl(guide_url()))
        self.report_button.clicked.connect(self.open_report)
        self.close_button.clicked.connect(self._on_close)

    def open_demo(self, demo: Demo = TAURUS_LITTROW) -> None:
        """Run a demo in the background."""
        if self._run is not None:
            return
        # QGIS cannot draw Earth and Moon on one map.
        if _shows_earth(QgsProject.instance()) and not self.iface.newProject(True):
            return
        self._demo = demo
        self._set_running(True)
        run = DemoRun(self, demo)
        run.told.connect(self._say)
        run.progressed.connect(lambda percent: self.bar.setValue(round(percent)))
        run.done.connect(self._on_done)
        run.failed.connect(self._on_failed)
        self._run = run
        run.start()

    def stop(self) -> None:
        """Cancel the demo."""
        if self._run is not None:
            self._run.cancel()

    def open_report(self) -> None:
        """Open the check's report in the browser."""
        if Path(self._report).is_file():
            QDesktopServices.openUrl(QUrl.fromLocalFile(self._report))

    def _on_done(self, report: str) -> None:
        self._report = report
        self._set_running(False)
        self.intro.setVisible(False)
        self.bars.setVisible(False)
        self.report_button.setVisible(True)
        self._say(
            tr(
                "Done. The report compares the maps with measured soil: the model was trained on "
                "these sites, so it shows the fit and validates nothing. The files lie in "
                "{folder}, which QGIS deletes when it closes."
            ).format(folder=Path(report).parent)
        )
        self._zoom()
        self.open_report()

    def _on_failed(self, text: str) -> None:
        self._set_running(False)
        self._say(text)

    def _zoom(self) -> None:
        canvas = self.iface.mapCanvas()
        if self._demo.view_deg is not None:
            canvas.setDestinationCrs(QgsProject.instance().crs())
            to_map = QgsCoordinateTransform(
                moon_geographic_crs(), QgsProject.instance().crs(), QgsProject.instance()
            )
            canvas.setExtent(to_map.transformBoundingBox(QgsRectangle(*self._demo.view_deg)))
            canvas.refresh()
            return
        for layer in QgsProject.instance().mapLayers().values():
            if isinstance(layer, QgsRasterLayer):
                canvas.setDestinationCrs(QgsProject.instance().crs())
                canvas.setExtent(
                    canvas.mapSettings().layerExtentToOutputExtent(layer, layer.extent())
                )
                canvas.refresh()
                return

    def _on_close(self) -> None:
        self.stop()
        save_preferences(replace(load_preferences(), welcome_closed=True))
        self.closed.emit()

    def _set_running(self, running: bool) -> None:
        if not running and self._run is not None:
            self._run.deleteLater()
            self._run = None
        self.bar.setValue(0)
        self.bar.setVisible(running)
        self.stop_button.setVisible(running)
        self.demo_button.setVisible(not running)
        self.clementine_button.setVisible(not running and CLEMENTINE.is_possible)

    def _say(self, text: str) -> None:
        self.message.setText(text)
        self.message.setVisible(bool(text))


def _shows_earth(project: QgsProject) -> bool:
    return any(
        layer.crs().isValid() and layer.crs().celestialBodyName() == "Earth"
        for layer in project.mapLayers().values()
    )
