"""GDAL's cache of decoded blocks, kept small while large rasters stream through."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import Dict, Iterator

import rasterio
from rasterio.env import get_gdal_config, set_gdal_config

_OPTION = "GDAL_CACHEMAX"


class _SharedCache:
    """The process's one cache, with the wishes of all runs that are under way.

    Whichever run ends last restores what was there before the first began, in whatever order
    they begin and end.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._wishes: Dict[object, int] = {}
        self._before: object = None
        self._set = 0

    def add(self, run: object, limit: int) -> None:
        with self._lock, rasterio.Env():
            if not self._wishes:
                self._before = get_gdal_config(_OPTION)
            self._wishes[run] = limit
            self._apply()

    def remove(self, run: object) -> None:
        with self._lock, rasterio.Env():
            del self._wishes[run]
            # A limit that somebody else has set meanwhile is theirs to keep.
            if isinstance(self._before, int) and get_gdal_config(_OPTION) == self._set:
                if self._wishes:
                    self._apply()
                else:
                    set_gdal_config(_OPTION, self._before)

    def _apply(self) -> None:
        """Room for all runs together, but never more than the process had."""
        self._set = sum(self._wishes.values())
        if isinstance(self._before, int):
            self._set = min(self._set, self._before)
        set_gdal_config(_OPTION, self._set)


_shared = _SharedCache()


@contextmanager
def limited_gdal_cache(megabytes: int) -> Iterator[None]:
    """Lower the cache's limit for the time being; GDAL's own is a share of the machine's memory.

    The cache is the process's: QGIS reads through it too, and gets its limit back when the last
    of several runs ends.

    Parameters
    ----------
    megabytes : int
        Room for this run's blocks; runs at the same time have their sum.
    """
    run = object()
    _shared.add(run, megabytes * 1_000_000)
    try:
        yield
    finally:
        _shared.remove(run)
