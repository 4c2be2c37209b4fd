"""The dialog that installs Python packages, and shows version, size, source and folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Callable, List, Optional

from osgeo import gdal
from qgis.core import Qgis, QgsProjUtils
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ..algorithms.preferences import load_preferences
from ..core.errors import LunarOxideError
from ..core.installer.diagnostics import diagnostics
from ..core.installer.installation import (
    Installed,
    InstallPlan,
    install,
    plan_from_file,
    plan_from_index,
)
from ..core.installer.packages import (
    PACKAGES,
    Package,
    installed_packages,
    missing_packages,
    remove_package,
)
from ..core.profile import packages_folder
from ..core.progress import Progress
from ..core.translation import tr
from .background import BackgroundTask
from .network import QgisNetwork


class PackagesDialog(QDialog):
    """Installs, replaces and removes the packages of the profile.

    Parameters
    ----------
    parent : QWidget, optional
    """

    changed = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("LunarOxidePackages")
        self.setWindowTitle(tr("Lunar Oxide: Python packages"))
        self.setMinimumWidth(520)
        self._task: Optional[BackgroundTask] = None
        self._plan: Optional[InstallPlan] = None
        self._last_error = ""

        self.choice = QComboBox()
        for package in PACKAGES:
            self.choice.addItem(package.name, package)
        self.state = _wrapped()
        self.what = _wrapped()
        self.size = _wrapped()
        self.source = _wrapped()
        self.where = _wrapped()
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(tr("Package"), self.choice)
        form.addRow(tr("State"), self.state)
        form.addRow(tr("To be installed"), self.what)
        form.addRow(tr("Size"), self.size)
        form.addRow(tr("From"), self.source)
        form.addRow(tr("Into"), self.where)

        promise = _wrapped(
            tr(
                "Only these files are installed, into your QGIS profile. What QGIS brings (numpy, "
                "GDAL, PROJ ...) is never changed. The package is tried in a separate Python "
                "first; if it does not work, everything stays as it is."
            )
        )
        self.bar = QProgressBar()
        self.bar.setVisible(False)
        self.message = _wrapped()

        self.install_button = QPushButton(tr("Install"))
        self.install_button.setDefault(True)
        self.file_button = QPushButton(tr("From wheel file ..."))
        self.remove_button = QPushButton(tr("Remove"))
        self.cancel_button = QPushButton(tr("Stop"))
        self.copy_button = QPushButton(tr("Copy diagnostics"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        actions = QHBoxLayout()
        for button in (
            self.install_button,
            self.file_button,
            self.remove_button,
            self.cancel_button,
        ):
            actions.addWidget(button)
        actions.addStretch(1)
        bottom = QHBoxLayout()
        bottom.addWidget(self.copy_button)
        bottom.addWidget(buttons)

        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(promise)
        layout.addLayout(actions)
        layout.addWidget(self.bar)
        layout.addWidget(self.message)
        layout.addStretch(1)
        layout.addLayout(bottom)

        self.choice.currentIndexChanged.connect(self._on_choice)
        self.install_button.clicked.connect(self._on_install)
        self.file_button.clicked.connect(self._on_file)
        self.remove_button.clicked.connect(self._on_remove)
        self.cancel_button.clicked.connect(self.stop)
        self.copy_button.clicked.connect(self._on_copy)
        buttons.rejected.connect(self.reject)

        missing = missing_packages()
        if missing:
            self.choice.setCurrentIndex(PACKAGES.index(missing[0]))
        self._on_choice()

    def package(self) -> Package:
        """The package that is chosen."""
        chosen: Package = PACKAGES[self.choice.currentIndex()]
        return chosen

    def stop(self) -> None:
        """Cancel what is running."""
        if self._task is not None:
            self._task.cancel()

    def reject(self) -> None:
        """Close; what is running is stopped."""
        self.stop()
        super().reject()

    def plan_with_file(self, path: Path) -> None:
        """Show the effect of installing a wheel file, and install it on the next click."""
        try:
            plan = plan_from_file(self.package(), path)
        except LunarOxideError as error:
            self._show_error(str(error))
            return
        self._show_plan(plan)

    def _on_choice(self) -> None:
        """Look up what would be installed, unless the package is installed."""
        self.stop()
        self._show_plan(None)
        self.message.clear()
        self._show_state()
        if self.package() in missing_packages():
            self._look_up()

    def _look_up(self) -> None:
        package = self.package()
        index = load_preferences().package_index
        self.what.setText(tr("Asking {index} ...").format(index=index))

        def work(progress: Progress) -> InstallPlan:
            return plan_from_index(package, QgisNetwork(), progress, index)

        self._begin(tr("Looking up {package}").format(package=package.name), work, self._show_plan)

    def _on_install(self) -> None:
        plan = self._plan
        if plan is None:
            self._look_up()
            return

        def work(progress: Progress) -> Installed:
            return install(plan, QgisNetwork(), progress)

        title = tr("Installing {package}").format(package=plan.package.name)
        self._begin(title, work, self._on_installed)

    def _on_installed(self, installed: Installed) -> None:
        text = tr("{package} {version} works and is ready.").format(
            package=installed.name, version=installed.version
        )
        if installed.needs_restart:
            text += " " + tr("Restart QGIS to use it in place of the one loaded before.")
        self._show_plan(None)
        self._show_state()
        self._say(text)
        self.changed.emit()

    def _on_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self,
            tr("Wheel file of {package}").format(package=self.package().name),
            str(Path.home()),
            tr("Python wheels (*.whl)"),
        )
        if path:
            self.plan_with_file(Path(path))

    def _on_remove(self) -> None:
        name = self.package().name
        try:
            folder = remove_package(name)
        except OSError as error:
            self._show_error(
                tr("{package} cannot be removed ({reason}): restart QGIS and try again.").format(
                    package=name, reason=error.strerror or error
                )
            )
            return
        self._show_state()
        if folder is not None:
            self._say(tr("Removed {folder}. Restart QGIS to be rid of it.").format(folder=folder))
        self.changed.emit()

    def _on_copy(self) -> None:
        more = [
            f"QGIS {Qgis.QGIS_VERSION}",
            f"GDAL {gdal.__version__}",
            f"PROJ {QgsProjUtils.projVersionMajor()}.{QgsProjUtils.projVersionMinor()}",
            f"Last error: {self._last_error or 'none'}",
        ]
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            QApplication.clipboard().setText(diagnostics(more))
        finally:
            QApplication.restoreOverrideCursor()
        self._say(tr("The diagnostics are in the clipboard."))

    def _begin(
        self, title: str, work: Callable[[Progress], Any], done: Callable[[Any], None]
    ) -> None:
        self.stop()

        def end(then: Callable[[Any], None], value: Any) -> None:
            if self._task is not task:
                return  # another package was chosen meanwhile
            self._task = None
            self._set_busy(False)
            then(value)

        task = BackgroundTask(
            title,
            work,
            lambda result: end(done, result),
            lambda text: end(self._show_error, text),
        )
        task.told.connect(self._say)
        task.progressChanged.connect(lambda percent: self.bar.setValue(round(percent)))
        self._task = task
        self._set_busy(True)
        task.start()

    def _set_busy(self, busy: bool) -> None:
        self.bar.setValue(0)
        self.bar.setVisible(busy)
        self.cancel_button.setVisible(busy)
        for widget in (self.choice, self.install_button, self.file_button, self.remove_button):
            widget.setEnabled(not busy)
        if not busy:
            self._show_state()

    def _show_plan(self, plan: Optional[InstallPlan]) -> None:
        self._plan = plan
        if plan is None:
            for label in (self.what, self.size, self.source):
                label.setText("-")
            self.where.setText(str(packages_folder() or "-"))
            return
        self.what.setText("\n".join(wheel.file_name for wheel in plan.wheels))
        size = plan.size
        self.size.setText(
            tr("not told by the index")
            if size is None
            else tr("{size} MB").format(size=f"{size / 1e6:.1f}")
        )
        self.source.setText("\n".join(_origin(wheel.source) for wheel in plan.wheels))
        self.where.setText(str(plan.folder))
        self.install_button.setFocus()

    def _show_state(self) -> None:
        package = self.package()
        own: List[str] = [
            tr("{version}, in your profile").format(version=item.version)
            for item in installed_packages()
            if item.name == package.name
        ]
        missing = package in missing_packages()
        if own:
            self.state.setText(own[0])
        elif missing:
            self.state.setText(tr("missing: QGIS's Python does not have it"))
        else:
            self.state.setText(tr("there: QGIS's own Python has it; nothing to install"))
        self.remove_button.setVisible(bool(own))
        busy = self._task is not None
        self.install_button.setEnabled((missing or self._plan is not None) and not busy)
        self.cancel_button.setVisible(busy)

    def _say(self, text: str) -> None:
        self.message.setStyleSheet("")
        self.message.setText(text)

    def _show_error(self, text: str) -> None:
        self._last_error = text
        if self._plan is None:
            self.what.setText("-")
        # Readable in light and dark themes.
        self.message.setStyleSheet("color: #d0402b; font-weight: bold;")
        self.message.setText(text)


def _origin(source: str) -> str:
    return source if "://" not in source else source.rsplit("/", 1)[0].split("/packages/")[0]


def _wrapped(text: str = "") -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
