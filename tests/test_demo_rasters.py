"""The bundled demo rasters: their content, and that the script reproduces them."""

from __future__ import annotations

import numpy as np
import pytest
import rasterio
from rasterio.crs import CRS
from rasterio.windows import Window

from lunar_oxide_plugin.core.rasters.sensors.known import CLEMENTINE
from lunar_oxide_plugin.core.sites.sample_sites import load_sites
from tests.rasters import MODEL_BANDS, PRODUCT_FILTERS, PRODUCT_WAVELENGTHS, PRODUCT_WIDTHS
from tools import make_demo

SITES = [site for site in load_sites() if site.reflectance is not None]
APOLLO_17 = [site for site in SITES if site.mission == "Apollo 17"]
BUNDLED = (make_demo.SCENE, make_demo.STATIONS)
MI_CODES = [-20000, -21000, -22000, -23000, -30000]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The rasters, made again: the scene, and the stations of both sensors."""
    folder = tmp_path_factory.mktemp("demo")
    paths = [folder / f"{name}.tif" for name in ("scene", "stations", "clementine")]
    make_demo.write_scene(paths[0], SITES)
    make_demo.write_stations(paths[1], SITES)
    make_demo.write_stations(paths[2], make_demo.seen_by(CLEMENTINE), CLEMENTINE)
    return paths


def place(dataset, site):
    """Row and column of a site, computed without the script's own grid."""
    metres = np.array([site.longitude_deg, site.latitude_deg]) * np.pi / 180 * 1737400
    return dataset.index(*metres)


