"""What a command prints at its end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Mapping


@dataclass(frozen=True)
class Result:
    """A result for programs and for people.

    Attributes
    ----------
    document : mapping
        Printed with ``--json``; numbers that do not exist are None.
    text : str
        Printed otherwise.
    """

    document: Mapping[str, Any]
    text: str
