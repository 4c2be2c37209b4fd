"""Statistics of regions and profiles along lines, against numbers computed in another way."""

from __future__ import annotations

import csv
import json
import math
from pathlib import Path

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
from rasterio.crs import CRS
from rasterio.transform import Affine

from lunar_oxide_plugin.algorithms.field_names import field_alias
from lunar_oxide_plugin.algorithms.site_layers import moon_geographic_crs
from lunar_oxide_plugin.core.chemistry.layout import PredictionLayout, SigmaKind
from lunar_oxide_plugin.core.chemistry.oxides import MAJOR_OXIDES
from lunar_oxide_plugin.core.errors import Cancelled, RasterError
from lunar_oxide_plugin.core.moon.sphere import RADIUS_KM
from lunar_oxide_plugin.core.moon.wkt import MOON_GEOGRAPHIC_WKT
from lunar_oxide_plugin.core.paths import RESOURCES
from lunar_oxide_plugin.core.polygons.shapes import MapRegion, RegionLayer, ring_of
from lunar_oxide_plugin.core.progress import SilentProgress
from lunar_oxide_plugin.core.rasters.quality import OUTSIDE_DOMAIN, SHADOW, WIDE_INTERVAL
from lunar_oxide_plugin.core.rasters.raster_input import RasterInput
from lunar_oxide_plugin.core.regions import summarize as summarize_module
from lunar_oxide_plugin.core.regions.common_error import COMMON_SHARE, ErrorModel
from lunar_oxide_plugin.core.regions.region_files import render_differences, render_statistics
from lunar_oxide_plugin.core.regions.region_statistics import holm
from lunar_oxide_plugin.core.regions.summarize import Pixels, SummaryRequest, summarize
from lunar_oxide_plugin.core.regions.transect import TransectRequest, read_transect
from lunar_oxide_plugin.core.sites.sample_sites import load_sites

ROOT = Path(__file__).resolve().parent.parent
ROWS, COLUMNS = 40, 60
#: Half a degree per pixel, from 350 E to 20 E and from 20 N to the equator: across longitude 0.
TRANSFORM = Affine(0.5, 0.0, 350.0, 0.0, -0.5, 20.0)
LAYOUT = PredictionLayout(MAJOR_OXIDES, (SigmaKind.NEW_PLACE,), True)
SILENT = SilentProgress()


def write_prediction(path, values, **profile):
    """A prediction raster of rows in the order of `LAYOUT`."""
    with rasterio.open(
        path, "w", driver="GTiff", width=values.shape[2], height=values.shape[1],
        count=LAYOUT.count, dtype="float32", nodata=float("nan"), tiled=True, blockxsize=16,
        blockysize=16, **{"crs": CRS.from_wkt(MOON_GEOGRAPHIC_WKT), "transform": TRANSFORM,
                          **profile},
    ) as dataset:  # fmt: skip
        dataset.write(values.astype(np.float32))
        for band, text in enumerate(LAYOUT.descriptions, start=1):
            dataset.set_band_description(band, text)
    return path


@pytest.fixture(scope="module")
def values():
    """Asymmetric oxides, sigmas, domain distance and quality."""
    rng = np.random.default_rng(4)
    rows = np.empty((LAYOUT.count, ROWS, COLUMNS))
    for row, middle in enumerate((3.0, 12.0, 15.0, 9.0, 11.0, 45.0)):
        rows[row] = middle * rng.uniform(0.7, 1.3, (ROWS, COLUMNS))
        rows[6 + row] = 0.1 * middle * rng.uniform(0.5, 1.5, (ROWS, COLUMNS))
    rows[12] = 0.5
    rows[13] = rng.choice(
        [0, SHADOW.bit, OUTSIDE_DOMAIN.bit, WIDE_INTERVAL.bit],
        (ROWS, COLUMNS),
        p=[0.7, 0.1, 0.1, 0.1],
    )
    rows[:, 3:6, 7:12] = np.nan
    return rows.astype(np.float32).astype(np.float64)


