"""Files behind a name: everything that GDAL or QGIS reads when it opens the name."""

from __future__ import annotations

import os
import re
import sqlite3
import zipfile
from html import escape

import pytest
import rasterio
import rasterio.shutil

from lunar_oxide_plugin.core.rasters.raster_input import RasterInput
from lunar_oxide_plugin.core.rasters.source_files import files_behind, fingerprint, source_files
from tests.rasters import random_dn, write_mi_geotiff, write_pds3_tile


@pytest.fixture
def tile(tmp_path):
    return write_mi_geotiff(tmp_path / "tile.tif", random_dn(9, 7))


def behind(*names):
    return {path.resolve() for path in files_behind(*map(str, names))}


def vrt_over(source, target):
    rasterio.shutil.copy(source, target, driver="VRT")
    return target


def test_a_plain_file_is_itself(tile):
    assert behind(tile) == {tile}


def test_virtual_rasters_are_followed_to_their_ends(tile, tmp_path):
    name, chain = tile, [tile]
    for depth in range(12):
        folder = tmp_path / f"level{depth}"
        folder.mkdir()
        # GDAL's own copy of a virtual raster would name the tile again.
        text = vrt_over(tile, folder / f"{depth}.vrt").read_text()
        link = f'<SourceFilename relativeToVRT="1">{os.path.relpath(name, folder)}<'
        text = re.sub("<SourceFilename[^<]*<", link, text)
        (folder / f"{depth}.vrt").write_text(text)
        name = folder / f"{depth}.vrt"
        chain.append(name)
    assert behind(name) == set(chain)
    assert set(source_files(RasterInput(str(name)))) == set(chain)


def test_a_virtual_raster_by_any_name_and_within_itself(tile, tmp_path):
    disguised = tmp_path / "looks_like.tif"
    disguised.write_bytes(vrt_over(tile, tmp_path / "a.vrt").read_bytes())
    assert tile in behind(disguised)
    outer = tmp_path / "round.vrt"
    outer.write_text(disguised.read_text().replace("tile.tif", "round.vrt"))
    assert behind(outer) == {outer}


def test_a_virtual_raster_in_words(tile, tmp_path):
    vrt = vrt_over(tile, tmp_path / "a.vrt")
    assert tile in behind(vrt.read_text().replace("tile.tif", str(tile)))


@pytest.mark.parametrize(
    "element",
    [
        '<SourceFilename relativeToVRT="1">{relative}</SourceFilename>',
        '<SourceFilename relativeToVRT="0">{absolute}</SourceFilename>',
        '<SourceFilename relativeToVRT="0">/vsicached?file={absolute}</SourceFilename>',
        '<SourceDataset relativeToVRT="1">{relative}</SourceDataset>',
        "<SrcDataSource><![CDATA[{absolute}]]></SrcDataSource>",
        '<Argument name="gain_dataset_filename_1">{absolute}</Argument>',
        "<Overview><SourceFilename>{absolute}</SourceFilename></Overview>",
    ],
)
def test_each_way_of_naming_a_source(tmp_path, element):
    source = write_mi_geotiff(tmp_path / "tile & <odd>, name.tif", random_dn(9, 7))
    vrt = tmp_path / "a.vrt"
    as_xml = (str if "CDATA" in element else escape)(source.name)
    absolute = f"{tmp_path}/{as_xml}"
    vrt.write_text(
        "<VRTDataset>" + element.format(relative=as_xml, absolute=absolute) + "</VRTDataset>"
    )
    assert behind(vrt) == {vrt, source}


@pytest.mark.parametrize(
    "name",
    [
        "vrt://{tile}?bands=1,2",
        "{tile}|layername=x",
        "{tile}|option:NUM_THREADS=2",
        "GTIFF_DIR:1:{tile}",
        'NETCDF:"{tile}":band',
        'HDF5:"{tile}"://group/x',
        "GPKG:{tile}:table",
        "/vsisubfile/0_10,{tile}",
        "/vsicached?file={tile}&chunk=3",
        "file://{tile}?type=csv&xField=lon",
        "ogr:dbname='{tile}' table=\"x\" (geom)",
        "?layer=ogr:{tile}%7Clayername%3Dx:sites:UTF-8&query=select",
    ],
)
@pytest.mark.parametrize("folder", ["plain", "with space, and: mark", "v1.0"])
def test_names_that_hold_a_file(tmp_path, name, folder):
    (tmp_path / folder).mkdir()
    (tmp_path / folder / "other.tif").write_bytes(b"never read")
    tile = write_mi_geotiff(tmp_path / folder / "tile.tif", random_dn(9, 7))
    assert behind(name.format(tile=tile)) == {tile}


