"""Regions of the Moon as polygons: areas, seams, the pole inside South Pole-Aitken."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lunar_oxide_plugin.core.moon import terranes
from lunar_oxide_plugin.core.moon.terranes import (
    FAR_SIDE,
    NEAR_SIDE,
    REGIONS,
    SOUTH_POLE_AITKEN,
    WHOLE_MOON,
    in_polygons,
    in_south_pole_aitken,
)


def sphere_points(n=40_000, seed=5):
    rng = np.random.default_rng(seed)
    return rng.uniform(-180.0, 540.0, n), np.degrees(np.arcsin(rng.uniform(-1.0, 1.0, n)))


@pytest.mark.parametrize("region", REGIONS, ids=lambda region: region.key)
def test_outlines_are_closed_and_within_one_turn(region):
    for polygon in region.polygons:
        for ring in polygon:
            assert ring[0] == ring[-1]
            lons, lats = np.array(ring).T
            assert lons.min() >= -180.0 and lons.max() <= 180.0
            assert lats.min() >= -90.0 and lats.max() <= 90.0
            # Short edges, none across the map: any projection can draw them.
            assert np.abs(np.diff(lons)).max() <= 1.0 and np.abs(np.diff(lats)).max() <= 1.0


def test_hemispheres_part_the_moon():
    lon, lat = sphere_points()
    assert in_polygons(WHOLE_MOON.polygons, lon, lat).all()
    near, far = (in_polygons(r.polygons, lon, lat) for r in (NEAR_SIDE, FAR_SIDE))
    assert not (near & far).any() and (near | far).all()
    assert near.tolist() == (np.cos(np.radians(lon)) > 0.0).tolist()


def test_the_basins_polygon_holds_what_the_ellipse_holds():
    lon, lat = sphere_points()
    inside, drawn = (
        in_south_pole_aitken(lon, lat),
        in_polygons(SOUTH_POLE_AITKEN.polygons, lon, lat),
    )
    # 360 straight edges instead of the curve: some points beside it.
    assert np.mean(inside != drawn) < 2e-4
    assert in_polygons(SOUTH_POLE_AITKEN.polygons, np.array([17.0]), np.array([-89.99])).all()
    a, b = (math.radians(math.degrees(km / 1737.4)) for km in (1200.0, 1025.0))
    # On a sphere the ellipse is smaller than in a plane (pi a b) by about sin(r)/r.
    share = math.pi * a * b / (4.0 * math.pi)
    assert 0.90 * share < inside.mean() < share


@settings(max_examples=30, deadline=None)
@given(st.floats(-170, 170), st.floats(-60, 60), st.floats(1, 40), st.floats(1, 25))
def test_a_hole_and_a_seam_do_not_matter(west, south, width, height):
    ring = ((west, south), (west + width, south), (west + width, south + height),
            (west, south + height))  # fmt: skip
    hole = tuple((west + width / 2 + (x - west - width / 2) / 3, south + height / 2
                  + (y - south - height / 2) / 3) for x, y in ring)  # fmt: skip
    middle = np.array([west + width / 2, west + width / 2 + 360.0, west - 1.0])
    rows = np.full(3, south + height / 2)
    assert in_polygons([(ring,)], middle, rows).tolist() == [True, True, False]
    assert in_polygons([(ring, hole)], middle, rows).tolist() == [False, False, False]
    beside = in_polygons([(ring, hole)], middle - width / 2.5, rows)
    assert beside.tolist()[:2] == [True, True]


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("pole", [90.0, -90.0])
def test_a_ring_around_a_pole_holds_the_pole(sign, pole):
    """As a circle of a polar map is given: longitudes go once around."""
    ring = tuple((sign * lon + 7.0, pole * 0.8 + 3.0 * math.sin(lon)) for lon in range(0, 360, 10))
    lon, lat = sphere_points(4000)
    inside = in_polygons([(ring,)], lon, lat)
    assert inside[lat * pole > 90.0 * 80.0].all()
    assert not inside[lat * pole < 90.0 * 60.0].any()


def test_definitions_name_their_source():
    assert "10.1016/j.icarus.2009.05.032" in SOUTH_POLE_AITKEN.source
    assert "10.1029/1999JE001103" in terranes.TERRANES_SOURCE
