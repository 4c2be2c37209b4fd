"""Tiles of every compression and type of sample, read back by GDAL."""

from __future__ import annotations

import ctypes
import sys
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import numpy as np
import pytest
import rasterio
from hypothesis import given, settings
from hypothesis import strategies as st
from osgeo import gdal
from qgis.core import QgsRasterLayer
from rasterio._err import CPLE_BaseError

from lunar_oxide_plugin.core.chemistry.layout import FULL
from lunar_oxide_plugin.core.errors import OutputError
from lunar_oxide_plugin.core.geotiff import reading_program, tile_codec, zstd_library
from lunar_oxide_plugin.core.geotiff.encoding import FLOATS, Encoding, Samples
from lunar_oxide_plugin.core.geotiff.run_journal import content_sum
from lunar_oxide_plugin.core.geotiff.tile_codec import Compression, TileCodec
from lunar_oxide_plugin.provider import LunarOxideProvider

COMPRESSIONS = [each for each in Compression if each.is_available]
SMOOTH = Samples("int16", -32768.0, (0.01,) * 3, smooth=True)
ROUGH = Samples("int16", -32768.0, (0.01,) * 3, smooth=False)


def block(samples, rows=48, columns=32):
    """Three different bands: a slope with noise and gaps, extremes, and hardly anything."""
    rng = np.random.default_rng(5)
    values = np.empty((3, rows, columns), dtype=samples.dtype)
    values[0] = np.arange(columns) * 40 - np.arange(rows)[:, None] * 3
    values[0] += rng.normal(scale=30, size=(rows, columns)).astype(samples.dtype)
    values[1] = rng.integers(-32768, 32767, (rows, columns))
    values[2] = 7
    values[0][rng.random((rows, columns)) < 0.1] = samples.nodata
    values[2, 5:9] = samples.nodata
    return values


def read_back(codec, tiles, path):
    path.write_bytes(tile_codec._file_of(tiles, codec.rows, codec.columns, codec.file_options))
    with rasterio.open(path) as dataset:
        return dataset.read()


@pytest.fixture
def no_library(monkeypatch):
    monkeypatch.setattr(tile_codec, "_readable_zstd", lambda: None)


@pytest.mark.parametrize("samples", [FLOATS, SMOOTH, ROUGH])
@pytest.mark.parametrize("compression", COMPRESSIONS)
def test_tiles_hold_the_samples_and_are_filled_with_nodata(compression, samples, tmp_path):
    codec = TileCodec(compression, 48, 32, samples)
    values = block(samples)
    before = values.copy()
    found = read_back(codec, codec.encode(values), tmp_path / "whole.tif")
    np.testing.assert_array_equal(found, values)
    np.testing.assert_array_equal(values, before)  # the caller's samples are as they were
    part = read_back(codec, codec.encode(values[:, :40, :9]), tmp_path / "part.tif")
    expected = np.full_like(values, samples.nodata)
    expected[:, :40, :9] = values[:, :40, :9]
    np.testing.assert_array_equal(part, expected)


@pytest.mark.parametrize("samples", [FLOATS, SMOOTH, ROUGH])
def test_without_the_library_gdal_compresses(no_library, samples, tmp_path):
    codec = TileCodec(Compression.ZSTD, 48, 32, samples)
    values = block(samples)
    tiles = codec.encode(values)
    assert sum(tile.size for tile in tiles) < values.nbytes
    np.testing.assert_array_equal(read_back(codec, tiles, tmp_path / "out.tif"), values)


@pytest.mark.parametrize("compression", COMPRESSIONS)
def test_threads_encode_alike_and_leave_no_file_in_memory(compression):
    codec = TileCodec(compression, 48, 32, ROUGH)
    values = [np.roll(block(ROUGH), shift, axis=2) for shift in range(12)]
    alone = [[tile.tobytes() for tile in codec.encode(each)] for each in values]
    before = gdal.ReadDir("/vsimem/")
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(codec.encode, values))
    assert [[tile.tobytes() for tile in tiles] for tiles in together] == alone
    assert gdal.ReadDir("/vsimem/") == before


def test_a_library_whose_frames_gdal_cannot_read_is_not_used(monkeypatch):
    trial = tile_codec._readable_zstd.__wrapped__
    nonsense = SimpleNamespace(compress=lambda planes: [np.zeros(50, dtype=np.uint8)])
    for library, expected in ((None, None), (nonsense, None)):
        monkeypatch.setattr(tile_codec, "find_zstd", lambda library=library: library)
        assert trial() is expected


def old_library():
    return SimpleNamespace(ZSTD_versionNumber=lambda: 10300)


