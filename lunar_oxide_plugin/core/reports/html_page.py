"""A self-contained HTML page: no network, no scripts, prints well."""

from __future__ import annotations

from html import escape
from typing import Sequence

from .report_style import CSS


def page(title: str, sections: Sequence[str], style: str = "") -> str:
    """An HTML document of sections that are HTML already; empty ones are left out.

    Parameters
    ----------
    title : str
        Plain text.
    sections : sequence of str
        HTML, everything that came with data escaped.
    style : str
        CSS beside that of the prediction-check report.
    """
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{escape(title)}</title>\n<style>{CSS}{style}</style>\n</head>\n<body>\n<main>\n"
        + "\n".join(section for section in sections if section)
        + "\n</main>\n</body>\n</html>\n"
    )


def table(
    head: Sequence[str], rows: Sequence[Sequence[str]], numeric_from: int = 1, css: str = ""
) -> str:
    """A table of plain-text cells, all escaped; columns from `numeric_from` on stand right."""

    def cells(row: Sequence[str], tag: str, first: str) -> str:
        parts = []
        for index, text in enumerate(row):
            kind = ' class="num"' if index >= numeric_from else ""
            name = first if index == 0 else tag
            scope = ' scope="row"' if name == "th" and tag == "td" else ""
            parts.append(f"<{name}{scope}{kind}>{escape(text)}</{name}>")
        return f"<tr>{''.join(parts)}</tr>"

    body = "\n".join(cells(row, "td", "th") for row in rows)
    return (
        f'<div class="scroll"><table class="{css}"><thead>{cells(head, "th", "th")}</thead>\n'
        f"<tbody>{body}</tbody></table></div>"
    )
