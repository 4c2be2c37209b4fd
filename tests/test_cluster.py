"""A prediction on a real Dask scheduler with two worker processes, one of them killed."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest
import rasterio

from lunar_oxide_plugin.core.command_line.main import main
from lunar_oxide_plugin.core.errors import Cancelled, LunarOxideError, OutputError, RasterError
from lunar_oxide_plugin.core.file_lock import OutputLock
from lunar_oxide_plugin.core.geotiff.encoding import Encoding
from lunar_oxide_plugin.core.prediction import cluster as cluster_module
from lunar_oxide_plugin.core.prediction import shard
from lunar_oxide_plugin.core.prediction.cluster import predict_on_cluster
from lunar_oxide_plugin.core.prediction.plan import plan_prediction, predict_raster
from lunar_oxide_plugin.core.prediction.request import PixelWindow
from lunar_oxide_plugin.core.prediction.shard import setup_here
from lunar_oxide_plugin.core.prediction.shard_desk import Desk
from lunar_oxide_plugin.core.progress import SilentProgress
from lunar_oxide_plugin.core.rasters.prediction_bands import read_tags
from tests.models import write_linear_model
from tests.rasters import random_dn, write_mi_geotiff
from tests.requests import prediction as prediction_request

distributed = pytest.importorskip("distributed")
pickle_loads = distributed.protocol.pickle.loads

ROOT = Path(__file__).resolve().parent.parent
SHARD = 256
WORKER = r"The cluster's worker tcp://127\.0\.0\.1:\d+"


class Cluster:
    """Processes on the loopback interface that end with the test."""

    def __init__(self, folder):
        self._folder = folder
        self._file = folder / "scheduler.json"
        # The scheduler needs Dask alone: it does not find the package.
        self._scheduler = self._start(
            "dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard",
            "--scheduler-file", str(self._file), package=folder,
        )  # fmt: skip
        self.workers = []
        deadline = time.monotonic() + 60
        while not self._file.exists() or not self._file.read_text().strip():
            assert self._scheduler.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.05)
        self.address = json.loads(self._file.read_text())["address"]
        assert self.address.startswith("tcp://127.0.0.1:")

    def add_worker(self, package=ROOT):
        worker = self._start(
            "dask_worker", self.address, "--host", "127.0.0.1", "--nthreads", "1", "--no-nanny",
            "--no-dashboard", "--local-directory", str(self._folder), "--death-timeout", "60",
            package=package,
        )  # fmt: skip
        self.workers.append(worker)
        return worker

    def close(self):
        for process in (*self.workers, self._scheduler):
            process.kill()
            process.wait(30)

    def _start(self, module, *arguments, package):
        return subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.{module}", *arguments],
            env={**os.environ, "PYTHONPATH": str(package)}, cwd=self._folder,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    cluster = Cluster(tmp_path_factory.mktemp("cluster"))
    cluster.add_worker()
    cluster.add_worker()
    yield cluster
    cluster.close()


@pytest.fixture(scope="module")
def scene(tmp_path_factory):
    """A raster of 20 shards, the model, and the local run's result."""
    folder = tmp_path_factory.mktemp("scene")
    dn = random_dn(1000, 1200)
    dn[:, :600, 700:] = -30000
    write_mi_geotiff(folder / "in.tif", dn, tiled=True, blockxsize=256, blockysize=256)
    write_linear_model(folder / "model.onnx")
    predict_raster(request(folder, folder / "local.tif"), SilentProgress())
    return folder


def request(scene, output, **options):
    return prediction_request(
        str(scene / "in.tif"), str(output), str(scene / "model.onnx"), **options
    )


