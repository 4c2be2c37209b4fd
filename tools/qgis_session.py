"""A headless QGIS with Processing and the plugin's provider, for scripts."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import Iterator

ROOT = Path(__file__).resolve().parent.parent


@contextmanager
def qgis_session() -> Iterator[None]:
    """Start QGIS without a window, with `processing.run` and the `lunaroxide` provider."""
    from qgis.core import QgsApplication

    application = QgsApplication([], False)
    application.initQgis()
    # Processing is a plugin of QGIS, and its folder is not on the Python path.
    sys.path.append(str(Path(QgsApplication.pkgDataPath()) / "python" / "plugins"))
    from processing.core.Processing import Processing

    from lunar_oxide_plugin.plugin import LunarOxidePlugin

    Processing.initialize()
    plugin = LunarOxidePlugin(None)
    plugin.initProcessing()
    try:
        yield
    finally:
        plugin.unload()
        application.exitQgis()
