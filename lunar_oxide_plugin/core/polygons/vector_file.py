"""Polygons, lines and points of a file: GeoJSON directly, other formats through pyogrio."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, List, Mapping, Sequence, Tuple

from ..errors import PackageMissingError, RasterError, VectorError, system_error
from ..files import is_there
from ..moon import lunar_crs
from ..moon.wkt import MOON_GEOGRAPHIC_WKT
from .feature_table import Parts, Shape, Vertices
from .shapes import MapRegion, RegionLayer, ring_of

#: Fields that name features where the user chooses none.
NAME_FIELDS = ("name", "unit", "label", "title", "station_id", "site", "station", "sample")

_GEOJSON = (".geojson", ".json")
_URN = re.compile(r"urn:ogc:def:crs:(\w+?)(?:_?(\d{4}))?:(\d{4})?:?(\d+)$", re.IGNORECASE)


@dataclass(frozen=True)
class Feature:
    """A feature.

    Attributes
    ----------
    number : int
        Identifier in its file.
    fields : mapping of str to any
    parts : tuple of tuple of Vertices
        A polygon's part has its outer ring, then its holes; a line's and a point's part has one
        list of vertices.
    """

    number: int
    fields: Mapping[str, Any]
    parts: Parts

    def name(self, field: str, otherwise: str) -> str:
        """The name of the feature.

        Parameters
        ----------
        field : str
            That holds it; empty for the first of `NAME_FIELDS` that is filled.
        otherwise : str
            Word before its number where it has none.

        Returns
        -------
        str
        """
        if field:
            value = self.fields.get(field)
            return "(no name)" if _is_missing(value) else str(value)
        plain = {key.lower(): value for key, value in self.fields.items()}
        for key in NAME_FIELDS:
            if not _is_missing(plain.get(key)):
                return str(plain[key])
        return f"{otherwise} {self.number}"


@dataclass(frozen=True)
class VectorFile:
    """Features of one kind in one lunar CRS."""

    path: str
    features: Tuple[Feature, ...]
    crs_wkt: str

    def require_field(self, field: str) -> None:
        """Refuse the name of a field that no feature has.

        Parameters
        ----------
        field : str
            Empty for none.

        Raises
        ------
        VectorError
        """
        known = list(dict.fromkeys(key for feature in self.features for key in feature.fields))
        if field and field not in known:
            listed = ", ".join(known) or "none"
            raise VectorError(f"{Path(self.path).name} has no field {field!r}: it has {listed}.")


def read_vector_file(path: str, shape: Shape, crs: str = "") -> VectorFile:
    """Read the features of a file.

    Parameters
    ----------
    path : str
        A GeoJSON file; with pyogrio and shapely anything that OGR reads. ``FILE|layername=NAME``
        names one of several layers.
    shape : Shape
        Features of other kinds are left out.
    crs : str
        Lunar CRS of the coordinates where the file's own is missing or wrong.

    Returns
    -------
    VectorFile

    Raises
    ------
    VectorError
        If it cannot be read, has no such feature, or no lunar CRS.
    """
    name = _name_of(path)
    found, own = _read(path)
    features = []
    for number, fields, geometry in found:
        parts = tuple(_parts(geometry, shape, name))
        if parts:
            features.append(Feature(number, fields, parts))
    if not features:
        raise VectorError(f"{name} holds no {shape.words}: choose another file.")
    wkt = _lunar(own, crs, [feature.parts for feature in features], name)
    return VectorFile(path, tuple(features), wkt)


@dataclass(frozen=True)
class Places:
    """Points, polygons and rows without geometry of a file.

    Attributes
    ----------
    fields : tuple of mapping of str to any
    shapes : tuple of Parts
        A point is a part of one list with one vertex.
    crs_wkt : str
        A lunar CRS; empty where nothing has a geometry.
    """

    fields: Tuple[Mapping[str, Any], ...]
    shapes: Tuple[Parts, ...]
    crs_wkt: str


def read_places(path: str, crs: str = "") -> Places:
    """Read points and polygons of a file, and rows without geometry.

    Parameters
    ----------
    path, crs : str
        As for `read_vector_file`.

    Returns
    -------
    Places

    Raises
    ------
    VectorError, PackageMissingError
        If it cannot be read, holds lines, or has no lunar CRS.
    """
    name = _name_of(path)
    found, own = _read(path, only_placed=False)
    shapes = []
    for _, _, geometry in found:
        parts = _parts(geometry, Shape.POINT, name) + _parts(geometry, Shape.POLYGON, name)
        if geometry and not parts:
            raise VectorError(f"{name} holds lines: give points, polygons, or a table.")
        shapes.append(tuple(parts))
    wkt = _lunar(own, crs, shapes, name) if any(shapes) else ""
    rows = [
        {key: None if _is_missing(value) else value for key, value in fields.items()}
        for _, fields, _ in found
    ]
    return Places(tuple(rows), tuple(shapes), wkt)


def _name_of(path: str) -> str:
    return Path(path.partition("|")[0]).name


def _read(path: str, only_placed: bool = True) -> Tuple[List[_Found], str]:
    """Number, fields and geometry of each feature, and WKT of the CRS that the file tells."""
    file, _, layer = path.partition("|layername=")
    if not is_there(file) and "/vsi" not in file:
        raise VectorError(f"The file {file} does not exist: check the path.")
    if Path(file).suffix.lower() in _GEOJSON and not layer:
        return _read_geojson(file, only_placed)
    return _read_with_pyogrio(file, layer, only_placed)


def _lunar(own: str, crs: str, shapes: Sequence[Parts], name: str) -> str:
    """WKT of the lunar CRS of coordinates: the stated one, or the file's own."""
    wkt = lunar_crs.wkt_of(crs) if crs else own
    if not wkt:
        raise VectorError(
            f"{name} does not tell the CRS of its coordinates: state the lunar CRS that they have "
            "(the option that ends in -crs), e.g. IAU_2015:30100 for degrees."
        )
    try:
        lunar_crs.require_moon(wkt, name)
    except RasterError as error:
        raise VectorError(
            f"{name} has a CRS that is not of the Moon: state the lunar CRS that its coordinates "
            "have (the option that ends in -crs), e.g. IAU_2015:30100 for degrees."
        ) from error
    if wkt == MOON_GEOGRAPHIC_WKT and not crs:
        _require_degrees(shapes, name)
    return wkt


