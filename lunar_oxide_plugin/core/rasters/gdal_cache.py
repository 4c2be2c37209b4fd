"""Limit GDAL's cache of decoded blocks while large rasters are read."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import Dict, Iterator

import rasterio
from rasterio.env import get_gdal_config, set_gdal_config

_OPTION = "GDAL_CACHEMAX"


class _SharedCache:
    """The process's only cache, with the limits that the current runs request.

    The run that ends last restores the limit that was set before the first run began.
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
            # Do not change a limit that other code has set meanwhile.
            if isinstance(self._before, int) and get_gdal_config(_OPTION) == self._set:
                if self._wishes:
                    self._apply()
                else:
                    set_gdal_config(_OPTION, self._before)

    def _apply(self) -> None:
        """Size for all runs together, but not more than the process had."""
        self._set = sum(self._wishes.values())
        if isinstance(self._before, int):
            self._set = min(self._set, self._before)
        set_gdal_config(_OPTION, self._set)


_shared = _SharedCache()


@contextmanager
def limited_gdal_cache(megabytes: int) -> Iterator[None]:
    """Lower the cache's limit in a ``with`` block; GDAL's default is a share of the memory.

    QGIS uses the same cache, and its limit is restored when the last of several runs ends.

    Parameters
    ----------
    megabytes : int
        Size for this run's blocks; simultaneous runs get the sum.
    """
    run = object()
    _shared.add(run, megabytes * 1_000_000)
    try:
        yield
    finally:
        _shared.remove(run)
