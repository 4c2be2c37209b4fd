"""Numbers of rasters: every data type, nodata, mask and scale, to the last bit."""

from __future__ import annotations

import numpy as np
import pytest
import rasterio
from hypothesis import given, settings
from hypothesis import strategies as st
from rasterio.windows import Window

from lunar_oxide_plugin.core.errors import RasterError
from lunar_oxide_plugin.core.rasters.bands import ModelBand, map_bands
from lunar_oxide_plugin.core.rasters.quality import NO_DATA, SHADOW
from lunar_oxide_plugin.core.rasters.raster_source import RasterSource
from tests.rasters import (
    MODEL_BANDS,
    PRODUCT_WAVELENGTHS,
    PRODUCT_WIDTHS,
    random_dn,
    reflectance,
    write_mi_geotiff,
)
from tests.requests import raster as raster_input

WANTED = tuple(
    ModelBand(f"MI {PRODUCT_WAVELENGTHS[i]} nm", PRODUCT_WAVELENGTHS[i], PRODUCT_WIDTHS[i], 0.03, 1)
    for i in MODEL_BANDS
)


def read(path, **options):
    with RasterSource(raster_input(path, **options)) as source:
        mapping = map_bands(WANTED, source.info.bands)
        return source.read(mapping, Window(0, 0, source.info.width, source.info.height))


def write_vrt(path, source, count, *, rows, columns, dtype, bands):
    """A VRT over another raster; `bands` gives for each band extra XML, e.g. its nodata."""
    parts = [f'<VRTDataset rasterXSize="{columns}" rasterYSize="{rows}">']
    for number in range(1, count + 1):
        parts.append(
            f'<VRTRasterBand dataType="{dtype}" band="{number}"><Metadata>'
            f'<MDI key="wavelength">{PRODUCT_WAVELENGTHS[number - 1]}</MDI></Metadata>'
            f"{bands(number)}<SimpleSource><SourceFilename>{source}</SourceFilename>"
            f"<SourceBand>{number}</SourceBand></SimpleSource></VRTRasterBand>"
        )
    path.write_text("".join([*parts, "</VRTDataset>"]))
    return path


@pytest.mark.parametrize(
    ("dtype", "scale"),
    [
        ("uint8", 1 / 900),
        ("uint16", 2e-5),
        ("int16", 3e-5),
        ("uint32", 2e-8),
        ("int32", 2e-8),
        ("float32", 1.0),
        ("float64", 1.0),
    ],
)
def test_every_data_type_gives_the_same_reflectance(tmp_path, dtype, scale):
    wanted = random_dn(6, 5) * 2e-5
    stored = wanted if dtype.startswith("float") else np.rint(wanted / scale)
    path = write_mi_geotiff(
        tmp_path / "a.tif", stored.astype(dtype), scale=None if scale == 1.0 else scale, nodata=None
    )
    block = read(path)
    assert block.valid.all()
    expected = stored.astype("f8")[list(MODEL_BANDS)] * scale
    np.testing.assert_allclose(block.reflectance, expected, rtol=2e-7 if dtype != "uint8" else 1e-6)


def test_numbers_beyond_float32_keep_their_scale(tmp_path):
    # 2e9 is exact in int32 but not in float32: scaling must happen in double precision.
    stored = np.full((9, 1, 2), 1_999_999_999, dtype="int32")
    stored[:, 0, 1] = 16_777_217
    path = write_mi_geotiff(tmp_path / "a.tif", stored, scale=1e-10, offset=0.0, nodata=None)
    block = read(path)
    np.testing.assert_allclose(block.reflectance[0, 0, 0], 0.1999999999, rtol=1e-7)


def test_doubles_beyond_single_precision_are_no_reflectance(tmp_path):
    values = random_dn(2, 3) * 2e-5
    values[3, 0, 1] = 1e300
    values[0, 1, 2] = 1e-300
    path = write_mi_geotiff(tmp_path / "a.tif", values, scale=None, nodata=None)
    block = read(path)
    assert block.valid.tolist() == [[True, False, True], [True, True, False]]
    assert np.isfinite(block.reflectance[:, block.valid]).all()


def test_complex_numbers_are_refused(tmp_path):
    values = (random_dn(3, 4) * 2e-5).astype("complex64")
    path = write_mi_geotiff(tmp_path / "a.tif", values, scale=None, nodata=None)
    with pytest.raises(RasterError, match="complex numbers"):
        read(path)


def test_each_band_has_its_own_scale_and_offset(tmp_path):
    dn = random_dn(3, 4).astype("int32")
    path = write_mi_geotiff(tmp_path / "a.tif", dn, nodata=None)
    scales = [1e-5 * (number + 1) for number in range(9)]
    offsets = [0.001 * number for number in range(9)]
    with rasterio.open(path, "r+") as dataset:
        dataset.scales, dataset.offsets = scales, offsets
    block = read(path)
    for place, band in enumerate(MODEL_BANDS):
        expected = dn[band] * scales[band] + offsets[band]
        np.testing.assert_allclose(block.reflectance[place], expected, rtol=1e-6)


@pytest.mark.parametrize(
    "options",
    [
        {"scale": 0.0},
        {"scale": float("nan")},
        {"scale": float("inf")},
        {"offset": float("nan")},
        {"scale": -2e-5},
    ],
)
def test_impossible_scales_are_refused(tmp_path, options):
    path = write_mi_geotiff(tmp_path / "a.tif", random_dn(3, 4))
    with pytest.raises(RasterError, match=r"scale .* offset .*SCALE"):
        read(path, **options)


