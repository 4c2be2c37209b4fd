"""Workers that cannot make shards, and a run of a thousand shards with workers coming and going."""

from __future__ import annotations

import errno
import re
import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import rasterio

from lunar_oxide_plugin.core.errors import LunarOxideError, OutputError, RuntimeMissingError
from lunar_oxide_plugin.core.geotiff.tile_codec import Compression
from lunar_oxide_plugin.core.prediction import cluster, shard, worker_check
from lunar_oxide_plugin.core.prediction import workers as workers_module
from lunar_oxide_plugin.core.prediction.cluster import predict_on_cluster
from lunar_oxide_plugin.core.prediction.plan import PredictionSummary, plan_prediction
from lunar_oxide_plugin.core.prediction.shard import setup_here
from lunar_oxide_plugin.core.prediction.shard_desk import AHEAD
from lunar_oxide_plugin.core.prediction.worker_check import (
    Answer,
    ask_worker,
    end_check,
    examine,
    make_check,
)
from lunar_oxide_plugin.core.prediction.workers import Workers
from lunar_oxide_plugin.core.progress import SilentProgress
from tests.models import write_linear_model
from tests.rasters import random_dn, write_mi_geotiff
from tests.requests import prediction as prediction_request

dask = pytest.importorskip("dask")
distributed = pytest.importorskip("distributed")

#: A thousand shards: 40 in a column, 25 in a row.
SIDE, DOWN, ACROSS = 16, 40, 25


@pytest.fixture(scope="module")
def scene(tmp_path_factory):
    folder = tmp_path_factory.mktemp("scene")
    dn = random_dn(SIDE * DOWN, SIDE * ACROSS)
    write_mi_geotiff(folder / "in.tif", dn, tiled=True, blockxsize=64, blockysize=64)
    write_linear_model(folder / "model.onnx")
    return folder


def request(scene, output, raster=None):
    return prediction_request(
        str(raster or scene / "in.tif"), str(output), str(scene / "model.onnx")
    )


class Log(SilentProgress):
    def __init__(self):
        self.warnings, self.lines = [], []

    def warn(self, message):
        self.warnings.append(message)

    def info(self, message):
        self.lines.append(message)


# --- the check of one worker ------------------------------------------------------------------


@pytest.fixture
def check(scene, tmp_path):
    folder = tmp_path / "shards"
    folder.mkdir()
    wanted = request(scene, tmp_path / "out.vrt")
    plan = plan_prediction(wanted, SilentProgress())
    check = make_check(wanted, plan, folder, setup_here(wanted.model))
    yield check
    end_check(check)
    assert not list(folder.iterdir())


class OneWorker:
    """A client whose only worker answers with what `look` gives here, or with an error."""

    def __init__(self, answer):
        self.answer = answer

    def run(self, function, check, workers, on_error):
        assert function is worker_check.look
        assert on_error == "return"
        answer = self.answer(check) if callable(self.answer) else self.answer
        return {workers[0]: answer}


def asked(check, answer=examine):
    return ask_worker(OneWorker(answer), check, "tcp://10.0.0.7:1")


@pytest.mark.parametrize("may_lock", [True, False])
def test_the_profiler_is_stopped_where_it_can_lock_the_worker(monkeypatch, may_lock):
    monkeypatch.setattr(worker_check, "PROFILER_MAY_LOCK", may_lock)
    with dask.config.set({"distributed.worker.profile.enabled": True}):
        with (
            distributed.LocalCluster(
                n_workers=1, threads_per_worker=1, processes=False, dashboard_address=":0"
            ) as local,
            distributed.Client(local) as client,
        ):
            (worker,) = local.workers.values()
            profiler = worker.periodic_callbacks["profile"]
            assert profiler.is_running()
            client.run(stop_it)
            assert profiler.is_running() is not may_lock


async def stop_it(dask_worker=None):
    worker_check.stop_profiler(dask_worker)


def test_a_good_worker_leaves_nothing_behind(check):
    assert asked(check) == ""
    assert [path.name for path in Path(check.folder).iterdir()] == [check.token]


