"""Printed maps: scale on the Moon's sphere, grid, content of the page, files, the window."""

from __future__ import annotations

import math

import numpy as np
import pytest
import rasterio
from hypothesis import given, settings
from hypothesis import strategies as st
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsLayoutItemLabel,
    QgsLayoutItemLegend,
    QgsLayoutItemMap,
    QgsLayoutItemScaleBar,
    QgsProcessingException,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsVectorLayer,
)
from rasterio.transform import from_bounds

from lunar_oxide_plugin.algorithms.print_items import latitude_text
from lunar_oxide_plugin.algorithms.print_layout import arrange
from lunar_oxide_plugin.core.chemistry.layout import FULL, QUALITY
from lunar_oxide_plugin.core.moon.map_frame import map_frame
from lunar_oxide_plugin.core.moon.map_grid import grid_step, round_length
from lunar_oxide_plugin.core.moon.wkt import MOON_GEOGRAPHIC_WKT
from lunar_oxide_plugin.core.probe.map_summary import map_summary
from lunar_oxide_plugin.core.rasters.raster_input import RasterInput
from tests.rasters import MOON_GEOGRAPHIC, MOON_SOUTH_POLE, moon_equirectangular
from tests.window import WindowInterface

pytestmark = pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")

#: Kilometres of a degree of longitude at the equator.
DEGREE_KM = 1737.4 * math.pi / 180.0


def write_prediction(path, crs, bounds, rows=20, columns=30, layout=FULL):
    """A prediction with known numbers: sigma 0.4, 0.5 ... wt%; every 10th pixel of 600 flagged."""
    data = np.zeros((layout.count, rows, columns), np.float32)
    for place, oxide in enumerate(layout.oxides):
        data[place] = np.linspace(oxide.display_min, oxide.display_max, columns)
        data[len(layout.oxides) + place] = 0.4 + 0.1 * place
    quality = layout.band(QUALITY) - 1
    data[quality].flat[::10] = 8
    data[:, 0, 0] = np.nan  # one of the flagged pixels has no data
    with rasterio.open(
        path, "w", driver="GTiff", dtype="float32", count=layout.count, height=rows, width=columns,
        crs=crs, transform=from_bounds(*bounds, columns, rows), nodata=np.nan,
    ) as dataset:  # fmt: skip
        dataset.write(data)
        dataset.descriptions = layout.descriptions
        dataset.update_tags(
            LUNAR_OXIDE_MODEL_TITLE="A model",
            LUNAR_OXIDE_MODEL_VERSION="9.1",
            LUNAR_OXIDE_MODEL_CITATION="Someone et al. (2031)",
            LUNAR_OXIDE_SOURCE_RASTER="MI_MAP_03_N61E030N60E031SC",
            LUNAR_OXIDE_DATA_ORIGIN="interpolated",
            LUNAR_OXIDE_SOFTWARE="Lunar Oxide 0.9",
            LUNAR_OXIDE_NEW_PLACE="TiO2 half-width 3.1, soils 5.2; "
            "SiO2 half-width 3.2, soils 2.8, tells little",
        )
    return str(path)


@pytest.fixture(scope="module")
def at_60_north(tmp_path_factory):
    path = tmp_path_factory.mktemp("printed") / "north.tif"
    return write_prediction(path, MOON_GEOGRAPHIC, (30, 60, 33, 62))


@pytest.fixture
def project(run):
    project = QgsProject.instance()
    project.clear()
    yield project
    project.clear()


# --- scale and grid -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wkt", "bounds", "units_per_km", "latitude"),
    [
        (MOON_GEOGRAPHIC_WKT, (30, 59, 33, 61), 1.0 / (DEGREE_KM * 0.5), 60.0),
        (MOON_GEOGRAPHIC_WKT, (-180, -90, 180, 90), 1.0 / DEGREE_KM, 0.0),
        (moon_equirectangular(), (0, 1819400 - 9e3, 2e4, 1819400 + 9e3), 2000.0, 60.0),
        (moon_equirectangular(180), (-1e4, -9e3, 1e4, 9e3), 1000.0, 0.0),
        (MOON_SOUTH_POLE, (-2e5, -2e5, 2e5, 2e5), 1000.0, -90.0),
    ],
)
def test_a_kilometre_is_one_on_the_moon(wkt, bounds, units_per_km, latitude):
    frame = map_frame(wkt, bounds)
    assert frame.units_per_km == pytest.approx(units_per_km, rel=2e-4)
    assert frame.latitude_deg == pytest.approx(latitude, abs=0.01)


