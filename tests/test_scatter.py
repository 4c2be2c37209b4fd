"""The scatter view: pixels counted, stations placed, brushed pixels found on the map."""

from __future__ import annotations

import math

import numpy as np
import pytest
import rasterio
from qgis.core import QgsProject, QgsRasterLayer, QgsSettings
from qgis.PyQt.QtCore import QPoint, QSize
from qgis.PyQt.QtGui import QColor, QImage, QPainter
from rasterio.crs import CRS
from rasterio.transform import Affine

from lunar_oxide_plugin.algorithms.site_layers import moon_geographic_crs
from lunar_oxide_plugin.core.chemistry.layout import FULL
from lunar_oxide_plugin.core.chemistry.quantities import BY_KEY, QUANTITIES, of_composition
from lunar_oxide_plugin.core.errors import Cancelled, RasterError
from lunar_oxide_plugin.core.probe.axes import of_quantity
from lunar_oxide_plugin.core.probe.scatter import (
    axis_ranges,
    density,
    read_sample,
    select,
    station_points,
)
from lunar_oxide_plugin.core.probe.selection_image import on_map
from lunar_oxide_plugin.core.progress import SilentProgress
from lunar_oxide_plugin.core.sites.sample_sites import load_sites
from lunar_oxide_plugin.gui.window import AREA_KEY, VISIBLE_KEY, LunarOxideWindow
from tests.rasters import MOON_GEOGRAPHIC, TAURUS_LITTROW, moon_equirectangular
from tests.requests import raster as raster_input
from tests.window import WindowInterface, wait_until

FEO, TIO2 = of_quantity(BY_KEY["feo"]), of_quantity(BY_KEY["tio2"])
ROWS, COLUMNS = 40, 70


def write_prediction(path, values, flags=None, transform=TAURUS_LITTROW, crs=None):
    """A prediction raster with the given oxides, shape (6, rows, columns)."""
    rows, columns = values.shape[1:]
    bands = np.full((len(FULL.descriptions), rows, columns), np.nan, dtype=np.float32)
    bands[:6] = values
    bands[-1] = 0 if flags is None else flags
    with rasterio.open(
        path, "w", driver="GTiff", width=columns, height=rows, count=len(bands), dtype="float32",
        nodata=float("nan"), transform=transform,
        crs=CRS.from_wkt(moon_equirectangular() if crs is None else crs),
    ) as dataset:  # fmt: skip
        dataset.write(bands)
        dataset.descriptions = FULL.descriptions
    return path


def oxides(rows=ROWS, columns=COLUMNS, seed=5):
    """Six asymmetric fields; one pixel is empty."""
    rng = np.random.default_rng(seed)
    base = np.array([3.0, 14.0, 13.0, 9.0, 11.0, 43.0])[:, None, None]
    values = (base * rng.uniform(0.7, 1.3, (6, rows, columns))).astype(np.float32)
    values[:, 2, 3] = np.nan
    return values


@pytest.fixture
def prediction(tmp_path):
    return write_prediction(tmp_path / "oxides.tif", oxides())


def test_quantities_of_a_soil_by_hand():
    soil = (9.6, 17.3, 11.0, 9.9, 10.8, 39.9)
    assert [of_composition(q, soil) for q in QUANTITIES[:6]] == list(soil)
    mgo, feo = 9.9 / 40.3044, 17.3 / 71.844
    assert of_composition(BY_KEY["mg_number"], soil) == pytest.approx(
        100 * mgo / (mgo + feo), rel=1e-4
    )
    assert of_composition(BY_KEY["feo_tio2"], soil) == pytest.approx(17.3 / 9.6)
    assert of_composition(BY_KEY["sum"], soil) == pytest.approx(98.5)