def read_region_file(path: str, field: str = "", crs: str = "") -> RegionLayer:
    """Polygons of a file as regions.

    Parameters
    ----------
    path : str
        As for `read_vector_file`.
    field : str
        Field with the regions' names: polygons of one name form one region. Empty: each feature is
        a region of its own.
    crs : str

    Returns
    -------
    RegionLayer

    Raises
    ------
    VectorError
    """
    return regions_of(read_vector_file(path, Shape.POLYGON, crs), field)


def regions_of(found: VectorFile, field: str = "") -> RegionLayer:
    """Polygons as regions, see `read_region_file`.

    Parameters
    ----------
    found : VectorFile
    field : str

    Returns
    -------
    RegionLayer
        Without a field its regions are those of the features, in their order.

    Raises
    ------
    VectorError
    """
    found.require_field(field)
    polygons: Dict[Tuple[str, int], List[Tuple[Any, ...]]] = {}
    for place, feature in enumerate(found.features):
        key = (feature.name(field, "polygon"), 0 if field else place)
        rings = [tuple(ring_of(ring) for ring in part) for part in feature.parts]
        polygons.setdefault(key, []).extend(rings)
    regions = tuple(MapRegion(name, tuple(parts)) for (name, _), parts in polygons.items())
    return RegionLayer(regions, found.crs_wkt, Path(found.path.partition("|")[0]).name)


_Found = Tuple[int, Mapping[str, Any], Mapping[str, Any]]


def _read_geojson(path: str, only_placed: bool) -> Tuple[List[_Found], str]:
    """Number, fields and geometry of each feature, and the CRS (degrees if none is told)."""
    name = Path(path).name
    try:
        document = json.loads(Path(path).read_text(encoding="utf-8-sig"))
        kind = document["type"]
        if kind == "FeatureCollection":
            items = document["features"]
        elif kind == "Feature":
            items = [document]
        else:
            items = [{"geometry": document, "properties": {}}]
        found: List[_Found] = [
            (place, dict(item.get("properties") or {}), dict(item.get("geometry") or {}))
            for place, item in enumerate(items)
            if item.get("geometry") or not only_placed
        ]
        told = document.get("crs") or {}
        words = str(told.get("properties", {}).get("name", ""))
    except OSError as error:
        raise VectorError(system_error(error, name)) from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise VectorError(f"{name} is no GeoJSON ({type(error).__name__}: {error}).") from error
    return found, _crs_named(words)


