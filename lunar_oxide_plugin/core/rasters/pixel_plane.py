"""The plane of a raster's pixels: where its points lie on the Moon, how large its pixels are."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Optional, Tuple

import numpy as np
import numpy.typing as npt

from ..moon import lunar_crs, sphere
from ..moon.longitude import near
from .grid import Grid

#: Places along each side of a raster at which the pixel size is measured; an odd number.
_PLACES = 41

#: Pixels are projected in parts of at most this many degrees, which count as flat.
PART_DEG = 0.5
#: Areas of pixels are interpolated over at most this many degrees on a projected raster.
_SMOOTH_DEG = 0.25
#: Most parts along a pixel's side.
MOST_PARTS = 16

_Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Cylinder:
    """A grid on which longitude and latitude are linear in column and row."""

    first_longitude: float
    first_latitude: float
    degrees_per_column: float
    degrees_per_row: float

    @property
    def turn_columns(self) -> float:
        """Number of columns for 360 degrees of longitude."""
        return 360.0 / abs(self.degrees_per_column)

    def longitudes(self, columns: _Floats) -> _Floats:
        """East longitudes of columns in degrees, not reduced to one turn.

        Parameters
        ----------
        columns : float array

        Returns
        -------
        float array
        """
        return self.first_longitude + columns * self.degrees_per_column

    def latitudes(self, rows: _Floats) -> _Floats:
        """Latitudes of rows in degrees; 90 or -90 beyond a pole.

        Parameters
        ----------
        rows : float array

        Returns
        -------
        float array
        """
        latitudes: _Floats = np.clip(self.first_latitude + rows * self.degrees_per_row, -90.0, 90.0)
        return latitudes


def cylinder_of(grid: Grid) -> Optional[Cylinder]:
    """Longitude and latitude of a grid as linear functions, None where they are not.

    Parameters
    ----------
    grid : Grid

    Returns
    -------
    Cylinder or None
    """
    t = grid.transform
    turn = lunar_crs.turn_length(grid.crs)
    if turn is None or t.b != 0.0 or t.d != 0.0:
        return None
    _, ys = lunar_crs.from_lunar_lonlat(grid.wkt, [0.0, 0.0, 0.0], [0.0, 30.0, 60.0])
    if not math.isclose(ys[2] - ys[0], 2.0 * (ys[1] - ys[0]), rel_tol=1e-6):
        return None  # Mercator: latitude is not linear
    xs, _ = lunar_crs.from_lunar_lonlat(grid.wkt, [0.0, 10.0], [0.0, 0.0])
    # The step may cross the seam.
    step = float(near(np.array([xs[1] - xs[0]]), 0.0, turn)[0])
    per_x, per_y = 10.0 / step, 30.0 / (ys[1] - ys[0])
    return Cylinder(
        first_longitude=(t.c - xs[0]) * per_x,
        first_latitude=(t.f - ys[0]) * per_y,
        degrees_per_column=t.a * per_x,
        degrees_per_row=t.e * per_y,
    )


class PixelPlane:
    """The points of a raster's pixels on the Moon.

    Pixel coordinates count from the outer corner of the first pixel: its centre is (0.5, 0.5).

    Parameters
    ----------
    grid : Grid

    Attributes
    ----------
    grid : Grid
    cylinder : Cylinder or None
        The grid as linear in longitude and latitude; None where it is not.
    """

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.cylinder = cylinder_of(grid)

    @cached_property
    def turn_columns(self) -> Optional[float]:
        """Columns of one turn around the Moon; None where columns are no longitudes.

        Returns
        -------
        float or None
        """
        return self.grid.turn_columns

    @cached_property
    def width(self) -> int:
        """Columns that show different places: those beyond a whole turn repeat the map.

        Returns
        -------
        int
        """
        turn = self.turn_columns
        columns = self.grid.width
        return columns if turn is None else min(columns, math.ceil(turn - 1e-6))

    @cached_property
    def pixel_km(self) -> float:
        """Length of a pixel's longer side as near the raster's middle as the map is, in km.

        NaN where the raster lies off its projection's map.

        Returns
        -------
        float
        """
        width, height = self.grid.width, self.grid.height
        places = (np.arange(_PLACES) + 0.5) / _PLACES
        columns, rows = np.meshgrid(places * width, places * height)
        here = sphere.unit_vectors(*self.lonlat(columns, rows))
        aside = sphere.unit_vectors(*self.lonlat(columns + 0.5, rows))
        below = sphere.unit_vectors(*self.lonlat(columns, rows + 0.5))
        sides = 2.0 * np.fmax(
            np.linalg.norm(aside - here, axis=0), np.linalg.norm(below - here, axis=0)
        )
        off = np.hypot(columns / width - 0.5, rows / height - 0.5)
        known = np.isfinite(sides)
        if not known.any():
            return math.nan
        return float(sides[known][np.argmin(off[known])]) * sphere.RADIUS_KM

    @cached_property
    def parts(self) -> int:
        """Parts along a pixel's side that are small enough to count as flat.

        Returns
        -------
        int
        """
        degrees = self.pixel_km / (math.radians(1.0) * sphere.RADIUS_KM)
        if not math.isfinite(degrees):
            return 1
        return int(min(max(1, math.ceil(degrees / PART_DEG)), MOST_PARTS))

    def lonlat(self, columns: _Floats, rows: _Floats) -> Tuple[_Floats, _Floats]:
        """East longitude and latitude of pixel coordinates; NaN off the map.

        On a cylinder longitudes may exceed 180 degrees, and latitudes end at the poles.

        Parameters
        ----------
        columns, rows : float array
            Pixel coordinates, of one or two dimensions.

        Returns
        -------
        longitudes, latitudes : float arrays
            Degrees.
        """
        if self.cylinder is not None:
            return self.cylinder.longitudes(columns), self.cylinder.latitudes(rows)
        xs, ys = self.grid.transform * (columns, rows)
        return lunar_crs.unproject(self.grid.wkt, xs, ys)

    def pixel(self, lons: _Floats, lats: _Floats) -> Tuple[_Floats, _Floats]:
        """Pixel coordinates of points; NaN where the projection shows none.

        Where columns are longitudes they lie within the first turn of the raster.

        Parameters
        ----------
        lons, lats : float array
            Degrees.

        Returns
        -------
        columns, rows : float arrays
        """
        if self.cylinder is not None:
            columns = (lons - self.cylinder.first_longitude) / self.cylinder.degrees_per_column
            rows = (lats - self.cylinder.first_latitude) / self.cylinder.degrees_per_row
        else:
            xs, ys = lunar_crs.project(self.grid.wkt, lons, lats)
            columns, rows = ~self.grid.transform * (xs, ys)
        turn = self.turn_columns
        return columns if turn is None else columns % turn, rows

    def holds(self, columns: _Floats, rows: _Floats) -> npt.NDArray[np.bool_]:
        """Whether pixel coordinates lie on the raster; NaN does not.

        Parameters
        ----------
        columns, rows : float array

        Returns
        -------
        bool array
        """
        across: npt.NDArray[np.bool_] = (columns >= 0.0) & (columns < self.grid.width)
        return across & (rows >= 0.0) & (rows < self.grid.height)

    def directions(self, top: int, left: int, rows: int, columns: int, parts: int) -> _Floats:
        """Unit vectors of the corners of parts of a window's pixels; NaN off the map.

        Parameters
        ----------
        top, left, rows, columns : int
            The window, in pixels.
        parts : int
            Parts along a pixel's side.

        Returns
        -------
        float64 array, shape (3, rows * parts + 1, columns * parts + 1)
        """
        across, down = np.meshgrid(
            left + np.arange(columns * parts + 1.0) / parts,
            top + np.arange(rows * parts + 1.0) / parts,
        )
        return sphere.unit_vectors(*self.lonlat(across, down))

    def part_areas_km2(self, top: int, left: int, rows: int, columns: int) -> _Floats:
        """Areas on the sphere of the parts of a window's pixels, see `parts`.

        On a projected raster of small pixels they are computed every few pixels and interpolated:
        scales of projections vary by less than one in 1e5 between these places.

        Parameters
        ----------
        top, left, rows, columns : int
            The window, in pixels.

        Returns
        -------
        float64 array, shape (rows * parts, columns * parts)
            km2; 0 off the map.
        """
        parts = self.parts
        if self.cylinder is not None:
            edges = top + np.arange(rows * parts + 1.0) / parts
            areas = sphere.parallel_cell_areas_km2(
                self.cylinder.latitudes(edges), self.cylinder.degrees_per_column / parts
            )
            return np.repeat(areas[:, None], columns * parts, axis=1)
        degrees = self.pixel_km / (math.radians(1.0) * sphere.RADIUS_KM)
        step = int(_SMOOTH_DEG / degrees) if degrees > 0.0 else 1
        if step >= 4:
            found = self._interpolated_areas(top, left, rows, columns, step)
            if found is not None:
                return found
        return sphere.quadrangle_areas_km2(self.directions(top, left, rows, columns, parts))

    def _interpolated_areas(
        self, top: int, left: int, rows: int, columns: int, step: int
    ) -> Optional[_Floats]:
        """Areas interpolated between pixels `step` apart; None where the map ends among them."""
        down, across = (_nodes(length, step) for length in (rows, columns))
        centres = np.meshgrid(left + across + 0.5, top + down + 0.5)
        corners = [
            sphere.unit_vectors(*self.lonlat(centres[0] + a, centres[1] + b))
            for b in (-0.5, 0.5)
            for a in (-0.5, 0.5)
        ]
        # Two rows of corners, each pixel's left and right one side by side: every second cell of
        # this lattice is a pixel, those between lie between pixels.
        pairs = np.stack(corners).reshape(2, 2, 3, -1).transpose(2, 0, 3, 1).reshape(3, 2, -1)
        if not np.isfinite(pairs).all():
            return None
        areas = sphere.quadrangle_areas_km2(pairs)[0, ::2].reshape(len(down), len(across))
        if not (areas > 0.0).all():
            return None
        wanted = np.arange(columns, dtype=np.float64)
        beside = np.stack([np.interp(wanted, across, line) for line in areas])
        at = np.interp(np.arange(rows, dtype=np.float64), down, np.arange(len(down), dtype=float))
        first = np.minimum(at.astype(np.int64), max(0, len(down) - 2))
        share = (at - first)[:, None]
        last = np.minimum(first + 1, len(down) - 1)
        return np.asarray(beside[first] * (1.0 - share) + beside[last] * share)


def _nodes(length: int, step: int) -> _Floats:
    """Places from the first to the last pixel, at most `step` apart."""
    return np.linspace(0.0, length - 1.0, max(1, math.ceil((length - 1) / step)) + 1)
