"""The user's CRS, no data and open options of a raster are used everywhere."""

from __future__ import annotations

import dataclasses
import json
import time

import numpy as np
import pytest
import rasterio
from hypothesis import given
from hypothesis import strategies as st
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsGeometry,
    QgsPointXY,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProject,
    QgsRasterLayer,
    QgsRasterRange,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QCoreApplication
from rasterio.crs import CRS
from rasterio.transform import Affine
from rasterio.windows import Window

from lunar_oxide_plugin.algorithms.raster_layer import raster_input
from lunar_oxide_plugin.core.command_line.main import main
from lunar_oxide_plugin.core.errors import NoSpectrumError, RasterError
from lunar_oxide_plugin.core.paths import RESOURCES
from lunar_oxide_plugin.core.prediction.plan import plan_prediction
from lunar_oxide_plugin.core.prediction.request import PredictionRequest
from lunar_oxide_plugin.core.progress import SilentProgress
from lunar_oxide_plugin.core.rasters.bands import map_bands
from lunar_oxide_plugin.core.rasters.grid import Grid
from lunar_oxide_plugin.core.rasters.opening import open_raster
from lunar_oxide_plugin.core.rasters.raster_input import BandNodata, RasterInput, band_numbers
from lunar_oxide_plugin.core.rasters.raster_source import RasterSource
from tests.models import write_linear_model
from tests.rasters import EARTH, moon_equirectangular, random_dn, write_mi_geotiff

SCENE = RESOURCES / "demo" / "taurus_littrow_interpolated_between_stations.tif"
DEGREES, METRES = "IAU_2015:30100", "IAU_2015:30110"
MARS = "IAU_2015:49900"
IDENTITY = Affine.identity()
METRES_PER_DEGREE = 1737400.0 * np.pi / 180.0


@pytest.fixture(autouse=True)
def empty_project(qgis_app):
    yield
    QgsProject.instance().clear()


def mislabelled(path, source, crs, degrees):
    """A copy of a raster with another CRS, optionally with coordinates in degrees."""
    with rasterio.open(source) as dataset:
        profile, values = dataset.profile, dataset.read()
        names, tags, units = dataset.descriptions, dataset.tags(), dataset.units
        scales, offsets = dataset.scales, dataset.offsets
        transform = dataset.transform
    if degrees:
        transform = Affine.scale(1.0 / METRES_PER_DEGREE) * transform
    profile.update(crs=crs or None, transform=transform)
    with rasterio.open(path, "w", **profile) as dataset:
        dataset.write(values)
        dataset.descriptions, dataset.units = names, units
        dataset.scales, dataset.offsets = scales, offsets
        dataset.update_tags(**tags)
    return path


def layer_of(path, crs=""):
    layer = QgsRasterLayer(str(path), "scene", "gdal")
    if crs:
        layer.setCrs(QgsCoordinateReferenceSystem(crs))
    QgsProject.instance().addMapLayer(layer)
    return layer


@pytest.fixture(scope="module")
def prediction(run, tmp_path_factory):
    output = tmp_path_factory.mktemp("right") / "oxides.tif"
    run("predictoxides", INPUT=str(SCENE), OUTPUT=str(output))
    return output


#: The file's label, whether its coordinates are degrees, and the CRS that the user assigns.
LABELS = {
    "earth": (EARTH, True, DEGREES),
    "none": ("", True, DEGREES),
    "meridian": (moon_equirectangular(180.0), False, METRES),
    "mars": (MARS, True, DEGREES),
}


@pytest.fixture(params=LABELS)
def scene(request, tmp_path):
    label, degrees, crs = LABELS[request.param]
    return layer_of(mislabelled(tmp_path / "scene.tif", SCENE, label, degrees), crs), crs


@pytest.fixture(params=LABELS)
def oxides(request, tmp_path, prediction):
    label, degrees, crs = LABELS[request.param]
    return layer_of(mislabelled(tmp_path / "map.tif", prediction, label, degrees), crs), crs


def crs_of(path):
    with rasterio.open(path) as dataset:
        return dataset.crs


def test_a_prediction_takes_the_layers_crs_and_lies_where_the_sites_are(run, scene, tmp_path):
    layer, crs = scene
    output = tmp_path / "oxides.tif"
    results = run("predictoxides", INPUT=layer, OUTPUT=str(output))
    assert results["VALID_PIXELS"] == 29647
    assert crs_of(output) == CRS.from_user_input(crs)
    check = run("checkpredictions", INPUT=str(output), OUTPUT=str(tmp_path / "check.gpkg"))
    assert check["N_SITES"] == 21


