"""Average a map over the cells of a table, and over what an instrument sees around them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Callable, Iterator, List, Tuple

import numpy as np
import numpy.typing as npt
from rasterio.windows import Window

from ..errors import Cancelled
from ..moon import sphere
from ..progress import Progress
from ..rasters.map_band import MapBand
from ..rasters.pixel_plane import Cylinder
from .area_average import average_over, coarse_windows
from .gamma_ray_table import GammaRayTable

#: Nodes along each side of a cell, and of the map, by which cells without the map are skipped.
_CELL_NODES = 9
_MAP_NODES = 121

#: Cells are weighted by the instrument's footprint in groups of this many.
_GROUP = 500

_Floats = npt.NDArray[np.float64]
_Indices = npt.NDArray[np.intp]


@dataclass(frozen=True)
class CellRow(Cylinder):
    """Cells of one height beside each other, as a grid of one row.

    Attributes
    ----------
    edges : tuple of float
        East longitudes of their sides, from west to east, degrees.
    """

    edges: Tuple[float, ...]

    @property
    def cylinder(self) -> Cylinder:
        """The row itself."""
        return self

    @property
    def pixel_km(self) -> float:
        """Length of a cell's longer side, km."""
        south, north = self.latitudes(np.array([1.0, 0.0]))
        width = self.degrees_per_column * math.cos(math.radians((south + north) / 2.0))
        return float(max(width, north - south) * math.radians(1.0) * sphere.RADIUS_KM)

    def longitudes(self, columns: _Floats) -> _Floats:
        """East longitudes of columns in degrees."""
        return np.interp(columns, np.arange(len(self.edges)), self.edges)

    def lonlat(self, columns: _Floats, rows: _Floats) -> Tuple[_Floats, _Floats]:
        """East longitude and latitude of corner-based coordinates."""
        return self.longitudes(columns), self.latitudes(rows)


@dataclass(frozen=True)
class CellMeans:
    """A map averaged over the cells of a table.

    Attributes
    ----------
    mean : float64 array, shape (cells,)
        In the map's unit; NaN where the map has no valid pixel.
    coverage : float64 array, shape (cells,)
        Share of a cell's area with valid pixels, 0 to 1.
    """

    mean: _Floats
    coverage: _Floats


def cells_with_map(table: GammaRayTable, band: MapBand) -> npt.NDArray[np.bool_]:
    """Cells that a map may touch; none of the others holds a pixel of it.

    Parameters
    ----------
    table : GammaRayTable
    band : MapBand

    Returns
    -------
    bool array, shape (cells,)
    """
    south, north, west, east = table.bounds_deg.T
    shares = np.linspace(1e-6, 1.0 - 1e-6, _CELL_NODES)
    lons = (west[:, None] + (east - west)[:, None] * shares)[:, None, :]
    lats = (south[:, None] + (north - south)[:, None] * shares)[:, :, None]
    lons, lats = np.broadcast_arrays(lons, lats)
    with np.errstate(invalid="ignore"):
        touched: npt.NDArray[np.bool_] = band.holds(*band.pixel(lons, lats)).any(axis=(1, 2))
    # A map smaller than the distance of these nodes lies between them.
    columns, rows = np.meshgrid(
        np.linspace(1e-6, band.grid.width - 1e-6, _MAP_NODES),
        np.linspace(1e-6, band.grid.height - 1e-6, _MAP_NODES),
    )
    map_lons, map_lats = (values.ravel() for values in band.lonlat(columns, rows))
    for row in np.nonzero(~touched)[0]:
        within = (map_lats >= south[row]) & (map_lats <= north[row])
        if within.any():
            turned = (map_lons[within] - west[row]) % 360.0
            touched[row] = bool((turned <= east[row] - west[row]).any())
    return touched


