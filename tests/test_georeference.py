"""Products that GDAL misplaces are read at the position of their labels, everywhere."""

from __future__ import annotations

import gzip
import math
import re
import shutil
import subprocess
import tarfile
import zipfile

import numpy as np
import pytest
import rasterio
import rasterio.shutil
import rasterio.vrt
from hypothesis import given, settings
from hypothesis import strategies as st
from rasterio.transform import Affine

from lunar_oxide_plugin.core.chemistry.oxides import FEO
from lunar_oxide_plugin.core.errors import RasterError
from lunar_oxide_plugin.core.moon.longitude import wrap_longitude
from lunar_oxide_plugin.core.prediction.plan import predict_raster
from lunar_oxide_plugin.core.prediction.request import PredictionRequest
from lunar_oxide_plugin.core.probe.raster_probe import Probe
from lunar_oxide_plugin.core.probe.reading import ProbeSource
from lunar_oxide_plugin.core.products.spectral_raster import (
    SpectralRequest,
    write_spectral_parameters,
)
from lunar_oxide_plugin.core.progress import SilentProgress
from lunar_oxide_plugin.core.rasters.grid import Grid
from lunar_oxide_plugin.core.rasters.map_band import MapBand, stated_quantity
from lunar_oxide_plugin.core.rasters.opening import open_raster
from lunar_oxide_plugin.core.rasters.raster_info import read_info
from lunar_oxide_plugin.core.rasters.raster_input import RasterInput
from tests.models import write_linear_model
from tests.rasters import MOON_GEOGRAPHIC, random_dn, write_pds3_tile

SIDE = 8
DEGREE_M = math.radians(1.0) * 1737400.0
ATTACHED_SCENE = "MIA_3C5_03_02024N210E0301SC.img"


class Listener(SilentProgress):
    def __init__(self):
        self.lines = []

    def warn(self, message):
        self.lines.append(message)


def first_centre(transform):
    """Longitude in -180..180 and latitude of the first pixel's centre, central meridian 0."""
    x, y = Affine(*transform) * (0.5, 0.5)
    return wrap_longitude(x / DEGREE_M), y / DEGREE_M


def require_at(transform, west, north, per_degree=2048.0):
    lon, lat = first_centre(transform)
    assert abs(wrap_longitude(lon - west)) < 0.1 / per_degree
    assert abs(lat - north) < 0.1 / per_degree


@settings(max_examples=60, deadline=None)
@given(
    west=st.integers(0, 359),
    north=st.integers(-89, 90),
    attached=st.booleans(),
    fits=st.booleans(),
)
def test_every_tile_lies_where_its_label_says(tmp_path_factory, west, north, attached, fits):
    folder = tmp_path_factory.mktemp("tile")
    per_degree = float(SIDE) if fits else 2048.0
    path = write_pds3_tile(
        folder, random_dn(SIDE, SIDE), attached, west=west, north=north, per_degree=per_degree
    )
    info = read_info(RasterInput(str(path)))
    require_at(info.transform, west, north, per_degree)
    assert info.transform[0] * per_degree == pytest.approx(DEGREE_M, rel=1e-6)
    mirrored = attached and west % 180 != 0
    assert bool(info.notes) == mirrored
    assert (info.drawn_transform != info.transform) == mirrored
    if not mirrored:
        with rasterio.open(path) as dataset:  # GDAL's position is unchanged to the last bit
            assert info.transform == tuple(dataset.transform)[:6]


@pytest.mark.parametrize("name", [ATTACHED_SCENE, "tile.img", "MI_MAP_02_N99E999N98E999SC.img"])
def test_the_label_counts_whatever_the_file_is_called(tmp_path, name):
    path = write_pds3_tile(tmp_path, random_dn(6, 9), True, west=330, north=21)
    path.rename(tmp_path / name)
    info = read_info(RasterInput(str(tmp_path / name)))
    require_at(info.transform, 330, 21)
    (note,) = info.notes
    assert note.startswith(f"{name}: GDAL and QGIS place it at 30.00 E")
    assert "330.00 E to 331.00 E" in note


