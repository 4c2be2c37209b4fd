"""CSV and JSON of the check, read by other programs and recomputed."""

from __future__ import annotations

import csv
import io
import json
import math
from dataclasses import replace
from pathlib import Path

import jsonschema
import numpy as np
import pytest

from lunar_oxide_plugin.core.check.check_json import (
    METRIC_COLUMNS,
    check_document,
    render_json,
    render_metrics,
    write_json,
    write_metrics,
)
from lunar_oxide_plugin.core.check.check_table import render_table, table_columns
from lunar_oxide_plugin.core.check.metrics import oxide_metrics
from lunar_oxide_plugin.core.check.site_check import (
    CheckResult,
    SecondOpinion,
    SitePrediction,
    note_shared_places,
)
from lunar_oxide_plugin.core.chemistry.oxides import OXIDES
from lunar_oxide_plugin.core.products.sensor_parameters import opinions_of
from lunar_oxide_plugin.core.rasters.sensors.known import MI
from lunar_oxide_plugin.core.reports.check_report import render_report
from lunar_oxide_plugin.core.sites.sample_sites import SampleSite
from lunar_oxide_plugin.core.sites.site_columns import RejectedRow
from lunar_oxide_plugin.core.sites.training_stations import Seen
from tests.reports import Page, make_result

DOCS = Path(__file__).resolve().parent.parent / "docs"
SCHEMA = json.loads((DOCS / "report_schema.json").read_text(encoding="utf-8"))
NAN = math.nan


@pytest.fixture(scope="module")
def result():
    made = make_result(unseen=("CE6", "L16", "L20", "L24", "A17_S1", "A17_S2"))
    opinion = SecondOpinion(
        "mi.tif",
        ("MI 749 nm <- band 2",),
        tuple((9.0 + i / 8, i / 16) for i in range(56)),
        opinions_of(MI),
    )
    return replace(
        made,
        second_opinion=opinion,
        rejected=(RejectedRow(7, "=bad", "it has no position"),),
        truth_notes=("'Fe' taken as Fe",),
    )


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_document_follows_the_published_schema(result):
    document = json.loads(render_json(result))
    jsonschema.Draft7Validator.check_schema(SCHEMA)
    jsonschema.validate(document, SCHEMA)
    for other in (make_result(), CheckResult((), result.skipped, 3)):
        jsonschema.validate(json.loads(render_json(other)), SCHEMA)
    document["sites"][0]["extra"] = 1
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, SCHEMA)


def test_every_column_and_key_is_described():
    text = (DOCS / "report_schema.md").read_text(encoding="utf-8")
    for column in table_columns(OXIDES):
        general = column
        for oxide in OXIDES:
            if column.startswith(f"{oxide.key}_") and "classical" not in column:
                general = column.replace(f"{oxide.key}_", "{oxide}_")
        assert f"`{general}`" in text, general
    for column in METRIC_COLUMNS:
        base = column.replace("_low", "").replace("_high", "")
        assert f"`{base}`" in text, base
    for key in SCHEMA["properties"]:
        assert f"`{key}`" in text, key
    for key in SCHEMA["definitions"]["site"]["properties"]:
        assert f"`{key}`" in text, key


