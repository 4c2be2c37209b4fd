"""Compact maps: integers in declared steps, and what programs read from them."""

from __future__ import annotations

import shutil
import subprocess

import numpy as np
import pytest
import rasterio
import rasterio.windows
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from qgis.core import QgsRasterLayer
from rasterio.windows import Window

from lunar_oxide_plugin.algorithms.result_layers import style_oxide
from lunar_oxide_plugin.core.api.maps import mosaic
from lunar_oxide_plugin.core.chemistry.layout import FULL, LARGEST, QUALITY, Content
from lunar_oxide_plugin.core.chemistry.oxides import FEO
from lunar_oxide_plugin.core.errors import RasterError
from lunar_oxide_plugin.core.geotiff.encoding import COMPACT_NODATA, STEP, Encoding
from lunar_oxide_plugin.core.prediction import raster_run
from lunar_oxide_plugin.core.prediction.plan import predict_raster
from lunar_oxide_plugin.core.progress import SilentProgress
from lunar_oxide_plugin.core.rasters.prediction_bands import read_tags
from lunar_oxide_plugin.core.rasters.quality import FAULTS
from tests.models import write_linear_model
from tests.rasters import random_dn, write_mi_geotiff
from tests.requests import prediction

#: Largest number that a band in steps of 0.01 holds.
MOST = 327.67

numbers = st.one_of(
    st.floats(-400, 400, width=32),
    st.floats(width=32),  # also huge, infinite, and none
    st.integers(-40000, 40000).map(lambda n: float(np.float32((n + 0.5) * STEP))),  # halves
)


@settings(max_examples=60, deadline=None)
@given(values=arrays.arrays(np.float32, (2, 3, 4), elements=numbers))
def test_decoded_numbers_are_within_half_a_step_clipped_and_masked_alike(values):
    samples = Encoding.COMPACT.samples(("FeO (wt%)", "domain distance"))
    stored = samples.stored(values)
    assert stored.dtype == np.int16
    missing = np.isnan(values)
    np.testing.assert_array_equal(stored == COMPACT_NODATA, missing)
    decoded = stored * np.reshape(samples.scales, (2, 1, 1))
    expected = np.clip(values.astype(np.float64), -MOST, MOST)
    # The last digit of a float32 is as large as the number's own error.
    most = STEP / 2 + np.spacing(np.clip(np.abs(values), 1e-6, MOST).astype(np.float32))
    assert np.all(np.abs(decoded - expected)[~missing] <= most[~missing])


@given(flags=st.lists(st.integers(0, 255), min_size=1, max_size=8))
def test_flags_are_stored_as_they_are(flags):
    values = np.array(flags, dtype=np.float32).reshape(1, 1, -1)
    stored = Encoding.COMPACT.samples((QUALITY,)).stored(values)
    np.testing.assert_array_equal(stored, values)


@pytest.mark.parametrize("layout", [FULL, LARGEST])
def test_every_band_but_the_flags_has_the_step(layout):
    scales = Encoding.COMPACT.samples(layout.descriptions).scales
    assert scales == (STEP,) * (layout.count - 1) + (1.0,)


@pytest.fixture(scope="module")
def maps(tmp_path_factory):
    """A float32 and a compact map of the same raster, larger than a screen, with gaps."""
    folder = tmp_path_factory.mktemp("maps")
    dn = random_dn(400, 1100)
    dn[:, 100:200, 200:] = -30000
    dn[0, 250:300, 100:400] = 6000  # outside the training domain
    dn[:, 350:355, :30] = 60  # shadow
    write_mi_geotiff(folder / "in.tif", dn, tiled=True, blockxsize=256, blockysize=256)
    write_linear_model(folder / "model.onnx")
    for encoding in Encoding:
        predict_raster(request(folder, f"{encoding.value}.tif", encoding), SilentProgress())
    return folder


def request(folder, output, encoding, **options):
    options = {"threads": 2, "memory_mb": 64, "encoding": encoding, **options}
    return prediction(folder / "in.tif", folder / output, folder / "model.onnx", **options)


def numbers_of(path, level=None):
    """Numbers of every band by rasterio, NaN where there is none."""
    options = {} if level is None else {"overview_level": level}
    with rasterio.open(path, **options) as dataset:
        stored = dataset.read(masked=True)
        scales, offsets = (np.reshape(v, (-1, 1, 1)) for v in (dataset.scales, dataset.offsets))
        return (stored.astype(np.float64) * scales + offsets).filled(np.nan)


@pytest.mark.parametrize("level", [None, 0])
def test_a_compact_map_says_the_same_to_half_a_step(maps, level):
    floats = numbers_of(maps / "float32.tif", level)
    compact = numbers_of(maps / "compact.tif", level)
    np.testing.assert_array_equal(np.isnan(compact), np.isnan(floats))
    known = ~np.isnan(floats[:-1])
    expected = np.clip(floats[:-1][known], -MOST, MOST)
    assert np.abs(compact[:-1][known] - expected).max() <= STEP / 2 + 2e-5
    np.testing.assert_array_equal(compact[-1], floats[-1])
    assert len(np.unique(compact[-1][~np.isnan(compact[-1])])) > 2, "several flags occur"


