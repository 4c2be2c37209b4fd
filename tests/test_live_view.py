"""The pixels of a view: the same numbers as a prediction, at every place and level of detail."""

from __future__ import annotations

import numpy as np
import pytest
import rasterio
from hypothesis import given
from hypothesis import strategies as st
from rasterio.transform import Affine

from lunar_oxide_plugin.core.errors import LunarOxideError, RasterError
from lunar_oxide_plugin.core.live.levels import (
    COARSER,
    Detail,
    Storage,
    level,
    levels_for,
    wanted_factor,
)
from lunar_oxide_plugin.core.live.live_source import LiveSources
from lunar_oxide_plugin.core.live.shown import choices, find_shown
from lunar_oxide_plugin.core.live.tile_cache import LiveTile, TileCache
from lunar_oxide_plugin.core.live.view import MapView, positions
from lunar_oxide_plugin.core.live.view_reading import read_view
from lunar_oxide_plugin.core.live.workers import Workers
from lunar_oxide_plugin.core.models.bundled_models import bundled_model_path
from lunar_oxide_plugin.core.moon import lunar_crs
from lunar_oxide_plugin.core.prediction.plan import PredictionRequest, predict_raster
from lunar_oxide_plugin.core.progress import SilentProgress
from lunar_oxide_plugin.core.rasters.raster_input import RasterInput
from lunar_oxide_plugin.core.rasters.raster_source import RasterSource
from tests.rasters import (
    MOON_GEOGRAPHIC,
    MOON_SOUTH_POLE,
    TAURUS_LITTROW,
    moon_equirectangular,
    random_dn,
    write_mi_geotiff,
)

MODEL = str(bundled_model_path("kaguya_mi"))
ROWS, COLUMNS = 330, 410


def scene_dn(rows=ROWS, columns=COLUMNS):
    """Numbers with shadow, saturation, codes and gaps."""
    dn = random_dn(rows, columns, seed=5)
    dn[:, :40, :60] = -30000
    dn[2, 50:60, 70:90] = 320
    dn[4, 70:75, 10:30] = -20000
    dn[7, 100, 100:140] = -21000
    return dn


@pytest.fixture(scope="module")
def scene(tmp_path_factory):
    """A raster and its prediction."""
    folder = tmp_path_factory.mktemp("live")
    path = write_mi_geotiff(
        folder / "scene.tif", scene_dn(), tiled=True, blockxsize=128, blockysize=128
    )
    output = folder / "prediction.tif"
    predict_raster(PredictionRequest(RasterInput(str(path)), str(output), MODEL), SilentProgress())
    with rasterio.open(output) as dataset:
        bands = dataset.read()
        descriptions = dataset.descriptions
    return path, dict(zip(descriptions, bands))


@pytest.fixture(scope="module")
def live():
    sources, workers = LiveSources(TileCache()), Workers(2)
    yield sources, workers
    workers.stop()
    sources.close()


def seen(live, path, view, key="feo", partial=False, cancelled=lambda: False):
    """Values and flags of a view, and the patches they came from."""
    sources, workers = live
    source = sources.get(RasterInput(str(path)), MODEL)
    values = np.full((view.height, view.width), np.nan, dtype=np.float32)
    flags = np.zeros(values.shape, dtype=np.uint8)
    patches = list(
        read_view(source, view, find_shown(source.layout, key), workers, cancelled, partial)
    )
    for patch in patches:
        rows, columns = patch.values.shape
        part = (slice(patch.row, patch.row + rows), slice(patch.column, patch.column + columns))
        values[part], flags[part] = patch.values, patch.flags
    return values, flags, patches


def whole(transform=TAURUS_LITTROW, rows=ROWS, columns=COLUMNS):
    return MapView(columns, rows, tuple(transform)[:6])


def test_numbers_are_those_of_the_prediction_to_the_last_bit(scene, live):
    path, bands = scene
    layout = live[0].get(RasterInput(str(path)), MODEL).layout
    named = {
        "tio2": "TiO2 (wt%)", "feo": "FeO (wt%)", "sio2": "SiO2 (wt%)",
        "domain distance": "domain distance", "quality": "quality",
    }  # fmt: skip
    assert set(named) <= {shown.key for shown in choices(layout)}
    for key, description in named.items():
        values, _, patches = seen(live, path, whole(), key)
        np.testing.assert_array_equal(values, bands[description])
        assert {patch.level.detail for patch in patches} == {Detail.FULL}
    _, flags, _ = seen(live, path, whole())
    quality = np.where(np.isnan(bands["quality"]), 1, bands["quality"])
    np.testing.assert_array_equal(flags, quality)
    assert len(np.unique(flags)) >= 4


