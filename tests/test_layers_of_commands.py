"""Layers that commands write: those of the algorithms, at the right place, never over others."""

from __future__ import annotations

import csv
import json
import shutil
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsPointXY,
    QgsProject,
    QgsVectorLayer,
    QgsWkbTypes,
)

from lunar_oxide_plugin.core.command_line.main import main
from lunar_oxide_plugin.core.errors import PackageMissingError
from lunar_oxide_plugin.core.moon.wkt import MOON_EQUIRECTANGULAR_WKT
from lunar_oxide_plugin.core.paths import RESOURCES
from lunar_oxide_plugin.core.polygons.feature_file import write_features
from lunar_oxide_plugin.core.polygons.feature_table import (
    Column,
    FeatureTable,
    Kind,
    Row,
    Shape,
    columns_of_fields,
    point,
    with_own_columns,
)
from lunar_oxide_plugin.core.polygons.vector_file import read_vector_file

DEMO = RESOURCES / "demo" / "taurus_littrow_interpolated_between_stations.tif"
PART = ("--extent", "30.74", "20.17", "30.80", "20.22", "--extent-crs", "IAU_2015:30100")
TRIANGLE = [[30.745, 20.21], [30.77, 20.21], [30.76, 20.18], [30.745, 20.21]]
SQUARE = [[30.775, 20.18], [30.79, 20.18], [30.79, 20.2], [30.775, 20.2], [30.775, 20.18]]
MOON = "IAU_2015:30100"


@pytest.fixture(scope="module")
def night(tmp_path_factory):
    """A map, polygons, a line, a gamma-ray table and spectra with places."""
    folder = tmp_path_factory.mktemp("layers")
    assert main(["predict", str(DEMO), str(folder / "oxides.tif"), "--quiet", *PART]) == 0
    units = [
        {"type": "Feature", "properties": {"unit": name, "age": age, "note": "mine", "old": old},
         "geometry": {"type": "Polygon", "coordinates": [ring]}}
        for name, age, old, ring in (("a", 3.5, True, TRIANGLE), ("b", None, False, SQUARE))
    ]  # fmt: skip
    places = {"type": "LineString", "coordinates": [TRIANGLE[0], SQUARE[2]]}
    line = {"type": "Feature", "properties": {"name": "L"}, "geometry": places}
    for name, features in (("units", units), ("line", [line])):
        document = {"type": "FeatureCollection", "features": features}
        (folder / f"{name}.geojson").write_text(json.dumps(document))
    cells = [(20.18, 20.2, 30.75, 30.77, 15.0), (20.18, 20.2, 30.77, 30.79, 9.5)]
    lines = ["min_lat,max_lat,min_lon,max_lon,FeO_wt", *(",".join(map(str, c)) for c in cells)]
    (folder / "grs.csv").write_text("\n".join(lines) + "\n")
    bands = "r414,r749,r901,r950,r1001,r1049,r1248,r1548"
    row = ",".join(map(str, np.linspace(0.05, 0.15, 8).round(4)))
    (folder / "spectra.csv").write_text(
        f"name,longitude,latitude,{bands}\nsoil,30.76,20.19,{row}\nrock,,,{row}\n"
    )
    return folder


def as_layer(path):
    """A GeoJSON file in a layer of QGIS with the lunar CRS."""
    layer = QgsVectorLayer(str(path), path.stem, "ogr")
    layer.setCrs(QgsCoordinateReferenceSystem(MOON))
    return layer


#: Command, its algorithm, and what both read.
CASES = {
    "check": (("check", "oxides.tif"), "checkpredictions", {"INPUT": "oxides.tif"}),
    "regions": (
        ("regions", "oxides.tif", "--regions", "units.geojson"),
        "summarizeregions", {"INPUT": "oxides.tif", "REGIONS": "units.geojson"},
    ),
    "named": (
        ("regions", "oxides.tif", "--regions", "units.geojson", "--name-field", "unit"),
        "summarizeregions",
        {"INPUT": "oxides.tif", "REGIONS": "units.geojson", "NAME_FIELD": "unit"},
    ),
    "whole": (("regions", "oxides.tif"), "summarizeregions", {"INPUT": "oxides.tif"}),
    "basin": (
        ("regions", "oxides.tif", "--built-in", "south-pole-aitken"),
        "summarizeregions", {"INPUT": "oxides.tif", "BUILT_IN": 1},
    ),
    "sides": (
        ("regions", "oxides.tif", "--built-in", "sides"),
        "summarizeregions", {"INPUT": "oxides.tif", "BUILT_IN": 2},
    ),
    "transect": (
        ("transect", "oxides.tif", "--lines", "line.geojson", "--name-field", "name"),
        "transect", {"INPUT": "oxides.tif", "LINES": "line.geojson", "NAME_FIELD": "name"},
    ),
    "gamma-rays": (
        ("gamma-rays", "oxides.tif", "grs.csv"),
        "checkregions",
        {"INPUT": "oxides.tif", "GAMMA_RAYS": "grs.csv"},
    ),
    "explain": (
        ("explain", str(DEMO), "--max-samples", "9"),
        "explainprediction", {"INPUT": str(DEMO), "MAX_SAMPLES": 9},
    ),
    "spectra": (
        ("predict-spectra", "spectra.csv", "t.csv"), "predictspectra", {"INPUT": "spectra.csv"},
    ),
}  # fmt: skip


