"""Longitudes, areas and projections of the Moon, against exact references."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rasterio.crs import CRS
from rasterio.transform import Affine

from lunar_oxide_plugin.core.chemistry.oxides import OXIDES
from lunar_oxide_plugin.core.moon import lunar_crs, sphere
from lunar_oxide_plugin.core.moon.longitude import contiguous, turns_that_meet, wrap_longitude
from lunar_oxide_plugin.core.rasters.grid import Grid
from lunar_oxide_plugin.core.sites.sample_sites import SampleSite
from lunar_oxide_plugin.core.sites.site_area import SiteArea
from lunar_oxide_plugin.core.sites.site_pixels import OUTSIDE_PROJECTION, site_pixels
from tests.rasters import MOON_GEOGRAPHIC, MOON_SOUTH_POLE, moon_equirectangular

RADIUS = 1737400.0
DEGREE_M = math.radians(1.0) * RADIUS
TURN_M = 2.0 * math.pi * RADIUS

CYLINDRICAL = ("merc", "mill", "cea +lat_ts=0", "eqc +lat_ts=0")
#: Projections of a part of the Moon, which show 20 N, 30 E and not 20 S, 210 E.
PARTIAL = ("ortho", "gnom", "nsper +h=3000000")


def proj(name: str, lat_0: float = 20, lon_0: float = 30) -> str:
    text = f"+proj={name} +lat_0={lat_0} +lon_0={lon_0} +R=1737400 +units=m +no_defs"
    return CRS.from_proj4(text).to_wkt()


def site(longitude: float, latitude: float, area: SiteArea | None = None) -> SampleSite:
    return SampleSite(
        station_id="s",
        name="s",
        mission="m",
        latitude_deg=latitude,
        longitude_deg=longitude,
        position_error_m=0.0,
        oxides_wt=(1.0,) * len(OXIDES),
        area=area,
    )


@pytest.mark.parametrize(
    "central_meridian", [*range(-180, 361, 7), -179, -1, 0, 1, 90, 179, 180, 181, 359, 360]
)
def test_a_turn_is_as_long_around_every_central_meridian(central_meridian):
    crs = CRS.from_wkt(moon_equirectangular(central_meridian))
    assert lunar_crs.turn_length(crs) == pytest.approx(TURN_M, rel=1e-12)


@pytest.mark.parametrize("name", CYLINDRICAL)
@pytest.mark.parametrize("central_meridian", [-180, -95, 0, 77.3, 180, 200, 271, 360])
def test_every_cylinder_has_its_turn(name, central_meridian):
    crs = CRS.from_wkt(proj(name, 0, central_meridian))
    assert lunar_crs.turn_length(crs) == pytest.approx(TURN_M, rel=1e-9)


@pytest.mark.parametrize("name", ["sinu", "moll", "stere", "laea", "tmerc", *PARTIAL])
def test_other_projections_have_no_turn(name):
    assert lunar_crs.turn_length(CRS.from_wkt(proj(name))) is None


@given(st.lists(st.floats(-170, 170), min_size=1, max_size=20), st.floats(-720, 720))
def test_a_path_stays_whole_however_its_longitudes_are_written(steps, start):
    path = start + np.cumsum(steps)
    got = np.array(contiguous([wrap_longitude(lon) for lon in path]))
    np.testing.assert_allclose(got - got[0], path - path[0], atol=1e-6)


@given(
    st.floats(-2000, 2000), st.floats(0, 900), st.floats(-800, 800), st.floats(1, 900)
)  # fmt: skip
def test_turns_are_all_that_meet_and_no_others(low, length, start, width):
    high, stop = low + length, start + width
    found = set(turns_that_meet(low, high, start, stop, 360.0))
    for n in range(-12, 13):
        a, b = low + 360.0 * n, high + 360.0 * n
        inside = start <= a < stop if low == high else a < stop and b > start
        assert (n in found) == inside


@settings(max_examples=60, deadline=None)
@given(
    central=st.integers(-180, 360),
    first=st.floats(-540, 540),
    span=st.integers(5, 700),
    column=st.floats(0.001, 0.999),
    latitude=st.floats(-89.4, 89.4),
    turns=st.integers(-1, 1),
)
def test_a_site_is_found_wherever_the_raster_starts(central, first, span, column, latitude, turns):
    """Exact reference: the column's longitude, for every turn in the table."""
    grid = Grid(
        span, 180, Affine(DEGREE_M, 0, first * DEGREE_M, 0, -DEGREE_M, 90 * DEGREE_M),
        CRS.from_wkt(moon_equirectangular(central)),
    )  # fmt: skip
    at = column * span
    longitude = wrap_longitude(central + first + at)
    longitude += 360.0 * turns if abs(longitude + 360.0 * turns) <= 360.0 else 0.0
    (place,) = site_pixels(grid, [site(longitude, latitude)], 1)
    assert not isinstance(place, str)
    row, got = place.centre
    assert row == int(90 - latitude)
    # A raster of more than a turn shows the place more than once.
    off = (got + 0.5 - at + 180.0) % 360.0 - 180.0
    assert abs(off) <= 0.5 + 1e-6


