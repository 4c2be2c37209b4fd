"""Grids, CRS and formats of rasters: each gives the right map, or one sentence."""

from __future__ import annotations

import hashlib
import re
import struct
import zipfile

import numpy as np
import pytest
import rasterio
import rasterio.shutil
from rasterio.crs import CRS
from rasterio.transform import Affine

from lunar_oxide_plugin.core.errors import LunarOxideError, RasterError
from lunar_oxide_plugin.core.prediction.plan import predict_raster
from lunar_oxide_plugin.core.progress import SilentProgress
from tests.models import expected_oxides, write_linear_model
from tests.rasters import (
    MODEL_BANDS,
    MOON_GEOGRAPHIC,
    MOON_SOUTH_POLE,
    PRODUCT_WAVELENGTHS,
    TAURUS_LITTROW,
    moon_equirectangular,
    random_dn,
    reflectance,
    write_envi,
    write_mi_geotiff,
    write_pds3_tile,
)
from tests.requests import prediction as prediction_request


def needs(driver):
    from rasterio.env import Env

    with Env() as env:
        return pytest.mark.skipif(
            driver not in env.drivers(), reason=f"this GDAL has no driver {driver}"
        )


@pytest.fixture
def model(tmp_path):
    return str(write_linear_model(tmp_path / "linear.onnx"))


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def predict(path, model, tmp_path, **options):
    """The map of a raster; checks that all files beside the raster are unchanged."""
    output = tmp_path / "result" / "out.tif"
    before = {p: digest(p) for p in tmp_path.rglob("*") if p.is_file() and p != output}
    output.parent.mkdir(exist_ok=True)
    request = prediction_request(path, str(output), model, **options)
    try:
        predict_raster(request, SilentProgress())
    finally:
        after = {p: digest(p) for p in before if p.exists()}
        assert after == before
    with rasterio.open(output) as dataset:
        return dataset.read(), dataset.profile


def expected(dn):
    spectra = reflectance(dn).astype("f4")
    return expected_oxides(spectra.reshape(8, -1)).reshape(6, *dn.shape[1:])


def require_map(path, model, tmp_path, dn, **options):
    out, profile = predict(path, model, tmp_path, **options)
    np.testing.assert_allclose(out[:6], expected(dn), rtol=1e-5)
    return profile


# --- grids ----------------------------------------------------------------------------


@pytest.mark.parametrize(("rows", "columns"), [(1, 1), (1, 700), (700, 1), (3, 5), (513, 17)])
def test_sizes(tmp_path, model, rows, columns):
    dn = random_dn(rows, columns)
    require_map(write_mi_geotiff(tmp_path / "in.tif", dn), model, tmp_path, dn)


@pytest.mark.parametrize(
    "transform",
    [
        Affine(59.2, 0.0, 932000.0, 0.0, 59.2, 560000.0),  # south up
        Affine(-59.2, 0.0, 932000.0, 0.0, -59.2, 613000.0),  # east to the left
        TAURUS_LITTROW * Affine.rotation(30.0),
        TAURUS_LITTROW * Affine.shear(10.0, 5.0),
        Affine(0.0, 59.2, 932000.0, -59.2, 0.0, 613000.0),  # rows and columns exchanged
        Affine(1e-9, 0.0, 0.0, 0.0, -1e-9, 0.0),
        Affine(5e6, 0.0, -1e9, 0.0, -5e6, 1e9),
    ],
    ids=["south-up", "mirrored", "rotated", "sheared", "exchanged", "tiny", "huge"],
)
def test_geotransforms_are_kept(tmp_path, model, transform):
    dn = random_dn(21, 13)
    path = write_mi_geotiff(tmp_path / "in.tif", dn, transform=transform)
    profile = require_map(path, model, tmp_path, dn)
    assert tuple(profile["transform"])[:6] == pytest.approx(tuple(transform)[:6], rel=1e-12)


@pytest.mark.parametrize(
    "transform",
    [
        Affine(59.2, 0.0, 932000.0, 0.0, 59.2, 560000.0),
        Affine(-59.2, 0.0, 932000.0, 0.0, -59.2, 613000.0),
        Affine(0.0, 59.2, 932000.0, -59.2, 0.0, 613000.0),
    ],
    ids=["south-up", "mirrored", "exchanged"],
)
def test_an_extent_takes_the_same_pixels_whatever_the_axes(tmp_path, model, transform):
    dn = random_dn(21, 13)
    path = write_mi_geotiff(tmp_path / "in.tif", dn, transform=transform)
    (x1, y1), (x2, y2) = transform * (3, 5), transform * (9, 16)
    extent = (min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))
    out, profile = predict(path, model, tmp_path, extent=extent)
    np.testing.assert_allclose(out[:6], expected(dn)[:, 5:16, 3:9], rtol=1e-5)
    assert profile["transform"] * (0, 0) == pytest.approx((x1, y1))


