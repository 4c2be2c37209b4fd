"""The plugin repository's rules: the zip follows them, and violations are detected."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from tools.package import PLUGIN, build
from tools.repository_rules import check, check_structure, check_suppressions, scan

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    return build(tmp_path_factory.mktemp("dist"))


def test_the_zip_keeps_every_rule(package):
    assert check(package) == []


def test_files_of_the_zip_are_plain_and_not_executable(package):
    with zipfile.ZipFile(package) as archive:
        modes = {entry.external_attr >> 16 for entry in archive.infolist()}
    assert {mode & 0o777 for mode in modes} == {0o644}


@pytest.fixture
def altered(package, tmp_path):
    """Returns what the rules say of the zip with entries added, replaced or left out (None)."""

    def alter(changes, mode=0o644):
        path = tmp_path / "altered.zip"
        with zipfile.ZipFile(package) as source, zipfile.ZipFile(path, "w") as target:
            for entry in source.infolist():
                if entry.filename not in changes:
                    target.writestr(entry, source.read(entry))
            for name, content in changes.items():
                if content is not None:
                    entry = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
                    entry.external_attr = mode << 16
                    target.writestr(entry, content)
        return check_structure(path)

    return alter


@pytest.mark.parametrize(
    ("name", "mode", "message"),
    [
        ("other/file.py", 0o644, "one folder"),
        (f"{PLUGIN}/__pycache__/a.py", 0o644, "cache"),
        (f"{PLUGIN}/core/a.pyc", 0o644, "compiled"),
        (f"{PLUGIN}/core/fast.so", 0o644, "compiled"),
        (f"{PLUGIN}/core/model.pkl", 0o644, "compiled"),
        (f"{PLUGIN}/onnxruntime-1.32.0-cp311-cp311-linux_x86_64.whl", 0o644, "compiled"),
        (f"{PLUGIN}/resources_rc.py", 0o644, "compiled Qt resource"),
        (f"{PLUGIN}/.env", 0o644, "hidden"),
        (f"{PLUGIN}/run.py", 0o755, "executable"),
        (f"{PLUGIN}/../outside.py", 0o644, "climbs out"),
        (f"{PLUGIN}/link.py", 0o120777, "no plain file"),
    ],
)
def test_files_that_do_not_belong(altered, name, mode, message):
    findings = altered({name: b"pass\n"}, mode)
    assert any(message in finding for finding in findings), findings


@pytest.mark.parametrize("name", ["LICENSE", "__init__.py", "metadata.txt"])
def test_files_that_are_missing(altered, name):
    assert f"{name} is missing" in altered({f"{PLUGIN}/{name}": None})


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (r"^tracker=.*$", "", "lacks tracker"),
        (r"^about=.*$", "about=", "lacks about"),
        (r"^about=.*$", "about=Maps 6 oxides in wt% of soil", "cannot be read"),
        (r"^about=.*$", "about=<b>Maps</b>", "no HTML"),
        (r"^homepage=.*$", "homepage=http://homepage", "no https address"),
        (r"^author=.*$", "author=a/b", "slash"),
        (r"^icon=.*$", "icon=icon.png", "not in the zip"),
        (r"^version=.*$", "version=next", "no version number"),
        (r"^qgisMinimumVersion=.*$", "qgisMinimumVersion=5.0", "not below"),
        (r"^qgisMinimumVersion=.*$", "qgisMinimumVersion=three", "no QGIS version"),
        (r"^experimental=.*$", "experimental=perhaps", "neither True nor False"),
    ],
)
def test_metadata_that_the_repository_refuses(altered, old, new, message):
    text = (ROOT / "metadata.txt").read_text(encoding="utf-8")
    changed, count = re.subn(old, new, text, flags=re.MULTILINE)
    assert count == 1
    findings = altered({f"{PLUGIN}/metadata.txt": changed})
    assert findings
    assert message in findings[0]


def test_the_scanners_find_what_they_are_for(tmp_path):
    # The lines are composed here, so that the scanners do not find them in this file.
    (tmp_path / "a.py").write_text("import pick" + "le\npick" + "le.loads(b'')\nassert True\n")
    (tmp_path / "b.json").write_text('{"pass' + 'word": "' + "hunter2hunter2" + '"}\n')
    findings = "\n".join(scan(tmp_path))
    assert "B301" in findings
    assert "B101" in findings
    assert "b.json:1" in findings


def test_suppressions_need_a_reason(tmp_path):
    word = "nos" + "ec"
    (tmp_path / "a.py").write_text(
        f"x = 1  # {word} B603 # fixed arguments, no shell\ny = 2  # {word} B603\nz = 3  # {word}\n"
    )
    assert check_suppressions(tmp_path) == [
        "a.py:2 suppresses without a reason",
        "a.py:3 suppresses without a reason",
    ]
