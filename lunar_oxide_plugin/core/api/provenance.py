"""Date, versions and command of a run, for a report's provenance."""

from __future__ import annotations

import platform
from datetime import datetime, timezone
from typing import Dict

from ..version import SOFTWARE


def run_facts(command: str = "") -> Dict[str, str]:
    """Facts of a run that happens now.

    Parameters
    ----------
    command : str
        That repeats the run; empty where it has none.

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
    return {**facts, "Command to repeat": command} if command else facts
