"""Users' own ground truth in each accepted form, checked through `processing.run`."""

from __future__ import annotations

import csv

import numpy as np
import pytest
import rasterio
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsGeometry,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsVectorLayer,
)
from rasterio.transform import Affine

from lunar_oxide_plugin.algorithms.site_layers import moon_geographic_crs
from lunar_oxide_plugin.core.chemistry.layout import FULL
from lunar_oxide_plugin.core.chemistry.oxides import OXIDES
from tests.rasters import MOON_SOUTH_POLE, moon_equirectangular

#: Half-degree pixels from 20 E, 10 N; values differ in every band and pixel, x and y apart.
ROWS, COLUMNS = 12, 16
WEST, NORTH, STEP = 20.0, 10.0, 0.5
DEGREE_M = 30323.35


def band_value(band, row, column):
    """Values of the prediction raster; sigma of every oxide is 0.5."""
    if band < 6:
        return 5.0 + 4.0 * band + 0.25 * row + 0.03 * column
    return {12: 0.4, 13: 0.0}.get(band, 0.5)


def write_prediction(path, west=WEST, crs=None, scale=DEGREE_M, north=NORTH):
    values = np.array(
        [[[band_value(b, r, c) for c in range(COLUMNS)] for r in range(ROWS)] for b in range(14)],
        dtype=np.float32,
    )
    step = STEP * scale
    with rasterio.open(
        path, "w", driver="GTiff", width=COLUMNS, height=ROWS, count=14, dtype="float32",
        nodata=np.nan, crs=crs or moon_equirectangular(),
        transform=Affine(step, 0, west * scale, 0, -step, north * scale),
    ) as dataset:  # fmt: skip
        dataset.write(values)
        dataset.descriptions = FULL.descriptions
        dataset.update_tags(LUNAR_OXIDE_TRAINING_STATIONS="CE5,A17_LM")
    return str(path)


def pixel_centre(row, column):
    return WEST + STEP * (column + 0.5), NORTH - STEP * (row + 0.5)


@pytest.fixture(scope="module")
def prediction(tmp_path_factory):
    return write_prediction(tmp_path_factory.mktemp("prediction") / "oxides.tif")


def layer_of(kind, fields, features, crs=None):
    query = "&".join(f"field={name}:{type_}" for name, type_ in fields)
    layer = QgsVectorLayer(f"{kind}?{query}", "mine", "memory")
    assert layer.isValid()
    if kind != "None":
        layer.setCrs(crs or moon_geographic_crs())
    for wkt, values in features:
        feature = QgsFeature(layer.fields())
        if wkt:
            feature.setGeometry(QgsGeometry.fromWkt(wkt))
        feature.setAttributes(values)
        assert layer.dataProvider().addFeature(feature)
    return layer


def check(run, prediction, sites, folder, window=1, **more):
    feedback = QgsProcessingFeedback()
    results = run(
        "checkpredictions", feedback, INPUT=prediction, SITES=sites, WINDOW=window,
        OUTPUT=str(folder / "check.gpkg"), TABLE=str(folder / "check.csv"), **more,
    )  # fmt: skip
    with open(folder / "check.csv", newline="", encoding="utf-8") as handle:
        rows = {row["station_id"]: row for row in csv.DictReader(handle)}
    return rows, results, feedback.textLog()


def assert_at(row, pixel, measured):
    """The row compares `measured` (oxide key: wt%) with the prediction at exactly this pixel."""
    for band, oxide in enumerate(OXIDES):
        predicted = float(row[f"{oxide.key}_predicted_wt"])
        assert predicted == pytest.approx(band_value(band, *pixel), abs=1e-4), oxide.name
        if oxide.key in measured:
            value = measured[oxide.key]
            assert float(row[f"{oxide.key}_measured_wt"]) == pytest.approx(value, rel=1e-4)
            assert float(row[f"{oxide.key}_residual_wt"]) == pytest.approx(
                predicted - value, abs=1e-3
            )
        else:
            assert row[f"{oxide.key}_measured_wt"] == ""


