"""The report's other plots, read back from their marks; and the page's colours."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pytest

from lunar_oxide_plugin.core.check.site_check import CheckResult
from lunar_oxide_plugin.core.chemistry.oxides import AL2O3, FEO, OXIDES, SIO2
from lunar_oxide_plugin.core.moon.terranes import in_south_pole_aitken, south_pole_aitken_outline
from lunar_oxide_plugin.core.moon.wkt import MOON_RADIUS_M
from lunar_oxide_plugin.core.reports.chart_files import drawings, standalone, write_charts
from lunar_oxide_plugin.core.reports.charts.check import normal_quantiles
from lunar_oxide_plugin.core.reports.charts.histogram import bin_edges
from lunar_oxide_plugin.core.reports.charts.site_map import map_view
from lunar_oxide_plugin.core.reports.check_report import render_report, write_report
from lunar_oxide_plugin.core.reports.rendering import TEMPLATES
from lunar_oxide_plugin.core.sites.training_stations import Seen
from tests.reports import SIGMA, Page, make_result


@pytest.fixture(scope="module")
def result():
    return make_result(unseen=("CE6", "L24"))


@pytest.fixture(scope="module")
def page(result):
    return Page(render_report(result)).root


def svg_of(page, ident):
    return next(svg for svg in page.all("svg") if svg.attributes["id"] == ident)


def axis(svg, direction):
    ticks = svg.all("text", f"tick {direction}")
    values = [float(tick.text.replace("\u2212", "-")) for tick in ticks]
    shift = 0.0 if direction == "x" else 3.6
    return np.polyfit([float(tick.attributes[direction]) - shift for tick in ticks], values, 1)


def marks(svg):
    """(x, y, tip) of each mark in the axes' units."""
    to_x, to_y = axis(svg, "x"), axis(svg, "y")
    found = []
    for group in svg.all("g", "point"):
        tip = group.all("title")[0].text
        if group.all("circle"):
            at = group.all("circle")[0].attributes
            x, y = float(at["cx"]), float(at["cy"])
        else:
            path = group.all("path")[0].attributes["d"]
            x, top, half = map(float, re.match(r"M([\d.]+) ([\d.]+)l([\d.]+)", path).groups())
            y = top + half
        found.append((np.polyval(to_x, x), np.polyval(to_y, y), tip))
    return found


def by_site(svg):
    return {tip.split(":")[0]: (x, y) for x, y, tip in marks(svg)}


def pair_of(result, station):
    return next(pair for pair in result.pairs if pair.site.station_id == station)


@pytest.mark.parametrize("oxide", [FEO, SIO2])
def test_residuals_stand_over_their_measured_values(page, result, oxide):
    index = OXIDES.index(oxide)
    drawn = by_site(svg_of(page, f"residual-{oxide.key}"))
    assert len(drawn) == 56
    for label, station in (("A15_S4", "A15_S4"), ("Luna 24", "L24"), ("Chang'e-6", "CE6")):
        pair = pair_of(result, station)
        x, y = drawn[label]
        assert x == pytest.approx(pair.site.oxides_wt[index], abs=0.05)
        assert y == pytest.approx(pair.residual_wt[index], abs=0.05)


def test_domain_distance_and_its_limit(page, result):
    svg = svg_of(page, "domain-feo")
    x, y = by_site(svg)["Chang'e-6"]
    assert (x, y) == (pytest.approx(1.31, abs=0.01), pytest.approx(-0.6, abs=0.05))
    limit = svg.all("line", "limit")[0].attributes
    assert np.polyval(axis(svg, "x"), float(limit["x1"])) == pytest.approx(1.0, abs=0.01)
    assert "1 lie beyond the limit" in svg.all("desc")[0].text


def test_qq_plot_orders_standardised_residuals(page, result):
    svg = svg_of(page, "qq-al2o3")
    index = OXIDES.index(AL2O3)
    z = sorted(pair.residual_wt[index] / SIGMA[index] for pair in result.pairs)
    drawn = sorted((x, y) for x, y, _ in marks(svg))
    assert np.allclose([y for _, y in drawn], z, atol=0.03)
    assert np.allclose([x for x, _ in drawn], normal_quantiles(56), atol=0.03)
    spread = math.sqrt(np.mean(np.square(z)))
    assert f"root mean square is {spread:.2f}" in svg.all("desc")[0].text


def test_normal_quantiles():
    # Blom's positions for n = 3: p = 0.1923, 0.5, 0.8077.
    assert normal_quantiles(3) == pytest.approx([-0.8694, 0.0, 0.8694], abs=1e-3)


