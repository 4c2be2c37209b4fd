"""The page that lists models, shows their descriptions, and manages the user's own models."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Dict, Optional, Tuple

from qgis.PyQt.QtCore import Qt, QUrl, pyqtSignal
from qgis.PyQt.QtGui import QDesktopServices, QShowEvent
from qgis.PyQt.QtWidgets import (
    QApplication,
    QFileDialog,
    QGridLayout,
    QLabel,
    QMessageBox,
    QPushButton,
    QSplitter,
    QTextBrowser,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ..algorithms.model_parameter import default_model
from ..algorithms.preferences import load_preferences, save_preferences
from ..core.errors import LunarOxideError
from ..core.models.model_library import (
    CheckedModel,
    ModelEntry,
    add_model,
    check_model,
    find_model,
    model_entries,
    remove_model,
)
from ..core.progress import Progress
from ..core.translation import tr
from .background import BackgroundTask
from .model_summary import model_html


class ModelsPage(QWidget):
    """Bundled and own models: add, remove, set default, read the card.

    Signals
    -------
    changed
        The set of models or the default has changed.
    """

    changed = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._checked: Dict[Tuple[str, int], CheckedModel] = {}
        self._task: Optional[BackgroundTask] = None
        self.tree = QTreeWidget()
        self.tree.setHeaderLabels([tr("Model"), tr("Origin"), tr("Default")])
        self.tree.setRootIsDecorated(False)
        self.details = QTextBrowser()
        self.details.setOpenExternalLinks(True)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.addWidget(self.tree)
        splitter.addWidget(self.details)
        splitter.setStretchFactor(0, 1)
        splitter.setStretchFactor(1, 3)
        self.add_button = QPushButton(tr("Add ..."))
        self.add_button.setToolTip(tr("Check a model file (.onnx) and keep a copy in your profile"))
        self.remove_button = QPushButton(tr("Remove"))
        self.default_button = QPushButton(tr("Set as default"))
        self.default_button.setToolTip(tr("Dialogs start with this model"))
        self.card_button = QPushButton(tr("Card"))
        self.card_button.setToolTip(tr("Open the model's card: training, validation, failures"))
        self.folder_button = QPushButton(tr("Folder"))
        self.folder_button.setToolTip(tr("Show where the file is"))
        # Two columns fit in a narrow dock.
        buttons = QGridLayout()
        for number, button in enumerate(
            (
                self.add_button,
                self.remove_button,
                self.default_button,
                self.folder_button,
                self.card_button,
            )
        ):
            buttons.addWidget(button, number // 2, number % 2)
        self.message = QLabel()
        self.message.setWordWrap(True)
        self.message.setVisible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.addWidget(splitter, 1)
        layout.addLayout(buttons)
        layout.addWidget(self.message)

        self.tree.currentItemChanged.connect(lambda *_: self._on_selected())
        self.add_button.clicked.connect(self._on_add)
        self.remove_button.clicked.connect(self._on_remove)
        self.default_button.clicked.connect(self._on_default)
        self.card_button.clicked.connect(self._on_card)
        self.folder_button.clicked.connect(self._on_folder)
        self.refresh()

    def refresh(self, select: str = "") -> None:
        """List the models again, e.g. after one was added or onnxruntime was installed."""
        current = self.selected()
        wanted = select or (current.name if current is not None else default_model())
        self.tree.blockSignals(True)
        self.tree.clear()
        preferred = default_model()
        for entry in model_entries():
            origin = tr("bundled") if entry.is_bundled else tr("your own")
            mark = "✓" if entry.name == preferred else ""
            item = QTreeWidgetItem([entry.name, origin, mark])
            item.setToolTip(0, str(entry.path))
            self.tree.addTopLevelItem(item)
            if entry.name == wanted:
                self.tree.setCurrentItem(item)
        if self.tree.currentItem() is None:
            self.tree.setCurrentItem(self.tree.topLevelItem(0))
        for column in range(3):
            self.tree.resizeColumnToContents(column)
        self.tree.blockSignals(False)
        self._on_selected()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Show the chosen model's description when the page is first shown."""
        super().showEvent(event)
        self._on_selected()

    def selected(self) -> Optional[ModelEntry]:
        """The model that is chosen in the list."""
        item = self.tree.currentItem()
        return None if item is None else find_model(item.text(0))

    def add_file(self, path: Path) -> None:
        """Check a model file in the background and copy it into the profile."""

        def work(progress: Progress) -> CheckedModel:
            return add_model(path)

        self._set_busy(True)
        self._say(tr("Checking {file} ...").format(file=path.name))
        title = tr("Checking model {file}").format(file=path.name)
        self._task = BackgroundTask(title, work, self._on_added, self._on_refused)
        self._task.start()

    def remove_selected(self) -> None:
        """Delete the chosen model's file from the profile."""
        entry = self.selected()
        if entry is None:
            return
        try:
            remove_model(entry.name)
        except LunarOxideError as error:
            self._say(str(error))
            return
        self._say(tr("{name} was removed.").format(name=entry.name))
        self.refresh(default_model())
        self.changed.emit()

    def _on_added(self, model: CheckedModel) -> None:
        self._set_busy(False)
        self._say(tr("{name} was checked and added.").format(name=model.entry.name))
        self.refresh(model.entry.name)
        self.changed.emit()

    def _on_refused(self, text: str) -> None:
        self._set_busy(False)
        self._say(text)

    def _on_selected(self) -> None:
        entry = self.selected()
        self.remove_button.setEnabled(entry is not None and not entry.is_bundled)
        self.default_button.setEnabled(entry is not None and entry.name != default_model())
        self.card_button.setEnabled(entry is not None and entry.card is not None)
        self.folder_button.setEnabled(entry is not None)
        if entry is None or not self.isVisible():
            # Opening a model loads onnxruntime, which would slow down QGIS's start.
            self.details.clear()
            return
        try:
            self.details.setHtml(model_html(self._open(entry)))
        except LunarOxideError as error:
            self.details.setPlainText(f"{error}\n\n{entry.path}")

    def _open(self, entry: ModelEntry) -> CheckedModel:
        try:
            key = (str(entry.path), entry.path.stat().st_mtime_ns)
        except OSError:
            return check_model(entry)  # raises an error that says what is wrong with the file
        if key not in self._checked:
            QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
            try:
                self._checked[key] = check_model(entry)
            finally:
                QApplication.restoreOverrideCursor()
        return self._checked[key]

    def _on_add(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self, tr("Model file"), str(Path.home()), tr("ONNX models (*.onnx)")
        )
        if path:
            self.add_file(Path(path))

    def _on_remove(self) -> None:
        entry = self.selected()
        if entry is None:
            return
        answer = QMessageBox.question(
            self,
            tr("Remove model"),
            tr("Delete {path}? Maps made with it stay.").format(path=entry.path),
        )
        if answer == QMessageBox.StandardButton.Yes:
            self.remove_selected()

    def _on_default(self) -> None:
        entry = self.selected()
        if entry is not None:
            save_preferences(replace(load_preferences(), default_model=entry.name))
            self.refresh()
            self.changed.emit()

    def _on_card(self) -> None:
        entry = self.selected()
        if entry is not None and entry.card is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(entry.card)))

    def _on_folder(self) -> None:
        entry = self.selected()
        if entry is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(entry.path.parent)))

    def _set_busy(self, busy: bool) -> None:
        self.add_button.setEnabled(not busy)
        if not busy:
            self._task = None

    def _say(self, text: str) -> None:
        self.message.setText(text)
        self.message.setVisible(bool(text))
