"""Speed and memory of predictions, compared with limits and with other programs.

All contenders run in turns, round by round, so that a busy machine affects all equally; ratios are
medians over the rounds. Mosaics are simulated (`benchmarks.simulate`).
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable, Dict, List, Sequence, Tuple

import numpy as np
import numpy.typing as npt
import onnxruntime
import rasterio

from benchmarks import simulate
from benchmarks.published_networks import PublishedPipeline
from benchmarks.simulate import simulated_dn, working_folder, write_mosaic_of
from lunar_oxide_plugin.core.chemistry.layout import FULL
from lunar_oxide_plugin.core.geotiff.encoding import Encoding
from lunar_oxide_plugin.core.geotiff.tile_codec import Compression
from lunar_oxide_plugin.core.models.bundled_models import BUNDLED_MODELS, bundled_model_path
from lunar_oxide_plugin.core.models.oxide_model import CHUNK_PIXELS
from lunar_oxide_plugin.core.prediction import raster_run
from lunar_oxide_plugin.core.prediction.plan import PredictionRequest, predict_raster
from lunar_oxide_plugin.core.prediction.threads_and_memory import available_threads
from lunar_oxide_plugin.core.progress import SilentProgress
from lunar_oxide_plugin.core.rasters.raster_input import RasterInput
from lunar_oxide_plugin.core.rasters.sensors.known import MI_NUMBERS
from lunar_oxide_plugin.core.rasters.spectra import OxideBlock

MODEL = bundled_model_path(BUNDLED_MODELS[0])
MODEL_BANDS = (0, 1, 2, 3, 4, 6, 7, 8)
ROOT = Path(__file__).resolve().parent.parent
Spectra = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Timing:
    """Pixels, and the seconds of wall clock and of processor time."""

    pixels: int
    wall: float
    cpu: float

    @property
    def rate(self) -> float:
        """Million pixels per second."""
        return self.pixels / self.wall / 1e6

    @property
    def cpu_ns(self) -> float:
        """Nanoseconds of processor time per pixel."""
        return self.cpu / self.pixels * 1e9


def timed(bench: Bench, work: Callable[[], int]) -> Timing:
    """Time a run that returns its number of pixels; earlier outputs are removed before."""
    bench.clear()
    wall, cpu = time.perf_counter(), time.process_time()
    pixels = work()
    return Timing(pixels, time.perf_counter() - wall, time.process_time() - cpu)


#: The model's outputs that a prediction raster holds, in the order of its bands.
WRITTEN = ("oxides", "sigma_new_place", "domain_distance")


class Bench:
    """The contenders, on one mosaic.

    Parameters
    ----------
    folder : path for rasters
    megapixels : int
        Of the mosaic.
    threads : int
    """

    def __init__(self, folder: Path, megapixels: int, threads: int) -> None:
        self.folder = folder
        self.threads = threads
        self.dn = simulated_dn(simulate.TILE_SIDE, simulate.TILE_SIDE)
        self.mosaic = write_mosaic_of(folder, megapixels, dn=self.dn)
        reflectance = self.dn[list(MODEL_BANDS)].astype(np.float32) * np.float32(MI_NUMBERS.scale)
        self.spectra: Spectra = np.ascontiguousarray(reflectance.reshape(8, -1))
        self.published = PublishedPipeline(threads)
        self.turned = PublishedPipeline(threads, pixels_along_width=True)

    def clear(self) -> None:
        """Remove outputs: freeing a gigabyte takes the file system a sixth of a second."""
        for name in ("out.tif", "loop.tif"):
            (self.folder / name).unlink(missing_ok=True)

    def predict(self, raster: Path, **options: Any) -> int:
        """End to end."""
        options = {"threads": self.threads, "resume": False, **options}
        output = self.folder / "out.tif"
        summary = predict_raster(
            PredictionRequest(RasterInput(str(raster)), str(output), str(MODEL), **options),
            SilentProgress(),
        )
        return summary.total_pixels

    def bare(self, chunk: int, rounds: int, threads: int) -> int:
        """ONNX Runtime alone, on spectra in the graph's layout."""
        session = _session(1)
        count = self.spectra.shape[1] // chunk
        feeds = [
            np.ascontiguousarray(self.spectra[:, k * chunk : (k + 1) * chunk])[None, None]
            for k in range(count)
        ]

        def work() -> None:
            for _ in range(rounds):
                for feed in feeds:
                    session.run(None, {"reflectance": feed})

        _in_threads(work, threads)
        return threads * rounds * count * chunk

    def copy_through_engine(self) -> int:
        """The engine's reading and writing, with a stored prediction instead of inference."""
        stored: Dict[Tuple[int, ...], OxideBlock] = {}
        predict_block = raster_run.predict_block

        def stand_in(model: Any, block: Any, *options: Any) -> OxideBlock:
            shape = block.valid.shape
            if shape not in stored:
                stored[shape] = predict_block(model, block)
            return stored[shape]

        raster_run.predict_block = stand_in
        try:
            return self.predict(self.mosaic)
        finally:
            raster_run.predict_block = predict_block

    def copy_with_gdal(self) -> int:
        """A raster copy as in GDAL's tools: nine bands in, fourteen float32 bands out."""
        values = self._stored_values()

        def block(raw: npt.NDArray[np.int16]) -> npt.NDArray[np.float32]:
            return values[:, : raw.shape[1], : raw.shape[2]]

        return self._tile_loop(self.mosaic, block)

    def plain_loop(self, raster: Path) -> int:
        """Tile by tile with ONNX Runtime's defaults, including nodata, as in other programs."""
        session = onnxruntime.InferenceSession(
            MODEL.read_bytes(), providers=["CPUExecutionProvider"]
        )

        def block(raw: npt.NDArray[np.int16]) -> npt.NDArray[np.float32]:
            reflectance = raw[list(MODEL_BANDS)].astype(np.float32) * np.float32(MI_NUMBERS.scale)
            feed = reflectance.reshape(1, 1, 8, -1)
            oxides, sigma, distance = session.run(WRITTEN, {"reflectance": feed})
            quality = np.zeros_like(distance)
            rows = np.concatenate([oxides, sigma, distance[None], quality[None]])
            filled: npt.NDArray[np.float32] = rows.reshape(FULL.count, *raw.shape[1:])
            return filled

        return self._tile_loop(raster, block)

    def published_networks(self, pixels: int = 32768, batch: int = 4096) -> int:
        """Six networks on each batch of pixels, without reading or writing anything."""
        self.published.predict(self.spectra[:, :pixels], batch)
        return pixels

    def published_networks_turned(self, pixels: int = 32768, batch: int = 2064) -> int:
        """The same networks in the layout of our models, for comparison."""
        self.turned.predict(self.spectra[:, :pixels], batch)
        return pixels

    def _stored_values(self) -> npt.NDArray[np.float32]:
        feed = {"reflectance": self.spectra[None, None, :, : 512 * 512]}
        answers = _session(1).run(WRITTEN, feed)
        rows = np.concatenate([np.atleast_2d(answer) for answer in answers])
        stored = np.zeros((FULL.count, 512, 512), dtype=np.float32)
        stored[: len(rows)] = rows.reshape(-1, 512, 512)
        return stored

    def _tile_loop(
        self, raster: Path, block: Callable[[npt.NDArray[np.int16]], npt.NDArray[np.float32]]
    ) -> int:
        with rasterio.open(raster) as source:
            profile = {
                "driver": "GTiff", "width": source.width, "height": source.height,
                "count": len(FULL.descriptions), "dtype": "float32", "nodata": float("nan"),
                "crs": source.crs, "transform": source.transform, "tiled": True,
                "blockxsize": 512, "blockysize": 512, "interleave": "band", "bigtiff": "if_safer",
                "compress": "zstd", "zstd_level": 1, "predictor": 3,
            }  # fmt: skip
            with rasterio.open(self.folder / "loop.tif", "w", **profile) as target:
                for _, window in target.block_windows(1):
                    target.write(block(source.read(window=window)), window=window)
            return int(source.width * source.height)


