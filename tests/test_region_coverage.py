"""Shares of pixels in polygons, against points in polygons, for any pair of lunar CRS."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rasterio.crs import CRS
from rasterio.transform import Affine

from lunar_oxide_plugin.core.errors import RasterError
from lunar_oxide_plugin.core.moon import lunar_crs
from lunar_oxide_plugin.core.moon.sphere import RADIUS_KM, quadrangle_areas_km2
from lunar_oxide_plugin.core.moon.terranes import FAR_SIDE, REGIONS, SOUTH_POLE_AITKEN
from lunar_oxide_plugin.core.moon.wkt import MOON_GEOGRAPHIC_WKT
from lunar_oxide_plugin.core.polygons.areas import area_km2, areas_in
from lunar_oxide_plugin.core.polygons.coverage import signed_coverage
from lunar_oxide_plugin.core.polygons.placing import Placing
from lunar_oxide_plugin.core.polygons.shapes import MapRegion, edges_of, region_of, ring_of
from lunar_oxide_plugin.core.rasters.grid import Grid
from lunar_oxide_plugin.core.rasters.pixel_plane import PixelPlane

R = 1737400.0
DEG = math.radians(1.0) * R
WHOLE_KM2 = 4.0 * math.pi * RADIUS_KM**2


def lunar(text):
    return CRS.from_string(f"{text} +R={R:.0f} +units=m +no_defs")


GEO = CRS.from_wkt(MOON_GEOGRAPHIC_WKT)
CRSES = {
    "geo": GEO,
    "eqc": lunar("+proj=eqc +lon_0=0"),
    "eqc180": lunar("+proj=eqc +lon_0=180"),
    "north": lunar("+proj=stere +lat_0=90"),
    "south": lunar("+proj=stere +lat_0=-90"),
    "ortho": lunar("+proj=ortho +lat_0=20 +lon_0=30"),
    "sinu": lunar("+proj=sinu +lon_0=0"),
    "laea": lunar("+proj=laea +lat_0=-30 +lon_0=160"),
    "tmerc": lunar("+proj=tmerc +lon_0=15"),
    "merc": lunar("+proj=merc"),
    "lcc": lunar("+proj=lcc +lat_1=20 +lat_2=50 +lat_0=35 +lon_0=10"),
}


def grid(crs, west, south, east, north, width, height):
    step = (east - west) / width, (south - north) / height
    return Grid(width, height, Affine(step[0], 0, west, 0, step[1], north), CRSES[crs])


RASTERS = {
    "globe from -180": grid("geo", -180, -90, 180, 90, 36, 18),
    "globe from 0": grid("geo", 0, -90, 360, 90, 36, 18),
    "near the meridian": grid("eqc", 20 * DEG, -30 * DEG, 60 * DEG, 30 * DEG, 20, 30),
    "across the seam": grid("eqc180", -20 * DEG, -30 * DEG, 20 * DEG, 30 * DEG, 20, 30),
    "north pole": grid("north", -6e5, -6e5, 6e5, 6e5, 20, 20),
    "southern half": grid("south", -3e6, -3e6, 3e6, 3e6, 20, 20),
    "disc": grid("ortho", -R, -R, R, R, 20, 20),
    "sinusoidal globe": grid("sinu", -180 * DEG, -90 * DEG, 180 * DEG, 90 * DEG, 36, 18),
    "Lambert globe": grid("laea", -1.9 * R, -1.9 * R, 1.9 * R, 1.9 * R, 20, 20),
    "Mercator": grid("merc", -180 * DEG, -3 * R, 180 * DEG, 3 * R, 30, 30),
    "zone": grid("tmerc", -3e5, 0, 3e5, 9e5, 10, 15),
    "cone": grid("lcc", -1.5e6, -1.5e6, 1.5e6, 1.5e6, 15, 15),
}


def circle(x, y, radius, n=24):
    angles = np.linspace(0.0, 2.0 * math.pi, n, endpoint=False)
    return ring_of([(x + radius * math.cos(a), y + radius * math.sin(a)) for a in angles])


def box(west, south, east, north):
    return ring_of([(west, south), (east, south), (east, north), (west, north)])


POLYGONS = {
    "box with a hole": ("geo", ((box(0, -40, 60, 40), box(20, -10, 30, 25)),)),
    "box across the seam": ("geo", ((box(165, -30, 200, 20),),)),
    "parts at the seam": ("geo", ((box(170, -30, 180, 20),), (box(-180, -30, -160, 20),))),
    "polar cap": ("geo", ((box(-180, 60, 180, 90),),)),
    "all but a polar cap": ("geo", ((box(-180, -90, 180, 60),),)),
    "circle around a pole": ("north", ((circle(1e5, 5e4, 4e5),),)),
    "ring around a pole": ("north", ((circle(0, 0, 1.8e6), circle(1e5, 0, 3e5)),)),
    "south": ("south", ((circle(0, 0, 1.5e6),),)),
    "more than a half": ("laea", ((circle(0, 0, 1.5 * R),),)),
    "disc": ("ortho", ((circle(0, 0, 0.9 * R),),)),
    "small": ("geo", ((circle(33.3, 12.2, 0.7),),)),
}


def by_points(plane, wkt, polygons, per_side):
    """Share of points in polygons by the even-odd rule in the CRS of the polygons, by pixel."""
    height, width = plane.grid.height, plane.width
    columns, rows = np.meshgrid(
        (np.arange(width * per_side) + 0.5) / per_side,
        (np.arange(height * per_side) + 0.5) / per_side,
    )
    lons, lats = plane.lonlat(columns, rows)
    xs, ys = lunar_crs.project(wkt, lons.ravel(), lats.ravel())
    turn = lunar_crs.turn_of(wkt)
    inside = np.zeros(xs.shape, dtype=bool)
    for polygon in polygons:
        for move in (0.0,) if turn is None else (-turn, 0.0, turn):
            odd = np.zeros(xs.shape, dtype=bool)
            for ring in polygon:
                for (x0, y0), (x1, y1) in zip(ring[:-1], ring[1:]):
                    with np.errstate(invalid="ignore"):
                        crosses = (y0 > ys) != (y1 > ys)
                        if y0 != y1:
                            at = x0 + (ys - y0) * (x1 - x0) / (y1 - y0)
                            odd ^= crosses & (at < xs + move)
            inside |= odd
    shape = (height, per_side, width, per_side)
    shown = np.isfinite(lons).reshape(shape).all(axis=(1, 3))
    return inside.reshape(shape).mean(axis=(1, 3)), shown


#: Every third pair: each raster with a third of the polygons, each polygon on some rasters.
PAIRS = [
    (where, what)
    for row, where in enumerate(RASTERS)
    for column, what in enumerate(POLYGONS)
    if (row + column) % 3 == 0
]


@pytest.mark.parametrize(("where", "what"), PAIRS)
def test_shares_are_those_of_points(where, what):
    plane = PixelPlane(RASTERS[where])
    crs, polygons = POLYGONS[what]
    wkt = CRSES[crs].to_wkt()
    placing = Placing(plane, wkt)
    outline = placing.place(MapRegion(what, polygons))
    height, width, parts = plane.grid.height, plane.width, plane.parts
    found = np.zeros((height, width))
    if outline is not None:
        shares = outline.coverage(0, 0, height * parts, width * parts)
        found = shares.reshape(height, parts, width, parts).mean(axis=(1, 3))
    wanted, shown = by_points(plane, wkt, polygons, 8)
    difference = np.where(shown, found - wanted, 0.0)
    # Points are 1/8 of a pixel apart: an edge across a pixel is missed by up to about 0.1.
    assert np.abs(difference).max() < 0.15
    assert abs(difference.mean()) < 0.004


@settings(max_examples=15)
@given(
    st.lists(
        st.tuples(st.floats(-3.0, 9.0), st.floats(-3.0, 8.0)), min_size=3, max_size=9, unique=True
    )
)
def test_covered_squares_add_up_to_the_area_whatever_the_curve(points):
    """Green's theorem gives the signed area; a window that holds the curve holds all of it."""
    ring = ring_of(points)
    shifted = edges_of([ring]) + 4.0
    whole = signed_coverage(shifted, 14, 15)
    x, y = ring.T
    signed = ((x[:-1] * y[1:] - x[1:] * y[:-1]).sum()) / 2.0
    assert whole.sum() == pytest.approx(-signed, abs=1e-9)
    # A part of the window has the same squares.
    part = signed_coverage(shifted - np.array([3.0, 2.0, 3.0, 2.0]), 7, 6)
    np.testing.assert_allclose(part, whole[2:9, 3:9], atol=1e-9)


