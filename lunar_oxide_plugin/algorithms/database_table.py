"""A table of a database file, which is replaced by a complete one or stays as it was."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import List, Optional

from osgeo import gdal, ogr
from qgis.core import QgsProcessingException

from ..core.translation import tr

#: QGIS's name of a destination in a table of a GeoPackage or another database file.
_DESTINATION = re.compile(r"""ogr:dbname='((?:[^'\\]|\\.)+)'(?:\s+table="([^"]*)")?""")


@dataclass(frozen=True)
class DatabaseTable:
    """A table, existing or not.

    Attributes
    ----------
    path : Path
        Of the database's file.
    name : str
    """

    path: Path
    name: str

    @classmethod
    def of(cls, destination: str) -> Optional[DatabaseTable]:
        """Table that a destination names; None if it is no table of a file."""
        match = _DESTINATION.match(destination)
        if match is None:
            return None
        path = Path(match.group(1).replace("\\'", "'"))
        return cls(path, match.group(2) or path.stem)

    def exists(self) -> bool:
        """Whether the file is a GeoPackage with a table of this name."""
        return self.name in tables(self.path)

    def remove(self) -> None:
        """Remove a table that lacks features; other tables of the database stay."""
        gdal.PushErrorHandler("CPLQuietErrorHandler")
        try:
            dataset = gdal.OpenEx(str(self.path), gdal.OF_VECTOR | gdal.OF_UPDATE)
            if dataset is not None:
                self._delete_from(dataset)
        except RuntimeError:  # where GDAL raises its errors: the disk may take no change at all
            return
        finally:
            gdal.PopErrorHandler()

    def replace(self, source: Path, count: int) -> None:
        """Put the only layer of another file in the place of this table, in one transaction.

        Parameters
        ----------
        source : Path
        count : int
            Features of the layer.

        Raises
        ------
        QgsProcessingException
            If the database takes no change; the table is as it was.
        """
        gdal.PushErrorHandler("CPLQuietErrorHandler")
        gdal.ErrorReset()
        try:
            complete = self._replaced(source, count)
            reason = gdal.GetLastErrorMsg()
        except RuntimeError as error:  # where GDAL raises its errors
            complete, reason = False, str(error)
        finally:
            gdal.PopErrorHandler()
        if not complete:
            raise QgsProcessingException(
                tr(
                    "The table {table} of {path} stays as it was, because the new one cannot be "
                    "written there: {reason}."
                ).format(
                    table=self.name,
                    path=self.path,
                    reason=reason.rstrip(".") or tr("the disk may be full"),
                )
            )

    def _replaced(self, source: Path, count: int) -> bool:
        """Whether the database now holds the new table."""
        new = gdal.OpenEx(str(source), gdal.OF_VECTOR | gdal.OF_READONLY)
        dataset = gdal.OpenEx(str(self.path), gdal.OF_VECTOR | gdal.OF_UPDATE)
        if new is None or dataset is None or dataset.StartTransaction() != 0:
            return False
        complete = False
        try:
            complete = self._delete_from(dataset) and self._copy_to(dataset, new.GetLayer(0), count)
            complete = complete and dataset.CommitTransaction() == 0
        finally:
            if not complete:
                dataset.RollbackTransaction()
        return complete

    def _copy_to(self, dataset: gdal.Dataset, layer: ogr.Layer, count: int) -> bool:
        """Whether a layer is in the database now; GDAL's CopyLayer needs its own transaction."""
        copy = dataset.CreateLayer(
            self.name,
            layer.GetSpatialRef(),
            layer.GetGeomType(),
            [f"GEOMETRY_NAME={layer.GetGeometryColumn()}", f"FID={layer.GetFIDColumn()}"],
        )
        if copy is None or any(copy.CreateField(field) != 0 for field in layer.schema):
            return False
        for feature in layer:
            added = ogr.Feature(copy.GetLayerDefn())
            if added.SetFrom(feature) != 0 or copy.CreateFeature(added) != 0:
                return False
        # Writes the spatial index too.
        return bool(copy.SyncToDisk() == 0 and copy.GetFeatureCount() == count)

    def _delete_from(self, dataset: gdal.Dataset) -> bool:
        for number in range(dataset.GetLayerCount()):
            if dataset.GetLayer(number).GetName() == self.name:
                return bool(dataset.DeleteLayer(number) == 0)
        return False


def tables(path: Path) -> List[str]:
    """Tables of a GeoPackage with features or attributes; none for other files.

    Parameters
    ----------
    path : Path

    Returns
    -------
    list of str
    """
    try:
        # SQLite alone opens it, because closing a file frees the locks that this process has on it
        # (POSIX), such as those of QGIS that edits a layer.
        uri = f"{path.absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            rows = connection.execute("SELECT table_name FROM gpkg_contents").fetchall()
    except (OSError, sqlite3.Error):
        return []
    return [str(name) for (name,) in rows]
