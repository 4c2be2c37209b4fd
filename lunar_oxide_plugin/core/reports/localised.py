"""Pages in the user's language: the text between tags is translated when a page is finished.

Templates, tables and charts are written in English. Where a translator is set, every piece of text
of the finished page is recognised, as a whole or sentence by sentence, by the texts that
``make translations`` has collected from templates and modules. What is not known, such as names of
sites, numbers and citations, stays as it is. So a new page needs nothing of its own.
"""

from __future__ import annotations

import re
from html import escape, unescape
from typing import List, Match

from ..translation import is_translated, tr, tr_message, tr_page

#: Language of pages in the catalogue that the plugin has.
LANGUAGE = "zh-CN"

#: What is never translated: styles, and what stands in a typewriter's letters.
_KEPT = re.compile(r"(<style>.*?</style>|<code>.*?</code>)", re.DOTALL)
_TEXT = re.compile(r'(?<=>)[^<>]+(?=<)|(?<=aria-label=")[^"]+(?=")')
_WORD = re.compile(r"[A-Za-z][a-z]{2,}")
_SENTENCE_END = re.compile(r"(?<=[.?!])\s+")
#: Ends of clauses that are put together when a page is made, e.g. one for each group of sites.
_CLAUSE_END = re.compile(r"([;:,])\s+")
#: A text followed by its unit, as axes and heads have them.
_UNIT = re.compile(r"(.+) \(([^()]*)\)")
#: Stands for a link while the sentence before it is looked up.
_LINK = "\ue000"
_CHINESE_END = "\u3002\uff1f\uff01"


def localised(page: str) -> str:
    """A page in the user's language; unchanged where no translator is set.

    Parameters
    ----------
    page : str
        HTML.

    Returns
    -------
    str
        HTML.
    """
    if not is_translated():
        return page
    parts = _KEPT.split(page)
    parts[::2] = [_TEXT.sub(_translated, part) for part in parts[::2]]
    return "".join(parts).replace('<html lang="en">', f'<html lang="{LANGUAGE}">', 1)


def sentences(text: str) -> List[str]:
    """A text divided where a sentence, or a part that stands by itself, ends.

    Parameters
    ----------
    text : str
        Plain, with single spaces.

    Returns
    -------
    list of str
    """
    return [part for part in _SENTENCE_END.split(text) if part]


def plain(text: str) -> str:
    """A text with single ordinary spaces, as collected and as looked up.

    Parameters
    ----------
    text : str

    Returns
    -------
    str
    """
    return " ".join(text.replace("\u00a0", " ").split())


def _translated(found: Match[str]) -> str:
    written = found.group(0)
    text = plain(unescape(written))
    if not _WORD.search(text):
        return written
    result = in_language(text)
    if result == text:
        return written
    before = written[: len(written) - len(written.lstrip())]
    after = written[len(written.rstrip()) :]
    return f"{before}{escape(result)}{after}"


def _looked_up(text: str) -> str:
    """A text in the user's language if it is known as a whole, else unchanged."""
    result = tr(text)
    unit = _UNIT.fullmatch(text)
    if result == text and unit is not None and tr(unit.group(1)) != unit.group(1):
        return f"{tr(unit.group(1))} ({unit.group(2)})"
    for translate in (tr_page, tr_message):
        if result != text:
            return result
        result = translate(text)
    if result != text:
        return result
    if text.endswith(","):
        # A link follows, which ends the sentence.
        return tr_page(f"{text} {_LINK}.").split(_LINK)[0].rstrip()
    lower = text[:1].lower() + text[1:]
    return tr(lower) if tr(lower) != lower else text


def in_language(text: str) -> str:
    """A plain text in the user's language, sentence by sentence.

    Parameters
    ----------
    text : str

    Returns
    -------
    str
    """
    parts = sentences(text)
    if len(parts) == 1 or tr(text) != text:
        return _by_clauses(text)
    # A text as a whole would also match what only its last sentence was made from.
    return _joined([_by_clauses(part) for part in parts])


def _by_clauses(text: str) -> str:
    """A sentence in the user's language, as a whole or clause by clause."""
    if tr(text) != text or not _WORD.search(text):
        return tr(text)
    listed = text.split("; ")
    entries = [_looked_up(entry) for entry in listed]
    if len(listed) > 1 and all(new != old for new, old in zip(entries, listed)):
        return "; ".join(entries)
    stop = text[-1:] if text[-1:] in (".", ";", ":") else ""
    # Every second part is a sign, with the space that followed it.
    parts = _CLAUSE_END.split(text[: len(text) - len(stop)])
    done = [_looked_up(part) if _WORD.search(part) else part for part in parts[::2]]
    in_clauses = [*parts]
    in_clauses[::2] = done
    in_clauses[1::2] = [f"{sign} " for sign in parts[1::2]]
    words = [(new, old) for new, old in zip(done, parts[::2]) if _WORD.search(old)]
    # Where all clauses are known, the whole only seems to be one sentence with a long value.
    if len(parts) > 1 and all(new != old for new, old in words):
        return "".join(in_clauses) + stop
    result = _looked_up(text)
    if result != text:
        return result
    head, colon, rest = text.partition(": ")
    if colon and _looked_up(rest) != rest:
        return f"{_looked_up(head)}: {_looked_up(rest)}"
    return "".join(in_clauses) + stop


def _joined(parts: List[str]) -> str:
    """Sentences with a space between them, but none after a Chinese stop."""
    text = ""
    for part in parts:
        gap = "" if not text or text.endswith(tuple(_CHINESE_END)) else " "
        text += gap + part
    return text
