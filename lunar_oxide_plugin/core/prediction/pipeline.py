"""Read, compute and write at the same time, in bounded memory.

Readers take tasks in order and read ahead; workers compute; one writer writes in the order of
completion. The calling thread only monitors: it reports progress and reacts to Cancel and errors
within a tenth of a second.
"""

from __future__ import annotations

import queue
import threading
from typing import (
    Callable,
    ContextManager,
    Generic,
    Iterable,
    Iterator,
    List,
    Optional,
    Sequence,
    Tuple,
    TypeVar,
)

Task = TypeVar("Task")
Input = TypeVar("Input")
Result = TypeVar("Result")

#: Seconds between two checks for Cancel.
WATCH_SECONDS = 0.05


class Stopped(Exception):
    """Raised within a thread to end it."""


class Pipeline(Generic[Task, Input, Result]):
    """Three stages, connected by bounded queues.

    Parameters
    ----------
    open_reader : callable
        Returns a context manager of a function that reads a task. It is entered once in each
        reading thread, because handles must not be shared between threads.
    compute : callable
        Takes the data read, returns the data to write; called in several threads. May call `check`
        from time to time to stop early.
    write : callable
        Takes a result; called in one thread.
    readers, workers : int
        Threads.
    in_flight : int
        Most tasks between reading and writing at any time.
    """

    def __init__(
        self,
        open_reader: Callable[[], ContextManager[Callable[[Task], Input]]],
        compute: Callable[[Task, Input], Result],
        write: Callable[[Result], None],
        readers: int,
        workers: int,
        in_flight: int,
    ) -> None:
        self._open_reader = open_reader
        self._compute = compute
        self._write = write
        self._readers = readers
        self._workers = workers
        self._slots = threading.Semaphore(in_flight)
        self._read: queue.SimpleQueue[Optional[Tuple[Task, Input]]] = queue.SimpleQueue()
        self._computed: queue.SimpleQueue[Optional[Result]] = queue.SimpleQueue()
        self._stop = threading.Event()
        self._errors: List[BaseException] = []
        self._lock = threading.Lock()
        self._next_group: Iterator[Sequence[Task]] = iter(())

    def check(self) -> None:
        """Raise `Stopped` if the run is being stopped.

        Raises
        ------
        Stopped
        """
        if self._stop.is_set():
            raise Stopped

    def run(self, groups: Iterable[Sequence[Task]], watch: Callable[[], None]) -> None:
        """Process all tasks.

        Parameters
        ----------
        groups : iterable of sequences of tasks
            The tasks of a group are read by one thread, in their order.
        watch : callable
            Called in this thread every 50 ms; an exception from it stops the run.

        Raises
        ------
        Exception
            The first error of any stage, or what `watch` raised; all threads have ended.
        """
        self._next_group = iter(groups)
        readers = [self._thread(self._reading) for _ in range(self._readers)]
        workers = [self._thread(self._computing) for _ in range(self._workers)]
        writer = self._thread(self._writing)
        try:
            self._wait(readers, watch)
            for _ in workers:
                self._read.put(None)
            self._wait(workers, watch)
            self._computed.put(None)
            self._wait([writer], watch)
        finally:
            # After an error or Cancel the stages see that `stop` is set; otherwise they have ended.
            self._stop.set()
            for _ in range(self._readers):
                self._slots.release()
            for _ in workers:
                self._read.put(None)
            self._computed.put(None)
            for thread in (*readers, *workers, writer):
                thread.join()
        if self._errors:
            raise self._errors[0]

    def _wait(self, threads: Sequence[threading.Thread], watch: Callable[[], None]) -> None:
        for thread in threads:
            while thread.is_alive():
                thread.join(WATCH_SECONDS)
                watch()
                if self._errors:
                    raise self._errors[0]

    def _thread(self, stage: Callable[[], None]) -> threading.Thread:
        def guarded() -> None:
            try:
                stage()
            except Stopped:
                return
            except BaseException as error:  # the calling thread raises it
                self._errors.append(error)
                self._stop.set()

        thread = threading.Thread(target=guarded, daemon=True)
        thread.start()
        return thread

    def _reading(self) -> None:
        with self._open_reader() as read:
            while True:
                with self._lock:
                    group = next(self._next_group, None)
                if group is None:
                    return
                for task in group:
                    self._slots.acquire()
                    self.check()
                    self._read.put((task, read(task)))

    def _computing(self) -> None:
        while True:
            item = self._read.get()
            self.check()
            if item is None:
                return
            self._computed.put(self._compute(*item))

    def _writing(self) -> None:
        while True:
            result = self._computed.get()
            self.check()
            if result is None:
                return
            self._write(result)
            self._slots.release()
