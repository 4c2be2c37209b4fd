from __future__ import annotations

import json
from html.parser import HTMLParser

import pytest

from lunar_oxide_plugin.core.models.bundled_models import BUNDLED_MODELS, bundled_model_path
from lunar_oxide_plugin.core.models.oxide_model import OxideModel
from lunar_oxide_plugin.core.models.speed import measure_speed
from lunar_oxide_plugin.core.rasters.sensors.known import MI
from lunar_oxide_plugin.core.reports.model_card import model_card
from lunar_oxide_plugin.core.reports.model_card_page import render_html, render_text
from tests.models import (
    OXIDES,
    description,
    write_foreign_model,
    write_linear_model,
    write_two_sigmas,
)


def entry(protocol, base, **more):
    return {
        "protocol": protocol,
        "n": 56,
        "oxides": {
            oxide: {"r2": base - i / 100, "rmse": 1 + i / 10, "mae": 1, "bias": -i / 10}
            for i, oxide in enumerate(OXIDES)
        },
        **more,
    }


def card_of(tmp_path, **changes):
    path = write_linear_model(tmp_path / "m.onnx", json.dumps(description(**changes)))
    return model_card(OxideModel(path))


def section(card, heading):
    return next(item for item in card.sections if item.heading == heading)


class Balanced(HTMLParser):
    """Collects tags and text, and fails on tags that do not close."""

    def __init__(self):
        super().__init__()
        self.open, self.tags, self.text = [], [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)


def parsed(html):
    page = Balanced()
    page.feed(html)
    assert page.open == []
    return page


@pytest.mark.parametrize("name", BUNDLED_MODELS)
def test_card_of_a_bundled_model(name):
    model = OxideModel(bundled_model_path(name))
    card = model_card(model, 1.25)
    assert card.warnings == ()
    text = render_text(card)
    page = parsed(render_html(card))
    html_text = "".join(page.text)
    for words in (
        model.identity.sha256,
        model.description.sensor,
        "Apollo 17 (21)",
        "nested leave-one-out",
        "leave-one-mission-out",
        "1.2 million pixels per second",
        "10.1038/s41467-023-43358-0",
        f"[1, 1, bands, n], {len(model.description.bands)} bands",
    ):
        assert words in text, words
        assert words in html_text, words
    facts = dict(section(card, "Training").facts)
    assert facts["Chang'e-6 among them"] == ("yes" if name == "kaguya_mi" else "no")
    # The card's own figures are the file's, each in its place.
    r2 = section(card, "How well it predicts").tables[0]
    nested = next(e for e in model.description.validation if e["protocol"].startswith("nested"))
    row = next(row for row in r2.rows if row[1] == nested["protocol"])
    assert row[3:] == tuple(f"{nested['oxides'][oxide]['r2']:.2f}" for oxide in model.outputs.names)
    assert "<script" not in render_html(card)


def test_validated_published_and_fitted_stand_apart_in_this_order(tmp_path):
    card = card_of(
        tmp_path,
        validation=[
            entry("fitted (training stations, not validation)", 0.99),
            entry("nested leave-one-out", 0.8),
        ],
        published=[entry("leave-one-out as published", 0.97, leaks=True)],
    )
    r2, rmse, bias = section(card, "How well it predicts").tables
    assert [row[0] for row in r2.rows] == ["Validated", "Published", "Fitted, no validation"]
    assert r2.rows[0][3:] == ("0.80", "0.79", "0.78", "0.77", "0.76", "0.75")
    assert rmse.rows[1][3:] == ("1.00", "1.10", "1.20", "1.30", "1.40", "1.50")
    assert bias.rows[2][5] == "\u22120.20"
    assert any("leaking" in text for text in section(card, "How well it predicts").paragraphs)
    assert card.warnings == ()


def test_other_methods_in_the_same_folds_are_shown_beside(tmp_path):
    card = card_of(
        tmp_path,
        validation=[entry("nested leave-one-out", 0.8)],
        comparison=[entry("nested leave-one-out", 0.7, method="ridge"), "no entry", {"method": 1}],
    )
    compared = section(card, "How well it predicts").tables[-1]
    assert "same folds" in compared.caption
    assert compared.rows == [
        ("ridge", "nested leave-one-out", "0.70", "0.69", "0.68", "0.67", "0.66", "0.65"),
    ]


