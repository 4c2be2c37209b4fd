"""Rates by the number of threads and processes, and on a GPU, for plans of large maps.

Every figure is the rate of a whole prediction, from opening the mosaic to the finished file with
its overviews; the mosaics are simulated (`benchmarks.simulate`), and every pixel is valid.
Processes are the workers of a Dask cluster on this machine. A GPU's map is compared with the CPU's.
"""

from __future__ import annotations

import argparse
import datetime
import json
import platform
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from typing import Any, Callable, Dict, List, Sequence, Tuple

import numpy as np
import onnxruntime
import rasterio

from benchmarks.simulate import working_folder, write_mosaic_of
from benchmarks.speed import MODEL, ROOT, Bench, timed
from lunar_oxide_plugin.core.chemistry.layout import FULL
from lunar_oxide_plugin.core.errors import LunarOxideError
from lunar_oxide_plugin.core.geotiff.encoding import Encoding
from lunar_oxide_plugin.core.models.devices import CPU
from lunar_oxide_plugin.core.models.oxide_model import CHUNK_PIXELS, OxideModel
from lunar_oxide_plugin.core.prediction.cluster import predict_on_cluster
from lunar_oxide_plugin.core.prediction.plan import PredictionRequest, predict_raster
from lunar_oxide_plugin.core.prediction.threads_and_memory import available_threads
from lunar_oxide_plugin.core.progress import SilentProgress
from lunar_oxide_plugin.core.rasters.raster_input import RasterInput

#: Real spectra, interpolated between stations.
DEMO = ROOT / "resources" / "demo" / "taurus_littrow_interpolated_between_stations.tif"

#: Threads for which a smaller mosaic is large enough.
FEW_THREADS = 2

Rates = Dict[str, Dict[str, float]]


def machine() -> str:
    """Processor, cores, GPUs and versions, in one line."""
    processor = platform.processor() or platform.machine()
    cpus = Path("/proc/cpuinfo")
    if cpus.is_file():
        named = re.search(r"model name\s*:\s*(.+)", cpus.read_text())
        processor = named[1] if named else processor
    command = shutil.which("nvidia-smi")
    query = [command or "", "--query-gpu=name", "--format=csv,noheader"]
    gpus = subprocess.run(query, capture_output=True, text=True).stdout if command else ""
    parts = [processor, f"{available_threads()} cores", *gpus.split("\n")]
    versions = f"ONNX Runtime {onnxruntime.__version__}, GDAL {rasterio.__gdal_version__}"
    return ", ".join(part for part in (*parts, versions, f"model {MODEL.name}") if part)


