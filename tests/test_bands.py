from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lunar_oxide_plugin.core.errors import BandMappingError
from lunar_oxide_plugin.core.rasters.bands import (
    BandMatch,
    ModelBand,
    RasterBand,
    map_bands,
    nearest_band,
    to_nanometres,
    wavelength_from_name,
)
from lunar_oxide_plugin.core.rasters.sensors.known import M3, MI

WANTED = tuple(
    ModelBand(f"MI {own.wavelength_nm:g} nm", own.wavelength_nm, own.width_nm, 0.03, 0.3)
    for own in MI.filters
    if own.name != "MN1"
)
PRODUCT_ORDER = [414, 749, 901, 950, 1001, 1000, 1049, 1248, 1548]


def bands(wavelengths):
    return [RasterBand(i, "", float(w)) for i, w in enumerate(wavelengths, start=1)]


def test_product_order_takes_the_visible_detectors_1001_nm():
    mapping = map_bands(WANTED, bands(PRODUCT_ORDER))
    assert mapping.numbers == (1, 2, 3, 4, 5, 7, 8, 9)
    assert [match.distance_nm for match in mapping.matches] == [0.0] * 8
    assert {match.basis for match in mapping.matches} == {"wavelength"}


@given(st.permutations(PRODUCT_ORDER))
def test_any_order_finds_the_same_wavelengths(order):
    numbers = map_bands(WANTED, bands(order)).numbers
    assert [order[number - 1] for number in numbers] == [b.wavelength_nm for b in WANTED]


def test_wavelength_wins_over_name():
    available = [RasterBand(i, "MV1", float(w)) for i, w in enumerate(PRODUCT_ORDER, start=1)]
    assert map_bands(WANTED, available).numbers == (1, 2, 3, 4, 5, 7, 8, 9)


def test_filter_names_serve_where_no_wavelength_is_given():
    available = [
        RasterBand(i, name)
        for i, name in enumerate(reversed([own.name for own in MI.filters]), start=1)
    ]
    mapping = map_bands(WANTED, available)
    assert mapping.numbers == (9, 8, 7, 6, 5, 3, 2, 1)
    assert {match.basis for match in mapping.matches} == {"name"}


def test_a_distant_band_is_refused_and_both_are_named():
    order = [414, 749, 901, 950, 1001, 1000, 1049, 1100, 1548]
    with pytest.raises(BandMappingError, match=r"MI 1248 nm.*band 8.*148 nm"):
        map_bands(WANTED, bands(order))


def test_a_band_is_never_used_twice():
    wide = [ModelBand("a", 1000, 60, 0, 1), ModelBand("b", 1040, 60, 0, 1)]
    with pytest.raises(BandMappingError, match="both a and b"):
        map_bands(wide, [RasterBand(1, "", 1010.0), RasterBand(2, "", 400.0)])


def test_too_few_bands():
    with pytest.raises(BandMappingError, match=r"has 3 band\(s\) but the model needs 8"):
        map_bands(WANTED, bands([414, 749, 901]))


def test_no_wavelength_information_asks_for_bands():
    available = [RasterBand(i, f"Band {i}") for i in range(1, 10)]
    with pytest.raises(BandMappingError, match=r"give BANDS.*414, 749"):
        map_bands(WANTED, available)


def test_choice_overrides_and_tells_the_distance():
    chosen = (1, 2, 3, 4, 6, 7, 8, 9)  # the near-infrared detector's 1000 nm for 1001 nm
    mapping = map_bands(WANTED, bands(PRODUCT_ORDER), chosen)
    assert mapping.numbers == chosen
    assert mapping.matches[4].distance_nm == 1
    assert "by choice" in str(mapping.matches[4])
    unknown = [RasterBand(i) for i in range(1, 10)]
    assert map_bands(WANTED, unknown, (9, 2, 3, 4, 5, 7, 8, 1)).matches[0].distance_nm is None


