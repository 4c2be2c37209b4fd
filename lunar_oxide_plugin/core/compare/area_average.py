"""Averaging a fine map over the cells of a coarse one, window by window, by area on the sphere."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Iterator, List, Optional, Protocol, Tuple

import numpy as np
import numpy.typing as npt
from rasterio.windows import Window

from ..moon import sphere
from ..moon.longitude import turns_that_meet
from ..rasters.map_band import MapBand
from ..rasters.pixel_plane import Cylinder

#: Most pixels, and most samples, that are held in memory at a time.
MAX_PIXELS = 3_000_000
MAX_SAMPLES = 1_500_000

#: Fine pixels are joined until about this many lie along a coarse cell's side. The cell's edge then
#: cuts at most 1/64 of the cell, whatever the ratio of the grids.
PIXELS_PER_CELL = 64

#: Squares along a cell's side where the projections allow no exact overlap.
SAMPLES_PER_CELL = 16

#: Most cells of one window: their corners are projected one by one.
MAX_CELLS = 60_000

#: Cells are projected in parts of at most this many degrees, which count as flat.
PART_DEG = 0.5

#: Nodes along each side of a map that is laid on another one.
_NODES = 61

_Floats = npt.NDArray[np.float64]


class Cells(Protocol):
    """Cells to average over: a coarse map's pixels, or a row of a table's cells."""

    @property
    def cylinder(self) -> Optional[Cylinder]:
        """The cells' edges as functions of column and row; None where longitude is not one."""

    @property
    def pixel_km(self) -> float:
        """Length of a cell's longer side, km."""

    def lonlat(self, columns: _Floats, rows: _Floats) -> Tuple[_Floats, _Floats]:
        """East longitude and latitude of corner-based coordinates."""


@dataclass(frozen=True)
class CellGeometry:
    """Where the cells of a window lie.

    Attributes
    ----------
    longitudes_deg, latitudes_deg : float64 array, shape (rows, columns)
        Of the cells' centres; NaN off the projection's map.
    areas_km2 : float64 array, shape (rows, columns)
        On the sphere, of the part that is on the map.
    """

    longitudes_deg: _Floats
    latitudes_deg: _Floats
    areas_km2: _Floats


def cell_geometry(band: Cells, window: Window) -> CellGeometry:
    """Centres and areas of a window's cells, whatever the projection."""
    parts = _parts(band)
    areas = _part_areas(band, window, parts)
    lons, lats = band.lonlat(
        *np.meshgrid(
            np.arange(window.width) + (window.col_off + 0.5),
            np.arange(window.height) + (window.row_off + 0.5),
        )
    )
    shape = (int(window.height), parts, int(window.width), parts)
    return CellGeometry(lons, lats, areas.reshape(shape).sum(axis=(1, 3)))


def overlap_window(coarse: MapBand, fine: MapBand) -> Window:
    """The cells of `coarse` that `fine` may overlap; empty (width 0) where they do not overlap."""
    spans = _cylinder_spans if coarse.cylinder and fine.cylinder else _projected_spans
    found = spans(coarse, fine)
    if found is None:
        return Window(0, 0, 0, 0)
    left, right, top, bottom = found
    turn = coarse.grid.turn_columns
    # Columns beyond 360 degrees show the same places again.
    width = coarse.grid.width if turn is None else min(coarse.grid.width, math.ceil(turn - 1e-6))
    left, top = max(0, math.floor(left + 1e-9)), max(0, math.floor(top + 1e-9))
    right, bottom = (
        min(width, math.ceil(right - 1e-9)),
        min(coarse.grid.height, math.ceil(bottom - 1e-9)),
    )
    if left >= right or top >= bottom:
        return Window(0, 0, 0, 0)
    return Window(left, top, right - left, bottom - top)


_Spans = Optional[Tuple[float, float, float, float]]


def _cylinder_spans(coarse: MapBand, fine: MapBand) -> _Spans:
    c, f = coarse.cylinder, fine.cylinder
    if c is None or f is None:
        return None
    ends = f.longitudes(np.array([0.0, fine.grid.width]))
    columns = (ends - c.first_longitude) / c.degrees_per_column
    rows = (f.latitudes(np.array([0.0, fine.grid.height])) - c.first_latitude) / c.degrees_per_row
    low, high, turn = float(columns.min()), float(columns.max()), c.turn_columns
    moves = [n * turn for n in turns_that_meet(low, high, 0, coarse.grid.width, turn)]
    if not moves:
        return None
    # A fine map across the coarse one's edge touches both its ends.
    left = min(max(0.0, low + move) for move in moves)
    right = max(min(float(coarse.grid.width), high + move) for move in moves)
    return left, right, float(rows.min()), float(rows.max())


