"""Texts in the user's language. Core does not import Qt: the plugin sets the translator.

There are two kinds of text: literals passed to `tr` and filled with ``format`` afterwards; and
messages such as those of errors, which are composed where they are raised and recognised by their
fixed parts (`tr_message`). ``make translations`` collects both.
"""

from __future__ import annotations

import json
import re
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Callable, Iterator, List, Match, Optional, Pattern, Tuple

#: Messages with ``{0}``, ``{1}`` ... for the values; written by ``make translations``.
MESSAGES = Path(__file__).resolve().parent.parent / "resources" / "i18n" / "messages.json"
#: The same for texts of reports, which are looked for in reports alone.
PAGES = MESSAGES.with_name("pages.json")

#: A number of things, as "{0} new places": other texts may end in these words, too.
_COUNT = re.compile(r"\{0\} (?!by |along |is )[a-z]+(?: [a-z]+){0,3}")
#: Fixed letters of a template that starts with a value, up to which its values are short.
_FEW_LETTERS = 10
#: A name followed by what is said of it.
_REMARK = re.compile(r"([^()]+?) \((.+)\)")

#: Deepest nesting of messages that contain messages (a reason inside a sentence).
MAX_DEPTH = 3


def _as_written(text: str) -> str:
    return text


_translate: Callable[[str], str] = _as_written


def use_translator(translate: Optional[Callable[[str], str]]) -> None:
    """Set the function that `tr` uses; None for untranslated texts.

    The function must return unknown texts unchanged.

    Parameters
    ----------
    translate : callable or None
        From an English text to the user's.
    """
    global _translate
    _translate = translate or _as_written


def is_translated() -> bool:
    """Whether a translator is set.

    Returns
    -------
    bool
    """
    return _translate is not _as_written


@contextmanager
def untranslated() -> Iterator[None]:
    """Give texts as they are written in the sources, e.g. where no font has the letters."""
    kept = _translate
    use_translator(None)
    try:
        yield
    finally:
        use_translator(kept)


def tr(text: str) -> str:
    """A text in the user's language; placeholders such as ``{name}`` are filled by the caller.

    Parameters
    ----------
    text : str
        As written in the sources, in English.

    Returns
    -------
    str
    """
    return _translate(text)


def tr_message(text: str, depth: int = 0) -> str:
    """A composed message in the user's language, or unchanged if it is not known.

    Parameters
    ----------
    text : str
        A message in English, its values filled in.
    depth : int
        Number of messages that contain this one.

    Returns
    -------
    str
    """
    if _translate is _as_written or depth > MAX_DEPTH:
        return text
    # A single word inside a message is a value, such as the name of a layer called "Bands".
    known = text if depth and text.count(" ") < 2 else _translate(text)
    if known != text:
        return known
    filled = _filled(text, depth)
    if filled is not None:
        return filled
    # Parts of a message lose their full stop, and lines of a log get one.
    if text.endswith("."):
        filled = _filled(text[:-1], depth)
        return text if filled is None else filled + "."
    filled = _filled(text + ".", depth)
    return text if filled is None else filled.rstrip(".\u3002")


def tr_page(text: str) -> str:
    """A composed text of a report in the user's language, or unchanged if it is not known.

    Parameters
    ----------
    text : str
        In English, its values filled in.

    Returns
    -------
    str
    """
    if _translate is _as_written:
        return text
    filled = _filled(text, 1, PAGES)
    return text if filled is None else filled


def _filled(text: str, depth: int, source: Path = MESSAGES) -> Optional[str]:
    """The translation of the template that a message was made with; None if there is none."""
    for pattern, template in _patterns(source):
        match = pattern.fullmatch(text)
        if match is not None:
            translated = _translate(template)
            return None if translated == template else _fill(translated, match, depth, source)
    return None


def _fill(translated: str, match: Match[str], depth: int, source: Path) -> str:
    values = [_value(value, depth, source) for value in match.groups()]
    return re.sub(r"\{(\d+)\}", lambda hole: values[int(hole.group(1))], translated)


def _value(value: str, depth: int, source: Path) -> str:
    """A value inside a message: a message itself, or what it is; in reports also a list."""
    if source != PAGES:
        return tr_message(value, depth + 1)
    filled = _filled(value, depth + 1, source) if depth <= MAX_DEPTH and " " in value else None
    known = tr_message(value, depth + 1) if filled is None else filled
    if known != value:
        return known
    if "; " in value:
        return "; ".join(_value(part, depth, source) for part in value.split("; "))
    remark = _REMARK.fullmatch(value)
    if remark is not None:
        name, said = (_value(part, depth, source) for part in remark.groups())
        return f"{name} ({said})"
    return value


@lru_cache(maxsize=4)
def _patterns(source: Path = MESSAGES) -> List[Tuple[Pattern[str], str]]:
    try:
        templates: List[str] = json.loads(source.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []  # messages then stay untranslated
    templates.sort(key=_specificity)
    return [(_pattern(template, source == PAGES), template) for template in templates]


def _specificity(template: str) -> Tuple[int, int]:
    """The template with more fixed letters, first of all at its start, is tried before others.

    One that starts with a value also matches sentences that contain its own at their end.
    """
    parts = re.split(r"\{\d+\}", template)
    return -len(parts[0]), -sum(map(len, parts))


def _pattern(template: str, in_page: bool) -> Pattern[str]:
    parts = re.split(r"\{\d+\}", template)
    value = "(.*?)"
    if in_page and _COUNT.fullmatch(template):
        value = "([^A-Za-z]*?)"
    elif in_page and template.startswith("{0}") and len("".join(parts)) <= _FEW_LETTERS:
        value = "([^;:.]{0,60}?)"
    return re.compile(value.join(re.escape(part) for part in parts), re.DOTALL)
