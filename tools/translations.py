"""Collect the texts that users see, and keep their translations.

``make translations`` updates ``resources/i18n/lunar_oxide_zh_CN.ts`` (new texts come in marked
unfinished, vanished ones go), ``messages.json`` (composed messages that the plugin recognises
when it shows them) and compiles the ``.qm``. Translations are edited in the ``.ts``, with Qt
Linguist or any editor.

Texts are: literals given to ``tr``; what algorithms pass through their ``tr`` while they
describe themselves (summaries, help, labels), which is heard by running them; and the messages
of errors, log lines and reasons that core composes.
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

from tools.qgis_session import ROOT

PLUGIN = ROOT / "lunar_oxide_plugin"
I18N = ROOT / "resources" / "i18n"
LANGUAGE = "zh_CN"
TS = I18N / f"lunar_oxide_{LANGUAGE}.ts"
QM = TS.with_suffix(".qm")
MESSAGES = I18N / "messages.json"
CONTEXT = "LunarOxide"

#: Modules whose sentences end in files for all readers (reports, tables, tags), in English.
DOCUMENTS = ("report", "chart", "table", "json", "card", "svg", "html")

#: Calls whose text argument is a message for the user.
MESSAGE_CALLS = ("info", "warn", "pushInfo", "pushWarning", "reportError")


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
    """Last name of what is called: ``info`` for ``progress.info(...)``."""
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
    """What algorithms say through `tr` while they describe themselves. Needs QGIS."""
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
    """Messages that core composes: of errors, log lines, and sentences that functions return."""
    found: Set[str] = set()
    for path in modules():
        if "core" not in path.parts or "charts" in path.parts:
            continue
        if any(word in path.stem for word in DOCUMENTS):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for text in _message_nodes(node):
                message = template(text)
                if message and is_sentence(message):
                    found.add(message)
    return found


def _message_nodes(node: ast.AST) -> Iterator[Optional[ast.AST]]:
    if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
        if called(node.exc).endswith(("Error", "Cancelled")) and called(node.exc) != "ValueError":
            yield from node.exc.args[:1]
    elif isinstance(node, ast.Return):
        yield node.value
    elif isinstance(node, ast.Call) and called(node) in MESSAGE_CALLS:
        yield from node.args[:1]


def is_sentence(text: str) -> bool:
    """Whether a text has words enough to be one for readers, markup and code left aside."""
    words = re.findall(r"[A-Za-z][a-z']+", re.sub(r"\{\d+\}", " ", text))
    return len(words) >= 3 and not re.search(r"[<>]|://|^\s*(import|SELECT)\b", text)


def all_texts() -> Set[str]:
    """Everything to be translated. Needs QGIS with the provider."""
    from lunar_oxide_plugin.core.rasters.quality import FLAGS

    flags = {flag.label for flag in FLAGS}
    return spoken_literals() | heard_from_algorithms() | messages() | flags


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
    """Write the translation file, one message a text, in the order of the alphabet."""
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
    """Write the templates of composed messages, for the plugin to recognise them by."""
    filled = sorted(text for text in texts if "{0}" in text)
    path.write_text(json.dumps(filled, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def compile_qm() -> None:
    """Compile the translation file with Qt's lrelease."""
    program = shutil.which("lrelease", path="/usr/lib/qt5/bin:/usr/lib/qt6/bin:/usr/bin")
    if program is None:
        raise SystemExit("lrelease is missing: install qttools5-dev-tools.")
    subprocess.run([program, "-silent", str(TS), "-qm", str(QM)], check=True)


def main() -> int:
    """Update and compile; tell what is missing."""
    from tools.qgis_session import qgis_session

    I18N.mkdir(parents=True, exist_ok=True)
    with qgis_session():
        texts = all_texts()
    known = read_ts()
    write_ts(texts, known)
    write_messages(messages())
    compile_qm()
    missing = sorted(texts - set(known))
    print(f"{len(texts)} texts, {len(missing)} without translation into {LANGUAGE}")
    for text in missing:
        print("  ", text[:100])
    return 0


if __name__ == "__main__":
    sys.exit(main())
