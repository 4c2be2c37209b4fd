"""`open_output`: inputs are safe, files are complete, links followed, one writer at a time."""

from __future__ import annotations

import errno
import multiprocessing
import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lunar_oxide_plugin.core import file_lock
from lunar_oxide_plugin.core.errors import OutputError
from lunar_oxide_plugin.core.file_lock import OutputLock
from lunar_oxide_plugin.core.files import (
    companions,
    final_path,
    inputs_of_run,
    open_output,
    outputs,
    require_other_file,
    write_bytes,
    write_text,
)


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def refused(words, act):
    with pytest.raises(OutputError, match=words) as caught:
        act()
    assert "\n" not in str(caught.value)
    return str(caught.value)


# --- whole or as before --------------------------------------------------------------


@given(content=st.binary(max_size=300), earlier=st.none() | st.binary(max_size=300))
@settings(max_examples=60, deadline=None)
def test_what_is_written_is_what_is_read(tmp_path_factory, content, earlier):
    folder = tmp_path_factory.mktemp("w")
    target = folder / "out.bin"
    if earlier is not None:
        target.write_bytes(earlier)
    write_bytes(target, content)
    assert target.read_bytes() == content
    assert names(folder) == ["out.bin"]


def test_text_is_utf8_with_its_own_line_ends(tmp_path):
    write_text(tmp_path / "a.csv", "Lunar \u2609\r\nx\n\ud800")
    assert (tmp_path / "a.csv").read_bytes() == "Lunar \u2609\r\nx\n?".encode()


@pytest.mark.parametrize("fault", [errno.ENOSPC, errno.EIO, errno.EACCES, errno.EDQUOT])
@pytest.mark.parametrize("place", ["os.replace", "os.fsync", "builtins.open", "pathlib.Path.mkdir"])
def test_a_failing_step_leaves_everything_as_it_was(tmp_path, monkeypatch, place, fault):
    target = tmp_path / "out.tif"
    target.write_bytes(b"earlier")
    (tmp_path / "out.tif.ovr").write_bytes(b"its overviews")
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}

    def fail(*_, **__):
        raise OSError(fault, os.strerror(fault))

    monkeypatch.setattr(place, fail)
    refused("cannot be written", lambda: write_bytes(target, b"new"))
    monkeypatch.undo()
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize("failing", range(6))
def test_each_rename_that_fails_is_undone(tmp_path, monkeypatch, failing):
    target = tmp_path / "map.shp"
    for ending in ("shp", "shx", "dbf", "qix"):
        (tmp_path / f"map.{ending}").write_text(f"old {ending}")
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    calls, real = [], os.replace

    def replace(source, new):
        calls.append(new)
        if len(calls) == failing + 1:
            raise OSError(errno.EIO, "Input/output error")
        real(source, new)

    monkeypatch.setattr(os, "replace", replace)
    with open_output(target) as output:
        for ending in ("shp", "shx", "dbf"):
            output.path.with_suffix(f".{ending}").write_text(f"new {ending}")
        refused("Input/output error", output.commit)
    monkeypatch.undo()
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_group_of_files_replaces_a_group(tmp_path):
    target = tmp_path / "map.shp"
    for ending in ("shp", "shx", "qix", "qml"):
        (tmp_path / f"map.{ending}").write_text(f"old {ending}")
    with open_output(target) as output:
        for ending in ("shp", "shx", "dbf"):
            output.path.with_suffix(f".{ending}").write_text(f"new {ending}")
        output.commit()
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {
        "map.shp": "new shp",
        "map.shx": "new shx",
        "map.dbf": "new dbf",
        "map.qml": "old qml",  # a style belongs to the user
    }


def test_bytes_that_the_disk_swallowed_are_noticed(tmp_path, monkeypatch):
    """A write that reports success and stores half, as some network shares do."""
    target = tmp_path / "out.json"
    target.write_text("earlier")

    def sync(path):
        path.write_bytes(path.read_bytes()[:2])

    monkeypatch.setattr(outputs, "_sync", sync)
    refused("not written completely", lambda: write_text(target, "{}{}{}"))
    assert target.read_text() == "earlier"


def test_a_file_that_does_not_verify_takes_no_name(tmp_path):
    def refuse(path):
        assert path.read_bytes() == b"new"
        raise OutputError("It is not whole.")

    target = tmp_path / "out.bin"
    target.write_bytes(b"earlier")
    refused("not whole", lambda: write_bytes(target, b"new", verify=refuse))
    assert target.read_bytes() == b"earlier"
    assert names(tmp_path) == ["out.bin"]


