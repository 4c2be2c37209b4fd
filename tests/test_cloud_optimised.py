"""Cloud-optimised predictions: the same pixels and metadata, in the order that networks need."""

from __future__ import annotations

import errno
import json
import os
import struct

import numpy as np
import pytest
import rasterio
from rasterio.crs import CRS
from rasterio.transform import Affine

from lunar_oxide_plugin.core.command_line.main import main
from lunar_oxide_plugin.core.errors import Cancelled, OutputError
from lunar_oxide_plugin.core.geotiff import (
    cloud_optimised,
    overviews,
    resumable_raster,
    tiff_layout,
)
from lunar_oxide_plugin.core.geotiff.cloud_optimised import write_cloud_optimised
from lunar_oxide_plugin.core.geotiff.encoding import Encoding
from lunar_oxide_plugin.core.geotiff.tiff_layout import TiffLayoutError
from lunar_oxide_plugin.core.geotiff.tile_codec import Compression
from lunar_oxide_plugin.core.prediction import raster_run
from lunar_oxide_plugin.core.prediction.plan import predict_raster
from lunar_oxide_plugin.core.progress import SilentProgress
from tests.models import write_linear_model
from tests.rasters import random_dn, write_mi_geotiff
from tests.requests import prediction as prediction_request


@pytest.fixture(autouse=True, scope="module")
def small_overviews():
    """Overviews of small rasters: those of 1,300 pixels take seconds."""
    patch = pytest.MonkeyPatch()
    for module in (overviews, resumable_raster):
        patch.setattr(module, "OVERVIEW_SIDE", 64)
    yield
    patch.undo()


@pytest.fixture(scope="module")
def scene(tmp_path_factory):
    """A raster with three overviews, the upper right part of which is empty."""
    folder = tmp_path_factory.mktemp("scene")
    dn = random_dn(520, 600)
    dn[:, :300, 290:] = -30000
    write_mi_geotiff(folder / "in.tif", dn, tiled=True, blockxsize=256, blockysize=256)
    write_linear_model(folder / "model.onnx")
    return folder


def request(scene, output, **options):
    return prediction_request(scene / "in.tif", output, scene / "model.onnx", **options)


def assert_same(plain, arranged):
    """All pixels, overviews and metadata are equal."""
    levels = [{}]
    with rasterio.open(plain) as one, rasterio.open(arranged) as other:
        levels += [{"overview_level": level} for level in range(len(one.overviews(1)))]
        assert one.overviews(1) == other.overviews(1)
        for name in ("descriptions", "units", "scales", "offsets", "crs", "transform", "dtypes"):
            assert getattr(one, name) == getattr(other, name), name
        assert one.tags() == other.tags()
        assert str(one.nodatavals) == str(other.nodatavals)
    for level in levels:
        with rasterio.open(plain, **level) as one, rasterio.open(arranged, **level) as other:
            np.testing.assert_array_equal(one.read(), other.read())
    return len(levels)


def assert_cloud_optimised(path):
    """The structure that readers over a network rely on; see GDAL's page on its COG driver."""
    with rasterio.open(path) as dataset:
        assert dataset.tags(ns="IMAGE_STRUCTURE")["LAYOUT"] == "COG"
    with open(path, "rb") as file:
        content = file.read()
        directories = tiff_layout.read_directories(file)
        tables = [
            [tiff_layout.read_integers(file, one.fields[tag]).tolist() for tag in (324, 325)]
            for one in directories
        ]
    links = [one.next_position for one in directories]
    assert links == sorted(links)
    assert max(links) < min(start for starts, _ in tables for start in starts if start)
    widths = [struct.unpack_from("<H", content, one.fields[256].position)[0] for one in directories]
    assert widths == sorted(widths, reverse=True)
    end = 0
    for starts, sizes in reversed(tables):  # the smallest overview first
        for start, size in zip(starts, sizes):
            assert bool(start) == bool(size)
            if size:
                assert start - 4 >= end  # in the order of tile numbers
                assert struct.unpack_from("<I", content, start - 4)[0] == size
                end = start + size + 4
                assert content[end - 4 : end] == content[end - 8 : end - 4]
    assert end == len(content)
    return tables