def assert_equals_local(scene, output, name="local.tif"):
    with rasterio.open(output) as joined, rasterio.open(scene / name) as local:
        np.testing.assert_array_equal(joined.read(), local.read())
        assert joined.descriptions == local.descriptions
        assert joined.units == local.units
        assert joined.crs == local.crs
        assert joined.transform.almost_equals(local.transform)
        assert joined.dtypes == local.dtypes
        assert (joined.scales, joined.offsets) == (local.scales, local.offsets)
        np.testing.assert_array_equal(joined.nodatavals, local.nodatavals)
    assert read_tags(str(output)) == read_tags(str(scene / name))


def test_a_killed_worker_changes_nothing(cluster, scene, tmp_path, capsys):
    output = tmp_path / "out.vrt"
    wanted = request(scene, output)
    plan = plan_prediction(wanted, SilentProgress())
    last = cluster_module._shard_folder(output, wanted, plan) / "r0000768_c0001024.tif"

    class KillWhenSomeShardsAreThere(SilentProgress):
        victim = cluster.add_worker()
        killed_at = None
        # The run cannot end before the worker is killed, however fast the others are.
        held = OutputLock(last)

        def is_cancelled(self):
            shards = list(tmp_path.glob("out_shards/*/r*.tif"))
            if len(shards) >= 3 and self.killed_at is None:
                self.killed_at = len(shards)
                self.victim.send_signal(signal.SIGKILL)
                assert self.victim.wait(60) == -signal.SIGKILL
                self.held.close()
            return False

    progress = KillWhenSomeShardsAreThere()
    summary = predict_on_cluster(wanted, cluster.address, progress, SHARD)
    assert 3 <= progress.killed_at < 20
    assert len(list(tmp_path.rglob("r*.tif"))) == 20
    assert not list(tmp_path.rglob("*.part*"))
    assert (summary.valid_pixels, summary.total_pixels) == (900_000, 1_200_000)
    assert_equals_local(scene, output)


def test_from_the_command_line_and_again_without_computing(cluster, scene, tmp_path, capsys):
    output = tmp_path / "out.vrt"
    command = [
        "predict", str(scene / "in.tif"), str(output), "--model", str(scene / "model.onnx"),
        "--scheduler", cluster.address, "--shard", "512", "--cloud-optimised", "--json",
        "--encoding", "compact",
    ]  # fmt: skip
    assert main(command) == 0
    assert json.loads(capsys.readouterr().out)["valid_pixels"] == 900_000
    local = request(scene, scene / "compact.tif", encoding=Encoding.COMPACT, cloud_optimised=True)
    predict_raster(local, SilentProgress())
    assert_equals_local(scene, output, "compact.tif")
    for path in tmp_path.rglob("*.tif"):
        with rasterio.open(path) as dataset:
            assert dataset.tags(ns="IMAGE_STRUCTURE")["LAYOUT"] == "COG"
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.tif")}
    assert len(before) == 6
    assert main(command) == 0
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.tif")} == before
    assert json.loads(capsys.readouterr().out)["valid_pixels"] == 900_000


def test_cancelled_run_keeps_finished_shards(cluster, scene, tmp_path):
    class StopLater(SilentProgress):
        def is_cancelled(self):
            # rglob fails for temporary folders that are deleted meanwhile.
            return len(list(tmp_path.glob("out_shards/*/r*.json"))) >= 2

    output = tmp_path / "out.vrt"
    with pytest.raises(Cancelled, match="finished shards are kept"):
        predict_on_cluster(request(scene, output), cluster.address, StopLater(), SHARD)
    assert not output.exists()
    predict_on_cluster(request(scene, output), cluster.address, SilentProgress(), SHARD)
    assert_equals_local(scene, output)


