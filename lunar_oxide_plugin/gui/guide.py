"""The bundled user guide, which is read without network."""

from __future__ import annotations

from pathlib import Path

from qgis.PyQt.QtCore import QUrl

GUIDE = Path(__file__).resolve().parent.parent / "resources" / "guide"


def guide_url(page: str = "index") -> QUrl:
    """Address of a page of the guide on this machine."""
    return QUrl.fromLocalFile(str(GUIDE / f"{page}.html"))
