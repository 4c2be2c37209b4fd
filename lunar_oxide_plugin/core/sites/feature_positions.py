"""Places of features in lunar degrees: positions of sites, areas of samples, regions."""

from __future__ import annotations

import math
from itertools import chain
from pathlib import Path
from typing import Any, Dict, List, Optional, Sequence, Tuple, Union

from ..errors import SitesError
from ..moon import lunar_crs
from ..moon.longitude import contiguous, wrap_longitude
from ..moon.terranes import Region
from ..polygons.feature_table import Shape
from ..polygons.vector_file import read_vector_file
from .site_area import SiteArea
from .site_columns import SitePosition

Vertex = Tuple[float, float]
#: Polygons as rings of vertices; a point is a polygon of one ring with one vertex.
Polygons = Sequence[Sequence[Sequence[Vertex]]]


def positions_of(crs_wkt: str, shapes: Sequence[Polygons]) -> List[Optional[SitePosition]]:
    """Position and area of each feature.

    Parameters
    ----------
    crs_wkt : str
        A lunar CRS.
    shapes : sequence of Polygons
        Empty for a feature without geometry.

    Returns
    -------
    list of SitePosition or None
        None where there is no geometry, or it is off the map of the projection.

    Raises
    ------
    RasterError
        If the CRS cannot be used.
    """
    # All vertices at once, in one transformation for the whole layer.
    flat = [vertex for shape in shapes for polygon in shape for ring in polygon for vertex in ring]
    lonlats = iter(_lonlats(crs_wkt, flat))
    return [
        _position([[[next(lonlats) for _ in ring] for ring in polygon] for polygon in shape])
        for shape in shapes
    ]


def own_regions(path: Union[str, Path], field: str = "", crs: str = "") -> Tuple[Region, ...]:
    """Regions from the polygons of a file.

    Parameters
    ----------
    path : path
        As for `vector_file.read_vector_file`.
    field : str
        Field with their names; those of one name are one region.
    crs : str

    Returns
    -------
    tuple of Region

    Raises
    ------
    VectorError, SitesError
    """
    found = read_vector_file(str(path), Shape.POLYGON, crs)
    found.require_field(field)
    positions = positions_of(found.crs_wkt, [feature.parts for feature in found.features])
    names = [feature.fields.get(field) if field else None for feature in found.features]
    return regions_named(names, [None if p is None else p.area for p in positions])


def regions_named(names: Sequence[Any], areas: Sequence[Optional[SiteArea]]) -> Tuple[Region, ...]:
    """Regions from areas; those of one name are one region.

    Parameters
    ----------
    names : sequence
        Empty for numbered ones.
    areas : sequence of SiteArea or None

    Returns
    -------
    tuple of Region

    Raises
    ------
    SitesError
        If there is no area.
    """
    named: Dict[str, List[Any]] = {}
    for number, (name, area) in enumerate(zip(names, areas), start=1):
        if area is not None:
            named.setdefault(str(name or f"Region {number}"), []).extend(area.polygons)
    if not named:
        raise SitesError("The layer of regions has no polygon: choose another layer.")
    return tuple(
        Region(f"own_{place}", name, "polygons of the user", tuple(polygons))
        for place, (name, polygons) in enumerate(named.items())
    )


def _lonlats(wkt: str, points: Sequence[Vertex]) -> List[Vertex]:
    if not points:
        return []
    longitudes, latitudes = lunar_crs.to_lunar_lonlat(
        wkt, [x for x, _ in points], [y for _, y in points]
    )
    return list(zip(longitudes, latitudes))


def _position(shape: List[List[List[Vertex]]]) -> Optional[SitePosition]:
    vertices = [vertex for polygon in shape for ring in polygon for vertex in ring]
    if not vertices or not all(math.isfinite(value) for value in chain(*vertices)):
        return None  # no geometry, or off the map of the layer's projection
    longitudes = contiguous(tuple(lon for lon, _ in vertices))
    if len(vertices) == 1:
        return SitePosition(*vertices[0])
    rest = iter(zip(longitudes, (lat for _, lat in vertices)))
    area = SiteArea(
        tuple(tuple(tuple(next(rest) for _ in ring) for ring in polygon) for polygon in shape)
    )
    outer = [vertex for polygon in area.polygons for vertex in polygon[0][:-1]]
    longitude = sum(lon for lon, _ in outer) / len(outer)
    latitude = sum(lat for _, lat in outer) / len(outer)
    return SitePosition(wrap_longitude(longitude), latitude, area)
