"""Collect the texts that users see, and keep their translations.

``make translations`` updates ``resources/i18n/lunar_oxide_zh_CN.ts`` (new texts are added as
unfinished, removed ones are deleted), ``messages.json`` (composed messages that the plugin
recognises when it shows them) and compiles the ``.qm``. Translations are edited in the ``.ts``,
with Qt Linguist or any editor.

Texts are: literals given to ``tr``; what algorithms pass through their ``tr`` while they
describe themselves (summaries, help, labels), which is heard by running them; the messages
of errors, log lines and reasons that core composes; and the texts of reports (``page_texts``).
"""

from __future__ import annotations

import ast
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Dict, Iterator, List, Optional, Set
from xml.etree import ElementTree

from tools.page_texts import page_texts
from tools.qgis_session import ROOT

PLUGIN = ROOT / "lunar_oxide_plugin"
I18N = ROOT / "resources" / "i18n"
LANGUAGE = "zh_CN"
TS = I18N / f"lunar_oxide_{LANGUAGE}.ts"
QM = TS.with_suffix(".qm")
MESSAGES = I18N / "messages.json"
PAGES = I18N / "pages.json"
CONTEXT = "LunarOxide"

#: Modules of core whose sentences end in files; of these only errors are for the user here. Those
#: of reports are collected by `page_texts`, tables and tags are in English for all readers.
DOCUMENTS = (
    "report", "chart", "table", "json", "card", "svg", "html", "comparison_files",
    "quantities", "rock_classes", "sensor_parameters", "spectral_parameters",
    "refined_description", "diagnostics",
)  # fmt: skip

#: Modules with such names whose notes are logged.
SPOKEN = ("table_library", "gamma_ray_table", "table_file")

#: Errors of programming mistakes, which no user sees.
INTERNAL_ERRORS = ("ValueError", "TypeError", "KeyError", "RuntimeError")


def modules() -> List[Path]:
    """The plugin's sources."""
    return sorted(PLUGIN.rglob("*.py"))


