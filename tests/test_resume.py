"""Stopping a prediction at any moment, and continuing it."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import threading

import numpy as np
import pytest
import rasterio

from lunar_oxide_plugin.core.chemistry.layout import Content
from lunar_oxide_plugin.core.errors import Cancelled, OutputError
from lunar_oxide_plugin.core.file_lock import OutputLock
from lunar_oxide_plugin.core.geotiff import resumable_raster, unfinished_files
from lunar_oxide_plugin.core.geotiff.encoding import Encoding
from lunar_oxide_plugin.core.geotiff.run_journal import RunJournal
from lunar_oxide_plugin.core.geotiff.tile_codec import Compression
from lunar_oxide_plugin.core.models.io_binding import BoundChunk
from lunar_oxide_plugin.core.models.oxide_model import CHUNK_PIXELS
from lunar_oxide_plugin.core.prediction import raster_run
from lunar_oxide_plugin.core.prediction.plan import predict_raster
from lunar_oxide_plugin.core.progress import SilentProgress
from tests.models import write_linear_model
from tests.rasters import random_dn, write_mi_geotiff
from tests.requests import prediction as prediction_request


class Listener(SilentProgress):
    """Keeps the log; cancels once `cancel_at` of the raster is written."""

    def __init__(self, cancel_at=2.0):
        self.lines = []
        self.fraction = 0.0
        self._cancel_at = cancel_at

    def report(self, fraction):
        self.fraction = fraction

    def info(self, message):
        self.lines.append(message)

    def is_cancelled(self):
        return self.fraction >= self._cancel_at

    def said(self, text):
        return any(text in line for line in self.lines)


@pytest.fixture
def scene(tmp_path):
    """A raster of 30 blocks, six of them empty, with the uninterrupted prediction."""
    dn = random_dn(1200, 1500)
    dn[:, 300:800, 500:] = -30000
    dn[0, 100:200, 100:400] = 6000  # outside the training domain
    write_mi_geotiff(tmp_path / "in.tif", dn, tiled=True, blockxsize=256, blockysize=256)
    write_linear_model(tmp_path / "model.onnx")
    predict_raster(request(tmp_path, "whole.tif"), SilentProgress())
    return tmp_path


@pytest.fixture
def always_keep(monkeypatch):
    monkeypatch.setattr(raster_run, "KEEP_AFTER_SECONDS", 0.0)
    monkeypatch.setattr(resumable_raster, "COMMIT_SECONDS", 0.0)


def request(folder, output, **options):
    # The least memory makes blocks of 256 pixels.
    options = {"threads": 2, "memory_mb": 64, **options}
    return prediction_request(
        str(folder / "in.tif"), str(folder / output), str(folder / "model.onnx"), **options
    )


def pixels(path, level=None):
    options = {} if level is None else {"overview_level": level}
    with rasterio.open(path, **options) as dataset:
        return dataset.read().tobytes()


def files(folder):
    return sorted(path.name for path in folder.iterdir())


#: For tests of what may depend on how the numbers are stored.
each_encoding = pytest.mark.parametrize("encoding", list(Encoding))


def make_whole(scene, encoding):
    """The uninterrupted prediction in an encoding."""
    if encoding is not Encoding.FLOAT32:
        predict_raster(request(scene, "whole.tif", encoding=encoding), SilentProgress())


def assert_complete(scene, output="out.tif"):
    assert pixels(scene / output) == pixels(scene / "whole.tif")
    assert pixels(scene / output, 0) == pixels(scene / "whole.tif", 0)
    assert not [name for name in files(scene) if ".part" in name]


def interrupt(scene, at=0.3, **options):
    with pytest.raises(Cancelled):
        predict_raster(request(scene, "out.tif", **options), Listener(cancel_at=at))


@each_encoding
def test_cancelled_run_continues_to_the_same_pixels(scene, always_keep, encoding):
    make_whole(scene, encoding)
    interrupt(scene, encoding=encoding)
    assert files(scene) == [
        "in.tif", "model.onnx", "out.tif.part", "out.tif.part.journal", "whole.tif",
    ]  # fmt: skip
    listener = Listener()
    summary = predict_raster(request(scene, "out.tif", threads=1, encoding=encoding), listener)
    assert listener.said("Continuing an interrupted run")
    assert_complete(scene)
    whole = predict_raster(request(scene, "again.tif"), SilentProgress())
    assert summary.valid_pixels == whole.valid_pixels == 1200 * 1500 - 500 * 1000
    assert summary.outside_domain == whole.outside_domain > 0


def test_a_short_run_leaves_nothing_when_cancelled(scene):
    listener = Listener(cancel_at=0.2)
    with pytest.raises(Cancelled):
        predict_raster(request(scene, "out.tif"), listener)
    assert listener.said("Nothing was left")
    assert files(scene) == ["in.tif", "model.onnx", "whole.tif"]


def test_without_resume_nothing_is_left_or_taken_up(scene, always_keep):
    interrupt(scene, resume=False)
    assert files(scene) == ["in.tif", "model.onnx", "whole.tif"]
    interrupt(scene)
    listener = Listener()
    predict_raster(request(scene, "out.tif", resume=False), listener)
    assert not listener.said("Continuing")
    assert_complete(scene)


@pytest.mark.parametrize(
    "change",
    [
        {"scale": 2.1e-5},
        {"compression": Compression.DEFLATE},
        {"encoding": Encoding.COMPACT},
        {"encoding": Encoding.COMPACT, "compression": Compression.NONE},
        {"content": Content.OXIDES},
        {"extent": (0, 0, 2e6, 2e6)},
    ],
)
def test_another_request_starts_anew(scene, always_keep, change):
    interrupt(scene)
    listener = Listener()
    predict_raster(request(scene, "out.tif", **change), listener)
    assert listener.said("Continuing") == ("extent" in change)  # the same pixels: all of them


def test_changed_input_starts_anew(scene, always_keep):
    interrupt(scene)
    os.utime(scene / "in.tif", ns=(1, 1))
    listener = Listener()
    predict_raster(request(scene, "out.tif"), listener)
    assert not listener.said("Continuing")
    assert_complete(scene)


@each_encoding
def test_killed_run_continues(scene, encoding):
    make_whole(scene, encoding)
    script = (
        "import sys; from pathlib import Path\n"
        "from lunar_oxide_plugin.core.geotiff import resumable_raster, unfinished_files\n"
        "from lunar_oxide_plugin.core.prediction.plan import predict_raster\n"
        "from lunar_oxide_plugin.core.progress import SilentProgress\n"
        "from tests.test_resume import request\n"
        "import time\n"
        "from lunar_oxide_plugin.core.geotiff.encoding import Encoding\n"
        "how = {'encoding': Encoding(sys.argv[2])}\n"
        "resumable_raster.COMMIT_SECONDS = 0.0\n"
        "write = resumable_raster.ResumableRaster.write\n"
        "written = []\n"
        "def slow(self, block):\n"
        "    write(self, block); written.append(block.index); print(block.index, flush=True)\n"
        "    while len(written) >= 8: time.sleep(1.0)  # until it is killed\n"
        "resumable_raster.ResumableRaster.write = slow\n"
        "predict_raster(request(Path(sys.argv[1]), 'out.tif', **how), SilentProgress())\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(scene), encoding.value],
        stdout=subprocess.PIPE,
        text=True,
    )
    for _ in range(8):
        assert process.stdout.readline()
    process.send_signal(signal.SIGKILL)
    process.wait(30)
    process.stdout.close()
    assert not (scene / "out.tif").exists()
    listener = Listener()
    predict_raster(request(scene, "out.tif", encoding=encoding), listener)
    assert listener.said("Continuing an interrupted run")
    assert_complete(scene)


def test_power_loss_drops_what_the_journal_does_not_vouch_for(scene, always_keep):
    interrupt(scene)
    part, journal = unfinished_files.part_paths(scene / "out.tif")
    part.write_bytes(part.read_bytes() + b"half a tile")
    content = journal.read_bytes()
    journal.write_bytes(content[:-7])  # a record cut short
    predict_raster(request(scene, "out.tif"), SilentProgress())
    assert_complete(scene)


def test_damaged_records_are_left_out(tmp_path):
    path = tmp_path / "j"
    journal = RunJournal(path, 3, {"a": 1}, b"header")
    journal.begin(journal.no_records())
    journal.append([journal.make_record(k, 10 * k, k, 100 * k, [1, 2, k], 7) for k in range(4)])
    records = journal.records()
    assert records["valid"].tolist() == [0, 10, 20, 30]
    assert records["sizes"].tolist() == [[1, 2, 0], [1, 2, 1], [1, 2, 2], [1, 2, 3]]
    journal.close()
    for other in (RunJournal(path, 3, {"a": 2}, b"header"), RunJournal(path, 3, {"a": 1}, b"h")):
        assert not len(other.records())
        other.close()
    content = bytearray(path.read_bytes())
    content[-records.dtype.itemsize - 5] ^= 1  # within the third record
    path.write_bytes(content)
    journal = RunJournal(path, 3, {"a": 1}, b"header")
    intact = journal.records()
    assert intact["block"].tolist() == [0, 1, 3]
    journal.begin(intact)
    journal.append([journal.make_record(9, 0, 0, 0, [0, 0, 0], 0)])
    journal.append([journal.make_record(0, 5, 0, 0, [0, 0, 0], 0)])
    again = journal.records()
    assert again["block"].tolist() == [1, 3, 9, 0]
    assert again["valid"].tolist() == [10, 30, 0, 5]
    journal.close()


@each_encoding
def test_full_disk_keeps_what_is_computed(scene, always_keep, monkeypatch, encoding):
    make_whole(scene, encoding)
    write_all = resumable_raster._write_all
    calls = []

    def full_after_a_while(file, tile):
        calls.append(tile.size)
        if len(calls) > 150:
            file.write(tile[: tile.size // 2].data)
            raise OSError(errno.ENOSPC, "No space left on device")
        write_all(file, tile)

    monkeypatch.setattr(resumable_raster, "_write_all", full_after_a_while)
    with pytest.raises(OutputError, match=r"disk is full.*kept in out\.tif\.part.*run the same"):
        predict_raster(request(scene, "out.tif", encoding=encoding), SilentProgress())
    assert not (scene / "out.tif").exists()
    monkeypatch.setattr(resumable_raster, "_write_all", write_all)
    listener = Listener()
    predict_raster(request(scene, "out.tif", encoding=encoding), listener)
    assert listener.said("Continuing an interrupted run")
    assert_complete(scene)


def test_two_runs_do_not_share_an_output(scene, always_keep):
    interrupt(scene)
    _, journal = unfinished_files.part_paths(scene / "out.tif")
    other = OutputLock(scene / "out.tif")
    before = journal.read_bytes()
    with pytest.raises(OutputError, match="Another run is writing the same output"):
        predict_raster(request(scene, "out.tif"), SilentProgress())
    assert journal.read_bytes() == before
    other.close()
    predict_raster(request(scene, "out.tif"), SilentProgress())
    assert_complete(scene)


def test_cancel_is_heard_while_a_block_is_computed(scene, monkeypatch):
    chunks, heard = [], threading.Event()
    run = BoundChunk.run

    def slow(self):
        chunks.append(1)
        if len(chunks) > 3:
            assert heard.wait(60.0)
        run(self)

    monkeypatch.setattr(BoundChunk, "run", slow)

    class Impatient(SilentProgress):
        def is_cancelled(self):
            if len(chunks) <= 3:
                return False
            heard.set()
            return True

    with pytest.raises(Cancelled):
        predict_raster(request(scene, "out.tif"), Impatient())
    whole = 256 * 256 // CHUNK_PIXELS
    assert 3 < len(chunks) < whole, "nobody computed a block to its end"
    assert files(scene) == ["in.tif", "model.onnx", "whole.tif"]


def test_earlier_output_survives_until_the_new_one_is_complete(scene, always_keep):
    (scene / "out.tif").write_text("earlier")
    interrupt(scene)
    assert (scene / "out.tif").read_text() == "earlier"
    predict_raster(request(scene, "out.tif"), SilentProgress())
    assert_complete(scene)


@pytest.mark.parametrize(
    "options",
    [
        {"threads": 4, "memory_mb": 600},
        {"threads": 1, "chunk_pixels": 528, "compression": Compression.ZSTD},
        {"compression": Compression.DEFLATE},
    ],
)
def test_results_do_not_depend_on_threads_blocks_chunks_or_compression(scene, options):
    predict_raster(request(scene, "out.tif", **options), SilentProgress())
    with rasterio.open(scene / "out.tif") as out, rasterio.open(scene / "whole.tif") as whole:
        np.testing.assert_array_equal(out.read(), whole.read())
        expected = 256 if "memory_mb" not in options else 512
        assert out.block_shapes[0] == (expected, expected)
        assert out.overviews(1) == whole.overviews(1) == [4]
        np.testing.assert_array_equal(
            out.read(3)[::4, ::4],
            rasterio.open(scene / "out.tif", overview_level=0).read(3),
        )


def test_statistics_that_qgis_notes_meanwhile_are_no_change(scene, always_keep):
    interrupt(scene)
    (scene / "in.tif.aux.xml").write_text("<PAMDataset/>")
    listener = Listener()
    predict_raster(request(scene, "out.tif"), listener)
    assert listener.said("Continuing an interrupted run")
    assert_complete(scene)