def test_a_scale_of_zero_in_the_file_is_refused_unless_replaced(tmp_path):
    dn = random_dn(3, 4)
    path = write_mi_geotiff(tmp_path / "a.tif", dn, scale=None)
    with rasterio.open(path, "r+") as dataset:
        dataset.scales = [2e-5] * 4 + [0.0] + [2e-5] * 4
    with pytest.raises(RasterError, match=r"Band 5 .* scale 0"):
        read(path)
    np.testing.assert_allclose(read(path, scale=2e-5).reflectance, reflectance(dn), rtol=1e-6)


def test_nodata_differs_from_band_to_band(tmp_path):
    dn = random_dn(3, 9).astype("int32")
    codes = [-1, 7777, -30000, 0, 32767, 5, -9999, 1234567, 42]
    for band in range(9):
        dn[band, 1, band] = codes[band]  # its own code, on a column of its own
        dn[(band + 1) % 9, 2, band] = 3333 if codes[band] < 0 else 2222
    inner = write_mi_geotiff(tmp_path / "inner.tif", dn, nodata=None, scale=None)
    path = write_vrt(
        tmp_path / "a.vrt",
        inner,
        9,
        rows=3,
        columns=9,
        dtype="Int32",
        bands=lambda n: f"<NoDataValue>{codes[n - 1]}</NoDataValue><Scale>2e-5</Scale>",
    )
    expected = np.ones((3, 9), dtype=bool)
    expected[1, list(MODEL_BANDS)] = False  # the 1000 nm band (column 5) is not used
    np.testing.assert_array_equal(read(path).valid, expected)


@pytest.mark.parametrize(
    ("dtype", "nodata", "innocent"),
    [("Byte", -9999, 241), ("Byte", 0.5, 60), ("Byte", 300, 44), ("UInt16", -1, 65535)],
)
def test_nodata_that_the_type_cannot_hold_hides_no_pixel(tmp_path, dtype, nodata, innocent):
    # A cast would wrap -9999 to 241 in a byte: real pixels would vanish.
    values = np.full((9, 2, 2), innocent, dtype=dtype.lower().replace("byte", "uint8"))
    inner = write_mi_geotiff(tmp_path / "inner.tif", values, nodata=None, scale=None)
    path = write_vrt(
        tmp_path / "a.vrt",
        inner,
        9,
        rows=2,
        columns=2,
        dtype=dtype,
        bands=lambda n: f"<NoDataValue>{nodata}</NoDataValue><Scale>{0.1 / innocent}</Scale>",
    )
    block = read(path)
    assert block.valid.all()
    np.testing.assert_allclose(block.reflectance, 0.1, rtol=1e-6)


@pytest.mark.parametrize("nodata", [np.finfo("f4").min, 1e-30, -999.25, 0.07])
def test_float_nodata_is_found_in_single_precision(tmp_path, nodata):
    values = (random_dn(2, 4) * 2e-5).astype("f4")
    values[4, 1, 2] = np.float32(nodata)
    path = write_mi_geotiff(tmp_path / "a.tif", values, scale=None, nodata=float(nodata))
    block = read(path)
    assert block.valid.sum() == 7
    assert not block.valid[1, 2]
    assert block.flags[1, 2] == NO_DATA.bit


def test_an_internal_mask_and_an_alpha_band_hide_pixels(tmp_path):
    dn = random_dn(4, 6)
    masked = write_mi_geotiff(tmp_path / "mask.tif", dn, nodata=None)
    with rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True), rasterio.open(masked, "r+") as dataset:
        mask = np.full((4, 6), 255, dtype="uint8")
        mask[1, 2:4] = 0
        dataset.write_mask(mask)
    with_alpha = np.concatenate([dn, np.full((1, 4, 6), 255, dtype="int16")])
    with_alpha[9, 2, 5] = 0
    alpha = write_mi_geotiff(
        tmp_path / "alpha.tif", with_alpha, nodata=None, wavelengths=[*PRODUCT_WAVELENGTHS, 0]
    )
    with rasterio.open(alpha, "r+") as dataset:
        dataset.colorinterp = [
            *[rasterio.enums.ColorInterp.gray] * 9,
            rasterio.enums.ColorInterp.alpha,
        ]
    expected = np.ones((4, 6), dtype=bool)
    expected[1, 2:4] = False
    block = read(masked)
    np.testing.assert_array_equal(block.valid, expected)
    np.testing.assert_allclose(
        block.reflectance[:, expected], reflectance(dn)[:, expected], rtol=1e-6
    )
    expected = np.ones((4, 6), dtype=bool)
    expected[2, 5] = False
    np.testing.assert_array_equal(read(alpha).valid, expected)


@settings(max_examples=25)
@given(
    st.lists(
        st.one_of(
            st.floats(allow_nan=True, allow_infinity=True, width=32),
            st.floats(0.0009765625, 0.5, width=32),
            st.sampled_from([-999.0, 0.65, 0.6501, 0.65534, 1.0, 1.3107, 255.0, 1e20]),
        ),
        min_size=9,
        max_size=9,
    )
)
def test_a_pixel_is_valid_only_if_all_eight_bands_are_positive_numbers(tmp_path_factory, values):
    path = tmp_path_factory.mktemp("pixel") / "a.tif"
    spectrum = np.array(values, dtype="f4")[:, None, None]
    write_mi_geotiff(path, spectrum, scale=None, nodata=-999.0)
    block = read(path)
    used = spectrum[list(MODEL_BANDS), 0, 0]
    good = bool(np.all(np.isfinite(used) & (used > 0) & (used <= np.float32(0.65))))
    assert bool(block.valid[0, 0]) == good
    if good:
        np.testing.assert_array_equal(block.reflectance[:, 0, 0], used)
        assert bool(block.flags[0, 0] & SHADOW.bit) == bool((used < 327 * 2e-5).any())
    else:
        assert block.flags[0, 0] != 0
