"""Hours and bytes of maps of the whole Moon, computed from a measured rate and measured sizes.

Hours are those of compact maps with all bands. Each column is measured (`benchmarks.speed`,
`benchmarks.scaling`); one whose label says "estimate" is computed from others. Sizes are those of
maps without any empty pixel.
"""

from __future__ import annotations

import argparse
import json
import math
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Dict, List, Mapping, Optional, Sequence, Tuple

from lunar_oxide_plugin.core.moon.wkt import MOON_RADIUS_M

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
        Million pixels a second of a compact map, end to end, all pixels valid.
    cores : int
        On which the rate was measured.
    others : mapping
        The same on other machines, by their name.
    sizes : mapping
        Bytes a pixel of the map, by its name.
    """

    rate: float
    cores: int
    others: Mapping[str, float]
    sizes: Mapping[str, float]

    def __post_init__(self) -> None:
        # As the command shows them, so that the command gives the same table.
        object.__setattr__(self, "rate", round(self.rate, 2))
        others = {name: round(rate, 2) for name, rate in self.others.items()}
        object.__setattr__(self, "others", others)
        object.__setattr__(self, "sizes", {n: round(size, 1) for n, size in self.sizes.items()})

    @property
    def rates(self) -> Dict[str, float]:
        """Million pixels a second, by the name of the machine."""
        return {f"{self.cores} cores": self.rate, **self.others}


def table(figures: Figures) -> List[List[str]]:
    """Rows of the table, the header first.

    Parameters
    ----------
    figures : Figures

    Returns
    -------
    list of list of str
    """
    rows = [["raster", "pixels", "read", *figures.rates, *figures.sizes]]
    for raster in RASTERS:
        row = [raster.name, f"{raster.pixels / 1e9:.1f} billion", _bytes(raster, raster.bytes_in)]
        row += [_hours(raster, rate) for rate in figures.rates.values()]
        row += [_bytes(raster, size) for size in figures.sizes.values()]
        rows.append(row)
    return rows


def disk_lines(figures: Figures) -> List[str]:
    """What the disks must do, so that they do not slow a machine down."""
    lines = []
    for machine, rate in figures.rates.items():
        read = rate * RASTERS[0].bytes_in
        writes = ", ".join(
            f"{rate * size:.0f} MB/s ({name})" for name, size in figures.sizes.items()
        )
        lines.append(f"{machine}: {read:.0f} MB/s of MI are read; written are {writes}.")
    return lines


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


def measured(folder: Path, others: Mapping[str, float]) -> Optional[Figures]:
    """The figures that `make bench` has left; None if the rate is not among them.

    Parameters
    ----------
    folder : Path
    others : mapping
        Rates of other machines.

    Returns
    -------
    Figures or None
    """
    speed, sizes = _document(folder / "speed.json"), _document(folder / "encoding.json")
    rates = speed.get("compare", {}).get("rates", {})
    if "end to end, compact" not in rates:
        return None
    return Figures(
        rate=rates["end to end, compact"]["mpx_s"],
        cores=int(speed["cores"]),
        others=others,
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
    words += " --markdown" if markdown else ""
    others = [f'--other "{name}={rate:.2f}"' for name, rate in figures.others.items()]
    sizes = [f'--bytes "{name}={size:.1f}"' for name, size in figures.sizes.items()]
    return " \\\n    ".join([words, *others, *sizes])


def others_of(page: Path) -> Dict[str, float]:
    """Rates of other machines in the command of the guide's page.

    Parameters
    ----------
    page : Path

    Returns
    -------
    dict
    """
    said = re.search(r"python -m benchmarks\.planning[^`]*", page.read_text(encoding="utf-8"))
    return dict(map(_named, re.findall(r'--other "([^"]+)"', said[0] if said else "")))


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


def _named(text: str) -> Tuple[str, float]:
    name, _, number = text.rpartition("=")
    return name or "map", float(number)


def main(arguments: Optional[Sequence[str]] = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.planning", description=__doc__)
    parser.add_argument("--rate", type=float, help="measured million pixels a second")
    parser.add_argument("--cores", type=int, default=2, help="on which it was measured (2)")
    parser.add_argument(
        "--other", type=_named, action="append", default=[], metavar="NAME=RATE",
        help="the same of another machine; may be given several times (--page: as in the page)",
    )  # fmt: skip
    parser.add_argument(
        "--bytes", type=_named, action="append", default=[], metavar="NAME=BYTES",
        help="measured bytes a pixel of a map; may be given several times",
    )  # fmt: skip
    parser.add_argument("--markdown", action="store_true", help="the table of the guide's page")
    parser.add_argument("--page", type=Path, help="the guide's page, to put the table into")
    options = parser.parse_args(arguments)
    others = dict(options.other) or (others_of(options.page) if options.page else {})
    if options.rate is None:
        figures = measured(MEASURED, others)
        if figures is None:
            if not MEASURED.is_dir():
                parser.error("give --rate and --bytes, or run make bench first")
            print("\nThe whole Moon is not computed: no rate was measured.")
            return
    else:
        figures = Figures(options.rate, options.cores, others, dict(options.bytes))
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
