"""Run one of the plugin's algorithms in QGIS's task manager, and load its results."""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Set

from qgis.core import (
    QgsApplication,
    QgsProcessingAlgorithm,
    QgsProcessingAlgRunnerTask,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProject,
)
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ..core.translation import tr

#: Runs whose task has not ended. Python must not delete what the task uses on its thread, also when
#: the part of the window that began the run is gone.
_running: Set[AlgorithmRun] = set()


class _Feedback(QgsProcessingFeedback):
    """Keeps the error message of a failed run."""

    def __init__(self) -> None:
        super().__init__(False)
        self.problem = ""

    def reportError(self, error: str, fatalError: bool = False) -> None:  # noqa: N802, N803
        """Keep the message."""
        self.problem = error
        super().reportError(error, fatalError)


class AlgorithmRun(QObject):
    """One run; results that are asked for are loaded into the project.

    Signals
    -------
    progressed(percent)
    done()
        The results are in the project.
    failed(text)
        One sentence.
    """

    progressed = pyqtSignal(float)
    done = pyqtSignal()
    failed = pyqtSignal(str)

    def __init__(
        self, name: str, parameters: Dict[str, Any], parent: Optional[QObject] = None
    ) -> None:
        super().__init__(parent)
        self._name, self._parameters = name, parameters
        self._task: Optional[QgsProcessingAlgRunnerTask] = None
        self._kept: List[Any] = []

    def start(self) -> None:
        """Begin in the background."""
        algorithm = QgsApplication.processingRegistry().createAlgorithmById(self._name)
        context = QgsProcessingContext()
        context.setProject(QgsProject.instance())
        feedback = _Feedback()
        feedback.progressChanged.connect(self.progressed)
        task = QgsProcessingAlgRunnerTask(algorithm, self._parameters, context, feedback)
        task.executed.connect(
            lambda ok, results: self._on_executed(ok, algorithm, context, feedback)
        )
        # Keep references to these while the task uses them.
        self._kept = [algorithm, context, feedback, task]
        self._task = task
        _running.add(self)
        QgsApplication.taskManager().addTask(task)

    def cancel(self) -> None:
        """Stop at the next opportunity."""
        if self._task is not None:
            self._task.cancel()

    def _on_executed(
        self,
        ok: bool,
        algorithm: QgsProcessingAlgorithm,
        context: QgsProcessingContext,
        feedback: _Feedback,
    ) -> None:
        self._task = None
        _running.discard(self)
        if sip.isdeleted(self):
            return
        if not ok:
            self.failed.emit(feedback.problem or tr("see Processing's log"))
            return
        # Processing is a QGIS plugin, and is loaded when an algorithm has run.
        from processing.gui.Postprocessing import handleAlgorithmResults

        handleAlgorithmResults(algorithm, context, feedback)
        self.done.emit()
