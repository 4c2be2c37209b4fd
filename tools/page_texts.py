"""Collect the texts of reports for ``make translations``: of templates, tables and charts.

Reports are translated when they are finished (``core/reports/localised.py``): every piece of text
between tags is looked up, as a whole or sentence by sentence. So the same pieces are collected
here, with ``{0}``, ``{1}`` ... where values stand.
"""

from __future__ import annotations

import ast
import html
import re
from itertools import count
from pathlib import Path
from typing import Iterator, List, Optional, Set

from lunar_oxide_plugin.core.chemistry.oxides import OXIDES
from lunar_oxide_plugin.core.reports.localised import plain, sentences
from lunar_oxide_plugin.core.reports.rendering import TEMPLATES
from tools.qgis_session import ROOT

CORE = ROOT / "lunar_oxide_plugin" / "core"

#: Modules whose sentences end in reports: all of the room, and definitions that reports print.
DOCUMENTS = (
    *sorted((CORE / "reports").rglob("*.py")),
    CORE / "check" / "metric_groups.py",
    CORE / "check" / "formula_check.py",
    CORE / "check" / "site_check.py",
    CORE / "sites" / "training_stations.py",
    CORE / "chemistry" / "layout.py",
    CORE / "chemistry" / "quantities.py",
    CORE / "chemistry" / "rock_classes.py",
    CORE / "products" / "sensor_parameters.py",
    CORE / "products" / "spectral_parameters.py",
    CORE / "rasters" / "quality.py",
    CORE / "refine" / "refined_description.py",
    CORE / "refine" / "verdict.py",
    CORE / "regions" / "summarize.py",
    CORE / "regions" / "transect.py",
)

#: Words of reports that are also names of styles or elements, so that code does not tell them.
WORDS = (
    "seen", "not seen", "unknown", "measured", "predicted", "difference", "difference / sigma",
    "refined", "parent", "better", "worse", "sites", "pixels", "good",
)  # fmt: skip

#: Texts that are put together from parts when a page is made.
COMPOSED = (
    *(f"{{0}} {noun}" for noun in (
        "site", "sites", "sample site", "sample sites", "new place", "new places", "place",
        "places", "cell", "cells", "further cell", "further cells", "region", "regions", "pixel",
        "pixels", "line", "lines", "difference", "differences", "spectrum", "spectra",
    )),
    *(f"{{0}} sites ({{1}}){stop}" for stop in ("", ".")),
    *(f"{{0}} {noun} of the training." for noun in ("spectrum", "spectra")),
    "{0} prediction is doubtful.", "{0} predictions are doubtful.",
    *(f"{{0}} of {{1}} {noun} of {{2}} predicted with {{3}}." for noun in ("spectrum", "spectra")),
    "gaussian", "boxcar",
    "{0} seen in training",
    "{0} not seen in training",
    "{0} seen in training, {1} not seen in training",
    "{0}: {1} measured {2}, predicted {3}",
    *(f"{{0}} {noun} of {{1}}, {{2}} pixels in all." for noun in ("region", "regions")),
    *(f"{{0}} {noun} of {{1}}, model {{2}}." for noun in ("place", "places")),
    "Quality: {0}; domain distance {1}.",
    "The difference divided by its standard error is compared with the normal distribution, "
    "two-sided, and adjusted for all differences of this page and of the CSV table: Holm 1979, "
    "{0}.",
    "Significance.", "RMSE in wt%", "5 to 95 %",
    "interpolated between published station spectra", "published station spectra at single pixels",
    "Std. dev.", "few", "Common grid", "Shapley values", "leave-one-mission-out",
    "fitted (training stations, not validation)", "prediction against reference",
    "Sigma at a new place", "sigma at a new place", "Sigma near sampled geology",
    "sigma near sampled geology",
    "mean of the nearest stations",
    *(f"{{0}} {noun} compared." for noun in (
        "cell of the table, usually {1} degrees high, is",
        "cells of the table, usually {1} degrees high, are",
    )),
    *(f"{word} {oxide.pretty}" for oxide in OXIDES
      for word in ("prediction", "reference", "more", "less")),
    "Highlands", "{0}, without {1}, {2} sites", "From {0} to {1}.",
    "every cell that is compared", "Maria of the far side",
    "the same beyond 90 degrees of longitude", "outside the ellipse, less FeO",
    "Prediction raster", "Made from", "Model version", "Model file", "Band mapping",
    "Predicted with", "Checked with", "Command to repeat", "Measured compositions",
    "at a new place and near sampled geology",
    "Only {0} is known to be new to the model.",
    "Only {0} are known to be new to the model.",
    "Largest residual: {0}.", "They disagree most at {0}.", "larger marks are larger differences",
    "Versions",
)  # fmt: skip

#: Calls whose plain texts are names of elements, files or styles.
_NAMES = ("element", "open_output", "get_template", "line", "box", "getLogger", "compile", "render")

