"""The places of a raster that are explained: pixels on a grid, or at points."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import List, Sequence, Tuple, Union

import numpy as np
import numpy.typing as npt
from rasterio.transform import Affine
from rasterio.windows import Window

from ..errors import Cancelled
from ..moon import lunar_crs
from ..progress import Progress
from ..rasters.bands import BandMapping
from ..rasters.grid import Grid as PixelGrid
from ..rasters.raster_source import RasterSource
from ..sites.site_pixels import OUTSIDE_PROJECTION


@dataclass(frozen=True)
class Places:
    """Pixels with their spectra.

    Attributes
    ----------
    labels : tuple of str, length n
    rows, columns : int array, shape (n,)
        In the raster.
    spectra : float32 array, shape (bands, n)
    flags : uint8 array, shape (n,)
        Quality bits known before prediction.
    """

    labels: Tuple[str, ...]
    rows: npt.NDArray[np.int64]
    columns: npt.NDArray[np.int64]
    spectra: npt.NDArray[np.float32]
    flags: npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Grid:
    """Every `step`-th pixel, starting at half a step."""

    step: int
    rows: int
    columns: int

    @classmethod
    def over(cls, width: int, height: int, most: int) -> Grid:
        """The finest grid of at most `most` places on a raster."""
        step = max(1, math.ceil(math.sqrt(width * height / max(1, most))))
        while cls._count(width, step) * cls._count(height, step) > most and step < max(
            width, height
        ):
            step += 1
        return cls(step, cls._count(height, step), cls._count(width, step))

    @staticmethod
    def _count(length: int, step: int) -> int:
        return len(range(min(step // 2, length - 1), length, step))


def read_grid(source: RasterSource, mapping: BandMapping, grid: Grid, progress: Progress) -> Places:
    """The pixels with reflectance on a grid.

    Parameters
    ----------
    source : RasterSource
    mapping : BandMapping
    grid : Grid
    progress : Progress

    Returns
    -------
    Places
    """
    info = source.info
    start = (min(grid.step // 2, info.height - 1), min(grid.step // 2, info.width - 1))
    rows: List[npt.NDArray[np.int64]] = []
    columns: List[npt.NDArray[np.int64]] = []
    spectra: List[npt.NDArray[np.float32]] = []
    flags: List[npt.NDArray[np.uint8]] = []
    for row in range(start[0], info.height, grid.step):
        if progress.is_cancelled():
            raise Cancelled("The explanation was cancelled.")
        block = source.read(mapping, Window(0, row, info.width, 1))
        chosen = np.arange(start[1], info.width, grid.step)
        chosen = chosen[block.valid[0, chosen]]
        rows.append(np.full(chosen.shape, row, dtype=np.int64))
        columns.append(chosen.astype(np.int64))
        spectra.append(block.reflectance[:, 0, chosen])
        flags.append(block.flags[0, chosen])
    row_of, column_of = np.concatenate(rows), np.concatenate(columns)
    labels = tuple(f"row {r + 1}, column {c + 1}" for r, c in zip(row_of, column_of))
    return Places(labels, row_of, column_of, np.concatenate(spectra, axis=1), np.concatenate(flags))


def read_points(
    source: RasterSource,
    mapping: BandMapping,
    points: Sequence[Tuple[str, float, float]],
    points_wkt: str,
    skipped: List[Tuple[str, str]],
) -> Places:
    """The pixels at points.

    Parameters
    ----------
    source : RasterSource
    mapping : BandMapping
    points : sequence of (label, x, y)
    points_wkt : str
        CRS of the points.
    skipped : list of (label, reason)
        Takes the points that have no pixel.

    Returns
    -------
    Places
    """
    lunar_crs.require_moon(points_wkt, "The layer of points")
    lonlat = lunar_crs.to_lunar_lonlat(
        points_wkt, [x for _, x, _ in points], [y for _, _, y in points]
    )
    labels: List[str] = []
    found: List[Tuple[int, int]] = []
    spectra: List[npt.NDArray[np.float32]] = []
    flags: List[int] = []
    for (label, _, _), pixel in zip(points, _pixels(source, *lonlat)):
        if isinstance(pixel, str):
            skipped.append((label, pixel))
            continue
        block = source.read(mapping, Window(pixel[1], pixel[0], 1, 1))
        if not block.valid[0, 0]:
            skipped.append((label, "no valid reflectance (no data, shadow or saturated)"))
            continue
        labels.append(label)
        found.append(pixel)
        spectra.append(block.reflectance[:, 0, 0])
        flags.append(int(block.flags[0, 0]))
    bands = len(mapping.matches)
    return Places(
        tuple(labels),
        np.array([row for row, _ in found], dtype=np.int64),
        np.array([column for _, column in found], dtype=np.int64),
        np.array(spectra, dtype=np.float32).reshape(len(labels), bands).T,
        np.array(flags, dtype=np.uint8),
    )


def _pixels(
    source: RasterSource, longitudes: Sequence[float], latitudes: Sequence[float]
) -> List[Union[Tuple[int, int], str]]:
    """Row and column of each place, or the reason why it has none."""
    info = source.info
    grid = PixelGrid(info.width, info.height, Affine(*info.transform), source.crs)
    pixels: List[Union[Tuple[int, int], str]] = []
    for x, y in zip(*lunar_crs.from_lunar_lonlat(info.crs_wkt, longitudes, latitudes)):
        place = grid.pixel(x, y)
        missing = "outside the raster" if math.isfinite(x) else OUTSIDE_PROJECTION
        pixels.append(missing if place is None else place)
    return pixels
