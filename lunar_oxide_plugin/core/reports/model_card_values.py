"""Values of a model file's description as text for its card; the file may come from anyone."""

from __future__ import annotations

import math
from typing import Any, List, Mapping, Tuple

from ..models.model_description import one_line
from .numbers import DASH, number, signed

#: Largest number of lines of free-form provenance that are shown.
MAX_LINES = 40
MAX_TEXT = 600
MAX_LEVELS = 4


def provenance_lines(label: str, said: Any) -> List[Tuple[str, str]]:
    """Free-form provenance as facts: text unchanged, mappings by key, lists joined.

    Parameters
    ----------
    label : str
    said : Any
        From the file's description.

    Returns
    -------
    list of (str, str)
        Name and value of each fact.
    """
    if said is None or said == "" or said == {}:
        return []
    if isinstance(said, Mapping):
        return [
            (f"{label}: {one_line(key, 60)}", flat(value))
            for key, value in list(said.items())[:MAX_LINES]
        ]
    return [(label, flat(said))]


def flat(value: Any) -> str:
    """Any value as one line; of each entry in a list only the first item, e.g. its name.

    Parameters
    ----------
    value : Any

    Returns
    -------
    str
    """
    return one_line(_joined(value), MAX_TEXT)


def _joined(value: Any, levels: int = MAX_LEVELS) -> str:
    if isinstance(value, (Mapping, list)) and not levels:
        return "\u2026"
    if isinstance(value, Mapping):
        items = list(value.items())[:MAX_LINES]
        return "; ".join(f"{key} {_joined(item, levels - 1)}" for key, item in items)
    if isinstance(value, list):
        return ", ".join(_joined(_first(item), levels - 1) for item in value[:MAX_LINES])
    return str(value)


def _first(item: Any) -> Any:
    return next(iter(item.values()), "") if isinstance(item, Mapping) else item


def said_count(document: Mapping[str, Any], *keys: str) -> str:
    """The first number under one of the keys.

    Parameters
    ----------
    document : mapping
    keys : str
        The first one that holds a number counts.

    Returns
    -------
    str
        With separators of thousands; empty where none holds a number.
    """
    for key in keys:
        value = document.get(key)
        if is_number(value):
            return f"{value:,.0f}"
    return ""


def mapping(value: Any) -> Mapping[str, Any]:
    """A mapping, whatever the file has in its place.

    Parameters
    ----------
    value : Any

    Returns
    -------
    mapping
        Empty where `value` is none.
    """
    return value if isinstance(value, Mapping) else {}


def is_number(value: Any) -> bool:
    """Whether a value of the file is a number that can be shown.

    Parameters
    ----------
    value : Any

    Returns
    -------
    bool
    """
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < 1e9


def speed_words(megapixels: float) -> str:
    """Pixels per second in words.

    Parameters
    ----------
    megapixels : float
        Per second.

    Returns
    -------
    str
    """
    if megapixels >= 0.1:
        return f"{megapixels:.2g} million pixels per second"
    return f"{float(f'{1e6 * megapixels:.2g}'):,.0f} pixels per second"


def written(value: Any, has_sign: bool = False) -> str:
    """A number of the file with two decimals.

    Parameters
    ----------
    value : Any
    has_sign : bool
        Whether the sign always stands before it.

    Returns
    -------
    str
        A dash where `value` is no number.
    """
    if not is_number(value):
        return DASH
    return signed(value) if has_sign else number(value)


def quantity(value: float, form: str) -> str:
    """A number in a given form.

    Parameters
    ----------
    value : float
    form : str
        As in `format`.

    Returns
    -------
    str
        A dash where `value` is not finite.
    """
    return format(value, form) if math.isfinite(value) else DASH
