from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import rasterio
from rasterio.crs import CRS
from rasterio.transform import Affine
from rasterio.windows import Window

from lunar_oxide_plugin.core.errors import Cancelled, OutputError, RasterError
from lunar_oxide_plugin.core.prediction.plan import predict_raster
from lunar_oxide_plugin.core.progress import SilentProgress
from lunar_oxide_plugin.core.rasters import mosaic_vrt
from lunar_oxide_plugin.core.rasters.bands import BandMapping, BandMatch, ModelBand
from lunar_oxide_plugin.core.rasters.mosaic import find_rasters, plan_mosaic
from lunar_oxide_plugin.core.rasters.mosaic_vrt import write_mosaic
from lunar_oxide_plugin.core.rasters.opening import open_raster
from lunar_oxide_plugin.core.rasters.raster_input import RasterInput
from lunar_oxide_plugin.core.rasters.raster_source import RasterSource
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


def by_number(bands):
    """These bands, in order."""
    wanted = [ModelBand(f"{band.number}", float("nan"), 0.0, 0.0, 1.0) for band in bands]
    return BandMapping(
        tuple(BandMatch(one, b.number, "", None, "choice") for one, b in zip(wanted, bands))
    )


SIDE = 8


class Listener(SilentProgress):
    def __init__(self):
        self.lines = []

    def info(self, message):
        self.lines.append(message)

    warn = info


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
    write_pds3_tile(folder, dn, west=west, north=north, per_degree=float(SIDE), **options)
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
    # Opening the mosaic does not open tiles either: they may even be missing.
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


def test_tiles_of_another_resolution_are_refused(tmp_path):
    folder = tmp_path / "tiles"
    tile(folder, 1, 1, 1)
    write_pds3_tile(folder, random_dn(12, 12), west=2, north=1, per_degree=12.0)
    with pytest.raises(RasterError, match=r"12 pixels a degree, other tiles 8|8 pixels"):
        mosaic(folder)


def break_tile(folder, how):
    """An MI_MAP tile of 2 E that cannot be read."""
    label = write_pds3_tile(folder, random_dn(SIDE, SIDE, 5), west=2, north=1, per_degree=8.0)
    image = label.with_suffix(".img")
    if how == "no image":
        image.unlink()
    elif how == "cut":
        image.write_bytes(image.read_bytes()[:-200])
    elif how == "empty":
        image.write_bytes(b"")
    else:
        label.write_bytes(b"\0" * 500)
    return label.name


@pytest.mark.parametrize("how", ["no image", "cut", "empty", "label"])
def test_an_unreadable_tile_is_named_and_the_rest_is_joined(tmp_path, how):
    folder = tmp_path / "tiles"
    one, two = tile(folder, 1, 1, 1), tile(folder, 3, 1, 2)
    name = break_tile(folder, how)
    listener = Listener()
    planned = mosaic(folder, progress=listener)
    assert len(planned.tiles) == 2
    (line,) = [line for line in listener.lines if "left out" in line]
    assert line.startswith(f"{name} is left out of the mosaic, as it cannot be read: ")
    values, _ = read(tmp_path / "mosaic.vrt")
    np.testing.assert_array_equal(values[:, :, :SIDE], one)
    np.testing.assert_array_equal(values[:, :, 2 * SIDE :], two)


def test_an_unreadable_raster_of_any_kind_is_named_too(tmp_path):
    folder = tmp_path / "tiles"
    folder.mkdir()
    (folder / "a.tif").write_bytes(b"II*\0 no raster")
    write_mi_geotiff(folder / "b.tif", random_dn(3, 3))
    listener = Listener()
    assert len(mosaic(folder, progress=listener).tiles) == 1
    assert "a.tif is left out" in listener.lines[0]
    (folder / "b.tif").write_bytes(b"")
    with pytest.raises(RasterError, match="None of the rasters can be read"):
        mosaic(folder)


def degrees_of(transform, width):
    metres = np.radians(1.0) * 1737400
    return transform.c / metres, (transform.c + width * transform.a) / metres