def test_all_that_reads_it_takes_the_true_place(tmp_path):
    path = str(write_pds3_tile(tmp_path, random_dn(SIDE, SIDE), True, west=330, north=21))
    raster, out = RasterInput(path), str(tmp_path / "out.tif")
    model = write_linear_model(tmp_path / "model.onnx")
    said = Listener()
    predict_raster(PredictionRequest(raster, out, str(model)), said)
    assert "331.00 E" in said.lines[0]
    with rasterio.open(out) as dataset:
        require_at(dataset.transform, 330, 21)
    said = Listener()
    write_spectral_parameters(SpectralRequest(raster, str(tmp_path / "p.tif")), said)
    assert any("331.00 E" in line for line in said.lines)
    with rasterio.open(tmp_path / "p.tif") as dataset:
        require_at(dataset.transform, 330, 21)
    with open_raster(raster) as dataset:
        require_at(Grid.of(dataset, "tile").transform, 330, 21)
    with MapBand(raster, FEO, 1, stated_quantity("oxide wt%", FEO)) as band:
        require_at(band.grid.transform, 330, 21)
        assert "331.00 E" in band.placement_note


def test_a_click_reads_the_pixel_that_is_shown_and_says_its_true_longitude(tmp_path):
    dn = random_dn(SIDE, SIDE)
    path = write_pds3_tile(tmp_path, dn, True, west=330, north=21)
    model = write_linear_model(tmp_path / "model.onnx")
    with rasterio.open(path) as dataset:
        shown = dataset.transform * (5.5, 2.5)
        ring = [dataset.transform * p for p in ((3, 1), (6, 1), (6, 4), (3, 4))]
    with Probe(ProbeSource(RasterInput(str(path)), str(model))) as probe:
        reading, box = probe.at(*shown), probe.within(ring)
    assert (reading.area.row, reading.area.column) == (2, 5)
    assert reading.reflectance[0].median == pytest.approx(dn[0, 2, 5] * 2e-5)
    assert reading.area.longitude_deg == pytest.approx(-30 + 5 / 2048, abs=1e-5)
    assert reading.area.latitude_deg == pytest.approx(21 - 2 / 2048, abs=1e-5)
    assert (reading.area.x, reading.area.y) == pytest.approx(shown)
    assert (box.area.column, box.area.row, box.n_read) == (3, 1, 9)
    assert box.area.longitude_deg == pytest.approx(-30 + 4 / 2048, abs=1e-5)


def rewrite(path, **keywords):
    """Change values of a label in place, without changing its length."""
    data = path.read_bytes()
    for keyword, value in keywords.items():

        def changed(match, value=value):
            return (match.group(1) + str(value).encode()).ljust(len(match.group(0)))

        data = re.sub(rb"(%b\s*= )[^\n]*" % keyword.encode(), changed, data)
    path.write_bytes(data)


def test_a_label_that_agrees_with_nothing_is_refused(tmp_path):
    path = write_pds3_tile(tmp_path, random_dn(SIDE, SIDE), True, west=330, north=21)
    rewrite(path, SAMPLE_PROJECTION_OFFSET=100 * 2048)
    with pytest.raises(RasterError, match="neither can be trusted") as caught:
        read_info(RasterInput(str(path)))
    assert str(caught.value).count("\n") == 0


def test_a_label_that_fits_its_image_outweighs_any_offset(tmp_path):
    path = write_pds3_tile(tmp_path, random_dn(SIDE, SIDE), True, west=77, north=21, per_degree=8.0)
    rewrite(path, SAMPLE_PROJECTION_OFFSET=-100 * 8.0, LINE_PROJECTION_OFFSET=3 * 8.0)
    info = read_info(RasterInput(str(path)))
    require_at(info.transform, 77, 21, 8.0)
    assert info.notes


def test_longitudes_that_grow_westwards(tmp_path):
    path = write_pds3_tile(tmp_path, random_dn(SIDE, SIDE), True, west=330, north=21)
    rewrite(
        path,
        POSITIVE_LONGITUDE_DIRECTION="WEST",
        WESTERNMOST_LONGITUDE="30.0 <deg>",
        EASTERNMOST_LONGITUDE="29.0004 <deg>",
    )
    require_at(read_info(RasterInput(str(path))).transform, 330, 21)


def test_copies_of_a_mirrored_tile(tmp_path):
    """A virtual raster of one, and a GeoTIFF that keeps the tile's name."""
    path = write_pds3_tile(tmp_path, random_dn(SIDE, SIDE), True, west=330, north=21)
    virtual, copy = tmp_path / "clip.vrt", tmp_path / f"{path.stem}.tif"
    rasterio.shutil.copy(str(path), str(virtual), driver="VRT")
    rasterio.shutil.copy(str(path), str(copy), driver="GTiff")
    for made in (virtual, copy):
        info = read_info(RasterInput(str(made)))
        require_at(info.transform, 330, 21)
        assert len(info.notes) == 1


