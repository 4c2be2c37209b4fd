"""Two maps on one grid: averaging, units, seams, terranes; through Processing."""

from __future__ import annotations

import csv
import json
import math

import numpy as np
import pytest
import rasterio
from hypothesis import given, settings
from hypothesis import strategies as st
from qgis.core import (
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProject,
    QgsRasterLayer,
)
from rasterio.crs import CRS
from rasterio.transform import Affine
from rasterio.windows import Window

from lunar_oxide_plugin.core.chemistry.layout import FULL
from lunar_oxide_plugin.core.chemistry.oxides import FEO, TIO2
from lunar_oxide_plugin.core.compare import area_average
from lunar_oxide_plugin.core.compare.area_average import average_over, cell_geometry, coarse_windows
from lunar_oxide_plugin.core.compare.difference_moments import Accumulator, Moments
from lunar_oxide_plugin.core.compare.map_comparison import (
    ComparisonRequest,
    MapSource,
    compare_maps,
)
from lunar_oxide_plugin.core.moon import lunar_crs
from lunar_oxide_plugin.core.moon.wkt import MOON_RADIUS_M
from lunar_oxide_plugin.core.progress import SilentProgress
from lunar_oxide_plugin.core.rasters.map_band import MapBand, stated_quantity
from tests.rasters import EARTH, MOON_GEOGRAPHIC, MOON_SOUTH_POLE, moon_equirectangular
from tests.reports import Page
from tests.requests import raster as raster_input

DEGREE_M = 30323.35
FE_TO_FEO = 1.28648


def iron(lon, lat):
    """A smooth field without symmetry, FeO in wt%."""
    return (
        10.0
        + 5.0 * np.cos(np.radians(lat)) * np.cos(np.radians(lon - 40.0))
        + 2.0 * np.sin(np.radians(lat))
    )


def titanium(lon, lat):
    return 3.0 + np.sin(np.radians(lat)) - 1.5 * np.sin(np.radians(lon))


def write_map(path, bands, west, north, step, *, metres=False, crs=None, descriptions=None,
              nodata=np.nan, units=None):  # fmt: skip
    scale = DEGREE_M if metres else 1.0
    crs = crs or (moon_equirectangular() if metres else MOON_GEOGRAPHIC)
    bands = np.asarray(bands, dtype=np.float32)
    with rasterio.open(
        path, "w", driver="GTiff", width=bands.shape[2], height=bands.shape[1],
        count=bands.shape[0], dtype="float32", crs=CRS.from_user_input(crs), nodata=nodata,
        transform=Affine(step * scale, 0, west * scale, 0, -step * scale, north * scale),
    ) as dataset:  # fmt: skip
        dataset.write(bands)
        if descriptions:
            dataset.descriptions = descriptions
        if units:
            dataset.units = units
    return str(path)


def centres(west, north, step, rows, columns):
    return np.meshgrid(
        west + step * (np.arange(columns) + 0.5), north - step * (np.arange(rows) + 0.5)
    )


@pytest.fixture(scope="module")
def globe(tmp_path_factory):
    """A prediction-like raster of the whole Moon at half a degree, -180..180, in metres."""
    folder = tmp_path_factory.mktemp("globe")
    lon, lat = centres(-180.0, 90.0, 0.5, 360, 720)
    bands = np.full((14, 360, 720), 1.0)
    bands[0], bands[1] = titanium(lon, lat), iron(lon, lat)
    return write_map(
        folder / "oxides.tif", bands, -180.0, 90.0, 0.5, metres=True, descriptions=FULL.descriptions
    )


def compare(run, folder, prediction, reference, **more):
    feedback = QgsProcessingFeedback()
    results = run(
        "comparerasters", feedback, PREDICTION=prediction, REFERENCE=reference,
        OUTPUT=str(folder / "d.tif"), REPORT=str(folder / "d.html"), TABLE=str(folder / "d.csv"),
        JSON=str(folder / "d.json"), **more,
    )  # fmt: skip
    with rasterio.open(folder / "d.tif") as dataset:
        bands, transform = dataset.read(), dataset.transform
    document = json.loads((folder / "d.json").read_text(encoding="utf-8"))
    return results, bands, transform, document, feedback.textLog()