@pytest.fixture(scope="module")
def raster(values, tmp_path_factory):
    return write_prediction(tmp_path_factory.mktemp("regions") / "p.tif", values)


def box(name, west, south, east, north, **more):
    ring = ring_of([(west, south), (east, south), (east, north), (west, north)])
    return MapRegion(name, ((ring,),), **more)


def shares_of(west, south, east, north):
    """Area in km2 of a box of degrees in each pixel, by overlaps of intervals."""
    lon = TRANSFORM.c + np.arange(COLUMNS + 1) * 0.5
    lat = TRANSFORM.f - np.arange(ROWS + 1) * 0.5
    across = np.clip(np.minimum(lon[1:], east) - np.maximum(lon[:-1], west), 0.0, None)
    low, high = np.maximum(lat[1:], south), np.minimum(lat[:-1], north)
    down = np.where(high > low, np.sin(np.radians(high)) - np.sin(np.radians(low)), 0.0)
    return RADIUS_KM**2 * down[:, None] * np.radians(across)[None, :]


def request(raster, *regions, **more):
    return SummaryRequest(RasterInput(str(raster)), RegionLayer(regions), **more)


@pytest.mark.parametrize("block", [100_000, 300])
@pytest.mark.parametrize("pixels", list(Pixels))
def test_statistics_are_those_of_area_weighted_pixels(raster, values, pixels, block, monkeypatch):
    monkeypatch.setattr(summarize_module, "BLOCK_PIXELS", block)
    # Given in -180..180, the box lies a turn west of the raster's longitudes.
    edges = (-7.3, 2.2, 13.9, 19.1)
    summary = summarize(request(raster, box("a", *edges), pixels=pixels), SILENT)
    areas = shares_of(edges[0] + 360.0, edges[1], edges[2] + 360.0, edges[3])
    there = np.isfinite(values[0])
    used = there & (np.nan_to_num(values[13]).astype(int) & pixels.refused == 0) & (areas > 0.0)
    region = summary.regions[0]
    assert region.pixels == used.sum()
    assert region.used_km2 == pytest.approx(areas[used].sum(), rel=1e-9)
    assert region.on_raster_km2 == pytest.approx(areas.sum(), rel=1e-9)
    assert region.area_km2 == pytest.approx(areas.sum(), rel=1e-6)
    assert region.masked == pytest.approx(areas[~there].sum() / areas.sum(), rel=1e-9)
    flagged = np.nan_to_num(values[13], nan=1.0).astype(int)
    for bit, share in region.flagged.items():
        assert share == pytest.approx(areas[flagged & bit != 0].sum() / areas.sum(), abs=1e-12)
    weights = areas[used]
    for row, oxide in enumerate(MAJOR_OXIDES):
        item, v, s = region.of(oxide.key), values[row][used], values[6 + row][used]
        mean = np.average(v, weights=weights)
        assert item.mean == pytest.approx(mean, rel=1e-12)
        assert item.spread == pytest.approx(
            math.sqrt(np.average((v - mean) ** 2, weights=weights)), rel=1e-9
        )
        order = np.argsort(v)
        below = np.cumsum(weights[order]) / weights.sum()
        for share, found in zip((0.05, 0.25, 0.5, 0.75, 0.95), item.quantiles):
            exact = v[order][np.searchsorted(below, share)]
            assert found == pytest.approx(exact, abs=0.0051)
        common = math.sqrt(0.98) * np.average(s, weights=weights)
        averaged = math.sqrt(0.02 * ((weights * s) ** 2).sum()) / weights.sum()
        assert item.common == pytest.approx(common, rel=1e-9)
        assert item.averaged == pytest.approx(averaged, rel=1e-9)
    mg, fe = values[3][used] / 40.304, values[1][used] / 71.844
    exact = np.average(100.0 * mg / (mg + fe), weights=weights)
    assert region.of("mg_number").mean == pytest.approx(exact, rel=1e-4)