def gdal_tool(*arguments, folder):
    subprocess.run([*map(str, arguments)], cwd=folder, check=True, capture_output=True)


def test_virtual_rasters_at_any_remove_and_behind_links(tmp_path):
    """Made by GDAL's tools with relative names, one of the other, and named by a link."""
    tile = write_pds3_tile(tmp_path, random_dn(SIDE, SIDE), True, west=330, north=21)
    source = tile.name
    for number in range(3):
        gdal_tool("gdalbuildvrt", "-q", f"{number}.vrt", source, folder=tmp_path)
        source = f"{number}.vrt"
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "link.vrt"
    link.symlink_to(tmp_path / "2.vrt")
    for made in (*(tmp_path / f"{number}.vrt" for number in range(3)), link):
        require_at(read_info(RasterInput(str(made))).transform, 330, 21)
        with open_raster(RasterInput(str(made))) as dataset:
            assert dataset.read(1).shape == (SIDE, SIDE)


def test_what_is_made_on_the_fly_of_a_mirrored_tile(tmp_path):
    """Placed by the tile's name; refused where only the tile's own label knows the place."""
    tile = write_pds3_tile(tmp_path, random_dn(SIDE, SIDE), True, west=330, north=21)
    gdal_tool("gdalwarp", "-q", "-of", "VRT", tile.name, "warped.vrt", folder=tmp_path)
    for made in (str(tmp_path / "warped.vrt"), f"vrt://{tile}", f"vrt://{tile}?bands=1,2"):
        require_at(read_info(RasterInput(made)).transform, 330, 21)
    plain = tmp_path / "scan.img"
    content = tile.read_bytes().replace(tile.stem.encode(), b"X" * len(tile.stem))
    plain.write_bytes(content)
    gdal_tool("gdalwarp", "-q", "-of", "VRT", plain.name, "plain.vrt", folder=tmp_path)
    for made in (str(tmp_path / "plain.vrt"), f"vrt://{plain}"):
        with pytest.raises(RasterError, match=r"made of scan\.img.*give scan\.img itself"):
            read_info(RasterInput(made))


def test_a_virtual_raster_of_mirrored_tiles_has_to_be_made_anew(tmp_path):
    tiles = [
        write_pds3_tile(tmp_path, random_dn(SIDE, SIDE), True, west=w, north=21, per_degree=8.0)
        for w in (30, 31)
    ]
    made = tmp_path / "joined.vrt"
    rasterio.shutil.copy(str(tiles[0]), str(made), driver="VRT")
    text = made.read_text()
    # The result of gdalbuildvrt: 31 E is mirrored to 31 W and lies in the west.
    source = re.search(r"<(SimpleSource|ComplexSource).*?</\1>", text, re.DOTALL).group(0)
    other = source.replace(tiles[0].name, tiles[1].name).replace('xOff="0"', 'xOff="-8"', 2)
    other = re.sub(r'(<SrcRect )xOff="-8"', r'\1xOff="0"', other)
    made.write_text(text.replace(source, source + other, 1))
    with pytest.raises(RasterError, match="Mosaic tiles"):
        read_info(RasterInput(str(made)))


def test_what_has_its_own_place_is_left_alone(tmp_path):
    """A crop of a version 3 tile that keeps the name, in any CRS; without label no message."""
    path = write_pds3_tile(tmp_path, random_dn(SIDE, SIDE), west=330, north=21)
    copy = tmp_path / "MI_MAP_03_N21E030N20E031SC.tif"
    rasterio.shutil.copy(str(path), str(copy), driver="GTiff")
    shutil.copy(copy, tmp_path / "any.tif")
    for made in (copy, tmp_path / "any.tif"):
        info = read_info(RasterInput(str(made)))
        assert not info.notes
        require_at(info.transform, 330, 21)
    assert np.isfinite(info.transform).all()


