"""Predict on a Dask cluster: workers read and write shards, and a virtual raster joins them.

This is optional. It needs ``dask.distributed`` on this computer, and this package with rasterio and
onnxruntime on the workers. Raster, model and output folder must have the same paths everywhere (a
shared file system); only requests and numbers of pixels are sent.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import math
import time
from dataclasses import asdict, replace
from pathlib import Path
from types import ModuleType
from typing import Any, Dict, List

import rasterio

from ..errors import Cancelled, LunarOxideError, OutputError, RuntimeMissingError
from ..files import unlink_if_there
from ..progress import Progress
from ..rasters.mosaic import Mosaic, MosaicBand, Tile
from ..rasters.mosaic_vrt import write_mosaic
from ..rate import RateMeter, megapixels
from ..version import SOFTWARE
from .plan import PredictionPlan, PredictionSummary, plan_prediction
from .request import PixelWindow, PredictionRequest
from .shard import ShardCounts, predict_shard, setup_here

#: Rows and columns of a shard: a few seconds of work, so that a lost shard is quickly repeated.
SHARD_SIDE = 4096

#: Number of further tries of a shard on other workers, e.g. if a file could not be read.
RETRIES = 2

#: Seconds between two messages that the cluster has no workers.
REMIND_SECONDS = 15.0

#: Seconds between two checks of the cluster.
_WATCH_SECONDS = 0.2


def predict_on_cluster(
    request: PredictionRequest, scheduler: str, progress: Progress, shard_side: int = SHARD_SIDE
) -> PredictionSummary:
    """Predict a raster on a cluster.

    Shards that an earlier run of the same request finished are not computed again.

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
    shards = _shards(request, plan, folder, shard_side)
    client = _connect(distributed, scheduler)
    try:
        counts = _compute(client, shards, asdict(setup_here(request.model)), progress)
    finally:
        client.close()
    _require_all(shards)
    _join(plan, folder, shards, output)
    unlink_if_there(output.with_name(output.name + ".aux.xml"))
    progress.report(1.0)
    valid, outside = sum(c.valid for c in counts), sum(c.outside for c in counts)
    return plan.summary(str(output), valid, outside, progress)


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
        raise LunarOxideError(
            f"The Dask scheduler {scheduler} cannot be reached ({error}): check the address and "
            "that it runs."
        ) from error


def _shard_folder(output: Path, request: PredictionRequest, plan: PredictionPlan) -> Path:
    """The folder of the shards of one request, separate from those of other requests."""
    identity = {**plan.identity, "compression": request.own_compression.value}
    text = json.dumps(identity, sort_keys=True)
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()[:12]
    folder = output.with_name(f"{output.stem}_shards") / digest
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"The folder {folder} cannot be made: {error.strerror}.") from error
    return folder


def _shards(
    request: PredictionRequest, plan: PredictionPlan, folder: Path, side: int
) -> List[PredictionRequest]:
    area = plan.area
    return [
        replace(
            request,
            output=str(folder / f"r{row:07d}_c{column:07d}.tif"),
            extent=None,
            window=PixelWindow(
                area.column + column,
                area.row + row,
                min(side, area.width - column),
                min(side, area.height - row),
            ),
            judge_range=False,  # judged here, on samples of the whole
        )
        for row in range(0, area.height, side)
        for column in range(0, area.width, side)
    ]


def _compute(
    client: Any, shards: List[PredictionRequest], setup: Dict[str, str], progress: Progress
) -> List[ShardCounts]:
    total = sum(_pixels(shard) for shard in shards)
    meter = RateMeter(total)
    progress.info(
        f"{len(shards)} shard(s) of {megapixels(total)} Mpx on {client.scheduler.address}."
    )

    def submit(shard: PredictionRequest) -> Any:
        return client.submit(predict_shard, shard, setup, retries=RETRIES, pure=False)

    futures = {submit(shard): shard for shard in shards}
    again: Dict[str, int] = dict.fromkeys((shard.output for shard in shards), 0)
    results: Dict[str, ShardCounts] = {}
    told = -math.inf
    waiting = set(futures)
    try:
        while waiting:
            if progress.is_cancelled():
                raise Cancelled("The prediction was cancelled; finished shards are kept.")
            for future in [future for future in waiting if _is_settled(client, future)]:
                waiting.remove(future)
                shard = futures[future]
                if future.cancelled() and _is_connected(client) and again[shard.output] < RETRIES:
                    again[shard.output] += 1
                    future = submit(shard)
                    futures[future] = shard
                    waiting.add(future)
                    continue
                results[shard.output] = _result(future)
                meter.add(_pixels(shard))
            progress.report(meter.fraction)
            line = meter.due_line()
            if line:
                progress.info(line)
            if waiting:
                if time.monotonic() - told > REMIND_SECONDS and _lacks_workers(client):
                    told = time.monotonic()
                    progress.warn(
                        f"The cluster {client.scheduler.address} has no workers: waiting for one; "
                        "start 'dask worker' with that address, or cancel."
                    )
                time.sleep(_WATCH_SECONDS)
    except BaseException:
        if _is_connected(client):
            client.cancel(list(waiting))
        raise
    progress.info(f"{meter.final_line()}.")
    return [results[shard.output] for shard in shards]


def _is_settled(client: Any, future: Any) -> bool:
    """Whether the cluster will do no more for a future.

    A future whose worker died with the result is "lost" until another worker has computed it
    again, and while a client looks for its scheduler all its futures count as cancelled.
    """
    if future.cancelled():
        return bool(client.status != "connecting")
    return bool(future.done() and future.status != "lost")


def _is_connected(client: Any) -> bool:
    """Whether the client has a connection to its scheduler."""
    return bool(client.status == "running")


def _lacks_workers(client: Any) -> bool:
    """Whether the cluster answers and has no worker."""
    return _is_connected(client) and not client.scheduler_info()["workers"]


def _result(future: Any) -> ShardCounts:
    """The result of a worker.

    Raises
    ------
    LunarOxideError
        Also for other errors of the worker.
    """
    if future.cancelled():
        raise LunarOxideError(
            "The connection to the cluster's scheduler was lost: start it again and run the same "
            "command; finished shards are kept."
        )
    try:
        counts: ShardCounts = future.result()
    except LunarOxideError:
        raise
    except Exception as error:  # any error on a worker
        kind = type(error).__name__
        raise LunarOxideError(
            f"A worker of the cluster failed ({kind}: {error}): its Python needs {SOFTWARE}, "
            "rasterio and onnxruntime, and the same paths of raster, model and output."
        ) from error
    return counts


def _require_all(shards: List[PredictionRequest]) -> None:
    """Refuse to join shards that this computer does not find: the folders differ."""
    for shard in shards:
        if not Path(shard.output).is_file():
            raise OutputError(
                f"The shard {shard.output} was made, but is not seen from here: raster, model and "
                "output must have the same paths on this computer and on the workers."
            )


def _pixels(shard: PredictionRequest) -> int:
    return 0 if shard.window is None else shard.window.width * shard.window.height


def _join(
    plan: PredictionPlan, folder: Path, shards: List[PredictionRequest], output: Path
) -> None:
    """Write the virtual raster over the shards."""
    with rasterio.open(shards[0].output) as first:
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
    tiles = [
        Tile(
            Path(shard.output),
            shard.window.column - plan.area.column,
            shard.window.row - plan.area.row,
            shard.window.width,
            shard.window.height,
        )
        for shard in shards
        if shard.window is not None
    ]
    write_mosaic(
        Mosaic(plan.area.width, plan.area.height, transform, wkt, bands, tuple(tiles), False, tags),
        output,
    )