@pytest.mark.parametrize("size", [(5, 5), (8, 5), (3, 8)])
def test_a_crop_under_a_tiles_name_keeps_its_own_place(tmp_path, size):
    """A piece of 1/2048 degree pixels around 30.7 E, not a degree from 30 E."""
    folder = tmp_path / "tiles"
    folder.mkdir()
    dn = random_dn(*size)
    pixel = np.radians(1.0 / 2048) * 1737400
    place = Affine(pixel, 0, 30.7 * 2048 * pixel, 0, -pixel, 20.3 * 2048 * pixel)
    name = "MI_MAP_03_N21E030N20E031SC.tif"
    write_mi_geotiff(folder / name, dn, transform=place)
    listener = Listener()
    mosaic(folder, progress=listener)
    values, transform = read(tmp_path / "mosaic.vrt")
    np.testing.assert_array_equal(values, dn)
    assert transform.almost_equals(place)
    assert "placed by their own georeference" in listener.lines[0]


def test_a_crop_with_its_label_keeps_its_own_place(tmp_path):
    """Eight pixels of a tile of 2048 a degree, label and all, of either version."""
    for attached in (False, True):
        folder = tmp_path / f"tiles{attached}"
        folder.mkdir()
        dn = random_dn(SIDE, SIDE)
        write_pds3_tile(folder, dn, attached, west=330, north=21)
        mosaic(folder)
        values, transform = read(tmp_path / "mosaic.vrt")
        np.testing.assert_array_equal(values, dn)
        west, east = degrees_of(transform, SIDE)
        assert west % 360 == pytest.approx(330 - 0.5 / 2048, abs=1e-5)
        assert east - west == pytest.approx(SIDE / 2048, rel=1e-6)


def test_whole_tiles_of_any_format_are_placed_by_name(tmp_path):
    folder = tmp_path / "tiles"
    dn = tile(folder, 30, 21, 1)
    path = next(folder.glob("*.lbl"))
    with rasterio.open(path) as dataset:
        transform = dataset.transform
    second = random_dn(SIDE, SIDE, 2)
    moved = Affine.translation(SIDE * transform.a, 0) * transform
    write_mi_geotiff(folder / "MI_MAP_03_N21E031N20E032SC.tif", second, transform=moved)
    unplaced = Affine(1, 0, 0, 0, -1, 0)
    third = folder / "MI_MAP_03_N21E032N20E033SC.tif"
    write_mi_geotiff(third, second, crs="", transform=unplaced)
    planned = mosaic(folder)
    assert (planned.width, planned.height) == (3 * SIDE, SIDE)
    values, _ = read(tmp_path / "mosaic.vrt")
    np.testing.assert_array_equal(values[:, :, :SIDE], dn)
    np.testing.assert_array_equal(values[:, :, SIDE : 2 * SIDE], second)


@pytest.mark.parametrize("nodata", [-30000, None])
def test_the_last_of_many_overlapping_tiles_lies_on_top(tmp_path, monkeypatch, nodata):
    """Each tile covers the previous ones, for any number and position."""
    monkeypatch.setattr(mosaic_vrt, "TILES_A_FILE", 4)
    folder = tmp_path / "tiles"
    folder.mkdir()
    rng = np.random.default_rng(4)
    expected = np.full((9, 40, 60), -30000 if nodata is not None else 0, dtype=np.int16)
    for number in range(23):
        row, column = rng.integers(0, 34), rng.integers(0, 52)
        dn = random_dn(6, 8, number)
        if nodata is not None:
            dn[:, 1, 2:5] = nodata
        place = TAURUS_LITTROW * Affine.translation(int(column), int(row))
        write_mi_geotiff(folder / f"{number:03d}.tif", dn, transform=place, nodata=nodata)
        seen = dn != nodata if nodata is not None else np.ones(dn.shape, bool)
        expected[:, row : row + 6, column : column + 8][seen] = dn[seen]
    mosaic(folder)
    values, transform = read(tmp_path / "mosaic.vrt")
    left = round((transform.c - TAURUS_LITTROW.c) / TAURUS_LITTROW.a)
    top = round((transform.f - TAURUS_LITTROW.f) / TAURUS_LITTROW.e)
    rows, columns = values.shape[1:]
    np.testing.assert_array_equal(values, expected[:, top : top + rows, left : left + columns])


