"""Cancel, errors and kills at every stage: no wrong result, no file, no thread remains."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import numpy as np
import pytest
import rasterio
from rasterio.env import get_gdal_config, set_gdal_config

import lunar_oxide_plugin.core.prediction.raster_run as prediction_run
from lunar_oxide_plugin.core.errors import Cancelled, LunarOxideError, OutputError
from lunar_oxide_plugin.core.geotiff.encoding import Encoding
from lunar_oxide_plugin.core.geotiff.resumable_raster import ResumableRaster
from lunar_oxide_plugin.core.prediction.plan import PredictionRequest, predict_raster
from lunar_oxide_plugin.core.progress import SilentProgress
from lunar_oxide_plugin.core.rasters.gdal_cache import limited_gdal_cache
from lunar_oxide_plugin.core.rasters.raster_source import RasterSource
from tests.models import expected_oxides, write_linear_model
from tests.rasters import random_dn, reflectance, write_mi_geotiff
from tests.requests import raster as raster_input

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def scene(tmp_path_factory):
    """A raster of several blocks with the linear model, and its numbers."""
    folder = tmp_path_factory.mktemp("scene")
    dn = random_dn(700, 900)
    write_mi_geotiff(folder / "in.tif", dn)
    write_linear_model(folder / "linear.onnx")
    return folder, dn


def predict(scene, output, progress=None, **options):
    folder, _ = scene
    request = PredictionRequest(
        raster=raster_input(folder / "in.tif"),
        output=str(output),
        model=str(folder / "linear.onnx"),
        threads=2,
        **options,
    )
    return predict_raster(request, progress or SilentProgress())


def require_map(scene, output):
    spectra = reflectance(scene[1]).astype("f4")
    expected = expected_oxides(spectra.reshape(8, -1)).reshape(6, *scene[1].shape[1:])
    with rasterio.open(output) as dataset:
        np.testing.assert_allclose(dataset.read(range(1, 7)), expected, rtol=1e-5)


@pytest.fixture(autouse=True)
def no_thread_is_left():
    before = set(threading.enumerate())
    yield
    for thread in set(threading.enumerate()) - before:
        thread.join(timeout=60.0)
        assert not thread.is_alive(), thread.name


class CancelAfter(SilentProgress):
    """Cancels at the n-th check."""

    def __init__(self, count):
        self.left = count

    def is_cancelled(self):
        self.left -= 1
        return self.left < 0


def test_cancelling_at_any_moment_leaves_nothing(scene, tmp_path):
    output = tmp_path / "out.tif"
    cancelled = 0
    for count in [*range(12), 1_000_000]:
        try:
            predict(scene, output, CancelAfter(count))
        except Cancelled:
            cancelled += 1
            assert list(tmp_path.iterdir()) == []
        else:
            break
    assert cancelled >= 1
    require_map(scene, output)
    # A cancelled run does not change the result of an earlier one either.
    before = output.read_bytes()
    with pytest.raises(Cancelled):
        predict(scene, output, CancelAfter(0))
    assert output.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["out.tif"]


class Boom(Exception):
    """An unexpected error."""


def fail_at(original, number, error):
    """The original function, except that the n-th call fails."""
    calls = iter(range(1_000_000))

    def wrapper(*arguments, **options):
        if next(calls) == number:
            raise error
        return original(*arguments, **options)

    return wrapper


STAGES = {
    "reading": (RasterSource, "read"),
    "computing": (prediction_run, "predict_block"),
    "encoding": (ResumableRaster, "encode"),
    "writing": (ResumableRaster, "write"),
    "finishing": (ResumableRaster, "_enter_tiles"),
}


@pytest.mark.parametrize("stage", list(STAGES))
@pytest.mark.parametrize(
    ("error", "encoding"),
    [
        (Boom("boom"), Encoding.FLOAT32),
        (MemoryError("none left"), Encoding.FLOAT32),
        (OSError(5, "Input/output error"), Encoding.COMPACT),
    ],
)
def test_a_failure_in_any_thread_ends_the_run_and_leaves_nothing(
    scene, tmp_path, monkeypatch, stage, error, encoding
):
    owner, name = STAGES[stage]
    original = getattr(owner, name)
    failing = fail_at(original, 0, error)
    if stage == "reading":

        def failing(source, mapping, window):
            if window.height > 64 or window.width > 64:  # a block, no sample of the probe
                raise error
            return original(source, mapping, window)

    monkeypatch.setattr(owner, name, failing)
    with pytest.raises((type(error), LunarOxideError)):
        predict(scene, tmp_path / "out.tif", encoding=encoding)
    assert list(tmp_path.iterdir()) == []


def test_the_user_reads_one_sentence_when_a_worker_fails(scene, tmp_path, monkeypatch, run):
    from qgis.core import QgsProcessingException

    for error in (Boom("boom"), MemoryError()):
        monkeypatch.setattr(
            prediction_run, "predict_block", fail_at(prediction_run.predict_block, 0, error)
        )
        with pytest.raises(QgsProcessingException) as caught:
            run(
                "predictoxides",
                INPUT=str(scene[0] / "in.tif"),
                MODEL_FILE=str(scene[0] / "linear.onnx"),
                OUTPUT=str(tmp_path / "out.tif"),
            )
        assert "Traceback" not in str(caught.value)
        assert len(str(caught.value).strip().splitlines()) == 1
        assert list(tmp_path.iterdir()) == []
        monkeypatch.undo()


# --- two runs at once -----------------------------------------------------------------


class Held(SilentProgress):
    """Stops inside the run until it is released."""

    def __init__(self):
        self.begun, self.go = threading.Event(), threading.Event()

    def is_cancelled(self):
        self.begun.set()
        self.go.wait(60.0)
        return False


def in_thread(action):
    """Run in a thread; returns it and the list that takes its error."""
    errors = []

    def guarded():
        try:
            action()
        except Exception as error:
            errors.append(error)

    thread = threading.Thread(target=guarded)
    thread.start()
    return thread, errors


def test_a_second_run_to_the_same_output_is_refused_and_the_first_finishes(scene, tmp_path):
    output, progress = tmp_path / "out.tif", Held()
    thread, errors = in_thread(lambda: predict(scene, output, progress))
    assert progress.begun.wait(60.0)
    try:
        with pytest.raises(OutputError, match="Another run is writing the same output"):
            predict(scene, output)
    finally:
        progress.go.set()
        thread.join()
    assert not errors
    require_map(scene, output)
    assert [entry.name for entry in tmp_path.iterdir()] == ["out.tif"]


def test_runs_to_different_outputs_do_not_disturb_each_other(scene, tmp_path):
    outputs = [tmp_path / f"out{number}.tif" for number in range(3)]
    runs = [in_thread(lambda path=path: predict(scene, path)) for path in outputs]
    for thread, errors in runs:
        thread.join()
        assert not errors
    for path in outputs:
        require_map(scene, path)
    assert sorted(tmp_path.iterdir()) == outputs


# --- dying ----------------------------------------------------------------------------


SLOW_RUN = """
    import sys, time
    sys.path.insert(0, {root!r})
    import lunar_oxide_plugin.core.prediction.raster_run as prediction_run
    from lunar_oxide_plugin.core.prediction.plan import PredictionRequest, predict_raster
    from lunar_oxide_plugin.core.progress import SilentProgress
    from lunar_oxide_plugin.core.rasters.raster_input import RasterInput
    original = prediction_run.predict_block
    begun = []
    def stop_after_two_blocks(*arguments):
        begun.append(1)
        while len(begun) > 2:
            time.sleep(1.0)  # until it is killed
        return original(*arguments)
    prediction_run.predict_block = stop_after_two_blocks
    predict_raster(PredictionRequest(RasterInput({raster!r}), {output!r}, {model!r}, threads=1),
                   SilentProgress())