def test_a_choice_far_from_the_wanted_wavelength_is_refused():
    with pytest.raises(BandMappingError, match=r"band 9 for MI 414 nm.*1134 nm away.*20 nm wide"):
        map_bands(WANTED, bands(PRODUCT_ORDER), (9, 2, 3, 4, 5, 7, 8, 1))
    m3 = bands([460.99, 750.44, 900.0, 950.06, 1009.95, 1049.87, 1249.0, 1549.0])
    with pytest.raises(BandMappingError, match=r"Moon Mineralogy Mapper.*MI_MAP tiles"):
        map_bands(WANTED, m3, range(1, 9), M3)


def test_bands_marked_bad_are_refused_wherever_they_are_used():
    marked = [replace(b, bad=b.wavelength_nm in (1000.0, 950.0)) for b in bands(PRODUCT_ORDER)]
    with pytest.raises(BandMappingError, match=r"Band 4 is marked bad in the bad-band list"):
        map_bands(WANTED, marked)
    with pytest.raises(BandMappingError, match=r"Band 4 is marked bad"):
        map_bands(WANTED, marked, (1, 2, 3, 4, 5, 7, 8, 9))
    without = [b for b in WANTED if b.wavelength_nm != 950.0]
    assert map_bands(without, marked).numbers == (1, 2, 3, 5, 7, 8, 9)


def test_assumed_wavelengths_map_in_product_order_and_say_so():
    assumed = [replace(b, assumed="its name names a product of X") for b in bands(PRODUCT_ORDER)]
    mapping = map_bands(WANTED, assumed)
    assert mapping.numbers == (1, 2, 3, 4, 5, 7, 8, 9)
    assert {match.basis for match in mapping.matches} == {"product order"}
    assert "its name names a product of X" in mapping.assumption
    assert "BANDS=1,2,3,4,5,7,8,9" in mapping.assumption
    assert map_bands(WANTED, bands(PRODUCT_ORDER)).assumption == ""
    assert map_bands(WANTED, assumed, (9, 2, 3, 4, 5, 7, 8, 1)).assumption == ""


@pytest.mark.parametrize(
    ("count", "numbers"), [(9, "1,2,3,4,5,7,8,9"), (8, "1,2,3,4,5,6,7,8"), (10, None)]
)
def test_the_numbers_to_give_are_named(count, numbers):
    with pytest.raises(BandMappingError, match="give BANDS") as caught:
        map_bands(WANTED, [RasterBand(i) for i in range(1, count + 1)])
    assert numbers is None or f"{numbers})" in str(caught.value)
    if numbers is not None:
        chosen = [int(n) for n in numbers.split(",")]
        assert map_bands(WANTED, [RasterBand(i) for i in range(1, count + 1)], chosen)


@pytest.mark.parametrize(
    ("chosen", "message"),
    [((1, 2), "gives 2 band"), ((1, 2, 3, 4, 5, 6, 7, 12), "band 12"), ((1,) * 8, "both")],
)
def test_a_choice_that_does_not_fit_is_refused(chosen, message):
    with pytest.raises(BandMappingError, match=message):
        map_bands(WANTED, bands(PRODUCT_ORDER), chosen)


@pytest.mark.parametrize(
    ("name", "wavelength"),
    [
        ("MV4", 950.0),
        ("MI_MN3 reflectance", 1248.0),
        ("MI 414 nm", 414.0),
        ("band 7 (0.749 micrometers)", 749.0),
        ("Band 1 (414.000000 Nanometers)", 414.0),
        ("R0901", 901.0),
        ("reflectance_1548", 1548.0),
        ("0.95 um", 950.0),
        ("Band 414", None),
        ("b1000", None),
        ("quality", None),
        ("414 to 749", None),
        ("", None),
    ],
)
def test_wavelength_from_name(name, wavelength):
    assert wavelength_from_name(name) == wavelength


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (414, "nm", 414),
        (0.414, "Micrometers", 414),
        (4140, "Angstrom", 414),
        (0.414, "", 414),
        (414, "", 414),
    ],
)
def test_to_nanometres(value, unit, expected):
    assert to_nanometres(value, unit) == pytest.approx(expected)