def test_an_output_that_is_a_tile_or_an_earlier_mosaic_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(mosaic_vrt, "TILES_A_FILE", 2)
    for west in range(5):
        tile(tmp_path / "tiles", west, 9, west)
    mosaic(tmp_path / "tiles")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.vrt")}
    parts = sorted((tmp_path / "mosaic_parts").iterdir())
    for places in ([tmp_path / "mosaic.vrt"], parts):
        planned = plan_mosaic(places, SilentProgress())
        with pytest.raises(OutputError):
            write_mosaic(planned, places[0])
    write_mosaic(plan_mosaic([tmp_path / "mosaic.vrt"], SilentProgress()), tmp_path / "over.vrt")
    with pytest.raises(OutputError):
        write_mosaic(
            plan_mosaic([tmp_path / "over.vrt"], SilentProgress()), tmp_path / "mosaic.vrt"
        )
    assert before == {path: path.read_bytes() for path in before}


def test_a_rewrite_that_fails_leaves_the_earlier_mosaic(tmp_path, monkeypatch):
    monkeypatch.setattr(mosaic_vrt, "TILES_A_FILE", 2)
    for west in range(5):
        tile(tmp_path / "tiles", west, 9, west)
    mosaic(tmp_path / "tiles")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.vrt")}
    tile(tmp_path / "tiles", 7, 9, 7)
    real, calls = mosaic_vrt.write_bytes, []

    def failing(target, *args, **options):
        calls.append(target)
        if len(calls) == 3:
            raise OutputError("No room.")
        real(target, *args, **options)

    monkeypatch.setattr(mosaic_vrt, "write_bytes", failing)
    with pytest.raises(OutputError, match="No room"):
        mosaic(tmp_path / "tiles")
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.vrt")} == before
    monkeypatch.undo()
    mosaic(tmp_path / "tiles")  # small again: the parts go
    assert not (tmp_path / "mosaic_parts").exists()
    assert len(read(tmp_path / "mosaic.vrt")[0]) == 9


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("change", ["size", "type", "scale", "gone"])
def test_a_tile_that_was_replaced_is_an_error_where_it_is_read(
    tmp_path, monkeypatch, change, large
):
    if large:
        monkeypatch.setattr(mosaic_vrt, "TILES_A_FILE", 2)
    folder = tmp_path / "tiles"
    folder.mkdir()
    for number in range(5):
        place = TAURUS_LITTROW * Affine.translation(4 * number, 0)
        write_mi_geotiff(folder / f"{number}.tif", random_dn(4, 4, number), transform=place)
    mosaic(folder)
    victim = folder / "3.tif"
    place = TAURUS_LITTROW * Affine.translation(12, 0)
    victim.unlink()
    if change == "size":
        write_mi_geotiff(victim, random_dn(3, 4), transform=place)
    elif change == "type":
        write_mi_geotiff(victim, random_dn(4, 4).astype(np.float32), transform=place)
    elif change == "scale":
        write_mi_geotiff(victim, random_dn(4, 4), transform=place, scale=1e-4)
    with RasterSource(RasterInput(str(tmp_path / "mosaic.vrt"))) as source:
        bands = by_number(source.info.bands[:2])
        block = source.read(bands, Window(0, 0, 12, 4))
        assert block.valid.all()
        with pytest.raises(RasterError, match=r"3\.tif, a part of .*vrt, is") as caught:
            source.read(bands, Window(8, 0, 8, 4))
    assert str(caught.value).endswith("make the mosaic anew.")
    with open_raster(RasterInput(str(tmp_path / "mosaic.vrt"))) as dataset:
        assert dataset.read(1, window=Window(0, 0, 12, 4)).any()
        with pytest.raises(RasterError, match="a part of"):
            dataset.read(1)


