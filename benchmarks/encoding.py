"""Size and speed of prediction maps by encoding, content and compression.

Every choice predicts the same simulated mosaic (`benchmarks.simulate`) in turns, round by round;
rates are given as shares of the rate of uncompressed float32 maps of all bands in the same round.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Dict, List, Optional

import rasterio

from benchmarks.simulate import working_folder
from benchmarks.speed import MODEL, Bench, Timing, timed
from lunar_oxide_plugin.core.chemistry.layout import Content
from lunar_oxide_plugin.core.errors import OutputError
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
        return f"{self.encoding.value:8s} {self.content.value:14s} {self.compression.value:8s}"


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
    return [choice for choice in wanted if _has(choice.compression)]


def _has(compression: Compression) -> bool:
    try:
        compression.require()
    except OutputError:
        return False
    return True


def measure(bench: Bench, rounds: int) -> Dict[Choice, Dict[str, float]]:
    """Bytes a pixel and median rate of each choice.

    Parameters
    ----------
    bench : Bench
    rounds : int

    Returns
    -------
    dict
        ``bytes`` a pixel of the map, overviews included; ``share`` of the rate of `PLAIN`;
        ``cpu_ns`` a pixel.
    """
    timings: Dict[Choice, List[Timing]] = {choice: [] for choice in choices()}
    sizes: Dict[Choice, float] = {}
    for round_number in range(1, rounds + 1):
        for choice, own in timings.items():
            own.append(_timed(bench, choice))
            sizes[choice] = (bench.folder / "out.tif").stat().st_size / own[-1].pixels
        print(f"round {round_number} of {rounds} done", file=sys.stderr)
    return {
        choice: {
            "bytes": sizes[choice],
            "share": median(a.rate / b.rate for a, b in zip(own, timings[PLAIN])),
            "cpu_ns": median(timing.cpu_ns for timing in own),
        }
        for choice, own in timings.items()
    }


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
    print(f"{'':32s} bytes/pixel  rate/plain  processor ns/pixel")
    for choice, own in figures.items():
        print(f"{choice!s:32s} {own['bytes']:11.2f} {own['share']:11.2f} {own['cpu_ns']:19.0f}")
    _write(options.json, figures)


def _write(path: Optional[Path], figures: Dict[Choice, Dict[str, float]]) -> None:
    if path:
        document = {" ".join(str(choice).split()): own for choice, own in figures.items()}
        path.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
