"""Keep the pinned readings in the project: saved with it, restored when it is opened."""

from __future__ import annotations

import json
from typing import Any, Dict, List, Optional, Tuple

from qgis.core import Qgis, QgsCoordinateReferenceSystem, QgsMessageLog, QgsProject
from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtGui import QColor

from ..algorithms.base import LOG_TAG
from ..core.probe.reading_document import document_of, reading_of
from ..core.translation import tr
from .pins import Pin, PinBoard

#: Where a project keeps the pins.
SCOPE, KEY = "LunarOxide", "/pins"

VERSION = 1

#: Limits of what is read from a project of unknown origin.
_MOST_CHARS = 50_000_000
_MOST_PINS = 5000
_MOST_POINTS = 10_000


class PinStore(QObject):
    """Writes the pins of a board into the project, and reads them from it.

    Parameters
    ----------
    board : PinBoard
    parent : QObject, optional
    """

    def __init__(self, board: PinBoard, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._board = board
        self._is_restoring = False
        project = QgsProject.instance()
        project.readProject.connect(self.restore)
        project.cleared.connect(self.restore)
        board.changed.connect(self.keep)
        if not board.pins:
            self.restore()

    def close(self) -> None:
        """Disconnect from the project."""
        project = QgsProject.instance()
        project.readProject.disconnect(self.restore)
        project.cleared.disconnect(self.restore)
        self._board.changed.disconnect(self.keep)

    def keep(self) -> None:
        """Write the pins into the project, which then has unsaved changes."""
        if self._is_restoring:
            return
        project = QgsProject.instance()
        pins = self._board.pins
        if not pins:
            if _text_of(project):
                project.removeEntry(SCOPE, KEY)
                project.setDirty(True)
            return
        text = json.dumps({"version": VERSION, "pins": [_document(pin) for pin in pins]})
        # Writing an equal text would ask the user to save a project that did not change.
        if text != _text_of(project) and not project.writeEntry(SCOPE, KEY, text):
            QgsMessageLog.logMessage(
                tr("The pins cannot be written into the project."),
                LOG_TAG,
                Qgis.MessageLevel.Warning,
            )

    def restore(self, *_: Any) -> None:
        """Replace the board's pins by those of the project."""
        text = _text_of(QgsProject.instance())
        pins, failed = _pins_of(text) if text else ((), 0)
        if failed:
            QgsMessageLog.logMessage(
                tr(
                    "{count} pins of the project cannot be read and are left out: its file was "
                    "changed, or a newer version of Lunar Oxide wrote it."
                ).format(count=failed),
                LOG_TAG,
                Qgis.MessageLevel.Warning,
            )
        self._is_restoring = True
        try:
            self._board.replace_all(pins)
        finally:
            self._is_restoring = False


def _text_of(project: QgsProject) -> str:
    text, _ = project.readEntry(SCOPE, KEY, "")
    return str(text)


def _document(pin: Pin) -> Dict[str, Any]:
    variant = QgsCoordinateReferenceSystem.WktVariant.WKT_PREFERRED
    return {
        "name": pin.name,
        "colour": pin.colour,
        "points": [list(point) for point in pin.points],
        "crs": str(pin.crs.toWkt(variant)) if pin.crs.isValid() else "",
        "reading": document_of(pin.reading),
    }


def _pins_of(text: str) -> Tuple[Tuple[Pin, ...], int]:
    """Pins of a project's text, and the number of those that cannot be read."""
    if len(text) > _MOST_CHARS:
        return (), 1
    try:
        document = json.loads(text)
        listed = document["pins"] if document["version"] == VERSION else None
    except (ValueError, KeyError, TypeError, RecursionError):
        return (), 1
    if not isinstance(listed, list):
        return (), 1
    pins: List[Pin] = []
    for one in listed[:_MOST_PINS]:
        try:
            pins.append(_pin(one))
        except (ValueError, KeyError, TypeError):
            continue
    return tuple(pins), len(listed) - len(pins)


def _pin(document: Dict[str, Any]) -> Pin:
    points = tuple((float(x), float(y)) for x, y in document["points"][:_MOST_POINTS])
    colour = QColor(str(document["colour"]))
    if not colour.isValid():
        raise ValueError("no colour")
    wkt = str(document["crs"])
    return Pin(
        name=str(document["name"])[:500],
        colour=colour.name(),
        reading=reading_of(document["reading"]),
        points=points,
        crs=QgsCoordinateReferenceSystem.fromWkt(wkt) if wkt else QgsCoordinateReferenceSystem(),
    )
