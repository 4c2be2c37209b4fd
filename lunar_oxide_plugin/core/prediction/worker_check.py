"""Ask a worker of a cluster whether it can make shards of a map, before it is given any.

`look` runs on the worker; `ask_worker` sends it and says in words what is wrong.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import sys
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Tuple

from rasterio.windows import Window

from ..errors import (
    LunarOxideError,
    NotWrittenError,
    OutputError,
    RuntimeMissingError,
    system_error,
)
from ..file_lock import MARK
from ..files import cannot_write, unlink_if_there
from ..rasters.bands import BandMapping
from ..rasters.raster_source import RasterSource
from ..version import SOFTWARE
from .plan import PredictionPlan
from .request import PixelWindow, PredictionRequest
from .shard import Setup, setup_here

#: Pixels are tried only where that decodes at most this many bytes.
_MOST_BYTES = 64_000_000

#: Whether this Python is one that Dask's profiler can lock.
PROFILER_MAY_LOCK = sys.version_info < (3, 12)

#: What the package's modules are called where it is installed.
_PACKAGE = __name__.split(".", 1)[0]

_SAME_PATHS = (
    "raster, model and output need the same paths there as on this computer, on a shared file "
    "system"
)


@dataclass(frozen=True)
class WorkerCheck:
    """What a worker must be able to do for a map.

    Attributes
    ----------
    setup : Setup
        Of this computer.
    request : PredictionRequest
        Of the whole map.
    shape : (int, int, int)
        Bands, rows and columns that this computer sees in the raster.
    mapping : BandMapping
    places : tuple of PixelWindow
        Pixels to try.
    folder : str
        Where shards are written.
    token : str
        Name of a file in it, whose content is its own name.
    """

    setup: Setup
    request: PredictionRequest
    shape: Tuple[int, int, int]
    mapping: BandMapping
    places: Tuple[PixelWindow, ...]
    folder: str
    token: str

    @property
    def token_path(self) -> Path:
        """The file by which a worker recognises the folder."""
        return Path(self.folder) / self.token


@dataclass(frozen=True)
class Answer:
    """A worker's answer: what is wrong, or the name of a file that it wrote into the folder."""

    trouble: str = ""
    proof: str = ""


