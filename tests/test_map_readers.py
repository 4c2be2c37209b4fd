"""Every algorithm that takes a map reads the same numbers from it, however they are stored."""

from __future__ import annotations

import csv
import json
import math
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable, Dict

import numpy as np
import pytest
import rasterio
from qgis.analysis import QgsRasterCalculator, QgsRasterCalculatorEntry
from qgis.core import (
    NULL,
    QgsApplication,
    QgsCoordinateTransformContext,
    QgsFeature,
    QgsGeometry,
    QgsPointXY,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterRasterDestination,
    QgsProcessingParameterRasterLayer,
    QgsProject,
    QgsRaster,
    QgsRasterLayer,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QImage
from rasterio.crs import CRS
from rasterio.transform import Affine
from rasterio.windows import Window

from lunar_oxide_plugin.algorithms.site_layers import moon_geographic_crs
from lunar_oxide_plugin.core.chemistry.layout import LARGEST, QUALITY, Content, SigmaKind
from lunar_oxide_plugin.core.chemistry.quantities import BY_KEY, DERIVED
from lunar_oxide_plugin.core.errors import RasterError
from lunar_oxide_plugin.core.geotiff.encoding import Encoding
from lunar_oxide_plugin.core.moon.wkt import MOON_GEOGRAPHIC_WKT
from lunar_oxide_plugin.core.probe.axes import AxisPart, PlotAxis
from lunar_oxide_plugin.core.probe.map_summary import map_summary
from lunar_oxide_plugin.core.probe.scatter import read_sample
from lunar_oxide_plugin.core.progress import SilentProgress
from lunar_oxide_plugin.core.rasters.flag_mask import write_masked
from lunar_oxide_plugin.core.rasters.prediction_map import PredictionMap
from lunar_oxide_plugin.core.rasters.quality import FAULTS
from lunar_oxide_plugin.core.rasters.raster_input import RasterInput
from tests.gamma_ray import cell_bounds, write_archived

#: Pixels of half a degree from 12 E, 25 N: Apollo 11, 16 and 17, Luna 20's neighbourhood.
TRANSFORM = Affine(0.5, 0.0, 12.0, 0.0, -0.5, 25.0)
ROWS, COLUMNS = 72, 44

#: Numbers lie on this step, so that integers hold them, with a remainder that keeps them off the
#: limits of classes.
STEP, REST = 0.02, 0.01


#: How uncertain the model usually is: ratios need it where a map has no sigma.
SKILLS = "; ".join(
    f"{name} half-width {width:g}, soils 9" for name, width in {"TiO2": 3.3, "CaO": 2.0}.items()
)
LEFT_OUT = {"LUNAR_OXIDE_LEFT_OUT": "pixels with a quality flag"}


# --- one map, stored in many ways ------------------------------------------------------


def fabricated(step=STEP):
    """Asymmetric numbers of a map with every kind of band: (bands, rows, columns)."""
    rng = np.random.default_rng(11)
    east, south = np.meshgrid(np.linspace(0, 1, COLUMNS), np.linspace(0, 1, ROWS))
    bands = np.empty((LARGEST.count, ROWS, COLUMNS))
    middles = (4.0, 13.0, 15.0, 9.0, 11.0, 45.0)
    slopes = (5.0, 9.0, -11.0, 2.0, -3.0, -4.0)
    for place, (middle, slope) in enumerate(zip(middles, slopes)):
        bands[place] = middle + slope * (east - south) + rng.normal(0, 0.6, south.shape)
        for kind in (1, 2):
            spread = 0.4 * kind + 0.1 * place + 0.5 * east
            bands[6 * kind + place] = spread + rng.uniform(0, 1, south.shape)
    bands[LARGEST.domain_row] = 0.4 + 0.8 * east * south + rng.uniform(0, 0.3, south.shape)
    bands = np.maximum(np.rint((bands - REST) / step), 0.0) * step + REST
    bands[LARGEST.quality_row] = rng.choice([0, 2, 8, 16, 40], south.shape, p=[0.8, *[0.05] * 4])
    bands[:, 5:9, 30:41] = np.nan
    return bands


@dataclass(frozen=True)
class Storage:
    """How numbers are stored: a type, nodata, and scale and offset of values and of flags."""

    dtype: str
    nodata: float
    values: tuple = (1.0, 0.0)
    flags: tuple = (1.0, 0.0)

    def write(self, path, bands, layout=LARGEST, **tags):
        path.parent.mkdir(parents=True, exist_ok=True)
        of = [self.flags if text == QUALITY else self.values for text in layout.descriptions]
        with rasterio.open(
            path, "w", driver="GTiff", width=COLUMNS, height=ROWS, count=layout.count,
            dtype=self.dtype, nodata=self.nodata, crs=CRS.from_wkt(MOON_GEOGRAPHIC_WKT),
            transform=TRANSFORM, tiled=True, blockxsize=16, blockysize=32,
        ) as dataset:  # fmt: skip
            for number, (scale, offset) in enumerate(of, start=1):
                stored = (bands[number - 1] - offset) / scale
                if not math.isnan(self.nodata):
                    stored = np.where(np.isnan(stored), self.nodata, stored)
                kind = np.dtype(self.dtype)
                if kind.kind != "f":
                    stored = np.rint(stored)
                    assert np.iinfo(kind).min <= stored.min() <= stored.max() <= np.iinfo(kind).max
                dataset.write(stored.astype(kind), number)
            dataset.descriptions = layout.descriptions
            dataset.units = layout.units
            dataset.scales = [scale for scale, _ in of]
            dataset.offsets = [offset for _, offset in of]
            dataset.update_tags(
                LUNAR_OXIDE_MODEL_TITLE="A model",
                LUNAR_OXIDE_TRAINING_STATIONS="A11,A17_LM",
                LUNAR_OXIDE_NEW_PLACE=SKILLS,
                **tags,
            )
        return path


FLOATS = Storage("float32", math.nan)
#: Steps so large that 8 bits hold all numbers.
BYTE_STEP = 0.25
BYTES = Storage("uint8", 255, (BYTE_STEP, REST))

#: Ours, and what colleagues make of a map with gdal_translate -ot ... -scale ... -a_scale ...
STORAGES = {
    "compact": Storage("int16", -32768, (0.01, 0.0)),
    # One scale for all bands, and numbers that are not exact in binary.
    "one_scale": Storage("uint16", 0, (0.01, -1.3), (0.01, -1.3)),
    # Nodata is one for all bands of a GeoTIFF: flags of 0 are then stored as nodata.
    "nodata_0": Storage("int16", 0, (0.01, 0.0), (0.01, 0.0)),
    "doubles": Storage("float64", -9999, (2.0, -0.5)),
}


def test_our_own_encoding_is_one_of_them():
    ours = Encoding.COMPACT.samples(LARGEST.descriptions)
    storage = STORAGES["compact"]
    assert (ours.dtype, ours.nodata) == (storage.dtype, storage.nodata)
    assert set(ours.scales[:-1]) == {storage.values[0]} and ours.scales[-1] == storage.flags[0]


# --- what is given to each algorithm ---------------------------------------------------


def features(path, kind, shapes):
    layer = QgsVectorLayer(f"{kind}?field=unit:string", "shapes", "memory")
    layer.setCrs(moon_geographic_crs())
    for name, wkt in shapes.items():
        feature = QgsFeature(layer.fields())
        feature.setGeometry(QgsGeometry.fromWkt(wkt))
        feature.setAttributes([name])
        layer.dataProvider().addFeatures([feature])
    return layer


@pytest.fixture(scope="module")
def inputs(tmp_path_factory):
    folder = tmp_path_factory.mktemp("readers")
    numbers = fabricated()
    bounds = cell_bounds(10.0)
    amounts = {"FeO": 12.0, "TiO2": 3.0, "SiO2": 44.0, "Al2O3": 14.0, "MgO": 9.0, "CaO": 11.0}
    write_archived(folder / "cells.tab", bounds, amounts)
    reference = numbers[:6] + np.random.default_rng(2).normal(1.0, 0.7, (6, ROWS, COLUMNS))
    layout = LARGEST.of_content(Content.OXIDES)
    FLOATS.write(folder / "reference.tif", reference, layout)
    FLOATS.write(folder / "floats" / "map.tif", numbers)
    for name, storage in STORAGES.items():
        storage.write(folder / name / "map.tif", numbers)
    numbers[:, np.nan_to_num(numbers[LARGEST.quality_row]).astype(int) & FAULTS != 0] = np.nan
    FLOATS.write(folder / "clean" / "map.tif", numbers)
    for less in (Content.OXIDES, Content.UNCERTAINTIES):
        layout = LARGEST.of_content(less)
        compact = STORAGES["compact"]
        compact.write(folder / less.value / "map.tif", numbers, layout, **LEFT_OUT)
        compact.write(folder / "unknown" / "map.tif", numbers, layout)
    for name, storage in (("steps", FLOATS), ("bytes", BYTES)):
        storage.write(folder / name / "map.tif", fabricated(BYTE_STEP))
    return folder


def regions(inputs):
    boxes = {
        "north": "POLYGON((13.3 14, 29.7 15.2, 28 24.6, 13.1 23.9, 13.3 14))",
        "south": "POLYGON((14 -10.4, 31.2 -9.5, 30.3 9, 15 8.7, 14 -10.4))",
    }
    return {"REGIONS": features(inputs, "Polygon", boxes), "NAME_FIELD": "unit", "SHARED": 0.3}


def lines(inputs):
    shape = {"traverse": "LINESTRING(12.9 24.1, 25.3 3.3, 31.4 -8.2)"}
    return {"LINES": features(inputs, "LineString", shape), "WIDTH": 40.0}


#: Algorithms that read maps: how to call them, and the parameters that take a map.
READERS: Dict[str, Callable[[Path], Dict[str, Any]]] = {
    "checkpredictions": lambda inputs: {},
    "checkregions": lambda inputs: {
        "GAMMA_RAYS": str(inputs / "cells.tab"), "FOOTPRINT": 0.0, "MIN_COVERAGE": 10.0,
    },
    "comparerasters": lambda inputs: {"OXIDE": 1, "REFERENCE": str(inputs / "reference.tif")},
    "derivedproducts": lambda inputs: {},
    "printmap": lambda inputs: {"OXIDES": [0, 1], "DPI": 50},
    "summarizeregions": regions,
    "transect": lines,
}  # fmt: skip

#: The parameter that takes the map, where it is not INPUT.
INPUT = {"comparerasters": "PREDICTION"}

#: Algorithms that read reflectance, and refuse a map.
OF_REFLECTANCE: Dict[str, Dict[str, Any]] = {
    "colourcomposite": {},
    "explainprediction": {},
    "liveoxides": {},
    "predictoxides": {},
    "refinemodel": {},
    "spectralparameters": {},
}

#: Takes any tiles: what it makes of maps is tested below.
OTHERS = {"mosaictiles"}


def takes_raster(algorithm):
    kinds = (QgsProcessingParameterRasterLayer, QgsProcessingParameterMultipleLayers)
    return any(isinstance(each, kinds) for each in algorithm.parameterDefinitions())


def test_every_algorithm_that_takes_a_raster_is_tested_here(run):
    own = QgsApplication.processingRegistry().providerById("lunaroxide").algorithms()
    assert {each.name() for each in own if takes_raster(each)} == {
        *READERS, *OF_REFLECTANCE, *OTHERS,
    }  # fmt: skip


def destinations(name, folder, reports):
    """A file in `folder` for every output of an algorithm; reports take time."""
    algorithm = QgsApplication.processingRegistry().algorithmById(f"lunaroxide:{name}")
    found = {}
    for definition in algorithm.parameterDefinitions():
        path = folder / definition.name().lower()
        if isinstance(definition, QgsProcessingParameterFeatureSink):
            found[definition.name()] = f"{path}.gpkg"
        elif isinstance(definition, QgsProcessingParameterRasterDestination):
            found[definition.name()] = f"{path}.tif"
        elif isinstance(definition, QgsProcessingParameterFileDestination):
            if not reports and definition.name() not in ("TABLE", "PNG"):
                continue
            found[definition.name()] = f"{path}.{definition.defaultFileExtension()}"
        elif isinstance(definition, QgsProcessingParameterFolderDestination):
            continue  # figures of the report
    return found


# --- what came out ---------------------------------------------------------------------


def outcome(run, name, path, folder, inputs, reports=True):
    """Everything that an algorithm says of a map, by output."""
    folder.mkdir(parents=True, exist_ok=True)
    QgsProject.instance().clear()
    parameters = {**READERS[name](inputs), **destinations(name, folder, reports)}
    results = run(name, **{INPUT.get(name, "INPUT"): str(path), **parameters})
    return {key: content(value) for key, value in results.items()}


def content(value):
    path = Path(value) if isinstance(value, str) else None
    if path is None or not path.is_file():
        return value
    if path.suffix == ".tif":
        with rasterio.open(path) as dataset:
            assert set(dataset.dtypes) == {"float32"}
            return {"bands": dataset.descriptions, "pixels": dataset.read()}
    if path.suffix == ".gpkg":
        layer = QgsVectorLayer(str(path), "layer", "ogr")
        names = [field.name() for field in layer.fields()]
        return [dict(zip(names, feature.attributes())) for feature in layer.getFeatures()]
    if path.suffix == ".json":
        return json.loads(path.read_text(encoding="utf-8"))
    if path.suffix == ".csv":
        rows = csv.DictReader(path.read_text(encoding="utf-8").splitlines())
        return [{key: _number(cell) for key, cell in row.items()} for row in rows]
    if path.suffix == ".png":
        image = QImage(str(path)).convertToFormat(QImage.Format.Format_RGB32)
        shape = (image.height(), image.width(), 4)
        return {"image": np.frombuffer(bytes(image.bits().asarray(4 * shape[0] * shape[1])), "u1")}
    if path.suffix == ".html":
        page = path.read_text(encoding="utf-8")
        return re.sub(r"data:[^\"]*|<svg.*?</svg>", "", page, flags=re.DOTALL)
    return path.suffix  # a PDF


def _number(cell):
    try:
        return float(cell)
    except ValueError:
        return cell


NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[-+]?\d+)?")
MOMENT = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d)?")

