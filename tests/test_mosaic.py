from __future__ import annotations

import numpy as np
import pytest
import rasterio
from rasterio.crs import CRS
from rasterio.transform import Affine

from lunar_oxide_plugin.core.errors import Cancelled, OutputError, RasterError
from lunar_oxide_plugin.core.prediction.plan import predict_raster
from lunar_oxide_plugin.core.progress import SilentProgress
from lunar_oxide_plugin.core.rasters import mosaic_vrt
from lunar_oxide_plugin.core.rasters.mosaic import find_rasters, plan_mosaic
from lunar_oxide_plugin.core.rasters.mosaic_vrt import write_mosaic
from tests.models import expected_oxides, write_linear_model
from tests.rasters import (
    EARTH,
    PRODUCT_WAVELENGTHS,
    TAURUS_LITTROW,
    random_dn,
    reflectance,
    write_mi_geotiff,
    write_pds3_tile,
)
from tests.requests import prediction as prediction_request

SIDE = 8


class Listener(SilentProgress):
    def __init__(self):
        self.lines = []

    def info(self, message):
        self.lines.append(message)


def mosaic(folder, output="mosaic.vrt", progress=None):
    progress = progress or SilentProgress()
    planned = plan_mosaic(find_rasters([str(folder)], progress), progress)
    write_mosaic(planned, folder.parent / output)
    return planned


def read(path):
    with rasterio.open(path) as dataset:
        return dataset.read(), dataset.transform


def tile(folder, west, north, seed, **options):
    folder.mkdir(exist_ok=True)
    dn = random_dn(SIDE, SIDE, seed)
    write_pds3_tile(folder, dn, west=west, north=north, **options)
    return dn


def test_tiles_stand_where_their_names_say_with_a_gap_between(tmp_path):
    north_west = tile(tmp_path / "tiles", 30, 21, 1)
    south_east = tile(tmp_path / "tiles", 31, 20, 2)
    planned = mosaic(tmp_path / "tiles")
    values, transform = read(tmp_path / "mosaic.vrt")
    assert (planned.width, planned.height) == (2 * SIDE, 2 * SIDE)
    np.testing.assert_array_equal(values[:, :SIDE, :SIDE], north_west)
    np.testing.assert_array_equal(values[:, SIDE:, SIDE:], south_east)
    assert (values[:, SIDE:, :SIDE] == -30000).all()
    assert (values[:, :SIDE, SIDE:] == -30000).all()
    # The centre of the first pixel lies on 30 E, 21 N.
    metres = np.radians(1.0) * 1737400
    np.testing.assert_allclose(transform * (0.5, 0.5), (30 * metres, 21 * metres), rtol=1e-12)
    np.testing.assert_allclose(transform.a, metres / SIDE, rtol=1e-12)


def test_a_full_size_tile_lies_where_gdal_sees_it(tmp_path):
    folder = tmp_path / "tiles"
    folder.mkdir()
    label = write_pds3_tile(folder, np.full((9, 2048, 2048), 4000, dtype=np.int16))
    mosaic(folder)
    with rasterio.open(label) as alone, rasterio.open(tmp_path / "mosaic.vrt") as joined:
        np.testing.assert_allclose(
            tuple(joined.transform)[:6], tuple(alone.transform)[:6], rtol=1e-9
        )


def test_bands_say_what_prediction_needs(tmp_path):
    tile(tmp_path / "tiles", 30, 21, 1)
    mosaic(tmp_path / "tiles")
    with rasterio.open(tmp_path / "mosaic.vrt") as dataset:
        assert dataset.scales == (2e-5,) * 9
        assert dataset.nodatavals == (-30000,) * 9
        assert [float(dataset.tags(n)["wavelength"]) for n in dataset.indexes] == list(
            PRODUCT_WAVELENGTHS
        )
        assert dataset.descriptions[5] == "MN1 1000 nm"
        assert dataset.crs == CRS.from_user_input("IAU_2015:30110")


