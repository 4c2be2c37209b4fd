"""The Moon's CRS as text, which can be imported without rasterio."""

from __future__ import annotations

#: In QGIS's spelling, the only one that 3.22 accepts.
MOON_GEOGRAPHIC_ID = "IAU_2015:30100"

#: The same CRS as WKT, so that no PROJ database is needed to read it.
MOON_GEOGRAPHIC_WKT = (
    'GEOGCS["Moon (2015) - Sphere / Ocentric",DATUM["Moon (2015) - Sphere",'
    'SPHEROID["Moon (2015) - Sphere",1737400,0]],PRIMEM["Reference Meridian",0],'
    'UNIT["degree",0.0174532925199433]]'
)

#: IAU_2015:30110, the Moon's equirectangular projection around longitude 0, also as WKT.
MOON_EQUIRECTANGULAR_WKT = (
    'PROJCS["Moon (2015) - Sphere / Ocentric / Equirectangular, clon = 0",'
    f'{MOON_GEOGRAPHIC_WKT},PROJECTION["Equirectangular"],'
    'PARAMETER["standard_parallel_1",0],PARAMETER["central_meridian",0],'
    'PARAMETER["false_easting",0],PARAMETER["false_northing",0],UNIT["metre",1],'
    'AXIS["Easting",EAST],AXIS["Northing",NORTH]]'
)


#: Mean radius of the Moon in metres (IAU 2015 sphere).
MOON_RADIUS_M = 1737400.0
