"""A second sensor, end to end: whatever is for Kaguya MI works for Clementine UVVIS.

The model is the bundled one, or a stand-in that predicts other oxides than the MI model where none
is bundled yet: nothing here depends on which oxides it gives.
"""

from __future__ import annotations

import csv
import json

import numpy as np
import pytest
import rasterio
from qgis.core import (
    QgsFeature,
    QgsGeometry,
    QgsLayoutItemMap,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProject,
    QgsRasterLayer,
    QgsVectorLayer,
)
from rasterio.transform import Affine

from lunar_oxide_plugin.core import profile
from lunar_oxide_plugin.core.chemistry.oxides import OXIDE_NAMES
from lunar_oxide_plugin.core.models.bundled_models import BUNDLED_MODELS, bundled_model_path
from lunar_oxide_plugin.core.models.model_choice import better_model, choose_model, models_for
from lunar_oxide_plugin.core.models.model_library import find_model
from lunar_oxide_plugin.core.models.oxide_model import OxideModel
from lunar_oxide_plugin.core.prediction.model_for_raster import model_for_raster
from lunar_oxide_plugin.core.probe.raster_probe import Probe, examine
from lunar_oxide_plugin.core.probe.reading import ProbeSource
from lunar_oxide_plugin.core.probe.suitability import FitLevel
from lunar_oxide_plugin.core.rasters.prediction_bands import read_tags
from lunar_oxide_plugin.core.rasters.quality import SATURATED
from lunar_oxide_plugin.core.rasters.raster_info import read_info
from lunar_oxide_plugin.core.rasters.raster_input import RasterInput
from lunar_oxide_plugin.core.rasters.sensors.known import CLEMENTINE, MI
from lunar_oxide_plugin.core.sites.sample_sites import SPECTRUM_COLUMNS, load_sites
from lunar_oxide_plugin.gui.predict_page import PredictPage
from tests.models import sensor_description, write_linear_model
from tests.rasters import MOON_GEOGRAPHIC, random_dn, write_mi_geotiff

NAME = "clementine_uvvis"
CENTRES = CLEMENTINE.station_wavelengths_nm
NUMBERS = CLEMENTINE.numbers
STATIONS = [site for site in load_sites() if site.spectrum(CLEMENTINE.key)]
SPECTRA = np.array([site.spectrum(CLEMENTINE.key) for site in STATIONS], dtype=np.float32).T
#: Degrees of a pixel of the mosaic on the control network ULCN2005.
STEP = 0.0066


@pytest.fixture(scope="module", autouse=True)
def library(tmp_path_factory):
    """A profile with a stand-in, unless the model is bundled."""
    before = profile._folder
    profile._folder = None
    folder = tmp_path_factory.mktemp("profile")
    profile.use_profile(folder)
    if NAME not in BUNDLED_MODELS:
        models = folder / "lunar_oxide" / "models"
        models.mkdir(parents=True)
        oxides = ("TiO2", "FeO", "Al2O3")
        document = sensor_description(CLEMENTINE, oxides, NAME)
        write_linear_model(models / f"{NAME}.onnx", document, len(oxides), len(CENTRES))
    yield
    profile._folder = before


@pytest.fixture(scope="module")
def model(library):
    return OxideModel(find_model(NAME).path)


def to_dn(reflectance):
    return np.rint((reflectance - NUMBERS.offset) / NUMBERS.scale).astype(np.int16)


def write(path, values, **options):
    """A Clementine raster, by default with the scale and offset of the mosaic."""
    integer = values.dtype.kind == "i"
    usual = {
        "scale": NUMBERS.scale if integer else None,
        "offset": NUMBERS.offset,
        "nodata": -32768 if integer else None,
        "wavelengths": None,
    }
    return write_mi_geotiff(path, values, **{**usual, **options})


