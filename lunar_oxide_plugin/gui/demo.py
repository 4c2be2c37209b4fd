"""The demo in one click: the bundled scene, its prediction, sample sites, and the report."""

from __future__ import annotations

import os
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
from ..core.translation import tr
from .algorithm_run import AlgorithmRun

DEMO = Path(__file__).resolve().parent.parent / "resources" / "demo"
SCENE = DEMO / "taurus_littrow_interpolated_between_stations.tif"

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

    def __init__(self, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        # One folder per session: a second demo replaces the first.
        folder = Path(QgsProcessingUtils.tempFolder()) / "lunar-oxide-demo"
        self.folder = folder
        self.report = str(folder / "taurus-littrow-report.html")
        self._steps = _steps(folder, self.report)
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
        if not _show_scene(QgsProject.instance()):
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


def _steps(folder: Path, report: str) -> List[Step]:
    oxides = str(folder / "taurus-littrow-oxides.tif")
    return [
        (
            "lunaroxide:predictoxides",
            {"INPUT": str(SCENE), "OUTPUT": _loaded(oxides)},
            tr("Predicting six oxides ..."),
        ),
        (
            "lunaroxide:checkpredictions",
            {
                "INPUT": oxides,
                "WINDOW": 1,
                "OUTPUT": str(folder / "taurus-littrow-check.gpkg"),
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


def _show_scene(project: QgsProject) -> bool:
    """Add the scene outside all groups unless it is loaded; False if it cannot be loaded."""
    scene_file = os.path.normcase(os.path.realpath(SCENE))
    if any(layer_file(layer) == scene_file for layer in project.mapLayers().values()):
        return True
    name = tr("Taurus-Littrow reflectance (interpolated between stations)")
    scene = QgsRasterLayer(str(SCENE), name)
    style_reflectance(scene)
    if project.addMapLayer(scene, False) is None:
        return False
    root = project.layerTreeRoot()
    root.insertLayer(place_for_rasters(root), scene)
    go_to_the_moon(project, scene)
    return True


def _loaded(path: str) -> QgsProcessingOutputLayerDefinition:
    return QgsProcessingOutputLayerDefinition(path, QgsProject.instance())
