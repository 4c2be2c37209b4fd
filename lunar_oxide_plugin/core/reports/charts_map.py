"""Where the residuals lie: sites on a lunar graticule, whole Moon or the part with sites."""

from __future__ import annotations

import math
from dataclasses import dataclass
from html import escape
from typing import List, Sequence, Tuple

from ..check.site_check import SitePrediction
from ..chemistry.oxides import OXIDES, UNIT, Oxide
from ..moon.terranes import south_pole_aitken_outline
from ..moon.wkt import MOON_RADIUS_M
from .plot import (
    SEEN_CLASS,
    Axis,
    Frame,
    Mark,
    axis_between,
    draw_labels,
    draw_mark,
    nice_step,
    open_svg,
)
from .report_text import number, short_label

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
)

#: Sites spread over more than this (degrees) are shown on a map of the whole Moon.
WHOLE_MOON_SPAN_DEG = 60.0
_SMALLEST_SPAN_DEG = 0.02
#: Residual in sigmas or, without sigma, in tenths of the display range that gets full size.
_FULL_SIZE = 2.0


@dataclass(frozen=True)
class MapView:
    """Part of the Moon that a map shows, in degrees, and the frame it is drawn in."""

    frame: Frame
    x: Axis
    y: Axis
    whole: bool

    def at(self, longitude: float, latitude: float) -> Tuple[float, float]:
        """Position of a point in SVG units."""
        middle = (self.x.low + self.x.high) / 2
        turned = middle + (longitude - middle + 180.0) % 360.0 - 180.0
        return self.frame.x(self.x, turned), self.frame.y(self.y, latitude)


def map_view(pairs: Sequence[SitePrediction]) -> MapView:
    """The whole Moon, or the sites' own region where they lie close together."""
    first = pairs[0].site.longitude_deg if pairs else 0.0
    lons = [first + (p.site.longitude_deg - first + 180.0) % 360.0 - 180.0 for p in pairs]
    lats = [p.site.latitude_deg for p in pairs]
    wide = (
        not pairs
        or max(max(lons) - min(lons), max(lats) - min(lats)) > WHOLE_MOON_SPAN_DEG
        or max(abs(lat) for lat in lats) > 75.0
    )
    if wide:
        frame = Frame(width=440.0, height=230.0, left=36.0, right=426.0, top=8.0, bottom=203.0)
        degrees = tuple(range(-180, 181, 60))
        return MapView(
            frame,
            Axis(-180.0, 180.0, tuple(map(float, degrees)), 0),
            Axis(-90.0, 90.0, tuple(map(float, range(-90, 91, 30))), 0),
            True,
        )
    middle_lon, middle_lat = (max(lons) + min(lons)) / 2, (max(lats) + min(lats)) / 2
    shrink = max(0.2, math.cos(math.radians(middle_lat)))
    width = max((max(lons) - min(lons)) * shrink, 1.6 * (max(lats) - min(lats)))
    width = 1.25 * max(width, _SMALLEST_SPAN_DEG)
    frame = Frame(width=440.0, height=276.0, left=50.0, right=430.0, top=8.0, bottom=245.5)
    half_lon, half_lat = width / shrink / 2, width / 1.6 / 2
    return MapView(
        frame,
        axis_between(middle_lon - half_lon, middle_lon + half_lon, intervals=4),
        axis_between(middle_lat - half_lat, middle_lat + half_lat, intervals=4),
        False,
    )


def residual_map_svg(oxide: Oxide, pairs: Sequence[SitePrediction]) -> str:
    """Residuals of one oxide on the map: red above, blue below the measurement; size by amount.

    The sign is also told by a plus or minus inside the larger marks.
    """
    index = OXIDES.index(oxide)
    usable = [pair for pair in pairs if math.isfinite(pair.residual_wt[index])]
    usable.sort(key=lambda pair: abs(pair.residual_wt[index]))
    view = map_view(usable)
    full = _full_size_wt(oxide, usable, index)
    parts = [
        *open_svg(
            f"map-{oxide.key}",
            f"{oxide.pretty}: residuals on the Moon",
            _description(oxide, usable, index),
            view.frame,
            "map",
        ),
        *_graticule(view),
        f'<g clip-path="url(#map-{oxide.key}-clip)">',
        *(_landmarks(view, [_place(view, pair) for pair in usable]) if view.whole else []),
    ]
    places = []
    for pair in usable:
        residual = pair.residual_wt[index]
        at = _place(view, pair)
        places.append(at)
        size = 0.55 + 1.45 * min(1.0, abs(residual) / full)
        sign = "over" if residual > 0 else "under"
        tip = (
            f"{short_label(pair.site)}: {oxide.pretty} {residual:+.2f} {UNIT} "
            f"(predicted minus measured), {pair.seen.value}"
        )
        parts.append(draw_mark(*at, Mark(*at, "", tip, pair.seen, css=sign), size))
        if size > 1.1:
            bar = f"M{at[0] - 3:.2f} {at[1]:.2f}h6"
            cross = f"M{at[0]:.2f} {at[1] - 3:.2f}v6" if residual > 0 else ""
            parts.append(f'<path class="sign" d="{bar}{cross}"/>')
    parts.append("</g>")
    parts += draw_labels(view.frame, _names(view, usable), places)
    if not view.whole:
        parts += _scale_bar(view)
    return "\n".join([*parts, "</svg>"])


def _place(view: MapView, pair: SitePrediction) -> Tuple[float, float]:
    return view.at(pair.site.longitude_deg, pair.site.latitude_deg)