def test_element_map_of_0_to_360_on_its_own_grid(run, globe, tmp_path):
    """A map like Lunar Prospector's iron: five degrees, element wt%, longitudes 0..360."""
    lon, lat = centres(0.0, 90.0, 5.0, 36, 72)
    offset = np.where(lat > 0, 0.5, -1.25)
    reference = write_map(
        tmp_path / "lp_fe.tif", [(iron(lon, lat) - offset) / FE_TO_FEO], 0.0, 90.0, 5.0,
        descriptions=("Fe (wt%)",),
    )  # fmt: skip
    results, bands, transform, document, log = compare(run, tmp_path, globe, reference)
    assert bands.shape == (3, 36, 72)
    assert (transform.c, transform.f, transform.a) == (0.0, 90.0, 5.0)
    fine = iron(*centres(0.0, 90.0, 0.5, 360, 720))
    mean, _ = area_mean(fine, 10, np.linspace(90.0, -90.0, 361))
    np.testing.assert_allclose(bands[0], mean - bands[2], atol=1e-4)
    np.testing.assert_allclose(bands[1], mean, atol=1e-4)
    # Away from the poles a cell's mean is the field's value in its middle within 0.006.
    np.testing.assert_allclose(bands[0][5:-5], offset[5:-5] * np.ones((1, 72)), atol=0.006)
    np.testing.assert_allclose(bands[2], iron(lon, lat) - offset, atol=1e-3)
    assert results["N_CELLS"] == 36 * 72
    assert results["BIAS"] == pytest.approx((0.5 - 1.25) / 2, abs=1e-3)
    assert results["RMSE"] == pytest.approx(math.sqrt((0.5**2 + 1.25**2) / 2), abs=5e-3)
    parts = {part["name"]: part for part in document["parts"]}
    assert parts["15 S to 0"]["bias"] == pytest.approx(-1.25, abs=5e-3)
    assert parts["0 to 15 N"]["bias"] == pytest.approx(0.5, abs=5e-3)
    assert "taken as Fe in wt%" in log


def test_metrics_can_be_recomputed_from_the_raster(run, globe, tmp_path):
    lon, lat = centres(0.0, 90.0, 5.0, 36, 72)
    rng = np.random.default_rng(8)
    reference = write_map(
        tmp_path / "r.tif", [titanium(lon, lat) * 0.8 + rng.normal(0, 0.4, lon.shape)], 0.0, 90.0,
        5.0, descriptions=("TiO2 (wt%)",),
    )  # fmt: skip
    results, bands, _, document, _ = compare(run, tmp_path, globe, reference, OXIDE=0)
    d, p, m = bands.astype(np.float64)
    w = np.sin(np.radians(lat + 2.5)) - np.sin(np.radians(lat - 2.5))  # exact area of a cell
    w /= w.sum()
    np.testing.assert_allclose(d, p - m, atol=1e-5)
    assert results["BIAS"] == pytest.approx((w * d).sum(), abs=2e-3)
    assert results["RMSE"] == pytest.approx(math.sqrt((w * d**2).sum()), abs=2e-3)
    assert results["MAE"] == pytest.approx((w * abs(d)).sum(), abs=2e-3)
    mp, mm = (w * p).sum(), (w * m).sum()
    vp, vm = (w * (p - mp) ** 2).sum(), (w * (m - mm) ** 2).sum()
    cov = (w * (p - mp) * (m - mm)).sum()
    assert results["PEARSON_R"] == pytest.approx(cov / math.sqrt(vp * vm), abs=2e-3)
    assert results["CONCORDANCE"] == pytest.approx(2 * cov / (vp + vm + (mp - mm) ** 2), abs=2e-3)
    whole = document["parts"][0]
    assert whole["area_km2"] == pytest.approx(4 * math.pi * (MOON_RADIUS_M / 1e3) ** 2, rel=3e-3)
    with open(tmp_path / "d.csv", newline="", encoding="utf-8") as handle:
        rows = list(csv.DictReader(handle))
    assert [row["name"] for row in rows] == [part["name"] for part in document["parts"]]
    assert float(rows[0]["bias_wt"]) == pytest.approx(whole["bias"], rel=1e-4)
    # The prediction's FeO defines the terranes for TiO2.
    maria = next(row for row in rows if row["name"] == "maria")
    from lunar_oxide_plugin.core.moon.terranes import in_south_pole_aitken

    inside = ~in_south_pole_aitken(lon, lat) & (iron(lon, lat) >= 11.0)
    assert abs(int(maria["n_cells"]) - int(inside.sum())) <= 6
    assert float(maria["bias_wt"]) == pytest.approx(
        (w * d)[inside].sum() / w[inside].sum(), abs=0.02
    )


