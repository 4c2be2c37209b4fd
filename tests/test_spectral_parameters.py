"""Classical spectral parameters: published formulas, their limits, and the raster of them."""

from __future__ import annotations

import math

import numpy as np
import pytest
import rasterio
from hypothesis import given
from hypothesis import strategies as st
from qgis.core import (
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProject,
    QgsRasterLayer,
)

from lunar_oxide_plugin.core.errors import BandMappingError
from lunar_oxide_plugin.core.paths import RESOURCES
from lunar_oxide_plugin.core.products.sensor_parameters import (
    computable,
    parameters_of,
    second_opinion,
)
from lunar_oxide_plugin.core.rasters.raster_info import read_info
from lunar_oxide_plugin.core.rasters.sensors.known import CLEMENTINE, MI, sensors_with_formulas
from lunar_oxide_plugin.core.sites.sample_sites import load_sites
from tests.rasters import TAURUS_LITTROW, random_dn, reflectance, write_mi_geotiff
from tests.requests import raster as raster_input

STATIONS = RESOURCES / "demo" / "stations_all_missions.tif"
WAVELENGTHS = (414, 749, 901, 950, 1001, 1049, 1248, 1548)
PARAMETERS = [p for sensor in sensors_with_formulas() for p in parameters_of(sensor)]
BY_KEY = {(p.sensor.key, p.key): p for p in PARAMETERS}

#: An MI spectrum of a mare's edge and a highland-like Clementine one.
MI_SPECTRUM = {
    "415": 0.055,
    "750": 0.095,
    "950": 0.110,
    "1050": 0.117,
    "1250": 0.140,
    "1550": 0.171,
}
CLEMENTINE_SPECTRUM = {"415": 0.122, "750": 0.200, "950": 0.210}


def value(sensor, key, spectrum):
    arrays = {name: np.array([number]) for name, number in spectrum.items()}
    return float(BY_KEY[sensor.key, key].compute(arrays)[0])


@pytest.mark.parametrize(
    ("sensor", "key", "expected"),
    [
        (
            MI,
            "feo_lemelin2015",
            1.0708 * 0.0656 * math.exp(3.6681 * -math.atan((0.110 / 0.095 - 1.39) / 0.055))
            - 0.3986,
        ),
        (
            MI,
            "tio2_otake2012",
            0.72 * math.atan((0.055 / 0.095 - 0.208) / (0.095 + 0.108)) ** 14.964,
        ),
        (MI, "omat_mi", math.hypot(0.095 - 0.037, 0.110 / 0.095 - 1.25)),
        (
            MI,
            "depth_1250",
            1 - 0.140 / (0.095 + (0.171 - 0.095) * (1248 - 749) / (1548 - 749)),
        ),
        (MI, "ratio_750_415", 0.095 / 0.055),
        (
            CLEMENTINE,
            "feo_lucey2000",
            17.427 * -math.atan((0.210 / 0.200 - 1.19) / 0.12) - 7.565,
        ),
        (
            CLEMENTINE,
            "tio2_lucey2000",
            3.708 * math.atan((0.122 / 0.200 - 0.42) / 0.200) ** 5.979,
        ),
        (CLEMENTINE, "omat_lucey2000", math.hypot(0.12, 0.210 / 0.200 - 1.19)),
        (
            CLEMENTINE,
            "feo_wilcox2005",
            -137.97 * (0.9834 * 0.200 + 0.1813 * 0.210 / 0.200) + 57.46,
        ),
        (
            CLEMENTINE,
            "omat_wilcox2005",
            0.1813 * 0.200 - 0.9834 * 0.210 / 0.200,
        ),
    ],
)
def test_the_formulas(sensor, key, expected):
    spectrum = MI_SPECTRUM if sensor is MI else CLEMENTINE_SPECTRUM
    computed = value(sensor, key, spectrum)
    if expected < 0 and "omat" not in key:
        assert math.isnan(computed)  # Wilcox's maria formula on a highland spectrum
    else:
        assert computed == pytest.approx(expected, rel=1e-12)


def test_plausible_abundances():
    assert 8 < value(MI, "feo_lemelin2015", MI_SPECTRUM) < 10
    assert 3 < value(CLEMENTINE, "feo_lucey2000", CLEMENTINE_SPECTRUM) < 8


