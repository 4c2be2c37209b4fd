"""A box to choose a model: one of the list, or any file."""

from __future__ import annotations

from pathlib import Path
from typing import Optional

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QFileDialog, QWidget

from ..algorithms.preferences import load_preferences
from ..core.models.model_library import model_entries
from ..core.translation import tr


class ModelChooser(QComboBox):
    """Names of models; the data of each entry is the path of its file.

    Signals
    -------
    model_changed()
    """

    model_changed = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        self._path = ""
        self.refresh()
        self.activated.connect(self._activated)

    def refresh(self) -> None:
        """List the models anew, keeping the chosen one."""
        chosen = self._path
        self.blockSignals(True)
        self.clear()
        entries = model_entries()
        for entry in entries:
            self.addItem(entry.name, str(entry.path))
        self.addItem(tr("Choose a file \u2026"), "")
        self.blockSignals(False)
        if not chosen or (self.findData(chosen) < 0 and not Path(chosen).is_file()):
            wanted = load_preferences().default_model
            named = [entry for entry in entries if entry.name == wanted]
            chosen = str((named or entries)[0].path)
        self.set_path(chosen)

    def path(self) -> str:
        """File of the chosen model."""
        return self._path

    def set_path(self, path: str) -> None:
        """Choose a model by its file, and add it to the list if necessary."""
        place = self.findData(path)
        if place < 0:
            place = self.count() - 1
            self.insertItem(place, Path(path).name, path)
        self.blockSignals(True)
        self.setCurrentIndex(place)
        self.blockSignals(False)
        self.setToolTip(path)
        if path != self._path:
            self._path = path
            self.model_changed.emit()

    def _activated(self, place: int) -> None:
        path = self.itemData(place) or self._ask()
        self.set_path(path or self._path)

    def _ask(self) -> str:
        path, _ = QFileDialog.getOpenFileName(
            self, tr("Choose a model"), "", tr("ONNX models (*.onnx)")
        )
        return str(path)
