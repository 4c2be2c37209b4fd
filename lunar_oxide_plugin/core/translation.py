"""Texts for the user in the user's language; core itself knows no Qt, so the plugin hands it in."""

from __future__ import annotations

from typing import Callable


def _as_written(text: str) -> str:
    return text


_translate: Callable[[str], str] = _as_written


def use_translator(translate: Callable[[str], str]) -> None:
    """Have `tr` ask `translate` from now on; texts it does not know must come back unchanged."""
    global _translate
    _translate = translate


def tr(text: str) -> str:
    """A text in the user's language; placeholders such as ``{name}`` are filled by the caller."""
    return _translate(text)
