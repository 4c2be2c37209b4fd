"""The result that a command prints at its end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Mapping

from .exit_status import ExitStatus


@dataclass(frozen=True)
class Result:
    """A result as JSON and as text.

    Attributes
    ----------
    document : mapping
        Printed with ``--json``; missing numbers are None.
    text : str
        Printed otherwise.
    status : ExitStatus
    finding : str
        What is wrong with what was compared, where the status says so; one sentence.
    """

    document: Mapping[str, Any]
    text: str
    status: ExitStatus = ExitStatus.DONE
    finding: str = ""
