"""Damaged, deleted, changing or overlapping files: one sentence, no file left or lost."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess

import numpy as np
import pytest
import rasterio
import rasterio.shutil

from lunar_oxide_plugin.core.errors import LunarOxideError, OutputError, RasterError
from lunar_oxide_plugin.core.files import write_text
from lunar_oxide_plugin.core.prediction.plan import predict_raster
from lunar_oxide_plugin.core.progress import SilentProgress
from tests.models import expected_oxides, write_linear_model
from tests.rasters import (
    random_dn,
    reflectance,
    write_envi,
    write_mi_geotiff,
    write_pds3_tile,
)
from tests.requests import prediction as prediction_request


@pytest.fixture
def model(tmp_path_factory):
    return str(write_linear_model(tmp_path_factory.mktemp("model") / "linear.onnx"))


def predict(raster, output, model, progress=None, **options):
    request = prediction_request(raster, str(output), model, **options)
    return predict_raster(request, progress or SilentProgress())


def expected(dn):
    spectra = reflectance(dn).astype("f4")
    return expected_oxides(spectra.reshape(8, -1)).reshape(6, *dn.shape[1:])


def require_map(path, dn):
    with rasterio.open(path) as dataset:
        np.testing.assert_allclose(dataset.read(range(1, 7)), expected(dn), rtol=1e-5)


def contents(folder):
    """Digest of every file below a folder."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def refused(kind, message, action):
    with pytest.raises(kind, match=message) as caught:
        action()
    assert "\n" not in str(caught.value).strip()
    return str(caught.value)


class At(SilentProgress):
    """Calls a function once, when the run has begun to read."""

    def __init__(self, action):
        self.action, self.done = action, False

    def info(self, message):
        if "thread(s)" in message and not self.done:
            self.done = True
            self.action()


# --- broken files ---------------------------------------------------------------------


@pytest.mark.parametrize("share", [0.0, 0.001, 0.05, 0.5, 0.97])
@pytest.mark.parametrize("layout", [{}, {"tiled": True, "blockxsize": 64, "blockysize": 64}])
def test_truncated_geotiffs_are_errors_not_holes(tmp_path, model, share, layout):
    path = write_mi_geotiff(tmp_path / "in.tif", random_dn(300, 200), **layout)
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    before = contents(tmp_path)
    # Cut within its header, a file may still open, without its wavelengths.
    refused(
        LunarOxideError, r"in\.tif|give BANDS", lambda: predict(path, tmp_path / "out.tif", model)
    )
    assert contents(tmp_path) == before


@pytest.mark.parametrize("kind", ["pds3", "pds3 attached", "envi", "isis"])
@pytest.mark.parametrize("cut", [2, 500, 9000])
def test_raw_images_shorter_than_they_say_are_errors(tmp_path, model, kind, cut):
    dn = random_dn(40, 30)
    if kind.startswith("pds3"):
        path = write_pds3_tile(tmp_path, dn, attached="attached" in kind)
        image = path.with_suffix(".img")
    elif kind == "isis":
        path = image = tmp_path / "in.cub"
        cut += 300  # the history behind the pixels
        with rasterio.open(
            path, "w", driver="ISIS3", count=9, height=40, width=30, dtype="float32"
        ) as dataset:
            dataset.write((dn * 2e-5).astype("f4"))
    else:
        wavelengths = (414, 749, 901, 950, 1001, 1000, 1049, 1248, 1548)
        path = image = write_envi(tmp_path / "in.img", dn * 2e-5, wavelengths, units="nm")
    image.write_bytes(image.read_bytes()[: image.stat().st_size - cut])
    refused(
        LunarOxideError,
        re.escape(path.stem),
        lambda: predict(path, tmp_path / "out.tif", model, bands=(1, 2, 3, 4, 5, 7, 8, 9)),
    )
    assert not (tmp_path / "out.tif").exists()


def test_a_damaged_tile_is_an_error(tmp_path, model):
    layout = {"tiled": True, "blockxsize": 64, "blockysize": 64, "compress": "deflate"}
    path = write_mi_geotiff(tmp_path / "in.tif", random_dn(300, 200), **layout)
    with rasterio.open(path) as dataset:
        start = int(dataset.get_tag_item("BLOCK_OFFSET_1_2", "TIFF", bidx=1))
    with open(path, "r+b") as file:
        file.seek(start)
        file.write(b"\xff" * 64)
    refused(RasterError, r"in\.tif", lambda: predict(path, tmp_path / "out.tif", model))
    assert not (tmp_path / "out.tif").exists()


