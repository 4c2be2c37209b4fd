"""The dock "Lunar Oxide", with a welcome and several pages."""

from __future__ import annotations

from typing import Any, List, Optional

from qgis.PyQt.QtCore import QEvent, QSize, Qt
from qgis.PyQt.QtWidgets import (
    QDockWidget,
    QFrame,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from ..core.translation import tr
from .keyboard import name_controls

#: Name under which QGIS stores the position and size of the dock.
DOCK_NAME = "LunarOxideDock"

#: Size in pixels, suitable for a laptop.
PREFERRED_SIZE = QSize(400, 640)
#: Largest share of the dock's height that the welcome takes before it scrolls.
WELCOME_SHARE = 0.45

_MARGIN = 4


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
        layout.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        layout.setSpacing(4)
        self._welcome: Optional[QWidget] = None
        self._welcome_scroll = QScrollArea(body)
        self._welcome_scroll.setWidgetResizable(True)
        self._welcome_scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._welcome_scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._welcome_scroll.setAccessibleName(tr("Welcome"))
        self._welcome_scroll.hide()
        layout.addWidget(self._welcome_scroll)
        self.tabs = QTabWidget(body)
        self.tabs.setDocumentMode(True)
        # Names of tabs stay whole; in a narrow dock arrows lead to the others.
        self.tabs.setElideMode(Qt.TextElideMode.ElideNone)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.tabBar().setExpanding(False)
        self.tabs.tabBar().setAccessibleName(tr("Pages of Lunar Oxide"))
        self.tabs.setAccessibleName(tr("Pages of Lunar Oxide"))
        layout.addWidget(self.tabs, 1)
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
        scroll.setAccessibleName(title)
        name_controls(widget, title)
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
            self._welcome_scroll.takeWidget()
            self._welcome.removeEventFilter(self)
            self._welcome.hide()
            self._welcome.deleteLater()
        self._welcome = widget
        self._welcome_scroll.setVisible(widget is not None)
        if widget is not None:
            name_controls(widget, tr("Welcome"))
            self._welcome_scroll.setWidget(widget)
            widget.installEventFilter(self)
            widget.show()
            self._fit_welcome()

    def resizeEvent(self, event: Any) -> None:  # noqa: N802 - Qt's name
        """Give the welcome its height at the new width."""
        super().resizeEvent(event)
        self._fit_welcome()

    def eventFilter(self, watched: Any, event: Any) -> bool:  # noqa: N802 - Qt's name
        """Give the welcome its height when its text changes."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit_welcome()
        return False

    def _fit_welcome(self) -> None:
        if self._welcome is None:
            return
        layout = self._welcome.layout()
        width = max(self.width() - 2 * _MARGIN, self._welcome.minimumSizeHint().width())
        wanted = self._welcome.sizeHint().height()
        if layout is not None and layout.hasHeightForWidth():
            wanted = layout.totalHeightForWidth(width)
        self._welcome_scroll.setFixedHeight(min(wanted, round(WELCOME_SHARE * self.height())))
