"""The content of the report and the table, parsed from the files."""

from __future__ import annotations

import csv
import io
import math
import re

import numpy as np
import pytest

from lunar_oxide_plugin.core.check.check_table import render_table, table_columns, write_table
from lunar_oxide_plugin.core.check.metrics import oxide_metrics
from lunar_oxide_plugin.core.check.site_check import CheckResult, SitePrediction, SkippedSite
from lunar_oxide_plugin.core.chemistry.oxides import FEO, OXIDES
from lunar_oxide_plugin.core.errors import OutputError
from lunar_oxide_plugin.core.reports.charts.check import (
    ChartPoint,
    equal_axis,
    named_points,
    scatter_svg,
)
from lunar_oxide_plugin.core.reports.charts.svg import Frame, nice_step
from lunar_oxide_plugin.core.reports.check_report import render_report, write_report
from lunar_oxide_plugin.core.sites.sample_sites import SampleSite, load_sites
from lunar_oxide_plugin.core.sites.training_stations import Seen
from tests.reports import SIGMA, Page, make_pair, make_result

NAN = math.nan
FRAME = Frame()
MINUS = "\u2212"
NBSP = "\u00a0"


@pytest.fixture(scope="module")
def result():
    return make_result()


@pytest.fixture(scope="module")
def page(result):
    return Page(render_report(result)).root


def scatters(root):
    """The six plots of measured against predicted."""
    section = next(n for n in root.all("section") if n.attributes.get("id") == "measured")
    return section.all("svg")


def text_of(html):
    return Page(html).root.text.replace(NBSP, " ")


def number(text):
    return float(text.replace(MINUS, "-"))


def axis_map(svg, axis):
    """Pixel = slope * value + offset, from the tick labels."""
    ticks = svg.all("text", f"tick {axis}")
    values = [number(tick.text) for tick in ticks]
    shift = 0.0 if axis == "x" else 3.6
    positions = [float(tick.attributes[axis]) - shift for tick in ticks]
    return np.polyfit(values, positions, 1)


# The page as a whole


def test_page_is_self_contained(result):
    html = render_report(result)
    assert "<script" not in html
    assert not re.search(r"""(src|srcset|action)\s*=|@import|url\((?!#)""", html)
    links = re.findall(r'href="([^"]+)"', html)
    outside = [link for link in links if not link.startswith("#")]
    assert outside
    assert all(link.startswith("https://doi.org/10.") for link in outside)
    idents = set(re.findall(r' id="([^"]+)"', html))
    assert {link[1:] for link in links if link.startswith("#")} <= idents
    assert "default-src 'none'" in html


def test_each_svg_has_a_role_a_title_and_a_description(page):
    svgs = scatters(page)
    assert len(svgs) == 6
    ids = set()
    for svg, oxide in zip(svgs, OXIDES):
        assert svg.attributes["role"] == "img"
        title, desc = svg.children[:2]
        assert (title.tag, desc.tag) == ("title", "desc")
        assert oxide.pretty in title.text
        named = svg.attributes["aria-labelledby"].split()
        assert named == [title.attributes["id"], desc.attributes["id"]]
        ids.update(named)
    assert len(ids) == 12
    assert "56 sites (55 seen in training, 1 not seen in training)" in svgs[5].children[1].text
    assert "Chang'e-6: SiO₂ measured 45.80, predicted 42.00" in svgs[5].children[1].text


def test_ids_are_unique(page):
    ids = [
        n.attributes["id"]
        for tag in ("svg", "title", "desc", "h2")
        for n in page.all(tag)
        if "id" in n.attributes
    ]
    assert len(ids) == len(set(ids))


