"""The spectrum tool: mouse events on the canvas, numbers on the page."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import rasterio
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsProject,
    QgsRasterLayer,
    QgsSettings,
    QgsVectorLayer,
)
from qgis.gui import QgsRubberBand, QgsVertexMarker
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtGui import QColor, QGuiApplication, QPalette
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QLabel

from lunar_oxide_plugin.algorithms.site_layers import moon_geographic_crs
from lunar_oxide_plugin.core.chemistry.quantities import BY_KEY, MG_NUMBER, SUM
from lunar_oxide_plugin.core.models.bundled_models import bundled_model_path
from lunar_oxide_plugin.core.paths import RESOURCES
from lunar_oxide_plugin.core.probe.raster_probe import Probe
from lunar_oxide_plugin.core.probe.reading import ProbeSource
from lunar_oxide_plugin.core.probe.suitability import FitLevel
from lunar_oxide_plugin.core.sites.sample_sites import load_sites
from lunar_oxide_plugin.gui import chart
from lunar_oxide_plugin.gui.window import AREA_KEY, VISIBLE_KEY, LunarOxideWindow
from tests.models import write_linear_model
from tests.rasters import random_dn, write_mi_geotiff
from tests.requests import raster as raster_input
from tests.window import WindowInterface, wait_until

ROOT = Path(__file__).resolve().parent.parent
SCENE = RESOURCES / "demo" / "taurus_littrow_interpolated_between_stations.tif"
SITES = {site.station_id: site for site in load_sites()}
LEFT = Qt.MouseButton.LeftButton
SHIFT = Qt.KeyboardModifier.ShiftModifier
NO_KEY = Qt.KeyboardModifier.NoModifier


class User:
    """A user with the plugin's window in front of them."""

    def __init__(self, iface):
        self.iface = iface
        self.window = LunarOxideWindow(iface)
        self.canvas = iface.mapCanvas()
        self.page = self.window.spectrum.page
        self.board = self.window.spectrum.board
        self.predict = self.window.predict_page

    def open(self, path, name="scene"):
        layer = QgsRasterLayer(str(path), name, "gdal")
        assert layer.isValid()
        QgsProject.instance().addMapLayer(layer)
        self.predict.rasters.setLayer(layer)
        return layer

    def look_at(self, crs, layer):
        """Set the map's CRS and show a layer in it."""
        self.canvas.setDestinationCrs(crs)
        transform = QgsCoordinateTransform(layer.crs(), crs, QgsProject.instance())
        self.canvas.setExtent(transform.transformBoundingBox(layer.extent()))

    def pixel(self, longitude, latitude):
        transform = QgsCoordinateTransform(
            moon_geographic_crs(),
            self.canvas.mapSettings().destinationCrs(),
            QgsProject.instance(),
        )
        point = self.canvas.getCoordinateTransform().transform(
            transform.transform(longitude, latitude)
        )
        return QPoint(round(point.x()), round(point.y()))

    def click(self, position, key=NO_KEY):
        answers = self.window.spectrum._count
        QTest.mouseClick(self.canvas.viewport(), LEFT, key, position)
        assert self.window.spectrum._count == answers + 1
        wait_until(lambda: "Reading" not in self.page.place.text())

    def drag(self, start, end):
        viewport = self.canvas.viewport()
        QTest.mousePress(viewport, LEFT, NO_KEY, start)
        QTest.mouseMove(viewport, (start + end) / 2)
        QTest.mouseMove(viewport, end)
        QTest.mouseRelease(viewport, LEFT, NO_KEY, end)
        wait_until(lambda: "Reading" not in self.page.place.text())

    @property
    def shown(self):
        return self.board.shown.reading


@pytest.fixture
def user(qgis_app):
    for key in (AREA_KEY, VISIBLE_KEY):
        QgsSettings().remove(key)
    QgsProject.instance().clear()
    iface = WindowInterface()
    someone = User(iface)
    yield someone
    someone.window.unload()
    iface.close()
    QgsProject.instance().clear()


