"""Keyboard and screen readers: names of controls, keys of actions, Tab that leaves tables."""

from __future__ import annotations

import re
from typing import Any, Dict, Iterator, List

from qgis.PyQt.QtCore import QObject, Qt
from qgis.PyQt.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAction,
    QFormLayout,
    QLabel,
    QMenu,
    QTabBar,
    QTableView,
    QWidget,
)

#: Keys of the plugin's actions by object name. Others of its menu get Alt+Shift and a digit.
KEYS: Dict[str, str] = {
    "LunarOxidePanel": "Alt+Shift+L",
    "LunarOxideSpectrum": "Alt+Shift+S",
    "LunarOxideOpenPrediction": "Alt+Shift+O",
    "LunarOxidePrintOne": "Alt+Shift+P",
    "LunarOxidePrintPlate": "Alt+Shift+A",
    "LunarOxideComposite0": "Alt+Shift+R",
    "LunarOxideComposite1": "Alt+Shift+N",
    "LunarOxideComposite2": "Alt+Shift+G",
    "LunarOxideWelcome": "Alt+Shift+W",
    "LunarOxideModels": "Alt+Shift+M",
    "LunarOxidePackages": "Alt+Shift+K",
    "LunarOxideSettings": "Alt+Shift+E",
    "LunarOxideGuide": "Alt+Shift+H",
}


def actions_of(menu: QMenu) -> Iterator[QAction]:
    """The actions of a menu and its submenus that do something."""
    for action in menu.actions():
        if action.menu() is not None:
            yield from actions_of(action.menu())
        elif not action.isSeparator():
            yield action


class Shortcuts(QObject):
    """Gives the actions of the plugin's menu keys, which the user can change in QGIS's settings.

    Parameters
    ----------
    iface : QgisInterface
    menu : QMenu
    """

    def __init__(self, iface: Any, menu: QMenu) -> None:
        super().__init__(menu)
        self._iface = iface
        self._actions: List[QAction] = []
        digit = 0
        for action in actions_of(menu):
            if not action.objectName():
                words = re.sub(r"\W+", "", action.text().title())
                action.setObjectName(f"LunarOxide{words}")
            keys = KEYS.get(action.objectName(), "")
            if not keys and action.shortcut().isEmpty() and digit < 9:
                digit += 1
                keys = f"Alt+Shift+{digit}"
            if keys:
                iface.registerMainWindowAction(action, keys)
                self._actions.append(action)

    def close(self) -> None:
        """Take the keys back."""
        for action in self._actions:
            self._iface.unregisterMainWindowAction(action)
        self._actions = []


def controls(root: QWidget) -> Iterator[QWidget]:
    """Everything inside a widget that the keyboard reaches."""
    for widget in root.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not _is_part(widget):
            yield widget


def _is_part(widget: QWidget) -> bool:
    """Whether a widget belongs to the inside of a control of Qt."""
    name = widget.objectName()
    return name.startswith("qt_") or isinstance(widget, QTabBar) or isinstance(
        widget.parent(), (QAbstractScrollArea,)
    )  # fmt: skip


def name_controls(root: QWidget, title: str) -> None:
    """Name every control for screen readers, and let Tab leave tables.

    Parameters
    ----------
    root : QWidget
    title : str
        Name of the page; of controls that tell nothing of themselves too.
    """
    labels = _form_labels(root)
    for widget in controls(root):
        if isinstance(widget, QAbstractItemView):
            widget.setTabKeyNavigation(False)
        if not widget.accessibleName():
            widget.setAccessibleName(_name_of(widget, labels, title))


def _name_of(widget: QWidget, labels: Dict[int, str], title: str) -> str:
    own = widget.text() if isinstance(widget, QAbstractButton) else ""
    if not own and hasattr(widget, "title"):
        own = str(widget.title())
    if isinstance(widget, QTableView) and widget.model() is not None and not own:
        header = widget.model().headerData(0, Qt.Orientation.Horizontal)
        own = f"{title}: {header}" if header else ""
    name = own or labels.get(id(widget), "") or widget.toolTip()
    return name.replace("&", "").strip() or title


def _form_labels(root: QWidget) -> Dict[int, str]:
    """Texts of the labels beside controls in forms, by the control."""
    found: Dict[int, str] = {}
    for form in root.findChildren(QFormLayout):
        for row in range(form.rowCount()):
            field = form.itemAt(row, QFormLayout.ItemRole.FieldRole)
            label = form.itemAt(row, QFormLayout.ItemRole.LabelRole)
            if field is None or label is None or field.widget() is None:
                continue
            if isinstance(label.widget(), QLabel):
                found[id(field.widget())] = label.widget().text()
    return found