@pytest.mark.parametrize(
    "name",
    [
        "/vsizip/{archive}/inner/tile.tif",
        "/vsizip/{{{archive}}}/inner/tile.tif",
        "vrt:///vsizip/{archive}/inner/tile.tif?bands=1",
    ],
)
def test_the_archive_is_the_file(tile, tmp_path, name):
    archive = tmp_path / "tiles.zip"
    with zipfile.ZipFile(archive, "w") as content:
        content.write(tile, "inner/tile.tif")
    assert behind(name.format(archive=archive)) == {archive}
    vrt = vrt_over(f"/vsizip/{archive}/inner/tile.tif", tmp_path / "a.vrt")
    assert behind(vrt) == {vrt, archive}
    assert archive in source_files(RasterInput(f"/vsizip/{archive}/inner/tile.tif"))


def test_a_label_and_its_image_belong_together(tmp_path):
    label = write_pds3_tile(tmp_path, random_dn(9, 7))
    image = label.with_suffix(".img")
    assert image.exists()
    assert behind(label) == {label, image}
    assert behind(image) == {label, image}
    vrt = vrt_over(label, tmp_path / "a.vrt")
    assert behind(vrt) == {vrt, label, image}
    assert {label, image} <= set(source_files(RasterInput(str(vrt))))


def test_what_lies_beside_a_raster_belongs_to_it(tile):
    beside = ["tile.tif.ovr", "tile.tif.msk", "tile.tif.aux.xml", "tile.tfw", "tile.prj"]
    paths = {tile.with_name(name) for name in beside}
    for path in paths:
        path.write_text("beside")
    tile.with_name("tile.tif.txt").write_text("a note of the user")
    assert behind(tile) == {tile, *paths}


def test_what_lies_beside_a_table_or_database_belongs_to_it(tmp_path):
    shape = [tmp_path / f"a.{ending}" for ending in ("shp", "shx", "dbf", "prj", "qix")]
    for path in shape:
        path.write_bytes(b"")
    assert behind(shape[0]) == set(shape)
    database = tmp_path / "b.gpkg"
    with sqlite3.connect(database) as connection:
        connection.execute("create table t (x)")
    journal = tmp_path / "b.gpkg-wal"
    journal.write_bytes(b"")
    assert behind(f"{database}|layername=t") == {database, journal}


def test_a_folder_that_is_a_raster(tmp_path):
    store = tmp_path / "cube.zarr"
    store.mkdir()
    assert behind(f'ZARR:"{store}":/band') == {store}
    assert behind(store) == {store}


@pytest.mark.parametrize(
    "name", ["", "memory?geometry=Point", "https://x.org/a.tif", "/vsicurl/https://x.org/a.tif",
             "WMS:https://x.org", "a\0b", "x" * 9000, "<VRTDataset>", "/vsizip/none.zip/a.tif"],
)  # fmt: skip
def test_what_is_elsewhere_has_no_files(name):
    assert behind(name) == set()


def test_the_fingerprint_follows_everything_that_gives_pixels(tmp_path):
    label = write_pds3_tile(tmp_path, random_dn(9, 7))
    inner = vrt_over(label, tmp_path / "inner.vrt")
    outer = RasterInput(str(vrt_over(inner, tmp_path / "outer.vrt")))
    before = fingerprint(outer)
    label.with_name(label.name + ".aux.xml").write_text("<PAMDataset/>")
    assert fingerprint(outer) == before
    image = label.with_suffix(".img")
    content = bytearray(image.read_bytes())
    content[-1] ^= 1
    image.write_bytes(content)
    assert fingerprint(outer) != before
