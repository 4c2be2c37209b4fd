"""Date, versions and command of a run, for a report's provenance."""

from __future__ import annotations

import platform
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timezone
from typing import Dict, Iterator

from ..version import SOFTWARE

_command: ContextVar[str] = ContextVar("command", default="")


@contextmanager
def repeated_by(command: str) -> Iterator[None]:
    """Name the command that repeats the runs within.

    Parameters
    ----------
    command : str
    """
    token = _command.set(command)
    try:
        yield
    finally:
        _command.reset(token)


def run_facts() -> Dict[str, str]:
    """Facts of a run that happens now; with its command inside `repeated_by`.

    Returns
    -------
    dict of str to str
    """
    import numpy
    import rasterio

    versions = (
        SOFTWARE,
        f"rasterio {rasterio.__version__} (GDAL {rasterio.__gdal_version__})",
        f"numpy {numpy.__version__}",
        f"Python {platform.python_version()}",
    )
    now = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    facts = {"Date": now, "Versions": ", ".join(versions)}
    command = _command.get()
    return {**facts, "Command to repeat": command} if command else facts
