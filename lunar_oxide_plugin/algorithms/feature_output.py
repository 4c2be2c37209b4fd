"""Write features so that a vector output is either complete or unchanged."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, Dict, Optional, Tuple

from osgeo import gdal
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFeatureSink,
    QgsFields,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingOutputLayerDefinition,
    QgsProcessingUtils,
    QgsWkbTypes,
)

from ..core.closing import Closing
from ..core.errors import OutputError
from ..core.files import OutputFile, final_path, not_complete, open_output, require_other_file
from ..core.moon.geopackage_crs import name_lunar_crs
from ..core.polygons.feature_file import name_crs_in_geojson
from ..core.translation import tr
from .database_table import DatabaseTable, tables
from .output_check import destination_text, is_file_name


class FeatureOutput(Closing):
    """A vector layer under construction; use it in a ``with`` block and call `finish`.

    A file is written beside its destination and gets its name when it is complete and can be read.
    A table of a GeoPackage that exists is written to a temporary file first, and replaced when that
    is complete. Layers in memory and other tables are written directly, and verified.

    Parameters
    ----------
    algorithm : QgsProcessingAlgorithm
    parameters, context
        As given by Processing.
    name : str
        Of the sink parameter.
    fields : QgsFields
    crs : QgsCoordinateReferenceSystem
    geometry : QgsWkbTypes.Type

    Raises
    ------
    OutputError, QgsProcessingException
        If the output cannot be written, or writing would delete other data.
    """

    def __init__(
        self,
        algorithm: QgsProcessingAlgorithm,
        parameters: Dict[str, Any],
        context: QgsProcessingContext,
        name: str,
        fields: QgsFields,
        crs: QgsCoordinateReferenceSystem,
        geometry: QgsWkbTypes.Type = QgsWkbTypes.Type.Point,
    ) -> None:
        self._geometry = geometry
        self._algorithm, self._context, self._name = algorithm, context, name
        self._parameters, self._fields, self._crs = parameters, fields, crs
        self._count = 0
        self._finished = False
        self._output: Optional[OutputFile] = None
        self._sink: Optional[QgsFeatureSink] = None
        self._table: Optional[DatabaseTable] = None
        self._replacement: Optional[Path] = None
        definition = algorithm.parameterDefinition(name)
        self._destination = destination_text(definition, parameters, context)
        if not is_file_name(self._destination):
            self._table = DatabaseTable.of(self._destination)
            self._open_table()
            return
        target = Path(self._destination)
        if not target.suffix:
            target = target.with_name(
                f"{target.name}.{algorithm.provider().defaultVectorFileExtension(True)}"
            )
        try:
            self._open(target)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Remove an unfinished file."""
        self._sink = None
        if self._output is not None:
            self._output.close()
        elif self._table is not None and self._replacement is None and not self._finished:
            self._table.remove()
        if self._replacement is not None:
            shutil.rmtree(self._replacement.parent, ignore_errors=True)

    def add(self, feature: QgsFeature) -> None:
        """Write a feature.

        Raises
        ------
        QgsProcessingException
            If it cannot be written, e.g. because the disk is full.
        """
        add_feature(self._sink, feature)
        self._count += 1

    def finish(self) -> str:
        """Complete the output, load it if requested, and return its destination.

        Raises
        ------
        OutputError, QgsProcessingException
            If the features read back differ from those written.
        """
        # This is the only reference to the sink: deleting it closes the file and writes buffered
        # features.
        self._sink = None
        if self._output is None:
            if self._table is not None:
                self._finish_table(self._table)
            self._finished = True
            return self._destination
        self._output.commit(self._verify)
        self._destination = str(self._output.target)
        self._load_on_completion()
        return self._destination

    def _open(self, target: Path) -> None:
        """Begin a file; the name includes an extension that the driver adds."""
        for _ in range(2):
            _require_no_other_layers(target)
            self._output = open_output(target)
            asked = self._parameters.get(self._name)
            value = QgsProcessingOutputLayerDefinition(str(self._output.path))
            if isinstance(asked, QgsProcessingOutputLayerDefinition):
                value.createOptions = asked.createOptions
            self._sink, path = self._make_sink({**self._parameters, self._name: value})
            written = Path(path.split("|")[0])
            if written.name == self._output.path.name:
                return
            self.close()
            target = final_path(target).with_name(written.name)
        raise QgsProcessingException(self._algorithm.invalidSinkError(self._parameters, self._name))

    def _open_table(self) -> None:
        """Begin a table, or a layer in memory."""
        if self._table is None or not self._table.exists():
            try:
                self._sink, self._destination = self._make_sink(self._parameters)
            except QgsProcessingException:
                # QGIS makes the table of a GeoPackage that is being drawn, but cannot open it the
                # first time ("Loading of layer failed").
                if self._table is None or not self._table.exists():
                    raise
                self._sink, self._destination = self._make_sink(self._parameters)
            return
        # Adding a layer to the file of an input is allowed, replacing one is not.
        require_other_file(self._table.path)
        self._replacement = Path(mkdtemp(dir=QgsProcessingUtils.tempFolder())) / "table.gpkg"
        self._sink, _ = self._make_sink({**self._parameters, self._name: str(self._replacement)})
        self._destination = f"{self._table.path}|layername={self._table.name}"

    def _finish_table(self, table: DatabaseTable) -> None:
        if self._replacement is not None:
            _require_features(self._replacement, "", self._count, table.path)
            table.replace(self._replacement, self._count)
        if table.path.suffix.lower() == ".gpkg":
            name_lunar_crs(table.path)
        _require_features(table.path, table.name, self._count, table.path)
        if self._replacement is not None:
            self._load_on_completion()

    def _make_sink(self, parameters: Dict[str, Any]) -> Tuple[QgsFeatureSink, str]:
        sink, destination = self._algorithm.parameterAsSink(
            parameters,
            self._name,
            self._context,
            self._fields,
            self._geometry,
            self._crs,
        )
        if sink is None:
            raise QgsProcessingException(
                self._algorithm.invalidSinkError(self._parameters, self._name)
            )
        return sink, str(destination)

    def _verify(self, path: Path) -> None:
        target = Path(self._destination)
        if path.suffix.lower() == ".gpkg":
            name_lunar_crs(path)
            _require_sound_database(path, target)
        _require_whole_text(path, target)
        if path.suffix.lower() in (".geojson", ".json") and self._crs.isValid():
            name_crs_in_geojson(path, self._crs.toWkt())
        _require_features(path, "", self._count, target)

    def _load_on_completion(self) -> None:
        asked = self._parameters.get(self._name)
        if not isinstance(asked, QgsProcessingOutputLayerDefinition):
            return
        if asked.destinationProject is None:
            return
        label = (
            asked.destinationName or self._algorithm.parameterDefinition(self._name).description()
        )
        details = QgsProcessingContext.LayerDetails(
            label, asked.destinationProject, self._name, QgsProcessingUtils.LayerHint.Vector
        )
        self._context.addLayerToLoadOnCompletion(self._destination, details)


