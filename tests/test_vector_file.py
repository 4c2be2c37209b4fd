"""Polygons, lines and points of files, read without QGIS."""

from __future__ import annotations

import json
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lunar_oxide_plugin.core.errors import LunarOxideError, PackageMissingError, VectorError
from lunar_oxide_plugin.core.moon.wkt import MOON_GEOGRAPHIC_WKT
from lunar_oxide_plugin.core.polygons.vector_file import Shape, read_region_file, read_vector_file

OUTER = [[30.0, 10.0], [34.0, 10.0], [33.0, 15.0], [30.0, 10.0]]
HOLE = [[31.0, 11.0], [32.0, 11.0], [32.0, 12.0], [31.0, 11.0]]
OTHER = [[50.0, -3.0], [51.0, -3.0], [51.0, -1.0], [50.0, -3.0]]


def feature(kind, coordinates, **fields):
    return {
        "type": "Feature",
        "properties": fields,
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def write(path, *features, crs=None, **others):
    document = {"type": "FeatureCollection", "features": list(features), **others}
    if crs:
        document["crs"] = {"type": "name", "properties": {"name": crs}}
    path.write_text(json.dumps(document), encoding="utf-8")
    return str(path)


def test_polygons_have_their_holes_parts_and_names(tmp_path):
    path = write(
        tmp_path / "units.geojson",
        feature("MultiPolygon", [[OUTER, HOLE], [OTHER]], name="Em1", age=3.2),
        feature("Point", [30.0, 10.0], name="a point is left out"),
        feature("Polygon", [OTHER], name=None, age=1.0),
    )
    layer = read_region_file(path)
    assert [region.name for region in layer.regions] == ["Em1", "polygon 2"]
    assert layer.crs_wkt == MOON_GEOGRAPHIC_WKT
    assert layer.source == "units.geojson"
    first = layer.regions[0].polygons
    assert [len(polygon) for polygon in first] == [2, 1]
    np.testing.assert_array_equal(first[0][0], OUTER)
    np.testing.assert_array_equal(first[0][1], HOLE)
    np.testing.assert_array_equal(first[1][0], OTHER)


def test_polygons_of_one_name_form_one_region_where_names_are_asked_for(tmp_path):
    path = write(
        tmp_path / "units.json",
        feature("Polygon", [OUTER], unit="mare", name="x"),
        feature("Polygon", [OTHER], unit="highland", name="y"),
        feature("Polygon", [HOLE], unit="mare", name="z"),
        feature("Polygon", [HOLE], unit=None, name="z"),
    )
    layer = read_region_file(path, "unit")
    assert [(r.name, len(r.polygons)) for r in layer.regions] == [
        ("mare", 2), ("highland", 1), ("(no name)", 1),
    ]  # fmt: skip
    assert len(read_region_file(path).regions) == 4
    with pytest.raises(VectorError, match="has no field 'nothing': it has unit, name"):
        read_region_file(path, "nothing")


def test_lines_and_points_keep_their_vertices(tmp_path):
    path = write(
        tmp_path / "all.geojson",
        feature("MultiLineString", [[[1, 2, 99], [3, 4, 99]], [[5, 6], [7, 8], [9, 10]]], id="l"),
        feature("MultiPoint", [[11, 12], [13, 14]], station="S"),
        {
            "type": "Feature",
            "properties": None,
            "geometry": {
                "type": "GeometryCollection",
                "geometries": [{"type": "LineString", "coordinates": [[0, 1], [2, 3]]}],
            },
        },
        {"type": "Feature", "properties": {}, "geometry": None},
    )
    lines = read_vector_file(path, Shape.LINE).features
    assert [part for line in lines for part in line.parts] == [
        (((1.0, 2.0), (3.0, 4.0)),),
        (((5.0, 6.0), (7.0, 8.0), (9.0, 10.0)),),
        (((0.0, 1.0), (2.0, 3.0)),),
    ]
    (points,) = read_vector_file(path, Shape.POINT).features
    assert points.parts == ((((11.0, 12.0),),), (((13.0, 14.0),),))
    assert points.name("", "point") == "S"


@pytest.mark.parametrize(
    "crs", ["urn:ogc:def:crs:IAU:2015:30110", "urn:ogc:def:crs:IAU_2015::30110", "IAU_2015:30110"]
)
def test_the_crs_of_a_file_is_taken_however_it_is_spelled(tmp_path, crs):
    metres = [[932000, 613000], [935000, 613000], [935000, 610000], [932000, 613000]]
    layer = read_region_file(write(tmp_path / "m.geojson", feature("Polygon", [metres]), crs=crs))
    assert "Equirectangular" in layer.crs_wkt
    stated = read_region_file(
        write(tmp_path / "n.geojson", feature("Polygon", [metres])), crs="IAU_2015:30110"
    )
    assert stated.crs_wkt == layer.crs_wkt


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("no.geojson", None, "no.geojson does not exist: check the path"),
        ("a.geojson", "not json", "a.geojson is no GeoJSON"),
        ("a.geojson", "[1, 2]", "a.geojson is no GeoJSON"),
        ("a.geojson", '{"type": "FeatureCollection", "features": []}', "holds no polygon"),
        ("a.geojson", '{"type": "Point", "coordinates": [1, 2]}', "holds no polygon"),
        (
            "a.geojson",
            '{"type": "Polygon", "coordinates": [[[1, 2], ["x", 3], [1, 2]]]}',
            "damaged geometry",
        ),
        (
            "a.geojson",
            '{"type": "Polygon", "coordinates": [[[1, 2], [NaN, 3], [1, 2]]]}',
            "damaged geometry",
        ),
        (
            "a.geojson",
            '{"type": "Polygon", "coordinates": [[[9000, 8000], [9000, 1], [3, 1]]]}',
            r"coordinates \(9000, 8000\) are no degrees: state their lunar CRS",
        ),
    ],
)
def test_what_cannot_be_read_is_one_sentence(tmp_path, name, text, sentence):
    path = tmp_path / name
    if text is not None:
        path.write_text(text)
    with pytest.raises(VectorError, match=sentence):
        read_region_file(str(path))