@pytest.mark.parametrize(
    ("key", "soil"),
    [
        ("feo_tio2", (0.0, 17.0, 1, 1, 1, 1)),
        ("feo_tio2", (-0.2, 17.0, 1, 1, 1, 1)),
        ("mg_number", (1.0, 0.0, 1, 0.0, 1, 1)),
        ("mg_number", (1.0, -1.0, 1, 5.0, 1, 1)),
        ("sum", (1.0, math.nan, 1, 5.0, 1, 1)),
    ],
)
def test_a_quantity_without_meaning_is_no_number(key, soil):
    assert math.isnan(of_composition(BY_KEY[key], soil))


def test_all_pixels_are_read_where_they_are_few(prediction):
    sample = read_sample(
        raster_input(prediction), FEO, of_quantity(BY_KEY["mg_number"]), SilentProgress()
    )
    values = oxides()
    assert np.array_equal(sample.x, values[1], equal_nan=True)
    mgo, feo = values[3] / 40.3044, values[1] / 71.844
    assert sample.y == pytest.approx(100 * mgo / (mgo + feo), rel=1e-4, nan_ok=True)
    assert sample.step == 1.0
    assert sample.count == ROWS * COLUMNS - 1
    assert sample.transform == pytest.approx(tuple(TAURUS_LITTROW)[:6])


def test_of_many_pixels_every_nth_is_read_and_lies_where_it_should(prediction):
    sample = read_sample(raster_input(prediction), FEO, TIO2, SilentProgress(), max_pixels=700)
    assert sample.x.size <= 700
    assert sample.step == pytest.approx(2.0, abs=0.2)
    assert sample.raster_pixels == ROWS * COLUMNS
    values = oxides()
    found = 0
    for row in range(sample.x.shape[0]):
        for column in range(sample.x.shape[1]):
            place = Affine(*sample.transform) * (column + 0.5, row + 0.5)
            x, y = ~TAURUS_LITTROW * place
            # A sample pixel covers two by two of the raster's and is one of them.
            y, x = round(y), round(x)
            covered = values[1, y - 1 : y + 1, x - 1 : x + 1]
            value = sample.x[row, column]
            found += bool(np.any(covered == value)) or np.isnan(value)
    assert found == sample.x.size


def test_flagged_pixels_can_be_left_out(tmp_path):
    flags = np.zeros((ROWS, COLUMNS), np.uint8)
    flags[10:20, 5:9] = 8
    path = write_prediction(tmp_path / "flagged.tif", oxides(), flags)
    every = read_sample(raster_input(path), FEO, TIO2, SilentProgress())
    good = read_sample(raster_input(path), FEO, TIO2, SilentProgress(), only_unflagged=True)
    assert every.count - good.count == 40
    assert not np.isfinite(good.x[10:20, 5:9]).any()


def test_a_part_of_the_raster_is_read_by_its_bounds(prediction):
    left, top = TAURUS_LITTROW * (20, 10)
    right, bottom = TAURUS_LITTROW * (31, 18)
    bounds = (left + 1, bottom + 1, right - 1, top - 1)
    sample = read_sample(raster_input(prediction), FEO, TIO2, SilentProgress(), bounds)
    assert np.array_equal(sample.x, oxides()[1, 10:18, 20:31])
    assert sample.transform[2::3] == pytest.approx((left, top))
    with pytest.raises(RasterError, match="shows no part"):
        read_sample(raster_input(prediction), FEO, TIO2, SilentProgress(), (0.0, 0.0, 1.0, 1.0))


def test_reading_hears_a_cancel(prediction):
    class Impatient(SilentProgress):
        def is_cancelled(self):
            return True

    with pytest.raises(Cancelled):
        read_sample(raster_input(prediction), FEO, TIO2, Impatient())


def test_every_pixel_within_the_axes_is_counted_once(prediction):
    sample = read_sample(raster_input(prediction), FEO, TIO2, SilentProgress())
    counted = density(sample, (0.0, 30.0), (0.0, 10.0))
    assert counted.counts.sum() == sample.count
    row = int(sample.y[0, 0] / 10.0 * counted.counts.shape[0])
    column = int(sample.x[0, 0] / 30.0 * counted.counts.shape[1])
    assert counted.counts[row, column] >= 1
    assert counted.x_edges[-1] == 30.0
    assert counted.y_edges[-1] == 10.0


