"""The dock "Lunar Oxide", with a welcome and several pages."""

from __future__ import annotations

from typing import List, Optional

from qgis.PyQt.QtCore import QSize, Qt
from qgis.PyQt.QtWidgets import (
    QDockWidget,
    QFrame,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from ..core.translation import tr

#: Name under which QGIS stores the position and size of the dock.
DOCK_NAME = "LunarOxideDock"

#: Size in pixels, suitable for a laptop.
PREFERRED_SIZE = QSize(380, 640)


class LunarOxideDock(QDockWidget):
    """Holds pages side by side in tabs, each scrolling on its own, and a welcome above them.

    Parameters
    ----------
    parent : QWidget, optional
        QGIS's main window.
    """

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(tr("Lunar Oxide"), parent)
        self.setObjectName(DOCK_NAME)
        self.setAllowedAreas(
            Qt.DockWidgetArea.LeftDockWidgetArea | Qt.DockWidgetArea.RightDockWidgetArea
        )
        body = QWidget(self)
        layout = QVBoxLayout(body)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.setSpacing(4)
        self._welcome: Optional[QWidget] = None
        self.tabs = QTabWidget(body)
        self.tabs.setDocumentMode(True)
        # In a narrow dock all tabs stay visible with shortened names.
        self.tabs.setElideMode(Qt.TextElideMode.ElideRight)
        self.tabs.setUsesScrollButtons(False)
        layout.addWidget(self.tabs)
        self._layout = layout
        self.setWidget(body)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Preferred size when the dock is first shown."""
        return PREFERRED_SIZE

    def add_page(self, widget: QWidget, title: str) -> None:
        """Append a page; it scrolls when the dock is too small for it."""
        scroll = QScrollArea(self.tabs)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(widget)
        place = self.tabs.addTab(scroll, title)
        self.tabs.setTabToolTip(place, title)

    def pages(self) -> List[QWidget]:
        """The pages in the order of their tabs."""
        return [self.tabs.widget(index).widget() for index in range(self.tabs.count())]

    def show_page(self, widget: QWidget) -> None:
        """Bring the dock and one of its pages to the front.

        Raises
        ------
        ValueError
            If `widget` is not among the pages.
        """
        self.tabs.setCurrentIndex(self.pages().index(widget))
        self.show()
        self.raise_()

    def set_welcome(self, widget: Optional[QWidget]) -> None:
        """Put a widget above the pages and replace the present one; None for no widget."""
        if self._welcome is not None:
            self._layout.removeWidget(self._welcome)
            self._welcome.hide()
            self._welcome.deleteLater()
        self._welcome = widget
        if widget is not None:
            self._layout.insertWidget(0, widget)
            widget.show()
