from __future__ import annotations

import numpy as np
import pytest
from rasterio.windows import Window

from lunar_oxide_plugin.core.errors import RasterError
from lunar_oxide_plugin.core.rasters.band_decoding import BandDecoding
from lunar_oxide_plugin.core.rasters.bands import ModelBand, map_bands
from lunar_oxide_plugin.core.rasters.pixel_codes import BandCodes
from lunar_oxide_plugin.core.rasters.pixel_windows import pixel_windows, sample_windows
from lunar_oxide_plugin.core.rasters.quality import NO_DATA, SATURATED, SHADOW
from lunar_oxide_plugin.core.rasters.raster_info import read_info
from lunar_oxide_plugin.core.rasters.raster_source import RasterSource
from tests.rasters import (
    MODEL_BANDS,
    PRODUCT_WAVELENGTHS,
    PRODUCT_WIDTHS,
    random_dn,
    reflectance,
    write_envi,
    write_mi_geotiff,
    write_pds3_tile,
)
from tests.requests import raster as raster_input

LOWEST = float(np.finfo("f4").min)

WANTED = tuple(
    ModelBand(f"MI {PRODUCT_WAVELENGTHS[i]} nm", PRODUCT_WAVELENGTHS[i], PRODUCT_WIDTHS[i], 0.03, 1)
    for i in MODEL_BANDS
)


def read_all(path, scale=None, offset=None):
    with RasterSource(raster_input(path, scale=scale, offset=offset)) as source:
        mapping = map_bands(WANTED, source.info.bands)
        return source.read(mapping, Window(0, 0, source.info.width, source.info.height))


def test_scale_is_applied_once(tmp_path):
    dn = random_dn(5, 7)
    block = read_all(write_mi_geotiff(tmp_path / "a.tif", dn))
    np.testing.assert_allclose(block.reflectance, reflectance(dn), rtol=1e-6)
    assert block.valid.all()
    assert not block.flags.any()


def test_float_reflectance_needs_no_scale(tmp_path):
    dn = random_dn(4, 3)
    path = write_mi_geotiff(tmp_path / "a.tif", (dn * 2e-5).astype("f4"), scale=None, nodata=None)
    np.testing.assert_allclose(read_all(path).reflectance, reflectance(dn), rtol=1e-6)


def test_given_scale_and_offset_replace_the_files(tmp_path):
    dn = random_dn(4, 3)
    path = write_mi_geotiff(tmp_path / "a.tif", dn, scale=7.0)
    block = read_all(path, scale=1e-5, offset=0.25)
    np.testing.assert_allclose(block.reflectance, dn[list(MODEL_BANDS)] * 1e-5 + 0.25, rtol=1e-6)


def test_permuted_bands_give_the_same_spectra(tmp_path):
    dn = random_dn(4, 3)
    order = [8, 2, 5, 0, 7, 1, 6, 4, 3]
    path = write_mi_geotiff(
        tmp_path / "a.tif", dn[order], wavelengths=[PRODUCT_WAVELENGTHS[i] for i in order]
    )
    np.testing.assert_allclose(read_all(path).reflectance, reflectance(dn), rtol=1e-6)


@pytest.mark.parametrize("attached", [False, True])
def test_pds3_tiles_open_directly_and_their_codes_are_masked(tmp_path, attached):
    dn = random_dn(6, 4)
    for pixel, code in enumerate([-20000, -21000, -22000, -23000, -30000]):
        dn[pixel, pixel, 1] = code  # another band each time, pixel on column 1
    block = read_all(write_pds3_tile(tmp_path, dn, attached))
    expected = np.ones((6, 4), dtype=bool)
    expected[:5, 1] = False
    np.testing.assert_array_equal(block.valid, expected)
    assert block.flags[0, 1] == SATURATED.bit
    assert set(block.flags[1:5, 1]) == {NO_DATA.bit}
    np.testing.assert_allclose(
        block.reflectance[:, expected], reflectance(dn)[:, expected], rtol=1e-6
    )


def test_codes_in_the_unused_1000_nm_band_do_not_matter(tmp_path):
    dn = random_dn(3, 3)
    dn[5, 1, 1] = -22000
    assert read_all(write_pds3_tile(tmp_path, dn)).valid.all()


def test_envi_header_wavelengths_in_micrometres(tmp_path):
    spectra = reflectance(random_dn(4, 5)).astype("f4")
    spectra[3, 2, 1] = -999
    um = [PRODUCT_WAVELENGTHS[i] / 1000 for i in MODEL_BANDS]
    block = read_all(write_envi(tmp_path / "cube.img", spectra[::-1], um[::-1]))
    assert (~block.valid).sum() == 1
    assert not block.valid[2, 1]
    np.testing.assert_allclose(block.reflectance[:, block.valid], spectra[:, block.valid])