def test_missions_show_their_own_bias(page, result):
    svg = svg_of(page, "missions-feo")
    tips = {group.all("title")[0].text.split(":")[0]: group.all("title")[0].text
            for group in svg.all("g", "point")}  # fmt: skip
    apollo_16 = [p.residual_wt[1] for p in result.pairs if p.site.mission == "Apollo 16"]
    wanted = f"mean {np.mean(apollo_16):+.2f}, from {min(apollo_16):+.2f}"
    assert wanted.replace("-", "\u2212") in tips["Apollo 16"]
    assert f"n = {len(apollo_16)}, seen in training" in tips["Apollo 16"]
    assert tips["Chang'e-6"].endswith("n = 1, not seen in training")
    assert list(tips)[:2] == ["Apollo 12", "Apollo 14"]


def test_map_places_sites_and_tells_the_sign(page, result):
    svg = svg_of(page, "map-tio2")
    view = map_view(result.pairs)
    assert view.whole
    ce6 = pair_of(result, "CE6").site
    x, y = view.at(ce6.longitude_deg, ce6.latitude_deg)
    group = next(g for g in svg.all("g", "point") if "Chang'e-6" in g.text)
    assert {"unseen", "over"} <= set(group.css)
    path = group.all("path")[0].attributes["d"]
    drawn = [float(v) for v in re.match(r"M([\d.]+) ([\d.]+)l([\d.]+)", path).groups()]
    assert (drawn[0], drawn[1] + drawn[2]) == (pytest.approx(x, abs=0.1), pytest.approx(y, abs=0.1))
    low = next(g for g in svg_of(page, "map-sio2").all("g", "point") if "Chang'e-6" in g.text)
    assert "under" in low.css
    assert "predicted above the measured value at" in svg.all("desc")[0].text
    assert svg.all("path", "outline")


def test_map_of_one_region_is_drawn_to_scale(result):
    pairs = [p for p in result.pairs if p.site.mission == "Apollo 17"]
    view = map_view(pairs)
    assert not view.whole
    for pair in pairs:
        x, y = view.at(pair.site.longitude_deg, pair.site.latitude_deg)
        assert view.frame.left <= x <= view.frame.right
        assert view.frame.top <= y <= view.frame.bottom
    # A degree of longitude is shorter than one of latitude by the cosine of 20 degrees.
    ratio = (view.frame.x(view.x, 31.0) - view.frame.x(view.x, 30.0)) / (
        view.frame.y(view.y, 20.0) - view.frame.y(view.y, 21.0)
    )
    assert ratio == pytest.approx(math.cos(math.radians(20.2)), rel=0.01)
    page = Page(render_report(CheckResult(tuple(pairs), (), 3))).root
    assert "km" in svg_of(page, "map-feo").text


def test_region_across_the_date_line():
    pairs = make_result().pairs[:2]
    moved = [
        replace(p, site=replace(p.site, longitude_deg=lon, latitude_deg=5.0 + n))
        for n, (p, lon) in enumerate(zip(pairs, (179.0, -179.0)))
    ]
    view = map_view(moved)
    assert not view.whole
    xs = [view.at(p.site.longitude_deg, 5.0)[0] for p in moved]
    assert view.frame.left < xs[0] < xs[1] < view.frame.right


def test_composition_plot_has_both_ends_of_each_move(page, result):
    svg = svg_of(page, "pair-feo-al2o3")
    to_x, to_y = axis(svg, "x"), axis(svg, "y")
    moves = []
    for path in svg.all("path", "move"):
        x1, y1, x2, y2 = map(float, re.findall(r"[\d.]+", path.attributes["d"]))
        moves.append([np.polyval(to_x, x1), np.polyval(to_y, y1), np.polyval(to_x, x2),
                      np.polyval(to_y, y2)])  # fmt: skip
    wanted = [
        [p.site.oxides_wt[1], p.site.oxides_wt[2], p.predicted_wt[1], p.predicted_wt[2]]
        for p in result.pairs
    ]
    assert np.allclose(moves, wanted, atol=0.06)
    assert len(svg.all("g", "measured")) == 56


def test_unknown_sites_get_hollow_marks_in_every_plot(result):
    pairs = tuple(replace(p, seen=Seen.UNKNOWN) for p in result.pairs)
    page = Page(render_report(CheckResult(pairs, (), 3))).root
    for ident in ("plot-feo", "residual-feo", "domain-feo", "map-feo", "qq-feo"):
        assert len(svg_of(page, ident).all("g", "unknown")) == 56, ident


