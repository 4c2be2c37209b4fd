"""Write features as GeoJSON, or as a GeoPackage where pyogrio and shapely are installed.

GeoJSON names its CRS as WKT without codes in the member ``crs``, because RFC 7946 knows no Moon
and QGIS 3.22 does not find ``IAU_2015:30100`` there. A file that this program did not make is
never replaced: files carry its name.
"""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, Dict, List, Mapping, Optional, Sequence, Union

import numpy as np

from ..errors import NotWrittenError, OutputError, PackageMissingError
from ..files import final_path, is_there, not_complete, open_output, write_text
from ..moon.geopackage_crs import name_lunar_crs
from ..moon.wkt import MOON_GEOGRAPHIC_WKT
from ..version import NAME, SOFTWARE
from .feature_table import FeatureTable, Kind, Row, Shape

AnyPath = Union[str, Path]

GEOJSON = (".geojson", ".json")
GEOPACKAGE = ".gpkg"

#: Longest reason of GDAL that is shown.
MOST_LETTERS = 200

#: Codes of CRS in WKT, of either version.
_CODE = re.compile(r",\s*(?:AUTHORITY|ID)\[[^\[\]]*\]")
_TYPES: Mapping[Kind, Any] = {
    Kind.TEXT: object,
    Kind.NUMBER: np.float64,
    Kind.WHOLE: np.int32,
    Kind.LARGE: np.int64,
    Kind.FLAG: np.bool_,
}


def require_layer(target: AnyPath) -> None:
    """Refuse an output that cannot become a layer, before anything is computed.

    Parameters
    ----------
    target : path

    Raises
    ------
    OutputError
        If its format is not known, or a file of this name was not made by this program.
    PackageMissingError
        If its format needs packages that cannot be imported.
    """
    path = Path(target)
    ending = path.suffix.lower()
    if ending not in (*GEOJSON, GEOPACKAGE):
        raise OutputError(
            f"The layer {path.name} must be GeoJSON or a GeoPackage: give a name that ends in "
            ".geojson or .gpkg."
        )
    if ending == GEOPACKAGE:
        _writers(path.name)
    final = final_path(path)
    if is_there(final) and not _is_ours(final):
        raise OutputError(
            f"{path} exists and was not made by this command: choose another name, or remove it "
            "yourself."
        )


def write_features(table: FeatureTable, target: AnyPath) -> None:
    """Write features; the format is that of the name's ending.

    Parameters
    ----------
    table : FeatureTable
    target : path
        ``.geojson``, ``.json`` or ``.gpkg``.

    Raises
    ------
    OutputError, PackageMissingError
        If it cannot be written; an earlier file is then untouched.
    """
    require_layer(target)
    if Path(target).suffix.lower() == GEOPACKAGE:
        _write_geopackage(table, Path(target))
    else:
        write_text(target, render_geojson(table, Path(target).stem), "layer")


def render_geojson(table: FeatureTable, name: str) -> str:
    """Features as GeoJSON.

    Parameters
    ----------
    table : FeatureTable
    name : str
        Of the layer.

    Returns
    -------
    str
        One feature a line.
    """
    names = [column.name for column in table.columns]
    head = {
        "type": "FeatureCollection",
        "name": name,
        "generator": SOFTWARE,
        "crs": {"type": "name", "properties": {"name": crs_words(table.crs_wkt)}},
    }
    features = ",\n".join(
        json.dumps(
            {
                "type": "Feature",
                "properties": dict(zip(names, row.values)),
                "geometry": geometry(row, table.shape, table.is_multi),
            },
            ensure_ascii=False,
            allow_nan=False,
        )
        for row in table.rows
    )
    opened = json.dumps(head, ensure_ascii=False)[:-1]
    return f'{opened}, "features": [\n{features}\n]}}\n'


def name_crs_in_geojson(path: Path, wkt: str) -> None:
    """Name the CRS in a GeoJSON file of another program so that QGIS finds it.

    Parameters
    ----------
    path : Path
    wkt : str
        Of the file's coordinates.

    Raises
    ------
    OSError, ValueError
    """
    document = json.loads(path.read_text(encoding="utf-8"))
    document["crs"] = {"type": "name", "properties": {"name": crs_words(wkt)}}
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")