TEXT = [("site", "string"), ("SiO2", "double"), ("Fe", "double"), ("FeO note", "string")]


def test_points_with_an_oxide_and_an_element(run, prediction, tmp_path):
    lon, lat = pixel_centre(3, 9)
    sites = layer_of("Point", TEXT, [(f"POINT({lon} {lat})", ["P", 45.5, 10.0, "x"])])
    rows, results, log = check(run, prediction, sites, tmp_path)
    assert_at(rows["P"], (3, 9), {"sio2": 45.5, "feo": 12.8649})
    assert "'Fe' taken as Fe in wt%, x 1.2865 = FeO in wt%" in log
    assert "'FeO note' left out" in log
    assert rows["P"]["seen_in_training"] == "no"
    assert results["RMSE_SIO2"] == pytest.approx(band_value(5, 3, 9) - 45.5, abs=1e-4) or (
        results["RMSE_SIO2"] == pytest.approx(45.5 - band_value(5, 3, 9), abs=1e-4)
    )


@pytest.mark.parametrize("turn", [0.0, -360.0])
def test_csv_with_longitudes_of_any_turn(run, prediction, tmp_path, turn):
    lon, lat = pixel_centre(7, 2)
    path = tmp_path / "samples.csv"
    path.write_text(
        "sample_id,lat,lon,FeO_wt,FeO_err,TiO2 (wt%)\n"
        f"one,{lat},{lon + turn},12.5,0.3,1.25\n"
        f"two,{lat},{lon + turn},11.0,,\n"
        f"bad,{lat},{lon + turn},lots,,\n"
    )
    rows, results, log = check(run, prediction, str(path), tmp_path)
    assert_at(rows["one"], (7, 2), {"feo": 12.5, "tio2": 1.25})
    assert_at(rows["two"], (7, 2), {"feo": 11.0})
    assert float(rows["one"]["feo_measured_sigma_wt"]) == 0.3
    assert rows["two"]["feo_measured_sigma_wt"] == ""
    assert rows["bad"]["status"] == "rejected"
    assert "'lots' in column FeO_wt is no number" in rows["bad"]["reason"]
    assert "Row 3 (bad) left out" in log
    # Two samples at one pixel: both are reported, and they share one place.
    assert rows["one"]["place"] == rows["two"]["place"] == "row 7, column 2"
    assert rows["one"]["note"] == "compared with the same pixels as two"
    assert results["N_SITES"] == 2


@pytest.mark.parametrize("raster_west", [200.0, -160.0])
@pytest.mark.parametrize("longitude", [-155.25, 204.75])
def test_rasters_and_tables_of_0_to_360_and_of_180(run, tmp_path, raster_west, longitude):
    raster = write_prediction(tmp_path / "far.tif", west=raster_west)
    fields = [("site", "string"), ("Fe", "double"), ("lat", "double"), ("long", "double")]
    table = layer_of("None", fields, [(None, ["W", 9.0, 6.25, longitude])])
    rows, _, _ = check(run, raster, table, tmp_path)
    assert_at(rows["W"], (7, 9), {"feo": 11.5784})
    assert float(rows["W"]["longitude_deg"]) == -155.25


def test_points_in_another_lunar_crs(run, prediction, tmp_path):
    lon, lat = pixel_centre(10, 14)
    crs = QgsCoordinateReferenceSystem.fromWkt(moon_equirectangular(180.0))
    x, y = (lon - 180.0) * DEGREE_M, lat * DEGREE_M
    sites = layer_of("Point", TEXT, [(f"POINT({x} {y})", ["E", 44.0, 9.0, ""])], crs)
    rows, _, _ = check(run, prediction, sites, tmp_path)
    assert_at(rows["E"], (10, 14), {"sio2": 44.0, "feo": 11.5784})


