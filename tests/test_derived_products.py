"""Products of predicted oxides: hand-computed values, propagated errors, classes, the raster."""

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

from lunar_oxide_plugin.core.chemistry.layout import FULL
from lunar_oxide_plugin.core.chemistry.oxides import OXIDE_NAMES
from lunar_oxide_plugin.core.chemistry.quantities import DERIVED
from lunar_oxide_plugin.core.chemistry.rock_classes import BASALT, HIGHLAND
from lunar_oxide_plugin.core.products.oxide_product_raster import BLOCK_PIXELS
from lunar_oxide_plugin.core.products.oxide_products import PRODUCTS, derive, product_bands
from tests.rasters import EARTH, TAURUS_LITTROW, moon_equirectangular

PREDICTION_BANDS = FULL.descriptions
BANDS = product_bands(OXIDE_NAMES, OXIDE_NAMES, FULL.sigma_kind)
BAND_DESCRIPTIONS = tuple(band.description for band in BANDS)
BASALTS = {c.number: c.label for c in BASALT.classes}
HIGHLANDS = {c.number: c.label for c in HIGHLAND.classes}

#: TiO2, FeO, Al2O3, MgO, CaO, SiO2: Apollo 11 soil, Apollo 16 soil, Luna 24 soil
#: (Lunar Sourcebook 1991, Table 7.15).
A11 = (7.8, 15.3, 13.6, 7.8, 11.9, 42.2)
A16 = (0.54, 5.1, 27.3, 5.7, 15.7, 45.0)
L24 = (1.3, 19.8, 10.5, 9.4, 12.3, 43.9)
SIGMA = (0.5, 0.8, 1.0, 0.7, 0.5, 0.6)


def products(oxides, sigma=SIGMA):
    values = derived(np.array([oxides]).T, np.array([sigma]).T)[:, 0]
    return dict(zip(BAND_DESCRIPTIONS, values.tolist()))


def derived(oxides, sigma):
    """All product bands of arrays with one row per oxide."""
    return derive(BANDS, dict(zip(OXIDE_NAMES, oxides)), dict(zip(OXIDE_NAMES, sigma)))


def test_values_by_hand():
    p = products(A16)
    magnesium, iron = 5.7 / 40.304, 5.1 / 71.844
    assert p["Mg#"] == pytest.approx(100 * magnesium / (magnesium + iron), rel=1e-4)
    assert p["FeO/TiO2"] == pytest.approx(5.1 / 0.54)
    assert p["Fe/Ti"] == pytest.approx((5.1 / 1.2865) / (0.54 / 1.6685), rel=1e-4)
    assert p["Al2O3/CaO"] == pytest.approx(27.3 / 15.7)
    assert p["Sum of six oxides (wt%)"] == pytest.approx(sum(A16))
    anorthite = 101.961 / (56.077 + 101.961 + 2 * 60.083)
    plagioclase = p["Normative plagioclase, upper bound (wt%)"]
    assert plagioclase == pytest.approx(27.3 / anorthite, rel=1e-4)
    assert p["Grain density (g/cm3)"] == pytest.approx(0.0273 * 5.1 + 0.011 * 0.54 + 2.773)


def test_known_soils_fall_into_their_classes():
    assert BASALTS[products(A11)["Basalt class"]] == "high-Ti, high-Al basalt"
    assert BASALTS[products(L24)["Basalt class"]] == "low-Ti, low-Al basalt"
    assert math.isnan(products(A16)["Basalt class"])
    assert math.isnan(products(A11)["Highland rock type"])
    # 74.5 percent plagioclase at most, Mg# 67
    assert HIGHLANDS[products(A16)["Highland rock type"]] == "anorthositic norite, overlap"
    pure = (0.05, 0.3, 35.5, 0.2, 19.3, 44.5)
    assert HIGHLANDS[products(pure)["Highland rock type"]] == "anorthosite, ferroan"


@pytest.mark.parametrize(
    ("tio2", "al2o3", "label"),
    [
        (0.99, 10.99, "very low-Ti, low-Al basalt"),
        (1.0, 11.0, "low-Ti, high-Al basalt"),
        (5.99, 10.0, "low-Ti, low-Al basalt"),
        (6.0, 12.0, "high-Ti, high-Al basalt"),
    ],
)
def test_limits_of_the_basalt_classes(tio2, al2o3, label):
    assert BASALTS[products((tio2, 17.0, al2o3, 8.0, 11.0, 44.0))["Basalt class"]] == label


def test_sigma_agrees_with_a_simulation():
    rng = np.random.default_rng(11)
    sigma = 0.02 * np.array(A16)  # small, so that first order holds
    draws = np.array(A16)[:, None] + sigma[:, None] * rng.standard_normal((6, 200_000))
    simulated = derived(draws, np.broadcast_to(sigma[:, None], draws.shape)).std(axis=1)
    p = products(A16, sigma)
    for place, product in enumerate(DERIVED):
        band = BAND_DESCRIPTIONS[2 * place + 1]
        assert p[band] == pytest.approx(simulated[2 * place], rel=0.02), product.key


