"""Tasks of the window: what ends, and what is stopped."""

from __future__ import annotations

import threading
import time

from qgis.PyQt import sip

from lunar_oxide_plugin.core.errors import Cancelled
from lunar_oxide_plugin.gui.background import BackgroundTask
from tests.window import wait_until


def started(work):
    """A task that runs, and what it tells."""
    told = []
    task = BackgroundTask("x", work, told.append, told.append)
    task.start()
    return task, told


def test_an_ended_task_can_be_stopped_again(qgis_app):
    """Also once QGIS has deleted it, which its owner does not hear of."""
    task, told = started(lambda progress: 7)
    wait_until(lambda: told)
    task.cancel()
    assert told == [7]
    sip.delete(task)
    task.cancel()
    assert told == [7]


def test_a_running_task_hears_that_it_is_stopped(qgis_app):
    begun = threading.Event()

    def work(progress):
        begun.set()
        while not progress.is_cancelled():
            time.sleep(0.001)
        raise Cancelled("stopped")

    task, told = started(work)
    wait_until(begun.is_set)
    task.cancel()
    wait_until(lambda: told)
    assert told == ["stopped"]