def best_chunk(bench: Bench) -> int:
    """The chunk size with which ONNX Runtime alone is fastest, among several with ours."""
    timings: Dict[int, float] = {}
    for _ in range(2):
        for chunk in (CHUNK_PIXELS, 4112, 8192, 8208):
            timing = timed(bench, lambda chunk=chunk: bench.bare(chunk, 1, 1))  # type: ignore[misc]
            timings[chunk] = min(timings.get(chunk, np.inf), timing.cpu_ns)
    print("ONNX Runtime alone, one thread, by pixels a call (processor time):")
    for chunk, ns in timings.items():
        print(f"  {chunk:6d} pixels  {ns:6.0f} ns/pixel")
    return min(timings, key=lambda chunk: timings[chunk])


def compare(bench: Bench, rounds: int) -> Dict[str, Any]:
    """Run all contenders in turns; print and return rates and ratios."""
    chunk = best_chunk(bench)
    fifth = write_mosaic_of(bench.folder, 16, 0.2, bench.dn)
    tile = write_mosaic_of(bench.folder, 4, dn=bench.dn)
    contenders: Dict[str, Callable[[], int]] = {
        "end to end": lambda: bench.predict(bench.mosaic),
        "ONNX Runtime alone": lambda: bench.bare(chunk, 2, bench.threads),
        "end to end, 20 % valid": lambda: bench.predict(fifth),
        "end to end, compact": lambda: bench.predict(bench.mosaic, encoding=Encoding.COMPACT),
        "engine without inference": bench.copy_through_engine,
        "raster copy with GDAL": bench.copy_with_gdal,
        "plain tile loop": lambda: bench.plain_loop(tile),
        "six published networks": bench.published_networks,
        "the same in our layout": bench.published_networks_turned,
    }
    timings: Dict[str, List[Timing]] = {name: [] for name in contenders}
    for round_number in range(1, rounds + 1):
        for name, work in contenders.items():
            timings[name].append(timed(bench, work))
        print(f"round {round_number} of {rounds} done", file=sys.stderr)
    print(f"\nRates, {bench.threads} thread(s), median of {rounds} round(s):")
    for name, of_name in timings.items():
        rate, ns = _median(t.rate for t in of_name), _median(t.cpu_ns for t in of_name)
        print(f"  {name:26s} {rate:9.3f} Mpx/s  {ns:9.0f} ns processor time a pixel")
    return {"rates": _rates(timings), "ratios": _print_ratios(timings)}


