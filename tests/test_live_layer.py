"""Live maps in QGIS: what is drawn, projects, themes, prints, and the panel's tools."""

from __future__ import annotations

import gc
import shutil
import threading
from pathlib import Path

import numpy as np
import pytest
import rasterio
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsLayerTreeModel,
    QgsLayoutExporter,
    QgsLayoutItemMap,
    QgsLayoutPoint,
    QgsLayoutSize,
    QgsMapRendererCustomPainterJob,
    QgsMapRendererParallelJob,
    QgsMapRendererSequentialJob,
    QgsMapSettings,
    QgsMapThemeCollection,
    QgsPrintLayout,
    QgsProcessingContext,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsRenderContext,
    QgsUnitTypes,
)
from qgis.gui import QgsLayerTreeView
from qgis.PyQt.QtCore import QCoreApplication, QPoint, QSize, Qt
from qgis.PyQt.QtGui import QColor, QImage, QPainter
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QMessageBox

from lunar_oxide_plugin.algorithms.live_layers import live_map
from lunar_oxide_plugin.algorithms.raster_layer import raster_input
from lunar_oxide_plugin.core.errors import Cancelled
from lunar_oxide_plugin.core.live import reflectance_overviews, view_reading
from lunar_oxide_plugin.core.live.colours import (
    FlagStyle,
    argb,
    ramp_colours,
    ramp_table,
    with_flags,
)
from lunar_oxide_plugin.core.live.live_source import LiveSources
from lunar_oxide_plugin.core.live.reflectance_overviews import build_overviews
from lunar_oxide_plugin.core.live.settings import LiveMap, LiveStyle
from lunar_oxide_plugin.core.live.tile_cache import TileCache
from lunar_oxide_plugin.core.models.bundled_models import bundled_model_path
from lunar_oxide_plugin.core.prediction.plan import PredictionRequest, predict_raster
from lunar_oxide_plugin.core.progress import SilentProgress
from lunar_oxide_plugin.core.rasters.raster_input import RasterInput
from lunar_oxide_plugin.gui.live import engine as live_engine
from lunar_oxide_plugin.gui.live import layer as live_layers
from lunar_oxide_plugin.gui.live.engine import engine
from lunar_oxide_plugin.gui.live.layer import LiveLayer
from lunar_oxide_plugin.gui.live.painting import FLAGS, viridis_table
from lunar_oxide_plugin.gui.window import LunarOxideWindow
from tests.rasters import TAURUS_LITTROW, random_dn, write_mi_geotiff
from tests.window import WindowInterface, wait_until

MODEL = str(bundled_model_path("kaguya_mi"))
BEFORE_CE6 = str(bundled_model_path("kaguya_mi_before_ce6"))
ROWS, COLUMNS = 90, 130
SECONDS = 60.0


@pytest.fixture(scope="module")
def scene(tmp_path_factory):
    """A raster with gaps and flags, and its prediction's bands by description."""
    folder = tmp_path_factory.mktemp("scene")
    # A soil's spectrum, brighter and redder from place to place.
    rng = np.random.default_rng(11)
    soil = np.array([2000, 3600, 4000, 4100, 4300, 4310, 4500, 5400, 6700])[:, None, None]
    y, x = np.mgrid[0:ROWS, 0:COLUMNS] / 100.0
    tilt = np.linspace(-0.1, 0.1, 9)[:, None, None] * (x - y)
    dn = (soil * (1.0 + 0.3 * x + tilt) * rng.normal(1.0, 0.004, (9, ROWS, COLUMNS))).astype("i2")
    dn[:, :30, :40] = -30000
    dn[3, 50:60, 10:30] = 320
    path = write_mi_geotiff(folder / "scene.tif", dn)
    output = folder / "prediction.tif"
    predict_raster(PredictionRequest(RasterInput(str(path)), str(output), MODEL), SilentProgress())
    with rasterio.open(output) as dataset:
        return path, dict(zip(dataset.descriptions, dataset.read()))


