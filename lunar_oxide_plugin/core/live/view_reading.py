"""The pixels of a view, in passes from coarse to fine, read and predicted in the background."""

from __future__ import annotations

import queue
import threading
from dataclasses import dataclass, replace
from typing import Callable, Dict, Iterator, List, Optional, Sequence, Set, Tuple, Union

import numpy as np
import numpy.typing as npt

from ..chemistry.layout import PredictionLayout
from ..prediction.pipeline import Stopped
from ..rasters.quality import NO_DATA
from .levels import Level, level_pixels, levels_for
from .live_source import LiveSource
from .shown import Shown, values_of
from .tile_cache import LiveTile
from .view import MapView, on_raster, positions
from .workers import Workers

#: Side in pixels of the parts of a view that are drawn at once.
PATCH_SIDE = 128

#: Seconds between two questions whether the view is still wanted.
WATCH_SECONDS = 0.01

_Place = Tuple[int, int]
_Answer = Tuple[_Place, Union[LiveTile, BaseException]]


@dataclass(frozen=True)
class ViewPatch:
    """A rectangle of a view with values.

    Attributes
    ----------
    column, row : int
        First pixel in the view.
    values : float32 array, shape (rows, columns)
        What is shown; NaN where there is none.
    flags : uint8 array, shape (rows, columns)
        Quality bits; "no data" off the raster.
    level : Level
        Level of detail of the values.
    is_final : bool
        Whether no finer values follow for these pixels.
    """

    column: int
    row: int
    values: npt.NDArray[np.float32]
    flags: npt.NDArray[np.uint8]
    level: Level
    is_final: bool


def read_view(
    source: LiveSource,
    view: MapView,
    shown: Shown,
    workers: Workers,
    cancelled: Callable[[], bool],
    partial: bool = False,
) -> Iterator[ViewPatch]:
    """Values of a view's pixels.

    Parameters
    ----------
    source : LiveSource
    view : MapView
    shown : Shown
    workers : Workers
    cancelled : callable
        Asked every 10 ms.
    partial : bool
        Whether coarse values are wanted while fine ones are computed.

    Yields
    ------
    ViewPatch
        Those of a later pass replace those before; each pixel of the raster in the view has one
        that is final, unless the reading was cancelled.

    Raises
    ------
    LunarOxideError
        If the raster cannot be read.
    """
    for top, strip in view.strips():
        for patch in _Reading(source, strip, shown, workers, cancelled).patches(partial):
            yield replace(patch, row=patch.row + top)
        if cancelled():
            return


class _Reading:
    """The reading of one strip of a view."""

    def __init__(
        self,
        source: LiveSource,
        view: MapView,
        shown: Shown,
        workers: Workers,
        cancelled: Callable[[], bool],
    ) -> None:
        self._source = source
        self._view = view
        self._shown = shown
        self._workers = workers
        self._cancelled = cancelled
        self._stop = threading.Event()
        self._answers: queue.SimpleQueue[_Answer] = queue.SimpleQueue()

    def patches(self, partial: bool) -> Iterator[ViewPatch]:
        """All patches, pass by pass."""
        info = self._source.info
        found = positions(self._view, info)
        pixels = on_raster(found, info)
        if pixels is None:
            return
        columns, rows = pixels
        shape = np.broadcast_shapes(columns.shape, rows.shape)
        extent = min(shape[0] * shape[1] * found.scale**2, float(info.width * info.height))
        levels = levels_for(self._source.storage, found.scale, extent, partial)
        grids = [self._grid(level, columns, rows) for level in levels]
        waiting = [
            (slice(top, min(top + PATCH_SIDE, shape[0])), slice(left, left + PATCH_SIDE))
            for top in range(0, shape[0], PATCH_SIDE)
            for left in range(0, shape[1], PATCH_SIDE)
        ]
        try:
            last = grids[-1]
            # What the cache holds needs no coarse picture first.
            known, waiting = last.split(waiting, self._source)
            for part, tiles in known:
                yield last.patch(part, tiles, self._shown, self._source.layout, True)
            for grid in grids:
                yield from self._pass(grid, waiting, grid is last)
                if self._stop.is_set():
                    return
        finally:
            self._stop.set()

    def _grid(
        self, level: Level, columns: npt.NDArray[np.int32], rows: npt.NDArray[np.int32]
    ) -> _Grid:
        info = self._source.info
        return _Grid(
            level,
            level_pixels(columns, level, info.width),
            level_pixels(rows, level, info.height),
        )

    def _pass(self, grid: _Grid, parts: Sequence[_Part], is_last: bool) -> Iterator[ViewPatch]:
        """The patches of one level, each as soon as its tiles are there."""
        needs = [(part, grid.places(part)) for part in parts]
        missing: Dict[int, Set[_Place]] = {}
        wanted: Dict[_Place, List[int]] = {}
        tiles: Dict[_Place, LiveTile] = {}
        ready: List[int] = []
        for number, (_, places) in enumerate(needs):
            missing[number] = set()
            for place in places:
                tile = tiles.get(place) or self._source.known(grid.level, *place)
                if tile is not None:
                    tiles[place] = tile
                else:
                    missing[number].add(place)
                    wanted.setdefault(place, []).append(number)
            if not missing[number]:
                ready.append(number)
        for place in grid.in_order(wanted, needs):
            self._workers.add(_Job(self._source, grid.level, place, self._stop, self._answers))
        uses: Dict[_Place, int] = {}
        for _, places in needs:
            for place in places:
                uses[place] = uses.get(place, 0) + 1
        left = len(wanted)
        while True:
            for number in ready:
                part, places = needs[number]
                own = {place: tiles[place] for place in places}
                yield grid.patch(part, own, self._shown, self._source.layout, is_last)
                for place in places:
                    uses[place] -= 1
                    if not uses[place]:
                        del tiles[place]  # the cache decides what stays
            ready = []
            if not left:
                return
            answer = self._next()
            if answer is None:
                self._stop.set()
                return
            place, tile_or_error = answer
            if isinstance(tile_or_error, BaseException):
                self._stop.set()
                raise tile_or_error
            left -= 1
            tiles[place] = tile_or_error
            for number in wanted[place]:
                missing[number].discard(place)
                if not missing[number]:
                    ready.append(number)

    def _next(self) -> Optional[_Answer]:
        """The next answer; None after Cancel."""
        while not self._cancelled():
            try:
                return self._answers.get(timeout=WATCH_SECONDS)
            except queue.Empty:
                continue
        return None


