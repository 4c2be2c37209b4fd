"""Threads that read and predict tiles, shared by all live maps."""

from __future__ import annotations

import queue
import threading
from typing import Callable, List, Optional

from ..prediction.threads_and_memory import available_threads

#: Most threads: a view has not many more tiles than this for each.
MOST_THREADS = 8


class Workers:
    """Daemon threads that run jobs in order; a read that hangs does not keep the program alive.

    Parameters
    ----------
    count : int, optional
        Threads; by default one for each core that the process may use.
    """

    def __init__(self, count: Optional[int] = None) -> None:
        self._count = count or min(MOST_THREADS, available_threads())
        self._jobs: queue.SimpleQueue[Optional[Callable[[], None]]] = queue.SimpleQueue()
        self._threads: List[threading.Thread] = []
        self._lock = threading.Lock()

    def add(self, job: Callable[[], None]) -> None:
        """Queue a job, which must not raise.

        Parameters
        ----------
        job : callable
        """
        with self._lock:
            if not self._threads:
                self._threads = [
                    threading.Thread(target=self._work, name="lunar-oxide-live", daemon=True)
                    for _ in range(self._count)
                ]
                for thread in self._threads:
                    thread.start()
        self._jobs.put(job)

    def stop(self) -> None:
        """End the threads after the jobs that wait; they start again with the next job."""
        with self._lock:
            for _ in self._threads:
                self._jobs.put(None)
            self._threads = []

    def _work(self) -> None:
        while True:
            job = self._jobs.get()
            if job is None:
                return
            job()