@pytest.fixture(scope="module")
def mosaic(tmp_path_factory):
    """Apollo 15 to 17 as a part of the mosaic of USGS: longitude and latitude, 16-bit, unnamed."""
    seen = [site for site in STATIONS if site.mission == "Apollo 17"]
    west = min(site.longitude_deg for site in seen) - 0.1
    north = max(site.latitude_deg for site in seen) + 0.1
    columns = int((max(s.longitude_deg for s in seen) - west + 0.1) / STEP)
    rows = int((north - min(s.latitude_deg for s in seen) + 0.1) / STEP)
    rng = np.random.default_rng(4)
    ground = np.array(seen[3].spectrum(CLEMENTINE.key))[:, None, None]
    values = ground * rng.uniform(0.97, 1.03, (1, rows, columns)) * np.ones((5, 1, 1))
    for site in seen:
        row = int((north - site.latitude_deg) / STEP)
        column = int((site.longitude_deg - west) / STEP)
        values[:, row - 1 : row + 2, column - 1 : column + 2] = np.array(
            site.spectrum(CLEMENTINE.key)
        )[:, None, None]
    dn = to_dn(values)
    dn[:, 0, 0], dn[2, 0, 1], dn[:, 0, 2], dn[1, 0, 3] = -32768, -32766, 0, -32764
    path = tmp_path_factory.mktemp("mosaic") / "Lunar_Clementine_UVVIS_warp_200m.tif"
    return write(path, dn, crs=MOON_GEOGRAPHIC, transform=Affine(STEP, 0, west, 0, -STEP, north))


@pytest.fixture(scope="module")
def prediction(run, mosaic):
    """The mosaic predicted as by a user who names no model."""
    path = mosaic.with_name("oxides.tif")
    results = run("predictoxides", INPUT=str(mosaic), OUTPUT=str(path))
    return path, results


LAYOUTS = {
    "named after wavelengths, float": {"names": [f"{nm:g} nm" for nm in CENTRES]},
    "wavelengths as tags, DN": {"dn": True, "wavelengths": CENTRES},
    "named after filters, DN": {"dn": True, "names": list("ABCDE")},
    "named after filters in another order": {"order": (4, 1, 0, 3, 2), "names": list("EBADC")},
    "unnamed, DN": {"dn": True},
    "unnamed, float, with BANDS": {"bands": (1, 2, 3, 4, 5)},
    "unnamed, float, by the file's name": {"file": "clementine_uvvis_a17.tif"},
    "unnamed quadrangle, DN without scale": {
        "dn": True, "file": "ui45s015.tif", "scale": None, "input": True,
    },
}  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_stations_as_rasters_of_every_layout(run, model, tmp_path, layout):
    options = dict(LAYOUTS[layout])
    is_dn, bands = options.pop("dn", False), options.pop("bands", None)
    order = options.pop("order", range(5))
    file = options.pop("file", "five bands.tif")
    parameters = {"BANDS": list(bands)} if bands else {}
    if options.pop("input", False):
        parameters.update(SCALE=NUMBERS.scale, OFFSET=NUMBERS.offset)
    values = to_dn(SPECTRA) if is_dn else SPECTRA
    raster = write(tmp_path / file, values[list(order)][:, None, :], **options)
    output = tmp_path / "oxides.tif"
    run("predictoxides", INPUT=str(raster), OUTPUT=str(output), **parameters)
    with rasterio.open(output) as dataset:
        found = dataset.read(list(range(1, len(model.description.oxides) + 1)))[:, 0]
        assert dataset.descriptions == model.outputs.descriptions
    fed = SPECTRA if not is_dn else (
        to_dn(SPECTRA).astype(np.float64) * NUMBERS.scale + NUMBERS.offset
    ).astype(np.float32)  # fmt: skip
    np.testing.assert_allclose(found, model.predict(fed).oxides, atol=2e-4)
    tags = read_tags(str(output))
    assert tags["MODEL_TITLE"] == model.identity.title
    assert NAME in tags["MODEL_CHOICE"]


