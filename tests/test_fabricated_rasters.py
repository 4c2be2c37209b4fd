"""The fabricated rasters have the right values and positions when read with rasterio alone."""

from __future__ import annotations

import math

import numpy as np
import pytest
import rasterio

from tests.rasters import (
    ATTACHED_LABEL_BYTES,
    MODEL_BANDS,
    PRODUCT_FILTERS,
    PRODUCT_WAVELENGTHS,
    TAURUS_LITTROW,
    moon_equirectangular,
    random_dn,
    reflectance,
    write_envi,
    write_mi_geotiff,
    write_pds3_tile,
)

METRES_PER_DEGREE = math.radians(1.0) * 1737400.0


def test_fabricated_numbers_are_seeded_and_asymmetric():
    dn = random_dn(3, 5)
    np.testing.assert_array_equal(dn, random_dn(3, 5))
    assert not np.array_equal(dn, random_dn(3, 5, seed=4))
    assert len(np.unique(dn)) > 0.9 * dn.size
    np.testing.assert_allclose(reflectance(dn)[5, 2, 1], dn[6, 2, 1] * 2e-5)


def test_geotiff(tmp_path):
    dn = random_dn(3, 5)[::-1]
    path = write_mi_geotiff(
        tmp_path / "a.tif",
        dn,
        offset=0.01,
        wavelengths=PRODUCT_WAVELENGTHS[::-1],
        names=PRODUCT_FILTERS[::-1],
    )
    with rasterio.open(path) as dataset:
        np.testing.assert_array_equal(dataset.read(), dn)
        assert dataset.dtypes == ("int16",) * 9
        assert dataset.scales == (2e-5,) * 9
        assert dataset.offsets == (0.01,) * 9
        assert dataset.nodata == -30000
        assert dataset.descriptions == PRODUCT_FILTERS[::-1]
        assert [dataset.tags(n)["wavelength"] for n in (1, 9)] == ["1548", "414"]
        assert dataset.transform == TAURUS_LITTROW
        assert dataset.crs.to_dict()["proj"] == "eqc"
        assert dataset.crs.to_dict()["R"] == 1737400


def test_geotiff_that_says_nothing(tmp_path):
    values = reflectance(random_dn(1, 1)).astype("f4")
    path = write_mi_geotiff(
        tmp_path / "a.tif", values, scale=None, nodata=None, wavelengths=None, crs=""
    )
    with rasterio.open(path) as dataset:
        np.testing.assert_array_equal(dataset.read(), values)
        assert (dataset.scales[0], dataset.offsets[0], dataset.nodata) == (1.0, 0.0, None)
        assert dataset.crs is None
        assert dataset.descriptions == (None,) * len(MODEL_BANDS)
        assert "wavelength" not in dataset.tags(1)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_pds3_tile_with_detached_label(tmp_path, newline):
    dn = random_dn(4, 6)
    path = write_pds3_tile(tmp_path, dn, newline=newline)
    assert path.name == "MI_MAP_03_N21E030N20E031SC.lbl"
    assert path.with_suffix(".img").stat().st_size == 4 * 6 * (4 + 9 * 2)
    with rasterio.open(path) as dataset:
        assert dataset.driver == "PDS"
        np.testing.assert_array_equal(dataset.read(), dn)
        assert dataset.dtypes == ("int16",) * 9
        assert dataset.scales == pytest.approx((2e-5,) * 9)
        # GDAL reads none of the codes, and does not put the wavelengths into the bands' metadata.
        assert dataset.nodata == -32768
        assert dataset.descriptions == (None,) * 9
        assert dataset.tags(1) == {}
        assert dataset.tags()["CENTER_FILTER_WAVELENGTH"].startswith("(414.0 <nm>,749.0 <nm>")
        assert dataset.crs.to_dict()["R"] == 1737400
        assert dataset.crs.to_epsg() is None
        # The first pixel's centre is on the whole degree.
        longitude, latitude = np.array(dataset.xy(0, 0)) / METRES_PER_DEGREE
        assert (longitude, latitude) == pytest.approx((30.0, 21.0), abs=1e-7)
        assert dataset.res[0] * 2048 == pytest.approx(METRES_PER_DEGREE, rel=1e-6)


@pytest.mark.parametrize(
    ("west", "north", "name"),
    [(328, 65, "N65E328N64E329"), (124, 0, "N00E124S01E125"), (359, -40, "S40E359S41E000")],
)
def test_pds3_tiles_are_where_their_names_say(tmp_path, west, north, name):
    path = write_pds3_tile(tmp_path, random_dn(2, 3), west=west, north=north)
    assert name in path.name
    with rasterio.open(path) as dataset:
        place = np.array(dataset.xy(0, 0)) / METRES_PER_DEGREE
        assert tuple(place) == pytest.approx((west, north), abs=1e-6)


@pytest.mark.parametrize(("west", "longitude"), [(30, 30.0), (328, -32.0)])
def test_pds3_tile_with_attached_label_is_mirrored_by_gdal(tmp_path, west, longitude):
    dn = random_dn(4, 6)
    path = write_pds3_tile(tmp_path, dn, attached=True, west=west)
    assert path.name.startswith("MI_MAP_02_")
    assert path.stat().st_size == ATTACHED_LABEL_BYTES + 4 * 6 * (4 + 9 * 2)
    with rasterio.open(path) as dataset:
        np.testing.assert_array_equal(dataset.read(), dn)
        assert dataset.xy(0, 0)[0] / METRES_PER_DEGREE == pytest.approx(-longitude, abs=1e-3)
    repair = {"PDS_SampleProjOffset_Mult": "1", "PDS_SampleProjOffset_Shift": "-0.5"}
    with rasterio.Env(**repair), rasterio.open(path) as dataset:
        place = np.array(dataset.xy(0, 0)) / METRES_PER_DEGREE
        assert tuple(place) == pytest.approx((longitude, 21.0), abs=1e-4)


@pytest.mark.parametrize(("units", "factor"), [("Micrometers", 1e-3), ("Nanometers", 1.0)])
def test_envi(tmp_path, units, factor):
    values = reflectance(random_dn(2, 3)).astype("f4")[::-1]
    wavelengths = [PRODUCT_WAVELENGTHS[i] * factor for i in MODEL_BANDS][::-1]
    names = [PRODUCT_FILTERS[i] for i in MODEL_BANDS][::-1]
    path = write_envi(
        tmp_path / "a.img",
        values,
        wavelengths,
        units=units,
        names=names,
        crs=moon_equirectangular(),
    )
    with rasterio.open(path) as dataset:
        assert dataset.driver == "ENVI"
        np.testing.assert_array_equal(dataset.read(), values)
        assert dataset.nodata == -999
        assert [d.split()[0] for d in dataset.descriptions] == names
        listed = dataset.tags(ns="ENVI")
        assert listed["wavelength_units"] == units
        found = [float(w) for w in listed["wavelength"].strip("{}").split(",")]
        assert found == pytest.approx(wavelengths)
        assert dataset.transform.almost_equals(TAURUS_LITTROW)
        assert dataset.crs.to_dict()["R"] == 1737400


@pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
def test_envi_without_georeference(tmp_path):
    path = write_envi(tmp_path / "a.img", np.ones((2, 3, 4)), [0.4, 0.7])
    with rasterio.open(path) as dataset:
        assert dataset.crs is None
        assert dataset.transform.is_identity
        assert dataset.shape == (3, 4)
