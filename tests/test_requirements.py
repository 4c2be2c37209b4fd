"""Development packages are pinned, hashed, and those in requirements-dev.txt."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import tomllib
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent


def locked(name):
    """{package: [versions]} of a lock; one package has several versions for several Pythons."""
    versions = {}
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    for line in text.splitlines():
        if line.strip():
            match = re.match(r"([a-z0-9.-]+)==([^\s;]+)", line)
            assert match, f"{line[:60]} is not pinned"
            assert re.search(r"--hash=sha256:[0-9a-f]{64}", line), f"{match.group(1)} has no hash"
            versions.setdefault(match.group(1), []).append(match.group(2))
    return versions


def asked_for(kind):
    """The requirements whose versions a lock gives."""
    if kind == "wheel":
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        extras = project["optional-dependencies"]
        return project["dependencies"] + [
            line for name in ("onnxruntime", "vectors", "xarray") for line in extras[name]
        ]
    lines = (ROOT / f"requirements-{kind}.txt").read_text(encoding="utf-8").splitlines()
    return [line.split(" #")[0] for line in lines if line.strip() and not line.startswith("#")]


@pytest.mark.parametrize("kind", ["dev", "runtime", "build", "wheel"])
def test_the_lock_holds_what_is_asked_for(kind):
    versions = locked(f"requirements-{kind}.lock")
    for line in asked_for(kind):
        requirement = Requirement(line)
        name = requirement.name.lower().replace("_", "-")
        assert name in versions, f"{name} is not locked: run 'make lock'"
        for version in versions[name]:
            assert requirement.specifier.contains(version), f"{name}: run 'make lock'"


@pytest.mark.parametrize("kind", ["dev", "runtime"])
def test_the_lock_leaves_qgis_own_packages_alone(kind):
    assert not {"numpy", "gdal", "rasterio", "pyproj"} & set(locked(f"requirements-{kind}.lock"))


def test_the_wheel_is_built_with_what_the_project_names():
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["build-system"]
    assert asked["requires"] == asked_for("build")


def test_runtime_of_qgis_and_of_the_wheel_are_one_version():
    assert (
        locked("requirements-runtime.lock")["onnxruntime"]
        == locked("requirements-wheel.lock")["onnxruntime"]
    )
