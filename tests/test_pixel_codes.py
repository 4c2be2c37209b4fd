"""Numbers that are not reflectance, in every pixel type and format, are excluded per pixel."""

from __future__ import annotations

import re
import subprocess

import numpy as np
import pytest
import rasterio
from hypothesis import given, settings
from hypothesis import strategies as st
from rasterio.windows import Window

from lunar_oxide_plugin.core.errors import BandMappingError, RasterError, ReflectanceRangeError
from lunar_oxide_plugin.core.rasters.bands import ModelBand, map_bands
from lunar_oxide_plugin.core.rasters.pixel_codes import ISIS_HIGH, ISIS_LOW
from lunar_oxide_plugin.core.rasters.quality import NO_DATA, SATURATED, SHADOW
from lunar_oxide_plugin.core.rasters.raster_source import RasterSource
from lunar_oxide_plugin.core.rasters.reflectance_check import judge_raster
from lunar_oxide_plugin.core.rasters.sensors.known import MI
from tests.rasters import (
    MODEL_BANDS,
    PRODUCT_WAVELENGTHS,
    moon_equirectangular,
    random_dn,
    reflectance,
    write_envi,
    write_mi_geotiff,
    write_pds3_tile,
)
from tests.requests import raster as raster_input

WANTED = tuple(
    ModelBand(f"MI {own.wavelength_nm:g} nm", own.wavelength_nm, own.width_nm, 0.03, 0.27)
    for own in MI.filters
    if own.name != "MN1"
)
WHOLE = Window(0, 0, 6, 4)


def read(path, window=None, **how):
    with RasterSource(raster_input(path, **how)) as source:
        mapping = map_bands(WANTED, source.info.bands)
        area = window or Window(0, 0, source.info.width, source.info.height)
        return source.read(mapping, area)


def write_isis3(path, values, base=0.0, multiplier=1.0):
    """An ISIS cube; its bands are named, as ISIS has no wavelengths that GDAL passes on."""
    with rasterio.open(
        path,
        "w",
        driver="ISIS3",
        count=len(values),
        height=values.shape[1],
        width=values.shape[2],
        dtype=values.dtype,
        crs=moon_equirectangular(),
        transform=rasterio.Affine(59.2, 0, 932000, 0, -59.2, 613000),
    ) as dataset:
        dataset.write(values)
    content = path.read_bytes()
    start = int(re.search(rb"StartByte\s*=\s*(\d+)", content).group(1)) - 1
    label = content[:start].replace(b"Base       = 0.0", b"Base = %r" % base)
    label = label.replace(b"Multiplier = 1.0", b"Multiplier = %r" % multiplier)
    path.write_bytes(label.rstrip(b"\0").ljust(start, b"\0") + content[start:])
    return path


#: Multiplier and Base by which each pixel type of a cube holds reflectance of 0.03 to 0.3.
ISIS_SCALES = {
    "uint8": (1 / 700, 0.0),
    "uint16": (1e-5, 0.0),
    "int16": (1e-5, 0.2),
    "float32": (1.0, 0.0),
}


@pytest.mark.parametrize("dtype", sorted(ISIS_SCALES))
def test_special_pixels_of_isis_cubes_in_every_pixel_type(tmp_path, dtype):
    multiplier, base = ISIS_SCALES[dtype]
    wanted = random_dn(4, 6) * 2e-5
    stored = (wanted - base) / multiplier
    if dtype != "float32":
        stored = np.rint(stored)
    cube = stored.astype(dtype)
    codes = [(code, NO_DATA) for code in ISIS_LOW[dtype]]
    codes += [(code, SATURATED) for code in ISIS_HIGH[dtype]]
    places = [(row, column) for row in range(4) for column in range(6)]
    for (row, column), (band, (code, _)) in zip(places, enumerate(codes)):
        cube[band, row, column] = code
    path = write_isis3(tmp_path / "cube.cub", cube, base, multiplier)
    with RasterSource(raster_input(path)) as source:
        mapping = map_bands(WANTED, source.info.bands, (1, 2, 3, 4, 5, 7, 8, 9))
        block = source.read(mapping, WHOLE)
    special = dict(zip(places, codes))
    for place in places:
        if place in special:
            assert not block.valid[place]
            assert block.flags[place] == special[place][1].bit, special[place]
        else:
            assert block.valid[place]
            expected = cube[list(MODEL_BANDS)][:, place[0], place[1]].astype("f8")
            np.testing.assert_allclose(
                block.reflectance[:, place[0], place[1]], expected * multiplier + base, rtol=1e-6
            )


