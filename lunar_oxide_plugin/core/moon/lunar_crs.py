"""Lunar coordinate reference systems and the way from a longitude to a pixel."""

from __future__ import annotations

import re
from typing import List, Optional, Sequence, Tuple

import rasterio.errors
import rasterio.warp
from rasterio.crs import CRS

from ..errors import RasterError
from . import rasterio_import  # noqa: F401 - gives an installed rasterio its PROJ data
from .wkt import MOON_GEOGRAPHIC_WKT

#: Semi-major axes that lunar CRS use, in metres: the IAU sphere is 1737400; polar and
#: selenodetic ellipsoids in circulation lie between 1735970 and 1738140.
MOON_AXIS_RANGE_M = (1730000.0, 1745000.0)

_CYLINDRICAL = re.compile(
    r"equirectangular|equidistant.cylindrical|plate.carr|simple.cylindrical|mercator_1sp",
    re.IGNORECASE,
)


def semi_major_axis_m(wkt: str) -> Optional[float]:
    """Semi-major axis of the ellipsoid in a WKT, in metres; None if the WKT has none."""
    match = re.search(r'(?:SPHEROID|ELLIPSOID)\[\s*"[^"]*"\s*,\s*([0-9.eE+]+)', wkt)
    return float(match.group(1)) if match else None


def require_moon(wkt: str, what: str) -> None:
    """Refuse a CRS of another body.

    Parameters
    ----------
    wkt : str
        Empty if there is no CRS: that passes, for the caller to report.
    what : str
        The thing whose CRS it is, for the message, e.g. ``"The raster map.tif"``.

    Raises
    ------
    RasterError
    """
    axis = semi_major_axis_m(wkt)
    if axis is not None and not MOON_AXIS_RANGE_M[0] <= axis <= MOON_AXIS_RANGE_M[1]:
        body = "Earth" if 6.3e6 < axis < 6.4e6 else "another body"
        raise RasterError(
            f"{what} has a CRS of {body} (radius {axis / 1000:.0f} km, the Moon's is 1737 km): "
            "assign the lunar CRS that its coordinates are in, e.g. IAU_2015:30100."
        )


def from_lunar_lonlat(
    wkt: str, longitudes: Sequence[float], latitudes: Sequence[float]
) -> Tuple[List[float], List[float]]:
    """Project east longitudes and planetocentric latitudes (degrees) into a lunar CRS.

    Raises
    ------
    RasterError
        If the CRS cannot be used for it.
    """
    try:
        xs, ys = rasterio.warp.transform(
            CRS.from_wkt(MOON_GEOGRAPHIC_WKT),
            CRS.from_wkt(wkt),
            list(longitudes),
            list(latitudes),
        )
    except (rasterio.errors.RasterioError, ValueError) as error:
        raise RasterError(
            f"Lunar longitudes and latitudes cannot be projected into the raster's CRS: {error}."
        ) from error
    return list(xs), list(ys)


def to_lunar_lonlat(
    wkt: str, xs: Sequence[float], ys: Sequence[float]
) -> Tuple[List[float], List[float]]:
    """East longitudes (-180..180) and latitudes in degrees of points in a lunar CRS."""
    try:
        lons, lats = rasterio.warp.transform(
            CRS.from_wkt(wkt), CRS.from_wkt(MOON_GEOGRAPHIC_WKT), list(xs), list(ys)
        )
    except (rasterio.errors.RasterioError, ValueError) as error:
        raise RasterError(
            f"Points cannot be turned into lunar longitude and latitude: {error}."
        ) from error
    return [wrap_longitude(lon) for lon in lons], list(lats)


def wrap_longitude(longitude_deg: float) -> float:
    """The same meridian in -180 <= longitude < 180."""
    return (longitude_deg + 180.0) % 360.0 - 180.0


def turn_length(crs: CRS) -> Optional[float]:
    """Length of one turn around the Moon in the CRS's own x units, or None.

    Rasters in geographic and cylindrical CRS come with longitudes 0..360 as well as
    -180..180: a point may have to be looked up one turn to the east or west.
    """
    if crs.is_geographic:
        return 360.0
    wkt = crs.to_wkt()
    if not _CYLINDRICAL.search(wkt):
        return None
    xs, _ = from_lunar_lonlat(wkt, [0.0, 90.0], [0.0, 0.0])
    return abs(xs[1] - xs[0]) * 4.0
