"""Texts of the window in the user's language."""

from __future__ import annotations

from qgis.PyQt.QtCore import QCoreApplication

#: The one translation context of the plugin.
CONTEXT = "LunarOxide"


def tr(text: str) -> str:
    """Translate a literal text; the caller fills placeholders such as ``{name}``."""
    return str(QCoreApplication.translate(CONTEXT, text))