def test_spans_cross_the_far_side_and_know_the_pole():
    frame = map_frame(MOON_GEOGRAPHIC_WKT, (170, 10, 200, 20))
    assert frame.longitudes_deg == pytest.approx((170, 200))
    assert frame.latitudes_deg == pytest.approx((10, 20))
    assert not frame.has_pole
    assert map_frame(MOON_SOUTH_POLE, (-2e5, -1e5, 2e5, 1e5)).has_pole
    assert not map_frame(MOON_SOUTH_POLE, (1e5, 1e5, 2e5, 2e5)).has_pole
    assert not map_frame(MOON_GEOGRAPHIC_WKT, (-180, -90, 180, 90)).has_pole


def test_off_the_map_there_is_no_scale():
    disc = "+proj=ortho +lat_0=0 +lon_0=0 +R=1737400 +type=crs"
    wkt = QgsCoordinateReferenceSystem.fromProj(disc).toWkt()
    assert map_frame(wkt, (-1e6, -1e6, 1e6, 1e6)) is not None
    assert map_frame(wkt, (1.6e6, 1.6e6, 1.7e6, 1.7e6)) is None


@settings(max_examples=60)
@given(st.floats(-400, 400), st.floats(1e-3, 360), st.integers(1, 3))
def test_a_grid_has_lines(low, span, least):
    step = grid_step(low, low + span, least)
    assert step > 0.0
    lines = math.floor((low + span) / step + 1e-6) - math.ceil(low / step - 1e-6) + 1
    assert lines >= least


@pytest.mark.parametrize(
    ("low", "high", "least", "step"),
    [(20.0, 20.38, 3, 0.1), (-180, 180, 3, 90), (60, 61, 3, 0.5), (0, 360, 2, 90), (4, 5.9, 1, 5)],
)
def test_steps_are_usual_ones(low, high, least, step):
    assert grid_step(low, high, least) == pytest.approx(step)


@settings(max_examples=40)
@given(st.floats(1e-6, 1e6))
def test_lengths_are_round(most):
    length = round_length(most)
    assert most / 2.5 <= length * (1 + 1e-6) <= most * (1 + 2e-6)
    assert f"{length:.6e}"[0] in "125"


