"""Choices of the dialogs in the user's language: scripts, models and the history keep the keys.

Processing imports this by the metadata of parameters (`algorithms.choice_parameter`) when it shows
a dialog.
"""

from __future__ import annotations

from typing import Any, Sequence

from processing.gui.wrappers import WidgetWrapper
from qgis.core import QgsProcessingParameterEnum
from qgis.gui import QgsGui
from qgis.PyQt.QtWidgets import QComboBox


class ChoiceWrapper(WidgetWrapper):
    """A list that shows texts, whose value is the key of the text.

    The dialog of a model gets QGIS's own list, which also offers the model's inputs.
    """

    def __new__(
        cls, parameter: QgsProcessingParameterEnum, dialog: Any, *places: int, **options: Any
    ) -> Any:
        """The list, or QGIS's own for the dialog of a model."""
        if type(dialog).__name__ != "ModelerParametersDialog":
            return super().__new__(cls)
        widget = QgsGui.processingGuiRegistry().createModelerParameterWidget(
            dialog.model, dialog.childId, parameter, dialog.context
        )
        widget.setDialog(dialog)
        return widget

    def createWidget(self, texts: Sequence[str] = ()) -> QComboBox:  # noqa: N802 - QGIS's name
        """The list."""
        self.list = QComboBox()
        # A long text must not make the dialog wider.
        self.list.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        for key, text in zip(self.parameterDefinition().options(), texts):
            self.list.addItem(text, key)
        self.list.currentIndexChanged.connect(self._on_chosen)
        return self.list

    def setValue(self, value: Any) -> None:  # noqa: N802 - QGIS's name
        """Show a key, or the key at a number as scripts may give it."""
        place = self.list.findData(str(value))
        if place < 0 and str(value).isdigit() and int(value) < self.list.count():
            place = int(value)
        if place >= 0:
            self.list.setCurrentIndex(place)

    def value(self) -> Any:
        """The chosen key."""
        return self.list.currentData()

    def _on_chosen(self, *_: Any) -> None:
        self.widgetValueHasChanged.emit(self)