@pytest.fixture
def pointing(user):
    """A user who has taken up the tool over the demo scene, on a map in degrees."""
    layer = user.open(SCENE)
    user.look_at(moon_geographic_crs(), layer)
    user.window.spectrum_action.trigger()
    assert user.canvas.mapTool() is user.window.spectrum.tool
    return user


@pytest.fixture(scope="module")
def predicted(run, tmp_path_factory):
    output = tmp_path_factory.mktemp("scene") / "oxides.tif"
    run("predictoxides", INPUT=str(SCENE), OUTPUT=str(output))
    with rasterio.open(output) as dataset:
        return dataset.read()


@pytest.mark.parametrize("station", ["A17_S1", "A17_S8", "A17_S2"])
def test_a_click_at_a_station_shows_what_core_and_prediction_say(pointing, predicted, station):
    site = SITES[station]
    pointing.click(pointing.pixel(site.longitude_deg, site.latitude_deg))
    reading = pointing.shown
    area = reading.area
    model = str(bundled_model_path("kaguya_mi"))
    with Probe(ProbeSource(raster_input(SCENE), model)) as probe:
        assert reading == probe.at(area.x, area.y)
    values = np.float32(
        [*reading.composition_wt.values(), *reading.sigma_wt, reading.domain_distance]
    )
    # One pixel and a full block run through different kernels: equal but for the last bit.
    assert values == pytest.approx(predicted[:13, area.row, area.column], rel=1e-6, abs=1e-6)
    assert (area.longitude_deg, area.latitude_deg) == pytest.approx(
        (site.longitude_deg, site.latitude_deg), abs=0.002
    )
    assert reading.nearest[0].site == site
    table = pointing.page.composition
    assert [table.item(row, 1).text() for row in range(6)] == [
        f"{value:.2f}" for value in predicted[:6, area.row, area.column]
    ]
    low, high = reading.interval(BY_KEY["feo"])
    assert table.item(1, 2).text() == f"{low:.1f} \u2013 {high:.1f}"
    shown = {
        table.item(row, 0).text().split(":")[0]: table.item(row, 1).text() for row in range(13)
    }
    assert shown["Sum"] == f"{reading.value(SUM):.2f}"
    assert shown["Mg#"] == f"{reading.value(MG_NUMBER):.1f}"
    stations = pointing.page.stations
    assert stations.horizontalHeaderItem(1).text() == station
    assert [stations.item(row, 1).text() for row in range(1, 7)] == [
        f"{value:.2f}" for value in site.oxides_wt
    ]
    assert "Spectrum like a sampled one" in pointing.page.state.text()
    assert "interpolated between published station spectra" in pointing.page.state.text()


def test_the_same_place_reads_the_same_in_the_rasters_own_crs(pointing):
    site = SITES["A17_S5"]
    pointing.click(pointing.pixel(site.longitude_deg, site.latitude_deg))
    first = pointing.shown
    layer = pointing.predict.layer()
    pointing.look_at(layer.crs(), layer)
    pointing.canvas.setRotation(30)
    pointing.click(pointing.pixel(site.longitude_deg, site.latitude_deg))
    second = pointing.shown
    assert abs(first.area.row - second.area.row) <= 1
    assert second.nearest[0].site.station_id == "A17_S5"


def test_a_box_shows_median_and_spread(pointing):
    site = SITES["A17_S1"]
    centre = pointing.pixel(site.longitude_deg, site.latitude_deg)
    pointing.drag(centre - QPoint(30, 20), centre + QPoint(30, 20))
    reading = pointing.shown
    assert reading.n_valid > 100
    assert reading.area.columns > reading.area.rows
    feo = reading.oxides_wt[1]
    assert feo.low < feo.median < feo.high
    assert f"median of {reading.n_valid} pixels" in pointing.page.place.text()
    assert f"{feo.low:.2f} to {feo.high:.2f}" in pointing.page.composition.item(1, 1).toolTip()
    bands = [item for item in pointing.canvas.scene().items() if isinstance(item, QgsRubberBand)]
    assert len(bands) == 1