def test_hostile_text_is_escaped_everywhere():
    bad = "<script>alert('x')</script>&\""
    site = SampleSite(bad, bad, bad, 1.0, 2.0, 5.0, (1.0, 11.0, 21.0, 9.0, 12.0, 45.0), "", "", bad)
    short = SampleSite("S2", "<b>&\"'", "M", 1.0, 2.0, 5.0, site.oxides_wt)
    noise = (9.0, -8.0, 7.0, -6.0, 5.0, -4.0)
    result = CheckResult(
        (make_pair(site, noise, Seen.UNSEEN, note=bad), make_pair(short, noise)),
        (SkippedSite(site, bad),),
        3,
        {bad: bad},
    )
    html = render_report(result)
    assert "<script" not in html
    assert "<b>&" not in html
    root = Page(html).root
    assert not root.all("script")
    table = root.all("table", "pairs")[0]
    assert [small.text for small in table.all("small")][:2] == [bad, bad]
    assert root.all("table", "skipped")[0].all("td", "reason")[0].text == bad
    assert (root.all("dt")[0].text, root.all("dd")[0].text) == (bad, bad)
    names = [name.text for svg in scatters(root) for name in svg.all("text", "name")]
    assert "<b>&\"'" in names
    assert any(name.startswith("<script>") for name in names)


# Plots


def test_points_lie_where_the_axes_say(page, result):
    for index, svg in enumerate(scatters(page)):
        to_x, to_y = axis_map(svg, "x"), axis_map(svg, "y")
        drawn = [
            (float(c.attributes["cx"]), float(c.attributes["cy"]))
            for group in svg.all("g", "point seen")
            for c in group.all("circle")
        ]
        expected = [
            (
                np.polyval(to_x, p.site.oxides_wt[index]),
                np.polyval(to_y, p.predicted_wt[index]),
            )
            for p in result.pairs
            if p.seen is Seen.SEEN
        ]
        assert len(drawn) == len(expected) == 55
        distances = np.abs(np.array(drawn)[:, None] - np.array(expected)[None]).max(axis=2)
        assert distances.min(axis=0).max() < 0.05  # every site is drawn where it belongs
        assert distances.min(axis=1).max() < 0.05  # and nothing else is
        diamond = svg.all("g", "point unseen")[0].all("path")[0].attributes["d"]
        x, top = (float(v) for v in re.match(r"M([\d.]+) ([\d.]+)l6 6", diamond).groups())
        ce6 = result.pairs[-1]
        assert x == pytest.approx(np.polyval(to_x, ce6.site.oxides_wt[index]), abs=0.05)
        assert top + 6 == pytest.approx(np.polyval(to_y, ce6.predicted_wt[index]), abs=0.05)
        ends = svg.all("path", "bar unseen")[0].attributes["d"]
        upper, lower = (float(v) for v in re.findall(r"[\d.]+", ends)[1:])
        assert lower - upper == pytest.approx(-to_y[0] * 2 * 1.645 * SIGMA[index], rel=0.01)


def test_axes_are_equal_and_the_line_is_one_to_one(page):
    for svg in scatters(page):
        (ax, bx), (ay, by) = axis_map(svg, "x"), axis_map(svg, "y")
        line = {
            k: float(v)
            for k, v in svg.all("line", "one-to-one")[0].attributes.items()
            if k != "class"
        }
        for end in "12":
            value_x = (line[f"x{end}"] - bx) / ax
            value_y = (line[f"y{end}"] - by) / ay
            assert value_x == pytest.approx(value_y, abs=0.01)
        assert ax > 0 > ay


def test_error_bar_is_the_90_percent_interval(result):
    point = ChartPoint("X", 10.0, 12.0, 1.0, Seen.UNSEEN)
    far = ChartPoint("Y", 2.0, 20.0, NAN, Seen.SEEN)
    svg = Page(scatter_svg(FEO, [point, far])).root.all("svg")[0]
    bars = svg.all("path", "bar")
    assert len(bars) == 1
    x, top, bottom = (float(v) for v in re.findall(r"[\d.]+", bars[0].attributes["d"]))
    assert x == pytest.approx(np.polyval(axis_map(svg, "x"), 10.0), abs=0.05)
    assert top == pytest.approx(np.polyval(axis_map(svg, "y"), 12.0 + 1.645), abs=0.05)
    assert bottom == pytest.approx(np.polyval(axis_map(svg, "y"), 12.0 - 1.645), abs=0.05)