@pytest.mark.parametrize("dtype", ["float32", "float64", "int16"])
def test_special_pixels_survive_a_translation(tmp_path, dtype):
    values = random_dn(4, 6)
    values = (values * 2e-5).astype(dtype) if dtype != "int16" else values
    codes = [*ISIS_LOW[dtype], *ISIS_HIGH[dtype]]
    for column, code in enumerate(codes):
        values[3, 1, column] = code
    path = write_mi_geotiff(
        tmp_path / "a.tif",
        values,
        scale=2e-5 if dtype == "int16" else None,
        nodata=float(ISIS_LOW[dtype][0]),
    )
    block = read(path)
    assert block.flags[1].tolist() == [1, 1, 1, 4, 4, 0]
    assert block.valid[1].tolist() == [False] * 5 + [True]
    assert block.valid[[0, 2, 3]].all()


FILLS = [1e20, 9.96921e36, 3.4e38, -3.4e38, -1e10, -999.0, -0.6, 65535 * 2e-5, 1.0, 255.0, 65535.0]


@pytest.mark.parametrize("fill", FILLS)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_undeclared_fills_are_no_data(tmp_path, fill, dtype):
    values = (random_dn(4, 6) * 2e-5).astype(dtype)
    values[:, 1:3, 2:5] = fill
    block = read(write_mi_geotiff(tmp_path / "a.tif", values, scale=None, nodata=None))
    expected = np.ones((4, 6), dtype=bool)
    expected[1:3, 2:5] = False
    np.testing.assert_array_equal(block.valid, expected)
    assert (block.flags[~expected] == NO_DATA.bit).all()
    assert (block.flags[expected] == 0).all()
    plain = values[list(MODEL_BANDS)].astype("f4")
    np.testing.assert_array_equal(block.reflectance[:, expected], plain[:, expected])


@pytest.mark.parametrize(
    ("dtype", "number", "flag"),
    [
        ("int16", 32767, SATURATED),
        ("int16", 32766, SATURATED),
        ("uint16", 65535, SATURATED),
        ("uint16", 40000, SATURATED),
        ("uint16", 60000, NO_DATA),
        ("int32", 10**6, NO_DATA),
        ("float32", 0.65534 / 2e-5, SATURATED),
        ("float32", 0.7 / 2e-5, SATURATED),
        ("int16", -20000, SATURATED),
        ("int16", -21000, NO_DATA),
        ("int32", -30000, NO_DATA),
    ],
)
@pytest.mark.parametrize("band", [0, 4, 8])
def test_one_band_too_bright_or_a_code_rules_its_pixel_out_alone(
    tmp_path, dtype, number, flag, band
):
    dn = random_dn(4, 6).astype(dtype)
    dn[band, 2, 3] = number
    block = read(write_mi_geotiff(tmp_path / "a.tif", dn, nodata=None))
    assert not block.valid[2, 3]
    assert block.flags[2, 3] == flag.bit
    assert block.valid.sum() == 23


