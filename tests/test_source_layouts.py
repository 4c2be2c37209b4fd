"""Sources with very large blocks give the same pixels as tiled ones, and are decoded once."""

from __future__ import annotations

import numpy as np
import pytest
import rasterio

from lunar_oxide_plugin.core.errors import Cancelled, RasterError
from lunar_oxide_plugin.core.prediction import threads_and_memory
from lunar_oxide_plugin.core.prediction.plan import predict_raster
from lunar_oxide_plugin.core.progress import SilentProgress
from lunar_oxide_plugin.core.rasters import pixel_copy
from tests.models import write_linear_model
from tests.rasters import random_dn, write_mi_geotiff
from tests.test_resume import Listener, request

LAYOUTS = {
    "one strip, by pixel": {"blockysize": 900, "interleave": "pixel"},
    "one strip, by band": {"blockysize": 900, "interleave": "band"},
    "strips, by pixel": {"blockysize": 400, "interleave": "pixel"},
    "large tiles": {"tiled": True, "blockxsize": 512, "blockysize": 512, "interleave": "pixel"},
}


@pytest.fixture
def scene(tmp_path, monkeypatch):
    """The uninterrupted map of the tiled raster; a cache too small for other layouts' blocks."""
    monkeypatch.setattr(pixel_copy, "_ROWS", 100)
    dn = random_dn(900, 1100)
    dn[:, 100:300, 200:900] = -30000
    write_mi_geotiff(tmp_path / "in.tif", dn, tiled=True, blockxsize=256, blockysize=256)
    write_linear_model(tmp_path / "model.onnx")
    predict_raster(request(tmp_path, "tiled.tif", extent=EXTENT), SilentProgress())
    plan = threads_and_memory.plan

    def small_cache(*arguments, **options):
        from dataclasses import replace

        return replace(plan(*arguments, **options), cache_mb=2)

    monkeypatch.setattr("lunar_oxide_plugin.core.prediction.raster_run.plan", small_cache)
    return tmp_path, dn


#: All but some columns and rows at each side.
EXTENT = (932000 + 59.2 * 30, 613000 - 59.2 * 880, 932000 + 59.2 * 1090, 613000 - 59.2 * 17)


def values(path):
    with rasterio.open(path) as dataset:
        return dataset.read(), dataset.transform


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("mask", [False, True])
def test_layouts_that_defeat_windows_give_the_same_map(scene, layout, mask):
    folder, dn = scene
    write_mi_geotiff(folder / "in.tif", dn, compress="deflate", zlevel=1, **LAYOUTS[layout])
    if mask:
        keep = np.full(dn.shape[1:], 255, dtype=np.uint8)
        keep[500:, :300] = 0
        with rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True):
            with rasterio.open(folder / "in.tif", "r+") as dataset:
                dataset.nodata = None
                dataset.write_mask(keep)
    log = Listener()
    predict_raster(request(folder, "out.tif", extent=EXTENT), log)
    assert log.said("first decoded to a temporary file")
    (found, place), (expected, same_place) = (
        values(folder / "out.tif"),
        values(folder / "tiled.tif"),
    )
    if mask:
        expected[:, 500 - 17 :, : 300 - 30] = np.nan
    assert place == same_place
    np.testing.assert_array_equal(found, expected)
    left = {path.name for path in folder.iterdir()}
    assert left == {"in.tif", "model.onnx", "tiled.tif", "out.tif"}


def test_copying_can_be_cancelled_and_fail(scene, monkeypatch):
    folder, dn = scene
    write_mi_geotiff(folder / "in.tif", dn, compress="deflate", **LAYOUTS["one strip, by band"])

    class AtOnce(SilentProgress):
        def is_cancelled(self):
            return True

    with pytest.raises(Cancelled):
        predict_raster(request(folder, "out.tif"), AtOnce())

    def full(*arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pixel_copy.PixelCopy, "_write", full)
    with pytest.raises(RasterError, match=r"No space left on device.*make room"):
        predict_raster(request(folder, "out.tif"), SilentProgress())
    assert not list(folder.glob("*out*"))