def test_a_mean_of_all_pixels_is_hardly_better_than_one(raster):
    one = box("one pixel", 352.0, 8.0, 352.5, 8.5)
    summary = summarize(
        request(raster, MapRegion("all", whole=True), one, pixels=Pixels.ALL), SILENT
    )
    whole, single = (region.of("feo") for region in summary.regions)
    assert (single.n, whole.n) == (1, ROWS * COLUMNS - 15)
    assert single.error == pytest.approx(single.mean_sigma, rel=1e-6)
    assert whole.error == pytest.approx(math.sqrt(0.98) * whole.mean_sigma, rel=1e-3)
    assert whole.averaged < 0.005 * whole.common


def test_a_polygon_smaller_than_a_pixel_has_its_value_and_its_own_area(raster, values):
    tiny = box("tiny", 352.11, 8.21, 352.13, 8.215)
    region = summarize(request(raster, tiny, pixels=Pixels.ALL), SILENT).regions[0]
    row, column = int((20.0 - 8.21) / 0.5), int((352.11 - 350.0) / 0.5)
    area = shares_of(352.11, 8.21, 352.13, 8.215).sum()
    assert region.pixels == 1
    assert region.area_km2 == pytest.approx(area, rel=1e-6)
    assert region.used_km2 == pytest.approx(area, rel=1e-6)
    for place, oxide in enumerate(MAJOR_OXIDES):
        item = region.of(oxide.key)
        assert item.mean == pytest.approx(values[place, row, column], rel=1e-6)
        assert item.spread == pytest.approx(0.0, abs=1e-6)
        assert item.median == pytest.approx(values[place, row, column], abs=0.0051)


def test_parts_of_a_region_and_its_outside_add_up(raster):
    left, right = box("left", 350.0, 0.0, 361.3, 20.0), box("right", 361.3, 0.0, 380.0, 20.0)
    both = MapRegion("both", (*left.polygons, *right.polygons))
    outside = MapRegion("outside", left.polygons, outside=True)
    whole = MapRegion("whole", whole=True)
    regions = summarize(
        request(raster, left, right, both, outside, whole, pixels=Pixels.ALL), SILENT
    ).regions
    a, b, joined, rest, everything = regions
    for key in ("feo", "mg_number"):
        items = [region.of(key) for region in regions]
        total = sum(item.mean * item.area_km2 for item in items[:2])
        assert joined.of(key).mean * joined.of(key).area_km2 == pytest.approx(total, rel=1e-9)
        assert items[3].mean == pytest.approx(items[1].mean, rel=1e-9)
        assert items[2].mean == pytest.approx(items[4].mean, rel=1e-9)
    assert a.used_km2 + b.used_km2 == pytest.approx(everything.used_km2, rel=1e-9)
    assert rest.on_raster_km2 == pytest.approx(b.on_raster_km2, rel=1e-9)


def test_differences_have_the_errors_of_both_and_honest_probabilities(raster):
    a, b, c = (box(n, 350.0 + 10 * k, 0.0, 360.0 + 10 * k, 20.0) for k, n in enumerate("abc"))
    plain = summarize(request(raster, a, b, c), SILENT)
    assert len(plain.differences) == 3 * len(plain.quantities)
    item = next(d for d in plain.differences if d.quantity.key == "feo")
    first, second = (plain.regions[k].of("feo") for k in (0, 1))
    assert (item.first, item.second) == ("a", "b")
    assert item.value == pytest.approx(first.mean - second.mean)
    assert item.error == pytest.approx(math.hypot(first.error, second.error), rel=1e-9)
    z = item.value / item.error
    assert item.p == pytest.approx(math.erfc(abs(z) / math.sqrt(2.0)))
    assert not any(d.is_significant for d in plain.differences)  # equal on average
    shared = summarize(request(raster, a, b, c, shared=1.0), SILENT).differences
    same = next(d for d in shared if d.quantity.key == "feo")
    wanted = math.hypot(first.common - second.common, math.hypot(first.averaged, second.averaged))
    assert same.error == pytest.approx(wanted, rel=1e-9)
    assert same.error < 0.1 * item.error