def test_oxides_are_not_swapped(run, globe, tmp_path):
    lon, lat = centres(0.0, 90.0, 5.0, 36, 72)
    both = [titanium(lon, lat), iron(lon, lat)]
    reference = write_map(
        tmp_path / "both.tif", both[::-1], 0.0, 90.0, 5.0, descriptions=("FeO (wt%)", "TiO2 (wt%)")
    )
    for oxide in (0, 1):
        results, *_ = compare(run, tmp_path, globe, reference, OXIDE=oxide)
        assert results["RMSE"] < 0.01
    with pytest.raises(QgsProcessingException, match="holds FeO by its description, not TiO2"):
        compare(run, tmp_path, globe, reference, OXIDE=0, REFERENCE_BAND=1)


def test_small_scene_across_both_seams(run, tmp_path):
    """A scene around 0 degrees meets a map of 0..360, one around 180 a map of -180..180."""
    for west, reference_west in ((-6.0, 0.0), (174.0, -180.0)):
        lon, lat = centres(west, 6.0, 0.25, 48, 48)
        bands = np.full((14, 48, 48), 1.0)
        bands[1] = iron(lon, lat)
        scene = write_map(
            tmp_path / "scene.tif", bands, west, 6.0, 0.25, metres=True,
            descriptions=FULL.descriptions,
        )  # fmt: skip
        lon, lat = centres(reference_west, 90.0, 2.0, 90, 180)
        reference = write_map(
            tmp_path / "g.tif", [iron(lon, lat)], reference_west, 90.0, 2.0,
            descriptions=("FeO (wt%)",),
        )  # fmt: skip
        results, bands, *_ = compare(run, tmp_path, scene, reference)
        assert results["N_CELLS"] == 36
        assert results["RMSE"] < 0.005


def test_polar_map_against_a_cylindrical_one(run, globe, tmp_path):
    side, step = 40, 20000.0
    x, y = np.meshgrid(
        step * (np.arange(side) + 0.5 - side / 2), step * (side / 2 - np.arange(side) - 0.5)
    )
    lat = -90.0 + 2.0 * np.degrees(np.arctan(np.hypot(x, y) / (2 * MOON_RADIUS_M)))
    lon = np.degrees(np.arctan2(x, y))
    reference = write_map(
        tmp_path / "pole.tif", [iron(lon, lat) + 0.75], -step * side / 2, step * side / 2, step,
        crs=MOON_SOUTH_POLE, descriptions=("FeO (wt%)",),
    )  # fmt: skip
    results, bands, *_ = compare(run, tmp_path, globe, reference)
    # All except the cells whose pixels surround the pole.
    assert results["N_CELLS"] > 0.99 * side * side
    assert np.nanmedian(np.abs(bands[0] + 0.75)) < 0.01
    assert results["BIAS"] == pytest.approx(-0.75, abs=0.02)


def test_the_finer_map_may_be_the_reference(run, globe, tmp_path):
    lon, lat = centres(10.0, 20.0, 0.05, 200, 200)
    reference = write_map(
        tmp_path / "fine.tif", [iron(lon, lat) - 2.0], 10.0, 20.0, 0.05, descriptions=("FeO",),
        units=("wt%",),
    )  # fmt: skip
    results, _, transform, _, _ = compare(run, tmp_path, globe, reference)
    assert results["N_CELLS"] == 20 * 20
    assert transform.a == pytest.approx(0.5 * DEGREE_M)
    assert results["BIAS"] == pytest.approx(2.0, abs=1e-3)


@pytest.mark.parametrize(
    ("quantity", "divide"),
    [(2, FE_TO_FEO), (3, 1e-4), (4, FE_TO_FEO * 1e-4), (5, 100.0), (6, FE_TO_FEO * 100.0)],
)
def test_units_by_choice(run, globe, tmp_path, quantity, divide):
    lon, lat = centres(0.0, 90.0, 10.0, 18, 36)
    reference = write_map(tmp_path / "plain.tif", [iron(lon, lat) / divide], 0.0, 90.0, 10.0)
    results, *_ = compare(run, tmp_path, globe, reference, REFERENCE_QUANTITY=quantity)
    assert results["RMSE"] < 0.02


