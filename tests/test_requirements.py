"""Development packages are pinned, hashed, and those in requirements-dev.txt."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
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


@pytest.mark.parametrize("kind", ["dev", "runtime"])
def test_the_lock_holds_what_is_asked_for(kind):
    versions = locked(f"requirements-{kind}.lock")
    asked = (ROOT / f"requirements-{kind}.txt").read_text(encoding="utf-8").splitlines()
    for line in asked:
        if not line.strip() or line.startswith("#"):
            continue
        requirement = Requirement(line.split(" #")[0])
        name = requirement.name.lower().replace("_", "-")
        assert name in versions, f"{name} is not locked: run 'make lock'"
        for version in versions[name]:
            assert requirement.specifier.contains(version), f"{name}: run 'make lock'"


@pytest.mark.parametrize("kind", ["dev", "runtime"])
def test_the_lock_leaves_qgis_own_packages_alone(kind):
    assert not {"numpy", "gdal", "rasterio", "pyproj"} & set(locked(f"requirements-{kind}.lock"))