@pytest.mark.parametrize("encoding", list(Encoding))
@pytest.mark.parametrize(
    "compression", [None, *(each for each in Compression if each.is_available)]
)
def test_same_map_in_another_order(scene, tmp_path, encoding, compression):
    how = {"encoding": encoding, "compression": compression, "memory_mb": 64}
    predict_raster(request(scene, tmp_path / "plain.tif", **how), SilentProgress())
    predict_raster(
        request(scene, tmp_path / "cog.tif", cloud_optimised=True, **how), SilentProgress()
    )
    assert assert_same(tmp_path / "plain.tif", tmp_path / "cog.tif") >= 2
    tables = assert_cloud_optimised(tmp_path / "cog.tif")
    assert 0 in tables[0][0]  # empty tiles take no room
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cog.tif", "plain.tif"]


@pytest.mark.parametrize("bigtiff", ["yes", "no"])
@pytest.mark.parametrize("side", [40, 200])
def test_classic_and_big_files_with_and_without_overviews(tmp_path, bigtiff, side):
    values = np.arange(3 * side * side, dtype=np.int16).reshape(3, side, side)
    profile = {
        "driver": "GTiff", "width": side, "height": side, "count": 3, "dtype": "int16",
        "tiled": True, "blockxsize": 32, "blockysize": 32, "interleave": "band",
        "compress": "deflate", "bigtiff": bigtiff, "transform": Affine(2, 0, 5, 0, -2, 7),
    }  # fmt: skip
    with rasterio.open(tmp_path / "plain.tif", "w", **profile) as dataset:
        dataset.write(values)
        dataset.update_tags(1, wavelength="750")
    with rasterio.open(tmp_path / "plain.tif", "r+") as dataset:
        if side > 100:
            dataset.build_overviews([2, 4])
    shares = []
    write_cloud_optimised(tmp_path / "plain.tif", tmp_path / "cog.tif", shares.append)
    assert assert_same(tmp_path / "plain.tif", tmp_path / "cog.tif") == (3 if side > 100 else 1)
    assert_cloud_optimised(tmp_path / "cog.tif")
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    assert (tmp_path / "cog.tif").read_bytes()[2] == (43 if bigtiff == "yes" else 42)


def test_a_file_in_strips_is_no_source(tmp_path):
    with rasterio.open(
        tmp_path / "strips.tif", "w", driver="GTiff", width=8, height=8, count=1, dtype="uint8",
        transform=Affine(2, 0, 5, 0, -2, 7),
    ) as dataset:  # fmt: skip
        dataset.write(np.ones((1, 8, 8), np.uint8))
    with pytest.raises(TiffLayoutError, match="without tiles"):
        write_cloud_optimised(tmp_path / "strips.tif", tmp_path / "cog.tif", lambda share: None)
    assert not (tmp_path / "cog.tif").exists()


def test_a_crs_that_geotiff_cannot_hold_stays_beside_the_map(scene, tmp_path):
    far = CRS.from_string("+proj=nsper +h=4000000 +lat_0=10 +lon_0=20 +R=1737400 +units=m")
    how = {"crs_wkt": far.to_wkt(version="WKT2_2019"), "cloud_optimised": True}
    predict_raster(request(scene, tmp_path / "cog.tif", **how), SilentProgress())
    assert {path.name for path in tmp_path.iterdir()} == {"cog.tif", "cog.tif.aux.xml"}
    with rasterio.open(tmp_path / "cog.tif") as dataset:
        assert "Vertical Perspective" in dataset.crs.to_wkt(version="WKT2_2019")


class Arranging(SilentProgress):
    """Cancels while the map is arranged."""

    def __init__(self):
        self.lines, self.shares = [], []

    def info(self, message):
        self.lines.append(message)

    def report(self, fraction):
        self.shares.append(fraction)

    def is_cancelled(self):
        return any(share > 0.96 for share in self.shares)


@pytest.fixture
def often(monkeypatch):
    monkeypatch.setattr(cloud_optimised, "_TELL_BYTES", 0)


