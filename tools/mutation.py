"""Make small changes of the code, and find out whether the tests detect them.

Every change (mutant) of the chosen modules is run against the tests named beside them, in a
process forked from a warm one. A mutant that no test fails on survives: it shows a missing
test, or it is equivalent to the original and is explained in `EXPLAINED` (docs/testing.md).
The exit status is 1 while an unexplained mutant survives.
"""

from __future__ import annotations

import argparse
import ast
import copy
import importlib
import importlib.abc
import importlib.util
import os
import signal
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Callable, Dict, Iterator, List, Mapping, Optional, Sequence, Tuple

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "lunar_oxide_plugin.core"
EXPLAINED = ROOT / "tests" / "mutants_explained.txt"


@dataclass(frozen=True)
class Target:
    """A module, the functions of it that are mutated (all if none are named), and its tests."""

    module: str
    tests: Tuple[str, ...]
    functions: Tuple[str, ...] = ()


#: Functions that turn a raster's numbers into reflectance and masks.
READING = (
    *("read", "require_reflectance", "_is_ordinary", "_codes", "_has_mi_codes"),
    *("_usable", "_decoding", "_fits"),
)

TARGETS = (
    Target("rasters.bands", ("test_bands.py",)),
    Target(
        "rasters.raster_source",
        ("test_raster.py", "test_input_values.py"),
        READING,
    ),
    Target("rasters.band_decoding", ("test_raster.py", "test_input_values.py")),
    Target("rasters.wavelengths", ("test_raster.py", "test_input_formats.py")),
    Target("rasters.reflectance_check", ("test_reflectance_check.py", "test_predict.py")),
    Target("rasters.quality", ("test_quality.py", "test_untrusted_models.py", "test_predict.py")),
    Target("check.metrics", ("test_metrics.py", "test_metric_edges.py")),
)