def test_the_axes_hold_stations_and_nearly_all_pixels(prediction):
    sample = read_sample(raster_input(prediction), FEO, TIO2, SilentProgress())
    x_range, y_range = axis_ranges(sample, [(22.5, 0.3)])
    assert x_range[0] < np.nanmin(sample.x) + 0.2
    assert x_range[1] > 22.5
    assert y_range[0] < 0.3 < y_range[1] < 4.5


def test_a_region_selects_the_pixels_inside_it(prediction):
    sample = read_sample(raster_input(prediction), FEO, TIO2, SilentProgress())
    values = oxides()
    box = ((12.0, 2.5), (15.0, 2.5), (15.0, 3.0), (12.0, 3.0))
    inside = (values[1] > 12) & (values[1] < 15) & (values[0] > 2.5) & (values[0] < 3.0)
    assert np.array_equal(select(sample, box), inside)
    triangle = ((10.0, 2.0), (18.0, 2.0), (10.0, 4.0))
    below = (values[1] > 10) & (values[0] > 2) & ((values[1] - 10) / 8 + (values[0] - 2) / 2 < 1)
    assert np.array_equal(select(sample, triangle), below)
    assert not select(sample, ((90.0, 90.0), (99.0, 90.0), (99.0, 99.0))).any()


def test_stations_stand_at_their_measured_composition():
    points = station_points(load_sites(), FEO, of_quantity(BY_KEY["feo_tio2"]))
    site = next(point for point in points if point.site.station_id == "CE5")
    assert site.x == site.site.oxides_wt[1]
    assert site.y == pytest.approx(site.site.oxides_wt[1] / site.site.oxides_wt[0])
    assert len(points) == len(load_sites())


def test_a_selection_comes_to_the_maps_crs_where_it_lies():
    mask = np.zeros((ROWS, COLUMNS), bool)
    mask[7, 50] = True
    there = on_map(mask, tuple(TAURUS_LITTROW)[:6], moon_equirectangular(), MOON_GEOGRAPHIC)
    rows, columns = np.nonzero(there.mask)
    assert 1 <= rows.size <= 4
    x, y = TAURUS_LITTROW * (50.5, 7.5)
    degrees = math.degrees(1 / 1737400.0)
    longitude, latitude = Affine(*there.transform) * (columns.mean() + 0.5, rows.mean() + 0.5)
    assert (longitude, latitude) == pytest.approx((x * degrees, y * degrees), abs=0.003)
    same = on_map(mask, tuple(TAURUS_LITTROW)[:6], MOON_GEOGRAPHIC, MOON_GEOGRAPHIC)
    assert np.array_equal(same.mask, mask)


# --- in the window -----------------------------------------------------------------


@pytest.fixture
def iface(qgis_app):
    for key in (AREA_KEY, VISIBLE_KEY):
        QgsSettings().remove(key)
    QgsProject.instance().clear()
    window = WindowInterface()
    yield window
    window.close()
    QgsProject.instance().clear()


@pytest.fixture
def window(iface):
    shown = LunarOxideWindow(iface)
    yield shown
    shown.unload()


def open_prediction(iface, path, crs=None):
    layer = QgsRasterLayer(str(path), "oxides", "gdal")
    QgsProject.instance().addMapLayer(layer)
    canvas = iface.mapCanvas()
    canvas.setDestinationCrs(layer.crs() if crs is None else crs)
    if crs is None:
        canvas.setExtent(layer.extent())
    return layer


def show(window):
    window.dock.show_page(window.scatter_page)
    wait_until(lambda: window.scatter.sample is not None)


