"""Keep GDAL's pool of open tiles within the process's limit on file handles."""

from __future__ import annotations

from contextlib import contextmanager
from typing import Iterator, Optional

import rasterio

#: GDAL's default size of the pool of a virtual raster's open sources.
GDAL_POOL = 100

#: Handles kept for everything else: libraries, the output, sockets, the virtual rasters.
OTHERS = 40

#: Handles per tile: its image, its label, and temporarily those of its driver.
HANDLES_A_TILE = 3


@contextmanager
def few_handles(path: str) -> Iterator[None]:
    """Limit the open tiles of virtual rasters that are read in the ``with`` block.

    GDAL sets the size of its pool when the first tile is read, and keeps it while a virtual raster
    is open. Where the limit is as usual nothing is changed.
    """
    size = pool_size(path)
    if size is None:
        yield
        return
    with rasterio.Env(GDAL_MAX_DATASET_POOL_SIZE=str(size)):
        yield


def pool_size(path: str) -> Optional[int]:
    """Tiles that may be open at a time; None where GDAL's default fits."""
    if not path.lower().endswith(".vrt"):
        return None
    try:
        import resource
    except ImportError:  # Windows: thousands of handles
        return None
    limit, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if limit == resource.RLIM_INFINITY or limit >= GDAL_POOL * HANDLES_A_TILE + OTHERS:
        return None
    return max(4, (limit - OTHERS) // HANDLES_A_TILE)
