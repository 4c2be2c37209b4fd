"""Texts of the window in the user's language."""

from __future__ import annotations

from qgis.PyQt.QtCore import QCoreApplication

#: The one translation context of the plugin.
CONTEXT = "LunarOxide"


def tr(text: str) -> str:
    """Translate a literal text; placeholders such as ``{name}`` are filled by the caller."""
    return str(QCoreApplication.translate(CONTEXT, text))
