from __future__ import annotations

import json
import os
import sys
import threading

import pytest

from lunar_oxide_plugin.core import profile
from lunar_oxide_plugin.core.errors import Cancelled, DependencyError, RuntimeMissingError
from lunar_oxide_plugin.core.installer import packages
from lunar_oxide_plugin.core.installer.installation import install, plan_from_file, plan_from_index
from lunar_oxide_plugin.core.installer.packages import ONNXRUNTIME, RASTERIO, Package
from lunar_oxide_plugin.core.installer.wheel_tags import PythonTarget
from lunar_oxide_plugin.core.models import onnxruntime_import
from lunar_oxide_plugin.core.progress import SilentProgress
from lunar_oxide_plugin.gui.network import QgisNetwork
from tests.wheels import CPYTHON, FAKE_ONNXRUNTIME, index_server, write_wheel


class Recorder(SilentProgress):
    """Keeps all messages; cancels when a line contains `stop_at`."""

    def __init__(self, stop_at: str = "") -> None:
        self.lines = []
        self.fractions = []
        self.stop_at = stop_at

    def report(self, fraction):
        self.fractions.append(fraction)

    def info(self, message):
        self.lines.append(message)

    def is_cancelled(self):
        return bool(self.stop_at) and any(self.stop_at in line for line in self.lines)


def everything_in(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def plan(folder, network=None, **kwargs):
    with index_server(folder, **kwargs) as index:
        return plan_from_index(ONNXRUNTIME, QgisNetwork(), SilentProgress(), index)


def install_from(folder, progress=None, **kwargs):
    with index_server(folder, **kwargs) as index:
        planned = plan_from_index(ONNXRUNTIME, QgisNetwork(), SilentProgress(), index)
        return install(planned, QgisNetwork(), progress or SilentProgress())


@pytest.mark.parametrize("as_html", [False, True])
def test_from_the_index_into_a_folder_named_after_python(qgis_app, bare, tmp_path, as_html):
    write_wheel(tmp_path / "index", version="1.30.0")
    write_wheel(tmp_path / "index", version="1.31.2")
    write_wheel(tmp_path / "index", version="1.33.0")  # newer than tested
    write_wheel(tmp_path / "index", version="1.32.0rc1")
    write_wheel(tmp_path / "index", version="1.32.0", tags="cp27-cp27m-any")
    assert "it is not installed" in onnxruntime_import.missing_runtime_message()
    with pytest.raises(RuntimeMissingError):
        onnxruntime_import.onnxruntime()
    progress = Recorder()
    done = install_from(tmp_path / "index", progress, as_html=as_html)
    version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    assert done.folder == bare / version / "onnxruntime-1.31.2"
    assert (done.version, done.needs_restart) == ("1.31.2", False)
    assert progress.fractions == sorted(progress.fractions)
    assert progress.fractions[-1] == 1.0
    assert sys.path[-1] == str(done.folder)
    assert onnxruntime_import.missing_runtime_message() == ""
    assert onnxruntime_import.onnxruntime().__version__ == "1.31.2"
    assert [path.name for path in (bare / version).iterdir()] == ["onnxruntime-1.31.2"]


def test_the_plan_says_what_how_large_and_where(qgis_app, bare, tmp_path):
    wheel = write_wheel(tmp_path / "index")
    planned = plan(tmp_path / "index")
    assert [w.file_name for w in planned.wheels] == [wheel.name]
    assert planned.size == wheel.stat().st_size
    assert planned.folder.name == "onnxruntime-1.30.0"
    assert not bare.exists()


def test_newer_than_tested_is_taken_only_for_want_of_older(qgis_app, bare, tmp_path):
    for version in ("1.40.0", "1.41.0"):
        write_wheel(tmp_path / "index", version=version)
    assert plan(tmp_path / "index").wheels[0].version == "1.40.0"


def test_a_withdrawn_version_is_not_taken(qgis_app, bare, tmp_path):
    for version in ("1.30.0", "1.31.0"):
        write_wheel(tmp_path / "index", version=version)
    assert plan(tmp_path / "index", fault="yanked").wheels[0].version == "1.30.0"


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        ("login", "not a page of a Python package index"),
        ("proxy", "check the connection and the proxy"),
        ("interrupted", "cannot be fetched|did not arrive"),
        ("altered", "did not arrive as the index describes it"),
    ],
)
def test_bad_networks_leave_the_old_state(qgis_app, bare, tmp_path, fault, message):
    write_wheel(tmp_path / "index", files={"onnxruntime/data.bin": os.urandom(200_000)})
    with pytest.raises(DependencyError, match=message):
        install_from(tmp_path / "index", fault=fault)
    assert not bare.exists()