def test_a_layer_named_in_the_project_counts_with_its_crs(run, scene, tmp_path):
    layer, crs = scene
    for name in (layer.id(), "scene", layer.source()):
        output = tmp_path / "parameters.tif"
        run("spectralparameters", INPUT=name, OUTPUT=str(output))
        assert crs_of(output) == CRS.from_user_input(crs)


def test_products_take_the_layers_crs(run, oxides, tmp_path):
    layer, crs = oxides
    output = tmp_path / "products.tif"
    assert run("derivedproducts", INPUT=layer, OUTPUT=str(output))["VALID_PIXELS"] == 29647
    assert crs_of(output) == CRS.from_user_input(crs)


def test_checks_place_the_sites_by_the_layers_crs(run, oxides, scene, tmp_path):
    results = run(
        "checkpredictions",
        INPUT=oxides[0],
        REFLECTANCE=scene[0],
        OUTPUT=str(tmp_path / "check.gpkg"),
        JSON=str(tmp_path / "check.json"),
    )
    assert results["N_SITES"] == 21
    assert "Apollo 17" in (tmp_path / "check.json").read_text(encoding="utf-8")


def test_explanations_and_refinements_read_at_the_layers_place(run, scene, tmp_path):
    layer, _ = scene
    points = QgsVectorLayer(f"Point?crs={DEGREES}", "points", "memory")
    feature = QgsFeature()
    feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(30.77, 20.19)))
    points.dataProvider().addFeature(feature)
    explained = run(
        "explainprediction",
        INPUT=layer,
        POINTS=points,
        METHOD=1,
        OUTPUT=str(tmp_path / "explained.gpkg"),
    )
    assert explained["N_PLACES"] == 1
    place = next(QgsVectorLayer(explained["OUTPUT"]).getFeatures()).geometry().asPoint()
    assert (place.x(), place.y()) == pytest.approx((30.77, 20.19), abs=0.002)
    table = QgsVectorLayer(
        "NoGeometry?field=id:string&field=latitude:double&field=longitude:double"
        "&field=TiO2:double&field=FeO:double&field=Al2O3:double&field=MgO:double"
        "&field=CaO:double&field=SiO2:double&field=position_error_m:double",
        "new samples",
        "memory",
    )
    sample = QgsFeature(table.fields())
    sample.setAttributes(["new", 20.366211, 30.760743, 7.0, 16.0, 12.0, 10.0, 11.0, 41.0, 10.0])
    table.dataProvider().addFeature(sample)
    refined = run("refinemodel", INPUT=layer, SITES=table, OUTPUT=str(tmp_path / "refined.onnx"))
    assert refined["N_ADDED"] == 1


def test_a_comparison_meets_by_both_layers_crs(run, oxides, prediction, tmp_path):
    layer, _ = oxides
    output = tmp_path / "difference.tif"
    results = run(
        "comparerasters", PREDICTION=layer, REFERENCE=str(prediction), OXIDE=1, OUTPUT=str(output)
    )
    assert results["N_CELLS"] > 28000
    assert results["RMSE"] < 0.2  # the grids are the same to a fraction of a pixel


def test_the_files_own_crs_is_no_override_and_is_written_unparsed(run, tmp_path):
    assert raster_input(layer_of(SCENE)).crs_wkt == ""
    assert raster_input(layer_of(SCENE, METRES)).crs_wkt == ""
    custom = moon_equirectangular(12.0)
    path = mislabelled(tmp_path / "custom.tif", SCENE, custom, False)
    layer = layer_of(path)
    assert raster_input(layer).crs_wkt == ""
    run("predictoxides", INPUT=layer, OUTPUT=str(tmp_path / "out.tif"))
    assert crs_of(tmp_path / "out.tif").to_wkt() == crs_of(path).to_wkt()