#: Numbers agree but for the rounding of float32, of which the reference map consists.
TOLERANCE = 1e-5

#: Medians and percentiles are counted in bins of 0.01, and our numbers lie on their edges.
BINNED = re.compile(r"median|[._]p\d\d|quantile|low|high")


def require_same(found, expected, where, folders):
    """The same numbers, and the same words around them."""
    if isinstance(expected, dict):
        assert set(found) == set(expected), where
        for key in expected:
            require_same(found[key], expected[key], f"{where}.{key}", folders)
    elif isinstance(expected, (list, tuple)):
        assert len(found) == len(expected), where
        for place, (one, other) in enumerate(zip(found, expected)):
            require_same(one, other, f"{where}[{place}]", folders)
    elif isinstance(expected, np.ndarray):
        assert found.shape == expected.shape, where
        if found.dtype == np.uint8:
            assert np.mean(found != expected) < 0.002, where
        else:
            np.testing.assert_allclose(
                found, expected, rtol=TOLERANCE, atol=TOLERANCE, err_msg=where
            )
    elif isinstance(expected, str):
        found, expected = (
            MOMENT.sub("", text.replace(str(f), "")) for text, f in zip((found, expected), folders)
        )
        if found != expected:
            assert NUMBER.sub("#", found) == NUMBER.sub("#", expected), where
            for one, other in zip(NUMBER.findall(found), NUMBER.findall(expected)):
                # The last digit may be rounded the other way; and in reports are percentiles.
                last = 1.01 * 10.0 ** -len(other.partition(".")[2].partition("e")[0])
                assert float(one) == pytest.approx(float(other), rel=1e-4, abs=max(last, 0.02))
    elif isinstance(expected, float):
        tolerance = 0.0101 if BINNED.search(where) else TOLERANCE
        assert found == pytest.approx(expected, rel=TOLERANCE, abs=tolerance, nan_ok=True), where
    else:
        assert found == expected, where