def plain(value):
    if value is None or (hasattr(value, "isNull") and value.isNull()):
        return None
    return value


def content(layer):
    """Names of fields, values and geometries of a layer, without the numbers of features."""
    names = [field.name() for field in layer.fields() if field.name() != "fid"]
    return names, [
        ([plain(feature[name]) for name in names], feature.geometry())
        for feature in layer.getFeatures()
    ]


@pytest.mark.parametrize("case", CASES)
def test_a_layer_of_a_command_is_the_layer_of_its_algorithm(
    run, night, tmp_path, monkeypatch, case
):
    words, algorithm, parameters = CASES[case]
    monkeypatch.chdir(night)
    target = tmp_path / "layer.geojson"
    assert main([*words, "--layer", str(target), "--quiet"]) == 0
    given = {
        key: as_layer(night / value) if key in ("REGIONS", "LINES") else
        str(night / value) if isinstance(value, str) and "." in value else value
        for key, value in parameters.items()
    }  # fmt: skip
    theirs = run(algorithm, **given, OUTPUT="TEMPORARY_OUTPUT")["OUTPUT"]
    theirs = theirs if isinstance(theirs, QgsVectorLayer) else QgsVectorLayer(theirs, "t", "ogr")
    ours = QgsVectorLayer(str(target), "o", "ogr")
    assert ours.isValid() and ours.crs().isValid()
    names, rows = content(ours)
    expected_names, expected = content(theirs)
    assert names == expected_names
    assert len(rows) == len(expected) > 0
    degrees = QgsCoordinateReferenceSystem(MOON)
    for (values, geometry), (others, other) in zip(rows, expected):
        for name, value, wanted in zip(names, values, others):
            if isinstance(wanted, float):
                assert value == pytest.approx(wanted, rel=1e-6, abs=1e-9), name
            else:
                assert (value or None) == (wanted or None), name
        for crs, shape in ((ours.crs(), geometry), (theirs.crs(), other)):
            shape.transform(QgsCoordinateTransform(crs, degrees, QgsProject.instance()))
        if not other.isNull():
            assert geometry.isGeosValid()
            assert geometry.symDifference(other).area() <= 1e-6 * max(other.area(), 1e-3)
            assert geometry.centroid().asPoint().distance(other.centroid().asPoint()) < 1e-6
        else:
            assert geometry.isNull()


@pytest.mark.parametrize("ending", ["geojson", "gpkg"])
def test_layers_of_algorithms_have_their_crs_when_they_are_opened_again(run, tmp_path, ending):
    target = tmp_path / f"sites.{ending}"
    run("addsamplesites", OUTPUT=str(target))
    layer = QgsVectorLayer(str(target), "x", "ogr")
    assert layer.crs().isValid()
    (site,) = layer.getFeatures("\"station_id\" = 'CE5'")
    metres = QgsCoordinateTransform(
        layer.crs(), QgsCoordinateReferenceSystem("IAU_2015:30110"), QgsProject.instance()
    ).transform(site.geometry().asPoint())
    radian = np.radians([site["longitude_deg"], site["latitude_deg"]]) * 1737400.0
    assert [metres.x(), metres.y()] == pytest.approx(radian, abs=0.1)


numbers = st.floats(-1e6, 1e6) | st.none()
texts = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=8) | st.none()


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(texts, numbers, st.integers(-9, 9) | st.none(),
                          st.booleans() | st.none()), min_size=1, max_size=4))  # fmt: skip
