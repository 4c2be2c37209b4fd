"""Kill a large compact prediction, continue it, and compare it with an uninterrupted one.

The mosaic is simulated (`benchmarks.simulate`); its valid pixels lie in strips, so that the
comparison fits on a disk. The runs are those of the command line.
"""

from __future__ import annotations

import argparse
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import List

import numpy as np
import rasterio
from rasterio.windows import Window

from benchmarks.simulate import working_folder, write_mosaic_of
from lunar_oxide_plugin.core.geotiff.unfinished_files import part_paths

ROOT = Path(__file__).resolve().parent.parent

#: Side of the windows that are compared.
WINDOW = 1024


def command(mosaic: Path, output: Path, content: str) -> List[str]:
    """The prediction's command."""
    return [
        sys.executable, "-m", "lunar_oxide_plugin", "predict", str(mosaic), str(output),
        "--content", content, "--encoding", "compact", "--quiet",
    ]  # fmt: skip


def kill_at(words: List[str], part: Path, size: int) -> int:
    """Start a prediction, kill it once its unfinished file is this large; return the bytes left.

    Parameters
    ----------
    words : list of str
    part : Path
    size : int

    Raises
    ------
    RuntimeError
        If the run ended before.
    """
    process = subprocess.Popen(words, cwd=ROOT)
    while not (part.exists() and part.stat().st_size >= size):
        if process.poll() is not None:
            raise RuntimeError("the run ended before it could be killed")
        time.sleep(0.2)
    process.send_signal(signal.SIGKILL)
    process.wait()
    return part.stat().st_size


def differing_windows(one: Path, other: Path, count: int) -> int:
    """Number of sampled windows in which two maps differ, at full resolution and in overviews.

    Parameters
    ----------
    one, other : Path
    count : int
        Windows to sample.

    Returns
    -------
    int
    """
    rng = np.random.default_rng(0)
    differing = 0
    for level in (None, 0, 1):
        options = {} if level is None else {"overview_level": level}
        with rasterio.open(one, **options) as a, rasterio.open(other, **options) as b:
            for _ in range(count):
                row = int(rng.integers(max(1, a.height - WINDOW)))
                column = int(rng.integers(max(1, a.width - WINDOW)))
                window = Window(column, row, WINDOW, WINDOW)
                differing += not np.array_equal(a.read(window=window), b.read(window=window))
    return differing


def main() -> None:
    """Run and compare."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.resumed", description=__doc__)
    parser.add_argument("--megapixels", type=int, default=1000)
    parser.add_argument("--valid", type=float, default=0.1, help="share of valid pixels")
    parser.add_argument("--content", default="oxides", choices=("oxides", "uncertainties", "all"))
    parser.add_argument("--windows", type=int, default=100, help="compared per resolution")
    parser.add_argument("--folder", type=Path, help="where rasters are written")
    options = parser.parse_args()
    with working_folder(options.folder) as folder:
        mosaic = write_mosaic_of(folder, options.megapixels, options.valid)
        killed, whole = folder / "killed.tif", folder / "whole.tif"
        subprocess.run(command(mosaic, whole, options.content), cwd=ROOT, check=True)
        with rasterio.open(whole) as dataset:
            pixels = dataset.width * dataset.height
        size = whole.stat().st_size
        print(f"uninterrupted: {pixels / 1e6:.0f} megapixels, {size / 1e9:.2f} GB", flush=True)
        part = part_paths(killed)[0]
        left = kill_at(command(mosaic, killed, options.content), part, size // 3)
        print(f"killed with {left / 1e9:.2f} GB in {part.name}", flush=True)
        kept = part.stat().st_ino
        subprocess.run(command(mosaic, killed, options.content), cwd=ROOT, check=True)
        same_file = killed.stat().st_ino == kept
        print(f"continued: {killed.stat().st_size / 1e9:.2f} GB, in the file left: {same_file}")
        windows = 3 * options.windows
        differing = differing_windows(killed, whole, options.windows)
        print(f"{differing} of {windows} sampled windows of {WINDOW} x {WINDOW} pixels differ")


if __name__ == "__main__":
    main()