"""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_run_killed_in_mid_write_leaves_no_map_and_can_be_repeated(scene, tmp_path, number):
    folder, _ = scene
    output, source = tmp_path / "out.tif", folder / "in.tif"
    before = source.read_bytes()
    script = textwrap.dedent(SLOW_RUN).format(
        root=str(ROOT), raster=str(source), output=str(output), model=str(folder / "linear.onnx")
    )
    process = subprocess.Popen([sys.executable, "-c", script])
    try:
        deadline = time.monotonic() + 60.0
        while not written(tmp_path) and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.02)
        assert process.poll() is None
        process.send_signal(number)
    finally:
        process.kill()
        process.wait()
    assert not output.exists()
    assert source.read_bytes() == before
    predict(scene, output)
    require_map(scene, output)
    assert [entry.name for entry in tmp_path.iterdir()] == ["out.tif"]


def written(folder):
    """Whether a run has put tiles into its unfinished file."""
    return any(path.stat().st_size > 1_000_000 for path in folder.glob("*.part"))


UNLOADING = """
    import sys, threading, time
    sys.path.insert(0, {root!r})
    from pathlib import Path
    from qgis.core import (QgsApplication, QgsProcessingAlgRunnerTask, QgsProcessingContext,
                           QgsProcessingFeedback)
    from qgis.PyQt.QtCore import QCoreApplication
    application = QgsApplication([], False)
    application.initQgis()
    from lunar_oxide_plugin import classFactory
    import lunar_oxide_plugin.core.prediction.raster_run as prediction_run
    plugin = classFactory(None)
    plugin.initProcessing()
    original = prediction_run.predict_block
    unloaded = threading.Event()
    def wait_for_the_end_of_the_plugin(*arguments):
        unloaded.wait()
        return original(*arguments)
    prediction_run.predict_block = wait_for_the_end_of_the_plugin
    algorithm = QgsApplication.processingRegistry().createAlgorithmById("lunaroxide:predictoxides")
    parameters = {{"INPUT": {raster!r}, "MODEL_FILE": {model!r}, "OUTPUT": {output!r}}}
    context, feedback = QgsProcessingContext(), QgsProcessingFeedback()
    ended = []
    task = QgsProcessingAlgRunnerTask(algorithm, parameters, context, feedback)
    task.executed.connect(lambda ok, results: ended.append(ok))
    QgsApplication.taskManager().addTask(task)
    while not list(Path({output!r}).parent.glob("*.part")):
        QCoreApplication.processEvents()
        time.sleep(0.01)
    plugin.unload()
    del algorithm
    if {cancel!r}:
        feedback.cancel()
    unloaded.set()
    while not ended:
        QCoreApplication.processEvents()
        time.sleep(0.01)
    assert QgsApplication.processingRegistry().providerById("lunaroxide") is None
    plugin.initProcessing()
    plugin.unload()
    print("ended", ended)
    application.exitQgis()