@pytest.mark.parametrize(
    "crs",
    [
        "",
        MOON_GEOGRAPHIC,
        moon_equirectangular(),
        moon_equirectangular(180.0),
        MOON_SOUTH_POLE,
        "IAU_2015:30100",
        "IAU_2015:30135",
    ],
    ids=["none", "geographic", "eqc", "eqc180", "south pole", "iau", "iau south pole"],
)
def test_lunar_crs_and_none_are_kept(tmp_path, model, crs):
    dn = random_dn(7, 11)
    transform = Affine(0.01, 0.0, 359.95, 0.0, -0.01, 10.0) if "GEOG" in crs[:4] else TAURUS_LITTROW
    path = write_mi_geotiff(tmp_path / "in.tif", dn, crs=crs, transform=transform)
    profile = require_map(path, model, tmp_path, dn)
    with rasterio.open(path) as dataset:
        assert profile["crs"] == dataset.crs
        assert profile["transform"] == dataset.transform


@pytest.mark.parametrize(
    ("crs", "body"),
    [
        ("EPSG:4326", "Earth"),
        ("EPSG:32633", "Earth"),
        ("EPSG:3857", "Earth"),
        ("IAU_2015:49900", "Mars"),  # Mars
        ("IAU_2015:19900", "Mercury"),  # Mercury
    ],
)
def test_crs_of_other_bodies_are_refused(tmp_path, model, crs, body):
    path = write_mi_geotiff(tmp_path / "in.tif", random_dn(3, 3), crs=crs)
    with pytest.raises(RasterError, match=f"in.tif has a CRS of {body}"):
        predict(path, model, tmp_path)
    assert list((tmp_path / "result").iterdir()) == []


# --- formats --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "profile",
    [
        {},
        {"tiled": True, "blockxsize": 16, "blockysize": 32},
        {"blockysize": 1},
        {"interleave": "pixel"},
        {"interleave": "pixel", "tiled": True, "blockxsize": 64, "blockysize": 16},
        {"compress": "deflate", "predictor": 2},
        {"compress": "lzw", "interleave": "pixel"},
        {"BIGTIFF": "YES"},
        {"ENDIANNESS": "BIG"},
        {"SPARSE_OK": True},
    ],
    ids=lambda profile: "-".join(map(str, profile.values())) or "plain",
)
def test_geotiff_layouts(tmp_path, model, profile):
    dn = random_dn(70, 90)
    require_map(write_mi_geotiff(tmp_path / "in.tif", dn, **profile), model, tmp_path, dn)


@needs("COG")
def test_cloud_optimised_geotiff(tmp_path, model):
    dn = random_dn(600, 520)
    rasterio.shutil.copy(
        write_mi_geotiff(tmp_path / "plain.tif", dn),
        tmp_path / "in.tif",
        driver="COG",
        blocksize=128,
    )
    require_map(tmp_path / "in.tif", model, tmp_path, dn)


def test_virtual_raster_and_archive(tmp_path, model):
    dn = random_dn(30, 20)
    plain = write_mi_geotiff(tmp_path / "plain.tif", dn)
    rasterio.shutil.copy(plain, tmp_path / "in.vrt", driver="VRT")
    require_map(tmp_path / "in.vrt", model, tmp_path, dn)
    with zipfile.ZipFile(tmp_path / "in.zip", "w") as archive:
        archive.write(plain, "folder/in.tif")
    require_map(f"/vsizip/{tmp_path}/in.zip/folder/in.tif", model, tmp_path, dn)


@pytest.mark.parametrize("interleave", ["bsq", "bil", "bip"])
def test_envi_cubes_of_raw_numbers(tmp_path, model, interleave):
    dn = random_dn(12, 9)
    order = {"bsq": (0, 1, 2), "bil": (1, 0, 2), "bip": (1, 2, 0)}[interleave]
    path = write_envi(tmp_path / "in.img", dn, PRODUCT_WAVELENGTHS, units="Nanometers")
    header = (tmp_path / "in.hdr").read_text()
    header = header.replace("data type = 4", "data type = 2")
    header = header.replace("interleave = bsq", f"interleave = {interleave}")
    (tmp_path / "in.hdr").write_text(header)
    path.write_bytes(dn.transpose(order).astype("<i2").tobytes())
    require_map(path, model, tmp_path, dn, scale=2e-5)


@pytest.mark.parametrize("attached", [False, True])
def test_pds3_tiles(tmp_path, model, attached):
    dn = random_dn(12, 9)
    require_map(write_pds3_tile(tmp_path, dn, attached), model, tmp_path, dn)