def test_another_sensors_model_is_refused_and_the_advice_helps(run, model, mosaic, tmp_path):
    mi = write_mi_geotiff(tmp_path / "mi.tif", random_dn(6, 6))
    output = tmp_path / "o.tif"
    for raster, wrong, right, told in (
        (mosaic, "kaguya_mi", NAME, "is a raster of Clementine UVVIS, but the model takes"),
        (mi, NAME, "kaguya_mi", "is a raster of SELENE/Kaguya Multiband Imager, but the model"),
    ):
        with pytest.raises(QgsProcessingException) as caught:
            run("predictoxides", INPUT=str(raster), MODEL=wrong, OUTPUT=str(output))
        text = str(caught.value)
        assert told in text and f"take the model {right}" in text
        assert len(text.strip().splitlines()) == 1
        assert not output.exists()
        results = run("predictoxides", INPUT=str(raster), MODEL=right, OUTPUT=str(output))
        assert results["VALID_PIXELS"] > 0
        assert "MODEL_CHOICE" not in read_tags(str(output))
        output.unlink()


def test_spectra_of_mi_without_names_are_refused(run, tmp_path):
    """In the order that BANDS gives they could be Clementine's; their ratios tell."""
    soils = [site.reflectance[:5] for site in load_sites() if site.reflectance]
    values = np.array(soils, dtype=np.float32).T[:, None, :]
    raster = write(tmp_path / "five.tif", values)
    with pytest.raises(QgsProcessingException, match="looks like SELENE/Kaguya Multiband Imager"):
        run("predictoxides", INPUT=str(raster), MODEL=NAME, BANDS=[1, 2, 3, 4, 5],
            OUTPUT=str(tmp_path / "o.tif"))  # fmt: skip
    assert not (tmp_path / "o.tif").exists()


def test_another_level_at_the_stations_is_doubted(mosaic, tmp_path):
    with rasterio.open(mosaic) as dataset:
        dn, profile = dataset.read(), dataset.profile
    brighter = np.where(dn > 0, (dn * 1.4).astype(np.int16), dn)
    raster = write(
        tmp_path / "uvvis bright.tif", brighter, crs=MOON_GEOGRAPHIC, transform=profile["transform"]
    )
    path = str(find_model(NAME).path)
    fit = examine(ProbeSource(RasterInput(str(raster)), path))
    doubt = next(reason for reason in fit.reasons if "at the station(s)" in reason)
    assert "has 1.4" in doubt and "at 750 nm that Clementine UVVIS has" in doubt
    plain = examine(ProbeSource(RasterInput(str(mosaic)), path))
    assert not any("at the station(s)" in reason for reason in plain.reasons)


@pytest.mark.parametrize("name", ["explainprediction", "refinemodel"])
def test_other_algorithms_refuse_the_wrong_model_too(run, mosaic, tmp_path, name):
    outputs = {
        "explainprediction": {"OUTPUT": str(tmp_path / "o.gpkg")},
        "refinemodel": {"OUTPUT": str(tmp_path / "o.onnx")},
    }[name]
    with pytest.raises(QgsProcessingException, match=f"take the model {NAME}"):
        run(name, INPUT=str(mosaic), MODEL="kaguya_mi", **outputs)
    assert not list(tmp_path.glob("o.*"))


def test_the_fit_in_the_dock_offers_the_model_that_fits(mosaic, model):
    mi = str(bundled_model_path("kaguya_mi"))
    fit = examine(ProbeSource(RasterInput(str(mosaic)), mi))
    assert fit.level is FitLevel.UNFIT
    assert f"take the model {NAME}" in fit.reasons[0]
    better = better_model(bundled_model_path("kaguya_mi"), fit.sensor, "m.tif", 5)
    assert better.entry.name == NAME
    fit = examine(ProbeSource(RasterInput(str(mosaic)), str(better.entry.path)))
    assert fit.mapping.numbers == (1, 2, 3, 4, 5)
    assert fit.level is FitLevel.DOUBTFUL  # its order of bands is assumed, and this is said
    assert better_model(better.entry.path, fit.sensor, "m.tif", 5) is None