@pytest.mark.parametrize(("aspect", "columns"), [(1.0, 3), (0.1, 6), (2.0, 2)])
def test_panels_are_arranged_by_their_shape(aspect, columns):
    placed = arrange(6, aspect, 40.0)
    assert (placed.columns, placed.rows) == (columns, -(-6 // columns))
    assert placed.map_width / placed.map_height == pytest.approx(aspect)


# --- the page -------------------------------------------------------------------------


def items(layout, kind):
    return [item for item in layout.items() if type(item) is kind]


def texts(layout):
    return "\n".join(label.text() for label in items(layout, QgsLayoutItemLabel))


def printed(project, result):
    return project.layoutManager().layoutByName(result["LAYOUT"])


def test_the_summary_has_the_medians(at_60_north):
    summary = map_summary(RasterInput(at_60_north))
    assert summary.half_width_wt["TiO2"] == pytest.approx(0.4 * 1.6448536)
    assert summary.half_width_wt["SiO2"] == pytest.approx(0.9 * 1.6448536)
    assert summary.flagged_share == pytest.approx(59 / 599)
    assert summary.tags["MODEL_VERSION"] == "9.1"


def test_a_plate_of_all_oxides(run, project, at_60_north, tmp_path):
    path = tmp_path / "plate.png"
    result = run("printmap", INPUT=at_60_north, TITLE="North", PNG=str(path), DPI=60)
    layout = printed(project, result)
    maps = items(layout, QgsLayoutItemMap)
    assert len(maps) == 6
    said = texts(layout)
    for text in ("North", "TiO\u2082 (wt%) \u00b1 0.7", "SiO\u2082 (wt%) \u00b1 1.5 (tells little)",
                 "9.8 %",
                 "A model, version 9.1", "Someone et al. (2031)", "interpolated", "90 % interval",
                 "Lunar Oxide 0.9"):  # fmt: skip
        assert text in said, text
    bands = set()
    for item in maps:
        flags, oxide = item.layers()
        assert flags.renderer().usesBands() == [FULL.band(QUALITY)]
        bands.update(oxide.renderer().usesBands())
        grid = item.grids().grid(0)
        assert (grid.intervalX(), grid.intervalY()) == (1.0, 1.0)
        assert item.extent().contains(QgsRectangle(30, 60, 33, 62))
    assert bands == {1, 2, 3, 4, 5, 6}
    legends = items(layout, QgsLayoutItemLegend)
    assert len(legends) == 7
    flags = next(x for x in legends if x.model().rootGroup().findLayers()[0].layer() is flags)
    (node,) = flags.model().rootGroup().findLayers()
    named = [str(entry.data(0)) for entry in flags.model().layerLegendNodes(node)]
    assert "shadow" in named
    assert len(named) == len(set(named))
    page = layout.pageCollection().page(0).pageSize()
    with rasterio.open(path) as picture:
        assert picture.width == pytest.approx(page.width() / 25.4 * 60, abs=2)
        assert picture.height == pytest.approx(page.height() / 25.4 * 60, abs=2)
    assert [each.name for each in tmp_path.iterdir()] == ["plate.png"]


def longest_dark_run(pixels):
    """Most dark pixels side by side in any row of a grey picture."""
    return max(
        len(run) for row in pixels for run in "".join("x" if v else " " for v in row).split()
    )


@pytest.mark.parametrize("ellipsoid", ["NONE", "EPSG:7030"])
def test_the_scale_bar_does_not_depend_on_the_projects_ellipsoid(
    run, project, at_60_north, tmp_path, ellipsoid
):
    project.setEllipsoid(ellipsoid)
    path, dpi = str(tmp_path / "bar.png"), 254
    layout = printed(project, run("printmap", INPUT=at_60_north, OXIDES=[1], PNG=path, DPI=dpi))
    (bar,), (item,) = items(layout, QgsLayoutItemScaleBar), items(layout, QgsLayoutItemMap)
    kilometres = bar.unitsPerSegment() / bar.mapUnitsPerScaleBarUnit()
    assert kilometres == pytest.approx(round_length(kilometres))
    assert "61.0\u00b0 N" in bar.unitLabel()
    # Its outline is as long as two segments are on the map; a pixel is 0.1 mm.
    box = bar.mapRectToScene(bar.rect())
    left, top, right, bottom = (round(10 * v) for v in box.getCoords())
    with rasterio.open(path) as picture:
        pixels = picture.read([1, 2, 3]).max(axis=0)[top:bottom, left:right] < 90
    map_km = item.extent().width() * DEGREE_KM * math.cos(math.radians(61))
    expected = 10.0 * item.rect().width() * kilometres / map_km
    assert longest_dark_run(pixels) == pytest.approx(2.0 * expected, abs=6)


def test_latitudes_have_a_side():
    assert [latitude_text(v) for v in (20.19, -0.01, -45.5)] == [
        "20.2\u00b0 N", "0\u00b0", "45.5\u00b0 S",
    ]  # fmt: skip


def test_around_a_pole_the_grid_is_a_layer_of_the_project(run, project, tmp_path):
    path = write_prediction(tmp_path / "pole.tif", MOON_SOUTH_POLE, (-2e5, -2e5, 2e5, 2e5), 30, 30)
    layout = printed(project, run("printmap", INPUT=path, OXIDES=[1]))
    (item,) = items(layout, QgsLayoutItemMap)
    assert item.grids().size() == 0
    grid = item.layers()[0]
    drawn = {each.text() for each in grid.items().values() if hasattr(each, "text")}
    assert {"84\u00b0S", "86\u00b0S", "90\u00b0W", "180\u00b0"} <= drawn
    assert project.write(str(tmp_path / "pole.qgs"))
    project.clear()
    assert project.read(str(tmp_path / "pole.qgs"))
    (item,) = items(project.layoutManager().layouts()[0], QgsLayoutItemMap)
    assert len(item.layers()[0].items()) == len(drawn) + len(
        [each for each in item.layers()[0].items().values() if not hasattr(each, "text")]
    )


def test_layers_of_the_project_are_printed_as_they_are(run, project, at_60_north, tmp_path):
    first = run("printmap", INPUT=at_60_north)["LAYOUT"]
    layers = set(project.mapLayers())
    assert run("printmap", INPUT=at_60_north)["LAYOUT"] != first
    assert set(project.mapLayers()) == layers
    assert project.write(str(tmp_path / "saved.qgz"))
    project.clear()
    assert project.read(str(tmp_path / "saved.qgz"))
    layout = project.layoutManager().layoutByName(first)
    assert all(len(item.layers()) == 2 for item in items(layout, QgsLayoutItemMap))
    assert "Someone et al. (2031)" in texts(layout)


def test_sites_of_a_file_are_drawn_by_mission(run, project, tmp_path):
    path = write_prediction(tmp_path / "apollo17.tif", MOON_GEOGRAPHIC, (30, 20, 31, 20.5))
    run("addsamplesites", OUTPUT=str(tmp_path / "sites.gpkg"))
    layout = printed(
        project, run("printmap", INPUT=path, OXIDES=[1], SITES=str(tmp_path / "sites.gpkg"))
    )
    sites = items(layout, QgsLayoutItemMap)[0].layers()[0]
    assert sites.renderer().classAttribute() == "mission"
    assert project.mapLayer(sites.id()) is not None
    assert sites.crs().celestialBodyName() == "Moon"


def test_another_crs_and_an_extent(run, project, at_60_north):
    layout = printed(
        project,
        run(
            "printmap", INPUT=at_60_north, OXIDES=[0, 1], CRS="IAU_2015:30110",
            EXTENT="31,32,60.5,61.5 [IAU_2015:30100]",
        ),
    )  # fmt: skip
    item = items(layout, QgsLayoutItemMap)[0]
    assert item.crs().authid() == "IAU_2015:30110"
    metres = DEGREE_KM * 1000.0
    assert item.extent().center().x() == pytest.approx(31.5 * metres, rel=1e-3)
    assert item.extent().center().y() == pytest.approx(61.0 * metres, rel=1e-3)


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"EXTENT": "10,11,60,61"}, "shows no part of"),
        ({"CRS": "EPSG:3857"}, "choose a lunar CRS"),
        ({"INPUT": "reflectance"}, "no band described as an oxide"),
    ],
)
def test_what_cannot_be_printed_leaves_no_layout(
    run, project, at_60_north, tmp_path, parameters, said
):
    if "INPUT" in parameters:
        other = tmp_path / "r.tif"
        with rasterio.open(
            other, "w", driver="GTiff", dtype="float32", count=1, height=2, width=2,
            crs=MOON_GEOGRAPHIC, transform=from_bounds(0, 0, 1, 1, 2, 2),
        ) as dataset:  # fmt: skip
            dataset.write(np.ones((1, 2, 2), np.float32))
        parameters = {"INPUT": str(other)}
    with pytest.raises(QgsProcessingException, match=said):
        run("printmap", **{"INPUT": at_60_north, "PNG": str(tmp_path / "no.png"), **parameters})
    assert project.layoutManager().layouts() == []
    assert not (tmp_path / "no.png").exists()