def test_each_pixel_of_a_moved_enlarged_turned_view_is_the_one_below_its_centre(scene, live):
    path, bands = scene
    turned = Affine.translation(932000.0 + 8000.0, 613000.0 - 6000.0) * Affine.rotation(30.0)
    for transform in (
        TAURUS_LITTROW * Affine.translation(-20.3, 100.7),
        TAURUS_LITTROW * Affine.translation(30.2, 20.1) * Affine.scale(0.31),
        turned * Affine.scale(41.0, -47.0),
    ):
        view = MapView(230, 190, tuple(transform)[:6])
        values, _, _ = seen(live, path, view)
        x, y = np.meshgrid(np.arange(view.width) + 0.5, np.arange(view.height) + 0.5)
        columns, rows = (~TAURUS_LITTROW * transform) * (x, y)
        inside = (columns >= 0) & (columns < COLUMNS) & (rows >= 0) & (rows < ROWS)
        expected = np.full(values.shape, np.nan, dtype=np.float32)
        expected[inside] = bands["FeO (wt%)"][rows[inside].astype(int), columns[inside].astype(int)]
        # Centres that lie on the edge of a pixel may fall to either side.
        edge = np.minimum(np.abs(columns - np.rint(columns)), np.abs(rows - np.rint(rows))) < 1e-6
        assert edge.mean() < 0.02
        np.testing.assert_array_equal(values[~edge], expected[~edge])


def test_coarse_values_come_first_and_are_replaced(scene, live):
    path, bands = scene
    live[0].cache.clear()
    values, _, patches = seen(live, path, whole(), partial=True)
    finals = [patch.is_final for patch in patches]
    assert not finals[0] and finals == sorted(finals)
    assert patches[0].level.factor >= 8 * patches[-1].level.factor
    np.testing.assert_array_equal(values, bands["FeO (wt%)"])
    _, _, again = seen(live, path, whole(), partial=True)
    assert all(patch.is_final for patch in again)  # from the cache, at once


def test_a_coarse_view_shows_pixels_of_the_raster(scene, live):
    path, bands = scene
    factor = 4
    view = MapView(90, 70, tuple(TAURUS_LITTROW * Affine.scale(factor))[:6])
    values, _, patches = seen(live, path, view)
    assert {patch.level.factor for patch in patches} == {factor}
    assert {patch.level.detail for patch in patches} == {Detail.SAMPLED}
    expected = bands["FeO (wt%)"][2::4, 2::4][:70, :90]
    np.testing.assert_array_equal(values, expected)


def test_overviews_are_used(tmp_path, live):
    dn = np.repeat(np.repeat(random_dn(64, 64, seed=9), 8, axis=1), 8, axis=2)
    path = write_mi_geotiff(tmp_path / "with.tif", dn, tiled=True, blockxsize=128, blockysize=128)
    with rasterio.open(path, "r+") as dataset:
        dataset.build_overviews([2, 4, 8], rasterio.enums.Resampling.average)
    view = MapView(64, 64, tuple(TAURUS_LITTROW * Affine.scale(8))[:6])
    values, _, patches = seen(live, path, view)
    assert {patch.level.detail for patch in patches} == {Detail.OVERVIEWS}
    model = live[0].get(RasterInput(str(path)), MODEL).model
    spectra = (dn[:, ::8, ::8][[0, 1, 2, 3, 4, 6, 7, 8]] / np.float32(50000)).astype(np.float32)
    expected = model.predict(spectra.reshape(8, -1)).oxides[1].reshape(64, 64)
    np.testing.assert_array_equal(values, expected)


@pytest.mark.parametrize("crs", [MOON_GEOGRAPHIC, moon_equirectangular(180.0)])
def test_another_crs_shows_the_same_places(scene, live, crs):
    path, bands = scene
    lons, lats = lunar_crs.unproject(
        moon_equirectangular(), np.array([932000.0, 956000.0]), np.array([613000.0, 593500.0])
    )
    xs, ys = lunar_crs.project(crs, lons, lats)
    view = MapView(
        420, 340, ((xs[1] - xs[0]) / 420, 0.0, xs[0], 0.0, (ys[1] - ys[0]) / 340, ys[0]), crs
    )
    values, _, _ = seen(live, path, view)
    columns, rows = exact(view, moon_equirectangular(), TAURUS_LITTROW)
    near = np.maximum(np.abs(columns - np.rint(columns)), 0) < 0.05
    near |= np.abs(rows - np.rint(rows)) < 0.05
    expected = bands["FeO (wt%)"][
        rows.astype(int).clip(0, ROWS - 1), columns.astype(int).clip(0, COLUMNS - 1)
    ]
    sure = ~near & (rows < ROWS) & (columns < COLUMNS) & (rows > 0) & (columns > 0)
    assert sure.mean() > 0.7
    np.testing.assert_array_equal(values[sure], expected[sure])


def exact(view, wkt, transform):
    x, y = np.meshgrid(np.arange(view.width) + 0.5, np.arange(view.height) + 0.5)
    xs, ys = Affine(*view.transform) * (x, y)
    lons, lats = lunar_crs.unproject(view.crs_wkt, xs, ys)
    return ~transform * lunar_crs.project(wkt, lons, lats)


