"""What all live maps of this QGIS share: open rasters and models, tiles, threads, and messages."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Iterator, Optional, Tuple

from qgis.PyQt.QtCore import QObject, pyqtSignal

from ...core.chemistry.layout import PredictionLayout
from ...core.moon.rasterio_loading import load_rasterio

if TYPE_CHECKING:
    from ...core.live.live_source import LiveSources
    from ...core.live.workers import Workers


#: Seconds to wait, when the plugin is unloaded, for a drawing or a read that hangs.
PATIENCE_S = 5.0


@dataclass(frozen=True)
class LiveReport:
    """What a drawing of a live map found.

    Attributes
    ----------
    problem : str
        Why there is no picture, one sentence; empty if there is one.
    layout : PredictionLayout, or None
        Of the model's predictions.
    model_title : str
    factor : int
        Raster pixels along the side of one pixel that was read; 0 if nothing was.
    detail : str
        A value of `core.live.levels.Detail`.
    overviews : tuple of int
        Factors of the raster's overviews.
    crs_wkt : str
        Of the raster.
    bounds : (xmin, ymin, xmax, ymax), or None
        Of the raster, at its true position.
    transform, drawn_transform : (a, b, c, d, e, f), or None
        Of the raster's pixels: the true one, and that of GDAL and QGIS.
    tells_little : tuple of str
        Keys of the oxides whose map tells little at a new place.
    doubts : tuple of str
        What speaks against the raster, one sentence each.
    """

    problem: str = ""
    layout: Optional[PredictionLayout] = None
    model_title: str = ""
    factor: int = 0
    detail: str = ""
    overviews: Tuple[int, ...] = ()
    crs_wkt: str = ""
    bounds: Optional[Tuple[float, float, float, float]] = None
    transform: Optional[Tuple[float, ...]] = None
    drawn_transform: Optional[Tuple[float, ...]] = None
    tells_little: Tuple[str, ...] = ()
    doubts: Tuple[str, ...] = ()


class LiveRelay(QObject):
    """Passes reports from the threads that draw to the window's thread.

    Signals
    -------
    reported(str, LiveReport)
        The layer's id, and what a drawing of it found.
    """

    reported = pyqtSignal(str, object)


class LiveEngine:
    """Open rasters and models, predicted tiles, and the threads that make them."""

    def __init__(self) -> None:
        self.relay = LiveRelay()
        self._lock = threading.Lock()
        self._sources: Optional[LiveSources] = None
        self._workers: Optional[Workers] = None
        self._ended = threading.Condition()
        self._drawings = 0

    @contextmanager
    def drawing(self) -> Iterator[None]:
        """Count the ``with`` block as a drawing, for which `close` waits."""
        with self._ended:
            self._drawings += 1
        try:
            yield
        finally:
            with self._ended:
                self._drawings -= 1
                self._ended.notify_all()

    def parts(self) -> Tuple[LiveSources, Workers]:
        """The sources and the workers; call it on a thread that may wait.

        Returns
        -------
        (LiveSources, Workers)

        Raises
        ------
        ImportError
            If rasterio cannot be imported.
        """
        load_rasterio()
        with self._lock:
            if self._sources is None or self._workers is None:
                # Imported here: rasterio and onnxruntime are not needed before the first view.
                from ...core.live.live_source import LiveSources
                from ...core.live.tile_cache import TileCache
                from ...core.live.workers import Workers

                self._sources = LiveSources(TileCache())
                self._workers = Workers()
            return self._sources, self._workers

    def let_go(self) -> None:
        """Close the rasters, so that their files can be replaced."""
        if self._sources is not None:
            self._sources.let_go()

    def close(self) -> None:
        """Close everything, after the drawings have ended; it opens again when it is needed.

        QGIS may end Python next, and threads that still use it would crash then.
        """
        with self._ended:
            self._ended.wait_for(lambda: not self._drawings, PATIENCE_S)
        with self._lock:
            sources, self._sources = self._sources, None
            workers, self._workers = self._workers, None
        if workers is not None:
            workers.stop(PATIENCE_S)
        if sources is not None:
            sources.close()


_engine: Optional[LiveEngine] = None


def engine() -> LiveEngine:
    """The one engine; first called on the window's thread, which then gets the reports."""
    global _engine
    if _engine is None:
        _engine = LiveEngine()
    return _engine
