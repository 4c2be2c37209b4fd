"""The workers of a cluster: who is there, and who may compute."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any, Callable, Dict, List, Optional

from ..closing import Closing

#: Seconds between two looks at the cluster's list of workers.
LOOK_SECONDS = 0.5

#: How often a worker that is listed, but cannot be reached, is asked.
TRIES = 3


@dataclass
class _Worker:
    """A worker in the cluster's list; `verdict` is None until it has answered."""

    threads: int
    verdict: Optional[str] = None


class Workers(Closing):
    """Watches the list of workers and has each checked once, beside the caller's thread.

    Parameters
    ----------
    client : distributed.Client
    ask : callable
        Takes a worker's address and returns what is wrong in one sentence, empty if nothing;
        may wait, and raises OSError if the worker cannot be reached.
    wake : callable
        Called after each change.
    """

    def __init__(self, client: Any, ask: Callable[[str], str], wake: Callable[[], None]) -> None:
        self._client = client
        self._ask = ask
        self._wake = wake
        self._lock = threading.Lock()
        self._workers: Dict[str, _Worker] = {}
        self._failures: Dict[str, int] = {}
        self._news: List[str] = []
        self._seen = False
        self._stop = threading.Event()
        # Daemons: a worker on a lost disk may never answer, and must not hold the process.
        threading.Thread(target=self._watch, daemon=True, name="lunar-oxide-workers").start()

    def close(self) -> None:
        """Stop looking; checks on their way are forgotten."""
        self._stop.set()

    @property
    def seen(self) -> bool:
        """Whether the cluster has been asked for its workers."""
        return self._seen

    @property
    def usable(self) -> Dict[str, int]:
        """Threads of the workers that are there and may compute, by address."""
        with self._lock:
            return {
                a: worker.threads for a, worker in self._workers.items() if worker.verdict == ""
            }

    @property
    def silent(self) -> List[str]:
        """Addresses of workers that have not answered yet."""
        with self._lock:
            return [a for a, one in self._workers.items() if one.verdict is None]

    @property
    def refused(self) -> int:
        """Number of workers that are there and may not compute."""
        with self._lock:
            return sum(bool(one.verdict) for one in self._workers.values())

    def news(self) -> List[str]:
        """What is wrong with workers that were refused since the last call."""
        with self._lock:
            news, self._news = self._news, []
        return news

    def _watch(self) -> None:
        while not self._stop.is_set():
            try:
                listed = self._client.nthreads() if self._client.status == "running" else None
            except (OSError, RuntimeError, ValueError):  # the connection is being lost
                listed = None
            if listed is not None:
                self._compare(listed)
            self._stop.wait(LOOK_SECONDS)

    def _compare(self, listed: Dict[str, int]) -> None:
        with self._lock:
            is_news = not self._seen or set(listed) != set(self._workers)
            self._workers = {a: w for a, w in self._workers.items() if a in listed}
            new = {a: _Worker(n) for a, n in listed.items() if a not in self._workers}
            self._workers.update(new)
            self._seen = True
        for item in new.items():
            threading.Thread(target=self._check, args=item, daemon=True).start()
        if is_news:
            self._wake()

    def _check(self, address: str, worker: _Worker) -> None:
        try:
            verdict = self._ask(address)
        except OSError as error:
            verdict = self._unreachable(address, error)
            if not verdict:
                return
        with self._lock:
            if self._workers.get(address) is not worker:
                return  # it left meanwhile
            worker.verdict = verdict
            if verdict:
                self._news.append(verdict)
        self._wake()

    def _unreachable(self, address: str, error: OSError) -> str:
        """Forget a worker, which is asked again if it is still listed; at last say so."""
        with self._lock:
            self._failures[address] = self._failures.get(address, 0) + 1
            if self._failures[address] < TRIES:
                self._workers.pop(address, None)
                return ""
        return (
            f"The cluster's worker {address} does not answer this computer ({error}): check the "
            "network between them and the worker's log."
        )