def test_beside_the_raster_and_on_nodata_the_page_says_so(pointing):
    pointing.click(pointing.pixel(30.72, 20.18))
    assert pointing.board.shown is not None
    corner = pointing.predict.layer().extent()
    pointing.look_at(pointing.predict.layer().crs(), pointing.predict.layer())
    pointing.canvas.zoomByFactor(1.5)
    transform = pointing.canvas.getCoordinateTransform()
    inside = transform.transform(corner.xMinimum() + 300, corner.yMaximum() - 300)
    pointing.click(QPoint(round(inside.x()), round(inside.y())))
    assert "no usable reflectance here (no data)" in pointing.page.place.text()
    assert pointing.board.shown is None
    outside = transform.transform(corner.xMinimum() - 900, corner.yMaximum() - 300)
    pointing.click(QPoint(round(outside.x()), round(outside.y())))
    assert "outside taurus_littrow" in pointing.page.place.text()
    assert pointing.page.composition.item(0, 1).text() == ""


def test_a_map_on_earth_is_refused_in_a_sentence(pointing):
    pointing.canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    QTest.mouseClick(pointing.canvas.viewport(), LEFT, NO_KEY, QPoint(50, 50))
    assert "set a lunar CRS for the project" in pointing.page.place.text()


def test_without_a_raster_the_page_says_what_to_choose(user):
    user.window.spectrum_action.trigger()
    QTest.mouseClick(user.canvas.viewport(), LEFT, NO_KEY, QPoint(50, 50))
    assert "Choose a reflectance raster" in user.page.place.text()


@pytest.fixture
def pinned(pointing):
    for station in ("A17_S1", "A17_S8"):
        site = SITES[station]
        pointing.click(pointing.pixel(site.longitude_deg, site.latitude_deg), SHIFT)
    return pointing


def test_pins_keep_readings_with_names_and_colours(pinned):
    first, second = pinned.board.pins
    assert (first.name, second.name) == ("Point 1", "Point 2")
    assert first.colour != second.colour
    assert first.reading.nearest[0].site.station_id == "A17_S1"
    assert pinned.board.shown is second
    pinned.page.pins.item(0, 0).setText("landing site")
    assert pinned.board.pins[0].name == "landing site"
    table = pinned.page.pins
    row = table.visualRect(table.model().index(0, 2)).center()
    QTest.mouseClick(table.viewport(), LEFT, NO_KEY, row)
    assert pinned.board.shown.name == "landing site"
    tio2 = pinned.page.composition.item(0, 1).text()
    assert tio2 == f"{first.reading.composition_wt['TiO2']:.2f}"
    crosses = [i for i in pinned.canvas.scene().items() if isinstance(i, QgsVertexMarker)]
    assert {c.color().name() for c in crosses} >= {first.colour, second.colour}
    pinned.page.remove_pins()
    assert [pin.name for pin in pinned.board.pins] == ["Point 2"]


def test_pins_go_to_clipboard_csv_picture_and_layer(pinned, tmp_path):
    pinned.page.copy()
    rows = list(csv.DictReader(io.StringIO(QGuiApplication.clipboard().text()), delimiter="\t"))
    assert [row["name"] for row in rows] == ["Point 1", "Point 2"]
    reading = pinned.board.pins[0].reading
    assert float(rows[0]["tio2_wt"]) == pytest.approx(reading.composition_wt["TiO2"], rel=1e-6)
    pinned.page.write_csv(str(tmp_path / "spectra.csv"))
    with open(tmp_path / "spectra.csv", newline="", encoding="utf-8") as handle:
        assert list(csv.DictReader(handle)) == rows
    pinned.page.write_picture(str(tmp_path / "spectra.png"))
    assert (tmp_path / "spectra.png").read_bytes().startswith(b"\x89PNG")
    pinned.page.write_picture(str(tmp_path / "gone" / "spectra.png"))
    assert "does not exist" in pinned.page.place.text()
    pinned.page.add_features()
    pinned.page.add_features()
    layers = [
        layer
        for layer in QgsProject.instance().mapLayers().values()
        if isinstance(layer, QgsVectorLayer)
    ]
    assert len(layers) == 1
    features = list(layers[0].getFeatures())
    assert len(features) == 4
    feature = features[0]
    assert feature["name"] == "Point 1"
    assert feature["nearest_stations"].split()[0] == "A17_S1"
    assert feature["feo_wt"] == pytest.approx(reading.composition_wt["FeO"])
    point = feature.geometry().asPoint()
    assert (point.x(), point.y()) == pytest.approx((30.7717, 20.1908), abs=0.03)
    assert layers[0].crs().celestialBodyName() == "Moon" or "Moon" in layers[0].crs().toWkt()


