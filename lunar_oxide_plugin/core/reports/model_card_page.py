"""The model card as an HTML page and as text for the log."""

from __future__ import annotations

import textwrap
import time
from html import escape
from pathlib import Path
from typing import List, Union

import numpy as np

from ..chemistry.oxides import OXIDES
from ..files import write_text
from ..models.oxide_model import OxideModel
from .html_page import page, table
from .model_card import CardSection, CardTable, ModelCard

#: Spectra for measuring speed: several chunks, and a tenth of a second with a small network.
TRIAL_SPECTRA = 32768
#: Stop after this: a large network says enough with fewer.
TRIAL_SECONDS = 0.5

STYLE = """
h3 { font-size: 15px; margin: 20px 0 6px; }
section > .scroll { margin: 10px 0 14px; }
ul.plain { padding-left: 20px; max-width: 80ch; } ul.plain li { margin: 0 0 6px; }
.warning + .warning { margin-top: -8px; }
dd.digest { font-family: monospace; font-size: 12px; }
td, th { max-width: 340px; overflow-wrap: anywhere; }
"""


def measure_speed(model: OxideModel) -> float:
    """Millions of spectra that the model answers a second, on one thread of this machine."""
    bands = len(model.description.bands)
    ramp = np.linspace(0.05, 0.15, bands, dtype=np.float32)[:, None]
    spectra = np.repeat(ramp, TRIAL_SPECTRA // 16, axis=1)
    model.predict(spectra)  # the first call plans its memory
    done, start = 0, time.perf_counter()
    while done < TRIAL_SPECTRA and time.perf_counter() - start < TRIAL_SECONDS:
        model.predict(spectra)
        done += spectra.shape[1]
    return done / max(time.perf_counter() - start, 1e-9) / 1e6


def render_html(card: ModelCard) -> str:
    """The card as a self-contained HTML page; all text of the model file is escaped."""
    warnings = "".join(
        f'<div class="warning" role="note"><p>{escape(text)}</p></div>' for text in card.warnings
    )
    header = (
        f'<header><h1>{escape(card.title)}</h1><p class="lead">{escape(card.summary)}</p>'
        f"{warnings}</header>"
    )
    return page(f"Model card: {card.title}", [header, *map(_section, card.sections)], STYLE)


def write_card(card: ModelCard, path: Union[str, Path]) -> None:
    """Write the page.

    Raises
    ------
    OutputError
        If the file cannot be written; an earlier one is then untouched.
    """
    write_text(path, render_html(card), "model card")


def _section(section: CardSection) -> str:
    parts = [f"<section><h2>{escape(section.heading)}</h2>"]
    if section.facts:
        items = "".join(
            f"<dt>{escape(name)}</dt>"
            f"<dd{' class=digest' if name == 'SHA-256' else ''}>{escape(value)}</dd>"
            for name, value in section.facts
        )
        parts.append(f"<dl>{items}</dl>")
    for item in section.tables:
        caption = f"<h3>{escape(item.caption)}</h3>" if item.caption else ""
        parts.append(caption + table(item.head, item.rows, _first_number(item)))
    if section.bullets:
        items = "".join(f"<li>{escape(text)}</li>" for text in section.bullets)
        parts.append(f'<ul class="plain">{items}</ul>')
    parts += [f"<p>{escape(text)}</p>" for text in section.paragraphs]
    return "".join(parts) + "</section>"


def _first_number(item: CardTable) -> int:
    """Column from which cells are numbers: figures have two names in front."""
    return 2 if "Protocol" in item.head else 1


def render_text(card: ModelCard) -> str:
    """The card as lines of plain text for a log."""
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


def _text_table(item: CardTable) -> List[str]:
    head = [_plain_formula(text) for text in item.head]
    rows = [head, *([_plain_formula(text) for text in row] for row in item.rows)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    first = _first_number(item)
    lines = [f"  {item.caption}"] if item.caption else []
    for row in rows:
        cells = [
            text.ljust(width) if column < first else text.rjust(width)
            for column, (text, width) in enumerate(zip(row, widths))
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