def test_a_file_that_cannot_be_written_leaves_no_layout(run, project, at_60_north, tmp_path):
    (tmp_path / "folder.pdf").mkdir()
    with pytest.raises(QgsProcessingException, match="folder"):
        run("printmap", INPUT=at_60_north, OXIDES=[1], PDF=str(tmp_path / "folder.pdf"))
    assert project.layoutManager().layouts() == []


def test_without_crs_there_is_neither_grid_nor_scale(run, project, tmp_path):
    path = write_prediction(tmp_path / "nowhere.tif", None, (0, 0, 30, 20))
    layout = printed(project, run("printmap", INPUT=path, OXIDES=[1]))
    assert not items(layout, QgsLayoutItemScaleBar)
    assert items(layout, QgsLayoutItemMap)[0].grids().size() == 0
    assert "no lunar CRS" in texts(layout)


# --- the window -----------------------------------------------------------------------


@pytest.fixture
def window(run, project):
    from lunar_oxide_plugin.gui.window import LunarOxideWindow

    iface = WindowInterface()
    window = LunarOxideWindow(iface)
    yield window
    window.unload()
    iface.close()


def test_the_window_prints_what_it_shows(run, project, window, at_60_north):
    iface, menu = window.iface, window.print_map
    menu.one.trigger()
    assert "no predicted map" in iface.messageBar().currentItem().text()
    layer = QgsRasterLayer(at_60_north, "north", "gdal")
    project.addMapLayer(layer)
    sites = QgsVectorLayer("Point?field=station_id:string", "sites", "memory")
    project.addMapLayer(sites)
    canvas = iface.mapCanvas()
    canvas.setDestinationCrs(layer.crs())
    canvas.setLayers([sites, layer])
    canvas.setExtent(QgsRectangle(31, 60.5, 32, 61.5))
    menu.plate.trigger()
    (layout,) = iface.layouts
    maps = items(layout, QgsLayoutItemMap)
    assert len(maps) == 6
    assert all(sites in item.layers() for item in maps)
    seen = canvas.extent()
    assert maps[0].extent().center().x() == pytest.approx(seen.center().x(), abs=0.02)
    # Its own layers are in the project now: make that of FeO the active and visible one.
    feo = next(x for x in project.mapLayers().values() if x.name().startswith("FeO"))
    iface.active_layer = feo
    canvas.setLayers([feo])
    menu.one.trigger()
    (item,) = items(iface.layouts[-1], QgsLayoutItemMap)
    assert feo in item.layers()
