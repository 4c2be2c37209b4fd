"""The Moon's geographic CRS, as text: importable where rasterio is not."""

from __future__ import annotations

#: In QGIS's spelling; 3.22 takes no other.
MOON_GEOGRAPHIC_ID = "IAU_2015:30100"

#: The same spelt out, so that no PROJ database is needed to read it.
MOON_GEOGRAPHIC_WKT = (
    'GEOGCS["Moon (2015) - Sphere / Ocentric",DATUM["Moon (2015) - Sphere",'
    'SPHEROID["Moon (2015) - Sphere",1737400,0]],PRIMEM["Reference Meridian",0],'
    'UNIT["degree",0.0174532925199433]]'
)