def test_the_window_judges_by_the_layers_crs_and_again_when_it_changes(qgis_app, tmp_path):
    from lunar_oxide_plugin.core.probe.raster_probe import Probe
    from lunar_oxide_plugin.gui.predict_page import PredictPage

    path = mislabelled(tmp_path / "scene.tif", SCENE, EARTH, True)
    layer = layer_of(path)
    page = PredictPage()
    try:
        page.rasters.setLayer(layer)
        changes = []
        page.source_changed.connect(lambda: changes.append(page.source()))
        layer.setCrs(QgsCoordinateReferenceSystem(DEGREES))
        wait_until(lambda: changes and changes[-1].raster.crs_wkt)
        with Probe(changes[-1]) as probe:
            reading = probe.at(30.77, 20.19)
        assert reading.area.longitude_deg == pytest.approx(30.77, abs=0.002)
        for band in range(1, 10):
            layer.dataProvider().setUserNoDataValue(band, [QgsRasterRange(0.0, 9.0)])
        layer.emitStyleChanged()
        wait_until(lambda: changes[-1].raster.nodata)
        with Probe(changes[-1]) as probe, pytest.raises(NoSpectrumError):
            probe.at(30.77, 20.19)
    finally:
        page.disconnect_project()
        page.deleteLater()


def wait_until(condition):
    end = time.monotonic() + 60.0
    while not condition() and time.monotonic() < end:
        QCoreApplication.processEvents()
        time.sleep(0.01)
    assert condition()


def qgis_mask(layer, band):
    """Mask of the pixels that QGIS treats as no data."""
    provider = layer.dataProvider()
    block = provider.block(band, QgsRectangle(layer.extent()), layer.width(), layer.height())
    return np.array(
        [[block.isNoData(r, c) for c in range(layer.width())] for r in range(layer.height())]
    )


@pytest.mark.parametrize("dtype", ["int16", "float32", "int32"])
@pytest.mark.parametrize("low,high", [(0.06, 0.09), (0.1, 1.0), (-1.0, 0.07)])
def test_additional_nodata_is_what_qgis_masks(tmp_path, dtype, low, high):
    dn = random_dn(9, 11)
    values = dn.astype(dtype) if dtype != "float32" else (dn * 2e-5).astype("f4")
    scale = None if dtype == "float32" else 2e-5
    path = write_mi_geotiff(tmp_path / "a.tif", values, scale=scale, nodata=None)
    layer = QgsRasterLayer(str(path), "a", "gdal")
    for band in (2, 5):
        layer.dataProvider().setUserNoDataValue(band, [QgsRasterRange(low, high)])
    described = raster_input(layer)
    assert {item.band for item in described.nodata} == {2, 5}
    masks = [qgis_mask(layer, band) for band in range(1, 10)]
    assert masks[1].any()
    assert not masks[0].any()
    with open_raster(described) as dataset:
        read = dataset.read(masked=True)
        np.testing.assert_array_equal(np.ma.getmaskarray(read), masks)
        np.testing.assert_array_equal(np.ma.getmaskarray(dataset.read(5, masked=True)), masks[4])
        part = dataset.read([5, 1], masked=True, window=Window(2, 1, 4, 3))
        np.testing.assert_array_equal(
            np.ma.getmaskarray(part), np.array([masks[4], masks[0]])[:, 1:4, 2:6]
        )
    with RasterSource(described) as source:
        mapping = map_bands(_wanted(), source.info.bands)
        block = source.read(mapping, Window(0, 0, 11, 9))
    np.testing.assert_array_equal(block.valid, ~(masks[1] | masks[4]))


@pytest.mark.parametrize("scaled", [True, False])
def test_one_additional_value_is_found_as_it_is_typed(tmp_path, scaled):
    dn = random_dn(9, 11)
    dn[1, 2:5, 3] = 3740
    values = dn if scaled else (dn * 2e-5).astype("f4")
    path = write_mi_geotiff(tmp_path / "a.tif", values, scale=2e-5 if scaled else None, nodata=None)
    described = RasterInput(str(path), nodata=(BandNodata(0, ((0.0748, 0.0748),)),))
    with open_raster(described) as dataset:
        mask = dataset.read(2, masked=True).mask
    np.testing.assert_array_equal(mask, dn[1] == 3740)


def _wanted():
    from tests.test_raster import WANTED

    return WANTED


def test_a_declared_nodata_that_is_switched_off_is_a_number(tmp_path):
    dn = random_dn(4, 5).astype("int32")
    dn[3, 2, 1] = dn[3, 0, 0] = 4321
    path = write_mi_geotiff(tmp_path / "a.tif", dn, nodata=4321)
    layer = QgsRasterLayer(str(path), "a", "gdal")
    assert raster_input(layer).nodata == ()
    layer.dataProvider().setUseSourceNoDataValue(4, False)
    described = raster_input(layer)
    assert described.nodata == (BandNodata(4, (), False),)
    with open_raster(RasterInput(str(path))) as dataset:
        assert dataset.read(4, masked=True).mask.sum() == 2
    with open_raster(described) as dataset:
        assert dataset.nodatavals[3] is None
        assert dataset.nodatavals[2] == 4321
        assert not np.ma.getmaskarray(dataset.read(4, masked=True)).any()
        assert not np.ma.getmaskarray(dataset.read(masked=True)).any()
    with RasterSource(described) as source:
        block = source.read(map_bands(_wanted(), source.info.bands), Window(0, 0, 5, 4))
    assert block.valid.all()