def test_holm_multiplies_by_the_number_of_tests_that_are_left():
    assert holm([0.01, 0.04, 0.03, 0.5]) == pytest.approx([0.04, 0.09, 0.09, 0.5])
    assert holm([0.6, 0.9]) == pytest.approx([1.0, 1.0])
    assert holm([]) == []


def test_the_common_share_is_no_smaller_than_the_noise_of_the_shipped_model_allows():
    """Noise of spectra over held-out error, from the repository's validation."""

    document = json.loads((ROOT / "training/results/validation.json").read_text("utf-8"))
    model = document["models"]["kaguya_mi"]
    noise = model["repeatability"]["rms_change"]
    for protocol, kind in (
        ("leave-one-mission-out", SigmaKind.NEW_PLACE),
        ("nested leave-one-out", SigmaKind.NEAR_SAMPLES),
    ):
        stations = model[protocol]["stations"].values()
        least = min(
            noise[name] ** 2 / np.mean([s["residual"][name] ** 2 for s in stations])
            for name in noise
        )
        assert 1.0 - COMMON_SHARE[kind] <= least
    assert ErrorModel.of(None).common == 1.0


def test_what_cannot_be_summarised_is_said(raster):
    with pytest.raises(RasterError, match=r"No polygon lies on p\.tif"):
        summarize(request(raster, box("far", 100.0, -40.0, 110.0, -30.0)), SILENT)
    with pytest.raises(RasterError, match="no polygon to summarise"):
        summarize(request(raster), SILENT)
    empty = box("hole", 353.6, 17.1, 355.9, 18.4)
    far = box("far", 100.0, -40.0, 110.0, -30.0)
    partly = box("partly", 340.0, 1.0, 352.0, 9.0)
    summary = summarize(request(raster, empty, far, partly, partly), SILENT)
    assert [region.note for region in summary.regions[:2]] == [
        "has no prediction", "lies off the raster"
    ]  # fmt: skip
    assert summary.regions[0].masked == pytest.approx(1.0)
    assert [region.name for region in summary.regions] == ["hole", "far", "partly", "partly (2)"]
    assert any("covers only a part of partly" in text for text in summary.warnings)
    table = list(csv.DictReader(render_statistics(summary).splitlines()))
    assert len(table) == 4 * len(summary.quantities)
    assert [row["mean"] for row in table if row["region"] == "far"] == [""] * len(
        summary.quantities
    )
    pairs = list(csv.DictReader(render_differences(summary).splitlines()))
    assert {(row["region"], row["other_region"]) for row in pairs} == {("partly", "partly (2)")}

    class Stop(SilentProgress):
        def is_cancelled(self):
            return True

    with pytest.raises(Cancelled):
        summarize(request(raster, partly), Stop())


# --- the algorithms ---------------------------------------------------------------------


def layer_of(kind, features, wkt=MOON_GEOGRAPHIC_WKT):
    """A layer in memory: WKT of geometries with names."""
    layer = QgsVectorLayer(f"{kind}?field=unit:string&field=area_km2:double", "units", "memory")
    layer.setCrs(QgsCoordinateReferenceSystem.fromWkt(wkt))
    for name, text in features:
        feature = QgsFeature(layer.fields())
        feature.setGeometry(QgsGeometry.fromWkt(text))
        feature.setAttributes([name, 7.0])
        layer.dataProvider().addFeatures([feature])
    return layer


UNITS = (
    ("mare", "Polygon ((-9 1, -5 1, -5 6, -9 6, -9 1))"),
    ("highland", "Polygon ((1 8, 9 8, 9 18, 1 18, 1 8), (3 9, 6 9, 6 12, 3 12, 3 9))"),
    ("mare", "Polygon ((-4 1, -1 1, -1 6, -4 6, -4 1))"),
    ("empty", "Polygon EMPTY"),
)