def test_shadow_is_flagged_and_non_positive_reflectance_masked(tmp_path):
    dn = random_dn(2, 3)
    dn[4, 0, 0] = 327 - 1
    dn[4, 0, 1] = 0
    dn[4, 0, 2] = -5
    block = read_all(write_mi_geotiff(tmp_path / "a.tif", dn))
    assert block.valid.tolist() == [[True, False, False], [True, True, True]]
    assert block.flags[0].tolist() == [SHADOW.bit] * 3
    assert not block.flags[1].any()


def test_nodata_nan_and_infinity_are_masked_in_any_band(tmp_path):
    values = (random_dn(2, 4) * 2e-5).astype("f4")
    values[8, 0, 0] = np.nan
    values[0, 0, 1] = np.inf
    values[3, 0, 2] = np.finfo("f4").min
    path = write_mi_geotiff(tmp_path / "a.tif", values, scale=None, nodata=LOWEST)
    block = read_all(path)
    assert block.valid.tolist() == [[False, False, False, True], [True] * 4]
    assert block.flags.tolist() == [[1, 1, 1, 0], [0] * 4]


def test_flags_do_not_depend_on_what_else_is_read(tmp_path):
    dn = random_dn(4, 4)
    dn[0, 0, 0] = -30000
    dn[1, 0, 0] = -20000
    dn[:, 1, :] = -30000
    path = write_mi_geotiff(tmp_path / "a.tif", dn)
    whole = read_all(path)
    with RasterSource(raster_input(path)) as source:
        mapping = map_bands(WANTED, source.info.bands)
        for row in range(4):
            for column in range(4):
                one = source.read(mapping, Window(column, row, 1, 1))
                assert one.flags[0, 0] == whole.flags[row, column]
                assert one.valid[0, 0] == whole.valid[row, column]


def test_missing_file_and_text_file(tmp_path):
    with pytest.raises(RasterError, match="does not exist"):
        read_info(raster_input(tmp_path / "none.tif"))
    text = tmp_path / "text.tif"
    text.write_text("no raster")
    with pytest.raises(RasterError, match=r"^text\.tif cannot be opened as a raster"):
        read_info(raster_input(text))


def test_truncated_image_is_an_error_not_zeros(tmp_path):
    path = write_mi_geotiff(tmp_path / "a.tif", random_dn(300, 200))
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    with pytest.raises(RasterError):
        read_all(path)


@pytest.mark.parametrize(
    ("width", "height", "block"), [(1, 1, (1, 1)), (1000, 700, (256, 128)), (5000, 3, (1, 5000))]
)
def test_windows_tile_the_raster_exactly(width, height, block):
    hits = np.zeros((height, width), dtype=int)
    for window in pixel_windows(width, height, block, 100_000):
        hits[
            window.row_off : window.row_off + window.height,
            window.col_off : window.col_off + window.width,
        ] += 1
        assert window.row_off % block[0] == 0
    assert (hits == 1).all()


def test_sample_windows_reach_all_corners():
    windows = sample_windows(1000, 500, side=64, per_axis=6)
    assert len(windows) == 36
    assert min(w.col_off for w in windows) == 0
    assert max(w.col_off + w.width for w in windows) == 1000
    assert max(w.row_off + w.height for w in windows) == 500
    assert len(sample_windows(1, 1, 64, 6)) == 1


@pytest.mark.parametrize("scale", [2e-5, 1e-4, 1e-3, 0.5, 1.35e-4])
def test_each_digital_number_becomes_the_nearest_reflectance(scale):
    raw = np.arange(-32768, 32768).astype(np.int16)
    out = np.empty(raw.shape, dtype=np.float32)
    BandDecoding(scale, 0.0, BandCodes((), ())).decode(raw, out)
    np.testing.assert_array_equal(out, (raw.astype(np.float64) * scale).astype(np.float32))


@pytest.mark.parametrize(
    "name, advice",
    [("a.zip", "unpack"), ("a.img", "label or header"), ("a.lbl", "image"), ("a.tif", "damaged")],
)
def test_a_file_that_does_not_open_says_what_is_missing(tmp_path, name, advice):
    (tmp_path / name).write_bytes(b"no raster")
    with pytest.raises(RasterError, match=advice):
        read_info(raster_input(tmp_path / name))
