"""Hours and bytes of maps of the whole Moon, computed from a measured rate and measured sizes.

Hours on other numbers of cores are in proportion to the cores: shards are independent. Nothing was
measured on a GPU: the last column is what is left where the network takes no time, so that reading
and writing alone remain, on the measured cores. Sizes are those of maps without any empty pixel.
"""

from __future__ import annotations

import argparse
import json
import math
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Dict, List, Mapping, Optional, Sequence

from lunar_oxide_plugin.core.moon.wkt import MOON_RADIUS_M

#: Cores for which hours are given.
CORES = (2, 64)

#: Where `make bench` leaves its figures.
MEASURED = Path("build") / "bench"

#: Keys of `benchmarks.encoding`'s figures, and what the map is called here. The compression is
#: the one that Predict takes by itself.
_MAPS = {
    "float32 all none": "float32, all bands",
    "compact all zstd": "compact, all bands",
    "compact oxides zstd": "compact, oxides",
}


@dataclass(frozen=True)
class Raster:
    """A raster of the Moon that can be predicted.

    Attributes
    ----------
    name : str
    pixels : int
    bytes_in : int
        Bytes of a pixel of all bands.
    """

    name: str
    pixels: int
    bytes_in: int


#: MI_MAP: one-degree tiles between 65 degrees south and north, nine bands of 16-bit integers.
#: Clementine UVVIS: pixels of 100 m in a sinusoidal projection, which keeps areas, so that their
#: number is the Moon's surface divided by theirs; five bands of 16-bit integers.
RASTERS = (
    Raster("MI_MAP, 2048 pixels a degree (15 m)", 360 * 130 * 2048**2, 9 * 2),
    Raster("MI mosaic, 512 pixels a degree (59 m)", 360 * 130 * 512**2, 9 * 2),
    Raster("Clementine UVVIS, 100 m", round(4.0 * math.pi * MOON_RADIUS_M**2 / 100.0**2), 5 * 2),
)


@dataclass(frozen=True)
class Figures:
    """What was measured.

    Attributes
    ----------
    rate : float
        Million pixels a second, end to end, all pixels valid.
    cores : int
        On which the rate was measured.
    io_rate : float or None
        The same without the network.
    sizes : mapping
        Bytes a pixel of the map, by its name.
    """

    rate: float
    cores: int
    io_rate: Optional[float]
    sizes: Mapping[str, float]

    def __post_init__(self) -> None:
        # As the command shows them, so that the command gives the same table.
        object.__setattr__(self, "rate", round(self.rate, 2))
        object.__setattr__(self, "io_rate", self.io_rate and round(self.io_rate, 2))
        object.__setattr__(self, "sizes", {n: round(size, 1) for n, size in self.sizes.items()})


def table(figures: Figures) -> List[List[str]]:
    """Rows of the table, the header first.

    Parameters
    ----------
    figures : Figures

    Returns
    -------
    list of list of str
    """
    header = ["raster", "pixels", "read"]
    header += [_cores_label(cores, figures.cores) for cores in CORES]
    if figures.io_rate:
        header.append("GPU: not less than (estimate)")
    header += list(figures.sizes)
    rows = [header]
    for raster in RASTERS:
        row = [raster.name, f"{raster.pixels / 1e9:.1f} billion", _bytes(raster, raster.bytes_in)]
        row += [_hours(raster, figures.rate * cores / figures.cores) for cores in CORES]
        if figures.io_rate:
            row.append(_hours(raster, figures.io_rate))
        row += [_bytes(raster, size) for size in figures.sizes.values()]
        rows.append(row)
    return rows


def disk_lines(figures: Figures) -> List[str]:
    """What the disks must do, so that they do not slow the cores down."""
    lines = []
    for cores in CORES:
        rate = figures.rate * cores / figures.cores
        read = rate * RASTERS[0].bytes_in
        writes = ", ".join(
            f"{rate * size:.0f} MB/s ({name})" for name, size in figures.sizes.items()
        )
        lines.append(f"{cores} cores at full speed read {read:.0f} MB/s of MI and write {writes}.")
    return lines


def _cores_label(cores: int, measured: int) -> str:
    return f"{cores} cores" if cores == measured else f"{cores} cores (in proportion)"


def _hours(raster: Raster, rate: float) -> str:
    hours = raster.pixels / (rate * 1e6) / 3600.0
    if hours >= 48.0:
        return f"{hours / 24.0:.1f} days"
    if hours < 1.0 / 60.0:
        return f"{3600.0 * hours:.0f} s"
    return f"{hours:.1f} h" if hours >= 1.0 else f"{60.0 * hours:.0f} min"