@given(
    st.sampled_from(PARAMETERS),
    st.lists(st.floats(-1.0, 2.0, allow_subnormal=False), min_size=6, max_size=6),
)
def test_any_numbers_give_a_value_or_none_and_never_a_negative_abundance(parameter, numbers):
    names = ("415", "750", "950", "1050", "1250", "1550")
    spectrum = {name: np.array([number]) for name, number in zip(names, numbers)}
    computed = float(parameter.compute(spectrum)[0])
    if any(spectrum[name][0] <= 0 for name in parameter.needs):
        assert math.isnan(computed)
    if parameter.unit:
        assert math.isnan(computed) or computed >= 0
    assert not math.isinf(computed)


@pytest.mark.parametrize("key", ["feo_lemelin2015", "feo_lucey2000"])
def test_a_negative_angle_gives_no_value(key):
    sensor = MI if "lemelin" in key else CLEMENTINE
    darker_than_origin = {"750": 0.03, "950": 0.031}
    assert math.isnan(value(sensor, key, darker_than_origin))


def test_a_missing_band_is_named():
    with pytest.raises(BandMappingError, match="got none at 950 nm"):
        BY_KEY["MI", "omat_mi"].compute({"750": np.array([0.1])})


def test_parameters_carry_source_and_validity():
    keys = [(p.sensor.key, p.key) for p in PARAMETERS]
    assert len(set(keys)) == len(keys)
    for parameter in PARAMETERS:
        assert parameter.formula
        assert parameter.validity
        assert any(word in parameter.citation for word in ("doi", "Conf."))
        assert parameter.display_min < parameter.display_max


def station_spectra():
    sites = [site for site in load_sites() if site.reflectance]
    measured = np.array([site.oxides_wt for site in sites]).T
    spectra = np.array([site.reflectance for site in sites]).T
    before_ce6 = np.array([site.station_id != "CE6" for site in sites])
    return spectra, measured, before_ce6


def test_the_second_opinion_at_the_stations():
    # The formulas were tied to some of the same stations: agreement here is no validation.
    spectra, measured, before_ce6 = station_spectra()
    opinion = second_opinion(spectra, WAVELENGTHS)
    for oxide, row, rmse, bias in (("FeO", 1, 1.59, -0.12), ("TiO2", 0, 0.93, 0.22)):
        error = (opinion[oxide] - measured[row])[before_ce6]
        assert math.sqrt(np.mean(error**2)) == pytest.approx(rmse, abs=0.01)
        assert error.mean() == pytest.approx(bias, abs=0.01)


def test_the_second_opinion_follows_the_wavelengths_not_the_order():
    spectra, _, _ = station_spectra()
    order = [3, 6, 0, 7, 1, 2, 4, 5]
    shuffled = second_opinion(spectra[order], [WAVELENGTHS[i] for i in order])
    plain = second_opinion(spectra, WAVELENGTHS)
    for oxide in ("FeO", "TiO2"):
        np.testing.assert_array_equal(shuffled[oxide], plain[oxide])
    with pytest.raises(BandMappingError, match="no band at 414"):
        second_opinion(spectra, [w + 1 for w in WAVELENGTHS])


def test_clementine_coefficients_fail_on_mi_reflectance():
    # The reason for the refusal: more than half of the stations get no FeO.
    spectra, _, _ = station_spectra()
    feo = BY_KEY["Clementine", "feo_lucey2000"].compute({"750": spectra[1], "950": spectra[3]})
    assert np.mean(np.isnan(feo)) > 0.5


def test_computable_needs_all_bands():
    keys = {p.key for p in computable(MI, ["750", "950"])}
    assert keys == {"feo_lemelin2015", "omat_mi", "ratio_750_950"}
    assert computable(MI, ["415"]) == ()


# --- as users run it -------------------------------------------------------------------


def clementine_raster(path, ratio=1.04, level=0.19, **options):
    rng = np.random.default_rng(5)
    r750 = rng.uniform(0.8, 1.2, (30, 20)) * level
    bands = np.stack([r750 * 0.61, r750, r750 * 1.01, r750 * ratio, r750 * 1.05])
    values = np.round((bands - 6.3422227e-8) / 1.3500004e-4).astype(np.int16)
    options.setdefault("wavelengths", (415, 750, 900, 950, 1000))
    options.setdefault("scale", 1.3500004e-4)
    return write_mi_geotiff(
        path, values, offset=6.3422227e-8, nodata=-32768, transform=TAURUS_LITTROW, **options
    )


