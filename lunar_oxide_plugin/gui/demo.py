"""The demos in one click: a bundled raster, its prediction, sample sites, and the report."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, List, Optional, Tuple

from qgis.core import (
    QgsProcessingOutputLayerDefinition,
    QgsProcessingUtils,
    QgsProject,
    QgsRasterLayer,
)
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ..algorithms.reflectance_style import style_reflectance
from ..algorithms.result_groups import go_to_the_moon, layer_file, place_for_rasters
from ..core.installer.packages import missing_packages
from ..core.models.model_choice import models_for
from ..core.rasters.sensors.known import sensor_called
from ..core.translation import tr
from .algorithm_run import AlgorithmRun

DEMO = Path(__file__).resolve().parent.parent / "resources" / "demo"
SCENE = DEMO / "taurus_littrow_interpolated_between_stations.tif"


@dataclass(frozen=True)
class Demo:
    """A bundled raster to show.

    Attributes
    ----------
    raster : Path
    stem : str
        Beginning of the names of its files.
    sensor : str
        Key of the raster's sensor; without a model for it there is no demo.
    view_deg : (west, south, east, north), or None
        What the map shows at the end; by default the whole raster.
    """

    raster: Path
    stem: str
    sensor: str
    view_deg: Optional[Tuple[float, float, float, float]] = None

    @property
    def name(self) -> str:
        """Name of the raster's layer."""
        if self.raster == SCENE:
            return tr("Taurus-Littrow reflectance (interpolated between stations)")
        return tr("Stations seen by Clementine (published spectra, one pixel each)")

    @property
    def is_possible(self) -> bool:
        """Whether a model takes the raster."""
        sensor = sensor_called(self.sensor)
        return sensor is not None and self.raster.is_file() and bool(models_for(sensor))


TAURUS_LITTROW = Demo(SCENE, "taurus-littrow", "MI")
#: Its pixels are single ones on half the Moon: the map shows the valley of Apollo 17.
CLEMENTINE = Demo(
    DEMO / "stations_seen_by_clementine.tif",
    "clementine-stations",
    "Clementine",
    (30.40, 20.00, 30.95, 20.38),
)

#: An algorithm, its parameters, and the text shown while it runs.
Step = Tuple[str, Dict[str, Any], str]


class DemoRun(QObject):
    """Runs the demo's steps one after the other in QGIS's task manager.

    Signals
    -------
    told(text), progressed(percent)
        Progress of the demo.
    done(report)
        All layers are in the project; path of the report.
    failed(text)
        One sentence; the layers of earlier steps remain.
    """

    told = pyqtSignal(str)
    progressed = pyqtSignal(float)
    done = pyqtSignal(str)
    failed = pyqtSignal(str)

    def __init__(self, parent: Optional[QObject] = None, demo: Demo = TAURUS_LITTROW) -> None:
        super().__init__(parent)
        self.demo = demo
        # One folder per session: a second demo replaces the first.
        folder = Path(QgsProcessingUtils.tempFolder()) / "lunar-oxide-demo"
        self.folder = folder
        self.report = str(folder / f"{demo.stem}-report.html")
        self._steps = _steps(folder, demo, self.report)
        self._number = 0
        self._cancelled = False
        self._run: Optional[AlgorithmRun] = None

    def start(self) -> None:
        """Load the scene and start."""
        missing = missing_packages()
        if missing:
            names = ", ".join(package.name for package in missing)
            self.failed.emit(
                tr("The demo needs {packages}: install it first (Packages ...).").format(
                    packages=names
                )
            )
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        if not _show_raster(QgsProject.instance(), self.demo):
            self.failed.emit(tr("The bundled scene cannot be loaded: install the plugin again."))
            return
        self._next()

    def cancel(self) -> None:
        """Stop at the next opportunity."""
        self._cancelled = True
        if self._run is not None:
            self._run.cancel()

    def _next(self) -> None:
        if self._number == len(self._steps):
            self.done.emit(self.report)
            return
        name, parameters, text = self._steps[self._number]
        self.told.emit(text)
        run = AlgorithmRun(name, parameters, self)
        run.progressed.connect(self._on_progress)
        run.done.connect(self._on_done)
        run.failed.connect(self._on_failed)
        self._run = run
        run.start()

    def _on_progress(self, percent: float) -> None:
        self.progressed.emit((100.0 * self._number + percent) / len(self._steps))

    def _on_done(self) -> None:
        if self._cancelled:
            self.failed.emit(tr("The demo was stopped."))
            return
        self._number += 1
        self._on_progress(0.0)
        self._next()

    def _on_failed(self, reason: str) -> None:
        if self._cancelled:
            self.failed.emit(tr("The demo was stopped."))
        else:
            self.failed.emit(tr("The demo stopped: {reason}").format(reason=reason))


def _steps(folder: Path, demo: Demo, report: str) -> List[Step]:
    oxides = str(folder / f"{demo.stem}-oxides.tif")
    return [
        (
            "lunaroxide:predictoxides",
            {"INPUT": str(demo.raster), "OUTPUT": _loaded(oxides)},
            tr("Predicting oxides ..."),
        ),
        (
            "lunaroxide:checkpredictions",
            {
                "INPUT": oxides,
                "WINDOW": 1,
                "OUTPUT": str(folder / f"{demo.stem}-check.gpkg"),
                "REPORT": report,
            },
            tr("Checking against measured soil ..."),
        ),
        (
            "lunaroxide:addsamplesites",
            {"OUTPUT": _loaded(str(folder / "sample-sites.gpkg"))},
            tr("Adding the sample sites ..."),
        ),
    ]


def _show_raster(project: QgsProject, demo: Demo) -> bool:
    """Add the raster outside all groups unless it is loaded; False if it cannot be loaded."""
    file = os.path.normcase(os.path.realpath(demo.raster))
    if any(layer_file(layer) == file for layer in project.mapLayers().values()):
        return True
    scene = QgsRasterLayer(str(demo.raster), demo.name)
    style_reflectance(scene)
    if project.addMapLayer(scene, False) is None:
        return False
    root = project.layerTreeRoot()
    root.insertLayer(place_for_rasters(root), scene)
    go_to_the_moon(project, scene)
    return True


def _loaded(path: str) -> QgsProcessingOutputLayerDefinition:
    return QgsProcessingOutputLayerDefinition(path, QgsProject.instance())
