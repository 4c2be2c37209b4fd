"""The outline of a region on the plane of a raster's pixels, and how much it covers of each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Optional, Tuple

import numpy as np
import numpy.typing as npt

from .coverage import signed_coverage

_Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Outline:
    """A region on a raster's plane.

    Attributes
    ----------
    edges : float64 array, shape (n, 4)
        In pixel coordinates with warped rows, see `placing.Placing.warp`.
    sign : int
        1 or -1: what the edges' winding number is multiplied by.
    constant : int
        What is added to it.
    """

    edges: _Floats
    sign: int = 1
    constant: int = 0

    @cached_property
    def bounds(self) -> Tuple[float, float, float, float]:
        """Least and largest column, least and largest row of the edges.

        Returns
        -------
        (float, float, float, float)
        """
        if not len(self.edges):
            return (0.0, 0.0, 0.0, 0.0)
        xs, ys = self.edges[:, ::2], self.edges[:, 1::2]
        return float(xs.min()), float(xs.max()), float(ys.min()), float(ys.max())

    def in_rows(self, top: int, bottom: int) -> Optional[Outline]:
        """The part of the outline that matters in some rows; None where it covers nothing there.

        Parameters
        ----------
        top, bottom : int
            In pixels (parts of pixels where the plane has such).

        Returns
        -------
        Outline or None
        """
        low = np.minimum(self.edges[:, 1], self.edges[:, 3])
        high = np.maximum(self.edges[:, 1], self.edges[:, 3])
        edges = self.edges[(high > top) & (low < bottom)]
        if not len(edges) and self.constant <= 0:
            return None
        return Outline(edges, self.sign, self.constant)

    def coverage(self, top: int, left: int, rows: int, columns: int) -> _Floats:
        """Share of each pixel of a window that lies inside the region, 0 to 1.

        Parameters
        ----------
        top, left, rows, columns : int
            The window, in pixels (parts of pixels where the plane has such).

        Returns
        -------
        float64 array, shape (rows, columns)
        """
        here = self.in_rows(top, top + rows)
        edges = np.empty((0, 4)) if here is None else here.edges
        shifted = edges - np.array([left, top, left, top], dtype=np.float64)
        covered = self.sign * signed_coverage(shifted, rows, columns) + self.constant
        # Rounding leaves traces of 1e-13 where a region does not reach.
        covered[covered < 1e-9] = 0.0
        shares: _Floats = np.minimum(covered, 1.0)
        return shares