def test_metrics_are_those_of_the_table_of_sites(result):
    """Metrics computed from the two CSV files without the plugin's code."""
    sites = [row for row in rows_of(render_table(result)) if row["status"] == "checked"]
    metrics = rows_of(render_metrics(result))
    assert [(row["group"], row["without"]) for row in metrics[::6]] == [
        ("unseen", ""), ("unseen", "Chang'e-6"), ("seen", ""), ("seen", "Chang'e-5"),
    ]  # fmt: skip
    words = {"unseen": "no", "seen": "yes"}
    for row in metrics:
        key = row["oxide"].lower()
        group = [
            site
            for site in sites
            if site["seen_in_training"] == words[row["group"]] and site["mission"] != row["without"]
        ]
        m, p, s = (
            np.array([float(site[f"{key}_{quantity}_wt"]) for site in group])
            for quantity in ("measured", "predicted", "sigma")
        )
        assert int(row["n"]) == len(m) > 4
        error = p - m
        expected = {
            "rmse_wt": math.sqrt(np.mean(error**2)),
            "mae_wt": np.mean(abs(error)),
            "medae_wt": np.median(abs(error)),
            "rpd": np.std(m, ddof=1) / math.sqrt(np.mean(error**2)),
            "slope": np.polyfit(m, p, 1)[0],
            "intercept_wt": np.polyfit(m, p, 1)[1],
            "bias_wt": np.mean(error),
            "r2": 1 - np.sum(error**2) / np.sum((m - m.mean()) ** 2),
            "pearson_r": np.corrcoef(m, p)[0, 1],
            "concordance": 2 * np.cov(m, p, bias=True)[0, 1]
            / (np.var(m) + np.var(p) + (m.mean() - p.mean()) ** 2),
            "coverage_90": np.mean(abs(error) <= 1.6448536 * s),
        }  # fmt: skip
        for name, value in expected.items():
            tolerance = 2e-3 if name in ("slope", "intercept_wt", "rpd") else 2e-4
            assert float(row[name]) == pytest.approx(value, abs=tolerance), (row["oxide"], name)
            if name != "pearson_r":
                assert float(row[f"{name}_low"]) <= float(row[name]) + 1e-9
                assert float(row[f"{name}_high"]) >= float(row[name]) - 1e-9


def test_document_holds_what_the_tables_hold(result):
    document = check_document(result)
    sites = rows_of(render_table(result))
    for entry, row in zip(document["sites"], sites):
        assert entry["station_id"] == row["station_id"]
        assert entry["seen_in_training"] is (row["seen_in_training"] == "yes")
        for oxide in OXIDES:
            values = entry["oxides"][oxide.name]
            for name in ("measured", "predicted", "sigma", "residual"):
                cell = float(row[f"{oxide.key}_{name}_wt"])
                assert values[name] == pytest.approx(cell, rel=1e-5)
            z = values["residual"] / values["sigma"]
            assert float(row[f"{oxide.key}_z"]) == pytest.approx(z, rel=1e-4)
            assert values["outside_90"] is (abs(z) > 1.6448536)
        assert entry["second_opinion"]["FeO"] == float(row["feo_classical_wt"])
        assert entry["second_opinion"]["TiO2"] == float(row["tio2_classical_wt"])
    for entry, row in zip(document["metrics"], rows_of(render_metrics(result))):
        assert (entry["group"], entry["oxide"]) == (row["group"], row["oxide"])
        assert entry["rmse"]["value"] == pytest.approx(float(row["rmse_wt"]), rel=1e-5)
        assert entry["bias"]["low"] == pytest.approx(float(row["bias_wt_low"]), rel=1e-5)
    assert len(document["skipped"]) == 2
    assert document["rejected"] == [
        {"row": 7, "station_id": "=bad", "reason": "it has no position"}
    ]
    assert sites[-1]["station_id"] == "'=bad"
    assert (sites[-1]["status"], sites[-1]["reason"]) == ("rejected", "row 7: it has no position")


def test_swapped_oxides_would_show_everywhere():
    """Two asymmetric targets: each file keeps TiO2 and FeO apart."""
    site = SampleSite("S", "S", "M", 1.0, 2.0, NAN, (1.0, 20.0, 10.0, 9.0, 11.0, 42.0))
    pair = SitePrediction(site, (1.5, 17.0, 10.0, 9.0, 11.0, 42.0), (0.5, 1.0, 1, 1, 1, 1), 0.1, 0,
                          4, Seen.UNSEEN)  # fmt: skip
    result = CheckResult((pair,), (), 1)
    row = rows_of(render_table(result))[0]
    assert (row["tio2_residual_wt"], row["feo_residual_wt"]) == ("0.5", "-3")
    assert (row["tio2_z"], row["feo_z"]) == ("1", "-3")
    metrics = {m["oxide"]: float(m["bias_wt"]) for m in rows_of(render_metrics(result))}
    assert (metrics["TiO2"], metrics["FeO"]) == (0.5, -3.0)
    oxides = check_document(result)["sites"][0]["oxides"]
    assert (oxides["TiO2"]["residual"], oxides["FeO"]["residual"]) == (0.5, -3.0)
    page = Page(render_report(result)).root
    lines = [tr.text for tr in page.all("table", "metrics")[0].all("tr")]
    assert any(line.startswith("TiO₂1–0.500.500.50+0.50") for line in lines)
    assert any(line.startswith("FeO1–3.003.003.00−3.00") for line in lines)