def test_the_dock_follows_the_raster_until_a_model_is_chosen(qgis_app, mosaic, tmp_path):
    project = QgsProject.instance()
    project.clear()
    mi = write_mi_geotiff(tmp_path / "mi.tif", random_dn(6, 6))
    layers = {NAME: QgsRasterLayer(str(mosaic), "c"), "kaguya_mi": QgsRasterLayer(str(mi), "m")}
    project.addMapLayers(list(layers.values()))
    page = PredictPage()

    def judge(layer):
        page.rasters.setLayer(layer)
        page.show_fit(page.source(), examine(page.source()))

    def name():
        return page.parameters()["MODEL"]

    try:
        for expected in (NAME, "kaguya_mi", NAME):
            judge(layers[expected])
            assert name() == expected
            assert expected in page.taken.text() or page.taken.isHidden()
        place = page.models.findText("kaguya_mi")
        page.models.setCurrentIndex(place)
        page.models.activated.emit(place)
        judge(layers[NAME])
        assert name() == "kaguya_mi"
        assert not page.take.isHidden() and NAME in page.take.text()
        page.take.click()
        assert name() == NAME
        assert page.take.isHidden()
        # The user's choice stays with another raster too, and the fitting one is offered.
        judge(layers["kaguya_mi"])
        assert name() == NAME and "kaguya_mi" in page.take.text()
    finally:
        page.disconnect_project()
        page.deleteLater()
        project.clear()


def test_the_choice_without_a_sensor_goes_by_the_number_of_bands(tmp_path):
    plain = write(tmp_path / "plain.tif", SPECTRA[:, None, :])
    assert model_for_raster(RasterInput(str(plain))).entry.name == NAME
    nine = write_mi_geotiff(tmp_path / "n.tif", random_dn(3, 3), wavelengths=None, scale=1.0)
    choice = model_for_raster(RasterInput(str(nine)))
    assert choice.entry.name == "kaguya_mi"
    assert "the sensor of n.tif is not recognised" in choice.reason


def test_the_preferred_model_is_taken_where_it_fits():
    for sensor, preferred, expected in (
        (MI, "kaguya_mi_before_ce6", "kaguya_mi_before_ce6"),
        (MI, NAME, "kaguya_mi"),
        (MI, "gone", "kaguya_mi"),
        (CLEMENTINE, "kaguya_mi_before_ce6", NAME),
        (None, "kaguya_mi_before_ce6", "kaguya_mi_before_ce6"),
    ):
        choice = choose_model(sensor, "x.tif", preferred=preferred)
        assert choice.entry.name == expected
        assert expected in choice.reason
    assert [entry.name for entry in models_for(CLEMENTINE)] == [NAME]


def test_the_mosaic_is_read_with_its_codes(prediction, mosaic, model):
    path, results = prediction
    with rasterio.open(path) as dataset:
        quality = dataset.read(dataset.count)
        assert dataset.crs.is_geographic
    assert np.isnan(quality[0, :3]).all() and quality[0, 3] == SATURATED.bit
    assert results["VALID_PIXELS"] == results["TOTAL_PIXELS"] - 4
    assert read_info(RasterInput(str(mosaic))).sensor is CLEMENTINE