def test_a_shard_that_another_worker_writes_is_waited_for(scene, tmp_path, monkeypatch):
    """After a cancelled run the cluster still computes the shards that it has begun."""
    wanted = replace(request(scene, tmp_path / "o.tif"), window=PixelWindow(0, 0, 100, 100))
    setup = setup_here(wanted.model)
    monkeypatch.setattr(shard, "_LOOK_SECONDS", 0.01)
    held = OutputLock(tmp_path / "o.tif")
    waits = []

    def release_later(seconds):
        waits.append(seconds)
        if len(waits) == 3:
            held.close()

    monkeypatch.setattr(shard.time, "sleep", release_later)
    counts = shard.predict_shard(wanted, setup)
    assert len(waits) == 3
    assert counts == shard.finished(wanted, setup)
    assert counts.valid == 10_000


def test_a_shard_that_is_never_released_is_told(scene, tmp_path, monkeypatch):
    monkeypatch.setattr(shard, "WAIT_SECONDS", 0.0)
    wanted = replace(request(scene, tmp_path / "o.tif"), window=PixelWindow(0, 0, 100, 100))
    with OutputLock(tmp_path / "o.tif"), pytest.raises(OutputError, match="Another run"):
        shard.predict_shard(wanted, setup_here(wanted.model))


def test_what_cannot_run_is_said_before_anything_is_sent(cluster, scene, tmp_path):
    with pytest.raises(OutputError, match=r"call it out\.vrt instead of out\.tif"):
        predict_on_cluster(request(scene, tmp_path / "out.tif"), cluster.address, SilentProgress())
    missing = prediction_request("no.tif", str(tmp_path / "out.vrt"), str(scene / "model.onnx"))
    with pytest.raises(RasterError, match="does not exist"):
        predict_on_cluster(missing, cluster.address, SilentProgress())
    assert not list(tmp_path.iterdir())


def test_no_scheduler_there(scene, tmp_path, monkeypatch):
    real = distributed.Client
    monkeypatch.setattr(
        distributed, "Client", lambda address, **options: real(address, **{**options, "timeout": 1})
    )
    with pytest.raises(LunarOxideError, match="cannot be reached"):
        predict_on_cluster(
            request(scene, tmp_path / "out.vrt"), "tcp://127.0.0.1:9", SilentProgress()
        )


@pytest.fixture
def own_cluster(tmp_path):
    (tmp_path / "cluster").mkdir()
    cluster = Cluster(tmp_path / "cluster")
    yield cluster
    cluster.close()


class Log(SilentProgress):
    def __init__(self, on_warning=lambda: None):
        self.warnings, self.on_warning = [], on_warning

    def warn(self, message):
        if "has no workers: waiting for one" in message:
            self.warnings.append(message)
            self.on_warning()


def test_without_workers_it_says_so_waits_and_goes_on(own_cluster, scene, tmp_path, monkeypatch):
    monkeypatch.setattr(cluster_module, "REMIND_SECONDS", 0.5)
    log = Log()

    def waiting():  # a second message says that its random reflectance is doubtful at the stations
        return [line for line in log.warnings if "has no workers: waiting for one" in line]

    log.on_warning = lambda: len(waiting()) == 2 and own_cluster.add_worker()
    output = tmp_path / "out.vrt"
    predict_on_cluster(request(scene, output), own_cluster.address, log, 600)
    assert len(log.warnings) >= 2
    assert_equals_local(scene, output)


def test_waiting_for_workers_can_be_cancelled(own_cluster, scene, tmp_path):
    class Impatient(Log):
        def is_cancelled(self):
            return bool(self.warnings)

    with pytest.raises(Cancelled):
        predict_on_cluster(
            request(scene, tmp_path / "out.vrt"), own_cluster.address, Impatient(), SHARD
        )


def other_version(folder):
    shutil.copytree(ROOT / "lunar_oxide_plugin", folder / "lunar_oxide_plugin")
    metadata = folder / "lunar_oxide_plugin" / "metadata.txt"
    text = metadata.read_text().replace("\nversion=", "\nversion=9")
    metadata.unlink()  # a link in the repository
    metadata.write_text(text)


def no_package(folder):
    folder.mkdir()