def _projected_spans(coarse: MapBand, fine: MapBand) -> _Spans:
    """Find the overlap from nodes of either map on the other, widened by one distance of nodes."""
    columns, rows = _lattice(coarse)
    inside = fine.holds(*fine.pixel(*coarse.lonlat(columns, rows)))
    step_x, step_y = coarse.grid.width / (_NODES - 1), coarse.grid.height / (_NODES - 1)
    found = [(columns[inside], rows[inside], step_x, step_y)]
    on_columns, on_rows = coarse.pixel(*fine.lonlat(*_lattice(fine)))
    there = coarse.holds(on_columns, on_rows)
    found.append((on_columns[there], on_rows[there], 1.0, 1.0))
    spans = [(x.min() - a, x.max() + a, y.min() - b, y.max() + b) for x, y, a, b in found if x.size]
    if not spans:
        return None
    west, east, north, south = zip(*spans)
    return min(west), max(east), min(north), max(south)


def _lattice(band: MapBand) -> Tuple[_Floats, _Floats]:
    """Nodes spread over a map, just inside its edges."""
    columns, rows = np.meshgrid(
        np.linspace(1e-6, band.grid.width - 1e-6, _NODES),
        np.linspace(1e-6, band.grid.height - 1e-6, _NODES),
    )
    return columns, rows


def coarse_windows(coarse: Cells, fine: MapBand, within: Window) -> List[Window]:
    """Windows that tile `within`, each with a bounded number of fine pixels and cells."""
    ratio = max(1.0, coarse.pixel_km / fine.pixel_km)
    per_cell, most = min(ratio, 2.0 * PIXELS_PER_CELL) + 1.0, MAX_PIXELS
    if coarse.cylinder is None or fine.cylinder is None:
        per_cell, most = max(per_cell, float(_samples(coarse, fine)[1])), MAX_SAMPLES
    side = max(1, int(math.sqrt(min(MAX_CELLS, most / per_cell**2))))
    top, left = int(within.row_off), int(within.col_off)
    return [
        Window(
            column, row, min(side, left + int(within.width) - column),
            min(side, top + int(within.height) - row),
        )
        for row in range(top, top + int(within.height), side)
        for column in range(left, left + int(within.width), side)
    ]  # fmt: skip


def average_over(coarse: Cells, window: Window, fine: MapBand) -> Tuple[_Floats, _Floats]:
    """Mean of the fine map over each cell of a window, and the share of the cell it covers.

    Every valid fine pixel counts with the area on the sphere of its part in the cell. Fine
    pixels are first joined by whole numbers where a cell holds very many, so that memory is
    bounded.

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
    if coarse.cylinder is not None and fine.cylinder is not None:
        total, coverage = _by_overlap(coarse, coarse.cylinder, window, fine, fine.cylinder)
    else:
        total, coverage = _by_sampling(coarse, window, fine)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(coverage > 1e-9, total / coverage, np.nan)
    return mean, np.clip(coverage, 0.0, 1.0)


def _join(coarse: Cells, fine: MapBand) -> int:
    """Number of fine pixels to join along each side."""
    ratio = coarse.pixel_km / fine.pixel_km
    return max(1, int(1.001 * ratio // PIXELS_PER_CELL))


def _by_overlap(
    coarse: Cells, c: Cylinder, window: Window, fine: MapBand, f: Cylinder
) -> Tuple[_Floats, _Floats]:
    """Average exactly where both grids are linear in longitude and latitude. Pixels and cells are
    then rectangles of longitude and sine of latitude, and their common area is the product of the
    overlaps along both axes.
    """
    shape = (int(window.height), int(window.width))
    total, coverage = np.zeros(shape), np.zeros(shape)
    joined = _join(coarse, fine)
    turn = f.turn_columns
    width = min(float(fine.grid.width), turn)  # further columns repeat the map
    edges = c.longitudes(window.col_off + np.arange(shape[1] + 1.0))
    across = (edges - f.first_longitude) / f.degrees_per_column
    latitudes = c.latitudes(window.row_off + np.arange(shape[0] + 1.0))
    down = (latitudes - f.first_latitude) / f.degrees_per_row
    top = max(0, math.floor(down.min() + 1e-9)) // joined * joined
    bottom = min(fine.grid.height, math.ceil(down.max() - 1e-9))
    if top >= bottom:
        return total, coverage
    for n in turns_that_meet(float(across.min()), float(across.max()), 0.0, width, turn):
        there = across + n * turn
        left = max(0, math.floor(there.min() + 1e-9)) // joined * joined
        right = math.ceil(min(width, float(there.max())) - 1e-9)
        if left >= right:
            continue
        bands = _joined(fine, top, bottom, left, right, joined)
        columns = np.minimum(left + joined * np.arange(bands.shape[2] + 1.0), width)
        rows = top + joined * np.arange(bands.shape[1] + 1.0)
        beside = _shares(there, columns)
        above = _shares(_sines(latitudes), _sines(f.latitudes(rows)))
        total += above @ bands[0] @ beside.T
        coverage += above @ bands[1] @ beside.T
    return total, coverage


def _sines(latitudes_deg: _Floats) -> _Floats:
    sines: _Floats = np.sin(np.radians(np.clip(latitudes_deg, -90.0, 90.0)))
    return sines


def _shares(cells: _Floats, edges: _Floats) -> _Floats:
    """Share of each cell that each interval takes, both given by their edges: (cells, n)."""
    low = np.maximum(np.minimum(cells[:-1], cells[1:])[:, None], np.minimum(edges[:-1], edges[1:]))
    high = np.minimum(np.maximum(cells[:-1], cells[1:])[:, None], np.maximum(edges[:-1], edges[1:]))
    length = np.abs(np.diff(cells))[:, None]
    shares: _Floats = np.clip(high - low, 0.0, None) / np.where(length > 0.0, length, np.inf)
    return shares


def _parts(band: Cells) -> int:
    """Number of parts along a cell's side that are small enough to count as flat."""
    degrees = band.pixel_km / (math.radians(1.0) * sphere.RADIUS_KM)
    return int(min(max(1, math.ceil(degrees / PART_DEG)), SAMPLES_PER_CELL))