def test_cancelled_while_arranging_leaves_nothing(scene, tmp_path, often):
    (tmp_path / "cog.tif").write_bytes(b"an older map")
    progress = Arranging()
    with pytest.raises(Cancelled):
        predict_raster(request(scene, tmp_path / "cog.tif", cloud_optimised=True), progress)
    assert "Arranging the map for reading over a network." in progress.lines
    assert [path.name for path in tmp_path.iterdir()] == ["cog.tif"]
    assert (tmp_path / "cog.tif").read_bytes() == b"an older map"
    assert progress.shares == sorted(progress.shares)


def test_what_a_longer_run_computed_is_kept_and_only_arranged_again(
    scene, tmp_path, often, monkeypatch
):
    monkeypatch.setattr(raster_run, "KEEP_AFTER_SECONDS", -1.0)
    wanted = request(scene, tmp_path / "cog.tif", cloud_optimised=True)
    with pytest.raises(Cancelled):
        predict_raster(wanted, Arranging())
    assert {path.name for path in tmp_path.iterdir()} == {"cog.tif.part", "cog.tif.part.journal"}
    assert_only_arranged(scene, wanted, tmp_path, monkeypatch)


def test_a_full_disk_while_arranging(scene, tmp_path, monkeypatch):
    calls = []

    def full(file, offset, size):
        calls.append(size)
        if len(calls) == 5:
            raise OSError(errno.ENOSPC, "No space left on device")
        return tile(file, offset, size)

    tile = cloud_optimised._tile
    monkeypatch.setattr(cloud_optimised, "_tile", full)
    wanted = request(scene, tmp_path / "cog.tif", cloud_optimised=True)
    with pytest.raises(OutputError, match=r"disk is full.*kept in cog\.tif\.part.*make room"):
        predict_raster(wanted, SilentProgress())
    assert {path.name for path in tmp_path.iterdir()} == {"cog.tif.part", "cog.tif.part.journal"}
    assert_only_arranged(scene, wanted, tmp_path, monkeypatch)


def assert_only_arranged(scene, wanted, tmp_path, monkeypatch):
    """The same run again predicts nothing and gives the map."""

    def never(*arguments):
        raise AssertionError("predicted again")

    with monkeypatch.context() as patch:
        patch.setattr(raster_run, "predict_block", never)
        predict_raster(wanted, SilentProgress())
    assert [path.name for path in tmp_path.iterdir()] == ["cog.tif"]
    predict_raster(request(scene, tmp_path / "plain.tif"), SilentProgress())
    assert_same(tmp_path / "plain.tif", tmp_path / "cog.tif")


def test_a_copy_that_is_cut_is_noticed(scene, tmp_path, monkeypatch):
    def cut(descriptor):
        os.ftruncate(descriptor, os.fstat(descriptor).st_size - 100)

    with rasterio.open(
        tmp_path / "plain.tif", "w", driver="GTiff", width=64, height=64, count=1, dtype="uint8",
        tiled=True, blockxsize=16, blockysize=16, transform=Affine(2, 0, 5, 0, -2, 7),
    ) as dataset:  # fmt: skip
        dataset.write(np.ones((1, 64, 64), np.uint8))
    monkeypatch.setattr(cloud_optimised.os, "fsync", cut)
    with pytest.raises(OSError, match="not written completely"):
        write_cloud_optimised(tmp_path / "plain.tif", tmp_path / "cog.tif", lambda share: None)


def test_from_the_command_line(scene, tmp_path, capsys):
    output = tmp_path / "cog.tif"
    command = ["predict", str(scene / "in.tif"), str(output), "--model", str(scene / "model.onnx")]
    assert main([*command, "--encoding", "compact", "--cloud-optimised", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["output"] == str(output)
    assert_cloud_optimised(output)


def test_from_the_toolbox(run, scene, tmp_path):
    output = tmp_path / "cog.tif"
    for wanted in (True, False):
        run(
            "predictoxides", INPUT=str(scene / "in.tif"), MODEL_FILE=str(scene / "model.onnx"),
            CLOUD_OPTIMISED=wanted, OUTPUT=str(output),
        )  # fmt: skip
        with rasterio.open(output) as dataset:
            assert ("LAYOUT" in dataset.tags(ns="IMAGE_STRUCTURE")) is wanted
