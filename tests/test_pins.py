"""Pins: kept in the project, restored, damaged ones left out; as features; as spectral library."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import numpy as np
import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsProject, QgsRasterLayer, QgsWkbTypes

from lunar_oxide_plugin.algorithms.site_layers import moon_geographic_crs
from lunar_oxide_plugin.core.chemistry.oxides import MAJOR_OXIDES
from lunar_oxide_plugin.core.libraries.reading import read_library
from lunar_oxide_plugin.core.models.bundled_models import bundled_model_path
from lunar_oxide_plugin.core.probe import reading_table
from lunar_oxide_plugin.core.probe.reading import FlagShare, PixelArea, SpectrumReading, Spread
from lunar_oxide_plugin.core.probe.reading_document import document_of, reading_of
from lunar_oxide_plugin.core.rasters.bands import ModelBand
from lunar_oxide_plugin.core.rasters.quality import OUTSIDE_DOMAIN, SHADOW
from lunar_oxide_plugin.core.sites.nearest_stations import NearStation
from lunar_oxide_plugin.core.sites.sample_sites import load_sites
from lunar_oxide_plugin.gui.pin_layer import add_to_layer
from lunar_oxide_plugin.gui.pin_library import PinLibrary
from lunar_oxide_plugin.gui.pin_store import KEY, SCOPE, PinStore
from lunar_oxide_plugin.gui.pins import PinBoard
from lunar_oxide_plugin.gui.reading_text import place_text, state_text
from tests.rasters import MOON_GEOGRAPHIC
from tests.test_print_map import write_prediction

CENTRES = (414.0, 749.0, 901.0, 950.0, 1001.0, 1049.0, 1248.0, 1548.0)
SOIL = (0.0498, 0.0883, 0.0953, 0.0962, 0.0989, 0.1024, 0.1235, 0.1487)


def reading(level=1.0, columns=3):
    values = [level * value for value in SOIL]
    return SpectrumReading(
        raster_name="tile.tif",
        model_title="a model",
        area=PixelArea(7, 9, columns, columns, 3e5, -2e5, 10.5, -6.25, columns > 50),
        n_valid=8,
        n_read=9,
        bands=tuple(ModelBand(f"b{c:g}", c, 20.0, 0.01, 0.3) for c in CENTRES),
        reflectance=tuple(Spread(v, v - 0.001, v + 0.002) for v in values),
        oxides=MAJOR_OXIDES,
        oxides_wt=tuple(Spread(5.0 + i, 4.0 + i, 6.5 + i) for i in range(6)),
        sigma_wt=(0.5, 0.6, math.nan, 0.8, 0.9, 1.0),
        domain_distance=math.nan,
        flags=(FlagShare(SHADOW, 0.25), FlagShare(OUTSIDE_DOMAIN, 1.0)),
        nearest=(NearStation(load_sites()[20], 0.4, SOIL),),
        nearest_note="a note",
        data_origin="interpolated",
        pixels=np.ones((8, 3), np.float32),
    )


BOX = ((3e5, -2e5), (3.1e5, -2e5), (3.1e5, -2.2e5), (3e5, -2.2e5))


def filled(board):
    crs = QgsCoordinateReferenceSystem("IAU_2015:30110")
    board.add_all([("box", reading(), BOX, crs), ("pixel", reading(1.5, 1), ((3e5, -2e5),), crs)])
    board.recolour(1, "#123456")
    return board


@pytest.fixture
def project(qgis_app):
    project = QgsProject.instance()
    project.clear()
    yield project
    project.clear()


@pytest.fixture
def board(project):
    board = PinBoard()
    store = PinStore(board)
    yield board
    store.close()


def test_a_reading_survives_json():
    one = reading()
    text = json.dumps(document_of(one), allow_nan=False)
    back = reading_of(json.loads(text))
    assert document_of(back) == document_of(one)
    assert back.nearest == one.nearest
    assert back.area == one.area
    assert [math.isnan(value) for value in back.sigma_wt] == [i == 2 for i in range(6)]


@pytest.mark.parametrize(
    "change",
    [
        {"raster": 5}, {"bands": []}, {"bands": [["x", 1]]}, {"oxides": ["Gold"]},
        {"reflectance": [[1, 2]]}, {"sigma_wt": []}, {"area": ["a", 1, 1, 1]}, {"place": [1]},
        {"oxides_wt": None}, {"flags": [[1]]}, {"pixels": "many"}, {"domain_distance": "far"},
    ],
)  # fmt: skip
def test_damaged_documents_are_refused(change):
    with pytest.raises(ValueError):
        reading_of({**document_of(reading()), **change})


@pytest.mark.parametrize("ending", ["qgz", "qgs"])
def test_pins_come_back_with_the_project(project, board, tmp_path, ending):
    assert not project.isDirty()
    filled(board)
    assert project.isDirty()
    path = str(tmp_path / f"pins.{ending}")
    assert project.write(path)
    before = board.pins
    project.clear()
    assert board.pins == ()
    assert project.read(path)
    assert [(p.name, p.colour, p.points) for p in board.pins] == [
        (p.name, p.colour, p.points) for p in before
    ]
    assert [document_of(p.reading) for p in board.pins] == [document_of(p.reading) for p in before]
    assert board.pins[0].crs == before[0].crs
    assert not project.isDirty()  # opening changes nothing
    # A second window or a restarted plugin finds them as well.
    other = PinBoard()
    store = PinStore(other)
    assert [pin.name for pin in other.pins] == ["box", "pixel"]
    store.close()
    # Removal is kept too.
    board.remove((0, 1))
    assert project.isDirty()
    assert project.write(path)
    assert project.read(path)
    assert board.pins == ()


def test_a_current_reading_is_no_pin(project, board):
    board.set_current("Here", reading(), BOX, QgsCoordinateReferenceSystem())
    assert not project.isDirty()
    board.pin_current("Point {number}")
    assert project.isDirty()


@pytest.mark.parametrize(
    "text",
    [
        "no json", "[]", '{"version": 99, "pins": []}', '{"version": 1, "pins": {}}',
        '{"version": 1, "pins": [1, null, {"name": "x"}]}', "[" * 100000,
    ],
)  # fmt: skip
def test_what_is_no_pin_is_left_out(project, board, text):
    project.writeEntry(SCOPE, KEY, text)
    store = PinStore(PinBoard())
    store.restore()
    assert store._board.pins == ()
    store.close()


def test_good_pins_beside_a_damaged_one_are_kept(project, board):
    filled(board)
    document = json.loads(project.readEntry(SCOPE, KEY)[0])
    document["pins"][0]["reading"]["bands"] = "all"
    project.writeEntry(SCOPE, KEY, json.dumps(document))
    other = PinBoard()
    store = PinStore(other)
    assert [pin.name for pin in other.pins] == ["pixel"]
    store.close()


def test_boxes_are_polygons_and_pixels_points(project, board):
    filled(board)
    add_to_layer(board.pins)
    layers = {
        QgsWkbTypes.displayString(layer.wkbType()): layer for layer in project.mapLayers().values()
    }
    assert set(layers) == {"Polygon", "Point"}
    (feature,) = layers["Polygon"].getFeatures()
    box = feature.geometry().boundingBox()
    degree = 1737400.0 * math.pi / 180.0
    assert box.xMinimum() == pytest.approx(3e5 / degree, rel=1e-6)
    assert box.xMaximum() == pytest.approx(3.1e5 / degree, rel=1e-6)
    assert box.yMinimum() == pytest.approx(-2.2e5 / degree, rel=1e-6)
    assert feature.geometry().constGet().nCoordinates() > 20
    (point,) = layers["Point"].getFeatures()
    assert point.geometry().asPoint().x() == 10.5
    add_to_layer(board.pins)
    assert len(project.mapLayers()) == 2
    assert layers["Polygon"].featureCount() == 2


# --- libraries ------------------------------------------------------------------------


@pytest.fixture
def button(board):
    button = PinLibrary(board)
    button.model = lambda: str(bundled_model_path("kaguya_mi"))
    said = []
    button.said.connect(said.append)
    button.heard = said
    yield button
    button.deleteLater()


@pytest.mark.parametrize("ending", ["sli", "csv"])
def test_pins_are_saved_and_opened_as_a_library(board, button, tmp_path, ending):
    filled(board)
    path = str(tmp_path / f"pins.{ending}")
    button.save(path)
    assert "2 spectra" in button.heard[-1]
    library = read_library(path)
    assert [s.name for s in library.spectra] == ["box", "pixel"]
    np.testing.assert_allclose(library.spectra[1].reflectance, 1.5 * np.array(SOIL), rtol=1e-6)
    board.remove((0, 1))
    button.open(path)
    assert [pin.name for pin in board.pins] == ["box", "pixel"]
    pin = board.pins[0]
    assert [spread.median for spread in pin.reading.reflectance] == pytest.approx(SOIL)
    assert len(pin.reading.oxides_wt) == 6
    assert "tile" not in place_text(pin.reading)
    assert f"pins.{ending}" in place_text(pin.reading)
    assert state_text(pin.reading)
    assert bool(pin.points) == (ending == "csv")


def test_the_docks_own_table_is_opened(board, button, tmp_path):
    filled(board)
    path = tmp_path / "spectra.csv"
    reading_table.write([(pin.name, pin.reading) for pin in board.pins], path)
    board.remove((0, 1))
    button.open(str(path))
    assert [pin.name for pin in board.pins] == ["box", "pixel"]
    assert board.pins[0].points == ((10.5, -6.25),)
    assert board.pins[0].crs == moon_geographic_crs()
    assert [s.median for s in board.pins[0].reading.reflectance] == pytest.approx(SOIL, rel=1e-6)


def test_a_raster_of_the_project_is_not_replaced(project, board, button, tmp_path):
    filled(board)
    path = str(tmp_path / "tile.tif")
    write_prediction(path, MOON_GEOGRAPHIC, (0, 0, 3, 2))
    project.addMapLayer(QgsRasterLayer(path, "tile", "gdal"))
    before = (tmp_path / "tile.tif").read_bytes()
    button.save(path)
    assert "is an input" in button.heard[-1]
    assert (tmp_path / "tile.tif").read_bytes() == before


def test_what_cannot_be_opened_is_said(board, button, tmp_path, monkeypatch):
    button.open(str(tmp_path / "missing.sli"))
    assert "no file" in button.heard[-1]
    rows = "".join(f"s{i}," + ",".join(map(str, SOIL)) + "\n" for i in range(4))
    path = tmp_path / "many.csv"
    path.write_text("name," + ",".join(f"r{c:g}" for c in CENTRES) + "\n" + rows)
    monkeypatch.setattr("lunar_oxide_plugin.gui.pin_library.MOST_PINS", 3)
    button.open(str(path))
    assert "more than fit" in button.heard[-1]
    assert board.pins == ()
    one = replace(reading(), bands=reading().bands[:7], reflectance=reading().reflectance[:7])
    board.add_all(
        [("a", reading(), (), moon_geographic_crs()), ("b", one, (), moon_geographic_crs())]
    )
    button.save(str(tmp_path / "mixed.sli"))
    assert "different wavelengths" in button.heard[-1]
    assert not (tmp_path / "mixed.sli").exists()