def _samples(coarse: Cells, fine: MapBand) -> Tuple[int, int]:
    """Numbers of parts and of samples along a cell's side; samples are a multiple of parts."""
    parts = _parts(coarse)
    ratio = coarse.pixel_km / fine.pixel_km / _join(coarse, fine)
    cut = min(max(SAMPLES_PER_CELL, math.ceil(2.0 * ratio)), 4 * PIXELS_PER_CELL)
    return parts, parts * math.ceil(cut / parts)


def _directions(band: Cells, window: Window, parts: int) -> _Floats:
    """Unit vectors of the corners of all parts of a window's cells; NaN off the map."""
    columns, rows = np.meshgrid(
        window.col_off + np.arange(window.width * parts + 1.0) / parts,
        window.row_off + np.arange(window.height * parts + 1.0) / parts,
    )
    directions: _Floats = sphere.unit_vectors(*band.lonlat(columns, rows))
    return directions


def _part_areas(band: Cells, window: Window, parts: int) -> _Floats:
    if band.cylinder is None:
        return sphere.quadrangle_areas_km2(_directions(band, window, parts))
    edges = window.row_off + np.arange(window.height * parts + 1.0) / parts
    areas = sphere.parallel_cell_areas_km2(
        band.cylinder.latitudes(edges), band.cylinder.degrees_per_column / parts
    )
    return np.repeat(areas[:, None], int(window.width) * parts, axis=1)


def _refined(nodes: _Floats, times: int) -> _Floats:
    """Values in the middle of squares between nodes, `times` along each side of a mesh."""
    t = (np.arange(times) + 0.5) / times
    first, last = nodes[..., :-1, None, :], nodes[..., 1:, None, :]
    between = first * (1.0 - t)[:, None] + last * t[:, None]
    rows: _Floats = np.reshape(between, (*nodes.shape[:-2], -1, nodes.shape[-1]))
    values = rows[..., :-1, None] * (1.0 - t) + rows[..., 1:, None] * t
    refined: _Floats = np.reshape(values, (*rows.shape[:-1], -1))
    return refined