FEW_HANDLES = """
import resource, sys
resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
from lunar_oxide_plugin.core.prediction.plan import predict_raster
from lunar_oxide_plugin.core.prediction.request import PredictionRequest
from lunar_oxide_plugin.core.progress import SilentProgress
from lunar_oxide_plugin.core.rasters.raster_input import RasterInput
summary = predict_raster(
    PredictionRequest(RasterInput(sys.argv[1]), sys.argv[2], sys.argv[3]), SilentProgress()
)
print(summary.valid_pixels)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits of file handles are POSIX's")
def test_500_tiles_are_read_with_64_file_handles(tmp_path):
    for number in range(500):
        tile(tmp_path / "tiles", number % 250, 9 + number // 250, number)
    mosaic(tmp_path / "tiles")
    model = write_linear_model(tmp_path / "model.onnx")
    done = subprocess.run(
        [sys.executable, "-c", FEW_HANDLES, str(tmp_path / "mosaic.vrt"),
         str(tmp_path / "out.tif"), str(model)],
        capture_output=True, text=True, timeout=300, check=False,
        cwd=Path(__file__).resolve().parent.parent,
    )  # fmt: skip
    assert done.stdout.strip() == str(500 * SIDE * SIDE), done.stderr[-500:]


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


def gdal(folder, *arguments):
    subprocess.run(list(arguments), cwd=folder, check=True, capture_output=True)


def test_sources_of_every_band_are_checked(tmp_path):
    """Bands of one file each, as gdalbuildvrt -separate joins them."""
    for number in (1, 2, 3):
        write_mi_geotiff(tmp_path / f"{number}.tif", random_dn(4, 4, number)[:1])
    gdal(tmp_path, "gdalbuildvrt", "-q", "-separate", "b.vrt", "1.tif", "2.tif", "3.tif")
    with open_raster(RasterInput(str(tmp_path / "b.vrt"))) as dataset:
        assert dataset.read().shape == (3, 4, 4)
    (tmp_path / "2.tif").unlink()
    write_mi_geotiff(tmp_path / "2.tif", random_dn(3, 4)[:1])
    with (
        open_raster(RasterInput(str(tmp_path / "b.vrt"))) as dataset,
        pytest.raises(RasterError, match=r"2\.tif, a part of b\.vrt, is"),
    ):
        dataset.read()


def test_only_sources_that_are_read_are_checked_through_a_clip(tmp_path):
    """A virtual clip that starts inside a virtual raster reads other tiles than its first ones."""
    for number in range(4):
        place = TAURUS_LITTROW * Affine.translation(4 * number, 0)
        write_mi_geotiff(tmp_path / f"{number}.tif", random_dn(4, 4, number), transform=place)
    gdal(tmp_path, "gdalbuildvrt", "-q", "all.vrt", *(f"{number}.tif" for number in range(4)))
    clip = ("gdal_translate", "-q", "-of", "VRT", "-srcwin")
    gdal(tmp_path, *clip, "8", "0", "8", "4", "all.vrt", "right.vrt")
    (tmp_path / "0.tif").unlink()
    with open_raster(RasterInput(str(tmp_path / "right.vrt"))) as dataset:
        assert dataset.read(1).any()
    (tmp_path / "3.tif").unlink()
    with (
        open_raster(RasterInput(str(tmp_path / "right.vrt"))) as dataset,
        pytest.raises(RasterError, match=r"3\.tif, a part of"),
    ):
        dataset.read(1)


def test_a_virtual_raster_that_reads_itself_is_refused(tmp_path):
    write_mi_geotiff(tmp_path / "a.tif", random_dn(4, 4))
    gdal(tmp_path, "gdal_translate", "-q", "-of", "VRT", "a.tif", "a.vrt")
    text = (tmp_path / "a.vrt").read_text()
    (tmp_path / "a.vrt").write_text(text.replace("a.tif", "b.vrt"))
    (tmp_path / "b.vrt").write_text(text.replace("a.tif", "a.vrt"))
    with pytest.raises(RasterError), RasterSource(RasterInput(str(tmp_path / "a.vrt"))) as source:
        source.read(by_number(source.info.bands[:2]), Window(0, 0, 4, 4))


@pytest.mark.parametrize(
    "name", [" a.tif", "a b.tif", "\\a.tif", "a\\b.tif", "a&b<c>.tif", "\ta.tif"]
)
@pytest.mark.parametrize("output", ["m.vrt", "m\\n.vrt", " m.vrt"])
@pytest.mark.skipif(sys.platform == "win32", reason="such names are impossible there")
def test_tiles_and_mosaics_of_any_name(tmp_path, name, output):
    write_mi_geotiff(tmp_path / name, random_dn(4, 4))
    progress = SilentProgress()
    write_mosaic(plan_mosaic([tmp_path / name], progress), tmp_path / output)
    with rasterio.open(tmp_path / output) as made, rasterio.open(tmp_path / name) as tile:
        np.testing.assert_array_equal(made.read(), tile.read())