def no_onnxruntime(check, monkeypatch, tmp_path):
    def missing():
        raise RuntimeMissingError("for QGIS") from ImportError("No module named 'onnxruntime'")

    monkeypatch.setattr(shard, "onnxruntime", missing)
    return check


def other_gdal(check, monkeypatch, tmp_path):
    def refuse(compression):
        raise OutputError("This GDAL cannot write ZSTD compression: choose another (NONE).")

    monkeypatch.setattr(Compression, "require", refuse)
    return check


def other_setup(**said):
    def change(check, monkeypatch, tmp_path):
        return replace(check, setup=replace(check.setup, **said))

    return change


def no_model(check, monkeypatch, tmp_path):
    wanted = replace(check.request, model=str(tmp_path / "gone.onnx"))
    return replace(check, request=wanted)


def raster_at(path):
    def change(check, monkeypatch, tmp_path):
        raster = replace(check.request.raster, path=str(path(tmp_path)))
        return replace(check, request=replace(check.request, raster=raster))

    return change


def another_raster(tmp_path):
    return write_mi_geotiff(tmp_path / "other.tif", random_dn(20, 30))


def raster_with_a_missing_tile(tmp_path):
    """A virtual raster of the same size, which opens, but whose last pixels cannot be read."""
    height, width = SIDE * DOWN, SIDE * ACROSS
    bands = "".join(
        f'<VRTRasterBand dataType="Int16" band="{band}"><NoDataValue>-30000</NoDataValue>'
        f"<Scale>2e-05</Scale>"
        f'<SimpleSource><SourceFilename relativeToVRT="1">gone.tif</SourceFilename>'
        f"<SourceBand>{band}</SourceBand>"
        f'<SourceProperties RasterXSize="{width}" RasterYSize="{height}" DataType="Int16" '
        'BlockXSize="16" BlockYSize="16"/>'
        f'<SrcRect xOff="0" yOff="0" xSize="{width}" ySize="{height}"/>'
        f'<DstRect xOff="0" yOff="0" xSize="{width}" ySize="{height}"/>'
        "</SimpleSource></VRTRasterBand>"
        for band in range(1, 10)
    )
    path = tmp_path / "mosaic.vrt"
    path.write_text(
        f'<VRTDataset rasterXSize="{width}" rasterYSize="{height}">{bands}</VRTDataset>'
    )
    return path


def other_folder(check, monkeypatch, tmp_path):
    (tmp_path / "local").mkdir()
    return replace(check, folder=str(tmp_path / "local"))


def write_fails(number):
    def change(check, monkeypatch, tmp_path):
        def fsync(descriptor):
            raise OSError(number, "refused by the test")

        monkeypatch.setattr(worker_check.os, "fsync", fsync)
        return check

    return change


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (other_setup(software="Lunar Oxide 9"), r"has another Lunar Oxide \(Lunar Oxide [0-57]"),
        (
            other_setup(code="f" * 64),
            r"has another code of Lunar Oxide \(digest .*install the same",
        ),
        (other_setup(onnxruntime="1.0"), r"another onnxruntime \(.*\) than this computer \(1\.0\)"),
        (other_setup(model="f" * 64), r"has another model file \(digest"),
        (no_onnxruntime, r"cannot import onnxruntime \(No module.*install onnxruntime==[\d.]+\)"),
        (other_gdal, r"another GDAL .*: This GDAL cannot write ZSTD .*\(NONE\)\.$"),
        (no_model, r"cannot read the model .*gone\.onnx \(No such file.*the same paths"),
        (
            raster_at(lambda folder: folder / "gone.tif"),
            r"cannot read the raster .*gone\.tif: .*pa",
        ),
        (raster_at(another_raster), r"another raster under .*\(9, 20, 30\) there, \(9, 640, 400\)"),
        (
            raster_at(raster_with_a_missing_tile),
            r"cannot read the raster .*mosaic\.vrt: .*gone\.tif",
        ),
        (other_folder, r"does not see the output folder .*local as this computer.*share"),
        (
            write_fails(errno.EACCES),
            r"cannot write into the output folder .*\(refused.*let the user",
        ),
        (write_fails(errno.ENOSPC), r"cannot write into the output folder .*make room"),
    ],
)
def test_a_worker_that_cannot_make_shards_says_why(check, monkeypatch, tmp_path, change, said):
    changed = change(check, monkeypatch, tmp_path)
    sentence = asked(changed)
    assert sentence.startswith("The cluster's worker tcp://10.0.0.7:1 ")
    monkeypatch.undo()
    assert re.search(said, sentence), sentence
    assert [path.name for path in Path(check.folder).iterdir()] == [check.token]