def test_polar_sites_on_a_polar_raster(run, tmp_path):
    raster = write_prediction(
        tmp_path / "pole.tif", west=-4000.0, north=3000.0, crs=MOON_SOUTH_POLE, scale=1.0
    )
    # 0.5 m pixels; the site lies at x = -3996.25, y = 2995.25.
    x, y = -3996.25, 2995.25
    colatitude = 2.0 * np.arctan(np.hypot(x, y) / (2 * 1737400.0))
    lon, lat = np.degrees(np.arctan2(x, y)), -90.0 + np.degrees(colatitude)
    sites = layer_of("Point", TEXT, [(f"POINT({lon:.12f} {lat:.12f})", ["S", 44.0, 9.0, ""])])
    rows, _, _ = check(run, raster, sites, tmp_path)
    assert_at(rows["S"], (9, 7), {"sio2": 44.0, "feo": 11.5784})


def test_polygons_take_the_median_of_the_pixels_they_cover(run, prediction, tmp_path):
    west, north = WEST + 4 * STEP, NORTH - 2 * STEP
    east, south = west + 3 * STEP, north - 4 * STEP
    box = f"POLYGON(({west} {north},{east} {north},{east} {south},{west} {south},{west} {north}))"
    lon, lat = pixel_centre(8, 12)
    tiny = f"MULTIPOLYGON((({lon} {lat},{lon + 0.01} {lat},{lon} {lat + 0.01},{lon} {lat})))"
    sites = layer_of(
        "MultiPolygon", TEXT, [(box, ["area", 44.0, 9.0, ""]), (tiny, ["tiny", 43.0, 8.0, ""])]
    )
    rows, _, _ = check(run, prediction, sites, tmp_path, window=5)
    assert rows["area"]["n_pixels"] == "12"
    # Median over rows 2..5 and columns 4..6 of a plane is its value in the middle.
    for band, oxide in enumerate(OXIDES):
        expected = band_value(band, 3.5, 5)
        assert float(rows["area"][f"{oxide.key}_predicted_wt"]) == pytest.approx(expected, abs=1e-4)
    assert rows["tiny"]["n_pixels"] == "1"
    assert_at(rows["tiny"], (8, 12), {"sio2": 43.0, "feo": 10.2919})


def test_polygon_with_a_hole_and_over_the_date_line(run, tmp_path):
    raster = write_prediction(tmp_path / "far.tif", west=176.0)
    # Pixels span 176..184 E; the ring is written with jumping longitudes.
    outer = "(179 9,-178 9,-178 6,179 6,179 9)"
    inner = "(179.5 8.5,-178.5 8.5,-178.5 6.5,179.5 6.5,179.5 8.5)"
    sites = layer_of("Polygon", TEXT, [(f"POLYGON({outer},{inner})", ["ring", 44.0, 9.0, ""])])
    rows, _, _ = check(run, raster, sites, tmp_path)
    # Rows 2..7, columns 6..11 (36 pixels) without rows 3..6, columns 7..10 (16 pixels).
    assert rows["ring"]["n_pixels"] == "20"
    assert abs(float(rows["ring"]["longitude_deg"])) == pytest.approx(179.5, abs=0.6)
    assert float(rows["ring"]["feo_predicted_wt"]) == pytest.approx(
        band_value(1, 4.5, 8.5), abs=0.02
    )


def test_the_users_choice_of_columns(run, prediction, tmp_path):
    lon, lat = pixel_centre(1, 1)
    fields = [("FeO", "double"), ("FeOT", "double"), ("lat", "double"), ("lon", "double")]
    table = layer_of("None", fields, [(None, [10.0, 12.0, lat, lon])])
    with pytest.raises(QgsProcessingException, match="FeO and FeOT could both be FeO"):
        check(run, prediction, table, tmp_path)
    rows, _, _ = check(run, prediction, table, tmp_path, COLUMNS="FeO=FeOT")
    assert_at(rows["site 1"], (1, 1), {"feo": 12.0})