def test_a_compact_map_is_described_like_a_float_map(maps):
    with rasterio.open(maps / "float32.tif") as floats, rasterio.open(maps / "compact.tif") as own:
        assert own.dtypes == ("int16",) * own.count
        assert own.nodatavals == (COMPACT_NODATA,) * own.count
        assert own.descriptions == floats.descriptions
        assert own.units == floats.units
        assert own.overviews(1) == floats.overviews(1) == [4]
        assert own.crs == floats.crs and own.transform == floats.transform
        tags, expected = own.tags(), floats.tags()
        assert tags.pop("LUNAR_OXIDE_ENCODING") == "compact"
        assert expected.pop("LUNAR_OXIDE_ENCODING") == "float32"
        assert tags == expected
        assert own.compression.name.lower() in ("zstd", "deflate")
    sizes = [(maps / f"{name}.tif").stat().st_size for name in ("float32", "compact")]
    assert sizes[1] < sizes[0] / 2


def test_gdal_and_qgis_apply_the_scale(maps, tmp_path):
    expected = numbers_of(maps / "compact.tif")
    subprocess.run(
        [
            "gdal_translate",
            "-q",
            "-unscale",
            "-ot",
            "Float64",
            maps / "compact.tif",
            tmp_path / "u.tif",
        ],
        check=True,
    )
    unscaled = numbers_of(tmp_path / "u.tif")
    np.testing.assert_allclose(unscaled, expected, atol=1e-9)
    layer = QgsRasterLayer(str(maps / "compact.tif"), "map")
    assert layer.isValid()
    provider = layer.dataProvider()
    for band in (1, FULL.count):
        block = provider.block(band, provider.extent(), provider.xSize(), provider.ySize())
        for row, column in ((0, 0), (275, 200), (399, 1099), (352, 5), (150, 700)):
            value = expected[band - 1, row, column]
            assert block.isNoData(row, column) == np.isnan(value)
            if not np.isnan(value):
                assert block.value(row, column) == pytest.approx(value, abs=1e-5)


def test_qgis_draws_both_encodings_in_the_same_colours(maps):
    images = []
    for encoding in Encoding:
        layer = QgsRasterLayer(str(maps / f"{encoding.value}.tif"), "map")
        style_oxide(layer, FULL.band("FeO (wt%)"), FEO)
        block = layer.renderer().block(1, layer.extent(), 275, 100)
        colours = np.frombuffer(bytes(block.data()), dtype=np.uint8).reshape(100, 275, 4)
        images.append(colours.astype(int))
    assert len(np.unique(images[0].reshape(-1, 4), axis=0)) > 10
    # Half a step is a 5000th of the legend.
    assert np.abs(images[0] - images[1]).max() <= 1


@pytest.mark.parametrize("content", Content)
def test_each_content_is_the_first_bands_of_all(maps, content):
    every = numbers_of(maps / "compact.tif")
    name = f"{content.value}.tif"
    predict_raster(request(maps, name, Encoding.COMPACT, content=content), SilentProgress())
    own = numbers_of(maps / name)
    with rasterio.open(maps / name) as dataset, rasterio.open(maps / "float32.tif") as floats:
        assert dataset.count == FULL.of_content(content).count
        assert dataset.descriptions == floats.descriptions[: dataset.count]
    known = ~np.isnan(own)
    np.testing.assert_array_equal(own[known], every[: len(own)][known])
    doubtful = (np.nan_to_num(every[-1], nan=1).astype(np.int64) & FAULTS) != 0
    assert 0 < doubtful.mean() < 1
    assert np.isnan(own[:, doubtful]).all() == (content is not Content.ALL)


def test_a_mosaic_of_compact_maps_says_the_same_as_one_map(maps, tmp_path):
    (tmp_path / "parts").mkdir()
    with rasterio.open(maps / "compact.tif") as whole:
        for name, first, last in (("a", 0, 448), ("b", 448, whole.width)):
            window = Window(first, 0, last - first, whole.height)
            left, bottom, right, top = rasterio.windows.bounds(window, whole.transform)
            inside = (left + 1e-9, bottom, right - 1e-9, top)
            part = tmp_path / "parts" / f"{name}.tif"
            predict_raster(request(maps, part, Encoding.COMPACT, extent=inside), SilentProgress())
            with rasterio.open(part) as dataset:
                assert dataset.width == last - first
        joined = tmp_path / "joined.vrt"
        mosaic([str(tmp_path / "parts")], str(joined), progress=SilentProgress())
        with rasterio.open(joined) as dataset:
            for said in ("descriptions", "units", "nodatavals", "scales", "dtypes", "shape"):
                assert getattr(dataset, said) == getattr(whole, said), said
    np.testing.assert_array_equal(numbers_of(joined), numbers_of(maps / "compact.tif"))
    assert read_tags(str(joined)) == read_tags(str(maps / "compact.tif"))


def test_maps_of_other_bands_make_no_mosaic(maps, tmp_path):
    shutil.copy(maps / "compact.tif", tmp_path / "a.tif")
    shutil.copy(maps / "compact.tif", tmp_path / "b.tif")
    with rasterio.open(tmp_path / "b.tif", "r+") as dataset:
        first, second, *rest = dataset.descriptions
        dataset.descriptions = (second, first, *rest)
    with pytest.raises(RasterError, match=r"b\.tif has other bands than a\.tif"):
        mosaic([str(tmp_path)], str(tmp_path / "joined.vrt"), progress=SilentProgress())


def test_a_large_float_map_is_told_of_compact_ones(maps, tmp_path, monkeypatch):
    class Log(SilentProgress):
        def __init__(self):
            self.lines = []

        def info(self, message):
            self.lines.append(message)

    monkeypatch.setattr(raster_run, "LARGE_MAP_GB", 0.01)
    said = {}
    for encoding in Encoding:
        log = Log()
        predict_raster(request(maps, tmp_path / "o.tif", encoding, content=Content.OXIDES), log)
        said[encoding] = any("with ENCODING compact" in line for line in log.lines)
    assert said == {Encoding.FLOAT32: True, Encoding.COMPACT: False}
