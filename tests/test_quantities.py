"""Quantities by hand and by simulation; equal in map, scatter view, window and table."""

from __future__ import annotations

import math

import numpy as np
import pytest
import rasterio
from hypothesis import given
from hypothesis import strategies as st

from lunar_oxide_plugin.core.chemistry.layout import FULL
from lunar_oxide_plugin.core.chemistry.oxides import OXIDE_NAMES, OXIDES
from lunar_oxide_plugin.core.chemistry.quantities import (
    BY_KEY,
    DERIVED,
    FEO_TIO2,
    GRAIN_DENSITY,
    MG_NUMBER,
    PLAGIOCLASE,
    QUANTITIES,
    SUM,
    of_composition,
)
from lunar_oxide_plugin.core.chemistry.rock_classes import BASALT, HIGHLAND
from lunar_oxide_plugin.core.probe import reading_table
from lunar_oxide_plugin.core.probe.axes import of_quantity
from lunar_oxide_plugin.core.probe.reading import PixelArea, SpectrumReading, Spread
from lunar_oxide_plugin.core.probe.scatter import read_sample
from lunar_oxide_plugin.core.products.oxide_product_raster import write_products
from lunar_oxide_plugin.core.progress import SilentProgress
from tests.rasters import TAURUS_LITTROW, moon_equirectangular
from tests.requests import raster as raster_input

#: TiO2, FeO, Al2O3, MgO, CaO, SiO2 with sigmas: ordinary, clipped at zero, a small denominator,
#: a negative amount, no iron and no magnesium, something missing, and an unknown sigma.
NAN = math.nan
SOILS = (
    ((5.0, 10.0, 14.0, 9.0, 11.0, 45.0), (1.0, 1.1, 1.2, 1.3, 1.4, 1.5)),
    ((0.0, 4.2, 28.0, 5.0, 16.0, 45.0), (0.5, 0.9, 1.0, 0.7, 0.5, 0.6)),
    ((0.3, 10.0, 14.0, 9.0, 11.0, 45.0), (0.5, 0.9, 1.0, 0.7, 0.5, 0.6)),
    ((2.0, 10.0, -0.1, 9.0, 11.0, 45.0), (0.5, 0.9, 1.0, 0.7, 0.5, 0.6)),
    ((0.1, 0.0, 35.0, 0.0, 19.0, 45.0), (0.5, 0.9, 1.0, 0.7, 0.5, 0.6)),
    ((NAN, 10.0, 14.0, 9.0, 11.0, 45.0), (0.5, 0.9, 1.0, 0.7, 0.5, 0.6)),
    ((3.0, 10.0, 14.0, 9.0, 11.0, 45.0), (NAN, 0.9, 1.0, 0.7, 0.5, 0.6)),
)


def named(values):
    return dict(zip(OXIDE_NAMES, values))


def estimate(quantity, soil, sigma=(NAN,) * 6):
    value, spread = quantity.evaluate(named(soil), named(sigma))
    return float(value), float(spread)


def test_mg_number_is_a_hundred_times_the_molar_ratio():
    value, sigma = estimate(MG_NUMBER, *SOILS[0])
    mgo, feo = 9.0 / 40.304, 10.0 / 71.844
    assert value == pytest.approx(100 * mgo / (mgo + feo), rel=1e-4) == pytest.approx(61.6, abs=0.1)
    # d ln(x / (1 - x)) = d ln MgO - d ln FeO
    share = value / 100
    expected = 100 * share * (1 - share) * math.hypot(1.3 / 9.0, 1.1 / 10.0)
    assert sigma == pytest.approx(expected, rel=1e-4)


def test_zero_is_an_abundance():
    soil, sigma = SOILS[1]
    assert estimate(SUM, soil, sigma)[0] == pytest.approx(98.2)
    assert estimate(SUM, soil, sigma)[1] == pytest.approx(math.sqrt(sum(s * s for s in sigma)))
    assert estimate(GRAIN_DENSITY, soil, sigma)[0] == pytest.approx(0.0273 * 4.2 + 2.773)
    assert estimate(BY_KEY["tio2"], soil, sigma) == (0.0, 0.5)
    assert math.isnan(estimate(FEO_TIO2, soil, sigma)[0])
    number, probability = BASALT.assign(named((0.0, 15.0, 12.0, 9, 11, 45)), named(sigma))
    assert float(number) == 12.0
    # TiO2 lies two sigmas below 1 wt%, Al2O3 one above 11: shares of a normal distribution.
    assert float(probability) == pytest.approx(0.97725 * 0.84134, abs=1e-4)


def test_a_denominator_must_exceed_its_uncertainty():
    soil, sigma = SOILS[2]
    assert math.isnan(estimate(FEO_TIO2, soil, sigma)[0])
    smaller = (0.29, *sigma[1:])
    assert estimate(FEO_TIO2, soil, smaller)[0] == pytest.approx(10.0 / 0.3)
    # Where the uncertainty is not known, the denominator need only be positive.
    assert estimate(FEO_TIO2, soil)[0] == pytest.approx(10.0 / 0.3)
    assert math.isnan(estimate(FEO_TIO2, soil)[1])
    # A numerator of zero is a ratio of zero, with an uncertainty.
    none_of_it, spread = estimate(FEO_TIO2, (2.0, 0.0, 1, 1, 1, 1), (0.5, 0.9, 1, 1, 1, 1))
    assert (none_of_it, spread) == (0.0, pytest.approx(0.45))


