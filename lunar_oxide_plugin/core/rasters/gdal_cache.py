"""GDAL's cache of decoded blocks, kept small while large rasters stream through."""

from __future__ import annotations

from contextlib import contextmanager
from typing import Iterator

import rasterio
from rasterio.env import get_gdal_config, set_gdal_config


@contextmanager
def limited_gdal_cache(megabytes: int) -> Iterator[None]:
    """Lower the cache's limit for the time being; GDAL's own is a share of the machine's memory.

    The cache is the process's: QGIS reads through it too, and gets its limit back.
    """
    with rasterio.Env():
        before = get_gdal_config("GDAL_CACHEMAX")
        limit = megabytes * 1_000_000
        if not isinstance(before, int) or before > limit:
            set_gdal_config("GDAL_CACHEMAX", limit)
        try:
            yield
        finally:
            if isinstance(before, int):
                set_gdal_config("GDAL_CACHEMAX", before)
