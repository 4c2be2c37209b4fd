"""A brushed region: axes, statistics, pixels, mask raster, polygons; flagged pixels masked."""

from __future__ import annotations

import csv
import math

import numpy as np
import pytest
import rasterio
from hypothesis import given, settings
from hypothesis import strategies as st
from qgis.core import QgsProject, QgsRasterLayer, QgsVectorLayer
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor
from rasterio.crs import CRS

from lunar_oxide_plugin.algorithms.raster_layer import raster_input as input_of
from lunar_oxide_plugin.algorithms.result_groups import layer_file, reload_layers
from lunar_oxide_plugin.algorithms.result_layers import prediction_layers
from lunar_oxide_plugin.core.chemistry.layout import FULL, QUALITY, SigmaKind
from lunar_oxide_plugin.core.chemistry.quantities import BY_KEY
from lunar_oxide_plugin.core.errors import RasterError
from lunar_oxide_plugin.core.probe import selection, selection_files, selection_outline
from lunar_oxide_plugin.core.probe.axes import AxisPart, PlotAxis, of_quantity
from lunar_oxide_plugin.core.probe.scatter import read_sample, station_points
from lunar_oxide_plugin.core.probe.selection import Brush
from lunar_oxide_plugin.core.progress import SilentProgress
from lunar_oxide_plugin.core.rasters.flag_mask import masked_path, unmasked_path, write_masked
from lunar_oxide_plugin.core.rasters.raster_input import RasterInput
from lunar_oxide_plugin.core.sites.sample_sites import load_sites
from tests.rasters import TAURUS_LITTROW, moon_equirectangular
from tests.requests import raster as raster_input
from tests.test_scatter import (  # noqa: F401 - fixtures
    COLUMNS,
    FEO,
    ROWS,
    TIO2,
    iface,
    open_prediction,
    oxides,
    show,
    window,
    write_prediction,
)
from tests.window import wait_until

QUIET = SilentProgress()
HIGH_IRON = ((15.0, 0.0), (30.0, 0.0), (30.0, 9.0), (15.0, 9.0))
SIGMA = PlotAxis(AxisPart.SIGMA, BY_KEY["feo"], SigmaKind.NEAR_SAMPLES)
FLAGS = PlotAxis(AxisPart.FLAGS)


@pytest.fixture
def flagged(tmp_path):
    """A prediction with sigmas, domain distances and flags; the last column is flagged twice."""
    quality = np.zeros((ROWS, COLUMNS), np.uint8)
    quality[10:20, 5:9] = 8
    quality[:, -1] = 8 + 32
    path = write_prediction(tmp_path / "oxides.tif", oxides(), quality)
    with rasterio.open(path, "r+") as dataset:
        sigma = np.arange(ROWS * COLUMNS, dtype=np.float32).reshape(ROWS, COLUMNS) / 1000.0
        for number, text in enumerate(FULL.descriptions, start=1):
            if "sigma" in text:
                dataset.write(sigma * number, number)
            elif text.startswith("domain"):
                dataset.write(2.0 - sigma, number)
    return path, quality, sigma


def write_parameter(path, values, transform=TAURUS_LITTROW):
    with rasterio.open(
        path, "w", driver="GTiff", width=values.shape[1], height=values.shape[0], count=2,
        dtype="int16", nodata=-1, transform=transform, crs=CRS.from_wkt(moon_equirectangular()),
    ) as dataset:  # fmt: skip
        dataset.write(values.astype(np.int16), 2)
        dataset.write(np.zeros_like(values, np.int16), 1)
        dataset.scales, dataset.offsets = (1.0, 0.5), (0.0, 2.0)
    return RasterInput(str(path))


def test_sigma_domain_and_flags_are_axes(flagged):
    path, quality, sigma = flagged
    band = FULL.descriptions.index("FeO sigma near samples (wt%)") + 1
    sample = read_sample(raster_input(path), SIGMA, FLAGS, QUIET)
    assert sample.x == pytest.approx(
        np.where(np.isnan(oxides()[1]), np.nan, sigma * band), nan_ok=True
    )
    assert np.array_equal(np.nan_to_num(sample.y), np.where(quality == 40, 2, quality == 8))
    domain = read_sample(raster_input(path), FEO, PlotAxis(AxisPart.DOMAIN), QUIET)
    assert domain.y == pytest.approx(2.0 - sigma)
    assert station_points(load_sites(), FEO, SIGMA) == ()
    other = PlotAxis(AxisPart.SIGMA, BY_KEY["feo"], SigmaKind.NEW_PLACE)
    with pytest.raises(RasterError, match="no band for FeO, sigma at a new place"):
        read_sample(raster_input(path), FEO, other, QUIET)


