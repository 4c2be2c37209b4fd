"""Lunar coordinate reference systems, and transformation of longitudes and latitudes."""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import List, Optional, Sequence, Tuple

import numpy as np
import numpy.typing as npt
import rasterio.errors
import rasterio.warp
from rasterio._err import CPLE_BaseError
from rasterio.crs import CRS

from ..errors import RasterError
from . import rasterio_import  # noqa: F401 - gives an installed rasterio its PROJ data
from .horizon import shows_places, shows_points
from .longitude import near, wrap_longitude
from .wkt import MOON_GEOGRAPHIC_WKT, MOON_RADIUS_M

#: Range of semi-major axes of lunar CRS in metres: the IAU sphere has 1737400; polar and
#: selenodetic ellipsoids in use lie between 1735970 and 1738140.
MOON_AXIS_RANGE_M = (1730000.0, 1745000.0)

#: Ranges of semi-major axes in metres of other bodies (IAU 2015 with a margin).
BODIES_M = {
    "Mercury": (2.435e6, 2.445e6),
    "Venus": (6.045e6, 6.060e6),
    "Earth": (6.330e6, 6.400e6),
    "Mars": (3.370e6, 3.400e6),
    "Ceres": (4.600e5, 4.900e5),
    "Vesta": (2.500e5, 2.900e5),
}

#: Largest error of a transformation and its inverse (on a unit sphere: about 2 m on the Moon).
#: Points with a larger one are off the map: beyond a horizon, or outside a sinusoidal map's
#: outline, PROJ may return another place.
_ROUND_TRIP = 1e-6

#: Side of a block of a lattice that counts as outside if its corners, edges and middle are.
_BLOCK = 8

_Floats = npt.NDArray[np.float64]


def semi_major_axis_m(wkt: str) -> Optional[float]:
    """Semi-major axis of the ellipsoid in a WKT, in metres; None if the WKT has none."""
    match = re.search(r'(?:SPHEROID|ELLIPSOID)\[\s*"[^"]*"\s*,\s*([0-9.eE+]+)', wkt)
    return float(match.group(1)) if match else None


def require_moon(wkt: str, what: str) -> None:
    """Refuse a CRS of another body.

    Parameters
    ----------
    wkt : str
        Empty if there is no CRS; this is accepted, and the caller must report it.
    what : str
        Owner of the CRS, for the message, e.g. ``"The raster map.tif"``.

    Raises
    ------
    RasterError
    """
    axis = semi_major_axis_m(wkt)
    if axis is None or MOON_AXIS_RANGE_M[0] <= axis <= MOON_AXIS_RANGE_M[1]:
        return
    body = next((name for name, (low, high) in BODIES_M.items() if low <= axis <= high), "")
    if body == "Earth":
        # Programs without lunar CRS give lunar degrees this CRS.
        raise RasterError(
            f"{what} has a CRS of Earth (radius {axis / 1000:.0f} km, the Moon's is 1737 km): "
            "assign the lunar CRS of its coordinates (in QGIS: layer properties, Source; command "
            "line: --crs), e.g. IAU_2015:30100 for degrees or IAU_2015:30110 for metres."
        )
    raise RasterError(
        f"{what} has a CRS of {body or 'another body'} (radius {axis / 1000:.0f} km, the Moon's is "
        "1737 km), and the models and formulas hold for the Moon alone: choose data of the Moon."
    )


def wkt_of(text: str) -> str:
    """WKT of a CRS that the user names.

    Parameters
    ----------
    text : str
        A code such as ``IAU_2015:30100``, a PROJ string, PROJJSON or WKT.

    Returns
    -------
    str

    Raises
    ------
    RasterError
        If it does not name a CRS.
    """
    try:
        return str(CRS.from_user_input(text).to_wkt())
    except (rasterio.errors.CRSError, ValueError) as error:
        raise RasterError(
            f"{text!r} names no CRS that this PROJ knows ({error}): give a code such as "
            "IAU_2015:30100, a PROJ string, or WKT."
        ) from error


def from_lunar_lonlat(
    wkt: str, longitudes: Sequence[float], latitudes: Sequence[float]
) -> Tuple[List[float], List[float]]:
    """Project east longitudes and planetocentric latitudes (degrees) into a lunar CRS.

    Points off the projection's map, e.g. beyond the horizon of an orthographic map, are NaN.

    Raises
    ------
    RasterError
        If the CRS cannot be used for it.
    """
    xs, ys = project(wkt, np.asarray(longitudes, float), np.asarray(latitudes, float))
    return xs.tolist(), ys.tolist()


