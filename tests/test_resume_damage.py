"""After any damage to an interrupted run's files, continuing gives the uninterrupted map."""

from __future__ import annotations

import shutil

import numpy as np
import pytest
import rasterio
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lunar_oxide_plugin.core.errors import Cancelled
from lunar_oxide_plugin.core.geotiff import resumable_raster
from lunar_oxide_plugin.core.geotiff.encoding import Encoding
from lunar_oxide_plugin.core.geotiff.run_journal import MARK, OWN_MARK, record_type
from lunar_oxide_plugin.core.geotiff.tile_codec import Compression
from lunar_oxide_plugin.core.geotiff.unfinished_files import part_paths
from lunar_oxide_plugin.core.prediction import raster_run
from lunar_oxide_plugin.core.prediction.plan import predict_raster
from lunar_oxide_plugin.core.progress import SilentProgress
from tests.models import write_linear_model
from tests.rasters import random_dn, write_mi_geotiff
from tests.test_resume import Listener, request

RECORD = record_type(28).itemsize


class Interrupted:
    """The two files of a run that was stopped half way, and the whole map."""

    def __init__(self, folder, encoding, compression):
        self.folder, self.how = folder, {"encoding": encoding, "compression": compression}
        dn = random_dn(1030, 256)
        dn[:, 300:500, 100:] = -30000
        write_mi_geotiff(folder / "in.tif", dn, tiled=True, blockxsize=256, blockysize=256)
        write_linear_model(folder / "model.onnx")
        self.whole = self.predict("whole.tif")[0]
        with pytest.raises(Cancelled):
            predict_raster(self.request("out.tif"), Listener(cancel_at=0.45))
        self.part, self.journal = (path.read_bytes() for path in part_paths(folder / "out.tif"))
        self.first = self.part.index(MARK) + len(MARK)  # of the tiles
        self.head = len(self.journal) - len(self.journal[len(MARK) :].split(b"\n", 1)[1])
        assert (len(self.journal) - self.head) % RECORD == 0
        assert len(self.journal) - self.head >= 2 * RECORD

    def request(self, output):
        return request(self.folder, output, threads=1, **self.how)

    def predict(self, output):
        listener = Listener()
        predict_raster(self.request(output), listener)
        return contents(self.folder / output), listener

    def go_on(self, part, journal):
        """Predict with these files as left behind; None for a missing one."""
        for path in self.folder.glob("out*"):
            path.unlink()
        for path, content in zip(part_paths(self.folder / "out.tif"), (part, journal)):
            if content is not None:
                path.write_bytes(content)
        result, listener = self.predict("out.tif")
        assert result == self.whole
        return listener

    def left(self):
        return sorted(path.name for path in self.folder.glob("out*"))


def contents(path):
    """All pixels at each resolution."""
    found = []
    for level in (None, 0):
        with rasterio.open(path, **({} if level is None else {"overview_level": level})) as data:
            found.append(
                (data.read().tobytes(), data.crs.to_wkt(), tuple(data.transform), data.tags())
            )
            found.append((data.descriptions, data.units, data.nodatavals[0] != 0, data.dtypes))
    return found


@pytest.fixture(
    scope="module", params=[(Encoding.FLOAT32, Compression.NONE), (Encoding.COMPACT, None)]
)
def run(request, tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(raster_run, "KEEP_AFTER_SECONDS", 0.0)
        patch.setattr(resumable_raster, "COMMIT_SECONDS", 0.0)
        yield Interrupted(tmp_path_factory.mktemp("run"), *request.param)


def flipped(content, position, length, seed):
    damage = np.random.default_rng(seed).integers(1, 256, length, dtype=np.uint8)
    changed = bytearray(content)
    for offset, value in enumerate(damage.tolist()):
        if position + offset < len(changed):
            changed[position + offset] ^= value
    return bytes(changed)


place = st.floats(0, 1, exclude_max=True)


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    where=st.sampled_from(("head of the file", "tiles", "head of the journal", "records")),
    kind=st.sampled_from(("flip", "zeros", "cut", "insert", "drop")),
    at=place,
    length=st.sampled_from((1, 2, 64, 600)),
    seed=st.integers(0, 1000),
)
def test_any_damage_gives_the_uninterrupted_map(run, where, kind, at, length, seed):
    in_part = where in ("head of the file", "tiles")
    content = run.part if in_part else run.journal
    start, end = {
        "head of the file": (0, run.first),
        "tiles": (run.first, len(run.part)),
        "head of the journal": (0, run.head),
        "records": (run.head, len(run.journal)),
    }[where]
    position = start + int(at * (end - start))
    before, after = content[:position], content[position:]
    damaged = {
        "flip": flipped(content, position, length, seed),
        "zeros": before + bytes(min(length, len(after))) + after[length:],
        "cut": before,
        "insert": before + flipped(bytes(length), 0, length, seed) + after,
        "drop": before + after[length:],
    }[kind]
    run.go_on(damaged if in_part else run.part, run.journal if in_part else damaged)
    # Only the rest of an unrecognisable file remains.
    assert set(run.left()) <= {"out.tif", "out.tif.part", "out.tif.part.journal"}


