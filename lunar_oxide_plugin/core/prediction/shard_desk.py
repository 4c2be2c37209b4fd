"""Shards on their way: sent to a cluster's workers, lost, sent again, and taken back."""

from __future__ import annotations

import importlib
import operator
import threading
from dataclasses import astuple, dataclass
from typing import Any, Deque, Dict, FrozenSet, Iterator, Mapping, Optional, Tuple

from ..errors import ClusterError, LunarOxideError
from ..version import SOFTWARE
from .shard import Order, Shard

#: Number of further tries of a shard on other workers, e.g. if a file could not be read.
RETRIES = 2

#: Shards that the scheduler knows of at a time, for each thread of the workers: the next ones are
#: there when one is finished, and new workers get a share of all others.
AHEAD = 3


#: Seconds to wait for two numbers. Dask would wait for ever for a result whose worker has died
#: meanwhile if no other worker may compute it.
RESULT_SECONDS = 5.0


@dataclass(frozen=True)
class _Team:
    """Workers that were usable at one time, with the order as a task that only they may hold."""

    addresses: FrozenSet[str]
    order: Any


@dataclass(frozen=True)
class _Sent:
    shard: Shard
    team: _Team


class Desk:
    """Sends shards to workers that may compute, a few at a time, and collects the results.

    The scheduler gets the order once, as bytes, and a name and four numbers for each shard: it
    needs no package but Dask, and no memory for what the shards have in common.

    Parameters
    ----------
    client : distributed.Client
    order : Order
    wake : threading.Event
        Set when a shard is done.
    """

    def __init__(self, client: Any, order: Order, wake: threading.Event) -> None:
        self._client = client
        self._codec = importlib.import_module("distributed.protocol.pickle")
        self._order = self._codec.dumps(order)
        self._wake = wake
        self._team: Optional[_Team] = None
        self._losses: Dict[str, int] = {}
        self.sent: Dict[Any, _Sent] = {}

    @property
    def where(self) -> str:
        """Address of the scheduler."""
        return str(self._client.scheduler.address)

    @property
    def is_connected(self) -> bool:
        """Whether there is a connection to the scheduler."""
        return is_connected(self._client)

    def send(self, waiting: Deque[Shard], usable: Mapping[str, int]) -> None:
        """Send shards from the left end of a queue, as many as the workers need.

        Those whose workers have all left are sent to others.

        Parameters
        ----------
        waiting : deque of Shard
        usable : mapping of address to number of threads
        """
        for future, sent in list(self.sent.items()):
            if not future.done() and not sent.team.addresses & set(usable):
                self._client.cancel([future])
                del self.sent[future]
                waiting.appendleft(sent.shard)
        room = AHEAD * sum(usable.values()) - len(self.sent)
        while waiting and room > 0:
            self._send(waiting.popleft(), frozenset(usable))
            room -= 1

    def take(self) -> Iterator[Tuple[Shard, Tuple[int, int]]]:
        """Take the results that are there; what the cluster has lost is sent again.

        Yields
        ------
        (Shard, (int, int))
            With the numbers of valid pixels, and of those outside the domain.

        Raises
        ------
        LunarOxideError
            If a shard cannot be made.
        """
        for future in [future for future in self.sent if is_settled(self._client, future)]:
            sent = self.sent.pop(future)
            name = sent.shard.name
            if (
                future.cancelled()
                and is_connected(self._client)
                and self._losses.get(name, 0) < RETRIES
            ):
                self._losses[name] = self._losses.get(name, 0) + 1
                self._team = None  # the order may be lost with it
                self._send(sent.shard, sent.team.addresses)
                continue
            counts = _result(future)
            if counts is None:
                self.sent[future] = sent
                continue
            yield sent.shard, counts

    def withdraw(self) -> None:
        """Tell the cluster to forget what it has not begun."""
        if is_connected(self._client):
            self._client.cancel(list(self.sent))

    def _send(self, shard: Shard, addresses: FrozenSet[str]) -> None:
        if self._team is None or self._team.addresses != addresses:
            self._team = _Team(addresses, self._submit(addresses, self._codec.loads, self._order))
        future = self._submit(
            addresses,
            operator.methodcaller("predict", shard.name, astuple(shard.window)),
            self._team.order,
            retries=RETRIES,
        )
        future.add_done_callback(lambda _: self._wake.set())
        self.sent[future] = _Sent(shard, self._team)

    def _submit(self, addresses: FrozenSet[str], *call: Any, **options: Any) -> Any:
        """Submit a call that only these workers may run."""
        return self._client.submit(
            *call, workers=sorted(addresses), allow_other_workers=False, pure=False, **options
        )


def is_settled(client: Any, future: Any) -> bool:
    """Whether the cluster will do no more for a future.

    A future whose worker died with the result is "lost" until another worker has computed it
    again, and while a client looks for its scheduler all its futures count as cancelled.
    """
    if future.cancelled():
        return bool(client.status != "connecting")
    return bool(future.done() and future.status != "lost")


def is_connected(client: Any) -> bool:
    """Whether the client has a connection to its scheduler."""
    return bool(client.status == "running")


def _result(future: Any) -> Optional[Tuple[int, int]]:
    """The result of a worker; None if it was lost with the worker and is computed again.

    Raises
    ------
    LunarOxideError
        Also for other errors of the worker.
    """
    if future.cancelled():
        raise ClusterError(
            "The connection to the cluster's scheduler was lost: start it again and run the same "
            "command; finished shards are kept."
        )
    try:
        valid, outside = future.result(timeout=RESULT_SECONDS)
    except LunarOxideError:
        raise
    except Exception as error:  # any error on a worker
        kind = type(error).__name__
        if kind == "TimeoutError" and future.status != "error":
            return None
        if kind == "KilledWorker":
            raise ClusterError(
                "Several workers of the cluster ended while they computed the same shard: they "
                "may lack memory (see their logs); start workers with more memory or fewer "
                "threads and run the same command; finished shards are kept."
            ) from error
        raise ClusterError(
            f"A worker of the cluster failed ({kind}: {error}): its Python needs {SOFTWARE}, "
            "rasterio and onnxruntime, and the same paths of raster, model and output."
        ) from error
    return valid, outside
