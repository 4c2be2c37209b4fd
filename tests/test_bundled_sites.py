"""The bundled table of sample sites: bulk soil, fines as published, uncertainties and sources."""

from __future__ import annotations

import csv

import pytest

from lunar_oxide_plugin.core.sites.sample_sites import BUNDLED_SITES, load_sites
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