def test_predicting_a_mosaic_equals_predicting_its_tiles(tmp_path):
    folder = tmp_path / "tiles"
    dn = tile(folder, 30, 21, 1)
    dn2 = tile(folder, 32, 21, 2)
    mosaic(folder)
    model = write_linear_model(tmp_path / "model.onnx")
    output = tmp_path / "out.tif"
    request = prediction_request(str(tmp_path / "mosaic.vrt"), str(output), str(model))
    summary = predict_raster(request, SilentProgress())
    assert (summary.valid_pixels, summary.total_pixels) == (2 * SIDE**2, 3 * SIDE**2)
    values, _ = read(output)
    for part, left in ((dn, 0), (dn2, 2 * SIDE)):
        expected = expected_oxides(reflectance(part).astype("f4").reshape(8, -1))
        np.testing.assert_allclose(
            values[:6, :, left : left + SIDE].reshape(6, -1), expected, rtol=1e-5
        )
    assert np.isnan(values[:, :, SIDE : 2 * SIDE]).all()


@pytest.mark.parametrize(
    ("longitudes", "west"),
    [((359, 0), -1), ((179, 180), 179), ((200, 201), -160), ((0, 90, 180), 0), ((350, 10), -10)],
)
def test_the_cut_is_made_where_no_tile_is(tmp_path, longitudes, west):
    for seed, longitude in enumerate(longitudes):
        tile(tmp_path / "tiles", longitude, 1, seed)
    planned = mosaic(tmp_path / "tiles")
    degrees = (longitudes[-1] - longitudes[0]) % 360 + 1
    assert planned.width == degrees * SIDE
    metres = np.radians(1.0) * 1737400
    np.testing.assert_allclose(planned.transform[2], (west * SIDE - 0.5) * metres / SIDE)


def test_tiles_on_both_sides_of_the_equator(tmp_path):
    north = tile(tmp_path / "tiles", 5, 0, 1)  # 0 to 1 S
    tile(tmp_path / "tiles", 5, -2, 2)
    planned = mosaic(tmp_path / "tiles")
    assert planned.height == 3 * SIDE
    np.testing.assert_array_equal(read(tmp_path / "mosaic.vrt")[0][:, :SIDE], north)


def test_version_2_lands_on_the_right_side_and_gives_way_to_version_3(tmp_path):
    folder = tmp_path / "tiles"
    old = tile(folder, 30, 21, 1, attached=True)
    planned = mosaic(folder)
    assert planned.transform[2] > 0  # GDAL puts it at 30 W
    np.testing.assert_array_equal(read(tmp_path / "mosaic.vrt")[0], old)
    new = tile(folder, 30, 21, 2)
    listener = Listener()
    assert len(mosaic(folder, progress=listener).tiles) == 1
    np.testing.assert_array_equal(read(tmp_path / "mosaic.vrt")[0], new)
    assert "MI_MAP_02" in listener.lines[0]
    assert "left out" in listener.lines[0]


def test_only_one_of_many_tiles_is_opened(tmp_path, monkeypatch):
    for west in range(6):
        tile(tmp_path / "tiles", west, 9, west)
    opened = []
    real = rasterio.open

    def counting(path, *args, **options):
        opened.append(str(path))
        return real(path, *args, **options)

    monkeypatch.setattr(rasterio, "open", counting)
    mosaic(tmp_path / "tiles")
    assert len([name for name in opened if not name.endswith(".vrt")]) == 1
    # Nor does opening the mosaic open tiles: they may even be away.
    monkeypatch.undo()
    (tmp_path / "tiles").rename(tmp_path / "elsewhere")
    with rasterio.open(tmp_path / "mosaic.vrt") as dataset:
        assert dataset.width == 6 * SIDE


