"""Predict on a Dask cluster: workers read and write shards, and a virtual raster joins them.

This is optional. It needs ``dask.distributed`` on this computer, and this package with rasterio and
onnxruntime on the workers. Raster, model and output folder must have the same paths everywhere (a
shared file system); only requests and numbers of pixels are sent. The scheduler needs Dask alone.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import math
import threading
import time
from collections import deque
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any, List, Sequence

import rasterio

from ..errors import (
    Cancelled,
    ClusterError,
    NotWrittenError,
    OutputError,
    RuntimeMissingError,
    SourceChangedError,
    note_kept,
)
from ..file_lock import OutputLock
from ..files import unlink_if_there
from ..progress import Progress
from ..rasters.mosaic import Mosaic, MosaicBand, Tile
from ..rasters.mosaic_vrt import write_mosaic
from ..rasters.source_files import require_unchanged
from ..rate import RateMeter, megapixels
from .plan import PredictionPlan, PredictionSummary, plan_prediction
from .request import PixelWindow, PredictionRequest
from .shard import Order, Shard, ShardCounts, setup_here
from .shard_desk import Desk
from .worker_check import ask_worker, end_check, make_check
from .workers import Workers

#: Rows and columns of a shard: a few seconds of work, so that a lost shard is quickly repeated.
SHARD_SIDE = 4096

#: Threads of a worker from which the log advises more workers instead: Python lets only one of them
#: work outside numpy and ONNX Runtime. On 16 cores 16 workers were 2.3 times as fast as one with 16
#: threads, and 4 with 4 threads lost a sixth (`benchmarks.scaling`).
MOST_THREADS_A_WORKER = 4

#: Seconds between two messages that the cluster has no workers.
REMIND_SECONDS = 15.0

#: Seconds after which a run begins without workers that have not answered.
ANSWER_SECONDS = 60.0

#: Seconds between two checks of the cluster, if nothing happens.
_WATCH_SECONDS = 0.2


def predict_on_cluster(
    request: PredictionRequest, scheduler: str, progress: Progress, shard_side: int = SHARD_SIDE
) -> PredictionSummary:
    """Predict a raster on a cluster.

    Every worker is checked before it gets shards. One that cannot make them ends the run as long
    as nothing is computed; later it is left out with a warning. Shards that an earlier run of the
    same request finished are not computed again.

    Parameters
    ----------
    request : PredictionRequest
        Its output is a ``.vrt``; shards go into ``NAME_shards`` beside it.
    scheduler : str
        Address of a running Dask scheduler, e.g. ``tcp://10.0.0.5:8786``.
    progress : Progress
    shard_side : int
        Rows and columns of a shard.

    Returns
    -------
    PredictionSummary

    Raises
    ------
    LunarOxideError
        Also `Cancelled`; finished shards are kept for the next run.
    """
    output = Path(request.output).resolve()
    if output.suffix.lower() != ".vrt":
        raise OutputError(
            f"On a cluster the output is a virtual raster over shards: call it {output.stem}.vrt "
            f"instead of {output.name}."
        )
    distributed = _distributed()
    request = replace(
        request,
        raster=replace(request.raster, path=_absolute(request.raster.path)),
        model=str(Path(request.model).resolve()),
        threads=request.threads or 1,
        # Chosen here, so that all shards are alike.
        compression=request.own_compression,
        resume=False,
    )
    plan = plan_prediction(request, progress)
    folder = _shard_folder(output, request, plan)
    shards = _shards(plan, shard_side)
    with OutputLock(folder / "run"):
        try:
            counts = _on_workers(distributed, scheduler, request, plan, folder, shards, progress)
            require_unchanged(request.raster, plan.identity["source"])
            _require_all(folder, shards)
            _join(plan, folder, shards, output)
        except SourceChangedError:
            raise
        except Exception as error:
            if any((folder / shard.name).is_file() for shard in shards):
                note_kept(error, str(folder))
            raise
    unlink_if_there(output.with_name(output.name + ".aux.xml"))
    progress.report(1.0)
    return plan.summary(str(output), counts.valid, counts.outside, progress)


def _absolute(name: str) -> str:
    path = Path(name)
    return str(path.resolve()) if path.exists() else name


def _distributed() -> ModuleType:
    try:
        return importlib.import_module("distributed")
    except ImportError as error:
        raise RuntimeMissingError(
            f"A run on a cluster needs the Python package dask.distributed, which cannot be "
            f"imported ({error}): install it with 'python3 -m pip install distributed'."
        ) from error


def _connect(distributed: ModuleType, scheduler: str) -> Any:
    try:
        return distributed.Client(scheduler, timeout=10, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ClusterError(
            f"The Dask scheduler {scheduler} cannot be reached ({error}): check the address and "
            "that it runs."
        ) from error


def _shard_folder(output: Path, request: PredictionRequest, plan: PredictionPlan) -> Path:
    """The folder of the shards of one request, separate from those of other requests."""
    identity = {**plan.identity, "compression": request.own_compression.value}
    if request.cloud_optimised:
        identity["layout"] = "cloud-optimised"
    text = json.dumps(identity, sort_keys=True)
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()[:12]
    folder = output.with_name(f"{output.stem}_shards") / digest
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NotWrittenError(f"The folder {folder} cannot be made: {error.strerror}.") from error
    return folder


def _shards(plan: PredictionPlan, side: int) -> List[Shard]:
    area = plan.area
    return [
        Shard(
            f"r{row:07d}_c{column:07d}.tif",
            PixelWindow(
                area.column + column,
                area.row + row,
                min(side, area.width - column),
                min(side, area.height - row),
            ),
        )
        for row in range(0, area.height, side)
        for column in range(0, area.width, side)
    ]


def _on_workers(
    distributed: ModuleType,
    scheduler: str,
    request: PredictionRequest,
    plan: PredictionPlan,
    folder: Path,
    shards: Sequence[Shard],
    progress: Progress,
) -> ShardCounts:
    """Connect, have the workers checked, and have them compute all shards."""
    setup = setup_here(request.model)
    # Files of a global mosaic take minutes to look at: this process does, not every shard.
    order = Order(replace(request, source_state=plan.identity["source"]), str(folder), setup)
    client = _connect(distributed, scheduler)
    try:
        check = make_check(request, plan, folder, setup)
        try:
            wake = threading.Event()
            desk = Desk(client, order, wake)
            with Workers(client, lambda a: ask_worker(client, check, a), wake.set) as workers:
                return _compute(desk, workers, wake, shards, progress)
        finally:
            end_check(check)
    finally:
        client.close()


def _compute(
    desk: Desk, workers: Workers, wake: threading.Event, shards: Sequence[Shard], progress: Progress
) -> ShardCounts:
    """Have all shards computed, a few at a time, and add up their counts."""
    total = sum(shard.pixels for shard in shards)
    meter = RateMeter(total)
    progress.info(f"{len(shards)} shard(s) of {megapixels(total)} Mpx on {desk.where}.")
    attendance = _Attendance(desk.where, workers, progress)
    waiting = deque(shards)
    valid = outside = 0
    try:
        while waiting or desk.sent:
            if progress.is_cancelled():
                raise Cancelled("The prediction was cancelled; finished shards are kept.")
            wake.clear()
            for shard, counts in desk.take():
                valid, outside = valid + counts[0], outside + counts[1]
                meter.add(shard.pixels)
            if desk.is_connected and attendance.may_compute():
                desk.send(waiting, workers.usable)
            progress.report(meter.fraction)
            line = meter.due_line()
            if line:
                progress.info(line)
            if waiting or desk.sent:
                wake.wait(_WATCH_SECONDS)
    except BaseException:
        desk.withdraw()
        raise
    progress.info(f"{meter.final_line()}.")
    return ShardCounts(valid, outside)


class _Attendance:
    """Says who is there and who is missing, and when a run may begin."""

    def __init__(self, where: str, workers: Workers, progress: Progress) -> None:
        self._where = where
        self._workers = workers
        self._progress = progress
        self._begun = False
        self._start = time.monotonic()
        self._told = -math.inf

    def may_compute(self) -> bool:
        """Report news of the workers; whether shards may be sent.

        Raises
        ------
        LunarOxideError
            If a worker is refused before anything is computed.
        """
        workers, usable = self._workers, self._workers.usable
        news = workers.news()
        if news and not self._begun:
            for sentence in news[1:]:
                self._progress.warn(sentence)
            raise ClusterError(news[0])
        for sentence in news:
            self._progress.warn(f"{sentence} This worker is not used; the run goes on.")
        if not workers.seen:
            return False
        if not self._begun and usable:
            silent = workers.silent
            late = time.monotonic() - self._start > ANSWER_SECONDS
            if silent and not late:
                return False
            if silent:
                self._progress.warn(
                    f"{len(silent)} worker(s) of the cluster have not answered, {silent[0]} "
                    "among them: the run begins without them; look at their logs."
                )
            self._begun = True
            self._progress.info(
                f"{len(usable)} worker(s) with {sum(usable.values())} thread(s) are ready."
            )
            most = max(usable.values())
            if most > MOST_THREADS_A_WORKER:
                self._progress.info(
                    f"A worker has {most} threads, which wait for each other: {most} workers with "
                    f"one thread each (dask worker --nworkers {most} --nthreads 1) are up to twice "
                    "as fast."
                )
        if not usable:
            self._remind()
        return self._begun

    def _remind(self) -> None:
        now = time.monotonic()
        silent, refused = self._workers.silent, self._workers.refused
        # An answer usually takes a second or two.
        since = max(self._told, self._start) if silent else self._told
        if now - since < REMIND_SECONDS:
            return
        self._told = now
        if silent:
            why = f"waits for the answer of its worker(s) ({', '.join(silent[:3])})"
        elif refused:
            why = f"has no workers that can be used ({refused} are not): waiting for one"
        else:
            why = "has no workers: waiting for one"
        self._progress.warn(
            f"The cluster {self._where} {why}; start 'dask worker' with that address, or cancel."
        )


def _require_all(folder: Path, shards: Sequence[Shard]) -> None:
    """Refuse to join shards that this computer does not find: the folders differ."""
    for shard in shards:
        if not (folder / shard.name).is_file():
            raise ClusterError(
                f"The shard {folder / shard.name} was made, but is not seen from here: raster, "
                "model and output must have the same paths on this computer and on the workers."
            )


def _join(plan: PredictionPlan, folder: Path, shards: Sequence[Shard], output: Path) -> None:
    """Write the virtual raster over the shards."""
    with rasterio.open(folder / shards[0].name) as first:
        bands = tuple(
            MosaicBand(description or "", None, scale, offset, nodata, dtype, unit or "")
            for description, unit, scale, offset, nodata, dtype in zip(
                first.descriptions,
                first.units,
                first.scales,
                first.offsets,
                first.nodatavals,
                first.dtypes,
            )
        )
        tags = {key: value for key, value in first.tags().items() if key.startswith("LUNAR_OXIDE")}
        wkt = first.crs.to_wkt() if first.crs else ""
        transform = tuple(first.transform)[:6]
    tiles = tuple(
        Tile(
            folder / shard.name,
            shard.window.column - plan.area.column,
            shard.window.row - plan.area.row,
            shard.window.width,
            shard.window.height,
        )
        for shard in shards
    )
    write_mosaic(
        Mosaic(plan.area.width, plan.area.height, transform, wkt, bands, tiles, False, tags),
        output,
    )