@pytest.mark.parametrize("west", [-180, 0, 35, -540])
def test_an_area_across_the_seam_has_its_pixels_at_both_ends(west):
    grid = Grid(360, 180, Affine(1, 0, west, 0, -1, 90), CRS.from_wkt(MOON_GEOGRAPHIC))
    ring = tuple((west + lon, lat) for lon, lat in ((-3, -2), (4, -2), (4, 2), (-3, 2)))
    (place,) = site_pixels(grid, [site(wrap_longitude(west), 0, SiteArea(((ring,),)))], 3)
    columns = np.unique(np.nonzero(place.mask)[1]) + int(place.window.col_off)
    assert columns.tolist() == [0, 1, 2, 3, 357, 358, 359]
    assert place.mask.sum() == 7 * 4


@pytest.mark.parametrize("name", PARTIAL)
def test_sites_beyond_the_horizon_are_outside_the_projection(name):
    grid = Grid(400, 400, Affine(1000, 0, -2e5, 0, -1000, 2e5), CRS.from_wkt(proj(name)))
    places = site_pixels(grid, [site(30, 20), site(-150, -20), site(31, 21), site(90, 20)], 1)
    assert places[0].centre == (200, 200)
    assert places[1] == OUTSIDE_PROJECTION
    # 1 degree is 28.3 km east and 30.4 km north, in whatever azimuthal projection.
    assert places[2].centre == pytest.approx((169.6, 228.3), abs=1.5)
    assert isinstance(places[3], str)


@pytest.mark.parametrize("name", ["ortho", "nsper +h=3000000", "moll", "sinu", "laea", "aeqd"])
def test_what_lies_off_the_map_has_no_place_and_the_rest_its_own(name):
    """Every point of a lattice is either returned, or is off the map."""
    wkt = proj(name, 20, 30)
    x, y = np.meshgrid(np.linspace(-5.6e6, 5.6e6, 41), np.linspace(-2.7e6, 2.7e6, 31))
    lons, lats = lunar_crs.unproject(wkt, x, y)
    off = ~np.isfinite(lons)
    assert 0 < off.sum() < off.size
    assert (np.isfinite(lats) == ~off).all()
    back = lunar_crs.project(wkt, lons[~off], lats[~off])
    np.testing.assert_allclose(back, (x[~off], y[~off]), atol=10)


def test_sinusoidal_outline_is_exact():
    y = np.linspace(-2.7e6, 2.7e6, 19)
    edge = math.pi * RADIUS * np.cos(y / RADIUS)
    for share, inside in ((0.999, True), (1.001, False), (1.7, False)):
        lons, _ = lunar_crs.unproject(proj("sinu", 0, 0), edge * share, y)
        assert (np.isfinite(lons) == inside).all()


@given(
    st.floats(-90, 90), st.floats(-90, 90), st.floats(0.01, 90), st.integers(1, 40)
)  # fmt: skip
def test_cells_between_parallels_are_exact_and_add_up(a, b, width, parts):
    """Exact: 2 pi R^2 (sin b - sin a) for the whole band."""
    edges = np.linspace(a, b, parts + 1)
    whole = (
        RADIUS**2 * math.radians(width) * abs(math.sin(math.radians(b)) - math.sin(math.radians(a)))
    )
    areas = sphere.parallel_cell_areas_km2(edges, width)
    assert areas.sum() == pytest.approx(whole / 1e6, rel=1e-9, abs=1e-9)