def test_a_folder_that_only_the_worker_sees(check):
    """It sees the token, as in a copy of the folder, but its files do not arrive here."""
    sentence = asked(check, Answer(proof="written-elsewhere"))
    assert "writes into a folder" in sentence
    assert "this computer does not see" in sentence


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            Exception("ModuleNotFoundError(\"No module named 'lunar_oxide_plugin'\")"),
            "has no Lunar Oxide in its",
        ),
        (
            ModuleNotFoundError(
                "No module named 'lunar_oxide_plugin.core.prediction.worker_check'"
            ),
            "has another version of Lunar Oxide, which",
        ),
        (
            Exception("AttributeError(\"Can't get attribute 'look'\")"),
            "has another version of Lunar Oxide, which",
        ),
        (ModuleNotFoundError("No module named 'rasterio'"), "cannot import rasterio"),
        (MemoryError("full"), "cannot be checked (MemoryError: full)"),
    ],
)
def test_a_worker_that_cannot_be_asked(check, error, said):
    assert f"tcp://10.0.0.7:1 {said}" in asked(check, error)


def test_left_by_a_killed_run_is_removed(check, scene, tmp_path):
    end_check(check)
    folder = Path(check.folder)
    (folder / ".lunar-oxide-check-0123-abc").write_text("left")
    wanted = request(scene, tmp_path / "out.vrt")
    new = make_check(wanted, plan_prediction(wanted, SilentProgress()), folder, check.setup)
    assert [path.name for path in folder.iterdir()] == [new.token]
    end_check(new)


# --- the list of workers ----------------------------------------------------------------------


class Listed:
    """A cluster's list of workers, as a test changes it."""

    status = "running"

    def __init__(self, *addresses):
        self.addresses = addresses

    def nthreads(self):
        return dict.fromkeys(self.addresses, 2)


def until(condition):
    """Wait for something that other threads do."""
    event = threading.Event()
    for _ in range(6000):
        if condition():
            return
        event.wait(0.01)
    raise AssertionError("it did not happen")


def test_workers_are_asked_once_and_forgotten_when_they_leave(monkeypatch):
    monkeypatch.setattr(workers_module, "LOOK_SECONDS", 0.01)
    asked, woken = [], threading.Event()

    def ask(address):
        asked.append(address)
        return "bad is bad" if address == "bad" else ""

    client = Listed("good", "bad")
    with Workers(client, ask, woken.set) as workers:
        until(lambda: workers.seen and not workers.silent)
        assert woken.is_set()
        assert (workers.usable, workers.refused) == ({"good": 2}, 1)
        assert workers.news() == ["bad is bad"]
        assert workers.news() == []
        client.addresses = ("bad",)
        until(lambda: not workers.usable)
        client.addresses = ("good", "bad", "new")
        until(lambda: set(workers.usable) == {"good", "new"})
    assert sorted(asked) == ["bad", "good", "good", "new"]


def test_a_worker_that_cannot_be_reached_is_asked_again_and_then_refused(monkeypatch):
    monkeypatch.setattr(workers_module, "LOOK_SECONDS", 0.01)
    asked = []

    def ask(address):
        asked.append(address)
        raise OSError("no route")

    with Workers(Listed("far"), ask, lambda: None) as workers:
        until(lambda: workers.refused)
        assert len(asked) == workers_module.TRIES
        assert "The cluster's worker far does not answer this computer (no route)" in str(
            workers.news()
        )


class Staff:
    """What `Workers` says, as a test sets it."""

    def __init__(self, **said):
        self.seen, self.usable, self.silent, self.refused, self.said = True, {}, [], 0, []
        vars(self).update(said)

    def news(self):
        said, self.said = self.said, []
        return said