COMPARISONS: Mapping[type, Tuple[type, ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
OPERATORS: Mapping[type, type] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.Pow: ast.Mult,
    ast.Mod: ast.Mult,
    ast.FloorDiv: ast.Div,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}


@dataclass(frozen=True)
class Mutant:
    """One changed expression.

    Attributes
    ----------
    module, function : str
    line : int
    before, after : str
        Source of the expression; with module and function they name the mutant, so that an
        explanation outlives changes elsewhere in the file.
    tree : ast.Module
    place : int
        Counts mutants of a function that read the same, from 1.
    """

    module: str
    function: str
    line: int
    before: str
    after: str
    tree: ast.Module
    place: int = 1

    @property
    def name(self) -> str:
        """Identifier for explanations; the second of two that read the same ends in ``#2``."""
        text = f"{self.module}.{self.function}: {self.before} -> {self.after}"
        return text if self.place == 1 else f"{text} #{self.place}"


def changes(node: ast.AST) -> Iterator[Callable[[ast.AST], None]]:
    """Possible small changes of a node, as functions that change a copy of it."""
    if isinstance(node, ast.Compare):
        for place, operator in enumerate(node.ops):
            for other in COMPARISONS.get(type(operator), ()):
                yield lambda n, p=place, o=other: n.ops.__setitem__(p, o())  # type: ignore[misc]
    elif isinstance(node, (ast.BinOp, ast.AugAssign)) and type(node.op) in OPERATORS:
        yield lambda n: setattr(n, "op", OPERATORS[type(n.op)]())  # type: ignore[attr-defined]
    elif isinstance(node, ast.BoolOp):
        other_kind = ast.Or if isinstance(node.op, ast.And) else ast.And
        yield lambda n: setattr(n, "op", other_kind())
        for place in range(len(node.values)):
            yield lambda n, p=place: n.values.pop(p)  # type: ignore[misc]
    elif isinstance(node, ast.UnaryOp):
        replacement = ast.UAdd() if isinstance(node.op, ast.USub) else None
        if replacement is not None:
            yield lambda n: setattr(n, "op", ast.UAdd())
        elif isinstance(node.op, (ast.Not, ast.Invert)):
            yield lambda n: setattr(n, "op", _Nothing())
    elif isinstance(node, ast.Constant):
        value = node.value
        if isinstance(value, bool):
            yield lambda n: setattr(n, "value", not n.value)  # type: ignore[attr-defined]
        elif isinstance(value, int):
            yield lambda n: setattr(n, "value", n.value + 1)  # type: ignore[attr-defined]
        elif isinstance(value, float):
            yield lambda n: setattr(n, "value", n.value * 1.5 + 0.1)  # type: ignore[attr-defined]
    elif isinstance(node, ast.IfExp):
        yield lambda n: setattr(n, "test", ast.UnaryOp(ast.Not(), n.test))  # type: ignore[attr-defined]
    elif isinstance(node, (ast.Continue, ast.Break)):
        pass


class _Nothing(ast.UAdd):
    """Marks a `not` or `~` to be dropped."""


class _DropNothing(ast.NodeTransformer):
    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.AST:
        self.generic_visit(node)
        return node.operand if isinstance(node.op, _Nothing) else node


def mutants(target: Target) -> Iterator[Mutant]:
    """All mutants of a target, one change each."""
    source = (ROOT / PACKAGE.replace(".", "/") / f"{target.module.replace('.', '/')}.py").read_text(
        "utf-8"
    )
    tree = ast.parse(source)
    seen: Counter[Tuple[str, str, str]] = Counter()
    for function in _functions(tree):
        if target.functions and function.name not in target.functions:
            continue
        positions = list(_expressions(function))
        for node in positions:
            path = _path_to(tree, node)
            for change in changes(node):
                altered = copy.deepcopy(tree)
                twin = _follow(altered, path)
                change(twin)
                altered = ast.fix_missing_locations(_DropNothing().visit(altered))
                after = ast.unparse(_DropNothing().visit(copy.deepcopy(twin)))
                before = ast.unparse(node)
                seen[function.name, before, after] += 1
                yield Mutant(
                    target.module,
                    function.name,
                    getattr(node, "lineno", 0),
                    before,
                    after,
                    altered,
                    seen[function.name, before, after],
                )


def _functions(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            yield node


def _expressions(function: ast.FunctionDef) -> Iterator[ast.AST]:
    """Nodes of a function's body, without docstrings, messages, annotations and raise."""
    stack: List[ast.AST] = list(reversed(function.body))
    while stack:
        node = stack.pop()
        if isinstance(node, (ast.Raise, ast.JoinedStr, ast.FunctionDef, ast.Assert)):
            continue
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            continue
        yield node
        children = list(ast.iter_child_nodes(node))
        if isinstance(node, ast.AnnAssign):
            children = [node.value] if node.value else []
        stack.extend(reversed(children))


def _path_to(tree: ast.AST, wanted: ast.AST) -> List[Tuple[str, Optional[int]]]:
    """Fields and places that lead from the module to a node."""

    def search(node: ast.AST) -> Optional[List[Tuple[str, Optional[int]]]]:
        if node is wanted:
            return []
        for name, value in ast.iter_fields(node):
            for place, child in enumerate(value) if isinstance(value, list) else [(None, value)]:
                if isinstance(child, ast.AST):
                    rest = search(child)
                    if rest is not None:
                        return [(name, place), *rest]
        return None

    path = search(tree)
    if path is None:
        raise ValueError("the node is not in the tree")
    return path


def _follow(tree: ast.AST, path: Sequence[Tuple[str, Optional[int]]]) -> ast.AST:
    node: ast.AST = tree
    for name, place in path:
        value = getattr(node, name)
        node = value if place is None else value[place]
    return node


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports one module from a mutated tree."""

    def __init__(self, name: str, tree: ast.Module) -> None:
        self.name, self.tree = name, tree

    def find_spec(self, name: str, path: object = None, target: object = None) -> object:  # type: ignore[override]
        if name == self.name:
            return importlib.util.spec_from_loader(name, self)
        return None

    def create_module(self, spec: object) -> None:
        return None

    def exec_module(self, module: ModuleType) -> None:
        module.__file__ = f"{self.name}.mutant"
        exec(compile(self.tree, module.__file__, "exec"), module.__dict__)


def run_tests(tests: Sequence[str], mutant: Optional[Mutant]) -> int:
    """Run tests in this process, with a mutant in the module's place; pytest's status."""
    import pytest

    if mutant is not None:
        sys.meta_path.insert(0, _Finder(f"{PACKAGE}.{mutant.module}", mutant.tree))  # type: ignore[arg-type]
    for name in [n for n in sys.modules if n.split(".")[0] in ("lunar_oxide_plugin", "tests")]:
        del sys.modules[name]
    paths = [str(ROOT / "tests" / name) for name in tests if (ROOT / "tests" / name).exists()]
    options = ["-x", "-q", "--no-header", "-p", "no:cacheprovider", "-p", "no:randomly"]
    return int(pytest.main([*options, *paths]))


def fork(tests: Sequence[str], mutant: Optional[Mutant]) -> int:
    """Process id of a child that runs the tests and exits with their status."""
    child = os.fork()
    if child:
        return child
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)
    os.dup2(silent, 2)
    try:
        status = run_tests(tests, mutant)
    except BaseException:
        status = 3
    os._exit(status)


def wait_for(children: Dict[int, Tuple[Mutant, float]], limit: float) -> List[Tuple[Mutant, int]]:
    """Children that have ended, with their status; those over the time limit are stopped."""
    ended = []
    for child, (mutant, started) in list(children.items()):
        done, status = os.waitpid(child, os.WNOHANG)
        if not done and time.monotonic() - started > limit:
            os.kill(child, signal.SIGKILL)
            done, status = os.waitpid(child, 0)
        if done:
            del children[child]
            ended.append((mutant, status))
    return ended


def explanations() -> Dict[str, str]:
    """Mutant names with the reason why no test can distinguish them from the original."""
    reasons: Dict[str, str] = {}
    if EXPLAINED.exists():
        for line in EXPLAINED.read_text(encoding="utf-8").splitlines():
            if line.strip() and not line.startswith("#"):
                name, _, reason = line.partition("  # ")
                reasons[name.strip()] = reason.strip()
    return reasons


def examine(target: Target, jobs: int) -> Tuple[int, List[Mutant]]:
    """Number of mutants of a target, and those that survive."""
    started = time.monotonic()
    child = fork(target.tests, None)
    if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0:
        raise SystemExit(f"the tests of {target.module} fail without any mutation")
    limit = 10.0 + 10.0 * (time.monotonic() - started)
    waiting = list(mutants(target))
    count, survivors = len(waiting), []
    children: Dict[int, Tuple[Mutant, float]] = {}
    while waiting or children:
        while waiting and len(children) < jobs:
            mutant = waiting.pop(0)
            children[fork(target.tests, mutant)] = (mutant, time.monotonic())
        survivors += [mutant for mutant, status in wait_for(children, limit) if status == 0]
        time.sleep(0.01)
    return count, survivors


def main(arguments: Sequence[str]) -> int:
    """Examine the chosen modules and print what survives."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("modules", nargs="*", help=", ".join(t.module for t in TARGETS))
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args(arguments)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    for name in ("pytest", "hypothesis", "rasterio", "onnx", "onnxruntime", "qgis.core"):
        importlib.import_module(name)  # loaded here, so that children need not load them again
    reasons, unexplained = explanations(), 0
    for target in TARGETS:
        if options.modules and target.module not in options.modules:
            continue
        started = time.monotonic()
        count, survivors = examine(target, options.jobs)
        new = [mutant for mutant in survivors if mutant.name not in reasons]
        unexplained += len(new)
        print(
            f"{target.module}: {count} mutants, {count - len(survivors)} killed, "
            f"{len(survivors) - len(new)} explained, {len(new)} survive "
            f"({time.monotonic() - started:.0f} s)",
            flush=True,
        )
        for mutant in new:
            print(f"  {mutant.name}  (line {mutant.line})")
    return 1 if unexplained else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