def test_the_band_that_no_model_uses_rules_nothing_out(tmp_path):
    dn = random_dn(4, 6)
    dn[5] = 32767
    assert read(write_mi_geotiff(tmp_path / "a.tif", dn)).valid.all()


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32 - 1), st.sampled_from(["int16", "uint16", "float32"]))
def test_flags_and_values_do_not_depend_on_the_window(tmp_path_factory, seed, dtype):
    rng = np.random.default_rng(seed)
    dn = random_dn(5, 7, seed % 1000).astype("i4")
    odd = [-30000, -20000, -21000, 0, 100, 326, 327, 499, 500, 32499, 32501, 32767, 49999, 65535]
    for _ in range(12):
        place = rng.integers(0, 9), rng.integers(0, 5), rng.integers(0, 7)
        dn[place] = rng.choice(odd)
    if dtype == "float32":
        path = tmp_path_factory.mktemp("w") / "a.tif"
        write_mi_geotiff(path, (dn * 2e-5).astype("f4"), scale=None, nodata=None)
    else:
        limits = np.iinfo(dtype)
        path = tmp_path_factory.mktemp("w") / "a.tif"
        write_mi_geotiff(path, dn.clip(limits.min, limits.max).astype(dtype), nodata=None)
    whole = read(path)
    with RasterSource(raster_input(path)) as source:
        mapping = map_bands(WANTED, source.info.bands)
        for row in range(5):
            for column in range(7):
                one = source.read(mapping, Window(column, row, 1, 1))
                assert one.flags[0, 0] == whole.flags[row, column]
                assert one.valid[0, 0] == whole.valid[row, column]
                if whole.valid[row, column]:
                    np.testing.assert_array_equal(
                        one.reflectance[:, 0, 0], whole.reflectance[:, row, column]
                    )


@pytest.mark.parametrize(("attached", "limit"), [(True, 327), (False, 500)])
def test_shadow_ends_where_the_products_version_says(tmp_path, attached, limit):
    dn = random_dn(4, 6)
    dn[0, 0, :3] = (limit - 1, limit, limit + 1)
    tile = write_pds3_tile(tmp_path, dn, attached)
    block = read(tile)
    assert block.valid.all()
    assert block.flags[0, :4].tolist() == [SHADOW.bit, 0, 0, 0]
    copy = tmp_path / "copy.tif"
    subprocess.run(["gdal_translate", "-q", str(tile), str(copy)], check=True)
    np.testing.assert_array_equal(read(copy).flags, block.flags)


def test_the_labels_own_end_of_shadow_wins(tmp_path):
    dn = random_dn(4, 6)
    dn[0, 0, :3] = (399, 400, 401)
    tile = write_pds3_tile(tmp_path, dn)
    text = tile.read_text()
    tile.write_text(text.replace("  OFFSET     ", "  SHADOWED_AREA_MAXIMUM = 400\n  OFFSET     "))
    assert read(tile).flags[0, :3].tolist() == [SHADOW.bit, 0, 0]


# --- what headers say ---------------------------------------------------------------


def envi(tmp_path, values, edit):
    path = write_envi(tmp_path / "cube.img", values, PRODUCT_WAVELENGTHS, units="Nanometers")
    header = path.with_suffix(".hdr")
    header.write_text(edit(header.read_text()))
    return path


def test_the_reflectance_scale_factor_of_an_envi_header_counts(tmp_path):
    dn = random_dn(4, 6)
    path = envi(tmp_path, dn.astype("f4"), lambda text: text + "reflectance scale factor = 50000\n")
    np.testing.assert_allclose(read(path).reflectance, reflectance(dn), rtol=1e-6)
    # SCALE overrides the header.
    np.testing.assert_allclose(read(path, scale=1e-5).reflectance, reflectance(dn) / 2, rtol=1e-6)


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("reflectance scale factor = zero\n", "no positive number"),
        ("reflectance scale factor = 0\n", "no positive number"),
        (
            "reflectance scale factor = 10000\ndata gain values = {"
            + ", ".join(["2e-5"] * 9)
            + "}\n",
            "contradict each other",
        ),
    ],
)
def test_a_factor_that_means_nothing_is_refused(tmp_path, lines, message):
    path = envi(tmp_path, random_dn(4, 6).astype("f4"), lambda text: text + lines)
    with pytest.raises(RasterError, match=message):
        read(path)
    assert read(path, scale=2e-5).valid.all()


@pytest.mark.parametrize(("bad", "refused"), [(0, True), (5, False), (8, True)])
def test_the_bad_band_list_is_heeded(tmp_path, bad, refused):
    marks = ", ".join("0" if place == bad else "1" for place in range(9))
    values = (random_dn(4, 6) * 2e-5).astype("f4")
    path = envi(tmp_path, values, lambda text: text + f"bbl = {{{marks}}}\n")
    if refused:
        with pytest.raises(BandMappingError, match=rf"Band {bad + 1} .*bad-band list \(bbl\)"):
            read(path)
    else:
        assert read(path).valid.all()