def test_the_band_table_and_badge_judge_the_raster_before_any_run(user, tmp_path):
    user.predict.models.set_path(str(write_linear_model(tmp_path / "linear.onnx")))
    good = user.open(write_mi_geotiff(tmp_path / "good.tif", random_dn(12, 12)))
    wait_until(lambda: user.predict.badge.level is FitLevel.GOOD)
    assert user.predict.table.rowCount() == 8
    assert user.predict.table.item(3, 2).text() == "0 nm"
    assert "fits the model" in user.predict.badge.text()
    user.open(write_mi_geotiff(tmp_path / "dn.tif", random_dn(12, 12), scale=None))
    wait_until(lambda: user.predict.badge.level is FitLevel.UNFIT)
    assert "unscaled digital numbers" in user.predict.badge.text()
    user.predict.scale.setText("0.00002")
    user.predict.scale.editingFinished.emit()
    wait_until(lambda: user.predict.badge.level is FitLevel.GOOD)
    assert user.predict.parameters()["SCALE"] == pytest.approx(2e-5)
    assert user.predict.parameters()["MODEL_FILE"] == str(tmp_path / "linear.onnx")
    user.open(SCENE)
    assert user.predict.scale.text() == ""
    wait_until(lambda: user.predict.badge.level is FitLevel.DOUBTFUL)
    assert "interpolated between published" in user.predict.badge.text()
    user.predict.rasters.setLayer(good)
    wait_until(lambda: user.predict.badge.level is FitLevel.GOOD)
    box = user.predict.table.cellWidget(4, 1)
    box.setCurrentIndex(5)
    box.activated.emit(5)
    wait_until(lambda: user.predict.badge.level is not None)
    assert user.predict.parameters()["BANDS"] == [1, 2, 3, 4, 6, 7, 8, 9]
    assert user.predict.table.item(4, 2).text() == "1 nm"


def test_predict_opens_the_algorithm_with_what_is_chosen(user, monkeypatch):
    layer = user.open(SCENE)
    user.predict.models.set_path(str(bundled_model_path("kaguya_mi_before_ce6")))
    wanted = []
    user.predict.predict_wanted.connect(wanted.append)
    monkeypatch.setattr("qgis.processing.createAlgorithmDialog", lambda *args: None, raising=False)
    user.predict.predict.click()
    assert wanted == [{"INPUT": layer.id(), "MODEL": "kaguya_mi_before_ce6"}]


def test_predictions_are_not_offered_as_reflectance(user, run, tmp_path):
    scene = user.open(SCENE)
    output = tmp_path / "oxides.tif"
    run("predictoxides", INPUT=str(SCENE), OUTPUT=str(output))
    QgsProject.instance().addMapLayer(QgsRasterLayer(str(output), "oxides", "gdal"))
    offered = [user.predict.rasters.layer(i) for i in range(user.predict.rasters.count())]
    assert offered == [scene]


def facecolour(figure):
    return QColor.fromRgbF(*figure.get_facecolor()).name()


