"""The readings that the user pinned, with their names and colours."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import List, Optional, Sequence, Tuple

from qgis.core import QgsCoordinateReferenceSystem
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ..core.probe.reading import SpectrumReading
from .appearance import CURRENT_COLOUR, PIN_COLOURS
from .reading_markers import Points


@dataclass(frozen=True)
class Pin:
    """A reading with a name, a colour, and its position.

    `points` are in `crs`, the raster layer's.
    """

    name: str
    colour: str
    reading: SpectrumReading
    points: Points
    crs: QgsCoordinateReferenceSystem


class PinBoard(QObject):
    """The current reading and the pinned ones; one of them is shown.

    Signals
    -------
    changed()
    """

    changed = pyqtSignal()

    def __init__(self, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self.current: Optional[Pin] = None
        self._pins: List[Pin] = []
        self._shown: Optional[int] = None
        self._count = 0
        self._removed: List[List[Tuple[int, Pin]]] = []

    @property
    def pins(self) -> Tuple[Pin, ...]:
        """The pinned readings, oldest first."""
        return tuple(self._pins)

    @property
    def shown_index(self) -> Optional[int]:
        """Index of the shown reading among the pins; None for the current one."""
        return self._shown

    @property
    def shown(self) -> Optional[Pin]:
        """The reading that is shown; None at the start."""
        return self.current if self._shown is None else self._pins[self._shown]

    def everything(self) -> Tuple[Pin, ...]:
        """The pins, then the current reading unless it is one of them."""
        if self.current is None or any(pin.reading is self.current.reading for pin in self._pins):
            return self.pins
        return (*self._pins, self.current)

    def set_current(
        self,
        name: str,
        reading: SpectrumReading,
        points: Points,
        crs: QgsCoordinateReferenceSystem,
    ) -> None:
        """Take a new reading and show it."""
        self.current = Pin(name, CURRENT_COLOUR, reading, points, crs)
        self._shown = None
        self.changed.emit()

    def drop_current(self) -> None:
        """Drop the current reading, e.g. after a click beside the raster; pins stay."""
        self.current = None
        self.changed.emit()

    def pin_current(self, template: str) -> None:
        """Pin the current reading under the next name; `template` has a ``{number}``."""
        if self.current is None:
            return
        if any(pin.reading is self.current.reading for pin in self._pins):
            return
        self._count += 1
        colour = PIN_COLOURS[(self._count - 1) % len(PIN_COLOURS)]
        name = template.format(number=self._count)
        self._pins.append(replace(self.current, name=name, colour=colour))
        self._shown = len(self._pins) - 1
        self.changed.emit()

    def add_all(
        self,
        readings: Sequence[Tuple[str, SpectrumReading, Points, QgsCoordinateReferenceSystem]],
    ) -> None:
        """Pin readings from elsewhere, each with its name and place.

        Parameters
        ----------
        readings : sequence of (name, reading, points, CRS of the points)
        """
        for name, reading, points, crs in readings:
            self._count += 1
            colour = PIN_COLOURS[(self._count - 1) % len(PIN_COLOURS)]
            self._pins.append(Pin(name, colour, reading, points, crs))
        if readings:
            self._shown = len(self._pins) - 1
            self.changed.emit()

    def replace_all(self, pins: Sequence[Pin]) -> None:
        """Replace all pins, and drop the current reading, e.g. for another project.

        Parameters
        ----------
        pins : sequence of Pin
        """
        if not pins and not self._pins and self.current is None:
            return
        self.current = None
        self._pins = list(pins)
        self._shown = None
        self._count = len(self._pins)
        self.changed.emit()

    def show(self, index: Optional[int]) -> None:
        """Show a pin, or the current reading."""
        if index != self._shown:
            self._shown = index
            self.changed.emit()

    def rename(self, index: int, name: str) -> None:
        """Give a pin another name; an empty name is ignored."""
        name = name.strip()
        if name and name != self._pins[index].name:
            self._pins[index] = replace(self._pins[index], name=name)
        self.changed.emit()

    def recolour(self, index: int, colour: str) -> None:
        """Give a pin another colour."""
        self._pins[index] = replace(self._pins[index], colour=colour)
        self.changed.emit()

    def remove(self, indices: Tuple[int, ...]) -> None:
        """Remove pins; `restore` brings them back."""
        places = sorted(place for place in set(indices) if place < len(self._pins))
        if places:
            self._removed.append([(place, self._pins[place]) for place in places])
        self._pins = [pin for place, pin in enumerate(self._pins) if place not in set(indices)]
        self._shown = None
        self.changed.emit()

    def restore(self) -> None:
        """Put back what was removed last, at its place."""
        if not self._removed:
            return
        for place, pin in self._removed.pop():
            self._pins.insert(min(place, len(self._pins)), pin)
            self._shown = self._pins.index(pin)
        self.changed.emit()