def _crs_named(words: str) -> str:
    """WKT of the CRS that a GeoJSON names; lunar degrees where it names none."""
    if not words:
        return MOON_GEOGRAPHIC_WKT
    match = _URN.match(words)
    if match is None:
        return lunar_crs.wkt_of("EPSG:4326" if words.upper().endswith("CRS84") else words)
    authority, year, version, code = match.groups()
    edition = year or version
    if authority.upper() == "IAU":
        return lunar_crs.wkt_of(f"IAU_{edition or 2015}:{code}")
    return lunar_crs.wkt_of(f"{authority}:{code}")


def _read_with_pyogrio(path: str, layer: str, only_placed: bool) -> Tuple[List[_Found], str]:
    """The same, of any format that OGR reads."""
    name = Path(path).name
    try:
        import pyogrio
        import shapely
    except ImportError as error:
        raise PackageMissingError(
            f"{name} can only be read with the Python packages pyogrio and shapely ({error}): "
            "install them ('pip install pyogrio shapely'), or save the features as GeoJSON."
        ) from error
    try:
        layers = [str(row[0]) for row in pyogrio.list_layers(path)]
        if not layer and len(layers) > 1:
            raise VectorError(
                f"{name} has several layers: name one, as {name}|layername={layers[0]} (it has "
                f"{', '.join(layers)})."
            )
        facts, numbers, shapes, columns = pyogrio.raw.read(
            path, layer=layer or None, return_fids=True, force_2d=True
        )
        if shapes is None and only_placed:
            raise VectorError(f"{name} is a table without geometry: choose another file.")
        bodies = [None] * len(numbers) if shapes is None else shapely.from_wkb(shapes)
        geometries = [{} if each is None else shapely.geometry.mapping(each) for each in bodies]
    except (OSError, ValueError, RuntimeError, shapely.errors.ShapelyError) as error:
        raise VectorError(f"{name} cannot be read ({error}): choose another file.") from error
    rows = zip(*columns) if columns else ((),) * len(geometries)
    names = [str(field) for field in facts["fields"]]
    found: List[_Found] = [
        (int(number), dict(zip(names, row)), geometry)
        for number, row, geometry in zip(numbers, rows, geometries)
        if geometry.get("coordinates") or geometry.get("geometries") or not only_placed
    ]
    own = str(facts.get("crs") or "")
    return found, lunar_crs.wkt_of(own) if own else ""


def _parts(geometry: Mapping[str, Any], shape: Shape, name: str) -> List[Tuple[Vertices, ...]]:
    """The parts of a GeoJSON geometry that are of a kind."""
    if not geometry:
        return []
    try:
        kind = geometry["type"]
        if kind == "GeometryCollection":
            inner = [_parts(each, shape, name) for each in geometry["geometries"]]
            return [part for parts in inner for part in parts]
        if kind not in (shape.value, f"Multi{shape.value}"):
            return []
        coordinates = geometry["coordinates"]
        bodies = coordinates if kind.startswith("Multi") else [coordinates]
        if shape is Shape.POLYGON:
            return [tuple(map(_vertices, body)) for body in bodies if body]
        if shape is Shape.LINE:
            return [(_vertices(body),) for body in bodies if body]
        return [(_vertices([body]),) for body in bodies if body]
    except (KeyError, TypeError, ValueError, IndexError, RecursionError) as error:
        raise VectorError(
            f"{name} has a damaged geometry ({type(error).__name__}: {error})."
        ) from error


def _vertices(positions: Sequence[Sequence[float]]) -> Vertices:
    vertices = tuple((float(position[0]), float(position[1])) for position in positions)
    if not all(math.isfinite(number) for vertex in vertices for number in vertex):
        raise ValueError("a coordinate that is no number")
    return vertices


def _require_degrees(shapes: Sequence[Parts], name: str) -> None:
    """Refuse coordinates that are no longitudes and latitudes, where no CRS says what they are."""
    for shape in shapes:
        for part in shape:
            for x, y in (vertex for vertices in part for vertex in vertices):
                if abs(y) > 90.0 + 1e-9 or abs(x) > 720.0:
                    raise VectorError(
                        f"{name} does not tell its CRS, and its coordinates ({x:g}, {y:g}) are no "
                        "degrees: state their lunar CRS (the option that ends in -crs), e.g. "
                        "IAU_2015:30110 for metres."
                    )


def _is_missing(value: Any) -> bool:
    return value is None or value == "" or (isinstance(value, float) and math.isnan(value))