@pytest.mark.parametrize(
    ("edit", "outcome"),
    [
        (lambda t: t.replace("= Nanometers", "= Micrometers"), "same"),
        (lambda t: t.replace("= Nanometers", "= Unknown"), "same"),
        (lambda t: t.replace("= Nanometers", "= Index"), "give BANDS"),
        (lambda t: t.replace("{414,", "{414,00,"), "lists 10 wavelengths for 9 bands"),
    ],
)
def test_units_of_wavelengths(tmp_path, edit, outcome):
    values = (random_dn(4, 6) * 2e-5).astype("f4")
    path = envi(tmp_path, values, edit)
    if outcome == "same":
        assert read(path).valid.all()
        return
    if "BANDS" in outcome:
        text = path.with_suffix(".hdr").read_text()
        listed = "wavelength = {" + ", ".join(map(str, range(1, 10))) + "}"
        start = text.index("wavelength = {")
        path.with_suffix(".hdr").write_text(text[:start] + listed + text[text.index("}") + 1 :])
    with pytest.raises((BandMappingError, RasterError), match=outcome):
        read(path)


def test_a_mask_of_each_band_is_heeded(tmp_path):
    dn = random_dn(4, 6)
    path = write_mi_geotiff(tmp_path / "a.tif", dn, nodata=None)
    masks = np.full((9, 4, 6), 255, dtype="uint8")
    masks[2, 1, 4] = 0  # 901 nm
    masks[5, 0, 0] = 0  # 1000 nm, which no model uses
    with rasterio.open(
        tmp_path / "a.tif.msk", "w", driver="GTiff", count=9, height=4, width=6, dtype="uint8"
    ) as dataset:
        dataset.write(masks)
        dataset.update_tags(**{f"INTERNAL_MASK_FLAGS_{n}": "0" for n in range(1, 10)})
    block = read(path)
    expected = np.ones((4, 6), dtype=bool)
    expected[1, 4] = False
    np.testing.assert_array_equal(block.valid, expected)
    assert block.flags[1, 4] == NO_DATA.bit


# --- names that users give --------------------------------------------------------------


@pytest.mark.parametrize("suffixes", [(".img", ".lbl"), (".IMG", ".LBL")])
def test_the_image_of_a_detached_label_opens(tmp_path, suffixes):
    dn = random_dn(4, 6)
    label = write_pds3_tile(tmp_path, dn)
    image = label.with_suffix(".img")
    text = label.read_text().replace(".img", suffixes[0])
    renamed = image.rename(image.with_suffix(suffixes[0]))
    label.unlink()
    label.with_suffix(suffixes[1]).write_text(text)
    block = read(renamed)
    np.testing.assert_allclose(block.reflectance, reflectance(dn), rtol=1e-6)


def test_the_header_of_an_envi_image_opens_the_image(tmp_path):
    values = (random_dn(4, 6) * 2e-5).astype("f4")
    path = write_envi(tmp_path / "cube.img", values, PRODUCT_WAVELENGTHS, units="Nanometers")
    np.testing.assert_array_equal(
        read(path.with_suffix(".hdr")).reflectance, values[list(MODEL_BANDS)]
    )


def test_an_image_without_its_label_is_one_sentence(tmp_path):
    image = write_pds3_tile(tmp_path, random_dn(4, 6))
    image.unlink()
    with pytest.raises(RasterError, match="cannot be opened as a raster"):
        read(image.with_suffix(".img"))


# --- what remains of a product --------------------------------------------------------