def test_class_probability_agrees_with_a_simulation():
    rng = np.random.default_rng(12)
    sigma = np.array([1.5, 0.01, 2.0, 0.4, 0.5, 0.6])
    for oxides, name in ((A11, "Basalt class"), (A16, "Highland rock type")):
        draws = np.array(oxides)[:, None] + sigma[:, None] * rng.standard_normal((6, 100_000))
        row = BAND_DESCRIPTIONS.index(name)
        drawn = derived(draws, np.broadcast_to(sigma[:, None], draws.shape))[row]
        p = products(oxides, sigma)
        assert p[f"{name} probability"] == pytest.approx(np.mean(drawn == p[name]), abs=0.02)


@given(st.lists(st.integers(-500, 6000), min_size=6, max_size=6))
def test_any_oxides_give_a_value_in_range_or_none(hundredths):
    oxides = [number / 100 for number in hundredths]
    p = products(oxides)
    assert math.isnan(p["Sum of six oxides (wt%)"]) == (min(oxides) < 0)
    mg = p["Mg#"]
    assert math.isnan(mg) or 0 <= mg <= 100
    for name in ("Basalt class", "Highland rock type"):
        probability = p[f"{name} probability"]
        assert math.isnan(p[name]) == math.isnan(probability)
        assert math.isnan(probability) or -1e-9 <= probability <= 1 + 1e-9
    assert math.isnan(p["Basalt class"]) or math.isnan(p["Highland rock type"])


def test_a_ratio_to_an_abundance_below_its_uncertainty_has_no_value():
    p = products((0.4, *A16[1:]), SIGMA)
    assert math.isnan(p["Fe/Ti"])
    assert math.isfinite(p["Al2O3/CaO"])


# --- as users run it -------------------------------------------------------------------


def prediction_raster(path, soils, descriptions=PREDICTION_BANDS, crs=None, tags=()):
    """Soils side by side, each 4 columns wide; the last column has no data."""
    values = np.full((14, 5, 4 * len(soils) + 1), np.nan, dtype=np.float32)
    for place, soil in enumerate(soils):
        columns = slice(4 * place, 4 * place + 4)
        values[:6, :, columns] = np.array(soil)[:, None, None]
        values[6:12, :, columns] = np.array(SIGMA)[:, None, None]
        values[12:, :, columns] = 0
    with rasterio.open(
        path,
        "w",
        driver="GTiff",
        dtype="float32",
        count=len(descriptions),
        height=5,
        width=values.shape[2],
        nodata=float("nan"),
        crs=moon_equirectangular() if crs is None else crs,
        transform=TAURUS_LITTROW,
    ) as dataset:
        dataset.write(values[: len(descriptions)])
        dataset.descriptions = descriptions
        dataset.update_tags(**dict(tags))
    return path


def test_a_prediction_gets_its_products(run, tmp_path):
    raster = prediction_raster(
        tmp_path / "in.tif",
        [A11, A16, L24],
        tags={"LUNAR_OXIDE_MODEL_TITLE": "some model", "LUNAR_OXIDE_SOFTWARE": "it"},
    )
    results = run("derivedproducts", INPUT=str(raster), OUTPUT=str(tmp_path / "out.tif"))
    assert (results["VALID_PIXELS"], results["MARE_PIXELS"], results["HIGHLAND_PIXELS"]) == (
        60,
        40,
        20,
    )
    with rasterio.open(results["OUTPUT"]) as dataset:
        assert dataset.descriptions == BAND_DESCRIPTIONS
        assert dataset.transform == TAURUS_LITTROW
        values = dataset.read()
        tags = dataset.tags()
    for column, soil in ((1, A11), (6, A16), (10, L24)):
        np.testing.assert_allclose(
            values[:, 2, column], list(products(soil).values()), rtol=1e-5, equal_nan=True
        )
    assert np.isnan(values[:, :, -1]).all()
    assert "Neal & Taylor (1992)" in tags["LUNAR_OXIDE_RULE_BASALT_CLASS"]
    assert "32 = high-Ti, high-Al basalt" in tags["LUNAR_OXIDE_CLASSES_BASALT_CLASS"]
    assert "independent" in tags["LUNAR_OXIDE_RULE_SIGMA"]
    assert tags["LUNAR_OXIDE_MODEL_TITLE"] == "some model"
    assert tags["LUNAR_OXIDE_PREDICTED_WITH"] == "it"