def test_a_crs_of_earth_is_refused_and_the_advice_works(tmp_path):
    path = write(
        tmp_path / "e.geojson", feature("Polygon", [OUTER]), crs="urn:ogc:def:crs:OGC:1.3:CRS84"
    )
    with pytest.raises(VectorError, match="is not of the Moon: state the lunar CRS"):
        read_region_file(path)
    assert "Moon" in read_region_file(path, crs="IAU_2015:30100").crs_wkt


def test_other_formats_say_what_they_need(tmp_path, monkeypatch):
    (tmp_path / "units.gpkg").write_bytes(b"SQLite format 3")
    monkeypatch.setitem(sys.modules, "pyogrio", None)
    with pytest.raises(
        PackageMissingError, match=r"pip install pyogrio shapely.*or save .* as GeoJSON"
    ):
        read_region_file(str(tmp_path / "units.gpkg"))


NUMBERS = st.floats(-89.0, 89.0, allow_nan=False, width=32)


@settings(max_examples=40)
@given(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=6))
def test_vertices_are_read_as_they_are_written(tmp_path_factory, vertices):
    path = write(
        tmp_path_factory.getbasetemp() / "h.geojson", feature("LineString", vertices, name="h")
    )
    (line,) = read_vector_file(path, Shape.LINE).features
    assert line.parts == ((tuple(vertices),),)


@settings(max_examples=60)
@given(st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=True) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(st.sampled_from(["type", "features", "geometry", "coordinates", "crs",
                                       "properties", "geometries"]), inner, max_size=4),
    max_leaves=12,
))  # fmt: skip
def test_any_document_is_read_or_refused_in_one_sentence(tmp_path_factory, document):
    path = tmp_path_factory.getbasetemp() / "any.geojson"
    path.write_text(json.dumps(document), encoding="utf-8")
    try:
        found = read_vector_file(str(path), Shape.POLYGON)
    except LunarOxideError as error:
        assert "\n" not in str(error)
    else:
        assert found.features
