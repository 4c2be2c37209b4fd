"""Find code in the sources that fails with QGIS 4 (Qt 6).

PyQt6 has no unscoped enums, no ``exec_()`` and fewer classes; QGIS 3.22 does not accept QMetaType
for fields. This enforces the spelling that works from 3.22 to 4: ``Class.Enum.Member``, ``exec()``,
imports through ``qgis.PyQt``, ``QVariant.Double`` for field types. The installed QGIS gives the
names of enum members, so that no list has to be maintained.
"""

from __future__ import annotations

import ast
import importlib
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, Iterator, List, Optional, Sequence

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_PATHS = ("lunar_oxide_plugin", "tests", "tools")

#: Toolkits of one Qt version; ``qgis.PyQt`` is the one that QGIS was built with.
BOUND_TOOLKITS = ("PyQt5", "PyQt6", "PySide2", "PySide6", "sip")

#: Names that Qt 6 removed, or that ``qgis.PyQt`` does not have in both versions.
REMOVED_NAMES = {
    "QRegExp": "use QRegularExpression",
    "QRegExpValidator": "use QRegularExpressionValidator",
    "QDesktopWidget": "use QGuiApplication.primaryScreen()",
    "QStringRef": "use str",
    "QTextCodec": "use str.encode and bytes.decode",
    "QMatrix": "use QTransform",
    "qApp": "use QApplication.instance()",
}
REMOVED_METHODS = {
    "exec_": "use exec()",
    "print_": "use print()",
    "toPyObject": "values come as Python objects already",
    "checkStateChanged": "new in Qt 6.7; use stateChanged",
}

#: This module imitates QGIS 4.
EXEMPT = ("tests/qt6_standin.py",)

#: The one module that makes fields: with QVariant's types before QGIS 3.38, from there on with
#: QMetaType's, because the others are deprecated there.
FIELD_MODULE = "lunar_oxide_plugin/algorithms/site_layers.py"

#: The type codes of fields: QVariant.Double works on Qt 5 and, through qgis.PyQt, on Qt 6.
VARIANT_TYPES = "QVariant"


@dataclass(frozen=True)
class Finding:
    """One place in the sources, and the correct spelling."""

    path: Path
    line: int
    text: str
    old: str = ""
    new: str = ""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.text}"


class _Checker(ast.NodeVisitor):
    """Collects the findings of one module."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.findings: List[Finding] = []
        self._classes: Dict[str, Any] = {}

    def _report(self, node: ast.AST, text: str) -> None:
        self.findings.append(Finding(self.path, getattr(node, "lineno", 0), text))

    def visit_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            self._judge_module(node, alias.name)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        module = node.module or ""
        if node.level == 0:
            self._judge_module(node, module)
        if not module.startswith("qgis."):
            return
        try:
            loaded: Optional[Any] = importlib.import_module(module)
        except ImportError:
            loaded = None
        for alias in node.names:
            if alias.name in REMOVED_NAMES:
                self._report(node, f"{alias.name} is gone in Qt 6: {REMOVED_NAMES[alias.name]}")
            elif alias.name == "QMetaType":
                if not self.path.as_posix().endswith(FIELD_MODULE):
                    self._report(
                        node,
                        "QMetaType for fields fails on QGIS 3.22: use QVariant's types with "
                        "site_layers.fields",
                    )
            elif loaded is not None and hasattr(loaded, alias.name):
                self._classes[alias.asname or alias.name] = getattr(loaded, alias.name)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        if node.attr in REMOVED_METHODS:
            self._report(node, f".{node.attr} is gone in Qt 6: {REMOVED_METHODS[node.attr]}")
        elif isinstance(node.value, ast.Name) and node.value.id in self._classes:
            self._judge_member(node, node.value.id, self._classes[node.value.id])
        self.generic_visit(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        bases = [self._classes[b.id] for b in node.bases if getattr(b, "id", "") in self._classes]
        outer = self._classes.pop("self", None)
        if bases:
            self._classes["self"] = bases[0]
        self.generic_visit(node)
        self._classes.pop("self", None)
        if outer is not None:
            self._classes["self"] = outer

    def _judge_module(self, node: ast.AST, module: str) -> None:
        if module.split(".")[0] in BOUND_TOOLKITS:
            self._report(node, f"{module} binds to one Qt version: import from qgis.PyQt")

    def _judge_member(self, node: ast.Attribute, name: str, owner: Any) -> None:
        if not isinstance(owner, type) or name == VARIANT_TYPES:
            return
        kind = type(getattr(owner, node.attr, None))
        scope = scope_of(owner, kind)
        if scope is not None:
            old, new = f"{name}.{node.attr}", f"{name}.{scope}.{node.attr}"
            line = node.end_lineno or node.lineno
            text = f"{old} is unscoped: write {new}"
            self.findings.append(Finding(self.path, line, text, old, new))


def scope_of(owner: type, kind: type) -> Optional[str]:
    """Name under which `owner` holds the enum class `kind`; None if `kind` is no enum of it."""
    if kind in (int, bool, float, str) or not issubclass(kind, int):
        return None
    names = [name for name in dir(owner) if getattr(owner, name, None) is kind]
    return names[0] if names else None


def check_source(source: str, path: Path) -> List[Finding]:
    """Findings in one module's text."""
    checker = _Checker(path)
    checker.visit(ast.parse(source, filename=str(path)))
    return checker.findings


def python_files(paths: Sequence[str]) -> Iterator[Path]:
    """Modules below the given folders of the repository."""
    for name in paths:
        for path in sorted((ROOT / name).rglob("*.py")):
            if path.relative_to(ROOT).as_posix() not in EXEMPT:
                yield path


def fix(path: Path, findings: Sequence[Finding]) -> List[Finding]:
    """Rewrite unscoped enums in a module; return the findings that remain."""
    lines = path.read_text(encoding="utf-8").split("\n")
    left = []
    for finding in findings:
        line = lines[finding.line - 1]
        if finding.old and finding.old in line:
            pattern = rf"(?<![\w.]){re.escape(finding.old)}\b"
            lines[finding.line - 1] = re.sub(pattern, finding.new, line)
        else:
            left.append(finding)
    path.write_text("\n".join(lines), encoding="utf-8")
    return left


def main(arguments: Sequence[str]) -> int:
    """Print all findings, or fix them if possible; the exit status is 1 if any remain."""
    findings: List[Finding] = []
    folders = [argument for argument in arguments if argument != "--fix"]
    for path in python_files(folders or DEFAULT_PATHS):
        found = check_source(path.read_text(encoding="utf-8"), path.relative_to(ROOT))
        findings += fix(path, found) if found and "--fix" in arguments else found
    for finding in findings:
        print(finding)
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