def test_a_scene_gets_every_parameter_by_hand_checked_numbers(run, tmp_path):
    dn = random_dn(40, 33)
    dn[0, 2, 3] = -30000  # no 414 nm here
    dn[:, 5, 6] = 200  # shadow
    raster = write_mi_geotiff(tmp_path / "in.tif", dn)
    results = run("spectralparameters", INPUT=str(raster), OUTPUT=str(tmp_path / "out.tif"))
    assert results["USED_SENSOR"] == "SELENE/Kaguya Multiband Imager"
    parameters = parameters_of(MI)
    with rasterio.open(results["OUTPUT"]) as dataset, rasterio.open(raster) as source:
        assert dataset.descriptions == tuple(p.band_description for p in parameters)
        assert dataset.units[:3] == ("wt%", "wt%", None)
        assert (dataset.transform, dataset.crs) == (source.transform, source.crs)
        values = dataset.read()
        tags = dataset.tags()
    assert "10.1002/2014JE004778" in tags["LUNAR_OXIDE_FORMULA_FEO_LEMELIN2015"]
    r = reflectance(dn)[:, 11, 17]
    spectrum = dict(zip(("415", "750", "950", "1050", "1250", "1550"), r[[0, 1, 3, 5, 6, 7]]))
    for place, parameter in enumerate(parameters):
        expected = value(MI, parameter.key, spectrum)
        assert values[place, 11, 17] == pytest.approx(expected, rel=1e-5, nan_ok=True)
    assert np.isnan(values[:, 2, 3]).all()
    assert np.isnan(values[:, 5, 6]).all()
    assert results["FEO_PIXELS"] == np.isfinite(values[0]).sum()


def test_clementine_is_recognised_and_gets_its_own_formulas(run, tmp_path):
    raster = clementine_raster(tmp_path / "in.tif")
    results = run("spectralparameters", INPUT=str(raster), OUTPUT=str(tmp_path / "out.tif"))
    assert results["USED_SENSOR"] == "Clementine UVVIS"
    with rasterio.open(results["OUTPUT"]) as dataset, rasterio.open(raster) as source:
        dn = source.read(window=((4, 5), (7, 8)))[:, 0, 0].astype(float)
        r = dn * 1.3500004e-4 + 6.3422227e-8
        expected = value(CLEMENTINE, "feo_lucey2000", {"750": r[1], "950": r[3]})
        assert dataset.read(1)[4, 7] == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize(
    ("case", "message"),
    [
        ("clementine formulas on MI", "is a raster of SELENE/Kaguya"),
        ("MI formulas on Clementine", "is a raster of Clementine"),
        ("MI numbers called Clementine", "looks like SELENE/Kaguya.*must not be used"),
        ("Clementine numbers called MI", "looks like Clementine.*must not be used"),
        ("unknown sensor", "choose SENSOR"),
        ("unscaled", "check SCALE"),
        ("M3 bands", r"raster of Chandrayaan-1 Moon Mineralogy Mapper.*no model or formula"),
        ("too few bands", "lacks the bands"),
    ],
)
def test_wrong_combinations_are_refused_and_leave_nothing(run, tmp_path, case, message):
    raster, parameters = tmp_path / "in.tif", {}
    mi, clementine = 1, 2
    if case == "clementine formulas on MI":
        write_mi_geotiff(raster, random_dn(20, 20))
        parameters["SENSOR"] = clementine
    elif case == "MI formulas on Clementine":
        clementine_raster(raster)
        parameters["SENSOR"] = mi
    elif case == "MI numbers called Clementine":
        unnamed = (random_dn(20, 20) * 2e-5).astype("f4")
        write_mi_geotiff(raster, unnamed, wavelengths=None, scale=None, nodata=None)
        parameters.update(SENSOR=clementine, BANDS=[1, 2, 4])
    elif case == "Clementine numbers called MI":
        clementine_raster(raster, ratio=0.98, wavelengths=None, scale=1.34e-4)
        parameters.update(SENSOR=mi, BANDS=[1, 2, 4])
    elif case == "unknown sensor":
        unnamed = (random_dn(20, 20) * 2e-5).astype("f4")
        write_mi_geotiff(raster, unnamed, wavelengths=None, scale=None, nodata=None)
    elif case == "unscaled":
        write_mi_geotiff(raster, random_dn(20, 20), scale=None)
    elif case == "M3 bands":
        write_mi_geotiff(
            raster, random_dn(20, 20)[:4], wavelengths=(540.8, 750.4, 950.1, 1548.9), scale=2e-5
        )
    else:
        write_mi_geotiff(raster, random_dn(20, 20)[:2], wavelengths=(901, 1001))
    with pytest.raises(QgsProcessingException, match=message) as caught:
        run("spectralparameters", INPUT=str(raster), OUTPUT=str(tmp_path / "o.tif"), **parameters)
    assert len(str(caught.value).strip().splitlines()) == 1
    assert {p.name for p in tmp_path.iterdir() if p.suffix != ".xml"} == {"in.tif"}