def test_leaving_without_commit_leaves_nothing(tmp_path):
    with open_output(tmp_path / "a.tif") as output:
        output.path.write_bytes(b"half")
        output.path.with_name("a.tif.aux.xml").write_bytes(b"half")
    assert names(tmp_path) == []


def test_the_part_of_a_killed_run_goes_with_the_next_one(tmp_path):
    script = (
        "import os, sys; from lunar_oxide_plugin.core.files import open_output\n"
        "output = open_output(sys.argv[1]); output.path.write_bytes(b'half'); os._exit(9)"
    )
    target = tmp_path / "a.tif"
    root = str(Path(outputs.__file__).parents[3])
    subprocess.run([sys.executable, "-c", script, str(target)], cwd=root, check=False)
    assert len(names(tmp_path)) == 2
    write_bytes(tmp_path / "b.tif", b"another output cleans nothing of the first")
    assert len(names(tmp_path)) == 3
    write_bytes(target, b"whole")
    assert names(tmp_path) == ["a.tif", "b.tif"]


def test_the_mode_of_the_earlier_file_is_kept_and_a_new_one_follows_the_umask(tmp_path):
    target = tmp_path / "a.csv"
    umask = os.umask(0o027)
    try:
        write_text(target, "x")
        assert stat.S_IMODE(target.stat().st_mode) == 0o640
        target.chmod(0o600)
        write_text(target, "y")
        assert stat.S_IMODE(target.stat().st_mode) == 0o600
    finally:
        os.umask(umask)


# --- companions ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "stale"),
    [
        ("m.tif", ["m.tif.ovr", "m.tif.msk", "m.tif.aux.xml", "m.tif.msk.ovr"]),
        ("m.vrt", ["m.vrt.ovr", "m.vrt.aux.xml"]),
        ("m.gpkg", ["m.gpkg-wal", "m.gpkg-shm", "m.gpkg-journal"]),
        ("m.shp", ["m.qix", "m.prj", "m.cpg", "m.shp.xml"]),
    ],
)
def test_companions_of_the_overwritten_file_go_with_it(tmp_path, name, stale):
    kept = ["m.qml", "m.tfw", "other.tif.ovr", "M2.tif.aux.xml"]
    for other in [name, *stale, *kept]:
        (tmp_path / other).write_text("old")
    assert sorted(path.name for path in companions(tmp_path / name)) == sorted(stale)
    write_text(tmp_path / name, "new")
    assert names(tmp_path) == sorted([name, *kept])


# --- odd outputs ---------------------------------------------------------------------


def test_a_link_stays_a_link_and_its_target_is_replaced(tmp_path):
    (tmp_path / "real").mkdir()
    real = tmp_path / "real" / "a.csv"
    real.write_text("old")
    (tmp_path / "middle.csv").symlink_to("real/a.csv")
    link = tmp_path / "link.csv"
    link.symlink_to(tmp_path / "middle.csv")
    write_text(link, "new")
    assert link.is_symlink()
    assert (tmp_path / "middle.csv").is_symlink()
    assert real.read_text() == "new"
    assert names(tmp_path / "real") == ["a.csv"]


def test_a_link_to_no_file_yet_makes_that_file(tmp_path):
    link = tmp_path / "link.csv"
    link.symlink_to("later.csv")
    write_text(link, "new")
    assert link.is_symlink()
    assert (tmp_path / "later.csv").read_text() == "new"


def test_what_is_no_ordinary_file_is_refused(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    (tmp_path / "round").symlink_to("round")
    (tmp_path / "full").symlink_to("/dev/full")
    before = names(tmp_path)
    refused("no ordinary file", lambda: write_text(tmp_path / "pipe", "x"))
    refused("no ordinary file", lambda: write_text("/dev/full", "x"))
    refused("no ordinary file", lambda: write_text(tmp_path / "full", "x"))
    refused("is a folder", lambda: write_text(tmp_path / "folder", "x"))
    refused("is a folder", lambda: write_text("", "x"))
    refused("leads nowhere|cannot be written", lambda: write_text(tmp_path / "round", "x"))
    refused("no name of a file", lambda: write_text(f"{tmp_path}/a\0b", "x"))
    refused("too long", lambda: write_text(tmp_path / ("x" * 256), "x"))
    refused("does not exist", lambda: write_text(tmp_path / "none" / "a", "x"))
    refused("folder|Not a directory", lambda: write_text(Path("/dev/null") / "a", "x"))
    assert names(tmp_path) == before


def test_a_protected_file_is_not_replaced(tmp_path, monkeypatch):
    target = tmp_path / "a.csv"
    target.write_text("old")
    # Root may write to any file, so the system's answer for other users is simulated.
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK)
    refused("protected against writing", lambda: write_text(target, "x"))
    assert target.read_text() == "old"