def to_lunar_lonlat(
    wkt: str, xs: Sequence[float], ys: Sequence[float]
) -> Tuple[List[float], List[float]]:
    """East longitudes (-180..180) and latitudes in degrees of points in a lunar CRS.

    Points that lie off the map, e.g. in the corners around a disc, are NaN.

    Parameters
    ----------
    wkt : str
    xs : sequence of float
    ys : sequence of float

    Returns
    -------
    list of float
    list of float

    Raises
    ------
    RasterError
        If the CRS cannot be used for it.
    """
    lons, lats = unproject(wkt, np.asarray(xs, float), np.asarray(ys, float))
    return lons.tolist(), lats.tolist()


def project(wkt: str, longitudes: _Floats, latitudes: _Floats) -> Tuple[_Floats, _Floats]:
    """`from_lunar_lonlat` for arrays of one or two dimensions; two mean a lattice."""
    moon, target = CRS.from_wkt(MOON_GEOGRAPHIC_WKT), _crs(wkt)
    shown = shows_places(wkt, longitudes, latitudes)
    if shown is not None:
        longitudes, latitudes = _only(longitudes, latitudes, shown)
    xs, ys = _transform(moon, target, longitudes, latitudes)
    lons, lats = _transform(target, moon, xs, ys)
    return _only(xs, ys, _distance(longitudes, latitudes, lons, lats) <= _ROUND_TRIP)


def unproject(wkt: str, xs: _Floats, ys: _Floats) -> Tuple[_Floats, _Floats]:
    """`to_lunar_lonlat` for arrays of one or two dimensions; two mean a lattice."""
    moon, source = CRS.from_wkt(MOON_GEOGRAPHIC_WKT), _crs(wkt)
    shown = shows_points(wkt, xs, ys)
    if shown is not None:
        xs, ys = _only(xs, ys, shown)
    lons, lats = _transform(source, moon, xs, ys)
    # In a cylinder PROJ accepts latitudes beyond the poles: these are rounding, or off the map.
    beyond = np.abs(lats) > 90.0
    lats = np.where(beyond & (np.abs(lats) < 90.0 + 1e-9), np.clip(lats, -90.0, 90.0), lats)
    turn = turn_length(source)
    if turn is None:
        again = _transform(moon, source, lons, lats)
        there = _transform(source, moon, *again)
        # Both conditions are needed: the place is returned, and its position as well.
        metres = np.hypot(again[0] - xs, again[1] - ys) * _metres_per_unit(source)
        known = (metres <= 10.0) & (_distance(lons, lats, *there) <= _ROUND_TRIP)
    else:
        known = np.isfinite(lons) & (np.abs(lats) <= 90.0)
    lons, lats = _only(lons, lats, known)
    return wrap_longitude(lons), lats


def turn_length(crs: CRS) -> Optional[float]:
    """Length of one turn around the Moon in the CRS's own x units, or None.

    A CRS has one if x is linear in longitude at every latitude: geographic and normal cylindrical
    ones (equirectangular, Mercator, equal-area ...), around any central meridian. Rasters in these
    may have longitudes 0..360 or -180..180, so a point may lie on the raster only after moving it
    by whole turns.
    """
    return _turn_length(str(crs.to_wkt()))


@lru_cache(maxsize=64)
def _turn_length(wkt: str) -> Optional[float]:
    # Use three pairs of meridians: the seam lies within one of them at most.
    lons = np.array([0.0, 60.0, 120.0, 180.0, 240.0, 300.0])
    rows = [
        _transform(CRS.from_wkt(MOON_GEOGRAPHIC_WKT), _crs(wkt), lons, np.full(lons.shape, lat))[0]
        for lat in (0.0, 35.0, -70.0)
    ]
    xs = np.array(rows)
    if not np.isfinite(xs).all():
        return None
    steps = np.abs(xs[:, 1::2] - xs[:, ::2])
    turn = float(steps[0].min()) * 6.0
    if turn <= 0.0:
        return None
    eastwards = near(xs[0, 1:2] - xs[0, 0], 0.0, turn) > 0.0
    straight = lons * turn / 360.0 * np.where(eastwards, 1.0, -1.0)
    off = near(xs - xs[0, 0] - straight, 0.0, turn)
    return turn if np.abs(off).max() < 1e-9 * turn else None


#: A shift to WGS 84, as in ERDAS Imagine files, which PROJ uses as a transformation to Earth.
_SHIFT = re.compile(r",\s*TOWGS84\[[^\]]*\]", re.IGNORECASE)