@pytest.fixture
def project(qgis_app):
    QgsProject.instance().clear()
    live_layers.register()
    yield QgsProject.instance()
    QgsProject.instance().clear()


def live_layer(path, model=MODEL, style=None):
    raster = QgsRasterLayer(str(path), "scene", "gdal")
    layer = LiveLayer(live_map(raster_input(raster), model), style)
    layer.place(raster.crs(), raster.extent())
    return layer


def settings_of(layers, width=COLUMNS, height=ROWS, partial=True):
    settings = QgsMapSettings()
    settings.setLayers(layers)
    settings.setDestinationCrs(layers[0].crs())
    settings.setExtent(layers[0].extent())
    settings.setOutputSize(QSize(width, height))
    settings.setBackgroundColor(QColor("#ffffff"))
    settings.setFlag(QgsMapSettings.Flag.RenderPartialOutput, partial)
    settings.setFlag(QgsMapSettings.Flag.Antialiasing, False)
    return settings


def drawn(settings, kind=QgsMapRendererSequentialJob):
    job = kind(settings)
    job.start()
    job.waitForFinished()
    QCoreApplication.processEvents()
    return pixels(job.renderedImage())


def pixels(image):
    image = image.convertToFormat(QImage.Format.Format_ARGB32)
    buffer = image.constBits()
    buffer.setsize(image.sizeInBytes())
    return np.frombuffer(bytes(buffer), np.uint32).reshape(image.height(), image.width()).copy()


def expected(bands, band="FeO (wt%)", low=2.0, high=22.0, flags=FlagStyle.COLOURED):
    """Colours of a prediction on white, by the rules of its legend."""
    quality = np.where(np.isnan(bands["quality"]), 1, bands["quality"]).astype(np.uint8)
    ramp = ramp_colours(bands[band], low, high, viridis_table())
    picture = with_flags(ramp, quality, flags, FLAGS)
    return over_white(picture)


def over_white(picture):
    left = 255 - (picture >> 24)
    out = np.full(picture.shape, 0xFF000000, np.uint32)
    for shift in (16, 8, 0):
        out |= np.minimum(255, ((picture >> shift) & 255) + left).astype(np.uint32) << shift
    return out


def assert_same_colours(found, wanted, least=1.0):
    off = [
        np.abs(((found >> s) & 255).astype(int) - ((wanted >> s) & 255).astype(int))
        for s in (0, 8, 16)
    ]
    assert (np.max(off, axis=0) <= 1).mean() >= least


@pytest.mark.parametrize("job", [QgsMapRendererParallelJob, QgsMapRendererSequentialJob])
@pytest.mark.parametrize("flags", list(FlagStyle))
def test_each_pixel_has_the_colour_of_the_prediction(project, scene, job, flags):
    path, bands = scene
    engine().parts()[0].cache.clear()
    found = drawn(settings_of([live_layer(path, style=LiveStyle(flags=flags))]), job)
    assert_same_colours(found, expected(bands, flags=flags))
    assert len(np.unique(found)) > 50
    quality = bands["quality"][np.isfinite(bands["quality"])]
    assert 0.02 < (quality > 0).mean() < 0.9


def test_what_lies_below_is_seen_where_nothing_is_drawn(project, scene):
    """Coarse pixels are replaced without erasing other layers, also in one shared picture."""
    path, bands = scene
    layer = live_layer(path)
    engine().parts()[0].cache.clear()
    image = QImage(QSize(COLUMNS, ROWS), QImage.Format.Format_ARGB32_Premultiplied)
    painter = QPainter(image)
    settings = settings_of([layer])
    settings.setBackgroundColor(QColor("#00ff00"))
    job = QgsMapRendererCustomPainterJob(settings, painter)
    job.start()
    job.waitForFinished()
    painter.end()
    found = pixels(image)
    gap = np.isnan(bands["quality"])
    assert gap.sum() == 1200
    assert (found[gap] == argb("#00ff00")).all()
    assert (found[~gap] != argb("#00ff00")).mean() > 0.99