def test_rows_beyond_a_pole_have_no_area():
    areas = sphere.parallel_cell_areas_km2(np.array([92.0, 91.0, 90.0, 89.0]), 360.0)
    cap = 2 * math.pi * 1737.4**2 * (1 - math.sin(math.radians(89)))
    assert areas.tolist() == [0.0, 0.0, pytest.approx(cap)]


def test_the_octants_are_an_eighth_of_the_sphere():
    corners = sphere.unit_vectors(
        np.array([[0.0, 90.0], [0.0, 90.0]]), np.array([[90.0, 90], [0, 0]])
    )
    assert sphere.quadrangle_areas_km2(corners)[0, 0] == pytest.approx(
        math.pi / 2 * 1737.4**2, rel=1e-12
    )


def test_the_south_pole_in_a_stereographic_lattice_has_its_area():
    """All of the cap to 60 S, in cells of a polar map: exact 2 pi R^2 (1 - sin 60)."""
    x, y = np.meshgrid(*[np.linspace(-1.2e6, 1.2e6, 241)] * 2)
    lons, lats = lunar_crs.unproject(MOON_SOUTH_POLE, x, y)
    areas = sphere.quadrangle_areas_km2(sphere.unit_vectors(lons, lats))
    _, centres = lunar_crs.unproject(MOON_SOUTH_POLE, x[:-1, :-1] + 5e3, y[:-1, :-1] + 5e3)
    inside = centres < -60.0
    exact = 2 * math.pi * 1737.4**2 * (1 - math.sin(math.radians(60)))
    assert areas[inside].sum() == pytest.approx(exact, rel=2e-4)


@given(st.floats(-179.9, 179.9), st.floats(-89, 89), st.floats(0.001, 1000))
def test_places_and_directions(longitude, latitude, length):
    vector = length * sphere.unit_vectors(np.array([longitude]), np.array([latitude]))
    lon, lat = sphere.places_of(vector)
    assert (lon[0], lat[0]) == (
        pytest.approx(longitude, abs=1e-9),
        pytest.approx(latitude, abs=1e-9),
    )


@pytest.mark.parametrize("zone", [1, 30, 36, 60])
def test_transverse_mercator_with_the_numbers_of_utm(zone):
    """PROJ takes it for UTM, and has none on a sphere."""
    middle = 6.0 * zone - 183.0
    text = f"+proj=tmerc +lon_0={middle} +k=0.9996 +x_0=500000 +R=1737400"
    plain = CRS.from_proj4(f"+proj=tmerc +lon_0={middle} +k=0.9996 +R=1737400").to_wkt()
    places = [middle - 2.0, middle, middle + 3.0], [20.0, -40.0, 0.0]
    wkt = CRS.from_proj4(text).to_wkt()
    xs, ys = lunar_crs.from_lunar_lonlat(wkt, *places)
    expected = lunar_crs.from_lunar_lonlat(plain, *places)
    np.testing.assert_allclose(np.array(xs) - 500000.0, expected[0], atol=0.01)
    np.testing.assert_allclose(ys, expected[1], atol=0.01)
    np.testing.assert_allclose(lunar_crs.to_lunar_lonlat(wkt, xs, ys)[1], places[1], atol=1e-9)


@pytest.mark.parametrize(
    "crs", [MOON_GEOGRAPHIC, moon_equirectangular(), moon_equirectangular(180)]
)
def test_a_shift_to_the_earth_is_not_heeded(crs):
    """ERDAS Imagine writes one of zeros; PROJ refuses to transform with it."""
    shifted = crs.replace("1737400,0]", "1737400,0],TOWGS84[0,0,0,0,0,0,0]")
    assert shifted != crs
    assert lunar_crs.from_lunar_lonlat(shifted, [30.7], [20.2]) == lunar_crs.from_lunar_lonlat(
        crs, [30.7], [20.2]
    )
    assert lunar_crs.turn_length(CRS.from_wkt(shifted)) == lunar_crs.turn_length(CRS.from_wkt(crs))
