"""Parts of all charts: elements, axes, lines, marks of sites.

Every chart has a title and a description for readers who cannot see it. Seen, unseen and unknown
sites have different shapes, so that colour is never the only difference. An element escapes its
text and its attributes, so that any name is safe on a page.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from html import escape
from typing import List, Optional, Sequence, Tuple, Union

from ...sites.training_stations import Seen
from ..numbers import compass, number

SEEN_CLASS = {Seen.SEEN: "seen", Seen.UNSEEN: "unseen", Seen.UNKNOWN: "unknown"}
#: Sites that the model has not seen are drawn over the others.
DRAWN_LAST = {Seen.SEEN: 0, Seen.UNKNOWN: 1, Seen.UNSEEN: 2}
_NICE = (1.0, 2.0, 2.5, 5.0, 10.0)


class Markup(str):
    """Text that is already HTML or SVG: templates do not escape it (MarkupSafe's protocol)."""

    __slots__ = ()

    def __html__(self) -> str:
        """Return the text itself, as nothing is left to escape."""
        return self


def element(name: str, *children: str, **attributes: Union[str, float]) -> Markup:
    """An SVG or HTML element.

    Parameters
    ----------
    name : str
        Name of the element; never from a file.
    *children : str
        `Markup` is not escaped, other text is.
    **attributes : str or float
        Escaped; numbers are written with two decimals at most. An underscore stands for a
        hyphen, and one at the end is dropped: ``class_="grid"``, ``clip_path="url(#a)"``.
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_text(value))}"'
        for key, value in attributes.items()
    )
    inside = "".join(c if isinstance(c, Markup) else escape(c) for c in children)
    return Markup(f"<{name}{written}>{inside}</{name}>" if children else f"<{name}{written}/>")


def short(value: float) -> str:
    """A coordinate with two decimals at most."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _text(value: Union[str, float]) -> str:
    return value if isinstance(value, str) else short(value)


@dataclass(frozen=True)
class Axis:
    """Linear axis with its ticks.

    Attributes
    ----------
    low, high : float
        The ends.
    ticks : tuple of float
    decimals : int
        Of the ticks' labels.
    label : str
        Quantity and unit.
    letters : str
        ``"EW"`` or ``"NS"`` where the values are degrees on the Moon.
    """

    low: float
    high: float
    ticks: Tuple[float, ...]
    decimals: int
    label: str = ""
    letters: str = ""

    def share(self, value: float) -> float:
        """Place of `value` between the ends, 0 to 1."""
        return (value - self.low) / (self.high - self.low)

    def text(self, value: float) -> str:
        """A tick's label."""
        if not self.letters:
            return number(value, self.decimals)
        turned = (value + 180.0) % 360.0 - 180.0 if self.letters == "EW" else value
        if self.letters == "EW" and abs(turned) == 180.0:
            return "180\u00b0"
        return compass(turned, self.letters[0], self.letters[1], self.decimals)


@dataclass(frozen=True)
class Frame:
    """Where a chart's inner rectangle lies in its drawing, in SVG units."""

    width: float = 360.0
    height: float = 344.0
    left: float = 46.0
    right: float = 350.0
    top: float = 8.0
    bottom: float = 302.0

    def x(self, axis: Axis, value: float) -> float:
        """Horizontal position of `value`."""
        return self.left + axis.share(value) * (self.right - self.left)

    def y(self, axis: Axis, value: float) -> float:
        """Vertical position of `value`, growing downwards."""
        return self.bottom - axis.share(value) * (self.bottom - self.top)


#: Size of charts that are shown in pairs, so that their letters have one size.
WIDE_FRAME = Frame(width=440.0, height=352.0, right=430.0, bottom=310.0)


@dataclass(frozen=True)
class Plane:
    """A frame with two axes; it draws shapes that are given in the axes' units."""

    frame: Frame
    x: Axis
    y: Axis

    def at(self, x: float, y: float) -> Tuple[float, float]:
        """Position of a point in SVG units."""
        return self.frame.x(self.x, x), self.frame.y(self.y, y)

    def line(self, x1: float, y1: float, x2: float, y2: float, css: str) -> Markup:
        """A straight line; put it into `clipped` where it may leave the frame."""
        (ax, ay), (bx, by) = self.at(x1, y1), self.at(x2, y2)
        return element("line", class_=css, x1=ax, y1=ay, x2=bx, y2=by)

    def box(self, x1: float, y1: float, x2: float, y2: float, css: str) -> Markup:
        """A filled rectangle between two corners."""
        (ax, ay), (bx, by) = self.at(x1, y1), self.at(x2, y2)
        left, top, width, height = min(ax, bx), min(ay, by), abs(bx - ax), abs(by - ay)
        return element("rect", class_=css, x=left, y=top, width=width, height=height)

    def axes(self) -> List[Markup]:
        """Frame, grid, tick labels and axis titles."""
        frame = self.frame
        parts = [
            element("rect", class_="frame", x=frame.left, y=frame.top,
                    width=frame.right - frame.left, height=frame.bottom - frame.top)
        ]  # fmt: skip
        for tick in self.x.ticks:
            at = frame.x(self.x, tick)
            grid = f"M{short(at)} {short(frame.top)}V{short(frame.bottom)}"
            parts += [
                element("path", class_="grid", d=grid),
                element("text", self.x.text(tick), class_="tick x", x=at, y=frame.bottom + 14.0),
            ]
        for tick in self.y.ticks:
            at = frame.y(self.y, tick)
            grid = f"M{short(frame.left)} {short(at)}H{short(frame.right)}"
            parts += [element("path", class_="grid", d=grid), self.row_name(self.y.text(tick), at)]
        middle_x, middle_y = (frame.left + frame.right) / 2, (frame.top + frame.bottom) / 2
        if self.x.label:
            parts.append(
                element("text", self.x.label, class_="axis", x=middle_x, y=frame.height - 8.0)
            )
        if self.y.label:
            turn = f"translate(12 {short(middle_y)}) rotate(-90)"
            parts.append(element("text", self.y.label, class_="axis", transform=turn))
        return parts

    def row_name(self, text: str, y: float) -> Markup:
        """A word or number left of the frame, centred at a height in SVG units."""
        return element("text", text, class_="tick y", x=self.frame.left - 6.0, y=y + 3.6)


def drawing(
    ident: str, title: str, description: str, frame: Frame, parts: Sequence[Markup], css: str = ""
) -> Markup:
    """A whole chart with its text alternative.

    Parameters
    ----------
    ident : str
        Unique on the page.
    title, description : str
        Plain text for readers who cannot see the chart.
    """
    clip = element(
        "clipPath",
        element("rect", x=frame.left, y=frame.top, width=frame.right - frame.left,
                height=frame.bottom - frame.top),
        id=f"{ident}-clip",
    )  # fmt: skip
    return element(
        "svg",
        element("title", title, id=f"{ident}-title"),
        element("desc", description, id=f"{ident}-desc"),
        clip,
        *parts,
        class_=f"plot {css}".strip(),
        id=ident,
        role="img",
        viewBox=f"0 0 {short(frame.width)} {short(frame.height)}",
        aria_labelledby=f"{ident}-title {ident}-desc",
    )


def clipped(ident: str, parts: Sequence[Markup]) -> Markup:
    """A group that is clipped to the frame of the chart `ident`."""
    return element("g", *parts, clip_path=f"url(#{ident}-clip)")


def site_mark(
    at: Tuple[float, float], tip: str, seen: Seen, size: float = 1.0, css: str = ""
) -> Markup:
    """A site's shape: round if seen in training, a diamond if not, a square if unknown.

    Parameters
    ----------
    at : (float, float)
        SVG units.
    tip : str
        Text shown while the pointer is on the mark.
    """
    x, y = at
    if seen is Seen.SEEN:
        shape = element("circle", cx=x, cy=y, r=3.4 * size)
    elif seen is Seen.UNSEEN:
        d = short(6.0 * size)
        path = f"M{short(x)} {short(y - 6.0 * size)}l{d} {d}l-{d} {d}l-{d} -{d}z"
        shape = element("path", d=path)
    else:
        d2 = 3.2 * size
        shape = element("rect", x=x - d2, y=y - d2, width=2.0 * d2, height=2.0 * d2)
    return element(
        "g", shape, element("title", tip), class_=f"point {SEEN_CLASS[seen]} {css}".strip()
    )


def count_by_seen(seen: Sequence[Seen]) -> str:
    """E.g. ``"3 seen in training, 1 not seen in training"``."""
    return ", ".join(
        f"{sum(s is kind for s in seen)} {plain(kind)}"
        for kind in Seen
        if any(s is kind for s in seen)
    )


def plain(seen: Seen) -> str:
    """E.g. ``"not seen in training"``; ``"unknown"`` without its explanation."""
    return seen.value.split(" (")[0]


def nice_step(span: float, intervals: int = 5) -> float:
    """Step of 1, 2, 2.5 or 5 times a power of ten that divides `span` into about `intervals`.

    Raises
    ------
    ValueError
        If `span` is not a positive finite number.
    """
    if not (math.isfinite(span) and span > 0.0):
        raise ValueError(f"no axis over a span of {span}")
    raw = span / intervals
    magnitude = 10.0 ** math.floor(math.log10(raw))
    return min(_NICE, key=lambda nice: abs(math.log(nice * magnitude / raw))) * magnitude


def axis_between(
    low: float, high: float, label: str = "", intervals: int = 5, letters: str = ""
) -> Axis:
    """An axis with exactly these ends and ticks at round numbers."""
    step = nice_step(high - low, intervals)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    ticks = tuple(i * step for i in range(first, last + 1))
    return Axis(low, high, ticks, _decimals(step), label, letters)


def axis_over(
    values: Sequence[float], label: str, floor: Optional[float] = None, smallest: float = 0.1
) -> Axis:
    """An axis that contains all values with some margin and does not go below `floor`."""
    finite = [value for value in values if math.isfinite(value)] or [0.0, 1.0]
    low, high = min(finite), max(finite)
    if high - low < smallest:
        middle = (low + high) / 2
        low, high = middle - smallest / 2, middle + smallest / 2
    margin = 0.06 * (high - low)
    padded = low - margin if floor is None else max(floor, low - margin)
    return axis_between(padded, high + margin, label)


def symmetric_axis(values: Sequence[float], label: str, smallest: float = 0.1) -> Axis:
    """An axis that contains all values, with zero in its middle."""
    reach = max([abs(value) for value in values if math.isfinite(value)] or [1.0])
    reach = 1.08 * max(reach, smallest)
    return axis_between(-reach, reach, label)


def _decimals(step: float) -> int:
    for decimals in range(6):
        if abs(round(step, decimals) - step) < 1e-9 * step:
            return decimals
    return 6