def test_a_labelled_quadrangle(run, model, tmp_path):
    """Sinusoidal, as in the PDS volumes CL_4001-4078, with the label beside the image."""
    dn = to_dn(SPECTRA[:, :12].reshape(5, 3, 4))
    dn[:, 2, 3] = -32768
    (tmp_path / "ui03n015.img").write_bytes(dn.astype(">i2").tobytes())
    label = tmp_path / "ui03n015.lab"
    label.write_text(
        "\r\n".join(
            [
                "PDS_VERSION_ID = PDS3",
                "RECORD_TYPE = FIXED_LENGTH",
                "RECORD_BYTES = 8",
                '^IMAGE = ("ui03n015.img", 1)',
                'DATA_SET_ID = "CLEM1-L-U-5-DIM-UVVIS-V1.0"',
                'SPACECRAFT_NAME = "CLEMENTINE 1"',
                'INSTRUMENT_NAME = "ULTRAVIOLET/VISIBLE CAMERA"',
                "TARGET_NAME = MOON",
                "OBJECT = IMAGE",
                " LINES = 3",
                " LINE_SAMPLES = 4",
                " BANDS = 5",
                " BAND_STORAGE_TYPE = BAND_SEQUENTIAL",
                " SAMPLE_TYPE = MSB_INTEGER",
                " SAMPLE_BITS = 16",
                f" SCALING_FACTOR = {NUMBERS.scale!r}",
                f" OFFSET = {NUMBERS.offset!r}",
                "END_OBJECT = IMAGE",
                "OBJECT = IMAGE_MAP_PROJECTION",
                ' MAP_PROJECTION_TYPE = "SINUSOIDAL"',
                " A_AXIS_RADIUS = 1737.4 <KM>",
                " B_AXIS_RADIUS = 1737.4 <KM>",
                " C_AXIS_RADIUS = 1737.4 <KM>",
                " POSITIVE_LONGITUDE_DIRECTION = EAST",
                " CENTER_LATITUDE = 0.0",
                " CENTER_LONGITUDE = 15.0",
                " MAP_RESOLUTION = 303.2334 <PIXEL/DEGREE>",
                " MAP_SCALE = 0.1 <KM/PIXEL>",
                " LINE_PROJECTION_OFFSET = 1000.0",
                " SAMPLE_PROJECTION_OFFSET = 2.0",
                "END_OBJECT = IMAGE_MAP_PROJECTION",
                "END",
                "",
            ]
        )
    )
    for opened in (label, label.with_suffix(".img")):
        output = tmp_path / "o.tif"
        results = run("predictoxides", INPUT=str(opened), OUTPUT=str(output))
        assert results["VALID_PIXELS"] == 11
        with rasterio.open(output) as dataset:
            found = dataset.read(1).ravel()[:11]
            assert "Sinusoidal" in dataset.crs.to_wkt()
        fed = (to_dn(SPECTRA[:, :11]) * NUMBERS.scale + NUMBERS.offset).astype(np.float32)
        np.testing.assert_allclose(found, model.predict(fed).oxides[0], atol=2e-4)
        output.unlink()


def test_the_check_says_that_the_stations_were_seen(run, prediction, mosaic, tmp_path):
    path, _ = prediction
    outputs = {name: str(tmp_path / file) for name, file in (
        ("OUTPUT", "c.gpkg"), ("REPORT", "r.html"), ("JSON", "c.json"),
    )}  # fmt: skip
    run("checkpredictions", INPUT=str(path), REFLECTANCE=str(mosaic), WINDOW=1, **outputs)
    document = json.loads((tmp_path / "c.json").read_text(encoding="utf-8"))
    checked = [site for site in document["sites"] if site["seen_in_training"] is True]
    assert {site["station_id"] for site in checked} >= {"A17_LM", "A17_S2"}
    titles = [formula["title"] for formula in document["second_opinion"]["formulas"]]
    assert all("Lucey" in title for title in titles)
    lander = next(site for site in document["sites"] if site["station_id"] == "A17_LM")
    red = dict(zip(("415", "750", "900", "950", "1000"), SPECTRA[:, ids().index("A17_LM")]))
    theta = -np.arctan((red["950"] / red["750"] - 1.19) / (red["750"] - 0.08))
    assert lander["second_opinion"]["FeO"] == pytest.approx(17.427 * theta - 7.565, abs=0.1)


def ids():
    return [site.station_id for site in STATIONS]


def test_spectrum_and_nearest_stations_are_those_of_clementine(mosaic, model):
    site = next(site for site in STATIONS if site.station_id == "A17_S8")
    with Probe(ProbeSource(RasterInput(str(mosaic)), str(find_model(NAME).path))) as probe:
        reading = probe.at(site.longitude_deg, site.latitude_deg)
    assert [band.wavelength_nm for band in reading.bands] == list(CENTRES)
    assert len(reading.nearest[0].reflectance) == 5
    seen = SPECTRA[:, ids().index("A17_S8")]
    measured = [spread.median for spread in reading.reflectance]
    np.testing.assert_allclose(measured, seen, atol=1e-4)
    # Two stations of the table have one spectrum.
    assert reading.nearest[0].distance < 0.05
    assert {near.site.mission for near in reading.nearest} <= {s.mission for s in STATIONS}
    assert reading.oxides == model.description.oxides


