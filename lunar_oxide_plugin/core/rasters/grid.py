"""The grid of a raster: size, position and CRS of its pixels."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Optional, Tuple

import rasterio
from rasterio.crs import CRS
from rasterio.transform import Affine

from ..errors import RasterError
from ..moon import lunar_crs
from ..moon.longitude import turns_that_meet
from ..moon.wkt import MOON_RADIUS_M

METRES_PER_DEGREE = math.radians(1.0) * MOON_RADIUS_M


@dataclass(frozen=True)
class Grid:
    """Size, position and CRS of a raster's pixels.

    Attributes
    ----------
    width, height : int
    transform : Affine
    crs : rasterio CRS
        The user's, or that of the file, never re-parsed.
    """

    width: int
    height: int
    transform: Affine
    crs: CRS

    @classmethod
    def of(cls, dataset: rasterio.DatasetReader, name: str) -> Grid:
        """The grid of an open dataset.

        Parameters
        ----------
        dataset : rasterio.DatasetReader
        name : str

        Returns
        -------
        Grid

        Raises
        ------
        RasterError
            If it has no position, no CRS, or that of another body.
        """
        wkt = dataset.crs.to_wkt() if dataset.crs else ""
        require_georeference(wkt, tuple(dataset.transform)[:6], name)
        return cls(dataset.width, dataset.height, dataset.transform, dataset.crs)

    @property
    def wkt(self) -> str:
        """WKT of the CRS."""
        return str(self.crs.to_wkt())

    @property
    def turn_columns(self) -> Optional[float]:
        """Columns of one turn around the Moon; None if x is no longitude or the grid is rotated."""
        turn = lunar_crs.turn_length(self.crs)
        if turn is None or self.transform.b or self.transform.d:
            return None
        return turn / abs(float(self.transform.a))

    def pixel(self, x: float, y: float) -> Optional[Tuple[int, int]]:
        """Row and column of the pixel at a point in the grid's CRS; None off the raster.

        Where x is a longitude, the point may be any number of turns to the east or west.

        Parameters
        ----------
        x : float
        y : float

        Returns
        -------
        (int, int) or None
        """
        turn = lunar_crs.turn_length(self.crs)
        for move in moves_onto(self.transform, self.width, self.height, (x, x), turn):
            column, row = ~self.transform * (x + move, y)
            if 0 <= column < self.width and 0 <= row < self.height:
                return int(row), int(column)
        return None

    @property
    def pixel_size_m(self) -> float:
        """The longer side of a pixel in metres (at the equator for geographic grids)."""
        t = self.transform
        side = max(math.hypot(t.a, t.d), math.hypot(t.b, t.e))
        if self.crs.is_geographic:
            return side * METRES_PER_DEGREE
        return side * float(self.crs.linear_units_factor[1])


def require_georeference(crs_wkt: str, transform: Tuple[float, ...], name: str) -> None:
    """Refuse a raster whose pixels have no known place on the Moon.

    Parameters
    ----------
    crs_wkt : str
        Empty without CRS.
    transform : (a, b, c, d, e, f)
    name : str
        Of the raster, for the message.

    Raises
    ------
    RasterError
    """
    lunar_crs.require_moon(crs_wkt, f"The raster {name}")
    if tuple(transform[:6]) == tuple(Affine.identity())[:6]:
        # With an assigned CRS, the pixel numbers of such a file would be taken as coordinates.
        raise RasterError(
            f"{name} has no georeference: neither the file nor one beside it says where its pixels "
            "lie, and a CRS alone cannot. Open the product's own label, or georeference it first "
            "(in QGIS: Layer, Georeferencer)."
        )
    if not crs_wkt:
        raise RasterError(
            f"{name} has no CRS, so nothing can be placed on it: assign the lunar CRS of its "
            "coordinates (in QGIS: layer properties, Source; command line: --crs), e.g. "
            "IAU_2015:30100 for degrees or IAU_2015:30110 for metres."
        )


def moves_onto(
    transform: Affine,
    width: int,
    height: int,
    span: Tuple[float, float],
    turn: Optional[float],
) -> Tuple[float, ...]:
    """Whole turns, in x units, that move a span of x onto a raster; the shortest first.

    Parameters
    ----------
    transform : Affine
    width : int
    height : int
    span : (low, high)
        Equal for a point.
    turn : float or None
        Length of one turn around the Moon in x units; None where x is no longitude.

    Returns
    -------
    tuple of float
    """
    corners = [transform * (column, row) for column in (0, width) for row in (0, height)]
    xs = [x for x, _ in corners]
    # Both edges belong to the range here: the caller decides which pixel is used.
    stop = math.nextafter(max(xs), math.inf)
    turns = turns_that_meet(*span, min(xs), stop, turn)
    return tuple(n * (turn or 0.0) for n in turns)