def cell_rows(
    table: GammaRayTable, wanted: npt.NDArray[np.bool_]
) -> List[Tuple[CellRow, _Indices]]:
    """The wanted cells as rows of neighbours, with each cell's position in the table.

    Parameters
    ----------
    table : GammaRayTable
    wanted : bool array, shape (cells,)

    Returns
    -------
    list of (CellRow, int array)
    """
    south, north, west, east = table.bounds_deg.T
    order = [int(i) for i in np.lexsort((west, north, south)) if wanted[i]]
    runs: List[List[int]] = []
    for index in order:
        last = runs[-1][-1] if runs else None
        joins = (
            last is not None
            and south[last] == south[index]
            and north[last] == north[index]
            and abs(east[last] - west[index]) < 1e-9
        )
        if joins:
            runs[-1].append(index)
        else:
            runs.append([index])
    rows = []
    for run in runs:
        edges = (*(float(west[i]) for i in run), float(east[run[-1]]))
        row = CellRow(
            first_longitude=edges[0],
            first_latitude=float(north[run[0]]),
            degrees_per_column=(edges[-1] - edges[0]) / len(run),
            degrees_per_row=float(south[run[0]] - north[run[0]]),
            edges=edges,
        )
        rows.append((row, np.array(run)))
    return rows


def average_over_cells(
    table: GammaRayTable, band: MapBand, progress: Progress, done: Callable[[float], None]
) -> CellMeans:
    """Mean of a map over each cell of a table, each valid pixel by its area in the cell.

    Parameters
    ----------
    table : GammaRayTable
    band : MapBand
    progress : Progress
        Says whether to stop.
    done : callable
        Hears how far the work is, 0 to 1.

    Returns
    -------
    CellMeans

    Raises
    ------
    RasterError
        If the map cannot be read.
    Cancelled
    """
    mean, coverage = np.full(len(table.bounds_deg), np.nan), np.zeros(len(table.bounds_deg))
    wanted = cells_with_map(table, band)
    finished, total = 0, max(1, int(wanted.sum()))
    for row, indices in cell_rows(table, wanted):
        for window in coarse_windows(row, band, Window(0, 0, len(indices), 1)):
            if progress.is_cancelled():
                raise Cancelled("The check was cancelled.")
            here = indices[int(window.col_off) : int(window.col_off + window.width)]
            values, shares = average_over(row, window, band)
            mean[here], coverage[here] = values[0], shares[0]
            finished += len(here)
            done(finished / total)
    return CellMeans(mean, coverage)


def seen_through(table: GammaRayTable, means: CellMeans, footprint_km: float) -> CellMeans:
    """What an instrument with a broad view measures over each cell.

    Each cell gets the mean of all cells around it, weighted by area, coverage and a Gaussian of
    the distance, as the response of a gamma-ray spectrometer falls off around the point below it.

    Parameters
    ----------
    table : GammaRayTable
    means : CellMeans
    footprint_km : float
        Full width at half maximum of the Gaussian, km; above 0.

    Returns
    -------
    CellMeans
        `coverage` is the share of the weight that lies on valid pixels.
    """
    mean, coverage = np.full(means.mean.shape, np.nan), np.zeros(means.mean.shape)
    areas = table.areas_km2
    held = areas * means.coverage
    values = np.where(held > 0.0, means.mean, 0.0)
    for group, weights in _footprints(table, footprint_km):
        there = weights @ held
        with np.errstate(invalid="ignore", divide="ignore"):
            mean[group] = np.where(there > 0.0, (weights @ (held * values)) / there, np.nan)
        coverage[group] = there / (weights @ areas)
    return CellMeans(mean, coverage)


def _footprints(table: GammaRayTable, footprint_km: float) -> Iterator[Tuple[slice, _Floats]]:
    """Weights (cells of a group, all cells) by distance."""
    directions = sphere.unit_vectors(*table.centres)
    for first in range(0, directions.shape[1], _GROUP):
        group = slice(first, first + _GROUP)
        cosines = np.clip(directions[:, group].T @ directions, -1.0, 1.0)
        distances = np.arccos(cosines) * sphere.RADIUS_KM
        yield group, np.exp(-4.0 * math.log(2.0) * (distances / footprint_km) ** 2)