def test_values_of_every_kind_come_back(tmp_path_factory, rows):
    folder = tmp_path_factory.mktemp("kinds")
    columns = tuple(Column(kind.name, kind) for kind in
                    (Kind.TEXT, Kind.NUMBER, Kind.LARGE, Kind.FLAG))  # fmt: skip
    table = FeatureTable(
        columns, tuple(Row(row, point(10.0 * place, -5.0)) for place, row in enumerate(rows))
    )
    path = folder / "k.geojson"
    write_features(table, path)
    found = read_vector_file(str(path), Shape.POINT)
    assert [list(feature.parts) for feature in found.features] == [
        list(row.parts) for row in table.rows
    ]
    again, values = columns_of_fields([feature.fields for feature in found.features])
    assert [column.name for column in again] == [column.name for column in columns]
    assert [tuple(row) for row in values] == [tuple(row) for row in rows]
    shutil.rmtree(folder)


def test_polygons_in_a_projection_stay_in_it(tmp_path):
    ring = ((9e5, 6e5), (9.1e5, 6e5), (9.1e5, 6.2e5), (9e5, 6e5))
    hole = ((9.05e5, 6.02e5), (9.06e5, 6.02e5), (9.06e5, 6.03e5), (9.05e5, 6.02e5))
    other = ((1e5, -2e5), (1.2e5, -2e5), (1.2e5, -1e5), (1e5, -2e5))
    table = FeatureTable(
        (Column("n", Kind.WHOLE),), (Row((1,), ((ring, hole), (other,))), Row((2,), ((other,),))),
        Shape.POLYGON, MOON_EQUIRECTANGULAR_WKT,
    )  # fmt: skip
    write_features(table, tmp_path / "p.geojson")
    layer = QgsVectorLayer(str(tmp_path / "p.geojson"), "p", "ogr")
    assert layer.wkbType() == QgsWkbTypes.Type.MultiPolygon
    transform = QgsCoordinateTransform(
        layer.crs(), QgsCoordinateReferenceSystem(MOON), QgsProject.instance()
    )
    place = transform.transform(QgsPointXY(9e5, 6e5))
    expected = np.degrees([9e5 / 1737400.0, 6e5 / 1737400.0])
    assert [place.x(), place.y()] == pytest.approx(expected, abs=1e-9)
    found = read_vector_file(str(tmp_path / "p.geojson"), Shape.POLYGON)
    assert found.features[0].parts == ((ring, hole), (other,))


def test_own_columns_follow_the_results_and_lose_no_name():
    fields = [{"fid": 7, "note": "x", "a": 1, "b": 1.5, "c": None}, {"a": 2, "b": 2, "d": [1]}]
    own, values = columns_of_fields(fields)
    assert [(c.name, c.kind) for c in own] == [
        ("fid", Kind.LARGE), ("note", Kind.TEXT), ("a", Kind.LARGE), ("b", Kind.NUMBER),
        ("c", Kind.FLAG), ("d", Kind.TEXT),
    ]  # fmt: skip
    assert values[1] == (None, None, 2, 2, None, "[1]")
    columns, kept = with_own_columns((Column("note", Kind.TEXT), Column("A")), own)
    assert [c.name for c in columns] == ["note", "A", "note_2", "a_2", "b", "c", "d"]
    assert kept == (1, 2, 3, 4, 5)


def test_a_file_that_is_not_ours_is_never_replaced(night, tmp_path, capsys):
    mine = tmp_path / "mine.geojson"
    shutil.copy(night / "units.geojson", mine)
    (tmp_path / "text.geojson").write_text("no JSON")
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    for path in before:
        status = main(["regions", str(night / "oxides.tif"), "--layer", str(path)])
        said = capsys.readouterr().err
        assert (status, "was not made by this command" in said) == (3, True)
    status = main(["regions", str(night / "oxides.tif"), "--layer", str(tmp_path / "x.shp")])
    assert (status, "end" in capsys.readouterr().err) == (3, True)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before
    # Its own layers are replaced, but not where they are read.
    target = tmp_path / "own.geojson"
    words = ["regions", str(night / "oxides.tif"), "--quiet", "--layer", str(target)]
    for more in ([], ["--regions", str(night / "units.geojson")]):
        assert main([*words, *more]) == 0
    assert len(json.loads(target.read_text("utf-8"))["features"]) == 2
    content_before = target.read_bytes()
    assert main([*words, "--regions", str(target)]) == 3
    assert "is an input of the same run" in capsys.readouterr().err
    assert target.read_bytes() == content_before


