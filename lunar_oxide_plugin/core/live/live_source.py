"""A raster and a model, open for the tiles of a live map."""

from __future__ import annotations

import itertools
import threading
from collections import OrderedDict
from contextlib import contextmanager
from pathlib import Path
from typing import Callable, Dict, Hashable, Iterator, List, Optional, Tuple

from rasterio.windows import Window

from ..chemistry.layout import PredictionLayout
from ..closing import Closing
from ..errors import RasterError
from ..files import file_state
from ..models.oxide_model import OxideModel
from ..moon import lunar_crs
from ..prediction.plan import choose_bands, predict_block
from ..rasters.bands import BandMapping
from ..rasters.grid import require_georeference
from ..rasters.opening import open_raster
from ..rasters.quality import NO_DATA
from ..rasters.raster_info import RasterInfo
from ..rasters.raster_input import RasterInput
from ..rasters.raster_source import RasterSource
from ..rasters.reflectance_check import judge_blocks, judge_raster
from ..sites.station_levels import doubt_at_stations
from ..sites.station_shapes import doubt_of_shape
from .levels import Level, Storage, storage_of
from .tile_cache import LiveTile, TileCache

#: Bytes of a block beyond which each look at a raster would take seconds.
MOST_BLOCK_BYTES = 256_000_000

#: Pairs of raster and model that stay open.
MOST_SOURCES = 4

_numbers = itertools.count()


class LiveSource(Closing):
    """Predicts tiles of a raster. Thread-safe.

    Parameters
    ----------
    raster : RasterInput
        Its bands are in the model's order.
    model : OxideModel
    cache : TileCache

    Attributes
    ----------
    info : RasterInfo
    mapping : BandMapping
        Bands of the raster that the model takes.
    layout : PredictionLayout
        Of the tiles.
    storage : Storage
    doubts : tuple of str
        What speaks against the raster, one sentence each.

    Raises
    ------
    LunarOxideError
        In the cases in which 'Predict oxides' refuses raster and model, and where the raster has
        no place on the Moon or is stored in blocks too large for a live map.
    """

    def __init__(self, raster: RasterInput, model: OxideModel, cache: TileCache) -> None:
        self.raster = raster
        self.model = model
        self._cache = cache
        self._number = next(_numbers)
        self._idle: List[RasterSource] = []
        self._closed = False
        self._lock = threading.Lock()
        source = RasterSource(raster)
        try:
            self.info: RasterInfo = source.info
            lunar_crs.require_moon(self.info.crs_wkt, f"The raster {self.info.name}")
            require_georeference(self.info.crs_wkt, self.info.transform, self.info.name)
            self.mapping: BandMapping = choose_bands(model, self.info, raster.bands)
            source.require_reflectance(self.mapping.numbers)
            with open_raster(raster) as dataset:
                self.storage: Storage = storage_of(dataset, self.mapping.numbers)
            size = self.storage.rows * self.storage.columns * self.storage.bytes_a_pixel
            if size > MOST_BLOCK_BYTES:
                raise RasterError(
                    f"{self.info.name} is stored in blocks of {size / 1e6:.0f} MB, too large for a "
                    "live map: convert it to a tiled GeoTIFF, or run 'Predict oxides'."
                )
            judgement = judge_raster(source, self.mapping)
        except BaseException:
            source.close()
            raise
        bands = [match.wanted for match in self.mapping.matches]
        shape = doubt_of_shape(judgement.spectra, bands, source.info.name)
        doubts = (*judgement.doubts, shape, doubt_at_stations(source, self.mapping))
        notes = (self.mapping.assumption, *self.info.notes, *doubts)
        self.doubts: Tuple[str, ...] = tuple(filter(None, notes))
        self._judged = judgement.judged > 0
        self._idle.append(source)

    @property
    def layout(self) -> PredictionLayout:
        """Layout of the tiles' bands."""
        return self.model.outputs

    def close(self) -> None:
        """Close the raster; handles in use are closed after their use."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for source in idle:
            source.close()

    def known(self, level: Level, row: int, column: int) -> Optional[LiveTile]:
        """A tile, if it is in the cache.

        Parameters
        ----------
        level : Level
        row, column : int
            Counted in tiles of the level.

        Returns
        -------
        LiveTile or None
        """
        return self._cache.get(self._key(level, row, column))

    def tile(self, level: Level, row: int, column: int, check: Callable[[], None]) -> LiveTile:
        """A tile, from the cache or read and predicted.

        Parameters
        ----------
        level : Level
        row, column : int
            Counted in tiles of the level.
        check : callable
            Called every few milliseconds of computation and before each band is read; may raise
            to stop.

        Returns
        -------
        LiveTile
            Of the level's side, smaller at the raster's edges.

        Raises
        ------
        LunarOxideError
            If the pixels cannot be read, or are no reflectance.
        """
        tile = self.known(level, row, column)
        if tile is None:
            check()
            tile = self._predicted(level, row, column, check)
            self._cache.put(self._key(level, row, column), tile)
        return tile

    def _predicted(
        self, level: Level, row: int, column: int, check: Callable[[], None]
    ) -> LiveTile:
        window, shape = self._window(level, row, column)
        with self._open() as source:
            block = source.read(self.mapping, window, shape, check)
        if not self._judged:
            judgement = judge_blocks([block], self.mapping, self.info)
            self._judged = judgement.judged > 0
        if not block.valid.any():
            empty = bool((block.flags == NO_DATA.bit).all())
            if empty:
                return LiveTile(None, None)
        found = predict_block(self.model, block, check)
        return LiveTile(found.bands, found.flags)

    def _window(
        self, level: Level, row: int, column: int
    ) -> Tuple[Window, Optional[Tuple[int, int]]]:
        """The tile's pixels of the raster, and the number of rows and columns to read of them."""
        rows, height = _span(row, level, self.info.height)
        columns, width = _span(column, level, self.info.width)
        # Whole pixels of the level, so that they lie at even steps also at the raster's edge.
        window = Window(
            column * level.span, row * level.span, min(width, columns * level.factor),
            min(height, rows * level.factor),
        )  # fmt: skip
        return window, None if level.factor == 1 else (rows, columns)

    def _key(self, level: Level, row: int, column: int) -> Hashable:
        return self._number, level.factor, level.side, row, column

    @contextmanager
    def _open(self) -> Iterator[RasterSource]:
        """A handle of the raster that no other thread uses."""
        with self._lock:
            source = self._idle.pop() if self._idle else None
        if source is None:
            source = RasterSource(self.raster)
        try:
            yield source
        finally:
            with self._lock:
                keep = not self._closed
                if keep:
                    self._idle.append(source)
            if not keep:
                source.close()