def window_around(dataset, site, side):
    row, column = place(dataset, site)
    return Window(column - side // 2, row - side // 2, side, side)


def stored_blocks(dataset, number):
    """Blocks of a band that the file holds; the others are empty."""
    return [
        (i, j)
        for (i, j), _ in dataset.block_windows(number)
        if dataset.get_tag_item(f"BLOCK_OFFSET_{j}_{i}", "TIFF", bidx=number)
    ]


def test_published_reflectance_fits_the_digital_numbers():
    assert len(SITES) == 56
    assert len(APOLLO_17) == 21
    for site in SITES:
        dn = make_demo.digital_numbers(site.reflectance)[list(MODEL_BANDS)]
        np.testing.assert_allclose(dn * 2e-5, site.reflectance, rtol=0, atol=1e-9)


@pytest.mark.parametrize("path", BUNDLED, ids=lambda path: path.stem)
def test_conventions_of_the_product(path):
    assert path.stat().st_size < 1_000_000
    with rasterio.open(path) as dataset:
        assert dataset.dtypes == ("int16",) * 9
        assert dataset.scales == (2e-5,) * 9
        assert dataset.offsets == (0.0,) * 9
        assert dataset.nodatavals == (-30000.0,) * 9
        assert dataset.profile["tiled"]
        assert dataset.profile["compress"] == "deflate"
        for number, name, wavelength, width in zip(
            dataset.indexes, PRODUCT_FILTERS, PRODUCT_WAVELENGTHS, PRODUCT_WIDTHS
        ):
            assert dataset.descriptions[number - 1] == f"{name} {wavelength} nm"
            tags = dataset.tags(number)
            assert float(tags["wavelength"]) == wavelength
            assert tags["wavelength_units"] == "nm"
            assert float(tags["width"]) == width
        assert "copied from 1001 nm" in dataset.tags(6)["NOTE"]
        assert "not published" in dataset.tags(6)["NOTE"]
        assert "10.1038/s41467-023-43358-0" in dataset.tags()["CITATION"]
        assert "JAXA/SELENE MI" in dataset.tags()["CITATION"]


@pytest.mark.parametrize("path", BUNDLED, ids=lambda path: path.stem)
def test_crs_is_the_iau_2015_equirectangular_moon(path):
    with rasterio.open(path) as dataset:
        named = CRS.from_string("IAU_2015:30110").to_dict()
        own = dataset.crs.to_dict()
        assert {key: own[key] for key in ("proj", "lon_0", "R", "x_0", "y_0", "units")} == {
            key: named[key] for key in ("proj", "lon_0", "R", "x_0", "y_0", "units")
        }
        assert own["lat_ts"] == named.get("lat_ts", 0)


def test_the_scene_says_that_it_is_interpolated():
    assert "interpolated_between_stations" in make_demo.SCENE.name
    with rasterio.open(make_demo.SCENE) as dataset:
        tags = dataset.tags()
        assert tags["DATA_ORIGIN"] == "interpolated between published station spectra"
        assert "no observation" in tags["DESCRIPTION"]
        assert dataset.res[0] == pytest.approx(59.2, abs=0.05)


@pytest.mark.parametrize("site", APOLLO_17, ids=lambda site: site.station_id)
def test_scene_carries_the_published_spectrum_at_each_station(site):
    with rasterio.open(make_demo.SCENE) as dataset:
        dn = dataset.read(window=window_around(dataset, site, 3))
    spectra = dn[list(MODEL_BANDS)] * 2e-5
    np.testing.assert_allclose(spectra[:, 1, 1], site.reflectance, rtol=0, atol=1e-9)
    # The default of the check: the median of 3 x 3 pixels.
    np.testing.assert_allclose(np.median(spectra, axis=(1, 2)), site.reflectance, atol=1e-9)
    np.testing.assert_array_equal(dn[5], dn[4])


def test_scene_between_stations_stays_within_the_published_spectra():
    with rasterio.open(make_demo.SCENE) as dataset:
        dn = dataset.read()
    codes = np.isin(dn, MI_CODES)
    outside = (dn == -30000).all(axis=0)
    assert 0.2 < outside.mean() < 0.7
    assert set(np.unique(dn[codes])) == {-30000, -20000, -22000}  # codes to be handled
    assert 0 < codes[:, ~outside].sum() < 50
    published = np.array([site.reflectance for site in APOLLO_17])
    for band, values in zip(MODEL_BANDS, published.T):
        inside = dn[band][~codes[band]] * 2e-5
        assert inside.min() >= values.min() - 1e-9
        assert inside.max() <= values.max() + 1e-9


def test_stations_raster_carries_every_station_at_its_position():
    with rasterio.open(make_demo.STATIONS) as dataset:
        assert dataset.res[0] * 128 == pytest.approx(np.pi / 180 * 1737400)
        pixels = {}
        for site in SITES:
            pixels.setdefault(place(dataset, site), []).append(site)
        for (row, column), group in pixels.items():
            dn = dataset.read(window=Window(column, row, 1, 1))[:, 0, 0]
            mean = np.mean([site.reflectance for site in group], axis=0)
            # A mean of several is rounded to whole digital numbers.
            tolerance = 1e-9 if len(group) == 1 else 1e-5 + 1e-9
            np.testing.assert_allclose(dn[list(MODEL_BANDS)] * 2e-5, mean, rtol=0, atol=tolerance)
            names = "+".join(site.station_id for site in group)
            assert len(group) == 1 or names in dataset.tags()["DESCRIPTION"]
        assert any(len(group) > 1 for group in pixels.values())
        stored = stored_blocks(dataset, 9)
        assert 0 < len(stored) < 30
        found = sum(
            int((dataset.read(9, window=dataset.block_window(9, *block)) != -30000).sum())
            for block in stored
        )
        assert found == len(pixels)


def test_clementine_raster_carries_its_own_spectra_as_digital_numbers_of_the_mosaic():
    seen = [site for site in load_sites() if site.spectrum("Clementine") is not None]
    with rasterio.open(make_demo.CLEMENTINE_STATIONS) as dataset:
        assert dataset.descriptions[1] == "B 750 nm"
        assert [float(dataset.tags(n)["wavelength"]) for n in dataset.indexes] == [
            415, 750, 900, 950, 1000,
        ]  # fmt: skip
        assert dataset.scales == (1.3500004e-4,) * 5
        assert dataset.nodatavals == (-32768.0,) * 5
        assert "No scene" in dataset.tags()["DESCRIPTION"]
        assert "10.1029/2005JE002512" in dataset.tags()["CITATION"]
        for site in seen:
            row, column = place(dataset, site)
            dn = dataset.read(window=Window(column, row, 1, 1))[:, 0, 0]
            reflectance = dn * 1.3500004e-4 + 6.3422227e-8
            expected = site.spectrum("Clementine")
            np.testing.assert_allclose(reflectance, expected, rtol=0, atol=0.5 * 1.36e-4)
        found = sum(
            int((dataset.read(2, window=dataset.block_window(2, *block)) != -32768).sum())
            for block in stored_blocks(dataset, 2)
        )
        # Each station of Clementine has a pixel of its own.
        assert found == len(seen) == 46


def test_the_script_makes_the_bundled_scene_again(made):
    with rasterio.open(made[0]) as new, rasterio.open(make_demo.SCENE) as bundled:
        assert new.transform == bundled.transform
        assert new.tags() == bundled.tags()
        ours, theirs = new.read().astype(int), bundled.read().astype(int)
    # Sums of products may round to the neighbouring number with another linear algebra library.
    assert abs(ours - theirs).max() <= 1
    assert (ours != theirs).mean() < 1e-3


@pytest.mark.parametrize(
    ("index", "path"),
    [(1, make_demo.STATIONS), (2, make_demo.CLEMENTINE_STATIONS)],
    ids=("MI", "Clementine"),
)
def test_the_script_makes_the_bundled_stations_again(made, index, path):
    with rasterio.open(made[index]) as new, rasterio.open(path) as bundled:
        assert new.transform == bundled.transform
        assert new.shape == bundled.shape
        assert new.tags() == bundled.tags()
        for number in bundled.indexes:
            stored = stored_blocks(bundled, number)
            assert stored_blocks(new, number) == stored
            for block in stored:
                window = bundled.block_window(number, *block)
                np.testing.assert_array_equal(
                    new.read(number, window=window), bundled.read(number, window=window)
                )