def test_every_plot_has_a_text_alternative(page):
    svgs = page.all("svg")
    assert len(svgs) == 8 * 6 + 2
    idents = [svg.attributes["id"] for svg in svgs]
    assert len(set(idents)) == len(idents)
    for svg in svgs:
        title, desc = svg.children[0], svg.children[1]
        assert (title.tag, desc.tag) == ("title", "desc")
        assert svg.attributes["role"] == "img"
        assert svg.attributes["aria-labelledby"].split() == [
            title.attributes["id"], desc.attributes["id"],
        ]  # fmt: skip
        assert len(desc.text) > 30


def test_page_is_structured_for_all_readers(page):
    html = page.all("html")[0]
    assert html.attributes["lang"] == "en"
    assert len(page.all("h1")) == 1
    sections = page.all("section")
    assert all(section.children[0].tag == "h2" for section in sections)
    links = [a.attributes["href"] for a in page.all("nav")[0].all("a")]
    assert links == [f"#{section.attributes['id']}" for section in sections]
    for table in page.all("table"):
        assert table.all("th")
        assert all("scope" in th.attributes for th in table.all("th"))


# Colours

CSS = (TEMPLATES / "style.css").read_text(encoding="utf-8")


def variables(css):
    return dict(re.findall(r"--([a-z]+):\s*(#[0-9a-f]{6})", css))


LIGHT = variables(CSS.split("@media")[0])
DARK = {**LIGHT, **variables(CSS.split("@media")[1])}


def contrast(a, b):
    """WCAG 2.1 contrast ratio of two colours."""

    def luminance(colour):
        channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_contrast_is_enough_for_text_and_marks(scheme):
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    for ground in ("ground", "panel", "tint"):
        for text in ("ink", "soft", "unseen"):
            assert contrast(scheme[text], scheme[ground]) >= 4.5, (text, ground)
        for mark in ("seen", "unknown", "over", "under"):
            assert contrast(scheme[mark], scheme[ground]) >= 3.0, (mark, ground)
    assert contrast(scheme["link"], scheme["ground"]) >= 4.5


def test_paper_never_sees_dark_colours():
    assert "@media screen and (prefers-color-scheme: dark)" in CSS
    rules = CSS.split("{ :root {")[1]
    assert LIGHT["ground"] == "#ffffff"
    assert "--ground" in rules
    # Outside the two lists no colour is written out.
    rest = re.sub(r":root \{[^}]*\}", "", CSS)
    assert not re.findall(r"#[0-9a-f]{3,6}\b", rest)


# The South Pole-Aitken ellipse


def test_the_basin_has_the_published_axes_and_tilt():
    outline = np.radians(south_pole_aitken_outline(360))
    lon0, lat0 = np.radians([191.0, -53.0])
    cosine = np.sin(lat0) * np.sin(outline[:, 1]) + np.cos(lat0) * np.cos(outline[:, 1]) * np.cos(
        outline[:, 0] - lon0
    )
    distance = MOON_RADIUS_M / 1000 * np.arccos(cosine)
    assert distance.max() == pytest.approx(1200.0, abs=0.1)
    assert distance.min() == pytest.approx(1025.0, abs=0.1)
    # The long axis leaves the centre west of north: 19 degrees counterclockwise from it.
    top = south_pole_aitken_outline(360)[0]
    assert top[1] > -53.0
    assert (top[0] - 191.0 + 180.0) % 360.0 - 180.0 < 0.0


@pytest.mark.parametrize(
    ("lon", "lat", "inside"),
    [
        (191.0, -53.0, True),
        (-153.9852, -41.6385, True),  # Chang'e-6, in the Apollo basin
        (177.6, -45.5, True),  # Chang'e-4, Von Karman
        (-169.0 - 360.0, -53.0, True),
        (0.0, 0.0, False),
        (30.77, 20.19, False),
        (191.0, -8.0, False),
        (11.0, -85.0, False),
        (100.0, -50.0, False),
    ],
)
def test_what_lies_in_the_basin(lon, lat, inside):
    assert bool(in_south_pole_aitken(np.array([lon]), np.array([lat]))[0]) is inside


def heights(svg, css):
    """Number of sites of each bar of a histogram, and the middle of its bin."""
    to_x, to_y = axis(svg, "x"), axis(svg, "y")
    bars = {}
    for box in svg.all("rect", css):
        at = {key: float(box.attributes[key]) for key in ("x", "y", "width", "height")}
        middle = round(np.polyval(to_x, at["x"] + at["width"] / 2), 3)
        bars[middle] = round(-to_y[0] * at["height"])
    return bars