@pytest.fixture(scope="module")
def expected(run, inputs):
    """What each algorithm says of the map of float32 numbers."""
    known: Dict[str, Any] = {}

    def of(name):
        if name not in known:
            folder = inputs / "floats"
            known[name] = outcome(run, name, folder / "map.tif", folder / name, inputs)
        return known[name]

    return of


#: Every algorithm reads compact maps; those of others by one that uses each way of reading.
CASES = [(name, "compact") for name in READERS]
CASES += [
    (name, storage)
    for storage in STORAGES
    for name in ("transect", "derivedproducts", "comparerasters")
    if storage != "compact"
]
CASES += [("checkpredictions", "nodata_0"), ("summarizeregions", "nodata_0")]


@pytest.mark.parametrize(("name", "storage"), CASES)
def test_the_same_numbers_stored_in_another_way_give_the_same(run, inputs, expected, name, storage):
    folder = inputs / storage
    reports = storage == "compact"
    found = outcome(run, name, folder / "map.tif", folder / name, inputs, reports)
    wanted = {key: expected(name)[key] for key in found}
    require_same(found, wanted, name, (folder, inputs / "floats"))


@pytest.mark.parametrize("name", ["transect", "derivedproducts"])
def test_steps_of_8_bits_are_read(run, inputs, name):
    found, wanted = (
        outcome(run, name, folder / "map.tif", folder / name, inputs, reports=False)
        for folder in (inputs / "bytes", inputs / "steps")
    )
    require_same(found, wanted, name, (inputs / "bytes", inputs / "steps"))