def attendance(staff, log):
    return cluster._Attendance("tcp://nowhere:1", staff, log)


def test_a_bad_worker_ends_a_run_that_has_not_begun(monkeypatch):
    log = Log()
    with pytest.raises(LunarOxideError, match="one is bad"):
        attendance(Staff(usable={"a": 1}, said=["one is bad.", "two is bad."]), log).may_compute()
    assert log.warnings == ["two is bad."]


def test_a_bad_worker_is_left_out_of_a_run_that_has_begun():
    staff, log = Staff(usable={"a": 1}), Log()
    there = attendance(staff, log)
    assert there.may_compute()
    staff.said, staff.refused = ["b is bad."], 1
    assert there.may_compute()
    assert log.warnings == ["b is bad. This worker is not used; the run goes on."]


@pytest.mark.parametrize("threads", [1, 4, 16])
def test_more_workers_are_advised_instead_of_many_threads(threads):
    log = Log()
    assert attendance(Staff(usable={"a": threads, "b": 1}), log).may_compute()
    advice = [line for line in log.lines if f"--nworkers {threads} --nthreads 1" in line]
    assert len(advice) == (threads == 16)


def test_a_run_waits_for_answers_but_not_for_ever(monkeypatch):
    log = Log()
    there = attendance(Staff(usable={"a": 1}, silent=["slow"]), log)
    assert not there.may_compute()
    monkeypatch.setattr(cluster, "ANSWER_SECONDS", 0.0)
    assert there.may_compute()
    assert "have not answered, slow among them" in log.warnings[0]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({}, "has no workers: waiting for one"),
        ({"silent": ["slow"]}, "waits for the answer of its worker(s) (slow)"),
        ({"refused": 2}, "has no workers that can be used (2 are not): waiting for one"),
    ],
)
def test_why_nothing_is_computed_is_said(said, why, monkeypatch):
    log = Log()
    there = attendance(Staff(**said), log)
    assert not there.may_compute()
    # Answers take a moment; all else is said at once.
    assert bool(log.warnings) is ("silent" not in said)
    monkeypatch.setattr(cluster, "REMIND_SECONDS", 0.0)
    assert not there.may_compute()
    assert why in log.warnings[0]


# --- a thousand shards ------------------------------------------------------------------------


class StandIn:
    """Writes shards with the raster's digital numbers, in a tenth of a millisecond each."""

    def __init__(self, raster, pattern):
        with rasterio.open(raster) as source:
            self.values = source.read(1).astype(np.float32)
            profile = {
                "driver": "GTiff", "count": 1, "width": SIDE, "height": SIDE, "dtype": "float32",
                "nodata": float("nan"), "crs": source.crs, "transform": source.transform,
            }  # fmt: skip
        mark = np.arange(SIDE * SIDE, dtype=np.float32).reshape(SIDE, SIDE)
        with rasterio.open(pattern, "w", **profile) as target:
            target.write(mark, 1)
            target.set_band_description(1, "TiO2 (wt%)")
        self.before, self.after = pattern.read_bytes().split(mark.tobytes())

    def __call__(self, request):
        row, column = request.window.row, request.window.column
        values = self.values[row : row + SIDE, column : column + SIDE]
        write_plainly(request.output, self.before + values.tobytes() + self.after)
        return PredictionSummary(request.output, values.size, values.size, 1, None, None, "", "")


def write_plainly(path, content):
    """Write a file without waiting for the disk, as a thousand would take a minute."""
    content = content.encode() if isinstance(content, str) else content
    part = Path(f"{path}.{threading.get_ident()}")
    part.write_bytes(content)
    part.replace(path)


class Crew(Log):
    """Lets workers come and go at given numbers of finished shards, and then the run end."""

    def __init__(self, local, made, steps):
        super().__init__()
        self.scheduler, self.made, self.steps = local.scheduler, made, list(steps)
        self.may_end, self.most_tasks = threading.Event(), 0

    def is_cancelled(self):
        self.most_tasks = max(self.most_tasks, len(self.scheduler.tasks))
        if self.steps:
            due, step, name = self.steps[0]
            if len(self.made) >= due:
                step(name)
                self.steps.pop(0)
        elif any("This worker is not used" in line for line in self.warnings):
            self.may_end.set()
        return False