def test_histograms_count_every_site_once(page, result):
    for place, oxide in enumerate(OXIDES):
        residuals = np.array([pair.residual_wt[place] for pair in result.pairs])
        predicted = np.array([pair.predicted_wt[place] for pair in result.pairs])
        measured = np.array([pair.site.oxides_wt[place] for pair in result.pairs])
        bars = heights(svg_of(page, f"values-{oxide.key}"), "bin predicted")
        edges = bin_edges(np.concatenate([measured, predicted]))
        counts = np.histogram(predicted, edges)[0]
        assert list(bars.values()) == counts[counts > 0].tolist()
        for middle, count in bars.items():
            half = (edges[1] - edges[0]) / 2
            near = (predicted >= middle - half - 0.02) & (predicted < middle + half + 0.02)
            assert abs(near.sum() - count) <= 3
        svg = svg_of(page, f"errors-{oxide.key}")
        seen, unseen = heights(svg, "bin seen"), heights(svg, "bin unseen")
        assert sum(seen.values()) == sum(pair.seen is Seen.SEEN for pair in result.pairs)
        assert sum(unseen.values()) == 2
        assert sum(seen.values()) + sum(unseen.values()) == residuals.size


@pytest.mark.parametrize("values", [[3.0], [1.0, 1.0], [0.2, 11.7, 5.0], [-0.31, 0.3]])
def test_bins_of_one_width_hold_all_values(values):
    edges = bin_edges(np.array(values))
    assert edges[0] <= min(values) + 1e-9
    assert edges[-1] >= max(values) - 1e-9
    assert np.diff(edges) == pytest.approx(edges[1] - edges[0])
    assert np.histogram(values, edges)[0].sum() == len(values)


def test_the_fitted_line_is_drawn_and_written(page, result):
    pairs = [pair for pair in result.pairs if pair.seen is Seen.SEEN]
    for place, oxide in enumerate(OXIDES):
        measured = np.array([pair.site.oxides_wt[place] for pair in pairs])
        slope, intercept = np.polyfit(measured, [p.predicted_wt[place] for p in pairs], 1)
        svg = svg_of(page, f"plot-{oxide.key}")
        (line,) = svg.all("line", "fit")
        at = {key: float(value) for key, value in line.attributes.items() if key != "class"}
        xs = np.polyval(axis(svg, "x"), [at["x1"], at["x2"]])
        ys = np.polyval(axis(svg, "y"), [at["y1"], at["y2"]])
        assert xs == pytest.approx([measured.min(), measured.max()], abs=0.02)
        assert ys == pytest.approx(intercept + slope * xs, abs=0.05)
        caption = svg.parent.all("figcaption")[0].text.replace("\u2212", "-")
        assert f"y = {slope:.2f} x {'+' if intercept >= 0 else '-'} {abs(intercept):.2f}" in caption


def test_each_chart_is_a_file_that_needs_no_page(result, tmp_path):
    html = render_report(result)
    folder = tmp_path / "new" / "charts"
    paths = write_charts(html, folder)
    assert {path.stem for path in paths} >= {"plot-feo", "values-sio2", "errors-tio2", "map-cao"}
    assert len(paths) == len({path.stem for path in paths}) == len(drawings(html))
    for path in paths:
        text = path.read_text(encoding="utf-8")
        root = ElementTree.fromstring(text.encode("utf-8"))
        assert root.tag == "{http://www.w3.org/2000/svg}svg"
        assert "var(" not in text
        used = {name for found in re.findall(r'class="([^"]+)"', text) for name in found.split()}
        assert ".plot .frame" in text
        assert "plot" in used
    assert standalone(drawings(html)[0][1]).startswith("<?xml")


def test_the_report_links_to_its_files(result, tmp_path):
    report = tmp_path / "out" / "report.html"
    report.parent.mkdir()
    table = tmp_path / "out" / "sites & more.csv"
    other = tmp_path / "elsewhere" / "m.json"
    charts = tmp_path / "out" / "charts"
    write_report(result, report, [("Table", table), ("Document", other)], charts)
    page = Page(report.read_text(encoding="utf-8")).root
    section = next(s for s in page.all("section") if s.attributes["id"] == "files")
    links = {link.text: link.attributes["href"] for link in section.all("a")}
    assert links["Table"] == "sites%20%26%20more.csv"
    assert links["Document"] == "../elsewhere/m.json"
    assert (report.parent / links["chart plot-feo"]).is_file()
    assert "files" not in {
        s.attributes["id"] for s in Page(render_report(result)).root.all("section")
    }