def test_fewer_bands_give_fewer_parameters_and_say_so(run, tmp_path):
    raster = write_mi_geotiff(
        tmp_path / "in.tif", random_dn(20, 20)[[1, 3]], wavelengths=(749, 950)
    )
    feedback = QgsProcessingFeedback()
    results = run(
        "spectralparameters", feedback, INPUT=str(raster), SENSOR=1, OUTPUT=str(tmp_path / "o.tif")
    )
    with rasterio.open(results["OUTPUT"]) as dataset:
        assert dataset.descriptions[0] == "FeO after Lemelin 2015 (wt%)"
        assert dataset.count == 3
    assert "No TiO2 after Otake 2012: the raster has no band at 415 nm" in feedback.textLog()


def test_high_latitudes_are_warned_of(run, tmp_path):
    raster = write_mi_geotiff(
        tmp_path / "in.tif",
        random_dn(20, 20),
        transform=rasterio.Affine(59.2, 0, 0, 0, -59.2, 2_100_000),
    )
    feedback = QgsProcessingFeedback()
    run("spectralparameters", feedback, INPUT=str(raster), OUTPUT=str(tmp_path / "o.tif"))
    assert "reaches 69 degrees latitude" in feedback.textLog()


def test_the_input_is_never_overwritten(run, tmp_path):
    raster = write_mi_geotiff(tmp_path / "in.tif", random_dn(20, 20))
    before = raster.read_bytes()
    with pytest.raises(QgsProcessingException, match="is an input"):
        run("spectralparameters", INPUT=str(raster), OUTPUT=str(raster))
    assert raster.read_bytes() == before


def test_cancel_leaves_nothing(run, tmp_path):
    feedback = QgsProcessingFeedback()
    feedback.cancel()
    out = tmp_path / "o.tif"
    assert run("spectralparameters", feedback, INPUT=str(STATIONS), OUTPUT=str(out)) == {}
    assert list(tmp_path.iterdir()) == []


def test_layers_have_legends_units_and_composites(run, tmp_path):
    project = QgsProject.instance()
    project.clear()
    context = QgsProcessingContext()
    context.setProject(project)
    output = str(tmp_path / "parameters.tif")
    context.addLayerToLoadOnCompletion(
        output, QgsProcessingContext.LayerDetails("parameters", project, "OUTPUT")
    )
    raster = write_mi_geotiff(tmp_path / "in.tif", random_dn(20, 20))
    run("spectralparameters", context=context, INPUT=str(raster), OUTPUT=output)
    layer = QgsRasterLayer(output, "parameters")
    project.addMapLayer(layer)
    details = context.layersToLoadOnCompletion()[output]
    details.postProcessor().postProcessLayer(layer, context, QgsProcessingFeedback())
    group = project.layerTreeRoot().children()[0]
    layers = {node.name(): node.layer() for node in group.children()}
    feo = layers["FeO after Lemelin 2015 (wt%)"].renderer()
    assert (feo.usesBands(), feo.classificationMin(), feo.classificationMax()) == ([1], 2, 22)
    composite = layers["Band depths (R 950, G 1050, B 1250 nm)"]
    assert composite.renderer().usesBands() == [4, 5, 6]
    assert composite.renderer().redContrastEnhancement().maximumValue() == pytest.approx(0.16)
    assert "plagioclase" in composite.customProperty("lunar_oxide/summary")
    ratios = layers["Colour ratios (R 750/415, G 750/950, B 415/750)"].renderer()
    assert ratios.usesBands() == [7, 8, 9]
    shown = [node.name() for node in group.children() if node.itemVisibilityChecked()]
    assert shown == ["FeO after Lemelin 2015 (wt%)"]
    project.clear()


def test_sensors_are_told_apart_by_their_bands(tmp_path):
    mi = read_info(raster_input(write_mi_geotiff(tmp_path / "mi.tif", random_dn(4, 4))))
    clementine = read_info(raster_input(clementine_raster(tmp_path / "c.tif")))
    assert mi.sensor is MI
    assert clementine.sensor is CLEMENTINE
