"""Making a GeoPackage's lunar CRS findable by its name."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from ..errors import OutputError


def name_lunar_crs(path: Path) -> None:
    """Spell the authority of lunar CRS as PROJ's database does.

    GDAL 3.6 writes ``IAU`` where the database says ``IAU_2015``; QGIS then finds no CRS at all
    and cannot place the layer over any map.

    Raises
    ------
    OutputError
        If the file is no GeoPackage or cannot be changed.
    """
    try:
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute(
                "UPDATE gpkg_spatial_ref_sys SET definition = "
                "replace(definition, 'AUTHORITY[\"IAU\"', 'AUTHORITY[\"IAU_2015\"') "
                "WHERE organization IN ('IAU', 'IAU_2015')"
            )
    except sqlite3.Error as error:
        raise OutputError(f"The CRS of {path.name} cannot be written: {error}.") from error