#: What a map of less content cannot tell.
UNCERTAIN = re.compile(
    r"sigma|standard_error|half_width|interval|coverage|domain|probability|_z$|outside_90"
)

#: Quotients are given where the denominator exceeds its sigma, be it the pixel's or a usual one.
RATIO = re.compile("|".join(text for q in DERIVED if "/" in q.title for text in (q.key, q.title)))


def require_part(found, expected, where):
    """The same numbers as of the whole map, but for those that need what is missing."""
    if "bands" in expected:
        kept = [expected["bands"].index(text) for text in found["bands"]]
        missing = set(expected["bands"]) - set(found["bands"])
        assert all(UNCERTAIN.search(text) for text in missing), missing
        both = np.isfinite(found["pixels"]) & np.isfinite(expected["pixels"][kept])
        is_ratio = np.array([bool(RATIO.search(text)) for text in found["bands"]])
        assert both.any() and (both == np.isfinite(found["pixels"]))[~is_ratio].all()
        values = np.where(both, expected["pixels"][kept], np.nan)
        require_same(np.where(both, found["pixels"], np.nan), values, where, ("", ""))
        return
    for one, other in zip(found, expected):
        if RATIO.search(one.get("quantity", "")):
            continue
        for key in one:
            if not UNCERTAIN.search(key) and not RATIO.search(key):
                require_same(one[key], other[key], f"{where}.{key}", ("map", "map"))


