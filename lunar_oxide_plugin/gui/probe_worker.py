"""A thread that keeps raster and model open, reads spectra and predicts from them."""

from __future__ import annotations

import queue
import threading
import traceback
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Callable, Optional, Tuple

from qgis.core import Qgis, QgsMessageLog
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ..core.errors import LunarOxideError
from ..core.files import file_state
from ..core.moon.rasterio_loading import load_rasterio
from ..core.probe.reading import ProbeSource, SpectrumReading
from ..core.probe.suitability import RasterFit
from ..core.translation import tr

if TYPE_CHECKING:
    from ..core.probe.raster_probe import Probe

#: Seconds to wait on unload for a read that hangs, e.g. on a lost network drive.
PATIENCE_S = 2.0


@dataclass(frozen=True)
class PlaceRequest:
    """A request for a reading.

    Attributes
    ----------
    number : int
        Increases with each request; answers to older requests are ignored.
    source : ProbeSource
    points : tuple of (x, y)
        In the raster's CRS: one for a pixel, a ring's corners for an area.
    """

    number: int
    source: ProbeSource
    points: Tuple[Tuple[float, float], ...]


class ProbeWorker(QObject):
    """Answers the latest request of each kind on another thread.

    Signals
    -------
    fit_ready(ProbeSource, RasterFit)
    reading_ready(PlaceRequest, SpectrumReading)
    reading_failed(PlaceRequest, str)
    """

    fit_ready = pyqtSignal(object, object)
    reading_ready = pyqtSignal(object, object)
    reading_failed = pyqtSignal(object, str)

    def __init__(self, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._questions: queue.Queue[Optional[Callable[[], None]]] = queue.Queue()
        self._latest_fit: Optional[ProbeSource] = None
        self._latest_place = 0
        self._kept = _KeptProbe()
        self._stopped = False
        self._thread = threading.Thread(target=self._work, name="lunar-oxide-probe", daemon=True)
        self._thread.start()

    def ask_fit(self, source: ProbeSource) -> None:
        """Request a check whether a raster fits a model; `fit_ready` gives the result."""
        self._latest_fit = source
        self._questions.put(lambda: self._answer_fit(source))

    def ask_place(self, request: PlaceRequest) -> None:
        """Request a reading; `reading_ready` or `reading_failed` gives the result."""
        self._latest_place = request.number
        self._questions.put(lambda: self._answer_place(request))

    def let_go(self) -> None:
        """Close the open raster, so that its file can be replaced."""
        self._questions.put(self._kept.close)

    def stop(self) -> None:
        """End the thread; nothing is emitted afterwards."""
        self._stopped = True
        self._questions.put(None)
        self._thread.join(PATIENCE_S)

    def _work(self) -> None:
        while True:
            question = self._questions.get()
            if question is None or self._stopped:
                break
            # The object that owns the signals may have been deleted meanwhile.
            with suppress(RuntimeError):
                question()
        self._kept.close()

    def _answer_fit(self, source: ProbeSource) -> None:
        if source != self._latest_fit:
            return
        try:
            fit = self._kept.get(source).fit()
        except LunarOxideError as error:
            fit = RasterFit.refused(error)
        except Exception as error:  # the thread must live on; the cause goes to the log
            fit = RasterFit.refused(LunarOxideError(_unexpected(error)))
        if not self._stopped:
            self.fit_ready.emit(source, fit)

    def _answer_place(self, request: PlaceRequest) -> None:
        if request.number != self._latest_place:
            return
        try:
            reading = self._read(request)
        except LunarOxideError as error:
            if not self._stopped:
                self.reading_failed.emit(request, str(error))
            return
        except Exception as error:  # the thread must live on; the cause goes to the log
            if not self._stopped:
                self.reading_failed.emit(request, _unexpected(error))
            return
        if not self._stopped:
            self.reading_ready.emit(request, reading)

    def _read(self, request: PlaceRequest) -> SpectrumReading:
        probe = self._kept.get(request.source)
        if len(request.points) == 1:
            return probe.at(*request.points[0])
        return probe.within(request.points)


class _KeptProbe:
    """The probe used last, opened anew when its files change."""

    def __init__(self) -> None:
        self._key: Optional[Tuple[object, ...]] = None
        self._probe: Optional[Probe] = None

    def get(self, source: ProbeSource) -> Probe:
        # Imported here: rasterio and onnxruntime are not needed before the first request.
        load_rasterio()
        from ..core.probe.raster_probe import Probe

        key = (source, file_state(source.raster.path), file_state(source.model))
        if self._probe is None or key != self._key:
            self.close()
            self._probe = Probe(source)
            self._key = key
        return self._probe

    def close(self) -> None:
        if self._probe is not None:
            self._probe.close()
        self._probe = None
        self._key = None


def _unexpected(error: Exception) -> str:
    QgsMessageLog.logMessage(traceback.format_exc(), "Lunar Oxide", Qgis.MessageLevel.Critical)
    if isinstance(error, ImportError):
        package = (error.name or "").split(".")[0] or str(error)
        text = tr(
            "Lunar Oxide needs the Python package {package}, which QGIS's Python cannot import: "
            "install it and restart QGIS."
        )
        return text.format(package=package)
    text = tr("Something unforeseen went wrong ({error}); the log 'Lunar Oxide' has the details.")
    return text.format(error=f"{type(error).__name__}: {error}")