def test_polygons_come_back_with_fields(run, raster, tmp_path):
    feedback = QgsProcessingFeedback()
    target = tmp_path / "units.gpkg"
    results = run(
        "summarizeregions", feedback, INPUT=str(raster), REGIONS=layer_of("Polygon", UNITS),
        NAME_FIELD="unit", OUTPUT=str(target), TABLE=str(tmp_path / "t.csv"),
    )  # fmt: skip
    assert "1 features of units have no polygon" in feedback.textLog()
    assert results["N_REGIONS"] == 2
    found = {f["region"]: f for f in QgsVectorLayer(str(target)).getFeatures()}
    assert set(found) == {"mare", "highland"}
    table = {
        (row["region"], row["quantity"]): row
        for row in csv.DictReader((tmp_path / "t.csv").read_text().splitlines())
    }
    for name, feature in found.items():
        row = table[name, "FeO"]
        assert feature["feo_mean_wt"] == pytest.approx(float(row["mean"]), rel=1e-4)
        assert feature["feo_standard_error_wt"] == pytest.approx(
            float(row["standard_error"]), rel=1e-4
        )
        assert feature["area_km2"] == pytest.approx(float(row["region_area_km2"]), rel=1e-4)
    assert found["mare"].geometry().constGet().numGeometries() == 2
    holes = found["highland"].geometry().asMultiPolygon()[0]
    assert len(holes) == 2
    assert field_alias("feo_standard_error_wt") == "FeO standard error (wt%)"
    assert field_alias("grain_density_mean") == "Density mean (g/cm3)"


def test_each_polygon_keeps_its_own_fields_without_names(run, raster, tmp_path):
    target = tmp_path / "units.gpkg"
    run("summarizeregions", INPUT=str(raster), REGIONS=layer_of("Polygon", UNITS[:3]),
        OUTPUT=str(target))  # fmt: skip
    layer = QgsVectorLayer(str(target))
    assert [f["region"] for f in layer.getFeatures()] == ["mare", "highland", "mare (2)"]
    assert [f["unit"] for f in layer.getFeatures()] == ["mare", "highland", "mare"]
    assert [f["area_km2_2"] for f in layer.getFeatures()] == [7.0] * 3


@pytest.mark.parametrize(
    ("layer", "sentence"),
    [
        (lambda: layer_of("Polygon", UNITS, ""), "has no CRS: assign the lunar CRS"),
        (lambda: layer_of("Polygon", UNITS[3:]), "holds none: choose a layer with polygons"),
    ],
)
def test_layers_without_use_are_refused_in_one_sentence(run, raster, tmp_path, layer, sentence):
    with pytest.raises(QgsProcessingException, match=sentence):
        run("summarizeregions", INPUT=str(raster), REGIONS=layer(), OUTPUT=str(tmp_path / "o.gpkg"))
    assert not list(tmp_path.iterdir())


def test_without_polygons_the_basin_and_its_outside(run, tmp_path):
    """A globe of two values: one inside the ellipse of South Pole-Aitken, one outside."""
    from lunar_oxide_plugin.core.moon.terranes import in_south_pole_aitken

    lon, lat = np.meshgrid(np.arange(-179.5, 180.0), np.arange(89.5, -90.0, -1.0))
    basin = in_south_pole_aitken(lon, lat)
    values = np.full((LAYOUT.count, 180, 360), 10.0)
    values[1] = np.where(basin, 14.0, 6.0)
    values[6:12], values[12], values[13] = 1.0, 0.5, 0.0
    globe = write_prediction(
        tmp_path / "globe.tif", values, transform=Affine(1, 0, -180, 0, -1, 90)
    )
    run("summarizeregions", INPUT=str(globe), BUILT_IN=1, OUTPUT=str(tmp_path / "o.gpkg"))
    inside, outside = QgsVectorLayer(str(tmp_path / "o.gpkg")).getFeatures()
    # Pixels of one degree that the outline cuts have one value for both sides.
    assert inside["feo_mean_wt"] == pytest.approx(14.0, abs=0.1)
    assert outside["feo_mean_wt"] == pytest.approx(6.0, abs=0.02)
    assert inside["area_km2"] + outside["area_km2"] == pytest.approx(
        4.0 * math.pi * RADIUS_KM**2, rel=1e-9
    )


