"""``python -m lunar_oxide_plugin`` in a shell."""

from __future__ import annotations

import io
import json
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
import rasterio
import rasterio.shutil

from lunar_oxide_plugin.core.command_line.main import _parser
from lunar_oxide_plugin.core.command_line.terminal import TerminalProgress
from tests.models import expected_oxides, write_linear_model
from tests.rasters import random_dn, reflectance, write_mi_geotiff, write_pds3_tile

ROOT = Path(__file__).resolve().parent.parent


def run(*arguments, **options):
    return subprocess.run(
        [sys.executable, "-m", "lunar_oxide_plugin", *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        **options,
    )


def test_predict_prints_the_result_and_exits_with_0(tmp_path):
    dn = random_dn(20, 30)
    dn[:, :5] = -30000
    raster = write_mi_geotiff(tmp_path / "in.tif", dn)
    model = write_linear_model(tmp_path / "model.onnx")
    output = tmp_path / "out.tif"
    result = run("predict", raster, output, "--model", model, "--threads", "2", "--json")
    assert result.returncode == 0, result.stderr
    answer = json.loads(result.stdout)
    assert (answer["valid_pixels"], answer["total_pixels"]) == (15 * 30, 600)
    assert answer["model"] == "Linear test model"
    assert "MI 414 nm <- band 1" in result.stderr
    assert "Mpx/s" in result.stderr
    with rasterio.open(output) as dataset:
        expected = expected_oxides(reflectance(dn[:, 5:]).astype("f4").reshape(8, -1))
        np.testing.assert_allclose(dataset.read()[:6, 5:].reshape(6, -1), expected, rtol=1e-5)


def test_options_reach_the_prediction(tmp_path):
    raster = write_mi_geotiff(tmp_path / "in.tif", random_dn(8, 9), wavelengths=None)
    model = write_linear_model(tmp_path / "model.onnx")
    output = tmp_path / "out.tif"
    t = rasterio.open(raster).transform
    extent = (t.c, t.f - 2 * 59.2, t.c + 3 * 59.2, t.f)
    result = run(
        "predict", raster, output, "--model", model, "--bands", "9,8,7,5,4,3,2,1",
        "--extent", *extent, "--scale", "1e-5", "--quiet", "--compression", "deflate",
    )  # fmt: skip
    assert result.returncode == 0
    # Reversed bands and half the scale give doubts, and the model's sigma is as its author states;
    # progress is not shown.
    assert [line.split(":")[0] for line in result.stderr.splitlines()] == ["Warning"] * 3
    assert "6 of 6 pixels" in result.stdout
    with rasterio.open(output) as dataset:
        assert dataset.compression.name.lower() == "deflate"
        spectra = random_dn(8, 9)[[8, 7, 6, 4, 3, 2, 1, 0], :2, :3] * 1e-5
        expected = expected_oxides(spectra.astype("f4").reshape(8, -1))
        np.testing.assert_allclose(dataset.read()[:6].reshape(6, -1), expected, rtol=1e-5)


def test_bundled_model_by_name_and_mosaic(tmp_path):
    tiles = tmp_path / "tiles"
    tiles.mkdir()
    write_pds3_tile(tiles, random_dn(6, 6), west=30, north=21, per_degree=6.0)
    write_pds3_tile(tiles, random_dn(6, 6, 2), west=31, north=21, per_degree=6.0)
    result = run("mosaic", tiles, tmp_path / "mosaic.vrt")
    assert (result.returncode, result.stdout.endswith("2 tiles, 12 x 6 pixels.\n")) == (0, True)
    result = run(
        "predict", tmp_path / "mosaic.vrt", tmp_path / "o.tif", "--model", "kaguya_mi_before_ce6"
    )
    assert result.returncode == 0, result.stderr
    assert "72 of 72 pixels" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (("predict", "no.tif", "out.tif"), 3, "no.tif does not exist"),
        (("predict", "in.tif", "out.png"), 3, "must be a GeoTIFF"),
        (("predict", "in.tif", "out.tif", "--model", "nobody"), 3, "no model 'nobody'"),
        (("predict", "in.tif", "out.tif", "--threads", "0"), 3, "THREADS is 0"),
        (("predict", "in.tif"), 2, "required: OUT"),
        ((), 2, "required: COMMAND"),
        (("mosaic", "nowhere", "out.vrt"), 3, "does not exist"),
    ],
)
def test_failures_are_one_sentence_and_a_status(tmp_path, arguments, status, message):
    write_mi_geotiff(tmp_path / "in.tif", random_dn(3, 3))
    before = sorted(path.name for path in tmp_path.iterdir())
    result = subprocess.run(
        [sys.executable, "-m", "lunar_oxide_plugin", *arguments],
        cwd=tmp_path, env={"PYTHONPATH": str(ROOT), "PATH": ""}, capture_output=True, text=True,
        timeout=120, check=False,
    )  # fmt: skip
    assert result.returncode == status
    assert message in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""
    assert sorted(path.name for path in tmp_path.iterdir()) == before


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_the_run_and_leaves_nothing_half_done(tmp_path, number):
    raster = write_mi_geotiff(tmp_path / "in.tif", np.tile(random_dn(500, 500), (1, 8, 8)))
    process = subprocess.Popen(
        [sys.executable, "-m", "lunar_oxide_plugin", "predict", raster, tmp_path / "out.tif"],
        cwd=ROOT, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    part = tmp_path / "out.tif.part"
    while not part.exists():
        assert process.poll() is None
        time.sleep(0.02)
    process.send_signal(number)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 128 + number
    assert "cancelled" in errors
    assert [path.name for path in tmp_path.iterdir()] == ["in.tif"]


def test_the_bar_moves_on_a_terminal():
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    stream = Terminal()
    progress = TerminalProgress(stream)
    progress.report(0.5)
    progress.info("a line")
    progress.report(1.0)
    progress.close()
    text = stream.getvalue()
    assert "[###############---------------]  50.0%" in text
    assert "\r[##############################] 100.0%\n" in text
    assert "a line\n" in text


def test_qgis_is_not_needed():
    script = (
        "import sys; sys.modules['qgis'] = None\n"
        "from lunar_oxide_plugin.core.command_line.main import main\n"
        "sys.exit(main(['predict', 'no.tif', 'out.tif']))\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 3
    assert "does not exist" in result.stderr


DEMO = ROOT / "resources" / "demo" / "taurus_littrow_interpolated_between_stations.tif"


@pytest.fixture(scope="module")
def prediction(tmp_path_factory):
    output = tmp_path_factory.mktemp("demo") / "oxides.tif"
    assert run("predict", DEMO, output, "--quiet").returncode == 0
    return output


def test_check_tells_fit_from_validation_and_writes_what_is_wanted(tmp_path, prediction):
    files = {name: tmp_path / f"c.{name}" for name in ("html", "csv", "json")}
    result = run(
        "check", prediction, "--report", files["html"], "--table", files["csv"],
        "--document", files["json"], "--json",
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    answer = json.loads(result.stdout)
    assert (answer["sites"], answer["unseen"]) == (21, 0)
    assert "validate nothing" in result.stderr
    feo = next(m for m in answer["metrics"] if m["oxide"] == "FeO")
    assert (feo["group"], feo["n"]) == ("seen", 21)
    document = json.loads(files["json"].read_text("utf-8"))
    stored = next(m for m in document["metrics"] if m["oxide"] == "FeO")
    assert stored["rmse"]["value"] == feo["rmse_wt"]
    residuals = [s["oxides"]["FeO"]["residual"] for s in document["sites"]]
    assert feo["bias_wt"] == pytest.approx(np.mean(residuals), abs=1e-6)
    assert files["html"].read_text("utf-8").startswith("<!DOCTYPE html>")
    assert files["csv"].read_text("utf-8").count("A17_") == 21


def test_check_takes_a_table_of_sites(tmp_path, prediction):
    table = tmp_path / "soils.csv"
    table.write_text("station;lat;lon;FeO\nX;20,19;30,77;16,5\nY;20,19;30,76;12,0\n")
    result = run("check", prediction, "--sites", table, "--json")
    assert result.returncode == 0, result.stderr
    answer = json.loads(result.stdout)
    assert answer["sites"] == 2
    assert sum(m["n"] for m in answer["metrics"] if m["oxide"] == "FeO") == 2
    assert "'FeO' taken as FeO in wt%" in result.stderr
    table.write_text("station;lat;lon;FeO\nX;0;0;16,5\n")
    result = run("check", prediction, "--sites", table)
    assert (result.returncode, result.stdout) == (7, "")
    assert "None of the 1 sites" in result.stderr


def test_compare_says_how_far_maps_agree(tmp_path, prediction):
    shifted = tmp_path / "other.tif"
    with rasterio.open(prediction) as source:
        profile = {**source.profile, "count": 1}
        values = source.read(2) + np.float32(0.75)
    with rasterio.open(shifted, "w", **profile) as target:
        target.write(values, 1)
        target.set_band_description(1, "FeO (wt%)")
    result = run(
        "compare", prediction, shifted, tmp_path / "d.tif", "--oxide", "FeO",
        "--report", tmp_path / "d.html", "--json",
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    answer = json.loads(result.stdout)
    assert (answer["bias"], answer["rmse"]) == pytest.approx((-0.75, 0.75), abs=1e-4)
    with rasterio.open(tmp_path / "d.tif") as dataset:
        assert np.nanmax(np.abs(dataset.read(1) + 0.75)) < 1e-4
    assert "FeO" in (tmp_path / "d.html").read_text("utf-8")


def shell(script, tmp_path, **environment):
    """Run a shell script in which $LO is the command line; return its exit status and files."""
    variables = {
        "PATH": "/usr/bin:/bin",
        "LO": f"{sys.executable} -m lunar_oxide_plugin",
        "IN": str(tmp_path / "in.tif"),
        "PYTHONPATH": str(ROOT),
        **environment,
    }
    return subprocess.run(
        ["bash", "-c", script], cwd=tmp_path, env=variables, capture_output=True, timeout=120,
        check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("script", "environment"),
    [
        ("$LO predict $IN out.tif 1>&-", {}),
        ("$LO predict $IN out.tif 2>&-", {}),
        ("$LO predict $IN out.tif >&- 2>&-", {}),
        ("$LO predict $IN out.tif >/dev/full 2>/dev/full", {}),
        ("set -o pipefail; $LO predict $IN out.tif | true", {}),
        ("set -o pipefail; $LO predict $IN out.tif 2>&1 >/dev/null | true", {}),
        ("$LO predict $IN out.tif", {"PYTHONIOENCODING": "ascii"}),
    ],
)
def test_a_complete_map_is_done_whoever_reads_what_is_printed(tmp_path, script, environment):
    write_mi_geotiff(tmp_path / "in.tif", random_dn(40, 50))
    result = shell(script, tmp_path, **environment)
    assert result.returncode == 0, result.stderr
    assert b"Traceback" not in result.stderr
    assert b"Exception" not in result.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.tif", "out.qml", "out.tif"]
    with rasterio.open(tmp_path / "out.tif") as dataset:
        assert np.isfinite(dataset.read(1)).all()


def test_names_that_the_output_cannot_hold_are_escaped(tmp_path):
    write_mi_geotiff(tmp_path / "in.tif", random_dn(4, 5))
    result = shell("$LO predict $IN 月.tif", tmp_path, PYTHONIOENCODING="latin-1", PYTHONUTF8="1")
    assert result.returncode == 0, result.stderr
    assert b"\\u6708.tif: 20 of 20 pixels" in result.stdout
    assert (tmp_path / "月.tif").exists()


def test_names_that_the_file_system_encoding_cannot_hold_are_one_sentence(tmp_path):
    write_mi_geotiff(tmp_path / "in.tif", random_dn(4, 5))
    before = sorted(tmp_path.iterdir())
    c_locale = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    result = shell("$LO predict $IN é.tif", tmp_path, **c_locale)
    assert b"Traceback" not in result.stderr
    if result.returncode == 0:  # this Python writes the name nevertheless
        assert (tmp_path / "é.tif").exists()
    else:
        assert result.returncode == 3
        assert b"PYTHONUTF8=1" in result.stderr
        assert sorted(tmp_path.iterdir()) == before
        assert shell("$LO predict $IN é.tif", tmp_path, LC_ALL="C", PYTHONUTF8="1").returncode == 0


def test_what_nobody_foresaw_is_one_sentence_and_the_traceback_on_demand(tmp_path):
    script = (
        "import sys\n"
        "from lunar_oxide_plugin.core.command_line import main, predict_command\n"
        "def fail(*arguments): raise KeyError('odd')\n"
        "predict_command.execute = fail\n"
        "sys.exit(main.main(['predict', 'a.tif', 'b.tif', *sys.argv[1:]]))\n"
    )
    for options, status in (((), 1), (("--traceback",), 1)):
        result = subprocess.run(
            [sys.executable, "-c", script, *options], cwd=ROOT, capture_output=True, text=True,
            check=False,
        )  # fmt: skip
        assert result.returncode == status
        assert ("Traceback" in result.stderr) is bool(options)
        assert "KeyError" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("predict", "IN", "IN"),
        ("check", "PREDICTION", "--table", "SITES", "--sites", "SITES"),
        ("check", "PREDICTION", "--report", "PREDICTION"),
        ("check", "VRT", "--document", "PREDICTION"),
        ("compare", "PREDICTION", "REFERENCE", "REFERENCE", "--oxide", "FeO"),
        ("compare", "VRT", "REFERENCE", "OUT", "--oxide", "FeO", "--table", "PREDICTION"),
    ],
)
def test_no_command_writes_over_what_it_reads(tmp_path, prediction, arguments):
    files = {
        "IN": tmp_path / "in.tif", "PREDICTION": tmp_path / "p.tif", "VRT": tmp_path / "p.vrt",
        "REFERENCE": tmp_path / "r.tif", "SITES": tmp_path / "s.csv", "OUT": tmp_path / "o.tif",
    }  # fmt: skip
    write_mi_geotiff(files["IN"], random_dn(9, 9))
    shutil.copy(prediction, files["PREDICTION"])
    shutil.copy(prediction, files["REFERENCE"])
    rasterio.shutil.copy(str(files["PREDICTION"]), str(files["VRT"]), driver="VRT")
    files["SITES"].write_text("station,lat,lon,FeO\nX,20.19,30.77,16.5\n")
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    result = run(*(files.get(word, word) for word in arguments))
    assert result.returncode == 3
    assert "choose another" in result.stderr
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize("other", ["x", "./x"])
def test_two_outputs_need_two_files(tmp_path, prediction, other):
    result = shell(f"$LO check {prediction} --report x --table {other}", tmp_path)
    assert result.returncode == 3
    assert b"Two outputs have the name" in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_result_that_is_only_printed_is_lost_on_a_full_disk(tmp_path, prediction):
    printed = shell(f"$LO check {prediction} --json >/dev/full", tmp_path)
    assert printed.returncode == 5
    assert b"The result cannot be printed" in printed.stderr
    written = shell(f"$LO check {prediction} --document d.json >/dev/full", tmp_path)
    assert written.returncode == 0
    assert b"The result cannot be printed" in written.stderr
    assert (tmp_path / "d.json").exists()
    read_in_part = shell(f"set -o pipefail; $LO check {prediction} --json | true", tmp_path)
    assert read_in_part.returncode == 0


DOCUMENTS = (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")))


def documented_commands():
    """Every command line of ``lunar-oxide`` in a code block of README and guide."""
    for path in DOCUMENTS:
        for block in re.findall(r"```\w*\n(.*?)```", path.read_text("utf-8"), re.DOTALL):
            for line in block.replace("\\\n", " ").splitlines():
                words = shlex.split(line, comments=True)
                if words and words[0] == "lunar-oxide":
                    ends = [place for place, word in enumerate(words) if word in (">", "||", "|")]
                    yield path.name, words[1 : min(ends, default=len(words))]


@pytest.mark.parametrize(("page", "words"), list(documented_commands()))
def test_the_commands_of_the_guide_are_spelled_as_they_are_understood(page, words):
    options = _parser().parse_args(words)
    assert options.module.execute
