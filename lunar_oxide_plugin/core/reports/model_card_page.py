"""The model card as an HTML page and as text for the log."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import List, Union

from ..chemistry.oxides import OXIDES
from ..files import write_text
from .model_card import ModelCard
from .rendering import Table, render


def render_html(card: ModelCard) -> str:
    """Render the card as an HTML page.

    Raises
    ------
    OutputError
        If Jinja2 cannot be imported.
    """
    return render(
        "model_card.html",
        title=f"Model card: {card.title}",
        summary=card.summary,
        warnings=card.warnings,
        sections=card.sections,
    )


def write_card(card: ModelCard, path: Union[str, Path]) -> None:
    """Write the page.

    Parameters
    ----------
    card : ModelCard
    path : str or Path
        File to write.

    Raises
    ------
    OutputError
        If the file cannot be written; an earlier one is then untouched.
    """
    write_text(path, render_html(card), "model card")


def render_text(card: ModelCard) -> str:
    """The card as lines of plain text for a log.

    Parameters
    ----------
    card : ModelCard

    Returns
    -------
    str
    """
    lines = [card.title, *_wrapped(card.summary, "")]
    for text in card.warnings:
        lines += _wrapped(f"WARNING: {text}", "")
    for section in card.sections:
        lines += ["", section.heading.upper()]
        lines += [f"  {name}: {value}" for name, value in section.facts]
        for item in section.tables:
            lines += ["", *_text_table(item)]
        for text in section.bullets:
            lines += _wrapped(f"- {text}", "  ")
        for text in section.paragraphs:
            lines += _wrapped(text, "  ")
    return "\n".join(lines)


def _text_table(table: Table) -> List[str]:
    rows = [[column.title for column in table.columns], *table.rows]
    texts = [[_plain_formula(str(cell)) for cell in row] for row in rows]
    widths = [max(map(len, cells)) for cells in zip(*texts)]
    lines = [f"  {table.caption}"] if table.caption else []
    for row in texts:
        cells = [
            text.rjust(width) if column.css == "num" else text.ljust(width)
            for column, text, width in zip(table.columns, row, widths)
        ]
        lines.append("  " + "  ".join(cells).rstrip())
    return lines


def _plain_formula(text: str) -> str:
    for oxide in OXIDES:
        text = text.replace(oxide.pretty, oxide.name)
    return text


def _wrapped(text: str, indent: str) -> List[str]:
    return textwrap.wrap(
        text, 96, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False
    )