def painted(iface, item):
    """The map items as an image of the canvas."""
    canvas = iface.mapCanvas()
    image = QImage(QSize(canvas.width(), canvas.height()), QImage.Format.Format_ARGB32)
    image.fill(QColor(255, 255, 255))
    painter = QPainter(image)
    item.paint(painter)
    painter.end()
    return image


def test_flags_are_offered_where_a_map_has_them(window, iface, prediction, tmp_path):
    with rasterio.open(prediction) as whole:
        keep = [n for n, text in enumerate(whole.descriptions, start=1) if text != "quality"]
        with rasterio.open(
            tmp_path / "less.tif", "w", **{**whole.profile, "count": len(keep)}
        ) as less:
            less.write(whole.read(keep))
            less.descriptions = [whole.descriptions[n - 1] for n in keep]
    page = window.scatter_page
    for path, offered in ((prediction, True), (tmp_path / "less.tif", False)):
        QgsProject.instance().clear()
        open_prediction(iface, path)
        show(window)
        assert page.unflagged.isEnabled() == page.masked.isEnabled() == offered
        assert page.unflagged.isChecked() and page.only_unflagged == offered


def test_a_prediction_is_plotted_when_the_page_is_seen(window, iface, prediction):
    open_prediction(iface, prediction)
    assert window.scatter.sample is None
    show(window)
    assert f"{ROWS * COLUMNS - 1:,} pixels" in window.scatter_page.count.text()
    axes = window.scatter_page.chart.canvas.figure.axes[0]
    assert axes.get_xlabel() == "FeO (wt%)"
    assert axes.get_ylabel() == "TiO\u2082 (wt%)"
    assert len(axes.lines) == len(load_sites())
    window.scatter_page.y_box.setCurrentIndex(window.scatter_page.y_box.findData("mg_number"))
    wait_until(lambda: window.scatter.sample is not None)
    assert window.scatter_page.chart.canvas.figure.axes[0].get_ylabel() == "Mg#"


def test_brushed_pixels_light_up_on_the_map(window, iface, tmp_path):
    values = oxides()
    values[1, 5:15, 40:60] = 21.5  # a block with unique values
    open_prediction(iface, write_prediction(tmp_path / "block.tif", values))
    show(window)
    window.scatter_page.chart.brushed.emit(((20, 0), (23, 0), (23, 9), (20, 9)))
    assert "<b>200</b> of 2,799 pixels" in window.scatter_page.count.text()
    wait_until(lambda: window.scatter.item is not None and window.scatter.item.highlight)
    image = painted(iface, window.scatter.item)

    def colour(row, column):
        transform = iface.mapCanvas().getCoordinateTransform()
        point = transform.transform(*(TAURUS_LITTROW * (column + 0.5, row + 0.5)))
        return image.pixelColor(QPoint(int(point.x()), int(point.y())))

    white = QColor(255, 255, 255)
    assert all(colour(row, column) != white for row, column in ((5, 40), (14, 59), (9, 50)))
    assert all(colour(row, column) == white for row, column in ((4, 40), (15, 59), (9, 62)))
    window.scatter_page.clear.click()
    assert window.scatter.item is None


def test_zooming_in_reads_the_selection_at_the_maps_detail(window, iface, tmp_path, monkeypatch):
    monkeypatch.setattr("lunar_oxide_plugin.gui.scatter_control.MAP_PIXELS", 700)
    values = oxides()
    values[1, 9, 50] = 21.5
    layer = open_prediction(iface, write_prediction(tmp_path / "one.tif", values))
    show(window)
    window.scatter.brush(((20, 0), (23, 0), (23, 9), (20, 9)))
    wait_until(lambda: window.scatter.item is not None and window.scatter.item.highlight)
    assert window.scatter.item.highlight.mask.size <= 700
    x, y = TAURUS_LITTROW * (50.5, 9.5)
    area = layer.extent()
    area.scale(0.1)
    iface.mapCanvas().setExtent(area.__class__(x - 300, y - 300, x + 300, y + 300))
    wait_until(lambda: window.scatter.item.highlight.transform[0] == pytest.approx(59.2))
    assert window.scatter.item.highlight.mask.sum() == 1