def add_feature(sink: Optional[QgsFeatureSink], feature: QgsFeature) -> None:
    """Write a feature, or raise an error.

    Raises
    ------
    QgsProcessingException
    """
    if sink is None or not sink.addFeature(feature, QgsFeatureSink.Flag.FastInsert):
        reason = (sink.lastError() if sink else "") or tr("the disk may be full")
        raise QgsProcessingException(
            tr("A feature cannot be written to the output: {reason}.").format(reason=reason)
        )


def _require_features(source: Path, table: str, count: int, target: Path) -> None:
    """Read a finished layer to its end.

    A layer of QGIS is not used, because its pool of connections would keep the file open.
    """
    gdal.PushErrorHandler("CPLQuietErrorHandler")
    try:
        dataset = gdal.OpenEx(str(source), gdal.OF_VECTOR | gdal.OF_READONLY)
        layer = None
        if dataset is not None:
            layer = dataset.GetLayerByName(table) if table else dataset.GetLayer(0)
        found = -1 if layer is None else sum(1 for _ in iter(layer.GetNextFeature, None))
    except RuntimeError as error:  # GDAL's own where it raises, as it does from release 4 on
        raise OutputError(not_complete(target)) from error
    finally:
        gdal.PopErrorHandler()
    if found != count:
        raise OutputError(not_complete(target))


def _require_sound_database(path: Path, target: Path) -> None:
    try:
        with closing(sqlite3.connect(path)) as connection:
            found = connection.execute("PRAGMA quick_check").fetchone()
    except sqlite3.Error as error:
        raise OutputError(not_complete(target)) from error
    if found != ("ok",):
        raise OutputError(not_complete(target))


def _require_whole_text(path: Path, target: Path) -> None:
    """Refuse text that was truncated, which OGR does not report."""
    ending = path.suffix.lower()
    if ending == ".csv" and not path.read_bytes().endswith(b"\n"):
        raise OutputError(not_complete(target))
    if ending in (".geojson", ".json"):
        try:
            json.loads(path.read_text(encoding="utf-8"))
        except ValueError as error:
            raise OutputError(not_complete(target)) from error


def _require_no_other_layers(target: Path) -> None:
    """Refuse to replace a database that contains more than an earlier output of this name."""
    path = final_path(target)
    others = [name for name in tables(path) if name != path.stem]
    if others:
        raise QgsProcessingException(
            tr(
                "{path} holds other layers ({layers}), which would be lost: choose another file, "
                "or 'Save to GeoPackage' in the output's menu to add a layer to this one."
            ).format(path=target, layers=", ".join(others[:5]))
        )