def test_additional_nodata_counts_in_checks_products_and_comparisons(run, prediction, tmp_path):
    with rasterio.open(prediction) as dataset:
        feo = dataset.read(2)
    middle = float(np.nanmedian(feo))
    layer = layer_of(prediction)
    layer.dataProvider().setUserNoDataValue(2, [QgsRasterRange(middle, 99.0)])
    kept = int((feo < middle).sum())
    run("derivedproducts", INPUT=layer, OUTPUT=str(tmp_path / "products.tif"))
    with rasterio.open(tmp_path / "products.tif") as dataset:
        number = next(n for n, text in enumerate(dataset.descriptions, 1) if text.startswith("Mg#"))
        np.testing.assert_array_equal(np.isfinite(dataset.read(number)), feo < middle)
    results = run(
        "comparerasters",
        PREDICTION=layer,
        REFERENCE=str(prediction),
        OXIDE=1,
        OUTPUT=str(tmp_path / "difference.tif"),
    )
    assert results["N_CELLS"] == kept


def test_open_options_of_the_layer_are_handed_to_gdal(run, tmp_path):
    path = write_mi_geotiff(tmp_path / "a.tif", random_dn(64, 96))
    with rasterio.open(path, "r+") as dataset:
        dataset.build_overviews([2])
    layer = QgsRasterLayer(f"{path}|option:OVERVIEW_LEVEL=0|option:NUM_THREADS=2", "a", "gdal")
    assert layer.width() == 48
    described = raster_input(layer)
    assert described.path == str(path)
    assert described.open_options == ("OVERVIEW_LEVEL=0", "NUM_THREADS=2")
    bands = [1, 2, 3, 4, 5, 7, 8, 9]
    results = run(
        "predictoxides", INPUT=layer, BANDS=bands, SCALE=2e-5, OUTPUT=str(tmp_path / "o.tif")
    )
    assert results["TOTAL_PIXELS"] == 48 * 32
    with pytest.raises(RasterError, match=r"a\.tif cannot be opened with the open options OVERV"):
        open_raster(RasterInput(str(path), ("OVERVIEW_LEVEL=7",)))


def test_a_raster_of_mars_or_without_georeference_gets_its_own_sentence(tmp_path):
    mars = write_mi_geotiff(tmp_path / "mars.tif", random_dn(4, 4), crs=MARS)
    with open_raster(RasterInput(str(mars))) as dataset, pytest.raises(RasterError) as refusal:
        Grid.of(dataset, "mars.tif")
    assert "CRS of Mars (radius 3396 km" in str(refusal.value)
    assert "assign" not in str(refusal.value)
    bare = write_mi_geotiff(tmp_path / "bare.tif", random_dn(4, 4), crs="", transform=IDENTITY)
    for wkt in ("", CRS.from_user_input(DEGREES).to_wkt()):
        described = RasterInput(str(bare), crs_wkt=wkt)
        with open_raster(described) as dataset, pytest.raises(RasterError) as refusal:
            Grid.of(dataset, "bare.tif")
        assert "has no georeference" in str(refusal.value)
        assert "assign" not in str(refusal.value)


@pytest.mark.parametrize(
    "algorithm,output",
    [("explainprediction", "x.gpkg"), ("checkpredictions", "x.gpkg"), ("refinemodel", "x.onnx")],
)
def test_without_a_georeference_nothing_is_placed(run, tmp_path, prediction, algorithm, output):
    source = prediction if algorithm == "checkpredictions" else SCENE
    path = mislabelled(tmp_path / "bare.tif", source, "", False)
    with rasterio.open(path, "r+") as dataset:
        dataset.transform = Affine.identity()
    layer = layer_of(path, DEGREES)
    with pytest.raises(QgsProcessingException, match="has no georeference"):
        run(algorithm, INPUT=layer, OUTPUT=str(tmp_path / output))
    assert not (tmp_path / output).exists()