def by_threads(bench: Bench, threads: Sequence[int], megapixels: int, rounds: int) -> Rates:
    """Rates of the CPU with each number of threads in one process."""
    print("\nThreads of one process: ONNX Runtime alone, float32, compact (Mpx/s)")
    result: Rates = {}
    for count in threads:
        size = megapixels if count > FEW_THREADS else max(1, megapixels // 4)
        mosaic = write_mosaic_of(bench.folder, size, dn=bench.dn)
        works: Dict[str, Callable[[], int]] = {
            "alone": lambda n=count: bench.bare(CHUNK_PIXELS, 1, n),  # type: ignore[misc]
            **_predictions(bench, mosaic, threads=count),
        }
        result[str(count)] = _in_turns(bench, works, rounds)
        print(f"  {count:3d}  {_line(result[str(count)])}")
    return result


def on_device(
    bench: Bench, device: str, threads: Sequence[int], megapixels: int, rounds: int
) -> Rates:
    """Rates of a GPU with each number of threads beside it."""
    print(f"\n{device} and threads of one process: float32, compact (Mpx/s)")
    mosaic = write_mosaic_of(bench.folder, megapixels, dn=bench.dn)
    result: Rates = {}
    for count in threads:
        works = _predictions(bench, mosaic, threads=count, device=device)
        result[str(count)] = _in_turns(bench, works, rounds)
        print(f"  {count:3d}  {_line(result[str(count)])}")
    return result


def graph_on_device(bench: Bench, device: str, seconds: float = 1.0) -> Dict[str, float]:
    """Rates of the model alone on a GPU, one thread, by pixels a call, copies included."""
    print(f"\nThe model alone on {device}, by pixels a call (Mpx/s)")
    model = OxideModel(MODEL, device=device)
    result = {}
    for chunk in (4096, 16384, 65536, 262144, 1048576):
        spectra = np.ascontiguousarray(bench.spectra[:, :chunk])
        answer = model.predict(spectra)
        done, start = 0, time.perf_counter()
        while time.perf_counter() - start < seconds:
            for _ in model.predict_into(spectra, answer, chunk):
                done += chunk
        result[str(chunk)] = done / (time.perf_counter() - start) / 1e6
        print(f"  {chunk:8d}  {result[str(chunk)]:7.2f}")
    return result


def by_processes(
    bench: Bench, processes: Sequence[Tuple[int, int]], device: str, megapixels: int
) -> Rates:
    """Rates of workers of a Dask cluster on this machine, asked for as (processes, threads)."""
    from distributed import LocalCluster

    print(f"\n{device}, processes x threads of a Dask cluster: float32, compact (Mpx/s)")
    mosaic = write_mosaic_of(bench.folder, megapixels, dn=bench.dn)
    result: Rates = {}
    for count, threads in processes:
        own: Dict[str, float] = {}
        with LocalCluster(
            n_workers=count, threads_per_worker=threads, processes=True, memory_limit=0,
            dashboard_address=":0", local_directory=str(bench.folder / "dask"),
        ) as local:  # fmt: skip
            for encoding in (Encoding.FLOAT32, Encoding.COMPACT):
                folder = bench.folder / "cluster"
                request = PredictionRequest(
                    RasterInput(str(mosaic)), str(folder / "out.vrt"), str(MODEL),
                    encoding=encoding, device=device,
                )  # fmt: skip
                start = time.perf_counter()
                done = predict_on_cluster(request, local.scheduler_address, SilentProgress())
                own[encoding.value] = done.total_pixels / (time.perf_counter() - start) / 1e6
                shutil.rmtree(folder)
        result[f"{count} x {threads}"] = own
        print(f"  {count:3d} x {threads:<3d}  {_line(own)}")
    return result


def agreement(bench: Bench, device: str, megapixels: int = 4) -> Dict[str, Dict[str, float]]:
    """How far a GPU's maps are from the CPU's: wt%, distance, and pixels with other flags."""
    print(
        f"\nLargest differences of {device} from the CPU (wt%, distance, pixels with other flags)"
    )
    rasters = {"simulated": write_mosaic_of(bench.folder, megapixels, 0.8, bench.dn)}
    if DEMO.is_file():
        rasters["demo"] = DEMO
    result = {}
    for name, raster in rasters.items():
        here = _values(bench, raster)
        for chunk in (4096, 65536, 262144):
            there = _values(bench, raster, device=device, chunk_pixels=chunk)
            off = [
                float(np.nanmax(np.abs(there[rows] - here[rows])))
                for rows in (slice(0, FULL.count - 2), FULL.domain_row)
            ]
            flags = [np.nan_to_num(values[-1], nan=-1.0) for values in (here, there)]
            other = int(np.count_nonzero(flags[0] != flags[1]))
            result[f"{name}, {chunk}"] = {"wt": off[0], "distance": off[1], "flags": float(other)}
            print(f"  {name:10s} chunk {chunk:7d}  {off[0]:.2g}  {off[1]:.2g}  {other}")
    return result


def _values(bench: Bench, raster: Path, **options: Any) -> Any:
    output = bench.folder / "out.tif"
    request = PredictionRequest(
        RasterInput(str(raster)), str(output), str(MODEL), resume=False, **options
    )
    predict_raster(request, SilentProgress())
    with rasterio.open(output) as dataset:
        return dataset.read()


def _predictions(bench: Bench, mosaic: Path, **options: Any) -> Dict[str, Callable[[], int]]:
    return {
        encoding.value: lambda e=encoding: bench.predict(mosaic, encoding=e, **options)  # type: ignore[misc]
        for encoding in (Encoding.FLOAT32, Encoding.COMPACT)
    }


def _in_turns(bench: Bench, works: Dict[str, Callable[[], int]], rounds: int) -> Dict[str, float]:
    rates: Dict[str, List[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            rates[name].append(timed(bench, work).rate)
    return {name: median(own) for name, own in rates.items()}


def _line(rates: Dict[str, float]) -> str:
    return "  ".join(f"{rate:7.2f}" for rate in rates.values())


def _pair(text: str) -> Tuple[int, int]:
    processes, _, threads = text.partition("x")
    return int(processes), int(threads or 1)


def main() -> None:
    """Measure, and print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scaling", description=__doc__)
    cores = available_threads()
    usual = sorted({n for n in (1, 2, 4, 8, 16, 32, 64) if n < cores} | {cores})
    parser.add_argument("--threads", type=int, nargs="*", default=usual)
    parser.add_argument(
        "--processes", type=_pair, nargs="*", default=[(cores, 1)], metavar="PxT",
        help="processes and threads of each, such as 8x2; needs dask.distributed",
    )  # fmt: skip
    parser.add_argument("--device", help="a GPU to measure too, such as cuda")
    parser.add_argument("--megapixels", type=int, default=64)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=Path, help="where rasters are written")
    parser.add_argument("--json", type=Path, help="write the figures here too")
    options = parser.parse_args()
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    figures: Dict[str, Any] = {"machine": machine(), "date": f"{datetime.date.today()}"}
    print(f"{figures['machine']}, {figures['date']}; mosaics are simulated.")
    with working_folder(options.folder) as folder:
        bench = Bench(folder, 4, cores)
        bench.predict(bench.mosaic)  # loads what is loaded once
        for device in filter(None, (options.device,)):
            try:
                figures["agreement"] = agreement(bench, device)
            except LunarOxideError as error:
                parser.exit(1, f"{error}\n")
            figures["model alone"] = graph_on_device(bench, device)
            figures[device] = on_device(
                bench, device, options.threads, options.megapixels, options.rounds
            )
        figures["threads"] = by_threads(bench, options.threads, options.megapixels, options.rounds)
        for device in filter(None, (CPU, options.device) if options.processes else ()):
            figures[f"processes, {device}"] = by_processes(
                bench, options.processes, device, 4 * options.megapixels
            )
    if options.json:
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