def _bytes(raster: Raster, of_pixel: float) -> str:
    amount = raster.pixels * of_pixel
    return f"{amount / 1e12:.2f} TB" if amount >= 1e12 else f"{amount / 1e9:.0f} GB"


def markdown(rows: Sequence[Sequence[str]]) -> str:
    """The table for the guide."""
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    lines.insert(1, "|" + "---|" * len(rows[0]))
    return "\n".join(lines)


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """The table for a terminal: one raster after the other, a figure in each line."""
    header, width = rows[0], max(map(len, rows[0]))
    blocks = []
    for row in rows[1:]:
        lines = [f"  {label:{width}}  {value}" for label, value in zip(header[1:], row[1:])]
        blocks.append("\n".join([row[0], *lines]))
    return "\n".join(blocks)


def measured(folder: Path) -> Optional[Figures]:
    """The figures that `make bench` has left; None if the rate is not among them.

    Parameters
    ----------
    folder : Path

    Returns
    -------
    Figures or None
    """
    speed, sizes = _document(folder / "speed.json"), _document(folder / "encoding.json")
    rates = speed.get("compare", {}).get("rates", {})
    if "end to end" not in rates:
        return None
    return Figures(
        rate=rates["end to end"]["mpx_s"],
        cores=int(speed["cores"]),
        io_rate=rates["engine without inference"]["mpx_s"],
        sizes={name: sizes[key]["bytes"] for key, name in _MAPS.items() if key in sizes},
    )


def command(figures: Figures, markdown: bool = False) -> str:
    """The command that prints the table of these figures.

    Parameters
    ----------
    figures : Figures
    markdown : bool

    Returns
    -------
    str
        With a new line for each size.
    """
    words = f"python -m benchmarks.planning --rate {figures.rate:.2f} --cores {figures.cores}"
    words += f" --io-rate {figures.io_rate:.2f}" if figures.io_rate else ""
    words += " --markdown" if markdown else ""
    sizes = [f'--bytes "{name}={size:.1f}"' for name, size in figures.sizes.items()]
    return " \\\n    ".join([words, *sizes])


def rewrite(page: Path, figures: Figures) -> None:
    """Put the command and its table into the guide's page, in place of the earlier ones.

    Parameters
    ----------
    page : Path
    figures : Figures
    """
    text = page.read_text(encoding="utf-8")
    for pattern, new in (
        (r"python -m benchmarks\.planning[^`]*", command(figures, True)),
        (r"(?m)(?:^\|.*\n)+", markdown(table(figures))),
    ):
        text = re.sub(pattern, lambda _, new=new: f"{new}\n", text, count=1)
    page.write_text(text, encoding="utf-8")


def _document(path: Path) -> Dict[str, Dict[str, Dict[str, Dict[str, float]]]]:
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def _size(text: str) -> tuple[str, float]:
    name, _, size = text.rpartition("=")
    return name or "map", float(size)


def main(arguments: Optional[Sequence[str]] = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.planning", description=__doc__)
    parser.add_argument("--rate", type=float, help="measured million pixels a second")
    parser.add_argument("--cores", type=int, default=2, help="on which it was measured (2)")
    parser.add_argument("--io-rate", type=float, help="the same without the network")
    parser.add_argument(
        "--bytes", type=_size, action="append", default=[], metavar="NAME=BYTES",
        help="measured bytes a pixel of a map; may be given several times",
    )  # fmt: skip
    parser.add_argument("--markdown", action="store_true", help="the table of the guide's page")
    parser.add_argument("--page", type=Path, help="the guide's page, to put the table into")
    options = parser.parse_args(arguments)
    if options.rate is None:
        figures = measured(MEASURED)
        if figures is None:
            if not MEASURED.is_dir():
                parser.error("give --rate and --bytes, or run make bench first")
            print("\nThe whole Moon is not computed: no rate was measured.")
            return
    else:
        figures = Figures(options.rate, options.cores, options.io_rate, dict(options.bytes))
    if options.markdown:
        print(markdown(table(figures)))
        return
    if options.page:
        rewrite(options.page, figures)
    print(f"\nThe whole Moon, as computed by\n{command(figures)}")
    print(aligned(table(figures)))
    print("\n".join(disk_lines(figures)))


if __name__ == "__main__":
    main()
