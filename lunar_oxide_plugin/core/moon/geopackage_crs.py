"""Correct the name of a GeoPackage's lunar CRS, so that QGIS finds it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from ..errors import NotWrittenError


def name_lunar_crs(path: Path) -> None:
    """Write the authority of lunar CRS as in PROJ's database.

    GDAL 3.6 writes ``IAU`` instead of ``IAU_2015``. QGIS then finds no CRS and cannot show the
    layer on a map.

    Parameters
    ----------
    path : Path

    Raises
    ------
    OutputError
        If the file is not a GeoPackage or cannot be changed.
    """
    try:
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute(
                "UPDATE gpkg_spatial_ref_sys SET definition = "
                "replace(definition, 'AUTHORITY[\"IAU\"', 'AUTHORITY[\"IAU_2015\"') "
                "WHERE organization IN ('IAU', 'IAU_2015')"
            )
    except sqlite3.Error as error:
        raise NotWrittenError(f"The CRS of {path.name} cannot be written: {error}.") from error
