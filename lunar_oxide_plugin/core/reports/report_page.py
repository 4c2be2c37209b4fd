"""The frame of every report: one HTML page that loads nothing and runs nothing."""

from __future__ import annotations

import re
from html import escape
from typing import List, Mapping, Sequence

from .report_style import CSS

_HEADING = re.compile(r'<section[^>]* id="([^"]+)"[^>]*><h2[^>]*>(.*?)</h2>', re.DOTALL)


def html_page(title: str, header: str, sections: Sequence[str]) -> str:
    """A complete page.

    Parameters
    ----------
    title : str
        Plain text; also the page's first heading.
    header : str
        HTML below the heading.
    sections : sequence of str
        HTML ``<section id=...><h2>`` elements; empty ones are left out. Those with an id are
        listed at the top.
    """
    shown = [section for section in sections if section]
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{escape(title)}</title>\n<style>{CSS}</style>\n</head>\n<body>\n<main>\n"
        f"<header><h1>{escape(title)}</h1>{header}{_contents(shown)}</header>\n"
        + "\n".join(shown)
        + "\n</main>\n</body>\n</html>\n"
    )


def facts_section(title: str, ident: str, facts: Mapping[str, str]) -> str:
    """Names and values as a list; values with line breaks keep them."""
    items = "".join(
        f"<dt>{escape(name)}</dt><dd>{_value(str(value))}</dd>" for name, value in facts.items()
    )
    return f'<section id="{ident}"><h2>{escape(title)}</h2><dl>{items}</dl></section>'


def figures_section(
    title: str, ident: str, words: str, figures: Sequence[str], wide: bool = False
) -> str:
    """A titled grid of figures.

    Parameters
    ----------
    words : str
        HTML paragraphs above the figures.
    figures : sequence of str
        HTML, see `figure`.
    wide : bool
        Two in a row instead of three.
    """
    css = "plots wide" if wide else "plots"
    return (
        f'<section id="{ident}" class="figures"><h2>{escape(title)}</h2>{words}'
        f'<div class="{css}">{"".join(figures)}</div></section>'
    )


def figure(caption: str, svg: str) -> str:
    """One plot with its caption (HTML)."""
    return f"<figure><figcaption>{caption}</figcaption>{svg}</figure>"


def _contents(sections: Sequence[str]) -> str:
    entries: List[str] = []
    for section in sections:
        match = _HEADING.search(section)
        if match:
            entries.append(f'<li><a href="#{match.group(1)}">{match.group(2)}</a></li>')
    return f'<nav aria-label="Contents"><ul>{"".join(entries)}</ul></nav>' if entries else ""


def _value(text: str) -> str:
    lines = [escape(line) for line in text.splitlines()] or [""]
    if text.startswith("qgis_process "):
        return f"<code>{'<br>'.join(lines)}</code>"
    return "<br>".join(lines)
