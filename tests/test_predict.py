from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import rasterio
from rasterio.crs import CRS
from rasterio.transform import Affine

from lunar_oxide_plugin.core.chemistry.layout import FULL
from lunar_oxide_plugin.core.errors import (
    BandMappingError,
    Cancelled,
    OutputError,
    RasterError,
    ReflectanceRangeError,
)
from lunar_oxide_plugin.core.models.oxide_model import OxideModel
from lunar_oxide_plugin.core.moon import lunar_crs
from lunar_oxide_plugin.core.prediction.plan import predict_raster
from lunar_oxide_plugin.core.progress import SilentProgress
from lunar_oxide_plugin.core.rasters.prediction_bands import (
    find_bands,
    read_tags,
)
from tests.models import expected_oxides, write_foreign_model, write_linear_model
from tests.rasters import (
    EARTH,
    MOON_GEOGRAPHIC,
    MOON_SOUTH_POLE,
    TAURUS_LITTROW,
    moon_equirectangular,
    random_dn,
    reflectance,
    write_mi_geotiff,
    write_pds3_tile,
)
from tests.requests import prediction as prediction_request


@pytest.fixture
def model(tmp_path):
    return str(write_linear_model(tmp_path / "linear.onnx"))


def predict(raster, tmp_path, model, **options):
    output = str(tmp_path / "out.tif")
    request = prediction_request(raster, output, model, **options)
    summary = predict_raster(request, options.pop("progress", SilentProgress()))
    with rasterio.open(output) as dataset:
        return summary, dataset.read(), dataset.profile


def expected(dn):
    spectra = reflectance(dn).astype("f4")
    return expected_oxides(spectra.reshape(8, -1)).reshape(6, *dn.shape[1:])


def described(path):
    with rasterio.open(path) as dataset:
        return dataset.descriptions