@pytest.mark.parametrize("less", [Content.OXIDES, Content.UNCERTAINTIES])
@pytest.mark.parametrize("name", READERS)
def test_maps_of_less_content_say_the_same_of_what_they_hold(run, inputs, name, less):
    folder, whole = inputs / less.value, inputs / "clean"
    found = outcome(run, name, folder / "map.tif", folder / name, inputs, reports=False)
    assert found.pop("PNG", {"image": 1}), "a page was printed"
    wanted = outcome(run, name, whole / "map.tif", whole / name, inputs, reports=False)
    for output in {"OUTPUT", "TABLE"} & set(found):
        assert len(found[output]) == len(wanted[output])
        require_part(found[output], wanted[output], f"{name}.{output}")


def test_ratios_of_a_map_without_sigma_need_more_than_the_usual_one(run, inputs, tmp_path):
    run("derivedproducts", INPUT=str(inputs / "oxides" / "map.tif"), OUTPUT=str(tmp_path / "p.tif"))
    tio2 = fabricated()[LARGEST.band("TiO2 (wt%)") - 1]
    with rasterio.open(tmp_path / "p.tif") as dataset:
        ratio = dataset.read(dataset.descriptions.index("FeO/TiO2") + 1)
    given = np.isfinite(ratio)
    assert given.any() and tio2[given].min() == pytest.approx(3.3 / 1.645, abs=0.03)
    assert tio2[~np.isnan(tio2)].min() < 0.1


def test_what_a_map_without_flags_does_not_know_is_not_called_good(run, inputs, tmp_path):
    said = QgsProcessingFeedback()
    path = str(inputs / "unknown" / "map.tif")
    run("checkpredictions", INPUT=path, OUTPUT=str(tmp_path / "c.gpkg"))
    run("transect", INPUT=path, **lines(inputs), OUTPUT=str(tmp_path / "t.gpkg"))
    run("summarizeregions", said, INPUT=path, **regions(inputs), OUTPUT=str(tmp_path / "r.gpkg"))
    checked, along = content(str(tmp_path / "c.gpkg")), content(str(tmp_path / "t.gpkg"))
    assert {one["quality_text"] for one in checked} == {"not known"}
    assert all(one["quality"] == NULL for one in checked)
    assert all(one["flagged_percent"] == NULL for one in along)
    assert "map.tif has no quality flags, so that all pixels" in said.textLog()
    path = str(inputs / "oxides" / "map.tif")
    said = QgsProcessingFeedback()
    run("summarizeregions", said, INPUT=path, **regions(inputs), PIXELS=2,
        OUTPUT=str(tmp_path / "q.gpkg"))  # fmt: skip
    assert "map.tif holds only pixels without a fault" in said.textLog()


