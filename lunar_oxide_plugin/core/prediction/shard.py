"""One shard of a prediction on a cluster, which a worker makes and seals by a digest."""

from __future__ import annotations

import hashlib
import json
import sys
import time
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Dict, Optional, Tuple

from ..errors import LunarOxideError, OutputInUseError
from ..files import write_text
from ..models.onnxruntime_import import onnxruntime
from ..progress import SilentProgress
from ..version import SOFTWARE
from .plan import predict_raster
from .request import PixelWindow, PredictionRequest

#: Seconds that a worker waits for another one to finish or give up the same shard. A cluster
#: lets a shard be computed to its end although the run that wanted it was cancelled, and gives
#: it to a second worker where it believes the first to be lost.
WAIT_SECONDS = 600.0

#: Seconds between two looks at a shard that another worker is writing.
_LOOK_SECONDS = 0.5

_CORE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class ShardCounts:
    """Numbers of a shard's pixels with a prediction, and of those outside the domain."""

    valid: int
    outside: int


@dataclass(frozen=True)
class Setup:
    """Software and model, which must be the same on all workers of one map.

    Attributes
    ----------
    software : str
    code : str
        Digest of the package's own modules: a changed copy may have the same version.
    onnxruntime : str
    model : str
        Digest of the model's file.
    """

    software: str
    code: str
    onnxruntime: str
    model: str

    def difference(self, other: Setup) -> str:
        """What another process has otherwise than this one, in words; empty if nothing.

        Parameters
        ----------
        other : Setup

        Returns
        -------
        str
            E.g. ``"another onnxruntime (1.16.3) than this computer (1.20.1)"``.
        """
        for name, what in (
            ("software", "Lunar Oxide"),
            ("code", "code of Lunar Oxide"),
            ("onnxruntime", "onnxruntime"),
            ("model", "model file"),
        ):
            here, there = str(getattr(self, name)), str(getattr(other, name))
            if here != there:
                if name in ("code", "model"):
                    here, there = f"digest {here[:12]}", f"digest {there[:12]}"
                return f"another {what} ({there}) than this computer ({here})"
        return ""


def setup_here(model: str) -> Setup:
    """The setup of this process, with its copy of the model file."""
    return Setup(SOFTWARE, _code_digest(), str(onnxruntime().__version__), _digest(Path(model)))


@dataclass(frozen=True)
class Shard:
    """A rectangle of the map, and the name of its file in the folder of shards."""

    name: str
    window: PixelWindow

    @property
    def pixels(self) -> int:
        """Pixels of the shard."""
        return self.window.width * self.window.height


@dataclass(frozen=True)
class Order:
    """What all shards of one run have in common; it is sent to a cluster once.

    Attributes
    ----------
    request : PredictionRequest
        Of the whole map.
    folder : str
        Where shards are written.
    setup : Setup
        Of the process that sends the order.
    """

    request: PredictionRequest
    folder: str
    setup: Setup

    def shard_request(self, shard: Shard) -> PredictionRequest:
        """The request for one shard.

        Parameters
        ----------
        shard : Shard

        Returns
        -------
        PredictionRequest
        """
        return replace(
            self.request,
            output=str(Path(self.folder) / shard.name),
            extent=None,
            window=shard.window,
            judge_range=False,  # judged by the sender, on samples of the whole
        )

    def predict(self, name: str, window: Tuple[int, int, int, int]) -> Tuple[int, int]:
        """Predict a shard on a worker; called by name, with plain values, through the scheduler.

        Parameters
        ----------
        name : str
        window : (column, row, width, height)

        Returns
        -------
        (int, int)
            Valid pixels, and those of them outside the domain.

        Raises
        ------
        LunarOxideError
            Also if this worker's setup differs; the message names the worker.
        """
        try:
            request = self.shard_request(Shard(name, PixelWindow(*window)))
            counts = predict_shard(request, self.setup)
        except LunarOxideError as error:
            raise type(error)(f"{_worker()} cannot make the shard {name}: {error}") from error
        return counts.valid, counts.outside


def predict_shard(request: PredictionRequest, expected: Setup) -> ShardCounts:
    """Predict one shard, unless it exists and is complete; runs on a worker.

    Parameters
    ----------
    request : PredictionRequest
    expected : Setup
        Of the process that sends the request.

    Raises
    ------
    LunarOxideError
        Also if this worker's setup differs.
    """
    difference = expected.difference(setup_here(request.model))
    if difference:
        raise LunarOxideError(
            f"it has {difference}: install the same on all workers and start them again."
        )
    until = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            return _finish(request, expected)
        except OutputInUseError:
            if time.monotonic() > until:
                raise
            time.sleep(_LOOK_SECONDS)


def _finish(request: PredictionRequest, expected: Setup) -> ShardCounts:
    shard = Path(request.output)
    done = finished(request, expected)
    if done is None:
        summary = predict_raster(request, SilentProgress())
        done = ShardCounts(summary.valid_pixels, summary.outside_domain)
        document = {"counts": asdict(done), "digest": _seal(request, expected, done)}
        write_text(counts_path(shard), json.dumps(document))
    return done


def finished(request: PredictionRequest, setup: Setup) -> Optional[ShardCounts]:
    """Counts of a shard that is complete and undamaged; None if it is not."""
    try:
        document = json.loads(counts_path(Path(request.output)).read_text(encoding="utf-8"))
        counts = ShardCounts(**document["counts"])
        return counts if document["digest"] == _seal(request, setup, counts) else None
    except (OSError, ValueError, TypeError, KeyError):
        return None


def counts_path(shard: Path) -> Path:
    """The file with the digest of a shard."""
    return shard.with_suffix(".json")


def _worker() -> str:
    """The worker that runs here, for messages."""
    distributed = sys.modules.get("distributed")
    try:
        return f"The cluster's worker {distributed.get_worker().address}"  # type: ignore[union-attr]
    except (AttributeError, ValueError):
        return "A worker of the cluster"


def _seal(request: PredictionRequest, setup: Setup, counts: ShardCounts) -> str:
    """Digest of a shard's bytes and its metadata."""
    shard = Path(request.output)
    said: Dict[str, Any] = {
        "setup": asdict(setup),
        "shard": [shard.parent.name, shard.name],
        "window": None if request.window is None else asdict(request.window),
        "counts": asdict(counts),
    }
    return _digest(shard, json.dumps(said, sort_keys=True).encode())


@lru_cache(maxsize=1)
def _code_digest() -> str:
    digest = hashlib.sha256()
    for path in sorted(_CORE.rglob("*.py"), key=lambda path: path.relative_to(_CORE).as_posix()):
        digest.update(path.relative_to(_CORE).as_posix().encode())
        # Line ends depend on how the package was installed.
        digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()


def _digest(path: Path, said: bytes = b"") -> str:
    digest = hashlib.sha256(said)
    with open(path, "rb") as file:
        for piece in iter(lambda: file.read(1 << 20), b""):
            digest.update(piece)
    return digest.hexdigest()
