"""The shipped files are of this recipe, and their figures are those that validation measured."""

from __future__ import annotations

import json

import onnx
import pytest

from training import protocols, results
from training.catalogue import ALL_STATIONS, SHIPPED
from training.description import METADATA_KEY
from training.graph import graph_multiply_adds
from training.stations import OXIDES, read_stations


def description(model):
    properties = onnx.load(model.path).metadata_props
    return json.loads({item.key: item.value for item in properties}[METADATA_KEY])


@pytest.mark.parametrize("model", SHIPPED, ids=lambda model: model.name)
def test_figures_are_the_measured_ones(model):
    measured = results.load()["models"][model.name]  # refuses results of another recipe
    document = description(model)
    entries = {entry["protocol"]: entry for entry in document["validation"]}
    for protocol in (protocols.NESTED_LOO, protocols.LOMO):
        assert entries[protocol]["oxides"] == measured[protocol]["oxides"]
    assert document["sigma"]["coverage_90"] == measured[protocols.NESTED_LOO]["coverage_90"]
    card = model.card.read_text(encoding="utf-8")
    for oxide in OXIDES:
        assert f"{measured[protocols.NESTED_LOO]['oxides'][oxide]['rmse']:.2f}" in card
    assert document["training"]["stations"] == list(model.stations(read_stations()).ids)


def test_the_default_model_is_compared_in_the_same_folds():
    compared = description(ALL_STATIONS)["comparison"]
    assert {entry["protocol"] for entry in compared} == {protocols.NESTED_LOO, protocols.LOMO}
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
def test_cost(model):
    assert graph_multiply_adds(onnx.load(model.path)) <= 50_000