def make_check(
    request: PredictionRequest, plan: PredictionPlan, folder: Path, setup: Setup
) -> WorkerCheck:
    """Prepare a check: write its token into the folder, and remove those of killed runs.

    The folder's lock must be held.

    Parameters
    ----------
    request : PredictionRequest
    plan : PredictionPlan
    folder : Path
    setup : Setup

    Returns
    -------
    WorkerCheck

    Raises
    ------
    LunarOxideError
    """
    with RasterSource(request.raster) as source:
        shape = _shape(source)
        cheap = source.block_bytes(plan.mapping) <= _MOST_BYTES
    area = plan.area
    right, bottom = area.width - 1, area.height - 1
    corners = [(0, 0), (right, 0), (right // 2, bottom // 2), (0, bottom), (right, bottom)]
    places = sorted({(area.column + column, area.row + row) for column, row in corners})
    token = f"{MARK}check-{uuid.uuid4().hex[:12]}"
    check = WorkerCheck(
        setup,
        request,
        shape,
        plan.mapping,
        tuple(PixelWindow(column, row, 1, 1) for column, row in places) if cheap else (),
        str(folder),
        token,
    )
    try:
        for left in folder.glob(f"{MARK}check-*"):
            unlink_if_there(left)
        check.token_path.write_text(token, encoding="utf-8")
    except OSError as error:
        raise NotWrittenError(cannot_write(check.token_path, error)) from error
    return check


def end_check(check: WorkerCheck) -> None:
    """Remove a check's files.

    Parameters
    ----------
    check : WorkerCheck
    """
    for path in Path(check.folder).glob(f"{check.token}*"):
        with contextlib.suppress(OSError):
            path.unlink()


async def look(check: WorkerCheck, dask_worker: Any = None) -> Answer:
    """Check this worker, beside its tasks and without stopping its heartbeat.

    Parameters
    ----------
    check : WorkerCheck
    dask_worker : distributed.Worker, optional
        This worker; Dask gives it.

    Returns
    -------
    Answer
    """
    stop_profiler(dask_worker)
    return await asyncio.get_running_loop().run_in_executor(None, examine, check)


def stop_profiler(dask_worker: Any) -> None:
    """Stop a worker's profiler where it can make the worker stand still for ever.

    Dask looks at the stacks of a worker's threads every ten milliseconds. Up to Python 3.11 this
    locks the process if memory is collected meanwhile (github.com/python/cpython/issues/106883);
    the worker keeps its shard, and nobody is told.

    Parameters
    ----------
    dask_worker : distributed.Worker or None
    """
    profiler = getattr(dask_worker, "periodic_callbacks", {}).get("profile")
    if profiler is not None and PROFILER_MAY_LOCK:
        profiler.stop()


def examine(check: WorkerCheck) -> Answer:
    """Check this process: software, model, raster, output folder.

    Parameters
    ----------
    check : WorkerCheck

    Returns
    -------
    Answer
    """
    trouble = _trouble_with_setup(check) or _trouble_with_raster(check)
    return Answer(trouble) if trouble else _write_proof(check)


def ask_worker(client: Any, check: WorkerCheck, address: str) -> str:
    """Check a worker; waits for its answer.

    Parameters
    ----------
    client : distributed.Client
    check : WorkerCheck
    address : str

    Returns
    -------
    str
        One sentence with its address; empty if nothing is wrong.

    Raises
    ------
    OSError
        If the worker has left or the connection is lost.
    """
    answer = client.run(look, check, workers=[address], on_error="return")[address]
    if isinstance(answer, OSError):
        raise answer
    trouble = _cannot_look(answer) if isinstance(answer, BaseException) else answer.trouble
    if not trouble:
        trouble = _trouble_with_proof(check, answer.proof)
    return f"The cluster's worker {address} {trouble}." if trouble else ""


def _trouble_with_setup(check: WorkerCheck) -> str:
    model = check.request.model
    try:
        difference = check.setup.difference(setup_here(model))
    except RuntimeMissingError as error:
        return (
            f"cannot import onnxruntime ({error.__cause__ or 'incomplete'}): install it in that "
            f"worker's Python (python3 -m pip install onnxruntime=={check.setup.onnxruntime}) and "
            "start the worker again"
        )
    except OSError as error:
        return f"cannot read the model {model} ({error.strerror or error}): {_SAME_PATHS}"
    if difference:
        return f"has {difference}: install the same there and start the worker again"
    try:
        check.request.own_compression.require()
    except OutputError as error:
        return f"has another GDAL than this computer: {str(error).rstrip('.')}"
    return ""


def _trouble_with_raster(check: WorkerCheck) -> str:
    raster = check.request.raster
    try:
        with RasterSource(raster) as source:
            if _shape(source) != check.shape:
                return (
                    f"finds another raster under {raster.path} (bands, rows, columns: "
                    f"{_shape(source)} there, {check.shape} here): {_SAME_PATHS}"
                )
            for place in check.places:
                window = Window(place.column, place.row, place.width, place.height)
                source.read(check.mapping, window)
    except LunarOxideError as error:
        return f"cannot read the raster {raster.path}: {_SAME_PATHS}. What it says: {error}"
    except OSError as error:
        return f"cannot read the raster {raster.path}: {system_error(error, raster.name)}"
    return ""


def _write_proof(check: WorkerCheck) -> Answer:
    """Write a file into the folder of shards, after its token was seen there."""
    token = check.token_path
    try:
        is_same = token.read_text(encoding="utf-8") == check.token
    except (OSError, ValueError):
        is_same = False
    if not is_same:
        return Answer(
            f"does not see the output folder {check.folder} as this computer does: put the output "
            "on a file system that all workers share, under the same path"
        )
    proof = token.with_name(f"{check.token}-{uuid.uuid4().hex[:12]}")
    try:
        with open(proof, "x", encoding="utf-8") as file:
            file.write(proof.name)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        with contextlib.suppress(OSError):
            proof.unlink()
        return Answer(
            f"cannot write into the output folder {check.folder} ({error.strerror or error}): let "
            "the user of the worker write there, and make room if its disk is full"
        )
    return Answer(proof=proof.name)


def _trouble_with_proof(check: WorkerCheck, name: str) -> str:
    """Whether this computer sees what the worker wrote."""
    proof = check.token_path.with_name(name)
    try:
        is_seen = proof.read_text(encoding="utf-8") == name
        unlink_if_there(proof)
    except (OSError, ValueError):
        is_seen = proof.exists()
    if is_seen:
        return ""
    return (
        f"writes into a folder {check.folder} that this computer does not see: put the output on a "
        "file system that all workers share, under the same path"
    )


def _cannot_look(error: BaseException) -> str:
    """Why a worker cannot even be asked."""
    # Dask gives some errors of a worker as text in another error.
    text = f"{type(error).__name__}: {error}"
    missing = re.search(r"No module named \\?'([\w.]+)", text)
    name = missing[1] if missing else ""
    again = f"install {SOFTWARE} there, as on this computer, and start the worker again"
    if name == _PACKAGE:
        return f"has no Lunar Oxide in its Python: {again}"
    if name.startswith(f"{_PACKAGE}.") or "AttributeError" in text:
        return f"has another version of Lunar Oxide, which cannot be asked ({error}): {again}"
    if name or "ImportError" in text:
        return (
            f"cannot import {name or 'what Lunar Oxide needs'} ({error}): install it in that "
            "worker's Python and start the worker again"
        )
    return f"cannot be checked ({text}): look at the worker's log"


def _shape(source: RasterSource) -> Tuple[int, int, int]:
    return len(source.info.bands), source.info.height, source.info.width
