"""Check the docstrings of functions and classes that core's rooms offer to other modules.

A function or class that another room imports needs numpydoc's sections on parameters, returned
values and exceptions; inside a room one line is sufficient.
"""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path
from typing import Dict, Iterator, List, Set, Tuple

ROOT = Path(__file__).resolve().parent.parent
PLUGIN = ROOT / "lunar_oxide_plugin"

#: A module and a name in it.
Offer = Tuple[str, str]


def module_of(path: Path) -> List[str]:
    """Dotted parts of a module's name, from the plugin's folder down."""
    parts = list(path.relative_to(ROOT).with_suffix("").parts)
    return parts[:-1] if parts[-1] == "__init__" else parts


def room_of(module: List[str]) -> Tuple[str, ...]:
    """The folder that a module belongs to: a room of core, or one of the layers above."""
    return tuple(module[:3] if module[1:2] == ["core"] and len(module) > 3 else module[:2])


def offers() -> Set[Offer]:
    """Names in core that are imported from another room or layer."""
    found: Set[Offer] = set()
    for path in PLUGIN.rglob("*.py"):
        if "resources" in path.parts:
            continue
        module = module_of(path)
        package = module if path.name == "__init__.py" else module[:-1]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.ImportFrom) or not node.level:
                continue
            source = [*package[: len(package) - node.level + 1], *(node.module or "").split(".")]
            if source[1:2] == ["core"] and room_of(source) != room_of(module):
                found |= {(".".join(source), alias.name) for alias in node.names}
    return found


def faults() -> Iterator[str]:
    """A line for each offered function or class whose docstring lacks a section."""
    wanted: Dict[str, Set[str]] = {}
    for module, name in offers():
        wanted.setdefault(module, set()).add(name)
    for module, names in sorted(wanted.items()):
        path = ROOT.joinpath(*module.split(".")).with_suffix(".py")
        if not path.is_file():
            continue
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name in names and not _is_overload(node):
                yield from _function(module, node)
            elif isinstance(node, ast.ClassDef) and node.name in names:
                for item in node.body:
                    if isinstance(item, ast.FunctionDef) and not item.name.startswith("_"):
                        yield from _function(f"{module}.{node.name}", item)


def _is_overload(node: ast.FunctionDef) -> bool:
    return any(isinstance(d, ast.Name) and d.id == "overload" for d in node.decorator_list)


def _function(where: str, node: ast.FunctionDef) -> Iterator[str]:
    text = ast.get_docstring(node) or ""
    arguments = [a.arg for a in (*node.args.args, *node.args.kwonlyargs)]
    arguments = [name for name in arguments if name not in ("self", "cls")]
    missing = [name for name in arguments if name not in _documented(text)]
    if missing:
        yield f"{where}.{node.name}: Parameters lack {', '.join(missing)}"
    if _returns(node) and not (_has(text, "Returns") or _has(text, "Yields")):
        yield f"{where}.{node.name}: no Returns"
    raised = sorted(_raised(node))
    if raised and not _has(text, "Raises"):
        yield f"{where}.{node.name}: no Raises ({', '.join(raised)})"


def _has(text: str, section: str) -> bool:
    return f"\n{section}\n{'-' * len(section)}" in f"\n{text}"


def _documented(text: str) -> Set[str]:
    """Names in the section "Parameters", several of which may share a line."""
    section = re.search(r"(?:^|\n)Parameters\n-+\n(.*?)(?=\n\S[^\n]*\n-{3,}|$)", text, re.DOTALL)
    lines = section.group(1).splitlines() if section else []
    names = [line.split(":")[0] for line in lines if line and not line.startswith(" ")]
    return {name.strip().lstrip("*") for line in names for name in line.split(",")}


def _returns(node: ast.FunctionDef) -> bool:
    if any(isinstance(d, ast.Name) and d.id == "property" for d in node.decorator_list):
        return False
    # Iterator[None]: a context manager, which gives nothing.
    return node.returns is not None and ast.unparse(node.returns) not in ("None", "Iterator[None]")


def _raised(node: ast.FunctionDef) -> Set[str]:
    """Names of the exceptions that the function itself raises."""
    found = set()
    for item in ast.walk(node):
        if isinstance(item, ast.Raise) and isinstance(item.exc, ast.Call):
            function = item.exc.func
            if isinstance(function, ast.Name) and function.id[:1].isupper():
                found.add(function.id)
    return found


def main() -> int:
    """Print the faults; 1 if there are any."""
    lines = sorted(set(faults()))
    print("\n".join(lines), end="\n" if lines else "")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
