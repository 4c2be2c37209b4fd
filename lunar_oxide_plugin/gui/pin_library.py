"""Save pins as a spectral library or table, and open spectra as pins."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Callable, List, Optional, Sequence, Tuple

from qgis.core import QgsApplication, QgsCoordinateReferenceSystem, QgsProcessingException
from qgis.PyQt.QtCore import QSize, pyqtSignal
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QFileDialog, QMenu, QToolButton, QWidget

from ..algorithms.base import user_errors
from ..algorithms.site_layers import moon_geographic_crs
from ..core.files import inputs_of_run
from ..core.libraries.library import Spectrum
from ..core.probe.reading import FlagShare, PixelArea, SpectrumReading, Spread
from ..core.rasters.quality import FLAGS
from ..core.translation import tr, tr_message
from .pins import Pin, PinBoard
from .reading_markers import Points

if TYPE_CHECKING:
    from ..core.libraries.spectra_prediction import SpectraPrediction

#: Most spectra that are opened as pins; larger libraries are for 'Predict spectra'.
MOST_PINS = 200


class PinLibrary(QToolButton):
    """A button with a menu: open spectra as pins, save pins as a spectral library.

    Parameters
    ----------
    board : PinBoard
    parent : QWidget

    Signals
    -------
    said(str)
        What was done, or why it was not, for the user.
    """

    said = pyqtSignal(str)

    def __init__(self, board: PinBoard, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._board = board
        #: Gives the path of the model that predicts opened spectra.
        self.model: Callable[[], str] = str
        self.setText(tr("Spectral library"))
        self.setAccessibleName(self.text())
        self.setToolTip(tr("Open spectra as pins, or save the pins as a spectral library"))
        self.setIcon(QIcon(QgsApplication.getThemeIcon("/mActionFileOpen.svg")))
        self.setIconSize(QSize(16, 16))
        menu = QMenu(self)
        menu.addAction(tr("Open spectra ..."), self.ask_open)
        self._save = menu.addAction(tr("Save as spectral library ..."), self.ask_save)
        menu.aboutToShow.connect(lambda: self._save.setEnabled(bool(board.everything())))
        self.setMenu(menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    def ask_open(self) -> None:
        """Ask for a file of spectra, and open it."""
        path, _ = QFileDialog.getOpenFileName(
            self,
            tr("Open spectra"),
            "",
            tr("Spectra (*.sli *.hdr *.csv *.txt *.tab *.tsv *.asc *.dat);;All files (*)"),
        )
        if path:
            self.open(path)

    def ask_save(self) -> None:
        """Ask where to save the pins, and save them."""
        path, _ = QFileDialog.getSaveFileName(
            self,
            tr("Save as spectral library"),
            "spectra.sli",
            tr("ENVI spectral libraries (*.sli);;Tables (*.csv)"),
        )
        if path:
            self.save(path if Path(path).suffix else path + ".sli")

    def save(self, path: str) -> None:
        """Write the readings as a spectral library (.sli) or a table (.csv)."""
        from ..core.libraries.reading import write_library
        from .spectrum_page import rasters_shown

        spectra = [spectrum_of_pin(pin) for pin in self._board.everything()]
        try:
            with user_errors(), inputs_of_run(rasters_shown):
                write_library(spectra, path, "Lunar Oxide, spectra of the Moon")
        except QgsProcessingException as error:
            self.said.emit(str(error))
            return
        self.said.emit(tr("{count} spectra saved.").format(count=len(spectra)))

    def open(self, path: str) -> None:
        """Predict the spectra of a file with the current model, and pin them."""
        from ..core.libraries.convolution import FilterShape
        from ..core.libraries.reading import read_library
        from ..core.libraries.spectra_prediction import predict_spectra
        from ..core.models.oxide_model import OxideModel
        from ..core.progress import SilentProgress

        try:
            with user_errors():
                library = read_library(path)
                if len(library.spectra) > MOST_PINS:
                    raise QgsProcessingException(
                        tr(
                            "{name} holds {count} spectra, more than fit on a chart ({most}): use "
                            "'Predict spectra' in the toolbox."
                        ).format(name=library.where, count=len(library.spectra), most=MOST_PINS)
                    )
                model = OxideModel(Path(self.model()))
                result = predict_spectra(library, model, FilterShape.GAUSSIAN, SilentProgress())
        except QgsProcessingException as error:
            self.said.emit(str(error))
            return
        self._board.add_all(pins_of(result))
        text = tr("{valid} of {total} spectra of {name} pinned.").format(
            valid=result.count, total=len(result.spectra), name=result.where
        )
        self.said.emit(" ".join([text, *(tr_message(doubt) for doubt in result.doubts)]))


def spectrum_of_pin(pin: Pin) -> Spectrum:
    """A pin as a spectrum of a library: the median of its pixels.

    Parameters
    ----------
    pin : Pin

    Returns
    -------
    Spectrum
    """
    import numpy as np

    from ..core.libraries.library import spectrum_of

    reading, nan = pin.reading, math.nan
    place = (reading.area.longitude_deg, reading.area.latitude_deg)
    return spectrum_of(
        pin.name,
        np.array(reading.wavelengths_nm, dtype=np.float64),
        np.array([spread.median for spread in reading.reflectance], dtype=np.float64),
        *(nan if value is None else value for value in place),
    )


def pins_of(
    result: SpectraPrediction,
) -> Tuple[Tuple[str, SpectrumReading, Points, QgsCoordinateReferenceSystem], ...]:
    """Predicted spectra as names, readings and places for `PinBoard.add_all`.

    Parameters
    ----------
    result : SpectraPrediction

    Returns
    -------
    tuple
        Without spectra that have no prediction.
    """
    layout = result.layout
    found: List[Tuple[str, SpectrumReading, Points, QgsCoordinateReferenceSystem]] = []
    for place, spectrum in enumerate(result.spectra):
        if result.reasons[place]:
            continue
        values = result.values[:, place]
        rows = layout.sigma_rows
        x, y = spectrum.longitude_deg, spectrum.latitude_deg
        reading = SpectrumReading(
            raster_name=result.where,
            model_title=result.model_title,
            # No pixels of a raster.
            area=PixelArea(
                0, 0, 0, 0, x, y,
                x if spectrum.has_place else None, y if spectrum.has_place else None,
            ),
            n_valid=1,
            n_read=1,
            bands=result.bands,
            reflectance=_alone(result.reflectance[:, place].tolist()),
            oxides=layout.oxides,
            oxides_wt=_alone(values[layout.oxide_rows].tolist()),
            sigma_wt=tuple(
                [math.nan] * len(layout.oxides) if rows is None else values[rows].tolist()
            ),
            domain_distance=math.nan
            if layout.domain_row is None
            else float(values[layout.domain_row]),
            flags=tuple(FlagShare(f, 1.0) for f in FLAGS if int(result.flags[place]) & f.bit),
            nearest=(),
            nearest_note="",
            data_origin="",
        )  # fmt: skip
        points: Points = ((x, y),) if spectrum.has_place else ()
        found.append((spectrum.name, reading, points, moon_geographic_crs()))
    return tuple(found)


def _alone(values: Sequence[float]) -> Tuple[Spread, ...]:
    return tuple(Spread(value, value, value) for value in values)
