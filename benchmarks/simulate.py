"""Simulated MI mosaics with plausible spectra; none is an observation.

Log reflectance varies along the principal components of the station spectra, over fields of several
scales, with noise in each pixel as large as two published extractions of one station differ by: 3 %
common to all bands and 0.9 % in each. Names and metadata of the files say that they are simulated.
"""

from __future__ import annotations

import csv
import math
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Iterator, Optional

import numpy as np
import numpy.typing as npt
import rasterio
from rasterio.crs import CRS
from rasterio.transform import Affine

from lunar_oxide_plugin.core.moon.wkt import MOON_EQUIRECTANGULAR_WKT
from lunar_oxide_plugin.core.rasters.mosaic import Mosaic, MosaicBand, Tile
from lunar_oxide_plugin.core.rasters.mosaic_vrt import write_mosaic
from lunar_oxide_plugin.core.rasters.sensors.known import MI, MI_NUMBERS

ORIGIN = "simulated for benchmarks; not an observation"
SITES = Path(__file__).resolve().parent.parent / "resources" / "sample_sites.csv"
_COLUMNS = ("r414", "r749", "r901", "r950", "r1001", "r1049", "r1248", "r1548")

#: Standard deviations of log reflectance in each pixel.
BAND_NOISE = 0.009
COMMON_NOISE = 0.03

#: Pixels of 59.2 m, as in mosaics with 512 pixels per degree.
_TRANSFORM = Affine(59.2, 0.0, 0.0, 0.0, -59.2, 0.0)

#: Side of the one tile that larger mosaics repeat.
TILE_SIDE = 2048


@contextmanager
def working_folder(parent: Optional[Path]) -> Iterator[Path]:
    """A folder for rasters, removed at the end, in a parent that is made where it is missing."""
    if parent is not None:
        parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="lunar-oxide-bench-", dir=parent) as name:
        yield Path(name)


def simulated_dn(rows: int, columns: int, seed: int = 1) -> npt.NDArray[np.int16]:
    """Digital numbers of the nine product bands, shape (9, rows, columns)."""
    rng = np.random.default_rng(seed)
    logs = np.log(_station_spectra())
    mean = logs.mean(axis=0)
    _, singular, directions = np.linalg.svd(logs - mean, full_matrices=False)
    spread = singular / np.sqrt(len(logs))
    scene = np.broadcast_to(mean[:, None, None], (8, rows, columns)).copy()
    for component in range(4):
        field = sum(_smooth(rng, rows, columns, cells) / cells**0.5 for cells in (4, 32, 128))
        scene += directions[component][:, None, None] * (2.0 * spread[component] * field)
    scene += rng.normal(scale=BAND_NOISE, size=scene.shape)
    scene += rng.normal(scale=COMMON_NOISE, size=(rows, columns))
    dn = np.rint(np.exp(scene) / MI_NUMBERS.scale).clip(400, 32000).astype(np.int16)
    # The near-infrared detector's 1000 nm band lies between 1001 and 1049 nm.
    return np.concatenate([dn[:5], dn[4:5], dn[5:]])


def write_mosaic_of(
    folder: Path, megapixels: int, valid_share: float = 1.0, dn: Optional[Any] = None
) -> Path:
    """A square mosaic of about this many megapixels, which repeats one tile in a VRT.

    Valid pixels lie in vertical strips, like orbits; tiles are tiled GeoTIFFs.
    """
    dn = simulated_dn(TILE_SIDE, TILE_SIDE) if dn is None else dn
    across = max(1, math.ceil((megapixels * 1e6) ** 0.5 / TILE_SIDE))
    name = f"simulated_{across * across * TILE_SIDE**2 // 1_000_000}mpx_{valid_share:.0%}"
    name = name.replace("%", "pc_valid")
    folder.mkdir(parents=True, exist_ok=True)
    strip = max(1, round(valid_share * TILE_SIDE)) if valid_share > 0 else 0
    part = dn.copy()
    part[:, :, strip:] = MI_NUMBERS.outside
    tile = _write_tile(folder / f"{name}_tile.tif", part)
    bands = tuple(
        MosaicBand(
            f"{own.name} {own.wavelength_nm:g} nm",
            own.wavelength_nm,
            MI_NUMBERS.scale,
            MI_NUMBERS.offset,
            MI_NUMBERS.outside,
            MI_NUMBERS.dtype,
        )
        for own in MI.filters
    )
    side = across * TILE_SIDE
    tiles = tuple(
        Tile(tile, column * TILE_SIDE, row * TILE_SIDE, TILE_SIDE, TILE_SIDE)
        for row in range(across)
        for column in range(across)
    )
    target = folder / f"{name}.vrt"
    write_mosaic(
        Mosaic(
            side, side, tuple(_TRANSFORM)[:6], MOON_EQUIRECTANGULAR_WKT, bands, tiles, False,
            tags={"DATA_ORIGIN": ORIGIN},
        ),
        target,
    )  # fmt: skip
    return target


def _write_tile(path: Path, dn: npt.NDArray[np.int16]) -> Path:
    with rasterio.open(
        path,
        "w",
        driver="GTiff",
        count=len(dn),
        height=dn.shape[1],
        width=dn.shape[2],
        dtype="int16",
        nodata=MI_NUMBERS.outside,
        crs=CRS.from_wkt(MOON_EQUIRECTANGULAR_WKT),
        transform=_TRANSFORM,
        tiled=True,
        blockxsize=512,
        blockysize=512,
        interleave="band",
    ) as dataset:
        dataset.write(dn)
        dataset.update_tags(DATA_ORIGIN=ORIGIN)
    return path


def _station_spectra() -> npt.NDArray[np.float64]:
    with open(SITES, newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["r414"]]
    return np.array([[float(row[column]) for column in _COLUMNS] for row in rows])


def _smooth(
    rng: np.random.Generator, rows: int, columns: int, cells: int
) -> npt.NDArray[np.float64]:
    """Bilinear interpolation of random values on a coarse grid."""
    nodes = rng.normal(size=(cells + 2, cells + 2))
    y, x = np.linspace(0, cells, rows), np.linspace(0, cells, columns)
    j, i = y.astype(int), x.astype(int)
    v, u = (y - j)[:, None], (x - i)[None, :]
    upper = nodes[j][:, i] * (1 - u) + nodes[j][:, i + 1] * u
    lower = nodes[j + 1][:, i] * (1 - u) + nodes[j + 1][:, i + 1] * u
    smooth: npt.NDArray[np.float64] = upper * (1 - v) + lower * v
    return smooth