def in_archives(tile):
    """The names by which GDAL opens a file and its companions in archives made of them."""
    folder, files = tile.parent, sorted(tile.parent.glob(f"{tile.stem}.*"))
    with zipfile.ZipFile(folder / "many.zip", "w") as archive:
        for file in files:
            archive.write(file, f"tiles/{file.name}")
    with tarfile.open(folder / "many.tar", "w") as archive:
        for file in files:
            archive.add(file, file.name)
    yield f"/vsizip/{folder}/many.zip/tiles/{tile.name}"
    yield f"/vsizip/{{{folder}/many.zip}}/tiles/{tile.name}"
    yield f"/vsitar/{folder}/many.tar/{tile.name}"
    if len(files) == 1:
        with zipfile.ZipFile(folder / "one.zip", "w") as archive:
            archive.write(tile, tile.name)
        (folder / f"{tile.name}.gz").write_bytes(gzip.compress(tile.read_bytes()))
        yield f"/vsizip/{folder}/one.zip"
        yield f"/vsigzip/{folder}/{tile.name}.gz"
    else:
        yield f"/vsizip/{folder}/many.zip/tiles/{tile.stem}.img"


@pytest.mark.parametrize("attached", [True, False])
def test_labels_in_archives_are_read(tmp_path, attached):
    """Place, wavelengths and codes are those of the label, as beside a plain file."""
    tile = write_pds3_tile(tmp_path, random_dn(SIDE, SIDE), attached, west=330, north=21)
    plain = read_info(RasterInput(str(tile)))
    names = list(in_archives(tile))
    assert len(names) >= 4
    for name in names:
        info = read_info(RasterInput(name))
        require_at(info.transform, 330, 21)
        assert info.centres_nm == plain.centres_nm
        assert not any(band.assumed for band in info.bands)


@pytest.mark.parametrize("options", [{}, {"dtype": "float32"}])
def test_copies_that_keep_the_tile_in_their_history_alone(tmp_path, options):
    path = write_pds3_tile(tmp_path, random_dn(SIDE, SIDE), True, west=330, north=21)
    with rasterio.open(path) as tile:
        profile = {**tile.profile, "driver": "GTiff", **options}
        with rasterio.open(tmp_path / "clip.tif", "w", **profile) as copy:
            copy.write(tile.read().astype(profile["dtype"]))
            copy.update_tags(SOURCE_PRODUCT=path.stem)
    info = read_info(RasterInput(str(tmp_path / "clip.tif")))
    require_at(info.transform, 330, 21)
    assert len(info.notes) == 1


def test_a_warped_virtual_raster_of_a_mirrored_tile(tmp_path):
    path = write_pds3_tile(tmp_path, random_dn(SIDE, SIDE), True, west=330, north=21)
    with rasterio.open(path) as tile, rasterio.vrt.WarpedVRT(tile, crs=MOON_GEOGRAPHIC) as warped:
        rasterio.shutil.copy(warped, str(tmp_path / "warped.vrt"), driver="VRT")
    transform = read_info(RasterInput(str(tmp_path / "warped.vrt"))).transform
    assert abs(wrap_longitude(transform[2] - 330.0)) < 1e-3


def test_copies_that_cannot_be_moved_are_refused(tmp_path):
    """Of a level 3C scene, whose name tells no edge; of a tile, in a projection without a turn."""
    scene = write_pds3_tile(tmp_path, random_dn(SIDE, SIDE), True, west=330, north=21)
    copy = tmp_path / "MIA_3C5_03_02024N210E3300SC.tif"
    rasterio.shutil.copy(str(scene), str(copy), driver="GTiff")
    with pytest.raises(RasterError, match="GDAL mirrors"):
        read_info(RasterInput(str(copy)))
    conic = "+proj=lcc +lat_1=10 +lat_2=30 +lon_0=30 +R=1737400"
    made = tmp_path / f"{scene.stem}_conic.tif"
    with rasterio.open(scene) as tile, rasterio.vrt.WarpedVRT(tile, crs=conic) as warped:
        rasterio.shutil.copy(warped, str(made), driver="GTiff")
    with pytest.raises(RasterError, match="Mosaic tiles"):
        read_info(RasterInput(str(made)))


def test_a_label_without_longitudes_is_refused_where_gdal_may_mirror(tmp_path):
    path = write_pds3_tile(tmp_path, random_dn(SIDE, SIDE), True, west=330, north=21)
    rewrite(path, WESTERNMOST_LONGITUDE='"N/A"')
    require_at(read_info(RasterInput(str(path))).transform, 330, 21)  # its name tells
    path = path.rename(tmp_path / "scene.img")
    with pytest.raises(RasterError, match="says no longitudes"):
        read_info(RasterInput(str(path)))
