"""The result that a command prints at its end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Mapping


@dataclass(frozen=True)
class Result:
    """A result as JSON and as text.

    Attributes
    ----------
    document : mapping
        Printed with ``--json``; missing numbers are None.
    text : str
        Printed otherwise.
    """

    document: Mapping[str, Any]
    text: str