def test_scale_nodata_and_undeclared_nodata(run, globe, tmp_path):
    lon, lat = centres(0.0, 90.0, 10.0, 18, 36)
    values = iron(lon, lat) / 2.0
    values[3, 5] = -99.0
    values[4, 6] = -9999.0
    reference = write_map(
        tmp_path / "s.tif", [values], 0.0, 90.0, 10.0, descriptions=("FeO (wt%)",), nodata=-99.0
    )
    results, bands, _, document, log = compare(run, tmp_path, globe, reference, REFERENCE_SCALE=2.0)
    assert results["N_CELLS"] == 18 * 36 - 2
    assert np.isnan(bands[0, 3, 5])
    assert np.isnan(bands[0, 4, 6])
    assert results["RMSE"] < 0.02
    assert "1 of 647 pixels of s.tif hold numbers that are no amounts" in log
    assert document["warnings"]


def test_whole_numbers_with_scale_offset_nodata_and_mask(tmp_path):
    path = tmp_path / "i.tif"
    values = np.array([[100, 200, -32768], [300, 400, 500]], dtype=np.int16)
    with rasterio.open(
        path, "w", driver="GTiff", width=3, height=2, count=1, dtype="int16", nodata=-32768,
        crs=CRS.from_user_input(MOON_GEOGRAPHIC), transform=Affine(1, 0, 0, 0, -1, 2),
    ) as dataset:  # fmt: skip
        dataset.write(values, 1)
        dataset.scales, dataset.offsets = (0.02,), (1.5,)
    with MapBand(raster_input(path), FEO, quantity=stated_quantity("element wt%", FEO)) as band:
        read = band.read(0, 0, 2, 3)
    expected = np.where(values == -32768, np.nan, (values * 0.02 + 1.5) * FE_TO_FEO)
    np.testing.assert_allclose(read, expected, rtol=1e-4)
    with rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True), rasterio.open(path, "r+") as dataset:
        dataset.nodata = None
        dataset.write_mask(np.array([[255, 0, 255], [255, 255, 255]], dtype=np.uint8))
    with iron_map(path) as band:
        read = band.read(0, 0, 2, 3)
    assert np.isnan(read[0, 1])
    assert read[1, 2] == pytest.approx(11.5)


def test_cells_that_are_hardly_covered_are_left_out(run, tmp_path):
    lon, lat = centres(0.0, 10.0, 0.1, 100, 93)
    bands = np.full((14, 100, 93), 1.0)
    bands[1] = iron(lon, lat)
    bands[1, :, :30] = np.nan  # columns 0..3 degrees
    scene = write_map(
        tmp_path / "scene.tif", bands, 0.0, 10.0, 0.1, metres=True, descriptions=FULL.descriptions
    )
    lon, lat = centres(0.0, 10.0, 5.0, 2, 2)
    reference = write_map(
        tmp_path / "r.tif", [iron(lon, lat)], 0.0, 10.0, 5.0, descriptions=("FeO (wt%)",)
    )
    # The left cells are covered to 40 %, the right ones to 86 %.
    for least, cells in ((50.0, 2), (39.0, 4), (86.5, 0)):
        if cells == 0:
            with pytest.raises(QgsProcessingException, match=r"covers at most 86\.0% of a cell"):
                compare(run, tmp_path, scene, reference, MIN_COVERAGE=least)
            continue
        results, _, _, document, _ = compare(run, tmp_path, scene, reference, MIN_COVERAGE=least)
        assert results["N_CELLS"] == cells
        assert document["cells_skipped"] == 4 - cells