def test_positions_around_the_pole_and_across_the_seam(tmp_path):
    """A polar map over a raster of the whole Moon: every pixel within a quarter of a pixel."""
    turn = 2 * np.pi * 1737400.0
    transform = Affine(turn / 720, 0, -turn / 2, 0, -turn / 720, turn / 4)
    path = write_mi_geotiff(tmp_path / "moon.tif", random_dn(360, 720), transform=transform)
    with RasterSource(RasterInput(str(path))) as source:
        info = source.info
    view = MapView(200, 160, (9000.0, 0.0, -900000.0, 0.0, -9000.0, 720000.0), MOON_SOUTH_POLE)
    found = positions(view, info)
    columns, rows = exact(view, info.crs_wkt, transform)
    off = np.abs(found.columns - columns)
    off = np.minimum(off, np.abs(off - 720))
    assert np.isfinite(found.rows).all() and np.isfinite(found.columns).all()
    assert (found.columns >= 0).all() and (found.columns <= 720).all()
    # Columns converge at the pole: compare on the ground.
    ground = off * np.sin(np.radians((360 - rows) / 2))
    assert np.abs(found.rows - rows).max() < 0.3 * found.scale
    assert ground.max() < 0.3 * found.scale


def test_every_turn_of_longitude_shows_the_raster(scene, live):
    path, _ = scene
    turn = 2 * np.pi * 1737400.0
    here, _, _ = seen(live, path, whole())
    for turns in (-2, 1):
        moved = Affine.translation(turns * turn, 0) * TAURUS_LITTROW
        there, _, _ = seen(live, path, whole(moved))
        same = (here == there) | (np.isnan(here) & np.isnan(there))
        assert same.mean() > 0.99  # rounding of large coordinates


def test_a_view_beside_the_raster_is_empty(scene, live):
    path, _ = scene
    _, _, patches = seen(live, path, whole(Affine.translation(1e6, 0) * TAURUS_LITTROW))
    assert patches == []


def test_cancel_ends_the_reading(scene, live):
    path, _ = scene
    live[0].cache.clear()
    _, _, patches = seen(live, path, whole(), cancelled=lambda: True)
    assert patches == []
    values, _, _ = seen(live, path, whole())  # the next view is complete
    assert np.isfinite(values).mean() > 0.5


def test_a_removed_raster_is_told_in_one_sentence(tmp_path, live):
    path = write_mi_geotiff(tmp_path / "gone.tif", random_dn(40, 50))
    assert np.isfinite(seen(live, path, whole(rows=40, columns=50))[0]).all()
    path.unlink()
    with pytest.raises(RasterError, match="does not exist"):
        seen(live, path, whole(rows=40, columns=50))


def test_a_replaced_raster_is_read_anew(tmp_path, live):
    path = write_mi_geotiff(tmp_path / "new.tif", random_dn(40, 50, seed=1))
    first, _, _ = seen(live, path, whole(rows=40, columns=50))
    path.unlink()
    write_mi_geotiff(path, random_dn(40, 50, seed=2)[:, ::-1])
    second, _, _ = seen(live, path, whole(rows=40, columns=50))
    assert (first != second).mean() > 0.9


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"scale": None}, "set SCALE"),
        ({"crs": ""}, "no CRS"),
        ({"crs": "EPSG:4326"}, "Earth"),
    ],
)
def test_what_predict_refuses_is_refused(tmp_path, live, change, words):
    path = write_mi_geotiff(tmp_path / "other.tif", random_dn(40, 50), **change)
    with pytest.raises(LunarOxideError, match=words):
        seen(live, path, whole(rows=40, columns=50))


def test_the_cache_stays_within_its_limit():
    cache = TileCache(1_000_000)
    tiles = [LiveTile(np.zeros((14, 40, 40), np.float32), np.zeros((40, 40), np.uint8))] * 30
    for number, tile in enumerate(tiles):
        cache.put(number, tile)
        cache.get(0)
        assert cache.size_bytes <= 1_000_000
    assert cache.get(0) is not None  # used again and again
    assert cache.get(1) is None and cache.get(29) is not None
    cache.clear()
    assert cache.size_bytes == 0 and cache.get(0) is None


@given(st.floats(0.01, 1e5))
def test_a_level_is_near_the_views_pixels(scale):
    factor = wanted_factor(scale)
    assert factor & (factor - 1) == 0
    assert max(scale, 1.0) / factor <= COARSER * 1.001
    assert factor == 1 or max(scale, 1.0) / factor > COARSER / 2


@given(
    st.sampled_from([(512, 512), (1, 2048), (256, 256), (1, 60000), (64, 1000)]),
    st.floats(0.5, 5000.0),
    st.booleans(),
    st.booleans(),
)
def test_levels_grow_finer_and_their_tiles_are_bounded(block, scale, has_overviews, partial):
    overviews = tuple(2**k for k in range(1, 12)) if has_overviews else ()
    storage = Storage(*block, 16, overviews)
    levels = levels_for(storage, scale, 1.5e6 * scale**2, partial)
    factors = [own.factor for own in levels]
    assert factors == sorted(set(factors), reverse=True)
    assert factors[-1] >= wanted_factor(scale)
    if has_overviews:
        assert factors[-1] == wanted_factor(scale)
    for own in levels:
        assert 1 <= own.side <= 128
        assert own == level(storage, own.factor)
    assert partial or len(levels) == 1
