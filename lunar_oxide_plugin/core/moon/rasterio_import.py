"""Make a rasterio that was installed from a wheel work inside QGIS.

Such a rasterio contains its own PROJ, but reads the ``PROJ_DATA`` or ``PROJ_LIB`` that QGIS sets
for another version of PROJ, and then finds no CRS. Importing this module makes rasterio use its own
data; the environment, which QGIS and GDAL share, is not changed.
"""

from __future__ import annotations

from pathlib import Path

import rasterio
import rasterio._env


def settle() -> None:
    """Make rasterio use its own PROJ data, if it has any (Linux distributions' have none)."""
    own = Path(rasterio.__file__).resolve().parent / "proj_data"
    if (own / "proj.db").is_file():
        rasterio._env.set_proj_data_search_path(str(own))


settle()
