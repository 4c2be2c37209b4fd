"""The bundled user guide, which is read without network."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QUrl

from ..language import catalogue

GUIDE = Path(__file__).resolve().parent.parent / "resources" / "guide"


def guide_url(page: str = "index") -> QUrl:
    """Address of a page of the guide on this machine, in QGIS's language where there is one."""
    path = GUIDE / f"{page}.html"
    if catalogue(QgsApplication.locale()) is not None:
        own = GUIDE / "zh" / f"{page}.html"
        path = own if own.is_file() else path
    return QUrl.fromLocalFile(str(path))