@lru_cache(maxsize=64)
def _crs(wkt: str) -> CRS:
    try:
        crs = CRS.from_wkt(wkt)
        text = crs.to_wkt()
        if _SHIFT.search(text):
            crs = CRS.from_wkt(_SHIFT.sub("", text))
        # Reading the parameters takes 0.1 s, because PROJ's whole database is searched.
        facts = crs.to_dict() if "transverse" in text.lower() else {}
        if facts.get("proj") == "utm":
            # PROJ reads a transverse Mercator with the parameters of UTM as UTM, which it cannot
            # compute on a sphere. It does not do so for a scale that differs by 1e-9 (2 mm).
            north = 1e7 if facts.get("south") else 0.0
            crs = CRS.from_dict(
                proj="tmerc",
                lon_0=6.0 * float(facts["zone"]) - 183.0,
                k=0.9996 * (1.0 + 1e-9),
                x_0=5e5,
                y_0=north,
                R=semi_major_axis_m(text) or MOON_RADIUS_M,
            )
        return crs
    except (rasterio.errors.RasterioError, ValueError) as error:
        raise RasterError(
            f"Lunar longitudes and latitudes cannot be projected into the raster's CRS: {error}."
        ) from error


def _metres_per_unit(crs: CRS) -> float:
    if crs.is_geographic:
        return math.radians(1.0) * MOON_RADIUS_M
    return float(crs.linear_units_factor[1])


def units_per_degree(wkt: str) -> float:
    """Units of a CRS in one degree along the Moon's equator.

    Parameters
    ----------
    wkt : str

    Returns
    -------
    float
    """
    return math.radians(1.0) * MOON_RADIUS_M / _metres_per_unit(_crs(wkt))


def turn_of(wkt: str) -> Optional[float]:
    """`turn_length` for a WKT.

    Parameters
    ----------
    wkt : str

    Returns
    -------
    float or None
    """
    return turn_length(_crs(wkt))


def _only(xs: _Floats, ys: _Floats, known: npt.NDArray[np.bool_]) -> Tuple[_Floats, _Floats]:
    return np.where(known, xs, np.nan), np.where(known, ys, np.nan)


def _distance(lons: _Floats, lats: _Floats, lons2: _Floats, lats2: _Floats) -> _Floats:
    """Length of the chord between places on a sphere of radius 1."""
    phi, phi2 = np.radians(lats), np.radians(lats2)
    chord: _Floats = np.sqrt(
        4.0 * np.cos(phi) * np.cos(phi2) * np.sin(np.radians(lons2 - lons) / 2.0) ** 2
        + 4.0 * np.sin((phi2 - phi) / 2.0) ** 2
    )
    return chord


def _transform(source: CRS, target: CRS, xs: _Floats, ys: _Floats) -> Tuple[_Floats, _Floats]:
    """Transform points; NaN for those that PROJ cannot transform.

    rasterio returns no point at all if PROJ fails for one, so the points are divided until the
    failing ones are isolated.
    """
    shape = np.shape(xs)
    lattice = xs.ndim == 2
    inputs = np.stack([np.atleast_2d(xs), np.atleast_2d(ys)]).astype(np.float64)
    outputs = np.full_like(inputs, np.nan)
    known = np.isfinite(inputs).all(axis=0)

    def fill(rows: slice, columns: slice) -> bool:
        """Transform a part; False if PROJ fails for any of its points."""
        chosen = known[rows, columns]
        if not chosen.any():
            return True
        part = inputs[:, rows, columns][:, chosen]
        try:
            found = rasterio.warp.transform(source, target, part[0], part[1])
        except CPLE_BaseError:
            return False
        except (rasterio.errors.RasterioError, ValueError) as error:
            raise RasterError(
                "Lunar longitudes and latitudes cannot be projected into the raster's CRS: "
                f"{error}."
            ) from error
        outputs[:, rows, columns][:, chosen] = np.array(found)
        return True

    def is_outside(rows: slice, columns: slice) -> bool:
        """Whether a small block of a lattice is outside, from nine of its points."""
        height, width = rows.stop - rows.start, columns.stop - columns.start
        if not lattice or height > _BLOCK or width > _BLOCK:
            return False
        return not any(
            fill(slice(row, row + 1), slice(column, column + 1))
            for row in {rows.start, rows.start + height // 2, rows.stop - 1}
            for column in {columns.start, columns.start + width // 2, columns.stop - 1}
        )

    waiting = [(slice(0, inputs.shape[1]), slice(0, inputs.shape[2]))]
    while waiting:
        rows, columns = waiting.pop()
        height, width = rows.stop - rows.start, columns.stop - columns.start
        if height == 0 or width == 0 or fill(rows, columns) or height == width == 1:
            continue
        if min(height, width) > 2 and is_outside(rows, columns):
            continue
        if height > width:
            middle = rows.start + height // 2
            waiting += [(slice(rows.start, middle), columns), (slice(middle, rows.stop), columns)]
        else:
            middle = columns.start + width // 2
            waiting += [(rows, slice(columns.start, middle)), (rows, slice(middle, columns.stop))]
    outputs[~np.isfinite(outputs)] = np.nan
    return outputs[0].reshape(shape), outputs[1].reshape(shape)
