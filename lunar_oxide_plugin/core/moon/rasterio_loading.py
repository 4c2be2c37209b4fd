"""Load rasterio on one thread at a time."""

from __future__ import annotations

import threading
from contextlib import suppress
from importlib import import_module

_lock = threading.Lock()

#: What this package imports of rasterio.
_MODULES = (
    "crs", "enums", "env", "errors", "features", "io", "transform", "vrt", "warp", "windows",
)  # fmt: skip


def load_rasterio() -> None:
    """Load rasterio's modules before anything else of this package imports them.

    They import each other in circles, so that threads that load different ones at the same time
    find names missing. Call it on each thread before the first import of a module that needs
    rasterio. A rasterio that cannot be imported raises nothing here: the import that needs it
    tells of that.
    """
    with _lock, suppress(Exception):
        import_module(f"{__package__}.rasterio_import")
        for name in _MODULES:
            import_module(f"rasterio.{name}")