def test_fitted_figures_alone_are_no_validation(tmp_path):
    card = card_of(tmp_path, validation=[entry("fitted", 0.99)])
    assert any("holds no validation" in text for text in card.warnings)
    published = card_of(tmp_path, validation=[entry("LOO (leaks)", 0.99)])
    assert any("holds no validation" in text for text in published.warnings)


def test_oxides_without_skill_are_named(tmp_path):
    weak = entry("leave-one-mission-out", 0.22)  # 0.22, 0.21, 0.20, 0.19 ...
    limits = section(card_of(tmp_path, validation=[weak]), "Limits")
    assert limits.bullets[0].startswith("Under leave-one-mission-out it has little or no skill in")
    assert "MgO (R\u00b2 0.19), CaO (R\u00b2 0.18)" in limits.bullets[0]
    assert "FeO" not in limits.bullets[0]


def test_known_failures_use_and_lineage_of_the_file_are_shown(tmp_path):
    card = card_of(
        tmp_path,
        known_failures=["misses pyroclastic glass"],
        intended_use="maps of mare soil",
        lineage={"parent": "kaguya_mi 1.0", "stations added": ["X1", "X2"]},
    )
    limits = section(card, "Limits")
    assert limits.bullets[0] == "misses pyroclastic glass"
    assert limits.facts == (("Intended use", "maps of mare soil"),)
    facts = dict(section(card, "Training").facts)
    assert facts["Lineage: stations added"] == "X1, X2"


@pytest.mark.parametrize("rank", [2, 3])
def test_foreign_models_say_what_is_unknown(tmp_path, rank):
    card = model_card(OxideModel(write_foreign_model(tmp_path / "theirs.onnx", rank)))
    assert "does not describe itself" in card.warnings[0]
    text = render_text(card)
    for fact in ("Version", "Licence", "Sensor", "Geometry", "Stations", "Intended use"):
        assert f"{fact}: unknown: the file does not say" in text
    assert "Sigma: none" in text
    parsed(render_html(card))


HOSTILE = '<script>alert(1)</script><img src=x onerror="x()">" & \u202e\x07'


def test_all_text_of_the_file_is_escaped(tmp_path):
    document = description(
        title=HOSTILE,
        summary=HOSTILE,
        license=HOSTILE,
        citation=HOSTILE,
        intended_use=HOSTILE,
        known_failures=[HOSTILE],
        lineage={HOSTILE: {HOSTILE: [HOSTILE]}},
        validation=[{**entry(HOSTILE, 0.5), "n": HOSTILE}],
        published=[entry(HOSTILE, 0.5)],
        sigma={"available": True, "method": HOSTILE, "coverage_90": {HOSTILE: 1, "FeO": 0.9}},
    )
    document["input"]["bands"][0]["name"] = HOSTILE
    document["training"]["data_citation"] = HOSTILE
    path = write_linear_model(tmp_path / "m.onnx", json.dumps(document))
    card = model_card(OxideModel(path))
    page = parsed(render_html(card))
    tags = {tag for tag, _ in page.tags}
    assert not tags & {"script", "img", "iframe", "object", "link"}
    links = [attrs["href"] for tag, attrs in page.tags if tag == "a"]
    assert links == [f"#{attrs['id']}" for tag, attrs in page.tags if tag == "section"]
    assert not any(name.startswith("on") for _, attrs in page.tags for name in attrs)
    assert "alert(1)" in "".join(page.text)
    assert "\x07" not in render_text(card)


@pytest.mark.parametrize("value", [None, 3, "text", [], {}, [1, "a", None], {"a": {"b": [1]}}])
@pytest.mark.parametrize(
    "key", ["validation", "published", "known_failures", "lineage", "intended_use", "cost"]
)
def test_entries_of_any_shape_give_a_card_or_are_refused(tmp_path, key, value):
    path = write_linear_model(tmp_path / "m.onnx", json.dumps(description(**{key: value})))
    try:
        model = OxideModel(path)
    except Exception as error:
        assert type(error).__name__ == "ModelError"
        return
    parsed(render_html(model_card(model)))


def test_speed_is_measured(tmp_path):
    model = OxideModel(write_linear_model(tmp_path / "m.onnx"))
    assert 0.0 < measure_speed(model) < 1e5
    assert "2 million pixels per second, measured now" in render_text(model_card(model, 2.0))
    assert "3,400 pixels per second, measured now" in render_text(model_card(model, 0.003387))