def test_sigma_quality_derived_and_classes_are_drawn(project, scene):
    path, bands = scene
    layer = live_layer(path)
    settings = settings_of([layer])
    layer.set_live_style(LiveStyle(shown="tio2_sigma", low=0.5, high=3.0, flags=FlagStyle.SHOWN))
    sigma = next(name for name in bands if name.startswith("TiO2") and "sigma" in name)
    wanted = expected(bands, sigma, 0.5, 3.0, FlagStyle.SHOWN)
    assert_same_colours(drawn(settings), wanted)
    pictures = []
    for key in ("quality", "domain distance", "mg_number", "sum", "basalt_class"):
        layer.set_live_style(LiveStyle(shown=key, flags=FlagStyle.SHOWN))
        pictures.append(drawn(settings))
        assert (pictures[-1] != argb("#ffffff")).any(), key
    assert all((pictures[0] != other).any() for other in pictures[1:])


def test_a_print_waits_for_the_last_pixel(project, scene, tmp_path):
    path, bands = scene
    layer = live_layer(path, style=LiveStyle(flags=FlagStyle.SHOWN))
    project.addMapLayer(layer)
    layout = QgsPrintLayout(project)
    layout.initializeDefaults()
    item = QgsLayoutItemMap(layout)
    layout.addLayoutItem(item)
    item.attemptMove(QgsLayoutPoint(0, 0))
    item.attemptResize(QgsLayoutSize(COLUMNS, ROWS, QgsUnitTypes.LayoutUnit.LayoutMillimeters))
    item.setLayers([layer])
    item.setExtent(layer.extent())
    layout.pageCollection().page(0).setPageSize(
        QgsLayoutSize(COLUMNS, ROWS, QgsUnitTypes.LayoutUnit.LayoutMillimeters)
    )
    engine().parts()[0].cache.clear()
    options = QgsLayoutExporter.ImageExportSettings()
    options.dpi = 101.6  # four dots per millimetre, so four per pixel
    file = tmp_path / "print.png"
    result = QgsLayoutExporter(layout).exportToImage(str(file), options)
    assert result == QgsLayoutExporter.ExportResult.Success
    found = pixels(QImage(str(file)))
    wanted = expected(bands, flags=FlagStyle.SHOWN)
    middles = found[2::4, 2::4][:ROWS, :COLUMNS]
    assert middles.shape == wanted.shape
    assert_same_colours(middles, wanted, 0.97)


def test_a_project_opened_elsewhere_shows_the_same(project, scene, tmp_path):
    path, _ = scene
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    shutil.copy(path, here / "scene.tif")
    style = LiveStyle(shown="tio2", low=1.0, high=7.5, flags=FlagStyle.HIDDEN)
    layer = live_layer(here / "scene.tif", style=style)
    layer.setOpacity(0.6)
    project.addMapLayer(layer)
    first = drawn(settings_of([layer]))
    assert project.write(str(here / "map.qgs"))
    project.clear()
    here.rename(there)
    assert project.read(str(there / "map.qgs"))
    (again,) = project.mapLayers().values()
    assert isinstance(again, LiveLayer)
    assert Path(again.live.raster.path) == there / "scene.tif"
    assert again.live.model == MODEL
    assert again.live_style == style
    assert again.opacity() == pytest.approx(0.6)
    np.testing.assert_array_equal(drawn(settings_of([again])), first)


def test_a_damaged_project_says_so_on_the_map(project, scene, tmp_path):
    path, _ = scene
    project.addMapLayer(live_layer(path))
    file = tmp_path / "map.qgs"
    assert project.write(str(file))
    file.write_text(file.read_text("utf-8").replace("&quot;raster&quot;", "x"), "utf-8")
    file.write_text(file.read_text("utf-8").replace('"raster"', "x"), "utf-8")
    project.clear()
    assert project.read(str(file))
    (again,) = project.mapLayers().values()
    assert again.live is None
    settings = settings_of([again], 600, 400)
    settings.setExtent(QgsRectangle(0, 0, 600, 400))
    assert (drawn(settings) != argb("#ffffff")).any()
    wait_until(lambda: again.report.problem, SECONDS)
    assert "does not say which raster" in again.report.problem