def test_a_map_in_another_crs_shows_the_selection_too(window, iface, prediction):
    layer = open_prediction(iface, prediction, moon_geographic_crs())
    degrees = math.degrees(1 / 1737400.0)
    area = layer.extent()
    iface.mapCanvas().setExtent(
        area.__class__(
            area.xMinimum() * degrees, area.yMinimum() * degrees,
            area.xMaximum() * degrees, area.yMaximum() * degrees,
        )
    )  # fmt: skip
    show(window)
    window.scatter.brush(((0, 0), (30, 0), (30, 10), (0, 10)))
    wait_until(lambda: window.scatter.item is not None and window.scatter.item.highlight)
    highlight = window.scatter.item.highlight
    longitude = highlight.transform[2]
    assert longitude == pytest.approx(area.xMinimum() * degrees, abs=0.01)
    assert highlight.mask.mean() > 0.9


def test_a_drag_in_the_plot_brushes(window, iface, prediction):
    open_prediction(iface, prediction)
    show(window)
    canvas = window.scatter_page.chart.canvas
    axes = canvas.figure.axes[0]
    heard = []
    window.scatter_page.chart.brushed.connect(heard.append)
    canvas.draw()
    from matplotlib.backend_bases import MouseEvent

    for kind, place in (
        ("button_press_event", (12.0, 2.5)),
        ("motion_notify_event", (14.0, 2.8)),
        ("motion_notify_event", (15.0, 3.0)),
        ("button_release_event", (15.0, 3.0)),
    ):
        x, y = axes.transData.transform(place)
        canvas.callbacks.process(kind, MouseEvent(kind, canvas, x, y, button=1))
    (ring,) = heard
    assert np.array(ring) == pytest.approx(
        np.array([(12, 2.5), (15, 2.5), (15, 3.0), (12, 3.0)]), rel=1e-6
    )


def test_pointing_at_a_station_names_it(window, iface, prediction):
    open_prediction(iface, prediction)
    show(window)
    chart = window.scatter_page.chart
    site = next(site for site in load_sites() if site.station_id == "CE5")
    axes = chart.canvas.figure.axes[0]
    x, y = axes.transData.transform((site.oxides_wt[1], site.oxides_wt[0]))
    from matplotlib.backend_bases import MouseEvent

    event = MouseEvent("motion_notify_event", chart.canvas, x + 1, y)
    chart.canvas.callbacks.process("motion_notify_event", event)
    assert "CE5" in window.scatter_page.count.text()


def test_without_a_prediction_the_page_says_what_to_do(window):
    window.dock.show_page(window.scatter_page)
    assert "Predict a raster" in window.scatter_page.count.text()


def test_a_prediction_of_several_layers_is_listed_once(window, iface, prediction):
    for name in ("TiO2", "FeO"):
        QgsProject.instance().addMapLayer(QgsRasterLayer(str(prediction), name, "gdal"))
    assert window.scatter_page.predictions.count() == 1
    QgsProject.instance().clear()
    assert window.scatter_page.predictions.count() == 0


def test_unloading_while_reading_leaves_nothing(iface, prediction):
    items = len(iface.mapCanvas().scene().items())
    window = LunarOxideWindow(iface)
    layer = open_prediction(iface, prediction)
    show(window)
    window.scatter.brush(((0, 0), (30, 0), (30, 10), (0, 10)))
    wait_until(lambda: window.scatter.item is not None and window.scatter.item.highlight)
    window.scatter.brush(((5, 0), (30, 0), (30, 10), (5, 10)))
    window.unload()
    assert len(iface.mapCanvas().scene().items()) == items
    iface.mapCanvas().setExtent(layer.extent())
    QgsProject.instance().clear()
    with rasterio.open(prediction) as dataset:
        assert dataset.count == 14