_WORD = re.compile(r"[A-Za-z][a-z]{2,}")
_CODE = re.compile(
    r"[<>\\*\n]|\w=|://|\(\?|^[a-z0-9_.:#-]+$|\bvar\(|^[a-z]+(-[a-z]+)+$|^M\{|%\(|[{}]\{|\{ "
    r"|rotate\(|^\w+-\{|^\{0\}_|^bar |^dense |^text |R\d{3}"
)
_CITATION = re.compile(r"\bdoi\b|\(\d{4}\)|\b\d+, \d+[-\u2013]\d+")


def page_texts() -> Set[str]:
    """Every text of reports, values numbered."""
    found: Set[str] = {*WORDS, *COMPOSED}
    for path in sorted(TEMPLATES.glob("*.html")):
        for text in _template_pieces(path):
            found |= _usable(text)
    styles = _styles()
    for path in DOCUMENTS:
        for text in _module_pieces(path):
            if not set(text.split()) <= styles:
                found |= _usable(text)
    return found


def _usable(text: str) -> Set[str]:
    """The sentences of a text, as they are looked up; none of code, numbers and citations."""
    whole = re.sub(r"\{[a-z_]+\}", "{0}", plain(html.unescape(text)).strip())
    return {piece for piece in map(_numbered, sentences(whole)) if _is_text(piece)}


def _is_text(text: str) -> bool:
    fixed = re.sub(r"\{\d+\}", " ", text)
    if not _WORD.search(fixed) or _CODE.search(text) or _CITATION.search(fixed):
        return False
    # What consists of values but for a word would be taken for much else; short pieces that end in
    # a stop are abbreviations of journals.
    letters = sum(map(len, _WORD.findall(fixed)))
    if text.endswith(".") and " " not in text:
        return False
    return "{0}" not in text or letters >= 6


def _template_pieces(path: Path) -> Iterator[str]:
    """Texts between the tags of a template, and texts in its expressions."""
    from jinja2 import Environment, nodes

    tree = Environment(trim_blocks=True, lstrip_blocks=True).parse(path.read_text(encoding="utf-8"))
    for output in tree.find_all(nodes.Output):
        parts: List[str] = []
        holes = 0
        for node in output.nodes:
            if isinstance(node, nodes.TemplateData):
                parts.append(node.data)
            else:
                parts.append(f"{{{holes}}}")
                holes += 1
        for piece in re.split(r"<[^>]*>", "".join(parts)):
            yield _numbered(piece)
    for join in tree.find_all(nodes.Concat):
        texts = []
        for place, node in enumerate(join.nodes):
            texts.append(node.value if isinstance(node, nodes.Const) else f"{{{place}}}")
        yield _numbered("".join(map(str, texts)))
    for constant in tree.find_all(nodes.Const):
        value = constant.value
        if isinstance(value, str) and (" " in value.strip() or value[:1].isupper()):
            yield value


def _numbered(text: str) -> str:
    """A text whose holes are numbered from 0 in their order."""
    holes = count()
    return re.sub(r"\{\d+\}", lambda _: f"{{{next(holes)}}}", text)


def _module_pieces(path: Path) -> Iterator[str]:
    """Literals and f-strings of a module that may be shown."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    hidden = _hidden(tree)
    for node in ast.walk(tree):
        if id(node) in hidden:
            continue
        text = _text_of(node)
        if text:
            yield text


def _text_of(node: ast.AST) -> Optional[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if not isinstance(node, ast.JoinedStr):
        return None
    parts: List[str] = []
    holes = 0
    for value in node.values:
        if isinstance(value, ast.Constant):
            parts.append(str(value.value))
        else:
            parts.append(f"{{{holes}}}")
            holes += 1
    return "".join(parts)


def _hidden(tree: ast.AST) -> Set[int]:
    """Ids of docstrings, parts of f-strings, keys, names of styles, and errors."""
    hidden: Set[int] = set()
    for node in ast.walk(tree):
        inside: Iterator[ast.AST] = iter(())
        if isinstance(node, ast.Expr) and isinstance(node.value, (ast.Constant, ast.JoinedStr)):
            inside = ast.walk(node)
        elif isinstance(node, ast.JoinedStr):
            inside = (part for part in ast.walk(node) if part is not node)
        elif isinstance(node, ast.Subscript):
            inside = ast.walk(node.slice)
        elif isinstance(node, ast.Raise):
            inside = ast.walk(node)
        elif isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            taken: List[ast.AST] = (
                [
                    keyword.value
                    for keyword in node.keywords
                    if keyword.arg not in ("title", "label")
                ]
                if name == "element"
                else []
            )
            if name in _NAMES:
                taken += [arg for arg in node.args if isinstance(arg, ast.Constant)][:1]
            inside = (part for each in taken for part in ast.walk(each))
        hidden.update(id(part) for part in inside)
    return hidden


def _styles() -> Set[str]:
    """Names of the classes of pages."""
    css = (TEMPLATES / "style.css").read_text(encoding="utf-8")
    return set(re.findall(r"\.([a-z][\w-]*)", css))
