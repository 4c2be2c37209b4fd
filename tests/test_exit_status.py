"""How each command ends: its exit status, the document of ``--json``, and what is left."""

from __future__ import annotations

import errno
import inspect
import json
import re
import signal
from pathlib import Path

import numpy as np
import pytest
import rasterio

from lunar_oxide_plugin.core import errors
from lunar_oxide_plugin.core.command_line import exit_status
from lunar_oxide_plugin.core.command_line.exit_status import MEANINGS, ExitStatus, status_of
from lunar_oxide_plugin.core.command_line.main import COMMANDS, main
from lunar_oxide_plugin.core.command_line.terminal import TerminalProgress
from lunar_oxide_plugin.core.geotiff import resumable_raster
from lunar_oxide_plugin.core.paths import RESOURCES
from lunar_oxide_plugin.core.prediction import raster_run
from tests.gamma_ray import cell_bounds, write_archived
from tests.models import write_linear_model
from tests.rasters import random_dn, write_mi_geotiff, write_pds3_tile

DEMO = RESOURCES / "demo" / "taurus_littrow_interpolated_between_stations.tif"
PART = ("--extent", "30.74", "20.17", "30.80", "20.22", "--extent-crs", "IAU_2015:30100")

#: Words of each command that succeed in the folder of `night`; OUT is a file that it makes.
WORKING = {
    "predict": ("predict", "in.tif", "OUT.tif"),
    "predict-spectra": ("predict-spectra", "spectra.csv", "OUT.csv"),
    "mosaic": ("mosaic", "tiles", "OUT.vrt"),
    "check": ("check", "oxides.tif", "--report", "OUT.html"),
    "compare": ("compare", "oxides.tif", "other.tif", "OUT.tif", "--oxide", "FeO"),
    "gamma-rays": ("gamma-rays", "oxides.tif", "grs.tab", "--coverage", "1e-5", "--table",
                   "OUT.csv"),
    "parameters": ("parameters", "in.tif", "OUT.tif"),
    "products": ("products", "oxides.tif", "OUT.tif"),
    "regions": ("regions", "oxides.tif", "--table", "OUT.csv"),
    "transect": ("transect", "oxides.tif", "--vertex", "30.75", "20.18", "--vertex", "30.79",
                 "20.21", "--table", "OUT.csv"),
    "explain": ("explain", "in.tif", "--max-samples", "9", "--report", "OUT.html"),
    "refine": ("refine", "OUT.onnx", "--model", "kaguya_mi_before_ce6"),
    "describe": ("describe", "kaguya_mi", "--report", "OUT.html"),
}  # fmt: skip
#: The word of each command that names what it reads, where it can be another file.
READS = {"refine": None, **{name: words[1] for name, words in WORKING.items() if name != "refine"}}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Inputs of all commands."""
    folder = tmp_path_factory.mktemp("night")
    write_mi_geotiff(folder / "in.tif", random_dn(12, 17))
    (folder / "tiles").mkdir()
    for west in (30, 31):
        write_pds3_tile(
            folder / "tiles", random_dn(6, 6, west), west=west, north=21, per_degree=6.0
        )
    assert main(["predict", str(DEMO), str(folder / "oxides.tif"), "--quiet", *PART]) == 0
    with rasterio.open(folder / "oxides.tif") as source:
        profile = {**source.profile, "count": 1}
        values, far = source.read(2) + np.float32(0.75), source.transform
    far = far.translation(200 * far.a, 0) * far
    for name, transform in (("other.tif", profile["transform"]), ("far.tif", far)):
        with rasterio.open(folder / name, "w", **{**profile, "transform": transform}) as target:
            target.write(values, 1)
            target.set_band_description(1, "FeO (wt%)")
    bounds = cell_bounds(20.0)
    amounts = {"MgO": 7.0, "Al2O3": 22.0, "SiO2": 45.0, "CaO": 14.0, "TiO2": 1.5, "FeO": 9.0}
    write_archived(folder / "grs.tab", bounds, amounts)
    bands = "r414,r749,r901,r950,r1001,r1049,r1248,r1548"
    row = ",".join(map(str, np.linspace(0.05, 0.15, 8).round(4)))
    (folder / "spectra.csv").write_text(f"name,{bands}\nsoil,{row}\n")
    (folder / "elsewhere.csv").write_text("station,lat,lon,FeO\nX,0,0,16.5\n")
    return folder


@pytest.fixture
def night(folder, monkeypatch):
    """The folder of the inputs, as the current one; a test leaves nothing in it."""
    monkeypatch.chdir(folder)
    before = times(folder)
    yield folder
    for path in folder.glob("OUT*"):
        path.unlink()
    assert times(folder) == before


def times(folder):
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


def ends(capsys, *words):
    """The status of a command and the document that it prints."""
    try:
        status = main([*map(str, words), "--json", "--quiet"])
    except SystemExit as usage:
        status = usage.code
    printed = capsys.readouterr()
    said = json.loads(printed.out)
    assert said["exit_status"] == status
    assert said["status"] == ExitStatus(status).word
    if "error" in said and status < 128:
        assert f"lunar-oxide: {said['error']}" in printed.err or status == ExitStatus.USAGE
    assert "Traceback" not in printed.err
    return ExitStatus(status), said


def outputs(folder):
    return sorted(path.name for path in folder.glob("OUT*"))


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_is_done_refused_or_misunderstood(night, capsys, name):
    words = WORKING[name]
    status, said = ends(capsys, *words)
    assert (status, "error" in said) == (ExitStatus.DONE, False)
    made = outputs(night)
    assert made
    for file in made:
        (night / file).unlink()
    status, said = ends(capsys, *words, "--no-such-option")
    assert (status, said["continues"]) == (ExitStatus.USAGE, False)
    missing = [
        "nowhere.onnx" if name == "describe" else "nowhere" if word == READS[name] else word
        for word in words
    ]
    if name == "refine":
        missing += ["--sites", "nowhere"]
    if name == "describe":
        missing = ["describe", "nowhere.onnx"]
    status, said = ends(capsys, *missing)
    assert status is ExitStatus.REFUSED
    assert "nowhere" in said["error"]
    assert outputs(night) == []


@pytest.mark.parametrize("name", COMMANDS)
def test_a_folder_that_does_not_exist_is_to_be_mended(night, capsys, name):
    words = [re.sub("^OUT", "nowhere/OUT", word) for word in WORKING[name]]
    status, said = ends(capsys, *words)
    assert status is ExitStatus.UNAVAILABLE
    assert "create it or choose another" in said["error"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "describe"])
def test_both_signals_stop_each_command_and_leave_nothing(night, capsys, monkeypatch, name, number):
    before = signal.getsignal(number)

    def is_cancelled(self):
        if not self.received:
            signal.raise_signal(number)
        return self.received != 0

    monkeypatch.setattr(TerminalProgress, "is_cancelled", is_cancelled)
    status, said = ends(capsys, *WORKING[name])
    assert status == 128 + number
    assert (said["continues"], "ancelled" in said["error"]) == (False, True)
    assert outputs(night) == []
    assert signal.getsignal(number) is before


@pytest.mark.parametrize("name", COMMANDS)
def test_a_fault_of_the_program_and_a_lack_of_memory_are_told_apart(
    night, capsys, monkeypatch, name
):
    for error, expected in (
        (KeyError("odd"), ExitStatus.FAILED),
        (MemoryError(), ExitStatus.UNAVAILABLE),
        (OSError(28, "No space left on device", "x"), ExitStatus.UNAVAILABLE),
        (ImportError("no rasterio"), ExitStatus.UNAVAILABLE),
    ):

        def fail(options, progress, error=error):
            raise error

        monkeypatch.setattr(COMMANDS[name].module, "execute", fail)
        status, said = ends(capsys, *WORKING[name])
        assert (status, said["continues"]) == (expected, False)


def test_a_limit_of_agreement_that_is_exceeded_has_its_own_status(night, capsys):
    check = ("check", "oxides.tif", "--fail-outside")
    status, said = ends(capsys, *check, "100")
    assert status is ExitStatus.DONE
    share = 100.0 * said["outside_values"] / said["compared_values"]
    assert said["compared_values"] == said["sites"] * 6 > 0
    (night / "OUT.csv").write_text("station,lat,lon,FeO\nX,20.19,30.77,2.0\n")
    status, said = ends(capsys, *check, "10", "--sites", "OUT.csv", "--table", "OUT_t.csv")
    assert (status, said["outside_values"], said["compared_values"]) == (ExitStatus.DISAGREES, 1, 1)
    assert "1 of 1 measured oxides (100 %) lie outside" in said["finding"]
    assert (night / "OUT_t.csv").exists()
    status, said = ends(capsys, *check, f"{share:.12f}")
    assert status is ExitStatus.DONE
    compare = (*WORKING["compare"], "--tolerance")
    status, said = ends(capsys, *compare, "0.76")
    assert (status, said["rmse"]) == (ExitStatus.DONE, pytest.approx(0.75, abs=1e-4))
    status, said = ends(capsys, *compare, "0.74")
    assert (status, "0.75 wt% FeO" in said["finding"]) == (ExitStatus.DISAGREES, True)
    assert (night / "OUT.tif").exists()
    assert ends(capsys, *compare, "-1")[0] is ExitStatus.USAGE
    # A map without uncertainties has no intervals.
    status, said = ends(capsys, "check", "other.tif", "--fail-outside", "10", "--sites", "OUT.csv")
    assert (status, "leave it out" in said["error"]) == (ExitStatus.REFUSED, True)


@pytest.mark.parametrize(
    "words",
    [
        ("check", "oxides.tif", "--sites", "elsewhere.csv", "--table", "OUT.csv"),
        ("compare", "oxides.tif", "far.tif", "OUT.tif", "--oxide", "FeO"),
    ],
)
def test_nothing_to_compare_is_no_fault_of_the_input(night, capsys, words):
    assert ends(capsys, *words)[0] is ExitStatus.NO_OVERLAP
    assert outputs(night) == []


def test_a_run_that_stops_half_way_says_so_and_is_continued(night, capsys, monkeypatch):
    write_linear_model(night / "OUT.onnx")
    write_mi_geotiff(night / "OUT_in.tif", random_dn(300, 40))
    words = ("predict", "OUT_in.tif", "OUT.tif", "--model", "OUT.onnx", "--threads", "1",
             "--memory", "64")  # fmt: skip
    write = resumable_raster.ResumableRaster.write
    finish = resumable_raster.ResumableRaster.finish
    monkeypatch.setattr(raster_run, "KEEP_AFTER_SECONDS", -1.0)
    for error, expected in (
        (OSError(5, "Input/output error", "disk"), ExitStatus.UNFINISHED),
        (MemoryError(), ExitStatus.UNFINISHED),
        (RuntimeError("odd"), ExitStatus.UNFINISHED),
        (errors.Cancelled("The prediction was cancelled."), ExitStatus.INTERRUPTED),
    ):

        def fail(self, *arguments, error=error):
            raise error

        monkeypatch.setattr(resumable_raster.ResumableRaster, "finish", fail)
        status, said = ends(capsys, *words)
        assert (status, said["continues"]) == (expected, True)
        assert (night / "OUT.tif.part").exists()
        assert not (night / "OUT.tif").exists()
    monkeypatch.setattr(resumable_raster.ResumableRaster, "finish", finish)
    written = []
    monkeypatch.setattr(
        resumable_raster.ResumableRaster,
        "write",
        lambda self, block: (written.append(block.index), write(self, block)),
    )
    status, said = ends(capsys, *words)
    assert (status, said["valid_pixels"], written) == (ExitStatus.DONE, 12000, [])
    assert not (night / "OUT.tif.part").exists()


def test_a_disk_that_is_full_at_once_keeps_nothing_and_says_so(night, capsys, monkeypatch):
    write = resumable_raster._write_all
    calls = []

    def fill(file, content):
        calls.append(len(content))
        if len(calls) > 1:  # the first is the beginning of the file
            raise OSError(errno.ENOSPC, "No space left on device")
        write(file, content)

    monkeypatch.setattr(resumable_raster, "_write_all", fill)
    status, said = ends(capsys, "predict", "in.tif", "OUT.tif")
    assert (status, said["continues"]) == (ExitStatus.UNAVAILABLE, False)
    assert "make room" in said["error"] and "kept" not in said["error"]
    assert outputs(night) == []


def test_a_source_that_changed_is_not_said_to_continue(night, capsys, monkeypatch):
    write_mi_geotiff(night / "OUT_in.tif", random_dn(9, 9))
    monkeypatch.setattr(raster_run, "KEEP_AFTER_SECONDS", -1.0)
    write = resumable_raster.ResumableRaster.write

    def change(self, block):
        write_mi_geotiff(night / "OUT_in.tif", random_dn(9, 9, 7))
        write(self, block)

    monkeypatch.setattr(resumable_raster.ResumableRaster, "write", change)
    status, said = ends(capsys, "predict", "OUT_in.tif", "OUT.tif")
    assert (status, said["continues"]) == (ExitStatus.UNAVAILABLE, False)
    assert "run again" in said["error"]
    assert outputs(night) == ["OUT_in.tif"]


def test_a_tile_that_cannot_be_read_is_told_or_refused(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    tiles = [
        write_pds3_tile(tmp_path, random_dn(6, 6, west), west=west, north=21, per_degree=6.0)
        for west in (30, 31)
    ]
    words = ("mosaic", ".", "m.vrt")
    status, said = ends(capsys, *words, "--strict")
    assert (status, said["tiles"], said["left_out"]) == (ExitStatus.DONE, 2, [])
    (tmp_path / "m.vrt").unlink()
    image = tiles[1].with_suffix(".img")
    image.write_bytes(image.read_bytes()[:-50])
    status, said = ends(capsys, *words, "--strict")
    assert (status, list(tmp_path.glob("*.vrt"))) == (ExitStatus.REFUSED, [])
    assert f"1 of 2 tiles cannot be read ({tiles[1].name})" in said["error"]
    status, said = ends(capsys, *words)
    assert (status, said["tiles"]) == (ExitStatus.DONE, 1)
    assert said["left_out"] == [tiles[1].name]


def test_every_class_of_errors_has_the_status_of_its_kind():
    classes = [
        kind for _, kind in inspect.getmembers(errors, inspect.isclass)
        if issubclass(kind, errors.LunarOxideError)
    ]  # fmt: skip
    mended = (
        errors.NotWrittenError, errors.OutputInUseError, errors.PackageMissingError,
        errors.DependencyError, errors.ClusterError, errors.SourceChangedError, errors.DiskError,
    )  # fmt: skip
    for kind in classes:
        expected = ExitStatus.REFUSED
        if issubclass(kind, errors.NoOverlapError):
            expected = ExitStatus.NO_OVERLAP
        elif issubclass(kind, mended):
            expected = ExitStatus.UNAVAILABLE
        elif kind is errors.Cancelled:
            assert status_of(kind("x"), signal.SIGTERM) is ExitStatus.TERMINATED
            expected = ExitStatus.INTERRUPTED
        assert status_of(kind("x")) is expected
        kept = kind("x")
        errors.note_kept(kept, "out.tif.part")
        assert status_of(kept) is (expected if kind is errors.Cancelled else ExitStatus.UNFINISHED)
    assert set(MEANINGS) == set(ExitStatus)


def test_help_and_guide_name_every_status(capsys):
    guide = Path(__file__).parent.parent / "docs" / "guide" / "pipelines.md"
    table = dict(re.findall(r"^\| (\d+) \| `([a-z ]+)` \|", guide.read_text("utf-8"), re.MULTILINE))
    assert table == {str(int(status)): status.word for status in ExitStatus}
    for name in ("", *COMMANDS):
        with pytest.raises(SystemExit):
            main([*filter(None, [name]), "--help"])
        text = capsys.readouterr().out
        assert exit_status.help_text() in text