def test_a_name_of_the_greatest_length_is_written(tmp_path):
    target = tmp_path / ("x" * 251 + ".csv")
    write_text(target, "x")
    assert names(tmp_path) == [target.name]


def test_files_of_the_user_beside_the_output_stay(tmp_path):
    mine = ["a.tif.part", "a.tif.part.journal", "a.part.tif", ".a.part", "a.tif.lock"]
    for name in mine:
        (tmp_path / name).write_text("mine")
    (tmp_path / "a.part").mkdir()
    write_bytes(tmp_path / "a.tif", b"x")
    assert names(tmp_path) == sorted([*mine, "a.part", "a.tif"])
    assert {(tmp_path / name).read_text() for name in mine} == {"mine"}


# --- inputs --------------------------------------------------------------------------


@pytest.fixture
def tile(tmp_path):
    path = tmp_path / "tile.tif"
    path.write_bytes(b"nine reflectance bands")
    return path


def aliases(tile):
    """Other names of a file, by kind."""
    folder = tile.parent
    (folder / "sub").mkdir()
    (folder / "soft.tif").symlink_to(tile)
    (folder / "hard.tif").hardlink_to(tile) if hasattr(Path, "hardlink_to") else os.link(
        tile, folder / "hard.tif"
    )
    (folder / "door").symlink_to(folder, target_is_directory=True)
    return {
        "itself": tile,
        "dotted": folder / "sub" / ".." / tile.name,
        "symlink": folder / "soft.tif",
        "hard link": folder / "hard.tif",
        "linked folder": folder / "door" / tile.name,
        "relative": Path(os.path.relpath(tile)),
    }


@pytest.mark.parametrize(
    "alias", ["itself", "dotted", "symlink", "hard link", "linked folder", "relative"]
)
def test_an_input_is_never_the_output(tile, alias):
    target = aliases(tile)[alias]
    message = refused("is an input", lambda: write_text(target, "x", "report", [tile]))
    assert str(tile) in message
    with inputs_of_run(lambda: [tile]):
        refused("is an input", lambda: write_text(target, "x"))
        refused("is an input", lambda: open_output(target))
    assert tile.read_bytes() == b"nine reflectance bands"


def test_the_companions_of_an_output_may_be_inputs_too(tile):
    mask = tile.with_name("tile.tif.msk")
    mask.write_bytes(b"an input")
    tile.unlink()
    refused("belongs to one", lambda: write_text(tile, "x", "report", [mask]))
    assert mask.read_bytes() == b"an input"


def test_no_output_goes_into_a_folder_that_is_an_input(tmp_path):
    store = tmp_path / "cube.zarr"
    (store / "0").mkdir(parents=True)
    (store / "0" / "chunk").write_bytes(b"values")
    refused("is an input", lambda: require_other_file(store / "0" / "chunk", [store]))
    require_other_file(store.with_suffix(".tif"), [store])


def test_inputs_are_asked_for_only_where_something_would_be_replaced(tmp_path):
    def behind():
        raise AssertionError("nothing is there to be replaced")

    with inputs_of_run(behind):
        write_text(tmp_path / "new.csv", "x")
        with pytest.raises(AssertionError):
            write_text(tmp_path / "new.csv", "y")


def test_the_protection_ends_with_the_run(tile):
    with inputs_of_run(lambda: [tile]):
        pass
    write_text(tile, "x")
    assert tile.read_text() == "x"


def test_inputs_that_are_gone_or_impossible_protect_nothing(tile):
    odd = [tile.with_name("gone"), Path("a\0b"), Path("x" * 5000)]
    require_other_file(tile, odd)