# --- transects --------------------------------------------------------------------------


def test_a_profile_follows_the_pixels_along_a_great_circle(raster, values):
    """Along the equator and a meridian, distances are arcs, and each part is one pixel's length."""
    line = ((-9.9, 0.25), (19.9, 0.25))
    transect = read_transect(
        TransectRequest(RasterInput(str(raster)), line, MOON_GEOGRAPHIC_WKT), SILENT
    )
    along = math.radians(29.8) * RADIUS_KM * math.cos(math.radians(0.25))
    assert transect.length_km == pytest.approx(along, rel=1e-5)
    columns = ((transect.longitudes_deg % 360.0 + 10.0) % 360.0 / 0.5).astype(int)
    near = values[1, ROWS - 1]
    lowest = np.minimum(near[np.clip(columns - 1, 0, 59)], np.minimum(near[columns], near[
        np.clip(columns + 1, 0, 59)]))  # fmt: skip
    highest = np.maximum(near[np.clip(columns - 1, 0, 59)], np.maximum(near[columns], near[
        np.clip(columns + 1, 0, 59)]))  # fmt: skip
    found = transect.values_wt["FeO"]
    assert ((found >= lowest - 1e-6) & (found <= highest + 1e-6)).all()
    assert np.mean(found) == pytest.approx(near.mean(), rel=0.02)
    assert transect.sigma_kind is SigmaKind.NEW_PLACE


def test_a_profile_has_gaps_and_sites_where_they_are(raster):
    site = next(s for s in load_sites() if s.mission == "Apollo 17")
    up = ((-4.0, 1.0), (-4.0, 19.9))
    transect = read_transect(
        TransectRequest(
            RasterInput(str(raster)), up, MOON_GEOGRAPHIC_WKT, (site,), sites_km=3000.0,
            width_km=60.0, most_points=10,
        ),
        SILENT,
    )  # fmt: skip
    assert transect.distances_km.size == 10
    assert transect.length_km == pytest.approx(math.radians(18.9) * RADIUS_KM, rel=1e-9)
    assert transect.sites[0].site is site
    assert 700.0 < transect.sites[0].aside_km < 1100.0
    gap = read_transect(
        TransectRequest(RasterInput(str(raster)), ((-6.0, 1.0), (-6.0, 19.9)), MOON_GEOGRAPHIC_WKT),
        SILENT,
    )
    inside = (gap.latitudes_deg > 17.6) & (gap.latitudes_deg < 17.9)
    assert inside.any()
    assert np.isnan(gap.values_wt["FeO"][inside]).all()
    assert (gap.pixels[inside] == 0).all()


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (((1.0, 1.0),), "fewer than two points"),
        (((1.0, 1.0), (1.0, 1.0)), "no length"),
        (((100.0, 1.0), (110.0, 1.0)), "no prediction along this line"),
    ],
)
def test_lines_without_use_are_refused(raster, line, sentence):
    with pytest.raises(RasterError, match=sentence):
        read_transect(TransectRequest(RasterInput(str(raster)), line, MOON_GEOGRAPHIC_WKT), SILENT)