@pytest.mark.parametrize(
    ("case", "message"),
    [
        ("unsaid", "does not say what band 1 holds: choose what its numbers are"),
        ("wrong band", "has no band 7"),
        ("two bands", "no band described as FeO"),
        ("apart", "do not overlap"),
        ("earth", "CRS of Earth"),
        ("no crs", "has no CRS"),
        ("unit", "are no amounts in wt%"),
        ("same file", "is an input"),
        ("report", "does not exist"),
        ("scale 0", "is 0: give a number above 0"),
        ("scale -1", "is -1: give a number above 0"),
    ],
)
def test_bad_input_is_one_sentence_and_leaves_nothing(run, tmp_path, case, message):
    lon, lat = centres(10.0, 20.0, 1.0, 8, 8)
    scene = write_map(
        tmp_path / "scene.tif", [iron(lon, lat)], 10.0, 20.0, 1.0, descriptions=("FeO (wt%)",)
    )
    options, parameters = {"descriptions": ("FeO (wt%)",)}, {"OUTPUT": str(tmp_path / "d.tif")}
    values, west = [iron(lon, lat)], 10.0
    if case == "unsaid":
        options = {}
    elif case == "wrong band":
        parameters["REFERENCE_BAND"] = 7
    elif case == "two bands":
        values, options = values * 2, {}
    elif case == "apart":
        west = 120.0
    elif case == "earth":
        options["crs"] = EARTH
    elif case == "unit":
        values = [1e5 * values[0]]
    elif case == "same file":
        parameters["OUTPUT"] = scene
    elif case.startswith("scale"):
        parameters["REFERENCE_SCALE"] = float(case.split()[1])
    elif case == "report":
        parameters["REPORT"] = str(tmp_path / "none" / "r.html")
    reference = write_map(tmp_path / "r.tif", values, west, 20.0, 1.0, **options)
    if case == "no crs":
        with rasterio.open(reference, "r+") as dataset:
            dataset.crs = CRS()
    with pytest.raises(QgsProcessingException, match=message) as caught:
        run("comparerasters", PREDICTION=scene, REFERENCE=reference, **parameters)
    assert len(str(caught.value).strip().splitlines()) == 1
    left = {path.name for path in tmp_path.iterdir() if path.suffix != ".xml"}
    assert left <= {"scene.tif", "r.tif"}


def test_cancel_leaves_nothing(run, globe, tmp_path):
    feedback = QgsProcessingFeedback()
    feedback.cancel()
    output = tmp_path / "d.tif"
    assert run("comparerasters", feedback, PREDICTION=globe, REFERENCE=globe, OUTPUT=str(output)) \
        == {}  # fmt: skip
    assert list(tmp_path.iterdir()) == []


def test_a_map_equals_itself(run, globe, tmp_path):
    results, bands, *_ = compare(run, tmp_path, globe, globe)
    assert results["N_CELLS"] == 360 * 720
    assert np.abs(bands[0]).max() < 1e-4
    assert results["PEARSON_R"] == pytest.approx(1.0, abs=1e-6)


def test_report_says_what_was_done(run, globe, tmp_path):
    lon, lat = centres(0.0, 90.0, 10.0, 18, 36)
    reference = write_map(
        tmp_path / "<b>r&.tif", [iron(lon, lat) + 1.0], 0.0, 90.0, 10.0,
        descriptions=("FeO (wt%)",),
    )  # fmt: skip
    _, _, _, document, _ = compare(run, tmp_path, globe, reference)
    html = (tmp_path / "d.html").read_text(encoding="utf-8")
    assert "<script" not in html
    assert "<b>r&." not in html
    page = Page(html).root
    assert "1.00 wt% below the reference" in page.text
    idents = [svg.attributes.get("id") for svg in page.all("svg") if "role" in svg.attributes]
    assert {"density-feo", "histogram", "latitude", "terranes", "difference-map"} <= set(idents)
    assert "10.1016/j.icarus.2009.05.032" in page.text
    assert "a criterion of composition, no geological boundary" in page.text
    assert "not which one is right" in page.text
    cells = page.all("rect", "cell")
    assert cells
    assert all("down" in " ".join(rect.css) for rect in cells[:-4][4:])
    assert document["provenance"]["Command to repeat"].startswith("qgis_process run lunaroxide:c")


def test_what_is_no_observation_is_said(run, globe, tmp_path):
    lon, lat = centres(0.0, 90.0, 10.0, 18, 36)
    reference = write_map(
        tmp_path / "r.tif", [iron(lon, lat)], 0.0, 90.0, 10.0, descriptions=("FeO (wt%)",)
    )
    with rasterio.open(reference, "r+") as dataset:
        dataset.update_tags(DATA_ORIGIN="simulated")
    compare(run, tmp_path, globe, reference)
    page = Page((tmp_path / "d.html").read_text(encoding="utf-8")).root
    assert "r.tif: simulated" in page.all("div", "warning")[0].text
    with rasterio.open(tmp_path / "d.tif") as dataset:
        assert dataset.tags()["LUNAR_OXIDE_DATA_ORIGIN"] == "r.tif: simulated"