def test_files_without_numbers_are_told_by_their_paths(tile, monkeypatch):
    real = Path.stat

    def unnumbered(self, **options):
        values = list(real(self, **options))
        values[1] = 0
        return os.stat_result(values)

    monkeypatch.setattr(Path, "stat", unnumbered)
    other = tile.with_name("other.tif")
    other.write_bytes(b"")
    require_other_file(tile, [other])
    refused("is an input", lambda: require_other_file(tile, [other, tile]))


# --- one writer at a time ------------------------------------------------------------


def test_a_second_writer_is_refused_and_leaves_the_first_alone(tmp_path):
    target = tmp_path / "a.tif"
    with open_output(target) as first:
        first.path.write_bytes(b"first")
        refused("Another run is writing", lambda: write_bytes(target, b"second"))
        link = tmp_path / "link.tif"
        link.symlink_to(target)
        refused("Another run is writing", lambda: write_bytes(link, b"second"))
        first.commit()
    write_bytes(target, b"third")
    assert target.read_bytes() == b"third"
    assert names(tmp_path) == ["a.tif", "link.tif"]


def _write_again_and_again(target, content, times, results):
    counts = {"done": 0, "refused": 0, "broken": 0}
    for _ in range(times):
        try:
            write_bytes(target, content)
            counts["done"] += 1
        except OutputError:
            counts["refused"] += 1
        with open(target, "rb") if Path(target).exists() else open(os.devnull, "rb") as handle:
            found = handle.read()
        if found and (len(found) != 40_000 or len(set(found)) != 1):
            counts["broken"] += 1
    results.put(counts)


def test_processes_that_write_one_output_leave_a_whole_file(tmp_path):
    target = tmp_path / "a.bin"
    context = multiprocessing.get_context("fork")
    results = context.Queue()
    workers = [
        context.Process(
            target=_write_again_and_again,
            args=(str(target), bytes([65 + number]) * 40_000, 60, results),
        )
        for number in range(4)
    ]
    for worker in workers:
        worker.start()
    counts = [results.get(timeout=60) for _ in workers]
    for worker in workers:
        worker.join(60)
        assert worker.exitcode == 0
    assert sum(count["broken"] for count in counts) == 0
    assert sum(count["done"] for count in counts) >= 1
    assert all(count["done"] + count["refused"] == 60 for count in counts)
    assert names(tmp_path) == ["a.bin"]


def test_threads_exclude_each_other(tmp_path):
    target = final_path(tmp_path / "a.bin")
    inside, most, lock = [], [], threading.Lock()

    def work():
        for _ in range(150):
            try:
                with OutputLock(target):
                    with lock:
                        inside.append(1)
                        most.append(len(inside))
                    with lock:
                        inside.pop()
            except OutputError:
                continue

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(most) == {1}
    assert names(tmp_path) == []


def test_the_lock_of_a_dead_process_is_free(tmp_path):
    target = tmp_path / "a.tif"
    context = multiprocessing.get_context("fork")

    def die(path):
        OutputLock(path)
        os._exit(1)

    worker = context.Process(target=die, args=(target,))
    worker.start()
    worker.join()
    assert len(names(tmp_path)) == 1
    with OutputLock(target):
        pass
    assert names(tmp_path) == []


@pytest.fixture
def without_locks(monkeypatch):
    def refuse(descriptor):
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(file_lock, "_lock", refuse)


def test_without_locks_of_the_file_system_the_name_is_the_lock(tmp_path, without_locks):
    target = tmp_path / "a.tif"
    with OutputLock(target) as lock:
        message = refused("Another run", lambda: OutputLock(target))
        held = [name for name in names(tmp_path) if name.endswith(".held")]
        assert len(held) == 1
        assert held[0] in message  # what may be deleted if no other run is at work
    lock.close()
    write_bytes(target, b"x")
    assert names(tmp_path) == ["a.tif"]


@pytest.mark.parametrize(
    ("owner", "is_free"),
    [
        ("{gone} {host}", True),
        ("{alive} {host}", False),
        ("{gone} another-machine", False),
        ("no number", False),
        ("", False),
    ],
)
def test_a_name_held_by_a_process_that_has_ended_is_free(tmp_path, without_locks, owner, is_free):
    import socket

    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    target = tmp_path / "a.tif"
    held = tmp_path / (file_lock.temporary_stem(target) + ".held")
    held.write_text(owner.format(gone=gone.pid, alive=os.getppid(), host=socket.gethostname()))
    if is_free:
        OutputLock(target).close()
        assert not held.exists()
    else:
        refused("Another run", lambda: OutputLock(target))
        assert held.exists()