_Part = Tuple[slice, slice]


class _Grid:
    """The pixels of a level under a view's pixels."""

    def __init__(
        self, level: Level, columns: npt.NDArray[np.int32], rows: npt.NDArray[np.int32]
    ) -> None:
        self.level = level
        self._columns = columns
        self._rows = rows
        self._is_straight = columns.shape[0] == 1 and rows.shape[1] == 1
        self._shape = np.broadcast_shapes(columns.shape, rows.shape)

    def _of(self, part: _Part) -> Tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
        if self._is_straight:
            return self._columns[:, part[1]], self._rows[part[0]]
        columns = np.broadcast_to(self._columns, self._shape)[part]
        return columns, np.broadcast_to(self._rows, self._shape)[part]

    def places(self, part: _Part) -> List[_Place]:
        """Tiles under a part of the view."""
        columns, rows = self._of(part)
        side = self.level.side
        if self._is_straight:
            across = np.unique(columns[columns >= 0] // side).tolist()
            down = np.unique(rows[rows >= 0] // side).tolist()
            return [(row, column) for row in down for column in across]
        inside = (columns >= 0) & (rows >= 0)
        # Columns of tiles are far fewer than 2**31.
        numbers = (rows[inside] // side).astype(np.int64) << 32 | (columns[inside] // side)
        return [(number >> 32, number & 0xFFFFFFFF) for number in np.unique(numbers).tolist()]

    def split(
        self, parts: Sequence[_Part], source: LiveSource
    ) -> Tuple[List[Tuple[_Part, Dict[_Place, LiveTile]]], List[_Part]]:
        """The parts whose tiles are all in the cache, with these, and the others."""
        known: List[Tuple[_Part, Dict[_Place, LiveTile]]] = []
        others: List[_Part] = []
        for part in parts:
            places = self.places(part)
            if not places:
                continue  # off the raster
            found: Dict[_Place, LiveTile] = {}
            for place in places:
                tile = source.known(self.level, *place)
                if tile is None:
                    others.append(part)
                    break
                found[place] = tile
            else:
                known.append((part, found))
        return known, others

    @staticmethod
    def in_order(
        wanted: Dict[_Place, List[int]], needs: Sequence[Tuple[_Part, List[_Place]]]
    ) -> List[_Place]:
        """Tiles in the order of reading: those in the middle of the view first."""
        if not wanted:
            return []
        middle = np.mean([(p[0].start, p[1].start) for p, _ in needs], axis=0)

        def distance(place: _Place) -> float:
            part = needs[wanted[place][0]][0]
            return float((part[0].start - middle[0]) ** 2 + (part[1].start - middle[1]) ** 2)

        return sorted(wanted, key=distance)

    def patch(
        self,
        part: _Part,
        tiles: Dict[_Place, LiveTile],
        shown: Shown,
        layout: PredictionLayout,
        is_final: bool,
    ) -> ViewPatch:
        """Values of a part of the view, each from the pixel below its centre."""
        columns, rows = self._of(part)
        shape = np.broadcast_shapes(columns.shape, rows.shape)
        values = np.full(shape, np.nan, dtype=np.float32)
        flags = np.full(shape, NO_DATA.bit, dtype=np.uint8)
        side = self.level.side
        for (row, column), tile in tiles.items():
            found = values_of(shown, tile, layout)
            if found is None or tile.flags is None:
                continue
            below, right = rows - row * side, columns - column * side
            inside_row = (rows >= 0) & (below >= 0) & (below < side)
            inside_column = (columns >= 0) & (right >= 0) & (right < side)
            if self._is_straight:
                at = np.ix_(inside_row[:, 0], inside_column[0])
                pick = np.ix_(below[inside_row], right[inside_column])
                values[at], flags[at] = found[pick], tile.flags[pick]
            else:
                inside = inside_row & inside_column
                y, x = below[inside], right[inside]
                values[inside], flags[inside] = found[y, x], tile.flags[y, x]
        return ViewPatch(part[1].start, part[0].start, values, flags, self.level, is_final)


class _Job:
    """Reads and predicts one tile, and sends it or the error."""

    def __init__(
        self,
        source: LiveSource,
        level: Level,
        place: _Place,
        stop: threading.Event,
        answers: queue.SimpleQueue[_Answer],
    ) -> None:
        self._source = source
        self._level = level
        self._place = place
        self._stop = stop
        self._answers = answers

    def __call__(self) -> None:
        if self._stop.is_set():
            return
        try:
            tile = self._source.tile(self._level, *self._place, self._check)
        except Stopped:
            return
        except Exception as error:  # the thread that draws raises it
            self._answers.put((self._place, error))
            return
        self._answers.put((self._place, tile))

    def _check(self) -> None:
        if self._stop.is_set():
            raise Stopped