def _span(place: int, level: Level, length: int) -> Tuple[int, int]:
    """Pixels of the level and of the raster in a tile along an axis."""
    rest = min(level.span, length - place * level.span)
    return max(1, rest // level.factor), rest


class LiveSources(Closing):
    """Open pairs of raster and model, opened anew when their files change. Thread-safe.

    Parameters
    ----------
    cache : TileCache
        For the tiles of all.
    """

    def __init__(self, cache: TileCache) -> None:
        self.cache = cache
        self._open: OrderedDict[Tuple[RasterInput, str], Tuple[object, LiveSource]] = OrderedDict()
        self._gates: Dict[Tuple[RasterInput, str], threading.Lock] = {}
        self._models: OrderedDict[Tuple[str, object], OxideModel] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, raster: RasterInput, model: str) -> LiveSource:
        """The open raster and model.

        Parameters
        ----------
        raster : RasterInput
        model : str
            Path of the ``.onnx`` file.

        Returns
        -------
        LiveSource

        Raises
        ------
        LunarOxideError
            As `LiveSource`.
        """
        key = (raster, model)
        with self._lock:
            gate = self._gates.setdefault(key, threading.Lock())
        # One thread opens a pair; others that want it wait, those that want another do not.
        with gate:
            state = (file_state(raster.path), file_state(model))
            with self._lock:
                known = self._open.pop(key, None)
            if known is not None and known[0] != state:
                known[1].close()
                known = None
            if known is None:
                known = (state, LiveSource(raster, self._model(model, state[1]), self.cache))
            with self._lock:
                self._open[key] = known
                spare = []
                while len(self._open) > MOST_SOURCES:
                    spare.append(self._open.popitem(last=False)[1][1])
            for oldest in spare:
                oldest.close()
            return known[1]

    def let_go(self) -> None:
        """Close all rasters, so that their files can be replaced; they open again when needed."""
        with self._lock:
            opened, self._open = self._open, OrderedDict()
        for _, source in opened.values():
            source.close()

    def close(self) -> None:
        """Close all rasters, and drop models and tiles."""
        self.let_go()
        self._models.clear()
        self.cache.clear()

    def _model(self, path: str, state: object) -> OxideModel:
        key = (path, state)
        with self._lock:
            model = self._models.pop(key, None)
        model = model or OxideModel(Path(path))
        with self._lock:
            self._models[key] = model
            while len(self._models) > MOST_SOURCES:
                self._models.popitem(last=False)
        return model
