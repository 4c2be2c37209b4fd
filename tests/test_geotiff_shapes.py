"""The resumable writer over shapes, block plans and compressions, read back by GDAL."""

from __future__ import annotations

import tempfile
import warnings
from pathlib import Path

import numpy as np
import pytest
import rasterio
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rasterio.crs import CRS
from rasterio.transform import Affine

from lunar_oxide_plugin.core.geotiff.blocks import RasterDescription, TileGrid
from lunar_oxide_plugin.core.geotiff.resumable_raster import ResumableRaster
from lunar_oxide_plugin.core.geotiff.tile_codec import Compression
from lunar_oxide_plugin.core.prediction.threads_and_memory import plan
from tests.rasters import MOON_GEOGRAPHIC

DESCRIPTION = RasterDescription(
    CRS.from_wkt(MOON_GEOGRAPHIC),
    Affine(0.5, 0, 10, 0, -0.25, 20),
    ("TiO2 (wt%)", "quality"),
    ("wt%", ""),
    {"LUNAR_OXIDE_TEST": "a < b & ü"},
)


def field(width, height):
    """Two different bands, asymmetric, with an empty corner and an empty second band there."""
    rows, columns = np.ogrid[:height, :width]
    values = np.empty((2, height, width), dtype=np.float32)
    values[0] = rows * 3.25 + columns * 0.5
    values[1] = columns - rows * 7
    values[:, rows.ravel() < height // 3, :] = np.nan if height > 2 else values[:, :1]
    values[1, :, : width // 2] = np.nan
    return values


def write(path, values, grid, compression):
    with ResumableRaster(path, DESCRIPTION, grid, compression, {}, resume=False) as raster:
        for index in reversed(range(len(grid))):
            window = grid.window(index)
            block = np.ascontiguousarray(values[(slice(None), *window.toslices())])
            raster.write(raster.encode(index, block, 0, 0))
        raster.finish()


def assert_reads_back(path, values):
    height, width = values.shape[1:]
    with rasterio.open(path) as dataset:
        assert dataset.shape == (height, width)
        np.testing.assert_array_equal(dataset.read(), values)
        assert all(side % 16 == 0 for shape in dataset.block_shapes for side in shape)
        assert dataset.descriptions == DESCRIPTION.bands
        assert dataset.tags()["LUNAR_OXIDE_TEST"] == "a < b & ü"
        levels = len(dataset.overviews(1))
    longest = max(width, height)
    assert (levels > 0) == (longest > 1024)
    for level in range(levels):
        factor = 4 * 2**level
        with rasterio.open(path, overview_level=level) as overview:
            np.testing.assert_array_equal(overview.read(), values[:, ::factor, ::factor])
            assert all(side % 16 == 0 for side in overview.block_shapes[0])
            assert overview.block_shapes[0][0] < max(overview.height, 16) + 16
            assert overview.block_shapes[0][1] < max(overview.width, 16) + 16
    if levels:
        assert -(-longest // (4 * 2 ** (levels - 1))) <= 1024


short = st.integers(1, 600)
long = st.integers(1, 3000)


@settings(max_examples=30, deadline=None)
@given(
    size=st.one_of(st.tuples(short, long), st.tuples(long, short)),
    memory=st.sampled_from((None, 64, 3000)),
    stripes=st.sampled_from((0, 2_000_000)),
    compression=st.sampled_from([each for each in Compression if each.is_available]),
)
@example((1, 1), None, 0, Compression.NONE)
@example((1030, 1), None, 0, Compression.DEFLATE)
@example((1, 1030), 64, 2_000_000, Compression.ZSTD)
@example((1030, 200), None, 0, Compression.ZSTD)
@example((527, 1025), None, 2_000_000, Compression.NONE)
@example((100_000, 10), None, 0, Compression.ZSTD)
@example((10, 100_000), 64, 0, Compression.NONE)
@example((100_000, 1), None, 0, Compression.DEFLATE)
def test_every_shape_and_compression_reads_back_with_nearest_overviews(
    size, memory, stripes, compression
):
    width, height = size
    grid = TileGrid(width, height, *plan(width, height, stripes, 2, memory).block_shape)
    values = field(width, height)
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        path = Path(folder) / "out.tif"
        write(path, values, grid, compression)
        assert_reads_back(path, values)


def test_long_and_narrow_files_are_not_padded_with_tiles(tmp_path):
    values = field(20_000, 10)
    grid = TileGrid(20_000, 10, *plan(20_000, 10, 0).block_shape)
    write(tmp_path / "out.tif", values, grid, Compression.NONE)
    assert (tmp_path / "out.tif").stat().st_size < 3 * values.nbytes


@pytest.mark.parametrize("rows, columns", [(40, 512), (512, 500), (64, 16), (48, 48)])
def test_blocks_that_are_no_tiles_are_refused(rows, columns):
    with pytest.raises(ValueError, match="no tiles"):
        TileGrid(2000, 2000, rows, columns)
