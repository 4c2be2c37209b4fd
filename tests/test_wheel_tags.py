from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lunar_oxide_plugin.core.errors import DependencyError
from lunar_oxide_plugin.core.installer.wheel_tags import PythonTarget, WheelName, release_key

LINUX = PythonTarget((3, 11), "linux", "x86_64", (2, 36))
OLD_LINUX = PythonTarget((3, 11), "linux", "x86_64", (2, 17))
MUSL = PythonTarget((3, 11), "linux", "x86_64", (0, 0))
WINDOWS = PythonTarget((3, 12), "win32", "x86_64", (0, 0))
MAC = PythonTarget((3, 11), "darwin", "aarch64", (13, 6))


@pytest.mark.parametrize(
    ("tags", "fitting"),
    [
        ("cp311-cp311-manylinux_2_27_x86_64.manylinux_2_28_x86_64", {LINUX}),
        ("cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64", {LINUX, OLD_LINUX}),
        ("cp311-cp311-manylinux_2_17_aarch64", set()),
        ("cp311-cp311-musllinux_1_2_x86_64", set()),
        ("cp312-cp312-win_amd64", {WINDOWS}),
        ("cp312-cp312-win_arm64", set()),
        ("cp312-cp312t-win_amd64", set()),
        ("cp39-abi3-win_amd64", {WINDOWS}),
        ("cp313-abi3-win_amd64", set()),
        ("cp311-cp311-macosx_13_0_universal2", {MAC}),
        ("cp311-cp311-macosx_13_0_arm64", {MAC}),
        ("cp311-cp311-macosx_14_0_arm64", set()),
        ("cp311-cp311-macosx_13_0_x86_64", set()),
        ("py3-none-any", {LINUX, OLD_LINUX, MUSL, WINDOWS, MAC}),
        ("py2.py3-none-any", {LINUX, OLD_LINUX, MUSL, WINDOWS, MAC}),
        ("py2-none-any", set()),
        ("cp310-cp310-any", set()),
    ],
)
def test_a_wheel_fits_exactly_the_pythons_it_is_made_for(tags, fitting):
    name = WheelName.parse(f"onnxruntime-1.32.0-{tags}.whl")
    assert {t for t in (LINUX, OLD_LINUX, MUSL, WINDOWS, MAC) if name.fits(t)} == fitting


def test_the_running_python_takes_what_the_packaging_library_says_it_takes():
    tags = pytest.importorskip("packaging.tags")
    supported = {
        str(tag)
        for tag in tags.sys_tags()
        if str(tag).startswith(("cp", "py3")) and "musllinux" not in str(tag)
    }
    running = PythonTarget.running()
    refused = [t for t in supported if not WheelName.parse(f"x-1-{t}.whl").fits(running)]
    assert refused == []
    other = PythonTarget((running.version[0], running.version[1] + 1), "win32", "x86", (0, 0))
    assert [
        t for t in supported if "linux" in t and WheelName.parse(f"x-1-{t}.whl").fits(other)
    ] == []


@pytest.mark.parametrize(
    "name", ["onnxruntime.whl", "onnxruntime-1.0.zip", "a-b-c-d-e-f-g.whl", "x--py3-none-any.whl"]
)
def test_other_names_are_refused(name):
    with pytest.raises(DependencyError, match="not named as a wheel"):
        WheelName.parse(name)


def test_names_are_compared_normalised_and_build_numbers_allowed():
    parsed = WheelName.parse("Click_Plugins-1.1.1-3-py2.py3-none-any.whl")
    assert (parsed.project, parsed.version) == ("click-plugins", "1.1.1")


@given(st.lists(st.integers(0, 60), min_size=1, max_size=4), st.integers(1, 9))
def test_a_later_release_sorts_later(numbers, step):
    later = [*numbers[:-1], numbers[-1] + step]
    first, second = (release_key(".".join(map(str, n))) for n in (numbers, later))
    assert first < second


@pytest.mark.parametrize("version", ["1.32.0rc1", "2.0.dev3", "1.0a1", "", "nightly"])
def test_unfinished_versions_have_no_key(version):
    assert release_key(version) is None
