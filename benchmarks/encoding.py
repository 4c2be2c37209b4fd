"""Size and speed of prediction maps by encoding, content and compression.

Every choice predicts the same simulated mosaic (`benchmarks.simulate`) in turns, round by round;
rates are given as shares of the rate of uncompressed float32 maps of all bands in the same round.
Beside the bytes of compact maps stands what no compression of single bands can fall below: the
entropy of their integers, given a guess of each from its neighbours.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Dict, List, Optional

import numpy as np
import numpy.typing as npt
import rasterio
from rasterio.windows import Window

from benchmarks.simulate import TILE_SIDE, working_folder
from benchmarks.speed import MODEL, Bench, Timing, timed
from lunar_oxide_plugin.core.chemistry.layout import Content
from lunar_oxide_plugin.core.geotiff.encoding import Encoding
from lunar_oxide_plugin.core.geotiff.tile_codec import Compression
from lunar_oxide_plugin.core.prediction.threads_and_memory import available_threads


@dataclass(frozen=True)
class Choice:
    """What the user of a prediction may choose."""

    encoding: Encoding
    content: Content
    compression: Compression

    def __str__(self) -> str:
        return f"{self.encoding.value:8s} {self.content.value:14s} {self.compression.value:9s}"


#: The map that others are compared with.
PLAIN = Choice(Encoding.FLOAT32, Content.ALL, Compression.NONE)


def choices() -> List[Choice]:
    """What is compared, as far as this GDAL has the compression; the first is `PLAIN`."""
    wanted = [PLAIN, Choice(Encoding.FLOAT32, Content.ALL, Compression.ZSTD)]
    wanted += [
        Choice(Encoding.COMPACT, content, compression)
        for content in (Content.ALL, Content.UNCERTAINTIES, Content.OXIDES)
        for compression in Compression
    ]
    return [choice for choice in wanted if choice.compression.is_available]


def measure(bench: Bench, rounds: int) -> Dict[Choice, Dict[str, float]]:
    """Bytes a pixel and median rate of each choice.

    Parameters
    ----------
    bench : Bench
    rounds : int

    Returns
    -------
    dict
        ``bytes`` a pixel of the map, overviews included; ``entropy`` of compact ones in bytes;
        ``share`` of the rate of `PLAIN`; ``cpu_ns`` a pixel.
    """
    timings: Dict[Choice, List[Timing]] = {choice: [] for choice in choices()}
    sizes: Dict[Choice, float] = {}
    bounds: Dict[Content, float] = {}
    for round_number in range(1, rounds + 1):
        for choice, own in timings.items():
            own.append(_timed(bench, choice))
            sizes[choice] = (bench.folder / "out.tif").stat().st_size / own[-1].pixels
            if choice.encoding is Encoding.COMPACT and choice.content not in bounds:
                bounds[choice.content] = entropy_bytes(bench.folder / "out.tif")
        print(f"round {round_number} of {rounds} done", file=sys.stderr)
    return {
        choice: {
            "bytes": sizes[choice],
            **({"entropy": bounds[choice.content]} if choice.encoding is Encoding.COMPACT else {}),
            "share": median(a.rate / b.rate for a, b in zip(own, timings[PLAIN])),
            "cpu_ns": median(timing.cpu_ns for timing in own),
        }
        for choice, own in timings.items()
    }


def entropy_bytes(path: Path) -> float:
    """Bytes a pixel that a code of the bands' integers needs at least, overviews included.

    For each band the least of the entropies of its integers, of their differences from the left
    neighbour, and of those from the mean of twelve neighbours that a reader would know already. The
    mean leaves little more than the noise itself. What bands have in common is not used, because no
    compression of TIFF does.

    Parameters
    ----------
    path : path of a compact map

    Returns
    -------
    float
    """
    with rasterio.open(path) as dataset:
        window = Window(0, 0, min(TILE_SIDE, dataset.width), min(TILE_SIDE, dataset.height))
        pixels = 1.0 + sum(1.0 / factor**2 for factor in dataset.overviews(1))
        bits = sum(
            _bits(dataset.read(band, window=window), dataset.nodata) for band in dataset.indexes
        )
    return float(bits * pixels / 8)


def _bits(plane: npt.NDArray[np.int16], nodata: float) -> float:
    """Bits of a band's sample: whether it is there, and which number it is."""
    there = plane != nodata
    share = float(there.mean())
    if share in (0.0, 1.0):
        said = 0.0
    else:
        said = -share * math.log2(share) - (1 - share) * math.log2(1 - share)
    numbers = np.where(there, plane, 0).astype(np.int64)
    known, rest = there[2:, 2:-2], numbers[2:, 2:-2]
    guesses = [rest * 0, numbers[2:, 1:-3]]
    before = [(row, column) for row in (0, 1) for column in range(5)] + [(2, 0), (2, 1)]
    height, width = rest.shape
    parts = [(slice(r, r + height), slice(c, c + width)) for r, c in before]
    count = np.maximum(1, sum(there[part].astype(np.int64) for part in parts))
    guesses.append(np.rint(sum(numbers[part] for part in parts) / count).astype(np.int64))
    return said + share * min(_entropy((rest - guess)[known]) for guess in guesses)


def _entropy(numbers: npt.NDArray[np.int64]) -> float:
    """Bits of a number whose neighbours say nothing of it."""
    if not numbers.size:
        return 0.0
    shares = np.bincount(numbers - numbers.min()) / numbers.size
    shares = shares[shares > 0]
    return float(-(shares * np.log2(shares)).sum())


def _timed(bench: Bench, choice: Choice) -> Timing:
    return timed(
        bench,
        lambda: bench.predict(
            bench.mosaic,
            encoding=choice.encoding,
            content=choice.content,
            compression=choice.compression,
        ),
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.encoding", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--megapixels", type=int, default=16)
    parser.add_argument("--threads", type=int, default=available_threads())
    parser.add_argument("--folder", type=Path, help="where rasters are written")
    parser.add_argument("--json", type=Path, help="write the figures here too")
    options = parser.parse_args()
    print(
        f"{os.cpu_count()} cores, GDAL {rasterio.__gdal_version__}, model {MODEL.name}, simulated "
        f"mosaic of {options.megapixels} megapixels"
    )
    with working_folder(options.folder) as folder:
        bench = Bench(folder, options.megapixels, options.threads)
        figures = measure(bench, options.rounds)
    print(f"{'':33s} bytes/pixel  of these entropy  rate/plain  processor ns/pixel")
    for choice, own in figures.items():
        bound = f"{own['entropy']:.2f}" if "entropy" in own else ""
        print(
            f"{choice!s:33s} {own['bytes']:11.2f} {bound:>17s} {own['share']:11.2f} "
            f"{own['cpu_ns']:19.0f}"
        )
    _write(options.json, figures)


def _write(path: Optional[Path], figures: Dict[Choice, Dict[str, float]]) -> None:
    if path:
        document = {" ".join(str(choice).split()): own for choice, own in figures.items()}
        path.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