@pytest.mark.parametrize("quantity", DERIVED, ids=lambda quantity: quantity.key)
def test_what_is_not_finite_or_negative_is_a_gap(quantity):
    for name in quantity.oxides:
        for bad in (NAN, math.inf, -math.inf, -0.1):
            soil = list(SOILS[0][0])
            soil[OXIDE_NAMES.index(name)] = bad
            assert all(map(math.isnan, estimate(quantity, soil, SOILS[0][1]))), (name, bad)
    missing = {n: v for n, v in named(SOILS[0][0]).items() if n != quantity.oxides[0]}
    assert math.isnan(float(quantity.evaluate(missing).value))


@given(
    st.lists(st.one_of(st.just(0.0), st.floats(1e-9, 100)), min_size=6, max_size=6),
    st.lists(st.floats(0.001, 5), min_size=6, max_size=6),
)
def test_a_value_has_a_sigma_where_all_sigmas_are_known(soil, sigma):
    for quantity in QUANTITIES:
        value, spread = estimate(quantity, soil, sigma)
        assert math.isnan(value) == math.isnan(spread) or not math.isfinite(spread)
        assert not spread < 0.0
    assert 0.0 <= estimate(MG_NUMBER, soil)[0] <= 100.0 or soil[1] == soil[3] == 0.0
    for rule in (BASALT, HIGHLAND):
        number, probability = rule.assign(named(soil), named(sigma))
        assert math.isnan(float(number)) == math.isnan(float(probability))
        assert math.isnan(float(number)) or float(number) in [c.number for c in rule.classes]


@pytest.mark.parametrize("quantity", QUANTITIES, ids=lambda quantity: quantity.key)
def test_records_are_complete(quantity):
    assert quantity.rule and quantity.validity and quantity.source and quantity.title
    assert quantity.display_min < quantity.display_max
    assert BY_KEY[quantity.key] is quantity
    low, high = quantity.display_min, quantity.display_max
    value = estimate(quantity, SOILS[0][0])[0]
    if quantity is not SUM and quantity is not PLAGIOCLASE:
        assert low <= value <= high


# --- the same everywhere ---------------------------------------------------------------


@pytest.fixture
def prediction(tmp_path):
    """The soils side by side."""
    values = np.zeros((FULL.count, 1, len(SOILS)), dtype=np.float32)
    for column, (soil, sigma) in enumerate(SOILS):
        values[FULL.oxide_rows, 0, column] = soil
        values[FULL.sigma_rows, 0, column] = sigma
    path = tmp_path / "oxides.tif"
    with rasterio.open(
        path, "w", driver="GTiff", width=len(SOILS), height=1, count=FULL.count, dtype="float32",
        nodata=NAN, transform=TAURUS_LITTROW, crs=moon_equirectangular(),
    ) as dataset:  # fmt: skip
        dataset.write(values)
        dataset.descriptions = FULL.descriptions
    return path


def reading(soil, sigma):
    area = PixelArea(0, 0, 1, 1, 0.0, 0.0, None, None)
    return SpectrumReading(
        raster_name="r", model_title="m", area=area, n_valid=1, n_read=1, bands=(), reflectance=(),
        oxides=OXIDES, oxides_wt=tuple(Spread(v, v, v) for v in soil), sigma_wt=sigma,
        domain_distance=0.1, flags=(), nearest=(), nearest_note="", data_origin="",
    )  # fmt: skip


def test_raster_scatter_window_and_table_say_the_same(prediction, tmp_path):
    output = tmp_path / "products.tif"
    write_products(raster_input(prediction), str(output), SilentProgress())
    with rasterio.open(output) as dataset:
        products = dict(zip(dataset.descriptions, dataset.read()[:, 0]))
    for quantity in DERIVED:
        raster = products[quantity.with_unit(quantity.title)]
        raster_sigma = products[
            quantity.with_unit(f"{quantity.title} sigma {FULL.sigma_kind.value}")
        ]
        sample = read_sample(
            raster_input(prediction),
            of_quantity(quantity),
            of_quantity(BY_KEY["feo"]),
            SilentProgress(),
        )
        np.testing.assert_allclose(sample.x[0], raster, rtol=1e-6, equal_nan=True)
        suffix = "_wt" if quantity.unit == "wt%" else ""
        for column, (soil, sigma) in enumerate(SOILS):
            read = reading(soil, sigma)
            value, spread = map(float, read.estimate(quantity))
            assert value == pytest.approx(raster[column], rel=1e-5, nan_ok=True)
            assert spread == pytest.approx(raster_sigma[column], rel=1e-4, nan_ok=True)
            cells = dict(zip(reading_table.columns(read), reading_table.row("x", read)))
            for key, number in (("", value), ("_sigma", spread)):
                cell = cells[f"{quantity.key}{key}{suffix}"]
                assert (NAN if cell is None else cell) == pytest.approx(number, nan_ok=True)
            station = of_composition(quantity, soil, sigma)
            assert station == pytest.approx(value, nan_ok=True)