def test_the_library_is_found_or_passed_over(monkeypatch):
    asked = []

    def open_library(name):
        asked.append(name)
        if len(asked) == 1:
            raise OSError("not there")
        return old_library() if len(asked) == 2 else SimpleNamespace()

    monkeypatch.setattr(zstd_library, "_candidates", lambda: iter("abc"))
    monkeypatch.setattr(zstd_library, "_opened", open_library)
    assert zstd_library.find_zstd() is None
    assert asked == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("system", "beside"), [("linux", False), ("win32", True), ("darwin", True)]
)
def test_the_library_of_a_wheel_is_used_where_its_functions_find_each_other(
    monkeypatch, tmp_path, system, beside
):
    (tmp_path / "rasterio").mkdir()
    (tmp_path / "rasterio.libs").mkdir()
    (tmp_path / "rasterio.libs" / "libzstd-00c5c26d.so").touch()
    monkeypatch.setattr(zstd_library.rasterio, "__file__", str(tmp_path / "rasterio" / "x.py"))
    monkeypatch.setattr(zstd_library.sys, "platform", system)
    names = list(zstd_library._candidates())
    assert any("00c5c26d" in name for name in names) == beside
    assert names


def test_a_compression_that_gdal_lacks_is_refused_in_a_sentence(monkeypatch):
    def refuse(*arguments, **options):
        raise CPLE_BaseError(3, 1, "Cannot create TIFF file due to missing codec for LERC.")

    monkeypatch.setattr(tile_codec.rasterio.shutil, "copy", refuse)
    sentence = r"^This GDAL cannot write LERC_ZSTD compression: choose another \(NONE, ZSTD, DEFL"
    with pytest.raises(OutputError, match=sentence):
        Compression.LERC.require()
    assert not Compression.LERC.is_available


@pytest.mark.skipif(sys.platform != "linux", reason="other systems bind names to one library")
def test_a_library_that_another_copy_may_answer_for_is_not_called(monkeypatch):
    name = "libc.so.6"
    assert len(zstd_library._places("memcpy")) >= 1
    places = {1}
    monkeypatch.setattr(zstd_library, "_places", lambda function: places)
    assert isinstance(zstd_library._opened(name), ctypes.CDLL)
    places.add(2)
    with pytest.raises(OSError, match="more than once"):
        zstd_library._opened(name)


def test_a_failing_library_is_no_silent_loss():
    library = zstd_library.find_zstd()
    if library is None:
        pytest.skip("no zstd on this system")
    with pytest.raises(MemoryError):
        library._checked(2**64 - 64)  # ZSTD_error_memory_allocation


@settings(max_examples=40, deadline=None)
@given(
    sizes=st.lists(st.sampled_from((0, 1, 7, 4095, 4096, 4097, 9000)), min_size=1, max_size=3),
    seed=st.integers(0, 99),
    data=st.data(),
)
def test_the_checksum_tells_of_changes_and_of_exchanged_pages(sizes, seed, data):
    rng = np.random.default_rng(seed)
    tiles = [rng.integers(0, 256, size, dtype=np.uint8) for size in sizes]
    sum_before = content_sum(tiles)
    assert content_sum([tile.copy() for tile in tiles]) == sum_before
    filled = [tile for tile in tiles if tile.size]
    if not filled:
        return
    tile = data.draw(st.sampled_from(filled))
    tile[data.draw(st.integers(0, tile.size - 1))] ^= data.draw(st.integers(1, 255))
    assert content_sum(tiles) != sum_before
    pages = rng.integers(0, 256, (2, 4096), dtype=np.uint8)
    assert content_sum([pages.ravel()]) != content_sum([pages[::-1].ravel()])


@pytest.fixture
def forgotten():
    yield
    reading_program.set_unreadable(())


def test_what_qgis_cannot_read_is_not_taken_by_itself(forgotten, monkeypatch):
    reading_program.set_unreadable(())
    assert Compression.usual(Encoding.FLOAT32) is Compression.NONE
    assert Compression.usual(Encoding.COMPACT) is Compression.ZSTD
    few = SimpleNamespace(GetMetadataItem=lambda name: "<Value>DEFLATE</Value>")
    monkeypatch.setattr(gdal, "GetDriverByName", lambda name: few)
    provider = LunarOxideProvider()
    provider.loadAlgorithms()
    assert Compression.usual(Encoding.COMPACT) is Compression.DEFLATE
    monkeypatch.undo()
    provider.loadAlgorithms()
    assert Compression.usual(Encoding.COMPACT) is Compression.ZSTD


@pytest.mark.parametrize("compression", COMPRESSIONS)
def test_qgis_and_rasterio_read_each_compression_scaled(compression, tmp_path):
    samples = Encoding.COMPACT.samples(FULL.descriptions[:3])
    values = np.linspace(0.5, 47.0, 3 * 48 * 32, dtype=np.float32).reshape(3, 48, 32)
    values[:, 3, 4:20] = np.nan
    codec = TileCodec(compression, 48, 32, samples)
    path = tmp_path / "out.tif"
    read_back(codec, codec.encode(samples.stored(values)), path)
    with rasterio.open(path, "r+") as dataset:
        dataset.scales = samples.scales
        found = dataset.read(masked=True)
    np.testing.assert_array_equal(found.mask, np.isnan(values))
    np.testing.assert_allclose((found * 0.01).filled(np.nan), values, atol=0.00501)
    layer = QgsRasterLayer(str(path), "map")
    assert layer.isValid()
    provider = layer.dataProvider()
    read = provider.block(2, provider.extent(), 32, 48)
    assert read.isNoData(3, 4)
    assert read.value(9, 30) == pytest.approx(values[1, 9, 30], abs=0.00501)