# --- the window, QGIS and other programs -----------------------------------------------


def sampled(path, x, y, **options):
    return read_sample(RasterInput(str(path)), x, y, SilentProgress(), **options)


@pytest.mark.parametrize("storage", STORAGES)
def test_the_scatter_view_and_printed_maps_read_the_same(inputs, storage):
    paths = (inputs / storage / "map.tif", inputs / "floats" / "map.tif")
    axes = {
        PlotAxis(AxisPart.VALUE, BY_KEY["feo_tio2"]), PlotAxis(AxisPart.DOMAIN),
        PlotAxis(AxisPart.FLAGS), PlotAxis(AxisPart.SIGMA, BY_KEY["mgo"], SigmaKind.NEAR_SAMPLES),
    }  # fmt: skip
    feo = PlotAxis(AxisPart.VALUE, BY_KEY["feo"])
    for axis in axes:
        for only in (True, False):
            one, other = (sampled(path, feo, axis, only_unflagged=only) for path in paths)
            np.testing.assert_array_equal(one.usable, other.usable)
            np.testing.assert_allclose(one.x, other.x, rtol=1e-6)
            np.testing.assert_allclose(one.y[one.usable], other.y[one.usable], rtol=1e-5)
    # The same band as that of another raster.
    ours = PlotAxis(AxisPart.BAND, band=2, raster=RasterInput(str(paths[0])))
    found = sampled(paths[1], feo, ours)
    np.testing.assert_allclose(found.y, found.x, rtol=1e-6)
    one, other = (map_summary(RasterInput(str(path))) for path in paths)
    assert one.half_width_wt == pytest.approx(other.half_width_wt, rel=1e-6)
    assert one.flagged_share == pytest.approx(other.flagged_share) and one.tags == other.tags


@pytest.mark.parametrize("storage", STORAGES)
def test_flagged_pixels_are_masked_whatever_the_storage(inputs, storage):
    target, number = write_masked(str(inputs / storage / "map.tif"))
    numbers = fabricated()
    flags = np.nan_to_num(numbers[LARGEST.quality_row]).astype(int)
    there = np.isfinite(numbers[0])
    layer = QgsRasterLayer(target, "masked")
    provider = layer.dataProvider()
    for band, wanted in ((2, numbers[1]), (number, np.where(flags & FAULTS, 0.0, 255.0))):
        block = provider.block(band, provider.extent(), COLUMNS, ROWS)
        found = np.array([[block.value(r, c) for c in range(COLUMNS)] for r in range(ROWS)])
        np.testing.assert_allclose(found[there], wanted[there], rtol=1e-6)
        if band == 2:
            assert all(block.isNoData(*at) for at in np.argwhere(~there)[:5].tolist())


@pytest.mark.parametrize("storage", STORAGES)
def test_qgis_itself_shows_numbers_in_their_units(run, inputs, storage, tmp_path):
    path = str(inputs / storage / "map.tif")
    layer = QgsRasterLayer(path, "stored")
    point = QgsPointXY(TRANSFORM.c + 0.25 + 0.5 * 9, TRANSFORM.f - 0.25 - 0.5 * 20)
    found = layer.dataProvider().identify(point, QgsRaster.IdentifyFormat.IdentifyFormatValue)
    expected = fabricated()[:, 20, 9]
    for band, number in found.results().items():
        if not (storage == "nodata_0" and expected[band - 1] == 0.0):
            assert number == pytest.approx(expected[band - 1], abs=1e-4)
    QgsProject.instance().addMapLayer(layer)
    doubled = str(tmp_path / "doubled.tif")
    entry = QgsRasterCalculatorEntry()
    entry.raster, entry.bandNumber, entry.ref = layer, 2, "map@2"
    calculator = QgsRasterCalculator(
        '"map@2" * 2', doubled, "GTiff", layer.extent(), COLUMNS, ROWS, [entry],
        QgsCoordinateTransformContext(),
    )  # fmt: skip
    assert calculator.processCalculation() == QgsRasterCalculator.Result.Success
    with rasterio.open(doubled) as dataset:
        assert dataset.read(1)[20, 9] == pytest.approx(2.0 * expected[1], abs=1e-4)
    QgsProject.instance().clear()


