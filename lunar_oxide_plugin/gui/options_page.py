"""The plugin's page in QGIS's options: default model, threads, memory, package index."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Optional

from qgis.gui import QgsOptionsPageWidget, QgsOptionsWidgetFactory
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from ..algorithms.model_parameter import default_model
from ..algorithms.preferences import load_preferences, save_preferences
from ..core.installer.package_index import DEFAULT_INDEX
from ..core.models.model_library import model_names
from ..core.translation import tr
from .keyboard import name_controls
from .packages_dialog import PackagesDialog

ICON = Path(__file__).resolve().parent.parent / "resources" / "icon.svg"

#: Key with which QGIS opens the page.
PAGE = "mOptionsPageLunarOxide"


class OptionsPage(QgsOptionsPageWidget):
    """Edits the preferences, which are stored when QGIS applies its options."""

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName(PAGE)
        preferences = load_preferences()
        self.model = QComboBox()
        self.model.addItems(model_names())
        self.model.setCurrentText(default_model())
        self.threads = _spin(0, 256, 1, preferences.threads)
        self.memory = _spin(0, 1_000_000, 256, preferences.memory_mb)
        self.memory.setSuffix(" MB")
        self.index = QLineEdit(preferences.package_index)
        self.index.setPlaceholderText(DEFAULT_INDEX)
        packages = QPushButton(tr("Packages ..."))
        packages.clicked.connect(lambda: PackagesDialog(self).exec())
        form = QFormLayout()
        form.addRow(tr("Default model"), self.model)
        form.addRow(tr("Threads of a prediction"), self.threads)
        form.addRow(tr("Memory of a prediction"), self.memory)
        form.addRow(tr("Package index"), self.index)
        form.addRow(tr("Python packages"), packages)
        note = QLabel(
            tr(
                "Automatic uses all cores that QGIS may use, and 400 MB. The numbers do not "
                "depend on threads or memory. The package index is asked only when you install."
            )
        )
        note.setWordWrap(True)
        layout = QVBoxLayout(self)
        packages.setAccessibleName(tr("Packages ..."))
        layout.addLayout(form)
        layout.addWidget(note)
        layout.addStretch(1)
        name_controls(self, tr("Lunar Oxide"))

    def apply(self) -> None:
        """Store what is shown."""
        save_preferences(
            replace(
                load_preferences(),
                default_model=self.model.currentText(),
                threads=self.threads.value(),
                memory_mb=self.memory.value(),
                package_index=self.index.text().strip() or DEFAULT_INDEX,
            )
        )


class OptionsFactory(QgsOptionsWidgetFactory):
    """Adds the page to QGIS's options dialog."""

    def __init__(self) -> None:
        super().__init__(tr("Lunar Oxide"), QIcon(str(ICON)))

    def icon(self) -> QIcon:
        """Icon in the list of pages."""
        return QIcon(str(ICON))

    def createWidget(self, parent: Optional[QWidget] = None) -> OptionsPage:  # noqa: N802
        """A fresh page for the dialog."""
        return OptionsPage(parent)


def _spin(low: int, high: int, step: int, value: int) -> QSpinBox:
    spin = QSpinBox()
    spin.setRange(low, high)
    spin.setSingleStep(step)
    spin.setSpecialValueText(tr("automatic"))
    spin.setValue(value)
    return spin
