"""One shard of a prediction on a cluster, which a worker makes and seals by a digest."""

from __future__ import annotations

import hashlib
import json
import time
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Dict, Mapping, Optional

from ..errors import LunarOxideError, OutputInUseError
from ..files import write_text
from ..models.onnxruntime_import import onnxruntime
from ..progress import SilentProgress
from ..version import SOFTWARE
from .plan import predict_raster
from .request import PredictionRequest

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


def setup_here(model: str) -> Setup:
    """The setup of this process, with its copy of the model file."""
    return Setup(SOFTWARE, _code_digest(), str(onnxruntime().__version__), _digest(Path(model)))


def predict_shard(request: PredictionRequest, expected: Mapping[str, str]) -> ShardCounts:
    """Predict one shard, unless it exists and is complete; runs on a worker.

    Parameters
    ----------
    request : PredictionRequest
    expected : mapping
        The `Setup` of the process that sends the request.

    Raises
    ------
    LunarOxideError
        Also if this worker's setup differs.
    """
    _require_same(expected, asdict(setup_here(request.model)))
    until = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            return _finish(request, expected)
        except OutputInUseError:
            if time.monotonic() > until:
                raise
            time.sleep(_LOOK_SECONDS)


def _finish(request: PredictionRequest, expected: Mapping[str, str]) -> ShardCounts:
    shard = Path(request.output)
    done = finished(request, expected)
    if done is None:
        summary = predict_raster(request, SilentProgress())
        done = ShardCounts(summary.valid_pixels, summary.outside_domain)
        document = {"counts": asdict(done), "digest": _seal(request, expected, done)}
        write_text(counts_path(shard), json.dumps(document))
    return done


def finished(request: PredictionRequest, setup: Mapping[str, str]) -> Optional[ShardCounts]:
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


def _seal(request: PredictionRequest, setup: Mapping[str, str], counts: ShardCounts) -> str:
    """Digest of a shard's bytes and its metadata."""
    shard = Path(request.output)
    said: Dict[str, Any] = {
        "setup": dict(setup),
        "shard": [shard.parent.name, shard.name],
        "window": None if request.window is None else asdict(request.window),
        "counts": asdict(counts),
    }
    return _digest(shard, json.dumps(said, sort_keys=True).encode())


def _require_same(expected: Mapping[str, str], here: Mapping[str, str]) -> None:
    for name, what in (
        ("software", "Lunar Oxide"),
        ("code", "code of Lunar Oxide"),
        ("onnxruntime", "onnxruntime"),
        ("model", "model file"),
    ):
        if expected.get(name) != here.get(name):
            raise LunarOxideError(
                f"A worker of the cluster has another {what} ({_short(here, name)}) than this "
                f"computer ({_short(expected, name)}): install the same on all workers and start "
                "them again."
            )


def _short(setup: Mapping[str, str], name: str) -> str:
    value = setup.get(name, "unknown")
    return value if name in ("software", "onnxruntime") else f"digest {value[:12]}"


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
