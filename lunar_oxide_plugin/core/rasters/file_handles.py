"""Keeping GDAL's pool of open tiles within the file handles that the process may have."""

from __future__ import annotations

from contextlib import contextmanager
from typing import Iterator, Optional

import rasterio

#: GDAL's own pool of a virtual raster's open sources.
GDAL_POOL = 100

#: Handles for everything else: libraries, the output, sockets, the virtual rasters themselves.
OTHERS = 40

#: A tile needs its image, its label, and for a moment what its driver looks at.
HANDLES_A_TILE = 3


@contextmanager
def few_handles(path: str) -> Iterator[None]:
    """Read a virtual raster within, so that its open tiles fit the limit on file handles.

    GDAL sizes its pool when the first tile is read, and keeps that while a virtual raster is
    open. Where the limit is as usual nothing is set.
    """
    size = pool_size(path)
    if size is None:
        yield
        return
    with rasterio.Env(GDAL_MAX_DATASET_POOL_SIZE=str(size)):
        yield


def pool_size(path: str) -> Optional[int]:
    """Tiles that may be open at a time; None where GDAL's own number is right."""
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