def _full_size_wt(oxide: Oxide, pairs: Sequence[SitePrediction], index: int) -> float:
    largest = max([abs(pair.residual_wt[index]) for pair in pairs] or [1.0])
    tenth = (oxide.display_max - oxide.display_min) / 10.0
    return max(min(largest, _FULL_SIZE * tenth), 1e-6)


def _graticule(view: MapView) -> List[str]:
    frame = view.frame
    parts = [
        f'<rect class="frame" x="{frame.left:g}" y="{frame.top:g}" '
        f'width="{frame.right - frame.left:g}" height="{frame.bottom - frame.top:g}"/>'
    ]
    for tick in view.x.ticks:
        at = frame.x(view.x, tick)
        parts.append(f'<path class="grid" d="M{at:.2f} {frame.top:g}V{frame.bottom:g}"/>')
        parts.append(
            f'<text class="tick x" x="{at:.2f}" y="{frame.bottom + 14:g}">'
            f"{_degrees(tick, 'E', 'W', view.x.decimals)}</text>"
        )
    for tick in view.y.ticks:
        at = frame.y(view.y, tick)
        parts.append(f'<path class="grid" d="M{frame.left:g} {at:.2f}H{frame.right:g}"/>')
        parts.append(
            f'<text class="tick y" x="{frame.left - 5:g}" y="{at + 3.6:.2f}">'
            f"{_degrees(tick, 'N', 'S', view.y.decimals)}</text>"
        )
    return parts


def _degrees(value: float, positive: str, negative: str, decimals: int) -> str:
    turned = (value + 180.0) % 360.0 - 180.0 if positive == "E" else value
    if positive == "E" and abs(turned) == 180.0:
        return "180\u00b0"
    letter = "" if turned == 0.0 else positive if turned > 0 else negative
    return f"{abs(turned):.{decimals}f}\u00b0{letter}"


def _landmarks(view: MapView, sites: Sequence[Tuple[float, float]]) -> List[str]:
    """The South Pole-Aitken outline, and the landmarks that no site's name would cover."""
    outline = [view.at(lon, lat) for lon, lat in south_pole_aitken_outline()]
    runs: List[List[Tuple[float, float]]] = [[outline[0]]]
    for before, here in zip(outline, [*outline[1:], outline[0]]):
        if abs(here[0] - before[0]) > 100.0:
            runs.append([])
        runs[-1].append(here)
    path = "".join(
        "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in run) for run in runs if len(run) > 1
    )
    parts = [f'<path class="outline" d="{path}"/>']
    for name, lon, lat in (*LANDMARKS, ("South Pole-Aitken", -169.0, -62.0)):
        x, y = view.at(lon, lat)
        if any(abs(x - sx) < 70 and abs(y - sy) < 16 for sx, sy in sites):
            continue
        near_edge = x < view.frame.left + 50, x > view.frame.right - 50
        css = "landmark" + (" start" if near_edge[0] else " end" if near_edge[1] else "")
        parts.append(f'<text class="{css}" x="{x:.1f}" y="{y + 3:.1f}">{escape(name)}</text>')
    return parts


def _names(view: MapView, pairs: Sequence[SitePrediction]) -> List[Tuple[str, str, float, float]]:
    """Missions on the whole Moon; sites, those with the largest residuals first, on a part."""
    if not view.whole:
        return [
            (
                short_label(pair.site),
                SEEN_CLASS[pair.seen],
                *view.at(pair.site.longitude_deg, pair.site.latitude_deg),
            )
            for pair in reversed(pairs)
        ]
    names = []
    for mission in dict.fromkeys(pair.site.mission for pair in reversed(pairs)):
        group = [pair for pair in pairs if pair.site.mission == mission]
        if mission:
            site = group[-1].site
            at = view.at(site.longitude_deg, site.latitude_deg)
            names.append((mission, SEEN_CLASS[group[-1].seen], *at))
    return names


def _scale_bar(view: MapView) -> List[str]:
    middle = math.radians((view.y.low + view.y.high) / 2)
    km_per_degree = math.radians(1.0) * MOON_RADIUS_M / 1000.0 * math.cos(middle)
    length_km = nice_step((view.x.high - view.x.low) * km_per_degree, 5)
    frame = view.frame
    length = length_km / km_per_degree / (view.x.high - view.x.low) * (frame.right - frame.left)
    x, y = frame.right - 12 - length, frame.bottom - 12
    return [
        f'<path class="scale" d="M{x:.1f} {y - 4:.1f}v4h{length:.1f}v-4"/>',
        f'<text class="tick x" x="{x + length / 2:.1f}" y="{y - 7:.1f}">{length_km:g} km</text>',
    ]


def _description(oxide: Oxide, pairs: Sequence[SitePrediction], index: int) -> str:
    if not pairs:
        return f"No site has a residual of {oxide.pretty}."
    over = sum(pair.residual_wt[index] > 0 for pair in pairs)
    largest = pairs[-1]
    return (
        f"Map of {len(pairs)} sites: {oxide.pretty} is predicted above the measured value at "
        f"{over} and below it at {len(pairs) - over}. Largest residual: "
        f"{short_label(largest.site)} at {_degrees(largest.site.latitude_deg, 'N', 'S', 1)} "
        f"{_degrees(largest.site.longitude_deg, 'E', 'W', 1)}, "
        f"{number(largest.residual_wt[index], signed=True)} {UNIT}."
    )