@pytest.mark.parametrize(
    ("top", "words"),
    [
        (20.0, r" to 255 for \w+, which are no amounts in wt%: declare the scale and offset"),
        (150.0, r"oxides that add up to 1[67]\d, which are no amounts in wt%"),
    ],
)
def test_numbers_that_a_converter_rescaled_are_no_amounts(run, inputs, tmp_path, top, words):
    """gdal_translate -ot Byte -scale does not store the scale; names and units stay."""
    floats, path = inputs / "floats" / "map.tif", tmp_path / "map.tif"
    convert = ["gdal_translate", "-q", "-ot", "Byte", "-a_nodata", "0", "-scale", "0", str(top)]
    subprocess.run([*convert, "0", "255", str(floats), str(path)], check=True)
    for name in ("checkpredictions", "derivedproducts"):
        with pytest.raises(QgsProcessingException, match=words) as caught:
            outcome(run, name, path, tmp_path / name, inputs, reports=False)
        assert "Traceback" not in str(caught.value) and str(caught.value).count("\n") == 0
        assert not list((tmp_path / name).glob("*.tif"))
    # What the message advises works.
    scale = str(top / 255.0)
    fixed = tmp_path / "fixed.tif"
    advised = ["gdal_translate", "-q", "-a_scale", scale, "-a_offset", "0"]
    subprocess.run([*advised, str(path), str(fixed)], check=True)
    with PredictionMap(RasterInput(str(fixed))) as source, rasterio.open(floats) as exact:
        feo = source.read([2])[2]
        np.testing.assert_allclose(feo, np.minimum(exact.read(2), top), atol=0.51 * float(scale))


def test_flags_with_a_wrong_scale_are_refused(inputs, tmp_path):
    """gdal_edit -scale gives all bands of a map the same scale."""
    wrong = Storage("int16", -32768, (0.01, 0.0), (1.0, 0.0))
    wrong.write(tmp_path / "map.tif", fabricated())
    with rasterio.open(tmp_path / "map.tif", "r+") as dataset:
        dataset.scales = [0.01] * dataset.count
    with PredictionMap(RasterInput(str(tmp_path / "map.tif"))) as source:
        with pytest.raises(RasterError, match=r"has 0\.\d+ in its quality band.*scale 1"):
            source.read([source.bands.quality])


@pytest.mark.parametrize("name", OF_REFLECTANCE)
def test_algorithms_of_reflectance_refuse_a_map_in_one_sentence(run, inputs, tmp_path, name):
    sentences = []
    for storage in ("floats", "compact"):
        folder = tmp_path / storage
        folder.mkdir()
        path = str(inputs / storage / "map.tif")
        with pytest.raises(QgsProcessingException) as caught:
            run(name, INPUT=path, **destinations(name, folder, False))
        sentences.append(str(caught.value))
        assert not [each for each in folder.rglob("*") if each.suffix in (".tif", ".onnx")]
    assert sentences[0] == sentences[1] and "Traceback" not in sentences[0]


def test_a_mosaic_of_compact_maps_has_their_numbers(run, inputs, tmp_path):
    numbers = fabricated()
    whole = STORAGES["compact"]
    whole.write(tmp_path / "a.tif", numbers)
    with rasterio.open(tmp_path / "a.tif") as one:
        parts = [(0, 30), (30, ROWS - 30)]
        for top, rows in parts:
            window = Window(0, top, COLUMNS, rows)
            profile = {**one.profile, "height": rows, "transform": one.window_transform(window)}
            with rasterio.open(tmp_path / f"part{top}.tif", "w", **profile) as part:
                part.write(one.read(window=window))
                part.descriptions, part.units = one.descriptions, one.units
                part.scales, part.offsets = one.scales, one.offsets
    tiles = [str(tmp_path / f"part{top}.tif") for top, _ in parts]
    run("mosaictiles", TILES=tiles, OUTPUT=str(tmp_path / "m.vrt"))
    with PredictionMap(RasterInput(str(tmp_path / "m.vrt"))) as source:
        found = source.read(range(1, LARGEST.count + 1))
    np.testing.assert_allclose(np.stack(list(found.values())), numbers, rtol=1e-6)