@given(st.text(max_size=40))
def test_any_text_is_a_name(text):
    found = wavelength_from_name(text)
    assert found is None or found >= 0


def test_a_band_at_exactly_its_width_still_fits():
    wanted = (ModelBand("a", 500.0, 20.0, 0.03, 0.3),)
    assert map_bands(wanted, bands([520.0])).numbers == (1,)
    with pytest.raises(BandMappingError, match=r"band 1, is 20\.1 nm away"):
        map_bands(wanted, bands([520.1]))


@pytest.mark.parametrize(
    ("name", "wavelength"),
    [("R300", 300.0), ("R3000", 3000.0), ("R299", None), ("R3001", None), ("R4000", None)],
)
def test_numbers_in_names_are_wavelengths_from_300_to_3000(name, wavelength):
    assert wavelength_from_name(name) == wavelength


def test_numbers_without_unit_are_micrometres_below_30():
    assert to_nanometres(30.0) == 30.0
    assert to_nanometres(35.0) == 35.0
    assert to_nanometres(29.0) == 29000.0


def test_conversion_rounds_to_a_millionth():
    assert to_nanometres(0.74900000012345, "um") == 749.0
    assert to_nanometres(0.74900000012345) == 749.0


def test_matches_read_as_a_sentence():
    wanted = ModelBand("MI 749 nm", 749.0, 12.0, 0.03, 0.3)
    assert str(BandMatch(wanted, 2, "MV2", 0.5, "wavelength")) == (
        "MI 749 nm <- band 2 (MV2), 0.5 nm off, by wavelength"
    )
    assert str(BandMatch(wanted, 3, "", None, "choice")) == (
        "MI 749 nm <- band 3, wavelength unknown off, by choice"
    )


def test_messages_name_the_band_with_its_description():
    wanted = (ModelBand("a", 500.0, 20.0, 0.03, 0.3), ModelBand("b", 501.0, 20.0, 0.03, 0.3))
    named = [RasterBand(1, "green", 500.0), RasterBand(2, "red", 700.0)]
    with pytest.raises(BandMappingError, match=r"Raster band 1 \(green\) would serve both a and b"):
        map_bands(wanted, named)
    with pytest.raises(BandMappingError, match=r"Raster band 1 would serve both a and b"):
        map_bands(wanted, bands([500.0, 700.0]))


def test_the_nearest_band_is_told_however_far():
    wanted = ModelBand("a", 500.0, 20.0, 0.03, 0.3)
    found, distance = nearest_band(wanted, [*bands([700.0, 900.0]), RasterBand(3, "unknown")])
    assert (found.number, distance) == (1, 200.0)
    tie, _ = nearest_band(wanted, bands([510.0, 490.0]))
    assert tie.number == 1


def test_there_is_no_nearest_band_without_wavelengths():
    wanted = ModelBand("a", 500.0, 20.0, 0.03, 0.3)
    assert nearest_band(wanted, [RasterBand(1, "unknown")]) is None
    nameless = ModelBand("input 1", float("nan"), float("nan"), float("nan"), float("nan"))
    assert nearest_band(nameless, bands([700.0])) is None


@pytest.mark.parametrize(
    "name, wavelength",
    [
        ("0,414 µm", 414.0),
        ("1,001 um", 1001.0),
        ("1,001 nm", 1001.0),
        ("4140 Å", 414.0),
        ("4140 Angstroms", 414.0),
        ("0 Nanometers", None),
    ],
)
def test_wavelengths_in_names_with_other_signs_and_units(name, wavelength):
    assert wavelength_from_name(name) == wavelength


@pytest.mark.parametrize(
    "value, unit", [(0.000749, "Millimeters"), (7.49e-7, "Meters"), (7.49e-7, "m"), (7490, "Å")]
)
def test_units_of_length(value, unit):
    assert to_nanometres(value, unit) == pytest.approx(749.0)
