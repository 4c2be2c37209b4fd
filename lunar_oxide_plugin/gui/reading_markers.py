"""Readings on the map: a cross for a pixel, an outline for a box, in the colour of its curve."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, List, Sequence, Tuple

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsGeometry,
    QgsPointXY,
    QgsProject,
)
from qgis.gui import QgsMapCanvas, QgsRubberBand, QgsVertexMarker
from qgis.PyQt.QtGui import QColor

Points = Tuple[Tuple[float, float], ...]


@dataclass(frozen=True)
class Mark:
    """A point, or a ring's corners, in a CRS of its own."""

    points: Points
    crs: QgsCoordinateReferenceSystem
    colour: str
    name: str
    strong: bool


def transform_points(
    points: Points, source: QgsCoordinateReferenceSystem, target: QgsCoordinateReferenceSystem
) -> Points:
    """Points in another CRS; unchanged where one of the two is not known.

    Raises
    ------
    ValueError
        If there is no transformation between them, e.g. from the Moon to Earth.
    """
    if not source.isValid() or not target.isValid() or source == target:
        return points
    transform = QgsCoordinateTransform(source, target, QgsProject.instance())
    # QGIS returns points unchanged where it has no transformation, e.g. between two bodies.
    if not transform.isValid():
        raise ValueError(f"{source.description()} -> {target.description()}")
    try:
        moved = [transform.transform(QgsPointXY(*point)) for point in points]
    except QgsCsException as error:
        raise ValueError(str(error)) from error
    return tuple((point.x(), point.y()) for point in moved)


class MapMarks:
    """The marks on a canvas; call `clear` before the canvas or the plugin is deleted.

    Parameters
    ----------
    canvas : QgsMapCanvas
    """

    def __init__(self, canvas: QgsMapCanvas) -> None:
        self._canvas = canvas
        self._items: List[Any] = []
        self._marks: Tuple[Mark, ...] = ()
        canvas.destinationCrsChanged.connect(self._redraw)

    def show(self, marks: Sequence[Mark]) -> None:
        """Replace all marks."""
        self._marks = tuple(marks)
        self._redraw()

    def close(self) -> None:
        """Remove all marks and disconnect from the canvas."""
        self._canvas.destinationCrsChanged.disconnect(self._redraw)
        self._marks = ()
        self._clear()

    def _redraw(self) -> None:
        self._clear()
        crs = self._canvas.mapSettings().destinationCrs()
        for mark in self._marks:
            if not mark.points:
                continue  # a spectrum without a place
            try:
                points = transform_points(mark.points, mark.crs, crs)
            except ValueError:
                continue  # not on this map
            self._items += self._draw(points, mark)

    def _draw(self, points: Points, mark: Mark) -> List[Any]:
        if len(points) == 1:
            return [
                self._cross(points[0], QColor("#ffffff"), 5 if mark.strong else 4, mark),
                self._cross(points[0], QColor(mark.colour), 3 if mark.strong else 2, mark),
            ]
        band = QgsRubberBand(self._canvas)
        band.setToGeometry(
            QgsGeometry.fromPolygonXY([[QgsPointXY(*point) for point in points]]), None
        )
        band.setStrokeColor(QColor(mark.colour))
        band.setSecondaryStrokeColor(QColor("#ffffff"))
        band.setFillColor(QColor(0, 0, 0, 0))
        band.setWidth(3 if mark.strong else 2)
        return [band]

    def _cross(
        self, point: Tuple[float, float], colour: QColor, width: int, mark: Mark
    ) -> QgsVertexMarker:
        cross = QgsVertexMarker(self._canvas)
        cross.setCenter(QgsPointXY(*point))
        cross.setColor(colour)
        cross.setIconType(QgsVertexMarker.IconType.ICON_CROSS)
        cross.setIconSize(16 if mark.strong else 12)
        cross.setPenWidth(width)
        cross.setToolTip(mark.name)
        return cross

    def _clear(self) -> None:
        scene = self._canvas.scene()
        for item in self._items:
            scene.removeItem(item)
        self._items = []