def test_changes_are_always_named_and_labels_do_not_overlap(page):
    for svg in scatters(page):
        names = svg.all("text", "name")
        texts = [name.text for name in names]
        assert {"Chang'e-5", "Chang'e-6"} <= set(texts)
        assert len(texts) >= 5
        boxes = []
        for name in names:
            x, y = float(name.attributes["x"]), float(name.attributes["y"])
            boxes.append((x, y - 10, x + 6 * len(name.text), y + 2.5))
            assert x >= FRAME.left
            assert x + 6 * len(name.text) <= FRAME.right + 1
            assert FRAME.top <= y <= FRAME.bottom
        for i, a in enumerate(boxes):
            for b in boxes[:i]:
                assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


def test_named_are_outliers_and_the_three_largest():
    flat = [ChartPoint(f"P{i}", 5.0, 5.0 + 0.1 * i, 9.0, Seen.SEEN) for i in range(8)]
    assert [p.label for p in named_points(flat)] == ["P7", "P6", "P5"]
    tight = ChartPoint("T", 5.0, 5.2, 0.1, Seen.SEEN)
    always = ChartPoint("CE5", 5.0, 5.0, 9.0, Seen.SEEN, always_named=True)
    assert [p.label for p in named_points([*flat, tight, always])] == [
        "CE5", "P7", "P6", "P5", "T",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("span", "step"), [(10, 2), (25, 5), (12.4, 2.5), (1, 0.2), (0.05, 0.01), (480, 100)]
)
def test_nice_step(span, step):
    assert nice_step(span) == pytest.approx(step)


@pytest.mark.parametrize("span", [0.0, -1.0, NAN, math.inf])
def test_no_axis_over_an_impossible_span(span):
    with pytest.raises(ValueError, match="span"):
        nice_step(span)


@pytest.mark.parametrize("values", [[(5.0, 5.0)], [(0.0, 0.0)], [(0.3, -2.0), (9.7, 11.0)], []])
def test_scale_holds_all_points_and_has_ticks(values):
    axis = equal_axis([ChartPoint("", m, p, 50.0, Seen.SEEN) for m, p in values])
    for value in (v for both in values for v in both):
        assert FRAME.left <= FRAME.x(axis, value) <= FRAME.right
        assert FRAME.top <= FRAME.y(axis, value) <= FRAME.bottom
    assert len(axis.ticks) >= 3
    assert all(axis.low <= tick <= axis.high for tick in axis.ticks)


# Words and tables


def test_few_unseen_sites_are_warned_about(page):
    assert "compared at 56 of 58 sample sites" in page.text
    assert "not seen 1 of them in training; it was fitted to the spectra of 55" in page.text
    box = page.all("div", "warning")[0].text
    assert "Only 1 site is known to be new" in box
    assert "Agreement at training sites is fitted, not validation" in box
    blind = "Chang'e-6, predicted blind, minus measured (wt%): TiO₂ +1.80, FeO −0.60"
    assert blind in page.text


def test_all_seen_is_no_validation():
    text = text_of(render_report(make_result(unseen=())))
    assert "This is not a validation." in text
    assert "Agreement at training sites is fitted, not validation" in text


def test_enough_unseen_sites_give_no_warning_but_name_the_neighbours():
    html = render_report(make_result(unseen=("CE6", "L16", "L20", "L24", "A17_S1", "A17_S2")))
    assert not Page(html).root.all("div", "warning")
    assert "2 of the sites not seen belong to missions with sites seen" in text_of(html)


def test_unknown_training_is_said():
    pairs = tuple(make_pair(s, (0.1,) * 6, Seen.UNKNOWN) for s in load_sites()[:6])
    root = Page(render_report(CheckResult(pairs, (), 1, {}))).root
    assert "does not say what its model was trained on" in root.all("div", "warning")[0].text
    assert len(scatters(root)[0].all("g", "point unknown")) == 6
    assert "None: every site was checked." in root.text


def test_what_is_no_observation_is_said_at_the_top():
    site = load_sites()[0]
    pairs = (make_pair(site, (0.1,) * 6),)
    plain = Page(render_report(CheckResult(pairs, (), 1))).root.all("div", "warning")
    result = CheckResult(pairs, (), 1, {"Origin of the data": "interpolated <stations>"})
    boxes = Page(render_report(result)).root.all("div", "warning")
    assert len(boxes) == len(plain) + 1
    assert "It says of its values: interpolated <stations>." in boxes[-1].text


