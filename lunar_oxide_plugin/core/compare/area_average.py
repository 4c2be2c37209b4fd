"""Averaging a fine map over the cells of a coarse one, window by window."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import List, Optional, Tuple

import numpy as np
import numpy.typing as npt
from rasterio.enums import Resampling
from rasterio.transform import Affine
from rasterio.warp import reproject
from rasterio.windows import Window

from ..moon.wkt import MOON_RADIUS_M
from .map_band import Cylinder, MapBand

#: Pixels that are held in memory at a time.
MAX_PIXELS = 3_000_000

#: Fine pixels are joined until about this many stand along a coarse cell: the cell's edge then
#: cuts 1/64 of it at most, whatever the ratio of the grids.
PIXELS_PER_CELL = 64

#: Squares along a cell where the projections leave no exact overlap.
SAMPLES_PER_CELL = 16

#: Cells of one window: their corners are projected one by one.
MAX_CELLS = 60_000

#: A window spans less than this, so that its longitudes are contiguous.
MAX_WINDOW_DEG = 60.0

_Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class CellGeometry:
    """Where the cells of a window lie.

    Attributes
    ----------
    longitudes_deg, latitudes_deg : float64 array, shape (rows, columns)
        Of the cells' centres.
    areas_km2 : float64 array, shape (rows, columns)
        On the sphere.
    """

    longitudes_deg: _Floats
    latitudes_deg: _Floats
    areas_km2: _Floats


def cell_geometry(band: MapBand, window: Window) -> CellGeometry:
    """Centres and areas of a window's cells, whatever the projection."""
    top, left = int(window.row_off), int(window.col_off)
    rows, columns = int(window.height), int(window.width)
    corner_columns, corner_rows = np.meshgrid(
        np.arange(left, left + columns + 1, dtype=np.float64),
        np.arange(top, top + rows + 1, dtype=np.float64),
    )
    lons, lats = band.lonlat(corner_columns, corner_rows)
    centre_lons, centre_lats = band.lonlat(
        corner_columns[:-1, :-1] + 0.5, corner_rows[:-1, :-1] + 0.5
    )
    # Corners on the sphere; a cell is two triangles, small enough to be flat.
    phi, lam = np.radians(lats), np.radians(lons)
    points = np.stack([np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)])
    a, b = points[:, :-1, :-1], points[:, :-1, 1:]
    c, d = points[:, 1:, :-1], points[:, 1:, 1:]
    double = _cross_length(b - a, c - a) + _cross_length(b - d, c - d)
    return CellGeometry(centre_lons, centre_lats, double / 2.0 * (MOON_RADIUS_M / 1000.0) ** 2)


def _cross_length(u: _Floats, v: _Floats) -> _Floats:
    length: _Floats = np.linalg.norm(np.cross(u, v, axis=0), axis=0)
    return length


def pixel_size_km(band: MapBand) -> float:
    """Length of a pixel's longer side in the middle of the raster, in km on the sphere."""
    x, y = band.grid.width / 2.0, band.grid.height / 2.0
    lons, lats = band.lonlat(np.array([x, x + 1.0, x]), np.array([y, y, y + 1.0]))
    phi, lam = np.radians(lats), np.radians(lons)
    points = np.stack([np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)])
    sides = np.linalg.norm(points[:, 1:] - points[:, :1], axis=0)
    return float(sides.max()) * MOON_RADIUS_M / 1000.0


def overlap_window(coarse: MapBand, fine: MapBand) -> Window:
    """The cells of `coarse` that `fine` may reach; empty (width 0) where they lie apart."""
    columns, rows = np.meshgrid(
        np.linspace(0.0, fine.grid.width, 41), np.linspace(0.0, fine.grid.height, 41)
    )
    lons, lats = fine.lonlat(columns, rows)
    known = np.isfinite(lons) & np.isfinite(lats)
    if not known.any():
        return Window(0, 0, 0, 0)
    at_columns, at_rows = coarse.pixel(lons[known], lats[known])
    known = np.isfinite(at_columns) & np.isfinite(at_rows)
    if not known.any():
        return Window(0, 0, 0, 0)
    at_columns, at_rows = at_columns[known], at_rows[known]
    grid, turn = coarse.grid, coarse.turn_columns
    top = max(0, math.floor(at_rows.min()) - 1)
    bottom = min(grid.height, math.ceil(at_rows.max()) + 1)
    left, right = math.floor(at_columns.min()) - 1, math.ceil(at_columns.max()) + 1
    if turn is not None:
        if right - left > 0.6 * turn:
            left, right = 0, grid.width
        else:
            spans = [(left + s, right + s) for s in (0, turn, -turn)]
            inside = [(a, b) for a, b in spans if b > 0 and a < grid.width]
            # A fine map across the coarse one's edge touches both its ends.
            left = min([max(0, a) for a, _ in inside] or [0])
            right = max([min(grid.width, b) for _, b in inside] or [0])
    left, right = max(0, left), min(grid.width, right)
    if left >= right or top >= bottom:
        return Window(0, 0, 0, 0)
    return Window(left, top, right - left, bottom - top)


