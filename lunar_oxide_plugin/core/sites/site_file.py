"""Read measured sites from a file: a table of text, or features of any format."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Union

from ..errors import SitesError
from ..polygons.vector_file import read_places
from .feature_positions import positions_of
from .headers import with_true_headers
from .site_columns import GroundTruth, read_sites, recognise
from .table_file import read_site_table

#: Endings of files that hold features or database tables.
_FEATURES = (".geojson", ".json", ".gpkg", ".shp", ".fgb", ".gml", ".kml", ".sqlite", ".xlsx",
             ".ods")  # fmt: skip


def read_site_file(path: Union[str, Path], chosen: str = "", crs: str = "") -> GroundTruth:
    """Measured compositions of a file.

    Parameters
    ----------
    path : path
        A table of text; points or polygons, or a table with coordinate columns, in a format that
        `polygons.vector_file` reads.
    chosen : str
        The user's choice of columns, see `site_columns.recognise`.
    crs : str
        Lunar CRS of points and polygons where their own is missing or wrong.

    Returns
    -------
    GroundTruth

    Raises
    ------
    SitesError, VectorError, PackageMissingError
        One sentence about what is wrong.
    """
    file = str(path).partition("|")[0]
    if Path(file).suffix.lower() not in _FEATURES:
        return read_site_table(Path(path), chosen)
    found = read_places(str(path), crs)
    names = list(dict.fromkeys(name for fields in found.fields for name in fields))
    rows = [{name: fields.get(name) for name in names} for fields in found.fields]
    if not any(found.shapes):
        header, table, notes = with_true_headers(names, rows)
        truth = read_sites(table, recognise(header, chosen))
        return replace(truth, notes=(*notes, *truth.notes))
    for shape in found.shapes:
        points = [part for part in shape if len(part[0]) == 1]
        if len(points) > 1:
            raise SitesError(
                f"A sample site has {len(points)} points: turn the layer into single parts first."
            )
    positions = positions_of(found.crs_wkt, found.shapes)
    return read_sites(rows, recognise(names, chosen, True), positions)