def test_map_themes_keep_what_is_shown(project, scene):
    path, _ = scene
    layer = live_layer(path)
    project.addMapLayer(layer)
    manager = layer.styleManager()
    themes = project.mapThemeCollection()
    root, model = project.layerTreeRoot(), QgsLayerTreeModel(project.layerTreeRoot())
    for key in ("tio2", "feo"):
        assert manager.addStyleFromLayer(key)
        assert manager.setCurrentStyle(key)
        layer.set_live_style(LiveStyle(shown=key))
        themes.insert(key, QgsMapThemeCollection.createThemeFromCurrentState(root, model))
    for key in ("tio2", "feo"):
        themes.applyTheme(key, root, model)
        assert layer.live_style.shown == key
    overridden = themes.mapThemeStyleOverrides("tio2")
    settings = settings_of([layer])
    feo = drawn(settings)
    settings.setLayerStyleOverrides(overridden)
    assert (drawn(settings) != feo).mean() > 0.2
    assert layer.live_style.shown == "feo"


def test_without_onnxruntime_one_sentence_stands_on_the_map(project, scene, bare):
    path, _ = scene
    engine().close()
    layer = live_layer(path)
    found = drawn(settings_of([layer], 800, 500))
    assert 0.005 < (found != argb("#ffffff")).mean() < 0.5
    wait_until(lambda: layer.report.problem, SECONDS)
    assert "onnxruntime" in layer.report.problem
    engine().close()


def test_a_removed_raster_is_told_and_found_again(project, scene, tmp_path):
    path, _ = scene
    copy, moved = tmp_path / "scene.tif", tmp_path / "moved.tif"
    shutil.copy(path, copy)
    layer = live_layer(copy)
    first = drawn(settings_of([layer]))
    copy.rename(moved)
    drawn(settings_of([layer]))
    wait_until(lambda: layer.report.problem, SECONDS)
    assert "does not exist" in layer.report.problem
    layer.set_live(LiveMap(RasterInput(str(moved)), MODEL))
    np.testing.assert_array_equal(drawn(settings_of([layer])), first)
    wait_until(lambda: not layer.report.problem, SECONDS)


def test_two_live_maps_are_drawn_at_once(project, scene):
    path, bands = scene
    left, right = live_layer(path), live_layer(path, BEFORE_CE6)
    right.set_live_style(LiveStyle(shown="tio2", flags=FlagStyle.SHOWN))
    engine().parts()[0].cache.clear()
    found = drawn(settings_of([left, right]), QgsMapRendererParallelJob)
    # The upper one covers the lower one except where it is transparent.
    known = ~np.isnan(bands["FeO (wt%)"])
    assert_same_colours(found[known], expected(bands)[known], 0.999)
    alone = drawn(settings_of([right]))
    assert (alone[known] != found[known]).mean() > 0.5


def test_another_crs_shows_the_same_places(project, scene):
    path, _ = scene
    layer = live_layer(path, style=LiveStyle(flags=FlagStyle.SHOWN))
    degrees = QgsCoordinateReferenceSystem("IAU_2015:30100")
    assert degrees.isValid()
    settings = settings_of([layer])
    same = drawn(settings)
    change = QgsCoordinateTransform(layer.crs(), degrees, project)
    settings.setDestinationCrs(degrees)
    settings.setExtent(change.transformBoundingBox(layer.extent()))
    there = drawn(settings)
    # Both grids are parallel here; rounding moves single rows or columns by one.
    assert (there == same).mean() > 0.9