@pytest.mark.parametrize("where", ["globe from 0", "southern half", "disc", "zone", "cone"])
def test_areas_add_up_to_the_polygon_s_on_the_sphere(where):
    """A circle of great-circle radius around a place on the raster, whatever the projection."""
    plane = PixelPlane(RASTERS[where])
    lon, lat = (float(v[0]) for v in plane.lonlat(*(np.array([s / 2.0]) for s in
                (plane.width + 1, plane.grid.height + 1))))  # fmt: skip
    wkt = lunar(f"+proj=laea +lat_0={lat} +lon_0={lon}").to_wkt()
    region = MapRegion("circle", ((circle(0.0, 0.0, 8e4, 400),),))
    wanted = 0.5 * 400 * math.sin(2.0 * math.pi / 400) * 80.0**2  # equal-area: that of the plane
    outline = Placing(plane, wkt).place(region)
    areas = areas_in(outline, plane, 0, 0, plane.grid.height, plane.width)[2]
    assert areas.sum() == pytest.approx(wanted, rel=2e-4)
    assert area_km2(region, wkt) == pytest.approx(wanted, rel=2e-4)


def test_areas_of_parts_of_the_moon():
    areas = {part.key: area_km2(region_of(part), MOON_GEOGRAPHIC_WKT) for part in REGIONS}
    assert areas["moon"] == pytest.approx(WHOLE_KM2, rel=1e-9)
    assert areas["near_side"] == pytest.approx(WHOLE_KM2 / 2.0, rel=1e-6)
    assert area_km2(region_of(FAR_SIDE), MOON_GEOGRAPHIC_WKT) == pytest.approx(
        WHOLE_KM2 / 2.0, rel=1e-6
    )
    basin = areas["south_pole_aitken"]
    # Of a flat ellipse, less what a sphere has less within 1100 km.
    assert 0.96 < basin / (math.pi * 1200.0 * 1025.0) < 0.98
    outside = MapRegion("outside", region_of(SOUTH_POLE_AITKEN).polygons, outside=True)
    assert area_km2(outside, MOON_GEOGRAPHIC_WKT) == pytest.approx(WHOLE_KM2 - basin, rel=1e-9)


def test_interpolated_areas_of_small_pixels_are_exact_to_one_in_a_hundred_thousand():
    for crs in ("south", "tmerc"):
        plane = PixelPlane(grid(crs, 4e5, 2e5, 4.6e5, 2.4e5, 600, 400))
        found = plane.part_areas_km2(37, 21, 90, 120)
        exact = quadrangle_areas_km2(plane.directions(37, 21, 90, 120, 1))
        np.testing.assert_allclose(found, exact, rtol=1e-5)


def test_a_polygon_beyond_the_map_of_its_own_crs_is_refused_by_name():
    region = MapRegion("Mare X", ((box(-2.0 * R, -R, 2.0 * R, R),),))
    with pytest.raises(RasterError, match="Mare X reaches beyond the map of its own CRS"):
        area_km2(region, CRSES["ortho"].to_wkt())
