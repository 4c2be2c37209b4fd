"""Speed and memory of predictions from sources of different layouts.

Run ``python -m benchmarks.source_layouts [SIDE]``; each layout runs in a separate process. Pixels
are fabricated.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from lunar_oxide_plugin.core.models.bundled_models import RESOURCES
from lunar_oxide_plugin.core.prediction.plan import predict_raster
from lunar_oxide_plugin.core.prediction.request import PredictionRequest
from lunar_oxide_plugin.core.progress import SilentProgress
from lunar_oxide_plugin.core.rasters.raster_input import RasterInput
from tests.rasters import random_dn, write_mi_geotiff

LAYOUTS = {
    "tiles, by band": {"tiled": True, "interleave": "band", "compress": "deflate"},
    "one strip, by pixel": {"blockysize": None, "interleave": "pixel", "compress": "deflate"},
    "one strip, by band": {"blockysize": None, "interleave": "band", "compress": "deflate"},
    "strips of 512 rows, by pixel": {
        "blockysize": 512,
        "interleave": "pixel",
        "compress": "deflate",
    },
}


def main() -> None:
    """Print seconds and peak memory for each layout."""
    if len(sys.argv) == 4:
        _predict(Path(sys.argv[2]), Path(sys.argv[3]))
        return
    side = int(sys.argv[1]) if len(sys.argv) > 1 else 3000
    values = random_dn(side, side)
    with tempfile.TemporaryDirectory() as folder:
        for name, profile in LAYOUTS.items():
            path = Path(folder) / "in.tif"
            options = {key: side if value is None else value for key, value in profile.items()}
            write_mi_geotiff(path, np.asarray(values), zlevel=1, **options)
            command = [sys.executable, "-m", "benchmarks.source_layouts", "run"]
            subprocess.run([*command, str(path), str(Path(folder) / "out.tif")], check=True)
            print(f"  {name}", flush=True)


def _predict(raster: Path, output: Path) -> None:
    model = str(RESOURCES / "models" / "kaguya_mi.onnx")
    begun = time.perf_counter()
    summary = predict_raster(
        PredictionRequest(RasterInput(str(raster)), str(output), model, judge_range=False),
        SilentProgress(),
    )
    seconds = time.perf_counter() - begun
    # getrusage is not used, because it includes the parent's memory at the fork.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    peak = int(status.split("VmHWM:")[1].split()[0]) / 1000
    speed = summary.total_pixels / seconds / 1e6
    print(f"{seconds:6.1f} s {speed:5.2f} Mpx/s {peak:5.0f} MB at most", end="", flush=True)


if __name__ == "__main__":
    main()
