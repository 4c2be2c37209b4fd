"""A headless QGIS with Processing and the plugin's provider, for scripts."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Iterator

ROOT = Path(__file__).resolve().parent.parent


@contextmanager
def qgis_session(language: str = "") -> Iterator[None]:
    """Start QGIS without a window, with `processing.run` and the `lunaroxide` provider.

    Its profile is new and temporary, so that results do not depend on the user's settings; without
    `language` (e.g. ``"en"``) texts are in the system's.
    """
    with TemporaryDirectory() as profile:
        yield from _session(profile, language)


def _session(profile: str, language: str) -> Iterator[None]:
    from qgis.core import QgsApplication, QgsSettings
    from qgis.PyQt.QtCore import QSettings

    # As QGIS itself does; without it settings would be those of the user's home.
    ini = QSettings.Format.IniFormat
    QSettings.setDefaultFormat(ini)
    QSettings.setPath(ini, QSettings.Scope.UserScope, profile)
    application = QgsApplication([], False, profile)
    application.initQgis()
    if language:
        settings = QgsSettings()
        settings.setValue("locale/overrideFlag", True)
        settings.setValue("locale/userLocale", language)
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