def test_the_chart_follows_the_theme(pinned):
    figure = pinned.page.chart.canvas.figure
    palette = QPalette(pinned.page.palette())
    for ground, ink in (("#202428", "#e8e8e8"), ("#ffffff", "#101010")):
        palette.setColor(QPalette.ColorRole.Base, QColor(ground))
        palette.setColor(QPalette.ColorRole.Text, QColor(ink))
        pinned.page.setPalette(palette)
        wait_until(lambda wanted=ground: facecolour(figure) == wanted)
        label = figure.axes[0].xaxis.label
        assert QColor(label.get_color()).name() == ink
    font = pinned.page.font()
    font.setPointSizeF(14.0)
    pinned.page.setFont(font)
    wait_until(lambda: figure.axes[0].xaxis.label.get_fontsize() == pytest.approx(14.0))


def test_the_chart_draws_training_range_stations_and_all_readings(pinned):
    axes = pinned.page.chart.canvas.figure.axes[0]
    labels = [text.get_text() for text in axes.get_legend().get_texts()]
    near = [station.site.station_id for station in pinned.shown.nearest]
    assert labels == ["training range", *near, "Point 1", "Point 2"]
    curves = {line.get_label(): line for line in axes.lines}
    assert list(curves["Point 2"].get_ydata()) == [s.median for s in pinned.shown.reflectance]
    assert list(curves["Point 2"].get_xdata()) == [414, 749, 901, 950, 1001, 1049, 1248, 1548]


def on_chart(chart, x, y):
    """Widget position of a point in the data's units."""
    px, py = chart.canvas.figure.axes[0].transData.transform((x, y))
    ratio = getattr(chart.canvas, "device_pixel_ratio", 1.0)
    return QPoint(round(px / ratio), round(chart.canvas.height() - py / ratio))


def entry(chart, name):
    """Widget position of a name in the chart's legend."""
    chart.canvas.draw()
    texts = chart.canvas.figure.axes[0].get_legend().get_texts()
    box = next(text for text in texts if text.get_text() == name).get_window_extent()
    return QPoint(
        round((box.x0 + box.x1) / 2), round(chart.canvas.height() - box.y0 / 2 - box.y1 / 2)
    )


def choose_view(user, kind):
    kinds = user.page.curve_bar.kinds
    kinds.setCurrentIndex(kinds.findData(kind))


def curves_drawn(chart):
    axes = chart.canvas.figure.axes[0]
    return {
        line.get_label(): list(line.get_ydata()) for line in axes.lines if len(line.get_ydata())
    }


def test_a_click_on_a_name_in_the_legend_hides_a_curve_here_and_in_exports(pinned, tmp_path):
    chart = pinned.page.chart
    QTest.mouseClick(chart.canvas, LEFT, NO_KEY, entry(chart, "Point 1"))
    assert "Point 1" not in curves_drawn(chart)
    assert "Point 2" in curves_drawn(chart)
    pinned.page.copy()
    rows = list(csv.DictReader(io.StringIO(QGuiApplication.clipboard().text()), delimiter="\t"))
    assert [row["name"] for row in rows] == ["Point 2"]
    pinned.page.write_curves(str(tmp_path / "curves.csv"))
    with open(tmp_path / "curves.csv", newline="", encoding="utf-8") as handle:
        names = {row["curve"] for row in csv.DictReader(handle)}
    assert names == {"Point 2", *(near.site.station_id for near in pinned.shown.nearest)}
    picture = tmp_path / "chart.svg"
    with_all = tmp_path / "all.svg"
    pinned.page.write_picture(str(picture))
    QTest.mouseClick(chart.canvas, LEFT, NO_KEY, entry(chart, "Point 1"))
    assert "Point 1" in curves_drawn(chart)
    pinned.page.write_picture(str(with_all))
    first = pinned.board.pins[0].colour
    assert first not in picture.read_text(encoding="utf-8")
    assert first in with_all.read_text(encoding="utf-8")
    bar = pinned.page.curve_bar
    bar.fill_menu()
    actions = {action.text(): action for action in bar.menu.actions() if action.text()}
    assert list(actions)[:2] == ["Point 1", "Point 2"]
    actions["nearest stations"].trigger()
    actions["training range"].trigger()
    assert set(curves_drawn(chart)) == {"Point 1", "Point 2"}
    axes = chart.canvas.figure.axes[0]
    assert all(
        not len(part.get_paths()[0].vertices) for part in axes.collections if part.get_paths()
    )
    bar.fill_menu()
    checked = {action.text(): action.isChecked() for action in bar.menu.actions()}
    assert not checked["nearest stations"]
    assert checked["Point 1"]


