"""The row above the chart of spectra: what the axis shows, which curves are drawn, zoom."""

from __future__ import annotations

from typing import Any, Optional

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QSize, Qt
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QAction, QComboBox, QHBoxLayout, QMenu, QToolButton, QWidget

from ..core.probe.curves import LINE_ENDS_NM, CurveKind, CurveView
from ..core.translation import tr
from .pins import PinBoard
from .spectrum_chart import SpectrumChart

#: Wavelength in nm at which lunar spectra are usually normalised.
USUAL_NM = 750.0


class CurveBar(QWidget):
    """Chooses the view of a `SpectrumChart`, and hides and shows its curves.

    Parameters
    ----------
    chart : SpectrumChart
    board : PinBoard
        Its pins can be what others are divided by.
    parent : QWidget, optional
    """

    def __init__(
        self, chart: SpectrumChart, board: PinBoard, parent: Optional[QWidget] = None
    ) -> None:
        super().__init__(parent)
        self._chart = chart
        self._board = board
        self._reference: Optional[Any] = None
        self._wavelength_nm = USUAL_NM
        self.kinds = self._combo(tr("What the axis shows"), 9)
        hull = tr("Clark & Roush (1984): the highest straight lines over the spectrum")
        low, high = LINE_ENDS_NM
        line = tr("Straight line from {low} to {high} nm, as in the band depths").format(
            low=f"{low:g}", high=f"{high:g}"
        )
        for kind, text, tip in (
            (CurveKind.REFLECTANCE, tr("Reflectance"), ""),
            (CurveKind.NORMALISED, tr("Normalised at"), ""),
            (CurveKind.HULL, tr("Continuum removed (hull)"), hull),
            (CurveKind.LINE, tr("Continuum removed (line)"), line),
            (CurveKind.RATIO, tr("Ratio to"), tr("Divided by the spectrum of a pin")),
        ):
            self.kinds.addItem(text, kind.value)
            self.kinds.setItemData(self.kinds.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
        self.wavelengths = self._combo(tr("Wavelength where curves are 1"), 6)
        self.references = self._combo(tr("Pin to divide by"), 6)
        self.curves = self._button(tr("Curves"), "mActionShowAllLayers.svg")
        self.curves.setToolTip(tr("Hide or show curves (or click their names in the chart)"))
        self.curves.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu = QMenu(self.curves)
        self.menu.aboutToShow.connect(self.fill_menu)
        self.curves.setMenu(self.menu)
        self.whole = self._button(tr("Whole chart"), "mActionZoomFullExtent.svg")
        self.whole.setToolTip(
            tr("Show the whole chart. Zoom: wheel, or drag a box; move: arrow keys")
        )
        self.whole.setEnabled(False)
        self._lay_out()
        self.kinds.currentIndexChanged.connect(lambda *_: self._chosen())
        self.wavelengths.activated.connect(lambda *_: self._chosen())
        self.references.activated.connect(lambda *_: self._chosen())
        self.whole.clicked.connect(lambda *_: chart.zoom.reset())
        chart.zoom.changed.connect(self.whole.setEnabled)
        self.show_board()

    @property
    def kind(self) -> CurveKind:
        """The chosen view."""
        return CurveKind(self.kinds.currentData())

    def show_board(self) -> None:
        """Offer the wavelengths of the shown reading, and the pins; keep the choices."""
        self._fill_wavelengths()
        self._fill_references()
        self._apply()

    def fill_menu(self) -> None:
        """List the curves with their states."""
        self.menu.clear()
        for key, name in self._chart.entries():
            self._check(name, self._chart.is_visible(key)).toggled.connect(
                lambda on, key=key: self._chart.set_visible(key, on)
            )
        self.menu.addSeparator()
        self._check(tr("Range of the pixels of a box"), self._chart.with_spread).toggled.connect(
            self._chart.set_spread
        )

    def _check(self, text: str, checked: bool) -> QAction:
        action = self.menu.addAction(text.replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(checked)
        return action

    def _chosen(self) -> None:
        wavelength = self.wavelengths.currentData()
        if wavelength is not None:
            self._wavelength_nm = float(wavelength)
        place = self.references.currentIndex()
        pins = self._board.pins
        self._reference = pins[place].reading if 0 <= place < len(pins) else None
        self._apply()

    def _apply(self) -> None:
        kind = self.kind
        self.wavelengths.setVisible(kind is CurveKind.NORMALISED)
        self.references.setVisible(kind is CurveKind.RATIO)
        view = CurveView(kind)
        if kind is CurveKind.NORMALISED:
            view = CurveView(kind, wavelength_nm=self._wavelength_nm)
        elif kind is CurveKind.RATIO:
            view = CurveView(
                kind, reference=self._reference, reference_name=self.references.currentText()
            )
        self._chart.set_view(view)

    def _fill_wavelengths(self) -> None:
        leader = self._board.shown or next(iter(self._board.pins), None)
        if leader is None or not leader.reading.has_wavelengths:
            return
        centres = leader.reading.wavelengths_nm
        if [self.wavelengths.itemData(i) for i in range(self.wavelengths.count())] != [*centres]:
            self.wavelengths.clear()
            for centre in centres:
                self.wavelengths.addItem(f"{centre:g} nm", centre)
        nearest = min(centres, key=lambda centre: abs(centre - self._wavelength_nm))
        self._wavelength_nm = nearest
        self.wavelengths.setCurrentIndex(centres.index(nearest))

    def _fill_references(self) -> None:
        pins = self._board.pins
        self.references.clear()
        for pin in pins:
            self.references.addItem(pin.name)
        readings = [pin.reading for pin in pins]
        places = [i for i, reading in enumerate(readings) if reading is self._reference]
        if places:
            self.references.setCurrentIndex(places[0])
        else:
            self._reference = readings[0] if readings else None
        ratio = self.kinds.findData(CurveKind.RATIO.value)
        self.kinds.model().item(ratio).setEnabled(bool(pins))
        if not pins and self.kind is CurveKind.RATIO:
            self.kinds.blockSignals(True)
            self.kinds.setCurrentIndex(0)
            self.kinds.blockSignals(False)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.kinds, 3)
        row.addWidget(self.wavelengths, 2)
        row.addWidget(self.references, 2)
        row.addStretch(1)
        row.addWidget(self.curves)
        row.addWidget(self.whole)

    def _combo(self, name: str, letters: int) -> QComboBox:
        box = QComboBox(self)
        box.setAccessibleName(name)
        box.setToolTip(name)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(letters)
        return box

    def _button(self, name: str, icon: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(name)
        button.setAccessibleName(name)
        button.setIcon(QIcon(QgsApplication.getThemeIcon(f"/{icon}")))
        button.setIconSize(QSize(16, 16))
        return button
