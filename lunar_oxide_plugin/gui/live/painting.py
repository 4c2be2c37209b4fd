"""Colours of a live map, from the same ramps, classes and flags as a prediction's layers."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Dict, Tuple

import numpy as np
from qgis.PyQt.QtGui import QImage

from ...algorithms.result_layers import FLAG_COLOURS, VIRIDIS
from ...core.live.colours import (
    Argb,
    class_colours,
    flag_colours,
    ramp_colours,
    ramp_table,
    with_flags,
)
from ...core.live.settings import LiveStyle
from ...core.live.shown import Kind, Shown, classification

if TYPE_CHECKING:
    from ...core.live.view_reading import ViewPatch

#: Bit and colour of each flag; of several, the last is drawn.
FLAGS: Tuple[Tuple[int, str], ...] = tuple((flag.bit, colour) for flag, colour in FLAG_COLOURS)


@lru_cache(maxsize=1)
def viridis_table() -> Argb:
    """The colours of all ramps."""
    return ramp_table(VIRIDIS)


def class_palette(shown: Shown) -> Dict[int, str]:
    """Colour of each class number; empty for anything but classes."""
    rule = classification(shown)
    return {} if rule is None else {own.number: own.colour for own in rule.classes}


def coloured(patch: ViewPatch, shown: Shown, style: LiveStyle) -> Argb:
    """The colours of a patch."""
    if shown.kind is Kind.FLAGS:
        return flag_colours(patch.flags, FLAGS)
    if shown.kind is Kind.CLASSES:
        picture = class_colours(patch.values, class_palette(shown))
    else:
        picture = ramp_colours(patch.values, *style.range_of(shown), viridis_table())
    return with_flags(picture, patch.flags, style.flags, FLAGS)


def as_image(picture: Argb) -> QImage:
    """Colours as a picture of Qt."""
    rows, columns = picture.shape
    # Opaque or wholly transparent pixels are the same with and without premultiplication.
    image = QImage(
        np.ascontiguousarray(picture).tobytes(),
        columns,
        rows,
        4 * columns,
        QImage.Format.Format_ARGB32_Premultiplied,
    )
    return image.copy()  # Qt does not hold a reference to the buffer
