"""Making a rasterio of its own wheel at home inside QGIS.

Such a rasterio carries its own PROJ, but reads the ``PROJ_DATA`` or ``PROJ_LIB`` that QGIS sets
for another version of PROJ, and then knows no CRS. Pointing rasterio alone at its own data cures
it; the environment, which QGIS and GDAL share, is never changed. Importing this module does it.
"""

from __future__ import annotations

from pathlib import Path

import rasterio
import rasterio._env


def settle() -> None:
    """Point rasterio at its own PROJ data, if it has any (Linux distributions' have none)."""
    own = Path(rasterio.__file__).resolve().parent / "proj_data"
    if (own / "proj.db").is_file():
        rasterio._env.set_proj_data_search_path(str(own))


settle()
