"""An extent selects exactly its pixels, in any CRS and turn, or is refused."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rasterio.crs import CRS
from rasterio.transform import Affine

from lunar_oxide_plugin.core.errors import RasterError
from lunar_oxide_plugin.core.moon import lunar_crs
from lunar_oxide_plugin.core.rasters.extent import extent_window
from lunar_oxide_plugin.core.rasters.raster_info import RasterInfo
from tests.rasters import EARTH, MOON_GEOGRAPHIC, MOON_SOUTH_POLE, moon_equirectangular

DEGREE_M = math.radians(1.0) * 1737400.0


def raster(width, height, transform, wkt):
    t = tuple(transform)[:6]
    return RasterInfo(
        "r.tif", width, height, wkt, transform=t, drawn_transform=t, notes=(), bands=()
    )


def degrees(west, width, wkt=MOON_GEOGRAPHIC, unit=1.0, north=90, height=180, step=1.0):
    transform = Affine(step * unit, 0, west * unit, 0, -step * unit, north * unit)
    return raster(width, height, transform, wkt)


def projected(name, lat_0=0.0, lon_0=0.0):
    return CRS.from_proj4(f"+proj={name} +lat_0={lat_0} +lon_0={lon_0} +R=1737400").to_wkt()


def box(window):
    return (
        int(window.col_off),
        int(window.row_off),
        int(window.col_off + window.width),
        int(window.row_off + window.height),
    )


@settings(max_examples=30, deadline=None)
@given(
    first=st.integers(-540, 360),
    width=st.integers(3, 300),
    west=st.integers(-720, 720),
    length=st.integers(1, 200),
    central=st.integers(-180, 360),
    extent_central=st.one_of(st.none(), st.integers(-180, 360)),
    metres=st.booleans(),
)
def test_whole_degrees_give_those_columns_or_a_refusal(
    first, width, west, length, central, extent_central, metres
):
    """Exact reference: the requested meridians among those of the raster."""
    if metres:
        info = degrees(first, width, moon_equirectangular(central), DEGREE_M)
        starts = first + central
    else:
        info, starts = degrees(first, width), first
    if extent_central is None:
        bounds, wkt = (west, -2, west + length, 3), MOON_GEOGRAPHIC
    else:
        shift = west - extent_central
        bounds = tuple(DEGREE_M * v for v in (shift, -2, shift + length, 3))
        wkt = moon_equirectangular(extent_central)
    asked = {(west + n) % 360 for n in range(length)}
    there = [n for n in range(width) if (starts + n) % 360 in asked]
    if not there:
        with pytest.raises(RasterError, match="does not meet"):
            extent_window(info, bounds, wkt)
        return
    runs = np.split(there, np.nonzero(np.diff(there) > 1)[0] + 1)
    whole = [run for run in runs if len(run) >= length]
    if len(runs) > 1 and not whole:
        with pytest.raises(RasterError, match="to both of its ends"):
            extent_window(info, bounds, wkt)
        return
    left, top, right, bottom = box(extent_window(info, bounds, wkt))
    assert (top, bottom) == (87, 92)
    columns = {(starts + n) % 360 for n in range(left, right)}
    assert columns == {(starts + n) % 360 for n in there}


@pytest.mark.parametrize("given_", [(178, -2, 185, 3), (178, -2, -175, 3), (-182, -2, -175, 3)])
@pytest.mark.parametrize(("metres", "first"), [(False, 170), (False, -190), (True, 170)])
def test_across_180_degrees_however_it_is_written(given_, metres, first):
    info = degrees(first, 30, moon_equirectangular(), DEGREE_M) if metres else degrees(first, 30)
    assert box(extent_window(info, given_, MOON_GEOGRAPHIC)) == (8, 87, 15, 92)
    if not metres:
        assert box(extent_window(info, given_)) == (8, 87, 15, 92)


def test_the_advice_about_a_seam_works():
    info = degrees(-180, 360)
    with pytest.raises(RasterError) as caught:
        extent_window(info, (178, -2, 185, 3))
    numbers = [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?", str(caught.value).split(")")[1])]
    windows = [box(extent_window(info, tuple(numbers[n : n + 4]))) for n in (0, 4)]
    assert windows == [(0, 87, 5, 92), (358, 87, 360, 92)]


def test_a_whole_turn_is_the_whole_raster():
    for first in (-180, 0, 37):
        info = degrees(first, 360)
        for bounds in ((-180, -90, 180, 90), (0, -90, 360, 90), (10, -95, 370, 95)):
            assert box(extent_window(info, bounds, MOON_GEOGRAPHIC)) == (0, 0, 360, 180)


@settings(max_examples=12, deadline=None)
@given(
    name=st.sampled_from(["ortho", "laea", "stere", "sinu", "moll", "gnom"]),
    lon=st.integers(-180, 179),
    lat=st.integers(-60, 60),
    first=st.sampled_from([-180, 0, -300]),
)
def test_extents_in_other_projections_take_what_lies_in_them(name, lon, lat, first):
    """Reference: all pixels whose centre lies in the extent are taken, and few more."""
    wkt = projected(name, 0 if name in ("sinu", "moll") else lat, lon)
    (x,), (y,) = lunar_crs.from_lunar_lonlat(wkt, [lon], [lat])
    bounds = (x - 2e5, y - 1.5e5, x + 2e5, y + 1.5e5)
    info = degrees(first, 720, step=0.5, height=360)
    lons, lats = np.meshgrid(first + 0.25 + np.arange(720) / 2, 89.75 - np.arange(360) / 2)
    xs, ys = lunar_crs.project(wkt, lons, lats)
    inside = (xs >= bounds[0]) & (xs <= bounds[2]) & (ys >= bounds[1]) & (ys <= bounds[3])
    rows, columns = np.nonzero(inside)
    try:
        left, top, right, bottom = box(extent_window(info, bounds, wkt))
    except RasterError as refused:
        assert "both of its ends" in str(refused)
        assert columns.min() < 2 and columns.max() > 717
        return
    assert left <= columns.min() and right > columns.max()
    assert top <= rows.min() and bottom > rows.max()
    assert right - left <= np.ptp(columns) + 4
    assert bottom - top <= np.ptp(rows) + 4


def test_a_polar_extent_on_a_cylinder_and_a_cap_on_a_polar_map():
    cap = lunar_crs.from_lunar_lonlat(MOON_SOUTH_POLE, [0.0], [-80.0])[1][0]
    info = degrees(-180, 360)
    square = extent_window(info, (-cap, -cap, cap, cap), MOON_SOUTH_POLE)
    left, top, right, bottom = box(square)
    assert (left, right, bottom) == (0, 360, 180)
    assert top in (165, 166)  # the square's corners reach north of 80 S
    pole = raster(200, 200, Affine(1e4, 0, -1e6, 0, -1e4, 1e6), MOON_SOUTH_POLE)
    reach = cap / 1e4
    got = box(extent_window(pole, (-180, -90, 180, -80), MOON_GEOGRAPHIC))
    assert got == (
        math.floor(100 - reach), math.floor(100 - reach),
        math.ceil(100 + reach), math.ceil(100 + reach),
    )  # fmt: skip
    quarter = box(extent_window(pole, (0, -90, 90, -80), MOON_GEOGRAPHIC))
    assert quarter == (100, math.floor(100 - reach), math.ceil(100 + reach), 100)


@pytest.mark.parametrize("name", ["sinu", "moll"])
def test_a_torn_map_refuses_an_extent_across_its_edge(name):
    info = raster(1100, 550, Affine(1e4, 0, -5.5e6, 0, -1e4, 2.75e6), projected(name))
    with pytest.raises(RasterError, match="torn"):
        extent_window(info, (175, -5, 185, 5), MOON_GEOGRAPHIC)
    left, _, right, _ = box(extent_window(info, (170, -5, 179, 5), MOON_GEOGRAPHIC))
    assert 1000 < left < right < 1100


def test_beyond_the_horizon_is_no_part_of_the_raster():
    info = raster(340, 340, Affine(1e4, 0, -1.7e6, 0, -1e4, 1.7e6), projected("ortho"))
    with pytest.raises(RasterError, match="does not meet"):
        extent_window(info, (170, -5, 190, 5), MOON_GEOGRAPHIC)
    _, _, right, _ = box(extent_window(info, (60, -5, 120, 5), MOON_GEOGRAPHIC))
    assert right == 340


@pytest.mark.parametrize(
    ("bounds", "wkt"),
    [
        ((0, 5, 10, -5), ""),
        ((math.nan, 0, 1, 1), ""),
        ((1e6, 0, -1e6, 1e6), MOON_SOUTH_POLE),
        ((0, 0, 1, 1), CRS.from_user_input(EARTH).to_wkt()),
    ],
)
def test_what_is_no_extent_of_the_moon(bounds, wkt):
    with pytest.raises(RasterError) as caught:
        extent_window(degrees(-180, 360), bounds, wkt)
    assert str(caught.value).endswith(".")


def test_touching_an_edge_takes_no_neighbour():
    info = degrees(-180, 360, moon_equirectangular(), DEGREE_M)
    bounds = tuple(v * DEGREE_M for v in (10, 20, 12, 21))
    assert box(extent_window(info, bounds)) == (190, 69, 192, 70)
    assert box(extent_window(info, (10, 20, 12, 21), MOON_GEOGRAPHIC)) == (190, 69, 192, 70)
    assert box(extent_window(info, (10.2, 20.1, 10.3, 20.2), MOON_GEOGRAPHIC)) == (190, 69, 191, 70)