def test_the_axis_shows_ratios_to_a_pin_normalised_and_continuum_removed(pinned):
    choose_view(pinned, "ratio")
    first, second = (
        [spread.median for spread in pin.reading.reflectance] for pin in pinned.board.pins
    )
    chart = pinned.page.chart
    assert curves_drawn(chart)["Point 1"] == [1.0] * 8
    assert curves_drawn(chart)["Point 2"] == pytest.approx(np.divide(second, first))
    references = pinned.page.curve_bar.references
    references.setCurrentIndex(1)
    references.activated.emit(1)
    assert curves_drawn(chart)["Point 2"] == [1.0] * 8
    assert chart.canvas.figure.axes[0].get_ylabel() == "reflectance / that of Point 2"
    pinned.board.remove((0,))
    assert curves_drawn(chart)["Point 2"] == [1.0] * 8
    pinned.board.remove((0,))
    pinned.click(pinned.pixel(30.72, 20.18))
    assert pinned.page.curve_bar.kind.value == "reflectance"
    choose_view(pinned, "normalised")
    boxes = pinned.page.curve_bar.wavelengths
    assert boxes.currentText() == "749 nm"
    assert {values[1] for values in curves_drawn(chart).values()} == {1.0}
    boxes.setCurrentIndex(7)
    boxes.activated.emit(7)
    assert {values[7] for values in curves_drawn(chart).values()} == {1.0}
    choose_view(pinned, "hull")
    shape = curves_drawn(chart)["Here"]
    assert max(shape) == 1.0
    assert min(shape) < 0.99


def test_a_box_zooms_double_click_and_button_show_all(pinned, tmp_path):
    chart = pinned.page.chart
    canvas, axes = chart.canvas, chart.canvas.figure.axes[0]
    everything = axes.get_xlim()
    assert not pinned.page.curve_bar.whole.isEnabled()

    def zoom():
        QTest.mousePress(canvas, LEFT, NO_KEY, on_chart(chart, 850, 0.02))
        QTest.mouseMove(canvas, on_chart(chart, 1000, 0.05))
        QTest.mouseMove(canvas, on_chart(chart, 1100, 0.09))
        QTest.mouseRelease(canvas, LEFT, NO_KEY, on_chart(chart, 1100, 0.09))

    zoom()
    limits = chart.canvas.figure.axes[0].get_xlim()
    assert limits == pytest.approx((850, 1100), abs=8)
    pinned.click(pinned.pixel(30.72, 20.18))
    assert chart.canvas.figure.axes[0].get_xlim() == limits
    pinned.page.write_picture(str(tmp_path / "zoomed.png"))
    assert chart.zoom.limits[0] == limits
    pinned.page.curve_bar.whole.click()
    assert chart.canvas.figure.axes[0].get_xlim() == pytest.approx(everything)
    zoom()
    QTest.mouseDClick(canvas, LEFT, NO_KEY, on_chart(chart, 950, 0.05))
    assert chart.zoom.limits is None
    QTest.keyClick(canvas, Qt.Key.Key_Plus)
    assert chart.zoom.limits is not None
    choose_view(pinned, "line")
    assert chart.zoom.limits is None
    # A click beside the raster keeps the pins on screen.
    pinned.canvas.zoomByFactor(3.0)
    pinned.click(QPoint(3, 3))
    assert "outside taurus_littrow" in pinned.page.place.text()
    assert set(curves_drawn(pinned.page.chart)) == {"Point 1", "Point 2"}
    assert len(pinned.board.everything()) == 2
    pinned.board.show(1)
    pinned.click(QPoint(3, 3))
    assert pinned.board.shown is pinned.board.pins[1]
    assert set(curves_drawn(pinned.page.chart)) > {"Point 1", "Point 2"}