def test_samples_at_one_place_are_drawn_together():
    """Four samples of one pixel are one check: the interval is that of the places."""
    rng = np.random.default_rng(4)
    measured = rng.uniform(5, 20, 12)
    error = rng.normal(0, 1, 12)
    single = oxide_metrics(measured, measured + error, None, "FeO", seed=2)
    places = [str(n) for n in range(12) for _ in range(4)]
    many = oxide_metrics(
        np.repeat(measured, 4), np.repeat(measured + error, 4), None, "FeO", seed=2, places=places
    )
    assert (many.n, many.n_places) == (48, 12)
    assert many.rmse == pytest.approx(single.rmse)
    assert many.rmse_interval.low == pytest.approx(single.rmse_interval.low)
    assert many.rmse_interval.high == pytest.approx(single.rmse_interval.high)
    naive = oxide_metrics(np.repeat(measured, 4), np.repeat(measured + error, 4), None, "FeO", 2)
    width = naive.rmse_interval.high - naive.rmse_interval.low
    assert width < 0.7 * (many.rmse_interval.high - many.rmse_interval.low)


def test_shared_places_are_noted():
    site = SampleSite("S", "S", "M", 1.0, 2.0, NAN, (1.0,) * 6)
    pairs = [
        SitePrediction(replace(site, station_id=name), (1.0,) * 6, (NAN,) * 6, NAN, 0, 1,
                       Seen.SEEN, note, place)
        for name, place, note in (
            ("a", "1", ""), ("b", "1", "x"), ("c", "2", ""), ("d", "", ""), ("e", "", ""),
        )
    ]  # fmt: skip
    notes = [pair.note for pair in note_shared_places(pairs)]
    assert notes == [
        "compared with the same pixels as b", "x; compared with the same pixels as a", "", "", "",
    ]  # fmt: skip


def test_wilson_interval_by_hand():
    # 9 of 10 with z = 1.644854: centre and half-width from Wilson's formula.
    m = oxide_metrics([0.0] * 10, [0.1] * 9 + [9.0], [1.0] * 10, "FeO", 1)
    z2 = 1.6448536**2
    middle = (0.9 + z2 / 20) / (1 + z2 / 10)
    half = 1.6448536 / (1 + z2 / 10) * math.sqrt(0.09 / 10 + z2 / 400)
    assert m.coverage_90 == 0.9
    assert m.coverage_interval.low == pytest.approx(middle - half)
    assert m.coverage_interval.high == pytest.approx(min(1.0, middle + half))


def test_files_are_written(result, tmp_path):
    write_json(result, tmp_path / "c.json")
    write_metrics(result, tmp_path / "m.csv")
    assert json.loads((tmp_path / "c.json").read_text(encoding="utf-8")) == check_document(result)
    assert len((tmp_path / "m.csv").read_text().splitlines()) == 1 + 4 * 6


def test_second_opinion_in_the_report(result):
    page = Page(render_report(result)).root
    table = page.all("table", "opinion")[0]
    rows = [tr for body in table.all("tbody") for tr in body.all("tr") if "group" not in tr.css]
    cells = [[td.text for td in tr.all("td")] for tr in rows]
    assert [tr.text for tr in table.all("tr", "group")] == ["FeO", "TiO₂"]
    assert [tr.all("th")[0].text for tr in rows] == [
        "the model", "FeO after Lemelin 2015", "the model", "TiO2 after Otake 2012",
    ]  # fmt: skip
    feo = [pair.site.oxides_wt[1] for pair in result.pairs]
    formula = [values[0] for values in result.second_opinion.values_wt]
    rmse = math.sqrt(np.mean((np.array(formula) - np.array(feo)) ** 2))
    assert float(cells[1][2].replace("\u2212", "-")) == pytest.approx(rmse, abs=0.006)
    section = next(n for n in page.all("section") if n.attributes.get("id") == "opinion")
    assert len(section.all("svg")) == 2
    assert "fitted partly on these very sites" in section.text
    assert "10.1002/2014JE004778" in section.text