def test_results_load_as_styled_layers(run, globe, tmp_path):
    lon, lat = centres(0.0, 90.0, 10.0, 18, 36)
    reference = write_map(
        tmp_path / "r.tif", [iron(lon, lat) + 1.0], 0.0, 90.0, 10.0, descriptions=("FeO (wt%)",)
    )
    project = QgsProject.instance()
    project.clear()
    context = QgsProcessingContext()
    context.setProject(project)
    output = str(tmp_path / "d.tif")
    context.addLayerToLoadOnCompletion(
        output, QgsProcessingContext.LayerDetails("d", project, "OUTPUT")
    )
    run("comparerasters", context=context, PREDICTION=globe, REFERENCE=reference, OUTPUT=output)
    layer = QgsRasterLayer(output, "d")
    project.addMapLayer(layer)
    details = context.layersToLoadOnCompletion()[output]
    details.postProcessor().postProcessLayer(layer, context, QgsProcessingFeedback())
    nodes = project.layerTreeRoot().children()[0].children()
    assert [node.name() for node in nodes] == [
        "FeO difference (wt%)", "FeO prediction (wt%)", "FeO reference (wt%)",
    ]  # fmt: skip
    renderer = nodes[0].layer().renderer()
    assert renderer.classificationMin() == -renderer.classificationMax()
    assert renderer.classificationMax() == pytest.approx(1.0, abs=0.1)
    assert nodes[1].layer().renderer().classificationMax() == FEO.display_max
    project.clear()


# The parts


def area_mean(fine, factor, edges):
    """Mean by area and share of blocks; `edges` are the fine rows' latitudes."""
    rows, columns = fine.shape[0] // factor, fine.shape[1] // factor
    areas = np.abs(np.diff(np.sin(np.radians(edges))))[:, None] * np.ones(fine.shape)
    known = np.where(np.isfinite(fine), areas, 0.0)
    total, share, whole = (
        values.reshape(rows, factor, columns, factor).sum(axis=(1, 3))
        for values in (np.nan_to_num(fine) * known, known, areas)
    )
    return total / np.maximum(share, 1e-12), share / whole


def iron_map(path):
    """A map of FeO in wt%."""
    return MapBand(raster_input(path), FEO, quantity=stated_quantity("oxide wt%", FEO))


@given(st.integers(0, 2**32 - 1), st.sampled_from([2, 5, 12]), st.booleans())
@settings(max_examples=12, deadline=None)
def test_nested_grids_average_exactly(tmp_path_factory, seed, factor, geographic):
    rng = np.random.default_rng(seed)
    folder = tmp_path_factory.mktemp("nested")
    fine = rng.uniform(2.0, 20.0, (6 * factor, 4 * factor)).astype(np.float32)
    fine[rng.uniform(size=fine.shape) < 0.3] = np.nan
    coarse = np.ones((6, 4))
    step = 0.8
    a = write_map(folder / "a.tif", [fine], 20.0, 30.0, step / factor, metres=not geographic)
    b = write_map(folder / "b.tif", [coarse], 20.0, 30.0, step)
    with iron_map(a) as small, iron_map(b) as large:
        mean, coverage = average_over(large, Window(0, 0, 4, 6), small)
    edges = 30.0 - step / factor * np.arange(6 * factor + 1)
    expected, share = area_mean(fine.astype(np.float64), factor, edges)
    np.testing.assert_allclose(coverage, share, atol=1e-6)
    seen = share > 0
    np.testing.assert_allclose(mean[seen], expected[seen], rtol=1e-5)