def no_onnxruntime(folder):
    folder.mkdir()
    (folder / "lunar_oxide_plugin").symlink_to(ROOT / "lunar_oxide_plugin")
    (folder / "onnxruntime.py").write_text("raise ImportError('not on this worker')\n")


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (other_version, r"has another Lunar Oxide \(Lunar Oxide 9.*install"),
        (no_package, r"has no Lunar Oxide in its Python: install Lunar Oxide \d"),
        (no_onnxruntime, r"cannot import onnxruntime \(not on this worker\): install it in that"),
    ],
)
def test_workers_without_the_same_software_are_refused(own_cluster, scene, tmp_path, make, said):
    make(tmp_path / "elsewhere")
    own_cluster.add_worker(tmp_path / "elsewhere")
    output = tmp_path / "out.vrt"
    with pytest.raises(LunarOxideError, match=rf"^{WORKER} {said}"):
        predict_on_cluster(request(scene, output), own_cluster.address, SilentProgress(), SHARD)
    assert not list(tmp_path.glob("out*/*/*"))


def test_another_model_or_runtime_is_another_setup(tmp_path, scene):
    here = setup_here(str(scene / "model.onnx"))
    for name in asdict(here):
        with pytest.raises(LunarOxideError, match="another"):
            shard.predict_shard(
                request(scene, tmp_path / "o.tif"), replace(here, **{name: "other"})
            )
    assert not list(tmp_path.iterdir())


class Future:
    """What Dask's futures say of themselves, one status at each look."""

    def __init__(self, statuses, result):
        self.statuses, self._result = list(statuses), result

    @property
    def status(self):
        return "finished" if self.statuses[0] == "vanishing" else self.statuses[0]

    def done(self):
        return self.status in ("finished", "cancelled", "lost")

    def cancelled(self):
        return self.status == "cancelled"

    def result(self, timeout):
        assert self.status == "finished"
        if self.statuses[0] == "vanishing":  # with its worker
            self.statuses.pop(0)
            raise TimeoutError
        return self._result

    def add_done_callback(self, call):
        return

    def look_again(self):
        if len(self.statuses) > 1:
            self.statuses.pop(0)


class Client:
    """A cluster whose futures and connection go through what a test says."""

    scheduler = type("Scheduler", (), {"address": "tcp://nowhere:1"})

    def __init__(self, *lives, connection=("running",)):
        self.lives, self.connection, self.submitted = list(lives), list(connection), []
        self.orders, self.cancelled = [], []

    @property
    def status(self):
        return self.connection[0]

    def submit(self, call, *arguments, workers, allow_other_workers, pure, retries=0):
        assert not allow_other_workers
        if call is not pickle_loads:  # a shard
            assert arguments == (self.orders[-1][1],)
            self.submitted.append(Future(self.lives.pop(0), (7, 1)))
            self.submitted[-1].workers = workers
            return self.submitted[-1]
        self.orders.append((workers, Future(["finished"], None)))
        return self.orders[-1][1]

    def cancel(self, futures):
        assert self.status == "running"
        self.cancelled += futures


class Staff:
    """Workers that are there, one list at each look."""

    seen, silent, refused = True, (), 0

    def __init__(self, *attendance):
        self.attendance = list(attendance)

    @property
    def usable(self):
        return dict.fromkeys(self.attendance[0], 1)

    def news(self):
        if len(self.attendance) > 1:
            self.attendance.pop(0)
        return []


class LookAgain(SilentProgress):
    """Lets time go by each time that the run looks whether it is cancelled."""

    def __init__(self, client):
        self.client = client

    def is_cancelled(self):
        for future in self.client.submitted:
            future.look_again()
        if len(self.client.connection) > 1:
            self.client.connection.pop(0)
        return False


