"""Map of residuals: sites on a lunar graticule, of the whole Moon or the part with sites."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import List, Sequence, Tuple

from ...check.site_check import SitePrediction
from ...chemistry.oxides import OXIDES, UNIT, Oxide
from ...moon.terranes import south_pole_aitken_outline
from ...moon.wkt import MOON_RADIUS_M
from ..numbers import place_deg, signed
from .names import place_names
from .pairs import short_label
from .svg import (
    SEEN_CLASS,
    Axis,
    Frame,
    Markup,
    Plane,
    axis_between,
    clipped,
    drawing,
    element,
    nice_step,
    short,
    site_mark,
)

#: Names for orientation, with centres (east longitude, latitude in degrees) from the IAU
#: Gazetteer of Planetary Nomenclature (planetarynames.wr.usgs.gov).
LANDMARKS: Tuple[Tuple[str, float, float], ...] = (
    ("Procellarum", -56.7, 20.7),
    ("Imbrium", -14.9, 34.7),
    ("Serenitatis", 18.4, 27.3),
    ("Tranquillitatis", 30.8, 8.4),
    ("Crisium", 59.1, 16.2),
    ("Fecunditatis", 53.7, -7.8),
    ("Nubium", -17.3, -20.6),
    ("Orientale", -94.7, -19.9),
    ("Moscoviense", 148.1, 27.3),
    ("Ingenii", 164.8, -33.3),
    ("Tycho", -11.2, -43.3),
    ("South Pole-Aitken", -169.0, -62.0),
)

#: Sites spread over more than this (degrees) are shown on a map of the whole Moon.
WHOLE_MOON_SPAN_DEG = 60.0
_SMALLEST_SPAN_DEG = 0.02
#: Residual that is drawn at full size, in tenths of the oxide's display range.
_FULL_SIZE = 2.0


@dataclass(frozen=True)
class MapView(Plane):
    """Part of the Moon that a map shows, in degrees, and the frame of the drawing."""

    whole: bool = False

    def at(self, x: float, y: float) -> Tuple[float, float]:
        """Position in SVG units of a longitude (of any turn) and latitude."""
        middle = (self.x.low + self.x.high) / 2
        turned = middle + (x - middle + 180.0) % 360.0 - 180.0
        return self.frame.x(self.x, turned), self.frame.y(self.y, y)

    def of(self, site: SitePrediction) -> Tuple[float, float]:
        """Position of a site in SVG units."""
        return self.at(site.site.longitude_deg, site.site.latitude_deg)


def map_view(pairs: Sequence[SitePrediction]) -> MapView:
    """The whole Moon, or the sites' region where they lie close together."""
    first = pairs[0].site.longitude_deg if pairs else 0.0
    lons = [first + (p.site.longitude_deg - first + 180.0) % 360.0 - 180.0 for p in pairs]
    lats = [p.site.latitude_deg for p in pairs]
    wide = (
        not pairs
        or max(max(lons) - min(lons), max(lats) - min(lats)) > WHOLE_MOON_SPAN_DEG
        or max(abs(lat) for lat in lats) > 75.0
    )
    if wide:
        return MapView(
            Frame(width=440.0, height=230.0, left=36.0, right=426.0, top=8.0, bottom=203.0),
            Axis(-180.0, 180.0, tuple(map(float, range(-180, 181, 60))), 0, letters="EW"),
            Axis(-90.0, 90.0, tuple(map(float, range(-90, 91, 30))), 0, letters="NS"),
            whole=True,
        )
    middle_lon, middle_lat = (max(lons) + min(lons)) / 2, (max(lats) + min(lats)) / 2
    shrink = max(0.2, math.cos(math.radians(middle_lat)))
    width = max((max(lons) - min(lons)) * shrink, 1.6 * (max(lats) - min(lats)))
    width = 1.25 * max(width, _SMALLEST_SPAN_DEG)
    half_lon, half_lat = width / shrink / 2, width / 1.6 / 2
    return MapView(
        Frame(width=440.0, height=276.0, left=50.0, right=430.0, top=8.0, bottom=245.5),
        axis_between(middle_lon - half_lon, middle_lon + half_lon, intervals=4, letters="EW"),
        axis_between(middle_lat - half_lat, middle_lat + half_lat, intervals=4, letters="NS"),
    )