def test_nothing_checked_still_makes_a_page():
    skipped = tuple(SkippedSite(site, "nodata") for site in load_sites()[:2])
    root = Page(render_report(CheckResult((), skipped, 3, {}))).root
    assert "None of 2 sample sites could be checked." in root.text
    assert [td.text for td in root.all("td", "reason")] == ["nodata", "nodata"]


def test_metrics_table_holds_the_metrics_of_each_group(page, result):
    table = page.all("table", "metrics")[0]
    titles = [row.text for row in table.all("tr", "group")]
    assert titles == [
        "Not seen in training, 1 site",
        "Seen in training, 55 sites",
        "Seen in training, without Chang'e-5, 54 sites",
    ]
    groups = (
        [p for p in result.pairs if p.seen is Seen.UNSEEN],
        [p for p in result.pairs if p.seen is Seen.SEEN],
        [p for p in result.pairs if p.seen is Seen.SEEN and p.site.station_id != "CE5"],
    )
    for body, pairs in zip(table.all("tbody"), groups):
        for index, row in enumerate(body.all("tr")[1:]):
            cells = [td.text for td in row.all("td")]
            m = oxide_metrics(
                [p.site.oxides_wt[index] for p in pairs],
                [p.predicted_wt[index] for p in pairs],
                [p.sigma_wt[index] for p in pairs],
                "",
            )
            assert row.all("th")[0].text == OXIDES[index].pretty
            assert cells[0] == str(m.n)
            figures = [td.pieces[0] for td in row.all("td")]
            intervals = [[small.text for small in td.all("small")] for td in row.all("td")]
            wanted = (
                m.r2, m.rmse, m.mae, m.medae, m.bias, m.rpd, m.slope, m.intercept, m.concordance,
                m.pearson_r,
            )  # fmt: skip
            for text, value in zip(figures[1:], wanted):
                if math.isnan(value):
                    assert text == "–"
                else:
                    assert number(text) == pytest.approx(value, abs=0.0051)
            assert figures[11].replace(NBSP, " ") == f"{100 * m.coverage_90:.0f} %"
            if m.n < 5:
                assert not any(intervals)
                continue
            for texts, interval in (
                (intervals[1], m.r2_interval),
                (intervals[2], m.rmse_interval),
                (intervals[3], m.mae_interval),
                (intervals[4], m.medae_interval),
                (intervals[5], m.bias_interval),
                (intervals[6], m.rpd_interval),
                (intervals[7], m.slope_interval),
                (intervals[8], m.intercept_interval),
                (intervals[9], m.concordance_interval),
            ):
                low, high = (number(v) for v in texts[0].split(" to "))
                assert low == pytest.approx(interval.low, abs=0.0051)
                assert high == pytest.approx(interval.high, abs=0.0051)
            assert number(intervals[11][0].split(" to ")[0]) == pytest.approx(
                100 * m.coverage_interval.low, abs=0.51
            )


def test_pairs_table_holds_every_value(page, result):
    rows = [r for r in page.all("table", "pairs")[0].all("tr") if r.css and "group" not in r.css]
    assert len(rows) == len(result.pairs) == 56
    for row, pair in zip(rows, result.pairs):
        cells = row.all("td")
        assert row.all("small")[0].text == pair.site.station_id
        values = [number(td.text) for td in cells[5:]]
        wanted = np.array([pair.site.oxides_wt, pair.predicted_wt, pair.residual_wt]).T.ravel()
        assert np.allclose(values, wanted, atol=0.0051)
    last = rows[-1].all("td")
    assert [td.text for td in last[:5]] == [
        "not seen", "9", "\u2013", "1.31", "unlike sampled spectra, implausible oxide sum",
    ]  # fmt: skip
    bold = [td.text for td in last[5:] if "out" in td.css]
    assert bold == ["+1.80", f"{MINUS}3.80"]


def test_skipped_and_provenance_are_listed(page):
    skipped = page.all("table", "skipped")[0]
    assert [small.text for small in skipped.all("small")] == ["A11_LM", "A12_3"]
    facts = dict(zip((n.text for n in page.all("dt")), (n.text for n in page.all("dd"))))
    assert (facts["Date"], facts["Raster"]) == ("2024-11-24", "a.tif")
    assert facts["Window"].startswith("3 × 3 pixels")
    assert "10.2307/2532051" in page.text


