"""Small parts of core: impossible settings, wrong tables and CRS."""

from __future__ import annotations

import csv

import numpy as np
import pytest
import rasterio

from lunar_oxide_plugin.core.check.sampling import check_raster
from lunar_oxide_plugin.core.errors import LunarOxideError, OutputError, RasterError, SitesError
from lunar_oxide_plugin.core.moon import lunar_crs
from lunar_oxide_plugin.core.moon.geopackage_crs import name_lunar_crs
from lunar_oxide_plugin.core.prediction.threads_and_memory import plan
from lunar_oxide_plugin.core.progress import SilentProgress
from lunar_oxide_plugin.core.rasters.raster_info import read_info
from lunar_oxide_plugin.core.rasters.spectra import SpectraBlock
from lunar_oxide_plugin.core.rate import duration
from lunar_oxide_plugin.core.sites.sample_sites import BUNDLED_SITES, load_sites
from tests.models import expected_oxides, write_linear_model
from tests.rasters import random_dn, reflectance, write_mi_geotiff
from tests.requests import prediction as prediction_request
from tests.requests import raster as raster_input

# --- resources ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wishes", "message"),
    [
        ({"threads": 0}, "THREADS is 0: give 1 to 1024"),
        ({"threads": 10**9}, "THREADS is 1000000000: give 1 to 1024"),
        ({"threads": -2}, "THREADS is -2"),
        ({"memory_mb": 1}, "MEMORY is 1 MB: give at least"),
    ],
)
def test_wishes_that_cannot_be_met_are_told(wishes, message):
    with pytest.raises(LunarOxideError, match=message):
        plan(1000, 1000, 0, **wishes)


def test_little_memory_means_fewer_threads_and_smaller_blocks():
    rich = plan(50_000, 50_000, 0, threads=16, memory_mb=8000)
    poor = plan(50_000, 50_000, 0, threads=16, memory_mb=200)
    assert poor.workers < rich.workers == 16
    assert np.prod(poor.block_shape) <= np.prod(rich.block_shape)
    assert poor.cache_mb < rich.cache_mb


def test_blocks_are_flat_where_the_source_is_stored_in_wide_stripes():
    wide = plan(50_000, 50_000, 50_000 * 18, memory_mb=200)
    tiled = plan(50_000, 50_000, 0, memory_mb=200)
    assert wide.block_shape[0] < tiled.block_shape[0]
    assert plan(5, 3, 0).block_shape == (16, 16)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.4, "0 s"), (59.4, "59 s"), (59.6, "1:00 min"), (187, "3:07 min"), (7387, "2:03:07 h")],
)
def test_durations(seconds, text):
    assert duration(seconds) == text


# --- blocks and overviews -------------------------------------------------------------


def test_arrays_on_different_grids_are_no_block():
    reflectances = np.zeros((8, 2, 3), dtype=np.float32)
    good = np.ones((2, 3), dtype=bool)
    flags = np.zeros((2, 3), dtype=np.uint8)
    SpectraBlock(reflectances, good, flags)
    with pytest.raises(ValueError, match="reflectance must be"):
        SpectraBlock(reflectances[:, :1], good, flags)
    with pytest.raises(ValueError, match="flags must be"):
        SpectraBlock(reflectances, good, flags[:1])


