"""Time until a live map's first picture and its last, for screens of mosaics of any size.

Each view is timed several times with nothing in the cache of tiles; the table gives medians. The
mosaics are simulated (`benchmarks.simulate`) and come from the system's cache of files: a slow disk
adds the time to read what the column "reads" says. On a busy machine the processor time ("cpu")
tells more than the clock: on idle cores a view takes about this time, divided by their number.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import List, Optional, Tuple

import rasterio
from rasterio.enums import Resampling
from rasterio.transform import Affine

from benchmarks.simulate import TILE_SIDE, simulated_dn, write_mosaic_of
from lunar_oxide_plugin.core.live.levels import view_bytes
from lunar_oxide_plugin.core.live.live_source import LiveSource, LiveSources
from lunar_oxide_plugin.core.live.shown import find_shown
from lunar_oxide_plugin.core.live.tile_cache import TileCache
from lunar_oxide_plugin.core.live.view import MapView
from lunar_oxide_plugin.core.live.view_reading import read_view
from lunar_oxide_plugin.core.live.workers import Workers
from lunar_oxide_plugin.core.models.bundled_models import BUNDLED_MODELS, bundled_model_path
from lunar_oxide_plugin.core.prediction.threads_and_memory import available_threads
from lunar_oxide_plugin.core.rasters.raster_input import RasterInput

#: A screen of 1.5 million pixels.
SCREEN = (1500, 1000)

MODEL = str(bundled_model_path(BUNDLED_MODELS[0]))


@dataclass(frozen=True)
class Timing:
    """Seconds to the first patch and the last, of processor time; factor of the last level."""

    first: float
    last: float
    cpu: float
    factor: int


class Bench:
    """Views of one mosaic.

    Parameters
    ----------
    mosaic : Path
    """

    def __init__(self, mosaic: Path) -> None:
        self.sources = LiveSources(TileCache())
        self.workers = Workers()
        self.source: LiveSource = self.sources.get(RasterInput(str(mosaic)), MODEL)

    def view(self, scale: float, moved: float = 0.0) -> MapView:
        """A screen in the middle, `scale` raster pixels to a pixel, moved by some to the east."""
        info = self.source.info
        width, height = SCREEN
        left = info.width / 2 + moved - scale * width / 2
        top = info.height / 2 - scale * height / 2
        a, b, c, d, e, f = tuple(
            Affine(*info.transform) * Affine.translation(left, top) * Affine.scale(scale)
        )[:6]
        return MapView(width, height, (a, b, c, d, e, f))

    def time(self, view: MapView, keep: bool = False) -> Timing:
        """Draw a view."""
        if not keep:
            self.sources.cache.clear()
        shown = find_shown(self.source.layout, "feo")
        start, cpu = time.perf_counter(), time.process_time()
        first: Optional[float] = None
        factor = 0
        for patch in read_view(self.source, view, shown, self.workers, lambda: False, partial=True):
            first = first or time.perf_counter() - start
            factor = patch.level.factor
        last, cpu = time.perf_counter() - start, time.process_time() - cpu
        return Timing(first or 0.0, last, cpu, factor)

    def cancel_seconds(self, view: MapView) -> float:
        """Time from Cancel, in the middle of a drawing, to its end."""
        self.sources.cache.clear()
        stop = threading.Event()
        moment: List[float] = []

        def cancel() -> None:
            moment.append(time.perf_counter())
            stop.set()

        timer = threading.Timer(0.15, cancel)
        timer.start()
        shown = find_shown(self.source.layout, "feo")
        for _ in read_view(self.source, view, shown, self.workers, stop.is_set, partial=True):
            continue
        end = time.perf_counter()
        timer.join()
        return max(0.0, end - moment[0])

    def close(self) -> None:
        """Close the mosaic."""
        self.workers.stop()
        self.sources.close()


def mosaics(folder: Path, megapixels: int) -> List[Tuple[str, Path]]:
    """A mosaic without overviews, and the same with them."""
    dn = simulated_dn(TILE_SIDE, TILE_SIDE)
    plain = write_mosaic_of(folder / "plain", megapixels, dn=dn)
    with_overviews = write_mosaic_of(folder / "overviews", megapixels, dn=dn)
    for tile in with_overviews.parent.glob("*.tif"):
        with rasterio.open(tile, "r+") as dataset:
            dataset.build_overviews([4, 8, 16, 32, 64], Resampling.average)
    return [("without overviews", plain), ("with overviews", with_overviews)]


def table(folder: Path, megapixels: int, rounds: int) -> None:
    """Print the figures."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    print(
        f"Screen of {SCREEN[0]} x {SCREEN[1]} pixels, {available_threads()} cores, load before "
        f"{load:.1f}, {rounds} rounds"
    )
    print(
        f"{'mosaic':34} {'view':26} {'reads MB':>9} {'first ms':>9} {'all ms':>8} "
        f"{'cpu ms':>8} {'1 in':>6}"
    )
    for name, mosaic in mosaics(folder, megapixels):
        bench = Bench(mosaic)
        info = bench.source.info
        what = f"{info.width * info.height / 1e6:.0f} Mpx {name}"
        whole = info.width / SCREEN[1]
        for view_name, scale in (
            ("full resolution", 1.0),
            ("1 pixel of 2 x 2", 2.0),
            ("1 pixel of 8 x 8", 8.0),
            ("the whole mosaic", whole),
        ):
            view = bench.view(scale)
            timings = [bench.time(view) for _ in range(rounds)]
            pixels = min(SCREEN[0] * SCREEN[1] * scale**2, float(info.width * info.height))
            reads = view_bytes(bench.source.storage, timings[0].factor, pixels) / 1e6
            first = statistics.median(timing.first for timing in timings)
            last = statistics.median(timing.last for timing in timings)
            cpu = statistics.median(timing.cpu for timing in timings)
            print(
                f"{what:34} {view_name:26} {reads:9.0f} {first * 1000:9.0f} {last * 1000:8.0f} "
                f"{cpu * 1000:8.0f} {timings[0].factor:6d}",
                flush=True,
            )
        view = bench.view(1.0)
        bench.time(view)
        back = statistics.median(bench.time(view, keep=True).last for _ in range(rounds))
        cancel = statistics.median(
            bench.cancel_seconds(bench.view(1.0, 3000.0 * n)) for n in range(rounds)
        )
        print(f"{what:34} {'panned back (from cache)':26} {'':9} {'':9} {back * 1000:8.0f}")
        print(f"{what:34} {'cancelled':26} {'':9} {'':9} {cancel * 1000:8.0f}", flush=True)
        bench.close()


def main() -> None:
    """Read the command line and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megapixels", type=int, default=1000, help="of the mosaic")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--folder", type=Path, help="for the mosaics; temporary by default")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        table(options.folder or Path(temporary), options.megapixels, options.rounds)


if __name__ == "__main__":
    main()