@pytest.mark.parametrize("how", ["clip", "warp", "virtual", "envi", "unscaled"])
def test_clips_of_a_tile_keep_their_bands(tmp_path, how):
    dn = random_dn(30, 30)
    tile = write_pds3_tile(tmp_path, dn)
    made = {
        "clip": ["gdal_translate", "-q", "-srcwin", "3", "4", "20", "15"],
        "warp": ["gdalwarp", "-q", "-tr", "20", "20"],
        "virtual": ["gdal_translate", "-q", "-of", "VRT"],
        "envi": ["gdal_translate", "-q", "-of", "ENVI"],
        "unscaled": ["gdal_translate", "-q", "-ot", "Float32", "-unscale"],
    }[how]
    copy = tmp_path / ("copy.vrt" if how == "virtual" else "copy.img" if how == "envi" else "c.tif")
    subprocess.run([*made, str(tile), str(copy)], check=True)
    with RasterSource(raster_input(copy)) as source:
        assert source.info.sensor is MI
        mapping = map_bands(WANTED, source.info.bands, None, source.info.sensor)
        assert mapping.numbers == (1, 2, 3, 4, 5, 7, 8, 9)
        assert "BANDS=1,2,3,4,5,7,8,9" in mapping.assumption
        assert judge_raster(source, mapping).doubts == ()
        block = source.read(mapping, Window(0, 0, 20, 15))
    if how == "clip":
        np.testing.assert_allclose(block.reflectance, reflectance(dn)[:, 4:19, 3:23], rtol=1e-6)


def test_spectra_that_speak_against_an_assumed_order_are_refused(tmp_path):
    path = write_mi_geotiff(tmp_path / "a.tif", random_dn(20, 20)[::-1], wavelengths=None)
    with RasterSource(raster_input(path)) as source:
        mapping = map_bands(WANTED, source.info.bands)
        with pytest.raises((BandMappingError, ReflectanceRangeError), match="BANDS"):
            judge_raster(source, mapping)


@pytest.mark.parametrize(("scale", "cause"), [(1.0, "unscaled digital numbers"), (2e-3, "percent")])
@pytest.mark.parametrize("fill", [False, True])
def test_numbers_without_their_scale_are_told_not_passed_over_as_no_data(
    tmp_path, scale, cause, fill
):
    values = (random_dn(20, 20) * scale).astype("f4")
    if fill:
        values[:, :15] = 1.0
    path = write_mi_geotiff(tmp_path / "a.tif", values, scale=None, nodata=None)
    with RasterSource(raster_input(path)) as source:
        mapping = map_bands(WANTED, source.info.bands)
        with pytest.raises(ReflectanceRangeError, match=cause):
            judge_raster(source, mapping)


@pytest.mark.parametrize("fill", [1.0, 1.3107, 0.65534, 255.0])
def test_a_scene_that_is_mostly_fill_is_judged_by_its_reflectance(tmp_path, fill):
    values = (random_dn(20, 20) * 2e-5).astype("f4")
    values[:, 2:] = fill
    path = write_mi_geotiff(tmp_path / "a.tif", values, scale=None, nodata=None)
    with RasterSource(raster_input(path)) as source:
        mapping = map_bands(WANTED, source.info.bands)
        judgement = judge_raster(source, mapping)
    assert judgement.judged == judgement.spectra.shape[1] == 40


def test_special_constants_of_a_pds4_label(tmp_path):
    values = (random_dn(4, 6) * 2e-5).astype("f4")
    values[1, 1, 2] = 0.2  # no reflectance here: the label's constant for saturation
    values[2, 3, 4] = 0.25
    values[4, 0, 0] = -1e32
    path = tmp_path / "scene.xml"
    with rasterio.open(
        path, "w", driver="PDS4", count=9, height=4, width=6, dtype="float32", nodata=-1e32,
        crs=moon_equirectangular(), transform=rasterio.Affine(59.2, 0, 932000, 0, -59.2, 613000),
    ) as dataset:  # fmt: skip
        dataset.write(values)
    text = path.read_text()
    added = "<saturated_constant>0.2</saturated_constant><invalid_constant>0.25</invalid_constant>"
    assert "</Special_Constants>" in text
    path.write_text(text.replace("</Special_Constants>", added + "</Special_Constants>"))
    with RasterSource(raster_input(path)) as source:
        mapping = map_bands(WANTED, source.info.bands, (1, 2, 3, 4, 5, 7, 8, 9))
        block = source.read(mapping, WHOLE)
    assert block.valid.sum() == 21
    assert block.flags[1, 2] == SATURATED.bit
    assert block.flags[3, 4] == NO_DATA.bit
    assert block.flags[0, 0] == NO_DATA.bit