@pytest.mark.parametrize(
    ("kind", "fields", "features", "crs", "message"),
    [
        ("Point", [("iron", "double")], [("POINT(21 9)", [9.0])], None, "no oxide column"),
        ("Point", TEXT, [("POINT(21 9)", ["a", 1.0, 2.0, ""])], "EPSG:4326", "CRS of Earth"),
        ("Point", TEXT, [("POINT(21 9)", ["a", 1.0, 2.0, ""])], "", "has no CRS"),
        ("LineString", TEXT, [("LINESTRING(21 9, 22 9)", ["a", 1.0, 2.0, ""])], None, "are lines"),
        ("MultiPoint", TEXT, [("MULTIPOINT(21 9, 22 9)", ["a", 1.0, 2.0, ""])], None, "2 points"),
        ("None", TEXT, [(None, ["a", 1.0, 2.0, ""])], None, "neither geometry nor columns"),
        ("Point", TEXT, [], None, "is empty|neither geometry"),
        ("Point", TEXT, [("POINT(99 9)", ["a", 41.0, 2.0, ""])], None, "None of the 1 sites lies"),
    ],
)  # fmt: skip
def test_bad_ground_truth_is_one_sentence_and_leaves_nothing(
    run, prediction, tmp_path, kind, fields, features, crs, message
):
    other = None if crs is None else QgsCoordinateReferenceSystem(crs)
    sites = layer_of(kind, fields, features, other)
    if other is not None:
        sites.setCrs(other)
    with pytest.raises(QgsProcessingException, match=message) as caught:
        check(run, prediction, sites, tmp_path)
    assert len(str(caught.value).strip().splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_csv_with_decimal_commas_between_commas_is_refused(run, prediction, tmp_path):
    """GDAL reads latitude 9, longitude 25 and 20 wt% FeO from it."""
    (tmp_path / "x.csv").write_text("id,lat,lon,FeO\nA,9,25,20,75,16,5\n")
    with pytest.raises(QgsProcessingException, match="has 7 values, its header 4 columns"):
        check(run, prediction, str(tmp_path / "x.csv"), tmp_path)


def test_a_row_of_units_without_geometry_counts(run, prediction, tmp_path):
    lon, lat = pixel_centre(2, 3)
    fields = [("id", "string"), ("FeO", "string")]
    features = [(None, ["", "g/kg"]), (f"POINT({lon} {lat})", ["A", "125"])]
    rows, _, _ = check(run, prediction, layer_of("Point", fields, features), tmp_path)
    assert_at(rows["A"], (2, 3), {"feo": 12.5})
    wrong = layer_of("Point", fields, [(None, ["", "mol%"]), features[1]])
    with pytest.raises(QgsProcessingException, match="gives 'mol%' as the unit of FeO"):
        check(run, prediction, wrong, tmp_path)


def test_measured_uncertainty_widens_the_interval(run, prediction, tmp_path):
    lon, lat = pixel_centre(5, 5)
    predicted = band_value(1, 5, 5)
    fields = [("id", "string"), ("FeO", "double"), ("FeO_2s", "double")]
    point = f"POINT({lon} {lat})"
    # 1 wt% off with sigma 0.5: outside 1.645 sigma alone, inside with 0.5 of the measurement.
    sites = layer_of("Point", fields, [(point, ["sure", predicted + 1.0, None]),
                                       (point, ["unsure", predicted + 1.0, 1.0])])  # fmt: skip
    rows, _, _ = check(run, prediction, sites, tmp_path)
    layer = QgsVectorLayer(str(tmp_path / "check.gpkg"))
    outside = {f["station_id"]: f["feo_outside_90"] for f in layer.getFeatures()}
    assert float(rows["unsure"]["feo_z"]) == pytest.approx(-1.0 / np.hypot(0.5, 0.5), rel=1e-3)
    assert float(rows["sure"]["feo_z"]) == pytest.approx(-2.0, rel=1e-3)
    assert (bool(outside["sure"]), bool(outside["unsure"])) == (True, False)