def files(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize(("rows", "columns"), [(1, 1), (1, 40), (33, 1), (70, 90)])
def test_values_and_layout(tmp_path, model, rows, columns):
    dn = random_dn(rows, columns)
    summary, out, profile = predict(write_mi_geotiff(tmp_path / "in.tif", dn), tmp_path, model)
    np.testing.assert_allclose(out[:6], expected(dn), rtol=1e-5)
    for index in range(6):
        np.testing.assert_allclose(out[6 + index], (index + 1) / 10, rtol=1e-6)
    np.testing.assert_allclose(out[12], 10 * reflectance(dn)[0], rtol=1e-5)
    assert out.shape[0] == 14
    assert np.isnan(profile["nodata"])
    assert profile["transform"] == TAURUS_LITTROW
    assert profile["crs"] == CRS.from_wkt(moon_equirectangular())
    assert summary.valid_pixels == summary.total_pixels == rows * columns
    with rasterio.open(tmp_path / "out.tif") as dataset:
        assert dataset.descriptions == OxideModel(Path(model)).outputs.descriptions
        assert dataset.units[:12] == ("wt%",) * 12
    assert files(tmp_path) == ["in.tif", "linear.onnx", "out.tif"]


def test_tags_say_where_the_numbers_come_from(tmp_path, model):
    raster = write_mi_geotiff(tmp_path / "in.tif", random_dn(2, 2))
    with rasterio.open(raster, "r+") as dataset:
        dataset.update_tags(DATA_ORIGIN="simulated for a test")
    predict(raster, tmp_path, model)
    tags = read_tags(str(tmp_path / "out.tif"))
    assert tags["MODEL_TITLE"] == "Linear test model"
    assert tags["MODEL_VERSION"] == "9.9"
    assert len(tags["MODEL_SHA256"]) == 64
    assert tags["TRAINING_STATIONS"] == "A17_LM,CE5"
    assert tags["DATA_ORIGIN"] == "simulated for a test"
    assert tags["SOURCE_RASTER"] == "in.tif"
    assert "MI 1548 nm <- band 9" in tags["BAND_MAPPING"]
    assert tags["SOFTWARE"].startswith("Lunar Oxide ")


def test_many_blocks_threads_and_overviews(tmp_path, model):
    dn = random_dn(1100, 1300)
    dn[:, 600:, :300] = -30000
    raster = write_mi_geotiff(tmp_path / "in.tif", dn, tiled=True, blockxsize=256, blockysize=128)
    _, one, _ = predict(raster, tmp_path, model, threads=1)
    summary, out, _ = predict(raster, tmp_path, model, threads=3)
    np.testing.assert_array_equal(one, out)
    inside = np.ones((1100, 1300), dtype=bool)
    inside[600:, :300] = False
    np.testing.assert_allclose(out[:6, inside], expected(dn)[:, inside], rtol=1e-5)
    assert np.isnan(out[:, ~inside]).all()
    assert summary.valid_pixels == inside.sum()
    with rasterio.open(tmp_path / "out.tif") as dataset:
        assert dataset.overviews(1) == [4]
        assert dataset.overviews(14) == [4]


def test_quality_flags(tmp_path, model):
    dn = random_dn(1, 5)
    dn[:, 0, 0] = -30000
    dn[2, 0, 1] = -20000
    dn[7, 0, 2] = 100
    dn[0, 0, 3] = 6000  # reflectance 0.12: domain distance 1.2
    _, out, _ = predict(write_mi_geotiff(tmp_path / "in.tif", dn), tmp_path, model)
    quality = out[13, 0]
    assert np.isnan(quality[0])
    assert quality[1] == 4
    assert np.isnan(out[0, 0, 1])
    assert int(quality[2]) & 2
    assert np.isfinite(out[0, 0, 2])
    assert int(quality[3]) & 8
    total = expected(dn)[:, 0, 4].sum()
    assert bool(int(quality[4]) & 32) == (not 94 <= total <= 102)


def test_all_nodata(tmp_path, model):
    dn = np.full((9, 3, 4), -30000, dtype=np.int16)
    summary, out, _ = predict(write_mi_geotiff(tmp_path / "in.tif", dn), tmp_path, model)
    assert (summary.valid_pixels, summary.total_pixels) == (0, 12)
    assert np.isnan(out).all()


@pytest.mark.parametrize("wrong", [{"scale": 1e300}, {"offset": 1e300}, {}])
def test_an_empty_map_is_told(tmp_path, model, wrong):
    warnings = []

    class Listener(SilentProgress):
        def warn(self, message):
            warnings.append(message)

    dn = random_dn(3, 3) if wrong else np.full((9, 3, 4), -30000, dtype=np.int16)
    raster = str(write_mi_geotiff(tmp_path / "in.tif", dn))
    predict_raster(
        prediction_request(raster, str(tmp_path / "out.tif"), model, **wrong), Listener()
    )
    assert any("The map is empty" in warning for warning in warnings)


def test_extent_cuts_pixels_exactly(tmp_path, model):
    dn = random_dn(20, 30)
    raster = write_mi_geotiff(tmp_path / "in.tif", dn)
    t = TAURUS_LITTROW
    bounds = (t.c + 5 * 59.2, t.f - 12 * 59.2, t.c + 9 * 59.2, t.f - 4 * 59.2)
    summary, out, profile = predict(raster, tmp_path, model, extent=bounds)
    np.testing.assert_allclose(out[:6], expected(dn[:, 4:12, 5:9]), rtol=1e-5)
    assert profile["transform"] == t * Affine.translation(5, 4)
    assert summary.total_pixels == 8 * 4


def test_extent_elsewhere(tmp_path, model):
    raster = write_mi_geotiff(tmp_path / "in.tif", random_dn(4, 4))
    with pytest.raises(RasterError, match=r"does not meet in\.tif"):
        predict(raster, tmp_path, model, extent=(0, 0, 10, 10))


@pytest.mark.parametrize(
    ("crs", "transform"),
    [
        (MOON_GEOGRAPHIC, Affine(0.01, 0, 359.9, 0, -0.01, 10)),
        (moon_equirectangular(180), TAURUS_LITTROW),
        (MOON_SOUTH_POLE, Affine(100, 0, -500, 0, -100, 500)),
        (MOON_GEOGRAPHIC, Affine(0.01, 0, 30, 0, 0.01, 10)),
        (MOON_GEOGRAPHIC, Affine(0.01, 0.002, 30, 0.003, -0.01, 10)),
    ],
    ids=["0-360", "centre 180", "polar", "south-up", "rotated"],
)
def test_grid_and_crs_are_kept(tmp_path, model, crs, transform):
    dn = random_dn(3, 5)
    raster = write_mi_geotiff(tmp_path / "in.tif", dn, crs=crs, transform=transform)
    _, out, profile = predict(raster, tmp_path, model)
    np.testing.assert_allclose(out[:6], expected(dn), rtol=1e-5)
    assert profile["transform"].almost_equals(transform, 1e-12)
    with rasterio.open(raster) as source:
        assert profile["crs"] == source.crs


def test_pds3_tile(tmp_path, model):
    dn = random_dn(6, 5)
    tile = write_pds3_tile(tmp_path, dn)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    _, out, _ = predict(tile, tmp_path, model)
    np.testing.assert_allclose(out[:6], expected(dn), rtol=1e-5)
    assert all((tmp_path / name).read_bytes() == content for name, content in before.items())


def test_foreign_model_needs_bands(tmp_path):
    foreign = str(write_foreign_model(tmp_path / "foreign.onnx", 2))
    dn = random_dn(3, 4)
    raster = write_mi_geotiff(tmp_path / "in.tif", dn)
    with pytest.raises(BandMappingError, match="give BANDS"):
        predict(raster, tmp_path, foreign)
    _, out, _ = predict(raster, tmp_path, foreign, bands=(1, 2, 3, 4, 5, 7, 8, 9))
    np.testing.assert_allclose(out[:6], expected(dn), rtol=1e-5)
    bands = find_bands([*described(tmp_path / "out.tif")], "out.tif")
    assert (bands.sigma, bands.domain_distance, bands.quality) == ({}, None, len(out))
    assert "TRAINING_STATIONS" not in read_tags(str(tmp_path / "out.tif"))


@pytest.mark.parametrize(
    ("factor", "dtype", "hint"),
    [(1.0, "i2", "unscaled digital numbers"), (2e-3, "f4", "percent"), (4e-10, "f4", "twice")],
)
def test_wrong_units_are_refused_with_the_likely_cause(tmp_path, model, factor, dtype, hint):
    values = (random_dn(50, 60) * factor).astype(dtype)
    raster = write_mi_geotiff(tmp_path / "in.tif", values, scale=None)
    with pytest.raises(ReflectanceRangeError, match=hint):
        predict(raster, tmp_path, model)
    assert files(tmp_path) == ["in.tif", "linear.onnx"]


def test_wrong_units_in_a_corner_that_samples_miss(tmp_path, model):
    values = np.full((9, 900, 900), -30000, dtype="i2")
    values[:, 100:110, 100:110] = random_dn(10, 10)
    raster = write_mi_geotiff(tmp_path / "in.tif", values, scale=None)
    with pytest.raises(ReflectanceRangeError, match="unscaled"):
        predict(raster, tmp_path, model)
    assert files(tmp_path) == ["in.tif", "linear.onnx"]


def test_earth_is_refused(tmp_path, model):
    raster = write_mi_geotiff(
        tmp_path / "in.tif", random_dn(3, 3), crs=EARTH, transform=Affine(0.1, 0, 5, 0, -0.1, 5)
    )
    with pytest.raises(RasterError, match="CRS of Earth"):
        predict(raster, tmp_path, model)


def test_no_crs_is_only_a_warning(tmp_path, model):
    warnings = []

    class Listener(SilentProgress):
        def warn(self, message):
            warnings.append(message)

    raster = write_mi_geotiff(tmp_path / "in.tif", random_dn(3, 3), crs="")
    output = str(tmp_path / "out.tif")
    predict_raster(prediction_request(str(raster), output, model), Listener())
    assert "has no CRS" in warnings[0]


def test_cancel_leaves_nothing(tmp_path, model):
    class Impatient(SilentProgress):
        calls = 0

        def is_cancelled(self):
            self.calls += 1
            return self.calls > 2

    raster = write_mi_geotiff(
        tmp_path / "in.tif", random_dn(900, 900), tiled=True, blockxsize=256, blockysize=256
    )
    request = prediction_request(str(raster), str(tmp_path / "out.tif"), model)
    with pytest.raises(Cancelled):
        predict_raster(request, Impatient())
    assert files(tmp_path) == ["in.tif", "linear.onnx"]


@pytest.mark.parametrize(
    ("output", "message"),
    [("no/such/folder/out.tif", "does not exist"), ("out.png", "must be a GeoTIFF")],
)
def test_unwritable_output(tmp_path, model, output, message):
    raster = write_mi_geotiff(tmp_path / "in.tif", random_dn(3, 3))
    request = prediction_request(str(raster), str(tmp_path / output), model)
    with pytest.raises(OutputError, match=message):
        predict_raster(request, SilentProgress())
    assert files(tmp_path) == ["in.tif", "linear.onnx"]


def test_output_on_the_input(tmp_path, model):
    raster = write_mi_geotiff(tmp_path / "in.tif", random_dn(3, 3))
    before = raster.read_bytes()
    request = prediction_request(str(raster), str(raster), model)
    with pytest.raises(OutputError, match="is an input"):
        predict_raster(request, SilentProgress())
    assert raster.read_bytes() == before


def test_truncated_input_leaves_an_earlier_output_alone(tmp_path, model):
    output = tmp_path / "out.tif"
    output.write_text("earlier")
    raster = write_mi_geotiff(tmp_path / "in.tif", random_dn(400, 300))
    raster.write_bytes(raster.read_bytes()[:-200_000])
    request = prediction_request(str(raster), str(output), model)
    with pytest.raises(RasterError):
        predict_raster(request, SilentProgress())
    assert output.read_text() == "earlier"
    assert files(tmp_path) == ["in.tif", "linear.onnx", "out.tif"]


def test_find_bands_by_description_in_any_order():
    names = list(reversed(FULL.descriptions))
    bands = find_bands(names, "x")
    assert tuple(bands.oxides.values()) == (14, 13, 12, 11, 10, 9)
    assert tuple(bands.sigma.values()) == (8, 7, 6, 5, 4, 3)
    assert (bands.domain_distance, bands.quality) == (2, 1)
    fewer = find_bands(["quality", "SiO2 (wt%)", "FeO sigma (wt%)", "MgO", "mgo  sigma"], "x")
    assert (fewer.oxides, fewer.sigma) == ({"MgO": 4, "SiO2": 2}, {"MgO": 5})
    assert (fewer.domain_distance, fewer.quality) == (None, 1)
    with pytest.raises(RasterError, match=r"no band described as an oxide, like FeO \(wt%\)"):
        find_bands(["FeO sigma (wt%)", "quality", "domain distance"], "x")


EQUATORIAL = ("sinu", "moll")


@pytest.mark.parametrize("name", ["nsper +h=3000000", "ortho", "gnom", "sinu", "moll", "laea"])
def test_the_map_keeps_the_crs_of_any_projection(tmp_path, model, name):
    """GeoTIFF cannot store some CRS; a companion file has them, as GDAL writes it."""
    crs = CRS.from_proj4(f"+proj={name} +lat_0=20 +lon_0=30 +R=1737400")
    transform = Affine(100.0, 0, -400, 0, -100, 400)
    raster = write_mi_geotiff(
        tmp_path / "in.tif", random_dn(8, 8), crs=crs.to_wkt(), transform=transform
    )
    predict(raster, tmp_path, model)
    (output,) = [path for path in tmp_path.glob("*.tif") if path.name != "in.tif"]
    with rasterio.open(raster) as source, rasterio.open(output) as dataset:
        assert dataset.crs == source.crs
        assert dataset.transform == transform
        place = lunar_crs.to_lunar_lonlat(dataset.crs.to_wkt(), [0.0], [0.0])
        assert place == ([pytest.approx(30)], [pytest.approx(0 if name in EQUATORIAL else 20)])
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]