"""


@pytest.mark.parametrize("cancel", [False, True])
def test_unloading_the_plugin_during_a_run_crashes_nothing(scene, tmp_path, cancel):
    folder, _ = scene
    output = tmp_path / "out.tif"
    script = textwrap.dedent(UNLOADING).format(
        root=str(ROOT),
        raster=str(folder / "in.tif"),
        model=str(folder / "linear.onnx"),
        output=str(output),
        cancel=cancel,
    )
    result = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    assert result.returncode == 0, result.stderr[-2000:]
    if cancel:
        assert not output.exists()
        assert list(tmp_path.iterdir()) == []
    else:
        assert "ended [True]" in result.stdout
        require_map(scene, output)


# --- traces in the process ------------------------------------------------------------


def gdal_cache():
    with rasterio.Env():
        return get_gdal_config("GDAL_CACHEMAX")


@pytest.fixture
def roomy_cache():
    """A cache as in QGIS on a large machine, whose size exceeds 32 bits."""
    before = gdal_cache()
    with rasterio.Env():
        set_gdal_config("GDAL_CACHEMAX", 6_400_000_000)
    yield 6_400_000_000
    with rasterio.Env():
        set_gdal_config("GDAL_CACHEMAX", before)


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_gdal_cache_is_restored_in_whatever_order_runs_end(roomy_cache, order):
    runs = [limited_gdal_cache(megabytes) for megabytes in (16, 100, 30)]
    for run in runs:
        run.__enter__()
    assert gdal_cache() == 146_000_000
    for number in order:
        runs[number].__exit__(None, None, None)
    assert gdal_cache() == roomy_cache


def test_gdal_cache_that_somebody_else_sets_meanwhile_stays(roomy_cache):
    with limited_gdal_cache(100), rasterio.Env():
        set_gdal_config("GDAL_CACHEMAX", 77_000_000)
    assert gdal_cache() == 77_000_000


def test_runs_leave_the_process_as_it_was(scene, tmp_path, roomy_cache):
    environment = dict(os.environ)
    first = Held()
    thread, errors = in_thread(lambda: predict(scene, tmp_path / "a.tif", first, memory_mb=64))
    assert first.begun.wait(60.0)
    other, more = in_thread(lambda: predict(scene, tmp_path / "b.tif", memory_mb=64))
    other.join()
    first.go.set()
    thread.join()
    assert not errors
    assert not more
    assert gdal_cache() == roomy_cache
    assert dict(os.environ) == environment


def test_threads_load_rasterio_one_at_a_time():
    script = """
import importlib, sys, threading
from lunar_oxide_plugin.core.moon.rasterio_loading import load_rasterio

sys.setswitchinterval(1e-6)
names = ["rasterio.vrt", "rasterio.transform"]
core = "lunar_oxide_plugin.core."
names += [core + "rasters.opening", core + "probe.raster_probe", core + "geotiff.band_writer"]
together = threading.Barrier(len(names))
failed = []


def load(name):
    together.wait()
    try:
        load_rasterio()
        importlib.import_module(name)
    except BaseException as error:
        failed.append(f"{name}: {error!r}")


threads = [threading.Thread(target=load, args=(name,)) for name in names]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
sys.exit("; ".join(failed) or 0)
"""
    for _ in range(3):
        run = subprocess.run(
            [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=120
        )
        assert run.returncode == 0, run.stderr