def test_without_matplotlib_the_numbers_are_still_there(qgis_app, monkeypatch):
    def broken():
        raise ImportError("No module named 'matplotlib'", name="matplotlib")

    monkeypatch.setattr(chart, "_matplotlib", broken)
    iface = WindowInterface()
    someone = User(iface)
    layer = someone.open(SCENE)
    someone.look_at(moon_geographic_crs(), layer)
    someone.window.spectrum_action.trigger()
    site = SITES["A17_S1"]
    someone.click(someone.pixel(site.longitude_deg, site.latitude_deg))
    assert someone.page.composition.item(0, 1).text() != ""
    said = [label.text() for label in someone.page.chart.findChildren(QLabel)]
    assert any("Charts need the Python package matplotlib" in text for text in said)
    someone.window.unload()
    iface.close()
    QgsProject.instance().clear()


def test_the_tool_is_taken_up_and_put_down_from_toolbar_and_page(pointing):
    assert pointing.page.point.isChecked()
    pointing.page.point.click()
    assert pointing.canvas.mapTool() is not pointing.window.spectrum.tool
    assert not pointing.window.spectrum_action.isChecked()
    pointing.page.point.click()
    assert pointing.canvas.mapTool() is pointing.window.spectrum.tool
    assert pointing.window.spectrum_action.isChecked()


def test_unloading_with_tool_marks_and_pins_in_use_leaves_nothing(qgis_app):
    iface = WindowInterface()
    canvas = iface.mapCanvas()
    items = len(canvas.scene().items())
    tool = canvas.mapTool()
    someone = User(iface)
    layer = someone.open(SCENE)
    someone.look_at(moon_geographic_crs(), layer)
    someone.window.spectrum_action.trigger()
    site = SITES["A17_S1"]
    centre = someone.pixel(site.longitude_deg, site.latitude_deg)
    someone.click(centre, SHIFT)
    someone.drag(centre - QPoint(20, 20), centre + QPoint(20, 20))
    QTest.mousePress(canvas.viewport(), LEFT, NO_KEY, centre)
    QTest.mouseMove(canvas.viewport(), centre + QPoint(40, 40))
    worker = someone.window.spectrum.worker
    assert len(canvas.scene().items()) > items
    someone.window.unload()
    assert len(canvas.scene().items()) == items
    assert canvas.mapTool() is not someone.window.spectrum.tool
    assert canvas.mapTool() in (tool, None)
    assert not worker._thread.is_alive()
    # No object of the plugin may be connected to the map or the project any more.
    canvas.setDestinationCrs(layer.crs())
    QgsProject.instance().clear()
    iface.close()


def test_the_window_opens_without_rasterio_onnxruntime_or_matplotlib():
    script = (
        "import sys\n"
        "from qgis.core import QgsApplication\n"
        "app = QgsApplication([], True); app.initQgis()\n"
        "from tests.window import WindowInterface\n"
        "from lunar_oxide_plugin.gui.window import LunarOxideWindow\n"
        "window = LunarOxideWindow(WindowInterface())\n"
        "names = ('rasterio', 'onnxruntime', 'matplotlib')\n"
        "print([name for name in names if name in sys.modules])\n"
        "window.unload()\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
        cwd=ROOT,
    )
    assert result.stdout.strip().splitlines()[-1] == "[]"


def test_no_table_or_picture_replaces_a_raster_of_the_project(pinned, tmp_path):
    path = write_mi_geotiff(tmp_path / "shown.tif", random_dn(9, 7))
    layer = QgsRasterLayer(str(path), "shown", "gdal")
    QgsProject.instance().addMapLayer(layer)
    before = path.read_bytes()
    try:
        for write in (pinned.page.write_csv, pinned.page.write_picture):
            write(str(path))
            assert "is an input" in pinned.page.place.text()
            assert path.read_bytes() == before
    finally:
        QgsProject.instance().removeMapLayer(layer.id())