def test_no_server_at_all(qgis_app, bare):
    with pytest.raises(DependencyError, match=r"http://127\.0\.0\.1:9/.* cannot be fetched"):
        plan_from_index(ONNXRUNTIME, QgisNetwork(), SilentProgress(), "http://127.0.0.1:9/simple")


def test_no_wheel_for_this_python(qgis_app, bare, tmp_path):
    write_wheel(tmp_path / "index", tags="cp27-cp27m-win_amd64")
    with pytest.raises(DependencyError, match="offers no onnxruntime wheel for Python 3"):
        plan(tmp_path / "index")


def test_qgis_proxy_is_used(qgis_app, bare, tmp_path):
    from qgis.core import QgsNetworkAccessManager, QgsSettings

    write_wheel(tmp_path / "index")
    settings = QgsSettings()
    with index_server(tmp_path / "index") as index:
        values = {
            "proxyEnabled": True,
            "proxyType": "HttpProxy",
            "proxyHost": "127.0.0.1",
            "proxyPort": index.split(":")[2].split("/")[0],
        }
        for key, value in values.items():
            settings.setValue(f"proxy/{key}", value)
        QgsNetworkAccessManager.instance().setupDefaultProxyAndCache()
        try:
            planned = plan_from_index(
                ONNXRUNTIME, QgisNetwork(), SilentProgress(), "http://packages.invalid/simple"
            )
        finally:
            for key in values:
                settings.remove(f"proxy/{key}")
            QgsNetworkAccessManager.instance().setupDefaultProxyAndCache()
    assert planned.wheels[0].source.startswith("http://packages.invalid/")


def test_a_stalled_download_can_be_cancelled(qgis_app, bare, tmp_path):
    write_wheel(tmp_path / "index")
    outcome = []

    def work():
        try:
            install_from(tmp_path / "index", Recorder("Fetching"), fault="stalled")
        except Cancelled as error:
            outcome.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(15)
    assert not thread.is_alive()
    assert len(outcome) == 1
    assert not bare.exists()


@pytest.mark.parametrize("stop_at", ["Checking", "Trying"])
def test_cancelling_later_leaves_nothing_either(bare, tmp_path, stop_at):
    wheel = write_wheel(tmp_path, code="import time\ntime.sleep(60)\n")
    with pytest.raises(Cancelled):
        install(plan_from_file(ONNXRUNTIME, wheel), None, Recorder(stop_at))
    assert not bare.exists()


def test_from_a_wheel_file_without_network(bare, tmp_path):
    wheel = write_wheel(
        tmp_path,
        files={
            "onnxruntime-1.30.0.data/purelib/onnxruntime/more.py": b"x = 7\n",
            "onnxruntime-1.30.0.data/scripts/onnxruntime_test": b"#!python\n",
        },
    )
    done = install(plan_from_file(ONNXRUNTIME, wheel), None, SilentProgress())
    assert onnxruntime_import.onnxruntime().__file__ == str(
        done.folder / "onnxruntime" / "__init__.py"
    )
    assert (done.folder / "onnxruntime" / "more.py").read_bytes() == b"x = 7\n"
    assert not list(done.folder.rglob("onnxruntime_test"))


