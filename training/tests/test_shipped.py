"""The shipped files are of this recipe, and their figures are those that validation measured."""

from __future__ import annotations

import json

import onnx
import pytest

from training import protocols, results
from training.catalogue import ALL_STATIONS, CLEMENTINE, SHIPPED
from training.description import METADATA_KEY
from training.graph import graph_multiply_adds
from training.recipe import SEED
from training.stations import OXIDES
from training.train import BUDGET


def description(model):
    properties = onnx.load(model.path).metadata_props
    return json.loads({item.key: item.value for item in properties}[METADATA_KEY])


@pytest.mark.parametrize("model", SHIPPED, ids=lambda model: model.name)
def test_figures_are_the_measured_ones(model):
    measured = results.of_model(model, SEED)  # refuses results of another recipe
    document = description(model)
    entries = {entry["protocol"]: entry for entry in document["validation"]}
    for protocol in (protocols.NESTED_LOO, protocols.LOMO):
        assert entries[protocol]["oxides"] == measured[protocol]["oxides"]
    assert document["sigma"]["coverage_90"] == measured[protocols.NESTED_LOO]["coverage_90"]
    card = model.card.read_text(encoding="utf-8")
    for oxide in model.oxides:
        assert f"{measured[protocols.NESTED_LOO]['oxides'][oxide]['rmse']:.2f}" in card
    assert document["training"]["stations"] == list(model.stations().ids)


@pytest.mark.parametrize("model", (ALL_STATIONS, CLEMENTINE), ids=lambda model: model.name)
def test_models_are_compared_in_the_same_folds(model):
    compared = description(model)["comparison"]
    in_folds = {protocols.NESTED_LOO, protocols.LOMO}
    assert {entry["protocol"] for entry in compared} == {*in_folds, protocols.AS_PUBLISHED}
    measured = results.of_comparison(model.instrument)
    for entry in compared:
        assert entry["oxides"] == measured[entry["protocol"]][entry["method"]]
    card = model.card.read_text(encoding="utf-8")
    for formula in measured[protocols.AS_PUBLISHED]:
        assert f"| {formula} |" in card


def test_leaking_figures_are_beside_honest_ones():
    compared = description(ALL_STATIONS)["comparison"]
    leaking = [entry for entry in compared if "leaking" in entry["method"]]
    assert len(leaking) == 4
    for entry in leaking:
        honest = next(
            other
            for other in compared
            if other["protocol"] == entry["protocol"]
            and entry["method"].startswith(other["method"] + " (")
        )
        assert all(
            entry["oxides"][oxide]["rmse"] <= honest["oxides"][oxide]["rmse"] for oxide in OXIDES
        )


@pytest.mark.parametrize("model", SHIPPED, ids=lambda model: model.name)
def test_both_uncertainties_are_described_as_measured(model):
    measured = results.of_model(model, SEED)
    held_out, document = measured[protocols.LOMO], description(model)
    assert document["sigma_new_place"]["available"] is True
    assert document["sigma_new_place"]["coverage_90"] == held_out["coverage_90_new_place"]
    soils = model.stations().oxides.std(0)
    for index, output in enumerate(document["outputs"]):
        told = output["new_place"]
        # As wide as the file's own: with every mission known.
        whole = measured[protocols.NESTED_LOO]["half_width_90_new_place"]
        assert told["half_width"] == whole[output["oxide"]]
        assert told["soil_half_range"] == pytest.approx(1.644854 * soils[index], abs=1e-4)
        assert told["tells_little"] is (told["half_width"] > told["soil_half_range"])
    card = model.card.read_text(encoding="utf-8")
    assert f"{held_out['coverage_90_new_place_overall']:.0%} of all intervals of a new" in card
    # New places come first.
    assert card.index("## At a new place") < card.index("## Near sampled geology")


@pytest.mark.parametrize("model", SHIPPED, ids=lambda model: model.name)
def test_held_out_predictions_give_the_figures(model):
    measured = results.of_model(model, SEED)
    for protocol in (protocols.NESTED_LOO, protocols.LOMO):
        document = measured[protocol]
        for oxide in model.oxides:
            rows = document["stations"].values()
            error = [row["predicted"][oxide] - row["measured"][oxide] for row in rows]
            for kind in ("", "_new_place"):
                half = [1.6448536 * row[f"sigma{kind}"][oxide] for row in rows]
                covered = [abs(e) <= h for e, h in zip(error, half)]
                share = document[f"coverage_90{kind}"][oxide]
                assert sum(covered) / len(covered) == pytest.approx(share, abs=0.019)
                width = document[f"half_width_90{kind}"][oxide]
                assert sum(half) / len(half) == pytest.approx(width, abs=2e-4)


@pytest.mark.parametrize("model", SHIPPED, ids=lambda model: model.name)
def test_intervals_hold_where_no_mission_was(model):
    held_out = results.of_model(model, SEED)[protocols.LOMO]
    # Wider than need be is no virtue either.
    assert 0.85 <= held_out["coverage_90_new_place_overall"] <= 0.95
    # The stations of a mission miss together, and Apollo 17 has more than a third of them all.
    # Four of five of each oxide's.
    assert min(held_out["coverage_90_new_place"].values()) >= 0.8


@pytest.mark.parametrize("model", SHIPPED, ids=lambda model: model.name)
def test_cost(model):
    assert graph_multiply_adds(onnx.load(model.path)) <= BUDGET


def test_clementine_answers_what_the_rule_lets_it_and_says_what_it_leaves_out():
    candidates = results.of_candidates(CLEMENTINE.instrument, SEED)
    assert list(candidates) == list(OXIDES)
    assert [oxide for oxide in OXIDES if candidates[oxide]["shipped"]] == list(CLEMENTINE.oxides)
    document = description(CLEMENTINE)
    assert [output["oxide"] for output in document["outputs"]] == list(CLEMENTINE.oxides)
    assert document["input"]["sensor"] == "Clementine UVVIS"
    assert [band["wavelength_nm"] for band in document["input"]["bands"]] == [
        415, 750, 900, 950, 1000,
    ]  # fmt: skip
    assert "MgO fails it and is not among the answers" in CLEMENTINE.card.read_text(
        encoding="utf-8"
    )


def test_clementine_beats_the_floor_of_a_quick_ridge_regression():
    """RMSE in wt% of a ridge regression without any care, stations and missions left out."""
    measured = results.of_model(CLEMENTINE, SEED)
    for oxide, near, far in (("FeO", 1.17, 1.79), ("TiO2", 1.24, 2.19)):
        assert measured[protocols.NESTED_LOO]["oxides"][oxide]["rmse"] < near
        assert measured[protocols.LOMO]["oxides"][oxide]["rmse"] < far


def test_the_card_compares_both_sensors_at_the_same_stations():
    card = CLEMENTINE.card.read_text(encoding="utf-8")
    assert "## One place, two sensors: this model less `kaguya_mi` (wt%)" in card
    assert "(n = 44)" in card
    assert "less `clementine_uvvis`" in ALL_STATIONS.card.read_text(encoding="utf-8")