@pytest.mark.parametrize(("rows", "columns"), [(9, 9000), (5000, 7), (1030, 300)])
def test_overviews_hold_pixels_of_the_map_not_means(tmp_path, rows, columns):
    from lunar_oxide_plugin.core.prediction.plan import predict_raster

    dn = random_dn(rows, columns)
    dn[:, : rows // 3, : columns // 3] = -30000  # a corner without data stays without
    path = write_mi_geotiff(tmp_path / "in.tif", dn)
    output = tmp_path / "out.tif"
    model = str(write_linear_model(tmp_path / "m.onnx"))
    predict_raster(prediction_request(str(path), str(output), model), SilentProgress())
    spectra = reflectance(dn).astype("f4")
    expected = expected_oxides(spectra.reshape(8, -1)).reshape(6, rows, columns)
    expected[:, : rows // 3, : columns // 3] = np.nan
    with rasterio.open(output) as dataset:
        whole = dataset.read()
        np.testing.assert_allclose(whole[:6], expected, rtol=1e-5)
        levels = len(dataset.overviews(1))
        assert max(rows, columns) / (4 * 2 ** (levels - 1)) <= 1024
    for level, factor in enumerate((4, 8, 16)[:levels]):
        with rasterio.open(output, overview_level=level) as overview:
            np.testing.assert_array_equal(overview.read(), whole[:, ::factor, ::factor])


# --- wavelengths ----------------------------------------------------------------------


def tagged(tmp_path, tags, namespace=None, dataset_tags=None):
    path = write_mi_geotiff(tmp_path / "a.tif", random_dn(2, 2)[:2], wavelengths=None)
    with rasterio.open(path, "r+") as dataset:
        for number in (1, 2):
            if tags:
                dataset.update_tags(
                    number, ns=namespace, **{k: v[number - 1] for k, v in tags.items()}
                )
        if dataset_tags:
            dataset.update_tags(**dataset_tags)
    return [band.wavelength_nm for band in read_info(raster_input(path)).bands]


@pytest.mark.parametrize(
    ("tags", "found"),
    [
        ({"wavelength": ("414", "0.749")}, [414.0, 749.0]),
        ({"wavelength": ("414", "749"), "wavelength_units": ("nm", "nm")}, [414.0, 749.0]),
        ({"wavelength": ("4140", "7490"), "wavelength_unit": ("Angstroms",) * 2}, [414.0, 749.0]),
        ({"wavelength": ("0.414 um", "749 nm")}, [414.0, 749.0]),
        ({"WAVELENGTH_NM": ("20", "25.5")}, [20.0, 25.5]),
        ({"center_wavelength": ("4.14e2", "7.49E+2")}, [414.0, 749.0]),
        ({"centre_wavelength": ("414", "749")}, [414.0, 749.0]),
        ({"wavelength": ("unknown", "none")}, [None, None]),
        ({"wavelength": ("414", "")}, [414.0, None]),
    ],
)
def test_wavelengths_in_the_tags_of_bands(tmp_path, tags, found):
    assert tagged(tmp_path, tags) == found


@pytest.mark.parametrize(
    ("value", "found"), [(("0.414", "0.749"), [414.0, 749.0]), (("?", "0.749"), [None, 749.0])]
)
def test_wavelengths_in_gdals_imagery_tags(tmp_path, value, found):
    assert tagged(tmp_path, {"CENTRAL_WAVELENGTH_UM": value}, "IMAGERY") == found


@pytest.mark.parametrize(
    ("dataset_tags", "found"),
    [
        ({"wavelength": "{414, 749}"}, [414.0, 749.0]),
        ({"wavelengths": "0.414 0.749", "wavelength_units": "Micrometers"}, [414.0, 749.0]),
        ({"WAVELENGTH": "[414.0,749.0]", "wavelength units": "nm"}, [414.0, 749.0]),
        ({"wavelength": "414, 749, 901"}, [None, None]),
        ({"wavelength": "414, x"}, [None, None]),
    ],
)
def test_wavelengths_listed_for_the_whole_file(tmp_path, dataset_tags, found):
    assert tagged(tmp_path, {}, dataset_tags=dataset_tags) == found


# --- sites, CRS, GeoPackage -----------------------------------------------------------


def altered_sites(tmp_path, change):
    with open(BUNDLED_SITES, newline="", encoding="utf-8") as handle:
        rows = list(csv.DictReader(handle))
    change(rows)
    path = tmp_path / "sites.csv"
    with open(path, "w", newline="", encoding="utf-8") as handle:
        writer = csv.DictWriter(handle, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def drop_column(rows):
    for row in rows:
        del row["feo_wt"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (drop_column, "has no column 'feo_wt'"),
        (lambda rows: rows[3].update(feo_wt="much"), "holds a bad number"),
        (lambda rows: rows[3].update(latitude_deg="91"), "latitude 91.0: give degrees"),
        (lambda rows: rows[3].update(longitude_deg="400"), "longitude 400.0: give east"),
        (lambda rows: rows[3].update(tio2_wt="101"), "101.0 wt% TiO2: give 0 to 100"),
    ],
)
def test_site_tables_that_cannot_be_right(tmp_path, change, message):
    with pytest.raises(SitesError, match=message) as caught:
        load_sites(altered_sites(tmp_path, change))
    assert "\n" not in str(caught.value)


def test_a_missing_site_table(tmp_path):
    with pytest.raises(SitesError, match="cannot be read"):
        load_sites(tmp_path / "none.csv")


def test_a_crs_that_cannot_be_used_is_one_sentence():
    for action in (lunar_crs.from_lunar_lonlat, lunar_crs.to_lunar_lonlat):
        with pytest.raises(RasterError) as caught:
            action("no WKT at all", [1.0], [2.0])
        assert "\n" not in str(caught.value)


def test_a_file_that_is_no_geopackage_is_told(tmp_path):
    path = tmp_path / "a.gpkg"
    path.write_text("no database" * 100)
    with pytest.raises(OutputError, match=r"CRS of a\.gpkg cannot be written"):
        name_lunar_crs(path)


@pytest.mark.parametrize("window", [0, -3, 2, 4])
def test_windows_are_odd(tmp_path, window):
    with pytest.raises(RasterError, match="must be odd and positive"):
        check_raster(raster_input("none.tif"), [], [], window, SilentProgress())
