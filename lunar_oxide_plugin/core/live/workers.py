"""Threads that read and predict tiles, shared by all live maps."""

from __future__ import annotations

import queue
import threading
import time
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

    def stop(self, patience_s: float = 0.0) -> None:
        """End the threads after the jobs that wait; they start again with the next job.

        Parameters
        ----------
        patience_s : float
            Seconds to wait for their end.
        """
        with self._lock:
            threads, self._threads = self._threads, []
            for _ in threads:
                self._jobs.put(None)
        end = time.monotonic() + patience_s
        for thread in threads:
            thread.join(max(0.0, end - time.monotonic()))

    def _work(self) -> None:
        while True:
            job = self._jobs.get()
            if job is None:
                return
            job()