def test_without_sigma_there_are_products_and_no_uncertainty(run, tmp_path):
    raster = prediction_raster(tmp_path / "in.tif", [A11], PREDICTION_BANDS[:6])
    feedback = QgsProcessingFeedback()
    run("derivedproducts", feedback, INPUT=str(raster), OUTPUT=str(tmp_path / "o.tif"))
    assert "without uncertainty" in feedback.textLog()
    with rasterio.open(tmp_path / "o.tif") as dataset:
        values = dict(zip(dataset.descriptions, dataset.read()[:, 0, 0].tolist()))
    assert values["Fe/Ti"] == pytest.approx(products(A11)["Fe/Ti"])
    assert not [name for name in values if "sigma" in name or "probability" in name]
    assert values["Basalt class"] == 32


def test_windows_do_not_change_values(run, tmp_path, monkeypatch):
    rng = np.random.default_rng(2)
    raster = tmp_path / "in.tif"
    values = np.array(A11)[:, None, None] * rng.uniform(0.3, 1.3, (6, 70, 90))
    with rasterio.open(
        raster, "w", driver="GTiff", dtype="float32", count=6, height=70, width=90,
        crs=moon_equirectangular(), transform=TAURUS_LITTROW, tiled=True, blockxsize=16,
        blockysize=32,
    ) as dataset:  # fmt: skip
        dataset.write(values.astype(np.float32))
        dataset.descriptions = PREDICTION_BANDS[:6]
    assert values[0].size < BLOCK_PIXELS
    run("derivedproducts", INPUT=str(raster), OUTPUT=str(tmp_path / "a.tif"))
    monkeypatch.setattr("lunar_oxide_plugin.core.products.oxide_product_raster.BLOCK_PIXELS", 700)
    run("derivedproducts", INPUT=str(raster), OUTPUT=str(tmp_path / "b.tif"))
    with rasterio.open(tmp_path / "a.tif") as a, rasterio.open(tmp_path / "b.tif") as b:
        np.testing.assert_array_equal(a.read(), b.read())


@pytest.mark.parametrize(
    ("case", "message"),
    [
        ("reflectance", "no band described as an oxide"),
        ("earth", "CRS of Earth"),
        ("same", "is an input"),
    ],
)
def test_bad_input_is_one_sentence_and_leaves_nothing(run, tmp_path, case, message):
    names = ("MV1", "MV2") if case == "reflectance" else PREDICTION_BANDS
    raster = prediction_raster(
        tmp_path / "in.tif", [A11], names, crs=EARTH if case == "earth" else None
    )
    before = raster.read_bytes()
    output = raster if case == "same" else tmp_path / "out.tif"
    with pytest.raises(QgsProcessingException, match=message):
        run("derivedproducts", INPUT=str(raster), OUTPUT=str(output))
    assert {p.name for p in tmp_path.iterdir() if p.suffix != ".xml"} == {"in.tif"}
    assert raster.read_bytes() == before


def test_cancel_leaves_nothing(run, tmp_path):
    raster = prediction_raster(tmp_path / "in.tif", [A11])
    feedback = QgsProcessingFeedback()
    feedback.cancel()
    assert run("derivedproducts", feedback, INPUT=str(raster), OUTPUT=str(tmp_path / "o.tif")) == {}
    assert [p.name for p in tmp_path.iterdir() if p.suffix != ".xml"] == ["in.tif"]


def test_classes_have_a_legend_with_labels(run, tmp_path):
    project = QgsProject.instance()
    project.clear()
    context = QgsProcessingContext()
    context.setProject(project)
    output = str(tmp_path / "products.tif")
    context.addLayerToLoadOnCompletion(
        output, QgsProcessingContext.LayerDetails("products", project, "OUTPUT")
    )
    raster = prediction_raster(tmp_path / "in.tif", [A11, A16])
    run("derivedproducts", context=context, INPUT=str(raster), OUTPUT=output)
    layer = QgsRasterLayer(output, "products")
    project.addMapLayer(layer)
    details = context.layersToLoadOnCompletion()[output]
    details.postProcessor().postProcessLayer(layer, context, QgsProcessingFeedback())
    group = project.layerTreeRoot().children()[0]
    layers = {node.name(): node.layer() for node in group.children()}
    basalts = layers["Basalt class"]
    assert {c.value: c.label for c in basalts.renderer().classes()} == BASALTS
    assert basalts.renderer().band() == BAND_DESCRIPTIONS.index("Basalt class") + 1
    assert "Neal & Taylor" in basalts.customProperty("lunar_oxide/summary")
    mg = layers["Mg#"].renderer()
    assert (mg.usesBands(), mg.classificationMin(), mg.classificationMax()) == ([1], 30.0, 80.0)
    assert "Its sigma is band 2" in layers["Mg#"].customProperty("lunar_oxide/summary")
    assert len(layers) == len(PRODUCTS)
    project.clear()