def _by_sampling(coarse: Cells, window: Window, fine: MapBand) -> Tuple[_Floats, _Floats]:
    """Average for any projections: each cell is cut into small squares, and each square takes the
    value of the pixel below it. Directions (unit vectors), not longitudes, are interpolated between
    a part's corners, so that seams and poles need no special case.
    """
    rows, columns = int(window.height), int(window.width)
    parts, cut = _samples(coarse, fine)
    times = cut // parts
    directions = _directions(coarse, window, parts)
    areas = _part_areas(coarse, window, parts)
    at_columns, at_rows = _fine_pixels(fine, directions, times)
    joined = _join(coarse, fine)
    with np.errstate(invalid="ignore"):
        inside = fine.holds(at_columns, at_rows)
    total, covered = np.zeros(at_columns.shape), np.zeros(at_columns.shape)
    block_columns = at_columns[inside].astype(np.int64) // joined
    block_rows = at_rows[inside].astype(np.int64) // joined
    sums, shares = np.zeros(block_columns.shape), np.zeros(block_columns.shape)
    for left, right, top, bottom in _runs(block_columns, block_rows):
        here = (block_columns >= left) & (block_columns < right)
        step = max(1, MAX_PIXELS // (right - left))
        for first in range(top, bottom, step):
            last = min(bottom, first + step)
            chosen = here & (block_rows >= first) & (block_rows < last)
            if not chosen.any():
                continue
            bands = _joined(
                fine, first * joined, last * joined, left * joined, right * joined, joined
            )
            place = (block_rows[chosen] - first, block_columns[chosen] - left)
            sums[chosen], shares[chosen] = bands[0][place], bands[1][place]
    total[inside], covered[inside] = sums, shares
    weights = np.repeat(np.repeat(areas, times, axis=0), times, axis=1) / times**2
    blocks = (rows, cut, columns, cut)
    whole = areas.reshape(rows, parts, columns, parts).sum(axis=(1, 3))
    with np.errstate(invalid="ignore", divide="ignore"):
        total_share, coverage = (
            np.nan_to_num((values * weights).reshape(blocks).sum(axis=(1, 3)) / whole)
            for values in (total, covered)
        )
    return total_share, coverage


def _fine_pixels(fine: MapBand, directions: _Floats, times: int) -> Tuple[_Floats, _Floats]:
    """Fine pixel coordinates of all samples between corners; NaN off either map."""
    if fine.cylinder is not None:
        return fine.pixel(*sphere.places_of(_refined(directions, times)))
    # Other projections: interpolate where the map is smooth, project one by one near its end.
    nodes = np.stack(fine.pixel(*sphere.places_of(directions)))
    corners = np.stack([nodes[:, :-1, :-1], nodes[:, :-1, 1:], nodes[:, 1:, :-1], nodes[:, 1:, 1:]])
    known = np.isfinite(corners[:, 0])
    with np.errstate(invalid="ignore"):
        reach = np.ptp(corners, axis=0).max(axis=0)
    usual = np.nanmedian(reach) if np.isfinite(reach).any() else 0.0
    smooth = known.all(axis=0) & (np.nan_to_num(reach, nan=np.inf) <= 4.0 * usual)
    samples = _refined(nodes, times)
    places = np.argwhere(~smooth & known.any(axis=0))
    for row, column in places:
        part = directions[:, row : row + 2, column : column + 2]
        across, down = fine.pixel(*sphere.places_of(_refined(part, times)))
        target = np.s_[row * times : (row + 1) * times, column * times : (column + 1) * times]
        samples[0][target], samples[1][target] = across, down
    return samples[0], samples[1]


def _runs(
    columns: npt.NDArray[np.int64], rows: npt.NDArray[np.int64]
) -> Iterator[Tuple[int, int, int, int]]:
    """Left, right, top and bottom of the pixels to read; in several parts across a seam."""
    if not columns.size:
        return
    occupied = np.unique(columns)
    for run in np.split(occupied, np.nonzero(np.diff(occupied) > 256)[0] + 1):
        here = rows[(columns >= run[0]) & (columns <= run[-1])]
        yield int(run[0]), int(run[-1]) + 1, int(here.min()), int(here.max()) + 1


def _joined(fine: MapBand, top: int, bottom: int, left: int, right: int, joined: int) -> _Floats:
    """Mean of valid values times their share, and the share, of blocks of joined pixels.

    Rows are weighted by their area, which falls towards the poles on a cylinder. Shape (2, block
    rows, block columns).
    """
    block_rows, block_columns = -(-(bottom - top) // joined), -(-(right - left) // joined)
    bands = np.zeros((2, block_rows, block_columns))
    columns = block_columns * joined
    step = max(1, MAX_PIXELS // max(1, columns * joined))
    for start in range(0, block_rows, step):
        stop = min(block_rows, start + step)
        first, rows = top + start * joined, (stop - start) * joined
        values = fine.read(first, left, rows, columns)
        valid = np.isfinite(values).astype(np.float64)
        values[valid == 0.0] = 0.0
        areas: _Floats = np.ones(rows)
        if fine.cylinder is not None:
            edges = fine.cylinder.latitudes(first + np.arange(rows + 1.0))
            areas = sphere.band_shares(edges)
        weights: _Floats = areas.reshape(-1, joined)
        whole = weights.sum(axis=1, keepdims=True)
        weights = np.where(whole > 0.0, weights / np.where(whole > 0.0, whole, 1.0), 0.0)
        blocks = (stop - start, joined, block_columns, joined)
        for band, what in zip(bands, (values, valid)):
            by_columns: _Floats = what.reshape(blocks).mean(axis=3)
            band[start:stop] = (by_columns * weights[:, :, None]).sum(axis=1)
    return bands