def _print_ratios(timings: Dict[str, List[Timing]]) -> Dict[str, Dict[str, float]]:
    wanted = (
        ("of ONNX Runtime alone", "end to end", "ONNX Runtime alone", ">= 0.9"),
        ("20 % valid against full", "end to end, 20 % valid", "end to end", ">= 4"),
        ("compact against float32", "end to end, compact", "end to end", ">= 1"),
        ("times the published networks", "end to end", "six published networks", ">= 100"),
        ("times the same in our layout", "end to end", "the same in our layout", ""),
        ("slower than the GDAL copy", "raster copy with GDAL", "end to end", "<= 1"),
        ("slower than the engine's own I/O", "engine without inference", "end to end", ""),
        ("times the plain tile loop", "end to end", "plain tile loop", ""),
    )
    print("\nRatios in each round, median (by wall clock; by processor time):")
    ratios: Dict[str, Dict[str, float]] = {}
    for label, over, under, target in wanted:
        pairs = list(zip(timings[over], timings[under]))
        wall = _median(a.rate / b.rate for a, b in pairs)
        cpu = _median(b.cpu_ns / a.cpu_ns for a, b in pairs)
        ratios[label] = {"wall": wall, "cpu": cpu}
        print(f"  {label:34s} {wall:8.2f}   {cpu:8.2f}   {f'target {target}' if target else ''}")
    rate = _median(t.rate for t in timings["end to end"])
    print(f"  {'million pixels a second':34s} {rate:8.2f}              target >= 5")
    return ratios


def scaling(bench: Bench) -> Dict[str, float]:
    """Speed against the number of threads."""
    print("\nThreads:")
    result = {}
    for threads in sorted({1, 2, available_threads(), 2 * available_threads()}):
        timing = timed(bench, lambda n=threads: bench.predict(bench.mosaic, threads=n))  # type: ignore[misc]
        result[str(threads)] = timing.rate
        print(f"  {threads:3d}  {timing.rate:6.2f} Mpx/s  {timing.cpu_ns:6.0f} ns processor time")
    return result


def valid_share(bench: Bench) -> Dict[str, float]:
    """Time against the share of valid pixels."""
    print("\nValid share (16 megapixels):")
    result = {}
    for share in (1.0, 0.5, 0.2, 0.05, 0.0):
        raster = write_mosaic_of(bench.folder, 16, share, bench.dn)
        timing = timed(bench, lambda raster=raster: bench.predict(raster))  # type: ignore[misc]
        size = (bench.folder / "out.tif").stat().st_size / timing.pixels
        result[f"{share:g}"] = timing.rate
        print(
            f"  {share:4.0%}  {timing.rate:7.2f} Mpx/s  {timing.cpu_ns:6.0f} ns processor time  "
            f"{size:5.1f} bytes/pixel written"
        )
    return result


def independence(bench: Bench) -> float:
    """Largest difference between runs with other threads, chunks and blocks, in wt%."""
    raster = write_mosaic_of(bench.folder, 4, 0.8, bench.dn)
    reference = _read(bench, raster)
    worst = 0.0
    for options in (
        {"threads": 1},
        {"threads": 3, "chunk_pixels": 528},
        {"memory_mb": 64},
        {"chunk_pixels": 8208, "compression": Compression.ZSTD},
    ):
        values = _read(bench, raster, **options)
        if not np.array_equal(np.isnan(values), np.isnan(reference)):
            worst = float("inf")
        worst = max(worst, float(np.nanmax(np.abs(values - reference))))
    print(f"\nLargest difference over threads, chunks, blocks: {worst:g} wt%  (target <= 1e-6)")
    return worst