def coarse_windows(coarse: MapBand, fine: MapBand, within: Window) -> List[Window]:
    """Windows that tile `within`, each with a bounded number of fine pixels and cells."""
    ratio = max(1.0, pixel_size_km(coarse) / pixel_size_km(fine))
    per_cell = min(ratio, 2.0 * PIXELS_PER_CELL) + 1.0
    degrees = pixel_size_km(coarse) / (math.radians(1.0) * MOON_RADIUS_M / 1000.0)
    side = math.sqrt(min(MAX_CELLS, MAX_PIXELS / per_cell**2))
    side = max(1, int(min(side, MAX_WINDOW_DEG / degrees)))
    top, left = int(within.row_off), int(within.col_off)
    return [
        Window(
            column, row, min(side, left + int(within.width) - column),
            min(side, top + int(within.height) - row),
        )
        for row in range(top, top + int(within.height), side)
        for column in range(left, left + int(within.width), side)
    ]  # fmt: skip


def average_over(coarse: MapBand, window: Window, fine: MapBand) -> Tuple[_Floats, _Floats]:
    """Mean of the fine map over each cell of a window, and the share of the cell it covers.

    Every valid fine pixel counts with the part of it that lies in the cell. Fine pixels are
    first joined by whole numbers where a cell holds very many, so that memory is bounded.

    Returns
    -------
    mean : float64 array, shape (rows, columns)
        wt%; NaN where the fine map has no valid pixel.
    coverage : float64 array, shape (rows, columns)
        0 to 1.

    Raises
    ------
    RasterError
        If the fine map cannot be read.
    """
    shape = (int(window.height), int(window.width))
    empty = np.full(shape, np.nan), np.zeros(shape)
    under = _fine_pixels(coarse, window, fine)
    if under is None:
        return empty
    ratio = pixel_size_km(coarse) / pixel_size_km(fine)
    joined = max(1, int(1.001 * ratio // PIXELS_PER_CELL))
    # Blocks counted from the raster's own corner fit nested grids, and its edge.
    under = replace(under, top=under.top // joined * joined, left=under.left // joined * joined)
    sums, weights = _joined(fine, under, joined)
    if not weights.any():
        return empty
    if coarse.cylinder is not None and fine.cylinder is not None:
        total, coverage = _by_overlap(
            coarse.cylinder, window, fine.cylinder, under, joined, np.stack([sums, weights])
        )
    else:
        total, coverage = _by_sampling(
            coarse, window, fine, under, joined, np.stack([sums, weights]), ratio / joined
        )
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(coverage > 1e-9, total / coverage, np.nan)
    return mean, np.clip(coverage, 0.0, 1.0)


@dataclass(frozen=True)
class _FinePixels:
    """Rectangle of fine pixels under a window, a margin included.

    `left` and `right` may lie beyond the raster, a turn away; `middle` is the column under the
    window's centre in the same count.
    """

    top: int
    left: int
    bottom: int
    right: int
    middle: float


def _by_overlap(
    coarse: Cylinder,
    window: Window,
    fine: Cylinder,
    under: _FinePixels,
    joined: int,
    bands: _Floats,
) -> Tuple[_Floats, _Floats]:
    """Exact: where both grids are linear in longitude and latitude, pixels and cells are
    rectangles, and their common area is the product of the overlaps along both axes.

    GDAL's own averaging is not used: GDAL 3.6 takes wrong pixels for cells that span more than
    about a third of the source array.
    """
    columns = under.left + joined * np.arange(bands.shape[2] + 1)
    across = (columns - under.middle) * (fine.degrees_per_column / coarse.degrees_per_column)
    rows = under.top + joined * np.arange(bands.shape[1] + 1)
    latitudes = fine.first_latitude + rows * fine.degrees_per_row
    down = (latitudes - coarse.first_latitude) / coarse.degrees_per_row - window.row_off
    right = _overlaps(across + window.width / 2.0, int(window.width))
    left = _overlaps(down, int(window.height))
    total, coverage = (left @ band @ right.T for band in bands)
    return total, coverage


def _overlaps(edges: _Floats, cells: int) -> _Floats:
    """Length that each interval between edges shares with each cell [k, k + 1]: (cells, n)."""
    low, high = np.minimum(edges[:-1], edges[1:]), np.maximum(edges[:-1], edges[1:])
    cell = np.arange(cells)[:, None]
    shared: _Floats = np.clip(np.minimum(high, cell + 1.0) - np.maximum(low, cell), 0.0, None)
    return shared


def _by_sampling(
    coarse: MapBand,
    window: Window,
    fine: MapBand,
    under: _FinePixels,
    joined: int,
    bands: _Floats,
    ratio: float,
) -> Tuple[_Floats, _Floats]:
    """Any projections: each cell is cut into small squares that take the pixel below them."""
    longitude = _middle_longitude(coarse, window)
    fine_crs, fine_transform = fine.local(longitude, under.left, under.top)
    coarse_crs, coarse_transform = coarse.local(
        longitude, float(window.col_off), float(window.row_off)
    )
    cut = min(max(SAMPLES_PER_CELL, math.ceil(2.0 * ratio)), 4 * PIXELS_PER_CELL)
    rows, columns = int(window.height), int(window.width)
    samples = np.zeros((2, rows * cut, columns * cut))
    reproject(
        source=bands,
        destination=samples,
        src_transform=fine_transform * Affine.scale(joined),
        src_crs=fine_crs,
        dst_transform=coarse_transform * Affine.scale(1.0 / cut),
        dst_crs=coarse_crs,
        resampling=Resampling.nearest,
    )
    total, coverage = samples.reshape(2, rows, cut, columns, cut).mean(axis=(2, 4))
    return total, coverage


def _middle_longitude(coarse: MapBand, window: Window) -> float:
    lons, _ = coarse.lonlat(
        np.array([window.col_off + window.width / 2.0]),
        np.array([window.row_off + window.height / 2.0]),
    )
    return float(lons[0]) if math.isfinite(lons[0]) else 0.0


def _fine_pixels(coarse: MapBand, window: Window, fine: MapBand) -> Optional[_FinePixels]:
    """The fine pixels under a window; None where there are none."""
    columns, rows = np.meshgrid(
        np.linspace(window.col_off, window.col_off + window.width, 9),
        np.linspace(window.row_off, window.row_off + window.height, 9),
    )
    # The middle first: longitudes are made contiguous around it.
    order = np.argsort(
        np.hypot(columns - columns.mean(), rows - rows.mean()).ravel(), kind="stable"
    )
    lons, lats = coarse.lonlat(columns.ravel()[order], rows.ravel()[order])
    known = np.isfinite(lons) & np.isfinite(lats)
    if not known.any():
        return None
    at_columns, at_rows = fine.pixel(lons[known], lats[known])
    known = np.isfinite(at_columns) & np.isfinite(at_rows)
    if not known.any():
        return None
    middle = float(at_columns[known][0])
    margin = 2
    left, right = int(at_columns[known].min()) - margin, int(at_columns[known].max()) + margin + 1
    top, bottom = int(at_rows[known].min()) - margin, int(at_rows[known].max()) + margin + 1
    grid, turn = fine.grid, fine.turn_columns
    if turn is not None and right - left > 0.6 * turn:
        left, right = 0, grid.width  # a window around a pole
    reachable = (
        [(0, grid.width)]
        if turn is None
        else [(s, s + grid.width) for s in (0, turn, -turn, 2 * turn, -2 * turn)]
    )
    if bottom <= 0 or top >= grid.height:
        return None
    if not any(left < stop and right > start for start, stop in reachable):
        return None
    return _FinePixels(top, left, bottom, right, middle)


def _joined(fine: MapBand, under: _FinePixels, joined: int) -> Tuple[_Floats, _Floats]:
    """Mean of valid values times their share, and the share, of blocks of joined pixels."""
    block_rows = -(-(under.bottom - under.top) // joined)
    block_columns = -(-(under.right - under.left) // joined)
    sums = np.zeros((block_rows, block_columns))
    weights = np.zeros((block_rows, block_columns))
    columns = block_columns * joined
    step = max(1, MAX_PIXELS // max(1, columns * joined))
    for start in range(0, block_rows, step):
        stop = min(block_rows, start + step)
        values = fine.read(under.top + start * joined, under.left, (stop - start) * joined, columns)
        valid = np.isfinite(values)
        values[~valid] = 0.0
        blocks = (stop - start, joined, block_columns, joined)
        sums[start:stop] = values.reshape(blocks).mean(axis=(1, 3))
        weights[start:stop] = valid.reshape(blocks).mean(axis=(1, 3))
    return sums, weights