def test_a_map_of_earth_shows_a_sentence_and_no_pixels(project, scene):
    path, _ = scene
    layer = live_layer(path)
    settings = settings_of([layer], 700, 400)
    settings.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    found = drawn(settings)
    wait_until(lambda: layer.report.problem, SECONDS)
    assert "no way from the map's CRS" in layer.report.problem
    assert 0.001 < (found != argb("#ffffff")).mean() < 0.5


def test_parts_beside_the_window_are_not_predicted(project, scene):
    path, _ = scene
    layer = live_layer(path)
    settings = settings_of([layer])
    drawn(settings)
    wait_until(lambda: layer.report.factor == 1, SECONDS)
    settings.setFlag(QgsMapSettings.Flag.RenderPreviewJob, True)
    assert (drawn(settings) == argb("#ffffff")).all()
    assert layer.report.factor == 1  # what the window shows


def test_cancelled_drawings_end_and_leave_no_report(project, scene):
    path, _ = scene
    layer = live_layer(path)
    context = QgsRenderContext.fromMapSettings(settings_of([layer]))
    image = QImage(QSize(COLUMNS, ROWS), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    context.setPainter(painter)
    renderer = layer.createMapRenderer(context)
    renderer.feedback().cancel()
    assert renderer.render()
    painter.end()
    assert (pixels(image) == 0).all()
    assert not layer.report.factor


@pytest.mark.parametrize("end", ["cancel", "cancelWithoutBlocking", "waitForFinished"])
def test_a_layer_removed_while_it_is_drawn_does_no_harm(project, scene, monkeypatch, end):
    path, _ = scene
    inside = threading.Event()
    read = view_reading.read_view

    def seen(*arguments):
        for patch in read(*arguments):
            inside.set()
            yield patch

    monkeypatch.setattr(view_reading, "read_view", seen)
    for _ in range(8):
        inside.clear()
        engine().parts()[0].cache.clear()
        layer = live_layer(path)
        project.addMapLayer(layer)
        job = QgsMapRendererParallelJob(settings_of([layer, layer.clone()]))
        job.start()
        assert inside.wait(SECONDS)
        project.removeMapLayer(layer.id())
        del layer
        gc.collect()
        getattr(job, end)()
        job.waitForFinished()
        QCoreApplication.processEvents()
    assert not project.mapLayers()


def test_unloading_ends_drawings_before_python_may_end(project, scene, monkeypatch):
    path, _ = scene
    monkeypatch.setattr(live_engine, "PATIENCE_S", SECONDS)
    inside, ended = threading.Event(), threading.Event()

    def endless(source, view, shown, workers, cancelled, partial):
        inside.set()
        while not cancelled():
            threading.Event().wait(0.001)
        ended.set()
        yield from ()

    monkeypatch.setattr(view_reading, "read_view", endless)
    layer = live_layer(path)
    job = QgsMapRendererParallelJob(settings_of([layer]))
    job.start()
    assert inside.wait(SECONDS)
    live_layers.unregister()
    assert ended.is_set()
    assert not [one for one in threading.enumerate() if one.name == "lunar-oxide-live"]
    job.waitForFinished()


def test_the_legend_names_quantity_unit_flags_and_detail(project, scene):
    path, _ = scene
    layer = live_layer(path, style=LiveStyle(shown="tio2_sigma"))
    project.addMapLayer(layer)
    model = QgsLayerTreeModel(project.layerTreeRoot())
    node = project.layerTreeRoot().findLayer(layer.id())

    def texts():
        role = int(Qt.ItemDataRole.DisplayRole)
        return [str(entry.data(role)) for entry in model.layerLegendNodes(node)]

    settings = settings_of([layer], COLUMNS // 8, ROWS // 8)
    drawn(settings)
    wait_until(lambda: layer.report.factor, SECONDS)
    assert layer.report.factor == 8
    kind = layer.layout.sigma_kind
    assert texts()[0] == f"TiO₂ sigma, {kind.title} (wt%)"
    assert "shadow" in texts()
    assert any("8 x 8" in text for text in texts())
    drawn(settings_of([layer]))
    wait_until(lambda: layer.report.factor == 1, SECONDS)
    assert not any("8 x 8" in text for text in texts())
    layer.set_live_style(LiveStyle(shown="basalt_class", flags=FlagStyle.SHOWN))
    assert "low-Ti, low-Al basalt" in texts() and "shadow" not in texts()


@pytest.mark.parametrize("expanded", [True, False])
def test_the_legend_stays_as_the_user_left_it(project, scene, expanded):
    path, _ = scene
    layer = live_layer(path)
    tree = QgsLayerTreeView()
    model = QgsLayerTreeModel(project.layerTreeRoot())
    model.setFlag(QgsLayerTreeModel.Flag.ShowLegend)
    model.setAutoCollapseLegendNodes(10)  # as QGIS's window
    tree.setModel(model)
    project.addMapLayer(layer)
    node = project.layerTreeRoot().findLayer(layer.id())
    node.setExpanded(expanded)
    drawn(settings_of([layer], COLUMNS // 8, ROWS // 8))
    wait_until(lambda: layer.report.factor == 8, SECONDS)
    assert node.isExpanded() == expanded
    layer.set_live_style(LiveStyle(shown="basalt_class"))
    assert len(model.layerLegendNodes(node)) >= 10
    QCoreApplication.processEvents()
    assert node.isExpanded() == expanded
    assert tree.isExpanded(tree.node2index(node)) == expanded


def test_a_copy_is_the_same(project, scene):
    path, _ = scene
    layer = live_layer(path, style=LiveStyle(shown="cao"))
    layer.setOpacity(0.5)
    copy = layer.clone()
    assert (copy.live, copy.live_style, copy.opacity()) == (layer.live, layer.live_style, 0.5)
    np.testing.assert_array_equal(drawn(settings_of([copy])), drawn(settings_of([layer])))


def test_overviews_are_means_of_usable_spectra(monkeypatch, tmp_path):
    monkeypatch.setattr(reflectance_overviews, "LAST_SIDE", 200)
    dn = random_dn(1100, 1030, seed=21)
    dn[:, :8, :8] = -30000
    dn[1, 12, 12] = -20000
    path = write_mi_geotiff(tmp_path / "wide.tif", dn, tiled=True)
    before = path.read_bytes()
    sources = LiveSources(TileCache())
    target = build_overviews(sources.get(RasterInput(str(path)), MODEL), SilentProgress())
    assert target == tmp_path / "wide.tif.ovr" and path.read_bytes() == before
    with rasterio.open(path) as dataset:
        assert dataset.overviews(1) == [4, 8]
        found = dataset.read(out_shape=(9, 275, 258))
    cells = dn[:, :1100, :1028].reshape(9, 275, 4, 257, 4).astype(float)
    means = np.rint(cells.mean(axis=(2, 4)))
    means[:, 3, 3] = (dn[:, 12:16, 12:16].reshape(9, 16)[:, 1:]).mean(axis=1).round()
    model_bands = [0, 1, 2, 3, 4, 6, 7, 8]
    np.testing.assert_array_equal(found[model_bands, 3:, 3:257], means[model_bands, 3:, 3:])
    assert (found[:, :2, :2] == -30000).all()
    sources.let_go()
    source = sources.get(RasterInput(str(path)), MODEL)
    assert source.storage.overviews == (4, 8)
    sources.close()


def test_cancelled_overviews_leave_nothing(tmp_path):
    class Stopping(SilentProgress):
        def is_cancelled(self):
            return True

    path = write_mi_geotiff(tmp_path / "scene.tif", random_dn(60, 50))
    sources = LiveSources(TileCache())
    with pytest.raises(Cancelled):
        build_overviews(sources.get(RasterInput(str(path)), MODEL), Stopping())
    sources.close()
    assert [file.name for file in tmp_path.iterdir()] == ["scene.tif"]


def test_the_ramps_colours_are_those_of_its_stops():
    table = ramp_table(["#000000", "#ff8040"])
    assert table[0] == argb("#000000") and table[-1] == argb("#ff8040")
    values = np.array([[np.nan, -5.0, 0.0], [5.0, 10.0, 99.0]], np.float32)
    colours = ramp_colours(values, 0.0, 10.0, table)
    assert colours[0, 0] == 0 and colours[0, 1] == table[0]
    assert colours[1, 1] == table[-1] and colours[1, 2] == table[-1]
    assert colours[1, 0] == table[512]


@pytest.fixture
def window(project, scene):
    path, _ = scene
    iface = WindowInterface()
    plugin_window = LunarOxideWindow(iface)
    raster = QgsRasterLayer(str(path), "scene", "gdal")
    project.addMapLayer(raster)
    plugin_window.predict_page.rasters.setLayer(raster)
    plugin_window.predict_page.models.set_path(MODEL)
    canvas = iface.mapCanvas()
    canvas.setDestinationCrs(raster.crs())
    canvas.setExtent(raster.extent())
    yield plugin_window, canvas, raster
    plugin_window.unload()
    iface.close()


def test_a_live_map_is_added_above_its_raster(window, project):
    plugin_window, canvas, raster = window
    usual = canvas.mapUpdateInterval()
    plugin_window.live.action.trigger()
    layer = plugin_window.live.page.layer()
    assert isinstance(layer, LiveLayer)
    assert layer.live == LiveMap(raster_input(raster), MODEL, "kaguya_mi")
    tree = project.layerTreeRoot()
    names = [node.layerId() for node in tree.findLayers()]
    assert names.index(layer.id()) < names.index(raster.id())
    assert canvas.mapUpdateInterval() < usual
    project.removeMapLayer(layer.id())
    assert canvas.mapUpdateInterval() == usual
    assert plugin_window.live.page.layer() is None


def test_the_panel_changes_the_layer(window):
    page = window[0].live.page
    window[0].live.add()
    layer = page.layer()
    page.shown.setCurrentIndex(page.shown.findData("mgo"))
    page.shown.activated.emit(page.shown.currentIndex())
    page.low.setText(page.low.locale().toString(5.5))
    page.low.editingFinished.emit()
    page.flags.setCurrentIndex(page.flags.findData(FlagStyle.HIDDEN))
    page.flags.activated.emit(page.flags.currentIndex())
    assert layer.live_style == LiveStyle("mgo", 5.5, None, FlagStyle.HIDDEN)
    page.models.set_path(BEFORE_CE6)
    assert layer.live.model == BEFORE_CE6 and layer.live.model_name == "kaguya_mi_before_ce6"
    # Escaped sentences are shown as they are meant.
    assert {page.state.textFormat(), page.place.textFormat()} == {Qt.TextFormat.RichText}


def test_identify_gives_the_numbers_of_the_prediction(window, scene):
    plugin_window, _, _ = window
    _, bands = scene
    control = plugin_window.live
    control.add()
    column, row = 100, 70
    x, y = TAURUS_LITTROW * (column + 0.5, row + 0.5)
    control.identify(((x, y),))
    wait_until(lambda: control.page.composition.isVisibleTo(control.page), SECONDS)
    table = control.page.composition
    shown = {table.item(line, 0).text(): table.item(line, 1).text() for line in range(6)}
    assert shown["FeO"] == f"{bands['FeO (wt%)'][row, column]:.2f}"
    assert shown["TiO₂"] == f"{bands['TiO2 (wt%)'][row, column]:.2f}"
    assert all("–" in table.item(line, 2).text() for line in range(6))
    x, y = TAURUS_LITTROW * (5.5, 5.5)
    control.identify(((x, y),))
    wait_until(lambda: "no usable reflectance" in control.page.place.text(), SECONDS)


def test_make_permanent_maps_what_is_seen(window, run, tmp_path, scene):
    plugin_window, canvas, _ = window
    _, bands = scene
    control = plugin_window.live
    control.add()
    left, top = TAURUS_LITTROW * (60, 40)
    right, bottom = TAURUS_LITTROW * (100, 70)
    canvas.resize(400, 300)
    canvas.setExtent(QgsRectangle(left + 1, bottom + 1, right - 1, top - 1))
    output = tmp_path / "permanent.tif"
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    run("predictoxides", context=context, **control.permanent_parameters(), OUTPUT=str(output))
    with rasterio.open(output) as dataset:
        made = dict(zip(dataset.descriptions, dataset.read()))
        column, row = (round(value) for value in ~TAURUS_LITTROW * dataset.transform * (0, 0))
    rows, columns = made["FeO (wt%)"].shape
    assert rows < ROWS and row <= 40 and row + rows >= 70
    np.testing.assert_array_equal(
        made["FeO (wt%)"], bands["FeO (wt%)"][row : row + rows, column : column + columns]
    )


def test_a_swipe_shows_the_other_model_to_the_right(window):
    plugin_window, canvas, _ = window
    control = plugin_window.live
    control.add()
    control.page.other.set_path(BEFORE_CE6)
    control.page.swipe.setChecked(True)
    swipe = control._swipe
    wait_until(lambda: swipe._job is None, SECONDS)
    assert swipe.item.right == "kaguya_mi_before_ce6" or "Chang'e-6" in swipe.item.right
    other = pixels(swipe.item._image)
    here = pixels_of(canvas)
    assert (other != here).any()
    QTest.mousePress(canvas.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(50, 80))
    QTest.mouseRelease(canvas.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(50, 80))
    assert swipe.item.share == pytest.approx(50 / canvas.width(), abs=0.01)
    control.page.swipe.setChecked(False)
    assert control._swipe is None and swipe.item not in canvas.scene().items()


def test_a_swipe_that_is_drawn_anew_keeps_the_jobs_that_still_draw(window):
    """Python must not delete a job whose threads draw; Qt deletes it once it has ended."""
    control = window[0].live
    control.add()
    control.page.other.set_path(BEFORE_CE6)
    control.page.swipe.setChecked(True)
    swipe = control._swipe
    deleted = []
    for _ in range(5):
        swipe.draw()
        swipe._job.destroyed.connect(lambda: deleted.append(1))
        gc.collect()
    assert not deleted  # jobs end in Qt's loop, which has not run
    control.page.swipe.setChecked(False)
    gc.collect()
    assert not deleted
    wait_until(lambda: len(deleted) == 5, SECONDS)


def pixels_of(canvas):
    job = QgsMapRendererSequentialJob(canvas.mapSettings())
    job.start()
    job.waitForFinished()
    return pixels(job.renderedImage())


@pytest.mark.parametrize("answer", ["Yes", "No"])
def test_overviews_are_written_only_after_yes(window, monkeypatch, tmp_path, scene, answer):
    plugin_window, _, _ = window
    control = plugin_window.live
    copy = tmp_path / "copy.tif"
    shutil.copy(scene[0], copy)
    control.add()
    control.page.layer().set_live(LiveMap(RasterInput(str(copy)), MODEL))
    asked = []

    def question(parent, title, text):
        asked.append(text)
        return getattr(QMessageBox.StandardButton, answer)

    monkeypatch.setattr(QMessageBox, "question", question)
    control.build_overviews()
    assert str(copy) in asked[0]
    wait_until(lambda: not control._building, SECONDS)
    assert Path(f"{copy}.ovr").exists() == (answer == "Yes")


def test_the_toolbox_adds_a_live_map(project, run, scene):
    path, _ = scene
    context = QgsProcessingContext()
    context.setProject(project)
    result = run("liveoxides", context=context, INPUT=str(path), MODEL="kaguya_mi", SHOWN="tio2")
    layer = project.mapLayer(result["LAYER"])
    assert isinstance(layer, LiveLayer)
    assert layer.live_style.shown == "tio2" and layer.live.model_name == "kaguya_mi"
    assert layer.crs().isValid() and not layer.extent().isEmpty()