def residual_map_svg(
    oxide: Oxide, pairs: Sequence[SitePrediction], in_situ: Sequence[SitePrediction] = ()
) -> Markup:
    """Residuals of one oxide on a map: red above, blue below the measurement, sized by amount.

    A plus or minus inside the larger marks shows the sign as well. Analyses made on the Moon are
    triangles.
    """
    index = OXIDES.index(oxide)
    usable = [pair for pair in (*pairs, *in_situ) if math.isfinite(pair.residual_wt[index])]
    usable.sort(key=lambda pair: abs(pair.residual_wt[index]))
    view = map_view(usable)
    largest = max([abs(pair.residual_wt[index]) for pair in usable] or [1.0])
    tenth = (oxide.display_max - oxide.display_min) / 10.0
    full = max(min(largest, _FULL_SIZE * tenth), 1e-6)
    places = [view.of(pair) for pair in usable]
    drawn = _landmarks(view, places) if view.whole else []
    for pair, (x, y) in zip(usable, places):
        residual = pair.residual_wt[index]
        size = 0.55 + 1.45 * min(1.0, abs(residual) / full)
        tip = (
            f"{short_label(pair.site)}: {oxide.pretty} {signed(residual)} {UNIT} "
            f"(predicted minus measured), {pair.seen.value}"
        )
        css = "over" if residual > 0 else "under"
        if pair in in_situ:
            drawn.append(_triangle((x, y), tip, size, css))
            continue
        drawn.append(site_mark((x, y), tip, pair.seen, size, css))
        if size > 1.1:
            cross = f"M{short(x)} {short(y - 3.0)}v6" if residual > 0 else ""
            path = f"M{short(x - 3.0)} {short(y)}h6{cross}"
            drawn.append(element("path", class_="sign", d=path))
    ident = f"map-{oxide.key}"
    names = place_names(view.frame, _names(view, usable), places)
    return drawing(
        ident,
        f"{oxide.pretty}: residuals on the Moon",
        _description(oxide, usable, index),
        view.frame,
        [
            *view.axes(),
            clipped(ident, drawn),
            *names,
            *([] if view.whole else _scale_bar(view)),
        ],
        "map",
    )


def _triangle(at: Tuple[float, float], tip: str, size: float, css: str) -> Markup:
    """The mark of an analysis made on the Moon."""
    x, y = at
    half = 4.6 * size
    path = f"M{short(x)} {short(y - half)}l{short(half)} {short(1.8 * half)}h-{short(2 * half)}z"
    shape = element("path", d=path)
    return element("g", shape, element("title", tip), class_=f"point unknown in-situ {css}")


def _landmarks(view: MapView, sites: Sequence[Tuple[float, float]]) -> List[Markup]:
    """The outline of South Pole-Aitken, and the landmarks that no site's name covers."""
    outline = [view.at(lon, lat) for lon, lat in south_pole_aitken_outline()]
    runs: List[List[Tuple[float, float]]] = [[outline[0]]]
    for before, here in zip(outline, [*outline[1:], outline[0]]):
        if abs(here[0] - before[0]) > 100.0:
            runs.append([])
        runs[-1].append(here)
    path = "".join(
        "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in run) for run in runs if len(run) > 1
    )
    parts = [element("path", class_="outline", d=path)]
    for name, lon, lat in LANDMARKS:
        x, y = view.at(lon, lat)
        if any(abs(x - sx) < 70 and abs(y - sy) < 16 for sx, sy in sites):
            continue
        near_edge = x < view.frame.left + 50, x > view.frame.right - 50
        css = "landmark" + (" start" if near_edge[0] else " end" if near_edge[1] else "")
        parts.append(element("text", name, class_=css, x=x, y=y + 3.0))
    return parts


def _names(
    view: MapView, pairs: Sequence[SitePrediction]
) -> List[Tuple[str, str, Tuple[float, float]]]:
    """Names of missions on the whole Moon; on a part, names of sites by falling residual."""
    shown = [(short_label(pair.site), pair) for pair in reversed(pairs)]
    if view.whole:
        # The mission's name stands at its site with the largest residual.
        by_mission = {pair.site.mission: pair for pair in pairs if pair.site.mission}
        order = dict.fromkeys(pair.site.mission for _, pair in shown)
        shown = [(mission, by_mission[mission]) for mission in order if mission]
    return [(label, SEEN_CLASS[pair.seen], view.of(pair)) for label, pair in shown]


def _scale_bar(view: MapView) -> List[Markup]:
    middle = math.radians((view.y.low + view.y.high) / 2)
    km_per_degree = math.radians(1.0) * MOON_RADIUS_M / 1000.0 * math.cos(middle)
    length_km = nice_step((view.x.high - view.x.low) * km_per_degree, 5)
    frame = view.frame
    length = length_km / km_per_degree / (view.x.high - view.x.low) * (frame.right - frame.left)
    x, y = frame.right - 12 - length, frame.bottom - 12
    return [
        element("path", class_="scale", d=f"M{x:.1f} {y - 4:.1f}v4h{length:.1f}v-4"),
        element("text", f"{length_km:g} km", class_="tick x", x=x + length / 2, y=y - 7.0),
    ]


def _description(oxide: Oxide, pairs: Sequence[SitePrediction], index: int) -> str:
    if not pairs:
        return f"No site has a residual of {oxide.pretty}."
    over = sum(pair.residual_wt[index] > 0 for pair in pairs)
    largest = pairs[-1]
    site = largest.site
    return (
        f"Map of {len(pairs)} sites: {oxide.pretty} is predicted above the measured value at "
        f"{over} and below it at {len(pairs) - over}. Largest residual: {short_label(site)} at "
        f"{place_deg(site.longitude_deg, site.latitude_deg, 1)}, "
        f"{signed(largest.residual_wt[index])} {UNIT}."
    )