def test_explanation_in_five_bands(run, mosaic, model, tmp_path):
    output, report = tmp_path / "e.gpkg", tmp_path / "e.html"
    run(
        "explainprediction", INPUT=str(mosaic), MAX_SAMPLES=9, OUTPUT=str(output),
        REPORT=str(report), ATTRIBUTIONS=str(tmp_path / "a.tif"),
    )  # fmt: skip
    names = [field.name() for field in QgsVectorLayer(str(output)).fields()]
    first = model.description.oxides[0].name.lower()
    assert sum(name.startswith(f"{first}_") and name.endswith("nm") for name in names) in (0, 5)
    assert "1000 nm" in report.read_text(encoding="utf-8")
    with rasterio.open(tmp_path / "a.tif") as dataset:
        assert dataset.count >= 5 * len(model.description.oxides)


def test_a_live_map_takes_the_model_that_fits(run, mosaic):
    raster = QgsRasterLayer(str(mosaic), "m")
    project = QgsProject.instance()
    project.clear()
    context = QgsProcessingContext()
    context.setProject(project)
    project.addMapLayer(raster)
    results = run("liveoxides", context=context, INPUT=raster)
    assert project.mapLayer(results["LAYER"]).live.model_name == NAME
    project.clear()


def test_a_model_is_refined_by_spectra_of_its_own_sensor_alone(run, tmp_path):
    def samples(path, columns, sensor):
        rows = [site for site in load_sites() if site.spectrum(sensor)][:5]
        with open(path, "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(["station_id", "latitude", "longitude", "FeO", "TiO2", *columns])
            for number, site in enumerate(rows):
                spectrum = [value * 1.11 for value in site.spectrum(sensor)]
                writer.writerow([f"new {number}", 10 + 3 * number, 50, 9.0, 2.0, *spectrum])
        return str(path)

    plain = [f"r{centre:g}" for centre in CENTRES]
    output = tmp_path / "refined.onnx"
    for columns in (plain, SPECTRUM_COLUMNS[CLEMENTINE.key]):
        sites = samples(tmp_path / "clementine.csv", columns, CLEMENTINE.key)
        results = run("refinemodel", SITES=sites, OUTPUT=str(output))
        assert results["N_ADDED"] == 5
        assert OxideModel(output).description.sensor == "Clementine UVVIS"
    output.unlink()
    sites = samples(tmp_path / "mi.csv", SPECTRUM_COLUMNS[MI.key], MI.key)
    with pytest.raises(QgsProcessingException, match="reflectance columns uvvis_r415, uvvis_r750"):
        run("refinemodel", SITES=sites, MODEL=NAME, OUTPUT=str(output))
    assert not output.exists()


def test_products_that_need_a_missing_oxide_say_so(run, prediction, model, tmp_path):
    given = {oxide.name for oxide in model.description.oxides}
    output, feedback = tmp_path / "products.tif", QgsProcessingFeedback()
    run("derivedproducts", feedback, INPUT=str(prediction[0]), OUTPUT=str(output))
    with rasterio.open(output) as dataset:
        made = " ".join(dataset.descriptions)
    assert ("Mg#" in made) == ({"MgO", "FeO"} <= given)
    assert ("Mg#" in made) != ("so there is no Mg#" in feedback.textLog())


def test_tables_of_five_bands_are_predicted(run, model, tmp_path):
    table = tmp_path / "spectra.csv"
    with open(table, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["name", *(f"{centre:g} nm" for centre in CENTRES)])
        writer.writerows(
            [site.station_id, *map(str, SPECTRA[:, n])] for n, site in enumerate(STATIONS)
        )
    results = run(
        "predictspectra", INPUT=str(table), OUTPUT="memory:", TABLE=str(tmp_path / "o.csv")
    )
    assert results["N_PREDICTED"] == len(STATIONS)
    with open(tmp_path / "o.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    oxide = model.description.oxides[0]
    column = next(name for name in rows[0] if name.lower().startswith(oxide.key))
    found = [float(row[column]) for row in rows]
    np.testing.assert_allclose(found, model.predict(SPECTRA).oxides[0], atol=1e-3)
    with pytest.raises(QgsProcessingException, match="can be brought to the bands of Kaguya MI"):
        run("predictspectra", INPUT=str(table), MODEL="kaguya_mi", OUTPUT="memory:")


def test_formulas_and_composites_of_the_mosaic(run, mosaic, tmp_path):
    results = run("spectralparameters", INPUT=str(mosaic), OUTPUT=str(tmp_path / "p.tif"))
    assert results["USED_SENSOR"] == CLEMENTINE.title
    run("colourcomposite", INPUT=str(mosaic), OUTPUT=str(tmp_path / "c.tif"))
    with rasterio.open(mosaic) as dataset:
        dn = dataset.read(window=((5, 9), (5, 9)))
    with rasterio.open(tmp_path / "c.tif") as dataset:
        found = dataset.read(1, window=((5, 9), (5, 9)))
    r = dn * NUMBERS.scale + NUMBERS.offset
    np.testing.assert_allclose(found, r[1] / r[0], rtol=1e-5)


def test_regions_transect_and_comparison_of_the_prediction(run, prediction, model, tmp_path):
    path, _ = prediction
    with rasterio.open(path) as dataset:
        box = dataset.bounds
        whole = dataset.read(1).astype(np.float64)
    x, y = (box.left + box.right) / 2, (box.bottom + box.top) / 2
    places = {
        "Polygon": f"POLYGON(({x - 0.1} {y - 0.1},{x + 0.1} {y - 0.1},{x + 0.1} {y + 0.1},"
        f"{x - 0.1} {y + 0.1},{x - 0.1} {y - 0.1}))",
        "LineString": f"LINESTRING({x - 0.1} {y},{x + 0.1} {y})",
    }
    layers = {}
    for kind, wkt in places.items():
        layers[kind] = QgsVectorLayer(f"{kind}?crs=IAU_2015:30100", kind, "memory")
        feature = QgsFeature(layers[kind].fields())
        feature.setGeometry(QgsGeometry.fromWkt(wkt))
        layers[kind].dataProvider().addFeature(feature)
    run("summarizeregions", INPUT=str(path), REGIONS=layers["Polygon"],
        OUTPUT=str(tmp_path / "r.gpkg"), TABLE=str(tmp_path / "r.csv"))  # fmt: skip
    with open(tmp_path / "r.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert {row["quantity"] for row in rows} & set(OXIDE_NAMES) == set(model.outputs.names)
    results = run("transect", INPUT=str(path), LINES=layers["LineString"],
                  OUTPUT=str(tmp_path / "t.gpkg"))  # fmt: skip
    assert results["N_POINTS"] > 20
    # A map of another sensor is compared oxide by oxide, on the prediction's grid or its own.
    mi = tmp_path / "mi.tif"
    with rasterio.open(path) as dataset, rasterio.open(mi, "w", **{
        **dataset.profile, "count": 1, "dtype": "float32"
    }) as made:  # fmt: skip
        made.write((whole + 0.5).astype("f4"), 1)
        made.set_band_description(1, dataset.descriptions[0])
        made.crs = dataset.crs
    results = run("comparerasters", PREDICTION=str(path), REFERENCE=str(mi),
                  OXIDE=OXIDE_NAMES.index(model.outputs.names[0]),
                  OUTPUT=str(tmp_path / "d.tif"))  # fmt: skip
    assert results["BIAS"] == pytest.approx(-0.5, abs=1e-3)


def test_the_printed_map_shows_the_oxides_of_the_model(run, prediction, model, tmp_path):
    project = QgsProject.instance()
    project.clear()
    context = QgsProcessingContext()
    context.setProject(project)
    run("printmap", context=context, INPUT=str(prediction[0]), PNG=str(tmp_path / "m.png"), DPI=50)
    (layout,) = project.layoutManager().printLayouts()
    maps = [item for item in layout.items() if isinstance(item, QgsLayoutItemMap)]
    assert len(maps) == len(model.outputs.oxides)
    assert (tmp_path / "m.png").stat().st_size > 10_000
    project.clear()