def test_one_that_does_not_work_is_rolled_back(bare, tmp_path):
    good = write_wheel(tmp_path)
    install(plan_from_file(ONNXRUNTIME, good), None, SilentProgress())
    before = everything_in(bare)
    bad = write_wheel(tmp_path, version="1.31.0", code="raise ImportError('DLL load failed')\n")
    with pytest.raises(DependencyError, match=r"does not work .*DLL load failed.*nothing has"):
        install(plan_from_file(ONNXRUNTIME, bad), None, SilentProgress())
    assert everything_in(bare) == before
    # The same version again, broken: the working copy stays.
    worse = write_wheel(tmp_path / "b", code="import numpy\nnumpy.__version__ = '9'\n")
    with pytest.raises(DependencyError):
        install(plan_from_file(ONNXRUNTIME, worse), None, SilentProgress())
    assert everything_in(bare) == before


def test_one_that_replaces_numpy_is_refused(bare, tmp_path):
    code = FAKE_ONNXRUNTIME + "numpy.__version__ = '99'\n"
    with pytest.raises(DependencyError, match="numpy was replaced"):
        install(
            plan_from_file(ONNXRUNTIME, write_wheel(tmp_path, code=code)), None, SilentProgress()
        )


def test_an_upgrade_takes_the_place_of_the_old_one(bare, tmp_path, monkeypatch):
    install(plan_from_file(ONNXRUNTIME, write_wheel(tmp_path)), None, SilentProgress())
    newer = write_wheel(tmp_path, version="1.31.0")
    install(plan_from_file(ONNXRUNTIME, newer), None, SilentProgress())
    assert [item.version for item in packages.installed_packages()] == ["1.31.0", "1.30.0"]
    # The next session uses the new one and removes the old one.
    monkeypatch.setattr(sys, "path", [p for p in sys.path if not p.startswith(str(bare))])
    packages.activate()
    assert [item.version for item in packages.installed_packages()] == ["1.31.0"]
    assert sys.path[-1].endswith("onnxruntime-1.31.0")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"tags": "cp27-cp27m-win_amd64"}, f"not made for this QGIS.*{CPYTHON}"),
        ({"project": "numpy"}, "is a wheel of numpy, not of onnxruntime"),
    ],
)
def test_wheels_for_others_are_refused_at_once(bare, tmp_path, change, message):
    with pytest.raises(DependencyError, match=message):
        plan_from_file(ONNXRUNTIME, write_wheel(tmp_path, **change))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"record": {"onnxruntime/__init__.py": "sha256=" + "A" * 43}}, "differs from its RECORD"),
        ({"files": {"../../escaped.py": b"x"}}, "would leave its folder"),
        ({"files": {"/absolute.py": b"x"}}, "would leave its folder"),
        ({"files": {"c:\\windows\\evil.dll": b"x"}}, "would leave its folder"),
        ({"record": {"onnxruntime/__init__.py": ""}}, "is not in its RECORD"),
        ({"record": {"onnxruntime/__init__.py": "md5=abc"}}, "unknown hash md5"),
    ],
)
def test_damaged_or_malicious_wheels_are_refused(bare, tmp_path, change, message):
    wheel = write_wheel(tmp_path / "w", **change)
    with pytest.raises(DependencyError, match=message):
        install(plan_from_file(ONNXRUNTIME, wheel), None, SilentProgress())
    assert not bare.exists()
    assert not list(tmp_path.rglob("escaped.py"))


def test_half_a_wheel_is_refused(bare, tmp_path):
    wheel = write_wheel(tmp_path)
    wheel.write_bytes(wheel.read_bytes()[:300])
    with pytest.raises(DependencyError, match="damaged or no wheel"):
        plan_from_file(ONNXRUNTIME, wheel)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_profile_without_permission(bare, tmp_path):
    bare.parent.mkdir()
    bare.parent.chmod(0o500)
    with pytest.raises(DependencyError, match="cannot be written"):
        install(plan_from_file(ONNXRUNTIME, write_wheel(tmp_path)), None, SilentProgress())


def test_a_file_where_the_folder_should_be(bare, tmp_path):
    bare.parent.mkdir()
    bare.write_text("in the way", encoding="utf-8")
    with pytest.raises(DependencyError, match="cannot be written"):
        install(plan_from_file(ONNXRUNTIME, write_wheel(tmp_path)), None, SilentProgress())
    assert bare.read_text(encoding="utf-8") == "in the way"