def test_many_tiles_become_a_raster_of_rasters(tmp_path, monkeypatch):
    monkeypatch.setattr(mosaic_vrt, "TILES_A_FILE", 4)
    dn = {west: tile(tmp_path / "tiles", west, 9, west) for west in range(5)}
    lower = tile(tmp_path / "tiles", 4, 8, 99)
    planned = mosaic(tmp_path / "tiles")
    assert len(list((tmp_path / "mosaic_parts").iterdir())) == 3
    values, _ = read(tmp_path / "mosaic.vrt")
    assert values.shape[1:] == (planned.height, planned.width) == (2 * SIDE, 5 * SIDE)
    for west, part in dn.items():
        np.testing.assert_array_equal(values[:, :SIDE, west * SIDE : (west + 1) * SIDE], part)
    np.testing.assert_array_equal(values[:, SIDE:, 4 * SIDE :], lower)
    assert (values[:, SIDE:, : 4 * SIDE] == -30000).all()


def test_other_rasters_on_one_grid_the_last_on_top(tmp_path):
    folder = tmp_path / "tiles"
    folder.mkdir()
    first, second = random_dn(4, 6, 1), random_dn(4, 6, 2)
    second[:, 0, 0] = -30000
    write_mi_geotiff(folder / "a.tif", first)
    shifted = TAURUS_LITTROW * Affine.translation(-3, 2)
    write_mi_geotiff(folder / "b.tif", second, transform=shifted)
    mosaic(folder)
    values, transform = read(tmp_path / "mosaic.vrt")
    assert values.shape == (9, 6, 9)
    assert transform.almost_equals(TAURUS_LITTROW * Affine.translation(-3, 0))
    np.testing.assert_array_equal(values[:, :2, 3:], first[:, :2])
    np.testing.assert_array_equal(values[:, 3:6, :6], second[:, 1:])
    # Nodata of the upper raster shows the lower one, or nothing.
    assert (values[:, 2, 0] == -30000).all()
    np.testing.assert_array_equal(values[:, 2, 6:], first[:, 2, 3:])
    with rasterio.open(tmp_path / "mosaic.vrt") as dataset:
        assert dataset.tags(1)["wavelength"] == "414"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"transform": TAURUS_LITTROW * Affine.translation(0.4, 0)}, "another pixel grid"),
        ({"transform": TAURUS_LITTROW * Affine.scale(2)}, "another pixel grid"),
        ({"crs": EARTH}, "another CRS"),
        ({"scale": 1e-4}, "differs from a.tif in bands"),
        ({"nodata": -1}, "differs from a.tif in bands"),
    ],
)
def test_rasters_that_do_not_fit_are_refused(tmp_path, change, message):
    folder = tmp_path / "tiles"
    folder.mkdir()
    write_mi_geotiff(folder / "a.tif", random_dn(3, 3))
    write_mi_geotiff(folder / "b.tif", random_dn(3, 3), **change)
    with pytest.raises(RasterError, match=message):
        mosaic(folder)
    assert not (tmp_path / "mosaic.vrt").exists()


def test_tiles_that_do_not_fit_are_refused(tmp_path):
    folder = tmp_path / "tiles"
    tile(folder, 1, 1, 1)
    (folder / "MI_MAP_03_N01E002N00E003SC.lbl").write_bytes(b"PDS_VERSION_ID = PDS3")
    with pytest.raises(RasterError, match="lacks its image"):
        mosaic(folder)
    write_pds3_tile(folder, random_dn(12, 12), west=2, north=1)
    with pytest.raises(RasterError, match=r"12 pixels a degree, other tiles 8|8 pixels"):
        mosaic(folder)


def test_what_cannot_be_a_mosaic(tmp_path):
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(RasterError, match="No rasters were found"):
        mosaic(empty)
    with pytest.raises(RasterError, match="does not exist"):
        mosaic(tmp_path / "nowhere")
    tile(tmp_path / "tiles", 1, 1, 1)
    with pytest.raises(OutputError, match=r"end it in \.vrt"):
        mosaic(tmp_path / "tiles", "mosaic.tif")

    class Stopped(SilentProgress):
        def is_cancelled(self):
            return True

    with pytest.raises(Cancelled):
        mosaic(tmp_path / "tiles", progress=Stopped())