def _read(bench: Bench, raster: Path, **options: Any) -> npt.NDArray[np.float32]:
    bench.predict(raster, **options)
    with rasterio.open(bench.folder / "out.tif") as dataset:
        values: npt.NDArray[np.float32] = dataset.read()
    return values


# Use the kernel's peak value if available: `ru_maxrss` of a child starts at the parent's memory at
# the fork.
_MEMORY_SCRIPT = """
import re, resource, sys
from pathlib import Path
if len(sys.argv) > 1:
    from lunar_oxide_plugin.core.prediction.plan import PredictionRequest, predict_raster
    from lunar_oxide_plugin.core.progress import SilentProgress
    from lunar_oxide_plugin.core.rasters.raster_input import RasterInput
    raster, output, model, threads = sys.argv[1:5]
    predict_raster(
        PredictionRequest(
            RasterInput(raster), output, model, threads=int(threads), resume=False
        ),
        SilentProgress(),
    )
try:
    status = Path("/proc/self/status").read_text()
    print(int(re.search(r"VmHWM:\\s+(\\d+) kB", status).group(1)) * 1024)
except FileNotFoundError:
    unit = 1 if sys.platform == "darwin" else 1024
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit)
"""


def memory(bench: Bench, sizes: Sequence[int]) -> Dict[str, float]:
    """Peak memory of a process that predicts, minus that of an empty interpreter."""
    print("\nPeak memory over the interpreter's own (target < 600 MB, flat):")
    base = _peak_bytes([])
    result = {}
    for size in sizes:
        share = 1.0 if _has_room(bench.folder, size) else 0.2
        raster = write_mosaic_of(bench.folder, size, share, bench.dn)
        output = bench.folder / "out.tif"
        peak = _peak_bytes([str(raster), str(output), str(MODEL), str(bench.threads)])
        output.unlink()
        note = "" if share == 1.0 else f"  ({share:.0%} valid: the disk has no room for more)"
        result[str(size)] = (peak - base) / 1e6
        print(f"  {size:5d} megapixels  {result[str(size)]:6.0f} MB{note}")
    return result


def _peak_bytes(arguments: Sequence[str]) -> int:
    result = subprocess.run(
        [sys.executable, "-c", _MEMORY_SCRIPT, *arguments],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return int(result.stdout)


def _has_room(folder: Path, megapixels: int) -> bool:
    return shutil.disk_usage(folder).free > megapixels * 1e6 * 65


def _session(threads: int) -> Any:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(
        MODEL.read_bytes(), options, providers=["CPUExecutionProvider"]
    )


def _in_threads(work: Callable[[], None], threads: int) -> None:
    running = [threading.Thread(target=work) for _ in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()


def _median(values: Any) -> float:
    return float(statistics.median(values))


def _rates(timings: Dict[str, List[Timing]]) -> Dict[str, Dict[str, float]]:
    return {
        name: {
            "mpx_s": _median(t.rate for t in of_name),
            "cpu_ns": _median(t.cpu_ns for t in of_name),
        }
        for name, of_name in timings.items()
    }


def main() -> None:
    """Run all benchmarks and print their tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--megapixels", type=int, default=16, help="of the compared mosaic")
    parser.add_argument("--threads", type=int, default=available_threads())
    parser.add_argument("--large", action="store_true", help="memory at 1000 megapixels too")
    parser.add_argument("--only", choices=("compare", "memory", "rest"), help="a part of it")
    parser.add_argument("--folder", type=Path, help="where rasters are written")
    parser.add_argument("--json", type=Path, help="write the figures here too")
    options = parser.parse_args()
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"ONNX Runtime {onnxruntime.__version__}, model {MODEL.name}; mosaics are simulated."
    )
    with working_folder(options.folder) as folder:
        bench = Bench(folder, options.megapixels, options.threads)
        figures: Dict[str, Any] = {"cores": options.threads}
        if options.only in (None, "compare"):
            figures["compare"] = compare(bench, options.rounds)
        if options.only in (None, "rest"):
            figures["threads"] = scaling(bench)
            figures["valid_share"] = valid_share(bench)
            figures["largest_difference_wt"] = independence(bench)
        if options.only in (None, "memory"):
            sizes = (4, 16, 64, 1000) if options.large else (4, 16, 64)
            figures["memory_mb"] = memory(bench, sizes)
    if options.json:
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