# CSV


def read(result):
    return list(csv.DictReader(io.StringIO(render_table(result), newline="")))


def test_table_round_trips(result):
    rows = read(result)
    assert tuple(rows[0]) == table_columns(OXIDES)
    assert len(rows) == 58
    assert [row["status"] for row in rows] == ["checked"] * 56 + ["skipped"] * 2
    for row, pair in zip(rows, result.pairs):
        assert row["station_id"] == pair.site.station_id
        assert float(row["longitude_deg"]) == pair.site.longitude_deg
        for index, oxide in enumerate(OXIDES):
            got = [
                float(row[f"{oxide.key}_{q}_wt"])
                for q in ("measured", "predicted", "sigma", "residual")
            ]
            wanted = (
                pair.site.oxides_wt[index], pair.predicted_wt[index],
                pair.sigma_wt[index], pair.residual_wt[index],
            )  # fmt: skip
            assert got == pytest.approx(wanted, rel=1e-5)
    ce6 = rows[55]
    assert (ce6["seen_in_training"], ce6["quality"], ce6["n_pixels"]) == ("no", "40", "9")
    assert float(ce6["sio2_residual_wt"]) == pytest.approx(-3.8)
    skipped = rows[-2]
    assert (skipped["station_id"], skipped["reason"]) == ("A11_LM", "outside the raster")
    assert (skipped["feo_measured_wt"], skipped["feo_predicted_wt"]) == ("15.81", "")


def test_missing_values_are_empty_cells():
    site = SampleSite("S", "S", "M", 1.0, 2.0, NAN, (NAN, 11.0, 21.0, 9.0, 12.0, 45.0))
    pair = SitePrediction(site, (3.0,) * 6, (NAN,) * 6, NAN, 0, 4, Seen.UNKNOWN)
    row = read(CheckResult((pair,), (), 1))[0]
    assert [row[f"tio2_{q}_wt"] for q in ("measured", "predicted", "sigma", "residual")] == [
        "", "3", "", "",
    ]  # fmt: skip
    assert (row["domain_distance"], row["seen_in_training"]) == ("", "unknown")


@pytest.mark.parametrize(
    "text", ["=1+1", "+cmd", "-2", "@SUM(A1)", "\tx", "\r=1", "  =1", "\uff1d1"]
)
def test_formulas_are_neutralised_in_text_only(text):
    site = SampleSite(text, text, text, -41.5, -153.25, 5.0, (2.0, 17.0, 14.0, 7.0, 12.0, 46.0))
    result = CheckResult((make_pair(site, (-1.0,) * 6, note=text),), (SkippedSite(site, text),), 3)
    checked, skipped = read(result)
    for row, columns in (
        (checked, ("station_id", "name", "mission", "note")),
        (skipped, ("station_id", "name", "mission", "reason")),
    ):
        assert [row[column] for column in columns] == ["'" + text] * 4
    assert (checked["longitude_deg"], checked["latitude_deg"]) == ("-153.25", "-41.5")
    assert checked["feo_residual_wt"] == "-1"


def test_harmless_text_stays(result):
    assert read(result)[55]["name"] == "Chang'e-6"


# Files


@pytest.mark.parametrize(("write", "name"), [(write_report, "r.html"), (write_table, "t.csv")])
def test_files_are_written_whole(write, name, result, tmp_path):
    target = tmp_path / name
    target.write_text("old")
    write(result, str(target))
    assert target.read_bytes().decode("utf-8") in (render_report(result), render_table(result))
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("write", [write_report, write_table])
def test_failure_leaves_the_old_file_and_says_so(write, result, tmp_path, monkeypatch):
    target = tmp_path / "out"
    target.write_text("old")

    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("os.replace", refuse)
    with pytest.raises(OutputError, match=r"Permission denied.*folder is writable"):
        write(result, target)
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("write", [write_report, write_table])
def test_missing_folder_is_one_clear_sentence(write, result, tmp_path):
    with pytest.raises(OutputError, match="does not exist"):
        write(result, tmp_path / "none" / "out")