def test_missing_helpers_come_along_and_nothing_else(qgis_app, bare, tmp_path):
    package = Package("onnxruntime", "1.32.0", (("numpy", "numpy"), ("lo_helper", "lo-helper")))
    write_wheel(tmp_path / "index")
    write_wheel(tmp_path / "index", project="numpy", version="9.9", code="")
    write_wheel(
        tmp_path / "index", project="lo-helper", version="2.0", code="", tags="py3-none-any"
    )
    with index_server(tmp_path / "index") as index:
        planned = plan_from_index(package, QgisNetwork(), SilentProgress(), index)
    assert [wheel.project for wheel in planned.wheels] == ["onnxruntime", "lo-helper"]
    beside = plan_from_file(package, tmp_path / "index" / planned.wheels[0].file_name)
    assert [wheel.project for wheel in beside.wheels] == ["onnxruntime", "lo-helper"]
    (tmp_path / "index" / planned.wheels[1].file_name).unlink()
    with pytest.raises(DependencyError, match="needs lo-helper too"):
        plan_from_file(package, tmp_path / "index" / planned.wheels[0].file_name)


def test_outside_of_qgis_there_is_nowhere_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr(profile, "_folder", None)
    with pytest.raises(DependencyError, match="there is none"):
        plan_from_file(ONNXRUNTIME, write_wheel(tmp_path))
    assert packages.installed_packages() == []


def test_a_python_is_found_where_the_executable_is_qgis(monkeypatch):
    from lunar_oxide_plugin.core.installer.interpreter import find_interpreter

    monkeypatch.setattr(sys, "executable", "/Applications/QGIS.app/Contents/MacOS/QGIS")
    found = find_interpreter()
    assert found is not None
    assert found.path.name.startswith("python")


@pytest.mark.skipif(os.name == "nt", reason="shell script")
def test_another_build_of_the_same_version_is_passed_over(monkeypatch, tmp_path):
    from lunar_oxide_plugin.core.installer import interpreter

    other = tmp_path / "python3"
    answer = json.dumps([sys.version, "/opt/other/lib/python3/os.py"])
    other.write_text(f"#!/bin/sh\ncat <<'END'\n{answer}\nEND\n", encoding="utf-8")
    other.chmod(0o755)
    right = next(interpreter.candidates())
    monkeypatch.setattr(interpreter, "candidates", lambda: iter([other, right]))
    assert interpreter.find_interpreter().path == right
    monkeypatch.setattr(interpreter, "candidates", lambda: iter([other]))
    assert interpreter.find_interpreter() is None


def test_without_a_python_nothing_is_installed(bare, tmp_path, monkeypatch):
    from lunar_oxide_plugin.core.installer import import_check

    monkeypatch.setattr(import_check, "find_interpreter", lambda: None)
    with pytest.raises(DependencyError, match="No Python interpreter was found"):
        install(plan_from_file(ONNXRUNTIME, write_wheel(tmp_path)), None, SilentProgress())
    assert not bare.exists()


def test_diagnostics_tell_versions_paths_and_errors(bare, monkeypatch):
    from lunar_oxide_plugin.core.installer.diagnostics import diagnostics

    monkeypatch.setenv("HOME", str(bare.parent.parent))
    text = diagnostics(["QGIS 3.99", "Last error: no route"])
    assert "QGIS 3.99\nLast error: no route\n" in text
    assert "onnxruntime: ModuleNotFoundError: No module named 'onnxruntime'" in text
    assert f"Python {sys.version_info[0]}.{sys.version_info[1]}" in text
    assert "packages folder ~/profile/lunar_oxide/python" in text
    assert str(bare) not in text


def test_what_qgis_has_is_never_shadowed(bare, tmp_path):
    folder = packages.packages_folder() / "rasterio-9.9.9" / "rasterio"
    folder.mkdir(parents=True)
    (folder / "__init__.py").write_text("", encoding="utf-8")
    packages.activate()
    import importlib.util

    assert str(bare) not in importlib.util.find_spec("rasterio").origin
    assert RASTERIO not in packages.missing_packages()


def test_targets_are_told_in_plain_words():
    assert str(PythonTarget((3, 12), "win32", "x86_64", (0, 0))) == "Python 3.12, Windows x86_64"
