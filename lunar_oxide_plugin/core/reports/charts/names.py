"""Place names beside their points: of several positions, the one that hides the least is used."""

from __future__ import annotations

import math
from typing import List, Optional, Sequence, Tuple
from unicodedata import east_asian_width

from .svg import Frame, Markup, element, short

FONT_PX = 10.5
#: Longer names end in an ellipsis.
LONGEST = 18

Box = Tuple[float, float, float, float]
_SIDES = ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (-1, 1), (-1, -1), (1, 1))


def letters(text: str) -> int:
    """Width of a text in Latin letters; a Chinese character is as wide as two."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def cut(text: str, longest: int = LONGEST) -> str:
    """`text` with an ellipsis where it is wider than `longest` Latin letters."""
    if letters(text) <= longest:
        return text
    while letters(text) >= longest:
        text = text[:-1]
    return text + "\u2026"


def place_names(
    frame: Frame,
    named: Sequence[Tuple[str, str, Tuple[float, float]]],
    markers: Sequence[Tuple[float, float]],
) -> List[Markup]:
    """Names beside their points, with a leader line where a name is not next to its point.

    Parameters
    ----------
    named : sequence of (text, class, (x, y))
        The most important first; a name for which there is no room is left out.
    markers : sequence of (x, y)
        All points drawn.
    """
    around = [(x - 4.0, y - 4.0, x + 4.0, y + 4.0) for x, y in markers]
    placed: List[Box] = []
    parts: List[Markup] = []
    for label, css, (x, y) in named:
        text = cut(label)
        box = _place(frame, x, y, 0.58 * FONT_PX * len(text), placed, around)
        if box is None:
            continue
        placed.append(box)
        near_x, near_y = min(max(x, box[0]), box[2]), min(max(y, box[1]), box[3])
        if math.hypot(near_x - x, near_y - y) > 11.0:
            path = f"M{short(x)} {short(y)}L{short(near_x)} {short(near_y)}"
            parts.append(element("path", class_="leader", d=path))
        parts.append(element("text", text, class_=f"name {css}".strip(), x=box[0], y=box[3] - 2.5))
    return parts


def _place(
    frame: Frame, x: float, y: float, width: float, placed: Sequence[Box], markers: Sequence[Box]
) -> Optional[Box]:
    height = FONT_PX + 2.0
    best: Optional[Box] = None
    best_cost = math.inf
    for distance in (8.0, 18.0, 30.0, 44.0, 60.0):
        for ax, ay in _SIDES:
            reach = distance if ax == 0 or ay == 0 else 0.75 * distance
            left = x + ax * reach - (0.0 if ax > 0 else width if ax < 0 else width / 2)
            middle = y + ay * (reach + height / 2 * (ax == 0))
            box = (left, middle - height / 2, left + width, middle + height / 2)
            if box[0] < frame.left + 2 or box[2] > frame.right - 2:
                continue
            if box[1] < frame.top or box[3] > frame.bottom:
                continue
            if any(_overlap(box, other) for other in placed):
                continue
            cost = 6.0 * sum(_overlap(box, other) for other in markers) + distance / 8.0
            if cost < best_cost:
                best, best_cost = box, cost
    return best


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