@pytest.mark.parametrize(
    ("driver", "name"),
    [
        pytest.param("PDS4", "in.xml", marks=needs("PDS4")),
        pytest.param("ISIS3", "in.cub", marks=needs("ISIS3")),
    ],
)
def test_other_planetary_formats(tmp_path, model, driver, name):
    dn = random_dn(12, 9)
    values = (dn * 2e-5).astype("f4")
    profile = {"crs": CRS.from_wkt(moon_equirectangular()), "transform": TAURUS_LITTROW}
    target = tmp_path / name
    with rasterio.open(
        target, "w", driver=driver, count=9, height=12, width=9, dtype="float32", **profile
    ) as dataset:
        dataset.write(values)
    # These formats carry no wavelengths here: the user names the bands.
    bands = tuple(place + 1 for place in MODEL_BANDS)
    with pytest.raises(LunarOxideError, match="give BANDS"):
        predict(target, model, tmp_path)
    out, _ = predict(target, model, tmp_path, bands=bands)
    np.testing.assert_allclose(out[:6], expected(dn), rtol=1e-4)


def write_netcdf(path, variables):
    """A classic netCDF file of float variables {name: array}, byte by byte (format CDF-1)."""

    def text(value):
        data = value.encode()
        return struct.pack(">i", len(data)) + data.ljust(-(-len(data) // 4) * 4, b"\0")

    def header(begins):
        parts = [b"CDF\x01", struct.pack(">i", 0)]
        sizes = [
            (f"{n}{axis}", size) for n, v in variables.items() for axis, size in enumerate(v.shape)
        ]
        parts.append(struct.pack(">ii", 10, len(sizes)))
        parts += [text(name) + struct.pack(">i", size) for name, size in sizes]
        parts.append(struct.pack(">iiii", 0, 0, 11, len(variables)))
        first = 0
        for (name, values), begin in zip(variables.items(), begins):
            axes = range(first, first + values.ndim)
            first += values.ndim
            parts.append(text(name) + struct.pack(f">i{values.ndim}i", values.ndim, *axes))
            parts.append(struct.pack(">iiiii", 0, 0, 5, values.size * 4, begin))
        return b"".join(parts)

    length = len(header([0] * len(variables)))
    begins, body = [], b""
    for values in variables.values():
        begins.append(length + len(body))
        body += values.astype(">f4").tobytes()
    path.write_bytes(header(begins) + body)


@needs("netCDF")
def test_subdatasets_are_read_and_their_container_names_them(tmp_path, model):
    dn = random_dn(12, 9)
    container = tmp_path / "in.nc"
    write_netcdf(container, {"reflectance": dn * 2e-5, "other": np.ones((3, 5))})
    with pytest.raises(RasterError, match=r"in\.nc holds .* rasters .*reflectance"):
        predict(container, model, tmp_path)
    bands = tuple(place + 1 for place in MODEL_BANDS)
    out, _ = predict(f"NETCDF:{container}:reflectance", model, tmp_path, bands=bands)
    np.testing.assert_allclose(np.sort(out[:6].ravel()), np.sort(expected(dn).ravel()), rtol=1e-4)
    upright = np.allclose(out[:6], expected(dn), rtol=1e-4)
    assert upright or np.allclose(out[:6, ::-1], expected(dn), rtol=1e-4)


@needs("netCDF")
def test_a_virtual_raster_over_subdatasets_of_one_band_each(tmp_path, model):
    """What the message on a container proposes works."""
    dn = random_dn(12, 9)
    container = tmp_path / "in.nc"
    names = [f"band_{number}" for number in range(1, 10)]
    write_netcdf(container, dict(zip(names, dn * 2e-5)))
    with pytest.raises(RasterError, match="separate band"):
        predict(container, model, tmp_path)
    one = tmp_path / "one.vrt"
    rasterio.shutil.copy(f"NETCDF:{container}:{names[0]}", str(one), driver="VRT")
    head, band, tail = re.fullmatch(
        r"(.*?)(<VRTRasterBand.*?</VRTRasterBand>)(.*)", one.read_text(), re.DOTALL
    ).groups()
    bands = [
        band.replace('band="1"', f'band="{number}"', 1).replace(names[0], name)
        for number, name in enumerate(names, start=1)
    ]
    (tmp_path / "joined.vrt").write_text(head + "".join(bands) + tail)
    order = tuple(place + 1 for place in MODEL_BANDS)
    out, _ = predict(tmp_path / "joined.vrt", model, tmp_path, bands=order)
    np.testing.assert_allclose(np.sort(out[:6].ravel()), np.sort(expected(dn).ravel()), rtol=1e-4)