def test_the_command_line_takes_crs_nodata_and_open_options(tmp_path, capsys):
    path = mislabelled(tmp_path / "scene.tif", SCENE, EARTH, True)
    output = tmp_path / "out.tif"
    words = ["predict", str(path), str(output), "--quiet", "--json"]
    assert main(words) == 3
    assert "--crs" in capsys.readouterr().err
    assert main([*words, "--crs", DEGREES]) == 0
    everything = json.loads(capsys.readouterr().out)["valid_pixels"]
    assert crs_of(output) == CRS.from_user_input(DEGREES)
    with rasterio.open(path) as dataset:
        value = int(dataset.read(3)[90, 130])
        same = int((dataset.read(3) == value).sum())
    more = ["--crs", DEGREES, "--nodata", f"{value * 2e-5:.5f}", "--open-option", "NUM_THREADS=1"]
    assert main([*words, *more]) == 0
    assert 0 < same <= everything - json.loads(capsys.readouterr().out)["valid_pixels"]
    for wrong in (["--crs", "nonsense"], ["--crs", "30100"]):
        assert main([*words, *wrong]) == 3
        assert "names no CRS" in capsys.readouterr().err
    for wrong in (["--bands", "1,b"], ["--offset", "0,01"], ["--open-option", "THREADS"]):
        with pytest.raises(SystemExit) as stop:
            main([*words, *wrong])
        assert stop.value.code == 2
        assert wrong[0] in capsys.readouterr().err


OTHER = {
    "path": "scene2.tif",
    "open_options": ("IGNORE_COG_LAYOUT_BREAK=YES",),
    "crs_wkt": CRS.from_user_input(DEGREES).to_wkt(),
    "nodata": (BandNodata(1, ((0.0, 0.01),)),),
    "scale": 3e-5,
    "offset": 0.001,
    "bands": (1, 2, 3, 4, 6, 7, 8, 9),
}


def test_a_run_is_continued_only_for_the_same_description_of_the_raster(tmp_path):
    assert set(OTHER) == {field.name for field in dataclasses.fields(RasterInput)}
    model = write_linear_model(tmp_path / "m.onnx")
    dn = random_dn(8, 8)
    plain = RasterInput(str(write_mi_geotiff(tmp_path / "scene.tif", dn)))
    write_mi_geotiff(tmp_path / "scene2.tif", dn)

    def identity(raster):
        request = PredictionRequest(raster, str(tmp_path / "o.tif"), str(model), judge_range=False)
        return json.dumps(plan_prediction(request, SilentProgress()).identity, sort_keys=True)

    identities = {identity(plain)}
    for name, value in OTHER.items():
        changed = str(tmp_path / value) if name == "path" else value
        identities.add(identity(dataclasses.replace(plain, **{name: changed})))
    assert len(identities) == len(OTHER) + 1


@given(st.lists(st.integers(1, 999), min_size=1), st.sampled_from([",", ";", ", ", " ; ", " "]))
def test_band_numbers_are_read_whatever_separates_them(wanted, separator):
    assert band_numbers(separator.join(map(str, wanted))) == tuple(wanted)


@pytest.mark.parametrize("text", ["0", "1,,2", "1.5", "a", "-1", "1;2;x", ",", "١"])
def test_what_is_no_band_number_is_named(text):
    with pytest.raises(RasterError, match="is no band number"):
        band_numbers(text)


def test_a_mosaic_refuses_what_a_list_of_files_cannot_keep(run, tmp_path):
    layer = layer_of(mislabelled(tmp_path / "tile.tif", SCENE, EARTH, True), DEGREES)
    output = tmp_path / "mosaic.vrt"
    feedback = QgsProcessingFeedback(False)
    with pytest.raises(QgsProcessingException):
        run("mosaictiles", feedback=feedback, TILES=[layer], OUTPUT=str(output))
    assert "a CRS, nodata or open options of its own" in feedback.textLog()
    assert not output.exists()


def test_the_window_names_text_that_is_no_number(qgis_app):
    from lunar_oxide_plugin.gui.predict_page import PredictPage

    layer_of(SCENE)
    page = PredictPage()
    try:
        page.offset.setText("0.01 m")
        page.offset.editingFinished.emit()
        assert page.source() is None
        assert not page.predict.isEnabled()
        page.offset.setText("0.01")
        page.offset.editingFinished.emit()
        assert page.source().raster.offset == 0.01
        assert page.predict.isEnabled()
    finally:
        page.disconnect_project()
        page.deleteLater()