def test_very_fine_pixels_are_joined_first(tmp_path, monkeypatch):
    """With 300 pixels along a cell and little memory the mean is the same."""
    rng = np.random.default_rng(5)
    fine = rng.uniform(2.0, 20.0, (600, 900)).astype(np.float32)
    fine[:200, :250] = np.nan
    a = write_map(tmp_path / "a.tif", [fine], 20.0, 30.0, 0.01)
    b = write_map(tmp_path / "b.tif", [np.ones((2, 3))], 20.0, 30.0, 3.0)
    monkeypatch.setattr(area_average, "MAX_PIXELS", 20_000)
    monkeypatch.setattr(area_average, "PIXELS_PER_CELL", 30)
    with iron_map(a) as small, iron_map(b) as large:
        windows = coarse_windows(large, small, Window(0, 0, 3, 2))
        assert len(windows) > 1
        assert sum(w.width * w.height for w in windows) == 6
        mean, coverage = np.full((2, 3), np.nan), np.zeros((2, 3))
        for w in windows:
            part = np.s_[w.row_off : w.row_off + w.height, w.col_off : w.col_off + w.width]
            mean[part], coverage[part] = average_over(large, w, small)
    expected, share = area_mean(fine.astype(np.float64), 300, 30.0 - 0.01 * np.arange(601))
    np.testing.assert_allclose(mean, expected, rtol=1e-5)
    np.testing.assert_allclose(coverage, share, atol=1e-6)


def test_cell_areas_add_up_to_the_sphere(tmp_path):
    path = write_map(tmp_path / "a.tif", [np.ones((90, 180))], 0.0, 90.0, 2.0)
    with iron_map(path) as band:
        geometry = cell_geometry(band, Window(0, 0, 180, 90))
    sphere = 4 * math.pi * (MOON_RADIUS_M / 1000) ** 2
    assert geometry.areas_km2.sum() == pytest.approx(sphere, rel=1e-12)
    zone = math.sin(math.radians(2.0)) / 180 * sphere / 2
    assert geometry.areas_km2[44, 7] == pytest.approx(zone, rel=1e-12)


def test_moments_by_hand():
    moments = Moments()
    moments.add(np.array([1.0, 4.0]), np.array([2.0, 2.0]), np.array([1.0, 3.0]))
    moments.add(np.array([3.0]), np.array([6.0]), np.array([2.0]))
    m = moments.metrics()
    # weights 1 3 2, p 1 4 3, m 2 2 6: differences -1 2 -3
    assert (m.n, m.area_km2) == (3, 6.0)
    assert m.bias == pytest.approx((-1 + 6 - 6) / 6)
    assert m.rmse == pytest.approx(math.sqrt((1 + 12 + 18) / 6))
    assert m.mae == pytest.approx((1 + 6 + 6) / 6)
    assert (m.mean_prediction, m.mean_reference) == (pytest.approx(19 / 6), pytest.approx(20 / 6))
    assert math.isnan(Moments().metrics().rmse)


def test_parts_add_up_to_the_whole():
    rng = np.random.default_rng(2)
    sums = Accumulator(TIO2)
    lon, lat = rng.uniform(-180, 180, 500), np.degrees(np.arcsin(rng.uniform(-1, 1, 500)))
    p, m, feo = rng.uniform(0, 9, 500), rng.uniform(0, 9, 500), rng.uniform(4, 18, 500)
    sums.add(p, m, feo, lon, lat, np.ones(500))
    assert sum(t.n for t in sums.terranes.values()) == 500
    assert sum(b.n for b in sums.bands.values()) == 500
    assert sums.joint.sum() + sums.beyond == 500
    assert sums.differences.sum() == pytest.approx(500)
    assert sums.difference_quantile(0.5) == pytest.approx(np.median(p - m), abs=0.05)
    row, column = np.argwhere(sums.joint)[0]
    width = 20.0 / 240
    assert np.any((np.floor((m + 2.0) / width) == row) & (np.floor((p + 2.0) / width) == column))


def smooth(lon, lat):
    lon, lat = np.radians(lon), np.radians(lat)
    return 10 + 4 * np.sin(2 * lon + 0.3) * np.cos(lat) ** 2 + 2 * np.sin(lat)


@pytest.fixture(scope="module")
def smooth_globe(tmp_path_factory):
    """A global map at half a degree, in 0..360."""
    lon, lat = centres(0.0, 90.0, 0.5, 360, 720)
    folder = tmp_path_factory.mktemp("smooth")
    return write_map(
        folder / "fine.tif", [smooth(lon, lat)], 0.0, 90.0, 0.5, descriptions=("FeO (wt%)",)
    )


