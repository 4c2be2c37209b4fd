"""Predicted tiles that are kept in memory, the last used ones up to a limit."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import Hashable, Optional

import numpy as np
import numpy.typing as npt

#: Limit in bytes of all live maps together. A screen of 1.5 million pixels takes 85 to 120 MB with
#: all numbers, so that the last three or four screens stay.
LIMIT_BYTES = 400_000_000

#: Bytes that a tile takes beside its numbers, at least.
_OVERHEAD = 500


@dataclass(frozen=True)
class LiveTile:
    """A tile of predictions.

    Attributes
    ----------
    bands : float32 array, shape (bands, rows, columns), or None
        As 'Predict oxides' stores them; None where no pixel has data.
    flags : uint8 array, shape (rows, columns), or None
        Quality bits; None where every pixel is "no data".
    """

    bands: Optional[npt.NDArray[np.float32]]
    flags: Optional[npt.NDArray[np.uint8]]

    @property
    def size_bytes(self) -> int:
        """Memory that the tile takes."""
        arrays = (self.bands, self.flags)
        return _OVERHEAD + sum(array.nbytes for array in arrays if array is not None)


class TileCache:
    """Keeps the tiles that were used last. Thread-safe.

    Parameters
    ----------
    limit_bytes : int
    """

    def __init__(self, limit_bytes: int = LIMIT_BYTES) -> None:
        self._limit = limit_bytes
        self._tiles: OrderedDict[Hashable, LiveTile] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    @property
    def size_bytes(self) -> int:
        """Memory that all tiles take."""
        return self._bytes

    def get(self, key: Hashable) -> Optional[LiveTile]:
        """The tile of a key, or None.

        Parameters
        ----------
        key : hashable

        Returns
        -------
        LiveTile or None
        """
        with self._lock:
            tile = self._tiles.get(key)
            if tile is not None:
                self._tiles.move_to_end(key)
            return tile

    def put(self, key: Hashable, tile: LiveTile) -> None:
        """Keep a tile; those used longest ago make room for it.

        Parameters
        ----------
        key : hashable
        tile : LiveTile
        """
        with self._lock:
            before = self._tiles.pop(key, None)
            if before is not None:
                self._bytes -= before.size_bytes
            if tile.size_bytes > self._limit:
                return
            self._tiles[key] = tile
            self._bytes += tile.size_bytes
            while self._bytes > self._limit:
                _, oldest = self._tiles.popitem(last=False)
                self._bytes -= oldest.size_bytes

    def clear(self) -> None:
        """Drop all tiles."""
        with self._lock:
            self._tiles.clear()
            self._bytes = 0