def test_the_algorithm_writes_page_and_log(run, tmp_path):
    from qgis.core import QgsProcessingFeedback

    feedback = QgsProcessingFeedback()
    output = tmp_path / "card.html"
    result = run("describemodel", feedback=feedback, MODEL="kaguya_mi", OUTPUT=str(output))
    page = parsed(output.read_text(encoding="utf-8"))
    assert result["SHA256"] in "".join(page.text)
    assert result["TITLE"] == "Kaguya MI, all stations"
    assert result["N_STATIONS"] == 56
    log = feedback.textLog()
    assert "HOW WELL IT PREDICTS" in log
    assert "leave-one-mission-out" in log


def test_the_algorithm_needs_no_output_and_takes_any_file(run, tmp_path):
    path = write_foreign_model(tmp_path / "theirs.onnx", 2)
    result = run("describemodel", MODEL_FILE=str(path))
    assert result["N_STATIONS"] == -1
    assert "OUTPUT" not in result


def test_a_file_that_is_no_model_is_refused_in_one_sentence(run, tmp_path):
    from qgis.core import QgsProcessingException

    path = tmp_path / "text.onnx"
    path.write_text("FeO 17")
    with pytest.raises(QgsProcessingException, match=r"text\.onnx is (no|not)"):
        run("describemodel", MODEL_FILE=str(path), OUTPUT=str(tmp_path / "card.html"))
    assert not (tmp_path / "card.html").exists()


def test_a_new_place_comes_first_with_its_missions(tmp_path):
    rmse = {oxide: 1 + i / 10 for i, oxide in enumerate(OXIDES)}
    said = description(
        validation=[
            entry(
                "leave-one-mission-out",
                0.4,
                missions={"Apollo 12": {"n": 8, "rmse": rmse}, "Luna 16": "damaged"},
                mean_over_missions_rmse={**rmse, "FeO": True},
            )
        ],
        known_failures=["misses pyroclastic glass"],
    )
    whole = write_linear_model(tmp_path / "whole.onnx", json.dumps(said))
    card = model_card(OxideModel(write_two_sigmas(tmp_path / "m.onnx", whole)))
    first = card.sections[0]
    assert first.heading == "At a new place"
    by_mission, interval = first.tables
    assert by_mission.rows[0] == (("Apollo 12 (8)", "1.00", "1.10", "1.20", "1.30", "1.40", "1.50"))
    assert by_mission.rows[1][:3] == ("Mean of the missions", "1.00", "\u2013")
    assert interval.rows[0][1:] == ("3.10", "2.80", "3.40", "3.20", "1.80", "4.10")
    assert interval.rows[1][1:] == ("5.20", "8.10", "9.30", "2.60", "3.90", "2.90")
    words = "MgO and SiO2: the interval is wider than the range of all known soils"
    assert any(text.startswith(words) for text in first.paragraphs)
    # What the file itself says of its limits is not said twice.
    assert section(card, "Limits").bullets == ("misses pyroclastic glass",)
    meaning = section(card, "Uncertainty and domain").paragraphs
    assert "does not say that the geology is" in meaning[0]


@pytest.mark.parametrize("name", BUNDLED_MODELS)
def test_a_bundled_card_leads_with_new_places(name):
    model = OxideModel(bundled_model_path(name))
    first = model_card(model).sections[0]
    by_mission, interval = first.tables
    document, oxides = model.description.document, model.outputs.names
    entry = next(e for e in document["validation"] if e["protocol"] == "leave-one-mission-out")
    mission = by_mission.rows[0][0].rpartition(" (")[0]
    if model.description.sensor == MI.title:
        assert by_mission.rows[0][0] == "Apollo 12 (8)"
    measured = entry["missions"][mission]["rmse"]
    assert by_mission.rows[0][1:] == tuple(f"{measured[oxide]:.2f}" for oxide in oxides)
    shares = document["sigma_new_place"]["coverage_90"]
    assert interval.rows[0][1:] == tuple(f"{100 * shares[o]:.0f}\u00a0%" for o in oxides)
    little = any("the map tells little there" in text for text in first.paragraphs)
    assert little == bool(model.description.tells_little)


def test_a_bundled_card_says_nothing_twice():
    for name in BUNDLED_MODELS:
        card = model_card(OxideModel(bundled_model_path(name)))
        said = [text for part in card.sections for text in (*part.bullets, *part.paragraphs)]
        assert len(said) == len(set(said))
        for words in ("latitudes above 60-65", "no absorption of their own"):
            assert sum(words in text for text in said) <= 1, words