@pytest.mark.parametrize(
    ("name", "lat_0", "lon_0", "half_m"),
    [
        ("stere", -90, 0, 1.0e6), ("stere", 90, 77, 1.1e6), ("sinu", 0, 0, 5.45e6),
        ("sinu", 0, 200, 5.45e6), ("moll", 0, 0, 4.9e6), ("ortho", 20, 30, 1.74e6),
        ("gnom", -80, 10, 2.0e6), ("laea", -40, 100, 3.4e6), ("nsper +h=3000000", 80, 10, 1.4e6),
        ("merc", 0, 200, 5.4e6),
    ],
)  # fmt: skip
def test_a_coarse_map_in_any_projection_has_all_its_cells_compared(
    tmp_path, smooth_globe, name, lat_0, lon_0, half_m
):
    """The reference is the field itself. Corners off the Moon contain numbers too."""
    wkt = CRS.from_proj4(f"+proj={name} +lat_0={lat_0} +lon_0={lon_0} +R=1737400").to_wkt()
    side = 24
    step = 2 * half_m / side
    transform = Affine(step, 0, -half_m, 0, -step, half_m)
    columns, rows = np.meshgrid(np.arange(side) + 0.5, np.arange(side) + 0.5)
    lons, lats = lunar_crs.unproject(wkt, *(transform * (columns, rows)))
    on_map = np.isfinite(lons)
    values = np.where(on_map, smooth(lons, lats), 99.0).astype(np.float32)
    path = tmp_path / "coarse.tif"
    with rasterio.open(
        path, "w", driver="GTiff", width=side, height=side, count=1, dtype="float32",
        crs=CRS.from_wkt(wkt), transform=transform,
    ) as dataset:  # fmt: skip
        dataset.write(values, 1)
        dataset.set_band_description(1, "FeO (wt%)")
    request = ComparisonRequest(
        FEO, MapSource(raster_input(smooth_globe)), MapSource(raster_input(path)),
        str(tmp_path / "difference.tif"),
    )  # fmt: skip
    result = compare_maps(request, SilentProgress())
    metrics = result.groups[0].metrics
    assert metrics.n == np.count_nonzero(on_map)
    # The field curves within a cell by no more than this (cells of up to 15 degrees).
    assert abs(metrics.bias) < 0.05
    assert metrics.rmse < 0.25
    with MapBand(raster_input(path), FEO) as band:
        areas = cell_geometry(band, Window(0, 0, side, side)).areas_km2
    assert metrics.area_km2 == pytest.approx(areas[on_map].sum(), rel=1e-9)
    sphere_km2 = 4 * math.pi * (MOON_RADIUS_M / 1e3) ** 2
    if name in ("sinu", "moll"):  # equal-area projections: exact except at the outline
        whole = areas[8:16, 8:16]
        expected = (step / 1e3) ** 2
        np.testing.assert_allclose(whole, expected, rtol=2e-3)
    assert metrics.area_km2 < sphere_km2


def test_sites_of_every_longitude_meet_a_map_of_a_far_central_meridian(tmp_path, smooth_globe):
    """A coarse equirectangular map of the far side around 191 E, the basin's own meridian."""
    metres = math.radians(1.0) * MOON_RADIUS_M
    lon, lat = np.meshgrid(np.arange(150, 235, 5) + 2.5, np.arange(-20, -70, -5) - 2.5)
    path = tmp_path / "coarse.tif"
    with rasterio.open(
        path, "w", driver="GTiff", width=lon.shape[1], height=lon.shape[0], count=1,
        dtype="float32", crs=CRS.from_wkt(moon_equirectangular(191)),
        transform=Affine(5 * metres, 0, (150 - 191) * metres, 0, -5 * metres, -20 * metres),
    ) as dataset:  # fmt: skip
        dataset.write(smooth(lon, lat).astype(np.float32), 1)
        dataset.set_band_description(1, "FeO (wt%)")
    request = ComparisonRequest(
        FEO, MapSource(raster_input(smooth_globe)), MapSource(raster_input(path)),
        str(tmp_path / "difference.tif"),
    )  # fmt: skip
    result = compare_maps(request, SilentProgress())
    with rasterio.open(request.output) as dataset:
        difference, prediction = dataset.read([1, 2])
    fine = smooth(*centres(150.0, -20.0, 0.5, 100, 170))
    mean, _ = area_mean(fine, 10, np.linspace(-20.0, -70.0, 101))
    assert result.groups[0].metrics.n == lon.size
    np.testing.assert_allclose(prediction, mean, atol=1e-5)
    assert np.abs(difference).max() < 0.03