# --- files that do not hold still -----------------------------------------------------


def test_an_input_that_changes_during_the_run_gives_no_map(tmp_path, model):
    path = write_mi_geotiff(tmp_path / "in.tif", random_dn(300, 200))

    def change():
        other = write_mi_geotiff(tmp_path / "other.tif", random_dn(300, 200, seed=9))
        path.write_bytes(other.read_bytes())

    refused(
        RasterError,
        r"in\.tif .*changed while",
        lambda: predict(path, tmp_path / "out.tif", model, At(change)),
    )
    assert sorted(contents(tmp_path)) == ["in.tif", "other.tif"]


def test_an_input_that_vanishes_during_the_run_gives_no_map(tmp_path, model):
    path = write_mi_geotiff(tmp_path / "in.tif", random_dn(300, 200))
    refused(
        RasterError, r"in\.tif", lambda: predict(path, tmp_path / "out.tif", model, At(path.unlink))
    )
    assert contents(tmp_path) == {}


def test_a_folder_that_vanishes_during_the_run_is_one_sentence(tmp_path, model):
    path = write_mi_geotiff(tmp_path / "in.tif", random_dn(300, 200))
    folder = tmp_path / "results"
    folder.mkdir()

    def remove():
        for entry in folder.iterdir():
            entry.unlink()
        folder.rmdir()

    refused(OutputError, "results", lambda: predict(path, folder / "out.tif", model, At(remove)))


# --- names ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "月面 мир é ñ.tif",
        "with 'quotes' & \"marks\" #1 100%.tif",
        "a;b,c=d[e]{f}.tif",
        "-dash.tif",
        "a\u0301 combining.tif",
        "x" * 230 + ".tif",
    ],
)
def test_any_file_name_works(tmp_path, model, name):
    dn = random_dn(9, 7)
    folder = tmp_path / "ордер Öl 目录"
    folder.mkdir()
    path = write_mi_geotiff(folder / name, dn)
    output = folder / f"out {name[-100:]}"
    predict(path, output, model)
    require_map(output, dn)
    assert sorted(contents(folder)) == sorted([name, output.name])


def test_very_long_paths_work(tmp_path, model):
    folder = tmp_path
    while len(str(folder)) < 1500:
        folder = folder / ("d" * 200)
    folder.mkdir(parents=True)
    dn = random_dn(9, 7)
    predict(write_mi_geotiff(folder / "in.tif", dn), folder / "out.tif", model)
    require_map(folder / "out.tif", dn)


def test_a_name_that_is_too_long_is_one_sentence(tmp_path, model):
    path = write_mi_geotiff(tmp_path / "in.tif", random_dn(9, 7))
    output = tmp_path / ("y" * 250 + ".tif")
    refused(OutputError, "File name too long", lambda: predict(path, output, model))
    assert sorted(contents(tmp_path)) == ["in.tif"]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("none/out.tif", "does not exist"),
        ("file/out.tif", "does not exist"),
        ("folder.tif", "is a folder"),
        ("out.png", r"ends in \.tif"),
        ("out", r"ends in \.tif"),
    ],
)
def test_outputs_that_cannot_be(tmp_path, model, name, message):
    path = write_mi_geotiff(tmp_path / "in.tif", random_dn(9, 7))
    (tmp_path / "file").write_text("a file, no folder")
    (tmp_path / "folder.tif").mkdir()
    before = contents(tmp_path)
    refused(OutputError, message, lambda: predict(path, tmp_path / name, model))
    assert contents(tmp_path) == before


# --- input and output the same --------------------------------------------------------


@pytest.mark.parametrize("how", ["same", "dotted", "symlink", "hardlink"])
def test_the_input_is_never_the_output(tmp_path, model, how):
    path = write_mi_geotiff(tmp_path / "in.tif", random_dn(9, 7))
    output = tmp_path / "out.tif"
    if how == "same":
        output = path
    elif how == "dotted":
        (tmp_path / "sub").mkdir()
        output = tmp_path / "sub" / ".." / "in.tif"
    elif how == "symlink":
        output.symlink_to(path)
    else:
        os.link(path, output)
    before = contents(tmp_path)
    refused(OutputError, "is an input", lambda: predict(path, output, model))
    assert contents(tmp_path) == before


