"""``python -m lunar_oxide_plugin`` as pipelines call it."""

from __future__ import annotations

import io
import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
import rasterio

from lunar_oxide_plugin.core.command_line import TerminalProgress
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
    assert (result.returncode, result.stderr) == (0, "")
    assert "6 of 6 pixels" in result.stdout
    with rasterio.open(output) as dataset:
        assert dataset.compression.name.lower() == "deflate"
        spectra = random_dn(8, 9)[[8, 7, 6, 4, 3, 2, 1, 0], :2, :3] * 1e-5
        expected = expected_oxides(spectra.astype("f4").reshape(8, -1))
        np.testing.assert_allclose(dataset.read()[:6].reshape(6, -1), expected, rtol=1e-5)


def test_bundled_model_by_name_and_mosaic(tmp_path):
    tiles = tmp_path / "tiles"
    tiles.mkdir()
    write_pds3_tile(tiles, random_dn(6, 6), west=30, north=21)
    write_pds3_tile(tiles, random_dn(6, 6, 2), west=31, north=21)
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
        (("predict", "no.tif", "out.tif"), 1, "no.tif does not exist"),
        (("predict", "in.tif", "out.png"), 1, "must be a GeoTIFF"),
        (("predict", "in.tif", "out.tif", "--model", "nobody"), 1, "no model 'nobody'"),
        (("predict", "in.tif", "out.tif", "--threads", "0"), 1, "THREADS is 0"),
        (("predict", "in.tif"), 2, "required: OUT"),
        ((), 2, "required: command"),
        (("mosaic", "nowhere", "out.vrt"), 1, "does not exist"),
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
    assert process.returncode == 130
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
        "from lunar_oxide_plugin.core.command_line import main\n"
        "sys.exit(main(['predict', 'no.tif', 'out.tif']))\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 1
    assert "does not exist" in result.stderr