def test_undamaged_files_are_taken_up_and_damage_costs_only_its_block(run):
    listener = run.go_on(run.part, run.journal)
    assert listener.said("Continuing")
    assert not listener.said("damaged")
    assert run.left() == ["out.tif"]
    listener = run.go_on(flipped(run.part, run.first + 5000, 1, 0), run.journal)
    assert listener.said("1 of ")
    assert listener.said("Continuing")
    listener = run.go_on(flipped(run.part, 10, 300, 0), run.journal)
    assert listener.said("Continuing")  # the head is known and written again
    assert run.left() == ["out.tif"]
    earlier = [content.replace(MARK, OWN_MARK + b"2\n") for content in (run.part, run.journal)]
    listener = run.go_on(*earlier)  # of a release whose checksums were others
    assert listener.said("computing everything anew")
    assert run.left() == ["out.tif"]
    listener = run.go_on(run.part, flipped(run.journal, run.head - 10, 1, 0))
    assert listener.said("computing everything anew")
    assert run.left() == ["out.tif"]


def test_files_that_do_not_belong_together(run, tmp_path):
    blocks, records = run.part[run.first :], run.journal[run.head :]
    for part, journal in (
        (None, run.journal),
        (run.part, None),
        (b"", run.journal),
        (run.part, b""),
        (run.journal, run.journal),
        (run.part, run.part),
        (run.journal, run.part),
        (run.part[: run.first] + blocks[::-1], run.journal),
        (run.part, run.journal + records),
        (run.part, run.journal + bytes(5 * RECORD)),
        (run.part, run.journal[: run.head] + records[RECORD:] + records[:RECORD]),
    ):
        run.go_on(part, journal)
        assert run.left() == ["out.tif"]
    # The unfinished map of another raster of the same shape, with this one's journal and its own.
    other = tmp_path / "other"
    other.mkdir()
    write_mi_geotiff(other / "in.tif", random_dn(1030, 256, seed=4))
    write_linear_model(other / "model.onnx")
    with pytest.raises(Cancelled):
        predict_raster(
            request(other, "out.tif", threads=1, **run.how),
            Listener(cancel_at=0.45),
        )
    part, journal = (path.read_bytes() for path in part_paths(other / "out.tif"))
    assert not run.go_on(part, run.journal).said("Continuing")
    assert not run.go_on(part, journal).said("Continuing")
    assert run.left() == ["out.tif"]


@pytest.mark.parametrize("kind", ["text", "map", "folder", "link", "two", "journal"])
def test_files_of_the_user_under_our_names_are_left_alone(run, kind, tmp_path):
    for path in run.folder.glob("out*"):
        path.unlink()
    part, journal = part_paths(run.folder / "out.tif")
    kept = [part]
    if kind == "folder":
        part.mkdir()
    elif kind == "link":
        (tmp_path / "mine.txt").write_text("mine")
        part.symlink_to(tmp_path / "mine.txt")
    elif kind == "map":
        shutil.copy(run.folder / "whole.tif", part)
    elif kind == "journal":
        kept = [journal]
        journal.write_text("my diary")
    else:
        part.write_text("mine")
    if kind == "two":
        # An old journal of the plugin beside another program's file; one more name is in use.
        journal.write_bytes(run.journal)
        kept += [journal, part_paths(run.folder / "out.tif", 2)[0]]
        kept[-1].write_text("also mine")
    before = [path.is_dir() or path.read_bytes() for path in kept]
    with pytest.raises(Cancelled):
        predict_raster(run.request("out.tif"), Listener(cancel_at=0.45))
    listener = Listener()
    predict_raster(run.request("out.tif"), listener)
    assert listener.said("Continuing")
    assert contents(run.folder / "out.tif") == run.whole
    assert [path.is_dir() or path.read_bytes() for path in kept] == before
    assert run.left() == sorted(["out.tif", *(path.name for path in kept)])
    for path in kept:
        path.rmdir() if path.is_dir() else path.unlink()


def test_cancelling_while_an_earlier_run_is_checked_keeps_it(run):
    for path, content in zip(part_paths(run.folder / "out.tif"), (run.part, run.journal)):
        path.write_bytes(content)

    class AtOnce(SilentProgress):
        def is_cancelled(self):
            return True

    with pytest.raises(Cancelled, match="earlier run left stays"):
        predict_raster(run.request("out.tif"), AtOnce())
    _, listener = run.predict("out.tif")
    assert listener.said("Continuing")
