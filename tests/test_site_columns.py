"""Meanings of column names, and rows of a user's table that become sites."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lunar_oxide_plugin.core.chemistry.column_names import read_name
from lunar_oxide_plugin.core.chemistry.oxides import OXIDE_NAMES
from lunar_oxide_plugin.core.chemistry.stoichiometry import (
    element_of,
    molar_mass,
    oxide_per_element,
)
from lunar_oxide_plugin.core.errors import SitesError
from lunar_oxide_plugin.core.sites.site_columns import SitePosition, read_sites, recognise


@pytest.mark.parametrize(
    ("oxide", "factor"),
    [("FeO", 1.2865), ("TiO2", 1.6685), ("Al2O3", 1.8895), ("MgO", 1.6583), ("CaO", 1.3992),
     ("SiO2", 2.1393)],
)  # fmt: skip
def test_oxide_of_an_element(oxide, factor):
    assert oxide_per_element(oxide) == pytest.approx(factor, abs=1.2e-4)


def test_molar_masses():
    assert molar_mass("FeO") == pytest.approx(71.844, abs=1e-3)
    assert molar_mass("MgO") == pytest.approx(40.304, abs=1e-3)


@pytest.mark.parametrize(
    "name",
    ["FeO", "feo", "FEO", "FeO_wt", "FeO (wt%)", "feo_wt%", "FeO wt.%", "FeO [wt %]", "FeO%",
     "FeO_wtpct", "FeOT", "FeO_T", "FeO*", "FeO_total", "FeOtot (wt%)", "FeO(t)", "FeO_mean",
     " FeO_weight_percent "],
)  # fmt: skip
def test_ways_to_write_feo(name):
    meaning = read_name(name)
    assert (meaning.oxide, meaning.species, meaning.factor) == ("FeO", "FeO", 1.0)
    assert not meaning.is_sigma


@pytest.mark.parametrize(
    ("name", "oxide", "factor"),
    [
        ("Fe", "FeO", 1.2865),
        ("Fe_wt", "FeO", 1.2865),
        ("fe (wt%)", "FeO", 1.2865),
        ("Ti ppm", "TiO2", 1.66848e-4),
        ("Ti (µg/g)", "TiO2", 1.66848e-4),
        ("ti_ppm", "TiO2", 1.66848e-4),
        ("TiO2_ppm", "TiO2", 1e-4),
        ("TiO₂ (wt%)", "TiO2", 1.0),
        ("Al", "Al2O3", 1.8895),
        ("Ca [mg/kg]", "CaO", 1.3992e-4),
        ("Si_wt", "SiO2", 2.1393),
        ("Mg", "MgO", 1.6583),
        ("Fe2O3T", "FeO", 0.8998),
        ("FeO (g/kg)", "FeO", 0.1),
        ("Ti [mg/g]", "TiO2", 0.166848),
        ("FeO (\u2030)", "FeO", 0.1),
        ("FeO (kg/kg)", "FeO", 100.0),
        ("FeO (g/100 g)", "FeO", 1.0),
        ("FeO (Gew.-%)", "FeO", 1.0),
        ("FeO (\u043c\u0430\u0441. %)", "FeO", 1.0),
        ("FeO(\u91cd\u91cf%)", "FeO", 1.0),
    ],
)
def test_elements_and_units(name, oxide, factor):
    meaning = read_name(name)
    assert meaning.oxide == oxide
    assert meaning.factor == pytest.approx(factor, rel=2e-4)
    assert str(meaning).startswith(meaning.species)


@pytest.mark.parametrize(
    ("name", "factor"),
    [("FeO_err", 1.0), ("FeO_sigma", 1.0), ("FeO_error_wt", 1.0), ("sigma_FeO", 1.0),
     ("FeO 1s", 1.0), ("FeO ± wt%", 1.0), ("FeO_2s", 0.5), ("FeO_2_sigma (wt%)", 0.5),
     ("FeO_unc", 1.0), ("err FeO", 1.0), ("FeO σ", 1.0), ("sd of FeO", 1.0)],
)  # fmt: skip
def test_uncertainties(name, factor):
    meaning = read_name(name)
    assert (meaning.oxide, meaning.sigma_factor) == ("FeO", factor)


@pytest.mark.parametrize(
    "name",
    ["Mg#", "Mg_number", "site", "FeO_source", "FeO_pred", "FeO mol%", "camera", "tilt", "alt",
     "SiO", "mg", "fe", "AL", "Ti4+", "lat", "Fe3+", "TiO2/FeO", "Ca/Al", "feo_measured_wt", ""],
)  # fmt: skip
def test_names_that_are_left_alone(name):
    assert read_name(name) is None


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("Fe2O3", "all iron or ferric iron"),
        ("FeO_err (%)", "percent of the value"),
        ("FeO wt% ppm", "two units"),
    ],
)
def test_names_that_could_be_two_things_are_refused(name, why):
    with pytest.raises(SitesError, match=why):
        read_name(name)


@given(st.text(max_size=20))
def test_any_name_is_understood_or_left_or_refused(name):
    try:
        meaning = read_name(name)
    except SitesError:
        return
    assert meaning is None or meaning.oxide in OXIDE_NAMES


@given(
    st.sampled_from(OXIDE_NAMES),
    st.sampled_from(["{}", "{}_wt", "{} (wt%)", "{} [ppm]"]),
    st.booleans(),
)
def test_each_oxide_and_its_element_are_told_apart(oxide, form, as_element):
    species = element_of(oxide) if as_element else oxide
    meaning = read_name(form.format(species))
    assert (meaning.oxide, meaning.species) == (oxide, species)


def test_columns_are_assigned_to_their_own_oxides():
    columns = recognise(["SiO2", "lon", "Fe_err", "CaO", "Ti_ppm", "lat", "Fe", "MgO_2s", "MgO"])
    taken = {n: c.name if c else None for n, c in zip(OXIDE_NAMES, columns.oxides)}
    assert taken == {
        "TiO2": "Ti_ppm", "FeO": "Fe", "Al2O3": None, "MgO": "MgO", "CaO": "CaO", "SiO2": "SiO2",
    }  # fmt: skip
    truth = read_sites(
        [
            {
                "SiO2": "45.5", "lon": 301.5, "Fe_err": 0.4, "CaO": 11, "Ti_ppm": 15000,
                "lat": "-3.25", "Fe": 10, "MgO_2s": 0.6, "MgO": 8.5,
            }
        ],
        columns,
    )  # fmt: skip
    site = truth.sites[0]
    assert (site.longitude_deg, site.latitude_deg) == (-58.5, -3.25)
    assert site.oxides_wt == pytest.approx(
        (2.50272, 12.865, math.nan, 8.5, 11.0, 45.5), nan_ok=True, rel=1e-4
    )
    nan = math.nan
    assert site.measured_sigma_wt == pytest.approx(
        (nan, 0.5146, nan, 0.3, nan, nan), nan_ok=True, rel=1e-4
    )
    said = "\n".join(truth.notes)
    assert "'Ti_ppm' taken as Ti in ppm, x 0.00016685 = TiO2 in wt%" in said
    assert "'MgO_2s' taken as 2 sigma of MgO in wt%" in said
    assert "no column for Al2O3" in said


def test_error_without_a_unit_has_that_of_its_value():
    columns = recognise(["lat", "lon", "Ti_ppm", "Ti_sigma"])
    row = {"lat": 1, "lon": 2, "Ti_ppm": 30000, "Ti_sigma": 600}
    site = read_sites([row], columns).sites[0]
    assert site.measured_sigma_wt[0] == pytest.approx(0.02 * site.oxides_wt[0])


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (["FeO", "FeO_wt"], r"FeO and FeO_wt could both be FeO: keep one"),
        (["FeO", "Fe"], "FeO and Fe could both be FeO"),
        (["FeO", "FeOT"], "FeO and FeOT could both be FeO"),
        (["FeO", "FeO_err", "FeO_sd"], "could both be the uncertainty of FeO"),
        (["FeO", "Fe_err"], "gives the uncertainty of Fe but FeO holds FeO"),
        (["FeO", "lat", "latitude"], "could both be the latitude"),
        (["Fe2O3", "lat", "lon"], "all iron or ferric"),
        (["iron", "lat", "lon"], "no oxide column among iron, lat, lon"),
        ([], "no oxide column among no columns"),
    ],
)
def test_ambiguity_is_one_sentence_never_a_guess(names, message):
    with pytest.raises(SitesError, match=message) as caught:
        recognise(names)
    assert len(str(caught.value).splitlines()) == 1


def test_the_users_word_settles_what_names_do_not():
    columns = recognise(["FeO", "Fe", "XRF 7", "lat", "lon"], "FeO=Fe; Ti (ppm)=XRF 7")
    row = {"FeO": 1.0, "Fe": 12.5, "XRF 7": 10000, "lat": 1, "lon": 2}
    site = read_sites([row], columns).sites[0]
    assert site.oxides_wt[:2] == pytest.approx((1.66848, 12.5), rel=1e-4)


@pytest.mark.parametrize(
    ("chosen", "message"),
    [("FeO", "not understood"), ("iron=Fe", "not understood"), ("FeO=feo9", "names the column")],
)
def test_a_choice_that_does_not_fit_is_refused(chosen, message):
    with pytest.raises(SitesError, match=message):
        recognise(["Fe", "FeO"], chosen)


def test_geometry_makes_coordinate_columns_irrelevant():
    columns = recognise(["FeO", "lat", "latitude", "lon"], has_geometry=True)
    truth = read_sites([{"FeO": 9}], columns, [SitePosition(5.0, -6.0)])
    assert (truth.sites[0].longitude_deg, truth.sites[0].latitude_deg) == (5.0, -6.0)


def test_ferric_iron_beside_feo_is_left_out_and_said():
    columns = recognise(["FeO", "Fe2O3", "FeO_source", "lat", "lon"])
    assert columns.left_out == ("Fe2O3", "FeO_source")
    assert "'Fe2O3' left out" in "\n".join(columns.describe())


def test_bad_rows_are_kept_with_their_reason_and_do_not_stop_the_rest():
    columns = recognise(["id", "FeO", "FeO_err", "lat", "lon"])
    good = {"id": "good", "FeO": 12.0, "FeO_err": "", "lat": 1, "lon": 2}
    rows = [
        {**good, "id": "word", "FeO": "much"},
        {**good, "id": "comma", "FeO": "12,5"},
        {**good, "id": "below", "FeO": "<0.5"},
        {**good, "id": "north", "lat": 95},
        {**good, "id": "nowhere", "lat": None},
        {**good, "id": "over", "FeO": 101},
        {**good, "id": "negative", "FeO_err": -1},
        {**good, "id": "endless", "FeO": "inf"},
        good,
        {**good, "id": None},
    ]
    truth = read_sites(rows, columns)
    assert [site.station_id for site in truth.sites] == ["comma", "good", "site 10"]
    assert truth.sites[0].oxides_wt[1] == 12.5
    reasons = {row.station_id: row.reason for row in truth.rejected}
    assert set(reasons) == {
        "word", "below", "north", "nowhere", "over", "negative", "endless",
    }  # fmt: skip
    assert "'much' in column FeO is no number" in reasons["word"]
    assert reasons["below"] == "no oxide is given"
    assert "latitude 95" in reasons["north"]
    assert reasons["nowhere"] == "it has no position"
    assert [row.number for row in truth.rejected] == [1, *range(3, 9)]


def test_no_usable_row_is_an_error_that_names_the_first_reason():
    columns = recognise(["id", "FeO", "lat", "lon"])
    with pytest.raises(SitesError, match=r"None of the 1 rows .* bad, 'x' in column FeO"):
        read_sites([{"id": "bad", "FeO": "x", "lat": 1, "lon": 2}], columns)
    with pytest.raises(SitesError, match="is empty"):
        read_sites([], columns)
    with pytest.raises(SitesError, match="neither geometry nor columns"):
        read_sites([{"FeO": 2}], recognise(["FeO"]))
