"""The area that a sample represents, where it is given as a polygon and not as a point."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Tuple

Ring = Tuple[Tuple[float, float], ...]


@dataclass(frozen=True)
class SiteArea:
    """One or more polygons in lunar degrees.

    Attributes
    ----------
    polygons : tuple of polygons, each a tuple of rings (outer ring first, then holes), each a
        tuple of (east longitude, latitude) in degrees, closed or not
        Longitudes of one area are continuous: those of a polygon across the 180 degree meridian
        exceed 180 and do not jump to -180.
    """

    polygons: Tuple[Tuple[Ring, ...], ...]

    @property
    def vertices(self) -> Tuple[Tuple[float, float], ...]:
        """All vertices of all rings."""
        return tuple(v for polygon in self.polygons for ring in polygon for v in ring)