@pytest.mark.parametrize("most", [10_000, 300])
def test_a_band_of_another_raster_on_the_same_pixels_is_an_axis(flagged, tmp_path, most):
    path, _, _ = flagged
    rows, columns = np.indices((ROWS + 3, COLUMNS + 5))
    values = 100 * rows + columns
    values[4, 9] = -1
    # The other raster begins two rows above and four columns to the left.
    larger = write_parameter(
        tmp_path / "p.tif", values, TAURUS_LITTROW * TAURUS_LITTROW.translation(-4, -2)
    )
    axis = PlotAxis(AxisPart.BAND, raster=larger, band=2, label="p")
    sample = read_sample(raster_input(path), FEO, axis, QUIET, max_pixels=most)
    every = round(sample.step)
    assert every == (1 if most > ROWS * COLUMNS else 4)
    taken = (
        np.arange(ROWS // every) * every + every // 2,
        np.arange(COLUMNS // every) * every + every // 2,
    )
    grid = np.ix_(*taken)
    expected = values[2:, 4:][:ROWS, :COLUMNS] * 0.5 + 2.0
    expected[2, 5] = np.nan
    assert sample.y == pytest.approx(expected[grid], nan_ok=True)
    assert sample.x == pytest.approx(oxides()[1][grid], nan_ok=True)
    moved = write_parameter(
        tmp_path / "q.tif", values, TAURUS_LITTROW * TAURUS_LITTROW.translation(0.5, 0)
    )
    with pytest.raises(RasterError, match=r"q.tif does not have the pixels of oxides.tif"):
        read_sample(raster_input(path), FEO, PlotAxis(AxisPart.BAND, raster=moved, band=2), QUIET)


def selected(quality, only_unflagged):
    values = oxides()
    mask = (values[1] >= 15.0) & (values[0] <= 9.0)
    return mask & (quality == 0) if only_unflagged else mask


@pytest.mark.parametrize("only_unflagged", [False, True])
def test_statistics_mask_pixels_and_outline_say_the_same(
    flagged, tmp_path, monkeypatch, only_unflagged
):
    monkeypatch.setattr(selection, "BLOCK_PIXELS", 600)
    path, quality, sigma = flagged
    mask = selected(quality, only_unflagged)
    brush = Brush(raster_input(path), FEO, TIO2, HIGH_IRON, only_unflagged)
    found = {row.axis.key: row for row in selection.statistics(brush, QUIET)}
    values = oxides().astype(np.float64)
    for key, expected in (("feo", values[1]), ("sio2", values[5]), ("domain", 2.0 - sigma)):
        inside = expected[mask]
        row = found[key]
        assert row.count == mask.sum()
        assert (row.mean, row.sd) == pytest.approx((inside.mean(), inside.std(ddof=1)), rel=1e-6)
        assert (row.minimum, row.maximum) == pytest.approx((inside.min(), inside.max()))
        assert row.percentiles == pytest.approx(np.percentile(inside, (5, 50, 95)), rel=1e-6)
    assert found["feo sigma near samples"].count == mask.sum()
    assert selection_files.write_pixels(brush, tmp_path / "pixels.csv", QUIET) == mask.sum()
    with open(tmp_path / "pixels.csv", newline="", encoding="utf-8") as handle:
        table = list(csv.DictReader(handle))
    places = {(int(row["row"]), int(row["column"])) for row in table}
    assert places == set(zip(*map(np.ndarray.tolist, np.nonzero(mask))))
    first = table[0]
    row, column = int(first["row"]), int(first["column"])
    assert float(first["FeO (wt%)"]) == pytest.approx(values[1, row, column], rel=1e-5)
    x, y = TAURUS_LITTROW * (column + 0.5, row + 0.5)
    degree = 1737400.0 * math.pi / 180.0
    assert float(first["longitude_deg"]) == pytest.approx(x / degree, abs=1e-4)
    assert float(first["latitude_deg"]) == pytest.approx(y / degree, abs=1e-4)
    assert selection_files.write_mask(brush, tmp_path / "mask.tif", QUIET) == mask.sum()
    with rasterio.open(tmp_path / "mask.tif") as dataset:
        assert dataset.transform == TAURUS_LITTROW
        written = dataset.read(1)
        assert "corners: 15 0" in dataset.tags()["LUNAR_OXIDE_REGION"]
    assert np.array_equal(written == 1, mask)
    known = ~np.isnan(values[1]) & ((quality == 0) | (not only_unflagged))
    assert np.array_equal(np.isnan(written), ~known)
    outline = selection_outline.outline(brush, QUIET)
    assert outline.pixels == mask.sum()
    shapes = [({"type": "Polygon", "coordinates": polygon}, 1) for polygon in outline.polygons]
    back = rasterio.features.rasterize(shapes, mask.shape, transform=TAURUS_LITTROW)
    assert np.array_equal(back == 1, mask)


def test_what_is_too_much_is_refused_with_advice(flagged, tmp_path, monkeypatch):
    path, _, _ = flagged
    brush = Brush(raster_input(path), FEO, TIO2, HIGH_IRON, True)
    monkeypatch.setattr(selection_files, "MAX_ROWS", 10)
    with pytest.raises(RasterError, match="more than 10 pixels: brush a smaller region"):
        selection_files.write_pixels(brush, tmp_path / "pixels.csv", QUIET)
    assert not (tmp_path / "pixels.csv").exists()
    monkeypatch.setattr(selection_outline, "MAX_PATCHES", 10)
    with pytest.raises(RasterError, match="more than 10 patches"):
        selection_outline.outline(brush, QUIET)


@settings(max_examples=20)
@given(st.lists(st.lists(st.floats(-1e3, 1e3), max_size=40), max_size=6), st.integers(2, 30))
def test_sums_of_blocks_are_those_of_all(blocks, most):
    gathered = selection.Gathered()
    kept = selection.MAX_KEPT
    selection.MAX_KEPT = most
    try:
        for block in blocks:
            gathered.add(np.array(block, np.float32))
    finally:
        selection.MAX_KEPT = kept
    whole = np.array([number for block in blocks for number in block], np.float32).astype(
        np.float64
    )
    row = gathered.result(FEO)
    assert row.count == whole.size
    if whole.size > 1:
        assert row.mean == pytest.approx(whole.mean(), abs=1e-6)
        assert row.sd == pytest.approx(whole.std(ddof=1), abs=1e-5)
        stride = gathered._stride
        assert np.array_equal(np.concatenate(gathered._kept), whole[::stride].astype(np.float32))


# --- in the window -----------------------------------------------------------------


def test_a_region_becomes_polygons_with_area_and_statistics(window, iface, flagged, tmp_path):  # noqa: F811
    path, quality, _ = flagged
    open_prediction(iface, path)
    show(window)
    assert not window.scatter_page.region.isEnabled()
    window.scatter.brush(HIGH_IRON)
    assert window.scatter_page.region.isEnabled()
    for _ in range(2):
        before = window.scatter_page.count.text()
        window.scatter.actions.add_polygons()
        wait_until(lambda said=before: "Added" in window.scatter_page.count.text())
        window.scatter_page.say("")
    (layer,) = [
        x for x in QgsProject.instance().mapLayers().values() if isinstance(x, QgsVectorLayer)
    ]
    features = list(layer.getFeatures())
    assert [feature["name"] for feature in features] == ["Region 1", "Region 2"]
    mask = selected(quality, True)
    assert features[0]["pixels"] == mask.sum()
    # An equirectangular pixel shrinks with the cosine of latitude.
    latitudes = (TAURUS_LITTROW.f + TAURUS_LITTROW.e * (np.arange(ROWS) + 0.5)) / 1737400.0
    pixel = abs(TAURUS_LITTROW.a * TAURUS_LITTROW.e) / 1e6
    expected = float((mask.sum(axis=1) * np.cos(latitudes)).sum() * pixel)
    assert features[0]["area_km2"] == pytest.approx(expected, rel=2e-3)
    assert features[0]["horizontal_axis"] == "FeO (wt%)"
    assert features[0]["horizontal_mean"] == pytest.approx(oxides()[1][mask].mean(), rel=1e-6)
    window.scatter.actions.show_statistics()
    wait_until(lambda: window.scatter.actions.dialog is not None)
    table = window.scatter.actions.dialog.table
    assert table.item(0, 0).text() == "FeO (wt%)"
    assert table.item(0, 1).text() == f"{mask.sum():,}"
    window.scatter.actions.dialog.write_table(str(tmp_path / "statistics.csv"))
    assert "FeO (wt%)" in (tmp_path / "statistics.csv").read_text(encoding="utf-8")
    window.scatter.actions.write_mask(str(tmp_path / "region.tif"))
    wait_until(lambda: "region.tif" in window.scatter_page.count.text())
    assert len(QgsProject.instance().mapLayersByName("region")) == 1
    assert QgsProject.instance().layerTreeRoot().children()[0].name() == "region"


def drawn(layer):
    """Opacity of each pixel of a layer as QGIS draws it."""
    provider = layer.dataProvider()
    block = layer.renderer().block(1, layer.extent(), provider.xSize(), provider.ySize())
    image = block.image()
    assert image.size() == QSize(COLUMNS, ROWS)
    return np.array(
        [[QColor.fromRgba(image.pixel(x, y)).alpha() for x in range(COLUMNS)] for y in range(ROWS)]
    )


def test_one_switch_masks_flagged_pixels_in_all_maps(window, iface, flagged, tmp_path):  # noqa: F811
    path, quality, _ = flagged
    project = QgsProject.instance()
    layers = []
    for spec in prediction_layers(FULL, {}):
        layer = QgsRasterLayer(str(path), spec.name, "gdal")
        spec.style(layer)
        project.addMapLayer(layer)
        layers.append(layer)
    maps = [layer for layer in layers if "flags" not in layer.name()]
    names = [layer.name() for layer in layers]
    assert len(maps) == 6
    styles = [type(layer.renderer()) for layer in maps]
    unmasked = [drawn(layer) for layer in maps]
    known = ~np.isnan(oxides()[1])
    assert np.array_equal(unmasked[1] > 0, known)
    window.dock.show_page(window.scatter_page)
    window.scatter_page.masked.click()
    assert window.scatter_page.masked.isChecked()
    assert window.scatter.flag_mask.action.isChecked()
    assert all("flagged pixels masked" in layer.name() for layer in maps)
    assert [type(layer.renderer()) for layer in maps] == styles
    for layer in maps:
        assert np.array_equal(drawn(layer) > 0, known & (quality == 0))
        # Algorithms and results still see the prediction itself.
        assert input_of(layer).path == str(path)
        assert layer_file(layer) == layer_file(layers[-1]) or layer_file(layer).endswith(
            "oxides.tif"
        )
    assert window.scatter_page.predictions.count() == 1
    project.write(str(tmp_path / "project.qgz"))
    project.clear()
    project.read(str(tmp_path / "project.qgz"))
    again = [x for x in project.mapLayers().values() if "masked" in x.name()]
    assert len(again) == 6
    assert np.array_equal(drawn(again[0]) > 0, known & (quality == 0))
    assert window.scatter_page.masked.isChecked()
    window.scatter_page.masked.click()
    assert sorted(x.name() for x in project.mapLayers().values()) == sorted(names)
    for layer in project.mapLayers().values():
        assert layer.source().endswith("oxides.tif")
        if "FeO" in layer.name():
            assert np.array_equal(drawn(layer), unmasked[1])


def test_a_new_result_in_the_file_is_shown_unmasked(qgis_app, flagged):
    from lunar_oxide_plugin.gui import flag_mask

    path, _, _ = flagged
    layer = QgsRasterLayer(str(path), "FeO", "gdal")
    QgsProject.instance().addMapLayer(layer)
    flag_mask.mask([layer])
    assert flag_mask.is_masked(layer)
    write_prediction(path, oxides(ROWS + 7, COLUMNS))
    assert reload_layers(QgsProject.instance(), [str(path)]) == [layer]
    assert layer.height() == ROWS + 7
    assert layer.source() == str(path)
    QgsProject.instance().clear()


def test_the_masking_raster_is_the_prediction_with_an_opacity(flagged, tmp_path):
    path, quality, _ = flagged
    target, number = write_masked(str(path))
    assert (target, unmasked_path(target)) == (masked_path(str(path)), str(path))
    with rasterio.open(target) as dataset, rasterio.open(path) as own:
        assert dataset.transform == own.transform
        assert dataset.crs == own.crs
        assert dataset.descriptions[:-1] == own.descriptions
        assert np.array_equal(dataset.read(range(1, own.count + 1)), own.read(), equal_nan=True)
        assert np.array_equal(dataset.read(number), np.where(quality == 0, 255, 0))
    plain = tmp_path / "plain.tif"
    with rasterio.open(path) as own:
        keep = [i for i, text in enumerate(own.descriptions, start=1) if text != QUALITY]
        profile = {**own.profile, "count": len(keep)}
        with rasterio.open(plain, "w", **profile) as dataset:
            dataset.write(own.read(keep))
            dataset.descriptions = [own.descriptions[i - 1] for i in keep]
    with pytest.raises(RasterError, match="no band of quality flags"):
        write_masked(str(plain))
    assert of_quantity(BY_KEY["feo"]) == FEO