def crs_words(wkt: str) -> str:
    """The name of a CRS in GeoJSON: WKT without codes, which every program finds.

    Parameters
    ----------
    wkt : str

    Returns
    -------
    str
    """
    return _CODE.sub("", " ".join(wkt.split())) or MOON_GEOGRAPHIC_WKT


def geometry(row: Row, shape: Shape, is_multi: bool) -> Optional[Dict[str, Any]]:
    """The place of a feature as a geometry of GeoJSON.

    Parameters
    ----------
    row : Row
    shape : Shape
    is_multi : bool
        Whether the layer has features of several parts.

    Returns
    -------
    dict, or None without a place
    """
    if not row.parts:
        return None
    parts: List[Any] = [[[list(vertex) for vertex in ring] for ring in part] for part in row.parts]
    if shape is not Shape.POLYGON:
        parts = [part[0] for part in parts]
    if shape is Shape.POINT:
        parts = [part[0] for part in parts]
    if is_multi:
        return {"type": f"Multi{shape.value}", "coordinates": parts}
    return {"type": shape.value, "coordinates": parts[0]}


def _write_geopackage(table: FeatureTable, target: Path) -> None:
    pyogrio, shapely = _writers(target.name)
    geometries = [geometry(row, table.shape, table.is_multi) for row in table.rows]
    shapes = [None if each is None else shapely.geometry.shape(each) for each in geometries]
    kind = f"Multi{table.shape.value}" if table.is_multi else table.shape.value
    data = [
        _values([row.values[place] for row in table.rows], column.kind)
        for place, column in enumerate(table.columns)
    ]
    masks = [
        np.array([row.values[place] is None for row in table.rows])
        for place in range(len(table.columns))
    ]
    with open_output(target, what="layer") as output:
        try:
            pyogrio.raw.write(
                str(output.path),
                geometry=np.array(shapely.to_wkb(np.array(shapes, dtype=object)), dtype=object),
                field_data=data,
                fields=[column.name for column in table.columns],
                field_mask=masks,
                layer=target.stem,
                driver="GPKG",
                geometry_type=kind,
                crs=table.crs_wkt,
                dataset_options={"VERSION": "1.3"},  # QGIS 3.22 warns of later ones
                layer_options={"DESCRIPTION": SOFTWARE},
            )
        except (RuntimeError, ValueError, OSError) as error:
            # GDAL repeats the statements of SQL that failed; the reason stands at the end.
            reason = str(error).rsplit(": ", 1)[-1][-MOST_LETTERS:].strip(" ).")
            raise output.failed(OSError(reason)) from error
        name_lunar_crs(output.path)

        def is_whole(path: Path) -> None:
            with closing(sqlite3.connect(path)) as connection:
                sound = connection.execute("PRAGMA quick_check").fetchone()
                quoted = target.stem.replace('"', '""')
                count = f'SELECT count(*) FROM "{quoted}"'  # nosec B608 - the name is quoted
                rows = connection.execute(count).fetchone()
            if (sound, rows) != (("ok",), (len(table.rows),)):
                raise NotWrittenError(not_complete(target))

        try:
            output.commit(is_whole)
        except sqlite3.Error as error:
            raise NotWrittenError(not_complete(target)) from error


def _values(values: Sequence[Any], kind: Kind) -> Any:
    """Values of a column; those that are missing have a mask."""
    nothing = {Kind.TEXT: None, Kind.NUMBER: np.nan}.get(kind, 0)
    filled: List[Any] = [nothing if value is None else value for value in values]
    return np.array(filled, dtype=_TYPES[kind])


def _writers(name: str) -> Any:
    """The packages that write GeoPackages."""
    try:
        import pyogrio
        import shapely
    except ImportError as error:
        raise PackageMissingError(
            f"{name} can only be written with the Python packages pyogrio and shapely ({error}): "
            "install them ('pip install pyogrio shapely'), or write GeoJSON (.geojson)."
        ) from error
    return pyogrio, shapely


def _is_ours(path: Path) -> bool:
    """Whether a file is a layer that this module wrote, with nothing else in it."""
    try:
        if path.suffix.lower() != GEOPACKAGE:
            document = json.loads(path.read_text(encoding="utf-8"))
            return str(document.get("generator", "")).startswith(NAME)
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            rows = connection.execute("SELECT description FROM gpkg_contents").fetchall()
        return len(rows) == 1 and str(rows[0][0]).startswith(NAME)
    except (OSError, ValueError, AttributeError, sqlite3.Error):
        return False