def compute(client, monkeypatch, staff=None, shards=1):
    monkeypatch.setattr(cluster_module, "_WATCH_SECONDS", 0.0)
    parts = [shard.Shard(f"r{n}.tif", PixelWindow(0, 10 * n, 10, 10)) for n in range(shards)]
    order = shard.Order(None, "folder", None)
    wake = threading.Event()
    return cluster_module._compute(
        Desk(client, order, wake), staff or Staff(["a"]), wake, parts, LookAgain(client)
    )


@pytest.mark.parametrize(
    ("lives", "connection", "sent"),
    [
        ([["pending", "lost", "lost", "pending", "finished"]], ["running"], 1),
        ([["pending", "finished", "lost", "finished"]], ["running"], 1),
        ([["cancelled"], ["pending", "finished"]], ["running"], 2),
        ([["cancelled"], ["cancelled"], ["finished"]], ["running"], 3),
        (
            [["pending", "cancelled"], ["finished"]],
            ["running", "running", "connecting", "connecting", "running"],
            2,
        ),
    ],
)
def test_shards_that_the_cluster_loses_are_computed_again(monkeypatch, lives, connection, sent):
    client = Client(*lives, connection=connection)
    assert compute(client, monkeypatch) == shard.ShardCounts(7, 1)
    assert len(client.submitted) == len(client.orders) == sent


@pytest.mark.parametrize(
    "connection", [["running"], ["running", "running", "connecting", "closed"]]
)
def test_a_cluster_that_stays_lost_is_an_error(monkeypatch, connection):
    client = Client(*[["pending", "cancelled"]] * 4, connection=connection)
    with pytest.raises(LunarOxideError, match="run the same command; finished shards are kept"):
        compute(client, monkeypatch)


@pytest.mark.parametrize("others", ["a", "b"])
def test_a_result_that_is_lost_while_it_is_fetched(monkeypatch, others):
    """The same worker computes it again, or another where that worker has left."""
    first = ["pending", "vanishing", "pending", "finished" if others == "a" else "pending"]
    client = Client(first, ["finished"])
    counts = compute(client, monkeypatch, Staff(["a"], ["a"], ["a"], [others]))
    assert counts == shard.ShardCounts(7, 1)
    assert len(client.submitted) == (1 if others == "a" else 2)


def test_shards_whose_workers_have_all_left_go_to_others(monkeypatch):
    """Dask would keep them for ever: only the workers of their time may compute them."""
    client = Client(["pending"], ["pending"], ["pending", "finished"], ["finished"], ["finished"])
    staff = Staff(["a"], ["a"], [], ["b", "c"])
    counts = compute(client, monkeypatch, staff, shards=3)
    assert counts == shard.ShardCounts(21, 3)
    assert [future.workers for future in client.submitted[:3]] == [["a"]] * 3


def test_damaged_and_foreign_shards_are_computed_again(cluster, scene, tmp_path):
    output = tmp_path / "out.vrt"

    def predict():
        predict_on_cluster(request(scene, output), cluster.address, SilentProgress(), 512)
        assert_equals_local(scene, output)
        return sorted(tmp_path.rglob("r*.tif"))

    shards = predict()
    content = bytearray(shards[0].read_bytes())
    content[len(content) // 2] ^= 1
    shards[0].write_bytes(content)
    shards[1].write_bytes(shards[1].read_bytes()[:-100])
    notes = shards[2].with_suffix(".json")
    notes.write_text(notes.read_text().replace('"outside": 0', '"outside": 1', 1) + " ")
    before = [shard.stat().st_mtime_ns for shard in shards]
    predict()
    after = [shard.stat().st_mtime_ns for shard in shards]
    assert [a != b for a, b in zip(before, after)][:2] == [True, True]
    assert before[3:] == after[3:]
    # Two shards of one size that changed places with all that is said of them.
    for suffix in (".tif", ".json"):
        one, two = (path.with_suffix(suffix) for path in (shards[0], shards[1]))
        first, second = one.read_bytes(), two.read_bytes()
        one.write_bytes(second)
        two.write_bytes(first)
    predict()
