"""Run long work in QGIS's task manager, with progress, cancel, and a result or message."""

from __future__ import annotations

import traceback
from typing import Any, Callable, Optional, Set

from qgis.core import Qgis, QgsApplication, QgsMessageLog, QgsTask
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ..core.errors import LunarOxideError
from ..core.progress import Progress
from ..core.translation import tr

#: QGIS keeps no Python reference to a task, and crashes if a running task is collected.
_running: Set[QgsTask] = set()


class BackgroundTask(QgsTask):
    """Runs `work` on another thread and reports the result on the window's thread.

    Parameters
    ----------
    title : str
        Shown in QGIS's task list.
    work : callable
        Takes a Progress, returns anything; must not use widgets or layers.
    done : callable
        Takes the return value of `work`.
    failed : callable
        Takes one sentence for the user.
    """

    told = pyqtSignal(str)

    def __init__(
        self,
        title: str,
        work: Callable[[Progress], Any],
        done: Callable[[Any], None],
        failed: Callable[[str], None],
    ) -> None:
        super().__init__(title, QgsTask.Flag.CanCancel)
        self._work = work
        self._done = done
        self._failed = failed
        self._result: Any = None
        self._problem: Optional[str] = None

    def start(self) -> None:
        """Queue the task."""
        _running.add(self)
        QgsApplication.taskManager().addTask(self)

    def cancel(self) -> None:
        """Stop the work; nothing happens if it has ended, after which QGIS deletes the task."""
        if not sip.isdeleted(self):
            super().cancel()

    def run(self) -> bool:
        """Do the work; called by QGIS on another thread."""
        try:
            self._result = self._work(TaskProgress(self))
        except LunarOxideError as error:
            self._problem = str(error)
        except Exception as error:  # a defect: one line for the user, the traceback in the log
            self._problem = tr("Unexpected error ({error}); the log has the details.").format(
                error=f"{type(error).__name__}: {error}"
            )
            QgsMessageLog.logMessage(
                traceback.format_exc(), "Lunar Oxide", Qgis.MessageLevel.Critical
            )
        return self._problem is None

    def finished(self, result: bool) -> None:
        """Report the result; called by QGIS on the window's thread."""
        _running.discard(self)
        if result:
            _tell(self._done, self._result)
        else:
            # A task that is cancelled before it starts never runs.
            _tell(self._failed, self._problem or tr("Cancelled."))


def _tell(listener: Callable[[Any], None], value: Any) -> None:
    """Call a listener, unless it is a method of an object that Qt has deleted meanwhile."""
    owner = getattr(listener, "__self__", None)
    if not (isinstance(owner, QObject) and sip.isdeleted(owner)):
        listener(value)


class TaskProgress:
    """Passes core's progress to a task.

    Parameters
    ----------
    task : BackgroundTask
    """

    def __init__(self, task: BackgroundTask) -> None:
        self._task = task

    def report(self, fraction: float) -> None:
        """Move the progress bar."""
        self._task.setProgress(100.0 * fraction)

    def info(self, message: str) -> None:
        """Log what is being done."""
        self._task.told.emit(message)

    def warn(self, message: str) -> None:
        """Log a warning."""
        self._task.told.emit(message)

    def is_cancelled(self) -> bool:
        """Whether the user pressed Cancel."""
        return bool(self._task.isCanceled())
