"""A run of a thousand shards on this machine, whose workers are killed while it goes on.

A Dask cluster of processes predicts a simulated mosaic in shards of 64 pixels a side, which is far
less than in use, so that the cost of a shard is seen. Workers are killed after given numbers of
shards, and the cluster starts others. The result is compared with a run without a cluster.
"""

from __future__ import annotations

import argparse
import os
import signal
import threading
import time
from pathlib import Path
from typing import Any, Dict, List

import numpy as np
import rasterio

from benchmarks.simulate import working_folder, write_mosaic_of
from lunar_oxide_plugin.core.geotiff.encoding import Encoding
from lunar_oxide_plugin.core.models.bundled_models import BUNDLED_MODELS, bundled_model_path
from lunar_oxide_plugin.core.prediction.cluster import predict_on_cluster
from lunar_oxide_plugin.core.prediction.plan import PredictionRequest, predict_raster
from lunar_oxide_plugin.core.progress import SilentProgress
from lunar_oxide_plugin.core.rasters.raster_input import RasterInput


class Killer(SilentProgress):
    """Kills a worker each time that a number of shards is there, and prints the log.

    Parameters
    ----------
    local : distributed.LocalCluster
    folder : Path
        Of the output.
    every : int
        Shards between two deaths.
    """

    def __init__(self, local: Any, folder: Path, every: int) -> None:
        self._local, self._folder, self._every = local, folder, every
        self.killed: List[int] = []
        self.most_tasks = 0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def info(self, message: str) -> None:
        """Print a line."""
        print(f"  {message}", flush=True)

    def warn(self, message: str) -> None:
        """Print a warning."""
        print(f"  ! {message}", flush=True)

    def end(self) -> None:
        """Kill no more."""
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._stop.wait(0.2):
            self.most_tasks = max(self.most_tasks, len(self._local.scheduler.tasks))
            done = sum(1 for _ in self._folder.glob("*_shards/*/r*.json"))
            processes: Dict[Any, Any] = self._local.workers
            if done >= self._every * (len(self.killed) + 1) and processes:
                pid = next(iter(processes.values())).pid
                if pid:
                    os.kill(pid, signal.SIGKILL)
                    self.killed.append(done)


def main() -> None:
    """Run the two predictions and print the figures."""
    from distributed import LocalCluster

    parser = argparse.ArgumentParser(prog="python -m benchmarks.cluster", description=__doc__)
    parser.add_argument("--megapixels", type=int, default=4)
    parser.add_argument("--shard", type=int, default=64, help="pixels along its side")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--deaths", type=int, default=5, help="workers killed during the run")
    parser.add_argument("--folder", type=Path, help="where rasters are written")
    options = parser.parse_args()
    with working_folder(options.folder) as folder:
        mosaic = write_mosaic_of(folder, options.megapixels)
        model = str(bundled_model_path(BUNDLED_MODELS[0]))
        how: Dict[str, Any] = {"encoding": Encoding.COMPACT}

        def request(output: str) -> PredictionRequest:
            return PredictionRequest(RasterInput(str(mosaic)), str(folder / output), model, **how)

        with rasterio.open(mosaic) as source:
            pixels, down, across = source.width * source.height, source.height, source.width
        shards = -(-down // options.shard) * -(-across // options.shard)
        print(
            f"{shards} shards of {options.shard} pixels a side, {pixels / 1e6:.0f} Mpx, simulated"
        )
        with LocalCluster(
            n_workers=options.workers, threads_per_worker=1, processes=True,
            dashboard_address=":0", local_directory=str(folder / "dask"),
        ) as local:  # fmt: skip
            killer = Killer(local, folder, max(1, shards // (options.deaths + 1)))
            for run in ("first run", "again, all shards there"):
                start = time.perf_counter()
                predict_on_cluster(
                    request("out.vrt"), local.scheduler_address, killer, options.shard
                )
                seconds = time.perf_counter() - start
                print(f"{run}: {seconds:.0f} s, {1000 * seconds / shards:.0f} ms a shard")
                killer.end()
        print(
            f"{len(killer.killed)} workers were killed, after {killer.killed} shards; the "
            f"scheduler knew of at most {killer.most_tasks} tasks at a time."
        )
        start = time.perf_counter()
        predict_raster(request("alone.tif"), SilentProgress())
        print(f"without a cluster: {time.perf_counter() - start:.0f} s")
        with (
            rasterio.open(folder / "out.vrt") as joined,
            rasterio.open(folder / "alone.tif") as one,
        ):
            same = all(np.array_equal(joined.read(b), one.read(b)) for b in joined.indexes)
        print("The pixels are the same." if same else "THE PIXELS DIFFER.")


if __name__ == "__main__":
    main()