def test_no_part_of_a_virtual_mosaic_is_the_output(tmp_path, model):
    inner = write_mi_geotiff(tmp_path / "inner.tif", random_dn(9, 7))
    rasterio.shutil.copy(inner, tmp_path / "middle.vrt", driver="VRT")
    outer = (tmp_path / "middle.vrt").read_text().replace("inner.tif", "middle.vrt")
    (tmp_path / "in.vrt").write_text(outer)
    before = contents(tmp_path)
    refused(OutputError, "is an input", lambda: predict(tmp_path / "in.vrt", inner, model))
    assert contents(tmp_path) == before


def test_an_earlier_output_survives_a_failed_run(tmp_path, model):
    output = tmp_path / "out.tif"
    dn = random_dn(9, 7)
    predict(write_mi_geotiff(tmp_path / "good.tif", dn), output, model)
    bad = write_mi_geotiff(tmp_path / "bad.tif", random_dn(300, 200))
    bad.write_bytes(bad.read_bytes()[: bad.stat().st_size // 2])
    before = contents(tmp_path)
    refused(LunarOxideError, r"bad\.tif", lambda: predict(bad, output, model))
    assert contents(tmp_path) == before
    predict(tmp_path / "good.tif", output, model)  # and can be replaced
    require_map(output, dn)


# --- folders that cannot be written ---------------------------------------------------


@pytest.fixture
def mounted(tmp_path):
    """Mounts a small file system in memory; only root may."""
    folder = tmp_path / "mounted"
    folder.mkdir()

    def mount(options):
        command = ["mount", "-t", "tmpfs", "-o", options, "lunar_oxide_test", str(folder)]
        if subprocess.run(command, capture_output=True, check=False).returncode != 0:
            pytest.skip("mounting a file system needs root")
        return folder

    yield mount
    subprocess.run(["umount", "-l", str(folder)], capture_output=True, check=False)


def test_a_read_only_folder_can_be_read_but_not_written(tmp_path, model, mounted):
    dn = random_dn(9, 7)
    folder = mounted("size=4m")
    path = write_mi_geotiff(folder / "in.tif", dn)
    subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
    predict(path, tmp_path / "out.tif", model)
    require_map(tmp_path / "out.tif", dn)
    refused(
        OutputError,
        "writable",
        lambda: predict(tmp_path / "mounted" / "in.tif", folder / "out.tif", model),
    )
    refused(OutputError, "page", lambda: write_text(folder / "a.html", "x", "page"))
    assert [entry.name for entry in folder.iterdir()] == ["in.tif"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere; see the mounted folders")
def test_a_folder_without_permission_is_one_sentence(tmp_path, model):
    path = write_mi_geotiff(tmp_path / "in.tif", random_dn(9, 7))
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o555)
    refused(OutputError, "writable", lambda: predict(path, folder / "out.tif", model))


def test_a_full_disk_leaves_no_output_and_the_run_goes_on_when_there_is_room(
    tmp_path, model, mounted
):
    dn = random_dn(400, 300)
    path = write_mi_geotiff(tmp_path / "in.tif", dn)
    folder = mounted("size=1m")
    output = folder / "out.tif"
    refused(OutputError, "disk is full", lambda: predict(path, output, model))
    assert not output.exists()
    subprocess.run(["mount", "-o", "remount,size=64m", str(folder)], check=True)
    predict(path, output, model)
    require_map(output, dn)
    assert [entry.name for entry in folder.iterdir()] == ["out.tif"]


def test_a_full_disk_without_resuming_leaves_nothing(tmp_path, model, mounted):
    path = write_mi_geotiff(tmp_path / "in.tif", random_dn(400, 300))
    folder = mounted("size=1m")
    refused(
        OutputError, "disk is full", lambda: predict(path, folder / "out.tif", model, resume=False)
    )
    assert list(folder.iterdir()) == []


def test_texts_on_a_full_disk_leave_the_earlier_file(tmp_path, mounted):
    folder = mounted("size=64k")
    target = folder / "report.html"
    write_text(target, "earlier", "report")
    refused(OutputError, "report", lambda: write_text(target, "x" * 1_000_000, "report"))
    assert target.read_text() == "earlier"
    assert [entry.name for entry in folder.iterdir()] == ["report.html"]
