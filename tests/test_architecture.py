from __future__ import annotations

import ast
import importlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools import docstring_rules

ROOT = Path(__file__).resolve().parent.parent
PLUGIN = ROOT / "lunar_oxide_plugin"
OWN = ("lunar_oxide_plugin", "tools", "benchmarks")
FORBIDDEN_IN_CORE = ("qgis", "PyQt5", "PyQt6", "osgeo")


def imported_modules(path):
    """Absolute names of everything a module imports, relative imports resolved."""
    package = ["lunar_oxide_plugin", *path.relative_to(PLUGIN).parts[:-1]]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", sorted((PLUGIN / "core").rglob("*.py")), ids=lambda p: p.name)
def test_core_knows_neither_qgis_nor_the_layers_above(path):
    for name in imported_modules(path):
        assert name.split(".")[0] not in FORBIDDEN_IN_CORE, name
        assert not name.startswith(("lunar_oxide_plugin.algorithms", "lunar_oxide_plugin.gui"))


@pytest.mark.parametrize("path", sorted((PLUGIN / "algorithms").glob("*.py")), ids=lambda p: p.name)
def test_algorithms_do_not_reach_the_window(path):
    assert not any(name.startswith("lunar_oxide_plugin.gui") for name in imported_modules(path))


SCRIPTS = [path for folder in ("tools", "benchmarks") for path in (ROOT / folder).glob("*.py")]


@pytest.mark.parametrize("path", sorted(SCRIPTS), ids=lambda path: path.stem)
def test_scripts_import_what_the_plugin_has(qgis_app, path):
    """Imports inside functions too, because no other test finds a wrong one in a script."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.ImportFrom) or not (node.module or "").startswith(OWN):
            continue
        module = importlib.import_module(node.module)
        for alias in node.names:
            if not hasattr(module, alias.name):
                importlib.import_module(f"{node.module}.{alias.name}")


def test_the_check_finds_what_it_looks_for():
    names = set(imported_modules(PLUGIN / "algorithms" / "predict_oxides.py"))
    assert "qgis.core" in names
    assert "lunar_oxide_plugin.core.models.devices" in names


def test_loading_the_plugin_imports_neither_onnxruntime_nor_rasterio():
    script = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
        "from qgis.core import QgsApplication\n"
        "app = QgsApplication([], False); app.initQgis()\n"
        "import lunar_oxide_plugin\n"
        "plugin = lunar_oxide_plugin.classFactory(None)\n"
        "plugin.initProcessing()\n"
        "loaded = [m for m in ('onnxruntime', 'rasterio') if m in sys.modules]\n"
        "names = sorted(a.id() for a in plugin.provider.algorithms())\n"
        "plugin.unload()\n"
        "print(loaded, names)\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=120
    )
    expected = [
        "lunaroxide:addsamplesites",
        "lunaroxide:checkpredictions",
        "lunaroxide:checkregions",
        "lunaroxide:colourcomposite",
        "lunaroxide:comparerasters",
        "lunaroxide:derivedproducts",
        "lunaroxide:describemodel",
        "lunaroxide:explainprediction",
        "lunaroxide:liveoxides",
        "lunaroxide:mosaictiles",
        "lunaroxide:predictoxides",
        "lunaroxide:predictspectra",
        "lunaroxide:printmap",
        "lunaroxide:refinemodel",
        "lunaroxide:spectralparameters",
        "lunaroxide:summarizeregions",
        "lunaroxide:transect",
    ]
    assert result.stdout.strip().splitlines()[-1] == f"[] {expected}"


def test_a_wrong_import_breaks_the_contract(tmp_path):
    """import-linter with the project's own contracts, on a copy with one import that goes up."""
    shutil.copytree(PLUGIN, tmp_path / PLUGIN.name, ignore=shutil.ignore_patterns("resources"))
    shutil.copy(ROOT / ".importlinter", tmp_path)

    def is_kept():
        program = Path(sys.executable).parent / "lint-imports"
        command = [program, "--no-cache", "--config", ".importlinter"]
        environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
        result = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        return result.returncode == 0, result.stdout

    assert is_kept()[0], is_kept()[1]
    module = tmp_path / PLUGIN.name / "core" / "chemistry" / "oxides.py"
    module.write_text(module.read_text("utf-8") + "\nfrom ..reports import numbers\n", "utf-8")
    kept, report = is_kept()
    assert not kept
    assert "core.chemistry is not allowed to import" in " ".join(report.split())


def test_what_rooms_offer_is_described_in_full(tmp_path, monkeypatch):
    assert list(docstring_rules.faults()) == []
    room = tmp_path / PLUGIN.name / "core"
    for name, text in {
        "a/given.py": 'def offer(x):\n    """Offer."""\n    if x:\n        raise KeyError(x)\n',
        "b/taken.py": "from ..a.given import offer\n",
    }.items():
        (room / name).parent.mkdir(parents=True)
        (room / name).write_text(text, "utf-8")
    monkeypatch.setattr(docstring_rules, "ROOT", tmp_path)
    monkeypatch.setattr(docstring_rules, "PLUGIN", tmp_path / PLUGIN.name)
    assert [line.split(": ")[1] for line in docstring_rules.faults()] == [
        "Parameters lack x", "no Raises (KeyError)",
    ]  # fmt: skip
