"""QGIS 4: the spelling is checked in the sources, and the modules run under PyQt6."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tools.qt6_check import DEFAULT_PATHS, check_source, fix, python_files

ROOT = Path(__file__).resolve().parent.parent
HEAD = (
    "from qgis.core import QgsProcessing, QgsWkbTypes as Kinds\nfrom qgis.PyQt.QtCore import Qt\n"
)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("x = QgsProcessing.TypeVectorPoint", "write QgsProcessing.SourceType.TypeVectorPoint"),
        ("x = [Kinds.Point]", "write Kinds.Type.Point"),
        ("x = Qt.AlignRight | 1", "write Qt.AlignmentFlag.AlignRight"),
        ("import PyQt5.QtCore", "import from qgis.PyQt"),
        ("from PyQt6.QtGui import QIcon", "import from qgis.PyQt"),
        ("from qgis.PyQt.QtCore import QRegExp", "use QRegularExpression"),
        ("from qgis.PyQt.QtCore import QMetaType", "use QVariant's types"),
        ("def f(dialog):\n    dialog.exec_()", r"use exec\(\)"),
        (
            "from qgis.PyQt.QtWidgets import QFrame\nclass F(QFrame):\n    x = 1\n"
            "    def f(self):\n        return self.NoFrame",
            "write self.Shape.NoFrame",
        ),
    ],
)
def test_the_checker_names_line_and_remedy(qgis_app, source, message):
    findings = check_source(HEAD + source, Path("module.py"))
    assert len(findings) == 1
    assert findings[0].line >= 3
    with pytest.raises(AssertionError, match=message):
        raise AssertionError(str(findings[0]))


@pytest.mark.parametrize(
    "source",
    [
        "x = QgsProcessing.SourceType.TypeVectorPoint",
        "x = Kinds.displayString(Kinds.Type.Point)",
        "x = Qt.AlignmentFlag.AlignRight",
        "from qgis.PyQt.QtCore import QVariant\nx = QVariant.Double",
        "def f(dialog):\n    dialog.exec()",
        "from qgis.PyQt.QtWidgets import QFrame\nclass F(QFrame):\n    def f(self):\n"
        "        return self.width()",
    ],
)
def test_the_checker_passes_what_all_versions_take(qgis_app, source):
    assert check_source(HEAD + source, Path("module.py")) == []


def test_fixing_scopes_each_enum_once(qgis_app, tmp_path):
    path = tmp_path / "module.py"
    source = HEAD + "x = [Kinds.Point, Kinds.PointZ, QgsProcessing.TypeVector]\n"
    path.write_text(source)
    assert fix(path, check_source(source, path)) == []
    assert path.read_text() == HEAD + (
        "x = [Kinds.Type.Point, Kinds.Type.PointZ, QgsProcessing.SourceType.TypeVector]\n"
    )


def test_the_checker_reads_all_modules_of_the_plugin():
    names = {path.relative_to(ROOT).as_posix() for path in python_files(DEFAULT_PATHS)}
    assert "lunar_oxide_plugin/algorithms/base.py" in names
    assert "tools/qt6_check.py" in names


def known_names(modules):
    """{module: {class: {enum: [members]}}} of the installed QGIS."""
    known = {}
    for module_name in modules:
        module = importlib.import_module(module_name)
        classes = {}
        for class_name in dir(module):
            owner = getattr(module, class_name)
            if isinstance(owner, type):
                classes[class_name] = enums_of(owner)
        known[module_name] = classes
    return known


def enums_of(owner):
    kinds = {
        kind: name
        for name, kind in vars(owner).items()
        if isinstance(kind, type) and issubclass(kind, int)
    }
    enums = {name: [] for name in kinds.values()}
    for name in dir(owner):
        kind = type(getattr(owner, name, None))
        if kind in kinds:
            enums[kinds[kind]].append(name)
    for kind, name in kinds.items():
        # Enums of newer QGIS versions are Python's own.
        enums[name] = enums[name] or list(getattr(kind, "__members__", ()))
    return {name: members for name, members in enums.items() if members}


@pytest.fixture(scope="module")
def under_qt6(qgis_app):
    pytest.importorskip("PyQt6", reason="PyQt6 is not installed", exc_type=ImportError)
    return subprocess.run(
        [sys.executable, str(ROOT / "tests" / "qt6_standin.py")],
        input=json.dumps(known_names(["qgis.core", "qgis.gui", "qgis.analysis"])),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )


def test_all_modules_and_algorithms_work_with_pyqt6(under_qt6, run):
    from qgis.core import QgsApplication

    assert under_qt6.returncode == 0, under_qt6.stderr[-2000:]
    answer = json.loads(under_qt6.stdout.strip().splitlines()[-1])
    modules = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in (ROOT / "lunar_oxide_plugin").rglob("*.py")
        if path.name not in ("__init__.py", "__main__.py") and "resources" not in path.parts
    }
    assert modules <= set(answer["modules"])
    provider = QgsApplication.processingRegistry().providerById("lunaroxide")
    assert sorted(answer["algorithms"]) == sorted(a.name() for a in provider.algorithms())