@pytest.fixture
def in_process(tmp_path):
    """A cluster of threads, without workers yet."""
    folder = str(tmp_path / "dask")
    with distributed.LocalCluster(
        n_workers=0, processes=False, dashboard_address=":0", local_directory=folder
    ) as local:
        yield local


@pytest.fixture
def staff(in_process, tmp_path, monkeypatch):
    """Starts and stops workers of the cluster of threads; one named "bad" has another runtime."""
    monkeypatch.setattr(workers_module, "LOOK_SECONDS", 0.02)
    there, starting = {}, threading.Lock()

    async def start(name):
        return await distributed.Worker(
            in_process.scheduler_address, name=name, nthreads=2, dashboard_address=":0",
            local_directory=str(tmp_path / "dask"),
        )  # fmt: skip

    def come(name):
        with starting:
            there[name] = in_process.sync(start, name)

    def go(name):
        in_process.sync(there[name].close, executor_wait=False)

    def ask(client, check, address):
        with starting:
            is_bad = "bad" in there and there["bad"].address == address
        if is_bad:
            check = replace(check, setup=replace(check.setup, onnxruntime="0.1"))
        return ask_worker(client, check, address)

    monkeypatch.setattr(cluster, "ask_worker", ask)
    yield come, go
    for name in there:
        go(name)


def test_a_thousand_shards_with_workers_coming_and_going(
    scene, tmp_path, in_process, staff, monkeypatch
):
    come, go = staff
    output, address = tmp_path / "out.vrt", in_process.scheduler_address
    made = []
    stand_in = StandIn(scene / "in.tif", tmp_path / "pattern.tif")

    def make(request, progress):
        name = Path(request.output).name
        if name == f"r{SIDE * (DOWN - 1):07d}_c{SIDE * (ACROSS - 1):07d}.tif":
            assert crew.may_end.wait(60)
        made.append((name, distributed.get_worker().name))
        return stand_in(request)

    monkeypatch.setattr(shard, "predict_raster", make)
    monkeypatch.setattr(shard, "write_text", write_plainly)
    crew = Crew(
        in_process, made,
        [(0, come, "first"), (50, come, "second"), (200, go, "first"), (300, come, "bad"),
         (350, come, "third"), (500, go, "second"), (650, go, "third"), (650, come, "fourth")],
    )  # fmt: skip
    summary = predict_on_cluster(request(scene, output), address, crew, SIDE)
    assert not crew.steps
    assert (summary.valid_pixels, summary.outside_domain) == (SIDE * SIDE * 1000, 1000)
    assert {worker for _, worker in made} == {"first", "second", "third", "fourth"}
    assert len({name for name, _ in made}) == 1000
    # A worker that leaves may have finished two shards of which nobody heard.
    assert len(made) <= 1000 + 2 * 3
    # The scheduler knows of a few shards at a time, not of all.
    assert crew.most_tasks <= AHEAD * 2 * 4 + len(crew.warnings) + 12
    bad = [line for line in crew.warnings if "This worker is not used" in line]
    assert len(bad) == 1
    assert re.search(r"worker inproc://\S+ has another onnxruntime \(.*\) than this .*0\.1", bad[0])
    with rasterio.open(output) as joined, rasterio.open(scene / "in.tif") as source:
        np.testing.assert_array_equal(joined.read(1), source.read(1))
        assert joined.descriptions == ("TiO2 (wt%)",)
    # Again: a run does not begin with a bad worker, and finds every shard complete.
    made.clear()
    with pytest.raises(LunarOxideError, match=r"worker inproc.* has another onnxruntime"):
        predict_on_cluster(request(scene, output), address, Log(), SIDE)
    go("bad")
    again = predict_on_cluster(request(scene, output), address, Log(), SIDE)
    assert again.valid_pixels == summary.valid_pixels
    assert not made
    assert not list(tmp_path.glob("out_shards/*/.lunar-oxide-*"))
