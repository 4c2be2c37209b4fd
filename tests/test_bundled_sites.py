"""The bundled table of sample sites: bulk soil, fines as published, uncertainties and sources."""

from __future__ import annotations

import csv
import math
from dataclasses import replace

import pytest

from lunar_oxide_plugin.core.sites.sample_sites import (
    BUNDLED_SITES,
    SPECTRUM_COLUMNS,
    load_sites,
)
from lunar_oxide_plugin.core.sites.site_columns import recognise

OXIDES = ("tio2", "feo", "al2o3", "mgo", "cao", "sio2")


def rows():
    with BUNDLED_SITES.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_every_label_has_an_uncertainty_and_a_source():
    for row in rows():
        for oxide in OXIDES:
            assert 0.1 <= float(row[f"{oxide}_sigma_wt"]) <= 1.5, row["station_id"]
        assert row["composition_source"].strip()
        total = sum(float(row[f"{oxide}_wt"]) for oxide in OXIDES)
        assert 97.0 < total < 101.0, row["station_id"]


def test_apollo_12_has_fines_and_bulk_soil():
    of_fines = [row for row in rows() if row["fines_feo_wt"]]
    assert [row["station_id"] for row in of_fines] == [f"A12_{n}" for n in range(1, 9)]
    sites = {site.station_id: site for site in load_sites()}
    for row in of_fines:
        fines = [float(row[f"fines_{oxide}_wt"]) for oxide in OXIDES]
        bulk = sites[row["station_id"]].oxides_wt
        # The fines are poorer in FeO and richer in Al2O3 than the soil that the satellite sees.
        assert 0.9 < bulk[1] - fines[1] < 2.6
        assert 1.4 < fines[2] - bulk[2] < 2.6
        assert "fines below 37 um" in row["fines_source"]
    moved = [row for row in of_fines if "moved to bulk" in row["sample_kind"]]
    assert [row["station_id"] for row in moved] == ["A12_2", "A12_5", "A12_6"]
    for row in of_fines:
        # What was moved is less certain than what was analysed.
        assert (float(row["feo_sigma_wt"]) > 0.75) is (row in moved)
        assert ("Fines (Frondel" in row["composition_source"]) is (row in moved)


def test_one_soil_is_as_its_source_gives_it():
    row = next(row for row in rows() if row["station_id"] == "A12_7")
    assert [float(row[f"{oxide}_wt"]) for oxide in OXIDES] == [2.71, 16.2, 13.0, 10.4, 10.6, 45.7]
    assert "Cuttitta et al. 1971" in row["composition_source"]
    fines = [float(row[f"fines_{oxide}_wt"]) for oxide in OXIDES]
    assert fines == [3.2, 14.1, 15.1, 9.8, 10.9, 46.1]


@pytest.mark.parametrize("oxide", ("TiO2", "FeO", "SiO2"))
def test_the_table_can_be_given_back_as_ground_truth(oxide):
    """The columns of fines must not be taken for a second analysis of the same oxide."""
    columns = recognise(list(rows()[0]))
    found = {c.meaning.oxide: c.name for c in columns.oxides if c is not None}
    assert found[oxide] == f"{oxide.lower()}_wt"
    sigmas = {c.meaning.oxide: c.name for c in columns.sigmas if c is not None}
    assert sigmas[oxide] == f"{oxide.lower()}_sigma_wt"
    assert not [name for name in columns.left_out if name.startswith("fines")]


def test_the_spectra_of_clementine_stand_beside_those_of_mi():
    sites = {site.station_id: site for site in load_sites()}
    assert sum(site.spectrum("MI") is not None for site in sites.values()) == 56
    seen = [site for site in sites.values() if site.spectrum("Clementine") is not None]
    assert len(seen) == 46
    # Wilcox, Lucey & Gillis 2005: a dark mare and the brightest highland station.
    assert sites["A11_LM"].spectrum("Clementine") == (0.0607, 0.0918, 0.0957, 0.0971, 0.0996)
    assert sites["A16_S11"].spectrum("Clementine") == (0.1779, 0.2626, 0.2703, 0.2774, 0.2843)
    assert sites["A11_LM"].spectrum("MI") is None
    assert sites["A16_S11"].spectrum("MI") == sites["A16_S11"].reflectance
    assert sites["CE6"].spectrum("Clementine") is None
    assert sites["A16_S11"].spectrum("M3") is None
    for sensor, columns in SPECTRUM_COLUMNS.items():
        for site in sites.values():
            spectrum = site.spectrum(sensor)
            assert spectrum is None or len(spectrum) == len(columns)


def test_the_spectra_of_clementine_name_their_source_and_pixels():
    for row in rows():
        if row["uvvis_r750"]:
            assert "Wilcox, Lucey & Gillis 2005" in row["uvvis_source"]
            assert row["uvvis_pixels"]
        else:
            assert not row["uvvis_source"] and not row["uvvis_pixels"]
    mended = [row["station_id"] for row in rows() if "mended" in row["uvvis_source"]]
    assert mended == ["A16_LM", "L16"]


def test_sites_of_the_same_values_are_equal_also_where_something_is_not_known():
    first, second = load_sites()[:2]
    nothing = replace(first, position_error_m=float("nan"), oxides_wt=(1.5, *[float("nan")] * 5))
    again = replace(first, position_error_m=float("nan"), oxides_wt=(1.5, *[float("nan")] * 5))
    assert nothing == again and hash(nothing) == hash(again)
    assert math.isnan(first.footprint_m) and replace(first) == first
    assert first != second and nothing != first
    assert replace(first, footprint_m=30.0) != first
    assert nothing != replace(nothing, oxides_wt=(1.6, *nothing.oxides_wt[1:]))