def test_the_window_s_transect_reads_draws_and_saves(raster, qgis_canvas, tmp_path):
    from qgis.core import QgsProject, QgsRasterLayer
    from qgis.PyQt.QtWidgets import QAction, QWidget

    from lunar_oxide_plugin.gui.transect_control import TransectControl
    from lunar_oxide_plugin.gui.transect_page import TransectPage
    from tests.window import wait_until

    layer = QgsRasterLayer(str(raster), "prediction")
    QgsProject.instance().addMapLayer(layer)
    page, action, parent = TransectPage(), QAction("Transect"), QWidget()
    lines = layer_of("LineString", [("l", "LineString (-8 2, 9 12)")])
    control = TransectControl(qgis_canvas, page, action, lambda: lines, parent)
    qgis_canvas.setDestinationCrs(moon_geographic_crs())
    try:
        page.show()
        control.take_selection()
        wait_until(lambda: control.transect is not None)
        assert "km, a value every" in page.note.text()
        page.chart.point(control.transect.length_km / 2.0)
        assert "km along the line: TiO" in page.note.text()
        assert len(control.marks._items) == 2
        page.chart.point(None)
        assert control.marks._items == []
        for name, start in (("t.csv", b"transect,"), ("t.png", b"\x89PNG"), ("t.svg", b"<?xml")):
            path = tmp_path / name
            write = control.write_table if name == "t.csv" else control.write_picture
            write(str(path))
            assert path.read_bytes().startswith(start)
    finally:
        control.close()
        QgsProject.instance().clear()


# --- predictions inside polygons ----------------------------------------------------------


def test_nothing_is_predicted_outside_a_mask(run, tmp_path):
    scene = RESOURCES / "demo" / "taurus_littrow_interpolated_between_stations.tif"
    run("predictoxides", INPUT=str(scene), OUTPUT=str(tmp_path / "all.tif"))
    triangle = "Polygon ((30.6 20.1, 30.8 20.15, 30.65 20.3, 30.6 20.1))"
    mask = layer_of("Polygon", [("m", triangle)])
    run("predictoxides", INPUT=str(scene), MASK=mask, OUTPUT=str(tmp_path / "part.tif"))
    with rasterio.open(tmp_path / "all.tif") as whole, rasterio.open(tmp_path / "part.tif") as part:
        column, row = ~whole.transform * (part.transform.c, part.transform.f)
        column, row = round(column), round(row)
        assert (part.width, part.height) < (whole.width, whole.height)
        wanted = whole.read()[:, row : row + part.height, column : column + part.width]
        found = part.read()
        lon, lat = (
            np.degrees(axis / 1737400.0)
            for axis in part.transform
            * np.meshgrid(np.arange(part.width) + 0.5, np.arange(part.height) + 0.5)
        )
    corners = [(30.6, 20.1), (30.8, 20.15), (30.65, 20.3)]
    sides = [
        (x1 - x0) * (lat - y0) - (y1 - y0) * (lon - x0)
        for (x0, y0), (x1, y1) in zip(corners, [*corners[1:], corners[0]])
    ]
    centres_inside = np.all([side > 0.0 for side in sides], axis=0)
    predicted = np.isfinite(found[1])
    assert (predicted | ~np.isfinite(wanted[1]))[centres_inside].all()
    # Pixels that are only touched are predicted too: a border of less than a pixel.
    assert 0 < np.count_nonzero(predicted & ~centres_inside) < 4 * (part.width + part.height)
    np.testing.assert_array_equal(found[:, predicted], wanted[:, predicted])
    far = layer_of("Polygon", [("m", "Polygon ((0 0, 1 0, 1 1, 0 0))")])
    with pytest.raises(QgsProcessingException, match="No polygon of the mask lies on"):
        run("predictoxides", INPUT=str(scene), MASK=far, OUTPUT=str(tmp_path / "far.tif"))
    assert not (tmp_path / "far.tif").exists()


def test_the_misses_that_texts_name_are_those_of_the_validation():
    root = Path(__file__).resolve().parent.parent
    results = json.loads((root / "training" / "results" / "validation.json").read_text("utf-8"))
    missions = results["models"]["kaguya_mi"]["leave-one-mission-out"]["missions"]
    apollo, change = (missions[name]["bias"]["FeO"] for name in ("Apollo 14", "Chang'e-5"))
    for text in ("lunar_oxide_plugin/core/regions/common_error.py", "docs/guide/regions.md",
                 "lunar_oxide_plugin/core/reports/templates/region_statistics.html"):  # fmt: skip
        words = (root / text).read_text("utf-8").replace("−", "-").replace("’", "'")
        assert f"{apollo:+.1f} wt% at Apollo 14" in words
        assert f"{change:+.1f} at Chang'e-5" in words