def test_a_geopackage_needs_its_packages(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyogrio", None)
    table = FeatureTable((Column("n"),), (Row((1.0,), point(1.0, 2.0)),))
    with pytest.raises(PackageMissingError, match=r"pip install pyogrio shapely.*\.geojson"):
        write_features(table, tmp_path / "l.gpkg")
    assert list(tmp_path.iterdir()) == []


#: Sites as a table, as points in degrees and in metres, and as polygons.
SITES = [("X", 30.765, 20.195, 16.5), ("Y", 30.785, 20.19, 12.0)]


def site_files(folder):
    with open(folder / "s.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["station", "longitude", "latitude", "FeO"])
        writer.writerows(SITES)

    def write(name, geometries, crs=None):
        features = [
            {"type": "Feature", "properties": {"station": row[0], "FeO": row[3]}, "geometry": each}
            for row, each in zip(SITES, geometries)
        ]
        document = {"type": "FeatureCollection", "features": features}
        if crs:
            document["crs"] = {"type": "name", "properties": {"name": crs}}
        (folder / name).write_text(json.dumps(document))

    metre = np.radians(1.0) * 1737400.0
    write("d.geojson", [{"type": "Point", "coordinates": row[1:3]} for row in SITES])
    write(
        "m.geojson",
        [{"type": "Point", "coordinates": [row[1] * metre, row[2] * metre]} for row in SITES],
        "urn:ogc:def:crs:IAU:2015:30110",
    )
    corners = [[-0.002, -0.002], [0.002, -0.002], [0.002, 0.002], [-0.002, -0.002]]
    write(
        "a.geojson",
        [{"type": "Polygon",
          "coordinates": [[[row[1] + x, row[2] + y] for x, y in corners]]} for row in SITES],
    )  # fmt: skip
    write("none.geojson", [None, None])
    return folder


def test_sites_are_the_same_as_table_and_as_features(run, night, tmp_path, capsys):
    site_files(tmp_path)

    def residuals(name, *more):
        words = ["check", str(night / "oxides.tif"), "--sites", str(tmp_path / name), *more]
        document = tmp_path / "c.json"
        assert main([*words, "--quiet", "--document", str(document)]) == 0
        sites = json.loads(document.read_text("utf-8"))["sites"]
        return {site["station_id"]: site["oxides"]["FeO"]["residual"] for site in sites}

    table = residuals("s.csv")
    assert set(table) == {"X", "Y"}
    assert residuals("d.geojson") == residuals("m.geojson") == table
    areas = residuals("a.geojson")
    assert set(areas) == {"X", "Y"}
    layer = as_layer(tmp_path / "a.geojson")
    theirs = run(
        "checkpredictions", INPUT=str(night / "oxides.tif"), SITES=layer, OUTPUT="TEMPORARY_OUTPUT"
    )["OUTPUT"]
    for feature in theirs.getFeatures():
        assert areas[feature["station_id"]] == pytest.approx(feature["feo_residual_wt"], abs=1e-5)
    check = ["check", str(night / "oxides.tif"), "--sites"]
    assert main([*check, str(tmp_path / "none.geojson")]) == 3
    assert "neither geometry nor columns" in capsys.readouterr().err
    assert main([*check, str(night / "line.geojson")]) == 3
    assert "holds lines" in capsys.readouterr().err


def test_gamma_rays_take_polygons_of_the_user(run, night, capsys):
    words = ["gamma-rays", str(night / "oxides.tif"), str(night / "grs.csv")]
    wide = night / "wide.geojson"
    ring = [[20.0, 10.0], [45.0, 10.0], [45.0, 35.0], [20.0, 35.0], [20.0, 10.0]]
    place = {"type": "Polygon", "coordinates": [ring]}
    wide.write_text(
        json.dumps({"type": "Feature", "properties": {"unit": "mine"}, "geometry": place})
    )
    table = night / "terranes.csv"
    more = ["--regions", str(wide), "--region-name", "unit", "--table", str(table), "--quiet"]
    assert main([*words, *more]) == 0
    with open(table, newline="", encoding="utf-8") as file:
        rows = [row for row in csv.reader(file) if "mine" in row]
    assert rows
    assert main([*words, "--regions", str(wide), "--region-name", "none"]) == 3
    assert "has no field 'none'" in capsys.readouterr().err
    table.unlink()