def literal(node: Optional[ast.AST]) -> Optional[str]:
    """Text of a plain string literal, or None."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return None


def template(node: Optional[ast.AST]) -> Optional[str]:
    """Text of a literal or f-string, its fields numbered; None for anything else."""
    if literal(node) is not None:
        return literal(node)
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


def called(node: ast.Call) -> str:
    """Last name of a call: ``info`` for ``progress.info(...)``."""
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def spoken_literals() -> Set[str]:
    """Literals given to `tr`."""
    found: Set[str] = set()
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and called(node) == "tr" and node.args:
                text = literal(node.args[0])
                if text:
                    found.add(text)
    return found


def heard_from_algorithms() -> Set[str]:
    """Texts that algorithms pass to `tr` while they describe themselves. Needs QGIS."""
    from qgis.core import QgsApplication

    from lunar_oxide_plugin.algorithms.base import LunarOxideAlgorithm

    provider = QgsApplication.processingRegistry().providerById("lunaroxide")
    heard: Set[str] = set()
    spoken = LunarOxideAlgorithm.tr

    def listen(algorithm: LunarOxideAlgorithm, text: str) -> str:
        heard.add(text)
        return spoken(algorithm, text)

    LunarOxideAlgorithm.tr = listen  # type: ignore[method-assign]
    try:
        for algorithm in provider.algorithms():
            own = algorithm.create()
            for speak in (own.displayName, own.group, own.shortDescription, own.shortHelpString):
                speak()
    finally:
        LunarOxideAlgorithm.tr = spoken  # type: ignore[method-assign]
    return {text for text in heard if text.strip()}


def messages() -> Set[str]:
    """Sentences that core composes: of errors, log lines, reasons and notes.

    The command line runs without a translator; its own texts are English.
    """
    found: Set[str] = set()
    for path in modules():
        if "core" not in path.parts or {"charts", "command_line", "api"} & set(path.parts):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        is_document = path.stem not in SPOKEN and any(word in path.stem for word in DOCUMENTS)
        nodes = _raised_texts(tree) if is_document else ast.walk(tree)
        ignored = _not_for_users(tree)
        for node in nodes:
            message = None if id(node) in ignored else template(node)
            if message and is_sentence(message):
                found.add(message)
    return found


def _raised_texts(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
            yield from node.exc.args[:1]


def _not_for_users(tree: ast.AST) -> Set[int]:
    """Ids of the nodes of docstrings, parts of f-strings, `tr`, and internal errors."""
    ignored: Set[int] = set()
    for node in ast.walk(tree):
        inside: Iterator[ast.AST] = iter(())
        if isinstance(node, ast.Expr) and isinstance(node.value, (ast.Constant, ast.JoinedStr)):
            inside = iter((node.value,))
        elif isinstance(node, ast.JoinedStr):
            inside = (part for part in ast.walk(node) if isinstance(part, ast.Constant))
        elif isinstance(node, ast.Call) and called(node) in ("tr", *INTERNAL_ERRORS):
            inside = ast.walk(node)
        ignored.update(id(part) for part in inside)
    return ignored


#: Signs of patterns, queries, code, addresses and citations.
NO_PROSE = re.compile(
    r"<(?!- band)|[>\\*\n]|://|\(\?|\bdoi\b|\(\d{4}\)|PDS volumes|^\s*(import|SELECT|UPDATE)\b"
)


def is_sentence(text: str) -> bool:
    """Whether a text has enough words for a sentence, and is neither code nor a citation."""
    plain = re.sub(r"\{\d+\}", " ", text)
    words = re.findall(r"[A-Za-z][a-z']+", plain)
    return len(words) >= 3 and len(text.split()) >= 3 and not NO_PROSE.search(plain)


def names_of_quantities() -> Set[str]:
    """Texts of the window on derived quantities."""
    from lunar_oxide_plugin.core.chemistry.quantities import QUANTITIES
    from lunar_oxide_plugin.core.chemistry.rock_classes import CLASSIFICATIONS

    texts = {text for one in QUANTITIES for text in (one.name, one.label, one.rule, one.validity)}
    texts |= {each.label for one in CLASSIFICATIONS for each in one.classes}
    return {text for text in texts if is_word(text)}


def is_word(text: str) -> bool:
    """Whether a name is made of words, not a formula alone."""
    return bool(re.search(r"[A-Za-z][a-z]{2,}", text))


def all_texts() -> Set[str]:
    """Everything to be translated. Needs QGIS with the provider."""
    from lunar_oxide_plugin.core.rasters.quality import FLAGS

    flags = {flag.label for flag in FLAGS}
    spoken = spoken_literals() | heard_from_algorithms() | names_of_quantities()
    return spoken | messages() | flags | page_texts()


def read_ts(path: Path = TS) -> Dict[str, str]:
    """Finished translations by source text."""
    if not path.is_file():
        return {}
    known = {}
    for message in ElementTree.parse(path).iter("message"):
        source = message.findtext("source") or ""
        node = message.find("translation")
        if node is not None and node.get("type") is None and node.text:
            known[source] = node.text
    return known


def write_ts(texts: Set[str], known: Dict[str, str], path: Path = TS) -> None:
    """Write the translation file, one message per text, in alphabetical order."""
    root = ElementTree.Element("TS", version="2.1", language=LANGUAGE, sourcelanguage="en")
    context = ElementTree.SubElement(root, "context")
    ElementTree.SubElement(context, "name").text = CONTEXT
    for source in sorted(texts):
        message = ElementTree.SubElement(context, "message")
        ElementTree.SubElement(message, "source").text = source
        translation = ElementTree.SubElement(message, "translation")
        if source in known:
            translation.text = known[source]
        else:
            translation.set("type", "unfinished")
    ElementTree.indent(root)
    head = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
    path.write_text(head + ElementTree.tostring(root, encoding="unicode") + "\n", encoding="utf-8")


def write_messages(texts: Set[str], path: Path = MESSAGES) -> None:
    """Write the templates of composed messages or pages, to recognise them by."""
    filled = sorted(text for text in texts if "{0}" in text)
    path.write_text(json.dumps(filled, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def compile_qm() -> None:
    """Compile the translation file with Qt's lrelease."""
    program = shutil.which("lrelease", path="/usr/lib/qt5/bin:/usr/lib/qt6/bin:/usr/bin")
    if program is None:
        raise SystemExit("lrelease is missing: install qttools5-dev-tools.")
    subprocess.run([program, "-silent", str(TS), "-qm", str(QM)], check=True)


def main() -> int:
    """Update and compile; print missing translations."""
    from tools.qgis_session import qgis_session

    I18N.mkdir(parents=True, exist_ok=True)
    with qgis_session("en"):
        texts = all_texts()
    known = read_ts()
    write_ts(texts, known)
    write_messages(messages())
    write_messages(page_texts(), PAGES)
    compile_qm()
    missing = sorted(texts - set(known))
    print(f"{len(texts)} texts, {len(missing)} without translation into {LANGUAGE}")
    for text in missing:
        print("  ", text[:100])
    return 0


if __name__ == "__main__":
    sys.exit(main())
