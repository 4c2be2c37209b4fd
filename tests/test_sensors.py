"""Sensors: one record each, recognised by all metadata of a raster, and used everywhere."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest
import rasterio
import rasterio.enums
from qgis.core import QgsProcessingException, QgsProcessingFeedback

from lunar_oxide_plugin.core.errors import BandMappingError, ReflectanceRangeError
from lunar_oxide_plugin.core.products.sensor_parameters import NATURAL_COLOURS, formula_bands
from lunar_oxide_plugin.core.products.spectral_parameters import FORMULAS
from lunar_oxide_plugin.core.rasters.raster_info import read_info
from lunar_oxide_plugin.core.rasters.sensors import known
from lunar_oxide_plugin.core.rasters.sensors.known import CLEMENTINE, IIRS, M3, MI, SENSORS
from lunar_oxide_plugin.core.rasters.sensors.plausibility import require_plausible
from lunar_oxide_plugin.core.rasters.sensors.recognition import (
    Evidence,
    by_wavelengths,
    recognise,
    require_same_sensor,
)
from lunar_oxide_plugin.core.rasters.sensors.record import DigitalNumbers, Filter, Sensor
from lunar_oxide_plugin.core.sites.sample_sites import REFLECTANCE_COLUMNS, load_sites
from tests.rasters import (
    PRODUCT_FILTERS,
    PRODUCT_WAVELENGTHS,
    PRODUCT_WIDTHS,
    random_dn,
    write_envi,
    write_mi_geotiff,
    write_pds3_tile,
)
from tests.requests import raster as raster_input

#: Centres of M3's global mode as its headers write them, and of its target mode on that grid.
M3_GLOBAL = [460.99, 500.92, 540.84, 580.76, 620.69, 660.61, 700.54, 730.48, 750.44, 770.40]
M3_TARGET = [446.02 + 9.981 * i for i in range(256)]

#: A camera that does not exist: two filters near MI's, two of its own.
DUMMY = Sensor(
    key="Dummy",
    title="Dummy Orbiter Colour Camera",
    filters=(
        Filter("D1", 430.0, 20.0, "415"),
        Filter("D2", 760.0, 20.0, "750"),
        Filter("D3", 960.0, 20.0, "950"),
        Filter("D4", 1700.0, 20.0, "1700"),
    ),
    numbers=DigitalNumbers("uint16", 1e-4),
    file_names=(r"DUMMY_MAP",),
    formulas=("ratio_750_415",),
    advice="use the Dummy archive",
)


def test_the_record_of_mi_is_the_products_label():
    assert tuple(own.name for own in MI.filters) == PRODUCT_FILTERS
    assert tuple(own.wavelength_nm for own in MI.filters) == PRODUCT_WAVELENGTHS
    assert tuple(own.width_nm for own in MI.filters) == PRODUCT_WIDTHS


@pytest.mark.parametrize("sensor", SENSORS, ids=lambda sensor: sensor.key)
def test_records_are_complete(sensor):
    assert sensor.citations
    assert sensor.advice
    assert sensor.filters or (sensor.range_nm and sensor.band_counts)
    nominal = [own.nominal for own in sensor.filters if own.nominal]
    assert len(set(nominal)) == len(nominal)
    assert set(sensor.formulas) <= set(FORMULAS)
    assert set(sensor.legends) <= set(sensor.formulas)
    for key in sensor.formulas:
        assert set(FORMULAS[key].needs) <= set(formula_bands(sensor))
    for plausible in (*sensor.levels.values(), *sensor.ratios.values()):
        assert plausible.possible_min < plausible.known_min < plausible.known_max
        assert plausible.known_max < plausible.possible_max


def test_no_fact_of_a_sensor_stands_elsewhere():
    keys = [sensor.key for sensor in SENSORS]
    assert len(set(keys)) == len(keys)
    own = {formula for sensor in SENSORS for formula in sensor.formulas}
    # The channels of a picture are no formula of a sensor: any with both bands has them.
    assert own.isdisjoint(NATURAL_COLOURS.keys)
    assert own | set(NATURAL_COLOURS.keys) == set(FORMULAS)


def station_reflectance():
    spectra = np.array([site.reflectance for site in load_sites() if site.reflectance])
    centres = [float(column[1:]) for column in REFLECTANCE_COLUMNS]
    return {MI.filter_at(centre).nominal: spectra[:, i] for i, centre in enumerate(centres)}


def test_plausible_ranges_follow_the_stations():
    measured = station_reflectance()
    for name, plausible in MI.levels.items():
        rule = known.level(measured[name].min(), measured[name].max())
        assert vars(plausible) == pytest.approx(vars(rule), rel=1e-3)
    assert set(MI.ratios) == set(measured) - {"750"}
    for name, plausible in MI.ratios.items():
        ratios = measured[name] / measured["750"]
        rule = known.ratio(ratios.min(), ratios.max())
        assert vars(plausible) == pytest.approx(vars(rule), abs=4e-3)


def test_every_station_is_plausible_without_a_doubt():
    measured = station_reflectance()
    for place in range(len(measured["750"])):
        one = {name: values[place : place + 1] for name, values in measured.items()}
        assert require_plausible(MI, one, "station", told=False) == ()


@pytest.mark.parametrize(
    ("gain", "slope", "outcome"),
    [
        (1.0, 0.0, None),
        (1.3, 0.0, "brighter than all soils.*laboratory"),
        (0.2, 0.0, "darker than all soils.*shadow"),
        (2.6, 0.0, ReflectanceRangeError),
        (0.05, 0.0, ReflectanceRangeError),
        (1.0, -0.35, "R1550/R750.*no sampled soil.*laboratory"),
        (1.0, -0.8, ReflectanceRangeError),
    ],
)
def test_level_and_shape_are_doubted_or_refused(gain, slope, outcome):
    measured = station_reflectance()
    brightest = measured["750"].argmax()
    spectrum = {name: values[brightest] * gain for name, values in measured.items()}
    spectrum["1550"] *= 1.0 + slope
    one = {name: np.full(9, value) for name, value in spectrum.items()}
    if outcome is ReflectanceRangeError:
        with pytest.raises(ReflectanceRangeError):
            require_plausible(MI, one, "x.tif", told=True)
        return
    doubts = require_plausible(MI, one, "x.tif", told=True)
    if outcome is None:
        assert doubts == ()
    else:
        assert len(doubts) == 1
        assert re.search(outcome, doubts[0])


@pytest.mark.parametrize(
    ("centres", "sensor"),
    [
        (PRODUCT_WAVELENGTHS, MI),
        ((749.0, 950.0), MI),
        ((414.0, 749.0, 901.0, 950.0, 1001.0, 1049.0, 1248.0, 1548.0), MI),
        ((415.0, 750.0, 900.0, 950.0, 1000.0, 1050.0, 1250.0, 1550.0), MI),
        ((415.0, 750.0, 900.0, 950.0, 1000.0), CLEMENTINE),
        ((415.0, 750.0, 950.0), CLEMENTINE),
        (M3_GLOBAL, M3),
        (M3_TARGET, M3),
        ((540.84, 750.44, 950.06, 1549.03), M3),
        ([800.0 + 16.4 * i for i in range(256)], IIRS),
        ((750.44,), None),
        ((750.0,), None),
        ((415.0, 566.0, 750.0), None),
        ((414.0, 749.0, 5000.0), None),
        (tuple(range(400, 2500, 10)), None),
    ],
)
def test_all_band_centres_decide(centres, sensor):
    assert by_wavelengths(centres) is sensor


def test_a_band_near_750_nm_makes_no_clementine_of_an_m3_cube():
    assert by_wavelengths([415.2, 750.2, *M3_GLOBAL]) is None


@pytest.mark.parametrize(
    ("evidence", "sensor", "basis"),
    [
        (Evidence(label="MULTIBAND IMAGER MI_MAP"), MI, "label"),
        (Evidence(file_names=("MI_MAP_03_N21E030N20E031SC_clip.tif",)), MI, "file name"),
        (Evidence(file_names=("mia_3c5_03_02024N210E0301SC.img",)), MI, "file name"),
        (Evidence(file_names=("M3G20090125T172601_V01_RFL.IMG",)), M3, "file name"),
        (Evidence(file_names=("x.tif", "M3G20090125T172601_V01_RFL")), M3, "file name"),
        (Evidence(file_names=("x.tif", "not like UVVIS"), dtypes=("float32",) * 9), None, ""),
        (Evidence(file_names=("x.tif", "near M3G20090125T17"), dtypes=("float32",) * 9), None, ""),
        (
            Evidence(file_names=("x.tif", "cut of MI_MAP_03_x"), dtypes=("int16",) * 9),
            MI,
            "file name",
        ),
        (Evidence(dtypes=("int16",) * 9, scales=(2e-5,) * 9), MI, "numbers"),
        (Evidence(dtypes=("int16",) * 5, scales=(1.3500004e-4,) * 5), CLEMENTINE, "numbers"),
        (Evidence((415.0, 750.0), ("MI_MAP_03_x.tif",)), CLEMENTINE, "wavelengths"),
        (Evidence((321.0, 360.0), ("MI_MAP_03_x.tif",)), None, ""),
        (Evidence(file_names=("map.tif",), dtypes=("int16",) * 9, scales=(1.0,) * 9), None, ""),
        (Evidence(dtypes=("int16",) * 8, scales=(2e-5,) * 8), None, ""),
    ],
)
def test_what_remains_tells_the_sensor(evidence, sensor, basis):
    found = recognise(evidence)
    assert (found.sensor, found.basis) == (sensor, basis) if sensor else found is None


def test_rasters_of_every_format_tell_their_sensor(tmp_path):
    dn = random_dn(4, 6)
    assert read_info(raster_input(write_mi_geotiff(tmp_path / "a.tif", dn))).sensor is MI
    assert read_info(raster_input(write_pds3_tile(tmp_path, dn))).sensor is MI
    assert read_info(raster_input(write_pds3_tile(tmp_path, dn, attached=True))).sensor is MI
    cube = np.ones((len(M3_GLOBAL), 3, 4), dtype="f4")
    assert (
        read_info(
            raster_input(write_envi(tmp_path / "m.img", cube, M3_GLOBAL, units="Nanometers"))
        ).sensor
        is M3
    )
    plain = write_mi_geotiff(tmp_path / "b.tif", dn, scale=None, wavelengths=None)
    assert read_info(raster_input(plain)).sensor is None


def test_a_new_sensor_is_one_record(run, tmp_path, monkeypatch):
    dn = np.full((4, 5, 6), 1000, dtype=np.uint16)
    dn[0], dn[1] = 900, 1500
    dn[0, 2, 3] = 1200
    raster = write_mi_geotiff(
        tmp_path / "scene.tif", dn, scale=1e-4, nodata=0, wavelengths=(430, 760, 960, 1700)
    )
    output = str(tmp_path / "out.tif")
    with pytest.raises(
        QgsProcessingException, match=r"\(430, 760, 960, 1700 nm\) are not those of"
    ):
        run("spectralparameters", INPUT=str(raster), OUTPUT=output)
    monkeypatch.setattr(known, "SENSORS", (*known.SENSORS, DUMMY))
    assert read_info(raster_input(raster)).sensor is DUMMY
    feedback = QgsProcessingFeedback()
    results = run("spectralparameters", feedback, INPUT=str(raster), OUTPUT=output)
    assert results["USED_SENSOR"] == "Dummy Orbiter Colour Camera"
    assert "Dummy 430 nm <- band 1" in feedback.textLog()
    with rasterio.open(results["OUTPUT"]) as dataset:
        assert dataset.descriptions == ("Ratio 750/415 nm",)
        assert dataset.read(1)[0, 0] == pytest.approx(1500 / 900)
        assert dataset.read(1)[2, 3] == pytest.approx(1500 / 1200)
    # A sensor without formulas is refused by name, with advice.
    monkeypatch.setattr(known, "SENSORS", (*SENSORS, replace(DUMMY, formulas=())))
    with pytest.raises(QgsProcessingException, match=r"Dummy Orbiter.*use the Dummy archive"):
        run("spectralparameters", INPUT=str(raster), OUTPUT=output)


# --- as users run it -----------------------------------------------------------------


def cube(path, centres, told=True):
    """A cube of a spectrometer with a red slope, 20 x 20 pixels, noise of ten per cent."""
    noise = np.random.default_rng(1).uniform(0.9, 1.1, (len(centres), 20, 20))
    values = (0.05 + 8e-5 * (np.array(centres)[:, None, None] - 460.0)) * noise
    return write_mi_geotiff(
        path,
        values.astype("f4"),
        scale=None,
        nodata=-999,
        wavelengths=centres if told else None,
    )


M3_83 = M3_TARGET[:83]


@pytest.mark.parametrize("centres", [M3_83, M3_TARGET], ids=["83", "256"])
@pytest.mark.parametrize("told", [True, False], ids=["wavelengths", "none"])
@pytest.mark.parametrize(
    ("algorithm", "parameters"),
    [
        ("predictoxides", {}),
        ("predictoxides", {"BANDS": [1, 32, 47, 52, 57, 62, 81, 83]}),
        ("spectralparameters", {}),
        ("spectralparameters", {"SENSOR": 1}),
        ("spectralparameters", {"SENSOR": 1, "BANDS": [1, 32, 52]}),
        ("spectralparameters", {"SENSOR": 2, "BANDS": [1, 32, 52]}),
    ],
)
def test_cubes_of_spectrometers_are_named_and_refused(
    run, tmp_path, centres, told, algorithm, parameters
):
    raster = cube(tmp_path / "cube.tif", centres, told)
    with pytest.raises(QgsProcessingException) as caught:
        run(algorithm, INPUT=str(raster), OUTPUT=str(tmp_path / "o.tif"), **parameters)
    text = str(caught.value)
    assert "Moon Mineralogy Mapper" in text
    assert f"{len(centres)} bands" in text
    assert re.search("UVVIS mosaic of the same place|use a product of", text)
    assert not re.search("give BANDS|choose SENSOR|set SCALE", text)
    assert not (tmp_path / "o.tif").exists()


def test_a_model_for_mi_refuses_another_camera_with_near_bands():
    centres = [414.0, 749.0, 901.0, 950.0, 1001.0]
    with pytest.raises(BandMappingError, match=r"Clementine UVVIS, but the model takes"):
        require_same_sensor(centres, "", CLEMENTINE, "c.tif", (None,) * 5)
    require_same_sensor(centres, "", MI, "c.tif", (None,) * 9)
    require_same_sensor(centres, "Clementine UVVIS", CLEMENTINE, "c.tif", (None,) * 5)
    require_same_sensor(
        [float("nan")] * 83, "", None, "own.tif", (None,) * 83
    )  # a user's own model


@pytest.mark.parametrize("algorithm", ["predictoxides", "spectralparameters"])
@pytest.mark.parametrize("sensor", [0, 1, 2])
def test_laboratory_cubes_are_refused_by_their_bands(run, tmp_path, algorithm, sensor):
    raster = cube(tmp_path / "relab.tif", [400.0 + 10 * i for i in range(200)])
    parameters = {"SENSOR": sensor} if algorithm == "spectralparameters" else {}
    with pytest.raises(
        QgsProcessingException, match=r"\(200 bands\) is a cube from 400 to 2390 nm"
    ):
        run(algorithm, INPUT=str(raster), OUTPUT=str(tmp_path / "o.tif"), **parameters)


@pytest.mark.parametrize(
    ("gain", "said"),
    [(1.0, None), (1.7, "laboratory"), (4.5, ReflectanceRangeError)],
)
def test_laboratory_levels_are_doubted_in_a_run(run, tmp_path, gain, said):
    site = next(site for site in load_sites() if site.station_id == "A16_LM")
    values = np.tile(np.array(site.reflectance)[:, None, None] * gain, (1, 3, 3)).astype("f4")
    centres = [float(column[1:]) for column in REFLECTANCE_COLUMNS]
    raster = write_mi_geotiff(
        tmp_path / "lab.tif", values, scale=None, nodata=None, wavelengths=centres
    )
    feedback = QgsProcessingFeedback()
    if said is ReflectanceRangeError:
        with pytest.raises(QgsProcessingException, match="reflectance"):
            run("predictoxides", INPUT=str(raster), OUTPUT=str(tmp_path / "o.tif"))
        return
    run("predictoxides", feedback, INPUT=str(raster), OUTPUT=str(tmp_path / "o.tif"))
    assert ("measured in the laboratory" in feedback.textLog()) is (said is not None)


@pytest.mark.parametrize("algorithm", ["predictoxides", "spectralparameters"])
def test_the_image_of_a_label_is_opened_by_its_label(run, tmp_path, algorithm):
    label = write_pds3_tile(tmp_path, random_dn(20, 20))
    outputs = []
    for name in (label, label.with_suffix(".img")):
        output = tmp_path / f"out{name.suffix}.tif"
        run(algorithm, INPUT=str(name), OUTPUT=str(output))
        with rasterio.open(output) as dataset:
            outputs.append(dataset.read())
    np.testing.assert_array_equal(*outputs)


def test_a_clip_runs_without_band_numbers_and_warns(run, tmp_path):
    dn = random_dn(20, 20)
    told = write_mi_geotiff(tmp_path / "told.tif", dn)
    clip = write_mi_geotiff(tmp_path / "clip.tif", dn, wavelengths=None)
    outputs = []
    for raster in (told, clip):
        feedback = QgsProcessingFeedback()
        output = tmp_path / f"out_{raster.name}"
        run("predictoxides", feedback, INPUT=str(raster), OUTPUT=str(output))
        with rasterio.open(output) as dataset:
            outputs.append(dataset.read())
        assert ("BANDS=1,2,3,4,5,7,8,9" in feedback.textLog()) is (raster is clip)
    np.testing.assert_array_equal(*outputs)


@pytest.mark.parametrize(("gain", "doubted"), [(1.0, False), (1.15, False), (1.3, True)])
def test_another_level_at_a_station_is_told(run, tmp_path, gain, doubted):
    site = next(site for site in load_sites() if site.station_id == "A16_LM")
    values = np.tile(np.array(site.reflectance)[:, None, None] * gain, (1, 5, 5)).astype("f4")
    side = 59.2
    metres = 1737400.0 * np.pi / 180
    raster = write_mi_geotiff(
        tmp_path / "scene.tif",
        values,
        scale=None,
        nodata=None,
        wavelengths=[float(column[1:]) for column in REFLECTANCE_COLUMNS],
        transform=rasterio.Affine(
            side,
            0,
            site.longitude_deg * metres - 2.5 * side,
            0,
            -side,
            site.latitude_deg * metres + 2.5 * side,
        ),
    )
    feedback = QgsProcessingFeedback()
    run("predictoxides", feedback, INPUT=str(raster), OUTPUT=str(tmp_path / "o.tif"))
    assert ("times the reflectance at 749 nm" in feedback.textLog()) is doubted


@pytest.mark.parametrize(
    "name",
    [
        "Resize (Band {}:MI_MAP_03_N21E359N20E000SC.img)",
        "MI_MAP_03_N21E299N20E300SC.img:Band {}",
        "Kaguya MI 2009 b{}",
        "orbit 1234 band {}",
    ],
)
def test_numbers_that_band_names_share_are_no_wavelengths(tmp_path, name):
    """A tile's longitude, a year, an orbit; the bands of the tile keep their order."""
    names = [name.format(number) for number in range(1, 10)]
    path = tmp_path / "MI_MAP_03_N21E030N20E031SC_clip.tif"
    write_mi_geotiff(path, random_dn(8, 8), names=names, wavelengths=None)
    info = read_info(raster_input(path))
    assert info.sensor is MI
    assert info.centres_nm == tuple(own.wavelength_nm for own in MI.filters)
    told = [f"{name.format('x')}_{nm:g}" for nm in info.centres_nm]
    write_mi_geotiff(path, random_dn(8, 8), names=told, wavelengths=None)
    told_info = read_info(raster_input(path))
    assert told_info.centres_nm == info.centres_nm
    assert not any(band.assumed for band in told_info.bands)


@pytest.mark.parametrize("name", ["MI_MAP_03_N21E030N20E031SC_warped.tif", "warped.tif"])
def test_a_mask_beside_the_bands_of_a_product_does_not_count(tmp_path, name):
    """Warping tools add an alpha band; the product is recognised by name or numbers alike."""
    dn = random_dn(8, 8)
    values = np.concatenate([dn, np.full((1, 8, 8), 32767, "int16")])
    path = tmp_path / name
    write_mi_geotiff(path, values, wavelengths=None, nodata=None)
    with rasterio.open(path, "r+") as dataset:
        others = [rasterio.enums.ColorInterp.undefined] * 8
        dataset.colorinterp = (
            rasterio.enums.ColorInterp.gray,
            *others,
            rasterio.enums.ColorInterp.alpha,
        )
    info = read_info(raster_input(path))
    assert info.sensor is MI
    assert info.centres_nm == (*(own.wavelength_nm for own in MI.filters), None)
